//! Prints typed terms as Rust.
//!
//! States are owned: a function that changes one takes it and gives it back, so
//! that a vector inside is updated in place. Whether a parameter is owned or
//! borrowed is found by looking at what the body does with it ([`Modes`]). A value
//! that is neither `Copy` nor at its last use has to be cloned; no model needs
//! that today, and [`Printer::clones`] counts it.

use super::ast::{Program, Ty};
use super::names;
use super::native::{self, Native};
use super::typed::{Kind, Term, TypedPat};
use std::collections::{BTreeMap, BTreeSet};

/// A variable and a path of fields below it.
type Place = (String, Vec<String>);

/// Whether each parameter of each function is owned (or copied).
pub(super) type Modes = BTreeMap<String, Vec<bool>>;

fn place(term: &Term) -> Option<Place> {
    match &term.kind {
        Kind::Var(name) => Some((name.clone(), Vec::new())),
        Kind::Field(record, field) => {
            let (root, mut path) = place(record)?;
            path.push(field.clone());
            Some((root, path))
        }
        _ => None,
    }
}

fn overlap(left: &Place, right: &Place) -> bool {
    left.0 == right.0 && left.1.iter().zip(&right.1).all(|(left, right)| left == right)
}

/// Every place that a term uses.
fn uses(term: &Term, out: &mut BTreeSet<Place>) {
    if let Some(place) = place(term) {
        out.insert(place);
        return;
    }
    match &term.kind {
        Kind::Var(_) | Kind::Int(_) => {}
        Kind::Call(_, args) | Kind::Ctor(_, args) | Kind::List(args) => {
            args.iter().for_each(|arg| uses(arg, out));
        }
        Kind::Let(name, value, body) => {
            let mut inner = BTreeSet::new();
            uses(body, &mut inner);
            out.extend(inner.into_iter().filter(|place| place.0 != *name));
            uses(value, out);
        }
        Kind::Case(scrutinee, arms) => {
            uses(scrutinee, out);
            out.extend(uses_of_arms(arms));
        }
        Kind::Field(record, _) => uses(record, out),
    }
}

fn uses_of_arms(arms: &[(TypedPat, Term)]) -> BTreeSet<Place> {
    let mut out = BTreeSet::new();
    for (pat, body) in arms {
        let mut inner = BTreeSet::new();
        uses(body, &mut inner);
        let bound = bound(pat);
        out.extend(
            inner.into_iter().filter(|place| bound.iter().all(|(name, _)| *name != place.0)),
        );
    }
    out
}

fn bound(pat: &TypedPat) -> Vec<(String, Ty)> {
    match pat {
        TypedPat::Wild => Vec::new(),
        TypedPat::Var(name, ty) => vec![(name.clone(), ty.clone())],
        TypedPat::Ctor(_, subs) => subs.iter().flat_map(bound).collect(),
    }
}

/// Whether values of a type are `Copy`.
pub(super) fn is_copy(program: &Program, ty: &Ty) -> bool {
    match ty {
        Ty::Con(name, args) => match name.as_str() {
            "word" | "bool" => true,
            "list" | "table" => false,
            _ => {
                let inductive = program.inductives.get(name);
                args.iter().all(|arg| is_copy(program, arg))
                    && inductive.is_some_and(|inductive| {
                        let mut types = inductive.ctors.iter().flat_map(|(_, types)| types);
                        types.all(|ty| is_copy(program, &super::typed::normal(ty)))
                    })
            }
        },
        // A type parameter: its arguments were looked at.
        _ => true,
    }
}

/// The variables a term moves from.
fn moved(program: &Program, modes: &Modes, term: &Term, owned: bool, out: &mut BTreeSet<String>) {
    if let Some((root, _)) = place(term) {
        if owned && !is_copy(program, &term.ty) {
            out.insert(root);
        }
        return;
    }
    match &term.kind {
        Kind::Var(_) | Kind::Int(_) => {}
        Kind::Call(name, args) => {
            for (place, arg) in args.iter().enumerate() {
                moved(program, modes, arg, takes_owned(modes, name, place), out);
            }
        }
        Kind::Ctor(_, args) | Kind::List(args) => {
            args.iter().for_each(|arg| moved(program, modes, arg, true, out));
        }
        Kind::Let(_, value, body) => {
            moved(program, modes, value, true, out);
            moved(program, modes, body, true, out);
        }
        Kind::Case(scrutinee, arms) => {
            moved(program, modes, scrutinee, moves_out(program, arms), out);
            arms.iter().for_each(|(_, body)| moved(program, modes, body, true, out));
        }
        Kind::Field(record, _) => moved(program, modes, record, true, out),
    }
}

/// Whether a match binds something that it has to move.
fn moves_out(program: &Program, arms: &[(TypedPat, Term)]) -> bool {
    arms.iter().flat_map(|(pat, _)| bound(pat)).any(|(_, ty)| !is_copy(program, &ty))
}

fn takes_owned(modes: &Modes, name: &str, place: usize) -> bool {
    match native::find(name) {
        Some(Native::Function(borrowed)) => place >= borrowed,
        Some(_) => true,
        None => modes[name][place],
    }
}

/// Finds the modes of all functions: a parameter is borrowed unless something
/// moves from it.
pub(super) fn modes(program: &Program, bodies: &BTreeMap<String, Term>) -> Modes {
    let mut modes: Modes = bodies
        .keys()
        .map(|name| {
            let params = &program.functions[name].params;
            let owned = params.iter().map(|(_, ty)| is_copy(program, &super::typed::normal(ty)));
            (name.clone(), owned.collect())
        })
        .collect();
    loop {
        let mut changed = false;
        for (name, body) in bodies {
            let mut out = BTreeSet::new();
            moved(program, &modes, body, true, &mut out);
            for (place, (param, _)) in program.functions[name].params.iter().enumerate() {
                if out.contains(param) && !modes[name][place] {
                    changed = true;
                    modes.entry(name.clone()).and_modify(|owned| owned[place] = true);
                }
            }
        }
        if !changed {
            return modes;
        }
    }
}

pub(super) struct Printer<'a> {
    pub(super) program: &'a Program,
    pub(super) modes: &'a Modes,
    /// How many values had to be cloned.
    pub(super) clones: usize,
    /// The parameters of the current function that are references.
    references: BTreeSet<String>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(program: &'a Program, modes: &'a Modes) -> Self {
        Printer { program, modes, clones: 0, references: BTreeSet::new() }
    }

    pub(super) fn ty(&self, ty: &Ty) -> String {
        let all = |args: &[Ty]| args.iter().map(|arg| self.ty(arg)).collect::<Vec<_>>().join(", ");
        match ty {
            Ty::Con(name, args) => match name.as_str() {
                "word" | "z" => "u64".into(),
                "bool" => "bool".into(),
                "option" => format!("Option<{}>", all(args)),
                "list" => format!("Vec<{}>", all(args)),
                "table" => format!("Table<{}>", all(args)),
                "prod" => format!("({})", all(args)),
                _ if args.is_empty() => names::camel(name),
                _ => format!("{}<{}>", names::camel(name), all(args)),
            },
            Ty::Named(name) => name.clone(),
            other => format!("{other:?}"),
        }
    }

    /// The declaration of an inductive type: a struct if it is a record.
    pub(super) fn inductive(&self, name: &str) -> Result<String, String> {
        let inductive = &self.program.inductives[name];
        if !inductive.params.is_empty() {
            return Err(format!("{name}: types with parameters are not supported"));
        }
        let copy = is_copy(self.program, &Ty::Con(name.into(), Vec::new()));
        let derives = if copy { "Clone, Copy" } else { "Clone" };
        let rust = names::camel(name);
        let mut text =
            format!("/// `{name}` of the model.\n#[derive({derives}, Debug, PartialEq, Eq)]\n");
        if let Some(fields) = &inductive.fields {
            text += &format!("pub struct {rust} {{\n");
            for (place, ty) in inductive.ctors[0].1.iter().enumerate() {
                let field = names::field(fields, place);
                text += &format!("/// `{}`.\npub {field}: {},\n", fields[place], self.ty(ty));
            }
        } else {
            text += &format!("pub enum {rust} {{\n");
            for (ctor, types) in &inductive.ctors {
                let variant = self.variant(ctor);
                let types: Vec<String> = types.iter().map(|ty| self.ty(ty)).collect();
                let types = types.join(", ");
                text += &format!("/// `{ctor}`.\n{variant}");
                text += &if types.is_empty() { ",\n".into() } else { format!("({types}),\n") };
            }
        }
        Ok(text + "}\n")
    }

    pub(super) fn variant(&self, ctor: &str) -> String {
        let (inductive, place) = &self.program.ctors[ctor];
        let ctors = &self.program.inductives[inductive].ctors;
        let names: Vec<&str> = ctors.iter().map(|(name, _)| name.as_str()).collect();
        names::variant(&names, *place)
    }

    pub(super) fn function(&mut self, name: &str, body: &Term) -> Result<String, String> {
        let function = &self.program.functions[name];
        let result = self.ty(&super::typed::normal(&function.result));
        let doc = format!("/// `{name}` of the model.\n");
        self.references.clear();
        if self.is_constant(name) {
            let value = self.value(body, &BTreeSet::new());
            return Ok(format!("{doc}pub const {}: {result} = {value};\n", name.to_uppercase()));
        }
        let mut params = Vec::new();
        for ((param, ty), owned) in function.params.iter().zip(&self.modes[name]) {
            let borrow = if *owned { "" } else { "&" };
            if !owned {
                self.references.insert(param.clone());
            }
            params.push(format!("{param}: {borrow}{}", self.ty(&super::typed::normal(ty))));
        }
        let body = self.block(body, &BTreeSet::new());
        Ok(format!(
            "{doc}#[must_use]\npub fn {name}({}) -> {result} {{\n{body}\n}}\n",
            params.join(", ")
        ))
    }

    /// A function without parameters whose value is `Copy` is a `const`.
    pub(super) fn is_constant(&self, name: &str) -> bool {
        let function = &self.program.functions[name];
        function.params.is_empty() && is_copy(self.program, &super::typed::normal(&function.result))
    }

    /// A term as the inside of a block: `let`s, then a value.
    fn block(&mut self, term: &Term, after: &BTreeSet<Place>) -> String {
        match &term.kind {
            Kind::Let(name, value, body) => {
                let mut later = after.clone();
                uses(body, &mut later);
                later.retain(|place| place.0 != *name);
                let value = self.value(value, &later);
                format!("let {name} = {value};\n{}", self.block(body, after))
            }
            Kind::Case(scrutinee, arms) if arms.len() == 1 => {
                let scrutinee = self.scrutinee(scrutinee, arms, after);
                let (pat, body) = &arms[0];
                format!("let {} = {scrutinee};\n{}", self.pattern(pat), self.block(body, after))
            }
            _ => self.value(term, after),
        }
    }

    fn braced(&mut self, term: &Term, after: &BTreeSet<Place>) -> String {
        let text = self.block(term, after);
        let plain = !matches!(&term.kind, Kind::Let(..))
            && !matches!(&term.kind, Kind::Case(_, arms) if arms.len() == 1);
        if plain { text } else { format!("{{\n{text}\n}}") }
    }

    /// A term in the position of a value, before the places `after` are used.
    fn value(&mut self, term: &Term, after: &BTreeSet<Place>) -> String {
        if let Some(used) = place(term) {
            let text = path(&used);
            if is_copy(self.program, &term.ty) {
                return text;
            }
            let last = !after.iter().any(|later| overlap(&used, later));
            if last && !self.references.contains(&used.0) {
                return text;
            }
            self.clones += 1;
            return format!("{text}.clone()");
        }
        match &term.kind {
            Kind::Int(value) => names::word(*value),
            Kind::Call(name, args) => self.call(name, args, after),
            Kind::Ctor(name, args) => self.ctor(name, args, after),
            Kind::List(items) if items.is_empty() => "Vec::new()".into(),
            Kind::List(items) => {
                let items = self.sequence(items, after, |_| true).join(", ");
                format!("vec![{items}]")
            }
            Kind::Field(record, field) => format!("{}.{field}", self.value(record, after)),
            Kind::Case(scrutinee, arms) if arms.len() > 1 => self.case(scrutinee, arms, after),
            Kind::Let(..) | Kind::Case(..) => format!("{{\n{}\n}}", self.block(term, after)),
            Kind::Var(name) => name.clone(),
        }
    }

    /// Terms evaluated from left to right; `owned` tells which are moved.
    fn sequence(
        &mut self,
        terms: &[Term],
        after: &BTreeSet<Place>,
        owned: impl Fn(usize) -> bool,
    ) -> Vec<String> {
        let mut texts = Vec::new();
        for (at, term) in terms.iter().enumerate() {
            let mut later = after.clone();
            terms[at + 1..].iter().for_each(|term| uses(term, &mut later));
            texts.push(if owned(at) { self.value(term, &later) } else { self.borrowed(term) });
        }
        texts
    }

    fn borrowed(&mut self, term: &Term) -> String {
        match place(term) {
            Some(used) if used.1.is_empty() && self.references.contains(&used.0) => used.0,
            Some(used) => format!("&{}", path(&used)),
            None => format!("&{}", self.value(term, &BTreeSet::new())),
        }
    }

    fn call(&mut self, name: &str, args: &[Term], after: &BTreeSet<Place>) -> String {
        let modes = self.modes;
        let texts = self.sequence(args, after, |at| takes_owned(modes, name, at));
        match native::find(name) {
            Some(Native::Constant(text)) => text.into(),
            Some(Native::Infix(operator)) => format!("{} {operator} {}", texts[0], texts[1]),
            Some(Native::Method(method)) => format!("{}.{method}({})", texts[0], texts[1]),
            Some(Native::Identity) => texts[0].clone(),
            None if self.is_constant(name) => name.to_uppercase(),
            Some(Native::Function(_)) | None => format!("{name}({})", texts.join(", ")),
        }
    }

    fn ctor(&mut self, name: &str, args: &[Term], after: &BTreeSet<Place>) -> String {
        let texts = self.sequence(args, after, |_| true);
        match name {
            "True" => return "true".into(),
            "False" => return "false".into(),
            "None" => return "None".into(),
            "Some" => return format!("Some({})", texts[0]),
            "Pair" => return format!("({})", texts.join(", ")),
            _ => {}
        }
        let inductive = &self.program.inductives[&self.program.ctors[name].0];
        let rust = names::camel(&inductive.name);
        if let Some(fields) = &inductive.fields {
            let fields: Vec<String> = texts
                .iter()
                .enumerate()
                .map(|(place, text)| {
                    let field = names::field(fields, place);
                    if *text == field { field } else { format!("{field}: {text}") }
                })
                .collect();
            return format!("{rust} {{ {} }}", fields.join(", "));
        }
        let variant = self.variant(name);
        if texts.is_empty() {
            format!("{rust}::{variant}")
        } else {
            format!("{rust}::{variant}({})", texts.join(", "))
        }
    }

    /// What is matched on. A match that binds only what may be copied does not
    /// move from the place it looks at.
    fn scrutinee(
        &mut self,
        scrutinee: &Term,
        arms: &[(TypedPat, Term)],
        after: &BTreeSet<Place>,
    ) -> String {
        if let Some(used) = place(scrutinee) {
            if !moves_out(self.program, arms) {
                let whole = used.1.is_empty() && self.references.contains(&used.0);
                return if whole { format!("*{}", used.0) } else { path(&used) };
            }
        }
        let mut later = after.clone();
        later.extend(uses_of_arms(arms));
        self.value(scrutinee, &later)
    }

    fn case(
        &mut self,
        scrutinee: &Term,
        arms: &[(TypedPat, Term)],
        after: &BTreeSet<Place>,
    ) -> String {
        let text = self.scrutinee(scrutinee, arms, after);
        if let [(TypedPat::Ctor(first, _), yes), (_, no)] = arms {
            if first == "True" || first == "False" {
                let (yes, no) = if first == "True" { (yes, no) } else { (no, yes) };
                let (yes, no) = (self.block(yes, after), self.braced_else(no, after));
                return format!("if {text} {{\n{yes}\n}} else {no}");
            }
        }
        let mut arms_text = String::new();
        for (pat, body) in arms {
            let body = self.braced(body, after);
            arms_text += &format!("{} => {body},\n", self.pattern(pat));
        }
        format!("match {text} {{\n{arms_text}}}")
    }

    fn braced_else(&mut self, term: &Term, after: &BTreeSet<Place>) -> String {
        let text = self.block(term, after);
        if text.starts_with("if ") { text } else { format!("{{\n{text}\n}}") }
    }

    fn pattern(&self, pat: &TypedPat) -> String {
        match pat {
            TypedPat::Wild => "_".into(),
            TypedPat::Var(name, _) => name.clone(),
            TypedPat::Ctor(name, subs) => {
                let texts: Vec<String> = subs.iter().map(|sub| self.pattern(sub)).collect();
                match name.as_str() {
                    "True" => return "true".into(),
                    "False" => return "false".into(),
                    "None" => return "None".into(),
                    "Some" => return format!("Some({})", texts[0]),
                    "Pair" => return format!("({})", texts.join(", ")),
                    _ => {}
                }
                let inductive = &self.program.inductives[&self.program.ctors[name].0];
                let rust = names::camel(&inductive.name);
                if let Some(fields) = &inductive.fields {
                    let fields: Vec<String> = texts
                        .iter()
                        .enumerate()
                        .filter(|(_, text)| *text != "_")
                        .map(|(place, text)| format!("{}: {text}", names::field(fields, place)))
                        .collect();
                    return format!("{rust} {{ {}, .. }}", fields.join(", "));
                }
                let variant = self.variant(name);
                if texts.is_empty() {
                    format!("{rust}::{variant}")
                } else {
                    format!("{rust}::{variant}({})", texts.join(", "))
                }
            }
        }
    }
}

fn path((root, fields): &Place) -> String {
    fields.iter().fold(root.clone(), |text, field| format!("{text}.{field}"))
}
