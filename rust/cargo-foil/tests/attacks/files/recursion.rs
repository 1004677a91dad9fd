//! Promises that are kept only if the function has them already.
//~ f: refuted
//~ g: proved
//~ h: proved
//~ i: refuted
//~ t: trusted
//~ u: proved
#[flux::sig(fn(n: i32) -> i32{v: v > n})]
pub fn f(n: i32) -> i32 {
    if n == 0 { 0 } else { f(n - 1) }
}
#[flux::sig(fn(n: i32) -> i32{v: false})]
pub fn g(n: i32) -> i32 {
    g(n)
}
#[flux::sig(fn(n: i32) -> i32{v: false})]
pub fn h(n: i32) -> i32 {
    i(n)
}
#[flux::sig(fn(n: i32) -> i32{v: false})]
pub fn i(n: i32) -> i32 {
    if n > 0 { h(n) } else { 1 }
}
#[flux::trusted]
#[flux::sig(fn() -> i32{v: false})]
pub fn t() -> i32 {
    1
}
#[flux::sig(fn() -> i32[7])]
pub fn u() -> i32 {
    t();
    1
}
