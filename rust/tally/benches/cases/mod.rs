//! What is measured: in each group first the limit, that is the bare memory
//! operations that no implementation can do without, then this crate and peers.

use std::{
    cell::Cell,
    hint::black_box as bb,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use tally::{Frame, FrameMeta, FrameSpace, MetaRegion, MetaSlot, PAGE_SIZE, Paddr, UniqueFrame};

/// One thing to measure.
pub struct Case {
    pub group: &'static str,
    pub name: &'static str,
    /// Does it so many times and says how long that took.
    pub run: fn(u64) -> Duration,
}

/// All cases, the limit of each group first.
pub const CASES: &[Case] = &[
    Case { group: "clone+drop, one thread", name: "limit: inc, dec", run: inc_dec },
    Case { group: "clone+drop, one thread", name: "tally::Rc", run: tally_rc },
    Case { group: "clone+drop, one thread", name: "std::rc::Rc", run: std_rc },
    Case { group: "clone+drop, atomic", name: "limit: fetch_add, fetch_sub", run: add_sub },
    Case { group: "clone+drop, atomic", name: "tally::Frame", run: tally_frame },
    Case { group: "clone+drop, atomic", name: "std::sync::Arc", run: std_arc },
    Case { group: "clone+drop, atomic", name: "triomphe::Arc", run: triomphe_arc },
    Case { group: "unique→shared→unique", name: "limit: store, CAS", run: store_cas },
    Case { group: "unique→shared→unique", name: "tally::UniqueFrame", run: round_trip },
    Case { group: "unique→shared→unique", name: "triomphe (no lookup)", run: triomphe_trip },
    Case { group: "unique→shared→unique", name: "std Arc::new+try_unwrap", run: std_trip },
    Case { group: "from_unused+drop, unique", name: "limit: CAS, 2 stores", run: cas_stores },
    Case { group: "from_unused+drop, unique", name: "tally::UniqueFrame", run: claim_unique },
    Case { group: "from_unused+drop, unique", name: "Box of 64 bytes", run: boxed },
    Case { group: "from_unused+drop, shared", name: "limit: CAS, store, sub, store", run: two_rmw },
    Case { group: "from_unused+drop, shared", name: "tally::Frame", run: claim_shared },
    Case { group: "from_unused+drop, shared", name: "std Arc::new+drop", run: std_new },
    Case { group: "lookup+drop", name: "limit: load, CAS, sub", run: load_cas_sub },
    Case { group: "lookup+drop", name: "tally::Frame::from_in_use", run: lookup },
    Case { group: "lookup+drop", name: "std Weak::upgrade", run: upgrade },
];

static SLOTS: [MetaSlot; 2] = [const { MetaSlot::new() }; 2];
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

struct Word(#[expect(dead_code, reason = "takes room")] u64);
impl FrameMeta for Word {}

/// Alone on its cache lines, so that where a handle lies does not matter.
#[repr(align(128))]
struct Alone<T>(T);

/// What no caller needs to check: the cases run one after the other.
fn free<T, E>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|_| std::process::abort())
}

fn shared() -> Frame<Word, Space> {
    free(Frame::from_unused(0, Word(1)))
}

#[inline(always)]
fn times(n: u64, mut step: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        step();
    }
    start.elapsed()
}

/// Like [`times`], with a value that goes through each step.
#[inline(always)]
fn through<T>(n: u64, mut value: T, mut step: impl FnMut(T) -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        value = step(value);
    }
    start.elapsed()
}

fn inc_dec(n: u64) -> Duration {
    let count = Alone(Cell::new(1_u64));
    times(n, || {
        let c = bb(&count.0);
        c.set(c.get() + 1);
        let c = bb(&count.0);
        c.set(c.get() - 1);
    })
}

fn tally_rc(n: u64) -> Duration {
    let handle = Alone(tally::Rc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn std_rc(n: u64) -> Duration {
    let handle = Alone(std::rc::Rc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn add_sub(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(1));
    times(n, || {
        bb(&count.0).fetch_add(1, Ordering::Relaxed);
        bb(&count.0).fetch_sub(1, Ordering::Release);
    })
}

fn tally_frame(n: u64) -> Duration {
    let handle = Alone(shared());
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn std_arc(n: u64) -> Duration {
    let handle = Alone(std::sync::Arc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn triomphe_arc(n: u64) -> Duration {
    let handle = Alone(triomphe::Arc::new(1_u64));
    times(n, || {
        bb(&bb(&handle.0).clone());
    })
}

fn store_cas(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(2));
    // With a pointer that is moved as a handle is.
    through(n, &count.0, |c| {
        c.store(1, Ordering::Release);
        bb(&c);
        let swapped = c.compare_exchange(1, 2, Ordering::Acquire, Ordering::Relaxed).is_ok();
        assert!(swapped);
        bb(&c);
        c
    })
}

fn round_trip(n: u64) -> Duration {
    through(n, free(UniqueFrame::<Word, Space>::from_unused(0, Word(1))), |unique| {
        let frame = Frame::from(unique);
        bb(&frame);
        let unique = free(UniqueFrame::try_from(frame));
        bb(&unique);
        unique
    })
}

fn triomphe_trip(n: u64) -> Duration {
    through(n, triomphe::UniqueArc::new(1_u64), |unique| {
        let handle = unique.shareable();
        bb(&handle);
        let unique = free(triomphe::Arc::try_unique(handle));
        bb(&unique);
        unique
    })
}

fn std_trip(n: u64) -> Duration {
    through(n, 1_u64, |value| {
        let handle = std::sync::Arc::new(value);
        bb(&handle);
        bb(free(std::sync::Arc::try_unwrap(handle)))
    })
}

fn cas_stores(n: u64) -> Duration {
    let count = Alone((AtomicU64::new(0), AtomicU64::new(0)));
    times(n, || {
        let c = bb(&count.0);
        let swapped = c.0.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_ok();
        assert!(swapped);
        c.1.store(1, Ordering::Relaxed);
        bb(&count.0).0.store(0, Ordering::Release);
    })
}

fn claim_unique(n: u64) -> Duration {
    times(n, || {
        bb(&free(UniqueFrame::<Word, Space>::from_unused(bb(PAGE_SIZE), Word(1))));
    })
}

fn boxed(n: u64) -> Duration {
    times(n, || {
        bb(&Box::new([1_u64; 8]));
    })
}

fn two_rmw(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(0));
    times(n, || {
        let c = bb(&count.0);
        let swapped = c.compare_exchange(0, 2, Ordering::Acquire, Ordering::Relaxed).is_ok();
        assert!(swapped);
        c.store(1, Ordering::Release);
        if bb(&count.0).fetch_sub(1, Ordering::Release) == 1 {
            bb(&count.0).store(0, Ordering::Release);
        }
    })
}

fn claim_shared(n: u64) -> Duration {
    times(n, || {
        bb(&free(Frame::<Word, Space>::from_unused(bb(PAGE_SIZE), Word(1))));
    })
}

fn std_new(n: u64) -> Duration {
    times(n, || {
        bb(&std::sync::Arc::new(1_u64));
    })
}

fn load_cas_sub(n: u64) -> Duration {
    let count = Alone(AtomicU64::new(1));
    times(n, || {
        let c = bb(&count.0);
        let seen = c.load(Ordering::Relaxed);
        let swapped =
            c.compare_exchange(seen, seen + 1, Ordering::Acquire, Ordering::Relaxed).is_ok();
        assert!(swapped);
        bb(&count.0).fetch_sub(1, Ordering::Release);
    })
}

fn lookup(n: u64) -> Duration {
    let _owner = shared();
    times(n, || {
        bb(&free(Frame::<Word, Space>::from_in_use(bb(0))));
    })
}

fn upgrade(n: u64) -> Duration {
    let owner = std::sync::Arc::new(1_u64);
    let weak = Alone(std::sync::Arc::downgrade(&owner));
    times(n, || {
        bb(&bb(&weak.0).upgrade());
    })
}
