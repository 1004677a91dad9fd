macro_rules! same {
    ($($t:tt)*) => { $($t)* };
}
#[flux::sig(fn(x: i32[@n]) -> i32[n])]
fn f(x: i32) -> i32 {
    x
}
mod b {
    same! { #[flux::sig(fn(x: i32) -> i32{v: v > 100})] pub fn f(x: i32) -> i32 { x } }
}
#[flux::sig(fn(x: i32[@n]) -> i32[n])]
fn g(x: i32) -> i32 {
    {
        #[flux::sig(fn(x: i32) -> i32{v: v > 100})]
        fn g(x: i32) -> i32 {
            x
        }
    }
    x
}
#[flux::sig(fn(x: i32[@n]) -> i32[n])]
fn h(x: i32) -> i32 {
    x
}
trait T {
    fn h(x: i32) -> i32 {
        x
    }
}
