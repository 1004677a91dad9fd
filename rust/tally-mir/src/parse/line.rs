//! Statements and terminators, each of which is a line.

use super::cursor::{Cursor, Read};
use crate::ast::{
    Callee, Const, Operand, Path, Place, Projection, Rvalue, Statement, Terminator, Unwind,
};

/// Operations on two operands.
const BINARY: [&str; 26] = [
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Rem",
    "BitXor",
    "BitAnd",
    "BitOr",
    "Shl",
    "Shr",
    "Eq",
    "Lt",
    "Le",
    "Ne",
    "Ge",
    "Gt",
    "Cmp",
    "Offset",
    "AddWithOverflow",
    "SubWithOverflow",
    "MulWithOverflow",
    "AddUnchecked",
    "SubUnchecked",
    "MulUnchecked",
    "ShlUnchecked",
    "ShrUnchecked",
];
/// Operations on one.
const UNARY: [&str; 3] = ["Not", "Neg", "PtrMetadata"];
/// Statements that say nothing about values.
const NOTHING: [&str; 9] = [
    "StorageLive",
    "StorageDead",
    "nop",
    "ConstEvalCounter",
    "Retag",
    "FakeRead",
    "PlaceMention",
    "AscribeUserType",
    "Coverage",
];

/// A line of a block.
pub(super) enum Line {
    Statement(Statement),
    Terminator(Terminator),
}

impl Cursor<'_> {
    fn place(&mut self) -> Read<Place> {
        let mut place = if self.eat("(") {
            let place = if self.eat("*") {
                let mut place = self.place()?;
                place.projections.push(Projection::Deref);
                place
            } else {
                let mut place = self.place()?;
                if self.eat(".") {
                    let number = self.number()?;
                    self.expect(":")?;
                    place.projections.push(Projection::Field(number, self.ty()?));
                } else {
                    self.expect("as")?;
                    if self.word("subtype") {
                        let ty = self.ty()?;
                        place.projections.push(Projection::Other(format!(" as subtype {ty}")));
                    } else if let Some(name) = self.ident() {
                        // `variant#3` is of a coroutine.
                        let number = if self.eat("#") { Some(self.number()?) } else { None };
                        let name = number.map_or(name.to_owned(), |of| format!("{name}#{of}"));
                        place.projections.push(Projection::Variant(name));
                    } else {
                        return self.expected("a variant");
                    }
                }
                place
            };
            self.expect(")")?;
            place
        } else {
            Place { local: self.numbered("_")?, projections: Vec::new() }
        };
        while self.starts("[") {
            place.projections.push(Projection::Other(format!("[{}]", self.bracketed()?)));
        }
        Ok(place)
    }

    fn constant(&mut self) -> Read<Const> {
        let begin = self.clone();
        if self.starts("\"") {
            self.quoted()?;
            return Ok(Const::Str);
        }
        if self.eat("()") {
            return Ok(Const::Unit);
        }
        if self.eat("ZeroSized:") {
            return Ok(Const::ZeroSized(self.ty()?));
        }
        if self.rest().starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            let minus = self.eat("-");
            let digits = self.take_while(|c| c.is_ascii_digit());
            let suffix = self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
            let ty = suffix.strip_prefix('_').unwrap_or_default().to_owned();
            let value = digits.parse::<i128>().map(|value| if minus { -value } else { value });
            return Ok(match (value, digits.parse::<u128>()) {
                (Ok(value), _) if !ty.is_empty() && !ty.contains('.') => Const::Int(value, ty),
                (Err(_), Ok(value)) if !ty.is_empty() && !minus => Const::BigInt(value, ty),
                _ => Const::Other(self.since(&begin).to_owned()),
            });
        }
        if self.starts("b\"") || self.starts("b'") || self.starts("'") || self.starts("{") {
            // A byte string, a character, or what is named by its address.
            if self.starts("{") {
                self.bracketed()?;
            } else if self.starts("b\"") {
                self.eat("b");
                self.quoted()?;
            } else {
                self.eat("b");
                self.expect("'")?;
                if !self.eat("\\") {
                    self.eat("'");
                }
                self.until("'")?;
            }
            return Ok(Const::Other(self.since(&begin).to_owned()));
        }
        for (word, value) in [("true", true), ("false", false)] {
            if self.word(word) {
                return Ok(Const::Bool(value));
            }
        }
        let path = self.path()?;
        if self.starts("{") || self.starts("(") {
            self.bracketed()?;
            return Ok(Const::Other(self.since(&begin).to_owned()));
        }
        Ok(Const::Path(path))
    }

    pub(super) fn operand(&mut self) -> Read<Operand> {
        if self.word("copy") {
            Ok(Operand::Copy(self.place()?))
        } else if self.word("move") {
            Ok(Operand::Move(self.place()?))
        } else if self.word("const") {
            Ok(Operand::Const(self.constant()?))
        } else if self.rest().strip_prefix('_').is_some_and(|rest| {
            // Others that begin so are functions.
            rest.starts_with(|c: char| c.is_ascii_digit())
        }) {
            Ok(Operand::Copy(self.place()?))
        } else {
            // A function.
            Ok(Operand::Const(Const::Path(self.path()?)))
        }
    }

    /// Fields after `{`, each with a name.
    fn fields(&mut self) -> Read<Vec<(Option<String>, Operand)>> {
        self.list("}", |this| {
            let Some(name) = this.ident().or_else(|| {
                let digits = this.take_while(|c| c.is_ascii_digit());
                (!digits.is_empty()).then_some(digits)
            }) else {
                return this.expected("a field");
            };
            this.expect(":")?;
            Ok((Some(name.to_owned()), this.operand()?))
        })
    }

    /// What is assigned, or the call whose result is.
    fn assigned(&mut self, destination: Place) -> Read<Line> {
        let begin = self.clone();
        let statement =
            |rvalue| Ok(Line::Statement(Statement::Assign(destination.clone(), rvalue)));
        // The slice whose length is wanted, where no borrow is made.
        let fake = self.eat("&raw const (fake) ");
        if fake {
            return statement(Rvalue::Ref(self.place()?));
        }
        for word in ["&mut ", "&raw const ", "&raw mut ", "&"] {
            if self.eat(word) {
                // What is not of a place: a borrow for the borrow checker alone, a static of
                // the thread.
                let other = ["(fake", "fake", "/*"].iter().any(|begin| self.starts(begin));
                return if other {
                    let text = format!("{word}{}", self.rest());
                    self.take_while(|_| true);
                    statement(Rvalue::Other(text))
                } else {
                    statement(Rvalue::Ref(self.place()?))
                };
            }
        }
        if self.eat("deref_copy ") {
            let place = self.place()?;
            return statement(Rvalue::Use(Operand::Copy(place)));
        }
        if self.starts("copy ")
            || self.starts("move ")
            || self.starts("const ")
            || self.starts("no_retag ")
        {
            self.eat("no_retag ");
            let operand = self.operand()?;
            if self.word("as") {
                return self.cast(destination, operand);
            }
            if self.starts("(") {
                return self.call(destination, Callee::Pointer(operand));
            }
            return statement(Rvalue::Use(operand));
        }
        if self.eat("[") {
            let mut items = Vec::new();
            while !self.eat("]") {
                items.push(self.operand()?);
                if self.eat(";") {
                    self.until("]")?;
                    return statement(Rvalue::Other(self.since(&begin).to_owned()));
                }
                self.eat(",");
            }
            return statement(Rvalue::Array(items));
        }
        if self.eat("(") {
            let items = self.list(")", Self::operand)?;
            return statement(Rvalue::Tuple(items));
        }
        if self.eat("{closure@") {
            let name = self.until("}")?.to_owned();
            let captured = if self.eat("{") {
                self.fields()?.into_iter().map(|(_, operand)| operand).collect()
            } else if self.eat("(") {
                self.list(")", Self::operand)?
            } else {
                Vec::new()
            };
            return statement(Rvalue::Closure(name, captured));
        }
        let path = self.path()?;
        if self.starts("(") {
            let of_place = |this: &mut Self| {
                this.expect("(")?;
                let place = this.place()?;
                this.expect(")")?;
                Ok(place)
            };
            match path.idents()[..] {
                ["discriminant"] => {
                    let place = of_place(self)?;
                    return statement(Rvalue::Discriminant(place));
                }
                ["Len" | "CopyForDeref"] => {
                    of_place(self)?;
                    return statement(Rvalue::Other(self.since(&begin).to_owned()));
                }
                ["SizeOf" | "AlignOf" | "OffsetOf" | "ShallowInitBox"] => {
                    self.bracketed()?;
                    return statement(Rvalue::Other(self.since(&begin).to_owned()));
                }
                [name] if BINARY.contains(&name) => {
                    self.expect("(")?;
                    let left = self.operand()?;
                    self.expect(",")?;
                    let right = self.operand()?;
                    self.expect(")")?;
                    return statement(Rvalue::Binary(name.to_owned(), left, right));
                }
                [name] if UNARY.contains(&name) => {
                    self.expect("(")?;
                    let operand = self.operand()?;
                    self.expect(")")?;
                    return statement(Rvalue::Unary(name.to_owned(), operand));
                }
                _ => return self.call_or_adt(destination, path),
            }
        }
        if self.eat("{") {
            let fields = self.fields()?;
            return statement(Rvalue::Adt(path, fields));
        }
        if self.word("as") {
            return self.cast(destination.clone(), Operand::Const(Const::Path(path)));
        }
        statement(Rvalue::Adt(path, Vec::new()))
    }

    /// What follows `OPERAND as`.
    fn cast(&mut self, destination: Place, operand: Operand) -> Read<Line> {
        let ty = self.ty()?;
        self.expect("(")?;
        let mut kind = self.ident().unwrap_or_default().to_owned();
        if self.starts("(") {
            kind.push_str(&format!("({})", self.bracketed()?));
        }
        self.expect(")")?;
        Ok(Line::Statement(Statement::Assign(destination, Rvalue::Cast(operand, ty, kind))))
    }

    fn call_or_adt(&mut self, destination: Place, path: Path) -> Read<Line> {
        let mut ahead = self.clone();
        ahead.expect("(")?;
        let operands = ahead.list(")", Self::operand)?;
        if ahead.starts("->") {
            return self.call(destination, Callee::Path(path));
        }
        *self = ahead;
        let fields = operands.into_iter().map(|operand| (None, operand)).collect();
        Ok(Line::Statement(Statement::Assign(destination, Rvalue::Adt(path, fields))))
    }

    fn call(&mut self, destination: Place, callee: Callee) -> Read<Line> {
        self.expect("(")?;
        let arguments = self.list(")", Self::operand)?;
        self.expect("->")?;
        let (target, unwind) = self.targets()?;
        Ok(Line::Terminator(Terminator::Call { destination, callee, arguments, target, unwind }))
    }

    fn unwind(&mut self) -> Read<Unwind> {
        self.expect("unwind")?;
        if self.eat(":") {
            Ok(Unwind::Cleanup(self.numbered("bb")?))
        } else if self.word("continue") {
            Ok(Unwind::Continue)
        } else if self.word("unreachable") {
            Ok(Unwind::Unreachable)
        } else if self.word("terminate") {
            self.bracketed()?;
            Ok(Unwind::Terminate)
        } else {
            self.expected("where unwinding leads to")
        }
    }

    /// Where a call, a drop, an assertion goes: `[return: bb1, unwind continue]`. One block
    /// without a word is where a call unwinds to that never returns: where unwinding goes
    /// has a word of its own in all other cases.
    fn targets(&mut self) -> Read<(Option<usize>, Unwind)> {
        if !self.eat("[") {
            return if self.starts("unwind") {
                Ok((None, self.unwind()?))
            } else {
                Ok((None, Unwind::Cleanup(self.numbered("bb")?)))
            };
        }
        let mut target = None;
        let mut unwind = Unwind::Continue;
        self.list("]", |this| {
            if this.starts("unwind") {
                unwind = this.unwind()?;
            } else if this.eat("return:") || this.eat("success:") {
                target = Some(this.numbered("bb")?);
            } else {
                return this.expected("`return`, `success` or `unwind`");
            }
            Ok(())
        })?;
        Ok((target, unwind))
    }

    fn target(&mut self) -> Read<(usize, Unwind)> {
        self.expect("->")?;
        match self.targets()? {
            (Some(target), unwind) => Ok((target, unwind)),
            (None, _) => self.expected("a target"),
        }
    }

    fn switch(&mut self) -> Read<Terminator> {
        self.expect("(")?;
        let operand = self.operand()?;
        self.expect(")")?;
        self.expect("->")?;
        self.expect("[")?;
        let mut cases = Vec::new();
        let mut otherwise = None;
        self.list("]", |this| {
            if this.eat("otherwise:") {
                otherwise = Some(this.numbered("bb")?);
            } else {
                let minus = this.eat("-");
                let digits = this.take_while(|c| c.is_ascii_digit());
                let Ok(value) = digits.parse::<i128>() else {
                    return this.expected("a value");
                };
                this.expect(":")?;
                cases.push((if minus { -value } else { value }, this.numbered("bb")?));
            }
            Ok(())
        })?;
        Ok(Terminator::SwitchInt(operand, cases, otherwise))
    }

    fn assertion(&mut self) -> Read<Terminator> {
        self.expect("(")?;
        let expected = !self.eat("!");
        let operand = self.operand()?;
        // What a failure says is not kept.
        self.expect(",")?;
        self.quoted()?;
        if self.eat(",") {
            self.list(")", Self::operand)?;
        } else {
            self.expect(")")?;
        }
        let (target, unwind) = self.target()?;
        Ok(Terminator::Assert(operand, expected, target, unwind))
    }

    /// A line of a block, without the semicolon.
    pub(super) fn line(&mut self) -> Read<Line> {
        let begin = self.clone();
        let word = self.clone().ident().unwrap_or_default();
        let line = match word {
            "return" => self.word(word).then_some(Terminator::Return),
            "resume" => self.word(word).then_some(Terminator::Resume),
            "unreachable" => self.word(word).then_some(Terminator::Unreachable),
            "terminate" => {
                self.word(word);
                self.bracketed()?;
                Some(Terminator::Terminate)
            }
            "goto" => {
                self.word(word);
                self.expect("->")?;
                Some(Terminator::Goto(self.numbered("bb")?))
            }
            "switchInt" => {
                self.word(word);
                Some(self.switch()?)
            }
            "drop" => {
                self.word(word);
                self.expect("(")?;
                let place = self.place()?;
                self.expect(")")?;
                let (target, unwind) = self.target()?;
                Some(Terminator::Drop(place, target, unwind))
            }
            "assert" => {
                self.word(word);
                Some(self.assertion()?)
            }
            "falseEdge" | "falseUnwind" | "yield" | "tailcall" | "asm" => {
                self.take_while(|_| true);
                Some(Terminator::Other(self.since(&begin).to_owned()))
            }
            _ => None,
        };
        if let Some(terminator) = line {
            self.end()?;
            return Ok(Line::Terminator(terminator));
        }
        if NOTHING.contains(&word) {
            return Ok(Line::Statement(Statement::Nothing));
        }
        if matches!(word, "discriminant" | "assume" | "copy_nonoverlapping" | "Deinit") {
            return Ok(Line::Statement(Statement::Other(self.rest().to_owned())));
        }
        let destination = self.place()?;
        self.expect("=")?;
        let line = self.assigned(destination)?;
        self.end()?;
        Ok(line)
    }
}
