//! What is done where memory is exhausted: the caller's value comes back, and nothing is lost.
//!
//! The allocator of this program refuses when it is told to, on the thread that told it.
#![cfg(feature = "alloc")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    marker::PhantomPinned,
    mem::MaybeUninit,
    pin::Pin,
};

use tally::{AllocError, Rc, UniqueRc};

thread_local! {
    static REFUSES: Cell<bool> = const { Cell::new(false) };
    /// How much this thread has allocated and not freed, of blocks with [`Blocked`] in them.
    static LIVE: Cell<usize> = const { Cell::new(0) };
}

struct Refusing;

#[global_allocator]
static REFUSING: Refusing = Refusing;

/// Has no size; a block with one in its value is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(512))]
struct Blocked;

fn counted(layout: Layout) -> usize {
    if layout.align() == align_of::<Blocked>() { layout.size() } else { 0 }
}

// SAFETY: passes every call on to the system's allocator, or returns null.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if REFUSES.get() {
            return std::ptr::null_mut();
        }
        LIVE.set(LIVE.get() + counted(layout));
        // SAFETY: the caller's obligations are the system allocator's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.set(LIVE.get() - counted(layout));
        // SAFETY: the caller's obligations are the system allocator's.
        unsafe { System.dealloc(block, layout) }
    }
}

/// Runs it without memory.
fn exhausted<R>(run: impl FnOnce() -> R) -> R {
    REFUSES.set(true);
    let result = run();
    REFUSES.set(false);
    result
}

/// Counts its drops.
#[derive(Debug)]
struct Value<'a>(u32, &'a Cell<u32>, Blocked);

impl<'a> Value<'a> {
    fn new(number: u32, drops: &'a Cell<u32>) -> Self {
        Self(number, drops, Blocked)
    }
}

impl Drop for Value<'_> {
    fn drop(&mut self) {
        self.1.set(self.1.get() + 1);
    }
}

/// Killed by: a value that is dropped, or forgotten; a null pointer that is taken for a block.
#[test]
fn the_value_comes_back() {
    let drops = Cell::new(0);
    let error = exhausted(|| Rc::try_new(Value::new(1, &drops)).unwrap_err());
    assert_eq!((error.value.0, drops.get()), (1, 0));
    let error = exhausted(|| UniqueRc::try_new(error.value).unwrap_err());
    assert_eq!((error.value.0, drops.get()), (1, 0));
    let error = exhausted(|| Rc::try_pin(error.value).unwrap_err());
    assert_eq!((error.value.0, drops.get(), LIVE.get()), (1, 0, 0));
    drop(error);
    assert_eq!(drops.get(), 1);
    assert!(exhausted(|| Rc::<Value<'_>>::try_new_uninit().is_err()));
}

/// Killed by: a box that is freed, or made anew.
#[test]
fn the_box_comes_back() {
    let drops = Cell::new(0);
    let boxed = Box::new(Value::new(2, &drops));
    let (place, live) = (&raw const *boxed, LIVE.get());
    let AllocError { value: boxed } = exhausted(|| Rc::try_from_box(boxed).unwrap_err());
    assert_eq!((&raw const *boxed, boxed.0, drops.get(), LIVE.get()), (place, 2, 0, live));
    let shared = Rc::try_from_box(boxed).unwrap();
    assert_eq!((shared.0, drops.get()), (2, 0));
    drop(shared);
    assert_eq!((drops.get(), LIVE.get()), (1, 0));
}

/// Where there is memory the handles are as those of the functions that do not fail.
/// Killed by: counts that begin elsewhere; a block of another layout.
#[test]
fn as_the_others_where_there_is_memory() {
    let drops = Cell::new(0);
    let shared = Rc::try_new(Value::new(3, &drops)).unwrap();
    let weak = Rc::downgrade(&shared);
    assert_eq!((Rc::strong_count(&shared), Rc::weak_count(&shared), shared.0), (1, 1, 3));
    let other = shared.clone();
    drop(shared);
    assert_eq!((drops.get(), weak.upgrade().unwrap().0), (0, 3));
    drop(other);
    assert_eq!((drops.get(), weak.upgrade().is_none()), (1, true));
    assert!(LIVE.get() > 0);
    drop(weak);
    assert_eq!(LIVE.get(), 0);

    let mut unique = UniqueRc::try_new(Value::new(4, &drops)).unwrap();
    let weak = UniqueRc::downgrade(&unique);
    assert!(weak.upgrade().is_none());
    unique.0 += 1;
    let shared = UniqueRc::into_rc(unique);
    assert_eq!(weak.upgrade().unwrap().0, 5);
    assert_eq!(Rc::strong_count(&shared), 1);
    drop((weak, shared));
    assert_eq!((drops.get(), LIVE.get()), (2, 0));

    let mut room: Rc<MaybeUninit<(u32, Blocked)>> = Rc::try_new_uninit().unwrap();
    assert_eq!((Rc::strong_count(&room), Rc::weak_count(&room)), (1, 0));
    Rc::get_mut(&mut room).unwrap().write((6, Blocked));
    // SAFETY: written.
    let written = unsafe { room.assume_init() };
    assert_eq!(*written, (6, Blocked));
    drop(written);
    drop(Rc::<Value<'_>>::try_new_uninit().unwrap());
    assert_eq!((drops.get(), LIVE.get()), (2, 0));
}

/// Values without size and those of the largest alignment have blocks too.
#[test]
fn of_any_layout() {
    #[derive(Debug, PartialEq)]
    #[repr(align(4096))]
    struct Page([u8; 4096]);
    assert_eq!(*Rc::try_new(()).unwrap(), ());
    let page = Rc::try_new(Page([7; 4096])).unwrap();
    assert_eq!((Rc::as_ptr(&page).addr() % 4096, page.0[4095]), (0, 7));
    assert_eq!(*Rc::try_from_box(Box::new(Page([8; 4096]))).unwrap(), Page([8; 4096]));
    drop(Rc::try_from_box(Box::new(())).unwrap());
}

/// Killed by: an error that asks for `Debug` of the value, or says nothing.
#[test]
fn what_the_error_says() {
    struct Silent;
    let error = AllocError { value: Silent };
    assert_eq!(format!("{error}|{error:?}"), "there is no memory for the value|AllocError { .. }");
    assert_eq!(format!("{error:>33}"), " there is no memory for the value");
    fn is_error<E: std::error::Error>(_: &E) {}
    is_error(&error);
}

/// A pinned value stays where it is, and is dropped there.
/// Killed by: a pin that moves the value when it goes.
#[test]
fn pinned() {
    struct Place<'a>(Cell<*const ()>, &'a Cell<u32>, PhantomPinned);
    impl Place<'_> {
        fn here(&self) -> *const () {
            (&raw const *self).cast()
        }
    }
    impl Drop for Place<'_> {
        fn drop(&mut self) {
            assert_eq!(self.0.get(), self.here());
            self.1.set(self.1.get() + 1);
        }
    }
    let drops = Cell::new(0);
    let place = || Place(Cell::new(std::ptr::null()), &drops, PhantomPinned);

    let unique: Pin<UniqueRc<Place<'_>>> = UniqueRc::pin(place());
    unique.0.set(unique.here());
    drop(Box::new(unique));
    let shared = Rc::try_pin(place()).ok().unwrap();
    shared.0.set(shared.here());
    let other = shared.clone();
    drop(shared);
    assert_eq!(drops.get(), 1);
    drop(Box::new(other));
    assert_eq!(drops.get(), 2);

    // What does not mind is changed, and comes out.
    let mut unique = UniqueRc::pin(1);
    *unique += 1;
    let next = *unique + 1;
    unique.as_mut().set(next);
    let shared = UniqueRc::into_rc(Pin::into_inner(unique));
    assert_eq!((*shared, Rc::strong_count(&shared)), (3, 1));
}
