//! Trait objects: [`unsize!`](crate::unsize), and back.

#![allow(unsafe_code, reason = "the caller promises")]

use core::any::Any;

use super::{Rc, UniqueRc, Weak};

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

impl Rc<dyn Any> {
    /// The handle on the value itself, if it is a `T`.
    ///
    /// ```
    /// use std::any::Any;
    /// use tally::{Rc, unsize};
    ///
    /// let any: Rc<dyn Any> = unsize!(Rc::new(5_i32) => dyn Any);
    /// let any = any.downcast::<String>().unwrap_err();
    /// assert_eq!(*any.downcast::<i32>().unwrap(), 5);
    /// ```
    ///
    /// # Errors
    ///
    /// The handle itself, unchanged, if the value is of another type.
    #[inline]
    pub fn downcast<T: Any>(self) -> Result<Rc<T>, Self> {
        match self.share.downcast() {
            Ok(share) => Ok(Rc { share }),
            Err(share) => Err(Self { share }),
        }
    }
}
