//! Requests and responses as bytes; `ml/glue.ml` has the other half.

pub(crate) mod lists;
pub(crate) mod regions;
pub(crate) mod segments;

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

/// What an operation on frames gives when a program runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameProgramOutcome {
    /// An answer, of the kind that the model gives.
    Run(FrameOutcome),
    /// The program had no next step: undefined behaviour; or the operation is the half of
    /// one, for which there is no program.
    Stuck,
    /// The program took more steps than it should ever need.
    OutOfFuel,
}

/// A change to the crate's memory orderings or to its slot's protocol, by the names of
/// `theories/orderings/explored.v` and of the crate's loom tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are explained there")]
pub enum Change {
    ClaimUnused,
    PublishShared,
    AcquireInUse,
    ReleaseShare,
    LastShareFence,
    StoreUnused,
    ShareUnique,
    TryFromShared,
    ClaimsUnique,
    RetiresUnmarked,
    TestsByLoad,
}

impl Change {
    /// All changes.
    pub const ALL: [Change; 11] = [
        Change::ClaimUnused,
        Change::PublishShared,
        Change::AcquireInUse,
        Change::ReleaseShare,
        Change::LastShareFence,
        Change::StoreUnused,
        Change::ShareUnique,
        Change::TryFromShared,
        Change::ClaimsUnique,
        Change::RetiresUnmarked,
        Change::TestsByLoad,
    ];
}

/// How an execution goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A data race.
    Race,
    /// Access to metadata that are not there.
    Lifetime,
    /// Counting on a word that is no count.
    Stray,
}

/// What the explorer says of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing goes wrong.
    Nothing,
    /// The search did not end.
    OutOfFuel,
    /// An execution goes wrong.
    Found {
        /// How.
        fault: Fault,
        /// Whether the machine, given the execution once more, says the same.
        replayed: bool,
        /// How many steps it has.
        steps: u32,
    },
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

    fn frame_op(&mut self, op: FrameOp) {
        match op {
            FrameOp::FromUnused(kind, slot, meta) => {
                self.op(0, &[]);
                self.kind(kind);
                self.word(slot);
                self.word(meta);
            }
            FrameOp::FromInUse(slot) => self.op(1, &[slot]),
            FrameOp::FromUnique(handle) => self.op(2, &[handle]),
            FrameOp::TryFromShared(handle) => self.op(3, &[handle]),
            FrameOp::Clone(handle) => self.op(4, &[handle]),
            FrameOp::Drop(handle) => self.op(5, &[handle]),
            FrameOp::RefCount(handle) => self.op(6, &[handle]),
            FrameOp::Meta(handle) => self.op(7, &[handle]),
            FrameOp::Leak(handle, n) => self.op(8, &[handle, n]),
            FrameOp::Reserve(slot) => self.op(9, &[slot]),
            FrameOp::Publish(handle, kind, meta) => {
                self.op(10, &[handle]);
                self.kind(kind);
                self.word(meta);
            }
            FrameOp::Release(handle) => self.op(11, &[handle]),
            FrameOp::Vacate(handle) => self.op(12, &[handle]),
        }
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
            RcOp::New(p) => request.op(0, &[p]),
            RcOp::Clone(h) => request.op(1, &[h]),
            RcOp::Drop(h) => request.op(2, &[h]),
            RcOp::StrongCount(h) => request.op(3, &[h]),
            RcOp::WeakCount(h) => request.op(4, &[h]),
            RcOp::Get(h) => request.op(5, &[h]),
            RcOp::Set(h, p) => request.op(6, &[h, p]),
            RcOp::MakeMut(h, p) => request.op(7, &[h, p]),
            RcOp::PtrEq(h, other) => request.op(8, &[h, other]),
            RcOp::TryUnwrap(h) => request.op(9, &[h]),
            RcOp::IntoInner(h) => request.op(10, &[h]),
            RcOp::UnwrapOrClone(h) => request.op(11, &[h]),
            RcOp::Downgrade(h) => request.op(12, &[h]),
            RcOp::Upgrade(h) => request.op(13, &[h]),
            RcOp::WeakNew => request.op(14, &[]),
            RcOp::IntoRaw(h) => request.op(15, &[h]),
            RcOp::FromRaw(h) => request.op(16, &[h]),
            RcOp::Increment(h) => request.op(17, &[h]),
            RcOp::Decrement(h) => request.op(18, &[h]),
            RcOp::NewCyclic(p) => request.op(19, &[p]),
            RcOp::UniqueNew(p) => request.op(20, &[p]),
            RcOp::UniqueIntoRc(h) => request.op(21, &[h]),
            RcOp::TryIntoUnique(h) => request.op(22, &[h]),
            RcOp::Leak(h, n) => request.op(23, &[h, n]),
        }
    }
    request.0
}

pub(crate) fn orderings_request(changes: &[Change]) -> Vec<u8> {
    let mut request = Writer::new(Subject::Orderings);
    request.count(changes.len());
    for change in changes {
        request.op(*change as u8, &[]);
    }
    request.0
}

pub(crate) fn frame_request(subject: Subject, slots: u64, ops: &[FrameOp]) -> Vec<u8> {
    let mut request = Writer::new(subject);
    request.word(slots);
    request.count(ops.len());
    for op in ops {
        request.frame_op(*op);
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

    fn bool(&mut self) -> Result<bool, OracleError> {
        match self.tag()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(OracleError::BadResponse),
        }
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

/// Outcomes, and words: the names of the boxes that were not freed, or those of all slots.
pub(crate) fn report<T>(
    response: &[u8],
    item: impl Fn(&mut Reader<'_>) -> Result<T, OracleError>,
) -> Result<(Vec<T>, Vec<u64>), OracleError> {
    let mut reader = Reader(response);
    let outcomes = reader.list(item)?;
    let leaks = reader.list(Reader::word)?;
    if reader.0.is_empty() { Ok((outcomes, leaks)) } else { Err(OracleError::BadResponse) }
}

pub(crate) fn rc_outcome(reader: &mut Reader<'_>) -> Result<RcOutcome, OracleError> {
    let tag = reader.tag()?;
    rc_tagged(tag, reader)
}

pub(crate) fn rc_program_outcome(reader: &mut Reader<'_>) -> Result<RcProgramOutcome, OracleError> {
    match reader.tag()? {
        14 => Ok(RcProgramOutcome::Stuck),
        15 => Ok(RcProgramOutcome::OutOfFuel),
        tag => rc_tagged(tag, reader).map(RcProgramOutcome::Run),
    }
}

fn rc_event(reader: &mut Reader<'_>) -> Result<RcEvent, OracleError> {
    Ok(match reader.tag()? {
        0 => RcEvent::PayloadCloned(reader.word()?),
        1 => RcEvent::PayloadDropped(reader.word()?),
        2 => RcEvent::MemoryFreed(reader.word()?),
        _ => return Err(OracleError::BadResponse),
    })
}

fn rc_tagged(tag: u8, reader: &mut Reader<'_>) -> Result<RcOutcome, OracleError> {
    Ok(match tag {
        0 => RcOutcome::Handle(reader.word()?),
        1 => RcOutcome::Handles(reader.word()?, reader.word()?),
        2 => RcOutcome::HandedBack(reader.word()?),
        3 => RcOutcome::None,
        4 => RcOutcome::Count(reader.word()?),
        5 => RcOutcome::Truth(reader.bool()?),
        6 => RcOutcome::Payload(reader.word()?),
        7 => RcOutcome::Changed(reader.list(rc_event)?),
        8 => RcOutcome::Taken(reader.word()?, reader.list(rc_event)?),
        9 => RcOutcome::Dropped(reader.list(rc_event)?),
        10 => RcOutcome::Leaked,
        11 => RcOutcome::BadHandle,
        12 => RcOutcome::WrongHandle,
        13 => RcOutcome::Aborted,
        _ => return Err(OracleError::BadResponse),
    })
}

pub(crate) fn verdict(reader: &mut Reader<'_>) -> Result<Verdict, OracleError> {
    let fault = match reader.tag()? {
        0 => return Ok(Verdict::Nothing),
        1 => return Ok(Verdict::OutOfFuel),
        2 => Fault::Race,
        3 => Fault::Lifetime,
        4 => Fault::Stray,
        _ => return Err(OracleError::BadResponse),
    };
    let replayed = reader.bool()?;
    Ok(Verdict::Found { fault, replayed, steps: u32::from_le_bytes(reader.take()?) })
}

pub(crate) fn frame_outcome(reader: &mut Reader<'_>) -> Result<FrameOutcome, OracleError> {
    let tag = reader.tag()?;
    frame_tagged(tag, reader)
}

pub(crate) fn frame_program_outcome(
    reader: &mut Reader<'_>,
) -> Result<FrameProgramOutcome, OracleError> {
    match reader.tag()? {
        10 => Ok(FrameProgramOutcome::Stuck),
        11 => Ok(FrameProgramOutcome::OutOfFuel),
        tag => frame_tagged(tag, reader).map(FrameProgramOutcome::Run),
    }
}

fn frame_event(reader: &mut Reader<'_>) -> Result<FrameEvent, OracleError> {
    Ok(match reader.tag()? {
        0 => FrameEvent::OnDrop(reader.word()?, reader.word()?),
        1 => FrameEvent::MetaDropped(reader.word()?, reader.word()?),
        2 => FrameEvent::Unused(reader.word()?),
        3 => FrameEvent::Dealloc(reader.word()?),
        _ => return Err(OracleError::BadResponse),
    })
}

fn frame_error(reader: &mut Reader<'_>) -> Result<FrameError, OracleError> {
    Ok(match reader.tag()? {
        0 => FrameError::InUse,
        1 => FrameError::Unused,
        2 => FrameError::Unique,
        3 => FrameError::Busy,
        4 => FrameError::OutOfBound,
        _ => return Err(OracleError::BadResponse),
    })
}

fn frame_tagged(tag: u8, reader: &mut Reader<'_>) -> Result<FrameOutcome, OracleError> {
    Ok(match tag {
        0 => FrameOutcome::Handle(reader.word()?),
        1 => FrameOutcome::HandedBack(reader.word()?),
        2 => FrameOutcome::Count(reader.word()?),
        3 => FrameOutcome::MetaIs(reader.word()?),
        4 => FrameOutcome::Dropped(reader.list(frame_event)?),
        5 => FrameOutcome::Leaked,
        6 => FrameOutcome::Failed(frame_error(reader)?),
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
