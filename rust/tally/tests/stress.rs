//! Many frames under load from all processors, for a bounded time: at the end every
//! slot is unused, frames went back to the allocator exactly as often as frames were
//! claimed, and no metadata were torn or lost.
//!
//! By default 2²⁰ frames for three seconds, by as many threads as there are processors,
//! two at least; 2¹⁶ frames where less than half a GiB of memory is to be had. At first all
//! frames are in use, later about half of them. It says how much was done. For more:
//!
//! ```text
//! TALLY_STRESS_FRAMES=4000000 TALLY_STRESS_SECONDS=60 \
//!     cargo test -p tally-rc --release --test stress
//! ```
#![cfg(feature = "alloc")]

use std::{
    env, fs,
    io::Write as _,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tally::{
    Frame, FrameMeta, FrameRange, FrameSpace, GetFrameError, Link, LinkedList, MetaRegion,
    PAGE_SIZE, Paddr, Segment, SegmentError, SlotStatus, TearDown, UniqueFrame,
};

const BASE: Paddr = 1 << 30;
/// Frames that all threads fight for; the rest is chosen from at random.
const HOT: usize = 16;

static REGION: OnceLock<MetaRegion> = OnceLock::new();
/// Frames that were claimed, those of segments that then met a used frame included.
static CLAIMED: AtomicU64 = AtomicU64::new(0);
static FREED: AtomicU64 = AtomicU64::new(0);
static MADE: AtomicU64 = AtomicU64::new(0);
static DROPPED: AtomicU64 = AtomicU64::new(0);

struct Ram;
impl FrameSpace for Ram {
    fn region() -> &'static MetaRegion {
        REGION.get().expect("made first")
    }

    fn dealloc(_: Paddr, size: usize) {
        assert_eq!(size, PAGE_SIZE);
        FREED.fetch_add(1, Ordering::Relaxed);
    }
}

/// Metadata that show when they are read half-written or torn down: both words say
/// whose they are.
struct Owner {
    start: Paddr,
    tag: u64,
    check: u64,
}

impl Owner {
    fn new(start: Paddr, tag: u64) -> Self {
        MADE.fetch_add(1, Ordering::Relaxed);
        Self { start, tag, check: Self::check(start, tag) }
    }

    fn check(start: Paddr, tag: u64) -> u64 {
        (start as u64 ^ tag).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn set(&mut self, tag: u64) {
        self.tag = tag;
        self.check = Self::check(self.start, tag);
    }

    #[track_caller]
    fn assert_whole(&self, start: Paddr) {
        assert_eq!(self.start, start);
        assert_eq!(self.check, Self::check(start, self.tag), "torn metadata");
    }
}

impl FrameMeta for Owner {
    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        self.assert_whole(frame.start_paddr());
        self.check = !self.check;
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

/// A type of metadata that lookups as `Owner` must not find.
struct Other([u64; 2]);
impl FrameMeta for Other {}

/// Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("less than a usize")
    }

    /// One of the handles.
    fn take<T>(&mut self, from: &mut Vec<T>) -> Option<T> {
        (!from.is_empty()).then(|| from.swap_remove(self.below(from.len())))
    }

    fn frame(&mut self, starts: &[Paddr]) -> Paddr {
        let bound = if self.next() % 2 == 0 { HOT } else { starts.len() };
        starts[self.below(bound)]
    }
}

/// Which frames were claimed after the first time, one bit each, by their number.
static AGAIN: OnceLock<Vec<AtomicU64>> = OnceLock::new();

fn again(starts: &[Paddr], start: Paddr) {
    let number = starts.binary_search(&start).expect("one of the frames");
    let bits = &AGAIN.get().expect("made first")[number / 64];
    bits.fetch_or(1 << (number % 64), Ordering::Relaxed);
}

/// What a thread holds.
#[derive(Default)]
struct Held {
    shared: Vec<Frame<Owner, Ram>>,
    unique: Vec<UniqueFrame<Owner, Ram>>,
    segments: Vec<Segment<Owner, Ram>>,
    raw: Vec<Paddr>,
    list: LinkedList<Owner, Ram>,
}

/// Counts frames that a claim got.
fn claimed(frames: usize) {
    CLAIMED.fetch_add(frames as u64, Ordering::Relaxed);
}

/// Not an error of lookups and claims that lost a race.
#[track_caller]
fn lost(error: GetFrameError, allowed: &[GetFrameError]) {
    assert!(allowed.contains(&error), "{error:?}");
}

impl Held {
    /// One random operation.
    fn step(
        &mut self,
        random: &mut Random,
        starts: &[Paddr],
        passing: &Mutex<Vec<Frame<Owner, Ram>>>,
    ) {
        use GetFrameError::{Busy, InUse, OtherMeta, Unique, Unused};
        let start = random.frame(starts);
        match random.below(20) {
            0 | 1 => match Frame::from_unused(start, Owner::new(start, random.next())) {
                Ok(frame) => {
                    claimed(1);
                    again(starts, start);
                    self.shared.push(frame);
                }
                Err(error) => lost(error.error, &[InUse, Busy, Unique]),
            },
            2 | 3 => match UniqueFrame::from_unused(start, Owner::new(start, random.next())) {
                Ok(frame) => {
                    claimed(1);
                    again(starts, start);
                    self.unique.push(frame);
                }
                Err(error) => lost(error.error, &[InUse, Busy, Unique]),
            },
            4..=6 => match Frame::<Owner, Ram>::from_in_use(start) {
                Ok(frame) => {
                    frame.meta().assert_whole(start);
                    self.shared.push(frame);
                }
                Err(error) => lost(error, &[Unused, Busy, Unique, OtherMeta]),
            },
            7 => match Frame::<dyn FrameMeta, Ram>::from_in_use(start) {
                Ok(any) => match Frame::<Owner, Ram>::try_from(any) {
                    Ok(frame) => frame.meta().assert_whole(start),
                    Err(any) => assert_eq!(any.start_paddr(), start),
                },
                Err(error) => lost(error, &[Unused, Busy, Unique]),
            },
            8 | 9 => {
                let Some(frame) = random.take(&mut self.shared) else { return };
                match UniqueFrame::try_from(frame) {
                    Ok(mut unique) => {
                        unique.meta().assert_whole(unique.start_paddr());
                        unique.meta_mut().set(random.next());
                        self.unique.push(unique);
                    }
                    Err(frame) => self.shared.push(frame),
                }
            }
            10 => {
                if let Some(frame) = self.shared.last_mut() {
                    let tag = random.next();
                    frame.with_meta_mut(|meta| meta.set(tag));
                    frame.meta().assert_whole(frame.start_paddr());
                }
            }
            11 => self.shared.extend(random.take(&mut self.unique).map(Frame::from)),
            12 => {
                if let Some(frame) = self.shared.last() {
                    let frame = frame.clone();
                    assert!(frame.reference_count() >= 2);
                    passing.lock().unwrap().push(frame);
                }
            }
            13 => {
                let passed = passing.lock().unwrap().pop();
                if let Some(frame) = &passed {
                    frame.meta().assert_whole(frame.start_paddr());
                }
                self.shared.extend(passed);
            }
            14 => {
                let pages = 1 + random.below(8);
                let range = start..start + pages * PAGE_SIZE;
                match Segment::from_unused(range, |start| Owner::new(start, random.next())) {
                    Ok(segment) => {
                        claimed(segment.len());
                        self.segments.push(segment);
                    }
                    Err(SegmentError::Frame { start: used, error, .. }) => {
                        // Those before it were claimed, and are free again.
                        claimed((used - start) / PAGE_SIZE);
                        lost(error, &[InUse, Busy, Unique]);
                    }
                    Err(error) => assert!(matches!(error, SegmentError::OutOfBound), "{error:?}"),
                }
            }
            15 => {
                let Some(segment) = self.segments.pop() else { return };
                let part = segment.slice(0..segment.size() / 2 / PAGE_SIZE * PAGE_SIZE).unwrap();
                let offset = PAGE_SIZE.min(segment.size());
                let (front, back) = segment.split(offset).unwrap();
                self.shared.extend(front.chain(part));
                self.segments.push(back);
            }
            16 => {
                let Some(unique) = random.take(&mut self.unique) else { return };
                let start = unique.start_paddr();
                let other = unique.repurpose(Other([1, 2]));
                assert_eq!(other.meta().0, [1, 2]);
                let other = UniqueFrame::try_from(Frame::from(other));
                // A lookup may hold it for a moment.
                if let Ok(other) = other {
                    self.unique.push(other.repurpose(Owner::new(start, random.next())));
                }
            }
            17 => {
                let Some(unique) = random.take(&mut self.unique) else { return };
                // Of another type, so a list has claims of its own.
                let start = unique.start_paddr();
                let tag = unique.meta().tag;
                let listed = unique.repurpose(Link::new(Owner::new(start, tag)));
                self.list.push_back(listed);
                assert!(self.list.contains(start));
                if self.list.len() > 8 {
                    let mut cursor = self.list.cursor_front_mut();
                    cursor.move_next();
                    let taken = cursor.take_current().unwrap();
                    taken.meta().assert_whole(taken.start_paddr());
                }
            }
            18 => {
                if let Some(frame) = random.take(&mut self.shared) {
                    self.raw.push(frame.into_raw());
                }
                if self.raw.len() > 8 {
                    // SAFETY: given up above, with its share.
                    self.shared.push(unsafe { Frame::from_raw(self.raw.swap_remove(0)) });
                }
            }
            _ => {
                // Half of all frames stay in use, between all threads.
                let enough = starts.len() / processors() / 2;
                for _ in 0..16 {
                    if self.shared.len() + self.unique.len() > enough {
                        drop((random.take(&mut self.shared), random.take(&mut self.unique)));
                    }
                }
                self.segments.truncate(8);
            }
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        for start in self.raw.drain(..) {
            // SAFETY: given up by `into_raw`, with its share.
            drop(unsafe { Frame::<Owner, Ram>::from_raw(start) });
        }
    }
}

fn setting(name: &str, default: usize) -> usize {
    match env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|error| panic!("{name}={text}: {error}")),
        Err(_) => default,
    }
}

/// As many threads as can run at once.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(2, usize::from).max(2))
}

/// As many frames as there is memory for, a million or so: each has a slot of 64 bytes, and
/// there are handles.
fn default_frames() -> usize {
    let kib = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        line.trim().trim_end_matches(" kB").parse::<u64>().ok()
    });
    if kib.is_some_and(|kib| kib < 1 << 19) { 1 << 16 } else { 1 << 20 }
}

#[test]
fn ends_with_every_slot_unused() {
    let frames = setting("TALLY_STRESS_FRAMES", default_frames()).max(2 * HOT);
    let time = Duration::from_secs(setting("TALLY_STRESS_SECONDS", 3) as u64);
    // Two ranges, with a hole.
    let (low, high) = (frames / 2, frames - frames / 2);
    let ranges = [
        FrameRange { base: BASE, frames: low },
        FrameRange { base: BASE + 2 * low * PAGE_SIZE, frames: high },
    ];
    REGION.set(MetaRegion::leak_with_holes(&ranges).unwrap()).unwrap();
    let starts: Vec<_> = ranges
        .iter()
        .flat_map(|range| (range.base..range.end().unwrap()).step_by(PAGE_SIZE))
        .collect();
    assert_eq!(starts.len(), frames);
    AGAIN.get_or_init(|| (0..frames.div_ceil(64)).map(|_| AtomicU64::new(0)).collect());

    // All frames are in use at first: threads begin by tearing down.
    let mut all: Vec<_> = starts
        .iter()
        .map(|start| Frame::<_, Ram>::from_unused(*start, Owner::new(*start, 0)).unwrap())
        .collect();
    claimed(all.len());

    let threads = processors();
    let (passing, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let steps = AtomicU64::new(0);
    let begin = Instant::now();
    thread::scope(|scope| {
        for seed in 0..threads {
            let shared = all.split_off(all.len() - all.len() / (threads - seed));
            let (passing, stop, starts, steps) = (&passing, &stop, &starts, &steps);
            scope.spawn(move || {
                /// Ends the others when this one panics.
                struct Stop<'a>(&'a AtomicBool);
                impl Drop for Stop<'_> {
                    fn drop(&mut self) {
                        self.0.store(true, Ordering::Relaxed);
                    }
                }
                let _stop = Stop(stop);
                let mut held = Held::default();
                held.shared = shared;
                let mut random = Random(0x1234_5678_9abc_def1 + seed as u64);
                let mut done = 0;
                while !stop.load(Ordering::Relaxed) && begin.elapsed() < time {
                    for _ in 0..256 {
                        held.step(&mut random, starts, passing);
                    }
                    done += 256;
                }
                steps.fetch_add(done, Ordering::Relaxed);
            });
        }
    });
    drop((passing, all));

    for start in &starts {
        assert_eq!(REGION.get().unwrap().status(*start), Ok(SlotStatus::Unused), "{start:#x}");
    }
    let [made, dropped, claimed, freed] =
        [&MADE, &DROPPED, &CLAIMED, &FREED].map(|count| count.load(Ordering::Relaxed));
    // More than frames: those that were refused or replaced are dropped as well.
    assert_eq!(made, dropped, "metadata made and dropped");
    assert_eq!(claimed, freed, "frames claimed and freed");
    assert!(claimed > frames as u64, "no frame was claimed a second time");
    let again = AGAIN
        .get()
        .map_or(0, |bits| bits.iter().map(|bits| bits.load(Ordering::Relaxed).count_ones()).sum());
    assert!(again > 0, "no frame was claimed alone a second time");
    let report = format!(
        "\nstress: {frames} frames, {threads} threads, {:.1} s, {} operations; {freed} frames freed, \
         {again} of them claimed again one by one\n",
        begin.elapsed().as_secs_f64(),
        steps.load(Ordering::Relaxed),
    );
    // Not `eprintln`, which the test runner hides where a test passes.
    let _ = std::io::stderr().write_all(report.as_bytes());
}
