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
    Frame, FrameMemory, FrameMeta, FrameRange, FrameReader, FrameSpace, LinearMap, Link,
    LinkedList, MetaRegion, PAGE_SIZE, Paddr, TearDown, UniqueFrame, UntypedMeta,
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
    assert!(Frame::from(frame).reader().is_none());
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
