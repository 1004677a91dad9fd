//! Enums with numbers, casts of them, and unions.
//~ <impl at enums.rs:8:10>::clone: not supported: `<impl at enums.rs:8:10>::clone`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ f: not supported: the type `E`
//~ g: refuted
//~ h: not supported: the type `E`
//~ i: not supported: the type `U`
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum E {
    A = 5,
    B = -3,
}
#[flux::sig(fn(e: E) -> i32{v: v >= 0})]
pub fn f(e: E) -> i32 {
    e as i32
}
#[flux::sig(fn() -> i32[0])]
pub fn g() -> i32 {
    E::A as i32
}
#[flux::sig(fn(e: E) -> i32[1])]
pub fn h(e: E) -> i32 {
    match e {
        E::A => 1,
        E::B => 2,
    }
}
pub union U {
    a: i32,
    b: u32,
}
#[flux::sig(fn(x: u32) -> i32[x])]
pub fn i(x: u32) -> i32 {
    let u = U { b: x };
    unsafe { u.a }
}
