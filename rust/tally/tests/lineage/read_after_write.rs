//! stacked: rejected
//! tree: rejected
//!
//! A reference that was written through does not survive that the whole is read.
fn main() {
    let mut pair = (7, 7);
    let x = &raw mut pair;
    // SAFETY: there is none; that is what is tested.
    unsafe {
        let y = &mut (*x).0;
        *y = 5;
        assert_eq!(x.read(), (5, 7));
        *y = 6;
    }
}
