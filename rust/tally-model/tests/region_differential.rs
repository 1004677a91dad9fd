//! Regions with holes: all with at most seven pages looked up at every page's edges, and
//! random ones used at random, through the generated model and through
//! [`tally::MetaRegion`]. Both agree on every error, count, address and event, and after each
//! step on every slot's word, by the slot's number.
//!
//! The number of a slot is seen through a second region without holes over the same slots.
//!
//! What this finds: a look-up that reads the slot of another page, that finds one in a
//! hole or behind the end, that says `OutOfBound` of an address that is not aligned, a way
//! back to another address.

mod frames;

use frames::{Meta, Space, error, paddr, slots, word};
use proptest::prelude::*;
use std::mem::ManuallyDrop;
use tally::{FrameRange, FrameSpace, GetFrameError, MetaRegion, MetaSlot, PAGE_SIZE, Paddr};
use tally_model::frame::{FrameKind, FrameOp, FrameOutcome};
use tally_model::region::{Region, RegionError, RegionOp, RegionOutcome, region_step};
use tally_model::traces::{self, for_all, region_of};

type Frame = tally::Frame<Meta, Space>;
type UniqueFrame = tally::UniqueFrame<Meta, Space>;

const PAGE: u64 = PAGE_SIZE as u64;

enum Handle {
    Unique(UniqueFrame),
    Shared(Frame),
}

/// A region of tracked pages and holes, and handles by their names.
struct Machine {
    /// Where slot `i` is that of page `i`.
    flat: MetaRegion,
    handles: Vec<Option<Handle>>,
}

fn refused(error: GetFrameError) -> Option<RegionError> {
    match error {
        GetFrameError::NotAligned => Some(RegionError::NotAligned),
        GetFrameError::OutOfBound => Some(RegionError::OutOfBound),
        _ => None,
    }
}

fn failed(why: GetFrameError) -> RegionOutcome {
    match refused(why) {
        Some(why) => RegionOutcome::Failed(why),
        None => RegionOutcome::Did(FrameOutcome::Failed(error(why))),
    }
}

impl Machine {
    /// Page `i` is tracked if `pages[i]`. Pages that are next to each other are in one range,
    /// or, where `apart`, in one each.
    fn new(pages: &[bool], apart: bool) -> Self {
        let mut ranges: Vec<FrameRange> = Vec::new();
        for (i, _) in pages.iter().enumerate().filter(|(_, tracked)| **tracked) {
            let base = i * PAGE_SIZE;
            match ranges.last_mut() {
                Some(last) if !apart && last.base + last.frames * PAGE_SIZE == base => {
                    last.frames += 1;
                }
                _ => ranges.push(FrameRange { base, frames: 1 }),
            }
        }
        let slots: &'static [MetaSlot] = slots(ranges.iter().map(|range| range.frames).sum());
        let (region, flat) = if ranges.is_empty() {
            (MetaRegion::EMPTY, MetaRegion::EMPTY)
        } else {
            let region = MetaRegion::with_holes(ranges.leak(), slots).expect("they ascend");
            (region, MetaRegion::new(0, slots).expect("aligned"))
        };
        Space::install(region);
        Machine { flat, handles: Vec::new() }
    }

    fn open(&mut self, handle: Handle) -> RegionOutcome {
        self.handles.push(Some(handle));
        RegionOutcome::Did(FrameOutcome::Handle(self.handles.len() as u64 - 1))
    }

    fn step(&mut self, op: RegionOp) -> RegionOutcome {
        match op {
            RegionOp::FromUnused(kind, start, number) => {
                let start = start as Paddr;
                let meta = Meta { number, page: frames::page(start) };
                let claimed = match kind {
                    FrameKind::Unique => UniqueFrame::from_unused(start, meta).map(Handle::Unique),
                    FrameKind::Shared => Frame::from_unused(start, meta).map(Handle::Shared),
                };
                match claimed {
                    Ok(handle) => self.open(handle),
                    Err(no) => failed(no.error),
                }
            }
            RegionOp::FromInUse(start) => match Frame::from_in_use(start as Paddr) {
                Ok(frame) => self.open(Handle::Shared(frame)),
                Err(why) => failed(why),
            },
            RegionOp::StartPaddr(h) => match self.handle(h) {
                Some(Handle::Unique(frame)) => RegionOutcome::Start(frame.start_paddr() as u64),
                Some(Handle::Shared(frame)) => RegionOutcome::Start(frame.start_paddr() as u64),
                None => RegionOutcome::Did(FrameOutcome::BadHandle),
            },
            RegionOp::Frame(op) => RegionOutcome::Did(self.on_handle(op)),
            other => unreachable!("not in these traces: {other:?}"),
        }
    }

    fn handle(&self, h: u64) -> Option<&Handle> {
        self.handles.get(usize::try_from(h).ok()?)?.as_ref()
    }

    fn on_handle(&mut self, op: FrameOp) -> FrameOutcome {
        match op {
            FrameOp::Clone(h) => match self.handle(h) {
                Some(Handle::Shared(frame)) => {
                    let frame = frame.clone();
                    self.handles.push(Some(Handle::Shared(frame)));
                    FrameOutcome::Handle(self.handles.len() as u64 - 1)
                }
                Some(Handle::Unique(_)) => FrameOutcome::WrongHandle,
                None => FrameOutcome::BadHandle,
            },
            FrameOp::RefCount(h) => match self.handle(h) {
                Some(Handle::Shared(frame)) => FrameOutcome::Count(frame.reference_count()),
                Some(Handle::Unique(_)) => FrameOutcome::WrongHandle,
                None => FrameOutcome::BadHandle,
            },
            FrameOp::Drop(h) => {
                let place = usize::try_from(h).ok().and_then(|place| self.handles.get_mut(place));
                let Some(handle) = place.and_then(Option::take) else {
                    return FrameOutcome::BadHandle;
                };
                Space::events();
                drop(handle);
                FrameOutcome::Dropped(Space::events())
            }
            other => unreachable!("not in these traces: {other:?}"),
        }
    }

    /// What each slot says, by its number, and each page, by its address.
    fn agrees(&self, model: &Region) -> bool {
        let slots = (0..)
            .zip(&model.frames.slots)
            .all(|(i, expected)| self.flat.status(paddr(i)).map(word) == Ok(expected.word));
        let pages = (0..).zip(&model.pages).all(|(i, slot)| {
            let status = Space::region().status(paddr(i)).map(word);
            status
                == slot.map_or(Err(GetFrameError::OutOfBound), |slot| {
                    Ok(model.frames.slots[slot as usize].word)
                })
        });
        slots && pages && self.flat.frames() == model.frames.slots.len()
    }
}

/// Events by addresses; in the model, by slots.
fn by_page(model: &Region, outcome: RegionOutcome) -> RegionOutcome {
    use tally_model::frame::FrameEvent::{Dealloc, MetaDropped, OnDrop, Unused};
    let page = |slot: u64| model.starts[slot as usize] / PAGE;
    match outcome {
        RegionOutcome::Did(FrameOutcome::Dropped(events)) => {
            let event = |event| match event {
                OnDrop(slot, m) => OnDrop(page(slot), m),
                MetaDropped(slot, m) => MetaDropped(page(slot), m),
                Unused(slot) => Unused(page(slot)),
                Dealloc(slot) => Dealloc(page(slot)),
            };
            RegionOutcome::Did(FrameOutcome::Dropped(events.into_iter().map(event).collect()))
        }
        other => other,
    }
}

/// All layouts of so many pages.
fn layouts(pages: usize) -> impl Iterator<Item = Vec<bool>> {
    (0..1_u32 << pages).map(move |bits| (0..pages).map(|i| bits >> i & 1 == 1).collect())
}

#[test]
fn tally_agrees_with_the_model_on_every_look_up_in_small_regions() {
    let mut found = 0;
    for (pages, apart) in (0..=7).flat_map(layouts).flat_map(|x| [(x.clone(), false), (x, true)]) {
        let (model, mut machine) = (region_of(&pages), Machine::new(&pages, apart));
        let behind = pages.len() as u64 * PAGE;
        let edges = (0..=behind + PAGE)
            .step_by(PAGE_SIZE)
            .flat_map(|start| [start.wrapping_sub(1), start, start + 1, start + PAGE / 2]);
        let far = [u64::MAX, u64::MAX - PAGE + 1, 1 << 63, (1 << 63) + 1];
        for start in edges.chain(far) {
            match region_step(model.clone(), RegionOp::GetSlot(start)).1 {
                RegionOutcome::Failed(expected) => {
                    let status = Space::region().status(start as Paddr);
                    assert_eq!(
                        status.map_err(refused),
                        Err(Some(expected)),
                        "{pages:?} {start:#x}"
                    );
                }
                RegionOutcome::Slot(slot) => {
                    // Only this slot becomes in use, and it leads back to the address.
                    let op = RegionOp::FromUnused(FrameKind::Shared, start, 0);
                    let held = region_step(model.clone(), op).0;
                    assert_eq!(held.frames.slots[slot as usize].word, 1);
                    machine.step(op);
                    assert!(machine.agrees(&held), "{pages:?} {start:#x}");
                    let Some(Some(Handle::Shared(frame))) = machine.handles.pop() else {
                        panic!("{pages:?} {start:#x}")
                    };
                    assert_eq!(frame.start_paddr() as u64, start);
                    found += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    println!("{found} look-ups found a slot");
}

#[test]
fn tally_agrees_with_the_model_on_random_traces() {
    let apart = any::<bool>();
    for_all(600, (traces::region(150, false), apart), |((pages, ops), apart)| {
        // Where they do not agree, the handles are left as they are.
        let mut machine = ManuallyDrop::new(Machine::new(&pages, apart));
        let mut model = region_of(&pages);
        for op in ops {
            let (next, expected) = region_step(model, op);
            model = next;
            assert_eq!(machine.step(op), by_page(&model, expected), "{op:?}");
            assert!(machine.agrees(&model), "{op:?} then {model:?}");
        }
        ManuallyDrop::into_inner(machine);
    });
}
