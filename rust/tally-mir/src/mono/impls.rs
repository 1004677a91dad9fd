//! Which `impl` is meant: of a trait or of none, for a type; and its bodies.

use super::*;

impl<'a> Translator<'a> {
    /// Finds types for the parameters with which the pattern is the type.
    pub(super) fn unify(
        &mut self,
        krate: usize,
        params: &[String],
        pattern: &ast::Ty,
        ty: &T,
        env: &mut Env,
    ) -> bool {
        match (pattern, ty) {
            (ast::Ty::Path(path), _) if path.qself.is_some() => {
                // Known only once the parameters are.
                match self.ty(krate, env, pattern) {
                    Ok(known) => known == *ty,
                    Err(_) => true,
                }
            }
            (ast::Ty::Path(path), _) => {
                let idents = path.idents();
                if let [name] = idents[..] {
                    if params.iter().any(|param| param == name) {
                        if let Some(known) = Self::param(env, name) {
                            return known == *ty;
                        }
                        env.push((name.to_owned(), ty.clone()));
                        return true;
                    }
                }
                let args: Vec<ast::Ty> = path
                    .segments
                    .last()
                    .map(|last| last.args.iter().flatten().cloned().collect())
                    .unwrap_or_default();
                match ty {
                    T::Adt(of, number, types) => {
                        self.adt(krate, &idents) == Some((*of, *number))
                            && args.len() >= types.len()
                            && args
                                .iter()
                                .zip(types)
                                .all(|(arg, ty)| self.unify(krate, params, arg, ty, env))
                    }
                    T::Lib(name, types) => {
                        idents.last() == Some(name)
                            && self.adt(krate, &idents).is_none()
                            && args
                                .iter()
                                .zip(types)
                                .all(|(arg, ty)| self.unify(krate, params, arg, ty, env))
                    }
                    _ => self.path_ty(krate, env, path).is_ok_and(|known| known == *ty),
                }
            }
            (ast::Ty::Ref(pattern), T::Ref(ty)) | (ast::Ty::Ptr(pattern), T::Ptr(ty)) => {
                self.unify(krate, params, pattern, ty, env)
            }
            (ast::Ty::Tuple(patterns), T::Tuple(types)) => {
                patterns.len() == types.len()
                    && patterns
                        .iter()
                        .zip(types)
                        .all(|(pattern, ty)| self.unify(krate, params, pattern, ty, env))
            }
            (ast::Ty::Array(pattern, length), T::Array(ty, known)) => {
                let same = match Self::length(env, length) {
                    Some(length) => length == *known,
                    None => {
                        env.push((length.trim().to_owned(), T::Const(*known)));
                        true
                    }
                };
                same && self.unify(krate, params, pattern, ty, env)
            }
            (ast::Ty::Slice(pattern), T::Slice(ty)) => self.unify(krate, params, pattern, ty, env),
            (ast::Ty::Never, T::Never) | (ast::Ty::Dyn(_), T::Dyn(_)) => true,
            (ast::Ty::Closure(name), T::Closure(_, known, _)) => name == known,
            (ast::Ty::Impl(text), ty) => {
                if !env.iter().any(|(known, _)| known == text) {
                    env.push((text.clone(), ty.clone()));
                }
                true
            }
            (ast::Ty::Fn(text), T::FnPtr) => !text.contains('{'),
            _ => false,
        }
    }

    /// Whether a bound holds, as far as it is known: traits of the library do.
    pub(super) fn holds(&mut self, ty: &T, of_trait: &str) -> bool {
        let known = self.crates.iter().enumerate().any(|(of, known)| {
            of != self.library
                && known
                    .docs
                    .traits
                    .iter()
                    .any(|known| known.path.last().is_some_and(|last| last == of_trait))
        });
        if !known {
            return true;
        }
        self.depth += 1;
        let found = self.depth < 50
            && matches!(self.find_impl(Some(of_trait), ty, &[], |_| true), Ok(Some(_)) | Err(_));
        self.depth -= 1;
        found
    }

    /// The `impl` of the trait, or of none, for the type that is as wanted.
    pub(super) fn find_impl(
        &mut self,
        of_trait: Option<&str>,
        ty: &T,
        args: &[T],
        wanted: impl Fn(&Impl) -> bool,
    ) -> Res<Option<(usize, &'a Impl, Env)>> {
        let crates = self.crates;
        let mut found: Vec<(usize, &'a Impl, Env, bool)> = Vec::new();
        for (krate, of) in crates.iter().enumerate() {
            for known in &of.docs.impls {
                if of_trait.is_some() && known.of_trait.as_deref() != of_trait || !wanted(known) {
                    continue;
                }
                let params: Vec<String> =
                    known.generics.iter().map(|param| param.name.clone()).collect();
                let mut env = Env::new();
                if !self.unify(krate, &params, &known.ty, ty, &mut env) {
                    continue;
                }
                let matching = known.trait_args.iter().zip(args).all(|(pattern, arg)| {
                    let Some(pattern) = pattern else { return true };
                    self.unify(krate, &params, pattern, arg, &mut env)
                });
                if !matching {
                    continue;
                }
                let holds = known.bounds.iter().all(|(bounded, of_trait)| {
                    match self.ty(krate, &env, bounded) {
                        Ok(ty) => self.holds(&ty, of_trait),
                        Err(_) => true,
                    }
                });
                if !holds {
                    continue;
                }
                let blanket = matches!(&known.ty, ast::Ty::Path(path)
                    if path.segments.len() == 1 && params.iter().any(|of| *of == path.to_string()));
                found.push((krate, known, env, blanket));
            }
        }
        if found.len() > 1 && found.iter().any(|of| !of.3) {
            found.retain(|of| !of.3);
        }
        // The same `impl` may be listed for several.
        match found.len() {
            0 => Ok(None),
            1 => Ok(found.pop().map(|(krate, of, env, _)| (krate, of, env))),
            _ => Err("several impls fit".to_owned()),
        }
    }

    /// The body of an item of an `impl` for the type; one of several at one place is told by
    /// the types of the arguments. rustdoc says where a macro is called, the compiler where it
    /// is defined: so the body may be one at a place where rustdoc knows of no `impl`.
    pub(super) fn impl_body(
        &mut self,
        krate: usize,
        of: &Impl,
        item: &str,
        env: &Env,
        args: &[T],
        ty: &T,
    ) -> Option<usize> {
        let key = Key::Impl(of.at.clone(), item.to_owned());
        let mut found = self.by_key.get(&(krate, key)).cloned().unwrap_or_default();
        if let [one] = found[..] {
            return Some(one);
        }
        let strays = found.is_empty();
        if strays {
            let impls = &self.crates[krate].docs.impls;
            let stray = |key: &Key| match key {
                Key::Impl(at, name) => name == item && !impls.iter().any(|of| of.at == *at),
                Key::Free(_) => false,
            };
            let all = self.by_key.iter().filter(|((of, key), _)| *of == krate && stray(key));
            found = all.flat_map(|(_, numbers)| numbers.clone()).collect();
            found.sort_unstable();
        }
        // The function may have parameters of its own.
        let own = of.items.get(item).into_iter().flatten();
        let params: Vec<String> =
            of.generics.iter().chain(own).map(|param| param.name.clone()).collect();
        let mut fitting = found.into_iter().filter(|&number| {
            let body = self.bodies[number].1;
            let mut inside = env.clone();
            let signature: Vec<&ast::Ty> =
                body.locals.iter().take(body.arguments + 1).flatten().collect();
            let same = signature
                .iter()
                .skip(1)
                .zip(args)
                .all(|(pattern, arg)| self.unify(krate, &params, pattern, arg, &mut inside));
            let mentions = signature.iter().any(|pattern| {
                let pattern = match pattern {
                    ast::Ty::Ref(to) | ast::Ty::Ptr(to) => to,
                    other => *other,
                };
                self.unify(krate, &params, pattern, ty, &mut env.clone())
            });
            same && (mentions || !strays)
        });
        let first = fitting.next();
        if fitting.next().is_some() { None } else { first }
    }

    /// Adds types for parameters of the function's own.
    pub(super) fn own(
        &mut self,
        number: usize,
        mut env: Env,
        names: &[String],
        written: &[T],
        args: &[T],
    ) -> Env {
        for (name, ty) in names.iter().zip(written) {
            env.push((name.clone(), ty.clone()));
        }
        let (krate, body) = self.bodies[number];
        for (pattern, arg) in body.locals.iter().skip(1).take(body.arguments).zip(args) {
            if let Some(pattern) = pattern {
                self.unify(krate, names, pattern, arg, &mut env);
            }
        }
        env
    }
}
