// The functions of the chapter, in the order of `theories/examples/refine_chapter.v`.
pub fn assert(b: bool) {
    if !b {
        panic!("assertion failed")
    }
}
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
pub fn factorial(n: i32) -> i32 {
    let mut i = 0;
    let mut r = 1;
    while i < n {
        i += 1;
        r = r * i;
    }
    r
}
pub fn abs(p: &i32) -> i32 {
    let n = *p;
    if 0 <= n { n } else { 0 - n }
}
pub fn test_abs() {
    let z = 10;
    assert(0 <= abs(&z));
    assert(10 <= abs(&z));
}
pub fn decr(p: &mut i32) {
    let n = *p;
    if n != 0 {
        *p = n - 1;
    }
}
pub fn test_alias(z: bool) -> i32 {
    let mut x = 1;
    let mut y = 2;
    let r = if z { &mut x } else { &mut y };
    decr(r);
    *r
}
pub fn incr(p: &mut i32) {
    *p += 1;
}
pub fn test_incr() {
    let mut z = 10;
    incr(&mut z);
    assert(z == 11);
}
pub fn decr_unguarded(p: &mut i32) {
    *p = *p - 1;
}
