//! A parameter that only the result determines.
//~ g: not supported: a refinement parameter (`n`) that no argument determines
#[flux::sig(fn[n: int](x: i32) -> i32[n])]
pub fn g(x: i32) -> i32 {
    x
}
