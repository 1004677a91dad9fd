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
use tally_model::region::{RegionOp, RegionOutcome, region_init, region_step};
use tally_model::segment::{SegOp, SegOutcome, seg_init, seg_step};
use tally_model::traces::{self, for_all};
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

/// Killed by: a roll-back in another order, the arms of `seg_page_step` exchanged, two
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
    for_all(60, traces::segment(8, 400), |ops| segments_agree(8, &ops));
    for_all(20, traces::segment(8, 400), |ops| segment_programs_agree(8, &ops));
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
    for_all(60, traces::list(8, 600), |ops| lists_agree(8, &ops));
    for_all(20, traces::list(8, 600), |ops| list_programs_agree(8, &ops));
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
    let laid_out = |tracked| if tracked { RegionOp::Track } else { RegionOp::Skip };
    for_all(60, traces::region(400, true), |(pages, ops)| {
        let all: Vec<RegionOp> = pages.into_iter().map(laid_out).chain(ops).collect();
        regions_agree(&all);
    });
}
