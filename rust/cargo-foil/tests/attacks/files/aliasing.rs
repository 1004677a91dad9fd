//! Writes through one reference, seen through another.
//~ weak: refuted
//~ local: refuted
//~ either: refuted
//~ fields: unknown
//~ moved: refuted
//~ through_call: refuted
//~ set: proved
//~ two: refuted
//~ one: proved
#[flux::sig(fn(x: &mut i32{v: v > 0}) -> i32{v: v > 0})]
pub fn weak(x: &mut i32) -> i32 {
    let r = &mut *x;
    *r = -1;
    let v = *x;
    *x = 1;
    v
}
#[flux::sig(fn() -> i32[1])]
pub fn local() -> i32 {
    let mut a = 1;
    let r = &mut a;
    *r = 2;
    a
}
#[flux::sig(fn(c: bool) -> i32[1])]
pub fn either(c: bool) -> i32 {
    let mut a = 1;
    let mut b = 1;
    let r = if c { &mut a } else { &mut b };
    *r = 2;
    a
}
pub struct P {
    pub a: i32,
    pub b: i32,
}
#[flux::sig(fn(p: &mut P) -> i32[1])]
pub fn fields(p: &mut P) -> i32 {
    p.a = 1;
    let q = &mut *p;
    q.a = 2;
    p.a
}
#[flux::sig(fn() -> i32[1])]
pub fn moved() -> i32 {
    let mut a = 1;
    let mut b = 7;
    let mut r = &mut a;
    *r = 1;
    r = &mut b;
    *r = 1;
    let s = r;
    *s = 3;
    b
}
#[flux::sig(fn(x: &mut i32[@n]) -> i32[n])]
pub fn through_call(x: &mut i32) -> i32 {
    set(x);
    *x
}
#[flux::sig(fn(x: &mut i32))]
fn set(x: &mut i32) {
    *x = 0
}
#[flux::sig(fn(x: &strg i32[@n]) ensures x: i32[n + 1])]
pub fn two(x: &mut i32) {
    one(x);
    one(x)
}
#[flux::sig(fn(x: &strg i32[@n]) ensures x: i32[n + 1])]
fn one(x: &mut i32) {
    *x += 1
}
