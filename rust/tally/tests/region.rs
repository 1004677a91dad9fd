//! Regions: what is refused, and that every frame has its own slot.

use std::mem::MaybeUninit;

use tally::{
    Frame, FrameMeta, FrameRange, FrameSpace, GetFrameError, MetaRegion, MetaSlot, PAGE_SIZE,
    Paddr, RegionError, SlotStatus, UniqueFrame,
};

const LAST: Paddr = usize::MAX - (PAGE_SIZE - 1);

fn slots(n: usize) -> &'static mut [MaybeUninit<MetaSlot>] {
    let mut slots = Vec::new();
    slots.resize_with(n, MaybeUninit::uninit);
    slots.leak()
}

#[test]
fn misaligned_base() {
    static SLOTS: [MetaSlot; 1] = [MetaSlot::new()];
    for base in [1, PAGE_SIZE - 1, PAGE_SIZE + 8, usize::MAX] {
        let refused = MetaRegion::new(base, &SLOTS).unwrap_err();
        assert_eq!(refused, RegionError::NotAligned { base });
    }
}

#[test]
fn overflowing_end() {
    for (base, frames) in [(LAST, 1), (LAST - PAGE_SIZE, 3)] {
        let error = MetaRegion::init_in(base, slots(frames)).unwrap_err();
        assert_eq!(error.error, RegionError::Overflow { base, frames });
        assert_eq!(error.memory.len(), frames);
    }
    assert!(MetaRegion::init_in(LAST - PAGE_SIZE, slots(1)).is_ok());
}

#[cfg(feature = "alloc")]
#[test]
fn too_many_frames() {
    for frames in [usize::MAX, usize::MAX / PAGE_SIZE + 1] {
        let error = MetaRegion::leak(0, frames).unwrap_err();
        assert_eq!(error, RegionError::Overflow { base: 0, frames });
    }
    let region = MetaRegion::leak(PAGE_SIZE, 5).unwrap();
    assert_eq!((region.base(), region.frames()), (PAGE_SIZE, 5));
}

#[test]
fn empty_region_tracks_nothing() {
    struct Empty;
    impl FrameSpace for Empty {
        fn region() -> &'static MetaRegion {
            &MetaRegion::EMPTY
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    struct Unit;
    impl FrameMeta for Unit {}

    for start in [0, PAGE_SIZE, 2 * PAGE_SIZE, LAST] {
        let error = UniqueFrame::<_, Empty>::from_unused(start, Unit).unwrap_err();
        assert_eq!(error.error, tally::GetFrameError::OutOfBound);
    }
}

/// Memory with arbitrary contents becomes unused slots.
#[test]
fn memory_of_the_caller() {
    use std::sync::LazyLock;

    static REGION: LazyLock<MetaRegion> = LazyLock::new(|| {
        let memory = slots(3);
        // SAFETY: any bytes are valid in a `MaybeUninit`, and the slice is ours.
        unsafe { memory.as_mut_ptr().write_bytes(0xa5, memory.len()) };
        MetaRegion::init_in(0, memory).unwrap()
    });
    struct Booted;
    impl FrameSpace for Booted {
        fn region() -> &'static MetaRegion {
            &REGION
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    struct Number(usize);
    impl FrameMeta for Number {}

    let frames: Vec<_> = (0..3)
        .map(|i| UniqueFrame::<_, Booted>::from_unused(i * PAGE_SIZE, Number(i)).unwrap())
        .collect();
    for (i, frame) in frames.iter().enumerate() {
        assert_eq!((frame.meta().0, frame.start_paddr()), (i, i * PAGE_SIZE));
    }
}

/// A space that changes its region gets a panic, not somebody else's frame.
#[test]
#[should_panic(expected = "must not change")]
fn changing_region() {
    use std::sync::atomic::{AtomicBool, Ordering};

    static CHANGED: AtomicBool = AtomicBool::new(false);
    static SLOTS: [[MetaSlot; 1]; 2] = [const { [const { MetaSlot::new() }; 1] }; 2];
    static REGIONS: [MetaRegion; 2] =
        match (MetaRegion::new(0, &SLOTS[0]), MetaRegion::new(0, &SLOTS[1])) {
            (Ok(one), Ok(two)) => [one, two],
            _ => panic!(),
        };
    struct Fickle;
    impl FrameSpace for Fickle {
        fn region() -> &'static MetaRegion {
            &REGIONS[usize::from(CHANGED.load(Ordering::Relaxed))]
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    struct Unit;
    impl FrameMeta for Unit {}

    let frame = UniqueFrame::<_, Fickle>::from_unused(0, Unit).unwrap();
    CHANGED.store(true, Ordering::Relaxed);
    drop(frame);
}

/// Memory that is refused comes back as it was. Killed by: slots that are made before the
/// ranges are looked at; other memory, or a part of it.
#[test]
fn refused_memory_is_untouched() {
    let bytes = |memory: &[MaybeUninit<MetaSlot>]| {
        let (start, size) = (memory.as_ptr().cast::<u8>(), size_of_val(memory));
        // SAFETY: all of it was written, below.
        unsafe { std::slice::from_raw_parts(start, size) }.to_vec()
    };
    let mut memory = slots(3);
    // SAFETY: any bytes are valid in a `MaybeUninit`, and the slice is ours.
    unsafe { memory.as_mut_ptr().write_bytes(0xa5, memory.len()) };
    let (place, before) = (memory.as_ptr(), vec![0xa5; 3 * 64]);
    const WRONG: [FrameRange; 2] = [range(0x2000, 2), range(0x3000, 1)];
    const OTHER: [FrameRange; 1] = [range(0x2000, 2)];
    type Init = fn(&'static mut [MaybeUninit<MetaSlot>]) -> Result<MetaRegion, tally::InitError>;
    let refuse: [Init; 4] = [
        |memory| MetaRegion::init_in(1, memory),
        |memory| MetaRegion::init_in(LAST, memory),
        |memory| MetaRegion::init_with_holes_in(&WRONG, memory),
        |memory| MetaRegion::init_with_holes_in(&OTHER, memory),
    ];
    for refuse in refuse {
        memory = refuse(memory).unwrap_err().memory;
        assert_eq!((memory.as_ptr(), bytes(memory)), (place, before.clone()));
    }
}

/// Two empty ranges, or none: refused, since nothing could be tracked.
#[test]
fn without_frames() {
    assert_eq!(MetaRegion::new(PAGE_SIZE, &[]).unwrap_err(), RegionError::Empty);
    let error = MetaRegion::init_in(0, slots(0)).unwrap_err();
    assert_eq!((error.error, error.memory.len()), (RegionError::Empty, 0));
    assert_eq!(MetaRegion::with_holes(&[], &[]).unwrap_err(), RegionError::Empty);
    const EMPTY: [FrameRange; 1] = [range(1, 0)];
    assert_eq!(MetaRegion::with_holes(&EMPTY, &[]).unwrap_err(), RegionError::Empty);
    assert_eq!(MetaRegion::EMPTY.ranges().count(), 0);
    assert_eq!(MetaRegion::EMPTY.starts().count(), 0);
    assert_eq!((MetaRegion::EMPTY.frames(), MetaRegion::EMPTY.base()), (0, 0));
    assert_eq!(MetaRegion::EMPTY.status(0), Err(GetFrameError::OutOfBound));
}

const fn range(base: Paddr, frames: usize) -> FrameRange {
    FrameRange { base, frames }
}

/// Several ranges in one region: every frame its slot, no slot for holes.
const RANGES: [FrameRange; 4] =
    [range(0x2000, 3), range(0x8000, 1), range(0x9000, 2), range(LAST - PAGE_SIZE, 1)];
const FRAMES: [Paddr; 7] = [0x2000, 0x3000, 0x4000, 0x8000, 0x9000, 0xa000, LAST - PAGE_SIZE];
static SLOTS: [MetaSlot; 7] = [const { MetaSlot::new() }; 7];
static REGION: MetaRegion = match MetaRegion::with_holes(&RANGES, &SLOTS) {
    Ok(region) => region,
    Err(_) => panic!(),
};

struct Holes;
impl FrameSpace for Holes {
    fn region() -> &'static MetaRegion {
        &REGION
    }
    fn dealloc(start: Paddr, size: usize) {
        assert!(FRAMES.contains(&start) && size == PAGE_SIZE);
        assert_eq!(REGION.status(start), Ok(SlotStatus::Unused));
    }
}
struct Start(Paddr);
impl FrameMeta for Start {}

#[test]
fn every_frame_between_holes_has_its_slot() {
    assert_eq!((REGION.base(), REGION.frames()), (0x2000, 7));
    assert_eq!(REGION.ranges().collect::<Vec<_>>(), RANGES);
    let starts: Vec<_> = REGION.starts().collect();
    assert_eq!(starts.len(), REGION.frames());
    assert!(starts.is_sorted() && starts.iter().all(|start| REGION.status(*start).is_ok()));
    assert_eq!(format!("{REGION:?}"), format!("MetaRegion{RANGES:?}"));
    let frames: Vec<_> = FRAMES
        .into_iter()
        .map(|start| Frame::<_, Holes>::from_unused(start, Start(start)).unwrap())
        .collect();
    for (frame, start) in frames.iter().zip(FRAMES) {
        assert_eq!((frame.start_paddr(), frame.meta().0), (start, start));
        assert_eq!(frame.reference_count(), 1);
        let found = Frame::<Start, Holes>::from_in_use(start).unwrap();
        assert!(Frame::ptr_eq(frame, &found));
    }
}

/// The addresses around each range, which are in no range.
#[test]
fn holes_have_none() {
    let ends = RANGES.map(|range| range.end().unwrap());
    for hole in ends.into_iter().chain([0, 0x1000, 0x5000, 0x7000, 0xc000, 1 << 40, LAST]) {
        if FRAMES.contains(&hole) {
            continue;
        }
        assert_eq!(REGION.status(hole), Err(GetFrameError::OutOfBound), "{hole:#x}");
        let error = UniqueFrame::<_, Holes>::from_unused(hole, Start(hole)).unwrap_err();
        assert_eq!((error.error, error.metadata.0), (GetFrameError::OutOfBound, hole));
        let error = UniqueFrame::<_, Holes>::from_unused(hole + 1, Start(hole)).unwrap_err();
        assert_eq!(error.error, GetFrameError::NotAligned);
    }
}

#[test]
fn ranges_are_refused() {
    let (a, b, far) = (range(0x2000, 3), range(0x5000, 1), range(0x9000, 2));
    let refused = |ranges: &'static [FrameRange], expected| {
        assert_eq!(MetaRegion::with_holes(ranges, &SLOTS).unwrap_err(), expected);
        let error = MetaRegion::init_with_holes_in(ranges, slots(7)).unwrap_err();
        assert_eq!((error.error, error.memory.len()), (expected, 7));
        #[cfg(feature = "alloc")]
        if !matches!(expected, RegionError::SlotCount { .. }) {
            assert_eq!(MetaRegion::leak_with_holes(ranges).unwrap_err(), expected);
        }
    };
    refused(vec![a, far, b].leak(), RegionError::NotSorted { before: far, after: b });
    refused(vec![b, a].leak(), RegionError::NotSorted { before: b, after: a });
    let before = RegionError::Overlap { one: a, other: range(0x4000, 1) };
    refused(vec![a, range(0x4000, 1)].leak(), before);
    refused(vec![a, a].leak(), RegionError::Overlap { one: a, other: a });
    let around = range(0x1000, 9);
    refused(vec![a, around].leak(), RegionError::Overlap { one: a, other: around });
    refused(vec![a, range(0x9008, 1)].leak(), RegionError::NotAligned { base: 0x9008 });
    refused(vec![a, range(0x9000, 0)].leak(), RegionError::Empty);
    let base = LAST;
    refused(vec![a, range(LAST, 1)].leak(), RegionError::Overflow { base, frames: 1 });
    let frames = usize::MAX;
    refused(vec![range(0, frames)].leak(), RegionError::Overflow { base: 0, frames });
    let all = usize::MAX / PAGE_SIZE + 1;
    refused(vec![range(0, all)].leak(), RegionError::Overflow { base: 0, frames: all });
    refused(vec![a, b, far].leak(), RegionError::SlotCount { frames: 6, slots: 7 });
    refused(vec![range(0, 8)].leak(), RegionError::SlotCount { frames: 8, slots: 7 });
}

/// The order of what is looked at: a range by itself, then beside the one before.
#[test]
fn ranges_are_refused_for_the_first_reason() {
    let ranges = vec![range(0x5000, 1), range(0x1001, 0)].leak();
    assert_eq!(MetaRegion::with_holes(ranges, &SLOTS).unwrap_err(), RegionError::Empty);
    let ranges = vec![range(0x5000, 1), range(0x1001, usize::MAX)].leak();
    let error = MetaRegion::with_holes(ranges, &SLOTS).unwrap_err();
    assert_eq!(error, RegionError::NotAligned { base: 0x1001 });
}

#[cfg(feature = "alloc")]
#[test]
fn ranges_on_the_heap() {
    let region = MetaRegion::leak_with_holes(&RANGES).unwrap();
    assert_eq!(region.ranges().collect::<Vec<_>>(), RANGES);
    for start in FRAMES {
        assert_eq!(region.status(start), Ok(SlotStatus::Unused));
    }
    assert_eq!(region.status(0x5000), Err(GetFrameError::OutOfBound));
}

#[test]
fn ranges_in_memory_of_the_caller() {
    let region = MetaRegion::init_with_holes_in(&RANGES, slots(7)).unwrap();
    assert_eq!(region.frames(), 7);
    assert_eq!(region.status(0x9000), Ok(SlotStatus::Unused));
}

/// Regions coexist: a frame of one is none of the other's, at the same address or
/// beside it.
#[test]
fn foreign_frames() {
    static SLOTS: [[MetaSlot; 2]; 2] = [const { [const { MetaSlot::new() }; 2] }; 2];
    static REGIONS: [MetaRegion; 2] =
        match (MetaRegion::new(0, &SLOTS[0]), MetaRegion::new(PAGE_SIZE, &SLOTS[1])) {
            (Ok(one), Ok(two)) => [one, two],
            _ => panic!(),
        };
    struct Space<const N: usize>;
    impl<const N: usize> FrameSpace for Space<N> {
        fn region() -> &'static MetaRegion {
            &REGIONS[N]
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    struct Number(u8);
    impl FrameMeta for Number {}

    let one = Frame::<_, Space<0>>::from_unused(PAGE_SIZE, Number(1)).unwrap();
    let two = Frame::<_, Space<1>>::from_unused(PAGE_SIZE, Number(2)).unwrap();
    assert_eq!((one.meta().0, two.meta().0), (1, 2));
    assert_eq!((one.reference_count(), two.reference_count()), (1, 1));
    let error = Frame::<Number, Space<0>>::from_in_use(2 * PAGE_SIZE).unwrap_err();
    assert_eq!(error, GetFrameError::OutOfBound);
    let error = Frame::<Number, Space<1>>::from_in_use(0).unwrap_err();
    assert_eq!(error, GetFrameError::OutOfBound);
}

#[cfg(all(target_pointer_width = "64", feature = "alloc"))]
#[test]
fn sixty_four_bytes_for_each_frame() {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::cell::Cell;

    struct Counting;
    thread_local!(static BYTES: Cell<usize> = const { Cell::new(0) });
    // SAFETY: the system's allocator, beside a count.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            BYTES.set(BYTES.get() + layout.size());
            // SAFETY: as the caller promises.
            unsafe { System.alloc(layout) }
        }
        unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
            // SAFETY: as the caller promises.
            unsafe { System.dealloc(place, layout) }
        }
    }
    #[global_allocator]
    static COUNTING: Counting = Counting;

    // A hole of a tebibyte costs nothing, a frame 64 bytes, a range two words.
    let ranges = [range(0, 1000), range(1 << 40, 500)];
    let before = BYTES.get();
    MetaRegion::leak_with_holes(&ranges).unwrap();
    assert_eq!(BYTES.get() - before, 64 * 1500 + 2 * 16);
}
