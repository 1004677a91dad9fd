//! Threads of a run: which may go on, and where it matters which one does.
//!
//! It matters before an atomic access only: what else a thread does with memory either is
//! ordered with what others do there, or is a data race in whatever order (`clocks.rs`). A
//! thread goes on until it ends or waits, unless the schedule says otherwise.
//!
//! A thread *waits* when it asks to (`spin_loop`, `yield_now`, `sleep`), or when it has found
//! the same in a cell several times while nobody changed it: others go on then, until one of
//! them has changed something. One that waits for another's end (`join`) can go on only then.

use super::clocks::{Clock, mix};
use super::code::Node;
use super::machine::{Kont, Loc, Next, Trace};

/// So often a thread may find the same in a cell, before it waits.
pub(crate) const FINDS: u32 = 3;
/// So often may all threads wait in turn, before it is said that they wait for ever.
pub(crate) const ROUNDS: u32 = 200;

/// How a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Runs,
    /// Until others have changed something: so many changes were there.
    Waits(u64),
    /// Until the cell is another than at this version.
    Blocked(Loc, u32),
    Ended,
}

pub(crate) struct Thread {
    pub(crate) konts: Vec<Kont>,
    pub(crate) next: Option<Next>,
    pub(crate) clock: Clock,
    /// What it has done and seen so far.
    pub(crate) hash: u64,
    /// Who it is, whatever its number.
    pub(crate) identity: u64,
    pub(crate) children: u64,
    pub(crate) state: State,
    /// How many changes were its own.
    pub(crate) changes: u64,
    /// The cells that it has read since its last change: how often, at which version.
    pub(crate) finds: Vec<(Loc, Node, u32, u32)>,
    pub(crate) last: Option<(Loc, u32)>,
    /// Where it was started.
    pub(crate) started: Trace,
    pub(crate) at: Node,
}

impl Thread {
    pub(crate) fn new(number: usize, identity: u64, next: Option<Next>, started: Trace) -> Self {
        let mut clock = Clock::default();
        clock.set(number, 1);
        Self {
            konts: Vec::new(),
            next,
            clock,
            hash: identity,
            identity,
            children: 0,
            state: State::Runs,
            changes: 0,
            finds: Vec::new(),
            last: None,
            started,
            at: 0,
        }
    }

    /// A part of the hash of the whole run.
    pub(crate) fn part(&self) -> u64 {
        let state = match self.state {
            State::Runs => 0,
            State::Waits(_) => 1,
            State::Blocked(..) => 2,
            State::Ended => 3,
        };
        mix(mix(self.identity, self.hash), state)
    }
}

/// Why another thread may go on now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is about to access a cell atomically.
    Access,
    /// It waits.
    Waits,
    /// It has ended.
    Ended,
}

/// What may be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The thread goes on; whether that takes one of the preemptions that are allowed.
    Thread(usize, bool),
    /// A compare-and-swap that may fail for no reason does not.
    Succeed,
    /// It does.
    Fail,
}

impl Choice {
    pub(crate) fn cost(self) -> u32 {
        match self {
            Self::Thread(_, costs) => u32::from(costs),
            Self::Succeed => 0,
            Self::Fail => 1,
        }
    }
}

/// Who says what is done next.
pub(crate) trait Chooser {
    /// One of several; nothing to end the run here. The number is the same for runs that have
    /// come to the same point in another order.
    fn choose(&mut self, options: &[Choice], key: u64) -> Option<usize>;
}

/// The first of each.
pub(crate) struct First;

impl Chooser for First {
    fn choose(&mut self, _options: &[Choice], _key: u64) -> Option<usize> {
        Some(0)
    }
}

/// A change from one thread to another.
#[derive(Clone, Debug)]
pub(crate) struct Switch {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) why: Why,
    /// Where the first one stops.
    pub(crate) place: Trace,
}
