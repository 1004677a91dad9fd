//! A destructor of a struct that has a reference.
//~ D::drop: not supported: a reference to a reference
//~ f: not supported: the drop of a value of type `D`
struct D<'a> {
    p: &'a mut i32,
}
impl Drop for D<'_> {
    fn drop(&mut self) {
        *self.p = -1;
    }
}
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    let mut x = 5;
    {
        let _g = D { p: &mut x };
    }
    x
}
