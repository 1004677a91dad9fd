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
    let within =
        |steps, size| check(*mode, &program, &instances, functions, Limits { steps, size });
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
    let cert =
        Cert { entry: Edge::To(0, List::new(), List::from([entry])), nodes: List::from([node]) };
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
        let verdict = one(
            facts,
            TermCert::Return(List::new(), List::new()),
            Proof::Leaf(ArithProof::DoneProof),
        );
        assert_ne!(verdict, Verdict::Accepted);
        assert_eq!(matches!(verdict, Verdict::Stopped(_)), depth > 1000, "{depth}: {verdict:?}");
        // What is nested so deep is taken apart here, where there is room for it.
        std::thread::Builder::new()
            .stack_size(1 << 30)
            .spawn(move || drop(exp))
            .unwrap()
            .join()
            .unwrap();
    }
}

/// Products of large numbers and of polynomials take steps as they grow.
#[test]
fn growth_ends_with_an_answer() {
    let mut square =
        Exp::Add(Arc::new(Exp::V(Positive::nth(0))), Arc::new(Exp::C(Z::from(i128::MAX))));
    for _ in 0..64 {
        let shared = Arc::new(square);
        square = Exp::Mul(Arc::clone(&shared), shared);
    }
    let facts = List::from([Fml::Eq(square, Exp::C(Z::from(0)))]);
    let verdict =
        one(facts, TermCert::Return(List::new(), List::new()), Proof::Leaf(ArithProof::DoneProof));
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

/// The functions that are written by hand are those that Coq has under the names that
/// they stand for. Killed by: a wrong name, or a wrong function.
#[test]
fn functions_by_hand_are_those_of_coq() {
    use super::{reference as coq, runtime as rust};
    let small = 0..=9_usize;
    for n in small.clone() {
        for m in small.clone() {
            assert_eq!(coq::add(&n, &m), rust::nat_add(&n, &m));
            assert_eq!(coq::sub(&n, &m), rust::nat_sub(&n, &m));
            assert_eq!(coq::sub2(&n, &m), rust::nat_sub(&n, &m));
            assert_eq!(coq::eqb1(&n, &m), rust::nat_eqb(&n, &m));
            assert_eq!(coq::leb1(&n, &m), rust::nat_leb(&n, &m));
            assert_eq!(coq::ltb0(&n, &m), rust::nat_ltb(&n, &m));
            assert_eq!(coq::max2(&n, &m), rust::nat_max(&n, &m));
        }
    }
    let mut integers: Vec<Z> = (-12..=12).map(Z::from).collect();
    for near in [i128::from(i64::MAX), i128::from(i64::MIN), i128::MAX, i128::MIN + 1] {
        integers.extend((-1..=0).map(|more| Z::from(near + more)));
    }
    for a in &integers {
        assert_eq!(coq::opp(a), rust::z_opp(a), "{a}");
        assert_eq!(coq::abs(a), rust::z_abs(a), "{a}");
        for n in [-1, 0, 1, 2, 5].map(Z::from) {
            assert_eq!(coq::pow(a, &n), rust::z_pow(a, &n), "{a} {n}");
        }
        for b in &integers {
            assert_eq!(coq::add2(a, b), rust::z_add(a, b), "{a} {b}");
            assert_eq!(coq::sub1(a, b), rust::z_sub(a, b), "{a} {b}");
            assert_eq!(coq::mul0(a, b), rust::z_mul(a, b), "{a} {b}");
            assert_eq!(coq::leb0(a, b), rust::z_leb(a, b), "{a} {b}");
            assert_eq!(coq::ltb(a, b), rust::z_ltb(a, b), "{a} {b}");
            assert_eq!(coq::gtb(a, b), rust::z_gtb(a, b), "{a} {b}");
            assert_eq!(coq::eqb0(a, b), rust::z_eqb(a, b), "{a} {b}");
            assert_eq!(coq::zeq_bool(a, b), rust::z_eqb(a, b), "{a} {b}");
            assert_eq!(coq::max1(a, b), rust::z_max(a, b), "{a} {b}");
            assert_eq!(coq::div_eucl(a, b), rust::z_div_eucl(a, b), "{a} {b}");
            assert_eq!(coq::div(a, b), rust::z_div(a, b), "{a} {b}");
            assert_eq!(coq::gcd0(a, b), rust::z_gcd(a, b), "{a} {b}");
        }
    }
    let positives: Vec<Positive> = integers.into_iter().filter_map(Positive::new).collect();
    for p in &positives {
        assert_eq!(coq::succ1(p), rust::positive_succ(p), "{p}");
        assert_eq!(coq::pred(p), rust::positive_pred(p), "{p}");
        for q in &positives {
            assert_eq!(coq::add1(p, q), rust::positive_add(p, q), "{p} {q}");
            assert_eq!(coq::sub0(p, q), rust::positive_sub(p, q), "{p} {q}");
            assert_eq!(coq::mul(p, q), rust::positive_mul(p, q), "{p} {q}");
            assert_eq!(coq::compare0(p, q), rust::positive_compare(p, q), "{p} {q}");
            assert_eq!(coq::max0(p, q), rust::positive_max(p, q), "{p} {q}");
            assert_eq!(coq::eqb(p, q), rust::positive_eqb(p, q), "{p} {q}");
            assert_eq!(coq::eq_dec(p, q), rust::positive_eqb(p, q), "{p} {q}");
            assert_eq!(coq::eq_dec1(p, q), rust::positive_eqb(p, q), "{p} {q}");
            assert_eq!(coq::leb(p, q), rust::positive_leb(p, q), "{p} {q}");
            assert_eq!(coq::pos_sub(p, q), rust::positive_minus(p, q), "{p} {q}");
        }
    }
    for b in [false, true] {
        assert_eq!(coq::bool_decide(&b), rust::same_bool_value(&b));
    }
    // `numbered` of `theories/mir/block_compile.v`.
    assert_eq!(rust::local_name(&0), "_0");
    assert_eq!(rust::local_name(&120), "_120");
    assert_eq!(rust::local_name(&7_000_012), "_000012");
}

/// The lowering of what the compiler prints for the chapter's functions.
fn lowered_chapter() -> lower::Lowered {
    lower::lower(include_str!("data/chapter.mir"))
}

/// The bodies that were written by hand in Coq are those that are lowered; but for the
/// panic, which is a call in the one and an overflow in the other.
#[test]
fn the_bodies_by_hand_are_what_is_lowered() {
    let lowered = lowered_chapter();
    let (by_hand, program) = (chapter_program(), lowered.program());
    assert_eq!(by_hand.fns.len(), program.fns.len());
    for (number, (hand, made)) in by_hand.fns.iter().zip(&program.fns).enumerate() {
        let name = lowered.functions[number].path.to_string();
        if number > 0 {
            assert_eq!(hand, made, "{name}");
        }
    }
    assert_eq!(chapter_functions().len(), lowered.instances().len());
}

/// Killed by: a panic that is lost, a place that is not that of the source, a name of
/// another local, a construct that passes in silence.
#[test]
fn what_is_lowered_says_where_it_comes_from() {
    let (text, spans) = tally_mir::spans::split(include_str!("data/lower.mir"));
    let of_p = declared("P", vec![ty("i32"), ty("u32")], false);
    let lowered = lower::lower_with(&text, tally_mir::parse::parse(&text), &spans, &of_p);
    assert!(lowered.unreadable.is_empty());
    let of = |name: &str| {
        let number = lowered.number(name).unwrap();
        lowered.functions[number].body.as_ref()
    };
    let line = |span: &Option<tally_mir::spans::Span>| span.as_ref().map(|span| span.start.0);

    // A panic with a text that is made is one overflow, in the first block of the making.
    let stops = of("stops").unwrap();
    assert_eq!(stops.names[1].as_deref(), Some("x"));
    let panics: Vec<_> = stops.blocks.iter().filter(|block| block.stop.is_some()).collect();
    assert!(!panics.is_empty());
    for block in panics {
        let stop = block.stop.as_ref();
        assert!(matches!(stop, Some(lower::Stop::Panic { .. })), "{stop:?}");
    }
    let of_panic = |(statements, end): &(List<Stmt>, Terminator)| {
        let checked =
            |stmt: &Stmt| matches!(stmt, Stmt::Assign(_, Rvalue::Checked(t, _, _, _)) if !t.signed);
        statements.iter().any(checked) && matches!(end, Terminator::Assert(..))
    };
    assert!(stops.body.blocks.iter().any(of_panic));

    // `!a` of an integer is a difference; `&` of integers stops its block.
    let bits = of("bits").unwrap();
    let stopped = bits.blocks.iter().find_map(|block| block.stop.clone());
    let Some(lower::Stop::Unsupported(unsupported)) = stopped else { panic!("{:?}", bits.blocks) };
    assert_eq!(unsupported.construct, "the operation `BitAnd` on `u8` and `u8`");
    assert_eq!(line(&unsupported.span), Some(15));
    assert!(unsupported.to_string().contains("in `bits`, bb0"));

    // A struct is assigned field by field, with a constant in its place.
    let fields = of("fields").unwrap();
    let ten = Rvalue::Use(Operand::Const(Constant::Int(
        IntType { width: IntSize::W32, signed: true },
        Z::from(10),
    )));
    let (statements, _) = fields.body.blocks.get(0).unwrap();
    let Some(Stmt::Assign(to, value)) = statements.get(0) else { panic!("{statements:?}") };
    assert_eq!((to.local, to.proj.len(), value), (1, 1, &ten));
    assert_eq!(line(&fields.blocks[0].statements[0]), Some(18));

    // The conjunction of two booleans is a branch.
    let quotient = of("quotient").unwrap();
    assert!(quotient.blocks.iter().all(|block| block.stop.is_none()));
    assert!(
        quotient.body.blocks.len() > quotient.blocks.iter().map(|block| block.mir).max().unwrap()
    );

    let text = of("text").unwrap_err();
    assert_eq!(text.construct, "the argument `s` of type `&str`");

    // A negative value of a branch, and a call that is known beside one that is not.
    let calls = of("calls").unwrap();
    let minus_one = |(_, end): &(List<Stmt>, Terminator)| match end {
        Terminator::SwitchInt(_, targets, _) => targets.iter().any(|(z, _)| *z == Z::from(-1)),
        _ => false,
    };
    assert!(calls.body.blocks.iter().any(minus_one));
    let known = |(_, end): &(List<Stmt>, Terminator)| {
        matches!(end, Terminator::Call(_, Callee::Fn(0, _), ..))
    };
    assert!(calls.body.blocks.iter().any(known));
    assert!(
        calls.blocks.iter().any(|block| matches!(&block.stop, Some(lower::Stop::Unsupported(_))))
    );
}

/// Killed by: a cell that goes to another place; a struct that is dropped with a function of
/// its own, or declared otherwise than it is used.
#[test]
fn what_has_several_cells_goes_cell_by_cell() {
    let text = "fn f(_1: S, _2: &S) -> S {\n    let mut _0: S;\n    let mut _3: &S;\n\n    \
                bb0: {\n        _3 = &(*_2);\n        _0 = S { a: copy ((*_3).0: i32), \
                b: copy (_1.1: bool) };\n        _0 = f(move _0, move _3) -> [return: bb1, \
                unwind continue];\n    }\n\n    bb1: {\n        return;\n    }\n}\n";
    let lowered = |text: &str, fields: &[&str], refined: bool| {
        let fields = fields.iter().map(|name| ty(name)).collect();
        let declared = declared("S", fields, refined);
        let (text, spans) = tally_mir::spans::split(text);
        lower::lower_with(&text, tally_mir::parse::parse(&text), &spans, &declared)
    };
    let all = lowered(text, &["i32", "bool"], true);
    let own = all.functions[0].body.as_ref().unwrap();
    // Two of the struct, two of the reference, two for the result.
    assert_eq!(own.body.args, 6);
    assert_eq!(own.outs, [5, 6]);
    assert_eq!(own.result, None);
    assert!(own.blocks.iter().all(|block| block.stop.is_none()), "{:?}", own.blocks);
    // The fields are checked where it is made.
    let calls = |(_, end): &(List<Stmt>, Terminator)| matches!(end, Terminator::Call(_, Callee::Fn(1, _), args, ..) if args.len() == 2);
    assert!(own.body.blocks.iter().any(calls));
    assert_eq!(all.functions.len(), 2);
    let other = lowered(text, &["i32", "i32"], false);
    assert!(other.functions[0].body.is_err());
}

/// A type, as the compiler prints it.
fn ty(name: &str) -> tally_mir::ast::Ty {
    let text = format!(
        "fn g(_1: {name}) -> () {{\n    let mut _0: ();\n\n    bb0: {{\n        return;\n    }}\n}}\n"
    );
    tally_mir::parse::parse(&text).bodies[0].locals[1].clone().unwrap()
}

fn declared(path: &str, fields: Vec<tally_mir::ast::Ty>, refined: bool) -> lower::Declarations {
    let structs = vec![lower::Declared { path: path.to_owned(), fields, refined, guarded: false }];
    lower::Declarations { structs, ..Default::default() }
}

/// Why the first function is not known, or its first block ends.
fn stop(lowered: &lower::Lowered) -> Option<String> {
    match &lowered.functions[0].body {
        Err(unsupported) => Some(unsupported.construct.clone()),
        Ok(body) => body.blocks.iter().find_map(|block| match &block.stop {
            Some(lower::Stop::Unsupported(unsupported)) => Some(unsupported.construct.clone()),
            _ => None,
        }),
    }
}

/// Killed by: a drop that is passed over; a struct of another crate taken for a tuple.
#[test]
fn what_is_dropped_or_foreign_is_not_known() {
    let text = "fn f() -> () {\n    let mut _0: ();\n    let _1: G;\n\n    bb0: {\n        \
                _1 = G { t: const 1_i32 };\n        goto -> bb1;\n    }\n\n    bb1: {\n        \
                return;\n    }\n}\n";
    let with = |text: &str, declared: &lower::Declarations| {
        let (text, spans) = tally_mir::spans::split(text);
        stop(&lower::lower_with(&text, tally_mir::parse::parse(&text), &spans, declared))
    };
    let own = declared("G", vec![ty("i32")], false);
    assert_eq!(with(text, &own), None);
    assert_eq!(with(text, &lower::Declarations::default()).as_deref(), Some("the type `G`"));
    let dropped = text.replace("goto -> bb1", "drop(_1) -> [return: bb1, unwind continue]");
    assert_eq!(with(&dropped, &own).as_deref(), Some("the drop of a value of type `G`"));
}

/// Killed by: a method of another type, or one that a macro makes, taken for the one called.
#[test]
fn a_method_is_that_of_its_type() {
    let text = "fn f() -> i32 {\n    let mut _0: i32;\n\n    bb0: {\n        _0 = S::m() -> \
                [return: bb1, unwind continue];\n    }\n\n    bb1: {\n        return;\n    }\n}\n\
                \nfn <impl at a.rs:3:1: 3:7>::m() -> i32 {\n    let mut _0: i32;\n\n    bb0: {\n        \
                _0 = const 1_i32;\n        return;\n    }\n}\n";
    let with = |impls: Vec<(u32, &str)>| {
        let mut all = declared("S", Vec::new(), false);
        all.impls = impls
            .into_iter()
            .map(|(line, of)| lower::Impl {
                file: "a.rs".to_owned(),
                start: (line, 1),
                of: of.to_owned(),
            })
            .collect();
        let (text, spans) = tally_mir::spans::split(text);
        stop(&lower::lower_with(&text, tally_mir::parse::parse(&text), &spans, &all))
    };
    assert_eq!(with(vec![(3, "S")]), None);
    let unknown = Some("a call of `S::m`".to_owned());
    assert_eq!(with(vec![(3, "T")]), unknown);
    assert_eq!(with(vec![(4, "S")]), unknown);
    assert_eq!(with(Vec::new()), unknown);
}

/// Killed by: an index that is not looked at.
#[test]
fn broken_dumps_are_lowered_without_a_panic() {
    let text = include_str!("data/lower.mir");
    let lines: Vec<&str> = text.lines().collect();
    for at in (0..lines.len()).step_by(4) {
        // The end is missing; one line is missing; one stands at another place.
        let mut broken = vec![lines[..at].join("\n")];
        let mut without = lines.clone();
        let line = without.remove(at);
        broken.push(without.join("\n"));
        without.insert((at * 7) % lines.len(), line);
        broken.push(without.join("\n"));
        broken.push(text.replace("_2", &format!("_{}", at * 1_000_000_007)));
        for text in broken {
            let lowered = lower::lower(&text);
            assert_eq!(lowered.program().fns.len(), lowered.functions.len());
        }
    }
}

/// Killed by: fields of a union side by side.
#[test]
fn a_union_is_no_struct() {
    let text = "fn f() -> i32 {\n    let mut _0: i32;\n    let mut _1: U;\n\n    bb0: {\n        \
                _1 = U { a: const 1_i32 };\n        (_1.1: i32) = const 2_i32;\n        \
                _0 = copy (_1.0: i32);\n        return;\n    }\n}\n";
    let lowered = lower::lower(text);
    let stop = lowered.functions[0].body.as_ref().unwrap().blocks[0].stop.clone();
    let Some(lower::Stop::Unsupported(unsupported)) = stop else { panic!("{lowered:?}") };
    assert_eq!(unsupported.construct, "the type `U`");
}

/// Killed by: the last of two constants with one path; a module `u8` taken for the type.
#[test]
fn constants_of_one_path_are_not_known() {
    let f = |name: &str| {
        format!(
            "fn f() -> u8 {{\n    let mut _0: u8;\n\n    bb0: {{\n        _0 = const {name};\n        \
             return;\n    }}\n}}\n"
        )
    };
    let stops = |text: &str| {
        let lowered = lower::lower(text);
        let function = lowered.functions.first().unwrap();
        function.body.as_ref().unwrap().blocks[0].stop.is_some()
    };
    let one = format!("{}\nconst f::L: u8 = const 1_u8;\n", f("f::L"));
    assert!(!stops(&one));
    assert!(stops(&format!("{one}const f::L: u8 = const 2_u8;\n")));
    let computed =
        "const f::L: u8 = {\n    let mut _0: u8;\n\n    bb0: {\n        return;\n    }\n}\n";
    assert!(stops(&format!("{one}{computed}")));
    assert!(!stops(&f("core::num::<impl u8>::MAX")));
    assert!(!stops(&f("u8::MAX")));
    assert!(stops(&f("m::u8::MAX")));
    assert!(stops(&format!("{}const u8::MAX: u8 = {{\n", f("u8::MAX"))));
}
