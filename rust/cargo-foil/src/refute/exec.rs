//! A fast run of MIR bodies, to look for inputs that violate a signature.
//!
//! Nobody trusts it: what it finds is run once more by the verified interpreter
//! ([`confirm`](super::confirm)). It has values of 127 bits, and memory of whole cells as
//! the semantics has; it gives up at what it does not know.

use crate::checker::{
    ArithOp, Body, Callee, Constant, Fml, IntSize, IntType, Kind, Operand, Param, Place, Positive,
    Program, Proj, Rel, Rvalue, Sig, SigResult, Stmt, Terminator, Ty, Unwind,
};
use std::collections::BTreeMap;

/// The values of a signature's variables.
pub type Values = BTreeMap<Positive, i128>;

/// What is in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Val {
    /// An integer.
    Int(i128),
    /// A boolean.
    Bool(bool),
    /// The address of a cell.
    Ptr(usize),
    /// Nothing yet.
    Poison,
}

impl Val {
    fn int(self) -> Res<i128> {
        match self {
            Val::Int(value) => Ok(value),
            Val::Bool(value) => Ok(i128::from(value)),
            _ => Err(GivenUp::Stuck),
        }
    }

    /// Its index, as signatures are about it.
    pub fn index(self) -> Option<i128> {
        self.int().ok()
    }

    fn bool(self) -> Res<bool> {
        match self {
            Val::Bool(value) => Ok(value),
            _ => Err(GivenUp::Stuck),
        }
    }
}

/// Why a run says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenUp {
    /// It takes too long.
    Long,
    /// It comes to something that is not known here.
    Unknown,
    /// It goes wrong as no program of safe Rust does, or aborts.
    Stuck,
}

type Res<T> = Result<T, GivenUp>;

/// A place in a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// The function.
    pub function: usize,
    /// The block.
    pub block: usize,
}

/// What an assertion of the compiler's is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panic {
    /// The result is below the least value of an unsigned type.
    Underflow,
    /// Another overflow, or a panic of the user's.
    Overflow,
    /// A divisor of zero.
    Zero,
    /// Something else.
    Other,
}

/// How a call ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It returns.
    Returned(Option<Val>),
    /// It unwinds.
    Panicked(Site, Panic),
    /// It calls a function with arguments that this does not take.
    Demanded {
        /// Where.
        site: Site,
        /// The function that is called.
        callee: usize,
        /// Which formula of its signature does not hold.
        clause: usize,
        /// The values of the callee's variables.
        values: Values,
    },
}

/// The least and the greatest value of a type, if they have 127 bits.
pub fn range(ty: &IntType) -> Option<(i128, i128)> {
    let bits = match ty.width {
        IntSize::W8 => 8,
        IntSize::W16 => 16,
        IntSize::W32 => 32,
        IntSize::W64 | IntSize::WPtr => 64,
        IntSize::W128 => return ty.signed.then_some((i128::MIN, i128::MAX)),
    };
    Some(if ty.signed { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) } else { (0, (1 << bits) - 1) })
}

fn wrap(ty: &IntType, value: i128) -> Res<i128> {
    let (least, greatest) = range(ty).ok_or(GivenUp::Unknown)?;
    if (least..=greatest).contains(&value) {
        return Ok(value);
    }
    let count =
        greatest.checked_sub(least).and_then(|all| all.checked_add(1)).ok_or(GivenUp::Unknown)?;
    let above = value.checked_sub(least).ok_or(GivenUp::Unknown)?.rem_euclid(count);
    Ok(least + above)
}

/// How many cells a type takes; none, if it is not known here.
fn cells(ty: &Ty) -> Option<usize> {
    Some(match ty {
        Ty::Int(_) | Ty::Bool | Ty::Ptr => 1,
        Ty::Tuple(parts) => parts.iter().map(cells).sum::<Option<usize>>()?,
        _ => return None,
    })
}

fn fields(ty: &Ty) -> Vec<&Ty> {
    match ty {
        Ty::Tuple(parts) => parts.iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether a formula holds of these values; none, if a number gets too large.
pub fn holds(formula: &Fml, values: &Values) -> Option<bool> {
    let eval = |of: &_| eval(of, values);
    Some(match formula {
        Fml::Le(a, b) => eval(a)? <= eval(b)?,
        Fml::Lt(a, b) => eval(a)? < eval(b)?,
        Fml::Eq(a, b) => eval(a)? == eval(b)?,
        Fml::Ne(a, b) => eval(a)? != eval(b)?,
        Fml::In(ty, a) => fits(ty, eval(a)?)?,
        Fml::Out(ty, a) => !fits(ty, eval(a)?)?,
        Fml::And(f, g) => holds(f, values)? && holds(g, values)?,
        Fml::Or(f, g) => holds(f, values)? || holds(g, values)?,
    })
}

fn fits(ty: &IntType, value: i128) -> Option<bool> {
    let (least, greatest) = range(ty)?;
    Some((least..=greatest).contains(&value))
}

fn eval(of: &crate::checker::Exp, values: &Values) -> Option<i128> {
    use crate::checker::Exp;
    match of {
        Exp::C(value) => value.to_i128(),
        Exp::V(var) => Some(values.get(var).copied().unwrap_or(0)),
        Exp::Add(a, b) => eval(a, values)?.checked_add(eval(b, values)?),
        Exp::Sub(a, b) => eval(a, values)?.checked_sub(eval(b, values)?),
        Exp::Mul(a, b) => eval(a, values)?.checked_mul(eval(b, values)?),
    }
}

/// A body in a form that is quick to run.
struct Code<'a> {
    args: usize,
    locals: Vec<&'a Ty>,
    offsets: Vec<usize>,
    size: usize,
    blocks: Vec<(Vec<&'a Stmt>, &'a Terminator)>,
}

impl<'a> Code<'a> {
    fn new(body: &'a Body) -> Option<Self> {
        let locals: Vec<&Ty> = body.locals.iter().collect();
        let mut offsets = Vec::new();
        let mut size = 0;
        for ty in &locals {
            offsets.push(size);
            size += cells(ty)?;
        }
        let blocks = body.blocks.iter().map(|(stmts, end)| (stmts.iter().collect(), end)).collect();
        Some(Self { args: body.args, locals, offsets, size, blocks })
    }
}

/// What is run.
pub struct Machine<'a> {
    code: Vec<Option<Code<'a>>>,
    sigs: &'a dyn Fn(usize) -> Option<Sig>,
    memory: Vec<Val>,
    /// How many steps are left.
    pub fuel: u64,
}

/// Calls nest no deeper than this.
const DEPTH: usize = 200;

impl<'a> Machine<'a> {
    /// A machine for a program; a function that has a signature demands of its callers what
    /// this says.
    pub fn new(program: &'a Program, sigs: &'a dyn Fn(usize) -> Option<Sig>) -> Self {
        let code = program.fns.iter().map(Code::new).collect();
        Self { code, sigs, memory: Vec::new(), fuel: 0 }
    }

    /// Calls a function whose parameters have these values. Gives how it ends, and what is
    /// then in the cells that the references point to.
    ///
    /// # Errors
    ///
    /// If the run says nothing.
    pub fn call(&mut self, function: usize, sig: &Sig, values: &Values) -> Res<(End, Vec<Val>)> {
        self.memory.clear();
        let value = |kind: &Kind, var: &Positive| {
            let value = values.get(var).copied().unwrap_or(0);
            match kind {
                Kind::Int(_) => Val::Int(value),
                Kind::Bool => Val::Bool(value != 0),
            }
        };
        let mut args = Vec::new();
        for param in &sig.params {
            match param {
                Param::Val(kind, x) => args.push(value(kind, x)),
                Param::Mut(kind, x, _) | Param::Shr(kind, x) => {
                    self.memory.push(value(kind, x));
                    args.push(Val::Ptr(self.memory.len() - 1));
                }
            }
        }
        let pointees = self.memory.len();
        let end = self.run(function, &args, 0)?;
        Ok((end, self.memory[..pointees].to_vec()))
    }

    fn cell(&mut self, at: usize) -> Res<&mut Val> {
        self.memory.get_mut(at).ok_or(GivenUp::Stuck)
    }

    fn run(&mut self, function: usize, args: &[Val], depth: usize) -> Res<End> {
        if depth > DEPTH {
            return Err(GivenUp::Long);
        }
        let frame = self.memory.len();
        let size = self.code.get(function).and_then(Option::as_ref).ok_or(GivenUp::Unknown)?;
        if args.len() != size.args {
            return Err(GivenUp::Unknown);
        }
        let offsets: Vec<usize> =
            (1..=size.args).filter_map(|at| size.offsets.get(at).copied()).collect();
        let size = size.size;
        self.memory.resize(frame + size, Val::Poison);
        for (offset, arg) in offsets.iter().zip(args) {
            *self.cell(frame + offset)? = *arg;
        }
        let end = self.blocks(function, frame, depth);
        self.memory.truncate(frame);
        end
    }

    fn locate(&self, function: usize, frame: usize, place: &'a Place) -> Res<(usize, &'a Ty)> {
        let code = self.code[function].as_ref().ok_or(GivenUp::Unknown)?;
        let mut at = frame + code.offsets.get(place.local).ok_or(GivenUp::Stuck)?;
        let mut ty: &'a Ty = code.locals.get(place.local).copied().ok_or(GivenUp::Stuck)?;
        for step in &place.proj {
            match step {
                Proj::Deref(to) => {
                    let Some(Val::Ptr(cell)) = self.memory.get(at) else {
                        return Err(GivenUp::Stuck);
                    };
                    (at, ty) = (*cell, to);
                }
                Proj::Field(number) => {
                    let parts = fields(ty);
                    for part in parts.iter().take(*number) {
                        at += cells(part).ok_or(GivenUp::Unknown)?;
                    }
                    ty = parts.get(*number).ok_or(GivenUp::Unknown)?;
                }
                Proj::Variant(_) => return Err(GivenUp::Unknown),
            }
        }
        Ok((at, ty))
    }

    fn operand(&self, function: usize, frame: usize, operand: &'a Operand) -> Res<Val> {
        match operand {
            Operand::Use(place) => {
                let (at, ty) = self.locate(function, frame, place)?;
                match cells(ty) {
                    Some(1) => self.memory.get(at).copied().ok_or(GivenUp::Stuck),
                    Some(0) => Ok(Val::Poison),
                    _ => Err(GivenUp::Unknown),
                }
            }
            Operand::Const(Constant::Int(_, value)) => {
                value.to_i128().map(Val::Int).ok_or(GivenUp::Unknown)
            }
            Operand::Const(Constant::Bool(value)) => Ok(Val::Bool(*value)),
            Operand::Const(Constant::Opaque(_)) => Ok(Val::Poison),
            Operand::Const(_) => Err(GivenUp::Unknown),
        }
    }

    fn assign(
        &mut self,
        function: usize,
        frame: usize,
        place: &'a Place,
        value: &'a Rvalue,
    ) -> Res<()> {
        let (at, ty) = self.locate(function, frame, place)?;
        let int = |this: &Self, of: &'a Operand| this.operand(function, frame, of)?.int();
        let new = match value {
            Rvalue::Use(Operand::Use(from)) => {
                let (from, of) = self.locate(function, frame, from)?;
                let count = cells(of).ok_or(GivenUp::Unknown)?;
                for step in 0..count {
                    let value = *self.cell(from + step)?;
                    *self.cell(at + step)? = value;
                }
                return Ok(());
            }
            Rvalue::Use(of) => match cells(ty) {
                Some(0) => return Ok(()),
                Some(1) => self.operand(function, frame, of)?,
                _ => return Err(GivenUp::Unknown),
            },
            Rvalue::Ref(of) => Val::Ptr(self.locate(function, frame, of)?.0),
            Rvalue::Rel(rel, a, b) => {
                let (a, b) = (int(self, a)?, int(self, b)?);
                Val::Bool(match rel {
                    Rel::Eq => a == b,
                    Rel::Ne => a != b,
                    Rel::Lt => a < b,
                    Rel::Le => a <= b,
                    Rel::Gt => a > b,
                    Rel::Ge => a >= b,
                })
            }
            Rvalue::Arith(ty, op, a, b) => {
                Val::Int(wrap(ty, arith(op, int(self, a)?, int(self, b)?)?)?)
            }
            Rvalue::Checked(ty, op, a, b) => {
                let exact = arith(op, int(self, a)?, int(self, b)?)?;
                let wrapped = wrap(ty, exact)?;
                *self.cell(at)? = Val::Int(wrapped);
                *self.cell(at + 1)? = Val::Bool(wrapped != exact);
                return Ok(());
            }
            Rvalue::Not(of) => Val::Bool(!self.operand(function, frame, of)?.bool()?),
            Rvalue::IntCast(ty, of) => Val::Int(wrap(ty, int(self, of)?)?),
            Rvalue::Aggregate(None, parts) => {
                let mut at = at;
                for part in parts {
                    match part {
                        Operand::Use(from) => {
                            let (from, of) = self.locate(function, frame, from)?;
                            for step in 0..cells(of).ok_or(GivenUp::Unknown)? {
                                let value = *self.cell(from + step)?;
                                *self.cell(at)? = value;
                                at += 1;
                            }
                        }
                        Operand::Const(Constant::Opaque(ty)) => {
                            at += cells(ty).ok_or(GivenUp::Unknown)?;
                        }
                        Operand::Const(_) => {
                            let value = self.operand(function, frame, part)?;
                            *self.cell(at)? = value;
                            at += 1;
                        }
                    }
                }
                return Ok(());
            }
            Rvalue::Discriminant(_) | Rvalue::Aggregate(Some(_), _) => {
                return Err(GivenUp::Unknown);
            }
        };
        *self.cell(at)? = new;
        Ok(())
    }

    fn blocks(&mut self, function: usize, frame: usize, depth: usize) -> Res<End> {
        let mut block = 0;
        loop {
            let code = self.code[function].as_ref().ok_or(GivenUp::Unknown)?;
            let (statements, end) = code.blocks.get(block).ok_or(GivenUp::Stuck)?;
            let end: &'a Terminator = end;
            let count = statements.len();
            for number in 0..count {
                self.fuel = self.fuel.checked_sub(1).ok_or(GivenUp::Long)?;
                let code = self.code[function].as_ref().ok_or(GivenUp::Unknown)?;
                let Stmt::Assign(place, value) = code.blocks[block].0[number];
                self.assign(function, frame, place, value)?;
            }
            self.fuel = self.fuel.checked_sub(1).ok_or(GivenUp::Long)?;
            match end {
                Terminator::Goto(next) => block = *next,
                Terminator::SwitchInt(of, targets, otherwise) => {
                    let value = self.operand(function, frame, of)?.int()?;
                    let found = targets
                        .iter()
                        .find(|(of, _)| of.to_i128() == Some(value))
                        .map(|(_, next)| *next)
                        .or(*otherwise);
                    block = found.ok_or(GivenUp::Stuck)?;
                }
                Terminator::Assert(of, expected, next, unwind) => {
                    if self.operand(function, frame, of)?.bool()? == *expected {
                        block = *next;
                    } else {
                        if *unwind != Unwind::Continue {
                            return Err(GivenUp::Unknown);
                        }
                        let panic = self.panic(function, frame, block, of);
                        return Ok(End::Panicked(Site { function, block }, panic));
                    }
                }
                Terminator::Call(place, Callee::Fn(callee, types), args, target, unwind)
                    if types.is_empty() =>
                {
                    let args = args
                        .iter()
                        .map(|arg| self.operand(function, frame, arg))
                        .collect::<Res<Vec<Val>>>()?;
                    let site = Site { function, block };
                    if let Some((clause, values)) = self.demands(*callee, &args)? {
                        // Whose fault that is depends on who has called.
                        if depth > 0 {
                            return Err(GivenUp::Unknown);
                        }
                        return Ok(End::Demanded { site, callee: *callee, clause, values });
                    }
                    match self.run(*callee, &args, depth + 1)? {
                        End::Returned(value) => {
                            let next = target.ok_or(GivenUp::Stuck)?;
                            if let Some(value) = value {
                                let (at, _) = self.locate(function, frame, place)?;
                                *self.cell(at)? = value;
                            }
                            block = next;
                        }
                        End::Panicked(site, panic) if *unwind == Unwind::Continue => {
                            return Ok(End::Panicked(site, panic));
                        }
                        _ => return Err(GivenUp::Unknown),
                    }
                }
                Terminator::Return => {
                    let code = self.code[function].as_ref().ok_or(GivenUp::Unknown)?;
                    let of = code.locals.first().ok_or(GivenUp::Stuck)?;
                    return match cells(of) {
                        Some(0) => Ok(End::Returned(None)),
                        Some(1) => Ok(End::Returned(Some(*self.cell(frame)?))),
                        _ => Err(GivenUp::Unknown),
                    };
                }
                Terminator::Unreachable => return Err(GivenUp::Unknown),
                Terminator::Call(..)
                | Terminator::Drop(..)
                | Terminator::Resume
                | Terminator::Terminate => return Err(GivenUp::Unknown),
            }
        }
    }

    /// What the function demands and these arguments do not satisfy.
    fn demands(&self, callee: usize, args: &[Val]) -> Res<Option<(usize, Values)>> {
        let Some(sig) = (self.sigs)(callee) else { return Ok(None) };
        if sig.params.len() != args.len() {
            return Err(GivenUp::Unknown);
        }
        let mut values = Values::new();
        for (param, arg) in sig.params.iter().zip(args) {
            let (var, value) = match (param, arg) {
                (Param::Val(_, x), value) => (x, *value),
                (Param::Mut(_, x, _) | Param::Shr(_, x), Val::Ptr(cell)) => {
                    (x, *self.memory.get(*cell).ok_or(GivenUp::Stuck)?)
                }
                _ => return Err(GivenUp::Unknown),
            };
            values.insert(var.clone(), value.int()?);
        }
        for (clause, formula) in sig.requires.iter().enumerate() {
            if !holds(formula, &values).ok_or(GivenUp::Unknown)? {
                return Ok(Some((clause, values)));
            }
        }
        Ok(None)
    }

    /// What an assertion that fails is about.
    fn panic(&self, function: usize, frame: usize, block: usize, of: &'a Operand) -> Panic {
        let Operand::Use(place) = of else { return Panic::Other };
        let Some(code) = &self.code[function] else { return Panic::Other };
        let statements = &code.blocks[block].0;
        let last = statements.iter().rev().find(|Stmt::Assign(to, _)| to.local == place.local);
        match last {
            Some(Stmt::Assign(_, Rvalue::Checked(ty, op, a, b))) => {
                let int = |of| self.operand(function, frame, of).and_then(Val::int).ok();
                let exact = int(a).zip(int(b)).and_then(|(a, b)| arith(op, a, b).ok());
                match exact {
                    Some(exact) if !ty.signed && exact < 0 => Panic::Underflow,
                    Some(_) => Panic::Overflow,
                    None => Panic::Other,
                }
            }
            Some(Stmt::Assign(
                _,
                Rvalue::Rel(Rel::Eq, _, Operand::Const(Constant::Int(_, zero))),
            )) if zero.to_i128() == Some(0) => Panic::Zero,
            _ => Panic::Other,
        }
    }
}

fn arith(op: &ArithOp, a: i128, b: i128) -> Res<i128> {
    let result = match op {
        ArithOp::AddOp => a.checked_add(b),
        ArithOp::SubOp => a.checked_sub(b),
        ArithOp::MulOp => a.checked_mul(b),
        ArithOp::QuotOp => a.checked_div(b),
        ArithOp::RemOp => a.checked_rem(b),
        _ => None,
    };
    result.ok_or(GivenUp::Unknown)
}

/// The values of the variables after a call that returns.
pub fn outcome(sig: &Sig, values: &Values, result: Option<Val>, cells: &[Val]) -> Option<Values> {
    let mut all = values.clone();
    let mut cells = cells.iter();
    for param in &sig.params {
        match param {
            Param::Val(..) => {}
            Param::Mut(_, _, y) => {
                all.insert(y.clone(), cells.next()?.index()?);
            }
            Param::Shr(..) => {
                cells.next()?;
            }
        }
    }
    match (&sig.result, result) {
        (SigResult::Val(_, r), Some(value)) => {
            all.insert(r.clone(), value.index()?);
        }
        (SigResult::Unit, _) => {}
        _ => return None,
    }
    Some(all)
}
