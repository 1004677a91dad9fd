//! [`Rc`], [`Weak`] and [`UniqueRc`]: a value on the heap, counted by one thread.
//!
//! # The protocol
//!
//! One block holds two counts and the value. The strong count is the number of
//! [`Rc`]s. Each owns an equal, unnamed share of the value: enough to read it,
//! never enough to change it. `clone` cuts a share in two and counts one more;
//! `drop` returns a share and counts one less. Who counts down to zero holds all
//! shares, therefore the value, and drops it.
//!
//! The weak count is the number of [`Weak`]s, and one more while the value
//! lives: whoever owns the value owns an implicit weak handle, which goes after
//! the value. Who counts the weak handles down to zero owns the memory alone,
//! and frees it.
//!
//! | strong | weak | the block has |
//! |---|---|---|
//! | n ≥ 1 | 1 + w | n `Rc`s and w `Weak`s |
//! | 0 | 1 + w | one [`UniqueRc`], or a value that is being made or dropped, and w `Weak`s |
//! | 0 | w ≥ 1 | no value, and w `Weak`s |
//! | – | 0 | been freed |
//!
//! The counts are plain cells: handles are neither [`Send`] nor [`Sync`], so no
//! two threads ever touch them.
//!
//! # Panics and unwinding
//!
//! Whoever ends a value holds its implicit weak handle in a guard while the
//! value's destructor runs, so a panicking destructor does not leak the block,
//! and does not run again. Functions that call back ([`Rc::new_cyclic`],
//! [`Rc::make_mut`]) change nothing that a panic in the callback could leave
//! half changed. If [`Rc::make_mut`] has to drop the old value and its destructor
//! panics, the handle has the new one.

mod content;
mod dynamic;
mod error;
mod inner;
#[cfg(feature = "serde")]
mod serde;
mod slice;
mod strong;
#[cfg(test)]
mod tests;
mod traits;
mod unique;
mod weak;

pub use content::CloneContent;
pub use error::AllocError;
#[doc(hidden)]
pub use inner::Unsizing;
pub use strong::Rc;
pub use unique::UniqueRc;
pub use weak::Weak;
