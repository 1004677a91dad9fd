//! What is said, beside what programs do: accepted functions run as rustc compiles them and
//! as the verified interpreter runs them, and refuted ones fail as it is said.

use super::*;
use crate::checker::{Param, Sig, SigResult};
use crate::cli::compiler::Compiler;
use crate::cli::file::{EDITION, compile, standins};
use crate::diagnostics::Sources;
use crate::refute::confirm::{Claim, confirm};
use crate::refute::exec::{Values, holds};
use crate::refute::inputs::{Random, candidates};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refine").join(name)
}

fn input(compiler: &Compiler, path: &Path) -> Input {
    let read = compile(compiler, path, EDITION).unwrap();
    Input {
        title: path.display().to_string(),
        text: read.text,
        dump: read.dump,
        spans: read.spans,
        sources: Sources::new(Vec::new()),
        root: path.to_owned(),
        crates: crate::cli::file::crates(),
    }
}

/// Compiles a text as rustc does it for users, and runs it.
fn run(compiler: &Compiler, text: &str, flags: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("program.rs");
    let program = folder.path().join("program");
    std::fs::write(&source, text).unwrap();
    let mut command = Command::new(&compiler.program);
    command.args(["--edition", EDITION, "-Coverflow-checks=on", "-Awarnings"]).args(flags);
    command.args([
        "-Zcrate-attr=feature(register_tool,custom_inner_attributes,stmt_expr_attributes)",
        "-Zcrate-attr=register_tool(flux)",
    ]);
    command.arg("-L").arg(standins(compiler).unwrap()).args(["--extern=flux_rs"]);
    command.arg("-o").arg(&program).arg(&source).env("RUSTC_BOOTSTRAP", "1");
    let made = command.output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Command::new(&program).output().unwrap()
}

/// A call in Rust that prints how it ends: the result and what references point to.
fn call(path: &str, sig: &Sig, values: &Values) -> String {
    let get = |var| values.get(var).copied().unwrap_or(0);
    let literal = |kind: &checker::Kind, value: i128| match kind {
        checker::Kind::Int(ty) => format!("{value}_{}", convert::own_int_type(ty).name()),
        checker::Kind::Bool => (value != 0).to_string(),
    };
    let (mut before, mut args, mut after) = (String::new(), Vec::new(), String::new());
    for (number, param) in sig.params.iter().enumerate() {
        match param {
            Param::Val(kind, x) => args.push(literal(kind, get(x))),
            Param::Shr(kind, x) => args.push(format!("&{}", literal(kind, get(x)))),
            Param::Mut(kind, x, _) => {
                let _ = write!(before, "let mut a{number} = {};", literal(kind, get(x)));
                args.push(format!("&mut a{number}"));
                let _ = write!(after, "print!(\" {{}}\", a{number} as i128);");
            }
        }
    }
    let show =
        if matches!(sig.result, SigResult::Unit) { "" } else { "print!(\" {}\", r as i128);" };
    format!(
        "    {{ {before} match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {path}({}))) {{ \
         Ok(r) => {{ print!(\"returns\"); {show} {after} println!(); }} Err(_) => println!(\"panics\") }} }}\n",
        args.join(", ")
    )
}

/// The variables of the outcome, in the order in which a call prints them.
fn outcomes(sig: &Sig) -> Vec<checker::Positive> {
    let of_result = match &sig.result {
        SigResult::Val(_, r) => Some(r.clone()),
        SigResult::Unit => None,
    };
    let of_params = sig.params.iter().filter_map(|param| match param {
        Param::Mut(_, _, y) => Some(y.clone()),
        _ => None,
    });
    of_result.into_iter().chain(of_params).collect()
}

/// How many inputs of each function; `FOIL_INPUTS` says another number.
fn inputs() -> usize {
    std::env::var("FOIL_INPUTS").ok().and_then(|text| text.parse().ok()).unwrap_or(4)
}

/// The functions of a file that are accepted, beside rustc's program.
fn compare(compiler: &Compiler, name: &str) -> usize {
    let path = file(name);
    let input = input(compiler, &path);
    let files = program::files(&input.dump, &input.spans, &input.text, &input.sources, &input.root);
    let functions = program::functions(&input.dump, &input.spans, &input.text, &files);
    let whole = with_asserts(&input);
    let lowered = lower_with(&whole, parse::parse(&whole), &input.spans, &declared(&files));
    let judging = Judging::new(&input, &files, &functions, &lowered);
    let judged = judging.run(Overflow::StrictUnder);
    let (program, instances) = (lowered.program(), lowered.instances());
    let mut random = Random(7);
    let mut calls: Vec<(usize, Sig, Values)> = Vec::new();
    let mut main = "\nfn main() {\n    std::panic::set_hook(Box::new(|_| {}));\n".to_owned();
    for (at, judged) in judged.iter().enumerate() {
        assert_eq!(judged.verdict, Verdict::Proved, "{}: {:?}", judged.path, judged.messages);
        let number = judging.number[at].unwrap();
        // Others run as they are called.
        if !judging.lower[number].written.unwrap().is_flat() || judged.path.contains("::") {
            continue;
        }
        let sig = judging.lower[number].sig.clone().unwrap();
        let body = program.fns.iter().nth(number).unwrap();
        let mut all = candidates(&sig, body, &mut random);
        for _ in 0..inputs().min(all.len()) {
            let values = all.swap_remove(random.below(all.len()));
            // A long loop says no more, and takes longer.
            if values.values().any(|value| *value > 60) && judged.path == "factorial" {
                continue;
            }
            main.push_str(&call(&judged.path, &sig, &values));
            calls.push((number, sig.clone(), values));
        }
    }
    main.push_str("}\n");
    let text = std::fs::read_to_string(&path).unwrap() + &main;
    let output = run(compiler, &text, &[]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), calls.len());
    let never = checker::Fml::Eq(
        checker::Exp::C(checker::Z::from(0)),
        checker::Exp::C(checker::Z::from(1)),
    );
    for (line, (number, sig, values)) in lines.iter().zip(&calls) {
        let mut values = values.clone();
        let mut words = line.split_whitespace();
        let returns = words.next() == Some("returns");
        if returns {
            let numbers = words.map(|word| word.parse::<i128>().unwrap());
            values.extend(outcomes(sig).into_iter().zip(numbers));
            for promise in &sig.ensures {
                assert_eq!(holds(promise, &values), Some(true), "{number} {line} {values:?}");
            }
        }
        // The interpreter comes to exactly this end: a promise that is false everywhere is
        // broken by it, and nothing but a panic breaks one that promises nothing.
        let ensures = if returns { List::from([never.clone()]) } else { List::new() };
        let sig = Sig { ensures, ..sig.clone() };
        let mode = if returns { Mode::Panics } else { Mode::Strict };
        let comes_to = |values: &Values| {
            let (program, instances) = (&program, &instances);
            let claim = Claim { mode, program, instances, function: *number, sig: &sig, values };
            confirm(&claim, 400_000)
        };
        assert_eq!(comes_to(&values), Some(true), "{number} {line} {values:?}");
        // It does not come to another.
        if let (true, Some(outcome)) = (returns, outcomes(&sig).first()) {
            let old = values.get(outcome).copied().unwrap_or(0);
            values.insert(outcome.clone(), 1 - old);
            assert_eq!(comes_to(&values), Some(false), "{number} {line}");
        }
    }
    calls.len()
}

/// Killed by: another meaning of an operation, a call or a reference in the lowering or in
/// the compilation than rustc's.
#[test]
fn accepted_functions_do_what_rustc_makes_of_them() {
    let compiler = match Compiler::find() {
        Ok(compiler) => compiler,
        Err(error) => return println!("skipped: {error}"),
    };
    assert!(compare(&compiler, "chapter.rs") > 12);
    assert!(compare(&compiler, "numbers.rs") > 24);
    assert!(compare(&compiler, "structs.rs") > 16);
}

/// Killed by: a refutation that is none, or a test that tests something else.
#[test]
fn what_is_refuted_fails_in_rustcs_program() {
    let compiler = match Compiler::find() {
        Ok(compiler) => compiler,
        Err(error) => return println!("skipped: {error}"),
    };
    let path = file("refuted.rs");
    let (judged, _) = judge(&input(&compiler, &path), Overflow::StrictUnder);
    let refuted: Vec<&Judged> = judged.iter().filter(|of| of.verdict == Verdict::Refuted).collect();
    // All but `assert`.
    assert_eq!(refuted.len(), judged.len() - 1, "{judged:?}");
    let text = std::fs::read_to_string(&path).unwrap() + &refuted::replays(&judged);
    let output = run(&compiler, &text, &["--test"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let end = format!("test result: FAILED. 0 passed; {} failed;", refuted.len());
    assert!(said.contains(&end), "{said}");
}
