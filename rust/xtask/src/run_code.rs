//! What `cargo foil run` evaluates; a part of `cargo xtask codegen`.
//!
//! The prover extracts the data of translated programs, the library's table, the
//! compilation and the interpreter as JSON (`extraction/extract_run.v`). They are higher
//! order and polymorphic, so they do not become Rust, as the models do, but a program that
//! a small evaluator in the command runs: the terms as they are, without types, with
//! variables by their distance, and only those that the roots need. Natural numbers and
//! texts that are written out are written as such.

use crate::json::{Json, Members, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

const SOURCE: &str = "extraction/json/run.json";
const TARGET: &str = "rust/cargo-foil/src/run/generated/interpreter.txt";
const ROOTS: [&str; 3] = ["scenario_program", "scenario_run", "check_refute"];

/// Writes the program; with `--check`, only says whether it is another.
pub(crate) fn run(root: &Path, args: &[&str]) -> Result<Vec<String>, String> {
    let check = match args {
        [] => false,
        ["--check"] => true,
        _ => return Err("usage: codegen [--check]".into()),
    };
    let text = std::fs::read_to_string(root.join(SOURCE))
        .map_err(|error| format!("{SOURCE}: {error} (regenerate it with `make extract`)"))?;
    let text = written(&parse(&text)?).map_err(|error| format!("{SOURCE}: {error}"))?;
    let target = root.join(TARGET);
    if std::fs::read_to_string(&target).is_ok_and(|old| old == text) {
        return Ok(Vec::new());
    }
    if check {
        return Ok(vec![format!("{TARGET} is not what `cargo xtask codegen` writes")]);
    }
    std::fs::write(&target, text).map_err(|error| format!("{TARGET}: {error}"))?;
    println!("wrote {TARGET}");
    Ok(Vec::new())
}

fn written(program: &Json) -> Result<String, String> {
    let mut terms: BTreeMap<&str, &Json> = BTreeMap::new();
    for declaration in program.array("declarations")? {
        match declaration.text("what")? {
            "decl:term" => {
                terms.insert(declaration.text("name")?, declaration.member("value")?);
            }
            "decl:fixgroup" => {
                for item in declaration.array("fixlist")? {
                    terms.insert(item.text("name")?, item.member("value")?);
                }
            }
            _ => {}
        }
    }
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<&str> = ROOTS.to_vec();
    while let Some(name) = waiting.pop() {
        if needed.insert(name) {
            let term = terms.get(name).ok_or_else(|| format!("{name} was not extracted"))?;
            globals(term, &mut waiting)?;
        }
    }
    let mut out = String::new();
    for name in needed {
        write!(out, "def {name}").map_err(|error| error.to_string())?;
        term(terms[name], &mut Vec::new(), &mut out).map_err(|error| format!("{name}: {error}"))?;
        out.push('\n');
    }
    Ok(out)
}

fn globals<'a>(term: &'a Json, found: &mut Vec<&'a str>) -> Result<(), String> {
    match term {
        Json::Object(members) => {
            if members.get("what").and_then(Json::as_str) == Some("expr:global") {
                found.push(term.text("name")?);
            }
            members.values().try_for_each(|member| globals(member, found))
        }
        Json::Array(items) => items.iter().try_for_each(|item| globals(item, found)),
        _ => Ok(()),
    }
}

/// The constructor and its arguments.
fn constructor(term: &Json) -> Option<(&str, &[Json])> {
    (term.text("what").ok()? == "expr:constructor")
        .then(|| Some((term.text("name").ok()?, term.array("args").ok()?)))?
}

/// How often `S` stands before what.
fn numeral(term: &Json) -> (usize, Option<&Json>) {
    let (mut count, mut rest) = (0, term);
    loop {
        match constructor(rest) {
            Some(("S", [of])) => {
                count += 1;
                rest = of;
            }
            Some(("O", [])) => return (count, None),
            _ => return (count, Some(rest)),
        }
    }
}

/// A text that is written out, in codes.
fn codes(term: &Json) -> Option<Vec<u8>> {
    let (mut found, mut rest) = (Vec::new(), term);
    loop {
        match constructor(rest)? {
            ("EmptyString", []) => return Some(found),
            ("String", [first, more]) => {
                let ("Ascii", bits) = constructor(first)? else { return None };
                let mut code = 0;
                for (place, bit) in bits.iter().enumerate() {
                    match constructor(bit)? {
                        ("True", []) => code |= 1 << place,
                        ("False", []) => {}
                        _ => return None,
                    }
                }
                found.push(code);
                rest = more;
            }
            _ => return None,
        }
    }
}

fn term<'a>(json: &'a Json, scope: &mut Vec<&'a str>, out: &mut String) -> Result<(), String> {
    let push = |out: &mut String, text: &str| {
        out.push(' ');
        out.push_str(text);
    };
    match json.text("what")? {
        "expr:rel" => {
            let name = json.text("name")?;
            let place = scope.iter().rev().position(|known| *known == name);
            let place = place.ok_or_else(|| format!("no variable {name}"))?;
            push(out, &format!("v {place}"));
        }
        "expr:global" => push(out, &format!("g {}", json.text("name")?)),
        "expr:lambda" => {
            let names = json.array("argnames")?;
            if names.is_empty() {
                return term(json.member("body")?, scope, out);
            }
            push(out, &format!("l {}", names.len()));
            let before = scope.len();
            scope.extend(names.iter().filter_map(Json::as_str));
            term(json.member("body")?, scope, out)?;
            scope.truncate(before);
        }
        "expr:apply" => {
            let args = json.array("args")?;
            push(out, &format!("a {}", args.len()));
            term(json.member("func")?, scope, out)?;
            args.iter().try_for_each(|arg| term(arg, scope, out))?;
        }
        "expr:constructor" => match (numeral(json), codes(json)) {
            (_, Some(codes)) if !codes.is_empty() => {
                push(out, &format!("s {}", codes.len()));
                codes.iter().for_each(|code| push(out, &code.to_string()));
            }
            ((count, None), _) => push(out, &format!("n {count}")),
            ((count, Some(rest)), _) if count > 0 => {
                push(out, &format!("S {count}"));
                term(rest, scope, out)?;
            }
            _ => {
                let args = json.array("args")?;
                push(out, &format!("c {} {}", json.text("name")?, args.len()));
                args.iter().try_for_each(|arg| term(arg, scope, out))?;
            }
        },
        "expr:case" => {
            let cases = json.array("cases")?;
            push(out, &format!("m {}", cases.len()));
            term(json.member("expr")?, scope, out)?;
            for case in cases {
                let pattern = case.member("pat")?;
                let before = scope.len();
                match pattern.text("what")? {
                    "pat:constructor" => {
                        let names = pattern.array("argnames")?;
                        push(out, &format!("p {} {}", pattern.text("name")?, names.len()));
                        scope.extend(names.iter().filter_map(Json::as_str));
                    }
                    "pat:wild" => push(out, "w"),
                    "pat:rel" => {
                        push(out, "x");
                        scope.push(pattern.text("name")?);
                    }
                    other => return Err(format!("a {other}")),
                }
                term(case.member("body")?, scope, out)?;
                scope.truncate(before);
            }
        }
        "expr:let" => {
            push(out, "t");
            term(json.member("nameval")?, scope, out)?;
            scope.push(json.text("name")?);
            term(json.member("body")?, scope, out)?;
            scope.pop();
        }
        "expr:fix" => {
            let functions = json.array("funcs")?;
            push(out, &format!("f {} {}", functions.len(), json.int("for")?));
            let before = scope.len();
            for function in functions {
                scope.push(function.text("name")?);
            }
            for function in functions {
                term(function.member("body")?, scope, out)?;
            }
            scope.truncate(before);
        }
        "expr:coerce" => term(json.member("value")?, scope, out)?,
        // What a proof was, or what no well-typed program reaches.
        "expr:dummy" | "expr:exception" => push(out, "d"),
        other => return Err(format!("a {other}")),
    }
    Ok(())
}
