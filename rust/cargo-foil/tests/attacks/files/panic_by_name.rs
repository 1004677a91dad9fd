//! A macro with the name of `panic!` that asserts.
//~ f: refuted
macro_rules! panic {
    ($c:expr) => {
        assert!($c, "mine")
    };
}
pub fn f(x: i32) {
    panic!(x > 0)
}
