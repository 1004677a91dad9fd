//! Samples of the lemmas about the pure model of `rc`: each module is named
//! after one. They say what *every* handle sees after an operation, and when
//! memory is freed; the allocator of this test program writes that down.
#![cfg(feature = "alloc")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::{Cell, RefCell},
    mem,
};

use tally::Rc;

/// The system's allocator; tells about blocks of one peculiar alignment.
struct Watching;

/// A payload that makes its block easy to recognise.
#[repr(align(512))]
struct Payload {
    number: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    PayloadDropped(u64),
    MemoryFreed,
}

thread_local! {
    static EVENTS: RefCell<Vec<Event>> = const { RefCell::new(Vec::new()) };
    static ALLOCATED: Cell<usize> = const { Cell::new(0) };
}

fn peculiar(layout: Layout) -> bool {
    layout.align() == align_of::<Payload>()
}

// SAFETY: passes every call on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if peculiar(layout) {
            ALLOCATED.set(ALLOCATED.get() + 1);
        }
        // SAFETY: the caller's obligations are the system allocator's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if peculiar(layout) {
            EVENTS.with_borrow_mut(|events| events.push(Event::MemoryFreed));
        }
        // SAFETY: the caller's obligations are the system allocator's.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static WATCHING: Watching = Watching;

impl Drop for Payload {
    fn drop(&mut self) {
        EVENTS.with_borrow_mut(|events| events.push(Event::PayloadDropped(self.number)));
    }
}

fn new(number: u64) -> Rc<Payload> {
    Rc::new(Payload { number })
}

/// What has happened since the last call.
fn events() -> Vec<Event> {
    EVENTS.take()
}

/// What the holder of a handle sees: which box, the count, the payload.
fn view(handle: &Rc<Payload>) -> (usize, usize, u64) {
    ((&raw const **handle).addr(), Rc::strong_count(handle), handle.number)
}

fn views(handles: &[Rc<Payload>]) -> Vec<(usize, usize, u64)> {
    handles.iter().map(view).collect()
}

/// Two boxes: three handles on the one, one on the other.
fn some_handles() -> Vec<Rc<Payload>> {
    let (a, b) = (new(10), new(20));
    vec![a.clone(), a.clone(), b, a]
}

/// The views after the count of box `of` became `count`.
fn recount(before: &[(usize, usize, u64)], of: usize, count: usize) -> Vec<(usize, usize, u64)> {
    let recount = |&(at, old, number)| (at, if at == of { count } else { old }, number);
    before.iter().map(recount).collect()
}

mod rc_model_new_spec {
    use super::*;

    #[test]
    fn a_box_of_its_own() {
        let handles = some_handles();
        let before = views(&handles);
        let handle = new(30);
        let (at, count, number) = view(&handle);
        assert_eq!((count, number), (1, 30));
        assert!(before.iter().all(|view| view.0 != at));
        assert_eq!(views(&handles), before);
    }
}

mod rc_model_clone_spec {
    use super::*;

    #[test]
    fn one_more_for_all_handles_of_the_box() {
        let handles = some_handles();
        let before = views(&handles);
        for (at, count, number) in before.clone() {
            let from = handles.iter().find(|handle| view(handle).0 == at).expect("a handle");
            let clone = Rc::clone(from);
            assert_eq!(view(&clone), (at, count + 1, number));
            assert_eq!(views(&handles), recount(&before, at, count + 1));
        }
        assert_eq!(views(&handles), before);
    }
}

mod rc_model_drop_spec {
    use super::*;

    #[test]
    fn one_less_for_all_handles_of_the_box() {
        let mut handles = some_handles();
        events();
        for dropped in [3, 0] {
            let (at, count, _) = view(&handles[dropped]);
            drop(handles.remove(dropped));
            let after = views(&handles);
            assert_eq!(after, recount(&after, at, count - 1));
            assert_eq!(events(), []);
        }
        assert_eq!(handles.iter().map(Rc::strong_count).collect::<Vec<_>>(), [1, 1]);
    }
}

mod rc_model_drop_last_spec {
    use super::*;

    #[test]
    fn the_payload_then_the_memory() {
        let handles = some_handles();
        let before = views(&handles);
        let last = new(30);
        events();
        drop(last);
        assert_eq!(events(), [Event::PayloadDropped(30), Event::MemoryFreed]);
        assert_eq!(views(&handles), before);
    }

    /// Also where the payload's destructor panics.
    #[test]
    fn memory_is_freed_on_unwinding() {
        use std::panic::{AssertUnwindSafe, catch_unwind};

        struct Bomb(#[expect(dead_code, reason = "dropped")] Payload);
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("the destructor panics");
            }
        }
        let handle = Rc::new(Bomb(Payload { number: 30 }));
        events();
        assert!(catch_unwind(AssertUnwindSafe(|| drop(handle))).is_err());
        assert_eq!(events(), [Event::PayloadDropped(30), Event::MemoryFreed]);
    }
}

mod rc_model_freed_once_spec {
    use super::*;

    #[test]
    fn as_many_frees_as_boxes() {
        ALLOCATED.set(0);
        events();
        let mut handles = some_handles();
        handles.extend(some_handles());
        for turn in 0.. {
            if handles.is_empty() {
                break;
            }
            drop(handles.swap_remove(turn * 7 % handles.len()));
        }
        let frees = events().iter().filter(|event| **event == Event::MemoryFreed).count();
        assert_eq!((ALLOCATED.get(), frees), (4, 4));
    }
}

mod rc_model_strong_count_spec {
    use super::*;

    #[test]
    fn handles_and_forgotten_ones() {
        let handles = some_handles();
        mem::forget(handles[0].clone());
        assert_eq!(handles.iter().map(Rc::strong_count).collect::<Vec<_>>(), [4, 4, 1, 4]);
    }
}

mod rc_model_get_spec {
    use super::*;

    #[test]
    fn reads_the_payload_and_changes_nothing() {
        let handles = some_handles();
        let before = views(&handles);
        assert_eq!(handles.iter().map(|h| h.number).collect::<Vec<_>>(), [10, 10, 20, 10]);
        assert_eq!(views(&handles), before);
    }
}

mod rc_model_leak_spec {
    use super::*;

    #[test]
    fn forgotten_handles_stay_counted() {
        let handles = some_handles();
        let before = views(&handles);
        events();
        for n in 1..=5 {
            mem::forget(handles[2].clone());
            assert_eq!(views(&handles), recount(&before, before[2].0, 1 + n));
        }
        drop(handles);
        // Only the box without forgotten handles is freed.
        assert_eq!(events(), [Event::PayloadDropped(10), Event::MemoryFreed]);
    }
}

mod rc_model_last_spec {
    use super::*;

    #[test]
    fn one_means_nobody_else() {
        let mut handles = some_handles();
        while let Some(handle) = handles.pop() {
            let (at, count, number) = view(&handle);
            let alone = handles.iter().all(|other| view(other).0 != at);
            assert_eq!(count == 1, alone);
            events();
            drop(handle);
            assert_eq!(events().contains(&Event::PayloadDropped(number)), alone);
        }
    }
}

mod rc_model_live_spec {
    use super::*;

    /// A handle reads its payload as long as it lives, whoever else has gone.
    #[test]
    fn no_handle_dangles() {
        for kept in 0..4 {
            let mut handles = some_handles();
            let handle = handles.swap_remove(kept);
            let (at, _, number) = view(&handle);
            events();
            drop(handles);
            assert!(!events().contains(&Event::PayloadDropped(number)));
            assert_eq!(view(&handle), (at, 1, number));
        }
    }
}
