//! [`Rc`]: a share of the value.

#![allow(unsafe_code, reason = "reads, moves and drops the value behind the counts")]

use core::{
    marker::PhantomData,
    mem::{self, ManuallyDrop},
    ops::Deref,
    panic::{RefUnwindSafe, UnwindSafe},
    ptr,
};

use super::{
    UniqueRc, Weak,
    inner::{Block, Counts, Inner},
};

/// A handle on a value that several handles own together; single-threaded.
///
/// A part of the interface of [`std::rc::Rc`], with the same meaning; what is missing
/// is listed [below](#what-differs-from-std). Cloning and dropping touch one non-atomic counter in the block that
/// also holds the value. A handle is one pointer, and so is `Option<Rc<T>>`;
/// the block has two words beside the value.
///
/// Functions that concern the handle rather than the value are not methods,
/// `Rc::strong_count(&a)`, so that they hide none of the value's.
///
/// # Examples
///
/// ```
/// use tally::Rc;
///
/// let a = Rc::new(String::from("shared"));
/// let b = Rc::clone(&a);
/// assert_eq!(Rc::strong_count(&a), 2);
/// assert_eq!(b.len(), 6);
///
/// drop(a);
/// assert_eq!(Rc::strong_count(&b), 1); // the value lives as long as its last handle
/// ```
///
/// Handles stay on their thread:
///
/// ```compile_fail,E0277
/// let handle = tally::Rc::new(1);
/// std::thread::spawn(move || *handle);
/// ```
///
/// A dropped handle is gone, and the value is read only:
///
/// ```compile_fail,E0382
/// let handle = tally::Rc::new(1);
/// drop(handle);
/// let _: i32 = *handle;
/// ```
///
/// ```compile_fail,E0594
/// let mut handle = tally::Rc::new(1);
/// *handle = 2;
/// ```
///
/// # Panics in the value's destructor
///
/// The block is freed unless weak handles remain, and the panic goes on to the
/// caller of `drop`. The value counts as dropped; the destructor does not run
/// again.
///
/// # Cycles and chains
///
/// Values that hold handles on each other in a circle are never freed; let
/// those that point back be [`Weak`]. A chain, each value with the last handle
/// on the next, is dropped by recursion, as deep as the chain is long: take long
/// ones apart in a loop.
///
/// # What differs from `std`
///
/// Values are sized, and the global allocator has the block. What a value
/// borrows must outlive its handles even if its destructor looks at none of it:
/// telling the compiler otherwise takes `may_dangle`, which is not stable.
/// [`try_into_unique`](Self::try_into_unique) is not in `std`.
///
/// Missing: `pin` and all that needs `Pin`; `new_uninit`, `new_zeroed` and
/// `assume_init`; what needs unsized values, as `downcast` and the conversions from
/// slices and strings; allocators; and `Error` for handles on errors.
pub struct Rc<T> {
    /// Is not freed, and holds a value of which this handle owns a share.
    pub(super) block: Block<T>,
    /// For the drop check: dropping a handle may drop an `Inner<T>`.
    _owns: PhantomData<Inner<T>>,
}

// Neither `Send` nor `Sync`: `NonNull` is neither.

// As for `std::rc::Rc`: a handle gives only `&T`, and the counts are never left
// half changed by a panic.
impl<T: RefUnwindSafe> UnwindSafe for Rc<T> {}
impl<T: RefUnwindSafe> RefUnwindSafe for Rc<T> {}

// As for `std::rc::Rc`: moving a handle does not move the value.
impl<T> Unpin for Rc<T> {}

impl<T> Rc<T> {
    /// Moves `value` to the heap; the result is its only handle.
    ///
    /// ```
    /// assert_eq!(*tally::Rc::new(5), 5);
    /// ```
    ///
    /// # Panics
    ///
    /// Never; where memory is exhausted, [`alloc::alloc::handle_alloc_error`] decides.
    #[doc(alias = "rc_new_spec")]
    #[inline]
    pub fn new(value: T) -> Self {
        Self::from_block(Block::new(1, value))
    }

    /// Makes a value that holds weak handles on itself.
    ///
    /// While `data_fn` makes the value, the handle that it is given cannot be
    /// upgraded.
    ///
    /// ```
    /// use tally::{Rc, Weak};
    ///
    /// struct Node { me: Weak<Node> }
    ///
    /// let node = Rc::new_cyclic(|me| {
    ///     assert!(me.upgrade().is_none()); // not yet
    ///     Node { me: me.clone() }
    /// });
    /// assert!(Rc::ptr_eq(&node, &node.me.upgrade().unwrap()));
    /// ```
    ///
    /// # Panics
    ///
    /// Where `data_fn` does. The block then goes with its last weak handle.
    #[doc(alias = "rc_new_cyclic_spec")]
    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Self {
        let block = Block::new_uninit(0);
        // The implicit weak handle, in a guard in case `data_fn` panics.
        let weak = Weak::from_block(block);
        let value = data_fn(&weak);
        // SAFETY: the block has room for a value. Nobody reads that room: the
        // strong count is zero, so no weak handle can be upgraded.
        unsafe { block.value().write(value) };
        // SAFETY: `weak` keeps the block.
        unsafe { block.counts() }.strong.set(1);
        // It is implicit from here on.
        mem::forget(weak);
        Self::from_block(block)
    }

    /// The number of strong handles on the value, this one included.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// let b = a.clone();
    /// assert_eq!(Rc::strong_count(&b), 2);
    /// ```
    #[doc(alias = "rc_strong_count_spec")]
    #[inline]
    pub fn strong_count(this: &Self) -> usize {
        this.counts().strong.get()
    }

    /// The number of weak handles on the value.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// let _weak = Rc::downgrade(&a);
    /// assert_eq!(Rc::weak_count(&a), 1);
    /// ```
    #[doc(alias = "rc_weak_count_spec")]
    #[inline]
    pub fn weak_count(this: &Self) -> usize {
        // Without the implicit one; while there is an `Rc`, there is that.
        this.counts().weak.get() - 1
    }

    /// Whether two handles share one value, not merely equal ones.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// assert!(Rc::ptr_eq(&a, &a.clone()));
    /// assert!(!Rc::ptr_eq(&a, &Rc::new(5)));
    /// ```
    #[doc(alias = "rc_ptr_eq_spec")]
    #[inline]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        this.block == other.block
    }

    /// The value, to change, if this is the only handle on it, weak ones included.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let mut a = Rc::new(3);
    /// *Rc::get_mut(&mut a).unwrap() = 4;
    /// assert_eq!(*a, 4);
    ///
    /// let _b = a.clone();
    /// assert!(Rc::get_mut(&mut a).is_none());
    /// ```
    #[doc(alias = "rc_get_mut_spec")]
    #[doc(alias = "rc_is_unique_spec")]
    #[inline]
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        if !this.is_unique() {
            return None;
        }
        // SAFETY: there is no other handle, so this one has the whole value
        // (`rc_get_mut_spec`); the borrow of it excludes other uses of it.
        Some(unsafe { &mut *this.block.value() })
    }

    /// The value, to change; a clone of it if other handles share it.
    ///
    /// If there are no other strong handles but weak ones, the value moves to
    /// a new block and they are left behind: they cannot be upgraded any more.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let mut a = Rc::new(5);
    /// *Rc::make_mut(&mut a) += 1; // changed in place
    /// let b = a.clone();
    /// *Rc::make_mut(&mut a) += 1; // cloned first
    /// assert_eq!((*a, *b), (7, 6));
    ///
    /// let weak = Rc::downgrade(&a);
    /// *Rc::make_mut(&mut a) += 1; // moved first
    /// assert!(weak.upgrade().is_none());
    /// ```
    ///
    /// # Panics
    ///
    /// Where the value's `clone` does; `this` keeps its value then. Where the old
    /// value's destructor does, which runs here only if `clone` dropped all other
    /// handles; `this` has the clone then.
    #[doc(alias = "rc_make_mut_spec")]
    #[inline]
    pub fn make_mut(this: &mut Self) -> &mut T
    where
        T: Clone,
    {
        if Self::strong_count(this) != 1 {
            *this = Self::new(T::clone(this));
        } else if Self::weak_count(this) != 0 {
            // The only strong handle, by the test above.
            this.leave_weak_handles();
        }
        // SAFETY: in each case there is no other handle on the value that `this`
        // has by now (`rc_make_mut_spec`); the borrow excludes other uses of `this`.
        unsafe { &mut *this.block.value() }
    }

    /// Takes the value out if this is the only strong handle.
    ///
    /// Weak handles may remain; they cannot be upgraded any more.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(3);
    /// assert_eq!(Rc::try_unwrap(a), Ok(3));
    ///
    /// let a = Rc::new(4);
    /// let _b = a.clone();
    /// assert_eq!(*Rc::try_unwrap(a).unwrap_err(), 4);
    /// ```
    ///
    /// # Errors
    ///
    /// The handle itself, unchanged, if there are other strong ones.
    #[doc(alias = "rc_try_unwrap_spec")]
    #[inline]
    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        if Self::strong_count(&this) != 1 {
            return Err(this);
        }
        let this = ManuallyDrop::new(this);
        // SAFETY: there is no other strong handle and this one is not dropped,
        // so the value is owned here alone (`rc_try_unwrap_spec`) and is moved
        // once: with a strong count of zero no weak handle is upgraded.
        let value = unsafe { this.block.value().read() };
        this.counts().strong.set(0);
        drop(Weak::from_block(this.block));
        Ok(value)
    }

    /// Takes the value out if this is the only strong handle; else drops the handle.
    ///
    /// Of all handles on a value, if each is passed to `into_inner` exactly one
    /// gets the value.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(3);
    /// let b = a.clone();
    /// assert_eq!(Rc::into_inner(a), None);
    /// assert_eq!(Rc::into_inner(b), Some(3));
    /// ```
    #[doc(alias = "rc_into_inner_spec")]
    #[inline]
    pub fn into_inner(this: Self) -> Option<T> {
        Self::try_unwrap(this).ok()
    }

    /// Takes the value out if this is the only strong handle; else clones the value.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(String::from("text"));
    /// let b = a.clone();
    /// assert_eq!(Rc::unwrap_or_clone(a), "text"); // cloned
    /// assert_eq!(Rc::unwrap_or_clone(b), "text"); // moved
    /// ```
    ///
    /// # Panics
    ///
    /// Where the value's `clone` does; the handle is then dropped. Where the old
    /// value's destructor does, which runs here only if `clone` dropped all other
    /// handles; the clone is then dropped.
    #[doc(alias = "rc_unwrap_or_clone_spec")]
    #[inline]
    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        Self::try_unwrap(this).unwrap_or_else(|this| T::clone(&this))
    }

    /// A weak handle on the value: it does not keep the value, but its block.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// let weak = Rc::downgrade(&a);
    /// assert_eq!(weak.upgrade().as_deref(), Some(&5));
    /// drop(a);
    /// assert_eq!(weak.upgrade(), None);
    /// ```
    ///
    /// # Aborts
    ///
    /// If there are `usize::MAX - 1` weak handles already.
    #[doc(alias = "rc_downgrade_spec")]
    #[inline]
    pub fn downgrade(this: &Self) -> Weak<T> {
        this.counts().weak.increment();
        Weak::from_block(this.block)
    }

    /// Makes the handle unique if it is the only one, weak ones included.
    ///
    /// The opposite of [`UniqueRc::into_rc`]; neither moves the value. Not in
    /// `std`.
    ///
    /// Weak handles must be gone, unlike for [`try_unwrap`](Self::try_unwrap): a
    /// [`UniqueRc`] can become an `Rc` again, and with it they could be upgraded
    /// again. They might then read, as the type with which they were made, what
    /// was written as the type with which the handle came here; the two may
    /// differ in lifetimes.
    ///
    /// ```
    /// use tally::{Rc, UniqueRc};
    ///
    /// let a = Rc::new(3);
    /// let mut unique = Rc::try_into_unique(a).unwrap();
    /// *unique += 1;
    /// let a = UniqueRc::into_rc(unique);
    ///
    /// let weak = Rc::downgrade(&a);
    /// let a = Rc::try_into_unique(a).unwrap_err();
    /// assert_eq!((*a, Rc::weak_count(&a)), (4, 1));
    /// # drop(weak);
    /// ```
    ///
    /// # Errors
    ///
    /// The handle itself, unchanged, if there are others.
    #[doc(alias = "rc_try_into_unique_spec")]
    #[inline]
    pub fn try_into_unique(this: Self) -> Result<UniqueRc<T>, Self> {
        if !this.is_unique() {
            return Err(this);
        }
        let this = ManuallyDrop::new(this);
        this.counts().strong.set(0);
        Ok(UniqueRc::from_block(this.block))
    }

    /// Where the value is. Stays so, and valid, as long as there are strong handles.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// assert_eq!(Rc::as_ptr(&a), &raw const *a);
    /// ```
    #[doc(alias = "rc_deref_spec")]
    #[inline]
    pub fn as_ptr(this: &Self) -> *const T {
        this.block.value()
    }

    /// Turns the handle into a pointer to the value; the handle stays counted.
    ///
    /// To be undone by [`from_raw`](Self::from_raw), or the value leaks.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let pointer = Rc::into_raw(Rc::new(5));
    /// // SAFETY: from `into_raw`, and given back once.
    /// let a = unsafe { Rc::from_raw(pointer) };
    /// assert_eq!(*a, 5);
    /// ```
    #[doc(alias = "rc_into_raw_spec")]
    #[must_use = "losing the pointer leaks the value"]
    #[inline]
    pub fn into_raw(this: Self) -> *const T {
        ManuallyDrop::new(this).block.value()
    }

    /// Turns a pointer from [`into_raw`](Self::into_raw) into the handle again.
    ///
    /// An example is there.
    ///
    /// # Safety
    ///
    /// `ptr` must come from `Rc::<T>::into_raw` or
    /// [`Rc::<T>::as_ptr`](Self::as_ptr), for the very type `T`. For each strong
    /// handle that is counted and has no owner, be it by `into_raw`, by
    /// [`forget`](core::mem::forget) or by
    /// [`increment_strong_count`](Self::increment_strong_count), this may
    /// be called once. Only the thread on which the value was made may do so.
    #[doc(alias = "rc_from_raw_spec")]
    #[inline]
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        // SAFETY: by the contract `ptr` comes from `into_raw` or `as_ptr`, which
        // have it from `Block::value`. A handle without owner is counted, so the
        // block lives.
        Self::from_block(unsafe { Block::of_value(ptr) })
    }

    /// Counts one handle more on the value to which a pointer from
    /// [`into_raw`](Self::into_raw) points.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let pointer = Rc::into_raw(Rc::new(5));
    /// // SAFETY: from `into_raw`, whose handle stays counted.
    /// unsafe { Rc::increment_strong_count(pointer) };
    /// // SAFETY: from `into_raw`, one for each counted handle.
    /// let (a, b) = unsafe { (Rc::from_raw(pointer), Rc::from_raw(pointer)) };
    /// assert_eq!(Rc::strong_count(&a), 2);
    /// # drop(b);
    /// ```
    ///
    /// # Aborts
    ///
    /// As [`clone`](Self::clone).
    ///
    /// # Safety
    ///
    /// `ptr` must come from `Rc::<T>::into_raw` or
    /// [`Rc::<T>::as_ptr`](Self::as_ptr), for the very type `T`, and the strong count
    /// be at least one throughout. Only the thread on which the value
    /// was made may do so.
    #[doc(alias = "rc_increment_strong_count_spec")]
    #[inline]
    pub unsafe fn increment_strong_count(ptr: *const T) {
        // SAFETY: by the contract `ptr` comes from `into_raw` or `as_ptr` and the
        // value lives. The handle is borrowed: it is not dropped.
        let borrowed = ManuallyDrop::new(unsafe { Self::from_raw(ptr) });
        mem::forget(Self::clone(&borrowed));
    }

    /// Gives up one handle on the value to which a pointer from
    /// [`into_raw`](Self::into_raw) points; the last one drops the value.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// let pointer = Rc::into_raw(a.clone());
    /// // SAFETY: from `into_raw`, and given back once.
    /// unsafe { Rc::decrement_strong_count(pointer) };
    /// assert_eq!(Rc::strong_count(&a), 1);
    /// ```
    ///
    /// # Panics
    ///
    /// Where the value's destructor does.
    ///
    /// # Safety
    ///
    /// As [`from_raw`](Self::from_raw), and in place of it.
    #[doc(alias = "rc_decrement_strong_count_spec")]
    #[inline]
    pub unsafe fn decrement_strong_count(ptr: *const T) {
        // SAFETY: the contracts are the same.
        drop(unsafe { Self::from_raw(ptr) });
    }

    /// The handle whose share of the value is counted in `block` and not held yet.
    #[inline(always)]
    pub(super) fn from_block(block: Block<T>) -> Self {
        Self { block, _owns: PhantomData }
    }

    #[inline(always)]
    pub(super) fn counts(&self) -> &Counts {
        // SAFETY: this handle is counted, so the block is not freed
        // (`rc_drop_spec`) while `self` is borrowed.
        unsafe { self.block.counts() }
    }

    /// Whether there is no other handle of any kind.
    #[inline]
    fn is_unique(&self) -> bool {
        Self::weak_count(self) == 0 && Self::strong_count(self) == 1
    }

    /// Moves the value to a new block, and leaves the old one to the weak handles.
    ///
    /// The caller has seen that this is the only strong handle.
    fn leave_weak_handles(&mut self) {
        // First: where memory is exhausted this may panic, and nothing has changed.
        let new = Block::new_uninit(1);
        // SAFETY: the old block holds a value and the new one has room for one;
        // they are two. The value is owned here alone, as there is no other
        // strong handle, and the old one is not read again: its strong count
        // becomes zero.
        unsafe { ptr::copy_nonoverlapping(self.block.value(), new.value(), 1) };
        let old = mem::replace(&mut self.block, new);
        // The implicit weak handle, which the value's owner gives up.
        let implicit = Weak::from_block(old);
        implicit.end_value();
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
        let _implicit = Weak::from_block(self.block);
        // SAFETY: the count is zero, so all shares of the value are back and
        // it is owned here alone (`rc_drop_spec`). `drop_last` runs once.
        unsafe { ptr::drop_in_place(self.block.value()) }
    }
}

impl<T> Clone for Rc<T> {
    /// Makes another handle on the same value; the value is not cloned.
    ///
    /// # Aborts
    ///
    /// If there are `usize::MAX` handles already, which takes leaking them
    /// with [`forget`](core::mem::forget).
    #[doc(alias = "rc_clone_spec")]
    #[doc(alias = "rc_model_clone_abort_spec")]
    #[inline]
    fn clone(&self) -> Self {
        // Read once: the compiler cannot know that counting leaves `self` as it is.
        let block = self.block;
        // SAFETY: this handle is counted, so the block is not freed.
        unsafe { block.counts() }.strong.increment();
        Self::from_block(block)
    }
}

impl<T> Drop for Rc<T> {
    /// Gives up this handle; the last one drops the value.
    ///
    /// The block is freed with it, or with the last weak handle.
    #[doc(alias = "rc_drop_spec")]
    #[inline]
    fn drop(&mut self) {
        if self.counts().strong.decrement() == 0 {
            // SAFETY: the count has just reached zero, and `self` is being dropped.
            unsafe { self.drop_last() }
        }
    }
}

impl<T> Deref for Rc<T> {
    type Target = T;

    #[doc(alias = "rc_deref_spec")]
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: this handle owns a share of the value, so the value lives
        // while the handle is borrowed (`rc_drop_spec`), and no `&mut` to it is
        // made while it does: that takes all shares (`rc_get_mut_spec`).
        unsafe { &*self.block.value() }
    }
}

// A handle and its `Option` are one word.
const _: () = {
    assert!(size_of::<Rc<u8>>() == size_of::<usize>());
    assert!(size_of::<Option<Rc<u8>>>() == size_of::<usize>());
};
