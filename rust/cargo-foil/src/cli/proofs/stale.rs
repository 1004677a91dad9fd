//! Whether a function is the one of which Coq files are there.
//!
//! What a function means is in the text of its body, of those of the functions that it reaches,
//! by calls or drop glue, and of the types that these use. A text names functions and types by
//! their numbers: that a number is another's now is a change too.

use super::Made;

/// The part of a generated file that is a function's.
fn body<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let begin = text.find(&format!("Definition {name}_mir : body :="))?;
    let end = text[begin..].find("\n\n")?;
    Some(&text[begin..begin + end])
}

/// The part that is a type's.
fn adt<'a>(text: &'a str, word: &str, number: usize) -> Option<&'a str> {
    let begin = text.find(&format!("Definition {word}_adts : list adt := ["))?;
    let end = text[begin..].find("].\n\n")?;
    text[begin..begin + end].lines().nth(number + 1).map(|line| line.trim_end_matches(';'))
}

/// The types that a text names.
fn adts(text: &str) -> impl Iterator<Item = usize> {
    text.split("TAdt ").skip(1).filter_map(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok()
    })
}

/// Whether a function is another than in an older generated file.
pub(super) fn stale(made: &Made, old: &str, name: &str) -> bool {
    let (_, new) = &made.files()[0];
    let mut types: Vec<usize> = Vec::new();
    for number in made.reached(name) {
        let name = &made.program.functions[number].name;
        let body = body(new, name);
        if body != self::body(old, name)
            || !old.contains(&format!("  Definition {name} : nat := {number}.\n"))
        {
            return true;
        }
        types.extend(body.into_iter().flat_map(adts));
    }
    let mut at = 0;
    while let Some(&number) = types.get(at) {
        let adt = adt(new, &made.word, number);
        if adt != self::adt(old, &made.word, number) {
            return true;
        }
        let more = adt.into_iter().flat_map(adts).filter(|of| !types.contains(of));
        let more: Vec<usize> = more.collect();
        types.extend(more);
        at += 1;
    }
    false
}
