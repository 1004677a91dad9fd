//! The same, in the other spelling.
//~ g: not supported: a refinement parameter (`n`) that no argument determines
#[flux::sig(fn<n: int>(x: i32) -> i32[n])]
pub fn g(x: i32) -> i32 {
    x
}
