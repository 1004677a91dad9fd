//! Constants and types as parameters.
//~ f: not supported: a constant as a parameter
//~ g: not supported: a call of `f<4>`
//~ h: not supported: a type parameter
//~ i: not supported: a call of `h<u8>`
//~ A::n: not supported: a constant as a parameter
//~ j: not supported: a call of `A<2>::n`
//~ u8::m: proved
//~ u16::m: proved
//~ k: not supported: a type parameter
//~ l: not supported: a call of `<u16 as T>::m`
#[flux::sig(fn() -> usize[3])]
pub fn f<const N: usize>() -> usize {
    N
}
#[flux::sig(fn() -> usize[3])]
pub fn g() -> usize {
    f::<4>()
}
#[flux::sig(fn(x: i32) -> i32[1])]
pub fn h<T>(x: i32) -> i32 {
    if std::mem::size_of::<T>() == 0 { 1 } else { 2 }
}
#[flux::sig(fn() -> i32[1])]
pub fn i() -> i32 {
    h::<u8>(0)
}
pub struct A<const N: i32>;
impl<const N: i32> A<N> {
    #[flux::sig(fn() -> i32[1])]
    pub fn n() -> i32 {
        N
    }
}
#[flux::sig(fn() -> i32[1])]
pub fn j() -> i32 {
    A::<2>::n()
}
pub trait T {
    const C: i32;
    fn m() -> i32;
}
impl T for u8 {
    const C: i32 = 1;
    #[flux::sig(fn() -> i32[1])]
    fn m() -> i32 {
        1
    }
}
impl T for u16 {
    const C: i32 = 2;
    fn m() -> i32 {
        2
    }
}
#[flux::sig(fn() -> i32[1])]
pub fn k<X: T>() -> i32 {
    X::C
}
#[flux::sig(fn() -> i32[1])]
pub fn l() -> i32 {
    <u16 as T>::m()
}
