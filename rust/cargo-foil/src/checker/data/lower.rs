// What the lowering puts in other words, and what it does not know.
pub struct P {
    x: i32,
    y: u32,
}
pub const K: i32 = 10;
pub fn stops(x: i32) -> i32 {
    if x > 3 {
        panic!("too large: {x}, {}", K);
    }
    x
}
pub fn bits(a: u8) -> u8 {
    let b = !a;
    b & 3
}
pub fn fields() {
    let mut p = P { x: K, y: 1 };
    let q = &mut p;
    q.x = 1;
    let r = &mut q.y;
    *r = 2;
}
pub fn quotient(a: i32, b: i32) -> i32 {
    if b == 0 { -a } else { a / b }
}
pub fn text(s: &str) -> usize {
    s.len()
}
pub fn calls(m: bool) -> i32 {
    match m as i32 {
        -1 => stops(2),
        _ => <i32 as Clone>::clone(&3),
    }
}
