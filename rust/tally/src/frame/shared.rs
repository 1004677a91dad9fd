//! [`Frame`]: one of several handles on a frame.

use core::{
    fmt, mem,
    panic::{RefUnwindSafe, UnwindSafe},
};

use super::{
    Address, AnyMeta, FrameMeta, FrameRef, FrameSpace, FromUnusedError, GetFrameError, PAGE_SIZE,
    Paddr, UniqueFrame, raw_slot,
    slot::{Lent, Share},
};

/// One of several handles on a frame with metadata of type `M`.
///
/// Reads the metadata. One word, as is its `Option`. An example is at the
/// [top](crate).
///
/// Dropping the last one calls [`FrameMeta::on_drop`], drops the metadata, and
/// gives the frame back to [`FrameSpace::dealloc`]; about panics see the
/// [module](super). Each drop releases; the last one acquires what all others released.
///
/// Two handles are not compared by `==`: it could mean the same frame, or equal metadata.
/// For the first there is [`ptr_eq`](Self::ptr_eq), for the second what
/// [`meta`](Self::meta) gives.
///
/// Shared metadata are not changed, only those of a [`UniqueFrame`]:
///
/// ```compile_fail,E0599
/// # use tally::{Frame, FrameMeta, FrameSpace};
/// fn change<M: FrameMeta, S: FrameSpace>(frame: &mut Frame<M, S>) -> &mut M {
///     frame.meta_mut()
/// }
/// ```
#[doc(alias = "slot_drop_spec")]
#[doc(alias = "slot_drop_last_spec")]
#[doc(alias = "frame_drop_spec")]
pub struct Frame<M: AnyMeta + ?Sized, S: FrameSpace> {
    pub(super) share: Share<M, S>,
}

// Moving a handle does not move the metadata.
impl<M: AnyMeta + ?Sized, S: FrameSpace> Unpin for Frame<M, S> {}

// As for `Arc`: a handle gives only `&M`. That it is `RefUnwindSafe` follows as for `M`.
impl<M: AnyMeta + RefUnwindSafe + ?Sized, S: FrameSpace> UnwindSafe for Frame<M, S> {}

impl<M: FrameMeta, S: FrameSpace> Frame<M, S> {
    /// Claims the unused frame at the address `start` and gives it `metadata`.
    ///
    /// The frame's bytes are as the previous owner left them; for others see
    /// [`from_unused_zeroed`](Self::from_unused_zeroed).
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
    #[doc(alias = "frame_from_unused_at")]
    #[doc(alias = "get_from_unused_spec")]
    pub fn from_unused(start: Paddr, metadata: M) -> Result<Self, FromUnusedError<M>> {
        let slot = match S::region().slot(start) {
            Ok(slot) => slot,
            Err(error) => return Err(FromUnusedError { error, metadata }),
        };
        match Share::claim(slot, metadata) {
            Ok(share) => Ok(Self { share }),
            Err((error, metadata)) => Err(FromUnusedError { error, metadata }),
        }
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
    #[doc(alias = "frame_from_in_use_at")]
    #[doc(alias = "get_from_in_use_spec")]
    pub fn from_in_use(start: Paddr) -> Result<Self, GetFrameError> {
        let slot = S::region().slot(start)?;
        Share::find(slot).map(|share| Self { share })
    }

    /// The metadata.
    #[doc(alias = "slot_meta_spec")]
    #[inline]
    #[doc(alias = "frame_meta_spec")]
    pub fn meta(&self) -> &M {
        self.share.meta()
    }

    /// The number of handles on the frame, this one included.
    ///
    /// Others may change it at any time, by lookups even from 1. Relaxed: says
    /// nothing about what the others did with the metadata; to become unique
    /// use `UniqueFrame::try_from`.
    #[doc(alias = "slot_ref_count_spec")]
    #[inline]
    #[doc(alias = "reference_count_spec")]
    pub fn reference_count(&self) -> u64 {
        self.share.slot().count()
    }

    /// The frame's address, in bytes.
    ///
    /// # Panics
    ///
    /// If the frame is not in `S::region()`, which then is not always the same.
    #[inline]
    #[doc(alias = "frame_start_paddr_spec")]
    pub fn start_paddr(&self) -> Paddr {
        self.share.slot().start_paddr::<S>()
    }

    /// The frame's size, in bytes: [`PAGE_SIZE`].
    #[inline]
    #[doc(alias = "frame_size_spec")]
    pub const fn size(&self) -> usize {
        PAGE_SIZE
    }

    /// The level of the page table whose entries map frames of this size: 1.
    #[inline]
    #[doc(alias = "frame_level_spec")]
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
        self.share.with_meta_mut(change)
    }

    /// A handle that this one lends: not counted, and never dropped.
    #[inline]
    #[doc(alias = "frame_borrow_spec")]
    pub fn borrow(&self) -> FrameRef<'_, M, S> {
        FrameRef::new(self.share.lend())
    }

    /// Whether both are handles on the same frame.
    #[inline]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        core::ptr::eq(this.share.slot(), other.share.slot())
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
    #[doc(alias = "frame_into_raw_spec")]
    pub fn into_raw(self) -> Paddr {
        self.share.leave().start_paddr::<S>()
    }

    /// The handle whose [`into_raw`](Self::into_raw) gave the address `start`.
    ///
    /// # Safety
    ///
    /// `start` is from `into_raw` of a handle with these very `M` and `S`, or is the
    /// address of a frame within the range that
    /// [`Segment::into_raw`](super::Segment::into_raw) of a segment with these gave, or
    /// had its count raised by
    /// [`increment_reference_count`](Self::increment_reference_count), which
    /// happened before; at most as many are turned back as were given up and added, those
    /// by [`Segment::from_raw`](super::Segment::from_raw) included; and `S::region()` has
    /// been the same since.
    ///
    /// # Panics
    ///
    /// If `start` is not the address of a frame of the space.
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    #[must_use]
    #[doc(alias = "frame_from_raw_spec")]
    pub unsafe fn from_raw(start: Paddr) -> Self {
        let slot = raw_slot::<S>(start);
        debug_assert!((1..=super::REF_COUNT_MAX).contains(&slot.count()), "not from `into_raw`");
        // SAFETY: by the contract a share was given up.
        Self { share: unsafe { Share::from_slot(slot) } }
    }

    /// Adds a share to the frame at `start`, for a later
    /// [`from_raw`](Self::from_raw). Relaxed.
    ///
    /// # Safety
    ///
    /// Somebody holds a share of the frame throughout: by a handle or segment with these
    /// very `M` and `S` (not inside [`with_meta_mut`](Self::with_meta_mut), where there
    /// is no share), or as one given up by its `into_raw`, of which at most as many are
    /// turned back meanwhile as leave one. `start` is from
    /// [`start_paddr`](Self::start_paddr) or `into_raw` of such a handle, or the address
    /// of a frame within the range of such a segment, and `S::region()` has been the same
    /// since.
    ///
    /// # Panics
    ///
    /// If `start` is not the address of a frame of the space.
    ///
    /// # Aborts
    ///
    /// As [`clone`](Self::clone).
    #[doc(alias = "slot_clone_spec")]
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    pub unsafe fn increment_reference_count(start: Paddr) {
        // SAFETY: by the contract somebody holds a share.
        let lent = unsafe { Lent::<M, S>::from_slot(raw_slot::<S>(start)) };
        mem::forget(Self::clone(&lent));
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> From<UniqueFrame<M, S>> for Frame<M, S> {
    /// Makes a unique handle shareable; the count becomes 1.
    ///
    /// Releases: who finds the frame by address sees the metadata as they are now.
    #[doc(alias = "slot_from_unique_spec")]
    #[inline]
    #[doc(alias = "frame_from_unique_spec")]
    fn from(unique: UniqueFrame<M, S>) -> Self {
        Self { share: unique.whole.share() }
    }
}

impl<S: FrameSpace> Frame<dyn FrameMeta, S> {
    /// Borrows the frame as one with metadata of type `M`; nothing if they are of another.
    /// The handle stays as it is. To turn it into one of the type use [`TryFrom`].
    ///
    /// ```
    /// # use tally::{Frame, FrameMeta, FrameSpace};
    /// # struct Table(u16);
    /// # impl FrameMeta for Table {}
    /// fn entries<S: FrameSpace>(any: &Frame<dyn FrameMeta, S>) -> u16 {
    ///     any.downcast::<Table>().map_or(0, |table| table.meta().0)
    /// }
    /// ```
    #[inline]
    #[must_use]
    pub fn downcast<M: FrameMeta>(&self) -> Option<FrameRef<'_, M, S>> {
        self.share.lend_of().map(FrameRef::new)
    }
}

impl<M: FrameMeta, S: FrameSpace> From<Frame<M, S>> for Frame<dyn FrameMeta, S> {
    /// Forgets the metadata's type. Costs nothing.
    #[inline]
    fn from(frame: Frame<M, S>) -> Self {
        Self { share: frame.share.of_any() }
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
        match frame.share.of() {
            Ok(share) => Ok(Self { share }),
            Err(share) => Err(Frame { share }),
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
    #[doc(alias = "frame_clone_spec")]
    fn clone(&self) -> Self {
        Self { share: self.share.clone() }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for Frame<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Frame").field(&Address(self.start_paddr())).finish()
    }
}
