//! [`FrameRef`]: a handle that is not counted.

#![allow(unsafe_code, reason = "lends a share that the reference does not have")]

use core::{fmt, marker::PhantomData, mem::ManuallyDrop, ops::Deref};

use super::{AnyMeta, Frame, FrameSpace, MetaSlot, Paddr, raw_slot};

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
    /// Of a share that is somebody else's for `'a`.
    frame: ManuallyDrop<Frame<M, S>>,
    _lent: PhantomData<&'a Frame<M, S>>,
}

impl<'a, M: AnyMeta + ?Sized, S: FrameSpace> FrameRef<'a, M, S> {
    #[inline]
    pub(super) fn new(frame: &'a Frame<M, S>) -> Self {
        // SAFETY: the share is that of `frame`, which outlives `'a`.
        unsafe { Self::from_slot(frame.slot) }
    }

    /// Of a share that is somebody else's.
    ///
    /// # Safety
    ///
    /// A share of the slot, which is for `M` and `S`, exists for `'a`.
    #[inline]
    pub(super) unsafe fn from_slot(slot: &'static MetaSlot) -> Self {
        // SAFETY: the share exists for `'a`; the handle made of it is never
        // dropped, nor moved out.
        let frame = ManuallyDrop::new(unsafe { Frame::from_slot(slot) });
        Self { frame, _lent: PhantomData }
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
    #[inline]
    #[must_use]
    pub unsafe fn from_raw(start: Paddr) -> Self {
        // SAFETY: by the contract.
        unsafe { Self::from_slot(raw_slot::<S>(start)) }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Deref for FrameRef<'_, M, S> {
    type Target = Frame<M, S>;

    #[inline]
    fn deref(&self) -> &Frame<M, S> {
        &self.frame
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for FrameRef<'_, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FrameRef({:#x})", self.start_paddr())
    }
}
