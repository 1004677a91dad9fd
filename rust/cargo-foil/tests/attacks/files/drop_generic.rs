//! A destructor of a struct with a type as parameter.
//~ G::drop: not supported: the type `G`
//~ f: not supported: the type `G<i32>`
struct G<'a, T> {
    p: &'a mut i32,
    t: T,
}
impl<'a, T> Drop for G<'a, T> {
    fn drop(&mut self) {
        *self.p = -1;
    }
}
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    let mut x = 5;
    {
        let _g = G { p: &mut x, t: 1i32 };
    }
    x
}
