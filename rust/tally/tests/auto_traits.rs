//! `Send`, `Sync`, `Unpin`, `UnwindSafe` and `RefUnwindSafe` of every public type, against
//! the type of `std` that is nearest to it, for metadata and values that have them and that
//! have them not.
//!
//! Killed by: any `impl` of these that is taken away, and any field that takes one away.

use std::{
    cell::Cell,
    marker::{PhantomData, PhantomPinned},
    panic::{RefUnwindSafe, UnwindSafe},
    sync::{Arc, atomic::AtomicU64},
};

use tally::{
    CursorMut, Frame, FrameMeta, FrameRange, FrameReader, FrameRef, FrameSpace, FrameWriter,
    FreeFrame, FromUnusedError, GetFrameError, InitError, JoinError, LinearMap, Link, LinkedList,
    MetaRegion, MetaSlot, Paddr, PageState, PageUsage, RegionError, Segment, SegmentError,
    SliceError, SlotStatus, SplitError, TearDown, UniqueFrame, UniqueFrameMut, UniqueFrameRef,
    UniqueSegment,
    frame::{IntoIter, Iter},
};

struct Space;
impl FrameSpace for Space {
    fn region() -> &'static MetaRegion {
        &MetaRegion::EMPTY
    }
    fn dealloc(_: Paddr, _: usize) {}
}

/// Whether the type has the trait.
macro_rules! is {
    ($type:ty: $trait:path) => {{
        struct Of<T: ?Sized>(PhantomData<T>);
        #[allow(dead_code, reason = "found only where the one below is not there")]
        trait No {
            const IS: bool = false;
        }
        impl<T: ?Sized> No for Of<T> {}
        #[allow(dead_code, reason = "found only where the trait is there")]
        impl<T: $trait + ?Sized> Of<T> {
            const IS: bool = true;
        }
        <Of<$type>>::IS
    }};
}

/// All of them, with their names, so that a difference can be read.
macro_rules! of {
    ($type:ty) => {
        [
            ("Send", is!($type: Send)),
            ("Sync", is!($type: Sync)),
            ("Unpin", is!($type: Unpin)),
            ("UnwindSafe", is!($type: UnwindSafe)),
            ("RefUnwindSafe", is!($type: RefUnwindSafe)),
        ]
    };
}

/// Compares each type with its sibling, and returns the names of the types.
macro_rules! as_siblings {
    ($($name:literal $type:ty: $sibling:ty;)*) => {{
        $(
            let (type_, sibling) = (stringify!($type), stringify!($sibling));
            assert_eq!(of!($type), of!($sibling), "{type_}, as {sibling}");
        )*
        vec![$($name),*]
    }};
}

/// Has all.
struct Plain;
/// A panic while it is changed may leave it half changed, for its owner only to see.
struct OnlyRef(#[expect(dead_code, reason = "for its traits")] &'static mut u8);
/// A panic while it is shared may leave it half changed.
struct OnlyMove(PhantomData<Cell<u8>>);
// SAFETY: has no cell.
unsafe impl Sync for OnlyMove {}
struct Neither(#[expect(dead_code, reason = "for its traits")] Box<dyn Fn() + Send + Sync>);
struct Pinned(PhantomPinned);

impl FrameMeta for Plain {}
impl FrameMeta for OnlyRef {}
impl FrameMeta for OnlyMove {}
impl FrameMeta for Neither {}
impl FrameMeta for Pinned {}

/// The types that have no metadata.
fn plain() -> Vec<&'static str> {
    as_siblings! {
        "FrameRange" FrameRange: u8;
        "GetFrameError" GetFrameError: u8;
        "LinearMap" LinearMap: u8;
        "MetaRegion" MetaRegion: &'static [AtomicU64];
        "MetaSlot" MetaSlot: AtomicU64;
        "PageState" PageState: u8;
        "PageUsage" PageUsage: u8;
        "RegionError" RegionError: u8;
        "SliceError" SliceError: u8;
        "SlotStatus" SlotStatus: u8;
        "FrameReader" FrameReader<'static>: &'static [u8];
        "FrameWriter" FrameWriter<'static>: &'static mut [u8];
        "InitError" InitError: &'static mut [AtomicU64];
        "FreeFrame" FreeFrame<Space>: &'static AtomicU64;
        "TearDown" TearDown<'static>: &'static mut AtomicU64;
    }
}

/// What shares metadata is as what shares a value, what owns them as what owns a value. A
/// list counts as sharing: it lends its frames' metadata to who borrows it, one by one.
macro_rules! shares_and_owns {
    ($meta:ty) => {
        as_siblings! {
            "Frame" Frame<$meta, Space>: Arc<$meta>;
            "FrameRef" FrameRef<'static, $meta, Space>: &'static Arc<$meta>;
            "Segment" Segment<$meta, Space>: Vec<Arc<$meta>>;
            "SplitError" SplitError<$meta, Space>: Vec<Arc<$meta>>;
            "JoinError" JoinError<$meta, Space>: [Vec<Arc<$meta>>; 2];
            "UniqueFrame" UniqueFrame<$meta, Space>: Box<$meta>;
            "UniqueFrameRef" UniqueFrameRef<'static, $meta, Space>: &'static Box<$meta>;
            "UniqueFrameMut" UniqueFrameMut<'static, $meta, Space>: &'static mut Box<$meta>;
            "UniqueSegment" UniqueSegment<$meta, Space>: Vec<Box<$meta>>;
        }
    };
}
macro_rules! known_metadata {
    ($meta:ty) => {
        as_siblings! {
            "LinkedList" LinkedList<$meta, Space>: Vec<Arc<$meta>>;
            "frame::Iter" Iter<'static, $meta, Space>: std::collections::linked_list::Iter<'static, $meta>;
            "frame::IntoIter" IntoIter<$meta, Space>: std::vec::IntoIter<Arc<$meta>>;
            "CursorMut" CursorMut<'static, $meta, Space>: &'static mut Vec<Arc<$meta>>;
            "Link" Link<$meta>: $meta;
            "FromUnusedError" FromUnusedError<$meta>: $meta;
            "SegmentError" SegmentError<$meta>: $meta;
        }
    };
}

#[cfg(feature = "alloc")]
macro_rules! on_the_heap {
    ($value:ty) => {
        as_siblings! {
            "Rc" tally::Rc<$value>: std::rc::Rc<$value>;
            "Weak" tally::Weak<$value>: std::rc::Weak<$value>;
            // Of one thread, and else as a box: a pair of one and the other.
            "UniqueRc" tally::UniqueRc<$value>: (Box<$value>, OfOneThread);
            "Rc of a slice" tally::Rc<[$value]>: std::rc::Rc<[$value]>;
            "Weak of a slice" tally::Weak<[$value]>: std::rc::Weak<[$value]>;
            "UniqueRc of a slice" tally::UniqueRc<[$value]>: (Box<[$value]>, OfOneThread);
            "AllocError" tally::AllocError<$value>: $value;
        }
    };
}
/// Has all but what lets a value leave its thread.
#[cfg(feature = "alloc")]
type OfOneThread = PhantomData<std::rc::Rc<u8>>;

#[test]
fn as_what_is_nearest() {
    let mut names = plain();
    macro_rules! all {
        ($($meta:ty),*) => { $(
            names.extend(shares_and_owns!($meta));
            names.extend(known_metadata!($meta));
            #[cfg(feature = "alloc")]
            names.extend(on_the_heap!($meta));
        )* };
    }
    all!(Plain, OnlyRef, OnlyMove, Neither, Pinned);
    names.extend(shares_and_owns!(dyn FrameMeta));
    #[cfg(feature = "alloc")]
    names.extend(as_siblings! {
        "Rc of a trait object" tally::Rc<dyn Send>: std::rc::Rc<dyn Send>;
        "Weak of a trait object" tally::Weak<dyn Send>: std::rc::Weak<dyn Send>;
        "UniqueRc of a trait object" tally::UniqueRc<dyn Send>: (Box<dyn Send>, OfOneThread);
    });
    every_public_type(&names);
}

/// The metadata above differ in what they have, or they would tell nothing apart.
#[test]
fn metadata_differ() {
    let unwind = |[_, _, unpin, unwind, by_ref]: [(&str, bool); 5]| [unpin.1, unwind.1, by_ref.1];
    assert_eq!(unwind(of!(Plain)), [true, true, true]);
    assert_eq!(unwind(of!(OnlyRef)), [true, false, true]);
    assert_eq!(unwind(of!(OnlyMove)), [true, true, false]);
    assert_eq!(unwind(of!(Neither)), [true, false, false]);
    assert_eq!(unwind(of!(Pinned)), [false, true, true]);
}

/// As the listing of the interface has them, which the repository holds and the package not.
fn every_public_type(names: &[&str]) {
    let listing = concat!(env!("CARGO_MANIFEST_DIR"), "/api.txt");
    let Ok(listing) = std::fs::read_to_string(listing) else { return };
    let mut listed = 0;
    for line in listing.lines() {
        let Some((_, rest)) =
            line.split_once("pub struct tally::").or(line.split_once("pub enum tally::"))
        else {
            continue;
        };
        let name = rest.split(['<', ' ']).next().unwrap();
        let here = cfg!(feature = "alloc") || !line.starts_with("alloc");
        assert!(!here || names.contains(&name), "{name} has no sibling");
        listed += 1;
    }
    assert!(listed > 20, "{listed} types in the listing");
}
