//! A destructor that a macro makes.
//~ <impl at drop_by_macro.rs:6:9>::drop: not supported: `<impl at drop_by_macro.rs:6:9>::drop`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ f: not supported: the drop of a value of type `D`
macro_rules! d {
    ($n:ident) => {
        impl Drop for $n<'_> {
            fn drop(&mut self) {
                *self.p = -1;
            }
        }
    };
}
struct D<'a> {
    p: &'a mut i32,
}
d!(D);
#[flux::sig(fn() -> i32[5])]
pub fn f() -> i32 {
    let mut x = 5;
    {
        let _g = D { p: &mut x };
    }
    x
}
