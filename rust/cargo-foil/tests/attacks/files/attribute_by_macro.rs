//! A function with a signature that a macro makes.
//~ z: not supported: `z`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ g: not supported: a call of a function that has no signature here
macro_rules! f {
    () => {
        #[flux::sig(fn() -> i32[5])]
        pub fn z() -> i32 {
            6
        }
    };
}
f!();
#[flux::sig(fn() -> i32[5])]
pub fn g() -> i32 {
    z()
}
