//! Regions: what is refused, and that every frame has its own slot.

use std::mem::MaybeUninit;

use tally::{
    FrameMeta, FrameSpace, MetaRegion, MetaSlot, PAGE_SIZE, Paddr, UniqueFrame, frame::RegionError,
};

const LAST: Paddr = usize::MAX - (PAGE_SIZE - 1);

fn slots(n: usize) -> &'static mut [MaybeUninit<MetaSlot>] {
    let mut slots = Vec::new();
    slots.resize_with(n, MaybeUninit::uninit);
    slots.leak()
}

#[test]
fn misaligned_base() {
    for base in [1, PAGE_SIZE - 1, PAGE_SIZE + 8, usize::MAX] {
        let refused = MetaRegion::new(base, &[]).unwrap_err();
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
            const EMPTY: MetaRegion = match MetaRegion::new(PAGE_SIZE, &[]) {
                Ok(region) => region,
                Err(_) => panic!(),
            };
            &EMPTY
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
