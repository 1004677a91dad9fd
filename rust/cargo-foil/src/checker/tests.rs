//! The checker in Rust answers as in Coq, ends on whatever it is given, and is not
//! deceived by certificates for what is false.

use super::chapter::{chapter_examples, chapter_functions, chapter_program};
use super::*;
use std::sync::Arc;

fn answer(mode: Mode, functions: &List<Option<CheckedFn>>) -> Verdict {
    check(mode, &chapter_program(), &chapter_functions(), functions, Limits::default())
}

/// The examples of the chapter, accepted and rejected, have the answers that Coq has
/// computed. Killed by: any change to the generated functions that matters to one.
#[test]
fn the_answers_are_those_of_coq() {
    let examples = chapter_examples();
    assert!(examples.len() >= 13);
    let mut accepted = 0;
    for (number, ((mode, functions), expected)) in examples.iter().enumerate() {
        let expected = match expected {
            Ok(()) => Verdict::Accepted,
            Err(error) => Verdict::Rejected(error.clone()),
        };
        accepted += usize::from(expected == Verdict::Accepted);
        assert_eq!(answer(*mode, functions), expected, "example {number}");
    }
    assert!((4..examples.len()).contains(&accepted));
}

/// Killed by: a limit that is not looked at.
#[test]
fn a_check_stops_at_its_limits() {
    let examples = chapter_examples();
    let ((mode, functions), _) = examples.get(0).unwrap();
    let (program, instances) = (chapter_program(), chapter_functions());
    let within = |steps, size| check(*mode, &program, &instances, functions, Limits { steps, size });
    assert_eq!(within(100, 1 << 25), Verdict::Stopped(Limit::Steps));
    assert_eq!(within(1_000_000_000, 1000), Verdict::Stopped(Limit::Size));
}

fn nested(depth: usize) -> Exp {
    let add = |inner, _| Exp::Add(Arc::new(inner), Arc::new(Exp::C(Z::from(1))));
    (0..depth).fold(Exp::V(Positive::nth(0)), add)
}

/// One function `fn() { return }`, entered at its only node with these facts.
fn one(facts: List<Fml>, term: TermCert, entry: Proof) -> Verdict {
    let body = Body {
        args: 0,
        locals: List::from([Ty::Tuple(List::new())]),
        blocks: List::from([(List::new(), Terminator::Return)]),
    };
    let sig = Sig {
        params: List::new(),
        requires: List::new(),
        result: SigResult::Unit,
        ensures: List::from([Fml::Lt(Exp::C(Z::from(1)), Exp::C(Z::from(0)))]),
    };
    let env = Env { cells: List::from([Sym::Any]), facts };
    let node = Node { block: 0, env, term };
    let cert = Cert {
        entry: Edge::To(0, List::new(), List::from([entry])),
        nodes: List::from([node]),
    };
    let functions = List::from([Some(CheckedFn { sig, cert })]);
    let program = Program { adts: List::new(), fns: List::from([body]) };
    let instances = List::from([Instance::Fn(0, List::new())]);
    check(Mode::Panics, &program, &instances, &functions, Limits::default())
}

/// Killed by: recursion that is not guarded.
#[test]
fn nesting_ends_with_an_answer() {
    for depth in [100, 1_000_000] {
        let exp = nested(depth);
        let facts = List::from([Fml::Le(exp.clone(), exp.clone())]);
        let verdict =
            one(facts, TermCert::Return(List::new(), List::new()), Proof::Leaf(ArithProof::DoneProof));
        assert_ne!(verdict, Verdict::Accepted);
        assert_eq!(matches!(verdict, Verdict::Stopped(_)), depth > 1000, "{depth}: {verdict:?}");
        // What is nested so deep is taken apart here, where there is room for it.
        std::thread::Builder::new().stack_size(1 << 30).spawn(move || drop(exp)).unwrap().join().unwrap();
    }
}

/// Products of large numbers and of polynomials take steps as they grow.
#[test]
fn growth_ends_with_an_answer() {
    let mut square = Exp::Add(
        Arc::new(Exp::V(Positive::nth(0))),
        Arc::new(Exp::C(Z::from(i128::MAX))),
    );
    for _ in 0..64 {
        let shared = Arc::new(square);
        square = Exp::Mul(Arc::clone(&shared), shared);
    }
    let facts = List::from([Fml::Eq(square, Exp::C(Z::from(0)))]);
    let verdict = one(facts, TermCert::Return(List::new(), List::new()), Proof::Leaf(ArithProof::DoneProof));
    assert!(matches!(verdict, Verdict::Stopped(Limit::Size)), "{verdict:?}");

    let mut psatz = Psatz::C(Z::from(i128::MAX));
    for _ in 0..60 {
        psatz = Psatz::Square(Pol::PX(
            Arc::new(Pol::Pc(Z::from(3))),
            Positive::new(i64::MAX).unwrap(),
            Arc::new(Pol::Pc(Z::from(2))),
        ));
        psatz = Psatz::Add(Arc::new(psatz.clone()), Arc::new(psatz));
        psatz = Psatz::MulE(Arc::new(psatz.clone()), Arc::new(psatz));
        if size(&psatz) > 100_000 {
            break;
        }
    }
    let proof = Proof::Leaf(ArithProof::RatProof(psatz, Arc::new(ArithProof::DoneProof)));
    let verdict = one(List::new(), TermCert::Never(proof), Proof::Leaf(ArithProof::DoneProof));
    assert_ne!(verdict, Verdict::Accepted);
}

fn size(value: &impl std::hash::Hash) -> usize {
    use std::hash::Hasher;
    struct Count(usize);
    impl Hasher for Count {
        fn write(&mut self, bytes: &[u8]) {
            self.0 += bytes.len();
        }
        fn finish(&self) -> u64 {
            0
        }
    }
    let mut count = Count(0);
    value.hash(&mut count);
    count.0
}
