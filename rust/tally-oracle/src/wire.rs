//! Requests and responses as bytes; `ml/glue.ml` has the other half.

use super::{Malformed, OracleError, Subject};
use tally_model::frame::{FrameError, FrameEvent, FrameKind, FrameOp, FrameOutcome};
use tally_model::rc::{RcEvent, RcOp, RcOutcome};

const VERSION: u8 = 1;

/// An operation on two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordOp {
    /// `word_wrapping_add`.
    WrappingAdd(u64, u64),
    /// `word_wrapping_sub`.
    WrappingSub(u64, u64),
    /// `word_checked_add`.
    CheckedAdd(u64, u64),
    /// `word_checked_sub`.
    CheckedSub(u64, u64),
    /// `word_eqb`.
    Eq(u64, u64),
    /// `word_ltb`.
    Lt(u64, u64),
    /// `word_leb`.
    Le(u64, u64),
}

/// What an operation on words gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordAnswer {
    /// A word, or none where a checked operation has none.
    Word(Option<u64>),
    /// The result of a comparison.
    Bool(bool),
}

/// What an operation gives when a program runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RcProgramOutcome {
    /// An answer, of the kind that the model gives.
    Run(RcOutcome),
    /// The program had no next step: undefined behaviour.
    Stuck,
    /// The program took more steps than it should ever need.
    OutOfFuel,
}

/// Puts together a request.
struct Writer(Vec<u8>);

impl Writer {
    fn new(subject: Subject) -> Self {
        Writer(vec![VERSION, subject as u8])
    }

    /// More operations than a count of 4 bytes can tell are more than are allowed.
    fn count(&mut self, n: usize) {
        self.0.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
    }

    fn op(&mut self, tag: u8, args: &[u64]) {
        self.0.push(tag);
        args.iter().for_each(|arg| self.word(*arg));
    }

    fn word(&mut self, word: u64) {
        self.0.extend(word.to_le_bytes());
    }

    fn kind(&mut self, kind: FrameKind) {
        self.0.push(match kind {
            FrameKind::Unique => 0,
            FrameKind::Shared => 1,
        });
    }
}

pub(crate) fn words_request(ops: &[WordOp]) -> Vec<u8> {
    let mut request = Writer::new(Subject::Words);
    request.count(ops.len());
    for op in ops {
        match *op {
            WordOp::WrappingAdd(a, b) => request.op(0, &[a, b]),
            WordOp::WrappingSub(a, b) => request.op(1, &[a, b]),
            WordOp::CheckedAdd(a, b) => request.op(2, &[a, b]),
            WordOp::CheckedSub(a, b) => request.op(3, &[a, b]),
            WordOp::Eq(a, b) => request.op(4, &[a, b]),
            WordOp::Lt(a, b) => request.op(5, &[a, b]),
            WordOp::Le(a, b) => request.op(6, &[a, b]),
        }
    }
    request.0
}

pub(crate) fn rc_request(subject: Subject, ops: &[RcOp]) -> Vec<u8> {
    let mut request = Writer::new(subject);
    request.count(ops.len());
    for op in ops {
        match *op {
            RcOp::New(payload) => request.op(0, &[payload]),
            RcOp::Clone(handle) => request.op(1, &[handle]),
            RcOp::Drop(handle) => request.op(2, &[handle]),
            RcOp::StrongCount(handle) => request.op(3, &[handle]),
            RcOp::Get(handle) => request.op(4, &[handle]),
            RcOp::Leak(handle, n) => request.op(5, &[handle, n]),
        }
    }
    request.0
}

pub(crate) fn frame_request(slots: u64, ops: &[FrameOp]) -> Vec<u8> {
    let mut request = Writer::new(Subject::Frames);
    request.word(slots);
    request.count(ops.len());
    for op in ops {
        match *op {
            FrameOp::FromUnused(kind, slot, meta) => {
                request.op(0, &[]);
                request.kind(kind);
                request.word(slot);
                request.word(meta);
            }
            FrameOp::FromInUse(slot) => request.op(1, &[slot]),
            FrameOp::FromUnique(handle) => request.op(2, &[handle]),
            FrameOp::TryFromShared(handle) => request.op(3, &[handle]),
            FrameOp::Clone(handle) => request.op(4, &[handle]),
            FrameOp::Drop(handle) => request.op(5, &[handle]),
            FrameOp::RefCount(handle) => request.op(6, &[handle]),
            FrameOp::Meta(handle) => request.op(7, &[handle]),
            FrameOp::Leak(handle, n) => request.op(8, &[handle, n]),
            FrameOp::Reserve(slot) => request.op(9, &[slot]),
            FrameOp::Publish(handle, kind, meta) => {
                request.op(10, &[handle]);
                request.kind(kind);
                request.word(meta);
            }
            FrameOp::Release(handle) => request.op(11, &[handle]),
            FrameOp::Vacate(handle) => request.op(12, &[handle]),
        }
    }
    request.0
}

/// Takes the status off a response.
pub(crate) fn status(mut response: Vec<u8>) -> Result<Vec<u8>, OracleError> {
    if response.is_empty() {
        return Err(OracleError::BadResponse);
    }
    let rest = response.split_off(1);
    let reason = match response[0] {
        0 => return Ok(rest),
        1 => Malformed::Truncated,
        2 => Malformed::UnknownVersion,
        3 => Malformed::UnknownSubject,
        4 => Malformed::UnknownOperation,
        5 => Malformed::TooMany,
        6 => Malformed::Trailing,
        7 => return Err(OracleError::Failed),
        _ => return Err(OracleError::BadResponse),
    };
    let offset = Reader(&rest).word()?;
    Err(OracleError::Malformed { reason, offset })
}

/// Takes apart a response. What does not fit is [`OracleError::BadResponse`].
pub(crate) struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], OracleError> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(OracleError::BadResponse)?;
        self.0 = rest;
        Ok(*bytes)
    }

    fn tag(&mut self) -> Result<u8, OracleError> {
        Ok(self.take::<1>()?[0])
    }

    fn word(&mut self) -> Result<u64, OracleError> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    /// A list; its length is not believed before its elements are there.
    fn list<T>(
        &mut self,
        item: impl Fn(&mut Self) -> Result<T, OracleError>,
    ) -> Result<Vec<T>, OracleError> {
        let count = u32::from_le_bytes(self.take()?);
        (0..count).map(|_| item(self)).collect()
    }
}

pub(crate) fn outcomes<T>(
    response: &[u8],
    item: impl Fn(&mut Reader<'_>) -> Result<T, OracleError>,
) -> Result<Vec<T>, OracleError> {
    let mut reader = Reader(response);
    let outcomes = reader.list(item)?;
    if reader.0.is_empty() { Ok(outcomes) } else { Err(OracleError::BadResponse) }
}

pub(crate) fn word_answer(reader: &mut Reader<'_>) -> Result<WordAnswer, OracleError> {
    Ok(match reader.tag()? {
        0 => WordAnswer::Word(None),
        1 => WordAnswer::Word(Some(reader.word()?)),
        2 => WordAnswer::Bool(false),
        3 => WordAnswer::Bool(true),
        _ => return Err(OracleError::BadResponse),
    })
}

pub(crate) fn rc_outcome(reader: &mut Reader<'_>) -> Result<RcOutcome, OracleError> {
    let tag = reader.tag()?;
    rc_tagged(tag, reader)
}

pub(crate) fn rc_program_outcome(reader: &mut Reader<'_>) -> Result<RcProgramOutcome, OracleError> {
    match reader.tag()? {
        7 => Ok(RcProgramOutcome::Stuck),
        8 => Ok(RcProgramOutcome::OutOfFuel),
        tag => rc_tagged(tag, reader).map(RcProgramOutcome::Run),
    }
}

fn rc_tagged(tag: u8, reader: &mut Reader<'_>) -> Result<RcOutcome, OracleError> {
    Ok(match tag {
        0 => RcOutcome::Handle(reader.word()?),
        1 => RcOutcome::Count(reader.word()?),
        2 => RcOutcome::Payload(reader.word()?),
        3 => RcOutcome::Dropped(reader.list(|reader| {
            Ok(match reader.tag()? {
                0 => RcEvent::PayloadDropped(reader.word()?),
                1 => RcEvent::MemoryFreed(reader.word()?),
                _ => return Err(OracleError::BadResponse),
            })
        })?),
        4 => RcOutcome::Leaked,
        5 => RcOutcome::BadHandle,
        6 => RcOutcome::Aborted,
        _ => return Err(OracleError::BadResponse),
    })
}

pub(crate) fn frame_outcome(reader: &mut Reader<'_>) -> Result<FrameOutcome, OracleError> {
    Ok(match reader.tag()? {
        0 => FrameOutcome::Handle(reader.word()?),
        1 => FrameOutcome::HandedBack(reader.word()?),
        2 => FrameOutcome::Count(reader.word()?),
        3 => FrameOutcome::MetaIs(reader.word()?),
        4 => FrameOutcome::Dropped(reader.list(|reader| {
            Ok(match reader.tag()? {
                0 => FrameEvent::OnDrop(reader.word()?, reader.word()?),
                1 => FrameEvent::MetaDropped(reader.word()?, reader.word()?),
                2 => FrameEvent::Unused(reader.word()?),
                3 => FrameEvent::Dealloc(reader.word()?),
                _ => return Err(OracleError::BadResponse),
            })
        })?),
        5 => FrameOutcome::Leaked,
        6 => FrameOutcome::Failed(match reader.tag()? {
            0 => FrameError::InUse,
            1 => FrameError::Unused,
            2 => FrameError::Unique,
            3 => FrameError::Busy,
            4 => FrameError::OutOfBound,
            _ => return Err(OracleError::BadResponse),
        }),
        7 => FrameOutcome::BadHandle,
        8 => FrameOutcome::WrongHandle,
        9 => FrameOutcome::Aborted,
        _ => return Err(OracleError::BadResponse),
    })
}

#[cfg(test)]
mod tests {
    use super::{frame_outcome, outcomes, rc_outcome, status, word_answer};
    use crate::OracleError::BadResponse;

    /// Killed by: dropping any of the checks of `Reader`, which then panics or accepts.
    #[test]
    fn a_response_that_does_not_fit_is_an_error() {
        assert_eq!(status(Vec::new()), Err(BadResponse));
        assert_eq!(status(vec![99]), Err(BadResponse));
        assert_eq!(status(vec![1, 0, 0]), Err(BadResponse));
        for bad in [
            &[][..],
            &[1, 0],
            &[1, 0, 0, 0],
            &[1, 0, 0, 0, 250],
            &[1, 0, 0, 0, 0, 1, 2],
            &[255, 255, 255, 255],
            &[0, 0, 0, 0, 7],
        ] {
            assert_eq!(outcomes(bad, rc_outcome), Err(BadResponse), "{bad:?}");
            assert_eq!(outcomes(bad, frame_outcome), Err(BadResponse), "{bad:?}");
        }
        assert_eq!(outcomes(&[1, 0, 0, 0, 4], word_answer), Err(BadResponse));
    }
}
