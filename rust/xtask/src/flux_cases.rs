//! `cargo xtask flux-cases CHECKOUT [FILE…]`: what `cargo foil check` says of Flux's own
//! tests, beside what the annotations in them say.
//!
//! A test in `pos` is to be accepted. One in `neg` has `//~ ERROR` where Flux reports an
//! error: each `^` is one line up, and `|` is the line of the annotation before. An error
//! belongs to the function in whose lines it is; every other function of the file is to be
//! accepted. The tests are Flux's, and none is kept here.

use crate::Findings;
use crate::json::{self, Json};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// Tests whose verdict differs for a reason: of how Flux infers, not of what is true.
const DIFFER: [(&str, &str); 2] = [
    ("neg/surface/scrape00.rs", "its invariant is not looked for by Flux, with `scrape_quals` off"),
    ("neg/surface/int_bounds_invariants.rs", "Flux leaves out that an `i32` is no larger than MAX"),
];

/// Where the tests are in a checkout.
const FOLDER: &str = "tests/tests";

/// Lines of a file where an error is expected.
fn expected_lines(text: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut before = 0;
    for (number, line) in (1_usize..).zip(text.lines()) {
        let Some((_, annotation)) = line.split_once("//~") else { continue };
        let rest = annotation.trim_start_matches('^');
        let up = annotation.len() - rest.len();
        let rest = rest.trim_start();
        let at = if rest.starts_with('|') { before } else { number.saturating_sub(up) };
        if rest.trim_start_matches('|').trim_start().starts_with("ERROR") {
            lines.push(at);
        }
        before = at;
    }
    lines
}

/// What is said of one function.
#[derive(Debug)]
struct Function {
    path: String,
    verdict: String,
    /// From the first line of its attributes to the last of its body.
    lines: (usize, usize),
    /// The lines that messages about it point to.
    reported: Vec<usize>,
}

/// What a file comes to: the worst of its functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Right,
    /// Another verdict, for a reason that is known.
    Differs,
    /// Rejected as it should be, with no message in an expected line.
    OtherLine,
    Unsupported,
    WronglyRejected,
    WronglyAccepted,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Class::Right => "right",
            Class::Differs => "differs",
            Class::OtherLine => "right, other line",
            Class::Unsupported => "unsupported",
            Class::WronglyRejected => "wrongly rejected",
            Class::WronglyAccepted => "WRONGLY ACCEPTED",
        })
    }
}

/// What one function comes to, where errors are expected in these of its lines.
fn judge_one(function: &Function, wanted: &[usize]) -> Class {
    match (function.verdict.as_str(), wanted.is_empty()) {
        // Neither is looked at.
        ("trusted" | "ignored", _) | ("proved" | "fails", true) => Class::Right,
        ("proved" | "fails", false) => Class::WronglyAccepted,
        ("unknown" | "refuted", true) => Class::WronglyRejected,
        ("unknown" | "refuted" | "bad signature", false)
            if wanted.iter().all(|line| function.reported.contains(line)) =>
        {
            Class::Right
        }
        ("unknown" | "refuted" | "bad signature", false) => Class::OtherLine,
        _ => Class::Unsupported,
    }
}

/// What the answers come to, and which functions are not right. `said`: there are messages
/// about the file as a whole.
fn judge(functions: &[Function], said: bool, expected: &[usize]) -> (Class, Vec<String>) {
    let mut class = Class::Right;
    let mut words = Vec::new();
    let mut belong = Vec::new();
    for function in functions {
        let (first, last) = function.lines;
        let within = expected.iter().copied().filter(|line| (first..=last).contains(line));
        let wanted: Vec<usize> = within.collect();
        belong.extend(wanted.iter().copied());
        let own = judge_one(function, &wanted);
        if own != Class::Right {
            words.push(format!("{}: {}", function.path, function.verdict));
        }
        class = class.max(own);
    }
    // An error that belongs to no function: something must have been said of some function.
    let left = expected.iter().filter(|line| !belong.contains(line)).count();
    if left > 0 {
        let good = |of: &Function| {
            judge_one(of, &[0]) == Class::WronglyAccepted || of.verdict == "trusted"
        };
        let own = match functions.iter().all(good) {
            true if said => Class::Unsupported,
            true => Class::WronglyAccepted,
            false => Class::OtherLine,
        };
        words.push(format!("errors outside of functions: {left}"));
        class = class.max(own);
    }
    (class, words)
}

fn number(value: Option<&Json>) -> usize {
    value.and_then(Json::as_u64).and_then(|value| usize::try_from(value).ok()).unwrap_or(0)
}

/// The functions in the answers of the command, which are one in each line.
fn functions(output: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for value in output.lines().filter_map(|line| json::parse(line).ok()) {
        if value["kind"] != "function" {
            continue;
        }
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let mut reported = Vec::new();
        for message in value["messages"].as_array().into_iter().flatten() {
            for span in message["spans"].as_array().into_iter().flatten() {
                if span["primary"] == true {
                    reported.push(number(span.get("line_start")));
                }
            }
        }
        let lines = (number(value["lines"].get(0)), number(value["lines"].get(1)));
        found.push(Function { path: text("path"), verdict: text("verdict"), lines, reported });
    }
    found
}

/// The tests below the folder, by their paths from there.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for part in ["pos", "neg"] {
        for entry in WalkDir::new(folder.join(part)).sort_by_file_name().into_iter().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                found.extend(path.strip_prefix(folder).map(Path::to_owned));
            }
        }
    }
    found
}

/// Says what the command says of the tests; of all, if none are named.
pub(crate) fn run(root: &Path, words: &[&str]) -> Result<Findings, String> {
    let [checkout, files @ ..] = words else {
        return Err("usage: cargo xtask flux-cases CHECKOUT [FILE…]".to_owned());
    };
    let folder = Path::new(checkout).join(FOLDER);
    if !folder.is_dir() {
        return Err(format!(
            "{} is not there: is {checkout} a checkout of Flux?",
            folder.display()
        ));
    }
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("rust/target"), PathBuf::from);
    let command = target.join("release/cargo-foil");
    let files: Vec<PathBuf> =
        if files.is_empty() { all(&folder) } else { files.iter().map(PathBuf::from).collect() };
    let mut findings = Findings::new();
    let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
    let mut functions_of = [0_usize; 2];
    let (mut longest, mut all_time) = (Duration::ZERO, Duration::ZERO);
    for file in &files {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let negative = file.starts_with("neg");
        let expected = if negative { expected_lines(&text) } else { Vec::new() };
        let began = Instant::now();
        let output = Command::new(&command)
            .args(["foil", "check", "--format", "json"])
            .arg(&path)
            .output()
            .map_err(|error| format!("{}: {error}", command.display()))?;
        let took = began.elapsed();
        (longest, all_time) = (longest.max(took), all_time + took);
        let words = String::from_utf8_lossy(&output.stdout);
        let answers = functions(&words);
        let said = words.contains("\"kind\":\"message\"");
        let (class, words) = match output.status.code() {
            Some(0..=2) if !answers.is_empty() => judge(&answers, said, &expected),
            // It does not build without crates of Flux's, or there is nothing in it.
            Some(2) => (Class::Unsupported, vec!["does not build".to_owned()]),
            Some(0) if expected.is_empty() => (Class::Right, Vec::new()),
            Some(0) => (Class::Unsupported, vec!["no functions".to_owned()]),
            code => {
                let words = String::from_utf8_lossy(&output.stderr);
                let first = words.lines().next().unwrap_or_default();
                findings.push(format!("{}: ended with {code:?}: {first}", file.display()));
                (Class::Unsupported, vec!["the tool's own error".to_owned()])
            }
        };
        let (mut class, mut words) = (class, words);
        if let Some((_, why)) = DIFFER.iter().find(|(known, _)| file == Path::new(known)) {
            (class, words) = (Class::Differs, vec![(*why).to_owned()]);
        }
        if class == Class::WronglyAccepted {
            findings.push(format!("{}: wrongly accepted: {}", file.display(), words.join(", ")));
        }
        functions_of[0] += answers.len();
        functions_of[1] += answers.iter().filter(|of| of.verdict == "proved").count();
        *counts.entry(class).or_default() += 1;
        println!("{class:18} {:5} ms  {}  {}", took.as_millis(), file.display(), words.join(", "));
    }
    println!();
    for (class, count) in &counts {
        println!("{class:18} {count}");
    }
    println!(
        "{} files, {} functions, {} of them proved; {:.1} s, the longest {:.2} s",
        files.len(),
        functions_of[0],
        functions_of[1],
        all_time.as_secs_f64(),
        longest.as_secs_f64()
    );
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Killed by: the annotation's own line for `^` or `|`.
    #[test]
    fn annotations_point_at_lines() {
        let text =
            "a //~ ERROR x\nb\n//~^ ERROR y\n//~| ERROR z\n//~ NOTE n\n//~^^^^^^^^^ ERROR far\n";
        assert_eq!(expected_lines(text), [1, 2, 2, 0]);
    }

    fn function(verdict: &str, lines: (usize, usize), reported: &[usize]) -> Function {
        Function {
            path: "f".to_owned(),
            verdict: verdict.to_owned(),
            lines,
            reported: reported.to_vec(),
        }
    }

    /// Killed by: an accepted function where an error is expected that passes for right.
    #[test]
    fn what_is_accepted_wrongly_is_seen() {
        let of = |functions: &[Function], expected: &[usize]| judge(functions, false, expected).0;
        let (one, two) = ((1, 5), (6, 9));
        assert_eq!(of(&[function("proved", one, &[])], &[]), Class::Right);
        assert_eq!(of(&[function("proved", one, &[])], &[3]), Class::WronglyAccepted);
        assert_eq!(of(&[function("fails", one, &[])], &[1]), Class::WronglyAccepted);
        assert_eq!(of(&[function("unknown", one, &[3])], &[3]), Class::Right);
        assert_eq!(of(&[function("unknown", one, &[2])], &[3]), Class::OtherLine);
        assert_eq!(of(&[function("unknown", one, &[2])], &[]), Class::WronglyRejected);
        assert_eq!(of(&[function("not supported", one, &[])], &[3]), Class::Unsupported);
        // The error is in the other function.
        let both = [function("unknown", one, &[3]), function("proved", two, &[])];
        assert_eq!(of(&both, &[7]), Class::WronglyAccepted);
        assert_eq!(of(&both, &[3]), Class::Right);
        assert_eq!(judge(&[function("proved", one, &[])], true, &[12]).0, Class::Unsupported);
        // In no function.
        assert_eq!(of(&[function("proved", one, &[])], &[12]), Class::WronglyAccepted);
        assert_eq!(of(&[function("not supported", one, &[])], &[12]), Class::Unsupported);
        assert_eq!(of(&[], &[12]), Class::WronglyAccepted);
    }

    #[test]
    fn answers_are_read() {
        let output = r#"{"kind":"function","path":"a::f","verdict":"unknown","lines":[2,7],"messages":[{"spans":[{"line_start":4,"primary":true},{"line_start":2,"primary":false}]}]}
{"kind":"summary"}
no JSON"#;
        let [function] = &functions(output)[..] else { panic!() };
        assert_eq!(
            (function.path.as_str(), function.lines, &function.reported[..]),
            ("a::f", (2, 7), &[4][..])
        );
    }
}
