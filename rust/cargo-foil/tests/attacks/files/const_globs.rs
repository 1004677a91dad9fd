//! Constants that are imported with all of a module, in modules and in bodies.
//~ S::a: not supported: the constant `S::N`
//~ S::b: proved
//~ S::c: the signature cannot be read: `Self::N` is not known in this signature
//~ l::z: proved
//~ l::m::zz: the signature cannot be read: `N` is not known in this signature
//~ ll::m::zz: the signature cannot be read: `N` is not known in this signature
//~ ll::m2::zz: the signature cannot be read: `N` is not known in this signature
//~ ll::m3::qq: proved
//~ ll::m3::qq::zz: the signature cannot be read: `N` is not known in this signature
//~ fx: not supported: a call of a function that has no signature here
//~ fx::in_: the signature cannot be read: `N` is not known in this signature
//~ fy: not supported: a call of a function that has no signature here
//~ fy::in2: the signature cannot be read: `N` is not known in this signature
pub const N: usize = 3;
pub struct S {
    pub x: usize,
}
impl S {
    pub const N: usize = 4;
    #[flux::sig(fn() -> usize[N])]
    pub fn a() -> usize {
        Self::N
    }
    #[flux::sig(fn() -> usize[N])]
    pub fn b() -> usize {
        N
    }
    #[flux::sig(fn() -> usize[Self::N])]
    pub fn c() -> usize {
        Self::N
    }
}
pub mod k {
    pub const N: usize = 9;
}
pub mod l {
    use super::k::*;
    use super::*;
    pub fn z() -> usize {
        1
    }
    pub mod m {
        pub use super::super::k::N as M;
        use super::*;
        #[flux::sig(fn() -> usize[N])]
        pub fn zz() -> usize {
            3
        }
    }
}
pub mod ll {
    pub const N: usize = 8;
    pub mod m {
        use super::super::*;
        #[flux::sig(fn() -> usize[N])]
        pub fn zz() -> usize {
            8
        }
    }
    pub mod m2 {
        use super::super::*;
        #[flux::sig(fn() -> usize[N])]
        pub fn zz() -> usize {
            3
        }
    }
    pub mod m3 {
        use super::*;
        pub fn qq() {
            use super::super::k::N;
            #[flux::sig(fn() -> usize[N])]
            pub fn zz() -> usize {
                8
            }
        }
    }
}
pub fn fx() -> usize {
    use k::N;
    #[flux::sig(fn() -> usize[N])]
    fn in_() -> usize {
        3
    }
    in_()
}
pub fn fy() -> usize {
    use k::*;
    #[flux::sig(fn() -> usize[N])]
    fn in2() -> usize {
        3
    }
    in2()
}
