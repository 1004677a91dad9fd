//! Slices, strings and trait objects behind handles: as `std`'s, and nothing is leaked or
//! dropped twice when code of the values panics.
#![cfg(feature = "alloc")]

mod blocks;

use std::{
    any::Any,
    borrow::Cow,
    cell::{Cell, RefCell},
    fmt::Debug,
    panic::{AssertUnwindSafe, catch_unwind},
};

use blocks::{Blocked, live, made};
use proptest::{prelude::*, sample::Index};
use tally::{AllocError, Rc, UniqueRc, Weak, unsize};

thread_local! {
    /// How many more clones succeed, and destructors.
    static CLONES: Cell<usize> = const { Cell::new(usize::MAX) };
    static DROPS: Cell<usize> = const { Cell::new(usize::MAX) };
    static ALIVE: Cell<usize> = const { Cell::new(0) };
}

/// One of the values; those that live are counted, and blocks with it are.
#[derive(Debug, PartialEq)]
struct Value(u32, Blocked);

impl Value {
    fn new(number: u32) -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Self(number, Blocked)
    }
}

fn spend(left: &'static std::thread::LocalKey<Cell<usize>>) {
    match left.get() {
        usize::MAX => {}
        0 => {
            left.set(usize::MAX);
            panic!("spent");
        }
        n => left.set(n - 1),
    }
}

impl Clone for Value {
    fn clone(&self) -> Self {
        spend(&CLONES);
        Self::new(self.0)
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
        spend(&DROPS);
    }
}

fn values(n: u32) -> Vec<Value> {
    (0..n).map(Value::new).collect()
}

fn numbers(values: &[Value]) -> Vec<u32> {
    values.iter().map(|value| value.0).collect()
}

/// Requires that the operation panics, and afterwards that nothing lives.
fn panics_and_leaks_nothing(operation: impl FnOnce()) {
    assert!(catch_unwind(AssertUnwindSafe(operation)).is_err(), "it does not panic");
    assert_eq!((ALIVE.get(), live()), (0, 0), "values, blocks");
}

fn leaks_nothing(operation: impl FnOnce()) {
    operation();
    assert_eq!((ALIVE.get(), live()), (0, 0), "values, blocks");
}

mod rc_slice_new_spec {
    use super::*;

    #[test]
    fn slices_from_what_has_values() {
        leaks_nothing(|| {
            let of: [Rc<[Value]>; 6] = [
                values(3).into(),
                values(3).into_boxed_slice().into(),
                values(3)[..].into(),
                (&mut values(3)[..]).into(),
                [Value::new(0), Value::new(1), Value::new(2)].into(),
                values(3).into_iter().collect(),
            ];
            for slice in &of {
                assert_eq!(numbers(slice), [0, 1, 2]);
                assert_eq!((Rc::strong_count(slice), Rc::weak_count(slice)), (1, 0));
                assert_eq!(slice.as_ptr().addr() % 512, 0);
            }
        });
        let borrowed: Rc<[u8]> = Cow::Borrowed(&[1, 2][..]).into();
        let owned: Rc<[u8]> = Cow::<[u8]>::Owned(vec![1, 2]).into();
        assert_eq!(borrowed, owned);
    }
}

#[test]
fn texts() {
    let of: [Rc<str>; 6] = [
        "text".into(),
        String::from("text").into(),
        String::from("text").into_boxed_str().into(),
        String::from("text").as_mut_str().into(),
        Cow::Borrowed("text").into(),
        Cow::<str>::Owned("text".into()).into(),
    ];
    for text in of {
        assert_eq!(&*text, "text");
        let address = Rc::as_ptr(&text).cast::<u8>();
        let bytes: Rc<[u8]> = text.into();
        assert_eq!((&*bytes, bytes.as_ptr()), (&b"text"[..], address));
    }
    let mut text: Rc<str> = "text".into();
    let address = text.as_ptr();
    Rc::make_mut(&mut text).make_ascii_uppercase();
    assert_eq!((&*text, text.as_ptr()), ("TEXT", address));
    let other = text.clone();
    Rc::make_mut(&mut text).make_ascii_lowercase();
    assert_eq!((&*text, &*other), ("text", "TEXT"));
    let weak = Rc::downgrade(&text);
    Rc::make_mut(&mut text).make_ascii_uppercase();
    assert_eq!((&*text, weak.upgrade()), ("TEXT", None));
    assert_eq!(format!("{text} {text:?}"), "TEXT \"TEXT\"");
}

mod rc_slice_from_box_spec {
    use super::*;

    /// The box's memory is freed: the block is the only one with the values.
    #[test]
    fn frees_the_box() {
        leaks_nothing(|| {
            let slice: Rc<[Value]> = values(3).into_boxed_slice().into();
            assert_eq!((numbers(&slice), ALIVE.get(), live()), (vec![0, 1, 2], 3, 1));
        });
    }
}

mod weak_slice_drop_spec {
    use super::*;

    #[test]
    fn leaves_the_values() {
        let slice: Rc<[Value]> = values(3).into();
        let weak = Rc::downgrade(&slice);
        drop(weak.clone());
        assert_eq!((Rc::weak_count(&slice), ALIVE.get()), (1, 3));
        drop(weak);
        assert_eq!((Rc::weak_count(&slice), ALIVE.get(), live()), (0, 3, 1));
    }
}

mod weak_slice_drop_last_spec {
    use super::*;

    #[test]
    fn frees_the_block() {
        leaks_nothing(|| {
            let slice: Rc<[Value]> = values(3).into();
            let weak = Rc::downgrade(&slice);
            drop(slice);
            assert_eq!((ALIVE.get(), live()), (0, 1));
            drop(weak);
        });
    }
}

#[test]
fn nothing_in_it() {
    let empty: [Rc<[u64]>; 3] = [Rc::default(), Rc::from(vec![]), std::iter::empty().collect()];
    for mut slice in empty {
        assert!(slice.is_empty());
        assert!(Rc::make_mut(&mut slice).is_empty());
        let weak = Rc::downgrade(&slice);
        assert!(Rc::make_mut(&mut slice).is_empty());
        assert!(weak.upgrade().is_none());
    }
    assert_eq!(&*Rc::<str>::default(), "");
    assert_eq!(&*Rc::<str>::from(""), "");
    let none: Rc<[String; 0]> = Rc::<[String]>::from([]).try_into().unwrap();
    assert_eq!(*none, [""; 0]);
}

/// Of no size, as many as there are numbers, and each is dropped.
#[test]
fn values_without_size() {
    thread_local!(static DROPPED: Cell<usize> = const { Cell::new(0) });
    #[derive(Clone)]
    struct Empty;
    impl Drop for Empty {
        fn drop(&mut self) {
            DROPPED.set(DROPPED.get() + 1);
        }
    }
    let slice: Rc<[Empty]> = vec![Empty; 5].into();
    let cloned: Rc<[Empty]> = (&*slice).into();
    DROPPED.set(0);
    drop(slice);
    assert_eq!(DROPPED.get(), 5);
    drop(cloned);
    assert_eq!(DROPPED.get(), 10);

    let most = Rc::<[()]>::new_uninit_slice(usize::MAX);
    // SAFETY: a value without size needs not be written.
    let most = unsafe { most.assume_init() };
    let other = most.clone();
    assert_eq!((most.len(), Rc::strong_count(&other)), (usize::MAX, 2));
}

#[test]
fn room_to_be_written() {
    leaks_nothing(|| {
        let mut room = Rc::<[Value]>::new_uninit_slice(3);
        for (number, place) in (0..).zip(Rc::get_mut(&mut room).unwrap()) {
            place.write(Value::new(number));
        }
        let weak = Rc::downgrade(&room);
        // SAFETY: all are written.
        let slice = unsafe { room.assume_init() };
        assert_eq!((numbers(&slice), Rc::weak_count(&slice)), (vec![0, 1, 2], 1));
        drop(weak);
        // Not written, not dropped.
        drop(Rc::<[Value]>::new_uninit_slice(3));
        drop(Rc::<[Value]>::try_new_uninit_slice(3).unwrap());
    });
    leaks_nothing(|| {
        let rooms = [Rc::<Value>::new_zeroed(), Rc::<Value>::try_new_zeroed().unwrap()];
        for room in rooms {
            assert_eq!((Rc::strong_count(&room), Rc::weak_count(&room), live() > 0), (1, 0, true));
        }
    });
    // SAFETY: zero is a number.
    let zero = unsafe { Rc::<[u32; 1000]>::new_zeroed().assume_init() };
    assert_eq!(*zero, [0; 1000]);
    // SAFETY: zero is a number.
    let zeros = unsafe { Rc::<[u32]>::new_zeroed_slice(100).assume_init() };
    assert_eq!(*zeros, [0; 100]);
}

/// What does not fit in memory panics, as it does in `std`, and is an error where that is
/// asked for.
#[test]
fn lengths_do_not_overflow() {
    const MOST: usize = isize::MAX as usize;
    macro_rules! panics {
        ($handle:ident, $type:ty, $len:expr) => {
            catch_unwind(|| drop($handle::<[$type]>::new_uninit_slice($len))).is_err()
        };
    }
    use std::rc::Rc as Std;
    macro_rules! both_panic {
        ($type:ty, $len:expr) => {
            assert!(panics!(Rc, $type, $len));
            assert!(panics!(Std, $type, $len));
            assert_eq!(
                Rc::<[$type]>::try_new_uninit_slice($len).unwrap_err(),
                AllocError { value: () }
            );
        };
    }
    both_panic!(u8, usize::MAX);
    both_panic!(u8, MOST);
    both_panic!(u8, MOST - 15);
    both_panic!(u64, usize::MAX / 8 + 1);
    both_panic!(u64, MOST / 8);
    both_panic!(Blocked512, MOST / 512);
    #[repr(align(512))]
    struct Blocked512(#[expect(dead_code, reason = "for its size")] u8);
}

mod rc_slice_from_clones_spec {
    use super::*;

    /// What `clone` has made goes when it panics, whatever it was called for.
    #[test]
    fn clone_panics_midway() {
        panics_and_leaks_nothing(|| {
            let some = values(4);
            CLONES.set(2);
            let _: Rc<[Value]> = some[..].into();
        });
        panics_and_leaks_nothing(|| {
            let mut slice: Rc<[Value]> = values(4).into();
            let other = slice.clone();
            CLONES.set(3);
            let result = catch_unwind(AssertUnwindSafe(|| _ = Rc::make_mut(&mut slice)));
            assert!(result.is_err());
            // Nothing has changed.
            assert!(Rc::ptr_eq(&slice, &other));
            assert_eq!((Rc::strong_count(&slice), numbers(&slice)), (2, vec![0, 1, 2, 3]));
            panic!("so far, so good");
        });
    }
}

mod rc_slice_drop_spec {
    use super::*;

    /// The other values are dropped, and the block is freed.
    #[test]
    fn destructor_panics_midway() {
        panics_and_leaks_nothing(|| {
            let some = values(4);
            let slice: Rc<[Value]> = some.into();
            DROPS.set(1);
            drop(slice);
        });
    }
}

#[test]
fn iterator_panics_midway() {
    panics_and_leaks_nothing(|| {
        let numbers = (0..5).map(|i| if i == 3 { panic!("midway") } else { Value::new(i) });
        let _: Rc<[Value]> = numbers.collect();
    });
}

#[test]
fn make_mut_moves_from_under_weak_handles() {
    leaks_nothing(|| {
        let mut slice: Rc<[Value]> = values(3).into();
        let weak = Rc::downgrade(&slice);
        made();
        CLONES.set(0); // not called
        Rc::make_mut(&mut slice)[1].0 = 7;
        Rc::make_mut(&mut slice)[1].0 = 7;
        assert_eq!(made(), 1);
        CLONES.set(usize::MAX);
        assert_eq!(numbers(&slice), [0, 7, 2]);
        assert_eq!((weak.strong_count(), Rc::weak_count(&slice), live()), (0, 0, 2));
        drop(weak);
        assert_eq!(live(), 1);
    });
}

mod rc_slice_into_array_spec {
    use super::*;

    #[test]
    fn slices_as_arrays() {
        leaks_nothing(|| {
            let slice: Rc<[Value]> = values(3).into();
            let (kept, address) = (slice.clone(), slice.as_ptr());
            let slice = <Rc<[Value; 2]>>::try_from(slice).unwrap_err();
            let array: Rc<[Value; 3]> = slice.try_into().unwrap();
            assert_eq!((array.as_ptr(), Rc::strong_count(&array)), (address, 2));
            drop(kept);
            let slice: Rc<[Value]> = unsize!(array => [Value]);
            assert_eq!((numbers(&slice), slice.as_ptr()), (vec![0, 1, 2], address));
        });
    }
}

trait Named {
    fn name(&self) -> String;
    fn rename(&mut self, number: u32);
}

impl Named for Value {
    fn name(&self) -> String {
        format!("value {}", self.0)
    }
    fn rename(&mut self, number: u32) {
        self.0 = number;
    }
}

#[test]
fn trait_objects() {
    leaks_nothing(|| {
        let value = Rc::new(Value::new(5));
        let weak = Rc::downgrade(&value);
        let address = Rc::as_ptr(&value);
        let mut named: Rc<dyn Named> = unsize!(value => dyn Named);
        let weak: Weak<dyn Named> = unsize!(weak => dyn Named);
        assert_eq!(
            (named.name(), Rc::as_ptr(&named).cast(), weak.as_ptr().cast()),
            ("value 5".into(), address, address)
        );
        assert!(Rc::ptr_eq(&named, &weak.upgrade().unwrap()));
        assert!(weak.ptr_eq(&Rc::downgrade(&named)));
        assert!(Rc::get_mut(&mut named).is_none());
        let (raw, raw_weak) = (Rc::into_raw(named), weak.into_raw());
        // SAFETY: from `into_raw`, each given back once.
        let (mut named, weak) = unsafe { (Rc::from_raw(raw), Weak::from_raw(raw_weak)) };
        assert_eq!(weak.upgrade().unwrap().name(), "value 5");
        drop(weak);
        Rc::get_mut(&mut named).unwrap().rename(6);
        let Ok(mut unique) = Rc::try_into_unique(named) else { panic!("it is alone") };
        unique.rename(7);
        let weak = UniqueRc::downgrade(&unique);
        assert!(weak.upgrade().is_none());
        let named = UniqueRc::into_rc(unique);
        assert_eq!(weak.upgrade().unwrap().name(), "value 7");
        drop(named);
        assert_eq!((ALIVE.get(), live()), (0, 1));
        // The value is dropped, and the block still knows its size.
        // SAFETY: from `into_raw`, and given back once.
        let weak = unsafe { Weak::from_raw(weak.into_raw()) };
        assert_eq!(weak.strong_count(), 0);
    });
}

#[test]
fn unique_trait_objects() {
    leaks_nothing(|| {
        let mut unique: UniqueRc<dyn Named> = unsize!(UniqueRc::new(Value::new(1)) => dyn Named);
        unique.rename(2);
        assert_eq!(unique.name(), "value 2");
        drop(unique);
        let weak = {
            let unique: UniqueRc<dyn Named> = unsize!(UniqueRc::new(Value::new(1)) => dyn Named);
            UniqueRc::downgrade(&unique)
        };
        assert_eq!((weak.weak_count(), live()), (0, 1));
    });
    panics_and_leaks_nothing(|| {
        let unique: UniqueRc<dyn Named> = unsize!(UniqueRc::new(Value::new(1)) => dyn Named);
        DROPS.set(0);
        drop(unique);
    });
}

/// A handle on nothing stays that, whatever it says of the value that is not there.
#[test]
fn weak_on_nothing() {
    let weak: Weak<dyn Debug> = unsize!(Weak::<u8>::new() => dyn Debug);
    let slice: Weak<[u64]> = unsize!(Weak::<[u64; 3]>::new() => [u64]);
    assert!(weak.upgrade().is_none() && slice.upgrade().is_none());
    assert!(weak.clone().ptr_eq(&weak));
    // As in `std`.
    assert_eq!((weak.as_ptr().addr(), slice.as_ptr().addr()), (usize::MAX, usize::MAX));
    // SAFETY: from `into_raw`, each given back once.
    let (weak, slice) =
        unsafe { (Weak::from_raw(weak.into_raw()), Weak::from_raw(slice.into_raw())) };
    assert_eq!((weak.strong_count(), slice.weak_count()), (0, 0));
    drop((weak, slice));
    let sized = Weak::<u128>::new();
    // SAFETY: likewise.
    assert!(unsafe { Weak::from_raw(sized.into_raw()) }.ptr_eq(&Weak::new()));
}

#[test]
fn any_and_back() {
    leaks_nothing(|| {
        let any: Rc<dyn Any> = unsize!(Rc::new(Value::new(5)) => dyn Any);
        let other = any.clone();
        let any = any.downcast::<String>().unwrap_err();
        let value = any.downcast::<Value>().unwrap();
        assert_eq!((value.0, Rc::strong_count(&value)), (5, 2));
        drop(value);
        assert!(other.is::<Value>());
    });
}

/// As `ptr_eq` of `std`: the address counts, not what a pointer says beside it.
#[test]
fn identity_is_of_the_address() {
    let array = Rc::new([5]);
    let slice: Rc<[i32]> = unsize!(array.clone() => [i32]);
    assert!(Rc::ptr_eq(&slice, &unsize!(array.clone() => [i32])));

    // Two tables of functions for one address.
    #[derive(Debug)]
    #[repr(transparent)]
    struct Other([i32; 1]);
    let raw = Rc::into_raw(array.clone()).cast::<Other>();
    // SAFETY: from `into_raw`, and given back once; the type is the same but for its name.
    let other = unsafe { Rc::from_raw(raw) };
    let other: Rc<dyn Debug> = unsize!(other => dyn Debug);
    let debug: [Rc<dyn Debug>; 2] =
        [unsize!(array.clone() => dyn Debug), unsize!(array.clone() => dyn Debug)];
    assert!(Rc::ptr_eq(&debug[0], &debug[1]) && Rc::ptr_eq(&debug[0], &other));
    assert_ne!(format!("{other:?}"), format!("{:?}", debug[0]));
    assert!(!Rc::ptr_eq(&slice, &Rc::from([5])));
    assert_eq!(slice, Rc::from([5]));
}

/// A value's alignment decides where it is, and its block is found again.
#[test]
fn aligned_beyond_the_counts() {
    leaks_nothing(|| {
        let slice: Rc<[Value]> = values(2).into();
        let raw = Rc::into_raw(slice);
        assert_eq!(raw.cast::<u8>().addr() % 512, 0);
        // SAFETY: from `into_raw`, whose handle stays counted; then given back.
        let slice = unsafe {
            Rc::increment_strong_count(raw);
            Rc::decrement_strong_count(raw);
            Rc::from_raw(raw)
        };
        assert_eq!(Rc::strong_count(&slice), 1);
    });
}

#[derive(Clone, Debug)]
enum Op {
    New(u8),
    Collect(u8),
    Clone(Index),
    Drop(Index),
    Downgrade(Index),
    Upgrade(Index),
    GetMut(Index),
    MakeMut(Index),
    Raw(Index),
    RawWeak(Index),
    Array(Index),
    DropWeak(Index),
}

fn op() -> impl Strategy<Value = Op> {
    let at = any::<Index>;
    prop_oneof![
        2 => (0_u8..5).prop_map(Op::New),
        1 => (0_u8..5).prop_map(Op::Collect),
        3 => at().prop_map(Op::Clone),
        3 => at().prop_map(Op::Drop),
        2 => at().prop_map(Op::Downgrade),
        2 => at().prop_map(Op::Upgrade),
        2 => at().prop_map(Op::GetMut),
        3 => at().prop_map(Op::MakeMut),
        1 => at().prop_map(Op::Raw),
        1 => at().prop_map(Op::RawWeak),
        1 => at().prop_map(Op::Array),
        2 => at().prop_map(Op::DropWeak),
    ]
}

/// A value that tells of its clones and of its end.
struct Told<'a>(u32, &'a RefCell<Vec<String>>);

impl Clone for Told<'_> {
    fn clone(&self) -> Self {
        self.1.borrow_mut().push(format!("clone {}", self.0));
        Self(self.0 + 100, self.1)
    }
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(format!("drop {}", self.0));
    }
}

/// What is told while the operations are done with the handles of a library.
macro_rules! told {
    ($ops:expr, $rc:ident) => {{
        let log = RefCell::new(Vec::new());
        let mut next = 0;
        let mut told = |n: u8| -> Vec<Told<'_>> {
            let values = (0..u32::from(n)).map(|i| Told(next + i, &log)).collect();
            next += 1000;
            values
        };
        let mut strong: Vec<$rc::Rc<[Told<'_>]>> = Vec::new();
        let mut weak: Vec<$rc::Weak<[Told<'_>]>> = Vec::new();
        for op in $ops {
            let at = |index: &Index, len: usize| (len > 0).then(|| index.index(len));
            match op {
                Op::New(n) => strong.push(told(*n).into()),
                Op::Collect(n) => strong.push(told(*n).into_iter().rev().collect()),
                Op::Clone(i) => {
                    if let Some(i) = at(i, strong.len()) {
                        strong.push(strong[i].clone());
                    }
                }
                Op::Drop(i) => drop(at(i, strong.len()).map(|i| strong.swap_remove(i))),
                Op::DropWeak(i) => drop(at(i, weak.len()).map(|i| weak.swap_remove(i))),
                Op::Downgrade(i) => {
                    if let Some(i) = at(i, strong.len()) {
                        weak.push($rc::Rc::downgrade(&strong[i]));
                    }
                }
                Op::Upgrade(i) => {
                    if let Some(i) = at(i, weak.len()) {
                        strong.extend(weak[i].upgrade());
                    }
                }
                Op::GetMut(i) => {
                    if let Some(i) = at(i, strong.len()) {
                        let got = $rc::Rc::get_mut(&mut strong[i]);
                        let found = got.map(|values| values.reverse()).is_some();
                        log.borrow_mut().push(format!("found {found}"));
                    }
                }
                Op::MakeMut(i) => {
                    if let Some(i) = at(i, strong.len()) {
                        $rc::Rc::make_mut(&mut strong[i]).reverse();
                    }
                }
                Op::Raw(i) => {
                    if let Some(i) = at(i, strong.len()) {
                        let raw = $rc::Rc::into_raw(strong.swap_remove(i));
                        // SAFETY: from `into_raw`, and given back once.
                        strong.push(unsafe { $rc::Rc::from_raw(raw) });
                    }
                }
                Op::RawWeak(i) => {
                    if let Some(i) = at(i, weak.len()) {
                        let raw = weak.swap_remove(i).into_raw();
                        // SAFETY: from `into_raw`, and given back once.
                        weak.push(unsafe { $rc::Weak::from_raw(raw) });
                    }
                }
                Op::Array(i) => {
                    if let Some(i) = at(i, strong.len()) {
                        match <$rc::Rc<[Told<'_>; 3]>>::try_from(strong.swap_remove(i)) {
                            Ok(array) => drop(array),
                            Err(slice) => strong.push(slice),
                        }
                    }
                }
            }
            let mut log = log.borrow_mut();
            for handle in &strong {
                let numbers: Vec<u32> = handle.iter().map(|told| told.0).collect();
                let counts = ($rc::Rc::strong_count(handle), $rc::Rc::weak_count(handle));
                log.push(format!("{numbers:?} {counts:?}"));
            }
            for handle in &weak {
                log.push(format!("{:?}", (handle.strong_count(), handle.weak_count())));
            }
        }
        drop((strong, weak));
        log.into_inner()
    }};
}

mod std_rc {
    pub(crate) use std::rc::{Rc, Weak};
}

proptest! {
    #[test]
    fn slices_as_those_of_std(ops in prop::collection::vec(op(), 0..if cfg!(miri) { 16 } else { 60 })) {
        prop_assert_eq!(told!(&ops, tally), told!(&ops, std_rc));
    }

    #[test]
    fn texts_as_those_of_std(text in ".{0,20}") {
        let (ours, theirs): (Rc<str>, std::rc::Rc<str>) = (text.as_str().into(), text.into());
        prop_assert_eq!(&*ours, &*theirs);
        prop_assert_eq!(size_of_val(&*ours), size_of_val(&*theirs));
    }
}
