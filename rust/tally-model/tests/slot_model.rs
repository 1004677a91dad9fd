//! Samples of the lemmas about the model of page frames: each module is named after
//! one, and checks what it says on every handle or slot of many reachable states.
//! They are proved of the model in Coq; here they watch over what the generator
//! makes of it.

use proptest::prelude::*;
use tally_model::frame::{
    FrameError, FrameEvent, FrameHandle, FrameKind, FrameOp, FrameOutcome, FrameState, SLOT_BUSY,
    SLOT_FRESH, SLOT_MAX, SLOT_UNIQUE, SLOT_UNUSED, Slot, frame_handle_slot, frame_init,
    frame_step,
};
use tally_model::frame_run;
use tally_model::traces::{self, EDGES, for_all};

const SLOTS: u64 = 3;
const KINDS: [FrameKind; 2] = [FrameKind::Unique, FrameKind::Shared];

/// Runs `check` on the states of many traces, before and after each operation.
fn steps(mut check: impl FnMut(&FrameState, FrameOp, &FrameState)) {
    let traces = |leaks| traces::frame(SLOTS, 160, leaks, true);
    for_all(60, prop_oneof![traces(3), traces(u64::MAX)], |ops| {
        let mut state = frame_init(SLOTS);
        for op in ops {
            let (next, _) = frame_step(state.clone(), op);
            check(&state, op, &next);
            state = next;
        }
    });
}

fn states(mut check: impl FnMut(&FrameState)) {
    steps(|state, _, _| check(state));
}

fn names(state: &FrameState) -> impl Iterator<Item = u64> + use<> {
    // One more than there are, which is not live.
    0..=state.handles.len() as u64
}

/// `frame_find`.
fn find(state: &FrameState, h: u64) -> Option<(FrameHandle, Slot)> {
    let handle = (*state.handles.get(usize::try_from(h).ok()?)?)?;
    Some((handle, *state.slots.get(frame_handle_slot(handle) as usize)?))
}

/// Runs `check` on every live handle of many states, with what it sees.
fn live(mut check: impl FnMut(&FrameState, u64, FrameHandle, Slot)) {
    let mut seen = 0;
    states(|state| {
        for h in names(state) {
            if let Some((handle, slot)) = find(state, h) {
                seen += 1;
                check(state, h, handle, slot);
            }
        }
    });
    assert!(seen > 1000, "too few handles to tell anything: {seen}");
}

/// The same for shared handles, with the number of the slot.
fn shared(mut check: impl FnMut(&FrameState, u64, u64, Slot)) {
    let mut seen = 0;
    live(|state, h, handle, slot| {
        if let FrameHandle::Shared(i) = handle {
            seen += 1;
            check(state, h, i, slot);
        }
    });
    assert!(seen > 500, "too few shares to tell anything: {seen}");
}

/// `frame_count`.
fn count(state: &FrameState, handle: FrameHandle) -> u64 {
    state.handles.iter().filter(|other| **other == Some(handle)).count() as u64
}

/// `frame_slot_ok`.
fn slot_ok(state: &FrameState, i: u64, slot: Slot) -> bool {
    let held = [
        count(state, FrameHandle::Shared(i)),
        count(state, FrameHandle::Unique(i)),
        count(state, FrameHandle::Busy(i)),
    ];
    match slot.word {
        SLOT_UNUSED => held == [0, 0, 0] && slot == SLOT_FRESH,
        SLOT_BUSY => held == [0, 0, 1] && slot.leaked == 0 && slot.meta.is_none(),
        SLOT_UNIQUE => held == [0, 1, 0] && slot.leaked == 0 && slot.meta.is_some(),
        word => {
            word <= SLOT_MAX
                && held[1..] == [0, 0]
                && held[0].checked_add(slot.leaked) == Some(word)
                && slot.meta.is_some()
        }
    }
}

/// `frame_inv`.
fn inv(state: &FrameState) -> bool {
    let slots = (0..).zip(&state.slots).all(|(i, slot)| slot_ok(state, i, *slot));
    let mut live = state.handles.iter().flatten();
    slots && live.all(|handle| frame_handle_slot(*handle) < state.slots.len() as u64)
}

/// `frame_recount`.
fn recount(i: u64, n: u64, view: Option<(FrameHandle, Slot)>) -> Option<(FrameHandle, Slot)> {
    view.map(|(handle, slot)| {
        let same = frame_handle_slot(handle) == i;
        (handle, if same { Slot { word: n, ..slot } } else { slot })
    })
}

/// `frame_error_means`.
fn means(state: &FrameState, i: u64, error: FrameError) -> bool {
    let shares = || count(state, FrameHandle::Shared(i)) + state.slots[i as usize].leaked;
    match error {
        FrameError::OutOfBound => i >= state.slots.len() as u64,
        FrameError::InUse => shares() >= 1,
        FrameError::Unique => count(state, FrameHandle::Unique(i)) == 1,
        FrameError::Busy => count(state, FrameHandle::Busy(i)) == 1,
        FrameError::Unused => {
            shares() == 0
                && count(state, FrameHandle::Unique(i)) == 0
                && count(state, FrameHandle::Busy(i)) == 0
        }
    }
}

/// All but `h` see what they saw.
fn others_unchanged(state: &FrameState, next: &FrameState, h: u64) -> bool {
    names(state).all(|k| k == h || find(next, k) == find(state, k))
}

/// A slot with `word` shares, one of them a handle.
fn at(word: u64) -> FrameState {
    let ops = [FrameOp::FromUnused(FrameKind::Shared, 0, 9), FrameOp::Leak(0, word - 1)];
    let (state, outcomes) = frame_run(frame_init(1), &ops);
    assert_eq!(outcomes[1], FrameOutcome::Leaked);
    state
}

/// The counts a shared slot can have, at the edges.
fn counts() -> impl Iterator<Item = u64> {
    EDGES.into_iter().filter(|n| (1..=SLOT_MAX).contains(n))
}

fn holds(kind: FrameKind, i: u64, meta: u64) -> (FrameHandle, Slot) {
    let slot = |word| Slot { word, leaked: 0, meta: Some(meta) };
    match kind {
        FrameKind::Unique => (FrameHandle::Unique(i), slot(SLOT_UNIQUE)),
        FrameKind::Shared => (FrameHandle::Shared(i), slot(1)),
    }
}

fn last_events(i: u64, meta: u64) -> Vec<FrameEvent> {
    vec![
        FrameEvent::OnDrop(i, meta),
        FrameEvent::MetaDropped(i, meta),
        FrameEvent::Unused(i),
        FrameEvent::Dealloc(i),
    ]
}

mod slot_init_inv {
    use super::*;

    /// Killed by: slots that do not begin as UNUSED.
    #[test]
    fn every_slot_is_unused() {
        for n in [0, 1, 7] {
            let state = frame_init(n);
            assert!(inv(&state));
            assert_eq!(state.slots, vec![SLOT_FRESH; n as usize]);
        }
    }
}

mod slot_step_inv {
    use super::*;

    /// Killed by: any step that changes a word and not its handles, or the reverse.
    #[test]
    fn every_step_keeps_it() {
        steps(|state, op, next| assert!(inv(next), "{op:?} on {state:?}"));
    }
}

mod slot_run_inv {
    use super::*;

    /// Killed by: running on after an abort.
    #[test]
    fn also_after_an_abort() {
        let ops = [
            FrameOp::FromUnused(FrameKind::Shared, 0, 1),
            FrameOp::Leak(0, SLOT_MAX - 1),
            FrameOp::Clone(0),
            FrameOp::Drop(0),
        ];
        let (state, outcomes) = frame_run(frame_init(1), &ops);
        assert!(inv(&state));
        assert_eq!((outcomes.len(), &outcomes[2]), (3, &FrameOutcome::Aborted));
    }
}

mod slot_last_spec {
    use super::*;

    /// Killed by: a count that is not the number of shares.
    #[test]
    fn one_means_nobody_else() {
        shared(|state, h, i, slot| {
            let on = |k| find(state, k).is_some_and(|view| frame_handle_slot(view.0) == i);
            let alone = names(state).all(|k| k == h || !on(k));
            assert_eq!(slot.word == 1, slot.leaked == 0 && alone);
        });
    }
}

mod slot_from_unused_spec {
    use super::*;

    /// Killed by: unique and shared confused, or a handle on another slot.
    #[test]
    fn the_handle_asked_for() {
        states(|state| {
            for (i, slot) in (0..).zip(&state.slots) {
                if slot.word != SLOT_UNUSED {
                    continue;
                }
                for kind in KINDS {
                    let (next, outcome) =
                        frame_step(state.clone(), FrameOp::FromUnused(kind, i, 77));
                    let FrameOutcome::Handle(h) = outcome else { panic!("{outcome:?}") };
                    assert_eq!(find(state, h), None);
                    assert_eq!(find(&next, h), Some(holds(kind, i, 77)));
                    assert!(others_unchanged(state, &next, h));
                }
            }
        });
    }
}

mod slot_from_unused_error_spec {
    use super::*;

    /// Killed by: any error for another.
    #[test]
    fn each_error_means_its_state() {
        let mut seen = [0; 5];
        states(|state| {
            for i in (0..SLOTS).chain([SLOTS, u64::MAX]) {
                if state.slots.get(i as usize).is_some_and(|slot| slot.word == SLOT_UNUSED) {
                    continue;
                }
                for kind in KINDS {
                    let (next, outcome) =
                        frame_step(state.clone(), FrameOp::FromUnused(kind, i, 77));
                    let FrameOutcome::Failed(error) = outcome else { panic!("{outcome:?}") };
                    assert!(next == *state && error != FrameError::Unused);
                    assert!(means(state, i, error));
                    seen[error as usize] += 1;
                }
            }
        });
        // All errors but Unused were seen.
        let unused = FrameError::Unused as usize;
        assert!((0..5).all(|error| (seen[error] > 0) == (error != unused)), "{seen:?}");
    }
}

mod slot_from_in_use_spec {
    use super::*;

    /// Killed by: a look-up that does not count.
    #[test]
    fn one_share_more() {
        states(|state| {
            for (i, slot) in (0..).zip(&state.slots) {
                let word = slot.word;
                if !(1..SLOT_MAX).contains(&word) {
                    continue;
                }
                let (next, outcome) = frame_step(state.clone(), FrameOp::FromInUse(i));
                let FrameOutcome::Handle(h) = outcome else { panic!("{outcome:?}") };
                assert_eq!(find(state, h), None);
                let more = Slot { word: word + 1, ..*slot };
                assert_eq!(find(&next, h), Some((FrameHandle::Shared(i), more)));
                for k in names(state).filter(|k| *k != h) {
                    assert_eq!(find(&next, k), recount(i, word + 1, find(state, k)));
                }
            }
        });
    }
}

mod slot_from_in_use_error_spec {
    use super::*;

    /// Killed by: any error for another.
    #[test]
    fn each_error_means_its_state() {
        let mut seen = [0; 5];
        states(|state| {
            for i in (0..SLOTS).chain([SLOTS, u64::MAX]) {
                let word = state.slots.get(i as usize).map(|slot| slot.word);
                if word.is_some_and(|word| (1..=SLOT_MAX).contains(&word)) {
                    continue;
                }
                let (next, outcome) = frame_step(state.clone(), FrameOp::FromInUse(i));
                let FrameOutcome::Failed(error) = outcome else { panic!("{outcome:?}") };
                assert!(next == *state && error != FrameError::InUse);
                assert!(means(state, i, error));
                seen[error as usize] += 1;
            }
        });
        let in_use = FrameError::InUse as usize;
        assert!((0..5).all(|error| (seen[error] > 0) == (error != in_use)), "{seen:?}");
    }
}

mod slot_from_in_use_abort_spec {
    use super::*;

    /// Killed by: a bound that is off by one.
    #[test]
    fn exactly_at_the_largest_count() {
        for word in counts() {
            let outcome = frame_step(at(word), FrameOp::FromInUse(0)).1;
            assert_eq!(outcome == FrameOutcome::Aborted, word == SLOT_MAX, "{word}");
        }
    }
}

mod slot_from_unique_spec {
    use super::*;

    /// Killed by: losing the metadata, or a count other than 1.
    #[test]
    fn shared_with_nobody() {
        let mut seen = 0;
        live(|state, h, handle, slot| {
            let FrameHandle::Unique(i) = handle else { return };
            seen += 1;
            let (next, outcome) = frame_step(state.clone(), FrameOp::FromUnique(h));
            assert_eq!(outcome, FrameOutcome::Handle(h));
            assert_eq!(find(&next, h), Some(holds(FrameKind::Shared, i, slot.meta.unwrap())));
            assert!(others_unchanged(state, &next, h));
        });
        assert!(seen > 100);
    }
}

mod slot_try_from_shared_spec {
    use super::*;

    /// Killed by: never succeeding.
    #[test]
    fn the_only_share_becomes_unique() {
        let mut seen = 0;
        shared(|state, h, i, slot| {
            if slot.word != 1 {
                return;
            }
            seen += 1;
            let (next, outcome) = frame_step(state.clone(), FrameOp::TryFromShared(h));
            assert_eq!(outcome, FrameOutcome::Handle(h));
            assert_eq!(find(&next, h), Some(holds(FrameKind::Unique, i, slot.meta.unwrap())));
            assert!(others_unchanged(state, &next, h));
        });
        assert!(seen > 100);
    }
}

mod slot_try_from_shared_error_spec {
    use super::*;

    /// Killed by: succeeding at a count of 2, or losing the frame.
    #[test]
    fn handed_back_when_shared() {
        let mut seen = 0;
        shared(|state, h, _, slot| {
            if slot.word == 1 {
                return;
            }
            seen += 1;
            let answer = frame_step(state.clone(), FrameOp::TryFromShared(h));
            assert_eq!(answer, (state.clone(), FrameOutcome::HandedBack(h)));
        });
        assert!(seen > 100);
    }
}

mod slot_unique_round_trip_spec {
    use super::*;

    /// Killed by: either conversion changing anything else.
    #[test]
    fn back_where_it_began() {
        live(|state, h, handle, _| {
            if matches!(handle, FrameHandle::Unique(_)) {
                let ops = [FrameOp::FromUnique(h), FrameOp::TryFromShared(h)];
                let there_and_back = frame_run(state.clone(), &ops);
                assert_eq!(there_and_back, (state.clone(), vec![FrameOutcome::Handle(h); 2]));
            }
        });
    }
}

mod slot_shared_round_trip_spec {
    use super::*;

    /// Killed by: either conversion changing anything else.
    #[test]
    fn back_where_it_began() {
        shared(|state, h, _, slot| {
            if slot.word == 1 {
                let ops = [FrameOp::TryFromShared(h), FrameOp::FromUnique(h)];
                let there_and_back = frame_run(state.clone(), &ops);
                assert_eq!(there_and_back, (state.clone(), vec![FrameOutcome::Handle(h); 2]));
            }
        });
    }
}

mod slot_clone_spec {
    use super::*;

    /// Killed by: a clone that does not count.
    #[test]
    fn all_see_one_more() {
        shared(|state, h, i, slot| {
            if slot.word == SLOT_MAX {
                return;
            }
            let (next, outcome) = frame_step(state.clone(), FrameOp::Clone(h));
            let FrameOutcome::Handle(new) = outcome else { panic!("{outcome:?}") };
            assert_eq!(find(state, new), None);
            let more = Slot { word: slot.word + 1, ..slot };
            assert_eq!(find(&next, new), Some((FrameHandle::Shared(i), more)));
            for k in names(state).filter(|k| *k != new) {
                assert_eq!(find(&next, k), recount(i, slot.word + 1, find(state, k)));
            }
        });
    }
}

mod slot_clone_abort_spec {
    use super::*;

    /// Killed by: a bound that is off by one.
    #[test]
    fn exactly_at_the_largest_count() {
        for word in counts() {
            let outcome = frame_step(at(word), FrameOp::Clone(0)).1;
            assert_eq!(outcome == FrameOutcome::Aborted, word == SLOT_MAX, "{word}");
        }
    }
}

mod slot_drop_spec {
    use super::*;

    /// Killed by: a tear-down at another count than 1.
    #[test]
    fn all_see_one_less() {
        shared(|state, h, i, slot| {
            if slot.word == 1 {
                return;
            }
            let (next, outcome) = frame_step(state.clone(), FrameOp::Drop(h));
            assert_eq!(outcome, FrameOutcome::Dropped(vec![]));
            assert_eq!(find(&next, h), None);
            for k in names(state).filter(|k| *k != h) {
                assert_eq!(find(&next, k), recount(i, slot.word - 1, find(state, k)));
            }
        });
    }
}

mod slot_drop_last_spec {
    use super::*;

    /// Killed by: the page going to the allocator before the slot is UNUSED.
    #[test]
    fn destructors_then_unused_then_the_allocator() {
        live(|state, h, handle, slot| {
            if slot.word != 1 && slot.word != SLOT_UNIQUE {
                return;
            }
            let i = frame_handle_slot(handle);
            let (next, outcome) = frame_step(state.clone(), FrameOp::Drop(h));
            assert_eq!(outcome, FrameOutcome::Dropped(last_events(i, slot.meta.unwrap())));
            assert_eq!(next.slots[i as usize], SLOT_FRESH);
            assert_eq!(find(&next, h), None);
            assert!(others_unchanged(state, &next, h));
        });
    }
}

mod slot_ref_count_spec {
    use super::*;

    /// Killed by: answering another field of the slot.
    #[test]
    fn counts_handles_and_leaks() {
        shared(|state, h, i, slot| {
            let (next, outcome) = frame_step(state.clone(), FrameOp::RefCount(h));
            let expected = count(state, FrameHandle::Shared(i)) + slot.leaked;
            assert_eq!((next, outcome), (state.clone(), FrameOutcome::Count(expected)));
        });
    }
}

mod slot_meta_spec {
    use super::*;

    /// Killed by: metadata lost in a conversion.
    #[test]
    fn whoever_has_it_reads_it() {
        live(|state, h, handle, slot| {
            if !matches!(handle, FrameHandle::Busy(_)) {
                let answer = frame_step(state.clone(), FrameOp::Meta(h));
                let meta = slot.meta.expect("a frame in use without metadata");
                assert_eq!(answer, (state.clone(), FrameOutcome::MetaIs(meta)));
            }
        });
    }
}

mod slot_leak_spec {
    use super::*;

    /// Killed by: an addition that wraps past the greatest count.
    #[test]
    fn as_many_clones_forgotten() {
        shared(|state, h, i, slot| {
            for n in EDGES {
                let (next, outcome) = frame_step(state.clone(), FrameOp::Leak(h, n));
                let word = slot.word.checked_add(n).filter(|word| *word <= SLOT_MAX);
                if let Some(word) = word {
                    let leaked = slot.leaked + n;
                    assert_eq!(outcome, FrameOutcome::Leaked);
                    let slot = Slot { word, leaked, ..slot };
                    assert_eq!(find(&next, h), Some((FrameHandle::Shared(i), slot)));
                } else {
                    assert_eq!(outcome, FrameOutcome::Aborted);
                }
            }
        });
    }
}

mod slot_reserve_publish_spec {
    use super::*;

    /// Killed by: a construction that is not its two halves.
    #[test]
    fn together_they_are_from_unused() {
        states(|state| {
            for i in (0..SLOTS).filter(|i| state.slots[*i as usize].word == SLOT_UNUSED) {
                for kind in KINDS {
                    let (half, outcome) = frame_step(state.clone(), FrameOp::Reserve(i));
                    let FrameOutcome::Handle(h) = outcome else { panic!("{outcome:?}") };
                    assert_eq!(
                        frame_step(half, FrameOp::Publish(h, kind, 5)),
                        frame_step(state.clone(), FrameOp::FromUnused(kind, i, 5))
                    );
                }
            }
        });
    }
}

mod slot_release_vacate_spec {
    use super::*;

    /// Killed by: a last drop that is not its two halves.
    #[test]
    fn together_they_are_the_last_drop() {
        live(|state, h, handle, slot| {
            if slot.word != 1 && slot.word != SLOT_UNIQUE {
                return;
            }
            let events = last_events(frame_handle_slot(handle), slot.meta.unwrap());
            let (half, outcome) = frame_step(state.clone(), FrameOp::Release(h));
            assert_eq!(outcome, FrameOutcome::Dropped(events[..2].to_vec()));
            let (next, outcome) = frame_step(half, FrameOp::Vacate(h));
            assert_eq!(outcome, FrameOutcome::Dropped(events[2..].to_vec()));
            assert_eq!(next, frame_step(state.clone(), FrameOp::Drop(h)).0);
        });
    }
}

mod slot_busy_spec {
    use super::*;

    /// Killed by: testing for 0 after the counts, so that Busy reads as in use.
    #[test]
    fn nobody_can_have_it_meanwhile() {
        let mut seen = 0;
        live(|state, _, handle, _| {
            let FrameHandle::Busy(i) = handle else { return };
            seen += 1;
            let ops = KINDS.map(|kind| FrameOp::FromUnused(kind, i, 1));
            for op in ops.into_iter().chain([FrameOp::FromInUse(i)]) {
                let busy = FrameOutcome::Failed(FrameError::Busy);
                assert_eq!(frame_step(state.clone(), op), (state.clone(), busy));
            }
        });
        assert!(seen > 100);
    }
}

mod slot_bad_handle_spec {
    use super::*;

    /// Killed by: an operation on a dropped handle that does anything.
    #[test]
    fn refused_and_nothing_changes() {
        states(|state| {
            for h in names(state).chain(EDGES).filter(|h| find(state, *h).is_none()) {
                for op in [
                    FrameOp::FromUnique(h),
                    FrameOp::TryFromShared(h),
                    FrameOp::Clone(h),
                    FrameOp::Drop(h),
                    FrameOp::RefCount(h),
                    FrameOp::Meta(h),
                    FrameOp::Leak(h, 1),
                    FrameOp::Publish(h, FrameKind::Shared, 1),
                    FrameOp::Release(h),
                    FrameOp::Vacate(h),
                ] {
                    let answer = frame_step(state.clone(), op);
                    assert_eq!(answer, (state.clone(), FrameOutcome::BadHandle));
                }
            }
        });
    }
}
