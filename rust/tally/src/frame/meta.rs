//! What can be a frame's metadata.

use core::{fmt, marker::PhantomData};

use super::{FrameSpace, MetaSlot, Paddr};

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
    /// Called once, when the last handle is dropped, before the metadata's own
    /// destructor.
    ///
    /// The slot is busy meanwhile: the frame can be neither claimed nor looked
    /// up. For panics, see the [module](super).
    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        let _ = frame;
    }
}

/// The frame that is being torn down, for [`FrameMeta::on_drop`].
pub struct TearDown<'a> {
    slot: &'static MetaSlot,
    /// Computes the address only where it is wanted, and keeps the space out
    /// of the type, which `on_drop` must not depend on.
    start: fn(&'static MetaSlot) -> Paddr,
    _while_busy: PhantomData<&'a mut ()>,
}

impl TearDown<'_> {
    #[inline]
    pub(super) fn new<S: FrameSpace>(slot: &'static MetaSlot) -> Self {
        Self { slot, start: MetaSlot::start_paddr::<S>, _while_busy: PhantomData }
    }

    /// The frame's address, in bytes.
    #[inline]
    pub fn start_paddr(&self) -> Paddr {
        (self.start)(self.slot)
    }
}

impl fmt::Debug for TearDown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TearDown({:#x})", self.start_paddr())
    }
}
