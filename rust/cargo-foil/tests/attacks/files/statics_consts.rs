//! Constants whose values are computed, and statics.
//~ c: proved
//~ f: not supported: the constant `A`
//~ g: not supported: the constant `B`
//~ h: not supported: the constant `C`
//~ i: not supported: the constant `{alloc4: &i32}`
//~ j: not supported: the constant `D`
//~ k: not supported: the constant `A`, whose value is not plain
//~ l: refuted
//~ m: refuted
const fn c(x: i32) -> i32 {
    x + 1
}
const A: i32 = c(1);
const B: i32 = A * 2;
const C: u8 = 255u8.wrapping_add(2);
static S: i32 = 3;
const D: i32 = {
    let mut i = 0;
    while i < 5 {
        i += 1;
    }
    i
};
#[flux::sig(fn() -> i32[1])]
pub fn f() -> i32 {
    A
}
#[flux::sig(fn() -> i32[2])]
pub fn g() -> i32 {
    B
}
#[flux::sig(fn() -> u8[2])]
pub fn h() -> u8 {
    C
}
#[flux::sig(fn() -> i32[2])]
pub fn i() -> i32 {
    S
}
#[flux::sig(fn() -> i32[4])]
pub fn j() -> i32 {
    D
}
#[flux::sig(fn() -> i32[A])]
pub fn k() -> i32 {
    1
}
#[flux::sig(fn() -> i32[i32::MAX])]
pub fn l() -> i32 {
    i32::MIN
}
#[flux::sig(fn() -> u32[u8::MAX])]
pub fn m() -> u32 {
    u16::MAX as u32
}
