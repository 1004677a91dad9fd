//! What an extraction to JSON declares: inductive types, type abbreviations and
//! functions, all first order.

use crate::json::{Json, Members};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ty {
    /// A type constructor and its arguments.
    Con(String, Vec<Ty>),
    /// A type parameter, by its place (from 1).
    Param(usize),
    /// A type parameter of an inductive type, by its name.
    Named(String),
    /// To be found by inference.
    Meta(usize),
    Arrow(Box<Ty>, Box<Ty>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pat {
    Wild,
    Var(String),
    Ctor(String, Vec<Pat>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Var(String),
    Global(String),
    Apply(Box<Expr>, Vec<Expr>),
    Ctor(String, Vec<Expr>),
    Let(String, Box<Expr>, Box<Expr>),
    Case(Box<Expr>, Vec<(Pat, Expr)>),
    /// A field of a record, by the record's name and the field's place. Extraction
    /// writes a `case`; [`Program::read`] recognises it.
    Field(Box<Expr>, String, usize),
}

#[derive(Debug)]
pub(super) struct Inductive {
    pub(super) name: String,
    pub(super) params: Vec<String>,
    pub(super) ctors: Vec<(String, Vec<Ty>)>,
    /// The names of the fields, if it is a record whose projections were extracted.
    pub(super) fields: Option<Vec<String>>,
}

#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) params: Vec<(String, Ty)>,
    pub(super) result: Ty,
    /// Or why it is not in the language of models: an error once it is reached.
    pub(super) body: Result<Expr, String>,
}

/// Everything that was extracted, by name.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) inductives: BTreeMap<String, Inductive>,
    /// The inductive type of each constructor, and the constructor's place in it.
    pub(super) ctors: BTreeMap<String, (String, usize)>,
    pub(super) functions: BTreeMap<String, Function>,
    pub(super) abbreviations: BTreeMap<String, (Vec<String>, Ty)>,
    /// The order of declaration, which is one of dependency.
    pub(super) order: Vec<String>,
}

impl Program {
    pub(super) fn read(json: &Json) -> Result<Self, String> {
        let mut program = Program::default();
        for declaration in json.array("declarations")? {
            program.declare(declaration)?;
        }
        program.name_fields();
        let records: Vec<String> = program
            .inductives
            .values()
            .filter(|inductive| inductive.fields.is_some())
            .map(|inductive| inductive.ctors[0].0.clone())
            .collect();
        for function in program.functions.values_mut() {
            if let Ok(body) = &mut function.body {
                see_fields(body, &records);
            }
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
                    let types = ctor.array("argtypes")?.iter().map(ty).collect::<Result<_, _>>()?;
                    if self.ctors.insert(ctor_name.clone(), (name.clone(), place)).is_some() {
                        return Err(format!("two constructors are called {ctor_name}"));
                    }
                    ctors.push((ctor_name, types));
                }
                let params = json.names("argnames")?;
                self.order.push(name.clone());
                self.inductives
                    .insert(name.clone(), Inductive { name, params, ctors, fields: None });
                Ok(())
            }
            "decl:type" => {
                let name = json.text("name")?.to_owned();
                let value = (json.names("argnames")?, ty(json.member("value")?)?);
                self.abbreviations.insert(name, value);
                Ok(())
            }
            "decl:term" => self.function(json),
            "decl:fixgroup" => json.array("fixlist")?.iter().try_for_each(|x| self.function(x)),
            other => Err(format!("a declaration of the kind {other:?}")),
        }
    }

    fn function(&mut self, json: &Json) -> Result<(), String> {
        let name = json.text("name")?.to_owned();
        let mut result = ty(json.member("type")?)?;
        let value = json.member("value")?;
        let (names, body) = if value.text("what")? == "expr:lambda" {
            (value.names("argnames")?, value.member("body")?)
        } else {
            (Vec::new(), value)
        };
        let body = expr(body);
        let mut params = Vec::new();
        for param in names {
            match result {
                Ty::Arrow(left, right) => {
                    params.push((variable(&param), *left));
                    result = *right;
                }
                _ => return Err(format!("{name} has more parameters than its type")),
            }
        }
        // Extraction drops the parameters that a function only passes on.
        let mut body = body;
        while let (Ok(Expr::Global(_) | Expr::Apply(..)), Ty::Arrow(left, right)) = (&body, &result)
        {
            let param = format!("arg{}", params.len());
            params.push((param.clone(), *left.clone()));
            result = *right.clone();
            body = body.map(|body| apply(body, Expr::Var(param)));
        }
        self.order.push(name.clone());
        self.functions.insert(name.clone(), Function { name, params, result, body });
        Ok(())
    }

    /// A function that does nothing but return one field of a record names it.
    fn name_fields(&mut self) {
        let mut found: BTreeMap<String, BTreeMap<usize, String>> = BTreeMap::new();
        for function in self.functions.values() {
            if let ([(param, Ty::Con(record, _))], Ok(Expr::Case(scrutinee, arms))) =
                (function.params.as_slice(), &function.body)
            {
                if let (Expr::Var(var), [(Pat::Ctor(_, bound), Expr::Var(result))]) =
                    (scrutinee.as_ref(), arms.as_slice())
                {
                    let place = bound.iter().position(|pat| *pat == Pat::Var(result.clone()));
                    if let (true, Some(place)) = (var == param, place) {
                        let fields = found.entry(record.clone()).or_default();
                        fields.insert(place, function.name.clone());
                    }
                }
            }
        }
        for (record, fields) in found {
            if let Some(inductive) = self.inductives.get_mut(&record) {
                let complete =
                    inductive.ctors.len() == 1 && inductive.ctors[0].1.len() == fields.len();
                if complete {
                    inductive.fields = Some(fields.into_values().collect());
                }
            }
        }
    }
}

/// `function` applied to one more argument.
fn apply(function: Expr, arg: Expr) -> Expr {
    match function {
        Expr::Apply(function, mut args) => {
            args.push(arg);
            Expr::Apply(function, args)
        }
        other => Expr::Apply(Box::new(other), vec![arg]),
    }
}

/// Turns `case r { R(_, x, _) => x }` into a field of `r`, everywhere.
fn see_fields(expr: &mut Expr, records: &[String]) {
    match expr {
        Expr::Var(_) | Expr::Global(_) => {}
        Expr::Apply(function, args) => {
            see_fields(function, records);
            args.iter_mut().for_each(|arg| see_fields(arg, records));
        }
        Expr::Ctor(_, args) => args.iter_mut().for_each(|arg| see_fields(arg, records)),
        Expr::Let(_, value, body) => {
            see_fields(value, records);
            see_fields(body, records);
        }
        Expr::Field(record, _, _) => see_fields(record, records),
        Expr::Case(scrutinee, arms) => {
            see_fields(scrutinee, records);
            arms.iter_mut().for_each(|(_, body)| see_fields(body, records));
            if let [(Pat::Ctor(ctor, bound), Expr::Var(result))] = arms.as_slice() {
                let place = bound.iter().position(|pat| *pat == Pat::Var(result.clone()));
                if let (true, Some(place)) = (records.contains(ctor), place) {
                    let record = std::mem::replace(&mut **scrutinee, Expr::Var(String::new()));
                    *expr = Expr::Field(Box::new(record), ctor.clone(), place);
                }
            }
        }
    }
}

fn ty(json: &Json) -> Result<Ty, String> {
    match json.text("what")? {
        "type:glob" => {
            let args = json.array("args")?.iter().map(ty).collect::<Result<_, _>>()?;
            Ok(Ty::Con(json.text("name")?.to_owned(), args))
        }
        "type:var" => Ok(Ty::Named(json.text("name")?.to_owned())),
        "type:varidx" => {
            let place = json.int("name")?;
            usize::try_from(place)
                .map(Ty::Param)
                .map_err(|_| format!("a type parameter at the place {place}"))
        }
        "type:arrow" => {
            Ok(Ty::Arrow(Box::new(ty(json.member("left")?)?), Box::new(ty(json.member("right")?)?)))
        }
        other => Err(format!("a type of the kind {other:?}")),
    }
}

fn expr(json: &Json) -> Result<Expr, String> {
    let boxed = |key: &str| Ok::<_, String>(Box::new(expr(json.member(key)?)?));
    let args = || json.array("args")?.iter().map(expr).collect::<Result<Vec<_>, String>>();
    match json.text("what")? {
        "expr:rel" => Ok(Expr::Var(variable(json.text("name")?))),
        "expr:global" => Ok(Expr::Global(json.text("name")?.to_owned())),
        "expr:apply" => Ok(Expr::Apply(boxed("func")?, args()?)),
        "expr:constructor" => Ok(Expr::Ctor(json.text("name")?.to_owned(), args()?)),
        "expr:let" => {
            Ok(Expr::Let(variable(json.text("name")?), boxed("nameval")?, boxed("body")?))
        }
        "expr:case" => {
            let mut arms = Vec::new();
            for arm in json.array("cases")? {
                arms.push((pattern(arm.member("pat")?)?, expr(arm.member("body")?)?));
            }
            Ok(Expr::Case(boxed("expr")?, arms))
        }
        other => Err(format!("an expression of the kind {other:?}")),
    }
}

fn pattern(json: &Json) -> Result<Pat, String> {
    match json.text("what")? {
        "pat:wild" => Ok(Pat::Wild),
        "pat:rel" => Ok(Pat::Var(variable(json.text("name")?))),
        "pat:constructor" => {
            let bound = json.names("argnames")?.iter().map(|name| bind(name)).collect();
            Ok(Pat::Ctor(json.text("name")?.to_owned(), bound))
        }
        other => Err(format!("a pattern of the kind {other:?}")),
    }
}

fn bind(name: &str) -> Pat {
    if name == "_" { Pat::Wild } else { Pat::Var(variable(name)) }
}

const KEYWORDS: [&str; 14] = [
    "as", "box", "else", "fn", "if", "in", "let", "match", "mod", "move", "mut", "ref", "type",
    "use",
];

/// A primed variable is what the unprimed one becomes.
fn variable(name: &str) -> String {
    let name = name.replace('\'', "_next");
    if KEYWORDS.contains(&name.as_str()) { name + "_" } else { name }
}
