//! The same, of the crate of attributes.
//~ f: not supported: `fa::sig` of a function
use flux_attrs as fa;
#[fa::sig(fn(x: i32) -> i32{v: v > x})]
pub fn f(x: i32) -> i32 {
    x
}
