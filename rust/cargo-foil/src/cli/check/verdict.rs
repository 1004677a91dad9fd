//! What is said of functions, as text and as JSON.

use super::super::Outcome;
use super::refuted::Run;
use crate::diagnostics::{Diagnostic, Sources, place};
use std::fmt::Write as _;
use tally_mir::spans::Span;

/// What is known of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// The verified checker has accepted a proof.
    Proved,
    /// It should fail, and no proof is there.
    Fails,
    /// Its body is not to be looked at.
    Trusted,
    /// It is not to be looked at.
    Ignored,
    /// Something in it is not supported.
    NotSupported,
    /// Its signature cannot be read.
    BadSignature,
    /// No proof is there.
    Unknown,
    /// A run violates the signature.
    Refuted,
}

impl Verdict {
    /// For readers.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Fails => "fails",
            Self::Trusted => "trusted",
            Self::Ignored => "ignored",
            Self::NotSupported => "not supported",
            Self::BadSignature => "bad signature",
            Self::Unknown => "unknown",
            Self::Refuted => "refuted",
        }
    }

    /// How a command ends that has only this to say.
    fn outcome(self) -> Outcome {
        match self {
            Self::Proved | Self::Fails | Self::Trusted | Self::Ignored => Outcome::Good,
            Self::Unknown | Self::Refuted => Outcome::Open,
            Self::NotSupported | Self::BadSignature => Outcome::Refused,
        }
    }
}

/// A function, and what is said of it.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// Its path.
    pub(crate) path: String,
    /// Where its name is.
    pub(crate) span: Option<Span>,
    /// From the first line of its attributes to the last of its body.
    pub(crate) lines: (u32, u32),
    /// What is known.
    pub(crate) verdict: Verdict,
    /// The mode in which it was checked, if it was.
    pub(crate) mode: Option<&'static str>,
    /// If it is proved: functions of which it is taken that they have their signatures, and
    /// why that is not known.
    pub(crate) assumes: Vec<(String, &'static str)>,
    /// What is wrong, with places.
    pub(crate) messages: Vec<Diagnostic>,
    /// If it is refuted: the run.
    pub(crate) refutation: Option<Run>,
}

/// How the command ends: with what is open, else with what is refused.
pub(crate) fn outcome(functions: &[Judged], messages: &[Diagnostic]) -> Outcome {
    let outcomes = || functions.iter().map(|function| function.verdict.outcome());
    if outcomes().any(|outcome| outcome == Outcome::Open) {
        Outcome::Open
    } else if outcomes().any(|outcome| outcome == Outcome::Refused) || !messages.is_empty() {
        Outcome::Refused
    } else {
        Outcome::Good
    }
}

/// How many functions have which verdict, as `2 proved, 1 unknown`.
fn counts(functions: &[Judged]) -> String {
    let all = [
        Verdict::Proved,
        Verdict::Fails,
        Verdict::Trusted,
        Verdict::Ignored,
        Verdict::NotSupported,
        Verdict::BadSignature,
        Verdict::Unknown,
        Verdict::Refuted,
    ];
    let mut parts = Vec::new();
    for verdict in all {
        let count = functions.iter().filter(|function| function.verdict == verdict).count();
        if count > 0 {
            let words =
                if verdict == Verdict::Fails { "fails as it should" } else { verdict.words() };
            parts.push(format!("{count} {words}"));
        }
    }
    if parts.is_empty() { "no functions".to_owned() } else { parts.join(", ") }
}

/// What is said of each mode below a list in which it occurs.
fn mode_words(mode: &str) -> &'static str {
    match mode {
        "panics" => "proved, panics: if it returns, its promises hold; an overflow may panic",
        "strict-under" => {
            "proved, strict-under: if it returns, its promises hold; an overflow may panic, \
             but no unsigned number goes below zero and no assertion fails"
        }
        "strict" => "proved, strict: it does not panic, and its promises hold when it returns",
        _ => "proved",
    }
}

/// The answer for people.
pub(crate) fn human(
    title: &str,
    functions: &[Judged],
    messages: &[Diagnostic],
    sources: &Sources,
    colours: bool,
) -> String {
    let mut text = String::new();
    for message in messages.iter().chain(functions.iter().flat_map(|of| &of.messages)) {
        text.push_str(&message.render(sources, colours));
        text.push('\n');
    }
    let _ = writeln!(text, "{title}: {}", counts(functions));
    let width = functions.iter().map(|of| of.verdict.words().len()).max().unwrap_or(0);
    for function in functions {
        let _ = write!(text, "  {:width$}  {}", function.verdict.words(), function.path);
        if let Some(span) = &function.span {
            let _ = write!(text, "  ({}:{})", sources.shown(&span.file), span.start.0);
        }
        text.push('\n');
        for (callee, why) in &function.assumes {
            let _ =
                writeln!(text, "  {:width$}  if `{callee}` has its signature, which is {why}", "");
        }
    }
    let mut modes: Vec<&str> = functions
        .iter()
        .filter(|of| of.verdict == Verdict::Proved)
        .filter_map(|of| of.mode)
        .collect();
    modes.sort_unstable();
    modes.dedup();
    for mode in modes {
        let _ = writeln!(text, "{}", mode_words(mode));
    }
    let mut codes: Vec<&str> = messages
        .iter()
        .chain(functions.iter().flat_map(|of| &of.messages))
        .filter_map(|message| message.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    if let Some(first) = codes.first() {
        let _ = writeln!(text, "`cargo foil check --explain {first}` says more about a code");
    }
    text
}

/// The answer for programs: one object for each function, and a summary.
pub(crate) fn json(
    title: &str,
    functions: &[Judged],
    messages: &[Diagnostic],
    sources: &Sources,
) -> String {
    let mut lines = Vec::new();
    for message in messages {
        let mut value = message.json(sources);
        value["kind"] = "message".into();
        lines.push(value);
    }
    for function in functions {
        let assumes: Vec<serde_json::Value> = function
            .assumes
            .iter()
            .map(|(callee, why)| serde_json::json!({ "function": callee, "is": why }))
            .collect();
        let messages: Vec<serde_json::Value> =
            function.messages.iter().map(|message| message.json(sources)).collect();
        lines.push(serde_json::json!({
            "kind": "function",
            "path": function.path,
            "verdict": function.verdict.words(),
            "span": function.span.as_ref().map(|span| place(span, sources)),
            "lines": [function.lines.0, function.lines.1],
            "mode": function.mode,
            "assumes": assumes,
            "messages": messages,
            "refutation": function.refutation.as_ref().map(Run::json),
        }));
    }
    let count = |verdict| functions.iter().filter(|of| of.verdict == verdict).count();
    lines.push(serde_json::json!({
        "kind": "summary",
        "of": title,
        "functions": functions.len(),
        "proved": count(Verdict::Proved),
        "fails": count(Verdict::Fails),
        "trusted": count(Verdict::Trusted),
        "ignored": count(Verdict::Ignored),
        "not_supported": count(Verdict::NotSupported),
        "bad_signature": count(Verdict::BadSignature),
        "unknown": count(Verdict::Unknown),
        "refuted": count(Verdict::Refuted),
    }));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(verdict: Verdict) -> Judged {
        Judged {
            path: "f".to_owned(),
            span: None,
            lines: (1, 2),
            verdict,
            mode: None,
            assumes: Vec::new(),
            messages: Vec::new(),
            refutation: None,
        }
    }

    /// Killed by: a file with an open function that ends well; what is refused before what
    /// is open.
    #[test]
    fn the_end_is_what_is_worst() {
        let of = |verdicts: &[Verdict]| {
            let functions: Vec<Judged> = verdicts.iter().copied().map(judged).collect();
            outcome(&functions, &[])
        };
        use Verdict::*;
        assert_eq!(of(&[]), Outcome::Good);
        assert_eq!(of(&[Proved, Fails, Trusted, Ignored]), Outcome::Good);
        assert_eq!(of(&[Proved, NotSupported]), Outcome::Refused);
        assert_eq!(of(&[BadSignature]), Outcome::Refused);
        assert_eq!(of(&[NotSupported, Unknown, Proved]), Outcome::Open);
    }

    #[test]
    fn verdicts_are_counted() {
        let functions =
            [judged(Verdict::Proved), judged(Verdict::Unknown), judged(Verdict::Proved)];
        assert_eq!(counts(&functions), "2 proved, 1 unknown");
        let text = human("a.rs", &functions, &[], &Sources::default(), false);
        assert!(
            text.starts_with("a.rs: 2 proved, 1 unknown\n  proved   f\n  unknown  f\n"),
            "{text}"
        );
        assert_eq!(json("a.rs", &functions, &[], &Sources::default()).lines().count(), 4);
    }
}
