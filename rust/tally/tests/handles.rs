//! What handles on frames do beside the protocol of `frame.rs`: handles whose
//! metadata can be any, raw and borrowed ones, other metadata for the same frame.

mod common;

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::Ordering,
};

use common::{Event, Frame, Meta, Space, UniqueFrame};
use tally::{
    FrameMeta, FrameRef, GetFrameError, PAGE_SIZE, PageUsage, SlotStatus, TearDown, UniqueFrameMut,
    UniqueFrameRef, frame::REF_COUNT_UNIQUE,
};

type AnyFrame = tally::Frame<dyn FrameMeta, Space>;
type AnyUnique = tally::UniqueFrame<dyn FrameMeta, Space>;

const START: usize = Space::BASE;

#[derive(Debug)]
struct Other(u8);
impl FrameMeta for Other {
    fn usage(&self) -> PageUsage {
        PageUsage::PageTable
    }
}

fn shared() -> Frame {
    Frame::from_unused(START, Meta::new(42)).unwrap()
}

fn unique() -> UniqueFrame {
    UniqueFrame::from_unused(START, Meta::new(42)).unwrap()
}

fn status() -> SlotStatus {
    Space::region_of_this_thread().status(START).unwrap()
}

mod any_metadata {
    use super::*;

    #[test]
    fn handles_are_one_word() {
        assert_eq!(size_of::<AnyFrame>(), size_of::<usize>());
        assert_eq!(size_of::<Option<AnyFrame>>(), size_of::<usize>());
        assert_eq!(size_of::<AnyUnique>(), size_of::<usize>());
        assert_eq!(size_of::<Option<AnyUnique>>(), size_of::<usize>());
    }

    #[test]
    fn there_and_back() {
        let frame = shared();
        let place = &raw const *frame.meta();
        let any = AnyFrame::from(frame);
        assert_eq!((any.reference_count(), any.start_paddr()), (1, START));
        assert_eq!((any.size(), any.level()), (PAGE_SIZE, 1));
        let other = any.clone();
        assert_eq!(other.reference_count(), 2);

        let any = tally::Frame::<Other, Space>::try_from(any).unwrap_err();
        assert_eq!(any.reference_count(), 2);
        let frame = Frame::try_from(any).unwrap();
        assert_eq!((frame.meta().number, &raw const *frame.meta()), (42, place));
        drop(other);
        assert_eq!(frame.reference_count(), 1);
    }

    #[test]
    fn unique_there_and_back() {
        let any = AnyUnique::from(unique());
        assert_eq!(status(), SlotStatus::Unique);
        let any = tally::UniqueFrame::<Other, Space>::try_from(any).unwrap_err();
        let mut unique = UniqueFrame::try_from(any).unwrap();
        unique.meta_mut().number = 7;
        let any = AnyFrame::from(tally::Frame::from(unique));
        let any = AnyUnique::try_from(any).unwrap();
        assert_eq!(UniqueFrame::try_from(any).unwrap().meta().number, 7);
    }

    /// The slot knows which metadata to tear down.
    #[test]
    fn are_torn_down_as_what_they_are() {
        for drop_it in [
            (|frame| drop(AnyFrame::from(frame))) as fn(Frame),
            |frame| drop(AnyUnique::from(UniqueFrame::try_from(frame).unwrap())),
            |frame| drop(AnyUnique::try_from(AnyFrame::from(frame)).unwrap()),
        ] {
            let frame = shared();
            let log = frame.meta().log.clone();
            drop_it(frame);
            assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
            assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
            assert_eq!(status(), SlotStatus::Unused);
        }
    }

    #[test]
    fn panics_in_tear_down() {
        for (on_drop, destructor) in [(true, false), (false, true)] {
            let frame = shared();
            let log = frame.meta().log.clone();
            log.panic_in_on_drop.store(on_drop, Ordering::Relaxed);
            log.panic_in_destructor.store(destructor, Ordering::Relaxed);
            let any = AnyFrame::from(frame);
            assert!(catch_unwind(AssertUnwindSafe(|| drop(any))).is_err());
            assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
            assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
            assert_eq!(status(), SlotStatus::Unused);
        }
    }

    #[test]
    fn are_found_by_address() {
        assert_eq!(AnyFrame::from_in_use(START).unwrap_err(), GetFrameError::Unused);
        let frame = shared();
        let any = AnyFrame::from_in_use(START).unwrap();
        assert_eq!(frame.reference_count(), 2);
        assert!(Frame::ptr_eq(&frame, &Frame::try_from(any).unwrap()));
        let _other =
            tally::UniqueFrame::<_, Space>::from_unused(START + PAGE_SIZE, Other(1)).unwrap();
        let error = AnyFrame::from_in_use(START + PAGE_SIZE).unwrap_err();
        assert_eq!(error, GetFrameError::Unique);
    }

    /// Of whatever type the metadata are, the frame is another space's.
    #[test]
    fn of_another_space_are_refused() {
        struct Alias;
        impl tally::FrameSpace for Alias {
            fn region() -> &'static tally::MetaRegion {
                <Space as tally::FrameSpace>::region()
            }
            fn dealloc(_: usize, _: usize) {
                panic!("frees a frame of another space");
            }
        }
        let frame = shared();
        let found = tally::Frame::<dyn FrameMeta, Alias>::from_in_use(START);
        assert_eq!(found.unwrap_err(), GetFrameError::OtherMeta);
        assert_eq!(frame.reference_count(), 1);
    }

    #[test]
    fn say_what_they_are_for() {
        let any: AnyUnique = tally::UniqueFrame::from_unused(START, Other(1)).unwrap().into();
        assert_eq!(any.meta().usage(), PageUsage::PageTable);
        assert_eq!(
            format!("{:?} {any:?}", any.meta()),
            "FrameMeta(PageTable) UniqueFrame(0x100000)"
        );
        let mut any = AnyUnique::from(any.repurpose(Meta::new(1)));
        assert_eq!(any.meta_mut().usage(), PageUsage::Kernel);
    }
}

/// What is not so is said not to be. Killed by: an answer that does not look.
mod negative_answers {
    use super::*;
    use tally::{LinkedList, Segment};

    #[test]
    fn other_frames_are_others() {
        let (one, two) = (shared(), Frame::from_unused(Space::frame(1), Meta::new(42)).unwrap());
        let (again, _two_again) = (one.clone(), two.clone());
        assert_eq!(one.reference_count(), two.reference_count());
        assert!(Frame::ptr_eq(&one, &again) && Frame::ptr_eq(&again, &one));
        assert!(!Frame::ptr_eq(&one, &two) && !Frame::ptr_eq(&two, &one));
        assert!(!Frame::ptr_eq(&one.borrow(), &two) && Frame::ptr_eq(&one.borrow(), &again));
        let [one, two, again] = [one, two, again].map(AnyFrame::from);
        assert!(!AnyFrame::ptr_eq(&one, &two) && AnyFrame::ptr_eq(&one, &again));
    }

    #[test]
    fn what_has_frames_is_not_empty() {
        let segment = Segment::from(shared());
        assert!(!segment.is_empty() && Segment::<Meta, Space>::empty().is_empty());
        let mut list = LinkedList::<Other, Space>::new();
        assert!(list.is_empty());
        let frame = tally::UniqueFrame::from_unused(Space::frame(1), tally::Link::new(Other(1)));
        list.push_back(frame.unwrap());
        assert!(!list.is_empty() && list.contains(Space::frame(1)));
        assert!(!list.contains(Space::frame(0)) && !list.contains(Space::frame(2)));
    }
}

/// As derived: the name, and within it what the format asks for.
/// Killed by: a `write!`, which asks for its own.
mod shown {
    use super::*;
    use std::fmt::Debug;
    use tally::{Link, LinkedList, Segment};

    /// In one line, in several, and with a width.
    fn check(shown: &dyn Debug, name: &str, content: &str, wide: &str) {
        assert_eq!(format!("{shown:?}"), format!("{name}({content})"));
        assert_eq!(format!("{shown:12?}"), format!("{name}({wide})"));
        let lines = format!("{shown:#?}");
        assert!(lines.starts_with(&format!("{name}(\n    ")) && lines.ends_with(",\n)"), "{lines}");
    }

    #[test]
    fn handles() {
        let (address, wide) = ("0x100000", "    0x100000");
        let frame = shared();
        check(&frame, "Frame", address, wide);
        check(&frame.borrow(), "FrameRef", address, wide);
        assert_eq!(format!("{frame:#?}"), "Frame(\n    0x0000000000100000,\n)", "as a pointer");
        let any = AnyFrame::from(frame);
        check(&any, "Frame", address, wide);
        let segment = Segment::from(any);
        check(&segment, "Segment", "0x100000..0x101000", "    0x100000..    0x101000");
        drop(segment);
        check(&unique(), "UniqueFrame", address, wide);
    }

    #[test]
    fn lists() {
        let frame = tally::UniqueFrame::from_unused(START, Link::new(Other(1))).unwrap();
        check(frame.meta(), "Link", "Other(1)", "Other(           1)");
        let mut list = LinkedList::<Other, Space>::new();
        list.push_back(frame);
        check(&list, "LinkedList", "1 frames", "           1 frames");
        check(
            &list.iter(),
            "Iter",
            "1 left, LinkedList(1 frames)",
            "           1 left, LinkedList(           1 frames)",
        );
        let mut cursor = list.cursor_front_mut();
        check(&cursor, "CursorMut", "Some(0x100000)", "Some(    0x100000)");
        cursor.move_next();
        check(&cursor, "CursorMut", "None", "None");
    }

    /// A slot shows its word, and leaves the metadata alone.
    #[test]
    fn slots() {
        let slot = tally::MetaSlot::new();
        assert_eq!(format!("{slot:?}"), "MetaSlot { ref_count: 0xffffffffffffffff }");
    }

    /// The frame that is torn down, where that can be seen.
    #[test]
    fn tear_down() {
        struct Shows;
        impl FrameMeta for Shows {
            fn on_drop(&mut self, frame: &mut TearDown<'_>) {
                check(frame, "TearDown", "0x100000", "    0x100000");
            }
        }
        drop(tally::Frame::<_, Space>::from_unused(START, Shows).unwrap());
        assert_eq!(Space::freed().len(), 1);
    }
}

mod other_metadata {
    use super::*;

    #[test]
    fn of_another_type() {
        let unique = unique();
        let log = unique.meta().log.clone();
        *log.inside.lock().unwrap() = Some(|start| {
            // Unique all the time.
            assert_eq!(Frame::from_in_use(start).unwrap_err(), GetFrameError::Unique);
        });
        let other = unique.repurpose(Other(9));
        assert_eq!((other.meta().0, other.start_paddr()), (9, START));
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
        assert_eq!((status(), Space::freed()), (SlotStatus::Unique, vec![]));

        // The slot knows the new type.
        let any = AnyFrame::from(tally::Frame::from(other));
        let any = Frame::try_from(any).unwrap_err();
        let other = tally::Frame::<Other, Space>::try_from(any).unwrap();
        assert_eq!(Frame::from_in_use(START).unwrap_err(), GetFrameError::OtherMeta);
        assert_eq!(other.reference_count(), 1);
        drop(other);
        assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
    }

    #[test]
    fn of_the_same_type_through_any() {
        let unique = AnyUnique::from(unique()).repurpose(Meta::new(43));
        assert_eq!(unique.meta().number, 43);
    }

    /// asterinas#2441, once more: nothing is dropped twice, nor lost.
    #[test]
    fn panics() {
        for (on_drop, destructor) in [(true, false), (false, true)] {
            let unique = unique();
            let (log, new) = (unique.meta().log.clone(), Meta::new(43));
            let new_log = new.log.clone();
            log.panic_in_on_drop.store(on_drop, Ordering::Relaxed);
            log.panic_in_destructor.store(destructor, Ordering::Relaxed);
            assert!(catch_unwind(AssertUnwindSafe(|| drop(unique.repurpose(new)))).is_err());
            assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
            assert_eq!(new_log.events(), [Event::Dropped]);
            assert_eq!(status(), SlotStatus::Unused);
            assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
        }
    }
}

mod reset_as_unused {
    use super::*;

    #[test]
    fn does_not_tell_the_allocator() {
        let unique = unique();
        let log = unique.meta().log.clone();
        // No longer unique, as for any tear-down.
        *log.inside.lock().unwrap() = Some(|_| assert_eq!(status(), SlotStatus::Busy));
        unique.reset_as_unused();
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
        assert_eq!((status(), Space::freed()), (SlotStatus::Unused, vec![]));
    }

    #[test]
    fn through_any_and_panicking() {
        let unique = unique();
        let log = unique.meta().log.clone();
        log.panic_in_on_drop.store(true, Ordering::Relaxed);
        let any = AnyUnique::from(unique);
        assert!(catch_unwind(AssertUnwindSafe(|| any.reset_as_unused())).is_err());
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
        assert_eq!((status(), Space::freed()), (SlotStatus::Unused, vec![]));
    }
}

mod raw {
    use super::*;

    #[test]
    fn shared_keeps_its_share() {
        let frame = shared();
        let log = frame.meta().log.clone();
        let start = frame.clone().into_raw();
        assert_eq!((start, frame.reference_count()), (START, 2));
        drop(frame);
        assert_eq!((log.events(), status()), (vec![], SlotStatus::Shared(1)));
        // SAFETY: from `into_raw`, once.
        let frame = unsafe { Frame::from_raw(start) };
        assert_eq!(frame.reference_count(), 1);
        drop(frame);
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
    }

    #[test]
    fn unique_stays_unique() {
        let start = unique().into_raw();
        assert_eq!((start, status()), (START, SlotStatus::Unique));
        // SAFETY: from `into_raw`, once.
        let mut unique = unsafe { UniqueFrame::from_raw(start) };
        unique.meta_mut().number += 1;
        assert_eq!(unique.meta().number, 43);
    }

    /// The frame stays where it is, its owner's, while others use it.
    /// Killed by: a handle that is dropped with what it lends; a frame that is not changed.
    #[test]
    fn unique_is_lent() {
        let unique = unique();
        let log = unique.meta().log.clone();
        let place = &raw const *unique.meta();
        let start = unique.into_raw();
        {
            // SAFETY: from `into_raw`; nobody else uses it meanwhile.
            let mut lent = unsafe { UniqueFrameMut::<Meta, Space>::from_raw(start) };
            lent.meta_mut().number += 1;
            assert_eq!((lent.meta().number, lent.start_paddr()), (43, START));
            UniqueFrameMut::into_meta_mut(lent).number += 1;
        }
        // SAFETY: from `into_raw`; nobody changes it meanwhile.
        let read = || unsafe { UniqueFrameRef::<Meta, Space>::from_raw(start) };
        let (one, two) = (read(), read());
        assert_eq!((one.meta().number, &raw const *UniqueFrameRef::into_meta(two)), (44, place));
        assert_eq!(size_of_val(&one), size_of::<usize>());
        assert_eq!((log.events(), status()), (vec![], SlotStatus::Unique));
        // SAFETY: the same of any metadata.
        let any = unsafe { UniqueFrameRef::<dyn FrameMeta, Space>::from_raw(start) };
        assert_eq!(any.meta().usage(), PageUsage::Kernel);
        // SAFETY: from `into_raw`, once.
        drop(unsafe { UniqueFrame::from_raw(start) });
        assert_eq!(log.events(), [Event::OnDrop(START), Event::Dropped]);
    }

    #[test]
    fn shares_can_be_added() {
        let start = shared().into_raw();
        // SAFETY: the share given up by `into_raw`.
        unsafe { Frame::increment_reference_count(start) };
        assert_eq!(status(), SlotStatus::Shared(2));
        // SAFETY: two shares were given up, one by each.
        let two = [(), ()].map(|()| unsafe { Frame::from_raw(start) });
        assert_eq!(two[0].reference_count(), 2);
    }

    #[test]
    fn what_is_no_frame() {
        for start in [1, START + 8, 0, Space::frame(Space::FRAMES)] {
            // SAFETY: never gets so far.
            let raw: [fn(usize); 4] = [
                |start| drop(unsafe { Frame::from_raw(start) }),
                // SAFETY: as above.
                |start| drop(unsafe { UniqueFrame::from_raw(start) }),
                // SAFETY: as above.
                |start| unsafe { Frame::increment_reference_count(start) },
                // SAFETY: as above.
                |start| drop(unsafe { FrameRef::<Meta, Space>::from_raw(start) }.clone()),
            ];
            for raw in raw {
                let panic = catch_unwind(|| raw(start)).unwrap_err();
                let message = panic.downcast_ref::<String>().expect("a message");
                assert!(message.contains("is not from `into_raw`"), "{message}");
            }
        }
    }

    /// A mistake that the count shows; only where assertions are on.
    #[cfg(debug_assertions)]
    #[test]
    fn what_is_of_the_other_kind() {
        let _unique = unique();
        // SAFETY: never gets so far.
        let wrong = catch_unwind(|| mem::forget(unsafe { Frame::from_raw(START) }));
        assert!(wrong.is_err());
        assert_eq!(REF_COUNT_UNIQUE, u64::MAX - 1);
    }
}

mod borrowed {
    use super::*;

    #[test]
    fn is_not_counted() {
        let frame = shared();
        let borrowed = frame.borrow();
        let again = borrowed.borrow();
        assert_eq!((again.meta().number, again.reference_count()), (42, 1));
        assert_eq!(again.start_paddr(), START);
        let counted = (*again).clone();
        assert_eq!(frame.reference_count(), 2);
        drop(counted);
        assert_eq!((status(), Space::freed()), (SlotStatus::Shared(1), vec![]));
        assert_eq!(size_of::<Option<FrameRef<'_, Meta, Space>>>(), size_of::<usize>());
        assert_eq!(format!("{borrowed:?}"), "FrameRef(0x100000)");
    }

    #[test]
    fn of_a_raw_share() {
        let start = shared().into_raw();
        for _ in 0..3 {
            // SAFETY: the share stays given up meanwhile.
            let borrowed = unsafe { FrameRef::<Meta, Space>::from_raw(start) };
            assert_eq!((borrowed.meta().number, borrowed.reference_count()), (42, 1));
        }
        // SAFETY: from `into_raw`, once.
        drop(unsafe { Frame::from_raw(start) });
        assert_eq!(Space::freed(), [(START, PAGE_SIZE)]);
    }
}

mod with_meta_mut {
    use super::*;

    #[test]
    fn of_the_only_handle() {
        let mut frame = shared();
        let seen = frame.with_meta_mut(|meta| {
            assert_eq!(status(), SlotStatus::Unique);
            assert_eq!(Frame::from_in_use(START).unwrap_err(), GetFrameError::Unique);
            mem::replace(&mut meta.number, 7)
        });
        assert_eq!((seen, frame.meta().number, frame.reference_count()), (Some(42), 7, 1));
    }

    #[test]
    fn not_of_one_of_two() {
        let mut frame = shared();
        let other = frame.clone();
        assert_eq!(frame.with_meta_mut(|_| unreachable!("there are two")), None::<()>);
        assert_eq!(frame.reference_count(), 2);
        drop(other);
        assert!(frame.with_meta_mut(|_| ()).is_some());
    }

    #[test]
    fn panics() {
        let mut frame = shared();
        let log = frame.meta().log.clone();
        let change = AssertUnwindSafe(|| frame.with_meta_mut(|_| panic!("the change panics")));
        assert!(catch_unwind(change).is_err());
        assert_eq!((frame.reference_count(), frame.meta().number), (1, 42));
        assert_eq!(log.events(), []);
    }

    /// What the change has captured is dropped with it, once: where it returns, where it is
    /// not called, where it panics. Killed by: forgetting it.
    #[test]
    fn captures_are_dropped() {
        let mut frame = shared();
        let mut change = |panics: bool| {
            let captured = Meta::new(0);
            let log = captured.log.clone();
            let change = move |_: &mut Meta| {
                // All of it, not its number alone.
                let captured = &captured;
                assert!(!panics || captured.number > 0, "no change");
            };
            let change = AssertUnwindSafe(|| frame.with_meta_mut(change));
            (catch_unwind(change).ok(), log.events())
        };
        assert_eq!(change(false), (Some(Some(())), vec![Event::Dropped]));
        assert_eq!(change(true), (None, vec![Event::Dropped]));
        let _other = Frame::from_in_use(START).unwrap();
        assert_eq!(change(true), (Some(None), vec![Event::Dropped]));
    }

    #[test]
    fn of_any_metadata() {
        let mut any = AnyFrame::from(shared());
        assert_eq!(any.with_meta_mut(|meta| meta.usage()), Some(PageUsage::Kernel));
    }
}

/// `on_drop` is told the frame; with memory it could read it (`untyped.rs`).
#[test]
fn without_memory_there_is_no_reader() {
    struct Looks;
    impl FrameMeta for Looks {
        fn on_drop(&mut self, frame: &mut TearDown<'_>) {
            assert!(frame.reader().is_none());
        }
    }
    drop(tally::Frame::<_, Space>::from_unused(START, Looks).unwrap());
    assert_eq!(Space::freed().len(), 1);
}

/// A frame whose metadata can be any is borrowed as what it is, and stays as it is.
/// Killed by: a borrow that is counted, or that is dropped; one of a wrong type.
#[test]
fn borrowed_as_what_it_is() {
    let any = AnyFrame::from(shared());
    {
        let known = any.downcast::<Meta>().unwrap();
        assert_eq!((known.meta().number, known.reference_count()), (42, 1));
    }
    assert!(any.downcast::<Other>().is_none());
    assert_eq!(any.reference_count(), 1);
}

/// A borrow is lent on for its whole time, at no count.
/// Killed by: one that is counted, or that ends with the borrow that it was made of.
#[test]
fn borrowed_once_more() {
    let frame = shared();
    let longer = {
        let shorter = frame.borrow();
        FrameRef::reborrow(&shorter)
    };
    assert_eq!((longer.meta().number, frame.reference_count()), (42, 1));
    assert!(Frame::ptr_eq(&longer, &frame));
}
