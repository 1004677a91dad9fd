//! A page table of two levels: its entries are addresses of frames, and each
//! holds one share of the frame that it maps.
//!
//! A share that is in an entry has no handle: [`Frame::into_raw`] puts it there,
//! [`Frame::from_raw`] takes it out. When a table is torn down it reads its own
//! entries and gives their shares back.
//!
//! Run with `cargo run -p tally --example page_table`.

use std::{
    ptr::NonNull,
    sync::{LazyLock, Mutex},
};

use tally::{
    Frame, FrameMeta, FrameReader, FrameSpace, LinearMap, MetaRegion, PAGE_SIZE, Paddr, PageUsage,
    TearDown, UniqueFrame, UntypedMeta,
};

const BASE: Paddr = 0x10_0000;
const FRAMES: usize = 16;

/// Memory of its own, mapped at some place of this process.
struct Ram;

static FREE: Mutex<Vec<Paddr>> = Mutex::new(Vec::new());

impl FrameSpace for Ram {
    fn region() -> &'static MetaRegion {
        static REGION: LazyLock<MetaRegion> = LazyLock::new(|| {
            let bytes = NonNull::from(vec![0_u8; FRAMES * PAGE_SIZE].leak()).cast();
            let memory = Box::leak(Box::new(LinearMap::new(BASE, bytes)));
            let region = MetaRegion::leak(BASE, FRAMES).expect("aligned and not empty");
            FREE.lock()
                .expect("no panic under the lock")
                .extend((0..FRAMES).rev().map(|index| BASE + index * PAGE_SIZE));
            // SAFETY: the bytes were leaked for this region, one page for each
            // frame, and nobody else knows where they are.
            unsafe { region.with_memory(memory) }
        });
        &REGION
    }

    fn dealloc(start: Paddr, _size: usize) {
        FREE.lock().expect("no panic under the lock").push(start);
    }
}

fn take<M: FrameMeta>(metadata: M) -> UniqueFrame<M, Ram> {
    Ram::region(); // fills the list
    let start = FREE.lock().expect("no panic under the lock").pop().expect("memory");
    UniqueFrame::from_unused(start, metadata).expect("a free frame is unused")
}

/// A page that programs see.
struct Page;
impl FrameMeta for Page {}
impl UntypedMeta for Page {}

/// A table, of tables (level 2) or of pages (level 1).
struct Table {
    level: u8,
}

const ENTRIES: usize = PAGE_SIZE / 8;
/// Frames are aligned: the lowest bit of an address is free to say that there is one.
const PRESENT: usize = 1;

/// What is in an entry: the address whose share it has.
fn decode(entry: [u8; 8]) -> Option<Paddr> {
    let entry = usize::from_le_bytes(entry);
    (entry & PRESENT != 0).then_some(entry & !PRESENT)
}

impl FrameMeta for Table {
    fn usage(&self) -> PageUsage {
        PageUsage::PageTable
    }

    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        let mut entries: FrameReader<'_> = frame.reader().expect("mapped");
        while let Some(entry) = entries.read_array() {
            match (decode(entry), self.level) {
                (None, _) => {}
                // SAFETY: an entry of level 1 has the address of a share that
                // `map` gave up, and the entry goes with this table.
                (Some(page), 1) => drop(unsafe { Frame::<Page, Ram>::from_raw(page) }),
                // SAFETY: likewise, of the table that `map` gave up.
                (Some(table), _) => drop(unsafe { UniqueFrame::<Table, Ram>::from_raw(table) }),
            }
        }
    }
}
impl UntypedMeta for Table {}

/// A table and those below it.
struct PageTable(UniqueFrame<Table, Ram>);

fn new_table(level: u8) -> UniqueFrame<Table, Ram> {
    let mut table = take(Table { level });
    // Whatever the frame's last owner wrote must not be taken for entries.
    table.writer().expect("mapped").fill(0, PAGE_SIZE);
    table
}

fn entry(table: &UniqueFrame<Table, Ram>, index: usize) -> Option<Paddr> {
    let mut reader = table.reader().expect("mapped");
    reader.skip(index * 8);
    reader.read_array().and_then(decode)
}

fn set_entry(table: &mut UniqueFrame<Table, Ram>, index: usize, to: Option<Paddr>) {
    let mut writer = table.writer().expect("mapped");
    writer.skip(index * 8);
    writer.write(&to.map_or(0, |start| start | PRESENT).to_le_bytes());
}

/// Lends the table whose address an entry has.
fn lent<R>(start: Paddr, use_it: impl FnOnce(&mut UniqueFrame<Table, Ram>) -> R) -> R {
    // SAFETY: the address is of an entry, which the root's `&mut` keeps others
    // from; the ownership goes back into it.
    let mut table = unsafe { UniqueFrame::from_raw(start) };
    let result = use_it(&mut table);
    assert_eq!(table.into_raw(), start);
    result
}

impl PageTable {
    fn new() -> Self {
        Self(new_table(2))
    }

    fn indices(address: usize) -> (usize, usize) {
        let page = address / PAGE_SIZE;
        (page / ENTRIES % ENTRIES, page % ENTRIES)
    }

    /// Maps `page` at the virtual `address`; the page that was there comes back.
    fn map(&mut self, address: usize, page: Frame<Page, Ram>) -> Option<Frame<Page, Ram>> {
        let (high, low) = Self::indices(address);
        let table = entry(&self.0, high).unwrap_or_else(|| {
            let table = new_table(1).into_raw();
            set_entry(&mut self.0, high, Some(table));
            table
        });
        lent(table, |table| {
            let old = entry(table, low);
            set_entry(table, low, Some(page.into_raw()));
            // SAFETY: the entry had the share, and has another now.
            old.map(|old| unsafe { Frame::from_raw(old) })
        })
    }

    /// Takes the page at the virtual `address` out.
    fn unmap(&mut self, address: usize) -> Option<Frame<Page, Ram>> {
        let (high, low) = Self::indices(address);
        lent(entry(&self.0, high)?, |table| {
            let old = entry(table, low)?;
            set_entry(table, low, None);
            // SAFETY: the entry had the share, and has none now.
            Some(unsafe { Frame::from_raw(old) })
        })
    }

    /// The page at the virtual `address`, with a share for the caller.
    fn find(&mut self, address: usize) -> Option<Frame<Page, Ram>> {
        let (high, low) = Self::indices(address);
        lent(entry(&self.0, high)?, |table| {
            // By its address: the lookup that other reference counts lack.
            entry(table, low).map(|page| Frame::from_in_use(page).expect("mapped pages are shared"))
        })
    }
}

fn main() {
    let mut page = take(Page);
    page.writer().expect("mapped").write(b"shared by two programs");
    let page = Frame::from(page);

    // Two programs map one page, at addresses of their own.
    let mut first = PageTable::new();
    let mut second = PageTable::new();
    assert!(first.map(0x40_0000, page.clone()).is_none());
    assert!(second.map(0x3fff_f000, page.clone()).is_none());
    assert_eq!(page.reference_count(), 3);

    // A page fault handler finds it by walking the table.
    let found = first.find(0x40_0000).expect("mapped");
    let mut text = [0; 6];
    found.reader().expect("mapped").read(&mut text);
    assert_eq!((&text, found.reference_count()), (b"shared", 4));
    drop(found);
    assert!(first.find(0x40_1000).is_none());

    // Mapping another page over it gives the first one's share back.
    let other = Frame::from(take(Page));
    let old = first.map(0x40_0000, other).expect("was mapped");
    assert_eq!(old.start_paddr(), page.start_paddr());
    drop(old);
    assert_eq!(first.unmap(0x40_0000).expect("mapped").reference_count(), 1);

    // A program ends: its tables give back what they map.
    drop(second);
    assert_eq!(page.reference_count(), 1);
    drop((first, page));
    let free = FREE.lock().expect("no panic under the lock").len();
    assert_eq!(free, FRAMES);
    println!("all {free} frames came back");
}
