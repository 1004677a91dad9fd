//! Equivalences that nest, each of which doubles the formula.
//~ g: not supported: a refinement that becomes so large
#[flux::sig(fn(b: bool) -> i32{v: b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b == (b))))))))))))))))))))))))))))))})]
pub fn g(b: bool) -> i32 {
    1
}
