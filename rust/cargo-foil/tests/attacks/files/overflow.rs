//! Overflow modes: what wraps, what saturates, what is cast.
//~ wrap: not supported: a call of `core::num::<impl u8>::wrapping_add`
//~ cast: refuted
//~ sign: refuted
//~ narrow: refuted
//~ of_bool: refuted
//~ neg: unknown
//~ neg_strict: refuted
//~ div: refuted
//~ rem: refuted
//~ shl: not supported: this place or value, of which nothing is known
//~ quotient: refuted
//~ index: refuted
#[flux::sig(fn(x: u8) -> u8{v: v > x})]
pub fn wrap(x: u8) -> u8 {
    x.wrapping_add(1)
}
#[flux::sig(fn(x: i32) -> u8[x])]
pub fn cast(x: i32) -> u8 {
    x as u8
}
#[flux::sig(fn(x: u32) -> i32[x])]
pub fn sign(x: u32) -> i32 {
    x as i32
}
#[flux::sig(fn(x: i64{x >= 0}) -> i32{v: v >= 0})]
pub fn narrow(x: i64) -> i32 {
    x as i32
}
#[flux::sig(fn(b: bool) -> i32{v: v == 2})]
pub fn of_bool(b: bool) -> i32 {
    b as i32
}
#[flux::sig(fn(x: i32) -> i32[-x])]
pub fn neg(x: i32) -> i32 {
    -x
}
#[flux::opts(check_overflow = "strict")]
#[flux::sig(fn(x: i32) -> i32[-x])]
pub fn neg_strict(x: i32) -> i32 {
    -x
}
#[flux::opts(check_overflow = "strict")]
#[flux::sig(fn(x: i32{x != 0}) -> i32)]
pub fn div(x: i32) -> i32 {
    i32::MIN / x
}
#[flux::sig(fn(x: i32) -> i32{v: v >= 0})]
pub fn rem(x: i32) -> i32 {
    x % 3
}
#[flux::sig(fn(x: i32) -> i32[0])]
pub fn shl(x: i32) -> i32 {
    x << 33
}
#[flux::sig(fn(x: i32, y: i32{y < 0}) -> i32{v: v <= 0})]
pub fn quotient(x: i32, y: i32) -> i32 {
    x / y
}
#[flux::opts(check_overflow = "strict")]
#[flux::sig(fn(x: usize{x < 1000}) -> usize)]
pub fn index(x: usize) -> usize {
    x * 1000000000000000000
}
