//! Requests and responses as bytes, of which `ml/octets.ml` has the other half. What
//! operations and outcomes are made of is generated, at both ends.

pub(crate) mod generated;

use super::{Malformed, OracleError, Subject};

const VERSION: u8 = 1;

/// Puts together a request.
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn tag(&mut self, tag: u8) {
        self.0.push(tag);
    }
}

/// What a request is made of.
pub(crate) trait Put {
    fn put(&self, to: &mut Writer);
}

impl Put for u64 {
    fn put(&self, to: &mut Writer) {
        to.0.extend(self.to_le_bytes());
    }
}

/// A request about these operations. More than a count of 4 bytes can tell are more than
/// are allowed.
pub(crate) fn request<Op: Put>(subject: Subject, ops: &[Op]) -> Vec<u8> {
    whole(subject, None, ops)
}

/// The same, of so many slots, pages or frames.
pub(crate) fn request_of<Op: Put>(subject: Subject, size: u64, ops: &[Op]) -> Vec<u8> {
    whole(subject, Some(size), ops)
}

fn whole<Op: Put>(subject: Subject, size: Option<u64>, ops: &[Op]) -> Vec<u8> {
    let mut to = Writer(vec![VERSION, subject as u8]);
    if let Some(size) = size {
        size.put(&mut to);
    }
    to.0.extend(u32::try_from(ops.len()).unwrap_or(u32::MAX).to_le_bytes());
    ops.iter().for_each(|op| op.put(&mut to));
    to.0
}

/// Takes apart a response. What does not fit is [`OracleError::BadResponse`].
pub(crate) struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], OracleError> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(OracleError::BadResponse)?;
        self.0 = rest;
        Ok(*bytes)
    }

    pub(crate) fn tag(&mut self) -> Result<u8, OracleError> {
        Ok(self.take::<1>()?[0])
    }
}

/// What a response is made of.
pub(crate) trait Get: Sized {
    fn get(from: &mut Reader<'_>) -> Result<Self, OracleError>;
}

impl Get for u64 {
    fn get(from: &mut Reader<'_>) -> Result<Self, OracleError> {
        Ok(u64::from_le_bytes(from.take()?))
    }
}

impl Get for bool {
    fn get(from: &mut Reader<'_>) -> Result<Self, OracleError> {
        match from.tag()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(OracleError::BadResponse),
        }
    }
}

/// The length of a list is not believed before its elements are there.
impl<T: Get> Get for Vec<T> {
    fn get(from: &mut Reader<'_>) -> Result<Self, OracleError> {
        let count = u32::from_le_bytes(from.take()?);
        (0..count).map(|_| T::get(from)).collect()
    }
}

/// Two things, one after the other.
impl<T: Get, U: Get> Get for (T, U) {
    fn get(from: &mut Reader<'_>) -> Result<Self, OracleError> {
        Ok((T::get(from)?, U::get(from)?))
    }
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
    let offset = u64::get(&mut Reader(&rest))?;
    Err(OracleError::Malformed { reason, offset })
}

/// The whole of a response without its status.
pub(crate) fn response<T: Get>(response: &[u8]) -> Result<T, OracleError> {
    let mut from = Reader(response);
    let whole = T::get(&mut from)?;
    if from.0.is_empty() { Ok(whole) } else { Err(OracleError::BadResponse) }
}

#[cfg(test)]
mod tests {
    use super::{response, status};
    use crate::OracleError::BadResponse;
    use tally_model::frame::FrameOutcome;
    use tally_model::rc::RcOutcome;
    use tally_model::words::WordAnswer;

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
            assert_eq!(response::<Vec<RcOutcome>>(bad), Err(BadResponse), "{bad:?}");
            assert_eq!(response::<Vec<FrameOutcome>>(bad), Err(BadResponse), "{bad:?}");
        }
        // A truth value that is neither of the two.
        assert_eq!(response::<Vec<WordAnswer>>(&[1, 0, 0, 0, 2, 2]), Err(BadResponse));
    }
}
