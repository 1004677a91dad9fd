//! A range of physical addresses and the slots that track it.

#![allow(unsafe_code, reason = "initialises caller-supplied memory")]

use core::{fmt, mem::MaybeUninit, slice};

use super::{GetFrameError, InitError, MetaSlot, PAGE_SIZE, Paddr, RegionError};

/// A range of frames, each tracked by one slot of 64 bytes.
///
/// Frame number `i` has the address `base + i * 4096` and the slot `slots[i]`.
/// Many regions may exist. An empty one tracks nothing.
///
/// The region deals with addresses as numbers. It claims no memory but its
/// slots' own.
#[derive(Clone, Copy)]
pub struct MetaRegion {
    base: Paddr,
    slots: &'static [MetaSlot],
}

impl MetaRegion {
    /// A region from `base`, with one frame per slot.
    ///
    /// Usable in constants; an example is at the [top](crate).
    ///
    /// Slots keep their state: two regions may overlap in them, and a frame
    /// claimed through one is then in use in the other.
    ///
    /// # Errors
    ///
    /// [`RegionError::NotAligned`] if `base` is not a multiple of
    /// [`PAGE_SIZE`], then [`RegionError::Overflow`] if the end, `base` plus
    /// the size of all frames, is more than [`usize::MAX`].
    pub const fn new(base: Paddr, slots: &'static [MetaSlot]) -> Result<Self, RegionError> {
        match check(base, slots.len()) {
            Ok(()) => Ok(Self { base, slots }),
            Err(error) => Err(error),
        }
    }

    /// A region from `base` whose slots are made in `memory`, one frame for
    /// each that fits: what a kernel does with memory from its boot allocator.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), with `memory` handed back untouched.
    pub fn init_in(
        base: Paddr,
        memory: &'static mut [MaybeUninit<MetaSlot>],
    ) -> Result<Self, InitError> {
        if let Err(error) = check(base, memory.len()) {
            return Err(InitError { error, memory });
        }
        for slot in &mut *memory {
            slot.write(MetaSlot::new());
        }
        let (data, len) = (memory.as_ptr().cast::<MetaSlot>(), memory.len());
        // SAFETY: the memory is valid and exclusive for 'static, as it came in
        // a `&'static mut` that is not used again; `MaybeUninit<MetaSlot>` has
        // the layout of `MetaSlot`; the loop initialised every element.
        let slots = unsafe { slice::from_raw_parts(data, len) };
        Ok(Self { base, slots })
    }

    /// A region from `base` with `frames` slots on the heap, never freed.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); nothing is allocated then.
    ///
    /// # Panics
    ///
    /// If the slots exceed `isize::MAX` bytes; where memory is exhausted,
    /// [`alloc::alloc::handle_alloc_error`] decides.
    #[cfg(feature = "alloc")]
    pub fn leak(base: Paddr, frames: usize) -> Result<Self, RegionError> {
        check(base, frames)?;
        let mut slots = alloc::vec::Vec::with_capacity(frames);
        slots.resize_with(frames, MetaSlot::new);
        Self::new(base, slots.leak())
    }

    /// The address of the first frame.
    pub const fn base(&self) -> Paddr {
        self.base
    }

    /// The number of frames.
    pub const fn frames(&self) -> usize {
        self.slots.len()
    }

    /// The slot of the frame at `start`.
    ///
    /// # Errors
    ///
    /// [`GetFrameError::NotAligned`], then [`GetFrameError::OutOfBound`].
    #[inline]
    pub(super) fn slot(&self, start: Paddr) -> Result<&'static MetaSlot, GetFrameError> {
        if start % PAGE_SIZE != 0 {
            return Err(GetFrameError::NotAligned);
        }
        // Below the base, the subtraction wraps to an offset beyond any end,
        // since the region does not overflow.
        let offset = start.wrapping_sub(self.base);
        self.slots.get(offset / PAGE_SIZE).ok_or(GetFrameError::OutOfBound)
    }

    /// The address of the frame that `slot` tracks; none if it tracks none of ours.
    #[inline]
    pub(super) fn paddr(&self, slot: &'static MetaSlot) -> Option<Paddr> {
        let offset = (&raw const *slot).addr().wrapping_sub(self.slots.as_ptr().addr());
        let index = offset / size_of::<MetaSlot>();
        // Does not overflow: `check` bounded the end.
        (index < self.slots.len()).then(|| self.base + index * PAGE_SIZE)
    }
}

impl fmt::Debug for MetaRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MetaRegion")
            .field("base", &format_args!("{:#x}", self.base))
            .field("frames", &self.frames())
            .finish()
    }
}

/// What every region satisfies.
const fn check(base: Paddr, frames: usize) -> Result<(), RegionError> {
    if base % PAGE_SIZE != 0 {
        return Err(RegionError::NotAligned { base });
    }
    let end = match frames.checked_mul(PAGE_SIZE) {
        Some(size) => base.checked_add(size),
        None => None,
    };
    match end {
        Some(_) => Ok(()),
        None => Err(RegionError::Overflow { base, frames }),
    }
}
