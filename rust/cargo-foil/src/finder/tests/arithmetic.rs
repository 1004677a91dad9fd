//! Every proof that is found is accepted by the checker's own functions; small systems are
//! compared with all values tried.

use super::super::arith::{Prover, prove};
use super::super::convert;
use crate::checker::List;
use crate::checker::generated as checker;
use crate::signature::{Exp, Fml, IntType, Var};

/// A generator of numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn small(&mut self) -> i64 {
        self.below(9) as i64 - 4
    }

    fn exp(&mut self, depth: u32, vars: Var) -> Exp {
        match if depth == 0 { self.below(2) } else { self.below(6) } {
            0 => Exp::int(self.small()),
            1 => Exp::Var(1 + self.below(vars)),
            2 | 3 => self.exp(depth - 1, vars).plus(self.exp(depth - 1, vars)),
            4 => self.exp(depth - 1, vars).minus(self.exp(depth - 1, vars)),
            _ => Exp::int(self.small()).times(self.exp(depth - 1, vars)),
        }
    }

    fn fml(&mut self, depth: u32, vars: Var) -> Fml {
        let (a, b) = (self.exp(2, vars), self.exp(1, vars));
        let range = IntType::named("u8").unwrap();
        match if depth == 0 { self.below(6) } else { self.below(8) } {
            0 => Fml::Le(a, b),
            1 => Fml::Lt(a, b),
            2 => Fml::Eq(a, b),
            3 => Fml::Ne(a, b),
            4 => Fml::In(range, a),
            5 => Fml::Out(range, a),
            6 => self.fml(depth - 1, vars).and(self.fml(depth - 1, vars)),
            _ => self.fml(depth - 1, vars).or(self.fml(depth - 1, vars)),
        }
    }
}

fn accepted(facts: &[Fml], goal: &Fml) -> bool {
    let Some(proof) = prove(facts, goal) else { return false };
    let theirs: List<_> = facts.iter().map(convert::fml).collect();
    assert!(
        checker::prove(&theirs, &convert::fml(goal), &convert::proof(&proof)),
        "{facts:?} ⊢ {goal}: {proof:?}"
    );
    true
}

fn value(e: &Exp, at: &[i64]) -> i64 {
    match e {
        Exp::Const(z) => i64::try_from(z).unwrap(),
        Exp::Var(x) => at[usize::try_from(*x).unwrap() - 1],
        Exp::Add(a, b) => value(a, at) + value(b, at),
        Exp::Sub(a, b) => value(a, at) - value(b, at),
        Exp::Mul(a, b) => value(a, at) * value(b, at),
    }
}

fn holds(f: &Fml, at: &[i64]) -> bool {
    match f {
        Fml::Le(a, b) => value(a, at) <= value(b, at),
        Fml::Lt(a, b) => value(a, at) < value(b, at),
        Fml::Eq(a, b) => value(a, at) == value(b, at),
        Fml::Ne(a, b) => value(a, at) != value(b, at),
        Fml::In(_, a) => (0..256).contains(&value(a, at)),
        Fml::Out(_, a) => !(0..256).contains(&value(a, at)),
        Fml::And(f, g) => holds(f, at) && holds(g, at),
        Fml::Or(f, g) => holds(f, at) || holds(g, at),
    }
}

#[test]
fn what_is_found_is_accepted() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut found = 0;
    for _ in 0..300 {
        let facts: Vec<Fml> = (0..random.below(5)).map(|_| random.fml(1, 3)).collect();
        let goal = random.fml(1, 3);
        found += usize::from(accepted(&facts, &goal));
    }
    assert!(found > 30, "{found}");
}

/// In a box of few values, a linear system has a proof or a value that contradicts it.
#[test]
fn small_systems_agree_with_all_values() {
    let mut random = Random(7);
    let (mut proved, mut refuted) = (0, 0);
    for _ in 0..200 {
        let mut facts: Vec<Fml> = (0..3).map(|_| random.fml(0, 2)).collect();
        for x in 1..=2 {
            facts.push(Fml::Le(Exp::int(-3), Exp::Var(x)));
            facts.push(Fml::Le(Exp::Var(x), Exp::int(3)));
        }
        let goal = random.fml(0, 2);
        let values = (-3..=3).flat_map(|x| (-3..=3).map(move |y| [x, y]));
        let counterexample = values
            .filter(|at| facts.iter().all(|fact| holds(fact, at)))
            .any(|at| !holds(&goal, &at));
        assert_eq!(accepted(&facts, &goal), !counterexample, "{facts:?} ⊢ {goal}");
        if counterexample { refuted += 1 } else { proved += 1 }
    }
    assert!(proved > 20 && refuted > 20, "{proved}, {refuted}");
}

fn x(n: Var) -> Exp {
    Exp::Var(n)
}

#[test]
fn products_cuts_and_large_numbers() {
    let int = Exp::int;
    // The step of a factorial.
    let facts = [Fml::Le(int(1), x(1)), Fml::Le(int(0), x(2)), Fml::Le(x(2), x(1))];
    let product = x(1).times(x(2).plus(int(1)));
    assert!(accepted(&facts, &Fml::Le(int(1), product.clone())));
    assert!(accepted(&facts, &Fml::Le(x(2).plus(int(1)), product.clone())));
    assert!(!accepted(&facts[1..], &Fml::Le(int(1), product)));
    // Squares.
    assert!(accepted(&[], &Fml::Le(int(0), x(1).times(x(1)))));
    // Nothing is even and odd.
    let even = Fml::Eq(x(1), int(2).times(x(2)));
    let odd = Fml::Eq(x(1), int(2).times(x(3)).plus(int(1)));
    assert!(accepted(&[even, odd], &Fml::truth(false)));
    // Halves.
    let half = Fml::Le(int(2).times(x(1)), int(5));
    assert!(accepted(&[half], &Fml::Le(x(1), int(2))));
    // 128 bits.
    let wide = IntType::named("u128").unwrap();
    let range = [Fml::In(wide, x(1)), Fml::In(wide, x(2))];
    let sum = x(1).plus(x(2));
    let bound = Exp::Const(wide.greatest()).times(int(2));
    assert!(accepted(&range, &Fml::Le(sum.clone(), bound)));
    assert!(!accepted(&range, &Fml::In(wide, sum)));
    // A quotient, as the checker knows it: cases within cases.
    let z = checker::quot_facts(&convert::var(9), &convert::exp(&x(1)), &convert::exp(&int(2)));
    let mut facts: Vec<Fml> = z.iter().map(convert::own_fml).collect();
    facts.push(Fml::Le(int(0), x(1)));
    assert!(accepted(&facts, &Fml::Le(int(2).times(x(9)), x(1))));
    let goal = Fml::Lt(x(1), int(2).times(x(9)).plus(int(2)));
    assert!(accepted(&facts, &goal));
}

#[test]
fn facts_that_contradict_each_other() {
    let f = Fml::Lt(x(1), x(2));
    let mut prover = Prover::new(vec![f.clone(), Fml::Lt(x(2), x(1))]);
    assert!(prover.refute(10).is_some());
    assert!(Prover::new(vec![f]).refute(10).is_none());
}
