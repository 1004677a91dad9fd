//! stacked: rejected
//! tree: accepted
//!
//! A reference that was not written through yet, and the whole is read in between.
fn main() {
    let mut pair = (7, 7);
    let x = &raw mut pair;
    // SAFETY: that depends on the model.
    unsafe {
        let y = &mut (*x).0;
        assert_eq!(x.read(), (7, 7));
        *y = 5;
    }
}
