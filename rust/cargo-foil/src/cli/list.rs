//! `cargo foil list`: which functions are translated, which are refused and why.

use super::overview::{Cause, Function, Overview};
use super::project::Crate;
use super::{Error, Format, ListArgs, Outcome};
use crate::diagnostics::{Sources, place};
use std::fmt::Write as _;
use std::io::Write as _;

/// How many obstacles are shown to people.
const SHOWN: usize = 10;

pub(super) fn run(args: &ListArgs) -> Result<Outcome, Error> {
    let (package, overview) = Overview::read(&args.selection)?;
    let selected: Vec<usize> = (0..overview.functions.len())
        .filter(|&number| {
            let path = &overview.functions[number].path;
            args.patterns.is_empty()
                || args.patterns.iter().any(|part| path.contains(part.as_str()))
        })
        .collect();
    if selected.is_empty() && !args.patterns.is_empty() {
        return Err(Error::NoFunction {
            asked: args.patterns.join("`, `"),
            package: package.name,
            similar: Vec::new(),
        });
    }
    let sources = package.sources();
    let text = match args.output.format {
        Format::Human => human(&package, &overview, &selected, &sources),
        Format::Json => json(&package, &overview, &selected, &sources),
    };
    // A reader that has seen enough is no fault.
    let _ = anstream::stdout().write_all(text.as_bytes());
    Ok(Outcome::Good)
}

fn is_translated(function: &Function) -> bool {
    function.state.is_ok()
}

/// `FILE:LINE`, for a column of its own.
fn position(function: &Function, sources: &Sources) -> String {
    match &function.span {
        Some(span) => format!("{}:{}", sources.shown(&span.file), span.start.0),
        None => String::new(),
    }
}

fn others(causes: &[Cause]) -> String {
    match causes.len() {
        0 | 1 => String::new(),
        2 => " (and one more reason)".to_owned(),
        more => format!(" (and {} more reasons)", more - 1),
    }
}

fn human(package: &Crate, overview: &Overview, selected: &[usize], sources: &Sources) -> String {
    let functions = || selected.iter().map(|&number| &overview.functions[number]);
    let translated = functions().filter(|function| is_translated(function)).count();
    let refused = selected.len() - translated;
    let mut text = String::new();
    let Crate { name, version, .. } = package;
    let _ = writeln!(
        text,
        "{name} {version}: {} functions, {translated} translated, {refused} refused",
        selected.len()
    );
    // `translate` takes an older way, which refuses more: readers are told what it writes.
    for (written, header) in [
        (true, "translated, with all that they call, and written by `cargo foil translate`"),
        (
            false,
            "translated, with all that they call, but not for proofs: \
             `cargo foil translate` does not write these yet",
        ),
    ] {
        let mut those = functions()
            .filter(|of| of.for_proofs == written)
            .filter_map(|of| Some((of, of.state.as_ref().ok()?)))
            .peekable();
        if those.peek().is_some() {
            let _ = writeln!(text, "\n{header}");
        }
        for (function, callees) in those {
            let _ = write!(text, "  {}", function.path);
            let place = position(function, sources);
            if !place.is_empty() {
                let _ = write!(text, "  ({place})");
            }
            if function.sized {
                let _ = write!(text, "  (for sized types only)");
            }
            text.push('\n');
            if !callees.is_empty() {
                let _ = writeln!(text, "      calls {}", callees.join(", "));
            }
        }
    }
    if refused > 0 {
        let _ = writeln!(
            text,
            "\nrefused, with the first thing in it that has no counterpart in the language of the proofs"
        );
    }
    for function in functions() {
        if let Err(causes) = &function.state {
            let _ = write!(text, "  {}", function.path);
            let place = position(function, sources);
            if !place.is_empty() {
                let _ = write!(text, "  ({place})");
            }
            text.push('\n');
            if let Some(first) = causes.first() {
                let _ = writeln!(text, "      {}{}", first.words, others(causes));
            }
        }
    }
    let obstacles = overview.obstacles(selected);
    if !obstacles.is_empty() {
        let _ = writeln!(
            text,
            "\nwhat to support next\n  alone   all\n  \
             (alone: how many functions only this stands in the way of, with what they call)"
        );
        for obstacle in obstacles.iter().take(SHOWN) {
            let _ = writeln!(text, "  {:5} {:5}  {}", obstacle.alone, obstacle.all, obstacle.words);
        }
        if obstacles.len() > SHOWN {
            let _ =
                writeln!(text, "  and {} more; `--format json` has all", obstacles.len() - SHOWN);
        }
    }
    if refused > 0 {
        let _ =
            writeln!(text, "\n`cargo foil why FUNCTION` shows all reasons of one, in the source.");
    }
    text
}

/// A function for programs.
pub(super) fn function_json(function: &Function, sources: &Sources) -> serde_json::Value {
    let at = |span: &Option<_>| span.as_ref().map(|span| place(span, sources));
    let mut value = serde_json::json!({
        "kind": "function",
        "path": function.path,
        "span": at(&function.span),
        "own": function.own,
    });
    match &function.state {
        Ok(callees) => {
            value["state"] = "translated".into();
            value["calls"] = callees.clone().into();
            value["for_proofs"] = function.for_proofs.into();
            value["sized_only"] = function.sized.into();
        }
        Err(causes) => {
            value["state"] = "refused".into();
            let reasons: Vec<serde_json::Value> = causes
                .iter()
                .map(|cause| serde_json::json!({ "reason": cause.words, "span": at(&cause.span) }))
                .collect();
            value["reasons"] = reasons.into();
        }
    }
    value
}

fn json(package: &Crate, overview: &Overview, selected: &[usize], sources: &Sources) -> String {
    let mut lines = Vec::new();
    for &number in selected {
        lines.push(function_json(&overview.functions[number], sources));
    }
    let translated =
        selected.iter().filter(|&&number| is_translated(&overview.functions[number])).count();
    let functions = || selected.iter().map(|&number| &overview.functions[number]);
    let written = functions().filter(|of| of.for_proofs).count();
    let obstacles: Vec<serde_json::Value> = overview
        .obstacles(selected)
        .iter()
        .map(|of| serde_json::json!({ "reason": of.words, "alone": of.alone, "all": of.all }))
        .collect();
    lines.push(serde_json::json!({
        "kind": "summary",
        "package": package.name,
        "version": package.version,
        "functions": selected.len(),
        "translated": translated,
        "for_proofs": written,
        "refused": selected.len() - translated,
        "obstacles": obstacles,
    }));
    lines.iter().map(|line| format!("{line}\n")).collect()
}
