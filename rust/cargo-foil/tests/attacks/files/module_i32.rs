//! A module with the name of a type of the language.
//~ f: not supported: something of its own with the name of `i32`, which may be about `f`
pub mod i32 {
    pub const MAX: i32 = 5;
}
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    <i32>::MAX
}
