//! Constants, types and functions that are imported by other names.
//~ a::one: proved
//~ a::two: proved
//~ b::c::f: the signature cannot be read: `M` is not known in this signature
//~ b::d::f: refuted
//~ b::d::g: not supported: the type `S`
//~ b::d::h: refuted
//~ b::d::i: not supported: the type `T`
//~ f: the signature cannot be read: `N` is not known in this signature
pub mod a {
    pub const M: i32 = 2;
    #[flux::refined_by(x: int)]
    #[flux::invariant(x > 0)]
    pub struct S {
        #[flux::field(i32[x])]
        pub x: i32,
    }
    #[flux::refined_by(x: int)]
    #[flux::invariant(x < 0)]
    pub struct T {
        #[flux::field(i32[x])]
        pub x: i32,
    }
    #[flux::sig(fn() -> i32[1])]
    pub fn one() -> i32 {
        1
    }
    #[flux::sig(fn() -> i32[2])]
    pub fn two() -> i32 {
        2
    }
}
pub mod b {
    pub const M: i32 = 1;
    pub mod c {
        use super::super::a::M;
        #[flux::sig(fn() -> i32[M])]
        pub fn f() -> i32 {
            1
        }
    }
    pub mod d {
        use super::super::a::{S as T, T as S, one as two, two as one};
        #[flux::sig(fn() -> i32[1])]
        pub fn f() -> i32 {
            one()
        }
        #[flux::sig(fn(s: &S) -> i32{v: v > 0})]
        pub fn g(s: &S) -> i32 {
            s.x
        }
        pub fn h() -> i32 {
            let s = S { x: 1 };
            s.x
        }
        #[flux::sig(fn(s: &T) -> i32{v: v < 0})]
        pub fn i(s: &T) -> i32 {
            s.x
        }
    }
}
use a::M as N;
#[flux::sig(fn() -> i32[N])]
pub fn f() -> i32 {
    1
}
