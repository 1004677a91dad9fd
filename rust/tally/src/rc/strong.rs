//! [`Rc`]: a share of the value.

use core::{
    mem::MaybeUninit,
    ops::Deref,
    panic::{RefUnwindSafe, UnwindSafe},
    pin::Pin,
};

use alloc::boxed::Box;

use super::{
    AllocError, CloneContent, UniqueRc, Weak,
    inner::{Room, Share, pinned, try_pinned},
};

/// A handle on a value that several handles own together; single-threaded.
///
/// A part of the interface of [`std::rc::Rc`], with the same meaning; what is missing
/// is listed [below](#what-differs-from-std). Cloning and dropping touch one non-atomic counter in the block that
/// also holds the value. A handle is one pointer, and so is `Option<Rc<T>>`;
/// the block has two words beside the value.
///
/// The value may be a slice, a string or a trait object ([below](#slices-strings-trait-objects)).
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
/// # Dropping
///
/// Gives up the handle; the last one drops the value. The block is freed with it, or
/// with the last weak handle.
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
/// # Comparing
///
/// `==` compares values, and with it all that they lead to. A value to which many paths
/// lead is compared once for each path: where every value holds two handles on the next,
/// each level doubles the time. There [`ptr_eq`](Self::ptr_eq) is the remedy, in an `==` of
/// the value's own that asks it first:
///
/// ```
/// use tally::Rc;
///
/// struct Node { children: Vec<Rc<Node>> }
///
/// impl PartialEq for Node {
///     fn eq(&self, other: &Self) -> bool {
///         let same = |(a, b)| Rc::ptr_eq(a, b) || a == b;
///         self.children.len() == other.children.len()
///             && self.children.iter().zip(&other.children).all(same)
///     }
/// }
///
/// // 2⁶⁰ paths.
/// let mut node = Rc::new(Node { children: vec![] });
/// for _ in 0..60 {
///     node = Rc::new(Node { children: vec![node.clone(), node] });
/// }
/// assert!(node == node.clone());
/// ```
///
/// # Slices, strings, trait objects
///
/// The handle is then two words, as a reference is, and the values are in the one block:
///
/// ```
/// use tally::{Rc, unsize};
///
/// let word: Rc<str> = Rc::from("shared");
/// let mut numbers: Rc<[u32]> = (1..=3).collect();
/// let other = numbers.clone();
/// Rc::make_mut(&mut numbers)[0] = 7; // cloned first
/// assert_eq!((&*word, &*numbers, &*other), ("shared", &[7, 2, 3][..], &[1, 2, 3][..]));
///
/// let shown = [unsize!(Rc::new(5) => dyn ToString), unsize!(Rc::new('c') => dyn ToString)];
/// assert_eq!(shown.map(|value| value.to_string()), ["5", "c"]);
/// ```
///
/// A handle becomes one of a trait object by the macro [`unsize!`](crate::unsize), as the
/// trait by which `std`'s do so by themselves is not stable; with the feature `unsize` also by
/// that crate's methods.
///
/// # What differs from `std`
///
/// The global allocator has the block. What a value borrows must
/// outlive its handles, [`Weak`] ones too, even if its destructor looks at none of it:
/// telling the compiler otherwise takes `may_dangle`, which is not stable. Not in `std`:
/// [`try_into_unique`](Self::try_into_unique), [`try_from_box`](Self::try_from_box),
/// [`try_pin`](Self::try_pin), and `Error` for a handle on an error.
///
/// [`make_mut`](Self::make_mut) is for sized values, slices and strings
/// ([`CloneContent`]), as the trait of `std` for all values that can be cloned is not stable.
///
/// Missing: handles on trait objects from a `Box` of one; `CStr`, `OsStr`, `Path`, whose
/// insides are `std`'s; allocators; `self: Rc<Self>` as a receiver, which is for
/// `std`'s own types; `AsFd` and the like; and the shortcut of `==` where `T: Eq`: two
/// handles on one value compare it with itself ([above](#comparing)). All differences are
/// in `trace/std-rc.txt` of the repository, each with its reason.
#[doc(alias = "rc_drop_spec")]
#[doc(alias = "rc_drop_keep_spec")]
#[doc(alias = "rc_drop_lend_spec")]
pub struct Rc<T: ?Sized> {
    pub(super) share: Share<T>,
}

// Neither `Send` nor `Sync`: `Share` is neither.

// As for `std::rc::Rc`: a handle gives only `&T`, and the counts are never left
// half changed by a panic.
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for Rc<T> {}
impl<T: RefUnwindSafe + ?Sized> RefUnwindSafe for Rc<T> {}

// As for `std::rc::Rc`: moving a handle does not move the value.
impl<T: ?Sized> Unpin for Rc<T> {}

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
        Self { share: Share::new(value) }
    }

    /// Moves `value` to the heap, from where it does not move until it is dropped, even
    /// if it is not [`Unpin`].
    ///
    /// ```
    /// use std::{marker::PhantomPinned, pin::Pin};
    /// use tally::Rc;
    ///
    /// let pinned: Pin<Rc<(u8, PhantomPinned)>> = Rc::pin((5, PhantomPinned));
    /// let other = pinned.clone();
    /// assert_eq!(other.0, 5);
    /// assert!(std::ptr::eq(&*pinned, &*other));
    /// ```
    ///
    /// The handle in it does not come out, through which the value could:
    ///
    /// ```compile_fail,E0277
    /// use std::{marker::PhantomPinned, pin::Pin};
    ///
    /// Pin::into_inner(tally::Rc::pin(PhantomPinned));
    /// ```
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new).
    #[inline]
    pub fn pin(value: T) -> Pin<Self> {
        pinned(value)
    }

    /// Room for a value on the heap, to be written in place; the result is its only
    /// handle.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let mut five = Rc::<u32>::new_uninit();
    /// Rc::get_mut(&mut five).unwrap().write(5);
    /// // SAFETY: written.
    /// let five = unsafe { five.assume_init() };
    /// assert_eq!(*five, 5);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new).
    #[inline]
    #[must_use]
    pub fn new_uninit() -> Rc<MaybeUninit<T>> {
        Rc { share: Share::new_uninit() }
    }

    /// As [`new_uninit`](Self::new_uninit), all bytes being zero.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// // SAFETY: zero is a number.
    /// let zero = unsafe { Rc::<u32>::new_zeroed().assume_init() };
    /// assert_eq!(*zero, 0);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new).
    #[must_use]
    pub fn new_zeroed() -> Rc<MaybeUninit<T>> {
        Rc { share: Share::new_zeroed() }
    }

    /// As [`new`](Self::new), for programs that go on where memory is exhausted.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let five = Rc::try_new(5)?;
    /// assert_eq!(*five, 5);
    /// # Ok::<(), tally::AllocError<i32>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`AllocError`] with the value, untouched, where the allocator has no memory for a
    /// block. `std`'s function of this name, which is not stable, drops the value.
    #[inline]
    pub fn try_new(value: T) -> Result<Self, AllocError<T>> {
        match Share::try_new(value) {
            Ok(share) => Ok(Self { share }),
            Err(value) => Err(AllocError { value }),
        }
    }

    /// As [`pin`](Self::pin), for programs that go on where memory is exhausted.
    ///
    /// # Errors
    ///
    /// As [`try_new`](Self::try_new).
    #[inline]
    pub fn try_pin(value: T) -> Result<Pin<Self>, AllocError<T>> {
        try_pinned(value).map_err(|value| AllocError { value })
    }

    /// As [`new_uninit`](Self::new_uninit), for programs that go on where memory is
    /// exhausted.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// /// Room for a large buffer, if there is any.
    /// fn buffer() -> Option<Rc<[u8; 1 << 20]>> {
    ///     let mut room = Rc::<[u8; 1 << 20]>::try_new_uninit().ok()?;
    ///     Rc::get_mut(&mut room)?.write([0; 1 << 20]);
    ///     // SAFETY: written.
    ///     Some(unsafe { room.assume_init() })
    /// }
    /// # buffer();
    /// ```
    ///
    /// # Errors
    ///
    /// [`AllocError`] where the allocator has no memory for a block.
    #[inline]
    pub fn try_new_uninit() -> Result<Rc<MaybeUninit<T>>, AllocError> {
        match Share::try_new_uninit() {
            Some(share) => Ok(Rc { share }),
            None => Err(AllocError { value: () }),
        }
    }

    /// As [`new_zeroed`](Self::new_zeroed), for programs that go on where memory is exhausted.
    ///
    /// # Errors
    ///
    /// [`AllocError`] where the allocator has no memory for a block.
    pub fn try_new_zeroed() -> Result<Rc<MaybeUninit<T>>, AllocError> {
        match Share::try_new_zeroed() {
            Some(share) => Ok(Rc { share }),
            None => Err(AllocError { value: () }),
        }
    }

    /// Moves the value from its box to a block of its own, as [`From`] does, for programs
    /// that go on where memory is exhausted.
    ///
    /// # Errors
    ///
    /// [`AllocError`] with the box, untouched, where the allocator has no memory for a block.
    #[inline]
    pub fn try_from_box(value: Box<T>) -> Result<Self, AllocError<Box<T>>> {
        match Share::try_of_box(value) {
            Ok(share) => Ok(Self { share }),
            Err(value) => Err(AllocError { value }),
        }
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
        // Should `data_fn` panic, the room goes with its last weak handle.
        let room = Room::new();
        let value = data_fn(room.weak());
        Self { share: room.fill(value).share() }
    }
}

impl<T: ?Sized> Rc<T> {
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
        this.share.strong_count()
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
        this.share.weak_count()
    }

    /// Whether two handles share one value, not merely equal ones. One comparison of
    /// addresses, whatever the value leads to: see [above](Rc#comparing).
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
        this.share.is_of_same_value(&other.share)
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
    #[doc(alias = "rc_get_mut_other_spec")]
    #[doc(alias = "rc_is_unique_spec")]
    #[doc(alias = "rc_is_unique_other_spec")]
    #[inline]
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        this.share.value_mut()
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
    #[doc(alias = "rc_make_mut_other_spec")]
    #[inline]
    pub fn make_mut(this: &mut Self) -> &mut T
    where
        T: CloneContent,
    {
        T::make_mut(this)
    }
}

impl<T> Rc<T> {
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
    #[doc(alias = "rc_try_unwrap_other_spec")]
    #[inline]
    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        match this.share.take() {
            Ok(value) => Ok(value),
            Err(share) => Err(Self { share }),
        }
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
    #[doc(alias = "rc_into_inner_other_spec")]
    #[inline]
    #[expect(clippy::manual_ok_err, reason = "this match is what is translated and proved")]
    pub fn into_inner(this: Self) -> Option<T> {
        match Self::try_unwrap(this) {
            Ok(value) => Some(value),
            Err(_) => None,
        }
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
    #[doc(alias = "rc_unwrap_or_clone_other_spec")]
    #[inline]
    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        match Self::try_unwrap(this) {
            Ok(value) => value,
            Err(this) => {
                // A local while the handle is dropped: a panic there drops it.
                let clone = T::clone(&this);
                drop(this);
                clone
            }
        }
    }
}

impl<T: ?Sized> Rc<T> {
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
        Weak { hold: this.share.downgrade() }
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
    #[doc(alias = "rc_try_into_unique_other_spec")]
    #[inline]
    pub fn try_into_unique(this: Self) -> Result<UniqueRc<T>, Self> {
        match this.share.into_whole() {
            Ok(whole) => Ok(UniqueRc { whole }),
            Err(share) => Err(Self { share }),
        }
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
        this.share.as_ptr()
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
        this.share.into_raw()
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
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        // SAFETY: by the contract `ptr` comes from `into_raw` or `as_ptr`, and a
        // handle without owner is a share that is nobody's.
        Self { share: unsafe { Share::from_raw(ptr) } }
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
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    pub unsafe fn increment_strong_count(ptr: *const T) {
        // SAFETY: the contracts are the same.
        unsafe { Share::add_raw(ptr) }
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
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    pub unsafe fn decrement_strong_count(ptr: *const T) {
        // SAFETY: the contracts are the same.
        drop(unsafe { Self::from_raw(ptr) });
    }
}

impl<T> Rc<MaybeUninit<T>> {
    /// The handle on the value that was written, in place. An example is at
    /// [`new_uninit`](Rc::new_uninit).
    ///
    /// Other handles stay what they are: if the last one is of a `MaybeUninit`, it frees
    /// the block and drops no value.
    ///
    /// # Safety
    ///
    /// The value is an initialised `T`.
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    #[must_use]
    pub unsafe fn assume_init(self) -> Rc<T> {
        // SAFETY: the contracts are the same.
        Rc { share: unsafe { self.share.assume_init() } }
    }
}

impl<T: ?Sized> Clone for Rc<T> {
    /// Makes another handle on the same value; the value is not cloned.
    ///
    /// # Aborts
    ///
    /// If there are `usize::MAX` handles already, which takes leaking them
    /// with [`forget`](core::mem::forget).
    #[doc(alias = "rc_clone_spec")]
    #[doc(alias = "rc_clone_lent_spec")]
    #[doc(alias = "rc_model_clone_abort_spec")]
    #[inline]
    fn clone(&self) -> Self {
        Self { share: self.share.clone() }
    }
}

impl<T: ?Sized> Deref for Rc<T> {
    type Target = T;

    #[doc(alias = "rc_deref_spec")]
    #[inline]
    fn deref(&self) -> &T {
        self.share.value()
    }
}

// A handle and its `Option` are one word.
const _: () = {
    assert!(size_of::<Rc<u8>>() == size_of::<usize>());
    assert!(size_of::<Option<Rc<u8>>>() == size_of::<usize>());
};
