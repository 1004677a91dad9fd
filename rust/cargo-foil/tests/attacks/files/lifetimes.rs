//! Two references to one cell, by calls and by structs.
//~ f: refuted
//~ g: not supported: a call of a function that has no signature here
//~ bump: not supported: a reference to a reference
//~ h: refuted
//~ eat: proved
//~ two: proved
//~ three: refuted
//~ four: unknown
pub struct H<'a> {
    pub r: &'a mut i32,
}
#[flux::sig(fn() -> i32[1])]
pub fn f() -> i32 {
    let mut x = 1;
    {
        let h = H { r: &mut x };
        *h.r = 2;
    }
    x
}
#[flux::sig(fn() -> i32[1])]
pub fn g() -> i32 {
    let mut x = 1;
    {
        let mut h = H { r: &mut x };
        bump(&mut h);
    }
    x
}
pub fn bump(h: &mut H<'_>) {
    *h.r = 5;
}
#[flux::sig(fn() -> i32[1])]
pub fn h() -> i32 {
    let mut x = 1;
    {
        let h = H { r: &mut x };
        eat(h);
    }
    x
}
pub fn eat(h: H<'_>) {
    *h.r = 5;
}
#[flux::sig(fn(a: &mut i32, b: &mut i32) -> i32[1])]
pub fn two(a: &mut i32, b: &mut i32) -> i32 {
    *a = 1;
    *b = 2;
    *a
}
#[flux::sig(fn(a: &i32[@n], b: &mut i32) -> i32[n])]
pub fn three(a: &i32, b: &mut i32) -> i32 {
    *b = *a;
    *b = *b * 2;
    *b
}
#[flux::sig(fn(p: &mut (i32, i32)) -> i32[1])]
pub fn four(p: &mut (i32, i32)) -> i32 {
    p.0 = 1;
    let q = &mut p.1;
    *q = 2;
    p.0 = p.1;
    p.0
}
