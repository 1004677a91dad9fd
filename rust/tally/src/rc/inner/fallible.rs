//! Blocks where memory may be exhausted, with the value handed back; and what is pinned
//! beside [`pinned`](super::pinned).
//!
//! Apart from the parent, so that the functions there, of which programs are made and proved
//! from what the compiler makes of them, stay as they are: calling the allocator itself, and
//! a pointer that may be null, have no meaning there yet.

use alloc::{alloc::alloc, boxed::Box};
use core::{
    alloc::Layout,
    cell::Cell,
    mem::MaybeUninit,
    pin::Pin,
    ptr::{self, NonNull},
};

use super::{Block, Count, Counts, Inner, Share, Whole};
use crate::rc::{Rc, UniqueRc};

impl<T> Block<T> {
    /// As [`new_uninit`](Self::new_uninit); nothing where memory is exhausted.
    fn try_new_uninit(strong: usize) -> Option<Self> {
        // SAFETY: the layout's size is not zero: a block has two counts.
        let room = unsafe { alloc(Layout::new::<Inner<T>>()) };
        let block = Self(NonNull::new(room.cast())?);
        let counts = Counts { strong: Count(Cell::new(strong)), weak: Count(Cell::new(1)) };
        // SAFETY: the block was allocated here with its layout, and nothing else has it; the
        // counts are at its start.
        unsafe { block.0.cast::<Counts>().write(counts) };
        Some(block)
    }

    /// As [`new`](Self::new); the value comes back where memory is exhausted.
    fn try_new(strong: usize, value: T) -> Result<Self, T> {
        let Some(block) = Self::try_new_uninit(strong) else {
            return Err(value);
        };
        // SAFETY: the block is new, so it is not freed.
        let room = unsafe { block.value() };
        // SAFETY: the new block has room for a value, and nothing else has the block.
        unsafe { room.write(value) };
        Ok(block)
    }

    /// As [`of_box`](Self::of_box); the box comes back where memory is exhausted.
    fn try_of_box(strong: usize, value: Box<T>) -> Result<Self, Box<T>> {
        let Some(new) = Self::try_new_uninit(strong) else {
            return Err(value);
        };
        let value = Box::into_raw(value);
        // SAFETY: the block is new, so it is not freed.
        let room = unsafe { new.value() };
        // SAFETY: the box has a value and the new block room for one; they are two. The
        // value is owned here alone, and the old one is not read again.
        unsafe { ptr::copy_nonoverlapping(value, room, 1) };
        // SAFETY: the pointer is from a box, once; for a `MaybeUninit` the layout is the
        // same, and it drops no value.
        drop(unsafe { Box::<MaybeUninit<T>>::from_raw(value.cast()) });
        Ok(new)
    }
}

impl<T> Share<T> {
    /// The only share of `value`, which moves to a new block; or the value.
    pub(in crate::rc) fn try_new(value: T) -> Result<Self, T> {
        Block::try_new(1, value).map(Self::of)
    }

    /// The only share of the box's value, which moves to a new block; or the box.
    pub(in crate::rc) fn try_of_box(value: Box<T>) -> Result<Self, Box<T>> {
        Block::try_of_box(1, value).map(Self::of)
    }
}

impl<T> Share<MaybeUninit<T>> {
    /// The only share of a value that is still to be written, in a new block, if there is
    /// memory for one.
    pub(in crate::rc) fn try_new_uninit() -> Option<Self> {
        Block::<T>::try_new_uninit(1).map(|block| Self::of(block.cast()))
    }
}

impl<T> Whole<T> {
    /// All of `value`, which moves to a new block; or the value.
    pub(in crate::rc) fn try_new(value: T) -> Result<Self, T> {
        Block::try_new(0, value).map(Self::of)
    }
}

/// As [`pinned`](super::pinned); the value comes back where memory is exhausted.
pub(in crate::rc) fn try_pinned<T>(value: T) -> Result<Pin<Rc<T>>, T> {
    let share = Share::try_new(value)?;
    // SAFETY: as in `pinned`: the handle is new, and no other can be made but of the pinned one.
    Ok(unsafe { Pin::new_unchecked(Rc { share }) })
}

/// A pinned unique handle on `value`, which moves to a new block.
#[inline(always)]
pub(in crate::rc) fn pinned_unique<T>(value: T) -> Pin<UniqueRc<T>> {
    // SAFETY: what moves a value out of its block takes a `UniqueRc`, which a pinned one
    // gives back for values only that do not mind, and so does what makes weak handles, by
    // which a shared value could be had that is not pinned. `Deref` and `DerefMut` lead to
    // the value and leave it where it is, and there is no `Drop` that moves it.
    unsafe { Pin::new_unchecked(UniqueRc::new(value)) }
}
