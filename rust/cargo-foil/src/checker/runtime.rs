//! What the generated checker is built on: numbers, lists, and a budget.
//!
//! Coq's numbers are as large as they need to be, and so are these: an operation whose
//! result would not be exact stops the whole check, and so does one step too many or one
//! call too deep ([`with_limits`]).

pub(super) use super::list::List;
pub(super) use super::number::{Positive, PositiveView, Z, ZView, binary, positive_view, z_view};
use std::cell::Cell;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Why a check was stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// It takes too many steps.
    Steps,
    /// Something in it is nested too deep.
    Depth,
    /// A number is too large.
    Number,
    /// The input is too large.
    Size,
    /// There is no thread for it.
    Thread,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Limit::Steps => "the check takes too many steps",
            Limit::Depth => "something in the check is nested too deep",
            Limit::Number => "the check meets a number that is too large",
            Limit::Size => "the program and its certificates are too large",
            Limit::Thread => "the check gets no thread",
        })
    }
}

impl std::error::Error for Limit {}

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(u64::MAX) };
    /// The least address that the stack may reach.
    static FLOOR: Cell<usize> = const { Cell::new(0) };
}

fn here() -> usize {
    let on_the_stack = 0u8;
    std::ptr::from_ref(&on_the_stack).addr()
}

fn stop(limit: Limit) -> ! {
    resume_unwind(Box::new(limit))
}

/// One step.
pub(super) fn tick() {
    spend(1);
    if here() < FLOOR.get() {
        stop(Limit::Depth);
    }
}

fn spend(steps: u64) {
    match STEPS.get().checked_sub(steps) {
        Some(left) => STEPS.set(left),
        None => stop(Limit::Steps),
    }
}

/// Runs within so many steps and so many bytes of the current stack.
pub(crate) fn with_limits<R>(
    steps: u64,
    stack: usize,
    run: impl FnOnce() -> R,
) -> Result<R, Limit> {
    STEPS.set(steps);
    FLOOR.set(here().saturating_sub(stack));
    let result = catch_unwind(AssertUnwindSafe(run));
    STEPS.set(u64::MAX);
    FLOOR.set(0);
    result.map_err(|cause| match cause.downcast::<Limit>() {
        Ok(limit) => *limit,
        Err(cause) => resume_unwind(cause),
    })
}

/// Counts what it is given.
struct Size {
    left: u64,
}

impl Hasher for Size {
    fn write(&mut self, bytes: &[u8]) {
        if here() < FLOOR.get() {
            stop(Limit::Depth);
        }
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => self.left = left,
            None => stop(Limit::Size),
        }
    }

    fn finish(&self) -> u64 {
        self.left
    }
}

/// Whether the value, with all that is in it, is no larger: what its parts share counts
/// each time. It is looked at no further than the limits allow.
pub(super) fn size_within(value: &impl Hash, size: u64) {
    value.hash(&mut Size { left: size });
}

// Functions that are recursive inside of others.

type Step1<'a, A, R> = &'a dyn Fn(&dyn Fn(&A) -> R, &A) -> R;
type Step2<'a, A, B, R> = &'a dyn Fn(&dyn Fn(&A, &B) -> R, &A, &B) -> R;
type Step3<'a, A, B, C, R> = &'a dyn Fn(&dyn Fn(&A, &B, &C) -> R, &A, &B, &C) -> R;

pub(super) fn fix1<A, R>(f: Step1<'_, A, R>, a: &A) -> R {
    tick();
    f(&|a| fix1(f, a), a)
}

pub(super) fn fix2<A, B, R>(f: Step2<'_, A, B, R>, a: &A, b: &B) -> R {
    tick();
    f(&|a, b| fix2(f, a, b), a, b)
}

pub(super) fn fix3<A, B, C, R>(f: Step3<'_, A, B, C, R>, a: &A, b: &B, c: &C) -> R {
    tick();
    f(&|a, b, c| fix3(f, a, b, c), a, b, c)
}

// Numbers that count.

pub(super) fn nat_view(n: &usize) -> Option<usize> {
    n.checked_sub(1)
}
pub(super) fn nat_succ(n: usize) -> usize {
    nat_add(&n, &1)
}
pub(super) fn nat_add(n: &usize, m: &usize) -> usize {
    n.checked_add(*m).unwrap_or_else(|| stop(Limit::Number))
}
pub(super) fn nat_sub(n: &usize, m: &usize) -> usize {
    n.saturating_sub(*m)
}
pub(super) fn nat_eqb(n: &usize, m: &usize) -> bool {
    n == m
}
pub(super) fn nat_leb(n: &usize, m: &usize) -> bool {
    n <= m
}
pub(super) fn nat_ltb(n: &usize, m: &usize) -> bool {
    n < m
}
pub(super) fn nat_max(n: &usize, m: &usize) -> usize {
    *n.max(m)
}

// Positive numbers.

pub(super) fn p_lit(value: i64) -> Positive {
    p_of(Z::from(value))
}
pub(super) fn p_of_digits(digits: &str) -> Positive {
    p_of(binary(digits))
}
/// A number that is at least 1.
fn p_of(value: Z) -> Positive {
    Positive::new(value).unwrap_or_else(|| Positive::nth(0))
}
pub(super) fn positive_twice(p: Positive) -> Positive {
    p_of(p.as_z().add(p.as_z()))
}
pub(super) fn positive_twice_and_one(p: Positive) -> Positive {
    p_of(p.as_z().add(p.as_z()).add(&Z::from(1)))
}
pub(super) fn positive_succ(p: &Positive) -> Positive {
    p_of(p.as_z().add(&Z::from(1)))
}
/// At least 1.
pub(super) fn positive_pred(p: &Positive) -> Positive {
    p_of(p.as_z().sub(&Z::from(1)))
}
pub(super) fn positive_add(p: &Positive, q: &Positive) -> Positive {
    spend(p.as_z().bits() / 64);
    p_of(p.as_z().add(q.as_z()))
}
/// At least 1.
pub(super) fn positive_sub(p: &Positive, q: &Positive) -> Positive {
    p_of(p.as_z().sub(q.as_z()))
}
pub(super) fn positive_mul(p: &Positive, q: &Positive) -> Positive {
    p_of(z_mul(p.as_z(), q.as_z()))
}
pub(super) fn positive_minus(p: &Positive, q: &Positive) -> Z {
    p.as_z().sub(q.as_z())
}
pub(super) fn positive_compare(p: &Positive, q: &Positive) -> super::generated::Comparison {
    match p.cmp(q) {
        std::cmp::Ordering::Less => super::generated::Comparison::Lt,
        std::cmp::Ordering::Equal => super::generated::Comparison::Eq,
        std::cmp::Ordering::Greater => super::generated::Comparison::Gt,
    }
}
pub(super) fn positive_max(p: &Positive, q: &Positive) -> Positive {
    p.max(q).clone()
}
pub(super) fn positive_eqb(p: &Positive, q: &Positive) -> bool {
    p == q
}
pub(super) fn positive_leb(p: &Positive, q: &Positive) -> bool {
    p <= q
}

// Integers.

pub(super) fn z_lit(value: i64) -> Z {
    Z::from(value)
}
pub(super) fn z_of_digits(digits: &str) -> Z {
    match digits.strip_prefix('-') {
        Some(digits) => z_lit(0).sub(&binary(digits)),
        None => binary(digits),
    }
}
pub(super) fn z_of_positive(p: Positive) -> Z {
    p.as_z().clone()
}
pub(super) fn z_of_negative(p: Positive) -> Z {
    z_lit(0).sub(p.as_z())
}
/// A sum or a product of large numbers takes more than one step.
fn words(a: &Z, b: &Z) -> (u64, u64) {
    (a.bits() / 64, b.bits() / 64)
}
pub(super) fn z_add(a: &Z, b: &Z) -> Z {
    let (n, m) = words(a, b);
    spend(n + m);
    a.add(b)
}
pub(super) fn z_opp(a: &Z) -> Z {
    z_sub(&z_lit(0), a)
}
pub(super) fn z_sub(a: &Z, b: &Z) -> Z {
    let (n, m) = words(a, b);
    spend(n + m);
    a.sub(b)
}
pub(super) fn z_mul(a: &Z, b: &Z) -> Z {
    let (n, m) = words(a, b);
    spend(n.saturating_mul(m));
    a.mul(b)
}
/// 0 to a negative power.
pub(super) fn z_pow(a: &Z, n: &Z) -> Z {
    if n.sign().is_lt() {
        return z_lit(0);
    }
    let Some(n) = n.to_i128().and_then(|n| u32::try_from(n).ok()) else { stop(Limit::Number) };
    let mut power = z_lit(1);
    for bit in (0..32).rev() {
        power = z_mul(&power, &power);
        if n >> bit & 1 == 1 {
            power = z_mul(&power, a);
        }
    }
    power
}
pub(super) fn z_leb(a: &Z, b: &Z) -> bool {
    a <= b
}
pub(super) fn z_ltb(a: &Z, b: &Z) -> bool {
    a < b
}
pub(super) fn z_gtb(a: &Z, b: &Z) -> bool {
    a > b
}
pub(super) fn z_eqb(a: &Z, b: &Z) -> bool {
    a == b
}
pub(super) fn z_max(a: &Z, b: &Z) -> Z {
    a.max(b).clone()
}
pub(super) fn z_abs(a: &Z) -> Z {
    if a.sign().is_lt() { z_opp(a) } else { a.clone() }
}
pub(super) fn z_div_eucl(a: &Z, b: &Z) -> (Z, Z) {
    let (n, m) = words(a, b);
    spend(n.saturating_mul(m));
    a.div_eucl(b)
}
pub(super) fn z_div(a: &Z, b: &Z) -> Z {
    z_div_eucl(a, b).0
}
/// Not negative.
pub(super) fn z_gcd(a: &Z, b: &Z) -> Z {
    let (n, m) = words(a, b);
    spend(n.saturating_mul(m));
    a.gcd(b)
}

// Texts.

pub(super) fn text_eqb(a: &String, b: &String) -> bool {
    a == b
}
/// The name of an argument: the last six digits.
pub(super) fn local_name(n: &usize) -> String {
    if *n < 1_000_000 { format!("_{n}") } else { format!("_{:06}", n % 1_000_000) }
}

/// Of a decision, whether it is positive.
pub(super) fn same_bool_value(b: &bool) -> bool {
    *b
}
