//! The bytes of frames: memory that is mapped somewhere, read and written within
//! bounds.
//!
//! Rust's own rule does for the bytes what it does for metadata: shared frames
//! are read, unique ones are written. The protocol of the slots orders the
//! accesses of one owner before those of the next, of the bytes as of the
//! metadata. Memory that devices or user programs change at any time does not
//! follow the rule and is not for these types.

use core::{fmt, ptr::NonNull};

use super::{
    Address, Frame, FrameMeta, FrameSpace, FromUnusedError, Many, PAGE_SIZE, Paddr, UniqueFrame,
    slot::Place,
};

/// Metadata of frames whose memory holds plain bytes, which handles read and write.
///
/// An example is at [`FrameReader`].
pub trait UntypedMeta: FrameMeta {}

/// Where the bytes of frames are mapped. A region gets it by
/// [`MetaRegion::with_memory`](super::MetaRegion::with_memory), which says what
/// it must satisfy.
pub trait FrameMemory: Send + Sync {
    /// Where the bytes of the frame at `start` are, an address that the region tracks.
    fn frame(&self, start: Paddr) -> NonNull<[u8; PAGE_SIZE]>;
}

/// Memory that is mapped at one distance from its addresses, as a kernel's
/// direct map is.
#[derive(Clone, Copy)]
pub struct LinearMap {
    base: Paddr,
    memory: Place,
}

impl LinearMap {
    /// The physical address `base` is mapped at `memory`, others at their
    /// distance from it.
    #[must_use]
    pub const fn new(base: Paddr, memory: NonNull<u8>) -> Self {
        Self { base, memory: Place(memory) }
    }
}

impl FrameMemory for LinearMap {
    /// # Panics
    ///
    /// If the frame would be mapped at address 0.
    #[inline]
    fn frame(&self, start: Paddr) -> NonNull<[u8; PAGE_SIZE]> {
        let distance = start.wrapping_sub(self.base);
        NonNull::new(self.memory.0.as_ptr().wrapping_add(distance).cast())
            .expect("a frame is mapped at address 0")
    }
}

impl fmt::Debug for LinearMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LinearMap")
            .field("base", &Address(self.base))
            .field("memory", &self.memory.0)
            .finish()
    }
}

/// Reads the bytes of a frame, from its start to its end.
///
/// They are what the frame's owners wrote, earlier ones included: nobody clears them in
/// between ([`UniqueFrame::from_unused_zeroed`] does).
///
/// ```
/// # use std::{ptr::NonNull, sync::LazyLock};
/// # use tally::{FrameSpace, LinearMap, MetaSlot, Paddr};
/// use tally::{Frame, FrameMeta, MetaRegion, PAGE_SIZE, UniqueFrame, UntypedMeta};
///
/// struct Buffer;
/// impl FrameMeta for Buffer {}
/// impl UntypedMeta for Buffer {}
///
/// # struct Ram;
/// # impl FrameSpace for Ram {
/// #     fn region() -> &'static MetaRegion {
/// #         static SLOTS: [MetaSlot; 1] = [MetaSlot::new()];
/// #         static REGION: LazyLock<MetaRegion> = LazyLock::new(|| {
/// #             let bytes = NonNull::from(vec![0u8; PAGE_SIZE].leak()).cast();
/// #             let memory = Box::leak(Box::new(LinearMap::new(0, bytes)));
/// #             let region = MetaRegion::new(0, &SLOTS).unwrap();
/// #             // SAFETY: the bytes are this region's for good.
/// #             unsafe { region.with_memory(memory) }
/// #         });
/// #         &REGION
/// #     }
/// #     fn dealloc(_: Paddr, _: usize) {}
/// # }
/// // In a space whose region has memory:
/// let mut unique = UniqueFrame::<_, Ram>::from_unused(0, Buffer).unwrap();
/// let mut writer = unique.writer().unwrap();
/// assert_eq!(writer.write(b"text"), 4);
/// assert_eq!(writer.remain(), PAGE_SIZE - 4);
///
/// let shared = Frame::from(unique);
/// let mut reader = shared.reader().unwrap().limit(3);
/// let mut bytes = [0; 8];
/// assert_eq!(reader.read(&mut bytes), 3);
/// assert_eq!(&bytes[..3], b"tex");
/// assert_eq!(reader.read(&mut bytes), 0);
/// ```
#[derive(Clone)]
pub struct FrameReader<'a> {
    rest: &'a [u8],
}

impl<'a> FrameReader<'a> {
    #[inline]
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// The number of bytes that are left to read.
    #[must_use]
    pub const fn remain(&self) -> usize {
        self.rest.len()
    }

    /// Ends after at most `limit` bytes from here.
    #[must_use]
    pub fn limit(self, limit: usize) -> Self {
        Self { rest: &self.rest[..self.rest.len().min(limit)] }
    }

    /// Passes over at most `count` bytes; returns how many.
    pub fn skip(&mut self, count: usize) -> usize {
        self.take(count).len()
    }

    /// Copies as many bytes as there are and `into` has room for; returns how many.
    pub fn read(&mut self, into: &mut [u8]) -> usize {
        let bytes = self.take(into.len());
        into[..bytes.len()].copy_from_slice(bytes);
        bytes.len()
    }

    /// The next `N` bytes; nothing, and nothing is read, if there are fewer.
    pub fn read_array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*bytes)
    }

    /// The bytes that are left.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.rest
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(self.rest.len().min(count));
        self.rest = rest;
        taken
    }
}

impl fmt::Debug for FrameReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FrameReader").field(&Many(self.remain(), "bytes")).finish()
    }
}

/// Reads as many bytes as there are; never an error.
#[cfg(feature = "std")]
impl std::io::Read for FrameReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        Ok(FrameReader::read(self, into))
    }
}

/// Writes the bytes of a frame, from its start to its end.
///
/// An example is at [`FrameReader`].
pub struct FrameWriter<'a> {
    rest: &'a mut [u8],
}

impl<'a> FrameWriter<'a> {
    #[inline]
    pub(super) fn new(rest: &'a mut [u8]) -> Self {
        Self { rest }
    }

    /// The number of bytes that there is room for.
    #[must_use]
    pub const fn remain(&self) -> usize {
        self.rest.len()
    }

    /// Ends after at most `limit` bytes from here.
    #[must_use]
    pub fn limit(self, limit: usize) -> Self {
        let limit = self.rest.len().min(limit);
        Self { rest: &mut self.rest[..limit] }
    }

    /// Passes over at most `count` bytes, which stay as they are; returns how many.
    pub fn skip(&mut self, count: usize) -> usize {
        self.take(count).len()
    }

    /// The bytes that are left, to be written in place, as by a device driver or a socket's
    /// `read`. They have what the frame had before. [`skip`](Self::skip) passes over what
    /// was written.
    ///
    /// ```
    /// # use std::io::{Read, Result};
    /// # use tally::FrameWriter;
    /// /// Reads from `source` straight into the frame.
    /// fn receive(source: &mut impl Read, frame: &mut FrameWriter<'_>) -> Result<usize> {
    ///     let count = source.read(frame.as_bytes_mut())?;
    ///     Ok(frame.skip(count))
    /// }
    /// ```
    #[must_use]
    pub const fn as_bytes_mut(&mut self) -> &mut [u8] {
        self.rest
    }

    /// The bytes that are left, for as long as the frame is lent.
    #[must_use]
    pub const fn into_bytes(self) -> &'a mut [u8] {
        self.rest
    }

    /// Copies as many bytes of `from` as there is room for; returns how many.
    pub fn write(&mut self, from: &[u8]) -> usize {
        let bytes = self.take(from.len());
        bytes.copy_from_slice(&from[..bytes.len()]);
        bytes.len()
    }

    /// Copies as many bytes as `from` has and there is room for; returns how many.
    pub fn write_from(&mut self, from: &mut FrameReader<'_>) -> usize {
        from.skip(self.write(from.as_bytes()))
    }

    /// Sets at most `count` bytes to `value`; returns how many.
    pub fn fill(&mut self, value: u8, count: usize) -> usize {
        let bytes = self.take(count);
        bytes.fill(value);
        bytes.len()
    }

    fn take(&mut self, count: usize) -> &'a mut [u8] {
        let rest = core::mem::take(&mut self.rest);
        let (taken, rest) = rest.split_at_mut(rest.len().min(count));
        self.rest = rest;
        taken
    }
}

impl fmt::Debug for FrameWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FrameWriter").field(&Many(self.remain(), "bytes")).finish()
    }
}

/// Writes as many bytes as there is room for; never an error.
#[cfg(feature = "std")]
impl std::io::Write for FrameWriter<'_> {
    fn write(&mut self, from: &[u8]) -> std::io::Result<usize> {
        Ok(FrameWriter::write(self, from))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<M: UntypedMeta, S: FrameSpace> Frame<M, S> {
    /// As [`from_unused`](Self::from_unused), with the frame's bytes cleared before anybody
    /// can find it.
    ///
    /// Where the space's region has no memory, there is nothing to clear.
    ///
    /// # Errors
    ///
    /// As [`from_unused`](Self::from_unused); nothing is cleared then.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`] of the region's memory does; the frame is then dropped.
    #[doc(alias = "slot_from_unused_spec")]
    pub fn from_unused_zeroed(start: Paddr, metadata: M) -> Result<Self, FromUnusedError<M>> {
        UniqueFrame::from_unused_zeroed(start, metadata).map(Self::from)
    }

    /// Reads the frame's bytes; nothing where the space's region has no memory.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`] of the region's memory does.
    #[inline]
    pub fn reader(&self) -> Option<FrameReader<'_>> {
        self.share.bytes().map(|bytes| FrameReader::new(bytes))
    }
}

impl<M: UntypedMeta, S: FrameSpace> UniqueFrame<M, S> {
    /// As [`from_unused`](Self::from_unused), with the frame's bytes cleared: nothing of what
    /// its previous owner wrote is left.
    ///
    /// Where the space's region has no memory, there is nothing to clear.
    ///
    /// # Errors
    ///
    /// As [`from_unused`](Self::from_unused); nothing is cleared then.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`] of the region's memory does; the frame is then dropped.
    #[doc(alias = "slot_from_unused_spec")]
    pub fn from_unused_zeroed(start: Paddr, metadata: M) -> Result<Self, FromUnusedError<M>> {
        let mut unique = Self::from_unused(start, metadata)?;
        unique.whole.clear();
        Ok(unique)
    }

    /// Reads the frame's bytes; nothing where the space's region has no memory.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`] of the region's memory does.
    #[inline]
    pub fn reader(&self) -> Option<FrameReader<'_>> {
        self.whole.bytes().map(|bytes| FrameReader::new(bytes))
    }

    /// Writes the frame's bytes; nothing where the space's region has no memory.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`] of the region's memory does.
    #[inline]
    pub fn writer(&mut self) -> Option<FrameWriter<'_>> {
        self.whole.bytes_mut().map(|bytes| FrameWriter::new(bytes))
    }
}
