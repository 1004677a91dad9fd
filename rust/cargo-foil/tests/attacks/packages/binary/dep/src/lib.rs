//! What a package depends on: a destructor, functions, a constant, a struct and a method.
pub struct Guard<'a> {
    pub p: &'a mut i32,
}
impl Drop for Guard<'_> {
    #[inline]
    fn drop(&mut self) {
        *self.p = -1;
    }
}
#[inline]
pub fn five() -> i32 {
    7
}
pub const K: i32 = 7;
pub struct P {
    pub a: i32,
}
impl P {
    #[inline]
    pub fn lim() -> i32 {
        1
    }
}
