//! What a path that is called means.

use super::*;

/// Entries of the table that know the pointer to the last address.
const OF_LAST_ADDRESS: [&str; 4] = [
    "ptr::without_provenance_mut",
    "NonNull::addr",
    "ptr::wrapping_byte_add",
    "ptr::wrapping_byte_sub",
];
pub(super) const PANICS: [&str; 18] = [
    "panic",
    "panic_fmt",
    "begin_panic",
    "begin_panic_fmt",
    "panic_display",
    "panic_str_2015",
    "panic_explicit",
    "unreachable_display",
    "assert_failed",
    "assert_failed_inner",
    "panic_bounds_check",
    "unwrap_failed",
    "expect_failed",
    "slice_index_fail",
    "resume_unwind",
    "panic_const_div_by_zero",
    "capacity_overflow",
    "handle_alloc_error",
];
pub(super) const ABORTS: [&str; 4] =
    ["abort", "panic_nounwind", "panic_cannot_unwind", "panic_in_cleanup"];
/// Traits of the library that primitive types have.
pub(super) const OF_PRIMITIVES: [&str; 30] = [
    "PartialEq",
    "PartialOrd",
    "Ord",
    "Default",
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Rem",
    "BitAnd",
    "BitOr",
    "BitXor",
    "Shl",
    "Shr",
    "Not",
    "Neg",
    "AddAssign",
    "SubAssign",
    "MulAssign",
    "DivAssign",
    "RemAssign",
    "BitAndAssign",
    "BitOrAssign",
    "BitXorAssign",
    "ShlAssign",
    "ShrAssign",
    "TryInto",
    "TryFrom",
    "Step",
    "Hash",
];
pub(super) const IDENTITIES: [&str; 2] = ["black_box", "must_use"];

impl<'a> Translator<'a> {
    /// The body that a path means, with types for its parameters.
    pub(super) fn item(
        &mut self,
        path: &Path,
        builder: &Builder<'a>,
        args: &[T],
    ) -> Res<Option<(usize, Env)>> {
        let (krate, env) = (builder.krate, builder.env.clone());
        let crates = self.crates;
        let last = path.segments.last().ok_or("an empty path")?;
        let written: Vec<ast::Ty> = last.args.iter().flatten().cloned().collect();
        let Name::Ident(name) = &last.name else {
            // A closure or a constant in the function itself.
            let found = self.by_key.get(&(krate, key(path))).cloned().unwrap_or_default();
            return Ok(match found[..] {
                [one] => Some((one, env)),
                _ => None,
            });
        };
        let written = self.tys(krate, &env, &written)?;
        if let Some(found) = self.nested(path, builder, &written, args)? {
            return Ok(Some(found));
        }
        if let Some(qself) = &path.qself {
            let ty = self.ty(krate, &env, &qself.ty)?;
            let Some(of_trait) = &qself.as_trait else {
                return self.inherent(&ty, name, &written, args);
            };
            let trait_name = of_trait.idents().last().copied().unwrap_or_default();
            let trait_args: Vec<ast::Ty> = of_trait
                .segments
                .last()
                .map(|last| last.args.iter().flatten().cloned().collect())
                .unwrap_or_default();
            let trait_args = self.tys(krate, &env, &trait_args)?;
            let found = self.method(&ty, trait_name, &trait_args, name, &written, args)?;
            if found.is_none() && trait_name == "Try" {
                return self.inherent(&ty, name, &written, args);
            }
            return Ok(found);
        }
        let count = path.segments.len();
        if count > 1 {
            let before = &path.segments[count - 2];
            if let Name::ImplOf(ty) = &before.name {
                let ty = self.ty(krate, &env, ty)?;
                return self.inherent(&ty, name, &written, args);
            }
            let of = Path { qself: None, segments: path.segments[..count - 1].to_vec() };
            if matches!(before.name, Name::Ident(_)) {
                if let Ok(ty @ (T::Adt(..) | T::Lib(..))) = self.path_ty(krate, &env, &of) {
                    if let Some(found) = self.inherent(&ty, name, &written, args)? {
                        return Ok(Some(found));
                    }
                }
            }
        }
        // Outside of types.
        let idents = path.idents();
        let of_type = |name: &&str| name.starts_with(|first: char| first.is_uppercase());
        if idents.len() != count || idents.iter().nth_back(1).is_some_and(of_type) {
            return Ok(None);
        }
        let library = (0..count).map(|from| (self.library, idents[from..].to_vec()));
        let candidates: Vec<(usize, Vec<&str>)> = if is_std(&idents) {
            library.skip(1).collect()
        } else {
            let of =
                (count > 1).then(|| crates.iter().position(|of| of.name == idents[0])).flatten();
            match of {
                Some(of) if is_std(&idents[1..]) => {
                    let mut all = vec![(of, idents[1..].to_vec())];
                    all.extend(library.skip(2));
                    all
                }
                Some(of) => vec![(of, idents[1..].to_vec()), (of, vec![name.as_str()])],
                None => {
                    let mut all = vec![(krate, idents.clone())];
                    let others = (0..crates.len()).filter(|&of| of != krate && of != self.library);
                    all.extend(others.map(|of| (of, idents.clone())));
                    all.extend(library);
                    all
                }
            }
        };
        for (of, idents) in candidates {
            let found = crates[of].docs.free.iter().filter(|(known, _)| {
                known.len() >= idents.len()
                    && known[0] != "foil"
                    && known[known.len() - idents.len()..].iter().zip(&idents).all(|(a, b)| a == b)
            });
            let mut found: Vec<(usize, &(Vec<String>, _))> =
                found.filter_map(|item| Some((self.free_body(of, &item.0)?, item))).collect();
            // Of several in the model of the library, the one that is called so.
            if of == self.library && found.len() > 1 {
                found.retain(|(body, _)| self.bodies[*body].1.arguments == args.len());
                if found.len() > 1 {
                    found.retain(|(_, item)| item.0.len() == idents.len());
                }
            }
            if let [(body, (_, generics))] = found[..] {
                let names: Vec<String> = generics.iter().map(|of| of.name.clone()).collect();
                let env = self.own(body, Env::new(), &names, &written, args);
                return Ok(Some((body, env)));
            }
        }
        Ok(None)
    }

    /// A function that is declared inside of a method.
    fn nested(
        &mut self,
        path: &Path,
        builder: &Builder<'a>,
        written: &[T],
        args: &[T],
    ) -> Res<Option<(usize, Env)>> {
        let (krate, env) = (builder.krate, builder.env.clone());
        let idents = path.idents();
        if idents.len() != path.segments.len() || idents.len() < 2 {
            return Ok(None);
        }
        let count = idents.len();
        let (of_trait, ty, inside) = match &path.qself {
            Some(qself) => {
                let of_trait = qself.as_trait.as_ref().and_then(|of| of.idents().last().copied());
                (of_trait, self.ty(krate, &env, &qself.ty)?, &idents[..])
            }
            None if count > 2 => {
                let of = Path { qself: None, segments: path.segments[..count - 2].to_vec() };
                match self.path_ty(krate, &env, &of) {
                    Ok(ty @ T::Adt(..)) => (None, ty, &idents[count - 2..]),
                    _ => return Ok(None),
                }
            }
            None => return Ok(None),
        };
        let method = inside[0];
        let found = self.find_impl(of_trait, &ty, &[], |of| of.items.contains_key(method))?;
        let Some((of_krate, of, _)) = found else { return Ok(None) };
        let key = Key::Impl(of.at.clone(), inside.join("::"));
        let body = match self.by_key.get(&(of_krate, key)).map(|found| &found[..]) {
            Some(&[body]) => body,
            _ => return Ok(None),
        };
        let last = inside[inside.len() - 1];
        let free = &self.crates[of_krate].docs.free;
        let generics = free.iter().find(|(known, _)| known[..] == [last]).map(|known| &known.1);
        let names: Vec<String> = generics.into_iter().flatten().map(|of| of.name.clone()).collect();
        Ok(Some((body, self.own(body, Env::new(), &names, written, args))))
    }

    /// The body of a function or constant outside of `impl`s: the dump leaves out of its path
    /// what is not needed to tell it apart.
    pub(super) fn free_body(&self, krate: usize, known: &[String]) -> Option<usize> {
        let last = known.last()?;
        let fits = |name: &str| {
            let name: Vec<&str> = name.split("::").collect();
            known.iter().rev().zip(name.iter().rev()).all(|(a, b)| a == b)
                && (name.len() <= known.len() || known.len() == 1)
        };
        let mut found = self.free.get(&(krate, last.clone())).into_iter().flatten();
        let full = known.join("::");
        if let Some((_, body)) = found.clone().find(|(name, _)| *name == full) {
            return Some(*body);
        }
        let mut fitting = found.by_ref().filter(|(name, _)| fits(name)).map(|(_, body)| *body);
        let first = fitting.next();
        if fitting.next().is_some() { None } else { first }
    }

    /// What the model of the library has for a method of a number, a boolean or a letter.
    fn primitive(&mut self, ty: &T, name: &str, written: &[T], args: &[T]) -> Option<(usize, Env)> {
        let module = match ty {
            T::Int(_) => "number",
            T::Bool => "boolean",
            T::Char => "letter",
            _ => return None,
        };
        let path = [module.to_owned(), name.to_owned()];
        let body = self.free_body(self.library, &path)?;
        let free = &self.crates[self.library].docs.free;
        let (_, generics) = free.iter().find(|(known, _)| known[..] == path)?;
        let names: Vec<String> =
            generics.iter().map(|of| of.name.clone()).filter(|name| name != "T").collect();
        let env = vec![("T".to_owned(), ty.clone())];
        Some((body, self.own(body, env, &names, written, args)))
    }

    /// A function of a type, outside of traits; the model of the library may have it in a
    /// trait.
    pub(super) fn inherent(
        &mut self,
        ty: &T,
        name: &str,
        written: &[T],
        args: &[T],
    ) -> Res<Option<(usize, Env)>> {
        let library = self.library;
        let has = |of: &Impl| of.items.contains_key(name);
        let mut found = self.find_impl(None, ty, &[], |of| of.of_trait.is_none() && has(of))?;
        if found.is_none() {
            found = self.find_impl(None, ty, &[], has)?.filter(|found| found.0 == library);
        }
        let Some((krate, of, env)) = found else {
            return Ok(self.primitive(ty, name, written, args));
        };
        let Some(body) = self.impl_body(krate, of, name, &env, args, ty) else { return Ok(None) };
        let names: Vec<String> = of.items[name].iter().map(|of| of.name.clone()).collect();
        Ok(Some((body, self.own(body, env, &names, written, args))))
    }

    pub(super) fn method(
        &mut self,
        ty: &T,
        of_trait: &str,
        trait_args: &[T],
        name: &str,
        written: &[T],
        args: &[T],
    ) -> Res<Option<(usize, Env)>> {
        let has = |of: &Impl| of.items.contains_key(name);
        if let Some((krate, of, env)) = self.find_impl(Some(of_trait), ty, trait_args, has)? {
            if let Some(body) = self.impl_body(krate, of, name, &env, args, ty) {
                let names: Vec<String> = of.items[name].iter().map(|of| of.name.clone()).collect();
                return Ok(Some((body, self.own(body, env, &names, written, args))));
            }
        }
        if OF_PRIMITIVES.contains(&of_trait) {
            let types: Vec<T> = written.iter().chain(trait_args).cloned().collect();
            if let Some(found) = self.primitive(ty, name, &types, args) {
                return Ok(Some(found));
            }
        }
        // What the trait itself says.
        let crates = self.crates;
        for (krate, of) in crates.iter().enumerate() {
            for known in &of.docs.traits {
                if known.path.last().is_none_or(|last| last != of_trait) {
                    continue;
                }
                let Some(own) = known.items.get(name) else { continue };
                let mut full = known.path.clone();
                full.push(name.to_owned());
                let bodies: Vec<usize> = self
                    .by_key
                    .iter()
                    .filter(|((of, key), _)| {
                        *of == krate
                            && matches!(key, Key::Free(path) if {
                                let path: Vec<&str> = path.split("::").collect();
                                path.len() >= 2 && path.len() <= full.len()
                                    && full[full.len() - path.len()..].iter().zip(&path).all(|(a, b)| a == b)
                            })
                    })
                    .flat_map(|(_, numbers)| numbers.clone())
                    .collect();
                let [body] = bodies[..] else { continue };
                let mut env: Env = vec![("Self".to_owned(), ty.clone())];
                // What is left out is the type itself, as in the library's comparisons.
                for (at, param) in known.generics.iter().enumerate() {
                    env.push((param.name.clone(), trait_args.get(at).unwrap_or(ty).clone()));
                }
                let names: Vec<String> = own.iter().map(|of| of.name.clone()).collect();
                return Ok(Some((body, self.own(body, env, &names, written, args))));
            }
        }
        Ok(None)
    }

    pub(super) fn target(&mut self, path: &Path, builder: &Builder<'a>, args: &[T]) -> Res<Target> {
        let idents = path.idents();
        let last = idents.last().copied().unwrap_or_default();
        let from_std = is_std(&idents) || path.segments.len() == 1 || idents.len() < 3;
        if path.qself.is_none() {
            if last == "catch_unwind" {
                return Ok(Target::Catch);
            }
            if last == "unreachable_unchecked" {
                return Ok(Target::Unreachable);
            }
            let free = &self.crates[self.library].docs.free;
            let known = |name: &str| free.iter().any(|(path, _)| path[..] == ["foil", name]);
            if let (["foil", name] | [name], true) = (&idents[..], builder.krate == self.library) {
                if known(name) {
                    let types =
                        path.segments.last().map(|last| last.args.iter().flatten().cloned());
                    let types: Vec<ast::Ty> = types.into_iter().flatten().collect();
                    let types = self.tys(builder.krate, &builder.env.clone(), &types)?;
                    return Ok(Target::Intrinsic((*name).to_owned(), types));
                }
            }
        }
        if let Some(name) = self.unknown_method(path, builder)? {
            return Ok(Target::Declared(name));
        }
        let primitive = builder.krate == self.library && last.starts_with(library::PRIMITIVE);
        if let Some((body, env)) = if primitive { None } else { self.item(path, builder, args)? } {
            // Another function that has the name.
            if self.bodies[body].1.arguments != args.len() {
                return Err(format!("calls `{path}`, which is not known here"));
            }
            return Ok(Target::Fn(self.job(Job::Body(body, env))));
        }
        if path.qself.is_none() && from_std {
            if PANICS.contains(&last) || last.starts_with("panic_const_") {
                return Ok(Target::Panic);
            }
            if ABORTS.contains(&last) {
                return Ok(Target::Abort);
            }
            if IDENTITIES.contains(&last) {
                return Ok(Target::Identity);
            }
        }
        if let Some((name, types)) = library::function(path) {
            if OF_LAST_ADDRESS.contains(&name) {
                self.zero(Zero::LastAddress)?;
            }
            let types = self.tys(builder.krate, &builder.env.clone(), &types)?;
            let lowered = types.iter().map(|ty| self.lower(ty)).collect::<Res<Vec<_>>>()?;
            if matches!(name, "ptr::drop_in_place" | "mem::drop" | "ManuallyDrop::drop")
                && types.iter().any(|ty| self.undroppable(ty))
            {
                return Err(format!("calls `{path}`, for a type whose drop glue is not known"));
            }
            return Ok(Target::Lib(name, lowered));
        }
        if let Some(qself) = &path.qself {
            let ty = self.ty(builder.krate, &builder.env.clone(), &qself.ty)?;
            let plain = matches!(ty, T::Int(_) | T::Bool | T::Char | T::Ref(..) | T::Ptr(_));
            if last == "clone" && plain {
                return Ok(Target::Lib("ptr::read", vec![self.lower(&ty)?]));
            }
            if let ("clone", T::Array(item, length)) = (last, &ty) {
                let body = self.library_function("clone_array")?;
                let env =
                    vec![("T".to_owned(), (**item).clone()), ("N".to_owned(), T::Const(*length))];
                return Ok(Target::Fn(self.job(Job::Body(body, env))));
            }
            let of_trait = qself.as_trait.as_ref().and_then(|of| of.segments.last());
            let other: Vec<ast::Ty> =
                of_trait.map(|of| of.args.iter().flatten().cloned().collect()).unwrap_or_default();
            let other = self.tys(builder.krate, &builder.env.clone(), &other)?;
            // What is an iterator is made into itself.
            if last == "into_iter"
                && (self.assumed(&ty, "Iterator")
                    || self.find_impl(Some("Iterator"), &ty, &[], |_| true)?.is_some())
            {
                return Ok(Target::Identity);
            }
            if let ("into" | "from", [other]) = (last, &other[..]) {
                let number = |ty: &T| matches!(ty, T::Int(_) | T::Bool | T::Char);
                if *other == ty || number(other) && number(&ty) {
                    return Ok(Target::Identity);
                }
                // "`Into` is automatically implemented for `From`."
                if last == "into" {
                    let of = std::slice::from_ref(&ty);
                    let found = self.method(other, "From", of, "from", &[], args)?;
                    if let Some((body, env)) = found {
                        return Ok(Target::Fn(self.job(Job::Body(body, env))));
                    }
                }
            }
        }
        Err(format!("calls `{path}`, which is not known here"))
    }
}
