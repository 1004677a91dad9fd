//! What several test files need.
#![allow(dead_code, reason = "each test file uses a part")]

use std::{
    cell::{Cell, RefCell},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use tally::{FrameMeta, FrameSpace, MetaRegion, MetaSlot, PAGE_SIZE, Paddr, frame::TearDown};

/// How long a random sequence may be, where `usual` is quick. Miri takes its time.
pub const fn longest(usual: usize) -> usize {
    if cfg!(miri) { usual / 6 } else { usual }
}

/// Counts its drops, in a counter that outlives it.
#[derive(Debug)]
pub struct Counted<'a>(pub &'a Cell<u32>);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

thread_local! {
    static REGION: &'static MetaRegion = {
        let slots: Vec<_> = (0..Space::FRAMES).map(|_| MetaSlot::new()).collect();
        Box::leak(Box::new(MetaRegion::new(Space::BASE, slots.leak()).expect("aligned")))
    };
    static FREED: RefCell<Vec<(Paddr, usize)>> = const { RefCell::new(Vec::new()) };
}

/// A space of its own for each thread, therefore for each test.
///
/// Its region is not always the same, against the contract of [`FrameSpace::region`]:
/// a raw address may be turned back only by the thread that gave the handle up, where
/// the region is the same. Each test that does so is one thread.
#[derive(Debug)]
pub struct Space;

impl Space {
    pub const BASE: Paddr = 0x10_0000;
    pub const FRAMES: usize = 8;

    /// The address of frame number `index`.
    pub fn frame(index: usize) -> Paddr {
        Self::BASE + index * PAGE_SIZE
    }

    /// The region that this thread's frames are in.
    pub fn region_of_this_thread() -> &'static MetaRegion {
        <Self as FrameSpace>::region()
    }

    /// The frames handed to `dealloc` since the last call, in order.
    pub fn freed() -> Vec<(Paddr, usize)> {
        FREED.take()
    }
}

impl FrameSpace for Space {
    fn region() -> &'static MetaRegion {
        REGION.with(|region| *region)
    }

    fn dealloc(start: Paddr, size: usize) {
        FREED.with_borrow_mut(|freed| freed.push((start, size)));
    }
}

/// What happened to some metadata, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    OnDrop(Paddr),
    Dropped,
}

/// What tests observe of one [`Meta`].
#[derive(Debug, Default)]
pub struct Log {
    pub events: Mutex<Vec<Event>>,
    pub panic_in_on_drop: AtomicBool,
    pub panic_in_destructor: AtomicBool,
    /// Runs inside `on_drop`, with the frame's address.
    pub inside: Mutex<Option<fn(Paddr)>>,
    pub drops: AtomicUsize,
}

impl Log {
    pub fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap().clone()
    }
}

/// Metadata with a number, that report what happens to them.
#[derive(Debug)]
pub struct Meta {
    pub number: u64,
    pub log: Arc<Log>,
}

impl Meta {
    pub fn new(number: u64) -> Self {
        Self { number, log: Arc::default() }
    }
}

impl FrameMeta for Meta {
    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        self.log.events.lock().unwrap().push(Event::OnDrop(frame.start_paddr()));
        let inside = *self.log.inside.lock().unwrap();
        if let Some(inside) = inside {
            inside(frame.start_paddr());
        }
        assert!(!self.log.panic_in_on_drop.load(Ordering::Relaxed), "on_drop panics");
    }
}

impl Drop for Meta {
    fn drop(&mut self) {
        self.log.drops.fetch_add(1, Ordering::Relaxed);
        self.log.events.lock().unwrap().push(Event::Dropped);
        assert!(!self.log.panic_in_destructor.load(Ordering::Relaxed), "the destructor panics");
    }
}

pub type Frame = tally::Frame<Meta, Space>;
pub type UniqueFrame = tally::UniqueFrame<Meta, Space>;
