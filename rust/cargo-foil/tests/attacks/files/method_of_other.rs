//! Methods of one name of several structs.
//~ W::one: proved
//~ S::one: proved
//~ S2::one: proved
//~ f2: refuted
//~ f3: not supported: a call of `W<i32>::one`
//~ f4: not supported: this field in a refinement
pub struct S {
    x: i32,
}
pub struct W<T> {
    x: T,
}
impl<T> W<T> {
    pub fn one() -> i32 {
        3
    }
}
impl S {
    #[flux::sig(fn() -> i32[2])]
    pub fn one() -> i32 {
        2
    }
}
pub struct S2 {
    x: i32,
}
impl S2 {
    pub const fn one() -> i32 {
        9
    }
}
#[flux::sig(fn() -> i32[2])]
pub fn f2() -> i32 {
    S2::one()
}
#[flux::sig(fn() -> i32[2])]
pub fn f3() -> i32 {
    W::<i32>::one()
}
#[flux::sig(fn(s: &S) -> i32[s.x])]
pub fn f4(s: &S) -> i32 {
    s.x
}
