//! A struct, and functions that break it.
#[cfg_attr(flux, flux::refined_by(x: int))]
#[cfg_attr(flux, flux::invariant(x > 0))]
pub struct S {
    #[cfg_attr(flux, flux::field(i32[x]))]
    pub x: i32,
}
pub fn mk() -> i32 {
    let s = S { x: -1 };
    s.x
}
pub fn brk(s: &mut S) {
    s.x = -1;
}
