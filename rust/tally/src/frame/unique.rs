//! [`UniqueFrame`]: the only handle on a frame.

use core::fmt;

use super::{
    Address, AnyMeta, Frame, FrameMeta, FrameSpace, FreeFrame, FromUnusedError, PAGE_SIZE, Paddr,
    raw_slot, slot::Whole,
};

/// The only handle on a frame with metadata of type `M`.
///
/// May change the metadata. One word, as is its `Option`. An example is at the
/// [top](crate).
///
/// Dropping it calls [`FrameMeta::on_drop`], drops the metadata, and gives the
/// frame back to [`FrameSpace::dealloc`]; about panics see the [module](super). It
/// releases: the next owner sees the frame finished.
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
#[doc(alias = "slot_drop_last_spec")]
#[doc(alias = "unique_drop_spec")]
pub struct UniqueFrame<M: AnyMeta + ?Sized, S: FrameSpace> {
    pub(super) whole: Whole<M, S>,
}

// Moving the handle does not move the metadata. It is `UnwindSafe` and `RefUnwindSafe` as
// they are, as a `Box` is.
impl<M: AnyMeta + ?Sized, S: FrameSpace> Unpin for UniqueFrame<M, S> {}

impl<M: FrameMeta, S: FrameSpace> UniqueFrame<M, S> {
    /// Claims the unused frame at the address `start` and gives it `metadata`.
    ///
    /// The frame's bytes are as the previous owner left them; for others see
    /// [`from_unused_zeroed`](Self::from_unused_zeroed).
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
    #[doc(alias = "frame_from_unused_at")]
    #[doc(alias = "get_from_unused_spec")]
    pub fn from_unused(start: Paddr, metadata: M) -> Result<Self, FromUnusedError<M>> {
        let slot = match S::region().slot(start) {
            Ok(slot) => slot,
            Err(error) => return Err(FromUnusedError { error, metadata }),
        };
        match Whole::claim(slot, metadata) {
            Ok(whole) => Ok(Self { whole }),
            Err((error, metadata)) => Err(FromUnusedError { error, metadata }),
        }
    }

    /// The metadata, moved out, and the frame without them. [`FrameMeta::on_drop`] is not
    /// called, and the allocator is not told as long as the frame is kept.
    ///
    /// Takes one step on the count: unique → busy, Relaxed.
    ///
    /// ```
    /// # use tally::{FrameMeta, FrameSpace, UniqueFrame};
    /// struct Owner(String);
    /// impl FrameMeta for Owner {}
    ///
    /// fn name<S: FrameSpace>(frame: UniqueFrame<Owner, S>) -> String {
    ///     let (owner, free) = frame.into_parts();
    ///     drop(free); // back to the allocator
    ///     owner.0
    /// }
    /// ```
    #[inline]
    pub fn into_parts(self) -> (M, FreeFrame<S>) {
        self.whole.into_parts()
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> UniqueFrame<M, S> {
    /// The metadata.
    #[doc(alias = "slot_meta_spec")]
    #[inline]
    #[doc(alias = "frame_meta_spec")]
    pub fn meta(&self) -> &M {
        self.whole.meta()
    }

    /// The metadata, to change.
    #[inline]
    #[doc(alias = "frame_meta_mut_spec")]
    pub fn meta_mut(&mut self) -> &mut M {
        self.whole.meta_mut()
    }

    /// The frame's address, in bytes.
    ///
    /// # Panics
    ///
    /// If the frame is not in `S::region()`, which then is not always the same.
    #[inline]
    #[doc(alias = "frame_start_paddr_spec")]
    pub fn start_paddr(&self) -> Paddr {
        self.whole.slot().start_paddr::<S>()
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

    /// Gives the frame other metadata, of any type. It stays unique all the
    /// time; no other step is taken on the count, and the allocator is not told.
    ///
    /// The old metadata's [`FrameMeta::on_drop`] is called and they are dropped.
    ///
    /// # Panics
    ///
    /// If `on_drop` or the destructor of the old metadata does. The frame is then
    /// torn down as if it had been dropped, with each step taken once: marked
    /// unused and given back to the allocator; the new metadata are dropped.
    #[inline]
    #[doc(alias = "frame_repurpose_spec")]
    pub fn repurpose<N: FrameMeta>(self, metadata: N) -> UniqueFrame<N, S> {
        UniqueFrame { whole: self.whole.repurpose(metadata) }
    }

    /// As dropping it, but the frame comes back to the caller, without metadata, and the
    /// allocator is not told.
    ///
    /// Takes one step on the count, unique → busy, before [`FrameMeta::on_drop`] is called.
    /// An example is at [`FreeFrame`].
    ///
    /// # Panics
    ///
    /// If [`FrameMeta::on_drop`] or the metadata's destructor does. The frame goes to
    /// [`FrameSpace::take_back`] then.
    #[inline]
    pub fn into_free(self) -> FreeFrame<S> {
        self.whole.into_free()
    }

    /// As dropping it, but the allocator is not told: for the allocator itself.
    /// Others would lose the frame.
    ///
    /// Releases: the next owner sees it finished.
    ///
    /// # Panics
    ///
    /// If [`FrameMeta::on_drop`] or the metadata's destructor does. The frame is
    /// unused then too, and the allocator is not told then either.
    #[doc(alias = "slot_drop_last_spec")]
    #[inline]
    #[doc(alias = "reset_as_unused_spec")]
    pub fn reset_as_unused(self) {
        self.whole.reset();
    }

    /// Gives up the handle but not the frame, which stays unique until
    /// [`from_raw`](Self::from_raw) is called with the address: as in a page table.
    ///
    /// Synchronises nothing: who passes the address on must pass on, by Release
    /// and Acquire, what was done with the metadata.
    ///
    /// # Panics
    ///
    /// As [`start_paddr`](Self::start_paddr); the frame is then lost.
    ///
    /// ```
    /// # use tally::{FrameMeta, FrameSpace, UniqueFrame};
    /// # fn example<M: FrameMeta, S: FrameSpace>(unique: UniqueFrame<M, S>) {
    /// let start = unique.into_raw();
    /// // SAFETY: the address is from `into_raw` of this type, and used once.
    /// let unique = unsafe { UniqueFrame::<M, S>::from_raw(start) };
    /// # }
    /// ```
    #[inline]
    #[must_use = "the frame is lost with its address"]
    #[doc(alias = "frame_into_raw_spec")]
    pub fn into_raw(self) -> Paddr {
        self.whole.leave().start_paddr::<S>()
    }

    /// The handle whose [`into_raw`](Self::into_raw) gave the address `start`.
    ///
    /// # Safety
    ///
    /// `start` is from `into_raw` of a handle of this very type, which happened
    /// before; each is turned back at most once; and `S::region()` has been the same since.
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
        debug_assert_eq!(slot.count(), super::REF_COUNT_UNIQUE, "not from `into_raw`");
        // SAFETY: by the contract the unique ownership was given up.
        Self { whole: unsafe { Whole::from_slot(slot) } }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> TryFrom<Frame<M, S>> for UniqueFrame<M, S> {
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
    #[doc(alias = "try_from_shared_spec")]
    #[inline]
    fn try_from(frame: Frame<M, S>) -> Result<Self, Frame<M, S>> {
        match frame.share.into_whole() {
            Ok(whole) => Ok(Self { whole }),
            Err(share) => Err(Frame { share }),
        }
    }
}

impl<M: FrameMeta, S: FrameSpace> From<UniqueFrame<M, S>> for UniqueFrame<dyn FrameMeta, S> {
    /// Forgets the metadata's type. Costs nothing.
    #[inline]
    fn from(unique: UniqueFrame<M, S>) -> Self {
        Self { whole: unique.whole.of_any() }
    }
}

impl<M: FrameMeta, S: FrameSpace> TryFrom<UniqueFrame<dyn FrameMeta, S>> for UniqueFrame<M, S> {
    type Error = UniqueFrame<dyn FrameMeta, S>;

    /// Asks the slot for the metadata's type. An example is at [`AnyMeta`].
    ///
    /// # Errors
    ///
    /// The frame itself, unchanged, if its metadata are not of type `M`.
    #[inline]
    fn try_from(unique: UniqueFrame<dyn FrameMeta, S>) -> Result<Self, Self::Error> {
        match unique.whole.of() {
            Ok(whole) => Ok(Self { whole }),
            Err(whole) => Err(UniqueFrame { whole }),
        }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for UniqueFrame<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UniqueFrame").field(&Address(self.start_paddr())).finish()
    }
}
