//! Page frames for the differential tests of segments, lists and regions: a space whose
//! region each thread chooses, and what happens to its metadata, told as the models
//! tell it.
#![allow(dead_code, reason = "each test file uses a part")]

use std::cell::{Cell, RefCell};
use tally::{
    FrameMeta, FrameSpace, GetFrameError, MetaRegion, MetaSlot, PAGE_SIZE, Paddr, SlotStatus,
    frame::TearDown,
};
use tally_model::frame::{FrameError, FrameEvent, SLOT_BUSY, SLOT_UNIQUE, SLOT_UNUSED};

thread_local! {
    static REGION: Cell<&'static MetaRegion> = const { Cell::new(&MetaRegion::EMPTY) };
    static EVENTS: RefCell<Vec<FrameEvent>> = const { RefCell::new(Vec::new()) };
}

/// One space for each thread, therefore for each test.
#[derive(Debug)]
pub struct Space;

impl Space {
    /// From now on this thread's frames are in `region`, whose slots are unused.
    pub fn install(region: MetaRegion) {
        REGION.set(Box::leak(Box::new(region)));
    }

    /// What happened since the last call.
    pub fn events() -> Vec<FrameEvent> {
        EVENTS.take()
    }
}

impl FrameSpace for Space {
    fn region() -> &'static MetaRegion {
        REGION.get()
    }

    /// By now the slot has to be unused.
    fn dealloc(start: Paddr, size: usize) {
        assert_eq!(size, PAGE_SIZE);
        if Self::region().status(start) == Ok(SlotStatus::Unused) {
            event(FrameEvent::Unused(page(start)));
        }
        event(FrameEvent::Dealloc(page(start)));
    }
}

fn event(event: FrameEvent) {
    EVENTS.with_borrow_mut(|events| events.push(event));
}

/// Metadata that tell when they go.
#[derive(Debug)]
pub struct Meta {
    pub number: u64,
    pub page: u64,
}

impl FrameMeta for Meta {
    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        assert_eq!(page(frame.start_paddr()), self.page);
        event(FrameEvent::OnDrop(self.page, self.number));
    }
}

impl Drop for Meta {
    fn drop(&mut self) {
        event(FrameEvent::MetaDropped(self.page, self.number));
    }
}

/// Slots that are unused, for good.
pub fn slots(number: usize) -> &'static [MetaSlot] {
    (0..number).map(|_| MetaSlot::new()).collect::<Vec<_>>().leak()
}

/// The number of the page with this address, counted from address 0.
pub fn page(start: Paddr) -> u64 {
    (start / PAGE_SIZE) as u64
}

/// The address of a page, outside all regions if it has none.
pub fn paddr(page: u64) -> Paddr {
    let start = usize::try_from(page).ok().and_then(|page| page.checked_mul(PAGE_SIZE));
    start.unwrap_or(usize::MAX - (PAGE_SIZE - 1))
}

/// The word that a slot with this status holds.
pub fn word(status: SlotStatus) -> u64 {
    match status {
        SlotStatus::Unused => SLOT_UNUSED,
        SlotStatus::Unique => SLOT_UNIQUE,
        SlotStatus::Shared(count) => count,
        SlotStatus::Busy => SLOT_BUSY,
        other => panic!("a status that no test should come to: {other}"),
    }
}

pub fn error(error: GetFrameError) -> FrameError {
    match error {
        GetFrameError::InUse => FrameError::InUse,
        GetFrameError::Unused => FrameError::Unused,
        GetFrameError::Unique => FrameError::Unique,
        GetFrameError::Busy => FrameError::Busy,
        GetFrameError::OutOfBound => FrameError::OutOfBound,
        other => panic!("an error the model does not know: {other:?}"),
    }
}
