//! The functions of the chapter on ownership of Flux's book, and what becomes of them.

#[flux::sig(fn(b: bool[true]))]
pub fn assert(b: bool) {
    if !b {
        panic!("assertion failed")
    }
}

#[flux::sig(fn() -> i32[3])]
pub fn mk_three() -> i32 {
    let mut r = 0;
    r += 1;
    assert(r == 1);
    r += 1;
    assert(r == 2);
    r += 1;
    assert(r == 3);
    r
}

#[flux::sig(fn(n: i32{0 <= n}) -> i32{v: n <= v})]
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
pub fn abs(p: &i32) -> i32 {
    let n = *p;
    if 0 <= n { n } else { 0 - n }
}

#[flux::sig(fn())]
pub fn test_abs() {
    let z = 10;
    assert(0 <= abs(&z));
    assert(10 <= abs(&z));
}

#[flux::sig(fn(x: &mut i32{v: 0 <= v}))]
pub fn decr(x: &mut i32) {
    if *x > 0 {
        *x -= 1;
    }
}

#[flux::sig(fn(b: bool) -> i32{v: 0 <= v})]
pub fn test_alias(b: bool) -> i32 {
    let mut x = 1;
    let mut y = 2;
    let r = if b { &mut x } else { &mut y };
    decr(r);
    x + y
}

#[flux::sig(fn(x: &strg i32[@n]) ensures x: i32[n + 1])]
pub fn incr(x: &mut i32) {
    *x += 1;
}

#[flux::sig(fn())]
pub fn test_incr() {
    let mut z = 10;
    incr(&mut z);
    assert(z == 11);
}
