//! The verified checker of refinements.
//!
//! `generated.rs` is `theories/refine/check.v` in Rust, printed by `cargo xtask codegen`
//! from what Coq extracts: what [`check_program`](generated::check_program) accepts has
//! the signatures that are claimed (`check_sound` in `theories/refine/check_sound.v`).
//! Numbers, lists and the budget are written by hand ([`Z`], [`List`]).
//!
//! The bodies are those of `theories/mir/mir.v`; variables of formulas are [`Positive`].

#[cfg(test)]
#[allow(clippy::all, clippy::pedantic, non_snake_case)]
mod chapter;
#[allow(clippy::all, clippy::pedantic, non_snake_case, unused_variables, missing_docs)]
pub(crate) mod generated;
mod list;
mod number;
pub(crate) mod runtime;

pub use generated::{
    Adt, ArithOp, ArithProof, AtPart, Body, Callee, Cert, CheckedFn, Code, Constant, Edge, Env,
    Error, Exp, Fault, Fml, Instance, IntSize, IntType, Kind, Mode, Node, Operand, Param, Place,
    Pol, PolRel, Program, Proj, Proof, Psatz, Rel, Rvalue, Shape, Sig, SigResult, Stmt, Sym,
    TermCert, Terminator, Ty, Unwind,
};
pub use list::{Iter, List};
pub use number::{Positive, Z};
pub use runtime::Limit;

/// The verified function, within limits. `None`: the function has no certificate and is
/// not called by those that have one.
///
/// # Errors
/// What is not accepted, and where; or the limit that stopped the check.
pub fn check_program(
    mode: Mode,
    program: &Program,
    instances: &List<Instance>,
    functions: &List<Option<CheckedFn>>,
) -> Result<Result<(), Error>, Limit> {
    runtime::with_limits(u64::MAX, 1 << 20, || {
        generated::check_program(&mode, program, instances, functions)
    })
}
