//! The same traces, random ones and all short ones, through the generated model and
//! through [`tally::LinkedList`]: both agree on every frame, answer and event, and after
//! each step on the order of every list, on its cursor, on which list each frame is in and on
//! every slot's status.
//!
//! The numbers of lists come from one counter for the process in Rust and begin anew in
//! the model: they agree as far as their order goes.
//!
//! What this finds: a push at the other end, a link that is not mended when a frame is
//! taken out, a cursor that stays behind or jumps, a frame that still says it is in a
//! list, a second number for a list, a drop from the back.

mod frames;

use frames::{Meta, Space, paddr, page, slots, word};
use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use tally::{CursorMut, FrameSpace, Link, MetaRegion, Paddr};
use tally_model::frame::{FrameEvent, SLOT_UNIQUE, SLOT_UNUSED};
use tally_model::list::{FlOp, FlOutcome, FlState, fl_init, fl_step};
use tally_model::traces::{self, for_all};

type LinkedList = tally::LinkedList<Meta, Space>;
type UniqueFrame = tally::UniqueFrame<Link<Meta>, Space>;

/// A list and where its cursor is when it is not borrowed: at a frame, or between the
/// last and the first.
struct List {
    list: LinkedList,
    at: Option<Paddr>,
}

impl List {
    /// Does something at the cursor and sees where that leaves it.
    fn cursor<R>(&mut self, act: impl FnOnce(&mut CursorMut<'_, Meta, Space>) -> R) -> R {
        let mut cursor = match self.at {
            Some(start) => self.list.cursor_mut_at(start).expect("the cursor's frame is there"),
            None => {
                let mut cursor = self.list.cursor_back_mut();
                if cursor.current_paddr().is_some() {
                    cursor.move_next();
                }
                cursor
            }
        };
        assert_eq!(cursor.current_paddr(), self.at);
        let result = act(&mut cursor);
        self.at = cursor.current_paddr();
        result
    }

    /// The frames, by the numbers of their pages.
    fn pages(&self) -> Vec<u64> {
        self.list.iter().map(|meta| meta.page).collect()
    }
}

struct Machine {
    /// The frames that are in no list.
    frames: Vec<Option<UniqueFrame>>,
    lists: Vec<Option<List>>,
}

impl Machine {
    fn new(frames: u64) -> Self {
        let claim = |page| {
            let meta = Link::new(Meta { number: page, page });
            Some(UniqueFrame::from_unused(paddr(page), meta).expect("unused"))
        };
        Machine { frames: (0..frames).map(claim).collect(), lists: Vec::new() }
    }

    fn insert(
        &mut self,
        l: u64,
        frame: u64,
        put: impl FnOnce(&mut List, UniqueFrame),
    ) -> FlOutcome {
        let Some(Some(list)) = self.lists.get_mut(l as usize) else { return FlOutcome::BadList };
        let place = usize::try_from(frame).ok().and_then(|place| self.frames.get_mut(place));
        let Some(frame) = place.and_then(Option::take) else { return FlOutcome::BadFrame };
        put(list, frame);
        FlOutcome::Done
    }

    fn taken(&mut self, frame: Option<UniqueFrame>) -> FlOutcome {
        let Some(frame) = frame else { return FlOutcome::None };
        let page = page(frame.start_paddr());
        assert!(self.frames[page as usize].replace(frame).is_none(), "page {page} twice");
        FlOutcome::Frame(page)
    }

    fn step(&mut self, op: FlOp) -> FlOutcome {
        let (FlOp::PushFront(l, _)
        | FlOp::PushBack(l, _)
        | FlOp::PopFront(l)
        | FlOp::PopBack(l)
        | FlOp::Contains(l, _)
        | FlOp::Size(l)
        | FlOp::Id(l)
        | FlOp::Drop(l)
        | FlOp::CursorFront(l)
        | FlOp::CursorBack(l)
        | FlOp::CursorNext(l)
        | FlOp::CursorPrev(l)
        | FlOp::CursorCurrent(l)
        | FlOp::CursorTake(l)
        | FlOp::CursorInsert(l, _)) = op
        else {
            self.lists.push(Some(List { list: LinkedList::new(), at: None }));
            return FlOutcome::List(self.lists.len() as u64 - 1);
        };
        match op {
            FlOp::PushFront(_, frame) => {
                return self.insert(l, frame, |list, frame| {
                    list.list.push_front(frame);
                    list.at = None;
                });
            }
            FlOp::PushBack(_, frame) => {
                return self.insert(l, frame, |list, frame| {
                    list.list.push_back(frame);
                    list.at = None;
                });
            }
            FlOp::CursorInsert(_, frame) => {
                return self.insert(l, frame, |list, frame| {
                    list.cursor(|cursor| cursor.insert_before(frame));
                });
            }
            _ => {}
        }
        let Some(place) = self.lists.get_mut(l as usize) else { return FlOutcome::BadList };
        let Some(list) = place else { return FlOutcome::BadList };
        match op {
            FlOp::PopFront(_) | FlOp::PopBack(_) => {
                let frame = match op {
                    FlOp::PopFront(_) => list.list.pop_front(),
                    _ => list.list.pop_back(),
                };
                if frame.is_some() {
                    list.at = None;
                }
                self.taken(frame)
            }
            FlOp::CursorTake(_) => {
                let frame = list.cursor(|cursor| cursor.take_current());
                self.taken(frame)
            }
            FlOp::Contains(_, frame) => FlOutcome::Bool(list.list.contains(paddr(frame))),
            FlOp::Size(_) => FlOutcome::Number(list.list.len() as u64),
            FlOp::Id(_) => FlOutcome::Number(list.list.id().unwrap_or(0)),
            FlOp::Drop(_) => {
                Space::events();
                *place = None;
                let events = Space::events();
                let gone: Vec<u64> = events.chunks(4).map(one_frame).collect();
                FlOutcome::Dropped(gone)
            }
            FlOp::CursorCurrent(_) => match list.cursor(|cursor| {
                assert_eq!(
                    cursor.current_paddr().map(page),
                    cursor.current_meta().map(|meta| meta.page)
                );
                cursor.current_paddr()
            }) {
                Some(start) => FlOutcome::Frame(page(start)),
                None => FlOutcome::None,
            },
            FlOp::CursorFront(_) => {
                list.at = list.list.cursor_front_mut().current_paddr();
                FlOutcome::Done
            }
            FlOp::CursorBack(_) => {
                list.at = list.list.cursor_back_mut().current_paddr();
                FlOutcome::Done
            }
            FlOp::CursorNext(_) => {
                list.cursor(|cursor| cursor.move_next());
                FlOutcome::Done
            }
            FlOp::CursorPrev(_) => {
                list.cursor(|cursor| cursor.move_prev());
                FlOutcome::Done
            }
            _ => unreachable!("the others were treated above"),
        }
    }

    fn agrees(&self, model: &FlState) -> bool {
        let frame = |(i, frame): (u64, &Option<UniqueFrame>)| {
            let expected = model.frames[i as usize];
            let status = word(Space::region().status(paddr(i)).expect("tracked"));
            frame.is_some() == (expected.live && expected.in_list == 0)
                && status == if expected.live { SLOT_UNIQUE } else { SLOT_UNUSED }
        };
        // Rust's numbers by the model's.
        let mut ids = BTreeMap::from([(0, 0)]);
        let mut list = |(list, expected): (&Option<List>, &Option<_>)| {
            let (list, expected): (&List, &tally_model::list::FrameList) = match (list, expected) {
                (None, None) => return true,
                (Some(list), Some(expected)) => (list, expected),
                _ => return false,
            };
            let once = ids.insert(expected.id, list.list.id().unwrap_or(0));
            let (pages, mut back) = (list.pages(), list.pages());
            back.reverse();
            (if expected.id == 0 { once == Some(0) } else { once.is_none() })
                && pages == expected.items
                && list.list.iter().rev().map(|meta| meta.page).eq(back)
                && list.list.len() == pages.len()
                && list.list.is_empty() == pages.is_empty()
                && list.list.front().map(|meta| meta.page) == pages.first().copied()
                && list.list.back().map(|meta| meta.page) == pages.last().copied()
                && list.at.map(page) == pages.get(expected.cursor as usize).copied()
                && (0..).zip(&model.frames).all(|(i, frame)| {
                    let within = expected.id != 0 && frame.in_list == expected.id;
                    list.list.contains(paddr(i)) == within
                })
        };
        (0..).zip(&self.frames).all(frame)
            && self.lists.len() == model.lists.len()
            && self.lists.iter().zip(&model.lists).all(&mut list)
            && ids.values().is_sorted_by(|one, other| one < other)
    }
}

/// The page of the one frame that these events tear down.
fn one_frame(events: &[FrameEvent]) -> u64 {
    match *events {
        [
            FrameEvent::OnDrop(i, m),
            FrameEvent::MetaDropped(j, n),
            FrameEvent::Unused(k),
            FrameEvent::Dealloc(l),
        ] if i == j && i == k && i == l && m == i && n == i => i,
        _ => panic!("not what tearing one frame down does: {events:?}"),
    }
}

/// Both, step by step.
struct Pair {
    model: FlState,
    /// Left as it is where the two do not agree.
    machine: ManuallyDrop<Machine>,
    trace: Vec<FlOp>,
}

impl Pair {
    fn new(frames: u64) -> Self {
        Pair {
            model: fl_init(frames),
            machine: ManuallyDrop::new(Machine::new(frames)),
            trace: Vec::new(),
        }
    }

    fn step(&mut self, op: FlOp) {
        self.trace.push(op);
        let model = std::mem::replace(&mut self.model, fl_init(0));
        let (next, expected) = fl_step(model, op);
        self.model = next;
        let outcome = self.machine.step(op);
        match (op, &outcome, &expected) {
            // Compared by `agrees`, all of them at once.
            (FlOp::Id(_), FlOutcome::Number(id), FlOutcome::Number(number)) => {
                assert_eq!(*id == 0, *number == 0, "{:?}", self.trace);
            }
            _ => assert_eq!(outcome, expected, "{:?}", self.trace),
        }
        assert!(self.machine.agrees(&self.model), "{:?} then {:?}", self.trace, self.model);
    }

    /// Drops all lists and all frames: then every frame is gone.
    fn finish(mut self) {
        for l in 0..self.model.lists.len() as u64 {
            self.step(FlOp::Drop(l));
        }
        self.machine.frames.clear();
        for i in 0..self.model.frames.len() as u64 {
            let status = Space::region().status(paddr(i)).expect("tracked");
            assert_eq!(word(status), SLOT_UNUSED, "{:?}", self.trace);
        }
        ManuallyDrop::into_inner(self.machine);
    }
}

fn install(frames: u64) {
    Space::install(MetaRegion::new(0, slots(frames as usize)).expect("aligned"));
}

/// What can be done with three frames and so many lists.
fn alphabet(lists: u64) -> Vec<FlOp> {
    let mut ops = if lists < 2 { vec![FlOp::New] } else { Vec::new() };
    for l in 0..lists {
        for frame in 0..3 {
            ops.push(FlOp::PushBack(l, frame));
        }
        ops.extend([
            FlOp::PushFront(l, 0),
            FlOp::PushFront(l, 1),
            FlOp::PopFront(l),
            FlOp::PopBack(l),
            FlOp::Drop(l),
            FlOp::CursorFront(l),
            FlOp::CursorBack(l),
            FlOp::CursorNext(l),
            FlOp::CursorPrev(l),
            FlOp::CursorTake(l),
            FlOp::CursorInsert(l, 2),
        ]);
    }
    ops
}

/// Runs every trace of this length that begins with `trace`; how many there were.
fn all(trace: &mut Vec<FlOp>, length: usize, state: &FlState) -> u64 {
    if trace.len() == length {
        let mut pair = Pair::new(state.frames.len() as u64);
        trace.iter().for_each(|op| pair.step(*op));
        pair.finish();
        return 1;
    }
    let mut traces = 0;
    for op in alphabet(state.lists.len() as u64) {
        trace.push(op);
        traces += all(trace, length, &fl_step(state.clone(), op).0);
        trace.pop();
    }
    traces
}

#[test]
fn tally_agrees_with_the_model_on_all_short_traces() {
    install(3);
    let traces = all(&mut Vec::new(), 5, &fl_init(3));
    println!("{traces} traces");
}

#[test]
fn tally_agrees_with_the_model_on_random_traces() {
    const FRAMES: u64 = 6;
    for_all(800, traces::list(FRAMES, 150), |ops| {
        install(FRAMES);
        let mut pair = Pair::new(FRAMES);
        ops.into_iter().for_each(|op| pair.step(op));
        pair.finish();
    });
}
