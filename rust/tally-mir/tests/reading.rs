//! The parser and the translator on small texts of our own.

use tally_mir::ast::{Const, Operand, Rvalue, Statement, Terminator, Ty, Unwind};
use tally_mir::model::{self, Callee, Constant};
use tally_mir::rustdoc::Docs;
use tally_mir::{Reason, ast, coq, parse::parse, translate};

/// The body of the only function.
fn only(text: &str) -> ast::Body {
    let dump = parse(text);
    assert_eq!(dump.unreadable, []);
    assert_eq!(dump.bodies.len(), 1);
    dump.bodies.into_iter().next().unwrap()
}

const ADD_UNLESS: &str = r#"// WARNING: this output format is intended for human consumers only
fn add_unless(_1: &mut u8, _2: Option<u8>) -> bool {
    debug total => _1;
    let mut _0: bool;
    let mut _3: isize;
    scope 1 {
        let _4: u8;
        debug n => _4;
    }
    let mut _5: (u8, bool);

    bb0: {
        StorageLive(_4);
        _3 = discriminant(_2);
        switchInt(move _3) -> [0: bb1, 1: bb2, otherwise: bb4];
    }

    bb1: {
        _0 = const false;
        return;
    }

    bb2: {
        _4 = copy ((_2 as Some).0: u8);
        _5 = AddWithOverflow(copy (*_1), copy _4);
        assert(!move (_5.1: bool), "attempt to compute `{} + {}`, \"sic\"", copy (*_1), copy _4) -> [success: bb3, unwind continue];
    }

    bb3: {
        (*_1) = move (_5.0: u8);
        _0 = const true;
        return;
    }

    bb4: {
        unreachable;
    }
}
"#;

#[test]
fn a_body_with_blocks_locals_and_edges() {
    let body = only(ADD_UNLESS);
    assert_eq!((body.arguments, body.locals.len(), body.blocks.len()), (2, 6, 5));
    assert_eq!(body.locals[0].as_ref().unwrap().to_string(), "bool");
    assert_eq!(body.locals[2].as_ref().unwrap().to_string(), "Option<u8>");
    let Terminator::SwitchInt(_, cases, otherwise) = &body.blocks[0].terminator.0 else { panic!() };
    assert_eq!((&cases[..], *otherwise), (&[(0, 1), (1, 2)][..], Some(4)));
    let Terminator::Assert(operand, expected, 3, Unwind::Continue) = &body.blocks[2].terminator.0
    else {
        panic!()
    };
    assert!(!expected);
    let Operand::Move(place) = operand else { panic!() };
    assert_eq!(place.to_string(), "_5.1");
    // The storage of a local is no statement.
    assert_eq!(body.blocks[0].statements.len(), 1);
}

/// One statement.
#[test]
fn a_constant_whose_value_is_known() {
    let body = only("const LIMIT: u64 = const 7_u64;\n");
    assert_eq!((body.kind, body.arguments, body.blocks.len()), (ast::Kind::Const, 0, 1));
    assert_eq!(body.locals[0].as_ref().unwrap().to_string(), "u64");
    let (Statement::Assign(_, value), _) = &body.blocks[0].statements[0] else { panic!() };
    assert_eq!(*value, Rvalue::Use(Operand::Const(Const::Int(7, "u64".to_owned()))));
    assert_eq!(body.blocks[0].terminator.0, Terminator::Return);
}

fn statement(text: &str) -> Rvalue {
    let body = only(&format!(
        "fn f() -> () {{\n    bb0: {{\n        _0 = {text};\n        return;\n    }}\n}}\n"
    ));
    match body.blocks[0].statements[0].0.clone() {
        Statement::Assign(_, rvalue) => rvalue,
        other => panic!("{other:?}"),
    }
}

#[test]
fn right_hand_sides() {
    assert_eq!(
        statement("const -3_i16"),
        Rvalue::Use(Operand::Const(Const::Int(-3, "i16".to_owned())))
    );
    assert_eq!(
        statement("const 340282366920938463463374607431768211455_u128"),
        Rvalue::Use(Operand::Const(Const::BigInt(u128::MAX, "u128".to_owned())))
    );
    let Rvalue::Ref(place) = statement("&raw mut ((*_2).1: [u8; 4])") else { panic!() };
    assert_eq!(place.to_string(), "(*_2).1");
    let Rvalue::Adt(path, fields) = statement("Pair::<T> { left: move _1, right: const () }")
    else {
        panic!()
    };
    assert_eq!((path.to_string(), fields.len()), ("Pair<T>".to_owned(), 2));
    assert_eq!(fields[1], (Some("right".to_owned()), Operand::Const(Const::Unit)));
    let Rvalue::Cast(_, ty, kind) = statement("move _1 as *const (dyn Any + 'static) (PtrToPtr)")
    else {
        panic!()
    };
    assert_eq!(
        (ty, kind),
        (Ty::Ptr(Box::new(Ty::Dyn("dyn Any + 'static".to_owned()))), "PtrToPtr".to_owned())
    );
    let Rvalue::Closure(_, captured) =
        statement("{closure@src/a.rs:1:2: 3:4} { a: move _1, b: copy _2 }")
    else {
        panic!()
    };
    assert_eq!(captured.len(), 2);
    // Killed by: ending the bytes at the first quotation mark.
    let Rvalue::Use(Operand::Const(Const::Other(bytes))) = statement(r#"const b"a\"b\xc0""#) else {
        panic!()
    };
    assert_eq!(bytes, r#"b"a\"b\xc0""#);
    assert!(matches!(statement("&/*tls*/ STATE"), Rvalue::Other(_)));
    let Rvalue::Adt(path, _) = statement("Of::<'a', '\\'', Cost(3), Pair { a: 1 }, 'a>") else {
        panic!()
    };
    assert_eq!(path.to_string(), "Of<_, _, _, _>");
    let Rvalue::Use(Operand::Copy(place)) = statement("copy (((*_2) as variant#3).0: u8)") else {
        panic!()
    };
    assert_eq!(place.to_string(), "((*_2) as variant#3).0");
    let Rvalue::Tuple(items) = statement("(copy _1, const \"a, b)\")") else { panic!() };
    assert_eq!(items.len(), 2);
}

#[test]
fn calls_and_where_they_go() {
    let call = |text: &str| {
        let body =
            only(&format!("fn f() -> () {{\n    bb0: {{\n        _0 = {text};\n    }}\n}}\n"));
        match body.blocks[0].terminator.0.clone() {
            Terminator::Call { callee, arguments, target, unwind, .. } => {
                (callee, arguments.len(), target, unwind)
            }
            other => panic!("{other:?}"),
        }
    };
    let path = |callee: ast::Callee| match callee {
        ast::Callee::Path(path) => path.to_string(),
        ast::Callee::Pointer(_) => "a pointer".to_owned(),
    };
    let (callee, arguments, target, unwind) = call(
        "<Vec<T> as Extend<(T, u8)>>::extend::<[T; 3]>(move _1, const 1_usize) -> [return: bb4, unwind: bb9]",
    );
    assert_eq!(path(callee), "<Vec<T> as Extend<(T, u8)>>::extend<[T; 3]>");
    assert_eq!((arguments, target, unwind), (2, Some(4), Unwind::Cleanup(9)));
    let (callee, _, target, unwind) =
        call("core::num::<impl u8>::pow(move _1) -> unwind terminate(cleanup)");
    assert_eq!(path(callee), "core::num::<impl u8>::pow");
    assert_eq!((target, unwind), (None, Unwind::Terminate));
    let (callee, ..) = call(
        "<impl FnOnce(&T) -> u8 as FnOnce<(&T,)>>::call_once(move _1) -> [return: bb1, unwind unreachable]",
    );
    assert_eq!(path(callee), "<impl FnOnce(&T) -> u8 as FnOnce<(&T)>>::call_once");
    // Generic arguments that are `impl` traits are no `impl`s.
    let (callee, ..) = call("run::<impl Fn(u8)>(move _1) -> [return: bb1, unwind continue]");
    assert_eq!(path(callee), "run<impl Fn(u8)>");
    // A function as an argument, whose name begins as a local's.
    let (_, arguments, ..) =
        call("run::<fn() -> u8 {_init}>(copy _1, _init) -> [return: bb1, unwind continue]");
    assert_eq!(arguments, 2);
    assert_eq!(path(call("move _3(copy _1) -> [return: bb1, unwind continue]").0), "a pointer");
}

#[test]
fn what_cannot_be_read_is_named_and_the_next_body_is_read() {
    let text = format!(
        "fn f() -> () {{\n    bb0: {{\n        _0 = wavelet _1;\n        return;\n    }}\n}}\n\n{ADD_UNLESS}"
    );
    let dump = parse(&text);
    assert_eq!(dump.bodies.len(), 1);
    let [error] = &dump.unreadable[..] else { panic!("{:?}", dump.unreadable) };
    assert_eq!((error.line, error.column, error.body.as_str()), (3, 13, "fn f() -> () {"));
    assert_eq!(error.expected, "the end of the line");
}

/// rustdoc's JSON of a crate with functions without type parameters.
fn docs(functions: &[&str]) -> Docs {
    let items: Vec<String> = (1..=functions.len()).map(|number| number.to_string()).collect();
    let index: Vec<String> = functions
        .iter()
        .zip(&items)
        .map(|(name, id)| {
            format!(r#""{id}": {{"name": "{name}", "inner": {{"function": {{"generics": {{"params": [], "where_predicates": []}}, "sig": {{"inputs": []}}}}}}}}"#)
        })
        .collect();
    let json = format!(
        r#"{{"format_version": 57, "root": 0, "paths": {{}}, "index": {{
          "0": {{"name": "c", "inner": {{"module": {{"items": [{}]}}}}}}, {}}}}}"#,
        items.join(", "),
        index.join(", ")
    );
    Docs::read(&json).unwrap()
}

#[test]
fn a_body_becomes_data() {
    let made = translate(&parse(ADD_UNLESS), &docs(&["add_unless"]), |_, _| true);
    assert_eq!(made.functions, [("add_unless".to_owned(), Ok(0))]);
    let body = &made.program.functions[0].body;
    assert_eq!(body.locals[1], model::Ty::Ptr);
    assert_eq!(body.named_blocks(), [] as [usize; 0]);
    let text = coq::data(&made.program, "c", "c");
    assert!(text.contains("Use (Place 2 [Variant 1; Field 0])"), "{text}");
    assert!(
        text.contains("RChecked u8 AddOp (Use (Place 1 [Deref (TInt u8)])) (Use (Place 4 []))"),
        "{text}"
    );
    assert!(text.contains("TEnum [[]; [TInt u8]]"), "{text}");
}

fn refused(body: &str) -> (Option<(usize, u32)>, Reason) {
    let made = translate(&parse(body), &docs(&["f"]), |_, _| true);
    let refusal = made.functions[0].1.clone().unwrap_err();
    assert_eq!(refusal.function, "f");
    (refusal.place, refusal.reason)
}

fn with(local: &str, line: &str) -> String {
    format!("fn f(_1: {local}) -> usize {{\n    bb0: {{\n        {line}\n    }}\n}}\n")
}

#[test]
fn a_refusal_names_function_place_and_reason() {
    let calls = with("usize", "_0 = mystery::<u8>(copy _1) -> [return: bb0, unwind continue];");
    assert_eq!(refused(&calls), (Some((0, 3)), Reason::Callee("mystery<u8>".to_owned())));
    let shifts = with("usize", "_0 = Shl(copy _1, const 1_usize);\n        return;");
    assert_eq!(refused(&shifts), (Some((0, 3)), Reason::Operation("Shl of usize".to_owned())));
    let floats = with("f32", "return;");
    assert_eq!(refused(&floats), (None, Reason::Type("f32".to_owned())));
    let indexes = with("[usize; 2]", "_0 = copy _1[0 of 2];\n        return;");
    assert_eq!(refused(&indexes), (Some((0, 3)), Reason::Place("_1[0 of 2]".to_owned())));
    let recursive = with("usize", "_0 = f(copy _1) -> [return: bb0, unwind continue];");
    let needs = Reason::Needs("f".to_owned(), Box::new(Reason::Recursion));
    assert_eq!(refused(&recursive), (Some((0, 3)), needs));
}

#[test]
fn a_caller_of_what_is_refused_is_refused() {
    let text = format!(
        "{}\n{}",
        with("f32", "return;").replace("fn f", "fn g"),
        with("usize", "_0 = g(copy _1) -> [return: bb0, unwind continue];")
    );
    let made = translate(&parse(&text), &docs(&["f", "g"]), |_, path| path == "f");
    let [(_, Err(refusal))] = &made.functions[..] else { panic!() };
    assert_eq!(refusal.to_string(), "f, bb0 (line 9): needs `g`: the type `f32`");
    assert!(made.program.functions.is_empty());
}

#[test]
fn constants_and_callees_by_number() {
    let text = format!(
        "{}\nfn g(_1: usize) -> usize {{\n    bb0: {{\n        _0 = f(const core::num::<impl usize>::MAX) -> [return: bb1, unwind unreachable];\n    }}\n\n    bb1: {{\n        return;\n    }}\n}}\n",
        with("usize", "_0 = copy _1;\n        return;")
    );
    let made = translate(&parse(&text), &docs(&["f", "g"]), |_, path| path == "g");
    let [f, g] = &made.program.functions[..] else { panic!() };
    assert_eq!((f.name.as_str(), g.name.as_str(), &g.callees[..]), ("f", "g", &[0][..]));
    let model::Terminator::Call(_, Callee::Fn(0, args), operands, Some(1), Unwind::Unreachable) =
        &g.body.blocks[0].1
    else {
        panic!()
    };
    assert!(args.is_empty());
    let max = Constant::Int(model::Int("usize"), "18446744073709551615".to_owned());
    assert_eq!(operands[0], model::Operand::Const(max));
}

/// The compiler writes no word before the only block that a call leads to: where a call that
/// never returns unwinds.
#[test]
fn a_call_that_never_returns_unwinds_to_its_only_block() {
    let body = only(
        "fn stop(_1: Box<u8>) -> ! {
    let mut _0: !;
    let mut _2: !;

    bb0: {
        _2 = core::panicking::panic(const \"no\") -> bb1;
    }

    bb1 (cleanup): {
        drop(_1) -> [return: bb2, unwind terminate(cleanup)];
    }

    bb2 (cleanup): {
        resume;
    }
}
",
    );
    let Terminator::Call { target, unwind, .. } = &body.blocks[0].terminator.0 else { panic!() };
    assert_eq!((*target, *unwind), (None, Unwind::Cleanup(1)));
}
