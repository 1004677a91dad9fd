//! Samples of the lemmas about slots: each module is named after one.

mod common;

use std::{mem, sync::Arc};

use common::{Event, Frame, Log, Meta, Space, UniqueFrame};
use tally::{
    FrameMeta, GetFrameError, PAGE_SIZE,
    frame::{REF_COUNT_MAX, REF_COUNT_UNIQUE, REF_COUNT_UNUSED},
};

/// The frame that most tests use.
fn start() -> usize {
    Space::frame(3)
}

fn shared() -> Frame {
    Frame::from_unused(start(), Meta::new(42)).unwrap()
}

fn unique() -> UniqueFrame {
    UniqueFrame::from_unused(start(), Meta::new(42)).unwrap()
}

/// What claiming the frame at `start` fails with, in both ways of claiming.
#[track_caller]
fn claim_error(start: usize) -> GetFrameError {
    let [one, two] = [Meta::new(1), Meta::new(2)];
    let (log_one, log_two) = (one.log.clone(), two.log.clone());
    let one = Frame::from_unused(start, one).unwrap_err();
    let two = UniqueFrame::from_unused(start, two).unwrap_err();
    // The value comes back, alive.
    assert_eq!((one.metadata.number, two.metadata.number), (1, 2));
    assert_eq!((log_one.events(), log_two.events()), (vec![], vec![]));
    assert_eq!(one.error, two.error);
    one.error
}

mod slot_from_unused_spec {
    use super::*;

    #[test]
    fn shared_counts_one() {
        let frame = shared();
        assert_eq!(frame.reference_count(), 1);
        assert_eq!(frame.meta().number, 42);
        assert_eq!((frame.start_paddr(), frame.size()), (start(), PAGE_SIZE));
    }

    #[test]
    fn unique_holds_the_metadata() {
        let mut frame = unique();
        assert_eq!(frame.meta().number, 42);
        frame.meta_mut().number = 43;
        assert_eq!(frame.meta().number, 43);
        assert_eq!((frame.start_paddr(), frame.size()), (start(), PAGE_SIZE));
    }

    /// The first and the last frame are there, and each is its own.
    #[test]
    fn every_frame_of_the_region() {
        let frames: Vec<_> = (0..Space::FRAMES)
            .map(|i| Frame::from_unused(Space::frame(i), Meta::new(i as u64)).unwrap())
            .collect();
        for (i, frame) in frames.iter().enumerate() {
            assert_eq!(frame.start_paddr(), Space::frame(i));
            assert_eq!(frame.meta().number, i as u64);
            assert_eq!(frame.reference_count(), 1);
        }
    }
}

mod slot_from_unused_error_spec {
    use super::*;

    #[test]
    fn in_use_when_shared() {
        let frame = shared();
        assert_eq!(claim_error(start()), GetFrameError::InUse);
        let _more = [frame.clone(), frame.clone()];
        assert_eq!(claim_error(start()), GetFrameError::InUse);
        assert_eq!(frame.reference_count(), 3);
        assert_eq!(frame.meta().number, 42);
    }

    #[test]
    fn unique_when_unique() {
        let frame = unique();
        assert_eq!(claim_error(start()), GetFrameError::Unique);
        assert_eq!(frame.meta().number, 42);
    }

    #[test]
    fn address_first_and_alignment_before_bounds() {
        let end = Space::frame(Space::FRAMES);
        let _unique = unique();
        assert_eq!(claim_error(start() + 1), GetFrameError::NotAligned);
        assert_eq!(claim_error(start() + PAGE_SIZE / 2), GetFrameError::NotAligned);
        assert_eq!(claim_error(end + 8), GetFrameError::NotAligned);
        assert_eq!(claim_error(usize::MAX), GetFrameError::NotAligned);
        assert_eq!(claim_error(end), GetFrameError::OutOfBound);
        assert_eq!(claim_error(Space::BASE - PAGE_SIZE), GetFrameError::OutOfBound);
        assert_eq!(claim_error(0), GetFrameError::OutOfBound);
        assert_eq!(claim_error(usize::MAX - (PAGE_SIZE - 1)), GetFrameError::OutOfBound);
    }
}

mod slot_busy_spec {
    use super::*;

    /// A destructor that looks at its own frame finds it busy.
    #[test]
    fn busy_when_torn_down() {
        fn inside(start: usize) {
            assert_eq!(claim_error(start), GetFrameError::Busy);
            assert_eq!(Frame::from_in_use(start).unwrap_err(), GetFrameError::Busy);
        }
        let frame = shared();
        *frame.meta().log.inside.lock().unwrap() = Some(inside);
        drop(frame);
        let frame = unique();
        *frame.meta().log.inside.lock().unwrap() = Some(inside);
        drop(frame);
        assert_eq!(Space::freed().len(), 2);
    }
}

mod slot_from_in_use_spec {
    use super::*;

    #[test]
    fn counts_up() {
        let frame = shared();
        let other = Frame::from_in_use(start()).unwrap();
        assert_eq!(frame.reference_count(), 2);
        assert_eq!(other.meta().number, 42);
        drop(frame);
        assert_eq!(other.reference_count(), 1);
    }
}

mod slot_from_in_use_error_spec {
    use super::*;

    #[test]
    fn address_first_then_state() {
        let lookup = |start| Frame::from_in_use(start).map(mem::forget);
        assert_eq!(lookup(start()), Err(GetFrameError::Unused));
        assert_eq!(lookup(start() + 1), Err(GetFrameError::NotAligned));
        assert_eq!(lookup(Space::frame(Space::FRAMES)), Err(GetFrameError::OutOfBound));
        assert_eq!(lookup(Space::frame(Space::FRAMES) + 1), Err(GetFrameError::NotAligned));
        let _unique = unique();
        assert_eq!(lookup(start()), Err(GetFrameError::Unique));
    }
}

mod slot_from_unique_spec {
    use super::*;

    #[test]
    fn counts_one_and_keeps_the_metadata() {
        let mut unique = unique();
        unique.meta_mut().number = 7;
        let log = unique.meta().log.clone();
        let frame = Frame::from(unique);
        assert_eq!(frame.reference_count(), 1);
        assert_eq!(frame.meta().number, 7);
        assert_eq!(frame.start_paddr(), start());
        assert_eq!((log.events(), Space::freed()), (vec![], vec![]));
    }

    #[test]
    fn can_be_found_by_address() {
        let frame = Frame::from(unique());
        let other = Frame::from_in_use(start()).unwrap();
        assert_eq!(frame.reference_count(), 2);
        assert_eq!(claim_error(start()), GetFrameError::InUse);
        drop(other);
    }
}

mod slot_try_from_shared_spec {
    use super::*;

    #[test]
    fn succeeds_when_count_is_one() {
        let frame = shared();
        let log = frame.meta().log.clone();
        let mut unique = UniqueFrame::try_from(frame).unwrap();
        assert_eq!(unique.start_paddr(), start());
        unique.meta_mut().number = 7;
        assert_eq!(unique.meta().number, 7);
        assert_eq!(claim_error(start()), GetFrameError::Unique);
        assert_eq!((log.events(), Space::freed()), (vec![], vec![]));
    }
}

mod slot_try_from_shared_error_spec {
    use super::*;

    #[test]
    fn fails_when_count_is_two() {
        let frame = shared();
        let other = frame.clone();
        let frame = UniqueFrame::try_from(frame).unwrap_err();
        assert_eq!((frame.start_paddr(), frame.meta().number), (start(), 42));
        assert_eq!(frame.reference_count(), 2);
        drop(other);
        assert_eq!(frame.reference_count(), 1);
        assert!(UniqueFrame::try_from(frame).is_ok());
    }

    #[test]
    fn fails_while_a_handle_is_forgotten() {
        let frame = shared();
        mem::forget(frame.clone());
        let frame = UniqueFrame::try_from(frame).unwrap_err();
        assert_eq!(frame.reference_count(), 2);
    }
}

mod slot_unique_round_trip_spec {
    use super::*;

    #[test]
    fn keeps_everything() {
        let mut frame = unique();
        frame.meta_mut().number = 7;
        let before = &raw const *frame.meta();
        let frame = UniqueFrame::try_from(Frame::from(frame)).unwrap();
        assert_eq!((&raw const *frame.meta(), frame.meta().number), (before, 7));
        assert_eq!(claim_error(start()), GetFrameError::Unique);
    }
}

mod slot_shared_round_trip_spec {
    use super::*;

    #[test]
    fn any_number_of_times() {
        let mut frame = shared();
        for round in 0..10 {
            let mut unique = UniqueFrame::try_from(frame).unwrap();
            unique.meta_mut().number = round;
            frame = Frame::from(unique);
            assert_eq!((frame.reference_count(), frame.meta().number), (1, round));
        }
    }
}

mod slot_clone_spec {
    use super::*;

    #[test]
    fn counts_up() {
        let frame = shared();
        let a = frame.clone();
        let b = a.clone();
        assert_eq!([&frame, &a, &b].map(Frame::reference_count), [3, 3, 3]);
    }

    #[test]
    fn shares_the_metadata() {
        let frame = shared();
        let other = frame.clone();
        assert!(std::ptr::eq(frame.meta(), other.meta()));
        assert_eq!(frame.start_paddr(), other.start_paddr());
    }
}

/// What a tear-down of the frame must have done by its end, in this order.
#[track_caller]
fn torn_down_once(log: &Arc<Log>) {
    assert_eq!(log.events(), [Event::OnDrop(start()), Event::Dropped]);
    assert_eq!(Space::freed(), [(start(), PAGE_SIZE)]);
    // And it can be claimed again.
    mem::forget(shared());
}

mod slot_drop_spec {
    use super::*;

    #[test]
    fn counts_down() {
        let frame = shared();
        let other = frame.clone();
        drop(frame);
        assert_eq!(other.reference_count(), 1);
        assert_eq!((other.meta().log.events(), Space::freed()), (vec![], vec![]));
    }
}

mod slot_drop_last_spec {
    use super::*;

    #[test]
    fn last_share_tears_down() {
        let frame = shared();
        let log = frame.meta().log.clone();
        drop((frame.clone(), frame));
        torn_down_once(&log);
    }

    #[test]
    fn share_after_a_round_trip() {
        let frame = Frame::from(UniqueFrame::try_from(shared()).unwrap());
        let log = frame.meta().log.clone();
        drop(frame);
        torn_down_once(&log);
    }

    #[test]
    fn unique_tears_down() {
        let frame = unique();
        let log = frame.meta().log.clone();
        drop(frame);
        torn_down_once(&log);
    }

    #[test]
    fn unique_after_try_from() {
        let frame = UniqueFrame::try_from(shared()).unwrap();
        let log = frame.meta().log.clone();
        drop(frame);
        torn_down_once(&log);
    }
}

mod slot_ref_count_spec {
    use super::*;

    #[test]
    fn counts_handles() {
        let frame = shared();
        let mut handles = Vec::new();
        for n in 1..100 {
            assert_eq!(frame.reference_count(), n);
            handles.push(frame.clone());
        }
        drop(handles);
        assert_eq!(frame.reference_count(), 1);
    }

    /// No count is mistaken for a state.
    #[test]
    fn states_are_no_counts() {
        assert_eq!(REF_COUNT_UNUSED, u64::MAX);
        assert_eq!(REF_COUNT_UNIQUE, u64::MAX - 1);
        assert_eq!(REF_COUNT_MAX, (1 << 63) - 1);
    }
}

mod slot_last_spec {
    use super::*;

    /// Count 1 means nobody else, by whatever way the others went.
    #[test]
    fn one_means_nobody_else() {
        let frame = shared();
        let others = [frame.clone(), Frame::from_in_use(start()).unwrap()];
        for other in others {
            assert_ne!(frame.reference_count(), 1);
            drop(other);
        }
        assert_eq!(frame.reference_count(), 1);
        assert!(UniqueFrame::try_from(frame).is_ok());
    }
}

mod slot_meta_spec {
    use super::*;

    #[test]
    fn every_handle_reads_it() {
        let mut unique = unique();
        assert_eq!(unique.meta().number, 42);
        unique.meta_mut().number = 7;
        let handles = [Frame::from(unique), Frame::from_in_use(start()).unwrap()];
        let [one, two] = handles.each_ref().map(|frame| &raw const *frame.meta());
        assert_eq!(one, two);
        assert_eq!(handles.each_ref().map(|frame| frame.meta().number), [7, 7]);
    }
}

mod slot_leak_spec {
    use super::*;

    #[test]
    fn forgotten_handle_keeps_the_frame() {
        let frame = shared();
        let log = frame.meta().log.clone();
        mem::forget(frame.clone());
        drop(frame);
        assert_eq!((log.events(), Space::freed()), (vec![], vec![]));
        assert_eq!(claim_error(start()), GetFrameError::InUse);
    }

    #[test]
    fn forgotten_handles_count() {
        let frame = shared();
        for n in 2..10 {
            mem::forget(frame.clone());
            assert_eq!(frame.reference_count(), n);
        }
    }
}

mod slot_init_inv {
    use super::*;

    #[test]
    fn every_frame_is_unused() {
        for i in 0..Space::FRAMES {
            let found = Frame::from_in_use(Space::frame(i));
            assert_eq!(found.unwrap_err(), GetFrameError::Unused);
        }
    }
}

mod slot_release_vacate_spec {
    use super::*;

    /// The destructor has run when the frame becomes unused, and not before.
    #[test]
    fn unused_after_the_destructor() {
        struct Looks(Arc<Log>);
        impl FrameMeta for Looks {}
        impl Drop for Looks {
            fn drop(&mut self) {
                let found = Frame::from_in_use(start()).unwrap_err();
                assert_eq!(found, GetFrameError::Busy);
                self.0.events.lock().unwrap().push(Event::Dropped);
            }
        }
        let log = Arc::new(Log::default());
        for round in 1..=2 {
            let frame = tally::Frame::<_, Space>::from_unused(start(), Looks(log.clone())).unwrap();
            drop(frame);
            assert_eq!(log.events().len(), round);
            assert_eq!(Space::freed(), [(start(), PAGE_SIZE)]);
        }
    }
}
