//! Assertions that fail, and panics that may happen.
//~ plain: refuted
//~ with_text: refuted
//~ with_made_text: refuted
//~ by_macro: refuted
//~ after_panic: refuted
//~ not_reached: refuted
//~ called: proved
//~ holds: proved
//~ may: proved
//~ may_not: refuted
macro_rules! mine {
    ($c:expr) => {
        assert!($c, "mine")
    };
}
pub fn plain(x: i32) {
    assert!(x > 0);
}
pub fn with_text(x: i32) {
    assert!(x > 0, "text");
}
pub fn with_made_text(x: i32) {
    assert!(x > 0, "text {}", x);
}
pub fn by_macro(x: i32) {
    mine!(x > 0)
}
pub fn after_panic(x: i32) {
    if x > 5 {
        panic!("yikes")
    }
    assert!(x > 0, "text");
}
pub fn not_reached(x: i32) {
    if x > 0 {
        unreachable!("yikes {x}")
    }
}
pub fn called() {
    plain(0)
}
#[flux::sig(fn(x: i32{x > 0}))]
pub fn holds(x: i32) {
    assert!(x > 0);
    if x < 0 {
        unreachable!()
    }
}
pub fn may(x: i32) {
    if x > 0 {
        panic!("yikes {x}")
    }
}
#[flux::opts(check_overflow = "strict")]
pub fn may_not(x: i32) {
    if x > 0 {
        panic!("yikes")
    }
}
