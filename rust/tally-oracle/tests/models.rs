//! The two extractions of the same models agree: the generated Rust and the OCaml
//! behind the oracle, on words, on all short traces, and on long random ones.
//!
//! What this finds: a generator that prints the wrong arm, moves a value too early
//! or strips a name wrongly; a native operation that is not the one proved; numbers
//! that are too narrow on either side; a slip in the wire format.

use proptest::collection::vec;
use proptest::prelude::*;
use tally_model::frame::{FrameKind, FrameOp, frame_init};
use tally_model::rc::RcOp;
use tally_model::traces::{self, EDGES, for_all, word};
use tally_model::words::word_step;
use tally_model::{frame_run, rc_report};
use tally_oracle::{WordAnswer, WordOp, skip, words};

const OPERATIONS: [fn(u64, u64) -> WordOp; 9] = [
    WordOp::WrappingAdd,
    WordOp::WrappingSub,
    WordOp::CheckedAdd,
    WordOp::CheckedSub,
    WordOp::Div,
    WordOp::Rem,
    WordOp::Eq,
    WordOp::Lt,
    WordOp::Le,
];

/// Killed by: numbers of fewer bits than 64 on either side, or any operation written
/// for another in `native.rs`.
#[test]
fn words_agree_at_the_edges() {
    if skip("words_agree_at_the_edges") {
        return;
    }
    let agree = |pairs: Vec<(u64, u64)>| {
        let all = |(a, b)| OPERATIONS.map(|op| op(a, b));
        let ops: Vec<WordOp> = pairs.into_iter().flat_map(all).collect();
        let expected: Vec<WordAnswer> = ops.iter().map(|op| word_step(*op)).collect();
        assert_eq!(words(&ops).unwrap(), expected);
    };
    agree(EDGES.into_iter().flat_map(|a| EDGES.map(|b| (a, b))).collect());
    for_all(20, vec((word(), word()), 0..500), agree);
}

/// Every sequence of `alphabet` up to `length`.
fn sequences<Op: Copy>(alphabet: &[Op], length: u32, mut check: impl FnMut(&[Op])) {
    for length in 1..=length {
        for number in 0..alphabet.len().pow(length) {
            let mut rest = number;
            let ops: Vec<Op> = (0..length)
                .map(|_| {
                    let op = alphabet[rest % alphabet.len()];
                    rest /= alphabet.len();
                    op
                })
                .collect();
            check(&ops);
        }
    }
}

/// Killed by: answering `Dropped` without events for the last drop; not storing the
/// count that `rc_clone_count` gives; a tag of the wire format used for two operations.
#[test]
fn rc_agrees_on_all_short_traces() {
    if skip("rc_agrees_on_all_short_traces") {
        return;
    }
    let mut alphabet = vec![
        RcOp::New(7),
        RcOp::WeakNew,
        RcOp::NewCyclic(8),
        RcOp::UniqueNew(u64::MAX),
        RcOp::Leak(0, u64::MAX - 2),
        RcOp::Leak(1, u64::MAX - 2),
        RcOp::PtrEq(0, 1),
        RcOp::Set(0, 3),
        RcOp::MakeMut(0, 4),
    ];
    for handle in 0..2 {
        alphabet.extend([
            RcOp::Clone(handle),
            RcOp::Drop(handle),
            RcOp::StrongCount(handle),
            RcOp::WeakCount(handle),
            RcOp::Get(handle),
        ]);
    }
    alphabet.extend([
        RcOp::TryUnwrap(0),
        RcOp::IntoInner(0),
        RcOp::UnwrapOrClone(0),
        RcOp::Downgrade(0),
        RcOp::Upgrade(1),
        RcOp::IntoRaw(0),
        RcOp::FromRaw(0),
        RcOp::Increment(0),
        RcOp::Decrement(0),
        RcOp::UniqueIntoRc(0),
        RcOp::TryIntoUnique(0),
    ]);
    sequences(&alphabet, 3, |ops| {
        assert_eq!(tally_oracle::rc_report(ops).unwrap(), rc_report(ops), "{ops:?}");
    });
}

/// Killed by: confusing the two kinds, either word of a slot, or the order of events;
/// a bound on the count that is off by one.
#[test]
fn frames_agree_on_all_short_traces() {
    if skip("frames_agree_on_all_short_traces") {
        return;
    }
    let mut alphabet = vec![
        FrameOp::FromUnused(FrameKind::Unique, 0, 7),
        FrameOp::FromUnused(FrameKind::Shared, 0, 8),
        FrameOp::FromUnused(FrameKind::Shared, 1, u64::MAX),
        FrameOp::FromInUse(0),
        FrameOp::FromInUse(2),
        FrameOp::Reserve(0),
        FrameOp::Leak(0, (1 << 63) - 2),
        FrameOp::Drop(1),
    ];
    alphabet.extend([
        FrameOp::FromUnique(0),
        FrameOp::TryFromShared(0),
        FrameOp::Clone(0),
        FrameOp::Drop(0),
        FrameOp::RefCount(0),
        FrameOp::Meta(0),
        FrameOp::Publish(0, FrameKind::Unique, 9),
        FrameOp::Release(0),
        FrameOp::Vacate(0),
    ]);
    sequences(&alphabet, 3, |ops| {
        let expected = frame_run(frame_init(2), ops).1;
        assert_eq!(tally_oracle::frame_run(2, ops).unwrap(), expected, "{ops:?}");
    });
}

/// Killed by: anything that needs more than four operations to show; numbers of 63 bits.
#[test]
fn rc_agrees_on_random_traces() {
    if skip("rc_agrees_on_random_traces") {
        return;
    }
    // Half of the traces get to the edge, and so end there.
    let traces = |leaks| traces::rc(1000, leaks, true);
    for_all(100, prop_oneof![traces(3), traces(u64::MAX)], |ops| {
        // Nothing runs after an abort: the trace ends there on both sides.
        assert_eq!(tally_oracle::rc_report(&ops).unwrap(), rc_report(&ops));
    });
}

/// Killed by: anything that needs more than three operations to show.
#[test]
fn frames_agree_on_random_traces() {
    if skip("frames_agree_on_random_traces") {
        return;
    }
    for slots in 1..6 {
        let traces = |leaks| traces::frame(slots, 1000, leaks, true);
        for_all(20, prop_oneof![traces(3), traces(u64::MAX)], |ops| {
            let expected = frame_run(frame_init(slots), &ops).1;
            assert_eq!(tally_oracle::frame_run(slots, &ops).unwrap(), expected);
        });
    }
}
