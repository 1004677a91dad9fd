//! A field that is not there, of which something is said.
//~ get: not supported: `cfg` in the type `S`
#[flux::refined_by(x: int)]
pub struct S {
    #[cfg(any())]
    #[flux::field(i32{v: v > 0})]
    a: i32,
    #[flux::field(i32[x])]
    pub b: i32,
}
pub const C: S = S { b: -1 };
#[flux::sig(fn(s: &S) -> i32{v: v > 0})]
pub fn get(s: &S) -> i32 {
    s.b
}
