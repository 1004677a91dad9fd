//! Formulas that may be invariants of a loop: Flux's qualifiers and some more.

use super::poly::Poly;
use crate::signature::{Exp, Fml, Var};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Zero as _};
use std::collections::BTreeSet;

/// So many formulas, at most.
const CANDIDATES: usize = 400;

/// What candidates are made of.
pub(super) struct Material<'a> {
    /// Integers that change in the loop.
    pub(super) changing: &'a [Var],
    /// Booleans that change in the loop.
    pub(super) flags: &'a [Var],
    /// What else is known there.
    pub(super) terms: &'a [Exp],
    /// Numbers of the function and its signature.
    pub(super) numbers: &'a [BigInt],
    /// Formulas of the signature.
    pub(super) atoms: &'a [Fml],
}

fn one() -> Exp {
    Exp::int(1)
}

fn number(z: &BigInt) -> Exp {
    Exp::Const(z.clone())
}

/// The qualifiers: comparisons with numbers, with each other, and formulas of the signature
/// about what changes.
pub(super) fn qualifiers(of: &Material<'_>) -> Vec<Fml> {
    let mut out = Vec::new();
    for &flag in of.flags {
        out.push(Fml::is_true(Exp::Var(flag)));
        out.push(Fml::is_true(Exp::Var(flag)).negate());
    }
    for &v in of.changing {
        let x = Exp::Var(v);
        for z in of.numbers {
            out.push(Fml::Le(number(z), x.clone()));
            out.push(Fml::Le(x.clone(), number(z)));
        }
        out.push(Fml::Ne(x.clone(), Exp::int(0)));
    }
    for (place, &v) in of.changing.iter().enumerate() {
        let x = Exp::Var(v);
        let later = of.changing[place + 1..].iter().map(|&w| Exp::Var(w));
        for y in later.chain(of.terms.iter().cloned()) {
            out.push(Fml::Le(x.clone(), y.clone()));
            out.push(Fml::Le(y.clone(), x.clone()));
            out.push(Fml::Le(x.clone().plus(one()), y.clone()));
            out.push(Fml::Le(y.clone().plus(one()), x.clone()));
            out.push(Fml::Le(x.clone(), y.clone().plus(one())));
            out.push(Fml::Le(y, x.clone().plus(one())));
        }
    }
    for atom in of.atoms {
        let mut vars = BTreeSet::new();
        atom.vars(&mut vars);
        for x in vars {
            for &v in of.changing {
                out.push(atom.subst(&|y| (y == x).then_some(Exp::Var(v))));
            }
        }
    }
    out.truncate(CANDIDATES);
    out
}

/// Equalities between what changes by constant steps: of two numbers that grow by `a` and
/// `b`, `b` times the first and `a` times the second differ by what they did at the start.
///
/// An edge is what the variables become; the first comes from outside of the loop, the
/// others from inside.
pub(super) fn steps(
    changing: &[Var],
    outside: &dyn Fn(Var) -> Option<Exp>,
    inside: &[Box<dyn Fn(Var) -> Option<Exp> + '_>],
) -> Vec<Fml> {
    if inside.is_empty() {
        return Vec::new();
    }
    let step = |v: Var, edge: &dyn Fn(Var) -> Option<Exp>| {
        let after = Poly::of(&edge(v)?)?;
        let by = after.plus(&Poly::of(&Exp::Var(v))?, &-BigInt::one());
        by.as_constant()
    };
    let moves: Vec<(Var, Vec<BigInt>)> = changing
        .iter()
        .filter_map(|&v| {
            let all: Option<Vec<BigInt>> = inside.iter().map(|edge| step(v, edge)).collect();
            Some((v, all?))
        })
        .collect();
    let mut out = Vec::new();
    for (place, (v, a)) in moves.iter().enumerate() {
        for (w, b) in &moves[place + 1..] {
            let Some((m, n)) = a.iter().zip(b).find(|(m, n)| !m.is_zero() && !n.is_zero()) else {
                continue;
            };
            if !a.iter().zip(b).all(|(x, y)| x * n == y * m) {
                continue;
            }
            let (Some(start), Some(other)) = (outside(*v), outside(*w)) else { continue };
            let gcd = m.gcd(n);
            let (m, n) = (m / &gcd, n / &gcd);
            let left = number(&n).times(Exp::Var(*v).minus(start));
            let right = number(&m).times(Exp::Var(*w).minus(other));
            out.push(Fml::Eq(left, right));
        }
    }
    out
}

/// The formulas in a formula that have no parts.
pub(super) fn atoms(f: &Fml, out: &mut Vec<Fml>) {
    match f {
        Fml::And(f, g) | Fml::Or(f, g) => {
            atoms(f, out);
            atoms(g, out);
        }
        _ => out.push(f.clone()),
    }
}

/// The numbers in a formula.
pub(super) fn numbers(f: &Fml, out: &mut BTreeSet<BigInt>) {
    fn of(e: &Exp, out: &mut BTreeSet<BigInt>) {
        match e {
            Exp::Const(z) => {
                out.insert(z.clone());
            }
            Exp::Var(_) => {}
            Exp::Add(a, b) | Exp::Sub(a, b) | Exp::Mul(a, b) => {
                of(a, out);
                of(b, out);
            }
        }
    }
    match f {
        Fml::Le(a, b) | Fml::Lt(a, b) | Fml::Eq(a, b) | Fml::Ne(a, b) => {
            of(a, out);
            of(b, out);
        }
        Fml::In(_, a) | Fml::Out(_, a) => of(a, out),
        Fml::And(f, g) | Fml::Or(f, g) => {
            numbers(f, out);
            numbers(g, out);
        }
    }
}
