//! Between the finder's formulas and proofs and the checker's.

use super::arith::{Proof, Refutation, Sum};
use crate::checker::generated as checker;
use crate::checker::{List, Positive, Z};
use crate::signature::{Exp, Fml, IntType, Kind, Param, Ret, Sig, Var, Width};
use num_bigint::BigInt;
use num_traits::ToPrimitive as _;
use std::sync::Arc;

/// The checker's variable. There is no variable 0.
pub fn var(x: Var) -> Positive {
    Positive::new(x.max(1)).unwrap_or_else(|| Positive::nth(0))
}

/// The finder's variable; those of the checker that are too large are all the same here.
pub fn own_var(x: &Positive) -> Var {
    x.as_z().to_big().to_u64().unwrap_or(u64::MAX)
}

/// The checker's integer.
pub fn number(z: &BigInt) -> Z {
    Z::from(z.clone())
}

/// The checker's integer type.
pub fn int_type(t: IntType) -> checker::IntType {
    let width = match t.width {
        Width::W8 => checker::IntSize::W8,
        Width::W16 => checker::IntSize::W16,
        Width::W32 => checker::IntSize::W32,
        Width::W64 => checker::IntSize::W64,
        Width::W128 => checker::IntSize::W128,
        Width::Ptr => checker::IntSize::WPtr,
    };
    checker::IntType { width, signed: t.signed }
}

/// The finder's integer type.
pub fn own_int_type(t: &checker::IntType) -> IntType {
    let width = match t.width {
        checker::IntSize::W8 => Width::W8,
        checker::IntSize::W16 => Width::W16,
        checker::IntSize::W32 => Width::W32,
        checker::IntSize::W64 => Width::W64,
        checker::IntSize::W128 => Width::W128,
        checker::IntSize::WPtr => Width::Ptr,
    };
    IntType { width, signed: t.signed }
}

/// The checker's expression.
pub fn exp(e: &Exp) -> checker::Exp {
    let both = |a: &Exp, b: &Exp| (Arc::new(exp(a)), Arc::new(exp(b)));
    match e {
        Exp::Const(z) => checker::Exp::C(number(z)),
        Exp::Var(x) => checker::Exp::V(var(*x)),
        Exp::Add(a, b) => {
            let (a, b) = both(a, b);
            checker::Exp::Add(a, b)
        }
        Exp::Sub(a, b) => {
            let (a, b) = both(a, b);
            checker::Exp::Sub(a, b)
        }
        Exp::Mul(a, b) => {
            let (a, b) = both(a, b);
            checker::Exp::Mul(a, b)
        }
    }
}

/// The finder's expression.
pub fn own_exp(e: &checker::Exp) -> Exp {
    match e {
        checker::Exp::C(z) => Exp::Const(z.to_big()),
        checker::Exp::V(x) => Exp::Var(own_var(x)),
        checker::Exp::Add(a, b) => own_exp(a).plus(own_exp(b)),
        checker::Exp::Sub(a, b) => own_exp(a).minus(own_exp(b)),
        checker::Exp::Mul(a, b) => own_exp(a).times(own_exp(b)),
    }
}

/// The checker's formula.
pub fn fml(f: &Fml) -> checker::Fml {
    match f {
        Fml::Le(a, b) => checker::Fml::Le(exp(a), exp(b)),
        Fml::Lt(a, b) => checker::Fml::Lt(exp(a), exp(b)),
        Fml::Eq(a, b) => checker::Fml::Eq(exp(a), exp(b)),
        Fml::Ne(a, b) => checker::Fml::Ne(exp(a), exp(b)),
        Fml::In(t, a) => checker::Fml::In(int_type(*t), exp(a)),
        Fml::Out(t, a) => checker::Fml::Out(int_type(*t), exp(a)),
        Fml::And(f, g) => checker::Fml::And(Arc::new(fml(f)), Arc::new(fml(g))),
        Fml::Or(f, g) => checker::Fml::Or(Arc::new(fml(f)), Arc::new(fml(g))),
    }
}

/// The finder's formula.
pub fn own_fml(f: &checker::Fml) -> Fml {
    match f {
        checker::Fml::Le(a, b) => Fml::Le(own_exp(a), own_exp(b)),
        checker::Fml::Lt(a, b) => Fml::Lt(own_exp(a), own_exp(b)),
        checker::Fml::Eq(a, b) => Fml::Eq(own_exp(a), own_exp(b)),
        checker::Fml::Ne(a, b) => Fml::Ne(own_exp(a), own_exp(b)),
        checker::Fml::In(t, a) => Fml::In(own_int_type(t), own_exp(a)),
        checker::Fml::Out(t, a) => Fml::Out(own_int_type(t), own_exp(a)),
        checker::Fml::And(f, g) => own_fml(f).and(own_fml(g)),
        checker::Fml::Or(f, g) => own_fml(f).or(own_fml(g)),
    }
}

fn sum(s: &Sum) -> checker::Psatz<Z> {
    match s {
        Sum::In(row) => checker::Psatz::In(*row),
        Sum::Positive(z) => checker::Psatz::C(number(z)),
        Sum::Times(by, of) => checker::Psatz::MulC(checker::pol0(&exp(by)), Arc::new(sum(of))),
        Sum::Product(a, b) => checker::Psatz::MulE(Arc::new(sum(a)), Arc::new(sum(b))),
        Sum::Add(a, b) => checker::Psatz::Add(Arc::new(sum(a)), Arc::new(sum(b))),
        Sum::Square(of) => checker::Psatz::Square(checker::pol0(&exp(of))),
    }
}

fn refutation(r: &Refutation) -> checker::ArithProof {
    match r {
        Refutation::Done => checker::ArithProof::DoneProof,
        Refutation::Sum(s, rest) => {
            checker::ArithProof::RatProof(sum(s), Arc::new(refutation(rest)))
        }
        Refutation::Cut(s, rest) => {
            checker::ArithProof::CutProof(sum(s), Arc::new(refutation(rest)))
        }
    }
}

/// The checker's proof.
pub fn proof(p: &Proof) -> checker::Proof {
    match p {
        Proof::Leaf(leaf) => checker::Proof::Leaf(refutation(leaf)),
        Proof::Cases(place, p, q) => {
            checker::Proof::Cases(*place, Arc::new(proof(p)), Arc::new(proof(q)))
        }
        Proof::Cut(f, p, q) => checker::Proof::Cut(fml(f), Arc::new(proof(p)), Arc::new(proof(q))),
    }
}

/// The checker's kind.
pub fn kind(k: Kind) -> checker::Kind {
    match k {
        Kind::Int(t) => checker::Kind::Int(int_type(t)),
        Kind::Bool => checker::Kind::Bool,
    }
}

/// The checker's signature.
pub fn sig(s: &Sig) -> checker::Sig {
    let params = s.params.iter().map(|param| match *param {
        Param::Val(k, x) => checker::Param::Val(kind(k), var(x)),
        Param::Mut(k, x, y) => checker::Param::Mut(kind(k), var(x), var(y)),
        Param::Shr(k, x) => checker::Param::Shr(kind(k), var(x)),
    });
    let result = match s.result {
        Ret::Val(k, r) => checker::SigResult::Val(kind(k), var(r)),
        Ret::Unit => checker::SigResult::Unit,
    };
    checker::Sig {
        params: params.collect(),
        requires: s.requires.iter().map(fml).collect(),
        result,
        ensures: s.ensures.iter().map(fml).collect::<List<_>>(),
    }
}
