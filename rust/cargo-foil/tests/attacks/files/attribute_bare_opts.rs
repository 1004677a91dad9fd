//! Options without a prefix.
//~ f: refuted
use flux_rs::attrs::*;
#[opts(check_overflow = "strict")]
#[sig(fn(x: i32) -> i32[x + 1])]
pub fn f(x: i32) -> i32 {
    x + 1
}
