//! Blocks of values whose size is known when the program runs: slices, strings, trait objects.
//!
//! Apart from the parent, as [`fallible`](super::fallible) is: here are a block's layout, its
//! allocation with a length, and the same block as that of an array, of bytes, or of what a
//! trait object is. The two
//! functions that the parent calls, [`layout_of`] and [`offset_of_value`], are constants of
//! the type where its size is known; the programs that are made of the parent have these.

use alloc::{
    alloc::{alloc, alloc_zeroed, handle_alloc_error},
    vec::Vec,
};
use core::{
    alloc::Layout,
    any::Any,
    cell::{Cell, UnsafeCell},
    mem::{self, ManuallyDrop, MaybeUninit},
    ptr::{self, NonNull},
};

use super::{Block, Count, Counts, Hold, Inner, Share};

/// How far a value is from the start of its block.
///
/// # Safety
///
/// `value` comes from [`Block::value`] of a block that is not freed.
#[inline(always)]
pub(super) unsafe fn offset_of_value<T: ?Sized>(value: *const T) -> usize {
    // SAFETY: the place is in the block, and aligned. The value may be dropped, not yet be
    // written, or be lent for changes: a reference to a cell claims nothing of what is in it.
    let place = unsafe { &*(value as *const UnsafeCell<T>) };
    // As `repr(C)` has it.
    size_of::<Counts>().next_multiple_of(align_of_val(place))
}

/// The layout with which a block was allocated.
///
/// # Safety
///
/// The block is not freed.
#[inline(always)]
pub(super) unsafe fn layout_of<T: ?Sized>(block: NonNull<Inner<T>>) -> Layout {
    // SAFETY: the block is not freed; of what is in it nothing is claimed, as above.
    Layout::for_value(unsafe { &*(block.as_ptr() as *const UnsafeCell<Inner<T>>) })
}

/// The layout of a block with `len` values; nothing if that is larger than memory can be.
fn layout_of_slice<T>(len: usize) -> Option<Layout> {
    let values = Layout::array::<T>(len).ok()?;
    let (block, _) = Layout::new::<Counts>().extend(values).ok()?;
    Some(block.pad_to_align())
}

impl<T> Block<[T]> {
    /// A new block with the implicit weak handle, and room for `len` values; nothing where
    /// memory is exhausted.
    fn allocate(
        strong: usize,
        len: usize,
        layout: Layout,
        with: unsafe fn(Layout) -> *mut u8,
    ) -> Option<Self> {
        // SAFETY: the layout's size is not zero: a block has two counts.
        let memory = NonNull::new(unsafe { with(layout) })?;
        let counts = Counts { strong: Count(Cell::new(strong)), weak: Count(Cell::new(1)) };
        // SAFETY: the block was allocated with the layout of its like, and nothing else has it; the
        // counts are at its start.
        unsafe { memory.cast::<Counts>().write(counts) };
        Some(Self::of_parts(memory.cast(), len))
    }

    /// The block at an address, with a length.
    #[inline(always)]
    fn of_parts(start: NonNull<T>, len: usize) -> Self {
        let block = ptr::slice_from_raw_parts_mut(start.as_ptr(), len) as *mut Inner<[T]>;
        // SAFETY: the address is not null.
        Self(unsafe { NonNull::new_unchecked(block) })
    }

    /// As [`allocate`](Self::allocate); panics where the layout is too large, and gives up
    /// where memory is exhausted.
    fn allocate_or_fail(strong: usize, len: usize, with: unsafe fn(Layout) -> *mut u8) -> Self {
        let layout = layout_of_slice::<T>(len).expect("a block is at most isize::MAX bytes");
        Self::allocate(strong, len, layout, with).unwrap_or_else(|| handle_alloc_error(layout))
    }
}

/// A block of which some values are written, from the first one on.
struct Filling<T> {
    /// Is not freed, has a strong count of one that nobody has, and a weak count of one.
    block: Block<[T]>,
    /// How many are written.
    written: usize,
}

impl<T> Filling<T> {
    fn new(len: usize) -> Self {
        Self { block: Block::allocate_or_fail(1, len, alloc), written: 0 }
    }

    /// Where the values are, and how many there is room for.
    fn values(&self) -> *mut [T] {
        // SAFETY: the block is not freed.
        unsafe { self.block.value() }
    }

    fn finish(self) -> Share<[T]> {
        assert!(self.written == self.values().len(), "some values are not written");
        Share::of(ManuallyDrop::new(self).block)
    }
}

impl<T> Drop for Filling<T> {
    fn drop(&mut self) {
        // Goes after the values, also where a destructor panics.
        let _implicit = Hold { block: self.block };
        let written = ptr::slice_from_raw_parts_mut(self.values().cast::<T>(), self.written);
        // SAFETY: these are written, and owned here alone; no handle is made of the block.
        unsafe { ptr::drop_in_place(written) }
    }
}

impl<T> Share<[T]> {
    /// The only share of clones of the values, in a new block. If a `clone` panics, those
    /// that are made are dropped, and the block is freed.
    pub(in crate::rc) fn of_clones(values: &[T]) -> Self
    where
        T: Clone,
    {
        let mut filling = Filling::new(values.len());
        let room = filling.values().cast::<T>();
        for (number, value) in values.iter().enumerate() {
            let value = value.clone();
            // SAFETY: the block has room for as many values, and nothing else has the block.
            unsafe { room.wrapping_add(number).write(value) };
            filling.written = number + 1;
        }
        filling.finish()
    }

    /// The only share of copies of the values, in a new block.
    pub(in crate::rc) fn of_copies(values: &[T]) -> Self
    where
        T: Copy,
    {
        let block = Block::allocate_or_fail(1, values.len(), alloc);
        // SAFETY: they are as many as there is room for, and may be copied.
        unsafe { Self::fill(block, values) }
    }

    /// The only share of the vector's values, which move to a new block.
    pub(in crate::rc) fn of_vec(mut values: Vec<T>) -> Self {
        let block = Block::allocate_or_fail(1, values.len(), alloc);
        // SAFETY: they are as many as there is room for, and the vector forgets them below.
        let share = unsafe { Self::fill(block, &raw const *values) };
        // SAFETY: it becomes shorter. Its values are owned by the share.
        unsafe { values.set_len(0) };
        share
    }

    /// The only share of `values`, in a block that has room for as many.
    ///
    /// # Safety
    ///
    /// The block is new and has room for so many. The values may be copied, or are not used
    /// again where they are.
    unsafe fn fill(block: Block<[T]>, values: *const [T]) -> Self {
        // SAFETY: the block is new, so it is not freed.
        let room = unsafe { block.value() };
        // SAFETY: by the contract; the block is new, so the two are apart.
        unsafe { ptr::copy_nonoverlapping(values.cast::<T>(), room.cast(), values.len()) };
        Self::of(block)
    }

    /// The values, to change: clones of them, in a new block, if there are other shares;
    /// moved to a new block if there are weak handles. As [`make_alone`](Share::make_alone).
    pub(in crate::rc) fn make_slice_alone(&mut self) -> &mut [T]
    where
        T: Clone,
    {
        if self.strong_count() != 1 {
            *self = Self::of_clones(self.value());
        } else if self.weak_count() != 0 {
            // First: where memory is exhausted this may panic, and nothing has changed.
            let new = Block::allocate_or_fail(1, self.value().len(), alloc);
            let values = self.as_ptr();
            // SAFETY: the new block has room for as many. The values are owned here alone, as
            // there is no other share, and are not read again: the strong count becomes zero.
            let new = ManuallyDrop::new(unsafe { Self::fill(new, values) });
            self.counts().strong.set(0);
            // The implicit weak handle, which the values' owner gives up.
            drop(Hold { block: mem::replace(&mut self.block, new.block) });
        }
        let values = self.as_ptr().cast_mut();
        // SAFETY: in each case there is no other handle on the values that `self` has by now;
        // the borrow excludes other uses of `self`.
        unsafe { &mut *values }
    }

    /// The same share, of the array's values.
    pub(in crate::rc) fn of_array<const N: usize>(values: Share<[T; N]>) -> Self {
        // An array has the layout of its slice, so the block is that of a slice.
        Self::of(Block::of_parts(ManuallyDrop::new(values).block.0.cast(), N))
    }

    /// The same share, of an array, if the length is that.
    pub(in crate::rc) fn into_array<const N: usize>(self) -> Result<Share<[T; N]>, Self> {
        if self.value().len() != N {
            return Err(self);
        }
        // An array has the layout of its slice, so the block is that of an array.
        Ok(Share::of(Block(ManuallyDrop::new(self).block.0.cast())))
    }
}

impl<T> Share<[MaybeUninit<T>]> {
    /// The only share of `len` values that are still to be written, in a new block.
    pub(in crate::rc) fn new_uninit_slice(len: usize) -> Self {
        Self::of(Block::allocate_or_fail(1, len, alloc))
    }

    /// As [`new_uninit_slice`](Self::new_uninit_slice), all bytes being zero.
    pub(in crate::rc) fn new_zeroed_slice(len: usize) -> Self {
        Self::of(Block::allocate_or_fail(1, len, alloc_zeroed))
    }

    /// As [`new_uninit_slice`](Self::new_uninit_slice); nothing where memory cannot have it.
    pub(in crate::rc) fn try_new_uninit_slice(len: usize) -> Option<Self> {
        Block::allocate(1, len, layout_of_slice::<T>(len)?, alloc).map(Self::of)
    }

    /// The same share, the values having been written.
    ///
    /// # Safety
    ///
    /// Each value is an initialised `T`.
    #[inline(always)]
    pub(in crate::rc) unsafe fn assume_slice_init(self) -> Share<[T]> {
        let block = ManuallyDrop::new(self).block.0.as_ptr() as *mut Inner<[T]>;
        // A `MaybeUninit<T>` has the layout of `T`, so the block is that of `T`s.
        // SAFETY: the address is a block's.
        Share::of(Block(unsafe { NonNull::new_unchecked(block) }))
    }
}

impl<T> Share<MaybeUninit<T>> {
    /// The only share of a value that is still to be written, all bytes being zero.
    pub(in crate::rc) fn new_zeroed() -> Self {
        Self::of_one(Share::new_zeroed_slice(1))
    }

    /// As [`new_zeroed`](Self::new_zeroed); nothing where memory is exhausted.
    pub(in crate::rc) fn try_new_zeroed() -> Option<Self> {
        let layout = layout_of_slice::<T>(1)?;
        Block::allocate(1, 1, layout, alloc_zeroed).map(|block| Self::of_one(Share::of(block)))
    }

    /// The same share, of the only value of a slice.
    fn of_one(values: Share<[MaybeUninit<T>]>) -> Self {
        // A slice of one has the layout of its value, so the block is that of the value.
        Self::of(Block(ManuallyDrop::new(values).block.0.cast()))
    }
}

impl Share<str> {
    /// The only share of a copy of the text, in a new block.
    pub(in crate::rc) fn of_text(text: &str) -> Self {
        let bytes = ManuallyDrop::new(Share::of_copies(text.as_bytes()));
        let block = bytes.block.0.as_ptr() as *mut Inner<str>;
        // SAFETY: the address is a block's. Its bytes are those of a text.
        Self::of(Block(unsafe { NonNull::new_unchecked(block) }))
    }

    /// The same share, of the text's bytes.
    pub(in crate::rc) fn into_bytes(self) -> Share<[u8]> {
        let block = ManuallyDrop::new(self).block.0.as_ptr() as *mut Inner<[u8]>;
        // SAFETY: the address is a block's.
        Share::of(Block(unsafe { NonNull::new_unchecked(block) }))
    }

    /// The text, to change: a copy of it, in a new block, if there are other handles.
    pub(in crate::rc) fn make_text_alone(&mut self) -> &mut str {
        if !self.is_alone() {
            // What is copied needs not be moved from under weak handles.
            *self = Self::of_text(self.value());
        }
        let text = self.as_ptr().cast_mut();
        // SAFETY: there is no other handle; the borrow excludes other uses of `self`.
        unsafe { &mut *text }
    }
}

impl Share<dyn Any> {
    /// The same share, of the value itself, if it is a `T`.
    pub(in crate::rc) fn downcast<T: Any>(self) -> Result<Share<T>, Self> {
        if !self.value().is::<T>() {
            return Err(self);
        }
        // The value is a `T`, so the block is that of a `T`.
        Ok(Share::of(Block(ManuallyDrop::new(self).block.0.cast())))
    }
}

/// The size of the block of a value is a constant where that of the value is.
#[cfg(test)]
mod tests {
    use core::mem::offset_of;
    use std::string::String;

    use super::*;

    /// What the programs that are made of the parent have in place of the two functions.
    fn constants<T>(value: T) {
        let share = Share::new(value);
        // SAFETY: the block is the share's.
        let layout = unsafe { layout_of(share.block.0) };
        // SAFETY: likewise.
        let offset = unsafe { offset_of_value(share.as_ptr()) };
        assert_eq!(layout, Layout::new::<Inner<T>>());
        assert_eq!(offset, offset_of!(Inner<T>, value));
    }

    #[test]
    fn sized_layouts_are_constants() {
        #[repr(align(64))]
        struct Aligned(#[expect(dead_code, reason = "for its size")] u8);
        #[repr(align(128))]
        struct Empty;
        constants(());
        constants(1_u8);
        constants([1_u16; 3]);
        constants(1_u128);
        constants([0_u8; 4097]);
        constants(String::new());
        constants(Aligned(1));
        constants(Empty);
    }

    /// A slice's block has the layout with which it was allocated.
    #[test]
    fn slices_are_freed_as_allocated() {
        fn lengths<T>() {
            for len in 0..70 {
                let share = Share::<[MaybeUninit<T>]>::new_uninit_slice(len);
                // SAFETY: the block is the share's.
                let layout = unsafe { layout_of(share.block.0) };
                assert_eq!(Some(layout), layout_of_slice::<T>(len));
            }
        }
        #[repr(align(64))]
        struct Aligned;
        lengths::<()>();
        lengths::<u8>();
        lengths::<u128>();
        lengths::<[u16; 3]>();
        lengths::<Aligned>();
    }

    #[test]
    fn layouts_do_not_overflow() {
        let most = isize::MAX as usize;
        // With the counts, and as a multiple of their alignment.
        let fits = most - most % align_of::<Counts>() - size_of::<Counts>();
        assert!(layout_of_slice::<u8>(fits).is_some());
        assert_eq!(layout_of_slice::<u8>(fits + 1), None);
        assert_eq!(layout_of_slice::<u8>(most), None);
        assert_eq!(layout_of_slice::<u8>(usize::MAX), None);
        assert_eq!(layout_of_slice::<u64>(usize::MAX / 8 + 1), None); // 0 bytes, if it wrapped
        assert_eq!(layout_of_slice::<()>(usize::MAX), Some(Layout::new::<Counts>()));
    }
}
