//! Handles that know less of their value: [`unsize!`](crate::unsize).

use core::{mem::ManuallyDrop, ptr::NonNull};

use super::{Block, Hold, Inner, Share, Whole};
use crate::rc::{Rc, UniqueRc, Weak};

/// What `coerce` makes of the address of a block.
///
/// # Safety
///
/// `coerce` returns its argument, by a coercion of raw pointers, which it may be given
/// unaligned. So it adds a length or a table of functions of a `T`.
#[inline(always)]
unsafe fn unsize<T, U: ?Sized>(block: Block<T>, coerce: impl FnOnce(*mut T) -> *mut U) -> Block<U> {
    // What is added to a pointer to a `T` is what a pointer to a block of a `T` has.
    let block = coerce(block.0.as_ptr().cast()) as *mut Inner<U>;
    // SAFETY: by the contract the address is the same, and that is not null.
    Block(unsafe { NonNull::new_unchecked(block) })
}

macro_rules! unsizes {
    ($owner:ident, $($make:tt)*) => {
        impl<T> $owner<T> {
            /// The same, of an unsized value.
            ///
            /// # Safety
            ///
            /// As `unsize` of the module.
            #[inline(always)]
            pub(in crate::rc) unsafe fn unsize<U: ?Sized>(
                self,
                coerce: impl FnOnce(*mut T) -> *mut U,
            ) -> $owner<U> {
                // SAFETY: the contracts are the same.
                let block = unsafe { unsize(ManuallyDrop::new(self).block, coerce) };
                $($make)* (block)
            }
        }
    };
}

unsizes!(Share, Share::of);
unsizes!(Whole, Whole::of);
unsizes!(Hold, (|block| Hold { block }));

/// What [`unsize!`](crate::unsize) calls; not to be called otherwise.
pub trait Unsizing<T>: Sized {
    /// The handle, of another value.
    type Of<U: ?Sized>;

    /// The same handle, which knows less of its value.
    ///
    /// # Safety
    ///
    /// `coerce` returns its argument, coerced as a raw pointer.
    unsafe fn unsize_with<U: ?Sized>(self, coerce: impl FnOnce(*mut T) -> *mut U) -> Self::Of<U>;
}

macro_rules! unsizing {
    ($handle:ident, $inside:ident) => {
        impl<T> Unsizing<T> for $handle<T> {
            type Of<U: ?Sized> = $handle<U>;

            #[inline(always)]
            unsafe fn unsize_with<U: ?Sized>(
                self,
                coerce: impl FnOnce(*mut T) -> *mut U,
            ) -> $handle<U> {
                // SAFETY: the contracts are the same.
                $handle { $inside: unsafe { self.$inside.unsize(coerce) } }
            }
        }
    };
}

unsizing!(Rc, share);
unsizing!(UniqueRc, whole);
unsizing!(Weak, hold);

/// Makes a handle on a value one that knows less of it: a trait that it implements, or that
/// an array is a slice.
///
/// For [`Rc`], [`Weak`] and [`UniqueRc`]; the value stays where it is. `std`'s handles do so by
/// themselves, by a trait that is not stable.
///
/// ```
/// use std::{any::Any, fmt::Debug};
/// use tally::{Rc, UniqueRc, Weak, unsize};
///
/// let number: Rc<dyn Debug> = unsize!(Rc::new(5) => dyn Debug);
/// assert_eq!(format!("{number:?}"), "5");
///
/// let array = Rc::new([1, 2, 3]);
/// let weak: Weak<[i32]> = unsize!(Rc::downgrade(&array) => [i32]);
/// assert_eq!(weak.upgrade().unwrap().len(), 3);
///
/// let mut unique: UniqueRc<dyn FnMut()> = unsize!(UniqueRc::new(|| ()) => dyn FnMut());
/// unique();
/// ```
///
/// The value must have the trait, and live as long as is said of it:
///
/// ```compile_fail,E0277
/// struct Silent;
/// tally::unsize!(tally::Rc::new(Silent) => dyn std::fmt::Debug);
/// ```
///
/// ```compile_fail,E0597
/// use std::fmt::Debug;
/// use tally::{Rc, unsize};
///
/// let long: Rc<dyn Debug + 'static>;
/// let text = String::new();
/// long = unsize!(Rc::new(&text) => dyn Debug);
/// ```
#[macro_export]
macro_rules! unsize {
    ($handle:expr => $target:ty) => {{
        let handle = $handle;
        // SAFETY: the closure returns its argument; nothing but a coercion makes one raw
        // pointer another by itself.
        unsafe { $crate::Unsizing::unsize_with::<$target>(handle, |value| value) }
    }};
}
