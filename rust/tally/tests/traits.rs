//! The traits of `Rc` that say nothing about counts, and what handles measure.

use tally::{Frame, FrameMeta, FrameSpace, MetaRegion, MetaSlot, Paddr, UniqueFrame};

struct NoSpace;
impl FrameSpace for NoSpace {
    fn region() -> &'static MetaRegion {
        &MetaRegion::EMPTY
    }
    fn dealloc(_: Paddr, _: usize) {}
}

struct Meta;
impl FrameMeta for Meta {}

#[test]
fn handles_are_one_word() {
    assert_eq!(size_of::<Frame<Meta, NoSpace>>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Frame<Meta, NoSpace>>>(), size_of::<usize>());
    assert_eq!(size_of::<UniqueFrame<Meta, NoSpace>>(), size_of::<usize>());
    assert_eq!(size_of::<Option<UniqueFrame<Meta, NoSpace>>>(), size_of::<usize>());
    assert_eq!(size_of::<MetaSlot>(), 64);
}

#[test]
fn frames_go_to_other_threads() {
    fn check<T: Send + Sync>() {}
    check::<Frame<Meta, NoSpace>>();
    check::<UniqueFrame<Meta, NoSpace>>();
}

#[cfg(feature = "alloc")]
mod common;

#[cfg(feature = "alloc")]
mod rc {
    use std::{
        borrow::{Borrow, BorrowMut},
        cell::Cell,
        cmp::Ordering,
        collections::{BTreeMap, HashMap},
        error::Error,
        fmt,
        marker::PhantomPinned,
        pin::Pin,
        string::FromUtf8Error,
    };

    use crate::common::Counted;
    use tally::{Rc, UniqueRc, Weak};

    #[test]
    fn one_word() {
        assert_eq!(
            [size_of::<Rc<[u64; 9]>>(), size_of::<Option<Rc<[u64; 9]>>>()],
            [size_of::<usize>(); 2]
        );
        assert_eq!(
            [size_of::<Weak<[u64; 9]>>(), size_of::<Option<Weak<[u64; 9]>>>()],
            [size_of::<usize>(); 2]
        );
        assert_eq!(
            [size_of::<UniqueRc<u8>>(), size_of::<Option<UniqueRc<u8>>>()],
            [size_of::<usize>(); 2]
        );
        assert!(Some(Weak::<u8>::new()).is_some());
    }

    /// Killed by: no `source`.
    #[test]
    fn errors_like_the_value() {
        #[derive(Debug)]
        struct Outer(FromUtf8Error);
        impl fmt::Display for Outer {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("outer")
            }
        }
        impl Error for Outer {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                Some(&self.0)
            }
        }
        let outer = || Outer(String::from_utf8(vec![0xff]).unwrap_err());
        let check = |error: &dyn Error| {
            assert_eq!(error.to_string(), "outer");
            assert!(error.source().unwrap().is::<FromUtf8Error>());
        };
        check(&Rc::new(outer()));
        check(&UniqueRc::new(outer()));
        let _: Box<dyn Error> = Rc::new(outer()).into();
    }

    /// The value is where it was pinned, until it is dropped there.
    #[test]
    fn pinned_values_stay() {
        struct Stays<'a>(Cell<*const Self>, &'a Cell<u32>, PhantomPinned);
        impl Drop for Stays<'_> {
            fn drop(&mut self) {
                assert_eq!(self.0.get(), &raw const *self);
                self.1.set(self.1.get() + 1);
            }
        }
        let dropped = Cell::new(0);
        let pinned = Rc::pin(Stays(Cell::default(), &dropped, PhantomPinned));
        pinned.0.set(&raw const *pinned);
        let other: Pin<Rc<_>> = pinned.clone();
        drop(pinned);
        assert_eq!((other.0.get(), dropped.get()), (&raw const *other, 0));
        drop(other);
        assert_eq!(dropped.get(), 1);
        // Values that do not mind come out.
        assert_eq!(Rc::try_unwrap(Pin::into_inner(Rc::pin(5))), Ok(5));
    }

    #[test]
    fn values_are_written_in_place() {
        let dropped = Cell::new(0);
        let mut room = Rc::<(Counted<'_>, [u64; 4])>::new_uninit();
        let place = Rc::get_mut(&mut room).unwrap().as_mut_ptr();
        // SAFETY: the room is for such a value, and borrowed by nobody else.
        unsafe { place.write((Counted(&dropped), [7; 4])) };
        let at = Rc::as_ptr(&room).cast();
        // SAFETY: written.
        let value = unsafe { room.assume_init() };
        assert_eq!((Rc::as_ptr(&value), value.1, dropped.get()), (at, [7; 4], 0));
        assert_eq!((Rc::strong_count(&value), Rc::weak_count(&value)), (1, 0));
        drop(value);
        assert_eq!(dropped.get(), 1);
    }

    /// Rooms that stay rooms drop no value; those with a value have its counts.
    #[test]
    fn rooms_are_freed() {
        let dropped = Cell::new(0);
        drop(Rc::<Counted<'_>>::new_uninit());
        let mut room = Rc::<Counted<'_>>::new_uninit();
        Rc::get_mut(&mut room).unwrap().write(Counted(&dropped));
        let other = room.clone();
        // SAFETY: written.
        let value = unsafe { room.assume_init() };
        assert_eq!(Rc::strong_count(&value), 2);
        let weak = Rc::downgrade(&other);
        drop(value);
        drop(other);
        assert_eq!((dropped.get(), weak.strong_count()), (0, 0), "the last one knew no value");
    }

    #[test]
    fn prints_like_the_value() {
        let handle = Rc::new("text");
        assert_eq!(format!("{handle} {handle:?} {handle:>6}"), "text \"text\"   text");
        assert_eq!(format!("{handle:p}"), format!("{:p}", Rc::as_ptr(&handle)));
        assert_eq!(format!("{:?}", Rc::downgrade(&handle)), "(Weak)");
        assert_eq!(format!("{:8?}|", Rc::downgrade(&handle)), "(Weak)  |");
        let (some, std) = (Rc::new(Some(1)), std::rc::Rc::new(Some(1)));
        assert_eq!(format!("{some:#?} {some:3?}"), format!("{std:#?} {std:3?}"));
        let unique = UniqueRc::new("text");
        assert_eq!(format!("{unique} {unique:?}"), "text \"text\"");
        assert_eq!(format!("{unique:p}"), format!("{:p}", &raw const *unique));
    }

    #[test]
    fn compares_like_the_value() {
        let (a, b) = (Rc::new(1), Rc::new(2));
        assert_eq!(a, Rc::new(1));
        assert_ne!(a, b);
        assert_eq!((a.cmp(&b), b.partial_cmp(&a)), (Ordering::Less, Some(Ordering::Greater)));
        let nan = Rc::new(f64::NAN);
        assert_ne!(nan, nan.clone());
        assert_eq!(nan.partial_cmp(&nan), None);
        assert!(UniqueRc::new(1) < UniqueRc::new(2));
    }

    /// Each operator is the value's own, also where that has its own idea of it.
    /// Killed by: leaving one to what the trait provides.
    #[test]
    fn operators_are_the_values() {
        thread_local! { static ASKED: Cell<&'static str> = const { Cell::new("") }; }
        #[derive(Clone, Copy)]
        struct Asked;
        #[expect(clippy::partialeq_ne_impl, reason = "to see that it is asked")]
        impl PartialEq for Asked {
            fn eq(&self, _: &Self) -> bool {
                ASKED.set("eq");
                true
            }
            fn ne(&self, _: &Self) -> bool {
                ASKED.set("ne");
                true
            }
        }
        impl Eq for Asked {}
        impl PartialOrd for Asked {
            fn partial_cmp(&self, _: &Self) -> Option<Ordering> {
                ASKED.set("partial_cmp");
                None
            }
            fn lt(&self, _: &Self) -> bool {
                ASKED.set("lt");
                true
            }
            fn le(&self, _: &Self) -> bool {
                ASKED.set("le");
                true
            }
            fn gt(&self, _: &Self) -> bool {
                ASKED.set("gt");
                true
            }
            fn ge(&self, _: &Self) -> bool {
                ASKED.set("ge");
                true
            }
        }
        type Ask<T> = (&'static str, fn(&T, &T) -> bool);
        fn check<T: PartialOrd>(handle: impl Fn(Asked) -> T) {
            let (a, b) = (handle(Asked), handle(Asked));
            let answers: [Ask<T>; 6] = [
                ("eq", |a, b| a == b),
                ("ne", |a, b| a != b),
                ("lt", |a, b| a < b),
                ("le", |a, b| a <= b),
                ("gt", |a, b| a > b),
                ("ge", |a, b| a >= b),
            ];
            for (name, ask) in answers {
                assert!(ask(&a, &b), "{name}");
                assert_eq!(ASKED.get(), name);
            }
            assert_eq!((a.partial_cmp(&b), ASKED.get()), (None, "partial_cmp"));
        }
        check(std::rc::Rc::new);
        check(Rc::new);
        check(UniqueRc::new);
    }

    #[test]
    fn defaults() {
        let pinned: Pin<Rc<u8>> = Default::default();
        assert_eq!((*pinned, *Rc::<u8>::default()), (0, 0));
    }

    /// Finding a handle by its value takes `Hash`, `Ord` and `Eq` like the value's.
    #[test]
    fn is_found_by_its_value() {
        let mut map = HashMap::from([(Rc::new(5), "five")]);
        assert_eq!(map.remove(&5), Some("five"));
        let map = BTreeMap::from([(Rc::new(5), "five"), (Rc::new(3), "three")]);
        assert_eq!(map.first_key_value().map(|(key, _)| **key), Some(3));
        assert_eq!(map.get(&5), Some(&"five"));
    }

    #[test]
    fn borrows_the_value() {
        let handle = Rc::new(String::from("text"));
        let (as_ref, borrowed): (&String, &String) = (handle.as_ref(), handle.borrow());
        assert!(std::ptr::eq(as_ref, &*handle) && std::ptr::eq(borrowed, &*handle));
        let mut unique = UniqueRc::new(1);
        *unique.as_mut() += 1;
        *BorrowMut::<i32>::borrow_mut(&mut unique) += 1;
        let borrowed: &i32 = unique.borrow();
        assert_eq!((*borrowed, *unique.as_ref()), (3, 3));
    }

    /// A handle on something that lives long is one on something that lives
    /// shorter. That `UniqueRc` must not do so is in `compile_fail`.
    #[test]
    fn covariant() {
        fn rc<'a>(long: Rc<&'static str>, _: &'a str) -> Rc<&'a str> {
            long
        }
        fn weak<'a>(long: Weak<&'static str>, _: &'a str) -> Weak<&'a str> {
            long
        }
        let short = String::from("short");
        let handle = Rc::new("long");
        let looks = weak(Rc::downgrade(&handle), &short);
        let shorter = rc(handle, &short);
        assert!(Rc::ptr_eq(&shorter, &looks.upgrade().unwrap()));
    }

    #[test]
    fn value_may_borrow() {
        let count = Cell::new(0);
        struct Counts<'a>(&'a Cell<u32>);
        impl Drop for Counts<'_> {
            fn drop(&mut self) {
                self.0.set(self.0.get() + 1);
            }
        }
        drop(Rc::new(Counts(&count)));
        drop(UniqueRc::new(Counts(&count)));
        assert_eq!(count.get(), 2);
    }
}
