//! An alias without refinements in a module, with the name of one around.
//~ m::q: proved
//~ m::r: proved
//~ mk: not supported: the type `S`
//~ mk2: not supported: the type `T`
#[flux::alias(type Nat = i32{v: v >= 0})]
pub type Nat = i32;
pub mod m {
    pub type Nat = i32;
    #[flux::sig(fn() -> i32{v: v>=0})]
    pub fn q() -> Nat {
        0
    }
    pub fn r() -> Nat {
        -1
    }
}
#[flux::refined_by(x: int)]
pub struct S {
    #[flux::field(i32[x])]
    pub x: Nat,
}
pub fn mk() -> S {
    S { x: -1 }
}
pub struct T {
    pub x: Nat,
}
pub fn mk2() -> T {
    T { x: -1 }
}
