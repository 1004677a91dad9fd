//! From the syntax trees of several crates to one program without type parameters: what a
//! function without arguments needs, each generic function once for each of the types that
//! it is used at, methods of traits as the `impl`s that they mean.
//!
//! [`translate`](crate::translate()) keeps functions generic, for proofs; this is for runs.
//! One of the crates is the model of the library: Rust source that stands for what `core`,
//! `alloc` and `std` have, whose items are found by their last names.
//!
//! | what | module |
//! |---|---|
//! | types that are written, associated types | `types` |
//! | which `impl` is meant | `impls` |
//! | which function or constant a path means | `functions` |
//! | layouts, drop glue | `layout` |
//! | bodies, block by block | `bodies`, `builder` |
//! | what stands in them | `places`, `constants`, `statements`, `calls`, `intrinsics` |
//! | functions at types that are not known | `general` |
//!
//! What has no meaning is refused by block: the block ends where it stands, by a call
//! ([`REFUSED`]) that no run survives, and the reason is kept ([`Mono::refused`]). So a part
//! that is never reached harms nobody.

mod bodies;
mod builder;
mod calls;
mod constants;
mod functions;
mod general;
mod impls;
mod intrinsics;
mod layout;
mod places;
mod statements;
mod types;

use builder::{Builder, EXPOSE, exposed};
use functions::{OF_PRIMITIVES, PANICS};
use general::Unknown;
pub use general::{Found, General, Why, general};

use crate::ast::{self, Const, Dump, Name, Path, Position, Statement};
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
    /// Whether it is `&mut`.
    Ref(Box<T>, bool),
    Ptr(Box<T>),
    Tuple(Vec<T>),
    Array(Box<T>, usize),
    Slice(Box<T>),
    /// The crate, the number of the type in its items, the arguments.
    Adt(usize, usize, Vec<T>),
    /// `Box`, `ManuallyDrop`, `MaybeUninit`, and `Unique`, which is seen in `Box` only.
    Lib(&'static str, Vec<T>),
    Closure(usize, String, Env),
    /// A function: its type as it is written, or its path, and what its parameters are.
    FnDef(usize, String, Env),
    FnPtr,
    Dyn(String),
    /// The value of a parameter that is a constant.
    Const(usize),
    /// A type that is not known, by its number.
    Param(usize),
}

impl T {
    fn int(&self) -> Option<Int> {
        match self {
            T::Int(name) => Some(Int(name)),
            _ => None,
        }
    }
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

/// What the number 0 means as a pointer: the table of the library has it for the last
/// address, to which nothing points; a program that has no such pointer may have null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zero {
    Null,
    LastAddress,
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
    /// A function of the model of the library that is known here, and the types it is at.
    Intrinsic(String, Vec<T>),
    /// The program catches what unwinds.
    Catch,
    /// A function of a type that is not known, by its name.
    Declared(String),
}

struct Translator<'a> {
    crates: &'a [Crate],
    library: usize,
    bodies: Vec<(usize, &'a ast::Body)>,
    by_key: HashMap<(usize, Key), Vec<usize>>,
    /// Bodies outside of `impl`s by the last part of their paths.
    free: HashMap<(usize, String), Vec<(String, usize)>>,
    /// Of each body in an `impl` where that begins, and how many of the name are there before
    /// it: a macro makes several.
    turns: Vec<(Option<Position>, usize)>,
    by_turn: HashMap<(usize, Option<Position>, usize), Vec<usize>>,
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
    /// What the number 0 means as a pointer in this program: one of two things.
    zero: Option<Zero>,
    /// What is not known, if functions are translated for all types.
    unknown: Option<Unknown>,
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

fn is_std(path: &[&str]) -> bool {
    path.len() > 1 && matches!(path[0], "core" | "alloc" | "std")
}

fn usize_ty() -> Ty {
    Ty::Int(Int("usize"))
}

fn fat() -> Ty {
    Ty::Tuple(vec![Ty::Ptr, usize_ty()])
}

impl<'a> Translator<'a> {
    fn new(crates: &'a [Crate], library: usize) -> Self {
        let mut bodies = Vec::new();
        let mut by_key: HashMap<(usize, Key), Vec<usize>> = HashMap::new();
        let mut free: HashMap<(usize, String), Vec<(String, usize)>> = HashMap::new();
        let mut turns = Vec::new();
        let mut by_turn: HashMap<_, Vec<usize>> = HashMap::new();
        let mut closures = HashMap::new();
        for (krate, of) in crates.iter().enumerate() {
            for body in &of.dump.bodies {
                if body.kind == ast::Kind::Fn && body.for_constants {
                    continue;
                }
                let number = bodies.len();
                bodies.push((krate, body));
                let key = key(&body.path);
                if let Key::Free(path) = &key {
                    let last = path.rsplit("::").next().unwrap_or_default().to_owned();
                    free.entry((krate, last)).or_default().push((path.clone(), number));
                }
                let at = match &key {
                    Key::Impl(at, _) => Some(at.clone()),
                    Key::Free(_) => None,
                };
                let same = by_key.entry((krate, key)).or_default();
                if at.is_some() {
                    by_turn.entry((krate, at.clone(), same.len())).or_default().push(number);
                }
                turns.push((at, same.len()));
                same.push(number);
                let nameless = body.path.segments.last().map(|segment| &segment.name);
                if let (Some(Name::Nameless(_)), Some(Some(env))) = (nameless, body.locals.get(1)) {
                    let closure = match env {
                        ast::Ty::Ref(to, _) => to,
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
            free,
            turns,
            by_turn,
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
            zero: None,
            unknown: None,
        }
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
    let mut mono = Translator::new(crates, library);
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
