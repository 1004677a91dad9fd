//! Names of arguments, of constants, and of both.
//~ f: proved
//~ g: proved
//~ h: proved
//~ i: refuted
//~ m::j: refuted
#[flux::sig(fn(x: i32[@n], y: i32) -> i32[n] requires y == x)]
pub fn f(y: i32, x: i32) -> i32 {
    y
}
#[flux::sig(fn(x: i32, x2: i32{x2: x2 > x}) -> i32{x: x > 0})]
pub fn g(a: i32, b: i32) -> i32 {
    1
}
const X: i32 = 5;
#[flux::sig(fn(X: i32) -> i32[X])]
pub fn h(a: i32) -> i32 {
    a
}
#[flux::sig(fn(a: i32) -> i32[X])]
pub fn i(X_: i32) -> i32 {
    let X_: i32 = 6;
    X_
}
const Y: i32 = X - 1;
pub mod m {
    use super::*;
    const X: i32 = 50;
    #[flux::sig(fn(a: i32) -> i32[Y])]
    pub fn j(a: i32) -> i32 {
        49
    }
}
