//! [`UniqueSegment`]: unique frames whose addresses follow each other.

use core::{fmt, iter::FusedIterator, mem, ops::Range};

use super::{
    Address, AnyMeta, FrameMeta, FrameReader, FrameSpace, FrameWriter, PAGE_SIZE, Paddr, Segment,
    SegmentError, SliceError, UniqueFrame, UniqueFrameMut, UniqueFrameRef, UntypedMeta,
    segment::claim_each, slot::Wholes,
};

/// The only handle on each of some frames whose addresses follow each other.
///
/// May change their metadata and bytes. Two words, however many frames there are. As an
/// iterator, it gives its frames away as [`UniqueFrame`]s from either end. Dropping it drops
/// them, in ascending order, all of them even if one panics (the first panic goes on; a second
/// aborts).
///
/// It becomes a [`Segment`], which may be cloned, by [`From`], and comes back by [`TryFrom`].
///
/// A segment without frames owns nothing, and has no address: its range is `0..0`.
///
/// ```
/// # use std::{ptr::NonNull, sync::LazyLock};
/// # use tally::{FrameSpace, LinearMap, MetaRegion, MetaSlot, Paddr};
/// use std::io::Read;
/// use tally::{FrameMeta, PAGE_SIZE, Segment, UniqueSegment, UntypedMeta};
///
/// struct Packet;
/// impl FrameMeta for Packet {}
/// impl UntypedMeta for Packet {}
///
/// # struct Ram;
/// # impl FrameSpace for Ram {
/// #     fn region() -> &'static MetaRegion {
/// #         static SLOTS: [MetaSlot; 4] = [const { MetaSlot::new() }; 4];
/// #         static REGION: LazyLock<MetaRegion> = LazyLock::new(|| {
/// #             let bytes = NonNull::from(vec![0u8; 4 * PAGE_SIZE].leak()).cast();
/// #             let memory = Box::leak(Box::new(LinearMap::new(0, bytes)));
/// #             let region = MetaRegion::new(0, &SLOTS).unwrap();
/// #             // SAFETY: the bytes are this region's for good.
/// #             unsafe { region.with_memory(memory) }
/// #         });
/// #         &REGION
/// #     }
/// #     fn dealloc(_: Paddr, _: usize) {}
/// # }
/// // In a space whose region has memory: a message longer than a frame is read where it is
/// // to stay, frame by frame.
/// let mut source: &[u8] = &[7; 5000];
/// let mut frames = UniqueSegment::<_, Ram>::from_unused(0..2 * PAGE_SIZE, |_| Packet).unwrap();
/// let mut count = 0;
/// for writer in frames.writers() {
///     count += source.read(writer.into_bytes()).unwrap();
/// }
/// assert_eq!(count, 5000);
///
/// // From here on it is read only, and by several.
/// let message = Segment::from(frames);
/// let reader = message.clone();
/// let mut end = [0; 2];
/// assert_eq!(reader.read_at(4999, &mut end), Some(2));
/// assert_eq!(end, [7, 0]);
///
/// // Not as long as there are two.
/// let message = UniqueSegment::try_from(message).unwrap_err();
/// drop(reader);
/// let frames = UniqueSegment::try_from(message).unwrap();
/// assert_eq!(frames.len(), 2);
/// ```
///
/// There is one such handle: it cannot be cloned.
///
/// ```compile_fail,E0599
/// # use tally::{FrameMeta, FrameSpace, UniqueSegment};
/// fn two<M: FrameMeta, S: FrameSpace>(frames: UniqueSegment<M, S>) -> UniqueSegment<M, S> {
///     frames.clone()
/// }
/// ```
pub struct UniqueSegment<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Of frames whose addresses follow each other.
    wholes: Wholes<M, S>,
}

// As for `UniqueFrame`.
impl<M: AnyMeta + ?Sized, S: FrameSpace> Unpin for UniqueSegment<M, S> {}

impl<M: FrameMeta, S: FrameSpace> UniqueSegment<M, S> {
    /// Claims the unused frames from `range.start` to `range.end`, in ascending
    /// order, each with the metadata that `metadata` gives for its address. Their bytes are
    /// as they were; for others see [`from_unused_zeroed`](Self::from_unused_zeroed).
    ///
    /// Orderings as [`UniqueFrame::from_unused`], for each.
    ///
    /// # Errors
    ///
    /// As [`Segment::from_unused`].
    ///
    /// # Panics
    ///
    /// As [`Segment::from_unused`].
    pub fn from_unused(
        range: Range<Paddr>,
        mut metadata: impl FnMut(Paddr) -> M,
    ) -> Result<Self, SegmentError<M>> {
        // A local while what `metadata` captures is dropped: a panic there drops it.
        let result = claim_each::<M, S, Self>(range, &mut metadata, |claimed, slots, metadata| {
            claimed.wholes.claim_next(slots, metadata)
        });
        drop(metadata);
        result
    }

    /// As [`from_unused`](Self::from_unused), with the bytes of each frame cleared.
    ///
    /// Where the space's region has no memory, there is nothing to clear.
    ///
    /// # Errors
    ///
    /// As [`Segment::from_unused_zeroed`].
    ///
    /// # Panics
    ///
    /// As [`Segment::from_unused_zeroed`].
    pub fn from_unused_zeroed(
        range: Range<Paddr>,
        mut metadata: impl FnMut(Paddr) -> M,
    ) -> Result<Self, SegmentError<M>>
    where
        M: UntypedMeta,
    {
        // As above.
        let result = claim_each::<M, S, Self>(range, &mut metadata, |claimed, slots, metadata| {
            claimed.wholes.claim_next_zeroed(slots, metadata)
        });
        drop(metadata);
        result
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> UniqueSegment<M, S> {
    /// The segment without frames.
    #[must_use]
    pub const fn empty() -> Self {
        Self { wholes: Wholes::NONE }
    }

    /// The number of frames.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.wholes.slots().len()
    }

    /// Whether there are no frames.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.wholes.slots().is_empty()
    }

    /// The size of all frames, in bytes.
    #[inline]
    #[must_use]
    pub const fn size(&self) -> usize {
        // Does not overflow: the frames are within a range of addresses.
        self.wholes.slots().len() * PAGE_SIZE
    }

    /// The addresses of all bytes; `0..0` if there are no frames.
    ///
    /// # Panics
    ///
    /// If the first frame is not in `S::region()`, which then is not always the same.
    #[must_use]
    pub fn range(&self) -> Range<Paddr> {
        match self.wholes.slots().first() {
            Some(slot) => {
                let start = slot.start_paddr::<S>();
                start..start + self.size()
            }
            None => 0..0,
        }
    }

    /// The frame number `index`, lent to be read; nothing if there are not so many.
    #[inline]
    pub fn get(&self, index: usize) -> Option<UniqueFrameRef<'_, M, S>> {
        self.wholes.lend(index).map(UniqueFrameRef::new)
    }

    /// The frame number `index`, lent to be changed; nothing if there are not so many.
    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<UniqueFrameMut<'_, M, S>> {
        self.wholes.lend_mut(index).map(UniqueFrameMut::new)
    }

    /// The frames, lent to be read, in ascending order.
    pub fn frames(
        &self,
    ) -> impl DoubleEndedIterator<Item = UniqueFrameRef<'_, M, S>> + ExactSizeIterator {
        self.wholes.lend_each().map(UniqueFrameRef::new)
    }

    /// The frames, lent to be changed, in ascending order. Several may be held at once.
    pub fn frames_mut(
        &mut self,
    ) -> impl DoubleEndedIterator<Item = UniqueFrameMut<'_, M, S>> + ExactSizeIterator {
        self.wholes.lend_each_mut().map(UniqueFrameMut::new)
    }

    /// Takes the bytes from `offset` on out, as a segment of their own; the first `offset`
    /// bytes stay. Takes no step on any count.
    ///
    /// # Errors
    ///
    /// In this order, with nothing changed: [`SliceError::NotAligned`],
    /// [`SliceError::OutOfBound`] if `offset` is more than [`size`](Self::size).
    pub fn split_off(&mut self, offset: usize) -> Result<Self, SliceError> {
        if offset % PAGE_SIZE != 0 {
            return Err(SliceError::NotAligned);
        }
        if offset > self.size() {
            return Err(SliceError::OutOfBound);
        }
        Ok(Self { wholes: self.wholes.split_off(offset / PAGE_SIZE) })
    }

    /// Adds the frames of `back` behind these: the opposite of
    /// [`split_off`](Self::split_off). Takes no step on any count.
    ///
    /// A segment without frames is joined to any other.
    ///
    /// # Errors
    ///
    /// `back`, with nothing changed, if it does not begin where this segment ends.
    ///
    /// # Panics
    ///
    /// As [`range`](Self::range) of either; `back` is then dropped, and if that fails the
    /// program aborts: the allocator cannot be told the address.
    pub fn append(&mut self, back: Self) -> Result<(), Self> {
        if back.is_empty() {
            return Ok(());
        }
        // Not `self.is_empty()`: behind `&mut`, iterators may get one of their own.
        if self.wholes.slots().is_empty() {
            *self = back;
            return Ok(());
        }
        let (range, after) = (self.range(), back.range());
        if range.end != after.start {
            return Err(back);
        }
        let Ok(all) = S::region().slots(&(range.start..after.end)) else {
            return Err(back);
        };
        self.wholes.append(back.into_wholes(), all).map_err(|wholes| Self { wholes })
    }

    /// The unique ownership, of which the segment then has none to give back.
    fn into_wholes(mut self) -> Wholes<M, S> {
        mem::replace(&mut self.wholes, Wholes::NONE)
    }
}

impl<M: UntypedMeta, S: FrameSpace> UniqueSegment<M, S> {
    /// Reads the bytes of the frames in place, one frame after the other; nothing where the
    /// space's region has no memory.
    ///
    /// # Panics
    ///
    /// Where [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does,
    /// at that frame.
    pub fn readers(&self) -> impl DoubleEndedIterator<Item = FrameReader<'_>> {
        self.frames().filter_map(UniqueFrameRef::into_reader)
    }

    /// Writes the bytes of the frames in place, one frame after the other; nothing where the
    /// space's region has no memory. Several may be held at once, as for a device that
    /// scatters what it reads:
    ///
    /// ```
    /// # use std::io::{IoSliceMut, Read, Result};
    /// # use tally::{FrameSpace, FrameWriter, UniqueSegment, UntypedMeta};
    /// /// Reads from `source` straight into the frames.
    /// fn receive<M: UntypedMeta, S: FrameSpace>(
    ///     source: &mut impl Read,
    ///     frames: &mut UniqueSegment<M, S>,
    /// ) -> Result<usize> {
    ///     let mut bytes: Vec<_> =
    ///         frames.writers().map(FrameWriter::into_bytes).map(IoSliceMut::new).collect();
    ///     source.read_vectored(&mut bytes)
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// As [`readers`](Self::readers).
    pub fn writers(&mut self) -> impl DoubleEndedIterator<Item = FrameWriter<'_>> {
        self.frames_mut().filter_map(UniqueFrameMut::into_writer)
    }

    /// Copies bytes across the segment's frames, from `offset` on, as many as there are and
    /// `into` has room for; returns how many. Nothing where the space's region has no memory,
    /// and zero bytes from the end on.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does.
    pub fn read_at(&self, offset: usize, into: &mut [u8]) -> Option<usize> {
        let mut skip = offset % PAGE_SIZE;
        let mut read = 0;
        for frame in self.frames().skip(offset / PAGE_SIZE) {
            if read == into.len() {
                break;
            }
            let mut reader = UniqueFrameRef::into_reader(frame)?;
            reader.skip(mem::take(&mut skip));
            read += reader.read(&mut into[read..]);
        }
        Some(read)
    }

    /// Copies as many bytes of `from` across the segment's frames, from `offset` on, as there
    /// is room for; returns how many. Nothing where the space's region has no memory, and
    /// zero bytes from the end on.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory does; what
    /// comes before that frame is then written.
    pub fn write_at(&mut self, offset: usize, from: &[u8]) -> Option<usize> {
        let mut skip = offset % PAGE_SIZE;
        let mut written = 0;
        for frame in self.frames_mut().skip(offset / PAGE_SIZE) {
            if written == from.len() {
                break;
            }
            let mut writer = UniqueFrameMut::into_writer(frame)?;
            writer.skip(mem::take(&mut skip));
            written += writer.write(&from[written..]);
        }
        Some(written)
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Iterator for UniqueSegment<M, S> {
    type Item = UniqueFrame<M, S>;

    /// Gives the first frame away.
    #[inline]
    fn next(&mut self) -> Option<UniqueFrame<M, S>> {
        self.wholes.take_first().map(|whole| UniqueFrame { whole })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> DoubleEndedIterator for UniqueSegment<M, S> {
    /// Gives the last frame away.
    #[inline]
    fn next_back(&mut self) -> Option<UniqueFrame<M, S>> {
        self.wholes.take_last().map(|whole| UniqueFrame { whole })
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> ExactSizeIterator for UniqueSegment<M, S> {}
impl<M: AnyMeta + ?Sized, S: FrameSpace> FusedIterator for UniqueSegment<M, S> {}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Drop for UniqueSegment<M, S> {
    /// Drops all frames; see [`UniqueFrame`].
    #[doc(alias = "unique_drop_spec")]
    fn drop(&mut self) {
        /// Goes on where a frame's drop has panicked.
        struct Rest<'a, M: AnyMeta + ?Sized, S: FrameSpace>(&'a mut UniqueSegment<M, S>);

        impl<M: AnyMeta + ?Sized, S: FrameSpace> Drop for Rest<'_, M, S> {
            fn drop(&mut self) {
                self.0.by_ref().for_each(drop);
            }
        }

        let rest = Rest(self);
        rest.0.by_ref().for_each(drop);
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Default for UniqueSegment<M, S> {
    fn default() -> Self {
        Self::empty()
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> From<UniqueFrame<M, S>> for UniqueSegment<M, S> {
    /// The segment of one frame.
    fn from(frame: UniqueFrame<M, S>) -> Self {
        Self { wholes: frame.whole.into() }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> From<UniqueSegment<M, S>> for Segment<M, S> {
    /// Makes the frames shareable, in ascending order; each count becomes 1.
    ///
    /// Releases: who finds a frame by address sees its metadata as they are now.
    #[doc(alias = "slot_from_unique_spec")]
    fn from(unique: UniqueSegment<M, S>) -> Self {
        Self { shares: unique.into_wholes().share() }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> TryFrom<Segment<M, S>> for UniqueSegment<M, S> {
    type Error = Segment<M, S>;

    /// Makes the segment unique if it is the only handle on each of its frames.
    ///
    /// Acquires: everything that dropped handles did comes before. One compare-exchange for
    /// each frame, in ascending order.
    ///
    /// # Errors
    ///
    /// The segment itself, if there are other handles on one of its frames. The frames before
    /// that one were unique for a moment, in which others could not look them up; they are
    /// shared again by a Release store each.
    #[doc(alias = "slot_try_from_shared_spec")]
    #[doc(alias = "slot_try_from_shared_error_spec")]
    fn try_from(segment: Segment<M, S>) -> Result<Self, Self::Error> {
        match segment.into_shares().into_wholes() {
            Ok(wholes) => Ok(Self { wholes }),
            Err(shares) => Err(Segment { shares }),
        }
    }
}

impl<M: FrameMeta, S: FrameSpace> From<UniqueSegment<M, S>> for UniqueSegment<dyn FrameMeta, S> {
    /// Forgets the metadata's type. Costs nothing.
    fn from(segment: UniqueSegment<M, S>) -> Self {
        Self { wholes: segment.into_wholes().of_any() }
    }
}

impl<M: FrameMeta, S: FrameSpace> TryFrom<UniqueSegment<dyn FrameMeta, S>> for UniqueSegment<M, S> {
    type Error = UniqueSegment<dyn FrameMeta, S>;

    /// Asks each slot for the metadata's type.
    ///
    /// # Errors
    ///
    /// The segment itself, unchanged, if not all metadata are of type `M`.
    fn try_from(segment: UniqueSegment<dyn FrameMeta, S>) -> Result<Self, Self::Error> {
        match segment.into_wholes().of() {
            Ok(wholes) => Ok(Self { wholes }),
            Err(wholes) => Err(UniqueSegment { wholes }),
        }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for UniqueSegment<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.range();
        f.debug_tuple("UniqueSegment").field(&(Address(start)..Address(end))).finish()
    }
}
