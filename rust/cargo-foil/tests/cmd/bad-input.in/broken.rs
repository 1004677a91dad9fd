//! Does not build.

fn f() -> u8 {
    "eight"
}
