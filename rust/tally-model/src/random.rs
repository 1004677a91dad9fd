//! Random traces for tests and benches: reproducible from a seed, and biased to
//! what matters, which is handles that are live and words near the edges.

use crate::frame::{FrameKind, FrameOp, FrameOutcome};
use crate::rc::{RcOp, RcOutcome};

/// Words at which something changes, or would if a number were too narrow.
pub const EDGES: [u64; 12] = [
    0,
    1,
    2,
    (1 << 62) - 1,
    1 << 62,
    (1 << 63) - 2,
    (1 << 63) - 1,
    1 << 63,
    (1 << 63) + 1,
    u64::MAX - 2,
    u64::MAX - 1,
    u64::MAX,
];

/// A generator of random numbers: `SplitMix64` (Steele, Lea, Flood, 2014), which
/// is small, fast and good enough to choose operations by.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The generator that starts at `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Rng(seed)
    }

    /// The next number.
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which must not be 0.
    pub fn below(&mut self, n: u64) -> u64 {
        // The high half of the product: no division, and a bias below 2⁻³².
        ((u128::from(self.word()) * u128::from(n)) >> 64) as u64
    }

    /// A word, an edge as often as not.
    pub fn edge(&mut self) -> u64 {
        let word = self.word();
        if word & 1 == 0 { EDGES[self.below(EDGES.len() as u64) as usize] } else { word }
    }
}

/// The handles that are live, to choose from.
#[derive(Clone, Debug, Default)]
struct Live {
    handles: Vec<u64>,
    made: u64,
}

impl Live {
    /// A live handle; one time in 32 any other, most likely dead.
    fn choose(&self, rng: &mut Rng) -> u64 {
        if self.handles.is_empty() || rng.below(32) == 0 {
            return if rng.below(8) == 0 { rng.edge() } else { rng.below(self.made + 2) };
        }
        self.handles[rng.below(self.handles.len() as u64) as usize]
    }

    fn open(&mut self, handle: u64) {
        if handle == self.made {
            self.made += 1;
            self.handles.push(handle);
        }
    }

    fn close(&mut self, handle: u64) {
        if let Some(place) = self.handles.iter().position(|other| *other == handle) {
            self.handles.swap_remove(place);
        }
    }

    /// Whether there are so many that a drop should be likely.
    fn many(&self) -> bool {
        self.handles.len() > 16
    }
}

/// The kinds of handles on `Rc`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Strong,
    Raw,
    Unique,
    Weak,
}

/// Operations on `Rc`s, each chosen in the light of the outcomes before it: most are
/// about a handle that is live and of a kind that has such an operation.
#[derive(Clone, Debug)]
pub struct RcTrace {
    handles: Vec<(u64, Kind)>,
    made: u64,
    most: usize,
    unique: bool,
}

impl Default for RcTrace {
    fn default() -> Self {
        RcTrace::new(8, true)
    }
}

impl RcTrace {
    /// Operations on at most `most` handles at a time, with a few above; `unique`
    /// says whether there are unique ones.
    #[must_use]
    pub fn new(most: usize, unique: bool) -> Self {
        RcTrace { handles: Vec::new(), made: 0, most, unique }
    }

    /// Some handle, most often a live one of that kind.
    fn choose(&self, rng: &mut Rng, kind: Kind) -> u64 {
        let fitting = || self.handles.iter().filter(|(_, other)| *other == kind);
        let count = fitting().count() as u64;
        if count == 0 || rng.below(48) == 0 {
            return if rng.below(8) == 0 { rng.edge() } else { rng.below(self.made + 2) };
        }
        fitting().nth(rng.below(count) as usize).map_or(0, |(handle, _)| *handle)
    }

    /// The next operation. `leaks` is the largest leak; from 2⁶³ on, counts get to
    /// their edge and clones abort.
    pub fn next(&mut self, rng: &mut Rng, leaks: u64) -> RcOp {
        let full = self.handles.len() >= self.most;
        let kind = match rng.below(16) {
            0..=7 => Kind::Strong,
            8..=12 => Kind::Weak,
            13..=14 => Kind::Raw,
            _ if self.unique => Kind::Unique,
            _ => Kind::Strong,
        };
        let handle = self.choose(rng, kind);
        if full && rng.below(2) == 0 {
            return if kind == Kind::Raw { RcOp::Decrement(handle) } else { RcOp::Drop(handle) };
        }
        if self.handles.is_empty() || (!full && rng.below(12) == 0) {
            return match rng.below(if self.unique { 8 } else { 6 }) {
                0..=3 => RcOp::New(rng.edge()),
                4 => RcOp::NewCyclic(rng.edge()),
                5 => RcOp::WeakNew,
                _ => RcOp::UniqueNew(rng.edge()),
            };
        }
        if rng.below(24) == 0 {
            return RcOp::Leak(handle, rng.edge().min(leaks));
        }
        match (kind, rng.below(16)) {
            (Kind::Strong, 0..=1) => RcOp::Clone(handle),
            (Kind::Strong, 2) => RcOp::Drop(handle),
            (Kind::Strong, 3) => RcOp::StrongCount(handle),
            (Kind::Strong, 4) => RcOp::WeakCount(handle),
            (Kind::Strong, 5) => RcOp::Get(handle),
            (Kind::Strong, 6) => RcOp::Set(handle, rng.edge()),
            (Kind::Strong, 7) => RcOp::MakeMut(handle, rng.edge()),
            (Kind::Strong, 8) => RcOp::PtrEq(handle, self.choose(rng, Kind::Strong)),
            (Kind::Strong, 9) => RcOp::TryUnwrap(handle),
            (Kind::Strong, 10) => RcOp::IntoInner(handle),
            (Kind::Strong, 11) => RcOp::UnwrapOrClone(handle),
            (Kind::Strong, 12) if self.unique => RcOp::TryIntoUnique(handle),
            (Kind::Strong, 13) => RcOp::IntoRaw(handle),
            (Kind::Strong, _) => RcOp::Downgrade(handle),
            (Kind::Raw, 0..=4) => RcOp::FromRaw(handle),
            (Kind::Raw, 5..=9) => RcOp::Increment(handle),
            (Kind::Raw, _) => RcOp::Decrement(handle),
            (Kind::Unique, 0..=2) => RcOp::Get(handle),
            (Kind::Unique, 3..=5) => RcOp::Set(handle, rng.edge()),
            (Kind::Unique, 6..=9) => RcOp::Downgrade(handle),
            (Kind::Unique, 10..=13) => RcOp::UniqueIntoRc(handle),
            (Kind::Unique, _) => RcOp::Drop(handle),
            (Kind::Weak, 0..=2) => RcOp::Clone(handle),
            (Kind::Weak, 3..=4) => RcOp::Drop(handle),
            (Kind::Weak, 5..=6) => RcOp::StrongCount(handle),
            (Kind::Weak, 7..=8) => RcOp::WeakCount(handle),
            (Kind::Weak, 9..=10) => RcOp::PtrEq(handle, self.choose(rng, Kind::Weak)),
            (Kind::Weak, _) => RcOp::Upgrade(handle),
        }
    }

    fn kind(&self, handle: u64) -> Option<Kind> {
        self.handles.iter().find(|(other, _)| *other == handle).map(|(_, kind)| *kind)
    }

    fn open(&mut self, handle: u64, kind: Kind) {
        if let Some(place) = self.handles.iter().position(|(other, _)| *other == handle) {
            self.handles[place].1 = kind;
        } else {
            self.made = self.made.max(handle + 1);
            self.handles.push((handle, kind));
        }
    }

    /// What the operation gave.
    pub fn see(&mut self, op: RcOp, outcome: &RcOutcome) {
        match (op, outcome) {
            (RcOp::Clone(of), RcOutcome::Handle(handle)) => {
                let kind = self.kind(of).unwrap_or(Kind::Weak);
                self.open(*handle, kind);
            }
            (RcOp::Downgrade(_) | RcOp::WeakNew, RcOutcome::Handle(handle)) => {
                self.open(*handle, Kind::Weak);
            }
            (RcOp::IntoRaw(_) | RcOp::Increment(_), RcOutcome::Handle(handle)) => {
                self.open(*handle, Kind::Raw);
            }
            (RcOp::UniqueNew(_) | RcOp::TryIntoUnique(_), RcOutcome::Handle(handle)) => {
                self.open(*handle, Kind::Unique);
            }
            (_, RcOutcome::Handle(handle)) => self.open(*handle, Kind::Strong),
            (_, RcOutcome::Handles(strong, weak)) => {
                self.open(*strong, Kind::Strong);
                self.open(*weak, Kind::Weak);
            }
            (
                RcOp::Drop(handle)
                | RcOp::Decrement(handle)
                | RcOp::TryUnwrap(handle)
                | RcOp::IntoInner(handle)
                | RcOp::UnwrapOrClone(handle),
                RcOutcome::Dropped(_) | RcOutcome::Taken(..) | RcOutcome::None,
            ) => self.handles.retain(|(other, _)| *other != handle),
            _ => {}
        }
    }
}

/// Operations on page frames, each chosen in the light of the outcomes before it.
#[derive(Clone, Debug)]
pub struct FrameTrace {
    live: Live,
    slots: u64,
}

impl FrameTrace {
    /// Operations on so many slots.
    #[must_use]
    pub fn new(slots: u64) -> Self {
        FrameTrace { live: Live::default(), slots }
    }

    /// The next operation. `leaks` is the largest leak; from 2⁶² on, counts get to
    /// their edge and clones abort. `halves` says whether constructions and last
    /// drops may come in two halves.
    pub fn next(&mut self, rng: &mut Rng, leaks: u64, halves: bool) -> FrameOp {
        let handle = self.live.choose(rng);
        let slot = if rng.below(32) == 0 { rng.edge() } else { rng.below(self.slots) };
        let kind = if rng.below(2) == 0 { FrameKind::Unique } else { FrameKind::Shared };
        match rng.below(if halves { 36 } else { 32 }) {
            0..=4 => FrameOp::FromUnused(kind, slot, rng.edge()),
            5..=7 => FrameOp::FromInUse(slot),
            8..=10 => FrameOp::FromUnique(handle),
            11..=15 => FrameOp::TryFromShared(handle),
            16..=19 if !self.live.many() => FrameOp::Clone(handle),
            16..=26 => FrameOp::Drop(handle),
            27..=28 => FrameOp::RefCount(handle),
            29..=30 => FrameOp::Meta(handle),
            31 => FrameOp::Leak(handle, rng.edge().min(leaks)),
            32 => FrameOp::Reserve(slot),
            33 => FrameOp::Publish(handle, kind, rng.edge()),
            34 => FrameOp::Release(handle),
            _ => FrameOp::Vacate(handle),
        }
    }

    /// What the operation gave.
    pub fn see(&mut self, op: FrameOp, outcome: &FrameOutcome) {
        match (op, outcome) {
            (_, FrameOutcome::Handle(handle)) => self.live.open(*handle),
            (FrameOp::Drop(handle) | FrameOp::Vacate(handle), FrameOutcome::Dropped(_)) => {
                self.live.close(handle);
            }
            _ => {}
        }
    }
}
