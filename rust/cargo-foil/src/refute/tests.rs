//! Attacks on the checker, with runs as the judge: programs, signatures and certificates are
//! changed at random, and whatever is accepted keeps its signature in each run that is tried.

use super::exec::GivenUp;
use super::inputs::candidates;
use super::*;
use crate::checker::attacks::{Change, Random, attacks};
use crate::checker::chapter::{chapter_examples, chapter_functions, chapter_program};
use crate::checker::{
    ArithOp, CheckedFn, Constant, Instance, Rel, Rvalue, Sig, Stmt, generated, runtime,
};
use crate::finder::infer::find;

impl Change for Operand {
    fn change(&self, r: &mut Random) -> Self {
        match self {
            Operand::Const(Constant::Int(ty, value)) => {
                Operand::Const(Constant::Int(ty.clone(), value.change(r)))
            }
            Operand::Const(Constant::Bool(value)) => Operand::Const(Constant::Bool(!value)),
            Operand::Use(place) => {
                let local = if r.once_in(2) { place.local + 1 } else { place.local.max(1) - 1 };
                Operand::Use(Place { local, proj: place.proj.clone() })
            }
            other => other.clone(),
        }
    }
}

impl Change for Stmt {
    fn change(&self, r: &mut Random) -> Self {
        let Stmt::Assign(to, value) = self;
        let op = |r: &mut Random| [ArithOp::AddOp, ArithOp::SubOp, ArithOp::MulOp][r.below(3)];
        let rel =
            |r: &mut Random| [Rel::Eq, Rel::Ne, Rel::Lt, Rel::Le, Rel::Gt, Rel::Ge][r.below(6)];
        let value = match (value, r.below(3)) {
            (Rvalue::Rel(_, a, b), 0) => Rvalue::Rel(rel(r), a.clone(), b.clone()),
            (Rvalue::Rel(of, a, b), 1) => Rvalue::Rel(*of, a.change(r), b.clone()),
            (Rvalue::Rel(of, a, b), _) => Rvalue::Rel(*of, a.clone(), b.change(r)),
            (Rvalue::Checked(t, _, a, b), 0) => {
                Rvalue::Checked(t.clone(), op(r), a.clone(), b.clone())
            }
            (Rvalue::Checked(t, of, a, b), 1) => {
                Rvalue::Checked(t.clone(), *of, a.change(r), b.clone())
            }
            (Rvalue::Checked(t, of, a, b), _) => {
                Rvalue::Checked(t.clone(), *of, a.clone(), b.change(r))
            }
            (Rvalue::Use(of), _) => Rvalue::Use(of.change(r)),
            (Rvalue::Not(of), _) => Rvalue::Use(of.clone()),
            (other, _) => other.clone(),
        };
        Stmt::Assign(to.clone(), value)
    }
}

/// The body with one change.
fn changed_body(body: &Body, r: &mut Random) -> Body {
    let mut blocks: Vec<(List<Stmt>, Terminator)> = body.blocks.iter().cloned().collect();
    let count = blocks.len();
    let at = r.below(count);
    let (statements, end) = &mut blocks[at];
    if !statements.is_empty() && !r.once_in(4) {
        *statements = statements.change(r);
    } else {
        *end = match end.clone() {
            Terminator::Goto(_) => Terminator::Goto(r.below(count)),
            Terminator::SwitchInt(of, targets, otherwise) => {
                let others =
                    targets.iter().map(|(value, to)| (value.clone(), otherwise.unwrap_or(*to)));
                let first = targets.iter().next().map(|(_, to)| *to);
                Terminator::SwitchInt(of, others.collect(), first)
            }
            Terminator::Assert(of, expected, to, u) => Terminator::Assert(of, !expected, to, u),
            Terminator::Call(place, callee, args, to, u) => {
                Terminator::Call(place, callee, args.change(r), to, u)
            }
            other => other,
        };
    }
    Body { args: body.args, locals: body.locals.clone(), blocks: blocks.into() }
}

/// How a run violates a signature, if it does.
fn violation(task: &Task<'_>, number: usize, sig: &Sig, r: &mut Random) -> Option<Refutation> {
    let body = task.program.fns.iter().nth(number)?;
    let mut machine = Machine::new(task.program, task.sigs);
    let mut all = candidates(sig, body, &mut inputs::Random(r.below(1 << 30) as u64));
    for _ in 0..100.min(all.len()) {
        let values = all.swap_remove(r.below(all.len()));
        machine.fuel = 5_000;
        match machine.call(number, sig, &values) {
            Ok((end, cells)) => {
                let found = against(task, number, sig, &values, &end, &cells);
                if found.is_some() {
                    return found;
                }
            }
            // Stuck is what no accepted function is.
            Err(GivenUp::Stuck) => {
                return Some(Refutation { values, cause: Cause::Promise { clause: usize::MAX } });
            }
            Err(GivenUp::Long | GivenUp::Unknown) => {}
        }
    }
    None
}

/// Killed by: a goal that the checker does not ask for, or takes for shown.
#[test]
fn what_is_accepted_after_changes_fails_in_no_run() {
    let (program, instances): (_, List<Instance>) = (chapter_program(), chapter_functions());
    let examples = chapter_examples();
    let accepted: Vec<_> = examples.iter().filter(|(_, answer)| answer.is_ok()).collect();
    let mut r = Random(0x243f_6a88_85a3_08d3);
    let (mut taken, mut found, mut fails) = (0, 0, 0);
    for number in 0..attacks(500) {
        let ((mode, functions), _) = accepted[number % accepted.len()];
        let checked: Vec<Option<CheckedFn>> = functions.iter().cloned().collect();
        let with: Vec<usize> =
            (0..checked.len()).filter(|&number| checked[number].is_some()).collect();
        let at = with[r.below(with.len())];
        let Some(CheckedFn { mut sig, mut cert }) = checked[at].clone() else { continue };
        let mut bodies: Vec<Body> = program.fns.iter().cloned().collect();
        match r.below(3) {
            0 => bodies[at] = changed_body(&bodies[at], &mut r),
            1 => sig.ensures = sig.ensures.change(&mut r),
            _ => {
                bodies[at] = changed_body(&bodies[at], &mut r);
                sig.requires = sig.requires.change(&mut r);
            }
        }
        let changed = crate::checker::Program { adts: program.adts.clone(), fns: bodies.into() };
        let sigs = |number: usize| match checked.get(number) {
            Some(Some(_)) if number == at => Some(sig.clone()),
            Some(Some(of)) => Some(of.sig.clone()),
            _ => None,
        };
        let task = Task { program: &changed, instances: &instances, sigs: &sigs, mode: *mode };
        // The old certificate, a changed one, or one that is found for what it is now.
        match r.below(3) {
            0 => {}
            1 => cert = cert.change(&mut r),
            _ => {
                let search = || find(&task, at, &sig);
                if let Ok(Ok(other)) = runtime::with_limits(20_000_000, 1 << 20, search) {
                    cert = if r.once_in(2) { other.change(&mut r) } else { other };
                    found += 1;
                }
            }
        }
        let fn_ = CheckedFn { sig: sig.clone(), cert };
        let of = |number: &usize| sigs(*number);
        let answer = runtime::with_limits(3_000_000, 1 << 20, || {
            generated::check_fn(mode, &changed, &instances, &of, &at, &fn_)
        });
        let violation = violation(&task, at, &sig, &mut r);
        if answer == Ok(Ok(())) {
            taken += 1;
            assert_eq!(violation, None, "{number}: {at} {mode:?} {sig:?} {changed:?}");
        } else if violation.is_some() {
            fails += 1;
        }
    }
    println!("{taken} accepted, {found} proofs found, {fails} rejected that fail in a run");
    let all = attacks(500);
    // Neither side is empty.
    assert!(taken * 20 > all, "{taken} accepted");
    assert!(found * 20 > all, "{found} found");
    assert!(fails * 20 > all, "{fails} fail");
}
