//! From the syntax tree to the program of `theories/mir/mir.v`: which items the paths
//! mean, which types and constants have a meaning, which functions are called.
//!
//! A function is translated with all that it needs, or refused with the first reason.

use crate::ast::{self, Const, Dump, Name, Path, Position, Statement};
use crate::library;
use crate::model::{
    Adt, Arithmetic, Assign, Body, Callee, Constant, Function, Int, LibEnum, Operand, Place,
    Program, Projection, Relation, Rvalue, Shape, Terminator, Ty, Unwind,
};
use crate::rustdoc::{self, Docs, Generic, Kind};
use std::collections::BTreeMap;
use std::fmt;

/// Why a function is not translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The body could not be read.
    Unreadable(String),
    /// A type has no layout here.
    Type(String),
    /// A part of a place has no meaning here.
    Place(String),
    /// A constant has no meaning here.
    Constant(String),
    /// A right-hand side has no meaning here.
    Operation(String),
    /// A statement or a terminator has no meaning here.
    Statement(String),
    /// A function that is called is neither the crate's nor in the library's table.
    Callee(String),
    /// It is not clear which item is meant.
    Item(String),
    /// The function calls itself, by itself or through others.
    Recursion,
    /// It needs a function that is refused.
    Needs(String, Box<Reason>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Unreadable(why) => write!(f, "its MIR is not read: {why}"),
            Reason::Type(what) => write!(f, "the type `{what}`"),
            Reason::Place(what) => write!(f, "the place `{what}`"),
            Reason::Constant(what) => write!(f, "the constant `{what}`"),
            Reason::Operation(what) => write!(f, "the operation `{what}`"),
            Reason::Statement(what) => write!(f, "the statement `{what}`"),
            Reason::Callee(what) => write!(f, "calls `{what}`"),
            Reason::Item(what) => write!(f, "{what}"),
            Reason::Recursion => write!(f, "calls itself"),
            Reason::Needs(function, why) => write!(f, "needs `{function}`: {why}"),
        }
    }
}

/// A function that is not translated, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its path.
    pub function: String,
    /// The block and the line of the dump, if one of its lines is the reason.
    pub place: Option<(usize, u32)>,
    /// The first reason.
    pub reason: Reason,
    /// All reasons that its own lines give, the first one among them.
    pub causes: Vec<Cause>,
}

/// One reason why a function is not translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The block and the line of the dump, if one of its lines is the reason.
    pub place: Option<(usize, u32)>,
    /// The reason.
    pub reason: Reason,
    /// If it is that a function of the crate is refused: the line of the dump where that
    /// function's body begins.
    pub callee: Option<u32>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.function)?;
        if let Some((block, line)) = self.place {
            write!(f, ", bb{block} (line {line})")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for Refusal {}

/// What became of the functions that were asked for.
#[derive(Clone, Debug, Default)]
pub struct Translation {
    /// The program: those that are translated, and what they need.
    pub program: Program,
    /// All that were asked for, by path; the number in the program, or the refusal.
    pub functions: Vec<(String, Result<usize, Refusal>)>,
    /// For each of them, the line of the dump where its body begins.
    pub lines: Vec<u32>,
}

/// `ty_depth` in `mir.v`.
const TYPE_DEPTH: usize = 24;

/// What can be the name of a function in Rust, and not in Coq.
const RESERVED: [&str; 13] = [
    "at", "by", "cofix", "end", "exists", "fix", "forall", "fun", "return", "then", "using",
    "with", "IF",
];

type Res<T> = Result<T, Reason>;

/// A body's name in the crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    /// Of an `impl` that begins there; what follows in the path.
    Impl(Position, String),
    Free(String),
}

enum State {
    InProgress,
    Done(usize),
    Refused(Refusal),
}

/// What a type of the program is made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Adt(usize),
    Closure(String),
}

struct Translator<'a> {
    docs: &'a Docs,
    bodies: Vec<&'a ast::Body>,
    by_key: BTreeMap<Key, usize>,
    /// By its name, which closure's body it is.
    closures: BTreeMap<String, usize>,
    states: BTreeMap<usize, State>,
    origins: Vec<Origin>,
    /// Those of the types that have no layout, and why.
    no_layout: BTreeMap<usize, Reason>,
    program: Program,
    /// The body that was refused last.
    refused: Option<usize>,
}

/// What is known inside of one body.
struct Scope<'a> {
    body: &'a ast::Body,
    generics: Vec<Generic>,
    callees: Vec<usize>,
}

fn rest(segments: &[ast::Segment]) -> String {
    let names: Vec<String> = segments
        .iter()
        .map(|segment| match &segment.name {
            Name::Ident(name) => name.clone(),
            other => ast::Segment { name: other.clone(), args: Vec::new() }.to_string(),
        })
        .collect();
    names.join("::")
}

pub(crate) fn key(path: &Path) -> Key {
    // Of one that is inside of a method of another the last.
    let of_impl = path.segments.iter().rposition(|segment| matches!(segment.name, Name::ImplAt(_)));
    if let Some(at) = of_impl {
        if let Name::ImplAt(position) = &path.segments[at].name {
            return Key::Impl(position.clone(), rest(&path.segments[at + 1..]));
        }
    }
    Key::Free(rest(&path.segments))
}

/// Whether the path ends as the other does.
fn ends(long: &[String], short: &[&str]) -> bool {
    long.len() >= short.len()
        && long[long.len() - short.len()..].iter().zip(short).all(|(a, b)| a == b)
}

fn simple(name: &str) -> ast::Ty {
    let segment = ast::Segment { name: Name::Ident(name.to_owned()), args: Vec::new() };
    ast::Ty::Path(Path { qself: None, segments: vec![segment] })
}

/// The type arguments of a path's last segment that has some.
fn type_args(path: &Path) -> Res<Vec<ast::Ty>> {
    let Some(last) = path.segments.last() else { return Ok(Vec::new()) };
    let all = last.args.iter().cloned().collect::<Option<Vec<_>>>();
    all.ok_or_else(|| Reason::Type(format!("{path}, which has an argument that is no type")))
}

/// The type that a path to an associated item names, and what follows.
fn of_type(path: &Path, segments: usize) -> Path {
    Path { qself: None, segments: path.segments[..segments].to_vec() }
}

impl<'a> Translator<'a> {
    fn new(dump: &'a Dump, docs: &'a Docs) -> Self {
        let bodies: Vec<&ast::Body> = dump
            .bodies
            .iter()
            .filter(|body| body.kind != ast::Kind::Fn || !body.for_constants)
            .collect();
        let mut by_key = BTreeMap::new();
        let mut closures = BTreeMap::new();
        for (number, body) in bodies.iter().enumerate() {
            by_key.entry(key(&body.path)).or_insert(number);
            let nameless = body.path.segments.last().map(|segment| &segment.name);
            if let (Some(Name::Nameless(_)), Some(Some(env))) = (nameless, body.locals.get(1)) {
                let closure = match env {
                    ast::Ty::Ref(to, _) => to,
                    env => env,
                };
                if let ast::Ty::Closure(name) = closure {
                    closures.insert(name.clone(), number);
                }
            }
        }
        Self {
            docs,
            bodies,
            by_key,
            closures,
            states: BTreeMap::new(),
            origins: Vec::new(),
            no_layout: BTreeMap::new(),
            program: Program::default(),
            refused: None,
        }
    }

    // ----- items

    /// The struct or enum of the crate that a path means.
    fn adt_of(&self, path: &[&str]) -> Res<Option<usize>> {
        if path.len() > 1 && matches!(path[0], "core" | "alloc" | "std") {
            return Ok(None);
        }
        let found: Vec<usize> = (0..self.docs.adts.len())
            .filter(|&number| ends(&self.docs.adts[number].path, path))
            .collect();
        match found[..] {
            [] => Ok(None),
            [number] => Ok(Some(number)),
            _ => Err(Reason::Item(format!("`{}` names several types", path.join("::")))),
        }
    }

    /// Who a body belongs to, in words and as a name in Coq.
    fn names(&self, body: &ast::Body) -> (String, String) {
        let last = |ty: &ast::Ty| match ty {
            ast::Ty::Path(path) => path.idents().last().copied().unwrap_or("_").to_owned(),
            other => other.to_string(),
        };
        let (title, name) = match key(&body.path) {
            Key::Impl(at, rest) => match self.impl_at(&at, &rest) {
                Some(of) => {
                    let ty = match &of.ty {
                        ast::Ty::Path(path) => path.idents().join("::"),
                        other => other.to_string(),
                    };
                    let title = match &of.of_trait {
                        Some(of_trait) => format!("<{ty} as {of_trait}>::{rest}"),
                        None => format!("{ty}::{rest}"),
                    };
                    (title, format!("{}_{rest}", last(&of.ty)))
                }
                None => (body.path.to_string(), rest),
            },
            Key::Free(path) => match self.free(&path.split("::").collect::<Vec<_>>()) {
                Some(full) => (full.0.join("::"), path.clone()),
                None => (path.clone(), path.clone()),
            },
        };
        let letters: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let parts: Vec<&str> = letters.split('_').collect();
        // Doubled underscores come from `::`; a leading one is kept.
        let name = parts
            .iter()
            .enumerate()
            .filter(|(at, part)| *at == 0 || !part.is_empty())
            .map(|(_, part)| *part)
            .collect::<Vec<_>>()
            .join("_");
        let name = if RESERVED.contains(&name.as_str()) { format!("{name}_fn") } else { name };
        (title, name)
    }

    /// The `impl` that begins there and has the item. A `derive` makes several in one place.
    fn impl_at(&self, at: &Position, rest: &str) -> Option<&'a rustdoc::Impl> {
        let name = rest.split("::").next().unwrap_or_default();
        self.docs.impls.iter().find(|known| known.at == *at && known.items.contains_key(name))
    }

    /// The function or constant outside of `impl`s with this path, if there is one only.
    fn free(&self, path: &[&str]) -> Option<&'a (Vec<String>, Vec<Generic>)> {
        // A closure or a constant in it has the function's parameters.
        let own: Vec<&str> =
            path.iter().copied().take_while(|name| !name.starts_with('{')).collect();
        let mut found = self.docs.free.iter().filter(|(known, _)| ends(known, &own));
        match (found.next(), found.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    }

    /// The type parameters of a body, as those who call it count them.
    fn generics(&self, body: &ast::Body) -> Res<Vec<Generic>> {
        match key(&body.path) {
            Key::Impl(at, rest) => {
                let of = self.impl_at(&at, &rest).ok_or_else(|| {
                    Reason::Item(format!("`{rest}` is of no impl that rustdoc lists"))
                })?;
                let name = rest.split("::").next().unwrap_or_default();
                let own = of.items.get(name).cloned().unwrap_or_default();
                Ok(of.generics.iter().cloned().chain(own).collect())
            }
            Key::Free(path) => match self.free(&path.split("::").collect::<Vec<_>>()) {
                Some((_, generics)) => Ok(generics.clone()),
                None => Err(Reason::Item(format!("`{path}` is no function outside of traits"))),
            },
        }
    }

    /// Among the `impl`s, the item of this name of the type, of the trait or of none; and
    /// the arguments of the `impl`.
    fn associated(
        &mut self,
        ty: &Ty,
        adt: usize,
        of_trait: Option<&str>,
        name: &str,
    ) -> Res<Option<(Position, Vec<Ty>)>> {
        let docs = self.docs;
        let mut found = Vec::new();
        for of in &docs.impls {
            if of.of_trait.as_deref() != of_trait || !of.items.contains_key(name) {
                continue;
            }
            let ast::Ty::Path(path) = &of.ty else { continue };
            if self.adt_of(&path.idents())? != Some(adt) {
                continue;
            }
            let Ok(pattern) = self.ty(&of.ty, &of.generics) else { continue };
            let mut args = vec![None; of.generics.len()];
            if pattern.matches(ty, &mut args) {
                if let Some(args) = args.into_iter().collect::<Option<Vec<Ty>>>() {
                    found.push((of.at.clone(), args));
                }
            }
        }
        match found.len() {
            0 => Ok(None),
            1 => Ok(found.pop()),
            _ => Err(Reason::Item(format!("several impls have a `{name}` for the type"))),
        }
    }

    /// The body that a path to an item of the crate means, with type arguments.
    fn item(&mut self, path: &Path, scope: &Scope<'_>) -> Res<Option<(usize, Vec<Ty>)>> {
        let of_impl = |this: &Self, found: Option<(Position, Vec<Ty>)>, rest: String| {
            Ok(found.and_then(|(at, args)| {
                this.by_key.get(&Key::Impl(at, rest)).map(|&number| (number, args))
            }))
        };
        if let Some(qself) = &path.qself {
            let (ast::Ty::Path(ty_path), Some(of_trait)) = (&qself.ty, &qself.as_trait) else {
                return Ok(None);
            };
            let Some(adt) = self.adt_of(&ty_path.idents())? else { return Ok(None) };
            let ty = self.ty(&qself.ty, &scope.generics)?;
            let name = rest(&path.segments);
            let of_trait = of_trait.idents().last().copied();
            let found = self.associated(&ty, adt, of_trait, &name)?;
            let Some((number, mut args)) = of_impl(self, found, name)? else { return Ok(None) };
            args.extend(self.tys(&type_args(path)?, &scope.generics)?);
            return Ok(Some((number, args)));
        }
        // A type, then a name and what is in it.
        for split in (1..path.segments.len()).rev() {
            let ty_path = of_type(path, split);
            if ty_path.segments.iter().any(|segment| !matches!(segment.name, Name::Ident(_))) {
                continue;
            }
            let Some(adt) = self.adt_of(&ty_path.idents())? else { continue };
            let ty = self.ty(&ast::Ty::Path(ty_path), &scope.generics)?;
            let name = rest(&path.segments[split..=split]);
            let found = self.associated(&ty, adt, None, &name)?;
            let Some((number, mut args)) = of_impl(self, found, rest(&path.segments[split..]))?
            else {
                return Ok(None);
            };
            let own = type_args(&of_type(path, split + 1))?;
            args.extend(self.tys(&own, &scope.generics)?);
            return Ok(Some((number, args)));
        }
        let idents = path.idents();
        if idents.len() == path.segments.len() && !matches!(idents[0], "core" | "alloc" | "std") {
            let known: Vec<usize> = self
                .by_key
                .iter()
                .filter(|(key, _)| match key {
                    Key::Free(name) => {
                        let name: Vec<String> = name.split("::").map(str::to_owned).collect();
                        let short: Vec<&str> = name.iter().map(String::as_str).collect();
                        let long: Vec<String> =
                            idents.iter().map(|part| (*part).to_owned()).collect();
                        ends(&name, &idents) || ends(&long, &short)
                    }
                    Key::Impl(..) => false,
                })
                .map(|(_, number)| *number)
                .collect();
            if let [number] = known[..] {
                let args = self.tys(&type_args(path)?, &scope.generics)?;
                return Ok(Some((number, args)));
            }
        }
        Ok(None)
    }

    // ----- types

    fn tys(&mut self, types: &[ast::Ty], generics: &[Generic]) -> Res<Vec<Ty>> {
        types.iter().map(|ty| self.ty(ty, generics)).collect()
    }

    fn param(ty: &ast::Ty, generics: &[Generic]) -> Option<usize> {
        let name = match ty {
            ast::Ty::Path(path) if path.segments.len() == 1 && path.qself.is_none() => {
                path.idents().first().copied().map(str::to_owned)?
            }
            ast::Ty::Impl(text) => text.clone(),
            _ => return None,
        };
        generics.iter().position(|generic| generic.name == name)
    }

    /// A pointer to the type.
    fn pointer(&mut self, to: &ast::Ty, generics: &[Generic]) -> Res<Ty> {
        match to {
            ast::Ty::Slice(_) | ast::Ty::Dyn(_) => Ok(Ty::Fat),
            ast::Ty::Path(path) => {
                if let Some(number) = Self::param(to, generics) {
                    return if generics[number].maybe_unsized {
                        Err(Reason::Type(format!("&{to}, where `{to}` may be unsized")))
                    } else {
                        Ok(Ty::Ptr)
                    };
                }
                let idents = path.idents();
                if idents == ["str"] {
                    return Ok(Ty::Fat);
                }
                if path.qself.is_some() {
                    return Err(Reason::Type(to.to_string()));
                }
                let transparent = ["Cell", "UnsafeCell", "ManuallyDrop", "MaybeUninit"];
                let last = idents.last().copied().unwrap_or_default();
                if self.adt_of(&idents)?.is_none() && transparent.contains(&last) {
                    if let [inner] = &type_args(path)?[..] {
                        return self.pointer(inner, generics);
                    }
                }
                Ok(Ty::Ptr)
            }
            _ => Ok(Ty::Ptr),
        }
    }

    fn ty(&mut self, ty: &ast::Ty, generics: &[Generic]) -> Res<Ty> {
        let refused = || Err(Reason::Type(ty.to_string()));
        if let Some(number) = Self::param(ty, generics) {
            return Ok(Ty::Param(number));
        }
        match ty {
            ast::Ty::Path(path) => self.path_ty(path, generics),
            ast::Ty::Ref(to, _) | ast::Ty::Ptr(to) => self.pointer(to, generics),
            ast::Ty::Tuple(items) => Ok(Ty::Tuple(self.tys(items, generics)?)),
            ast::Ty::Array(item, length) => {
                let digits = length.trim_end_matches("usize").trim_end_matches('_');
                match digits.parse::<usize>() {
                    Ok(length) if length <= 64 => {
                        Ok(Ty::Tuple(vec![self.ty(item, generics)?; length]))
                    }
                    _ => refused(),
                }
            }
            ast::Ty::Never => Ok(Ty::Tuple(Vec::new())),
            // A pointer that is called; the type of one function cannot be told from it.
            ast::Ty::Fn(text) if !text.contains('{') => Ok(Ty::Ptr),
            ast::Ty::Closure(name) => {
                let own = (0..generics.len()).map(Ty::Param).collect();
                Ok(Ty::Adt(self.number_of(Origin::Closure(name.clone()))?, own))
            }
            ast::Ty::Fn(_) | ast::Ty::Slice(_) | ast::Ty::Impl(_) | ast::Ty::Dyn(_) => refused(),
        }
    }

    fn path_ty(&mut self, path: &Path, generics: &[Generic]) -> Res<Ty> {
        let refused = || Err(Reason::Type(path.to_string()));
        let idents = path.idents();
        if path.qself.is_some() || idents.len() != path.segments.len() {
            return refused();
        }
        if let [name] = idents[..] {
            if let Some(int) = Int::named(name) {
                return Ok(Ty::Int(int));
            }
            if name == "bool" {
                return Ok(Ty::Bool);
            }
        }
        let written = type_args(path)?;
        if let Some(adt) = self.adt_of(&idents)? {
            let number = self.number_of(Origin::Adt(adt))?;
            let args = self.tys(&written, generics)?;
            if args.len() != self.docs.adts[adt].generics.len() {
                return refused();
            }
            return Ok(Ty::Adt(number, args));
        }
        // A type that has another name, without parameters.
        let mut named = self.docs.aliases.iter().filter(|(known, ..)| ends(known, &idents));
        if let (Some((_, params, ty)), None) = (named.next(), named.next())
            && params.is_empty()
            && written.is_empty()
        {
            let ty = ty.clone();
            return self.ty(&ty, &[]);
        }
        if let Some(of) = library::library_enum(&idents) {
            return Ok(Ty::LibEnum(of, self.tys(&written, generics)?));
        }
        let last = idents.last().copied().unwrap_or_default();
        match (last, &written[..]) {
            ("NonNull", [to]) => self.pointer(to, generics),
            ("Box", [of]) => match self.pointer(of, generics)? {
                Ty::Ptr => Ok(Ty::Box(Box::new(self.ty(of, generics)?))),
                _ => refused(),
            },
            ("Cell" | "UnsafeCell" | "NonZero" | "Pin", [of]) => {
                Ok(Ty::Tuple(vec![self.ty(of, generics)?]))
            }
            ("ManuallyDrop" | "MaybeUninit", [of]) => {
                Ok(Ty::NoDrop(Box::new(self.ty(of, generics)?)))
            }
            ("PhantomData", [_]) | ("PhantomPinned" | "Infallible" | "Arguments", []) => {
                Ok(Ty::Tuple(Vec::new()))
            }
            ("Layout", []) => Ok(Ty::Int(Int("usize"))),
            (atomic, []) if atomic.starts_with("Atomic") => {
                let int = atomic["Atomic".len()..].to_lowercase();
                Int::named(&int).map_or_else(refused, |int| Ok(Ty::Tuple(vec![Ty::Int(int)])))
            }
            _ => refused(),
        }
    }

    /// The number of a type of the program, which is added to it if it is new.
    fn number_of(&mut self, origin: Origin) -> Res<usize> {
        if let Some(number) = self.origins.iter().position(|known| *known == origin) {
            return match self.no_layout.get(&number) {
                Some(reason) => Err(reason.clone()),
                None => Ok(number),
            };
        }
        let number = self.origins.len();
        self.origins.push(origin.clone());
        let name = match &origin {
            Origin::Adt(adt) => self.docs.adts[*adt].path.join("::"),
            Origin::Closure(name) => {
                let body = self.closures.get(name).map(|&body| self.names(self.bodies[body]).0);
                body.unwrap_or_else(|| "closure".to_owned())
            }
        };
        // Until it is known.
        let shape = Shape::Struct(Vec::new());
        self.program.adts.push(Adt { name, shape, drop: None, call: None });
        match self.shape_of(&origin) {
            Ok(shape) => {
                self.program.adts[number].shape = shape;
                Ok(number)
            }
            Err(reason) => {
                self.no_layout.insert(number, reason.clone());
                Err(reason)
            }
        }
    }

    /// Whether the type nests no deeper than that; the content of a `Box` is part of it, as
    /// it is dropped with it. So no type that contains itself does.
    fn nests(&self, ty: &Ty, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        match ty {
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Fat | Ty::Param(_) => true,
            Ty::Box(of) | Ty::NoDrop(of) => self.nests(of, depth),
            Ty::Tuple(items) | Ty::LibEnum(_, items) => {
                items.iter().all(|item| self.nests(item, depth))
            }
            Ty::Adt(number, args) => match &self.program.adts[*number].shape {
                Shape::Struct(fields) => {
                    fields.iter().all(|field| self.nests(&field.substitute(args), depth))
                }
                Shape::Enum(variants) => variants
                    .iter()
                    .flatten()
                    .all(|field| self.nests(&field.substitute(args), depth)),
            },
        }
    }

    /// Whether dropping a value of the type does something.
    fn needs_drop(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Fat | Ty::NoDrop(_) => false,
            Ty::Param(_) | Ty::Box(_) => true,
            Ty::Tuple(items) | Ty::LibEnum(_, items) => {
                items.iter().any(|item| self.needs_drop(item))
            }
            Ty::Adt(number, args) => {
                let field = |field: &Ty| self.needs_drop(&field.substitute(args));
                self.drop_body(*number).is_some()
                    || match &self.program.adts[*number].shape {
                        Shape::Struct(fields) => fields.iter().any(field),
                        Shape::Enum(variants) => variants.iter().flatten().any(field),
                    }
            }
        }
    }

    fn shape_of(&mut self, origin: &Origin) -> Res<Shape> {
        match origin {
            Origin::Adt(adt) => {
                let docs = self.docs;
                let adt = &docs.adts[*adt];
                let mut fields = |fields: &[(String, ast::Ty)]| {
                    fields.iter().map(|(_, ty)| self.ty(ty, &adt.generics)).collect::<Res<Vec<_>>>()
                };
                let other =
                    |why: &str| Err(Reason::Type(format!("{}: {why}", adt.path.join("::"))));
                match &adt.kind {
                    Kind::Struct(of) => Ok(Shape::Struct(fields(of)?)),
                    Kind::Enum(_) if adt.kind.is_numbered() => {
                        other("an enum with numbers of its own")
                    }
                    Kind::Enum(variants) => Ok(Shape::Enum(
                        variants
                            .iter()
                            .map(|variant| fields(&variant.fields))
                            .collect::<Res<_>>()?,
                    )),
                    Kind::Union(_) => other("a union"),
                    Kind::Other(why) => other(why),
                }
            }
            Origin::Closure(name) => {
                let unknown = || Reason::Type(format!("{{closure@{name}}}"));
                // Where it is made says what it captures.
                for body in self.bodies.clone() {
                    for block in &body.blocks {
                        for (statement, _) in &block.statements {
                            let Statement::Assign(_, ast::Rvalue::Closure(made, captured)) =
                                statement
                            else {
                                continue;
                            };
                            if made == name {
                                // Of a variable that is captured by its parts the compiler
                                // writes the first.
                                let body_of = self.closures.get(name);
                                if body_of
                                    .is_some_and(|&of| self.bodies[of].captured > captured.len())
                                {
                                    return Err(unknown());
                                }
                                let scope = Scope {
                                    body,
                                    generics: self.generics(body)?,
                                    callees: Vec::new(),
                                };
                                let types = captured.iter().map(|operand| {
                                    let ty = self.operand_ty(operand, &scope)?;
                                    self.ty(&ty, &scope.generics)
                                });
                                return Ok(Shape::Struct(types.collect::<Res<_>>()?));
                            }
                        }
                    }
                }
                // One that captures nothing is a constant.
                if self.closures.contains_key(name) {
                    Ok(Shape::Struct(Vec::new()))
                } else {
                    Err(unknown())
                }
            }
        }
    }

    /// The functions that dropping a value of the type, or calling it, needs.
    fn require_glue(&mut self, ty: &Ty, scope: &mut Scope<'_>, seen: &mut Vec<usize>) -> Res<()> {
        match ty {
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Fat | Ty::Param(_) | Ty::NoDrop(_) => Ok(()),
            Ty::Tuple(items) | Ty::LibEnum(_, items) => {
                items.iter().try_for_each(|item| self.require_glue(item, scope, seen))
            }
            Ty::Box(of) => self.require_glue(of, scope, seen),
            Ty::Adt(number, args) => {
                args.iter().try_for_each(|arg| self.require_glue(arg, scope, seen))?;
                if seen.contains(number) {
                    return Ok(());
                }
                seen.push(*number);
                for body in [self.drop_body(*number), self.call_body(*number)].into_iter().flatten()
                {
                    let function = self.require(body)?;
                    scope.callees.push(function);
                }
                let fields: Vec<Ty> = match &self.program.adts[*number].shape {
                    Shape::Struct(fields) => fields.clone(),
                    Shape::Enum(variants) => variants.concat(),
                };
                fields.iter().try_for_each(|field| self.require_glue(field, scope, seen))
            }
        }
    }

    fn drop_body(&self, number: usize) -> Option<usize> {
        let Origin::Adt(adt) = &self.origins[number] else { return None };
        let of = self.docs.impls.iter().find(|of| {
            let ast::Ty::Path(path) = &of.ty else { return false };
            of.of_trait.as_deref() == Some("Drop")
                && matches!(self.adt_of(&path.idents()), Ok(Some(found)) if found == *adt)
        })?;
        self.by_key.get(&Key::Impl(of.at.clone(), "drop".to_owned())).copied()
    }

    fn call_body(&self, number: usize) -> Option<usize> {
        match &self.origins[number] {
            Origin::Closure(name) => self.closures.get(name).copied(),
            Origin::Adt(_) => None,
        }
    }

    // ----- places and operands

    fn local_ty(place: &ast::Place, scope: &Scope<'_>) -> Res<ast::Ty> {
        let ty = scope.body.locals.get(place.local).cloned().flatten();
        ty.ok_or_else(|| Reason::Place(format!("_{}, which has no type", place.local)))
    }

    fn place(&mut self, place: &ast::Place, scope: &Scope<'_>) -> Res<(Place, ast::Ty)> {
        let refused = || Reason::Place(place.to_string());
        let mut ty = Self::local_ty(place, scope)?;
        let mut projections = Vec::new();
        for projection in &place.projections {
            match projection {
                ast::Projection::Deref => {
                    ty = match ty {
                        ast::Ty::Ref(to, _) | ast::Ty::Ptr(to) => *to,
                        _ => return Err(refused()),
                    };
                    projections.push(Projection::Deref(self.ty(&ty, &scope.generics)?));
                }
                ast::Projection::Field(number, of) => {
                    let known = match (&ty, projections.last()) {
                        (_, Some(Projection::Variant(_))) => true,
                        (ast::Ty::Tuple(_) | ast::Ty::Closure(_), _) => true,
                        (ast::Ty::Path(path), _) => self.adt_of(&path.idents())?.is_some(),
                        _ => false,
                    };
                    if !known {
                        return Err(refused());
                    }
                    projections.push(Projection::Field(*number));
                    ty = of.clone();
                }
                ast::Projection::Variant(name) => {
                    projections.push(Projection::Variant(self.variant(&ty, name)?));
                }
                ast::Projection::Other(_) => return Err(refused()),
            }
        }
        Ok((Place { local: place.local, projections }, ty))
    }

    /// The number of the enum's variant.
    fn variant(&mut self, ty: &ast::Ty, name: &str) -> Res<usize> {
        let unknown = || Reason::Place(format!("{ty}::{name}"));
        let ast::Ty::Path(path) = ty else { return Err(unknown()) };
        let idents = path.idents();
        if let Some(adt) = self.adt_of(&idents)? {
            let Kind::Enum(variants) = &self.docs.adts[adt].kind else { return Err(unknown()) };
            return variants.iter().position(|variant| variant.name == name).ok_or_else(unknown);
        }
        let of: &LibEnum = library::library_enum(&idents).ok_or_else(unknown)?;
        of.variants.iter().position(|variant| variant.0 == name).ok_or_else(unknown)
    }

    fn operand_ty(&mut self, operand: &ast::Operand, scope: &Scope<'_>) -> Res<ast::Ty> {
        match operand {
            ast::Operand::Copy(place) | ast::Operand::Move(place) => {
                Ok(self.place(place, scope)?.1)
            }
            ast::Operand::Const(constant) => match constant {
                Const::Int(_, ty) | Const::BigInt(_, ty) => Ok(simple(ty)),
                Const::Bool(_) => Ok(simple("bool")),
                Const::Unit => Ok(ast::Ty::Tuple(Vec::new())),
                Const::Str => Ok(ast::Ty::Ref(Box::new(simple("str")), false)),
                Const::ZeroSized(ty) => Ok(ty.clone()),
                Const::Path(path) => {
                    if let Some((int, _)) = self.int_limit(path) {
                        return Ok(simple(int.0));
                    }
                    // With type arguments the type would have to be that with them.
                    let ty = match self.item(path, scope)? {
                        Some((body, args)) if args.is_empty() => {
                            self.bodies[body].locals[0].clone()
                        }
                        _ => None,
                    };
                    ty.ok_or_else(|| Reason::Constant(path.to_string()))
                }
                Const::Other(text) => Err(Reason::Constant(text.clone())),
            },
        }
    }

    /// `core::num::<impl usize>::MAX`, and its value.
    fn int_limit(&self, path: &Path) -> Option<(Int, String)> {
        let [.., of, name] = &path.segments[..] else { return None };
        let Name::ImplOf(ty) = &of.name else { return None };
        let ast::Ty::Path(ty) = &**ty else { return None };
        let int = Int::named(ty.idents().first()?)?;
        match &name.name {
            Name::Ident(name) if name == "MAX" => Some((int, int.max())),
            Name::Ident(name) if name == "MIN" => Some((int, int.min())),
            _ => None,
        }
    }

    fn constant(&mut self, constant: &Const, scope: &mut Scope<'_>) -> Res<Constant> {
        let refused = |text: String| Err(Reason::Constant(text));
        match constant {
            Const::Int(value, ty) => match Int::named(ty) {
                Some(int) => Ok(Constant::Int(int, value.to_string())),
                None => refused(format!("{value}_{ty}")),
            },
            Const::BigInt(value, ty) => match Int::named(ty) {
                Some(int) => Ok(Constant::Int(int, value.to_string())),
                None => refused(format!("{value}_{ty}")),
            },
            Const::Bool(value) => Ok(Constant::Bool(*value)),
            Const::Unit => Ok(Constant::Opaque(Ty::Tuple(Vec::new()))),
            Const::Str => Ok(Constant::Opaque(Ty::Fat)),
            Const::ZeroSized(ty) => Ok(Constant::Opaque(self.ty(ty, &scope.generics)?)),
            Const::Other(text) => refused(text.clone()),
            Const::Path(path) => {
                if let Some((int, value)) = self.int_limit(path) {
                    return Ok(Constant::Int(int, value));
                }
                if let Some(variant) = self.bare_variant(path, scope)? {
                    return Ok(variant);
                }
                match self.item(path, scope)? {
                    Some((body, args)) if self.bodies[body].kind == ast::Kind::Const => {
                        Ok(Constant::Item(self.need(body, &args, scope)?, args))
                    }
                    _ => refused(path.to_string()),
                }
            }
        }
    }

    /// `Option::<T>::None`.
    fn bare_variant(&mut self, path: &Path, scope: &Scope<'_>) -> Res<Option<Constant>> {
        let Some((Name::Ident(name), split)) =
            path.segments.last().map(|last| (&last.name, path.segments.len() - 1))
        else {
            return Ok(None);
        };
        if split == 0 {
            return Ok(None);
        }
        let of = of_type(path, split);
        let idents = of.idents();
        let is_enum = library::library_enum(&idents).is_some()
            || self
                .adt_of(&idents)?
                .is_some_and(|adt| matches!(self.docs.adts[adt].kind, Kind::Enum(_)));
        if !is_enum {
            return Ok(None);
        }
        let ty = ast::Ty::Path(of);
        let Ok(variant) = self.variant(&ty, name) else { return Ok(None) };
        Ok(Some(Constant::Variant(self.ty(&ty, &scope.generics)?, variant)))
    }

    fn operand(&mut self, operand: &ast::Operand, scope: &mut Scope<'_>) -> Res<Operand> {
        match operand {
            ast::Operand::Copy(place) | ast::Operand::Move(place) => {
                Ok(Operand::Use(self.place(place, scope)?.0))
            }
            ast::Operand::Const(constant) => Ok(Operand::Const(self.constant(constant, scope)?)),
        }
    }

    fn operands<'b>(
        &mut self,
        operands: impl IntoIterator<Item = &'b ast::Operand>,
        scope: &mut Scope<'_>,
    ) -> Res<Vec<Operand>> {
        operands.into_iter().map(|operand| self.operand(operand, scope)).collect()
    }

    // ----- statements

    fn binary(
        &mut self,
        name: &str,
        left: &ast::Operand,
        right: &ast::Operand,
        scope: &mut Scope<'_>,
    ) -> Res<Rvalue> {
        let ty = self.operand_ty(left, scope)?;
        let operand = self.ty(&ty, &scope.generics)?;
        let refused = || Err(Reason::Operation(format!("{name} of {ty}")));
        let relation = match name {
            "Eq" => Some(Relation::Eq),
            "Ne" => Some(Relation::Ne),
            "Lt" => Some(Relation::Lt),
            "Le" => Some(Relation::Le),
            "Gt" => Some(Relation::Gt),
            "Ge" => Some(Relation::Ge),
            _ => None,
        };
        let (left, right) = (self.operand(left, scope)?, self.operand(right, scope)?);
        if let Some(relation) = relation {
            let by_address = matches!(relation, Relation::Eq | Relation::Ne);
            return match operand {
                Ty::Int(_) | Ty::Bool => Ok(Rvalue::Relation(relation, left, right)),
                Ty::Ptr if by_address => Ok(Rvalue::Relation(relation, left, right)),
                _ => refused(),
            };
        }
        let Ty::Int(int) = operand else { return refused() };
        let (name, checked) = match name.strip_suffix("WithOverflow") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let arithmetic = Arithmetic(match name {
            "Add" => "AddOp",
            "Sub" => "SubOp",
            "Mul" => "MulOp",
            "Div" => "QuotOp",
            "Rem" => "RemOp",
            "BitAnd" => "AndOp",
            "BitOr" => "OrOp",
            "BitXor" => "XorOp",
            _ => return refused(),
        });
        Ok(if checked {
            Rvalue::Checked(int, arithmetic, left, right)
        } else {
            Rvalue::Arithmetic(int, arithmetic, left, right)
        })
    }

    fn rvalue(&mut self, rvalue: &ast::Rvalue, to: &ast::Ty, scope: &mut Scope<'_>) -> Res<Rvalue> {
        match rvalue {
            ast::Rvalue::Use(operand) => Ok(Rvalue::Use(self.operand(operand, scope)?)),
            ast::Rvalue::Ref(place) => Ok(Rvalue::Ref(self.place(place, scope)?.0)),
            ast::Rvalue::Binary(name, left, right) => self.binary(name, left, right, scope),
            ast::Rvalue::Unary(name, operand) => {
                let ty = self.operand_ty(operand, scope)?;
                match (name.as_str(), self.ty(&ty, &scope.generics)?) {
                    ("Not", Ty::Bool) => Ok(Rvalue::Not(self.operand(operand, scope)?)),
                    _ => Err(Reason::Operation(format!("{name} of {ty}"))),
                }
            }
            ast::Rvalue::Discriminant(place) => {
                let (place, ty) = self.place(place, scope)?;
                match self.ty(&ty, &scope.generics)? {
                    Ty::LibEnum(..) => Ok(Rvalue::Discriminant(place)),
                    Ty::Adt(number, _)
                        if matches!(self.program.adts[number].shape, Shape::Enum(_)) =>
                    {
                        Ok(Rvalue::Discriminant(place))
                    }
                    _ => Err(Reason::Operation(format!("discriminant of {ty}"))),
                }
            }
            ast::Rvalue::Cast(operand, ty, kind) => {
                let from = self.operand_ty(operand, scope)?;
                let refused = || Err(Reason::Operation(format!("{from} as {ty} ({kind})")));
                let (source, target) =
                    (self.ty(&from, &scope.generics)?, self.ty(ty, &scope.generics)?);
                match (kind.as_str(), source, target) {
                    ("IntToInt", Ty::Int(_) | Ty::Bool, Ty::Int(int)) => {
                        Ok(Rvalue::Cast(int, self.operand(operand, scope)?))
                    }
                    ("PtrToPtr", Ty::Ptr, Ty::Ptr) | ("PtrToPtr", Ty::Fat, Ty::Fat) => {
                        Ok(Rvalue::Use(self.operand(operand, scope)?))
                    }
                    _ => refused(),
                }
            }
            ast::Rvalue::Tuple(items)
            | ast::Rvalue::Array(items)
            | ast::Rvalue::Closure(_, items) => {
                Ok(Rvalue::Aggregate(None, self.operands(items, scope)?))
            }
            ast::Rvalue::Adt(path, fields) => self.aggregate(path, fields, to, scope),
            ast::Rvalue::Other(text) => Err(Reason::Operation(text.clone())),
        }
    }

    fn aggregate(
        &mut self,
        path: &Path,
        fields: &[(Option<String>, ast::Operand)],
        to: &ast::Ty,
        scope: &mut Scope<'_>,
    ) -> Res<Rvalue> {
        let refused = || Reason::Operation(format!("{path} {{ … }}"));
        let ast::Ty::Path(ty) = to else { return Err(refused()) };
        let docs = self.docs;
        let mut declared: Option<&[(String, ast::Ty)]> = None;
        let mut variant = None;
        let name = path.idents().last().copied().unwrap_or_default();
        match self.adt_of(&ty.idents())? {
            Some(adt) => match &docs.adts[adt].kind {
                Kind::Struct(fields) => declared = Some(fields),
                Kind::Enum(variants) => {
                    let number = self.variant(to, name)?;
                    declared = Some(&variants[number].fields);
                    variant = Some(number);
                }
                Kind::Union(_) | Kind::Other(_) => return Err(refused()),
            },
            None => variant = Some(self.variant(to, name).map_err(|_| refused())?),
        }
        if let Some(declared) = declared {
            let in_order = declared.len() == fields.len()
                && declared.iter().zip(fields).all(|((declared, _), (given, _))| {
                    given.as_ref().is_none_or(|given| given == declared)
                });
            if !in_order {
                return Err(refused());
            }
        }
        Ok(Rvalue::Aggregate(variant, self.operands(fields.iter().map(|field| &field.1), scope)?))
    }

    fn statement(&mut self, statement: &Statement, scope: &mut Scope<'_>) -> Res<Option<Assign>> {
        match statement {
            Statement::Nothing => Ok(None),
            Statement::Other(text) => Err(Reason::Statement(text.clone())),
            Statement::Assign(place, rvalue) => {
                let (target, ty) = self.place(place, scope)?;
                Ok(Some(Assign(target, self.rvalue(rvalue, &ty, scope)?)))
            }
        }
    }

    // ----- calls

    /// The number of a function, which is translated first if it has not been.
    fn require(&mut self, body: usize) -> Res<usize> {
        self.function(body).map_err(|refusal| {
            self.refused = Some(body);
            match refusal.reason {
                // The first in a chain is the one that says something.
                Reason::Needs(function, why) => Reason::Needs(function, why),
                why => Reason::Needs(refusal.function, Box::new(why)),
            }
        })
    }

    /// Likewise, as a callee with these type arguments.
    fn need(&mut self, body: usize, args: &[Ty], scope: &mut Scope<'_>) -> Res<usize> {
        let expected = self.generics(self.bodies[body])?.len();
        if expected != args.len() {
            let name = self.names(self.bodies[body]).0;
            return Err(Reason::Item(format!(
                "`{name}` has {expected} type parameters, and {} arguments here",
                args.len()
            )));
        }
        let number = self.require(body)?;
        scope.callees.push(number);
        for arg in args {
            self.fits(arg)?;
            self.require_glue(arg, scope, &mut Vec::new())?;
        }
        Ok(number)
    }

    /// Refuses a type that nests deeper than the functions in Coq look.
    fn fits(&self, ty: &Ty) -> Res<()> {
        if self.nests(ty, TYPE_DEPTH) {
            Ok(())
        } else {
            Err(Reason::Type("one that contains itself or is nested too deep".to_owned()))
        }
    }

    fn callee(&mut self, path: &Path, scope: &mut Scope<'_>) -> Res<Callee> {
        if let Some((body, args)) = self.item(path, scope)? {
            return Ok(Callee::Fn(self.need(body, &args, scope)?, args));
        }
        let Some((name, args)) = library::function(path) else {
            return Err(Reason::Callee(path.to_string()));
        };
        let args = self.tys(&args, &scope.generics)?;
        for arg in &args {
            self.fits(arg)?;
            // Some entries drop or call; for the others it does no harm.
            self.require_glue(arg, scope, &mut Vec::new())?;
        }
        if library::never_drops(name).iter().any(|&number| self.needs_drop(&args[number])) {
            return Err(Reason::Callee(format!("{path}, for a type that is dropped")));
        }
        Ok(Callee::Lib(name, args))
    }

    fn call(
        &mut self,
        destination: &ast::Place,
        path: &Path,
        arguments: &[ast::Operand],
        target: Option<usize>,
        unwind: Unwind,
        scope: &mut Scope<'_>,
    ) -> Res<(Option<Assign>, Terminator)> {
        let (place, _) = self.place(destination, scope)?;
        let constant = self.docs.constant(path);
        let (path, arguments) = match &constant {
            Some((path, arguments)) => (path, &arguments[..]),
            None => (path, arguments),
        };
        if path.idents() == ["offset_of"] {
            let [ty] = &type_args(path)?[..] else { return Err(Reason::Callee(path.to_string())) };
            let (
                [ast::Operand::Const(Const::Int(0, _)), ast::Operand::Const(Const::Int(field, _))],
                Some(target),
            ) = (arguments, target)
            else {
                return Err(Reason::Callee(path.to_string()));
            };
            let ty = self.ty(ty, &scope.generics)?;
            let field = usize::try_from(*field).map_err(|_| Reason::Callee(path.to_string()))?;
            let offset = Rvalue::Use(Operand::Const(Constant::Offset(ty, field)));
            return Ok((Some(Assign(place, offset)), Terminator::Goto(target)));
        }
        let callee = self.callee(path, scope)?;
        let arguments = self.operands(arguments, scope)?;
        Ok((None, Terminator::Call(place, callee, arguments, target, unwind)))
    }

    fn terminator(
        &mut self,
        terminator: &ast::Terminator,
        scope: &mut Scope<'_>,
    ) -> Res<(Option<Assign>, Terminator)> {
        let end = match terminator {
            ast::Terminator::Goto(target) => Terminator::Goto(*target),
            ast::Terminator::SwitchInt(operand, cases, otherwise) => {
                let int = match self.operand_ty(operand, scope) {
                    Ok(ast::Ty::Path(path)) => Int::named(&path.to_string()),
                    _ => None,
                };
                let cases = int.map_or_else(|| cases.clone(), |int| int.cases(cases));
                Terminator::Switch(self.operand(operand, scope)?, cases, *otherwise)
            }
            ast::Terminator::Call { destination, callee, arguments, target, unwind } => {
                match callee {
                    ast::Callee::Path(path) => {
                        return self.call(destination, path, arguments, *target, *unwind, scope);
                    }
                    ast::Callee::Pointer(_) => {
                        return Err(Reason::Callee("a function pointer".to_owned()));
                    }
                }
            }
            ast::Terminator::Drop(place, target, unwind) => {
                let (place, ty) = self.place(place, scope)?;
                let ty = self.ty(&ty, &scope.generics)?;
                self.require_glue(&ty, scope, &mut Vec::new())?;
                Terminator::Drop(place, *target, *unwind)
            }
            ast::Terminator::Assert(operand, expected, target, unwind) => {
                Terminator::Assert(self.operand(operand, scope)?, *expected, *target, *unwind)
            }
            ast::Terminator::Return => Terminator::Return,
            ast::Terminator::Resume => Terminator::Resume,
            ast::Terminator::Terminate => Terminator::Terminate,
            ast::Terminator::Unreachable => Terminator::Unreachable,
            ast::Terminator::Other(text) => return Err(Reason::Statement(text.clone())),
        };
        Ok((None, end))
    }

    // ----- functions

    /// The number of a function in the program.
    fn function(&mut self, number: usize) -> Result<usize, Refusal> {
        let body = self.bodies[number];
        let (title, name) = self.names(body);
        match self.states.get(&number) {
            Some(State::Done(number)) => return Ok(*number),
            Some(State::Refused(refusal)) => return Err(refusal.clone()),
            Some(State::InProgress) => {
                let reason = Reason::Recursion;
                return Err(Refusal { function: title, place: None, reason, causes: Vec::new() });
            }
            None => {}
        }
        self.states.insert(number, State::InProgress);
        let (state, result) = match self.body(body) {
            Ok((translated, callees, generics)) => {
                let place = self.program.functions.len();
                let params = param_names(&generics);
                let taken = |name: &str, functions: &[Function]| {
                    functions.iter().any(|function| function.name == name)
                };
                let mut name = name;
                while taken(&name, &self.program.functions) {
                    name.push('_');
                }
                self.program.functions.push(Function {
                    name,
                    title,
                    params,
                    body: translated,
                    callees,
                });
                (State::Done(place), Ok(place))
            }
            Err(causes) => {
                let (place, reason) = match causes.first() {
                    Some(first) => (first.place, first.reason.clone()),
                    None => (None, Reason::Item("no reason".to_owned())),
                };
                let refusal = Refusal { function: title, place, reason, causes };
                (State::Refused(refusal.clone()), Err(refusal))
            }
        };
        self.states.insert(number, state);
        result
    }

    /// The body, the functions that it calls, and its type parameters; or all reasons why
    /// there is none, for which it is read to the end.
    fn body(
        &mut self,
        body: &'a ast::Body,
    ) -> Result<(Body, Vec<usize>, Vec<Generic>), Vec<Cause>> {
        let mut causes: Vec<Cause> = Vec::new();
        let generics = match self.generics(body) {
            Ok(generics) => generics,
            Err(reason) => return Err(vec![Cause { place: None, reason, callee: None }]),
        };
        let mut scope = Scope { body, generics, callees: Vec::new() };
        let mut blocks = Vec::new();
        for (number, block) in body.blocks.iter().enumerate() {
            let mut statements = Vec::new();
            for (statement, line) in &block.statements {
                self.refused = None;
                match self.statement(statement, &mut scope) {
                    Ok(assign) => statements.extend(assign),
                    Err(reason) => causes.push(self.cause(Some((number, *line)), reason)),
                }
            }
            let (terminator, line) = &block.terminator;
            self.refused = None;
            match self.terminator(terminator, &mut scope) {
                Ok((last, end)) => {
                    statements.extend(last);
                    blocks.push((statements, end));
                }
                Err(reason) => causes.push(self.cause(Some((number, *line)), reason)),
            }
        }
        // The type of a local that is nowhere used does not matter; where a line is refused,
        // it is not known which locals it uses, and the types in it are reason enough.
        let used = used_locals(&blocks);
        let mut locals = Vec::new();
        for (number, ty) in body.locals.iter().enumerate() {
            locals.push(match ty {
                Some(ty) if number <= body.arguments || used.contains(&number) => {
                    let own = self.ty(ty, &scope.generics);
                    match own.and_then(|ty| self.fits(&ty).map(|()| ty)) {
                        Ok(ty) => ty,
                        Err(reason) => {
                            if !causes.iter().any(|known| known.reason == reason) {
                                causes.push(Cause { place: None, reason, callee: None });
                            }
                            Ty::Tuple(Vec::new())
                        }
                    }
                }
                _ => Ty::Tuple(Vec::new()),
            });
        }
        if !causes.is_empty() {
            return Err(causes);
        }
        let mut callees = scope.callees;
        callees.sort_unstable();
        callees.dedup();
        Ok((Body { arguments: body.arguments, locals, blocks }, callees, scope.generics))
    }

    /// A reason, with the function that it is about, if that was the last one refused.
    fn cause(&self, place: Option<(usize, u32)>, reason: Reason) -> Cause {
        let callee = match reason {
            Reason::Needs(..) => self.refused.map(|body| self.bodies[body].line),
            _ => None,
        };
        Cause { place, reason, callee }
    }

    /// Fills in what the types of the program refer to.
    fn finish(&mut self) {
        // One that is refused has no body: a number without a function is a stuck call.
        let none = self.program.functions.len();
        for number in 0..self.program.adts.len() {
            let numbered = |body: Option<usize>, states: &BTreeMap<usize, State>| {
                body.map(|body| match states.get(&body) {
                    Some(State::Done(function)) => *function,
                    _ => none,
                })
            };
            let (drop, call) = (self.drop_body(number), self.call_body(number));
            self.program.adts[number].drop = numbered(drop, &self.states);
            self.program.adts[number].call = numbered(call, &self.states);
        }
    }
}

fn used_locals(blocks: &[(Vec<Assign>, Terminator)]) -> Vec<usize> {
    fn operand(found: &mut Vec<usize>, operand: &Operand) {
        if let Operand::Use(place) = operand {
            found.push(place.local);
        }
    }
    let mut found = Vec::new();
    for (statements, end) in blocks {
        for Assign(place, rvalue) in statements {
            found.push(place.local);
            match rvalue {
                Rvalue::Use(of) | Rvalue::Not(of) | Rvalue::Cast(_, of) => operand(&mut found, of),
                Rvalue::Ref(place) | Rvalue::Discriminant(place) => found.push(place.local),
                Rvalue::Relation(_, left, right)
                | Rvalue::Arithmetic(_, _, left, right)
                | Rvalue::Checked(_, _, left, right) => {
                    operand(&mut found, left);
                    operand(&mut found, right);
                }
                Rvalue::Aggregate(_, items) => {
                    items.iter().for_each(|item| operand(&mut found, item))
                }
            }
        }
        match end {
            Terminator::Switch(of, ..) | Terminator::Assert(of, ..) => operand(&mut found, of),
            Terminator::Call(place, _, items, ..) => {
                found.push(place.local);
                items.iter().for_each(|item| operand(&mut found, item));
            }
            Terminator::Drop(place, ..) => found.push(place.local),
            _ => {}
        }
    }
    found
}

/// Names for Coq: the letter of a parameter, and `F` for one without a name.
fn param_names(generics: &[Generic]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for generic in generics {
        let plain = generic.name.chars().all(|c| c.is_ascii_alphanumeric());
        let mut name = if plain { generic.name.clone() } else { "F".to_owned() };
        while names.contains(&name) {
            name.push('\'');
        }
        names.push(name);
    }
    names
}

/// The bodies of a dump whose file, as the compiler was given it, and path are selected
/// and all that they need, as a program. The file is not known of functions outside of
/// `impl`s; they are selected by their path.
pub fn translate(
    dump: &Dump,
    docs: &Docs,
    select: impl Fn(Option<&str>, &str) -> bool,
) -> Translation {
    let mut translator = Translator::new(dump, docs);
    let mut functions = Vec::new();
    let mut lines = Vec::new();
    for number in 0..translator.bodies.len() {
        let body = translator.bodies[number];
        if body.path.segments.iter().any(|segment| matches!(segment.name, Name::Promoted(_))) {
            continue;
        }
        let (title, _) = translator.names(body);
        let file = match key(&body.path) {
            Key::Impl(at, _) => Some(at.file),
            Key::Free(_) => None,
        };
        if select(file.as_deref(), &title) {
            functions.push((title, translator.function(number)));
            lines.push(body.line);
        }
    }
    for error in &dump.unreadable {
        let reason =
            Reason::Unreadable(format!("{}:{}: {}", error.line, error.column, error.expected));
        let refusal = Refusal {
            function: error.body.clone(),
            place: None,
            reason: reason.clone(),
            causes: vec![Cause { place: None, reason, callee: None }],
        };
        if select(None, &error.body) {
            functions.push((error.body.clone(), Err(refusal)));
            lines.push(error.line);
        }
    }
    translator.finish();
    Translation { program: translator.program, functions, lines }
}
