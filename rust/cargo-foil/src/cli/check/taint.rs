//! What is left out of a file, and which functions that is about.
//!
//! An annotation that is not supported may demand something of functions: a field's
//! invariant of all that make the struct, a trait's signature of all its implementations.
//! Nothing is said to be proved of a function that may be meant.

use super::program::{FileRead, Function, span};
use crate::signature::Note;
use std::collections::{BTreeMap, BTreeSet};
use tally_mir::ast::{Body, Name};
use tally_mir::spans::Span;

/// Which functions an annotation may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// None that is checked without it: what names it is refused by itself.
    Nothing,
    /// The one that it is written at.
    Next,
    /// All that have something to do with the structs and enums of the file.
    Types,
    /// All of an `impl` of a trait.
    Traits,
    /// All of the file.
    All,
}

fn reach(construct: &str) -> Reach {
    let starts = |words: &[&str]| words.iter().any(|word| construct.starts_with(word));
    if starts(&["`defs", "`extern_spec", "`constant", "`spec` of a static", "the option"]) {
        Reach::Nothing
    } else if construct.ends_with("of a struct") || construct.ends_with("of an enum") {
        Reach::Types
    } else if construct.ends_with("of a trait") || construct.ends_with("of an `impl`") {
        Reach::Traits
    } else if matches!(construct, "`no_panic`" | "`no_panic_if`" | "`no_panic_if` of a function") {
        Reach::Next
    } else {
        Reach::All
    }
}

/// The names of structs, enums and unions in a text; a word in a comment may be among them.
fn types(text: &str) -> BTreeSet<&str> {
    let words =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    words
        .windows(2)
        .filter(|pair| matches!(pair[0], "struct" | "enum" | "union"))
        .map(|pair| pair[1])
        .collect()
}

/// Whether a local of the body is of one of the types, or has something to do with one.
fn mentions(body: &Body, types: &BTreeSet<&str>) -> bool {
    body.locals.iter().flatten().any(|ty| {
        let text = ty.to_string();
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| types.contains(word))
    })
}

/// Whether the body is of an `impl` of a trait, as far as the text says.
fn is_of_trait(body: &Body, text: &str) -> bool {
    body.path.segments.iter().any(|segment| {
        let Name::ImplAt(at) = &segment.name else { return false };
        let lines = text.lines().skip((at.line as usize).saturating_sub(1));
        let rest: String = lines.take(40).collect::<Vec<_>>().join(" ");
        let rest: String = rest.chars().skip((at.column as usize).saturating_sub(1)).collect();
        match rest.split_once('{') {
            Some((head, _)) => head.split_whitespace().any(|word| word == "for"),
            None => true,
        }
    })
}

/// An assertion in the function that only some builds have.
fn debug(function: &Function<'_>, file: &FileRead) -> Option<(Span, String)> {
    let (first, last) = function.lines;
    let lines = (1_u32..).zip(file.text.lines());
    let own = lines.skip_while(|line| line.0 < first).take_while(|line| line.0 <= last);
    own.filter_map(|(number, line)| {
        let code = line.split("//").next()?;
        let at = code.find("debug_assert")?;
        let word: String =
            code[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let column = u32::try_from(code[..at].chars().count()).ok()? + 1;
        let width = u32::try_from(word.len()).ok()?;
        let (start, end) = ((number, column), (number, column + width));
        let place = Span { file: function.file.clone(), start, end };
        let mark = if word == "debug_assertions" { "" } else { "!" };
        Some((place, format!("`{word}{mark}`, which not every build has")))
    })
    .next()
}

/// What is left out of the files that may be about the function: the first such thing.
pub(crate) fn left_out(
    function: &Function<'_>,
    body: &Body,
    files: &BTreeMap<String, FileRead>,
) -> Option<(Span, String)> {
    let own = files.get(&function.file)?;
    if let Some(found) = debug(function, own) {
        return Some(found);
    }
    files.iter().find_map(|(name, file)| {
        if let Some((place, what)) = file.lost.first() {
            return Some((span(name, *place), what.clone()));
        }
        let notes = match &file.source {
            Ok(source) => &source.notes[..],
            Err(problem) => {
                return Some((span(name, problem.span()), "a file that cannot be read".to_owned()));
            }
        };
        let is_own = *name == function.file;
        let about = |note: &&Note| {
            !note.hint
                && match reach(&note.construct) {
                    Reach::Nothing => false,
                    Reach::All => true,
                    Reach::Types => mentions(body, &types(&file.text)),
                    Reach::Traits => is_of_trait(body, &own.text),
                    Reach::Next => is_own && is_at(note, function, file),
                }
        };
        let note = notes.iter().find(about)?;
        Some((span(name, note.span), note.construct.clone()))
    })
}

/// Whether the note stands before the function, and no other function between.
fn is_at(note: &Note, function: &Function<'_>, file: &FileRead) -> bool {
    let (Some(item), Ok(source)) = (function.item, &file.source) else { return true };
    let behind = source.items.iter().filter(|other| other.span.start > note.span.start);
    behind.min_by_key(|other| other.span.start).is_none_or(|next| next.span == item.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature;
    use tally_mir::parse::parse;

    #[test]
    fn words_name_types() {
        assert_eq!(
            types("struct A<'a>(B); pub enum C{} fn structure() {}"),
            BTreeSet::from(["A", "C"])
        );
    }

    /// Killed by: taking what is left out for a thing that is about no function.
    #[test]
    fn annotations_are_about_functions() {
        assert_eq!(reach("`field` of a struct"), Reach::Types);
        assert_eq!(reach("`sig` of a trait"), Reach::Traits);
        assert_eq!(reach("`specs` of the crate"), Reach::All);
        assert_eq!(reach("something new"), Reach::All);
    }

    #[test]
    fn implementations_of_traits_are_known() {
        let text = "impl<T>\n    Tr\n for A {\n}\nimpl A {\n  fn f() {}\n}\n";
        let body = |line: u32| {
            let head = format!(
                "fn <impl at a.rs:{line}:1: {line}:5>::f() -> () {{\n    bb0: {{\n        return;\n    }}\n}}\n"
            );
            parse(&head).bodies.remove(0)
        };
        assert!(is_of_trait(&body(1), text));
        assert!(!is_of_trait(&body(5), text));
    }

    #[test]
    fn a_function_that_makes_a_struct_is_meant() {
        let text = "struct S;\nfn f() {}\nfn g() {}\n".to_owned();
        let mut source = signature::read(&text).unwrap();
        let here = signature::Span { start: (1, 1), end: (1, 7) };
        source.notes.push(Note {
            span: here,
            construct: "`field` of a struct".to_owned(),
            hint: false,
        });
        let file = FileRead { text, source: Ok(source), is_root: true, lost: Vec::new() };
        let file = BTreeMap::from([("a.rs".to_owned(), file)]);
        let mir = "fn f() -> () {\n    let _1: S;\n    bb0: {\n        return;\n    }\n}\n";
        let body = parse(mir).bodies.remove(0);
        let function = Function {
            body: 0,
            path: "f".to_owned(),
            file: "a.rs".to_owned(),
            item: None,
            span: None,
            lines: (2, 2),
        };
        assert!(left_out(&function, &body, &file).is_some());
        let body = parse(&mir.replace(": S", ": u8")).bodies.remove(0);
        assert!(left_out(&function, &body, &file).is_none());
    }
}
