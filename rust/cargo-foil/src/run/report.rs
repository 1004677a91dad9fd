//! What happened in a run, in words and with places.

use super::code::{Code, Instance, Label};
use super::machine::{Block, End, Kind, Machine, Stuck, Val};
use super::threads::{State, Why};
use std::collections::BTreeSet;
use std::ops::Range;
use tally_mir::model::{Callee, Terminator, Unwind};
use tally_mir::mono::{Mono, REFUSED};

/// One call under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The function, or what else runs.
    pub function: String,
    /// The block and the statement in it, if it is a function.
    pub place: Option<(u32, u32)>,
    /// The number of the crate, and the line of its dump.
    pub line: Option<(usize, u32)>,
    /// Whether the block is one that is entered by unwinding.
    pub cleanup: bool,
    /// Whether the function is of the model of the library.
    pub of_library: bool,
}

/// A block of memory that is left at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// How many cells it has.
    pub cells: usize,
    /// Who allocated it: the innermost call first.
    pub allocated: Vec<Frame>,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A block is used that was freed.
    UseAfterFree,
    /// A block is freed that was freed.
    DoubleFree,
    /// A local of a function that has returned is used.
    DeadLocal,
    /// An access to a cell before or behind a block.
    OutOfBounds,
    /// A free of something that is not one whole block.
    BadFree,
    /// A cell is used that was never written.
    Uninitialised,
    /// What must not be reached is.
    Unreachable,
    /// A value is used as one of another kind.
    WrongKind,
    /// A number is not in the range of its type.
    Range,
    /// Two threads access a cell, and nothing orders the accesses.
    DataRace,
    /// The program does what the semantics has no rule for.
    Other,
}

impl Fault {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::UseAfterFree => "use after free",
            Self::DoubleFree => "double free",
            Self::DeadLocal => "use of a local variable whose function has returned",
            Self::OutOfBounds => "access outside the block",
            Self::BadFree => "free of what is not one whole block",
            Self::Uninitialised => "read of uninitialised memory",
            Self::Unreachable => "unreachable reached",
            Self::WrongKind => "use of a value as one of another kind",
            Self::Range => "a number out of the range of its type",
            Self::DataRace => "data race",
            Self::Other => "no rule for what the program does",
        }
    }
}

/// What a run has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It returned.
    Returned,
    /// It unwound.
    Unwound,
    /// It is stuck: undefined behaviour.
    Stuck(Fault),
    /// It came to what is not translated.
    Refused(String),
    /// The program ended itself, in an abnormal way.
    Aborted,
    /// It ended itself with that code.
    Exited(i128),
    /// All threads wait, and nobody changes anything.
    Waiting,
    /// It takes more steps than were allowed.
    OutOfSteps,
}

/// A change from one thread to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switched {
    /// The thread that stops.
    pub from: usize,
    /// The one that goes on.
    pub to: usize,
    /// Why it may.
    pub why: Why,
    /// Where the first one stops: the calls under way.
    pub place: Vec<Frame>,
}

/// What is said of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How it ended.
    pub verdict: Verdict,
    /// After how many steps.
    pub steps: u64,
    /// The calls under way at the end, the innermost first.
    pub stack: Vec<Frame>,
    /// Where the block was allocated that the fault is about, and how many cells it has.
    pub allocated: Option<(usize, Vec<Frame>)>,
    /// Where it was freed.
    pub freed: Vec<Frame>,
    /// The last writes to it, the last one first.
    pub writes: Vec<Vec<Frame>>,
    /// More about the fault.
    pub notes: Vec<String>,
    /// What is left in memory at the end, if the scenario has ended.
    pub leaks: Vec<Leak>,
    /// How many calls of the user's code there were.
    pub user_calls: u64,
    /// The function of the user that was made to panic, and the calls under way then.
    pub panicked: Option<(String, Vec<Frame>)>,
    /// How many threads there were, and in which of them the run has ended.
    pub threads: usize,
    /// The thread in which the run has ended.
    pub thread: usize,
    /// Where each thread was started.
    pub started: Vec<Vec<Frame>>,
    /// The changes from one thread to another.
    pub switches: Vec<Switched>,
    /// The other side of a data race: the thread, whether it writes, the calls under way.
    pub other: Option<(usize, bool, Vec<Frame>)>,
    /// The numbers that statics of one cell have at the end, with their names.
    pub statics: Vec<(String, i128)>,
    /// Of threads that wait: where.
    pub waiting: Vec<(usize, Vec<Frame>)>,
}

fn frame(mono: &Mono, code: &Code, label: Label) -> Frame {
    let place = code.places[label as usize];
    let none = Frame {
        function: "the start of the program".to_owned(),
        place: None,
        line: None,
        cleanup: false,
        of_library: true,
    };
    let Some(instance) = code.instances.get(place.instance as usize) else { return none };
    match instance {
        Instance::Fn(number) => {
            let function = mono.program.functions[*number].title.clone();
            let origin = &mono.origins[*number];
            let of_library = origin.of_library;
            let Some(block) = place.block else {
                return Frame { function, of_library, ..none };
            };
            let lines = origin.lines.get(block as usize);
            let line = lines.and_then(|lines| {
                lines.get(place.statement as usize).or_else(|| lines.last()).copied()
            });
            let cleanup = origin.cleanup.get(block as usize).copied().unwrap_or(false);
            Frame {
                function,
                place: Some((block, place.statement)),
                line: line.map(|line| (origin.krate, line)),
                cleanup,
                of_library,
            }
        }
        Instance::Glue(adt) => {
            let name = adt.and_then(|adt| mono.program.adts.get(adt)).map(|adt| adt.name.clone());
            let function = match name {
                Some(name) => format!("drop glue of {name}"),
                None => "drop glue".to_owned(),
            };
            Frame { function, ..none }
        }
        Instance::Call => Frame { function: "a call of a closure".to_owned(), ..none },
    }
}

fn frames(mono: &Mono, code: &Code, labels: &[Label]) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for &label in labels {
        let next = frame(mono, code, label);
        if frames.last() != Some(&next) {
            frames.push(next);
        }
    }
    frames
}

/// Whether the block holds the locals of a function.
fn is_locals(code: &Code, block: &Block) -> bool {
    block.allocated.first().is_some_and(|&label| code.is_entry(label))
}

/// The terminator at the innermost place, if the run is there.
fn terminator<'a>(
    mono: &'a Mono,
    code: &Code,
    label: Label,
) -> Option<(usize, u32, &'a Terminator)> {
    let place = code.places.get(label as usize)?;
    let Instance::Fn(number) = code.instances.get(place.instance as usize)? else { return None };
    let block = place.block?;
    let body = &mono.program.functions[*number].body;
    let (statements, end) = body.blocks.get(block as usize)?;
    (place.statement as usize == statements.len()).then_some((*number, block, end))
}

pub(super) fn report(mono: &Mono, code: &Code, machine: &Machine<'_>, end: End) -> Report {
    let trace = machine.trace(64);
    let stack = frames(mono, code, &trace);
    let mut report = Report {
        verdict: Verdict::OutOfSteps,
        steps: machine.steps,
        stack,
        allocated: None,
        freed: Vec::new(),
        writes: Vec::new(),
        notes: Vec::new(),
        leaks: Vec::new(),
        user_calls: machine.user_calls,
        panicked: None,
        threads: machine.threads.len(),
        thread: machine.current,
        started: Vec::new(),
        switches: Vec::new(),
        other: None,
        statics: Vec::new(),
        waiting: Vec::new(),
    };
    if machine.record {
        for (at, &function) in (1..).zip(&mono.statics) {
            if let Some(value) = machine.number(at) {
                report.statics.push((mono.program.functions[function].title.clone(), value));
            }
        }
        let started = machine.threads.iter().map(|of| frames(mono, code, &of.started));
        report.started = started.collect();
        let switches = machine.switches.iter().map(|of| Switched {
            from: of.from,
            to: of.to,
            why: of.why,
            place: frames(mono, code, &of.place),
        });
        report.switches = switches.collect();
    }
    if let Some((instance, labels)) = &machine.panicked {
        let function = match code.instances.get(*instance as usize) {
            Some(Instance::Fn(number)) => mono.program.functions[*number].title.clone(),
            _ => String::new(),
        };
        report.panicked = Some((function, frames(mono, code, labels)));
    }
    match end {
        End::Finished(value) => {
            report.verdict = if value == 0 { Verdict::Returned } else { Verdict::Unwound };
            report.stack.clear();
            // What a thread has that ends with the program is not lost by it.
            if machine.threads.iter().any(|of| of.state != State::Ended) {
                return report;
            }
            report.leaks = leaks(mono, code, machine);
        }
        End::Value => report.verdict = Verdict::Stuck(Fault::Other),
        End::Aborted => report.verdict = Verdict::Aborted,
        End::Exited(status) => {
            report.verdict = Verdict::Exited(status);
            if machine.threads.iter().skip(1).all(|of| of.state == State::Ended) {
                report.leaks = leaks(mono, code, machine);
            }
        }
        End::Waiting => {
            report.verdict = Verdict::Waiting;
            let waiting = (0..machine.threads.len())
                .filter(|&thread| machine.threads[thread].state != State::Ended);
            report.waiting = waiting
                .map(|of| (of, frames(mono, code, &machine.trace_of_thread(of, 12))))
                .collect();
        }
        // Nobody looks at it.
        End::Cut => {}
        End::OutOfFuel => report.verdict = Verdict::OutOfSteps,
        End::Unsupported(what) => report.verdict = Verdict::Refused(what.to_owned()),
        End::Stuck(reason) => {
            stuck(mono, code, machine, &reason, trace.first().copied(), &mut report);
        }
    }
    report
}

/// Of the locals of functions that have not returned the cells that are still needed there, or
/// that unwinding would drop; of others that are left on the way nothing is known.
fn needed(mono: &Mono, code: &Code, machine: &Machine<'_>) -> Vec<(u32, Vec<Range<usize>>)> {
    let frames = machine.allocated().filter(|(_, block)| is_locals(code, block));
    let instance = |label: Label| code.places[label as usize].instance;
    let calls: Vec<Label> = machine.trace(usize::MAX).iter().rev().copied().collect();
    let calls: Vec<Label> = calls
        .into_iter()
        .filter(|&label| {
            let place = code.places[label as usize];
            let of = code.instances.get(place.instance as usize);
            place.block.is_some() && matches!(of, Some(Instance::Fn(_)))
        })
        .collect();
    let frames: Vec<(u32, &Block)> = frames.collect();
    let same = frames.len() == calls.len()
        && frames.iter().zip(&calls).all(|((_, frame), &call)| {
            frame.allocated.first().is_some_and(|&label| instance(label) == instance(call))
        });
    frames
        .iter()
        .enumerate()
        .map(|(at, (number, block))| {
            let all = std::iter::once(0..block.size).collect();
            let Some(place) = calls.get(at).filter(|_| same).map(|&of| code.places[of as usize])
            else {
                return (*number, all);
            };
            let (Some(Instance::Fn(function)), Some(bb)) =
                (code.instances.get(place.instance as usize), place.block)
            else {
                return (*number, all);
            };
            let body = &mono.program.functions[*function].body;
            let live = body.live_after(bb as usize);
            let (mut cells, mut from) = (Vec::new(), 1);
            for (ty, live) in body.locals.iter().zip(live) {
                let count = mono.program.cells(ty, 0);
                if live {
                    cells.push(from..from + count);
                }
                from += count;
            }
            (*number, cells)
        })
        .collect()
}

/// The blocks that are left and that nothing leads to from the statics, or from what functions
/// that have not returned still need.
fn leaks(mono: &Mono, code: &Code, machine: &Machine<'_>) -> Vec<Leak> {
    let statics = u32::try_from(mono.statics.len()).unwrap_or(u32::MAX);
    let mut known = BTreeSet::new();
    let mut todo: Vec<(u32, Vec<Range<usize>>)> = needed(mono, code, machine);
    known.extend(todo.iter().map(|of| of.0));
    for (number, block) in machine.allocated().filter(|of| of.0 <= statics) {
        known.insert(number);
        todo.push((number, std::iter::once(0..block.size).collect()));
    }
    while let Some((number, ranges)) = todo.pop() {
        let Some(block) = machine.block(number) else { continue };
        let cells = ranges.into_iter().filter_map(|range| block.cells.get(range)).flatten();
        for cell in cells {
            let Val::Loc(to) = cell else { continue };
            let Some(next) = machine.block(to.block).filter(|block| block.freed.is_none()) else {
                continue;
            };
            if known.insert(to.block) {
                todo.push((to.block, std::iter::once(0..next.size).collect()));
            }
        }
    }
    machine
        .allocated()
        .filter(|(number, _)| !known.contains(number))
        .map(|(_, block)| Leak {
            cells: block.size,
            allocated: frames(mono, code, &block.allocated),
        })
        .collect()
}

fn stuck(
    mono: &Mono,
    code: &Code,
    machine: &Machine<'_>,
    reason: &Stuck,
    label: Option<Label>,
    report: &mut Report,
) {
    let block = match reason {
        Stuck::NotAllocated(at) | Stuck::BadFree(at, _) | Stuck::Race(at, _) => {
            machine.block(at.block)
        }
        _ => None,
    };
    if let Some(block) = block {
        report.allocated = Some((block.size, frames(mono, code, &block.allocated)));
        report.freed =
            block.freed.as_ref().map(|labels| frames(mono, code, labels)).unwrap_or_default();
    }
    let freed = block.is_some_and(|block| block.freed.is_some());
    if let Some(block) = block.filter(|_| freed) {
        report.writes =
            block.writes.iter().rev().map(|labels| frames(mono, code, labels)).collect();
    }
    if let Stuck::Race(_, other) = reason {
        let seen = machine.seen.iter().rev().find(|(thread, ..)| thread == other);
        let (write, place) =
            seen.map(|(_, write, place)| (*write, frames(mono, code, place))).unwrap_or_default();
        report.other = Some((*other, write, place));
    }
    let fault = match reason {
        Stuck::Race(..) => Fault::DataRace,
        Stuck::NotAllocated(_) if freed => {
            if block.is_some_and(|block| is_locals(code, block)) {
                Fault::DeadLocal
            } else {
                Fault::UseAfterFree
            }
        }
        Stuck::NotAllocated(at) => {
            let cells = block.map_or(0, |block| block.size);
            report.notes.push(format!("cell {} of a block of {cells} cells", at.offset));
            Fault::OutOfBounds
        }
        Stuck::BadFree(..) if freed => Fault::DoubleFree,
        Stuck::BadFree(at, size) => {
            let cells = block.map_or(0, |block| block.size);
            report.notes.push(format!(
                "{size} cells are freed from cell {} of a block of {cells} cells on",
                at.offset
            ));
            Fault::BadFree
        }
        Stuck::PoisonUsed(Kind::Fun) => {
            match label.and_then(|label| terminator(mono, code, label)) {
                Some((_, _, Terminator::Unreachable)) => Fault::Unreachable,
                Some((function, block, Terminator::Call(_, Callee::Lib(name, _), ..)))
                    if *name == REFUSED =>
                {
                    let why = mono.refused.get(&(function, block as usize)).cloned();
                    report.verdict = Verdict::Refused(why.unwrap_or_default());
                    return;
                }
                Some((
                    _,
                    _,
                    Terminator::Call(_, _, _, None, _)
                    | Terminator::Call(_, _, _, _, Unwind::Unreachable)
                    | Terminator::Drop(_, _, Unwind::Unreachable)
                    | Terminator::Assert(_, _, _, Unwind::Unreachable),
                )) => Fault::Unreachable,
                _ => Fault::Other,
            }
        }
        Stuck::PoisonUsed(_) => Fault::Uninitialised,
        Stuck::WrongKind(_) | Stuck::Incomparable => Fault::WrongKind,
        Stuck::OutOfRange | Stuck::Overflow | Stuck::DivisionByZero => Fault::Range,
        Stuck::BadCaseIndex => Fault::WrongKind,
        Stuck::UnboundVar | Stuck::WrongArity | Stuck::BadAllocSize => Fault::Other,
    };
    report.verdict = Verdict::Stuck(fault);
}
