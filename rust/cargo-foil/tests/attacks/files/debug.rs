//! What only some builds do.
//~ f: not supported: `debug_assertions`, which not every build has, which may be about `f`
//~ g: not supported: `debug_assert!`, which not every build has, which may be about `g`
//~ h: not supported: `debug_assert!`, which not every build has, which may be about `h`
//~ k: not supported: `debug_assertions`, which not every build has, which may be about `k`
//~ w: not supported: `debug_assertions`, which not every build has, which may be about `w`
//~ u: not supported: `debug_assertions`, which not every build has, which may be about `u`
#[flux::sig(fn() -> i32[1])]
pub fn f() -> i32 {
    if cfg!(debug_assertions) { 2 } else { 1 }
}
#[flux::sig(fn() -> i32[1])]
pub fn g() -> i32 {
    let mut x = 1;
    debug_assert!({
        x = 2;
        true
    });
    x
}
#[flux::sig(fn(x: i32) -> i32)]
pub fn h(x: i32) -> i32 {
    debug_assert!(x > 0);
    x
}
#[cfg(debug_assertions)]
const K: i32 = 2;
#[cfg(not(debug_assertions))]
const K: i32 = 1;
#[flux::sig(fn() -> i32[1])]
pub fn k() -> i32 {
    K
}
#[flux::sig(fn() -> i32[64])]
pub fn w() -> i32 {
    if cfg!(target_pointer_width = "64") { 64 } else { 32 }
}
#[flux::sig(fn(x: usize) -> bool[true])]
pub fn u(x: usize) -> bool {
    x <= 18446744073709551615
}
