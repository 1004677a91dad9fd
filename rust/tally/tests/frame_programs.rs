//! Samples of the theorems about the programs of a slot: each module is named after one.
//!
//! Those with part of the lease hold beside any number of other handles, those with
//! the whole lease when there are no others: in these the result is determined.

mod common;

use std::{
    mem,
    sync::{
        Barrier,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use common::{Event, Frame, Meta, Space, UniqueFrame};
use tally::{
    FrameMeta, FrameSpace, GetFrameError, MetaRegion, MetaSlot, PAGE_SIZE, Paddr, SlotStatus,
};

const START: Paddr = Space::BASE;

fn shared() -> Frame {
    Frame::from_unused(START, Meta::new(42)).unwrap()
}

fn unique() -> UniqueFrame {
    UniqueFrame::from_unused(START, Meta::new(42)).unwrap()
}

fn status() -> SlotStatus {
    Space::region_of_this_thread().status(START).unwrap()
}

/// A frame that two threads fight for.
mod contended {
    use super::*;

    static SLOTS: [MetaSlot; 16] = [const { MetaSlot::new() }; 16];
    static REGION: MetaRegion = match MetaRegion::new(0, &SLOTS) {
        Ok(region) => region,
        Err(_) => panic!(),
    };
    static NEXT: AtomicU32 = AtomicU32::new(0);

    pub(super) struct Both;
    impl FrameSpace for Both {
        fn region() -> &'static MetaRegion {
            &REGION
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    pub(super) struct Number(pub(super) u64);
    impl FrameMeta for Number {}

    pub(super) type Frame = tally::Frame<Number, Both>;
    pub(super) type UniqueFrame = tally::UniqueFrame<Number, Both>;

    /// A frame that no other test uses.
    pub(super) fn start() -> Paddr {
        let index = NEXT.fetch_add(1, Ordering::Relaxed) as usize;
        assert!(index < SLOTS.len());
        index * PAGE_SIZE
    }

    pub(super) fn status(start: Paddr) -> SlotStatus {
        REGION.status(start).unwrap()
    }

    /// Runs `body` on two threads, often, each time at once; then `check`.
    pub(super) fn twice<T: Send>(
        rounds: u32,
        body: impl Fn(u64) -> T + Sync,
        check: impl Fn([T; 2]),
    ) {
        for _ in 0..rounds {
            let barrier = Barrier::new(2);
            let run = |number| {
                barrier.wait();
                body(number)
            };
            let results = thread::scope(|scope| {
                let run = &run;
                let one = scope.spawn(move || run(1));
                [run(2), one.join().unwrap()]
            });
            check(results);
        }
    }
}

/// Of two at once, each gets what the frame was at one moment.
mod get_from_unused_at {
    use super::*;

    mod get_from_unused_spec {
        use super::*;

        /// Two at once: one gets the frame, with what it brought.
        #[test]
        fn one_of_two() {
            let start = contended::start();
            contended::twice(
                200,
                |number| contended::Frame::from_unused(start, contended::Number(number)),
                |results| {
                    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
                    for (result, number) in results.into_iter().zip([2, 1]) {
                        match result {
                            Ok(frame) => assert_eq!(frame.meta().0, number),
                            Err(error) => {
                                assert_eq!(error.metadata.0, number);
                                let error = error.error;
                                assert!(
                                    [GetFrameError::InUse, GetFrameError::Busy].contains(&error)
                                );
                            }
                        }
                    }
                },
            );
            assert_eq!(contended::status(start), SlotStatus::Unused);
        }
    }

    mod whole_lease {
        use super::*;

        #[test]
        fn succeeds() {
            assert_eq!(shared().meta().number, 42);
            assert_eq!(unique().meta().number, 42);
        }
    }

    mod shared {
        use super::*;

        #[test]
        fn in_use() {
            let frame = shared();
            let error = Frame::from_unused(START, Meta::new(1)).unwrap_err();
            assert_eq!((error.error, error.metadata.number), (GetFrameError::InUse, 1));
            let error = UniqueFrame::from_unused(START, Meta::new(2)).unwrap_err();
            assert_eq!((error.error, error.metadata.number), (GetFrameError::InUse, 2));
            assert_eq!(frame.meta().number, 42);
        }
    }

    mod unique {
        use super::*;

        #[test]
        fn unique_already() {
            let frame = unique();
            let error = Frame::from_unused(START, Meta::new(1)).unwrap_err();
            assert_eq!((error.error, error.metadata.number), (GetFrameError::Unique, 1));
            assert_eq!(frame.meta().number, 42);
        }
    }

    mod busy {
        use super::*;

        /// A destructor that claims its own frame. Killed by: storing unused before the
        /// destructor runs.
        #[test]
        fn by_its_own_destructor() {
            fn inside(start: Paddr) {
                let error = UniqueFrame::from_unused(start, Meta::new(1)).unwrap_err();
                assert_eq!((error.error, error.metadata.number), (GetFrameError::Busy, 1));
            }
            let frame = shared();
            let log = frame.meta().log.clone();
            *log.inside.lock().unwrap() = Some(inside);
            drop(frame);
            assert_eq!((log.events().len(), status()), (2, SlotStatus::Unused));
        }
    }
}

mod get_from_in_use_spec {
    use super::*;

    /// While the frame comes and goes.
    #[test]
    fn found_or_not() {
        let start = contended::start();
        contended::twice(
            200,
            |number| {
                if number == 1 {
                    drop(contended::Frame::from_unused(start, contended::Number(7)));
                    return;
                }
                match contended::Frame::from_in_use(start) {
                    Ok(frame) => assert_eq!(frame.meta().0, 7),
                    Err(error) => {
                        assert!([GetFrameError::Unused, GetFrameError::Busy].contains(&error));
                    }
                }
            },
            |_| assert_eq!(contended::status(start), SlotStatus::Unused),
        );
    }
}

/// What a lookup finds is what the frame is at one moment.
mod get_from_in_use_at {
    use super::*;

    /// Unique or shared, never unused: the owner never lets go.
    #[test]
    fn of_a_frame_that_stays() {
        let start = contended::start();
        let owner = contended::UniqueFrame::from_unused(start, contended::Number(7)).unwrap();
        let mut owner = Some(owner);
        for _ in 0..100 {
            thread::scope(|scope| {
                scope.spawn(|| match contended::Frame::from_in_use(start) {
                    Ok(frame) => assert_eq!(frame.meta().0, 7),
                    Err(error) => assert_eq!(error, GetFrameError::Unique),
                });
                let frame = contended::Frame::from(owner.take().unwrap());
                let mut frame = Some(frame);
                while let Some(this) = frame.take() {
                    match contended::UniqueFrame::try_from(this) {
                        Ok(unique) => owner = Some(unique),
                        Err(this) => frame = Some(this),
                    }
                }
            });
        }
        assert_eq!(contended::status(start), SlotStatus::Unique);
    }

    mod shared {
        use super::*;

        #[test]
        fn one_more_of_the_same() {
            let frame = shared();
            let found = Frame::from_in_use(START).unwrap();
            assert!(Frame::ptr_eq(&frame, &found));
            assert_eq!((found.meta().number, found.reference_count()), (42, 2));
        }
    }

    mod unique {
        use super::*;

        #[test]
        fn unique_stays_so() {
            let frame = unique();
            assert_eq!(Frame::from_in_use(START).unwrap_err(), GetFrameError::Unique);
            assert_eq!((status(), frame.meta().number), (SlotStatus::Unique, 42));
        }
    }

    mod busy {
        use super::*;

        /// A destructor that looks its own frame up. Killed by: tearing a unique frame down
        /// while its word says unique.
        #[test]
        fn by_its_own_destructor() {
            fn inside(start: Paddr) {
                assert_eq!(Frame::from_in_use(start).unwrap_err(), GetFrameError::Busy);
            }
            let frame = unique();
            let log = frame.meta().log.clone();
            *log.inside.lock().unwrap() = Some(inside);
            drop(frame);
            assert_eq!((log.events().len(), status()), (2, SlotStatus::Unused));
        }
    }

    mod whole_lease {
        use super::*;

        #[test]
        fn before_and_after() {
            assert_eq!(Frame::from_in_use(START).unwrap_err(), GetFrameError::Unused);
            drop(shared());
            assert_eq!(Frame::from_in_use(START).unwrap_err(), GetFrameError::Unused);
        }
    }
}

mod frame_clone_spec {
    use super::*;

    #[test]
    fn one_more() {
        let frame = shared();
        let other = frame.clone();
        assert!(Frame::ptr_eq(&frame, &other));
        assert_eq!((frame.reference_count(), other.meta().number), (2, 42));
    }
}

/// Of two at once, one was the last.
mod frame_drop_at {
    use super::*;

    mod frame_drop_spec {
        use super::*;

        /// Two at once: the metadata go once, with the last.
        #[test]
        fn by_two() {
            let start = contended::start();
            for _ in 0..200 {
                let frame = contended::Frame::from_unused(start, contended::Number(7)).unwrap();
                let other = frame.clone();
                thread::scope(|scope| {
                    scope.spawn(move || drop(other));
                    drop(frame);
                });
                assert_eq!(contended::status(start), SlotStatus::Unused);
            }
        }
    }

    mod last {
        use super::*;

        #[test]
        fn metadata_then_frame() {
            let frame = shared();
            let log = frame.meta().log.clone();
            drop(frame);
            assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
            assert_eq!((Space::freed(), status()), (vec![(START, PAGE_SIZE)], SlotStatus::Unused));
        }
    }

    mod other {
        use super::*;

        #[test]
        fn others_keep_it() {
            let frame = shared();
            let log = frame.meta().log.clone();
            for others in 1..5 {
                let handles: Vec<_> = (0..others).map(|_| frame.clone()).collect();
                drop(frame.clone());
                assert_eq!(frame.reference_count(), 1 + others);
                drop(handles);
            }
            assert_eq!((log.events(), Space::freed()), (vec![], vec![]));
        }
    }
}

/// A number that was the count at one moment.
mod reference_count_at {
    use super::*;

    mod reference_count_spec {
        use super::*;

        /// At least those that one holds, while others come and go.
        #[test]
        fn at_least_ones_own() {
            let start = contended::start();
            let frame = contended::Frame::from_unused(start, contended::Number(7)).unwrap();
            let held = [frame.clone(), frame.clone()];
            thread::scope(|scope| {
                scope.spawn(|| (0..1000).for_each(|_| drop(frame.clone())));
                for _ in 0..1000 {
                    let count = held[0].reference_count();
                    assert!((2..=5).contains(&count), "{count}");
                }
            });
        }
    }

    mod whole_lease {
        use super::*;

        #[test]
        fn counts_all() {
            let frame = shared();
            let mut handles = Vec::new();
            for count in 1..10 {
                assert_eq!(frame.reference_count(), count);
                handles.push(frame.clone());
            }
        }
    }
}

mod frame_from_unique_spec {
    use super::*;

    #[test]
    fn the_only_share() {
        let frame = Frame::from(unique());
        assert_eq!((frame.reference_count(), frame.meta().number), (1, 42));
        assert_eq!(Space::freed(), []);
    }
}

mod try_from_shared_spec {
    use super::*;

    /// Two at once: one at most, and none is lost.
    #[test]
    fn by_two() {
        let start = contended::start();
        for _ in 0..200 {
            let frame = contended::Frame::from_unused(start, contended::Number(7)).unwrap();
            let other = frame.clone();
            let (one, two) = thread::scope(|scope| {
                let two = scope.spawn(move || contended::UniqueFrame::try_from(other));
                (contended::UniqueFrame::try_from(frame), two.join().unwrap())
            });
            // Both handles were there all the time.
            let (Err(one), Err(two)) = (one, two) else { panic!("unique beside another") };
            assert_eq!((one.reference_count(), two.meta().0), (2, 7));
        }
    }
}

mod try_from_shared_at {
    use super::*;

    /// Whether it succeeds is what the count is at one moment: with a second handle
    /// that goes meanwhile, either.
    #[test]
    fn while_the_other_goes() {
        let start = contended::start();
        for _ in 0..200 {
            let frame = contended::Frame::from_unused(start, contended::Number(7)).unwrap();
            let other = frame.clone();
            let tried = thread::scope(|scope| {
                scope.spawn(move || drop(other));
                contended::UniqueFrame::try_from(frame)
            });
            let unique = tried.or_else(contended::UniqueFrame::try_from);
            assert_eq!(unique.expect("the other is gone").meta().0, 7);
        }
    }

    mod whole_lease {
        use super::*;

        #[test]
        fn succeeds() {
            let mut unique = UniqueFrame::try_from(shared()).unwrap();
            unique.meta_mut().number += 1;
            assert_eq!((unique.meta().number, status()), (43, SlotStatus::Unique));
        }
    }

    mod other {
        use super::*;

        #[test]
        fn hands_the_frame_back() {
            let frame = shared();
            let other = frame.clone();
            let frame = UniqueFrame::try_from(frame).unwrap_err();
            assert_eq!((frame.reference_count(), other.meta().number), (2, 42));
        }
    }
}

mod unique_drop_spec {
    use super::*;

    #[test]
    fn metadata_then_frame() {
        let frame = unique();
        let log = frame.meta().log.clone();
        drop(frame);
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
        assert_eq!((Space::freed(), status()), (vec![(START, PAGE_SIZE)], SlotStatus::Unused));
    }
}

mod reset_as_unused_spec {
    use super::*;

    #[test]
    fn metadata_and_no_frame() {
        let frame = unique();
        let log = frame.meta().log.clone();
        frame.reset_as_unused();
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
        assert_eq!((Space::freed(), status()), (vec![], SlotStatus::Unused));
    }
}

mod frame_repurpose_spec {
    use super::*;

    #[test]
    fn old_ones_go_new_ones_come() {
        let frame = unique();
        let log = frame.meta().log.clone();
        let frame = frame.repurpose(Meta::new(43));
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
        assert_eq!((frame.meta().number, status()), (43, SlotStatus::Unique));
        assert_eq!((frame.meta().log.events(), Space::freed()), (vec![], vec![]));
    }
}

mod frame_start_paddr_spec {
    use super::*;

    #[test]
    fn of_either_kind() {
        for index in 0..Space::FRAMES {
            let start = Space::frame(index);
            let frame = UniqueFrame::from_unused(start, Meta::new(1)).unwrap();
            assert_eq!(frame.start_paddr(), start);
            assert_eq!(Frame::from(frame).start_paddr(), start);
        }
    }
}

mod frame_into_raw_spec {
    use super::*;

    #[test]
    fn the_address_and_no_step() {
        let frame = shared();
        assert_eq!(frame.clone().into_raw(), START);
        assert_eq!(frame.reference_count(), 2);
        // SAFETY: from `into_raw`, once.
        drop(unsafe { Frame::from_raw(START) });
        mem::forget(frame);
        assert_eq!(status(), SlotStatus::Shared(1));
    }
}

mod frame_meta_is_spec {
    use super::*;

    #[test]
    fn exactly_its_own_type() {
        struct Other;
        impl FrameMeta for Other {}

        let any = tally::Frame::<dyn FrameMeta, Space>::from(shared());
        let any = tally::Frame::<Other, Space>::try_from(any).unwrap_err();
        assert_eq!(any.reference_count(), 1);
        assert_eq!(Frame::try_from(any).unwrap().meta().number, 42);
    }
}

/// Two at once: both are counted.
mod frame_clone_at {
    use super::*;

    #[test]
    fn by_two() {
        let start = contended::start();
        let frame = contended::Frame::from_unused(start, contended::Number(7)).unwrap();
        contended::twice(
            200,
            |_| frame.clone(),
            |clones| assert_eq!(clones.map(|clone| clone.reference_count()), [3, 2]),
        );
        assert_eq!(frame.reference_count(), 1);
    }
}

/// Others find the frame unique, then shared: nothing in between.
mod frame_from_unique_at {
    use super::*;

    #[test]
    fn while_looked_up() {
        let start = contended::start();
        for _ in 0..100 {
            let frame = contended::UniqueFrame::from_unused(start, contended::Number(7)).unwrap();
            thread::scope(|scope| {
                scope.spawn(|| {
                    while let Err(error) = contended::Frame::from_in_use(start) {
                        assert_eq!(error, GetFrameError::Unique);
                    }
                });
                // Its share stays until the other thread has found the frame.
                mem::forget(contended::Frame::from(frame));
            });
            // SAFETY: the share that was forgotten.
            drop(unsafe { contended::Frame::from_raw(start) });
        }
        assert_eq!(contended::status(start), SlotStatus::Unused);
    }
}

/// Others find the frame unique, busy, unused, in this order.
mod unique_drop_at {
    use super::*;

    #[test]
    fn while_looked_up() {
        let start = contended::start();
        for _ in 0..200 {
            let frame = contended::UniqueFrame::from_unused(start, contended::Number(7)).unwrap();
            thread::scope(|scope| {
                scope.spawn(move || drop(frame));
                let mut before = 0;
                while before < 2 {
                    let now = match contended::Frame::from_in_use(start) {
                        Err(GetFrameError::Unique) => 0,
                        Err(GetFrameError::Busy) => 1,
                        Err(GetFrameError::Unused) => 2,
                        found => panic!("{found:?}"),
                    };
                    assert!(now >= before);
                    before = now;
                }
            });
        }
    }
}

mod frame_borrow_spec {
    use super::*;

    #[test]
    fn the_same_slot_and_no_step() {
        let frame = shared();
        let borrowed = frame.borrow();
        assert!(Frame::ptr_eq(&frame, &borrowed));
        assert_eq!((borrowed.meta().number, borrowed.reference_count()), (42, 1));
    }
}

mod slot_at_spec {
    use super::*;

    /// Slots as far from each other as frames are: by way of the metadata, which
    /// begin their slots.
    #[test]
    fn one_slot_for_each_frame() {
        let frames: Vec<_> = (0..Space::FRAMES)
            .map(|index| Frame::from_unused(Space::frame(index), Meta::new(1)).unwrap())
            .collect();
        let first = (&raw const *frames[0].meta()).addr();
        for (index, frame) in frames.iter().enumerate() {
            assert_eq!((&raw const *frame.meta()).addr(), first + index * size_of::<MetaSlot>());
        }
    }
}

mod get_slot_status_spec {
    use super::*;

    /// Not aligned comes first; the end is out of bound, the last frame is not.
    #[test]
    fn alignment_then_bounds() {
        let end = Space::frame(Space::FRAMES);
        let status = |start| Space::region_of_this_thread().status(start);
        assert_eq!(status(end - PAGE_SIZE), Ok(SlotStatus::Unused));
        for start in [end, end + PAGE_SIZE, usize::MAX - (PAGE_SIZE - 1)] {
            assert_eq!(status(start), Err(GetFrameError::OutOfBound));
            assert_eq!(status(start + 1), Err(GetFrameError::NotAligned));
        }
        assert_eq!(status(START + 1), Err(GetFrameError::NotAligned));
    }
}
