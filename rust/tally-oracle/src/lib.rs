//! The executable models of Tally by the other road: extracted to OCaml, compiled,
//! and linked through C. They answer the same questions as [`tally_model`], which
//! was generated from the same Coq text by other means; tests compare the two, and
//! both with the crate.
//!
//! OCaml's runtime has one owner here, a thread of its own. A call sends it a whole
//! trace and waits for the whole answer, so tests may run in parallel.
//!
//! The oracle is there if OCaml and zarith were when this crate was built. If not,
//! every call answers [`OracleError::Unavailable`]; see [`skip`].
//!
//! # The requests
//!
//! All numbers are little-endian. A request is a version (1 byte, 1), a subject
//! (1 byte, see [`Subject`]) and a body; `ml/glue.ml` describes the bodies and the
//! responses. A request that is malformed in any way is answered with
//! [`OracleError::Malformed`], whoever made it: Rust checks what it builds, C its
//! pointers and lengths, and OCaml every byte it reads.

mod wire;

#[cfg(have_ocaml)]
mod runtime;

use std::fmt;
use std::io::Write;
use tally_model::frame::{FrameOp, FrameOutcome};
use tally_model::list::{FlOp, FlOutcome};
use tally_model::rc::{RcOp, RcOutcome};
use tally_model::region::{RegionOp, RegionOutcome};
use tally_model::segment::{SegOp, SegOutcome};

pub use tally_model::words::{WordAnswer, WordOp};
pub use wire::generated::{
    Change, ExplorerAnswer, Fault, FrameRunOutcome, ListRunOutcome, RcRunOutcome,
    SegmentRunOutcome, Site,
};

/// The longest request, in bytes.
pub const MAX_REQUEST: usize = 1 << 20;
/// The most operations in a request.
pub const MAX_OPERATIONS: usize = 8192;
/// The most operations in a request to the interpreter.
pub const MAX_PROGRAM_OPERATIONS: usize = 1024;
/// The most pages in a request to the interpreter about segments or lists.
pub const MAX_PROGRAM_PAGES: u64 = 16;
/// The last call of user code that a request can have unwind.
pub const MAX_FUSE: u64 = 4 * MAX_PROGRAM_OPERATIONS as u64;
/// The most changes in a request about memory orderings.
pub const MAX_CHANGES: usize = 32;
/// The most slots in a request about frames.
pub const MAX_SLOTS: u64 = 4096;

/// What a request is about, and the number that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Operations on machine words.
    Words = 1,
    /// A trace of operations on `Rc`s.
    Rc = 2,
    /// A trace of operations on page frames.
    Frames = 3,
    /// A trace of operations on `Rc`s, run by the crate's functions, translated.
    RcPrograms = 4,
    /// A configuration of memory orderings, explored.
    Orderings = 5,
    /// A trace of operations on page frames, run by the verified λRust programs.
    FramePrograms = 6,
    /// A trace of operations on segments of frames.
    Segments = 7,
    /// A trace of operations on lists of frames.
    Lists = 8,
    /// A trace of operations on a region of frames.
    Regions = 9,
    /// A trace of operations on segments of frames, run by the verified λRust programs.
    SegmentPrograms = 10,
    /// A trace of operations on lists of frames, run by the verified λRust programs.
    ListPrograms = 11,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OracleError {
    /// OCaml or zarith was not there when this crate was built.
    Unavailable,
    /// The request is longer than [`MAX_REQUEST`].
    TooLarge {
        /// Its length, in bytes.
        length: usize,
    },
    /// The request was refused.
    Malformed {
        /// What is wrong.
        reason: Malformed,
        /// Where, in bytes from the start of the request.
        offset: u64,
    },
    /// The response is not one: the oracle and this crate do not fit.
    BadResponse,
    /// The model raised an exception on a request that is well formed. A stack that
    /// overflows is not reported: it ends the process. The limits on requests and the
    /// stack of the thread that runs OCaml prevent it.
    Failed,
    /// There was no answer for a minute.
    TimedOut,
    /// OCaml's runtime did not start, or its thread has ended.
    Stopped,
}

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// It ends too early.
    Truncated,
    /// Its first byte is not 1.
    UnknownVersion,
    /// There is no such subject.
    UnknownSubject,
    /// There is no such operation, or an operation has a kind that there is not.
    UnknownOperation,
    /// More operations, changes or slots than [`MAX_OPERATIONS`], [`MAX_PROGRAM_OPERATIONS`],
    /// [`MAX_CHANGES`], [`MAX_SLOTS`] or [`MAX_PROGRAM_PAGES`].
    TooMany,
    /// Something follows the last operation.
    Trailing,
}

impl fmt::Display for OracleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OracleError::Unavailable => write!(f, "built without OCaml and zarith"),
            OracleError::TooLarge { length } => {
                write!(f, "a request of {length} bytes, more than {MAX_REQUEST}")
            }
            OracleError::Malformed { reason, offset } => {
                write!(f, "the request is malformed at byte {offset}: {reason:?}")
            }
            OracleError::BadResponse => write!(f, "the response cannot be read"),
            OracleError::Failed => write!(f, "the model failed"),
            OracleError::TimedOut => write!(f, "the model did not answer in time"),
            OracleError::Stopped => write!(f, "OCaml's thread is not running"),
        }
    }
}

impl std::error::Error for OracleError {}

/// Whether the oracle was built.
#[must_use]
pub const fn available() -> bool {
    cfg!(have_ocaml)
}

/// For tests: whether to skip one, having said so, because there is no oracle.
///
/// # Panics
///
/// If the oracle is missing although `TALLY_REQUIRE_ORACLE=1` asks for it, so that
/// a build that is meant to have it cannot pass without.
#[must_use]
pub fn skip(test: &str) -> bool {
    if !available() {
        let required = std::env::var("TALLY_REQUIRE_ORACLE").is_ok_and(|value| value == "1");
        assert!(!required, "{test}: {}", OracleError::Unavailable);
        // Not `eprintln`, which the test runner hides where a test passes.
        let line = format!("\nSKIPPED {test}: {}\n", OracleError::Unavailable);
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
    !available()
}

/// Sends a request as it is, and returns the response without its status.
///
/// # Errors
///
/// Any [`OracleError`] but [`OracleError::BadResponse`], save that an empty
/// response is one.
pub fn call(request: &[u8]) -> Result<Vec<u8>, OracleError> {
    if !available() {
        return Err(OracleError::Unavailable);
    }
    if request.len() > MAX_REQUEST {
        return Err(OracleError::TooLarge { length: request.len() });
    }
    wire::status(send(request.to_vec())?)
}

#[cfg(have_ocaml)]
fn send(request: Vec<u8>) -> Result<Vec<u8>, OracleError> {
    runtime::call(request)
}

#[cfg(not(have_ocaml))]
fn send(_: Vec<u8>) -> Result<Vec<u8>, OracleError> {
    Err(OracleError::Unavailable)
}

/// What each operation on words gives.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_OPERATIONS`] are refused.
pub fn words(ops: &[WordOp]) -> Result<Vec<WordAnswer>, OracleError> {
    wire::response(&call(&wire::request(Subject::Words, ops))?)
}

/// Runs a trace from the state without boxes. An abort is its last outcome.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_OPERATIONS`] are refused.
pub fn rc_run(ops: &[RcOp]) -> Result<Vec<RcOutcome>, OracleError> {
    rc_report(ops).map(|report| report.0)
}

/// As [`rc_run`], and the names of the boxes that are not freed in the end.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_OPERATIONS`] are refused.
pub fn rc_report(ops: &[RcOp]) -> Result<(Vec<RcOutcome>, Vec<u64>), OracleError> {
    wire::response(&call(&wire::request(Subject::Rc, ops))?)
}

/// Runs a trace on the crate's own functions of `Rc` (`rc/inner.rs`), as they are translated
/// from the compiler's MIR, in the interpreter, from a memory without boxes; and the names of
/// the boxes whose memory is there in the end. Call number `fuse` of a destructor, a clone
/// function or a closure unwinds; none does if it is 0. An abort is the last outcome, and so
/// is a run that is stuck.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_PROGRAM_OPERATIONS`], and numbers above [`MAX_FUSE`],
/// are refused.
pub fn rc_program_report(
    fuse: u64,
    ops: &[RcOp],
) -> Result<(Vec<RcRunOutcome>, Vec<u64>), OracleError> {
    wire::response(&call(&wire::request_of(Subject::RcPrograms, fuse, ops))?)
}

/// What the explorer of `theories/orderings` finds with these changes to the crate's
/// memory orderings and protocol, scenario by scenario in its own order.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_CHANGES`] are refused.
pub fn orderings_explored(changes: &[Change]) -> Result<Vec<ExplorerAnswer>, OracleError> {
    wire::response(&call(&wire::request(Subject::Orderings, changes))?)
}

/// Runs a trace from `slots` unused slots. An abort is its last outcome.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_OPERATIONS`], or [`MAX_SLOTS`] slots, are
/// refused.
pub fn frame_run(slots: u64, ops: &[FrameOp]) -> Result<Vec<FrameOutcome>, OracleError> {
    wire::response(&call(&wire::request_of(Subject::Frames, slots, ops))?)
}

/// Runs a trace on the verified λRust programs of page frames
/// (`theories/frame/slot/frame_code.v`), in the interpreter, from `slots` unused slots; and the
/// words of all slots in the end. An abort is its last outcome, and so is a run that is
/// stuck, after which there are no words.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_PROGRAM_OPERATIONS`], or [`MAX_SLOTS`] slots, are
/// refused.
pub fn frame_program_report(
    slots: u64,
    ops: &[FrameOp],
) -> Result<(Vec<FrameRunOutcome>, Vec<u64>), OracleError> {
    wire::response(&call(&wire::request_of(Subject::FramePrograms, slots, ops))?)
}

/// Runs a trace of operations on segments from `slots` unused pages. An abort is its last
/// outcome.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_OPERATIONS`], or [`MAX_SLOTS`] pages, are refused.
pub fn seg_run(slots: u64, ops: &[SegOp]) -> Result<Vec<SegOutcome>, OracleError> {
    wire::response(&call(&wire::request_of(Subject::Segments, slots, ops))?)
}

/// Runs a trace on the verified λRust programs of segments
/// (`theories/frame/segment/segment_code.v`), in the interpreter, from `slots` unused pages; and the
/// words of all pages' slots in the end. An abort is its last outcome, and so is a run that
/// is stuck, after which there are no words.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_PROGRAM_OPERATIONS`], or [`MAX_PROGRAM_PAGES`] pages,
/// are refused.
pub fn seg_program_report(
    slots: u64,
    ops: &[SegOp],
) -> Result<(Vec<SegmentRunOutcome>, Vec<u64>), OracleError> {
    wire::response(&call(&wire::request_of(Subject::SegmentPrograms, slots, ops))?)
}

/// Runs a trace of operations on lists from `frames` unique frames. An abort is its last
/// outcome.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_OPERATIONS`], or [`MAX_SLOTS`] frames, are refused.
pub fn fl_run(frames: u64, ops: &[FlOp]) -> Result<Vec<FlOutcome>, OracleError> {
    wire::response(&call(&wire::request_of(Subject::Lists, frames, ops))?)
}

/// Runs a trace on the verified λRust programs of lists
/// (`theories/frame/list/frame_list_code.v`), in the interpreter, from `frames` unique frames; and
/// the number of the list that each is in at the end. An abort is its last outcome, and so is
/// a run that is stuck, after which there are no numbers.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_PROGRAM_OPERATIONS`], or [`MAX_PROGRAM_PAGES`] frames,
/// are refused.
pub fn fl_program_report(
    frames: u64,
    ops: &[FlOp],
) -> Result<(Vec<ListRunOutcome>, Vec<u64>), OracleError> {
    wire::response(&call(&wire::request_of(Subject::ListPrograms, frames, ops))?)
}

/// Runs a trace of operations on a region from the empty one. An abort is its last outcome.
///
/// # Errors
///
/// See [`OracleError`]; more than [`MAX_OPERATIONS`] are refused.
pub fn region_run(ops: &[RegionOp]) -> Result<Vec<RegionOutcome>, OracleError> {
    wire::response(&call(&wire::request(Subject::Regions, ops))?)
}
