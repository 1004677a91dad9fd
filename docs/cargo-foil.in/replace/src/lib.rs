//! Replaces a value by what a function makes of it.
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Wrong: if `f` panics, it has dropped the value, which is still in its place.
pub fn replace_with<T>(place: &mut T, f: impl FnOnce(T) -> T) {
    // SAFETY: what is read is written over; but not if `f` panics.
    unsafe {
        let old = std::ptr::read(place);
        std::ptr::write(place, f(old));
    }
}

/// A scenario.
pub fn doubles() {
    let mut number = Box::new(21);
    replace_with(&mut number, |n| Box::new(*n * 2));
    assert!(*number == 42);
}

/// Another, in which the function panics.
pub fn panics() {
    let mut number = Box::new(21);
    let _ = catch_unwind(AssertUnwindSafe(|| replace_with(&mut number, |_| panic!())));
}
