//! The same random traces through the generated model and through `tally`'s page
//! frames: both agree on every handle, count, error and payload, on what happens in
//! which order when the last handle goes, and on what others see meanwhile. Metadata are
//! of two types, behind handles that do not tell which.
//!
//! What this finds: an error for another (`Unique` for `Busy`), a `try_from` that
//! succeeds at another count than 1 or loses the frame when it fails, a clone that
//! does not count, metadata that are dropped twice, never or as another type, a slot that is not
//! unused when the allocator gets its page.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::panic::resume_unwind;
use std::thread;
use std::time::{Duration, Instant};
use tally::{FrameMeta, FrameSpace, GetFrameError, MetaRegion, PAGE_SIZE, Paddr, frame::TearDown};
use tally_model::frame::{
    FrameError, FrameEvent, FrameKind, FrameOp, FrameOutcome, frame_init, frame_step,
};
use tally_model::traces::{self, for_all};

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

/// Metadata of two types, which keep the same two things the other way round: a number is
/// of type [`Even`] or [`Odd`], as it is.
trait Numbered: FrameMeta + Sized {
    fn new(number: u64, slot: u64) -> Self;
    fn read(&self) -> (u64, u64);
}

macro_rules! numbered {
    ($name:ident { $first:ident, $second:ident }) => {
        #[derive(Debug)]
        #[repr(C)]
        struct $name {
            $first: u64,
            $second: u64,
        }

        impl Numbered for $name {
            fn new(number: u64, slot: u64) -> Self {
                $name { number, slot }
            }

            fn read(&self) -> (u64, u64) {
                (self.number, self.slot)
            }
        }

        impl FrameMeta for $name {
            /// Meanwhile nobody can have the frame.
            fn on_drop(&mut self, frame: &mut TearDown<'_>) {
                let start = frame.start_paddr();
                assert_eq!(slot(start), self.slot);
                assert_eq!(Frame::from_in_use(start).err(), Some(GetFrameError::Busy));
                event(FrameEvent::OnDrop(self.slot, self.number));
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                event(FrameEvent::MetaDropped(self.slot, self.number));
            }
        }
    };
}
numbered!(Even { number, slot });
numbered!(Odd { slot, number });

type Frame = tally::Frame<dyn FrameMeta, Space>;
type UniqueFrame = tally::UniqueFrame<dyn FrameMeta, Space>;

/// The number of a shared frame, which is of one of the two types, and the frame.
fn shared_number(frame: Frame) -> (u64, Frame) {
    match tally::Frame::<Even, Space>::try_from(frame) {
        Ok(frame) => (frame.meta().read().0, frame.into()),
        Err(frame) => {
            let frame = tally::Frame::<Odd, Space>::try_from(frame).expect("one of the two");
            (frame.meta().read().0, frame.into())
        }
    }
}

fn unique_number(frame: UniqueFrame) -> (u64, UniqueFrame) {
    match tally::UniqueFrame::<Even, Space>::try_from(frame) {
        Ok(frame) => (frame.meta().read().0, frame.into()),
        Err(frame) => {
            let frame = tally::UniqueFrame::<Odd, Space>::try_from(frame).expect("one of the two");
            (frame.meta().read().0, frame.into())
        }
    }
}

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
        if number & 1 == 0 {
            self.claim_as::<Even>(kind, slot, number)
        } else {
            self.claim_as::<Odd>(kind, slot, number)
        }
    }

    fn claim_as<M: Numbered>(&mut self, kind: FrameKind, slot: u64, number: u64) -> FrameOutcome {
        let (start, meta) = (start(slot), M::new(number, slot));
        let claimed = match kind {
            FrameKind::Unique => tally::UniqueFrame::<M, Space>::from_unused(start, meta)
                .map(|frame| Handle::Unique(frame.into())),
            FrameKind::Shared => tally::Frame::<M, Space>::from_unused(start, meta)
                .map(|frame| Handle::Shared(frame.into())),
        };
        match claimed {
            Ok(handle) => self.open(handle),
            Err(refused) => {
                assert_eq!(refused.metadata.read(), (number, slot));
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
                let (number, handle) = match handle {
                    Handle::Unique(frame) => {
                        let (number, frame) = unique_number(frame);
                        (number, Handle::Unique(frame))
                    }
                    Handle::Shared(frame) => {
                        let (number, frame) = shared_number(frame);
                        (number, Handle::Shared(frame))
                    }
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

/// Both run the trace and agree. A leaked share keeps its slot in use for good, so each
/// trace has slots of its own: a thread's.
fn agree(ops: Vec<FrameOp>) {
    let run = move || {
        // Where they do not agree, the handles are left as they are.
        let mut machine = ManuallyDrop::new(Machine::default());
        let mut model = frame_init(SLOTS);
        for (place, op) in ops.iter().enumerate() {
            let (next, expected) = frame_step(model, *op);
            model = next;
            assert_eq!(machine.step(*op), expected, "operation {place}: {op:?}");
        }
        ManuallyDrop::into_inner(machine);
    };
    thread::spawn(run).join().unwrap_or_else(|panic| resume_unwind(panic));
}

#[test]
fn tally_agrees_with_the_model() {
    let (mut operations, mut spent) = (0, Duration::ZERO);
    for_all(100, traces::frame(SLOTS, 4000, 0, false), |ops| {
        operations += ops.len();
        let start = Instant::now();
        agree(ops);
        spent += start.elapsed();
    });
    let rate = operations as f64 / spent.as_secs_f64();
    println!("{operations} operations, {:.2} million a second", rate / 1e6);
}

#[test]
fn tally_agrees_with_the_model_where_shares_leak() {
    for_all(400, traces::frame(SLOTS, 500, 3, false), agree);
}
