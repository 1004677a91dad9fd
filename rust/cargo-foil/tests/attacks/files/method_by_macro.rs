//! A method that a macro makes, and one of a trait, with the names of another struct's.
//~ A::k: proved
//~ <impl at method_by_macro.rs:22:9>::k: not supported: `<impl at method_by_macro.rs:22:9>::k`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ f: not supported: a call of `B::k`
//~ Tr::z: not supported: `Tr::z`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ A::z: proved
//~ g: not supported: a call of `<B as Tr>::z`
pub struct A {
    x: i32,
}
pub struct B {
    x: i32,
}
impl A {
    #[flux::sig(fn() -> i32[1])]
    pub fn k() -> i32 {
        1
    }
}
macro_rules! im {
    () => {
        impl B {
            pub fn k() -> i32 {
                2
            }
        }
    };
}
im!();
#[flux::sig(fn() -> i32[1])]
pub fn f() -> i32 {
    let b = B { x: 1 };
    B::k()
}
trait Tr {
    fn z() -> i32 {
        4
    }
}
impl Tr for B {}
impl A {
    #[flux::sig(fn() -> i32[1])]
    pub fn z() -> i32 {
        1
    }
}
#[flux::sig(fn() -> i32[1])]
pub fn g() -> i32 {
    B::z()
}
