//! A small pool of page frames: an allocator whose free list gets frames back by
//! itself, when their last handle is dropped.
//!
//! Run with `cargo run -p tally-rc --example frame_pool`.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use tally::{
    Frame, FrameMeta, FrameSpace, MetaRegion, MetaSlot, Paddr, SlotStatus, TearDown, UniqueFrame,
};

const BASE: Paddr = 0x10_0000;
const FRAMES: usize = 64;

static SLOTS: [MetaSlot; FRAMES] = [const { MetaSlot::new() }; FRAMES];
static REGION: MetaRegion = match MetaRegion::new(BASE, &SLOTS) {
    Ok(region) => region,
    Err(_) => panic!("the base is aligned and the end does not overflow"),
};

/// All frames of the pool, and how to give one back.
struct Pool;

/// The addresses of frames that nobody has.
static FREE: Mutex<Vec<Paddr>> = Mutex::new(Vec::new());

impl FrameSpace for Pool {
    fn region() -> &'static MetaRegion {
        &REGION
    }

    fn dealloc(start: Paddr, _size: usize) {
        FREE.lock().expect("no panic under the lock").push(start);
    }
}

impl Pool {
    fn fill() {
        let mut free = FREE.lock().expect("no panic under the lock");
        free.extend(REGION.starts());
    }

    fn free() -> usize {
        FREE.lock().expect("no panic under the lock").len()
    }

    /// A frame that nobody else has; nothing if all are in use.
    fn take<M: FrameMeta>(metadata: M) -> Option<UniqueFrame<M, Pool>> {
        let start = FREE.lock().expect("no panic under the lock").pop()?;
        // Only this pool claims frames, and it does so only from its list.
        Some(UniqueFrame::from_unused(start, metadata).expect("a free frame is unused"))
    }
}

/// What this program keeps about a frame.
struct Buffer {
    owner: u32,
    uses: AtomicUsize,
}

impl FrameMeta for Buffer {
    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        if self.owner == 0 {
            println!("{:#x} goes back after {} uses", frame.start_paddr(), self.uses.get_mut());
        }
    }
}

fn main() {
    Pool::fill();

    // One owner at first, who may change the metadata.
    let mut frame = Pool::take(Buffer { owner: 7, uses: AtomicUsize::new(0) }).expect("a frame");
    frame.meta_mut().owner = 0;

    // Then many, who read them: a clone is one atomic addition.
    let shared = Frame::from(frame);
    thread::scope(|scope| {
        for _ in 0..4 {
            let mine = shared.clone();
            scope.spawn(move || {
                for _ in 0..1000 {
                    // Frames of their own come and go meanwhile.
                    let other = Pool::take(Buffer { owner: 1, uses: AtomicUsize::new(0) });
                    drop(other.expect("the pool is large enough"));
                    mine.meta().uses.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });

    // Then one again: all others have gone.
    let mut frame = UniqueFrame::try_from(shared).expect("the last handle");
    assert_eq!(*frame.meta_mut().uses.get_mut(), 4000);
    assert_eq!(Pool::free(), FRAMES - 1);

    // Whoever is last gives the frame back to the pool.
    drop(frame);
    assert_eq!(Pool::free(), FRAMES);
    for start in REGION.starts() {
        assert_eq!(REGION.status(start), Ok(SlotStatus::Unused));
    }

    // An empty pool says so.
    let all: Vec<_> =
        std::iter::from_fn(|| Pool::take(Buffer { owner: 1, uses: AtomicUsize::new(0) })).collect();
    assert_eq!((all.len(), Pool::free()), (FRAMES, 0));
    println!("{} frames were in use at once", all.len());
}
