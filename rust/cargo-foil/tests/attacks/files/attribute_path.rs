//! Attributes by a longer path.
//~ f: refuted
#[flux_rs::attrs::sig(fn(x: i32) -> i32{v: v > x})]
pub fn f(x: i32) -> i32 {
    x
}
