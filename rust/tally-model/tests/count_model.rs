//! Samples of the lemmas about the model of `Rc`: each module is named after one,
//! and checks what it says on every handle of many reachable states. They are
//! proved of the model in Coq; here they watch over what the generator makes of it.

use tally_model::count::{CloneCount, DropCount};
use tally_model::random::{EDGES, RcTrace, Rng};
use tally_model::rc::{
    RcBox, RcEvent, RcOp, RcOutcome, RcState, rc_clone_count, rc_drop_count, rc_find, rc_init,
    rc_step,
};
use tally_model::rc_run;

/// Runs `check` on the states of many traces, before and after each operation.
fn steps(mut check: impl FnMut(&RcState, RcOp, &RcState, &RcOutcome)) {
    for seed in 0..60 {
        let (mut rng, mut trace, mut state) = (Rng::new(seed), RcTrace::default(), rc_init());
        let leaks = if seed % 2 == 0 { 3 } else { u64::MAX };
        for _ in 0..60 {
            let op = trace.next(&mut rng, leaks);
            let (next, outcome) = rc_step(state.clone(), op);
            trace.see(op, &outcome);
            check(&state, op, &next, &outcome);
            state = next;
        }
    }
}

fn names(state: &RcState) -> impl Iterator<Item = u64> + use<> {
    // One more than there are, which is not live.
    0..=state.handles.len() as u64
}

/// Runs `check` on every live handle of many states, with what it sees.
fn live(mut check: impl FnMut(&RcState, u64, u64, RcBox)) {
    let mut seen = 0;
    steps(|state, _, _, _| {
        for handle in names(state) {
            if let Some((b, x)) = rc_find(state, handle) {
                seen += 1;
                check(state, handle, b, x);
            }
        }
    });
    assert!(seen > 1000, "too few handles to tell anything: {seen}");
}

fn handles_of(state: &RcState, b: u64) -> u64 {
    state.handles.iter().filter(|handle| **handle == Some(b)).count() as u64
}

/// `rc_box_ok`.
fn box_ok(state: &RcState, b: u64, x: RcBox) -> bool {
    x.strong >= 1 && handles_of(state, b).checked_add(x.leaked) == Some(x.strong)
}

/// `rc_inv`.
fn inv(state: &RcState) -> bool {
    let boxes = (0..).zip(&state.boxes).all(|(b, x)| x.is_none_or(|x| box_ok(state, b, x)));
    let live = state.handles.iter().flatten();
    boxes && live.map(|b| state.boxes[*b as usize]).all(|x| x.is_some())
}

/// `rc_recount`.
fn recount(b: u64, n: u64, view: Option<(u64, RcBox)>) -> Option<(u64, RcBox)> {
    view.map(|(c, x)| (c, if c == b { RcBox { strong: n, ..x } } else { x }))
}

/// A box with `strong` shares, one of them a handle.
fn at(strong: u64) -> RcState {
    rc_run(rc_init(), &[RcOp::New(9), RcOp::Leak(0, strong - 1)]).0
}

mod rc_clone_count_spec {
    use super::*;

    /// Killed by: comparing with 2⁶³, or saturating.
    #[test]
    fn at_the_edges() {
        for n in EDGES.into_iter().filter(|n| *n > 0) {
            let expected = n.checked_add(1).map_or(CloneCount::Aborted, CloneCount::Stored);
            assert_eq!(rc_clone_count(n), expected);
        }
    }
}

mod rc_drop_count_spec {
    use super::*;

    /// Killed by: "last" at another count than 1.
    #[test]
    fn at_the_edges() {
        for n in EDGES.into_iter().filter(|n| *n > 0) {
            let expected = if n == 1 { DropCount::Last } else { DropCount::Stored(n - 1) };
            assert_eq!(rc_drop_count(n), expected);
        }
    }
}

mod rc_model_init_inv {
    use super::*;

    /// Killed by: an initial table that is not empty.
    #[test]
    fn nothing_is_there() {
        assert!(inv(&rc_init()));
        assert_eq!(rc_init(), RcState { boxes: vec![], handles: vec![] });
    }
}

mod rc_model_step_inv {
    use super::*;

    /// Killed by: not storing the new count, or leaving a dropped handle open.
    #[test]
    fn every_step_keeps_it() {
        steps(|state, op, next, _| assert!(!inv(state) || inv(next), "{op:?} on {state:?}"));
    }
}

mod rc_model_run_inv {
    use super::*;

    /// Killed by: running on after an abort, from whatever state that left.
    #[test]
    fn also_after_an_abort() {
        let ops = [RcOp::New(1), RcOp::Leak(0, u64::MAX - 1), RcOp::Clone(0), RcOp::Drop(0)];
        let (state, outcomes) = rc_run(rc_init(), &ops);
        assert!(inv(&state));
        assert_eq!(outcomes.len(), 3);
        assert_eq!(outcomes[2], RcOutcome::Aborted);
    }
}

mod rc_model_live_spec {
    use super::*;

    /// Killed by: freeing a box that still has a handle.
    #[test]
    fn no_handle_dangles() {
        steps(|state, _, _, _| {
            for (h, b) in (0..).zip(&state.handles) {
                if let Some(b) = b {
                    let (found, x) = rc_find(state, h).expect("a live handle that dangles");
                    assert!(found == *b && box_ok(state, *b, x));
                }
            }
        });
    }
}

mod rc_model_last_spec {
    use super::*;

    /// Killed by: a count that is not the number of handles and leaks.
    #[test]
    fn one_means_nobody_else() {
        live(|state, h, b, x| {
            let alone = names(state).all(|k| k == h || rc_find(state, k).is_none_or(|v| v.0 != b));
            assert_eq!(x.strong == 1, x.leaked == 0 && alone);
        });
    }
}

mod rc_model_new_spec {
    use super::*;

    /// Killed by: a new box with another count or payload, or an old name.
    #[test]
    fn a_box_of_its_own() {
        steps(|state, op, next, outcome| {
            let RcOp::New(payload) = op else { return };
            let RcOutcome::Handle(h) = *outcome else { panic!("{outcome:?}") };
            assert_eq!(rc_find(state, h), None);
            let (b, x) = rc_find(next, h).unwrap();
            assert_eq!(x, RcBox { strong: 1, leaked: 0, payload });
            assert!(names(state).all(|k| rc_find(state, k).is_none_or(|view| view.0 != b)));
            assert!(names(state).all(|k| k == h || rc_find(next, k) == rc_find(state, k)));
        });
    }
}

mod rc_model_clone_spec {
    use super::*;

    /// Killed by: `box_strong` for `n` in the stored box, or a fresh box.
    #[test]
    fn all_see_one_more() {
        live(|state, h, b, x| {
            if x.strong == u64::MAX {
                return;
            }
            let (next, outcome) = rc_step(state.clone(), RcOp::Clone(h));
            let RcOutcome::Handle(new) = outcome else { panic!("{outcome:?}") };
            assert_eq!(rc_find(state, new), None);
            assert_eq!(rc_find(&next, new), recount(b, x.strong + 1, Some((b, x))));
            for k in names(state).filter(|k| *k != new) {
                assert_eq!(rc_find(&next, k), recount(b, x.strong + 1, rc_find(state, k)));
            }
        });
    }
}

mod rc_model_clone_abort_spec {
    use super::*;

    /// Killed by: aborting at any other count, 2⁶³ say, or never.
    #[test]
    fn exactly_at_the_largest_count() {
        for strong in EDGES.into_iter().filter(|n| *n > 0) {
            let outcome = rc_step(at(strong), RcOp::Clone(0)).1;
            assert_eq!(outcome == RcOutcome::Aborted, strong == u64::MAX, "{strong}");
        }
    }
}

mod rc_model_drop_spec {
    use super::*;

    /// Killed by: events on a drop that is not the last.
    #[test]
    fn all_see_one_less() {
        live(|state, h, b, x| {
            if x.strong == 1 {
                return;
            }
            let (next, outcome) = rc_step(state.clone(), RcOp::Drop(h));
            assert_eq!(outcome, RcOutcome::Dropped(vec![]));
            assert_eq!(rc_find(&next, h), None);
            for k in names(state).filter(|k| *k != h) {
                assert_eq!(rc_find(&next, k), recount(b, x.strong - 1, rc_find(state, k)));
            }
        });
    }
}

mod rc_model_drop_last_spec {
    use super::*;

    /// Killed by: the two events the other way round, or one of them left out.
    #[test]
    fn the_payload_then_the_memory() {
        live(|state, h, b, x| {
            if x.strong != 1 {
                return;
            }
            let (next, outcome) = rc_step(state.clone(), RcOp::Drop(h));
            let events = vec![RcEvent::PayloadDropped(x.payload), RcEvent::MemoryFreed(b)];
            assert_eq!(outcome, RcOutcome::Dropped(events));
            assert_eq!(next.boxes[b as usize], None);
            for k in names(state) {
                let expected = if k == h { None } else { rc_find(state, k) };
                assert_eq!(rc_find(&next, k), expected);
            }
        });
    }
}

mod rc_model_strong_count_spec {
    use super::*;

    /// Killed by: answering the leaked shares, or the handles alone.
    #[test]
    fn counts_handles_and_leaks() {
        live(|state, h, b, x| {
            let (next, outcome) = rc_step(state.clone(), RcOp::StrongCount(h));
            assert_eq!(outcome, RcOutcome::Count(handles_of(state, b) + x.leaked));
            assert_eq!(next, *state);
        });
    }
}

mod rc_model_get_spec {
    use super::*;

    /// Killed by: answering any other field of the box.
    #[test]
    fn reads_the_payload() {
        live(|state, h, _, x| {
            let answer = rc_step(state.clone(), RcOp::Get(h));
            assert_eq!(answer, (state.clone(), RcOutcome::Payload(x.payload)));
        });
    }
}

mod rc_model_leak_spec {
    use super::*;

    /// Killed by: an addition that wraps, or leaks that are not remembered.
    #[test]
    fn as_many_clones_forgotten() {
        live(|state, h, b, x| {
            for n in EDGES {
                let (next, outcome) = rc_step(state.clone(), RcOp::Leak(h, n));
                if let Some(strong) = x.strong.checked_add(n) {
                    assert_eq!(outcome, RcOutcome::Leaked);
                    let leaked = x.leaked + n;
                    assert_eq!(rc_find(&next, h), Some((b, RcBox { strong, leaked, ..x })));
                } else {
                    assert_eq!(outcome, RcOutcome::Aborted);
                }
            }
        });
    }
}

mod rc_model_bad_handle_spec {
    use super::*;

    /// Killed by: an operation on a dropped handle that does anything.
    #[test]
    fn refused_and_nothing_changes() {
        steps(|state, _, _, _| {
            for h in names(state).chain(EDGES).filter(|h| rc_find(state, *h).is_none()) {
                for op in [
                    RcOp::Clone(h),
                    RcOp::Drop(h),
                    RcOp::StrongCount(h),
                    RcOp::Get(h),
                    RcOp::Leak(h, 1),
                ] {
                    assert_eq!(rc_step(state.clone(), op), (state.clone(), RcOutcome::BadHandle));
                }
            }
        });
    }
}

mod rc_model_freed_once_spec {
    use super::*;

    /// Killed by: using the name of a freed box again.
    #[test]
    fn a_freed_box_stays_freed() {
        steps(|state, _, next, outcome| {
            for (b, x) in (0..).zip(&state.boxes) {
                if x.is_none() {
                    assert_eq!(next.boxes[b as usize], None);
                    if let RcOutcome::Dropped(events) = outcome {
                        assert!(!events.contains(&RcEvent::MemoryFreed(b)));
                    }
                }
            }
        });
    }
}
