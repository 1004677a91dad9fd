//! Many frames: all claimed in a row, then all given back. A step is one frame.
//!
//! The limit has the same table of 64 bytes per frame and the same list of
//! handles, and does the memory operations of the protocol alone.

use std::sync::{
    LazyLock, Once,
    atomic::{AtomicU64, Ordering},
};

use super::*;

/// The most frames; the table of the limit, and of the frames, has so many.
const MOST: usize = 4 << 20;

/// The largest ratios that are wanted, for [`UniqueFrame`] and [`Frame`].
type Wanted = &'static [(&'static str, f64)];
const UNIQUE: Wanted = &[("limit, unique", 1.08), ("Box of 64 bytes", 0.5)];
const SHARED: Wanted = &[("limit, unique", 1.30), ("Box of 64 bytes", 0.5)];

macro_rules! sizes {
    ($($group:literal, $frames:literal, $steps:literal, $unique:expr, $shared:expr;)*) => {
        &[$(
            Case::new($group, "limit, unique: CAS, 2 stores", limit_unique::<$frames>).steps($steps),
            Case::new($group, "tally::UniqueFrame", unique::<$frames>).wanted($unique).steps($steps),
            Case::new($group, "limit, shared: 2 RMW, 3 stores", limit_shared::<$frames>)
                .steps($steps),
            Case::new($group, "tally::Frame", shared_frames::<$frames>)
                .wanted($shared)
                .steps($steps),
            Case::new($group, "Box of 64 bytes", boxes::<$frames>).steps($steps),
            Case::new($group, "slab (not thread-safe)", slab_keys::<$frames>).steps($steps),
            Case::new($group, "sharded-slab", sharded_keys::<$frames>).steps($steps),
        )*]
    };
}

pub(super) const CASES: &[Case] = sizes! {
    "1k frames, claimed then freed", 1_024, 40_960, &[], &[];
    "1M frames, claimed then freed", 1_048_576, 1_048_576, UNIQUE, SHARED;
    "4M frames, claimed then freed", 4_194_304, 4_194_304, &[], &[];
};

/// A space of [`MOST`] frames.
struct Many;

/// What [`Many`] has once it is set up, as a kernel does while it boots.
static mut REGION: MetaRegion = MetaRegion::EMPTY;

impl Many {
    fn set_up() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let region = free(MetaRegion::leak(0, MOST));
            // SAFETY: written once, before any handle or reader exists.
            unsafe { REGION = region }
        });
    }
}

impl FrameSpace for Many {
    #[inline(always)]
    fn region() -> &'static MetaRegion {
        let region = &raw const REGION;
        // SAFETY: not written any more: each case sets up first.
        unsafe { &*region }
    }
    fn dealloc(_: Paddr, _: usize) {}
}

/// A slot as the limit needs it.
#[repr(align(64))]
struct Line {
    count: AtomicU64,
    data: AtomicU64,
}

fn lines() -> &'static [Line] {
    static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
        let line = || Line { count: AtomicU64::new(0), data: AtomicU64::new(0) };
        (0..MOST).map(|_| line()).collect()
    });
    &LINES
}

/// Claims `N` and frees them, again and again until there were `steps`.
#[inline(always)]
fn rounds<T, const N: usize>(
    steps: u64,
    mut claim: impl FnMut(usize) -> T,
    mut give_back: impl FnMut(T),
) -> Duration {
    let mut handles = Vec::with_capacity(N);
    let mut left = usize::try_from(steps).unwrap_or(usize::MAX);
    let start = now();
    while left > 0 {
        let now = left.min(N);
        handles.extend((0..now).map(&mut claim));
        handles.drain(..).for_each(&mut give_back);
        left -= now;
    }
    now() - start
}

fn claim_line(lines: &'static [Line], index: usize) -> &'static Line {
    let line = &lines[index];
    let swapped = line.count.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed);
    assert!(swapped.is_ok());
    line.data.store(1, Ordering::Relaxed);
    line
}

fn limit_unique<const N: usize>(steps: u64) -> Duration {
    let lines = lines();
    rounds::<_, N>(
        steps,
        |index| claim_line(lines, index),
        |line| line.count.store(0, Ordering::Release),
    )
}

fn limit_shared<const N: usize>(steps: u64) -> Duration {
    let lines = lines();
    rounds::<_, N>(
        steps,
        |index| {
            let line = claim_line(lines, index);
            line.count.store(1, Ordering::Release);
            line
        },
        |line| {
            if line.count.fetch_sub(1, Ordering::Release) == 1 {
                line.count.store(0, Ordering::Release);
            }
        },
    )
}

fn unique<const N: usize>(steps: u64) -> Duration {
    Many::set_up();
    rounds::<_, N>(
        steps,
        |index| free(UniqueFrame::<Word, Many>::from_unused(index * PAGE_SIZE, Word(1))),
        drop,
    )
}

fn shared_frames<const N: usize>(steps: u64) -> Duration {
    Many::set_up();
    rounds::<_, N>(
        steps,
        |index| free(Frame::<Word, Many>::from_unused(index * PAGE_SIZE, Word(1))),
        drop,
    )
}

fn boxes<const N: usize>(steps: u64) -> Duration {
    rounds::<_, N>(steps, |_| Box::new([1_u64; 8]), drop)
}

fn slab_keys<const N: usize>(steps: u64) -> Duration {
    let slab = std::cell::RefCell::new(slab::Slab::with_capacity(N));
    rounds::<_, N>(
        steps,
        |_| slab.borrow_mut().insert([1_u64; 5]),
        |key| {
            bb(slab.borrow_mut().remove(key));
        },
    )
}

fn sharded_keys<const N: usize>(steps: u64) -> Duration {
    let slab = sharded_slab::Slab::new();
    rounds::<_, N>(
        steps,
        |_| slab.insert([1_u64; 5]).unwrap_or_else(|| std::process::abort()),
        |key| {
            bb(slab.remove(key));
        },
    )
}
