//! The same random traces through the generated model, through `tally::Rc` and
//! through `std::rc::Rc`: all agree on every count, every payload, and on when a
//! payload is dropped and its memory freed.
//!
//! What this finds: a clone that does not count (`count.set(new)` left out), a drop
//! that drops the payload at another count than 0, twice or never, and a block that
//! is not freed or freed before its payload is dropped.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::time::Instant;
use tally_model::random::{RcTrace, Rng};
use tally_model::rc::{RcEvent, RcOp, RcOutcome, RcState, rc_init, rc_step};

/// Blocks of payloads are told from all others by their alignment.
const MARK: usize = 128;

thread_local! {
    /// How many blocks with a payload this thread has freed.
    static FREED: Cell<u64> = const { Cell::new(0) };
    /// The payloads dropped, each with the number of blocks freed before it.
    static DROPPED: RefCell<Vec<(u64, u64)>> = const { RefCell::new(Vec::new()) };
}

/// The system's allocator, that counts.
struct Watched;

// SAFETY: every call is passed on as it came.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's obligations are those of `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.align() == MARK {
            // Const-initialised and without a destructor: allocates nothing.
            FREED.set(FREED.get() + 1);
        }
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Watched = Watched;

#[repr(align(128))]
struct Payload {
    number: u64,
}

const _: () = assert!(align_of::<Payload>() == MARK);

impl Drop for Payload {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push((self.number, FREED.get())));
    }
}

/// What the two implementations have in common.
trait Shared: Clone + Deref<Target = Payload> {
    fn new(payload: Payload) -> Self;
    fn strong_count(this: &Self) -> usize;
}

impl Shared for tally::Rc<Payload> {
    fn new(payload: Payload) -> Self {
        tally::Rc::new(payload)
    }
    fn strong_count(this: &Self) -> usize {
        tally::Rc::strong_count(this)
    }
}

impl Shared for std::rc::Rc<Payload> {
    fn new(payload: Payload) -> Self {
        std::rc::Rc::new(payload)
    }
    fn strong_count(this: &Self) -> usize {
        std::rc::Rc::strong_count(this)
    }
}

/// Handles by their names; a name is never used again.
struct Machine<H> {
    handles: Vec<Option<H>>,
}

impl<H: Shared> Machine<H> {
    fn open(&mut self, handle: H) -> RcOutcome {
        self.handles.push(Some(handle));
        RcOutcome::Handle(self.handles.len() as u64 - 1)
    }

    fn find(&self, handle: u64) -> Option<&H> {
        self.handles.get(usize::try_from(handle).ok()?)?.as_ref()
    }

    /// `box_` is the model's name for the block that a last drop frees.
    fn step(&mut self, op: RcOp, box_: Option<u64>) -> RcOutcome {
        if let RcOp::New(number) = op {
            return self.open(H::new(Payload { number }));
        }
        let (RcOp::Clone(h)
        | RcOp::Drop(h)
        | RcOp::StrongCount(h)
        | RcOp::Get(h)
        | RcOp::Leak(h, _)) = op
        else {
            unreachable!("every other operation has a handle")
        };
        let Some(handle) = self.find(h) else { return RcOutcome::BadHandle };
        match op {
            RcOp::New(_) | RcOp::Clone(_) => {
                let clone = handle.clone();
                self.open(clone)
            }
            RcOp::StrongCount(_) => RcOutcome::Count(H::strong_count(handle) as u64),
            RcOp::Get(_) => RcOutcome::Payload(handle.number),
            RcOp::Leak(_, n) => {
                (0..n).for_each(|_| std::mem::forget(handle.clone()));
                RcOutcome::Leaked
            }
            RcOp::Drop(_) => {
                DROPPED.with_borrow_mut(Vec::clear);
                let freed = FREED.get();
                self.handles[h as usize] = None;
                let mut events = Vec::new();
                DROPPED.with_borrow(|dropped| {
                    for (number, freed_before) in dropped {
                        assert_eq!(*freed_before, freed, "memory freed before its payload");
                        events.push(RcEvent::PayloadDropped(*number));
                    }
                });
                for _ in freed..FREED.get() {
                    events.push(RcEvent::MemoryFreed(box_.expect("freed, but not in the model")));
                }
                RcOutcome::Dropped(events)
            }
        }
    }
}

fn freed_box(outcome: &RcOutcome) -> Option<u64> {
    let RcOutcome::Dropped(events) = outcome else { return None };
    events.iter().find_map(|event| match event {
        RcEvent::MemoryFreed(b) => Some(*b),
        RcEvent::PayloadDropped(_) => None,
    })
}

fn agree<H: Shared>(seeds: std::ops::Range<u64>, length: u32) {
    let start = Instant::now();
    let operations = (seeds.end - seeds.start) * u64::from(length);
    for seed in seeds {
        let (mut rng, mut trace) = (Rng::new(seed), RcTrace::default());
        let mut model: RcState = rc_init();
        let mut machine: Machine<H> = Machine { handles: Vec::new() };
        for place in 0..length {
            let op = trace.next(&mut rng, 3);
            let (next, expected) = rc_step(model, op);
            model = next;
            let outcome = machine.step(op, freed_box(&expected));
            assert_eq!(outcome, expected, "seed {seed}, operation {place}: {op:?}");
            trace.see(op, &expected);
        }
    }
    let rate = operations as f64 / start.elapsed().as_secs_f64();
    println!("{operations} operations, {:.2} million a second", rate / 1e6);
}

#[test]
fn tally_agrees_with_the_model() {
    agree::<tally::Rc<Payload>>(0..50, 4000);
}

#[test]
fn std_agrees_with_the_model() {
    agree::<std::rc::Rc<Payload>>(100..150, 4000);
}
