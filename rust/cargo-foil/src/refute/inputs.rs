//! Inputs that are tried: small numbers, the ends of types, the numbers that the function
//! and its signature mention and those beside them, and random ones.

use super::exec::{Values, holds, range};
use crate::checker::{
    Body, Constant, Exp, Fml, Kind, Operand, Param, Positive, Rvalue, Sig, Stmt, Terminator,
};
use std::collections::BTreeSet;

/// A sequence of numbers that looks random and is always the same.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next number (SplitMix64).
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One below the bound, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.draw() % bound.max(1) as u64) as usize
    }
}

/// The variables of a signature's parameters, with their kinds.
pub fn inputs(sig: &Sig) -> Vec<(Positive, Kind)> {
    let of = |param: &Param| match param {
        Param::Val(kind, x) | Param::Mut(kind, x, _) | Param::Shr(kind, x) => {
            (x.clone(), kind.clone())
        }
    };
    sig.params.iter().map(of).collect()
}

fn of_exp(of: &Exp, found: &mut BTreeSet<i128>) {
    match of {
        Exp::C(value) => found.extend(value.to_i128()),
        Exp::V(_) => {}
        Exp::Add(a, b) | Exp::Sub(a, b) | Exp::Mul(a, b) => {
            of_exp(a, found);
            of_exp(b, found);
        }
    }
}

fn of_fml(of: &Fml, found: &mut BTreeSet<i128>) {
    match of {
        Fml::Le(a, b) | Fml::Lt(a, b) | Fml::Eq(a, b) | Fml::Ne(a, b) => {
            of_exp(a, found);
            of_exp(b, found);
        }
        Fml::In(_, a) | Fml::Out(_, a) => of_exp(a, found),
        Fml::And(f, g) | Fml::Or(f, g) => {
            of_fml(f, found);
            of_fml(g, found);
        }
    }
}

fn of_operand(of: &Operand, found: &mut BTreeSet<i128>) {
    if let Operand::Const(Constant::Int(_, value)) = of {
        found.extend(value.to_i128());
    }
}

/// The numbers that a function and its signature mention.
fn mentioned(sig: &Sig, body: &Body) -> BTreeSet<i128> {
    let mut found = BTreeSet::new();
    for formula in sig.requires.iter().chain(&sig.ensures) {
        of_fml(formula, &mut found);
    }
    for (statements, end) in &body.blocks {
        for Stmt::Assign(_, value) in statements {
            match value {
                Rvalue::Use(a) | Rvalue::Not(a) | Rvalue::IntCast(_, a) => {
                    of_operand(a, &mut found);
                }
                Rvalue::Rel(_, a, b) | Rvalue::Arith(_, _, a, b) | Rvalue::Checked(_, _, a, b) => {
                    of_operand(a, &mut found);
                    of_operand(b, &mut found);
                }
                Rvalue::Aggregate(_, parts) => {
                    parts.iter().for_each(|part| of_operand(part, &mut found));
                }
                Rvalue::Ref(_) | Rvalue::Discriminant(_) => {}
            }
        }
        match end {
            Terminator::SwitchInt(_, targets, _) => {
                found.extend(targets.iter().filter_map(|(value, _)| value.to_i128()));
            }
            Terminator::Call(_, _, args, _, _) => {
                args.iter().for_each(|arg| of_operand(arg, &mut found));
            }
            _ => {}
        }
    }
    found
}

/// The values that are tried for a variable, simple ones first.
fn pool(kind: &Kind, mentioned: &BTreeSet<i128>) -> Vec<i128> {
    let Kind::Int(ty) = kind else { return vec![0, 1] };
    let Some((least, greatest)) = range(ty) else { return vec![0, 1, 2, 3, 5, 8] };
    let mut values: BTreeSet<i128> = (-3..=8).chain([10, 13, 16, 100]).collect();
    for &value in mentioned {
        for near in -1..=1 {
            values.extend(value.checked_add(near));
            values.extend(value.checked_neg().and_then(|value| value.checked_add(near)));
        }
    }
    for step in 0..3 {
        values.extend([least + step, greatest - step, greatest / 2 + step]);
    }
    let mut values: Vec<i128> =
        values.into_iter().filter(|value| (least..=greatest).contains(value)).collect();
    values.sort_by_key(|value| (value.unsigned_abs(), *value < 0));
    values
}

/// So many inputs are made at most.
const INPUTS: usize = 12_000;

/// Inputs of a function that its signature allows, simple ones first.
pub fn candidates(sig: &Sig, body: &Body, random: &mut Random) -> Vec<Values> {
    let inputs = inputs(sig);
    let mentioned = mentioned(sig, body);
    let pools: Vec<Vec<i128>> = inputs.iter().map(|(_, kind)| pool(kind, &mentioned)).collect();
    let allowed =
        |values: &Values| sig.requires.iter().all(|formula| holds(formula, values) == Some(true));
    let all = pools.iter().map(Vec::len).try_fold(1_usize, usize::checked_mul);
    let mut found: Vec<Values> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |choice: Vec<i128>| {
        if seen.insert(choice.clone()) {
            let values: Values = inputs.iter().map(|(var, _)| var.clone()).zip(choice).collect();
            if allowed(&values) {
                found.push(values);
            }
        }
    };
    match all {
        Some(all) if all <= INPUTS => {
            for number in 0..all {
                let mut rest = number;
                let choice = pools.iter().map(|pool| {
                    let value = pool[rest % pool.len()];
                    rest /= pool.len();
                    value
                });
                add(choice.collect());
            }
        }
        _ => {
            for round in 0..INPUTS {
                // More and more of the pools is taken.
                let share = |pool: &Vec<i128>| 1 + pool.len() * round / INPUTS;
                let choice =
                    pools.iter().map(|pool| pool[random.below(share(pool).max(3).min(pool.len()))]);
                add(choice.collect());
            }
        }
    }
    for _ in 0..200 {
        let choice = inputs.iter().map(|(_, kind)| match kind {
            Kind::Bool => i128::from(random.draw() & 1),
            Kind::Int(ty) => {
                let (least, greatest) = range(ty).unwrap_or((0, 1 << 64));
                let value = i128::from(random.draw() >> (random.draw() % 64));
                let value = if ty.signed && random.draw() & 1 == 1 { -value } else { value };
                value.clamp(least, greatest)
            }
        });
        add(choice.collect());
    }
    found.sort_by_key(|values| {
        values.values().map(|value| value.unsigned_abs()).fold(0, u128::saturating_add)
    });
    found
}
