//! A destructor of a struct with a constant as parameter.
//~ G::drop: not supported: a constant as a parameter
//~ f: not supported: the type `G<3>`
struct G<'a, const N: i32> {
    p: &'a mut i32,
}
impl<'a, const N: i32> Drop for G<'a, N> {
    fn drop(&mut self) {
        *self.p = N;
    }
}
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    let mut x = 5;
    {
        let _g: G<3> = G { p: &mut x };
    }
    x
}
