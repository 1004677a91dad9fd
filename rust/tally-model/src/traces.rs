//! Random traces of operations, biased to what matters: handles that are live, and words
//! near the edges. A trace that fails is made smaller.
//!
//! A trace is drawn as rows of a table, each with the place of a handle among those that
//! are live; the model then says which these are. So a trace from which an operation is
//! taken out is still one in which most operations succeed, and what a failing test shows
//! is the operations.

mod frames;
mod rcs;

pub use frames::{frame, list, region, region_of, segment};
pub use rcs::rc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRng, TestRunner};
use std::cell::RefCell;
use std::fmt::Debug;
use std::iter;

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

// Below, what is drawn is chosen by a number that is drawn with it, not by `prop_oneof`,
// which keeps a generator for each choice that was not taken: a trace has thousands.

/// A word, an edge as often as not.
pub fn word() -> impl Strategy<Value = u64> {
    (0..2 * EDGES.len(), any::<u64>()).prop_map(|(at, word)| EDGES.get(at).copied().unwrap_or(word))
}

/// Runs `check` on so many values, the same ones each time.
///
/// # Panics
///
/// If `check` does; the message has the smallest value with which it was found to.
pub fn for_all<S: Strategy>(cases: u32, values: S, check: impl FnMut(S::Value)) {
    let config =
        Config { cases, failure_persistence: None, max_shrink_iters: 50_000, ..Config::default() };
    let rng = TestRng::deterministic_rng(config.rng_algorithm);
    let check = RefCell::new(check);
    let outcome = TestRunner::new_with_rng(config, rng).run(&values, |value| {
        (check.borrow_mut())(value);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Which handle an operation is about.
#[derive(Clone, Copy, Debug)]
enum Pick {
    /// One of those that are live.
    Live(Index),
    /// One that was made, or would be next; likely dead.
    Made(Index),
    /// Any.
    Word(u64),
}

fn pick() -> impl Strategy<Value = Pick> {
    (0..64, any::<Index>(), word()).prop_map(|(chance, at, word)| match chance {
        ..60 => Pick::Live(at),
        60..63 => Pick::Made(at),
        _ => Pick::Word(word),
    })
}

impl Pick {
    /// The handle, where `made` were made and these are live.
    fn among(self, live: &[u64], made: usize) -> u64 {
        match self {
            Pick::Live(at) if !live.is_empty() => *at.get(live),
            Pick::Live(at) | Pick::Made(at) => at.index(made + 2) as u64,
            Pick::Word(word) => word,
        }
    }
}

/// The names of the handles in a table that are live and `wanted`.
fn live<H>(handles: &[Option<H>], wanted: impl Fn(&H) -> bool) -> Vec<u64> {
    let named = (0..).zip(handles);
    named.filter(|(_, handle)| handle.as_ref().is_some_and(&wanted)).map(|(name, _)| name).collect()
}

/// At most so many rows, each as often as its weight says, with arguments.
fn draws<R: Copy + Debug, A: Debug>(
    rows: impl IntoIterator<Item = (usize, R)>,
    arguments: impl Strategy<Value = A>,
    length: usize,
) -> impl Strategy<Value = Vec<(R, A)>> {
    let weighted = |(weight, row)| iter::repeat_n(row, weight);
    let rows: Vec<R> = rows.into_iter().flat_map(weighted).collect();
    let row = (0..rows.len()).prop_map(move |at| rows[at]);
    vec((row, arguments), 0..=length)
}

/// The operations that are chosen one after the other, each in the state that the others
/// lead to.
fn played<State, Op: Copy, Outcome, Draw>(
    mut state: State,
    step: impl Fn(State, Op) -> (State, Outcome),
    draws: Vec<Draw>,
    choose: impl Fn(&State, Draw) -> Op,
) -> Vec<Op> {
    let mut ops = Vec::with_capacity(draws.len());
    for draw in draws {
        let op = choose(&state, draw);
        state = step(state, op).0;
        ops.push(op);
    }
    ops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rc::{RcOp, RcOutcome, rc_init, rc_step};
    use std::panic::catch_unwind;

    /// Killed by: rows that need a handle where there is none, most of the time.
    #[test]
    fn most_operations_are_about_live_handles() {
        let (mut all, mut refused) = (0, 0);
        for_all(50, rc(200, 3, true), |ops| {
            let mut state = rc_init();
            for op in ops {
                let (next, outcome) = rc_step(state, op);
                state = next;
                all += 1;
                let bad = matches!(outcome, RcOutcome::BadHandle | RcOutcome::WrongHandle);
                refused += usize::from(bad);
            }
        });
        assert!(all > 2000 && refused > 20, "{refused} of {all} were refused");
        assert!(refused < all / 8, "{refused} of {all} were refused");
    }

    /// Killed by: traces that cannot be made smaller, as those from a seed.
    #[test]
    fn a_failing_trace_is_made_smaller() {
        let failing = || {
            for_all(50, rc(200, 3, true), |ops| {
                assert!(!ops.iter().any(|op| matches!(op, RcOp::Upgrade(_))));
            });
        };
        let message = *catch_unwind(failing).unwrap_err().downcast::<String>().unwrap();
        let (_, smallest) = message.split_once("minimal failing input:").unwrap();
        assert_eq!(smallest.matches("Upgrade(").count(), 1, "{message}");
        assert!(smallest.matches("),").count() <= 3, "{message}");
    }
}
