//! Words of refinements whose meaning is not Rust's: precedence, division, negation.
//~ f: proved
//~ g: refuted
//~ h: not supported: a remainder in a signature
//~ i: refuted
//~ j: refuted
//~ k: refuted
//~ l: refuted
//~ m: refuted
#[flux::sig(fn(x: i32) -> bool[x / 2 == -1])]
pub fn f(x: i32) -> bool {
    x == -1 || x == -2
}
#[flux::sig(fn(x: i32) -> i32{v: !(v > 0) => x > 0 || x <= 0 && false})]
pub fn g(x: i32) -> i32 {
    x
}
#[flux::sig(fn(x: i32) -> i32{v: v % 2 == 1 || v % 2 == 0})]
pub fn h(x: i32) -> i32 {
    x
}
#[flux::sig(fn(x: i32, y: i32) -> i32[x - y - 1])]
pub fn i(x: i32, y: i32) -> i32 {
    x - (y - 1)
}
#[flux::sig(fn(x: i32) -> i32{v: v == x => v == x + 1})]
pub fn j(x: i32) -> i32 {
    x
}
#[flux::sig(fn(x: i32) -> i32{v: if x > 0 { v == x } else { v == 0 }})]
pub fn k(x: i32) -> i32 {
    x
}
#[flux::sig(fn(a: bool, b: bool) -> bool[a => b])]
pub fn l(a: bool, b: bool) -> bool {
    a || !b
}
#[flux::sig(fn(a: bool, b: bool) -> bool[a == b || a && b])]
pub fn m(a: bool, b: bool) -> bool {
    a == (b || a) && b
}
