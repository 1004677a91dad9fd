//! From extracted terms to typed ones: literals and lists are recognised, nested
//! matches become nested patterns, and every term learns its type, so that the
//! printer knows what may be copied and what has to be moved.

use super::ast::{Expr, Pat, Program, Ty};
use super::native;
use std::borrow::Cow;
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) ty: Ty,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Var(String),
    Int(u64),
    /// A function of the program or a native one, with all its arguments.
    Call(String, Vec<Term>),
    Ctor(String, Vec<Term>),
    List(Vec<Term>),
    Let(String, Box<Term>, Box<Term>),
    Case(Box<Term>, Vec<(TypedPat, Term)>),
    /// The name is the field's.
    Field(Box<Term>, String),
}

#[derive(Clone, Debug)]
pub(super) enum TypedPat {
    Wild,
    Var(String, Ty),
    Ctor(String, Vec<TypedPat>),
}

/// The typed body of the function `name`.
pub(super) fn body(program: &Program, name: &str) -> Result<Term, String> {
    let function = &program.functions[name];
    let body = function.body.as_ref().map_err(|message| format!("in {name}: {message}"))?;
    let mut inference = Inference { program, metas: Vec::new() };
    let mut env: Vec<(String, Ty)> =
        function.params.iter().map(|(param, ty)| (param.clone(), normal(ty))).collect();
    let term = inference
        .term(&mut env, &fuse(body.clone()))
        .and_then(|term| {
            inference.unify(&term.ty, &normal(&function.result))?;
            Ok(inference.resolve_term(term))
        })
        .map_err(|message| format!("in {name}: {message}"))?;
    Ok(term)
}

/// Words are what the integers are used for, counters included.
pub(super) fn normal(ty: &Ty) -> Ty {
    match ty {
        Ty::Con(name, _) if name == "z" || name == "nat" => Ty::Con("word".into(), Vec::new()),
        Ty::Con(name, args) => Ty::Con(name.clone(), args.iter().map(normal).collect()),
        Ty::Arrow(left, right) => Ty::Arrow(Box::new(normal(left)), Box::new(normal(right))),
        other => other.clone(),
    }
}

/// The value of a numeral, if the expression is one; an error if no word holds it.
fn numeral(expr: &Expr) -> Option<Result<u64, String>> {
    fn positive(expr: &Expr) -> Option<u128> {
        match expr {
            Expr::Ctor(name, args) => match (name.as_str(), args.as_slice()) {
                ("XH", []) => Some(1),
                ("XO", [rest]) => positive(rest)?.checked_mul(2),
                ("XI", [rest]) => positive(rest)?.checked_mul(2)?.checked_add(1),
                _ => None,
            },
            _ => None,
        }
    }
    match expr {
        Expr::Ctor(name, args) => match (name.as_str(), args.as_slice()) {
            ("Z0", []) => Some(Ok(0)),
            ("Zpos", [digits]) => {
                let value = positive(digits).and_then(|value| u64::try_from(value).ok());
                Some(value.ok_or_else(|| "a numeral that is no word".into()))
            }
            ("Zneg", _) => Some(Err("a negative numeral".into())),
            _ => None,
        },
        _ => None,
    }
}

/// `case x { C(y) => case y { … } }` becomes one match with nested patterns, if `y`
/// serves for nothing else; then what the last arms have in common becomes `_`.
fn fuse(expr: Expr) -> Expr {
    match expr {
        Expr::Apply(function, args) => {
            Expr::Apply(Box::new(fuse(*function)), args.into_iter().map(fuse).collect())
        }
        Expr::Ctor(name, args) => Expr::Ctor(name, args.into_iter().map(fuse).collect()),
        Expr::Let(name, value, body) => {
            Expr::Let(name, Box::new(fuse(*value)), Box::new(fuse(*body)))
        }
        Expr::Field(record, ctor, place) => Expr::Field(Box::new(fuse(*record)), ctor, place),
        Expr::Case(scrutinee, arms) => {
            let arms = arms.into_iter().flat_map(|(pat, body)| fuse_arm(pat, fuse(body)));
            let arms = arms.map(|(pat, body)| (forget_unused(pat, &body), body)).collect();
            Expr::Case(Box::new(fuse(*scrutinee)), share_last(arms))
        }
        other => other,
    }
}

/// A match of a counter on `O` and `S(m)` is one of what taking 1 away gives on `None`
/// and `Some(m)`.
fn count_down(scrutinee: Term, arms: &[(Pat, Expr)]) -> (Term, Cow<'_, [(Pat, Expr)]>) {
    let [(Pat::Ctor(zero, none), done), (Pat::Ctor(more, some), go_on)] = arms else {
        return (scrutinee, Cow::Borrowed(arms));
    };
    if zero != "O" || more != "S" {
        return (scrutinee, Cow::Borrowed(arms));
    }
    let word = scrutinee.ty.clone();
    let one = Term { ty: word.clone(), kind: Kind::Int(1) };
    let less = Term {
        ty: Ty::Con("option".into(), vec![word]),
        kind: Kind::Call("word_checked_sub".into(), vec![scrutinee, one]),
    };
    let arm = |ctor: &str, subs: &[Pat], body: &Expr| {
        (Pat::Ctor(ctor.into(), subs.to_vec()), body.clone())
    };
    (less, Cow::Owned(vec![arm("None", none, done), arm("Some", some, go_on)]))
}

fn fuse_arm(pat: Pat, body: Expr) -> Vec<(Pat, Expr)> {
    if let Expr::Case(scrutinee, inner) = &body {
        if let Expr::Var(var) = scrutinee.as_ref() {
            let used = inner.iter().any(|(_, body)| mentions(body, var));
            if !used && binds(&pat, var) {
                return inner
                    .iter()
                    .map(|(sub, body)| (replace(&pat, var, sub), body.clone()))
                    .collect();
            }
        }
    }
    vec![(pat, body)]
}

fn share_last(mut arms: Vec<(Pat, Expr)>) -> Vec<(Pat, Expr)> {
    let Some((last, shared)) = arms.last().cloned() else { return arms };
    let same = |(pat, body): &(Pat, Expr)| binds_nothing(pat) && *body == shared;
    if binds_nothing(&last) && arms.iter().filter(|arm| same(arm)).count() > 1 {
        arms.retain(|arm| !same(arm));
        arms.push((Pat::Wild, shared));
    }
    arms
}

fn forget_unused(pat: Pat, body: &Expr) -> Pat {
    match pat {
        Pat::Var(name) if !mentions(body, &name) => Pat::Wild,
        Pat::Ctor(name, subs) => {
            Pat::Ctor(name, subs.into_iter().map(|sub| forget_unused(sub, body)).collect())
        }
        other => other,
    }
}

fn binds(pat: &Pat, var: &str) -> bool {
    match pat {
        Pat::Wild => false,
        Pat::Var(name) => name == var,
        Pat::Ctor(_, subs) => subs.iter().any(|sub| binds(sub, var)),
    }
}

fn binds_nothing(pat: &Pat) -> bool {
    match pat {
        Pat::Wild => true,
        Pat::Var(_) => false,
        Pat::Ctor(_, subs) => subs.iter().all(binds_nothing),
    }
}

fn replace(pat: &Pat, var: &str, by: &Pat) -> Pat {
    match pat {
        Pat::Wild => Pat::Wild,
        Pat::Var(name) if name == var => by.clone(),
        Pat::Var(name) => Pat::Var(name.clone()),
        Pat::Ctor(name, subs) => {
            Pat::Ctor(name.clone(), subs.iter().map(|sub| replace(sub, var, by)).collect())
        }
    }
}

/// Whether `var` occurs at all; a shadowed occurrence counts, which only fuses less.
fn mentions(expr: &Expr, var: &str) -> bool {
    match expr {
        Expr::Var(name) => name == var,
        Expr::Global(_) => false,
        Expr::Apply(function, args) => {
            mentions(function, var) || args.iter().any(|arg| mentions(arg, var))
        }
        Expr::Ctor(_, args) => args.iter().any(|arg| mentions(arg, var)),
        Expr::Let(_, value, body) => mentions(value, var) || mentions(body, var),
        Expr::Case(scrutinee, arms) => {
            mentions(scrutinee, var) || arms.iter().any(|(_, body)| mentions(body, var))
        }
        Expr::Field(record, _, _) => mentions(record, var),
    }
}

struct Inference<'a> {
    program: &'a Program,
    metas: Vec<Option<Ty>>,
}

impl Inference<'_> {
    fn fresh(&mut self) -> Ty {
        self.metas.push(None);
        Ty::Meta(self.metas.len() - 1)
    }

    fn resolve(&self, ty: &Ty) -> Ty {
        match ty {
            Ty::Meta(n) => self.metas[*n].as_ref().map_or(Ty::Meta(*n), |ty| self.resolve(ty)),
            Ty::Con(name, args) => {
                Ty::Con(name.clone(), args.iter().map(|arg| self.resolve(arg)).collect())
            }
            other => other.clone(),
        }
    }

    fn unify(&mut self, left: &Ty, right: &Ty) -> Result<(), String> {
        match (self.resolve(left), self.resolve(right)) {
            (Ty::Meta(n), Ty::Meta(m)) if n == m => Ok(()),
            (Ty::Meta(n), ty) | (ty, Ty::Meta(n)) => {
                self.metas[n] = Some(ty);
                Ok(())
            }
            (Ty::Con(name, args), Ty::Con(other, others))
                if name == other && args.len() == others.len() =>
            {
                args.iter().zip(&others).try_for_each(|(left, right)| self.unify(left, right))
            }
            (left, right) => Err(format!("{left:?} where {right:?} is wanted")),
        }
    }

    /// The types of a constructor's arguments, and of what it makes.
    fn instantiate(&mut self, ctor: &str) -> Result<(Vec<Ty>, Ty), String> {
        let program = self.program;
        let (inductive, place) =
            program.ctors.get(ctor).ok_or_else(|| format!("no constructor {ctor}"))?;
        let inductive = &program.inductives[inductive];
        let args: Vec<Ty> = inductive.params.iter().map(|_| self.fresh()).collect();
        let types = inductive.ctors[*place]
            .1
            .iter()
            .map(|ty| substitute(&normal(ty), &inductive.params, &args))
            .collect();
        Ok((types, Ty::Con(inductive.name.clone(), args)))
    }

    fn terms(
        &mut self,
        env: &mut Vec<(String, Ty)>,
        args: &[Expr],
        types: &[Ty],
        of: &str,
    ) -> Result<Vec<Term>, String> {
        if args.len() != types.len() {
            return Err(format!("{of} takes {} arguments, not {}", types.len(), args.len()));
        }
        let mut terms = Vec::new();
        for (arg, ty) in args.iter().zip(types) {
            let term = self.term(env, arg)?;
            self.unify(&term.ty, ty)?;
            terms.push(term);
        }
        Ok(terms)
    }

    fn call(
        &mut self,
        env: &mut Vec<(String, Ty)>,
        name: &str,
        args: &[Expr],
    ) -> Result<Term, String> {
        let function =
            self.program.functions.get(name).ok_or_else(|| format!("no function {name}"))?;
        if native::find(name).is_none() && function.params.len() != args.len() {
            return Err(format!("{name} is not applied to all its arguments"));
        }
        // A native function may have been extracted with fewer binders than it takes.
        let mut types: Vec<Ty> = function.params.iter().map(|(_, ty)| normal(ty)).collect();
        let mut result = normal(&function.result);
        while let Ty::Arrow(left, right) = result {
            types.push(*left);
            result = *right;
        }
        let mut highest = 0;
        types.iter().chain([&result]).for_each(|ty| highest = highest.max(last_param(ty)));
        let fresh: Vec<Ty> = (0..highest).map(|_| self.fresh()).collect();
        let types: Vec<Ty> = types.iter().map(|ty| substitute(ty, &[], &fresh)).collect();
        let terms = self.terms(env, args, &types, name)?;
        Ok(Term { ty: substitute(&result, &[], &fresh), kind: Kind::Call(name.into(), terms) })
    }

    fn term(&mut self, env: &mut Vec<(String, Ty)>, expr: &Expr) -> Result<Term, String> {
        if let Some(value) = numeral(expr) {
            return Ok(Term { ty: Ty::Con("word".into(), Vec::new()), kind: Kind::Int(value?) });
        }
        match expr {
            Expr::Var(name) => {
                let found = env.iter().rev().find(|(var, _)| var == name);
                let ty = found.map(|(_, ty)| ty.clone());
                let ty = ty.ok_or_else(|| format!("no variable {name}"))?;
                Ok(Term { ty, kind: Kind::Var(name.clone()) })
            }
            Expr::Global(name) => self.call(env, name, &[]),
            Expr::Apply(function, args) => match function.as_ref() {
                Expr::Global(name) => self.call(env, name, args),
                _ => Err("a function that is not a constant is applied".into()),
            },
            Expr::Ctor(name, args) if name == "Nil" || name == "Cons" => self.list(env, name, args),
            Expr::Ctor(name, args) => {
                let (types, ty) = self.instantiate(name)?;
                let terms = self.terms(env, args, &types, name)?;
                Ok(Term { ty, kind: Kind::Ctor(name.clone(), terms) })
            }
            Expr::Let(name, value, body) => {
                let value = self.term(env, value)?;
                env.push((name.clone(), value.ty.clone()));
                let body = self.term(env, body);
                env.pop();
                let body = body?;
                let ty = body.ty.clone();
                Ok(Term { ty, kind: Kind::Let(name.clone(), Box::new(value), Box::new(body)) })
            }
            Expr::Field(record, ctor, place) => {
                let record = self.term(env, record)?;
                let (types, ty) = self.instantiate(ctor)?;
                self.unify(&record.ty, &ty)?;
                let inductive = &self.program.inductives[&self.program.ctors[ctor].0];
                let fields = inductive.fields.as_ref().ok_or("a record without projections")?;
                let field = super::names::field(fields, *place);
                Ok(Term { ty: types[*place].clone(), kind: Kind::Field(Box::new(record), field) })
            }
            Expr::Case(scrutinee, arms) => {
                let scrutinee = self.term(env, scrutinee)?;
                let (scrutinee, arms) = count_down(scrutinee, arms);
                let ty = self.fresh();
                let mut typed = Vec::new();
                for (pat, body) in arms.iter() {
                    let depth = env.len();
                    let pat = self.pattern(env, pat, &scrutinee.ty)?;
                    let body = self.term(env, body)?;
                    env.truncate(depth);
                    self.unify(&body.ty, &ty)?;
                    typed.push((pat, body));
                }
                Ok(Term { ty, kind: Kind::Case(Box::new(scrutinee), typed) })
            }
        }
    }

    /// Only lists whose length is known: models tell events, they do not compute with them.
    fn list(
        &mut self,
        env: &mut Vec<(String, Ty)>,
        name: &str,
        args: &[Expr],
    ) -> Result<Term, String> {
        let item_type = self.fresh();
        let mut items = Vec::new();
        let (mut name, mut args) = (name, args);
        loop {
            match (name, args) {
                ("Nil", []) => break,
                ("Cons", [head, Expr::Ctor(next, rest)]) => {
                    let head = self.term(env, head)?;
                    self.unify(&head.ty, &item_type)?;
                    items.push(head);
                    (name, args) = (next, rest);
                }
                _ => return Err("a list that is not written out".into()),
            }
        }
        Ok(Term { ty: Ty::Con("list".into(), vec![item_type]), kind: Kind::List(items) })
    }

    fn pattern(
        &mut self,
        env: &mut Vec<(String, Ty)>,
        pat: &Pat,
        ty: &Ty,
    ) -> Result<TypedPat, String> {
        match pat {
            Pat::Wild => Ok(TypedPat::Wild),
            Pat::Var(name) => {
                env.push((name.clone(), ty.clone()));
                Ok(TypedPat::Var(name.clone(), ty.clone()))
            }
            Pat::Ctor(name, subs) => {
                if ["Z0", "Zpos", "Zneg", "Nil", "Cons", "O", "S"].contains(&name.as_str()) {
                    return Err(format!(
                        "a match on {name}: numbers and lists are not taken apart"
                    ));
                }
                let (types, made) = self.instantiate(name)?;
                self.unify(&made, ty)?;
                let mut typed = Vec::new();
                for (sub, ty) in subs.iter().zip(&types) {
                    typed.push(self.pattern(env, sub, ty)?);
                }
                Ok(TypedPat::Ctor(name.clone(), typed))
            }
        }
    }

    fn resolve_term(&self, term: Term) -> Term {
        let ty = self.resolve(&term.ty);
        let all =
            |terms: Vec<Term>| terms.into_iter().map(|term| self.resolve_term(term)).collect();
        let boxed = |term: Box<Term>| Box::new(self.resolve_term(*term));
        let kind = match term.kind {
            Kind::Var(_) | Kind::Int(_) => term.kind,
            Kind::Call(name, args) => Kind::Call(name, all(args)),
            Kind::Ctor(name, args) => Kind::Ctor(name, all(args)),
            Kind::List(items) => Kind::List(all(items)),
            Kind::Let(name, value, body) => Kind::Let(name, boxed(value), boxed(body)),
            Kind::Field(record, name) => Kind::Field(boxed(record), name),
            Kind::Case(scrutinee, arms) => Kind::Case(
                boxed(scrutinee),
                arms.into_iter()
                    .map(|(pat, body)| (self.resolve_pattern(pat), self.resolve_term(body)))
                    .collect(),
            ),
        };
        Term { ty, kind }
    }

    fn resolve_pattern(&self, pat: TypedPat) -> TypedPat {
        match pat {
            TypedPat::Wild => TypedPat::Wild,
            TypedPat::Var(name, ty) => TypedPat::Var(name, self.resolve(&ty)),
            TypedPat::Ctor(name, subs) => {
                let subs = subs.into_iter().map(|sub| self.resolve_pattern(sub)).collect();
                TypedPat::Ctor(name, subs)
            }
        }
    }
}

fn last_param(ty: &Ty) -> usize {
    match ty {
        Ty::Param(n) => *n,
        Ty::Con(_, args) => args.iter().map(last_param).max().unwrap_or(0),
        Ty::Arrow(left, right) => last_param(left).max(last_param(right)),
        Ty::Named(_) | Ty::Meta(_) => 0,
    }
}

/// Type parameters, by name or by place, become `args`.
fn substitute(ty: &Ty, names: &[String], args: &[Ty]) -> Ty {
    match ty {
        Ty::Param(n) => args[n - 1].clone(),
        Ty::Named(name) => names
            .iter()
            .position(|other| other == name)
            .map_or_else(|| ty.clone(), |place| args[place].clone()),
        Ty::Con(name, inner) => {
            Ty::Con(name.clone(), inner.iter().map(|ty| substitute(ty, names, args)).collect())
        }
        other => other.clone(),
    }
}

/// The functions and types that a term mentions.
pub(super) fn mentioned(
    term: &Term,
    functions: &mut BTreeSet<String>,
    types: &mut BTreeSet<String>,
) {
    types_of(&term.ty, types);
    match &term.kind {
        Kind::Var(_) | Kind::Int(_) => {}
        Kind::Call(name, args) => {
            if native::find(name).is_none() {
                functions.insert(name.clone());
            }
            args.iter().for_each(|arg| mentioned(arg, functions, types));
        }
        Kind::Ctor(_, args) | Kind::List(args) => {
            args.iter().for_each(|arg| mentioned(arg, functions, types));
        }
        Kind::Let(_, value, body) => {
            mentioned(value, functions, types);
            mentioned(body, functions, types);
        }
        Kind::Case(scrutinee, arms) => {
            mentioned(scrutinee, functions, types);
            arms.iter().for_each(|(_, body)| mentioned(body, functions, types));
        }
        Kind::Field(record, _) => mentioned(record, functions, types),
    }
}

/// The types whose names a term's text has: those of its constructors and patterns.
pub(super) fn written(program: &Program, term: &Term, types: &mut BTreeSet<String>) {
    fn pattern(program: &Program, pat: &TypedPat, types: &mut BTreeSet<String>) {
        if let TypedPat::Ctor(name, subs) = pat {
            types.extend(program.ctors.get(name).map(|(inductive, _)| inductive.clone()));
            subs.iter().for_each(|sub| pattern(program, sub, types));
        }
    }
    match &term.kind {
        Kind::Var(_) | Kind::Int(_) => {}
        Kind::Ctor(name, args) => {
            types.extend(program.ctors.get(name).map(|(inductive, _)| inductive.clone()));
            args.iter().for_each(|arg| written(program, arg, types));
        }
        Kind::Call(_, args) | Kind::List(args) => {
            args.iter().for_each(|arg| written(program, arg, types));
        }
        Kind::Let(_, value, body) => {
            written(program, value, types);
            written(program, body, types);
        }
        Kind::Case(scrutinee, arms) => {
            written(program, scrutinee, types);
            for (pat, body) in arms {
                pattern(program, pat, types);
                written(program, body, types);
            }
        }
        Kind::Field(record, _) => written(program, record, types),
    }
}

pub(super) fn types_of(ty: &Ty, types: &mut BTreeSet<String>) {
    if let Ty::Con(name, args) = ty {
        types.insert(name.clone());
        args.iter().for_each(|arg| types_of(arg, types));
    }
}
