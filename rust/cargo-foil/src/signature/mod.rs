//! Flux's signatures of the functions of a file.
//!
//! [`read`] parses a file, finds the functions in it and the attributes that they have,
//! and makes a signature ([`Sig`]) of each, over the variables that the checker knows. A
//! function without an attribute has the signature that its types say. What is not
//! supported is an answer for that function ([`Problem`]), with the construct's name and
//! place.
//!
//! Nothing here is verified: a signature is what the words in the attribute mean, and
//! reading them is part of what is trusted.

mod attribute;
mod grammar;
mod logic;
mod translate;

pub use logic::{Exp, Fml, IntType, Kind, Param, Ret, Sig, Var, Width};

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A part of a file, from its first character to the one after its last. Lines and
/// columns count from 1, and columns count characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first line and column.
    pub start: (usize, usize),
    /// The line and column after the end.
    pub end: (usize, usize),
}

impl Span {
    fn of(span: proc_macro2::Span) -> Self {
        let (start, end) = (span.start(), span.end());
        Self { start: (start.line, start.column + 1), end: (end.line, end.column + 1) }
    }

    fn to(self, other: Span) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text there, on one line.
    pub fn text(self, source: &str) -> String {
        let mut text = String::new();
        let lines = source.lines().enumerate().skip(self.start.0.saturating_sub(1));
        for (number, line) in lines.take((self.end.0 + 1).saturating_sub(self.start.0)) {
            let first = if number + 1 == self.start.0 { self.start.1 - 1 } else { 0 };
            let end = if number + 1 == self.end.0 { self.end.1 - 1 } else { usize::MAX };
            let part: String = line.chars().take(end).skip(first).collect();
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(part.trim());
        }
        text
    }
}

/// Which overflows a function must exclude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overflow {
    /// `none`
    None,
    /// `lazy`
    Lazy,
    /// `strict-under`
    StrictUnder,
    /// `strict`
    Strict,
}

/// Why there is no signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is not the language of signatures.
    #[error("{message}")]
    Syntax {
        /// Where.
        span: Span,
        /// What the parser says.
        message: String,
    },
    /// It is known and not supported.
    #[error("not supported: {construct}")]
    Unsupported {
        /// Where.
        span: Span,
        /// The construct's name.
        construct: String,
    },
    /// A name that stands for nothing here.
    #[error("`{name}` is not known in this signature")]
    Unknown {
        /// Where.
        span: Span,
        /// The name.
        name: String,
    },
    /// A formula where an integer is expected, or the other way round.
    #[error("this is {found}, and {expected} is expected")]
    Sort {
        /// Where.
        span: Span,
        /// What is there.
        found: &'static str,
        /// What should be.
        expected: &'static str,
    },
    /// The signature does not fit the function.
    #[error("the signature does not fit the function: {what}")]
    Mismatch {
        /// Where.
        span: Span,
        /// In what way.
        what: String,
    },
}

impl Problem {
    /// Where it is.
    pub fn span(&self) -> Span {
        match self {
            Problem::Syntax { span, .. }
            | Problem::Unsupported { span, .. }
            | Problem::Unknown { span, .. }
            | Problem::Sort { span, .. }
            | Problem::Mismatch { span, .. } => *span,
        }
    }

    fn unsupported(span: Span, construct: impl Into<String>) -> Self {
        Problem::Unsupported { span, construct: construct.into() }
    }
}

impl From<syn::Error> for Problem {
    fn from(error: syn::Error) -> Self {
        Problem::Syntax { span: Span::of(error.span()), message: error.to_string() }
    }
}

/// What a formula of a signature was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Where it stands.
    pub span: Span,
    /// How it is written.
    pub text: String,
}

/// A type of an argument or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An integer or a boolean.
    Scalar(Kind),
    /// A tuple.
    Tuple(Vec<Shape>),
    /// A struct: its path, and the types of its fields.
    Struct(Vec<String>, Vec<Shape>),
    /// A reference, mutable or not.
    Ref(bool, Box<Shape>),
}

impl Shape {
    /// How many integers, booleans and addresses of them it has.
    pub fn cells(&self) -> usize {
        match self {
            Shape::Scalar(_) => 1,
            Shape::Tuple(parts) | Shape::Struct(_, parts) => parts.iter().map(Shape::cells).sum(),
            Shape::Ref(_, of) => of.cells(),
        }
    }

    fn has_reference(&self) -> bool {
        match self {
            Shape::Scalar(_) => false,
            Shape::Tuple(parts) | Shape::Struct(_, parts) => parts.iter().any(Shape::has_reference),
            Shape::Ref(..) => true,
        }
    }

    /// Whether there is a mutable reference in it.
    pub fn has_mutable(&self) -> bool {
        match self {
            Shape::Scalar(_) => false,
            Shape::Tuple(parts) | Shape::Struct(_, parts) => parts.iter().any(Shape::has_mutable),
            Shape::Ref(mutable, of) => *mutable || of.has_mutable(),
        }
    }

    /// As it is written in Rust.
    pub fn name(&self) -> String {
        match self {
            Shape::Scalar(kind) => kind.name(),
            Shape::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(Shape::name).collect();
                format!("({})", parts.join(", "))
            }
            Shape::Struct(path, _) => path.join("::"),
            Shape::Ref(true, of) => format!("&mut {}", of.name()),
            Shape::Ref(false, of) => format!("&{}", of.name()),
        }
    }
}

/// A signature, and where its parts stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// What the checker takes: cell by cell. The cells of a result that has several are the
    /// last parameters.
    pub sig: Sig,
    /// The types of the arguments.
    pub args: Vec<Shape>,
    /// The type of the result.
    pub result: Shape,
    /// One for each formula of `sig.requires`.
    pub requires: Vec<Clause>,
    /// One for each formula of `sig.ensures`.
    pub ensures: Vec<Clause>,
    /// Names of variables, for readers.
    pub names: BTreeMap<Var, String>,
}

impl Signature {
    /// Whether each argument and the result is one integer, boolean, or reference to one.
    pub fn is_flat(&self) -> bool {
        let scalar = |shape: &Shape| match shape {
            Shape::Scalar(_) => true,
            Shape::Ref(_, of) => matches!(**of, Shape::Scalar(_)),
            _ => false,
        };
        let unit = self.result == Shape::Tuple(Vec::new());
        self.args.iter().all(scalar) && (unit || scalar(&self.result))
    }
}

/// A function of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The modules that it is in, the type if it is a method, the functions around it,
    /// and its own name.
    pub path: Vec<String>,
    /// Where its name stands.
    pub span: Span,
    /// The line and column where its body begins.
    pub body: (usize, usize),
    /// Its attribute with a signature.
    pub attribute: Option<Span>,
    /// Its signature, or why it has none.
    pub signature: Result<Signature, Problem>,
    /// Whether its body is not to be checked: where that is said.
    pub trusted: Option<Span>,
    /// Whether it is not to be looked at: where that is said.
    pub ignored: Option<Span>,
    /// Whether it is to be rejected: where that is said.
    pub should_fail: Option<Span>,
    /// Which overflows it must exclude, if that is said.
    pub overflow: Option<Overflow>,
}

/// Something of Flux's that is no function and is not supported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where it stands.
    pub span: Span,
    /// Its name.
    pub construct: String,
    /// Whether what it says is a hint only, so that nothing is lost with it.
    pub hint: bool,
}

/// A struct of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// The modules and functions that it is in, and its name.
    pub path: Vec<String>,
    /// The types of its fields.
    pub fields: Vec<Shape>,
    /// What is demanded of the fields where it is made, if anything is.
    pub made: Option<Signature>,
}

/// An `impl` of methods of a struct itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impl {
    /// The line and column where it begins.
    pub start: (usize, usize),
    /// The struct's path.
    pub of: Vec<String>,
}

/// A module that is in another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Where its name stands.
    pub span: Span,
    /// Its name, behind those of the modules around.
    pub path: Vec<String>,
    /// The file, if that is said.
    pub file: Option<String>,
}

/// How a note begins on what has the name of something of Rust's own: words of the whole
/// package may mean the one or the other.
pub const NAMED: &str = "something of its own with the name of ";

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its functions.
    pub items: Vec<Item>,
    /// Its structs, as far as they are supported.
    pub structs: Vec<Struct>,
    /// The `impl`s of its structs.
    pub impls: Vec<Impl>,
    /// The modules that are in other files.
    pub modules: Vec<Module>,
    /// How often a struct, an enum or a union with a name is declared in places that were
    /// not read.
    pub hidden: BTreeMap<String, usize>,
    /// Names that are a module's and a function's.
    pub doubtful: BTreeSet<String>,
    /// What is of Flux's and was left out.
    pub notes: Vec<Note>,
}

/// Reads a file.
///
/// # Errors
///
/// If it is no Rust.
pub fn read(source: &str) -> Result<Source, Problem> {
    attribute::read(source, None)
}

/// Reads a file of this folder, in which it looks for the modules that have a path: the
/// aliases in these may be imported.
///
/// # Errors
///
/// If it is no Rust.
pub fn read_in(source: &str, folder: &Path) -> Result<Source, Problem> {
    attribute::read(source, Some(folder))
}

#[cfg(test)]
mod tests;
