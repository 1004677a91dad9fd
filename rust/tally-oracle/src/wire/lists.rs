//! Traces of operations on lists of frames.

use super::{Reader, Writer};
use crate::{OracleError, Subject};
use tally_model::list::{FlOp, FlOutcome};

/// What an operation on lists gives when a program runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlProgramOutcome {
    /// An answer, of the kind that the model gives.
    Run(FlOutcome),
    /// The program had no next step: undefined behaviour.
    Stuck,
    /// The program took more steps than it should ever need.
    OutOfFuel,
}

pub(crate) fn request(subject: Subject, frames: u64, ops: &[FlOp]) -> Vec<u8> {
    let mut request = Writer::new(subject);
    request.word(frames);
    request.count(ops.len());
    for op in ops {
        match *op {
            FlOp::New => request.op(0, &[]),
            FlOp::PushFront(list, frame) => request.op(1, &[list, frame]),
            FlOp::PushBack(list, frame) => request.op(2, &[list, frame]),
            FlOp::PopFront(list) => request.op(3, &[list]),
            FlOp::PopBack(list) => request.op(4, &[list]),
            FlOp::Contains(list, frame) => request.op(5, &[list, frame]),
            FlOp::Size(list) => request.op(6, &[list]),
            FlOp::Id(list) => request.op(7, &[list]),
            FlOp::Drop(list) => request.op(8, &[list]),
            FlOp::CursorFront(list) => request.op(9, &[list]),
            FlOp::CursorBack(list) => request.op(10, &[list]),
            FlOp::CursorNext(list) => request.op(11, &[list]),
            FlOp::CursorPrev(list) => request.op(12, &[list]),
            FlOp::CursorCurrent(list) => request.op(13, &[list]),
            FlOp::CursorTake(list) => request.op(14, &[list]),
            FlOp::CursorInsert(list, frame) => request.op(15, &[list, frame]),
        }
    }
    request.0
}

pub(crate) fn outcome(reader: &mut Reader<'_>) -> Result<FlOutcome, OracleError> {
    let tag = reader.tag()?;
    tagged(tag, reader)
}

pub(crate) fn program_outcome(reader: &mut Reader<'_>) -> Result<FlProgramOutcome, OracleError> {
    match reader.tag()? {
        10 => Ok(FlProgramOutcome::Stuck),
        11 => Ok(FlProgramOutcome::OutOfFuel),
        tag => tagged(tag, reader).map(FlProgramOutcome::Run),
    }
}

fn tagged(tag: u8, reader: &mut Reader<'_>) -> Result<FlOutcome, OracleError> {
    Ok(match tag {
        0 => FlOutcome::List(reader.word()?),
        1 => FlOutcome::Done,
        2 => FlOutcome::Frame(reader.word()?),
        3 => FlOutcome::None,
        4 => FlOutcome::Bool(reader.bool()?),
        5 => FlOutcome::Number(reader.word()?),
        6 => FlOutcome::Dropped(reader.list(Reader::word)?),
        7 => FlOutcome::BadList,
        8 => FlOutcome::BadFrame,
        9 => FlOutcome::Aborted,
        _ => return Err(OracleError::BadResponse),
    })
}
