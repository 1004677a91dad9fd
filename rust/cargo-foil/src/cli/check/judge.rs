//! From a program to what is said of its functions.

use super::super::Overflow;
use super::Input;
use super::explain::{SIGNATURE, UNSUPPORTED};
use super::program::{self, FileRead, Function, span};
use super::verdict::{Judged, Verdict};
use crate::diagnostics::{Diagnostic, Severity};
use crate::signature::Problem;
use std::collections::BTreeMap;

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

/// What is known of a function before its body is looked at.
fn before(function: &Function<'_>) -> Option<(Verdict, Option<Diagnostic>)> {
    let Some(item) = function.item else {
        let message = Diagnostic::new(
            Severity::Error,
            format!("not supported: `{}`, which a macro has made", function.path),
        )
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

/// What is said of the functions, and of the rest.
pub(crate) fn judge(input: &Input, overflow: Overflow) -> (Vec<Judged>, Vec<Diagnostic>) {
    let Input { dump, spans, text, sources, .. } = input;
    let files = program::files(dump, spans, text, sources);
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
    let _ = overflow;
    let mut judged = Vec::new();
    for function in &functions {
        let (verdict, message) = before(function).unwrap_or_else(|| {
            let message = Diagnostic::new(Severity::Error, "not supported: the checker")
                .code(UNSUPPORTED)
                .at(function.span.as_ref(), "");
            (Verdict::NotSupported, Some(message))
        });
        judged.push(Judged {
            path: function.path.clone(),
            span: function.span.clone(),
            lines: function.lines,
            verdict,
            mode: None,
            assumes: Vec::new(),
            messages: message.into_iter().collect(),
        });
    }
    (judged, messages)
}
