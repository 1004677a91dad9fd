//! [`FrameRef`], [`UniqueFrameRef`], [`UniqueFrameMut`]: handles that somebody lends.

use core::{
    fmt,
    ops::Deref,
    panic::{RefUnwindSafe, UnwindSafe},
};

use super::{
    Address, AnyMeta, Frame, FrameReader, FrameSpace, FrameWriter, Paddr, UniqueFrame, UntypedMeta,
    raw_slot,
    slot::{Lent, LentWhole, LentWholeMut},
};

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

    /// The metadata, for as long as the frame is lent: this handle may go before.
    #[inline]
    pub fn into_meta(this: Self) -> &'a M {
        this.lent.into_meta()
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

impl<'a, M: UntypedMeta, S: FrameSpace> FrameRef<'a, M, S> {
    /// Reads the frame's bytes, for as long as the frame is lent; nothing where the space's
    /// region has no memory.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does.
    #[inline]
    pub fn into_reader(this: Self) -> Option<FrameReader<'a>> {
        this.lent.into_bytes().map(|bytes| FrameReader::new(bytes))
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

/// A unique frame that somebody lends to be read, as `&UniqueFrame` does, without there being
/// a [`UniqueFrame`] anywhere: of a [`UniqueSegment`](super::UniqueSegment), or of a frame
/// that is kept as a raw address.
///
/// One word. Does nothing when it is dropped.
///
/// Functions that concern what is lent are not methods, so that they hide none of the
/// frame's.
pub struct UniqueFrameRef<'a, M: AnyMeta + ?Sized, S: FrameSpace> {
    lent: LentWhole<'a, M, S>,
}

// As for a reference to a `Box`.
impl<M: AnyMeta + RefUnwindSafe + ?Sized, S: FrameSpace> UnwindSafe for UniqueFrameRef<'_, M, S> {}

impl<'a, M: AnyMeta + ?Sized, S: FrameSpace> UniqueFrameRef<'a, M, S> {
    #[inline]
    pub(super) fn new(lent: LentWhole<'a, M, S>) -> Self {
        Self { lent }
    }

    /// The metadata, for as long as the frame is lent: this handle may go before.
    #[inline]
    pub fn into_meta(this: Self) -> &'a M {
        this.lent.into_meta()
    }

    /// Of the unique frame that was given up at the address `start`, to read it: as in a page
    /// table that owns the tables below it, for as long as it is borrowed.
    ///
    /// # Safety
    ///
    /// `start` is from [`UniqueFrame::into_raw`] of a handle of this very type, which
    /// happened before; for `'a` it is not turned back, and no
    /// [`UniqueFrameMut`] of it is used; and `S::region()` has been the same since.
    ///
    /// # Panics
    ///
    /// If `start` is not the address of a frame of the space.
    ///
    /// ```
    /// # use tally::{FrameMeta, FrameSpace, UniqueFrame, UniqueFrameRef};
    /// # fn example<M: FrameMeta, S: FrameSpace>(unique: UniqueFrame<M, S>) {
    /// let start = unique.into_raw();
    /// // SAFETY: the address is from `into_raw` of this type, and not turned back meanwhile.
    /// let lent = unsafe { UniqueFrameRef::<M, S>::from_raw(start) };
    /// assert_eq!(lent.start_paddr(), start);
    /// // SAFETY: the address is from `into_raw` of this type, and used once.
    /// let unique = unsafe { UniqueFrame::<M, S>::from_raw(start) };
    /// # }
    /// ```
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    #[must_use]
    pub unsafe fn from_raw(start: Paddr) -> Self {
        // SAFETY: by the contract the frame is unique, and nobody changes it for `'a`.
        Self { lent: unsafe { LentWhole::from_slot(raw_slot::<S>(start)) } }
    }
}

impl<'a, M: UntypedMeta, S: FrameSpace> UniqueFrameRef<'a, M, S> {
    /// Reads the frame's bytes, for as long as the frame is lent; nothing where the space's
    /// region has no memory.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does.
    #[inline]
    pub fn into_reader(this: Self) -> Option<FrameReader<'a>> {
        this.lent.into_bytes().map(|bytes| FrameReader::new(bytes))
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Deref for UniqueFrameRef<'_, M, S> {
    type Target = UniqueFrame<M, S>;

    #[inline]
    fn deref(&self) -> &UniqueFrame<M, S> {
        &self.lent
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for UniqueFrameRef<'_, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UniqueFrameRef").field(&Address(self.start_paddr())).finish()
    }
}

/// A unique frame that somebody lends to be changed, as `&mut UniqueFrame` does, without
/// there being a [`UniqueFrame`] anywhere: of a [`UniqueSegment`](super::UniqueSegment), or of
/// a frame that is kept as a raw address.
///
/// One word. Does nothing when it is dropped. It gives no `&mut UniqueFrame`: that could be
/// exchanged with another, and two would own one frame.
///
/// ```compile_fail,E0596
/// # use tally::{FrameMeta, FrameSpace, UniqueFrame, UniqueFrameMut};
/// fn exchange<M: FrameMeta, S: FrameSpace>(
///     mut lent: UniqueFrameMut<'_, M, S>,
///     mut owned: UniqueFrame<M, S>,
/// ) {
///     std::mem::swap(&mut *lent, &mut owned);
/// }
/// ```
pub struct UniqueFrameMut<'a, M: AnyMeta + ?Sized, S: FrameSpace> {
    lent: LentWholeMut<'a, M, S>,
}

impl<'a, M: AnyMeta + ?Sized, S: FrameSpace> UniqueFrameMut<'a, M, S> {
    #[inline]
    pub(super) fn new(lent: LentWholeMut<'a, M, S>) -> Self {
        Self { lent }
    }

    /// The metadata, to change.
    #[inline]
    pub fn meta_mut(&mut self) -> &mut M {
        self.lent.again().into_meta_mut()
    }

    /// The metadata, to change for as long as the frame is lent.
    #[inline]
    pub fn into_meta_mut(this: Self) -> &'a mut M {
        this.lent.into_meta_mut()
    }

    /// Of the unique frame that was given up at the address `start`, to change it: as in a
    /// page table that owns the tables below it, for as long as it is borrowed.
    ///
    /// # Safety
    ///
    /// `start` is from [`UniqueFrame::into_raw`] of a handle of this very type, which
    /// happened before; for `'a` it is not turned back, and no other [`UniqueFrameMut`] or
    /// [`UniqueFrameRef`] of it is used; and `S::region()` has been the same since.
    ///
    /// # Panics
    ///
    /// If `start` is not the address of a frame of the space.
    ///
    /// ```
    /// # use tally::{FrameMeta, FrameSpace, UniqueFrame, UniqueFrameMut};
    /// struct Entries(u64);
    /// impl FrameMeta for Entries {}
    ///
    /// # fn example<S: FrameSpace>(unique: UniqueFrame<Entries, S>) {
    /// let start = unique.into_raw();
    /// // SAFETY: the address is from `into_raw` of this type, and nobody else uses it meanwhile.
    /// let mut lent = unsafe { UniqueFrameMut::<Entries, S>::from_raw(start) };
    /// lent.meta_mut().0 += 1;
    /// // SAFETY: the address is from `into_raw` of this type, and used once.
    /// let unique = unsafe { UniqueFrame::<Entries, S>::from_raw(start) };
    /// # }
    /// ```
    #[allow(unsafe_code, reason = "the caller promises")]
    #[inline]
    #[must_use]
    pub unsafe fn from_raw(start: Paddr) -> Self {
        // SAFETY: by the contract the frame is unique, and nobody else uses it for `'a`.
        Self { lent: unsafe { LentWholeMut::from_slot(raw_slot::<S>(start)) } }
    }
}

impl<'a, M: UntypedMeta, S: FrameSpace> UniqueFrameMut<'a, M, S> {
    /// Writes the frame's bytes; nothing where the space's region has no memory.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does.
    #[inline]
    pub fn writer(&mut self) -> Option<FrameWriter<'_>> {
        self.lent.again().into_bytes_mut().map(|bytes| FrameWriter::new(bytes))
    }

    /// Writes the frame's bytes, for as long as the frame is lent; nothing where the space's
    /// region has no memory.
    ///
    /// # Panics
    ///
    /// As [`writer`](Self::writer).
    #[inline]
    pub fn into_writer(this: Self) -> Option<FrameWriter<'a>> {
        this.lent.into_bytes_mut().map(|bytes| FrameWriter::new(bytes))
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Deref for UniqueFrameMut<'_, M, S> {
    type Target = UniqueFrame<M, S>;

    #[inline]
    fn deref(&self) -> &UniqueFrame<M, S> {
        &self.lent
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for UniqueFrameMut<'_, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UniqueFrameMut").field(&Address(self.start_paddr())).finish()
    }
}
