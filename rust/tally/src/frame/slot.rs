//! The slot: one frame's metadata and count, every atomic step on them, and what can
//! be owned of them.
//!
//! All that is unsafe about frames is in this module. The file itself knows the
//! protocol; its steps are for the children only, whose types say what whoever has a
//! value of them owns, and so which steps there are to take:
//!
//! | type | owns | and so makes |
//! |---|---|---|
//! | [`Share`] | one of the shares that the count counts | [`Frame`](super::Frame) |
//! | [`Lent`] | nothing: a share is somebody else's | [`FrameRef`](super::FrameRef) |
//! | [`Whole`] | the slot: the count says unique | [`UniqueFrame`](super::UniqueFrame) |
//! | [`LentWhole`], [`LentWholeMut`] | nothing: the slot is somebody else's, and unique | [`UniqueFrameRef`](super::UniqueFrameRef), [`UniqueFrameMut`](super::UniqueFrameMut) |
//! | [`Shares`] | a share of each of several slots | [`Segment`](super::Segment) |
//! | [`Wholes`] | several slots: the counts say unique | [`UniqueSegment`](super::UniqueSegment) |
//! | [`Bag`] | slots, each by itself, that say so in `in_list` | [`LinkedList`](super::LinkedList) |
//! | [`TearDown`] | a slot, while its metadata are dropped | |
//! | [`FreeFrame`] | a slot without metadata: the count says busy | |
//!
//! These are made here only, and what is safe here is safe however it is used: what
//! goes wrong elsewhere cannot be undefined for callers that use no `unsafe`. It relies
//! on code outside in two points, or the bytes of two frames could be the same:
//!
//! - [`MetaRegion`] has one address for each slot and finds that slot by it; its memory
//!   is set by [`MetaRegion::with_memory`] only, and asked at the slot's own address;
//! - [`LinearMap`](super::LinearMap) maps all frames at one distance, as who passes one
//!   to `with_memory` has promised.
//!
//! Memory orderings are all in this file. That they suffice for any threads, and that
//! none can be weakened, is proved of the protocol on a model of C++20's memory
//! (`theories/orderings`: `crate_safe`, `safe_iff_required`); the comments below
//! name the lemma of each. See the [module](super) for the protocol.

#![allow(unsafe_code, reason = "metadata are untyped in the slot")]

mod bytes;
mod free;
mod handle;
mod many;
mod wholes;

use core::{
    any::TypeId,
    fmt,
    marker::PhantomData,
    mem::{self, MaybeUninit},
    panic::{RefUnwindSafe, UnwindSafe},
    ptr,
    slice,
    // The counter of list IDs is no part of the protocol; loom has no statics.
    sync::atomic::AtomicU64 as Counter,
};

use super::{AnyMeta, FrameMeta, FrameSpace, GetFrameError, MetaRegion, Paddr, SlotStatus};
use crate::{
    abort,
    sync::{
        AtomicU64, Ordering, Site, UnsafeCell, Variant, at, const_unless_loom, fence, unless_loom,
        varies,
    },
};

pub(super) use bytes::Place;
pub use free::FreeFrame;
pub(super) use handle::{Lent, LentWhole, LentWholeMut, Share, Whole};
pub(super) use many::{Bag, Shares};
pub(super) use wholes::Wholes;

/// The count of an unused frame.
pub const REF_COUNT_UNUSED: u64 = u64::MAX;
/// The count of a frame with a unique owner.
pub const REF_COUNT_UNIQUE: u64 = u64::MAX - 1;
/// The largest number of handles on a shared frame. It can be reached; the
/// attempt to exceed it aborts.
pub const REF_COUNT_MAX: u64 = i64::MAX as u64;
/// The count while metadata are written or torn down.
const REF_COUNT_BUSY: u64 = 0;

/// The size of a slot, in bytes.
pub const META_SLOT_SIZE: usize = 64;
/// The size of the largest metadata, in bytes.
pub const MAX_META_SIZE: usize = 40;
/// The largest alignment of metadata, in bytes.
pub const MAX_META_ALIGN: usize = META_SLOT_SIZE;

/// Room for the metadata.
type Storage = MaybeUninit<[u64; MAX_META_SIZE / 8]>;

/// One frame's metadata and reference count: one cache line.
#[repr(C, align(64))]
pub struct MetaSlot {
    /// The metadata: initialised, with the type that `glue` tells, exactly
    /// while the count is neither unused nor busy.
    storage: UnsafeCell<Storage>,
    ref_count: AtomicU64,
    /// What to do with `storage`; valid while `storage` is.
    glue: UnsafeCell<MaybeUninit<&'static Glue>>,
    /// The ID of the list that the frame is in, 0 if in none. Frames in lists
    /// are unique, and their unique ownership is the list's.
    in_list: AtomicU64,
}

// SAFETY: `storage` and `glue` are the only fields that are not `Sync`. They
// are written only by who owns the slot alone: between the compare-exchange
// from unused and the store that ends busy, while unique, or after having
// dropped the last share (`slot_from_unused_spec`,
// `slot_try_from_shared_spec`, `slot_drop_last_spec`). The Acquire and Release orderings below order
// these writes with all other accesses. Metadata are `Send` and `Sync`.
unsafe impl Sync for MetaSlot {}

// A slot shows its count only; what a panic may leave half changed is in the metadata,
// and the handles that lead to them ask for it.
impl UnwindSafe for MetaSlot {}
impl RefUnwindSafe for MetaSlot {}

/// What a handle owns: an `M` that it may write, therefore invariantly, and the
/// name of a space. Were handles covariant, the owner of a unique frame could
/// forget part of the metadata's type and store what only the rest allows,
/// for a lookup as the whole type to find.
type Owns<M, S> = PhantomData<(fn(S) -> S, fn(*mut M), PhantomData<M>)>;

/// The types and functions of one kind of frame, as a value: a vtable that
/// stable Rust lets us store in one word.
pub struct Glue {
    /// The metadata's type. What decides, together with the space, since the
    /// address of a type's glue need not be unique.
    meta: fn() -> TypeId,
    /// The space.
    space: fn() -> TypeId,
    /// A pointer to the metadata, as one to what can be any metadata.
    as_dyn: fn(*mut ()) -> *mut dyn FrameMeta,
    /// [`MetaSlot::tear_down`] for these types.
    tear_down: unsafe fn(&'static MetaSlot),
}

impl Glue {
    #[cold]
    #[inline(never)]
    fn is_of(&self, meta: TypeId, space: TypeId) -> bool {
        (self.meta)() == meta && (self.space)() == space
    }
}

/// Gives each pair of metadata and space its [`Glue`].
struct GlueOf<M, S>(PhantomData<(M, S)>);

impl<M: FrameMeta, S: FrameSpace> GlueOf<M, S> {
    const GLUE: &'static Glue = &Glue {
        meta: TypeId::of::<M>,
        space: TypeId::of::<S>,
        as_dyn: |meta| meta.cast::<M>(),
        tear_down: MetaSlot::tear_down::<M, S>,
    };

    /// Fails to compile where the metadata do not fit.
    const FITS: () = {
        assert!(size_of::<M>() <= MAX_META_SIZE, "the metadata exceed 40 bytes");
        assert!(align_of::<M>() <= MAX_META_ALIGN, "the metadata's alignment exceeds 64");
    };
}

/// How metadata are found in a slot: by their type, or where that is
/// `dyn FrameMeta` by the slot's glue. Seals [`AnyMeta`].
///
/// # Safety
///
/// If `is_of::<S, _>` says so of a glue, metadata of the type and space that the glue
/// tells may be used as `Self`, in `S`; and `at` points to them.
pub unsafe trait InSlot: 'static {
    /// Whether a slot with this glue was claimed for `Self` in the space `S`.
    fn is_of<S: FrameSpace, C: Caller>(glue: &'static Glue) -> bool;

    /// The metadata at `storage`, in a slot whose glue `glue` tells.
    fn at<C: Caller>(storage: *mut (), glue: impl FnOnce() -> &'static Glue) -> *mut Self;
}

/// The caller of what [`InSlot`] has. There is one, with a type that has no name outside of
/// this module: users see the functions below [`AnyMeta`], and cannot call them.
pub trait Caller {}

/// This module.
struct Here;

impl Caller for Here {}

// SAFETY: only metadata of type `M` are used as `M`, and they are at the storage's start.
unsafe impl<M: FrameMeta> InSlot for M {
    #[inline]
    fn is_of<S: FrameSpace, C: Caller>(glue: &'static Glue) -> bool {
        // One address means one value: the usual case. Two addresses mean
        // nothing: ask.
        ptr::eq(glue, GlueOf::<M, S>::GLUE) || glue.is_of(TypeId::of::<M>(), TypeId::of::<S>())
    }

    #[inline]
    fn at<C: Caller>(storage: *mut (), _: impl FnOnce() -> &'static Glue) -> *mut M {
        storage.cast()
    }
}

// SAFETY: all metadata are `FrameMeta`, as which the glue shows them; the space agrees.
unsafe impl InSlot for dyn FrameMeta {
    #[inline]
    fn is_of<S: FrameSpace, C: Caller>(glue: &'static Glue) -> bool {
        (glue.space)() == TypeId::of::<S>()
    }

    #[inline]
    fn at<C: Caller>(storage: *mut (), glue: impl FnOnce() -> &'static Glue) -> *mut Self {
        (glue().as_dyn)(storage)
    }
}

/// The slot that was claimed and has metadata being dropped: marks it unused at
/// its end, whether that comes by return or by unwinding.
struct Vacate(&'static MetaSlot);

impl Drop for Vacate {
    #[inline]
    fn drop(&mut self) {
        self.0.mark_unused();
    }
}

/// The slot that was claimed and has metadata being dropped: goes to the allocator at its
/// end, as [`Vacate`], by [`FrameSpace::take_back`].
struct TakeBack<S: FrameSpace>(&'static MetaSlot, PhantomData<S>);

impl<S: FrameSpace> TakeBack<S> {
    /// Not to the allocator, but to the caller: the metadata were dropped.
    #[inline]
    fn keep(self) -> FreeFrame<S> {
        let slot = mem::ManuallyDrop::new(self).0;
        // SAFETY: who makes one has the slot alone, and does not use it again; the metadata
        // are dropped.
        unsafe { FreeFrame::from_slot(slot) }
    }
}

impl<S: FrameSpace> Drop for TakeBack<S> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: as in `keep`; this runs once.
        S::take_back(unsafe { FreeFrame::from_slot(self.0) });
    }
}

/// As [`TakeBack`], of a slot whose count still says unique.
struct Retire<S: FrameSpace>(&'static MetaSlot, PhantomData<S>);

impl<S: FrameSpace> Drop for Retire<S> {
    #[cold]
    fn drop(&mut self) {
        self.0.retire_unique();
        drop(TakeBack::<S>(self.0, PhantomData));
    }
}

/// The frame that is being torn down, for [`FrameMeta::on_drop`].
pub struct TearDown<'a> {
    /// Is torn down for `'a`.
    slot: &'static MetaSlot,
    /// The space's. Asked only where it is wanted, and keeps the space out of
    /// the type, which `on_drop` must not depend on.
    region: fn() -> &'static MetaRegion,
    _while_busy: PhantomData<&'a mut ()>,
}

impl TearDown<'_> {
    #[inline(always)]
    pub(super) fn slot(&self) -> &'static MetaSlot {
        self.slot
    }

    #[inline(always)]
    pub(super) fn region(&self) -> &'static MetaRegion {
        (self.region)()
    }
}

impl MetaSlot {
    const_unless_loom! {
        /// A slot for an unused frame.
        #[must_use]
        pub fn new() -> Self {
            Self {
                storage: UnsafeCell::new(MaybeUninit::uninit()),
                ref_count: AtomicU64::new(REF_COUNT_UNUSED),
                glue: UnsafeCell::new(MaybeUninit::uninit()),
                in_list: AtomicU64::new(0),
            }
        }
    }

    /// Slots for unused frames in all of the memory.
    pub(super) fn init(memory: &'static mut [MaybeUninit<Self>]) -> &'static [Self] {
        for slot in &mut *memory {
            slot.write(Self::new());
        }
        let (data, len) = (memory.as_ptr().cast::<Self>(), memory.len());
        // SAFETY: the memory is valid and exclusive for 'static, as it came in a
        // `&'static mut` that is not used again; `MaybeUninit<MetaSlot>` has the
        // layout of `MetaSlot`; the loop initialised every element.
        unsafe { slice::from_raw_parts(data, len) }
    }

    /// Unused → busy, then writes the metadata: the caller now owns the slot
    /// and must call [`publish_shared`](Self::publish_shared) or
    /// [`publish_unique`](Self::publish_unique).
    ///
    /// # Errors
    ///
    /// [`GetFrameError::Unique`], [`GetFrameError::Busy`] or
    /// [`GetFrameError::InUse`], never another; with the metadata.
    #[inline]
    fn claim<M: FrameMeta, S: FrameSpace>(&self, metadata: M) -> Result<(), (GetFrameError, M)> {
        const { GlueOf::<M, S>::FITS };

        if let Err(error) = self.claim_word() {
            return Err((error, metadata));
        }
        debug_assert_eq!(self.list_id(), 0, "an unused frame is in a list");

        // SAFETY: the slot was unused and is busy, so it is ours alone
        // (`slot_from_unused_spec`), and it holds no metadata.
        unsafe { self.write::<M, S>(metadata) };
        Ok(())
    }

    /// UNUSED → Busy, without metadata: the step of the protocol that
    /// [`claim`](Self::claim) begins with. Whoever has made it writes metadata and
    /// publishes them, or makes the slot UNUSED again.
    ///
    /// # Errors
    ///
    /// As of [`claim`](Self::claim).
    #[inline]
    fn claim_word(&self) -> Result<(), GetFrameError> {
        // Acquire pairs with the Release that stored UNUSED: the previous
        // owner's tear-down comes before our writes. Relaxed: the loom
        // scenarios `drop_then_reuse`, `unique_drop_then_reuse`,
        // `lookup_across_reuse` and `two_claims` race (`claim_acquire_needed`).
        // On failure nothing is accessed.
        let claimed = if varies(Variant::ClaimsUnique) { REF_COUNT_UNIQUE } else { REF_COUNT_BUSY };
        match self.ref_count.compare_exchange(
            REF_COUNT_UNUSED,
            claimed,
            at(Site::ClaimUnused, Ordering::Acquire),
            at(Site::FailedClaim, Ordering::Relaxed),
        ) {
            Ok(_) => Ok(()),
            Err(REF_COUNT_UNIQUE) => Err(GetFrameError::Unique),
            Err(REF_COUNT_BUSY) => Err(GetFrameError::Busy),
            // Never UNUSED: a strong compare-exchange fails only on another value.
            Err(_) => Err(GetFrameError::InUse),
        }
    }

    /// Writes the metadata and their glue.
    ///
    /// # Safety
    ///
    /// The caller alone has access to the slot. Old metadata are not dropped.
    #[inline]
    unsafe fn write<M: FrameMeta, S: FrameSpace>(&self, metadata: M) {
        const { GlueOf::<M, S>::FITS };

        // SAFETY: ours alone by the contract; the pointer is to a live cell.
        self.glue.with_mut(|glue| unsafe { glue.write(MaybeUninit::new(GlueOf::<M, S>::GLUE)) });
        // SAFETY: as above; `FITS` says that an `M` fits and is aligned, the
        // storage being at the start of a slot.
        self.storage.with_mut(|storage| unsafe { storage.cast::<M>().write(metadata) });
    }

    /// Busy → 1, after [`claim`](Self::claim), or of a [`FreeFrame`] with metadata again.
    #[inline]
    fn publish_shared(&self) {
        // Release pairs with the Acquire of `get_from_in_use`: who finds the
        // frame by address sees its metadata. Relaxed: the loom scenarios
        // `publish_then_lookup`, `unique_drop_then_reuse` and
        // `lookup_across_reuse` race (`publish_shared_release_needed`).
        self.ref_count.store(1, at(Site::PublishShared, Ordering::Release));
    }

    /// Busy → unique, after [`claim`](Self::claim), or of a [`FreeFrame`] with metadata again.
    #[inline]
    fn publish_unique(&self) {
        // Relaxed: nobody reads the metadata on the strength of UNIQUE; the
        // next to do so reads a count stored by `share_unique` or `tear_down`.
        if !varies(Variant::ClaimsUnique) {
            self.ref_count.store(REF_COUNT_UNIQUE, at(Site::PublishingUnique, Ordering::Relaxed));
        }
    }

    /// n → n + 1 for any n ≥ 1: takes a share by address alone.
    ///
    /// # Errors
    ///
    /// [`GetFrameError::Unused`], [`GetFrameError::Unique`] or
    /// [`GetFrameError::Busy`], never another.
    #[inline]
    fn get_from_in_use(&self) -> Result<(), GetFrameError> {
        // Relaxed: a guess, which the compare-exchange confirms.
        let mut count = self.ref_count.load(at(Site::FirstLoad, Ordering::Relaxed));
        loop {
            // One test for 1 ≤ count < MAX; the states lie outside.
            if count.wrapping_sub(1) >= REF_COUNT_MAX - 1 {
                return Err(match count {
                    REF_COUNT_UNUSED => GetFrameError::Unused,
                    REF_COUNT_UNIQUE => GetFrameError::Unique,
                    REF_COUNT_BUSY => GetFrameError::Busy,
                    _ => abort::count_overflow(),
                });
            }
            // Acquire pairs with the Release stores of `publish_shared` and
            // `share_unique`, directly or through the read-modify-writes of
            // clones and drops that continue their release sequence. Relaxed:
            // `publish_then_lookup`, `share_then_lookup`,
            // `unique_drop_then_reuse` and `lookup_across_reuse` race
            // (`in_use_cas_acquire_needed`).
            match self.ref_count.compare_exchange_weak(
                count,
                count + 1,
                at(Site::FromInUse, Ordering::Acquire),
                at(Site::FailedAcquire, Ordering::Relaxed),
            ) {
                Ok(_) => return Ok(()),
                Err(seen) => count = seen,
            }
        }
    }

    /// n → n + 1, for a caller that holds a share throughout.
    #[inline]
    fn clone_share(&self) {
        // Relaxed: the new share descends from one that is held, and passing
        // it to another thread synchronises by itself.
        let old = self.ref_count.fetch_add(1, at(Site::Cloning, Ordering::Relaxed));
        // As a signed number, old + 1 is negative exactly if old ≥ MAX; the
        // exception, old = UNUSED, is impossible while a share is held (a handle
        // inside `with_meta_mut` holds none, and is borrowed exclusively). One
        // flag decides, where a comparison needs a 64-bit constant.
        if (old.wrapping_add(1) as i64) < 0 {
            // Until every processor has stopped, up to 2⁶³−2 of them may be
            // between the addition and here before the count means UNIQUE.
            abort::count_overflow();
        }
    }

    /// n → n − 1, giving a held share back. True if it was the last: the slot
    /// is now busy and the caller's, to be torn down.
    #[inline]
    #[must_use]
    fn release_share(&self) -> bool {
        // Release pairs with the fence below, and with the Acquire of
        // `try_unique`: what this share read comes before what the last owner
        // writes. Relaxed: `clone_and_drop`, `unique_while_peer_drops` and nine
        // other scenarios race (`drop_sub_release_needed`).
        if self.ref_count.fetch_sub(1, at(Site::ReleaseShare, Ordering::Release)) != 1 {
            return false;
        }
        // Acquire pairs with the Release of every other share's subtraction.
        // Without: `clone_and_drop`, `two_lookups` and nine others race
        // (`last_drop_acquire_needed`).
        fence(at(Site::LastShareFence, Ordering::Acquire));
        true
    }

    /// Unique → 1.
    #[inline]
    fn share_unique(&self) {
        // Release pairs with the Acquire of `get_from_in_use`: who finds the
        // frame by address sees what the unique owner wrote. Relaxed: the loom
        // scenario `share_then_lookup` races (`share_unique_release_needed`).
        self.ref_count.store(1, at(Site::ShareUnique, Ordering::Release));
    }

    /// 1 → unique, for a caller that holds a share. False if others hold one.
    #[inline]
    #[must_use]
    fn try_unique(&self) -> bool {
        // Acquire pairs with the Release of `release_share`: what the dropped
        // shares read comes before what the unique owner writes. Relaxed, as
        // in the original: `unique_while_peer_drops`, `unique_drop_while_peer_drops`,
        // `unique_while_lookup`, `round_trip_while_lookup` and `two_try_unique`
        // race (`try_unique_acquire_needed`, `original_racy`).
        // On failure nothing is accessed that the share did not allow before.
        let success = at(Site::TryFromShared, Ordering::Acquire);
        if varies(Variant::TestsByLoad) {
            return self.try_unique_by_load(success);
        }
        let failure = at(Site::FailedTryFrom, Ordering::Relaxed);
        self.ref_count.compare_exchange(1, REF_COUNT_UNIQUE, success, failure).is_ok()
    }

    /// What [`try_unique`](Self::try_unique) must not be, for the loom test that it
    /// races: a lookup may turn 1 into 2 after the load (`try_unique_cas_needed`).
    fn try_unique_by_load(&self, ordering: Ordering) -> bool {
        let unique = self.ref_count.load(ordering) == 1;
        if unique {
            self.ref_count.store(REF_COUNT_UNIQUE, at(Site::StoringUnique, Ordering::Relaxed));
        }
        unique
    }

    /// Unique → busy: the caller must tear the slot down.
    #[inline]
    fn retire_unique(&self) {
        // Relaxed: only makes others see Busy rather than Unique meanwhile.
        if !varies(Variant::RetiresUnmarked) {
            self.ref_count.store(REF_COUNT_BUSY, at(Site::RetiringUnique, Ordering::Relaxed));
        }
    }

    /// The number of handles on a shared frame, for a caller that holds one; else a
    /// word to look at.
    #[inline]
    pub(super) fn count(&self) -> u64 {
        // Relaxed: a number that may be out of date at once; nothing may be
        // concluded from it about accesses of others.
        self.ref_count.load(at(Site::LookingAtCount, Ordering::Relaxed))
    }

    /// Pretends that there are `count` handles. Breaks the invariant on purpose, for
    /// tests only: who calls it sees to it that nothing is dropped too early or twice.
    #[cfg(test)]
    pub(super) fn set_count(&self, count: u64) {
        self.ref_count.store(count, at(Site::PretendingCount, Ordering::Relaxed));
    }

    /// What the count says, at some moment.
    #[inline]
    pub(super) fn status(&self) -> SlotStatus {
        match self.count() {
            REF_COUNT_UNUSED => SlotStatus::Unused,
            REF_COUNT_UNIQUE => SlotStatus::Unique,
            REF_COUNT_BUSY => SlotStatus::Busy,
            count @ 1..=REF_COUNT_MAX => SlotStatus::Shared(count),
            _ => SlotStatus::Overflow,
        }
    }

    /// The ID of the list that the frame is in, 0 if in none.
    #[inline]
    fn list_id(&self) -> u64 {
        // Relaxed: only the owner of a list stores its ID, and takes it away;
        // whether the list asks about itself or another does, the answer needs
        // no more than the order in which this word changes.
        self.in_list.load(at(Site::LookingAtList, Ordering::Relaxed))
    }

    /// Says that the frame is in the list `id`, whose owner is its unique owner.
    #[inline]
    fn enter_list(&self, id: u64) {
        // Relaxed: see `list_id`.
        self.in_list.store(id, at(Site::EnteringList, Ordering::Relaxed));
    }

    /// Says that the frame has left the list that it was in.
    #[inline]
    fn leave_list(&self) {
        // Relaxed: see `list_id`.
        self.in_list.store(0, at(Site::LeavingList, Ordering::Relaxed));
    }

    /// A list ID that was given to no list before; from 1.
    ///
    /// Aborts where there is none left.
    fn new_list_id() -> u64 {
        static NEXT: Counter = Counter::new(1);
        Self::next_id(&NEXT)
    }

    /// The number in the counter, which it counts up. Aborts at the last one.
    pub(super) fn next_id(next: &Counter) -> u64 {
        // Relaxed: distinct, and nothing else. Not a fetch-add, which would go
        // on from 0 for others until the abort has stopped them.
        let ordering = at(Site::NumberingLists, Ordering::Relaxed);
        next.fetch_update(ordering, ordering, |id| id.checked_add(1))
            .unwrap_or_else(|_| abort::count_overflow())
    }

    /// The metadata, for reading.
    ///
    /// # Safety
    ///
    /// The caller holds a share of the slot or is its unique owner, and the
    /// slot was claimed for `M`.
    #[inline]
    unsafe fn meta<M: AnyMeta + ?Sized>(&self) -> *const M {
        // SAFETY: the caller's share keeps `glue` from being written.
        self.storage
            .with(|storage| M::at::<Here>(storage.cast_mut().cast(), || unsafe { self.glue() }))
    }

    /// The metadata, for writing.
    ///
    /// # Safety
    ///
    /// The caller is the unique owner of the slot, or tears it down, and the
    /// slot was claimed for `M`.
    #[inline]
    unsafe fn meta_mut<M: AnyMeta + ?Sized>(&self) -> *mut M {
        // SAFETY: nobody but the caller may write `glue`.
        self.storage.with_mut(|storage| M::at::<Here>(storage.cast(), || unsafe { self.glue() }))
    }

    /// What the slot was claimed for.
    ///
    /// # Safety
    ///
    /// The caller holds a share of the slot, or is its unique owner, or tears
    /// it down.
    #[inline]
    unsafe fn glue(&self) -> &'static Glue {
        // SAFETY: by the contract nobody writes `glue` meanwhile.
        let glue = self.glue.with(|glue| unsafe { *glue });
        // SAFETY: the slot is in use: `write` stored its glue.
        unsafe { glue.assume_init() }
    }

    /// Whether the slot was claimed for these types.
    ///
    /// # Safety
    ///
    /// The caller holds a share of the slot or is its unique owner.
    #[inline]
    unsafe fn is_for<M: AnyMeta + ?Sized, S: FrameSpace>(&self) -> bool {
        // SAFETY: by the contract.
        M::is_of::<S, Here>(unsafe { self.glue() })
    }

    /// Gives back a share of a slot whose types the caller does not know.
    ///
    /// # Safety
    ///
    /// The caller holds a share, and does not use it again.
    #[cold]
    unsafe fn release_share_untyped(&'static self) {
        if self.release_share() {
            // SAFETY: the last share was given back: the caller tears down.
            let glue = unsafe { self.glue() };
            // SAFETY: the last share is back and the slot busy; `write` stored
            // the glue of the types that it wrote.
            unsafe { (glue.tear_down)(self) }
        }
    }

    /// Runs `on_drop` and drops the metadata, each once and in this order, also
    /// if one of them panics.
    ///
    /// # Safety
    ///
    /// The slot is the caller's alone, it was claimed for these types, and its
    /// metadata are initialised; the caller does not use them again.
    #[inline]
    unsafe fn drop_meta<M: AnyMeta + ?Sized, S: FrameSpace>(&'static self) {
        /// Goes on where `on_drop` has returned or panicked.
        struct DropInPlace<M: AnyMeta + ?Sized>(&'static MetaSlot, PhantomData<M>);

        impl<M: AnyMeta + ?Sized> Drop for DropInPlace<M> {
            #[inline]
            fn drop(&mut self) {
                // SAFETY: by the contract of `drop_meta` the slot is ours alone
                // and for `M`.
                let meta = unsafe { self.0.meta_mut::<M>() };
                // SAFETY: initialised by the same; not used after this, which
                // runs once.
                unsafe { meta.drop_in_place() };
            }
        }

        debug_assert_eq!(self.list_id(), 0, "a dropped frame is in a list");
        let _drop_in_place = DropInPlace::<M>(self, PhantomData);
        let mut frame = TearDown { slot: self, region: S::region, _while_busy: PhantomData };
        // SAFETY: by the contract the slot is ours alone and for `M`.
        let meta = unsafe { self.meta_mut::<M>() };
        // SAFETY: valid and unaliased by the same, until `_drop_in_place` goes.
        unsafe { &mut *meta }.on_drop(&mut frame);
    }

    /// Runs `on_drop`, drops the metadata, and gives the frame to the allocator, which
    /// marks the slot unused first unless it keeps the frame; each once and in this order,
    /// also if some of them panic.
    ///
    /// # Safety
    ///
    /// As [`drop_meta`](Self::drop_meta), the slot is busy, and it is not used again.
    #[inline]
    unsafe fn tear_down<M: AnyMeta + ?Sized, S: FrameSpace>(&'static self) {
        let _take_back = TakeBack::<S>(self, PhantomData);
        // SAFETY: by the contract.
        unsafe { self.drop_meta::<M, S>() }
    }

    /// As [`tear_down`](Self::tear_down), but the frame goes to the caller. If `on_drop` or
    /// the destructor panics it goes to the allocator.
    ///
    /// # Safety
    ///
    /// As [`tear_down`](Self::tear_down).
    #[inline]
    unsafe fn strip<M: AnyMeta + ?Sized, S: FrameSpace>(&'static self) -> FreeFrame<S> {
        let take_back = TakeBack::<S>(self, PhantomData);
        // SAFETY: by the contract.
        unsafe { self.drop_meta::<M, S>() };
        take_back.keep()
    }

    /// As [`tear_down`](Self::tear_down), but the allocator is not told.
    ///
    /// # Safety
    ///
    /// As [`tear_down`](Self::tear_down).
    #[inline]
    unsafe fn reset<M: AnyMeta + ?Sized, S: FrameSpace>(&'static self) {
        let _vacate = Vacate(self);
        // SAFETY: by the contract.
        unsafe { self.drop_meta::<M, S>() }
    }

    /// Runs `on_drop`, drops the metadata and writes new ones. If one of the
    /// former panics, the slot becomes busy and is torn down as by
    /// [`tear_down`](Self::tear_down).
    ///
    /// # Safety
    ///
    /// The caller is the unique owner of the slot, which was claimed for `M` and
    /// `S`; afterwards it is as if claimed for `N` and `S`.
    #[inline]
    unsafe fn replace<M, N, S>(&'static self, metadata: N)
    where
        M: AnyMeta + ?Sized,
        N: FrameMeta,
        S: FrameSpace,
    {
        let retire = Retire::<S>(self, PhantomData);
        // SAFETY: by the contract.
        unsafe { self.drop_meta::<M, S>() };
        // No panic: the frame stays. The guard owns nothing.
        mem::forget(retire);
        // SAFETY: the caller is the unique owner, the old metadata are dropped.
        unsafe { self.write::<N, S>(metadata) }
    }

    /// Busy or unique → unused, by the owner, after the metadata were dropped.
    #[inline]
    fn mark_unused(&self) {
        // Release pairs with the Acquire of `claim`: the tear-down comes before
        // the next owner's writes. Relaxed: `drop_then_reuse`,
        // `unique_drop_then_reuse`, `lookup_across_reuse` and `two_claims` race
        // (`store_unused_release_needed`).
        self.ref_count.store(REF_COUNT_UNUSED, at(Site::StoreUnused, Ordering::Release));
    }

    /// The address of the frame that the slot tracks in the space `S`.
    ///
    /// # Panics
    ///
    /// If the slot is not in the space's region, which then is not always the same.
    #[inline]
    pub(super) fn start_paddr<S: FrameSpace>(&'static self) -> Paddr {
        self.start_paddr_in(S::region())
    }

    /// The address of the frame that the slot tracks in the region.
    ///
    /// # Panics
    ///
    /// If the slot is not in the region.
    #[inline]
    pub(super) fn start_paddr_in(&'static self, region: &MetaRegion) -> Paddr {
        match region.paddr(self) {
            Some(start) => start,
            None => foreign_slot(),
        }
    }
}

#[cold]
#[inline(never)]
fn foreign_slot() -> ! {
    panic!("tally: the space's region does not contain the frame's slot; it must not change")
}

impl Default for MetaSlot {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MetaSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // For looking at; the metadata are left alone.
        let count = self.count();
        f.debug_struct("MetaSlot").field("ref_count", &format_args!("{count:#x}")).finish()
    }
}

unless_loom! {
    // The layout that `META_SLOT_SIZE` and the bounds on metadata promise.
    const _: () = {
        assert!(size_of::<MetaSlot>() == META_SLOT_SIZE);
        assert!(align_of::<MetaSlot>() == META_SLOT_SIZE);
        assert!(size_of::<Storage>() == MAX_META_SIZE);
        assert!(core::mem::offset_of!(MetaSlot, storage) == 0);
        assert!(core::mem::offset_of!(MetaSlot, ref_count) == 40);
        assert!(core::mem::offset_of!(MetaSlot, glue) == 48);
        assert!(core::mem::offset_of!(MetaSlot, in_list) == 56);
    };
}
