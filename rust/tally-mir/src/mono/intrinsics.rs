//! What the model of the library cannot say in Rust: operations on numbers of any type, values
//! that are not there, null. It declares them in its module `foil`.

use super::*;

impl<'a> Translator<'a> {
    /// What 0 is as a pointer is one thing in a program.
    pub(super) fn zero(&mut self, zero: Zero) -> Res<()> {
        if self.zero_here(zero) {
            return Ok(());
        }
        match self.zero {
            Some(known) if known != zero => {
                Err("null, in a program that points to the last address".to_owned())
            }
            _ => {
                self.zero = Some(zero);
                Ok(())
            }
        }
    }

    /// The operation, in the middle of a block.
    pub(super) fn intrinsic(
        &mut self,
        to: Place,
        name: &str,
        types: &[T],
        args: Vec<Operand>,
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let refused = || Err(format!("the operation foil::{name}"));
        let Some(ty) = types.first() else { return refused() };
        let number = |text: String, int| Operand::Const(Constant::Int(Int(int), text));
        let arithmetic = match name.split_once('_').map_or("", |name| name.1) {
            "add" => Some(Arithmetic("AddOp")),
            "sub" => Some(Arithmetic("SubOp")),
            "mul" => Some(Arithmetic("MulOp")),
            "div" => Some(Arithmetic("QuotOp")),
            "rem" => Some(Arithmetic("RemOp")),
            "and" => Some(Arithmetic("AndOp")),
            "or" => Some(Arithmetic("OrOp")),
            "xor" => Some(Arithmetic("XorOp")),
            _ => None,
        };
        let int = match ty {
            T::Int(name) => Some(Int(name)),
            T::Bool => Some(Int("u8")),
            T::Char => Some(Int("u32")),
            _ => None,
        };
        let rvalue = match (name, &args[..]) {
            ("less" | "same", [left, right]) if int.is_some() => {
                let relation = if name == "less" { Relation::Lt } else { Relation::Eq };
                Rvalue::Relation(relation, left.clone(), right.clone())
            }
            ("cast", [of]) => match (int, types.get(1)) {
                (Some(_), Some(T::Int(into))) => Rvalue::Cast(Int(into), of.clone()),
                (Some(_), Some(T::Char)) => Rvalue::Cast(Int("u32"), of.clone()),
                (Some(_), Some(T::Bool)) => Rvalue::Cast(Int("u8"), of.clone()),
                _ => return refused(),
            },
            (_, [left, right]) => match (int, arithmetic, name.starts_with("over_")) {
                (Some(int), Some(op), true) => {
                    Rvalue::Checked(int, op, left.clone(), right.clone())
                }
                (Some(int), Some(op), false) => {
                    Rvalue::Arithmetic(int, op, left.clone(), right.clone())
                }
                _ => return refused(),
            },
            ("bits" | "signed" | "least" | "greatest", []) => {
                let Some(int) = int else { return refused() };
                Rvalue::Use(match name {
                    "bits" => number(int.bits().to_string(), "u32"),
                    "signed" => Operand::Const(Constant::Bool(int.0.starts_with('i'))),
                    "least" => number(int.min(), int.0),
                    _ => number(int.max(), int.0),
                })
            }
            ("uninit", []) => {
                let lowered = self.lower(ty)?;
                // In memory it is what nothing is ever written to.
                Rvalue::Use(if self.out.program.has_param(&lowered) {
                    Operand::Use(of_local(builder.local(lowered)))
                } else {
                    Operand::Const(Constant::Opaque(lowered))
                })
            }
            ("zeroed", []) => {
                let lowered = self.lower(ty)?;
                let mut parts = Vec::new();
                self.parts(&lowered, 0, &mut parts);
                let int = |part: &String| part.starts_with("Int(") || part == "Bool";
                if parts.iter().any(|part| part == "pointer") {
                    self.zero(Zero::Null)?;
                }
                if !parts.iter().all(|part| int(part) || part == "pointer") {
                    return Err(format!("a value of type {} that is 0 in all bits", self.show(ty)));
                }
                let cells = builder.local(Ty::Tuple(vec![usize_ty(); parts.len()]));
                let zeros = vec![number("0".to_owned(), "usize"); parts.len()];
                builder.assign(of_local(cells), Rvalue::Aggregate(None, zeros));
                Rvalue::Use(Operand::Use(of_local(cells)))
            }
            ("null", []) => {
                self.zero(Zero::Null)?;
                Rvalue::Use(number("0".to_owned(), "usize"))
            }
            ("is_null", [of]) => {
                self.zero(Zero::Null)?;
                Rvalue::Relation(Relation::Eq, of.clone(), number("0".to_owned(), "usize"))
            }
            _ => return refused(),
        };
        builder.assign(to, rvalue);
        Ok(())
    }

    /// A call of a function of the model of the library, in the middle of a block.
    pub(super) fn library_call(
        &mut self,
        to: Place,
        name: &str,
        env: Env,
        args: Vec<Operand>,
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let body = self.library_function(name)?;
        let number = self.job(Job::Body(body, env));
        builder.call(to, Callee::Fn(number, Vec::new()), args);
        Ok(())
    }
}
