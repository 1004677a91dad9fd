//! Two aliases of one name, of which one is there.
//~ f: not supported: the type `Pos`
#[cfg(not(any()))]
#[flux::alias(type Pos = i32{v: v > 0})]
pub type Pos = i32;
#[cfg(any())]
#[flux::alias(type Pos = i32{v: v > -5})]
pub type Pos = i32;
#[flux::sig(fn() -> Pos)]
pub fn f() -> Pos {
    -1
}
