//! Structs of one name in two modules.
//~ b::g: unknown
//~ c::g: not supported: the type `S`
#[flux::refined_by(x: int)]
#[flux::invariant(x > 0)]
pub struct S {
    #[flux::field(i32[x])]
    pub x: i32,
}
pub mod b {
    pub struct S {
        pub x: i32,
    }
    #[flux::sig(fn(s: &S) -> i32{v: v > 0})]
    pub fn g(s: &S) -> i32 {
        s.x
    }
}
pub mod c {
    use super::b::S;
    #[flux::sig(fn(s: &S) -> i32{v: v > 0})]
    pub fn g(s: &S) -> i32 {
        s.x
    }
}
