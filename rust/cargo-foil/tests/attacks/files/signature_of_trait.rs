//! A signature at a trait's method.
//~ S::get: not supported: `sig` of a trait, which may be about `S::get`
pub trait T {
    #[flux::sig(fn(&Self) -> i32[1])]
    fn get(&self) -> i32;
}
pub struct S {
    x: i32,
}
impl T for S {
    fn get(&self) -> i32 {
        2
    }
}
