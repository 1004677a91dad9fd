//! The same operations on `tally`'s handles and on `std`'s: same answers, same
//! counts, same drops in the same order.
#![cfg(feature = "alloc")]

use std::cell::RefCell;

use proptest::{prelude::*, sample::Index};

#[derive(Clone, Copy, Debug)]
enum Op {
    New,
    NewCyclic {
        keep: bool,
    },
    NewUnique,
    EmptyWeak,
    Clone(Index),
    Drop(Index),
    Assign(Index, Index),
    /// The first handle goes into the value that the second is on.
    PutInto(Index, Index),
    Downgrade(Index),
    Upgrade(Index),
    GetMut(Index),
    MakeMut(Index),
    TryUnwrap(Index),
    IntoInner(Index),
    UnwrapOrClone(Index),
    /// To a pointer and back; counted more and less in between.
    Raw(Index),
    TryIntoUnique(Index),
    Share(Index),
}

/// Miri takes its time.
const LONGEST: usize = if cfg!(miri) { 16 } else { 80 };

fn op() -> impl Strategy<Value = Op> {
    let at = any::<Index>;
    prop_oneof![
        2 => Just(Op::New),
        1 => any::<bool>().prop_map(|keep| Op::NewCyclic { keep }),
        1 => Just(Op::NewUnique),
        1 => Just(Op::EmptyWeak),
        4 => at().prop_map(Op::Clone),
        4 => at().prop_map(Op::Drop),
        1 => (at(), at()).prop_map(|(to, from)| Op::Assign(to, from)),
        1 => (at(), at()).prop_map(|(from, to)| Op::PutInto(from, to)),
        3 => at().prop_map(Op::Downgrade),
        3 => at().prop_map(Op::Upgrade),
        2 => at().prop_map(Op::GetMut),
        2 => at().prop_map(Op::MakeMut),
        1 => at().prop_map(Op::TryUnwrap),
        1 => at().prop_map(Op::IntoInner),
        1 => at().prop_map(Op::UnwrapOrClone),
        1 => at().prop_map(Op::Raw),
        2 => at().prop_map(Op::TryIntoUnique),
        2 => at().prop_map(Op::Share),
    ]
}

/// What can be observed.
#[derive(Clone, Debug, PartialEq)]
enum Seen {
    /// A value's destructor ran, and could or could not upgrade a handle on it.
    Dropped {
        value: u32,
        upgraded: bool,
    },
    /// A value's `clone` ran.
    Cloned(u32),
    /// An operation said yes or no, or had no handle to work on.
    Answer(Option<bool>),
    /// A strong handle: its value, both counts, and the first handle on the same value.
    Strong(u32, usize, usize, usize),
    /// A weak handle: both counts, the first handle that is equal, and what it upgrades to.
    Weak(usize, usize, usize, Option<u32>),
    Unique(u32),
}

thread_local! {
    static SEEN: RefCell<Vec<Seen>> = const { RefCell::new(Vec::new()) };
}

fn seen(event: Seen) {
    SEEN.with_borrow_mut(|seen| seen.push(event));
}

/// Runs sequences on one implementation. `unique` has the functions of `std`'s
/// `UniqueRc`, which is not stable, and [`Op::TryIntoUnique`], which `std` lacks.
macro_rules! implementation {
    ($name:ident, $Rc:ident, $Weak:ident, { $($unique:item)* }) => {
        mod $name {
            use super::*;

            $($unique)*

            pub struct Value {
                number: u32,
                me: $Weak<Value>,
                children: RefCell<Vec<Handle>>,
            }

            impl Value {
                fn new(next: &mut u32) -> Self {
                    *next += 1;
                    Self { number: *next, me: $Weak::new(), children: RefCell::default() }
                }
            }

            impl Clone for Value {
                fn clone(&self) -> Self {
                    seen(Seen::Cloned(self.number));
                    Self {
                        number: self.number + 1000,
                        me: $Weak::new(),
                        children: RefCell::default(),
                    }
                }
            }

            impl Drop for Value {
                fn drop(&mut self) {
                    let upgraded = self.me.upgrade().is_some();
                    seen(Seen::Dropped { value: self.number, upgraded });
                }
            }

            pub enum Handle {
                Strong($Rc<Value>),
                Weak($Weak<Value>),
                Unique(Unique<Value>),
            }
            use Handle::{Strong, Unique as Alone, Weak as Loose};

            fn first(all: &[Handle], like: impl Fn(&Handle) -> bool) -> usize {
                all.iter().position(like).expect("at least the handle itself")
            }

            fn look(all: &[Handle]) {
                for handle in all {
                    seen(match handle {
                        Strong(rc) => {
                            let same = |h: &Handle| matches!(h, Strong(o) if $Rc::ptr_eq(o, rc));
                            let (strong, weak) = ($Rc::strong_count(rc), $Rc::weak_count(rc));
                            Seen::Strong(rc.number, strong, weak, first(all, same))
                        }
                        Loose(weak) => {
                            let same = |h: &Handle| matches!(h, Loose(o) if o.ptr_eq(weak));
                            let value = weak.upgrade().map(|rc| rc.number);
                            let (strong, count) = (weak.strong_count(), weak.weak_count());
                            Seen::Weak(strong, count, first(all, same), value)
                        }
                        Alone(unique) => Seen::Unique(unique.number),
                    });
                }
            }

            fn step(all: &mut Vec<Handle>, next: &mut u32, op: Op) -> Option<bool> {
                match op {
                    Op::New => all.push(Strong($Rc::new(Value::new(next)))),
                    Op::NewCyclic { keep } => all.push(Strong($Rc::new_cyclic(|me| {
                        assert!(me.upgrade().is_none());
                        let mut value = Value::new(next);
                        if keep {
                            value.me = me.clone();
                        }
                        value
                    }))),
                    Op::NewUnique => all.push(Alone(Unique::new(Value::new(next)))),
                    Op::EmptyWeak => all.push(Loose($Weak::new())),
                    _ if all.is_empty() => return None,
                    Op::Clone(i) => match i.get(all) {
                        Strong(rc) => all.push(Strong(rc.clone())),
                        Loose(weak) => all.push(Loose(weak.clone())),
                        Alone(_) => return None,
                    },
                    Op::Drop(i) => drop(all.swap_remove(i.index(all.len()))),
                    Op::Assign(to, from) => {
                        let new = match from.get(all) {
                            Strong(rc) => Strong(rc.clone()),
                            Loose(weak) => Loose(weak.clone()),
                            Alone(_) => return None,
                        };
                        let to = to.index(all.len());
                        all[to] = new;
                    }
                    Op::PutInto(from, to) => {
                        let handle = all.swap_remove(from.index(all.len()));
                        if all.is_empty() {
                            all.push(handle);
                            return None;
                        }
                        let rc = match to.get(all) {
                            Strong(rc) => rc,
                            _ => {
                                all.push(handle);
                                return None;
                            }
                        };
                        rc.children.borrow_mut().push(handle);
                    }
                    Op::Downgrade(i) => {
                        let Strong(rc) = i.get(all) else { return None };
                        all.push(Loose($Rc::downgrade(rc)));
                    }
                    Op::Upgrade(i) => {
                        let Loose(weak) = i.get(all) else { return None };
                        let upgraded = weak.upgrade();
                        let answer = upgraded.is_some();
                        all.extend(upgraded.map(Strong));
                        return Some(answer);
                    }
                    Op::GetMut(i) => {
                        let i = i.index(all.len());
                        let Strong(rc) = &mut all[i] else { return None };
                        let value = $Rc::get_mut(rc);
                        let answer = value.is_some();
                        value.into_iter().for_each(|value| value.number += 100);
                        return Some(answer);
                    }
                    Op::MakeMut(i) => {
                        let i = i.index(all.len());
                        let Strong(rc) = &mut all[i] else { return None };
                        $Rc::make_mut(rc).number += 100;
                    }
                    Op::TryUnwrap(i)
                    | Op::IntoInner(i)
                    | Op::UnwrapOrClone(i)
                    | Op::Raw(i)
                    | Op::TryIntoUnique(i)
                    | Op::Share(i) => {
                        let i = i.index(all.len());
                        let handle = all.swap_remove(i);
                        return consume(all, handle, op);
                    }
                }
                Some(true)
            }

            /// The operations that take a handle.
            fn consume(all: &mut Vec<Handle>, handle: Handle, op: Op) -> Option<bool> {
                match (op, handle) {
                    (Op::TryUnwrap(_), Strong(rc)) => {
                        let result = $Rc::try_unwrap(rc);
                        let answer = result.is_ok();
                        all.extend(result.err().map(Strong));
                        Some(answer)
                    }
                    (Op::IntoInner(_), Strong(rc)) => Some($Rc::into_inner(rc).is_some()),
                    (Op::UnwrapOrClone(_), Strong(rc)) => {
                        Some($Rc::unwrap_or_clone(rc).number != 0)
                    }
                    (Op::Raw(_), Strong(rc)) => {
                        let at = $Rc::as_ptr(&rc);
                        let pointer = $Rc::into_raw(rc);
                        // SAFETY: from `into_raw`, whose handle stays counted.
                        unsafe { $Rc::increment_strong_count(pointer) };
                        // SAFETY: from `into_raw`, and counted twice by now.
                        unsafe { $Rc::decrement_strong_count(pointer) };
                        // SAFETY: from `into_raw`, and counted once by now.
                        let rc = unsafe { $Rc::from_raw(pointer) };
                        let answer = at == pointer && at == &raw const *rc;
                        all.push(Strong(rc));
                        Some(answer)
                    }
                    (Op::Raw(_), Loose(weak)) => {
                        let at = weak.as_ptr();
                        let pointer = weak.into_raw();
                        // SAFETY: from `into_raw`, and given back once.
                        all.push(Loose(unsafe { $Weak::from_raw(pointer) }));
                        Some(at == pointer)
                    }
                    (Op::TryIntoUnique(_), Strong(rc)) => match try_into_unique(rc) {
                        Ok(mut unique) => {
                            unique.number += 100;
                            all.push(Alone(unique));
                            Some(true)
                        }
                        Err(rc) => {
                            all.push(Strong(rc));
                            Some(false)
                        }
                    },
                    (Op::Share(_), Alone(unique)) => {
                        all.push(Strong(into_rc(unique)));
                        Some(true)
                    }
                    (_, handle) => {
                        all.push(handle);
                        None
                    }
                }
            }

            /// All that is seen while these operations run.
            pub fn run(ops: &[Op]) -> Vec<Seen> {
                SEEN.take();
                let mut all = Vec::new();
                let mut next = 0;
                for &op in ops {
                    let answer = step(&mut all, &mut next, op);
                    seen(Seen::Answer(answer));
                    look(&all);
                }
                drop(all);
                SEEN.take()
            }
        }
    };
}

implementation!(ours, Rc, Weak, {
    use tally::{Rc, UniqueRc as Unique, Weak};

    fn try_into_unique<T>(rc: Rc<T>) -> Result<Unique<T>, Rc<T>> {
        Rc::try_into_unique(rc)
    }

    fn into_rc<T>(unique: Unique<T>) -> Rc<T> {
        Unique::into_rc(unique)
    }
});

implementation!(stds, Rc, Weak, {
    use Box as Unique;
    use std::rc::{Rc, Weak};

    fn try_into_unique<T>(mut rc: Rc<T>) -> Result<Unique<T>, Rc<T>> {
        if Rc::get_mut(&mut rc).is_none() {
            return Err(rc);
        }
        Rc::try_unwrap(rc).map(Unique::new)
    }

    fn into_rc<T>(unique: Unique<T>) -> Rc<T> {
        Rc::from(unique)
    }
});

mod rc_model_step_inv {
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 3 } else { 500 }))]

        #[test]
        fn follows_std(ops in prop::collection::vec(op(), 0..LONGEST)) {
            prop_assert_eq!(ours::run(&ops), stds::run(&ops));
        }
    }
}
