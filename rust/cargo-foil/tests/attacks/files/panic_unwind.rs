//! What is seen after a panic that is caught.
//~ f: proved
//~ g: not supported: the type `{closure}`
use std::panic::{AssertUnwindSafe, catch_unwind};
#[flux::sig(fn(x: &mut i32{v: v > 0}))]
pub fn f(x: &mut i32) {
    *x = -1;
    if *x < 0 {
        panic!("x")
    }
    *x = 1;
}
#[flux::sig(fn() -> i32{v: v > 0})]
pub fn g() -> i32 {
    let mut x = 1;
    let _ = catch_unwind(AssertUnwindSafe(|| f(&mut x)));
    x
}
