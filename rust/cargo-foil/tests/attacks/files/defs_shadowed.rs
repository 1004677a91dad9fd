//! A definition of an invariant, and one of the same name where it is used.
//~ m::get: unknown
//~ mk: proved
flux_rs::defs! { fn ok(x: int) -> bool { x > 0 } }
#[flux::refined_by(x: int)]
#[flux::invariant(ok(x))]
pub struct S {
    #[flux::field(i32[x])]
    pub x: i32,
}
pub mod m {
    use super::S;
    flux_rs::defs! { fn ok(x: int) -> bool { x > 100 } }
    #[flux::sig(fn(s: &S) -> i32{v: v > 100})]
    pub fn get(s: &S) -> i32 {
        s.x
    }
}
pub fn mk() -> S {
    S { x: 1 }
}
