//! [`CloneContent`]: which values [`Rc::make_mut`] can clone.

use super::Rc;

/// A value that [`Rc::make_mut`] can clone into a block of its own: each that is [`Clone`], a
/// slice of such values, or a string.
///
/// In place of `CloneToUninit` of the standard library, which is not stable. It cannot be
/// implemented elsewhere:
///
/// ```compile_fail
/// struct Mine;
/// impl tally::CloneContent for Mine {}
/// ```
pub trait CloneContent: sealed::MakeMut {}

impl<T: sealed::MakeMut + ?Sized> CloneContent for T {}

mod sealed {
    use super::Rc;

    pub trait MakeMut {
        fn make_mut(this: &mut Rc<Self>) -> &mut Self;
    }
}

pub(super) use sealed::MakeMut;

impl<T: Clone> MakeMut for T {
    #[inline(always)]
    fn make_mut(this: &mut Rc<T>) -> &mut T {
        this.share.make_alone(T::clone)
    }
}

impl<T: Clone> MakeMut for [T] {
    #[inline]
    fn make_mut(this: &mut Rc<[T]>) -> &mut [T] {
        this.share.make_slice_alone()
    }
}

impl MakeMut for str {
    #[inline]
    fn make_mut(this: &mut Rc<str>) -> &mut str {
        this.share.make_text_alone()
    }
}
