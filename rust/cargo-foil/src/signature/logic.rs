//! Expressions, formulas and signatures, as `theories/refine/{formula,signature}.v` have
//! them.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use std::collections::BTreeSet;
use std::fmt;

/// A variable of a formula.
pub type Var = u64;

/// The width of a machine integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Width {
    /// 8 bits.
    W8,
    /// 16 bits.
    W16,
    /// 32 bits.
    W32,
    /// 64 bits.
    W64,
    /// 128 bits.
    W128,
    /// That of a pointer: 64 bits.
    Ptr,
}

/// A type of machine integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntType {
    /// How wide it is.
    pub width: Width,
    /// Whether it has negative values.
    pub signed: bool,
}

impl IntType {
    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        let (signed, width) = match name.split_at_checked(1)? {
            ("i", width) => (true, width),
            ("u", width) => (false, width),
            _ => return None,
        };
        let width = match width {
            "8" => Width::W8,
            "16" => Width::W16,
            "32" => Width::W32,
            "64" => Width::W64,
            "128" => Width::W128,
            "size" => Width::Ptr,
            _ => return None,
        };
        Some(Self { width, signed })
    }

    /// Its name in Rust.
    pub fn name(self) -> String {
        let sign = if self.signed { 'i' } else { 'u' };
        match self.width {
            Width::Ptr => format!("{sign}size"),
            _ => format!("{sign}{}", self.bits()),
        }
    }

    fn bits(self) -> u32 {
        match self.width {
            Width::W8 => 8,
            Width::W16 => 16,
            Width::W32 => 32,
            Width::W64 | Width::Ptr => 64,
            Width::W128 => 128,
        }
    }

    /// The least value.
    pub fn least(self) -> BigInt {
        if self.signed { -(BigInt::one() << (self.bits() - 1)) } else { BigInt::zero() }
    }

    /// The greatest value.
    pub fn greatest(self) -> BigInt {
        self.least() + (BigInt::one() << self.bits()) - 1
    }
}

/// An expression over the integers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exp {
    /// A number.
    Const(BigInt),
    /// A variable.
    Var(Var),
    /// A sum.
    Add(Box<Exp>, Box<Exp>),
    /// A difference.
    Sub(Box<Exp>, Box<Exp>),
    /// A product.
    Mul(Box<Exp>, Box<Exp>),
}

impl Exp {
    /// A small number.
    pub fn int(value: i64) -> Self {
        Exp::Const(BigInt::from(value))
    }

    /// The sum of both.
    pub fn plus(self, other: Exp) -> Self {
        Exp::Add(Box::new(self), Box::new(other))
    }

    /// The difference of both.
    pub fn minus(self, other: Exp) -> Self {
        Exp::Sub(Box::new(self), Box::new(other))
    }

    /// The product of both.
    pub fn times(self, other: Exp) -> Self {
        Exp::Mul(Box::new(self), Box::new(other))
    }

    /// Whether it has more parts than this.
    pub fn is_larger_than(&self, most: usize) -> bool {
        self.count(most).is_none()
    }

    /// What is left of so many parts when it is counted.
    fn count(&self, left: usize) -> Option<usize> {
        let left = left.checked_sub(1)?;
        match self {
            Exp::Const(_) | Exp::Var(_) => Some(left),
            Exp::Add(a, b) | Exp::Sub(a, b) | Exp::Mul(a, b) => b.count(a.count(left)?),
        }
    }

    /// Adds the variables to `out`.
    pub fn vars(&self, out: &mut BTreeSet<Var>) {
        match self {
            Exp::Const(_) => {}
            Exp::Var(x) => {
                out.insert(*x);
            }
            Exp::Add(a, b) | Exp::Sub(a, b) | Exp::Mul(a, b) => {
                a.vars(out);
                b.vars(out);
            }
        }
    }

    /// With what `sigma` has for variables.
    pub fn subst(&self, sigma: &impl Fn(Var) -> Option<Exp>) -> Exp {
        let both = |a: &Exp, b: &Exp| (Box::new(a.subst(sigma)), Box::new(b.subst(sigma)));
        match self {
            Exp::Const(_) => self.clone(),
            Exp::Var(x) => sigma(*x).unwrap_or_else(|| self.clone()),
            Exp::Add(a, b) => {
                let (a, b) = both(a, b);
                Exp::Add(a, b)
            }
            Exp::Sub(a, b) => {
                let (a, b) = both(a, b);
                Exp::Sub(a, b)
            }
            Exp::Mul(a, b) => {
                let (a, b) = both(a, b);
                Exp::Mul(a, b)
            }
        }
    }
}

impl From<IntType> for Kind {
    fn from(ty: IntType) -> Self {
        Kind::Int(ty)
    }
}

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fml {
    /// `a ≤ b`
    Le(Exp, Exp),
    /// `a < b`
    Lt(Exp, Exp),
    /// `a = b`
    Eq(Exp, Exp),
    /// `a ≠ b`
    Ne(Exp, Exp),
    /// In the range of a type.
    In(IntType, Exp),
    /// Not in the range of a type.
    Out(IntType, Exp),
    /// Both.
    And(Box<Fml>, Box<Fml>),
    /// One of both.
    Or(Box<Fml>, Box<Fml>),
}

impl Fml {
    /// What always holds.
    pub fn truth(value: bool) -> Self {
        let zero = Exp::int(0);
        if value { Fml::Eq(zero.clone(), zero) } else { Fml::Ne(zero.clone(), zero) }
    }

    /// That the boolean with this index is true.
    pub fn is_true(index: Exp) -> Self {
        Fml::Ne(index, Exp::int(0))
    }

    /// Both.
    pub fn and(self, other: Fml) -> Self {
        Fml::And(Box::new(self), Box::new(other))
    }

    /// One of both.
    pub fn or(self, other: Fml) -> Self {
        Fml::Or(Box::new(self), Box::new(other))
    }

    /// The contrary.
    pub fn negate(&self) -> Self {
        match self {
            Fml::Le(a, b) => Fml::Lt(b.clone(), a.clone()),
            Fml::Lt(a, b) => Fml::Le(b.clone(), a.clone()),
            Fml::Eq(a, b) => Fml::Ne(a.clone(), b.clone()),
            Fml::Ne(a, b) => Fml::Eq(a.clone(), b.clone()),
            Fml::In(t, a) => Fml::Out(*t, a.clone()),
            Fml::Out(t, a) => Fml::In(*t, a.clone()),
            Fml::And(f, g) => f.negate().or(g.negate()),
            Fml::Or(f, g) => f.negate().and(g.negate()),
        }
    }

    /// Both hold, or none does.
    pub fn iff(&self, other: &Fml) -> Self {
        self.clone().and(other.clone()).or(self.negate().and(other.negate()))
    }

    /// Whether it has more parts than this.
    pub fn is_larger_than(&self, most: usize) -> bool {
        self.count(most).is_none()
    }

    /// What is left of so many parts when it is counted.
    fn count(&self, left: usize) -> Option<usize> {
        let left = left.checked_sub(1)?;
        match self {
            Fml::Le(a, b) | Fml::Lt(a, b) | Fml::Eq(a, b) | Fml::Ne(a, b) => {
                b.count(a.count(left)?)
            }
            Fml::In(_, a) | Fml::Out(_, a) => a.count(left),
            Fml::And(f, g) | Fml::Or(f, g) => g.count(f.count(left)?),
        }
    }

    /// Adds the variables to `out`.
    pub fn vars(&self, out: &mut BTreeSet<Var>) {
        match self {
            Fml::Le(a, b) | Fml::Lt(a, b) | Fml::Eq(a, b) | Fml::Ne(a, b) => {
                a.vars(out);
                b.vars(out);
            }
            Fml::In(_, a) | Fml::Out(_, a) => a.vars(out),
            Fml::And(f, g) | Fml::Or(f, g) => {
                f.vars(out);
                g.vars(out);
            }
        }
    }

    /// With what `sigma` has for variables.
    pub fn subst(&self, sigma: &impl Fn(Var) -> Option<Exp>) -> Fml {
        match self {
            Fml::Le(a, b) => Fml::Le(a.subst(sigma), b.subst(sigma)),
            Fml::Lt(a, b) => Fml::Lt(a.subst(sigma), b.subst(sigma)),
            Fml::Eq(a, b) => Fml::Eq(a.subst(sigma), b.subst(sigma)),
            Fml::Ne(a, b) => Fml::Ne(a.subst(sigma), b.subst(sigma)),
            Fml::In(t, a) => Fml::In(*t, a.subst(sigma)),
            Fml::Out(t, a) => Fml::Out(*t, a.subst(sigma)),
            Fml::And(f, g) => f.subst(sigma).and(g.subst(sigma)),
            Fml::Or(f, g) => f.subst(sigma).or(g.subst(sigma)),
        }
    }
}

/// A base type with an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Integers: the index is the value.
    Int(IntType),
    /// Booleans: the index of `false` is 0, that of `true` anything else.
    Bool,
}

impl Kind {
    /// Its name in Rust.
    pub fn name(self) -> String {
        match self {
            Kind::Int(ty) => ty.name(),
            Kind::Bool => "bool".to_owned(),
        }
    }
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    /// A value, with its index.
    Val(Kind, Var),
    /// A mutable reference: the index of its content at the call, and at the end.
    Mut(Kind, Var, Var),
    /// A shared reference, with the index of its content.
    Shr(Kind, Var),
}

/// The result of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ret {
    /// A value, with its index.
    Val(Kind, Var),
    /// `()`
    Unit,
}

/// What a function takes, demands, gives and promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sig {
    /// The parameters.
    pub params: Vec<Param>,
    /// What must hold at a call.
    pub requires: Vec<Fml>,
    /// The result.
    pub result: Ret,
    /// What holds at the end.
    pub ensures: Vec<Fml>,
}

impl fmt::Display for Exp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f, &|x| format!("v{x}"), 0)
    }
}

impl Exp {
    fn show(
        &self,
        f: &mut impl fmt::Write,
        name: &impl Fn(Var) -> String,
        level: u8,
    ) -> fmt::Result {
        let (a, op, b, own) = match self {
            Exp::Const(z) if z.is_negative() && level > 0 => return write!(f, "({z})"),
            Exp::Const(z) => return write!(f, "{z}"),
            Exp::Var(x) => return f.write_str(&name(*x)),
            Exp::Add(a, b) => (a, "+", b, 0),
            Exp::Sub(a, b) => (a, "-", b, 0),
            Exp::Mul(a, b) => (a, "*", b, 1),
        };
        let bracket = own < level;
        if bracket {
            f.write_char('(')?;
        }
        a.show(f, name, own)?;
        write!(f, " {op} ")?;
        b.show(f, name, own + 1)?;
        if bracket {
            f.write_char(')')?;
        }
        Ok(())
    }
}

impl Fml {
    fn show(&self, f: &mut impl fmt::Write, name: &impl Fn(Var) -> String) -> fmt::Result {
        let (a, op, b) = match self {
            Fml::Le(a, b) => (a, "<=", b),
            Fml::Lt(a, b) => (a, "<", b),
            Fml::Eq(a, b) => (a, "==", b),
            Fml::Ne(a, b) => (a, "!=", b),
            Fml::In(t, a) => {
                a.show(f, name, 0)?;
                return write!(f, " fits {}", t.name());
            }
            Fml::Out(t, a) => {
                a.show(f, name, 0)?;
                return write!(f, " does not fit {}", t.name());
            }
            Fml::And(p, q) | Fml::Or(p, q) => {
                f.write_char('(')?;
                p.show(f, name)?;
                f.write_str(if matches!(self, Fml::And(..)) { ") && (" } else { ") || (" })?;
                q.show(f, name)?;
                return f.write_char(')');
            }
        };
        a.show(f, name, 0)?;
        write!(f, " {op} ")?;
        b.show(f, name, 0)
    }

    /// As text, with these names for the variables.
    pub fn with_names(&self, name: &impl Fn(Var) -> String) -> String {
        let mut text = String::new();
        // A string takes all that is written to it.
        let _ = self.show(&mut text, name);
        text
    }
}

impl fmt::Display for Fml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f, &|x| format!("v{x}"))
    }
}
