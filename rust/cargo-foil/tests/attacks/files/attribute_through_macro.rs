//! Attributes that go through a macro.
//~ f: not supported: `f`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ g: not supported: `refined_by` where it is not looked for (in a macro, a block, an expression), which may be about `g`
macro_rules! m { ($($t:tt)*) => { $($t)* } }
m! { #[flux::sig(fn(x: i32) -> i32{v: v > x})]
pub fn f(x: i32) -> i32 { x } }
pub fn g() -> i32 {
    m! { #[flux::refined_by(x: int)] struct S { #[flux::field(i32{v: v > 0})] x: i32 } }
    S { x: -1 }.x
}
