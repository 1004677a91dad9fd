//! A page table of two levels: its entries are addresses of frames, and each
//! holds one share of the frame that it maps.
//!
//! A share that is in an entry has no handle: [`Frame::into_raw`] puts it there,
//! [`Frame::from_raw`] takes it out. When a table is torn down it reads its own
//! entries and gives their shares back.
//!
//! Run with `cargo run -p tally-rc --example page_table`.

use std::{
    ptr::NonNull,
    sync::{LazyLock, Mutex},
};

use table::PageTable;
use tally::{
    Frame, FrameMeta, FrameSpace, LinearMap, MetaRegion, PAGE_SIZE, Paddr, UniqueFrame, UntypedMeta,
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

/// The tables. All that relies on their bytes is in here.
mod table {
    use tally::{
        Frame, FrameMeta, FrameReader, PAGE_SIZE, Paddr, PageUsage, TearDown, UniqueFrame,
        UntypedMeta,
    };

    use super::{Page, Ram, take};

    /// A table, of tables (level 2) or of pages (level 1).
    ///
    /// Invariant: the frame's bytes are entries; each that is present has one share of
    /// its own, of a `Page` in level 1, else of a `Table` of the level below. For that
    /// the bytes are written only by `new_table`, before the frame is a table, and by
    /// `set_entry`. Nobody else can: this type is private, and so are all handles on
    /// frames with it; others cannot look them up, since they are unique.
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
                    // SAFETY: by the invariant an entry of level 1 has the share of a
                    // page that `map` gave up, and it goes with this table.
                    (Some(page), 1) => drop(unsafe { Frame::<Page, Ram>::from_raw(page) }),
                    // SAFETY: likewise, of the table that `map` gave up.
                    (Some(table), _) => drop(unsafe { UniqueFrame::<Table, Ram>::from_raw(table) }),
                }
            }
        }
    }
    impl UntypedMeta for Table {}

    /// A table and those below it.
    pub struct PageTable(UniqueFrame<Table, Ram>);

    fn new_table(level: u8) -> UniqueFrame<Table, Ram> {
        let mut page = take(Page);
        // Whatever the frame's last owner wrote must not be taken for entries, not even
        // by the table's tear-down: first zero, then a table.
        let zeroed = page.writer().expect("mapped").fill(0, PAGE_SIZE);
        assert_eq!(zeroed, PAGE_SIZE);
        page.repurpose(Table { level })
    }

    fn entry(table: &UniqueFrame<Table, Ram>, index: usize) -> Option<Paddr> {
        let mut reader = table.reader().expect("mapped");
        reader.skip(index * 8);
        reader.read_array().and_then(decode)
    }

    /// Keeps the invariant if `to` has a share of the kind that the table's level says,
    /// which the entry gets; the share of what was there is the caller's.
    fn set_entry(table: &mut UniqueFrame<Table, Ram>, index: usize, to: Option<Paddr>) {
        let mut writer = table.writer().expect("mapped");
        writer.skip(index * 8);
        writer.write(&to.map_or(0, |start| start | PRESENT).to_le_bytes());
    }

    /// Lends the table whose address an entry of level 2 has.
    fn lent<R>(start: Paddr, use_it: impl FnOnce(&mut UniqueFrame<Table, Ram>) -> R) -> R {
        /// Puts the ownership back into the entry, also where `use_it` panics.
        struct Lent(Option<UniqueFrame<Table, Ram>>);
        impl Drop for Lent {
            fn drop(&mut self) {
                let _in_the_entry = self.0.take().map(UniqueFrame::into_raw);
            }
        }

        // SAFETY: the entry has the ownership, by the invariant, and the root's `&mut`
        // keeps others from it until `Lent` has put it back.
        let mut table = Lent(Some(unsafe { UniqueFrame::from_raw(start) }));
        use_it(table.0.as_mut().expect("put in just now"))
    }

    impl PageTable {
        /// How many bytes of virtual addresses there are, from 0.
        pub const SIZE: usize = ENTRIES * ENTRIES * PAGE_SIZE;

        pub fn new() -> Self {
            Self(new_table(2))
        }

        /// The entries on the way to a virtual `address`; none if it is not below `SIZE`.
        fn indices(address: usize) -> Option<(usize, usize)> {
            let page = address / PAGE_SIZE;
            (address < Self::SIZE).then_some((page / ENTRIES, page % ENTRIES))
        }

        /// Maps `page` at the virtual `address`; the page that was there comes back.
        ///
        /// # Errors
        ///
        /// `page` itself, if the address is not below `SIZE`.
        pub fn map(
            &mut self,
            address: usize,
            page: Frame<Page, Ram>,
        ) -> Result<Option<Frame<Page, Ram>>, Frame<Page, Ram>> {
            let Some((high, low)) = Self::indices(address) else { return Err(page) };
            let table = entry(&self.0, high).unwrap_or_else(|| {
                let table = new_table(1).into_raw();
                set_entry(&mut self.0, high, Some(table));
                table
            });
            Ok(lent(table, |table| {
                let old = entry(table, low);
                set_entry(table, low, Some(page.into_raw()));
                // SAFETY: the entry had the share, and has another now.
                old.map(|old| unsafe { Frame::from_raw(old) })
            }))
        }

        /// Takes the page at the virtual `address` out.
        pub fn unmap(&mut self, address: usize) -> Option<Frame<Page, Ram>> {
            let (high, low) = Self::indices(address)?;
            lent(entry(&self.0, high)?, |table| {
                let old = entry(table, low)?;
                set_entry(table, low, None);
                // SAFETY: the entry had the share, and has none now.
                Some(unsafe { Frame::from_raw(old) })
            })
        }

        /// The page at the virtual `address`, with a share for the caller.
        pub fn find(&mut self, address: usize) -> Option<Frame<Page, Ram>> {
            let (high, low) = Self::indices(address)?;
            lent(entry(&self.0, high)?, |table| {
                // By its address: the lookup that other reference counts lack.
                entry(table, low)
                    .map(|page| Frame::from_in_use(page).expect("mapped pages are shared"))
            })
        }
    }
}

fn main() {
    let mut page = take(Page);
    page.writer().expect("mapped").write(b"shared by two programs");
    let page = Frame::from(page);

    // Two programs map one page, at addresses of their own.
    let mut first = PageTable::new();
    let mut second = PageTable::new();
    assert!(first.map(0x40_0000, page.clone()).expect("below SIZE").is_none());
    assert!(second.map(PageTable::SIZE - PAGE_SIZE, page.clone()).expect("below SIZE").is_none());
    assert_eq!(page.reference_count(), 3);

    // A page fault handler finds it by walking the table.
    let found = first.find(0x40_0000).expect("mapped");
    let mut text = [0; 6];
    found.reader().expect("mapped").read(&mut text);
    assert_eq!((&text, found.reference_count()), (b"shared", 4));
    drop(found);
    assert!(first.find(0x40_1000).is_none());

    // An address that the tables have no entry for does not stand for another one.
    let refused = first.map(PageTable::SIZE + 0x40_0000, page.clone()).expect_err("too high");
    assert!(Frame::ptr_eq(&refused, &page));
    drop(refused);
    assert!(first.find(PageTable::SIZE + 0x40_0000).is_none());

    // Mapping another page over it gives the first one's share back.
    let other = Frame::from(take(Page));
    let old = first.map(0x40_0000, other).expect("below SIZE").expect("was mapped");
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
