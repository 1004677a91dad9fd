//! [`Weak`]: a handle that keeps the block and not the value.

#![allow(unsafe_code, reason = "reads the counts of a block that may have no value")]

use core::{fmt, mem::ManuallyDrop};

use super::{
    Rc,
    inner::{Block, Counts},
};

/// A handle on the block of a value, which does not keep the value.
///
/// Made by [`Rc::downgrade`]. To use the value, [`upgrade`](Self::upgrade): that
/// works as long as there are strong handles. The block's memory stays until the
/// last weak handle has gone. One pointer, and so is `Option<Weak<T>>`.
///
/// Handles that point back at those who own them are weak, so that no circle
/// of strong ones keeps itself:
///
/// ```
/// use std::cell::RefCell;
/// use tally::{Rc, Weak};
///
/// struct Tree { parent: Weak<Tree>, children: RefCell<Vec<Rc<Tree>>> }
///
/// let root = Rc::new(Tree { parent: Weak::new(), children: RefCell::default() });
/// let leaf = Rc::new(Tree { parent: Rc::downgrade(&root), children: RefCell::default() });
/// root.children.borrow_mut().push(leaf.clone());
///
/// assert!(Rc::ptr_eq(&leaf.parent.upgrade().unwrap(), &root));
/// drop(root);
/// assert!(leaf.parent.upgrade().is_none());
/// assert!(leaf.children.borrow().is_empty());
/// ```
pub struct Weak<T> {
    /// Dangling, or a block that is not freed.
    block: Block<T>,
}

// Neither `Send` nor `Sync`: `NonNull` is neither.

impl<T> Weak<T> {
    /// A weak handle on nothing; allocates nothing.
    ///
    /// ```
    /// let weak: tally::Weak<u8> = tally::Weak::new();
    /// assert!(weak.upgrade().is_none());
    /// ```
    #[doc(alias = "weak_new_spec")]
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self { block: Block::DANGLING }
    }

    /// A strong handle, if the value lives and is shared.
    ///
    /// Not while the value is being made ([`Rc::new_cyclic`]), while it belongs
    /// to a [`UniqueRc`](super::UniqueRc), nor once it is being dropped.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// let weak = Rc::downgrade(&a);
    /// let b = weak.upgrade().unwrap();
    /// assert_eq!(Rc::strong_count(&a), 2);
    /// drop((a, b));
    /// assert!(weak.upgrade().is_none());
    /// ```
    ///
    /// # Aborts
    ///
    /// As [`Rc::clone`].
    #[doc(alias = "weak_upgrade_spec")]
    #[doc(alias = "weak_upgrade_rc_spec")]
    #[doc(alias = "weak_upgrade_ref_spec")]
    #[doc(alias = "weak_upgrade_unique_spec")]
    #[doc(alias = "weak_upgrade_dangling_spec")]
    #[inline]
    pub fn upgrade(&self) -> Option<Rc<T>> {
        let strong = &self.counts()?.strong;
        if strong.get() == 0 {
            return None;
        }
        strong.increment();
        Some(Rc::from_block(self.block))
    }

    /// The number of strong handles on the value; zero without a value.
    ///
    /// Zero also while the value belongs to a [`UniqueRc`](super::UniqueRc).
    ///
    /// ```
    /// use tally::{Rc, Weak};
    ///
    /// let a = Rc::new(5);
    /// assert_eq!(Rc::downgrade(&a).strong_count(), 1);
    /// assert_eq!(Weak::<u8>::new().strong_count(), 0);
    /// ```
    #[doc(alias = "weak_strong_count_spec")]
    #[doc(alias = "weak_strong_count_rc_spec")]
    #[doc(alias = "weak_strong_count_dangling_spec")]
    #[inline]
    pub fn strong_count(&self) -> usize {
        self.counts().map_or(0, |counts| counts.strong.get())
    }

    /// The number of weak handles on the block; zero if there are no strong ones.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// let weak = Rc::downgrade(&a);
    /// assert_eq!(weak.weak_count(), 1);
    /// drop(a);
    /// assert_eq!(weak.weak_count(), 0);
    /// ```
    #[doc(alias = "weak_weak_count_spec")]
    #[doc(alias = "weak_weak_count_rc_spec")]
    #[doc(alias = "weak_weak_count_dangling_spec")]
    #[inline]
    pub fn weak_count(&self) -> usize {
        match self.counts() {
            // Without the implicit one, which the strong ones have.
            Some(counts) if counts.strong.get() > 0 => counts.weak.get() - 1,
            _ => 0,
        }
    }

    /// Whether two handles are on one block, or both on nothing.
    ///
    /// ```
    /// use tally::{Rc, Weak};
    ///
    /// let a = Rc::new(5);
    /// assert!(Rc::downgrade(&a).ptr_eq(&Rc::downgrade(&a)));
    /// assert!(!Rc::downgrade(&a).ptr_eq(&Weak::new()));
    /// assert!(Weak::<u8>::new().ptr_eq(&Weak::new()));
    /// ```
    #[inline]
    #[must_use]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        self.block == other.block
    }

    /// Where the value is, if there are strong handles; otherwise a pointer that
    /// is good only for [`from_raw`](Self::from_raw).
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let a = Rc::new(5);
    /// assert_eq!(Rc::downgrade(&a).as_ptr(), Rc::as_ptr(&a));
    /// ```
    #[inline]
    #[must_use]
    pub fn as_ptr(&self) -> *const T {
        self.block.value()
    }

    /// Turns the handle into a pointer; the handle stays counted.
    ///
    /// To be undone by [`from_raw`](Self::from_raw), or the block leaks.
    ///
    /// ```
    /// use tally::{Rc, Weak};
    ///
    /// let a = Rc::new(5);
    /// let pointer = Rc::downgrade(&a).into_raw();
    /// assert_eq!(Rc::weak_count(&a), 1);
    /// // SAFETY: from `into_raw`, and given back once.
    /// let weak = unsafe { Weak::from_raw(pointer) };
    /// assert_eq!(weak.upgrade().as_deref(), Some(&5));
    /// ```
    #[inline]
    #[must_use = "losing the pointer leaks the block"]
    pub fn into_raw(self) -> *const T {
        ManuallyDrop::new(self).as_ptr()
    }

    /// Turns a pointer from [`into_raw`](Self::into_raw) into the handle again.
    ///
    /// An example is there.
    ///
    /// # Safety
    ///
    /// `ptr` must come from `Weak::<T>::into_raw`, or from
    /// [`Weak::<T>::as_ptr`](Self::as_ptr) of a handle that was then forgotten
    /// ([`forget`](core::mem::forget)), for the very type `T`. This may be called
    /// once for each such handle, only by the thread on which the value was made.
    #[inline]
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        // SAFETY: by the contract `ptr` comes from `into_raw` or `as_ptr`, which
        // have it from `Block::value`.
        Self::from_block(unsafe { Block::of_value(ptr) })
    }

    /// The handle that is counted in `block`, or implicit, and not held yet.
    #[inline(always)]
    pub(super) fn from_block(block: Block<T>) -> Self {
        Self { block }
    }

    /// The counts, if there is a block.
    #[inline(always)]
    pub(super) fn counts(&self) -> Option<&Counts> {
        if self.block.is_dangling() {
            return None;
        }
        // SAFETY: this handle is counted, or the implicit one, so the block is
        // not freed (`weak_drop_spec`) while `self` is borrowed.
        Some(unsafe { self.block.counts() })
    }

    /// From here on the block has no value. For the implicit handle of a block
    /// whose value was moved away.
    #[inline]
    pub(super) fn end_value(self) {
        if let Some(counts) = self.counts() {
            counts.strong.set(0);
        }
    }
}

impl<T> Clone for Weak<T> {
    /// Makes another weak handle on the same block.
    ///
    /// # Aborts
    ///
    /// As [`Rc::downgrade`].
    #[doc(alias = "weak_clone_spec")]
    #[doc(alias = "weak_clone_dangling_spec")]
    #[inline]
    fn clone(&self) -> Self {
        if let Some(counts) = self.counts() {
            counts.weak.increment();
        }
        Self::from_block(self.block)
    }
}

impl<T> Drop for Weak<T> {
    /// Gives up this handle; the last one frees the block if the value is gone.
    #[doc(alias = "weak_drop_spec")]
    #[doc(alias = "weak_drop_ref_spec")]
    #[doc(alias = "weak_drop_dangling_spec")]
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

impl<T> Default for Weak<T> {
    /// A handle on nothing, as [`Weak::new`].
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Weak<T> {
    /// Writes `(Weak)`: following it could go round in a circle.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}

// A handle and its `Option` are one word.
const _: () = {
    assert!(size_of::<Weak<u8>>() == size_of::<usize>());
    assert!(size_of::<Option<Weak<u8>>>() == size_of::<usize>());
};
