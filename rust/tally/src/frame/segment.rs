//! [`Segment`]: shares of frames whose addresses follow each other.

use core::{
    fmt,
    iter::FusedIterator,
    mem,
    ops::Range,
    panic::{RefUnwindSafe, UnwindSafe},
};

use super::{
    Address, AnyMeta, Frame, FrameMeta, FrameReader, FrameRef, FrameSpace, GetFrameError,
    JoinError, MetaSlot, PAGE_SIZE, Paddr, SegmentError, SliceError, SplitError, UntypedMeta,
    slot::Shares,
};

/// [`Shares::claim_next`], or what does more.
type ClaimNext<M, S> =
    fn(&mut Shares<M, S>, &'static [MetaSlot], M) -> Result<(), (GetFrameError, M)>;

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
    /// Of frames whose addresses follow each other.
    pub(super) shares: Shares<M, S>,
}

// As for `Frame`, both.
impl<M: AnyMeta + ?Sized, S: FrameSpace> Unpin for Segment<M, S> {}
impl<M: AnyMeta + RefUnwindSafe + ?Sized, S: FrameSpace> UnwindSafe for Segment<M, S> {}

impl<M: FrameMeta, S: FrameSpace> Segment<M, S> {
    /// Claims the unused frames from `range.start` to `range.end`, in ascending
    /// order, each with the metadata that `metadata` gives for its address. Their bytes are
    /// as they were; for others see [`from_unused_zeroed`](Self::from_unused_zeroed).
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
    /// And if dropping `metadata` itself does; what would have been returned is then
    /// dropped.
    #[doc(alias = "slot_from_unused_spec")]
    #[doc(alias = "frame_segment_from_unused_spec")]
    pub fn from_unused(
        range: Range<Paddr>,
        mut metadata: impl FnMut(Paddr) -> M,
    ) -> Result<Self, SegmentError<M>> {
        // A local while what `metadata` captures is dropped: a panic there drops it.
        let result = Self::claim(range, &mut metadata, Shares::claim_next);
        drop(metadata);
        result
    }

    /// As [`from_unused`](Self::from_unused), with the bytes of each frame cleared before
    /// anybody can find it.
    ///
    /// Where the space's region has no memory, there is nothing to clear.
    ///
    /// # Errors
    ///
    /// As [`from_unused`](Self::from_unused). The bytes of frames that were claimed and are
    /// dropped again are cleared.
    ///
    /// # Panics
    ///
    /// As [`from_unused`](Self::from_unused), and if
    /// [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does; those
    /// claimed before, and that frame, are then dropped.
    #[doc(alias = "slot_from_unused_spec")]
    pub fn from_unused_zeroed(
        range: Range<Paddr>,
        mut metadata: impl FnMut(Paddr) -> M,
    ) -> Result<Self, SegmentError<M>>
    where
        M: UntypedMeta,
    {
        // As above.
        let result = Self::claim(range, &mut metadata, Shares::claim_next_zeroed);
        drop(metadata);
        result
    }

    /// [`from_unused`](Self::from_unused), but `metadata` stays the caller's to drop.
    /// `claim_next` is that of [`Shares`], or does more.
    fn claim(
        range: Range<Paddr>,
        metadata: &mut impl FnMut(Paddr) -> M,
        claim_next: ClaimNext<M, S>,
    ) -> Result<Self, SegmentError<M>> {
        claim_each::<M, S, Self>(range, metadata, |claimed, slots, metadata| {
            claim_next(&mut claimed.shares, slots, metadata)
        })
    }
}

/// Claims the frames of the range for an owner of such, which is a `Default` that has none.
/// `metadata` stays the caller's to drop. Errors and panics as [`Segment::from_unused`].
pub(super) fn claim_each<M: FrameMeta, S: FrameSpace, C: Default>(
    range: Range<Paddr>,
    metadata: &mut impl FnMut(Paddr) -> M,
    claim_next: impl Fn(&mut C, &'static [MetaSlot], M) -> Result<(), (GetFrameError, M)>,
) -> Result<C, SegmentError<M>> {
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
    let mut claimed = C::default();
    for i in 0..slots.len() {
        let start = range.start + i * PAGE_SIZE;
        if let Err((error, metadata)) = claim_next(&mut claimed, slots, metadata(start)) {
            // Before there is a result: a panic here drops the metadata too.
            drop(claimed);
            return Err(SegmentError::Frame { start, error, metadata });
        }
    }
    Ok(claimed)
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Segment<M, S> {
    /// The segment without frames.
    #[must_use]
    pub const fn empty() -> Self {
        Self { shares: Shares::NONE }
    }

    /// The number of frames.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.shares.slots().len()
    }

    /// Whether there are no frames.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.shares.slots().is_empty()
    }

    /// The size of all frames, in bytes.
    #[inline]
    #[must_use]
    #[doc(alias = "frame_segment_size_spec")]
    pub const fn size(&self) -> usize {
        // Does not overflow: the frames are within a range of addresses.
        self.shares.slots().len() * PAGE_SIZE
    }

    /// The addresses of all bytes; `0..0` if there are no frames.
    ///
    /// # Panics
    ///
    /// If the first frame is not in `S::region()`, which then is not always the same.
    #[must_use]
    pub fn range(&self) -> Range<Paddr> {
        match self.shares.slots().first() {
            Some(slot) => {
                let start = slot.start_paddr::<S>();
                start..start + self.size()
            }
            None => 0..0,
        }
    }

    /// The frame number `index`, lent; nothing if there are not so many.
    #[inline]
    #[doc(alias = "frame_segment_get_spec")]
    pub fn get(&self, index: usize) -> Option<FrameRef<'_, M, S>> {
        self.shares.lend(index).map(FrameRef::new)
    }

    /// The frames, lent, in ascending order.
    pub fn frames(
        &self,
    ) -> impl DoubleEndedIterator<Item = FrameRef<'_, M, S>> + ExactSizeIterator {
        self.shares.lend_each().map(FrameRef::new)
    }

    /// The first `offset` bytes, and the rest. Takes no step on any count.
    ///
    /// # Errors
    ///
    /// In this order, with the segment handed back: [`SliceError::NotAligned`],
    /// [`SliceError::OutOfBound`] if `offset` is more than [`size`](Self::size).
    #[doc(alias = "frame_segment_split_spec")]
    pub fn split(self, offset: usize) -> Result<(Self, Self), SplitError<M, S>> {
        match self.part(0..offset) {
            Ok(part) => {
                let (front, back) = self.into_shares().split_at(part.len());
                Ok((Self { shares: front }, Self { shares: back }))
            }
            Err(error) => Err(SplitError { error, segment: self }),
        }
    }

    /// This segment and then `back`, as one: the opposite of [`split`](Self::split).
    /// Takes no step on any count.
    ///
    /// A segment without frames is joined to any other.
    ///
    /// # Errors
    ///
    /// [`JoinError`], with both handed back, if `back` does not begin where this segment
    /// ends.
    ///
    /// # Panics
    ///
    /// As [`range`](Self::range); both segments are then dropped, and if that drops a
    /// last handle the program aborts: the allocator cannot be told the address.
    ///
    /// ```
    /// # use tally::{FrameMeta, FrameSpace, PAGE_SIZE, Segment};
    /// # fn example<M: FrameMeta, S: FrameSpace>(segment: Segment<M, S>) {
    /// let all = segment.range();
    /// let (front, back) = segment.split(PAGE_SIZE).unwrap();
    /// assert_eq!(front.join(back).unwrap().range(), all);
    /// # }
    /// ```
    pub fn join(self, back: Self) -> Result<Self, JoinError<M, S>> {
        if self.is_empty() {
            return Ok(back);
        }
        if back.is_empty() {
            return Ok(self);
        }
        let (range, after) = (self.range(), back.range());
        if range.end != after.start {
            return Err(JoinError { front: self, back });
        }
        let Ok(all) = S::region().slots(&(range.start..after.end)) else {
            return Err(JoinError { front: self, back });
        };
        match self.into_shares().join(back.into_shares(), all) {
            Ok(shares) => Ok(Self { shares }),
            Err((front, back)) => {
                Err(JoinError { front: Self { shares: front }, back: Self { shares: back } })
            }
        }
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
    #[doc(alias = "frame_segment_slice_spec")]
    pub fn slice(&self, range: Range<usize>) -> Result<Self, SliceError> {
        let part = self.part(range)?;
        let shares = self.shares.clone_part(part).ok_or(SliceError::OutOfBound)?;
        Ok(Self { shares })
    }

    /// Gives up the segment but not its shares. The addresses as
    /// [`range`](Self::range) has them.
    ///
    /// # Panics
    ///
    /// As [`range`](Self::range); the segment is then dropped, and if that drops a last
    /// handle the program aborts: the allocator cannot be told the address.
    #[must_use = "the shares are lost with the addresses"]
    #[doc(alias = "frame_segment_into_raw_spec")]
    pub fn into_raw(self) -> Range<Paddr> {
        let range = self.range();
        // Out of the segment nothing gives them back.
        let _left = self.into_shares();
        range
    }

    /// The segment whose [`into_raw`](Self::into_raw) gave the addresses `range`.
    ///
    /// # Safety
    ///
    /// `range` is empty, or from `into_raw` of a segment of this very type, which
    /// happened before; each is turned back at most once; and `S::region()` has been the same
    /// since.
    ///
    /// # Panics
    ///
    /// If an end of a range that is not empty is not a multiple of [`PAGE_SIZE`]
    /// or some frame is not tracked.
    #[allow(unsafe_code, reason = "the caller promises")]
    #[must_use]
    #[doc(alias = "frame_segment_from_raw_spec")]
    pub unsafe fn from_raw(range: Range<Paddr>) -> Self {
        if range.is_empty() {
            return Self::empty();
        }
        let aligned = range.start % PAGE_SIZE == 0 && range.end % PAGE_SIZE == 0;
        let slots = aligned.then(|| S::region().slots(&range));
        let Some(Ok(slots)) = slots else {
            panic!("tally: {:#x}..{:#x} is not from `into_raw`", range.start, range.end)
        };
        // SAFETY: by the contract the shares were given up.
        Self { shares: unsafe { Shares::from_slots(slots) } }
    }

    /// The numbers of the frames whose bytes are at the offsets `range`.
    fn part(&self, range: Range<usize>) -> Result<Range<usize>, SliceError> {
        if range.start % PAGE_SIZE != 0 || range.end % PAGE_SIZE != 0 {
            return Err(SliceError::NotAligned);
        }
        // Division does not wrap around as multiplication can.
        let part = range.start / PAGE_SIZE..range.end / PAGE_SIZE;
        if part.start <= part.end && part.end <= self.len() {
            Ok(part)
        } else {
            Err(SliceError::OutOfBound)
        }
    }

    /// The shares, of which the segment then has none to give back.
    pub(super) fn into_shares(mut self) -> Shares<M, S> {
        mem::replace(&mut self.shares, Shares::NONE)
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Iterator for Segment<M, S> {
    type Item = Frame<M, S>;

    /// Gives the first frame away.
    #[inline]
    fn next(&mut self) -> Option<Frame<M, S>> {
        self.shares.take_first().map(|share| Frame { share })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> DoubleEndedIterator for Segment<M, S> {
    /// Gives the last frame away.
    #[inline]
    fn next_back(&mut self) -> Option<Frame<M, S>> {
        self.shares.take_last().map(|share| Frame { share })
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
    #[doc(alias = "frame_segment_clone_spec")]
    fn clone(&self) -> Self {
        let shares = self.shares.clone_part(0..self.len()).expect("all are a part");
        Self { shares }
    }
}

impl<M: UntypedMeta, S: FrameSpace> Segment<M, S> {
    /// Reads the bytes of the frames in place, one frame after the other; nothing where the
    /// space's region has no memory. To write them see
    /// [`UniqueSegment::writers`](super::UniqueSegment::writers).
    ///
    /// ```
    /// # use std::io::{IoSlice, Result, Write};
    /// # use tally::{FrameSpace, Segment, UntypedMeta};
    /// /// Writes the frames' bytes to `target`, without copying them first.
    /// fn send<M: UntypedMeta, S: FrameSpace>(
    ///     target: &mut impl Write,
    ///     segment: &Segment<M, S>,
    /// ) -> Result<usize> {
    ///     let bytes: Vec<_> =
    ///         segment.readers().map(|reader| IoSlice::new(reader.as_bytes())).collect();
    ///     target.write_vectored(&bytes)
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// Where [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does,
    /// at that frame.
    pub fn readers(&self) -> impl DoubleEndedIterator<Item = FrameReader<'_>> {
        self.frames().filter_map(FrameRef::into_reader)
    }

    /// Copies bytes across the segment's frames, from `offset` on, as many as there are and
    /// `into` has room for; returns how many. Nothing where the space's region has no memory,
    /// and zero bytes from the end on.
    ///
    /// ```
    /// # use tally::{FrameSpace, Segment, UntypedMeta};
    /// /// A header that may lie across two frames.
    /// fn header<M: UntypedMeta, S: FrameSpace>(segment: &Segment<M, S>, at: usize) -> Option<[u8; 16]> {
    ///     let mut header = [0; 16];
    ///     (segment.read_at(at, &mut header)? == 16).then_some(header)
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does.
    pub fn read_at(&self, offset: usize, into: &mut [u8]) -> Option<usize> {
        let (first, mut skip) = (offset / PAGE_SIZE, offset % PAGE_SIZE);
        let mut read = 0;
        for index in first..self.len() {
            if read == into.len() {
                break;
            }
            let Some(frame) = self.get(index) else { break };
            let mut reader = frame.reader()?;
            reader.skip(skip);
            skip = 0;
            read += reader.read(&mut into[read..]);
        }
        Some(read)
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Drop for Segment<M, S> {
    /// Gives all shares back; see [`Frame`].
    #[doc(alias = "slot_drop_spec")]
    #[doc(alias = "frame_segment_drop_spec")]
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
        Self { shares: frame.share.into() }
    }
}

impl<M: FrameMeta, S: FrameSpace> From<Segment<M, S>> for Segment<dyn FrameMeta, S> {
    /// Forgets the metadata's type. Costs nothing.
    fn from(segment: Segment<M, S>) -> Self {
        Self { shares: segment.into_shares().of_any() }
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
        match segment.into_shares().of() {
            Ok(shares) => Ok(Self { shares }),
            Err(shares) => Err(Segment { shares }),
        }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for Segment<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.range();
        f.debug_tuple("Segment").field(&(Address(start)..Address(end))).finish()
    }
}
