//! Traces of operations on segments of frames.

use super::{Reader, Writer, frame_error, frame_event};
use crate::{OracleError, Subject};
use tally_model::segment::{SegError, SegOp, SegOutcome};

/// What an operation on segments gives when a program runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SegProgramOutcome {
    /// An answer, of the kind that the model gives.
    Run(SegOutcome),
    /// The program had no next step: undefined behaviour.
    Stuck,
    /// The program took more steps than it should ever need.
    OutOfFuel,
}

pub(crate) fn request(subject: Subject, slots: u64, ops: &[SegOp]) -> Vec<u8> {
    let mut request = Writer::new(subject);
    request.word(slots);
    request.count(ops.len());
    for op in ops {
        match *op {
            SegOp::FromUnused(start, stop, meta) => request.op(0, &[start, stop, meta]),
            SegOp::FromInUse(page) => request.op(1, &[page]),
            SegOp::Split(handle, offset) => request.op(2, &[handle, offset]),
            SegOp::Slice(handle, from, to) => request.op(3, &[handle, from, to]),
            SegOp::Clone(handle) => request.op(4, &[handle]),
            SegOp::Next(handle) => request.op(5, &[handle]),
            SegOp::NextBack(handle) => request.op(6, &[handle]),
            SegOp::IntoRaw(handle) => request.op(7, &[handle]),
            SegOp::FromRaw(handle) => request.op(8, &[handle]),
            SegOp::Drop(handle) => request.op(9, &[handle]),
        }
    }
    request.0
}

pub(crate) fn outcome(reader: &mut Reader<'_>) -> Result<SegOutcome, OracleError> {
    let tag = reader.tag()?;
    tagged(tag, reader)
}

pub(crate) fn program_outcome(reader: &mut Reader<'_>) -> Result<SegProgramOutcome, OracleError> {
    match reader.tag()? {
        9 => Ok(SegProgramOutcome::Stuck),
        10 => Ok(SegProgramOutcome::OutOfFuel),
        tag => tagged(tag, reader).map(SegProgramOutcome::Run),
    }
}

fn tagged(tag: u8, reader: &mut Reader<'_>) -> Result<SegOutcome, OracleError> {
    Ok(match tag {
        0 => SegOutcome::Handle(reader.word()?),
        1 => SegOutcome::Two(reader.word()?, reader.word()?),
        2 => SegOutcome::None,
        3 => SegOutcome::Raw(reader.word()?, reader.word()?),
        4 => SegOutcome::Dropped(reader.list(frame_event)?),
        5 => SegOutcome::Failed(match reader.tag()? {
            0 => SegError::NotAligned,
            1 => SegError::Empty,
            2 => SegError::OutOfBound,
            3 => SegError::PageRefused(reader.word()?, frame_error(reader)?),
            _ => return Err(OracleError::BadResponse),
        }),
        6 => SegOutcome::BadHandle,
        7 => SegOutcome::WrongHandle,
        8 => SegOutcome::Aborted,
        _ => return Err(OracleError::BadResponse),
    })
}
