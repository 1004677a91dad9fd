//! A definition that calls itself.
//~ g: not supported: a call in a refinement
flux_rs::defs! { fn f(x: int) -> bool { f(x) } }
#[flux::sig(fn(x: i32) -> i32{v: f(v)})]
pub fn g(x: i32) -> i32 {
    x
}
