//! Page frames whose metadata live in a table of slots, shared or unique.
//!
//! A [`MetaRegion`] covers a range of physical addresses with one [`MetaSlot`]
//! of 64 bytes per frame of [`PAGE_SIZE`] bytes. A slot holds the frame's
//! metadata (any [`FrameMeta`]) and one atomic count. Handles are pointers to
//! slots: [`UniqueFrame`] owns the metadata alone and may change them;
//! [`Frame`] owns a share, may be cloned, and only reads them.
//!
//! # The protocol of one slot
//!
//! | count | meaning |
//! |---|---|
//! | 2⁶⁴−1, [`REF_COUNT_UNUSED`] | no metadata, no handle |
//! | 2⁶⁴−2, [`REF_COUNT_UNIQUE`] | one [`UniqueFrame`] |
//! | 1 … 2⁶³−1, [`REF_COUNT_MAX`] | that many [`Frame`]s |
//! | 0, *busy* | metadata are being written or torn down |
//!
//! | transition | by | ordering |
//! |---|---|---|
//! | unused → 0 | `from_unused` | compare-exchange, Acquire |
//! | 0 → unique | [`UniqueFrame::from_unused`] | store, Relaxed |
//! | 0 → 1 | [`Frame::from_unused`] | store, Release |
//! | n → n + 1 | `clone` | fetch-add, Relaxed |
//! | n → n + 1 | [`Frame::from_in_use`] | compare-exchange loop, Acquire |
//! | n → n − 1 | drop of a [`Frame`] | fetch-sub, Release; the last one then fences, Acquire |
//! | unique → 1 | `Frame::from(UniqueFrame)` | store, Release |
//! | 1 → unique | `UniqueFrame::try_from(Frame)` | compare-exchange, Acquire |
//! | unique → 0 | drop of a [`UniqueFrame`] | store, Relaxed |
//! | 0 → unused | after tear-down | store, Release |
//!
//! Tear-down runs [`FrameMeta::on_drop`], then the metadata's destructor, then
//! marks the slot unused, and only then tells the allocator
//! ([`FrameSpace::dealloc`]): an allocator that hands the frame out again at
//! once finds it unused. Between the last two steps another processor may
//! claim the frame by address; an allocator that also claims frames on its own
//! account must expect [`GetFrameError`] from frames it was just given.
//!
//! # Why `try_from` is a compare-exchange that acquires
//!
//! The thread that becomes unique must see everything that the dropped shares
//! did with the metadata before it changes them. The count 1 that it reads was
//! written by the last of those drops, with Release; only an Acquire
//! read of it orders their accesses before ours. With Relaxed, the write
//! through [`UniqueFrame::meta_mut`] races with a read that came before a drop
//! on another thread. The kernel code that this module descends from
//! (asterinas `ostd`) is relaxed there; std's `Arc::get_mut` and triomphe were.
//!
//! A load that sees 1 (triomphe's `is_unique`) would be cheaper, and unsound
//! here: [`Frame::from_in_use`] can raise the count again right after.
//!
//! # Lifetimes, and how a handle stays one word
//!
//! Slots are `&'static`: a region is memory that is given up for good, from a
//! `static`, from the boot allocator ([`MetaRegion::init_in`]) or leaked
//! ([`MetaRegion::leak`]), so no handle can outlive its slot. A lifetime
//! parameter would be as sound but would make every structure that holds a
//! frame generic; a counted region would need a second word or a second atomic.
//!
//! The one thing that a slot cannot tell is which region it is in, which is
//! needed for a frame's address and for its allocator. A type says it: handles
//! are `Frame<M, S>` with `S:` [`FrameSpace`], a type without values that knows
//! its region and its allocator. `Option<Frame<M, S>>` is one word as well.
//!
//! # Panics in tear-down
//!
//! While `on_drop` and the destructor run, the slot is busy: nobody can claim
//! it or look it up. If `on_drop` panics, the metadata are still dropped; if
//! either panics, the slot is still marked unused and the frame still goes back
//! to the allocator, once each, while the panic unwinds to the caller of
//! `drop`. So no destructor runs twice and no frame is lost. A second panic
//! during that unwinding aborts, as it does everywhere in Rust; the slot then
//! stays busy.

mod error;
mod meta;
mod region;
mod shared;
mod slot;
mod space;
#[cfg(test)]
mod tests;
mod unique;

pub use error::{FromUnusedError, GetFrameError, InitError, RegionError};
pub use meta::{FrameMeta, TearDown};
pub use region::MetaRegion;
pub use shared::Frame;
pub use slot::{
    MAX_META_ALIGN, MAX_META_SIZE, META_SLOT_SIZE, MetaSlot, REF_COUNT_MAX, REF_COUNT_UNIQUE,
    REF_COUNT_UNUSED,
};
pub use space::FrameSpace;
pub use unique::UniqueFrame;

/// A physical address, in bytes.
pub type Paddr = usize;

/// The size of a frame, in bytes, and the alignment of its address.
pub const PAGE_SIZE: usize = 4096;
