//! What is measured: in each group first the limit, that is the bare memory
//! operations that no implementation can do without, then this crate and peers.

mod many;
mod owned;
mod shared_by_two;
mod single;

use std::{hint::black_box as bb, time::Duration};

use tally::{Frame, FrameMeta, FrameSpace, MetaRegion, MetaSlot, PAGE_SIZE, Paddr, UniqueFrame};

/// One thing to measure, and how good it should be.
#[derive(Clone, Copy)]
pub struct Case {
    pub group: &'static str,
    pub name: &'static str,
    /// Does it so many times and says how long that took.
    pub run: fn(u64) -> Duration,
    /// Other members of the group, and the largest ratio to each that is wanted.
    pub wanted: &'static [(&'static str, f64)],
    /// The most instructions that are wanted.
    pub instructions: Option<u64>,
    /// How many times in one round.
    pub steps: u64,
}

impl Case {
    const fn new(group: &'static str, name: &'static str, run: fn(u64) -> Duration) -> Self {
        Self { group, name, run, wanted: &[], instructions: None, steps: 40_000 }
    }

    const fn wanted(mut self, wanted: &'static [(&'static str, f64)]) -> Self {
        self.wanted = wanted;
        self
    }

    const fn instructions(mut self, most: u64) -> Self {
        self.instructions = Some(most);
        self
    }

    const fn steps(mut self, steps: u64) -> Self {
        self.steps = steps;
        self
    }
}

/// All cases, the limit of each group first.
pub fn all() -> impl Iterator<Item = &'static Case> {
    [single::CASES, owned::CASES, shared_by_two::CASES, many::CASES].into_iter().flatten()
}

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

/// The time for which this thread has run: on a busy machine, without the time
/// that others had the processor.
#[cfg(unix)]
fn now() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to the place it is given.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(failed, 0, "the thread has a clock");
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// Where threads have no clock of their own.
#[cfg(not(unix))]
fn now() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> =
        std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

#[inline(always)]
fn times(n: u64, mut step: impl FnMut()) -> Duration {
    let start = now();
    for _ in 0..n {
        step();
    }
    now() - start
}

/// Like [`times`], with a value that goes through each step.
#[inline(always)]
fn through<T>(n: u64, mut value: T, mut step: impl FnMut(T) -> T) -> Duration {
    let start = now();
    for _ in 0..n {
        value = step(value);
    }
    now() - start
}
