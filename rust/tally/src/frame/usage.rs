//! What frames are used for, and what a slot says of itself.

use core::fmt;

/// What a frame is used for.
///
/// The numbers are those of the kernel code that this module descends from
/// (asterinas `ostd`, and its verified twin): below 32 there is no metadata of a
/// type, from 64 on the memory has a type.
///
/// ```
/// use tally::{PageState, PageUsage};
///
/// assert_eq!(PageUsage::PageTable.as_u8(), 64);
/// assert_eq!(PageUsage::try_from(64), Ok(PageUsage::PageTable));
/// assert_eq!(PageUsage::PageTable.as_state(), PageState::Typed);
/// assert_eq!(PageUsage::Frame.as_state(), PageState::Untyped);
/// assert_eq!(PageUsage::try_from(2), Err(2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum PageUsage {
    /// For nothing: it can be claimed.
    Unused = 0,
    /// Not to be touched.
    Reserved = 1,
    /// Plain bytes ([`UntypedMeta`](super::UntypedMeta)).
    Frame = 32,
    /// A page table.
    PageTable = 64,
    /// Metadata of other frames.
    Meta = 65,
    /// Code and data of the kernel.
    Kernel = 66,
    /// Registers of a device.
    Mmio = 67,
}

impl PageUsage {
    /// All of them, ascending.
    pub const ALL: [Self; 7] = [
        Self::Unused,
        Self::Reserved,
        Self::Frame,
        Self::PageTable,
        Self::Meta,
        Self::Kernel,
        Self::Mmio,
    ];

    /// The number of the usage.
    #[must_use]
    pub const fn as_u8(self) -> u8 {
        self as u8
    }

    /// What the usage says of the frame's memory.
    #[must_use]
    pub const fn as_state(self) -> PageState {
        match self {
            Self::Unused => PageState::Unused,
            Self::Frame => PageState::Untyped,
            Self::Reserved | Self::PageTable | Self::Meta | Self::Kernel | Self::Mmio => {
                PageState::Typed
            }
        }
    }
}

impl TryFrom<u8> for PageUsage {
    type Error = u8;

    /// The usage with this number.
    ///
    /// # Errors
    ///
    /// The number, if it is none's.
    fn try_from(number: u8) -> Result<Self, u8> {
        Self::ALL.into_iter().find(|usage| usage.as_u8() == number).ok_or(number)
    }
}

/// What is known of the memory of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageState {
    /// Nobody uses it.
    Unused,
    /// It holds objects of the kernel's types.
    Typed,
    /// It holds plain bytes.
    Untyped,
}

/// What a slot's count says, at some moment.
///
/// ```
/// # use tally::{FrameMeta, FrameSpace, MetaRegion, MetaSlot, Paddr};
/// use tally::{Frame, SlotStatus};
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
/// # struct Owner;
/// # impl FrameMeta for Owner {}
///
/// assert_eq!(REGION.status(0x1000), Ok(SlotStatus::Unused));
/// let frame = Frame::<_, Ram>::from_unused(0x1000, Owner).unwrap();
/// assert_eq!(REGION.status(0x1000), Ok(SlotStatus::Shared(1)));
/// # drop(frame);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotStatus {
    /// No metadata and no handle.
    Unused,
    /// One [`UniqueFrame`](super::UniqueFrame), or in a list.
    Unique,
    /// So many shares: [`Frame`](super::Frame)s, also raw ones, and those of
    /// [`Segment`](super::Segment)s.
    Shared(u64),
    /// Metadata are being written or torn down.
    Busy,
    /// More shares than there can be: the program is about to end.
    Overflow,
}

impl fmt::Display for SlotStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unused => f.pad("unused"),
            Self::Unique => f.pad("unique"),
            Self::Shared(count) => write!(f, "shared by {count}"),
            Self::Busy => f.pad("busy"),
            Self::Overflow => f.pad("overflowed"),
        }
    }
}
