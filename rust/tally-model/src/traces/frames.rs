//! Traces of operations on page frames, and on segments, lists and regions of them.

use super::{draws, live, pick, played, word};
use crate::frame::{FrameKind, FrameOp, frame_init, frame_step};
use crate::list::{FlOp, fl_init, fl_step};
use crate::region::{Region, RegionOp, region_init, region_step};
use crate::segment::{SegOp, seg_init, seg_step};
use proptest::collection::vec;
use proptest::prelude::*;

const PAGE: u64 = 4096;
/// The most handles at a time, or a few more.
const MOST: usize = 16;

/// A number below `n`, or seldom any word.
fn below(n: u64) -> impl Strategy<Value = u64> {
    (0..32, 0..n, word()).prop_map(|(chance, below, word)| if chance < 31 { below } else { word })
}

/// An address: of a page below `n` most often, seldom another below that, or any.
fn address(n: u64) -> impl Strategy<Value = u64> {
    (0..16, 0..n, 0..PAGE, word()).prop_map(|(chance, page, inside, word)| match chance {
        ..14 => page * PAGE,
        14 => page * PAGE + inside,
        _ => word,
    })
}

/// An operation on a handle, or on a slot, with a word.
type FrameRow = fn(u64, u64, u64) -> FrameOp;

const FRAMES: [(usize, FrameRow); 10] = [
    (3, |_, slot, word| FrameOp::FromUnused(FrameKind::Shared, slot, word)),
    (3, |_, slot, word| FrameOp::FromUnused(FrameKind::Unique, slot, word)),
    (3, |_, slot, _| FrameOp::FromInUse(slot)),
    (3, |h, _, _| FrameOp::FromUnique(h)),
    (5, |h, _, _| FrameOp::TryFromShared(h)),
    (4, |h, _, _| FrameOp::Clone(h)),
    (7, |h, _, _| FrameOp::Drop(h)),
    (2, |h, _, _| FrameOp::RefCount(h)),
    (2, |h, _, _| FrameOp::Meta(h)),
    (1, |h, _, word| FrameOp::Leak(h, word)),
];

/// The halves of constructions and of last drops.
const HALVES: [(usize, FrameRow); 5] = [
    (1, |_, slot, _| FrameOp::Reserve(slot)),
    (1, |h, _, word| FrameOp::Publish(h, FrameKind::Shared, word)),
    (1, |h, _, word| FrameOp::Publish(h, FrameKind::Unique, word)),
    (1, |h, _, _| FrameOp::Release(h)),
    (1, |h, _, _| FrameOp::Vacate(h)),
];

/// Operations on so many slots, at most `length`. `leaks` is the largest leak; from 2⁶² on,
/// counts get to their edge and clones abort. `halves` says whether constructions and last
/// drops may come in two halves.
pub fn frame(
    slots: u64,
    length: usize,
    leaks: u64,
    halves: bool,
) -> impl Strategy<Value = Vec<FrameOp>> {
    let rows = FRAMES.into_iter().chain(HALVES.into_iter().filter(move |_| halves));
    draws(rows, (pick(), below(slots), word()), length).prop_map(move |draws| {
        played(frame_init(slots), frame_step, draws, |state, (op, (handle, slot, word))| {
            let all = live(&state.handles, |_| true);
            match op(handle.among(&all, state.handles.len()), slot, word) {
                FrameOp::Clone(h) if all.len() >= MOST => FrameOp::Drop(h),
                FrameOp::Leak(h, n) => FrameOp::Leak(h, n.min(leaks)),
                op => op,
            }
        })
    })
}

/// An operation on a handle, with two addresses, a page and a word.
type SegRow = fn(u64, (u64, u64), u64, u64) -> SegOp;

const SEGMENTS: [(usize, SegRow); 10] = [
    (4, |_, (start, stop), _, word| SegOp::FromUnused(start, stop, word)),
    (1, |_, _, page, _| SegOp::FromInUse(page)),
    (2, |h, (at, _), _, _| SegOp::Split(h, at)),
    (2, |h, (from, to), _, _| SegOp::Slice(h, from, to)),
    (1, |h, _, _, _| SegOp::Clone(h)),
    (1, |h, _, _, _| SegOp::Next(h)),
    (1, |h, _, _, _| SegOp::NextBack(h)),
    (1, |h, _, _, _| SegOp::IntoRaw(h)),
    (2, |h, _, _, _| SegOp::FromRaw(h)),
    (4, |h, _, _, _| SegOp::Drop(h)),
];

/// Operations on segments of so many pages, at most `length`.
pub fn segment(pages: u64, length: usize) -> impl Strategy<Value = Vec<SegOp>> {
    // One page more than there are, and its end.
    let addresses = (address(pages + 2), address(pages + 2));
    let arguments = (pick(), addresses, below(pages + 1), word());
    draws(SEGMENTS, arguments, length).prop_map(move |draws| {
        played(seg_init(pages), seg_step, draws, |state, (op, (handle, addresses, page, word))| {
            let all = live(&state.handles, |_| true);
            op(handle.among(&all, state.handles.len()), addresses, page, word)
        })
    })
}

/// An operation on a list, with a frame.
type ListRow = fn(u64, u64) -> FlOp;

const LISTS: [(usize, ListRow); 16] = [
    (2, |_, _| FlOp::New),
    (7, |l, frame| FlOp::PushFront(l, frame)),
    (8, |l, frame| FlOp::PushBack(l, frame)),
    (2, |l, _| FlOp::PopFront(l)),
    (2, |l, _| FlOp::PopBack(l)),
    (2, |l, frame| FlOp::Contains(l, frame)),
    (1, |l, _| FlOp::Size(l)),
    (1, |l, _| FlOp::Id(l)),
    (1, |l, _| FlOp::Drop(l)),
    (3, |l, _| FlOp::CursorFront(l)),
    (3, |l, _| FlOp::CursorBack(l)),
    (7, |l, _| FlOp::CursorNext(l)),
    (7, |l, _| FlOp::CursorPrev(l)),
    (4, |l, _| FlOp::CursorCurrent(l)),
    (4, |l, _| FlOp::CursorTake(l)),
    (9, |l, frame| FlOp::CursorInsert(l, frame)),
];

/// Operations on lists of so many frames, at most `length`.
pub fn list(frames: u64, length: usize) -> impl Strategy<Value = Vec<FlOp>> {
    draws(LISTS, (pick(), below(frames + 1)), length).prop_map(move |draws| {
        played(fl_init(frames), fl_step, draws, |state, (op, (list, frame))| {
            let all = live(&state.lists, |_| true);
            if all.is_empty() { FlOp::New } else { op(list.among(&all, state.lists.len()), frame) }
        })
    })
}

/// An operation on a handle or an address, with a word.
type RegionRow = fn(u64, u64, u64) -> RegionOp;

const REGIONS: [(usize, RegionRow); 7] = [
    (2, |_, start, word| RegionOp::FromUnused(FrameKind::Shared, start, word)),
    (1, |_, start, word| RegionOp::FromUnused(FrameKind::Unique, start, word)),
    (2, |_, start, _| RegionOp::FromInUse(start)),
    (2, |h, _, _| RegionOp::StartPaddr(h)),
    (1, |h, _, _| RegionOp::Frame(FrameOp::Clone(h))),
    (1, |h, _, _| RegionOp::Frame(FrameOp::RefCount(h))),
    (3, |h, _, _| RegionOp::Frame(FrameOp::Drop(h))),
];

/// What changes a region, or is not asked of the crate.
const GROWING: [(usize, RegionRow); 5] = [
    (1, |_, _, _| RegionOp::Track),
    (1, |_, _, _| RegionOp::Skip),
    (2, |_, start, _| RegionOp::GetSlot(start)),
    (1, |h, _, _| RegionOp::Frame(FrameOp::FromUnique(h))),
    (1, |h, _, _| RegionOp::Frame(FrameOp::TryFromShared(h))),
];

/// A region, page by page, whether it is tracked; and operations on it, at most `length`.
/// `growing` says whether there are those that change the region.
pub fn region(length: usize, growing: bool) -> impl Strategy<Value = (Vec<bool>, Vec<RegionOp>)> {
    let rows = REGIONS.into_iter().chain(GROWING.into_iter().filter(move |_| growing));
    let pages = vec(prop::bool::weighted(0.7), 0..9);
    (pages, draws(rows, (pick(), address(9), word()), length)).prop_map(|(pages, draws)| {
        let region = region_of(&pages);
        let ops = played(region, region_step, draws, |state, (op, (handle, start, word))| {
            let handles = &state.frames.handles;
            op(handle.among(&live(handles, |_| true), handles.len()), start, word)
        });
        (pages, ops)
    })
}

/// The model of a region, from its pages.
#[must_use]
pub fn region_of(pages: &[bool]) -> Region {
    pages.iter().fold(region_init(), |region, tracked| {
        region_step(region, if *tracked { RegionOp::Track } else { RegionOp::Skip }).0
    })
}
