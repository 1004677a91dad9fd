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
                    // Of parameters that are left out the types are known.
                    T::Adt(of, number, types) if args.len() < types.len() => {
                        self.adt(krate, &idents) == Some((*of, *number))
                            && args
                                .iter()
                                .zip(types)
                                .all(|(arg, ty)| self.unify(krate, params, arg, ty, env))
                            && self.path_ty(krate, env, path).is_ok_and(|known| known == *ty)
                    }
                    T::Adt(of, number, types) => {
                        self.adt(krate, &idents) == Some((*of, *number))
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
            (ast::Ty::Ref(pattern, mutable), T::Ref(ty, known)) => {
                mutable == known && self.unify(krate, params, pattern, ty, env)
            }
            (ast::Ty::Ptr(pattern), T::Ptr(ty)) => self.unify(krate, params, pattern, ty, env),
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
        if self.assumed(ty, of_trait) {
            return true;
        }
        // Of the library's traits the model knows all that are iterators.
        let iterators = of_trait.contains("Iterator");
        let known = self.crates.iter().enumerate().any(|(of, known)| {
            (of != self.library || iterators)
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

    /// Whether the associated types are as the bounds say; parameters are found by that.
    fn equal(&mut self, krate: usize, params: &[String], of: &Impl, env: &mut Env) -> bool {
        self.depth += 1;
        let fits = self.depth >= 50
            || of.equalities.iter().all(|equality| {
                let Ok(ty) = self.ty(krate, env, &equality.ty) else { return true };
                match self.projection(&ty, Some(&equality.of_trait), &[], &equality.name) {
                    Ok(is) => self.unify(krate, params, &equality.is, &is, env),
                    Err(_) => true,
                }
            });
        self.depth -= 1;
        fits
    }

    /// The `impl` of the trait, or of none, for the type that is as wanted.
    pub(super) fn find_impl(
        &mut self,
        of_trait: Option<&str>,
        ty: &T,
        args: &[T],
        wanted: impl Fn(&Impl) -> bool,
    ) -> Res<Option<(usize, &'a Impl, Env)>> {
        if of_trait.is_some_and(|of| self.assumed(ty, of)) {
            return Ok(None);
        }
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
                // Of traits whose parameter is the type itself where it is not said.
                let own = of_trait.is_some_and(|of| OF_PRIMITIVES.contains(&of));
                if own && known.trait_args.is_empty() && args.first().is_some_and(|arg| arg != ty) {
                    continue;
                }
                let itself = std::slice::from_ref(ty);
                let args = if own && args.is_empty() { itself } else { args };
                let matching = known.trait_args.iter().zip(args).all(|(pattern, arg)| {
                    let Some(pattern) = pattern else { return true };
                    self.unify(krate, &params, pattern, arg, &mut env)
                });
                if !matching {
                    continue;
                }
                if !self.equal(krate, &params, known, &mut env) {
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
        // Pointers to what may be written and to what may not are one type here: of two
        // `impl`s that differ in that only, one is taken.
        let pointers = |of: &(usize, &Impl, Env, bool)| {
            matches!(of.1.ty, ast::Ty::Ptr(_)) && of.1.of_trait.is_some()
        };
        if found.len() == 2 && found.iter().all(pointers) && found[0].1.ty == found[1].1.ty {
            found.pop();
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
        let all = found.clone();
        let own = of.items.get(item).into_iter().flatten();
        let params: Vec<String> =
            of.generics.iter().chain(own).map(|param| param.name.clone()).collect();
        found.retain(|&number| {
            let mut inside = env.clone();
            self.signature(number)
                .iter()
                .skip(1)
                .zip(args)
                .all(|(pattern, arg)| self.unify(krate, &params, pattern, arg, &mut inside))
        });
        if let [one] = found[..] {
            return Some(one);
        }
        let mut fitting = found.clone();
        if strays {
            fitting.retain(|&number| self.mentions(krate, number, &params, env, ty));
        }
        if fitting.len() != 1 {
            // The others of the same `impl` may say which one it is of.
            fitting = found;
            fitting.retain(|&number| {
                let (at, turn) = &self.turns[number];
                let others = self.by_turn.get(&(krate, at.clone(), *turn)).cloned();
                others.iter().flatten().any(|&of| self.mentions(krate, of, &params, env, ty))
            });
        }
        match fitting[..] {
            [one] => Some(one),
            _ if strays => self.in_turn(krate, of, &all),
            _ => None,
        }
    }

    /// Of the bodies that a macro makes the one of this `impl`, by the order: both rustdoc and
    /// the compiler list what a macro makes as it is written. Of types that are the crate's
    /// own rustdoc lists the `impl`s with the types, so of these it is not said.
    fn in_turn(&self, krate: usize, of: &Impl, bodies: &[usize]) -> Option<usize> {
        let foreign = |of: &Impl| match &of.ty {
            ast::Ty::Path(path) => {
                matches!(path.idents()[..], [name] if Int::named(name).is_some()
                    || matches!(name, "bool" | "char" | "str"))
            }
            ty => matches!(ty, ast::Ty::Array(..) | ast::Ty::Tuple(_) | ast::Ty::Slice(_)),
        };
        let same = self.crates[krate].docs.impls.iter().filter(|other| {
            other.of_trait == of.of_trait
                && other.items.keys().eq(of.items.keys())
                && !self.by_turn.contains_key(&(krate, Some(other.at.clone()), 0))
        });
        let same: Vec<&Impl> = same.collect();
        if of.of_trait.is_none() || !same.iter().all(|of| foreign(of)) {
            return None;
        }
        let turn = same.iter().position(|other| std::ptr::eq(*other, of))?;
        // Where the macro has the body: as often as there are `impl`s.
        let places: std::collections::BTreeSet<&Option<Position>> =
            bodies.iter().map(|&body| &self.turns[body].0).collect();
        let at = |place: &Option<Position>| -> Vec<usize> {
            bodies.iter().copied().filter(|&body| self.turns[body].0 == *place).collect()
        };
        let mut fitting = places.into_iter().map(at).filter(|found| found.len() == same.len());
        let (one, other) = (fitting.next()?, fitting.next());
        let found = |of: Vec<usize>| of.into_iter().find(|&body| self.turns[body].1 == turn);
        if other.is_some() { None } else { found(one) }
    }

    /// The types of the result and of the arguments.
    fn signature(&self, number: usize) -> Vec<&'a ast::Ty> {
        let body = self.bodies[number].1;
        body.locals.iter().take(body.arguments + 1).flatten().collect()
    }

    /// Whether the type stands in a body's signature, by itself or behind a pointer.
    fn mentions(
        &mut self,
        krate: usize,
        number: usize,
        params: &[String],
        env: &Env,
        ty: &T,
    ) -> bool {
        self.signature(number).iter().any(|pattern| {
            let behind = match pattern {
                ast::Ty::Ref(to, _) | ast::Ty::Ptr(to) => &**to,
                other => *other,
            };
            [*pattern, behind].into_iter().any(|pattern| {
                let open = matches!(pattern, ast::Ty::Path(path)
                    if params.contains(&path.to_string()));
                !open && self.unify(krate, params, pattern, ty, &mut env.clone())
            })
        })
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
