//! Is a system of linear constraints over the rationals solvable? If not, which sum of
//! them is absurd?
//!
//! The simplex of Dutertre and de Moura ("A fast linear-arithmetic solver for DPLL(T)",
//! CAV 2006), exact. The multipliers of the absurd sum (Farkas) are the coefficients of the
//! row at which it gives up. Numbers are fractions of 128 bits as long as they suffice, and
//! then of any size.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::{BigRational, Ratio};
use num_traits::{
    CheckedAdd as _, CheckedDiv as _, CheckedMul as _, One, Signed, ToPrimitive as _, Zero,
};

/// A fraction that may have no room for a result.
trait Number: Clone + Zero + One + Signed {
    fn of(value: &BigInt) -> Option<Self>;
    fn sum(&self, other: &Self) -> Option<Self>;
    fn product(&self, other: &Self) -> Option<Self>;
    fn quotient(&self, other: &Self) -> Option<Self>;
    fn less(&self, other: &Self) -> Option<bool>;
    fn big(&self) -> BigRational;
}

/// Without the one value that has no negative.
fn room(value: Ratio<i128>) -> Option<Ratio<i128>> {
    (*value.numer() != i128::MIN).then_some(value)
}

impl Number for Ratio<i128> {
    fn of(value: &BigInt) -> Option<Self> {
        value.to_i128().map(Ratio::from_integer).and_then(room)
    }
    fn sum(&self, other: &Self) -> Option<Self> {
        if self.is_integer() && other.is_integer() {
            return i128::checked_add(*self.numer(), *other.numer())
                .map(Ratio::from_integer)
                .and_then(room);
        }
        self.checked_add(other).and_then(room)
    }
    fn product(&self, other: &Self) -> Option<Self> {
        if self.is_integer() && other.is_integer() {
            return i128::checked_mul(*self.numer(), *other.numer())
                .map(Ratio::from_integer)
                .and_then(room);
        }
        self.checked_mul(other).and_then(room)
    }
    fn quotient(&self, other: &Self) -> Option<Self> {
        self.checked_div(other).and_then(room)
    }
    fn less(&self, other: &Self) -> Option<bool> {
        if self.denom() == other.denom() {
            return Some(self.numer() < other.numer());
        }
        let left = i128::checked_mul(*self.numer(), *other.denom())?;
        let right = i128::checked_mul(*other.numer(), *self.denom())?;
        Some(left < right)
    }
    fn big(&self) -> BigRational {
        BigRational::new_raw(BigInt::from(*self.numer()), BigInt::from(*self.denom()))
    }
}

impl Number for BigRational {
    fn of(value: &BigInt) -> Option<Self> {
        Some(BigRational::from(value.clone()))
    }
    fn sum(&self, other: &Self) -> Option<Self> {
        Some(self + other)
    }
    fn product(&self, other: &Self) -> Option<Self> {
        Some(self * other)
    }
    fn quotient(&self, other: &Self) -> Option<Self> {
        Some(self / other)
    }
    fn less(&self, other: &Self) -> Option<bool> {
        Some(self < other)
    }
    fn big(&self) -> BigRational {
        self.clone()
    }
}

/// `coefficients · x + constant`, which is 0 or at least 0.
pub(super) struct Constraint {
    pub(super) coefficients: Vec<(usize, BigInt)>,
    pub(super) constant: BigInt,
    pub(super) equal: bool,
}

/// What was found.
#[derive(Debug)]
pub(super) enum Answer {
    /// The sum of these constraints, with these factors, is less than 0. A factor is
    /// positive, unless the constraint is an equality.
    Absurd(Vec<(usize, BigInt)>),
    /// Values for which all hold.
    Solution(Vec<BigRational>),
    /// It took too long.
    Unknown,
}

/// So many exchanges, at most.
const PIVOTS: usize = 2000;

struct Tableau<N> {
    /// A row of coefficients for each basic variable.
    rows: Vec<Vec<N>>,
    basic: Vec<usize>,
    free: Vec<usize>,
    value: Vec<N>,
    lower: Vec<Option<N>>,
    upper: Vec<Option<N>>,
}

enum Step<N> {
    Done,
    Conflict { row: usize, below: bool },
    Exchange { row: usize, column: usize, to: N },
}

impl<N: Number> Tableau<N> {
    fn new(variables: usize, constraints: &[Constraint]) -> Option<Self> {
        let total = variables + constraints.len();
        let mut rows = Vec::new();
        let mut lower = vec![None; total];
        let mut upper = vec![None; total];
        for (number, constraint) in constraints.iter().enumerate() {
            let mut row = vec![N::zero(); variables];
            for (column, coefficient) in &constraint.coefficients {
                row[*column] = N::of(coefficient)?;
            }
            rows.push(row);
            let bound = N::of(&-&constraint.constant)?;
            if constraint.equal {
                upper[variables + number] = Some(bound.clone());
            }
            lower[variables + number] = Some(bound);
        }
        Some(Self {
            rows,
            basic: (variables..total).collect(),
            free: (0..variables).collect(),
            value: vec![N::zero(); total],
            lower,
            upper,
        })
    }

    fn below(&self, variable: usize) -> Option<bool> {
        match &self.lower[variable] {
            Some(bound) => self.value[variable].less(bound),
            None => Some(false),
        }
    }

    fn above(&self, variable: usize) -> Option<bool> {
        match &self.upper[variable] {
            Some(bound) => bound.less(&self.value[variable]),
            None => Some(false),
        }
    }

    fn can_grow(&self, variable: usize) -> Option<bool> {
        match &self.upper[variable] {
            Some(bound) => self.value[variable].less(bound),
            None => Some(true),
        }
    }

    fn can_shrink(&self, variable: usize) -> Option<bool> {
        match &self.lower[variable] {
            Some(bound) => bound.less(&self.value[variable]),
            None => Some(true),
        }
    }

    /// By Bland's rule, so that it ends.
    fn step(&self) -> Option<Step<N>> {
        let mut worst: Option<(usize, usize, bool)> = None;
        for (row, &variable) in self.basic.iter().enumerate() {
            if worst.is_some_and(|(_, least, _)| least < variable) {
                continue;
            }
            if self.below(variable)? {
                worst = Some((row, variable, true));
            } else if self.above(variable)? {
                worst = Some((row, variable, false));
            }
        }
        let Some((row, variable, below)) = worst else { return Some(Step::Done) };
        let mut best: Option<(usize, usize)> = None;
        for (column, &other) in self.free.iter().enumerate() {
            let coefficient = &self.rows[row][column];
            if coefficient.is_zero() || best.is_some_and(|(_, least)| least < other) {
                continue;
            }
            let fits = if coefficient.is_positive() == below {
                self.can_grow(other)?
            } else {
                self.can_shrink(other)?
            };
            if fits {
                best = Some((column, other));
            }
        }
        let bound = if below { &self.lower[variable] } else { &self.upper[variable] };
        Some(match (best, bound) {
            (Some((column, _)), Some(bound)) => Step::Exchange { row, column, to: bound.clone() },
            _ => Step::Conflict { row, below },
        })
    }

    fn exchange(&mut self, row: usize, column: usize, to: &N) -> Option<()> {
        let minus = -N::one();
        let (out, into) = (self.basic[row], self.free[column]);
        let pivot = self.rows[row][column].clone();
        let by = to.sum(&self.value[out].product(&minus)?)?.quotient(&pivot)?;
        self.value[out] = to.clone();
        self.value[into] = self.value[into].sum(&by)?;
        for (number, &variable) in self.basic.iter().enumerate() {
            let coefficient = &self.rows[number][column];
            if number != row && !coefficient.is_zero() {
                self.value[variable] = self.value[variable].sum(&coefficient.product(&by)?)?;
            }
        }
        // out = … + pivot * into, so into = (out - …) / pivot.
        let inverse = N::one().quotient(&pivot)?;
        let factor = inverse.product(&minus)?;
        let mut new = Vec::with_capacity(self.free.len());
        for (number, coefficient) in self.rows[row].iter().enumerate() {
            new.push(if number == column {
                inverse.clone()
            } else if coefficient.is_zero() {
                N::zero()
            } else {
                coefficient.product(&factor)?
            });
        }
        for number in 0..self.rows.len() {
            if number == row {
                continue;
            }
            let times = std::mem::replace(&mut self.rows[number][column], N::zero());
            if times.is_zero() {
                continue;
            }
            for (slot, by) in self.rows[number].iter_mut().zip(&new) {
                if !by.is_zero() {
                    *slot = slot.sum(&times.product(by)?)?;
                }
            }
        }
        self.rows[row] = new;
        self.basic[row] = into;
        self.free[column] = out;
        Some(())
    }
}

fn solve_with<N: Number>(variables: usize, constraints: &[Constraint]) -> Option<Answer> {
    let mut tableau = Tableau::<N>::new(variables, constraints)?;
    for _ in 0..PIVOTS {
        match tableau.step()? {
            Step::Done => {
                let values = tableau.value[..variables].iter().map(N::big).collect();
                return Some(Answer::Solution(values));
            }
            Step::Exchange { row, column, to } => tableau.exchange(row, column, &to)?,
            Step::Conflict { row, below } => {
                // basic - Σ coefficient * free is 0, and each is at its bound.
                let sign = if below { BigRational::one() } else { -BigRational::one() };
                let mut factors = vec![(tableau.basic[row], sign.clone())];
                for (column, &variable) in tableau.free.iter().enumerate() {
                    let coefficient = &tableau.rows[row][column];
                    if !coefficient.is_zero() {
                        factors.push((variable, -coefficient.big() * &sign));
                    }
                }
                let common = factors
                    .iter()
                    .fold(BigInt::one(), |common, (_, factor)| common.lcm(factor.denom()));
                let whole = factors.into_iter().map(|(variable, factor)| {
                    let factor = (factor * &common).to_integer();
                    Some((variable.checked_sub(variables)?, factor))
                });
                return Some(whole.collect::<Option<_>>().map_or(Answer::Unknown, Answer::Absurd));
            }
        }
    }
    Some(Answer::Unknown)
}

/// Solves the constraints, or finds why they cannot be solved.
pub(super) fn solve(variables: usize, constraints: &[Constraint]) -> Answer {
    solve_with::<Ratio<i128>>(variables, constraints)
        .or_else(|| solve_with::<BigRational>(variables, constraints))
        .unwrap_or(Answer::Unknown)
}
