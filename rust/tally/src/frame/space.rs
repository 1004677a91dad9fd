//! Which region a handle's slot is in, and where frames go when they are dropped.

use super::{FreeFrame, MetaRegion, Paddr};

/// A physical address space: its slots and its allocator.
///
/// Implemented by types without values, which then stand as the second
/// parameter of [`Frame`](super::Frame) and [`UniqueFrame`](super::UniqueFrame).
/// See the [module](super) for why. An example is at the [top](crate). A program
/// with one space gives its handles a name once:
///
/// ```
/// # use tally::{FrameSpace, MetaRegion, Paddr};
/// # struct Kernel;
/// # impl FrameSpace for Kernel {
/// #     fn region() -> &'static MetaRegion { unreachable!() }
/// #     fn dealloc(_: Paddr, _: usize) {}
/// # }
/// type Frame<M> = tally::Frame<M, Kernel>;
/// ```
pub trait FrameSpace: 'static {
    /// The region that tracks this space's frames.
    ///
    /// Must always be the same. If it is not, [`start_paddr`] and the address
    /// that [`dealloc`](Self::dealloc) gets at the drop of a last handle are
    /// those of the region at that time: wrong, or a panic if the frame's slot
    /// is not in it. Memory stays safe as long as no raw address is turned back
    /// (the contracts of `from_raw` require that the region is the same): else this
    /// crate only counts with addresses, and finds the bytes of a frame by its slot
    /// ([`MetaRegion::with_memory`]). An allocator that trusts the address gets a
    /// wrong one.
    ///
    /// [`start_paddr`]: super::Frame::start_paddr
    fn region() -> &'static MetaRegion;

    /// Takes back a frame whose last handle was dropped, by its address: what is simplest for
    /// an allocator that keeps numbers. One that wants to own the frame meanwhile has
    /// [`take_back`](Self::take_back).
    ///
    /// `start` is its address and `size` its size in bytes, always
    /// [`PAGE_SIZE`](super::PAGE_SIZE). The slot is unused already. Called by the thread that
    /// dropped the handle, with no lock held by this crate. Between the moment at which the
    /// slot becomes unused and this call another processor may claim the frame by address: an
    /// allocator that claims frames on its own account must expect
    /// [`GetFrameError`](super::GetFrameError) from a frame that it was just given.
    ///
    /// Nobody clears the frame's bytes: what its last owner wrote is there for whoever claims
    /// it next, unless this function clears them or the next owner does
    /// ([`from_unused_zeroed`](super::UniqueFrame::from_unused_zeroed)).
    ///
    /// Metadata that hold handles drop them first: a chain of frames is torn down
    /// by recursion, as deep as the chain is long.
    ///
    /// # Panics
    ///
    /// A panic goes on to whoever dropped the handle; the slot stays unused.
    fn dealloc(start: Paddr, size: usize);

    /// Takes back a frame whose last handle was dropped, before anybody else can have it.
    ///
    /// The frame has no metadata any more, and is the value's owner's: others find it
    /// [`Busy`](super::GetFrameError::Busy) until it is dropped or given metadata. An
    /// allocator that keeps it never has to claim it again: an example is at [`FreeFrame`].
    ///
    /// Provided: drops the frame, which marks it unused and calls [`dealloc`](Self::dealloc).
    /// Who keeps all frames never sees that called, unless a kept one is dropped.
    ///
    /// Called as [`dealloc`](Self::dealloc) is: by the thread that dropped the handle, with
    /// no lock held by this crate, also while a panic of
    /// [`on_drop`](super::FrameMeta::on_drop) or of the metadata's destructor unwinds. The
    /// frame's bytes are as its last owner left them.
    ///
    /// # Panics
    ///
    /// A panic goes on to whoever dropped the handle; the frame is dropped first if it is
    /// still here.
    #[inline]
    fn take_back(frame: FreeFrame<Self>)
    where
        Self: Sized,
    {
        drop(frame);
    }
}
