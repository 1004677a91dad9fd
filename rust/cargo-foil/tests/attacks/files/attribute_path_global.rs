//! Attributes by a path from the root.
//~ f: refuted
#[::flux_rs::sig(fn(x: i32) -> i32{v: v > x})]
pub fn f(x: i32) -> i32 {
    x
}
