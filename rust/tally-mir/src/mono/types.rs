//! Types: what a written one means, which struct or enum a path names, associated types.

use super::*;

impl<'a> Translator<'a> {
    /// The struct or enum that a path means, seen from a crate.
    pub(super) fn adt(&self, krate: usize, path: &[&str]) -> Option<(usize, usize)> {
        let last = *path.last()?;
        let within = |of: usize, path: &[&str]| {
            let adts = &self.crates[of].docs.adts;
            let ends = |known: &[String]| {
                known.len() >= path.len()
                    && known[known.len() - path.len()..].iter().zip(path).all(|(a, b)| a == b)
            };
            let found: Vec<usize> =
                (0..adts.len()).filter(|&number| ends(&adts[number].path)).collect();
            // Of several the outermost is meant, if there is one.
            let least = found.iter().map(|&number| adts[number].path.len()).min()?;
            let mut found = found.into_iter().filter(|&number| adts[number].path.len() == least);
            match (found.next(), found.next()) {
                (Some(one), None) => Some((of, one)),
                _ => None,
            }
        };
        // Of the library's the model knows the last parts of the path.
        let of_library = |path: &[&str]| {
            let adts = &self.crates[self.library].docs.adts;
            let exact = adts.iter().position(|of| of.path == [last]);
            let exact = exact.filter(|_| !path.contains(&"collections"));
            let ends = match path.len() {
                1 => 0..1,
                count => 0..count - 1,
            };
            // The same modules in the same order, but for some that one of the paths leaves out.
            let within_modules = || {
                let inside = |of: &[&str], all: &[&str]| {
                    let mut rest = all.iter();
                    of.iter().all(|name| rest.any(|other| other == name))
                };
                let named = |number: &usize| {
                    let known: Vec<&str> = adts[*number].path.iter().map(String::as_str).collect();
                    known.len() > 1
                        && known.last() == Some(&last)
                        && (inside(&known, path) || inside(path, &known))
                };
                let mut found = (0..adts.len()).filter(named);
                match (found.next(), found.next()) {
                    (Some(one), None) if path.len() > 1 => Some(one),
                    _ => None,
                }
            };
            ends.into_iter()
                .find_map(|from| within(self.library, &path[from..]))
                .or_else(|| exact.or_else(within_modules).map(|number| (self.library, number)))
        };
        if is_std(path) {
            // A module of the crate may be called so.
            return of_library(&path[1..]).or_else(|| within(krate, path));
        }
        if path.len() > 1 {
            if let Some(of) = self.crates.iter().position(|of| of.name == path[0]) {
                let own = within(of, &path[1..]);
                // A crate may have `extern crate alloc` in one of its modules.
                if own.is_none() && is_std(&path[1..]) {
                    return of_library(&path[2..]);
                }
                return own.or_else(|| within(of, &[last]));
            }
        }
        if let Some(found) = within(krate, path) {
            return Some(found);
        }
        if let Some(found) = self.local_adt(krate, path) {
            return Some(found);
        }
        let others = (0..self.crates.len()).filter(|&of| of != krate && of != self.library);
        let found: Vec<(usize, usize)> = others.filter_map(|of| within(of, path)).collect();
        if let [one] = found[..] {
            return Some(one);
        }
        of_library(path)
    }

    /// The type that is declared inside of a function whose path ends most like this one.
    fn local_adt(&self, krate: usize, path: &[&str]) -> Option<(usize, usize)> {
        let adts = &self.crates[krate].docs.adts;
        (0..path.len()).find_map(|from| {
            let ends = |known: &[String]| {
                known.len() + from > path.len()
                    && known[0] == LOCAL
                    && known.iter().rev().zip(path[from..].iter().rev()).all(|(a, b)| a == b)
            };
            let mut found = (0..adts.len()).filter(|&number| ends(&adts[number].path));
            match (found.next(), found.next()) {
                (Some(one), None) => Some((krate, one)),
                _ => None,
            }
        })
    }

    pub(super) fn ty(&mut self, krate: usize, env: &Env, ty: &ast::Ty) -> Res<T> {
        self.depth += 1;
        let result = if self.depth > 200 {
            Err(format!("the type `{ty}`, which nests too deep"))
        } else {
            self.ty_(krate, env, ty)
        };
        self.depth -= 1;
        result
    }

    pub(super) fn tys(&mut self, krate: usize, env: &Env, types: &[ast::Ty]) -> Res<Vec<T>> {
        types.iter().map(|ty| self.ty(krate, env, ty)).collect()
    }

    pub(super) fn param(env: &Env, name: &str) -> Option<T> {
        env.iter().rev().find(|(known, _)| known == name).map(|(_, ty)| ty.clone())
    }

    pub(super) fn length(env: &Env, text: &str) -> Option<usize> {
        let digits = text.trim_end_matches("usize").trim_end_matches('_').trim();
        if let Ok(length) = digits.parse() {
            return Some(length);
        }
        match Self::param(env, text.trim()) {
            Some(T::Const(length)) => Some(length),
            _ => None,
        }
    }

    pub(super) fn ty_(&mut self, krate: usize, env: &Env, ty: &ast::Ty) -> Res<T> {
        let refused = || Err(format!("the type `{ty}`"));
        match ty {
            ast::Ty::Path(path) => self.path_ty(krate, env, path),
            ast::Ty::Ref(to, mutable) => Ok(T::Ref(Box::new(self.ty(krate, env, to)?), *mutable)),
            ast::Ty::Ptr(to) => Ok(T::Ptr(Box::new(self.ty(krate, env, to)?))),
            ast::Ty::Tuple(items) => Ok(T::Tuple(self.tys(krate, env, items)?)),
            ast::Ty::Array(item, length) => match Self::length(env, length) {
                Some(length) => Ok(T::Array(Box::new(self.ty(krate, env, item)?), length)),
                None => refused(),
            },
            ast::Ty::Slice(item) => Ok(T::Slice(Box::new(self.ty(krate, env, item)?))),
            ast::Ty::Never => Ok(T::Never),
            ast::Ty::Closure(name) => Ok(T::Closure(krate, name.clone(), env.clone())),
            ast::Ty::Dyn(text) => Ok(T::Dyn(text.clone())),
            ast::Ty::Impl(text) => Self::param(env, text).map_or_else(refused, Ok),
            ast::Ty::Fn(text) if !text.contains('{') => Ok(T::FnPtr),
            ast::Ty::Fn(text) => Ok(T::FnDef(krate, text.clone(), env.clone())),
        }
    }

    pub(super) fn path_ty(&mut self, krate: usize, env: &Env, path: &Path) -> Res<T> {
        let refused = || Err(format!("the type `{path}`"));
        let idents = path.idents();
        if let (Some(qself), [_, _, ..]) = (&path.qself, &idents[..]) {
            // One that is declared inside of a method.
            let mut within = match &qself.ty {
                ast::Ty::Path(of) => of.idents().last().map(|of| vec![*of]).unwrap_or_default(),
                _ => Vec::new(),
            };
            within.extend(&idents);
            let Some((krate, number)) = self.local_adt(krate, &within) else { return refused() };
            let written = path.segments.last().map(|last| last.args.iter().flatten().cloned());
            let written: Vec<ast::Ty> = written.into_iter().flatten().collect();
            return Ok(T::Adt(krate, number, self.tys(krate, env, &written)?));
        }
        if let Some(qself) = &path.qself {
            let of = self.ty(krate, env, &qself.ty)?;
            let of_trait = qself.as_trait.as_ref().and_then(|of| of.idents().last().copied());
            let Some(name) = idents.last() else { return refused() };
            let args: Vec<ast::Ty> = qself
                .as_trait
                .iter()
                .filter_map(|of| of.segments.last())
                .flat_map(|last| last.args.iter().flatten().cloned())
                .collect();
            let args = self.tys(krate, env, &args).unwrap_or_default();
            return self
                .projection(&of, of_trait, &args, name)
                .map_err(|why| format!("{path}: {why}"));
        }
        if idents.len() != path.segments.len() || idents.is_empty() {
            return refused();
        }
        if let [name] = idents[..] {
            if let Some(ty) = Self::param(env, name) {
                return Ok(ty);
            }
            if let Some(int) = Int::named(name) {
                return Ok(T::Int(int.0));
            }
            if let Some(number) = Self::length(env, name) {
                return Ok(T::Const(number));
            }
            match name {
                "bool" => return Ok(T::Bool),
                "char" => return Ok(T::Char),
                "str" => return Ok(T::Str),
                _ => {}
            }
        }
        let written: Vec<ast::Ty> = path
            .segments
            .last()
            .map(|last| last.args.iter().flatten().cloned().collect())
            .unwrap_or_default();
        if let Some((of, number)) = self.adt(krate, &idents) {
            let mut args = self.tys(krate, env, &written)?;
            // Parameters with defaults, such as allocators, may be left out or be more.
            let wanted = self.crates[of].docs.adts[number].generics.len();
            args.truncate(wanted);
            while args.len() < wanted {
                let generics = &self.crates[of].docs.adts[number].generics;
                let Some(default) = generics[args.len()].default.clone() else { return refused() };
                // It may speak of those before it.
                let names = generics.iter().map(|of| of.name.clone());
                let env: Env = names.zip(args.iter().cloned()).collect();
                args.push(self.ty(of, &env, &default)?);
            }
            return Ok(T::Adt(of, number, args));
        }
        if let Some(ty) = self.alias(krate, &idents, env, &written) {
            return ty;
        }
        let last = idents.last().copied().unwrap_or_default();
        match (last, &written[..]) {
            ("Box", [of, ..]) => Ok(T::Lib("Box", vec![self.ty(krate, env, of)?])),
            ("Unique", [of]) => Ok(T::Lib("Unique", vec![self.ty(krate, env, of)?])),
            ("ManuallyDrop", [of]) => Ok(T::Lib("ManuallyDrop", vec![self.ty(krate, env, of)?])),
            ("MaybeUninit", [of]) => Ok(T::Lib("MaybeUninit", vec![self.ty(krate, env, of)?])),
            ("MaybeDangling", [of]) => Ok(T::Lib("ManuallyDrop", vec![self.ty(krate, env, of)?])),
            ("PhantomData", [_]) | ("PhantomPinned" | "Global", []) => Ok(T::Tuple(Vec::new())),
            ("c_void", []) => Ok(T::Tuple(Vec::new())),
            // Nothing is in them that anything reads.
            ("Error", []) if idents.contains(&"fmt") => Ok(T::Tuple(Vec::new())),
            ("AssertKind", []) => Ok(T::Tuple(Vec::new())),
            _ => refused(),
        }
    }

    /// The type that another name stands for, which rustdoc keeps.
    fn alias(
        &mut self,
        krate: usize,
        idents: &[&str],
        env: &Env,
        written: &[ast::Ty],
    ) -> Option<Res<T>> {
        let crates = self.crates;
        let within = |of: usize, path: &[&str]| {
            let mut found = crates[of].docs.aliases.iter().filter(|(known, ..)| {
                !path.is_empty()
                    && known.len() >= path.len()
                    && known[known.len() - path.len()..].iter().zip(path).all(|(a, b)| a == b)
            });
            match (found.next(), found.next()) {
                (Some(one), None) => Some((of, one)),
                _ => None,
            }
        };
        let named = crates.iter().position(|of| idents.len() > 1 && of.name == idents[0]);
        let found = match named {
            Some(of) => {
                within(of, &idents[1..]).or_else(|| within(of, &idents[idents.len() - 1..]))
            }
            None if is_std(idents) => within(self.library, &idents[1..])
                .or_else(|| within(self.library, &idents[idents.len() - 1..])),
            None => within(krate, idents),
        };
        let (of, (_, generics, ty)) = found?;
        let mut args = match self.tys(krate, env, written) {
            Ok(args) => args,
            Err(why) => return Some(Err(why)),
        };
        args.truncate(generics.len());
        let names = generics.iter().map(|of| of.name.clone());
        let mut inside: Env = names.zip(args).collect();
        for generic in &generics[inside.len()..] {
            let default = generic.default.as_ref()?;
            match self.ty(of, &inside, default) {
                Ok(ty) => inside.push((generic.name.clone(), ty)),
                Err(why) => return Some(Err(why)),
            }
        }
        Some(self.ty(of, &inside, ty))
    }

    /// An associated type.
    pub(super) fn projection(
        &mut self,
        of: &T,
        of_trait: Option<&str>,
        args: &[T],
        name: &str,
    ) -> Res<T> {
        if let (T::Closure(krate, closure, env), "Output") = (of, name) {
            let body = self.closures.get(&(*krate, closure.clone())).copied();
            let body = body.ok_or_else(|| "a closure without a body".to_owned())?;
            let result = self.bodies[body].1.locals.first().cloned().flatten();
            let result = result.ok_or_else(|| "a closure without a result".to_owned())?;
            return self.ty(*krate, env, &result);
        }
        if let Some(ty) = self.unknown_type(of, of_trait, args, name)? {
            return Ok(ty);
        }
        if let (T::Ref(to, _), "Output") = (of, name) {
            return self.projection(&to.clone(), of_trait, args, name);
        }
        if let (T::FnDef(krate, text, env), "Output") = (of, name) {
            if let Some((_, result)) = text.split('{').next().unwrap_or("").rsplit_once("->") {
                let parsed = crate::parse::ty(result.trim());
                let parsed = parsed.ok_or_else(|| format!("the type `{result}`"))?;
                return self.ty(*krate, env, &parsed);
            }
            if text.starts_with("{#") {
                return Err("the result of a function that is given by its path".to_owned());
            }
            return Ok(T::Tuple(Vec::new()));
        }
        let found = self.find_impl(of_trait, of, args, |of| of.types.contains_key(name))?;
        let (krate, of_impl, env) =
            found.ok_or_else(|| format!("no impl is known that says what {name} is"))?;
        let ty = of_impl.types[name].clone();
        self.ty(krate, &env, &ty)
    }
}
