//! Structs whose fields are changed after they were looked at.
//~ f: unknown
//~ g: unknown
//~ h: unknown
//~ i: unknown
//~ j: not supported: a call of `core::num::<impl i32>::wrapping_sub`
//~ k: unknown
//~ l: unknown
//~ m: unknown
//~ n: not supported: a call of `std::mem::swap<i32>`
//~ o: unknown
#[flux::refined_by(a: int, b: int)]
#[flux::invariant(a <= b)]
pub struct R {
    #[flux::field(i32[a])]
    pub a: i32,
    #[flux::field(i32[b])]
    pub b: i32,
}
pub fn f(a: i32, b: i32) -> R {
    R { a, b }
}
pub fn g(r: &mut R) {
    r.a = r.b;
    r.b = 0;
}
pub fn h(mut r: R) -> R {
    r.a = 10;
    r
}
pub fn i(r: R) -> R {
    R { a: 5, ..r }
}
#[flux::sig(fn(r: &R[@p]) -> i32{v: v >= 0})]
pub fn j(r: &R) -> i32 {
    r.b.wrapping_sub(r.a)
}
#[flux::sig(fn(r: &strg R[@p]) ensures r: R[p.b, p.a])]
pub fn k(r: &mut R) {
    let t = r.a;
    r.a = r.b;
    r.b = t;
}
pub fn l(r: &mut R) {
    let p = &mut r.b;
    *p = -5;
}
pub fn m(r: &mut R, s: R) {
    *r = s;
    r.a = r.b;
    r.b = -1000;
}
pub fn n(r: &mut R) {
    std::mem::swap(&mut r.a, &mut r.b);
}
pub fn o() -> R {
    let R { a, b } = R { a: 1, b: 2 };
    R { a: b, b: a }
}
