//! stacked: accepted
//! tree: accepted
//!
//! A pointer to a field that is made without a reference stays good when the whole is written.
fn main() {
    let mut pair = (7, 7);
    let x = &raw mut pair;
    // SAFETY: both pointers are to `pair`, which is alive.
    let first = unsafe {
        let y = &raw mut (*x).0;
        x.write((1, 1));
        y.write(5);
        (*x).0
    };
    assert_eq!(first, 5);
}
