//! Prints programs as Rust. Every variable is a reference, every result a value; values
//! share their parts, so that a copy costs nothing. Each function first spends one step of
//! a budget.

use super::Unit;
use super::syntax::{Expr, Inductive, Pat, Program, Ty};
use crate::codegen::names;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How a type of Coq's is seen in Rust.
#[derive(Clone, Copy, PartialEq)]
enum View {
    Plain,
    Bool,
    Option,
    Pair,
    Unit,
    List,
    Nat,
    Positive,
    Integer,
    Result,
    Text,
    Byte,
    /// Never looked at.
    Nothing,
}

fn view(inductive: &str) -> View {
    match inductive {
        "bool" | "sumbool" => View::Bool,
        "option" => View::Option,
        "prod" => View::Pair,
        "unit" => View::Unit,
        "list" => View::List,
        "nat" => View::Nat,
        "positive" => View::Positive,
        "z" => View::Integer,
        "res" => View::Result,
        "string" => View::Text,
        "ascii" => View::Byte,
        "val" => View::Nothing,
        _ => View::Plain,
    }
}

/// Whether the type is declared in the generated file.
pub(super) fn declared(inductive: &str) -> bool {
    view(inductive) == View::Plain
}

pub(super) struct Printer<'a> {
    pub(super) program: &'a Program,
    pub(super) unit: &'a Unit,
    /// Functions whose Rust is written by hand.
    pub(super) natives: &'static [(&'static str, &'static str)],
}

type Res<T> = Result<T, String>;

impl Printer<'_> {
    pub(super) fn rust_type(&self, name: &str) -> String {
        let renamed = self.unit.type_names.iter().find(|(coq, _)| *coq == name);
        renamed.map_or_else(|| names::camel(name), |(_, rust)| (*rust).to_owned())
    }

    fn ty(&self, ty: &Ty) -> Res<String> {
        Ok(match ty {
            Ty::Param(name) => name.clone(),
            Ty::Unknown => return Err("a type that extraction does not know".into()),
            Ty::Arrow(..) => return Err("a function where data is wanted".into()),
            Ty::Con(name, args) => {
                let args: Vec<String> = args.iter().map(|ty| self.ty(ty)).collect::<Res<_>>()?;
                let all = args.join(", ");
                match view(name) {
                    View::Bool => "bool".into(),
                    View::Option => format!("Option<{all}>"),
                    View::Pair => format!("({all})"),
                    View::Unit | View::Nothing => "()".into(),
                    View::List => format!("List<{all}>"),
                    View::Nat => "usize".into(),
                    View::Positive => "Positive".into(),
                    View::Integer => "Z".into(),
                    View::Text => "String".into(),
                    View::Byte => "u8".into(),
                    View::Result => format!("Result<{}, {}>", args[1], args[0]),
                    View::Plain if args.is_empty() => self.rust_type(name),
                    View::Plain => format!("{}<{all}>", self.rust_type(name)),
                }
            }
        })
    }

    fn param_type(&self, ty: &Ty) -> Res<String> {
        let Ty::Arrow(..) = ty else { return Ok(format!("&{}", self.ty(ty)?)) };
        let mut params = Vec::new();
        let mut result = ty;
        while let Ty::Arrow(left, right) = result {
            params.push(self.param_type(left)?);
            result = right;
        }
        Ok(format!("&dyn Fn({}) -> {}", params.join(", "), self.ty(result)?))
    }

    /// Whether values of the type lie within values of the other, not in a list.
    fn lies_within(&self, ty: &Ty, inductive: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![ty.clone()];
        while let Some(ty) = waiting.pop() {
            let Ty::Con(name, args) = ty else { continue };
            if name == inductive {
                return true;
            }
            match view(&name) {
                View::Option | View::Pair => waiting.extend(args),
                View::Plain if seen.insert(name.clone()) => {
                    let fields = self.program.inductives.get(&name);
                    let fields = fields.into_iter().flat_map(|inductive| &inductive.ctors);
                    waiting.extend(fields.flat_map(|(_, types)| types).cloned());
                }
                _ => {}
            }
        }
        false
    }

    fn is_shared(&self, inductive: &str, field: &Ty) -> bool {
        matches!(field, Ty::Con(name, _) if view(name) == View::Plain)
            && self.lies_within(field, inductive)
    }

    fn field_type(&self, inductive: &str, field: &Ty) -> Res<String> {
        let text = self.ty(field)?;
        Ok(if self.is_shared(inductive, field) { format!("Arc<{text}>") } else { text })
    }

    fn inductive_of(&self, ctor: &str) -> Res<(&str, &Inductive)> {
        let (name, _) =
            self.program.ctors.get(ctor).ok_or_else(|| format!("no constructor {ctor}"))?;
        Ok((name, &self.program.inductives[name]))
    }

    fn variant(&self, ctor: &str) -> Res<String> {
        let (_, inductive) = self.inductive_of(ctor)?;
        // Extraction numbers what another type has as well.
        let plain = |name: &str| {
            let renamed = self.unit.variant_names.iter().find(|(coq, _)| *coq == name);
            renamed.map_or_else(|| name.to_owned(), |(_, rust)| (*rust).to_owned())
        };
        let all: Vec<String> = inductive.ctors.iter().map(|(name, _)| plain(name)).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let place = self.program.ctors[ctor].1;
        Ok(names::variant(&all, place))
    }

    /// The declaration of an inductive type: a struct if it is a record.
    pub(super) fn inductive(&self, name: &str) -> Res<String> {
        let inductive = &self.program.inductives[name];
        let rust = self.rust_type(name);
        let params = match inductive.params.as_slice() {
            [] => String::new(),
            params => format!("<{}>", params.join(", ")),
        };
        let plain = inductive.ctors.iter().all(|(_, types)| types.is_empty());
        let copy = if plain { "Copy, " } else { "" };
        let mut text = format!(
            "/// `{name}` of {}.\n#[derive(Clone, {copy}Debug, PartialEq, Eq, Hash)]\n",
            self.unit.of
        );
        if let Some(fields) = &inductive.fields {
            let _ = writeln!(text, "pub struct {rust}{params} {{");
            for (place, ty) in inductive.ctors[0].1.iter().enumerate() {
                let name_of_field = field(fields, place);
                let ty = self.field_type(name, ty)?;
                let _ = writeln!(text, "/// `{}`.\npub {name_of_field}: {ty},", fields[place]);
            }
        } else {
            let _ = writeln!(text, "pub enum {rust}{params} {{");
            for (ctor, types) in &inductive.ctors {
                let variant = self.variant(ctor)?;
                let types: Vec<String> =
                    types.iter().map(|ty| self.field_type(name, ty)).collect::<Res<_>>()?;
                let types = types.join(", ");
                let _ = write!(text, "/// `{ctor}`.\n{variant}");
                text += &if types.is_empty() { ",\n".into() } else { format!("({types}),\n") };
            }
        }
        Ok(text + "}\n")
    }

    pub(super) fn function(&self, name: &str) -> Res<String> {
        let function = &self.program.functions[name];
        let mut types = BTreeSet::new();
        let mut params = Vec::new();
        for (param, ty) in &function.params {
            type_params(ty, &mut types);
            params.push(format!("{param}: {}", self.param_type(ty)?));
        }
        type_params(&function.result, &mut types);
        let generics: Vec<String> = types.iter().map(|name| format!("{name}: Clone")).collect();
        let generics = match generics.as_slice() {
            [] => String::new(),
            all => format!("<{}>", all.join(", ")),
        };
        let result = self.ty(&function.result)?;
        let body = self.owned(&function.body)?;
        let tick = if function.params.is_empty() { "" } else { "tick();\n" };
        Ok(format!(
            "/// `{name}` of {}.\npub fn {name}{generics}({}) -> {result} {{\n{tick}{body}\n}}\n",
            self.unit.of,
            params.join(", ")
        ))
    }

    fn native(&self, name: &str) -> Option<&'static str> {
        self.natives.iter().find(|(coq, _)| *coq == name).map(|(_, rust)| *rust)
    }

    fn function_name(&self, name: &str) -> String {
        self.native(name).map_or_else(|| name.to_owned(), str::to_owned)
    }

    /// A term as a reference.
    fn reference(&self, expr: &Expr) -> Res<String> {
        match expr {
            Expr::Var(name) => Ok(name.clone()),
            Expr::Global(name) => {
                let name_text = self.function_name(name);
                let function = self.program.functions.get(name);
                let function = function.ok_or_else(|| format!("no function {name}"))?;
                let constant = function.params.is_empty();
                Ok(if constant { format!("&{name_text}()") } else { format!("&{name_text}") })
            }
            Expr::Lambda(names, body) => {
                Ok(format!("&|{}| {}", closure_params(names), self.owned(body)?))
            }
            Expr::Fix(name, names, body) => {
                let outer: Vec<String> = (0..names.len()).map(|at| format!("fix{at}")).collect();
                let wild = vec!["&_"; names.len()].join(", ");
                Ok(format!(
                    "&|{}| fix{}(&|{name}: &dyn Fn({wild}) -> _, {}| {}, {})",
                    closure_params(&outer),
                    names.len(),
                    closure_params(names),
                    self.owned(body)?,
                    outer.join(", ")
                ))
            }
            Expr::Apply(function, args) => {
                if let Expr::Global(name) = function.as_ref() {
                    let arity = self.program.functions.get(name).map(|x| x.params.len());
                    let arity = arity.ok_or_else(|| format!("no function {name}"))?;
                    if args.len() < arity {
                        let rest: Vec<String> =
                            (args.len()..arity).map(|at| format!("eta{at}")).collect();
                        let mut all = self.references(args)?;
                        all.extend(rest.iter().cloned());
                        return Ok(format!(
                            "&|{}| {}({})",
                            closure_params(&rest),
                            self.function_name(name),
                            all.join(", ")
                        ));
                    }
                }
                Ok(format!("&{}", self.owned(expr)?))
            }
            other => Ok(format!("&{}", self.owned(other)?)),
        }
    }

    fn references(&self, exprs: &[Expr]) -> Res<Vec<String>> {
        exprs.iter().map(|expr| self.reference(expr)).collect()
    }

    /// A term as a value.
    fn owned(&self, expr: &Expr) -> Res<String> {
        match expr {
            Expr::Var(name) => Ok(format!("Clone::clone({name})")),
            Expr::Global(name) => Ok(format!("{}()", self.function_name(name))),
            Expr::Apply(function, args) => {
                let texts = self.references(args)?.join(", ");
                match function.as_ref() {
                    Expr::Global(name) => {
                        let arity = self.program.functions.get(name).map(|x| x.params.len());
                        if arity != Some(args.len()) {
                            return Err(format!("{name} has {} arguments", args.len()));
                        }
                        Ok(format!("{}({texts})", self.function_name(name)))
                    }
                    Expr::Var(name) => Ok(format!("{name}({texts})")),
                    other => Ok(format!("({})({texts})", self.reference(other)?)),
                }
            }
            Expr::Ctor(name, args) => self.ctor(name, args),
            Expr::Let(name, value, body) => Ok(format!(
                "{{\nlet {name} = {};\n{}\n}}",
                self.reference(value)?,
                self.owned(body)?
            )),
            Expr::Case(scrutinee, arms) => self.case(scrutinee, arms),
            Expr::Lambda(..) | Expr::Fix(..) => Err("a function that is a result".into()),
            Expr::Bad(why) => Err(why.clone()),
        }
    }

    fn ctor(&self, name: &str, args: &[Expr]) -> Res<String> {
        if let Some(literal) = literal(name, args) {
            return Ok(literal);
        }
        let (inductive, declaration) = self.inductive_of(name)?;
        if view(inductive) == View::List {
            return self.list(name, args);
        }
        let mut texts: Vec<String> = args.iter().map(|arg| self.owned(arg)).collect::<Res<_>>()?;
        let all = texts.join(", ");
        Ok(match (view(inductive), name) {
            (View::Bool, name) => {
                if name == "True" || name == "Left" { "true" } else { "false" }.into()
            }
            (View::Option, "None") => "None".into(),
            (View::Option, _) => format!("Some({all})"),
            (View::Pair, _) => format!("({all})"),
            (View::Unit | View::Nothing, _) => "()".into(),
            (View::Nat, _) => format!("nat_succ({all})"),
            (View::Positive, "XI") => format!("positive_twice_and_one({all})"),
            (View::Positive, _) => format!("positive_twice({all})"),
            (View::Integer, "Zpos") => format!("z_of_positive({all})"),
            (View::Integer, _) => format!("z_of_negative({all})"),
            (View::Result, "Ok") => format!("Ok({all})"),
            (View::Result, _) => format!("Err({all})"),
            (View::Text | View::Byte, _) => return Err("a text that is made".into()),
            (View::List, _) => unreachable!("done above"),
            (View::Plain, _) => {
                let place = self.program.ctors[name].1;
                for (text, ty) in texts.iter_mut().zip(&declaration.ctors[place].1) {
                    if self.is_shared(inductive, ty) {
                        *text = format!("Arc::new({text})");
                    }
                }
                let rust = self.rust_type(inductive);
                if let Some(fields) = &declaration.fields {
                    let named = texts.iter().enumerate();
                    let named = named.map(|(at, text)| format!("{}: {text}", field(fields, at)));
                    return Ok(format!("{rust} {{ {} }}", named.collect::<Vec<_>>().join(", ")));
                }
                let variant = self.variant(name)?;
                if texts.is_empty() {
                    format!("{rust}::{variant}")
                } else {
                    format!("{rust}::{variant}({})", texts.join(", "))
                }
            }
        })
    }

    fn list(&self, name: &str, args: &[Expr]) -> Res<String> {
        let mut items = Vec::new();
        let (mut name, mut args) = (name, args);
        loop {
            match (name, args) {
                ("Cons", [head, tail]) => {
                    items.push(self.owned(head)?);
                    match tail {
                        Expr::Ctor(next, rest) if next == "Cons" || next == "Nil" => {
                            (name, args) = (next, rest);
                        }
                        other => {
                            let tail = self.owned(other)?;
                            let cons = |tail, head: &String| format!("List::cons({head}, {tail})");
                            return Ok(items.iter().rev().fold(tail, cons));
                        }
                    }
                }
                _ if items.is_empty() => return Ok("List::new()".into()),
                _ => return Ok(format!("List::from_iter([{}])", items.join(", "))),
            }
        }
    }

    fn case(&self, scrutinee: &Expr, arms: &[(Pat, Expr)]) -> Res<String> {
        let ctor = arms.iter().find_map(|(pat, _)| match pat {
            Pat::Ctor(name, _) => Some(name.as_str()),
            _ => None,
        });
        let ctor = ctor.ok_or("a match without constructors")?;
        let inductive = self.inductive_of(ctor)?.0;
        let kind = view(inductive);
        if let (View::Bool, [(Pat::Ctor(first, _), one), (_, other)]) = (kind, arms) {
            let (yes, no) =
                if first == "True" || first == "Left" { (one, other) } else { (other, one) };
            let condition = match scrutinee {
                Expr::Var(name) => format!("*{name}"),
                other => self.owned(other)?,
            };
            let (yes, no) = (self.owned(yes)?, self.owned(no)?);
            return Ok(format!("if {condition} {{\n{yes}\n}} else {{\n{no}\n}}"));
        }
        let of = self.reference(scrutinee)?;
        let looked_at = match kind {
            View::Nat => format!("&nat_view({of})"),
            View::Positive => format!("&positive_view({of})"),
            View::Integer => format!("&z_view({of})"),
            View::List => format!("List::view({of})"),
            View::Text | View::Byte | View::Nothing => {
                return Err("a match on a text, or on what is not looked at".into());
            }
            _ => of.clone(),
        };
        let mut text = String::new();
        for (pat, body) in arms {
            let (pat, before) = self.pattern(kind, pat)?;
            let body = self.owned(body)?;
            // A variable stands for the whole, not for the view of it.
            let (pat, before) = match (&pat, kind) {
                (Whole::Name(name), View::Nat | View::Positive | View::Integer | View::List) => {
                    ("_".to_owned(), format!("let {name} = {of};\n"))
                }
                (Whole::Name(name), _) => (name.clone(), before),
                (Whole::Parts(pat), _) => (pat.clone(), before),
            };
            let _ = writeln!(text, "{pat} => {{\n{before}{body}\n}}");
        }
        Ok(format!("match {looked_at} {{\n{text}}}"))
    }

    /// The pattern, and what is said of its variables before they are used.
    fn pattern(&self, kind: View, pat: &Pat) -> Res<(Whole, String)> {
        let (name, bound) = match pat {
            Pat::Wild => return Ok((Whole::Parts("_".into()), String::new())),
            Pat::Var(name) => return Ok((Whole::Name(name.clone()), String::new())),
            Pat::Ctor(name, bound) => (name, bound),
        };
        let texts: Vec<&str> = bound.iter().map(|x| x.as_deref().unwrap_or("_")).collect();
        let all = texts.join(", ");
        let mut before = String::new();
        let text = match (kind, name.as_str()) {
            (View::Bool, "True" | "Left") => "true".into(),
            (View::Bool, _) => "false".into(),
            (View::Option, "None") | (View::Nat, "O") | (View::List, "Nil") => "None".into(),
            (View::Option | View::Nat, _) => format!("Some({all})"),
            (View::List, _) => format!("Some(({all}))"),
            (View::Pair, _) => format!("({all})"),
            (View::Unit, _) => "()".into(),
            (View::Positive, "XH") => "PositiveView::One".into(),
            (View::Positive, "XO") => format!("PositiveView::Twice({all})"),
            (View::Positive, _) => format!("PositiveView::TwiceAndOne({all})"),
            (View::Integer, "Z0") => "ZView::Zero".into(),
            (View::Integer, "Zpos") => format!("ZView::Positive({all})"),
            (View::Integer, _) => format!("ZView::Negative({all})"),
            (View::Result, "Ok") => format!("Ok({all})"),
            (View::Result, _) => format!("Err({all})"),
            (View::Text | View::Byte | View::Nothing, _) => return Err("a text".into()),
            (View::Plain, _) => {
                let (inductive, declaration) = self.inductive_of(name)?;
                let place = self.program.ctors[name].1;
                for (var, ty) in bound.iter().zip(&declaration.ctors[place].1) {
                    if let (Some(var), true) = (var, self.is_shared(inductive, ty)) {
                        let _ = writeln!(before, "let {var} = &**{var};");
                    }
                }
                let rust = self.rust_type(inductive);
                if let Some(fields) = &declaration.fields {
                    let named = texts.iter().enumerate().filter(|(_, text)| **text != "_");
                    let named: String = named
                        .map(|(at, text)| format!("{}: {text}, ", field(fields, at)))
                        .collect();
                    format!("{rust} {{ {named}.. }}")
                } else {
                    let variant = self.variant(name)?;
                    if texts.is_empty() {
                        format!("{rust}::{variant}")
                    } else {
                        format!("{rust}::{variant}({all})")
                    }
                }
            }
        };
        Ok((Whole::Parts(text), before))
    }
}

/// The name of a record's field.
fn field(projections: &[String], place: usize) -> String {
    let name = names::field(projections, place);
    if name == "fn" { "function".into() } else { name }
}

/// A pattern: a name for the whole, or the parts.
enum Whole {
    Name(String),
    Parts(String),
}

fn closure_params(names: &[String]) -> String {
    let params: Vec<String> = names.iter().map(|name| format!("{name}: &_")).collect();
    params.join(", ")
}

fn type_params(ty: &Ty, out: &mut BTreeSet<String>) {
    match ty {
        Ty::Param(name) => {
            out.insert(name.clone());
        }
        Ty::Con(_, args) => args.iter().for_each(|arg| type_params(arg, out)),
        Ty::Arrow(left, right) => {
            type_params(left, out);
            type_params(right, out);
        }
        Ty::Unknown => {}
    }
}

/// The digits of a positive number, the highest first.
fn positive(expr: &Expr) -> Option<String> {
    let Expr::Ctor(name, args) = expr else { return None };
    match (name.as_str(), args.as_slice()) {
        ("XH", []) => Some("1".into()),
        ("XO", [rest]) => Some(positive(rest)? + "0"),
        ("XI", [rest]) => Some(positive(rest)? + "1"),
        _ => None,
    }
}

fn byte(expr: &Expr) -> Option<u8> {
    let Expr::Ctor(name, bits) = expr else { return None };
    if name != "Ascii" || bits.len() != 8 {
        return None;
    }
    bits.iter().rev().try_fold(0, |byte, bit| match bit {
        Expr::Ctor(bit, _) if bit == "True" => Some(byte * 2 + 1),
        Expr::Ctor(bit, _) if bit == "False" => Some(byte * 2),
        _ => None,
    })
}

/// Numbers and texts that are written out.
fn literal(name: &str, args: &[Expr]) -> Option<String> {
    let whole = || Expr::Ctor(name.to_owned(), args.to_vec());
    let number = |digits: &str, sign: &str| match i64::from_str_radix(digits, 2) {
        Ok(value) => format!("z_lit({sign}{value})"),
        Err(_) => format!("z_of_digits({:?})", format!("{sign}{digits}")),
    };
    match (name, args) {
        ("O", []) => Some("0usize".into()),
        ("S", [_]) => {
            let mut value = 0usize;
            let mut at = &whole();
            loop {
                match at {
                    Expr::Ctor(name, args) if name == "S" && args.len() == 1 => {
                        value += 1;
                        at = &args[0];
                    }
                    Expr::Ctor(name, _) if name == "O" => return Some(format!("{value}usize")),
                    _ => return None,
                }
            }
        }
        ("XH" | "XO" | "XI", _) => {
            let digits = positive(&whole())?;
            match i64::from_str_radix(&digits, 2) {
                Ok(value) => Some(format!("p_lit({value})")),
                Err(_) => Some(format!("p_of_digits({digits:?})")),
            }
        }
        ("Z0", []) => Some("z_lit(0)".into()),
        ("Zpos", [digits]) => Some(number(&positive(digits)?, "")),
        ("Zneg", [digits]) => Some(number(&positive(digits)?, "-")),
        ("EmptyString", []) => Some("String::new()".into()),
        ("String", [_, _]) => {
            let mut text = String::new();
            let mut at = &whole();
            loop {
                match at {
                    Expr::Ctor(name, args) if name == "String" && args.len() == 2 => {
                        text.push(char::from(byte(&args[0])?));
                        at = &args[1];
                    }
                    Expr::Ctor(name, _) if name == "EmptyString" => {
                        return Some(format!("{text:?}.to_owned()"));
                    }
                    _ => return None,
                }
            }
        }
        _ => None,
    }
}
