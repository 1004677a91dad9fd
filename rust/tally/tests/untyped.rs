//! The bytes of untyped frames.
#![cfg(feature = "alloc")]

use std::{
    ptr::NonNull,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tally::{
    Frame, FrameMemory, FrameMeta, FrameRange, FrameReader, FrameRef, FrameSpace, LinearMap, Link,
    LinkedList, MetaRegion, PAGE_SIZE, Paddr, Segment, TearDown, UniqueFrame, UniqueFrameMut,
    UniqueFrameRef, UniqueSegment, UntypedMeta,
};

const BASE: Paddr = 0x4_0000;
const FRAMES: usize = 3;

/// Memory from which a thread's region takes its bytes; `skipped` before them.
fn memory() -> NonNull<u8> {
    NonNull::from(vec![0xee_u8; FRAMES * PAGE_SIZE].leak()).cast()
}

thread_local! {
    static REGION: &'static MetaRegion = {
        let map = Box::leak(Box::new(LinearMap::new(BASE, memory())));
        let region = MetaRegion::leak(BASE, FRAMES).unwrap();
        // SAFETY: the bytes were allocated for this region, and are used by
        // nothing else.
        Box::leak(Box::new(unsafe { region.with_memory(map) }))
    };
}

struct Ram;
impl FrameSpace for Ram {
    fn region() -> &'static MetaRegion {
        REGION.with(|region| *region)
    }
    fn dealloc(_: Paddr, _: usize) {}
}

struct Bytes;
impl FrameMeta for Bytes {}
impl UntypedMeta for Bytes {}

fn claim(index: usize) -> UniqueFrame<Bytes, Ram> {
    UniqueFrame::from_unused(BASE + index * PAGE_SIZE, Bytes).unwrap()
}

fn all(reader: FrameReader<'_>) -> Vec<u8> {
    reader.as_bytes().to_vec()
}

#[test]
fn each_frame_has_its_own() {
    let mut frames: Vec<_> = (0..FRAMES).map(claim).collect();
    for (i, frame) in frames.iter_mut().enumerate() {
        assert_eq!(frame.writer().unwrap().fill(i as u8, usize::MAX), PAGE_SIZE);
    }
    for (i, frame) in frames.into_iter().enumerate() {
        assert_eq!(all(frame.reader().unwrap()), [i as u8; PAGE_SIZE]);
        assert_eq!(all(Frame::from(frame).reader().unwrap()), [i as u8; PAGE_SIZE]);
    }
}

#[test]
fn bytes_stay_over_conversions_and_claims() {
    let mut frame = claim(1);
    assert_eq!(all(frame.reader().unwrap()), [0xee; PAGE_SIZE], "as they were");
    frame.writer().unwrap().write(b"kept");
    let frame = Frame::from(frame);
    let other = frame.clone();
    assert_eq!(&all(other.reader().unwrap())[..5], b"kept\xee");
    drop((frame, other));
    assert_eq!(&all(claim(1).reader().unwrap())[..4], b"kept");
}

#[test]
fn reading_is_bounded() {
    let mut frame = claim(0);
    let content: Vec<_> = (0..PAGE_SIZE).map(|i| (i % 251) as u8).collect();
    assert_eq!(frame.writer().unwrap().write(&content), PAGE_SIZE);

    let mut reader = frame.reader().unwrap();
    assert_eq!(reader.remain(), PAGE_SIZE);
    let mut three = [0; 3];
    assert_eq!((reader.read(&mut three), three), (3, [0, 1, 2]));
    assert_eq!(reader.skip(5), 5);
    assert_eq!(reader.read_array(), Some([8, 9, 10, 11]));
    assert_eq!(reader.read(&mut []), 0);
    assert_eq!(reader.remain(), PAGE_SIZE - 12);

    let mut limited = reader.clone().limit(2);
    assert_eq!(limited.read_array::<3>(), None);
    assert_eq!((limited.read(&mut three), three), (2, [12, 13, 2]));
    assert_eq!((limited.read(&mut three), limited.skip(9), limited.remain()), (0, 0, 0));
    assert_eq!(reader.clone().limit(usize::MAX).remain(), PAGE_SIZE - 12);

    assert_eq!(reader.skip(usize::MAX), PAGE_SIZE - 12);
    assert_eq!((reader.read(&mut three), reader.read_array::<1>()), (0, None));
    assert_eq!(reader.read_array::<0>(), Some([]));
    let mut long = vec![7; PAGE_SIZE + 1];
    assert_eq!(frame.reader().unwrap().read(&mut long), PAGE_SIZE);
    assert_eq!((&long[..PAGE_SIZE], long[PAGE_SIZE]), (&content[..], 7));
}

#[test]
fn writing_is_bounded() {
    let (mut frame, neighbour) = (claim(0), claim(1));
    let mut writer = frame.writer().unwrap();
    assert_eq!(writer.remain(), PAGE_SIZE);
    assert_eq!((writer.write(b"abc"), writer.skip(2), writer.fill(b'z', 2)), (3, 2, 2));
    let mut writer = writer.limit(4);
    assert_eq!((writer.write(b"123456"), writer.write(b"7"), writer.remain()), (4, 0, 0));
    assert_eq!((writer.skip(1), writer.fill(0, 1)), (0, 0));
    assert_eq!(&all(frame.reader().unwrap())[..12], b"abc\xee\xeezz1234\xee");

    assert_eq!(frame.writer().unwrap().write(&[1; PAGE_SIZE + 5]), PAGE_SIZE);
    assert_eq!(all(neighbour.reader().unwrap()), [0xee; PAGE_SIZE]);
}

#[test]
fn from_frame_to_frame() {
    let (mut one, mut two) = (claim(0), claim(1));
    one.writer().unwrap().write(b"from one");
    let mut reader = one.reader().unwrap();
    reader.skip(5);
    let mut writer = two.writer().unwrap().limit(2);
    assert_eq!(writer.write_from(&mut reader), 2);
    assert_eq!(reader.remain(), PAGE_SIZE - 7);
    let mut writer = two.writer().unwrap();
    writer.skip(2);
    assert_eq!(writer.write_from(&mut reader), PAGE_SIZE - 7);
    assert_eq!(&all(two.reader().unwrap())[..4], b"one\xee");
}

/// As the standard library's traits, where there is one.
/// Bytes are written where they are, without a buffer between, and only the rest is lent.
/// Killed by: lending what was passed over; lending nothing.
#[test]
fn written_in_place() {
    let mut unique = claim(0);
    let mut writer = unique.writer().unwrap();
    assert_eq!(writer.write(b"ab"), 2);
    assert_eq!(writer.as_bytes_mut().len(), PAGE_SIZE - 2);
    writer.as_bytes_mut()[..2].copy_from_slice(b"cd");
    assert_eq!(writer.skip(2), 2);
    writer.into_bytes()[..2].copy_from_slice(b"ef");
    assert_eq!(&all(unique.reader().unwrap())[..6], b"abcdef");
}

/// Reading at any place of a segment is reading the frames' bytes one after the other.
/// Killed by: skipping in each frame; stopping at a frame's end; reading on from a wrong frame.
#[test]
fn read_across_frames() {
    let frames: Vec<_> = (0..FRAMES)
        .map(|index| {
            let mut unique = claim(index);
            for (at, byte) in unique.writer().unwrap().into_bytes().iter_mut().enumerate() {
                *byte = (at / 7 + index * 100) as u8;
            }
            Frame::from(unique)
        })
        .collect();
    let expected: Vec<u8> = frames.iter().flat_map(|frame| all(frame.reader().unwrap())).collect();
    let segment = frames
        .into_iter()
        .map(Segment::from)
        .reduce(|front, back| front.join(back).unwrap())
        .unwrap();
    let total = FRAMES * PAGE_SIZE;
    for offset in
        [0, 1, PAGE_SIZE - 1, PAGE_SIZE, 2 * PAGE_SIZE - 3, total - 1, total, total + 1, usize::MAX]
    {
        for len in [0, 1, 2, PAGE_SIZE, PAGE_SIZE + 5, 2 * PAGE_SIZE, total + 1] {
            let mut bytes = vec![0xee; len];
            let count = len.min(total.saturating_sub(offset));
            assert_eq!(segment.read_at(offset, &mut bytes), Some(count));
            assert_eq!(bytes[..count], expected[offset.min(total)..][..count]);
            assert!(bytes[count..].iter().all(|byte| *byte == 0xee), "written beyond");
        }
    }
}

fn claim_all() -> UniqueSegment<Bytes, Ram> {
    UniqueSegment::from_unused(BASE..BASE + FRAMES * PAGE_SIZE, |_| Bytes).unwrap()
}

/// Writing at any place of a unique segment is writing the frames' bytes one after the other,
/// and what is read back. Killed by: as above; a frame that is written from its start.
#[test]
fn written_across_frames() {
    let total = FRAMES * PAGE_SIZE;
    let mut segment = claim_all();
    let content: Vec<_> = (0..total + 1).map(|at| (at / 7) as u8).collect();
    for offset in
        [0, 1, PAGE_SIZE - 1, PAGE_SIZE, 2 * PAGE_SIZE - 3, total - 1, total, total + 1, usize::MAX]
    {
        for len in [0, 1, 2, PAGE_SIZE, PAGE_SIZE + 5, 2 * PAGE_SIZE, total + 1] {
            segment.writers().for_each(|writer| writer.into_bytes().fill(0xee));
            let count = len.min(total.saturating_sub(offset));
            assert_eq!(segment.write_at(offset, &content[..len]), Some(count));
            let mut expected = vec![0xee; total];
            expected[offset.min(total)..][..count].copy_from_slice(&content[..count]);
            let bytes: Vec<u8> = segment.readers().flat_map(all).collect();
            assert!(bytes == expected, "{len} bytes from {offset}");
            let mut back = vec![0; len];
            assert_eq!(segment.read_at(offset, &mut back), Some(count));
            assert_eq!(back[..count], content[..count]);
        }
    }
}

/// All frames' bytes are lent at once, each to be written in place; then read in place by
/// several. Killed by: bytes of one frame for another.
#[test]
fn lent_across_frames() {
    let mut segment = claim_all();
    let mut writers: Vec<_> = segment.writers().collect();
    assert_eq!(writers.len(), FRAMES);
    for (index, writer) in writers.iter_mut().enumerate().rev() {
        writer.fill(index as u8, PAGE_SIZE);
    }
    segment.get_mut(1).unwrap().writer().unwrap().write(b"x");
    let shared = Segment::from(segment);
    let places: Vec<_> = shared.readers().map(|reader| reader.as_bytes()).collect();
    for (index, bytes) in places.iter().enumerate() {
        assert!(bytes[1..].iter().all(|byte| usize::from(*byte) == index));
        assert_eq!(
            bytes.as_ptr(),
            shared.get(index).unwrap().reader().unwrap().as_bytes().as_ptr()
        );
    }
    assert_eq!((places[1][0], shared.readers().next_back().unwrap().as_bytes()[0]), (b'x', 2));
    let frame = shared.get(2).unwrap();
    assert_eq!(FrameRef::into_reader(frame).unwrap().as_bytes(), places[2]);
}

#[test]
fn lent_as_a_raw_frame() {
    let start = claim(1).into_raw();
    // SAFETY: from `into_raw`; nobody else uses it meanwhile.
    let mut lent = unsafe { UniqueFrameMut::<Bytes, Ram>::from_raw(start) };
    lent.writer().unwrap().write(b"ab");
    UniqueFrameMut::into_writer(lent).unwrap().write(b"c");
    // SAFETY: from `into_raw`; nobody changes it meanwhile.
    let lent = unsafe { UniqueFrameRef::<Bytes, Ram>::from_raw(start) };
    assert_eq!(&UniqueFrameRef::into_reader(lent).unwrap().as_bytes()[..3], b"cb\xee");
    // SAFETY: from `into_raw`, once.
    drop(unsafe { UniqueFrame::<Bytes, Ram>::from_raw(start) });
}

#[cfg(feature = "std")]
#[test]
fn as_streams() {
    use std::io::{Read as _, Write as _};

    let mut frame = claim(0);
    let mut writer = frame.writer().unwrap();
    write!(writer, "{}-{}", 12, 34).unwrap();
    writer.flush().unwrap();
    let full = writer.write_all(&[0; PAGE_SIZE]).unwrap_err();
    assert_eq!(full.kind(), std::io::ErrorKind::WriteZero);
    let mut text = String::new();
    frame.reader().unwrap().limit(5).read_to_string(&mut text).unwrap();
    assert_eq!(text, "12-34");
}

/// What is torn down reads the frame's bytes, whatever its metadata are: as a
/// page table drops what its entries stand for.
#[test]
fn read_in_tear_down() {
    static SEEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());
    struct Table;
    impl FrameMeta for Table {
        fn on_drop(&mut self, frame: &mut TearDown<'_>) {
            assert_eq!(frame.start_paddr(), BASE);
            SEEN.lock().unwrap().extend(frame.reader().unwrap().read_array::<4>().unwrap());
        }
    }
    let mut frame = claim(0);
    frame.writer().unwrap().write(b"PTEs");
    let table = frame.repurpose(Table);
    drop(Frame::from(table));
    assert_eq!(*SEEN.lock().unwrap(), b"PTEs");
}

/// Free frames in a list keep their bytes as well.
#[test]
fn in_lists() {
    let start = BASE + PAGE_SIZE;
    let mut frame = UniqueFrame::<_, Ram>::from_unused(start, Link::new(Bytes)).unwrap();
    frame.writer().unwrap().write(b"list");
    let mut list = LinkedList::new();
    list.push_back(frame);
    let frame = list.pop_front().unwrap();
    assert_eq!(&all(frame.reader().unwrap())[..4], b"list");
}

/// Memory need not be linear: it is asked for each frame, in its region only.
#[test]
fn where_the_region_says() {
    struct Backwards(Vec<NonNull<[u8; PAGE_SIZE]>>, AtomicUsize);
    // SAFETY: pointers to memory that is given up for good.
    unsafe impl Send for Backwards {}
    // SAFETY: as above.
    unsafe impl Sync for Backwards {}
    impl FrameMemory for Backwards {
        fn frame(&self, start: Paddr) -> NonNull<[u8; PAGE_SIZE]> {
            self.1.fetch_add(1, Ordering::Relaxed);
            let index =
                if start < 0x8000 { start / PAGE_SIZE } else { 2 + (start - 0x8000) / PAGE_SIZE };
            self.0[self.0.len() - 1 - index]
        }
    }
    thread_local! {
        static MAP: &'static Backwards = Box::leak(Box::new(Backwards(
            (0..3).map(|i| NonNull::from(Box::leak(Box::new([i; PAGE_SIZE])))).collect(),
            AtomicUsize::new(0),
        )));
        static REGION: &'static MetaRegion = {
            let ranges =
                [FrameRange { base: 0, frames: 2 }, FrameRange { base: 0x8000, frames: 1 }];
            let region = MetaRegion::leak_with_holes(&ranges).unwrap();
            // SAFETY: three pages for three frames, which nothing else uses.
            Box::leak(Box::new(unsafe { region.with_memory(MAP.with(|map| *map)) }))
        };
    }
    struct Space;
    impl FrameSpace for Space {
        fn region() -> &'static MetaRegion {
            REGION.with(|region| *region)
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    for (start, byte) in [(0, 2), (0x1000, 1), (0x8000, 0)] {
        let frame = UniqueFrame::<_, Space>::from_unused(start, Bytes).unwrap();
        assert_eq!(all(frame.reader().unwrap()), [byte; PAGE_SIZE]);
    }
    assert_eq!(MAP.with(|map| map.1.load(Ordering::Relaxed)), 3);
}

#[test]
fn no_memory_no_bytes() {
    struct Bare;
    impl FrameSpace for Bare {
        fn region() -> &'static MetaRegion {
            static SLOTS: [tally::MetaSlot; 1] = [tally::MetaSlot::new()];
            static REGION: MetaRegion = match MetaRegion::new(0, &SLOTS) {
                Ok(region) => region,
                Err(_) => panic!(),
            };
            &REGION
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    let mut frame = UniqueFrame::<_, Bare>::from_unused(0, Bytes).unwrap();
    assert!(frame.reader().is_none() && frame.writer().is_none());
    let mut segment = UniqueSegment::from(frame);
    assert!(segment.readers().next().is_none() && segment.writers().next().is_none());
    assert_eq!((segment.read_at(0, &mut [0]), segment.write_at(0, &[0])), (None, None));
    assert_eq!(
        (segment.read_at(0, &mut []), segment.write_at(PAGE_SIZE, &[0])),
        (Some(0), Some(0))
    );
    let segment = Segment::from(segment);
    assert!(segment.readers().next().is_none());
    assert!(segment.get(0).unwrap().reader().is_none());
}

/// A reader and a writer show what is left to them, and a map where it is.
/// Killed by: an implementation of `Debug` that writes nothing.
#[test]
fn shown_with_what_is_left() {
    let mut frame = claim(0);
    let mut writer = frame.writer().unwrap();
    writer.write(b"abc");
    assert_eq!(format!("{writer:?}"), "FrameWriter(4093 bytes)");
    let mut reader = frame.reader().unwrap();
    reader.read(&mut [0; 10]);
    assert_eq!(format!("{reader:?}"), "FrameReader(4086 bytes)");
    let memory = memory();
    let map = LinearMap::new(BASE, memory);
    assert_eq!(format!("{map:?}"), format!("LinearMap {{ base: 0x40000, memory: {memory:?} }}"));
}

/// Threads that hand a frame on see what was written before, as with metadata.
#[test]
fn bytes_are_handed_on_with_the_frame() {
    // Miri takes its time.
    const ROUNDS: usize = if cfg!(miri) { 20 } else { 4_000 };
    static SLOTS: [tally::MetaSlot; 1] = [tally::MetaSlot::new()];
    static REGION: std::sync::LazyLock<MetaRegion> = std::sync::LazyLock::new(|| {
        let map = Box::leak(Box::new(LinearMap::new(0, memory())));
        // SAFETY: as above.
        unsafe { MetaRegion::new(0, &SLOTS).unwrap().with_memory(map) }
    });
    struct Handed;
    impl FrameSpace for Handed {
        fn region() -> &'static MetaRegion {
            &REGION
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    static CLAIMS: AtomicUsize = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while CLAIMS.load(Ordering::Relaxed) < ROUNDS {
                    let Ok(mut frame) = UniqueFrame::<_, Handed>::from_unused(0, Bytes) else {
                        if let Ok(found) = Frame::<Bytes, Handed>::from_in_use(0) {
                            let bytes = all(found.reader().unwrap());
                            assert!(bytes.iter().all(|byte| *byte == bytes[0]), "half written");
                        }
                        continue;
                    };
                    let round = CLAIMS.fetch_add(1, Ordering::Relaxed);
                    frame.writer().unwrap().fill(round as u8, PAGE_SIZE);
                    drop(Frame::from(frame));
                }
            });
        }
    });
}

/// Frames whose bytes are cleared when they are claimed.
mod zeroed {
    use super::*;
    use tally::{GetFrameError, MetaSlot, Segment, SegmentError, SlotStatus};

    #[test]
    fn nothing_is_left_of_the_last_owner() {
        let start = BASE + PAGE_SIZE;
        for claim in [
            (|start| UniqueFrame::<_, Ram>::from_unused_zeroed(start, Bytes).unwrap().into())
                as fn(Paddr) -> Frame<Bytes, Ram>,
            |start| Frame::from_unused_zeroed(start, Bytes).unwrap(),
            |start| {
                let segment = Segment::from_unused_zeroed(start..start + PAGE_SIZE, |_| Bytes);
                segment.unwrap().next().unwrap()
            },
            |start| {
                let segment =
                    UniqueSegment::from_unused_zeroed(start..start + PAGE_SIZE, |_| Bytes);
                segment.unwrap().next().unwrap().into()
            },
        ] {
            super::claim(1).writer().unwrap().fill(7, PAGE_SIZE);
            let frame = claim(start);
            assert_eq!(all(frame.reader().unwrap()), [0; PAGE_SIZE]);
            assert_eq!((frame.start_paddr(), frame.reference_count()), (start, 1));
        }
        // Nobody else's.
        assert_eq!(all(super::claim(0).reader().unwrap()), [0xee; PAGE_SIZE]);
        assert_eq!(all(super::claim(2).reader().unwrap()), [0xee; PAGE_SIZE]);
    }

    #[test]
    fn what_is_refused_is_not_cleared() {
        let frame = Frame::from(super::claim(1));
        for error in [
            Frame::<_, Ram>::from_unused_zeroed(BASE + PAGE_SIZE, Bytes).unwrap_err().error,
            UniqueFrame::<_, Ram>::from_unused_zeroed(BASE + PAGE_SIZE, Bytes).unwrap_err().error,
        ] {
            assert_eq!(error, GetFrameError::InUse);
        }
        let all_frames = BASE..BASE + FRAMES * PAGE_SIZE;
        let refused = Segment::<_, Ram>::from_unused_zeroed(all_frames, |_| Bytes).unwrap_err();
        assert!(
            matches!(refused, SegmentError::Frame { start, .. } if start == frame.start_paddr())
        );
        assert_eq!(all(frame.reader().unwrap()), [0xee; PAGE_SIZE]);
        assert_eq!(all(super::claim(0).reader().unwrap()), [0; PAGE_SIZE], "claimed, and dropped");
        assert_eq!(all(super::claim(2).reader().unwrap()), [0xee; PAGE_SIZE], "not reached");
        drop(frame);
        // Where there is no memory, there is nothing to clear.
        struct Bare;
        impl FrameSpace for Bare {
            fn region() -> &'static MetaRegion {
                static SLOTS: [MetaSlot; 1] = [MetaSlot::new()];
                static REGION: MetaRegion = match MetaRegion::new(0, &SLOTS) {
                    Ok(region) => region,
                    Err(_) => panic!(),
                };
                &REGION
            }
            fn dealloc(_: Paddr, _: usize) {}
        }
        assert!(Frame::<_, Bare>::from_unused_zeroed(0, Bytes).is_ok());
        assert!(Segment::<_, Bare>::from_unused_zeroed(0..PAGE_SIZE, |_| Bytes).is_ok());
    }

    /// Nobody can find a frame by address before its bytes are cleared; and where they
    /// cannot be, the frame goes back.
    /// Killed by: not clearing it; a frame that is lost in a panic.
    #[test]
    fn before_anybody_finds_it() {
        static SLOTS: [MetaSlot; 2] = [const { MetaSlot::new() }; 2];
        static REGION: std::sync::OnceLock<MetaRegion> = std::sync::OnceLock::new();
        static SEEN: Mutex<Vec<SlotStatus>> = Mutex::new(Vec::new());
        struct Looks(tally::LinearMap);
        impl FrameMemory for Looks {
            fn frame(&self, start: Paddr) -> NonNull<[u8; PAGE_SIZE]> {
                SEEN.lock().unwrap().push(REGION.get().unwrap().status(start).unwrap());
                assert_eq!(start, 0, "the other frame has no bytes");
                self.0.frame(start)
            }
        }
        struct Space;
        impl FrameSpace for Space {
            fn region() -> &'static MetaRegion {
                REGION.get_or_init(|| {
                    let map = Box::leak(Box::new(Looks(LinearMap::new(0, memory()))));
                    // SAFETY: bytes that nothing else uses, where it gives any.
                    unsafe { MetaRegion::new(0, &SLOTS).unwrap().with_memory(map) }
                })
            }
            fn dealloc(_: Paddr, _: usize) {}
        }
        Space::region();
        drop(Frame::<_, Space>::from_unused_zeroed(0, Bytes).unwrap());
        drop(UniqueFrame::<_, Space>::from_unused_zeroed(0, Bytes).unwrap());
        drop(Segment::<_, Space>::from_unused_zeroed(0..PAGE_SIZE, |_| Bytes).unwrap());
        assert_eq!(*SEEN.lock().unwrap(), [SlotStatus::Unique; 3]);
        let claim = || Segment::<_, Space>::from_unused_zeroed(0..2 * PAGE_SIZE, |_| Bytes);
        assert!(std::panic::catch_unwind(claim).is_err());
        let unused = |start| Space::region().status(start) == Ok(SlotStatus::Unused);
        assert!(unused(0) && unused(PAGE_SIZE));
    }
}

/// A space may break its promise that its region is always the same, without `unsafe`. Then
/// a handle must get no bytes, rather than those of another frame.
mod regions_that_change {
    use super::*;
    use std::{
        cell::Cell,
        panic::{AssertUnwindSafe, catch_unwind},
    };
    use tally::{MetaSlot, Segment, SlotStatus};

    /// The slots of both regions, side by side.
    static SLOTS: [MetaSlot; 9] = [const { MetaSlot::new() }; 9];
    const RANGES: [FrameRange; 3] = [
        FrameRange { base: 0x2_0000, frames: 2 },
        FrameRange { base: 0x4_0000, frames: 2 },
        FrameRange { base: 0x6_0000, frames: 2 },
    ];
    /// One range of the first three slots; several of the others.
    const ONE: [Paddr; 3] = [0x2_0000, 0x2_1000, 0x2_2000];
    const OTHER: [Paddr; 6] = [0x2_0000, 0x2_1000, 0x4_0000, 0x4_1000, 0x6_0000, 0x6_1000];

    thread_local! {
        static CHANGED: Cell<bool> = const { Cell::new(false) };
    }

    /// Each frame's page, by its address; asked for no other.
    struct Pages(&'static [Paddr], NonNull<u8>);
    // SAFETY: memory that is given up for good.
    unsafe impl Send for Pages {}
    // SAFETY: as above.
    unsafe impl Sync for Pages {}
    impl FrameMemory for Pages {
        fn frame(&self, start: Paddr) -> NonNull<[u8; PAGE_SIZE]> {
            let index = self.0.iter().position(|known| *known == start).expect("a frame of ours");
            // SAFETY: there are as many pages as addresses.
            unsafe { self.1.add(index * PAGE_SIZE) }.cast()
        }
    }

    fn regions() -> &'static [MetaRegion; 2] {
        static REGIONS: std::sync::LazyLock<[MetaRegion; 2]> = std::sync::LazyLock::new(|| {
            let with_pages = |region: MetaRegion, known: &'static [Paddr]| {
                let bytes = NonNull::from(vec![0_u8; known.len() * PAGE_SIZE].leak()).cast();
                let pages = Box::leak(Box::new(Pages(known, bytes)));
                // SAFETY: a page for each frame, which nothing else uses.
                unsafe { region.with_memory(pages) }
            };
            [
                with_pages(MetaRegion::new(ONE[0], &SLOTS[..3]).unwrap(), &ONE),
                with_pages(MetaRegion::with_holes(&RANGES, &SLOTS[3..]).unwrap(), &OTHER),
            ]
        });
        &REGIONS
    }

    struct Fickle;
    impl FrameSpace for Fickle {
        fn region() -> &'static MetaRegion {
            &regions()[usize::from(CHANGED.get())]
        }
        fn dealloc(_: Paddr, _: usize) {}
    }

    /// The tests share the slots.
    static ONE_BY_ONE: Mutex<()> = Mutex::new(());

    fn changed<R>(to: bool, run: impl FnOnce() -> R) -> R {
        let before = CHANGED.replace(to);
        let result = run();
        CHANGED.set(before);
        result
    }

    /// All frames of both regions, each with a byte of its own in all its memory, and which
    /// region it is of.
    fn frames() -> Vec<(bool, u8, UniqueFrame<Bytes, Fickle>)> {
        let places = ONE.map(|start| (false, start)).into_iter();
        let places = places.chain(OTHER.map(|start| (true, start)));
        let claim = |((of, start), byte): ((bool, Paddr), u8)| {
            changed(of, || {
                let mut frame = UniqueFrame::from_unused(start, Bytes).unwrap();
                frame.writer().unwrap().fill(byte, PAGE_SIZE);
                (of, byte, frame)
            })
        };
        places.zip(1..).map(claim).collect()
    }

    /// Killed by: bytes by a number that is not of the region; a hole that is not counted.
    #[test]
    fn each_frame_has_its_own_bytes_or_none() {
        let _alone = ONE_BY_ONE.lock();
        let mut frames = frames();
        for (of, byte, frame) in &mut frames {
            let bytes = |frame: &UniqueFrame<_, _>| frame.reader().map(all);
            assert_eq!(changed(*of, || bytes(frame)), Some(vec![*byte; PAGE_SIZE]));
            assert_eq!(changed(!*of, || bytes(frame)), None, "{byte}: of the other region");
            assert!(changed(!*of, || frame.writer().is_none()), "{byte}: of the other region");
        }
        for (of, byte, frame) in frames {
            let frame = Frame::from(frame);
            let bytes = |frame: &Frame<_, _>| frame.reader().map(all);
            assert_eq!(changed(of, || bytes(&frame)), Some(vec![byte; PAGE_SIZE]));
            assert_eq!(changed(!of, || bytes(&frame)), None, "{byte}: of the other region");
            changed(of, || drop(frame));
        }
    }

    /// So is what is torn down, although the metadata could be any.
    #[test]
    fn torn_down_without_bytes() {
        struct Looks(bool, Option<u8>);
        impl FrameMeta for Looks {
            fn on_drop(&mut self, frame: &mut TearDown<'_>) {
                self.0 = true;
                assert_eq!(frame.reader().map(|reader| reader.as_bytes()[0]), self.1);
            }
        }
        let _alone = ONE_BY_ONE.lock();
        for (of, byte, frame) in frames() {
            let frame = frame.repurpose(Looks(false, Some(byte)));
            changed(of, || drop(frame));
        }
        for (of, _, frame) in frames() {
            let frame = frame.repurpose(Looks(false, None));
            // The allocator cannot be told an address.
            let dropped = AssertUnwindSafe(|| changed(!of, || drop(frame)));
            let panic = catch_unwind(dropped).unwrap_err();
            let message = panic.downcast_ref::<&str>().expect("not that of `on_drop`");
            assert!(message.contains("must not change"), "{message}");
            CHANGED.set(false);
        }
        // All of them can be claimed again.
        for (of, _, frame) in frames() {
            changed(of, || drop(frame));
        }
    }

    /// Slots of another region are no frames of this one, wherever they lie.
    #[test]
    fn slots_of_the_other_region_have_no_address() {
        let _alone = ONE_BY_ONE.lock();
        for (of, _, frame) in frames() {
            let start = changed(of, || frame.start_paddr());
            assert!(if of { OTHER.contains(&start) } else { ONE.contains(&start) });
            let foreign = changed(!of, || catch_unwind(AssertUnwindSafe(|| frame.start_paddr())));
            assert!(foreign.is_err(), "{start:#x}");
            changed(of, || drop(frame));
        }
    }

    thread_local! {
        /// How often the region is still asked for before it changes.
        static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    }

    /// Two regions of other slots with the same addresses.
    struct Alternating;
    static TWINS: [[MetaSlot; 4]; 2] = [const { [const { MetaSlot::new() }; 4] }; 2];
    static REGIONS: [MetaRegion; 2] =
        match (MetaRegion::new(0x1000, &TWINS[0]), MetaRegion::new(0x1000, &TWINS[1])) {
            (Ok(one), Ok(two)) => [one, two],
            _ => panic!(),
        };
    impl FrameSpace for Alternating {
        fn region() -> &'static MetaRegion {
            let left = LEFT.get();
            LEFT.set(left.saturating_sub(usize::from(left != usize::MAX)));
            &REGIONS[usize::from(left == 0)]
        }
        fn dealloc(_: Paddr, _: usize) {}
    }

    /// Whenever the region changes, two segments become one of their own slots, or come back
    /// as they were, or are dropped; never one of slots that they have no shares of.
    /// Killed by: a join that takes the region's word for the slots; one that hands the
    /// segments back in the other order.
    #[test]
    fn join_takes_no_slots_of_another_region() {
        struct Unit;
        impl FrameMeta for Unit {}
        const STARTS: [Paddr; 4] = [0x1000, 0x2000, 0x3000, 0x4000];
        let status = |twin: usize| STARTS.map(|start| REGIONS[twin].status(start).unwrap());
        for left in 0..8 {
            LEFT.set(usize::MAX);
            let claim = |range| Segment::<_, Alternating>::from_unused(range, |_| Unit).unwrap();
            let (front, back) = (claim(0x1000..0x3000), claim(0x3000..0x5000));
            // Else a panic would drop last handles, whose address nobody knows, and abort.
            let kept = (front.clone(), back.clone());
            LEFT.set(left);
            let joined = catch_unwind(AssertUnwindSafe(|| front.join(back)));
            LEFT.set(usize::MAX);
            let parts = match joined {
                Ok(Ok(whole)) => {
                    assert_eq!(whole.range(), 0x1000..0x5000);
                    vec![whole]
                }
                Ok(Err(error)) => {
                    assert_eq!(error.front.range(), 0x1000..0x3000);
                    assert_eq!(error.back.range(), 0x3000..0x5000);
                    vec![error.front, error.back]
                }
                Err(_) => {
                    assert!(left < 2, "left {left}: asked for an address that is not known");
                    assert_eq!(status(0), [SlotStatus::Shared(1); 4]);
                    vec![kept.0.clone(), kept.1.clone()]
                }
            };
            let joined = ([SlotStatus::Shared(2); 4], [SlotStatus::Unused; 4]);
            assert_eq!((status(0), status(1)), joined, "left {left}");
            drop((parts, kept));
            assert_eq!((status(0), status(1)), ([SlotStatus::Unused; 4], [SlotStatus::Unused; 4]));
        }
    }
}
