//! The same, where it must be known whether it is a boolean.
//~ g: not supported: a call in a refinement
flux_rs::defs! { fn f(x: int) -> bool { f(x) } }
#[flux::sig(fn(x: i32) -> i32{v: f(v) == true})]
pub fn g(x: i32) -> i32 {
    x
}
