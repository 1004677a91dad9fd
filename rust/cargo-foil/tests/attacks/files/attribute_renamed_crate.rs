//! Attributes of a crate that is imported by another name.
//~ f: not supported: `fx::sig` of a function
use flux_rs::attrs as fx;
#[fx::sig(fn(x: i32{x > 0}) -> i32{v: v > x})]
pub fn f(x: i32) -> i32 {
    x
}
