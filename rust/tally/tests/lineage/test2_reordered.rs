//! stacked: accepted
//! tree: accepted
//!
//! The write through the reference comes first, and it is not used again.
fn main() {
    let mut pair = (7, 7);
    let x = &raw mut pair;
    // SAFETY: `y` is not used after `x` is.
    unsafe {
        let y: *mut i32 = &mut (*x).0;
        y.write(5);
        x.write((1, 1));
    }
    assert_eq!(pair, (1, 1));
}
