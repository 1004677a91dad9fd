//! A function `assert` of another library.
//~ f: not supported: a call of `assert`
extern "C-unwind" {
    fn assert(b: bool);
}
#[flux::opts(check_overflow = "strict")]
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    unsafe { assert(true) };
    5
}
