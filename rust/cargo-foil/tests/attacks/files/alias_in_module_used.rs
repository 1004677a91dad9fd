//! The same, in a signature.
//~ m::q: refuted
#[flux::alias(type Nat = i32{v: v >= 0})]
pub type Nat = i32;
pub mod m {
    pub type Nat = i32;
    #[flux::sig(fn(x: Nat) -> i32{v: v >= 0})]
    pub fn q(x: Nat) -> i32 {
        x
    }
}
