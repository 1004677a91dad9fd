//! Mistakes of the kernel code that the frames descend from (asterinas `ostd`),
//! and of its relatives, that must not come back. Those that need threads are
//! in `loom.rs`: the relaxed conversion to unique, and claims that race with a
//! tear-down. Those that must not compile are in `compile_fail.rs`: for one, a frame
//! in a list cannot be given other metadata. Those of parts with tests of their own
//! are there: `segment.rs` (asterinas#3165, #3892, #3920), `list.rs` (#1780),
//! `handles.rs` (#2441 in `repurpose`).

mod common;

use std::{
    cell::Cell,
    io::Write as _,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use common::{Event, Frame, Meta, Space, UniqueFrame};
use tally::{FrameMeta, FrameSpace, GetFrameError, MetaRegion, MetaSlot, PAGE_SIZE, Paddr};

const START: Paddr = Space::BASE;

/// asterinas#2441: a panic in `on_drop` let the metadata be dropped twice.
/// All steps of a tear-down are taken once, whichever of them panics.
mod panics_in_tear_down {
    use super::*;

    #[track_caller]
    fn check(on_drop: bool, destructor: bool, drop_it: fn(Frame)) {
        let frame = Frame::from_unused(START, Meta::new(1)).unwrap();
        let log = frame.meta().log.clone();
        log.panic_in_on_drop.store(on_drop, Ordering::Relaxed);
        log.panic_in_destructor.store(destructor, Ordering::Relaxed);

        assert!(catch_unwind(AssertUnwindSafe(|| drop_it(frame))).is_err());
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
        assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
        // Not left busy.
        drop(Frame::from_unused(START, Meta::new(2)).unwrap());
        assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
    }

    #[test]
    fn on_drop_of_shared() {
        check(true, false, drop);
    }

    #[test]
    fn on_drop_of_unique() {
        check(true, false, |frame| drop(UniqueFrame::try_from(frame).unwrap()));
    }

    #[test]
    fn destructor_of_shared() {
        check(false, true, drop);
    }

    #[test]
    fn destructor_of_unique() {
        check(false, true, |frame| drop(UniqueFrame::try_from(frame).unwrap()));
    }

    /// Nothing that looks while the panicking destructor runs gets at the
    /// half-dropped metadata.
    #[test]
    fn busy_while_unwinding() {
        struct Inner;
        impl Drop for Inner {
            fn drop(&mut self) {
                assert!(thread::panicking());
                assert_eq!(Frame::from_in_use(START).unwrap_err(), GetFrameError::Busy);
                let error = Frame::from_unused(START, Meta::new(1)).unwrap_err();
                assert_eq!(error.error, GetFrameError::Busy);
            }
        }
        struct Outer(Inner);
        impl FrameMeta for Outer {}
        impl Drop for Outer {
            fn drop(&mut self) {
                panic!("the destructor panics");
            }
        }
        let frame = tally::Frame::<_, Space>::from_unused(START, Outer(Inner)).unwrap();
        assert!(catch_unwind(AssertUnwindSafe(|| drop(frame))).is_err());
        assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
    }
}

/// A panicking conversion target or clone does not exist, but a failed claim
/// does: metadata that come back are dropped by the caller, once.
#[test]
fn refused_metadata_are_dropped_once() {
    let frame = Frame::from_unused(START, Meta::new(1)).unwrap();
    let refused = Meta::new(2);
    let log = refused.log.clone();
    let error = UniqueFrame::from_unused(START, refused).unwrap_err();
    assert_eq!(log.events(), []);
    drop(error);
    assert_eq!(log.events(), [Event::Dropped]);
    drop(frame);
}

/// A lookup whose compare-exchange is lost to another's tries again: a frame that is held all
/// the time is found always. Threads on several processors lose some; where there is one
/// only, it takes luck. Under loom: `lookups_of_a_held_frame`.
/// Killed by: a lost one that is reported as busy.
#[test]
fn lookups_of_a_held_frame() {
    static SLOT: [MetaSlot; 1] = [const { MetaSlot::new() }; 1];
    static REGION: MetaRegion = match MetaRegion::new(START, &SLOT) {
        Ok(region) => region,
        Err(_) => panic!(),
    };
    struct Held;
    impl FrameSpace for Held {
        fn region() -> &'static MetaRegion {
            &REGION
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    struct Number(u64);
    impl FrameMeta for Number {}

    const THREADS: u64 = 4;
    // Miri takes its time.
    const LOOKUPS: u64 = if cfg!(miri) { 50 } else { 100_000 };
    let frame = tally::Frame::<_, Held>::from_unused(START, Number(42)).unwrap();
    let together = std::sync::Barrier::new(THREADS as usize);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                together.wait();
                for _ in 0..LOOKUPS {
                    let found = tally::Frame::<Number, Held>::from_in_use(START);
                    assert_eq!(found.expect("it is held").meta().0, 42);
                }
            });
        }
    });
    assert_eq!(frame.reference_count(), 1);
}

/// asterinas#1856: the last page was out of bounds, or the one after it was not.
#[test]
fn bounds_are_exact() {
    let last = Space::frame(Space::FRAMES - 1);
    let frame = Frame::from_unused(last, Meta::new(1)).unwrap();
    assert_eq!(frame.start_paddr(), last);
    let beyond = Frame::from_unused(last + PAGE_SIZE, Meta::new(1)).unwrap_err();
    assert_eq!(beyond.error, GetFrameError::OutOfBound);
}

/// The allocator is told last: it can hand the frame out again at once.
#[test]
fn dealloc_finds_the_frame_unused() {
    static SLOTS: [MetaSlot; 1] = [const { MetaSlot::new() }; 1];
    static REGION: MetaRegion = match MetaRegion::new(START, &SLOTS) {
        Ok(region) => region,
        Err(_) => panic!(),
    };
    static AGAIN: Mutex<Option<tally::Frame<Unit, Recycling>>> = Mutex::new(None);

    struct Unit;
    impl FrameMeta for Unit {}

    struct Recycling;
    impl FrameSpace for Recycling {
        fn region() -> &'static MetaRegion {
            &REGION
        }
        fn dealloc(start: Paddr, _: usize) {
            let again = tally::Frame::from_unused(start, Unit).expect("unused by now");
            *AGAIN.lock().unwrap() = Some(again);
        }
    }

    drop(tally::Frame::<_, Recycling>::from_unused(START, Unit).unwrap());
    let again = AGAIN.lock().unwrap().take().expect("claimed by dealloc");
    assert_eq!(again.reference_count(), 1);
    mem::forget(again);
}

/// A torn-down frame can be claimed any number of times, with other metadata.
#[test]
fn frames_are_recycled() {
    struct Other([u64; 5]);
    impl FrameMeta for Other {}

    for round in 0..10 {
        let frame = Frame::from_unused(START, Meta::new(round)).unwrap();
        assert_eq!(frame.meta().number, round);
        drop(frame);
        let other = tally::UniqueFrame::<_, Space>::from_unused(START, Other([round; 5])).unwrap();
        assert_eq!(other.meta().0, [round; 5]);
    }
    assert_eq!(Space::freed().len(), 20);
}

/// Metadata of every size and alignment that fit keep their bytes, and do not
/// reach into the count beside them.
#[test]
fn largest_and_most_aligned_metadata() {
    #[repr(align(64))]
    struct Unit64;
    impl FrameMeta for Unit64 {}
    struct Full([u64; 5]);
    impl FrameMeta for Full {}

    let unit = tally::UniqueFrame::<_, Space>::from_unused(START, Unit64).unwrap();
    assert_eq!((&raw const *unit.meta()).addr() % 64, 0);
    let mut full =
        tally::UniqueFrame::<_, Space>::from_unused(START + PAGE_SIZE, Full([0; 5])).unwrap();
    full.meta_mut().0 = [u64::MAX; 5];
    let full = tally::Frame::from(full);
    assert_eq!((full.meta().0, full.reference_count()), ([u64::MAX; 5], 1));
}

/// A lookup as the wrong type is refused, and gives back the share it took.
mod lookup_as_another_type {
    use super::*;

    struct Other;
    impl FrameMeta for Other {}
    /// Same layout and same glue as `Other`.
    struct Twin;
    impl FrameMeta for Twin {}

    fn lookup<M: FrameMeta>() -> Result<(), GetFrameError> {
        tally::Frame::<M, Space>::from_in_use(START).map(drop)
    }

    #[test]
    fn is_refused() {
        let frame = Frame::from_unused(START, Meta::new(1)).unwrap();
        assert_eq!(lookup::<Other>(), Err(GetFrameError::OtherMeta));
        assert_eq!(lookup::<Meta>(), Ok(()));
        assert_eq!(frame.reference_count(), 1);
    }

    #[test]
    fn tells_twins_apart() {
        let _frame = tally::Frame::<_, Space>::from_unused(START, Twin).unwrap();
        assert_eq!(lookup::<Other>(), Err(GetFrameError::OtherMeta));
        assert_eq!(lookup::<Twin>(), Ok(()));
    }

    /// Two spaces may share slots; a frame belongs to the one that claimed it,
    /// whose allocator gets it back.
    #[test]
    fn tells_spaces_apart() {
        struct Alias;
        impl FrameSpace for Alias {
            fn region() -> &'static MetaRegion {
                Space::region()
            }
            fn dealloc(_: Paddr, _: usize) {
                panic!("frees a frame of another space");
            }
        }
        let frame = Frame::from_unused(START, Meta::new(1)).unwrap();
        let found = tally::Frame::<Meta, Alias>::from_in_use(START);
        assert_eq!(found.unwrap_err(), GetFrameError::OtherMeta);
        drop(frame);
        assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
    }

    /// If the lookup's share turns out to be the last, the frame is torn down
    /// as what it is.
    #[test]
    fn may_tear_down() {
        // One thread cannot drop the owner in the midst of a lookup, but two
        // can, if tried often.
        static REGION_SLOTS: [MetaSlot; 1] = [const { MetaSlot::new() }; 1];
        static REGION: MetaRegion = match MetaRegion::new(START, &REGION_SLOTS) {
            Ok(region) => region,
            Err(_) => panic!(),
        };
        static FREED: AtomicU32 = AtomicU32::new(0);
        static FREED_BY_LOOKER: AtomicU32 = AtomicU32::new(0);
        thread_local! {
            static IS_LOOKER: Cell<bool> = const { Cell::new(false) };
        }
        struct Shared;
        impl FrameSpace for Shared {
            fn region() -> &'static MetaRegion {
                &REGION
            }
            fn dealloc(_: Paddr, _: usize) {
                if IS_LOOKER.get() {
                    FREED_BY_LOOKER.fetch_add(1, Ordering::Relaxed);
                }
                FREED.fetch_add(1, Ordering::Release);
            }
        }

        /// Tells the other thread to end when this one does, panicking or not.
        struct Stop<'a>(&'a AtomicBool);
        impl Drop for Stop<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }

        /// At least so many rounds, then more until the looker was the last once.
        const ROUNDS: u32 = 20_000;
        const PATIENCE: Duration = Duration::from_secs(10);
        /// For one round; something hangs.
        const DEADLINE: Duration = Duration::from_secs(60);
        let stop = AtomicBool::new(false);
        let start = Instant::now();
        thread::scope(|scope| {
            let _stop = Stop(&stop);
            scope.spawn(|| {
                let _stop = Stop(&stop);
                IS_LOOKER.set(true);
                while !stop.load(Ordering::Relaxed) {
                    assert!(tally::Frame::<Other, Shared>::from_in_use(START).is_err());
                }
            });
            let wait = |since: Instant| {
                assert!(!stop.load(Ordering::Relaxed), "the looker has ended");
                assert!(since.elapsed() < DEADLINE, "the frame is not torn down");
                thread::yield_now();
            };
            for round in 0.. {
                let seen = FREED_BY_LOOKER.load(Ordering::Relaxed) > 0;
                if round >= ROUNDS && (seen || start.elapsed() > PATIENCE) {
                    break;
                }
                let since = Instant::now();
                let mut meta = Meta::new(u64::from(round));
                let log = meta.log.clone();
                // The previous frame may be the looker's to tear down.
                let frame = loop {
                    match tally::Frame::<_, Shared>::from_unused(START, meta) {
                        Ok(frame) => break frame,
                        Err(error) => meta = error.metadata,
                    }
                    wait(since);
                };
                drop(frame);
                while FREED.load(Ordering::Acquire) <= round {
                    wait(since);
                }
                assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
            }
        });
        if FREED_BY_LOOKER.load(Ordering::Relaxed) == 0 {
            // Not `eprintln`, which the test runner hides where a test passes.
            let line = "\nSKIPPED may_tear_down: no lookup happened to be the last\n";
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    }
}
