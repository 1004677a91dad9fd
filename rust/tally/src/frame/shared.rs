//! [`Frame`]: one of several handles on a frame.

#![allow(unsafe_code, reason = "reads metadata as the type that the handle tells")]

use core::{fmt, marker::PhantomData, mem};

use super::{
    AnyMeta, FrameMeta, FrameRef, FrameSpace, FromUnusedError, GetFrameError, PAGE_SIZE, Paddr,
    UniqueFrame, raw_slot,
    slot::{MetaSlot, Owns},
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
pub struct Frame<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Its count is at least 1 and counts this handle; it was claimed for `M`
    /// and `S`.
    pub(super) slot: &'static MetaSlot,
    pub(super) _owns: Owns<M, S>,
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
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Frame<M, S> {
    /// Another handle on the shared frame at the address `start`.
    ///
    /// Acquires: the metadata are as they were when the frame became shared.
    ///
    /// The types can be compared only while a share keeps them from changing.
    /// So a lookup that ends in [`OtherMeta`](GetFrameError::OtherMeta) raises the
    /// count for a moment, and if every other handle is dropped in that moment
    /// the frame is torn down here.
    ///
    /// # Panics
    ///
    /// If the frame is torn down here and [`FrameMeta::on_drop`], the metadata's
    /// destructor or [`FrameSpace::dealloc`] does.
    ///
    /// # Errors
    ///
    /// In this order: [`NotAligned`](GetFrameError::NotAligned) and
    /// [`OutOfBound`](GetFrameError::OutOfBound) for the address; then, if the
    /// frame is not shared, [`Unused`](GetFrameError::Unused),
    /// [`Unique`](GetFrameError::Unique) or [`Busy`](GetFrameError::Busy); then
    /// [`OtherMeta`](GetFrameError::OtherMeta) if its metadata are not of type
    /// `M` (any are `dyn FrameMeta`) or its space is not `S`.
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
        // SAFETY: initialised by `claim` or `replace`, and written only by a unique owner or
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
    ///
    /// # Panics
    ///
    /// If the frame is not in `S::region()`, which then is not always the same.
    #[inline]
    pub fn start_paddr(&self) -> Paddr {
        self.slot.start_paddr::<S>()
    }

    /// The frame's size, in bytes: [`PAGE_SIZE`].
    #[inline]
    pub const fn size(&self) -> usize {
        PAGE_SIZE
    }

    /// The level of the page table whose entries map frames of this size: 1.
    #[inline]
    pub const fn level(&self) -> u8 {
        1
    }

    /// Changes the metadata if this is the only handle: runs `change` on them
    /// while the frame is unique, then shares it again.
    ///
    /// Nothing, and `change` is not called, if there are other handles. Meanwhile
    /// others find the frame unique. Acquires before and releases after, as the
    /// conversions to unique and back, which this is.
    ///
    /// There is no `get_mut` that only looks at the count, and none that returns a
    /// reference: a lookup by address may raise a count of 1 at any time, and a
    /// handle that its holder has forgotten to share again could be cloned while
    /// it is unique.
    ///
    /// # Panics
    ///
    /// If `change` does. The frame is shared again then too.
    ///
    /// ```
    /// # use tally::{Frame, FrameMeta, FrameSpace};
    /// struct Hits(u64);
    /// impl FrameMeta for Hits {}
    ///
    /// # fn example<S: FrameSpace>(mut frame: Frame<Hits, S>) {
    /// let before = frame.with_meta_mut(|hits| core::mem::replace(&mut hits.0, 0));
    /// # }
    /// ```
    #[doc(alias = "get_mut")]
    pub fn with_meta_mut<R>(&mut self, change: impl FnOnce(&mut M) -> R) -> Option<R> {
        /// Shares again at its end, whether by return or by unwinding.
        struct Share(&'static MetaSlot);

        impl Drop for Share {
            fn drop(&mut self) {
                self.0.share_unique();
            }
        }

        if !self.slot.try_unique() {
            return None;
        }
        let _share = Share(self.slot);
        // SAFETY: the slot is unique now, this handle its only one, and for `M`.
        let meta = unsafe { self.slot.meta_mut::<M>() };
        // SAFETY: initialised; no other handle exists until `_share` goes
        // (`slot_try_from_shared_spec`), and this one is borrowed exclusively.
        Some(change(unsafe { &mut *meta }))
    }

    /// A handle that this one lends: not counted, and never dropped.
    #[inline]
    pub fn borrow(&self) -> FrameRef<'_, M, S> {
        FrameRef::new(self)
    }

    /// Whether both are handles on the same frame.
    #[inline]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        core::ptr::eq(this.slot, other.slot)
    }

    /// Gives up the handle but not its share, which stays until
    /// [`from_raw`](Self::from_raw) is called with the address: as in a page table.
    ///
    /// Synchronises nothing: who passes the address on must do so by Release and
    /// Acquire.
    ///
    /// # Panics
    ///
    /// As [`start_paddr`](Self::start_paddr); the share is then lost.
    ///
    /// ```
    /// # use tally::{Frame, FrameMeta, FrameSpace};
    /// # fn example<M: FrameMeta, S: FrameSpace>(frame: Frame<M, S>) {
    /// let start = frame.into_raw();
    /// // SAFETY: the address is from `into_raw` of this type, and used once.
    /// let frame = unsafe { Frame::<M, S>::from_raw(start) };
    /// # }
    /// ```
    #[inline]
    #[must_use = "the share is lost with the address"]
    pub fn into_raw(self) -> Paddr {
        self.into_slot().start_paddr::<S>()
    }

    /// The handle whose [`into_raw`](Self::into_raw) gave the address `start`.
    ///
    /// # Safety
    ///
    /// `start` is from `into_raw` of a handle of this very type, or of
    /// [`Segment::into_raw`](super::Segment::into_raw), or had its count raised by
    /// [`increment_reference_count`](Self::increment_reference_count), which
    /// happened before; as many are turned back as were given up; and
    /// `S::region()` has been the same since.
    ///
    /// # Panics
    ///
    /// If `start` is not the address of a frame of the space.
    #[inline]
    #[must_use]
    pub unsafe fn from_raw(start: Paddr) -> Self {
        let slot = raw_slot::<S>(start);
        debug_assert!((1..=super::REF_COUNT_MAX).contains(&slot.count()), "not from `into_raw`");
        // SAFETY: by the contract.
        unsafe { Self::from_slot(slot) }
    }

    /// Adds a share to the frame at `start`, for a later
    /// [`from_raw`](Self::from_raw). Relaxed.
    ///
    /// # Safety
    ///
    /// Somebody holds a share of the frame throughout: by a handle of this very type
    /// (not inside [`with_meta_mut`](Self::with_meta_mut), where there is no share),
    /// or as one given up by [`into_raw`](Self::into_raw). `start` is from
    /// [`start_paddr`](Self::start_paddr) or `into_raw` of such a handle, and
    /// `S::region()` has been the same since.
    ///
    /// # Panics
    ///
    /// If `start` is not the address of a frame of the space.
    ///
    /// # Aborts
    ///
    /// As [`clone`](Self::clone).
    #[doc(alias = "slot_clone_spec")]
    #[inline]
    pub unsafe fn increment_reference_count(start: Paddr) {
        raw_slot::<S>(start).clone_share();
    }

    /// Gives up the handle but not its share.
    #[inline]
    pub(super) fn into_slot(self) -> &'static MetaSlot {
        let slot = self.slot;
        mem::forget(self);
        slot
    }

    /// Makes the handle of who has a share.
    ///
    /// # Safety
    ///
    /// The caller has a share of the slot, which is for `M` and `S`, and does not
    /// use it again.
    #[inline]
    pub(super) unsafe fn from_slot(slot: &'static MetaSlot) -> Self {
        Self { slot, _owns: PhantomData }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> From<UniqueFrame<M, S>> for Frame<M, S> {
    /// Makes a unique handle shareable; the count becomes 1.
    ///
    /// Releases: who finds the frame by address sees the metadata as they are now.
    #[doc(alias = "slot_from_unique_spec")]
    #[inline]
    fn from(unique: UniqueFrame<M, S>) -> Self {
        // The unique ownership becomes the share. The handle is forgotten first:
        // once shared, the slot is no longer unique.
        let slot = unique.into_slot();
        slot.share_unique();
        Self { slot, _owns: PhantomData }
    }
}

impl<M: FrameMeta, S: FrameSpace> From<Frame<M, S>> for Frame<dyn FrameMeta, S> {
    /// Forgets the metadata's type. Costs nothing.
    #[inline]
    fn from(frame: Frame<M, S>) -> Self {
        Self { slot: frame.into_slot(), _owns: PhantomData }
    }
}

impl<M: FrameMeta, S: FrameSpace> TryFrom<Frame<dyn FrameMeta, S>> for Frame<M, S> {
    type Error = Frame<dyn FrameMeta, S>;

    /// Asks the slot for the metadata's type. An example is at [`AnyMeta`].
    ///
    /// # Errors
    ///
    /// The frame itself, unchanged, if its metadata are not of type `M`.
    #[inline]
    fn try_from(frame: Frame<dyn FrameMeta, S>) -> Result<Self, Self::Error> {
        // SAFETY: `frame` is a share of its slot.
        if unsafe { frame.slot.is_for::<M, S>() } {
            Ok(Self { slot: frame.into_slot(), _owns: PhantomData })
        } else {
            Err(frame)
        }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Clone for Frame<M, S> {
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

impl<M: AnyMeta + ?Sized, S: FrameSpace> Drop for Frame<M, S> {
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

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for Frame<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({:#x})", self.start_paddr())
    }
}
