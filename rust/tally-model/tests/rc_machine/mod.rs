//! The operations of the model on the real thing: `tally`'s `Rc`, `Weak` and `UniqueRc`, and
//! those of `std` (without `UniqueRc`, which is not stable there). An allocator writes down
//! which blocks are freed. Destructors, clone functions and closures write down that they were
//! called, and panic where they are told to ([`light`]).
#![allow(dead_code, reason = "each test file uses a part")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};
use std::mem::forget;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::{Rc as StdRc, Weak as StdWeak};
use tally::{Rc as TallyRc, UniqueRc, Weak as TallyWeak};
use tally_model::rc::{RcEvent, RcOp, RcOutcome};

/// Blocks of payloads are told from all others by their alignment.
const MARK: usize = 128;

thread_local! {
    /// The addresses of the blocks of this trace, in the order in which they were made;
    /// none once freed. The place is the model's name of the box.
    static BLOCKS: RefCell<Vec<Option<usize>>> = const { RefCell::new(Vec::new()) };
    /// What has happened since the last look.
    static EVENTS: RefCell<Vec<RcEvent>> = const { RefCell::new(Vec::new()) };
    /// How many calls of user code there are until one panics.
    static FUSE: Cell<Option<u64>> = const { Cell::new(None) };
}

/// From now on, call number `fuse` of a destructor, a clone function or a closure panics;
/// none does if it is 0.
pub fn light(fuse: u64) {
    FUSE.set(fuse.checked_sub(1));
}

/// The end of a call of user code.
fn tick() {
    match FUSE.get() {
        // Without the hook, which would print.
        Some(0) => {
            FUSE.set(None);
            resume_unwind(Box::new("the fuse"));
        }
        Some(left) => FUSE.set(Some(left - 1)),
        None => {}
    }
}

/// Forgets the blocks and the events of a trace; the names of the blocks that are left.
pub fn start_anew() -> Vec<u64> {
    events();
    let left = BLOCKS.take();
    (0..).zip(&left).filter(|(_, at)| at.is_some()).map(|(name, _)| name).collect()
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

/// What has happened since the last call.
pub fn events() -> Vec<RcEvent> {
    EVENTS.take()
}

#[repr(align(128))]
pub struct Payload {
    number: u64,
}

const _: () = assert!(align_of::<Payload>() == MARK);

impl Clone for Payload {
    fn clone(&self) -> Self {
        happened(RcEvent::PayloadCloned(self.number));
        tick();
        Payload { number: self.number }
    }
}

impl Drop for Payload {
    fn drop(&mut self) {
        happened(RcEvent::PayloadDropped(self.number));
        tick();
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
pub trait Machine: Default {
    /// Panics where user code does; then what the operation was given by value is gone.
    fn step(&mut self, op: RcOp) -> RcOutcome;
}

macro_rules! machine {
    ($machine:ident, $rc:ident, $weak:ident, $unique:ty, $extra:ident) => {
        #[derive(Default)]
        pub struct $machine {
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
                            let strong = catch_unwind(AssertUnwindSafe(|| {
                                $rc::new_cyclic(|weak| {
                                    assert!(weak.upgrade().is_none() && weak.strong_count() == 0);
                                    if number % 2 == 1 {
                                        kept = Some(weak.clone());
                                    }
                                    tick();
                                    kept.get_or_insert_with(|| weak.clone());
                                    Payload { number }
                                })
                            }));
                            let strong = strong.unwrap_or_else(|panic| {
                                if let Some(weak) = kept.take() {
                                    self.open(Weak(weak));
                                }
                                resume_unwind(panic)
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
                        let made = catch_unwind(AssertUnwindSafe(|| {
                            $rc::make_mut(&mut strong).number = number;
                        }));
                        self.put(h, Strong(strong));
                        made.unwrap_or_else(|panic| resume_unwind(panic));
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

machine!(Tally, TallyRc, TallyWeak, UniqueRc<Payload>, unique);
machine!(Std, StdRc, StdWeak, std::convert::Infallible, no_unique);
