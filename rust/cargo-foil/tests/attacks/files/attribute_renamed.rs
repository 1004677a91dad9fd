//! An attribute that is imported by another name.
//~ f: not supported: `promise` of a function
use flux_rs::attrs::sig as promise;
#[promise(fn(x: i32) -> i32{v: v > x})]
pub fn f(x: i32) -> i32 {
    x
}
