//! A constant that a macro makes, with the name of one around.
//~ m::f: the signature cannot be read: `K` is not known in this signature
const K: i32 = 1;
macro_rules! k {
    () => {
        const K: i32 = 2;
    };
}
pub mod m {
    use super::*;
    k!();
    #[flux::sig(fn() -> i32[K])]
    pub fn f() -> i32 {
        let _ = K;
        1
    }
}
