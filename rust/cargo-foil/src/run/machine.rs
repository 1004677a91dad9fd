//! Runs programs of λRust as `theories/lang/interp.v` does, step by step, with environments
//! where that substitutes, and a memory that remembers who allocated and freed. Which thread
//! goes on is said by a [`Chooser`] (`threads.rs`).
//!
//! The tests compare it with that interpreter, which the evaluator runs as it was
//! extracted: the same end after the same number of steps, of the same threads.

use super::clocks::{Access, History, mix};
use super::code::{Arith, BinOp, CasMode, Code, Const, Expr, Hint, Label, Node, Order};
use super::number::{Exact, WIDE, exact};
use super::threads::{Choice, Chooser, FINDS, First, ROUNDS, State, Switch, Thread, Why};
use std::rc::Rc;

/// A location: a block and an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loc {
    /// The number of the block, from 1.
    pub block: u32,
    /// Where in it.
    pub offset: i64,
}

#[derive(Clone, Debug)]
pub(crate) enum Val {
    Poison,
    Int(i128),
    Loc(Loc),
    Fun(u32, Env),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Env(Option<Rc<(Val, Env)>>);

impl Env {
    fn with(self, value: Val) -> Self {
        Self(Some(Rc::new((value, self))))
    }

    fn get(&self, mut place: u32) -> Option<&Val> {
        let mut env = self;
        loop {
            let node = env.0.as_ref()?;
            if place == 0 {
                return Some(&node.0);
            }
            place -= 1;
            env = &node.1;
        }
    }
}

/// What an operand should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An integer.
    Int,
    /// A location.
    Loc,
    /// 0 or 1.
    Bool,
    /// An integer or a location.
    Data,
    /// A function.
    Fun,
}

/// Why there is no next step: the reasons of `interp.v`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// A variable without value.
    UnboundVar,
    /// A cell that was never written.
    PoisonUsed(Kind),
    /// A value of another kind.
    WrongKind(Kind),
    /// A location compared with a number.
    Incomparable,
    /// Another number of arguments.
    WrongArity,
    /// No branch for a number.
    BadCaseIndex,
    /// An operand out of the range of its type.
    OutOfRange,
    /// A result out of the range of its type.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// A cell that is not allocated.
    NotAllocated(Loc),
    /// A size that is none.
    BadAllocSize,
    /// What is freed is not one whole block.
    BadFree(Loc, i128),
    /// An access that nothing orders with one of that thread, and that conflicts with it.
    Race(Loc, usize),
}

/// How a run ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// With an integer.
    Finished(i128),
    /// With another value.
    Value,
    /// There is no next step.
    Stuck(Stuck),
    /// The program ended itself.
    Aborted,
    /// After so many steps as were allowed.
    OutOfFuel,
    /// The machine cannot go on: numbers of more than 127 bits.
    Unsupported(&'static str),
    /// The program has ended itself with that code.
    Exited(i128),
    /// All threads wait, and nobody changes anything.
    Waiting,
    /// Whoever chooses has seen enough.
    Cut,
}

/// Who allocated or freed: the innermost places first.
pub(crate) type Trace = Rc<[Label]>;

#[derive(Debug)]
pub(crate) struct Block {
    /// Empty once it is freed.
    pub(crate) cells: Vec<Val>,
    pub(crate) size: usize,
    pub(crate) allocated: Trace,
    pub(crate) freed: Option<Trace>,
    /// Who wrote to it last: the last one last. Of locals it is not kept.
    pub(crate) writes: Vec<Trace>,
    /// What is known of the accesses to each cell, since there have been threads.
    histories: Vec<History>,
}

/// Where a new block is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reuse {
    /// No number is used twice.
    Never,
    /// The lowest number that is free.
    Lowest,
}

pub(crate) enum Kont {
    /// The function of a call.
    Function(Node, Env),
    /// The arguments: the function and those that are there.
    Args(Node, Env, Vec<Val>),
    Unary(Node),
    /// The first operand of two or three is evaluated.
    First(Node, Env),
    Second(Node, Val, Env),
    Third(Node, Val, Val),
    Branch(Node, Env),
    /// What returns here unwinds instead.
    Panic,
}

pub(crate) enum Next {
    Eval(Node, Env),
    Return(Val),
}

/// A run under way.
pub(crate) struct Machine<'a> {
    code: &'a Code,
    reuse: Reuse,
    konts: Vec<Kont>,
    blocks: Vec<Block>,
    pub(crate) steps: u64,
    at: Node,
    /// Which instances are of the user, such that a panic in them is what others must bear.
    user: &'a [bool],
    /// How many calls of these there were.
    pub(crate) user_calls: u64,
    /// Which of them panics instead.
    pub(crate) panic_at: Option<u64>,
    /// Where that was: the instance, and the calls under way.
    pub(crate) panicked: Option<(u32, Trace)>,
    /// Whether it is kept where things happened.
    pub(crate) record: bool,
    pub(crate) threads: Vec<Thread>,
    /// The thread that goes on; what it does next stands in [`Machine::konts`].
    pub(crate) current: usize,
    alive: usize,
    /// The next access is what was chosen.
    granted: bool,
    /// The thread has asked to wait.
    asked: Option<Hint>,
    /// How many changes of memory there were that others can see.
    changes: u64,
    rounds: u32,
    /// The changes from one thread to another, if it is kept.
    pub(crate) switches: Vec<Switch>,
    /// The thread of each step, if it is kept.
    pub(crate) schedule: Option<Vec<u32>>,
    /// The cell of whose accesses it is kept who made them.
    pub(crate) watched: Option<Loc>,
    pub(crate) seen: Vec<(usize, bool, Trace)>,
    exit: Option<i128>,
}

pub(crate) enum Halt {
    Stuck(Stuck),
    End(End),
}

impl From<Stuck> for Halt {
    fn from(reason: Stuck) -> Self {
        Self::Stuck(reason)
    }
}

pub(crate) type Res<T> = Result<T, Halt>;

/// How many places are kept of who allocated or freed.
const TRACE: usize = 12;
/// How many writes are kept of each block.
const WRITES: usize = 4;
/// How many cells a block may have.
const BLOCK: i128 = 1 << 24;

fn wrong(kind: Kind, value: &Val) -> Halt {
    match value {
        Val::Poison => Stuck::PoisonUsed(kind).into(),
        _ => Stuck::WrongKind(kind).into(),
    }
}

fn int(value: &Val) -> Res<i128> {
    match value {
        Val::Int(value) => Ok(*value),
        other => Err(wrong(Kind::Int, other)),
    }
}

fn loc(value: &Val) -> Res<Loc> {
    match value {
        Val::Loc(value) => Ok(*value),
        other => Err(wrong(Kind::Loc, other)),
    }
}

impl<'a> Machine<'a> {
    pub(crate) fn new(code: &'a Code, reuse: Reuse, user: &'a [bool]) -> Self {
        Self {
            code,
            reuse,
            konts: Vec::new(),
            blocks: Vec::new(),
            steps: 0,
            at: code.start,
            user,
            user_calls: 0,
            panic_at: None,
            panicked: None,
            record: true,
            threads: vec![Thread::new(0, 1, None, Rc::new([]))],
            current: 0,
            alive: 1,
            granted: false,
            asked: None,
            changes: 0,
            rounds: 0,
            switches: Vec::new(),
            schedule: None,
            watched: None,
            seen: Vec::new(),
            exit: None,
        }
    }

    /// The places of the calls under way, the innermost first.
    pub(crate) fn trace(&self, limit: usize) -> Trace {
        self.trace_of(self.at, &self.konts, limit)
    }

    /// Those of a thread.
    pub(crate) fn trace_of_thread(&self, thread: usize, limit: usize) -> Trace {
        match self.threads.get(thread) {
            Some(of) if thread != self.current => self.trace_of(of.at, &of.konts, limit),
            _ => self.trace(limit),
        }
    }

    fn trace_of(&self, at: Node, konts: &[Kont], limit: usize) -> Trace {
        let mut found = Vec::new();
        let label = self.code.labels[at as usize];
        if label != 0 {
            found.push(label);
        }
        for kont in konts.iter().rev() {
            if found.len() >= limit {
                break;
            }
            let node = match kont {
                Kont::Function(node, _) if self.code.calls[*node as usize] => *node,
                // What the library does is done where it is called.
                _ if found.is_empty() => match kont {
                    Kont::Function(node, _)
                    | Kont::Args(node, ..)
                    | Kont::Unary(node)
                    | Kont::First(node, _)
                    | Kont::Second(node, ..)
                    | Kont::Third(node, ..)
                    | Kont::Branch(node, _) => *node,
                    Kont::Panic => continue,
                },
                _ => continue,
            };
            let label = self.code.labels[node as usize];
            if label != 0 && found.last() != Some(&label) {
                found.push(label);
            }
        }
        found.into()
    }

    /// The block with this number, from 1.
    pub(crate) fn block(&self, number: u32) -> Option<&Block> {
        self.blocks.get((number as usize).checked_sub(1)?)
    }

    /// The number that the first cell of a block holds.
    pub(crate) fn number(&self, block: u32) -> Option<i128> {
        self.block(block)?.cells.first().and_then(|value| int(value).ok())
    }

    /// The blocks that are allocated, with their numbers.
    pub(crate) fn allocated(&self) -> impl Iterator<Item = (u32, &Block)> {
        (1..).zip(&self.blocks).filter(|(_, block)| block.freed.is_none())
    }

    /// Runs for at most so many steps, each thread for as long as it can.
    pub(crate) fn run(&mut self, fuel: u64) -> End {
        self.run_chosen(fuel, &mut First)
    }

    /// Runs for at most so many steps, as is chosen.
    pub(crate) fn run_chosen(&mut self, fuel: u64, chooser: &mut dyn Chooser) -> End {
        let mut result = End::Value;
        let mut next = Next::Eval(self.code.start, Env::default());
        loop {
            // Where others may go on.
            if self.alive > 1 {
                let why = match self.asked.take() {
                    Some(_) => Some(Why::Waits),
                    None if !self.granted && self.is_visible(&next) => Some(Why::Access),
                    None => None,
                };
                if let Some(why) = why {
                    match self.decide(why, next, chooser) {
                        Ok(then) => next = then,
                        Err(end) => return end,
                    }
                    self.granted = self.is_visible(&next);
                    continue;
                }
            }
            let done = match next {
                Next::Eval(node, env) => self.eval(node, env, fuel),
                Next::Return(value) => match self.konts.pop() {
                    None => {
                        if self.current == 0 {
                            result = match value {
                                Val::Int(value) => End::Finished(value),
                                _ => End::Value,
                            };
                        }
                        self.alive -= 1;
                        self.changes += 1;
                        self.threads[self.current].state = State::Ended;
                        if self.alive == 0 {
                            return result;
                        }
                        match self.decide(Why::Ended, Next::Return(Val::Poison), chooser) {
                            Ok(then) => next = then,
                            // With the first thread all others end.
                            Err(End::Waiting) if self.threads[0].state == State::Ended => {
                                return result;
                            }
                            Err(end) => return end,
                        }
                        self.granted = self.is_visible(&next);
                        continue;
                    }
                    Some(kont) => self.resume(kont, value, fuel, chooser),
                },
            };
            match done {
                Ok(then) => next = then,
                Err(Halt::Stuck(reason)) => return End::Stuck(reason),
                Err(Halt::End(end)) => return end,
            }
        }
    }

    /// Whether this is an atomic access.
    fn is_visible(&self, next: &Next) -> bool {
        let Next::Return(_) = next else { return false };
        let exprs = &self.code.exprs;
        match self.konts.last() {
            Some(Kont::Unary(node)) => matches!(exprs[*node as usize], Expr::Read(Order::Sc, _)),
            Some(Kont::Second(node, ..)) => {
                matches!(exprs[*node as usize], Expr::Write(Order::Sc, ..) | Expr::Faa(..))
            }
            Some(Kont::Third(..)) => true,
            _ => false,
        }
    }

    /// Whether a thread can go on, and whether it need not wait.
    fn is_ready(&self, thread: usize) -> (bool, bool) {
        let of = &self.threads[thread];
        match of.state {
            State::Runs => (true, true),
            State::Ended => (false, false),
            State::Waits(changes) => (true, self.changes - of.changes > changes),
            State::Blocked(at, version) => {
                let changed = self.version(at) != version;
                (changed, changed)
            }
        }
    }

    fn version(&self, at: Loc) -> u32 {
        let offset = usize::try_from(at.offset).unwrap_or(usize::MAX);
        let block = self.block(at.block);
        block.and_then(|block| block.histories.get(offset)).map_or(0, |of| of.version)
    }

    /// Who goes on, and with what.
    fn decide(&mut self, why: Why, next: Next, chooser: &mut dyn Chooser) -> Result<Next, End> {
        let current = self.current;
        if why == Why::Waits {
            let own = &mut self.threads[current];
            own.state = match own.state {
                // It was asked for by the one that joins another.
                State::Blocked(..) => own.state,
                _ => State::Waits(self.changes - own.changes),
            };
        }
        let count = self.threads.len();
        let mut options = Vec::new();
        if why == Why::Access {
            options.push(Choice::Thread(current, false));
        }
        let (mut ready, mut waiting) = (Vec::new(), Vec::new());
        for by in 1..=count {
            let thread = (current + by) % count;
            if why == Why::Access && thread == current {
                continue;
            }
            match self.is_ready(thread) {
                (true, true) => ready.push(thread),
                (true, false) => waiting.push(thread),
                _ => {}
            }
        }
        let costs = why == Why::Access;
        options.extend(ready.iter().map(|&thread| Choice::Thread(thread, costs)));
        if options.is_empty() {
            // All wait: each in turn.
            self.rounds += 1;
            let next = waiting.first().copied();
            let limit = ROUNDS * u32::try_from(self.alive).unwrap_or(1);
            match next.filter(|_| self.rounds <= limit) {
                Some(thread) => options.push(Choice::Thread(thread, false)),
                None => return Err(End::Waiting),
            }
        } else {
            options.extend(waiting.iter().map(|&thread| Choice::Thread(thread, true)));
        }
        let chosen = match &options[..] {
            [one] => *one,
            _ => {
                let key = self.key();
                options[chooser.choose(&options, key).ok_or(End::Cut)?]
            }
        };
        let Choice::Thread(thread, _) = chosen else { return Ok(next) };
        if thread == current {
            self.threads[current].state = State::Runs;
            return Ok(next);
        }
        if self.record {
            let place = if why == Why::Ended { Rc::new([]) as Trace } else { self.trace(TRACE) };
            self.switches.push(Switch { from: current, to: thread, why, place });
        }
        let own = &mut self.threads[current];
        own.next = Some(next);
        own.at = self.at;
        std::mem::swap(&mut own.konts, &mut self.konts);
        let other = &mut self.threads[thread];
        other.state = State::Runs;
        std::mem::swap(&mut other.konts, &mut self.konts);
        self.current = thread;
        self.at = other.at;
        // A thread that is not under way has something to do next.
        Ok(other.next.take().unwrap_or(Next::Return(Val::Poison)))
    }

    /// The same for runs that have come to the same point in another order.
    fn key(&self) -> u64 {
        let all = self.threads.iter().fold(0u64, |sum, of| sum.wrapping_add(of.part()));
        mix(all, self.threads[self.current].identity)
    }

    /// Notes an access to a cell, if there are several threads.
    fn access(&mut self, at: Loc, write: bool, atomic: bool) -> Res<()> {
        if self.threads.len() == 1 {
            return Ok(());
        }
        if self.watched == Some(at) {
            let trace = self.trace(TRACE);
            self.seen.push((self.current, write, trace));
        }
        let thread = self.current;
        let own = &self.threads[thread];
        let Some(block) = self.blocks.get_mut(at.block as usize - 1) else { return Ok(()) };
        let offset = usize::try_from(at.offset).unwrap_or(0);
        if block.histories.len() <= offset {
            block.histories.resize_with(offset + 1, History::default);
        }
        block.histories[offset]
            .access(Access { write, atomic }, thread, &own.clock)
            .map_err(|other| Stuck::Race(at, other).into())
    }

    /// After an atomic access: others that access the cell are ordered by it. `changed` says
    /// whether another value is there.
    fn ordered(&mut self, at: Loc, write: bool, changed: bool, node: Node) {
        self.granted = false;
        if self.threads.len() == 1 {
            return;
        }
        let thread = self.current;
        let own = &mut self.threads[thread];
        let Some(block) = self.blocks.get_mut(at.block as usize - 1) else { return };
        let offset = usize::try_from(at.offset).unwrap_or(0);
        let history = &mut block.histories[offset];
        history.order(write, thread, &mut own.clock, &mut own.hash);
        if changed {
            history.version += 1;
            self.changes += 1;
            own.changes += 1;
            own.finds.clear();
            self.rounds = 0;
            return;
        }
        own.last = Some((at, history.version));
        let version = history.version;
        match own.finds.iter_mut().find(|find| find.0 == at && find.1 == node) {
            Some(find) if find.2 == version => {
                find.3 += 1;
                if find.3 >= FINDS {
                    find.3 = 0;
                    self.asked = (self.alive > 1).then_some(Hint::Wait);
                }
            }
            Some(find) => *find = (at, node, version, 1),
            None => own.finds.push((at, node, version, 1)),
        }
    }

    /// Before a step, which the node is.
    fn step(&mut self, node: Node, fuel: u64) -> Res<()> {
        self.at = node;
        if self.steps >= fuel {
            return Err(Halt::End(End::OutOfFuel));
        }
        self.steps += 1;
        if let Some(schedule) = &mut self.schedule {
            schedule.push(self.current as u32);
        }
        Ok(())
    }

    /// A stuck step is none.
    fn no_step<T>(&mut self, result: Res<T>) -> Res<T> {
        if matches!(result, Err(Halt::Stuck(_))) {
            self.steps -= 1;
            if let Some(schedule) = &mut self.schedule {
                schedule.pop();
            }
        }
        result
    }

    fn eval(&mut self, node: Node, env: Env, fuel: u64) -> Res<Next> {
        let code = self.code;
        let first = |this: &mut Self, of: &Node| {
            this.konts.push(Kont::First(node, env.clone()));
            Ok(Next::Eval(*of, env.clone()))
        };
        match &code.exprs[node as usize] {
            Expr::Const(value) => Ok(Next::Return(match value {
                Const::Poison => Val::Poison,
                Const::Int(value) => Val::Int(*value),
                Const::Loc(block, offset) => Val::Loc(Loc { block: *block, offset: *offset }),
                Const::Fun(number) => Val::Fun(*number, Env::default()),
            })),
            Expr::Var(place) => match env.get(*place) {
                Some(value) => Ok(Next::Return(value.clone())),
                None => Err(Stuck::UnboundVar.into()),
            },
            Expr::Unbound => {
                self.at = node;
                Err(Stuck::UnboundVar.into())
            }
            Expr::Fun(number) => {
                self.step(node, fuel)?;
                Ok(Next::Return(Val::Fun(*number, env)))
            }
            Expr::App(function, _) => {
                self.konts.push(Kont::Function(node, env.clone()));
                Ok(Next::Eval(*function, env))
            }
            Expr::Not(of) | Expr::Cast(_, of) | Expr::Alloc(of) | Expr::Read(_, of) => {
                self.konts.push(Kont::Unary(node));
                Ok(Next::Eval(*of, env))
            }
            Expr::Bin(_, of, _)
            | Expr::Free(of, _)
            | Expr::Write(_, of, _)
            | Expr::Cas(_, of, _, _)
            | Expr::Faa(_, of, _) => first(self, of),
            Expr::Case(of, _) => {
                self.konts.push(Kont::Branch(node, env.clone()));
                Ok(Next::Eval(*of, env))
            }
            Expr::Fork(body) => {
                self.step(node, fuel)?;
                self.fork(*body, env);
                Ok(Next::Return(Val::Poison))
            }
            Expr::Abort => {
                self.at = node;
                Err(Halt::End(self.exit.map_or(End::Aborted, End::Exited)))
            }
        }
    }

    fn fork(&mut self, body: Node, env: Env) {
        let started = if self.record { self.trace(TRACE) } else { Rc::new([]) };
        let number = self.threads.len();
        let own = &mut self.threads[self.current];
        own.children += 1;
        let mut child = Thread::new(
            number,
            mix(own.identity, own.children),
            Some(Next::Eval(body, env)),
            started,
        );
        // What came before it is before all that it does.
        child.clock.join(&own.clock);
        let time = own.clock.get(self.current);
        own.clock.set(self.current, time + 1);
        own.hash = mix(own.hash, own.children);
        child.hash = mix(child.hash, own.hash);
        child.at = body;
        self.threads.push(child);
        self.alive += 1;
        self.changes += 1;
    }

    fn resume(
        &mut self,
        kont: Kont,
        value: Val,
        fuel: u64,
        chooser: &mut dyn Chooser,
    ) -> Res<Next> {
        let code = self.code;
        match kont {
            Kont::Panic => Ok(Next::Return(Val::Fun(self.code.unwinds, Env::default()))),
            Kont::Function(node, env) => self.args(node, env, vec![value], fuel),
            Kont::Args(node, env, mut values) => {
                values.push(value);
                self.args(node, env, values, fuel)
            }
            Kont::Unary(node) => {
                self.step(node, fuel)?;
                let result = self.unary(&code.exprs[node as usize], value, fuel);
                self.no_step(result).map(Next::Return)
            }
            Kont::First(node, env) => {
                let second = match &code.exprs[node as usize] {
                    Expr::Bin(_, _, of)
                    | Expr::Free(_, of)
                    | Expr::Write(_, _, of)
                    | Expr::Cas(_, _, of, _)
                    | Expr::Faa(_, _, of) => *of,
                    _ => return Err(Halt::End(End::Unsupported("a context"))),
                };
                self.konts.push(Kont::Second(node, value, env.clone()));
                Ok(Next::Eval(second, env))
            }
            Kont::Second(node, first, env) => {
                if let Expr::Cas(_, _, _, third) = &code.exprs[node as usize] {
                    self.konts.push(Kont::Third(node, first, value));
                    return Ok(Next::Eval(*third, env));
                }
                self.step(node, fuel)?;
                let result = self.binary(&code.exprs[node as usize], first, value, fuel);
                self.no_step(result).map(Next::Return)
            }
            Kont::Third(node, of, old) => {
                self.step(node, fuel)?;
                let Expr::Cas(mode, ..) = &code.exprs[node as usize] else {
                    return Err(Halt::End(End::Unsupported("a context")));
                };
                let result = self.cas(*mode, &of, &old, value, chooser);
                self.no_step(result).map(Next::Return)
            }
            Kont::Branch(node, env) => {
                self.step(node, fuel)?;
                let Expr::Case(_, branches) = &code.exprs[node as usize] else {
                    return Err(Halt::End(End::Unsupported("a context")));
                };
                let branch = int(&value).and_then(|at| {
                    let at = usize::try_from(at).ok().and_then(|at| branches.get(at));
                    at.copied().ok_or(Stuck::BadCaseIndex.into())
                });
                let branch = self.no_step(branch)?;
                Ok(Next::Eval(branch, env))
            }
        }
    }

    /// Goes on with the next argument, or calls. The function comes first.
    fn args(&mut self, node: Node, env: Env, values: Vec<Val>, fuel: u64) -> Res<Next> {
        let code = self.code;
        let Expr::App(_, args) = &code.exprs[node as usize] else {
            return Err(Halt::End(End::Unsupported("a context")));
        };
        if let Some(arg) = args.get(values.len() - 1) {
            self.konts.push(Kont::Args(node, env.clone(), values));
            return Ok(Next::Eval(*arg, env));
        }
        self.step(node, fuel)?;
        let result = self.enter(values);
        self.no_step(result)
    }

    fn enter(&mut self, values: Vec<Val>) -> Res<Next> {
        let mut values = values.into_iter();
        let function = values.next().unwrap_or(Val::Poison);
        let Val::Fun(number, env) = &function else { return Err(wrong(Kind::Fun, &function)) };
        let fun = &self.code.funs[*number as usize];
        if values.len() != fun.params.len() {
            return Err(Stuck::WrongArity.into());
        }
        if let Some(hint) = self.code.hints.get(number) {
            self.hint(*hint, values.as_slice())?;
        }
        if let Some(&instance) = self.code.instance_of.get(number) {
            if self.user.get(instance as usize) == Some(&true) {
                self.user_calls += 1;
                if self.panic_at == Some(self.user_calls) {
                    self.panicked = Some((instance, self.trace(TRACE)));
                    let own = &mut self.threads[self.current];
                    own.hash = mix(own.hash, u64::MAX);
                    // At its end: what it was given is then used up, as it is when a
                    // function that owns its arguments unwinds.
                    self.konts.push(Kont::Panic);
                }
            }
        }
        let mut inside = env.clone();
        if fun.recursive {
            inside = inside.with(function.clone());
        }
        for (named, value) in fun.params.iter().zip(values) {
            if *named {
                inside = inside.with(value);
            }
        }
        Ok(Next::Eval(fun.body, inside))
    }

    /// What a function of the model of the library says to the machine.
    fn hint(&mut self, hint: Hint, values: &[Val]) -> Res<()> {
        match hint {
            Hint::Wait => self.asked = (self.alive > 1).then_some(hint),
            Hint::Block => {
                self.asked = (self.alive > 1).then_some(hint);
                let own = &mut self.threads[self.current];
                if let Some((at, version)) = own.last {
                    own.state = State::Blocked(at, version);
                }
            }
            // The table comes before the arguments.
            Hint::Exit => self.exit = values.last().and_then(|value| int(value).ok()),
        }
        Ok(())
    }

    fn unary(&mut self, expr: &Expr, value: Val, fuel: u64) -> Res<Val> {
        match expr {
            Expr::Not(_) => match value {
                Val::Int(0) => Ok(Val::Int(1)),
                Val::Int(1) => Ok(Val::Int(0)),
                other => Err(wrong(Kind::Bool, &other)),
            },
            Expr::Cast(ty, _) => Ok(Val::Int(ty.wrap(Exact::of(int(&value)?))?)),
            Expr::Alloc(_) => {
                let size = int(&value)?;
                if size <= 0 {
                    return Err(Stuck::BadAllocSize.into());
                }
                if size > BLOCK {
                    return Err(Halt::End(End::Unsupported("a block of that size")));
                }
                Ok(Val::Loc(self.alloc(size as usize)))
            }
            Expr::Read(order, _) => {
                let at = loc(&value)?;
                let found = self.cell(at)?.clone();
                let atomic = *order == Order::Sc;
                self.access(at, false, atomic)?;
                if atomic {
                    self.ordered(at, false, false, self.at);
                }
                self.second_step(*order, fuel)?;
                Ok(found)
            }
            _ => Err(Halt::End(End::Unsupported("a context"))),
        }
    }

    /// A non-atomic access takes two steps; what comes between them is a race or does not
    /// matter.
    fn second_step(&mut self, order: Order, fuel: u64) -> Res<()> {
        match order {
            Order::Sc => Ok(()),
            Order::Na1 => self.step(self.at, fuel),
            Order::Na2 => Err(Halt::End(End::Unsupported("half an access"))),
        }
    }

    fn alloc(&mut self, size: usize) -> Loc {
        let place = match self.reuse {
            Reuse::Never => None,
            Reuse::Lowest => self.blocks.iter().position(|block| block.freed.is_some()),
        };
        let cells = vec![Val::Poison; size];
        let limit = if self.record { TRACE } else { 1 };
        let (allocated, writes, histories) = (self.trace(limit), Vec::new(), Vec::new());
        let block = Block { cells, size, allocated, freed: None, writes, histories };
        let place = match place {
            Some(place) => {
                self.blocks[place] = block;
                place
            }
            None => {
                self.blocks.push(block);
                self.blocks.len() - 1
            }
        };
        Loc { block: u32::try_from(place + 1).unwrap_or(u32::MAX), offset: 0 }
    }

    /// Keeps who writes to a block that holds no locals.
    fn note_write(&mut self, at: Loc) {
        if !self.record {
            return;
        }
        let of_locals =
            |block: &Block| block.allocated.first().is_some_and(|&label| self.code.is_entry(label));
        if self.block(at.block).is_none_or(of_locals) {
            return;
        }
        let trace = self.trace(TRACE);
        if let Some(block) = self.blocks.get_mut(at.block as usize - 1) {
            if block.writes.last() != Some(&trace) {
                if block.writes.len() >= WRITES {
                    block.writes.remove(0);
                }
                block.writes.push(trace);
            }
        }
    }

    fn cell(&mut self, at: Loc) -> Res<&mut Val> {
        let none = || Halt::from(Stuck::NotAllocated(at));
        let block = (at.block as usize).checked_sub(1).and_then(|block| self.blocks.get_mut(block));
        let cells = &mut block.ok_or_else(none)?.cells;
        usize::try_from(at.offset).ok().and_then(|offset| cells.get_mut(offset)).ok_or_else(none)
    }

    fn binary(&mut self, expr: &Expr, left: Val, right: Val, fuel: u64) -> Res<Val> {
        match expr {
            Expr::Bin(op, ..) => self.bin_op(*op, &left, &right),
            Expr::Free(..) => {
                let (size, at) = (int(&left)?, loc(&right)?);
                let bad = || Halt::from(Stuck::BadFree(at, size));
                let trace = if self.record { self.trace(TRACE) } else { Rc::new([]) };
                let block = (at.block as usize).checked_sub(1);
                let block = block.and_then(|block| self.blocks.get_mut(block)).ok_or_else(bad)?;
                let whole = block.freed.is_none() && at.offset == 0 && size == block.size as i128;
                if !whole {
                    return Err(bad());
                }
                block.cells = Vec::new();
                block.freed = Some(trace);
                // It writes all of its cells.
                for offset in 0..size as i64 {
                    self.access(Loc { block: at.block, offset }, true, false)?;
                }
                Ok(Val::Poison)
            }
            Expr::Write(order, ..) => {
                let at = loc(&left)?;
                self.cell(at)?;
                let atomic = *order == Order::Sc;
                self.access(at, true, atomic)?;
                self.second_step(*order, fuel)?;
                let cell = self.cell(at)?;
                let changed = !same(cell, &right);
                *cell = right;
                if atomic {
                    self.ordered(at, true, changed, self.at);
                }
                self.note_write(at);
                Ok(Val::Poison)
            }
            Expr::Faa(ty, ..) => {
                let (at, by) = (loc(&left)?, int(&right)?);
                let old = int(self.cell(at)?)?;
                if !ty.holds(old) || !ty.holds(by) {
                    return Err(Stuck::OutOfRange.into());
                }
                let new = ty.wrap(exact(Arith::Add, old, by)?.ok_or(WIDE)?)?;
                self.access(at, true, true)?;
                *self.cell(at)? = Val::Int(new);
                self.ordered(at, true, new != old, self.at);
                Ok(Val::Int(old))
            }
            _ => Err(Halt::End(End::Unsupported("a context"))),
        }
    }

    fn compare(left: &Val, right: &Val) -> Res<bool> {
        match (left, right) {
            (Val::Int(left), Val::Int(right)) => Ok(left == right),
            (Val::Loc(left), Val::Loc(right)) => Ok(left == right),
            (Val::Loc(_), Val::Int(0)) | (Val::Int(0), Val::Loc(_)) => Ok(false),
            _ => {
                let data = |value: &Val| matches!(value, Val::Int(_) | Val::Loc(_));
                Err(match (data(left), data(right)) {
                    (true, true) => Stuck::Incomparable.into(),
                    (true, false) => wrong(Kind::Data, right),
                    _ => wrong(Kind::Data, left),
                })
            }
        }
    }

    fn bin_op(&self, op: BinOp, left: &Val, right: &Val) -> Res<Val> {
        let truth = |value: bool| Ok(Val::Int(i128::from(value)));
        match op {
            BinOp::Eq => truth(Self::compare(left, right)?),
            BinOp::Offset => {
                let (at, by) = (loc(left)?, int(right)?);
                let offset = i64::try_from(by).ok().and_then(|by| at.offset.checked_add(by));
                Ok(Val::Loc(Loc { block: at.block, offset: offset.ok_or(WIDE)? }))
            }
            BinOp::Le => truth(int(left)? <= int(right)?),
            BinOp::Lt => truth(int(left)? < int(right)?),
            BinOp::Arith(op) => {
                let result = exact(op, int(left)?, int(right)?)?.ok_or(Stuck::DivisionByZero)?;
                Ok(Val::Int(result.small().ok_or(WIDE)?))
            }
            BinOp::Wrap(ty, arith) | BinOp::Overflow(ty, arith) | BinOp::Unchecked(ty, arith) => {
                let (left, right) = (int(left)?, int(right)?);
                if !ty.holds(left) || !ty.holds(right) {
                    return Err(Stuck::OutOfRange.into());
                }
                let result = exact(arith, left, right)?.ok_or(Stuck::DivisionByZero)?;
                if matches!(op, BinOp::Wrap(..)) {
                    return Ok(Val::Int(ty.wrap(result)?));
                }
                // The remainder of the least number by -1 is 0, but its quotient is too great.
                let least = ty.signed && left == ty.min() && right == -1;
                let small = result.small().filter(|value| ty.holds(*value));
                let fits = small.filter(|_| !(arith == Arith::Rem && least));
                match (op, fits) {
                    (BinOp::Overflow(..), fits) => truth(fits.is_none()),
                    (_, Some(value)) => Ok(Val::Int(value)),
                    (_, None) => Err(Stuck::Overflow.into()),
                }
            }
        }
    }

    fn cas(
        &mut self,
        mode: CasMode,
        of: &Val,
        old: &Val,
        new: Val,
        chooser: &mut dyn Chooser,
    ) -> Res<Val> {
        let at = loc(of)?;
        let found = self.cell(at)?.clone();
        let mut equal = Self::compare(&found, old)?;
        if equal && mode == CasMode::Weak && self.alive > 1 {
            let key = self.key();
            let choice = chooser.choose(&[Choice::Succeed, Choice::Fail], mix(key, 1));
            if choice.ok_or(Halt::End(End::Cut))? == 1 {
                equal = false;
                let own = &mut self.threads[self.current];
                own.hash = mix(own.hash, 1);
            }
        }
        self.access(at, equal, true)?;
        let changed = equal && !same(&found, &new);
        if equal {
            *self.cell(at)? = new;
        }
        self.ordered(at, equal, changed, self.at);
        Ok(match mode {
            CasMode::Strong | CasMode::Weak => Val::Int(i128::from(equal)),
            CasMode::Fetch => found,
        })
    }
}

/// Whether two values are known to be the same.
fn same(left: &Val, right: &Val) -> bool {
    match (left, right) {
        (Val::Int(left), Val::Int(right)) => left == right,
        (Val::Loc(left), Val::Loc(right)) => left == right,
        _ => false,
    }
}
