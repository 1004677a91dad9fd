//! Integers without bounds, and the positive ones among them.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use std::fmt;
use std::sync::Arc;

/// An integer, Coq's `Z`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Z(Repr);

/// An integer that fits is `Small`, so that equal integers are equal here.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64),
    Big(Arc<BigInt>),
}

impl From<BigInt> for Z {
    fn from(value: BigInt) -> Self {
        Z(value.to_i64().map_or_else(|| Repr::Big(Arc::new(value)), Repr::Small))
    }
}

macro_rules! from_native {
    ($($native:ty),*) => {$(
        impl From<$native> for Z {
            fn from(value: $native) -> Self {
                i64::try_from(value).map_or_else(|_| BigInt::from(value).into(), |x| Z(Repr::Small(x)))
            }
        }
    )*};
}
from_native!(i32, i64, i128, u32, u64, u128, usize);

impl Z {
    /// The same as a big integer.
    #[must_use]
    pub fn to_big(&self) -> BigInt {
        match &self.0 {
            Repr::Small(value) => BigInt::from(*value),
            Repr::Big(value) => (**value).clone(),
        }
    }

    /// The same as an `i128`, if it is one.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Small(value) => Some(i128::from(*value)),
            Repr::Big(value) => value.to_i128(),
        }
    }

    /// How many bits it takes.
    #[must_use]
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Repr::Small(_) => 64,
            Repr::Big(value) => value.bits(),
        }
    }

    pub(super) fn sign(&self) -> std::cmp::Ordering {
        match &self.0 {
            Repr::Small(value) => value.cmp(&0),
            Repr::Big(value) if value.is_negative() => std::cmp::Ordering::Less,
            Repr::Big(_) => std::cmp::Ordering::Greater,
        }
    }

    fn both(
        &self,
        other: &Z,
        small: impl Fn(i64, i64) -> Option<i64>,
        big: impl Fn(BigInt, BigInt) -> BigInt,
    ) -> Z {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0) {
            if let Some(value) = small(*a, *b) {
                return Z(Repr::Small(value));
            }
        }
        big(self.to_big(), other.to_big()).into()
    }

    pub(super) fn add(&self, other: &Z) -> Z {
        self.both(other, i64::checked_add, |a, b| a + b)
    }

    pub(super) fn sub(&self, other: &Z) -> Z {
        self.both(other, i64::checked_sub, |a, b| a - b)
    }

    pub(super) fn mul(&self, other: &Z) -> Z {
        self.both(other, i64::checked_mul, |a, b| a * b)
    }

    pub(super) fn gcd(&self, other: &Z) -> Z {
        self.both(other, |_, _| None, |a, b| a.gcd(&b))
    }

    /// Quotient and remainder, the quotient rounded down; by zero, 0 and the dividend.
    pub(super) fn div_eucl(&self, other: &Z) -> (Z, Z) {
        if other.sign().is_eq() {
            return (Z::from(0), self.clone());
        }
        let small = match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.checked_div_euclid(*b).map(|_| (*a, *b)),
            _ => None,
        };
        if let Some((a, b)) = small {
            let (quotient, rest) = (a / b, a % b);
            return if rest != 0 && (rest < 0) != (b < 0) {
                (Z::from(quotient - 1), Z::from(rest + b))
            } else {
                (Z::from(quotient), Z::from(rest))
            };
        }
        let (quotient, rest) = self.to_big().div_mod_floor(&other.to_big());
        (quotient.into(), rest.into())
    }
}

impl PartialOrd for Z {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Z {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.cmp(b),
            (Repr::Big(a), Repr::Big(b)) => a.cmp(b),
            // One of the two does not fit: the sign of that one decides.
            (Repr::Small(_), Repr::Big(_)) => other.sign().reverse(),
            (Repr::Big(_), Repr::Small(_)) => self.sign(),
        }
    }
}

impl fmt::Display for Z {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(value) => value.fmt(f),
            Repr::Big(value) => value.fmt(f),
        }
    }
}

impl fmt::Debug for Z {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A positive integer, Coq's `positive`: the name of a variable, or a place or an exponent
/// of a polynomial.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Positive(Z);

impl Positive {
    /// The integer, if it is positive.
    #[must_use]
    pub fn new(value: impl Into<Z>) -> Option<Self> {
        let value = value.into();
        value.sign().is_gt().then_some(Positive(value))
    }

    /// The variable with this number, counted from 0.
    #[must_use]
    pub fn nth(number: u32) -> Self {
        Positive(Z::from(u64::from(number) + 1))
    }

    /// The same as an integer.
    #[must_use]
    pub fn as_z(&self) -> &Z {
        &self.0
    }
}

impl fmt::Display for Positive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Positive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An integer as Coq writes it.
pub(super) enum ZView {
    Zero,
    Positive(Positive),
    /// Minus this.
    Negative(Positive),
}

/// A positive integer as Coq writes it.
pub(super) enum PositiveView {
    One,
    Twice(Positive),
    TwiceAndOne(Positive),
}

pub(super) fn z_view(value: &Z) -> ZView {
    match value.sign() {
        std::cmp::Ordering::Equal => ZView::Zero,
        std::cmp::Ordering::Greater => ZView::Positive(Positive(value.clone())),
        std::cmp::Ordering::Less => ZView::Negative(Positive(Z::from(0).sub(value))),
    }
}

pub(super) fn positive_view(value: &Positive) -> PositiveView {
    let (half, odd) = value.0.div_eucl(&Z::from(2));
    match (half.sign().is_gt(), odd.sign().is_gt()) {
        (false, _) => PositiveView::One,
        (true, false) => PositiveView::Twice(Positive(half)),
        (true, true) => PositiveView::TwiceAndOne(Positive(half)),
    }
}

/// The value of the digits of base 2, or 0 if they are none.
#[allow(dead_code)]
pub(super) fn binary(digits: &str) -> Z {
    BigInt::parse_bytes(digits.as_bytes(), 2).unwrap_or_else(BigInt::zero).into()
}
