//! Structs with a type as parameter, by their fields.
//~ f: not supported: the type `W<u8>`
//~ g: not supported: the type `W<u8>`
//~ h: not supported: the type `W<(i32, i32)>`
//~ h2: not supported: the type `W<(i32, i32)>`
//~ h3: not supported: the type `W<(i32, i32)>`
pub struct W<T> {
    pub a: i32,
    pub t: T,
}
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    let w = W { a: 5, t: W { a: 6, t: 1u8 } };
    let W { a, t } = w;
    if t.a == 6 { a } else { 0 }
}
#[flux::sig(fn() -> i32[6])]
pub fn g() -> i32 {
    let w = W { a: 5, t: W { a: 6, t: 1u8 } };
    let v = W { a: 1, ..w };
    v.t.a + v.a - 1
}
#[flux::sig(fn(c: bool) -> i32)]
pub fn h(c: bool) -> i32 {
    let mut w = W { a: 5, t: (1, 2) };
    let r = &mut w;
    let q = if c { &mut r.a } else { &mut r.t.1 };
    *q = 9;
    if c { w.a - 9 } else { w.t.1 - 9 }
}
#[flux::sig(fn(c: bool) -> i32[0])]
pub fn h2(c: bool) -> i32 {
    let mut w = W { a: 5, t: (1, 2) };
    let r = &mut w;
    let q = if c { &mut r.a } else { &mut r.t.1 };
    *q = 9;
    if c { w.a - 9 } else { w.t.1 - 9 }
}
#[flux::sig(fn(c: bool) -> i32[0])]
pub fn h3(c: bool) -> i32 {
    let mut w = W { a: 5, t: (1, 2) };
    let r = &mut w;
    let q = if c { &mut r.a } else { &mut r.t.1 };
    *q = 9;
    w.a - 5
}
