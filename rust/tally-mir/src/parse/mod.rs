//! The parser of the MIR that rustc prints.
//!
//! The form is rustc's own and not stable; it is line by line, and every construct is
//! known by how it begins, so the parser is a cursor with one function for each. What
//! it does not know in a body makes that body unreadable, with the line and the column
//! where it stopped; other bodies are read all the same. What rustc may print but
//! nothing here has a meaning for is kept as text, for the translator to refuse.

mod cursor;
mod line;
mod path;

use crate::ast::{BasicBlock, Body, Dump, Kind, Statement, Terminator, Ty};
use cursor::{Cursor, Read, Unexpected};
use line::Line;
use std::fmt;

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The line of the dump, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: usize,
    /// The line's text.
    pub text: String,
    /// The body's first line.
    pub body: String,
    /// What was expected there.
    pub expected: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, text, body, expected } = self;
        write!(f, "{line}:{column}: expected {expected}\n  in  {text}\n  of  {body}")
    }
}

impl std::error::Error for Error {}

/// More locals than any function has.
const MOST_LOCALS: usize = 1 << 20;

struct Lines<'a> {
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'a>>>,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<(u32, &'a str)> {
        let (number, text) = self.lines.next()?;
        Some((u32::try_from(number + 1).unwrap_or(u32::MAX), text))
    }

    /// Over the rest of a body.
    fn skip_item(&mut self) {
        while self.lines.next_if(|(_, text)| *text != "}").is_some() {}
        self.lines.next();
    }
}

/// Reads what `rustc --emit=mir` has printed.
pub fn parse(text: &str) -> Dump {
    let mut lines = Lines { lines: text.lines().enumerate().peekable() };
    let mut dump = Dump::default();
    let mut for_constants = false;
    while let Some((number, head)) = lines.next() {
        if head.starts_with("// MIR FOR CTFE") {
            for_constants = true;
        } else if head.ends_with('{') && !head.starts_with([' ', '/', '}']) {
            if is_allocation(head) {
                lines.skip_item();
                continue;
            }
            match body(number, head, &mut lines) {
                Ok(mut body) => {
                    body.for_constants = for_constants;
                    dump.bodies.push(body);
                }
                Err(error) => {
                    if error.line != number || error.text != "}" {
                        lines.skip_item();
                    }
                    dump.unreadable.push(error);
                }
            }
            for_constants = false;
        } else if let Some(body) = short_constant(number, head) {
            dump.bodies.push(body);
            for_constants = false;
        }
    }
    dump
}

/// `const NAME: A = const 1_u8;`: a constant whose value the compiler knows without a body.
fn short_constant(number: u32, text: &str) -> Option<Body> {
    if text.starts_with([' ', '/']) {
        return None;
    }
    let (name, value) = text.strip_suffix(';')?.split_once(" = const ")?;
    let mut body = head(&format!("{name} = {{")).ok()?;
    let Ok(Line::Statement(value)) = Cursor::new(&format!("_0 = const {value}")).line() else {
        return None;
    };
    body.line = number;
    let end = (Terminator::Return, number);
    body.blocks.push(BasicBlock { statements: vec![(value, number)], terminator: end });
    Some(body)
}

/// A type that stands alone.
pub(crate) fn ty(text: &str) -> Option<Ty> {
    whole(text, |cursor| cursor.ty())
}

/// A path that stands alone.
pub(crate) fn path(text: &str) -> Option<crate::ast::Path> {
    whole(text, |cursor| cursor.path())
}

/// An operand that stands alone.
pub(crate) fn operand(text: &str) -> Option<crate::ast::Operand> {
    whole(text, |cursor| cursor.operand())
}

fn whole<T>(text: &str, read: impl FnOnce(&mut Cursor<'_>) -> Read<T>) -> Option<T> {
    let mut cursor = Cursor::new(text);
    let found = read(&mut cursor).ok()?;
    cursor.rest().is_empty().then_some(found)
}

/// `alloc12 (size: 33, align: 1) {`: the bytes of a constant.
fn is_allocation(head: &str) -> bool {
    head.strip_prefix("alloc")
        .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(" ("))
}

/// `fn NAME(_1: A) -> B {`, `const NAME: A = {`, `NAME::{constant#0}: A = {`.
fn head(text: &str) -> Read<Body> {
    let mut cursor = Cursor::new(text);
    let kind = if cursor.word("fn") {
        Kind::Fn
    } else if cursor.word("static") {
        cursor.word("mut");
        Kind::Static
    } else {
        cursor.word("const");
        Kind::Const
    };
    let path = cursor.path()?;
    let mut locals: Vec<Option<Ty>> = vec![None];
    if kind == Kind::Fn {
        cursor.expect("(")?;
        let arguments = cursor.list(")", |cursor| {
            cursor.numbered("_")?;
            cursor.expect(":")?;
            cursor.ty()
        })?;
        locals.extend(arguments.into_iter().map(Some));
        cursor.expect("->")?;
    } else {
        cursor.expect(":")?;
    }
    // Of a constant the type may end in `{closure…}`, so this is read, not searched.
    let result = cursor.ty()?;
    locals[0] = Some(result);
    cursor.eat("=");
    cursor.expect("{")?;
    cursor.end()?;
    let arguments = locals.len() - 1;
    Ok(Body {
        kind,
        path,
        arguments,
        locals,
        blocks: Vec::new(),
        line: 0,
        for_constants: false,
        captured: 0,
    })
}

fn body(number: u32, first: &str, lines: &mut Lines<'_>) -> Result<Body, Error> {
    let error = |line: u32, text: &str, unexpected: Unexpected| Error {
        line,
        column: unexpected.at + 1,
        text: text.trim().to_owned(),
        body: first.to_owned(),
        expected: unexpected.expected,
    };
    let mut body = head(first).map_err(|unexpected| error(number, first, unexpected))?;
    body.line = number;
    while let Some((number, line)) = lines.next() {
        let text = line.trim();
        let failed = |unexpected| error(number, line, unexpected);
        if line == "}" {
            return Ok(body);
        }
        // A line that begins with a bar says which types the user has written.
        if let Some((_, place)) = text.strip_prefix("debug ").and_then(|of| of.split_once(" => ")) {
            body.captured = body.captured.max(captured(place));
        }
        let skipped = ["debug ", "//", "|"].iter().any(|begin| text.starts_with(begin));
        if text.is_empty() || text == "}" || skipped {
            continue;
        }
        if text.starts_with("scope ") || text.starts_with("coverage ") {
            continue;
        }
        if let Some(declaration) = text.strip_prefix("let ") {
            let (local, ty) = local(declaration).map_err(failed)?;
            if local > MOST_LOCALS {
                let expected = format!("a local below _{MOST_LOCALS}");
                return Err(failed(Unexpected { at: 0, expected }));
            }
            if body.locals.len() <= local {
                body.locals.resize(local + 1, None);
            }
            body.locals[local] = Some(ty);
        } else if text.starts_with("bb") {
            let mut cursor = Cursor::new(text);
            let block = cursor.numbered("bb").map_err(failed)?;
            if block != body.blocks.len() {
                return Err(failed(Unexpected {
                    at: 0,
                    expected: format!("bb{}", body.blocks.len()),
                }));
            }
            let block =
                basic_block(lines).map_err(|(number, text, what)| error(number, &text, what))?;
            body.blocks.push(block);
        } else {
            return Err(failed(Unexpected {
                at: 0,
                expected: "a declaration or a block".to_owned(),
            }));
        }
    }
    Err(error(number, first, Unexpected { at: 0, expected: "the end of the body".to_owned() }))
}

/// How many things a closure captures at least, if a variable's place is in it: `(_1.0: A)`.
fn captured(place: &str) -> usize {
    let field = |begin: &str| {
        let (_, rest) = place.split_once(begin)?;
        rest.split(':').next()?.parse::<usize>().ok()
    };
    field("(_1.").or_else(|| field("((*_1).")).map_or(0, |number| number + 1)
}

/// `mut _1: A;`, without `let`.
fn local(text: &str) -> Read<(usize, Ty)> {
    let mut cursor = Cursor::new(text);
    cursor.word("mut");
    let number = cursor.numbered("_")?;
    cursor.expect(":")?;
    let ty = cursor.ty()?;
    cursor.expect(";")?;
    Ok((number, ty))
}

fn basic_block(lines: &mut Lines<'_>) -> Result<BasicBlock, (u32, String, Unexpected)> {
    let mut statements = Vec::new();
    let mut terminator: Option<(Terminator, u32)> = None;
    while let Some((number, line)) = lines.next() {
        let text = line.trim();
        let failed = |at, expected: &str| {
            Err((number, text.to_owned(), Unexpected { at, expected: expected.to_owned() }))
        };
        if text == "}" {
            return match terminator {
                Some(terminator) => Ok(BasicBlock { statements, terminator }),
                None => failed(0, "a terminator"),
            };
        }
        if text.is_empty() {
            continue;
        }
        let Some(inner) = text.strip_suffix(';') else {
            return failed(text.len(), "`;`");
        };
        if terminator.is_some() {
            return failed(0, "the end of the block");
        }
        match Cursor::new(inner).line() {
            Ok(Line::Statement(Statement::Nothing)) => {}
            Ok(Line::Statement(statement)) => statements.push((statement, number)),
            Ok(Line::Terminator(end)) => terminator = Some((end, number)),
            Err(unexpected) => return Err((number, text.to_owned(), unexpected)),
        }
    }
    Err((0, String::new(), Unexpected { at: 0, expected: "the end of a block".to_owned() }))
}
