//! Panics on both sides. The same trace through the crate, and through the crate's own
//! functions as they are translated from the compiler's MIR, in the interpreter; in both, call
//! number n of user code (a destructor, a clone function, the closure of `new_cyclic`) panics,
//! for every n. Both agree on every result, on both counts as every handle sees them after the
//! panic, on what is cloned and dropped, and on which blocks are freed and which never.
//!
//! What this finds: a destructor's panic after which the block is not freed, a clone's after
//! which the handle is gone or a count is wrong, a closure's that frees a block under a handle
//! which has escaped; and a translation that has a wrong cleanup block.

#[path = "../../tally-model/tests/rc_machine/mod.rs"]
mod rc_machine;

use rc_machine::{Machine, Tally, events, light, start_anew};
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tally_model::rc::{RcEvent, RcOp, RcOutcome};
use tally_model::rc_report;
use tally_model::traces::{self, for_all};
use tally_oracle::{RcRunOutcome, rc_program_report, skip};

/// The crate on a trace.
fn crate_report(fuse: u64, ops: &[RcOp]) -> (Vec<RcRunOutcome>, Vec<u64>) {
    start_anew();
    light(fuse);
    // Where both do not agree, to drop the handles might be undefined behaviour.
    let mut machine = ManuallyDrop::new(Tally::default());
    let outcomes =
        ops.iter().map(|op| match catch_unwind(AssertUnwindSafe(|| machine.step(*op))) {
            Ok(outcome) => RcRunOutcome::Run(outcome),
            Err(panic) => {
                assert!(panic.is::<&str>(), "{op:?}: not what was to be panicked");
                RcRunOutcome::Panicked(events())
            }
        });
    let outcomes = outcomes.collect();
    light(0);
    (outcomes, start_anew())
}

/// The trace, and then what every handle sees, and its drop.
fn to_the_end(ops: &[RcOp]) -> Vec<RcOp> {
    let handles = 0..rc_report(ops).0.iter().fold(0, |most, outcome| match outcome {
        RcOutcome::Handle(h) | RcOutcome::Handles(_, h) => most.max(h + 1),
        _ => most,
    });
    let looks = handles.clone().flat_map(|h| [RcOp::StrongCount(h), RcOp::WeakCount(h)]);
    ops.iter().copied().chain(looks).chain(handles.map(RcOp::Drop)).collect()
}

/// Both agree, whichever call panics; so many calls there were.
fn agree(ops: &[RcOp]) -> u64 {
    let ops = to_the_end(ops);
    for fuse in 0.. {
        let (outcomes, left) = crate_report(fuse, &ops);
        let panicked = outcomes.iter().any(|outcome| matches!(outcome, RcRunOutcome::Panicked(_)));
        assert_eq!(rc_program_report(fuse, &ops).unwrap(), (outcomes, left), "{fuse}: {ops:?}");
        if fuse > 0 && !panicked {
            return fuse - 1;
        }
    }
    unreachable!("a trace makes finitely many calls")
}

/// Killed by: a destructor's panic that takes the block with it, under the weak handle.
#[test]
fn the_block_goes_after_a_panic_in_the_destructor() {
    if skip("the_block_goes_after_a_panic_in_the_destructor") {
        return;
    }
    let ops = [RcOp::New(7), RcOp::Downgrade(0), RcOp::Drop(0), RcOp::Upgrade(1), RcOp::Drop(1)];
    let expected = vec![
        RcRunOutcome::Run(RcOutcome::Handle(0)),
        RcRunOutcome::Run(RcOutcome::Handle(1)),
        RcRunOutcome::Panicked(vec![RcEvent::PayloadDropped(7)]),
        RcRunOutcome::Run(RcOutcome::None),
        RcRunOutcome::Run(RcOutcome::Dropped(vec![RcEvent::MemoryFreed(0)])),
    ];
    assert_eq!(rc_program_report(1, &ops).unwrap(), (expected, vec![]));
    assert_eq!(agree(&ops), 1);
}

/// All traces of two operations after one that makes a box, on the first two handles, with
/// every place for a panic.
#[test]
fn all_short_traces() {
    if skip("all_short_traces") {
        return;
    }
    let alphabet = [
        RcOp::Clone(0),
        RcOp::Downgrade(0),
        RcOp::Upgrade(1),
        RcOp::Drop(0),
        RcOp::Drop(1),
        RcOp::MakeMut(0, 3),
        RcOp::IntoInner(0),
        RcOp::UnwrapOrClone(0),
        RcOp::NewCyclic(5),
        RcOp::UniqueIntoRc(0),
        RcOp::IntoRaw(0),
        RcOp::Decrement(0),
    ];
    let mut panics = 0;
    for first in [RcOp::New(1), RcOp::NewCyclic(1), RcOp::NewCyclic(2), RcOp::UniqueNew(1)] {
        for number in 0..alphabet.len().pow(2) {
            let digit = |place| alphabet[number / alphabet.len().pow(place) % alphabet.len()];
            panics += agree(&[first, digit(0), digit(1)]);
        }
    }
    println!("{panics} panics");
}

/// Killed by: what needs more handles, or several blocks.
#[test]
fn random_traces() {
    if skip("random_traces") {
        return;
    }
    let mut panics = 0;
    for_all(25, traces::rc(60, 3, true), |ops| panics += agree(&ops));
    println!("{panics} panics");
}
