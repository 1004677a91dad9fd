//! The same traces, random ones and all short ones, through the generated model and
//! through [`tally::Segment`]: both agree on every handle, range, error and event, and
//! after each step on every slot's word and every frame's metadata.
//!
//! What this finds: a roll-back that forgets a frame or goes downwards, errors in
//! another order, a `slice` that counts a frame twice or one too few, a `split` in
//! another place, `next` that takes from the other end, a drop in another order.

#![allow(unsafe_code, reason = "from_raw")]

mod frames;

use frames::{Meta, Space, error, paddr, page, slots, word};
use std::mem::ManuallyDrop;
use std::ops::Range;
use tally::{FrameSpace, GetFrameError, MetaRegion, PAGE_SIZE, Paddr, SegmentError, SliceError};
use tally_model::frame::FrameEvent;
use tally_model::segment::{SegError, SegHandle, SegOp, SegOutcome, SegState, seg_init, seg_step};
use tally_model::traces::{self, for_all};

type Segment = tally::Segment<Meta, Space>;
type Frame = tally::Frame<Meta, Space>;

const PAGE: u64 = PAGE_SIZE as u64;

enum Handle {
    Frame(Frame),
    Range(Segment),
    Forgotten(Range<Paddr>),
}

/// Handles by their names; a name is never used again.
#[derive(Default)]
struct Machine {
    handles: Vec<Option<Handle>>,
}

fn slice_error(error: SliceError) -> SegOutcome {
    SegOutcome::Failed(match error {
        SliceError::NotAligned => SegError::NotAligned,
        SliceError::OutOfBound => SegError::OutOfBound,
        other => panic!("an error the model does not know: {other:?}"),
    })
}

impl Machine {
    fn open(&mut self, handle: Handle) -> SegOutcome {
        self.handles.push(Some(handle));
        SegOutcome::Handle(self.handles.len() as u64 - 1)
    }

    fn claim(&mut self, start: u64, stop: u64, number: u64) -> SegOutcome {
        let meta = |at: Paddr| Meta {
            number: number.wrapping_add(page(at) - page(start as Paddr)),
            page: page(at),
        };
        Space::events();
        let refused = match Segment::from_unused(start as Paddr..stop as Paddr, meta) {
            Ok(segment) => return self.open(Handle::Range(segment)),
            Err(SegmentError::NotAligned) => SegError::NotAligned,
            Err(SegmentError::Empty) => SegError::Empty,
            Err(SegmentError::OutOfBound) => SegError::OutOfBound,
            Err(SegmentError::Frame { start: at, error: why, metadata }) => {
                // Those before it went, in order, and nothing else.
                let gone = (start / PAGE..page(at)).flat_map(|i| {
                    let m = number.wrapping_add(i - start / PAGE);
                    let (on_drop, dropped) =
                        (FrameEvent::OnDrop(i, m), FrameEvent::MetaDropped(i, m));
                    [on_drop, dropped, FrameEvent::Unused(i), FrameEvent::Dealloc(i)]
                });
                assert_eq!(Space::events(), gone.collect::<Vec<_>>());
                assert_eq!(metadata.number, meta(at).number);
                SegError::PageRefused(page(at), error(why))
            }
            Err(other) => panic!("an error the model does not know: {other:?}"),
        };
        SegOutcome::Failed(refused)
    }

    fn step(&mut self, op: SegOp) -> SegOutcome {
        match op {
            SegOp::FromUnused(start, stop, number) => return self.claim(start, stop, number),
            SegOp::FromInUse(i) => {
                return match Frame::from_in_use(paddr(i)) {
                    Ok(frame) => self.open(Handle::Frame(frame)),
                    Err(GetFrameError::OutOfBound) => SegOutcome::Failed(SegError::OutOfBound),
                    Err(why) => SegOutcome::Failed(SegError::PageRefused(i, error(why))),
                };
            }
            _ => {}
        }
        let (SegOp::Split(h, _)
        | SegOp::Slice(h, ..)
        | SegOp::Clone(h)
        | SegOp::Next(h)
        | SegOp::NextBack(h)
        | SegOp::IntoRaw(h)
        | SegOp::FromRaw(h)
        | SegOp::Drop(h)) = op
        else {
            unreachable!("the others were treated above")
        };
        let place = usize::try_from(h).ok().filter(|place| *place < self.handles.len());
        let Some((place, handle)) =
            place.and_then(|place| Some((place, self.handles[place].take()?)))
        else {
            return SegOutcome::BadHandle;
        };
        // The handle goes back to its place unless it is consumed.
        let (outcome, handle) = self.on_handle(op, h, handle);
        self.handles[place] = handle;
        outcome
    }

    fn on_handle(&mut self, op: SegOp, h: u64, handle: Handle) -> (SegOutcome, Option<Handle>) {
        match (op, handle) {
            (SegOp::Drop(_), Handle::Forgotten(range)) => {
                (SegOutcome::WrongHandle, Some(Handle::Forgotten(range)))
            }
            (SegOp::Drop(_), handle) => {
                Space::events();
                drop(handle);
                (SegOutcome::Dropped(Space::events()), None)
            }
            (SegOp::FromRaw(_), Handle::Forgotten(range)) => {
                // SAFETY: from `into_raw` of a segment of this type, and turned back once.
                let segment = unsafe { Segment::from_raw(range) };
                (SegOutcome::Handle(h), Some(Handle::Range(segment)))
            }
            (SegOp::Split(_, offset), Handle::Range(segment)) => {
                match segment.split(offset as usize) {
                    Ok((front, back)) => {
                        self.handles.push(Some(Handle::Range(back)));
                        let new = self.handles.len() as u64 - 1;
                        (SegOutcome::Two(h, new), Some(Handle::Range(front)))
                    }
                    Err(refused) => {
                        (slice_error(refused.error), Some(Handle::Range(refused.segment)))
                    }
                }
            }
            (SegOp::Slice(_, from, to), Handle::Range(segment)) => {
                let outcome = match segment.slice(from as usize..to as usize) {
                    Ok(part) => self.open(Handle::Range(part)),
                    Err(error) => slice_error(error),
                };
                (outcome, Some(Handle::Range(segment)))
            }
            (SegOp::Clone(_), Handle::Range(segment)) => {
                (self.open(Handle::Range(segment.clone())), Some(Handle::Range(segment)))
            }
            (SegOp::Next(_) | SegOp::NextBack(_), Handle::Range(mut segment)) => {
                let frame = match op {
                    SegOp::Next(_) => segment.next(),
                    _ => segment.next_back(),
                };
                let outcome =
                    frame.map_or(SegOutcome::None, |frame| self.open(Handle::Frame(frame)));
                (outcome, Some(Handle::Range(segment)))
            }
            (SegOp::IntoRaw(_), Handle::Range(segment)) => {
                let range = segment.into_raw();
                (
                    SegOutcome::Raw(page(range.start), page(range.end)),
                    Some(Handle::Forgotten(range)),
                )
            }
            // In Rust these do not compile.
            (_, handle) => (SegOutcome::WrongHandle, Some(handle)),
        }
    }

    /// What the slots say, and what each handle shows.
    fn agrees(&self, model: &SegState) -> bool {
        let number = |i: u64| model.pages[i as usize].meta.expect("a handle's page has metadata");
        let count = |i: u64| model.pages[i as usize].word;
        let slots = (0..).zip(&model.pages).all(|(i, expected)| {
            word(Space::region().status(paddr(i)).expect("tracked")) == expected.word
        });
        let handle =
            |(handle, expected): (&Option<Handle>, &Option<SegHandle>)| match (handle, expected) {
                (None, None) => true,
                (Some(Handle::Frame(frame)), Some(SegHandle::Frame(i))) => {
                    frame.start_paddr() == paddr(*i)
                        && frame.meta().number == number(*i)
                        && frame.reference_count() == count(*i)
                }
                (Some(Handle::Range(segment)), Some(SegHandle::Range(lo, hi))) => {
                    segment.range() == range(*lo, *hi)
                        && segment.frames().len() as u64 == hi - lo
                        && segment.frames().zip(*lo..*hi).all(|(frame, i)| {
                            frame.start_paddr() == paddr(i)
                                && frame.meta().number == number(i)
                                && frame.reference_count() == count(i)
                        })
                }
                (Some(Handle::Forgotten(found)), Some(SegHandle::Forgotten(lo, hi))) => {
                    *found == range(*lo, *hi)
                }
                _ => false,
            };
        slots
            && self.handles.len() == model.handles.len()
            && self.handles.iter().zip(&model.handles).all(handle)
    }
}

/// The addresses of a segment: `0..0` if it has no frames.
fn range(lo: u64, hi: u64) -> Range<Paddr> {
    if lo == hi { 0..0 } else { paddr(lo)..paddr(hi) }
}

/// A segment without frames has a place in the model and none in Rust.
fn in_rust(outcome: SegOutcome) -> SegOutcome {
    match outcome {
        SegOutcome::Raw(lo, hi) if lo == hi => SegOutcome::Raw(0, 0),
        other => other,
    }
}

/// Both, step by step; `ops` chooses the next operation from the state.
struct Pair {
    model: SegState,
    /// Left as it is where the two do not agree.
    machine: ManuallyDrop<Machine>,
    trace: Vec<SegOp>,
}

impl Pair {
    /// `pages` unused pages from address 0, in slots of this thread.
    fn new(pages: u64) -> Self {
        Pair {
            model: seg_init(pages),
            machine: ManuallyDrop::new(Machine::default()),
            trace: Vec::new(),
        }
    }

    fn step(&mut self, op: SegOp) {
        self.trace.push(op);
        let model = std::mem::replace(&mut self.model, seg_init(0));
        let (next, expected) = seg_step(model, op);
        self.model = next;
        assert_eq!(self.machine.step(op), in_rust(expected), "{:?}", self.trace);
        assert!(self.machine.agrees(&self.model), "{:?} then {:?}", self.trace, self.model);
    }

    /// Gives everything back: then nothing is left in use.
    fn finish(mut self) {
        for h in 0..self.model.handles.len() as u64 {
            if let Some(SegHandle::Forgotten(..)) = self.model.handles[h as usize] {
                self.step(SegOp::FromRaw(h));
            }
            self.step(SegOp::Drop(h));
        }
        let unused = seg_init(self.model.pages.len() as u64).pages;
        assert_eq!(self.model.pages, unused, "{:?}", self.trace);
        ManuallyDrop::into_inner(self.machine);
    }
}

fn install(pages: u64) {
    Space::install(MetaRegion::new(0, slots(pages as usize)).expect("aligned"));
}

/// What can be done on three pages with so many handles.
fn alphabet(handles: u64) -> Vec<SegOp> {
    let mut ops = vec![
        SegOp::FromUnused(0, 3 * PAGE, 10),
        SegOp::FromUnused(PAGE, 3 * PAGE, 20),
        SegOp::FromUnused(0, PAGE, 30),
        SegOp::FromUnused(PAGE, PAGE, 40),
        SegOp::FromUnused(2 * PAGE, 4 * PAGE, 50),
        SegOp::FromUnused(1, PAGE, 60),
        SegOp::FromInUse(1),
    ];
    for h in 0..handles {
        ops.extend([
            SegOp::Split(h, 0),
            SegOp::Split(h, PAGE),
            SegOp::Split(h, 4 * PAGE),
            SegOp::Slice(h, 0, 2 * PAGE),
            SegOp::Slice(h, PAGE, PAGE),
            SegOp::Slice(h, PAGE, 0),
            SegOp::Clone(h),
            SegOp::Next(h),
            SegOp::NextBack(h),
            SegOp::IntoRaw(h),
            SegOp::FromRaw(h),
            SegOp::Drop(h),
        ]);
    }
    ops
}

/// Runs every trace of this length that begins with `trace`; how many there were.
fn all(trace: &mut Vec<SegOp>, length: usize, state: &SegState) -> u64 {
    if trace.len() == length {
        let mut pair = Pair::new(state.pages.len() as u64);
        trace.iter().for_each(|op| pair.step(*op));
        pair.finish();
        return 1;
    }
    let mut traces = 0;
    for op in alphabet(state.handles.len().min(4) as u64) {
        trace.push(op);
        traces += all(trace, length, &seg_step(state.clone(), op).0);
        trace.pop();
    }
    traces
}

#[test]
fn tally_agrees_with_the_model_on_all_short_traces() {
    install(3);
    let traces = all(&mut Vec::new(), 4, &seg_init(3));
    println!("{traces} traces");
}

#[test]
fn tally_agrees_with_the_model_on_random_traces() {
    const PAGES: u64 = 5;
    for_all(800, traces::segment(PAGES, 100), |ops| {
        install(PAGES);
        let mut pair = Pair::new(PAGES);
        ops.into_iter().for_each(|op| pair.step(op));
        pair.finish();
    });
}
