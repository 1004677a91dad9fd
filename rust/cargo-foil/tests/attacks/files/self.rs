//! `Self` in nested `impl`s, and constants of a type.
//~ S::f: unknown
//~ S::f::Q::g: not supported: the constant `S::f::Q::K`
//~ S::h: not supported: the constant `T::K`
//~ S::new: proved
pub struct S {
    pub x: i32,
}
pub struct T {
    pub x: i32,
}
impl S {
    pub const K: i32 = 1;
    #[flux::sig(fn(&Self) -> i32[1])]
    pub fn f(&self) -> i32 {
        struct Q;
        impl Q {
            pub const K: i32 = 2;
            fn g() -> i32 {
                Self::K
            }
        }
        Q::g()
    }
    #[flux::sig(fn() -> i32[1])]
    pub fn h() -> i32 {
        T::K
    }
    #[flux::sig(fn(x: i32) -> Self)]
    pub fn new(x: i32) -> Self {
        Self { x }
    }
}
impl T {
    pub const K: i32 = 2;
}
