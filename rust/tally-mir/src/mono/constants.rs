//! Constants and statics.

use super::*;

impl<'a> Translator<'a> {
    pub(super) fn constant(
        &mut self,
        constant: &Const,
        builder: &mut Builder<'a>,
    ) -> Res<(Operand, T)> {
        let (krate, env) = (builder.krate, builder.env.clone());
        let refused = |text: &str| Err(format!("the constant `{text}`"));
        let int = |value: String, ty: &str| match Int::named(ty) {
            Some(int) => Ok((Operand::Const(Constant::Int(int, value)), T::Int(int.0))),
            None => Err(format!("the constant {value}_{ty}")),
        };
        match constant {
            Const::Int(value, ty) => int(value.to_string(), ty),
            Const::BigInt(value, ty) => int(value.to_string(), ty),
            Const::Bool(value) => Ok((Operand::Const(Constant::Bool(*value)), T::Bool)),
            Const::Unit => Ok((unit(), T::Tuple(Vec::new()))),
            Const::Str => {
                Ok((Operand::Const(Constant::Opaque(fat())), T::Ref(Box::new(T::Str), false)))
            }
            Const::ZeroSized(ty) => {
                let ty = self.ty(krate, &env, ty)?;
                let lowered = self.lower(&ty)?;
                Ok((Operand::Const(Constant::Opaque(lowered)), ty))
            }
            Const::Path(path) => self.constant_path(path, builder),
            Const::Other(text) => {
                if let Some(of) = text.strip_prefix('{').and_then(|of| of.strip_suffix('}')) {
                    let Some((alloc, ty)) = of.split_once(':') else { return refused(text) };
                    let Some(name) = self.crates[krate].statics.get(alloc.trim()).cloned() else {
                        return refused(text);
                    };
                    let ty = crate::parse::ty(ty.trim())
                        .ok_or_else(|| format!("the constant `{text}`"))?;
                    let ty = self.ty(krate, &env, &ty)?;
                    return self.static_(krate, &name, ty, builder);
                }
                // A struct all of whose fields are without size.
                if let Some((path, _)) = text.split_once("(ZeroSized: ") {
                    if let Some(path) = crate::parse::path(path) {
                        let ty = self.path_ty(krate, &env, &path)?;
                        let lowered = self.lower(&ty)?;
                        if self.cells(&lowered, 0) == 0 {
                            return Ok((Operand::Const(Constant::Opaque(lowered)), ty));
                        }
                    }
                }
                if text.starts_with("b\"") {
                    let of = Box::new(T::Array(Box::new(T::Int("u8")), 0));
                    return Ok((Operand::Const(Constant::Opaque(Ty::Ptr)), T::Ref(of, false)));
                }
                if let Some(of) = text.strip_prefix('\'').and_then(|of| of.strip_suffix('\'')) {
                    let mut letters = of.chars();
                    if let (Some(letter), None) = (letters.next(), letters.next()) {
                        let value = u32::from(letter).to_string();
                        return Ok((Operand::Const(Constant::Int(Int("u32"), value)), T::Char));
                    }
                }
                refused(text)
            }
        }
    }

    pub(super) fn static_(
        &mut self,
        krate: usize,
        name: &str,
        ty: T,
        builder: &mut Builder<'a>,
    ) -> Res<(Operand, T)> {
        let found = self.bodies.iter().position(|(of, body)| {
            *of == krate
                && body.kind == ast::Kind::Static
                && key(&body.path) == Key::Free(name.to_owned())
        });
        let body = found.ok_or_else(|| format!("the static {name}"))?;
        let place = self.address_of_static(Job::Body(body, Env::new()), builder)?;
        Ok((place, ty))
    }

    pub(super) fn address_of_static(
        &mut self,
        job: Job,
        builder: &mut Builder<'a>,
    ) -> Res<Operand> {
        let number = match self.static_numbers.get(&job) {
            Some(number) => *number,
            None => {
                let number = self.out.statics.len();
                let function = self.job(job.clone());
                self.static_numbers.insert(job, number);
                self.out.statics.push(function);
                number
            }
        };
        let name = if self.is_general() {
            library::shared_static(number)
        } else {
            library::static_entry(number).ok_or("more statics than can be numbered")?
        };
        let to = builder.local(Ty::Ptr);
        builder.call(of_local(to), Callee::Lib(name, Vec::new()), Vec::new());
        Ok(Operand::Use(of_local(to)))
    }

    pub(super) fn constant_path(
        &mut self,
        path: &Path,
        builder: &mut Builder<'a>,
    ) -> Res<(Operand, T)> {
        let (krate, env) = (builder.krate, builder.env.clone());
        if let ([name], None) = (&path.idents()[..], &path.qself) {
            if let Some(T::Const(number)) = Self::param(&env, name) {
                return Ok((self.length_operand(number, builder), T::Int("usize")));
            }
        }
        if self.is_general() {
            if let Some(found) = self.unknown_constant(path, builder)? {
                return Ok(found);
            }
        }
        // `core::num::<impl usize>::MAX`
        if let [.., of, name] = &path.segments[..] {
            if let (Name::ImplOf(ty), Name::Ident(name)) = (&of.name, &name.name) {
                if let Some(int) = Int::named(&ty.to_string()) {
                    let value = match name.as_str() {
                        "MAX" => Some(int.max()),
                        "MIN" => Some(int.min()),
                        "BITS" => None,
                        _ => None,
                    };
                    if let Some(value) = value {
                        return Ok((Operand::Const(Constant::Int(int, value)), T::Int(int.0)));
                    }
                }
            }
        }
        // `std::isize::MAX`
        if let [.., of, name] = path.idents()[..] {
            if let (Some(int), true) = (Int::named(of), path.qself.is_none()) {
                let value = match name {
                    "MAX" => Some(int.max()),
                    "MIN" => Some(int.min()),
                    _ => None,
                };
                if let Some(value) = value {
                    return Ok((Operand::Const(Constant::Int(int, value)), T::Int(int.0)));
                }
            }
        }
        if matches!(path.segments.last(), Some(of) if matches!(of.name, Name::Promoted(_))) {
            // It belongs to the body that speaks of it, however that is called there.
            let mut own = builder.body.path.clone();
            own.segments.extend(path.segments.last().cloned());
            let mut found = self.by_key.get(&(krate, key(&own))).cloned().unwrap_or_default();
            if found.len() != 1 {
                found = self.by_key.get(&(krate, key(path))).cloned().unwrap_or_default();
            }
            let [body] = found[..] else { return Err(format!("the constant `{path}`")) };
            let ty = self.bodies[body].1.locals.first().cloned().flatten();
            let ty = ty.ok_or_else(|| format!("the constant `{path}`"))?;
            let ty = self.ty(krate, &env, &ty)?;
            if self.promoted_local(self.bodies[body].1).is_none() {
                return Err(format!("the constant `{path}`"));
            }
            let place = self.address_of_static(Job::Promoted(body, env), builder)?;
            return Ok((place, ty));
        }
        // A variant without fields, or a struct without.
        if path.qself.is_none() && path.segments.len() > 1 {
            let split = path.segments.len() - 1;
            let of = Path { qself: None, segments: path.segments[..split].to_vec() };
            if let (Name::Ident(name), Ok(ty)) =
                (&path.segments[split].name, self.path_ty(krate, &env, &of))
            {
                if let Ok(number) = self.variant(&ty, name) {
                    let lowered = self.lower(&ty)?;
                    return Ok((Operand::Const(Constant::Variant(lowered, number)), ty));
                }
            }
        }
        if let Ok(ty) = self.path_ty(krate, &env, path) {
            if let (T::Adt(..) | T::Tuple(_), Ok(lowered)) = (&ty, self.lower(&ty)) {
                return Ok((Operand::Const(Constant::Opaque(lowered)), ty));
            }
        }
        match self.item(path, builder, &[])? {
            Some((body, env)) if self.bodies[body].1.kind == ast::Kind::Const => {
                let (of, written) = self.bodies[body];
                let ty = written.locals.first().cloned().flatten();
                let ty = ty.ok_or_else(|| format!("the constant `{path}`"))?;
                let ty = self.ty(of, &env, &ty)?;
                let function = self.job(Job::Body(body, env));
                let lowered = self.lower(&ty)?;
                if self.is_general() && self.out.program.has_param(&lowered) {
                    let to = builder.local(lowered);
                    builder.call(of_local(to), Callee::Fn(function, Vec::new()), Vec::new());
                    return Ok((Operand::Use(of_local(to)), ty));
                }
                Ok((Operand::Const(Constant::Item(function, Vec::new())), ty))
            }
            Some((_, _)) => {
                self.paths.push((krate, path.clone(), env));
                let name = format!("{{#{}}}", self.paths.len() - 1);
                Ok((unit(), T::FnDef(krate, name, Env::new())))
            }
            None => Err(format!("the constant `{path}`")),
        }
    }
}
