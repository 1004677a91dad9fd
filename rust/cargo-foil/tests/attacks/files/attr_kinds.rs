//! Other attributes that change what is meant.
//~ f: trusted
//~ g: fails
//~ m::f: ignored
//~ h: not supported: a call of a function that has no signature here
//~ k: not supported: `no_panic`, which may be about `k`
//~ l: proved
//~ n: refuted
//~ o: refuted
//~ p: refuted
#[flux::sig(fn(x: i32) -> i32{v: v > x})]
#[flux::trusted]
pub fn f(x: i32) -> i32 {
    x
}
#[flux::should_fail]
#[flux::sig(fn(x: i32) -> i32{v: v > x})]
pub fn g(x: i32) -> i32 {
    x
}
#[flux::ignore]
pub mod m {
    #[flux::sig(fn(x: i32) -> i32{v: v > x})]
    pub fn f(x: i32) -> i32 {
        x
    }
}
#[flux::sig(fn() -> i32{v: v > 5})]
pub fn h() -> i32 {
    m::f(5)
}
#[flux::no_panic]
pub fn k(x: i32) {
    if x > 0 {
        panic!()
    }
}
#[flux::sig(fn(x: i32) -> i32 requires false)]
pub fn l(x: i32) -> i32 {
    x
}
pub fn n() -> i32 {
    l(1)
}
#[flux::proven_externally]
#[flux::sig(fn(x: i32) -> i32{v: v > x})]
pub fn o(x: i32) -> i32 {
    x
}
#[flux::reveal(k)]
#[flux::sig(fn(x: i32) -> i32{v: v > x})]
pub fn p(x: i32) -> i32 {
    x
}
