//! Frames without metadata that belong to somebody: what an allocator is given.

mod common;

use std::{
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::Ordering,
};

use common::{Event, Frame, Meta, Space, UniqueFrame};
use tally::{
    FrameMeta, FrameSpace, FreeFrame, GetFrameError, Link, LinkedList, MetaRegion, PAGE_SIZE,
    Paddr, SlotStatus,
};

const START: Paddr = Space::BASE;

fn unique() -> UniqueFrame {
    UniqueFrame::from_unused(START, Meta::new(42)).unwrap()
}

fn status() -> SlotStatus {
    Space::region_of_this_thread().status(START).unwrap()
}

/// While it is held nobody else gets the frame.
/// Killed by: a slot that is unused meanwhile, or looks unique.
#[test]
fn is_its_owners_alone() {
    let unique = unique();
    let log = unique.meta().log.clone();
    let free = unique.into_free();
    assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
    assert_eq!((status(), Space::freed()), (SlotStatus::Busy, vec![]));
    assert_eq!((free.start_paddr(), free.size()), (START, PAGE_SIZE));
    assert_eq!(format!("{free:?}"), "FreeFrame(0x100000)");
    assert_eq!(
        UniqueFrame::from_unused(START, Meta::new(1)).unwrap_err().error,
        GetFrameError::Busy
    );
    assert_eq!(Frame::from_in_use(START).unwrap_err(), GetFrameError::Busy);
    drop(free);
    assert_eq!((status(), Space::freed()), (SlotStatus::Unused, vec![(START, PAGE_SIZE)]));
}

/// Killed by: metadata that are not written, or for other types; a count that stays busy.
#[test]
fn gets_metadata_without_being_claimed() {
    struct Other(#[expect(dead_code, reason = "takes room")] u8);
    impl FrameMeta for Other {}
    let mut unique = unique().into_free().into_unique(Meta::new(1));
    unique.meta_mut().number += 1;
    assert_eq!((status(), unique.meta().number), (SlotStatus::Unique, 2));
    let shared = unique.into_free().into_shared(Meta::new(5));
    assert_eq!(
        (status(), Frame::from_in_use(START).unwrap().meta().number),
        (SlotStatus::Shared(1), 5)
    );
    assert_eq!(Space::freed(), []);
    let other = UniqueFrame::try_from(shared).unwrap().into_free().into_shared(Other(1));
    assert_eq!(Frame::from_in_use(START).unwrap_err(), GetFrameError::OtherMeta);
    drop(other);
    assert_eq!((status(), Space::freed()), (SlotStatus::Unused, vec![(START, PAGE_SIZE)]));
}

/// The metadata come out as they are; `on_drop` is for those that are dropped.
/// Killed by: `into_parts` that calls `on_drop`, or drops what it gives.
#[test]
fn metadata_come_out() {
    let (meta, free) = unique().into_parts();
    assert_eq!((meta.number, meta.log.events(), status()), (42, vec![], SlotStatus::Busy));
    drop(free);
    assert_eq!((status(), Space::freed()), (SlotStatus::Unused, vec![(START, PAGE_SIZE)]));
    let log = meta.log.clone();
    drop(meta);
    assert_eq!(log.events(), [Event::Dropped]);
}

#[test]
fn panics_in_tear_down() {
    for (on_drop, destructor) in [(true, false), (false, true)] {
        let unique = unique();
        let log = unique.meta().log.clone();
        log.panic_in_on_drop.store(on_drop, Ordering::Relaxed);
        log.panic_in_destructor.store(destructor, Ordering::Relaxed);
        assert!(catch_unwind(AssertUnwindSafe(|| unique.into_free())).is_err());
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
        assert_eq!((status(), Space::freed()), (SlotStatus::Unused, vec![(START, PAGE_SIZE)]));
    }
}

thread_local! {
    /// What [`Keeping`] does with a frame that it is given.
    static TAKE_BACK: Cell<fn(FreeFrame<Keeping>)> = const { Cell::new(keep) };
    static KEPT: RefCell<Vec<FreeFrame<Keeping>>> = const { RefCell::new(Vec::new()) };
    static DEALLOCATED: RefCell<Vec<Paddr>> = const { RefCell::new(Vec::new()) };
}

/// A space that keeps its frames.
struct Keeping;
impl FrameSpace for Keeping {
    fn region() -> &'static MetaRegion {
        Space::region_of_this_thread()
    }
    fn dealloc(start: Paddr, _: usize) {
        DEALLOCATED.with_borrow_mut(|all| all.push(start));
    }
    fn take_back(frame: FreeFrame<Self>) {
        TAKE_BACK.get()(frame);
    }
}

fn keep(frame: FreeFrame<Keeping>) {
    KEPT.with_borrow_mut(|kept| kept.push(frame));
}

fn kept() -> Vec<Paddr> {
    KEPT.with_borrow(|kept| kept.iter().map(FreeFrame::start_paddr).collect())
}

type KeptFrame<M = Meta> = tally::UniqueFrame<M, Keeping>;

/// Every way in which a last handle goes leads there, and to `dealloc` no more.
/// Killed by: a tear-down that marks the slot unused first, or does not ask.
#[test]
fn every_last_handle_leads_to_take_back() {
    let claim = |index| KeptFrame::from_unused(Space::frame(index), Meta::new(0)).unwrap();
    drop(claim(0));
    drop(tally::Frame::from(claim(1)));
    drop(tally::UniqueFrame::<dyn FrameMeta, Keeping>::from(claim(2)));
    drop(tally::Segment::from(tally::Frame::from(claim(3))));
    drop(tally::UniqueSegment::from(claim(4)));
    let mut list = LinkedList::new();
    let meta = Link::new(Meta::new(0));
    list.push_back(tally::UniqueFrame::<_, Keeping>::from_unused(Space::frame(5), meta).unwrap());
    drop(list);
    assert_eq!(kept(), [0, 1, 2, 3, 4, 5].map(Space::frame));
    assert!(DEALLOCATED.take().is_empty());
    for index in 0..6 {
        let status = Space::region_of_this_thread().status(Space::frame(index));
        assert_eq!(status, Ok(SlotStatus::Busy));
    }
    KEPT.with_borrow_mut(Vec::clear);
    assert_eq!(DEALLOCATED.take(), [0, 1, 2, 3, 4, 5].map(Space::frame));
    assert_eq!(status(), SlotStatus::Unused);
}

/// Also where the metadata panic; the frame is busy for `take_back` in each case.
/// Killed by: `repurpose` that hands the frame on while it is unique.
#[test]
fn also_where_metadata_panic() {
    for tear_down in [
        (|frame| drop(frame)) as fn(KeptFrame),
        |frame| drop(frame.repurpose(Meta::new(1))),
        |frame| drop(frame.into_free()),
    ] {
        let unique = KeptFrame::from_unused(START, Meta::new(0)).unwrap();
        let log = unique.meta().log.clone();
        log.panic_in_on_drop.store(true, Ordering::Relaxed);
        assert!(catch_unwind(AssertUnwindSafe(|| tear_down(unique))).is_err());
        assert_eq!((kept(), status()), (vec![START], SlotStatus::Busy));
        KEPT.with_borrow_mut(Vec::clear);
        assert_eq!((DEALLOCATED.take(), status()), (vec![START], SlotStatus::Unused));
    }
    // Who resets a frame has it to himself, and tells nobody.
    KeptFrame::from_unused(START, Meta::new(0)).unwrap().reset_as_unused();
    assert_eq!((kept(), DEALLOCATED.take(), status()), (vec![], vec![], SlotStatus::Unused));
}

/// Killed by: a frame that is lost, or freed twice, where the allocator panics.
#[test]
fn an_allocator_that_panics() {
    TAKE_BACK.set(|_frame| panic!("take_back panics"));
    let unique = KeptFrame::from_unused(START, Meta::new(0)).unwrap();
    assert!(catch_unwind(AssertUnwindSafe(|| drop(unique))).is_err());
    assert_eq!((DEALLOCATED.take(), status()), (vec![START], SlotStatus::Unused));
}

/// A pool whose free frames are in a list, with threads that look for frames by address: it
/// never has to claim one again, and so none of them gets between.
/// Killed by: a slot that is unused before `take_back` has it.
#[test]
fn a_pool_that_loses_no_race() {
    use std::sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize},
    };
    static SLOTS: [tally::MetaSlot; 2] = [const { tally::MetaSlot::new() }; 2];
    static REGION: MetaRegion = match MetaRegion::new(0, &SLOTS) {
        Ok(region) => region,
        Err(_) => panic!(),
    };
    struct Free;
    impl FrameMeta for Free {}
    static FREE: Mutex<LinkedList<Free, Pool>> = Mutex::new(LinkedList::new());
    struct Pool;
    impl FrameSpace for Pool {
        fn region() -> &'static MetaRegion {
            &REGION
        }
        fn dealloc(_: Paddr, _: usize) {
            panic!("the pool keeps all frames");
        }
        fn take_back(frame: FreeFrame<Self>) {
            FREE.lock().unwrap().push_front(frame.into_unique(Link::new(Free)));
        }
    }
    struct Used;
    impl FrameMeta for Used {}
    for start in REGION.starts() {
        let frame = tally::UniqueFrame::from_unused(start, Link::new(Free)).unwrap();
        FREE.lock().unwrap().push_back(frame);
    }
    static STOLEN: AtomicUsize = AtomicUsize::new(0);
    let over = AtomicBool::new(false);
    let rounds = if cfg!(miri) { 20 } else { 20_000 };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                for start in REGION.starts() {
                    if tally::Frame::<_, Pool>::from_unused(start, Used).is_ok() {
                        STOLEN.fetch_add(1, Ordering::Relaxed);
                    }
                    let _ = tally::Frame::<Used, Pool>::from_in_use(start);
                }
            }
        });
        for _ in 0..rounds {
            let free = FREE.lock().unwrap().pop_front();
            if let Some(free) = free {
                drop(tally::Frame::from(free.into_free().into_unique(Used)));
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    assert_eq!(STOLEN.load(Ordering::Relaxed), 0);
    assert_eq!(FREE.lock().unwrap().len(), 2);
}
