//! A frame without metadata that belongs to somebody: what the allocator is given.

use core::{fmt, marker::PhantomData, mem::ManuallyDrop};

use super::{MetaSlot, Share, Whole};
use crate::frame::{Address, Frame, FrameMeta, FrameSpace, PAGE_SIZE, Paddr, UniqueFrame};

/// A frame without metadata that is whoever has this value's: nobody else can claim it.
///
/// Whoever looks the frame up meanwhile, or tries to claim it by address, finds it
/// [`Busy`](crate::GetFrameError::Busy). [`FrameSpace::take_back`] gets one for each frame
/// whose last handle was dropped. An allocator that keeps it needs not claim the frame again
/// later, and so cannot lose it to another processor in between. There are two ways to keep
/// it: as it is, in memory of the allocator's own; or with metadata, as in a
/// [`LinkedList`](crate::LinkedList), which takes no memory.
///
/// One word, as is its `Option`.
///
/// ```
/// # use tally::{MetaRegion, MetaSlot};
/// use std::sync::Mutex;
/// use tally::{FrameMeta, FrameSpace, FreeFrame, Link, LinkedList, Paddr, UniqueFrame};
/// # static SLOTS: [MetaSlot; 4] = [const { MetaSlot::new() }; 4];
/// # static REGION: MetaRegion = match MetaRegion::new(0x1000, &SLOTS) {
/// #     Ok(region) => region,
/// #     Err(_) => panic!(),
/// # };
///
/// /// The metadata of a frame that nobody uses.
/// struct Free;
/// impl FrameMeta for Free {}
///
/// /// The frames that nobody uses, linked through their slots.
/// static FREE: Mutex<LinkedList<Free, Pool>> = Mutex::new(LinkedList::new());
///
/// struct Pool;
/// impl FrameSpace for Pool {
///     fn region() -> &'static MetaRegion { &REGION }
///     fn dealloc(_: Paddr, _: usize) { unreachable!("`take_back` keeps all frames") }
///     fn take_back(frame: FreeFrame<Self>) {
///         FREE.lock().unwrap().push_front(frame.into_unique(Link::new(Free)));
///     }
/// }
///
/// /// A frame that nobody else has; nothing if all are in use.
/// fn take<M: FrameMeta>(metadata: M) -> Option<UniqueFrame<M, Pool>> {
///     let free = FREE.lock().unwrap().pop_front()?;
///     Some(free.into_free().into_unique(metadata))
/// }
///
/// // Once, at the start: the only time that frames are claimed by address.
/// for start in REGION.starts() {
///     let frame = UniqueFrame::from_unused(start, Link::new(Free)).expect("nobody has begun");
///     FREE.lock().unwrap().push_back(frame);
/// }
/// struct Buffer;
/// impl FrameMeta for Buffer {}
/// let buffer = take(Buffer).unwrap();
/// assert_eq!(FREE.lock().unwrap().len(), 3);
/// drop(buffer);
/// assert_eq!(FREE.lock().unwrap().len(), 4);
/// ```
///
/// # Dropping
///
/// Marks the frame unused, and then tells [`FrameSpace::dealloc`]: from the first of these
/// on others may claim it by address. Releases: the next owner sees it finished.
///
/// # Panics
///
/// Dropping it panics where [`FrameSpace::dealloc`] does, and if the frame is not in
/// `S::region()`, which then is not always the same. The frame is unused then too.
pub struct FreeFrame<S: FrameSpace> {
    /// Busy, and has no metadata; this is all that may take a step on it.
    slot: &'static MetaSlot,
    _space: PhantomData<fn(S) -> S>,
}

impl<S: FrameSpace> FreeFrame<S> {
    /// The owner of a slot that had none.
    ///
    /// # Safety
    ///
    /// The slot is busy, has no metadata that are still to be dropped, and is tracked for the
    /// space `S`; nobody else takes a step on it. The result owns it.
    #[inline(always)]
    pub(super) unsafe fn from_slot(slot: &'static MetaSlot) -> Self {
        Self { slot, _space: PhantomData }
    }

    /// The frame's address, in bytes.
    ///
    /// # Panics
    ///
    /// If the frame is not in `S::region()`, which then is not always the same.
    #[inline]
    pub fn start_paddr(&self) -> Paddr {
        self.slot.start_paddr::<S>()
    }

    /// The frame's size, in bytes: [`PAGE_SIZE`].
    #[inline]
    pub const fn size(&self) -> usize {
        PAGE_SIZE
    }

    /// Gives the frame metadata: busy → unique, Relaxed. At no time is it unused.
    ///
    /// Its bytes are as the last owner left them.
    #[inline]
    pub fn into_unique<M: FrameMeta>(self, metadata: M) -> UniqueFrame<M, S> {
        let slot = self.leave();
        // SAFETY: the slot was this one's alone, without metadata.
        unsafe { slot.write::<M, S>(metadata) };
        slot.publish_unique();
        // SAFETY: the slot is unique now, for `M` and `S`, and was this one's.
        UniqueFrame { whole: unsafe { Whole::from_slot(slot) } }
    }

    /// Gives the frame metadata and shares it: busy → 1. At no time is it unused.
    ///
    /// Releases: who finds the frame by address sees its metadata. Its bytes are as the last
    /// owner left them.
    #[inline]
    pub fn into_shared<M: FrameMeta>(self, metadata: M) -> Frame<M, S> {
        let slot = self.leave();
        // SAFETY: the slot was this one's alone, without metadata.
        unsafe { slot.write::<M, S>(metadata) };
        slot.publish_shared();
        // SAFETY: the slot is shared now, by one, for `M` and `S`, and was this one's.
        Frame { share: unsafe { Share::from_slot(slot) } }
    }

    /// The slot. It stays busy, and nobody's.
    #[inline(always)]
    fn leave(self) -> &'static MetaSlot {
        ManuallyDrop::new(self).slot
    }
}

impl<S: FrameSpace> Drop for FreeFrame<S> {
    #[inline]
    fn drop(&mut self) {
        self.slot.mark_unused();
        S::dealloc(self.slot.start_paddr::<S>(), PAGE_SIZE);
    }
}

impl<S: FrameSpace> fmt::Debug for FreeFrame<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FreeFrame").field(&Address(self.start_paddr())).finish()
    }
}

// A value and its `Option` are one word.
const _: () = {
    struct Nowhere;
    impl FrameSpace for Nowhere {
        fn region() -> &'static crate::MetaRegion {
            &crate::MetaRegion::EMPTY
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    assert!(size_of::<Option<FreeFrame<Nowhere>>>() == size_of::<usize>());
};
