//! The slot protocol under every interleaving and every outcome that the C11
//! memory model allows, on the crate's own source.
//!
//! ```text
//! RUSTFLAGS="--cfg loom" cargo test -p tally --release --test loom
//! ```
//!
//! Each scenario is a test that must pass. `weakened::…` then makes one
//! ordering at a time `Relaxed` (see `sync.rs`) and runs all scenarios: those
//! must race, and only those, in which the explorer of the Coq development
//! (`theories/orderings/explorer.v`) finds a race in the same program. So no
//! ordering is stronger than it must be, no scenario passes because it looks at
//! nothing, and loom and the proved model agree, cell by cell
//! (`docs/orderings.md`). To see one race:
//!
//! ```text
//! TALLY_WEAKEN=TryFromShared RUSTFLAGS="--cfg loom" \
//!     cargo test -p tally --release --test loom unique_while_peer_drops
//! ```
//!
//! A call of `meta`, `meta_mut`, `from_unused` or a tear-down counts as one
//! access to the metadata at the moment of the call; accesses through a
//! reference that is kept are not followed.
#![cfg(loom)]

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

/// Each ordering `Relaxed`: loom finds races where the explorer does.
mod weakened {
    use super::*;

    macro_rules! sites {
        ($($test:ident: $site:literal;)*) => {
            $(#[test] fn $test() { agrees($site); })*

            /// A site without a failing scenario would be an untested ordering.
            #[test]
            fn every_site_is_here() {
                let here = [$($site),*];
                assert_eq!(tally::site_names(), here);
                assert_eq!(expected::RACES.map(|(site, _)| site), here);
                for (site, races) in expected::RACES {
                    assert!(!races.is_empty(), "{site}: nothing is expected to race");
                }
            }
        };
    }

    sites! {
        claim_unused: "ClaimUnused";
        publish_shared: "PublishShared";
        acquire_in_use: "AcquireInUse";
        release_share: "ReleaseShare";
        last_share_fence: "LastShareFence";
        store_unused: "StoreUnused";
        share_unique: "ShareUnique";
        try_from_shared: "TryFromShared";
    }

    /// The explorer's scenarios are these, in this order.
    #[test]
    fn every_scenario_is_explored() {
        assert_eq!(SCENARIOS, expected::SCENARIOS);
    }

    /// Requires of each scenario that it races with the ordering at `site`
    /// weakened exactly if the explorer finds a race.
    fn agrees(site: &str) {
        let (_, races) =
            expected::RACES.iter().find(|(name, _)| *name == site).expect("the site is explored");
        let mut wrong = Vec::new();
        for scenario in SCENARIOS {
            match (races_under_loom(scenario, site), races.contains(scenario)) {
                (true, false) => wrong.push(format!("{scenario}: only loom finds a race")),
                (false, true) => wrong.push(format!("{scenario}: only the explorer finds a race")),
                _ => {}
            }
        }
        assert!(wrong.is_empty(), "{site} relaxed:\n{}", wrong.join("\n"));
    }

    /// Whether the scenario races with the ordering at `site` weakened, run in
    /// a child process: a race panics where unwinding drops handles, which may
    /// panic again and abort. A failure that is not a race is an error.
    fn races_under_loom(scenario: &str, site: &str) -> bool {
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", scenario, "--nocapture"])
            .env("TALLY_WEAKEN", site)
            .output()
            .expect("the test binary runs");
        let text = String::from_utf8_lossy(&output.stderr).into_owned()
            + &String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("running 1 test"), "{scenario} did not run:\n{text}");
        if output.status.success() {
            return false;
        }
        assert!(text.contains("Causality violation"), "{scenario}, {site}: not a race:\n{text}");
        true
    }
}
