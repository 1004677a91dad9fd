//! A local that hides an argument, and a promise about the argument.
//~ f: not supported: a call of `core::num::<impl i32>::wrapping_add`
//~ g: refuted
//~ h: refuted
#[flux::sig(fn(x: i32[@n]) -> i32[n])]
pub fn f(x: i32) -> i32 {
    let x = x.wrapping_add(1);
    x
}
#[flux::sig(fn(x: i32{x > 0}) -> i32{v: v > 0})]
pub fn g(x: i32) -> i32 {
    let y = {
        let x = -1;
        x
    };
    y
}
#[flux::sig(fn(x: i32) -> i32{v: v == x})]
pub fn h(mut x: i32) -> i32 {
    x = 5;
    x
}
