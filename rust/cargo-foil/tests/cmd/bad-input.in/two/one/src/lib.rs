//! One function.

/// One.
pub fn one() -> u8 {
    1
}
