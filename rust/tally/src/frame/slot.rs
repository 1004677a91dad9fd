//! The slot: one frame's metadata and count, and every atomic step on them.
//!
//! This module knows the protocol; the handles know which steps they may take.
//! Memory orderings are all here. That they suffice for any threads, and that
//! none can be weakened, is proved of the protocol on a model of C++20's memory
//! (`theories/orderings`: `crate_safe`, `safe_iff_required`); the comments below
//! name the lemma of each. See the [module](super) for the protocol.

#![allow(unsafe_code, reason = "metadata are untyped in the slot")]

use core::{any::TypeId, fmt, marker::PhantomData, mem::MaybeUninit, ptr};

use super::{FrameMeta, FrameSpace, GetFrameError, PAGE_SIZE, TearDown};
use crate::{
    abort,
    sync::{AtomicU64, Ordering, Site, UnsafeCell, at, const_unless_loom, fence, unless_loom},
};

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
    glue: UnsafeCell<Option<&'static Glue>>,
    /// Reserved for lists of frames: 0 in no list. Such frames are unique.
    in_list: AtomicU64,
}

// SAFETY: `storage` and `glue` are the only fields that are not `Sync`. They
// are written only by who owns the slot alone: between the compare-exchange
// from unused and the store that ends busy, while unique, or after having
// dropped the last share (`slot_from_unused_spec`,
// `slot_try_from_shared_spec`, `slot_drop_last_spec`). The Acquire and Release orderings below order
// these writes with all other accesses. Metadata are `Send` and `Sync`.
unsafe impl Sync for MetaSlot {}

/// The types and functions of one kind of frame, as a value: a vtable that
/// stable Rust lets us store in one word.
struct Glue {
    /// The metadata's type and the space. What decides, since the address of a
    /// type's glue need not be unique.
    kind: fn() -> TypeId,
    /// [`MetaSlot::tear_down`] for these types.
    tear_down: unsafe fn(&'static MetaSlot),
}

/// Gives each pair of metadata and space its [`Glue`].
struct GlueOf<M, S>(PhantomData<(M, S)>);

impl<M: FrameMeta, S: FrameSpace> GlueOf<M, S> {
    const GLUE: &'static Glue =
        &Glue { kind: TypeId::of::<(M, PhantomData<S>)>, tear_down: MetaSlot::tear_down::<M, S> };

    /// Fails to compile where the metadata do not fit.
    const FITS: () = {
        assert!(size_of::<M>() <= MAX_META_SIZE, "the metadata exceed 40 bytes");
        assert!(align_of::<M>() <= MAX_META_ALIGN, "the metadata's alignment exceeds 64");
    };
}

impl MetaSlot {
    const_unless_loom! {
        /// A slot for an unused frame.
        #[must_use]
        pub fn new() -> Self {
            Self {
                storage: UnsafeCell::new(MaybeUninit::uninit()),
                ref_count: AtomicU64::new(REF_COUNT_UNUSED),
                glue: UnsafeCell::new(None),
                in_list: AtomicU64::new(0),
            }
        }
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
    pub(super) fn claim<M: FrameMeta, S: FrameSpace>(
        &self,
        metadata: M,
    ) -> Result<(), (GetFrameError, M)> {
        const { GlueOf::<M, S>::FITS };

        // Acquire pairs with the Release that stored UNUSED: the previous
        // owner's tear-down comes before our writes. Relaxed: the loom
        // scenarios `drop_then_reuse`, `unique_drop_then_reuse`,
        // `lookup_across_reuse` and `two_claims` race (`claim_acquire_needed`).
        // On failure nothing is accessed.
        match self.ref_count.compare_exchange(
            REF_COUNT_UNUSED,
            REF_COUNT_BUSY,
            at(Site::ClaimUnused, Ordering::Acquire),
            Ordering::Relaxed,
        ) {
            Ok(_) => {}
            Err(REF_COUNT_UNIQUE) => return Err((GetFrameError::Unique, metadata)),
            Err(REF_COUNT_BUSY) => return Err((GetFrameError::Busy, metadata)),
            // Never UNUSED: a strong compare-exchange fails only on another value.
            Err(_) => return Err((GetFrameError::InUse, metadata)),
        }
        debug_assert_eq!(self.in_list.load(Ordering::Relaxed), 0, "an unused frame is in a list");

        // SAFETY: the slot was unused and is busy, so it is ours alone
        // (`slot_from_unused_spec`); the pointer is to a live cell.
        self.glue.with_mut(|glue| unsafe { glue.write(Some(GlueOf::<M, S>::GLUE)) });
        // SAFETY: as above; `FITS` says that an `M` fits and is aligned, the
        // storage being at the start of a slot. There is no old value to drop.
        self.storage.with_mut(|storage| unsafe { storage.cast::<M>().write(metadata) });
        Ok(())
    }

    /// Busy → 1, after [`claim`](Self::claim).
    #[inline]
    pub(super) fn publish_shared(&self) {
        // Release pairs with the Acquire of `acquire_in_use`: who finds the
        // frame by address sees its metadata. Relaxed: the loom scenarios
        // `publish_then_lookup`, `unique_drop_then_reuse` and
        // `lookup_across_reuse` race (`publish_shared_release_needed`).
        self.ref_count.store(1, at(Site::PublishShared, Ordering::Release));
    }

    /// Busy → unique, after [`claim`](Self::claim).
    #[inline]
    pub(super) fn publish_unique(&self) {
        // Relaxed: nobody reads the metadata on the strength of UNIQUE; the
        // next to do so reads a count stored by `share_unique` or `tear_down`.
        self.ref_count.store(REF_COUNT_UNIQUE, Ordering::Relaxed);
    }

    /// n → n + 1 for any n ≥ 1: takes a share by address alone.
    ///
    /// # Errors
    ///
    /// [`GetFrameError::Unused`], [`GetFrameError::Unique`] or
    /// [`GetFrameError::Busy`], never another.
    #[inline]
    pub(super) fn acquire_in_use(&self) -> Result<(), GetFrameError> {
        // Relaxed: a guess, which the compare-exchange confirms.
        let mut count = self.ref_count.load(Ordering::Relaxed);
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
                at(Site::AcquireInUse, Ordering::Acquire),
                Ordering::Relaxed,
            ) {
                Ok(_) => return Ok(()),
                Err(seen) => count = seen,
            }
        }
    }

    /// n → n + 1, for a caller that holds a share.
    #[inline]
    pub(super) fn clone_share(&self) {
        // Relaxed: the new share descends from one that is held, and passing
        // it to another thread synchronises by itself.
        let old = self.ref_count.fetch_add(1, Ordering::Relaxed);
        // As a signed number, old + 1 is negative exactly if old ≥ MAX; the
        // exception, old = UNUSED, is impossible while a share is held. One
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
    pub(super) fn release_share(&self) -> bool {
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
    pub(super) fn share_unique(&self) {
        // Release pairs with the Acquire of `acquire_in_use`: who finds the
        // frame by address sees what the unique owner wrote. Relaxed: the loom
        // scenario `share_then_lookup` races (`share_unique_release_needed`).
        self.ref_count.store(1, at(Site::ShareUnique, Ordering::Release));
    }

    /// 1 → unique, for a caller that holds a share. False if others hold one.
    #[inline]
    #[must_use]
    pub(super) fn try_unique(&self) -> bool {
        // Acquire pairs with the Release of `release_share`: what the dropped
        // shares read comes before what the unique owner writes. Relaxed, as
        // in the original: `unique_while_peer_drops`, `unique_drop_while_peer_drops`,
        // `unique_while_lookup`, `round_trip_while_lookup` and `two_try_unique`
        // race (`try_unique_acquire_needed`, `original_racy`).
        // On failure nothing is accessed that the share did not allow before.
        self.ref_count
            .compare_exchange(
                1,
                REF_COUNT_UNIQUE,
                at(Site::TryFromShared, Ordering::Acquire),
                Ordering::Relaxed,
            )
            .is_ok()
    }

    /// Unique → busy: the caller must tear the slot down.
    #[inline]
    pub(super) fn retire_unique(&self) {
        // Relaxed: only makes others see Busy rather than Unique meanwhile.
        self.ref_count.store(REF_COUNT_BUSY, Ordering::Relaxed);
    }

    /// The number of handles on a shared frame, for a caller that holds one.
    #[inline]
    pub(super) fn count(&self) -> u64 {
        // Relaxed: a number that may be out of date at once; nothing may be
        // concluded from it about accesses of others.
        self.ref_count.load(Ordering::Relaxed)
    }

    /// Pretends that there are `count` handles.
    #[cfg(test)]
    pub(super) fn set_count(&self, count: u64) {
        self.ref_count.store(count, Ordering::Relaxed);
    }

    /// The metadata, for reading.
    ///
    /// # Safety
    ///
    /// The caller holds a share of the slot or is its unique owner, and the
    /// slot was claimed for metadata of type `M`.
    #[inline]
    pub(super) unsafe fn meta<M>(&self) -> *const M {
        self.storage.with(|storage| storage.cast())
    }

    /// The metadata, for writing.
    ///
    /// # Safety
    ///
    /// The caller is the unique owner of the slot, which was claimed for
    /// metadata of type `M`.
    #[inline]
    pub(super) unsafe fn meta_mut<M>(&self) -> *mut M {
        self.storage.with_mut(|storage| storage.cast())
    }

    /// Whether the slot was claimed for these types.
    ///
    /// # Safety
    ///
    /// The caller holds a share of the slot.
    #[inline]
    pub(super) unsafe fn is_for<M: FrameMeta, S: FrameSpace>(&self) -> bool {
        // SAFETY: the share keeps `glue` from being written.
        let glue = self.glue.with(|glue| unsafe { *glue });
        let ours = GlueOf::<M, S>::GLUE;
        // One address means one value, therefore one `kind`: the usual case. Two
        // addresses mean nothing: ask.
        glue.is_some_and(|glue| ptr::eq(glue, ours) || (glue.kind)() == (ours.kind)())
    }

    /// Gives back a share of a slot whose types the caller does not know.
    ///
    /// # Safety
    ///
    /// The caller holds a share, and does not use it again.
    #[cold]
    pub(super) unsafe fn release_share_untyped(&'static self) {
        if self.release_share() {
            // SAFETY: the last share was given back, so the slot is ours alone
            // and `glue` is not being written.
            let glue = self.glue.with(|glue| unsafe { *glue });
            let glue = glue.expect("a slot in use has its glue");
            // SAFETY: the last share is back and the slot busy; `claim` stored
            // the glue of the types that it wrote.
            unsafe { (glue.tear_down)(self) }
        }
    }

    /// Runs `on_drop`, drops the metadata, marks the slot unused and tells the
    /// allocator; each once and in this order, also if some of them panic.
    ///
    /// # Safety
    ///
    /// The slot is busy and the caller's alone, it was claimed for these types,
    /// and its metadata are initialised.
    #[inline]
    pub(super) unsafe fn tear_down<M: FrameMeta, S: FrameSpace>(&'static self) {
        /// Goes on where the metadata are dropped. As the destructor of a
        /// local, so that it runs on unwinding too.
        struct Release<S: FrameSpace>(&'static MetaSlot, PhantomData<S>);

        impl<S: FrameSpace> Drop for Release<S> {
            #[inline]
            fn drop(&mut self) {
                let slot = self.0;
                // Release pairs with the Acquire of `claim`: the tear-down
                // comes before the next owner's writes. Relaxed:
                // `drop_then_reuse`, `unique_drop_then_reuse`,
                // `lookup_across_reuse` and `two_claims` race
                // (`store_unused_release_needed`).
                slot.ref_count.store(REF_COUNT_UNUSED, at(Site::StoreUnused, Ordering::Release));
                S::dealloc(slot.start_paddr::<S>(), PAGE_SIZE);
            }
        }

        /// Goes on where `on_drop` has returned or panicked.
        struct DropMeta<M>(&'static MetaSlot, PhantomData<M>);

        impl<M> Drop for DropMeta<M> {
            #[inline]
            fn drop(&mut self) {
                // SAFETY: by the contract of `tear_down` the metadata are
                // initialised, of type `M`, and ours alone; they are not
                // used after this, which runs once.
                self.0.storage.with_mut(|storage| unsafe { storage.cast::<M>().drop_in_place() });
            }
        }

        debug_assert_eq!(self.in_list.load(Ordering::Relaxed), 0, "a dropped frame is in a list");
        // Locals are dropped in reverse order.
        let _release = Release::<S>(self, PhantomData);
        let drop_meta = DropMeta::<M>(self, PhantomData);
        let mut frame = TearDown::new::<S>(self);
        // SAFETY: by the contract the slot is ours alone and holds an `M`.
        let meta = unsafe { self.meta_mut::<M>() };
        // SAFETY: valid and unaliased by the same, until `drop_meta` goes.
        unsafe { &mut *meta }.on_drop(&mut frame);
        drop(drop_meta);
    }

    /// The address of the frame that the slot tracks in the space `S`.
    ///
    /// # Panics
    ///
    /// If the slot is not in the space's region, which then is not always the same.
    #[inline]
    pub(super) fn start_paddr<S: FrameSpace>(&'static self) -> super::Paddr {
        match S::region().paddr(self) {
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
        // Relaxed: for looking at; the metadata are left alone.
        let count = self.ref_count.load(Ordering::Relaxed);
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
