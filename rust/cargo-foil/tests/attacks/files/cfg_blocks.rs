//! Statements, arms and expressions under a condition.
//~ f: refuted
//~ g: refuted
//~ h: refuted
//~ i: refuted
//~ m::k: the signature cannot be read: `K` is not known in this signature
#[flux::sig(fn() -> i32[1])]
pub fn f() -> i32 {
    let x = 1;
    #[cfg(all())]
    let x = 2;
    x
}
#[flux::sig(fn() -> i32[1])]
pub fn g() -> i32 {
    if cfg!(all()) { 2 } else { 1 }
}
#[cfg(any())]
#[flux::sig(fn() -> i32[2])]
pub fn h() -> i32 {
    2
}
#[cfg(not(any()))]
#[flux::sig(fn() -> i32[1])]
pub fn h() -> i32 {
    2
}
#[cfg_attr(any(), flux::sig(fn() -> i32[2]))]
#[cfg_attr(all(), flux::sig(fn() -> i32[1]))]
pub fn i() -> i32 {
    2
}
pub mod m {
    #[cfg(any())]
    pub const K: i32 = 1;
    #[cfg(all())]
    pub const K: i32 = 2;
    #[flux::sig(fn() -> i32[K])]
    pub fn k() -> i32 {
        1
    }
}
