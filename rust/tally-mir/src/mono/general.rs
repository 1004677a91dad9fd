//! Functions at types that are not known: each generic function of a crate once, for all types
//! that its parameters may be.
//!
//! A type parameter stays one ([`T::Param`]), and so does an associated type of one, and an array
//! whose length is a parameter. What a parameter's traits promise are functions of which nothing
//! is known but the types of their arguments and of the result: they are in the program without a
//! body, as the *dictionary* that it is used with. In the theory of `theories/mir` such a function
//! is a number for which a proof assumes a specification and for which an instance puts a body; in
//! the program here its body is stuck. The parameters are ambient: no function has any of its
//! own, none is called with type arguments, and the number in `Ty::Param` is the same in all.
//!
//! Where a parameter is `?Sized` it is read at sized types; [`Found::sized`] says so.

use super::*;
use crate::rustdoc::{Equality, Generic, Where};
use std::collections::{BTreeSet, HashSet};

/// Lengths from here on are those of parameters.
pub(super) const SYMBOLIC: usize = 1 << 62;

/// What is known of what is not known.
#[derive(Debug, Default)]
pub(super) struct Unknown {
    /// Names, and whether the type may be unsized.
    params: Vec<(String, bool)>,
    scopes: HashMap<String, Env>,
    assumed: HashSet<(T, String)>,
    equal: HashMap<(T, String), T>,
    of_types: HashMap<(T, String, String), usize>,
    arrays: HashMap<T, usize>,
    constants: Vec<String>,
    declared: HashMap<(String, Ty, Vec<Ty>), usize>,
    zeros: Vec<(usize, Zero)>,
    current: usize,
}

/// A reason why a function is refused.
#[derive(Clone, Debug)]
pub struct Why {
    /// The block and the line of the dump, if a line of the function is the reason.
    pub place: Option<(usize, u32)>,
    /// What it is.
    pub words: String,
    /// If it is another function of the crate: the line where its body begins.
    pub callee: Option<u32>,
}

/// What became of a function.
#[derive(Clone, Debug)]
pub struct Found {
    /// The functions that it calls, by their names.
    pub callees: Vec<String>,
    /// Why it is refused; empty if it is translated with all that it calls.
    pub causes: Vec<Why>,
    /// Whether it has a parameter that may be unsized, and is translated for sized types only.
    pub sized: bool,
    /// Whether it is translated by itself, whatever it calls.
    pub own: bool,
    /// Its number in the program.
    pub number: Option<usize>,
}

/// What became of the functions of a crate.
#[derive(Debug, Default)]
pub struct General {
    /// By the line of the dump where the body begins.
    pub functions: BTreeMap<u32, Found>,
    /// All of them, and what they call.
    pub program: Program,
    /// Which functions have no body: they are of types that are not known.
    pub declared: Vec<usize>,
    /// The functions that make the statics, in the order of their numbers.
    pub statics: Vec<usize>,
    /// The names of the types that are not known.
    pub params: Vec<String>,
}

impl Unknown {
    pub(super) fn name(&self, number: usize) -> String {
        self.params.get(number).map_or_else(|| format!("?{number}"), |of| of.0.clone())
    }

    pub(super) fn length(&self, length: usize) -> String {
        match length.checked_sub(SYMBOLIC) {
            Some(number) => self.constants.get(number).cloned().unwrap_or_default(),
            None => length.to_string(),
        }
    }
}

impl<'a> Translator<'a> {
    fn param_of(&mut self, name: String, maybe_unsized: bool) -> usize {
        let unknown = self.unknown.get_or_insert_default();
        unknown.params.push((name, maybe_unsized));
        unknown.params.len() - 1
    }

    pub(super) fn is_general(&self) -> bool {
        self.unknown.is_some()
    }

    /// What 0 means in the function that is being translated; `false` if it is to be the same
    /// in the whole program.
    pub(super) fn zero_here(&mut self, zero: Zero) -> bool {
        let Some(unknown) = &mut self.unknown else { return false };
        let known = (unknown.current, zero);
        if !unknown.zeros.contains(&known) {
            unknown.zeros.push(known);
        }
        true
    }

    pub(super) fn set_current(&mut self, number: usize) {
        if let Some(unknown) = &mut self.unknown {
            unknown.current = number;
        }
    }

    /// Whether the type has the trait because that is asked for.
    pub(super) fn assumed(&self, ty: &T, of_trait: &str) -> bool {
        self.unknown
            .as_ref()
            .is_some_and(|of| of.assumed.contains(&(ty.clone(), of_trait.to_owned())))
    }

    fn assume(&mut self, ty: &T, of_trait: &str) {
        let Some(unknown) = &mut self.unknown else { return };
        if !unknown.assumed.insert((ty.clone(), of_trait.to_owned())) {
            return;
        }
        let crates = self.crates;
        for of in crates.iter().flat_map(|of| &of.docs.traits) {
            if of.path.last().is_some_and(|last| last == of_trait) {
                for name in &of.supers {
                    self.assume(ty, name);
                }
            }
        }
    }

    /// A method of a trait of a type that is not known, or `None` if an `impl` has it.
    pub(super) fn unknown_method(
        &mut self,
        path: &Path,
        builder: &Builder<'a>,
    ) -> Res<Option<String>> {
        if self.unknown.is_none() {
            return Ok(None);
        }
        let Some(qself) = &path.qself else { return Ok(None) };
        let Some(of_trait) = &qself.as_trait else { return Ok(None) };
        let (krate, env) = (builder.krate, builder.env.clone());
        let ty = self.ty(krate, &env, &qself.ty)?;
        let name = of_trait.idents().last().copied().unwrap_or_default().to_owned();
        let item = path.idents().last().copied().unwrap_or_default().to_owned();
        let args: Vec<ast::Ty> = of_trait
            .segments
            .last()
            .map(|last| last.args.iter().flatten().cloned().collect())
            .unwrap_or_default();
        let args = self.tys(krate, &env, &args)?;
        if !self.assumed(&ty, &name) {
            if !matches!(ty, T::Param(_)) {
                return Ok(None);
            }
            if item == "into_iter" && self.assumed(&ty, "Iterator") {
                return Ok(None);
            }
            if matches!(item.as_str(), "into" | "from") && args.first() == Some(&ty) {
                return Ok(None);
            }
            let has = |of: &Impl| of.items.contains_key(&item);
            if self.find_impl(Some(&name), &ty, &args, has)?.is_some() {
                return Ok(None);
            }
        }
        let own: Vec<ast::Ty> = path
            .segments
            .last()
            .map(|last| last.args.iter().flatten().cloned().collect())
            .unwrap_or_default();
        let own = self.tys(krate, &env, &own)?;
        let list = |of: &[T], this: &Self| match of {
            [] => String::new(),
            of => {
                let all: Vec<String> = of.iter().map(|ty| this.show(ty)).collect();
                format!("<{}>", all.join(", "))
            }
        };
        Ok(Some(format!(
            "<{} as {name}{}>::{item}{}",
            self.show(&ty),
            list(&args, self),
            list(&own, self)
        )))
    }

    /// An associated type of a type that is not known.
    pub(super) fn unknown_type(
        &mut self,
        of: &T,
        of_trait: Option<&str>,
        args: &[T],
        name: &str,
    ) -> Res<Option<T>> {
        let Some(unknown) = &self.unknown else { return Ok(None) };
        if let Some(known) = unknown.equal.get(&(of.clone(), name.to_owned())) {
            return Ok(Some(known.clone()));
        }
        let trait_name = of_trait.unwrap_or_default().to_owned();
        if !self.assumed(of, &trait_name) {
            if !matches!(of, T::Param(_)) {
                return Ok(None);
            }
            if self.find_impl(of_trait, of, args, |of| of.types.contains_key(name))?.is_some() {
                return Ok(None);
            }
        }
        let key = (of.clone(), trait_name.clone(), name.to_owned());
        if let Some(number) = self.unknown.as_ref().and_then(|of| of.of_types.get(&key)) {
            return Ok(Some(T::Param(*number)));
        }
        let shown = format!("<{} as {trait_name}>::{name}", self.show(of));
        // Those of the library that are declared so.
        let maybe_unsized = matches!(trait_name.as_str(), "Deref" | "Index");
        let number = self.param_of(shown, maybe_unsized);
        if let Some(unknown) = &mut self.unknown {
            unknown.of_types.insert(key, number);
        }
        let ty = T::Param(number);
        let crates = self.crates;
        for of in crates.iter().flat_map(|of| &of.docs.traits) {
            if of.path.last().is_some_and(|last| *last == trait_name) {
                for bound in of.types.get(name).into_iter().flatten() {
                    self.assume(&ty, bound);
                }
            }
        }
        if (trait_name.as_str(), name) == ("IntoIterator", "IntoIter") {
            self.assume(&ty, "Iterator");
            if let Ok(item) = self.projection(of, of_trait, args, "Item") {
                if let Some(unknown) = &mut self.unknown {
                    unknown.equal.insert((ty.clone(), "Item".to_owned()), item);
                }
            }
        }
        Ok(Some(ty))
    }

    /// An array whose length is a parameter, as a type that is not known.
    pub(super) fn unknown_array(&mut self, ty: &T) -> usize {
        if let Some(number) = self.unknown.as_ref().and_then(|of| of.arrays.get(ty)) {
            return *number;
        }
        let name = self.show(ty);
        let number = self.param_of(name, false);
        if let Some(unknown) = &mut self.unknown {
            unknown.arrays.insert(ty.clone(), number);
        }
        number
    }

    /// A length, as what is read.
    pub(super) fn length_operand(&mut self, length: usize, builder: &mut Builder<'a>) -> Operand {
        let known = self.unknown.as_ref().map(|of| of.length(length));
        match known {
            Some(name) if length >= SYMBOLIC => {
                let number = self.declare(name, usize_ty(), Vec::new());
                let to = builder.local(usize_ty());
                builder.call(of_local(to), Callee::Fn(number, Vec::new()), Vec::new());
                Operand::Use(of_local(to))
            }
            _ => Operand::Const(Constant::Int(Int("usize"), length.to_string())),
        }
    }

    /// The function with this name and these types, of which nothing else is known.
    pub(super) fn declare(&mut self, name: String, result: Ty, args: Vec<Ty>) -> usize {
        let key = (name.clone(), result.clone(), args.clone());
        if let Some(number) = self.unknown.as_ref().and_then(|of| of.declared.get(&key)) {
            return *number;
        }
        let number = self.out.program.functions.len();
        let arguments = args.len();
        let locals = std::iter::once(result).chain(args).collect();
        let blocks = vec![(Vec::new(), Terminator::Unreachable)];
        self.out.program.functions.push(Function {
            name: name.clone(),
            title: name,
            params: Vec::new(),
            body: Body { arguments, locals, blocks },
            callees: Vec::new(),
        });
        self.out.origins.push(Origin::default());
        if let Some(unknown) = &mut self.unknown {
            unknown.declared.insert(key, number);
        }
        number
    }

    /// A constant of a trait of a type that is not known.
    pub(super) fn unknown_constant(
        &mut self,
        path: &Path,
        builder: &mut Builder<'a>,
    ) -> Res<Option<(Operand, T)>> {
        let (krate, env) = (builder.krate, builder.env.clone());
        let Some(qself) = &path.qself else { return Ok(None) };
        let Some(of_trait) = qself.as_trait.as_ref().and_then(|of| of.idents().last().copied())
        else {
            return Ok(None);
        };
        let item = path.idents().last().copied().unwrap_or_default();
        if of_trait == "SizedTypeProperties" {
            let ty = self.ty(krate, &env, &qself.ty)?;
            let size = of_local(builder.local(usize_ty()));
            match item {
                "SIZE" | "IS_ZST" => {
                    let lowered = self.lower(&ty)?;
                    let callee = Callee::Lib("mem::size_of", vec![lowered]);
                    builder.call(size.clone(), callee, Vec::new());
                }
                _ => return Ok(None),
            }
            if item == "SIZE" {
                return Ok(Some((Operand::Use(size), T::Int("usize"))));
            }
            let none = of_local(builder.local(Ty::Bool));
            let zero = Operand::Const(Constant::Int(Int("usize"), "0".to_owned()));
            builder.assign(none.clone(), Rvalue::Relation(Relation::Eq, Operand::Use(size), zero));
            return Ok(Some((Operand::Use(none), T::Bool)));
        }
        let Some(name) = self.unknown_method(path, builder)? else { return Ok(None) };
        let crates = self.crates;
        let declared = crates.iter().enumerate().find_map(|(of, known)| {
            let traits = known.docs.traits.iter();
            let mut of_name =
                traits.filter(|known| known.path.last().is_some_and(|last| last == of_trait));
            of_name.find_map(|known| Some((of, known, known.constants.get(item)?)))
        });
        let Some((of, known, ty)) = declared else { return Ok(None) };
        let own = self.ty(krate, &env, &qself.ty)?;
        let mut inside: Env = vec![("Self".to_owned(), own)];
        let args: Vec<ast::Ty> = qself
            .as_trait
            .iter()
            .filter_map(|of| of.segments.last())
            .flat_map(|last| last.args.iter().flatten().cloned())
            .collect();
        for (param, arg) in known.generics.iter().zip(self.tys(krate, &env, &args)?) {
            inside.push((param.name.clone(), arg));
        }
        let ty = self.ty(of, &inside, ty)?;
        let lowered = self.lower(&ty)?;
        let number = self.declare(name, lowered.clone(), Vec::new());
        let to = builder.local(lowered);
        builder.call(of_local(to), Callee::Fn(number, Vec::new()), Vec::new());
        Ok(Some((Operand::Use(of_local(to)), ty)))
    }

    // ----- what is asked for

    /// Types for the parameters, of which is known what is asked for.
    fn scope(&mut self, own: Option<&str>, generics: &[Generic], asks: &[Where]) -> Env {
        let key = format!("{own:?}{generics:?}{asks:?}");
        if let Some(env) = self.unknown.as_ref().and_then(|of| of.scopes.get(&key)) {
            return env.clone();
        }
        let mut env = Env::new();
        if own.is_some() {
            let number = self.param_of("Self".to_owned(), true);
            env.push(("Self".to_owned(), T::Param(number)));
        }
        for generic in generics {
            let ty = match generic.constant.as_deref() {
                Some("usize") => {
                    let unknown = self.unknown.get_or_insert_default();
                    unknown.constants.push(generic.name.clone());
                    T::Const(SYMBOLIC + unknown.constants.len() - 1)
                }
                // It is not found, and so what needs it is refused.
                Some(_) => continue,
                None => T::Param(self.param_of(generic.name.clone(), generic.maybe_unsized)),
            };
            env.push((generic.name.clone(), ty));
        }
        if let (Some(of_trait), Some((_, itself))) = (own, env.first().cloned()) {
            self.assume(&itself, of_trait);
        }
        for (bounded, of_trait) in asks.iter().flat_map(|of| &of.bounds) {
            if let Ok(ty) = self.ty(0, &env, bounded) {
                self.assume(&ty, of_trait);
            }
        }
        for Equality { ty, name, is, .. } in asks.iter().flat_map(|of| &of.equalities) {
            if let (Ok(ty), Ok(is)) = (self.ty(0, &env, ty), self.ty(0, &env, is)) {
                if let Some(unknown) = &mut self.unknown {
                    unknown.equal.insert((ty, name.clone()), is);
                }
            }
        }
        // What is asked for of associated types, now that these may be known.
        for (bounded, of_trait) in asks.iter().flat_map(|of| &of.bounds) {
            if let Ok(ty) = self.ty(0, &env, bounded) {
                self.assume(&ty, of_trait);
            }
        }
        if let Some(unknown) = &mut self.unknown {
            unknown.scopes.insert(key, env.clone());
        }
        env
    }

    fn of_impl(&mut self, of: &Impl, item: &str) -> Env {
        let own = of.items.get(item).into_iter().flatten();
        let generics: Vec<Generic> = of.generics.iter().chain(own).cloned().collect();
        let mut asks = vec![Where { bounds: of.bounds.clone(), equalities: of.equalities.clone() }];
        asks.extend(of.of_items.get(item).cloned());
        self.scope(None, &generics, &asks)
    }

    /// The `impl`s that a macro has made, by their bodies.
    fn strays(&mut self) -> HashMap<usize, Env> {
        let mut found: HashMap<usize, Option<Env>> = HashMap::new();
        let crates = self.crates;
        for of in &crates[0].docs.impls {
            let items: Vec<String> = of.items.keys().cloned().collect();
            for item in items {
                let direct = Key::Impl(of.at.clone(), item.clone());
                let single = self.by_key.get(&(0, direct)).is_some_and(|found| found.len() == 1);
                if single {
                    continue;
                }
                let env = self.of_impl(of, &item);
                let Ok(ty) = self.ty(0, &env, &of.ty) else { continue };
                let Some(body) = self.impl_body(0, of, &item, &env, &[], &ty) else { continue };
                // One that is found twice is not known.
                found.entry(body).and_modify(|of| *of = None).or_insert(Some(env));
            }
        }
        found.into_iter().filter_map(|(body, env)| Some((body, env?))).collect()
    }

    /// Types for the parameters of a function of an `impl` that a macro has made: of those
    /// whose function of the name has the types, if all of these ask for the same.
    fn by_signature(&mut self, name: &str, number: usize) -> Option<Env> {
        let crates = self.crates;
        let body = self.bodies[number].1;
        let types: Option<Vec<&ast::Ty>> =
            body.locals.iter().take(body.arguments + 1).map(Option::as_ref).collect();
        let types = types?;
        let mut found: Option<Env> = None;
        for of in &crates[0].docs.impls {
            let Some(signature) = of.signatures.get(name) else { continue };
            let fits = signature.len() == types.len()
                && signature.iter().zip(&types).all(|(known, ty)| same_ty(known, ty, &of.ty));
            if !fits {
                continue;
            }
            let env = self.of_impl(of, name);
            match &found {
                Some(known) if *known != env => return None,
                _ => found = Some(env),
            }
        }
        found
    }

    /// Types for the parameters of a body of the first crate.
    fn root(&mut self, number: usize, strays: &HashMap<usize, Env>) -> Res<Env> {
        let body = self.bodies[number].1;
        let crates = self.crates;
        let docs = &crates[0].docs;
        match key(&body.path) {
            Key::Impl(at, rest) => {
                let name = rest.split("::").next().unwrap_or_default().to_owned();
                // A closure or a constant has the parameters of what it is in.
                let parent = self.by_key.get(&(0, Key::Impl(at.clone(), name.clone())));
                let parent = match parent.map(|found| &found[..]) {
                    Some(&[one]) => one,
                    _ => number,
                };
                let of: Vec<&Impl> = docs
                    .impls
                    .iter()
                    .filter(|of| of.at == at && of.items.contains_key(&name))
                    .collect();
                if let ([of], true) = (&of[..], parent != number || !rest.contains("::{")) {
                    let single = self
                        .by_key
                        .get(&(0, Key::Impl(at.clone(), name.clone())))
                        .is_some_and(|found| found.len() == 1);
                    if single {
                        return Ok(self.of_impl(of, &name));
                    }
                }
                if let Some(env) = strays.get(&parent) {
                    return Ok(env.clone());
                }
                if let Some(env) = self.by_signature(&name, parent) {
                    return Ok(env);
                }
                // Nothing is known of the parameters; if it has none, no name is missed.
                Ok(Env::new())
            }
            Key::Free(path) => {
                let parts: Vec<&str> = path.split("::").collect();
                let own: Vec<&str> =
                    parts.iter().copied().take_while(|name| !name.starts_with('{')).collect();
                let ends = |long: &[String]| {
                    long.len() >= own.len()
                        && long[long.len() - own.len()..].iter().zip(&own).all(|(a, b)| a == b)
                };
                let mut found = docs.free.iter().filter(|(known, _)| ends(known));
                if let (Some((path, generics)), None) = (found.next(), found.next()) {
                    let asks: Vec<Where> = docs.of_free.get(path).cloned().into_iter().collect();
                    return Ok(self.scope(None, generics, &asks));
                }
                if let [before @ .., item] = &own[..] {
                    for of in &docs.traits {
                        let long = &of.path;
                        let here = before.len() <= long.len()
                            && !before.is_empty()
                            && long[long.len() - before.len()..]
                                .iter()
                                .zip(before)
                                .all(|(a, b)| a == b);
                        let Some(item_generics) = of.items.get(*item).filter(|_| here) else {
                            continue;
                        };
                        let generics: Vec<Generic> =
                            of.generics.iter().chain(item_generics).cloned().collect();
                        let mut asks = vec![of.asks.clone()];
                        asks.extend(of.of_items.get(*item).cloned());
                        let name = of.path.last().cloned().unwrap_or_default();
                        return Ok(self.scope(Some(&name), &generics, &asks));
                    }
                }
                // What makes a struct or a variant.
                for skipped in [0, 1] {
                    let Some(count) = own.len().checked_sub(skipped).filter(|&of| of > 0) else {
                        continue;
                    };
                    let named = |of: &&crate::rustdoc::Adt| {
                        of.path.len() >= count
                            && of.path[of.path.len() - count..]
                                .iter()
                                .zip(&own)
                                .all(|(a, b)| a == b)
                            && matches!(of.kind, Kind::Enum(_)) == (skipped == 1)
                    };
                    let mut found = docs.adts.iter().filter(named);
                    if let (Some(of), None) = (found.next(), found.next()) {
                        return Ok(self.scope(None, &of.generics, &[]));
                    }
                }
                // Nothing is known of the parameters; if it has none, no name is missed.
                Ok(Env::new())
            }
        }
    }
}

/// Whether a type that rustdoc lists is the one that the compiler prints, as far as the last
/// parts of paths say; `Self` is the given one.
fn same_ty(known: &ast::Ty, printed: &ast::Ty, itself: &ast::Ty) -> bool {
    use ast::Ty as A;
    let all = |ours: &[A], theirs: &[A]| {
        ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| same_ty(a, b, itself))
    };
    match (known, printed) {
        (A::Path(path), _) if path.qself.is_none() && path.idents() == ["Self"] => {
            !matches!(itself, A::Path(of) if of.qself.is_none() && of.idents() == ["Self"])
                && same_ty(itself, printed, itself)
        }
        (A::Path(a), A::Path(b)) => {
            let args = |path: &Path| -> Vec<A> {
                let last = path.segments.last();
                last.into_iter().flat_map(|last| last.args.iter().flatten().cloned()).collect()
            };
            // An associated type is the one of the name.
            a.idents().last() == b.idents().last()
                && (a.qself.is_some() || b.qself.is_some() || all(&args(a), &args(b)))
        }
        (A::Ref(a, one), A::Ref(b, other)) => one == other && same_ty(a, b, itself),
        (A::Ptr(a), A::Ptr(b)) | (A::Slice(a), A::Slice(b)) => same_ty(a, b, itself),
        (A::Tuple(a), A::Tuple(b)) => all(a, b),
        (A::Array(a, _), A::Array(b, _)) => same_ty(a, b, itself),
        (A::Never, A::Never) | (A::Dyn(_), A::Dyn(_)) => true,
        (A::Fn(_) | A::Impl(_), A::Fn(_) | A::Impl(_)) => true,
        (A::Path(path), A::Impl(text)) => path.to_string() == *text,
        _ => false,
    }
}

/// What a function and its glue call.
fn edges(program: &Program, statics: &[usize], number: usize) -> BTreeSet<usize> {
    fn glue(program: &Program, ty: &Ty, seen: &mut BTreeSet<usize>, to: &mut BTreeSet<usize>) {
        match ty {
            Ty::Tuple(items) | Ty::LibEnum(_, items) => {
                items.iter().for_each(|item| glue(program, item, seen, to));
            }
            Ty::Box(of) => glue(program, of, seen, to),
            Ty::Adt(number, _) if seen.insert(*number) => {
                let adt = &program.adts[*number];
                to.extend(adt.drop);
                match &adt.shape {
                    Shape::Struct(fields) => {
                        fields.iter().for_each(|field| glue(program, field, seen, to));
                    }
                    Shape::Enum(of) => {
                        of.iter().flatten().for_each(|field| glue(program, field, seen, to));
                    }
                }
            }
            _ => {}
        }
    }
    let body = &program.functions[number].body;
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let operand = |of: &Operand, found: &mut BTreeSet<usize>| {
        if let Operand::Const(Constant::Item(number, _)) = of {
            found.insert(*number);
        }
    };
    for (statements, end) in &body.blocks {
        for Assign(_, rvalue) in statements {
            match rvalue {
                Rvalue::Use(of) | Rvalue::Not(of) | Rvalue::Cast(_, of) => operand(of, &mut found),
                Rvalue::Relation(_, a, b)
                | Rvalue::Arithmetic(_, _, a, b)
                | Rvalue::Checked(_, _, a, b) => {
                    operand(a, &mut found);
                    operand(b, &mut found);
                }
                Rvalue::Aggregate(_, items) => {
                    items.iter().for_each(|item| operand(item, &mut found));
                }
                Rvalue::Ref(_) | Rvalue::Discriminant(_) => {}
            }
        }
        match end {
            Terminator::Call(_, callee, args, ..) => {
                args.iter().for_each(|arg| operand(arg, &mut found));
                match callee {
                    Callee::Fn(number, _) => {
                        found.insert(*number);
                    }
                    Callee::Lib(name, types) => {
                        if let Some(of) = name.strip_prefix("static::") {
                            found.extend(of.parse().ok().and_then(|at: usize| statics.get(at)));
                        }
                        types.iter().for_each(|ty| glue(program, ty, &mut seen, &mut found));
                    }
                }
            }
            Terminator::Drop(place, ..) => {
                if let Some(ty) = program.place_ty(body, place) {
                    glue(program, &ty, &mut seen, &mut found);
                }
            }
            Terminator::Switch(of, ..) | Terminator::Assert(of, ..) => operand(of, &mut found),
            _ => {}
        }
    }
    found
}

/// What reaches one of these.
fn reaching(callers: &[Vec<usize>], from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; callers.len()];
    let mut waiting: Vec<usize> = from.into_iter().collect();
    while let Some(number) = waiting.pop() {
        if !std::mem::replace(&mut reached[number], true) {
            waiting.extend(&callers[number]);
        }
    }
    reached
}

/// How many statics the programs of `theories/mir` may have.
const STATICS: usize = 64;

/// The functions of the first crate, for all types that their parameters may be; the last
/// crate is the model of the library.
pub fn general(crates: &[Crate]) -> General {
    let Some(library) = crates.len().checked_sub(1) else { return General::default() };
    let mut mono = Translator::new(crates, library);
    mono.unknown = Some(Unknown::default());
    let strays = mono.strays();
    let mut roots: Vec<(u32, Res<usize>)> = Vec::new();
    for number in 0..mono.bodies.len() {
        let (krate, body) = mono.bodies[number];
        let promoted = |segment: &ast::Segment| matches!(segment.name, Name::Promoted(_));
        if krate != 0 || body.path.segments.iter().any(promoted) {
            continue;
        }
        mono.depth = 0;
        let root = mono.root(number, &strays).map(|env| mono.job(Job::Body(number, env)));
        roots.push((body.line, root));
    }
    while let Some((number, job)) = mono.queue.pop() {
        mono.depth = 0;
        if mono.out.program.functions.len() > 200_000 {
            let end = Terminator::Call(
                of_local(0),
                Callee::Lib(REFUSED, Vec::new()),
                Vec::new(),
                None,
                Unwind::Unreachable,
            );
            mono.out.program.functions[number].body.blocks = vec![(Vec::new(), end)];
            let why = "needs more functions than are counted".to_owned();
            mono.out.refused.insert((number, 0), why);
            continue;
        }
        mono.set_current(number);
        mono.run(number, &job);
    }
    let jobs: HashMap<usize, usize> = mono
        .jobs
        .iter()
        .map(|(job, &number)| {
            let (Job::Body(body, _) | Job::Promoted(body, _)) = job;
            (number, *body)
        })
        .collect();
    let unknown = mono.unknown.take().unwrap_or_default();
    let Mono { program, statics, origins, mut refused, .. } = mono.out;
    let without_body: BTreeSet<usize> = unknown.declared.values().copied().collect();
    for number in 0..program.functions.len() {
        if without_body.contains(&number) {
            continue;
        }
        for (block, why) in program.not_accepted(number) {
            refused.entry((number, block)).or_insert(why);
        }
    }
    let count = program.functions.len();
    let calls: Vec<BTreeSet<usize>> =
        (0..count).map(|number| edges(&program, &statics, number)).collect();
    let mut callers = vec![Vec::new(); count];
    for (number, callees) in calls.iter().enumerate() {
        callees.iter().for_each(|&callee| callers[callee].push(number));
    }
    let bad = reaching(&callers, refused.keys().map(|&(number, _)| number));
    let zero = |zero: Zero| {
        let of = unknown.zeros.iter().filter(move |known| known.1 == zero);
        reaching(&callers, of.map(|known| known.0))
    };
    let (null, last) = (zero(Zero::Null), zero(Zero::LastAddress));
    let own_reasons = |number: usize| {
        refused.range((number, 0)..=(number, usize::MAX)).map(move |(at, why)| (at.1, why))
    };
    let body_of = |number: usize| jobs.get(&number).map(|&body| mono.bodies[body]);
    let root_is_bad: HashMap<u32, bool> = roots
        .iter()
        .map(|(line, root)| (*line, root.as_ref().map_or(true, |&number| bad[number])))
        .collect();
    // The first reason in what a function needs.
    let deepest = |number: usize| {
        let (mut seen, mut waiting) = (BTreeSet::from([number]), vec![number]);
        while let Some(number) = waiting.pop() {
            if let Some((_, why)) = own_reasons(number).next() {
                return (program.functions[number].title.clone(), why.clone());
            }
            waiting.extend(calls[number].iter().filter(|&&of| bad[of] && seen.insert(of)));
        }
        (program.functions[number].title.clone(), "no reason".to_owned())
    };
    let mut made = General::default();
    for (line, root) in roots {
        let number = match root {
            Ok(number) => number,
            Err(words) => {
                let causes = vec![Why { place: None, words, callee: None }];
                let found =
                    Found { callees: Vec::new(), causes, sized: false, own: false, number: None };
                made.functions.insert(line, found);
                continue;
            }
        };
        let mut causes: Vec<Why> = own_reasons(number)
            .map(|(block, why)| {
                let line = origins[number].lines.get(block).and_then(|lines| lines.last());
                Why { place: line.map(|&line| (block, line)), words: why.clone(), callee: None }
            })
            .collect();
        let own = causes.is_empty();
        for &callee in &calls[number] {
            if !bad[callee] || callee == number {
                continue;
            }
            let title = &program.functions[callee].title;
            match body_of(callee) {
                Some((0, body)) if root_is_bad.get(&body.line) == Some(&true) => {
                    let words = format!("needs `{title}`, which is refused");
                    causes.push(Why { place: None, words, callee: Some(body.line) });
                }
                _ => {
                    let (within, why) = deepest(callee);
                    let words = format!("{why}, in `{within}`");
                    causes.push(Why { place: None, words, callee: None });
                }
            }
        }
        // All that it reaches.
        let (mut seen, mut waiting) = (BTreeSet::from([number]), vec![number]);
        let (mut named, mut maybe_unsized) = (BTreeSet::new(), false);
        while let Some(number) = waiting.pop() {
            let function = &program.functions[number];
            for (_, end) in &function.body.blocks {
                if let Terminator::Call(_, Callee::Lib(name, _), ..) = end {
                    if name.starts_with("static::") {
                        named.insert(*name);
                    }
                }
            }
            waiting.extend(calls[number].iter().filter(|&&of| seen.insert(of)));
        }
        if let Some(Job::Body(_, env)) =
            mono.jobs.iter().find(|(_, of)| **of == number).map(|(job, _)| job)
        {
            maybe_unsized = env.iter().any(|(_, ty)| match ty {
                T::Param(number) => unknown.params[*number].1,
                _ => false,
            });
        }
        if causes.is_empty() && null[number] && last[number] {
            let words = "null, in a program that points to the last address".to_owned();
            causes.push(Why { place: None, words, callee: None });
        }
        if causes.is_empty() && named.len() > STATICS {
            let words = "more statics than can be numbered".to_owned();
            causes.push(Why { place: None, words, callee: None });
        }
        let callees = calls[number].iter().map(|&of| program.functions[of].title.clone()).collect();
        let found = Found { callees, causes, sized: maybe_unsized, own, number: Some(number) };
        made.functions.insert(line, found);
    }
    made.program = program;
    made.declared = without_body.into_iter().collect();
    made.statics = statics;
    made.params = unknown.params.into_iter().map(|of| of.0).collect();
    made
}

/// Without what would end a comment of Coq, or begin one.
fn comment(text: &str) -> String {
    text.replace('"', "'").replace("(*", "( *").replace("*)", "* )")
}

impl General {
    /// The functions that are translated with all that they call, and these, as a program of
    /// its own. Names are numbers.
    pub fn accepted(&self) -> Program {
        let mut wanted: BTreeSet<usize> = BTreeSet::new();
        let good = self.functions.values().filter(|of| of.causes.is_empty());
        let mut waiting: Vec<usize> = good.filter_map(|of| of.number).collect();
        while let Some(number) = waiting.pop() {
            if wanted.insert(number) {
                waiting.extend(edges(&self.program, &self.statics, number));
            }
        }
        let numbers: HashMap<usize, usize> =
            wanted.iter().enumerate().map(|(new, &old)| (old, new)).collect();
        let renumber = |old: usize| numbers.get(&old).copied();
        let mut program = Program::default();
        for adt in &self.program.adts {
            let mut adt = adt.clone();
            adt.name = comment(&adt.name);
            // Of a type that no wanted function drops.
            adt.drop = adt.drop.and_then(renumber);
            program.adts.push(adt);
        }
        for &old in &wanted {
            let mut function = self.program.functions[old].clone();
            function.name = format!("f{}", numbers[&old]);
            function.title = comment(&function.title);
            for (statements, end) in &mut function.body.blocks {
                let item = |operand: &mut Operand| {
                    if let Operand::Const(Constant::Item(number, _)) = operand {
                        *number = renumber(*number).unwrap_or(usize::MAX);
                    }
                };
                for Assign(_, rvalue) in statements {
                    match rvalue {
                        Rvalue::Use(of) | Rvalue::Not(of) | Rvalue::Cast(_, of) => item(of),
                        Rvalue::Relation(_, a, b)
                        | Rvalue::Arithmetic(_, _, a, b)
                        | Rvalue::Checked(_, _, a, b) => {
                            item(a);
                            item(b);
                        }
                        Rvalue::Aggregate(_, items) => items.iter_mut().for_each(item),
                        Rvalue::Ref(_) | Rvalue::Discriminant(_) => {}
                    }
                }
                match end {
                    Terminator::Call(_, callee, args, ..) => {
                        args.iter_mut().for_each(item);
                        if let Callee::Fn(number, _) = callee {
                            *number = renumber(*number).unwrap_or(usize::MAX);
                        }
                        // All programs of the crate in one have more than are numbered; which
                        // one it is matters not to whether it has a meaning.
                        if let Callee::Lib(name, _) = callee {
                            if name.starts_with("static::") {
                                *name = "static::0";
                            }
                        }
                    }
                    Terminator::Switch(of, ..) | Terminator::Assert(of, ..) => item(of),
                    _ => {}
                }
            }
            program.functions.push(function);
        }
        program
    }
}
