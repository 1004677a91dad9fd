//! Unreachable code that is reached, assumptions, and assembly.
//~ f: not supported: a call of `std::hint::unreachable_unchecked`
//~ g: not supported: a call of `std::hint::assert_unchecked`
//~ h: not supported: a call of `std::process::exit`
//~ i: not supported: a call of `std::mem::zeroed<bool>`
#[flux::sig(fn(x: i32) -> i32{v: v > 0})]
pub fn f(x: i32) -> i32 {
    if x <= 0 {
        unsafe { std::hint::unreachable_unchecked() }
    }
    x
}
#[flux::sig(fn(x: i32) -> i32{v: v > 0})]
pub fn g(x: i32) -> i32 {
    unsafe { std::hint::assert_unchecked(x > 0) };
    x
}
#[flux::sig(fn(x: i32{x < 0}) -> i32{v: v > 0})]
pub fn h(x: i32) -> i32 {
    std::process::exit(x)
}
#[flux::sig(fn() -> bool[true])]
pub fn i() -> bool {
    unsafe { std::mem::zeroed() }
}
