//! The verified λRust programs of `Rc`, run by the extracted interpreter, do what the
//! model says: the third party of every comparison.
//!
//! What this finds: an increment that is left out of `rc_inc_strong`, a `rc_drop` that
//! frees before the destructor has run (the run is stuck) or not at all, a count of
//! other than 64 bits; and an interpreter that runs something else than the programs.

use tally_model::random::{RcTrace, Rng};
use tally_model::rc::{RcEvent, RcOp, RcOutcome, rc_init, rc_step};
use tally_model::rc_run;
use tally_oracle::{RcProgramOutcome, rc_program_run, skip};

fn run(outcomes: Vec<RcOutcome>) -> Vec<RcProgramOutcome> {
    outcomes.into_iter().map(RcProgramOutcome::Run).collect()
}

/// Killed by: any of the three defects above.
#[test]
fn one_box_from_new_to_the_last_drop() {
    if skip("one_box_from_new_to_the_last_drop") {
        return;
    }
    let ops = [
        RcOp::New(7),
        RcOp::Clone(0),
        RcOp::StrongCount(1),
        RcOp::Drop(0),
        RcOp::Get(1),
        RcOp::Drop(1),
        RcOp::Get(1),
    ];
    let expected = vec![
        RcOutcome::Handle(0),
        RcOutcome::Handle(1),
        RcOutcome::Count(2),
        RcOutcome::Dropped(vec![]),
        RcOutcome::Payload(7),
        RcOutcome::Dropped(vec![RcEvent::PayloadDropped(7), RcEvent::MemoryFreed(0)]),
        RcOutcome::BadHandle,
    ];
    assert_eq!(rc_program_run(&ops).unwrap(), run(expected));
}

/// Killed by: a test of the count before it is stored, at another value than 0.
#[test]
fn a_clone_too_many_aborts() {
    if skip("a_clone_too_many_aborts") {
        return;
    }
    for leaked in [u64::MAX - 2, u64::MAX - 1] {
        let mut ops = vec![RcOp::New(1), RcOp::Leak(0, leaked)];
        ops.extend([RcOp::Clone(0); 3]);
        let expected = rc_run(rc_init(), &ops).1;
        assert_eq!(expected.last(), Some(&RcOutcome::Aborted));
        assert_eq!(rc_program_run(&ops).unwrap(), run(expected));
    }
}

/// Killed by: whatever needs several boxes, or memory that is used again.
#[test]
fn random_traces() {
    if skip("random_traces") {
        return;
    }
    for seed in 0..40 {
        let (mut rng, mut trace) = (Rng::new(seed), RcTrace::default());
        let leaks = if seed % 2 == 0 { 3 } else { u64::MAX };
        let (mut state, mut ops) = (rc_init(), Vec::new());
        for _ in 0..200 {
            let op = trace.next(&mut rng, leaks);
            let (next, outcome) = rc_step(state, op);
            state = next;
            trace.see(op, &outcome);
            ops.push(op);
        }
        let expected = rc_run(rc_init(), &ops).1;
        assert_eq!(rc_program_run(&ops).unwrap(), run(expected), "seed {seed}");
    }
}
