//! Names through modules within modules.
//~ a::b::f: the signature cannot be read: `super::N` is not known in this signature
//~ a::b::g: the signature cannot be read: `super::super::N` is not known in this signature
//~ a::b::h: the signature cannot be read: `crate::N` is not known in this signature
//~ a::b::i: the signature cannot be read: `N` is not known in this signature
//~ a::j: the signature cannot be read: `self::N` is not known in this signature
//~ a::k: the signature cannot be read: `crate::a::N` is not known in this signature
//~ l: the signature cannot be read: `a::N` is not known in this signature
pub const N: i32 = 1;
pub mod a {
    pub const N: i32 = 2;
    pub mod b {
        #[flux::sig(fn() -> i32[super::N])]
        pub fn f() -> i32 {
            1
        }
        #[flux::sig(fn() -> i32[super::super::N])]
        pub fn g() -> i32 {
            2
        }
        #[flux::sig(fn() -> i32[crate::N])]
        pub fn h() -> i32 {
            2
        }
        #[flux::sig(fn() -> i32[N])]
        pub fn i() -> i32 {
            1
        }
    }
    #[flux::sig(fn() -> i32[self::N])]
    pub fn j() -> i32 {
        1
    }
    #[flux::sig(fn() -> i32[crate::a::N])]
    pub fn k() -> i32 {
        1
    }
}
#[flux::sig(fn() -> i32[a::N])]
pub fn l() -> i32 {
    1
}
