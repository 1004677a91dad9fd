//! From a program to what is said of its functions.
//!
//! A function is proved if the verified checker accepts a certificate for it; the checker
//! takes the signatures of the functions that it calls as they are. So what is accepted with
//! all that it calls is given to the verified checker once more, as one program, which is
//! what its theorem is about; of the others it is said which signatures were taken.

use super::super::Overflow;
use super::Input;
use super::explain::{
    ALIASED, ARITHMETIC, DEMAND, NO_PROOF, PROMISE, REACHED, SHOULD_FAIL, SIGNATURE, UNSUPPORTED,
    UNWINDS,
};
use super::program::{self, FileRead, Function, span};
use super::refuted::{self, About, Run};
use super::taint;
use super::verdict::{Judged, Verdict};
use crate::checker::lower::{
    Declarations, Declared, Impl, Lowered, Lowering, MADE, Passed, Shape, Stop, Unsupported,
    lower_with,
};
use crate::checker::{
    self, Callee, Cert, CheckedFn, Code, Limits, List, Mode, Place, Rvalue, Stmt, Terminator,
    generated, runtime,
};
use crate::diagnostics::{Diagnostic, Severity};
use crate::finder::convert;
use crate::finder::infer::{At, Cause, Failure, Task, find};
use crate::signature::{self, Fml, Kind, Param, Problem, Ret, Sig, Signature};
use std::collections::{BTreeMap, BTreeSet};
use tally_mir::ast;
use tally_mir::parse;
use tally_mir::spans::Span;

/// What a problem of a signature comes to.
fn problem(file: &str, problem: &Problem) -> (Verdict, Diagnostic) {
    let place = span(file, problem.span());
    match problem {
        Problem::Unsupported { construct, .. } => (
            Verdict::NotSupported,
            Diagnostic::new(Severity::Error, format!("not supported: {construct}"))
                .code(UNSUPPORTED)
                .at(Some(&place), ""),
        ),
        other => (
            Verdict::BadSignature,
            Diagnostic::new(Severity::Error, format!("the signature cannot be read: {other}"))
                .code(SIGNATURE)
                .at(Some(&place), ""),
        ),
    }
}

fn not_supported(unsupported: &Unsupported, function: &Function<'_>) -> Diagnostic {
    // What a macro of the library has made has its place there, which says little.
    let own = unsupported.span.as_ref().filter(|span| span.file == function.file);
    let place = own.or(function.span.as_ref());
    Diagnostic::new(Severity::Error, format!("not supported: {}", unsupported.construct))
        .code(UNSUPPORTED)
        .at(place, "")
}

/// What is known of a function before its body is looked at.
fn before(function: &Function<'_>) -> Option<(Verdict, Option<Diagnostic>)> {
    let Some(item) = function.item else {
        let title = format!(
            "not supported: `{}`, for which no `fn` is in the source (a macro, a `derive`, or a \
             trait's own method)",
            function.path
        );
        let message = Diagnostic::new(Severity::Error, title)
            .code(UNSUPPORTED)
            .at(function.span.as_ref(), "");
        return Some((Verdict::NotSupported, Some(message)));
    };
    if item.ignored.is_some() {
        return Some((Verdict::Ignored, None));
    }
    match &item.signature {
        // A signature is taken as it is, and so it must be one.
        Err(wrong) => {
            let (verdict, message) = problem(&function.file, wrong);
            Some((verdict, Some(message)))
        }
        Ok(_) if item.trusted.is_some() => Some((Verdict::Trusted, None)),
        Ok(_) => None,
    }
}

/// What is said of a whole file: that it cannot be read, what in it is left out.
fn of_files(files: &BTreeMap<String, FileRead>) -> Vec<Diagnostic> {
    let mut messages = Vec::new();
    for (name, file) in files {
        match &file.source {
            Err(wrong) => messages.push(problem(name, wrong).1),
            Ok(source) => {
                for note in source.notes.iter().filter(|note| !note.hint) {
                    let title = format!("not supported, and left out: {}", note.construct);
                    messages.push(
                        Diagnostic::new(Severity::Warning, title)
                            .code(UNSUPPORTED)
                            .at(Some(&span(name, note.span)), ""),
                    );
                }
            }
        }
    }
    messages
}

// ----- the program

/// `assert` of the crate `flux_rs`, as the compiler prints its path. It prints no body of
/// it, and so one is put at the end of the text.
const ASSERT: &str = "flux_rs::assert";

/// Its line in the text is none of the compiler's.
fn with_asserts(input: &Input) -> String {
    let own = |path: &ast::Path| path.to_string() == ASSERT;
    let mut text = input.text.clone();
    let is_called = input.dump.bodies.iter().flat_map(|body| &body.blocks).any(|block| {
        matches!(&block.terminator.0, ast::Terminator::Call { callee: ast::Callee::Path(path), .. }
            if own(path))
    });
    if is_called && !input.dump.bodies.iter().any(|body| own(&body.path)) {
        text.push_str(&format!(
            "\nfn {ASSERT}(_1: bool) -> () {{\n    let mut _0: ();\n\n    bb0: {{\n        return;\n    }}\n}}\n"
        ));
    }
    text
}

/// What `assert` demands: that its argument, whose index is the variable, is true.
fn assert_sig() -> Sig {
    let index = signature::Exp::Var(1);
    Sig {
        params: vec![Param::Val(Kind::Bool, 1)],
        requires: vec![Fml::is_true(index)],
        result: Ret::Unit,
        ensures: Vec::new(),
    }
}

/// A function of the lowered program.
struct Lower<'a> {
    /// The number among the functions that are reported; none for `assert`.
    reported: Option<usize>,
    /// The signature, as the checker has it.
    sig: Option<checker::Sig>,
    /// The signature, as it is written.
    written: Option<&'a Signature>,
}

fn same_shape(one: &signature::Shape, other: &Shape) -> bool {
    let parts = |these: &[signature::Shape], those: &[Shape]| {
        these.len() == those.len() && these.iter().zip(those).all(|(a, b)| same_shape(a, b))
    };
    match (one, other) {
        (signature::Shape::Scalar(kind), Shape::Scalar(own)) => convert::kind(*kind) == *own,
        (signature::Shape::Tuple(these), Shape::Tuple(those)) => parts(these, those),
        (signature::Shape::Struct(path, these), Shape::Struct(own, those)) => {
            path.join("::") == *own && parts(these, those)
        }
        (signature::Shape::Ref(_, this), Shape::Ref(that)) => same_shape(this, that),
        _ => false,
    }
}

/// A type of the source as the compiler prints it.
fn printed(shape: &signature::Shape) -> ast::Ty {
    let path = |names: &[String]| {
        let segment =
            |name: &String| ast::Segment { name: ast::Name::Ident(name.clone()), args: Vec::new() };
        ast::Ty::Path(ast::Path { qself: None, segments: names.iter().map(segment).collect() })
    };
    match shape {
        signature::Shape::Scalar(kind) => path(&[kind.name()]),
        signature::Shape::Tuple(parts) => ast::Ty::Tuple(parts.iter().map(printed).collect()),
        signature::Shape::Struct(name, _) => path(name),
        signature::Shape::Ref(mutable, of) => ast::Ty::Ref(Box::new(printed(of)), *mutable),
    }
}

/// The structs of the file that the program begins with, as they are declared; and their
/// `impl`s. Of a struct whose path may be another type's too, nothing is said.
fn declared(files: &BTreeMap<String, FileRead>) -> Declarations {
    let sources =
        || files.iter().filter_map(|(name, file)| Some((name, file, file.source.as_ref().ok()?)));
    let doubtful = |of: &&signature::Struct| {
        let Some((name, around)) = of.path.split_last() else { return true };
        sources().any(|(_, file, source)| {
            source.hidden.contains_key(name)
                || around.iter().any(|word| source.doubtful.contains(word))
                || !file.is_root
                    && source.structs.iter().any(|other| other.path.last() == Some(name))
        })
    };
    let one = |of: &signature::Struct| Declared {
        path: of.path.join("::"),
        fields: of.fields.iter().map(printed).collect(),
        refined: of.made.is_some(),
        guarded: of.made.is_some() && of.fields.iter().any(signature::Shape::has_mutable),
    };
    let roots = || sources().filter(|(_, file, _)| file.is_root);
    let structs = roots().flat_map(|(.., source)| &source.structs);
    let structs = structs.filter(|of| !doubtful(of)).map(one).collect();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let impls = roots().flat_map(|(name, _, source)| {
        source.impls.iter().map(|one| Impl {
            file: name.clone(),
            start: (number(one.start.0), number(one.start.1)),
            of: one.of.join("::"),
        })
    });
    Declarations { structs, impls: impls.collect(), may_panic: BTreeSet::new() }
}

/// Macros that panic where they are reached, and others that do not panic.
const PANICS: [&str; 11] = [
    "panic",
    "todo",
    "unimplemented",
    "print",
    "println",
    "eprint",
    "eprintln",
    "format",
    "write",
    "writeln",
    "matches",
];

/// Whether the text has no other macros than these.
fn only_panics(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('!') {
        let word = before.trim_end();
        let start = word.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
        let name = &word[start..];
        // `!=`, and what is negated.
        let called = after.trim_start().starts_with(['(', '[', '{']) && !name.is_empty();
        if called && !PANICS.contains(&name) {
            return false;
        }
        rest = after;
    }
    true
}

/// The lines of the compiler's text where bodies begin that have no macros but these.
fn may_panic(
    input: &Input,
    files: &BTreeMap<String, FileRead>,
    functions: &[Function<'_>],
) -> BTreeSet<u32> {
    let only = |function: &&Function<'_>| {
        let Some(file) = files.get(&function.file) else { return false };
        let (first, last) = function.lines;
        let lines = file.text.lines().skip(first.saturating_sub(1) as usize);
        let text: Vec<&str> = lines.take((last + 1).saturating_sub(first) as usize).collect();
        function.item.is_some() && only_panics(&text.join("\n"))
    };
    // Another macro may have the name of one of these.
    let hides = |file: &FileRead| {
        let renamed = |name: &str| {
            ["macro_rules! ", " as "]
                .iter()
                .any(|word| file.text.contains(&format!("{word}{name}")))
        };
        // What is imported of the library is the library's.
        let imported = |line: &str, name: &str| {
            let tree = line.trim_start().trim_start_matches("pub ").strip_prefix("use ");
            tree.is_some_and(|tree| {
                let own = ["std::", "core::"].iter().any(|of| tree.starts_with(of));
                !own && [":", "{", " "]
                    .iter()
                    .any(|before| tree.contains(&format!("{before}{name}")))
            })
        };
        PANICS
            .iter()
            .any(|name| renamed(name) || file.text.lines().any(|line| imported(line, name)))
    };
    if files.values().any(hides) {
        return BTreeSet::new();
    }
    functions.iter().filter(only).map(|of| input.dump.bodies[of.body].line).collect()
}

/// Crates of Rust's own, and those in its library whose names the compiler may print.
const OWN_CRATES: [&str; 6] = ["std", "core", "alloc", "proc_macro", "test", "hashbrown"];

/// A function, a constant or a type whose path is one in a crate as well: which is meant,
/// the compiler's text does not say.
fn confused(input: &Input, structs: &Declarations) -> Option<String> {
    let is_crate = |name: &str| OWN_CRATES.contains(&name) || input.crates.contains(name);
    let of_path = |path: &ast::Path| match path.idents()[..] {
        [first, _, ..] if is_crate(first) => Some(first.to_owned()),
        _ => None,
    };
    let of_text = |text: &str| {
        let first = text.split_once("::").map_or(text, |(first, _)| first);
        is_crate(first).then(|| first.to_owned())
    };
    let bodies = input.dump.bodies.iter().find_map(|body| of_path(&body.path));
    let heads =
        || input.text.lines().filter_map(|line| line.strip_prefix("const ")?.split_once(": "));
    let constants = || heads().find_map(|(name, _)| name.contains("::").then(|| of_text(name))?);
    let types = || structs.structs.iter().find_map(|one| of_text(&one.path));
    bodies.or_else(constants).or_else(types)
}

/// What is demanded where a struct is made.
fn made<'a>(files: &'a BTreeMap<String, FileRead>, path: &ast::Path) -> Option<&'a Signature> {
    let [of @ .., last] = path.segments.as_slice() else { return None };
    if last.name != ast::Name::Nameless(MADE.to_owned()) {
        return None;
    }
    let of = ast::Path { qself: None, segments: of.to_vec() }.to_string();
    let roots = files.values().filter(|file| file.is_root);
    let sources = roots.filter_map(|file| file.source.as_ref().ok());
    let mut structs = sources.flat_map(|source| &source.structs);
    structs.find(|one| one.path.join("::") == of)?.made.as_ref()
}

/// Whether the signature is about arguments and a result of these kinds: what types are
/// called in the source is not what the compiler knows of them.
fn fits(sig: &checker::Sig, written: Option<&Signature>, lowering: &Lowering) -> bool {
    if let Some(written) = written {
        let of = |one: &signature::Shape, other: &Shape| same_shape(one, other);
        let args = &lowering.shapes.0;
        let same = written.args.len() == args.len()
            && written.args.iter().zip(args).all(|(one, other)| of(one, other))
            && of(&written.result, &lowering.shapes.1);
        if !same {
            return false;
        }
    }
    let params: Vec<&checker::Param> = sig.params.iter().collect();
    let of_params = params.len() == lowering.args.len()
        && params.iter().zip(&lowering.args).all(|(param, passed)| match (param, passed) {
            (checker::Param::Val(one, _), Passed::Value(other))
            | (
                checker::Param::Mut(one, ..) | checker::Param::Shr(one, _),
                Passed::Reference(other),
            ) => one == other,
            _ => false,
        });
    let of_result = match (&sig.result, &lowering.result) {
        (checker::SigResult::Val(one, _), Some(other)) => one == other,
        (checker::SigResult::Unit, None) => true,
        _ => false,
    };
    of_params && of_result
}

/// The functions that a body calls, by number.
fn callees(lowered: &Lowered, number: usize) -> BTreeSet<usize> {
    let body = lowered.functions.get(number).and_then(|function| function.body.as_ref().ok());
    let blocks = body.into_iter().flat_map(|lowering| lowering.body.blocks.iter());
    blocks
        .filter_map(|(_, end)| match end {
            Terminator::Call(_, Callee::Fn(callee, _), ..) => Some(*callee),
            _ => None,
        })
        .collect()
}

// ----- modes

fn mode_of(function: &Function<'_>, overflow: Overflow) -> Option<Overflow> {
    match function.item.and_then(|item| item.overflow) {
        None => Some(overflow),
        // What Flux does under this name is more: it takes unsigned numbers for not negative.
        Some(signature::Overflow::None | signature::Overflow::StrictUnder) => {
            Some(Overflow::StrictUnder)
        }
        Some(signature::Overflow::Strict) => Some(Overflow::Strict),
        Some(signature::Overflow::Lazy) => None,
    }
}

fn checker_mode(overflow: Overflow) -> Mode {
    match overflow {
        Overflow::Panics => Mode::Panics,
        Overflow::StrictUnder => Mode::StrictUnder,
        Overflow::Strict => Mode::Strict,
    }
}

fn mode_name(overflow: Overflow) -> &'static str {
    match overflow {
        Overflow::Panics => "panics",
        Overflow::StrictUnder => "strict-under",
        Overflow::Strict => "strict",
    }
}

// ----- what the checker says

/// What is found for one function in one mode.
enum Found {
    /// A certificate that the checker has accepted, if the callees have their signatures.
    Accepted(Cert),
    /// Goals that were not shown.
    Failed(Vec<Failure>),
    /// A certificate that the checker did not accept.
    Rejected(Option<checker::Error>),
}

/// How many steps the search and the checker may take for one function.
const STEPS: u64 = 400_000_000;
const STACK: usize = 1 << 28;

/// Searches a certificate and asks the verified checker.
fn search(task: &Task<'_>, number: usize, sig: &checker::Sig) -> Found {
    let cert = match runtime::with_limits(STEPS, STACK, || find(task, number, sig)) {
        Ok(Ok(cert)) => cert,
        Ok(Err(failures)) => return Found::Failed(failures),
        Err(_) => return Found::Rejected(None),
    };
    let checked = CheckedFn { sig: sig.clone(), cert };
    let sigs = |number: &usize| (task.sigs)(*number);
    let answer = runtime::with_limits(STEPS, STACK, || {
        generated::check_fn(&task.mode, task.program, task.instances, &sigs, &number, &checked)
    });
    match answer {
        Ok(Ok(())) => Found::Accepted(checked.cert),
        Ok(Err(error)) => Found::Rejected(Some(error)),
        Err(_) => Found::Rejected(None),
    }
}

// ----- messages

/// What a message is made from.
struct Words<'a> {
    function: &'a Function<'a>,
    lowering: &'a Lowering,
    written: Option<&'a Signature>,
    functions: &'a [Function<'a>],
    lower: &'a [Lower<'a>],
}

impl Words<'_> {
    /// The place of a part of the body. What a macro of the library has made has its place
    /// there; then the nearest place in the block before it is taken that is in the
    /// function's own file, or the function's.
    fn place(&self, block: usize, at: At) -> Option<&Span> {
        let block = self.lowering.blocks.get(block)?;
        let own = |span: &&Span| span.file == self.function.file;
        let before = |count: usize| block.statements.iter().take(count).rev().flatten().find(own);
        let found = match at {
            At::Entry => None,
            At::Stmt(number) => {
                let here = block.statements.get(number).and_then(Option::as_ref);
                here.filter(own).or_else(|| before(number))
            }
            At::End => {
                let here = block.terminator.as_ref();
                here.filter(own).or_else(|| before(usize::MAX))
            }
        };
        found.or(self.function.span.as_ref())
    }

    /// Where on this way something was changed last that is not the function's own: by
    /// assignment through a reference, or by a call.
    fn change(&self, path: &[usize], block: usize) -> Option<&Span> {
        let blocks: Vec<_> = self.lowering.body.blocks.iter().collect();
        for &number in path.iter().chain([&block]).rev() {
            let (statements, end) = blocks.get(number)?;
            let spans = self.lowering.blocks.get(number)?;
            if number != block && matches!(end, Terminator::Call(..)) {
                return spans.terminator.as_ref();
            }
            let through = |place: &Place| {
                place.proj.iter().any(|step| matches!(step, checker::Proj::Deref(_)))
                    && !self.lowering.outs.contains(&place.local)
            };
            let changes = statements.iter().enumerate();
            let last = changes.filter(|(_, Stmt::Assign(place, _))| through(place)).last();
            if let Some((at, _)) = last {
                return spans.statements.get(at).and_then(Option::as_ref);
            }
        }
        None
    }

    /// Where the result is given that the function returns with on this way.
    fn result(&self, path: &[usize], block: usize) -> Option<&Span> {
        let is_result = |place: &Place| place.local == self.lowering.result_local;
        let blocks: Vec<_> = self.lowering.body.blocks.iter().collect();
        for &number in path.iter().chain([&block]).rev() {
            let (statements, end) = blocks.get(number)?;
            let spans = self.lowering.blocks.get(number)?;
            // The result of a call is there in the block behind it.
            if number != block {
                if let Terminator::Call(place, ..) = end {
                    if is_result(place) {
                        return spans.terminator.as_ref();
                    }
                }
            }
            let assigned = statements
                .iter()
                .enumerate()
                .filter(|(_, Stmt::Assign(place, _))| is_result(place))
                .last();
            if let Some((at, _)) = assigned {
                return spans.statements.get(at).and_then(Option::as_ref);
            }
        }
        None
    }

    /// The goal with the user's names, if each variable in it has one.
    fn goal(&self, goal: &Fml) -> Option<String> {
        let names = &self.written?.names;
        let mut vars = BTreeSet::new();
        goal.vars(&mut vars);
        vars.iter()
            .all(|var| names.contains_key(var))
            .then(|| goal.with_names(&|var| names.get(&var).cloned().unwrap_or_default()))
    }

    /// What is said of an assertion of the compiler's.
    fn assertion(&self, block: usize) -> &'static str {
        let code: Vec<_> = self.lowering.body.blocks.iter().collect();
        let overflows = code.get(block).is_some_and(|(statements, _)| {
            statements.iter().any(|Stmt::Assign(_, value)| matches!(value, Rvalue::Checked(..)))
        });
        if overflows {
            "this operation may overflow"
        } else {
            "this operation may panic: it may divide by zero or overflow"
        }
    }

    /// What is said of a goal that was not shown, and what the function is then.
    fn failure(&self, failure: &Failure) -> (Verdict, Diagnostic) {
        let at = self.place(failure.block, failure.at);
        let error = |title: String| Diagnostic::new(Severity::Error, title);
        let stop = self.lowering.blocks.get(failure.block).and_then(|block| block.stop.as_ref());
        let open = |message: Diagnostic| {
            let goal = failure.goal.as_ref().and_then(|goal| self.goal(goal));
            let message = match goal {
                Some(goal) => message.note(Severity::Note, format!("to show: {goal}")),
                None => message,
            };
            (Verdict::Unknown, message)
        };
        match &failure.cause {
            Cause::Requires { callee, clause } => {
                let other = self.lower.get(*callee);
                let reported = other.and_then(|of| self.functions.get(of.reported?));
                let Some(reported) = reported else {
                    let clause = other.and_then(|of| of.written?.requires.get(*clause));
                    if let Some(clause) = clause {
                        let title = "what is said of the fields of this struct is not shown here";
                        let place = span(&self.function.file, clause.span);
                        let message = error(title.to_owned()).code(DEMAND).at(at, "");
                        return open(message.also(Some(&place), "said here"));
                    }
                    return open(
                        error("this assertion may fail".to_owned()).code(DEMAND).at(at, ""),
                    );
                };
                let clause = other.and_then(|of| of.written?.requires.get(*clause));
                let title = match clause {
                    Some(clause) => format!(
                        "`{}` demands `{}`, which is not shown here",
                        reported.path, clause.text
                    ),
                    None => format!("what `{}` demands is not shown here", reported.path),
                };
                let mut message = error(title).code(DEMAND).at(at, "");
                if let Some(clause) = clause {
                    let place = span(&reported.file, clause.span);
                    message = message.also(Some(&place), "demanded here");
                }
                open(message)
            }
            Cause::Ensures { clause } => {
                let (path, block) = (&failure.path, failure.block);
                let unit = signature::Shape::Tuple(Vec::new());
                let place = match self.written {
                    Some(written) if written.result != unit => self.result(path, block),
                    _ => self.change(path, block),
                };
                let place = place.or(at);
                let clause = self.written.and_then(|written| written.ensures.get(*clause));
                let title = match clause {
                    Some(clause) => format!(
                        "`{}` promises `{}`, which is not shown here",
                        self.function.path, clause.text
                    ),
                    None => format!("what `{}` promises is not shown here", self.function.path),
                };
                let mut message = error(title).code(PROMISE).at(place, "");
                if let Some(clause) = clause {
                    let place = span(&self.function.file, clause.span);
                    message = message.also(Some(&place), "promised here");
                }
                open(message)
            }
            Cause::Assert if matches!(stop, Some(Stop::Panic { .. })) => {
                let message = error("this panic may happen".to_owned());
                (Verdict::Unknown, message.code(REACHED).at(at, ""))
            }
            Cause::Assert => {
                open(error(self.assertion(failure.block).to_owned()).code(ARITHMETIC).at(at, ""))
            }
            Cause::Reached => match stop {
                Some(Stop::Unsupported(unsupported)) => {
                    (Verdict::NotSupported, not_supported(unsupported, self.function))
                }
                Some(Stop::Panic { .. }) => {
                    open(error("this panic may happen".to_owned()).code(REACHED).at(at, ""))
                }
                None => open(
                    error("control may come here, where it should not".to_owned())
                        .code(REACHED)
                        .at(at, ""),
                ),
            },
            Cause::Refused(code) => self.refused(code, at, stop),
            Cause::GivenUp => open(
                error(format!("no proof was found for `{}`", self.function.path))
                    .code(NO_PROOF)
                    .at(at.or(self.function.span.as_ref()), ""),
            ),
        }
    }

    /// What is said where the checker does not go on.
    fn refused(
        &self,
        code: &Code,
        at: Option<&Span>,
        stop: Option<&Stop>,
    ) -> (Verdict, Diagnostic) {
        let at = at.or(self.function.span.as_ref());
        let error = |title: &str| Diagnostic::new(Severity::Error, title.to_owned());
        match code {
            Code::Unsupported => (
                Verdict::NotSupported,
                match stop {
                    Some(Stop::Unsupported(unsupported)) => {
                        not_supported(unsupported, self.function)
                    }
                    _ => error("not supported: this operation").code(UNSUPPORTED).at(at, ""),
                },
            ),
            Code::NoSignature => (
                Verdict::NotSupported,
                error("not supported: a call of a function that has no signature here")
                    .code(UNSUPPORTED)
                    .at(at, ""),
            ),
            Code::Mismatch => (
                Verdict::NotSupported,
                error("not supported: this form of a signature for this function")
                    .code(UNSUPPORTED)
                    .at(at, ""),
            ),
            Code::NoPlace | Code::NotValue => (
                Verdict::NotSupported,
                error("not supported: this place or value, of which nothing is known")
                    .code(UNSUPPORTED)
                    .at(at, ""),
            ),
            Code::Aliased => (
                Verdict::Unknown,
                error("two arguments may point to one place").code(ALIASED).at(at, ""),
            ),
            Code::ReadOnly => (
                Verdict::Unknown,
                error("this writes to what a shared reference points to").code(NO_PROOF).at(at, ""),
            ),
            Code::MayUnwind => (Verdict::Unknown, error("this may panic").code(UNWINDS).at(at, "")),
            Code::Unproved => (
                Verdict::Unknown,
                error("no proof was found of what is to be shown here").code(NO_PROOF).at(at, ""),
            ),
            Code::BadCertificate => (
                Verdict::Unknown,
                error("the proof that was found is not accepted by the checker")
                    .code(NO_PROOF)
                    .at(at, ""),
            ),
        }
    }
}

// ----- all together

/// What is said of the functions, and of the rest.
pub(crate) fn judge(input: &Input, overflow: Overflow) -> (Vec<Judged>, Vec<Diagnostic>) {
    let Input { dump, spans, text, sources, root, .. } = input;
    let files = program::files(dump, spans, text, sources, root);
    let functions = program::functions(dump, spans, text, &files);
    let mut messages = of_files(&files);
    for unread in &dump.unreadable {
        let title = format!(
            "not supported: the compiler's text for `{}` is not understood: expected {} in `{}`",
            unread.body.trim_end_matches(" {"),
            unread.expected,
            unread.text
        );
        messages.push(Diagnostic::new(Severity::Error, title).code(UNSUPPORTED));
    }
    let whole = with_asserts(input);
    let mut all = declared(&files);
    all.may_panic = may_panic(input, &files, &functions);
    let lowered = lower_with(&whole, parse::parse(&whole), spans, &all);
    let judging = Judging::new(input, &files, &functions, &lowered);
    (judging.run(overflow), messages)
}

struct Judging<'a> {
    input: &'a Input,
    files: &'a BTreeMap<String, FileRead>,
    functions: &'a [Function<'a>],
    lowered: &'a Lowered,
    lower: Vec<Lower<'a>>,
    /// For each reported function, its number in the lowered program.
    number: Vec<Option<usize>>,
    /// A name that is a crate's and the program's.
    confused: Option<String>,
}

impl<'a> Judging<'a> {
    fn new(
        input: &'a Input,
        files: &'a BTreeMap<String, FileRead>,
        functions: &'a [Function<'a>],
        lowered: &'a Lowered,
    ) -> Self {
        let mut number = vec![None; functions.len()];
        let mut lower = Vec::new();
        for (at, function) in lowered.functions.iter().enumerate() {
            let reported = functions
                .iter()
                .position(|known| input.dump.bodies[known.body].line == function.line);
            let mut own = Lower { reported, sig: None, written: None };
            match reported {
                Some(reported) => {
                    number[reported] = Some(at);
                    let item = functions[reported].item.filter(|item| item.ignored.is_none());
                    own.written = item.and_then(|item| item.signature.as_ref().ok());
                    own.sig = own.written.map(|written| convert::sig(&written.sig));
                }
                None => {
                    if let Some(written) = made(files, &function.path) {
                        own.written = Some(written);
                        own.sig = Some(convert::sig(&written.sig));
                    }
                    let is_assert =
                        function.path.to_string() == ASSERT && function.line > last_line(input);
                    if is_assert {
                        own.sig = Some(convert::sig(&assert_sig()));
                    }
                }
            }
            // One that does not fit is no signature of what is called.
            if let (Some(sig), Ok(lowering)) = (&own.sig, &function.body) {
                if !fits(sig, own.written, lowering) {
                    own.sig = None;
                }
            }
            lower.push(own);
        }
        let confused = confused(input, &declared(files));
        Self { input, files, functions, lowered, lower, number, confused }
    }

    /// What is found in one mode for these functions, and for all that they call.
    fn in_mode(&self, mode: Overflow, of: &[usize]) -> BTreeMap<usize, Found> {
        let program = self.lowered.program();
        let instances = self.lowered.instances();
        let sigs = |number: usize| self.lower.get(number).and_then(|of| of.sig.clone());
        let task = Task {
            program: &program,
            instances: &instances,
            sigs: &sigs,
            mode: checker_mode(mode),
        };
        let mut found = BTreeMap::new();
        let mut next: Vec<usize> = of.to_vec();
        while let Some(number) = next.pop() {
            if found.contains_key(&number) {
                continue;
            }
            let Some(own) = self.lower.get(number) else { continue };
            let looked_at =
                own.reported.is_none_or(|reported| before(&self.functions[reported]).is_none());
            let Some(sig) = own.sig.as_ref().filter(|_| looked_at) else { continue };
            if self.lowered.functions[number].body.is_err() {
                continue;
            }
            found.insert(number, search(&task, number, sig));
            next.extend(callees(self.lowered, number));
        }
        found
    }

    /// Those of the accepted functions that call none but accepted ones, as the verified
    /// checker says of all of them together.
    fn closed(&self, mode: Overflow, found: &mut BTreeMap<usize, Found>) -> BTreeSet<usize> {
        let mut closed: BTreeSet<usize> = found
            .iter()
            .filter(|(_, found)| matches!(found, Found::Accepted(_)))
            .map(|(number, _)| *number)
            .collect();
        loop {
            let open: Vec<usize> = closed
                .iter()
                .copied()
                .filter(|&number| !callees(self.lowered, number).is_subset(&closed))
                .collect();
            if open.is_empty() {
                break;
            }
            for number in open {
                closed.remove(&number);
            }
        }
        let checked = |number: usize| match (found.get(&number), &self.lower[number].sig) {
            (Some(Found::Accepted(cert)), Some(sig)) if closed.contains(&number) => {
                Some(CheckedFn { sig: sig.clone(), cert: cert.clone() })
            }
            _ => None,
        };
        let all: List<Option<CheckedFn>> = (0..self.lower.len()).map(checked).collect();
        let (program, instances) = (self.lowered.program(), self.lowered.instances());
        let answer =
            checker::check(checker_mode(mode), &program, &instances, &all, Limits::default());
        if answer == checker::Verdict::Accepted {
            return closed;
        }
        // One by one they were accepted, and together they are too much for it.
        for number in closed {
            found.insert(number, Found::Rejected(None));
        }
        BTreeSet::new()
    }

    /// The functions that an accepted one rests on without their being accepted in the mode.
    fn assumed(
        &self,
        number: usize,
        found: &BTreeMap<usize, Found>,
        judged: &[Option<Verdict>],
    ) -> Vec<(String, &'static str)> {
        let mut assumed = Vec::new();
        let mut seen = BTreeSet::from([number]);
        let mut next = vec![number];
        while let Some(number) = next.pop() {
            for callee in callees(self.lowered, number) {
                if !seen.insert(callee) {
                    continue;
                }
                if matches!(found.get(&callee), Some(Found::Accepted(_))) {
                    next.push(callee);
                    continue;
                }
                let reported = self.lower.get(callee).and_then(|of| of.reported);
                let path = reported
                    .map_or("?".to_owned(), |reported| self.functions[reported].path.clone());
                let why = match reported.and_then(|reported| judged[reported]) {
                    Some(Verdict::Trusted) => "trusted",
                    Some(Verdict::Proved) => "not proved in this mode",
                    _ => "not proved",
                };
                assumed.push((path, why));
            }
        }
        assumed.sort();
        assumed
    }

    fn run(&self, overflow: Overflow) -> Vec<Judged> {
        let mut judged: Vec<Judged> = self
            .functions
            .iter()
            .map(|function| Judged {
                path: function.path.clone(),
                span: function.span.clone(),
                lines: function.lines,
                verdict: Verdict::Unknown,
                mode: None,
                assumes: Vec::new(),
                messages: Vec::new(),
                refutation: None,
            })
            .collect();
        let mut verdicts: Vec<Option<Verdict>> = vec![None; judged.len()];
        let mut of_mode: [(Overflow, Vec<usize>); 3] =
            [Overflow::Panics, Overflow::StrictUnder, Overflow::Strict]
                .map(|mode| (mode, Vec::new()));
        for (at, function) in self.functions.iter().enumerate() {
            let mut said = before(function);
            if said.is_none() {
                said = self.unsupported(at).or_else(|| self.left_out(function));
            }
            let mode = mode_of(function, overflow);
            if said.is_none() && mode.is_none() {
                let title = "not supported: the overflow mode `lazy`";
                let message = Diagnostic::new(Severity::Error, title)
                    .code(UNSUPPORTED)
                    .at(function.span.as_ref(), "");
                said = Some((Verdict::NotSupported, Some(message)));
            }
            match (said, mode) {
                (Some((verdict, message)), _) => {
                    verdicts[at] = Some(verdict);
                    judged[at].verdict = verdict;
                    judged[at].messages.extend(message);
                }
                (None, Some(mode)) => {
                    let own = of_mode.iter_mut().find(|of| of.0 == mode);
                    if let (Some(own), Some(number)) = (own, self.number[at]) {
                        own.1.push(number);
                    }
                }
                (None, None) => {}
            }
        }
        let results: Vec<(Overflow, BTreeMap<usize, Found>, BTreeSet<usize>)> = of_mode
            .iter()
            .filter(|(_, numbers)| !numbers.is_empty())
            .map(|(mode, numbers)| {
                let mut found = self.in_mode(*mode, numbers);
                let closed = self.closed(*mode, &mut found);
                (*mode, found, closed)
            })
            .collect();
        for (mode, numbers) in &of_mode {
            let result = results.iter().find(|result| result.0 == *mode);
            for &number in numbers {
                let Some(at) = self.lower[number].reported else { continue };
                let found = result.and_then(|result| result.1.get(&number));
                let (mut verdict, mut messages) = self.say(at, number, found);
                if verdict == Verdict::Unknown {
                    if let Some(run) = self.refuted(at, number, *mode, &mut messages) {
                        verdict = Verdict::Refuted;
                        judged[at].refutation = Some(run);
                    } else {
                        self.known_by_signature(number, found, &mut messages);
                    }
                }
                verdicts[at] = Some(verdict);
                judged[at].verdict = verdict;
                judged[at].mode = Some(mode_name(*mode));
                judged[at].messages = messages;
            }
        }
        for (_, found, closed) in &results {
            for &number in found.keys() {
                let Some(at) = self.lower[number].reported else { continue };
                if judged[at].verdict == Verdict::Proved && !closed.contains(&number) {
                    judged[at].assumes = self.assumed(number, found, &verdicts);
                }
            }
        }
        for (function, judged) in self.functions.iter().zip(&mut judged) {
            should_fail(function, judged);
        }
        judged
    }

    /// Looks for a run that refutes the signature, and says so at the message that it is about.
    fn refuted(
        &self,
        at: usize,
        number: usize,
        mode: Overflow,
        messages: &mut Vec<Diagnostic>,
    ) -> Option<Run> {
        let (program, instances) = (self.lowered.program(), self.lowered.instances());
        let sigs = |number: usize| self.lower.get(number).and_then(|of| of.sig.clone());
        let mode = checker_mode(mode);
        let task = Task { program: &program, instances: &instances, sigs: &sigs, mode };
        let path = |number: usize| {
            let reported = self.lower.get(number).and_then(|of| of.reported);
            reported.map_or("assert".to_owned(), |of| self.functions[of].path.clone())
        };
        let called = self.lower.iter().map(|of| of.written).collect::<Vec<_>>();
        let about = About {
            path: &self.functions[at].path,
            lowering: self.lowered.functions[number].body.as_ref().ok()?,
            // A run of others has inputs that are no values of Rust's.
            written: self.lower[number].written.filter(|written| written.is_flat())?,
            called: &called,
            name: &path,
        };
        refuted::look(&task, number, &about, messages)
    }

    /// Says whose signatures are all that is known, where that may be why nothing is shown.
    fn known_by_signature(
        &self,
        number: usize,
        found: Option<&Found>,
        messages: &mut [Diagnostic],
    ) {
        let (Some(Found::Failed(failures)), Ok(lowering)) =
            (found, &self.lowered.functions[number].body)
        else {
            return;
        };
        let blocks: Vec<_> = lowering.body.blocks.iter().collect();
        let (Some(failure), Some(message)) = (failures.first(), messages.first_mut()) else {
            return;
        };
        let mut names: Vec<&str> = Vec::new();
        for &block in &failure.path {
            let Some((_, Terminator::Call(_, Callee::Fn(callee, _), ..))) = blocks.get(block)
            else {
                continue;
            };
            let Some(own) = self.lower.get(*callee) else { continue };
            // What gives nothing back says nothing that could be too weak.
            let gives = own.sig.as_ref().is_some_and(|sig| {
                matches!(sig.result, checker::SigResult::Val(..))
                    || sig.params.iter().any(|param| matches!(param, checker::Param::Mut(..)))
            });
            let name = own.reported.map(|of| self.functions[of].path.as_str());
            if let Some(name) = name.filter(|name| gives && !names.contains(name)) {
                names.push(name);
            }
        }
        if names.is_empty() {
            return;
        }
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let note = format!(
            "no run was found that fails; a caller knows of {} what the signature says, and this \
             may be too weak",
            names.join(", ")
        );
        *message = message.clone().note(Severity::Note, note);
    }

    /// Whether something that is left out of the file may be about the function.
    fn left_out(&self, function: &Function<'_>) -> Option<(Verdict, Option<Diagnostic>)> {
        let body = &self.input.dump.bodies[function.body];
        if let Some(name) = &self.confused {
            let title = format!(
                "not supported: something of its own with the name of the crate `{name}`, which \
                 may be about `{}`",
                function.path
            );
            let message = Diagnostic::new(Severity::Error, title)
                .code(UNSUPPORTED)
                .at(function.span.as_ref(), "");
            return Some((Verdict::NotSupported, Some(message)));
        }
        let (place, construct) = taint::left_out(function, body, self.files)?;
        let title = format!("not supported: {construct}, which may be about `{}`", function.path);
        let message = Diagnostic::new(Severity::Error, title)
            .code(UNSUPPORTED)
            .at(function.span.as_ref(), "")
            .also(Some(&place), "this is left out");
        Some((Verdict::NotSupported, Some(message)))
    }

    /// Whether the function has no body or no signature that the checker takes.
    fn unsupported(&self, at: usize) -> Option<(Verdict, Option<Diagnostic>)> {
        let function = &self.functions[at];
        let message = |construct: &str| {
            Diagnostic::new(Severity::Error, format!("not supported: {construct}"))
                .code(UNSUPPORTED)
                .at(function.span.as_ref(), "")
        };
        let lowered =
            self.number[at].map(|number| (&self.lowered.functions[number], &self.lower[number]));
        let message = match lowered {
            None => message("this function"),
            Some((lowered, own)) => match (&lowered.body, &own.sig) {
                (Err(unsupported), _) => not_supported(unsupported, function),
                (Ok(_), None) => message("a signature with other types than the compiler's"),
                (Ok(_), Some(_)) => return None,
            },
        };
        Some((Verdict::NotSupported, Some(message)))
    }

    /// What is said of a function that was looked at.
    fn say(&self, at: usize, number: usize, found: Option<&Found>) -> (Verdict, Vec<Diagnostic>) {
        let function = &self.functions[at];
        let no_proof = || {
            let title = format!("no proof was found for `{}`", function.path);
            Diagnostic::new(Severity::Error, title).code(NO_PROOF).at(function.span.as_ref(), "")
        };
        let Ok(lowering) = &self.lowered.functions[number].body else {
            return (Verdict::Unknown, vec![no_proof()]);
        };
        let words = Words {
            function,
            lowering,
            written: self.lower[number].written,
            functions: self.functions,
            lower: &self.lower,
        };
        match found {
            Some(Found::Accepted(_)) => (Verdict::Proved, Vec::new()),
            Some(Found::Failed(failures)) => {
                let mut verdict = Verdict::NotSupported;
                let mut messages: Vec<Diagnostic> = Vec::new();
                for failure in failures {
                    let (own, message) = words.failure(failure);
                    verdict = verdict.max(own);
                    if !messages.contains(&message) {
                        messages.push(message);
                    }
                }
                if messages.is_empty() {
                    return (Verdict::Unknown, vec![no_proof()]);
                }
                (verdict, messages)
            }
            Some(Found::Rejected(Some(error))) => {
                let (verdict, message) = words.refused(&error.code, None, None);
                (verdict, vec![message])
            }
            Some(Found::Rejected(None)) | None => (Verdict::Unknown, vec![no_proof()]),
        }
    }
}

/// The last line of the text that the compiler has printed.
fn last_line(input: &Input) -> u32 {
    u32::try_from(input.text.lines().count()).unwrap_or(u32::MAX)
}

/// What `should_fail` makes of an answer.
fn should_fail(function: &Function<'_>, judged: &mut Judged) {
    let Some(mark) = function.item.and_then(|item| item.should_fail) else { return };
    match judged.verdict {
        Verdict::Proved => {
            let title = format!("`{}` should fail, and is proved", function.path);
            let message = Diagnostic::new(Severity::Error, title)
                .code(SHOULD_FAIL)
                .at(function.span.as_ref(), "")
                .also(Some(&span(&function.file, mark)), "said here");
            judged.verdict = Verdict::Unknown;
            judged.messages = vec![message];
        }
        Verdict::Unknown | Verdict::Refuted | Verdict::BadSignature => {
            judged.refutation = None;
            judged.verdict = Verdict::Fails;
            judged.messages.clear();
        }
        _ => {}
    }
}

#[cfg(test)]
mod compare;
