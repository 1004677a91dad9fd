//! Refutations: an input of which a run shows that a function does not have its signature.
//!
//! Inputs are tried by a fast machine that nobody trusts ([`exec`]). What it finds is run
//! once more by `check_refute` of `theories/refine/refute.v`, as the prover extracts it:
//! the verified interpreter runs the compiled function, and the end is compared with the
//! signature ([`confirm`]). So a refutation is never the machine's word alone
//! (`check_refute_sound`).
//!
//! A run in which a call does not give what the callee demands, or an assertion of the
//! compiler's fails that must not, ends otherwise than is promised nowhere: there the
//! program is amended, so that it is stuck at that place ([`Cause`]), and the verified
//! interpreter is asked whether it gets stuck.

pub mod confirm;
pub mod exec;
pub mod inputs;

use crate::checker::{
    Body, Kind, List, Mode, Operand, Param, Place, Positive, Program, Proj, Sig, SigResult,
    Terminator, Ty, Unwind, Z,
};
use crate::finder::infer::Task;
use confirm::{Claim, confirm};
use exec::{End, Machine, Panic, Site, Values, holds, outcome};

/// What is wrong in the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It returns, and a promise is false.
    Promise {
        /// Which formula of the signature.
        clause: usize,
    },
    /// It panics, and the mode forbids that.
    Panic {
        /// Where.
        site: Site,
        /// What the assertion is about.
        panic: Panic,
    },
    /// It calls a function with what this does not take.
    Demand {
        /// Where.
        site: Site,
        /// The function.
        callee: usize,
        /// Which formula of its signature.
        clause: usize,
        /// The callee's variables.
        values: Values,
    },
}

/// A run that a signature excludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refutation {
    /// The values of the variables of the parameters, and of the results if it returns.
    pub values: Values,
    /// What is wrong.
    pub cause: Cause,
}

/// Steps of the fast machine, for one input and for all.
const STEPS: u64 = 20_000;
const ALL_STEPS: u64 = 3_000_000;
/// Steps of the verified interpreter.
const FUEL: u64 = 200_000;
/// So many inputs of which the machine says that they refute are shown to the verified
/// interpreter.
const TRIES: usize = 3;

/// Whether the mode forbids that an assertion of this kind fails.
fn forbidden(mode: &Mode, panic: Panic, own: bool) -> bool {
    match (mode, panic) {
        (Mode::Strict, _) => true,
        // That of a function that is called is its own fault.
        (Mode::StrictUnder, Panic::Underflow) => own,
        (_, Panic::Zero) => own,
        _ => false,
    }
}

/// The program with a function that is stuck where it is called with these values.
fn stuck_at_values(
    program: &Program,
    function: usize,
    sig: &Sig,
    values: &Values,
) -> Option<Program> {
    let amend = |body: &Body| {
        let args: Vec<&Param> = sig.params.iter().collect();
        let first = args.len() + 1;
        let mut blocks = Vec::new();
        for (number, param) in args.iter().enumerate() {
            let (proj, var) = match param {
                Param::Val(_, x) => (List::new(), x),
                Param::Mut(kind, x, _) | Param::Shr(kind, x) => {
                    (List::from([Proj::Deref(ty_of(kind))]), x)
                }
            };
            let of = Operand::Use(Place { local: number + 1, proj });
            let value = Z::from(values.get(var).copied()?);
            let end = Terminator::SwitchInt(of, List::from([(value, number + 1)]), Some(first));
            blocks.push((List::new(), end));
        }
        blocks.push((List::new(), Terminator::Unreachable));
        let blocks = blocks.into_iter().chain(
            body.blocks.iter().map(|(statements, end)| (statements.clone(), shifted(end, first))),
        );
        Some(Body {
            args: body.args,
            locals: body.locals.clone(),
            blocks: blocks.collect::<Vec<_>>().into(),
        })
    };
    with_body(program, function, amend)
}

fn ty_of(kind: &Kind) -> Ty {
    match kind {
        Kind::Int(ty) => Ty::Int(ty.clone()),
        Kind::Bool => Ty::Bool,
    }
}

fn shifted(end: &Terminator, by: usize) -> Terminator {
    let unwind = |of: &Unwind| match of {
        Unwind::Cleanup(block) => Unwind::Cleanup(block + by),
        other => other.clone(),
    };
    match end {
        Terminator::Goto(to) => Terminator::Goto(to + by),
        Terminator::SwitchInt(of, targets, otherwise) => Terminator::SwitchInt(
            of.clone(),
            targets.iter().map(|(value, to)| (value.clone(), to + by)).collect(),
            otherwise.map(|to| to + by),
        ),
        Terminator::Call(place, callee, args, to, u) => Terminator::Call(
            place.clone(),
            callee.clone(),
            args.clone(),
            to.map(|to| to + by),
            unwind(u),
        ),
        Terminator::Drop(place, to, u) => Terminator::Drop(place.clone(), to + by, unwind(u)),
        Terminator::Assert(of, expected, to, u) => {
            Terminator::Assert(of.clone(), *expected, to + by, unwind(u))
        }
        other => other.clone(),
    }
}

/// The program with an assertion whose failure is stuck.
fn stuck_at_assertion(program: &Program, site: Site) -> Option<Program> {
    with_body(program, site.function, |body| {
        let blocks = body.blocks.iter().enumerate().map(|(number, (statements, end))| {
            let end = match end {
                Terminator::Assert(of, expected, to, _) if number == site.block => {
                    Terminator::Assert(of.clone(), *expected, *to, Unwind::Unreachable)
                }
                other => other.clone(),
            };
            (statements.clone(), end)
        });
        Some(Body {
            args: body.args,
            locals: body.locals.clone(),
            blocks: blocks.collect::<Vec<_>>().into(),
        })
    })
}

fn with_body(
    program: &Program,
    function: usize,
    amend: impl FnOnce(&Body) -> Option<Body>,
) -> Option<Program> {
    let mut bodies: Vec<Body> = program.fns.iter().cloned().collect();
    let body = bodies.get_mut(function)?;
    *body = amend(body)?;
    Some(Program { adts: program.adts.clone(), fns: bodies.into() })
}

/// What the end of a run says against the signature, as far as the fast machine knows.
fn against(
    task: &Task<'_>,
    number: usize,
    sig: &Sig,
    values: &Values,
    end: &End,
    cells: &[exec::Val],
) -> Option<Refutation> {
    match end {
        End::Returned(result) => {
            let all = outcome(sig, values, *result, cells)?;
            let clause = sig.ensures.iter().position(|of| holds(of, &all) == Some(false))?;
            Some(Refutation { values: all, cause: Cause::Promise { clause } })
        }
        End::Panicked(site, panic) => {
            forbidden(&task.mode, *panic, site.function == number).then(|| Refutation {
                values: values.clone(),
                cause: Cause::Panic { site: *site, panic: *panic },
            })
        }
        End::Demanded { site, callee, clause, values: theirs } => Some(Refutation {
            values: values.clone(),
            cause: Cause::Demand {
                site: *site,
                callee: *callee,
                clause: *clause,
                values: theirs.clone(),
            },
        }),
    }
}

/// Whether the verified interpreter says so as well.
pub fn is_confirmed(task: &Task<'_>, number: usize, sig: &Sig, found: &Refutation) -> bool {
    let amended;
    let program = match &found.cause {
        Cause::Promise { .. } => task.program,
        Cause::Panic { .. } if task.mode == Mode::Strict => task.program,
        Cause::Panic { site, .. } => match stuck_at_assertion(task.program, *site) {
            Some(program) => {
                amended = program;
                &amended
            }
            None => return false,
        },
        Cause::Demand { callee, values, .. } => {
            let theirs = (task.sigs)(*callee);
            let program =
                theirs.and_then(|sig| stuck_at_values(task.program, *callee, &sig, values));
            match program {
                Some(program) => {
                    amended = program;
                    &amended
                }
                None => return false,
            }
        }
    };
    let claim = Claim {
        mode: task.mode,
        program,
        instances: task.instances,
        function: number,
        sig,
        values: &found.values,
    };
    confirm(&claim, FUEL) == Some(true)
}

/// Searches an input that refutes the signature of a function.
pub fn refute(task: &Task<'_>, number: usize, sig: &Sig) -> Option<Refutation> {
    let body = task.program.fns.iter().nth(number)?;
    let mut random = inputs::Random(number as u64);
    let mut machine = Machine::new(task.program, task.sigs);
    let mut left = ALL_STEPS;
    let mut tries = 0;
    for values in inputs::candidates(sig, body, &mut random) {
        machine.fuel = STEPS.min(left);
        let given = machine.fuel;
        let end = machine.call(number, sig, &values);
        left = left.saturating_sub((given - machine.fuel).max(1));
        if let Ok((end, cells)) = end {
            if let Some(found) = against(task, number, sig, &values, &end, &cells) {
                if is_confirmed(task, number, sig, &found) {
                    return Some(found);
                }
                tries += 1;
            }
        }
        if left == 0 || tries >= TRIES {
            return None;
        }
    }
    None
}

/// Whether the call panics, if nobody looks at what functions demand.
pub fn panics(task: &Task<'_>, number: usize, sig: &Sig, values: &Values) -> bool {
    let nothing = |_: usize| None;
    let mut machine = Machine::new(task.program, &nothing);
    machine.fuel = STEPS;
    matches!(machine.call(number, sig, values), Ok((End::Panicked(..), _)))
}

/// The type of the variable of a parameter or result.
pub fn kind_of(sig: &Sig, var: &Positive) -> Option<Kind> {
    let of = sig.params.iter().find_map(|param| match param {
        Param::Val(kind, x) | Param::Shr(kind, x) if x == var => Some(kind.clone()),
        Param::Mut(kind, x, y) if x == var || y == var => Some(kind.clone()),
        _ => None,
    });
    of.or_else(|| match &sig.result {
        SigResult::Val(kind, r) if r == var => Some(kind.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
