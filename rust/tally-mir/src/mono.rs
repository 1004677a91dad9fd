//! From the syntax trees of several crates to one program without type parameters: what a
//! function without arguments needs, each generic function once for each of the types that
//! it is used at, methods of traits as the `impl`s that they mean.
//!
//! [`translate`](crate::translate()) keeps functions generic, for proofs; this is for runs.
//! One of the crates is the model of the library: Rust source that stands for what `core`,
//! `alloc` and `std` have, whose items are found by their last names.
//!
//! What has no meaning is refused by block: the block ends where it stands, by a call
//! ([`REFUSED`]) that no run survives, and the reason is kept ([`Mono::refused`]). So a part
//! that is never reached harms nobody.

use crate::ast::{self, Const, Dump, Name, Path, Statement};
use crate::library;
use crate::model::{
    Adt, Arithmetic, Assign, Body, Callee, Constant, Function, Int, Operand, Place, Program,
    Projection, Relation, Rvalue, Shape, Terminator, Ty, Unwind,
};
use crate::rustdoc::{Docs, Impl, Kind, LOCAL};
use crate::translate::{Key, key};
use std::collections::{BTreeMap, HashMap};

/// A crate whose functions may be needed.
#[derive(Debug)]
pub struct Crate {
    /// Its name, as paths have it.
    pub name: String,
    /// Its bodies.
    pub dump: Dump,
    /// Its items.
    pub docs: Docs,
    /// Which static an allocation of the dump is, by the allocation's name.
    pub statics: BTreeMap<String, String>,
}

/// The statics among the allocations that a dump lists.
pub fn statics(dump: &str) -> BTreeMap<String, String> {
    let one = |line: &str| {
        let (name, rest) = line.strip_prefix("alloc")?.split_once(" (static: ")?;
        let end = rest.find([',', ')'])?;
        Some((format!("alloc{name}"), rest[..end].to_owned()))
    };
    dump.lines().filter_map(one).collect()
}

/// The name, in the table of the library, of what has no meaning.
pub const REFUSED: &str = "refused";

/// Where a function of the program comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The number of the crate.
    pub krate: usize,
    /// For each block the lines of the dump of its statements, and of its terminator.
    pub lines: Vec<Vec<u32>>,
    /// Which blocks are entered by unwinding.
    pub cleanup: Vec<bool>,
    /// Whether it is of the model of the library.
    pub of_library: bool,
}

/// The program.
#[derive(Clone, Debug, Default)]
pub struct Mono {
    /// Types and functions, all without parameters.
    pub program: Program,
    /// The number of the function that was asked for.
    pub main: usize,
    /// The functions that make the statics, in the order of their numbers.
    pub statics: Vec<usize>,
    /// Where each function comes from.
    pub origins: Vec<Origin>,
    /// Why a block of a function ends early.
    pub refused: BTreeMap<(usize, usize), String>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum T {
    Int(&'static str),
    Bool,
    Char,
    Str,
    Never,
    Ref(Box<T>),
    Ptr(Box<T>),
    Tuple(Vec<T>),
    Array(Box<T>, usize),
    Slice(Box<T>),
    /// The crate, the number of the type in its items, the arguments.
    Adt(usize, usize, Vec<T>),
    /// `Box`, `ManuallyDrop`, `MaybeUninit`, and `Unique`, which is seen in `Box` only.
    Lib(&'static str, Vec<T>),
    Closure(usize, String, Env),
    /// A function: its body and types, or its path.
    FnDef(usize, String),
    FnPtr,
    Dyn(String),
    /// The value of a parameter that is a constant.
    Const(usize),
}

/// Types by the names of the parameters.
type Env = Vec<(String, T)>;
type Res<R> = Result<R, String>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Job {
    /// A body with types for its parameters.
    Body(usize, Env),
    /// What a promoted constant refers to, as a value.
    Promoted(usize, Env),
}

/// What a call means.
enum Target {
    Fn(usize),
    Lib(&'static str, Vec<Ty>),
    Panic,
    Abort,
    Unreachable,
    /// The result is the first argument.
    Identity,
    /// The program catches what unwinds.
    Catch,
}

struct Mono_<'a> {
    crates: &'a [Crate],
    library: usize,
    bodies: Vec<(usize, &'a ast::Body)>,
    by_key: HashMap<(usize, Key), Vec<usize>>,
    closures: HashMap<(usize, String), usize>,
    adts: HashMap<T, usize>,
    adt_drops: Vec<Option<(usize, Env)>>,
    no_drop: Vec<bool>,
    jobs: HashMap<Job, usize>,
    queue: Vec<(usize, Job)>,
    paths: Vec<(usize, Path, Env)>,
    static_numbers: HashMap<Job, usize>,
    out: Mono,
    depth: usize,
}

/// Inside of one body.
struct Builder<'a> {
    krate: usize,
    env: Env,
    body: &'a ast::Body,
    types: Vec<Option<T>>,
    locals: Vec<Ty>,
    blocks: Vec<Option<(Vec<Assign>, Terminator)>>,
    lines: Vec<Vec<u32>>,
    current: usize,
    line: u32,
    statements: Vec<Assign>,
    statement_lines: Vec<u32>,
    /// The locals that hold addresses of pointers as numbers.
    exposed: Vec<usize>,
    /// The blocks that unwinding goes to and that end it.
    catches: Vec<usize>,
}

impl Builder<'_> {
    fn local(&mut self, ty: Ty) -> usize {
        self.locals.push(ty);
        self.types.push(None);
        self.locals.len() - 1
    }

    fn assign(&mut self, place: Place, rvalue: Rvalue) {
        self.statements.push(Assign(place, rvalue));
        self.statement_lines.push(self.line);
    }

    fn end(&mut self, terminator: Terminator) {
        self.statement_lines.push(self.line);
        let block = (std::mem::take(&mut self.statements), terminator);
        self.blocks[self.current] = Some(block);
        self.lines[self.current] = std::mem::take(&mut self.statement_lines);
    }

    fn block(&mut self) -> usize {
        self.blocks.push(None);
        self.lines.push(Vec::new());
        self.blocks.len() - 1
    }

    /// The statements that follow go to that block.
    fn go(&mut self, block: usize) {
        self.current = block;
    }

    /// A call in the middle of a block.
    fn call(&mut self, to: Place, callee: Callee, args: Vec<Operand>) {
        let next = self.block();
        self.end(Terminator::Call(to, callee, args, Some(next), Unwind::Continue));
        self.go(next);
    }
}

fn of_local(local: usize) -> Place {
    Place { local, projections: Vec::new() }
}

fn step(place: &Place, projection: Projection) -> Place {
    let mut place = place.clone();
    place.projections.push(projection);
    place
}

fn unit() -> Operand {
    Operand::Const(Constant::Opaque(Ty::Tuple(Vec::new())))
}

const PANICS: [&str; 18] = [
    "panic",
    "panic_fmt",
    "begin_panic",
    "begin_panic_fmt",
    "panic_display",
    "panic_str_2015",
    "panic_explicit",
    "unreachable_display",
    "assert_failed",
    "assert_failed_inner",
    "panic_bounds_check",
    "unwrap_failed",
    "expect_failed",
    "slice_index_fail",
    "resume_unwind",
    "panic_const_div_by_zero",
    "capacity_overflow",
    "handle_alloc_error",
];
const ABORTS: [&str; 5] =
    ["abort", "exit", "panic_nounwind", "panic_cannot_unwind", "panic_in_cleanup"];
const IDENTITIES: [&str; 2] = ["black_box", "must_use"];

/// How the compiler writes that a pointer's address becomes a number.
const EXPOSE: &str = "PointerExposeProvenance";

/// The locals that such addresses are assigned to.
fn exposed(body: &ast::Body) -> Vec<usize> {
    let statements = body.blocks.iter().flat_map(|block| &block.statements);
    statements
        .filter_map(|(statement, _)| match statement {
            Statement::Assign(place, ast::Rvalue::Cast(_, _, kind)) if kind == EXPOSE => {
                Some(place.local)
            }
            _ => None,
        })
        .collect()
}

fn is_std(path: &[&str]) -> bool {
    path.len() > 1 && matches!(path[0], "core" | "alloc" | "std")
}

fn usize_ty() -> Ty {
    Ty::Int(Int("usize"))
}

fn fat() -> Ty {
    Ty::Tuple(vec![Ty::Ptr, usize_ty()])
}

impl<'a> Mono_<'a> {
    fn new(crates: &'a [Crate], library: usize) -> Self {
        let mut bodies = Vec::new();
        let mut by_key: HashMap<(usize, Key), Vec<usize>> = HashMap::new();
        let mut closures = HashMap::new();
        for (krate, of) in crates.iter().enumerate() {
            for body in &of.dump.bodies {
                if body.kind == ast::Kind::Fn && body.for_constants {
                    continue;
                }
                let number = bodies.len();
                bodies.push((krate, body));
                by_key.entry((krate, key(&body.path))).or_default().push(number);
                let nameless = body.path.segments.last().map(|segment| &segment.name);
                if let (Some(Name::Nameless(_)), Some(Some(env))) = (nameless, body.locals.get(1)) {
                    let closure = match env {
                        ast::Ty::Ref(to) => to,
                        env => env,
                    };
                    if let ast::Ty::Closure(name) = closure {
                        closures.insert((krate, name.clone()), number);
                    }
                }
            }
        }
        Self {
            crates,
            library,
            bodies,
            by_key,
            closures,
            adts: HashMap::new(),
            adt_drops: Vec::new(),
            no_drop: Vec::new(),
            jobs: HashMap::new(),
            queue: Vec::new(),
            paths: Vec::new(),
            static_numbers: HashMap::new(),
            out: Mono::default(),
            depth: 0,
        }
    }

    // ----- items

    /// The struct or enum that a path means, seen from a crate.
    fn adt(&self, krate: usize, path: &[&str]) -> Option<(usize, usize)> {
        let last = *path.last()?;
        let within = |of: usize, path: &[&str]| {
            let adts = &self.crates[of].docs.adts;
            let ends = |known: &[String]| {
                known.len() >= path.len()
                    && known[known.len() - path.len()..].iter().zip(path).all(|(a, b)| a == b)
            };
            let mut found = (0..adts.len()).filter(|&number| ends(&adts[number].path));
            match (found.next(), found.next()) {
                (Some(one), None) => Some((of, one)),
                _ => None,
            }
        };
        if is_std(path) {
            return within(self.library, &[last]);
        }
        if path.len() > 1 {
            if let Some(of) = self.crates.iter().position(|of| of.name == path[0]) {
                return within(of, &path[1..]).or_else(|| within(of, &[last]));
            }
        }
        if let Some(found) = within(krate, path) {
            return Some(found);
        }
        if path.len() > 1 {
            if let Some(found) = within(krate, &[LOCAL, last]) {
                return Some(found);
            }
        }
        let others = (0..self.crates.len()).filter(|&of| of != krate && of != self.library);
        let found: Vec<(usize, usize)> = others.filter_map(|of| within(of, path)).collect();
        if let [one] = found[..] {
            return Some(one);
        }
        within(self.library, &[last])
    }

    fn ty(&mut self, krate: usize, env: &Env, ty: &ast::Ty) -> Res<T> {
        self.depth += 1;
        let result = if self.depth > 200 {
            Err(format!("the type `{ty}`, which nests too deep"))
        } else {
            self.ty_(krate, env, ty)
        };
        self.depth -= 1;
        result
    }

    fn tys(&mut self, krate: usize, env: &Env, types: &[ast::Ty]) -> Res<Vec<T>> {
        types.iter().map(|ty| self.ty(krate, env, ty)).collect()
    }

    fn param(env: &Env, name: &str) -> Option<T> {
        env.iter().rev().find(|(known, _)| known == name).map(|(_, ty)| ty.clone())
    }

    fn length(env: &Env, text: &str) -> Option<usize> {
        let digits = text.trim_end_matches("usize").trim_end_matches('_').trim();
        if let Ok(length) = digits.parse() {
            return Some(length);
        }
        match Self::param(env, text.trim()) {
            Some(T::Const(length)) => Some(length),
            _ => None,
        }
    }

    fn ty_(&mut self, krate: usize, env: &Env, ty: &ast::Ty) -> Res<T> {
        let refused = || Err(format!("the type `{ty}`"));
        match ty {
            ast::Ty::Path(path) => self.path_ty(krate, env, path),
            ast::Ty::Ref(to) => Ok(T::Ref(Box::new(self.ty(krate, env, to)?))),
            ast::Ty::Ptr(to) => Ok(T::Ptr(Box::new(self.ty(krate, env, to)?))),
            ast::Ty::Tuple(items) => Ok(T::Tuple(self.tys(krate, env, items)?)),
            ast::Ty::Array(item, length) => match Self::length(env, length) {
                Some(length) => Ok(T::Array(Box::new(self.ty(krate, env, item)?), length)),
                None => refused(),
            },
            ast::Ty::Slice(item) => Ok(T::Slice(Box::new(self.ty(krate, env, item)?))),
            ast::Ty::Never => Ok(T::Never),
            ast::Ty::Closure(name) => Ok(T::Closure(krate, name.clone(), env.clone())),
            ast::Ty::Dyn(text) => Ok(T::Dyn(text.clone())),
            ast::Ty::Impl(text) => Self::param(env, text).map_or_else(refused, Ok),
            ast::Ty::Fn(text) if !text.contains('{') => Ok(T::FnPtr),
            ast::Ty::Fn(text) => Ok(T::FnDef(krate, text.clone())),
        }
    }

    fn path_ty(&mut self, krate: usize, env: &Env, path: &Path) -> Res<T> {
        let refused = || Err(format!("the type `{path}`"));
        let idents = path.idents();
        if let Some(qself) = &path.qself {
            let of = self.ty(krate, env, &qself.ty)?;
            let of_trait = qself.as_trait.as_ref().and_then(|of| of.idents().last().copied());
            let Some(name) = idents.last() else { return refused() };
            return self.projection(&of, of_trait, name).map_err(|why| format!("{path}: {why}"));
        }
        if idents.len() != path.segments.len() || idents.is_empty() {
            return refused();
        }
        if let [name] = idents[..] {
            if let Some(ty) = Self::param(env, name) {
                return Ok(ty);
            }
            if let Some(int) = Int::named(name) {
                return Ok(T::Int(int.0));
            }
            match name {
                "bool" => return Ok(T::Bool),
                "char" => return Ok(T::Char),
                "str" => return Ok(T::Str),
                _ => {}
            }
        }
        let written: Vec<ast::Ty> = path
            .segments
            .last()
            .map(|last| last.args.iter().flatten().cloned().collect())
            .unwrap_or_default();
        if let Some((of, number)) = self.adt(krate, &idents) {
            let mut args = self.tys(krate, env, &written)?;
            // Parameters with defaults, such as allocators, may be left out or be more.
            let wanted = self.crates[of].docs.adts[number].generics.len();
            args.truncate(wanted);
            if args.len() < wanted {
                return refused();
            }
            return Ok(T::Adt(of, number, args));
        }
        let last = idents.last().copied().unwrap_or_default();
        match (last, &written[..]) {
            ("Box", [of, ..]) => Ok(T::Lib("Box", vec![self.ty(krate, env, of)?])),
            ("Unique", [of]) => Ok(T::Lib("Unique", vec![self.ty(krate, env, of)?])),
            ("ManuallyDrop", [of]) => Ok(T::Lib("ManuallyDrop", vec![self.ty(krate, env, of)?])),
            ("MaybeUninit", [of]) => Ok(T::Lib("MaybeUninit", vec![self.ty(krate, env, of)?])),
            ("PhantomData", [_]) | ("PhantomPinned" | "Global", []) => Ok(T::Tuple(Vec::new())),
            ("c_void", []) => Ok(T::Tuple(Vec::new())),
            _ => refused(),
        }
    }

    /// An associated type.
    fn projection(&mut self, of: &T, of_trait: Option<&str>, name: &str) -> Res<T> {
        if let (T::Closure(krate, closure, env), "Output") = (of, name) {
            let body = self.closures.get(&(*krate, closure.clone())).copied();
            let body = body.ok_or_else(|| "a closure without a body".to_owned())?;
            let result = self.bodies[body].1.locals.first().cloned().flatten();
            let result = result.ok_or_else(|| "a closure without a result".to_owned())?;
            return self.ty(*krate, env, &result);
        }
        if let (T::Ref(to), "Output") = (of, name) {
            return self.projection(&to.clone(), of_trait, name);
        }
        if let (T::FnDef(krate, text), "Output") = (of, name) {
            if let Some((_, result)) = text.split('{').next().unwrap_or("").rsplit_once("->") {
                let parsed = crate::parse::ty(result.trim());
                let parsed = parsed.ok_or_else(|| format!("the type `{result}`"))?;
                return self.ty(*krate, &Env::new(), &parsed);
            }
            return Ok(T::Tuple(Vec::new()));
        }
        let found = self.find_impl(of_trait, of, &[], |of| of.types.contains_key(name))?;
        let (krate, of_impl, env) =
            found.ok_or_else(|| format!("no impl is known that says what {name} is"))?;
        let ty = of_impl.types[name].clone();
        self.ty(krate, &env, &ty)
    }

    // ----- impls

    /// Finds types for the parameters with which the pattern is the type.
    fn unify(
        &mut self,
        krate: usize,
        params: &[String],
        pattern: &ast::Ty,
        ty: &T,
        env: &mut Env,
    ) -> bool {
        match (pattern, ty) {
            (ast::Ty::Path(path), _) if path.qself.is_some() => {
                // Known only once the parameters are.
                match self.ty(krate, env, pattern) {
                    Ok(known) => known == *ty,
                    Err(_) => true,
                }
            }
            (ast::Ty::Path(path), _) => {
                let idents = path.idents();
                if let [name] = idents[..] {
                    if params.iter().any(|param| param == name) {
                        if let Some(known) = Self::param(env, name) {
                            return known == *ty;
                        }
                        env.push((name.to_owned(), ty.clone()));
                        return true;
                    }
                }
                let args: Vec<ast::Ty> = path
                    .segments
                    .last()
                    .map(|last| last.args.iter().flatten().cloned().collect())
                    .unwrap_or_default();
                match ty {
                    T::Adt(of, number, types) => {
                        self.adt(krate, &idents) == Some((*of, *number))
                            && args.len() >= types.len()
                            && args
                                .iter()
                                .zip(types)
                                .all(|(arg, ty)| self.unify(krate, params, arg, ty, env))
                    }
                    T::Lib(name, types) => {
                        idents.last() == Some(name)
                            && self.adt(krate, &idents).is_none()
                            && args
                                .iter()
                                .zip(types)
                                .all(|(arg, ty)| self.unify(krate, params, arg, ty, env))
                    }
                    _ => self.path_ty(krate, env, path).is_ok_and(|known| known == *ty),
                }
            }
            (ast::Ty::Ref(pattern), T::Ref(ty)) | (ast::Ty::Ptr(pattern), T::Ptr(ty)) => {
                self.unify(krate, params, pattern, ty, env)
            }
            (ast::Ty::Tuple(patterns), T::Tuple(types)) => {
                patterns.len() == types.len()
                    && patterns
                        .iter()
                        .zip(types)
                        .all(|(pattern, ty)| self.unify(krate, params, pattern, ty, env))
            }
            (ast::Ty::Array(pattern, length), T::Array(ty, known)) => {
                let same = match Self::length(env, length) {
                    Some(length) => length == *known,
                    None => {
                        env.push((length.trim().to_owned(), T::Const(*known)));
                        true
                    }
                };
                same && self.unify(krate, params, pattern, ty, env)
            }
            (ast::Ty::Slice(pattern), T::Slice(ty)) => self.unify(krate, params, pattern, ty, env),
            (ast::Ty::Never, T::Never) | (ast::Ty::Dyn(_), T::Dyn(_)) => true,
            (ast::Ty::Closure(name), T::Closure(_, known, _)) => name == known,
            (ast::Ty::Impl(text), ty) => {
                if !env.iter().any(|(known, _)| known == text) {
                    env.push((text.clone(), ty.clone()));
                }
                true
            }
            (ast::Ty::Fn(text), T::FnPtr) => !text.contains('{'),
            _ => false,
        }
    }

    /// Whether a bound holds, as far as it is known: traits of the library do.
    fn holds(&mut self, ty: &T, of_trait: &str) -> bool {
        let known = self.crates.iter().enumerate().any(|(of, known)| {
            of != self.library
                && known
                    .docs
                    .traits
                    .iter()
                    .any(|known| known.path.last().is_some_and(|last| last == of_trait))
        });
        if !known {
            return true;
        }
        self.depth += 1;
        let found = self.depth < 50
            && matches!(self.find_impl(Some(of_trait), ty, &[], |_| true), Ok(Some(_)) | Err(_));
        self.depth -= 1;
        found
    }

    /// The `impl` of the trait, or of none, for the type that is as wanted.
    fn find_impl(
        &mut self,
        of_trait: Option<&str>,
        ty: &T,
        args: &[T],
        wanted: impl Fn(&Impl) -> bool,
    ) -> Res<Option<(usize, &'a Impl, Env)>> {
        let crates = self.crates;
        let mut found: Vec<(usize, &'a Impl, Env, bool)> = Vec::new();
        for (krate, of) in crates.iter().enumerate() {
            for known in &of.docs.impls {
                if of_trait.is_some() && known.of_trait.as_deref() != of_trait || !wanted(known) {
                    continue;
                }
                let params: Vec<String> =
                    known.generics.iter().map(|param| param.name.clone()).collect();
                let mut env = Env::new();
                if !self.unify(krate, &params, &known.ty, ty, &mut env) {
                    continue;
                }
                let matching = known.trait_args.iter().zip(args).all(|(pattern, arg)| {
                    let Some(pattern) = pattern else { return true };
                    self.unify(krate, &params, pattern, arg, &mut env)
                });
                if !matching {
                    continue;
                }
                let holds = known.bounds.iter().all(|(bounded, of_trait)| {
                    match self.ty(krate, &env, bounded) {
                        Ok(ty) => self.holds(&ty, of_trait),
                        Err(_) => true,
                    }
                });
                if !holds {
                    continue;
                }
                let blanket = matches!(&known.ty, ast::Ty::Path(path)
                    if path.segments.len() == 1 && params.iter().any(|of| *of == path.to_string()));
                found.push((krate, known, env, blanket));
            }
        }
        if found.len() > 1 && found.iter().any(|of| !of.3) {
            found.retain(|of| !of.3);
        }
        // The same `impl` may be listed for several.
        match found.len() {
            0 => Ok(None),
            1 => Ok(found.pop().map(|(krate, of, env, _)| (krate, of, env))),
            _ => Err("several impls fit".to_owned()),
        }
    }

    /// The body of an item of an `impl` for the type; one of several at one place is told by
    /// the types of the arguments. rustdoc says where a macro is called, the compiler where it
    /// is defined: so the body may be one at a place where rustdoc knows of no `impl`.
    fn impl_body(
        &mut self,
        krate: usize,
        of: &Impl,
        item: &str,
        env: &Env,
        args: &[T],
        ty: &T,
    ) -> Option<usize> {
        let key = Key::Impl(of.at.clone(), item.to_owned());
        let mut found = self.by_key.get(&(krate, key)).cloned().unwrap_or_default();
        if let [one] = found[..] {
            return Some(one);
        }
        let strays = found.is_empty();
        if strays {
            let impls = &self.crates[krate].docs.impls;
            let stray = |key: &Key| match key {
                Key::Impl(at, name) => name == item && !impls.iter().any(|of| of.at == *at),
                Key::Free(_) => false,
            };
            let all = self.by_key.iter().filter(|((of, key), _)| *of == krate && stray(key));
            found = all.flat_map(|(_, numbers)| numbers.clone()).collect();
            found.sort_unstable();
        }
        let params: Vec<String> = of.generics.iter().map(|param| param.name.clone()).collect();
        let mut fitting = found.into_iter().filter(|&number| {
            let body = self.bodies[number].1;
            let mut inside = env.clone();
            let signature: Vec<&ast::Ty> =
                body.locals.iter().take(body.arguments + 1).flatten().collect();
            let same = signature
                .iter()
                .skip(1)
                .zip(args)
                .all(|(pattern, arg)| self.unify(krate, &params, pattern, arg, &mut inside));
            let mentions = signature.iter().any(|pattern| {
                let pattern = match pattern {
                    ast::Ty::Ref(to) | ast::Ty::Ptr(to) => to,
                    other => *other,
                };
                self.unify(krate, &params, pattern, ty, &mut env.clone())
            });
            same && (mentions || !strays)
        });
        let first = fitting.next();
        if fitting.next().is_some() { None } else { first }
    }

    /// Adds types for parameters of the function's own.
    fn own(
        &mut self,
        number: usize,
        mut env: Env,
        names: &[String],
        written: &[T],
        args: &[T],
    ) -> Env {
        for (name, ty) in names.iter().zip(written) {
            env.push((name.clone(), ty.clone()));
        }
        let (krate, body) = self.bodies[number];
        for (pattern, arg) in body.locals.iter().skip(1).take(body.arguments).zip(args) {
            if let Some(pattern) = pattern {
                self.unify(krate, names, pattern, arg, &mut env);
            }
        }
        env
    }

    // ----- types of the program

    fn is_unsized(ty: &T) -> bool {
        match ty {
            T::Str | T::Slice(_) | T::Dyn(_) => true,
            T::Lib("ManuallyDrop" | "MaybeUninit", args) => args.iter().any(Self::is_unsized),
            _ => false,
        }
    }

    fn pointer(to: &T) -> Ty {
        if Self::is_unsized(to) { fat() } else { Ty::Ptr }
    }

    fn lower(&mut self, ty: &T) -> Res<Ty> {
        Ok(match ty {
            T::Int(name) => Ty::Int(Int(name)),
            T::Bool => Ty::Bool,
            T::Char => Ty::Int(Int("u32")),
            T::Never | T::FnDef(..) => Ty::Tuple(Vec::new()),
            T::Ref(to) | T::Ptr(to) => Self::pointer(to),
            T::Tuple(items) => {
                Ty::Tuple(items.iter().map(|item| self.lower(item)).collect::<Res<_>>()?)
            }
            T::Array(item, length) if *length <= 256 => Ty::Tuple(vec![self.lower(item)?; *length]),
            T::Lib("Box", args) if Self::is_unsized(&args[0]) => fat(),
            T::Lib("Box", args) => Ty::Box(Box::new(self.lower(&args[0])?)),
            T::Lib("Unique", _) | T::FnPtr => Ty::Ptr,
            T::Lib(_, args) => Ty::NoDrop(Box::new(self.lower(&args[0])?)),
            T::Adt(..) | T::Closure(..) => Ty::Adt(self.instance(ty)?, Vec::new()),
            T::Str | T::Slice(_) | T::Dyn(_) | T::Array(..) | T::Const(_) => {
                return Err(format!("the type {}", self.show(ty)));
            }
        })
    }

    fn show(&self, ty: &T) -> String {
        let list =
            |items: &[T]| items.iter().map(|item| self.show(item)).collect::<Vec<_>>().join(", ");
        match ty {
            T::Int(name) => (*name).to_owned(),
            T::Bool => "bool".to_owned(),
            T::Char => "char".to_owned(),
            T::Str => "str".to_owned(),
            T::Never => "!".to_owned(),
            T::Ref(to) => format!("&{}", self.show(to)),
            T::Ptr(to) => format!("*{}", self.show(to)),
            T::Tuple(items) => format!("({})", list(items)),
            T::Array(item, length) => format!("[{}; {length}]", self.show(item)),
            T::Slice(item) => format!("[{}]", self.show(item)),
            T::Adt(of, number, args) => {
                let name = self.crates[*of].docs.adts[*number].path.join("::");
                if args.is_empty() { name } else { format!("{name}<{}>", list(args)) }
            }
            T::Lib(name, args) => format!("{name}<{}>", list(args)),
            T::Closure(_, name, _) => format!("{{closure@{name}}}"),
            T::FnDef(_, text) => text.clone(),
            T::FnPtr => "fn".to_owned(),
            T::Dyn(text) => text.clone(),
            T::Const(value) => value.to_string(),
        }
    }

    /// The number of a struct, an enum or a closure at these types.
    fn instance(&mut self, ty: &T) -> Res<usize> {
        if let Some(number) = self.adts.get(ty) {
            return Ok(*number);
        }
        self.depth += 1;
        if self.depth > 100 {
            self.depth = 0;
            return Err(format!("the type {}, which grows without end", self.show(ty)));
        }
        let number = self.out.program.adts.len();
        self.adts.insert(ty.clone(), number);
        let (name, shape) = (self.show(ty), Shape::Struct(Vec::new()));
        self.out.program.adts.push(Adt { name, shape, drop: None, call: None });
        self.adt_drops.push(None);
        self.no_drop.push(false);
        let shape = self.shape(ty);
        self.depth -= 1;
        match shape {
            Ok(shape) => self.out.program.adts[number].shape = shape,
            Err(why) => {
                self.adts.remove(ty);
                return Err(why);
            }
        }
        if let T::Adt(krate, ..) = ty {
            if let Some((of, known, env)) = self.find_impl(Some("Drop"), ty, &[], |_| true)? {
                debug_assert_eq!(of, *krate);
                if let Some(body) = self.impl_body(of, known, "drop", &env, &[], ty) {
                    let function = self.job(Job::Body(body, env));
                    self.out.program.adts[number].drop = Some(function);
                }
            }
        }
        Ok(number)
    }

    fn shape(&mut self, ty: &T) -> Res<Shape> {
        match ty {
            T::Adt(of, number, args) => {
                let crates = self.crates;
                let adt = &crates[*of].docs.adts[*number];
                let env: Env = adt
                    .generics
                    .iter()
                    .map(|param| param.name.clone())
                    .zip(args.iter().cloned())
                    .collect();
                let mut fields = |fields: &[(String, ast::Ty)]| {
                    fields
                        .iter()
                        .map(|(_, field)| {
                            let field = self.ty(*of, &env, field)?;
                            self.lower(&field)
                        })
                        .collect::<Res<Vec<_>>>()
                };
                match &adt.kind {
                    Kind::Struct(of) => Ok(Shape::Struct(fields(of)?)),
                    Kind::Enum(variants) => Ok(Shape::Enum(
                        variants.iter().map(|of| fields(&of.fields)).collect::<Res<_>>()?,
                    )),
                    Kind::Other(why) => Err(format!("{}: {why}", adt.path.join("::"))),
                }
            }
            T::Closure(krate, name, env) => {
                let fields = self.captured(*krate, name, env)?;
                Ok(Shape::Struct(fields.iter().map(|ty| self.lower(ty)).collect::<Res<_>>()?))
            }
            _ => Err(format!("the type {}", self.show(ty))),
        }
    }

    /// What a closure captures: where it is made says so.
    fn captured(&mut self, krate: usize, name: &str, env: &Env) -> Res<Vec<T>> {
        for (of, body) in self.bodies.clone() {
            if of != krate {
                continue;
            }
            for block in &body.blocks {
                for (statement, _) in &block.statements {
                    let Statement::Assign(_, ast::Rvalue::Closure(made, captured)) = statement
                    else {
                        continue;
                    };
                    if made != name {
                        continue;
                    }
                    let mut builder = self.builder(krate, body, env.clone());
                    return captured
                        .iter()
                        .map(|of| Ok(self.operand(of, &mut builder)?.1))
                        .collect();
                }
            }
        }
        Ok(Vec::new())
    }

    /// Whether values of the type must be dropped by glue that is not known here.
    fn undroppable(&self, ty: &T) -> bool {
        match ty {
            T::Lib("Box", args) => match &args[0] {
                // The payload of a panic, which is nowhere.
                T::Dyn(text) => !text.contains("Any"),
                T::Str | T::Slice(_) => true,
                of => self.undroppable(of),
            },
            T::Tuple(items) => items.iter().any(|item| self.undroppable(item)),
            T::Array(item, _) => self.undroppable(item),
            T::Adt(_, _, args) => args.iter().any(|arg| self.undroppable(arg)),
            _ => false,
        }
    }

    // ----- jobs

    fn job(&mut self, job: Job) -> usize {
        if let Some(number) = self.jobs.get(&job) {
            return *number;
        }
        let number = self.out.program.functions.len();
        let (Job::Body(body, _) | Job::Promoted(body, _)) = &job;
        let title = self.title(*body);
        let name = title.clone();
        let body = Body::default();
        self.out.program.functions.push(Function {
            name,
            title,
            params: Vec::new(),
            body,
            callees: Vec::new(),
        });
        self.out.origins.push(Origin::default());
        self.jobs.insert(job.clone(), number);
        self.queue.push((number, job));
        number
    }

    /// A body's name, for readers.
    fn title(&self, number: usize) -> String {
        let (krate, body) = self.bodies[number];
        match key(&body.path) {
            Key::Impl(at, rest) => {
                let name = rest.split("::").next().unwrap_or_default();
                let docs = &self.crates[krate].docs;
                let of = docs.impls.iter().find(|of| of.at == at && of.items.contains_key(name));
                let last = |ty: &ast::Ty| match ty {
                    ast::Ty::Path(path) => {
                        path.idents().last().map_or("_".to_owned(), |last| (*last).to_owned())
                    }
                    other => other.to_string(),
                };
                match of {
                    Some(Impl { of_trait: Some(of_trait), ty, .. }) => {
                        format!("<{} as {of_trait}>::{rest}", last(ty))
                    }
                    Some(of) => format!("{}::{rest}", last(&of.ty)),
                    None => rest,
                }
            }
            Key::Free(path) => path,
        }
    }

    fn builder(&mut self, krate: usize, body: &'a ast::Body, env: Env) -> Builder<'a> {
        let mut types = Vec::new();
        let mut locals = Vec::new();
        for ty in &body.locals {
            let ty = ty.as_ref().and_then(|ty| self.ty(krate, &env, ty).ok());
            let lowered = ty.as_ref().and_then(|ty| self.lower(ty).ok());
            types.push(if lowered.is_some() { ty } else { None });
            locals.push(lowered.unwrap_or(Ty::Tuple(Vec::new())));
        }
        let count = body.blocks.len();
        Builder {
            krate,
            env,
            body,
            types,
            locals,
            blocks: vec![None; count],
            lines: vec![Vec::new(); count],
            current: 0,
            line: body.line,
            statements: Vec::new(),
            statement_lines: Vec::new(),
            exposed: exposed(body),
            catches: Vec::new(),
        }
    }

    fn run(&mut self, number: usize, job: &Job) {
        let (Job::Body(body, env) | Job::Promoted(body, env)) = job;
        let (krate, body) = self.bodies[*body];
        let mut builder = self.builder(krate, body, env.clone());
        let promoted = matches!(job, Job::Promoted(..));
        for (at, block) in body.blocks.iter().enumerate() {
            builder.go(at);
            if let Err(why) = self.block(block, &mut builder, promoted) {
                let refused = Terminator::Call(
                    of_local(0),
                    Callee::Lib(REFUSED, Vec::new()),
                    Vec::new(),
                    None,
                    Unwind::Unreachable,
                );
                let current = builder.current;
                builder.end(refused);
                self.out.refused.insert((number, current), why);
            }
        }
        if promoted {
            let of = self.promoted_local(body);
            builder.locals[0] =
                of.and_then(|of| builder.locals.get(of).cloned()).unwrap_or(Ty::Ptr);
        }
        let blocks: Vec<(Vec<Assign>, Terminator)> = builder
            .blocks
            .into_iter()
            .map(|block| block.unwrap_or((Vec::new(), Terminator::Unreachable)))
            .collect();
        let catches = builder.catches;
        let mut cleanup = vec![false; blocks.len()];
        let mut waiting: Vec<usize> = Vec::new();
        for (_, end) in &blocks {
            if let Terminator::Call(_, _, _, _, Unwind::Cleanup(to))
            | Terminator::Drop(_, _, Unwind::Cleanup(to))
            | Terminator::Assert(_, _, _, Unwind::Cleanup(to)) = end
            {
                waiting.push(*to);
            }
        }
        while let Some(at) = waiting.pop() {
            if cleanup.get(at) == Some(&false) && !catches.contains(&at) {
                cleanup[at] = true;
                match &blocks[at].1 {
                    Terminator::Goto(to) => waiting.push(*to),
                    Terminator::Switch(_, cases, otherwise) => {
                        waiting.extend(cases.iter().map(|case| case.1).chain(*otherwise));
                    }
                    Terminator::Call(_, _, _, to, _) => waiting.extend(to),
                    Terminator::Drop(_, to, _) | Terminator::Assert(_, _, to, _) => {
                        waiting.push(*to);
                    }
                    _ => {}
                }
            }
        }
        self.out.program.functions[number].body =
            Body { arguments: body.arguments, locals: builder.locals, blocks };
        self.out.origins[number] =
            Origin { krate, lines: builder.lines, cleanup, of_library: krate == self.library };
    }

    /// The local that a promoted constant refers to.
    fn promoted_local(&self, body: &ast::Body) -> Option<usize> {
        body.blocks.iter().flat_map(|block| &block.statements).find_map(|(statement, _)| {
            match statement {
                Statement::Assign(place, ast::Rvalue::Ref(of))
                    if place.local == 0
                        && place.projections.is_empty()
                        && of.projections.is_empty() =>
                {
                    Some(of.local)
                }
                _ => None,
            }
        })
    }

    fn block(
        &mut self,
        block: &ast::BasicBlock,
        builder: &mut Builder<'a>,
        promoted: bool,
    ) -> Res<()> {
        for (statement, line) in &block.statements {
            builder.line = *line;
            match statement {
                Statement::Nothing => {}
                Statement::Other(text) => return Err(format!("the statement `{text}`")),
                Statement::Assign(place, rvalue) => {
                    if let (true, 0, ast::Rvalue::Ref(of)) = (promoted, place.local, rvalue) {
                        let of = self.place(of, builder)?.0;
                        builder.assign(of_local(0), Rvalue::Use(Operand::Use(of)));
                        continue;
                    }
                    let (target, ty) = self.place(place, builder)?;
                    self.assign(target, &ty, rvalue, builder)?;
                }
            }
        }
        builder.line = block.terminator.1;
        self.terminator(&block.terminator.0, builder)
    }

    // ----- places and operands

    /// The pointer whose address the operand is.
    fn exposed(operand: &ast::Operand, builder: &Builder<'a>) -> Option<Operand> {
        match operand {
            ast::Operand::Copy(place) | ast::Operand::Move(place)
                if place.projections.is_empty() && builder.exposed.contains(&place.local) =>
            {
                Some(Operand::Use(of_local(place.local)))
            }
            _ => None,
        }
    }

    fn place(&mut self, place: &ast::Place, builder: &mut Builder<'a>) -> Res<(Place, T)> {
        let (krate, env) = (builder.krate, builder.env.clone());
        let mut ty = match builder.types.get(place.local).cloned().flatten() {
            Some(ty) => ty,
            None => {
                let written = builder.body.locals.get(place.local).cloned().flatten();
                let written =
                    written.ok_or_else(|| format!("_{}, which has no type", place.local))?;
                let ty = self.ty(krate, &env, &written)?;
                // It says why it has no layout.
                self.lower(&ty)?;
                ty
            }
        };
        let mut at = of_local(place.local);
        let mut variant = false;
        for projection in &place.projections {
            match projection {
                ast::Projection::Deref => {
                    let to = match ty {
                        T::Ref(to) | T::Ptr(to) => *to,
                        T::Lib("Box", args) => args[0].clone(),
                        _ => return Err(format!("the place `{place}`")),
                    };
                    if Self::is_unsized(&to) {
                        at.projections.push(Projection::Field(0));
                        at.projections.push(Projection::Deref(Ty::Tuple(Vec::new())));
                    } else {
                        at.projections.push(Projection::Deref(self.lower(&to)?));
                    }
                    ty = to;
                }
                ast::Projection::Field(number, of) => {
                    let of = self.ty(krate, &env, of)?;
                    match (&ty, variant) {
                        // What a `Box` is made of is the pointer that it is.
                        (T::Lib("Box" | "Unique", _), _) => {}
                        (T::Lib("ManuallyDrop" | "MaybeUninit", _), _) => {}
                        (T::Adt(..) | T::Tuple(_) | T::Closure(..), _) | (_, true) => {
                            at.projections.push(Projection::Field(*number));
                        }
                        _ => return Err(format!("the place `{place}`")),
                    }
                    ty = of;
                }
                ast::Projection::Variant(name) => {
                    let number = self.variant(&ty, name)?;
                    at.projections.push(Projection::Variant(number));
                    variant = true;
                    continue;
                }
                ast::Projection::Other(how) => {
                    (at, ty) = self.index(&at, &ty, how, builder)?;
                }
            }
            variant = false;
        }
        Ok((at, ty))
    }

    /// An item of an array or of a slice.
    fn index(
        &mut self,
        at: &Place,
        ty: &T,
        how: &str,
        builder: &mut Builder<'a>,
    ) -> Res<(Place, T)> {
        let refused = || format!("the place {how} of {}", self.show(ty));
        let inside = how.strip_prefix('[').and_then(|how| how.strip_suffix(']'));
        let inside = inside.ok_or_else(refused)?.trim();
        let (item, constant) = match ty {
            T::Array(item, _) | T::Slice(item) => ((**item).clone(), inside.split_once(" of ")),
            _ => return Err(refused()),
        };
        let from_end = constant.is_some_and(|(at, _)| at.starts_with('-'));
        if let (T::Array(..), Some((number, _)), false) = (ty, constant, from_end) {
            let number: usize = number.parse().map_err(|_| refused())?;
            return Ok((step(at, Projection::Field(number)), item));
        }
        if from_end {
            return Err(refused());
        }
        let number = match constant {
            Some((number, _)) => Operand::Const(Constant::Int(Int("usize"), number.to_owned())),
            None => {
                let local = inside.strip_prefix('_').and_then(|local| local.parse().ok());
                Operand::Use(of_local(local.ok_or_else(refused)?))
            }
        };
        let pointer = self.address(at, ty, builder);
        let lowered = self.lower(&item)?;
        let to = builder.local(Ty::Ptr);
        let callee = Callee::Lib("ptr::offset", vec![lowered.clone()]);
        builder.call(of_local(to), callee, vec![pointer, number]);
        Ok((Place { local: to, projections: vec![Projection::Deref(lowered)] }, item))
    }

    /// A thin pointer to the place.
    fn address(&mut self, at: &Place, ty: &T, builder: &mut Builder<'a>) -> Operand {
        if Self::is_unsized(ty) {
            let mut at = at.clone();
            at.projections.pop();
            return Operand::Use(at);
        }
        let to = builder.local(Ty::Ptr);
        builder.assign(of_local(to), Rvalue::Ref(at.clone()));
        Operand::Use(of_local(to))
    }

    /// The number of an enum's variant.
    fn variant(&self, ty: &T, name: &str) -> Res<usize> {
        let unknown = || format!("{}::{name}", self.show(ty));
        let T::Adt(of, number, _) = ty else { return Err(unknown()) };
        let Kind::Enum(variants) = &self.crates[*of].docs.adts[*number].kind else {
            return Err(unknown());
        };
        variants.iter().position(|variant| variant.name == name).ok_or_else(unknown)
    }

    fn operand(&mut self, operand: &ast::Operand, builder: &mut Builder<'a>) -> Res<(Operand, T)> {
        match operand {
            ast::Operand::Copy(place) | ast::Operand::Move(place) => {
                if builder.exposed.contains(&place.local) && place.projections.is_empty() {
                    return Err("the address of a pointer as a number".to_owned());
                }
                let (place, ty) = self.place(place, builder)?;
                if Self::is_unsized(&ty) {
                    return Err(format!("a value of type {}", self.show(&ty)));
                }
                Ok((Operand::Use(place), ty))
            }
            ast::Operand::Const(constant) => self.constant(constant, builder),
        }
    }

    fn constant(&mut self, constant: &Const, builder: &mut Builder<'a>) -> Res<(Operand, T)> {
        let (krate, env) = (builder.krate, builder.env.clone());
        let refused = |text: &str| Err(format!("the constant `{text}`"));
        let int = |value: String, ty: &str| match Int::named(ty) {
            Some(int) => Ok((Operand::Const(Constant::Int(int, value)), T::Int(int.0))),
            None => Err(format!("the constant {value}_{ty}")),
        };
        match constant {
            Const::Int(value, ty) => int(value.to_string(), ty),
            Const::BigInt(value, ty) => int(value.to_string(), ty),
            Const::Bool(value) => Ok((Operand::Const(Constant::Bool(*value)), T::Bool)),
            Const::Unit => Ok((unit(), T::Tuple(Vec::new()))),
            Const::Str => Ok((Operand::Const(Constant::Opaque(fat())), T::Ref(Box::new(T::Str)))),
            Const::ZeroSized(ty) => {
                let ty = self.ty(krate, &env, ty)?;
                let lowered = self.lower(&ty)?;
                Ok((Operand::Const(Constant::Opaque(lowered)), ty))
            }
            Const::Path(path) => self.constant_path(path, builder),
            Const::Other(text) => {
                if let Some(of) = text.strip_prefix('{').and_then(|of| of.strip_suffix('}')) {
                    let Some((alloc, ty)) = of.split_once(':') else { return refused(text) };
                    let Some(name) = self.crates[krate].statics.get(alloc.trim()).cloned() else {
                        return refused(text);
                    };
                    let ty = crate::parse::ty(ty.trim())
                        .ok_or_else(|| format!("the constant `{text}`"))?;
                    let ty = self.ty(krate, &env, &ty)?;
                    return self.static_(krate, &name, ty, builder);
                }
                // A struct all of whose fields are without size.
                if let Some((path, _)) = text.split_once("(ZeroSized: ") {
                    if let Some(path) = crate::parse::path(path) {
                        let ty = self.path_ty(krate, &env, &path)?;
                        let lowered = self.lower(&ty)?;
                        if self.cells(&lowered, 0) == 0 {
                            return Ok((Operand::Const(Constant::Opaque(lowered)), ty));
                        }
                    }
                }
                if text.starts_with("b\"") {
                    let of = Box::new(T::Array(Box::new(T::Int("u8")), 0));
                    return Ok((Operand::Const(Constant::Opaque(Ty::Ptr)), T::Ref(of)));
                }
                if let Some(of) = text.strip_prefix('\'').and_then(|of| of.strip_suffix('\'')) {
                    let mut letters = of.chars();
                    if let (Some(letter), None) = (letters.next(), letters.next()) {
                        let value = u32::from(letter).to_string();
                        return Ok((Operand::Const(Constant::Int(Int("u32"), value)), T::Char));
                    }
                }
                refused(text)
            }
        }
    }

    fn static_(
        &mut self,
        krate: usize,
        name: &str,
        ty: T,
        builder: &mut Builder<'a>,
    ) -> Res<(Operand, T)> {
        let found = self.bodies.iter().position(|(of, body)| {
            *of == krate
                && body.kind == ast::Kind::Static
                && key(&body.path) == Key::Free(name.to_owned())
        });
        let body = found.ok_or_else(|| format!("the static {name}"))?;
        let place = self.address_of_static(Job::Body(body, Env::new()), builder)?;
        Ok((place, ty))
    }

    fn address_of_static(&mut self, job: Job, builder: &mut Builder<'a>) -> Res<Operand> {
        let number = match self.static_numbers.get(&job) {
            Some(number) => *number,
            None => {
                let number = self.out.statics.len();
                let function = self.job(job.clone());
                self.static_numbers.insert(job, number);
                self.out.statics.push(function);
                number
            }
        };
        let name = library::static_entry(number).ok_or("more statics than can be numbered")?;
        let to = builder.local(Ty::Ptr);
        builder.call(of_local(to), Callee::Lib(name, Vec::new()), Vec::new());
        Ok(Operand::Use(of_local(to)))
    }

    fn constant_path(&mut self, path: &Path, builder: &mut Builder<'a>) -> Res<(Operand, T)> {
        let (krate, env) = (builder.krate, builder.env.clone());
        // `core::num::<impl usize>::MAX`
        if let [.., of, name] = &path.segments[..] {
            if let (Name::ImplOf(ty), Name::Ident(name)) = (&of.name, &name.name) {
                if let Some(int) = Int::named(&ty.to_string()) {
                    let value = match name.as_str() {
                        "MAX" => Some(int.max()),
                        "MIN" => Some(int.min()),
                        "BITS" => None,
                        _ => None,
                    };
                    if let Some(value) = value {
                        return Ok((Operand::Const(Constant::Int(int, value)), T::Int(int.0)));
                    }
                }
            }
        }
        // `std::isize::MAX`
        if let [.., of, name] = path.idents()[..] {
            if let (Some(int), true) = (Int::named(of), path.qself.is_none()) {
                let value = match name {
                    "MAX" => Some(int.max()),
                    "MIN" => Some(int.min()),
                    _ => None,
                };
                if let Some(value) = value {
                    return Ok((Operand::Const(Constant::Int(int, value)), T::Int(int.0)));
                }
            }
        }
        if matches!(path.segments.last(), Some(of) if matches!(of.name, Name::Promoted(_))) {
            let found = self.by_key.get(&(krate, key(path))).cloned().unwrap_or_default();
            let [body] = found[..] else { return Err(format!("the constant `{path}`")) };
            let ty = self.bodies[body].1.locals.first().cloned().flatten();
            let ty = ty.ok_or_else(|| format!("the constant `{path}`"))?;
            let ty = self.ty(krate, &env, &ty)?;
            if self.promoted_local(self.bodies[body].1).is_none() {
                return Err(format!("the constant `{path}`"));
            }
            let place = self.address_of_static(Job::Promoted(body, env), builder)?;
            return Ok((place, ty));
        }
        // A variant without fields, or a struct without.
        if path.qself.is_none() && path.segments.len() > 1 {
            let split = path.segments.len() - 1;
            let of = Path { qself: None, segments: path.segments[..split].to_vec() };
            if let (Name::Ident(name), Ok(ty)) =
                (&path.segments[split].name, self.path_ty(krate, &env, &of))
            {
                if let Ok(number) = self.variant(&ty, name) {
                    let lowered = self.lower(&ty)?;
                    return Ok((Operand::Const(Constant::Variant(lowered, number)), ty));
                }
            }
        }
        if let Ok(ty) = self.path_ty(krate, &env, path) {
            if let (T::Adt(..) | T::Tuple(_), Ok(lowered)) = (&ty, self.lower(&ty)) {
                return Ok((Operand::Const(Constant::Opaque(lowered)), ty));
            }
        }
        match self.item(path, builder, &[])? {
            Some((body, env)) if self.bodies[body].1.kind == ast::Kind::Const => {
                let (of, written) = self.bodies[body];
                let ty = written.locals.first().cloned().flatten();
                let ty = ty.ok_or_else(|| format!("the constant `{path}`"))?;
                let ty = self.ty(of, &env, &ty)?;
                let function = self.job(Job::Body(body, env));
                Ok((Operand::Const(Constant::Item(function, Vec::new())), ty))
            }
            Some((_, _)) => {
                self.paths.push((krate, path.clone(), env));
                let name = format!("{{#{}}}", self.paths.len() - 1);
                Ok((unit(), T::FnDef(krate, name)))
            }
            None => Err(format!("the constant `{path}`")),
        }
    }

    // ----- statements

    fn assign(
        &mut self,
        to: Place,
        ty: &T,
        rvalue: &ast::Rvalue,
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let rvalue = match rvalue {
            ast::Rvalue::Use(operand) => Rvalue::Use(self.operand(operand, builder)?.0),
            ast::Rvalue::Ref(place) => {
                let (place, of) = self.place(place, builder)?;
                Self::reference(&place, &of)
            }
            ast::Rvalue::Binary(name, left, right) => {
                return self.binary(to, name, left, right, builder);
            }
            ast::Rvalue::Unary(name, operand) => {
                let (operand, of) = self.operand(operand, builder)?;
                match (name.as_str(), &of, operand) {
                    ("Not", T::Bool, operand) => Rvalue::Not(operand),
                    ("Not", T::Int(name), operand) => {
                        let int = Int(name);
                        let all = if name.starts_with('i') { "-1".to_owned() } else { int.max() };
                        let all = Operand::Const(Constant::Int(int, all));
                        Rvalue::Arithmetic(int, Arithmetic("XorOp"), operand, all)
                    }
                    ("Neg", T::Int(name), operand) => {
                        let int = Int(name);
                        let zero = Operand::Const(Constant::Int(int, "0".to_owned()));
                        Rvalue::Arithmetic(int, Arithmetic("SubOp"), zero, operand)
                    }
                    ("PtrMetadata", T::Ref(of) | T::Ptr(of), Operand::Use(place))
                        if Self::is_unsized(of) =>
                    {
                        Rvalue::Use(Operand::Use(step(&place, Projection::Field(1))))
                    }
                    _ => return Err(format!("{name} of {}", self.show(&of))),
                }
            }
            ast::Rvalue::Discriminant(place) => {
                let (place, of) = self.place(place, builder)?;
                match &of {
                    T::Adt(krate, number, _)
                        if matches!(self.crates[*krate].docs.adts[*number].kind, Kind::Enum(_)) =>
                    {
                        Rvalue::Discriminant(place)
                    }
                    _ => return Err(format!("the discriminant of {}", self.show(&of))),
                }
            }
            ast::Rvalue::Cast(operand, _, kind) if kind == EXPOSE => {
                let (operand, of) = self.operand(operand, builder)?;
                match of {
                    T::Ptr(of) | T::Ref(of) if !Self::is_unsized(&of) => Rvalue::Use(operand),
                    of => return Err(format!("the address of a {}", self.show(&of))),
                }
            }
            ast::Rvalue::Cast(operand, _, kind) => self.cast(operand, ty, kind, builder)?,
            ast::Rvalue::Tuple(items)
            | ast::Rvalue::Array(items)
            | ast::Rvalue::Closure(_, items) => {
                Rvalue::Aggregate(None, self.operands(items, builder)?)
            }
            ast::Rvalue::Adt(path, fields) => {
                let variant = match ty {
                    T::Adt(krate, number, _) => {
                        match &self.crates[*krate].docs.adts[*number].kind {
                            Kind::Struct(of) if of.len() == fields.len() => None,
                            Kind::Enum(_) => {
                                let name = path.idents().last().copied().unwrap_or_default();
                                Some(self.variant(ty, name)?)
                            }
                            _ => return Err(format!("{path} {{ … }}")),
                        }
                    }
                    T::Tuple(items) if items.is_empty() => {
                        builder.assign(to, Rvalue::Use(unit()));
                        return Ok(());
                    }
                    T::Lib("ManuallyDrop" | "MaybeUninit", _) if fields.len() == 1 => None,
                    _ => return Err(format!("{path} {{ … }}")),
                };
                let items: Vec<ast::Operand> =
                    fields.iter().map(|(_, operand)| operand.clone()).collect();
                let items = self.operands(&items, builder)?;
                if let (T::Lib(..), [item]) = (ty, &items[..]) {
                    Rvalue::Use(item.clone())
                } else {
                    Rvalue::Aggregate(variant, items)
                }
            }
            ast::Rvalue::Other(text) => {
                if let Some(of) = text.strip_prefix('[').and_then(|of| of.strip_suffix(']')) {
                    if let (Some((operand, _)), T::Array(_, length)) = (of.rsplit_once(';'), ty) {
                        let operand = crate::parse::operand(operand.trim())
                            .ok_or_else(|| format!("the operation `{text}`"))?;
                        let (operand, _) = self.operand(&operand, builder)?;
                        builder.assign(to, Rvalue::Aggregate(None, vec![operand; *length]));
                        return Ok(());
                    }
                }
                return Err(format!("the operation `{text}`"));
            }
        };
        builder.assign(to, rvalue);
        Ok(())
    }

    /// A pointer to a place: of a slice it is the pair that the place was reached by.
    fn reference(place: &Place, of: &T) -> Rvalue {
        if Self::is_unsized(of) {
            let mut pair = place.clone();
            pair.projections.truncate(pair.projections.len().saturating_sub(2));
            Rvalue::Use(Operand::Use(pair))
        } else {
            Rvalue::Ref(place.clone())
        }
    }

    fn operands(
        &mut self,
        operands: &[ast::Operand],
        builder: &mut Builder<'a>,
    ) -> Res<Vec<Operand>> {
        operands.iter().map(|operand| Ok(self.operand(operand, builder)?.0)).collect()
    }

    fn cast(
        &mut self,
        operand: &ast::Operand,
        to: &T,
        kind: &str,
        builder: &mut Builder<'a>,
    ) -> Res<Rvalue> {
        let (operand, from) = self.operand(operand, builder)?;
        let refused =
            |this: &Self| Err(format!("{} as {} ({kind})", this.show(&from), this.show(to)));
        let pointee = |ty: &T| match ty {
            T::Ref(to) | T::Ptr(to) => Some((**to).clone()),
            T::Lib("Box", args) => Some(args[0].clone()),
            _ => None,
        };
        match (kind, &from, to) {
            ("IntToInt", T::Int(_) | T::Bool | T::Char, T::Int(int)) => {
                return Ok(Rvalue::Cast(Int(int), operand));
            }
            ("IntToInt", T::Int(_), T::Char) => return Ok(Rvalue::Cast(Int("u32"), operand)),
            _ => {}
        }
        if kind.starts_with("PointerCoercion(Unsize") {
            let (Some(of), Some(into)) = (pointee(&from), pointee(to)) else {
                return refused(self);
            };
            let second = match (&of, &into) {
                (T::Array(_, length), T::Slice(_)) => {
                    Constant::Int(Int("usize"), length.to_string())
                }
                (of, T::Dyn(_)) if !Self::is_unsized(of) => {
                    Constant::Int(Int("usize"), "0".to_owned())
                }
                _ => return refused(self),
            };
            return Ok(Rvalue::Aggregate(None, vec![operand, Operand::Const(second)]));
        }
        if kind == "Transmute" || kind.starts_with("PtrToPtr") || kind.contains("Pointer") {
            if kind.contains("Expose") || kind.contains("ReifyFn") || kind.contains("ClosureFn") {
                return refused(self);
            }
            let (before, after) = (self.lower(&from)?, self.lower(to)?);
            let same = self.cells(&before, 0) == self.cells(&after, 0);
            if let (Some(of), Some(into), Operand::Use(place)) =
                (pointee(&from), pointee(to), &operand)
            {
                if Self::is_unsized(&of) && !Self::is_unsized(&into) {
                    let thin = step(place, Projection::Field(0));
                    return Ok(Rvalue::Use(Operand::Use(thin)));
                }
            }
            // Of as many bits, as the compiler sees to.
            if let ("Transmute", true, T::Int(int)) = (kind, Self::is_number(&from), to) {
                return Ok(Rvalue::Cast(Int(int), operand));
            }
            // Numbers and pointers are not made into each other, nor is any number made into a
            // `bool` or a `char`.
            let number = Self::is_number(&from) || Self::is_number(to);
            let mut parts = (Vec::new(), Vec::new());
            self.parts(&before, 0, &mut parts.0);
            self.parts(&after, 0, &mut parts.1);
            if same && (from == *to || !number && parts.0 == parts.1) {
                return Ok(Rvalue::Use(operand));
            }
        }
        refused(self)
    }

    fn is_number(ty: &T) -> bool {
        matches!(ty, T::Int(_) | T::Bool | T::Char)
    }

    /// What a value consists of, cell after cell; pointers are alike.
    fn parts(&self, ty: &Ty, depth: usize, to: &mut Vec<String>) {
        if depth > 24 {
            return;
        }
        match ty {
            Ty::Ptr | Ty::Box(_) => to.push("pointer".to_owned()),
            Ty::Fat => to.extend(["pointer".to_owned(), format!("{:?}", usize_ty())]),
            Ty::NoDrop(of) => self.parts(of, depth + 1, to),
            Ty::Tuple(items) => items.iter().for_each(|item| self.parts(item, depth + 1, to)),
            Ty::Adt(number, _) => match &self.out.program.adts[*number].shape {
                Shape::Struct(fields) => {
                    fields.iter().for_each(|field| self.parts(field, depth + 1, to));
                }
                Shape::Enum(_) => to.push(format!("{ty:?}")),
            },
            _ => to.push(format!("{ty:?}")),
        }
    }

    fn cells(&self, ty: &Ty, depth: usize) -> usize {
        if depth > 24 {
            return 0;
        }
        let sum = |items: &[Ty]| items.iter().map(|item| self.cells(item, depth + 1)).sum();
        match ty {
            Ty::Int(_) | Ty::Bool | Ty::Ptr | Ty::Box(_) => 1,
            Ty::Fat => 2,
            Ty::Param(_) => 0,
            Ty::NoDrop(of) => self.cells(of, depth + 1),
            Ty::Tuple(items) => sum(items),
            Ty::LibEnum(..) => 0,
            Ty::Adt(number, _) => match &self.out.program.adts[*number].shape {
                Shape::Struct(fields) => sum(fields),
                Shape::Enum(variants) => {
                    1 + variants.iter().map(|fields| sum(fields)).max().unwrap_or(0)
                }
            },
        }
    }

    fn binary(
        &mut self,
        to: Place,
        name: &str,
        left: &ast::Operand,
        right: &ast::Operand,
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        // The difference of two addresses is how far the pointers are apart.
        if let (Some(left), Some(right)) =
            (Self::exposed(left, builder), Self::exposed(right, builder))
        {
            let callee = Callee::Lib("ptr::offset_from", vec![usize_ty()]);
            match name {
                "Sub" => builder.call(to, callee, vec![left, right]),
                "SubWithOverflow" => {
                    builder.call(step(&to, Projection::Field(0)), callee, vec![left, right]);
                    let no = Operand::Const(Constant::Bool(false));
                    builder.assign(step(&to, Projection::Field(1)), Rvalue::Use(no));
                }
                _ => return Err(format!("{name} of addresses of pointers")),
            }
            return Ok(());
        }
        let (left, of) = self.operand(left, builder)?;
        let (right, _) = self.operand(right, builder)?;
        let refused = |this: &Self| Err(format!("{name} of {}", this.show(&of)));
        let relation = match name {
            "Eq" => Some(Relation::Eq),
            "Ne" => Some(Relation::Ne),
            "Lt" => Some(Relation::Lt),
            "Le" => Some(Relation::Le),
            "Gt" => Some(Relation::Gt),
            "Ge" => Some(Relation::Ge),
            _ => None,
        };
        if let Some(relation) = relation {
            let equal = matches!(relation, Relation::Eq | Relation::Ne);
            let rvalue = match &of {
                T::Int(_) | T::Bool | T::Char => Rvalue::Relation(relation, left, right),
                T::Ref(to) | T::Ptr(to) if equal && !Self::is_unsized(to) => {
                    Rvalue::Relation(relation, left, right)
                }
                _ => return refused(self),
            };
            builder.assign(to, rvalue);
            return Ok(());
        }
        if let ("Offset", T::Ptr(item)) = (name, &of) {
            let item = self.lower(item)?;
            builder.call(to, Callee::Lib("ptr::offset", vec![item]), vec![left, right]);
            return Ok(());
        }
        let int = match &of {
            T::Int(int) => int,
            // 0 and 1.
            T::Bool if matches!(name, "BitAnd" | "BitOr" | "BitXor") => &"u8",
            _ => return refused(self),
        };
        let (name_, checked) = match name.strip_suffix("WithOverflow") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let arithmetic = Arithmetic(match name_ {
            "Add" => "AddOp",
            "Sub" => "SubOp",
            "Mul" => "MulOp",
            "Div" => "QuotOp",
            "Rem" => "RemOp",
            "BitAnd" => "AndOp",
            "BitOr" => "OrOp",
            "BitXor" => "XorOp",
            _ => return refused(self),
        });
        let int = Int(int);
        builder.assign(
            to,
            if checked {
                Rvalue::Checked(int, arithmetic, left, right)
            } else {
                Rvalue::Arithmetic(int, arithmetic, left, right)
            },
        );
        Ok(())
    }

    // ----- calls

    /// The body that a path means, with types for its parameters.
    fn item(
        &mut self,
        path: &Path,
        builder: &Builder<'a>,
        args: &[T],
    ) -> Res<Option<(usize, Env)>> {
        let (krate, env) = (builder.krate, builder.env.clone());
        let crates = self.crates;
        let last = path.segments.last().ok_or("an empty path")?;
        let written: Vec<ast::Ty> = last.args.iter().flatten().cloned().collect();
        let Name::Ident(name) = &last.name else {
            // A closure or a constant in the function itself.
            let found = self.by_key.get(&(krate, key(path))).cloned().unwrap_or_default();
            return Ok(match found[..] {
                [one] => Some((one, env)),
                _ => None,
            });
        };
        let written = self.tys(krate, &env, &written)?;
        if let Some(qself) = &path.qself {
            let ty = self.ty(krate, &env, &qself.ty)?;
            let Some(of_trait) = &qself.as_trait else {
                return self.inherent(&ty, name, &written, args);
            };
            let trait_name = of_trait.idents().last().copied().unwrap_or_default();
            let trait_args: Vec<ast::Ty> = of_trait
                .segments
                .last()
                .map(|last| last.args.iter().flatten().cloned().collect())
                .unwrap_or_default();
            let trait_args = self.tys(krate, &env, &trait_args)?;
            return self.method(&ty, trait_name, &trait_args, name, &written, args);
        }
        let count = path.segments.len();
        if count > 1 {
            let before = &path.segments[count - 2];
            if let Name::ImplOf(ty) = &before.name {
                let ty = self.ty(krate, &env, ty)?;
                return self.inherent(&ty, name, &written, args);
            }
            let of = Path { qself: None, segments: path.segments[..count - 1].to_vec() };
            if matches!(before.name, Name::Ident(_)) {
                if let Ok(ty @ (T::Adt(..) | T::Lib(..))) = self.path_ty(krate, &env, &of) {
                    if let Some(found) = self.inherent(&ty, name, &written, args)? {
                        return Ok(Some(found));
                    }
                }
            }
        }
        // Outside of types.
        let idents = path.idents();
        if idents.len() != count {
            return Ok(None);
        }
        let candidates: Vec<(usize, Vec<&str>)> = if is_std(&idents) {
            vec![(self.library, vec![name.as_str()])]
        } else {
            let of =
                (count > 1).then(|| crates.iter().position(|of| of.name == idents[0])).flatten();
            match of {
                Some(of) => vec![(of, idents[1..].to_vec()), (of, vec![name.as_str()])],
                None => {
                    let mut all = vec![(krate, idents.clone())];
                    let others = (0..crates.len()).filter(|&of| of != krate && of != self.library);
                    all.extend(others.map(|of| (of, idents.clone())));
                    all.push((self.library, vec![name.as_str()]));
                    all
                }
            }
        };
        for (of, idents) in candidates {
            let mut found = crates[of].docs.free.iter().filter(|(known, _)| {
                known.len() >= idents.len()
                    && known[known.len() - idents.len()..].iter().zip(&idents).all(|(a, b)| a == b)
            });
            let (Some((known, generics)), None) = (found.next(), found.next()) else { continue };
            // The dump leaves out what is not needed to tell functions apart.
            let bodies: Vec<usize> = self
                .by_key
                .iter()
                .filter(|((krate, key), _)| {
                    *krate == of
                        && matches!(key, Key::Free(name) if {
                            let name: Vec<&str> = name.split("::").collect();
                            known.iter().rev().zip(name.iter().rev()).all(|(a, b)| a == b)
                                && (name.len() <= known.len() || known.len() == 1)
                        })
                })
                .flat_map(|(_, numbers)| numbers.clone())
                .collect();
            if let [body] = bodies[..] {
                let names: Vec<String> = generics.iter().map(|of| of.name.clone()).collect();
                let env = self.own(body, Env::new(), &names, &written, args);
                return Ok(Some((body, env)));
            }
        }
        Ok(None)
    }

    /// A function of a type, outside of traits; the model of the library may have it in a
    /// trait.
    fn inherent(
        &mut self,
        ty: &T,
        name: &str,
        written: &[T],
        args: &[T],
    ) -> Res<Option<(usize, Env)>> {
        let library = self.library;
        let has = |of: &Impl| of.items.contains_key(name);
        let mut found = self.find_impl(None, ty, &[], |of| of.of_trait.is_none() && has(of))?;
        if found.is_none() {
            found = self.find_impl(None, ty, &[], has)?.filter(|found| found.0 == library);
        }
        let Some((krate, of, env)) = found else { return Ok(None) };
        let Some(body) = self.impl_body(krate, of, name, &env, args, ty) else { return Ok(None) };
        let names: Vec<String> = of.items[name].iter().map(|of| of.name.clone()).collect();
        Ok(Some((body, self.own(body, env, &names, written, args))))
    }

    fn method(
        &mut self,
        ty: &T,
        of_trait: &str,
        trait_args: &[T],
        name: &str,
        written: &[T],
        args: &[T],
    ) -> Res<Option<(usize, Env)>> {
        let has = |of: &Impl| of.items.contains_key(name);
        if let Some((krate, of, env)) = self.find_impl(Some(of_trait), ty, trait_args, has)? {
            if let Some(body) = self.impl_body(krate, of, name, &env, args, ty) {
                let names: Vec<String> = of.items[name].iter().map(|of| of.name.clone()).collect();
                return Ok(Some((body, self.own(body, env, &names, written, args))));
            }
        }
        // What the trait itself says.
        let crates = self.crates;
        for (krate, of) in crates.iter().enumerate() {
            for known in &of.docs.traits {
                if known.path.last().is_none_or(|last| last != of_trait) {
                    continue;
                }
                let Some(own) = known.items.get(name) else { continue };
                let mut full = known.path.clone();
                full.push(name.to_owned());
                let bodies: Vec<usize> = self
                    .by_key
                    .iter()
                    .filter(|((of, key), _)| {
                        *of == krate
                            && matches!(key, Key::Free(path) if {
                                let path: Vec<&str> = path.split("::").collect();
                                path.len() >= 2 && path.len() <= full.len()
                                    && full[full.len() - path.len()..].iter().zip(&path).all(|(a, b)| a == b)
                            })
                    })
                    .flat_map(|(_, numbers)| numbers.clone())
                    .collect();
                let [body] = bodies[..] else { continue };
                let mut env: Env = vec![("Self".to_owned(), ty.clone())];
                for (param, arg) in known.generics.iter().zip(trait_args) {
                    env.push((param.name.clone(), arg.clone()));
                }
                let names: Vec<String> = own.iter().map(|of| of.name.clone()).collect();
                return Ok(Some((body, self.own(body, env, &names, written, args))));
            }
        }
        Ok(None)
    }

    fn target(&mut self, path: &Path, builder: &Builder<'a>, args: &[T]) -> Res<Target> {
        let idents = path.idents();
        let last = idents.last().copied().unwrap_or_default();
        let from_std = is_std(&idents) || path.segments.len() == 1 || idents.len() < 3;
        if path.qself.is_none() {
            if last == "catch_unwind" {
                return Ok(Target::Catch);
            }
            if last == "unreachable_unchecked" {
                return Ok(Target::Unreachable);
            }
        }
        if let Some((body, env)) = self.item(path, builder, args)? {
            // Another function that has the name.
            if self.bodies[body].1.arguments != args.len() {
                return Err(format!("calls `{path}`, which is not known here"));
            }
            return Ok(Target::Fn(self.job(Job::Body(body, env))));
        }
        if path.qself.is_none() && from_std {
            if PANICS.contains(&last) || last.starts_with("panic_const_") {
                return Ok(Target::Panic);
            }
            if ABORTS.contains(&last) {
                return Ok(Target::Abort);
            }
            if IDENTITIES.contains(&last) {
                return Ok(Target::Identity);
            }
        }
        if let Some((name, types)) = library::function(path) {
            let types = self.tys(builder.krate, &builder.env.clone(), &types)?;
            let lowered = types.iter().map(|ty| self.lower(ty)).collect::<Res<Vec<_>>>()?;
            if matches!(name, "ptr::drop_in_place" | "mem::drop" | "ManuallyDrop::drop")
                && types.iter().any(|ty| self.undroppable(ty))
            {
                return Err(format!("calls `{path}`, for a type whose drop glue is not known"));
            }
            return Ok(Target::Lib(name, lowered));
        }
        if let Some(qself) = &path.qself {
            let ty = self.ty(builder.krate, &builder.env.clone(), &qself.ty)?;
            let plain = matches!(ty, T::Int(_) | T::Bool | T::Char | T::Ref(_) | T::Ptr(_));
            if last == "clone" && plain {
                return Ok(Target::Lib("ptr::read", vec![self.lower(&ty)?]));
            }
            let of_trait = qself.as_trait.as_ref().and_then(|of| of.segments.last());
            let other: Vec<ast::Ty> =
                of_trait.map(|of| of.args.iter().flatten().cloned().collect()).unwrap_or_default();
            let other = self.tys(builder.krate, &builder.env.clone(), &other)?;
            // What is an iterator is made into itself.
            if last == "into_iter"
                && self.find_impl(Some("Iterator"), &ty, &[], |_| true)?.is_some()
            {
                return Ok(Target::Identity);
            }
            if let ("into" | "from", [other]) = (last, &other[..]) {
                let number = |ty: &T| matches!(ty, T::Int(_) | T::Bool | T::Char);
                if *other == ty || number(other) && number(&ty) {
                    return Ok(Target::Identity);
                }
                // "`Into` is automatically implemented for `From`."
                if last == "into" {
                    let of = std::slice::from_ref(&ty);
                    let found = self.method(other, "From", of, "from", &[], args)?;
                    if let Some((body, env)) = found {
                        return Ok(Target::Fn(self.job(Job::Body(body, env))));
                    }
                }
            }
        }
        Err(format!("calls `{path}`, which is not known here"))
    }

    /// The arguments that a tuple holds.
    fn spread(&mut self, tuple: &Operand, ty: &T) -> Res<Vec<(Operand, T)>> {
        let T::Tuple(items) = ty else {
            return Err(format!("arguments of type {}", self.show(ty)));
        };
        match tuple {
            Operand::Use(place) => Ok(items
                .iter()
                .enumerate()
                .map(|(at, ty)| (Operand::Use(step(place, Projection::Field(at))), ty.clone()))
                .collect()),
            Operand::Const(_) if items.is_empty() => Ok(Vec::new()),
            Operand::Const(_) => Err("arguments that are constants".to_owned()),
        }
    }

    /// A call of something that can be called: what is called, its type, whether it is given
    /// by a reference; and the arguments one by one.
    #[expect(clippy::too_many_arguments, reason = "what a call is made of")]
    fn call_value(
        &mut self,
        to: Place,
        function: Operand,
        of: &T,
        by_reference: bool,
        args: Vec<(Operand, T)>,
        ends: (Option<usize>, Unwind),
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let (target, unwind) = ends;
        match of {
            T::Ref(inner) => {
                // A reference to what can be called can be called.
                let function = if by_reference {
                    let Operand::Use(place) = function else {
                        return Err("a function that is a constant".to_owned());
                    };
                    Operand::Use(step(&place, Projection::Deref(Ty::Ptr)))
                } else {
                    function
                };
                self.call_value(to, function, &inner.clone(), true, args, ends, builder)
            }
            T::Adt(..) if !by_reference && self.show(of).starts_with("AssertUnwindSafe") => {
                let T::Adt(_, _, types) = of else { return Err("a function".to_owned()) };
                let inner = match function {
                    Operand::Use(place) => Operand::Use(step(&place, Projection::Field(0))),
                    // It has no cells.
                    Operand::Const(_) => Operand::Const(Constant::Opaque(self.lower(&types[0])?)),
                };
                self.call_value(to, inner, &types[0].clone(), false, args, ends, builder)
            }
            T::Closure(krate, name, env) => {
                let body = self.closures.get(&(*krate, name.clone())).copied();
                let body = body.ok_or_else(|| format!("calls the closure {name}"))?;
                let wants_reference =
                    matches!(self.bodies[body].1.locals.get(1), Some(Some(ast::Ty::Ref(_))));
                let number = self.job(Job::Body(body, env.clone()));
                let callee = Callee::Fn(number, Vec::new());
                let rest = args.into_iter().map(|arg| arg.0);
                if by_reference == wants_reference {
                    let args = std::iter::once(function).chain(rest).collect();
                    builder.end(Terminator::Call(to, callee, args, target, unwind));
                    return Ok(());
                }
                if by_reference {
                    return Err("calls a closure that is used up by it by a reference".to_owned());
                }
                // It is kept for the call, and dropped after it.
                let lowered = self.lower(of)?;
                let (kept, address) = (builder.local(lowered), builder.local(Ty::Ptr));
                builder.assign(of_local(kept), Rvalue::Use(function));
                builder.assign(of_local(address), Rvalue::Ref(of_local(kept)));
                let (back, away) = (builder.block(), builder.block());
                let args = std::iter::once(Operand::Use(of_local(address))).chain(rest).collect();
                builder.end(Terminator::Call(
                    to,
                    callee,
                    args,
                    target.map(|_| back),
                    Unwind::Cleanup(away),
                ));
                builder.go(back);
                builder.end(match target {
                    Some(target) => Terminator::Drop(of_local(kept), target, unwind),
                    None => Terminator::Unreachable,
                });
                builder.go(away);
                let after = match unwind {
                    Unwind::Cleanup(block) => block,
                    other => {
                        let end = builder.block();
                        let before = builder.current;
                        builder.go(end);
                        builder.end(match other {
                            Unwind::Terminate => Terminator::Terminate,
                            Unwind::Unreachable => Terminator::Unreachable,
                            _ => Terminator::Resume,
                        });
                        builder.go(before);
                        end
                    }
                };
                builder.end(Terminator::Drop(of_local(kept), after, Unwind::Terminate));
                Ok(())
            }
            T::FnDef(_, name) => {
                let known = name
                    .strip_prefix("{#")
                    .and_then(|name| name.strip_suffix('}'))
                    .and_then(|number| number.parse::<usize>().ok())
                    .and_then(|number| self.paths.get(number).cloned());
                let (krate, path, env) = match known {
                    Some(known) => known,
                    None => {
                        let T::FnDef(krate, text) = of else { return Err(String::new()) };
                        let inside = text
                            .split_once('{')
                            .and_then(|(_, rest)| rest.rsplit_once('}'))
                            .and_then(|(path, _)| crate::parse::path(path));
                        let path = inside.ok_or_else(|| format!("calls `{text}`"))?;
                        (*krate, path, builder.env.clone())
                    }
                };
                let outside = (builder.krate, std::mem::replace(&mut builder.env, env));
                builder.krate = krate;
                let types: Vec<T> = args.iter().map(|arg| arg.1.clone()).collect();
                let found = self.target(&path, builder, &types);
                (builder.krate, builder.env) = outside;
                let args = args.into_iter().map(|arg| arg.0).collect();
                self.finish_call(to, found?, args, ends, builder)
            }
            other => Err(format!("calls a value of type {}", self.show(other))),
        }
    }

    fn finish_call(
        &mut self,
        to: Place,
        found: Target,
        args: Vec<Operand>,
        ends: (Option<usize>, Unwind),
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let (target, unwind) = ends;
        let end = match found {
            Target::Fn(number) => {
                let callee = Callee::Fn(number, Vec::new());
                Terminator::Call(to, callee, args, target, unwind)
            }
            Target::Lib(name, types) => {
                Terminator::Call(to, Callee::Lib(name, types), args, target, unwind)
            }
            Target::Panic => {
                let callee = Callee::Lib("panicking::panic_fmt", Vec::new());
                Terminator::Call(to, callee, vec![unit()], None, unwind)
            }
            Target::Abort => Terminator::Terminate,
            Target::Unreachable => Terminator::Unreachable,
            Target::Identity => {
                let [arg] = &args[..] else { return Err("a call of another form".to_owned()) };
                builder.assign(to, Rvalue::Use(arg.clone()));
                target.map_or(Terminator::Unreachable, Terminator::Goto)
            }
            Target::Catch => return Err("a call of another form".to_owned()),
        };
        builder.end(end);
        Ok(())
    }

    fn call(
        &mut self,
        destination: &ast::Place,
        path: &Path,
        arguments: &[ast::Operand],
        ends: (Option<usize>, Unwind),
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let (to, to_ty) = self.place(destination, builder)?;
        let args = arguments
            .iter()
            .map(|arg| self.operand(arg, builder))
            .collect::<Res<Vec<(Operand, T)>>>();
        let last = path.idents().last().copied().unwrap_or_default();
        // A panic's message need not be known.
        let args = match args {
            Ok(args) => args,
            Err(_) if path.qself.is_none() && PANICS.contains(&last) => Vec::new(),
            Err(why) => return Err(why),
        };
        if let Some(qself) = &path.qself {
            let of_trait = qself.as_trait.as_ref().and_then(|of| of.idents().last().copied());
            if let (Some("Fn" | "FnMut" | "FnOnce"), [function, tuple]) = (of_trait, &args[..]) {
                let of = self.ty(builder.krate, &builder.env.clone(), &qself.ty)?;
                let spread = self.spread(&tuple.0, &tuple.1)?;
                let by_reference = last != "call_once";
                let function = function.0.clone();
                return self.call_value(to, function, &of, by_reference, spread, ends, builder);
            }
        }
        // The drop glue of a slice goes on after a panic: the model of the library says how.
        if let ("drop_in_place", [(Operand::Use(place), T::Ptr(of) | T::Ref(of))]) =
            (last, &args[..])
        {
            if let T::Slice(item) = &**of {
                let body = self.library_function("drop_slice")?;
                let env = vec![("T".to_owned(), (**item).clone())];
                if self.undroppable(item) {
                    return Err(format!("drops values of type {}", self.show(item)));
                }
                let found = Target::Fn(self.job(Job::Body(body, env)));
                let part = |at| Operand::Use(step(place, Projection::Field(at)));
                return self.finish_call(to, found, vec![part(0), part(1)], ends, builder);
            }
        }
        let types: Vec<T> = args.iter().map(|arg| arg.1.clone()).collect();
        let found = self.target(path, builder, &types)?;
        if matches!(found, Target::Catch) {
            return self.catch(to, &to_ty, args, ends, builder);
        }
        let args = args.into_iter().map(|arg| arg.0).collect();
        self.finish_call(to, found, args, ends, builder)
    }

    /// A function of the model of the library.
    fn library_function(&self, name: &str) -> Res<usize> {
        let key = (self.library, Key::Free(name.to_owned()));
        let found = self.by_key.get(&key).and_then(|found| found.first().copied());
        found.ok_or_else(|| format!("the model of the library has no {name}"))
    }

    /// `catch_unwind`: what unwinds out of the call is an `Err` whose payload is nothing.
    fn catch(
        &mut self,
        to: Place,
        ty: &T,
        mut args: Vec<(Operand, T)>,
        ends: (Option<usize>, Unwind),
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let (Some((function, of)), Some(target)) = (args.pop(), ends.0) else {
            return Err("a call of `catch_unwind` of another form".to_owned());
        };
        let T::Adt(_, _, results) = ty else {
            return Err("a call of `catch_unwind` of another form".to_owned());
        };
        let result = self.lower(&results[0])?;
        let value = builder.local(result);
        let (ok, err) = (self.variant(ty, "Ok")?, self.variant(ty, "Err")?);
        let (returned, unwound) = (builder.block(), builder.block());
        builder.catches.push(unwound);
        let before = builder.current;
        builder.go(returned);
        let (statements, lines) =
            (std::mem::take(&mut builder.statements), std::mem::take(&mut builder.statement_lines));
        builder
            .assign(to.clone(), Rvalue::Aggregate(Some(ok), vec![Operand::Use(of_local(value))]));
        builder.end(Terminator::Goto(target));
        builder.go(unwound);
        let payload = Operand::Const(Constant::Opaque(fat()));
        builder.assign(to, Rvalue::Aggregate(Some(err), vec![payload]));
        builder.end(Terminator::Goto(target));
        builder.go(before);
        (builder.statements, builder.statement_lines) = (statements, lines);
        let ends = (Some(returned), Unwind::Cleanup(unwound));
        self.call_value(of_local(value), function, &of, false, Vec::new(), ends, builder)
    }

    fn terminator(&mut self, end: &ast::Terminator, builder: &mut Builder<'a>) -> Res<()> {
        let end = match end {
            ast::Terminator::Goto(target) => Terminator::Goto(*target),
            ast::Terminator::SwitchInt(operand, cases, otherwise) => {
                let (operand, _) = self.operand(operand, builder)?;
                Terminator::Switch(operand, cases.clone(), *otherwise)
            }
            ast::Terminator::Call { destination, callee, arguments, target, unwind } => {
                return match callee {
                    ast::Callee::Path(path) => {
                        self.call(destination, path, arguments, (*target, *unwind), builder)
                    }
                    ast::Callee::Pointer(operand) => {
                        let (to, _) = self.place(destination, builder)?;
                        let (function, of) = self.operand(operand, builder)?;
                        let args = arguments
                            .iter()
                            .map(|arg| self.operand(arg, builder))
                            .collect::<Res<Vec<_>>>()?;
                        self.call_value(to, function, &of, false, args, (*target, *unwind), builder)
                    }
                };
            }
            ast::Terminator::Drop(place, target, unwind) => {
                let (place, ty) = self.place(place, builder)?;
                self.lower(&ty)?;
                if self.undroppable(&ty) {
                    return Err(format!("drops a value of type {}", self.show(&ty)));
                }
                Terminator::Drop(place, *target, *unwind)
            }
            ast::Terminator::Assert(operand, expected, target, unwind) => {
                Terminator::Assert(self.operand(operand, builder)?.0, *expected, *target, *unwind)
            }
            ast::Terminator::Return => Terminator::Return,
            ast::Terminator::Resume => Terminator::Resume,
            ast::Terminator::Terminate => Terminator::Terminate,
            ast::Terminator::Unreachable => Terminator::Unreachable,
            ast::Terminator::Other(text) => return Err(format!("the statement `{text}`")),
        };
        builder.end(end);
        Ok(())
    }
}

/// The functions without arguments and without type parameters of a crate: its scenarios.
pub fn scenarios(of: &Crate) -> Vec<String> {
    of.dump
        .bodies
        .iter()
        .filter(|body| {
            body.kind == ast::Kind::Fn
                && body.arguments == 0
                && !body.for_constants
                && body.path.segments.iter().all(|segment| matches!(segment.name, Name::Ident(_)))
        })
        .map(|body| body.path.to_string())
        .collect()
}

/// The program of a function of the first crate; the last crate is the model of the library.
///
/// # Errors
///
/// If there is no such function, or it takes arguments.
pub fn translate(crates: &[Crate], scenario: &str) -> Result<Mono, String> {
    let library = crates.len().checked_sub(1).ok_or("no crate")?;
    let mut mono = Mono_::new(crates, library);
    let found: Vec<usize> = (0..mono.bodies.len())
        .filter(|&number| {
            let (krate, body) = mono.bodies[number];
            krate == 0 && body.kind == ast::Kind::Fn && body.path.to_string() == scenario
        })
        .collect();
    let [body] = found[..] else { return Err(format!("there is no function `{scenario}`")) };
    if mono.bodies[body].1.arguments != 0 {
        return Err(format!("`{scenario}` takes arguments: a scenario takes none"));
    }
    let main = mono.job(Job::Body(body, Env::new()));
    while let Some((number, job)) = mono.queue.pop() {
        if mono.out.program.functions.len() > 20_000 {
            return Err("the program needs more than 20000 functions".to_owned());
        }
        mono.run(number, &job);
    }
    mono.out.main = main;
    Ok(mono.out)
}
