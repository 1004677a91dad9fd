//! Tuples and their parts in another order.
//~ f: unknown
//~ g: proved
//~ h: not supported: a call of `core::num::<impl i32>::wrapping_add`
//~ i: refuted
//~ j: unknown
#[flux::sig(fn(x: i32, y: i32) -> (i32[x], i32[y]))]
pub fn f(x: i32, y: i32) -> (i32, i32) {
    (y, x)
}
#[flux::sig(fn(p: (i32, i32)) -> i32)]
pub fn g(p: (i32, i32)) -> i32 {
    p.0
}
#[flux::sig(fn(x: i32) -> i32[x])]
pub fn h(x: i32) -> i32 {
    let (a, b) = (x, x.wrapping_add(1));
    let (b, a) = (a, b);
    a
}
#[flux::sig(fn(x: i32) -> i32[x])]
pub fn i(x: i32) -> i32 {
    let mut p = (x, 0);
    let q = p;
    p.0 = 9;
    q.1
}
#[flux::sig(fn(x: i32) -> ((i32[x], i32), bool[true]))]
pub fn j(x: i32) -> ((i32, i32), bool) {
    ((x, 1), x > 0)
}
