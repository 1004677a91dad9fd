//! `cargo foil why`: all reasons why a function is not translated, in the source.

use super::list::function_json;
use super::overview::Overview;
use super::project::Crate;
use super::{Error, Format, Outcome, WhyArgs};
use crate::diagnostics::{Diagnostic, Severity, Sources};
use std::io::Write as _;
use tally_mir::spans::Span;

pub(super) fn run(args: &WhyArgs) -> Result<Outcome, Error> {
    let (package, overview) = Overview::read(&args.selection)?;
    let number = find(&overview, &args.function, &package)?;
    let sources = package.sources();
    let text = match args.output.format {
        Format::Human => human(&package, &overview, number, args.mir, &sources),
        Format::Json => json(&package, &overview, number, args.mir, &sources),
    };
    // A reader that has seen enough is no fault.
    let _ = anstream::stdout().write_all(text.as_bytes());
    let translated = overview.functions[number].state.is_ok();
    Ok(if translated { Outcome::Good } else { Outcome::Refused })
}

/// The function with this path, or with a path that ends in it.
fn find(overview: &Overview, asked: &str, package: &Crate) -> Result<usize, Error> {
    let functions = || overview.functions.iter().enumerate();
    let exact: Vec<usize> =
        functions().filter(|(_, of)| of.path == asked).map(|(number, _)| number).collect();
    let found = if exact.is_empty() {
        let ends =
            |path: &str| path.strip_suffix(asked).is_some_and(|before| before.ends_with("::"));
        functions().filter(|(_, of)| ends(&of.path)).map(|(number, _)| number).collect()
    } else {
        exact
    };
    match found[..] {
        [one] => Ok(one),
        [] => {
            let last = asked.rsplit("::").next().unwrap_or(asked);
            let mut similar: Vec<String> = functions()
                .filter(|(_, of)| !last.is_empty() && of.path.contains(last))
                .map(|(_, of)| format!("`{}`", of.path))
                .collect();
            similar.truncate(8);
            Err(Error::NoFunction {
                asked: asked.to_owned(),
                package: package.name.clone(),
                similar,
            })
        }
        // Several `impl`s of a trait may have one path; their places tell them apart.
        _ => Err(Error::WhichFunction {
            asked: asked.to_owned(),
            candidates: found
                .iter()
                .map(|&number| {
                    let of = &overview.functions[number];
                    match &of.span {
                        Some(span) => format!("`{}` at line {}", of.path, span.start.0),
                        None => format!("`{}`", of.path),
                    }
                })
                .collect(),
        }),
    }
}

/// What the reasons of one function are, at their places.
fn reasons(overview: &Overview, number: usize) -> Option<Diagnostic> {
    let function = &overview.functions[number];
    let causes = function.state.as_ref().err()?;
    let title = format!("`{}` is refused", function.path);
    let mut message = Diagnostic::new(Severity::Error, title);
    let mut said: Vec<(&str, Option<&Span>)> = Vec::new();
    for cause in causes {
        let own = (cause.words.as_str(), cause.span.as_ref());
        if said.contains(&own) {
            continue;
        }
        said.push(own);
        message = match &cause.span {
            Some(span) => message.at(Some(span), cause.words.as_str()),
            None => message.note(Severity::Note, cause.words.as_str()),
        };
    }
    if message.labels.is_empty() {
        message = message.also(function.span.as_ref(), "");
    }
    if causes.iter().any(|cause| cause.callee.is_none()) {
        let words = "what is named has no counterpart yet in the language that proofs are about";
        message = message.note(Severity::Note, words);
    }
    Some(message)
}

/// The body with this number as the compiler prints it.
fn mir<'a>(package: &'a Crate, overview: &Overview, number: usize) -> Vec<&'a str> {
    let begin = (overview.functions[number].line as usize).saturating_sub(1);
    let mut lines = Vec::new();
    for line in package.text.lines().skip(begin) {
        // Where comments have been there are blank lines, which end no block.
        let after_blank = lines.last().is_some_and(|before: &&str| before.is_empty());
        if after_blank && (line.is_empty() || line.trim() == "}") {
            lines.pop();
        }
        lines.push(line);
        if line == "}" {
            break;
        }
    }
    lines
}

fn human(
    package: &Crate,
    overview: &Overview,
    number: usize,
    body: bool,
    sources: &Sources,
) -> String {
    let mut parts = Vec::new();
    let colours = crate::diagnostics::colours();
    for number in overview.callees_first(number) {
        parts.extend(reasons(overview, number).map(|message| message.render(sources, colours)));
    }
    let function = &overview.functions[number];
    if let Ok(callees) = &function.state {
        let mut text = format!("`{}` is translated, with all that it calls\n", function.path);
        for callee in callees {
            text.push_str(&format!("  calls {callee}\n"));
        }
        parts.push(text);
    }
    if body {
        parts.push(format!("{}\n", mir(package, overview, number).join("\n")));
    }
    parts.join("\n")
}

fn json(
    package: &Crate,
    overview: &Overview,
    number: usize,
    body: bool,
    sources: &Sources,
) -> String {
    let mut lines = Vec::new();
    for callee in overview.callees_first(number) {
        let mut value = function_json(&overview.functions[callee], sources);
        if body && callee == number {
            value["mir"] = mir(package, overview, number).join("\n").into();
        }
        lines.push(format!("{value}\n"));
    }
    lines.concat()
}
