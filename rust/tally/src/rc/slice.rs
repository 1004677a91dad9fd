//! Slices and strings behind one handle: made of what has them, and room for them.

use alloc::{
    borrow::{Cow, ToOwned},
    boxed::Box,
    string::String,
    vec::Vec,
};
use core::mem::MaybeUninit;

use super::{AllocError, Rc, inner::Share};

impl<T> Rc<[T]> {
    /// Room for `len` values on the heap, to be written in place; the result is its only
    /// handle.
    ///
    /// ```
    /// use tally::Rc;
    ///
    /// let mut squares = Rc::<[u64]>::new_uninit_slice(3);
    /// for (i, room) in (0..).zip(Rc::get_mut(&mut squares).unwrap()) {
    ///     room.write(i * i);
    /// }
    /// // SAFETY: all are written.
    /// let squares = unsafe { squares.assume_init() };
    /// assert_eq!(*squares, [0, 1, 4]);
    /// ```
    ///
    /// # Panics
    ///
    /// If the values and the counts take more than `isize::MAX` bytes. Where memory is
    /// exhausted, [`alloc::alloc::handle_alloc_error`] decides. So do the conversions.
    #[must_use]
    pub fn new_uninit_slice(len: usize) -> Rc<[MaybeUninit<T>]> {
        Rc { share: Share::new_uninit_slice(len) }
    }

    /// As [`new_uninit_slice`](Self::new_uninit_slice), all bytes being zero.
    ///
    /// # Panics
    ///
    /// As [`new_uninit_slice`](Self::new_uninit_slice).
    #[must_use]
    pub fn new_zeroed_slice(len: usize) -> Rc<[MaybeUninit<T>]> {
        Rc { share: Share::new_zeroed_slice(len) }
    }

    /// As [`new_uninit_slice`](Self::new_uninit_slice), for programs that go on where memory
    /// is exhausted.
    ///
    /// # Errors
    ///
    /// [`AllocError`] where the allocator has no memory for a block, or none can be so large.
    pub fn try_new_uninit_slice(len: usize) -> Result<Rc<[MaybeUninit<T>]>, AllocError> {
        match Share::try_new_uninit_slice(len) {
            Some(share) => Ok(Rc { share }),
            None => Err(AllocError { value: () }),
        }
    }
}

impl<T> Rc<[MaybeUninit<T>]> {
    /// The handle on the values that were written, in place. An example is at
    /// [`new_uninit_slice`](Rc::new_uninit_slice). Other handles stay what they are.
    ///
    /// # Safety
    ///
    /// Each value is an initialised `T`.
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    #[must_use]
    pub unsafe fn assume_init(self) -> Rc<[T]> {
        // SAFETY: the contracts are the same.
        Rc { share: unsafe { self.share.assume_slice_init() } }
    }
}

impl<T> From<Vec<T>> for Rc<[T]> {
    /// Moves the values to a block of their own.
    #[doc(alias = "rc_slice_new_spec")]
    fn from(values: Vec<T>) -> Self {
        Self { share: Share::of_vec(values) }
    }
}

impl<T> From<Box<[T]>> for Rc<[T]> {
    /// Moves the values to a block of their own.
    #[doc(alias = "rc_slice_from_box_spec")]
    fn from(values: Box<[T]>) -> Self {
        Self::from(values.into_vec())
    }
}

impl<T: Clone> From<&[T]> for Rc<[T]> {
    /// Clones the values, one after the other. Where one panics, those that are made are
    /// dropped.
    #[doc(alias = "rc_slice_from_clones_spec")]
    fn from(values: &[T]) -> Self {
        Self { share: Share::of_clones(values) }
    }
}

impl<T: Clone> From<&mut [T]> for Rc<[T]> {
    /// Clones the values.
    fn from(values: &mut [T]) -> Self {
        Self::from(&*values)
    }
}

impl<T, const N: usize> From<[T; N]> for Rc<[T]> {
    /// Moves the values to a block of their own.
    fn from(values: [T; N]) -> Self {
        Self { share: Share::of_array(Share::new(values)) }
    }
}

impl<T> FromIterator<T> for Rc<[T]> {
    /// Collects the values, then moves them to a block of their own.
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from(Vec::from_iter(values))
    }
}

impl<T, const N: usize> TryFrom<Rc<[T]>> for Rc<[T; N]> {
    type Error = Rc<[T]>;

    /// The same handle, if there are `N` values.
    #[doc(alias = "rc_slice_into_array_spec")]
    fn try_from(values: Rc<[T]>) -> Result<Self, Rc<[T]>> {
        match values.share.into_array() {
            Ok(share) => Ok(Rc { share }),
            Err(share) => Err(Rc { share }),
        }
    }
}

impl From<&str> for Rc<str> {
    /// Copies the text to a block of its own.
    fn from(text: &str) -> Self {
        Self { share: Share::of_text(text) }
    }
}

impl From<&mut str> for Rc<str> {
    /// Copies the text to a block of its own.
    fn from(text: &mut str) -> Self {
        Self::from(&*text)
    }
}

impl From<String> for Rc<str> {
    /// Copies the text to a block of its own.
    fn from(text: String) -> Self {
        Self::from(&*text)
    }
}

impl From<Box<str>> for Rc<str> {
    /// Copies the text to a block of its own.
    fn from(text: Box<str>) -> Self {
        Self::from(&*text)
    }
}

impl From<Rc<str>> for Rc<[u8]> {
    /// The same handle, on the text's bytes.
    fn from(text: Rc<str>) -> Self {
        Self { share: text.share.into_bytes() }
    }
}

impl<'a, B> From<Cow<'a, B>> for Rc<B>
where
    B: ToOwned + ?Sized,
    Rc<B>: From<&'a B> + From<B::Owned>,
{
    /// Clones what is borrowed, moves what is owned.
    fn from(value: Cow<'a, B>) -> Self {
        match value {
            Cow::Borrowed(value) => Self::from(value),
            Cow::Owned(value) => Self::from(value),
        }
    }
}

impl<T> Default for Rc<[T]> {
    /// No values.
    fn default() -> Self {
        Self::from([])
    }
}

impl Default for Rc<str> {
    /// The empty text.
    fn default() -> Self {
        Self::from("")
    }
}
