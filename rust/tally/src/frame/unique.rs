//! [`UniqueFrame`]: the only handle on a frame.

#![allow(unsafe_code, reason = "reads and writes metadata as the type that the handle tells")]

use core::{fmt, marker::PhantomData, mem};

use super::{Frame, FrameMeta, FrameSpace, FromUnusedError, PAGE_SIZE, Paddr, slot::MetaSlot};

/// The only handle on a frame with metadata of type `M`.
///
/// May change the metadata. One word, as is its `Option`. An example is at the
/// [top](crate).
///
/// Dropping it calls [`FrameMeta::on_drop`], drops the metadata, and gives the
/// frame back to [`FrameSpace::dealloc`]; about panics see the [module](super).
///
/// There is one such handle: it cannot be cloned.
///
/// ```compile_fail,E0599
/// # use tally::{FrameMeta, FrameSpace, UniqueFrame};
/// fn two<M: FrameMeta, S: FrameSpace>(frame: UniqueFrame<M, S>) -> UniqueFrame<M, S> {
///     frame.clone()
/// }
/// ```
///
/// Nor converted twice:
///
/// ```compile_fail,E0382
/// # use tally::{Frame, FrameMeta, FrameSpace, UniqueFrame};
/// fn two<M: FrameMeta, S: FrameSpace>(frame: UniqueFrame<M, S>) -> [Frame<M, S>; 2] {
///     [Frame::from(frame), Frame::from(frame)]
/// }
/// ```
pub struct UniqueFrame<M: FrameMeta, S: FrameSpace> {
    /// Its count is [`REF_COUNT_UNIQUE`](super::REF_COUNT_UNIQUE), it was
    /// claimed for `M` and `S`, and this is the only handle on it.
    pub(super) slot: &'static MetaSlot,
    /// Owns an `M`; `S` is only a name.
    pub(super) _owns: PhantomData<(M, fn() -> S)>,
}

impl<M: FrameMeta, S: FrameSpace> UniqueFrame<M, S> {
    /// Claims the unused frame at the address `start` and gives it `metadata`.
    ///
    /// Acquires: everything that the frame's previous owner did comes before.
    ///
    /// # Errors
    ///
    /// In this order, with the metadata handed back:
    /// [`NotAligned`](super::GetFrameError::NotAligned) and
    /// [`OutOfBound`](super::GetFrameError::OutOfBound) for the address; then, if the
    /// frame is not unused, [`Unique`](super::GetFrameError::Unique),
    /// [`Busy`](super::GetFrameError::Busy) or
    /// [`InUse`](super::GetFrameError::InUse).
    #[doc(alias = "slot_from_unused_spec")]
    #[doc(alias = "slot_from_unused_error_spec")]
    #[inline]
    pub fn from_unused(start: Paddr, metadata: M) -> Result<Self, FromUnusedError<M>> {
        let slot = match S::region().slot(start) {
            Ok(slot) => slot,
            Err(error) => return Err(FromUnusedError { error, metadata }),
        };
        if let Err((error, metadata)) = slot.claim::<M, S>(metadata) {
            return Err(FromUnusedError { error, metadata });
        }
        slot.publish_unique();
        Ok(Self { slot, _owns: PhantomData })
    }

    /// The metadata.
    #[doc(alias = "slot_meta_spec")]
    #[inline]
    pub fn meta(&self) -> &M {
        // SAFETY: this handle is the unique owner and its slot is for `M`.
        let meta = unsafe { self.slot.meta::<M>() };
        // SAFETY: initialised by `claim`. Written only through `meta_mut` of
        // this handle, which the borrow excludes, or after it is gone
        // (`slot_drop_last_spec`).
        unsafe { &*meta }
    }

    /// The metadata, to change.
    #[inline]
    pub fn meta_mut(&mut self) -> &mut M {
        // SAFETY: this handle is the unique owner and its slot is for `M`.
        let meta = unsafe { self.slot.meta_mut::<M>() };
        // SAFETY: initialised by `claim`, and no other handle exists
        // (`slot_from_unused_spec`, `slot_try_from_shared_spec`); the borrow
        // excludes other uses of this one.
        unsafe { &mut *meta }
    }

    /// The frame's address, in bytes.
    #[inline]
    pub fn start_paddr(&self) -> Paddr {
        self.slot.start_paddr::<S>()
    }

    /// The frame's size, in bytes: [`PAGE_SIZE`].
    #[inline]
    pub const fn size(&self) -> usize {
        PAGE_SIZE
    }
}

impl<M: FrameMeta, S: FrameSpace> TryFrom<Frame<M, S>> for UniqueFrame<M, S> {
    type Error = Frame<M, S>;

    /// Makes the handle unique if it is the only one.
    ///
    /// Acquires: everything that dropped handles did comes before. One
    /// compare-exchange; a mere look at the count would not do (see the
    /// [module](super)).
    ///
    /// # Errors
    ///
    /// The frame itself, unchanged, if there are other handles on it. For a
    /// moment that may be a stranger's: a lookup of this frame as another type
    /// counts itself before it fails with
    /// [`OtherMeta`](super::GetFrameError::OtherMeta).
    #[doc(alias = "slot_try_from_shared_spec")]
    #[doc(alias = "slot_try_from_shared_error_spec")]
    #[inline]
    fn try_from(frame: Frame<M, S>) -> Result<Self, Frame<M, S>> {
        if !frame.slot.try_unique() {
            return Err(frame);
        }
        let slot = frame.slot;
        // The share became the unique ownership: its drop must not give it back.
        mem::forget(frame);
        Ok(Self { slot, _owns: PhantomData })
    }
}

impl<M: FrameMeta, S: FrameSpace> Drop for UniqueFrame<M, S> {
    /// Tears the frame down. Releases: the next owner sees it finished.
    #[doc(alias = "slot_drop_last_spec")]
    #[inline]
    fn drop(&mut self) {
        self.slot.retire_unique();
        // SAFETY: unique until now, so the slot is ours alone, busy, and its
        // metadata initialised (`slot_drop_last_spec`); it is for `M` and `S`.
        unsafe { self.slot.tear_down::<M, S>() }
    }
}

impl<M: FrameMeta, S: FrameSpace> fmt::Debug for UniqueFrame<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UniqueFrame({:#x})", self.start_paddr())
    }
}
