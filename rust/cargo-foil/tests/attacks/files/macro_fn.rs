//! Functions of one name, one of them made by a macro, in modules.
//~ m::k: not supported: `m::k`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ n::k: proved
//~ f: not supported: a call of a function that has no signature here
//~ g: refuted
//~ h: refuted
macro_rules! module {
    ($m:ident, $v:expr) => {
        pub mod $m {
            pub fn k() -> i32 {
                $v
            }
        }
    };
}
module!(m, 2);
pub mod n {
    #[flux::sig(fn() -> i32[1])]
    pub fn k() -> i32 {
        1
    }
}
#[flux::sig(fn() -> i32[1])]
pub fn f() -> i32 {
    m::k()
}
macro_rules! call {
    ($f:path) => {
        $f()
    };
}
#[flux::sig(fn() -> i32[2])]
pub fn g() -> i32 {
    call!(n::k)
}
macro_rules! hyg {
    ($x:ident) => {{
        let x = 2;
        $x
    }};
}
#[flux::sig(fn() -> i32[2])]
pub fn h() -> i32 {
    let x = 1;
    hyg!(x)
}
