//! [`Segment`]: shares of frames whose addresses follow each other.

#![allow(unsafe_code, reason = "keeps shares without their handles")]

use core::{fmt, iter::FusedIterator, marker::PhantomData, mem, ops::Range, slice};

use super::{
    AnyMeta, Frame, FrameMeta, FrameRef, FrameSpace, PAGE_SIZE, Paddr, SegmentError, SliceError,
    SplitError,
    slot::{MetaSlot, Owns},
};

/// One share of each of some frames whose addresses follow each other.
///
/// Two words, however many frames there are. As an iterator, it gives its shares
/// away as [`Frame`]s from either end. Dropping it drops them, in ascending order,
/// all of them even if one panics (the first panic goes on; a second aborts).
///
/// A segment without frames owns nothing, and has no address: its range is `0..0`.
///
/// ```
/// # use tally::{FrameSpace, MetaRegion, MetaSlot, Paddr};
/// use tally::{Frame, FrameMeta, PAGE_SIZE, Segment};
/// # static SLOTS: [MetaSlot; 8] = [const { MetaSlot::new() }; 8];
/// # static REGION: MetaRegion = match MetaRegion::new(0x1000, &SLOTS) {
/// #     Ok(region) => region,
/// #     Err(_) => panic!(),
/// # };
/// # struct Ram;
/// # impl FrameSpace for Ram {
/// #     fn region() -> &'static MetaRegion { &REGION }
/// #     fn dealloc(_: Paddr, _: usize) {}
/// # }
/// struct Number(usize);
/// impl FrameMeta for Number {}
///
/// let segment =
///     Segment::<_, Ram>::from_unused(0x1000..0x5000, |start| Number(start / PAGE_SIZE)).unwrap();
/// assert_eq!(segment.size(), 4 * PAGE_SIZE);
///
/// // Its second and third frame have another owner now.
/// let part = segment.slice(PAGE_SIZE..3 * PAGE_SIZE).unwrap();
/// assert_eq!(part.range(), 0x2000..0x4000);
/// let counts: Vec<_> = segment.frames().map(|frame| frame.reference_count()).collect();
/// assert_eq!(counts, [1, 2, 2, 1]);
///
/// let (front, back) = segment.split(PAGE_SIZE).unwrap();
/// drop(back);
/// let numbers: Vec<_> = front.chain(part).map(|frame| frame.meta().0).collect();
/// assert_eq!(numbers, [1, 2, 3]);
/// ```
pub struct Segment<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// One share of each is this segment's, and each was claimed for `M` and
    /// `S`. Their addresses follow each other. Not an address range: from that of
    /// an empty segment a frame could be made by mistake.
    slots: &'static [MetaSlot],
    _owns: Owns<M, S>,
}

impl<M: FrameMeta, S: FrameSpace> Segment<M, S> {
    /// Claims the unused frames from `range.start` to `range.end`, in ascending
    /// order, each with the metadata that `metadata` gives for its address.
    ///
    /// Orderings as [`Frame::from_unused`], for each.
    ///
    /// # Errors
    ///
    /// In this order: [`SegmentError::NotAligned`] for either end,
    /// [`SegmentError::Empty`] if the range does not begin before its end,
    /// [`SegmentError::OutOfBound`] if any of its frames is not tracked; for all of
    /// these `metadata` is not called. Then [`SegmentError::Frame`] for the first
    /// frame that is not unused; those claimed before it are dropped, in ascending
    /// order, and the allocator gets them.
    ///
    /// # Panics
    ///
    /// If `metadata` does; those claimed before are dropped likewise. After
    /// [`SegmentError::Frame`] also if dropping one of those claimed before does; the
    /// others, and the metadata that the error would have handed back, are dropped too.
    #[doc(alias = "slot_from_unused_spec")]
    pub fn from_unused(
        range: Range<Paddr>,
        mut metadata: impl FnMut(Paddr) -> M,
    ) -> Result<Self, SegmentError<M>> {
        if range.start % PAGE_SIZE != 0 || range.end % PAGE_SIZE != 0 {
            return Err(SegmentError::NotAligned);
        }
        if range.is_empty() {
            return Err(SegmentError::Empty);
        }
        let Ok(slots) = S::region().slots(&range) else {
            return Err(SegmentError::OutOfBound);
        };
        // Owns what was claimed so far.
        let mut claimed = Self { slots: &slots[..0], _owns: PhantomData };
        for (i, slot) in slots.iter().enumerate() {
            let start = range.start + i * PAGE_SIZE;
            if let Err((error, metadata)) = slot.claim::<M, S>(metadata(start)) {
                return Err(SegmentError::Frame { start, error, metadata });
            }
            slot.publish_shared();
            claimed.slots = &slots[..=i];
        }
        Ok(claimed)
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Segment<M, S> {
    /// The segment without frames.
    #[must_use]
    pub const fn empty() -> Self {
        Self { slots: &[], _owns: PhantomData }
    }

    /// The number of frames.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are no frames.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The size of all frames, in bytes.
    #[inline]
    #[must_use]
    pub const fn size(&self) -> usize {
        // Does not overflow: the frames are within a range of addresses.
        self.slots.len() * PAGE_SIZE
    }

    /// The addresses of all bytes; `0..0` if there are no frames.
    ///
    /// # Panics
    ///
    /// If the first frame is not in `S::region()`, which then is not always the same.
    #[must_use]
    pub fn range(&self) -> Range<Paddr> {
        match self.slots.first() {
            Some(slot) => {
                let start = slot.start_paddr::<S>();
                start..start + self.size()
            }
            None => 0..0,
        }
    }

    /// The frame number `index`, lent; nothing if there are not so many.
    #[inline]
    pub fn get(&self, index: usize) -> Option<FrameRef<'_, M, S>> {
        let slot = self.slots.get(index)?;
        // SAFETY: a share of the slot, for `M` and `S`, is this segment's, which
        // is borrowed for the reference's time.
        Some(unsafe { FrameRef::from_slot(slot) })
    }

    /// The frames, lent, in ascending order.
    pub fn frames(
        &self,
    ) -> impl DoubleEndedIterator<Item = FrameRef<'_, M, S>> + ExactSizeIterator {
        // SAFETY: as in `get`.
        self.slots.iter().map(|slot| unsafe { FrameRef::from_slot(slot) })
    }

    /// The first `offset` bytes, and the rest. Takes no step on any count.
    ///
    /// # Errors
    ///
    /// In this order, with the segment handed back: [`SliceError::NotAligned`],
    /// [`SliceError::OutOfBound`] if `offset` is more than [`size`](Self::size).
    pub fn split(self, offset: usize) -> Result<(Self, Self), SplitError<M, S>> {
        let at = match self.part(0..offset) {
            Ok(part) => part.len(),
            Err(error) => return Err(SplitError { error, segment: self }),
        };
        let (front, back) = self.into_slots().split_at(at);
        let part = |slots| Self { slots, _owns: PhantomData };
        Ok((part(front), part(back)))
    }

    /// Another owner of the frames whose bytes are at the offsets `range`. Relaxed.
    ///
    /// # Errors
    ///
    /// In this order: [`SliceError::NotAligned`] for either end,
    /// [`SliceError::OutOfBound`] if the end is more than [`size`](Self::size) or
    /// less than the start. No count is changed then.
    ///
    /// # Aborts
    ///
    /// As [`Frame::clone`].
    #[doc(alias = "slot_clone_spec")]
    pub fn slice(&self, range: Range<usize>) -> Result<Self, SliceError> {
        let slots = self.part(range)?;
        for slot in slots {
            slot.clone_share();
        }
        Ok(Self { slots, _owns: PhantomData })
    }

    /// Gives up the segment but not its shares. The addresses as
    /// [`range`](Self::range) has them.
    ///
    /// # Panics
    ///
    /// As [`range`](Self::range); the segment is then dropped.
    #[must_use = "the shares are lost with the addresses"]
    pub fn into_raw(self) -> Range<Paddr> {
        let range = self.range();
        self.into_slots();
        range
    }

    /// The segment whose [`into_raw`](Self::into_raw) gave the addresses `range`.
    ///
    /// # Safety
    ///
    /// `range` is empty, or from `into_raw` of a segment of this very type, which
    /// happened before; each is turned back once; and `S::region()` has been the same
    /// since.
    ///
    /// # Panics
    ///
    /// If an end of a range that is not empty is not a multiple of [`PAGE_SIZE`]
    /// or some frame is not tracked.
    #[must_use]
    pub unsafe fn from_raw(range: Range<Paddr>) -> Self {
        if range.is_empty() {
            return Self::empty();
        }
        let aligned = range.start % PAGE_SIZE == 0 && range.end % PAGE_SIZE == 0;
        let slots = aligned.then(|| S::region().slots(&range));
        let Some(Ok(slots)) = slots else {
            panic!("tally: {:#x}..{:#x} is not from `into_raw`", range.start, range.end)
        };
        Self { slots, _owns: PhantomData }
    }

    /// The slots of the frames whose bytes are at the offsets `range`.
    fn part(&self, range: Range<usize>) -> Result<&'static [MetaSlot], SliceError> {
        if range.start % PAGE_SIZE != 0 || range.end % PAGE_SIZE != 0 {
            return Err(SliceError::NotAligned);
        }
        // Division does not wrap around as multiplication can.
        let slots = range.start / PAGE_SIZE..range.end / PAGE_SIZE;
        self.slots.get(slots).ok_or(SliceError::OutOfBound)
    }

    /// Gives up the segment but not its shares.
    fn into_slots(self) -> &'static [MetaSlot] {
        let slots = self.slots;
        mem::forget(self);
        slots
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Iterator for Segment<M, S> {
    type Item = Frame<M, S>;

    /// Gives the first frame away.
    #[inline]
    fn next(&mut self) -> Option<Frame<M, S>> {
        let (first, rest) = self.slots.split_first()?;
        self.slots = rest;
        // SAFETY: the share was the segment's and is no longer; `M` and `S` are
        // the slot's.
        Some(unsafe { Frame::from_slot(first) })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.slots.len(), Some(self.slots.len()))
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> DoubleEndedIterator for Segment<M, S> {
    /// Gives the last frame away.
    #[inline]
    fn next_back(&mut self) -> Option<Frame<M, S>> {
        let (last, rest) = self.slots.split_last()?;
        self.slots = rest;
        // SAFETY: as in `next`.
        Some(unsafe { Frame::from_slot(last) })
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> ExactSizeIterator for Segment<M, S> {}
impl<M: AnyMeta + ?Sized, S: FrameSpace> FusedIterator for Segment<M, S> {}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Clone for Segment<M, S> {
    /// Another owner of all frames. Relaxed.
    ///
    /// # Aborts
    ///
    /// As [`Frame::clone`].
    #[doc(alias = "slot_clone_spec")]
    fn clone(&self) -> Self {
        for slot in self.slots {
            slot.clone_share();
        }
        Self { slots: self.slots, _owns: PhantomData }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Drop for Segment<M, S> {
    /// Gives all shares back; see [`Frame`].
    #[doc(alias = "slot_drop_spec")]
    fn drop(&mut self) {
        /// Goes on where a frame's drop has panicked.
        struct Rest<'a, M: AnyMeta + ?Sized, S: FrameSpace>(&'a mut Segment<M, S>);

        impl<M: AnyMeta + ?Sized, S: FrameSpace> Drop for Rest<'_, M, S> {
            fn drop(&mut self) {
                self.0.by_ref().for_each(drop);
            }
        }

        let rest = Rest(self);
        rest.0.by_ref().for_each(drop);
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Default for Segment<M, S> {
    fn default() -> Self {
        Self::empty()
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> From<Frame<M, S>> for Segment<M, S> {
    /// The segment of one frame.
    fn from(frame: Frame<M, S>) -> Self {
        Self { slots: slice::from_ref(frame.into_slot()), _owns: PhantomData }
    }
}

impl<M: FrameMeta, S: FrameSpace> From<Segment<M, S>> for Segment<dyn FrameMeta, S> {
    /// Forgets the metadata's type. Costs nothing.
    fn from(segment: Segment<M, S>) -> Self {
        Self { slots: segment.into_slots(), _owns: PhantomData }
    }
}

impl<M: FrameMeta, S: FrameSpace> TryFrom<Segment<dyn FrameMeta, S>> for Segment<M, S> {
    type Error = Segment<dyn FrameMeta, S>;

    /// Asks each slot for the metadata's type.
    ///
    /// # Errors
    ///
    /// The segment itself, unchanged, if not all metadata are of type `M`.
    fn try_from(segment: Segment<dyn FrameMeta, S>) -> Result<Self, Self::Error> {
        // SAFETY: a share of each slot is the segment's.
        if segment.slots.iter().all(|slot| unsafe { slot.is_for::<M, S>() }) {
            Ok(Self { slots: segment.into_slots(), _owns: PhantomData })
        } else {
            Err(segment)
        }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for Segment<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.range();
        write!(f, "Segment({start:#x}..{end:#x})")
    }
}
