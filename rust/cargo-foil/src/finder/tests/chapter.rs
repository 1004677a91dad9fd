//! The examples of Flux's chapter on ownership: signatures from their source, bodies as
//! rustc prints them ([`crate::checker::chapter`]), certificates from the finder, and the
//! verified checker's answer.

use super::super::convert;
use super::super::infer::{At, Cause, Failure, Task, find};
use crate::checker::chapter::{chapter_functions, chapter_program};
use crate::checker::{CheckedFn, Limits, List, Mode, Sig, Verdict, check};
use crate::signature::read;

const CHAPTER: &str = r#"
#[flux::sig(fn(bool[true]))]
fn assert(b: bool) { if !b { panic!("assertion failed") } }

#[flux::sig(fn() -> i32[3])]
fn mk_three() -> i32 { 3 }

#[flux::sig(fn(n: i32{0 <= n}) -> i32{v: n <= v})]
fn factorial(n: i32) -> i32 { 1 }

#[flux::sig(fn(&i32[@n]) -> i32{v: 0 <= v && n <= v})]
fn abs(p: &i32) -> i32 { 0 }

fn test_abs() {}

#[flux::sig(fn(&mut i32{v: 0 <= v}))]
fn decr(p: &mut i32) {}

#[flux_rs::spec(fn(bool) -> i32{v: 0 <= v})]
fn test_alias(b: bool) -> i32 { 0 }

#[flux::sig(fn(p: &strg i32[@n]) ensures p: i32[n + 1])]
fn incr(p: &mut i32) {}

fn test_incr() {}
"#;

/// The numbers of the functions in the program.
const NAMES: [&str; 10] = [
    "assert",
    "mk_three",
    "factorial",
    "abs",
    "test_abs",
    "decr",
    "test_alias",
    "incr",
    "test_incr",
    "decr_unguarded",
];

fn sigs(source: &str) -> Vec<Option<Sig>> {
    let source = read(source).unwrap();
    NAMES
        .iter()
        .map(|name| {
            let item = source.items.iter().find(|item| item.path == [name.to_owned()])?;
            Some(convert::sig(&item.signature.as_ref().unwrap().sig))
        })
        .collect()
}

/// What is found for a function, with the checker's answer for all that are found.
fn answers(mode: Mode, source: &str) -> Vec<Option<Result<(), Vec<Failure>>>> {
    let sigs = sigs(source);
    let program = chapter_program();
    let instances = chapter_functions();
    let task = Task {
        program: &program,
        instances: &instances,
        sigs: &|f| sigs.get(f).cloned().flatten(),
        mode,
    };
    let mut certified: Vec<Option<CheckedFn>> = Vec::new();
    let mut answers = Vec::new();
    for (f, sig) in sigs.iter().enumerate() {
        let found = sig.as_ref().map(|sig| find(&task, f, sig));
        certified.push(match (&found, sig) {
            (Some(Ok(cert)), Some(sig)) => Some(CheckedFn { sig: sig.clone(), cert: cert.clone() }),
            // It is called all the same: what stands there is never accepted.
            (Some(Err(_)), Some(_)) => None,
            _ => None,
        });
        answers.push(found.map(|found| found.map(|_| ())));
    }
    if answers.iter().flatten().all(Result::is_ok) {
        let certified: List<_> = certified.into_iter().collect();
        let verdict = check(mode, &program, &instances, &certified, Limits::default());
        assert_eq!(verdict, Verdict::Accepted);
    }
    answers
}

#[test]
fn the_chapter_is_accepted() {
    for (name, answer) in NAMES.iter().zip(answers(Mode::Panics, CHAPTER)) {
        assert!(matches!(answer, None | Some(Ok(()))), "{name}: {answer:?}");
    }
}

#[test]
fn the_chapter_is_accepted_where_nothing_may_panic() {
    let source = CHAPTER
        .replace("-> i32{v: 0 <= v && n <= v}", "-> i32{v: 0 <= v && n <= v} requires n > i32::MIN")
        .replace("ensures p: i32[n + 1]", "requires n < i32::MAX ensures p: i32[n + 1]");
    let answers = answers(Mode::Strict, &source);
    for (name, answer) in NAMES.iter().zip(answers) {
        // Its product overflows.
        if *name == "factorial" {
            let failures = answer.unwrap().unwrap_err();
            assert_eq!(failures.len(), 1);
            assert_eq!((failures[0].block, &failures[0].cause), (3, &Cause::Assert));
        } else {
            assert!(matches!(answer, None | Some(Ok(()))), "{name}: {answer:?}");
        }
    }
}

fn rejected(source: &str, name: &str) -> Vec<Failure> {
    let f = NAMES.iter().position(|known| *known == name).unwrap();
    answers(Mode::Panics, source)[f].clone().unwrap().unwrap_err()
}

#[test]
fn what_the_chapter_rejects_is_rejected() {
    // `decr` without its guard: the promise, at the end.
    let unguarded = CHAPTER.replace("fn decr(", "fn decr_unguarded(");
    let failures = rejected(&unguarded, "decr_unguarded");
    assert_eq!(failures[0].cause, Cause::Ensures { clause: 0 });
    assert_eq!(failures[0].at, At::End);
    // `test_abs`, if `abs` does not promise its lower bound: the second assertion.
    let weak = CHAPTER.replace(" && n <= v}", "}");
    let failures = rejected(&weak, "test_abs");
    assert_eq!((failures.len(), failures[0].block), (1, 3));
    assert_eq!(failures[0].cause, Cause::Requires { callee: 0, clause: 0 });
    // `test_incr`, if `incr` promises no more than `decr`: the assertion.
    let weak =
        CHAPTER.replace("fn(p: &strg i32[@n]) ensures p: i32[n + 1]", "fn(p: &mut i32{v: 0 <= v})");
    let failures = rejected(&weak, "test_incr");
    assert_eq!(failures[0].cause, Cause::Requires { callee: 0, clause: 0 });
    // Another result.
    let four = CHAPTER.replace("i32[3]", "i32[4]");
    assert_eq!(rejected(&four, "mk_three")[0].cause, Cause::Ensures { clause: 0 });
}
