//! Statements: casts, arithmetic, aggregates.

use super::general::SYMBOLIC;
use super::*;

impl<'a> Translator<'a> {
    pub(super) fn assign(
        &mut self,
        to: Place,
        ty: &T,
        rvalue: &ast::Rvalue,
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let rvalue = match rvalue {
            ast::Rvalue::Use(operand) => Rvalue::Use(self.operand(operand, builder)?.0),
            ast::Rvalue::Ref(place) => {
                let (place, of) = self.place(place, builder)?;
                Self::reference(&place, &of)
            }
            ast::Rvalue::Binary(name, left, right) => {
                return self.binary(to, name, left, right, builder);
            }
            ast::Rvalue::Unary(name, operand) => {
                let (operand, of) = self.operand(operand, builder)?;
                match (name.as_str(), &of, operand) {
                    ("Not", T::Bool, operand) => Rvalue::Not(operand),
                    ("Not", T::Int(name), operand) => {
                        let int = Int(name);
                        let all = if name.starts_with('i') { "-1".to_owned() } else { int.max() };
                        let all = Operand::Const(Constant::Int(int, all));
                        Rvalue::Arithmetic(int, Arithmetic("XorOp"), operand, all)
                    }
                    ("Neg", T::Int(name), operand) => {
                        let int = Int(name);
                        let zero = Operand::Const(Constant::Int(int, "0".to_owned()));
                        Rvalue::Arithmetic(int, Arithmetic("SubOp"), zero, operand)
                    }
                    ("PtrMetadata", T::Ref(of, _) | T::Ptr(of), Operand::Use(place))
                        if Self::is_unsized(of) =>
                    {
                        Rvalue::Use(Operand::Use(step(&place, Projection::Field(1))))
                    }
                    _ => return Err(format!("{name} of {}", self.show(&of))),
                }
            }
            ast::Rvalue::Discriminant(place) => {
                let (place, of) = self.place(place, builder)?;
                match &of {
                    T::Adt(krate, number, _)
                        if matches!(self.crates[*krate].docs.adts[*number].kind, Kind::Enum(_)) =>
                    {
                        let kind = &self.crates[*krate].docs.adts[*number].kind;
                        if let (Kind::Enum(variants), true) = (kind, kind.is_numbered()) {
                            return self.numbered(to, ty, place, variants, builder);
                        }
                        Rvalue::Discriminant(place)
                    }
                    _ => return Err(format!("the discriminant of {}", self.show(&of))),
                }
            }
            ast::Rvalue::Cast(operand, _, kind) if kind == EXPOSE => {
                let (operand, of) = self.operand(operand, builder)?;
                match of {
                    T::Ptr(of) | T::Ref(of, _) if !Self::is_unsized(&of) => Rvalue::Use(operand),
                    of => return Err(format!("the address of a {}", self.show(&of))),
                }
            }
            ast::Rvalue::Cast(operand, _, kind) => self.cast(operand, ty, kind, builder)?,
            ast::Rvalue::Tuple(items)
            | ast::Rvalue::Array(items)
            | ast::Rvalue::Closure(_, items) => {
                Rvalue::Aggregate(None, self.operands(items, builder)?)
            }
            ast::Rvalue::Adt(_, fields) if self.is_open_union(ty) => {
                let ([(Some(name), operand)], T::Adt(krate, number, _)) = (&fields[..], ty) else {
                    return Err("a union".to_owned());
                };
                let Kind::Union(of) = &self.crates[*krate].docs.adts[*number].kind else {
                    return Err("a union".to_owned());
                };
                let at = of.iter().position(|known| known.0 == *name);
                let at = at.ok_or_else(|| "a union".to_owned())?;
                let (operand, of) = self.operand(operand, builder)?;
                let place = step(&step(&to, Projection::Variant(at)), Projection::Field(0));
                let local = self.address_local(&place, builder);
                let lowered = self.lower(&of)?;
                let place = Place { local, projections: vec![Projection::Deref(lowered)] };
                builder.assign(place, Rvalue::Use(operand));
                return Ok(());
            }
            ast::Rvalue::Adt(_, fields) if self.is_union(ty) => {
                let [(_, operand)] = &fields[..] else { return Err("a union".to_owned()) };
                let (operand, of) = self.operand(operand, builder)?;
                let local = self.address_local(&to, builder);
                let lowered = self.lower(&of)?;
                let place = Place { local, projections: vec![Projection::Deref(lowered)] };
                builder.assign(place, Rvalue::Use(operand));
                return Ok(());
            }
            ast::Rvalue::Adt(path, fields) => {
                let variant = match ty {
                    T::Adt(krate, number, _) => {
                        match &self.crates[*krate].docs.adts[*number].kind {
                            Kind::Struct(of) if of.len() == fields.len() => None,
                            Kind::Enum(_) => {
                                let name = path.idents().last().copied().unwrap_or_default();
                                Some(self.variant(ty, name)?)
                            }
                            _ => return Err(format!("{path} {{ … }}")),
                        }
                    }
                    T::Tuple(items) if items.is_empty() => {
                        builder.assign(to, Rvalue::Use(unit()));
                        return Ok(());
                    }
                    T::Lib("ManuallyDrop" | "MaybeUninit", _) if fields.len() == 1 => None,
                    _ => return Err(format!("{path} {{ … }}")),
                };
                let items: Vec<ast::Operand> =
                    fields.iter().map(|(_, operand)| operand.clone()).collect();
                let items = self.operands(&items, builder)?;
                if let (T::Lib(..), [item]) = (ty, &items[..]) {
                    Rvalue::Use(item.clone())
                } else {
                    Rvalue::Aggregate(variant, items)
                }
            }
            ast::Rvalue::Other(text) => {
                if let Some(of) = text.strip_prefix('[').and_then(|of| of.strip_suffix(']')) {
                    if matches!(ty, T::Array(_, length) if *length >= SYMBOLIC) {
                        return Err(format!("an array of type {}", self.show(ty)));
                    }
                    if let (Some((operand, _)), T::Array(_, length)) = (of.rsplit_once(';'), ty) {
                        let operand = crate::parse::operand(operand.trim())
                            .ok_or_else(|| format!("the operation `{text}`"))?;
                        let (operand, _) = self.operand(&operand, builder)?;
                        builder.assign(to, Rvalue::Aggregate(None, vec![operand; *length]));
                        return Ok(());
                    }
                }
                return Err(format!("the operation `{text}`"));
            }
        };
        builder.assign(to, rvalue);
        Ok(())
    }

    /// The number of a variant that is not its place: told by cases.
    fn numbered(
        &mut self,
        to: Place,
        ty: &T,
        of: Place,
        variants: &[crate::rustdoc::Variant],
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        let T::Int(int) = ty else { return Err(format!("a discriminant of {}", self.show(ty))) };
        let at = of_local(builder.local(Ty::Int(Int("isize"))));
        builder.assign(at.clone(), Rvalue::Discriminant(of));
        let after = builder.block();
        let blocks: Vec<usize> = variants.iter().map(|_| builder.block()).collect();
        let cases = (0..).zip(blocks.iter().copied()).collect();
        builder.end(Terminator::Switch(Operand::Use(at), cases, None));
        for (variant, block) in variants.iter().zip(blocks) {
            builder.go(block);
            let number = Operand::Const(Constant::Int(Int(int), variant.number.to_string()));
            builder.assign(to.clone(), Rvalue::Use(number));
            builder.end(Terminator::Goto(after));
        }
        builder.go(after);
        Ok(())
    }

    /// A pointer to a place: of a slice it is the pair that the place was reached by.
    pub(super) fn reference(place: &Place, of: &T) -> Rvalue {
        if Self::is_unsized(of) {
            let mut pair = place.clone();
            pair.projections.truncate(pair.projections.len().saturating_sub(2));
            Rvalue::Use(Operand::Use(pair))
        } else {
            Rvalue::Ref(place.clone())
        }
    }

    pub(super) fn operands(
        &mut self,
        operands: &[ast::Operand],
        builder: &mut Builder<'a>,
    ) -> Res<Vec<Operand>> {
        operands.iter().map(|operand| Ok(self.operand(operand, builder)?.0)).collect()
    }

    pub(super) fn cast(
        &mut self,
        operand: &ast::Operand,
        to: &T,
        kind: &str,
        builder: &mut Builder<'a>,
    ) -> Res<Rvalue> {
        let (operand, from) = self.operand(operand, builder)?;
        let refused =
            |this: &Self| Err(format!("{} as {} ({kind})", this.show(&from), this.show(to)));
        let pointee = |ty: &T| match ty {
            T::Ref(to, _) | T::Ptr(to) => Some((**to).clone()),
            T::Lib("Box", args) => Some(args[0].clone()),
            _ => None,
        };
        match (kind, &from, to) {
            ("IntToInt", T::Int(_) | T::Bool | T::Char, T::Int(int)) => {
                return Ok(Rvalue::Cast(Int(int), operand));
            }
            ("IntToInt", T::Int(_), T::Char) => return Ok(Rvalue::Cast(Int("u32"), operand)),
            _ => {}
        }
        if kind.starts_with("PointerCoercion(Unsize") {
            let (Some(of), Some(into)) = (pointee(&from), pointee(to)) else {
                return refused(self);
            };
            let second = match (&of, &into) {
                (T::Array(_, length), T::Slice(_)) => self.length_operand(*length, builder),
                (of, T::Dyn(_)) if !Self::is_unsized(of) => {
                    Operand::Const(Constant::Int(Int("usize"), "0".to_owned()))
                }
                _ => return refused(self),
            };
            return Ok(Rvalue::Aggregate(None, vec![operand, second]));
        }
        if kind == "Transmute" || kind.starts_with("PtrToPtr") || kind.contains("Pointer") {
            if kind.contains("Expose") || kind.contains("ReifyFn") || kind.contains("ClosureFn") {
                return refused(self);
            }
            let (before, after) = (self.lower(&from)?, self.lower(to)?);
            let same = self.cells(&before, 0) == self.cells(&after, 0);
            if let (Some(of), Some(into), Operand::Use(place)) =
                (pointee(&from), pointee(to), &operand)
            {
                if Self::is_unsized(&of) && !Self::is_unsized(&into) {
                    let thin = step(place, Projection::Field(0));
                    return Ok(Rvalue::Use(Operand::Use(thin)));
                }
            }
            // Of as many bits, as the compiler sees to.
            if let ("Transmute", true, T::Int(int)) = (kind, Self::is_number(&from), to) {
                return Ok(Rvalue::Cast(Int(int), operand));
            }
            // Of an enum without fields the number of the variant is its value.
            if kind == "Transmute" && same {
                match (&from, to) {
                    (of, T::Int(int)) if self.is_plain_enum(of) => {
                        return Ok(Rvalue::Cast(Int(int), operand));
                    }
                    (T::Int(_), into) if self.is_plain_enum(into) => {
                        return Ok(Rvalue::Use(operand));
                    }
                    _ => {}
                }
            }
            // Numbers and pointers are not made into each other, nor is any number made into a
            // `bool` or a `char`.
            let number = Self::is_number(&from) || Self::is_number(to);
            let mut parts = (Vec::new(), Vec::new());
            self.parts(&before, 0, &mut parts.0);
            self.parts(&after, 0, &mut parts.1);
            if same && (from == *to || !number && parts.0 == parts.1) {
                return Ok(Rvalue::Use(operand));
            }
        }
        refused(self)
    }

    /// Whether it is an enum none of whose variants has fields.
    fn is_plain_enum(&self, ty: &T) -> bool {
        let T::Adt(krate, number, _) = ty else { return false };
        match &self.crates[*krate].docs.adts[*number].kind {
            kind if kind.is_numbered() => false,
            Kind::Enum(variants) => variants.iter().all(|of| of.fields.is_empty()),
            _ => false,
        }
    }

    pub(super) fn is_number(ty: &T) -> bool {
        matches!(ty, T::Int(_) | T::Bool | T::Char)
    }

    /// What a value consists of, cell after cell; pointers are alike.
    pub(super) fn parts(&self, ty: &Ty, depth: usize, to: &mut Vec<String>) {
        if depth > 24 {
            return;
        }
        match ty {
            Ty::Ptr | Ty::Box(_) => to.push("pointer".to_owned()),
            Ty::Fat => to.extend(["pointer".to_owned(), format!("{:?}", usize_ty())]),
            Ty::NoDrop(of) => self.parts(of, depth + 1, to),
            Ty::Tuple(items) => items.iter().for_each(|item| self.parts(item, depth + 1, to)),
            Ty::Adt(number, _) => match &self.out.program.adts[*number].shape {
                Shape::Struct(fields) => {
                    fields.iter().for_each(|field| self.parts(field, depth + 1, to));
                }
                Shape::Enum(_) => to.push(format!("{ty:?}")),
            },
            _ => to.push(format!("{ty:?}")),
        }
    }

    pub(super) fn cells(&self, ty: &Ty, depth: usize) -> usize {
        self.out.program.cells(ty, depth)
    }

    pub(super) fn binary(
        &mut self,
        to: Place,
        name: &str,
        left: &ast::Operand,
        right: &ast::Operand,
        builder: &mut Builder<'a>,
    ) -> Res<()> {
        // The difference of two addresses is how far the pointers are apart.
        if let (Some(left), Some(right)) =
            (Self::exposed(left, builder), Self::exposed(right, builder))
        {
            let callee = Callee::Lib("ptr::offset_from", vec![usize_ty()]);
            match name {
                "Sub" => builder.call(to, callee, vec![left, right]),
                "SubWithOverflow" => {
                    builder.call(step(&to, Projection::Field(0)), callee, vec![left, right]);
                    let no = Operand::Const(Constant::Bool(false));
                    builder.assign(step(&to, Projection::Field(1)), Rvalue::Use(no));
                }
                _ => return Err(format!("{name} of addresses of pointers")),
            }
            return Ok(());
        }
        let (left, of) = self.operand(left, builder)?;
        let (right, _) = self.operand(right, builder)?;
        let refused = |this: &Self| Err(format!("{name} of {}", this.show(&of)));
        let relation = match name {
            "Eq" => Some(Relation::Eq),
            "Ne" => Some(Relation::Ne),
            "Lt" => Some(Relation::Lt),
            "Le" => Some(Relation::Le),
            "Gt" => Some(Relation::Gt),
            "Ge" => Some(Relation::Ge),
            _ => None,
        };
        if let Some(relation) = relation {
            let equal = matches!(relation, Relation::Eq | Relation::Ne);
            let rvalue = match &of {
                T::Int(_) | T::Bool | T::Char => Rvalue::Relation(relation, left, right),
                T::Ref(to, _) | T::Ptr(to) if equal && !Self::is_unsized(to) => {
                    Rvalue::Relation(relation, left, right)
                }
                T::FnPtr if equal => Rvalue::Relation(relation, left, right),
                T::Ref(to, _) | T::Ptr(to) if !Self::is_unsized(to) => {
                    // Which one lies before the other in their block is found by going on.
                    let swapped = matches!(relation, Relation::Gt | Relation::Le);
                    let args = if swapped { vec![right, left] } else { vec![left, right] };
                    let less = of_local(builder.local(Ty::Bool));
                    self.library_call(less.clone(), "ptr::is_before", Env::new(), args, builder)?;
                    if matches!(relation, Relation::Lt | Relation::Gt) {
                        Rvalue::Use(Operand::Use(less))
                    } else {
                        Rvalue::Not(Operand::Use(less))
                    }
                }
                _ => return refused(self),
            };
            builder.assign(to, rvalue);
            return Ok(());
        }
        if let ("Offset", T::Ptr(item)) = (name, &of) {
            let item = self.lower(item)?;
            builder.call(to, Callee::Lib("ptr::offset", vec![item]), vec![left, right]);
            return Ok(());
        }
        if let ("Shl" | "Shr" | "ShlUnchecked" | "ShrUnchecked", T::Int(_)) = (name, &of) {
            let by = of_local(builder.local(Ty::Int(Int("u32"))));
            builder.assign(by.clone(), Rvalue::Cast(Int("u32"), right));
            let function = if name.starts_with("Shl") {
                "number::shifted_left"
            } else {
                "number::shifted_right"
            };
            let env = vec![("T".to_owned(), of)];
            return self.library_call(to, function, env, vec![left, Operand::Use(by)], builder);
        }
        let int = match &of {
            T::Int(int) => int,
            // 0 and 1.
            T::Bool if matches!(name, "BitAnd" | "BitOr" | "BitXor") => &"u8",
            _ => return refused(self),
        };
        // What it says of overflow is undefined behaviour.
        let name = name.strip_suffix("Unchecked").unwrap_or(name);
        let (name_, checked) = match name.strip_suffix("WithOverflow") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let arithmetic = Arithmetic(match name_ {
            "Add" => "AddOp",
            "Sub" => "SubOp",
            "Mul" => "MulOp",
            "Div" => "QuotOp",
            "Rem" => "RemOp",
            "BitAnd" => "AndOp",
            "BitOr" => "OrOp",
            "BitXor" => "XorOp",
            _ => return refused(self),
        });
        let int = Int(int);
        builder.assign(
            to,
            if checked {
                Rvalue::Checked(int, arithmetic, left, right)
            } else {
                Rvalue::Arithmetic(int, arithmetic, left, right)
            },
        );
        Ok(())
    }
}
