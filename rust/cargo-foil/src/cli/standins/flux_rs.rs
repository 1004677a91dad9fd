//! Stands in for Flux's crate of that name: what programs call and import.
#![no_std]

pub use attrs::*;
pub use flux_attrs as attrs;

/// Its signature says that the argument is true.
pub fn assert(_: bool) {}

/// Its signature says that it is not called.
pub fn unreachable() -> ! {
    panic!()
}

#[macro_export]
#[doc(hidden)]
macro_rules! __invariant {
    ($($param:ident : $ty:ty),* ; $expr:expr) => {
        $crate::assert($expr);
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __nothing {
    ($($tokens:tt)*) => {};
}

pub mod macros {
    pub use crate::__invariant as invariant;
    pub use crate::__nothing as detached_spec;
    pub use crate::__nothing as qualifier;
}
