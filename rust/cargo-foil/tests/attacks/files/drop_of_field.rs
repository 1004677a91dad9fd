//! A destructor of a field of a field.
//~ G::drop: not supported: the type `G`
//~ f: not supported: the type `G<u8>`
pub struct G<'a, T> {
    p: &'a mut i32,
    t: T,
}
impl<'a, T> Drop for G<'a, T> {
    fn drop(&mut self) {
        *self.p = -1;
    }
}
pub struct H<'a> {
    g: G<'a, u8>,
    k: i32,
}
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    let mut x = 5;
    {
        let h = H { g: G { p: &mut x, t: 1u8 }, k: 3 };
    }
    x
}
