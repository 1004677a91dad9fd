//! Other kinds of functions.
//~ f: refuted
//~ g: not supported: an `async` function
//~ h: refuted
//~ i: refuted
//~ j: not supported: a call in a refinement
//~ k: not supported: `impl` in a type
#[flux::sig(fn() -> i32[1])]
pub extern "C" fn f() -> i32 {
    2
}
#[flux::sig(fn() -> i32[1])]
pub async fn g() -> i32 {
    2
}
#[flux::sig(fn() -> i32[1])]
pub const fn h() -> i32 {
    2
}
#[flux::sig(fn() -> i32[1])]
pub unsafe fn i() -> i32 {
    2
}
#[flux::sig(fn() -> i32[h()])]
pub fn j() -> i32 {
    1
}
#[flux::sig(fn(x: impl Copy) -> i32[1])]
pub fn k(x: impl Copy) -> i32 {
    2
}
