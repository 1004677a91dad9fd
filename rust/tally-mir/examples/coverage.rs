//! The page docs/foil-coverage.md, from what `cargo foil list --format json` has said of each
//! crate in a folder; `ci/foil-coverage` runs it.
//!
//! `coverage FOLDER CRATE@VERSION…`

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;

/// How many reasons are shown.
const SHOWN: usize = 25;

const WORDS: &str = "
What the numbers mean:

- *bodies*: what the compiler prints MIR for, of the crate alone: functions, methods, closures, constants, statics, and the functions that make structs and variants; not the constants that it lifts out of functions.
- *translated*: every block of the body has a meaning in `theories/mir`, whatever becomes of what it calls.
- *with callees*: so has every body that it needs, drop glue included, down to the library. Of the library the program has the model in `rust/cargo-foil/src/run`, translated as the crate is, and entries of the table `theories/mir/lib.v`. Both are trusted to say what Rust's documentation says. `cargo foil list` counts this number.
- A generic body is translated once, for all types that its parameters may be. What the bounds of a parameter promise (methods, closures' calls, associated constants, lengths of arrays) are functions without a body in the program, each with the types of its arguments and of its result: a dictionary. A use of the body puts the functions of its types there; a proof assumes a specification of each. So a body that calls `T::clone` counts as translated, and what that `clone` does is asked of whoever uses the body.
- *at sized types only*: a parameter of the body is `?Sized`, so a pointer to it may be one word or two. The program is that of one word: slices, strings and trait objects in its place are not translated.
- *written by `translate`*: those that `cargo foil translate` writes for proofs today, by an older way that refuses more. The others are translated for `list` and, with types put in, by `run`.

`ci/foil-coverage --coq` has Coq read every function that is counted so, with all that it calls, and checks by `accepted` in `theories/mir/accept.v` that the compilation to λRust has a meaning for each statement and each end of a block. That is no proof about the functions.

What the others are refused for, by how many bodies name it (callees that are refused are left out):

| bodies | reason |
|---|---|
";

/// A reason without type arguments, places, and what function it is in.
fn short(reason: &str) -> String {
    let reason = match (reason.strip_suffix('`'), reason.rfind(", in `")) {
        (Some(_), Some(end)) => &reason[..end],
        _ => reason,
    };
    let (mut text, mut depth, mut before) = (String::new(), 0_usize, ' ');
    for c in reason.chars() {
        match c {
            '<' if depth > 0 || before.is_alphanumeric() || before == '_' || before == ':' => {
                depth += 1;
            }
            '>' if depth > 0 && before != '-' => depth -= 1,
            _ if depth == 0 => text.push(c),
            _ => {}
        }
        before = c;
    }
    // Types that are declared inside of functions have the path of a file in their names.
    if let Some(at) = text.find("{local}") {
        let end = text[at..].find(": ").map_or(text.len(), |end| at + end);
        let last = text[at..end].rsplit("::").next().unwrap_or_default().to_owned();
        text.replace_range(at..end, &last);
    }
    text.replace('|', "\\|").replace('\n', " ")
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((folder, crates)) = args.split_first() else { return Err("no folder".into()) };
    let mut rows = String::new();
    let mut total = [0_usize; 5];
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for of in crates {
        let (name, version) = of.split_once('@').ok_or("a crate without a version")?;
        let text = std::fs::read_to_string(format!("{folder}/{name}.json"))?;
        let mut counts = [0_usize; 5];
        for line in text.lines() {
            let item: Value = serde_json::from_str(line)?;
            if item["kind"] != "function" {
                continue;
            }
            let holds = |key: &str| item[key] == true;
            let good = item["state"] == "translated";
            let found =
                [true, holds("own"), good, good && holds("sized_only"), holds("for_proofs")];
            for (count, found) in counts.iter_mut().zip(found) {
                *count += usize::from(found);
            }
            let own: BTreeSet<String> = item["reasons"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|of| of["reason"].as_str())
                .map(short)
                .filter(|of| !of.starts_with("needs `"))
                .collect();
            for reason in own {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        let _ = write!(rows, "| {name} {version} ");
        for (sum, count) in total.iter_mut().zip(counts) {
            *sum += count;
            let _ = write!(rows, "| {count} ");
        }
        rows.push_str("|\n");
    }
    let [all, _, good, sized, _] = total;
    let tenths = |part: usize| (1000 * part).checked_div(all).unwrap_or(0);
    let percent = |part: usize| format!("{}.{}%", tenths(part) / 10, tenths(part) % 10);
    let cells: Vec<String> = total.iter().map(usize::to_string).collect();
    let mut page = format!(
        "# How much of other people's crates is translated\n\n\
         Generated by `ci/foil-coverage`, from what `cargo foil list` says of {} crates of the registry.\n\n\
         **{good} of {all} bodies are translated with all that they call ({}); {} of them for all types ({}).**\n\n\
         | crate | bodies | translated | with callees | of these at sized types only | of these written by `translate` |\n\
         |---|---|---|---|---|---|\n{rows}| all | {} |\n{WORDS}",
        crates.len(),
        percent(good),
        good - sized,
        percent(good - sized),
        cells.join(" | "),
    );
    let mut reasons: Vec<(String, usize)> = reasons.into_iter().collect();
    reasons.sort_by(|(one, a), (other, b)| b.cmp(a).then(one.cmp(other)));
    for (reason, count) in reasons.iter().take(SHOWN) {
        let _ = writeln!(page, "| {count} | {reason} |");
    }
    if let Some(rest) = reasons.len().checked_sub(SHOWN).filter(|&rest| rest > 0) {
        let _ = writeln!(page, "| | and {rest} more, each of no more bodies |");
    }
    std::io::stdout().write_all(page.as_bytes())?;
    Ok(())
}
