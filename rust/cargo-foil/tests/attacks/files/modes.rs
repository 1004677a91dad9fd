//! Modes of modules and of functions, one in the other.
//~ m::f: refuted
//~ m::g: proved
//~ m::n::h: refuted
//~ m::S::k: refuted
//~ m::c: proved
//~ m::a: proved
//~ under: refuted
//~ lazy: not supported: the overflow mode `lazy`
//~ old: refuted
#![flux::opts(check_overflow = "none")]
#[flux::opts(check_overflow = "strict")]
pub mod m {
    pub fn f(x: i32) -> i32 {
        x + 1
    }
    #[flux::opts(check_overflow = "none")]
    pub fn g(x: i32) -> i32 {
        x + 1
    }
    pub mod n {
        pub fn h(x: u8) -> u8 {
            x + 1
        }
    }
    pub struct S;
    impl S {
        pub fn k(x: i32) -> i32 {
            x * 2
        }
    }
    pub fn c(x: i32) -> i32 {
        g(x)
    }
    pub fn a(x: i32) {
        assert!(x == x + 0, "same")
    }
}
pub fn under(x: u32) -> u32 {
    x - 1
}
#[flux::opts(check_overflow = "lazy")]
pub fn lazy(x: u32) -> u32 {
    x - 1
}
#[flux::opts(check_overflow = true)]
pub fn old(x: i32) -> i32 {
    x + 1
}
