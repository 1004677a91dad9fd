//! Reads Flux's signatures: types, formulas, and what stands around them.
//!
//! What is understood but not supported is kept in the tree ([`TyKind::Unsupported`],
//! [`ExprKind::Unsupported`]) with the construct's name, so that it is reported as such
//! and not as an error of syntax.

use super::Span;
use num_bigint::BigInt;
use proc_macro2::TokenTree;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitBool, LitInt, Token, braced, bracketed, parenthesized, token};

/// A name, with its place.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    fn new(ident: &Ident) -> Self {
        Self { text: ident.unraw().to_string(), span: Span::of(ident.span()) }
    }
}

/// An operator between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum BinOp {
    Iff,
    Implies,
    Or,
    And,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Add,
    Sub,
    Mul,
    Div,
    Rem,
}

/// An expression of a refinement.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A number.
    Int(BigInt),
    /// `true`, `false`.
    Bool(bool),
    /// A name, or a path.
    Path(Vec<String>),
    /// `-`
    Neg(Box<Expr>),
    /// `!`
    Not(Box<Expr>),
    /// An operator between two.
    Binary(BinOp, Box<Expr>, Box<Expr>),
    /// `if c { a } else { b }`
    If(Box<[Expr; 3]>),
    /// `e.f`
    Field(Box<Expr>, String),
    /// `S { f: e, ..e }`
    Adt(Option<Vec<String>>, Vec<(Name, Expr)>, Option<Box<Expr>>),
    /// `f(e)`
    Call(Vec<String>, Vec<Expr>),
    /// What is not supported.
    Unsupported(&'static str),
}

/// An index.
#[derive(Clone, Debug)]
pub enum Index {
    /// `@n` or `#n`; whether it is the second
    Bind(Name, bool),
    /// An expression.
    Expr(Expr),
}

/// A type.
#[derive(Clone, Debug)]
pub struct Ty {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TyKind,
}

/// A name of a type, with arguments in parentheses.
#[derive(Clone, Debug)]
pub struct Base {
    /// The path.
    pub path: Vec<String>,
    /// Of an alias: its early arguments.
    pub args: Vec<Index>,
    /// Whether it has arguments in angle brackets.
    pub generic: bool,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum TyKind {
    /// A base type.
    Base(Base),
    /// `T[i]`
    Indexed(Base, Vec<Index>),
    /// `T{v: p}`
    Exists(Base, Name, Expr),
    /// `&T`, `&mut T`
    Ref(bool, Box<Ty>),
    /// `&strg T`
    Strong(Box<Ty>),
    /// `{T | p}`
    Constr(Box<Ty>, Expr),
    /// `{x. T | p}`
    General(Vec<Name>, Box<Ty>, Option<Expr>),
    /// `()`
    Unit,
    /// `(A, B)`
    Tuple(Vec<Ty>),
    /// What is not supported.
    Unsupported(&'static str),
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name.
    pub name: Option<Name>,
    /// Its type.
    pub ty: Ty,
    /// `x: T{p}`, about `x`.
    pub pred: Option<Expr>,
}

/// A promise.
#[derive(Clone, Debug)]
pub enum Ensures {
    /// `x: T`
    Type(Name, Ty),
    /// A formula.
    Pred(Expr),
}

/// A signature.
#[derive(Clone, Debug)]
pub struct FnSig {
    /// Its own name, if it has one.
    pub name: Option<Name>,
    /// `<n: int>`, `[n: int]`: names, and whether they are boolean.
    pub params: Vec<(Name, bool)>,
    /// The parameters.
    pub inputs: Vec<Input>,
    /// The result.
    pub output: Option<Ty>,
    /// `requires`
    pub requires: Vec<Expr>,
    /// `ensures`
    pub ensures: Vec<Ensures>,
    /// What else stands there and is not supported.
    pub unsupported: Option<(Span, &'static str)>,
}

/// `type Name(n: int)[v: int] = T`
#[derive(Clone, Debug)]
pub struct Alias {
    /// Its name.
    pub name: Name,
    /// Early parameters.
    pub params: Vec<Name>,
    /// The index.
    pub indices: Vec<Name>,
    /// What it stands for.
    pub ty: Ty,
}

/// Types and formulas nest no deeper than this.
const DEPTH: usize = 64;

fn here(input: ParseStream<'_>) -> Span {
    Span::of(input.span())
}

fn is_word(input: ParseStream<'_>, word: &str) -> bool {
    input.fork().call(Ident::parse_any).is_ok_and(|ident| ident == word)
}

fn take_word(input: ParseStream<'_>, word: &str) -> bool {
    is_word(input, word) && input.call(Ident::parse_any).is_ok()
}

/// Takes what is left, so that the parser does not complain of it.
fn skip(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<proc_macro2::TokenStream>().map(|_| ())
}

fn one_tree(input: ParseStream<'_>) -> syn::Result<TokenTree> {
    input.parse()
}

fn name(input: ParseStream<'_>) -> syn::Result<Name> {
    input.parse::<Ident>().map(|ident| Name::new(&ident))
}

fn path(input: ParseStream<'_>) -> syn::Result<Vec<String>> {
    let mut names = Vec::new();
    loop {
        let ident = input.call(Ident::parse_any)?;
        names.push(ident.unraw().to_string());
        if !input.peek(Token![::]) || input.peek3(Token![<]) {
            return Ok(names);
        }
        input.parse::<Token![::]>()?;
    }
}

/// `n`, `n: int`, with `?` or `@` marks; the answer says whether the sort is `bool`.
fn refine_param(input: ParseStream<'_>) -> syn::Result<(Name, Option<String>)> {
    let of = name(input)?;
    if !input.peek(Token![:]) || input.peek(Token![::]) {
        return Ok((of, None));
    }
    input.parse::<Token![:]>()?;
    let sort = input.call(Ident::parse_any)?;
    Ok((of, Some(sort.to_string())))
}

struct Parser {
    depth: usize,
    /// Whether a brace behind a name begins something else than a struct.
    no_struct: bool,
}

impl Parser {
    fn deeper<T>(
        &mut self,
        input: ParseStream<'_>,
        parse: impl FnOnce(&mut Self) -> syn::Result<T>,
    ) -> syn::Result<T> {
        if self.depth == DEPTH {
            return Err(input.error("nested too deeply"));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn expr(&mut self, input: ParseStream<'_>) -> syn::Result<Expr> {
        self.deeper(input, |parser| parser.level(input, 0))
    }

    /// `⟨let …⟩* ⟨expr⟩`
    fn block(&mut self, input: ParseStream<'_>) -> syn::Result<Expr> {
        if input.peek(Token![let]) {
            let span = here(input);
            skip(input)?;
            return Ok(Expr { span, kind: ExprKind::Unsupported("`let` in a refinement") });
        }
        self.expr(input)
    }

    fn operator(input: ParseStream<'_>) -> Option<(BinOp, u8, u8)> {
        // How strongly it binds, and what stands to its right.
        Some(if input.peek(Token![<=]) && input.peek3(Token![>]) {
            (BinOp::Iff, 1, 2)
        } else if input.peek(Token![=>]) {
            (BinOp::Implies, 2, 2)
        } else if input.peek(Token![||]) {
            (BinOp::Or, 3, 4)
        } else if input.peek(Token![&&]) {
            (BinOp::And, 4, 5)
        } else if input.peek(Token![==]) {
            (BinOp::Eq, 5, 6)
        } else if input.peek(Token![!=]) {
            (BinOp::Ne, 5, 6)
        } else if input.peek(Token![<=]) {
            (BinOp::Le, 5, 6)
        } else if input.peek(Token![>=]) {
            (BinOp::Ge, 5, 6)
        } else if input.peek(Token![<<]) || input.peek(Token![>>]) {
            return None;
        } else if input.peek(Token![<]) {
            (BinOp::Lt, 5, 6)
        } else if input.peek(Token![>]) {
            (BinOp::Gt, 5, 6)
        } else if input.peek(Token![+]) {
            (BinOp::Add, 6, 7)
        } else if input.peek(Token![-]) {
            (BinOp::Sub, 6, 7)
        } else if input.peek(Token![*]) {
            (BinOp::Mul, 7, 8)
        } else if input.peek(Token![/]) {
            (BinOp::Div, 7, 8)
        } else if input.peek(Token![%]) {
            (BinOp::Rem, 7, 8)
        } else {
            return None;
        })
    }

    fn level(&mut self, input: ParseStream<'_>, least: u8) -> syn::Result<Expr> {
        let mut left = self.prefix(input)?;
        loop {
            // In `{T | p}` and in closures a bar ends the expression.
            if input.peek(Token![<<]) || input.peek(Token![>>]) || input.peek(Token![^]) {
                let span = left.span.to(here(input));
                skip(input)?;
                return Ok(Expr {
                    span,
                    kind: ExprKind::Unsupported("an operation on bits in a refinement"),
                });
            }
            let Some((op, binds, right)) = Self::operator(input) else { return Ok(left) };
            if binds < least {
                return Ok(left);
            }
            if op == BinOp::Iff {
                input.parse::<Token![<=]>()?;
                input.parse::<Token![>]>()?;
            } else {
                match op {
                    BinOp::Implies => drop(input.parse::<Token![=>]>()?),
                    BinOp::Or => drop(input.parse::<Token![||]>()?),
                    BinOp::And => drop(input.parse::<Token![&&]>()?),
                    BinOp::Eq => drop(input.parse::<Token![==]>()?),
                    BinOp::Ne => drop(input.parse::<Token![!=]>()?),
                    BinOp::Le => drop(input.parse::<Token![<=]>()?),
                    BinOp::Ge => drop(input.parse::<Token![>=]>()?),
                    _ => drop(one_tree(input)?),
                }
            }
            let other = self.deeper(input, |parser| parser.level(input, right))?;
            let span = left.span.to(other.span);
            left = Expr { span, kind: ExprKind::Binary(op, Box::new(left), Box::new(other)) };
        }
    }

    fn prefix(&mut self, input: ParseStream<'_>) -> syn::Result<Expr> {
        let start = here(input);
        let make: fn(Box<Expr>) -> ExprKind = if input.peek(Token![-]) {
            ExprKind::Neg
        } else if input.peek(Token![!]) {
            ExprKind::Not
        } else {
            return self.trailer(input);
        };
        one_tree(input)?;
        let of = self.deeper(input, |parser| parser.prefix(input))?;
        Ok(Expr { span: start.to(of.span), kind: make(Box::new(of)) })
    }

    fn trailer(&mut self, input: ParseStream<'_>) -> syn::Result<Expr> {
        let mut expr = self.atom(input)?;
        loop {
            let what = if input.peek(token::Paren) {
                if let ExprKind::Path(path) = &expr.kind {
                    let inner;
                    parenthesized!(inner in input);
                    let mut args = Vec::new();
                    let before = std::mem::replace(&mut self.no_struct, false);
                    while !inner.is_empty() {
                        args.push(self.expr(&inner)?);
                        if !inner.is_empty() {
                            inner.parse::<Token![,]>()?;
                        }
                    }
                    self.no_struct = before;
                    let kind = ExprKind::Call(path.clone(), args);
                    expr = Expr { span: expr.span, kind };
                    continue;
                }
                "a call in a refinement"
            } else if input.peek(Token![.]) && !input.peek(Token![..]) {
                one_tree(input)?;
                if let Ok(field) = input.fork().call(Ident::parse_any) {
                    let end = here(input);
                    one_tree(input)?;
                    let span = expr.span.to(end);
                    let kind = ExprKind::Field(Box::new(expr), field.unraw().to_string());
                    expr = Expr { span, kind };
                    continue;
                }
                "a field in a refinement"
            } else if input.peek(Token![as]) {
                one_tree(input)?;
                "a cast in a refinement"
            } else {
                return Ok(expr);
            };
            let end = here(input);
            one_tree(input)?;
            expr = Expr { span: expr.span.to(end), kind: ExprKind::Unsupported(what) };
        }
    }

    fn atom(&mut self, input: ParseStream<'_>) -> syn::Result<Expr> {
        let span = here(input);
        let expr = |kind| Ok(Expr { span, kind });
        if input.peek(LitInt) {
            let literal: LitInt = input.parse()?;
            if !literal.suffix().is_empty() {
                return Err(syn::Error::new(
                    literal.span(),
                    "a number without a suffix is expected",
                ));
            }
            let value = literal
                .base10_digits()
                .parse()
                .map_err(|_| syn::Error::new(literal.span(), "this number cannot be read"))?;
            expr(ExprKind::Int(value))
        } else if input.peek(LitBool) {
            expr(ExprKind::Bool(input.parse::<LitBool>()?.value))
        } else if input.peek(syn::Lit) {
            one_tree(input)?;
            expr(ExprKind::Unsupported("a literal that is no number and no boolean"))
        } else if input.peek(token::Paren) {
            let inner;
            parenthesized!(inner in input);
            let before = std::mem::replace(&mut self.no_struct, false);
            let value = self.expr(&inner);
            self.no_struct = before;
            let value = value?;
            if inner.is_empty() {
                return Ok(Expr { span, kind: value.kind });
            }
            skip(&inner)?;
            expr(ExprKind::Unsupported("a tuple in a refinement"))
        } else if input.peek(Token![if]) {
            self.conditional(input)
        } else if input.peek(token::Bracket) || input.peek(Token![#]) || input.peek(Token![<]) {
            skip(input)?;
            expr(ExprKind::Unsupported("this expression in a refinement"))
        } else if input.peek(token::Brace) {
            let inner;
            braced!(inner in input);
            let before = std::mem::replace(&mut self.no_struct, false);
            let is_struct = inner.peek(Token![..])
                || inner.peek(Ident) && inner.peek2(Token![:]) && !inner.peek2(Token![::]);
            let done = if is_struct { self.adt(&inner, span, None) } else { self.block(&inner) };
            self.no_struct = before;
            done
        } else if is_word(input, "forall") || is_word(input, "exists") {
            skip(input)?;
            expr(ExprKind::Unsupported("a quantifier"))
        } else {
            let path = path(input)?;
            if input.peek(token::Brace) && !self.no_struct {
                let inner;
                braced!(inner in input);
                return self.adt(&inner, span, Some(path));
            }
            expr(ExprKind::Path(path))
        }
    }

    /// What stands in the braces of a struct.
    fn adt(
        &mut self,
        input: ParseStream<'_>,
        span: Span,
        path: Option<Vec<String>>,
    ) -> syn::Result<Expr> {
        let (mut fields, mut rest) = (Vec::new(), None);
        while !input.is_empty() {
            if input.peek(Token![..]) {
                input.parse::<Token![..]>()?;
                rest = Some(Box::new(self.expr(input)?));
                break;
            }
            let of = name(input)?;
            input.parse::<Token![:]>()?;
            fields.push((of, self.expr(input)?));
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(Expr { span, kind: ExprKind::Adt(path, fields, rest) })
    }

    fn conditional(&mut self, input: ParseStream<'_>) -> syn::Result<Expr> {
        let start = here(input);
        input.parse::<Token![if]>()?;
        let before = std::mem::replace(&mut self.no_struct, true);
        let condition = self.expr(input);
        self.no_struct = before;
        let condition = condition?;
        let inner;
        braced!(inner in input);
        let yes = self.block(&inner)?;
        input.parse::<Token![else]>()?;
        let end = here(input);
        let no = if input.peek(Token![if]) {
            self.deeper(input, |parser| parser.conditional(input))?
        } else {
            let inner;
            braced!(inner in input);
            self.block(&inner)?
        };
        Ok(Expr { span: start.to(end), kind: ExprKind::If(Box::new([condition, yes, no])) })
    }

    fn index(&mut self, input: ParseStream<'_>) -> syn::Result<Index> {
        if input.peek(Token![@]) || input.peek(Token![#]) && input.peek2(Ident) {
            let of_result = input.peek(Token![#]);
            one_tree(input)?;
            return Ok(Index::Bind(name(input)?, of_result));
        }
        if input.peek(Token![|]) || input.peek(Token![||]) {
            let span = here(input);
            skip(input)?;
            let kind = ExprKind::Unsupported("a function as an index");
            return Ok(Index::Expr(Expr { span, kind }));
        }
        Ok(Index::Expr(self.expr(input)?))
    }

    fn indices(&mut self, input: ParseStream<'_>) -> syn::Result<Vec<Index>> {
        let mut all = Vec::new();
        while !input.is_empty() {
            all.push(self.index(input)?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(all)
    }

    fn base(&mut self, input: ParseStream<'_>) -> syn::Result<Base> {
        let path = path(input)?;
        let mut generic = false;
        if input.peek(Token![<]) || input.peek(Token![::]) {
            if input.peek(Token![::]) {
                input.parse::<Token![::]>()?;
            }
            let mut open = 0_usize;
            // Lifetimes are no arguments here.
            let ahead = input.fork();
            ahead.parse::<Token![<]>()?;
            let mut only = ahead.parse::<Option<syn::Lifetime>>()?.is_some();
            while only && ahead.peek(Token![,]) {
                ahead.parse::<Token![,]>()?;
                only = ahead.parse::<Option<syn::Lifetime>>()?.is_some();
            }
            generic = !(only && ahead.peek(Token![>]));
            loop {
                if input.peek(Token![->]) {
                    input.parse::<Token![->]>()?;
                    continue;
                }
                match one_tree(input)? {
                    TokenTree::Punct(punct) if punct.as_char() == '<' => open += 1,
                    TokenTree::Punct(punct) if punct.as_char() == '>' => {
                        open = open.saturating_sub(1)
                    }
                    _ => {}
                }
                if open == 0 {
                    break;
                }
            }
        }
        let mut args = Vec::new();
        if input.peek(token::Paren) {
            let inner;
            parenthesized!(inner in input);
            args = self.indices(&inner)?;
        }
        Ok(Base { path, args, generic })
    }

    /// What may follow a base type.
    fn refined(&mut self, input: ParseStream<'_>, start: Span, base: Base) -> syn::Result<Ty> {
        let end = here(input);
        if input.peek(token::Bracket) {
            let inner;
            bracketed!(inner in input);
            let indices = self.indices(&inner)?;
            Ok(Ty { span: start.to(end), kind: TyKind::Indexed(base, indices) })
        } else if input.peek(token::Brace) {
            let inner;
            braced!(inner in input);
            let bind = name(&inner)?;
            if inner.peek(Token![.]) {
                inner.parse::<Token![.]>()?;
            } else {
                inner.parse::<Token![:]>()?;
            }
            let pred = self.block(&inner)?;
            Ok(Ty { span: start.to(end), kind: TyKind::Exists(base, bind, pred) })
        } else {
            Ok(Ty { span: start, kind: TyKind::Base(base) })
        }
    }

    fn ty(&mut self, input: ParseStream<'_>) -> syn::Result<Ty> {
        self.deeper(input, |parser| parser.any_ty(input))
    }

    fn any_ty(&mut self, input: ParseStream<'_>) -> syn::Result<Ty> {
        let start = here(input);
        let unsupported = |what| Ok(Ty { span: start, kind: TyKind::Unsupported(what) });
        if input.peek(Token![&]) {
            input.parse::<Token![&]>()?;
            input.parse::<Option<syn::Lifetime>>()?;
            if take_word(input, "strg") {
                let of = self.ty(input)?;
                return Ok(Ty { span: start.to(of.span), kind: TyKind::Strong(Box::new(of)) });
            }
            let mutable = input.parse::<Option<Token![mut]>>()?.is_some();
            let of = self.ty(input)?;
            return Ok(Ty { span: start.to(of.span), kind: TyKind::Ref(mutable, Box::new(of)) });
        }
        if input.peek(token::Paren) {
            let inner;
            parenthesized!(inner in input);
            if inner.is_empty() {
                return Ok(Ty { span: start, kind: TyKind::Unit });
            }
            let ty = self.ty(&inner)?;
            if inner.is_empty() {
                return Ok(Ty { span: start, kind: ty.kind });
            }
            let mut parts = vec![ty];
            while !inner.is_empty() {
                inner.parse::<Token![,]>()?;
                if !inner.is_empty() {
                    parts.push(self.ty(&inner)?);
                }
            }
            return Ok(Ty { span: start, kind: TyKind::Tuple(parts) });
        }
        if input.peek(token::Brace) {
            let inner;
            braced!(inner in input);
            let binds = inner.peek(Ident)
                && (inner.peek2(Token![,])
                    || inner.peek2(Token![.])
                    || inner.peek2(Token![:]) && !inner.peek2(Token![::]));
            if binds {
                let mut names = vec![refine_param(&inner)?.0];
                while inner.peek(Token![,]) {
                    inner.parse::<Token![,]>()?;
                    names.push(refine_param(&inner)?.0);
                }
                inner.parse::<Token![.]>()?;
                let of = self.ty(&inner)?;
                let pred = if inner.peek(Token![|]) {
                    inner.parse::<Token![|]>()?;
                    Some(self.block(&inner)?)
                } else {
                    None
                };
                return Ok(Ty { span: start, kind: TyKind::General(names, Box::new(of), pred) });
            }
            let of = self.ty(&inner)?;
            inner.parse::<Token![|]>()?;
            let pred = self.block(&inner)?;
            return Ok(Ty { span: start, kind: TyKind::Constr(Box::new(of), pred) });
        }
        if input.peek(token::Bracket) {
            one_tree(input)?;
            if input.peek(token::Bracket) || input.peek(token::Brace) {
                one_tree(input)?;
            }
            return unsupported("a slice or an array in a signature");
        }
        let rest = if input.peek(Token![*]) {
            "a raw pointer in a signature"
        } else if input.peek(Token![impl]) {
            "`impl` in a signature"
        } else if input.peek(Token![dyn]) {
            "`dyn` in a signature"
        } else if input.peek(Token![fn]) || input.peek(Token![for]) {
            "a function pointer in a signature"
        } else if input.peek(Token![<]) {
            "an associated type in a signature"
        } else if input.peek(Token![!]) {
            "the type `!` in a signature"
        } else if input.peek(Token![_]) {
            "the type `_` in a signature"
        } else {
            let base = self.base(input)?;
            return self.refined(input, start, base);
        };
        // How far the type goes is not known: all that follows is left out.
        skip(input)?;
        unsupported(rest)
    }

    /// `self`, `&self`, `&mut self`
    fn receiver(input: ParseStream<'_>) -> syn::Result<Option<Input>> {
        let span = here(input);
        let ahead = input.fork();
        let reference = ahead.parse::<Option<Token![&]>>()?.is_some();
        if reference {
            ahead.parse::<Option<syn::Lifetime>>()?;
        }
        let mutable = ahead.parse::<Option<Token![mut]>>()?.is_some();
        if !ahead.peek(Token![self]) || ahead.peek2(Token![:]) {
            return Ok(None);
        }
        if reference {
            input.parse::<Token![&]>()?;
            input.parse::<Option<syn::Lifetime>>()?;
        }
        input.parse::<Option<Token![mut]>>()?;
        one_tree(input)?;
        let base = Base { path: vec!["Self".to_owned()], args: Vec::new(), generic: false };
        let own = Ty { span, kind: TyKind::Base(base) };
        let ty = match reference {
            true => Ty { span, kind: TyKind::Ref(mutable, Box::new(own)) },
            false => own,
        };
        let name = Some(Name { text: "self".to_owned(), span });
        Ok(Some(Input { name, ty, pred: None }))
    }

    fn input(&mut self, input: ParseStream<'_>) -> syn::Result<Input> {
        if let Some(receiver) = Self::receiver(input)? {
            return Ok(receiver);
        }
        if input.peek(Token![self]) {
            let of = Some(Name::new(&input.call(Ident::parse_any)?));
            input.parse::<Token![:]>()?;
            return Ok(Input { name: of, ty: self.ty(input)?, pred: None });
        }
        if !(input.peek(Ident) && input.peek2(Token![:]) && !input.peek2(Token![::])) {
            return Ok(Input { name: None, ty: self.ty(input)?, pred: None });
        }
        let of = Some(name(input)?);
        input.parse::<Token![:]>()?;
        let plain = input.peek(Ident);
        if !plain {
            return Ok(Input { name: of, ty: self.ty(input)?, pred: None });
        }
        let start = here(input);
        let base = self.base(input)?;
        if input.peek(token::Brace) {
            let ahead = input.fork();
            let inner;
            braced!(inner in ahead);
            let binds = inner.peek(Ident)
                && (inner.peek2(Token![.]) || inner.peek2(Token![:]) && !inner.peek2(Token![::]));
            if !binds {
                let inner;
                braced!(inner in input);
                let pred = self.block(&inner)?;
                let ty = Ty { span: start, kind: TyKind::Base(base) };
                return Ok(Input { name: of, ty, pred: Some(pred) });
            }
        }
        let ty = self.refined(input, start, base)?;
        Ok(Input { name: of, ty, pred: None })
    }

    fn sig(&mut self, input: ParseStream<'_>) -> syn::Result<FnSig> {
        let mut unsupported = None;
        if input.peek(Token![async]) {
            unsupported = Some((here(input), "an `async` function"));
            one_tree(input)?;
        }
        while input.peek(Token![pub]) || input.peek(Token![unsafe]) || input.peek(Token![const]) {
            one_tree(input)?;
        }
        input.parse::<Token![fn]>()?;
        let own = if input.peek(Ident) { Some(name(input)?) } else { None };
        let mut params = Vec::new();
        if input.peek(Token![<]) {
            let span = here(input);
            input.parse::<Token![<]>()?;
            while !input.peek(Token![>]) {
                if input.parse::<Option<syn::Lifetime>>()?.is_none() {
                    let (of, sort) = refine_param(input)?;
                    match sort.as_deref() {
                        Some("int") => params.push((of, false)),
                        Some("bool") => params.push((of, true)),
                        _ => {
                            unsupported = Some((span, "a type parameter, or one of this sort"));
                            while !input.peek(Token![>]) && !input.peek(Token![,]) {
                                one_tree(input)?;
                            }
                        }
                    }
                }
                if !input.peek(Token![>]) {
                    input.parse::<Token![,]>()?;
                }
            }
            input.parse::<Token![>]>()?;
        }
        if input.peek(token::Bracket) {
            let inner;
            bracketed!(inner in input);
            while !inner.is_empty() {
                if take_word(&inner, "hrn") || take_word(&inner, "hdl") {
                    unsupported = Some((here(&inner), "an abstract refinement"));
                    skip(&inner)?;
                    break;
                }
                let (of, sort) = refine_param(&inner)?;
                match sort.as_deref() {
                    None | Some("int") => params.push((of, false)),
                    Some("bool") => params.push((of, true)),
                    Some(_) => {
                        unsupported = Some((of.span, "a refinement parameter of this sort"));
                        skip(&inner)?;
                        break;
                    }
                }
                if !inner.is_empty() {
                    inner.parse::<Token![,]>()?;
                }
            }
        }
        let inner;
        parenthesized!(inner in input);
        let mut inputs = Vec::new();
        while !inner.is_empty() {
            inputs.push(self.input(&inner)?);
            if !inner.is_empty() {
                inner.parse::<Token![,]>()?;
            }
        }
        let output = if input.peek(Token![->]) {
            input.parse::<Token![->]>()?;
            Some(self.ty(input)?)
        } else {
            None
        };
        let mut requires = Vec::new();
        if take_word(input, "requires") {
            while !input.is_empty() && !is_word(input, "ensures") && !input.peek(Token![where]) {
                requires.push(self.expr(input)?);
                if input.peek(Token![,]) {
                    input.parse::<Token![,]>()?;
                } else {
                    break;
                }
            }
        }
        let mut ensures = Vec::new();
        if take_word(input, "ensures") {
            while !input.is_empty() && !input.peek(Token![where]) {
                let typed = input.peek2(Token![:]) && !input.peek2(Token![::]);
                ensures.push(if typed && (input.peek(Ident) || input.peek(Token![self])) {
                    let ident = input.call(Ident::parse_any)?;
                    input.parse::<Token![:]>()?;
                    Ensures::Type(Name::new(&ident), self.ty(input)?)
                } else {
                    Ensures::Pred(self.expr(input)?)
                });
                if input.peek(Token![,]) {
                    input.parse::<Token![,]>()?;
                } else {
                    break;
                }
            }
        }
        if input.peek(Token![where]) {
            unsupported = unsupported.or(Some((here(input), "`where` in a signature")));
            skip(input)?;
        }
        Ok(FnSig { name: own, params, inputs, output, requires, ensures, unsupported })
    }

    fn alias(&mut self, input: ParseStream<'_>) -> syn::Result<Alias> {
        input.parse::<Token![type]>()?;
        let of = name(input)?;
        let names = |inner: ParseStream<'_>| {
            let mut names = Vec::new();
            while !inner.is_empty() {
                names.push(refine_param(inner)?.0);
                if !inner.is_empty() {
                    inner.parse::<Token![,]>()?;
                }
            }
            syn::Result::Ok(names)
        };
        let mut params = Vec::new();
        if input.peek(token::Paren) {
            let inner;
            parenthesized!(inner in input);
            params = names(&inner)?;
        }
        let mut indices = Vec::new();
        if input.peek(token::Bracket) {
            let inner;
            bracketed!(inner in input);
            indices = names(&inner)?;
        }
        input.parse::<Token![=]>()?;
        let ty = self.ty(input)?;
        input.parse::<Option<Token![;]>>()?;
        Ok(Alias { name: of, params, indices, ty })
    }
}

impl Parse for FnSig {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Parser { depth: 0, no_struct: false }.sig(input)
    }
}

impl Parse for Alias {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Parser { depth: 0, no_struct: false }.alias(input)
    }
}

impl Parse for Ty {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Parser { depth: 0, no_struct: false }.ty(input)
    }
}

/// `a: int, b: S`: the names of a struct's indices, and their sorts.
#[derive(Debug)]
pub struct RefinedBy(pub Vec<(Name, String)>);

impl Parse for RefinedBy {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut all = Vec::new();
        while !input.is_empty() {
            let (of, sort) = refine_param(input)?;
            all.push((of, sort.unwrap_or_default()));
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(Self(all))
    }
}

/// A function of refinements: its name, its parameters, and what it stands for.
#[derive(Debug)]
pub struct Def {
    /// Its name.
    pub name: String,
    /// The names of its parameters.
    pub params: Vec<String>,
    /// Its body.
    pub body: Expr,
}

/// The functions of refinements in `defs!`, up to the first thing that is something else;
/// and whether there is such a thing.
#[derive(Debug, Default)]
pub struct Defs(pub Vec<Def>, pub bool);

impl Parse for Defs {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut all, mut more) = (Vec::new(), false);
        while !input.is_empty() {
            // What stands under a condition, or is said of the function, is not looked at.
            let attributes = input.call(syn::Attribute::parse_outer)?;
            let plain = attributes.iter().all(|one| one.path().is_ident("doc"));
            more |= !plain;
            if is_word(input, "qualifier") || is_word(input, "local") {
                while !input.peek(token::Brace) {
                    one_tree(input)?;
                }
                one_tree(input)?;
                // Whether it is well formed is not looked at.
                more = true;
                continue;
            }
            if !input.peek(Token![fn]) {
                skip(input)?;
                more = true;
                break;
            }
            input.parse::<Token![fn]>()?;
            let own = name(input)?;
            if !input.peek(token::Paren) {
                skip(input)?;
                more = true;
                break;
            }
            let inner;
            parenthesized!(inner in input);
            let mut params = Vec::new();
            while !inner.is_empty() {
                params.push(name(&inner)?.text);
                while !inner.is_empty() && !inner.peek(Token![,]) {
                    one_tree(&inner)?;
                }
                if !inner.is_empty() {
                    inner.parse::<Token![,]>()?;
                }
            }
            while !input.is_empty() && !input.peek(token::Brace) && !input.peek(Token![;]) {
                one_tree(input)?;
            }
            if input.peek(Token![;]) {
                // It has no body.
                input.parse::<Token![;]>()?;
                more = true;
                continue;
            }
            let inner;
            braced!(inner in input);
            let body = Parser { depth: 0, no_struct: false }.block(&inner)?;
            if plain {
                all.push(Def { name: own.text, params, body });
            }
        }
        Ok(Self(all, more))
    }
}

impl Parse for Expr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Parser { depth: 0, no_struct: false }.block(input)
    }
}

/// How deeply groups nest, and how many words there are: what is too deep or too long is
/// not given to a parser that recurs.
pub fn measure(tokens: proc_macro2::TokenStream) -> (usize, usize) {
    let (mut deepest, mut length) = (0, 0);
    let mut todo = vec![(tokens, 0)];
    while let Some((tokens, depth)) = todo.pop() {
        deepest = deepest.max(depth);
        for tree in tokens {
            length += 1;
            if let TokenTree::Group(group) = tree {
                todo.push((group.stream(), depth + 1));
            }
        }
    }
    (deepest, length)
}
