//! Ranges of physical addresses and the slots that track them.

use core::{
    fmt,
    mem::MaybeUninit,
    ops::Range,
    panic::{RefUnwindSafe, UnwindSafe},
    ptr::NonNull,
};

use super::{
    Address, FrameMemory, GetFrameError, InitError, Many, MetaSlot, PAGE_SIZE, Paddr, RegionError,
    SlotStatus,
};

/// A range of frames without holes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FrameRange {
    /// The address of the first frame.
    pub base: Paddr,
    /// The number of frames.
    pub frames: usize,
}

impl FrameRange {
    /// The address after the last frame; nothing if it exceeds [`usize::MAX`].
    #[must_use]
    pub const fn end(self) -> Option<Paddr> {
        match self.frames.checked_mul(PAGE_SIZE) {
            Some(size) => self.base.checked_add(size),
            None => None,
        }
    }
}

impl fmt::Debug for FrameRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Many(self.frames, "frames").fmt(f)?;
        f.write_str(" from ")?;
        Address(self.base).fmt(f)
    }
}

/// Frames, each tracked by one slot of 64 bytes, in one range of addresses or in
/// several with holes between them. Holes have no slots.
///
/// Frame number `i`, counted over all ranges, has the slot `slots[i]`; in one
/// range its address is `base + i * 4096`. Many regions may exist.
///
/// The region deals with addresses as numbers. It claims no memory but its
/// slots' own; for the frames' bytes see [`with_memory`](Self::with_memory).
///
/// ```
/// use tally::{FrameRange, GetFrameError, MetaRegion, MetaSlot, SlotStatus};
///
/// // 640 KiB of low memory, then a hole up to 1 MiB, then two more frames.
/// static SLOTS: [MetaSlot; 162] = [const { MetaSlot::new() }; 162];
/// static RAM: MetaRegion = match MetaRegion::with_holes(
///     &[FrameRange { base: 0, frames: 160 }, FrameRange { base: 0x10_0000, frames: 2 }],
///     &SLOTS,
/// ) {
///     Ok(region) => region,
///     Err(_) => panic!("the ranges ascend and have as many frames as there are slots"),
/// };
///
/// assert_eq!(RAM.frames(), 162);
/// assert_eq!(RAM.status(0x10_1000), Ok(SlotStatus::Unused));
/// assert_eq!(RAM.status(0xb_8000), Err(GetFrameError::OutOfBound));
/// ```
#[derive(Clone, Copy)]
pub struct MetaRegion {
    /// The base of the first range.
    base: Paddr,
    /// The slots of the first range: the usual case needs no search.
    first: &'static [MetaSlot],
    /// All slots: those of the first range, then those of the others.
    slots: &'static [MetaSlot],
    /// The other ranges, ascending, disjoint, none of them empty.
    others: &'static [FrameRange],
    memory: Option<&'static dyn FrameMemory>,
}

// A region is never changed; whatever its memory is, it gives addresses only.
impl UnwindSafe for MetaRegion {}
impl RefUnwindSafe for MetaRegion {}

impl MetaRegion {
    /// The region without frames.
    pub const EMPTY: Self = Self { base: 0, first: &[], slots: &[], others: &[], memory: None };

    /// A region of one range from `base`, with one frame per slot.
    ///
    /// Usable in constants; an example is at the [top](crate).
    ///
    /// Slots keep their state: two regions may overlap in them, and a frame
    /// claimed through one is then in use in the other.
    ///
    /// # Errors
    ///
    /// [`RegionError::Empty`] if there is no slot (see [`EMPTY`](Self::EMPTY)), then
    /// [`RegionError::NotAligned`] if `base` is not a multiple of
    /// [`PAGE_SIZE`], then [`RegionError::Overflow`] if the end, `base` plus
    /// the size of all frames, is more than [`usize::MAX`].
    pub const fn new(base: Paddr, slots: &'static [MetaSlot]) -> Result<Self, RegionError> {
        match check_one(FrameRange { base, frames: slots.len() }) {
            Ok(_) => Ok(Self { base, first: slots, slots, others: &[], memory: None }),
            Err(error) => Err(error),
        }
    }

    /// A region of several ranges, whose frames have the slots in their order.
    ///
    /// Usable in constants; an example is at the [type](Self).
    ///
    /// # Errors
    ///
    /// [`RegionError::Empty`] if there is no range; for the ranges in their order
    /// what [`new`](Self::new) says of one, or, if a range does not begin where the
    /// one before it ends or later, [`RegionError::NotSorted`] if it ends where that
    /// one begins or before, [`RegionError::Overlap`] otherwise; then
    /// [`RegionError::SlotCount`] if there are not as many slots as frames.
    pub const fn with_holes(
        ranges: &'static [FrameRange],
        slots: &'static [MetaSlot],
    ) -> Result<Self, RegionError> {
        if let Err(error) = check(ranges, slots.len()) {
            return Err(error);
        }
        let Some((first, others)) = ranges.split_first() else {
            return Err(RegionError::Empty);
        };
        let base = first.base;
        let (first, _) = slots.split_at(first.frames);
        Ok(Self { base, first, slots, others, memory: None })
    }

    /// A region of one range from `base` whose slots are made in `memory`, one
    /// frame for each that fits: what a kernel does with memory from its boot
    /// allocator.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), with `memory` handed back untouched.
    pub fn init_in(
        base: Paddr,
        memory: &'static mut [MaybeUninit<MetaSlot>],
    ) -> Result<Self, InitError> {
        if let Err(error) = check_one(FrameRange { base, frames: memory.len() }) {
            return Err(InitError { error, memory });
        }
        let slots = MetaSlot::init(memory);
        Ok(Self { base, first: slots, slots, others: &[], memory: None })
    }

    /// A region of several ranges whose slots are made in `memory`.
    ///
    /// # Errors
    ///
    /// As [`with_holes`](Self::with_holes), with `memory` handed back untouched.
    pub fn init_with_holes_in(
        ranges: &'static [FrameRange],
        memory: &'static mut [MaybeUninit<MetaSlot>],
    ) -> Result<Self, InitError> {
        if let Err(error) = check(ranges, memory.len()) {
            return Err(InitError { error, memory });
        }
        Ok(Self::with_holes(ranges, MetaSlot::init(memory)).expect("the ranges were checked"))
    }

    /// A region of one range from `base` with `frames` slots on the heap, never
    /// freed.
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
        check_one(FrameRange { base, frames })?;
        Self::new(base, leak_slots(frames))
    }

    /// A region of several ranges with its slots, and a copy of the ranges, on
    /// the heap, never freed.
    ///
    /// # Errors
    ///
    /// As [`with_holes`](Self::with_holes), never
    /// [`RegionError::SlotCount`]; nothing is allocated then.
    ///
    /// # Panics
    ///
    /// As [`leak`](Self::leak).
    #[cfg(feature = "alloc")]
    pub fn leak_with_holes(ranges: &[FrameRange]) -> Result<Self, RegionError> {
        // Their sum does not overflow where each range ends in the address
        // space and the ranges are disjoint, which `check` says.
        let frames = ranges.iter().fold(0, |sum: usize, range| sum.saturating_add(range.frames));
        check(ranges, frames)?;
        Self::with_holes(ranges.to_vec().leak(), leak_slots(frames))
    }

    /// The same region, the bytes of whose frames are where `memory` says.
    ///
    /// # Safety
    ///
    /// For each frame that the region tracks:
    /// - `memory.frame` always gives the same pointer, to `PAGE_SIZE` bytes that
    ///   are initialised and can be read and written for good, and that are not
    ///   those of another frame, of this region or another, unless both have the
    ///   same slot;
    /// - only who holds a handle on the frame accesses these bytes, by whatever way;
    ///   while the frame's metadata are [`UntypedMeta`](super::UntypedMeta), who
    ///   writes them has exclusive access (`&mut`) to the frame's unique handle; and
    ///   while the frame is torn down nobody writes them.
    #[allow(unsafe_code, reason = "the caller promises; whoever follows the pointers relies on it")]
    #[must_use]
    pub const unsafe fn with_memory(self, memory: &'static dyn FrameMemory) -> Self {
        Self { memory: Some(memory), ..self }
    }

    /// The address of the first frame, 0 if there is none.
    #[must_use]
    pub const fn base(&self) -> Paddr {
        self.base
    }

    /// The number of frames.
    #[must_use]
    pub const fn frames(&self) -> usize {
        self.slots.len()
    }

    /// The ranges, ascending.
    pub fn ranges(&self) -> impl Iterator<Item = FrameRange> + use<> {
        let first = FrameRange { base: self.base, frames: self.first.len() };
        (first.frames > 0).then_some(first).into_iter().chain(self.others.iter().copied())
    }

    /// The addresses of all frames, ascending. For what each of them is see
    /// [`status`](Self::status).
    ///
    /// ```
    /// use tally::{MetaRegion, MetaSlot};
    ///
    /// static SLOTS: [MetaSlot; 3] = [const { MetaSlot::new() }; 3];
    /// let region = MetaRegion::new(0x1000, &SLOTS).unwrap();
    /// assert!(region.starts().eq([0x1000, 0x2000, 0x3000]));
    /// ```
    pub fn starts(&self) -> impl Iterator<Item = Paddr> + use<> {
        self.ranges().flat_map(|range| {
            // Does not overflow: `check` bounded the end.
            (0..range.frames).map(move |index| range.base + index * PAGE_SIZE)
        })
    }

    /// What the slot of the frame at `start` says, at some moment: for looking
    /// at, and for the end of tests. Relaxed.
    ///
    /// # Errors
    ///
    /// [`GetFrameError::NotAligned`], then [`GetFrameError::OutOfBound`].
    pub fn status(&self, start: Paddr) -> Result<SlotStatus, GetFrameError> {
        self.slot(start).map(MetaSlot::status)
    }

    /// The slot of the frame at `start`.
    ///
    /// # Errors
    ///
    /// [`GetFrameError::NotAligned`], then [`GetFrameError::OutOfBound`].
    #[inline]
    pub(super) fn slot(&self, start: Paddr) -> Result<&'static MetaSlot, GetFrameError> {
        // One test for alignment and bounds. Rotated, the offset is the number of
        // the frame; the bits of a misaligned address come before it and make it
        // larger than any, as does the wrapped offset of one below the base: the
        // range ends within the addresses.
        let number = start.wrapping_sub(self.base).rotate_right(PAGE_SIZE.trailing_zeros());
        match self.first.get(number) {
            Some(slot) => Ok(slot),
            None => self.slot_elsewhere(number),
        }
    }

    /// The address that [`slot`](Self::slot) made `number` of.
    fn start(&self, number: usize) -> Paddr {
        number.rotate_left(PAGE_SIZE.trailing_zeros()).wrapping_add(self.base)
    }

    /// [`slot`](Self::slot), where the frame with this `number` is not in the first range.
    ///
    /// Takes what that has at hand, and leaves nothing to do. Cold: out of the way of the
    /// usual case.
    #[cold]
    #[inline(never)]
    fn slot_elsewhere(&self, number: usize) -> Result<&'static MetaSlot, GetFrameError> {
        let start = self.start(number);
        if start % PAGE_SIZE != 0 {
            return Err(GetFrameError::NotAligned);
        }
        let mut before = self.first.len();
        for range in self.others {
            let index = start.wrapping_sub(range.base) / PAGE_SIZE;
            if index < range.frames {
                return self.slots.get(before + index).ok_or(GetFrameError::OutOfBound);
            }
            before += range.frames;
        }
        Err(GetFrameError::OutOfBound)
    }

    /// The slots of the frames from `range.start` to `range.end`.
    ///
    /// # Errors
    ///
    /// [`GetFrameError::OutOfBound`] if some frame of the range is in a hole or
    /// outside.
    ///
    /// # Panics
    ///
    /// If an end is not aligned or the range is empty, which the caller must exclude.
    pub(super) fn slots(&self, range: &Range<Paddr>) -> Result<&'static [MetaSlot], GetFrameError> {
        let first = self.slot(range.start)?;
        let last = self.slot(range.end - PAGE_SIZE)?;
        let (first, last) = (self.index_of(first), self.index_of(last));
        // Slots ascend with addresses: there is a hole between exactly if there
        // are fewer slots than frames.
        let slots = self.slots.get(first..=last).expect("the range's ends ascend");
        if slots.len() == (range.end - range.start) / PAGE_SIZE {
            Ok(slots)
        } else {
            Err(GetFrameError::OutOfBound)
        }
    }

    /// The address of the frame that `slot` tracks; none if it tracks none of ours.
    #[inline]
    pub(super) fn paddr(&self, slot: &'static MetaSlot) -> Option<Paddr> {
        let index = self.index_of(slot);
        if index < self.first.len() {
            // Does not overflow: `check` bounded the end.
            Some(self.base + index * PAGE_SIZE)
        } else {
            self.paddr_in_others(index)
        }
    }

    /// Where the bytes of the slot's frame are; none if they are not mapped.
    #[inline]
    pub(super) fn memory(&self, slot: &'static MetaSlot) -> Option<NonNull<[u8; PAGE_SIZE]>> {
        Some(self.memory?.frame(self.paddr(slot)?))
    }

    /// The slot's number; not less than that of slots if it is not ours.
    #[inline]
    fn index_of(&self, slot: &'static MetaSlot) -> usize {
        let offset = (&raw const *slot).addr().wrapping_sub(self.slots.as_ptr().addr());
        offset / size_of::<MetaSlot>()
    }

    /// The address of the frame number `index`, beyond the first range.
    #[cold]
    #[inline(never)]
    fn paddr_in_others(&self, index: usize) -> Option<Paddr> {
        let mut index = index.checked_sub(self.first.len())?;
        for range in self.others {
            if index < range.frames {
                return Some(range.base + index * PAGE_SIZE);
            }
            index -= range.frames;
        }
        None
    }
}

impl fmt::Debug for MetaRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MetaRegion")?;
        f.debug_list().entries(self.ranges()).finish()
    }
}

/// What every range satisfies; its end.
const fn check_one(range: FrameRange) -> Result<Paddr, RegionError> {
    let FrameRange { base, frames } = range;
    if frames == 0 {
        return Err(RegionError::Empty);
    }
    if base % PAGE_SIZE != 0 {
        return Err(RegionError::NotAligned { base });
    }
    match range.end() {
        Some(end) => Ok(end),
        None => Err(RegionError::Overflow { base, frames }),
    }
}

/// What all ranges of a region satisfy.
const fn check(ranges: &[FrameRange], slots: usize) -> Result<(), RegionError> {
    let mut previous = FrameRange { base: 0, frames: 0 };
    let mut previous_end = 0;
    let (mut frames, mut i) = (0, 0);
    while i < ranges.len() {
        let range = ranges[i];
        let end = match check_one(range) {
            Ok(end) => end,
            Err(error) => return Err(error),
        };
        if range.base < previous_end {
            return Err(if end <= previous.base {
                RegionError::NotSorted { before: previous, after: range }
            } else {
                RegionError::Overlap { one: previous, other: range }
            });
        }
        // Does not overflow: the frames are disjoint parts of the addresses.
        frames += range.frames;
        (previous, previous_end) = (range, end);
        i += 1;
    }
    if i == 0 {
        return Err(RegionError::Empty);
    }
    if frames != slots {
        return Err(RegionError::SlotCount { frames, slots });
    }
    Ok(())
}

/// Unused slots on the heap.
#[cfg(feature = "alloc")]
fn leak_slots(frames: usize) -> &'static [MetaSlot] {
    let mut slots = alloc::vec::Vec::with_capacity(frames);
    slots.resize_with(frames, MetaSlot::new);
    slots.leak()
}
