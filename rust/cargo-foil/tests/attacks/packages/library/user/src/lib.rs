//! A library that uses what another package has, as if it were of its own names.
//~ f: not supported: the type `dep::Guard`
//~ g: not supported: a call of `dep::five`
//~ h: not supported: the constant `dep::K`
//~ Q::lim: proved
//~ i: not supported: the type `dep::P`
#[cfg_attr(flux, flux::sig(fn() -> i32[5]))]
pub fn f() -> i32 {
    let mut x = 5;
    {
        let _g = ::dep::Guard { p: &mut x };
    }
    x
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
