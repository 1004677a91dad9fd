//! A struct with refinements that goes through a macro, and one of the same name.
//~ a::f: not supported: the type `S`
//~ g: not supported: the type `S`
macro_rules! st { ($($t:tt)*) => { $($t)* } }
st! { #[flux::refined_by(x: int)] #[flux::invariant(x > 0)]
pub struct S { #[flux::field(i32[x])] pub x: i32 } }
pub mod a {
    pub struct S {
        pub x: i32,
    }
    #[flux::sig(fn(&super::S) -> i32)]
    pub fn f(s: &super::S) -> i32 {
        s.x
    }
}
pub fn g(s: &mut S) {
    s.x = -1;
}
