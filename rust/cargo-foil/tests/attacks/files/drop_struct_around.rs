//! A destructor of a field, of a struct that has none of its own.
//~ D::drop: not supported: the type `*i32`
//~ f: not supported: the drop of a value of type `H`
//~ g: not supported: the drop of a value of type `H`
pub struct D {
    x: i32,
}
static mut N: i32 = 0;
impl Drop for D {
    fn drop(&mut self) {
        unsafe {
            N = -1;
        }
    }
}
pub struct H {
    d: D,
    k: i32,
}
#[flux::sig(fn() -> i32{v: v >= 0})]
pub fn f() -> i32 {
    {
        let _h = H { d: D { x: 1 }, k: 2 };
    }
    unsafe { N }
}
#[flux::sig(fn(h: H) -> i32{v: v >= 0})]
pub fn g(h: H) -> i32 {
    h.k;
    1
}
