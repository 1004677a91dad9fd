//! Places and operands.

use super::general::SYMBOLIC;
use super::*;

impl<'a> Translator<'a> {
    /// The pointer whose address the operand is.
    pub(super) fn exposed(operand: &ast::Operand, builder: &Builder<'a>) -> Option<Operand> {
        match operand {
            ast::Operand::Copy(place) | ast::Operand::Move(place)
                if place.projections.is_empty() && builder.exposed.contains(&place.local) =>
            {
                Some(Operand::Use(of_local(place.local)))
            }
            _ => None,
        }
    }

    pub(super) fn place(
        &mut self,
        place: &ast::Place,
        builder: &mut Builder<'a>,
    ) -> Res<(Place, T)> {
        let (krate, env) = (builder.krate, builder.env.clone());
        let mut ty = match builder.types.get(place.local).cloned().flatten() {
            Some(ty) => ty,
            None => {
                let written = builder.body.locals.get(place.local).cloned().flatten();
                let written =
                    written.ok_or_else(|| format!("_{}, which has no type", place.local))?;
                let ty = self.ty(krate, &env, &written)?;
                // It says why it has no layout.
                self.lower(&ty)?;
                ty
            }
        };
        let mut at = of_local(place.local);
        let mut variant = false;
        for projection in &place.projections {
            match projection {
                ast::Projection::Deref => {
                    let to = match ty {
                        T::Ref(to, _) | T::Ptr(to) => *to,
                        T::Lib("Box", args) => args[0].clone(),
                        _ => return Err(format!("the place `{place}`")),
                    };
                    if Self::is_unsized(&to) {
                        at.projections.push(Projection::Field(0));
                        at.projections.push(Projection::Deref(Ty::Tuple(Vec::new())));
                    } else {
                        at.projections.push(Projection::Deref(self.lower(&to)?));
                    }
                    ty = to;
                }
                ast::Projection::Field(number, of) => {
                    let of = self.ty(krate, &env, of)?;
                    if self.is_open_union(&ty) {
                        let of_variant = step(&at, Projection::Variant(*number));
                        at = step(&of_variant, Projection::Field(0));
                        let local = self.address_local(&at, builder);
                        let lowered = self.lower(&of)?;
                        at = Place { local, projections: vec![Projection::Deref(lowered)] };
                        ty = of;
                        continue;
                    }
                    if self.is_general() && matches!(ty, T::Lib("ManuallyDrop" | "MaybeUninit", _))
                    {
                        let local = self.address_local(&at, builder);
                        let lowered = self.lower(&of)?;
                        at = Place { local, projections: vec![Projection::Deref(lowered)] };
                        ty = of;
                        continue;
                    }
                    if self.is_union(&ty) {
                        let local = self.address_local(&at, builder);
                        let lowered = self.lower(&of)?;
                        at = Place { local, projections: vec![Projection::Deref(lowered)] };
                        ty = of;
                        continue;
                    }
                    match (&ty, variant) {
                        // What a `Box` is made of is the pointer that it is.
                        (T::Lib("Box" | "Unique", _), _) => {}
                        (T::Lib("ManuallyDrop" | "MaybeUninit", _), _) => {}
                        (T::Adt(..) | T::Tuple(_) | T::Closure(..), _) | (_, true) => {
                            at.projections.push(Projection::Field(*number));
                        }
                        _ => return Err(format!("the place `{place}`")),
                    }
                    ty = of;
                }
                ast::Projection::Variant(name) => {
                    let number = self.variant(&ty, name)?;
                    at.projections.push(Projection::Variant(number));
                    variant = true;
                    continue;
                }
                ast::Projection::Other(how) => {
                    (at, ty) = self.index(&at, &ty, how, builder)?;
                }
            }
            variant = false;
        }
        Ok((at, ty))
    }

    /// An item of an array or of a slice.
    pub(super) fn index(
        &mut self,
        at: &Place,
        ty: &T,
        how: &str,
        builder: &mut Builder<'a>,
    ) -> Res<(Place, T)> {
        let refused = || format!("the place {how} of {}", self.show(ty));
        let inside = how.strip_prefix('[').and_then(|how| how.strip_suffix(']'));
        let inside = inside.ok_or_else(refused)?.trim();
        let (item, constant) = match ty {
            T::Array(item, _) | T::Slice(item) => ((**item).clone(), inside.split_once(" of ")),
            _ => return Err(refused()),
        };
        let from_end = constant.is_some_and(|(at, _)| at.starts_with('-'));
        let open = matches!(ty, T::Array(_, length) if *length >= SYMBOLIC);
        if let (T::Array(..), Some((number, _)), false, false) = (ty, constant, from_end, open) {
            let number: usize = number.parse().map_err(|_| refused())?;
            return Ok((step(at, Projection::Field(number)), item));
        }
        let number = match constant {
            Some((back, _)) if from_end => {
                let back = Operand::Const(Constant::Int(Int("usize"), back[1..].to_owned()));
                let length = match ty {
                    T::Array(_, length) => self.length_operand(*length, builder),
                    _ => {
                        let mut pair = at.clone();
                        pair.projections.truncate(pair.projections.len().saturating_sub(2));
                        Operand::Use(step(&pair, Projection::Field(1)))
                    }
                };
                let place = of_local(builder.local(usize_ty()));
                let difference =
                    Rvalue::Arithmetic(Int("usize"), Arithmetic("SubOp"), length, back);
                builder.assign(place.clone(), difference);
                Operand::Use(place)
            }
            Some((number, _)) => Operand::Const(Constant::Int(Int("usize"), number.to_owned())),
            None => {
                let local = inside.strip_prefix('_').and_then(|local| local.parse().ok());
                Operand::Use(of_local(local.ok_or_else(refused)?))
            }
        };
        let pointer = self.address(at, ty, builder);
        let lowered = self.lower(&item)?;
        let to = builder.local(Ty::Ptr);
        let callee = Callee::Lib("ptr::offset", vec![lowered.clone()]);
        builder.call(of_local(to), callee, vec![pointer, number]);
        Ok((Place { local: to, projections: vec![Projection::Deref(lowered)] }, item))
    }

    /// A thin pointer to the place.
    pub(super) fn address(&mut self, at: &Place, ty: &T, builder: &mut Builder<'a>) -> Operand {
        if Self::is_unsized(ty) {
            let mut at = at.clone();
            at.projections.pop();
            return Operand::Use(at);
        }
        Operand::Use(of_local(self.address_local(at, builder)))
    }

    /// A local that points to the place.
    pub(super) fn address_local(&self, at: &Place, builder: &mut Builder<'a>) -> usize {
        let to = builder.local(Ty::Ptr);
        builder.assign(of_local(to), Rvalue::Ref(at.clone()));
        to
    }

    pub(super) fn is_union(&self, ty: &T) -> bool {
        let T::Adt(of, number, _) = ty else { return false };
        matches!(self.crates[*of].docs.adts[*number].kind, Kind::Union(_))
    }

    /// A constant whose layout depends on a type parameter is put into memory.
    fn in_memory(&mut self, operand: Operand, builder: &mut Builder<'a>) -> Operand {
        let (true, Operand::Const(constant)) = (self.is_general(), &operand) else {
            return operand;
        };
        match constant {
            Constant::Variant(ty, number) if self.out.program.has_param(ty) => {
                let place = of_local(builder.local(ty.clone()));
                builder.assign(place.clone(), Rvalue::Aggregate(Some(*number), Vec::new()));
                Operand::Use(place)
            }
            // Nothing is ever written there.
            Constant::Opaque(ty) if self.out.program.has_param(ty) => {
                Operand::Use(of_local(builder.local(ty.clone())))
            }
            _ => operand,
        }
    }

    /// The number of an enum's variant.
    pub(super) fn variant(&self, ty: &T, name: &str) -> Res<usize> {
        let unknown = || format!("{}::{name}", self.show(ty));
        let T::Adt(of, number, _) = ty else { return Err(unknown()) };
        let Kind::Enum(variants) = &self.crates[*of].docs.adts[*number].kind else {
            return Err(unknown());
        };
        variants.iter().position(|variant| variant.name == name).ok_or_else(unknown)
    }

    pub(super) fn operand(
        &mut self,
        operand: &ast::Operand,
        builder: &mut Builder<'a>,
    ) -> Res<(Operand, T)> {
        match operand {
            ast::Operand::Copy(place) | ast::Operand::Move(place) => {
                if builder.exposed.contains(&place.local) && place.projections.is_empty() {
                    return Err("the address of a pointer as a number".to_owned());
                }
                let (place, ty) = self.place(place, builder)?;
                if Self::is_unsized(&ty) {
                    return Err(format!("a value of type {}", self.show(&ty)));
                }
                // What is passed by its address is written to by the function that is called.
                if let (true, ast::Operand::Copy(_)) = (self.is_general(), operand) {
                    let lowered = self.lower(&ty)?;
                    if self.out.program.has_param(&lowered) {
                        let copy = of_local(builder.local(lowered));
                        builder.assign(copy.clone(), Rvalue::Use(Operand::Use(place)));
                        return Ok((Operand::Use(copy), ty));
                    }
                }
                Ok((Operand::Use(place), ty))
            }
            ast::Operand::Const(constant) => {
                let (operand, ty) = self.constant(constant, builder)?;
                Ok((self.in_memory(operand, builder), ty))
            }
        }
    }
}
