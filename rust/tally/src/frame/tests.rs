//! Tests that must reach into the slot; all others are in `tests/frame.rs`.

use std::mem;

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
