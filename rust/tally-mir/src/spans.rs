//! Where in the source the lines of a dump come from.
//!
//! With `-Zmir-include-spans=on` the compiler ends each line with a comment that says so,
//! and puts more comments below calls. [`split`] takes them all off, and keeps the places by
//! the dump's lines, whose numbers stay: what [`parse`](crate::parse::parse()) reads is then
//! the same with and without spans.

use std::collections::BTreeMap;
use std::fmt;

/// A part of a source file. Lines and columns count from 1, columns in characters; the end
/// is the first column that is no part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file, as the compiler was given it.
    pub file: String,
    /// Where it begins: line and column.
    pub start: (u32, u32),
    /// Where it ends: line and column.
    pub end: (u32, u32),
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.start.0, self.start.1)
    }
}

/// The places in the source by the lines of a dump, from 1.
#[derive(Clone, Debug, Default)]
pub struct Spans {
    by_line: BTreeMap<u32, Span>,
}

impl Spans {
    /// Where the dump's line comes from.
    pub fn of_line(&self, line: u32) -> Option<&Span> {
        self.by_line.get(&line)
    }

    /// Where the dump's lines from the first on to before the second come from.
    pub fn between(&self, from: u32, to: u32) -> impl Iterator<Item = &Span> {
        let to = to.max(from);
        self.by_line.range(from..to).map(|(_, span)| span)
    }
}

/// `FILE:LINE:COLUMN: LINE:COLUMN`, perhaps with `(#NUMBER)` behind it, which tells the
/// expansion of a macro.
pub fn span(text: &str) -> Option<Span> {
    let text = text.trim();
    let text = match text.rfind(" (#") {
        Some(at) => &text[..at],
        None => text,
    };
    let (start, end) = text.rsplit_once(": ")?;
    let (end_line, end_column) = end.split_once(':')?;
    let mut parts = start.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    let file = parts.next()?.to_owned();
    let end = (end_line.parse().ok()?, end_column.parse().ok()?);
    Some(Span { file, start: (line, column), end })
}

/// The comment that ends a line of a body: where it begins, and the span in it.
fn comment(line: &str) -> Option<(usize, Option<Span>)> {
    let at = line.rfind(" // scope ").or_else(|| line.rfind(" // in scope "));
    let at = at.or_else(|| line.rfind(" // return place in scope "))?;
    let (_, place) = line[at..].split_once(" at ")?;
    Some((at, span(place)))
}

/// The dump without its comments, line by line, and what they say.
pub fn split(text: &str) -> (String, Spans) {
    let mut without = String::with_capacity(text.len() / 2);
    let mut spans = Spans::default();
    for (number, line) in (1_u32..).zip(text.lines()) {
        // Lines of their own stay as they are at the margin, where the parser reads them.
        if line.starts_with(' ') {
            if line.trim_start().starts_with("//") {
                without.push('\n');
                continue;
            }
            if let Some((at, span)) = comment(line) {
                if let Some(span) = span {
                    spans.by_line.insert(number, span);
                }
                without.push_str(line[..at].trim_end());
                without.push('\n');
                continue;
            }
        }
        without.push_str(line);
        without.push('\n');
    }
    (without, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Killed by: cutting at the first `//`; keeping the lines below a call.
    #[test]
    fn comments_go_and_lines_stay() {
        let text = "fn f() -> () {\n    let _1: &str;          // in scope 0 at src/a b.rs:2:9: 2:10\n\
            \n    bb0: {\n        _1 = const \"x // scope 1 at y:1:1: 1:1\"; // scope 1 at src/a b.rs:3:13: 4:2 (#5)\n                 // mir::ConstOperand\n    }\n}\n";
        let (without, spans) = split(text);
        assert_eq!(
            without,
            "fn f() -> () {\n    let _1: &str;\n\n    bb0: {\n        _1 = const \"x // scope 1 at y:1:1: 1:1\";\n\n    }\n}\n"
        );
        let span = spans.of_line(5).unwrap();
        assert_eq!((span.start, span.end, span.file.as_str()), ((3, 13), (4, 2), "src/a b.rs"));
        assert_eq!(spans.of_line(2).unwrap().to_string(), "src/a b.rs:2:9");
        assert_eq!(spans.of_line(6), None);
    }

    /// Killed by: reading what is no place as one.
    #[test]
    fn no_place_is_no_span() {
        assert_eq!(span("no-location"), None);
        assert_eq!(span("a.rs:1:x: 2:3"), None);
    }
}
