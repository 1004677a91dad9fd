//! [`Weak`]: a handle that keeps the block and not the value.

use core::fmt;

use super::{Rc, inner::Hold};

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
///
/// # Dropping
///
/// Gives up the handle; the last one frees the block if the value is gone. It never drops
/// the value, but the compiler is told no more of it than of [`Rc`]: what the value borrows
/// must outlive weak handles as well, which `std` does not ask.
///
/// ```compile_fail,E0597
/// use tally::{Rc, Weak};
///
/// let weak: Weak<&String>;
/// let value = String::new(); // is dropped first
/// weak = Rc::downgrade(&Rc::new(&value));
/// ```
#[doc(alias = "weak_drop_spec")]
#[doc(alias = "weak_drop_ref_spec")]
#[doc(alias = "weak_drop_last_spec")]
#[doc(alias = "weak_drop_dangling_spec")]
pub struct Weak<T: ?Sized> {
    pub(super) hold: Hold<T>,
}

// Neither `Send` nor `Sync`: `Hold` is neither.

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
        Self { hold: Hold::NOTHING }
    }
}

impl<T: ?Sized> Weak<T> {
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
    #[doc(alias = "weak_upgrade_known_spec")]
    #[doc(alias = "weak_upgrade_unshared_spec")]
    #[doc(alias = "weak_upgrade_dangling_spec")]
    #[inline]
    pub fn upgrade(&self) -> Option<Rc<T>> {
        Some(Rc { share: self.hold.upgrade()? })
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
    #[doc(alias = "weak_strong_count_unshared_spec")]
    #[doc(alias = "weak_strong_count_dangling_spec")]
    #[inline]
    pub fn strong_count(&self) -> usize {
        self.hold.strong_count()
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
    #[doc(alias = "weak_weak_count_unshared_spec")]
    #[doc(alias = "weak_weak_count_dangling_spec")]
    #[inline]
    pub fn weak_count(&self) -> usize {
        self.hold.weak_count()
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
    #[doc(alias = "weak_ptr_eq_spec")]
    #[doc(alias = "weak_ptr_eq_dangling_spec")]
    #[doc(alias = "weak_ptr_eq_one_dangling_spec")]
    #[inline]
    #[must_use]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        self.hold.is_on_same_block(&other.hold)
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
    #[doc(alias = "weak_as_ptr_spec")]
    #[doc(alias = "weak_as_ptr_dangling_spec")]
    #[inline]
    #[must_use]
    pub fn as_ptr(&self) -> *const T {
        self.hold.as_ptr()
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
    #[doc(alias = "weak_into_raw_spec")]
    #[doc(alias = "weak_into_raw_dangling_spec")]
    #[inline]
    #[must_use = "losing the pointer leaks the block"]
    pub fn into_raw(self) -> *const T {
        self.hold.into_raw()
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
    #[doc(alias = "weak_from_raw_spec")]
    #[doc(alias = "weak_from_raw_dangling_spec")]
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        // SAFETY: by the contract `ptr` comes from `into_raw` or `as_ptr`, and a
        // forgotten handle is counted and nobody's.
        Self { hold: unsafe { Hold::from_raw(ptr) } }
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    /// Makes another weak handle on the same block.
    ///
    /// # Aborts
    ///
    /// As [`Rc::downgrade`].
    #[doc(alias = "weak_clone_spec")]
    #[doc(alias = "weak_clone_dangling_spec")]
    #[inline]
    fn clone(&self) -> Self {
        Self { hold: self.hold.clone() }
    }
}

impl<T> Default for Weak<T> {
    /// A handle on nothing, as [`Weak::new`].
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    /// Writes `(Weak)`: following it could go round in a circle.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("(Weak)")
    }
}

// A handle and its `Option` are one word.
const _: () = {
    assert!(size_of::<Weak<u8>>() == size_of::<usize>());
    assert!(size_of::<Option<Weak<u8>>>() == size_of::<usize>());
};
