//! A module `std`, with constants where the library has some.
//~ f: not supported: something of its own with the name of the crate `std`, which may be about `f`
//~ g: not supported: something of its own with the name of the crate `std`, which may be about `g`
pub mod std {
    pub mod i32 {
        pub const MAX: i32 = 5;
    }
}
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    ::std::i32::MAX
}
#[flux::sig(fn() -> i32[5])]
pub fn g() -> i32 {
    ::core::i32::MAX
}
