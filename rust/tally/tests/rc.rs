//! Samples of the lemmas about `rc`: each module is named after one.
#![cfg(feature = "alloc")]

mod common;

use std::{cell::Cell, mem};

use common::Counted;
use tally::Rc;

mod rc_new_spec {
    use super::*;

    #[test]
    fn counts_one() {
        assert_eq!(Rc::strong_count(&Rc::new('x')), 1);
    }

    #[test]
    fn holds_the_value() {
        assert_eq!(*Rc::new([3, 1, 4]), [3, 1, 4]);
        assert_eq!(*Rc::from(5), 5);
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
        assert_eq!(Rc::strong_count(&a), 2);
        let c = b.clone();
        assert_eq!([&a, &b, &c].map(Rc::strong_count), [3, 3, 3]);
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
        assert_eq!(Rc::strong_count(&c), 2);
        drop(a);
        assert_eq!(Rc::strong_count(&c), 1);
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

    #[test]
    fn forgotten_handle_keeps_the_value() {
        let drops = Cell::new(0);
        let a = Rc::new(Counted(&drops));
        mem::forget(a.clone());
        drop(a);
        assert_eq!(drops.get(), 0);
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

    /// A panicking destructor runs once, and its panic reaches the caller.
    #[test]
    fn destructor_panics_once() {
        use std::panic::{AssertUnwindSafe, catch_unwind};

        struct Bomb<'a>(&'a Cell<u32>);
        impl Drop for Bomb<'_> {
            fn drop(&mut self) {
                self.0.set(self.0.get() + 1);
                panic!("the destructor panics");
            }
        }

        let drops = Cell::new(0);
        let handle = Rc::new(Bomb(&drops));
        assert!(catch_unwind(AssertUnwindSafe(|| drop(handle))).is_err());
        assert_eq!(drops.get(), 1);
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
    }
}
