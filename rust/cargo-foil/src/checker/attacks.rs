//! Certificates that are changed at random: for what is false none is accepted, and the
//! checker ends on each.

use super::chapter::{chapter_examples, chapter_functions, chapter_program};
use super::*;
use std::sync::Arc;

/// Numbers that look random, the same on each run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }
    pub(crate) fn once_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }
}

/// Another value much like this one.
pub(crate) trait Change: Clone {
    fn change(&self, r: &mut Random) -> Self;
}

impl<T: Change> Change for Arc<T> {
    fn change(&self, r: &mut Random) -> Self {
        Arc::new((**self).change(r))
    }
}

impl<A: Change, B: Change> Change for (A, B) {
    fn change(&self, r: &mut Random) -> Self {
        if r.once_in(2) {
            (self.0.change(r), self.1.clone())
        } else {
            (self.0.clone(), self.1.change(r))
        }
    }
}

impl<T: Change> Change for List<T> {
    fn change(&self, r: &mut Random) -> Self {
        let mut items: Vec<T> = self.iter().cloned().collect();
        if items.is_empty() {
            return self.clone();
        }
        let (at, other) = (r.below(items.len()), r.below(items.len()));
        match r.below(8) {
            0 => drop(items.remove(at)),
            1 => items.insert(at, items[other].clone()),
            2 => items.swap(at, other),
            _ => items[at] = items[at].change(r),
        }
        items.into()
    }
}

impl Change for usize {
    fn change(&self, r: &mut Random) -> Self {
        match r.below(4) {
            0 => self.wrapping_add(1),
            1 => self.wrapping_sub(1),
            2 => r.below(12),
            _ => usize::MAX,
        }
    }
}

impl Change for Z {
    fn change(&self, r: &mut Random) -> Self {
        match r.below(6) {
            0 => self.add(&Z::from(1)),
            1 => self.sub(&Z::from(1)),
            2 => Z::from(0).sub(self),
            3 => Z::from(0),
            4 => Z::from(r.below(100)),
            _ => Z::from(i128::MAX).mul(&Z::from(i128::MIN)),
        }
    }
}

impl Change for Positive {
    fn change(&self, r: &mut Random) -> Self {
        Positive::nth(u32::try_from(r.below(7)).unwrap_or(0))
    }
}

impl Change for IntType {
    fn change(&self, _: &mut Random) -> Self {
        IntType { width: self.width, signed: !self.signed }
    }
}

impl Change for Exp {
    fn change(&self, r: &mut Random) -> Self {
        match (self, r.below(6)) {
            (_, 0) => Exp::C(Z::from(0).change(r)),
            (_, 1) => Exp::V(Positive::nth(0).change(r)),
            (Exp::C(z), _) => Exp::C(z.change(r)),
            (Exp::V(x), _) => Exp::V(x.change(r)),
            (Exp::Add(a, b), 2) => Exp::Sub(a.clone(), b.clone()),
            (Exp::Sub(a, b), 2) => Exp::Mul(b.clone(), a.clone()),
            (Exp::Mul(a, b), 2) => Exp::Add(a.clone(), b.clone()),
            (Exp::Add(a, b), 3) => Exp::Add(a.change(r), b.clone()),
            (Exp::Sub(a, b), 3) => Exp::Sub(a.change(r), b.clone()),
            (Exp::Mul(a, b), 3) => Exp::Mul(a.change(r), b.clone()),
            (Exp::Add(a, b), _) => Exp::Add(a.clone(), b.change(r)),
            (Exp::Sub(a, b), _) => Exp::Sub(a.clone(), b.change(r)),
            (Exp::Mul(a, b), _) => Exp::Mul(a.clone(), b.change(r)),
        }
    }
}

impl Change for Fml {
    fn change(&self, r: &mut Random) -> Self {
        let way = r.below(4);
        match self {
            Fml::Le(a, b) | Fml::Lt(a, b) | Fml::Eq(a, b) | Fml::Ne(a, b) if way == 0 => {
                match r.below(5) {
                    0 => Fml::Le(a.clone(), b.clone()),
                    1 => Fml::Lt(a.clone(), b.clone()),
                    2 => Fml::Eq(a.clone(), b.clone()),
                    3 => Fml::Ne(a.clone(), b.clone()),
                    _ => Fml::Le(b.clone(), a.clone()),
                }
            }
            Fml::Le(a, b) if way == 1 => Fml::Le(a.change(r), b.clone()),
            Fml::Lt(a, b) if way == 1 => Fml::Lt(a.change(r), b.clone()),
            Fml::Eq(a, b) if way == 1 => Fml::Eq(a.change(r), b.clone()),
            Fml::Ne(a, b) if way == 1 => Fml::Ne(a.change(r), b.clone()),
            Fml::Le(a, b) => Fml::Le(a.clone(), b.change(r)),
            Fml::Lt(a, b) => Fml::Lt(a.clone(), b.change(r)),
            Fml::Eq(a, b) => Fml::Eq(a.clone(), b.change(r)),
            Fml::Ne(a, b) => Fml::Ne(a.clone(), b.change(r)),
            Fml::In(t, a) if way == 0 => Fml::Out(t.clone(), a.clone()),
            Fml::Out(t, a) if way == 0 => Fml::In(t.clone(), a.clone()),
            Fml::In(t, a) if way == 1 => Fml::In(t.change(r), a.clone()),
            Fml::Out(t, a) if way == 1 => Fml::Out(t.change(r), a.clone()),
            Fml::In(t, a) => Fml::In(t.clone(), a.change(r)),
            Fml::Out(t, a) => Fml::Out(t.clone(), a.change(r)),
            Fml::And(f, g) if way == 0 => Fml::Or(f.clone(), g.clone()),
            Fml::Or(f, g) if way == 0 => Fml::And(f.clone(), g.clone()),
            Fml::And(f, g) if way == 1 => Fml::And(f.change(r), g.clone()),
            Fml::Or(f, g) if way == 1 => Fml::Or(f.change(r), g.clone()),
            Fml::And(f, g) => Fml::And(f.clone(), g.change(r)),
            Fml::Or(f, g) => Fml::Or(f.clone(), g.change(r)),
        }
    }
}

impl Change for Pol<Z> {
    fn change(&self, r: &mut Random) -> Self {
        match (self, r.below(4)) {
            (_, 0) => Pol::Pc(Z::from(1).change(r)),
            (_, 1) => {
                Pol::PX(Arc::new(self.clone()), Positive::nth(0).change(r), Arc::new(self.clone()))
            }
            (Pol::Pc(z), _) => Pol::Pc(z.change(r)),
            (Pol::Pinj(j, q), _) => Pol::Pinj(j.change(r), q.change(r)),
            (Pol::PX(p, i, q), _) => Pol::PX(p.change(r), i.change(r), q.change(r)),
        }
    }
}

impl Change for Psatz<Z> {
    fn change(&self, r: &mut Random) -> Self {
        let own = || Arc::new(self.clone());
        match (self, r.below(12)) {
            (_, 0) => Psatz::In(r.below(9)),
            (_, 1) => Psatz::C(Z::from(1).change(r)),
            (_, 2) => Psatz::Square(Pol::Pc(Z::from(1)).change(r)),
            (_, 3) => Psatz::Z,
            (_, 4) => Psatz::Add(own(), Arc::new(Psatz::In(r.below(9)))),
            (_, 5) => Psatz::MulC(Pol::Pc(Z::from(1)).change(r), own()),
            (_, 6) => Psatz::MulE(own(), Arc::new(Psatz::In(r.below(9)))),
            (_, 7) => Psatz::Let(own(), Arc::new(Psatz::In(r.below(9)))),
            (Psatz::Let(a, b), 8) => Psatz::Let(a.clone(), b.change(r)),
            (Psatz::Let(a, b), _) => Psatz::Let(a.change(r), b.clone()),
            (Psatz::In(n), _) => Psatz::In(n.change(r)),
            (Psatz::Square(p), _) => Psatz::Square(p.change(r)),
            (Psatz::MulC(p, a), 8) => Psatz::MulC(p.change(r), a.clone()),
            (Psatz::MulC(p, a), _) => Psatz::MulC(p.clone(), a.change(r)),
            (Psatz::MulE(a, b), 8) => Psatz::MulE(a.change(r), b.clone()),
            (Psatz::MulE(a, b), _) => Psatz::MulE(a.clone(), b.change(r)),
            (Psatz::Add(a, b), 8) => Psatz::Add(a.change(r), b.clone()),
            (Psatz::Add(a, b), _) => Psatz::Add(a.clone(), b.change(r)),
            (Psatz::C(z), _) => Psatz::C(z.change(r)),
            (Psatz::Z, _) => Psatz::In(r.below(9)),
        }
    }
}

impl Change for ArithProof {
    fn change(&self, r: &mut Random) -> Self {
        let own = || Arc::new(self.clone());
        let some = |r: &mut Random| Psatz::In(0).change(r);
        match (self, r.below(8)) {
            (_, 0) => ArithProof::DoneProof,
            (_, 1) => ArithProof::RatProof(some(r), own()),
            (_, 2) => ArithProof::CutProof(some(r), own()),
            (_, 3) => ArithProof::SplitProof(Pol::Pc(Z::from(0)).change(r), own(), own()),
            (_, 4) => ArithProof::EnumProof(some(r), some(r), List::from([self.clone()])),
            (_, 5) => ArithProof::ExProof(Positive::nth(0).change(r), own()),
            (ArithProof::RatProof(w, p), 6) => ArithProof::RatProof(w.clone(), p.change(r)),
            (ArithProof::RatProof(w, p), _) => ArithProof::RatProof(w.change(r), p.clone()),
            (ArithProof::CutProof(w, p), 6) => ArithProof::CutProof(w.clone(), p.change(r)),
            (ArithProof::CutProof(w, p), _) => ArithProof::CutProof(w.change(r), p.clone()),
            (other, _) => other.clone(),
        }
    }
}

impl Change for Proof {
    fn change(&self, r: &mut Random) -> Self {
        let own = || Arc::new(self.clone());
        match (self, r.below(8)) {
            (_, 0) => Proof::Leaf(ArithProof::DoneProof.change(r)),
            (_, 1) => Proof::Cases(r.below(6), own(), own()),
            (_, 2) => {
                let f = Fml::Le(Exp::C(Z::from(0)), Exp::V(Positive::nth(0)));
                Proof::Cut(f.change(r), own(), own())
            }
            (Proof::Leaf(w), _) => Proof::Leaf(w.change(r)),
            (Proof::Cases(n, p, q), 3) => Proof::Cases(n.change(r), p.clone(), q.clone()),
            (Proof::Cases(n, p, q), 4) => Proof::Cases(*n, q.clone(), p.clone()),
            (Proof::Cases(n, p, q), 5) => Proof::Cases(*n, p.change(r), q.clone()),
            (Proof::Cases(n, p, q), _) => Proof::Cases(*n, p.clone(), q.change(r)),
            (Proof::Cut(f, p, q), 3) => Proof::Cut(f.change(r), p.clone(), q.clone()),
            (Proof::Cut(f, p, q), 4) => Proof::Cut(f.clone(), p.change(r), q.clone()),
            (Proof::Cut(f, p, q), _) => Proof::Cut(f.clone(), p.clone(), q.change(r)),
        }
    }
}

impl Change for Kind {
    fn change(&self, _: &mut Random) -> Self {
        match self {
            Kind::Bool => Kind::Int(IntType { width: IntSize::W32, signed: true }),
            Kind::Int(_) => Kind::Bool,
        }
    }
}

impl Change for Sym {
    fn change(&self, r: &mut Random) -> Self {
        let int = IntType { width: IntSize::W32, signed: true };
        match (self, r.below(8)) {
            (_, 0) => Sym::Any,
            (_, 1) => Sym::Int(int, Exp::V(Positive::nth(0)).change(r)),
            (_, 2) => Sym::Wrap(int, Exp::V(Positive::nth(0)).change(r)),
            (_, 3) => Sym::Ptr(r.below(16)),
            (_, 4) => Sym::Some(Kind::Int(int)),
            (Sym::Int(t, e), _) => Sym::Int(t.clone(), e.change(r)),
            (Sym::Wrap(t, e), _) => Sym::Wrap(t.clone(), e.change(r)),
            (Sym::Bool(f), _) => Sym::Bool(f.change(r)),
            (Sym::Ptr(k), _) => Sym::Ptr(k.change(r)),
            (Sym::Some(k), _) => Sym::Some(k.change(r)),
            (Sym::Any, _) => Sym::Bool(Fml::Eq(Exp::C(Z::from(0)), Exp::C(Z::from(0)))),
        }
    }
}

impl Change for Env {
    fn change(&self, r: &mut Random) -> Self {
        if r.once_in(2) {
            Env { cells: self.cells.change(r), facts: self.facts.clone() }
        } else {
            Env { cells: self.cells.clone(), facts: self.facts.change(r) }
        }
    }
}

impl Change for Edge {
    fn change(&self, r: &mut Random) -> Self {
        match (self, r.below(6)) {
            (_, 0) => Edge::Never(Proof::Leaf(ArithProof::DoneProof).change(r)),
            (Edge::To(n, s, ps), 1) => Edge::To(n.change(r), s.clone(), ps.clone()),
            (Edge::To(n, s, ps), 2 | 3) => Edge::To(*n, s.change(r), ps.clone()),
            (Edge::To(n, s, ps), _) => Edge::To(*n, s.clone(), ps.change(r)),
            (Edge::Never(p), _) => Edge::Never(p.change(r)),
        }
    }
}

impl Change for TermCert {
    fn change(&self, r: &mut Random) -> Self {
        let own = || Arc::new(self.clone());
        match (self, r.below(10)) {
            (_, 0) => TermCert::Never(Proof::Leaf(ArithProof::DoneProof).change(r)),
            (_, 1) => {
                let f = Fml::Le(Exp::C(Z::from(0)), Exp::V(Positive::nth(0)));
                TermCert::Split(f.change(r), own(), own())
            }
            (TermCert::Goto(e), _) => TermCert::Goto(e.change(r)),
            (TermCert::Switch(es, e), 2) => TermCert::Switch(es.clone(), e.change(r)),
            (TermCert::Switch(es, e), _) => TermCert::Switch(es.change(r), e.clone()),
            (TermCert::Assert(ps, e), 2) => TermCert::Assert(ps.clone(), e.change(r)),
            (TermCert::Assert(ps, e), _) => TermCert::Assert(ps.change(r), e.clone()),
            (TermCert::Call(s, n, ps, e), 2) => {
                TermCert::Call(s.change(r), n.clone(), ps.clone(), e.clone())
            }
            (TermCert::Call(s, n, ps, e), 3) => {
                TermCert::Call(s.clone(), n.change(r), ps.clone(), e.clone())
            }
            (TermCert::Call(s, n, ps, e), 4) => {
                TermCert::Call(s.clone(), n.clone(), ps.clone(), e.change(r))
            }
            (TermCert::Call(s, n, ps, e), _) => {
                TermCert::Call(s.clone(), n.clone(), ps.change(r), e.clone())
            }
            (TermCert::Return(s, ps), 2) => TermCert::Return(s.clone(), ps.change(r)),
            (TermCert::Return(s, ps), _) => TermCert::Return(s.change(r), ps.clone()),
            (TermCert::Never(p), _) => TermCert::Never(p.change(r)),
            (TermCert::Split(f, a, b), 2) => TermCert::Split(f.change(r), a.clone(), b.clone()),
            (TermCert::Split(f, a, b), 3) => TermCert::Split(f.clone(), a.change(r), b.clone()),
            (TermCert::Split(f, a, b), _) => TermCert::Split(f.clone(), a.clone(), b.change(r)),
        }
    }
}

impl Change for Node {
    fn change(&self, r: &mut Random) -> Self {
        let mut node = self.clone();
        match r.below(8) {
            0 => node.block = node.block.change(r),
            1..=3 => node.env = node.env.change(r),
            _ => node.term = node.term.change(r),
        }
        node
    }
}

impl Change for Cert {
    fn change(&self, r: &mut Random) -> Self {
        if r.once_in(6) {
            Cert { entry: self.entry.change(r), nodes: self.nodes.clone() }
        } else {
            Cert { entry: self.entry.clone(), nodes: self.nodes.change(r) }
        }
    }
}

/// The same functions and signatures, with other certificates.
fn changed(functions: &List<Option<CheckedFn>>, r: &mut Random) -> List<Option<CheckedFn>> {
    let all = functions.iter().filter(|function| function.is_some()).count();
    let mut at = r.below(all);
    let times = 1 + r.below(4);
    let change = |function: &Option<CheckedFn>| {
        let mut function = function.clone();
        if let Some(CheckedFn { cert, .. }) = &mut function {
            if at == 0 {
                for _ in 0..times {
                    *cert = cert.change(r);
                }
            }
            at = at.wrapping_sub(1);
        }
        function
    };
    functions.iter().map(change).collect()
}

/// How often; `FOIL_ATTACKS` says another number.
pub(crate) fn attacks(few: usize) -> usize {
    std::env::var("FOIL_ATTACKS").ok().and_then(|text| text.parse().ok()).unwrap_or(few)
}

/// Killed by: a proof, an environment or an edge that is not looked at.
#[test]
fn no_changed_certificate_shows_what_is_false() {
    let (program, instances) = (chapter_program(), chapter_functions());
    // All of these claim what is false, if the functions that they call are known by their
    // signatures alone.
    let examples = chapter_examples();
    let few = |functions: &List<Option<CheckedFn>>| functions.iter().flatten().count() <= 3;
    let small: Vec<_> = examples.iter().filter(|((_, functions), _)| few(functions)).collect();
    let mut r = Random(0x9e37_79b9_7f4a_7c15);
    let (mut rejected, mut stopped) = (0, 0);
    let mut answers = std::collections::BTreeSet::new();
    for number in 0..attacks(600) {
        let ((mode, functions), answer) = small[number % small.len()];
        let functions = changed(functions, &mut r);
        let limits = Limits { steps: 3_000_000, ..Limits::default() };
        match check(*mode, &program, &instances, &functions, limits) {
            Verdict::Accepted => assert!(answer.is_ok(), "{number}: {functions:?}"),
            Verdict::Rejected(error) => {
                rejected += 1;
                answers.insert(format!("{:?} {:?}", error.code, error.at));
            }
            Verdict::Stopped(_) => stopped += 1,
        }
    }
    assert!(rejected > stopped * 10, "{rejected} rejected, {stopped} stopped");
    assert!(answers.len() > 8, "{answers:?}");
}
