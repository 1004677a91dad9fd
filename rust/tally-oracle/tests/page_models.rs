//! The two extractions of the models of segments, lists and regions agree, on all short
//! traces of an alphabet and on long random ones; and so do the verified λRust programs of
//! segments and lists, run by the extracted interpreter (`extraction/segment_trace.v`,
//! `list_trace.v`).
//!
//! What this finds: a roll-back that forgets a page, a division in another place, a share
//! of a slice that is counted twice, a link that points to where it should not, a number
//! given twice; a generator that prints the wrong arm, moves a value too early or
//! strips a name wrongly; a native operation on words or tables that is not the one
//! proved; a slip in the wire format.

use tally_model::frame::{FrameKind, FrameOp, FrameOutcome};
use tally_model::list::{FlOp, FlOutcome, fl_init, fl_step};
use tally_model::random::Rng;
use tally_model::region::{RegionOp, RegionOutcome, region_init, region_step};
use tally_model::segment::{SegOp, SegOutcome, seg_init, seg_step};
use tally_oracle::{
    ListRunOutcome, SegmentRunOutcome, fl_program_report, fl_run, region_run, seg_program_report,
    seg_run, skip,
};

const PAGE: u64 = 4096;

/// Steps through `ops`, up to an abort, which is then the last outcome.
fn modelled<State, Op: Copy, Outcome: PartialEq>(
    init: State,
    ops: &[Op],
    aborted: &Outcome,
    step: impl Fn(State, Op) -> (State, Outcome),
) -> Vec<Outcome> {
    let (mut state, mut outcomes) = (init, Vec::new());
    for op in ops {
        let (next, outcome) = step(state, *op);
        state = next;
        let stop = outcome == *aborted;
        outcomes.push(outcome);
        if stop {
            break;
        }
    }
    outcomes
}

fn segments_agree(pages: u64, ops: &[SegOp]) {
    let expected = modelled(seg_init(pages), ops, &SegOutcome::Aborted, seg_step);
    assert_eq!(seg_run(pages, ops).unwrap(), expected, "{ops:?}");
}

/// The programs, and the words that they leave.
fn segment_programs_agree(pages: u64, ops: &[SegOp]) {
    let (mut state, mut outcomes) = (seg_init(pages), Vec::new());
    for op in ops {
        let (next, outcome) = seg_step(state, *op);
        state = next;
        outcomes.push(SegmentRunOutcome::Run(outcome));
    }
    let words = state.pages.iter().map(|page| page.word).collect();
    assert_eq!(seg_program_report(pages, ops).unwrap(), (outcomes, words), "{ops:?}");
}

fn lists_agree(frames: u64, ops: &[FlOp]) {
    let expected = modelled(fl_init(frames), ops, &FlOutcome::Aborted, fl_step);
    assert_eq!(fl_run(frames, ops).unwrap(), expected, "{ops:?}");
}

/// The programs, and in which lists the frames are then.
fn list_programs_agree(frames: u64, ops: &[FlOp]) {
    let (mut state, mut outcomes) = (fl_init(frames), Vec::new());
    for op in ops {
        let (next, outcome) = fl_step(state, *op);
        state = next;
        outcomes.push(ListRunOutcome::Run(outcome));
    }
    let lists = state.frames.iter().map(|frame| frame.in_list).collect();
    assert_eq!(fl_program_report(frames, ops).unwrap(), (outcomes, lists), "{ops:?}");
}

fn regions_agree(ops: &[RegionOp]) {
    let aborted = RegionOutcome::Did(FrameOutcome::Aborted);
    let expected = modelled(region_init(), ops, &aborted, region_step);
    assert_eq!(region_run(ops).unwrap(), expected, "{ops:?}");
}

/// Every sequence of three of `alphabet`, after `first`.
fn all_of_three<Op: Copy>(first: &[Op], alphabet: &[Op], check: impl Fn(&[Op])) {
    for a in alphabet {
        for b in alphabet {
            for c in alphabet {
                check(&[first, &[*a, *b, *c][..]].concat());
            }
        }
    }
}

/// Killed by: a roll-back in another order, the arms of `seg_act_page` exchanged, two
/// operations with one tag.
#[test]
fn segments_agree_on_short_traces() {
    if skip("segments_agree_on_short_traces") {
        return;
    }
    let alphabet = [
        SegOp::FromUnused(0, 2 * PAGE, 7),
        SegOp::FromUnused(PAGE, 4 * PAGE, 8),
        SegOp::FromUnused(PAGE, PAGE, 8),
        SegOp::FromUnused(0, 5 * PAGE, 8),
        SegOp::FromUnused(1, PAGE, 8),
        SegOp::FromInUse(1),
        SegOp::Split(0, PAGE),
        SegOp::Slice(0, PAGE, 3 * PAGE),
        SegOp::Clone(0),
        SegOp::Next(0),
        SegOp::NextBack(0),
        SegOp::IntoRaw(0),
        SegOp::FromRaw(0),
        SegOp::Drop(0),
        SegOp::Drop(1),
    ];
    let whole = [SegOp::FromUnused(0, 4 * PAGE, 1)];
    all_of_three(&[], &alphabet, |ops| segments_agree(4, ops));
    all_of_three(&whole, &alphabet, |ops| segments_agree(4, ops));
    all_of_three(&whole, &alphabet[5..], |ops| segment_programs_agree(4, ops));
}

/// Killed by: what needs more operations than that, or several segments at once.
#[test]
fn segments_agree_on_random_traces() {
    if skip("segments_agree_on_random_traces") {
        return;
    }
    for seed in 0..60 {
        let (mut rng, pages) = (Rng::new(seed), 8);
        let mut ops = Vec::new();
        for handles in 0..200 {
            let h = u64::saturating_sub(handles / 2 + 1, rng.below(12));
            let mut bytes = || match rng.below(12) {
                0 => rng.edge(),
                1 => rng.below(pages * PAGE),
                _ => rng.below(pages + 1) * PAGE,
            };
            let (x, y) = (bytes(), bytes());
            ops.push(match rng.below(16) {
                0..=4 => SegOp::FromUnused(x, y, rng.edge()),
                5 => SegOp::FromInUse(rng.below(pages + 1)),
                6 => SegOp::Split(h, x),
                7 => SegOp::Slice(h, x, y),
                8 => SegOp::Clone(h),
                9 => SegOp::Next(h),
                10 => SegOp::NextBack(h),
                11 => SegOp::IntoRaw(h),
                12 => SegOp::FromRaw(h),
                _ => SegOp::Drop(h),
            });
        }
        segments_agree(pages, &ops);
        if seed < 20 {
            segment_programs_agree(pages, &ops);
        }
    }
}

/// Killed by: the ends exchanged, a cursor that does not move with an insertion, two
/// operations with one tag.
#[test]
fn lists_agree_on_short_traces() {
    if skip("lists_agree_on_short_traces") {
        return;
    }
    let alphabet = [
        FlOp::New,
        FlOp::PushFront(0, 0),
        FlOp::PushBack(0, 1),
        FlOp::PushBack(1, 1),
        FlOp::PopFront(0),
        FlOp::PopBack(0),
        FlOp::Contains(0, 1),
        FlOp::Size(0),
        FlOp::Id(0),
        FlOp::Id(1),
        FlOp::Drop(0),
        FlOp::CursorFront(0),
        FlOp::CursorBack(0),
        FlOp::CursorNext(0),
        FlOp::CursorPrev(0),
        FlOp::CursorCurrent(0),
        FlOp::CursorTake(0),
        FlOp::CursorInsert(0, 2),
    ];
    all_of_three(&[FlOp::New], &alphabet, |ops| lists_agree(3, ops));
    let filled = [FlOp::New, FlOp::PushBack(0, 0), FlOp::PushBack(0, 3)];
    all_of_three(&filled, &alphabet, |ops| lists_agree(4, ops));
    let more = [FlOp::New, FlOp::PushBack(0, 0), FlOp::PushFront(0, 1), FlOp::PushBack(0, 3)];
    let moves = [
        FlOp::PopFront(0),
        FlOp::PopBack(0),
        FlOp::CursorFront(0),
        FlOp::CursorBack(0),
        FlOp::CursorNext(0),
        FlOp::CursorPrev(0),
        FlOp::CursorTake(0),
        FlOp::CursorInsert(0, 2),
        FlOp::Drop(0),
    ];
    all_of_three(&more, &moves, |ops| list_programs_agree(4, ops));
}

/// Killed by: what needs more operations than that.
#[test]
fn lists_agree_on_random_traces() {
    if skip("lists_agree_on_random_traces") {
        return;
    }
    for seed in 0..60 {
        let (mut rng, frames) = (Rng::new(seed), 8);
        let mut ops = vec![FlOp::New];
        for _ in 0..300 {
            let (l, f) = (rng.below(3), rng.below(frames + 1));
            ops.push(match rng.below(24) {
                0 => FlOp::New,
                1..=4 => FlOp::PushFront(l, f),
                5..=8 => FlOp::PushBack(l, f),
                9 => FlOp::PopFront(l),
                10 => FlOp::PopBack(l),
                11 => FlOp::Contains(l, f),
                12 => FlOp::Size(l),
                13 => FlOp::Id(l),
                14 if rng.below(6) == 0 => FlOp::Drop(l),
                14..=15 => FlOp::CursorFront(l),
                16 => FlOp::CursorBack(l),
                17..=18 => FlOp::CursorNext(l),
                19 => FlOp::CursorPrev(l),
                20 => FlOp::CursorCurrent(l),
                21 => FlOp::CursorTake(l),
                _ => FlOp::CursorInsert(l, f),
            });
        }
        lists_agree(frames, &ops);
        if seed < 20 {
            list_programs_agree(frames, &ops);
        }
    }
}

/// Killed by: a hole that is counted as a slot, the two errors exchanged, two operations
/// with one tag.
#[test]
fn regions_agree_on_short_traces() {
    if skip("regions_agree_on_short_traces") {
        return;
    }
    let alphabet = [
        RegionOp::Track,
        RegionOp::Skip,
        RegionOp::GetSlot(0),
        RegionOp::GetSlot(PAGE),
        RegionOp::GetSlot(2 * PAGE),
        RegionOp::GetSlot(PAGE + 1),
        RegionOp::FromUnused(FrameKind::Unique, 0, 7),
        RegionOp::FromUnused(FrameKind::Shared, 2 * PAGE, u64::MAX),
        RegionOp::FromInUse(2 * PAGE),
        RegionOp::StartPaddr(0),
        RegionOp::Frame(FrameOp::Clone(0)),
        RegionOp::Frame(FrameOp::Drop(0)),
        RegionOp::Frame(FrameOp::FromUnused(FrameKind::Shared, 0, 9)),
        RegionOp::Frame(FrameOp::Leak(0, (1 << 63) - 2)),
    ];
    all_of_three(&[], &alphabet, regions_agree);
    all_of_three(&[RegionOp::Track, RegionOp::Skip, RegionOp::Track], &alphabet, regions_agree);
}

/// Killed by: what needs more operations than that.
#[test]
fn regions_agree_on_random_traces() {
    if skip("regions_agree_on_random_traces") {
        return;
    }
    for seed in 0..60 {
        let mut rng = Rng::new(seed);
        let mut ops = Vec::new();
        for handles in 0..200 {
            let h = u64::saturating_sub(handles / 3 + 1, rng.below(8));
            let pa = match rng.below(12) {
                0 => rng.edge(),
                1 => rng.below(8 * PAGE),
                _ => rng.below(9) * PAGE,
            };
            ops.push(match rng.below(14) {
                0 => RegionOp::Track,
                1 if rng.below(2) == 0 => RegionOp::Skip,
                1..=2 => RegionOp::GetSlot(pa),
                3..=4 => RegionOp::FromUnused(FrameKind::Shared, pa, rng.edge()),
                5 => RegionOp::FromUnused(FrameKind::Unique, pa, rng.edge()),
                6 => RegionOp::FromInUse(pa),
                7 => RegionOp::StartPaddr(h),
                8 => RegionOp::Frame(FrameOp::Clone(h)),
                9 => RegionOp::Frame(FrameOp::FromUnique(h)),
                10 => RegionOp::Frame(FrameOp::TryFromShared(h)),
                11 => RegionOp::Frame(FrameOp::RefCount(h)),
                _ => RegionOp::Frame(FrameOp::Drop(h)),
            });
        }
        regions_agree(&ops);
    }
}
