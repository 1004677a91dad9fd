//! Runs programs of λRust as `theories/lang/interp.v` does, step by step, with environments
//! where that substitutes, one thread, and a memory that remembers who allocated and freed.
//!
//! The tests compare it with that interpreter, which the evaluator runs as it was
//! extracted: the same end after the same number of steps.

use super::code::{Arith, BinOp, CasMode, Code, Const, Expr, IntType, Label, Node, Order};
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
    /// The machine cannot go on: threads, numbers of more than 127 bits.
    Unsupported(&'static str),
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
}

/// Where a new block is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reuse {
    /// No number is used twice.
    Never,
    /// The lowest number that is free.
    Lowest,
}

enum Kont {
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

enum Next {
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
}

enum Halt {
    Stuck(Stuck),
    End(End),
}

impl From<Stuck> for Halt {
    fn from(reason: Stuck) -> Self {
        Self::Stuck(reason)
    }
}

type Res<T> = Result<T, Halt>;

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

const WIDE: Halt = Halt::End(End::Unsupported("a number of more than 127 bits"));

/// A result: sign and magnitude.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Exact {
    negative: bool,
    magnitude: u128,
}

impl Exact {
    fn of(value: i128) -> Self {
        Self { negative: value < 0, magnitude: value.unsigned_abs() }
    }

    fn small(self) -> Option<i128> {
        let value = i128::try_from(self.magnitude).ok()?;
        Some(if self.negative { -value } else { value })
    }
}

impl IntType {
    fn min(self) -> i128 {
        if self.signed { -(1i128 << (self.bits - 1)) } else { 0 }
    }

    fn max(self) -> Option<i128> {
        match (self.bits, self.signed) {
            (128, true) => Some(i128::MAX),
            (128, false) => None,
            (bits, true) => Some((1i128 << (bits - 1)) - 1),
            (bits, false) => Some((1i128 << bits) - 1),
        }
    }

    fn holds(self, value: i128) -> bool {
        value >= self.min() && self.max().is_none_or(|max| value <= max)
    }

    fn wrap(self, exact: Exact) -> Res<i128> {
        if self.bits == 128 {
            return match exact.small() {
                Some(value) if self.holds(value) => Ok(value),
                _ => Err(WIDE),
            };
        }
        let modulus = 1u128 << self.bits;
        let mut value = exact.magnitude % modulus;
        if exact.negative && value != 0 {
            value = modulus - value;
        }
        if self.signed && value >= modulus / 2 {
            return Ok(value as i128 - modulus as i128);
        }
        Ok(value as i128)
    }
}

fn exact(op: Arith, left: i128, right: i128) -> Res<Option<Exact>> {
    let small = |value: Option<i128>| value.map(|value| Some(Exact::of(value))).ok_or(WIDE);
    match op {
        Arith::Add => small(left.checked_add(right)),
        Arith::Sub => small(left.checked_sub(right)),
        Arith::Mul => {
            let magnitude = left.unsigned_abs().checked_mul(right.unsigned_abs()).ok_or(WIDE)?;
            Ok(Some(Exact { negative: (left < 0) != (right < 0) && magnitude != 0, magnitude }))
        }
        Arith::Quot | Arith::Rem if right == 0 => Ok(None),
        Arith::Quot => small(left.checked_div(right)),
        Arith::Rem => small(left.checked_rem(right).or(Some(0))),
        Arith::And => small(Some(left & right)),
        Arith::Or => small(Some(left | right)),
        Arith::Xor => small(Some(left ^ right)),
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
        }
    }

    /// The places of the calls under way, the innermost first.
    pub(crate) fn trace(&self, limit: usize) -> Trace {
        let mut found = Vec::new();
        let label = self.code.labels[self.at as usize];
        if label != 0 {
            found.push(label);
        }
        for kont in self.konts.iter().rev() {
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

    /// The blocks that are allocated, with their numbers.
    pub(crate) fn allocated(&self) -> impl Iterator<Item = (u32, &Block)> {
        (1..).zip(&self.blocks).filter(|(_, block)| block.freed.is_none())
    }

    /// Runs for at most so many steps.
    pub(crate) fn run(&mut self, fuel: u64) -> End {
        let mut next = Next::Eval(self.code.start, Env::default());
        loop {
            let done = match next {
                Next::Eval(node, env) => self.eval(node, env, fuel),
                Next::Return(value) => match self.konts.pop() {
                    None => {
                        return match value {
                            Val::Int(value) => End::Finished(value),
                            _ => End::Value,
                        };
                    }
                    Some(kont) => self.resume(kont, value, fuel),
                },
            };
            match done {
                Ok(then) => next = then,
                Err(Halt::Stuck(reason)) => return End::Stuck(reason),
                Err(Halt::End(end)) => return end,
            }
        }
    }

    /// Before a step, which the node is.
    fn step(&mut self, node: Node, fuel: u64) -> Res<()> {
        self.at = node;
        if self.steps >= fuel {
            return Err(Halt::End(End::OutOfFuel));
        }
        self.steps += 1;
        Ok(())
    }

    /// A stuck step is none.
    fn no_step<T>(&mut self, result: Res<T>) -> Res<T> {
        if matches!(result, Err(Halt::Stuck(_))) {
            self.steps -= 1;
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
            Expr::Fork => Err(Halt::End(End::Unsupported("threads"))),
            Expr::Abort => {
                self.at = node;
                Err(Halt::End(End::Aborted))
            }
        }
    }

    fn resume(&mut self, kont: Kont, value: Val, fuel: u64) -> Res<Next> {
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
                let result = self.cas(*mode, &of, &old, value);
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
        if let Some(&instance) = self.code.instance_of.get(number) {
            if self.user.get(instance as usize) == Some(&true) {
                self.user_calls += 1;
                if self.panic_at == Some(self.user_calls) {
                    self.panicked = Some((instance, self.trace(TRACE)));
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
                self.second_step(*order, fuel)?;
                Ok(found)
            }
            _ => Err(Halt::End(End::Unsupported("a context"))),
        }
    }

    /// A non-atomic access takes two steps; in one thread nothing comes between.
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
        let (allocated, writes) = (self.trace(TRACE), Vec::new());
        let block = Block { cells, size, allocated, freed: None, writes };
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
                let trace = self.trace(TRACE);
                let block = (at.block as usize).checked_sub(1);
                let block = block.and_then(|block| self.blocks.get_mut(block)).ok_or_else(bad)?;
                let whole = block.freed.is_none() && at.offset == 0 && size == block.size as i128;
                if !whole {
                    return Err(bad());
                }
                block.cells = Vec::new();
                block.freed = Some(trace);
                Ok(Val::Poison)
            }
            Expr::Write(order, ..) => {
                let at = loc(&left)?;
                self.cell(at)?;
                self.second_step(*order, fuel)?;
                *self.cell(at)? = right;
                self.note_write(at);
                Ok(Val::Poison)
            }
            Expr::Faa(ty, ..) => {
                let (at, by) = (loc(&left)?, int(&right)?);
                let old = int(self.cell(at)?)?;
                if !ty.holds(old) || !ty.holds(by) {
                    return Err(Stuck::OutOfRange.into());
                }
                let new = exact(Arith::Add, old, by)?.ok_or(WIDE)?;
                *self.cell(at)? = Val::Int(ty.wrap(new)?);
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

    fn cas(&mut self, mode: CasMode, of: &Val, old: &Val, new: Val) -> Res<Val> {
        let at = loc(of)?;
        let found = self.cell(at)?.clone();
        let same = Self::compare(&found, old)?;
        if same {
            *self.cell(at)? = new;
        }
        Ok(match mode {
            CasMode::Strong | CasMode::Weak => Val::Int(i128::from(same)),
            CasMode::Fetch => found,
        })
    }
}
