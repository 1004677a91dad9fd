//! Polynomials over the integers.

use crate::signature::{Exp, Fml, Var};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};
use std::collections::BTreeMap;

/// A product of variables, in order; 1 if there are none.
pub(super) type Mono = Vec<Var>;

/// A sum of monomials with coefficients, none of which is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Poly(pub(super) BTreeMap<Mono, BigInt>);

/// Polynomials have no more monomials, and no larger degree, than this; what is larger
/// is left out of the search.
const SIZE: usize = 200;
const DEGREE: usize = 6;

impl Poly {
    pub(super) fn constant(value: BigInt) -> Self {
        let mut poly = Self::default();
        poly.add_term(Vec::new(), value);
        poly
    }

    fn add_term(&mut self, mono: Mono, by: BigInt) {
        use std::collections::btree_map::Entry;
        if by.is_zero() {
            return;
        }
        match self.0.entry(mono) {
            Entry::Vacant(slot) => {
                slot.insert(by);
            }
            Entry::Occupied(mut slot) => {
                *slot.get_mut() += by;
                if slot.get().is_zero() {
                    slot.remove();
                }
            }
        }
    }

    pub(super) fn plus(mut self, other: &Self, times: &BigInt) -> Self {
        for (mono, coefficient) in &other.0 {
            self.add_term(mono.clone(), coefficient * times);
        }
        self
    }

    pub(super) fn times(&self, other: &Self) -> Option<Self> {
        let mut product = Self::default();
        for (left, a) in &self.0 {
            for (right, b) in &other.0 {
                let mut mono: Mono = left.iter().chain(right).copied().collect();
                mono.sort_unstable();
                if mono.len() > DEGREE {
                    return None;
                }
                product.add_term(mono, a * b);
            }
        }
        (product.0.len() <= SIZE).then_some(product)
    }

    /// That of an expression, unless it is too large.
    pub(super) fn of(exp: &Exp) -> Option<Self> {
        Some(match exp {
            Exp::Const(value) => Self::constant(value.clone()),
            Exp::Var(x) => Self(BTreeMap::from([(vec![*x], BigInt::one())])),
            Exp::Add(a, b) => Self::of(a)?.plus(&Self::of(b)?, &BigInt::one()),
            Exp::Sub(a, b) => Self::of(a)?.plus(&Self::of(b)?, &-BigInt::one()),
            Exp::Mul(a, b) => Self::of(a)?.times(&Self::of(b)?)?,
        })
    }

    pub(super) fn exp(&self) -> Exp {
        let mut terms = self.0.iter().map(|(mono, coefficient)| {
            let mut factors = mono.iter().map(|x| Exp::Var(*x));
            match factors.next() {
                None => Exp::Const(coefficient.clone()),
                Some(first) => {
                    let product = factors.fold(first, Exp::times);
                    if coefficient.is_one() {
                        product
                    } else {
                        Exp::Const(coefficient.clone()).times(product)
                    }
                }
            }
        });
        let first = terms.next();
        first.map_or_else(|| Exp::int(0), |first| terms.fold(first, Exp::plus))
    }

    pub(super) fn constant_part(&self) -> BigInt {
        self.0.get(&Vec::new()).cloned().unwrap_or_default()
    }

    /// Without the constant.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&Mono, &BigInt)> {
        self.0.iter().filter(|(mono, _)| !mono.is_empty())
    }

    pub(super) fn as_constant(&self) -> Option<BigInt> {
        self.terms().next().is_none().then(|| self.constant_part())
    }

    /// The greatest common divisor of the coefficients, without the constant; 0 if there
    /// are none.
    pub(super) fn gcd(&self) -> BigInt {
        self.terms().fold(BigInt::zero(), |gcd, (_, coefficient)| gcd.gcd(coefficient))
    }

    /// Divided by the gcd, the constant rounded down.
    pub(super) fn tightened(&self, gcd: &BigInt) -> Self {
        Self(
            self.0
                .iter()
                .map(|(mono, coefficient)| (mono.clone(), coefficient.div_floor(gcd)))
                .filter(|(_, coefficient)| !coefficient.is_zero())
                .collect(),
        )
    }

    pub(super) fn eval(&self, value: &impl Fn(&Mono) -> BigRational) -> BigRational {
        let mut sum = BigRational::from(self.constant_part());
        for (mono, coefficient) in self.terms() {
            sum += value(mono) * coefficient;
        }
        sum
    }
}

/// What a polynomial is compared with 0 by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// `= 0`
    Eq,
    /// `≥ 0`
    Ge,
}

/// A polynomial, and how it is related to 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) poly: Poly,
    pub(super) op: Op,
}

impl Row {
    pub(super) fn holds(&self, value: &impl Fn(&Mono) -> BigRational) -> bool {
        let at = self.poly.eval(value);
        match self.op {
            Op::Eq => at.is_zero(),
            Op::Ge => !at.is_negative(),
        }
    }
}

/// The constraints of a formula, as `formula.v` has them and in its order. What is left
/// out there is left out here. A constraint that is too large to be looked at is `0 = 0`.
pub(super) fn constraints(f: &Fml, out: &mut Vec<Row>) {
    let mut row = |exp: Exp, op| {
        let poly = Poly::of(&exp);
        let op = if poly.is_some() { op } else { Op::Eq };
        out.push(Row { poly: poly.unwrap_or_default(), op });
    };
    match f {
        Fml::Le(a, b) => row(b.clone().minus(a.clone()), Op::Ge),
        Fml::Lt(a, b) => row(b.clone().minus(a.clone()).minus(Exp::int(1)), Op::Ge),
        Fml::Eq(a, b) => row(a.clone().minus(b.clone()), Op::Eq),
        Fml::In(t, a) => {
            row(a.clone().minus(Exp::Const(t.least())), Op::Ge);
            row(Exp::Const(t.greatest()).minus(a.clone()), Op::Ge);
        }
        Fml::And(f, g) => {
            constraints(f, out);
            constraints(g, out);
        }
        Fml::Ne(..) | Fml::Out(..) | Fml::Or(..) => {}
    }
}
