//! What can go wrong, and the caller's value back.

use core::{error::Error, fmt, mem::MaybeUninit};

use super::{MetaSlot, PAGE_SIZE, Paddr};

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
        f.write_str(match self {
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

/// Why a range of addresses cannot be a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RegionError {
    /// The base is not a multiple of [`PAGE_SIZE`].
    NotAligned {
        /// The base that was asked for.
        base: Paddr,
    },
    /// The region would end beyond the largest address.
    Overflow {
        /// The base that was asked for.
        base: Paddr,
        /// The number of frames that was asked for.
        frames: usize,
    },
}

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotAligned { base } => {
                write!(f, "the region's base {base:#x} is not a multiple of {PAGE_SIZE}")
            }
            Self::Overflow { base, frames } => {
                write!(f, "{frames} frames from {base:#x} exceed the address space")
            }
        }
    }
}

impl Error for RegionError {}

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
