//! The command `cargo foil`.
fn main() {}
