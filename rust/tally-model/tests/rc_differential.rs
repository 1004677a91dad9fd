//! The same traces through the generated model, through `tally::Rc`, `Weak` and
//! `UniqueRc`, and through those of `std` (without `UniqueRc`, which is not stable
//! there): all agree on every result, both counts, on which payload is cloned and
//! dropped and which block freed, in which order, and on what is never freed.
//!
//! What this finds: a count that is not kept, a payload dropped at another time, twice
//! or never, a block that is not freed or freed too early, a `get_mut`, `make_mut`,
//! `try_unwrap`, `upgrade` or `try_into_unique` that looks at the wrong count, a raw
//! pointer that does not stand for its handle.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::RefCell;
use std::mem::{ManuallyDrop, forget};
use std::time::{Duration, Instant};
use tally_model::rc::{RcEvent, RcOp, RcOutcome, RcState, rc_init, rc_step};
use tally_model::rc_leaks;
use tally_model::traces::{self, for_all};

/// Blocks of payloads are told from all others by their alignment.
const MARK: usize = 128;

thread_local! {
    /// The addresses of the blocks of this trace, in the order in which they were made;
    /// none once freed. The place is the model's name of the box.
    static BLOCKS: RefCell<Vec<Option<usize>>> = const { RefCell::new(Vec::new()) };
    /// What has happened since the last look.
    static EVENTS: RefCell<Vec<RcEvent>> = const { RefCell::new(Vec::new()) };
}

/// The system's allocator, that keeps a list. Its own list has another alignment.
struct Watched;

// SAFETY: every call is passed on as it came.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's obligations are those of `System`.
        let block = unsafe { System.alloc(layout) };
        if layout.align() == MARK {
            BLOCKS.with_borrow_mut(|blocks| blocks.push(Some(block.addr())));
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.align() == MARK {
            BLOCKS.with_borrow_mut(|blocks| {
                if let Some(name) = blocks.iter().position(|at| *at == Some(block.addr())) {
                    blocks[name] = None;
                    happened(RcEvent::MemoryFreed(name as u64));
                }
            });
        }
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Watched = Watched;

fn happened(event: RcEvent) {
    EVENTS.with_borrow_mut(|events| events.push(event));
}

fn events() -> Vec<RcEvent> {
    EVENTS.take()
}

#[repr(align(128))]
struct Payload {
    number: u64,
}

const _: () = assert!(align_of::<Payload>() == MARK);

impl Clone for Payload {
    fn clone(&self) -> Self {
        happened(RcEvent::PayloadCloned(self.number));
        Payload { number: self.number }
    }
}

impl Drop for Payload {
    fn drop(&mut self) {
        happened(RcEvent::PayloadDropped(self.number));
    }
}

/// The number of a payload that was moved out: its end is not the handle's doing.
fn taken(payload: Payload) -> u64 {
    let number = payload.number;
    forget(payload);
    number
}

enum Handle<S, W, U> {
    Strong(S),
    Raw(*const Payload),
    Unique(U),
    Weak(W),
    Dangling(W),
}

/// Handles by their names; a name is never used again. Of raw pointers the model has only
/// those that stand for strong handles; here weak handles are pointers, too, all the time
/// that nothing is done with them.
trait Machine: Default {
    fn step(&mut self, op: RcOp) -> RcOutcome;
}

macro_rules! machine {
    ($machine:ident, $rc:ident, $weak:ident, $unique:ty, $extra:ident) => {
        #[derive(Default)]
        struct $machine {
            handles: Vec<Option<Handle<$rc<Payload>, *const Payload, $unique>>>,
        }

        impl $machine {
            fn open(&mut self, handle: Handle<$rc<Payload>, $weak<Payload>, $unique>) -> RcOutcome {
                self.handles.push(Some(Self::lay(handle)));
                RcOutcome::Handle(self.handles.len() as u64 - 1)
            }

            /// How a handle lies in the table: a weak one as a raw pointer.
            fn lay(
                handle: Handle<$rc<Payload>, $weak<Payload>, $unique>,
            ) -> Handle<$rc<Payload>, *const Payload, $unique> {
                match handle {
                    Handle::Strong(strong) => Handle::Strong(strong),
                    Handle::Raw(raw) => Handle::Raw(raw),
                    Handle::Unique(unique) => Handle::Unique(unique),
                    Handle::Weak(weak) => Handle::Weak(weak.into_raw()),
                    Handle::Dangling(weak) => Handle::Dangling(weak.into_raw()),
                }
            }

            /// The handle again.
            fn take_up(
                handle: Handle<$rc<Payload>, *const Payload, $unique>,
            ) -> Handle<$rc<Payload>, $weak<Payload>, $unique> {
                let from_raw = |raw| {
                    // SAFETY: `lay` has it from `into_raw`, and it is out of the table.
                    let weak = unsafe { $weak::from_raw(raw) };
                    assert_eq!(weak.as_ptr(), raw);
                    weak
                };
                match handle {
                    Handle::Strong(strong) => Handle::Strong(strong),
                    Handle::Raw(raw) => Handle::Raw(raw),
                    Handle::Unique(unique) => Handle::Unique(unique),
                    Handle::Weak(raw) => Handle::Weak(from_raw(raw)),
                    Handle::Dangling(raw) => Handle::Dangling(from_raw(raw)),
                }
            }

            /// Puts a handle back under its name.
            fn put(
                &mut self,
                h: u64,
                handle: Handle<$rc<Payload>, $weak<Payload>, $unique>,
            ) -> RcOutcome {
                self.handles[h as usize] = Some(Self::lay(handle));
                RcOutcome::Handle(h)
            }
        }

        impl Machine for $machine {
            fn step(&mut self, op: RcOp) -> RcOutcome {
                use Handle::{Dangling, Raw, Strong, Unique, Weak};
                let (RcOp::Clone(h)
                | RcOp::Drop(h)
                | RcOp::StrongCount(h)
                | RcOp::WeakCount(h)
                | RcOp::Get(h)
                | RcOp::Set(h, _)
                | RcOp::MakeMut(h, _)
                | RcOp::PtrEq(h, _)
                | RcOp::TryUnwrap(h)
                | RcOp::IntoInner(h)
                | RcOp::UnwrapOrClone(h)
                | RcOp::Downgrade(h)
                | RcOp::Upgrade(h)
                | RcOp::IntoRaw(h)
                | RcOp::FromRaw(h)
                | RcOp::Increment(h)
                | RcOp::Decrement(h)
                | RcOp::UniqueIntoRc(h)
                | RcOp::TryIntoUnique(h)
                | RcOp::Leak(h, _)) = op
                else {
                    return match op {
                        RcOp::New(number) => self.open(Strong($rc::new(Payload { number }))),
                        RcOp::WeakNew => self.open(Dangling($weak::new())),
                        RcOp::NewCyclic(number) => {
                            let mut kept = None;
                            let strong = $rc::new_cyclic(|weak| {
                                assert!(weak.upgrade().is_none() && weak.strong_count() == 0);
                                kept = Some(weak.clone());
                                Payload { number }
                            });
                            let RcOutcome::Handle(strong) = self.open(Strong(strong)) else {
                                unreachable!()
                            };
                            let weak = kept.expect("the closure has run");
                            let RcOutcome::Handle(weak) = self.open(Weak(weak)) else {
                                unreachable!()
                            };
                            RcOutcome::Handles(strong, weak)
                        }
                        _ => $extra!(new, self, op),
                    };
                };
                let index = usize::try_from(h).ok().filter(|place| *place < self.handles.len());
                let Some(handle) = index.and_then(|place| self.handles[place].take()) else {
                    return RcOutcome::BadHandle;
                };
                let handle = Self::take_up(handle);
                let mut other = None;
                if let RcOp::PtrEq(_, with) = op {
                    if with != h {
                        let with = usize::try_from(with).ok();
                        let with = with.filter(|place| *place < self.handles.len());
                        let found = with.and_then(|place| self.handles[place].take());
                        let found = found.map(Self::take_up);
                        other = Some(match &found {
                            Some(Strong(b)) => matches!(&handle, Strong(a) if $rc::ptr_eq(a, b)),
                            Some(Weak(b) | Dangling(b)) => {
                                matches!(&handle, Weak(a) | Dangling(a) if a.ptr_eq(b))
                            }
                            _ => false,
                        });
                        let kind = |handle: &Handle<_, _, _>| match handle {
                            Strong(_) => 0,
                            Weak(_) | Dangling(_) => 1,
                            Raw(_) | Unique(_) => 2,
                        };
                        let fits = kind(&handle) < 2;
                        let refused = match &found {
                            _ if !fits => Some(RcOutcome::WrongHandle),
                            None => Some(RcOutcome::BadHandle),
                            Some(found) if kind(found) != kind(&handle) => {
                                Some(RcOutcome::WrongHandle)
                            }
                            Some(_) => None,
                        };
                        if let (Some(place), Some(found)) = (with, found) {
                            self.put(place as u64, found);
                        }
                        if let Some(refused) = refused {
                            self.put(h, handle);
                            return refused;
                        }
                    }
                }
                // The handle is out of the table here: each arm puts it back that does
                // not consume it.
                match (op, handle) {
                    (RcOp::Clone(_), Strong(strong)) => {
                        let clone = strong.clone();
                        self.put(h, Strong(strong));
                        self.open(Strong(clone))
                    }
                    (RcOp::Clone(_), Weak(weak)) => {
                        let clone = weak.clone();
                        self.put(h, Weak(weak));
                        self.open(Weak(clone))
                    }
                    (RcOp::Clone(_), Dangling(weak)) => {
                        let clone = weak.clone();
                        self.put(h, Dangling(weak));
                        self.open(Dangling(clone))
                    }
                    (RcOp::Drop(_), handle) if !matches!(handle, Raw(_)) => {
                        drop(handle);
                        RcOutcome::Dropped(events())
                    }
                    (RcOp::StrongCount(_), Strong(strong)) => {
                        let n = $rc::strong_count(&strong);
                        self.put(h, Strong(strong));
                        RcOutcome::Count(n as u64)
                    }
                    (RcOp::StrongCount(_), Weak(weak)) => {
                        let n = weak.strong_count();
                        self.put(h, Weak(weak));
                        RcOutcome::Count(n as u64)
                    }
                    (RcOp::StrongCount(_), Dangling(weak)) => {
                        let n = weak.strong_count();
                        self.put(h, Dangling(weak));
                        RcOutcome::Count(n as u64)
                    }
                    (RcOp::WeakCount(_), Strong(strong)) => {
                        let n = $rc::weak_count(&strong);
                        self.put(h, Strong(strong));
                        RcOutcome::Count(n as u64)
                    }
                    (RcOp::WeakCount(_), Weak(weak)) => {
                        let n = weak.weak_count();
                        self.put(h, Weak(weak));
                        RcOutcome::Count(n as u64)
                    }
                    (RcOp::WeakCount(_), Dangling(weak)) => {
                        let n = weak.weak_count();
                        self.put(h, Dangling(weak));
                        RcOutcome::Count(n as u64)
                    }
                    (RcOp::Get(_), Strong(strong)) => {
                        let number = strong.number;
                        self.put(h, Strong(strong));
                        RcOutcome::Payload(number)
                    }
                    (RcOp::Set(_, number), Strong(mut strong)) => {
                        let set = $rc::get_mut(&mut strong).map(|payload| payload.number = number);
                        self.put(h, Strong(strong));
                        set.map_or(RcOutcome::None, |()| RcOutcome::Changed(events()))
                    }
                    (RcOp::MakeMut(_, number), Strong(mut strong)) => {
                        $rc::make_mut(&mut strong).number = number;
                        self.put(h, Strong(strong));
                        RcOutcome::Changed(events())
                    }
                    (RcOp::PtrEq(..), handle @ (Strong(_) | Weak(_) | Dangling(_))) => {
                        let same = match &handle {
                            Strong(a) => $rc::ptr_eq(a, a),
                            Weak(a) | Dangling(a) => a.ptr_eq(a),
                            _ => false,
                        };
                        self.put(h, handle);
                        RcOutcome::Truth(other.unwrap_or(same))
                    }
                    (RcOp::TryUnwrap(_), Strong(strong)) => match $rc::try_unwrap(strong) {
                        Ok(payload) => RcOutcome::Taken(taken(payload), events()),
                        Err(strong) => {
                            self.put(h, Strong(strong));
                            RcOutcome::HandedBack(h)
                        }
                    },
                    (RcOp::IntoInner(_), Strong(strong)) => match $rc::into_inner(strong) {
                        Some(payload) => RcOutcome::Taken(taken(payload), events()),
                        None => RcOutcome::None,
                    },
                    (RcOp::UnwrapOrClone(_), Strong(strong)) => {
                        RcOutcome::Taken(taken($rc::unwrap_or_clone(strong)), events())
                    }
                    (RcOp::Downgrade(_), Strong(strong)) => {
                        let weak = $rc::downgrade(&strong);
                        self.put(h, Strong(strong));
                        self.open(Weak(weak))
                    }
                    (RcOp::Upgrade(_), Weak(weak)) => {
                        let strong = weak.upgrade();
                        assert!(strong.iter().all(|strong| $rc::as_ptr(strong) == weak.as_ptr()));
                        self.put(h, Weak(weak));
                        strong.map_or(RcOutcome::None, |strong| self.open(Strong(strong)))
                    }
                    (RcOp::Upgrade(_), Dangling(weak)) => {
                        assert!(weak.upgrade().is_none());
                        self.put(h, Dangling(weak));
                        RcOutcome::None
                    }
                    (RcOp::IntoRaw(_), Strong(strong)) => self.put(h, Raw($rc::into_raw(strong))),
                    (RcOp::FromRaw(_), Raw(raw)) => {
                        // SAFETY: the pointer stands for one share: it came from
                        // `into_raw`, or was made with its increment; it is used up.
                        self.put(h, Strong(unsafe { $rc::from_raw(raw) }))
                    }
                    (RcOp::Increment(_), Raw(raw)) => {
                        // SAFETY: as above, but the share stays.
                        unsafe { $rc::increment_strong_count(raw) };
                        self.put(h, Raw(raw));
                        self.open(Raw(raw))
                    }
                    (RcOp::Decrement(_), Raw(raw)) => {
                        // SAFETY: the pointer stands for one share; it is used up.
                        unsafe { $rc::decrement_strong_count(raw) };
                        RcOutcome::Dropped(events())
                    }
                    (RcOp::Leak(_, n), Strong(strong)) => {
                        (0..n).for_each(|_| forget(strong.clone()));
                        self.put(h, Strong(strong));
                        RcOutcome::Leaked
                    }
                    (RcOp::Leak(_, n), Weak(weak)) => {
                        (0..n).for_each(|_| forget(weak.clone()));
                        self.put(h, Weak(weak));
                        RcOutcome::Leaked
                    }
                    (RcOp::Leak(..), Dangling(weak)) => {
                        self.put(h, Dangling(weak));
                        RcOutcome::Leaked
                    }
                    (op, handle) => $extra!(step, self, op, h, handle),
                }
            }
        }
    };
}

/// Unique handles, where there are any.
macro_rules! unique {
    (new, $self:ident, $op:ident) => {{
        let RcOp::UniqueNew(number) = $op else { unreachable!("it has a handle") };
        $self.open(Handle::Unique(UniqueRc::new(Payload { number })))
    }};
    (step, $self:ident, $op:ident, $h:ident, $handle:ident) => {
        match ($op, $handle) {
            (RcOp::Get(_), Unique(unique)) => {
                let number = unique.number;
                $self.put($h, Unique(unique));
                RcOutcome::Payload(number)
            }
            (RcOp::Set(_, number), Unique(mut unique)) => {
                unique.number = number;
                $self.put($h, Unique(unique));
                RcOutcome::Changed(events())
            }
            (RcOp::Downgrade(_), Unique(unique)) => {
                let weak = UniqueRc::downgrade(&unique);
                $self.put($h, Unique(unique));
                $self.open(Weak(weak))
            }
            (RcOp::UniqueIntoRc(_), Unique(unique)) => {
                $self.put($h, Strong(UniqueRc::into_rc(unique)))
            }
            (RcOp::TryIntoUnique(_), Strong(strong)) => match TallyRc::try_into_unique(strong) {
                Ok(unique) => $self.put($h, Unique(unique)),
                Err(strong) => {
                    $self.put($h, Strong(strong));
                    RcOutcome::HandedBack($h)
                }
            },
            (_, handle) => {
                $self.put($h, handle);
                RcOutcome::WrongHandle
            }
        }
    };
}
macro_rules! no_unique {
    (new, $self:ident, $op:ident) => {
        unreachable!("{:?} is not asked of std", $op)
    };
    (step, $self:ident, $op:ident, $h:ident, $handle:ident) => {{
        assert!(!matches!($op, RcOp::UniqueIntoRc(_) | RcOp::TryIntoUnique(_)));
        $self.put($h, $handle);
        RcOutcome::WrongHandle
    }};
}

use std::rc::{Rc as StdRc, Weak as StdWeak};
use tally::{Rc as TallyRc, UniqueRc, Weak as TallyWeak};

machine!(Tally, TallyRc, TallyWeak, UniqueRc<Payload>, unique);
machine!(Std, StdRc, StdWeak, std::convert::Infallible, no_unique);

/// Both run `op` and agree.
fn agree_on<M: Machine>(model: RcState, machine: &mut M, op: RcOp) -> (RcState, RcOutcome) {
    let (next, expected) = rc_step(model, op);
    let outcome = machine.step(op);
    assert_eq!(outcome, expected, "{op:?}");
    assert_eq!(events(), [], "{op:?} does what it does not tell");
    (next, expected)
}

/// Both drop all handles, and agree on what is left.
fn agree_on_leaks<M: Machine>(mut model: RcState, machine: &mut M) {
    for handle in 0..model.handles.len() as u64 {
        (model, _) = agree_on(model, machine, RcOp::Drop(handle));
    }
    let left = BLOCKS.take();
    let left = (0..).zip(&left).filter(|(_, at)| at.is_some()).map(|(name, _)| name);
    assert_eq!(left.collect::<Vec<u64>>(), rc_leaks(&model));
}

fn agree<M: Machine>(ops: &[RcOp]) {
    // Where they do not agree, the handles are left as they are: to drop them might be
    // undefined behaviour.
    let (mut model, mut machine) = (rc_init(), ManuallyDrop::new(M::default()));
    // What a trace that failed has left.
    BLOCKS.take();
    events();
    for op in ops {
        (model, _) = agree_on(model, &mut *machine, *op);
    }
    agree_on_leaks(model, &mut *machine);
    ManuallyDrop::into_inner(machine);
}

/// Both run random traces and agree.
fn agree_on_traces<M: Machine>(unique: bool) {
    let (mut operations, mut spent) = (0, Duration::ZERO);
    for_all(400, traces::rc(500, 3, unique), |ops| {
        let start = Instant::now();
        agree::<M>(&ops);
        spent += start.elapsed();
        operations += ops.len();
    });
    let rate = operations as f64 / spent.as_secs_f64();
    println!("{operations} operations, {:.2} million a second", rate / 1e6);
}

/// Every trace of so many operations after one that makes a box, on the first two
/// handles.
fn agree_on_short_traces<M: Machine>(first: &[RcOp], alphabet: &[RcOp], length: u32) {
    for first in first {
        for number in 0..alphabet.len().pow(length) {
            let digit = |place| alphabet[number / alphabet.len().pow(place) % alphabet.len()];
            let ops: Vec<RcOp> = [*first].into_iter().chain((0..length).map(digit)).collect();
            agree::<M>(&ops);
        }
    }
}

const SHARED: [RcOp; 14] = [
    RcOp::Clone(0),
    RcOp::Clone(1),
    RcOp::Downgrade(0),
    RcOp::Upgrade(1),
    RcOp::Drop(0),
    RcOp::Drop(1),
    RcOp::WeakCount(1),
    RcOp::Set(0, 2),
    RcOp::MakeMut(0, 3),
    RcOp::TryUnwrap(0),
    RcOp::IntoInner(0),
    RcOp::UnwrapOrClone(0),
    RcOp::IntoRaw(0),
    RcOp::FromRaw(0),
];

/// Killed by: `try_into_unique` that does not look at the weak count, `into_rc` that
/// leaves the strong count at 0, and whatever the next two find.
#[test]
fn tally_agrees_on_all_short_traces() {
    let alphabet = [&SHARED[..], &[RcOp::UniqueIntoRc(0), RcOp::TryIntoUnique(0)]].concat();
    let first = [RcOp::New(1), RcOp::NewCyclic(1), RcOp::UniqueNew(1)];
    agree_on_short_traces::<Tally>(&first, &alphabet, 4);
}

/// Killed by: a model that drops at another time than `std`, or counts other handles.
#[test]
fn std_agrees_on_all_short_traces() {
    agree_on_short_traces::<Std>(&[RcOp::New(1), RcOp::NewCyclic(1)], &SHARED, 4);
}

/// Killed by: a `clone` or an `upgrade` that does not count, a drop that frees while
/// there is a `Weak`, a `make_mut` that drops the content it has moved.
#[test]
fn tally_agrees_with_the_model() {
    agree_on_traces::<Tally>(true);
}

/// Killed by: as above, in the model.
#[test]
fn std_agrees_with_the_model() {
    agree_on_traces::<Std>(false);
}
