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

/// Operations on `Rc`s, each chosen in the light of the outcomes before it.
#[derive(Clone, Debug, Default)]
pub struct RcTrace {
    live: Live,
}

impl RcTrace {
    /// The next operation. `leaks` is the largest leak; from 2⁶³ on, counts get
    /// to their edge and clones abort.
    pub fn next(&mut self, rng: &mut Rng, leaks: u64) -> RcOp {
        let handle = self.live.choose(rng);
        match rng.below(32) {
            0..=3 => RcOp::New(rng.edge()),
            4..=12 if !self.live.many() => RcOp::Clone(handle),
            4..=21 => RcOp::Drop(handle),
            22..=26 => RcOp::StrongCount(handle),
            27..=30 => RcOp::Get(handle),
            _ => RcOp::Leak(handle, rng.edge().min(leaks)),
        }
    }

    /// What the operation gave.
    pub fn see(&mut self, op: RcOp, outcome: &RcOutcome) {
        match (op, outcome) {
            (_, RcOutcome::Handle(handle)) => self.live.open(*handle),
            (RcOp::Drop(handle), RcOutcome::Dropped(_)) => self.live.close(handle),
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
