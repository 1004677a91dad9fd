//! The same traces through the generated model, through `tally::Rc`, `Weak` and
//! `UniqueRc`, and through those of `std` (without `UniqueRc`, which is not stable
//! there): all agree on every result, both counts, on which payload is cloned and
//! dropped and which block freed, in which order, and on what is never freed.
//!
//! What this finds: a count that is not kept, a payload dropped at another time, twice
//! or never, a block that is not freed or freed too early, a `get_mut`, `make_mut`,
//! `try_unwrap`, `upgrade` or `try_into_unique` that looks at the wrong count, a raw
//! pointer that does not stand for its handle.

mod rc_machine;

use rc_machine::{Machine, Std, Tally, events, start_anew};
use std::mem::ManuallyDrop;
use std::time::{Duration, Instant};
use tally_model::rc::{RcOp, RcOutcome, RcState, rc_init, rc_step};
use tally_model::rc_leaks;
use tally_model::traces::{self, for_all};

/// Both run `op` and agree.
fn agree_on<M: Machine>(model: RcState, machine: &mut M, op: RcOp) -> (RcState, RcOutcome) {
    let (next, expected) = rc_step(model, op);
    let outcome = machine.step(op);
    assert_eq!(outcome, expected, "{op:?}");
    assert_eq!(events(), [], "{op:?} does what it does not tell");
    (next, expected)
}

/// Both drop all handles, and agree on what is left.
fn agree_on_leaks<M: Machine>(mut model: RcState, machine: &mut M) {
    for handle in 0..model.handles.len() as u64 {
        (model, _) = agree_on(model, machine, RcOp::Drop(handle));
    }
    assert_eq!(start_anew(), rc_leaks(&model));
}

fn agree<M: Machine>(ops: &[RcOp]) {
    // Where they do not agree, the handles are left as they are: to drop them might be
    // undefined behaviour.
    let (mut model, mut machine) = (rc_init(), ManuallyDrop::new(M::default()));
    // What a trace that failed has left.
    start_anew();
    for op in ops {
        (model, _) = agree_on(model, &mut *machine, *op);
    }
    agree_on_leaks(model, &mut *machine);
    ManuallyDrop::into_inner(machine);
}

/// Both run random traces and agree.
fn agree_on_traces<M: Machine>(unique: bool) {
    let (mut operations, mut spent) = (0, Duration::ZERO);
    for_all(400, traces::rc(500, 3, unique), |ops| {
        let start = Instant::now();
        agree::<M>(&ops);
        spent += start.elapsed();
        operations += ops.len();
    });
    let rate = operations as f64 / spent.as_secs_f64();
    println!("{operations} operations, {:.2} million a second", rate / 1e6);
}

/// Every trace of so many operations after one that makes a box, on the first two
/// handles.
fn agree_on_short_traces<M: Machine>(first: &[RcOp], alphabet: &[RcOp], length: u32) {
    for first in first {
        for number in 0..alphabet.len().pow(length) {
            let digit = |place| alphabet[number / alphabet.len().pow(place) % alphabet.len()];
            let ops: Vec<RcOp> = [*first].into_iter().chain((0..length).map(digit)).collect();
            agree::<M>(&ops);
        }
    }
}

const SHARED: [RcOp; 14] = [
    RcOp::Clone(0),
    RcOp::Clone(1),
    RcOp::Downgrade(0),
    RcOp::Upgrade(1),
    RcOp::Drop(0),
    RcOp::Drop(1),
    RcOp::WeakCount(1),
    RcOp::Set(0, 2),
    RcOp::MakeMut(0, 3),
    RcOp::TryUnwrap(0),
    RcOp::IntoInner(0),
    RcOp::UnwrapOrClone(0),
    RcOp::IntoRaw(0),
    RcOp::FromRaw(0),
];

/// Killed by: `try_into_unique` that does not look at the weak count, `into_rc` that
/// leaves the strong count at 0, and whatever the next two find.
#[test]
fn tally_agrees_on_all_short_traces() {
    let alphabet = [&SHARED[..], &[RcOp::UniqueIntoRc(0), RcOp::TryIntoUnique(0)]].concat();
    let first = [RcOp::New(1), RcOp::NewCyclic(1), RcOp::UniqueNew(1)];
    agree_on_short_traces::<Tally>(&first, &alphabet, 4);
}

/// Killed by: a model that drops at another time than `std`, or counts other handles.
#[test]
fn std_agrees_on_all_short_traces() {
    agree_on_short_traces::<Std>(&[RcOp::New(1), RcOp::NewCyclic(1)], &SHARED, 4);
}

/// Killed by: a `clone` or an `upgrade` that does not count, a drop that frees while
/// there is a `Weak`, a `make_mut` that drops the content it has moved.
#[test]
fn tally_agrees_with_the_model() {
    agree_on_traces::<Tally>(true);
}

/// Killed by: as above, in the model.
#[test]
fn std_agrees_with_the_model() {
    agree_on_traces::<Std>(false);
}
