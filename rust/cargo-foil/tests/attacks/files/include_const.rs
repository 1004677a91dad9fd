//! A constant that an included file makes hides one around.
//~ m::f: the signature cannot be read: `K` is not known in this signature
pub const K: i32 = 1;
pub mod m {
    use super::*;
    include!("const.inc");
    #[flux::sig(fn() -> i32[K])]
    pub fn f() -> i32 {
        1
    }
}
