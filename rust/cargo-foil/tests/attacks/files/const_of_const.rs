//! A constant that is made of another, which has another value where it is used.
//~ m::j: refuted
const X: i32 = 5;
pub const Y: i32 = X - 1;
pub mod m {
    use super::*;
    const X: i32 = 50;
    #[flux::sig(fn(a: i32) -> i32[Y])]
    pub fn j(a: i32) -> i32 {
        49
    }
}
