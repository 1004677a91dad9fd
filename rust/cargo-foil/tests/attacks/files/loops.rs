//! Loops that do not keep what is promised.
//~ f: refuted
//~ g: refuted
//~ h: refuted
//~ i: refuted
//~ j: proved
//~ k: refuted
#[flux::sig(fn(n: i32) -> i32[n])]
pub fn f(n: i32) -> i32 {
    let mut i = 0;
    while i < n {
        i += 1;
    }
    i
}
#[flux::sig(fn(n: i32{n >= 0}) -> i32[n])]
pub fn g(n: i32) -> i32 {
    let mut i = 0;
    while i < n {
        i += 2;
    }
    i
}
#[flux::sig(fn(n: i32{n >= 0}) -> i32{v: v <= 10})]
pub fn h(n: i32) -> i32 {
    let mut i = 0;
    'a: loop {
        loop {
            if i >= n {
                break 'a;
            }
            i += 1;
            if i > 5 {
                break;
            }
        }
    }
    i
}
#[flux::sig(fn(n: u32) -> u32[0])]
pub fn i(mut n: u32) -> u32 {
    loop {
        if n == 1 {
            return n;
        }
        if n == 0 {
            break n;
        }
        n -= 1;
    }
}
#[flux::sig(fn() -> i32[-1])]
pub fn j() -> i32 {
    loop {}
}
#[flux::sig(fn(x: &mut i32[@n]) -> i32[n])]
pub fn k(x: &mut i32) -> i32 {
    let mut i = 0;
    while i < 3 {
        *x = i;
        i += 1;
    }
    *x
}
