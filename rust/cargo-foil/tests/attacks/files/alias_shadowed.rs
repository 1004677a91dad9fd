//! An alias of a field, and one of the same name where it is used.
//~ m::get: unknown
//~ mk: not supported: the type `S`
#[flux::alias(type Nat = i32{v: v >= 0})]
type Nat = i32;
#[flux::refined_by(x: int)]
pub struct S {
    #[flux::field(i32[x])]
    pub x: i32,
    #[flux::field(Nat)]
    pub y: Nat,
}
pub mod m {
    use super::S;
    #[flux::alias(type Nat = i32{v: v >= 100})]
    type Nat = i32;
    #[flux::sig(fn(s: &S) -> i32{v: v >= 100})]
    pub fn get(s: &S) -> i32 {
        s.y
    }
}
pub fn mk() -> S {
    S { x: 1, y: 1 }
}
