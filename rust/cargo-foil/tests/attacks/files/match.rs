//! Matches with guards, ranges, bindings, and what is not reached.
//~ f: refuted
//~ g: refuted
//~ h: refuted
//~ i: refuted
//~ j: not supported: the type `char`
#[flux::sig(fn(x: i32) -> i32{v: v >= 0})]
pub fn f(x: i32) -> i32 {
    match x {
        n if n > 0 => n,
        0..=5 => 1,
        n => n,
    }
}
#[flux::sig(fn(x: u8) -> i32[1])]
pub fn g(x: u8) -> i32 {
    match x {
        0..=9 => 1,
        10 | 11 => 2,
        12.. => 1,
    }
}
#[flux::sig(fn(x: bool, y: bool) -> i32[1])]
pub fn h(x: bool, y: bool) -> i32 {
    match (x, y) {
        (true, _) => 1,
        (_, true) => 1,
        (false, false) => 2,
    }
}
#[flux::sig(fn(x: i32) -> i32[1])]
pub fn i(x: i32) -> i32 {
    let n @ 1 = x else { return 2 };
    n
}
#[flux::sig(fn(x: char) -> i32[1])]
pub fn j(x: char) -> i32 {
    if x == 'a' { 2 } else { 1 }
}
#[flux::sig(fn(x: i128) -> i32[1])]
pub fn k(x: i128) -> i32 {
    match x {
        170141183460469231731687303715884105727 => 2,
        -170141183460469231731687303715884105728 => 2,
        _ => 1,
    }
}
