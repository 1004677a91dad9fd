#[flux::sig(fn(x: i32) -> i32{v: 0 <= v})]
fn abs(x: i32) -> i32 {
    if x < 0 { -x } else { x }
}

#[flux::sig(fn(n: u32{0 < n}) -> u32[n - 1])]
fn decr(n: u32) -> u32 {
    n - 1
}

#[flux::sig(fn(n: u32) -> u32)]
fn decr_twice(n: u32) -> u32 {
    if n > 1 { decr(decr(n)) } else { decr(n) }
}
