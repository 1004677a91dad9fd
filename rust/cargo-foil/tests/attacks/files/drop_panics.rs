//! A destructor that panics, of a struct with a type as parameter.
//~ A::drop: not supported: the type `A`
//~ f: not supported: the type `A<u8>`
pub struct A<T> {
    t: T,
}
impl<T> Drop for A<T> {
    fn drop(&mut self) {
        panic!()
    }
}
#[flux::opts(check_overflow = "strict")]
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    let a = A { t: 1u8 };
    5
}
