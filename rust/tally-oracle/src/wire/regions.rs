//! Traces of operations on a region of frames with holes.

use super::{Reader, Writer, frame_outcome};
use crate::{OracleError, Subject};
use tally_model::region::{RegionError, RegionOp, RegionOutcome};

pub(crate) fn request(ops: &[RegionOp]) -> Vec<u8> {
    let mut request = Writer::new(Subject::Regions);
    request.count(ops.len());
    for op in ops {
        match *op {
            RegionOp::Track => request.op(0, &[]),
            RegionOp::Skip => request.op(1, &[]),
            RegionOp::GetSlot(pa) => request.op(2, &[pa]),
            RegionOp::FromUnused(kind, pa, meta) => {
                request.op(3, &[]);
                request.kind(kind);
                request.word(pa);
                request.word(meta);
            }
            RegionOp::FromInUse(pa) => request.op(4, &[pa]),
            RegionOp::StartPaddr(handle) => request.op(5, &[handle]),
            RegionOp::Frame(op) => {
                request.op(6, &[]);
                request.frame_op(op);
            }
        }
    }
    request.0
}

pub(crate) fn outcome(reader: &mut Reader<'_>) -> Result<RegionOutcome, OracleError> {
    Ok(match reader.tag()? {
        0 => RegionOutcome::Tracked(reader.word()?),
        1 => RegionOutcome::Skipped,
        2 => RegionOutcome::Full,
        3 => RegionOutcome::Slot(reader.word()?),
        4 => RegionOutcome::Start(reader.word()?),
        5 => RegionOutcome::Failed(match reader.tag()? {
            0 => RegionError::NotAligned,
            1 => RegionError::OutOfBound,
            _ => return Err(OracleError::BadResponse),
        }),
        6 => RegionOutcome::Did(frame_outcome(reader)?),
        _ => return Err(OracleError::BadResponse),
    })
}
