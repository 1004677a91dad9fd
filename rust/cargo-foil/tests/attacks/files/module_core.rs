//! A module `core`, with functions where the library has panics.
//~ core::panicking::panic_me: not supported: the type `!`
//~ core::fmt::prep: not supported: something of its own with the name of the crate `core`, which may be about `core::fmt::prep`
//~ f: not supported: something of its own with the name of the crate `core`, which may be about `f`
//~ g: not supported: something of its own with the name of the crate `core`, which may be about `g`
pub mod core {
    pub mod panicking {
        pub fn panic_me() -> ! {
            loop {}
        }
    }
    pub mod fmt {
        pub fn prep() -> i32 {
            1
        }
    }
}
#[flux::sig(fn(b: bool{b}) -> i32[5])]
pub fn f(b: bool) -> i32 {
    if !b {
        core::panicking::panic_me()
    }
    5
}
#[flux::sig(fn(x: &mut i32) -> i32[5])]
pub fn g(x: &mut i32) -> i32 {
    let t = core::fmt::prep();
    core::panicking::panic_me()
}
