//! The MIR that rustc prints, as a syntax tree.
//!
//! Paths and types are as printed: which item a path means is for
//! [`translate`](crate::translate()) to find out. Lifetimes are not kept.

use std::fmt;

/// A path, as `core::cell::Cell<usize>` or `<Share<T> as Clone>::clone`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// `<Type as Trait>`, which may stand before the segments.
    pub qself: Option<Box<QSelf>>,
    /// What stands between the `::`.
    pub segments: Vec<Segment>,
}

/// `<Type as Trait>` or `<Type>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QSelf {
    /// The type.
    pub ty: Ty,
    /// The trait.
    pub as_trait: Option<Path>,
}

/// One part of a path, with its generic arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    /// What it names.
    pub name: Name,
    /// The arguments that are types; constants and associated types are `None`.
    pub args: Vec<Option<Ty>>,
}

/// What a segment names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// An identifier.
    Ident(String),
    /// `{closure#0}`, `{constant#0}`: without the braces.
    Nameless(String),
    /// `promoted[0]`.
    Promoted(usize),
    /// `<impl at FILE:LINE:COLUMN: …>`: where an `impl` of the crate begins.
    ImplAt(Position),
    /// `<impl TYPE>`: an `impl` of the library for a type that has no path.
    ImplOf(Box<Ty>),
}

/// Where something begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The file, as the compiler was given it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// A name with arguments: a primitive, a parameter, a struct, an enum.
    Path(Path),
    /// `&T`; whether it is `&mut T`.
    Ref(Box<Ty>, bool),
    /// `*const T`, `*mut T`.
    Ptr(Box<Ty>),
    /// `(A, B)`.
    Tuple(Vec<Ty>),
    /// `[T; N]`, with the length as written.
    Array(Box<Ty>, String),
    /// `[T]`.
    Slice(Box<Ty>),
    /// `!`.
    Never,
    /// A function pointer or the type of a function, as written.
    Fn(String),
    /// `impl …`, as written, `impl` included: a type parameter.
    Impl(String),
    /// `dyn …`, as written.
    Dyn(String),
    /// A closure: the position in its name, as written.
    Closure(String),
}

/// The number of a local; 0 is the result, then come the arguments.
pub type Local = usize;
/// The number of a basic block.
pub type Block = usize;

/// A local and the way from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it begins.
    pub local: Local,
    /// The steps.
    pub projections: Vec<Projection>,
}

/// One step from a place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Projection {
    /// To what a pointer points to.
    Deref,
    /// To a field, which has the type.
    Field(usize, Ty),
    /// To a variant of an enum.
    Variant(String),
    /// An index, a part of a slice, another view of the type, as written.
    Other(String),
}

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A copy.
    Copy(Place),
    /// A move.
    Move(Place),
    /// A constant.
    Const(Const),
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Const {
    /// `3_usize`: digits, with a sign if there is one, and the type.
    Int(i128, String),
    /// Of a type too wide for `i128`, as `u128`.
    BigInt(u128, String),
    /// `true`, `false`.
    Bool(bool),
    /// `()`.
    Unit,
    /// A text.
    Str,
    /// The only value of a type without size.
    ZeroSized(Ty),
    /// A constant or a variant by its path.
    Path(Path),
    /// Another, as written.
    Other(String),
}

/// What is assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rvalue {
    /// The operand itself.
    Use(Operand),
    /// `&`, `&mut`, `&raw`.
    Ref(Place),
    /// An operation on two operands.
    Binary(String, Operand, Operand),
    /// An operation on one.
    Unary(String, Operand),
    /// The number of an enum's variant.
    Discriminant(Place),
    /// `OPERAND as TYPE (KIND)`.
    Cast(Operand, Ty, String),
    /// A tuple.
    Tuple(Vec<Operand>),
    /// An array.
    Array(Vec<Operand>),
    /// A struct or a variant; the fields' names, if they have any.
    Adt(Path, Vec<(Option<String>, Operand)>),
    /// A closure, and what it captures.
    Closure(String, Vec<Operand>),
    /// Another, as written.
    Other(String),
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `PLACE = RVALUE`.
    Assign(Place, Rvalue),
    /// One that says nothing about values: of storage, of coverage.
    Nothing,
    /// Another, as written.
    Other(String),
}

/// Where a terminator goes when what it does unwinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwind {
    /// The function unwinds.
    Continue,
    /// It does not unwind.
    Unreachable,
    /// The program ends.
    Terminate,
    /// To a block for cleaning up.
    Cleanup(Block),
}

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    /// A function by its path.
    Path(Path),
    /// A function pointer.
    Pointer(Operand),
}

/// The end of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Terminator {
    /// To one block.
    Goto(Block),
    /// By an operand's value.
    SwitchInt(Operand, Vec<(i128, Block)>, Option<Block>),
    /// A call.
    Call {
        /// Where the result goes.
        destination: Place,
        /// What is called.
        callee: Callee,
        /// The arguments.
        arguments: Vec<Operand>,
        /// Where it returns to, if it does.
        target: Option<Block>,
        /// Where it unwinds to.
        unwind: Unwind,
    },
    /// The drop glue of a place.
    Drop(Place, Block, Unwind),
    /// Goes on if the operand is as expected.
    Assert(Operand, bool, Block, Unwind),
    /// The function returns.
    Return,
    /// It goes on unwinding.
    Resume,
    /// The program ends.
    Terminate,
    /// Never reached.
    Unreachable,
    /// Another, as written.
    Other(String),
}

/// A basic block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasicBlock {
    /// Its statements, each with the line that it stands in.
    pub statements: Vec<(Statement, u32)>,
    /// Its end, and the line.
    pub terminator: (Terminator, u32),
}

/// What a body is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A function, a method, a closure.
    Fn,
    /// A constant.
    Const,
    /// A static.
    Static,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// What it is of.
    pub kind: Kind,
    /// Its name.
    pub path: Path,
    /// How many of the locals are arguments.
    pub arguments: usize,
    /// The types of the locals, where they are known; a number may be left out.
    pub locals: Vec<Option<Ty>>,
    /// The blocks.
    pub blocks: Vec<BasicBlock>,
    /// The line where it begins.
    pub line: u32,
    /// Whether it is the version that constants are computed with.
    pub for_constants: bool,
    /// Of a closure, how many things it captures at least.
    pub captured: usize,
}

/// What rustc prints for a crate.
#[derive(Clone, Debug, Default)]
pub struct Dump {
    /// The bodies that could be read.
    pub bodies: Vec<Body>,
    /// Why others could not.
    pub unreadable: Vec<crate::parse::Error>,
}

impl Path {
    /// The identifiers of the path, without arguments.
    pub fn idents(&self) -> Vec<&str> {
        self.segments
            .iter()
            .filter_map(|segment| match &segment.name {
                Name::Ident(name) => Some(name.as_str()),
                _ => None,
            })
            .collect()
    }
}

impl Ty {
    /// A number that stands where types do, as it is written.
    pub fn number(text: &str) -> Self {
        let segment = Segment { name: Name::Ident(text.to_owned()), args: Vec::new() };
        Self::Path(Path { qself: None, segments: vec![segment] })
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

fn list<T: fmt::Display>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Name::Ident(name) => write!(f, "{name}")?,
            Name::Nameless(name) => write!(f, "{{{name}}}")?,
            Name::Promoted(number) => write!(f, "promoted[{number}]")?,
            Name::ImplAt(position) => write!(f, "<impl at {position}>")?,
            Name::ImplOf(ty) => write!(f, "<impl {ty}>")?,
        }
        let args: Vec<String> = self
            .args
            .iter()
            .map(|arg| arg.as_ref().map_or("_".to_owned(), Ty::to_string))
            .collect();
        if args.is_empty() { Ok(()) } else { write!(f, "<{}>", args.join(", ")) }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(qself) = &self.qself {
            parts.push(match &qself.as_trait {
                Some(of) => format!("<{} as {of}>", qself.ty),
                None => format!("<{}>", qself.ty),
            });
        }
        parts.extend(self.segments.iter().map(Segment::to_string));
        write!(f, "{}", parts.join("::"))
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Path(path) => write!(f, "{path}"),
            Ty::Ref(to, false) => write!(f, "&{to}"),
            Ty::Ref(to, true) => write!(f, "&mut {to}"),
            Ty::Ptr(to) => write!(f, "*{to}"),
            Ty::Tuple(items) => write!(f, "({})", list(items)),
            Ty::Array(item, length) => write!(f, "[{item}; {length}]"),
            Ty::Slice(item) => write!(f, "[{item}]"),
            Ty::Never => write!(f, "!"),
            Ty::Fn(text) | Ty::Impl(text) | Ty::Dyn(text) => write!(f, "{text}"),
            Ty::Closure(_) => write!(f, "{{closure}}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("_{}", self.local);
        for projection in &self.projections {
            text = match projection {
                Projection::Deref => format!("(*{text})"),
                Projection::Field(number, _) => format!("{text}.{number}"),
                Projection::Variant(name) => format!("({text} as {name})"),
                Projection::Other(how) => format!("{text}{how}"),
            };
        }
        write!(f, "{text}")
    }
}
