//! stacked: rejected
//! tree: rejected
//!
//! The same by way of a reference: writing the whole ends it.
fn main() {
    let mut pair = (7, 7);
    let x = &raw mut pair;
    // SAFETY: there is none; that is what is tested.
    unsafe {
        let y: *mut i32 = &mut (*x).0;
        x.write((1, 1));
        y.write(5);
    }
}
