//! Tests that must reach into the slot; all others are in `tests/frame.rs`.

use std::{mem, sync::atomic::AtomicU64};

use super::*;
use crate::tests::aborts_in_child;

/// One for each test that may share a process with others.
static SLOTS: [MetaSlot; 3] = [const { MetaSlot::new() }; 3];
static REGION: MetaRegion = match MetaRegion::new(0, &SLOTS) {
    Ok(region) => region,
    Err(_) => panic!(),
};

struct Space;
impl FrameSpace for Space {
    fn region() -> &'static MetaRegion {
        &REGION
    }
    fn dealloc(_: Paddr, _: usize) {}
}

struct Unit;
impl FrameMeta for Unit {}

type TestFrame = Frame<Unit, Space>;

fn slot(index: usize) -> &'static MetaSlot {
    &SLOTS[index]
}

mod slot_clone_spec {
    use super::*;

    #[test]
    fn counts_up_to_max() {
        let frame = TestFrame::from_unused(0, Unit).unwrap();
        slot(0).set_count(REF_COUNT_MAX - 1);
        mem::forget(frame.clone());
        assert_eq!(frame.reference_count(), REF_COUNT_MAX);
        slot(0).set_count(1);
    }
}

mod slot_clone_abort_spec {
    use super::*;

    #[test]
    fn overflow_aborts() {
        aborts_in_child("frame::tests::slot_clone_abort_spec::overflow_aborts", || {
            let frame = TestFrame::from_unused(PAGE_SIZE, Unit).unwrap();
            slot(1).set_count(REF_COUNT_MAX);
            mem::forget(frame.clone());
        });
    }
}

/// A segment counts the shares of its frames as handles do.
#[test]
fn segment_clone_overflow_aborts() {
    aborts_in_child("frame::tests::segment_clone_overflow_aborts", || {
        let segment = Segment::<Unit, Space>::from_unused(PAGE_SIZE..2 * PAGE_SIZE, |_| Unit);
        slot(1).set_count(REF_COUNT_MAX);
        mem::forget(segment.unwrap().clone());
    });
}

#[test]
fn segment_slice_overflow_aborts() {
    aborts_in_child("frame::tests::segment_slice_overflow_aborts", || {
        let segment = Segment::<Unit, Space>::from_unused(PAGE_SIZE..2 * PAGE_SIZE, |_| Unit);
        slot(1).set_count(REF_COUNT_MAX);
        mem::forget(segment.unwrap().slice(0..PAGE_SIZE));
    });
}

#[test]
#[expect(unsafe_code, reason = "the function is unsafe")]
fn increment_overflow_aborts() {
    aborts_in_child("frame::tests::increment_overflow_aborts", || {
        let start = TestFrame::from_unused(PAGE_SIZE, Unit).unwrap().into_raw();
        slot(1).set_count(REF_COUNT_MAX);
        // SAFETY: the share that was given up.
        unsafe { TestFrame::increment_reference_count(start) }
    });
}

mod fl_abort_spec {
    use super::*;

    /// The last ID is not given: the counter would start anew.
    #[test]
    fn numbers_run_out() {
        let next = AtomicU64::new(u64::MAX - 1);
        assert_eq!(MetaSlot::next_id(&next), u64::MAX - 1);
        aborts_in_child("frame::tests::fl_abort_spec::numbers_run_out", || {
            MetaSlot::next_id(&next);
        });
    }
}

mod status_of_spec {
    use super::*;

    #[test]
    fn at_the_ends_of_each_range() {
        static SLOT: [MetaSlot; 1] = [MetaSlot::new()];
        let region = MetaRegion::new(0, &SLOT).unwrap();
        for (count, status) in [
            (0, SlotStatus::Busy),
            (1, SlotStatus::Shared(1)),
            (REF_COUNT_MAX, SlotStatus::Shared(REF_COUNT_MAX)),
            (REF_COUNT_MAX + 1, SlotStatus::Overflow),
            (REF_COUNT_UNIQUE - 1, SlotStatus::Overflow),
            (REF_COUNT_UNIQUE, SlotStatus::Unique),
            (REF_COUNT_UNUSED, SlotStatus::Unused),
        ] {
            SLOT[0].set_count(count);
            assert_eq!(region.status(0), Ok(status));
        }
        assert_eq!(region.status(1), Err(GetFrameError::NotAligned));
        assert_eq!(region.status(PAGE_SIZE), Err(GetFrameError::OutOfBound));
    }
}

mod slot_from_in_use_abort_spec {
    use super::*;

    #[test]
    fn counts_up_to_max() {
        const START: Paddr = 2 * PAGE_SIZE;
        let frame = TestFrame::from_unused(START, Unit).unwrap();
        slot(2).set_count(REF_COUNT_MAX - 1);
        mem::forget(TestFrame::from_in_use(START).unwrap());
        assert_eq!(frame.reference_count(), REF_COUNT_MAX);
        slot(2).set_count(1);
    }

    #[test]
    fn overflow_aborts() {
        aborts_in_child("frame::tests::slot_from_in_use_abort_spec::overflow_aborts", || {
            mem::forget(TestFrame::from_unused(PAGE_SIZE, Unit).unwrap());
            slot(1).set_count(REF_COUNT_MAX);
            let _ = TestFrame::from_in_use(PAGE_SIZE);
        });
    }
}
