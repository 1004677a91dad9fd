//! Functions that do not have their signatures: each is refuted, and a test shows it.

#[flux::sig(fn(b: bool[true]))]
pub fn assert(b: bool) {
    if !b {
        panic!("assertion failed")
    }
}

#[flux::sig(fn() -> i32[4])]
pub fn mk_three() -> i32 {
    let mut r = 0;
    r += 1;
    r += 1;
    r += 1;
    r
}

#[flux::sig(fn(n: i32{0 <= n}) -> i32{v: n <= v})]
#[flux::opts(check_overflow = "strict")]
pub fn factorial(n: i32) -> i32 {
    let mut i = 0;
    let mut r = 1;
    while i < n {
        i += 1;
        r *= i;
    }
    r
}

#[flux::sig(fn(p: &i32[@n]) -> i32{v: 0 <= v && n <= v})]
#[flux::opts(check_overflow = "strict")]
pub fn abs(p: &i32) -> i32 {
    let n = *p;
    if 0 <= n { n } else { 0 - n }
}

#[flux::sig(fn(x: &strg i32[@n]) ensures x: i32[n + 1])]
#[flux::opts(check_overflow = "strict")]
pub fn incr(x: &mut i32) {
    *x += 1;
}

#[flux::sig(fn(x: &mut i32{v: 0 <= v}))]
pub fn decr(x: &mut i32) {
    *x -= 1;
}

#[flux::sig(fn(a: u32, b: u32) -> u32[a - b])]
pub fn difference(a: u32, b: u32) -> u32 {
    a - b
}

#[flux::sig(fn(a: i32, b: i32) -> i32)]
pub fn quotient(a: i32, b: i32) -> i32 {
    a / b
}

#[flux::sig(fn(a: i32, b: i32) -> bool[a < b])]
pub fn less(a: i32, b: i32) -> bool {
    a <= b
}

#[flux::sig(fn(a: i32))]
pub fn not_77(a: i32) {
    assert(a != 77);
}
