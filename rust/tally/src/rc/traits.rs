//! What handles are by virtue of their value: compared, printed, borrowed.

use alloc::boxed::Box;
use core::{
    borrow::{Borrow, BorrowMut},
    cmp::Ordering,
    error::Error,
    fmt,
    hash::{Hash, Hasher},
    pin::Pin,
};

use super::{
    Rc, UniqueRc,
    inner::{Share, pinned},
};

/// The traits that a handle has where its value has them.
macro_rules! like_its_value {
    ($handle:ident) => {
        impl<T: ?Sized> AsRef<T> for $handle<T> {
            #[inline]
            fn as_ref(&self) -> &T {
                self
            }
        }

        impl<T: ?Sized> Borrow<T> for $handle<T> {
            #[inline]
            fn borrow(&self) -> &T {
                self
            }
        }

        impl<T> From<T> for $handle<T> {
            /// Moves `value` to the heap.
            #[inline]
            fn from(value: T) -> Self {
                Self::new(value)
            }
        }

        #[expect(clippy::partialeq_ne_impl, reason = "the value may have its own")]
        impl<T: PartialEq + ?Sized> PartialEq for $handle<T> {
            /// Compares the values.
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                **self == **other
            }

            #[inline]
            fn ne(&self, other: &Self) -> bool {
                **self != **other
            }
        }

        impl<T: Eq + ?Sized> Eq for $handle<T> {}

        impl<T: PartialOrd + ?Sized> PartialOrd for $handle<T> {
            /// Compares the values.
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                (**self).partial_cmp(&**other)
            }

            #[inline]
            fn lt(&self, other: &Self) -> bool {
                **self < **other
            }

            #[inline]
            fn le(&self, other: &Self) -> bool {
                **self <= **other
            }

            #[inline]
            fn gt(&self, other: &Self) -> bool {
                **self > **other
            }

            #[inline]
            fn ge(&self, other: &Self) -> bool {
                **self >= **other
            }
        }

        impl<T: Ord + ?Sized> Ord for $handle<T> {
            /// Compares the values.
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                (**self).cmp(&**other)
            }
        }

        impl<T: Hash + ?Sized> Hash for $handle<T> {
            /// Hashes the value.
            #[inline]
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state);
            }
        }

        impl<T: fmt::Debug + ?Sized> fmt::Debug for $handle<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: fmt::Display + ?Sized> fmt::Display for $handle<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: Error + ?Sized> Error for $handle<T> {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                (**self).source()
            }
        }

        impl<T: ?Sized> fmt::Pointer for $handle<T> {
            /// Writes where the value is.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Pointer::fmt(&(&raw const **self), f)
            }
        }
    };
}

like_its_value!(Rc);
like_its_value!(UniqueRc);

impl<T: Default> Default for Rc<T> {
    /// Shares the value's default.
    #[inline]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Default> Default for UniqueRc<T> {
    /// Moves the value's default to the heap.
    #[inline]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: ?Sized> From<UniqueRc<T>> for Rc<T> {
    /// Shares the value: [`UniqueRc::into_rc`].
    #[inline]
    fn from(unique: UniqueRc<T>) -> Self {
        UniqueRc::into_rc(unique)
    }
}

impl<T: Default> Default for Pin<Rc<T>> {
    /// Shares the value's default, pinned.
    #[inline]
    fn default() -> Self {
        pinned(T::default())
    }
}

impl<T> From<Box<T>> for Rc<T> {
    /// Moves the value from its box to a block of its own, without taking room for it on
    /// the stack.
    #[inline]
    fn from(value: Box<T>) -> Self {
        Self { share: Share::of_box(value) }
    }
}

impl<T: ?Sized> AsMut<T> for UniqueRc<T> {
    #[inline]
    fn as_mut(&mut self) -> &mut T {
        self
    }
}

impl<T: ?Sized> BorrowMut<T> for UniqueRc<T> {
    #[inline]
    fn borrow_mut(&mut self) -> &mut T {
        self
    }
}
