//! The steps of the slot's protocol are the crate's own functions, as they are translated from
//! the compiler's MIR; with the verified programs for the metadata between them they do what
//! the model says, operation by operation, and leave the same words in the slots; and so
//! does, by `tally-model`'s tests, the crate. Metadata are of two types, whose destructors
//! look their own frame up while they run (`extraction/frame_trace.v`).
//!
//! What this finds: a claim that is not one step, an error for another, a metadata
//! destructor called through the wrong vtable (the run is stuck), too early or not at all,
//! a slot that is not Busy meanwhile or not unused when the allocator gets the page, a
//! sentinel for another.

use proptest::prelude::*;
use tally_model::frame::frame_init;
use tally_model::frame::{FrameEvent, FrameKind, FrameOp, FrameOutcome, SLOT_UNUSED};
use tally_model::frame_run;
use tally_model::traces::{self, for_all};
use tally_oracle::{FrameRunOutcome, frame_program_report, skip};

fn run(outcomes: Vec<FrameOutcome>) -> Vec<FrameRunOutcome> {
    outcomes.into_iter().map(FrameRunOutcome::Run).collect()
}

fn agree(slots: u64, ops: &[FrameOp]) {
    let (state, outcomes) = frame_run(frame_init(slots), ops);
    let words = state.slots.iter().map(|slot| slot.word).collect();
    assert_eq!(frame_program_report(slots, ops).unwrap(), (run(outcomes), words), "{ops:?}");
}

/// Killed by: a drop that calls the destructor of the other type (stuck), or the allocator
/// before the slot is unused; `from_unique` that stores another count than 1.
#[test]
fn one_frame_from_unused_to_the_last_drop() {
    if skip("one_frame_from_unused_to_the_last_drop") {
        return;
    }
    let ops = [
        FrameOp::FromUnused(FrameKind::Unique, 2, 7),
        FrameOp::FromUnique(0),
        FrameOp::Clone(0),
        FrameOp::TryFromShared(0),
        FrameOp::RefCount(1),
        FrameOp::Meta(1),
        FrameOp::Drop(0),
        FrameOp::Drop(1),
    ];
    let expected = vec![
        FrameOutcome::Handle(0),
        FrameOutcome::Handle(0),
        FrameOutcome::Handle(1),
        FrameOutcome::HandedBack(0),
        FrameOutcome::Count(2),
        FrameOutcome::MetaIs(7),
        FrameOutcome::Dropped(vec![]),
        FrameOutcome::Dropped(vec![
            FrameEvent::OnDrop(2, 7),
            FrameEvent::MetaDropped(2, 7),
            FrameEvent::Unused(2),
            FrameEvent::Dealloc(2),
        ]),
    ];
    let words = vec![SLOT_UNUSED; 3];
    assert_eq!(frame_program_report(3, &ops).unwrap(), (run(expected), words));
}

/// Killed by: a bound on the count that is off by one, in the clone or in the look-up.
#[test]
fn a_share_too_many_aborts() {
    if skip("a_share_too_many_aborts") {
        return;
    }
    for leaked in [(1 << 63) - 4, (1 << 63) - 3, (1 << 63) - 2] {
        for once_more in [FrameOp::Clone(0), FrameOp::FromInUse(0)] {
            let mut ops = vec![
                FrameOp::FromUnused(FrameKind::Shared, 0, 8),
                FrameOp::Leak(0, leaked),
                FrameOp::RefCount(0),
            ];
            ops.extend([once_more; 4]);
            let (_, outcomes) = frame_run(frame_init(1), &ops);
            assert_eq!(outcomes.last(), Some(&FrameOutcome::Aborted));
            agree(1, &ops);
        }
    }
}

/// All traces of three operations over three slots and two types, of which the first claims
/// a frame, then a look at every slot.
/// Killed by: confusing two errors, `try_from` at another count than 1, metadata written
/// where the claim failed.
#[test]
fn all_short_traces() {
    if skip("all_short_traces") {
        return;
    }
    let alphabet = [
        FrameOp::FromUnused(FrameKind::Unique, 0, 7),
        FrameOp::FromUnused(FrameKind::Shared, 0, 8),
        FrameOp::FromUnused(FrameKind::Shared, 1, 9),
        FrameOp::FromUnique(0),
        FrameOp::TryFromShared(0),
        FrameOp::Clone(0),
        FrameOp::FromInUse(0),
        FrameOp::Drop(0),
        FrameOp::Drop(1),
    ];
    let looks = [
        FrameOp::Meta(0),
        FrameOp::Meta(1),
        FrameOp::RefCount(0),
        FrameOp::FromInUse(1),
        FrameOp::FromInUse(2),
        FrameOp::FromInUse(3),
        FrameOp::FromUnused(FrameKind::Unique, 0, 10),
    ];
    for first in &alphabet[..3] {
        for second in &alphabet {
            for third in &alphabet {
                agree(3, &[&[*first, *second, *third][..], &looks].concat());
            }
        }
    }
}

/// Killed by: whatever needs several slots, or a slot that is used again by the other type.
#[test]
fn random_traces() {
    if skip("random_traces") {
        return;
    }
    for slots in 1..5 {
        let traces = |leaks| traces::frame(slots, 60, leaks, false);
        for_all(15, prop_oneof![traces(3), traces(u64::MAX)], |ops| agree(slots, &ops));
    }
}
