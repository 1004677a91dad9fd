//! [`Frame`]: one of several handles on a frame.

#![allow(unsafe_code, reason = "reads metadata as the type that the handle tells")]

use core::{fmt, marker::PhantomData, mem};

use super::{
    FrameMeta, FrameSpace, FromUnusedError, GetFrameError, PAGE_SIZE, Paddr, UniqueFrame,
    slot::MetaSlot,
};

/// One of several handles on a frame with metadata of type `M`.
///
/// Reads the metadata. One word, as is its `Option`. An example is at the
/// [top](crate).
///
/// Dropping the last one calls [`FrameMeta::on_drop`], drops the metadata, and
/// gives the frame back to [`FrameSpace::dealloc`]; about panics see the
/// [module](super).
///
/// Shared metadata are not changed, only those of a [`UniqueFrame`]:
///
/// ```compile_fail,E0599
/// # use tally::{Frame, FrameMeta, FrameSpace};
/// fn change<M: FrameMeta, S: FrameSpace>(frame: &mut Frame<M, S>) -> &mut M {
///     frame.meta_mut()
/// }
/// ```
pub struct Frame<M: FrameMeta, S: FrameSpace> {
    /// Its count is at least 1 and counts this handle; it was claimed for `M`
    /// and `S`.
    pub(super) slot: &'static MetaSlot,
    /// May be the last owner of an `M`; `S` is only a name.
    pub(super) _owns: PhantomData<(M, fn() -> S)>,
}

impl<M: FrameMeta, S: FrameSpace> Frame<M, S> {
    /// Claims the unused frame at the address `start` and gives it `metadata`.
    ///
    /// Acquires: everything that the frame's previous owner did comes before.
    /// Releases: who finds the frame by address sees its metadata.
    ///
    /// # Errors
    ///
    /// In this order, with the metadata handed back:
    /// [`NotAligned`](GetFrameError::NotAligned) and
    /// [`OutOfBound`](GetFrameError::OutOfBound) for the address; then, if the
    /// frame is not unused, [`Unique`](GetFrameError::Unique),
    /// [`Busy`](GetFrameError::Busy) or [`InUse`](GetFrameError::InUse).
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
        slot.publish_shared();
        Ok(Self { slot, _owns: PhantomData })
    }

    /// Another handle on the shared frame at the address `start`.
    ///
    /// Acquires: the metadata are as they were when the frame became shared.
    ///
    /// The types can be compared only while a share keeps them from changing.
    /// So a lookup that ends in [`OtherMeta`](GetFrameError::OtherMeta) raises the
    /// count for a moment, and if every other handle is dropped in that moment
    /// the frame is torn down here.
    ///
    /// # Errors
    ///
    /// In this order: [`NotAligned`](GetFrameError::NotAligned) and
    /// [`OutOfBound`](GetFrameError::OutOfBound) for the address; then, if the
    /// frame is not shared, [`Unused`](GetFrameError::Unused),
    /// [`Unique`](GetFrameError::Unique) or [`Busy`](GetFrameError::Busy); then
    /// [`OtherMeta`](GetFrameError::OtherMeta) if its metadata are not of type
    /// `M` or its space is not `S`.
    ///
    /// # Aborts
    ///
    /// If there are [`REF_COUNT_MAX`](super::REF_COUNT_MAX) handles already.
    #[doc(alias = "slot_from_in_use_spec")]
    #[doc(alias = "slot_from_in_use_error_spec")]
    #[doc(alias = "slot_from_in_use_abort_spec")]
    #[inline]
    pub fn from_in_use(start: Paddr) -> Result<Self, GetFrameError> {
        let slot = S::region().slot(start)?;
        slot.acquire_in_use()?;
        // SAFETY: `acquire_in_use` gave us a share.
        if unsafe { slot.is_for::<M, S>() } {
            Ok(Self { slot, _owns: PhantomData })
        } else {
            // SAFETY: the same share, given up here.
            unsafe { slot.release_share_untyped() };
            Err(GetFrameError::OtherMeta)
        }
    }

    /// The metadata.
    #[doc(alias = "slot_meta_spec")]
    #[inline]
    pub fn meta(&self) -> &M {
        // SAFETY: this handle is a share of its slot, which is for `M`.
        let meta = unsafe { self.slot.meta::<M>() };
        // SAFETY: initialised by `claim`, and written only by a unique owner or
        // after the last share is gone, neither while this one is
        // (`slot_try_from_shared_spec`, `slot_drop_last_spec`).
        unsafe { &*meta }
    }

    /// The number of handles on the frame, this one included.
    ///
    /// Others may change it at any time, by lookups even from 1. Relaxed: says
    /// nothing about what the others did with the metadata; to become unique
    /// use `UniqueFrame::try_from`.
    #[doc(alias = "slot_ref_count_spec")]
    #[inline]
    pub fn reference_count(&self) -> u64 {
        self.slot.count()
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

impl<M: FrameMeta, S: FrameSpace> From<UniqueFrame<M, S>> for Frame<M, S> {
    /// Makes a unique handle shareable; the count becomes 1.
    ///
    /// Releases: who finds the frame by address sees the metadata as they are now.
    #[doc(alias = "slot_from_unique_spec")]
    #[inline]
    fn from(unique: UniqueFrame<M, S>) -> Self {
        let slot = unique.slot;
        // The unique ownership becomes the share: its drop must not tear down.
        // Forgotten first: once shared, the slot is no longer unique.
        mem::forget(unique);
        slot.share_unique();
        Self { slot, _owns: PhantomData }
    }
}

impl<M: FrameMeta, S: FrameSpace> Clone for Frame<M, S> {
    /// Makes another handle on the frame. Relaxed.
    ///
    /// # Aborts
    ///
    /// If there are [`REF_COUNT_MAX`](super::REF_COUNT_MAX) handles already,
    /// which takes leaking them with [`mem::forget`].
    #[doc(alias = "slot_clone_spec")]
    #[doc(alias = "slot_clone_abort_spec")]
    #[inline]
    fn clone(&self) -> Self {
        self.slot.clone_share();
        Self { slot: self.slot, _owns: PhantomData }
    }
}

impl<M: FrameMeta, S: FrameSpace> Drop for Frame<M, S> {
    /// Gives up this handle; the last one tears the frame down.
    ///
    /// Releases; the last one acquires what all others released.
    #[doc(alias = "slot_drop_spec")]
    #[doc(alias = "slot_drop_last_spec")]
    #[inline]
    fn drop(&mut self) {
        if self.slot.release_share() {
            // SAFETY: the last share was given back, so the slot is ours alone,
            // busy, and its metadata initialised (`slot_drop_last_spec`); it
            // is for `M` and `S`.
            unsafe { self.slot.tear_down::<M, S>() }
        }
    }
}

impl<M: FrameMeta, S: FrameSpace> fmt::Debug for Frame<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({:#x})", self.start_paddr())
    }
}
