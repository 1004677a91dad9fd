//! References that a method of a trait gives.
//~ B::deref: not supported: a reference as a result
//~ f: not supported: this field in a refinement
//~ B::from: not supported: a call of `core::num::<impl i32>::wrapping_add`
//~ g: not supported: a call of `<i32 as std::convert::Into<B>>::into`
pub struct B {
    pub x: i32,
}
impl std::ops::Deref for B {
    type Target = i32;
    fn deref(&self) -> &i32 {
        &-1
    }
}
#[flux::sig(fn(b: &B) -> i32{v: v == b.x})]
pub fn f(b: &B) -> i32 {
    **b
}
impl std::convert::From<i32> for B {
    fn from(x: i32) -> B {
        B { x: x.wrapping_add(1) }
    }
}
#[flux::sig(fn(x: i32) -> i32[x])]
pub fn g(x: i32) -> i32 {
    let b: B = x.into();
    b.x
}
