//! Samples of the lemmas about `rc`: each module is named after one. Each test
//! of a destructor also tells when memory is freed, by [`blocks`].
#![cfg(feature = "alloc")]

mod blocks;
mod common;

use std::{
    cell::{Cell, RefCell},
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
};

use blocks::Blocked;
use common::Counted;
use tally::{Rc, UniqueRc, Weak};

/// Panics where it is cloned; counts drops.
struct NoClone<'a>(#[expect(dead_code, reason = "dropped")] Counted<'a>);

impl Clone for NoClone<'_> {
    fn clone(&self) -> Self {
        panic!("the value's clone panics");
    }
}

/// Panics where it is dropped, after counting that.
struct Bomb<'a>(&'a Cell<u32>);

impl Drop for Bomb<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
        panic!("the destructor panics");
    }
}

fn panics(body: impl FnOnce()) {
    assert!(catch_unwind(AssertUnwindSafe(body)).is_err());
}

/// Strong and weak count.
fn counts<T>(handle: &Rc<T>) -> (usize, usize) {
    (Rc::strong_count(handle), Rc::weak_count(handle))
}

mod rc_new_spec {
    use super::*;

    #[test]
    fn counts_one() {
        assert_eq!(counts(&Rc::new('x')), (1, 0));
    }

    #[test]
    fn holds_the_value() {
        assert_eq!(*Rc::new([3, 1, 4]), [3, 1, 4]);
        assert_eq!(*Rc::from(5), 5);
        assert_eq!(*Rc::<i32>::from(Box::new(6)), 6);
        assert_eq!(*Rc::<u8>::default(), 0);
    }

    /// The value is neither dropped nor duplicated on its way to the heap.
    #[test]
    fn moves_the_value() {
        let drops = Cell::new(0);
        let handle = Rc::new(Counted(&drops));
        assert_eq!(drops.get(), 0);
        drop(handle);
        assert_eq!(drops.get(), 1);
        drop(Rc::<Counted>::from(Box::new(Counted(&drops))));
        assert_eq!(drops.get(), 2);
    }

    /// The value's own alignment and size are respected, also none.
    #[test]
    fn any_layout() {
        #[repr(align(128))]
        struct Aligned(u8);
        let handle = Rc::new(Aligned(9));
        assert_eq!((&raw const *handle).addr() % 128, 0);
        assert_eq!(handle.0, 9);
        let unit = Rc::new(());
        assert_eq!(*unit.clone(), ());
    }
}

mod rc_clone_spec {
    use super::*;

    #[test]
    fn counts_up() {
        let a = Rc::new(1);
        let b = a.clone();
        assert_eq!(counts(&a), (2, 0));
        let c = b.clone();
        assert_eq!([&a, &b, &c].map(counts), [(3, 0); 3]);
    }

    #[test]
    fn shares_the_value() {
        let a = Rc::new(Cell::new(1));
        let b = a.clone();
        assert!(Rc::ptr_eq(&a, &b));
        b.set(2);
        assert_eq!(a.get(), 2);
    }

    #[test]
    fn does_not_clone_the_value() {
        struct NotClone;
        let a = Rc::new(NotClone);
        assert!(Rc::ptr_eq(&a, &a.clone()));
        assert!(!Rc::ptr_eq(&a, &Rc::new(NotClone)));
    }
}

mod rc_drop_spec {
    use super::*;

    #[test]
    fn counts_down() {
        let a = Rc::new(1);
        let b = a.clone();
        let c = a.clone();
        drop(b);
        assert_eq!(counts(&c), (2, 0));
        drop(a);
        assert_eq!(counts(&c), (1, 0));
    }

    /// In whatever order the handles go, the value goes with the last one.
    #[test]
    fn last_one_drops_the_value() {
        for last in 0..3 {
            let drops = Cell::new(0);
            let a = Rc::new(Counted(&drops));
            let mut handles = vec![a.clone(), a.clone(), a];
            let survivor = handles.swap_remove(last);
            drop(handles);
            assert_eq!(drops.get(), 0);
            drop(survivor);
            assert_eq!(drops.get(), 1);
        }
    }

    /// The destructor runs where the value lies, and the memory goes after it.
    #[test]
    fn memory_goes_after_the_value() {
        struct Looks(Blocked);
        impl Drop for Looks {
            fn drop(&mut self) {
                assert_eq!(blocks::live(), 1);
            }
        }
        let handle = Rc::new(Looks(Blocked));
        drop(handle);
        assert_eq!(blocks::live(), 0);
    }

    /// Weak handles keep the memory and not the value.
    #[test]
    fn weak_handles_keep_the_memory() {
        let drops = Cell::new(0);
        let a = Rc::new((Counted(&drops), Blocked));
        let weak = Rc::downgrade(&a);
        drop(a);
        assert_eq!((drops.get(), blocks::live()), (1, 1));
        drop(weak);
        assert_eq!((drops.get(), blocks::live()), (1, 0));
    }

    /// The destructor may drop the last weak handle: the memory stays under it.
    #[test]
    fn destructor_drops_the_last_weak() {
        struct Node(RefCell<Weak<Node>>, Blocked);
        impl Drop for Node {
            fn drop(&mut self) {
                assert!(self.0.borrow().upgrade().is_none());
                drop(self.0.take());
                assert_eq!(blocks::live(), 1);
            }
        }
        let node = Rc::new(Node(RefCell::default(), Blocked));
        *node.0.borrow_mut() = Rc::downgrade(&node);
        drop(node);
        assert_eq!(blocks::live(), 0);
    }

    #[test]
    fn forgotten_handle_keeps_the_value() {
        let drops = Cell::new(0);
        let a = Rc::new(Counted(&drops));
        let pointer = Rc::as_ptr(&a);
        mem::forget(a.clone());
        drop(a);
        assert_eq!(drops.get(), 0);
        // SAFETY: the forgotten handle is counted, and remembered once.
        unsafe { Rc::decrement_strong_count(pointer) };
        assert_eq!(drops.get(), 1);
    }

    /// The value may hold and drop handles on other values.
    #[test]
    fn drops_nested_handles() {
        let drops = Cell::new(0);
        let inner = Rc::new(Counted(&drops));
        let outer = Rc::new((inner.clone(), inner));
        drop(outer);
        assert_eq!(drops.get(), 1);
    }

    /// A panicking destructor runs once, its panic reaches the caller, and the
    /// implicit weak handle goes all the same.
    #[test]
    fn destructor_panics_once() {
        let drops = Cell::new(0);
        let handle = Rc::new((Bomb(&drops), Blocked));
        let weak = Rc::downgrade(&handle);
        panics(|| drop(handle));
        assert_eq!((drops.get(), blocks::live()), (1, 1));
        assert!(weak.upgrade().is_none());
        drop(weak);
        assert_eq!((drops.get(), blocks::live()), (1, 0));
    }
}

mod rc_drop_keep_spec {
    use super::*;

    /// One of several goes: the destructor does not run, even where it would panic.
    #[test]
    fn destroys_nothing() {
        let drops = Cell::new(0);
        let a = Rc::new(Bomb(&drops));
        let clones: Vec<_> = (0..4).map(|_| a.clone()).collect();
        for (gone, clone) in clones.into_iter().enumerate() {
            drop(clone);
            assert_eq!((counts(&a), drops.get()), ((4 - gone, 0), 0));
        }
        mem::forget(Rc::into_inner(a));
    }
}

mod rc_drop_lend_spec {
    use super::*;

    /// Has a weak handle on its own block, which goes with it.
    struct Knot<'a> {
        weak: RefCell<Weak<Knot<'a>>>,
        _value: (Counted<'a>, Blocked),
    }

    /// The destructor runs, and drops the last weak handle but one, or the last.
    #[test]
    fn destroys_what_has_weak_handles() {
        for outside in [false, true] {
            let drops = Cell::new(0);
            let a = Rc::new(Knot { weak: RefCell::default(), _value: (Counted(&drops), Blocked) });
            a.weak.replace(Rc::downgrade(&a));
            let weak = outside.then(|| Rc::downgrade(&a));
            drop(a);
            assert_eq!((drops.get(), blocks::live()), (1, usize::from(outside)));
            drop(weak);
            assert_eq!((drops.get(), blocks::live()), (1, 0));
        }
    }

    /// The destructor cannot get hold of what it destroys.
    #[test]
    fn no_upgrade_in_the_destructor() {
        struct Curious<'a>(Weak<Curious<'a>>, &'a Cell<Option<(bool, usize, usize)>>);
        impl Drop for Curious<'_> {
            fn drop(&mut self) {
                let Self(me, seen) = self;
                seen.set(Some((me.upgrade().is_some(), me.strong_count(), me.weak_count())));
            }
        }
        let seen = Cell::new(None);
        let a = Rc::new_cyclic(|me| Curious(me.clone(), &seen));
        drop((a.clone(), Rc::downgrade(&a)));
        assert_eq!(seen.take(), None);
        drop(a);
        assert_eq!(seen.take(), Some((false, 0, 0)));
    }
}

mod rc_dropped_own_whole {
    use super::*;

    /// Whoever goes last, and whoever may tell: the value is destroyed once.
    #[test]
    fn destroyed_when_all_are_gone() {
        for last in 0..3 {
            let drops = Cell::new(0);
            let a = Rc::new(Counted(&drops));
            let weak = Rc::downgrade(&a);
            let mut handles = vec![a.clone(), weak.upgrade().unwrap(), a];
            let survivor = handles.swap_remove(last);
            drop(handles);
            assert_eq!(drops.get(), 0);
            drop(survivor);
            assert_eq!((drops.get(), weak.strong_count()), (1, 0));
        }
    }
}

mod rc_reclaim {
    use super::*;

    /// Whatever the order of the handles' ends, no block is left.
    #[test]
    fn freed_when_all_are_gone() {
        enum Handle {
            Strong(#[expect(dead_code, reason = "dropped")] Rc<Blocked>),
            Weak(#[expect(dead_code, reason = "dropped")] Weak<Blocked>),
        }
        for order in 0..24 {
            let a = Rc::new(Blocked);
            let mut handles = vec![
                Handle::Strong(a.clone()),
                Handle::Weak(Rc::downgrade(&a)),
                Handle::Weak(Rc::downgrade(&a)),
                Handle::Strong(a),
            ];
            let mut rest = order;
            while !handles.is_empty() {
                assert_eq!(blocks::live(), 1);
                let next = rest % handles.len();
                rest /= handles.len();
                drop(handles.swap_remove(next));
            }
            assert_eq!(blocks::live(), 0);
        }
    }
}

mod rc_strong_count_spec {
    use super::*;

    #[test]
    fn counts_handles_not_borrows() {
        let a = Rc::new(1);
        let borrows = [&a, &a, &a];
        assert_eq!(Rc::strong_count(borrows[0]), 1);
    }

    #[test]
    fn leaves_the_count() {
        let a = Rc::new(1);
        let b = a.clone();
        assert_eq!(Rc::strong_count(&a), Rc::strong_count(&a));
        drop(a);
        assert_eq!(Rc::strong_count(&b), 1);
    }

    #[test]
    fn forgotten_handles_count() {
        let a = Rc::new(1);
        mem::forget(a.clone());
        assert_eq!(Rc::strong_count(&a), 2);
        // SAFETY: the forgotten handle is counted, and remembered once.
        unsafe { Rc::decrement_strong_count(Rc::as_ptr(&a)) };
    }

    #[test]
    fn weak_handles_do_not_count() {
        let a = Rc::new(1);
        let _weak = Rc::downgrade(&a);
        assert_eq!(Rc::strong_count(&a), 1);
    }
}

mod rc_weak_count_spec {
    use super::*;

    #[test]
    fn counts_weak_handles_only() {
        let a = Rc::new(1);
        let b = a.clone();
        assert_eq!(Rc::weak_count(&a), 0);
        let weak = Rc::downgrade(&a);
        let other = weak.clone();
        assert_eq!(Rc::weak_count(&b), 2);
        drop(weak);
        assert_eq!(Rc::weak_count(&b), 1);
        drop((a, other));
        assert_eq!(Rc::weak_count(&b), 0);
    }

    #[test]
    fn forgotten_handles_count() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        let pointer = weak.as_ptr();
        mem::forget(weak);
        assert_eq!(Rc::weak_count(&a), 1);
        // SAFETY: the forgotten handle is counted, and remembered once.
        drop(unsafe { Weak::from_raw(pointer) });
        assert_eq!(Rc::weak_count(&a), 0);
    }
}

mod rc_deref_spec {
    use super::*;

    #[test]
    fn reads_the_value() {
        let a = Rc::new(String::from("text"));
        assert_eq!(a.len(), 4);
        assert_eq!(*a.clone(), "text");
    }

    #[test]
    fn one_place_for_all_handles() {
        let a = Rc::new(5);
        let b = a.clone();
        assert_eq!(Rc::as_ptr(&a), Rc::as_ptr(&b));
        assert_eq!(Rc::as_ptr(&a), &raw const *b);
    }
}

mod rc_ptr_eq_spec {
    use super::*;

    #[test]
    fn identity_not_equality() {
        let a = Rc::new(5);
        let b = Rc::new(5);
        assert_eq!(a, b);
        assert!(Rc::ptr_eq(&a, &a.clone()));
        assert!(!Rc::ptr_eq(&a, &b));
    }

    /// Values without size have blocks of their own all the same.
    #[test]
    fn of_no_size() {
        let a = Rc::new(());
        assert!(Rc::ptr_eq(&a, &a.clone()));
        assert!(!Rc::ptr_eq(&a, &Rc::new(())));
    }
}

mod rc_is_unique_spec {
    use super::*;

    /// Strong, and weak, handles to none and one more.
    #[test]
    fn no_other_handle_of_any_kind() {
        for (strong, weak) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let mut a = Rc::new(1);
            let _strong: Vec<_> = (0..strong).map(|_| a.clone()).collect();
            let _weak: Vec<_> = (0..weak).map(|_| Rc::downgrade(&a)).collect();
            assert_eq!(Rc::get_mut(&mut a).is_some(), (strong, weak) == (0, 0));
            assert_eq!(Rc::try_into_unique(a).is_ok(), (strong, weak) == (0, 0));
        }
    }
}

mod rc_is_unique_other_spec {
    use super::*;

    /// What asks for the only handle is refused as long as the other one is there.
    #[test]
    fn not_while_it_is_there() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        let a = Rc::try_into_unique(a).unwrap_err();
        let b = weak.upgrade().unwrap();
        drop(weak);
        let a = Rc::try_into_unique(a).unwrap_err();
        drop(b);
        assert!(Rc::try_into_unique(a).is_ok());
    }
}

mod rc_get_mut_other_spec {
    use super::*;

    /// A strong one, or a weak one, and the counts stay.
    #[test]
    fn none_and_nothing_changes() {
        let mut a = Rc::new(1);
        let b = a.clone();
        assert!(Rc::get_mut(&mut a).is_none());
        assert_eq!(counts(&a), (2, 0));
        let weak = Rc::downgrade(&b);
        drop(b);
        assert!(Rc::get_mut(&mut a).is_none());
        assert_eq!((counts(&a), weak.strong_count()), ((1, 1), 1));
    }
}

mod rc_try_into_unique_other_spec {
    use super::*;

    #[test]
    fn the_same_handle_back() {
        let a = Rc::new(1);
        let (b, weak) = (a.clone(), Rc::downgrade(&a));
        let a = Rc::try_into_unique(a).unwrap_err();
        assert!(Rc::ptr_eq(&a, &b));
        assert_eq!((counts(&a), weak.strong_count()), ((2, 1), 2));
    }
}

mod rc_try_unwrap_other_spec {
    use super::*;

    #[test]
    fn the_same_handle_back() {
        let a = Rc::new(1);
        let (b, weak) = (a.clone(), Rc::downgrade(&a));
        let a = Rc::try_unwrap(a).unwrap_err();
        assert!(Rc::ptr_eq(&a, &b));
        assert_eq!((counts(&a), weak.strong_count()), ((2, 1), 2));
    }
}

mod rc_into_inner_other_spec {
    use super::*;

    /// The handle goes; the value stays with the other one.
    #[test]
    fn nothing_comes_out() {
        let drops = Cell::new(0);
        let a = Rc::new(Counted(&drops));
        let b = a.clone();
        assert!(Rc::into_inner(a).is_none());
        assert_eq!((counts(&b), drops.get()), ((1, 0), 0));
    }
}

mod rc_clone_lent_spec {
    use super::*;

    /// Through a reference to the handle, while the content is being read.
    #[test]
    fn while_a_part_of_the_content_is_lent() {
        let a = Rc::new([1, 2]);
        let handle = &a;
        let inside = &handle[1];
        let b = Rc::clone(handle);
        assert_eq!((*inside, counts(&a)), (2, (2, 0)));
        assert!(std::ptr::eq(inside, &raw const b[1]));
    }
}

mod rc_unwrap_or_clone_other_spec {
    use super::*;

    #[test]
    fn a_clone_of_what_stays() {
        let a = Rc::new(vec![1]);
        let b = a.clone();
        let mut value = Rc::unwrap_or_clone(a);
        value.push(2);
        assert_eq!((value, &*b, counts(&b)), (vec![1, 2], &vec![1], (1, 0)));
    }
}

mod rc_make_mut_other_spec {
    use super::*;

    /// The other one keeps the block and the value.
    #[test]
    fn a_clone_in_another_block() {
        blocks::made();
        let mut a = Rc::new((Cell::new(1), Blocked));
        let b = a.clone();
        Rc::make_mut(&mut a).0.set(2);
        assert!(!Rc::ptr_eq(&a, &b));
        assert_eq!((a.0.get(), b.0.get(), counts(&a), counts(&b)), (2, 1, (1, 0), (1, 0)));
        assert_eq!(blocks::made(), 2);
    }
}

mod rc_get_mut_spec {
    use super::*;

    #[test]
    fn changes_in_place() {
        let mut a = Rc::new(1);
        let at = Rc::as_ptr(&a);
        *Rc::get_mut(&mut a).unwrap() = 2;
        assert_eq!((*a, Rc::as_ptr(&a), counts(&a)), (2, at, (1, 0)));
    }

    #[test]
    fn again_when_the_others_have_gone() {
        let mut a = Rc::new(1);
        let (b, weak) = (a.clone(), Rc::downgrade(&a));
        assert!(Rc::get_mut(&mut a).is_none());
        drop(b);
        assert!(Rc::get_mut(&mut a).is_none());
        drop(weak);
        *Rc::get_mut(&mut a).unwrap() = 2;
        assert_eq!(*a, 2);
    }
}

mod rc_make_mut_spec {
    use super::*;

    #[test]
    fn in_place_if_alone() {
        blocks::made();
        let mut a = Rc::new((1, Blocked));
        let at = Rc::as_ptr(&a);
        Rc::make_mut(&mut a).0 = 2;
        assert_eq!((a.0, Rc::as_ptr(&a), blocks::made()), (2, at, 1));
    }

    #[test]
    fn a_clone_if_shared() {
        let mut a = Rc::new(vec![1]);
        let (b, weak) = (a.clone(), Rc::downgrade(&a));
        Rc::make_mut(&mut a).push(2);
        assert_eq!((&*a, &*b), (&vec![1, 2], &vec![1]));
        assert_eq!((counts(&a), counts(&b)), ((1, 0), (1, 1)));
        // Weak handles stay with those who did not change the value.
        assert!(Rc::ptr_eq(&b, &weak.upgrade().unwrap()));
    }

    /// Weak handles are left behind, and the value is moved, not cloned.
    #[test]
    fn moves_from_under_weak_handles() {
        let drops = Cell::new(0);
        let mut a = Rc::new((NoClone(Counted(&drops)), Blocked));
        let weak = Rc::downgrade(&a);
        let at = Rc::as_ptr(&a);
        let _: &mut (NoClone, Blocked) = Rc::make_mut(&mut a);
        assert_ne!(Rc::as_ptr(&a), at);
        assert_eq!(counts(&a), (1, 0));
        assert!(weak.upgrade().is_none());
        assert_eq!((weak.strong_count(), weak.weak_count()), (0, 0));
        assert_eq!((drops.get(), blocks::live()), (0, 2));
        drop(weak);
        assert_eq!((drops.get(), blocks::live()), (0, 1));
        drop(a);
        assert_eq!((drops.get(), blocks::live()), (1, 0));
    }

    #[test]
    fn unchanged_if_the_clone_panics() {
        let drops = Cell::new(0);
        let mut a = Rc::new((NoClone(Counted(&drops)), Blocked));
        let b = a.clone();
        panics(|| _ = Rc::make_mut(&mut a));
        assert!(Rc::ptr_eq(&a, &b));
        assert_eq!((counts(&a), drops.get(), blocks::live()), ((2, 0), 0, 1));
    }

    /// The value's clone drops the other handle: the old value goes when it is
    /// replaced, and is not leaked.
    #[test]
    fn clone_drops_the_other_handle() {
        struct Node<'a>(RefCell<Option<Rc<Node<'a>>>>, Counted<'a>);
        impl Clone for Node<'_> {
            fn clone(&self) -> Self {
                drop(self.0.take());
                Node(RefCell::default(), Counted(self.1.0))
            }
        }
        let drops = Cell::new(0);
        let mut a = Rc::new(Node(RefCell::default(), Counted(&drops)));
        *a.0.borrow_mut() = Some(a.clone());
        Rc::make_mut(&mut a);
        assert_eq!((counts(&a), drops.get()), ((1, 0), 1));
        drop(a);
        assert_eq!(drops.get(), 2);
    }
}

mod rc_try_unwrap_spec {
    use super::*;

    #[test]
    fn moves_the_value_out() {
        let drops = Cell::new(0);
        let value = Rc::try_unwrap(Rc::new((Counted(&drops), Blocked)));
        assert_eq!((drops.get(), blocks::live()), (0, 0));
        assert!(value.is_ok());
        drop(value);
        assert_eq!(drops.get(), 1);
    }

    #[test]
    fn gives_the_handle_back() {
        let a = Rc::new(1);
        let b = a.clone();
        let a = Rc::try_unwrap(a).unwrap_err();
        assert!(Rc::ptr_eq(&a, &b));
        assert_eq!(counts(&a), (2, 0));
    }

    /// Weak handles do not prevent it, and find nothing afterwards.
    #[test]
    fn despite_weak_handles() {
        let a = Rc::new((1, Blocked));
        let weak = Rc::downgrade(&a);
        assert_eq!(Rc::try_unwrap(a).map_err(drop).unwrap().0, 1);
        assert!(weak.upgrade().is_none());
        assert_eq!((weak.strong_count(), weak.weak_count(), blocks::live()), (0, 0, 1));
        drop(weak);
        assert_eq!(blocks::live(), 0);
    }
}

mod rc_into_inner_spec {
    use super::*;

    #[test]
    fn the_last_one_gets_the_value() {
        let drops = Cell::new(0);
        let a = Rc::new(Counted(&drops));
        let b = a.clone();
        assert!(Rc::into_inner(a).is_none());
        assert_eq!(counts(&b), (1, 0));
        let value = Rc::into_inner(b);
        assert!(value.is_some());
        assert_eq!(drops.get(), 0);
    }
}

mod rc_unwrap_or_clone_spec {
    use super::*;

    /// `NoClone` panics where it is cloned.
    #[test]
    fn moves_if_alone() {
        let drops = Cell::new(0);
        let a = Rc::new((NoClone(Counted(&drops)), Blocked));
        let weak = Rc::downgrade(&a);
        let value = Rc::unwrap_or_clone(a);
        assert!(weak.upgrade().is_none());
        drop(weak);
        assert_eq!((drops.get(), blocks::live()), (0, 0));
        drop(value);
        assert_eq!(drops.get(), 1);
    }

    #[test]
    fn clones_if_shared() {
        let a = Rc::new(vec![1]);
        let b = a.clone();
        assert_eq!(Rc::unwrap_or_clone(a), [1]);
        assert_eq!(counts(&b), (1, 0));
    }

    #[test]
    fn drops_the_handle_if_the_clone_panics() {
        let drops = Cell::new(0);
        let a = Rc::new(NoClone(Counted(&drops)));
        let b = a.clone();
        panics(|| _ = Rc::unwrap_or_clone(a));
        assert_eq!((counts(&b), drops.get()), ((1, 0), 0));
    }

    /// Killed by: a clone that is the result already when the handle is dropped.
    #[test]
    fn drops_the_clone_if_the_old_value_panics() {
        /// Its clone drops the other handle; the original panics where it is dropped.
        struct Original<'a> {
            other: std::rc::Rc<RefCell<Option<Rc<Self>>>>,
            is_clone: bool,
            _counted: Counted<'a>,
        }
        impl Clone for Original<'_> {
            fn clone(&self) -> Self {
                drop(self.other.take());
                Self {
                    other: self.other.clone(),
                    is_clone: true,
                    _counted: Counted(self._counted.0),
                }
            }
        }
        impl Drop for Original<'_> {
            fn drop(&mut self) {
                assert!(self.is_clone, "the original's destructor panics");
            }
        }
        let (drops, other) = (Cell::new(0), std::rc::Rc::default());
        let a = Rc::new(Original {
            other: std::rc::Rc::clone(&other),
            is_clone: false,
            _counted: Counted(&drops),
        });
        other.replace(Some(a.clone()));
        panics(|| _ = Rc::unwrap_or_clone(a));
        assert_eq!(drops.get(), 2);
    }
}

mod rc_downgrade_spec {
    use super::*;

    #[test]
    fn one_weak_handle_more() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        assert_eq!(counts(&a), (1, 1));
        assert!(Rc::ptr_eq(&a, &weak.upgrade().unwrap()));
    }
}

mod weak_upgrade_spec {
    use super::*;

    #[test]
    fn counts_one_strong_handle_more() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        let b = weak.upgrade().unwrap();
        assert!(Rc::ptr_eq(&a, &b));
        assert_eq!(counts(&a), (2, 1));
        drop(a);
        assert_eq!(*b, 1);
    }

    #[test]
    fn none_once_the_value_is_gone() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        drop(a);
        assert!(weak.upgrade().is_none());
        assert!(weak.upgrade().is_none());
    }

    /// In the value's destructor too: the strong count is zero already.
    #[test]
    fn none_in_the_destructor() {
        struct Node(RefCell<Weak<Node>>, Rc<Cell<Option<bool>>>);
        impl Drop for Node {
            fn drop(&mut self) {
                self.1.set(Some(self.0.borrow().upgrade().is_some()));
            }
        }
        let upgraded = Rc::new(Cell::new(None));
        let node = Rc::new(Node(RefCell::default(), upgraded.clone()));
        *node.0.borrow_mut() = Rc::downgrade(&node);
        drop(node);
        assert_eq!(upgraded.get(), Some(false));
    }
}

mod weak_upgrade_rc_spec {
    use super::*;

    /// With a strong handle at hand every weak one can be upgraded, and stays.
    #[test]
    fn works_as_long_as_there_is_one() {
        let a = Rc::new(1);
        let weak = [Rc::downgrade(&a), Rc::downgrade(&a)];
        let mut strong: Vec<_> = weak.iter().map(|weak| weak.upgrade().unwrap()).collect();
        assert_eq!(counts(&a), (3, 2));
        drop(a);
        strong.pop();
        strong.extend(weak[1].upgrade());
        assert_eq!(strong.iter().map(counts).collect::<Vec<_>>(), [(2, 2); 2]);
    }
}

mod weak_upgrade_ref_spec {
    use super::*;

    /// Who knows of all handles knows what comes of it.
    #[test]
    fn works_exactly_if_there_is_a_strong_handle() {
        for strong in 0..3 {
            let a = Rc::new(1);
            let weak = Rc::downgrade(&a);
            let handles: Vec<_> = (0..strong).map(|_| a.clone()).collect();
            drop(a);
            let upgraded = weak.upgrade();
            assert_eq!(upgraded.is_some(), strong > 0);
            assert_eq!(weak.strong_count(), strong + usize::from(strong > 0));
            drop(handles);
            // What was upgraded keeps the value by itself.
            assert_eq!(upgraded.as_deref(), (strong > 0).then_some(&1));
        }
    }
}

mod weak_drop_ref_spec {
    use super::*;

    /// Who knows of all handles knows whether the memory goes.
    #[test]
    fn frees_exactly_if_no_other_handle_is_left() {
        for (strong, weak) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let a = Rc::new(Blocked);
            let dropped = Rc::downgrade(&a);
            let mut others: Vec<_> = (0..weak).map(|_| Rc::downgrade(&a)).collect();
            let kept = (strong > 0).then(|| a.clone());
            drop(a);
            drop(dropped);
            assert_eq!(blocks::live(), usize::from((strong, weak) != (0, 0)));
            assert_eq!(kept.as_ref().map(counts), (strong > 0).then_some((1, weak)));
            others.clear();
            drop(kept);
            assert_eq!(blocks::live(), 0);
        }
    }
}

mod weak_upgrade_known_spec {
    use super::*;

    /// A failure is for ever, once the value has been shared; a success is to that value.
    #[test]
    fn none_for_ever_or_the_value() {
        for last in [false, true] {
            let a = Rc::new(41);
            let weak = Rc::downgrade(&a);
            let b = a.clone();
            let rest = (!last).then_some(b);
            drop(a);
            for _ in 0..3 {
                assert_eq!(weak.upgrade().map(|c| *c), (!last).then_some(41));
            }
            drop(rest);
            assert!(weak.upgrade().is_none() && weak.upgrade().is_none());
        }
    }
}

mod weak_upgrade_unshared_spec {
    use super::*;

    /// However the value went: dropped, moved out, or never shared.
    #[test]
    fn none_for_ever() {
        let dropped = Rc::new(1);
        let moved = Rc::new(1);
        let unique = UniqueRc::new(1);
        let handles =
            [Rc::downgrade(&dropped), Rc::downgrade(&moved), UniqueRc::downgrade(&unique)];
        drop((dropped, Rc::try_unwrap(moved), unique));
        for weak in handles {
            assert!(weak.upgrade().is_none() && weak.clone().upgrade().is_none());
        }
    }

    #[test]
    fn none_until_it_is_shared() {
        let unique = UniqueRc::new(1);
        let weak = UniqueRc::downgrade(&unique);
        assert!(weak.upgrade().is_none());
        let shared = UniqueRc::into_rc(unique);
        assert!(Rc::ptr_eq(&shared, &weak.upgrade().unwrap()));
    }
}

mod weak_drop_last_spec {
    use super::*;

    /// Of a value that is gone: the memory goes with the last of them, and not before.
    #[test]
    fn the_last_frees_the_memory() {
        let a = Rc::new(Blocked);
        let mut handles: Vec<_> = (0..4).map(|_| Rc::downgrade(&a)).collect();
        drop(a);
        while handles.len() > 1 {
            handles.pop();
            assert_eq!(blocks::live(), 1);
        }
        handles.pop();
        assert_eq!(blocks::live(), 0);
    }
}

mod weak_new_spec {
    use super::*;

    #[test]
    fn on_nothing_without_memory() {
        blocks::made();
        constant();
        let weak: Weak<(u64, Blocked)> = Weak::new();
        assert!(weak.upgrade().is_none());
        assert_eq!((weak.strong_count(), weak.weak_count()), (0, 0));
        drop((weak.clone(), Weak::<Blocked>::default(), weak));
        assert_eq!(blocks::made(), 0);
    }

    /// Can be made in constants.
    fn constant() {
        const WEAK: Weak<u8> = Weak::new();
        assert!(WEAK.ptr_eq(&Weak::new()));
    }
}

mod weak_clone_spec {
    use super::*;

    #[test]
    fn one_weak_handle_more() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        let other = weak.clone();
        assert_eq!(counts(&a), (1, 2));
        assert!(weak.ptr_eq(&other));
        drop(weak);
        assert!(Rc::ptr_eq(&a, &other.upgrade().unwrap()));
    }

    /// Also of a block whose value is gone.
    #[test]
    fn keeps_the_memory() {
        let a = Rc::new(Blocked);
        let weak = Rc::downgrade(&a);
        drop(a);
        let other = weak.clone();
        drop(weak);
        assert_eq!(blocks::live(), 1);
        drop(other);
        assert_eq!(blocks::live(), 0);
    }
}

mod weak_drop_spec {
    use super::*;

    #[test]
    fn one_weak_handle_less() {
        let drops = Cell::new(0);
        let a = Rc::new((Counted(&drops), Blocked));
        drop((Rc::downgrade(&a), Rc::downgrade(&a)));
        assert_eq!((counts(&a), drops.get(), blocks::live()), ((1, 0), 0, 1));
    }

    /// In whatever order they go, the memory goes with the last one.
    #[test]
    fn last_one_frees_the_memory() {
        for last in 0..3 {
            let a = Rc::new(Blocked);
            let mut handles: Vec<_> = (0..3).map(|_| Rc::downgrade(&a)).collect();
            drop(a);
            let survivor = handles.swap_remove(last);
            drop(handles);
            assert_eq!(blocks::live(), 1);
            drop(survivor);
            assert_eq!(blocks::live(), 0);
        }
    }
}

mod weak_strong_count_spec {
    use super::*;

    #[test]
    fn as_the_strong_handles_say() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        assert_eq!(weak.strong_count(), 1);
        let b = a.clone();
        assert_eq!(weak.strong_count(), 2);
        drop((a, b));
        assert_eq!(weak.strong_count(), 0);
    }
}

mod weak_weak_count_spec {
    use super::*;

    #[test]
    fn zero_without_strong_handles() {
        let a = Rc::new(1);
        let (weak, other) = (Rc::downgrade(&a), Rc::downgrade(&a));
        assert_eq!(weak.weak_count(), 2);
        drop(a);
        assert_eq!(weak.weak_count(), 0);
        drop(other);
        assert_eq!(weak.weak_count(), 0);
    }
}

mod weak_strong_count_unshared_spec {
    use super::*;

    /// With as many weak handles as there may be.
    #[test]
    fn zero_without_the_value() {
        let a = Rc::new(1);
        let handles = [Rc::downgrade(&a), Rc::downgrade(&a)];
        drop((a.clone(), a));
        assert_eq!(handles.map(|weak| weak.strong_count()), [0, 0]);
    }
}

mod weak_weak_count_unshared_spec {
    use super::*;

    /// Not the number of weak handles.
    #[test]
    fn zero_without_the_value() {
        let a = Rc::new(1);
        let handles = [Rc::downgrade(&a), Rc::downgrade(&a)];
        drop((a.clone(), a));
        assert_eq!(handles.each_ref().map(Weak::weak_count), [0, 0]);
    }
}

mod weak_strong_count_rc_spec {
    use super::*;

    /// Of a weak handle and of a strong one: the same number.
    #[test]
    fn the_count_of_the_strong_handle() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        let mut more = Vec::new();
        for strong in 1..5 {
            assert_eq!((weak.strong_count(), Rc::strong_count(&a)), (strong, strong));
            more.push(a.clone());
        }
    }
}

mod weak_weak_count_rc_spec {
    use super::*;

    /// Of a weak handle and of a strong one: the same number.
    #[test]
    fn the_count_of_the_strong_handle() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        let mut more = Vec::new();
        for handles in 1..5 {
            assert_eq!((weak.weak_count(), Rc::weak_count(&a)), (handles, handles));
            more.push(weak.clone());
        }
    }
}

mod weak_clone_dangling_spec {
    use super::*;

    #[test]
    fn as_empty_as_the_first() {
        blocks::made();
        let weak: Weak<Blocked> = Weak::new();
        assert!(weak.clone().ptr_eq(&weak));
        assert_eq!(blocks::made(), 0);
    }
}

mod weak_drop_dangling_spec {
    use super::*;

    #[test]
    fn frees_nothing() {
        let a = Rc::new(Blocked);
        drop([Weak::<Blocked>::new(), Weak::new()]);
        assert_eq!((counts(&a), blocks::live()), ((1, 0), 1));
    }
}

mod weak_upgrade_dangling_spec {
    use super::*;

    #[test]
    fn none() {
        assert!(Weak::<u8>::new().upgrade().is_none());
    }
}

mod weak_strong_count_dangling_spec {
    use super::*;

    #[test]
    fn zero() {
        assert_eq!(Weak::<u8>::new().strong_count(), 0);
    }
}

mod weak_weak_count_dangling_spec {
    use super::*;

    /// However many handles there are on nothing.
    #[test]
    fn zero() {
        let weak = Weak::<u8>::new();
        let other = weak.clone();
        assert_eq!((weak.weak_count(), other.weak_count()), (0, 0));
    }
}

mod weak_ptr_eq_spec {
    use super::*;

    /// Two handles of one block, and of two blocks with equal values.
    #[test]
    fn by_the_block() {
        let (a, b) = (Rc::new(1), Rc::new(1));
        let handles = [Rc::downgrade(&a), Rc::downgrade(&a), Rc::downgrade(&b)];
        assert!(handles[0].ptr_eq(&handles[1]) && handles[1].ptr_eq(&handles[0]));
        assert!(!handles[1].ptr_eq(&handles[2]) && !handles[2].ptr_eq(&handles[0]));
        assert_eq!((counts(&a), counts(&b)), ((1, 2), (1, 1)));
    }

    /// The blocks are there, and told apart, when the values are not.
    #[test]
    fn without_the_values() {
        let (a, b) = (Rc::new(Blocked), Rc::new(Blocked));
        let (first, second) = (Rc::downgrade(&a), Rc::downgrade(&b));
        drop((a, b));
        assert_eq!(blocks::live(), 2);
        assert!(first.ptr_eq(&first.clone()));
        assert!(!first.ptr_eq(&second));
    }
}

mod weak_ptr_eq_dangling_spec {
    use super::*;

    #[test]
    fn nothing_is_nothing() {
        let weak: Weak<u64> = Weak::new();
        assert!(weak.ptr_eq(&Weak::new()) && weak.ptr_eq(&weak.clone()));
    }
}

mod weak_ptr_eq_one_dangling_spec {
    use super::*;

    /// From either side, with a value there and without.
    #[test]
    fn nothing_is_no_block() {
        let a = Rc::new(1_u64);
        let weak = Rc::downgrade(&a);
        for value in [Some(a), None] {
            assert!(!weak.ptr_eq(&Weak::new()) && !Weak::new().ptr_eq(&weak));
            drop(value);
        }
    }
}

mod weak_as_ptr_spec {
    use super::*;

    fn of_the_value<T>(value: T) {
        let a = Rc::new(value);
        let weak = Rc::downgrade(&a);
        let at = Rc::as_ptr(&a);
        assert_eq!((weak.as_ptr(), counts(&a)), (at, (1, 1)));
        drop(a);
        assert_eq!(weak.as_ptr(), at);
    }

    /// Wherever the value lies in its block; also when it is gone.
    #[test]
    fn where_the_value_is() {
        #[repr(align(64))]
        struct Aligned(#[expect(dead_code, reason = "space")] u8);
        of_the_value(());
        of_the_value(1_u8);
        of_the_value(1_u128);
        of_the_value([7_u64; 9]);
        of_the_value(Aligned(3));
    }
}

mod weak_as_ptr_dangling_spec {
    use super::*;

    /// The same for all that are on nothing, and no address of a value.
    #[test]
    fn nowhere() {
        let weak: Weak<u64> = Weak::new();
        let a = Rc::new(1);
        assert_eq!(weak.as_ptr(), Weak::new().as_ptr());
        assert_ne!(weak.as_ptr(), Rc::as_ptr(&a));
    }
}

mod weak_into_raw_spec {
    use super::*;

    /// The pointer stands for a weak handle, which is counted.
    #[test]
    fn stays_counted_and_keeps_the_block() {
        let a = Rc::new((1, Blocked));
        let at = Rc::as_ptr(&a);
        let pointer = Rc::downgrade(&a).into_raw();
        assert_eq!((pointer, counts(&a)), (at, (1, 1)));
        drop(a);
        assert_eq!(blocks::live(), 1);
        // SAFETY: from `into_raw`, and given back once.
        drop(unsafe { Weak::from_raw(pointer) });
        assert_eq!(blocks::live(), 0);
    }
}

mod weak_from_raw_spec {
    use super::*;

    fn round_trip<T: Copy + PartialEq + std::fmt::Debug>(value: T) {
        let a = Rc::new(value);
        let pointer = Rc::downgrade(&a).into_raw();
        // SAFETY: from `into_raw`, and given back once.
        let weak = unsafe { Weak::from_raw(pointer) };
        assert!(weak.ptr_eq(&Rc::downgrade(&a)));
        assert_eq!(weak.upgrade().as_deref(), Some(&value));
        assert_eq!(counts(&a), (1, 1));
    }

    /// Wherever the value lies in its block.
    #[test]
    fn any_layout() {
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[repr(align(64))]
        struct Aligned(u8);
        round_trip(());
        round_trip(1_u8);
        round_trip(1_u128);
        round_trip([7_u64; 9]);
        round_trip(Aligned(3));
        round_trip([Aligned(3); 0]);
    }

    /// As a pointer while the value is dropped: the handle is one on its block.
    #[test]
    fn after_the_value() {
        let a = Rc::new(Blocked);
        let pointer = Rc::downgrade(&a).into_raw();
        drop(a);
        // SAFETY: from `into_raw`, and given back once.
        let weak = unsafe { Weak::from_raw(pointer) };
        assert!(weak.upgrade().is_none());
        assert_eq!((weak.strong_count(), blocks::live()), (0, 1));
        drop(weak);
        assert_eq!(blocks::live(), 0);
    }

    /// From the pointer of a handle that is then forgotten.
    #[test]
    fn from_as_ptr() {
        let a = Rc::new(1);
        let weak = Rc::downgrade(&a);
        let pointer = weak.as_ptr();
        mem::forget(weak);
        // SAFETY: from `as_ptr` of a handle that was forgotten, and used once.
        drop(unsafe { Weak::from_raw(pointer) });
        assert_eq!(counts(&a), (1, 0));
    }
}

mod weak_into_raw_dangling_spec {
    use super::*;

    #[test]
    fn nowhere() {
        let pointer = Weak::<Blocked>::new().into_raw();
        assert_eq!(pointer, Weak::new().as_ptr());
    }
}

mod weak_from_raw_dangling_spec {
    use super::*;

    /// Whatever the layout of the value that is not there.
    #[test]
    fn on_nothing_again() {
        fn round_trip<T>() {
            // SAFETY: from `into_raw`, and given back once.
            let weak = unsafe { Weak::<T>::from_raw(Weak::new().into_raw()) };
            assert!(weak.ptr_eq(&Weak::new()));
            assert!(weak.upgrade().is_none());
            assert_eq!((weak.strong_count(), weak.weak_count()), (0, 0));
        }
        blocks::made();
        round_trip::<()>();
        round_trip::<u128>();
        round_trip::<Blocked>();
        assert_eq!(blocks::made(), 0);
    }
}

mod rc_into_raw_spec {
    use super::*;

    #[test]
    fn stays_counted_and_in_place() {
        let drops = Cell::new(0);
        let a = Rc::new(Counted(&drops));
        let weak = Rc::downgrade(&a);
        let at = Rc::as_ptr(&a);
        let pointer = Rc::into_raw(a);
        assert_eq!((pointer, drops.get(), weak.strong_count()), (at, 0, 1));
        // SAFETY: from `into_raw`, and given back once.
        drop(unsafe { Rc::from_raw(pointer) });
        assert_eq!(drops.get(), 1);
    }
}

mod rc_from_raw_spec {
    use super::*;

    fn round_trip<T: PartialEq + Copy + std::fmt::Debug>(value: T) {
        let a = Rc::new(value);
        let pointer = Rc::into_raw(a.clone());
        // SAFETY: from `into_raw`, and given back once.
        let b = unsafe { Rc::from_raw(pointer) };
        assert!(Rc::ptr_eq(&a, &b));
        assert_eq!((*b, counts(&b)), (value, (2, 0)));
    }

    /// Wherever the value lies in its block.
    #[test]
    fn any_layout() {
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[repr(align(64))]
        struct Aligned(u8);
        round_trip(());
        round_trip(1_u8);
        round_trip(1_u128);
        round_trip([7_u64; 9]);
        round_trip(Aligned(3));
        round_trip([Aligned(3); 0]);
    }
}

mod rc_increment_strong_count_spec {
    use super::*;

    #[test]
    fn one_handle_more() {
        let a = Rc::new(1);
        let pointer = Rc::into_raw(a.clone());
        // SAFETY: from `into_raw`, whose handle stays counted.
        unsafe { Rc::increment_strong_count(pointer) };
        assert_eq!(counts(&a), (3, 0));
        for left in [2, 1] {
            // SAFETY: one for each handle that is counted as a pointer.
            drop(unsafe { Rc::from_raw(pointer) });
            assert_eq!(counts(&a), (left, 0));
        }
    }
}

mod rc_decrement_strong_count_spec {
    use super::*;

    #[test]
    fn one_handle_less() {
        let drops = Cell::new(0);
        let a = Rc::new((Counted(&drops), Blocked));
        let pointer = Rc::into_raw(a.clone());
        // SAFETY: from `into_raw`, and given back once.
        unsafe { Rc::decrement_strong_count(pointer) };
        assert_eq!((counts(&a), drops.get()), ((1, 0), 0));
        let pointer = Rc::into_raw(a);
        // SAFETY: from `into_raw`, and given back once.
        unsafe { Rc::decrement_strong_count(pointer) };
        assert_eq!((drops.get(), blocks::live()), (1, 0));
    }
}

mod rc_new_cyclic_spec {
    use super::*;

    struct Node {
        me: Weak<Node>,
        #[expect(dead_code, reason = "makes the block known")]
        known: Blocked,
    }

    #[test]
    fn weak_handle_on_itself() {
        blocks::made();
        let node = Rc::new_cyclic(|me| {
            assert!(me.upgrade().is_none());
            assert_eq!((me.strong_count(), me.weak_count()), (0, 0));
            Node { me: me.clone(), known: Blocked }
        });
        assert_eq!(counts(&node), (1, 1));
        assert!(Rc::ptr_eq(&node, &node.me.upgrade().unwrap()));
        drop(node);
        assert_eq!((blocks::made(), blocks::live()), (1, 0));
    }

    #[test]
    fn nothing_kept_is_nothing_counted() {
        let value = Rc::new_cyclic(|me| {
            drop(me.clone());
            (5, Blocked)
        });
        assert_eq!((value.0, counts(&value)), (5, (1, 0)));
        drop(value);
        assert_eq!(blocks::live(), 0);
    }

    /// The value that never was is not dropped; the memory goes.
    #[test]
    fn closure_panics() {
        blocks::made();
        panics(|| drop(Rc::<(Bomb, Blocked)>::new_cyclic(|_| panic!("no value"))));
        assert_eq!((blocks::made(), blocks::live()), (1, 0));
    }

    /// What the closure has captured goes with it, once. Killed by: forgetting it.
    #[test]
    fn captures_are_dropped() {
        let drops = Cell::new(0);
        let captured = (Counted(&drops), Blocked);
        panics(|| {
            drop(Rc::<(Bomb, Blocked)>::new_cyclic(move |_| {
                let _captured = &captured;
                panic!("no value")
            }));
        });
        assert_eq!((drops.get(), blocks::live()), (1, 0));
        let captured = Counted(&drops);
        let value = Rc::new_cyclic(move |_| {
            let _captured = &captured;
            5
        });
        assert_eq!((*value, drops.get()), (5, 2));
    }

    /// A weak handle that got out keeps the memory, and upgrades to nothing.
    #[test]
    fn closure_panics_after_a_handle_escaped() {
        let escaped = Cell::new(Weak::new());
        panics(|| {
            drop(Rc::<(Bomb, Blocked)>::new_cyclic(|me| {
                escaped.set(me.clone());
                panic!("no value")
            }));
        });
        let weak = escaped.take();
        assert!(weak.upgrade().is_none());
        assert_eq!(blocks::live(), 1);
        drop(weak);
        assert_eq!(blocks::live(), 0);
    }
}

mod unique_rc_new_spec {
    use super::*;

    #[test]
    fn holds_the_value_unshared() {
        let drops = Cell::new(0);
        let unique = UniqueRc::new(Counted(&drops));
        let weak = UniqueRc::downgrade(&unique);
        assert_eq!((weak.strong_count(), drops.get()), (0, 0));
        assert_eq!(*UniqueRc::from(5), 5);
    }
}

mod unique_rc_deref_spec {
    use super::*;

    #[test]
    fn reads_and_writes() {
        let mut unique = UniqueRc::new(vec![1]);
        unique.push(2);
        assert_eq!(*unique, [1, 2]);
    }

    /// Weak handles look at the counts while the value is borrowed to be changed.
    #[test]
    fn weak_handles_meanwhile() {
        let mut unique = UniqueRc::new(1);
        let weak = UniqueRc::downgrade(&unique);
        let value = &mut *unique;
        assert!(weak.clone().upgrade().is_none());
        *value = 2;
        drop(weak);
        assert_eq!(*unique, 2);
    }
}

mod unique_rc_downgrade_spec {
    use super::*;

    #[test]
    fn upgrades_once_shared() {
        let unique = UniqueRc::new(1);
        let (weak, other) = (UniqueRc::downgrade(&unique), UniqueRc::downgrade(&unique));
        assert!(weak.upgrade().is_none());
        let shared = UniqueRc::into_rc(unique);
        assert_eq!(counts(&shared), (1, 2));
        assert!(Rc::ptr_eq(&shared, &weak.upgrade().unwrap()));
        assert!(Rc::ptr_eq(&shared, &other.upgrade().unwrap()));
    }
}

mod unique_rc_into_rc_spec {
    use super::*;

    #[test]
    fn one_handle_in_place() {
        blocks::made();
        let drops = Cell::new(0);
        let unique = UniqueRc::new((Counted(&drops), Blocked));
        let at = &raw const *unique;
        let shared = UniqueRc::into_rc(unique);
        assert_eq!((Rc::as_ptr(&shared), counts(&shared), drops.get()), (at, (1, 0), 0));
        drop(shared);
        assert_eq!((drops.get(), blocks::made(), blocks::live()), (1, 1, 0));
    }
}

/// The value comes out where it is; what is left of the block is its weak handles'.
/// Killed by: a destructor that runs here; a block that is kept, or freed under a weak handle.
#[test]
fn value_out_of_a_unique_handle() {
    blocks::made();
    let drops = Cell::new(0);
    let (alone, held) = (UniqueRc::new(Counted(&drops)), UniqueRc::new((Counted(&drops), Blocked)));
    let weak = UniqueRc::downgrade(&held);
    let (value, other) = (UniqueRc::into_inner(alone), UniqueRc::into_inner(held));
    assert_eq!((drops.get(), weak.upgrade().is_none(), weak.weak_count()), (0, true, 0));
    drop((value, other));
    assert_eq!((drops.get(), blocks::live()), (2, 1));
    drop(weak);
    assert_eq!(blocks::live(), 0);
}

#[test]
fn unique_handles_are_made_and_shared_as_values_are() {
    assert_eq!(*UniqueRc::<Vec<u8>>::default(), []);
    let mut unique = UniqueRc::<u32>::default();
    *unique += 1;
    let shared: Rc<u32> = unique.into();
    assert_eq!((*shared, counts(&shared)), (1, (1, 0)));
}

mod unique_rc_drop_spec {
    use super::*;

    /// The destructor runs where the value lies, and the memory goes after it.
    #[test]
    fn memory_goes_after_the_value() {
        struct Looks(Blocked);
        impl Drop for Looks {
            fn drop(&mut self) {
                assert_eq!(blocks::live(), 1);
            }
        }
        drop(UniqueRc::new(Looks(Blocked)));
        assert_eq!(blocks::live(), 0);
    }

    #[test]
    fn drops_the_value_and_frees() {
        let drops = Cell::new(0);
        drop(UniqueRc::new((Counted(&drops), Blocked)));
        assert_eq!((drops.get(), blocks::live()), (1, 0));
    }

    #[test]
    fn weak_handles_keep_the_memory() {
        let drops = Cell::new(0);
        let unique = UniqueRc::new((Counted(&drops), Blocked));
        let weak = UniqueRc::downgrade(&unique);
        drop(unique);
        assert_eq!((drops.get(), blocks::live()), (1, 1));
        assert!(weak.upgrade().is_none());
        drop(weak);
        assert_eq!(blocks::live(), 0);
    }

    #[test]
    fn destructor_panics_once() {
        let drops = Cell::new(0);
        let unique = UniqueRc::new((Bomb(&drops), Blocked));
        panics(|| drop(unique));
        assert_eq!((drops.get(), blocks::live()), (1, 0));
    }
}

mod rc_try_into_unique_spec {
    use super::*;

    #[test]
    fn there_and_back_in_place() {
        blocks::made();
        let drops = Cell::new(0);
        let a = Rc::new((Cell::new(1), Counted(&drops), Blocked));
        let at = Rc::as_ptr(&a);
        let mut unique = Rc::try_into_unique(a).map_err(drop).unwrap();
        *unique.0.get_mut() = 2;
        let weak = UniqueRc::downgrade(&unique);
        assert!(weak.upgrade().is_none());
        let a = UniqueRc::into_rc(unique);
        assert_eq!((a.0.get(), Rc::as_ptr(&a), counts(&a)), (2, at, (1, 1)));
        assert_eq!((drops.get(), blocks::made()), (0, 1));
    }

    #[test]
    fn gives_the_handle_back() {
        let a = Rc::new(1);
        let b = a.clone();
        let a = Rc::try_into_unique(a).unwrap_err();
        assert_eq!(counts(&b), (2, 0));
        drop(b);
        let weak = Rc::downgrade(&a);
        let a = Rc::try_into_unique(a).unwrap_err();
        assert_eq!(counts(&a), (1, 1));
        assert!(Rc::ptr_eq(&a, &weak.upgrade().unwrap()));
    }
}
