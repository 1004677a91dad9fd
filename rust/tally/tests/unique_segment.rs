//! Unique segments: unique frames whose addresses follow each other.

mod common;

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering},
};

use common::{Event, Frame, Log, Meta, Space, UniqueFrame};
use tally::{
    FrameMeta, GetFrameError, PAGE_SIZE, SegmentError, SliceError, SlotStatus, UniqueFrameMut,
    UniqueFrameRef,
};

type Segment = tally::Segment<Meta, Space>;
type Unique = tally::UniqueSegment<Meta, Space>;
type AnyUnique = tally::UniqueSegment<dyn FrameMeta, Space>;

fn range(frames: Range<usize>) -> Range<usize> {
    Space::frame(frames.start)..Space::frame(frames.end)
}

fn number(start: usize) -> Meta {
    Meta::new(((start - Space::BASE) / PAGE_SIZE) as u64)
}

fn claim(frames: Range<usize>) -> Unique {
    Unique::from_unused(range(frames), number).unwrap()
}

fn status(index: usize) -> SlotStatus {
    Space::region_of_this_thread().status(Space::frame(index)).unwrap()
}

/// What the slots say: `u` for unique, `-` for unused, the number of shares.
fn slots() -> String {
    let letter = |index| match status(index) {
        SlotStatus::Unused => '-',
        SlotStatus::Unique => 'u',
        SlotStatus::Shared(count) => char::from_digit(count as u32, 10).unwrap(),
        other => panic!("frame {index} is {other}"),
    };
    (0..Space::FRAMES).map(letter).collect()
}

fn numbers(segment: &Unique) -> Vec<u64> {
    segment.frames().map(|frame| frame.meta().number).collect()
}

/// The frames handed to `dealloc`, by number.
fn freed() -> Vec<usize> {
    Space::freed().into_iter().map(|(start, _)| (start - Space::BASE) / PAGE_SIZE).collect()
}

/// Killed by: frames that are shared for a while, or afterwards.
#[test]
fn claims_each_frame_alone() {
    let seen = std::cell::RefCell::new(Vec::new());
    let segment = Unique::from_unused(range(2..5), |start| {
        seen.borrow_mut().push(slots());
        number(start)
    })
    .unwrap();
    assert_eq!(seen.into_inner(), ["--------", "--u-----", "--uu----"]);
    assert_eq!(slots(), "--uuu---");
    assert_eq!(numbers(&segment), [2, 3, 4]);
    assert_eq!((segment.len(), segment.size(), segment.is_empty()), (3, 3 * PAGE_SIZE, false));
    assert_eq!(segment.range(), range(2..5));
    assert_eq!(size_of::<Option<Unique>>(), 2 * size_of::<usize>());
    assert_eq!(format!("{segment:?}"), "UniqueSegment(0x102000..0x105000)");
    assert_eq!(Frame::from_in_use(Space::frame(3)).unwrap_err(), GetFrameError::Unique);
    drop(segment);
    assert_eq!((slots(), freed()), ("--------".into(), vec![2, 3, 4]));
}

#[test]
fn what_is_refused_leaves_nothing() {
    let refused = |range| {
        let error = Unique::from_unused(range, |_| unreachable!("no metadata are needed"));
        error.unwrap_err()
    };
    let end = Space::frame(Space::FRAMES);
    assert!(matches!(refused(1..end), SegmentError::NotAligned));
    assert!(matches!(refused(end..end), SegmentError::Empty));
    assert!(matches!(refused(range(0..9)), SegmentError::OutOfBound));

    let held = UniqueFrame::from_unused(Space::frame(2), Meta::new(9)).unwrap();
    match Unique::from_unused(range(0..4), number).unwrap_err() {
        SegmentError::Frame { start, error, metadata } => {
            assert_eq!(
                (start, error, metadata.number),
                (Space::frame(2), GetFrameError::Unique, 2)
            );
        }
        error => panic!("{error:?}"),
    }
    assert_eq!((slots(), freed()), ("--u-----".into(), vec![0, 1]));
    drop(held);

    let panics = |start| {
        assert!(start < Space::frame(2), "metadata panic");
        number(start)
    };
    assert!(catch_unwind(|| Unique::from_unused(range(0..4), panics)).is_err());
    assert_eq!((slots(), freed()), ("--------".into(), vec![2, 0, 1]));
}

#[test]
fn captures_are_dropped() {
    let capture = Arc::new(());
    let held = capture.clone();
    let segment = Unique::from_unused(range(0..1), move |start| {
        let _ = &held;
        number(start)
    });
    assert_eq!(Arc::strong_count(&capture), 1);
    drop(segment);
}

#[test]
fn without_frames() {
    let empty = Unique::empty();
    assert!(empty.is_empty() && empty.range() == (0..0) && empty.get(0).is_none());
    assert_eq!((empty.len(), empty.size(), Unique::default().count()), (0, 0, 0));
    assert!(Segment::from(empty).is_empty());
    assert!(Unique::try_from(Segment::empty()).unwrap().is_empty());
}

/// Several frames are changed at once, each its own.
/// Killed by: an iterator that gives a frame twice, or another's.
#[test]
fn metadata_are_changed_in_place() {
    let mut segment = claim(1..4);
    segment.get_mut(2).unwrap().meta_mut().number = 30;
    assert!(segment.get_mut(3).is_none() && segment.get(3).is_none());
    let mut all: Vec<_> = segment.frames_mut().collect();
    assert_eq!(
        all.iter().map(|frame| frame.start_paddr()).collect::<Vec<_>>(),
        [Space::frame(1), Space::frame(2), Space::frame(3),]
    );
    for (index, frame) in all.iter_mut().enumerate() {
        frame.meta_mut().number += 100 * (index as u64 + 1);
    }
    let last = UniqueFrameMut::into_meta_mut(all.pop().unwrap());
    last.number += 1000;
    drop(all);
    assert_eq!(numbers(&segment), [101, 202, 1330]);
    let (one, two) = (segment.get(0).unwrap(), segment.get(0).unwrap());
    assert_eq!(format!("{one:?}"), "UniqueFrameRef(0x101000)");
    assert!(std::ptr::eq(UniqueFrameRef::into_meta(one), two.meta()));
    assert_eq!(format!("{:?}", segment.get_mut(0).unwrap()), "UniqueFrameMut(0x101000)");
    let back: Vec<_> = segment.frames().rev().map(|frame| frame.meta().number).collect();
    assert_eq!((back, segment.frames().len()), (vec![1330, 202, 101], 3));
    assert_eq!(segment.frames_mut().len(), 3);
    assert_eq!(freed(), [0; 0], "what is lent is not dropped");
}

#[test]
fn given_away_from_either_end() {
    let mut segment = claim(0..4);
    assert_eq!(segment.size_hint(), (4, Some(4)));
    let first = segment.next().unwrap();
    let last = segment.next_back().unwrap();
    assert_eq!((first.start_paddr(), last.meta().number), (Space::frame(0), 3));
    assert_eq!((segment.len(), segment.range()), (2, range(1..3)));
    drop(segment);
    assert_eq!((slots(), freed()), ("u--u----".into(), vec![1, 2]));
    drop((first, last));
    let mut one = Unique::from(UniqueFrame::from_unused(Space::frame(5), Meta::new(5)).unwrap());
    assert_eq!((numbers(&one), one.range()), (vec![5], range(5..6)));
    assert!(one.next().is_some() && one.next().is_none() && one.next_back().is_none());
}

/// Killed by: parts that overlap; a part that is lost where it is refused.
#[test]
fn split_and_appended() {
    let mut front = claim(2..6);
    assert_eq!(front.split_off(1).unwrap_err(), SliceError::NotAligned);
    assert_eq!(front.split_off(usize::MAX).unwrap_err(), SliceError::NotAligned);
    assert_eq!(front.split_off(5 * PAGE_SIZE).unwrap_err(), SliceError::OutOfBound);
    assert!(front.split_off(4 * PAGE_SIZE).unwrap().is_empty());
    let mut back = front.split_off(PAGE_SIZE).unwrap();
    assert_eq!((numbers(&front), numbers(&back)), (vec![2], vec![3, 4, 5]));
    let end = back.split_off(2 * PAGE_SIZE).unwrap();

    // Not the next, the other way round, of no range.
    let end = front.append(end).unwrap_err();
    front = back.append(front).unwrap_err();
    assert_eq!((numbers(&front), numbers(&back), numbers(&end)), (vec![2], vec![3, 4], vec![5]));
    assert_eq!(slots(), "--uuuu--");

    front.append(back).unwrap();
    front.append(Unique::empty()).unwrap();
    front.append(end).unwrap();
    let mut all = Unique::empty();
    all.append(front).unwrap();
    assert_eq!((numbers(&all), slots().as_str()), (vec![2, 3, 4, 5], "--uuuu--"));
    let all_of_it = all.split_off(0).unwrap();
    assert!(all.is_empty());
    drop(all_of_it);
    assert_eq!(freed(), [2, 3, 4, 5]);
}

/// To shares and back, and not while there are others.
/// Killed by: a conversion that leaves frames unique where it is refused, or that looks at
/// the first frame, or the last, only.
#[test]
fn shared_and_back() {
    let mut unique = claim(1..4);
    unique.get_mut(1).unwrap().meta_mut().number = 7;
    let mut segment = Segment::from(unique);
    assert_eq!((slots().as_str(), segment.range()), ("-111----", range(1..4)));
    for other in 1..4 {
        let held = Frame::from_in_use(Space::frame(other)).unwrap();
        segment = Unique::try_from(segment).unwrap_err();
        assert_eq!(held.reference_count(), 2);
        let shares = segment.frames().map(|frame| frame.reference_count()).sum::<u64>();
        assert_eq!(shares, 4);
    }
    let second = segment.clone();
    segment = Unique::try_from(segment).unwrap_err();
    assert_eq!(slots(), "-222----");
    drop(second);
    let unique = Unique::try_from(segment).unwrap();
    assert_eq!((slots().as_str(), numbers(&unique)), ("-uuu----", vec![1, 7, 3]));
    assert_eq!(freed(), [0; 0]);
}

struct Other;
impl FrameMeta for Other {}

#[test]
fn of_any_metadata() {
    let any = AnyUnique::from(claim(0..2));
    assert_eq!(slots(), "uu------");
    let any = tally::UniqueSegment::<Other, Space>::try_from(any).unwrap_err();
    assert_eq!(any.range(), range(0..2));
    let mut segment = Unique::try_from(any).unwrap();
    assert_eq!(numbers(&segment), [0, 1]);
    // Of two kinds together it is neither.
    let other = tally::UniqueFrame::<_, Space>::from_unused(Space::frame(2), Other).unwrap();
    let other = tally::UniqueSegment::from(other);
    let mut both = AnyUnique::from(segment.split_off(PAGE_SIZE).unwrap());
    both.append(AnyUnique::from(other)).unwrap();
    let both = Unique::try_from(both).unwrap_err();
    let both = tally::UniqueSegment::<Other, Space>::try_from(both).unwrap_err();
    assert_eq!((both.len(), slots().as_str()), (2, "uuu-----"));
    drop(both);
    assert_eq!(freed(), [1, 2]);
}

#[test]
fn all_are_dropped_even_if_one_panics() {
    let log: Arc<Log> = Arc::default();
    let shared = log.clone();
    let segment = Unique::from_unused(range(0..3), |start| {
        let log = if start == Space::frame(1) { shared.clone() } else { Arc::default() };
        Meta { number: 0, log }
    });
    log.panic_in_on_drop.store(true, Ordering::Relaxed);
    assert!(catch_unwind(AssertUnwindSafe(|| drop(segment))).is_err());
    assert_eq!(log.events(), [Event::OnDrop(Space::frame(1)), Event::Dropped]);
    assert_eq!((slots(), freed()), ("--------".into(), vec![0, 1, 2]));
}

/// Threads see whole metadata where a segment has become shared, and what was read before a
/// handle went comes before what is written after.
#[test]
fn handed_between_threads() {
    static SLOTS: [tally::MetaSlot; 4] = [const { tally::MetaSlot::new() }; 4];
    static REGION: tally::MetaRegion = match tally::MetaRegion::new(0, &SLOTS) {
        Ok(region) => region,
        Err(_) => panic!(),
    };
    struct Ram;
    impl tally::FrameSpace for Ram {
        fn region() -> &'static tally::MetaRegion {
            &REGION
        }
        fn dealloc(_: usize, _: usize) {}
    }
    struct Word(u64);
    impl FrameMeta for Word {}
    let mut unique =
        tally::UniqueSegment::<Word, Ram>::from_unused(0..4 * PAGE_SIZE, |_| Word(0)).unwrap();
    let rounds = if cfg!(miri) { 3 } else { 200 };
    for round in 1..=rounds {
        unique.frames_mut().for_each(|mut frame| frame.meta_mut().0 = round);
        let mut segment = tally::Segment::from(unique);
        let other = segment.clone();
        unique = std::thread::scope(|scope| {
            scope.spawn(move || {
                assert!(other.frames().all(|frame| frame.meta().0 == round));
            });
            loop {
                match tally::UniqueSegment::try_from(segment) {
                    Ok(mut unique) => {
                        unique.frames_mut().for_each(|mut frame| frame.meta_mut().0 = 0);
                        break unique;
                    }
                    Err(back) => segment = back,
                }
                std::hint::spin_loop();
            }
        });
    }
}
