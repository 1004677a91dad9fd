//! Definitions that make a formula of many thousand parts.
//~ g: not supported: a refinement that becomes so large
flux_rs::defs! {
 fn a(x: int) -> int { x+x+x+x+x+x+x+x+x+x+x+x+x+x+x+x+x+x+x+x }
 fn b(x: int) -> int { a(a(a(x))) }
 fn c(x: int) -> int { b(b(b(x))) }
}
#[flux::sig(fn(x: i32) -> i32{v: c(v) == c(v)})]
pub fn g(x: i32) -> i32 {
    x
}
