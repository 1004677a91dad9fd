//! The block that all handles on one value point to.
//!
//! Handles reach the counts and the value through separate pointers, never
//! through a reference to the whole block: a [`UniqueRc`](super::UniqueRc) or
//! the value's destructor may hold `&mut` to the value while a
//! [`Weak`](super::Weak) reads a count.

#![allow(unsafe_code, reason = "allocates, addresses and frees the block")]

use alloc::{alloc::dealloc, boxed::Box};
use core::{
    alloc::Layout,
    cell::Cell,
    mem::{MaybeUninit, offset_of},
    ptr::{self, NonNull},
};

use crate::abort;

/// How many handles there are. The [module](super) says what the numbers mean.
pub(super) struct Counts {
    pub(super) strong: Count,
    pub(super) weak: Count,
}

/// A number of handles.
pub(super) struct Count(Cell<usize>);

impl Count {
    #[inline(always)]
    pub(super) fn get(&self) -> usize {
        self.0.get()
    }

    #[inline(always)]
    pub(super) fn set(&self, count: usize) {
        self.0.set(count);
    }

    /// Counts one more; ends the program if there are `usize::MAX` already.
    #[inline(always)]
    pub(super) fn increment(&self) {
        let count = &self.0;
        let new = count.get().wrapping_add(1);
        // Stored before the test, and the test is for zero: both let the
        // addition's own flag decide, as in std.
        count.set(new);
        if new == 0 {
            // Code of others may still run on this thread: without `std` the
            // abort is a panic, and its hook or handler may use handles on this
            // value. With the count restored, a clone there comes here again;
            // at zero, clone and drop would free the value under its handles.
            count.set(usize::MAX);
            abort::count_overflow();
        }
    }

    /// Counts one less, and says how many are left.
    #[inline(always)]
    pub(super) fn decrement(&self) -> usize {
        // Never wraps: the handle that goes is counted.
        let rest = self.0.get().wrapping_sub(1);
        self.0.set(rest);
        rest
    }
}

/// The counts and the value.
// `repr(C)`: with and without a value in it, the layout is the same.
#[repr(C)]
pub(super) struct Inner<T> {
    counts: Counts,
    value: T,
}

/// A block's address, or none ([`Block::DANGLING`]). Owns nothing.
pub(super) struct Block<T>(NonNull<Inner<T>>);

impl<T> Clone for Block<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Block<T> {}

impl<T> PartialEq for Block<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Block<T> {
    /// No block, but not null either: the last address, where none can be.
    pub(super) const DANGLING: Self =
        match NonNull::new(ptr::without_provenance_mut::<Inner<T>>(usize::MAX)) {
            Some(nowhere) => Self(nowhere),
            None => panic!("the last address is not the first"),
        };

    /// A new block with the implicit weak handle.
    #[inline]
    pub(super) fn new(strong: usize, value: T) -> Self {
        let counts = Counts { strong: Count(Cell::new(strong)), weak: Count(Cell::new(1)) };
        Self(NonNull::from(Box::leak(Box::new(Inner { counts, value }))))
    }

    /// A new block with the implicit weak handle, and room for a value.
    #[inline]
    pub(super) fn new_uninit(strong: usize) -> Self {
        Self(Block::<MaybeUninit<T>>::new(strong, MaybeUninit::uninit()).0.cast())
    }

    #[inline(always)]
    pub(super) fn is_dangling(self) -> bool {
        self.0.addr().get() == usize::MAX
    }

    /// The counts.
    ///
    /// # Safety
    ///
    /// The block must not be freed while the reference is used.
    #[inline(always)]
    pub(super) unsafe fn counts<'a>(self) -> &'a Counts {
        // SAFETY: the block is not freed, by this function's contract. No `&mut`
        // to the counts exists: nothing makes one after `new`.
        unsafe { &(*self.0.as_ptr()).counts }
    }

    /// Where the value is; nowhere if the block is dangling.
    #[inline(always)]
    pub(super) fn value(self) -> *mut T {
        // Wrapping, so that it needs no block to be there.
        self.0.as_ptr().wrapping_byte_add(offset_of!(Inner<T>, value)).cast()
    }

    /// The block whose [`value`](Self::value) is at `value`.
    ///
    /// # Safety
    ///
    /// `value` must come from [`value`](Self::value) of a `Block<T>`.
    #[inline(always)]
    pub(super) unsafe fn of_value(value: *const T) -> Self {
        let block = value.wrapping_byte_sub(offset_of!(Inner<T>, value));
        // SAFETY: the result is the pointer of the block that `value` came from.
        Self(unsafe { NonNull::new_unchecked(block.cast_mut().cast()) })
    }

    /// Gives the memory back; the value is not dropped.
    ///
    /// # Safety
    ///
    /// The block must come from [`new`](Self::new) or
    /// [`new_uninit`](Self::new_uninit) and never be used again.
    #[inline]
    pub(super) unsafe fn free(self) {
        // SAFETY: `Box::new` allocated the block with this layout; by the
        // contract nothing uses it any more.
        unsafe { dealloc(self.0.as_ptr().cast(), Layout::new::<Inner<T>>()) }
    }
}
