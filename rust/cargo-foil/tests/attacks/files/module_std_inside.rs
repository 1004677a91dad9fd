//! A module `std` in another module.
//~ q::std::z: not supported: something of its own with the name of `std`, which may be about `q::std::z`
//~ f: not supported: something of its own with the name of `std`, which may be about `f`
//~ tp: not supported: something of its own with the name of `std`, which may be about `tp`
//~ tp::step: not supported: something of its own with the name of `std`, which may be about `tp::step`
//~ tp2: not supported: something of its own with the name of `std`, which may be about `tp2`
//~ tp2::step: not supported: something of its own with the name of `std`, which may be about `tp2::step`
//~ tp3: not supported: something of its own with the name of `std`, which may be about `tp3`
//~ tp3::step: not supported: something of its own with the name of `std`, which may be about `tp3::step`
//~ un: not supported: something of its own with the name of `std`, which may be about `un`
pub mod q {
    pub mod std {
        #[flux::sig(fn() -> i32[1])]
        pub fn z() -> i32 {
            1
        }
    }
}
pub struct A {
    pub i: i32,
}
#[flux::sig(fn(a: &mut A, b: &A) ensures a: A)]
pub fn f(a: &mut A, b: &A) {
    a.i = b.i;
}
#[flux::sig(fn(a: i32) -> i32{v: v > a})]
pub fn tp(a: i32) -> i32 {
    fn step(x: &mut A) {
        x.i = x.i + 1
    }
    let mut x = A { i: a };
    step(&mut x);
    x.i
}
#[flux::sig(fn(a: i32) -> i32[a])]
pub fn tp2(a: i32) -> i32 {
    fn step(x: &mut A) {
        x.i = x.i + 1
    }
    let mut x = A { i: a };
    step(&mut x);
    x.i
}
#[flux::sig(fn(a: i32) -> i32[a])]
pub fn tp3(a: i32) -> i32 {
    fn step(x: A) {}
    let x = A { i: a };
    let y = &x;
    let z = y.i;
    step(x);
    z
}
#[flux::sig(fn(a: (i32, (), bool), b: ((), i32)) -> (bool, (), i32))]
pub fn un(a: (i32, (), bool), b: ((), i32)) -> (bool, (), i32) {
    (a.2, b.0, a.0)
}
