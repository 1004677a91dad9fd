//! From a signature as it is written to one as the checker takes it.
//!
//! A value of a base type has a variable that is its index. A type says something of that
//! variable: `i32[e]` that it is `e`, `i32{v: p}` that `p` holds of it; `@n` names it. What
//! is said of a parameter is demanded, what is said of the result is promised. `&mut T`
//! demands `T` of the content at the call and promises it of the content at the end,
//! unless `ensures` promises something else.
//!
//! A quotient in a formula is that of SMT-LIB, as Flux's is: rounded down where the divisor
//! is positive. A formula with a quotient by a number says the same without it; by
//! something else, if it says that the quotient is equal to something.

use super::grammar::{
    Alias, Base, BinOp, Ensures, Expr, ExprKind, FnSig, Index, Input, Ty, TyKind,
};
use super::logic::{Exp, Fml, IntType, Kind, Param, Ret, Sig, Var};
use super::{Clause, Problem, Signature, Span};
use num_traits::{Signed as _, Zero as _};
use std::collections::BTreeMap;
use syn::spanned::Spanned as _;

type Result<T> = std::result::Result<T, Problem>;

/// What names stand for, outside of the signature.
#[derive(Clone)]
pub(super) struct Scope {
    /// Constants of the file.
    pub(super) constants: BTreeMap<String, Expr>,
    /// Flux's aliases.
    pub(super) aliases: BTreeMap<String, Alias>,
    /// Rust's aliases.
    pub(super) rust: BTreeMap<String, syn::Type>,
}

/// What a name stands for.
#[derive(Clone)]
enum Value {
    Int(Exp),
    Bool(Fml),
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

/// A type of Rust's that a parameter or result may have.
#[derive(Clone, Copy, PartialEq)]
enum RustTy {
    Val(Kind),
    Ref(bool, Kind),
    Unit,
}

pub(super) struct Translator<'a> {
    source: &'a str,
    outer: &'a Scope,
    /// Names, and what they stand for, if that is known already. The last comes first.
    names: Vec<(String, Option<Value>)>,
    next: Var,
    aliases: usize,
    /// Whether the function has no signature in its attributes.
    plain: bool,
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
    pub(super) fn new(source: &'a str, outer: &'a Scope) -> Self {
        Self { source, outer, names: Vec::new(), next: 0, aliases: 0, plain: false }
    }

    fn fresh(&mut self) -> Var {
        self.next += 1;
        self.next
    }

    // Types of Rust.

    fn rust_ty(&self, ty: &syn::Type, depth: usize) -> Result<RustTy> {
        let span = Span::of(ty.span());
        let unsupported = |what: &str| Err(Problem::unsupported(span, what));
        match ty {
            syn::Type::Paren(ty) => self.rust_ty(&ty.elem, depth),
            syn::Type::Group(ty) => self.rust_ty(&ty.elem, depth),
            syn::Type::Tuple(ty) if ty.elems.is_empty() => Ok(RustTy::Unit),
            syn::Type::Tuple(_) => unsupported("a tuple as a parameter or result"),
            syn::Type::Reference(ty) => match self.rust_ty(&ty.elem, depth)? {
                RustTy::Val(kind) => Ok(RustTy::Ref(ty.mutability.is_some(), kind)),
                RustTy::Ref(..) => unsupported("a reference to a reference"),
                RustTy::Unit => unsupported("a reference to `()`"),
            },
            syn::Type::Path(path) if path.qself.is_none() => {
                let Some(last) = path.path.segments.last() else { return unsupported("this type") };
                let name = last.ident.to_string();
                if name == "bool" {
                    return Ok(RustTy::Val(Kind::Bool));
                }
                if let Some(ty) = IntType::named(&name) {
                    return Ok(RustTy::Val(Kind::Int(ty)));
                }
                // What is said at the alias would be lost.
                if self.plain && self.outer.aliases.contains_key(&name) {
                    return unsupported(&format!(
                        "`{name}`, which has refinements, without a signature"
                    ));
                }
                match self.outer.rust.get(&name) {
                    Some(of) if depth < ALIASES => match self.rust_ty(of, depth + 1) {
                        Err(Problem::Unsupported { construct, .. }) => unsupported(&construct),
                        other => other,
                    },
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
        if let [.., ty, _] = path {
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
            if let Some(expr) = self.outer.constants.get(last).filter(|_| alone) {
                // A constant is no place in the signature.
                self.aliases += 1;
                let names = std::mem::take(&mut self.names);
                let value = self.value(expr);
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

    fn is_bool(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Bool(_) | ExprKind::Not(_) => true,
            ExprKind::Int(_) | ExprKind::Neg(_) | ExprKind::Unsupported(_) => false,
            ExprKind::Binary(op, ..) => {
                !matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Rem)
            }
            ExprKind::If(parts) => self.is_bool(&parts[1]),
            ExprKind::Path(path) => match path.as_slice() {
                [name] => match self.lookup(name) {
                    Some(value) => matches!(value, Some(Value::Bool(_))),
                    None => self.outer.constants.get(name).is_some_and(|expr| {
                        matches!(expr.kind, ExprKind::Bool(_) | ExprKind::Not(_))
                    }),
                },
                _ => false,
            },
        }
    }

    fn value(&mut self, expr: &Expr) -> Result<Value> {
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
        let span = expr.span;
        let one = |exp| Ok(vec![(None, Term::plain(exp))]);
        match &expr.kind {
            ExprKind::Int(value) => one(Exp::Const(value.clone())),
            ExprKind::Path(path) => match self.path(path, span)? {
                Value::Int(exp) => one(exp),
                Value::Bool(_) => {
                    Err(Problem::Sort { span, found: "a boolean", expected: "an integer" })
                }
            },
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
        let span = expr.span;
        match &expr.kind {
            ExprKind::Bool(value) => Ok(Fml::truth(*value)),
            ExprKind::Not(of) => Ok(self.formula(of)?.negate()),
            ExprKind::Path(path) => match self.path(path, span)? {
                Value::Bool(f) => Ok(f),
                Value::Int(_) => {
                    Err(Problem::Sort { span, found: "an integer", expected: "a formula" })
                }
            },
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

    fn base_kind(&self, base: &Base, span: Span) -> Result<Kind> {
        let name = base.path.last().map(String::as_str).unwrap_or_default();
        if base.generic {
            return Err(Problem::unsupported(span, format!("the type `{name}` with arguments")));
        }
        if name == "bool" {
            return Ok(Kind::Bool);
        }
        if let Some(ty) = IntType::named(name) {
            return Ok(Kind::Int(ty));
        }
        if let Some(ty) = self.outer.rust.get(name) {
            if let Ok(RustTy::Val(kind)) = self.rust_ty(ty, 0) {
                return Ok(kind);
            }
        }
        Err(Problem::unsupported(span, format!("the type `{name}`")))
    }

    fn equals(&mut self, kind: Kind, x: Var, index: &Expr, out: &mut Out) -> Result<()> {
        let f = match kind {
            Kind::Int(_) => {
                let cases = self.int(index)?;
                let at = Expr { span: index.span, kind: ExprKind::Path(vec![INDEX.to_owned()]) };
                if let [(None, Term { exp, quotient: None })] = cases.as_slice() {
                    if *exp == Exp::Var(x) {
                        return Ok(());
                    }
                }
                self.names.push((INDEX.to_owned(), Some(Value::Int(Exp::Var(x)))));
                let f = self.binary(index.span, BinOp::Eq, &at, index);
                self.names.pop();
                f?
            }
            Kind::Bool => {
                let own = Fml::is_true(Exp::Var(x));
                let f = self.formula(index)?;
                if f == own {
                    return Ok(());
                } else if f == Fml::truth(true) {
                    own
                } else if f == Fml::truth(false) {
                    own.negate()
                } else {
                    own.iff(&f)
                }
            }
        };
        out.push((f, index.span));
        Ok(())
    }

    /// What a type says of `x`. With `binds`, names with `@` are given to `x`; without,
    /// they are known, and `x` is said to be equal to them.
    fn scalar(&mut self, ty: &Ty, x: Var, binds: bool, out: &mut Out) -> Result<Kind> {
        match &ty.kind {
            TyKind::Base(base) => self.base(base, ty.span, x, out),
            TyKind::Indexed(base, indices) => {
                let kind = self.base(base, ty.span, x, out)?;
                let [index] = indices.as_slice() else {
                    return Err(Problem::unsupported(ty.span, "so many indices, or none"));
                };
                match index {
                    Index::Bind(name, of_result) => {
                        if binds && *of_result {
                            let what = "`#` at a parameter".to_owned();
                            return Err(Problem::Mismatch { span: name.span, what });
                        }
                        if self.lookup(&name.text).is_none() {
                            self.names.push((name.text.clone(), None));
                        }
                        if !self.bind(&name.text, as_value(kind, x)) && !binds {
                            let path = ExprKind::Path(vec![name.text.clone()]);
                            let index = Expr { span: name.span, kind: path };
                            self.equals(kind, x, &index, out)?;
                        }
                    }
                    Index::Expr(index) => {
                        if let ExprKind::Path(path) = &index.kind {
                            if let [name] = path.as_slice() {
                                if self.bind(name, as_value(kind, x)) {
                                    return Ok(kind);
                                }
                            }
                        }
                        self.equals(kind, x, index, out)?;
                    }
                }
                Ok(kind)
            }
            TyKind::Exists(base, name, pred) => {
                let kind = self.base(base, ty.span, x, out)?;
                self.names.push((name.text.clone(), Some(as_value(kind, x))));
                let done = self.clauses(pred, out);
                self.names.pop();
                done.map(|()| kind)
            }
            TyKind::Constr(of, pred) => {
                let kind = self.scalar(of, x, binds, out)?;
                self.clauses(pred, out)?;
                Ok(kind)
            }
            TyKind::General(names, of, pred) => {
                let before = self.names.len();
                self.names.extend(names.iter().map(|name| (name.text.clone(), None)));
                let kind = self.scalar(of, x, binds, out)?;
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
                Ok(kind)
            }
            TyKind::Ref(..) | TyKind::Strong(_) => {
                Err(Problem::unsupported(ty.span, "a reference in this place"))
            }
            TyKind::Unit => Err(Problem::unsupported(ty.span, "`()` in this place")),
            TyKind::Unsupported(what) => Err(Problem::unsupported(ty.span, *what)),
        }
    }

    fn base(&mut self, base: &Base, span: Span, x: Var, out: &mut Out) -> Result<Kind> {
        let name = base.path.last().map(String::as_str).unwrap_or_default();
        let Some(alias) = self.outer.aliases.get(name) else {
            if !base.args.is_empty() {
                return Err(Problem::unsupported(
                    span,
                    format!("the type `{name}` with arguments"),
                ));
            }
            return self.base_kind(base, span);
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
        let kind = self.scalar(&alias.ty, x, true, out);
        self.aliases -= 1;
        self.names = outside;
        // What an alias says is said where it is used.
        out[before..].iter_mut().for_each(|(_, place)| *place = span);
        kind
    }

    // Functions.

    /// Names that arguments determine: `@n`, and declared parameters that are an index.
    fn binders(&mut self, ty: &Ty, x: Var, kind: Kind) {
        match &ty.kind {
            TyKind::Indexed(_, indices) => match indices.as_slice() {
                [Index::Bind(name, _)] => {
                    if self.lookup(&name.text).is_none() {
                        self.names.push((name.text.clone(), None));
                    }
                    self.bind(&name.text, as_value(kind, x));
                }
                [Index::Expr(Expr { kind: ExprKind::Path(path), .. })] => {
                    if let [name] = path.as_slice() {
                        self.bind(name, as_value(kind, x));
                    }
                }
                _ => {}
            },
            TyKind::Ref(_, of) | TyKind::Strong(of) | TyKind::Constr(of, _) => {
                self.binders(of, x, kind);
            }
            _ => {}
        }
    }

    /// Parameters that an index determines: `n` from `n + 1`.
    fn solutions(&mut self, ty: &Ty, x: Var) {
        match &ty.kind {
            TyKind::Indexed(_, indices) => {
                if let [Index::Expr(index)] = indices.as_slice() {
                    self.solve(index, Exp::Var(x));
                }
            }
            TyKind::Ref(_, of) | TyKind::Strong(of) | TyKind::Constr(of, _) => {
                self.solutions(of, x)
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

    fn rust_params(&self, rust: &syn::Signature) -> Result<(Vec<(String, RustTy)>, RustTy)> {
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
                    return Err(Problem::unsupported(Span::of(this.span()), "`self`"));
                }
                syn::FnArg::Typed(input) => {
                    let name = match &*input.pat {
                        syn::Pat::Ident(pat) => pat.ident.to_string(),
                        _ => format!("argument {}", params.len() + 1),
                    };
                    let ty = self.rust_ty(&input.ty, 0)?;
                    if ty == RustTy::Unit {
                        let span = Span::of(input.ty.span());
                        return Err(Problem::unsupported(span, "a parameter of type `()`"));
                    }
                    params.push((name, ty));
                }
            }
        }
        let result = match &rust.output {
            syn::ReturnType::Default => RustTy::Unit,
            syn::ReturnType::Type(_, ty) => self.rust_ty(ty, 0)?,
        };
        if let RustTy::Ref(..) = result {
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
        for (name, ty) in &params {
            let x = self.fresh();
            let param = match *ty {
                RustTy::Ref(true, kind) => {
                    let y = self.fresh();
                    names.insert(x, format!("*{name}"));
                    names.insert(y, format!("*{name} at the end"));
                    Param::Mut(kind, x, y)
                }
                RustTy::Ref(false, kind) => {
                    names.insert(x, format!("*{name}"));
                    Param::Shr(kind, x)
                }
                RustTy::Val(kind) => {
                    names.insert(x, name.clone());
                    Param::Val(kind, x)
                }
                RustTy::Unit => continue,
            };
            vars.push(param);
        }
        let ret = match result {
            RustTy::Val(kind) => {
                let r = self.fresh();
                names.insert(r, "the result".to_owned());
                Ret::Val(kind, r)
            }
            _ => Ret::Unit,
        };
        let (mut requires, mut ensures) = (Vec::new(), Vec::new());
        if let Some(written) = written {
            let place = attribute.unwrap_or_default();
            self.parameters(written, &vars, place, &mut requires, &mut ensures)?;
            self.result(written, ret, place, &mut ensures)?;
            self.promises(written, &vars, &mut ensures)?;
        }
        let (requires, demands) = self.split(requires);
        let (ensures, promises) = self.split(ensures);
        let sig = Sig { params: vars, requires, result: ret, ensures };
        Ok(Signature { sig, requires: demands, ensures: promises, names })
    }

    fn split(&self, formulas: Out) -> (Vec<Fml>, Vec<Clause>) {
        formulas
            .into_iter()
            .map(|(f, span)| (f, Clause { span, text: span.text(self.source) }))
            .unzip()
    }

    fn same_kind(found: Kind, expected: Kind, span: Span) -> Result<()> {
        if found == expected {
            return Ok(());
        }
        let what = format!("`{}` where it has `{}`", found.name(), expected.name());
        Err(Problem::Mismatch { span, what })
    }

    /// The type that a reference refers to, what is said of it from outside, and whether
    /// it is a strong one.
    fn referent(ty: &Ty) -> Option<(&Ty, Vec<&Expr>, bool, bool)> {
        match &ty.kind {
            TyKind::Ref(mutable, of) => Some((of, Vec::new(), *mutable, false)),
            TyKind::Strong(of) => Some((of, Vec::new(), true, true)),
            TyKind::Constr(of, pred) => {
                let (of, mut preds, mutable, strong) = Self::referent(of)?;
                preds.push(pred);
                Some((of, preds, mutable, strong))
            }
            _ => None,
        }
    }

    fn parameters(
        &mut self,
        written: &FnSig,
        vars: &[Param],
        place: Span,
        requires: &mut Out,
        ensures: &mut Out,
    ) -> Result<()> {
        let mismatch = |span, what: String| Err(Problem::Mismatch { span, what });
        if written.inputs.len() != vars.len() {
            let what = format!("{} parameters where it has {}", written.inputs.len(), vars.len());
            return mismatch(place, what);
        }
        self.names.extend(written.params.iter().map(|(name, _)| (name.text.clone(), None)));
        let mut said: Vec<String> = Vec::new();
        for (input, param) in written.inputs.iter().zip(vars) {
            let (Param::Val(kind, x) | Param::Mut(kind, x, _) | Param::Shr(kind, x)) = *param;
            let bound = match &input.ty.kind {
                TyKind::Indexed(_, indices) => match indices.as_slice() {
                    [Index::Bind(name, _)] => Some(name),
                    _ => None,
                },
                _ => None,
            };
            for name in input.name.iter().chain(bound) {
                if said.contains(&name.text) {
                    let what = format!("`{}` is there twice", name.text);
                    return mismatch(name.span, what);
                }
                said.push(name.text.clone());
            }
            // With `x: i32{v: …}`, `x` is no name of the value.
            let named = !matches!(input.ty.kind, TyKind::Exists(..));
            if let (Some(name), Param::Val(..), true) = (&input.name, param, named) {
                self.names.push((name.text.clone(), Some(as_value(kind, x))));
            }
            self.binders(&input.ty, x, kind);
        }
        for (input, param) in written.inputs.iter().zip(vars) {
            let (Param::Val(_, x) | Param::Mut(_, x, _) | Param::Shr(_, x)) = *param;
            self.solutions(&input.ty, x);
        }
        for (input, param) in written.inputs.iter().zip(vars) {
            self.parameter(written, input, *param, requires, ensures)?;
        }
        for expr in &written.requires {
            self.clauses(expr, requires)?;
        }
        Ok(())
    }

    fn parameter(
        &mut self,
        written: &FnSig,
        input: &Input,
        param: Param,
        requires: &mut Out,
        ensures: &mut Out,
    ) -> Result<()> {
        let span = input.ty.span;
        let mismatch = |what: &str| Err(Problem::Mismatch { span, what: what.to_owned() });
        match (param, Self::referent(&input.ty)) {
            (Param::Val(kind, x), None) => {
                let found = self.scalar(&input.ty, x, true, requires)?;
                Self::same_kind(found, kind, span)?;
                if let Some(pred) = &input.pred {
                    self.clauses(pred, requires)?;
                }
            }
            (Param::Shr(kind, x), Some((of, preds, false, _))) => {
                let found = self.scalar(of, x, true, requires)?;
                Self::same_kind(found, kind, span)?;
                for pred in preds {
                    self.clauses(pred, requires)?;
                }
            }
            (Param::Mut(kind, x, y), Some((of, preds, true, strong))) => {
                let found = self.scalar(of, x, true, requires)?;
                Self::same_kind(found, kind, span)?;
                for pred in preds {
                    self.clauses(pred, requires)?;
                }
                let promised = input.name.as_ref().is_some_and(|own| {
                    written
                        .ensures
                        .iter()
                        .any(|one| matches!(one, Ensures::Type(name, _) if name.text == own.text))
                });
                if strong && !promised {
                    return mismatch("`&strg` without `ensures`");
                }
                if !promised {
                    self.scalar(of, y, false, ensures)?;
                }
            }
            (Param::Val(..), Some(_)) => return mismatch("a reference where it has none"),
            (_, None) => {
                // A type that is not supported is better named than called no reference.
                let x = self.next + 1;
                self.scalar(&input.ty, x, true, &mut Vec::new())?;
                return mismatch("no reference where it has one");
            }
            (Param::Shr(..), Some(_)) => return mismatch("`&mut` where it has `&`"),
            (Param::Mut(..), Some(_)) => return mismatch("`&` where it has `&mut`"),
        }
        Ok(())
    }

    fn result(&mut self, written: &FnSig, ret: Ret, place: Span, ensures: &mut Out) -> Result<()> {
        let mismatch = |span, what: &str| Err(Problem::Mismatch { span, what: what.to_owned() });
        match (&written.output, ret) {
            (None, Ret::Unit) => Ok(()),
            (Some(Ty { kind: TyKind::Unit, .. }), Ret::Unit) => Ok(()),
            (None | Some(Ty { kind: TyKind::Unit, .. }), Ret::Val(..)) => {
                mismatch(place, "no result where it has one")
            }
            (Some(ty), Ret::Unit) => match &ty.kind {
                TyKind::Constr(of, pred) if matches!(of.kind, TyKind::Unit) => {
                    self.clauses(pred, ensures)
                }
                TyKind::Unsupported(what) => Err(Problem::unsupported(ty.span, *what)),
                _ => mismatch(ty.span, "a result where it has none"),
            },
            (Some(Ty { kind: TyKind::Indexed(_, indices), .. }), Ret::Val(..))
                if matches!(indices[..], [Index::Bind(_, false)]) =>
            {
                mismatch(place, "`@` at a result")
            }
            (Some(ty), Ret::Val(kind, r)) => {
                let found = self.scalar(ty, r, false, ensures)?;
                Self::same_kind(found, kind, ty.span)
            }
        }
    }

    fn promises(&mut self, written: &FnSig, vars: &[Param], ensures: &mut Out) -> Result<()> {
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
                    let Some(Param::Mut(kind, _, y)) = vars.get(of) else {
                        let what = "`ensures` of what is no mutable reference".to_owned();
                        return Err(Problem::Mismatch { span: name.span, what });
                    };
                    let found = self.scalar(ty, *y, false, ensures)?;
                    Self::same_kind(found, *kind, ty.span)?;
                }
            }
        }
        Ok(())
    }
}

/// No name of a program: what an index is compared with.
const INDEX: &str = "the index";
