//! Shared ownership by counted shares, held to machine-checked specifications.
//!
//! A resource is cut into shares, the shares are counted, and when they are
//! all back the whole is yours again. Two kinds of handle work this way:
//!
//! - [`Rc`]: a value on the heap, counted by one thread, with [`Weak`] handles and
//!   the exclusive [`UniqueRc`];
//! - [`Frame`] and [`UniqueFrame`]: a page frame whose metadata
//!   live in a table of [`MetaSlot`]s, counted by all processors, and either
//!   shared or unique. A frame converts from one to the other and back.
//!   What kernels build on them is in [`frame`]: handles whose metadata can be any,
//!   borrowed and raw ones, [`Segment`]s, [`LinkedList`]s, the bytes of frames.
//!
//! ```
//! use tally::{Frame, FrameMeta, FrameSpace, MetaRegion, MetaSlot, Paddr, UniqueFrame};
//!
//! // Metadata for four frames of 4096 bytes, from address 0x8000.
//! static SLOTS: [MetaSlot; 4] = [const { MetaSlot::new() }; 4];
//! static REGION: MetaRegion = match MetaRegion::new(0x8000, &SLOTS) {
//!     Ok(region) => region,
//!     Err(_) => panic!("the base is aligned and the end does not overflow"),
//! };
//!
//! struct Ram;
//! impl FrameSpace for Ram {
//!     fn region() -> &'static MetaRegion { &REGION }
//!     fn dealloc(_start: Paddr, _size: usize) { /* back to your free list */ }
//! }
//!
//! struct Owner(u32);
//! impl FrameMeta for Owner {}
//!
//! let mut unique: UniqueFrame<Owner, Ram> = UniqueFrame::from_unused(0x9000, Owner(7))?;
//! unique.meta_mut().0 += 1;
//!
//! let shared = Frame::from(unique);
//! let other = shared.clone();
//! assert_eq!((other.meta().0, other.reference_count()), (8, 2));
//!
//! // Two handles: not convertible, and the frame comes back.
//! let shared = UniqueFrame::try_from(shared).unwrap_err();
//! drop(other);
//! let unique = UniqueFrame::try_from(shared).expect("the last handle");
//! assert_eq!(unique.start_paddr(), 0x9000);
//! # Ok::<(), tally::FromUnusedError<Owner>>(())
//! ```
//!
//! # Getting started
//!
//! No knowledge of proofs is needed. The package is `tally-rc`, the library `tally`:
//! `tally-rc = { path = "…/rust/tally" }` from a checkout. [`Rc`] and [`Weak`] are used as
//! those of `std::rc`. For frames, say once where the metadata live and what is done with
//! a frame when its last handle is dropped: that is a [`FrameSpace`], and all of a pool.
//!
//! ```
//! use std::sync::Mutex;
//! use tally::{Frame, FrameMeta, FrameSpace, MetaRegion, MetaSlot, Paddr, UniqueFrame};
//!
//! static SLOTS: [MetaSlot; 64] = [const { MetaSlot::new() }; 64];
//! static REGION: MetaRegion = match MetaRegion::new(0x10_0000, &SLOTS) {
//!     Ok(region) => region,
//!     Err(_) => panic!("the base is aligned and the end does not overflow"),
//! };
//! /// The frames that nobody uses.
//! static FREE: Mutex<Vec<Paddr>> = Mutex::new(Vec::new());
//!
//! struct Pool;
//! impl FrameSpace for Pool {
//!     fn region() -> &'static MetaRegion { &REGION }
//!     fn dealloc(start: Paddr, _size: usize) { FREE.lock().unwrap().push(start) }
//! }
//!
//! /// A frame that nobody else has; nothing if all are in use.
//! fn take<M: FrameMeta>(metadata: M) -> Option<UniqueFrame<M, Pool>> {
//!     let start = FREE.lock().unwrap().pop()?;
//!     Some(UniqueFrame::from_unused(start, metadata).expect("a free frame is unused"))
//! }
//!
//! struct Buffer { name: String }
//! impl FrameMeta for Buffer {}
//!
//! FREE.lock().unwrap().extend(REGION.starts()); // once, at the start
//! let frame = take(Buffer { name: "first".into() }).unwrap();
//! let (one, two) = { let one = Frame::from(frame); (one.clone(), one) };
//! assert_eq!((one.meta().name.as_str(), FREE.lock().unwrap().len()), ("first", 63));
//! drop((one, two)); // the last handle: the name is freed, the frame is back
//! assert_eq!(FREE.lock().unwrap().len(), 64);
//! ```
//!
//! What can go wrong is in the types: a shared frame's metadata are read only, a handle that
//! is converted is gone, a conversion that fails gives the handle back. Larger programs are
//! in the package's `examples`: a pool used by threads, a page table, buffers.
//!
//! # What the specifications are
//!
//! The Coq library `tally`, with which the crate is developed, has a specification
//! for each operation whose documentation has a lemma's name as an alias: search this page
//! for `rc_clone_spec` or `frame_from_in_use_at`. The specifications of [`Rc`] and of page
//! frames, segments and lists are proved of programs in a verified language
//! (`theories/rc`, `theories/frame`), those of frames under every interleaving of threads
//! with sequentially consistent atomics. What the pure models do is proved too
//! (`theories/model`), and which memory orderings the protocol of a slot needs
//! (`theories/orderings`). The tests are named after the lemmas that they sample. A
//! test samples a lemma; it does not verify it. Between the proofs and this crate there
//! is the step from Rust to those programs, the model of Rust's memory, the allocator,
//! and unwinding. The models and the verified programs run beside the crate in tests, and
//! loom explores small scenarios of this very source.
//!
//! # Features
//!
//! - `std` (default; implies `alloc`): abort by [`std::process::abort`].
//! - `alloc`: [`Rc`], [`Weak`] and [`UniqueRc`], and [`MetaRegion::leak`] for slot tables
//!   on the heap.
//! - none: `core` only. Slot tables live in memory that the caller supplies.
//! - `serde`: [`Rc`] and [`UniqueRc`] are written as their value and read into a new block.
//! - `stable_deref_trait`: its `StableDeref` for [`Rc`] and [`UniqueRc`].
//! - `arc-swap`: its `RefCnt` for [`Rc`] of a sized value.
//! - `unsize`: its `CoerciblePtr` for [`Rc`] and [`Weak`], which become handles on a trait
//!   object by it; [`unsize!`] does so without.
//!
//! The last four imply `alloc`, and each brings the crate whose traits it implements.
//!
//! # Targets
//!
//! [`Rc`], [`Weak`] and [`UniqueRc`] need an allocator and nothing else. [`frame`], and all
//! that is named there, is left out on targets without 64-bit atomics
//! (`cfg(target_has_atomic = "64")`), as `thumbv7em-none-eabi` or `riscv32imac-unknown-none-elf`
//! are: a slot's count has 64 bits. Handles are one word and slots 64 bytes on targets of 32
//! and of 64 bits alike. `ci/rust-lint` compiles the crate for those of these targets that
//! are installed, and says which:
//!
//! | target | words | [`frame`] |
//! |---|---|---|
//! | `x86_64-unknown-linux-gnu`, `x86_64-unknown-none` | 64 bits | yes |
//! | `aarch64-unknown-none`, `riscv64gc-unknown-none-elf` | 64 bits | yes |
//! | `i686-unknown-linux-gnu`, `armv7a-none-eabi`, `wasm32-unknown-unknown` | 32 bits | yes |
//! | `thumbv6m-none-eabi`, `thumbv7em-none-eabi`, `riscv32imac-unknown-none-elf` | 32 bits | no |
//!
//! # Aborts
//!
//! A count that would overflow ends the process: [`Rc`] at `usize::MAX`
//! handles, [`Weak`] likewise, [`Frame`] at 2⁶³; so does the numbering of
//! [`LinkedList`]s when it runs out. Going on would be unsound and a panic could be
//! caught. Without the `std` feature the abort is a panic that cannot unwind,
//! so that the panic handler still gets the message.
//!
//! # Unsafe code
//!
//! Is in two modules with their children: `rc::inner`, which has the block behind the
//! handles, and `frame::slot`, which has the slot. Their types say what is
//! owned (a share, the whole, room for a value, …) and are made by their functions
//! only, so that the rest, where `unsafe` code is denied, can be wrong but cannot be
//! undefined for callers that use no `unsafe`. The two modules rely on code outside for
//! this only: that [`Rc`]'s `Deref` and `Clone` lead to its own value, which pinning
//! needs; that [`MetaRegion`] has one address for each slot and back, and memory that
//! [`MetaRegion::with_memory`] alone sets and that is asked at the slot's own address;
//! and, where that memory is a [`LinearMap`], that it maps all frames at one distance.
//!
//! Of the public interface only what takes a raw pointer or a raw address is `unsafe`,
//! `Rc::assume_init`, and [`MetaRegion::with_memory`]; each passes its caller's promise
//! on to one function of these modules, or notes it.

#![no_std]
#![deny(unsafe_code, unreachable_pub, clippy::multiple_unsafe_ops_per_block)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

#[cfg(all(tally_loom, not(feature = "loom")))]
compile_error!("`--cfg tally_loom` takes the feature `loom`");

#[cfg(any(feature = "alloc", target_has_atomic = "64"))]
mod abort;
#[cfg(target_has_atomic = "64")]
pub mod frame;
#[cfg(feature = "alloc")]
mod rc;
#[cfg(target_has_atomic = "64")]
mod sync;
#[cfg(test)]
mod tests;

#[cfg(target_has_atomic = "64")]
pub use frame::{
    AnyMeta, CursorMut, Frame, FrameMemory, FrameMeta, FrameRange, FrameReader, FrameRef,
    FrameSpace, FrameWriter, FreeFrame, FromUnusedError, GetFrameError, InitError, JoinError,
    LinearMap, Link, LinkedList, MetaRegion, MetaSlot, PAGE_SIZE, Paddr, PageState, PageUsage,
    RegionError, Segment, SegmentError, SliceError, SlotStatus, SplitError, TearDown, UniqueFrame,
    UniqueFrameMut, UniqueFrameRef, UniqueSegment, UntypedMeta,
};
#[cfg(feature = "alloc")]
#[doc(hidden)]
pub use rc::Unsizing;
#[cfg(feature = "alloc")]
pub use rc::{AllocError, CloneContent, Rc, UniqueRc, Weak};
#[cfg(tally_loom)]
#[doc(hidden)]
pub use sync::site_names;
