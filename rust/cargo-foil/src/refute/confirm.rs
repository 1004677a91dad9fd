//! The verified end of a refutation: `check_refute` of `theories/refine/refute.v`, as the
//! prover extracts it, on the program, the signature and the input.

use super::exec::Values;
use crate::checker::{
    Adt, Body, Callee, Constant, Exp, Fml, Instance, IntType, Kind, List, Mode, Operand, Param,
    Place, Positive, Program, Proj, Rvalue, Shape, Sig, SigResult, Stmt, Terminator, Ty, Unwind, Z,
};
use crate::run::evaluator::{Program as Evaluator, Value};
use num_traits::{Signed, ToPrimitive};

/// Writes the checker's data as the evaluator's; it fails where a number has more than 128
/// bits.
struct Encoder<'a>(&'a mut Evaluator);

type Res = Option<Value>;

fn nat(value: usize) -> Value {
    Value::Nat(value as u64)
}

impl Encoder<'_> {
    fn data(&mut self, name: &str, args: Vec<Value>) -> Value {
        self.0.data(name, args)
    }

    fn plain(&mut self, name: &str) -> Value {
        self.data(name, Vec::new())
    }

    fn list<T>(&mut self, items: &List<T>, mut each: impl FnMut(&mut Self, &T) -> Res) -> Res {
        let items = items.iter().map(|item| each(self, item)).collect::<Option<_>>()?;
        Some(self.0.list(items))
    }

    fn option(&mut self, value: Option<Value>) -> Value {
        match value {
            Some(value) => self.data("Some", vec![value]),
            None => self.plain("None"),
        }
    }

    fn pair(&mut self, left: Value, right: Value) -> Value {
        self.data("Pair", vec![left, right])
    }

    fn int(&mut self, value: &Z) -> Res {
        let value = value.to_big();
        Some(self.0.integer(value.is_negative(), value.magnitude().to_u128()?))
    }

    fn var(&mut self, var: &Positive) -> Res {
        Some(self.0.positive(var.as_z().to_big().to_u128()?))
    }

    fn int_type(&mut self, ty: &IntType) -> Value {
        let width = self.plain(&format!("{:?}", ty.width));
        let signed = self.0.bool(ty.signed);
        self.data("IntType", vec![width, signed])
    }

    fn tys(&mut self, types: &List<Ty>) -> Res {
        self.list(types, Self::ty)
    }

    fn ty(&mut self, ty: &Ty) -> Res {
        Some(match ty {
            Ty::Int(ty) => {
                let ty = self.int_type(ty);
                self.data("TInt", vec![ty])
            }
            Ty::Bool => self.plain("TBool"),
            Ty::Ptr => self.plain("TPtr"),
            Ty::Fat => self.plain("TFat"),
            Ty::Param(number) => self.data("TParam", vec![nat(*number)]),
            Ty::Tuple(parts) => {
                let parts = self.tys(parts)?;
                self.data("TTuple", vec![parts])
            }
            Ty::Enum(variants) => {
                let variants = self.list(variants, |this, fields| this.tys(fields))?;
                self.data("TEnum", vec![variants])
            }
            Ty::Adt(number, args) => {
                let args = self.tys(args)?;
                self.data("TAdt", vec![nat(*number), args])
            }
            Ty::Box(of) => {
                let of = self.ty(of)?;
                self.data("TBox", vec![of])
            }
            Ty::NoDrop(of) => {
                let of = self.ty(of)?;
                self.data("TNoDrop", vec![of])
            }
        })
    }

    fn place(&mut self, place: &Place) -> Res {
        let steps = self.list(&place.proj, |this, step| {
            Some(match step {
                Proj::Deref(ty) => {
                    let ty = this.ty(ty)?;
                    this.data("Deref", vec![ty])
                }
                Proj::Field(number) => this.data("Field", vec![nat(*number)]),
                Proj::Variant(number) => this.data("Variant", vec![nat(*number)]),
            })
        })?;
        Some(self.data("Place", vec![nat(place.local), steps]))
    }

    fn operand(&mut self, operand: &Operand) -> Res {
        Some(match operand {
            Operand::Use(place) => {
                let place = self.place(place)?;
                self.data("Use", vec![place])
            }
            Operand::Const(constant) => {
                let constant = match constant {
                    Constant::Int(ty, value) => {
                        let (ty, value) = (self.int_type(ty), self.int(value)?);
                        self.data("CInt", vec![ty, value])
                    }
                    Constant::Bool(value) => {
                        let value = self.0.bool(*value);
                        self.data("CBool", vec![value])
                    }
                    Constant::Opaque(ty) => {
                        let ty = self.ty(ty)?;
                        self.data("COpaque", vec![ty])
                    }
                    Constant::Variant(ty, number) => {
                        let ty = self.ty(ty)?;
                        self.data("CVariant", vec![ty, nat(*number)])
                    }
                    Constant::Item(number, args) => {
                        let args = self.tys(args)?;
                        self.data("CItem", vec![nat(*number), args])
                    }
                    Constant::Offset(ty, number) => {
                        let ty = self.ty(ty)?;
                        self.data("COffset", vec![ty, nat(*number)])
                    }
                };
                self.data("Const", vec![constant])
            }
        })
    }

    fn rvalue(&mut self, value: &Rvalue) -> Res {
        Some(match value {
            Rvalue::Use(of) => {
                let of = self.operand(of)?;
                self.data("RUse", vec![of])
            }
            Rvalue::Ref(place) => {
                let place = self.place(place)?;
                self.data("RRef", vec![place])
            }
            Rvalue::Rel(rel, a, b) => {
                let rel = self.plain(&format!("R{rel:?}"));
                let (a, b) = (self.operand(a)?, self.operand(b)?);
                self.data("RRel", vec![rel, a, b])
            }
            Rvalue::Arith(ty, op, a, b) | Rvalue::Checked(ty, op, a, b) => {
                let (ty, op) = (self.int_type(ty), self.plain(&format!("{op:?}")));
                let (a, b) = (self.operand(a)?, self.operand(b)?);
                let name = if matches!(value, Rvalue::Checked(..)) { "RChecked" } else { "RArith" };
                self.data(name, vec![ty, op, a, b])
            }
            Rvalue::Not(of) => {
                let of = self.operand(of)?;
                self.data("RNot", vec![of])
            }
            Rvalue::IntCast(ty, of) => {
                let (ty, of) = (self.int_type(ty), self.operand(of)?);
                self.data("RIntCast", vec![ty, of])
            }
            Rvalue::Discriminant(place) => {
                let place = self.place(place)?;
                self.data("RDiscriminant", vec![place])
            }
            Rvalue::Aggregate(variant, parts) => {
                let variant = self.option(variant.map(nat));
                let parts = self.list(parts, Self::operand)?;
                self.data("RAggregate", vec![variant, parts])
            }
        })
    }

    fn unwind(&mut self, unwind: &Unwind) -> Value {
        match unwind {
            Unwind::Continue => self.plain("UwContinue"),
            Unwind::Unreachable => self.plain("UwUnreachable"),
            Unwind::Terminate => self.plain("UwTerminate"),
            Unwind::Cleanup(block) => self.data("UwCleanup", vec![nat(*block)]),
        }
    }

    fn end(&mut self, end: &Terminator) -> Res {
        Some(match end {
            Terminator::Goto(block) => self.data("Goto", vec![nat(*block)]),
            Terminator::SwitchInt(of, targets, otherwise) => {
                let of = self.operand(of)?;
                let targets = self.list(targets, |this, (value, block)| {
                    let value = this.int(value)?;
                    Some(this.pair(value, nat(*block)))
                })?;
                let otherwise = self.option(otherwise.map(nat));
                self.data("SwitchInt", vec![of, targets, otherwise])
            }
            Terminator::Call(place, callee, args, target, unwind) => {
                let place = self.place(place)?;
                let callee = match callee {
                    Callee::Fn(number, types) => {
                        let types = self.tys(types)?;
                        self.data("CFn", vec![nat(*number), types])
                    }
                    Callee::Lib(name, types) => {
                        let (name, types) = (self.0.text(name.bytes()), self.tys(types)?);
                        self.data("CLib", vec![name, types])
                    }
                };
                let args = self.list(args, Self::operand)?;
                let target = self.option(target.map(nat));
                let unwind = self.unwind(unwind);
                self.data("Call", vec![place, callee, args, target, unwind])
            }
            Terminator::Drop(place, target, unwind) => {
                let (place, unwind) = (self.place(place)?, self.unwind(unwind));
                self.data("Drop", vec![place, nat(*target), unwind])
            }
            Terminator::Assert(of, expected, target, unwind) => {
                let (of, expected) = (self.operand(of)?, self.0.bool(*expected));
                let unwind = self.unwind(unwind);
                self.data("Assert", vec![of, expected, nat(*target), unwind])
            }
            Terminator::Return => self.plain("Return"),
            Terminator::Resume => self.plain("Resume"),
            Terminator::Terminate => self.plain("Terminate"),
            Terminator::Unreachable => self.plain("Unreachable"),
        })
    }

    fn body(&mut self, body: &Body) -> Res {
        let locals = self.tys(&body.locals)?;
        let blocks = self.list(&body.blocks, |this, (statements, end)| {
            let statements = this.list(statements, |this, Stmt::Assign(place, value)| {
                let (place, value) = (this.place(place)?, this.rvalue(value)?);
                Some(this.data("Assign", vec![place, value]))
            })?;
            let end = this.end(end)?;
            Some(this.pair(statements, end))
        })?;
        Some(self.data("Body", vec![nat(body.args), locals, blocks]))
    }

    fn adt(&mut self, adt: &Adt) -> Res {
        let shape = match &adt.shape {
            Shape::Struct(fields) => {
                let fields = self.tys(fields)?;
                self.data("Struct", vec![fields])
            }
            Shape::Enum(variants) => {
                let variants = self.list(variants, |this, fields| this.tys(fields))?;
                self.data("Enum", vec![variants])
            }
        };
        let (drop, call) = (self.option(adt.drop.map(nat)), self.option(adt.call.map(nat)));
        Some(self.data("Adt", vec![shape, drop, call]))
    }

    fn program(&mut self, program: &Program) -> Res {
        let adts = self.list(&program.adts, Self::adt)?;
        let fns = self.list(&program.fns, Self::body)?;
        Some(self.data("Program", vec![adts, fns]))
    }

    fn instance(&mut self, instance: &Instance) -> Res {
        Some(match instance {
            Instance::Fn(number, types) => {
                let types = self.tys(types)?;
                self.data("IFn", vec![nat(*number), types])
            }
            Instance::Glue(ty) => {
                let ty = self.ty(ty)?;
                self.data("IGlue", vec![ty])
            }
            Instance::Call(ty) => {
                let ty = self.ty(ty)?;
                self.data("ICall", vec![ty])
            }
        })
    }

    fn exp(&mut self, of: &Exp) -> Res {
        let (name, a, b) = match of {
            Exp::C(value) => {
                let value = self.int(value)?;
                return Some(self.data("EC", vec![value]));
            }
            Exp::V(var) => {
                let var = self.var(var)?;
                return Some(self.data("EV", vec![var]));
            }
            Exp::Add(a, b) => ("EAdd", a, b),
            Exp::Sub(a, b) => ("ESub", a, b),
            Exp::Mul(a, b) => ("EMul", a, b),
        };
        let (a, b) = (self.exp(a)?, self.exp(b)?);
        Some(self.data(name, vec![a, b]))
    }

    fn fml(&mut self, of: &Fml) -> Res {
        let (name, a, b) = match of {
            Fml::Le(a, b) => ("FLe", a, b),
            Fml::Lt(a, b) => ("FLt", a, b),
            Fml::Eq(a, b) => ("FEq", a, b),
            Fml::Ne(a, b) => ("FNe", a, b),
            Fml::In(ty, a) | Fml::Out(ty, a) => {
                let (ty, a) = (self.int_type(ty), self.exp(a)?);
                let name = if matches!(of, Fml::In(..)) { "FIn" } else { "FOut" };
                return Some(self.data(name, vec![ty, a]));
            }
            Fml::And(f, g) | Fml::Or(f, g) => {
                let name = if matches!(of, Fml::And(..)) { "FAnd" } else { "FOr" };
                let (f, g) = (self.fml(f)?, self.fml(g)?);
                return Some(self.data(name, vec![f, g]));
            }
        };
        let (a, b) = (self.exp(a)?, self.exp(b)?);
        Some(self.data(name, vec![a, b]))
    }

    fn kind(&mut self, kind: &Kind) -> Value {
        match kind {
            Kind::Int(ty) => {
                let ty = self.int_type(ty);
                self.data("KInt", vec![ty])
            }
            Kind::Bool => self.plain("KBool"),
        }
    }

    fn sig(&mut self, sig: &Sig) -> Res {
        let params = self.list(&sig.params, |this, param| {
            Some(match param {
                Param::Val(kind, x) => {
                    let (kind, x) = (this.kind(kind), this.var(x)?);
                    this.data("PVal", vec![kind, x])
                }
                Param::Mut(kind, x, y) => {
                    let (kind, x, y) = (this.kind(kind), this.var(x)?, this.var(y)?);
                    this.data("PMut", vec![kind, x, y])
                }
                Param::Shr(kind, x) => {
                    let (kind, x) = (this.kind(kind), this.var(x)?);
                    this.data("PShr", vec![kind, x])
                }
            })
        })?;
        let requires = self.list(&sig.requires, Self::fml)?;
        let result = match &sig.result {
            SigResult::Val(kind, r) => {
                let (kind, r) = (self.kind(kind), self.var(r)?);
                self.data("RVal", vec![kind, r])
            }
            SigResult::Unit => self.plain("RUnit"),
        };
        let ensures = self.list(&sig.ensures, Self::fml)?;
        Some(self.data("Sig", vec![params, requires, result, ensures]))
    }
}

/// A call that a signature is said to exclude.
pub struct Claim<'a> {
    /// What must be excluded.
    pub mode: Mode,
    /// The program.
    pub program: &'a Program,
    /// The instances of its functions.
    pub instances: &'a List<Instance>,
    /// The function.
    pub function: usize,
    /// Its signature.
    pub sig: &'a Sig,
    /// The arguments and, if it returns, what is in the result and the cells.
    pub values: &'a Values,
}

/// Whether the signature excludes the call: as the extracted interpreter says, after so many
/// steps at most. `None`: there is no answer.
pub fn confirm(claim: &Claim<'_>, fuel: u64) -> Option<bool> {
    let run = || {
        let mut evaluator = Evaluator::read(crate::run::INTERPRETER).ok()?;
        let mut encoder = Encoder(&mut evaluator);
        let mode = encoder.plain(&format!("{:?}", claim.mode));
        let program = encoder.program(claim.program)?;
        let instances = encoder.list(claim.instances, Encoder::instance)?;
        let sig = encoder.sig(claim.sig)?;
        let mut witness = Vec::new();
        for (var, value) in claim.values {
            let (var, value) = (encoder.var(var)?, encoder.int(&Z::from(*value))?);
            witness.push(encoder.pair(var, value));
        }
        let witness = encoder.0.list(witness);
        let digits = encoder.0.positive(u128::from(fuel.max(1)));
        let fuel = encoder.data("Npos", vec![digits]);
        let args = vec![mode, program, instances, nat(claim.function), sig, witness, fuel];
        let answer = evaluator.call("check_refute", args).ok()?;
        match answer {
            Value::Plain(ctor) => match evaluator.ctor_name(ctor) {
                "True" => Some(true),
                "False" => Some(false),
                _ => None,
            },
            _ => None,
        }
    };
    crate::run::on_a_large_stack(run).ok()?
}
