//! A constant that is not there, with the name of one around that is meant.
//~ m::f: the signature cannot be read: `K` is not known in this signature
pub const K: i32 = 1;
pub mod m {
    use super::*;
    #[cfg(any())]
    const K: i32 = 2;
    #[flux::sig(fn() -> i32[K])]
    pub fn f() -> i32 {
        2
    }
}
