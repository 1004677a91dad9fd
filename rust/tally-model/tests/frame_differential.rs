//! The same random traces through the generated model and through `tally`'s page
//! frames: both agree on every handle, count, error and payload, on what happens in
//! which order when the last handle goes, and on what others see meanwhile.
//!
//! What this finds: an error for another (`Unique` for `Busy`), a `try_from` that
//! succeeds at another count than 1 or loses the frame when it fails, a clone that
//! does not count, metadata that are dropped twice or never, a slot that is not
//! unused when the allocator gets its page.

use std::cell::RefCell;
use std::time::Instant;
use tally::{FrameMeta, FrameSpace, GetFrameError, MetaRegion, PAGE_SIZE, Paddr, frame::TearDown};
use tally_model::frame::{
    FrameError, FrameEvent, FrameKind, FrameOp, FrameOutcome, frame_init, frame_step,
};
use tally_model::random::{FrameTrace, Rng};

const SLOTS: u64 = 5;
const BASE: Paddr = 0x40_0000;

thread_local! {
    static REGION: &'static MetaRegion = {
        let region = MetaRegion::leak(BASE, SLOTS as usize).expect("aligned");
        Box::leak(Box::new(region))
    };
    static EVENTS: RefCell<Vec<FrameEvent>> = const { RefCell::new(Vec::new()) };
}

fn event(event: FrameEvent) {
    EVENTS.with_borrow_mut(|events| events.push(event));
}

/// One space for each thread, therefore for each test.
#[derive(Debug)]
struct Space;

impl FrameSpace for Space {
    fn region() -> &'static MetaRegion {
        REGION.with(|region| *region)
    }

    /// By now the slot has to be unused.
    fn dealloc(start: Paddr, size: usize) {
        assert_eq!(size, PAGE_SIZE);
        if Frame::from_in_use(start).err() == Some(GetFrameError::Unused) {
            event(FrameEvent::Unused(slot(start)));
        }
        event(FrameEvent::Dealloc(slot(start)));
    }
}

#[derive(Debug)]
struct Meta {
    number: u64,
    slot: u64,
}

impl FrameMeta for Meta {
    /// Meanwhile nobody can have the frame.
    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        let start = frame.start_paddr();
        assert_eq!(slot(start), self.slot);
        assert_eq!(Frame::from_in_use(start).err(), Some(GetFrameError::Busy));
        event(FrameEvent::OnDrop(self.slot, self.number));
    }
}

impl Drop for Meta {
    fn drop(&mut self) {
        event(FrameEvent::MetaDropped(self.slot, self.number));
    }
}

type Frame = tally::Frame<Meta, Space>;
type UniqueFrame = tally::UniqueFrame<Meta, Space>;

fn slot(start: Paddr) -> u64 {
    ((start - BASE) / PAGE_SIZE) as u64
}

/// An address far outside for a slot that no address can be computed for.
fn start(slot: u64) -> Paddr {
    let bytes = usize::try_from(slot).ok().and_then(|slot| slot.checked_mul(PAGE_SIZE));
    bytes.and_then(|bytes| bytes.checked_add(BASE)).unwrap_or(0)
}

fn error(error: GetFrameError) -> FrameOutcome {
    FrameOutcome::Failed(match error {
        GetFrameError::InUse => FrameError::InUse,
        GetFrameError::Unused => FrameError::Unused,
        GetFrameError::Unique => FrameError::Unique,
        GetFrameError::Busy => FrameError::Busy,
        GetFrameError::OutOfBound => FrameError::OutOfBound,
        other => panic!("an error the model does not know: {other:?}"),
    })
}

enum Handle {
    Unique(UniqueFrame),
    Shared(Frame),
}

/// Handles by their names; a name is never used again.
#[derive(Default)]
struct Machine {
    handles: Vec<Option<Handle>>,
}

impl Machine {
    fn open(&mut self, handle: Handle) -> FrameOutcome {
        self.handles.push(Some(handle));
        FrameOutcome::Handle(self.handles.len() as u64 - 1)
    }

    fn claim(&mut self, kind: FrameKind, slot: u64, number: u64) -> FrameOutcome {
        let meta = Meta { number, slot };
        let claimed = match kind {
            FrameKind::Unique => UniqueFrame::from_unused(start(slot), meta).map(Handle::Unique),
            FrameKind::Shared => Frame::from_unused(start(slot), meta).map(Handle::Shared),
        };
        match claimed {
            Ok(handle) => self.open(handle),
            Err(refused) => {
                assert_eq!((refused.metadata.number, refused.metadata.slot), (number, slot));
                let outcome = error(refused.error);
                // Handed back alive; nobody else's drop is to see it go.
                drop(refused);
                EVENTS.with_borrow_mut(Vec::clear);
                outcome
            }
        }
    }

    fn step(&mut self, op: FrameOp) -> FrameOutcome {
        match op {
            FrameOp::FromUnused(kind, slot, number) => return self.claim(kind, slot, number),
            FrameOp::FromInUse(slot) => {
                return match Frame::from_in_use(start(slot)) {
                    Ok(frame) => self.open(Handle::Shared(frame)),
                    Err(refused) => error(refused),
                };
            }
            _ => {}
        }
        let (FrameOp::FromUnique(h)
        | FrameOp::TryFromShared(h)
        | FrameOp::Clone(h)
        | FrameOp::Drop(h)
        | FrameOp::RefCount(h)
        | FrameOp::Meta(h)
        | FrameOp::Leak(h, _)) = op
        else {
            unreachable!("the halves of an operation are not in these traces")
        };
        let place = usize::try_from(h).ok().filter(|place| *place < self.handles.len());
        let Some((place, handle)) =
            place.and_then(|place| Some((place, self.handles[place].take()?)))
        else {
            return FrameOutcome::BadHandle;
        };
        // The handle goes back to its place unless it is consumed.
        let (outcome, handle) = self.on_handle(op, h, handle);
        self.handles[place] = handle;
        outcome
    }

    fn on_handle(&mut self, op: FrameOp, h: u64, handle: Handle) -> (FrameOutcome, Option<Handle>) {
        match (op, handle) {
            (FrameOp::Drop(_), handle) => {
                EVENTS.with_borrow_mut(Vec::clear);
                drop(handle);
                (FrameOutcome::Dropped(EVENTS.take()), None)
            }
            (FrameOp::FromUnique(_), Handle::Unique(frame)) => {
                (FrameOutcome::Handle(h), Some(Handle::Shared(Frame::from(frame))))
            }
            (FrameOp::TryFromShared(_), Handle::Shared(frame)) => {
                match UniqueFrame::try_from(frame) {
                    Ok(frame) => (FrameOutcome::Handle(h), Some(Handle::Unique(frame))),
                    Err(frame) => (FrameOutcome::HandedBack(h), Some(Handle::Shared(frame))),
                }
            }
            (FrameOp::Meta(_), handle) => {
                let number = match &handle {
                    Handle::Unique(frame) => frame.meta().number,
                    Handle::Shared(frame) => frame.meta().number,
                };
                (FrameOutcome::MetaIs(number), Some(handle))
            }
            (FrameOp::Clone(_), Handle::Shared(frame)) => {
                let outcome = self.open(Handle::Shared(frame.clone()));
                (outcome, Some(Handle::Shared(frame)))
            }
            (FrameOp::RefCount(_), Handle::Shared(frame)) => {
                (FrameOutcome::Count(frame.reference_count()), Some(Handle::Shared(frame)))
            }
            (FrameOp::Leak(_, n), Handle::Shared(frame)) => {
                (0..n).for_each(|_| std::mem::forget(frame.clone()));
                (FrameOutcome::Leaked, Some(Handle::Shared(frame)))
            }
            // In Rust these do not compile.
            (_, handle) => (FrameOutcome::WrongHandle, Some(handle)),
        }
    }
}

/// A leaked share keeps its slot in use for good, so traces with leaks are short,
/// and each has slots of its own: a thread's.
fn agree(seed: u64, length: u32, leaks: u64) {
    let (mut rng, mut trace) = (Rng::new(seed), FrameTrace::new(SLOTS));
    let (mut model, mut machine) = (frame_init(SLOTS), Machine::default());
    for place in 0..length {
        let op = trace.next(&mut rng, leaks, false);
        let (next, expected) = frame_step(model, op);
        model = next;
        assert_eq!(machine.step(op), expected, "seed {seed}, operation {place}: {op:?}");
        trace.see(op, &expected);
    }
}

#[test]
fn tally_agrees_with_the_model() {
    let start = Instant::now();
    for seed in 0..20 {
        std::thread::spawn(move || agree(seed, 10_000, 0)).join().unwrap();
    }
    let rate = 200_000.0 / start.elapsed().as_secs_f64();
    println!("200000 operations, {:.2} million a second", rate / 1e6);
}

#[test]
fn tally_agrees_with_the_model_where_shares_leak() {
    for seed in 100..300 {
        std::thread::spawn(move || agree(seed, 500, 3)).join().unwrap();
    }
}
