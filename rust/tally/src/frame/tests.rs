//! Tests that must reach into the slot; all others are in `tests/frame.rs`.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::AtomicU64,
};

use super::{
    slot::{Bag, Shares, Whole, Wholes},
    *,
};
use crate::tests::aborts_in_child;

/// One for each test that may share a process with others.
static SLOTS: [MetaSlot; 8] = [const { MetaSlot::new() }; 8];
static REGION: MetaRegion = match MetaRegion::new(0, &SLOTS) {
    Ok(region) => region,
    Err(_) => panic!(),
};

struct Space;
impl FrameSpace for Space {
    fn region() -> &'static MetaRegion {
        &REGION
    }
    fn dealloc(_: Paddr, _: usize) {}
}

struct Unit;
impl FrameMeta for Unit {}

type TestFrame = Frame<Unit, Space>;

fn slot(index: usize) -> &'static MetaSlot {
    &SLOTS[index]
}

/// As [`Wholes`] are used wrongly: slots that are not those here and then those of the other are
/// not taken for both.
/// Killed by: one that looks at the first part only, or at the second.
#[test]
fn wholes_append_what_follows() {
    static OTHERS: [MetaSlot; 4] = [const { MetaSlot::new() }; 4];
    struct Elsewhere;
    impl FrameSpace for Elsewhere {
        fn region() -> &'static MetaRegion {
            static REGION: std::sync::LazyLock<MetaRegion> =
                std::sync::LazyLock::new(|| MetaRegion::new(0, &OTHERS).unwrap());
            &REGION
        }
        fn dealloc(_: Paddr, _: usize) {}
    }
    let claim = |all: &'static [MetaSlot]| {
        let mut wholes = Wholes::<Unit, Elsewhere>::NONE;
        assert!(wholes.claim_next(all, Unit).is_ok());
        wholes
    };
    let (mut front, mut back) = (claim(&OTHERS[..1]), claim(&OTHERS[2..3]));
    for wrong in [&OTHERS[..2], &OTHERS[1..3], &OTHERS[..1], &OTHERS[..0], &OTHERS[..]] {
        back = front.append(back, wrong).expect_err("they do not follow each other");
        assert_eq!(front.slots().len(), 1);
    }
    let next = claim(&OTHERS[1..2]);
    assert!(front.append(next, &OTHERS[..2]).is_ok() && front.append(back, &OTHERS[..3]).is_ok());
    assert_eq!(front.slots().len(), 3);
    while let Some(whole) = front.take_first() {
        drop(whole);
    }
    assert!(OTHERS.iter().all(|slot| slot.status() == SlotStatus::Unused));
}

/// What `slot` has for the rest of the crate, used wrongly: nothing comes out of it.
/// Killed by: a bag that does not look, or looks for 0.
#[test]
fn bags_give_what_is_theirs() {
    let whole = |index| Whole::<Unit, Space>::claim(slot(index), Unit).ok().expect("unused");
    let (mut one, mut other) = (Bag::EMPTY, Bag::EMPTY);
    assert!(!other.holds(slot(3)) && other.take(slot(3)).is_none(), "none is in no bag");
    let mine = one.put(whole(3));
    assert!(other.meta(mine).is_none() && other.take(mine).is_none(), "empty");
    let theirs = other.put(whole(4));
    assert_ne!(one.id(), other.id());
    for (bag, slot) in [(&mut one, theirs), (&mut other, mine)] {
        assert!(!bag.holds(slot) && bag.meta(slot).is_none());
        assert!(bag.meta_mut(slot).is_none() && bag.take(slot).is_none());
    }
    assert!(one.meta(mine).is_some() && one.meta_mut(mine).is_some());
    drop(one.take(mine).expect("it is there"));
    assert!(one.meta(mine).is_none() && one.take(mine).is_none(), "it was there");
    drop(other.take(theirs));
    assert_eq!([3, 4].map(|index| slot(index).status()), [SlotStatus::Unused; 2]);
}

/// The same of shares. Killed by: a join that does not compare, or compares lengths.
#[test]
fn shares_are_of_their_slots() {
    let (all, wrong) = (&SLOTS[5..8], &SLOTS[4..7]);
    let mut shares = Shares::<Unit, Space>::NONE;
    for _ in 0..2 {
        assert!(shares.claim_next(all, Unit).is_ok());
    }
    for slots in [wrong, &all[..2], &[]] {
        let next = catch_unwind(AssertUnwindSafe(|| shares.claim_next(slots, Unit).is_ok()));
        assert!(next.is_err(), "a slot that is not next");
    }
    assert!(shares.claim_next(all, Unit).is_ok());
    assert!(shares.clone_part(1..4).is_none() && shares.lend(3).is_none());
    // Of two slots with one between them each may be where it should, and the other not.
    for slots in [&all[1..], &all[..2]] {
        let part = |at| shares.clone_part(at..at + 1).expect("there are three");
        let (mut one, mut other) = part(0).join(part(2), slots).err().expect("one is elsewhere");
        drop((one.take_first(), other.take_first()));
    }
    let mut again = shares.clone_part(0..2).expect("there are three");
    let (mut front, mut back) = shares.split_at(1);
    for slots in [wrong, &all[..2], &all[1..], &[]] {
        (front, back) = front.join(back, slots).err().expect("other slots");
    }
    (front, again) = front.join(again, all).err().expect("as many, but others");
    while again.take_first().is_some() {}
    (back, front) = back.join(front, all).err().expect("the other way round");
    let mut whole = front.join(back, all).ok().expect("these slots");
    while let Some(share) = whole.take_last() {
        drop(share);
    }
    assert!(whole.take_first().is_none());
    assert!(all.iter().all(|slot| slot.status() == SlotStatus::Unused));
}

mod slot_clone_spec {
    use super::*;

    #[test]
    fn counts_up_to_max() {
        let frame = TestFrame::from_unused(0, Unit).unwrap();
        slot(0).set_count(REF_COUNT_MAX - 1);
        mem::forget(frame.clone());
        assert_eq!(frame.reference_count(), REF_COUNT_MAX);
        slot(0).set_count(1);
    }
}

mod slot_clone_abort_spec {
    use super::*;

    #[test]
    fn overflow_aborts() {
        aborts_in_child("frame::tests::slot_clone_abort_spec::overflow_aborts", || {
            let frame = TestFrame::from_unused(PAGE_SIZE, Unit).unwrap();
            slot(1).set_count(REF_COUNT_MAX);
            mem::forget(frame.clone());
        });
    }
}

/// A segment counts the shares of its frames as handles do.
#[test]
fn segment_clone_overflow_aborts() {
    aborts_in_child("frame::tests::segment_clone_overflow_aborts", || {
        let segment = Segment::<Unit, Space>::from_unused(PAGE_SIZE..2 * PAGE_SIZE, |_| Unit);
        slot(1).set_count(REF_COUNT_MAX);
        mem::forget(segment.unwrap().clone());
    });
}

#[test]
fn segment_slice_overflow_aborts() {
    aborts_in_child("frame::tests::segment_slice_overflow_aborts", || {
        let segment = Segment::<Unit, Space>::from_unused(PAGE_SIZE..2 * PAGE_SIZE, |_| Unit);
        slot(1).set_count(REF_COUNT_MAX);
        mem::forget(segment.unwrap().slice(0..PAGE_SIZE));
    });
}

#[test]
#[expect(unsafe_code, reason = "the function is unsafe")]
fn increment_overflow_aborts() {
    aborts_in_child("frame::tests::increment_overflow_aborts", || {
        let start = TestFrame::from_unused(PAGE_SIZE, Unit).unwrap().into_raw();
        slot(1).set_count(REF_COUNT_MAX);
        // SAFETY: the share that was given up.
        unsafe { TestFrame::increment_reference_count(start) }
    });
}

mod fl_abort_spec {
    use super::*;

    /// The last ID is not given: the counter would start anew.
    #[test]
    fn numbers_run_out() {
        let next = AtomicU64::new(u64::MAX - 1);
        assert_eq!(MetaSlot::next_id(&next), u64::MAX - 1);
        aborts_in_child("frame::tests::fl_abort_spec::numbers_run_out", || {
            MetaSlot::next_id(&next);
        });
    }
}

mod status_of_spec {
    use super::*;

    #[test]
    fn at_the_ends_of_each_range() {
        static SLOT: [MetaSlot; 1] = [MetaSlot::new()];
        let region = MetaRegion::new(0, &SLOT).unwrap();
        for (count, status) in [
            (0, SlotStatus::Busy),
            (1, SlotStatus::Shared(1)),
            (REF_COUNT_MAX, SlotStatus::Shared(REF_COUNT_MAX)),
            (REF_COUNT_MAX + 1, SlotStatus::Overflow),
            (REF_COUNT_UNIQUE - 1, SlotStatus::Overflow),
            (REF_COUNT_UNIQUE, SlotStatus::Unique),
            (REF_COUNT_UNUSED, SlotStatus::Unused),
        ] {
            SLOT[0].set_count(count);
            assert_eq!(region.status(0), Ok(status));
        }
        assert_eq!(region.status(1), Err(GetFrameError::NotAligned));
        assert_eq!(region.status(PAGE_SIZE), Err(GetFrameError::OutOfBound));
    }
}

mod slot_from_in_use_abort_spec {
    use super::*;

    #[test]
    fn counts_up_to_max() {
        const START: Paddr = 2 * PAGE_SIZE;
        let frame = TestFrame::from_unused(START, Unit).unwrap();
        slot(2).set_count(REF_COUNT_MAX - 1);
        mem::forget(TestFrame::from_in_use(START).unwrap());
        assert_eq!(frame.reference_count(), REF_COUNT_MAX);
        slot(2).set_count(1);
    }

    #[test]
    fn overflow_aborts() {
        aborts_in_child("frame::tests::slot_from_in_use_abort_spec::overflow_aborts", || {
            mem::forget(TestFrame::from_unused(PAGE_SIZE, Unit).unwrap());
            slot(1).set_count(REF_COUNT_MAX);
            let _ = TestFrame::from_in_use(PAGE_SIZE);
        });
    }
}
