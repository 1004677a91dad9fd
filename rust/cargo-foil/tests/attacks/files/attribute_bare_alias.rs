//! An alias without a prefix.
//~ f: refuted
use flux_rs::attrs::*;
#[alias(type Nat = i32{v: v >= 0})]
pub type Nat = i32;
#[sig(fn() -> Nat)]
pub fn f() -> Nat {
    -1
}
