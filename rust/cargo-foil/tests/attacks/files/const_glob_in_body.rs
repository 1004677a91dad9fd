//! A constant that is imported with all of a module in a body.
//~ fy: not supported: a call of a function that has no signature here
//~ fy::in2: the signature cannot be read: `N` is not known in this signature
pub const N: usize = 3;
pub mod k {
    pub const N: usize = 9;
}
pub fn fy() -> usize {
    use k::*;
    assert!(in2() == N);
    #[flux::sig(fn() -> usize[N])]
    fn in2() -> usize {
        3
    }
    in2()
}
