//! A module `std`, with a function where the library has one.
//~ std::process::id: not supported: something of its own with the name of the crate `std`, which may be about `std::process::id`
//~ f: not supported: something of its own with the name of the crate `std`, which may be about `f`
pub mod std {
    pub mod process {
        #[flux::sig(fn() -> u32[5])]
        pub fn id() -> u32 {
            5
        }
    }
}
#[flux::sig(fn() -> u32[5])]
pub fn f() -> u32 {
    ::std::process::id()
}
