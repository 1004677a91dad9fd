//! A struct.
#[cfg_attr(flux, flux::refined_by(x: int))]
#[cfg_attr(flux, flux::invariant(x > 0))]
pub struct D {
    #[cfg_attr(flux, flux::field(i32[x]))]
    pub x: i32,
}
