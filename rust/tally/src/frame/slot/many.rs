//! What can be owned of several slots.

use core::marker::PhantomData;

use super::{MetaSlot, Owns, Share, Whole, handle::Lent};
use crate::frame::{AnyMeta, FrameMeta, FrameSpace, GetFrameError, UntypedMeta};

/// A share of each of some slots that follow each other: what a
/// [`Segment`](crate::Segment) owns.
///
/// Dropping it gives no share back: take them out first.
pub(in crate::frame) struct Shares<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Each was claimed for `M` and `S`, its count is at least 1 and counts a share
    /// that is here. Their frames' addresses follow each other. Not an address
    /// range: from that of no slots a frame could be made by mistake.
    slots: &'static [MetaSlot],
    _owns: Owns<M, S>,
}

/// The slot of `all` after those of `here`, which must be its first.
pub(super) fn next_of(here: &[MetaSlot], all: &'static [MetaSlot]) -> &'static MetaSlot {
    assert!(here.is_empty() || core::ptr::eq(here.as_ptr(), all.as_ptr()));
    &all[here.len()]
}

impl<M: FrameMeta, S: FrameSpace> Shares<M, S> {
    /// Adds the only share of the slot `all[self.slots().len()]`, if it was unused.
    /// Errors as [`MetaSlot::claim`].
    ///
    /// # Panics
    ///
    /// If the slots here are not the first of `all`, or all of them.
    #[inline]
    pub(in crate::frame) fn claim_next(
        &mut self,
        all: &'static [MetaSlot],
        metadata: M,
    ) -> Result<(), (GetFrameError, M)> {
        Share::<M, S>::claim(next_of(self.slots, all), metadata)?.leave();
        self.slots = &all[..=self.slots.len()];
        Ok(())
    }

    /// As [`claim_next`](Self::claim_next); the frame's bytes are cleared before the slot is
    /// shared.
    ///
    /// # Panics
    ///
    /// As [`claim_next`](Self::claim_next), and where the region's memory does.
    #[inline]
    pub(in crate::frame) fn claim_next_zeroed(
        &mut self,
        all: &'static [MetaSlot],
        metadata: M,
    ) -> Result<(), (GetFrameError, M)>
    where
        M: UntypedMeta,
    {
        let mut whole = Whole::<M, S>::claim(next_of(self.slots, all), metadata)?;
        whole.clear();
        whole.share().leave();
        self.slots = &all[..=self.slots.len()];
        Ok(())
    }

    /// Forgets the metadata's type.
    pub(in crate::frame) fn of_any(self) -> Shares<dyn FrameMeta, S> {
        Shares { slots: self.slots, _owns: PhantomData }
    }
}

impl<S: FrameSpace> Shares<dyn FrameMeta, S> {
    /// Tells the type of all metadata, if it is `M`.
    pub(in crate::frame) fn of<M: FrameMeta>(self) -> Result<Shares<M, S>, Self> {
        // SAFETY: a share of each slot is here.
        if self.slots.iter().all(|slot| unsafe { slot.is_for::<M, S>() }) {
            Ok(Shares { slots: self.slots, _owns: PhantomData })
        } else {
            Err(self)
        }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Shares<M, S> {
    /// No shares.
    pub(in crate::frame) const NONE: Self = Self { slots: &[], _owns: PhantomData };

    /// The owner of shares that had none, one of each slot.
    ///
    /// # Safety
    ///
    /// Of each of the slots a share is counted that no handle owns. The metadata of each are an `M`
    /// in the space `S`. The addresses of the slots' frames follow each other. The result owns
    /// those shares.
    pub(in crate::frame) unsafe fn from_slots(slots: &'static [MetaSlot]) -> Self {
        Self { slots, _owns: PhantomData }
    }

    #[inline(always)]
    pub(in crate::frame) const fn slots(&self) -> &'static [MetaSlot] {
        self.slots
    }

    /// One share lent, of the slot number `index`.
    #[inline(always)]
    pub(in crate::frame) fn lend(&self, index: usize) -> Option<Lent<'_, M, S>> {
        let slot = self.slots.get(index)?;
        // SAFETY: a share of the slot, for `M` and `S`, is here, and borrowed.
        Some(unsafe { Lent::from_slot(slot) })
    }

    /// All of them lent, one by one.
    pub(in crate::frame) fn lend_each(
        &self,
    ) -> impl DoubleEndedIterator<Item = Lent<'_, M, S>> + ExactSizeIterator {
        // SAFETY: as in `lend`.
        self.slots.iter().map(|slot| unsafe { Lent::from_slot(slot) })
    }

    /// Another share of each of the slots from number `range.start` to `range.end`;
    /// nothing if there are not so many.
    pub(in crate::frame) fn clone_part(&self, range: core::ops::Range<usize>) -> Option<Self> {
        let slots = self.slots.get(range)?;
        for slot in slots {
            slot.clone_share();
        }
        Some(Self { slots, _owns: PhantomData })
    }

    /// The first `at`, and the rest.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub(in crate::frame) fn split_at(self, at: usize) -> (Self, Self) {
        let (front, back) = self.slots.split_at(at);
        (Self { slots: front, _owns: PhantomData }, Self { slots: back, _owns: PhantomData })
    }

    /// All of both, if `all` are the slots of these and then those of `back`.
    pub(in crate::frame) fn join(
        self,
        back: Self,
        all: &'static [MetaSlot],
    ) -> Result<Self, (Self, Self)> {
        // Slots are not of size 0: what is at one address is one slot.
        let is = |slots: &[MetaSlot], at: &[MetaSlot]| core::ptr::eq(slots, at);
        match all.split_at_checked(self.slots.len()) {
            Some((first, last)) if is(self.slots, first) && is(back.slots, last) => {
                Ok(Self { slots: all, _owns: PhantomData })
            }
            _ => Err((self, back)),
        }
    }

    /// Takes the first share out.
    #[inline(always)]
    pub(in crate::frame) fn take_first(&mut self) -> Option<Share<M, S>> {
        let (first, rest) = self.slots.split_first()?;
        self.slots = rest;
        // SAFETY: the share was here and is no longer; the slot is for `M` and `S`.
        Some(unsafe { Share::from_slot(first) })
    }

    /// Takes the last share out.
    #[inline(always)]
    pub(in crate::frame) fn take_last(&mut self) -> Option<Share<M, S>> {
        let (last, rest) = self.slots.split_last()?;
        self.slots = rest;
        // SAFETY: as in `take_first`.
        Some(unsafe { Share::from_slot(last) })
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> From<Share<M, S>> for Shares<M, S> {
    /// The one share.
    fn from(share: Share<M, S>) -> Self {
        Self { slots: core::slice::from_ref(share.leave()), _owns: PhantomData }
    }
}

/// The unique ownership of slots, each found again by its slot: what a
/// [`LinkedList`](crate::LinkedList) owns.
///
/// Each slot says in `in_list` by number in which bag it is, so the bag needs no
/// memory. Dropping it gives nothing back: take all out first.
pub(in crate::frame) struct Bag<M: FrameMeta, S: FrameSpace> {
    /// No other bag's; 0 until the first slot comes. The slots whose `in_list` it is
    /// are unique and were claimed for `M` and `S`, and their unique ownership is here.
    /// Nobody but this bag stores it there, or replaces it.
    id: u64,
    _owns: Owns<M, S>,
}

impl<M: FrameMeta, S: FrameSpace> Bag<M, S> {
    /// Holds nothing.
    pub(in crate::frame) const EMPTY: Self = Self { id: 0, _owns: PhantomData };

    /// The number, at least 1 and no other bag's; 0 until the first slot comes.
    pub(in crate::frame) const fn id(&self) -> u64 {
        self.id
    }

    /// Whether the slot is in the bag.
    #[inline(always)]
    pub(in crate::frame) fn holds(&self, slot: &MetaSlot) -> bool {
        self.id != 0 && slot.list_id() == self.id
    }

    /// Puts a slot in.
    ///
    /// # Aborts
    ///
    /// If it is the first and there are no numbers left.
    pub(in crate::frame) fn put(&mut self, whole: Whole<M, S>) -> &'static MetaSlot {
        if self.id == 0 {
            self.id = MetaSlot::new_list_id();
        }
        let slot = whole.leave();
        slot.enter_list(self.id);
        slot
    }

    /// Takes the slot out; nothing if it is not in the bag.
    pub(in crate::frame) fn take(&mut self, slot: &'static MetaSlot) -> Option<Whole<M, S>> {
        if !self.holds(slot) {
            return None;
        }
        slot.leave_list();
        // SAFETY: the unique ownership was here, for `M` and `S`, and is no longer.
        Some(unsafe { Whole::from_slot(slot) })
    }

    /// The slot's metadata; nothing if it is not in the bag.
    #[inline(always)]
    pub(in crate::frame) fn meta(&self, slot: &'static MetaSlot) -> Option<&M> {
        if !self.holds(slot) {
            return None;
        }
        // SAFETY: the unique ownership of the slot is here, for `M`.
        let meta = unsafe { slot.meta::<M>() };
        // SAFETY: initialised by the same. Written only through `meta_mut` and after
        // `take`, which the borrow excludes.
        Some(unsafe { &*meta })
    }

    /// The slot's metadata, to change; nothing if it is not in the bag.
    #[inline(always)]
    pub(in crate::frame) fn meta_mut(&mut self, slot: &'static MetaSlot) -> Option<&mut M> {
        if !self.holds(slot) {
            return None;
        }
        // SAFETY: the unique ownership of the slot is here, for `M`.
        let meta = unsafe { slot.meta_mut::<M>() };
        // SAFETY: initialised by the same; the borrow excludes other references.
        Some(unsafe { &mut *meta })
    }
}
