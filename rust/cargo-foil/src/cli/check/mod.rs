//! `cargo foil check`: does each function have the signature that is written at it?
//!
//! The compiler prints the program, signatures are read from the source, a program that
//! nobody trusts searches for proofs, and the verified checker decides.

mod explain;
mod judge;
mod program;
mod refuted;
mod taint;
mod verdict;

use super::compiler::Compiler;
use super::project::Project;
use super::{CheckArgs, Error, Format, Outcome, file};
use crate::diagnostics::{Sources, colours};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use tally_mir::ast::Dump;
use tally_mir::spans::Spans;

/// A program that is to be checked.
pub(crate) struct Input {
    /// What it is called.
    pub(crate) title: String,
    /// What the compiler prints, without the places.
    pub(crate) text: String,
    /// That, read.
    pub(crate) dump: Dump,
    /// The places.
    pub(crate) spans: Spans,
    /// The files.
    pub(crate) sources: Sources,
    /// The file that the program begins with.
    pub(crate) root: PathBuf,
    /// The crates that it may name, besides Rust's own.
    pub(crate) crates: BTreeSet<String>,
}

fn explain(code: &str) -> Result<Outcome, Error> {
    let Some((code, title, text)) = explain::entry(code) else {
        let codes = explain::codes().map(str::to_owned).collect();
        return Err(Error::NoCode { asked: code.to_owned(), codes });
    };
    // A reader that has seen enough is no fault.
    let _ = writeln!(anstream::stdout(), "{code}: {title}\n\n{text}");
    Ok(Outcome::Good)
}

fn input(args: &CheckArgs) -> Result<Input, Error> {
    let compiler = Compiler::find()?;
    if let Some(path) = &args.file {
        let file = file::compile(&compiler, path, &args.edition)?;
        let folder = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        return Ok(Input {
            title: path.display().to_string(),
            text: file.text,
            dump: file.dump,
            spans: file.spans,
            sources: Sources::new(vec![folder]),
            root: path.clone(),
            crates: file::crates(),
        });
    }
    // Inline functions of other crates are in what is printed.
    let project = Project::find(&args.selection)?.whole();
    let (root, crates) = (project.source(), project.crates()?);
    let package = project.read(&file::CHECK_FLAGS)?;
    Ok(Input {
        title: format!("{} {}", package.name, package.version),
        sources: package.sources(),
        text: package.text,
        dump: package.dump,
        spans: package.spans,
        root,
        crates,
    })
}

/// The stack for what follows the terms of a program, which nest deep.
const STACK: usize = 1 << 30;

pub(super) fn run(args: &CheckArgs) -> Result<Outcome, Error> {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let not_started = |error| Error::NotStarted { program: "a thread".to_owned(), error };
        let thread = thread.spawn_scoped(scope, || check(args)).map_err(not_started)?;
        thread.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause))
    })
}

fn check(args: &CheckArgs) -> Result<Outcome, Error> {
    let input = input(args)?;
    let (functions, messages) = judge::judge(&input, args.overflow);
    let text = match args.output.format {
        Format::Human => {
            verdict::human(&input.title, &functions, &messages, &input.sources, colours())
        }
        Format::Json => verdict::json(&input.title, &functions, &messages, &input.sources),
    };
    // A reader that has seen enough is no fault.
    let _ = anstream::stdout().write_all(text.as_bytes());
    if args.replay && matches!(args.output.format, Format::Human) {
        let _ = anstream::stdout().write_all(refuted::replays(&functions).as_bytes());
    }
    Ok(verdict::outcome(&functions, &messages))
}
