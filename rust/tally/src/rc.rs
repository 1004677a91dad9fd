//! [`Rc`]: a value on the heap, counted by one thread.
//!
//! # The protocol
//!
//! One block holds the count and the value. The count is the number of
//! handles. Each handle owns an equal, unnamed share of the value: enough to
//! read it, never enough to change it. `clone` cuts a share in two and counts
//! one more; `drop` returns a share and counts one less. Who counts down to
//! zero holds all shares, therefore the value and the block, and frees both.
//!
//! The count is a plain cell: handles are neither [`Send`] nor [`Sync`], so no
//! two threads ever touch it.

#![allow(unsafe_code, reason = "owns a heap block through a raw pointer")]

use alloc::{alloc::dealloc, boxed::Box};
use core::{
    alloc::Layout,
    cell::Cell,
    fmt,
    marker::PhantomData,
    ops::Deref,
    panic::{RefUnwindSafe, UnwindSafe},
    ptr::{self, NonNull},
};

use crate::abort;

/// The block that all handles of one value point to.
struct Inner<T> {
    /// The number of handles; 0 only while the value is being dropped.
    count: Cell<usize>,
    value: T,
}

/// A handle on a value that several handles own together; single-threaded.
///
/// The interface and its meaning are those of [`std::rc::Rc`], as far as it
/// goes. Cloning and dropping touch one non-atomic counter in the block that
/// also holds the value. A handle is one pointer, and so is `Option<Rc<T>>`.
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
/// The block is freed, and the panic goes on to the caller of `drop`. The
/// value counts as dropped; the destructor does not run again.
///
/// # Cycles and chains
///
/// Values that hold handles on each other in a circle are never freed. A chain,
/// each value with the last handle on the next, is dropped by recursion, as deep
/// as the chain is long: take long ones apart in a loop.
pub struct Rc<T> {
    inner: NonNull<Inner<T>>,
    /// For the drop check: dropping a handle may drop an `Inner<T>`.
    _owns: PhantomData<Inner<T>>,
}

// Neither `Send` nor `Sync`: `NonNull` is neither.

// As for `std::rc::Rc`: a handle gives only `&T`, and the count is never left
// half changed by a panic.
impl<T: RefUnwindSafe> UnwindSafe for Rc<T> {}
impl<T: RefUnwindSafe> RefUnwindSafe for Rc<T> {}

// As for `std::rc::Rc`: moving a handle does not move the value.
impl<T> Unpin for Rc<T> {}

impl<T> Rc<T> {
    /// Moves `value` to the heap; the result is its only handle.
    ///
    /// # Panics
    ///
    /// Never; where memory is exhausted, [`alloc::alloc::handle_alloc_error`] decides.
    #[doc(alias = "rc_new_spec")]
    #[inline]
    pub fn new(value: T) -> Self {
        let block = Box::new(Inner { count: Cell::new(1), value });
        Self { inner: NonNull::from(Box::leak(block)), _owns: PhantomData }
    }

    /// The number of handles on the value, this one included.
    #[doc(alias = "rc_strong_count_spec")]
    #[inline]
    pub fn strong_count(this: &Self) -> usize {
        this.inner().count.get()
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
    #[inline]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        this.inner == other.inner
    }

    #[inline(always)]
    fn inner(&self) -> &Inner<T> {
        // SAFETY: `inner` came from a `Box` in `new` and is freed by the handle
        // that counts down to zero. This handle is counted, so the block lives
        // (`rc_drop_spec`), and no `&mut` to it is made while it does.
        unsafe { self.inner.as_ref() }
    }

    /// Drops the value and frees the block.
    ///
    /// Out of line: rare, and `drop` stays small enough to inline.
    ///
    /// # Safety
    ///
    /// The count must just have reached zero and `self` not be used again.
    #[inline(never)]
    unsafe fn drop_last(&mut self) {
        /// Frees the block, also where the value's destructor panics.
        struct Block<T>(NonNull<Inner<T>>);

        impl<T> Drop for Block<T> {
            fn drop(&mut self) {
                // SAFETY: `Box::new` allocated the block with this layout; by
                // the contract of `drop_last` nothing uses it any more
                // (`rc_drop_spec` gives back the whole deallocation right).
                unsafe { dealloc(self.0.as_ptr().cast(), Layout::new::<Inner<T>>()) }
            }
        }

        let block = Block(self.inner);
        // SAFETY: the pointer comes from a live block; projecting to a field
        // does not read it.
        let value = unsafe { &raw mut (*block.0.as_ptr()).value };
        // SAFETY: the count is zero, so all shares of the value are back and
        // it is owned here alone (`rc_drop_spec`). `drop_last` runs once.
        unsafe { ptr::drop_in_place(value) }
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
        let count = &self.inner().count;
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
        Self { inner: self.inner, _owns: PhantomData }
    }
}

impl<T> Drop for Rc<T> {
    /// Gives up this handle; the last one drops the value and frees the block.
    #[doc(alias = "rc_drop_spec")]
    #[inline]
    fn drop(&mut self) {
        let count = &self.inner().count;
        // Never wraps: this handle is counted, so the count is not zero.
        let rest = count.get().wrapping_sub(1);
        count.set(rest);
        if rest == 0 {
            // SAFETY: the count has just reached zero, and `self` is being dropped.
            unsafe { self.drop_last() }
        }
    }
}

impl<T> Deref for Rc<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.inner().value
    }
}

impl<T> AsRef<T> for Rc<T> {
    #[inline]
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T> From<T> for Rc<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: Default> Default for Rc<T> {
    #[inline]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: PartialEq> PartialEq for Rc<T> {
    /// Compares the values; see [`Rc::ptr_eq`] for identity.
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Rc<T> {}

impl<T: fmt::Debug> fmt::Debug for Rc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Rc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

// A handle and its `Option` are one word.
const _: () = {
    assert!(size_of::<Rc<u8>>() == size_of::<usize>());
    assert!(size_of::<Option<Rc<u8>>>() == size_of::<usize>());
};

/// Tests that must reach into the count; all others are in `tests/rc.rs`.
#[cfg(test)]
mod tests {
    use core::mem;

    use super::*;
    use crate::tests::aborts_in_child;

    mod rc_clone_spec {
        use super::*;

        #[test]
        fn counts_up_to_the_last_value() {
            let handle = Rc::new(());
            handle.inner().count.set(usize::MAX - 1);
            mem::forget(handle.clone());
            assert_eq!(Rc::strong_count(&handle), usize::MAX);
            handle.inner().count.set(1);
        }
    }

    mod rc_model_clone_abort_spec {
        use super::*;

        #[test]
        fn overflow_aborts() {
            aborts_in_child("rc::tests::rc_model_clone_abort_spec::overflow_aborts", || {
                let handle = Rc::new(());
                handle.inner().count.set(usize::MAX);
                mem::forget(handle.clone());
            });
        }

        /// Without `std` the abort runs the panic hook, which finds the count
        /// as it was. Killed by: leaving the count at zero, where the hook's
        /// clone and drop free the value.
        #[test]
        fn value_outlives_the_panic_hook() {
            struct Loud;
            impl Drop for Loud {
                fn drop(&mut self) {
                    std::println!("still alive");
                }
            }
            std::thread_local! {
                static HANDLE: Rc<Loud> = Rc::new(Loud);
            }
            let test = "rc::tests::rc_model_clone_abort_spec::value_outlives_the_panic_hook";
            aborts_in_child(test, || {
                std::panic::set_hook(Box::new(|_| HANDLE.with(|handle| drop(handle.clone()))));
                HANDLE.with(|handle| {
                    handle.inner().count.set(usize::MAX);
                    mem::forget(handle.clone());
                });
            });
        }
    }
}
