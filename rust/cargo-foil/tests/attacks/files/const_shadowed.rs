//! A constant of an invariant, and one of the same name where it is used.
//~ m::get: unknown
//~ mk: proved
const K: i32 = 0;
#[flux::refined_by(x: int)]
#[flux::invariant(x >= K)]
pub struct S {
    #[flux::field(i32[x])]
    pub x: i32,
}
pub mod m {
    use super::S;
    const K: i32 = 100;
    #[flux::sig(fn(s: &S) -> i32{v: v >= 100})]
    pub fn get(s: &S) -> i32 {
        s.x
    }
}
pub fn mk() -> S {
    S { x: 1 }
}
