//! Machine integers of several types: comparison, division, casts, loops, and calls.

#[flux::sig(fn(a: u8, b: u8) -> u8{v: a <= v && b <= v})]
pub fn larger(a: u8, b: u8) -> u8 {
    if a < b { b } else { a }
}

#[flux::sig(fn(a: i64, b: i64{0 < b}) -> i64)]
pub fn quotient(a: i64, b: i64) -> i64 {
    a / b
}

#[flux::sig(fn(a: u32, b: u32{0 < b}) -> u32{v: v < b})]
pub fn remainder(a: u32, b: u32) -> u32 {
    a % b
}

#[flux::sig(fn(a: u16) -> u32[a])]
pub fn widen(a: u16) -> u32 {
    a as u32
}

#[flux::sig(fn(a: i8, b: i8) -> bool[a <= b])]
pub fn at_most(a: i8, b: i8) -> bool {
    !(b < a)
}

#[flux::sig(fn(n: u32{n <= 50}) -> u32[n])]
pub fn count(n: u32) -> u32 {
    let mut i = 0;
    while i < n {
        i += 1;
    }
    i
}

#[flux::sig(fn(x: &mut u32[@a], y: &mut u32[@b]) ensures x: u32[b], y: u32[a])]
pub fn exchange(x: &mut u32, y: &mut u32) {
    let old = *x;
    *x = *y;
    *y = old;
}

#[flux::sig(fn(a: u32, b: u32) -> u32{v: a <= v || b <= v})]
pub fn twice_larger(a: u32, b: u32) -> u32 {
    let (mut a, mut b) = (a, b);
    exchange(&mut a, &mut b);
    exchange(&mut a, &mut b);
    if a < b { b } else { a }
}

#[flux::sig(fn(a: i32, b: i32) -> i32{v: v <= a && v <= b})]
pub fn smaller(a: i32, b: i32) -> i32 {
    if a <= b { a } else { b }
}
