//! Operators and methods of traits in the place of those of the language.
//~ <impl at traits.rs:20:10>::clone: not supported: `<impl at traits.rs:20:10>::clone`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ <impl at traits.rs:20:23>::eq: not supported: `<impl at traits.rs:20:23>::eq`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ <impl at traits.rs:20:34>::assert_fields_are_eq: not supported: `<impl at traits.rs:20:34>::assert_fields_are_eq`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ <impl at traits.rs:20:38>::partial_cmp: not supported: `<impl at traits.rs:20:38>::partial_cmp`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ W: not supported: `W`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ W::add: proved
//~ W::neg: proved
//~ W::not: proved
//~ f: not supported: a call of `<W as std::ops::Add>::add`
//~ g: not supported: a call of `<W as std::ops::Neg>::neg`
//~ h: not supported: a call of `<W as std::ops::Not>::not`
//~ i32::abs: proved
//~ i32::max: proved
//~ i: not supported: a call of `<i32 as More>::abs`
//~ j: not supported: a call of `<i32 as More>::max`
//~ V::eq: proved
//~ k: not supported: the constant `k::promoted[1]`
use std::ops::{Add, Neg, Not};
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
pub struct W(pub i32);
impl Add for W {
    type Output = i32;
    fn add(self, o: W) -> i32 {
        self.0 - o.0
    }
}
impl Neg for W {
    type Output = i32;
    fn neg(self) -> i32 {
        self.0
    }
}
impl Not for W {
    type Output = bool;
    fn not(self) -> bool {
        true
    }
}
#[flux::sig(fn(a: i32, b: i32) -> i32[a + b])]
pub fn f(a: i32, b: i32) -> i32 {
    W(a) + W(b)
}
#[flux::sig(fn(a: i32) -> i32[-a])]
pub fn g(a: i32) -> i32 {
    -W(a)
}
#[flux::sig(fn(a: i32) -> bool[false])]
pub fn h(a: i32) -> bool {
    !W(a)
}
pub trait More {
    fn abs(self) -> i32;
    fn max(self, o: i32) -> i32;
}
impl More for i32 {
    fn abs(self) -> i32 {
        -1
    }
    fn max(self, o: i32) -> i32 {
        -1
    }
}
#[flux::sig(fn(a: i32) -> i32{v: v >= 0})]
pub fn i(a: i32) -> i32 {
    More::abs(a)
}
#[flux::sig(fn(a: i32) -> i32{v: v >= a})]
pub fn j(a: i32) -> i32 {
    <i32 as More>::max(a, 1)
}
pub struct V;
impl PartialEq for V {
    fn eq(&self, _: &V) -> bool {
        false
    }
}
#[flux::sig(fn() -> bool[true])]
pub fn k() -> bool {
    V == V
}
