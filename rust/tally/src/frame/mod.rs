//! Page frames whose metadata live in a table of slots, shared or unique.
//!
//! A [`MetaRegion`] covers ranges of physical addresses with one [`MetaSlot`]
//! of 64 bytes per frame of [`PAGE_SIZE`] bytes, and none for the holes between.
//! A slot holds the frame's metadata (any [`FrameMeta`]) and one atomic count.
//! Handles are pointers to slots: [`UniqueFrame`] owns the metadata alone and may
//! change them; [`Frame`] owns a share, may be cloned, and only reads them.
//!
//! | besides | is |
//! |---|---|
//! | `Frame<dyn FrameMeta, S>` | a handle of one word whose metadata can be any ([`AnyMeta`]) |
//! | [`FrameRef`] | a handle that is lent: not counted |
//! | [`UniqueFrameRef`], [`UniqueFrameMut`] | the same of a unique frame |
//! | [`Segment`] | a share of each of some frames that follow each other, in two words |
//! | [`UniqueSegment`] | unique frames that follow each other, in two words |
//! | [`FreeFrame`] | a frame without metadata: what the allocator gets |
//! | [`LinkedList`] | unique frames, linked through their metadata |
//! | [`FrameReader`], [`FrameWriter`] | the bytes of frames with [`UntypedMeta`] |
//! | `into_raw`, `from_raw` | handles as addresses, for page tables |
//!
//! # The protocol of one slot
//!
//! | count | meaning |
//! |---|---|
//! | 2⁶⁴−1, [`REF_COUNT_UNUSED`] | no metadata, no handle |
//! | 2⁶⁴−2, [`REF_COUNT_UNIQUE`] | one [`UniqueFrame`], or in a [`LinkedList`] or [`UniqueSegment`] |
//! | 1 … 2⁶³−1, [`REF_COUNT_MAX`] | that many [`Frame`]s, raw and those of [`Segment`]s included |
//! | 0, *busy* | metadata are being written or torn down, or one [`FreeFrame`] |
//!
//! | transition | by | ordering |
//! |---|---|---|
//! | unused → 0 | `from_unused` | compare-exchange, Acquire |
//! | 0 → unique | [`UniqueFrame::from_unused`] | store, Relaxed |
//! | 0 → 1 | [`Frame::from_unused`] | store, Release |
//! | n → n + 1 | `clone`, also of a [`Segment`], and [`Segment::slice`] | fetch-add, Relaxed |
//! | n → n + 1 | [`Frame::from_in_use`] | compare-exchange loop, Acquire |
//! | n → n − 1 | drop of a [`Frame`] | fetch-sub, Release; the last one then fences, Acquire |
//! | unique → 1 | `Frame::from(UniqueFrame)` | store, Release |
//! | 1 → unique | `UniqueFrame::try_from(Frame)` | compare-exchange, Acquire |
//! | 1 → unique → 1 | [`Frame::with_meta_mut`] | as the two above |
//! | unique → 0 | drop of a [`UniqueFrame`], [`UniqueFrame::reset_as_unused`], [`UniqueFrame::into_free`], [`UniqueFrame::into_parts`] | store, Relaxed |
//! | 0 → unused | after tear-down: drop of a [`FreeFrame`] | store, Release |
//! | 0 → unique | [`FreeFrame::into_unique`] | store, Relaxed |
//! | 0 → 1 | [`FreeFrame::into_shared`] | store, Release |
//!
//! [`UniqueFrame::repurpose`] and all that concerns raw and borrowed handles,
//! types of metadata and the ends of segments leave the count alone.
//!
//! Tear-down runs [`FrameMeta::on_drop`], then the metadata's destructor, and then gives
//! the frame to the allocator, as a [`FreeFrame`] that nobody else can claim
//! ([`FrameSpace::take_back`]). Unless the allocator keeps that, the slot is marked unused
//! next, and only then the allocator is told the address ([`FrameSpace::dealloc`]): one that
//! hands the frame out again at once finds it unused. Between these two steps another
//! processor may claim the frame by address; an allocator that also claims frames on its own
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
//! here: [`Frame::from_in_use`] can raise the count again right after. For the same
//! reason there is no `get_mut` that looks: [`Frame::with_meta_mut`] converts.
//!
//! # The metadata's type
//!
//! Each slot has a pointer to a table that tells the type of its metadata and how
//! to tear them down: what `dyn` has, in the one word that stable Rust lets us
//! store. It answers lookups ([`GetFrameError::OtherMeta`]) and the conversions from
//! `dyn FrameMeta`. Handles that know the type do not follow it. They are invariant
//! in it: see the comment at `Owns` in `slot.rs`.
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
//! While `on_drop` and the destructor run, the slot is busy (in
//! [`UniqueFrame::repurpose`] unique): nobody can claim it or look it up. If
//! `on_drop` panics, the metadata are still dropped; if either panics, the frame
//! still goes back to the allocator (not from [`UniqueFrame::reset_as_unused`], which never
//! tells it and marks the slot unused), once, while the
//! panic unwinds to the caller of `drop`. So no destructor runs twice and no frame
//! is lost; [`Segment`]s and [`LinkedList`]s go on with their other frames. If a
//! second panic leaves the destructor, `take_back` or `dealloc` while the first unwinds, the
//! program aborts, as everywhere in Rust; the slot stays as it is by then: busy (or
//! unique) if the destructor panicked, unused if `dealloc` did.

use core::{fmt, ptr};

mod borrowed;
mod error;
mod list;
mod memory;
mod meta;
mod region;
mod segment;
mod shared;
mod slot;
mod space;
#[cfg(test)]
mod tests;
mod unique;
mod unique_segment;
mod usage;

pub use borrowed::{FrameRef, UniqueFrameMut, UniqueFrameRef};
pub use error::{
    FromUnusedError, GetFrameError, InitError, JoinError, RegionError, SegmentError, SliceError,
    SplitError,
};
pub use list::{CursorMut, IntoIter, Iter, Link, LinkedList};
pub use memory::{FrameMemory, FrameReader, FrameWriter, LinearMap, UntypedMeta};
pub use meta::{AnyMeta, FrameMeta};
pub use region::{FrameRange, MetaRegion};
pub use segment::Segment;
pub use shared::Frame;
pub use slot::{
    FreeFrame, MAX_META_ALIGN, MAX_META_SIZE, META_SLOT_SIZE, MetaSlot, REF_COUNT_MAX,
    REF_COUNT_UNIQUE, REF_COUNT_UNUSED, TearDown,
};
pub use space::FrameSpace;
pub use unique::UniqueFrame;
pub use unique_segment::UniqueSegment;
pub use usage::{PageState, PageUsage, SlotStatus};

/// A physical address, in bytes.
pub type Paddr = usize;

/// The size of a frame, in bytes, and the alignment of its address.
pub const PAGE_SIZE: usize = 4096;

/// An address, for `Debug`: as pointers are shown, with what the format asks for.
struct Address(Paddr);

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&ptr::without_provenance::<()>(self.0), f)
    }
}

/// So many of something, for `Debug`.
struct Many(usize, &'static str);

impl fmt::Debug for Many {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)?;
        write!(f, " {}", self.1)
    }
}

/// The slot of the frame at `start`, which is the caller's claim.
#[inline]
fn raw_slot<S: FrameSpace>(start: Paddr) -> &'static MetaSlot {
    match S::region().slot(start) {
        Ok(slot) => slot,
        Err(error) => no_frame(start, error),
    }
}

#[cold]
#[inline(never)]
fn no_frame(start: Paddr, error: GetFrameError) -> ! {
    panic!("tally: {start:#x} is not from `into_raw`: {error}")
}
