//! The slot protocol under every interleaving and every outcome that loom models, on
//! the crate's own source. C11 allows more: loom leaves out load buffering, by which a
//! load may return what its own thread enabled by a later store.
//!
//! ```text
//! RUSTFLAGS="--cfg tally_loom" cargo test -p tally-rc --features loom --release --test loom
//! ```
//!
//! Each scenario is a test that must pass. `weakened::…` then makes orderings
//! `Relaxed`, one or several at a time, or takes another protocol (see `sync.rs`),
//! and runs all scenarios: those must race, and only those, of which the Coq
//! development says so (`theories/orderings/explored.v`). So no ordering is stronger
//! than it must be, no scenario passes because it looks at nothing, and loom and
//! the proved model agree, cell by cell (`docs/orderings.md`). To see one race:
//!
//! ```text
//! TALLY_WEAKEN=TryFromShared RUSTFLAGS="--cfg tally_loom" \
//!     cargo test -p tally-rc --features loom --release --test loom unique_while_peer_drops
//! ```
//!
//! A call of `meta`, `meta_mut`, `from_unused` or a tear-down counts as one
//! access to the metadata at the moment of the call; accesses through a
//! reference that is kept are not followed.
#![cfg(tally_loom)]

#[path = "loom/expected.rs"]
mod expected;

use std::{cell::Cell, env, process::Command};

use loom::thread;
use tally::{FrameMeta, FrameSpace, GetFrameError, MetaRegion, PAGE_SIZE, Paddr};

const START: Paddr = 16 * PAGE_SIZE;

thread_local! {
    /// The region of the execution under way. Loom runs the threads of one
    /// execution on one thread of the system.
    static REGION: Cell<Option<&'static MetaRegion>> = const { Cell::new(None) };
}

/// A space whose region is made anew for each execution.
struct Space;

impl FrameSpace for Space {
    fn region() -> &'static MetaRegion {
        REGION.get().expect("inside `model`")
    }

    fn dealloc(_: Paddr, _: usize) {}
}

struct Word(u64);
impl FrameMeta for Word {}

type Frame = tally::Frame<Word, Space>;
type Unique = tally::UniqueFrame<Word, Space>;

/// Explores all executions of `scenario` on one unused frame.
fn model(scenario: fn()) {
    loom::model(move || {
        let region = MetaRegion::leak(START, 1).expect("aligned");
        REGION.set(Some(Box::leak(Box::new(region))));
        scenario();
    });
}

fn shared(word: u64) -> Frame {
    Frame::from_unused(START, Word(word)).expect("the frame is unused")
}

fn unique(word: u64) -> Unique {
    Unique::from_unused(START, Word(word)).expect("the frame is unused")
}

/// Runs `then` on a frame that is found by address, if one is.
fn lookup(then: impl FnOnce(Frame)) {
    match Frame::from_in_use(START) {
        Ok(frame) => then(frame),
        Err(GetFrameError::Unused | GetFrameError::Unique | GetFrameError::Busy) => {}
        Err(error) => panic!("a lookup ended in {error:?}"),
    }
}

/// Runs `then` on the frame if it can be claimed.
fn reuse(word: u64, then: impl FnOnce(Frame)) {
    match Frame::from_unused(START, Word(word)) {
        Ok(frame) => then(frame),
        Err(error) => {
            assert_ne!(error.error, GetFrameError::Unused);
            assert_eq!(error.metadata.0, word);
        }
    }
}

macro_rules! scenarios {
    ($($(#[$meta:meta])* fn $name:ident() $body:block)*) => {
        $($(#[$meta])* #[test] fn $name() { model(|| $body); })*

        /// The names of all scenarios.
        const SCENARIOS: &[&str] = &[$(stringify!($name)),*];
    };
}

scenarios! {
    /// Two handles read and are dropped, one cloned before: who is last tears down.
    fn clone_and_drop() {
        let f = shared(42);
        let g = f.clone();
        let peer = thread::spawn(move || {
            assert_eq!(g.meta().0, 42);
            let h = g.clone();
            drop(g);
            assert_eq!(h.meta().0, 42);
        });
        assert_eq!(f.meta().0, 42);
        drop(f);
        peer.join().unwrap();
        drop(unique(1));
    }

    /// A lookup finds the frame while it is being made.
    fn publish_then_lookup() {
        let peer = thread::spawn(|| lookup(|g| assert_eq!(g.meta().0, 42)));
        let f = shared(42);
        assert_eq!(f.meta().0, 42);
        drop(f);
        peer.join().unwrap();
    }

    /// One becomes unique and writes, the other reads and is dropped.
    fn unique_while_peer_drops() {
        let f = shared(42);
        let g = f.clone();
        let peer = thread::spawn(move || assert_eq!(g.meta().0, 42));
        match Unique::try_from(f) {
            Ok(mut u) => {
                u.meta_mut().0 = 7;
                assert_eq!(u.meta().0, 7);
            }
            Err(f) => assert_eq!(f.meta().0, 42),
        }
        peer.join().unwrap();
    }

    /// As before, but the unique frame is only dropped: the destructor writes.
    fn unique_drop_while_peer_drops() {
        let f = shared(42);
        let g = f.clone();
        let peer = thread::spawn(move || assert_eq!(g.meta().0, 42));
        drop(Unique::try_from(f));
        peer.join().unwrap();
    }

    /// One becomes unique and writes, the other comes by address.
    fn unique_while_lookup() {
        let f = shared(42);
        let peer = thread::spawn(|| {
            lookup(|g| assert_eq!(g.meta().0, 42));
        });
        match Unique::try_from(f) {
            Ok(mut u) => {
                u.meta_mut().0 = 7;
                assert_eq!(u.meta().0, 7);
            }
            Err(f) => assert_eq!(f.meta().0, 42),
        }
        peer.join().unwrap();
    }

    /// A unique owner writes and shares; a lookup reads what was written.
    fn share_then_lookup() {
        let mut u = unique(42);
        let peer = thread::spawn(|| lookup(|g| assert_eq!(g.meta().0, 7)));
        u.meta_mut().0 = 7;
        let f = Frame::from(u);
        assert_eq!(f.meta().0, 7);
        drop(f);
        peer.join().unwrap();
    }

    /// The last handle is dropped while another claims the frame.
    fn drop_then_reuse() {
        let f = shared(42);
        let peer = thread::spawn(|| reuse(9, |g| assert_eq!(g.meta().0, 9)));
        drop(f);
        peer.join().unwrap();
    }

    /// A unique handle is dropped while a second claims the frame and a third
    /// looks it up.
    fn unique_drop_then_reuse() {
        let u = unique(42);
        let claimer = thread::spawn(|| reuse(9, |g| assert_eq!(g.meta().0, 9)));
        let reader = thread::spawn(|| lookup(|g| assert_eq!(g.meta().0, 9)));
        drop(u);
        claimer.join().unwrap();
        reader.join().unwrap();
    }

    /// A lookup may find the frame before or after it was dropped and claimed anew.
    fn lookup_across_reuse() {
        let f = shared(42);
        let peer = thread::spawn(|| {
            lookup(|g| {
                let word = g.meta().0;
                assert!(word == 42 || word == 9, "{word}");
                let h = g.clone();
                drop(g);
                assert_eq!(h.meta().0, word);
            });
        });
        drop(f);
        reuse(9, |g| assert_eq!(g.meta().0, 9));
        peer.join().unwrap();
    }

    /// Two lookups while the owner is dropped: any of the three may be last.
    fn two_lookups() {
        let f = shared(42);
        let peers = [(); 2].map(|()| thread::spawn(|| lookup(|g| assert_eq!(g.meta().0, 42))));
        drop(f);
        for peer in peers {
            peer.join().unwrap();
        }
    }

    /// Unique, shared, unique, shared, while a lookup tries to become unique too.
    fn round_trip_while_lookup() {
        let mut u = unique(1);
        u.meta_mut().0 = 42;
        let f = Frame::from(u);
        let peer = thread::spawn(|| {
            lookup(|g| {
                if let Ok(mut u) = Unique::try_from(g) {
                    u.meta_mut().0 = 8;
                    assert_eq!(u.meta().0, 8);
                }
            });
        });
        match Unique::try_from(f) {
            Ok(mut u) => {
                u.meta_mut().0 = 7;
                let f = Frame::from(u);
                assert_eq!(f.meta().0, 7);
            }
            Err(f) => assert_eq!(f.meta().0, 42),
        }
        peer.join().unwrap();
    }

    /// Two claim the same frame: at most one gets it at a time.
    fn two_claims() {
        let peer = thread::spawn(|| reuse(9, |g| assert_eq!(g.meta().0, 9)));
        if let Ok(mut u) = Unique::from_unused(START, Word(5)) {
            u.meta_mut().0 = 6;
            assert_eq!(u.meta().0, 6);
        }
        peer.join().unwrap();
    }

    /// Of two handles that both try to become unique, at most one succeeds, and
    /// a handle is never lost.
    fn two_try_unique() {
        let f = shared(42);
        let g = f.clone();
        let peer = thread::spawn(move || match Unique::try_from(g) {
            Ok(mut u) => {
                u.meta_mut().0 = 8;
                true
            }
            Err(g) => {
                assert_eq!(g.meta().0, 42);
                false
            }
        });
        let mine = match Unique::try_from(f) {
            Ok(mut u) => {
                u.meta_mut().0 = 7;
                true
            }
            Err(f) => {
                assert_eq!(f.meta().0, 42);
                false
            }
        };
        let theirs = peer.join().unwrap();
        assert!(!(mine && theirs));
        drop(unique(1));
    }
}

/// Orderings `Relaxed`, and other protocols: loom finds races where the prover's
/// explorer does.
mod weakened {
    use super::*;

    macro_rules! changes {
        ($($test:ident: $change:literal;)*) => {
            $(#[test] fn $test() { agrees(&[$change]); })*

            /// What is changed alone above.
            const CHANGES: &[&str] = &[$($change),*];
        };
    }

    changes! {
        claim_unused: "ClaimUnused";
        publish_shared: "PublishShared";
        from_in_use: "FromInUse";
        release_share: "ReleaseShare";
        last_share_fence: "LastShareFence";
        store_unused: "StoreUnused";
        share_unique: "ShareUnique";
        try_from_shared: "TryFromShared";
        claims_unique: "ClaimsUnique";
        retires_unmarked: "RetiresUnmarked";
        tests_by_load: "TestsByLoad";
    }

    /// The leanest protocol passes, and each two changes race where one of them does.
    #[test]
    fn combinations() {
        let mut run = 0;
        for (changes, _) in expected::CONFIGURATIONS.iter().filter(|(changes, _)| changes.len() > 1)
        {
            agrees(changes);
            run += 1;
        }
        assert_eq!(run + CHANGES.len() + 1, expected::CONFIGURATIONS.len());
        assert!(expected::CONFIGURATIONS.contains(&(&["ClaimsUnique", "RetiresUnmarked"], &[])));
    }

    /// Every ordering that is not `Relaxed` is changed, and does what it is there for.
    #[test]
    fn every_change_is_here() {
        let singles = expected::CONFIGURATIONS.iter().filter(|(changes, _)| changes.len() == 1);
        assert!(singles.clone().map(|(changes, _)| &changes[0]).eq(CHANGES));
        for (changes, races) in singles {
            if tally::site_names().contains(&changes[0]) {
                assert!(!races.is_empty(), "{changes:?}: nothing is expected to race");
            }
        }
    }

    /// The explorer's scenarios are these, in this order.
    #[test]
    fn every_scenario_is_explored() {
        assert_eq!(SCENARIOS, expected::SCENARIOS);
    }

    /// Requires of each scenario that it races with the changes exactly if it is
    /// expected to.
    fn agrees(changes: &[&str]) {
        let (_, races) = expected::CONFIGURATIONS
            .iter()
            .find(|(known, _)| *known == changes)
            .expect("the configuration is known");
        let mut wrong = Vec::new();
        for scenario in SCENARIOS {
            match (races_under_loom(scenario, changes), races.contains(scenario)) {
                (true, false) => wrong.push(format!("{scenario}: only loom finds a race")),
                (false, true) => wrong.push(format!("{scenario}: loom finds no race")),
                _ => {}
            }
        }
        assert!(wrong.is_empty(), "{changes:?}:\n{}", wrong.join("\n"));
    }

    /// Whether the scenario races with the changes, run in a child process: a race
    /// panics where unwinding drops handles, which may panic again and abort. A
    /// failure that is not a race is an error.
    fn races_under_loom(scenario: &str, changes: &[&str]) -> bool {
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", scenario, "--nocapture"])
            .env("TALLY_WEAKEN", changes.join(","))
            .output()
            .expect("the test binary runs");
        let text = String::from_utf8_lossy(&output.stderr).into_owned()
            + &String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("running 1 test"), "{scenario} did not run:\n{text}");
        if output.status.success() {
            return false;
        }
        assert!(text.contains("Causality violation"), "{scenario}, {changes:?}:\n{text}");
        true
    }
}

/// What is made of the protocol's steps, or reads what they guard in another way.
/// Not in the explorer, and not weakened.
mod composed {
    use super::*;
    use tally::{Link, LinkedList, Segment};

    /// Metadata that a lookup as [`Word`] must not find.
    struct Pair(u64, u64);
    impl FrameMeta for Pair {}

    /// Unique for a moment, while another looks the frame up.
    #[test]
    fn changed_in_place_while_lookup() {
        model(|| {
            let mut f = shared(42);
            let peer = thread::spawn(|| {
                lookup(|g| {
                    let word = g.meta().0;
                    assert!(word == 42 || word == 7, "{word}");
                });
            });
            let changed = f.with_meta_mut(|word| word.0 = 7).is_some();
            assert_eq!(f.meta().0, if changed { 7 } else { 42 });
            drop(f);
            peer.join().unwrap();
        });
    }

    /// A frame that is held all the time is found by whoever looks it up, whatever others do
    /// with its count meanwhile. Not among the scenarios above, which bear a lookup that fails:
    /// here it may not.
    #[test]
    fn lookups_of_a_held_frame() {
        model(|| {
            let f = shared(42);
            let peer = thread::spawn(|| {
                let found = Frame::from_in_use(START).expect("it is held");
                assert_eq!(found.meta().0, 42);
            });
            let g = Frame::from_in_use(START).expect("it is held");
            drop(f.clone());
            peer.join().unwrap();
            assert_eq!(g.reference_count(), 2);
            drop((f, g));
            drop(unique(1));
        });
    }

    /// A frame that is kept without metadata and gets others, never unused in between, while
    /// another gives its share back and looks the frame up.
    #[test]
    fn kept_and_given_again() {
        model(|| {
            let f = shared(42);
            let g = f.clone();
            let peer = thread::spawn(move || {
                assert_eq!(g.meta().0, 42);
                drop(g);
                lookup(|g| {
                    let word = g.meta().0;
                    assert!(word == 42 || word == 7, "{word}");
                });
            });
            match Unique::try_from(f) {
                Ok(unique) => {
                    let again = unique.into_free().into_shared(Word(7));
                    assert_eq!(again.meta().0, 7);
                }
                Err(f) => drop(f),
            }
            peer.join().unwrap();
        });
    }

    /// The type is read by who does not know it, across a claim as another type.
    #[test]
    fn any_metadata_across_reuse() {
        model(|| {
            let f = shared(42);
            let peer = thread::spawn(|| {
                let Ok(any) = tally::Frame::<dyn FrameMeta, Space>::from_in_use(START) else {
                    return;
                };
                match Frame::try_from(any) {
                    Ok(word) => assert_eq!(word.meta().0, 42),
                    Err(any) => {
                        let pair = tally::Frame::<Pair, Space>::try_from(any).unwrap();
                        assert_eq!((pair.meta().0, pair.meta().1), (1, 2));
                    }
                }
            });
            drop(f);
            if let Ok(pair) = tally::Frame::<_, Space>::from_unused(START, Pair(1, 2)) {
                assert_eq!(pair.meta().1, 2);
            }
            peer.join().unwrap();
        });
    }

    /// A lookup as another type may be the last to give its share back.
    #[test]
    fn torn_down_by_a_lookup_as_another_type() {
        model(|| {
            let f = shared(42);
            let peer = thread::spawn(|| {
                let found = tally::Frame::<Pair, Space>::from_in_use(START).map(drop);
                assert!(matches!(
                    found,
                    Err(GetFrameError::OtherMeta | GetFrameError::Busy | GetFrameError::Unused)
                ));
            });
            assert_eq!(f.meta().0, 42);
            drop(f);
            peer.join().unwrap();
            drop(unique(1));
        });
    }

    /// Other metadata for a unique frame, then shared: a lookup finds the new ones.
    #[test]
    fn repurposed_while_lookup() {
        model(|| {
            let u = tally::UniqueFrame::<_, Space>::from_unused(START, Pair(1, 2)).unwrap();
            let peer = thread::spawn(|| lookup(|g| assert_eq!(g.meta().0, 7)));
            let f = Frame::from(u.repurpose(Word(7)));
            drop(f);
            peer.join().unwrap();
        });
    }

    /// Reset instead of dropped: the next owner sees it finished as well.
    #[test]
    fn reset_then_reuse() {
        model(|| {
            let u = unique(42);
            let peer = thread::spawn(|| reuse(9, |g| assert_eq!(g.meta().0, 9)));
            u.reset_as_unused();
            peer.join().unwrap();
        });
    }

    /// Whole segments are cloned and dropped as their frames are.
    #[test]
    fn segments_dropped_by_two() {
        model(|| {
            let range = START..START + PAGE_SIZE;
            let one = Segment::<Word, Space>::from_unused(range, |_| Word(42)).unwrap();
            let two = one.slice(0..PAGE_SIZE).unwrap();
            let peer = thread::spawn(move || {
                for frame in two {
                    assert_eq!(frame.meta().0, 42);
                }
            });
            assert_eq!(one.get(0).unwrap().meta().0, 42);
            drop(one);
            peer.join().unwrap();
            drop(unique(1));
        });
    }

    /// One list's owner asks about a frame that is in another's: never its own.
    #[test]
    fn listed_elsewhere() {
        model(|| {
            let link = |word| tally::UniqueFrame::from_unused(START, Link::new(Word(word)));
            let mut mine = LinkedList::<Word, Space>::new();
            mine.push_back(link(1).unwrap());
            drop(mine.pop_front());
            let peer = thread::spawn(move || {
                let mut theirs = LinkedList::<Word, Space>::new();
                if let Ok(frame) = link(2) {
                    theirs.push_back(frame);
                    assert!(theirs.contains(START));
                }
                drop(theirs.pop_back());
            });
            assert!(!mine.contains(START));
            peer.join().unwrap();
            drop(unique(1));
        });
    }

    /// An address that is handed on carries its share with it.
    #[test]
    fn raw_handed_on() {
        model(|| {
            let f = shared(42);
            let raw = f.clone().into_raw();
            let peer = thread::spawn(move || {
                // SAFETY: from `into_raw`, once; `spawn` synchronises.
                let g = unsafe { Frame::from_raw(raw) };
                assert_eq!(g.meta().0, 42);
            });
            if let Ok(mut u) = Unique::try_from(f) {
                u.meta_mut().0 = 7;
            }
            peer.join().unwrap();
        });
    }
}
