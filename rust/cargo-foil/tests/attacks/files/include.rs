//! A struct, a constant and a function that are included.
//~ f: the signature cannot be read: `K` is not known in this signature
//~ g: not supported: the type `S`
//~ h: proved
//~ one: refuted
include!("included.inc");
#[flux::sig(fn() -> i32[K])]
pub fn f() -> i32 {
    1
}
pub fn g() -> i32 {
    let s = S { x: -1 };
    s.x
}
#[flux::sig(fn() -> i32[1])]
pub fn h() -> i32 {
    one()
}
