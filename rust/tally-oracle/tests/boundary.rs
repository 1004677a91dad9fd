//! Malformed requests: each is refused, with the reason and the place, and the
//! oracle goes on serving.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tally_model::frame::{FrameKind, FrameOp, FrameOutcome};
use tally_model::rc::{RcOp, RcOutcome};
use tally_model::traces::for_all;
use tally_oracle::{
    MAX_CHANGES, MAX_OPERATIONS, MAX_PROGRAM_OPERATIONS, MAX_REQUEST, MAX_SLOTS, Malformed,
    OracleError, WordOp, call, frame_run, rc_program_report, rc_run, skip, words,
};

fn refused(request: &[u8], reason: Malformed, offset: u64) {
    assert_eq!(call(request), Err(OracleError::Malformed { reason, offset }), "{request:?}");
}

/// Version, subject, a count, and one operation on a word.
fn rc_request(count: u32, tag: u8) -> Vec<u8> {
    let mut request = vec![1, 2];
    request.extend(count.to_le_bytes());
    request.push(tag);
    request.extend(7_u64.to_le_bytes());
    request
}

/// Killed by: reading without a check in `take` (an OCaml exception that the glue
/// then reports as `Failed`).
#[test]
fn truncated() {
    if skip("truncated") {
        return;
    }
    refused(&[], Malformed::Truncated, 0);
    refused(&[1], Malformed::Truncated, 1);
    refused(&[1, 2, 1, 0, 0], Malformed::Truncated, 2);
    let whole = rc_request(1, 0);
    assert!(call(&whole).is_ok());
    for length in 6..whole.len() {
        // The operation is at 6 and its argument at 7.
        refused(&whole[..length], Malformed::Truncated, length.min(7) as u64);
    }
    refused(&rc_request(2, 0), Malformed::Truncated, whole.len() as u64);
}

/// Killed by: taking any byte for one of the known ones.
#[test]
fn unknown() {
    if skip("unknown") {
        return;
    }
    for byte in [0, 2, 255] {
        refused(&[byte, 2, 0, 0, 0, 0], Malformed::UnknownVersion, 0);
    }
    for byte in [0, 200, 255] {
        refused(&[1, byte, 0, 0, 0, 0], Malformed::UnknownSubject, 1);
    }
    for byte in [24, 25, 255] {
        refused(&rc_request(1, byte), Malformed::UnknownOperation, 6);
    }
    refused(&[1, 5, 1, 0, 0, 0, 11], Malformed::UnknownOperation, 6);
    // An operation on frames with a kind that is neither of the two.
    let mut request = vec![1, 3];
    request.extend(1_u64.to_le_bytes());
    request.extend(1_u32.to_le_bytes());
    request.extend([0, 2]);
    request.extend([0; 16]);
    refused(&request, Malformed::UnknownOperation, 15);
}

/// Killed by: believing a count, or not looking behind the last operation.
#[test]
fn oversized() {
    if skip("oversized") {
        return;
    }
    refused(&rc_request(MAX_OPERATIONS as u32 + 1, 0), Malformed::TooMany, 2);
    refused(&rc_request(u32::MAX, 0), Malformed::TooMany, 2);
    refused(&[1, 5, MAX_CHANGES as u8 + 1, 0, 0, 0], Malformed::TooMany, 2);
    let mut long = rc_request(1, 0);
    long.push(0);
    refused(&long, Malformed::Trailing, 15);
    assert_eq!(
        call(&vec![1; MAX_REQUEST + 1]),
        Err(OracleError::TooLarge { length: MAX_REQUEST + 1 })
    );
    refused(&vec![0; MAX_REQUEST], Malformed::UnknownVersion, 0);
    let slots = |n| frame_run(n, &[FrameOp::FromUnused(FrameKind::Shared, n - 1, 1)]);
    assert_eq!(slots(MAX_SLOTS), Ok(vec![FrameOutcome::Handle(0)]));
    let error = OracleError::Malformed { reason: Malformed::TooMany, offset: 2 };
    assert_eq!(slots(MAX_SLOTS + 1), Err(error.clone()));
    assert_eq!(slots(u64::MAX), Err(error));
}

/// The longest trace there may be, all of it live: neither OCaml's stack nor its
/// time runs out. Killed by: a runtime thread with a stack of the usual size
/// cannot be told from this one today; a limit of 2²⁰ operations is.
#[test]
fn the_longest_trace() {
    if skip("the_longest_trace") {
        return;
    }
    let mut ops = vec![RcOp::New(5)];
    ops.resize(MAX_OPERATIONS, RcOp::Clone(0));
    let outcomes = rc_run(&ops).unwrap();
    assert_eq!(outcomes.len(), MAX_OPERATIONS);
    assert_eq!(outcomes[MAX_OPERATIONS - 1], RcOutcome::Handle(MAX_OPERATIONS as u64 - 1));
    ops.push(RcOp::Clone(0));
    assert!(matches!(rc_run(&ops), Err(OracleError::Malformed { reason: Malformed::TooMany, .. })));
    ops.truncate(MAX_PROGRAM_OPERATIONS);
    assert_eq!(rc_program_report(0, &ops).unwrap().0.len(), MAX_PROGRAM_OPERATIONS);
    ops.push(RcOp::Clone(0));
    assert!(rc_program_report(0, &ops).is_err());
    let words_ops = vec![WordOp::Eq(1, 1); MAX_OPERATIONS + 1];
    assert!(words(&words_ops).is_err());
}

/// A handle that was never made is an outcome of the model, not an error.
#[test]
fn bad_handles() {
    if skip("bad_handles") {
        return;
    }
    for handle in [0, 1, u64::MAX] {
        assert_eq!(rc_run(&[RcOp::Drop(handle)]), Ok(vec![RcOutcome::BadHandle]));
        assert_eq!(frame_run(1, &[FrameOp::Drop(handle)]), Ok(vec![FrameOutcome::BadHandle]));
    }
}

/// Random bytes, most of which get past the first two and the count. (The explorer takes
/// its time.)
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let subject = select(&[0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12][..]);
    (subject, vec(any::<u8>(), 0..64)).prop_map(|(subject, mut request)| {
        let start = [1, subject, 1, 0, 0, 0];
        request.iter_mut().zip(start).for_each(|(byte, known)| *byte = known);
        request
    })
}

/// Random bytes, from several threads at once: an answer or an error each time, and
/// the oracle still knows what it knew. Killed by: calling OCaml from the caller's
/// thread (a crash), or an exception that leaves the glue.
#[test]
fn noise_from_many_threads() {
    if skip("noise_from_many_threads") {
        return;
    }
    let threads: Vec<_> = (0..4)
        .map(|seed| {
            std::thread::spawn(move || {
                for_all(2000, noise(), |request| {
                    match call(&request) {
                        Ok(_) | Err(OracleError::Malformed { .. }) => {}
                        Err(error) => panic!("{error}"),
                    }
                    assert_eq!(rc_run(&[RcOp::New(seed)]), Ok(vec![RcOutcome::Handle(0)]));
                });
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

/// Where the oracle is missing, every call says so.
#[test]
fn unavailable() {
    if !tally_oracle::available() {
        assert_eq!(call(&[1, 2, 0, 0, 0, 0]), Err(OracleError::Unavailable));
        assert_eq!(rc_run(&[]), Err(OracleError::Unavailable));
    }
}
