//! A constant of a body with the name of one around.
//~ S::f: proved
pub const N: i32 = 1;
pub struct S;
impl S {
    #[flux::sig(fn() -> i32[N])]
    pub fn f() -> i32 {
        const N: i32 = 2;
        1
    }
}
