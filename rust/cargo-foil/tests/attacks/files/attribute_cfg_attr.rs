//! An attribute under a condition.
//~ f: refuted
#[cfg_attr(all(), flux::sig(fn(x: i32) -> i32{v: v > x}))]
pub fn f(x: i32) -> i32 {
    x
}
