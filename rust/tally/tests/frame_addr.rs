//! Getting frames by address, and what only computes: samples of the theorems in
//! `theories/frame/slot/frame_addr_sig.v` and `frame_raw_sig.v`, and of some in
//! `theories/frame/slot/frame_sig.v`.

mod common;

use common::{Frame, Meta, Space, UniqueFrame};
use tally::{FrameMeta, FrameRef, GetFrameError, PAGE_SIZE, SlotStatus};

const START: usize = Space::BASE;
/// The first address behind the space's frames.
const END: usize = START + Space::FRAMES * PAGE_SIZE;

fn unique(start: usize) -> UniqueFrame {
    UniqueFrame::from_unused(start, Meta::new(42)).unwrap()
}

fn refused(start: usize) -> GetFrameError {
    let as_unique = UniqueFrame::from_unused(start, Meta::new(1)).unwrap_err();
    let as_shared = Frame::from_unused(start, Meta::new(2)).unwrap_err();
    assert_eq!((as_unique.metadata.number, as_shared.metadata.number), (1, 2));
    assert_eq!(as_unique.error, as_shared.error);
    as_unique.error
}

mod frame_from_unused_at {
    use super::*;

    mod not_aligned {
        use super::*;

        /// Also where the address is out of bounds, or the frame in use.
        #[test]
        fn comes_first() {
            let _held = unique(START);
            for start in [START + 1, START + PAGE_SIZE - 1, END + 8, usize::MAX] {
                assert_eq!(refused(start), GetFrameError::NotAligned);
            }
        }
    }

    mod out_of_bound {
        use super::*;

        #[test]
        fn from_the_end_on() {
            for start in [END, END + PAGE_SIZE, usize::MAX - (PAGE_SIZE - 1)] {
                assert_eq!(refused(start), GetFrameError::OutOfBound);
            }
        }
    }

    mod any_state {
        use super::*;

        #[test]
        fn refuses_for_the_state_of_that_frame_alone() {
            let first = unique(Space::frame(0));
            let second = Frame::from_unused(Space::frame(1), Meta::new(7)).unwrap();
            assert_eq!(refused(Space::frame(0)), GetFrameError::Unique);
            assert_eq!(refused(Space::frame(1)), GetFrameError::InUse);
            let third = unique(Space::frame(2));
            assert_eq!(third.start_paddr(), Space::frame(2));
            drop((first, second, third));
        }
    }

    mod whole_lease {
        use super::*;

        #[test]
        fn succeeds_at_every_unused_frame() {
            for index in 0..Space::FRAMES {
                let start = Space::frame(index);
                drop(unique(start));
                let shared = Frame::from_unused(start, Meta::new(index as u64)).unwrap();
                assert_eq!((shared.start_paddr(), shared.reference_count()), (start, 1));
                assert_eq!(shared.meta().number, index as u64);
            }
        }
    }

    mod shared {
        use super::*;

        #[test]
        fn in_use_and_left_alone() {
            let held = Frame::from_unused(Space::frame(4), Meta::new(6)).unwrap();
            assert_eq!(refused(Space::frame(4)), GetFrameError::InUse);
            assert_eq!((held.reference_count(), held.meta().number), (1, 6));
        }
    }

    mod unique {
        use super::*;

        #[test]
        fn unique_and_left_alone() {
            let held = unique(Space::frame(4));
            assert_eq!(refused(Space::frame(4)), GetFrameError::Unique);
            assert_eq!(held.meta().number, 42);
        }
    }
}

mod frame_from_in_use_at {
    use super::*;

    mod not_aligned {
        use super::*;

        #[test]
        fn comes_first() {
            let _held = Frame::from_unused(START, Meta::new(0)).unwrap();
            for start in [START + 1, START + PAGE_SIZE - 1, END + 8, usize::MAX] {
                assert_eq!(Frame::from_in_use(start).unwrap_err(), GetFrameError::NotAligned);
            }
        }
    }

    mod out_of_bound {
        use super::*;

        #[test]
        fn from_the_end_on() {
            for start in [END, END + PAGE_SIZE, usize::MAX - (PAGE_SIZE - 1)] {
                assert_eq!(Frame::from_in_use(start).unwrap_err(), GetFrameError::OutOfBound);
            }
        }
    }

    mod any_state {
        use super::*;

        #[test]
        fn finds_the_frame_at_that_address() {
            let first = Frame::from_unused(Space::frame(0), Meta::new(3)).unwrap();
            let _second = unique(Space::frame(1));
            let found = Frame::from_in_use(Space::frame(0)).unwrap();
            assert_eq!((found.meta().number, first.reference_count()), (3, 2));
            assert_eq!(Frame::from_in_use(Space::frame(1)).unwrap_err(), GetFrameError::Unique);
            assert_eq!(Frame::from_in_use(Space::frame(2)).unwrap_err(), GetFrameError::Unused);
        }
    }

    mod shared {
        use super::*;

        #[test]
        fn one_share_more() {
            let held = Frame::from_unused(Space::frame(5), Meta::new(6)).unwrap();
            for count in 2..5 {
                let found = Frame::from_in_use(Space::frame(5)).unwrap();
                assert_eq!((held.reference_count(), found.meta().number), (count, 6));
                std::mem::forget(found);
            }
        }
    }

    mod unique {
        use super::*;

        #[test]
        fn unique_and_left_alone() {
            let held = unique(Space::frame(5));
            assert_eq!(Frame::from_in_use(Space::frame(5)).unwrap_err(), GetFrameError::Unique);
            assert_eq!(Frame::from(held).reference_count(), 1);
        }
    }

    mod whole_lease {
        use super::*;

        /// Before the first use of each frame, and after the last.
        #[test]
        fn unused() {
            for index in 0..Space::FRAMES {
                let start = Space::frame(index);
                assert_eq!(Frame::from_in_use(start).unwrap_err(), GetFrameError::Unused);
                drop(unique(start));
                assert_eq!(Frame::from_in_use(start).unwrap_err(), GetFrameError::Unused);
            }
        }
    }
}

mod frame_from_raw_spec {
    use super::*;

    #[test]
    fn is_the_handle_given_away() {
        let start = unique(Space::frame(3)).into_raw();
        // Nobody else can have it meanwhile.
        assert_eq!(refused(start), GetFrameError::Unique);
        // SAFETY: `start` comes from `into_raw`, of the same type, and is used once.
        let again = unsafe { UniqueFrame::from_raw(start) };
        assert_eq!((again.start_paddr(), again.meta().number), (Space::frame(3), 42));
        drop(again);
        drop(unique(start));
    }
}

mod frame_raw_round_trip_spec {
    use super::*;

    #[test]
    fn at_every_frame() {
        for index in 0..Space::FRAMES {
            let frame = unique(Space::frame(index));
            let place = &raw const *frame.meta();
            // SAFETY: as in `is_the_handle_given_away`.
            let again = unsafe { UniqueFrame::from_raw(frame.into_raw()) };
            assert_eq!(&raw const *again.meta(), place);
        }
    }

    /// The share given away is counted meanwhile, and is the one that comes back.
    #[test]
    fn of_one_share() {
        let held = Frame::from_unused(Space::frame(6), Meta::new(9)).unwrap();
        let start = held.clone().into_raw();
        assert_eq!((start, held.reference_count()), (Space::frame(6), 2));
        // SAFETY: `start` comes from `into_raw`, of the same type, and is used once.
        let again = unsafe { Frame::from_raw(start) };
        assert_eq!(
            (held.reference_count(), &raw const *again.meta()),
            (2, &raw const *held.meta())
        );
        drop(again);
        assert_eq!(held.reference_count(), 1);
    }
}

mod frame_ref_from_raw_spec {
    use super::*;

    /// The address counts as the share that was given away, before the borrow and after.
    #[test]
    fn the_address_stays() {
        let start = Frame::from_unused(Space::frame(4), Meta::new(9)).unwrap().into_raw();
        for _ in 0..2 {
            // SAFETY: `start` comes from `into_raw`, of the same type, and `from_raw` is
            // called with it after the borrow.
            let borrowed = unsafe { FrameRef::<Meta, Space>::from_raw(start) };
            assert_eq!((borrowed.reference_count(), borrowed.meta().number), (1, 9));
        }
        // SAFETY: `start` comes from `into_raw`, of the same type, and is used once.
        drop(unsafe { Frame::from_raw(start) });
        drop(unique(start));
    }
}

mod frame_meta_spec {
    use super::*;

    /// It is in the slot, where `meta_mut` finds it too.
    #[test]
    fn stays_where_it_is() {
        let mut frame = unique(START);
        let place = &raw const *frame.meta();
        assert_eq!(&raw const *frame.meta_mut(), place);
        let other = unique(Space::frame(1));
        assert_ne!(&raw const *other.meta(), place);
    }
}

mod frame_meta_mut_spec {
    use super::*;

    #[test]
    fn changes_the_metadata() {
        let mut frame = unique(START);
        frame.meta_mut().number = 5;
        assert_eq!(frame.meta().number, 5);
        assert_eq!(Frame::from(frame).meta().number, 5);
    }
}

mod frame_transmute_spec {
    use super::*;

    struct Other(u8);
    impl FrameMeta for Other {}

    /// The handle of another type that `repurpose` ends with is the same frame.
    #[test]
    fn the_same_frame() {
        let frame = unique(Space::frame(2)).repurpose(Other(9));
        assert_eq!((frame.start_paddr(), frame.meta().0), (Space::frame(2), 9));
    }
}

mod frame_size_spec {
    use super::*;

    #[test]
    fn one_page() {
        let frame = unique(START);
        assert_eq!(frame.size(), PAGE_SIZE);
        assert_eq!(Frame::from(frame).size(), PAGE_SIZE);
    }
}

mod frame_level_spec {
    use super::*;

    #[test]
    fn the_lowest() {
        let frame = unique(START);
        assert_eq!(frame.level(), 1);
        assert_eq!(Frame::from(frame).level(), 1);
    }
}

mod frame_borrow_spec {
    use super::*;

    /// The same frame, and no share more.
    #[test]
    fn is_the_frame() {
        let frame = Frame::from_unused(START, Meta::new(8)).unwrap();
        let borrowed = frame.borrow();
        assert_eq!((borrowed.start_paddr(), borrowed.meta().number), (START, 8));
        assert_eq!(borrowed.reference_count(), 1);
    }
}

mod slot_at_spec {
    use super::*;

    /// One slot for each page, and another for each.
    #[test]
    fn of_its_own() {
        let region = Space::region_of_this_thread();
        for index in 0..Space::FRAMES {
            let held = unique(Space::frame(index));
            for other in 0..Space::FRAMES {
                let expected = if other == index { SlotStatus::Unique } else { SlotStatus::Unused };
                assert_eq!(region.status(Space::frame(other)), Ok(expected));
            }
            drop(held);
        }
    }
}

mod get_slot_status_spec {
    use super::*;

    #[test]
    fn not_aligned_then_out_of_bound_then_found() {
        let region = Space::region_of_this_thread();
        for start in [START + 1, END + 1, usize::MAX] {
            assert_eq!(region.status(start), Err(GetFrameError::NotAligned));
        }
        for start in [END, END + PAGE_SIZE] {
            assert_eq!(region.status(start), Err(GetFrameError::OutOfBound));
        }
        for start in [START, END - PAGE_SIZE] {
            assert_eq!(region.status(start), Ok(SlotStatus::Unused));
        }
    }
}
