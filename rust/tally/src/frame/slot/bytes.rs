//! The bytes of the frame of a slot, for who may read or write them.

use core::ptr::NonNull;

use super::{Lent, LentWhole, LentWholeMut, MetaSlot, Share, TearDown, Whole};
use crate::frame::{FrameSpace, MetaRegion, PAGE_SIZE, UntypedMeta};

/// The bytes of a frame.
type Bytes = [u8; PAGE_SIZE];

/// Where the bytes of some frame are. A number for who may not follow it, so any
/// thread may have it.
#[derive(Clone, Copy)]
pub(in crate::frame) struct Place(pub(in crate::frame) NonNull<u8>);

// SAFETY: a number; who follows it is bound by `MetaRegion::with_memory`, on whatever
// thread.
unsafe impl Send for Place {}
// SAFETY: as above; nothing changes it.
unsafe impl Sync for Place {}

/// The bytes of the slot's frame; nothing if the region has no memory.
///
/// # Safety
///
/// For `'a` nobody writes the bytes: the caller holds a share or is the unique owner
/// or tears the frame down.
#[inline(always)]
unsafe fn read<'a>(region: &'static MetaRegion, slot: &'static MetaSlot) -> Option<&'a Bytes> {
    let memory = region.memory(slot)?;
    // SAFETY: `with_memory` promised that the bytes of the slot's frame are
    // there, initialised, and written by nobody but who may write the slot's
    // metadata, which the caller excludes.
    Some(unsafe { memory.as_ref() })
}

impl<M: UntypedMeta, S: FrameSpace> Share<M, S> {
    /// The frame's bytes; nothing if the region has no memory.
    #[inline(always)]
    pub(in crate::frame) fn bytes(&self) -> Option<&Bytes> {
        // SAFETY: this is a share for the borrow's time.
        unsafe { read(S::region(), self.slot()) }
    }
}

impl<M: UntypedMeta, S: FrameSpace> Whole<M, S> {
    /// The frame's bytes; nothing if the region has no memory.
    #[inline(always)]
    pub(in crate::frame) fn bytes(&self) -> Option<&Bytes> {
        // SAFETY: this is the unique owner, borrowed without writers.
        unsafe { read(S::region(), self.slot()) }
    }

    /// The frame's bytes, to change; nothing if the region has no memory.
    #[inline(always)]
    pub(in crate::frame) fn bytes_mut(&mut self) -> Option<&mut Bytes> {
        let mut memory = S::region().memory(self.slot())?;
        // SAFETY: as in `read`; the unique owner is borrowed exclusively.
        Some(unsafe { memory.as_mut() })
    }
}

impl<M: UntypedMeta, S: FrameSpace> Whole<M, S> {
    /// Sets the frame's bytes to zero; nothing if the region has no memory.
    #[inline]
    pub(in crate::frame) fn clear(&mut self) {
        if let Some(bytes) = self.bytes_mut() {
            bytes.fill(0);
        }
    }
}

impl<'a, M: UntypedMeta, S: FrameSpace> Lent<'a, M, S> {
    /// The frame's bytes, for as long as the share is lent; nothing if the region has no
    /// memory.
    #[inline(always)]
    pub(in crate::frame) fn into_bytes(self) -> Option<&'a Bytes> {
        // SAFETY: there is a share for `'a`.
        unsafe { read(S::region(), self.share.slot()) }
    }
}

impl<'a, M: UntypedMeta, S: FrameSpace> LentWhole<'a, M, S> {
    /// The frame's bytes, for as long as the slot is lent; nothing if the region has no
    /// memory.
    #[inline(always)]
    pub(in crate::frame) fn into_bytes(self) -> Option<&'a Bytes> {
        // SAFETY: the slot is unique for `'a`, and nobody writes.
        unsafe { read(S::region(), self.slot()) }
    }
}

impl<'a, M: UntypedMeta, S: FrameSpace> LentWholeMut<'a, M, S> {
    /// The frame's bytes, to change for as long as the slot is lent; nothing if the region
    /// has no memory.
    #[inline(always)]
    pub(in crate::frame) fn into_bytes_mut(self) -> Option<&'a mut Bytes> {
        let mut memory = S::region().memory(self.slot())?;
        // SAFETY: as in `read`; the slot is unique for `'a`, and nobody else uses it.
        Some(unsafe { memory.as_mut() })
    }
}

impl TearDown<'_> {
    /// The frame's bytes; nothing if the region has no memory.
    #[inline(always)]
    pub(in crate::frame) fn bytes(&self) -> Option<&Bytes> {
        // SAFETY: a `TearDown<'a>` is lent only within `'a`, for which its slot is
        // torn down: nobody else has it.
        unsafe { read(self.region(), self.slot()) }
    }
}
