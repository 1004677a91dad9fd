//! What can be a frame's metadata.

use core::fmt;

use super::{
    Address, FrameReader, Paddr, PageUsage,
    slot::{self, TearDown},
};

/// Metadata of a frame: any type of at most [`MAX_META_SIZE`] bytes and an
/// alignment of at most [`MAX_META_ALIGN`].
///
/// ```
/// # use tally::{Frame, FrameMeta, FrameSpace};
/// struct Fits([u64; 5]);
/// impl FrameMeta for Fits {}
///
/// fn claim<S: FrameSpace>() { let _ = Frame::<_, S>::from_unused(0, Fits([0; 5])); }
/// # struct Space;
/// # impl FrameSpace for Space {
/// #     fn region() -> &'static tally::MetaRegion { unreachable!() }
/// #     fn dealloc(_: usize, _: usize) {}
/// # }
/// # let _: fn() = claim::<Space>;
/// ```
///
/// Others are refused when a handle is compiled for them, be they too large:
///
/// ```compile_fail,E0080
/// # use tally::{Frame, FrameMeta, FrameSpace};
/// struct TooBig([u64; 6]);
/// impl FrameMeta for TooBig {}
///
/// fn claim<S: FrameSpace>() { let _ = Frame::<_, S>::from_unused(0, TooBig([0; 6])); }
/// # struct Space;
/// # impl FrameSpace for Space {
/// #     fn region() -> &'static tally::MetaRegion { unreachable!() }
/// #     fn dealloc(_: usize, _: usize) {}
/// # }
/// # let _: fn() = claim::<Space>;
/// ```
///
/// or too strictly aligned:
///
/// ```compile_fail,E0080
/// # use tally::{FrameMeta, FrameSpace, UniqueFrame};
/// #[repr(align(128))]
/// struct TooAligned;
/// impl FrameMeta for TooAligned {}
///
/// fn claim<S: FrameSpace>() { let _ = UniqueFrame::<_, S>::from_unused(0, TooAligned); }
/// # struct Space;
/// # impl FrameSpace for Space {
/// #     fn region() -> &'static tally::MetaRegion { unreachable!() }
/// #     fn dealloc(_: usize, _: usize) {}
/// # }
/// # let _: fn() = claim::<Space>;
/// ```
///
/// `Send` and `Sync`, because shares are read on any processor and any of them
/// may be the last; `'static`, because slots are. Metadata have interior
/// mutability where they need it; the slot gives `&mut` to unique owners only.
///
/// [`MAX_META_SIZE`]: super::MAX_META_SIZE
/// [`MAX_META_ALIGN`]: super::MAX_META_ALIGN
pub trait FrameMeta: Send + Sync + 'static {
    /// Called by this crate once, when the last handle is dropped, before the
    /// metadata's own destructor.
    ///
    /// Others can call it too: whoever has `&mut` to the metadata and a [`TearDown`],
    /// which may be of another frame. So `unsafe` code in it must not rely on being
    /// called once, or for its own frame, unless it keeps its metadata and handles
    /// private and unique, as the example `page_table` does.
    ///
    /// The slot is busy meanwhile, or unique: the frame can be neither claimed
    /// nor looked up. For panics, see the [module](super).
    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        let _ = frame;
    }

    /// What frames with these metadata are used for; [`PageUsage::Kernel`]
    /// unless the type says otherwise. Nothing in this crate depends on it.
    fn usage(&self) -> PageUsage {
        PageUsage::Kernel
    }
}

/// What stands for the metadata in the type of a handle: any [`FrameMeta`], or
/// `dyn FrameMeta`.
///
/// A handle on a frame whose metadata can be any is made from one whose are
/// known, or by address; the types come back by [`TryFrom`]. It is one word like
/// all others: the slot knows the type.
///
/// ```
/// # use tally::{FrameSpace, MetaRegion, MetaSlot, Paddr};
/// use tally::{Frame, FrameMeta, UniqueFrame};
/// # static SLOTS: [MetaSlot; 1] = [const { MetaSlot::new() }; 1];
/// # static REGION: MetaRegion = match MetaRegion::new(0x1000, &SLOTS) {
/// #     Ok(region) => region,
/// #     Err(_) => panic!(),
/// # };
/// # struct Ram;
/// # impl FrameSpace for Ram {
/// #     fn region() -> &'static MetaRegion { &REGION }
/// #     fn dealloc(_: Paddr, _: usize) {}
/// # }
///
/// struct Table(u16);
/// impl FrameMeta for Table {}
/// struct Stack;
/// impl FrameMeta for Stack {}
///
/// let table = Frame::<_, Ram>::from_unused(0x1000, Table(3)).unwrap();
/// let any: Frame<dyn FrameMeta, Ram> = table.into();
/// assert_eq!(size_of_val(&any), size_of::<usize>());
///
/// // What it is not: the frame comes back.
/// let any = Frame::<Stack, Ram>::try_from(any).unwrap_err();
/// let table = Frame::<Table, Ram>::try_from(any).unwrap();
/// assert_eq!(table.meta().0, 3);
/// ```
///
/// Sealed: implemented for these, and for no others.
pub trait AnyMeta: FrameMeta + slot::InSlot {}

impl<M: FrameMeta> AnyMeta for M {}
impl AnyMeta for dyn FrameMeta {}

impl fmt::Debug for dyn FrameMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FrameMeta").field(&self.usage()).finish()
    }
}

impl TearDown<'_> {
    /// The frame's address, in bytes.
    ///
    /// # Panics
    ///
    /// If the frame is not in the space's region, which then is not always the same.
    #[inline]
    pub fn start_paddr(&self) -> Paddr {
        self.slot().start_paddr_in(self.region())
    }

    /// Reads the frame's bytes, as when a page table's entries are to be dropped;
    /// nothing where the space's region has no memory.
    ///
    /// # Panics
    ///
    /// If [`FrameMemory::frame`](super::FrameMemory::frame) of the region's memory
    /// does.
    #[inline]
    pub fn reader(&self) -> Option<FrameReader<'_>> {
        self.bytes().map(|bytes| FrameReader::new(bytes))
    }
}

impl fmt::Debug for TearDown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TearDown").field(&Address(self.start_paddr())).finish()
    }
}
