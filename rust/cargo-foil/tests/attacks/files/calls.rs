//! Demands of calls: the order of arguments, their effects, mutual recursion.
//~ pos: proved
//~ f: refuted
//~ two: proved
//~ g: refuted
//~ h: refuted
//~ i: refuted
//~ req: proved
//~ j: refuted
//~ dep: proved
//~ k: refuted
#[flux::sig(fn(x: i32{x > 0}) -> i32[x])]
pub fn pos(x: i32) -> i32 {
    x
}
#[flux::sig(fn(x: i32) -> i32)]
pub fn f(x: i32) -> i32 {
    pos(x)
}
#[flux::sig(fn(x: &mut i32, y: i32) -> i32[y])]
pub fn two(x: &mut i32, y: i32) -> i32 {
    *x = y;
    y
}
#[flux::sig(fn() -> i32[1])]
pub fn g() -> i32 {
    let mut a = 1;
    let b = two(&mut a, 2);
    a
}
#[flux::sig(fn() -> i32[3])]
pub fn h() -> i32 {
    let mut a = 1;
    a = {
        a = 2;
        a
    } + a;
    a
}
#[flux::sig(fn() -> i32[2])]
pub fn i() -> i32 {
    let mut a = 1;
    let b = a + {
        a = 2;
        a
    };
    b
}
#[flux::sig(fn(x: i32) -> i32 requires x > 3)]
pub fn req(x: i32) -> i32 {
    x
}
pub fn j(x: i32) -> i32 {
    if x > 2 { req(x) } else { 0 }
}
#[flux::sig(fn(x: i32, y: i32{y > x}) -> i32)]
pub fn dep(x: i32, y: i32) -> i32 {
    y - x
}
pub fn k(x: i32) -> i32 {
    dep(x, x)
}
