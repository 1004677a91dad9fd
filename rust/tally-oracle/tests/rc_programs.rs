//! The crate's own functions of `Rc`, `Weak` and `UniqueRc`, as they are translated from the
//! compiler's MIR and run by the extracted interpreter, do what the model says, operation by
//! operation, and leave the same boxes behind: the third party of every comparison. So they do
//! as both compilations make them.
//!
//! What this finds: an increment that is left out, a `rc_drop` that frees before the
//! destructor has run (the run is stuck), one step early or not at all, an upgrade that
//! does not look whether the content is there, a count of other than 64 bits; and an
//! interpreter that runs something else than the programs.

use proptest::prelude::*;
use tally_model::rc::{RcEvent, RcOp, RcOutcome};
use tally_model::rc_report;
use tally_model::traces::{self, for_all};
use tally_oracle::{RcRunOutcome, rc_program_report, skip};

fn run(outcomes: Vec<RcOutcome>) -> Vec<RcRunOutcome> {
    outcomes.into_iter().map(RcRunOutcome::Run).collect()
}

fn agree(ops: &[RcOp]) {
    let (outcomes, leaks) = rc_report(ops);
    assert_eq!(rc_program_report(0, ops).unwrap(), (run(outcomes), leaks), "{ops:?}");
}

/// Killed by: a `rc_drop` that frees while there is a `Weak` (the last drop is stuck), or
/// that does not give back the implicit weak handle (box 0 is left).
#[test]
fn one_box_from_new_to_the_last_drop() {
    if skip("one_box_from_new_to_the_last_drop") {
        return;
    }
    let ops = [
        RcOp::New(7),
        RcOp::Clone(0),
        RcOp::StrongCount(1),
        RcOp::Downgrade(1),
        RcOp::WeakCount(0),
        RcOp::Drop(0),
        RcOp::Get(1),
        RcOp::Drop(1),
        RcOp::Get(1),
        RcOp::Upgrade(2),
        RcOp::Drop(2),
    ];
    let expected = vec![
        RcOutcome::Handle(0),
        RcOutcome::Handle(1),
        RcOutcome::Count(2),
        RcOutcome::Handle(2),
        RcOutcome::Count(1),
        RcOutcome::Dropped(vec![]),
        RcOutcome::Payload(7),
        RcOutcome::Dropped(vec![RcEvent::PayloadDropped(7)]),
        RcOutcome::BadHandle,
        RcOutcome::None,
        RcOutcome::Dropped(vec![RcEvent::MemoryFreed(0)]),
    ];
    assert_eq!(rc_program_report(0, &ops).unwrap(), (run(expected), vec![]));
}

/// Killed by: a test of the count before it is stored, at another value than 0; for the
/// weak count as for the strong one, from each side.
#[test]
fn a_clone_too_many_aborts() {
    if skip("a_clone_too_many_aborts") {
        return;
    }
    for leaked in [u64::MAX - 3, u64::MAX - 2, u64::MAX - 1] {
        for (handle, once_more) in [
            (0, RcOp::Clone(0)),
            (0, RcOp::Upgrade(1)),
            (1, RcOp::Clone(1)),
            (1, RcOp::Downgrade(0)),
        ] {
            let mut ops = vec![RcOp::New(1), RcOp::Downgrade(0), RcOp::Leak(handle, leaked)];
            ops.extend([once_more; 4]);
            let (outcomes, _) = rc_report(&ops);
            assert_eq!(outcomes.last(), Some(&RcOutcome::Aborted));
            agree(&ops);
        }
        let ops = [RcOp::New(1), RcOp::IntoRaw(0), RcOp::Increment(0)];
        agree(&ops);
    }
}

/// All traces of three operations after one that makes a box, or of two where the box is made
/// in another way than `new`, on the first two handles.
/// Killed by: `weak_upgrade` without its check, `rc_make_mut` or `rc_get_mut` that do not
/// look at one of the counts, a `rc_try_into_unique` that ignores weak handles, a
/// `weak_from_raw` that does not undo `weak_into_raw`.
#[test]
fn all_short_traces() {
    if skip("all_short_traces") {
        return;
    }
    let alphabet = [
        RcOp::Clone(0),
        RcOp::Clone(1),
        RcOp::Downgrade(0),
        RcOp::Upgrade(1),
        RcOp::Drop(0),
        RcOp::Drop(1),
        RcOp::Set(0, 2),
        RcOp::MakeMut(0, 3),
        RcOp::TryUnwrap(0),
        RcOp::IntoInner(0),
        RcOp::UnwrapOrClone(0),
        RcOp::TryIntoUnique(0),
        RcOp::UniqueIntoRc(0),
        RcOp::IntoRaw(0),
        RcOp::Decrement(0),
    ];
    for (first, length) in [(RcOp::New(1), 3), (RcOp::NewCyclic(1), 2), (RcOp::UniqueNew(1), 2)] {
        for number in 0..alphabet.len().pow(length) {
            let digit = |place| alphabet[number / alphabet.len().pow(place) % alphabet.len()];
            let looks = [RcOp::WeakCount(0), RcOp::StrongCount(1), RcOp::PtrEq(0, 1)];
            let ops = [&[first][..], &(0..length).map(digit).collect::<Vec<_>>(), &looks];
            agree(&ops.concat());
        }
    }
}

/// Killed by: whatever needs several boxes, or memory that is used again.
#[test]
fn random_traces() {
    if skip("random_traces") {
        return;
    }
    let traces = |leaks| traces::rc(400, leaks, true);
    for_all(60, prop_oneof![traces(3), traces(u64::MAX)], |ops| agree(&ops));
}
