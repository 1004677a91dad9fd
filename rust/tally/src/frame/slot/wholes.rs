//! The unique ownership of several slots that follow each other.

use core::marker::PhantomData;

use super::{LentWhole, LentWholeMut, MetaSlot, Owns, Shares, Whole, many::next_of};
use crate::frame::{AnyMeta, FrameMeta, FrameSpace, GetFrameError, UntypedMeta};

/// The unique ownership of each of some slots that follow each other: what a
/// [`UniqueSegment`](crate::UniqueSegment) owns.
///
/// Dropping it gives nothing back: take them out first.
pub(in crate::frame) struct Wholes<M: AnyMeta + ?Sized, S: FrameSpace> {
    /// Each was claimed for `M` and `S`, its count says unique, and this is the only handle
    /// on it. Their frames' addresses follow each other.
    slots: &'static [MetaSlot],
    _owns: Owns<M, S>,
}

impl<M: FrameMeta, S: FrameSpace> Wholes<M, S> {
    /// Adds the slot `all[self.slots().len()]`, if it was unused. Errors as
    /// [`MetaSlot::claim`].
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
        Whole::<M, S>::claim(next_of(self.slots, all), metadata)?.leave();
        self.slots = &all[..=self.slots.len()];
        Ok(())
    }

    /// As [`claim_next`](Self::claim_next), with the frame's bytes cleared.
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
        whole.leave();
        self.slots = &all[..=self.slots.len()];
        Ok(())
    }

    /// Forgets the metadata's type.
    pub(in crate::frame) fn of_any(self) -> Wholes<dyn FrameMeta, S> {
        Wholes { slots: self.slots, _owns: PhantomData }
    }
}

impl<S: FrameSpace> Wholes<dyn FrameMeta, S> {
    /// Tells the type of all metadata, if it is `M`.
    pub(in crate::frame) fn of<M: FrameMeta>(self) -> Result<Wholes<M, S>, Self> {
        // SAFETY: the unique ownership of each slot is here.
        if self.slots.iter().all(|slot| unsafe { slot.is_for::<M, S>() }) {
            Ok(Wholes { slots: self.slots, _owns: PhantomData })
        } else {
            Err(self)
        }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Wholes<M, S> {
    /// No slots.
    pub(in crate::frame) const NONE: Self = Self { slots: &[], _owns: PhantomData };

    #[inline(always)]
    pub(in crate::frame) const fn slots(&self) -> &'static [MetaSlot] {
        self.slots
    }

    /// The slot number `index`, lent to be read.
    #[inline(always)]
    pub(in crate::frame) fn lend(&self, index: usize) -> Option<LentWhole<'_, M, S>> {
        let slot = self.slots.get(index)?;
        // SAFETY: the unique ownership of the slot, for `M` and `S`, is here, and borrowed.
        Some(unsafe { LentWhole::from_slot(slot) })
    }

    /// The slot number `index`, lent to be changed.
    #[inline(always)]
    pub(in crate::frame) fn lend_mut(&mut self, index: usize) -> Option<LentWholeMut<'_, M, S>> {
        let slot = self.slots.get(index)?;
        // SAFETY: as in `lend`; borrowed exclusively.
        Some(unsafe { LentWholeMut::from_slot(slot) })
    }

    /// All of them lent to be read, one by one.
    pub(in crate::frame) fn lend_each(
        &self,
    ) -> impl DoubleEndedIterator<Item = LentWhole<'_, M, S>> + ExactSizeIterator {
        // SAFETY: as in `lend`.
        self.slots.iter().map(|slot| unsafe { LentWhole::from_slot(slot) })
    }

    /// All of them lent to be changed, each once.
    pub(in crate::frame) fn lend_each_mut(
        &mut self,
    ) -> impl DoubleEndedIterator<Item = LentWholeMut<'_, M, S>> + ExactSizeIterator {
        // SAFETY: as in `lend_mut`; the slots of a slice are all different, and the iterator
        // gives each once.
        self.slots.iter().map(|slot| unsafe { LentWholeMut::from_slot(slot) })
    }

    /// Takes those from number `at` on out.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub(in crate::frame) fn split_off(&mut self, at: usize) -> Self {
        let (front, back) = self.slots.split_at(at);
        self.slots = front;
        Self { slots: back, _owns: PhantomData }
    }

    /// Adds those of `back`, if `all` are the slots that are here and then those of `back`.
    pub(in crate::frame) fn append(
        &mut self,
        back: Self,
        all: &'static [MetaSlot],
    ) -> Result<(), Self> {
        // Slots are not of size 0: what is at one address is one slot.
        let is = |slots: &[MetaSlot], at: &[MetaSlot]| core::ptr::eq(slots, at);
        match all.split_at_checked(self.slots.len()) {
            Some((first, last)) if is(self.slots, first) && is(back.slots, last) => {
                self.slots = all;
                Ok(())
            }
            _ => Err(back),
        }
    }

    /// Takes the first out.
    #[inline(always)]
    pub(in crate::frame) fn take_first(&mut self) -> Option<Whole<M, S>> {
        let (first, rest) = self.slots.split_first()?;
        self.slots = rest;
        // SAFETY: the ownership was here and is no longer; the slot is for `M` and `S`.
        Some(unsafe { Whole::from_slot(first) })
    }

    /// Takes the last out.
    #[inline(always)]
    pub(in crate::frame) fn take_last(&mut self) -> Option<Whole<M, S>> {
        let (last, rest) = self.slots.split_last()?;
        self.slots = rest;
        // SAFETY: as in `take_first`.
        Some(unsafe { Whole::from_slot(last) })
    }

    /// Turns each into the only share of its slot.
    pub(in crate::frame) fn share(self) -> Shares<M, S> {
        for slot in self.slots {
            slot.share_unique();
        }
        // SAFETY: each unique ownership has become a share; the rest is as it was here.
        unsafe { Shares::from_slots(self.slots) }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> From<Whole<M, S>> for Wholes<M, S> {
    /// The one slot.
    fn from(whole: Whole<M, S>) -> Self {
        Self { slots: core::slice::from_ref(whole.leave()), _owns: PhantomData }
    }
}

impl<M: AnyMeta + ?Sized, S: FrameSpace> Shares<M, S> {
    /// The wholes, if each share is the only one of its slot. If one is not, those before it
    /// were unique for a moment, and are shared again.
    pub(in crate::frame) fn into_wholes(self) -> Result<Wholes<M, S>, Self> {
        let slots = self.slots();
        match slots.iter().position(|slot| !slot.try_unique()) {
            None => Ok(Wholes { slots, _owns: PhantomData }),
            Some(other) => {
                for slot in &slots[..other] {
                    slot.share_unique();
                }
                Err(self)
            }
        }
    }
}
