//! What an extraction to JSON declares, of programs of any shape: functions may take
//! functions and be applied to some of their arguments.

use crate::json::{Json, Members};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ty {
    Con(String, Vec<Ty>),
    /// A type parameter: of a function by its place, of an inductive type by its name.
    Param(String),
    Arrow(Box<Ty>, Box<Ty>),
    /// What extraction has no type for.
    Unknown,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pat {
    Wild,
    Var(String),
    Ctor(String, Vec<Option<String>>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Var(String),
    Global(String),
    Apply(Box<Expr>, Vec<Expr>),
    Ctor(String, Vec<Expr>),
    Let(String, Box<Expr>, Box<Expr>),
    Case(Box<Expr>, Vec<(Pat, Expr)>),
    Lambda(Vec<String>, Box<Expr>),
    /// A local recursive function.
    Fix(String, Vec<String>, Box<Expr>),
    /// Not in the language, with the reason: an error once it is reached.
    Bad(String),
}

#[derive(Debug)]
pub(super) struct Inductive {
    pub(super) params: Vec<String>,
    pub(super) ctors: Vec<(String, Vec<Ty>)>,
    /// The projections, if it is a record whose projections were extracted.
    pub(super) fields: Option<Vec<String>>,
}

#[derive(Debug)]
pub(super) struct Function {
    pub(super) params: Vec<(String, Ty)>,
    pub(super) result: Ty,
    pub(super) body: Expr,
}

/// Everything that was extracted, by name.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) inductives: BTreeMap<String, Inductive>,
    /// The inductive type of each constructor, and the constructor's place in it.
    pub(super) ctors: BTreeMap<String, (String, usize)>,
    pub(super) functions: BTreeMap<String, Function>,
    abbreviations: BTreeMap<String, (Vec<String>, Ty)>,
    /// The order of declaration, which is one of dependency.
    pub(super) order: Vec<String>,
}

impl Program {
    pub(super) fn read(json: &Json) -> Result<Self, String> {
        let mut program = Program::default();
        let declarations = json.array("declarations")?;
        for declaration in declarations {
            program.declare(declaration)?;
        }
        program.name_fields();
        let passes_on: BTreeSet<String> = program
            .functions
            .iter()
            .filter(|(_, function)| function.passes_on())
            .map(|(name, _)| name.clone())
            .collect();
        for function in program.functions.values_mut() {
            let body = std::mem::replace(&mut function.body, Expr::Bad(String::new()));
            function.body = simplify(body, &passes_on);
        }
        Ok(program)
    }

    fn declare(&mut self, json: &Json) -> Result<(), String> {
        match json.text("what")? {
            "decl:ind" => {
                let name = json.text("name")?.to_owned();
                let mut ctors = Vec::new();
                for (place, ctor) in json.array("constructors")?.iter().enumerate() {
                    let ctor_name = ctor.text("name")?.to_owned();
                    let types = ctor.array("argtypes")?.iter().map(|x| self.ty(x));
                    let types = types.collect::<Result<_, _>>()?;
                    if self.ctors.insert(ctor_name.clone(), (name.clone(), place)).is_some() {
                        return Err(format!("two constructors are called {ctor_name}"));
                    }
                    ctors.push((ctor_name, types));
                }
                let params = json.names("argnames")?;
                self.order.push(name.clone());
                self.inductives.insert(name, Inductive { params, ctors, fields: None });
                Ok(())
            }
            "decl:type" => {
                let value = (json.names("argnames")?, self.ty(json.member("value")?)?);
                self.abbreviations.insert(json.text("name")?.to_owned(), value);
                Ok(())
            }
            "decl:term" => self.function(json),
            "decl:fixgroup" => json.array("fixlist")?.iter().try_for_each(|x| self.function(x)),
            other => Err(format!("a declaration of the kind {other:?}")),
        }
    }

    /// Every function takes all the arguments that its type has.
    fn function(&mut self, json: &Json) -> Result<(), String> {
        let name = json.text("name")?.to_owned();
        let mut result = self.ty(json.member("type")?)?;
        let (mut names, mut body) = match expr(json.member("value")?)? {
            Expr::Lambda(names, body) => (names, *body),
            other => (Vec::new(), other),
        };
        let mut types = Vec::new();
        while let Ty::Arrow(left, right) = result {
            types.push(*left);
            result = *right;
        }
        if names.len() > types.len() {
            return Err(format!("{name} has more parameters than its type"));
        }
        let mut more = Vec::new();
        for place in names.len()..types.len() {
            let param = format!("arg{place}");
            more.push(Expr::Var(param.clone()));
            names.push(param);
        }
        if !more.is_empty() {
            body = apply(body, more);
        }
        self.order.push(name.clone());
        let params = names.into_iter().zip(types).collect();
        self.functions.insert(name, Function { params, result, body });
        Ok(())
    }

    fn ty(&self, json: &Json) -> Result<Ty, String> {
        match json.text("what")? {
            "type:glob" => {
                let args = json.array("args")?.iter().map(|x| self.ty(x));
                let args: Vec<Ty> = args.collect::<Result<_, _>>()?;
                let name = json.text("name")?;
                Ok(match self.abbreviations.get(name) {
                    Some((params, value)) => substitute(value, params, &args),
                    None => Ty::Con(name.to_owned(), args),
                })
            }
            "type:var" => Ok(Ty::Param(json.text("name")?.to_owned())),
            "type:varidx" => Ok(Ty::Param(format!("T{}", json.int("name")?))),
            "type:arrow" => Ok(Ty::Arrow(
                Box::new(self.ty(json.member("left")?)?),
                Box::new(self.ty(json.member("right")?)?),
            )),
            _ => Ok(Ty::Unknown),
        }
    }

    /// A function that does nothing but return one field of a record names it.
    fn name_fields(&mut self) {
        let mut found: BTreeMap<String, BTreeMap<usize, String>> = BTreeMap::new();
        for (name, function) in &self.functions {
            if let ([(param, Ty::Con(record, _))], Expr::Case(scrutinee, arms)) =
                (function.params.as_slice(), &function.body)
            {
                if let (Expr::Var(var), [(Pat::Ctor(_, bound), Expr::Var(result))]) =
                    (scrutinee.as_ref(), arms.as_slice())
                {
                    let place = bound.iter().position(|bound| bound.as_ref() == Some(result));
                    if let (true, Some(place)) = (var == param, place) {
                        found.entry(record.clone()).or_default().insert(place, name.clone());
                    }
                }
            }
        }
        for (record, fields) in found {
            if let Some(inductive) = self.inductives.get_mut(&record) {
                if inductive.ctors.len() == 1 && inductive.ctors[0].1.len() == fields.len() {
                    inductive.fields = Some(fields.into_values().collect());
                }
            }
        }
    }
}

impl Function {
    /// Whether it only applies its first argument to the others, as the methods of
    /// classes with one method do.
    fn passes_on(&self) -> bool {
        let var = |expr: &Expr, place: usize| matches!((expr, self.params.get(place)), (Expr::Var(x), Some((y, _))) if x == y);
        match &self.body {
            Expr::Apply(function, args) => {
                var(function, 0)
                    && args.len() + 1 == self.params.len()
                    && args.iter().enumerate().all(|(place, arg)| var(arg, place + 1))
            }
            other => self.params.len() == 1 && var(other, 0),
        }
    }
}

/// Puts the methods of classes in, and the only instance of a functor that occurs.
fn simplify(expr: Expr, passes_on: &BTreeSet<String>) -> Expr {
    let go = |expr: Expr| simplify(expr, passes_on);
    let boxed = |expr: Box<Expr>| Box::new(simplify(*expr, passes_on));
    match expr {
        Expr::Apply(function, args) => {
            let mut args: Vec<Expr> = args.into_iter().map(go).collect();
            match go(*function) {
                Expr::Global(name) if passes_on.contains(&name) && !args.is_empty() => {
                    let first = args.remove(0);
                    if args.is_empty() { first } else { apply(first, args) }
                }
                Expr::Global(name) if name == "fmap" && args.len() == 3 => match &args[0] {
                    Expr::Lambda(_, body) if **body == Expr::Global("option_fmap".into()) => {
                        args.remove(0);
                        Expr::Apply(Box::new(Expr::Global("option_map".into())), args)
                    }
                    _ => Expr::Bad("a functor that is not that of options".into()),
                },
                function => apply(function, args),
            }
        }
        Expr::Ctor(name, args) => Expr::Ctor(name, args.into_iter().map(go).collect()),
        Expr::Let(name, value, body) => Expr::Let(name, boxed(value), boxed(body)),
        Expr::Case(scrutinee, arms) => Expr::Case(
            boxed(scrutinee),
            arms.into_iter().map(|(pat, body)| (pat, go(body))).collect(),
        ),
        Expr::Lambda(names, body) => Expr::Lambda(names, boxed(body)),
        Expr::Fix(name, names, body) => Expr::Fix(name, names, boxed(body)),
        other => other,
    }
}

/// `function` applied to more arguments.
fn apply(function: Expr, more: Vec<Expr>) -> Expr {
    match function {
        Expr::Apply(function, mut args) => {
            args.extend(more);
            Expr::Apply(function, args)
        }
        Expr::Let(name, value, body) => Expr::Let(name, value, Box::new(apply(*body, more))),
        Expr::Case(scrutinee, arms) => {
            let arms = arms.into_iter().map(|(pat, body)| (pat, apply(body, more.clone())));
            Expr::Case(scrutinee, arms.collect())
        }
        other => Expr::Apply(Box::new(other), more),
    }
}

fn substitute(ty: &Ty, params: &[String], args: &[Ty]) -> Ty {
    match ty {
        Ty::Param(name) => {
            let place = params.iter().position(|param| param == name);
            place.and_then(|place| args.get(place).cloned()).unwrap_or(ty.clone())
        }
        Ty::Con(name, inner) => {
            Ty::Con(name.clone(), inner.iter().map(|ty| substitute(ty, params, args)).collect())
        }
        Ty::Arrow(left, right) => Ty::Arrow(
            Box::new(substitute(left, params, args)),
            Box::new(substitute(right, params, args)),
        ),
        Ty::Unknown => Ty::Unknown,
    }
}

fn expr(json: &Json) -> Result<Expr, String> {
    let boxed = |key: &str| Ok::<_, String>(Box::new(expr(json.member(key)?)?));
    let args = || json.array("args")?.iter().map(expr).collect::<Result<Vec<_>, String>>();
    Ok(match json.text("what")? {
        "expr:rel" => Expr::Var(variable(json.text("name")?)),
        "expr:global" => Expr::Global(json.text("name")?.to_owned()),
        "expr:apply" => Expr::Apply(boxed("func")?, args()?),
        "expr:constructor" => Expr::Ctor(json.text("name")?.to_owned(), args()?),
        "expr:let" => Expr::Let(variable(json.text("name")?), boxed("nameval")?, boxed("body")?),
        "expr:lambda" => lambda(json)?,
        // Types that OCaml would not see; Rust's are looked at when the result is compiled.
        "expr:coerce" => *boxed("value")?,
        "expr:case" => {
            let mut arms = Vec::new();
            for arm in json.array("cases")? {
                arms.push((pattern(arm.member("pat")?)?, expr(arm.member("body")?)?));
            }
            Expr::Case(boxed("expr")?, arms)
        }
        "expr:fix" => match json.array("funcs")? {
            [function] => match expr(function.member("body")?)? {
                Expr::Lambda(names, body) => {
                    Expr::Fix(variable(function.text("name")?), names, body)
                }
                _ => Expr::Bad("a recursive value".into()),
            },
            _ => Expr::Bad("mutually recursive local functions".into()),
        },
        other => Expr::Bad(format!("an expression of the kind {other:?}")),
    })
}

fn lambda(json: &Json) -> Result<Expr, String> {
    let names = json.names("argnames")?.iter().map(|name| variable(name)).collect();
    Ok(Expr::Lambda(names, Box::new(expr(json.member("body")?)?)))
}

fn pattern(json: &Json) -> Result<Pat, String> {
    match json.text("what")? {
        "pat:wild" => Ok(Pat::Wild),
        "pat:rel" => Ok(Pat::Var(variable(json.text("name")?))),
        "pat:constructor" => {
            let bound = json.names("argnames")?;
            let bound = bound.iter().map(|name| (name != "_").then(|| variable(name))).collect();
            Ok(Pat::Ctor(json.text("name")?.to_owned(), bound))
        }
        other => Err(format!("a pattern of the kind {other:?}")),
    }
}

const KEYWORDS: [&str; 20] = [
    "as", "box", "else", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
    "mut", "pub", "ref", "type", "use", "where", "while",
];

/// A primed variable is what the unprimed one becomes; Greek letters have names.
fn variable(name: &str) -> String {
    const GREEK: [(&str, &str); 7] = [
        ("_UU0393_", "Gamma"),
        ("_UU03c3_", "sigma"),
        ("_UU03c4_", "tau"),
        ("_UU03c1_", "rho"),
        ("_UU03a6_", "Phi"),
        ("_UU03bb_", "lambda"),
        ("_UU03bc_", "mu"),
    ];
    let mut name = name.replace('\'', "_next");
    for (code, letter) in GREEK {
        name = name.replace(code, letter);
    }
    if KEYWORDS.contains(&name.as_str()) { name + "_" } else { name }
}

/// The functions that an expression mentions.
pub(super) fn mentioned(expr: &Expr, out: &mut BTreeSet<String>) {
    match expr {
        Expr::Var(_) | Expr::Bad(_) => {}
        Expr::Global(name) => {
            out.insert(name.clone());
        }
        Expr::Apply(function, args) => {
            mentioned(function, out);
            args.iter().for_each(|arg| mentioned(arg, out));
        }
        Expr::Ctor(_, args) => args.iter().for_each(|arg| mentioned(arg, out)),
        Expr::Let(_, value, body) => {
            mentioned(value, out);
            mentioned(body, out);
        }
        Expr::Case(scrutinee, arms) => {
            mentioned(scrutinee, out);
            arms.iter().for_each(|(_, body)| mentioned(body, out));
        }
        Expr::Lambda(_, body) | Expr::Fix(_, _, body) => mentioned(body, out),
    }
}

/// The inductive types whose constructors an expression mentions.
pub(super) fn constructed(program: &Program, expr: &Expr, out: &mut BTreeSet<String>) {
    let mut of = |ctor: &String| {
        if let Some((inductive, _)) = program.ctors.get(ctor) {
            out.insert(inductive.clone());
        }
    };
    match expr {
        Expr::Var(_) | Expr::Bad(_) | Expr::Global(_) => {}
        Expr::Apply(function, args) => {
            constructed(program, function, out);
            args.iter().for_each(|arg| constructed(program, arg, out));
        }
        Expr::Ctor(name, args) => {
            of(name);
            args.iter().for_each(|arg| constructed(program, arg, out));
        }
        Expr::Let(_, value, body) => {
            constructed(program, value, out);
            constructed(program, body, out);
        }
        Expr::Case(scrutinee, arms) => {
            for (pat, _) in arms {
                if let Pat::Ctor(name, _) = pat {
                    of(name);
                }
            }
            constructed(program, scrutinee, out);
            arms.iter().for_each(|(_, body)| constructed(program, body, out));
        }
        Expr::Lambda(_, body) | Expr::Fix(_, _, body) => constructed(program, body, out),
    }
}

/// The inductive types that a type mentions.
pub(super) fn types_of(ty: &Ty, out: &mut BTreeSet<String>) {
    match ty {
        Ty::Con(name, args) => {
            out.insert(name.clone());
            args.iter().for_each(|arg| types_of(arg, out));
        }
        Ty::Arrow(left, right) => {
            types_of(left, out);
            types_of(right, out);
        }
        Ty::Param(_) | Ty::Unknown => {}
    }
}
