//! The verified checker of refinements.
//!
//! `generated.rs` is `theories/refine/check.v` in Rust, printed by `cargo xtask codegen`
//! from what Coq extracts: what [`check_program`](generated::check_program) accepts has
//! the signatures that are claimed (`check_sound` in `theories/refine/check_sound.v`).
//! Numbers, lists and the budget are written by hand ([`Z`], [`List`]).
//!
//! [`check`] is how it is run; [`lower`](lower::lower) makes its bodies from MIR.
//!
//! What it does not accept, although it may be right:
//!
//! - one cell that is lent to a call twice, as two shared references too ([`Code::Aliased`]);
//! - an argument or a result that is neither an integer, nor a boolean, nor (an argument) a
//!   reference to one; a result that is a reference;
//! - a call of a function without a certificate, so one that is only trusted;
//! - a panic with something to clean up ([`Code::MayUnwind`]);
//! - `&`, `|`, `^` and shifts of integers, arrays, enums, closures, generic functions
//!   ([`lower`] says which and where).
//!
//! The bodies are those of `theories/mir/mir.v`; variables of formulas are [`Positive`].

#[cfg(test)]
#[allow(clippy::all, clippy::pedantic, nonstandard_style)]
pub(crate) mod chapter;
#[allow(
    clippy::all,
    clippy::pedantic,
    nonstandard_style,
    dead_code,
    unused_variables,
    missing_docs
)]
pub(crate) mod generated;
mod list;
pub mod lower;
mod number;
// Not all that the generator may print occurs.
#[allow(dead_code)]
pub(crate) mod runtime;

#[cfg(test)]
pub(crate) mod attacks;
#[cfg(test)]
#[allow(clippy::all, clippy::pedantic, nonstandard_style)]
mod reference;
#[cfg(test)]
mod tests;

pub use generated::{
    Adt, ArithOp, ArithProof, AtPart, Body, Callee, Cert, CheckedFn, Code, Constant, Edge, Env,
    Error, Exp, Fault, Fml, Instance, IntSize, IntType, Kind, Mode, Node, Operand, Param, Place,
    Pol, PolRel, Program, Proj, Proof, Psatz, Rel, Rvalue, Shape, Sig, SigResult, Stmt, Sym,
    TermCert, Terminator, Ty, Unwind,
};
pub use list::{Iter, List};
pub use number::{Positive, Z};
pub use runtime::Limit;

/// What the verified checker says of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every function that has a certificate has its signature.
    Accepted,
    /// Not so, and where.
    Rejected(Error),
    /// It was stopped.
    Stopped(Limit),
}

/// What a check may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Steps of the checker, about 100 million a second in a release build.
    pub steps: u64,
    /// How large the program and the certificates may be together, in bytes.
    pub size: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: 1_000_000_000, size: 1 << 25 }
    }
}

/// The stack of a check, and what of it the input's nesting and the check may take. What
/// is left is for taking the check's values apart.
const STACK: usize = 1 << 29;
const STACK_OF_INPUT: usize = 1 << 24;
const STACK_OF_CHECK: usize = 1 << 28;

/// Runs the verified checker. Functions have the numbers that they have in the program;
/// `None`: the function has no certificate, and is not called by those that have one.
///
/// Whatever the arguments are, this ends within the limits, with an answer.
#[must_use]
pub fn check(
    mode: Mode,
    program: &Program,
    instances: &List<Instance>,
    functions: &List<Option<CheckedFn>>,
    limits: Limits,
) -> Verdict {
    let run = || {
        let size = || runtime::size_within(&(program, instances, functions), limits.size);
        runtime::with_limits(u64::MAX, STACK_OF_INPUT, size)?;
        runtime::with_limits(limits.steps, STACK_OF_CHECK, || {
            generated::check_program(&mode, program, instances, functions)
        })
    };
    let answer = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(answer)) => answer,
            Ok(Err(cause)) => std::panic::resume_unwind(cause),
            Err(_) => Err(Limit::Thread),
        }
    });
    match answer {
        Ok(Ok(())) => Verdict::Accepted,
        Ok(Err(error)) => Verdict::Rejected(error),
        Err(limit) => Verdict::Stopped(limit),
    }
}
