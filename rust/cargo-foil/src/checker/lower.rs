//! From the MIR of functions to the bodies that the checker takes.
//!
//! [`lower`] reads what rustc prints with `-Zmir-opt-level=0 -C overflow-checks=on`,
//! with or without `-Zmir-include-spans=on`. Every function gets a number, by which others
//! call it. A function whose arguments or result the checker does not know is
//! [`Unsupported`]. Inside a function what is not known stops its block: the body is cut
//! there, and the cut is stuck, so that a certificate must show that control never comes
//! there. [`Block::stop`] says what it was.
//!
//! What is put in other words, with the same meaning:
//! - a tuple or a struct is assigned field by field, and so is a copy of one;
//! - `-x` is `0 - x`, and `!x` of an integer is the greatest value, or -1, less `x`;
//! - an operation on two booleans, and a cast of one, is a branch;
//! - a `panic!` is an overflow of `255 + 1` at `u8`, and an assertion that fails, or any
//!   other panic, is one of `0 - 1`: in a mode in which overflow may panic it may, and in the strict mode control never comes there. Either way a
//!   certificate may show that control does not come there;
//! - a call that never returns goes to a block that is never reached.
//!
//! A struct that is declared in the source is the tuple of its fields; any other is not
//! known. What is dropped is not known: the compiler drops only what does something then.
//! Storage statements say nothing here.
//!
//! The checker's arguments and results are of one cell. So what has several goes cell by
//! cell:
//! - a reference to a struct or a tuple is the tuple of the addresses of its cells. Which
//!   cells these are does not change as long as the reference lives, and a step to a field
//!   chooses among the addresses;
//! - an argument of several cells is several arguments;
//! - a result of several cells is written through as many references, which come behind the
//!   arguments. The caller makes cells for it, and copies them when the call has returned.
//!
//! Where a struct is made whose declaration says something of its fields, the function
//! `⟨struct⟩::{made}` is called with them: it demands what is said, and does nothing.

use super::{
    ArithOp, Body, Callee, Constant, IntSize, IntType, Kind, List, Operand, Place, Proj, Rel,
    Rvalue, Stmt, Terminator, Ty, Unwind, Z,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use tally_mir::ast::{self, Dump, Name, Projection};
use tally_mir::parse;
use tally_mir::spans::{self, Span, Spans};

/// The functions of a dump.
#[derive(Debug)]
pub struct Lowered {
    /// By their numbers.
    pub functions: Vec<Function>,
    /// Bodies that could not be read.
    pub unreadable: Vec<parse::Error>,
}

/// A function.
#[derive(Debug)]
pub struct Function {
    /// Its path, as the compiler prints it.
    pub path: ast::Path,
    /// The line of the dump where it begins.
    pub line: u32,
    /// Where the first thing in it is in the source.
    pub span: Option<Span>,
    /// What the checker takes.
    pub body: Result<Lowering, Unsupported>,
}

/// A body, and where it comes from.
#[derive(Debug)]
pub struct Lowering {
    /// What the checker takes.
    pub body: Body,
    /// How each argument is passed.
    pub args: Vec<Passed>,
    /// The result; `None` is unit, or none at all.
    pub result: Option<Kind>,
    /// The types of the arguments and the result, as the compiler has them.
    pub shapes: (Vec<Shape>, Shape),
    /// The local that is the result, in the compiler's text.
    pub result_local: usize,
    /// The arguments through which the cells of a result are given back.
    pub outs: Vec<usize>,
    /// The user's name of each local that has one.
    pub names: Vec<Option<String>>,
    /// Where each block of `body` comes from.
    pub blocks: Vec<Block>,
}

/// How an argument is passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passed {
    /// As it is.
    Value(Kind),
    /// By `&` or `&mut`; which of the two, the signature says.
    Reference(Kind),
}

/// A type of an argument or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An integer or a boolean.
    Scalar(Kind),
    /// A tuple.
    Tuple(Vec<Shape>),
    /// A struct: its path, and its fields.
    Struct(String, Vec<Shape>),
    /// A reference.
    Ref(Box<Shape>),
}

impl Shape {
    /// How each cell is passed; `None` if one is the address of an address.
    #[must_use]
    pub fn passed(&self) -> Option<Vec<Passed>> {
        Some(match self {
            Shape::Scalar(kind) => vec![Passed::Value(kind.clone())],
            Shape::Tuple(parts) | Shape::Struct(_, parts) => {
                let parts = parts.iter().map(Shape::passed);
                parts.collect::<Option<Vec<_>>>()?.concat()
            }
            Shape::Ref(to) => {
                let address = |passed| match passed {
                    Passed::Value(kind) => Some(Passed::Reference(kind)),
                    Passed::Reference(_) => None,
                };
                to.passed()?.into_iter().map(address).collect::<Option<Vec<_>>>()?
            }
        })
    }
}

/// A struct, as it is declared.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Its path, as the compiler prints it.
    pub path: String,
    /// The types of its fields.
    pub fields: Vec<ast::Ty>,
    /// Whether something is said of its fields.
    pub refined: bool,
    /// Whether something is said, and a field has a mutable reference.
    pub guarded: bool,
}

/// An `impl` of the methods of a struct.
#[derive(Clone, Debug)]
pub struct Impl {
    /// The file, as the compiler prints it.
    pub file: String,
    /// The line and column where it begins.
    pub start: (u32, u32),
    /// The struct's path, as the compiler prints it.
    pub of: String,
}

/// What is declared in the source.
#[derive(Clone, Debug, Default)]
pub struct Declarations {
    /// The structs.
    pub structs: Vec<Declared>,
    /// Their `impl`s.
    pub impls: Vec<Impl>,
    /// The lines of the compiler's text with which bodies begin whose source has nothing
    /// that panics but `panic!`, `todo!` and `unimplemented!`.
    pub may_panic: BTreeSet<u32>,
}

/// Where a block comes from.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The number of the compiler's block; several blocks may come from one.
    pub mir: usize,
    /// The place of each statement.
    pub statements: Vec<Option<Span>>,
    /// The place of the terminator.
    pub terminator: Option<Span>,
    /// Why the block ends otherwise than the compiler's.
    pub stop: Option<Stop>,
}

/// Why a block ends otherwise than the compiler's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// An explicit panic: the function that is called, and the text if it is a constant.
    Panic {
        /// The path of the function.
        callee: String,
        /// The text.
        message: Option<String>,
        /// Whether it is an assertion that fails, and not a `panic!`.
        claim: bool,
    },
    /// Something that the checker does not know.
    Unsupported(Unsupported),
}

/// Something that the checker does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// The function.
    pub function: String,
    /// What it is, as "the type `String`".
    pub construct: String,
    /// The compiler's block and the line of the dump, if it is in a block.
    pub at: Option<(usize, u32)>,
    /// The place in the source.
    pub span: Option<Span>,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not supported by the checker (in `{}`", self.construct, self.function)?;
        if let Some((block, line)) = self.at {
            write!(f, ", bb{block}, line {line} of the MIR")?;
        }
        write!(f, ")")?;
        self.span.as_ref().map_or(Ok(()), |span| write!(f, " at {span}"))
    }
}

impl std::error::Error for Unsupported {}

impl Lowered {
    /// The program. A function that is not supported has a body that is stuck.
    #[must_use]
    pub fn program(&self) -> super::Program {
        let stuck = || Body {
            args: 0,
            locals: List::from([unit()]),
            blocks: List::from([(List::new(), Terminator::Unreachable)]),
        };
        let body = |function: &Function| match &function.body {
            Ok(lowering) => lowering.body.clone(),
            Err(_) => stuck(),
        };
        super::Program { adts: List::new(), fns: self.functions.iter().map(body).collect() }
    }

    /// The instances: each function once.
    #[must_use]
    pub fn instances(&self) -> List<super::Instance> {
        (0..self.functions.len()).map(|number| super::Instance::Fn(number, List::new())).collect()
    }

    /// The number of the function with this path, as the compiler prints it.
    #[must_use]
    pub fn number(&self, path: &str) -> Option<usize> {
        self.functions.iter().position(|function| function.path.to_string() == path)
    }
}

/// Lowers all functions of a dump, given as text.
#[must_use]
pub fn lower(mir: &str) -> Lowered {
    let (text, spans) = spans::split(mir);
    lower_dump(&text, parse::parse(&text), &spans)
}

/// Lowers all functions of a dump that is read already: its text without places, what is
/// read of it, and the places.
#[must_use]
pub fn lower_dump(text: &str, dump: Dump, spans: &Spans) -> Lowered {
    lower_with(text, dump, spans, &Declarations::default())
}

/// The same, with what is declared. Behind the functions of the dump come those
/// that check the fields of the structs of which something is said.
#[must_use]
pub fn lower_with(text: &str, dump: Dump, spans: &Spans, declared: &Declarations) -> Lowered {
    let Declarations { structs: declared, impls, may_panic } = declared;
    let bodies: Vec<&ast::Body> = dump
        .bodies
        .iter()
        .filter(|body| body.kind == ast::Kind::Fn && !body.for_constants)
        .collect();
    let mut lowerer = Lowerer {
        lines: text.lines().collect(),
        spans,
        bodies: &bodies,
        unreadable: &dump.unreadable,
        structs: BTreeMap::new(),
        impls,
        may_panic,
        guarded: BTreeSet::new(),
        made: BTreeMap::new(),
        constants: BTreeMap::new(),
    };
    lowerer.find_structs(declared);
    lowerer.find_constants();
    let mut functions: Vec<Function> = bodies.iter().map(|body| lowerer.function(body)).collect();
    for path in made_names(declared) {
        functions.push(lowerer.checks_made(path));
    }
    Lowered { functions, unreadable: dump.unreadable }
}

/// What is not known, in words.
type Res<T> = Result<T, String>;

struct Lowerer<'a> {
    lines: Vec<&'a str>,
    spans: &'a Spans,
    bodies: &'a [&'a ast::Body],
    unreadable: &'a [parse::Error],
    /// The structs that are declared, by the type as printed; `None` if one is used otherwise.
    structs: BTreeMap<String, Option<Vec<ast::Ty>>>,
    impls: &'a [Impl],
    may_panic: &'a BTreeSet<u32>,
    /// Structs with mutable references of which something is said.
    guarded: BTreeSet<String>,
    /// The functions that check the fields of structs, by the structs' paths.
    made: BTreeMap<String, usize>,
    /// Constants that are written as one value.
    constants: BTreeMap<String, (String, String)>,
}

/// How deep a type may be nested; less than `ty_depth` of `theories/mir/mir.v`.
const TYPE_DEPTH: usize = 16;
/// How many cells a type may have.
const MOST_CELLS: usize = 1000;

fn unit() -> Ty {
    Ty::Tuple(List::new())
}

fn int_type(name: &str) -> Option<IntType> {
    let (signed, width) = match (name.strip_prefix('i'), name.strip_prefix('u')) {
        (Some(width), _) => (true, width),
        (_, Some(width)) => (false, width),
        _ => return None,
    };
    let width = match width {
        "8" => IntSize::W8,
        "16" => IntSize::W16,
        "32" => IntSize::W32,
        "64" => IntSize::W64,
        "128" => IntSize::W128,
        "size" => IntSize::WPtr,
        _ => return None,
    };
    Some(IntType { width, signed })
}

fn bits(ty: &IntType) -> u32 {
    match ty.width {
        IntSize::W8 => 8,
        IntSize::W16 => 16,
        IntSize::W32 => 32,
        IntSize::W64 | IntSize::WPtr => 64,
        IntSize::W128 => 128,
    }
}

fn least(ty: &IntType) -> Z {
    if ty.signed { Z::from(i128::MIN >> (128 - bits(ty))) } else { Z::from(0) }
}

fn greatest(ty: &IntType) -> Z {
    if ty.signed {
        Z::from(i128::MAX >> (128 - bits(ty)))
    } else {
        Z::from(u128::MAX >> (128 - bits(ty)))
    }
}

/// The only name of a path that is nothing more.
fn simple(ty: &ast::Ty) -> Option<&str> {
    match ty {
        ast::Ty::Path(path) => match (&path.qself, path.segments.as_slice()) {
            (None, [segment]) if segment.args.is_empty() => match &segment.name {
                Name::Ident(name) => Some(name),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn kind_of(ty: &ast::Ty) -> Option<Kind> {
    match simple(ty)? {
        "bool" => Some(Kind::Bool),
        name => int_type(name).map(Kind::Int),
    }
}

fn has_arguments(path: &ast::Path) -> bool {
    path.segments.iter().any(|segment| !segment.args.is_empty())
}

fn cells(ty: &Ty) -> usize {
    match ty {
        Ty::Tuple(fields) => fields.iter().map(cells).sum(),
        _ => 1,
    }
}

/// The ways to the cells of a type, and their types.
fn leaves(ty: &Ty) -> Vec<(Vec<usize>, Ty)> {
    fn below(ty: &Ty, way: &mut Vec<usize>, out: &mut Vec<(Vec<usize>, Ty)>) {
        match ty {
            Ty::Tuple(fields) => {
                for (place, field) in fields.iter().enumerate() {
                    way.push(place);
                    below(field, way, out);
                    way.pop();
                }
            }
            _ => out.push((way.clone(), ty.clone())),
        }
    }
    let mut out = Vec::new();
    below(ty, &mut Vec::new(), &mut out);
    out
}

/// The addresses of the cells of a type.
fn pointers(ty: &Ty) -> Ty {
    match ty {
        Ty::Tuple(fields) => Ty::Tuple(fields.iter().map(pointers).collect()),
        _ => Ty::Ptr,
    }
}

/// A place: the fields from a local on, and how often its cells are followed as addresses.
#[derive(Clone, Debug)]
struct At {
    local: usize,
    fields: Vec<usize>,
    derefs: usize,
}

impl At {
    fn of(local: usize) -> Self {
        Self { local, fields: Vec::new(), derefs: 0 }
    }

    /// The cell on this way, of this type.
    fn leaf(&self, way: &[usize], ty: &Ty) -> Place {
        let fields = self.fields.iter().chain(way).map(|field| Proj::Field(*field));
        let derefs = (0..self.derefs)
            .map(|left| Proj::Deref(if left + 1 == self.derefs { ty.clone() } else { Ty::Ptr }));
        Place { local: self.local, proj: fields.chain(derefs).collect() }
    }

    fn field(&self, number: usize) -> Self {
        let mut at = self.clone();
        at.fields.push(number);
        at
    }

    /// All of it, if no address is followed.
    fn whole(&self) -> Option<Place> {
        (self.derefs == 0).then(|| self.leaf(&[], &Ty::Ptr))
    }
}

/// What an operand is.
#[derive(Clone)]
enum Given {
    At(At),
    Constant(Constant),
}

/// The structs of which something is said, each once.
fn made_names(declared: &[Declared]) -> BTreeSet<&str> {
    declared.iter().filter(|one| one.refined).map(|one| one.path.as_str()).collect()
}

/// The name of the function that checks the fields of a struct.
pub const MADE: &str = "made";

fn below(place: &Place, way: &[usize]) -> Place {
    let more = way.iter().map(|field| Proj::Field(*field));
    Place { local: place.local, proj: place.proj.iter().cloned().chain(more).collect() }
}

fn local(number: usize) -> Place {
    Place { local: number, proj: List::new() }
}

impl Lowerer<'_> {
    /// The structs that are declared, as far as they are used so.
    fn find_structs(&mut self, declared: &[Declared]) {
        let mut found: BTreeMap<String, Vec<Option<ast::Ty>>> = BTreeMap::new();
        let mut field = |of: &ast::Ty, number: usize, ty: Option<&ast::Ty>| {
            if !matches!(of, ast::Ty::Path(_)) || number >= MOST_CELLS {
                return;
            }
            let fields = found.entry(of.to_string()).or_default();
            if fields.len() <= number {
                fields.resize(number + 1, None);
            }
            if let Some(ty) = ty {
                fields[number] = Some(ty.clone());
            }
        };
        let mut enums = BTreeSet::new();
        // How many fields are given where one is made: of a union it is one.
        let mut made: BTreeMap<String, usize> = BTreeMap::new();
        for body in self.bodies {
            for place in body.blocks.iter().flat_map(places) {
                let Some(mut at) = body.locals.get(place.local).cloned().flatten() else {
                    continue;
                };
                for projection in &place.projections {
                    match projection {
                        Projection::Field(number, ty) => {
                            field(&at, *number, Some(ty));
                            at = ty.clone();
                        }
                        Projection::Deref => match at {
                            ast::Ty::Ref(to, _) | ast::Ty::Ptr(to) => at = *to,
                            _ => break,
                        },
                        Projection::Variant(_) => {
                            enums.insert(at.to_string());
                            break;
                        }
                        Projection::Other(_) => break,
                    }
                }
            }
            for (statement, _) in body.blocks.iter().flat_map(|block| &block.statements) {
                if let ast::Statement::Assign(to, value) = statement {
                    let ty = type_at(body, to);
                    match (value, ty) {
                        (ast::Rvalue::Adt(path, fields), Some(ty)) => {
                            let same =
                                matches!(&ty, ast::Ty::Path(of) if of.idents() == path.idents());
                            if same {
                                let before = made.insert(ty.to_string(), fields.len());
                                if before.is_some_and(|before| before != fields.len()) {
                                    enums.insert(ty.to_string());
                                }
                                for number in 0..fields.len() {
                                    field(&ty, number, None);
                                }
                            } else {
                                enums.insert(ty.to_string());
                            }
                        }
                        (ast::Rvalue::Discriminant(of), _) => {
                            enums.extend(type_at(body, of).map(|ty| ty.to_string()));
                        }
                        _ => {}
                    }
                }
            }
        }
        let mut known_structs = BTreeMap::new();
        for one in declared {
            let twice = declared.iter().filter(|other| other.path == one.path).count() > 1;
            let fits = |mentioned: &Vec<Option<ast::Ty>>| {
                mentioned.len() <= one.fields.len()
                    && mentioned
                        .iter()
                        .zip(&one.fields)
                        .all(|(seen, said)| seen.as_ref().is_none_or(|seen| seen == said))
            };
            let mentioned = found.get(&one.path);
            let known = !twice
                && !enums.contains(&one.path)
                && mentioned.is_none_or(fits)
                && made.get(&one.path).is_none_or(|made| *made == one.fields.len());
            let fields = known.then(|| one.fields.clone());
            known_structs.insert(one.path.clone(), fields);
        }
        for (number, path) in made_names(declared).into_iter().enumerate() {
            self.made.insert(path.to_owned(), self.bodies.len() + number);
        }
        let guarded = declared.iter().filter(|one| one.guarded).map(|one| one.path.clone());
        self.guarded = guarded.collect();
        self.structs = known_structs;
    }

    /// The function that checks the fields of a struct.
    fn checks_made(&self, path: &str) -> Function {
        let ty = named(path);
        let body = self.shape(&ty, TYPE_DEPTH).and_then(|shape| {
            let unknown = || format!("the type `{path}`");
            let passed = shape.passed().ok_or_else(unknown)?;
            let of = |passed: &Passed| match passed {
                Passed::Value(Kind::Int(ty)) => Ty::Int(ty.clone()),
                Passed::Value(Kind::Bool) => Ty::Bool,
                Passed::Reference(_) => Ty::Ptr,
            };
            let locals: Vec<Ty> = std::iter::once(unit()).chain(passed.iter().map(of)).collect();
            let names = vec![None; locals.len()];
            let blocks = List::from([(List::new(), Terminator::Return)]);
            Ok(Lowering {
                body: Body { args: passed.len(), locals: locals.into(), blocks },
                args: passed,
                result: None,
                shapes: (vec![shape], Shape::Tuple(Vec::new())),
                result_local: 0,
                outs: Vec::new(),
                names,
                blocks: vec![Block::default()],
            })
        });
        let unsupported =
            |construct| Unsupported { function: path.to_owned(), construct, at: None, span: None };
        let mut own = match ty {
            ast::Ty::Path(path) => path,
            _ => ast::Path { qself: None, segments: Vec::new() },
        };
        own.segments.push(ast::Segment { name: Name::Nameless(MADE.to_owned()), args: Vec::new() });
        Function { path: own, line: 0, span: None, body: body.map_err(unsupported) }
    }

    fn shape(&self, ty: &ast::Ty, depth: usize) -> Res<Shape> {
        let unknown = || format!("the type `{ty}`");
        let Some(depth) = depth.checked_sub(1) else { return Err(unknown()) };
        if let Some(kind) = kind_of(ty) {
            return Ok(Shape::Scalar(kind));
        }
        match ty {
            ast::Ty::Never => Ok(Shape::Tuple(Vec::new())),
            ast::Ty::Tuple(items) => {
                let items = items.iter().map(|item| self.shape(item, depth));
                Ok(Shape::Tuple(items.collect::<Res<_>>()?))
            }
            ast::Ty::Ref(to, _) => Ok(Shape::Ref(Box::new(self.shape(to, depth)?))),
            ast::Ty::Path(_) => match self.structs.get(&ty.to_string()) {
                Some(Some(fields)) => {
                    let fields = fields.iter().map(|field| self.shape(field, depth));
                    Ok(Shape::Struct(ty.to_string(), fields.collect::<Res<_>>()?))
                }
                _ => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }

    /// `const K: i32 = const 10_i32;`
    fn find_constants(&mut self) {
        for line in &self.lines {
            let Some(rest) = line.strip_prefix("const ") else { continue };
            let Some((head, value)) = rest.split_once(" = ") else { continue };
            let Some((name, ty)) = head.split_once(": ") else { continue };
            let value = value.strip_prefix("const ").and_then(|value| value.strip_suffix(';'));
            // Constants in two blocks of one function may have one path.
            let twice = self.constants.contains_key(name);
            let value = value.filter(|_| !twice).unwrap_or_default();
            self.constants.insert(name.to_owned(), (ty.to_owned(), value.to_owned()));
        }
    }

    fn ty(&self, ty: &ast::Ty) -> Res<Ty> {
        let lowered = self.ty_within(ty, TYPE_DEPTH)?;
        if cells(&lowered) > MOST_CELLS {
            return Err(format!("the type `{ty}`, which is too large,"));
        }
        Ok(lowered)
    }

    fn ty_within(&self, ty: &ast::Ty, depth: usize) -> Res<Ty> {
        let unknown = || format!("the type `{ty}`");
        let Some(depth) = depth.checked_sub(1) else { return Err(unknown()) };
        if let Some(kind) = kind_of(ty) {
            return Ok(match kind {
                Kind::Int(ty) => Ty::Int(ty),
                Kind::Bool => Ty::Bool,
            });
        }
        match ty {
            ast::Ty::Never => Ok(unit()),
            ast::Ty::Tuple(items) => {
                let items = items.iter().map(|item| self.ty_within(item, depth));
                Ok(Ty::Tuple(items.collect::<Res<_>>()?))
            }
            // Of what has no type here it is not known how large its address is.
            ast::Ty::Ref(to, _) => self.ty_within(to, depth).map(|to| pointers(&to)),
            ast::Ty::Path(_) => match self.structs.get(&ty.to_string()) {
                Some(Some(fields)) => {
                    let fields = fields.iter().map(|field| self.ty_within(field, depth));
                    Ok(Ty::Tuple(fields.collect::<Res<_>>()?))
                }
                _ => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }

    fn function(&self, body: &ast::Body) -> Function {
        let name = body.path.to_string();
        let next =
            self.bodies.iter().map(|other| other.line).filter(|line| *line > body.line).min();
        let end = next.unwrap_or(u32::MAX);
        let span = self.spans.between(body.line, end).next().cloned();
        let unsupported = |construct| Unsupported {
            function: name.clone(),
            construct,
            at: None,
            span: span.clone(),
        };
        let lowering = self.lowering(body, &name, end).map_err(unsupported);
        Function { path: body.path.clone(), line: body.line, span: span.clone(), body: lowering }
    }

    /// The names of the locals in the body from this line on.
    fn names(&self, body: &ast::Body, end: u32) -> Vec<Option<String>> {
        let mut names = vec![None; body.locals.len()];
        let from = self.lines.len().min(body.line as usize);
        let to = self.lines.len().min(end as usize);
        for line in self.lines.get(from..to).unwrap_or_default() {
            let Some(rest) = line.trim_start().strip_prefix("debug ") else { continue };
            if let Some((name, place)) = rest.split_once(" => _") {
                let number =
                    place.trim_end().strip_suffix(';').and_then(|x| x.parse::<usize>().ok());
                if let Some(slot) = number.and_then(|number| names.get_mut(number)) {
                    slot.get_or_insert_with(|| name.to_owned());
                }
            }
        }
        names
    }

    fn lowering(&self, body: &ast::Body, name: &str, end: u32) -> Res<Lowering> {
        let own_names = self.names(body, end);
        let mut types: Vec<Res<Ty>> = body
            .locals
            .iter()
            .map(|ty| match ty {
                Some(ty) => self.ty(ty),
                None => Err("a local without a type".to_owned()),
            })
            .collect();
        let mut shapes = Vec::new();
        let mut passed = Vec::new();
        for number in 1..=body.arguments {
            let ty = body.locals.get(number).and_then(Option::as_ref);
            let ty = ty.ok_or_else(|| "an argument without a type".to_owned())?;
            let of = own_names.get(number).and_then(Option::as_deref).unwrap_or("_");
            let wrong = || format!("the argument `{of}` of type `{ty}`");
            let shape = self.shape(ty, TYPE_DEPTH).map_err(|_| wrong())?;
            let own = shape.passed().ok_or_else(wrong)?;
            if types.get(number).and_then(|ty| ty.as_ref().ok()).map(cells) != Some(own.len()) {
                return Err(wrong());
            }
            passed.push(own);
            shapes.push(shape);
        }
        let result = match body.locals.first().and_then(Option::as_ref) {
            Some(ty) => {
                let wrong = || format!("the result of type `{ty}`");
                let shape = self.shape(ty, TYPE_DEPTH).map_err(|_| wrong())?;
                let kinds = shape.passed().ok_or_else(wrong)?.into_iter().map(|own| match own {
                    Passed::Value(kind) => Ok(kind),
                    Passed::Reference(_) => Err(wrong()),
                });
                (kinds.collect::<Res<Vec<Kind>>>()?, shape)
            }
            None => return Err("a result without a type".to_owned()),
        };
        let (result_kinds, result_shape) = result;
        let (map, mut locals, outs) = numbering(&types, &passed, &result_kinds);
        for (ty, number) in types.iter_mut().zip(&map) {
            if let (Ok(ty), Some(slot)) = (&*ty, locals.get_mut(*number)) {
                *slot = ty.clone();
            }
        }
        let mut names = vec![None; locals.len()];
        for (name, number) in own_names.into_iter().zip(&map) {
            names[*number] = name;
        }
        let mut args = passed.concat();
        args.extend(outs.iter().zip(&result_kinds).map(|(_, k)| Passed::Reference(k.clone())));
        let result_local = map[0];
        let mut builder = Builder {
            lowerer: self,
            body,
            name,
            types,
            map,
            outs,
            locals,
            blocks: vec![None; body.blocks.len()],
            statements: Vec::new(),
            places: Vec::new(),
            current: 0,
            mir: 0,
            line: 0,
            panic_local: None,
            followed: BTreeMap::new(),
        };
        builder.followed = builder.follows();
        builder.receive(&passed);
        for (number, block) in body.blocks.iter().enumerate() {
            builder.block(number, block);
        }
        names.resize(builder.locals.len(), None);
        let locals = builder.locals;
        let outs = builder.outs;
        let (mut code, mut blocks) = (Vec::new(), Vec::new());
        for (statements, terminator, block) in builder.blocks.into_iter().flatten() {
            code.push((List::from(statements), terminator));
            blocks.push(block);
        }
        let body = Body { args: args.len(), locals: locals.into(), blocks: code.into() };
        let result = match result_kinds.as_slice() {
            [kind] => Some(kind.clone()),
            _ => None,
        };
        let shapes = (shapes, result_shape);
        Ok(Lowering { body, args, result, shapes, result_local, outs, names, blocks })
    }

    /// The function that a call means.
    fn callee(&self, path: &ast::Path, args: &[ast::Ty], result: &ast::Ty) -> Res<usize> {
        let unknown = || format!("a call of `{path}`");
        if has_arguments(path) || path.qself.is_some() {
            return Err(unknown());
        }
        let same = |body: &ast::Body| {
            body.locals.first().and_then(Option::as_ref) == Some(result)
                && body.arguments == args.len()
                && body.locals.iter().skip(1).zip(args).all(|(ty, arg)| ty.as_ref() == Some(arg))
        };
        let mut named = self.bodies.iter().enumerate().filter(|(_, body)| body.path == *path);
        match (named.next(), named.next()) {
            (Some((number, body)), None) if same(body) => return Ok(number),
            // Functions in two blocks of one function may have one path.
            (Some(_), _) => return Err(unknown()),
            (None, _) => {}
        }
        // A method, whose `impl` is not in the path.
        let [.., method] = path.segments.as_slice() else { return Err(unknown()) };
        // Another type has methods of this name too, and so the `impl` must be one of this.
        let of =
            ast::Path { qself: None, segments: path.segments[..path.segments.len() - 1].to_vec() };
        let of = of.to_string();
        let own = matches!(self.structs.get(&of), Some(Some(_)));
        let is_of = |position: &ast::Position| {
            let own = |one: &&Impl| {
                one.file == position.file && one.start == (position.line, position.column)
            };
            let mut impls = self.impls.iter().filter(own);
            impls.next().is_some_and(|one| one.of == of) && impls.next().is_none()
        };
        let name = format!("::{}", method);
        if !own || self.unreadable.iter().any(|error| error.body.contains(&name)) {
            return Err(unknown());
        }
        let mut methods = self.bodies.iter().enumerate().filter(|(_, body)| {
            let segments = &body.path.segments;
            let of_impl = match segments.as_slice() {
                [.., ast::Segment { name: Name::ImplAt(at), .. }, _] => is_of(at),
                _ => false,
            };
            of_impl && segments.last() == Some(method) && same(body)
        });
        match (methods.next(), methods.next()) {
            (Some((number, _)), None) => Ok(number),
            _ => Err(unknown()),
        }
    }
}

const U8: IntType = IntType { width: IntSize::W8, signed: false };

/// The places that a block mentions.
fn places(block: &ast::BasicBlock) -> Vec<&ast::Place> {
    fn of_operand<'a>(operand: &'a ast::Operand, out: &mut Vec<&'a ast::Place>) {
        if let ast::Operand::Copy(place) | ast::Operand::Move(place) = operand {
            out.push(place);
        }
    }
    let mut out = Vec::new();
    for (statement, _) in &block.statements {
        let ast::Statement::Assign(to, value) = statement else { continue };
        out.push(to);
        match value {
            ast::Rvalue::Use(a) | ast::Rvalue::Unary(_, a) | ast::Rvalue::Cast(a, _, _) => {
                of_operand(a, &mut out);
            }
            ast::Rvalue::Binary(_, a, b) => {
                of_operand(a, &mut out);
                of_operand(b, &mut out);
            }
            ast::Rvalue::Ref(place) | ast::Rvalue::Discriminant(place) => out.push(place),
            ast::Rvalue::Tuple(items)
            | ast::Rvalue::Array(items)
            | ast::Rvalue::Closure(_, items) => {
                items.iter().for_each(|item| of_operand(item, &mut out));
            }
            ast::Rvalue::Adt(_, fields) => {
                fields.iter().for_each(|(_, item)| of_operand(item, &mut out));
            }
            ast::Rvalue::Other(_) => {}
        }
    }
    match &block.terminator.0 {
        ast::Terminator::SwitchInt(a, _, _) | ast::Terminator::Assert(a, _, _, _) => {
            of_operand(a, &mut out);
        }
        ast::Terminator::Call { destination, arguments, .. } => {
            out.push(destination);
            arguments.iter().for_each(|item| of_operand(item, &mut out));
        }
        ast::Terminator::Drop(place, _, _) => out.push(place),
        _ => {}
    }
    out
}

/// The type of a place.
fn type_at(body: &ast::Body, place: &ast::Place) -> Option<ast::Ty> {
    let mut at = body.locals.get(place.local).cloned().flatten()?;
    for projection in &place.projections {
        at = match (projection, at) {
            (Projection::Field(_, ty), _) => ty.clone(),
            (Projection::Deref, ast::Ty::Ref(to, _) | ast::Ty::Ptr(to)) => *to,
            _ => return None,
        };
    }
    Some(at)
}

/// For each local of the compiler's its number, the types of all, and the numbers of the
/// references to the cells of the result. The result comes first, if it has one cell at
/// most, then the arguments cell by cell, then the rest.
fn numbering(
    types: &[Res<Ty>],
    passed: &[Vec<Passed>],
    result: &[Kind],
) -> (Vec<usize>, Vec<Ty>, Vec<usize>) {
    let mut map = vec![usize::MAX; types.len()];
    let mut locals = vec![unit()];
    if result.len() < 2 {
        map[0] = 0;
    }
    for (number, own) in (1..).zip(passed) {
        if own.len() == 1 {
            map[number] = locals.len();
        }
        for cell in own {
            locals.push(match cell {
                Passed::Value(Kind::Int(ty)) => Ty::Int(ty.clone()),
                Passed::Value(Kind::Bool) => Ty::Bool,
                Passed::Reference(_) => Ty::Ptr,
            });
        }
    }
    let mut outs = Vec::new();
    if result.len() >= 2 {
        for _ in result {
            outs.push(locals.len());
            locals.push(Ty::Ptr);
        }
    }
    for number in map.iter_mut().filter(|number| **number == usize::MAX) {
        *number = locals.len();
        locals.push(unit());
    }
    (map, locals, outs)
}

type Made = (Vec<Stmt>, Terminator, Block);

/// One body that is being made.
struct Builder<'a> {
    lowerer: &'a Lowerer<'a>,
    body: &'a ast::Body,
    name: &'a str,
    /// The types of the compiler's locals, and their numbers here.
    types: Vec<Res<Ty>>,
    map: Vec<usize>,
    /// The references to the cells of the result.
    outs: Vec<usize>,
    /// The types of the locals here.
    locals: Vec<Ty>,
    /// Those of the compiler's blocks, then more.
    blocks: Vec<Option<Made>>,
    statements: Vec<Stmt>,
    places: Vec<Option<Span>>,
    /// The block that is being made, the compiler's, and the line of the dump.
    current: usize,
    mir: usize,
    line: u32,
    /// The local that overflows where the function panics.
    panic_local: Option<usize>,
    /// Locals that are nothing but the address at a place of a guarded struct, and are only
    /// followed.
    followed: BTreeMap<usize, ast::Place>,
}

/// What is assigned to a boolean where another is false, and where it is true.
enum Part {
    Is(bool),
    Other,
    NotOther,
}

impl Builder<'_> {
    fn span(&self) -> Option<Span> {
        self.lowerer.spans.of_line(self.line).cloned()
    }

    fn push(&mut self, to: Place, value: Rvalue) {
        self.places.push(self.span());
        self.statements.push(Stmt::Assign(to, value));
    }

    fn finish(&mut self, terminator: Terminator, stop: Option<Stop>) {
        let block = Block {
            mir: self.mir,
            statements: std::mem::take(&mut self.places),
            terminator: self.span(),
            stop,
        };
        self.blocks[self.current] = Some((std::mem::take(&mut self.statements), terminator, block));
    }

    /// One more local.
    fn temporary(&mut self, ty: Ty) -> usize {
        self.locals.push(ty);
        self.locals.len() - 1
    }

    /// The arguments of several cells are put together.
    fn receive(&mut self, passed: &[Vec<Passed>]) {
        let mut from = 1;
        for (number, own) in (1..).zip(passed) {
            if own.len() != 1 {
                let to = At::of(self.map[number]);
                let ty = self.locals[to.local].clone();
                for (cell, (way, ty)) in (from..).zip(leaves(&ty)) {
                    let value = Rvalue::Use(Operand::Use(local(cell)));
                    self.push(to.leaf(&way, &ty), value);
                }
            }
            from += own.len();
        }
    }

    /// The result of several cells is written to where it goes.
    fn give_back(&mut self) {
        let from = At::of(self.map[0]);
        let ty = self.locals[from.local].clone();
        for (out, (way, ty)) in self.outs.clone().into_iter().zip(leaves(&ty)) {
            let to = At { local: out, fields: Vec::new(), derefs: 1 };
            let value = Rvalue::Use(Operand::Use(from.leaf(&way, &ty)));
            self.push(to.leaf(&[], &ty), value);
        }
    }

    /// One more block, which is made next.
    fn reserve(&mut self) -> usize {
        self.blocks.push(None);
        self.blocks.len() - 1
    }

    /// One more block, which is never reached.
    fn never(&mut self) -> usize {
        let number = self.reserve();
        let block = Block { mir: self.mir, terminator: self.span(), ..Block::default() };
        self.blocks[number] = Some((Vec::new(), Terminator::Unreachable, block));
        number
    }

    fn block(&mut self, number: usize, block: &ast::BasicBlock) {
        (self.current, self.mir) = (number, number);
        let panics = self.panics_from(number);
        for (statement, line) in &block.statements {
            self.line = *line;
            let done = match statement {
                ast::Statement::Assign(to, value) => self.assign(to, value),
                ast::Statement::Nothing => Ok(()),
                ast::Statement::Other(text) => Err(format!("the statement `{text}`")),
            };
            let Err(construct) = done else { continue };
            // What only prepares the text of a panic does not matter.
            let prepares = match statement {
                ast::Statement::Assign(to, _) => {
                    to.projections.iter().all(|x| !matches!(x, Projection::Deref))
                }
                _ => false,
            };
            if panics.is_some() && prepares {
                continue;
            }
            return self.unsupported(construct);
        }
        self.line = block.terminator.1;
        if let Some((stop, line, unwind)) = panics {
            self.line = line;
            return self.panic(stop, unwind);
        }
        if let Err(construct) = self.terminator(&block.terminator.0) {
            self.unsupported(construct);
        }
    }

    fn unsupported(&mut self, construct: String) {
        let unsupported = Unsupported {
            function: self.name.to_owned(),
            construct,
            at: Some((self.mir, self.line)),
            span: self.span(),
        };
        self.finish(Terminator::Unreachable, Some(Stop::Unsupported(unsupported)));
    }

    /// Whether the block goes nowhere but to a panic, through the functions that prepare
    /// its text at most; and the line and unwinding of the panic.
    fn panics_from(&self, number: usize) -> Option<(Stop, u32, ast::Unwind)> {
        let mut at = number;
        for _ in 0..64 {
            let block = self.body.blocks.get(at)?;
            let (terminator, line) = &block.terminator;
            let ast::Terminator::Call { callee, target, unwind, .. } = terminator else {
                return None;
            };
            let ast::Callee::Path(path) = callee else { return None };
            let names = path.idents();
            let library = matches!(names.first(), Some(&("core" | "std" | "alloc")));
            match target {
                None => {
                    let last = names.last().copied().unwrap_or_default();
                    let panics = library
                        && (names.contains(&"panicking")
                            || last == "begin_panic"
                            || last.starts_with("panic_"))
                        && !names.iter().any(|name| name.contains("nounwind"));
                    let text = self.lowerer.lines.get((*line as usize).saturating_sub(1));
                    let message = text.and_then(|text| {
                        let (_, rest) = text.split_once("(const \"")?;
                        Some(rest.rsplit_once("\")")?.0.to_owned())
                    });
                    let says = |words: &str| message.iter().any(|text| text.starts_with(words));
                    let claim = last.starts_with("assert_failed")
                        || says("assertion failed")
                        || says("internal error")
                        || !self.lowerer.may_panic.contains(&self.body.line);
                    let stop = Stop::Panic { callee: path.to_string(), message, claim };
                    return panics.then_some((stop, *line, *unwind));
                }
                Some(next) => {
                    // `core::fmt::Arguments` may be printed without its path.
                    let own = || {
                        let last = path.segments.last();
                        self.lowerer.bodies.iter().any(|body| body.path.segments.last() == last)
                    };
                    let bare = names.first() == Some(&"Arguments") && !own();
                    let prepares = library && names.contains(&"fmt") || bare;
                    let only = self.predecessors(*next) == 1;
                    if !prepares || !only {
                        return None;
                    }
                    at = *next;
                }
            }
        }
        None
    }

    fn predecessors(&self, block: usize) -> usize {
        let goes = |terminator: &ast::Terminator| match terminator {
            ast::Terminator::Goto(to) => *to == block,
            ast::Terminator::SwitchInt(_, targets, otherwise) => {
                targets.iter().any(|(_, to)| *to == block) || *otherwise == Some(block)
            }
            ast::Terminator::Call { target, .. } => *target == Some(block),
            ast::Terminator::Drop(_, to, _) | ast::Terminator::Assert(_, _, to, _) => *to == block,
            _ => false,
        };
        self.body.blocks.iter().filter(|other| goes(&other.terminator.0)).count()
    }

    /// It overflows, and so panics: above, or below if it should not be.
    fn panic(&mut self, stop: Stop, unwind: ast::Unwind) {
        let (op, value) = match stop {
            Stop::Panic { claim: true, .. } => (ArithOp::SubOp, 0),
            _ => (ArithOp::AddOp, 255),
        };
        let ty = Ty::Tuple(List::from([Ty::Int(U8), Ty::Bool]));
        let number = match self.panic_local {
            Some(number) => number,
            None => self.temporary(ty),
        };
        self.panic_local = Some(number);
        let constant = |value: i32| Operand::Const(Constant::Int(U8, Z::from(value)));
        self.push(local(number), Rvalue::Checked(U8, op, constant(value), constant(1)));
        let never = self.never();
        let flag = below(&local(number), &[1]);
        let end = Terminator::Assert(Operand::Use(flag), false, never, unwinding(unwind));
        self.finish(end, Some(stop));
    }

    fn place(&self, place: &ast::Place) -> Res<(At, ast::Ty)> {
        let shown = || format!("the place `{place}`");
        if let Some(Err(why)) = self.types.get(place.local) {
            return Err(why.clone());
        }
        let mut ty = self.body.locals.get(place.local).cloned().flatten().ok_or_else(shown)?;
        let mut at = At::of(*self.map.get(place.local).ok_or_else(shown)?);
        for projection in &place.projections {
            match projection {
                Projection::Deref => match ty {
                    ast::Ty::Ref(to, _) => {
                        self.lowerer.ty(&to)?;
                        at.derefs += 1;
                        ty = *to;
                    }
                    _ => return Err(shown()),
                },
                Projection::Field(number, of) => {
                    match self.lowerer.ty(&ty)? {
                        Ty::Tuple(fields) => {
                            let field = fields.get(*number).ok_or_else(shown)?;
                            if *field != self.lowerer.ty(of)? {
                                return Err(shown());
                            }
                        }
                        _ => return Err(shown()),
                    }
                    at.fields.push(*number);
                    ty = of.clone();
                }
                Projection::Variant(_) | Projection::Other(_) => return Err(shown()),
            }
        }
        Ok((at, ty))
    }

    fn given(&self, operand: &ast::Operand) -> Res<(Given, ast::Ty)> {
        match operand {
            ast::Operand::Copy(place) | ast::Operand::Move(place) => {
                let (at, ty) = self.place(place)?;
                Ok((Given::At(at), ty))
            }
            ast::Operand::Const(constant) => {
                let (constant, ty) = self.constant(constant)?;
                Ok((Given::Constant(constant), ty))
            }
        }
    }

    /// The cells of an operand.
    fn cells_of(&self, given: &Given, ty: &ast::Ty) -> Res<Vec<Operand>> {
        let ty = self.lowerer.ty(ty)?;
        match given {
            Given::At(at) => {
                Ok(leaves(&ty).iter().map(|(way, ty)| Operand::Use(at.leaf(way, ty))).collect())
            }
            Given::Constant(_) if cells(&ty) == 0 => Ok(Vec::new()),
            Given::Constant(constant) if !matches!(ty, Ty::Tuple(_)) => {
                Ok(vec![Operand::Const(constant.clone())])
            }
            Given::Constant(_) => Err("a constant of a struct or a tuple".to_owned()),
        }
    }

    /// An operand of one cell.
    fn operand(&self, operand: &ast::Operand) -> Res<(Operand, ast::Ty)> {
        let (given, ty) = self.given(operand)?;
        match <[Operand; 1]>::try_from(self.cells_of(&given, &ty)?) {
            Ok([operand]) => Ok((operand, ty)),
            Err(_) => Err(format!("an operand of type `{ty}`")),
        }
    }

    fn constant(&self, constant: &ast::Const) -> Res<(Constant, ast::Ty)> {
        let int = |value: Z, name: &str| {
            let ty = int_type(name).ok_or_else(|| format!("the constant `{value}_{name}`"))?;
            Ok((Constant::Int(ty, value), named(name)))
        };
        match constant {
            ast::Const::Int(value, ty) => int(Z::from(*value), ty),
            ast::Const::BigInt(value, ty) => int(Z::from(*value), ty),
            ast::Const::Bool(value) => Ok((Constant::Bool(*value), named("bool"))),
            ast::Const::Unit => Ok((Constant::Opaque(unit()), ast::Ty::Tuple(Vec::new()))),
            ast::Const::Str => Err("a text".to_owned()),
            ast::Const::Path(path) => {
                let last: Vec<Option<&str>> = path
                    .segments
                    .iter()
                    .rev()
                    .take(2)
                    .map(|segment| match &segment.name {
                        Name::Ident(name) => Some(name.as_str()),
                        Name::ImplOf(ty) => simple(ty),
                        _ => None,
                    })
                    .collect();
                // A module of the program may be called `u8`.
                let library = path.segments.len() == 2
                    || matches!(path.segments[0].name, Name::Ident(ref of) if of == "std" || of == "core");
                let of_type = library && !self.lowerer.constants.contains_key(&path.to_string());
                if let ([Some(what), Some(of)], true) = (last.as_slice(), of_type) {
                    if let Some(ty) = int_type(of) {
                        match *what {
                            "MIN" => return int(least(&ty), of),
                            "MAX" => return int(greatest(&ty), of),
                            _ => {}
                        }
                    }
                }
                let found = self.lowerer.constants.get(&path.to_string());
                let unknown = || format!("the constant `{path}`");
                let (ty, value) = found.ok_or_else(unknown)?;
                if let (Some(_), Some(digits)) =
                    (int_type(ty), value.strip_suffix(&format!("_{ty}")))
                {
                    let value = digits.parse::<i128>().map(Z::from);
                    let value = value.or_else(|_| digits.parse::<u128>().map(Z::from));
                    return int(value.map_err(|_| unknown())?, ty);
                }
                match (ty.as_str(), value.as_str()) {
                    ("bool", "true") => Ok((Constant::Bool(true), named("bool"))),
                    ("bool", "false") => Ok((Constant::Bool(false), named("bool"))),
                    _ => Err(unknown()),
                }
            }
            ast::Const::ZeroSized(ty) => Err(format!("a constant of type `{ty}`")),
            ast::Const::Other(text) => Err(format!("the constant `{text}`")),
        }
    }

    /// An operand, cell by cell.
    fn copy(&mut self, to: &At, given: &Given, ty: &ast::Ty) -> Res<()> {
        let lowered = self.lowerer.ty(ty)?;
        let from = self.cells_of(given, ty)?;
        if let Given::At(from) = given {
            apart(to, from, &lowered)?;
        }
        // A place without cells at the end of others may not be one of a frame.
        if let (true, true, Some(to)) = (from.is_empty(), to.fields.is_empty(), to.whole()) {
            let nothing = Operand::Const(Constant::Opaque(unit()));
            self.push(to, Rvalue::Use(nothing));
        }
        for ((way, ty), operand) in leaves(&lowered).iter().zip(from) {
            self.push(to.leaf(way, ty), Rvalue::Use(operand));
        }
        Ok(())
    }

    /// The struct of which something is said of what its references point to, if one is on
    /// the way.
    fn guard(&self, place: &ast::Place) -> Option<ast::Place> {
        if let Some(of) = self.followed.get(&place.local) {
            let projections = of.projections.iter().chain(&place.projections).cloned().collect();
            return self.guard(&ast::Place { local: of.local, projections });
        }
        let mut ty = self.body.locals.get(place.local).cloned().flatten()?;
        for (at, projection) in place.projections.iter().enumerate() {
            ty = match (projection, ty) {
                (Projection::Field(_, of), ast::Ty::Path(own)) => {
                    let name = ast::Ty::Path(own).to_string();
                    if self.lowerer.guarded.contains(&name) {
                        let projections = place.projections[..at].to_vec();
                        return Some(ast::Place { local: place.local, projections });
                    }
                    of.clone()
                }
                (Projection::Field(_, of), _) => of.clone(),
                (Projection::Deref, ast::Ty::Ref(to, _) | ast::Ty::Ptr(to)) => *to,
                _ => return None,
            };
        }
        None
    }

    /// The locals that are assigned once, from a place of a guarded struct, and followed
    /// wherever they are mentioned.
    fn follows(&self) -> BTreeMap<usize, ast::Place> {
        let mut found = BTreeMap::new();
        let mut mentions: BTreeMap<usize, usize> = BTreeMap::new();
        for place in self.body.blocks.iter().flat_map(places) {
            if place.projections.first() != Some(&Projection::Deref) {
                *mentions.entry(place.local).or_default() += 1;
            }
        }
        for (statement, _) in self.body.blocks.iter().flat_map(|block| &block.statements) {
            let ast::Statement::Assign(to, ast::Rvalue::Use(ast::Operand::Copy(of))) = statement
            else {
                continue;
            };
            let once = mentions.get(&to.local) == Some(&1) && to.projections.is_empty();
            let is_ref = matches!(type_at(self.body, of), Some(ast::Ty::Ref(_, _)));
            if once && is_ref && to.local > self.body.arguments && self.guard(of).is_some() {
                found.insert(to.local, of.clone());
            }
        }
        found
    }

    /// A reference in a struct of which something is said is not used without the struct.
    fn unguarded(&self, value: &ast::Rvalue) -> Res<()> {
        let apart = |place: &ast::Place, pointer: bool| {
            if pointer && self.guard(place).is_some() {
                return Err("a reference in a struct that is refined, taken out of it".to_owned());
            }
            Ok(())
        };
        let operand = |operand: &ast::Operand| match operand {
            ast::Operand::Copy(place) | ast::Operand::Move(place) => {
                let ty = type_at(self.body, place);
                let lowered = ty.and_then(|ty| self.lowerer.ty(&ty).ok());
                let cells = lowered.as_ref().map(leaves).unwrap_or_default();
                apart(place, cells.iter().any(|(_, ty)| *ty == Ty::Ptr))
            }
            ast::Operand::Const(_) => Ok(()),
        };
        match value {
            ast::Rvalue::Use(a) => operand(a),
            ast::Rvalue::Ref(place) => apart(place, true),
            ast::Rvalue::Tuple(items) => items.iter().try_for_each(operand),
            ast::Rvalue::Adt(_, fields) => fields.iter().try_for_each(|(_, item)| operand(item)),
            _ => Ok(()),
        }
    }

    fn assign(&mut self, to: &ast::Place, value: &ast::Rvalue) -> Res<()> {
        if !(to.projections.is_empty() && self.followed.contains_key(&to.local)) {
            self.unguarded(value)?;
        }
        self.assign_to(to, value)?;
        // What is said of what its references point to must hold all the time.
        if to.projections.contains(&Projection::Deref) {
            if let Some(of) = self.guard(to) {
                let (at, ty) = self.place(&of)?;
                let lowered = self.lowerer.ty(&ty)?;
                self.made(&at, &lowered, &ty);
            }
        }
        Ok(())
    }

    fn assign_to(&mut self, to: &ast::Place, value: &ast::Rvalue) -> Res<()> {
        let (at, ty) = self.place(to)?;
        let lowered = self.lowerer.ty(&ty)?;
        let scalar = || match &lowered {
            Ty::Tuple(_) => Err(format!("the type `{ty}`")),
            lowered => Ok(at.leaf(&[], lowered)),
        };
        match value {
            ast::Rvalue::Use(operand) => {
                let (given, of) = self.given(operand)?;
                if self.lowerer.ty(&of)? != lowered && of != ast::Ty::Never {
                    return Err(format!("the type `{of}`"));
                }
                self.copy(&at, &given, &of)
            }
            ast::Rvalue::Ref(place) => {
                let (of, of_ty) = self.place(place)?;
                let of_ty = self.lowerer.ty(&of_ty)?;
                if !matches!(ty, ast::Ty::Ref(_, _)) || lowered != pointers(&of_ty) {
                    return Err(format!("the type `{ty}`"));
                }
                apart(&at, &of, &of_ty)?;
                for (way, ty) in leaves(&of_ty) {
                    self.push(at.leaf(&way, &Ty::Ptr), Rvalue::Ref(of.leaf(&way, &ty)));
                }
                Ok(())
            }
            ast::Rvalue::Binary(name, a, b) => {
                let place = if name.ends_with("WithOverflow") {
                    at.whole().ok_or_else(|| format!("the place `{to}`"))?
                } else {
                    scalar()?
                };
                self.binary(place, name, a, b)
            }
            ast::Rvalue::Unary(name, a) => {
                let (a, of) = self.operand(a)?;
                let value = match (name.as_str(), kind_of(&of)) {
                    ("Not", Some(Kind::Bool)) => Rvalue::Not(a),
                    ("Not", Some(Kind::Int(ty))) => {
                        let all = if ty.signed { Z::from(-1) } else { greatest(&ty) };
                        let all = Operand::Const(Constant::Int(ty.clone(), all));
                        Rvalue::Arith(ty, ArithOp::SubOp, all, a)
                    }
                    ("Neg", Some(Kind::Int(ty))) => {
                        let zero = Operand::Const(Constant::Int(ty.clone(), Z::from(0)));
                        Rvalue::Arith(ty, ArithOp::SubOp, zero, a)
                    }
                    _ => return Err(format!("the operation `{name}` on `{of}`")),
                };
                self.push(scalar()?, value);
                Ok(())
            }
            ast::Rvalue::Cast(a, to, how) => {
                let (a, of) = self.operand(a)?;
                match (how.as_str(), kind_of(&of), kind_of(to)) {
                    ("IntToInt", Some(Kind::Int(_)), Some(Kind::Int(ty))) => {
                        self.push(scalar()?, Rvalue::IntCast(ty, a));
                        Ok(())
                    }
                    ("IntToInt", Some(Kind::Bool), Some(Kind::Int(ty))) => {
                        let one = |value: i32| {
                            let value = Constant::Int(ty.clone(), Z::from(value));
                            Rvalue::Use(Operand::Const(value))
                        };
                        self.branch(a, scalar()?, one(0), one(1));
                        Ok(())
                    }
                    _ => Err(format!("the cast of `{of}` to `{to}` ({how})")),
                }
            }
            ast::Rvalue::Tuple(items) => self.fields(&at, &lowered, items.iter(), &ty),
            ast::Rvalue::Adt(path, fields) => match &ty {
                ast::Ty::Path(of) if of.idents() == path.idents() => {
                    self.fields(&at, &lowered, fields.iter().map(|(_, item)| item), &ty)?;
                    self.made(&at, &lowered, &ty);
                    Ok(())
                }
                _ => Err(format!("the value `{path}`")),
            },
            ast::Rvalue::Discriminant(of) => Err(format!("the discriminant of `{of}`")),
            ast::Rvalue::Array(_) => Err("an array".to_owned()),
            ast::Rvalue::Closure(..) => Err("a closure".to_owned()),
            ast::Rvalue::Other(text) => Err(format!("the operation `{text}`")),
        }
    }

    fn fields<'b>(
        &mut self,
        to: &At,
        lowered: &Ty,
        items: impl Iterator<Item = &'b ast::Operand>,
        ty: &ast::Ty,
    ) -> Res<()> {
        let Ty::Tuple(fields) = lowered else { return Err(format!("the type `{ty}`")) };
        if fields.is_empty() {
            let nothing = Given::Constant(Constant::Opaque(unit()));
            return self.copy(to, &nothing, &ast::Ty::Never);
        }
        let mut all = Vec::new();
        for (number, item) in items.enumerate() {
            let field = fields.get(number);
            if field.is_none_or(|field| cells(field) == 0) {
                continue;
            }
            let (given, of) = self.given(item)?;
            if field != Some(&self.lowerer.ty(&of)?) {
                return Err(format!("the value of type `{ty}`"));
            }
            if let Given::At(from) = &given {
                if from.local == to.local {
                    return Err(format!("the value of type `{ty}`, made of its own parts,"));
                }
            }
            all.push((number, given, of));
        }
        for (number, given, of) in all {
            self.copy(&to.field(number), &given, &of)?;
        }
        Ok(())
    }

    /// What is said of the fields of a struct is checked where it is made.
    fn made(&mut self, at: &At, lowered: &Ty, ty: &ast::Ty) {
        let Some(number) = self.lowerer.made.get(&ty.to_string()) else { return };
        let cells = leaves(lowered);
        let args = cells.iter().map(|(way, ty)| Operand::Use(at.leaf(way, ty))).collect();
        let nothing = local(self.temporary(unit()));
        let next = self.reserve();
        let callee = Callee::Fn(*number, List::new());
        self.finish(Terminator::Call(nothing, callee, args, Some(next), Unwind::Terminate), None);
        self.current = next;
    }

    /// What is assigned depends on a boolean.
    fn branch(&mut self, on: Operand, to: Place, no: Rvalue, yes: Rvalue) {
        let (if_no, if_yes) = (self.reserve(), self.reserve());
        let after = self.reserve();
        let end = Terminator::SwitchInt(on, List::from([(Z::from(0), if_no)]), Some(if_yes));
        self.finish(end, None);
        for (block, value) in [(if_no, no), (if_yes, yes)] {
            self.current = block;
            self.push(to.clone(), value);
            self.finish(Terminator::Goto(after), None);
        }
        self.current = after;
    }

    fn binary(&mut self, to: Place, name: &str, a: &ast::Operand, b: &ast::Operand) -> Res<()> {
        let ((a, of), (b, of_b)) = (self.operand(a)?, self.operand(b)?);
        let unknown = || format!("the operation `{name}` on `{of}` and `{of_b}`");
        let kind = kind_of(&of).ok_or_else(unknown)?;
        if kind_of(&of_b) != Some(kind.clone()) {
            return Err(unknown());
        }
        let ty = match kind {
            Kind::Int(ty) => ty,
            Kind::Bool => {
                let (no, yes) = match name {
                    "BitAnd" => (Part::Is(false), Part::Other),
                    "BitOr" => (Part::Other, Part::Is(true)),
                    "BitXor" | "Ne" => (Part::Other, Part::NotOther),
                    "Eq" => (Part::NotOther, Part::Other),
                    "Lt" => (Part::Other, Part::Is(false)),
                    "Le" => (Part::Is(true), Part::Other),
                    "Gt" => (Part::Is(false), Part::NotOther),
                    "Ge" => (Part::NotOther, Part::Is(true)),
                    _ => return Err(unknown()),
                };
                let value = |part| match part {
                    Part::Is(value) => Rvalue::Use(Operand::Const(Constant::Bool(value))),
                    Part::Other => Rvalue::Use(b.clone()),
                    Part::NotOther => Rvalue::Not(b.clone()),
                };
                let (no, yes) = (value(no), value(yes));
                self.branch(a, to, no, yes);
                return Ok(());
            }
        };
        let value = match name {
            "Eq" => Rvalue::Rel(Rel::Eq, a, b),
            "Ne" => Rvalue::Rel(Rel::Ne, a, b),
            "Lt" => Rvalue::Rel(Rel::Lt, a, b),
            "Le" => Rvalue::Rel(Rel::Le, a, b),
            "Gt" => Rvalue::Rel(Rel::Gt, a, b),
            "Ge" => Rvalue::Rel(Rel::Ge, a, b),
            "Add" => Rvalue::Arith(ty, ArithOp::AddOp, a, b),
            "Sub" => Rvalue::Arith(ty, ArithOp::SubOp, a, b),
            "Mul" => Rvalue::Arith(ty, ArithOp::MulOp, a, b),
            "Div" => Rvalue::Arith(ty, ArithOp::QuotOp, a, b),
            "Rem" => Rvalue::Arith(ty, ArithOp::RemOp, a, b),
            "AddWithOverflow" => Rvalue::Checked(ty, ArithOp::AddOp, a, b),
            "SubWithOverflow" => Rvalue::Checked(ty, ArithOp::SubOp, a, b),
            "MulWithOverflow" => Rvalue::Checked(ty, ArithOp::MulOp, a, b),
            _ => return Err(unknown()),
        };
        self.push(to, value);
        Ok(())
    }

    fn terminator(&mut self, terminator: &ast::Terminator) -> Res<()> {
        let lowered = match terminator {
            ast::Terminator::Goto(to) => Terminator::Goto(*to),
            ast::Terminator::SwitchInt(on, targets, otherwise) => {
                let (on, ty) = self.operand(on)?;
                let value = |value: i128| match kind_of(&ty) {
                    Some(Kind::Bool) => Ok(Z::from(value)),
                    // A negative value is written as the word that holds it.
                    Some(Kind::Int(ty)) if ty.signed && bits(&ty) < 128 => {
                        let all = 1i128 << bits(&ty);
                        Ok(Z::from(if value >= all / 2 { value - all } else { value }))
                    }
                    Some(Kind::Int(_)) => Ok(Z::from(value)),
                    None => Err(format!("a branch on `{ty}`")),
                };
                let targets =
                    targets.iter().map(|(at, to)| Ok((value(*at)?, *to))).collect::<Res<_>>()?;
                Terminator::SwitchInt(on, targets, *otherwise)
            }
            ast::Terminator::Assert(on, expected, to, unwind) => {
                let (on, _) = self.operand(on)?;
                Terminator::Assert(on, *expected, *to, unwinding(*unwind))
            }
            ast::Terminator::Return => {
                self.give_back();
                Terminator::Return
            }
            ast::Terminator::Resume => Terminator::Resume,
            ast::Terminator::Terminate => Terminator::Terminate,
            ast::Terminator::Unreachable => Terminator::Unreachable,
            // The compiler writes it only where something is done.
            ast::Terminator::Drop(place, ..) => {
                let ty = type_at(self.body, place);
                let of = ty.map_or_else(|| place.to_string(), |ty| ty.to_string());
                return Err(format!("the drop of a value of type `{of}`"));
            }
            ast::Terminator::Call { destination, callee, arguments, target, unwind } => {
                let path = match callee {
                    ast::Callee::Path(path) => path,
                    ast::Callee::Pointer(_) => return Err("a call of a function value".to_owned()),
                };
                let mut args = Vec::new();
                let mut types = Vec::new();
                for argument in arguments {
                    self.unguarded(&ast::Rvalue::Use(argument.clone()))?;
                    let known = self.given(argument);
                    let (given, ty) = known.map_err(|_| format!("a call of `{path}`"))?;
                    args.extend(self.cells_of(&given, &ty)?);
                    types.push(ty);
                }
                let (to, ty) =
                    self.place(destination).map_err(|_| format!("a call of `{path}`"))?;
                let number = self.lowerer.callee(path, &types, &ty)?;
                let lowered = self.lowerer.ty(&ty)?;
                let target = match target {
                    Some(target) => *target,
                    None => self.never(),
                };
                let callee = Callee::Fn(number, List::new());
                let unwind = unwinding(*unwind);
                let cells = leaves(&lowered);
                match cells.as_slice() {
                    [] => {
                        let own = to.whole().filter(|_| to.fields.is_empty());
                        let to = own.unwrap_or_else(|| local(self.temporary(unit())));
                        Terminator::Call(to, callee, args.into(), Some(target), unwind)
                    }
                    [(way, ty)] => {
                        let to = to.leaf(way, ty);
                        Terminator::Call(to, callee, args.into(), Some(target), unwind)
                    }
                    _ => {
                        let result = At::of(self.temporary(lowered));
                        let next = self.reserve();
                        for (way, ty) in &cells {
                            let place = result.leaf(way, ty);
                            let some = match ty {
                                Ty::Int(ty) => Constant::Int(ty.clone(), Z::from(0)),
                                Ty::Bool => Constant::Bool(false),
                                _ => return Err(format!("a call of `{path}`")),
                            };
                            self.push(place.clone(), Rvalue::Use(Operand::Const(some)));
                            let address = local(self.temporary(Ty::Ptr));
                            self.push(address.clone(), Rvalue::Ref(place));
                            args.push(Operand::Use(address));
                        }
                        let nothing = local(self.temporary(unit()));
                        let call =
                            Terminator::Call(nothing, callee, args.into(), Some(next), unwind);
                        self.finish(call, None);
                        self.current = next;
                        for (way, ty) in &cells {
                            let value = Rvalue::Use(Operand::Use(result.leaf(way, ty)));
                            self.push(to.leaf(way, ty), value);
                        }
                        Terminator::Goto(target)
                    }
                }
            }
            ast::Terminator::Other(text) => return Err(format!("the terminator `{text}`")),
        };
        self.finish(lowered, None);
        Ok(())
    }
}

/// A path without arguments.
fn named(path: &str) -> ast::Ty {
    let segment =
        |name: &str| ast::Segment { name: Name::Ident(name.to_owned()), args: Vec::new() };
    ast::Ty::Path(ast::Path { qself: None, segments: path.split("::").map(segment).collect() })
}

/// What is copied cell by cell is not made of itself.
fn apart(to: &At, from: &At, ty: &Ty) -> Res<()> {
    if to.local == from.local && cells(ty) > 1 {
        return Err("a copy of several cells within one local".to_owned());
    }
    Ok(())
}

fn unwinding(unwind: ast::Unwind) -> Unwind {
    match unwind {
        ast::Unwind::Continue => Unwind::Continue,
        ast::Unwind::Unreachable => Unwind::Unreachable,
        ast::Unwind::Terminate => Unwind::Terminate,
        ast::Unwind::Cleanup(block) => Unwind::Cleanup(block),
    }
}
