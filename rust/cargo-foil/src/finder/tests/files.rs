//! Files of Rust with Flux's annotations, compiled by rustc: what is found, and the
//! verified checker's answer.

use super::super::convert;
use super::super::infer::{Cause, Failure, Task, find};
use crate::checker::lower::lower_dump;
use crate::checker::{CheckedFn, Limits, List, Mode, Sig, Verdict, check};
use crate::cli::compiler::Compiler;
use crate::cli::file::{EDITION, compile};
use crate::signature::read;
use std::collections::BTreeMap;

/// For each function, the causes of what was not shown, or why it was not tried.
type Answers = BTreeMap<String, Result<(), Result<Vec<Failure>, String>>>;

fn answers_of(path: &std::path::Path, mode: Mode) -> Answers {
    let compiler = Compiler::find().unwrap();
    let source = std::fs::read_to_string(path).unwrap();
    let file = match compile(&compiler, path, EDITION) {
        Ok(file) => file,
        Err(error) => {
            return BTreeMap::from([("the file".to_owned(), Err(Err(error.to_string())))]);
        }
    };
    let lowered = lower_dump(&file.text, file.dump, &file.spans);
    let source = read(&source).unwrap();
    let program = lowered.program();
    let instances = lowered.instances();
    let mut answers = Answers::new();
    let mut sigs: Vec<Option<Sig>> = Vec::new();
    let mut trusted = Vec::new();
    for function in &lowered.functions {
        let path = function.path.to_string();
        let item = source.items.iter().find(|item| item.path.join("::") == path);
        let sig = match (item, &function.body) {
            (None, _) => Err("no item".to_owned()),
            (_, Err(unsupported)) => Err(unsupported.to_string()),
            (Some(item), Ok(_)) => {
                item.signature.as_ref().map_err(ToString::to_string).map(|found| &found.sig)
            }
        };
        trusted.push(item.is_some_and(|item| item.trusted.is_some()));
        match sig {
            Ok(sig) => sigs.push(Some(convert::sig(sig))),
            Err(why) => {
                sigs.push(None);
                answers.insert(path, Err(Err(why)));
            }
        }
    }
    let task = Task {
        program: &program,
        instances: &instances,
        sigs: &|f| sigs.get(f).cloned().flatten(),
        mode,
    };
    let mut certified = Vec::new();
    for (f, sig) in sigs.iter().enumerate() {
        let Some(sig) = sig else {
            certified.push(None);
            continue;
        };
        let found = find(&task, f, sig);
        certified.push(
            found.as_ref().ok().map(|cert| CheckedFn { sig: sig.clone(), cert: cert.clone() }),
        );
        let path = lowered.functions[f].path.to_string();
        answers.insert(path, found.map(|_| ()).map_err(Ok));
    }
    // What is called and has no certificate would make the checker refuse the caller: the
    // others are checked with the certificates that there are.
    let certified: List<_> = certified.into_iter().collect();
    match check(mode, &program, &instances, &certified, Limits::default()) {
        Verdict::Accepted => {}
        other => {
            answers.insert("the checker".to_owned(), Err(Err(format!("{other:?}"))));
        }
    }
    answers
}

fn answers(source: &str, mode: Mode) -> Answers {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.rs");
    std::fs::write(&path, source).unwrap();
    answers_of(&path, mode)
}

fn accepted(source: &str, mode: Mode) {
    for (name, answer) in answers(source, mode) {
        assert_eq!(answer, Ok(()), "{name}");
    }
}

fn rejected(source: &str, name: &str) -> Vec<Cause> {
    let failures = answers(source, Mode::Panics)[name].clone().unwrap_err().unwrap();
    failures.into_iter().map(|failure| failure.cause).collect()
}

const CHAPTER: &str = r#"
#[flux::sig(fn(bool[true]))]
fn assert(b: bool) { if !b { panic!("assertion failed") } }

#[flux::sig(fn() -> i32[3])]
pub fn mk_three() -> i32 {
    let mut x = 0;
    x += 1; assert(x == 1);
    x += 1; assert(x == 2);
    x += 1; assert(x == 3);
    x
}

#[flux::sig(fn(n: i32{0 <= n}) -> i32{v: n <= v})]
pub fn factorial(n: i32) -> i32 {
    let mut i = 0;
    let mut r = 1;
    while i < n { i += 1; r *= i; }
    r
}

#[flux::sig(fn(n: i32{0 <= n}) -> i32{v: 1 <= v && n <= v})]
pub fn factorial_rec(n: i32) -> i32 {
    if n == 0 { 1 } else { n * factorial_rec(n - 1) }
}

#[flux::sig(fn(p: &i32[@n]) -> i32{v: 0 <= v && n <= v})]
pub fn abs(p: &i32) -> i32 { let n = *p; if 0 <= n { n } else { 0 - n } }

pub fn test_abs() {
    let n = 10;
    assert(0 <= abs(&n));
    assert(10 <= abs(&n));
}

#[flux::sig(fn(p: &mut i32{v: 0 <= v}))]
pub fn decr(p: &mut i32) { let n = *p; if n != 0 { *p = n - 1 } }

#[flux::sig(fn(bool) -> i32{v: 0 <= v})]
pub fn test_alias(z: bool) -> i32 {
    let mut x = 1;
    let mut y = 2;
    let r = if z { &mut x } else { &mut y };
    decr(r);
    *r
}

#[flux::sig(fn(p: &strg i32[@n]) ensures p: i32[n + 1])]
pub fn incr(p: &mut i32) { *p += 1; }

pub fn test_incr() {
    let mut z = 10;
    incr(&mut z);
    assert(z == 11);
}
"#;

#[test]
fn the_chapter_from_its_source() {
    accepted(CHAPTER, Mode::Panics);
    let unguarded = CHAPTER.replace("if n != 0 { *p = n - 1 }", "*p = n - 1");
    assert_eq!(rejected(&unguarded, "decr"), [Cause::Ensures { clause: 0 }]);
    let weak = CHAPTER.replace("i32{v: 0 <= v && n <= v}", "i32{v: 0 <= v}");
    assert!(matches!(rejected(&weak, "test_abs")[..], [Cause::Requires { clause: 0, .. }]));
    let weak =
        CHAPTER.replace("fn(p: &strg i32[@n]) ensures p: i32[n + 1]", "fn(p: &mut i32{v: 0 <= v})");
    assert!(matches!(rejected(&weak, "test_incr")[..], [Cause::Requires { clause: 0, .. }]));
}

const MORE: &str = r#"
#[flux::sig(fn(i32{v : 0 < v}) -> i32{x : 0 < x})]
pub fn fib_loop(n: i32) -> i32 {
    let mut k = n;
    let mut i = 1;
    let mut j = 1;
    while k > 2 { let tmp = i + j; j = i; i = tmp; k -= 1; }
    i
}

#[flux::sig(fn(a: i32, b: i32) -> i32[if a < b { a } else { b }])]
pub fn min(a: i32, b: i32) -> i32 { if a <= b { a } else { b } }

#[flux::sig(fn(lo: usize, hi: usize{lo <= hi}) -> usize[hi - lo])]
pub fn distance(lo: usize, hi: usize) -> usize {
    let mut i = lo;
    let mut res = 0;
    while i < hi { res += 1; i += 1; }
    res
}

#[flux::sig(fn(x: i32{x >= 0}) -> i32[x / 2])]
pub fn half(x: i32) -> i32 { x / 2 }

#[flux::sig(fn(x: &mut i32{v: v <= 10}))]
pub fn up_to_ten(x: &mut i32) { if *x < 10 { *x += 1; } }

#[flux::sig(fn(n: i32{0 <= n}, m: i32{0 <= m}) -> i32{v: 0 <= v})]
pub fn nested(n: i32, m: i32) -> i32 {
    let mut sum = 0;
    let mut i = 0;
    while i < n {
        let mut j = 0;
        while j < m && sum < 1000 { sum += 1; j += 1; }
        i += 1;
    }
    sum
}
"#;

#[test]
fn more_functions_from_their_source() {
    accepted(MORE, Mode::Panics);
    let swapped = MORE.replace("if a <= b { a } else { b }", "if a <= b { b } else { a }");
    assert_eq!(rejected(&swapped, "min").len(), 2);
    let broken = MORE.replace("if *x < 10 {", "if *x < 11 {");
    assert_eq!(rejected(&broken, "up_to_ten"), [Cause::Ensures { clause: 0 }]);
}

#[test]
fn a_negated_number_that_fits() {
    let source = r#"
#[flux::sig(fn(a: i32{a != i32::MIN}) -> i32[-a])]
pub fn negated(a: i32) -> i32 { -a }
#[flux::sig(fn(a: i32{a != i32::MIN && a < 0}) -> i32{v: v > 0})]
pub fn less_one(a: i32) -> i32 { let b = -a; if b > 1 { b - 1 } else { 1 } }
#[flux::sig(fn(b: bool) -> i32[10])]
pub fn ten(b: bool) -> i32 { if b { 10 } else { panic!("yikes") } }
"#;
    accepted(source, Mode::Panics);
}
