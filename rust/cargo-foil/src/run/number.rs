//! Integers of the machine: of 127 bits and a sign, as much as programs have.

use super::code::{Arith, IntType};
use super::machine::{End, Halt, Res};

pub(crate) const WIDE: Halt = Halt::End(End::Unsupported("a number of more than 127 bits"));

/// A result: sign and magnitude.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact {
    negative: bool,
    magnitude: u128,
}

impl Exact {
    pub(crate) fn of(value: i128) -> Self {
        Self { negative: value < 0, magnitude: value.unsigned_abs() }
    }

    pub(crate) fn small(self) -> Option<i128> {
        let value = i128::try_from(self.magnitude).ok()?;
        Some(if self.negative { -value } else { value })
    }
}

impl IntType {
    pub(crate) fn min(self) -> i128 {
        if self.signed { -(1i128 << (self.bits - 1)) } else { 0 }
    }

    fn max(self) -> Option<i128> {
        match (self.bits, self.signed) {
            (128, true) => Some(i128::MAX),
            (128, false) => None,
            (bits, true) => Some((1i128 << (bits - 1)) - 1),
            (bits, false) => Some((1i128 << bits) - 1),
        }
    }

    pub(crate) fn holds(self, value: i128) -> bool {
        value >= self.min() && self.max().is_none_or(|max| value <= max)
    }

    pub(crate) fn wrap(self, exact: Exact) -> Res<i128> {
        if self.bits == 128 {
            return match exact.small() {
                Some(value) if self.holds(value) => Ok(value),
                _ => Err(WIDE),
            };
        }
        let modulus = 1u128 << self.bits;
        let mut value = exact.magnitude % modulus;
        if exact.negative && value != 0 {
            value = modulus - value;
        }
        if self.signed && value >= modulus / 2 {
            return Ok(value as i128 - modulus as i128);
        }
        Ok(value as i128)
    }
}

pub(crate) fn exact(op: Arith, left: i128, right: i128) -> Res<Option<Exact>> {
    let small = |value: Option<i128>| value.map(|value| Some(Exact::of(value))).ok_or(WIDE);
    match op {
        Arith::Add => small(left.checked_add(right)),
        Arith::Sub => small(left.checked_sub(right)),
        Arith::Mul => {
            let magnitude = left.unsigned_abs().checked_mul(right.unsigned_abs()).ok_or(WIDE)?;
            Ok(Some(Exact { negative: (left < 0) != (right < 0) && magnitude != 0, magnitude }))
        }
        Arith::Quot | Arith::Rem if right == 0 => Ok(None),
        Arith::Quot => small(left.checked_div(right)),
        Arith::Rem => small(left.checked_rem(right).or(Some(0))),
        Arith::And => small(Some(left & right)),
        Arith::Or => small(Some(left | right)),
        Arith::Xor => small(Some(left ^ right)),
    }
}
