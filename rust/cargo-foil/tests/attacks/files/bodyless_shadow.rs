//! Functions in bodies, of one name, and attributes of one on another.
//~ f: not supported: a call of `f::k`
//~ f::k: proved
//~ f::k: not supported: `f::k`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ k: proved
//~ g: refuted
//~ g::k: proved
//~ h: refuted
//~ two: proved
//~ i: not supported: a second signature
#[flux::sig(fn() -> i32[1])]
pub fn f() -> i32 {
    #[flux::sig(fn() -> i32[1])]
    fn k() -> i32 {
        1
    }
    {
        fn k() -> i32 {
            2
        }
        k()
    }
}
#[flux::sig(fn() -> i32[1])]
pub fn k() -> i32 {
    1
}
#[flux::sig(fn() -> i32[1])]
pub fn g() -> i32 {
    fn k() -> i32 {
        2
    }
    k()
}
#[flux::sig(fn() -> i32[1])]
pub fn h() -> i32 {
    use self::two as k;
    k()
}
pub fn two() -> i32 {
    2
}
#[flux::sig(fn() -> i32[1])]
#[flux::sig(fn() -> i32[2])]
pub fn i() -> i32 {
    2
}
