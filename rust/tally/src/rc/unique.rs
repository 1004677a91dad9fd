//! [`UniqueRc`]: the only owner of a value that may become shared.

use core::{
    ops::{Deref, DerefMut},
    panic::{RefUnwindSafe, UnwindSafe},
    pin::Pin,
};

use super::{
    AllocError, Rc, Weak,
    inner::{Whole, pinned_unique},
};

/// The only handle on a value, in a block that is ready to be shared.
///
/// May change the value, and becomes an [`Rc`] without moving it. Weak handles
/// can be made before that; they can be upgraded after it. The interface is that
/// of `std::rc::UniqueRc`, which is not stable. One pointer, and so is its
/// `Option`.
///
/// ```
/// use tally::{Rc, UniqueRc, Weak};
///
/// struct Node { me: Weak<Node>, name: &'static str }
///
/// let mut node = UniqueRc::new(Node { me: Weak::new(), name: "" });
/// node.me = UniqueRc::downgrade(&node);
/// node.name = "self";
/// assert!(node.me.upgrade().is_none()); // unique
///
/// let node: Rc<Node> = UniqueRc::into_rc(node);
/// assert_eq!(node.me.upgrade().unwrap().name, "self");
/// ```
///
/// There is one such handle: it cannot be cloned.
///
/// ```compile_fail,E0599
/// struct NotClone;
/// let two = tally::UniqueRc::new(NotClone).clone();
/// ```
///
/// Unlike [`Rc`], it is invariant in `T`: a weak handle made earlier would read,
/// with its own lifetime, what is written through this one with a shorter.
///
/// ```compile_fail
/// use tally::UniqueRc;
///
/// fn shorten<'a>(unique: UniqueRc<&'static str>) -> UniqueRc<&'a str> { unique }
/// ```
///
/// # Dropping
///
/// Drops the value. Weak handles cannot be upgraded any more; the last of them frees
/// the block, or this does if there are none.
///
/// # Panics in the value's destructor
///
/// As for [`Rc`].
#[doc(alias = "unique_rc_drop_spec")]
pub struct UniqueRc<T: ?Sized> {
    pub(super) whole: Whole<T>,
}

// Neither `Send` nor `Sync`: `Whole` is neither.

// Moving the handle does not move the value.
impl<T: ?Sized> Unpin for UniqueRc<T> {}

// As for `Box`: the handle alone gives what the value gives.
impl<T: UnwindSafe + ?Sized> UnwindSafe for UniqueRc<T> {}
impl<T: RefUnwindSafe + ?Sized> RefUnwindSafe for UniqueRc<T> {}

impl<T> UniqueRc<T> {
    /// Moves `value` to the heap.
    ///
    /// ```
    /// let mut unique = tally::UniqueRc::new(5);
    /// *unique += 1;
    /// assert_eq!(*unique, 6);
    /// ```
    ///
    /// # Panics
    ///
    /// Never; where memory is exhausted, [`alloc::alloc::handle_alloc_error`] decides.
    #[doc(alias = "unique_rc_new_spec")]
    #[inline]
    pub fn new(value: T) -> Self {
        Self { whole: Whole::new(value) }
    }

    /// As [`new`](Self::new), for programs that go on where memory is exhausted.
    ///
    /// # Errors
    ///
    /// [`AllocError`] with the value, untouched, where the allocator has no memory for a
    /// block.
    #[inline]
    pub fn try_new(value: T) -> Result<Self, AllocError<T>> {
        match Whole::try_new(value) {
            Ok(whole) => Ok(Self { whole }),
            Err(value) => Err(AllocError { value }),
        }
    }

    /// Moves `value` to the heap, from where it does not move until it is dropped, even
    /// if it is not [`Unpin`].
    ///
    /// The value may be changed through the [`Pin`], as that of a pinned `Box`. Weak handles
    /// on it cannot be made, nor can it be shared, as these functions take the handle itself:
    ///
    /// ```
    /// use tally::UniqueRc;
    ///
    /// // A future is pinned to be polled.
    /// let mut future = UniqueRc::pin(async { 5 });
    /// let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// assert!(future.as_mut().poll(&mut context) == std::task::Poll::Ready(5));
    /// ```
    ///
    /// ```compile_fail,E0277
    /// use std::{marker::PhantomPinned, pin::Pin};
    ///
    /// Pin::into_inner(tally::UniqueRc::pin(PhantomPinned));
    /// ```
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new).
    #[inline]
    pub fn pin(value: T) -> Pin<Self> {
        pinned_unique(value)
    }

    /// The value, moved out of its block. Weak handles cannot be upgraded any more.
    ///
    /// ```
    /// use tally::UniqueRc;
    ///
    /// let unique = UniqueRc::new(String::from("value"));
    /// let weak = UniqueRc::downgrade(&unique);
    /// assert_eq!(UniqueRc::into_inner(unique), "value");
    /// assert!(weak.upgrade().is_none());
    /// ```
    #[inline]
    pub fn into_inner(this: Self) -> T {
        // Shared for a moment, and by nobody else.
        match Rc::try_unwrap(Self::into_rc(this)) {
            Ok(value) => value,
            Err(_) => unreachable!("the handle was unique"),
        }
    }
}

impl<T: ?Sized> UniqueRc<T> {
    /// Shares the value: from here on it is read only, and weak handles can be
    /// upgraded.
    ///
    /// The opposite of [`Rc::try_into_unique`]; neither moves the value.
    ///
    /// ```
    /// use tally::{Rc, UniqueRc};
    ///
    /// let unique = UniqueRc::new(5);
    /// let weak = UniqueRc::downgrade(&unique);
    /// let shared: Rc<i32> = UniqueRc::into_rc(unique);
    /// assert!(Rc::ptr_eq(&shared, &weak.upgrade().unwrap()));
    /// ```
    #[doc(alias = "unique_rc_into_rc_spec")]
    #[inline]
    pub fn into_rc(this: Self) -> Rc<T> {
        Rc { share: this.whole.share() }
    }

    /// A weak handle on the value, which can be upgraded once the value is shared.
    ///
    /// ```
    /// use tally::UniqueRc;
    ///
    /// let unique = UniqueRc::new(5);
    /// let weak = UniqueRc::downgrade(&unique);
    /// assert!(weak.upgrade().is_none());
    /// ```
    ///
    /// # Aborts
    ///
    /// As [`Rc::downgrade`].
    #[doc(alias = "unique_rc_downgrade_spec")]
    #[inline]
    pub fn downgrade(this: &Self) -> Weak<T> {
        Weak { hold: this.whole.downgrade() }
    }
}

impl<T: ?Sized> Deref for UniqueRc<T> {
    type Target = T;

    #[doc(alias = "unique_rc_deref_spec")]
    #[inline]
    fn deref(&self) -> &T {
        self.whole.value()
    }
}

impl<T: ?Sized> DerefMut for UniqueRc<T> {
    #[doc(alias = "unique_rc_deref_spec")]
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.whole.value_mut()
    }
}

// A handle and its `Option` are one word.
const _: () = {
    assert!(size_of::<UniqueRc<u8>>() == size_of::<usize>());
    assert!(size_of::<Option<UniqueRc<u8>>>() == size_of::<usize>());
};
