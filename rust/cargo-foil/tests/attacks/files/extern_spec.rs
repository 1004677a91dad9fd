//! A specification of a function of the library that is false.
//~ f: not supported: a call of `std::cmp::max<i32>`
//~ g: not supported: a call of `std::mem::swap<i32>`
use flux_rs::attrs::*;
#[extern_spec]
#[sig(fn(x: i32, y: i32) -> i32[0])]
fn max(x: i32, y: i32) -> i32;
#[extern_spec(std::mem)]
#[sig(fn(&mut T, &mut T))]
fn swap<T>(a: &mut T, b: &mut T);
#[sig(fn() -> i32[0])]
pub fn f() -> i32 {
    std::cmp::max(1, 2)
}
#[sig(fn() -> i32[1])]
pub fn g() -> i32 {
    let (mut a, mut b) = (1, 2);
    std::mem::swap(&mut a, &mut b);
    a
}
