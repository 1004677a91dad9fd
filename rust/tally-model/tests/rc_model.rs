//! Samples of the lemmas about the model of `Rc`, `Weak` and `UniqueRc`: each module is
//! named after one, and checks what it says on every handle of many reachable states.
//! They are proved of the model in Coq; here they watch over what the generator makes
//! of it.

use proptest::prelude::*;
use tally_model::count::{CloneCount, DropCount};
use tally_model::rc::{
    MakeMutCount, RcBox, RcEvent, RcHandle, RcOp, RcOutcome, RcState, RcView, UpgradeCount,
    rc_clone_count, rc_counts_unique, rc_drop_count, rc_find, rc_init, rc_make_mut_count, rc_step,
    rc_weak_handles, weak_upgrade_count,
};
use tally_model::traces::{self, EDGES, for_all};
use tally_model::{rc_leaks, rc_run};

/// Runs `check` on the states of many traces, before and after each operation.
fn steps(mut check: impl FnMut(&RcState, RcOp, &RcState, &RcOutcome)) {
    let traces = prop_oneof![3 => traces::rc(120, 3, true), 1 => traces::rc(120, u64::MAX, true)];
    for_all(80, traces, |ops| {
        let mut state = rc_init();
        for op in ops {
            let (next, outcome) = rc_step(state.clone(), op);
            check(&state, op, &next, &outcome);
            state = next;
        }
    });
}

fn names(state: &RcState) -> impl Iterator<Item = u64> + use<> {
    // One more than there are, which is not live.
    0..=state.handles.len() as u64
}

/// Runs `check` on every handle of many states, with what it sees.
fn views(mut check: impl FnMut(&RcState, u64, RcView)) {
    steps(|state, _, _, _| {
        for handle in names(state) {
            check(state, handle, rc_find(state, handle));
        }
    });
}

/// Runs `check` on every strong handle; at least some hundred times.
fn strong(mut check: impl FnMut(&RcState, u64, u64, RcBox, u64)) {
    let mut seen = 0;
    views(|state, h, view| {
        if let RcView::Strong(b, x, p) = view {
            seen += 1;
            check(state, h, b, x, p);
        }
    });
    assert!(seen > 500, "too few handles to tell anything: {seen}");
}

fn raw(mut check: impl FnMut(&RcState, u64, u64, RcBox, u64)) {
    let mut seen = 0;
    views(|state, h, view| {
        if let RcView::Raw(b, x, p) = view {
            seen += 1;
            check(state, h, b, x, p);
        }
    });
    assert!(seen > 100, "too few handles to tell anything: {seen}");
}

fn unique(mut check: impl FnMut(&RcState, u64, u64, RcBox, u64)) {
    let mut seen = 0;
    views(|state, h, view| {
        if let RcView::Unique(b, x, p) = view {
            seen += 1;
            check(state, h, b, x, p);
        }
    });
    assert!(seen > 100, "too few handles to tell anything: {seen}");
}

fn weak(mut check: impl FnMut(&RcState, u64, u64, RcBox)) {
    let mut seen = 0;
    views(|state, h, view| {
        if let RcView::Weak(b, x) = view {
            seen += 1;
            check(state, h, b, x);
        }
    });
    assert!(seen > 500, "too few handles to tell anything: {seen}");
}

fn step(state: &RcState, op: RcOp) -> (RcState, RcOutcome) {
    rc_step(state.clone(), op)
}

/// A step that gives a new handle, which was closed before.
fn opened(state: &RcState, op: RcOp) -> (RcState, u64) {
    let (next, outcome) = step(state, op);
    let RcOutcome::Handle(h) = outcome else { panic!("{op:?}: {outcome:?}") };
    assert_eq!(rc_find(state, h), RcView::Closed);
    (next, h)
}

/// `rc_strong_handles`, `rc_weak_handles_of`, `rc_unique_handles`.
fn census(state: &RcState, b: u64) -> (u64, u64, u64) {
    let count = |kind: fn(u64) -> Vec<RcHandle>| {
        state.handles.iter().flatten().filter(|k| kind(b).contains(k)).count() as u64
    };
    (
        count(|b| vec![RcHandle::Strong(b), RcHandle::Raw(b)]),
        count(|b| vec![RcHandle::Weak(b)]),
        count(|b| vec![RcHandle::Unique(b)]),
    )
}

/// `rc_box_ok`.
fn box_ok(state: &RcState, b: u64, x: RcBox) -> bool {
    let (strong, weak, unique) = census(state, b);
    let implicit = u64::from(x.content.is_some());
    strong.checked_add(x.leaked) == Some(x.strong)
        && (weak + implicit).checked_add(x.weak_leaked) == Some(x.weak)
        && x.weak > 0
        && unique == u64::from(x.content.is_some() && x.strong == 0)
        && (x.content.is_some() || x.strong == 0)
}

/// `rc_points_to`.
fn points_to(handle: RcHandle) -> Option<u64> {
    match handle {
        RcHandle::Strong(b) | RcHandle::Raw(b) | RcHandle::Unique(b) | RcHandle::Weak(b) => Some(b),
        RcHandle::Dangling => None,
    }
}

/// `rc_seen_box`.
fn seen_box(view: RcView) -> Option<u64> {
    match view {
        RcView::Strong(b, ..) | RcView::Raw(b, ..) | RcView::Unique(b, ..) => Some(b),
        RcView::Weak(b, _) => Some(b),
        RcView::Closed | RcView::Dangling => None,
    }
}

/// `rc_inv`.
fn inv(state: &RcState) -> bool {
    let boxes = (0..).zip(&state.boxes).all(|(b, x)| x.is_none_or(|x| box_ok(state, b, x)));
    let mut live = state.handles.iter().flatten().filter_map(|k| points_to(*k));
    boxes && live.all(|b| state.boxes[b as usize].is_some())
}

/// `rc_refresh`.
fn refresh(b: u64, x: RcBox, view: RcView) -> RcView {
    let p = x.content;
    match view {
        RcView::Strong(c, ..) if c == b => p.map_or(RcView::Closed, |p| RcView::Strong(b, x, p)),
        RcView::Raw(c, ..) if c == b => p.map_or(RcView::Closed, |p| RcView::Raw(b, x, p)),
        RcView::Unique(c, ..) if c == b => p.map_or(RcView::Closed, |p| RcView::Unique(b, x, p)),
        RcView::Weak(c, _) if c == b => RcView::Weak(b, x),
        other => other,
    }
}

/// `rc_after`.
#[track_caller]
fn after(state: &RcState, next: &RcState, h: u64, b: u64, y: Option<RcBox>) {
    assert_eq!(next.boxes[b as usize], y);
    for j in names(state).filter(|j| *j != h) {
        let before = rc_find(state, j);
        assert_eq!(rc_find(next, j), y.map_or(before, |x| refresh(b, x, before)));
    }
}

/// `rc_same_but`.
#[track_caller]
fn same_but(state: &RcState, next: &RcState, h: u64) {
    for j in names(state).filter(|j| *j != h) {
        assert_eq!(rc_find(next, j), rc_find(state, j));
    }
}

/// `box_left`.
fn left(x: RcBox) -> Option<RcBox> {
    (x.weak != 1).then(|| RcBox { strong: 0, weak: x.weak - 1, content: None, ..x })
}

/// `rc_freed`.
fn freed(b: u64, y: Option<RcBox>) -> Vec<RcEvent> {
    if y.is_some() { vec![] } else { vec![RcEvent::MemoryFreed(b)] }
}

/// `rc_dropped`.
fn dropped(p: u64, b: u64, y: Option<RcBox>) -> Vec<RcEvent> {
    [vec![RcEvent::PayloadDropped(p)], freed(b, y)].concat()
}

fn fresh(strong: u64, p: u64) -> RcBox {
    RcBox { strong, weak: 1, leaked: 0, weak_leaked: 0, content: Some(p) }
}

/// A box with `strong` shares, one of them handle 0, and `weak` handles, one of them
/// handle 1.
fn at(strong: u64, weak: u64) -> RcState {
    let leaks = [RcOp::Leak(0, strong - 1), RcOp::Leak(1, weak - 1)];
    rc_run(rc_init(), &[&[RcOp::New(9), RcOp::Downgrade(0)][..], &leaks].concat()).0
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

mod weak_upgrade_count_spec {
    use super::*;

    /// Killed by: an upgrade without its check.
    #[test]
    fn at_the_edges() {
        for n in EDGES {
            let expected = match n {
                0 => UpgradeCount::None,
                u64::MAX => UpgradeCount::Aborted,
                _ => UpgradeCount::Stored(n + 1),
            };
            assert_eq!(weak_upgrade_count(n), expected);
        }
    }
}

mod rc_make_mut_count_spec {
    use super::*;

    /// Killed by: the two counts in each other's place.
    #[test]
    fn at_the_edges() {
        let counts = EDGES.into_iter().filter(|n| *n > 0);
        for (strong, weak) in counts.clone().flat_map(|s| counts.clone().map(move |w| (s, w))) {
            let expected = match (strong, weak) {
                (1, 1) => MakeMutCount::InPlace,
                (1, _) => MakeMutCount::Moved(weak - 1),
                _ => MakeMutCount::Cloned(strong - 1),
            };
            assert_eq!(rc_make_mut_count(strong, weak), expected);
        }
    }
}

mod rc_counts_unique_spec {
    use super::*;

    /// Killed by: looking at one of the counts only.
    #[test]
    fn at_the_edges() {
        for (strong, weak) in EDGES.into_iter().flat_map(|s| EDGES.map(|w| (s, w))) {
            assert_eq!(rc_counts_unique(strong, weak), strong == 1 && weak == 1);
        }
    }
}

mod rc_weak_handles_spec {
    use super::*;

    /// Killed by: counting the implicit one, or weak handles to nothing.
    #[test]
    fn at_the_edges() {
        for (strong, weak) in EDGES.into_iter().flat_map(|s| EDGES.map(|w| (s, w))) {
            if weak > 0 {
                let expected = if strong == 0 { 0 } else { weak - 1 };
                assert_eq!(rc_weak_handles(strong, weak), expected);
            }
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

    /// Killed by: not storing a new count, or leaving a dropped handle open.
    #[test]
    fn every_step_keeps_it() {
        steps(|state, op, next, _| assert!(inv(next), "{op:?} on {state:?}"));
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

    /// Killed by: freeing a box, or taking its content, that still has a handle.
    #[test]
    fn no_handle_dangles() {
        steps(|state, _, _, _| {
            for (h, handle) in (0..).zip(&state.handles) {
                if let Some(handle) = handle {
                    let view = rc_find(state, h);
                    assert_ne!(view, RcView::Closed);
                    assert_eq!(seen_box(view), points_to(*handle));
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
        strong(|state, h, b, x, _| {
            let alone = names(state).all(|j| match rc_find(state, j) {
                RcView::Strong(c, ..) | RcView::Raw(c, ..) | RcView::Unique(c, ..) => {
                    c != b || j == h
                }
                _ => true,
            });
            assert_eq!(x.strong == 1, x.leaked == 0 && alone);
        });
    }
}

mod rc_model_alone_spec {
    use super::*;

    /// Killed by: a weak count that is not the number of weak handles and leaks.
    #[test]
    fn nobody_sees_the_box() {
        strong(|state, h, b, x, _| {
            let alone = names(state).all(|j| j == h || seen_box(rc_find(state, j)) != Some(b));
            let forgotten = x.leaked != 0 || x.weak_leaked != 0;
            assert_eq!(x.strong == 1 && x.weak == 1, !forgotten && alone);
        });
    }
}

mod rc_model_leaks_spec {
    use super::*;

    /// Killed by: a last drop that does not give back the implicit weak handle.
    #[test]
    fn only_what_was_forgotten() {
        let mut leaked = 0;
        steps(|state, _, _, _| {
            let ends = names(state).flat_map(|h| [RcOp::FromRaw(h), RcOp::Drop(h)]);
            let end = rc_run(state.clone(), &ends.collect::<Vec<_>>()).0;
            assert!(names(&end).all(|h| rc_find(&end, h) == RcView::Closed));
            let leaks = rc_leaks(&end);
            leaked += leaks.len();
            for (b, x) in (0..).zip(&end.boxes) {
                let forgotten = x.is_some_and(|x| x.leaked != 0 || x.weak_leaked != 0);
                assert_eq!(leaks.contains(&b), forgotten);
            }
        });
        assert!(leaked > 100);
    }
}

mod rc_model_freed_once_spec {
    use super::*;

    /// Killed by: using the name of a freed box again.
    #[test]
    fn a_freed_box_stays_freed() {
        steps(|state, _, next, outcome| {
            let (RcOutcome::Dropped(events)
            | RcOutcome::Changed(events)
            | RcOutcome::Taken(_, events)) = outcome
            else {
                return;
            };
            for (b, x) in (0..).zip(&state.boxes) {
                if x.is_none() {
                    assert_eq!(next.boxes[b as usize], None);
                    assert!(!events.contains(&RcEvent::MemoryFreed(b)));
                }
            }
        });
    }
}

mod rc_model_new_spec {
    use super::*;

    /// Killed by: a new box with another count or payload, or an old name.
    #[test]
    fn a_box_of_its_own() {
        steps(|state, _, _, _| {
            let (next, h) = opened(state, RcOp::New(5));
            let b = state.boxes.len() as u64;
            assert_eq!(rc_find(&next, h), RcView::Strong(b, fresh(1, 5), 5));
            same_but(state, &next, h);
        });
    }
}

mod rc_model_unique_new_spec {
    use super::*;

    /// Killed by: a strong count of 1.
    #[test]
    fn a_box_without_shares() {
        steps(|state, _, _, _| {
            let (next, h) = opened(state, RcOp::UniqueNew(5));
            let b = state.boxes.len() as u64;
            assert_eq!(rc_find(&next, h), RcView::Unique(b, fresh(0, 5), 5));
            same_but(state, &next, h);
        });
    }
}

mod rc_model_new_cyclic_spec {
    use super::*;

    /// Killed by: a weak count that leaves out the implicit one.
    #[test]
    fn a_box_with_a_weak_handle() {
        steps(|state, _, _, _| {
            let (next, outcome) = step(state, RcOp::NewCyclic(5));
            let RcOutcome::Handles(h, w) = outcome else { panic!("{outcome:?}") };
            assert_eq!((rc_find(state, h), rc_find(state, w)), (RcView::Closed, RcView::Closed));
            let (b, x) = (state.boxes.len() as u64, RcBox { weak: 2, ..fresh(1, 5) });
            assert_eq!(rc_find(&next, h), RcView::Strong(b, x, 5));
            assert_eq!(rc_find(&next, w), RcView::Weak(b, x));
            for j in names(state).filter(|j| *j != h && *j != w) {
                assert_eq!(rc_find(&next, j), rc_find(state, j));
            }
        });
    }
}

mod rc_model_weak_new_spec {
    use super::*;

    /// Killed by: making a box.
    #[test]
    fn no_box() {
        steps(|state, _, _, _| {
            let (next, h) = opened(state, RcOp::WeakNew);
            assert_eq!(rc_find(&next, h), RcView::Dangling);
            assert_eq!(next.boxes, state.boxes);
            same_but(state, &next, h);
        });
    }
}

mod rc_model_clone_spec {
    use super::*;

    /// Killed by: `box_strong` for `n` in the stored box, or a fresh box.
    #[test]
    fn all_see_one_more() {
        strong(|state, h, b, x, p| {
            if x.strong < u64::MAX {
                let (next, new) = opened(state, RcOp::Clone(h));
                let x = RcBox { strong: x.strong + 1, ..x };
                assert_eq!(rc_find(&next, new), RcView::Strong(b, x, p));
                after(state, &next, new, b, Some(x));
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
            let outcome = step(&at(strong, 1), RcOp::Clone(0)).1;
            assert_eq!(outcome == RcOutcome::Aborted, strong == u64::MAX, "{strong}");
        }
    }
}

mod rc_model_drop_spec {
    use super::*;

    /// Killed by: events on a drop that is not the last.
    #[test]
    fn all_see_one_less() {
        strong(|state, h, b, x, _| {
            if x.strong != 1 {
                let (next, outcome) = step(state, RcOp::Drop(h));
                assert_eq!(outcome, RcOutcome::Dropped(vec![]));
                assert_eq!(rc_find(&next, h), RcView::Closed);
                after(state, &next, h, b, Some(RcBox { strong: x.strong - 1, ..x }));
            }
        });
    }
}

mod rc_model_drop_last_spec {
    use super::*;

    /// Killed by: the two events the other way round, or memory freed under a `Weak`.
    #[test]
    fn the_payload_then_the_memory() {
        strong(|state, h, b, x, p| {
            if x.strong == 1 {
                let (next, outcome) = step(state, RcOp::Drop(h));
                assert_eq!(outcome, RcOutcome::Dropped(dropped(p, b, left(x))));
                assert_eq!(rc_find(&next, h), RcView::Closed);
                after(state, &next, h, b, left(x));
            }
        });
    }
}

mod rc_model_strong_count_spec {
    use super::*;

    /// Killed by: answering the leaked shares, or the handles alone.
    #[test]
    fn counts_handles_and_leaks() {
        strong(|state, h, b, x, _| {
            let answer = RcOutcome::Count(census(state, b).0 + x.leaked);
            assert_eq!(step(state, RcOp::StrongCount(h)), (state.clone(), answer));
        });
    }
}

mod rc_model_weak_count_spec {
    use super::*;

    /// Killed by: answering the implicit one, too.
    #[test]
    fn counts_handles_and_leaks() {
        strong(|state, h, b, x, _| {
            let answer = RcOutcome::Count(census(state, b).1 + x.weak_leaked);
            assert_eq!(step(state, RcOp::WeakCount(h)), (state.clone(), answer));
        });
    }
}

mod rc_model_get_spec {
    use super::*;

    /// Killed by: answering any other field of the box.
    #[test]
    fn reads_the_payload() {
        let check = |state: &RcState, h, _: u64, _: RcBox, p| {
            assert_eq!(step(state, RcOp::Get(h)), (state.clone(), RcOutcome::Payload(p)));
        };
        strong(check);
        unique(check);
    }
}

mod rc_model_ptr_eq_spec {
    use super::*;

    /// Killed by: comparing the handles, or the payloads.
    #[test]
    fn compares_the_boxes() {
        let mut equal = 0;
        strong(|state, h, b, _, _| {
            for other in names(state) {
                if let RcView::Strong(c, ..) = rc_find(state, other) {
                    let answer = RcOutcome::Truth(b == c);
                    equal += usize::from(b == c && h != other);
                    assert_eq!(step(state, RcOp::PtrEq(h, other)), (state.clone(), answer));
                }
            }
        });
        assert!(equal > 100);
    }
}

mod rc_model_set_spec {
    use super::*;

    /// Killed by: access although there is a `Weak`.
    #[test]
    fn only_who_is_alone() {
        strong(|state, h, b, x, _| {
            let (next, outcome) = step(state, RcOp::Set(h, 77));
            if (x.strong, x.weak) == (1, 1) {
                assert_eq!(outcome, RcOutcome::Changed(vec![]));
                let x = RcBox { content: Some(77), ..x };
                assert_eq!(rc_find(&next, h), RcView::Strong(b, x, 77));
                after(state, &next, h, b, Some(x));
            } else {
                assert_eq!((next, outcome), (state.clone(), RcOutcome::None));
            }
        });
    }
}

mod rc_model_make_mut_spec {
    use super::*;

    /// Killed by: a clone where the content is moved, or the other way round; an old
    /// block that keeps its content.
    #[test]
    fn in_place_or_moved_or_cloned() {
        let mut cases = [0; 3];
        strong(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::MakeMut(h, 77));
            let new = RcView::Strong(state.boxes.len() as u64, fresh(1, 77), 77);
            if (x.strong, x.weak) == (1, 1) {
                cases[0] += 1;
                assert_eq!(outcome, RcOutcome::Changed(vec![]));
                let x = RcBox { content: Some(77), ..x };
                assert_eq!(rc_find(&next, h), RcView::Strong(b, x, 77));
                after(state, &next, h, b, Some(x));
            } else if x.strong == 1 {
                cases[1] += 1;
                assert_eq!(outcome, RcOutcome::Changed(vec![]));
                assert_eq!(rc_find(&next, h), new);
                after(state, &next, h, b, left(x));
            } else {
                cases[2] += 1;
                assert_eq!(outcome, RcOutcome::Changed(vec![RcEvent::PayloadCloned(p)]));
                assert_eq!(rc_find(&next, h), new);
                after(state, &next, h, b, Some(RcBox { strong: x.strong - 1, ..x }));
            }
        });
        assert!(cases.iter().all(|seen| *seen > 50), "{cases:?}");
    }
}

mod rc_model_try_unwrap_spec {
    use super::*;

    /// Killed by: refusing while there is a `Weak`.
    #[test]
    fn only_the_last() {
        strong(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::TryUnwrap(h));
            if x.strong == 1 {
                assert_eq!(outcome, RcOutcome::Taken(p, freed(b, left(x))));
                assert_eq!(rc_find(&next, h), RcView::Closed);
                after(state, &next, h, b, left(x));
            } else {
                assert_eq!((next, outcome), (state.clone(), RcOutcome::HandedBack(h)));
            }
        });
    }
}

mod rc_model_into_inner_spec {
    use super::*;

    /// Killed by: keeping the handle where there are others.
    #[test]
    fn the_content_or_a_drop() {
        strong(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::IntoInner(h));
            assert_eq!(rc_find(&next, h), RcView::Closed);
            if x.strong == 1 {
                assert_eq!(outcome, RcOutcome::Taken(p, freed(b, left(x))));
                after(state, &next, h, b, left(x));
            } else {
                assert_eq!(outcome, RcOutcome::None);
                after(state, &next, h, b, Some(RcBox { strong: x.strong - 1, ..x }));
            }
        });
    }
}

mod rc_model_unwrap_or_clone_spec {
    use super::*;

    /// Killed by: a clone where nobody else has the content.
    #[test]
    fn the_content_or_a_clone() {
        strong(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::UnwrapOrClone(h));
            assert_eq!(rc_find(&next, h), RcView::Closed);
            if x.strong == 1 {
                assert_eq!(outcome, RcOutcome::Taken(p, freed(b, left(x))));
                after(state, &next, h, b, left(x));
            } else {
                assert_eq!(outcome, RcOutcome::Taken(p, vec![RcEvent::PayloadCloned(p)]));
                after(state, &next, h, b, Some(RcBox { strong: x.strong - 1, ..x }));
            }
        });
    }
}

/// What a new weak handle on `b` does.
fn watched(state: &RcState, op: RcOp, b: u64, x: RcBox) {
    if x.weak < u64::MAX {
        let (next, new) = opened(state, op);
        let x = RcBox { weak: x.weak + 1, ..x };
        assert_eq!(rc_find(&next, new), RcView::Weak(b, x));
        after(state, &next, new, b, Some(x));
    }
}

mod rc_model_downgrade_spec {
    use super::*;

    /// Killed by: moving the strong count.
    #[test]
    fn one_weak_handle_more() {
        strong(|state, h, b, x, _| watched(state, RcOp::Downgrade(h), b, x));
        unique(|state, h, b, x, _| watched(state, RcOp::Downgrade(h), b, x));
    }
}

mod rc_model_downgrade_abort_spec {
    use super::*;

    /// Killed by: a bound that forgets the implicit weak handle.
    #[test]
    fn exactly_at_the_largest_count() {
        for weak in EDGES.into_iter().filter(|n| 0 < *n && *n < u64::MAX) {
            let outcome = step(&at(1, weak), RcOp::Downgrade(0)).1;
            assert_eq!(outcome == RcOutcome::Aborted, weak + 1 == u64::MAX, "{weak}");
        }
    }
}

mod rc_model_weak_clone_spec {
    use super::*;

    /// Killed by: moving the strong count.
    #[test]
    fn one_weak_handle_more() {
        weak(|state, h, b, x| watched(state, RcOp::Clone(h), b, x));
    }
}

mod rc_model_weak_drop_spec {
    use super::*;

    /// Killed by: freeing at another weak count than 1.
    #[test]
    fn the_last_frees_the_memory() {
        weak(|state, h, b, x| {
            let (next, outcome) = step(state, RcOp::Drop(h));
            let y = (x.weak != 1).then(|| RcBox { weak: x.weak - 1, ..x });
            assert_eq!(outcome, RcOutcome::Dropped(freed(b, y)));
            assert_eq!(rc_find(&next, h), RcView::Closed);
            after(state, &next, h, b, y);
        });
    }
}

mod rc_model_upgrade_spec {
    use super::*;

    /// Killed by: not counting the new handle.
    #[test]
    fn one_more_share() {
        weak(|state, h, b, x| {
            if 0 < x.strong && x.strong < u64::MAX {
                let (next, new) = opened(state, RcOp::Upgrade(h));
                let x = RcBox { strong: x.strong + 1, ..x };
                assert_eq!(rc_find(&next, new), RcView::Strong(b, x, x.content.unwrap()));
                after(state, &next, new, b, Some(x));
            }
        });
    }
}

mod rc_model_upgrade_none_spec {
    use super::*;

    /// Killed by: an upgrade that looks for the content, not for shares: that of a
    /// unique handle is there.
    #[test]
    fn without_shares() {
        let mut unique = 0;
        weak(|state, h, _, x| {
            if x.strong == 0 {
                unique += usize::from(x.content.is_some());
                assert_eq!(step(state, RcOp::Upgrade(h)), (state.clone(), RcOutcome::None));
            }
        });
        assert!(unique > 20);
    }
}

mod rc_model_upgrade_abort_spec {
    use super::*;

    /// Killed by: aborting at 0, or never.
    #[test]
    fn exactly_at_the_largest_count() {
        for strong in EDGES.into_iter().filter(|n| *n > 0) {
            let outcome = step(&at(strong, 1), RcOp::Upgrade(1)).1;
            assert_eq!(outcome == RcOutcome::Aborted, strong == u64::MAX, "{strong}");
        }
        let ops = [RcOp::New(1), RcOp::Downgrade(0), RcOp::Drop(0), RcOp::Upgrade(1)];
        assert_eq!(rc_run(rc_init(), &ops).1[3], RcOutcome::None);
    }
}

mod rc_model_weak_strong_count_spec {
    use super::*;

    /// Killed by: answering the weak count.
    #[test]
    fn counts_handles_and_leaks() {
        weak(|state, h, b, x| {
            let answer = RcOutcome::Count(census(state, b).0 + x.leaked);
            assert_eq!(step(state, RcOp::StrongCount(h)), (state.clone(), answer));
        });
    }
}

mod rc_model_weak_weak_count_spec {
    use super::*;

    /// Killed by: counting weak handles to what is gone.
    #[test]
    fn nothing_of_what_is_gone() {
        weak(|state, h, b, x| {
            let n = if x.strong == 0 { 0 } else { census(state, b).1 + x.weak_leaked };
            let answer = (state.clone(), RcOutcome::Count(n));
            assert_eq!(step(state, RcOp::WeakCount(h)), answer);
        });
    }
}

mod rc_model_dangling_spec {
    use super::*;

    /// Killed by: a clone with another kind than its original.
    #[test]
    fn nothing_and_no_end_of_it() {
        let mut seen = 0;
        views(|state, h, view| {
            if view != RcView::Dangling {
                return;
            }
            seen += 1;
            let same = |outcome| (state.clone(), outcome);
            assert_eq!(step(state, RcOp::Upgrade(h)), same(RcOutcome::None));
            assert_eq!(step(state, RcOp::StrongCount(h)), same(RcOutcome::Count(0)));
            assert_eq!(step(state, RcOp::WeakCount(h)), same(RcOutcome::Count(0)));
            assert_eq!(step(state, RcOp::Clone(h)), step(state, RcOp::WeakNew));
            let (next, outcome) = step(state, RcOp::Drop(h));
            assert_eq!(outcome, RcOutcome::Dropped(vec![]));
            assert_eq!(rc_find(&next, h), RcView::Closed);
            same_but(state, &next, h);
        });
        assert!(seen > 100);
    }
}

mod rc_model_into_raw_spec {
    use super::*;

    /// Killed by: a count that moves.
    #[test]
    fn there_and_back() {
        strong(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::IntoRaw(h));
            assert_eq!(outcome, RcOutcome::Handle(h));
            assert_eq!(rc_find(&next, h), RcView::Raw(b, x, p));
            same_but(state, &next, h);
            assert_eq!(step(&next, RcOp::FromRaw(h)), (state.clone(), RcOutcome::Handle(h)));
        });
    }
}

mod rc_model_from_raw_spec {
    use super::*;

    /// Killed by: a count that moves.
    #[test]
    fn the_share_is_the_same() {
        raw(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::FromRaw(h));
            assert_eq!(outcome, RcOutcome::Handle(h));
            assert_eq!(rc_find(&next, h), RcView::Strong(b, x, p));
            same_but(state, &next, h);
        });
    }
}

mod rc_model_increment_spec {
    use super::*;

    /// Killed by: a share that no pointer stands for.
    #[test]
    fn one_more_share() {
        raw(|state, h, b, x, p| {
            if x.strong < u64::MAX {
                let (next, new) = opened(state, RcOp::Increment(h));
                let x = RcBox { strong: x.strong + 1, ..x };
                assert_eq!(rc_find(&next, new), RcView::Raw(b, x, p));
                after(state, &next, new, b, Some(x));
            }
        });
    }
}

mod rc_model_decrement_spec {
    use super::*;

    /// Killed by: a last decrement that drops nothing.
    #[test]
    fn from_raw_and_the_drop() {
        raw(|state, h, _, _, _| {
            let shared = step(state, RcOp::FromRaw(h)).0;
            assert_eq!(step(state, RcOp::Decrement(h)), step(&shared, RcOp::Drop(h)));
        });
    }
}

mod rc_model_unique_set_spec {
    use super::*;

    /// Killed by: asking for a count of 1.
    #[test]
    fn always() {
        unique(|state, h, b, x, _| {
            let (next, outcome) = step(state, RcOp::Set(h, 77));
            assert_eq!(outcome, RcOutcome::Changed(vec![]));
            let x = RcBox { content: Some(77), ..x };
            assert_eq!(rc_find(&next, h), RcView::Unique(b, x, 77));
            after(state, &next, h, b, Some(x));
        });
    }
}

mod rc_model_unique_into_rc_spec {
    use super::*;

    /// Killed by: a strong count that stays 0.
    #[test]
    fn the_first_share() {
        unique(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::UniqueIntoRc(h));
            assert_eq!(outcome, RcOutcome::Handle(h));
            let x = RcBox { strong: 1, ..x };
            assert_eq!(rc_find(&next, h), RcView::Strong(b, x, p));
            after(state, &next, h, b, Some(x));
        });
    }
}

mod rc_model_unique_drop_spec {
    use super::*;

    /// Killed by: a drop that leaves the implicit weak handle.
    #[test]
    fn the_payload_then_the_memory() {
        unique(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::Drop(h));
            assert_eq!(outcome, RcOutcome::Dropped(dropped(p, b, left(x))));
            assert_eq!(rc_find(&next, h), RcView::Closed);
            after(state, &next, h, b, left(x));
        });
    }
}

mod rc_model_try_into_unique_spec {
    use super::*;

    /// Killed by: not looking at the weak count.
    #[test]
    fn only_who_is_alone() {
        strong(|state, h, b, x, p| {
            let (next, outcome) = step(state, RcOp::TryIntoUnique(h));
            if (x.strong, x.weak) == (1, 1) {
                assert_eq!(outcome, RcOutcome::Handle(h));
                let x = RcBox { strong: 0, ..x };
                assert_eq!(rc_find(&next, h), RcView::Unique(b, x, p));
                after(state, &next, h, b, Some(x));
            } else {
                assert_eq!((next, outcome), (state.clone(), RcOutcome::HandedBack(h)));
            }
        });
    }
}

mod rc_model_leak_spec {
    use super::*;

    /// Killed by: an addition that wraps, or leaks that are not remembered.
    #[test]
    fn as_many_clones_forgotten() {
        strong(|state, h, b, x, p| {
            for n in EDGES {
                let (next, outcome) = step(state, RcOp::Leak(h, n));
                if let Some(strong) = x.strong.checked_add(n) {
                    assert_eq!(outcome, RcOutcome::Leaked);
                    let x = RcBox { strong, leaked: x.leaked + n, ..x };
                    assert_eq!(rc_find(&next, h), RcView::Strong(b, x, p));
                    after(state, &next, h, b, Some(x));
                } else {
                    assert_eq!(outcome, RcOutcome::Aborted);
                }
            }
        });
    }
}

mod rc_model_weak_leak_spec {
    use super::*;

    /// Killed by: an addition to the other count.
    #[test]
    fn as_many_clones_forgotten() {
        weak(|state, h, b, x| {
            for n in EDGES {
                let (next, outcome) = step(state, RcOp::Leak(h, n));
                if let Some(weak) = x.weak.checked_add(n) {
                    assert_eq!(outcome, RcOutcome::Leaked);
                    let x = RcBox { weak, weak_leaked: x.weak_leaked + n, ..x };
                    assert_eq!(rc_find(&next, h), RcView::Weak(b, x));
                    after(state, &next, h, b, Some(x));
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
            let closed = |h: &u64| rc_find(state, *h) == RcView::Closed;
            for h in names(state).chain(EDGES).filter(closed) {
                for op in [
                    RcOp::Clone(h),
                    RcOp::Drop(h),
                    RcOp::StrongCount(h),
                    RcOp::WeakCount(h),
                    RcOp::Get(h),
                    RcOp::Set(h, 1),
                    RcOp::MakeMut(h, 1),
                    RcOp::PtrEq(h, 0),
                    RcOp::TryUnwrap(h),
                    RcOp::IntoInner(h),
                    RcOp::UnwrapOrClone(h),
                    RcOp::Downgrade(h),
                    RcOp::Upgrade(h),
                    RcOp::IntoRaw(h),
                    RcOp::FromRaw(h),
                    RcOp::Increment(h),
                    RcOp::Decrement(h),
                    RcOp::UniqueIntoRc(h),
                    RcOp::TryIntoUnique(h),
                    RcOp::Leak(h, 1),
                ] {
                    assert_eq!(step(state, op), (state.clone(), RcOutcome::BadHandle));
                }
            }
        });
    }
}
