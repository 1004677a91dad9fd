//! From a signature as it is written to one as the checker takes it.
//!
//! A value of a base type has a variable that is its index. A type says something of that
//! variable: `i32[e]` that it is `e`, `i32{v: p}` that `p` holds of it; `@n` names it. What
//! is said of a parameter is demanded, what is said of the result is promised. `&mut T`
//! demands `T` of the content at the call and promises it of the content at the end,
//! unless `ensures` promises something else.
//!
//! A struct or a tuple has an index for each of its cells. `refined_by` gives names to
//! indices of a struct, which are found from those of its cells. What is said of the fields,
//! and the invariants, are said wherever the struct is.
//!
//! A quotient in a formula is that of SMT-LIB, as Flux's is: rounded down where the divisor
//! is positive. A formula with a quotient by a number says the same without it; by
//! something else, if it says that the quotient is equal to something.

use super::grammar::{
    Alias, Base, BinOp, Ensures, Expr, ExprKind, FnSig, Index, Input, Ty, TyKind,
};
use super::grammar::{Def, Name};
use super::logic::{Exp, Fml, IntType, Kind, Param, Ret, Sig, Var};
use super::{Clause, Problem, Shape, Signature, Span};
use num_traits::{Signed as _, Zero as _};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use syn::spanned::Spanned as _;

type Result<T> = std::result::Result<T, Problem>;

/// Something declared, with the scope that it is declared in: names in it are read there,
/// and not where it is used.
pub(super) struct Known<T> {
    pub(super) of: Rc<T>,
    /// The number of the scope, from the outermost.
    pub(super) scope: usize,
}

impl<T> Known<T> {
    pub(super) fn new(of: T, scope: usize) -> Self {
        Self { of: Rc::new(of), scope }
    }
}

impl<T> Clone for Known<T> {
    fn clone(&self) -> Self {
        Self { of: Rc::clone(&self.of), scope: self.scope }
    }
}

/// What names stand for, outside of the signature. Each scope is a whole: what it has of
/// those around it is in it again.
#[derive(Clone, Default)]
pub(super) struct Scope {
    /// The scope of the module that it is in, and that of the module around.
    pub(super) module: usize,
    pub(super) around: Option<usize>,
    /// Constants of the file.
    pub(super) constants: BTreeMap<String, Known<Expr>>,
    /// Flux's aliases.
    pub(super) aliases: BTreeMap<String, Known<Alias>>,
    /// Rust's aliases.
    pub(super) rust: BTreeMap<String, Known<syn::Type>>,
    /// Structs.
    pub(super) structs: BTreeMap<String, Known<StructDef>>,
    /// Functions of refinements.
    pub(super) defs: BTreeMap<String, Known<Def>>,
}

impl Scope {
    /// The name is another's from here on.
    pub(super) fn forget(&mut self, name: &str) {
        self.constants.remove(name);
        self.aliases.remove(name);
        self.rust.remove(name);
        self.structs.remove(name);
    }

    /// All names are others' from here on, but those of Flux's functions.
    pub(super) fn forget_all(&mut self) {
        self.constants.clear();
        self.aliases.clear();
        self.rust.clear();
        self.structs.clear();
    }
}

/// The scope in which the last name of a path is to be looked for, if it is known: names
/// of a module further in are not.
fn scope_of(scopes: &[Scope], at: usize, path: &[&str]) -> Option<usize> {
    let [before @ .., _] = path else { return None };
    let mut scope = at;
    for (number, word) in before.iter().enumerate() {
        scope = match *word {
            "self" if number == 0 => scopes.get(scope)?.module,
            "super" if number == 0 || scope != at => scopes.get(scope)?.around?,
            _ => return None,
        };
    }
    Some(scope)
}

/// A struct, as it is declared.
pub(super) struct StructDef {
    pub(super) path: Vec<String>,
    pub(super) fields: Vec<Field>,
    /// `refined_by`: names and sorts.
    pub(super) params: Vec<(Name, String)>,
    pub(super) invariants: Vec<Expr>,
    /// Why it is not supported.
    pub(super) problem: Option<Problem>,
}

/// A field: its name, its type in Rust, and what is said of it.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) rust: syn::Type,
    pub(super) said: Option<Ty>,
}

/// What a name stands for.
#[derive(Clone)]
enum Value {
    Int(Exp),
    Bool(Fml),
    /// The indices of a struct, with their names; and the struct, if it is known.
    Adt(Option<Vec<String>>, Vec<(String, Value)>),
}

impl Value {
    /// Of a struct with one index it is the index.
    fn plain(self) -> Self {
        match self {
            Value::Adt(of, mut fields) if fields.len() == 1 => match fields.pop() {
                Some((_, value)) => value.plain(),
                None => Value::Adt(of, fields),
            },
            other => other,
        }
    }
}

/// The cells of a shape.
#[derive(Clone)]
enum Tree {
    Leaf(Param),
    Node(Vec<Tree>),
}

/// When: at the call, or at the end.
#[derive(Clone, Copy, PartialEq)]
enum End {
    In,
    Out,
}

fn variable(param: Param, end: End) -> Var {
    match (param, end) {
        (Param::Val(_, x) | Param::Shr(_, x), _) | (Param::Mut(_, x, _), End::In) => x,
        (Param::Mut(_, _, y), End::Out) => y,
    }
}

/// An integer: `exp + times * (a / c)`.
#[derive(Clone)]
struct Term {
    exp: Exp,
    quotient: Option<(bool, Exp, Exp)>,
}

impl Term {
    fn plain(exp: Exp) -> Self {
        Self { exp, quotient: None }
    }
}

/// The value in each case; in which one we are, the formula says.
type Cases = Vec<(Option<Fml>, Term)>;

/// So many cases, at most.
const CASES: usize = 32;
/// Aliases nest no deeper than this.
const ALIASES: usize = 16;

/// Structs nest no deeper than this.
const NESTED: usize = 16;
/// A formula has no more parts than this.
const SIZE: usize = 4000;
/// So many parts of types are looked at, at most.
const PARTS: usize = 4000;

pub(super) struct Translator<'a> {
    source: &'a str,
    /// The scopes, from the outermost on, and the one in which names are read.
    scopes: &'a [Scope],
    at: usize,
    /// Names, and what they stand for, if that is known already. The last comes first.
    names: Vec<(String, Option<Value>)>,
    next: Var,
    aliases: usize,
    /// How many structs and definitions are around.
    nested: usize,
    /// Whether the function has no signature in its attributes.
    plain: bool,
    /// How many parts of types were looked at.
    parts: Cell<usize>,
}

/// Formulas, and where they stand.
type Out = Vec<(Fml, Span)>;

fn as_value(kind: Kind, x: Var) -> Value {
    match kind {
        Kind::Int(_) => Value::Int(Exp::Var(x)),
        Kind::Bool => Value::Bool(Fml::is_true(Exp::Var(x))),
    }
}

fn and(f: Option<Fml>, g: Option<Fml>) -> Option<Fml> {
    match (f, g) {
        (Some(f), Some(g)) => Some(f.and(g)),
        (f, g) => f.or(g),
    }
}

fn relation(op: BinOp, a: Exp, b: Exp) -> Option<Fml> {
    Some(match op {
        BinOp::Eq => Fml::Eq(a, b),
        BinOp::Ne => Fml::Ne(a, b),
        BinOp::Lt => Fml::Lt(a, b),
        BinOp::Le => Fml::Le(a, b),
        BinOp::Gt => Fml::Lt(b, a),
        BinOp::Ge => Fml::Le(b, a),
        _ => return None,
    })
}

fn mirrored(op: BinOp) -> BinOp {
    match op {
        BinOp::Lt => BinOp::Gt,
        BinOp::Le => BinOp::Ge,
        BinOp::Gt => BinOp::Lt,
        BinOp::Ge => BinOp::Le,
        other => other,
    }
}

/// `a / c op e`
fn of_quotient(op: BinOp, a: Exp, c: Exp, e: Exp, span: Span) -> Result<Fml> {
    let ce = c.clone().times(e.clone());
    let next = c.clone().times(e.plus(Exp::int(1)));
    match &c {
        Exp::Const(z) if z.is_positive() => Ok(match op {
            BinOp::Lt => Fml::Lt(a, ce),
            BinOp::Le => Fml::Lt(a, next),
            BinOp::Gt => Fml::Le(next, a),
            BinOp::Ge => Fml::Le(ce, a),
            BinOp::Ne => Fml::Lt(a.clone(), ce).or(Fml::Le(next, a)),
            _ => Fml::Le(ce, a.clone()).and(Fml::Lt(a, next)),
        }),
        _ if op == BinOp::Eq => {
            let zero = Exp::int(0);
            let at_least = Fml::Le(ce.clone(), a.clone());
            let positive = Fml::Lt(zero.clone(), c.clone())
                .and(at_least.clone().and(Fml::Lt(a.clone(), next)));
            let negative = Fml::Lt(c.clone(), zero).and(at_least.and(Fml::Lt(a, ce.minus(c))));
            Ok(positive.or(negative))
        }
        _ => Err(Problem::unsupported(span, "a quotient by what is no number, in this place")),
    }
}

impl<'a> Translator<'a> {
    /// Names are read in the last of the scopes.
    pub(super) fn new(source: &'a str, scopes: &'a [Scope]) -> Self {
        Self {
            source,
            scopes,
            at: scopes.len().saturating_sub(1),
            names: Vec::new(),
            next: 0,
            aliases: 0,
            nested: 0,
            plain: false,
            parts: Cell::new(0),
        }
    }

    fn outer(&self) -> &'a Scope {
        &self.scopes[self.at]
    }

    /// Does something with names read in this scope.
    fn within<T>(&mut self, scope: usize, f: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.at, scope);
        let done = f(self);
        self.at = outside;
        done
    }

    /// The scope of the last name of a path in Flux's words.
    fn scope_of(&self, path: &[String]) -> Option<usize> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        scope_of(self.scopes, self.at, &path)
    }

    fn bounded(&self, f: Fml, span: Span) -> Result<Fml> {
        if f.is_larger_than(SIZE) {
            return Err(Problem::unsupported(span, "a refinement that becomes so large"));
        }
        Ok(f)
    }

    fn fresh(&mut self) -> Var {
        self.next += 1;
        self.next
    }

    // Types of Rust.

    pub(super) fn shape(&self, ty: &syn::Type, depth: usize) -> Result<Shape> {
        self.shape_in(self.at, ty, depth)
    }

    /// A type, whose names are read in this scope.
    fn shape_in(&self, scope: usize, ty: &syn::Type, depth: usize) -> Result<Shape> {
        let span = Span::of(ty.span());
        let unsupported = |what: &str| Err(Problem::unsupported(span, what));
        self.parts.set(self.parts.get() + 1);
        if depth >= NESTED || self.parts.get() > PARTS {
            return unsupported("types that are nested so deeply");
        }
        match ty {
            syn::Type::Paren(ty) => self.shape_in(scope, &ty.elem, depth),
            syn::Type::Group(ty) => self.shape_in(scope, &ty.elem, depth),
            syn::Type::Tuple(ty) => {
                let parts = ty.elems.iter().map(|part| self.shape_in(scope, part, depth + 1));
                Ok(Shape::Tuple(parts.collect::<Result<_>>()?))
            }
            syn::Type::Reference(ty) => {
                let to = self.shape_in(scope, &ty.elem, depth + 1)?;
                if to.has_reference() {
                    return unsupported("a reference to a reference");
                }
                Ok(Shape::Ref(ty.mutability.is_some(), Box::new(to)))
            }
            syn::Type::Path(path) if path.qself.is_none() => {
                let Some(last) = path.path.segments.last() else { return unsupported("this type") };
                let name = last.ident.to_string();
                let words = path.path.segments.iter().map(|one| one.ident.to_string());
                let words: Vec<String> = words.collect();
                // A module `std` of its own is noted.
                let alone = match words.as_slice() {
                    [_] => path.path.leading_colon.is_none(),
                    [of, primitive, _] => {
                        matches!(of.as_str(), "std" | "core") && primitive == "primitive"
                    }
                    _ => false,
                };
                if alone {
                    if name == "bool" {
                        return Ok(Shape::Scalar(Kind::Bool));
                    }
                    if let Some(ty) = IntType::named(&name) {
                        return Ok(Shape::Scalar(Kind::Int(ty)));
                    }
                }
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let of = scope_of(self.scopes, scope, &words)
                    .filter(|_| path.path.leading_colon.is_none())
                    .and_then(|at| self.scopes.get(at));
                let Some(of) = of else {
                    return unsupported(&format!("the type `{}`", words.join("::")));
                };
                // What is said at the alias would be lost.
                if self.plain && of.aliases.contains_key(&name) {
                    return unsupported(&format!(
                        "`{name}`, which has refinements, without a signature"
                    ));
                }
                let plain = match &last.arguments {
                    syn::PathArguments::None => true,
                    syn::PathArguments::AngleBracketed(args) => {
                        args.args.iter().all(|arg| matches!(arg, syn::GenericArgument::Lifetime(_)))
                    }
                    syn::PathArguments::Parenthesized(_) => false,
                };
                let own = |of: Result<Shape>| match of {
                    Err(Problem::Unsupported { construct, .. }) => unsupported(&construct),
                    other => other,
                };
                match (of.rust.get(&name), of.structs.get(&name)) {
                    (Some(known), _) if plain => {
                        own(self.shape_in(known.scope, &known.of, depth + 1))
                    }
                    (None, Some(known)) if plain => {
                        let def = &known.of;
                        if let Some(Problem::Unsupported { construct, .. }) = &def.problem {
                            return unsupported(construct);
                        }
                        let fields = def
                            .fields
                            .iter()
                            .map(|field| self.shape_in(known.scope, &field.rust, depth + 1));
                        let fields = fields.collect::<Result<Vec<_>>>();
                        let fields = fields.or_else(|_| {
                            unsupported(&format!("the type `{name}`")).map(|_| Vec::new())
                        })?;
                        Ok(Shape::Struct(def.path.clone(), fields))
                    }
                    _ => unsupported(&format!("the type `{name}`")),
                }
            }
            syn::Type::Slice(_) => unsupported("a slice"),
            syn::Type::Array(_) => unsupported("an array"),
            syn::Type::Ptr(_) => unsupported("a raw pointer"),
            syn::Type::Never(_) => unsupported("the type `!`"),
            syn::Type::BareFn(_) => unsupported("a function pointer"),
            syn::Type::ImplTrait(_) => unsupported("`impl` in a type"),
            syn::Type::TraitObject(_) => unsupported("`dyn`"),
            _ => unsupported("this type"),
        }
    }

    /// The cells of a shape, each as `leaf` makes it of its kind, its name, and whether it
    /// is behind a reference, and behind one that is not mutable.
    fn tree(
        &mut self,
        shape: &Shape,
        name: &str,
        behind: Option<bool>,
        leaf: &mut impl FnMut(&mut Self, Kind, &str, Option<bool>) -> Param,
    ) -> Tree {
        match shape {
            Shape::Scalar(kind) => Tree::Leaf(leaf(self, *kind, name, behind)),
            Shape::Ref(mutable, of) => {
                let behind = Some(behind.unwrap_or(true) && *mutable);
                let name = match **of {
                    Shape::Scalar(_) => format!("*{name}"),
                    _ => name.to_owned(),
                };
                self.tree(of, &name, behind, leaf)
            }
            Shape::Tuple(parts) => {
                let parts = parts.iter().enumerate();
                Tree::Node(
                    parts
                        .map(|(at, part)| self.tree(part, &format!("{name}.{at}"), behind, leaf))
                        .collect(),
                )
            }
            Shape::Struct(path, parts) => {
                let names: Vec<String> = match self.definition(path) {
                    Some(def) => def.of.fields.iter().map(|field| field.name.clone()).collect(),
                    None => Vec::new(),
                };
                let parts = names.iter().zip(parts);
                Tree::Node(
                    parts
                        .map(|(at, part)| self.tree(part, &format!("{name}.{at}"), behind, leaf))
                        .collect(),
                )
            }
        }
    }

    fn definition(&self, path: &[String]) -> Option<Known<StructDef>> {
        let mut structs = self.scopes.iter().rev().flat_map(|scope| scope.structs.values());
        structs.find(|def| def.of.path == path).cloned()
    }

    // Names.

    fn lookup(&self, name: &str) -> Option<&Option<Value>> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Gives a value to a name that is declared and has none.
    fn bind(&mut self, name: &str, value: Value) -> bool {
        match self.names.iter_mut().rev().find(|(known, _)| known == name) {
            Some((_, slot @ None)) => {
                *slot = Some(value);
                true
            }
            _ => false,
        }
    }

    fn path(&mut self, path: &[String], span: Span) -> Result<Value> {
        if let [name] = path {
            match self.lookup(name) {
                Some(Some(value)) => return Ok(value.clone()),
                Some(None) => {
                    let what =
                        format!("a refinement parameter (`{name}`) that no argument determines");
                    return Err(Problem::unsupported(span, what));
                }
                None => {}
            }
        }
        let last = path.last().map(String::as_str).unwrap_or_default();
        let of_type = match path {
            [ty, _] => Some(ty),
            [of, ty, _] if matches!(of.as_str(), "std" | "core") => Some(ty),
            _ => None,
        };
        if let Some(ty) = of_type {
            if let Some(ty) = IntType::named(ty) {
                match last {
                    "MIN" => return Ok(Value::Int(Exp::Const(ty.least()))),
                    "MAX" => return Ok(Value::Int(Exp::Const(ty.greatest()))),
                    _ => {}
                }
            }
        }
        if self.aliases < ALIASES {
            // Of a longer path it is not known here what it names.
            let alone = path.len() == 1;
            if let Some(known) = self.outer().constants.get(last).filter(|_| alone) {
                // A constant is no place in the signature.
                self.aliases += 1;
                let names = std::mem::take(&mut self.names);
                let value = self.within(known.scope, |own| own.value(&known.of));
                self.names = names;
                self.aliases -= 1;
                return value.map_err(|_| {
                    Problem::unsupported(
                        span,
                        format!("the constant `{last}`, whose value is not plain"),
                    )
                });
            }
        }
        Err(Problem::Unknown { span, name: path.join("::") })
    }

    // Expressions.

    /// What a name, or a field of a name, stands for.
    fn resolve(&self, expr: &Expr) -> Option<Value> {
        match &expr.kind {
            ExprKind::Path(path) => match path.as_slice() {
                [name] => self.lookup(name)?.clone(),
                _ => None,
            },
            ExprKind::Field(of, field) => match self.resolve(of)? {
                Value::Adt(_, fields) => {
                    fields.into_iter().find(|(name, _)| name == field).map(|(_, value)| value)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn field(&self, expr: &Expr, span: Span) -> Result<Value> {
        self.resolve(expr).ok_or_else(|| Problem::unsupported(span, "this field in a refinement"))
    }

    /// The function of refinements, with its arguments put in.
    fn call(&mut self, path: &[String], args: &[Expr], span: Span) -> Result<Value> {
        let unknown = || Problem::unsupported(span, "a call in a refinement");
        let [name] = path else { return Err(unknown()) };
        let Known { of: def, scope } = self.outer().defs.get(name).cloned().ok_or_else(unknown)?;
        self.parts.set(self.parts.get() + 1);
        if self.parts.get() > PARTS {
            return Err(Problem::unsupported(span, "a refinement that becomes so large"));
        }
        if self.nested >= NESTED || def.params.len() != args.len() || self.lookup(name).is_some() {
            return Err(unknown());
        }
        let mut names = Vec::new();
        for (param, arg) in def.params.iter().zip(args) {
            names.push((param.clone(), Some(self.value(arg)?)));
        }
        let outside = std::mem::replace(&mut self.names, names);
        self.nested += 1;
        let value = self.within(scope, |own| own.value(&def.body));
        self.nested -= 1;
        self.names = outside;
        value.map_err(|problem| match problem {
            Problem::Unsupported { construct, .. } => Problem::Unsupported { span, construct },
            _ => unknown(),
        })
    }

    /// Whether a function of refinements says something of integers.
    pub(super) fn is_formed(&mut self, def: &Def) -> bool {
        for param in &def.params {
            let value = Value::Int(Exp::Var(self.fresh()));
            self.names.push((param.clone(), Some(value)));
        }
        let done = self.value(&def.body);
        self.names.clear();
        done.is_ok()
    }

    /// The function of refinements, where it is a formula or an integer as it stands.
    fn call_cases(&mut self, path: &[String], args: &[Expr], span: Span) -> Result<Cases> {
        match self.call(path, args, span)?.plain() {
            Value::Int(exp) => Ok(vec![(None, Term::plain(exp))]),
            _ => Err(Problem::Sort { span, found: "a formula", expected: "an integer" }),
        }
    }

    /// `S { f: e, ..e }`
    fn adt(
        &mut self,
        path: Option<&[String]>,
        fields: &[(Name, Expr)],
        rest: Option<&Expr>,
        span: Span,
    ) -> Result<Value> {
        let unknown = || Problem::unsupported(span, "this struct in a refinement");
        let wrong = |what: String| Problem::Mismatch { span, what };
        let mut of = None;
        let rest = match rest {
            Some(rest) => match self.value(rest)? {
                Value::Adt(own, fields) => {
                    of = own;
                    Some(fields)
                }
                _ => return Err(unknown()),
            },
            None => None,
        };
        let mut given = Vec::new();
        for (name, expr) in fields {
            given.push((name.text.clone(), self.value(expr)?));
        }
        let names: Vec<String> = match (path, &rest) {
            (Some(path), _) => {
                let scope = self.scope_of(path).and_then(|at| self.scopes.get(at));
                let def = scope.zip(path.last()).and_then(|(of, name)| of.structs.get(name));
                let def = def.ok_or_else(|| Problem::Unknown { span, name: path.join("::") })?;
                let def = &def.of;
                if of.as_ref().is_some_and(|of| *of != def.path) {
                    return Err(wrong(format!("another struct than `{}`", path.join("::"))));
                }
                of = Some(def.path.clone());
                def.params.iter().map(|(name, _)| name.text.clone()).collect()
            }
            (None, Some(rest)) => rest.iter().map(|(name, _)| name.clone()).collect(),
            (None, None) => given.iter().map(|(name, _)| name.clone()).collect(),
        };
        for (at, (name, _)) in given.iter().enumerate() {
            if !names.contains(name) {
                return Err(wrong(format!("there is no field `{name}`")));
            }
            if given[..at].iter().any(|(other, _)| other == name) {
                return Err(wrong(format!("the field `{name}` is there twice")));
            }
        }
        let rest = rest.unwrap_or_default();
        let all = names.into_iter().map(|name| {
            let own = given.iter().chain(&rest).find(|(known, _)| *known == name);
            let missing = || wrong(format!("the field `{name}` is missing"));
            own.map(|(_, value)| (name.clone(), value.clone())).ok_or_else(missing)
        });
        Ok(Value::Adt(of, all.collect::<Result<_>>()?))
    }

    /// That two are the same.
    fn equal(a: Value, b: Value, span: Span) -> Result<Fml> {
        let wrong = |what: &str| Problem::Mismatch { span, what: what.to_owned() };
        if let (Value::Adt(Some(one), fields), Value::Adt(Some(other), others)) = (&a, &b) {
            if one != other {
                // One may be the only index of the other.
                return match (fields.as_slice(), others.as_slice()) {
                    ([(_, inner @ Value::Adt(Some(of), _))], _) if of == other => {
                        Self::equal(inner.clone(), b, span)
                    }
                    (_, [(_, inner @ Value::Adt(Some(of), _))]) if of == one => {
                        Self::equal(a, inner.clone(), span)
                    }
                    _ => Err(wrong("these are of different structs")),
                };
            }
        }
        match (a.plain(), b.plain()) {
            (Value::Int(a), Value::Int(b)) => Ok(Fml::Eq(a, b)),
            (Value::Bool(f), Value::Bool(g)) => Ok(f.iff(&g)),
            (Value::Int(_) | Value::Bool(_), Value::Int(_) | Value::Bool(_)) => {
                Err(wrong("an integer and a boolean"))
            }
            (Value::Adt(_, a), Value::Adt(_, b)) => {
                let mut all = Fml::truth(true);
                let count = a.len();
                for (name, value) in a {
                    let other = b.iter().find(|(known, _)| *known == name);
                    let (_, other) = other.ok_or_else(|| wrong("these have different fields"))?;
                    let f = Self::equal(value, other.clone(), span)?;
                    if b.len() != count {
                        return Err(wrong("these have different fields"));
                    }
                    all = if all == Fml::truth(true) { f } else { all.and(f) };
                }
                Ok(all)
            }
            _ => Err(Problem::unsupported(span, "an equation between these")),
        }
    }

    fn is_bool(&self, expr: &Expr) -> bool {
        self.is_bool_within(expr, NESTED)
    }

    /// The same, through so many definitions.
    fn is_bool_within(&self, expr: &Expr, nested: usize) -> bool {
        match &expr.kind {
            ExprKind::Field(..) => {
                matches!(self.resolve(expr).map(Value::plain), Some(Value::Bool(_)))
            }
            ExprKind::Adt(..) => false,
            // Whatever the arguments are.
            ExprKind::Call(path, _) => {
                match path.as_slice() {
                    [name] => self.outer().defs.get(name).is_some_and(|def| {
                        nested > 0 && self.is_bool_within(&def.of.body, nested - 1)
                    }),
                    _ => false,
                }
            }
            ExprKind::Bool(_) | ExprKind::Not(_) => true,
            ExprKind::Int(_) | ExprKind::Neg(_) | ExprKind::Unsupported(_) => false,
            ExprKind::Binary(op, ..) => {
                !matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Rem)
            }
            ExprKind::If(parts) => self.is_bool_within(&parts[1], nested),
            ExprKind::Path(path) => match path.as_slice() {
                [name] => match self.lookup(name) {
                    Some(value) => {
                        matches!(value.clone().map(Value::plain), Some(Value::Bool(_)))
                    }
                    None => self.outer().constants.get(name).is_some_and(|known| {
                        matches!(known.of.kind, ExprKind::Bool(_) | ExprKind::Not(_))
                    }),
                },
                _ => false,
            },
        }
    }

    fn value(&mut self, expr: &Expr) -> Result<Value> {
        match &expr.kind {
            ExprKind::Adt(path, fields, rest) => {
                return self.adt(path.as_deref(), fields, rest.as_deref(), expr.span);
            }
            ExprKind::Call(path, args) => return self.call(path, args, expr.span),
            ExprKind::Path(_) | ExprKind::Field(..) => {
                if let Some(value) = self.resolve(expr) {
                    return Ok(value);
                }
            }
            _ => {}
        }
        if self.is_bool(expr) {
            return self.formula(expr).map(Value::Bool);
        }
        self.single(expr).map(Value::Int)
    }

    /// An integer without cases.
    fn single(&mut self, expr: &Expr) -> Result<Exp> {
        let cases = self.int(expr)?;
        match <[_; 1]>::try_from(cases) {
            Ok([(None, Term { exp, quotient: None })]) => Ok(exp),
            _ => Err(Problem::unsupported(expr.span, "`if` or a quotient in this place")),
        }
    }

    fn combine(
        span: Span,
        left: Cases,
        right: &Cases,
        f: impl Fn(Term, Term) -> Result<Term>,
    ) -> Result<Cases> {
        if left.len() * right.len() > CASES {
            return Err(Problem::unsupported(span, "so many cases"));
        }
        let mut out = Vec::new();
        for (guard, term) in left {
            for (other, with) in right {
                out.push((and(guard.clone(), other.clone()), f(term.clone(), with.clone())?));
            }
        }
        Ok(out)
    }

    fn int(&mut self, expr: &Expr) -> Result<Cases> {
        let cases = self.int_unbounded(expr)?;
        let large = |(guard, term): &(Option<Fml>, Term)| {
            let parts = term.quotient.iter().flat_map(|(_, n, d)| [n, d]);
            guard.as_ref().is_some_and(|guard| guard.is_larger_than(SIZE))
                || parts.chain([&term.exp]).any(|exp| exp.is_larger_than(SIZE))
        };
        if cases.iter().any(large) {
            return Err(Problem::unsupported(expr.span, "a refinement that becomes so large"));
        }
        Ok(cases)
    }

    fn int_unbounded(&mut self, expr: &Expr) -> Result<Cases> {
        let span = expr.span;
        let one = |exp| Ok(vec![(None, Term::plain(exp))]);
        match &expr.kind {
            ExprKind::Int(value) => one(Exp::Const(value.clone())),
            ExprKind::Path(_) | ExprKind::Field(..) => {
                let value = match &expr.kind {
                    ExprKind::Path(path) => self.path(path, span)?,
                    _ => self.field(expr, span)?,
                };
                match value.plain() {
                    Value::Int(exp) => one(exp),
                    Value::Bool(_) => {
                        Err(Problem::Sort { span, found: "a boolean", expected: "an integer" })
                    }
                    Value::Adt(..) => {
                        Err(Problem::Sort { span, found: "a struct", expected: "an integer" })
                    }
                }
            }
            ExprKind::Call(path, args) => self.call_cases(path, args, span),
            ExprKind::Adt(..) => {
                Err(Problem::Sort { span, found: "a struct", expected: "an integer" })
            }
            ExprKind::Neg(of) => {
                let mut cases = self.int(of)?;
                for (_, term) in &mut cases {
                    term.exp = match &term.exp {
                        Exp::Const(z) => Exp::Const(-z),
                        exp => Exp::int(0).minus(exp.clone()),
                    };
                    if let Some((negative, ..)) = &mut term.quotient {
                        *negative = !*negative;
                    }
                }
                Ok(cases)
            }
            ExprKind::If(parts) => {
                let [condition, yes, no] = &**parts;
                let condition = self.formula(condition)?;
                let contrary = condition.negate();
                let (yes, no) = (self.int(yes)?, self.int(no)?);
                if yes.len() + no.len() > CASES {
                    return Err(Problem::unsupported(span, "so many cases"));
                }
                let guarded = |guard: Fml, cases: Cases| {
                    cases
                        .into_iter()
                        .map(move |(other, term)| (and(Some(guard.clone()), other), term))
                };
                Ok(guarded(condition, yes).chain(guarded(contrary, no)).collect())
            }
            ExprKind::Binary(op @ (BinOp::Add | BinOp::Sub), left, right) => {
                let (left, right) = (self.int(left)?, self.int(right)?);
                let minus = *op == BinOp::Sub;
                Self::combine(span, left, &right, |a, b| {
                    let quotient = match (a.quotient, b.quotient) {
                        (Some(_), Some(_)) => {
                            return Err(Problem::unsupported(span, "two quotients in one formula"));
                        }
                        (None, Some((negative, n, d))) => Some((negative != minus, n, d)),
                        (a, None) => a,
                    };
                    let exp = if minus { a.exp.minus(b.exp) } else { a.exp.plus(b.exp) };
                    Ok(Term { exp, quotient })
                })
            }
            ExprKind::Binary(BinOp::Mul, left, right) => {
                let (left, right) = (self.int(left)?, self.int(right)?);
                Self::combine(span, left, &right, |a, b| match (a.quotient, b.quotient) {
                    (None, None) => Ok(Term::plain(a.exp.times(b.exp))),
                    _ => Err(Problem::unsupported(span, "a quotient that is multiplied")),
                })
            }
            ExprKind::Binary(BinOp::Div, left, right) => {
                let (left, right) = (self.int(left)?, self.int(right)?);
                Self::combine(span, left, &right, |a, b| match (a.quotient, b.quotient) {
                    (None, None) => match &b.exp {
                        Exp::Const(z) if z.is_zero() => {
                            Err(Problem::unsupported(span, "a quotient by 0"))
                        }
                        _ => Ok(Term { exp: Exp::int(0), quotient: Some((false, a.exp, b.exp)) }),
                    },
                    _ => Err(Problem::unsupported(span, "a quotient of quotients")),
                })
            }
            ExprKind::Binary(BinOp::Rem, ..) => {
                Err(Problem::unsupported(span, "a remainder in a signature"))
            }
            ExprKind::Unsupported(what) => Err(Problem::unsupported(span, *what)),
            ExprKind::Bool(_) | ExprKind::Not(_) | ExprKind::Binary(..) => {
                Err(Problem::Sort { span, found: "a formula", expected: "an integer" })
            }
        }
    }

    fn formula(&mut self, expr: &Expr) -> Result<Fml> {
        let f = self.formula_unbounded(expr)?;
        self.bounded(f, expr.span)
    }

    fn formula_unbounded(&mut self, expr: &Expr) -> Result<Fml> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Bool(value) => Ok(Fml::truth(*value)),
            ExprKind::Not(of) => Ok(self.formula(of)?.negate()),
            ExprKind::Path(_) | ExprKind::Field(..) | ExprKind::Call(..) => {
                let value = match &expr.kind {
                    ExprKind::Path(path) => self.path(path, span)?,
                    ExprKind::Call(path, args) => self.call(path, args, span)?,
                    _ => self.field(expr, span)?,
                };
                match value.plain() {
                    Value::Bool(f) => Ok(f),
                    Value::Int(_) => {
                        Err(Problem::Sort { span, found: "an integer", expected: "a formula" })
                    }
                    Value::Adt(..) => {
                        Err(Problem::Sort { span, found: "a struct", expected: "a formula" })
                    }
                }
            }
            ExprKind::Adt(..) => {
                Err(Problem::Sort { span, found: "a struct", expected: "a formula" })
            }
            ExprKind::If(parts) => {
                let [condition, yes, no] = &**parts;
                let condition = self.formula(condition)?;
                let (yes, no) = (self.formula(yes)?, self.formula(no)?);
                Ok(condition.clone().and(yes).or(condition.negate().and(no)))
            }
            ExprKind::Binary(op, left, right) => self.binary(span, *op, left, right),
            ExprKind::Unsupported(what) => Err(Problem::unsupported(span, *what)),
            ExprKind::Int(_) | ExprKind::Neg(_) => {
                Err(Problem::Sort { span, found: "an integer", expected: "a formula" })
            }
        }
    }

    fn binary(&mut self, span: Span, op: BinOp, left: &Expr, right: &Expr) -> Result<Fml> {
        let connective = matches!(op, BinOp::And | BinOp::Or | BinOp::Implies | BinOp::Iff);
        let equality = matches!(op, BinOp::Eq | BinOp::Ne);
        if connective || equality && self.is_bool(left) {
            let (f, g) = (self.formula(left)?, self.formula(right)?);
            return Ok(match op {
                BinOp::And => f.and(g),
                BinOp::Or => f.or(g),
                BinOp::Implies => f.negate().or(g),
                BinOp::Ne => f.iff(&g.negate()),
                _ => f.iff(&g),
            });
        }
        let is_struct = |expr: &Expr| {
            matches!(expr.kind, ExprKind::Adt(..))
                || matches!(self.resolve(expr).map(Value::plain), Some(Value::Adt(..)))
        };
        if equality && (is_struct(left) || is_struct(right)) {
            let f = Self::equal(self.value(left)?, self.value(right)?, span)?;
            return Ok(if op == BinOp::Ne { f.negate() } else { f });
        }
        let (left, right) = (self.int(left)?, self.int(right)?);
        if left.len() * right.len() > CASES {
            return Err(Problem::unsupported(span, "so many cases"));
        }
        let wrong = || Problem::Sort { span, found: "an integer", expected: "a formula" };
        let mut out: Option<Fml> = None;
        for (guard, a) in &left {
            for (other, b) in &right {
                let (x, y) = (a.exp.clone(), b.exp.clone());
                let quotient = match (&a.quotient, &b.quotient) {
                    (None, None) => None,
                    (Some(_), Some(_)) => {
                        return Err(Problem::unsupported(span, "two quotients in one formula"));
                    }
                    (Some((negative, n, d)), None) => Some((*negative, n, d)),
                    (None, Some((negative, n, d))) => Some((!*negative, n, d)),
                };
                let atom = match quotient {
                    None => relation(op, x, y).ok_or_else(wrong)?,
                    // x + q op y, and x - q op y
                    Some((negative, n, d)) => {
                        relation(op, Exp::int(0), Exp::int(0)).ok_or_else(wrong)?;
                        let (op, e) = if negative {
                            (mirrored(op), x.minus(y))
                        } else if matches!(&x, Exp::Const(z) if z.is_zero()) {
                            (op, y)
                        } else {
                            (op, y.minus(x))
                        };
                        of_quotient(op, n.clone(), d.clone(), e, span)?
                    }
                };
                let case = match and(guard.clone(), other.clone()) {
                    Some(guard) => guard.and(atom),
                    None => atom,
                };
                out = Some(match out {
                    Some(rest) => rest.or(case),
                    None => case,
                });
            }
        }
        out.ok_or_else(wrong)
    }

    /// A formula as several, as far as "and" is what it says.
    fn clauses(&mut self, expr: &Expr, out: &mut Out) -> Result<()> {
        if let ExprKind::Binary(BinOp::And, left, right) = &expr.kind {
            self.clauses(left, out)?;
            return self.clauses(right, out);
        }
        let f = self.formula(expr)?;
        if f != Fml::truth(true) {
            out.push((f, expr.span));
        }
        Ok(())
    }

    // Types of signatures.

    /// Whether the type is called so.
    fn is_called(&self, base: &Base, shape: &Shape, span: Span) -> Result<()> {
        let name = base.path.last().map(String::as_str).unwrap_or_default();
        if base.generic {
            return Err(Problem::unsupported(span, format!("the type `{name}` with arguments")));
        }
        let alone = match base.path.as_slice() {
            [_] => true,
            [of, primitive, _] => matches!(of.as_str(), "std" | "core") && primitive == "primitive",
            _ => false,
        };
        let found = if name == "bool" && alone {
            Shape::Scalar(Kind::Bool)
        } else if let Some(ty) = IntType::named(name).filter(|_| alone) {
            Shape::Scalar(Kind::Int(ty))
        } else {
            let unknown = || Problem::unsupported(span, format!("the type `{name}`"));
            let of = self.scope_of(&base.path).and_then(|at| self.scopes.get(at));
            let of = of.ok_or_else(unknown)?;
            match (of.rust.get(name), of.structs.get(name)) {
                (Some(ty), _) => self.shape_in(ty.scope, &ty.of, 0).map_err(|_| unknown())?,
                (None, Some(def)) => match shape {
                    Shape::Struct(path, _) if *path == def.of.path => return Ok(()),
                    _ => Shape::Struct(def.of.path.clone(), Vec::new()),
                },
                (None, None) => return Err(unknown()),
            }
        };
        if found == *shape {
            return Ok(());
        }
        let what = format!("`{}` where it has `{}`", found.name(), shape.name());
        Err(Problem::Mismatch { span, what })
    }

    /// That the value is what the index says.
    fn equals(&mut self, value: Value, index: &Expr, out: &mut Out) -> Result<()> {
        if let (Value::Adt(Some(of), _), ExprKind::Adt(None, fields, rest)) = (&value, &index.kind)
        {
            // Which struct it is stands before the index.
            let name = of.last().cloned().unwrap_or_default();
            let kind = ExprKind::Adt(Some(vec![name]), fields.clone(), rest.clone());
            return self.equals(value, &Expr { span: index.span, kind }, out);
        }
        let whole = value.clone();
        let f = match value.plain() {
            Value::Int(own) => {
                if let Some(Value::Adt(..)) = self.resolve(index).map(Value::plain) {
                    let (found, expected) = ("a struct", "an integer");
                    return Err(Problem::Sort { span: index.span, found, expected });
                }
                if let ExprKind::Adt(..) = index.kind {
                    let f = Self::equal(Value::Int(own), self.value(index)?, index.span)?;
                    out.push((f, index.span));
                    return Ok(());
                }
                let cases = self.int(index)?;
                let at = Expr { span: index.span, kind: ExprKind::Path(vec![INDEX.to_owned()]) };
                if let [(None, Term { exp, quotient: None })] = cases.as_slice() {
                    if *exp == own {
                        return Ok(());
                    }
                }
                self.names.push((INDEX.to_owned(), Some(Value::Int(own))));
                let f = self.binary(index.span, BinOp::Eq, &at, index);
                self.names.pop();
                f?
            }
            Value::Bool(own) => {
                let f = self.formula(index)?;
                if f == own {
                    return Ok(());
                } else if f == Fml::truth(true) {
                    own
                } else if f == Fml::truth(false) {
                    own.negate()
                } else {
                    // In two parts, each of which is shown by itself.
                    out.push((own.negate().or(f.clone()), index.span));
                    own.or(f.negate())
                }
            }
            Value::Adt(..) => Self::equal(whole, self.value(index)?, index.span)?,
        };
        if f != Fml::truth(true) {
            out.push((f, index.span));
        }
        Ok(())
    }

    /// Each index with what it is the index of.
    fn paired<'i>(
        indices: &'i [Index],
        value: &Value,
        span: Span,
    ) -> Result<Vec<(&'i Index, Value)>> {
        match (indices, value) {
            ([index], value) => Ok(vec![(index, value.clone())]),
            (_, Value::Adt(_, fields)) if fields.len() == indices.len() => {
                Ok(indices.iter().zip(fields.iter().map(|(_, value)| value.clone())).collect())
            }
            _ => Err(Problem::unsupported(span, "so many indices, or none")),
        }
    }

    /// What a type says of the cells. With `binds`, names with `@` are given to indices;
    /// without, they are known, and the index is said to be equal to them.
    fn describe(
        &mut self,
        ty: &Ty,
        shape: &Shape,
        tree: &Tree,
        (end, binds): (End, bool),
        out: &mut Out,
    ) -> Result<()> {
        match (&ty.kind, shape, tree) {
            (TyKind::Unsupported(what), ..) => Err(Problem::unsupported(ty.span, *what)),
            (TyKind::Base(base), ..) => {
                self.base(base, ty.span, shape, tree, end, out)?;
                Ok(())
            }
            (TyKind::Indexed(base, indices), ..) => {
                let value = self.base(base, ty.span, shape, tree, end, out)?;
                for (index, value) in Self::paired(indices, &value, ty.span)? {
                    match index {
                        Index::Bind(name, of_result) => {
                            if binds && *of_result {
                                let what = "`#` at a parameter".to_owned();
                                return Err(Problem::Mismatch { span: name.span, what });
                            }
                            if *of_result && self.lookup(&name.text).is_some() {
                                let what = format!("`{}` is there twice", name.text);
                                return Err(Problem::Mismatch { span: name.span, what });
                            }
                            if self.lookup(&name.text).is_none() {
                                self.names.push((name.text.clone(), None));
                            }
                            if !self.bind(&name.text, value.clone()) && !binds {
                                let path = ExprKind::Path(vec![name.text.clone()]);
                                let index = Expr { span: name.span, kind: path };
                                self.equals(value, &index, out)?;
                            }
                        }
                        Index::Expr(index) => {
                            if let ExprKind::Path(path) = &index.kind {
                                if let [name] = path.as_slice() {
                                    if self.bind(name, value.clone()) {
                                        continue;
                                    }
                                }
                            }
                            self.equals(value, index, out)?;
                        }
                    }
                }
                Ok(())
            }
            (TyKind::Exists(base, name, pred), ..) => {
                let value = self.base(base, ty.span, shape, tree, end, out)?;
                self.names.push((name.text.clone(), Some(value)));
                let done = self.clauses(pred, out);
                self.names.pop();
                done
            }
            (TyKind::Constr(of, pred), ..) => {
                self.describe(of, shape, tree, (end, binds), out)?;
                self.clauses(pred, out)
            }
            (TyKind::General(names, of, pred), ..) => {
                let before = self.names.len();
                self.names.extend(names.iter().map(|name| (name.text.clone(), None)));
                self.describe(of, shape, tree, (end, binds), out)?;
                if let Some((name, _)) =
                    self.names[before..].iter().find(|(_, value)| value.is_none())
                {
                    let what = format!("`{name}` is determined by nothing");
                    return Err(Problem::Mismatch { span: ty.span, what });
                }
                if let Some(pred) = pred {
                    self.clauses(pred, out)?;
                }
                self.names.truncate(before);
                Ok(())
            }
            (TyKind::Tuple(parts), Shape::Tuple(shapes), Tree::Node(trees))
                if parts.len() == shapes.len() =>
            {
                for ((part, shape), tree) in parts.iter().zip(shapes).zip(trees) {
                    self.describe(part, shape, tree, (end, binds), out)?;
                }
                Ok(())
            }
            (TyKind::Unit, Shape::Tuple(shapes), _) if shapes.is_empty() => Ok(()),
            (TyKind::Ref(mutable, of), Shape::Ref(own, shape), _) if mutable == own => {
                self.describe(of, shape, tree, (end, binds), out)
            }
            (TyKind::Strong(of), Shape::Ref(true, shape), _) => {
                self.describe(of, shape, tree, (end, binds), out)
            }
            (TyKind::Ref(mutable, _), Shape::Ref(..), _) => {
                let what = match mutable {
                    true => "`&mut` where it has `&`",
                    false => "`&` where it has `&mut`",
                };
                Err(Problem::Mismatch { span: ty.span, what: what.to_owned() })
            }
            (TyKind::Ref(..) | TyKind::Strong(_), ..) => {
                let what = "a reference where it has none".to_owned();
                Err(Problem::Mismatch { span: ty.span, what })
            }
            (TyKind::Tuple(_) | TyKind::Unit, ..) => {
                let what = format!("a tuple where it has `{}`", shape.name());
                Err(Problem::Mismatch { span: ty.span, what })
            }
        }
    }

    /// What is said of a base type; its index.
    fn base(
        &mut self,
        base: &Base,
        span: Span,
        shape: &Shape,
        tree: &Tree,
        end: End,
        out: &mut Out,
    ) -> Result<Value> {
        let name = base.path.last().map(String::as_str).unwrap_or_default();
        let of = self.scope_of(&base.path).and_then(|at| self.scopes.get(at));
        let alias = of.and_then(|of| of.aliases.get(name)).cloned();
        let Some(Known { of: alias, scope }) = alias else {
            if !base.args.is_empty() {
                return Err(Problem::unsupported(
                    span,
                    format!("the type `{name}` with arguments"),
                ));
            }
            if let Shape::Ref(..) = shape {
                // A type that is not supported is better named than called no reference.
                let known = IntType::named(name).is_some()
                    || name == "bool"
                    || of.is_some_and(|of| {
                        of.rust.contains_key(name) || of.structs.contains_key(name)
                    });
                if !known {
                    return Err(Problem::unsupported(span, format!("the type `{name}`")));
                }
                let what = "no reference where it has one".to_owned();
                return Err(Problem::Mismatch { span, what });
            }
            self.is_called(base, shape, span)?;
            return self.anything(shape, tree, end, span, out);
        };
        if self.aliases >= ALIASES {
            return Err(Problem::unsupported(span, "aliases that are nested so deeply"));
        }
        if alias.params.len() != base.args.len() || alias.indices.len() > 1 || base.generic {
            return Err(Problem::unsupported(
                span,
                format!("the alias `{name}` with these arguments"),
            ));
        }
        let mut names = Vec::new();
        for (param, arg) in alias.params.iter().zip(&base.args) {
            let Index::Expr(arg) = arg else {
                return Err(Problem::unsupported(span, "`@` in an argument of an alias"));
            };
            names.push((param.text.clone(), Some(self.value(arg)?)));
        }
        names.extend(alias.indices.iter().map(|index| (index.text.clone(), None)));
        let outside = std::mem::replace(&mut self.names, names);
        self.aliases += 1;
        let before = out.len();
        let done = self.within(scope, |own| own.describe(&alias.ty, shape, tree, (end, true), out));
        self.aliases -= 1;
        self.names = outside;
        done?;
        // What an alias says is said where it is used.
        out[before..].iter_mut().for_each(|(_, place)| *place = span);
        self.anything(shape, tree, end, span, &mut Vec::new())
    }

    /// What is always said of cells of this shape; the index.
    fn anything(
        &mut self,
        shape: &Shape,
        tree: &Tree,
        end: End,
        span: Span,
        out: &mut Out,
    ) -> Result<Value> {
        match (shape, tree) {
            (Shape::Scalar(kind), Tree::Leaf(param)) => Ok(as_value(*kind, variable(*param, end))),
            (Shape::Ref(_, of), tree) => self.anything(of, tree, end, span, out),
            (Shape::Tuple(shapes), Tree::Node(trees)) => {
                for (shape, tree) in shapes.iter().zip(trees) {
                    self.anything(shape, tree, end, span, out)?;
                }
                Ok(Value::Adt(None, Vec::new()))
            }
            (Shape::Struct(path, shapes), Tree::Node(trees)) => {
                let before = out.len();
                let outside = std::mem::take(&mut self.names);
                self.nested += 1;
                let unknown =
                    || Problem::unsupported(span, format!("the type `{}`", path.join("::")));
                let def = self.definition(path).filter(|_| self.nested < NESTED);
                let found = match def {
                    Some(def) => self.within(def.scope, |own| {
                        own.fields(&def.of, shapes, trees, end, span, out)
                    }),
                    None => Err(unknown()),
                };
                self.nested -= 1;
                self.names = outside;
                out[before..].iter_mut().for_each(|(_, place)| *place = span);
                found
            }
            _ => Err(Problem::unsupported(span, "this type")),
        }
    }

    fn fields(
        &mut self,
        def: &StructDef,
        shapes: &[Shape],
        trees: &[Tree],
        end: End,
        span: Span,
        out: &mut Out,
    ) -> Result<Value> {
        self.names = def.params.iter().map(|(name, _)| (name.text.clone(), None)).collect();
        let parts = || def.fields.iter().zip(shapes).zip(trees);
        for ((field, shape), tree) in parts() {
            if let Some(said) = &field.said {
                self.binders(said, shape, tree, end);
            }
        }
        for ((field, shape), tree) in parts() {
            if let Some(said) = &field.said {
                self.solutions(said, shape, tree, end);
            }
        }
        for ((field, shape), tree) in parts() {
            match &field.said {
                Some(said) => self.describe(said, shape, tree, (end, true), out)?,
                None => drop(self.anything(shape, tree, end, span, out)?),
            }
        }
        for invariant in &def.invariants {
            self.clauses(invariant, out)?;
        }
        let mut values = Vec::new();
        for (name, sort) in &def.params {
            let Some(Some(value)) = self.lookup(&name.text).cloned() else {
                let what = format!("an index (`{}`) that no field determines", name.text);
                return Err(Problem::unsupported(span, what));
            };
            let fits = match (sort.as_str(), &value) {
                ("int", value) => matches!(value.clone().plain(), Value::Int(_)),
                ("bool", value) => matches!(value.clone().plain(), Value::Bool(_)),
                (_, Value::Adt(Some(of), _)) => of.last() == Some(sort),
                _ => false,
            };
            if !fits {
                let what = format!("an index (`{}`) of this sort", name.text);
                return Err(Problem::unsupported(span, what));
            }
            values.push((name.text.clone(), value));
        }
        Ok(Value::Adt(Some(def.path.clone()), values))
    }

    /// What is said of the fields of a struct, which is demanded where it is made.
    pub(super) fn declared(&mut self, shape: &Shape, span: Span) -> Result<Signature> {
        let mut params = Vec::new();
        let mut names = BTreeMap::new();
        let tree = self.tree(shape, "", None, &mut |own: &mut Self, kind, name, behind| {
            let x = own.fresh();
            names.insert(x, name.trim_start_matches(['.', '*']).to_owned());
            let param = match behind {
                Some(_) => Param::Shr(kind, x),
                None => Param::Val(kind, x),
            };
            params.push(param);
            param
        });
        let mut all = Vec::new();
        self.anything(shape, &tree, End::In, span, &mut all)?;
        let (requires, demands) = self.split(all);
        let sig = Sig { params, requires, result: Ret::Unit, ensures: Vec::new() };
        Ok(Signature {
            sig,
            args: vec![shape.clone()],
            result: Shape::Tuple(Vec::new()),
            requires: demands,
            ensures: Vec::new(),
            names,
        })
    }

    // Functions.

    /// The index of cells of this shape.
    fn index_of(&mut self, shape: &Shape, tree: &Tree, end: End, span: Span) -> Result<Value> {
        self.anything(shape, tree, end, span, &mut Vec::new())
    }

    /// Names that arguments determine: `@n`, and declared parameters that are an index.
    fn binders(&mut self, ty: &Ty, shape: &Shape, tree: &Tree, end: End) {
        match (&ty.kind, shape, tree) {
            (TyKind::Ref(_, of) | TyKind::Strong(of), Shape::Ref(_, shape), _) => {
                self.binders(of, shape, tree, end);
            }
            (TyKind::Constr(of, _), ..) => self.binders(of, shape, tree, end),
            (TyKind::Tuple(parts), Shape::Tuple(shapes), Tree::Node(trees)) => {
                for ((part, shape), tree) in parts.iter().zip(shapes).zip(trees) {
                    self.binders(part, shape, tree, end);
                }
            }
            (TyKind::Indexed(_, indices), ..) => {
                let Ok(value) = self.index_of(shape, tree, end, ty.span) else { return };
                for (index, value) in Self::paired(indices, &value, ty.span).unwrap_or_default() {
                    match index {
                        Index::Bind(name, _) => {
                            if self.lookup(&name.text).is_none() {
                                self.names.push((name.text.clone(), None));
                            }
                            self.bind(&name.text, value);
                        }
                        Index::Expr(Expr { kind: ExprKind::Path(path), .. }) => {
                            if let [name] = path.as_slice() {
                                self.bind(name, value);
                            }
                        }
                        Index::Expr(_) => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Parameters that an index determines: `n` from `n + 1`.
    fn solutions(&mut self, ty: &Ty, shape: &Shape, tree: &Tree, end: End) {
        match (&ty.kind, shape, tree) {
            (TyKind::Ref(_, of) | TyKind::Strong(of), Shape::Ref(_, shape), _) => {
                self.solutions(of, shape, tree, end);
            }
            (TyKind::Constr(of, _), ..) => self.solutions(of, shape, tree, end),
            (TyKind::Tuple(parts), Shape::Tuple(shapes), Tree::Node(trees)) => {
                for ((part, shape), tree) in parts.iter().zip(shapes).zip(trees) {
                    self.solutions(part, shape, tree, end);
                }
            }
            (TyKind::Indexed(_, indices), ..) => {
                let Ok(value) = self.index_of(shape, tree, end, ty.span) else { return };
                for (index, value) in Self::paired(indices, &value, ty.span).unwrap_or_default() {
                    if let (Index::Expr(index), Value::Int(exp)) = (index, value.plain()) {
                        self.solve(index, exp);
                    }
                }
            }
            _ => {}
        }
    }

    fn solve(&mut self, expr: &Expr, value: Exp) {
        match &expr.kind {
            ExprKind::Path(path) => {
                if let [name] = path.as_slice() {
                    self.bind(name, Value::Int(value));
                }
            }
            ExprKind::Binary(op @ (BinOp::Add | BinOp::Sub), left, right) => {
                if let Ok(right) = self.single(right) {
                    let value = match op {
                        BinOp::Add => value.minus(right),
                        _ => value.plus(right),
                    };
                    self.solve(left, value);
                } else if let Ok(left) = self.single(left) {
                    let value = match op {
                        BinOp::Add => value.minus(left),
                        _ => left.minus(value),
                    };
                    self.solve(right, value);
                }
            }
            _ => {}
        }
    }

    fn rust_params(&self, rust: &syn::Signature) -> Result<(Vec<(String, Shape)>, Shape)> {
        for param in &rust.generics.params {
            let span = Span::of(param.span());
            match param {
                syn::GenericParam::Lifetime(_) => {}
                syn::GenericParam::Type(_) => {
                    return Err(Problem::unsupported(span, "a type parameter"));
                }
                syn::GenericParam::Const(_) => {
                    return Err(Problem::unsupported(span, "a constant parameter"));
                }
            }
        }
        if let Some(word) = &rust.asyncness {
            return Err(Problem::unsupported(Span::of(word.span()), "an `async` function"));
        }
        if let Some(variadic) = &rust.variadic {
            return Err(Problem::unsupported(Span::of(variadic.span()), "a variadic function"));
        }
        let mut params = Vec::new();
        for input in &rust.inputs {
            match input {
                syn::FnArg::Receiver(this) => {
                    params.push(("self".to_owned(), self.shape(&this.ty, 0)?));
                }
                syn::FnArg::Typed(input) => {
                    let name = match &*input.pat {
                        syn::Pat::Ident(pat) => pat.ident.to_string(),
                        _ => format!("argument {}", params.len() + 1),
                    };
                    params.push((name, self.shape(&input.ty, 0)?));
                }
            }
        }
        let result = match &rust.output {
            syn::ReturnType::Default => Shape::Tuple(Vec::new()),
            syn::ReturnType::Type(_, ty) => self.shape(ty, 0)?,
        };
        if result.has_reference() {
            let span = Span::of(rust.output.span());
            return Err(Problem::unsupported(span, "a reference as a result"));
        }
        Ok((params, result))
    }

    pub(super) fn function(
        &mut self,
        rust: &syn::Signature,
        written: Option<&FnSig>,
        attribute: Option<Span>,
    ) -> Result<Signature> {
        // What the signature itself says first: it is what the reader looks at.
        if let Some(FnSig { unsupported: Some((span, what)), .. }) = written {
            return Err(Problem::unsupported(*span, *what));
        }
        if let Some(FnSig { name: Some(name), .. }) = written {
            if rust.ident != name.text {
                let what = format!("it is called `{}`, and not `{}`", rust.ident, name.text);
                return Err(Problem::Mismatch { span: name.span, what });
            }
        }
        self.plain = written.is_none();
        let (params, result) = self.rust_params(rust)?;
        let mut names = BTreeMap::new();
        let mut vars = Vec::new();
        let mut trees = Vec::new();
        for (name, shape) in &params {
            let tree = self.tree(shape, name, None, &mut |own: &mut Self, kind, name, behind| {
                let x = own.fresh();
                names.insert(x, name.to_owned());
                let param = match behind {
                    None => Param::Val(kind, x),
                    Some(false) => Param::Shr(kind, x),
                    Some(true) => {
                        let y = own.fresh();
                        names.insert(y, format!("{name} at the end"));
                        Param::Mut(kind, x, y)
                    }
                };
                vars.push(param);
                param
            });
            trees.push(tree);
        }
        // A result of several cells is written through references.
        let several = result.cells() > 1;
        let mut ret = Ret::Unit;
        let tree = self.tree(&result, "the result", None, &mut |own: &mut Self, kind, name, _| {
            let r = own.fresh();
            names.insert(r, name.to_owned());
            if several {
                let before = own.fresh();
                let param = Param::Mut(kind, before, r);
                vars.push(param);
                param
            } else {
                ret = Ret::Val(kind, r);
                Param::Val(kind, r)
            }
        });
        let params: Vec<(&Shape, &Tree)> =
            params.iter().map(|(_, shape)| shape).zip(&trees).collect();
        let (mut requires, mut ensures) = (Vec::new(), Vec::new());
        let place = attribute.unwrap_or_else(|| Span::of(rust.ident.span()));
        match written {
            Some(written) => {
                self.parameters(written, &params, place, &mut requires, &mut ensures)?;
                self.result(written, &result, &tree, place, &mut ensures)?;
                self.promises(written, &params, &mut ensures)?;
            }
            None => {
                for (shape, tree) in &params {
                    self.anything(shape, tree, End::In, place, &mut requires)?;
                    if matches!(shape, Shape::Ref(true, _)) || shape.has_reference() {
                        self.anything(shape, tree, End::Out, place, &mut ensures)?;
                    }
                }
                self.anything(&result, &tree, End::Out, place, &mut ensures)?;
            }
        }
        let args = params.iter().map(|(shape, _)| (*shape).clone()).collect();
        let (requires, demands) = self.split(requires);
        let (ensures, promises) = self.split(ensures);
        let sig = Sig { params: vars, requires, result: ret, ensures };
        Ok(Signature { sig, args, result, requires: demands, ensures: promises, names })
    }

    fn split(&self, formulas: Out) -> (Vec<Fml>, Vec<Clause>) {
        formulas
            .into_iter()
            .map(|(f, span)| (f, Clause { span, text: span.text(self.source) }))
            .unzip()
    }

    fn parameters(
        &mut self,
        written: &FnSig,
        params: &[(&Shape, &Tree)],
        place: Span,
        requires: &mut Out,
        ensures: &mut Out,
    ) -> Result<()> {
        let mismatch = |span, what: String| Err(Problem::Mismatch { span, what });
        if written.inputs.len() != params.len() {
            let what = format!("{} parameters where it has {}", written.inputs.len(), params.len());
            return mismatch(place, what);
        }
        self.names.extend(written.params.iter().map(|(name, _)| (name.text.clone(), None)));
        let mut said: Vec<String> = Vec::new();
        for (input, (shape, tree)) in written.inputs.iter().zip(params) {
            let bound = match &input.ty.kind {
                TyKind::Indexed(_, indices) => indices.as_slice(),
                _ => &[],
            };
            let bound = bound.iter().filter_map(|index| match index {
                Index::Bind(name, _) => Some(name),
                Index::Expr(_) => None,
            });
            for name in input.name.iter().chain(bound) {
                if said.contains(&name.text) {
                    let what = format!("`{}` is there twice", name.text);
                    return mismatch(name.span, what);
                }
                said.push(name.text.clone());
            }
            // With `x: i32{v: …}`, `x` is no name of the value.
            let named = !matches!(input.ty.kind, TyKind::Exists(..));
            if let (Some(name), Shape::Scalar(_) | Shape::Struct(..), true) =
                (&input.name, shape, named)
            {
                let value = self.index_of(shape, tree, End::In, input.ty.span)?;
                // What has no index is called nothing.
                if !matches!(&value, Value::Adt(_, fields) if fields.is_empty()) {
                    self.names.push((name.text.clone(), Some(value)));
                }
            }
            self.binders(&input.ty, shape, tree, End::In);
        }
        for (input, (shape, tree)) in written.inputs.iter().zip(params) {
            self.solutions(&input.ty, shape, tree, End::In);
        }
        for (input, (shape, tree)) in written.inputs.iter().zip(params) {
            self.parameter(written, input, shape, tree, requires, ensures)?;
        }
        // The promise is made for each value of it; the result does not choose one.
        let open = |name: &Name| matches!(self.lookup(&name.text), Some(None));
        if let Some((name, _)) = written.params.iter().find(|(name, _)| open(name)) {
            let what =
                format!("a refinement parameter (`{}`) that no argument determines", name.text);
            return Err(Problem::unsupported(name.span, what));
        }
        for expr in &written.requires {
            self.clauses(expr, requires)?;
        }
        Ok(())
    }

    /// What is said of the mutable references in a parameter at the end.
    fn afterwards(&mut self, ty: &Ty, shape: &Shape, tree: &Tree, ensures: &mut Out) -> Result<()> {
        match (&ty.kind, shape, tree) {
            (TyKind::Ref(true, of), Shape::Ref(true, shape), _) => {
                self.describe(of, shape, tree, (End::Out, false), ensures)
            }
            // It is there unchanged.
            (_, Shape::Ref(false, _) | Shape::Scalar(_), _) => Ok(()),
            (TyKind::Constr(of, _), ..) => self.afterwards(of, shape, tree, ensures),
            (TyKind::Tuple(parts), Shape::Tuple(shapes), Tree::Node(trees)) => {
                for ((part, shape), tree) in parts.iter().zip(shapes).zip(trees) {
                    self.afterwards(part, shape, tree, ensures)?;
                }
                Ok(())
            }
            (_, shape, _) if !shape.has_reference() => Ok(()),
            // A struct with references in it: what is said of its fields holds again.
            (_, shape, tree) => {
                self.anything(shape, tree, End::Out, ty.span, ensures)?;
                Ok(())
            }
        }
    }

    fn parameter(
        &mut self,
        written: &FnSig,
        input: &Input,
        shape: &Shape,
        tree: &Tree,
        requires: &mut Out,
        ensures: &mut Out,
    ) -> Result<()> {
        let span = input.ty.span;
        self.describe(&input.ty, shape, tree, (End::In, true), requires)?;
        if let Some(pred) = &input.pred {
            self.clauses(pred, requires)?;
        }
        let promised = input.name.as_ref().is_some_and(|own| {
            written
                .ensures
                .iter()
                .any(|one| matches!(one, Ensures::Type(name, _) if name.text == own.text))
        });
        if Self::is_strong(&input.ty) && !promised {
            let what = "`&strg` without `ensures`".to_owned();
            return Err(Problem::Mismatch { span, what });
        }
        if !promised {
            self.afterwards(&input.ty, shape, tree, ensures)?;
        }
        Ok(())
    }

    fn is_strong(ty: &Ty) -> bool {
        match &ty.kind {
            TyKind::Strong(_) => true,
            TyKind::Constr(of, _) => Self::is_strong(of),
            TyKind::Tuple(parts) => parts.iter().any(Self::is_strong),
            _ => false,
        }
    }

    fn result(
        &mut self,
        written: &FnSig,
        shape: &Shape,
        tree: &Tree,
        place: Span,
        ensures: &mut Out,
    ) -> Result<()> {
        let mismatch = |span, what: &str| Err(Problem::Mismatch { span, what: what.to_owned() });
        let none = matches!(shape, Shape::Tuple(parts) if parts.is_empty());
        match &written.output {
            None if none => Ok(()),
            None => mismatch(place, "no result where it has one"),
            Some(Ty { kind: TyKind::Unit, .. }) if !none => {
                mismatch(place, "no result where it has one")
            }
            Some(ty) if none => match &ty.kind {
                TyKind::Unit | TyKind::Unsupported(_) | TyKind::Constr(..) => {
                    self.describe(ty, shape, tree, (End::Out, false), ensures)
                }
                _ => mismatch(ty.span, "a result where it has none"),
            },
            Some(Ty { kind: TyKind::Indexed(_, indices), .. })
                if indices.iter().any(|index| matches!(index, Index::Bind(_, false))) =>
            {
                mismatch(place, "`@` at a result")
            }
            Some(ty) => self.describe(ty, shape, tree, (End::Out, false), ensures),
        }
    }

    fn promises(
        &mut self,
        written: &FnSig,
        params: &[(&Shape, &Tree)],
        ensures: &mut Out,
    ) -> Result<()> {
        for one in &written.ensures {
            match one {
                Ensures::Pred(expr) => self.clauses(expr, ensures)?,
                Ensures::Type(name, ty) => {
                    let of = written.inputs.iter().position(|input| {
                        input.name.as_ref().is_some_and(|own| own.text == name.text)
                    });
                    let Some(of) = of else {
                        return Err(Problem::Unknown { span: name.span, name: name.text.clone() });
                    };
                    let Some((Shape::Ref(true, shape), tree)) = params.get(of) else {
                        let what = "`ensures` of what is no mutable reference".to_owned();
                        return Err(Problem::Mismatch { span: name.span, what });
                    };
                    self.describe(ty, shape, tree, (End::Out, false), ensures)?;
                }
            }
        }
        Ok(())
    }
}

/// No name of a program: what an index is compared with.
const INDEX: &str = "the index";
