//! The executable models of Tally: state machines that say what each operation on
//! an `Rc`, on a page frame, or on a segment, a list or a region of frames answers, to
//! which handles, with which count, which error, and in which order things are dropped.
//!
//! They are written and proved right in Coq (`theories/model`), extracted, and
//! turned into the Rust under [`generated`] by `cargo xtask codegen`. Tests compare
//! them with the `tally` crate; those of `Rc` and of page frames also with the same
//! models extracted to OCaml, and that of `Rc` with `std`.
//!
//! ```
//! use tally_model::rc::{RcOp, RcOutcome, rc_init, rc_step};
//!
//! let (state, _) = rc_step(rc_init(), RcOp::New(7));
//! let (state, outcome) = rc_step(state, RcOp::Clone(0));
//! assert_eq!(outcome, RcOutcome::Handle(1));
//! assert_eq!(rc_step(state, RcOp::StrongCount(0)).1, RcOutcome::Count(2));
//! ```

#![forbid(unsafe_code)]

#[allow(
    clippy::manual_map,
    clippy::manual_unwrap_or_default,
    reason = "generated: matches stand as they do in the model"
)]
pub mod generated;
pub mod table;
pub mod traces;
pub mod word;

pub use generated::{count, frame, list, rc, region, segment, words};

use frame::{FrameOp, FrameOutcome, FrameState, frame_step};
use rc::{RcOp, RcOutcome, RcState, rc_step};

/// Runs a whole trace. An abort is the last outcome of its trace.
#[must_use]
pub fn rc_run(mut state: RcState, ops: &[RcOp]) -> (RcState, Vec<RcOutcome>) {
    let mut outcomes = Vec::with_capacity(ops.len());
    for op in ops {
        let (next, outcome) = rc_step(state, *op);
        state = next;
        let aborted = outcome == RcOutcome::Aborted;
        outcomes.push(outcome);
        if aborted {
            break;
        }
    }
    (state, outcomes)
}

/// The names of the boxes that are not freed: `rc_leaks` of the model.
#[must_use]
pub fn rc_leaks(state: &RcState) -> Vec<u64> {
    let boxes = (0..).zip(&state.boxes);
    boxes.filter(|(_, found)| found.is_some()).map(|(name, _)| name).collect()
}

/// Runs a whole trace from the state without boxes: the outcomes, and the boxes that
/// are not freed in the end.
#[must_use]
pub fn rc_report(ops: &[RcOp]) -> (Vec<RcOutcome>, Vec<u64>) {
    let (state, outcomes) = rc_run(rc::rc_init(), ops);
    (outcomes, rc_leaks(&state))
}

/// Runs a whole trace. An abort is the last outcome of its trace.
#[must_use]
pub fn frame_run(mut state: FrameState, ops: &[FrameOp]) -> (FrameState, Vec<FrameOutcome>) {
    let mut outcomes = Vec::with_capacity(ops.len());
    for op in ops {
        let (next, outcome) = frame_step(state, *op);
        state = next;
        let aborted = outcome == FrameOutcome::Aborted;
        outcomes.push(outcome);
        if aborted {
            break;
        }
    }
    (state, outcomes)
}
