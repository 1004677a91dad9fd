//! [`FrameRef`]: a handle that is not counted.

use core::{fmt, ops::Deref};

use super::{Address, AnyMeta, Frame, FrameSpace, Paddr, raw_slot, slot::Lent};

/// A handle that somebody lends: reads like a [`Frame`], is not counted, and
/// does nothing when it is dropped.
///
/// One word, and free of atomic steps: what [`Frame::clone`] costs is saved.
///
/// ```
/// # use tally::{Frame, FrameMeta, FrameRef, FrameSpace};
/// struct Owner(u32);
/// impl FrameMeta for Owner {}
///
/// fn owner<S: FrameSpace>(frame: FrameRef<'_, Owner, S>) -> u32 {
///     frame.meta().0
/// }
///
/// # fn example<S: FrameSpace>(frame: Frame<Owner, S>) {
/// owner(frame.borrow());
/// assert_eq!(frame.reference_count(), 1);
/// # }
/// ```
///
/// It does not outlive the handle that lends it:
///
/// ```compile_fail,E0505
/// # use tally::{Frame, FrameMeta, FrameSpace};
/// fn late<M: FrameMeta, S: FrameSpace>(frame: Frame<M, S>) {
///     let borrowed = frame.borrow();
///     drop(frame);
///     borrowed.meta();
/// }
/// ```
pub struct FrameRef<'a, M: AnyMeta + ?Sized, S: FrameSpace> {
    lent: Lent<'a, M, S>,
}

impl<'a, M: AnyMeta + ?Sized, S: FrameSpace> FrameRef<'a, M, S> {
    #[inline]
    pub(super) fn new(lent: Lent<'a, M, S>) -> Self {
        Self { lent }
    }

    /// The same handle once more, for the same time: this one may go before it.
    ///
    /// `clone` gives a counted [`Frame`], as `FrameRef` reads like one.
    ///
    /// ```
    /// # use tally::{FrameMeta, FrameRef, FrameSpace};
    /// fn twice<'a, M: FrameMeta, S: FrameSpace>(frame: FrameRef<'a, M, S>) -> [FrameRef<'a, M, S>; 2] {
    ///     [FrameRef::reborrow(&frame), frame]
    /// }
    /// ```
    #[inline]
    #[must_use]
    pub fn reborrow(this: &Self) -> Self {
        Self { lent: this.lent.again() }
    }

    /// Of the share that was given up at the address `start`: as in a page table
    /// whose entry is kept for `'a`.
    ///
    /// # Safety
    ///
    /// `start` is from [`Frame::into_raw`] of a handle of this very type, which
    /// happened before, and is not turned back for `'a`; and `S::region()` has been the
    /// same since.
    ///
    /// # Panics
    ///
    /// If `start` is not the address of a frame of the space.
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    #[must_use]
    pub unsafe fn from_raw(start: Paddr) -> Self {
        // SAFETY: by the contract the share exists for `'a`.
        Self { lent: unsafe { Lent::from_slot(raw_slot::<S>(start)) } }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Deref for FrameRef<'_, M, S> {
    type Target = Frame<M, S>;

    #[inline]
    fn deref(&self) -> &Frame<M, S> {
        &self.lent
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for FrameRef<'_, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FrameRef").field(&Address(self.start_paddr())).finish()
    }
}
