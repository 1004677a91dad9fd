//! A translated program as the evaluator's data: the constructors of `theories/mir/mir.v`.

use super::evaluator::{Program as Evaluator, Value};
use tally_mir::model::{
    Assign, Callee, Constant, Int, Operand, Place, Program, Projection, Relation, Rvalue, Shape,
    Terminator, Ty, Unwind,
};

/// Writes the data; it fails where a number has more than 128 bits.
pub(crate) struct Encoder<'a>(pub(crate) &'a mut Evaluator);

type Res<T> = Result<T, String>;

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

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T) -> Value) -> Value {
        let items = items.iter().map(|item| each(self, item)).collect();
        self.0.list(items)
    }

    fn try_list<T>(
        &mut self,
        items: &[T],
        mut each: impl FnMut(&mut Self, &T) -> Res<Value>,
    ) -> Res<Value> {
        let items = items.iter().map(|item| each(self, item)).collect::<Res<_>>()?;
        Ok(self.0.list(items))
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

    fn int_type(&mut self, int: Int) -> Value {
        let (sign, width) = int.0.split_at(1);
        let width = match width {
            "8" => "W8",
            "16" => "W16",
            "32" => "W32",
            "64" => "W64",
            "128" => "W128",
            _ => "WPtr",
        };
        let width = self.plain(width);
        let signed = self.0.bool(sign == "i");
        self.data("IntType", vec![width, signed])
    }

    fn integer(&mut self, digits: &str) -> Res<Value> {
        let (negative, magnitude) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits),
        };
        let magnitude: u128 = magnitude.parse().map_err(|_| format!("the number {digits}"))?;
        Ok(self.0.integer(negative, magnitude))
    }

    fn tys(&mut self, types: &[Ty]) -> Value {
        self.list(types, |this, ty| this.ty(ty))
    }

    fn ty(&mut self, ty: &Ty) -> Value {
        match ty {
            Ty::Int(int) => {
                let int = self.int_type(*int);
                self.data("TInt", vec![int])
            }
            Ty::Bool => self.plain("TBool"),
            Ty::Ptr => self.plain("TPtr"),
            Ty::Fat => self.plain("TFat"),
            Ty::Param(number) => self.data("TParam", vec![nat(*number)]),
            Ty::Tuple(items) => {
                let items = self.tys(items);
                self.data("TTuple", vec![items])
            }
            Ty::LibEnum(of, args) => {
                let variants = self.list(of.variants, |this, (_, fields)| {
                    let fields: Vec<Ty> =
                        fields.iter().filter_map(|&number| args.get(number).cloned()).collect();
                    this.tys(&fields)
                });
                self.data("TEnum", vec![variants])
            }
            Ty::Adt(number, args) => {
                let args = self.tys(args);
                self.data("TAdt", vec![nat(*number), args])
            }
            Ty::Box(of) => {
                let of = self.ty(of);
                self.data("TBox", vec![of])
            }
            Ty::NoDrop(of) => {
                let of = self.ty(of);
                self.data("TNoDrop", vec![of])
            }
        }
    }

    fn place(&mut self, place: &Place) -> Value {
        let steps = self.list(&place.projections, |this, step| match step {
            Projection::Deref(ty) => {
                let ty = this.ty(ty);
                this.data("Deref", vec![ty])
            }
            Projection::Field(number) => this.data("Field", vec![nat(*number)]),
            Projection::Variant(number) => this.data("Variant", vec![nat(*number)]),
        });
        self.data("Place", vec![nat(place.local), steps])
    }

    fn operand(&mut self, operand: &Operand) -> Res<Value> {
        Ok(match operand {
            Operand::Use(place) => {
                let place = self.place(place);
                self.data("Use", vec![place])
            }
            Operand::Const(constant) => {
                let constant = match constant {
                    Constant::Int(int, digits) => {
                        let (int, value) = (self.int_type(*int), self.integer(digits)?);
                        self.data("CInt", vec![int, value])
                    }
                    Constant::Bool(value) => {
                        let value = self.0.bool(*value);
                        self.data("CBool", vec![value])
                    }
                    Constant::Opaque(ty) => {
                        let ty = self.ty(ty);
                        self.data("COpaque", vec![ty])
                    }
                    Constant::Variant(ty, number) => {
                        let ty = self.ty(ty);
                        self.data("CVariant", vec![ty, nat(*number)])
                    }
                    Constant::Item(number, args) => {
                        let args = self.tys(args);
                        self.data("CItem", vec![nat(*number), args])
                    }
                    Constant::Offset(ty, number) => {
                        let ty = self.ty(ty);
                        self.data("COffset", vec![ty, nat(*number)])
                    }
                };
                self.data("Const", vec![constant])
            }
        })
    }

    fn rvalue(&mut self, rvalue: &Rvalue) -> Res<Value> {
        Ok(match rvalue {
            Rvalue::Use(of) => {
                let of = self.operand(of)?;
                self.data("RUse", vec![of])
            }
            Rvalue::Ref(place) => {
                let place = self.place(place);
                self.data("RRef", vec![place])
            }
            Rvalue::Relation(relation, left, right) => {
                let relation = self.plain(match relation {
                    Relation::Eq => "REq",
                    Relation::Ne => "RNe",
                    Relation::Lt => "RLt",
                    Relation::Le => "RLe",
                    Relation::Gt => "RGt",
                    Relation::Ge => "RGe",
                });
                let (left, right) = (self.operand(left)?, self.operand(right)?);
                self.data("RRel", vec![relation, left, right])
            }
            Rvalue::Arithmetic(int, op, left, right) | Rvalue::Checked(int, op, left, right) => {
                let checked = matches!(rvalue, Rvalue::Checked(..));
                let (int, op) = (self.int_type(*int), self.plain(op.0));
                let (left, right) = (self.operand(left)?, self.operand(right)?);
                self.data(if checked { "RChecked" } else { "RArith" }, vec![int, op, left, right])
            }
            Rvalue::Not(of) => {
                let of = self.operand(of)?;
                self.data("RNot", vec![of])
            }
            Rvalue::Cast(int, of) => {
                let (int, of) = (self.int_type(*int), self.operand(of)?);
                self.data("RIntCast", vec![int, of])
            }
            Rvalue::Discriminant(place) => {
                let place = self.place(place);
                self.data("RDiscriminant", vec![place])
            }
            Rvalue::Aggregate(variant, items) => {
                let variant = self.option(variant.map(nat));
                let items = self.try_list(items, |this, item| this.operand(item))?;
                self.data("RAggregate", vec![variant, items])
            }
        })
    }

    fn unwind(&mut self, unwind: Unwind) -> Value {
        match unwind {
            Unwind::Continue => self.plain("UwContinue"),
            Unwind::Unreachable => self.plain("UwUnreachable"),
            Unwind::Terminate => self.plain("UwTerminate"),
            Unwind::Cleanup(block) => self.data("UwCleanup", vec![nat(block)]),
        }
    }

    fn terminator(&mut self, end: &Terminator) -> Res<Value> {
        Ok(match end {
            Terminator::Goto(block) => self.data("Goto", vec![nat(*block)]),
            Terminator::Switch(of, cases, otherwise) => {
                let of = self.operand(of)?;
                let cases = self.list(cases, |this, (value, block)| {
                    let value = this.0.integer(*value < 0, value.unsigned_abs());
                    this.pair(value, nat(*block))
                });
                let otherwise = self.option(otherwise.map(nat));
                self.data("SwitchInt", vec![of, cases, otherwise])
            }
            Terminator::Call(place, callee, args, target, unwind) => {
                let place = self.place(place);
                let callee = match callee {
                    Callee::Fn(number, types) => {
                        let types = self.tys(types);
                        self.data("CFn", vec![nat(*number), types])
                    }
                    Callee::Lib(name, types) => {
                        let (name, types) = (self.0.text(name.bytes()), self.tys(types));
                        self.data("CLib", vec![name, types])
                    }
                };
                let args = self.try_list(args, |this, arg| this.operand(arg))?;
                let target = self.option(target.map(nat));
                let unwind = self.unwind(*unwind);
                self.data("Call", vec![place, callee, args, target, unwind])
            }
            Terminator::Drop(place, target, unwind) => {
                let (place, unwind) = (self.place(place), self.unwind(*unwind));
                self.data("Drop", vec![place, nat(*target), unwind])
            }
            Terminator::Assert(of, expected, target, unwind) => {
                let (of, expected) = (self.operand(of)?, self.0.bool(*expected));
                let unwind = self.unwind(*unwind);
                self.data("Assert", vec![of, expected, nat(*target), unwind])
            }
            Terminator::Return => self.plain("Return"),
            Terminator::Resume => self.plain("Resume"),
            Terminator::Terminate => self.plain("Terminate"),
            Terminator::Unreachable => self.plain("Unreachable"),
        })
    }

    /// The program.
    pub(crate) fn program(&mut self, program: &Program) -> Res<Value> {
        let adts = self.list(&program.adts, |this, adt| {
            let shape = match &adt.shape {
                Shape::Struct(fields) => {
                    let fields = this.tys(fields);
                    this.data("Struct", vec![fields])
                }
                Shape::Enum(variants) => {
                    let variants = this.list(variants, |this, fields| this.tys(fields));
                    this.data("Enum", vec![variants])
                }
            };
            let (drop, call) = (this.option(adt.drop.map(nat)), this.option(adt.call.map(nat)));
            this.data("Adt", vec![shape, drop, call])
        });
        let functions = self.try_list(&program.functions, |this, function| {
            let locals = this.tys(&function.body.locals);
            let blocks = this.try_list(&function.body.blocks, |this, (statements, end)| {
                let statements = this.try_list(statements, |this, Assign(place, rvalue)| {
                    let (place, rvalue) = (this.place(place), this.rvalue(rvalue)?);
                    Ok(this.data("Assign", vec![place, rvalue]))
                })?;
                let end = this.terminator(end)?;
                Ok(this.pair(statements, end))
            })?;
            Ok(this.data("Body", vec![nat(function.body.arguments), locals, blocks]))
        })?;
        Ok(self.data("Program", vec![adts, functions]))
    }
}
