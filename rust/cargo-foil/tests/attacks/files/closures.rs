//! Closures that change what they capture.
//~ f: not supported: the type `{closure}`
//~ g: not supported: the type `{closure}`
//~ h: not supported: the type `fn() -> i32`
//~ h::k: proved
//~ i: not supported: the type `{closure}`
#[flux::sig(fn() -> i32[1])]
pub fn f() -> i32 {
    let mut x = 1;
    let mut c = || x = 2;
    c();
    x
}
#[flux::sig(fn() -> i32[1])]
pub fn g() -> i32 {
    let c = |y: i32| y + 1;
    c(1)
}
#[flux::sig(fn() -> i32[1])]
pub fn h() -> i32 {
    fn k() -> i32 {
        2
    }
    let p: fn() -> i32 = k;
    p()
}
#[flux::sig(fn(c: bool) -> i32[1])]
pub fn i(c: bool) -> i32 {
    let mut x = 1;
    if c {
        (|| x = 2)()
    }
    x
}
