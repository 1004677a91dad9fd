//! Segments: one share of each of some frames that follow each other.

mod common;

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering},
};

use common::{Event, Frame, Log, Meta, Space, UniqueFrame, longest};
use proptest::prelude::*;
use tally::{FrameMeta, GetFrameError, PAGE_SIZE, SegmentError, SliceError, SlotStatus};

type Segment = tally::Segment<Meta, Space>;
type AnySegment = tally::Segment<dyn FrameMeta, Space>;

/// Beyond the last frame.
const END: usize = Space::BASE + Space::FRAMES * PAGE_SIZE;

/// Frames number `frames.start` to `frames.end`, with their numbers.
fn claim(frames: Range<usize>) -> Segment {
    let range = Space::frame(frames.start)..Space::frame(frames.end);
    Segment::from_unused(range, number).unwrap()
}

fn number(start: usize) -> Meta {
    Meta::new(((start - Space::BASE) / PAGE_SIZE) as u64)
}

/// What the slots say: shares by number of frame, 0 for unused.
fn counts() -> [u64; Space::FRAMES] {
    std::array::from_fn(|i| match Space::region_of_this_thread().status(Space::frame(i)).unwrap() {
        SlotStatus::Unused => 0,
        SlotStatus::Shared(count) => count,
        other => panic!("frame {i} is {other}"),
    })
}

fn numbers(segment: &Segment) -> Vec<u64> {
    segment.frames().map(|frame| frame.meta().number).collect()
}

/// The frames handed to `dealloc`, by number.
fn freed() -> Vec<usize> {
    Space::freed().into_iter().map(|(start, _)| (start - Space::BASE) / PAGE_SIZE).collect()
}

mod seg_init_inv {
    use super::*;

    #[test]
    fn every_page_is_fresh() {
        assert_eq!(counts(), [0; Space::FRAMES]);
        assert!(Segment::empty().is_empty() && Segment::default().is_empty());
    }
}

mod frame_segment_from_unused_full_spec {
    use super::*;

    mod seg_from_unused_spec {
        use super::*;

        #[test]
        fn claims_each_frame_once() {
            let segment = claim(2..5);
            assert_eq!(counts(), [0, 0, 1, 1, 1, 0, 0, 0]);
            assert_eq!(numbers(&segment), [2, 3, 4]);
            assert_eq!(segment.range(), Space::frame(2)..Space::frame(5));
            assert_eq!((segment.len(), segment.size()), (3, 3 * PAGE_SIZE));
            assert_eq!(size_of::<Option<Segment>>(), 2 * size_of::<usize>());
            assert_eq!(format!("{segment:?}"), "Segment(0x102000..0x105000)");
            drop(segment);
            assert_eq!((counts(), freed()), ([0; 8], vec![2, 3, 4]));
            assert_eq!(claim(0..8).len(), 8);
        }
    }
}

/// What is refused before any metadata are made.
#[track_caller]
fn refused(range: Range<usize>) -> SegmentError<()> {
    let error = Segment::from_unused(range, |_| unreachable!("no metadata are needed"));
    assert_eq!(counts(), [0; Space::FRAMES]);
    match error.unwrap_err() {
        SegmentError::NotAligned => SegmentError::NotAligned,
        SegmentError::Empty => SegmentError::Empty,
        SegmentError::OutOfBound => SegmentError::OutOfBound,
        error => panic!("{error:?}"),
    }
}

/// The address of the last page that there can be.
const LAST: usize = usize::MAX - (PAGE_SIZE - 1);

mod frame_segment_from_unused_range_spec {
    use super::*;

    mod not_aligned {
        use super::*;

        mod seg_from_unused_not_aligned_spec {
            use super::*;

            #[test]
            #[expect(clippy::reversed_empty_ranges, reason = "what is refused")]
            fn either_end_and_first_of_all() {
                for range in [1..END, Space::BASE..END - 1, END + 8..1, 1..1, usize::MAX..0] {
                    assert_eq!(refused(range), SegmentError::NotAligned);
                }
            }
        }
    }

    mod out_of_bound {
        use super::*;

        mod seg_from_unused_out_of_bound_spec {
            use super::*;

            #[test]
            fn before_behind_and_around() {
                for range in [
                    Space::BASE..END + PAGE_SIZE,
                    Space::BASE - PAGE_SIZE..END,
                    END..END + PAGE_SIZE,
                    0..PAGE_SIZE,
                    0..LAST,
                    Space::BASE..LAST,
                    LAST - PAGE_SIZE..LAST,
                ] {
                    assert_eq!(refused(range), SegmentError::OutOfBound);
                }
            }

            /// A range across a hole is refused although its ends are tracked.
            #[test]
            fn holes() {
                use tally::{FrameRange, FrameSpace, MetaRegion, MetaSlot};

                static SLOTS: [MetaSlot; 7] = [const { MetaSlot::new() }; 7];
                static REGION: MetaRegion = match MetaRegion::with_holes(
                    &[
                        FrameRange { base: 0x1000, frames: 2 },
                        FrameRange { base: 0x3000, frames: 2 },
                        FrameRange { base: 0x9000, frames: 3 },
                    ],
                    &SLOTS,
                ) {
                    Ok(region) => region,
                    Err(_) => panic!(),
                };
                struct Holes;
                impl FrameSpace for Holes {
                    fn region() -> &'static MetaRegion {
                        &REGION
                    }
                    fn dealloc(_: usize, _: usize) {}
                }
                struct Unit;
                impl FrameMeta for Unit {}
                let claim = |range| tally::Segment::<_, Holes>::from_unused(range, |_| Unit);

                for range in
                    [0x4000..0xa000, 0x1000..0xc000, 0x5000..0x6000, 0x8000..0xa000, 0..0x2000]
                {
                    assert!(matches!(claim(range), Err(SegmentError::OutOfBound)));
                }
                // Ranges that touch are no hole.
                let segment = claim(0x1000..0x5000).unwrap();
                let starts: Vec<_> = segment.frames().map(|frame| frame.start_paddr()).collect();
                assert_eq!(starts, [0x1000, 0x2000, 0x3000, 0x4000]);
                assert_eq!(claim(0x9000..0xc000).unwrap().len(), 3);
            }
        }
    }
}

mod seg_from_unused_empty_spec {
    use super::*;

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "what is refused")]
    fn wherever_it_is() {
        for range in [END..Space::BASE, 0..0, END..END, LAST..0, Space::BASE..Space::BASE] {
            assert_eq!(refused(range), SegmentError::Empty);
        }
    }
}

mod frame_segment_from_unused_shared_spec {
    use super::*;

    mod seg_from_unused_error_spec {
        use super::*;

        /// Half way: what was claimed is given back, in order, and the metadata of
        /// the frame that was not come back.
        #[test]
        fn rolls_back() {
            let unique = UniqueFrame::from_unused(Space::frame(4), Meta::new(9)).unwrap();
            let mut logs: Vec<Arc<Log>> = Vec::new();
            let error = Segment::from_unused(Space::frame(2)..END, |start| {
                let meta = number(start);
                logs.push(meta.log.clone());
                meta
            });
            let SegmentError::Frame { start, error, metadata } = error.unwrap_err() else {
                panic!("another error");
            };
            assert_eq!((start, error), (Space::frame(4), GetFrameError::Unique));
            assert_eq!((metadata.number, metadata.log.events()), (4, vec![]));
            assert_eq!((freed(), logs.len()), (vec![2, 3], 3));
            for (log, frame) in logs.iter().zip(2..4) {
                assert_eq!(log.events(), [Event::OnDrop(Space::frame(frame)), Event::Dropped]);
            }
            drop(unique);
            assert_eq!(counts(), [0; 8]);
            drop(claim(2..8));

            let _shared = Frame::from_unused(Space::frame(0), Meta::new(9)).unwrap();
            let error = Segment::from_unused(Space::BASE..END, number).unwrap_err();
            assert_eq!(format!("{error}"), "frame 0x100000: the frame is in use");
        }

        #[test]
        fn rolls_back_when_making_metadata_panics() {
            let claim = || {
                Segment::from_unused(Space::BASE..END, |start| {
                    assert_ne!(start, Space::frame(3), "no metadata");
                    number(start)
                })
            };
            assert!(catch_unwind(claim).is_err());
            assert_eq!((counts(), freed()), ([0; 8], vec![0, 1, 2]));
        }

        /// Whatever panics on the way out, nothing that was claimed or refused leaks.
        /// Killed by: a result that is there before all else is dropped.
        #[test]
        fn rolls_back_when_dropping_panics() {
            // A frame that is given back.
            let unique = UniqueFrame::from_unused(Space::frame(2), Meta::new(9)).unwrap();
            let mut logs: Vec<Arc<Log>> = Vec::new();
            let claim = AssertUnwindSafe(|| {
                Segment::from_unused(Space::BASE..END, |start| {
                    let meta = number(start);
                    meta.log.panic_in_on_drop.store(start == Space::frame(1), Ordering::Relaxed);
                    logs.push(meta.log.clone());
                    meta
                })
            });
            assert!(catch_unwind(claim).is_err());
            assert_eq!(freed(), [0, 1]);
            assert_eq!(logs[2].events(), [Event::Dropped], "the metadata of the refused frame");
            drop(unique);
            assert_eq!((counts(), freed()), ([0; 8], vec![2]));

            // What the closure captured.
            let captured = Meta::new(9);
            captured.log.panic_in_destructor.store(true, Ordering::Relaxed);
            let claim = AssertUnwindSafe(|| {
                Segment::from_unused(Space::frame(3)..END, move |start| {
                    let _ = &captured;
                    number(start)
                })
            });
            assert!(catch_unwind(claim).is_err());
            assert_eq!((counts(), freed()), ([0; 8], vec![3, 4, 5, 6, 7]));
        }
    }
}

mod frame_segment_split_spec {
    use super::*;

    mod seg_split_spec {
        use super::*;

        #[test]
        fn takes_no_share() {
            for at in 0..=3 {
                let (front, back) = claim(2..5).split(at * PAGE_SIZE).unwrap();
                assert_eq!(counts(), [0, 0, 1, 1, 1, 0, 0, 0]);
                assert_eq!(numbers(&front), (2..2 + at as u64).collect::<Vec<_>>());
                assert_eq!(numbers(&back), (2 + at as u64..5).collect::<Vec<_>>());
                drop(front);
                assert_eq!(freed(), (2..2 + at).collect::<Vec<_>>());
                drop(back);
                assert_eq!(freed(), (2 + at..5).collect::<Vec<_>>());
            }
        }

        #[test]
        fn refused() {
            let mut segment = claim(2..5);
            for (offset, expected) in [
                (1, SliceError::NotAligned),
                (3 * PAGE_SIZE + 1, SliceError::NotAligned),
                (usize::MAX, SliceError::NotAligned),
                (4 * PAGE_SIZE, SliceError::OutOfBound),
                (usize::MAX - (PAGE_SIZE - 1), SliceError::OutOfBound),
            ] {
                let error = segment.split(offset).unwrap_err();
                assert_eq!(error.error, expected);
                segment = error.segment;
                assert_eq!(numbers(&segment), [2, 3, 4]);
            }
        }
    }
}

/// Killed by: comparing one end only; keeping the front's slots.
#[test]
fn join_undoes_split() {
    for at in 0..=4 {
        let (front, back) = claim(2..6).split(at * PAGE_SIZE).unwrap();
        let whole = front.join(back).unwrap();
        assert_eq!(whole.range(), Space::frame(2)..Space::frame(6));
        assert_eq!((numbers(&whole), counts()), (vec![2, 3, 4, 5], [0, 0, 1, 1, 1, 1, 0, 0]));
        drop(whole);
        assert_eq!(freed(), [2, 3, 4, 5]);
    }
}

#[test]
fn join_takes_segments_that_were_claimed_apart() {
    let (back, front) = (claim(4..7), claim(1..4));
    let one = Segment::from(Frame::from_unused(Space::frame(7), Meta::new(7)).unwrap());
    let whole = front.join(back).unwrap().join(one).unwrap();
    assert_eq!(numbers(&whole), [1, 2, 3, 4, 5, 6, 7]);
    let shares = whole.slice(0..PAGE_SIZE).unwrap();
    // The first frame again: the same addresses, and another share.
    assert_eq!(counts(), [0, 2, 1, 1, 1, 1, 1, 1]);
    let error = shares.join(whole).unwrap_err();
    assert_eq!((error.front.len(), error.back.len()), (1, 7));
}

#[test]
fn join_hands_both_back() {
    for (front, back) in [(0..2, 3..4), (3..4, 0..2), (2..3, 0..2)] {
        let (front, back) = (claim(front), claim(back));
        let ranges = (front.range(), back.range());
        let error = front.join(back).unwrap_err();
        let (end, start) = (ranges.0.end, ranges.1.start);
        assert_eq!(
            error.to_string(),
            format!("one segment ends at {end:#x} and the other begins at {start:#x}")
        );
        assert_eq!((error.front.range(), error.back.range()), ranges);
    }
    assert_eq!(counts(), [0; 8], "and they are dropped once");
}

#[test]
fn join_with_nothing_is_the_other() {
    assert!(Segment::empty().join(Segment::empty()).unwrap().is_empty());
    let whole = Segment::empty().join(claim(1..2)).unwrap().join(Segment::empty()).unwrap();
    assert_eq!((whole.range(), counts()[1]), (Space::frame(1)..Space::frame(2), 1));
}

mod frame_segment_slice_spec {
    use super::*;

    mod seg_slice_spec {
        use super::*;

        #[test]
        fn takes_a_share_of_each() {
            let segment = claim(2..5);
            let part = segment.slice(PAGE_SIZE..3 * PAGE_SIZE).unwrap();
            assert_eq!(counts(), [0, 0, 1, 2, 2, 0, 0, 0]);
            assert_eq!(numbers(&part), [3, 4]);
            drop(segment);
            assert_eq!((counts(), freed()), ([0, 0, 0, 1, 1, 0, 0, 0], vec![2]));
            drop(part);
            assert_eq!((counts(), freed()), ([0; 8], vec![3, 4]));
        }

        /// asterinas#3165: offsets that wrapped around were taken for small ones.
        #[test]
        #[expect(clippy::reversed_empty_ranges, reason = "what is refused")]
        fn refused() {
            let segment = claim(2..5);
            let last = usize::MAX - (PAGE_SIZE - 1);
            for range in [1..PAGE_SIZE, 0..1, 0..usize::MAX, 8..0] {
                assert_eq!(segment.slice(range).unwrap_err(), SliceError::NotAligned);
            }
            for range in [
                0..4 * PAGE_SIZE,
                4 * PAGE_SIZE..4 * PAGE_SIZE,
                PAGE_SIZE..0,
                last..0,
                last..PAGE_SIZE,
                0..last,
                last..last,
                2 * PAGE_SIZE..last,
            ] {
                assert_eq!(segment.slice(range).unwrap_err(), SliceError::OutOfBound);
            }
            assert_eq!(counts(), [0, 0, 1, 1, 1, 0, 0, 0]);
        }
    }
}

mod frame_segment_clone_spec {
    use super::*;

    mod seg_clone_spec {
        use super::*;

        #[test]
        fn takes_a_share_of_each() {
            let segment = claim(2..5);
            let part = segment.slice(0..PAGE_SIZE).unwrap();
            let whole = segment.clone();
            assert_eq!(counts(), [0, 0, 3, 2, 2, 0, 0, 0]);
            assert_eq!((whole.range(), numbers(&whole)), (segment.range(), vec![2, 3, 4]));
            drop((segment, part));
            assert_eq!((counts(), freed()), ([0, 0, 1, 1, 1, 0, 0, 0], vec![]));
            drop(whole);
            assert_eq!((counts(), freed()), ([0; 8], vec![2, 3, 4]));
        }
    }
}

/// asterinas#3892, #3920: a segment without frames kept an address, from which a
/// frame was made, and gave back shares that it did not have.
mod frame_segment_drop_empty_spec {
    use super::*;

    mod seg_empty_spec {
        use super::*;

        fn empties() -> Vec<Segment> {
            let segment = claim(2..5);
            let mut empties = vec![Segment::empty(), Segment::default()];
            for offset in 0..=3 {
                empties.push(segment.slice(offset * PAGE_SIZE..offset * PAGE_SIZE).unwrap());
            }
            let (front, segment) = segment.split(0).unwrap();
            let (mut segment, back) = segment.split(3 * PAGE_SIZE).unwrap();
            empties.extend([front, back]);
            let (one, two) = (segment.next(), segment.next_back());
            let (one, two) = (one.unwrap(), two.unwrap());
            assert_eq!((one.meta().number, two.meta().number), (2, 4));
            drop(segment.next());
            empties.push(segment);
            empties
        }

        #[test]
        fn owns_nothing() {
            let empties = empties();
            assert_eq!(counts(), [0; 8]);
            assert_eq!(freed(), [3, 4, 2], "in the order in which they were dropped");
            let other = claim(0..8);
            for mut empty in empties {
                assert!(empty.is_empty());
                assert_eq!((empty.len(), empty.size(), empty.range()), (0, 0, 0..0));
                assert!(empty.next().is_none() && empty.next_back().is_none());
                assert!(empty.get(0).is_none() && empty.frames().next().is_none());
                assert_eq!(format!("{empty:?}"), "Segment(0x0..0x0)");
                drop(empty.clone());
                assert!(empty.slice(0..0).unwrap().is_empty());
                assert_eq!(empty.slice(0..PAGE_SIZE).unwrap_err(), SliceError::OutOfBound);
                let (one, two) = empty.split(0).unwrap();
                assert!(one.is_empty() && two.is_empty());
                let raw = one.into_raw();
                assert_eq!(raw, 0..0);
                // SAFETY: empty.
                drop(unsafe { Segment::from_raw(raw) });
                let any = AnySegment::from(two);
                assert!(Segment::try_from(any).unwrap().is_empty());
                assert_eq!((counts(), freed()), ([1; 8], vec![]));
            }
            drop(other);
        }
    }
}

mod frame_segment_next_spec {
    use super::*;

    mod seg_next_spec {
        use super::*;

        #[test]
        fn gives_the_first_share_away() {
            let mut segment = claim(0..3);
            assert_eq!(segment.size_hint(), (3, Some(3)));
            let first = segment.next().unwrap();
            assert_eq!((first.start_paddr(), first.reference_count()), (Space::frame(0), 1));
            assert_eq!(segment.range(), Space::frame(1)..Space::frame(3));
            drop(segment);
            assert_eq!((counts(), freed()), ([1, 0, 0, 0, 0, 0, 0, 0], vec![1, 2]));
            let whole = tally::Segment::from(first);
            assert_eq!((whole.range(), whole.len()), (Space::frame(0)..Space::frame(1), 1));
        }
    }
}

mod frame_segment_next_back_spec {
    use super::*;

    mod seg_next_back_spec {
        use super::*;

        #[test]
        fn gives_the_last_share_away() {
            let mut segment = claim(0..3);
            let last = segment.next_back().unwrap();
            assert_eq!((last.start_paddr(), last.reference_count()), (Space::frame(2), 1));
            assert_eq!(segment.range(), Space::frame(0)..Space::frame(2));
            drop(segment);
            assert_eq!((counts(), freed()), ([0, 0, 1, 0, 0, 0, 0, 0], vec![0, 1]));
        }
    }
}

#[test]
fn lends_its_frames() {
    let segment = claim(0..4);
    let back: Vec<_> = segment.frames().rev().map(|frame| frame.meta().number).collect();
    assert_eq!(back, [3, 2, 1, 0]);
    assert_eq!(segment.get(3).unwrap().start_paddr(), Space::frame(3));
    assert!(segment.get(4).is_none());
    assert_eq!(counts(), [1, 1, 1, 1, 0, 0, 0, 0]);
}

mod frame_segment_from_raw_spec {
    use super::*;

    mod seg_raw_round_trip_spec {
        use super::*;

        #[test]
        fn keeps_the_shares() {
            let range = claim(2..5).into_raw();
            assert_eq!(range, Space::frame(2)..Space::frame(5));
            assert_eq!((counts(), freed()), ([0, 0, 1, 1, 1, 0, 0, 0], vec![]));
            // SAFETY: from `into_raw`, once.
            let segment = unsafe { Segment::from_raw(range) };
            assert_eq!(numbers(&segment), [2, 3, 4]);
            // As frames, too.
            let range = segment.into_raw();
            for start in range.step_by(PAGE_SIZE) {
                // SAFETY: from `into_raw`, each once.
                drop(unsafe { Frame::from_raw(start) });
            }
            assert_eq!((counts(), freed()), ([0; 8], vec![2, 3, 4]));
        }
    }
}

/// What is no range of frames is refused; that it was given up is the caller's promise.
#[test]
fn what_is_no_segment() {
    for range in [1..PAGE_SIZE, 0..PAGE_SIZE, Space::BASE..Space::BASE + 8, END..END + 4096, 0..5] {
        // SAFETY: never gets so far.
        let raw = catch_unwind(|| drop(unsafe { Segment::from_raw(range) }));
        assert!(raw.unwrap_err().downcast_ref::<String>().unwrap().contains("not from"));
    }
}

struct Other;
impl FrameMeta for Other {}

#[test]
fn any_metadata_there_and_back() {
    let any = AnySegment::from(claim(2..5));
    let any = tally::Segment::<Other, Space>::try_from(any).unwrap_err();
    assert_eq!(any.clone().len(), 3);
    assert_eq!(numbers(&Segment::try_from(any).unwrap()), [2, 3, 4]);
    assert_eq!(freed(), [2, 3, 4]);
}

/// Each frame may be of another type: all are asked.
#[test]
fn any_metadata_of_several_types() {
    let start = Space::BASE;
    let raws = [
        claim(0..1).into_raw().start,
        tally::Frame::<_, Space>::from_unused(start + PAGE_SIZE, Other).unwrap().into_raw(),
    ];
    // SAFETY: the share of each was given up just now, in the space, and their
    // metadata are any.
    let any = unsafe { AnySegment::from_raw(raws[0]..raws[1] + PAGE_SIZE) };
    let any = Segment::try_from(any).unwrap_err();
    let (front, back) = any.split(PAGE_SIZE).unwrap();
    assert_eq!(numbers(&Segment::try_from(front).unwrap()), [0]);
    assert!(tally::Segment::<Other, Space>::try_from(back).is_ok());
    assert_eq!(freed(), [0, 1]);
}

mod frame_segment_drop_full_spec {
    use super::*;

    mod seg_drop_spec {
        use super::*;

        #[test]
        fn upwards_and_only_the_last_share() {
            let (one, two) = (claim(0..3), claim(4..6));
            let shared = one.slice(PAGE_SIZE..2 * PAGE_SIZE).unwrap();
            drop((two, one));
            assert_eq!((counts(), freed()), ([0, 1, 0, 0, 0, 0, 0, 0], vec![4, 5, 0, 2]));
            drop(shared);
            assert_eq!(freed(), [1]);
        }

        /// All frames are dropped, whichever panics.
        #[test]
        fn panics_while_dropping() {
            let segment = claim(0..4);
            let logs: Vec<_> = segment.frames().map(|frame| frame.meta().log.clone()).collect();
            logs[1].panic_in_on_drop.store(true, Ordering::Relaxed);
            assert!(catch_unwind(AssertUnwindSafe(|| drop(segment))).is_err());
            assert_eq!((counts(), freed()), ([0; 8], vec![0, 1, 2, 3]));
            for (log, frame) in logs.iter().zip(0..) {
                assert_eq!(log.events(), [Event::OnDrop(Space::frame(frame)), Event::Dropped]);
            }
        }
    }
}

/// Both ends asked in turn, beside a queue. Killed by: an end that does not move; a length
/// that stays.
#[test]
fn iterators_meet() {
    let expected: Vec<_> = (1..5).collect();
    for order in 0_u32..1 << 6 {
        let (mut segment, mut left) =
            (claim(1..5), std::collections::VecDeque::from(expected.clone()));
        let whole = segment.clone();
        let mut lent = whole.frames();
        for question in 0..6 {
            let len = left.len();
            assert_eq!((segment.len(), segment.size_hint()), (len, (len, Some(len))));
            assert_eq!((lent.len(), lent.size_hint()), (len, (len, Some(len))));
            let (given, seen, expected) = match order >> question & 1 {
                0 => (segment.next(), lent.next(), left.pop_front()),
                _ => (segment.next_back(), lent.next_back(), left.pop_back()),
            };
            assert_eq!(given.map(|frame| frame.meta().number), expected, "{order:b}");
            assert_eq!(seen.map(|frame| frame.meta().number), expected, "{order:b}");
        }
        assert!(segment.is_empty() && !whole.is_empty());
    }
    freed();
}

/// What a closure has captured is dropped with it, once, whether it returns, is not called,
/// or panics. Killed by: forgetting it.
#[test]
fn captures_are_dropped() {
    let claim = |range: Range<usize>, panics: bool| {
        let log: Arc<Log> = Arc::default();
        let captured = Meta { number: 0, log: log.clone() };
        let claimed = catch_unwind(AssertUnwindSafe(|| {
            Segment::from_unused(range, move |start| {
                // All of it, not its number alone.
                let captured = &captured;
                assert!(!panics || captured.number > 0, "no metadata");
                number(start)
            })
            .map(|segment| segment.len())
            .map_err(|error| error.to_string())
        }));
        (claimed.ok(), log.events())
    };
    let frames = Space::BASE..Space::frame(2);
    assert_eq!(claim(frames.clone(), false), (Some(Ok(2)), vec![Event::Dropped]));
    assert_eq!(claim(frames.clone(), true), (None, vec![Event::Dropped]));
    let (refused, events) = claim(0..PAGE_SIZE, true);
    assert!(refused.unwrap().is_err() && events == [Event::Dropped]);
    let _used = Frame::from_unused(Space::frame(1), Meta::new(9)).unwrap();
    let (refused, events) = claim(frames, false);
    assert!(refused.unwrap().is_err() && events == [Event::Dropped]);
    freed();
}

/// A model: the list of its frames, and a count of shares for each frame.
mod follows_a_model {
    use super::*;

    #[derive(Clone, Debug)]
    enum Op {
        FromUnused(usize, usize),
        Clone(prop::sample::Index),
        Slice(prop::sample::Index, usize, usize),
        Split(prop::sample::Index, usize),
        Next(prop::sample::Index),
        NextBack(prop::sample::Index),
        Raw(prop::sample::Index),
        Drop(prop::sample::Index),
    }

    fn op() -> impl Strategy<Value = Op> {
        let (index, page) = (any::<prop::sample::Index>, 0..=Space::FRAMES + 1);
        prop_oneof![
            4 => (page.clone(), page.clone()).prop_map(|(s, e)| Op::FromUnused(s, e)),
            1 => index().prop_map(Op::Clone),
            2 => (index(), page.clone(), page.clone()).prop_map(|(i, s, e)| Op::Slice(i, s, e)),
            2 => (index(), page).prop_map(|(i, at)| Op::Split(i, at)),
            1 => index().prop_map(Op::Next),
            1 => index().prop_map(Op::NextBack),
            1 => index().prop_map(Op::Raw),
            3 => index().prop_map(Op::Drop),
        ]
    }

    /// Segments beside the frames that they must have; frames that `next` gave.
    #[derive(Default)]
    struct World {
        segments: Vec<(Segment, Vec<usize>)>,
        frames: Vec<(Frame, usize)>,
    }

    impl World {
        fn counts(&self) -> [u64; Space::FRAMES] {
            let mut counts = [0; Space::FRAMES];
            let shares = self.segments.iter().flat_map(|(_, frames)| frames);
            for frame in shares.chain(self.frames.iter().map(|(_, frame)| frame)) {
                counts[*frame] += 1;
            }
            counts
        }

        fn step(&mut self, op: Op) {
            let before = self.counts();
            if let Op::FromUnused(start, end) = op {
                let range = Space::frame(start)..Space::frame(end);
                let busy = (start..end).find(|i| before.get(*i).is_some_and(|count| *count > 0));
                match Segment::from_unused(range, number) {
                    Ok(segment) => {
                        assert!(start < end && end <= Space::FRAMES && busy.is_none());
                        self.segments.push((segment, (start..end).collect()));
                        assert_eq!(freed(), [0; 0]);
                    }
                    Err(SegmentError::Empty) => assert!(start >= end),
                    Err(SegmentError::OutOfBound) => assert!(start < end && end > Space::FRAMES),
                    Err(SegmentError::Frame { start: at, error, metadata }) => {
                        let busy = busy.expect("a frame in use");
                        assert_eq!((at, error), (Space::frame(busy), GetFrameError::InUse));
                        assert_eq!(metadata.number, busy as u64);
                        assert_eq!(freed(), (start..busy).collect::<Vec<_>>());
                    }
                    Err(error) => panic!("{error:?}"),
                }
                return;
            }
            let (Op::Clone(i)
            | Op::Slice(i, ..)
            | Op::Split(i, _)
            | Op::Next(i)
            | Op::NextBack(i)
            | Op::Raw(i)
            | Op::Drop(i)) = op
            else {
                unreachable!()
            };
            if self.segments.is_empty() {
                return;
            }
            let i = i.index(self.segments.len());
            let (mut segment, mut frames) = self.segments.swap_remove(i);
            match op {
                Op::Clone(_) => self.segments.push((segment.clone(), frames.clone())),
                Op::Slice(_, start, end) => {
                    match segment.slice(start * PAGE_SIZE..end * PAGE_SIZE) {
                        Ok(part) => self.segments.push((part, frames[start..end].to_vec())),
                        Err(SliceError::OutOfBound) => assert!(frames.get(start..end).is_none()),
                        Err(error) => panic!("{error:?}"),
                    }
                }
                Op::Split(_, at) => {
                    segment = match segment.split(at * PAGE_SIZE) {
                        Ok((front, back)) => {
                            self.segments.push((back, frames.split_off(at)));
                            front
                        }
                        Err(error) => {
                            assert_eq!(error.error, SliceError::OutOfBound);
                            assert!(at > frames.len());
                            error.segment
                        }
                    }
                }
                Op::Next(_) if frames.is_empty() => assert!(segment.next().is_none()),
                Op::Next(_) => self.frames.push((segment.next().unwrap(), frames.remove(0))),
                Op::NextBack(_) => {
                    let given = segment.next_back();
                    assert_eq!(given.is_some(), !frames.is_empty());
                    self.frames.extend(given.map(|frame| (frame, frames.pop().unwrap())));
                }
                Op::Raw(_) => {
                    // SAFETY: from `into_raw`, once.
                    segment = unsafe { Segment::from_raw(segment.into_raw()) };
                }
                Op::Drop(_) => {
                    drop(segment);
                    let gone = frames.iter().filter(|frame| before[**frame] == 1);
                    assert_eq!(freed(), gone.copied().collect::<Vec<_>>());
                    return;
                }
                Op::FromUnused(..) => unreachable!(),
            }
            self.segments.push((segment, frames));
            assert_eq!(freed(), [0; 0]);
        }

        fn check(&self) {
            assert_eq!(counts(), self.counts());
            for (segment, frames) in &self.segments {
                let numbers = numbers(segment);
                assert_eq!(numbers, frames.iter().map(|f| *f as u64).collect::<Vec<_>>());
                let range = match (frames.first(), frames.last()) {
                    (Some(first), Some(last)) => Space::frame(*first)..Space::frame(last + 1),
                    _ => 0..0,
                };
                assert_eq!(segment.range(), range);
            }
        }
    }

    mod seg_step_inv {
        use super::*;

        proptest! {
            #[test]
            fn after_every_step(ops in prop::collection::vec(op(), 0..longest(60))) {
                let mut world = World::default();
                for op in ops {
                    world.step(op);
                    world.check();
                }
                drop(world);
                Space::freed();
            }
        }
    }

    mod seg_run_inv {
        use super::*;

        proptest! {
            #[test]
            fn nothing_is_left(ops in prop::collection::vec(op(), 0..longest(60))) {
                let mut world = World::default();
                for op in ops {
                    world.step(op);
                }
                drop(world);
                assert_eq!(counts(), [0; 8]);
                Space::freed();
            }
        }
    }
}
