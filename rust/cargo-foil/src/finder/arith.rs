//! Searches proofs of formulas, in the form that `formula.v` checks.
//!
//! A leaf is a sum of constraints that is absurd ([`super::simplex`]), with constraints that
//! are divided by the greatest common divisor of their coefficients, and products of two of
//! them. Where the constraints have a solution, it says which facts with cases are worth
//! splitting: those that it contradicts. A solution with fractions is split at one of them.
//!
//! The search is bounded, and it is trusted by nobody.

use super::poly::{Mono, Op, Poly, Row, constraints};
use super::simplex::{Answer, Constraint, solve};
use crate::signature::{Exp, Fml};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};
use std::collections::{BTreeMap, BTreeSet};

/// A sum of constraints, as `Psatz` has it. Constraints are numbered from the last one that
/// was derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sum {
    /// The constraint with this number.
    In(usize),
    /// A positive number.
    Positive(BigInt),
    /// An equality, times an expression.
    Times(Exp, Box<Sum>),
    /// A product.
    Product(Box<Sum>, Box<Sum>),
    /// A sum.
    Add(Box<Sum>, Box<Sum>),
    /// A square.
    Square(Exp),
}

/// A refutation of constraints, as `ZArithProof` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refutation {
    /// None.
    Done,
    /// The sum is absurd, or one more constraint.
    Sum(Sum, Box<Refutation>),
    /// The sum, divided by the gcd of its coefficients, is absurd, or one more constraint.
    Cut(Sum, Box<Refutation>),
}

/// A proof, as in `formula.v`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Without cases.
    Leaf(Refutation),
    /// The cases of the fact with this number.
    Cases(usize, Box<Proof>, Box<Proof>),
    /// A formula holds, or not.
    Cut(Fml, Box<Proof>, Box<Proof>),
}

impl Proof {
    /// For a goal that is among the facts.
    pub fn none() -> Self {
        Proof::Leaf(Refutation::Done)
    }
}

/// Values for which the facts hold, as far as the search sees: no proof was found.
#[derive(Clone, Debug, Default)]
struct Model(BTreeMap<Mono, BigRational>);

impl Model {
    /// Is the value of a product the product of the values?
    fn is_consistent(&self) -> bool {
        self.0.iter().all(|(mono, value)| {
            mono.len() < 2
                || *value
                    == mono
                        .iter()
                        .fold(BigRational::one(), |product, x| product * self.value(&vec![*x]))
        })
    }

    fn is_whole(&self) -> bool {
        self.0.values().all(BigRational::is_integer)
    }

    fn value(&self, mono: &Mono) -> BigRational {
        match self.0.get(mono) {
            Some(value) => value.clone(),
            None => mono.iter().fold(BigRational::one(), |product, x| {
                product * self.0.get(&vec![*x]).cloned().unwrap_or_else(BigRational::zero)
            }),
        }
    }
}

/// Rows that are derived, at most; pairs that are multiplied, at most.
const DERIVED: usize = 60;
const PAIRS: usize = 24;

/// How a row came to be.
enum How {
    Given,
    Sum(Sum),
    Cut(Sum),
}

/// Constraints and what was derived of them. In the sums here, numbers are places in
/// `rows`.
struct Leaf {
    rows: Vec<(Row, How)>,
    given: usize,
}

fn scaled(factor: &BigInt, row: usize, op: Op) -> Sum {
    match op {
        Op::Eq if factor.is_one() => Sum::In(row),
        Op::Eq => Sum::Times(Exp::Const(factor.clone()), Box::new(Sum::In(row))),
        Op::Ge if factor.is_one() => Sum::In(row),
        Op::Ge => Sum::Product(Box::new(Sum::Positive(factor.clone())), Box::new(Sum::In(row))),
    }
}

fn sum_of(mut terms: impl Iterator<Item = Sum>) -> Option<Sum> {
    let first = terms.next()?;
    Some(terms.fold(first, |sum, term| Sum::Add(Box::new(sum), Box::new(term))))
}

fn used(sum: &Sum, out: &mut BTreeSet<usize>) {
    match sum {
        Sum::In(row) => {
            out.insert(*row);
        }
        Sum::Positive(_) | Sum::Square(_) => {}
        Sum::Times(_, of) => used(of, out),
        Sum::Product(a, b) | Sum::Add(a, b) => {
            used(a, out);
            used(b, out);
        }
    }
}

fn renumbered(sum: &Sum, number: &impl Fn(usize) -> usize) -> Sum {
    let both =
        |a: &Sum, b: &Sum| (Box::new(renumbered(a, number)), Box::new(renumbered(b, number)));
    match sum {
        Sum::In(row) => Sum::In(number(*row)),
        Sum::Positive(_) | Sum::Square(_) => sum.clone(),
        Sum::Times(by, of) => Sum::Times(by.clone(), Box::new(renumbered(of, number))),
        Sum::Product(a, b) => {
            let (a, b) = both(a, b);
            Sum::Product(a, b)
        }
        Sum::Add(a, b) => {
            let (a, b) = both(a, b);
            Sum::Add(a, b)
        }
    }
}

impl Leaf {
    fn new(facts: &[Fml]) -> Self {
        let mut given = Vec::new();
        // The last fact comes first.
        facts.iter().rev().for_each(|fact| constraints(fact, &mut given));
        let rows: Vec<_> = given.into_iter().map(|row| (row, How::Given)).collect();
        Self { given: rows.len(), rows }
    }

    /// The proof that ends with this absurd sum: what it needs is derived first.
    fn proof(&self, last: &Sum, cut: bool) -> Refutation {
        let mut needed = BTreeSet::new();
        used(last, &mut needed);
        for row in (self.given..self.rows.len()).rev() {
            if needed.contains(&row) {
                if let How::Sum(sum) | How::Cut(sum) = &self.rows[row].1 {
                    used(sum, &mut needed);
                }
            }
        }
        let derived: Vec<usize> = needed.range(self.given..).copied().collect();
        let number = |row: usize, pushed: usize| match derived.binary_search(&row) {
            Ok(place) => pushed - 1 - place,
            Err(_) => row + pushed,
        };
        let end = renumbered(last, &|row| number(row, derived.len()));
        let done = Box::new(Refutation::Done);
        let mut proof = if cut { Refutation::Cut(end, done) } else { Refutation::Sum(end, done) };
        for (pushed, row) in derived.iter().enumerate().rev() {
            proof = match &self.rows[*row].1 {
                How::Sum(sum) => {
                    Refutation::Sum(renumbered(sum, &|row| number(row, pushed)), Box::new(proof))
                }
                How::Cut(sum) => {
                    Refutation::Cut(renumbered(sum, &|row| number(row, pushed)), Box::new(proof))
                }
                How::Given => proof,
            };
        }
        proof
    }

    /// Adds what is got by dividing a row, if that says more. Gives back the proof if it is
    /// absurd.
    fn tighten(&mut self, number: usize) -> Option<Refutation> {
        let row = &self.rows[number].0;
        let gcd = row.poly.gcd();
        if gcd <= BigInt::one() || row.poly.constant_part().is_multiple_of(&gcd) {
            return None;
        }
        match row.op {
            Op::Eq => Some(self.proof(&Sum::In(number), true)),
            Op::Ge => {
                let row = Row { poly: row.poly.tightened(&gcd), op: Op::Ge };
                self.rows.push((row, How::Cut(Sum::In(number))));
                None
            }
        }
    }

    /// The rows that say something that no other row says better.
    fn strongest(&self) -> Vec<usize> {
        let mut best: BTreeMap<Vec<(&Mono, &BigInt)>, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        for (number, (row, _)) in self.rows.iter().enumerate() {
            if row.op == Op::Eq {
                if !row.poly.0.is_empty() {
                    rows.push(number);
                }
                continue;
            }
            let terms: Vec<(&Mono, &BigInt)> = row.poly.terms().collect();
            if terms.is_empty() && !row.poly.constant_part().is_negative() {
                continue;
            }
            let slot = best.entry(terms).or_insert(number);
            if row.poly.constant_part() < self.rows[*slot].0.poly.constant_part() {
                *slot = number;
            }
        }
        rows.extend(best.into_values());
        rows.sort_unstable();
        rows
    }

    fn solve(&self) -> Result<Refutation, Option<Model>> {
        let mut columns: BTreeMap<&Mono, usize> = BTreeMap::new();
        let active = self.strongest();
        for row in &active {
            for (mono, _) in self.rows[*row].0.poly.terms() {
                let next = columns.len();
                columns.entry(mono).or_insert(next);
            }
        }
        let constraints: Vec<Constraint> = active
            .iter()
            .map(|number| &self.rows[*number].0)
            .map(|row| Constraint {
                coefficients: row
                    .poly
                    .terms()
                    .map(|(mono, coefficient)| (columns[mono], coefficient.clone()))
                    .collect(),
                constant: row.poly.constant_part(),
                equal: row.op == Op::Eq,
            })
            .collect();
        match solve(columns.len(), &constraints) {
            Answer::Absurd(factors) => {
                let sum = sum_of(
                    factors
                        .iter()
                        .map(|(row, factor)| (active[*row], factor))
                        .map(|(row, factor)| scaled(factor, row, self.rows[row].0.op)),
                );
                sum.map(|sum| self.proof(&sum, false)).ok_or(None)
            }
            Answer::Solution(values) => {
                let values = columns.iter().map(|(mono, column)| {
                    (
                        (*mono).clone(),
                        values.get(*column).cloned().unwrap_or_else(BigRational::zero),
                    )
                });
                Err(Some(Model(values.collect())))
            }
            Answer::Unknown => Err(None),
        }
    }

    fn nonlinear(&self) -> BTreeSet<Mono> {
        let rows = self.rows.iter();
        rows.flat_map(|(row, _)| row.poly.terms())
            .filter(|(mono, _)| mono.len() > 1)
            .map(|(mono, _)| mono.clone())
            .collect()
    }

    /// Products that are about the products that occur.
    fn multiply(&mut self, model: &Model) {
        let wanted = self.nonlinear();
        let known =
            |poly: &Poly| poly.terms().all(|(mono, _)| mono.len() < 2 || wanted.contains(mono));
        let about: BTreeSet<u64> = wanted.iter().flatten().copied().collect();
        let mut found: Vec<(Row, Sum)> = Vec::new();
        // Squares.
        for mono in &wanted {
            if let [x, y] = mono.as_slice() {
                let (x, y) = (Exp::Var(*x), Exp::Var(*y));
                let sums = [x.clone(), x.clone().plus(y.clone()), x.minus(y)];
                for exp in sums {
                    let square = Poly::of(&exp).and_then(|poly| poly.times(&poly));
                    if let Some(poly) = square.filter(&known) {
                        found.push((Row { poly, op: Op::Ge }, Sum::Square(exp)));
                    }
                }
            }
        }
        let mut small: Vec<usize> = self
            .strongest()
            .into_iter()
            .filter(|row| {
                let poly = &self.rows[*row].0.poly;
                poly.terms().count() <= 4
                    && poly.terms().any(|(mono, _)| mono.iter().any(|x| about.contains(x)))
            })
            .collect();
        small.sort_by_key(|row| {
            let poly = &self.rows[*row].0.poly;
            (poly.constant_part().bits(), poly.terms().count())
        });
        small.truncate(PAIRS);
        for (place, &i) in small.iter().enumerate() {
            let left = &self.rows[i].0;
            if left.op == Op::Eq {
                for x in &about {
                    let exp = Exp::Var(*x);
                    let product = Poly::of(&exp).and_then(|by| left.poly.times(&by));
                    if let Some(poly) = product.filter(&known) {
                        let sum = Sum::Times(exp, Box::new(Sum::In(i)));
                        found.push((Row { poly, op: Op::Eq }, sum));
                    }
                }
                continue;
            }
            for &j in &small[place..] {
                let right = &self.rows[j].0;
                if right.op == Op::Eq {
                    continue;
                }
                if let Some(poly) = left.poly.times(&right.poly).filter(&known) {
                    if poly.terms().any(|(mono, _)| mono.len() > 1) {
                        let sum = Sum::Product(Box::new(Sum::In(i)), Box::new(Sum::In(j)));
                        found.push((Row { poly, op: Op::Ge }, sum));
                    }
                }
            }
        }
        // Those that the model contradicts come first; the others may be needed with them.
        let value = |mono: &Mono| model.value(mono);
        found.sort_by_cached_key(|(row, _)| row.holds(&value));
        for (row, sum) in found.into_iter().take(DERIVED) {
            self.rows.push((row, How::Sum(sum)));
        }
    }

    /// Solves equalities for variables that occur once in them with the factor 1 or -1, and
    /// puts these in the others: what is left may be absurd over the integers.
    fn eliminate(&mut self) -> Option<Refutation> {
        let mut todo: Vec<usize> =
            (0..self.rows.len()).filter(|row| self.rows[*row].0.op == Op::Eq).collect();
        while let Some(row) = todo.pop() {
            if self.rows.len() > self.given + 2 * DERIVED {
                return None;
            }
            let poly = self.rows[row].0.poly.clone();
            let unit = poly.terms().find(|(_, coefficient)| coefficient.abs().is_one());
            let Some((mono, unit)) = unit.map(|(mono, unit)| (mono.clone(), unit.clone())) else {
                continue;
            };
            for other in &mut todo {
                let Some(times) = self.rows[*other].0.poly.0.get(&mono) else { continue };
                let factor = -(times * &unit);
                let sum =
                    Sum::Add(Box::new(Sum::In(*other)), Box::new(scaled(&factor, row, Op::Eq)));
                let poly = self.rows[*other].0.poly.clone().plus(&poly, &factor);
                self.rows.push((Row { poly, op: Op::Eq }, How::Sum(sum)));
                *other = self.rows.len() - 1;
                if let Some(proof) = self.tighten(*other) {
                    return Some(proof);
                }
            }
        }
        None
    }

    fn refute(&mut self) -> Result<Refutation, Option<Model>> {
        for row in 0..self.given {
            if let Some(proof) = self.tighten(row) {
                return Ok(proof);
            }
        }
        let mut model = match self.solve() {
            Ok(proof) => return Ok(proof),
            Err(Some(model)) => model,
            Err(None) => return Err(None),
        };
        if !model.is_consistent() {
            self.multiply(&model);
            match self.solve() {
                Ok(proof) => return Ok(proof),
                Err(Some(better)) => model = better,
                Err(None) => {}
            }
        }
        if !model.is_whole() {
            if let Some(proof) = self.eliminate() {
                return Ok(proof);
            }
        }
        Err(Some(model))
    }
}

/// The two cases of a fact, as in `formula.v`.
fn cases(f: &Fml) -> Option<(Fml, Fml)> {
    Some(match f {
        Fml::Or(f, g) => ((**f).clone(), (**g).clone()),
        Fml::Ne(a, b) => (Fml::Lt(a.clone(), b.clone()), Fml::Lt(b.clone(), a.clone())),
        Fml::Out(t, a) => (
            Fml::Lt(a.clone(), Exp::Const(t.least())),
            Fml::Lt(Exp::Const(t.greatest()), a.clone()),
        ),
        Fml::And(f, g) => match cases(f) {
            Some((one, other)) => (one.and((**g).clone()), other.and((**g).clone())),
            None => {
                let (one, other) = cases(g)?;
                ((**f).clone().and(one), (**f).clone().and(other))
            }
        },
        _ => return None,
    })
}

fn true_in(f: &Fml, value: &impl Fn(&Mono) -> BigRational) -> bool {
    match f {
        Fml::And(f, g) => true_in(f, value) && true_in(g, value),
        Fml::Or(..) | Fml::Ne(..) | Fml::Out(..) => {
            cases(f).is_none_or(|(f, g)| true_in(&f, value) || true_in(&g, value))
        }
        Fml::Le(..) | Fml::Lt(..) | Fml::Eq(..) | Fml::In(..) => {
            let mut rows = Vec::new();
            constraints(f, &mut rows);
            rows.iter().all(|row| row.holds(value))
        }
    }
}

/// How much is searched.
struct Budget {
    leaves: usize,
}

fn search(facts: &mut Vec<Fml>, depth: usize, budget: &mut Budget) -> Result<Proof, Option<Model>> {
    if budget.leaves == 0 {
        return Err(None);
    }
    budget.leaves -= 1;
    let model = match Leaf::new(facts).refute() {
        Ok(leaf) => return Ok(Proof::Leaf(leaf)),
        Err(Some(model)) => model,
        Err(None) => return Err(None),
    };
    if depth == 0 {
        return Err(Some(model));
    }
    let value = |mono: &Mono| model.value(mono);
    let split = facts.iter().enumerate().rev().find_map(|(place, fact)| {
        let (f, g) = cases(fact)?;
        (!true_in(&f, &value) && !true_in(&g, &value)).then_some((place, f, g))
    });
    if let Some((place, f, g)) = split {
        let number = facts.len() - 1 - place;
        let mut side = |fact: Fml, facts: &mut Vec<Fml>| {
            facts.push(fact);
            let found = search(facts, depth - 1, budget);
            facts.pop();
            found.map(Box::new)
        };
        let left = side(f, facts)?;
        let right = side(g, facts)?;
        return Ok(Proof::Cases(number, left, right));
    }
    let fraction = model.0.iter().find(|(mono, value)| mono.len() == 1 && !value.is_integer());
    let Some((mono, at)) = fraction else { return Err(Some(model)) };
    let x = Exp::Var(mono[0]);
    let below = Fml::Le(x, Exp::Const(at.floor().to_integer()));
    let mut side = |fact: Fml, facts: &mut Vec<Fml>| {
        facts.push(fact);
        let found = search(facts, depth - 1, budget);
        facts.pop();
        found.map(Box::new)
    };
    let left = side(below.clone(), facts)?;
    let right = side(below.negate(), facts)?;
    Ok(Proof::Cut(below, left, right))
}

/// Cases nest no deeper than this; leaves are no more than this.
const DEPTH: usize = 10;
const LEAVES: usize = 60;

/// Facts in the order of the checker: the first is the last that was added.
fn stack(facts: &[Fml]) -> Vec<Fml> {
    facts.iter().rev().cloned().collect()
}

fn same(a: &Exp, b: &Exp) -> bool {
    a == b || Poly::of(&a.clone().minus(b.clone())).is_some_and(|poly| poly.0.is_empty())
}

/// Are they the same to the checker?
pub fn same_formula(f: &Fml, g: &Fml) -> bool {
    match (f, g) {
        (Fml::Le(a, b), Fml::Le(c, d))
        | (Fml::Lt(a, b), Fml::Lt(c, d))
        | (Fml::Eq(a, b), Fml::Eq(c, d))
        | (Fml::Ne(a, b), Fml::Ne(c, d)) => same(a, c) && same(b, d),
        (Fml::In(t, a), Fml::In(u, b)) | (Fml::Out(t, a), Fml::Out(u, b)) => t == u && same(a, b),
        (Fml::And(a, b), Fml::And(c, d)) | (Fml::Or(a, b), Fml::Or(c, d)) => {
            same_formula(a, c) && same_formula(b, d)
        }
        _ => false,
    }
}

/// Does it need no proof?
pub fn holds(facts: &[Fml], f: &Fml) -> bool {
    facts.iter().any(|fact| same_formula(f, fact))
        || match f {
            Fml::Eq(a, b) => same(a, b),
            Fml::Ne(a, b) => Poly::of(&a.clone().minus(b.clone()))
                .and_then(|poly| poly.as_constant())
                .is_some_and(|value| !value.is_zero()),
            _ => false,
        }
}

/// Searches proofs from the same facts.
///
/// Where a formula has no proof, the values that say so often speak against other formulas
/// as well, so these are kept.
pub struct Prover {
    facts: Vec<Fml>,
    /// With the last fact last.
    stack: Vec<Fml>,
    models: Vec<Model>,
}

impl Prover {
    /// With facts in the order of the checker.
    pub fn new(facts: Vec<Fml>) -> Self {
        let stack = stack(&facts);
        Self { facts, stack, models: Vec::new() }
    }

    /// A proof that the facts contradict each other.
    pub fn refute(&mut self, leaves: usize) -> Option<Proof> {
        if !self.models.is_empty() {
            return None;
        }
        match search(&mut self.stack, DEPTH, &mut Budget { leaves }) {
            Ok(proof) => Some(proof),
            Err(model) => {
                self.keep(model);
                None
            }
        }
    }

    fn keep(&mut self, model: Option<Model>) {
        let Some(model) = model else { return };
        let value = |mono: &Mono| model.value(mono);
        if model.is_consistent()
            && model.is_whole()
            && self.facts.iter().all(|fact| true_in(fact, &value))
        {
            self.models.push(model);
        }
    }

    /// A proof of a formula.
    pub fn prove(&mut self, f: &Fml) -> Option<Proof> {
        if holds(&self.facts, f) {
            return Some(Proof::none());
        }
        if self.models.iter().any(|model| !true_in(f, &|mono: &Mono| model.value(mono))) {
            return None;
        }
        self.stack.push(f.negate());
        let found = search(&mut self.stack, DEPTH, &mut Budget { leaves: LEAVES });
        self.stack.pop();
        match found {
            Ok(proof) => Some(proof),
            Err(model) => {
                self.keep(model);
                None
            }
        }
    }
}

/// A proof of a formula of these facts.
pub fn prove(facts: &[Fml], f: &Fml) -> Option<Proof> {
    Prover::new(facts.to_vec()).prove(f)
}

/// Does a formula follow without cases? Then it is not worth keeping.
pub(super) fn implied(facts: &[Fml], f: &Fml) -> bool {
    let mut stack = stack(facts);
    stack.push(f.negate());
    search(&mut stack, 2, &mut Budget { leaves: 3 }).is_ok()
}
