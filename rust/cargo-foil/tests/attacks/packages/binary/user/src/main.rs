//! A binary with a module that has the name of the package that it depends on.
//~ f: not supported: something of its own with the name of the crate `dep`, which may be about `f`
//~ dep::five: not supported: something of its own with the name of the crate `dep`, which may be about `dep::five`
//~ g: not supported: something of its own with the name of the crate `dep`, which may be about `g`
//~ h: not supported: something of its own with the name of the crate `dep`, which may be about `h`
//~ Q::lim: not supported: something of its own with the name of the crate `dep`, which may be about `Q::lim`
//~ i: not supported: something of its own with the name of the crate `dep`, which may be about `i`
//~ main: not supported: something of its own with the name of the crate `dep`, which may be about `main`
#[cfg_attr(flux, flux::sig(fn() -> i32[5]))]
pub fn f() -> i32 {
    let mut x = 5;
    {
        let _g = ::dep::Guard { p: &mut x };
    }
    x
}
pub mod dep {
    #[cfg_attr(flux, flux::sig(fn() -> i32[5]))]
    pub fn five() -> i32 {
        5
    }
    pub const K: i32 = 5;
}
#[cfg_attr(flux, flux::sig(fn() -> i32[5]))]
pub fn g() -> i32 {
    ::dep::five()
}
#[cfg_attr(flux, flux::sig(fn() -> i32[5]))]
pub fn h() -> i32 {
    ::dep::K
}
pub struct Q {
    a: i32,
}
impl Q {
    #[cfg_attr(flux, flux::sig(fn() -> i32[5]))]
    pub fn lim() -> i32 {
        5
    }
}
#[cfg_attr(flux, flux::sig(fn() -> i32[5]))]
pub fn i() -> i32 {
    let p = ::dep::P { a: 1 };
    ::dep::P::lim()
}
fn main() {}
