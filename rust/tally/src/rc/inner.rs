//! The block that all handles on one value point to, and what can be owned of it.
//!
//! All that is unsafe about [`Rc`], [`Weak`] and [`UniqueRc`](super::UniqueRc) is here, and
//! in the folder of this file what may run out of memory.
//! Each type says what whoever has a value of it owns:
//!
//! | type | owns | and so makes |
//! |---|---|---|
//! | [`Share`] | one of the shares of the value that the strong count counts | [`Rc`] |
//! | [`Whole`] | the value, and the implicit weak handle; the strong count is zero | [`UniqueRc`](super::UniqueRc) |
//! | [`Room`] | the implicit weak handle of a block without a value; the strong count is zero | [`Rc::new_cyclic`] |
//! | [`Hold`] | one of the weak handles, which keeps the block; or nothing | [`Weak`] |
//!
//! Outside of this file these are made by their functions only, and the counts and
//! the block are out of reach. So what is safe here is safe however it is used. It
//! relies on code outside in one point: [`Rc`]'s `Deref` and `Clone` must lead to its own
//! value, and there is no `DerefMut`, nor a `Drop` that moves the value, or what
//! [`pinned`] pins would not be pinned.
//!
//! Handles reach the counts and the value through separate pointers, never
//! through a reference to the whole block: a [`Whole`] or the value's destructor may
//! hold `&mut` to the value while a [`Hold`] reads a count.

#![allow(unsafe_code, reason = "allocates, shares, moves and frees what is behind a pointer")]

mod fallible;
mod length;
mod wide;

use alloc::{alloc::dealloc, boxed::Box};
use core::{
    cell::Cell,
    marker::PhantomData,
    mem::{self, ManuallyDrop, MaybeUninit},
    pin::Pin,
    ptr::{self, NonNull},
};

use super::{Rc, Weak};
use crate::abort;

pub(super) use fallible::{pinned_unique, try_pinned};
use length::{layout_of, offset_of_value};
pub use wide::Unsizing;

/// How many handles there are. The [module](super) says what the numbers mean.
struct Counts {
    strong: Count,
    weak: Count,
}

/// A number of handles.
struct Count(Cell<usize>);

impl Count {
    #[inline(always)]
    fn get(&self) -> usize {
        self.0.get()
    }

    #[inline(always)]
    fn set(&self, count: usize) {
        self.0.set(count);
    }

    /// Counts one more; ends the program if there are `usize::MAX` already.
    #[inline(always)]
    fn increment(&self) {
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
    fn decrement(&self) -> usize {
        // Never wraps: the handle that goes is counted.
        let rest = self.0.get().wrapping_sub(1);
        self.0.set(rest);
        rest
    }
}

/// The counts and the value.
// `repr(C)`: with and without a value in it, the layout is the same, counts first.
#[repr(C)]
struct Inner<T: ?Sized> {
    counts: Counts,
    value: T,
}

/// A block's address, or none ([`Block::DANGLING`]). Owns nothing.
struct Block<T: ?Sized>(NonNull<Inner<T>>);

impl<T: ?Sized> Clone for Block<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Block<T> {}

impl<T: ?Sized> PartialEq for Block<T> {
    /// By address: a pointer may be wide, and what it says of the value beside is not compared.
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ptr().cast::<Counts>() == other.0.as_ptr().cast::<Counts>()
    }
}

impl<T> Block<T> {
    /// No block, but not null either: the last address, where none can be.
    const DANGLING: Self = match NonNull::new(ptr::without_provenance_mut::<Inner<T>>(usize::MAX)) {
        Some(nowhere) => Self(nowhere),
        None => panic!("the last address is not the first"),
    };

    /// A new block with the implicit weak handle.
    #[inline]
    fn new(strong: usize, value: T) -> Self {
        let counts = Counts { strong: Count(Cell::new(strong)), weak: Count(Cell::new(1)) };
        Self(NonNull::from(Box::leak(Box::new(Inner { counts, value }))))
    }

    /// A new block with the implicit weak handle, and room for a value. Takes no room for
    /// one on the stack.
    #[inline]
    fn new_uninit(strong: usize) -> Self {
        let room = NonNull::from(Box::leak(Box::<Inner<MaybeUninit<T>>>::new_uninit()));
        let block = Block::<MaybeUninit<T>>(room.cast());
        let counts = Counts { strong: Count(Cell::new(strong)), weak: Count(Cell::new(1)) };
        // SAFETY: the block was allocated here, and nothing else has it; the counts are at its
        // start. The other field need not be written: a `MaybeUninit` may be uninitialised.
        unsafe { block.0.cast::<Counts>().write(counts) };
        block.cast()
    }

    /// Moves the value from its box to a new block with the implicit weak handle, and not
    /// over the stack.
    fn of_box(strong: usize, value: Box<T>) -> Self {
        // First: where memory is exhausted this may panic, and the box is dropped.
        let new = Self::new_uninit(strong);
        let value = Box::into_raw(value);
        // SAFETY: the block is new, so it is not freed.
        let room = unsafe { new.value() };
        // SAFETY: the box has a value and the new block room for one; they are two. The
        // value is owned here alone, and the old one is not read again.
        unsafe { ptr::copy_nonoverlapping(value, room, 1) };
        // SAFETY: the pointer is from a box, once; for a `MaybeUninit` the layout is the
        // same, and it drops no value.
        drop(unsafe { Box::<MaybeUninit<T>>::from_raw(value.cast()) });
        new
    }

    /// The same block, the value being of another type.
    #[inline(always)]
    fn cast<U>(self) -> Block<U> {
        Block(self.0.cast())
    }
}

impl<T: ?Sized> Block<T> {
    #[inline(always)]
    fn is_dangling(self) -> bool {
        self.0.addr().get() == usize::MAX
    }

    /// The counts.
    ///
    /// # Safety
    ///
    /// The block must not be freed while the reference is used.
    #[inline(always)]
    unsafe fn counts<'a>(self) -> &'a Counts {
        // SAFETY: the block is not freed, by this function's contract. No `&mut`
        // to the counts exists: nothing makes one after `new`.
        unsafe { &(*self.0.as_ptr()).counts }
    }

    /// Where the value is.
    ///
    /// # Safety
    ///
    /// There is a block, and it is not freed.
    #[inline(always)]
    unsafe fn value(self) -> *mut T {
        // SAFETY: by the contract the place is in a block.
        unsafe { &raw mut (*self.0.as_ptr()).value }
    }

    /// The block whose [`value`](Self::value) is at `value`.
    ///
    /// # Safety
    ///
    /// `value` must come from [`value`](Self::value) of a `Block<T>` that is not freed.
    #[inline(always)]
    unsafe fn of_value(value: *const T) -> Self {
        // SAFETY: by the contract.
        let offset = unsafe { offset_of_value(value) };
        let block = value.wrapping_byte_sub(offset).cast_mut() as *mut Inner<T>;
        // SAFETY: the result is the pointer of the block that `value` came from.
        Self(unsafe { NonNull::new_unchecked(block) })
    }

    /// Gives the memory back; the value is not dropped.
    ///
    /// # Safety
    ///
    /// The block must come from [`new`](Self::new),
    /// [`new_uninit`](Self::new_uninit) or their like in `fallible` and `length`, and never
    /// be used again.
    #[inline]
    unsafe fn free(self) {
        // SAFETY: the block is not freed yet.
        let layout = unsafe { layout_of(self.0) };
        // SAFETY: the block was allocated with this layout; by the
        // contract nothing uses it any more.
        unsafe { dealloc(self.0.as_ptr().cast(), layout) }
    }
}

/// One of the shares of a value. Neither `Send` nor `Sync`, as all types here:
/// `NonNull` is neither.
pub(super) struct Share<T: ?Sized> {
    /// Is not freed, and holds a value; this share is counted as strong.
    block: Block<T>,
    /// For the drop check: dropping a share may drop an `Inner<T>`.
    _owns: PhantomData<Inner<T>>,
}

impl<T> Share<T> {
    /// The only share of `value`, which moves to a new block.
    #[inline]
    pub(super) fn new(value: T) -> Self {
        Self::of(Block::new(1, value))
    }

    /// The only share of the box's value, which moves to a new block.
    pub(super) fn of_box(value: Box<T>) -> Self {
        Self::of(Block::of_box(1, value))
    }

    /// The value, to change: what `clone` makes of it, in a new block, if there are
    /// other shares; moved to a new block if there are weak handles.
    ///
    /// If `clone` panics nothing has changed. If the old value's destructor does,
    /// which runs here only if `clone` dropped all other shares, this share is of
    /// the clone.
    #[inline(always)]
    pub(super) fn make_alone(&mut self, clone: impl FnOnce(&T) -> T) -> &mut T {
        if self.strong_count() != 1 {
            self.leave_for_clone(clone);
        } else if self.weak_count() != 0 {
            // SAFETY: this is the only share, by the test above.
            unsafe { self.leave_weak_handles() }
        }
        let value = self.as_ptr().cast_mut();
        // SAFETY: in each case there is no other handle on the value that `self`
        // has by now (`rc_make_mut_spec`); the borrow excludes other uses of `self`.
        unsafe { &mut *value }
    }

    /// Becomes the only share of what `clone` makes of the value, in a new block.
    ///
    /// Out of line: where there is nothing to clone, room for a clone is not taken on the
    /// stack.
    #[inline(never)]
    fn leave_for_clone(&mut self, clone: impl FnOnce(&T) -> T) {
        *self = Self::new(clone(self.value()));
    }

    /// Moves the value to a new block, and leaves the old one to the weak handles.
    ///
    /// # Safety
    ///
    /// This is the only share.
    unsafe fn leave_weak_handles(&mut self) {
        // First: where memory is exhausted this may panic, and nothing has changed.
        let new = Block::new_uninit(1);
        // SAFETY: the block is new, so it is not freed.
        let room = unsafe { new.value() };
        // SAFETY: the old block holds a value and the new one has room for one;
        // they are two. The value is owned here alone, as there is no other
        // share, and the old one is not read again: its strong count becomes zero.
        unsafe { ptr::copy_nonoverlapping(self.as_ptr(), room, 1) };
        self.counts().strong.set(0);
        // The implicit weak handle, which the value's owner gives up.
        drop(Hold { block: mem::replace(&mut self.block, new) });
    }

    /// Takes the value out if there is no other share. Weak handles may remain.
    #[inline(always)]
    pub(super) fn take(self) -> Result<T, Self> {
        if self.strong_count() != 1 {
            return Err(self);
        }
        let this = ManuallyDrop::new(self);
        // SAFETY: there is no other share and this one is not dropped, so the
        // value is owned here alone (`rc_try_unwrap_spec`) and is moved once:
        // with a strong count of zero no weak handle is upgraded.
        let value = unsafe { this.as_ptr().read() };
        this.counts().strong.set(0);
        drop(Hold { block: this.block });
        Ok(value)
    }
}

impl<T: ?Sized> Share<T> {
    /// The share that is counted in `block` and nobody's yet.
    #[inline(always)]
    fn of(block: Block<T>) -> Self {
        Self { block, _owns: PhantomData }
    }

    #[inline(always)]
    fn counts(&self) -> &Counts {
        // SAFETY: this share is counted, so the block is not freed
        // (`rc_drop_spec`) while `self` is borrowed.
        unsafe { self.block.counts() }
    }

    /// The number of shares.
    #[inline(always)]
    pub(super) fn strong_count(&self) -> usize {
        self.counts().strong.get()
    }

    /// The number of weak handles without the implicit one; while there is a
    /// share, there is that.
    #[inline(always)]
    pub(super) fn weak_count(&self) -> usize {
        self.counts().weak.get() - 1
    }

    #[inline(always)]
    pub(super) fn is_of_same_value(&self, other: &Self) -> bool {
        self.block == other.block
    }

    /// Whether there is no other handle of any kind.
    #[inline]
    fn is_alone(&self) -> bool {
        self.weak_count() == 0 && self.strong_count() == 1
    }

    #[inline(always)]
    pub(super) fn value(&self) -> &T {
        let value = self.as_ptr();
        // SAFETY: this share keeps the value while it is borrowed (`rc_drop_spec`),
        // and no `&mut` to it is made while it does: that takes all shares
        // (`rc_get_mut_spec`).
        unsafe { &*value }
    }

    /// The value, to change, if there is no other handle of any kind.
    #[inline(always)]
    pub(super) fn value_mut(&mut self) -> Option<&mut T> {
        if !self.is_alone() {
            return None;
        }
        let value = self.as_ptr().cast_mut();
        // SAFETY: there is no other handle, so this one has the whole value
        // (`rc_get_mut_spec`); the borrow of it excludes other uses of it.
        Some(unsafe { &mut *value })
    }

    /// The whole, if there is no other handle of any kind.
    ///
    /// Weak handles must be gone because they may have been made with another
    /// type: `T` may have been shortened since. See [`Rc::try_into_unique`].
    #[inline(always)]
    pub(super) fn into_whole(self) -> Result<Whole<T>, Self> {
        if !self.is_alone() {
            return Err(self);
        }
        let this = ManuallyDrop::new(self);
        this.counts().strong.set(0);
        Ok(Whole::of(this.block))
    }

    /// A weak handle on the block.
    #[inline(always)]
    pub(super) fn downgrade(&self) -> Hold<T> {
        self.counts().weak.increment();
        Hold { block: self.block }
    }

    /// Where the value is.
    #[inline(always)]
    pub(super) fn as_ptr(&self) -> *const T {
        // SAFETY: this share is counted, so the block is not freed (`rc_drop_spec`).
        unsafe { self.block.value() }
    }

    /// Where the value is. The share stays counted.
    #[inline(always)]
    pub(super) fn into_raw(self) -> *const T {
        ManuallyDrop::new(self).as_ptr()
    }

    /// The share of the value at `value`.
    ///
    /// # Safety
    ///
    /// `value` comes from [`as_ptr`](Self::as_ptr) or [`into_raw`](Self::into_raw) of
    /// a `Share<T>`, and a share of it is counted and nobody's.
    #[inline(always)]
    pub(super) unsafe fn from_raw(value: *const T) -> Self {
        // SAFETY: by the contract `value` comes from `Block::value`. The share is
        // counted, so the block lives.
        Self::of(unsafe { Block::of_value(value) })
    }

    /// Counts one share more, which is nobody's, of the value at `value`.
    ///
    /// # Safety
    ///
    /// `value` comes from [`as_ptr`](Self::as_ptr) or [`into_raw`](Self::into_raw) of
    /// a `Share<T>`, and there is a share throughout.
    #[inline(always)]
    pub(super) unsafe fn add_raw(value: *const T) {
        // SAFETY: by the contract. The share is somebody's: it is not dropped.
        let borrowed = ManuallyDrop::new(unsafe { Self::from_raw(value) });
        mem::forget(Self::clone(&borrowed));
    }

    /// Drops the value, then the implicit weak handle.
    ///
    /// Out of line: rare, and `drop` stays small enough to inline.
    ///
    /// # Safety
    ///
    /// The strong count must just have reached zero and `self` not be used again.
    #[inline(never)]
    unsafe fn drop_last(&mut self) {
        // Goes after the value, also where the value's destructor panics.
        let _implicit = Hold { block: self.block };
        let value = self.as_ptr().cast_mut();
        // SAFETY: the count is zero, so all shares of the value are back and
        // it is owned here alone (`rc_drop_spec`). `drop_last` runs once.
        unsafe { ptr::drop_in_place(value) }
    }
}

impl<T> Share<MaybeUninit<T>> {
    /// The only share of a value that is still to be written, in a new block.
    #[inline(always)]
    pub(super) fn new_uninit() -> Self {
        Self::of(Block::<T>::new_uninit(1).cast())
    }

    /// The same share, the value having been written.
    ///
    /// # Safety
    ///
    /// The value is an initialised `T`.
    #[inline(always)]
    pub(super) unsafe fn assume_init(self) -> Share<T> {
        // A `MaybeUninit<T>` has the layout of `T`, so the block is that of a `T`. Who
        // has another share, as of a `MaybeUninit<T>`, only reads it like all others.
        Share::of(ManuallyDrop::new(self).block.cast())
    }
}

impl<T: ?Sized> Clone for Share<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        // Read once: the compiler cannot know that counting leaves `self` as it is.
        let block = self.block;
        // SAFETY: this share is counted, so the block is not freed.
        unsafe { block.counts() }.strong.increment();
        Self::of(block)
    }
}

impl<T: ?Sized> Drop for Share<T> {
    #[inline]
    fn drop(&mut self) {
        if self.counts().strong.decrement() == 0 {
            // SAFETY: the count has just reached zero, and `self` is being dropped.
            unsafe { self.drop_last() }
        }
    }
}

/// All of a value, and the implicit weak handle.
pub(super) struct Whole<T: ?Sized> {
    /// Is not freed, has a strong count of zero and holds a value.
    block: Block<T>,
    /// For the drop check: dropping it drops a `T`.
    _owns: PhantomData<Inner<T>>,
    /// Invariant: a weak handle made earlier would read, with its own lifetime, what
    /// is written through this one with a shorter.
    _writes: PhantomData<*mut T>,
}

impl<T> Whole<T> {
    /// All of `value`, which moves to a new block.
    #[inline]
    pub(super) fn new(value: T) -> Self {
        Self::of(Block::new(0, value))
    }
}

impl<T: ?Sized> Whole<T> {
    /// The whole of the block's value, which is nobody's yet.
    #[inline(always)]
    fn of(block: Block<T>) -> Self {
        Self { block, _owns: PhantomData, _writes: PhantomData }
    }

    #[inline(always)]
    fn counts(&self) -> &Counts {
        // SAFETY: the implicit weak handle is here, so the block is not
        // freed (`weak_drop_spec`) while `self` is borrowed.
        unsafe { self.block.counts() }
    }

    /// Turns the whole into the only share.
    #[inline(always)]
    pub(super) fn share(self) -> Share<T> {
        let this = ManuallyDrop::new(self);
        this.counts().strong.set(1);
        Share::of(this.block)
    }

    /// A weak handle on the block.
    #[inline(always)]
    pub(super) fn downgrade(&self) -> Hold<T> {
        self.counts().weak.increment();
        Hold { block: self.block }
    }

    /// Where the value is.
    #[inline(always)]
    fn as_ptr(&self) -> *mut T {
        // SAFETY: the implicit weak handle is here, so the block is not freed.
        unsafe { self.block.value() }
    }

    #[inline(always)]
    pub(super) fn value(&self) -> &T {
        let value = self.as_ptr();
        // SAFETY: the value is owned here alone; the borrow excludes `value_mut`.
        unsafe { &*value }
    }

    #[inline(always)]
    pub(super) fn value_mut(&mut self) -> &mut T {
        let value = self.as_ptr();
        // SAFETY: the value is owned here alone: weak handles cannot be upgraded
        // while the strong count is zero. The borrow excludes other uses.
        unsafe { &mut *value }
    }
}

impl<T: ?Sized> Drop for Whole<T> {
    #[inline]
    fn drop(&mut self) {
        // Goes after the value, also where the value's destructor panics.
        let _implicit = Hold { block: self.block };
        let value = self.as_ptr();
        // SAFETY: the value is owned here alone, and dropped once. The strong count
        // is zero, so no weak handle reaches it (`unique_rc_drop_spec`).
        unsafe { ptr::drop_in_place(value) }
    }
}

/// A block without a value, and the implicit weak handle.
pub(super) struct Room<T> {
    /// The implicit weak handle of a block that has room for a value, which nobody
    /// reads: its strong count is zero.
    implicit: Weak<T>,
    /// Invariant, as [`Whole`].
    _writes: PhantomData<*mut T>,
}

impl<T> Room<T> {
    /// A new block.
    #[inline]
    pub(super) fn new() -> Self {
        let hold = Hold { block: Block::new_uninit(0) };
        Self { implicit: Weak { hold }, _writes: PhantomData }
    }

    /// A weak handle on the block, lent.
    #[inline(always)]
    pub(super) fn weak(&self) -> &Weak<T> {
        &self.implicit
    }

    /// Moves `value` to the block.
    #[inline(always)]
    pub(super) fn fill(self, value: T) -> Whole<T> {
        let block = ManuallyDrop::new(self).implicit.hold.block;
        // SAFETY: the implicit weak handle was here and is now the whole's.
        let room = unsafe { block.value() };
        // SAFETY: the block has room for a value, is not freed, and nobody reads that room.
        unsafe { room.write(value) };
        Whole::of(block)
    }
}

/// One of the weak handles on a block, or nothing.
pub(super) struct Hold<T: ?Sized> {
    /// Dangling, or a block that is not freed: this is counted there as weak.
    block: Block<T>,
}

impl<T> Hold<T> {
    pub(super) const NOTHING: Self = Self { block: Block::DANGLING };
}

impl<T: ?Sized> Hold<T> {
    /// The counts, if there is a block.
    #[inline(always)]
    fn counts(&self) -> Option<&Counts> {
        if self.block.is_dangling() {
            return None;
        }
        // SAFETY: this is counted, so the block is not freed (`weak_drop_spec`) while
        // `self` is borrowed.
        Some(unsafe { self.block.counts() })
    }

    /// One share more, if there are shares.
    #[inline(always)]
    pub(super) fn upgrade(&self) -> Option<Share<T>> {
        let strong = &self.counts()?.strong;
        if strong.get() == 0 {
            return None;
        }
        strong.increment();
        Some(Share::of(self.block))
    }

    /// The number of shares.
    #[inline(always)]
    pub(super) fn strong_count(&self) -> usize {
        self.counts().map_or(0, |counts| counts.strong.get())
    }

    /// The number of weak handles without the implicit one; zero if there are no
    /// shares.
    #[inline(always)]
    pub(super) fn weak_count(&self) -> usize {
        match self.counts() {
            // Where there are shares, there is the implicit one.
            Some(counts) if counts.strong.get() > 0 => counts.weak.get() - 1,
            _ => 0,
        }
    }

    #[inline(always)]
    pub(super) fn is_on_same_block(&self, other: &Self) -> bool {
        self.block == other.block
    }

    /// Where the value is or was; nowhere if there is no block.
    #[inline(always)]
    pub(super) fn as_ptr(&self) -> *const T {
        if self.block.is_dangling() {
            return self.block.0.as_ptr() as *const T;
        }
        // SAFETY: this is counted, so the block is not freed (`weak_drop_spec`).
        unsafe { self.block.value() }
    }

    /// As [`as_ptr`](Self::as_ptr). The handle stays counted.
    #[inline(always)]
    pub(super) fn into_raw(self) -> *const T {
        ManuallyDrop::new(self).as_ptr()
    }

    /// The hold whose pointer is `value`.
    ///
    /// # Safety
    ///
    /// `value` comes from [`as_ptr`](Self::as_ptr) or [`into_raw`](Self::into_raw) of a
    /// `Hold<T>` that is counted, if there is a block, and nobody's.
    #[inline(always)]
    pub(super) unsafe fn from_raw(value: *const T) -> Self {
        // SAFETY: neither a block's value nor nowhere is at address zero.
        let block = Block(unsafe { NonNull::new_unchecked(value.cast_mut() as *mut Inner<T>) });
        if block.is_dangling() {
            return Self { block };
        }
        // SAFETY: by the contract `value` comes from `Block::value`, and the block lives.
        Self { block: unsafe { Block::of_value(value) } }
    }
}

impl<T: ?Sized> Clone for Hold<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        if let Some(counts) = self.counts() {
            counts.weak.increment();
        }
        Self { block: self.block }
    }
}

impl<T: ?Sized> Drop for Hold<T> {
    #[inline]
    fn drop(&mut self) {
        let Some(counts) = self.counts() else { return };
        if counts.weak.decrement() == 0 {
            // SAFETY: not dangling, so the block was allocated. No weak handle is
            // left, and the implicit one goes last of those that own the value,
            // so nobody else has the block (`weak_drop_spec`).
            unsafe { self.block.free() }
        }
    }
}

/// A pinned handle on `value`, which moves to a new block.
#[inline(always)]
pub(super) fn pinned<T>(value: T) -> Pin<Rc<T>> {
    // SAFETY: what moves a value out of its block, or gives `&mut` to it, takes an
    // `Rc`, which a pinned one gives back for values only that do not mind. `Deref`,
    // `Clone` leave the value where it is, and there is no `DerefMut`, nor a `Drop` that
    // moves the value: it is dropped where it is.
    unsafe { Pin::new_unchecked(Rc::new(value)) }
}

/// For the crates that ask whether a value stays where it is when its handle moves.
#[cfg(feature = "stable_deref_trait")]
mod stable {
    use stable_deref_trait::{CloneStableDeref, StableDeref};

    use super::Rc;
    use crate::UniqueRc;

    // SAFETY: `Deref` leads to the value in the block, which no handle moves as long as one
    // lives, and moving a handle moves a pointer to it.
    unsafe impl<T: ?Sized> StableDeref for Rc<T> {}
    // SAFETY: likewise.
    unsafe impl<T: ?Sized> StableDeref for UniqueRc<T> {}
    // SAFETY: a clone is on the same block (`rc_clone_spec`).
    unsafe impl<T: ?Sized> CloneStableDeref for Rc<T> {}
}

/// For `arc_swap::ArcSwapAny`, whose cell holds a handle as its raw pointer.
#[cfg(feature = "arc-swap")]
mod swap {
    use arc_swap::RefCnt;

    use super::Rc;

    // SAFETY: `into_ptr`, `as_ptr` and `from_ptr` are `Rc`'s own, with its contract: the pointer
    // is the same from each of a block's handles, and is turned back once for each time that
    // it was given out (`rc_into_raw_spec`, `rc_from_raw_spec`).
    unsafe impl<T> RefCnt for Rc<T> {
        type Base = T;

        fn into_ptr(me: Self) -> *mut T {
            Rc::into_raw(me).cast_mut()
        }

        fn as_ptr(me: &Self) -> *mut T {
            Rc::as_ptr(me).cast_mut()
        }

        unsafe fn from_ptr(ptr: *const T) -> Self {
            // SAFETY: the caller promises what `from_raw` asks.
            unsafe { Rc::from_raw(ptr) }
        }
    }
}

/// For the crate that makes its own pointers and others' wide.
#[cfg(feature = "unsize")]
mod coerce {
    use unsize::CoerciblePtr;

    use super::Rc;
    use crate::Weak;

    // Not for `UniqueRc`, which is invariant: the crate's coercions take `*const T`, which may
    // be shortened on the way, and what is then written could be read through a weak handle.

    // SAFETY: `as_sized_ptr` is the block's address, and `replace_ptr` gives the same handle
    // with what its argument has beside that address.
    unsafe impl<T, U: ?Sized> CoerciblePtr<U> for Rc<T> {
        type Pointee = T;
        type Output = Rc<U>;

        fn as_sized_ptr(&mut self) -> *mut T {
            self.share.block.0.as_ptr().cast()
        }

        unsafe fn replace_ptr(self, new: *mut U) -> Rc<U> {
            // SAFETY: by the contract `new` is `as_sized_ptr`'s result, coerced.
            Rc { share: unsafe { self.share.unsize(|_| new) } }
        }
    }

    // SAFETY: likewise.
    unsafe impl<T, U: ?Sized> CoerciblePtr<U> for Weak<T> {
        type Pointee = T;
        type Output = Weak<U>;

        fn as_sized_ptr(&mut self) -> *mut T {
            self.hold.block.0.as_ptr().cast()
        }

        unsafe fn replace_ptr(self, new: *mut U) -> Weak<U> {
            // SAFETY: by the contract `new` is `as_sized_ptr`'s result, coerced.
            Weak { hold: unsafe { self.hold.unsize(|_| new) } }
        }
    }
}

/// Counts that handles by the billions would reach. They break the invariant on purpose,
/// for tests only: who calls them sees to it that nothing is dropped too early or twice.
#[cfg(test)]
impl<T> Share<T> {
    pub(super) fn pretend_strong(&self, count: usize) {
        self.counts().strong.set(count);
    }

    pub(super) fn pretend_weak(&self, count: usize) {
        self.counts().weak.set(count);
    }
}

/// As for [`Share`]: breaks the invariant on purpose, for tests only.
#[cfg(test)]
impl<T> Whole<T> {
    pub(super) fn pretend_weak(&self, count: usize) {
        self.counts().weak.set(count);
    }
}
