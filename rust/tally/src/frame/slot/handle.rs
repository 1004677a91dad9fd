//! What one handle owns of a slot.
//!
//! Only the functions of this file and of [`many`](super::many) make these; who has
//! one may take the steps that it offers, and no others.

use core::{marker::PhantomData, mem::ManuallyDrop, ops::Deref};

use super::{FreeFrame, MetaSlot, Owns};
use crate::frame::{AnyMeta, Frame, FrameMeta, FrameSpace, GetFrameError, UniqueFrame};

/// One of the shares that a slot's count counts: what a [`Frame`] owns.
pub(in crate::frame) struct Share<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Was claimed for `M` and `S`; its count is at least 1 and counts this share.
    slot: &'static MetaSlot,
    _owns: Owns<M, S>,
}

impl<M: FrameMeta, S: FrameSpace> Share<M, S> {
    /// The only share of the slot, if it was unused. Errors as [`MetaSlot::claim`].
    #[inline(always)]
    pub(in crate::frame) fn claim(
        slot: &'static MetaSlot,
        metadata: M,
    ) -> Result<Self, (GetFrameError, M)> {
        slot.claim::<M, S>(metadata)?;
        slot.publish_shared();
        // SAFETY: the slot was claimed here, and published with one share.
        Ok(unsafe { Self::from_slot(slot) })
    }

    /// Forgets the metadata's type.
    #[inline(always)]
    pub(in crate::frame) fn of_any(self) -> Share<dyn FrameMeta, S> {
        // SAFETY: the share is no longer this one's; whatever a slot was claimed for
        // is `dyn FrameMeta`.
        unsafe { Share::from_slot(self.leave()) }
    }
}

impl<S: FrameSpace> Share<dyn FrameMeta, S> {
    /// Tells the metadata's type, if it is `M`.
    #[inline(always)]
    pub(in crate::frame) fn of<M: FrameMeta>(self) -> Result<Share<M, S>, Self> {
        // SAFETY: this is a share of the slot.
        if !unsafe { self.slot.is_for::<M, S>() } {
            return Err(self);
        }
        // SAFETY: the share is no longer this one's; the slot is for `M` and `S`.
        Ok(unsafe { Share::from_slot(self.leave()) })
    }

    /// A handle of the metadata's type for as long as this share is borrowed, if the type
    /// is `M`; not counted.
    #[inline(always)]
    pub(in crate::frame) fn lend_of<M: FrameMeta>(&self) -> Option<Lent<'_, M, S>> {
        // SAFETY: this is a share of the slot.
        if !unsafe { self.slot.is_for::<M, S>() } {
            return None;
        }
        // SAFETY: the share is this one, which is borrowed; the slot is for `M` and `S`.
        Some(unsafe { Lent::from_slot(self.slot) })
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Share<M, S> {
    /// One more share of the slot, if there are any and it was claimed for these types.
    #[inline(always)]
    pub(in crate::frame) fn find(slot: &'static MetaSlot) -> Result<Self, GetFrameError> {
        slot.get_from_in_use()?;
        // SAFETY: `get_from_in_use` gave us a share.
        if unsafe { slot.is_for::<M, S>() } {
            // SAFETY: the same share, of a slot for `M` and `S`.
            Ok(unsafe { Self::from_slot(slot) })
        } else {
            // SAFETY: the same share, given up here.
            unsafe { slot.release_share_untyped() };
            Err(GetFrameError::OtherMeta)
        }
    }

    /// The owner of a share that had none.
    ///
    /// # Safety
    ///
    /// A share of this slot is counted that no handle owns. The slot's metadata are an `M` in the
    /// space `S`. The result owns that share.
    #[inline(always)]
    pub(in crate::frame) unsafe fn from_slot(slot: &'static MetaSlot) -> Self {
        Self { slot, _owns: PhantomData }
    }

    #[inline(always)]
    pub(in crate::frame) fn slot(&self) -> &'static MetaSlot {
        self.slot
    }

    /// The slot. The share stays counted, and no handle owns it.
    #[inline(always)]
    pub(in crate::frame) fn leave(self) -> &'static MetaSlot {
        ManuallyDrop::new(self).slot
    }

    /// A handle for as long as this share is borrowed, not counted.
    #[inline(always)]
    pub(in crate::frame) fn lend(&self) -> Lent<'_, M, S> {
        // SAFETY: the share is this one, which is borrowed.
        unsafe { Lent::from_slot(self.slot) }
    }

    /// The metadata.
    #[inline(always)]
    pub(in crate::frame) fn meta(&self) -> &M {
        // SAFETY: this is a share of its slot, which is for `M`.
        let meta = unsafe { self.slot.meta::<M>() };
        // SAFETY: initialised by `claim` or `replace`, and written only by a unique owner or
        // after the last share is gone, neither while this one is
        // (`slot_try_from_shared_spec`, `slot_drop_last_spec`).
        unsafe { &*meta }
    }

    /// Runs `change` on the metadata while the slot is unique, if this is the only
    /// share; then shares it again, by return or by unwinding.
    #[inline(always)]
    pub(in crate::frame) fn with_meta_mut<R>(
        &mut self,
        change: impl FnOnce(&mut M) -> R,
    ) -> Option<R> {
        /// Shares again at its end.
        struct ShareAgain(&'static MetaSlot);

        impl Drop for ShareAgain {
            fn drop(&mut self) {
                self.0.share_unique();
            }
        }

        if !self.slot.try_unique() {
            return None;
        }
        let _share_again = ShareAgain(self.slot);
        // SAFETY: the slot is unique now, this its only owner, and for `M`.
        let meta = unsafe { self.slot.meta_mut::<M>() };
        // SAFETY: initialised; no other handle exists until `_share_again` goes
        // (`slot_try_from_shared_spec`), and this one is borrowed exclusively.
        Some(change(unsafe { &mut *meta }))
    }

    /// The whole, if this is the only share.
    #[inline(always)]
    pub(in crate::frame) fn into_whole(self) -> Result<Whole<M, S>, Self> {
        if !self.slot.try_unique() {
            return Err(self);
        }
        // SAFETY: the share has become the unique ownership.
        Ok(unsafe { Whole::from_slot(self.leave()) })
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Clone for Share<M, S> {
    #[inline(always)]
    fn clone(&self) -> Self {
        self.slot.clone_share();
        // SAFETY: the share that was just counted.
        unsafe { Self::from_slot(self.slot) }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Drop for Share<M, S> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.slot.release_share() {
            // SAFETY: the last share was given back, so the slot is ours alone,
            // busy, and its metadata initialised (`slot_drop_last_spec`); it
            // is for `M` and `S`.
            unsafe { self.slot.tear_down::<M, S>() }
        }
    }
}

/// A share that is somebody else's for `'a`: what a [`FrameRef`](crate::FrameRef) has.
pub(in crate::frame) struct Lent<'a, M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Never dropped, nor moved out.
    frame: ManuallyDrop<Frame<M, S>>,
    _lent: PhantomData<&'a Frame<M, S>>,
}

impl<'a, M: AnyMeta + ?Sized, S: FrameSpace> Lent<'a, M, S> {
    /// The metadata, for as long as the share is lent.
    #[inline(always)]
    pub(in crate::frame) fn into_meta(self) -> &'a M {
        // SAFETY: a share of the slot exists for `'a`, and the slot is for `M`.
        let meta = unsafe { self.share.slot().meta::<M>() };
        // SAFETY: initialised, and not written while there is a share: see `Share::meta`.
        unsafe { &*meta }
    }

    /// The same share, lent once more for the same time.
    #[inline(always)]
    pub(in crate::frame) fn again(&self) -> Self {
        // SAFETY: the share exists for the lifetime, whatever becomes of this one.
        unsafe { Self::from_slot(self.share.slot()) }
    }

    /// Of a share that is somebody else's.
    ///
    /// # Safety
    ///
    /// A share of the slot, which is for `M` and `S`, exists as long as the lifetime.
    #[inline(always)]
    pub(in crate::frame) unsafe fn from_slot(slot: &'static MetaSlot) -> Self {
        // SAFETY: the share exists, and is not given up through this one.
        let share = unsafe { Share::from_slot(slot) };
        Self { frame: ManuallyDrop::new(Frame { share }), _lent: PhantomData }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Deref for Lent<'_, M, S> {
    type Target = Frame<M, S>;

    #[inline(always)]
    fn deref(&self) -> &Frame<M, S> {
        &self.frame
    }
}

/// The unique ownership of a slot: what a [`UniqueFrame`](crate::UniqueFrame) has.
pub(in crate::frame) struct Whole<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Was claimed for `M` and `S`; its count says unique, and this is the
    /// only handle on it.
    slot: &'static MetaSlot,
    _owns: Owns<M, S>,
}

impl<M: FrameMeta, S: FrameSpace> Whole<M, S> {
    /// The slot, if it was unused. Errors as [`MetaSlot::claim`].
    #[inline(always)]
    pub(in crate::frame) fn claim(
        slot: &'static MetaSlot,
        metadata: M,
    ) -> Result<Self, (GetFrameError, M)> {
        slot.claim::<M, S>(metadata)?;
        slot.publish_unique();
        // SAFETY: the slot was claimed here, and published as unique.
        Ok(unsafe { Self::from_slot(slot) })
    }

    /// The metadata, moved out, and the slot without them. `on_drop` is not called.
    #[inline(always)]
    pub(in crate::frame) fn into_parts(self) -> (M, FreeFrame<S>) {
        let slot = self.leave();
        slot.retire_unique();
        // SAFETY: this was the unique owner, so the slot is ours alone, busy, and for `M`.
        let meta = unsafe { slot.meta::<M>() };
        // SAFETY: initialised; moved out once, as the slot has no metadata from here on.
        let metadata = unsafe { meta.read() };
        // SAFETY: the slot is busy and ours alone; its metadata were moved out.
        (metadata, unsafe { FreeFrame::from_slot(slot) })
    }

    /// Forgets the metadata's type.
    #[inline(always)]
    pub(in crate::frame) fn of_any(self) -> Whole<dyn FrameMeta, S> {
        // SAFETY: the ownership is no longer this one's; whatever a slot was claimed
        // for is `dyn FrameMeta`.
        unsafe { Whole::from_slot(self.leave()) }
    }
}

impl<S: FrameSpace> Whole<dyn FrameMeta, S> {
    /// Tells the metadata's type, if it is `M`.
    #[inline(always)]
    pub(in crate::frame) fn of<M: FrameMeta>(self) -> Result<Whole<M, S>, Self> {
        // SAFETY: this owns the slot.
        if !unsafe { self.slot.is_for::<M, S>() } {
            return Err(self);
        }
        // SAFETY: the ownership is no longer this one's; the slot is for `M` and `S`.
        Ok(unsafe { Whole::from_slot(self.leave()) })
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Whole<M, S> {
    /// The owner of a unique slot that had none.
    ///
    /// # Safety
    ///
    /// This slot is unique, and no handle owns it. The slot's metadata are an `M` in the space `S`.
    /// The result owns the slot.
    #[inline(always)]
    pub(in crate::frame) unsafe fn from_slot(slot: &'static MetaSlot) -> Self {
        Self { slot, _owns: PhantomData }
    }

    #[inline(always)]
    pub(in crate::frame) fn slot(&self) -> &'static MetaSlot {
        self.slot
    }

    /// The slot. It stays unique, and no handle owns it.
    #[inline(always)]
    pub(in crate::frame) fn leave(self) -> &'static MetaSlot {
        ManuallyDrop::new(self).slot
    }

    /// The metadata.
    #[inline(always)]
    pub(in crate::frame) fn meta(&self) -> &M {
        // SAFETY: this is the unique owner and its slot is for `M`.
        let meta = unsafe { self.slot.meta::<M>() };
        // SAFETY: initialised by `claim` or `replace`. Written only through `meta_mut`,
        // which the borrow excludes, or after this is gone (`slot_drop_last_spec`).
        unsafe { &*meta }
    }

    /// The metadata, to change.
    #[inline(always)]
    pub(in crate::frame) fn meta_mut(&mut self) -> &mut M {
        // SAFETY: this is the unique owner and its slot is for `M`.
        let meta = unsafe { self.slot.meta_mut::<M>() };
        // SAFETY: initialised by `claim` or `replace`, and no other handle exists
        // (`slot_from_unused_spec`, `slot_try_from_shared_spec`); the borrow
        // excludes other uses of this one.
        unsafe { &mut *meta }
    }

    /// Turns the whole into the only share.
    #[inline(always)]
    pub(in crate::frame) fn share(self) -> Share<M, S> {
        let slot = self.leave();
        slot.share_unique();
        // SAFETY: the unique ownership has become a share.
        unsafe { Share::from_slot(slot) }
    }

    /// Drops the metadata and writes new ones, of any type. If that panics the slot
    /// is torn down.
    #[inline(always)]
    pub(in crate::frame) fn repurpose<N: FrameMeta>(self, metadata: N) -> Whole<N, S> {
        let slot = self.leave();
        // SAFETY: the unique ownership was this one's; it goes to the one made below,
        // or ends where this panics.
        unsafe { slot.replace::<M, N, S>(metadata) };
        // SAFETY: the slot is now for `N` and `S`.
        unsafe { Whole::from_slot(slot) }
    }

    /// As dropping it, but the frame comes to the caller.
    #[inline(always)]
    pub(in crate::frame) fn into_free(self) -> FreeFrame<S> {
        let slot = self.leave();
        slot.retire_unique();
        // SAFETY: as in `drop`.
        unsafe { slot.strip::<M, S>() }
    }

    /// As dropping it, but the allocator is not told.
    #[inline(always)]
    pub(in crate::frame) fn reset(self) {
        let slot = self.leave();
        slot.retire_unique();
        // SAFETY: this was the unique owner, so the slot is ours alone, busy, and its
        // metadata initialised; it is for `M` and `S`.
        unsafe { slot.reset::<M, S>() }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Drop for Whole<M, S> {
    #[inline(always)]
    fn drop(&mut self) {
        self.slot.retire_unique();
        // SAFETY: unique until now, so the slot is ours alone, busy, and its
        // metadata initialised (`slot_drop_last_spec`); it is for `M` and `S`.
        unsafe { self.slot.tear_down::<M, S>() }
    }
}

/// The unique ownership of a slot that is somebody else's for `'a`, who lends it to be read:
/// what a [`UniqueFrameRef`](crate::UniqueFrameRef) has.
pub(in crate::frame) struct LentWhole<'a, M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Never dropped, moved out, nor lent as `&mut`.
    frame: ManuallyDrop<UniqueFrame<M, S>>,
    _lent: PhantomData<&'a UniqueFrame<M, S>>,
}

impl<'a, M: AnyMeta + ?Sized, S: FrameSpace> LentWhole<'a, M, S> {
    /// Of a slot that is somebody else's.
    ///
    /// # Safety
    ///
    /// The slot is unique and for `M` and `S` as long as the lifetime, and nobody changes its
    /// metadata or its frame's bytes meanwhile.
    #[inline(always)]
    pub(in crate::frame) unsafe fn from_slot(slot: &'static MetaSlot) -> Self {
        // SAFETY: the slot is unique, and not given up through this one.
        let whole = unsafe { Whole::from_slot(slot) };
        Self { frame: ManuallyDrop::new(UniqueFrame { whole }), _lent: PhantomData }
    }

    /// The slot, for as long as it is lent.
    #[inline(always)]
    pub(super) fn slot(&self) -> &'static MetaSlot {
        self.frame.whole.slot
    }

    /// The metadata, for as long as the slot is lent.
    #[inline(always)]
    pub(in crate::frame) fn into_meta(self) -> &'a M {
        // SAFETY: the slot is unique for `'a`, and for `M`.
        let meta = unsafe { self.slot().meta::<M>() };
        // SAFETY: initialised, and nobody changes them for `'a`.
        unsafe { &*meta }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Deref for LentWhole<'_, M, S> {
    type Target = UniqueFrame<M, S>;

    #[inline(always)]
    fn deref(&self) -> &UniqueFrame<M, S> {
        &self.frame
    }
}

/// The unique ownership of a slot that is somebody else's for `'a`, who lends it to be
/// changed: what a [`UniqueFrameMut`](crate::UniqueFrameMut) has.
pub(in crate::frame) struct LentWholeMut<'a, M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Never dropped or moved out; not lent as `&mut`, by which it could be exchanged.
    frame: ManuallyDrop<UniqueFrame<M, S>>,
    _lent: PhantomData<&'a mut UniqueFrame<M, S>>,
}

impl<'a, M: AnyMeta + ?Sized, S: FrameSpace> LentWholeMut<'a, M, S> {
    /// Of a slot that is somebody else's.
    ///
    /// # Safety
    ///
    /// The slot is unique and for `M` and `S` as long as the lifetime, and nobody else uses
    /// its metadata or its frame's bytes meanwhile.
    #[inline(always)]
    pub(in crate::frame) unsafe fn from_slot(slot: &'static MetaSlot) -> Self {
        // SAFETY: the slot is unique, and not given up through this one.
        let whole = unsafe { Whole::from_slot(slot) };
        Self { frame: ManuallyDrop::new(UniqueFrame { whole }), _lent: PhantomData }
    }

    /// The slot, for as long as it is lent.
    #[inline(always)]
    pub(super) fn slot(&self) -> &'static MetaSlot {
        self.frame.whole.slot
    }

    /// The same slot, lent for a part of the time, in which this one is not used.
    #[inline(always)]
    pub(in crate::frame) fn again(&mut self) -> LentWholeMut<'_, M, S> {
        // SAFETY: the slot is this one's for longer, and the borrow excludes its use.
        unsafe { LentWholeMut::from_slot(self.slot()) }
    }

    /// The metadata, to change for as long as the slot is lent.
    #[inline(always)]
    pub(in crate::frame) fn into_meta_mut(self) -> &'a mut M {
        // SAFETY: the slot is unique for `'a`, and for `M`.
        let meta = unsafe { self.slot().meta_mut::<M>() };
        // SAFETY: initialised, and nobody else uses them for `'a`.
        unsafe { &mut *meta }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Deref for LentWholeMut<'_, M, S> {
    type Target = UniqueFrame<M, S>;

    #[inline(always)]
    fn deref(&self) -> &UniqueFrame<M, S> {
        &self.frame
    }
}
