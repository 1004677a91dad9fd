//! What can go wrong, and the caller's value back.

use core::{error::Error, fmt, mem::MaybeUninit};

use super::{Address, AnyMeta, FrameRange, FrameSpace, MetaSlot, PAGE_SIZE, Paddr, Segment};

/// Why no handle could be made for an address.
///
/// The address is checked first ([`NotAligned`](Self::NotAligned), then
/// [`OutOfBound`](Self::OutOfBound)), the slot's state after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GetFrameError {
    /// The address is not a multiple of [`PAGE_SIZE`].
    NotAligned,
    /// The address is in no region of the space.
    OutOfBound,
    /// The frame is shared already (only from `from_unused`).
    InUse,
    /// The frame is unused (only from `from_in_use`).
    Unused,
    /// The frame's metadata are being written or torn down.
    Busy,
    /// The frame has a unique owner.
    Unique,
    /// The frame is shared, but its metadata are of another type or it belongs
    /// to another space (only from `from_in_use`).
    OtherMeta,
}

impl fmt::Display for GetFrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotAligned => "the address is not a multiple of the page size",
            Self::OutOfBound => "the address is outside of the tracked memory",
            Self::InUse => "the frame is in use",
            Self::Unused => "the frame is not in use",
            Self::Busy => "the frame's metadata are being written or torn down",
            Self::Unique => "the frame has a unique owner",
            Self::OtherMeta => "the frame's metadata are of another type",
        })
    }
}

impl Error for GetFrameError {}

/// `from_unused` failed; the metadata come back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FromUnusedError<M> {
    /// Why.
    pub error: GetFrameError,
    /// What the caller handed in.
    pub metadata: M,
}

// Not derived: works, and says the same, whether or not `M: Debug`, so that
// `unwrap` and `?` can be used with any metadata.
impl<M> fmt::Debug for FromUnusedError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromUnusedError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<M> fmt::Display for FromUnusedError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<M> Error for FromUnusedError<M> {}

/// Why ranges of addresses cannot be a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RegionError {
    /// A range has no frames, or there is no range.
    Empty,
    /// The base is not a multiple of [`PAGE_SIZE`].
    NotAligned {
        /// The base that was asked for.
        base: Paddr,
    },
    /// The range would end beyond the largest address.
    Overflow {
        /// The base that was asked for.
        base: Paddr,
        /// The number of frames that was asked for.
        frames: usize,
    },
    /// Two ranges have a frame in common.
    Overlap {
        /// One of them.
        one: FrameRange,
        /// The next.
        other: FrameRange,
    },
    /// The ranges do not ascend.
    NotSorted {
        /// A range.
        before: FrameRange,
        /// The next, with lower addresses.
        after: FrameRange,
    },
    /// There are not as many slots as frames.
    SlotCount {
        /// The number of frames of all ranges.
        frames: usize,
        /// The number of slots that came with them.
        slots: usize,
    },
}

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.pad("a region has frames in each of its ranges"),
            Self::NotAligned { base } => {
                write!(f, "the region's base {base:#x} is not a multiple of {PAGE_SIZE}")
            }
            Self::Overflow { base, frames } => {
                write!(f, "{frames} frames from {base:#x} exceed the address space")
            }
            Self::Overlap { one, other } => write!(f, "{one:?} and {other:?} overlap"),
            Self::NotSorted { before, after } => {
                write!(f, "{after:?} must come before {before:?}")
            }
            Self::SlotCount { frames, slots } => {
                write!(f, "{frames} frames cannot have {slots} slots")
            }
        }
    }
}

impl Error for RegionError {}

/// [`Segment::from_unused`] failed; no frame is claimed.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SegmentError<M> {
    /// An end of the range is not a multiple of [`PAGE_SIZE`].
    NotAligned,
    /// The range does not begin before its end.
    Empty,
    /// A frame of the range is in no region of the space.
    OutOfBound,
    /// A frame could not be claimed; those before it were dropped again.
    Frame {
        /// Its address.
        start: Paddr,
        /// Why.
        error: GetFrameError,
        /// The metadata that were made for it.
        metadata: M,
    },
}

impl<M> fmt::Debug for SegmentError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAligned => f.write_str("NotAligned"),
            Self::Empty => f.write_str("Empty"),
            Self::OutOfBound => f.write_str("OutOfBound"),
            Self::Frame { start, error, .. } => f
                .debug_struct("Frame")
                .field("start", &Address(*start))
                .field("error", error)
                .finish_non_exhaustive(),
        }
    }
}

impl<M> fmt::Display for SegmentError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAligned => write!(f, "an end of the range is not a multiple of {PAGE_SIZE}"),
            Self::Empty => f.pad("the range does not begin before its end"),
            Self::OutOfBound => f.pad("the range reaches outside of the tracked memory"),
            Self::Frame { start, error, .. } => write!(f, "frame {start:#x}: {error}"),
        }
    }
}

impl<M> Error for SegmentError<M> {}

/// Why a part of a segment cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SliceError {
    /// An offset is not a multiple of [`PAGE_SIZE`].
    NotAligned,
    /// An offset is beyond the segment's size, or the start beyond the end.
    OutOfBound,
}

impl fmt::Display for SliceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAligned => write!(f, "an offset is not a multiple of {PAGE_SIZE}"),
            Self::OutOfBound => f.pad("an offset is beyond the segment's size or its end"),
        }
    }
}

impl Error for SliceError {}

/// [`Segment::split`] failed; the segment comes back.
pub struct SplitError<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Why.
    pub error: SliceError,
    /// What the caller handed in.
    pub segment: Segment<M, S>,
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for SplitError<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SplitError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Display for SplitError<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Error for SplitError<M, S> {}

/// [`Segment::join`] failed: the one does not begin where the other ends. Both come back.
pub struct JoinError<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// What the caller handed in.
    pub front: Segment<M, S>,
    /// What the caller handed in to follow it.
    pub back: Segment<M, S>,
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Debug for JoinError<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinError").field("front", &self.front).field("back", &self.back).finish()
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> fmt::Display for JoinError<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (end, start) = (self.front.range().end, self.back.range().start);
        write!(f, "one segment ends at {end:#x} and the other begins at {start:#x}")
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Error for JoinError<M, S> {}

/// [`MetaRegion::init_in`](super::MetaRegion::init_in) failed; the memory comes back.
pub struct InitError {
    /// Why.
    pub error: RegionError,
    /// What the caller handed in, untouched.
    pub memory: &'static mut [MaybeUninit<MetaSlot>],
}

impl fmt::Debug for InitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InitError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl fmt::Display for InitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl Error for InitError {}
