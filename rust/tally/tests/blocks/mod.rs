//! An allocator that tells how many blocks of handles there are: it knows a
//! block by its peculiar alignment, which a [`Blocked`] in the value gives it.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

/// Has no size; a block with one in its value is counted.
#[derive(Clone, Debug, PartialEq)]
#[repr(align(512))]
pub struct Blocked;

thread_local! {
    static MADE: Cell<usize> = const { Cell::new(0) };
    static LIVE: Cell<usize> = const { Cell::new(0) };
}

/// The number of blocks that this thread has made and not freed.
pub fn live() -> usize {
    LIVE.get()
}

/// The number of blocks that this thread has made since the last call.
pub fn made() -> usize {
    MADE.take()
}

struct Watching;

#[global_allocator]
static WATCHING: Watching = Watching;

fn counted(layout: Layout) -> bool {
    layout.align() == align_of::<Blocked>()
}

// SAFETY: passes every call on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if counted(layout) {
            MADE.set(MADE.get() + 1);
            LIVE.set(LIVE.get() + 1);
        }
        // SAFETY: the caller's obligations are the system allocator's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if counted(layout) {
            LIVE.set(LIVE.get() - 1);
        }
        // SAFETY: the caller's obligations are the system allocator's.
        unsafe { System.dealloc(block, layout) }
    }
}
