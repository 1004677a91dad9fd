//! Faults in collections, and what they are made of: slices, iterators, layouts, numbers.

use crate::Tok;
use std::alloc::{alloc, dealloc, Layout};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::{self, NonNull};

/// One of its items is not made: `next` panics.
struct Two(u32);
impl Iterator for Two {
    type Item = Tok;
    fn next(&mut self) -> Option<Tok> {
        self.0 += 1;
        if self.0 == 2 {
            panic!("next")
        }
        Some(Tok::new(self.0))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (2, Some(2))
    }
}
impl ExactSizeIterator for Two {}

/// Makes room in the middle, and fills it from an iterator.
fn insert<I>(to: &mut Vec<Tok>, items: impl IntoIterator<Item = Tok, IntoIter = I>, mended: bool)
where
    I: Iterator<Item = Tok> + ExactSizeIterator,
{
    let items = items.into_iter();
    let (old, count) = (to.len(), items.len());
    to.reserve(count);
    unsafe {
        if mended {
            to.set_len(0);
        }
        let mut p = to.as_mut_ptr();
        ptr::copy(p, p.add(count), old);
        for item in items {
            ptr::write(p, item);
            p = p.add(1);
        }
        to.set_len(old + count);
    }
}
fn inserted(mended: bool) {
    let mut all: Vec<Tok> = (10..14).map(Tok::new).collect();
    assert!(catch_unwind(AssertUnwindSafe(|| insert(&mut all, Two(0), mended))).is_err());
    drop(all);
}
pub fn insert_buggy() {
    inserted(false)
}
pub fn insert_mended() {
    inserted(true)
}

/// A vector behind a pointer to its length.
pub struct Thin(NonNull<usize>);
static EMPTY: usize = 0;
impl Thin {
    fn layout(capacity: usize) -> Layout {
        let items = Layout::array::<Tok>(capacity).unwrap();
        Layout::new::<usize>().extend(items).unwrap().0
    }
    fn new() -> Thin {
        Thin(NonNull::from(&EMPTY))
    }
    fn with(items: [Tok; 3]) -> Thin {
        unsafe {
            let place = alloc(Self::layout(3)) as *mut usize;
            if place.is_null() {
                std::alloc::handle_alloc_error(Self::layout(3))
            }
            *place = 0;
            for item in items {
                ptr::write((place.add(1) as *mut Tok).add(*place), item);
                *place += 1;
            }
            Thin(NonNull::new_unchecked(place))
        }
    }
    fn items(&mut self) -> &mut [Tok] {
        unsafe {
            let count = *self.0.as_ptr();
            std::slice::from_raw_parts_mut(self.0.as_ptr().add(1) as *mut Tok, count)
        }
    }
    fn clear_buggy(&mut self) {
        unsafe {
            ptr::drop_in_place(&mut self.items()[..]);
            *self.0.as_ptr() = 0;
        }
    }
    fn clear_mended(&mut self) {
        struct Guard<'a>(&'a mut Thin);
        impl<'a> Drop for Guard<'a> {
            fn drop(&mut self) {
                unsafe { *(self.0).0.as_ptr() = 0 }
            }
        }
        let guard = Guard(self);
        unsafe { ptr::drop_in_place(&mut guard.0.items()[0..]) }
    }
    fn clear_with_function(&mut self) {
        fn inner<T: AsMut<Thin>>(mut of: T) {
            of.as_mut().clear_mended()
        }
        inner(self)
    }
}
impl AsMut<Thin> for &mut Thin {
    fn as_mut(&mut self) -> &mut Thin {
        self
    }
}
impl Drop for Thin {
    fn drop(&mut self) {
        if !ptr::eq(self.0.as_ptr(), &EMPTY) {
            unsafe {
                ptr::drop_in_place(self.items());
                dealloc(self.0.as_ptr() as *mut u8, Self::layout(3));
            }
        }
    }
}
fn thin(buggy: bool) {
    drop(Thin::new());
    let mut of = Thin::with([Tok::new(1), Tok::new(2), Tok::new(3)]);
    crate::arm_drop(2);
    let ended = catch_unwind(AssertUnwindSafe(|| {
        if buggy {
            of.clear_buggy()
        } else {
            of.clear_with_function()
        }
    }));
    assert!(ended.is_err());
    crate::disarm();
}
pub fn thin_buggy() {
    thin(true)
}
pub fn thin_mended() {
    thin(false)
}

/// Some inside, or all outside.
union Place {
    inside: std::mem::ManuallyDrop<[usize; 2]>,
    outside: (*mut usize, usize),
}
trait Sized_ {
    const COUNT: usize;
    type Item;
    fn count() -> usize;
    fn first(&self) -> *const Self::Item;
}
macro_rules! arrays { ($($n:expr),*) => { $(
    impl<T> Sized_ for [T; $n] {
        const COUNT: usize = $n;
        type Item = T;
        fn count() -> usize { $n }
        fn first(&self) -> *const T { self.as_ptr() }
    }
)* } }
arrays! { 1, 2, 3 }
fn counted<A: Sized_>(of: &A) -> usize {
    let _first: *const A::Item = of.first();
    A::count()
}
pub fn small() {
    let mut place = Place { inside: std::mem::ManuallyDrop::new([1, 2]) };
    unsafe {
        assert!(place.inside[1] == 2);
        place.outside = (Box::into_raw(Box::new(7)), 1);
        assert!(*place.outside.0 == 7 && place.outside.1 == 1);
        drop(Box::from_raw(place.outside.0));
    }
    assert!(counted(&[1u8, 2]) + counted(&["a"]) == 3);
}

#[derive(Clone, Copy)]
enum Sign {
    Minus = -1,
    Zero,
    Plus,
}
pub fn numbers() {
    let of = |sign: Sign| sign as i32;
    assert!(of(Sign::Minus) == -1 && of(Sign::Zero) == 0 && of(Sign::Plus) == 1);
    match 3.cmp(&4) {
        std::cmp::Ordering::Less => {}
        _ => panic!(),
    }
    match -128i8 {
        -128 => {}
        _ => panic!(),
    }
    let (n, one) = (4u32, std::hint::black_box(1u64));
    assert!(one << n == 16 && (one << 63) >> 62 == 2);
    let minus = std::hint::black_box(-7i32);
    assert!(minus >> 1 == -4 && minus >> 31 == -1 && minus << 1 == -14);
    assert!(minus.wrapping_sub(i32::MAX) == 2147483642);
    assert!(250u8.checked_add(6).is_none() && 250u8.wrapping_add(6) == 0);
    assert!(250u8.saturating_add(6) == 255 && i8::MIN.overflowing_sub(1).1);
    assert!(u8::try_from(256usize).is_err() && isize::try_from(7usize).unwrap() == 7);
    assert!(5usize.next_power_of_two() == 8 && 40u16.leading_zeros() == 10);
    assert!(std::cmp::max(3, 5) == 5 && 3u8.pow(4) == 81);
}

/// Vectors as std has them.
pub fn vectors() {
    let mut of = vec![3u32, 1, 2];
    of.push(5);
    of.insert(1, 7);
    assert!(of[..] == [3, 7, 1, 2, 5] && of.remove(0) == 3 && of.swap_remove(0) == 7);
    of.sort();
    assert!(of == [1, 2, 5]);
    of.retain(|x| *x != 2);
    let sum: u32 = of.iter().map(|x| x + 1).sum();
    assert!(sum == 8 && of.iter().rev().next() == Some(&5));
    let doubled: Vec<u32> = of.iter().zip(1..).map(|(x, y)| x * y).collect();
    assert!(doubled.iter().enumerate().all(|(at, x)| *x == [1, 10][at]));
    let mut toks: Vec<Tok> = (0..5).map(Tok::new).collect();
    drop(toks.drain(1..3));
    assert!(toks.len() == 3 && toks.clone().len() == 3);
    let rest = toks.split_off(1);
    toks.extend(rest.into_iter().skip(1));
    let boxed = toks.into_boxed_slice();
    assert!(boxed.len() == 2 && boxed.get(1..).map(|part| part.len()) == Some(1));
    for item in boxed.into_vec() {
        drop(item)
    }
    let none: *const u32 = ptr::null();
    assert!(none.is_null() && unsafe { none.as_ref() }.is_none());
}
/// Where two pointers lie in a block.
pub fn pointers() {
    let of = [1u8, 2, 3, 4];
    let (first, last) = (of.as_ptr(), unsafe { of.as_ptr().add(3) });
    assert!(first < last && last > first && first <= first && !(last < first));
    assert!(unsafe { last.offset_from(first) } == 3 && unsafe { first.offset_from(last) } == -3);
    if let [a, .., b] = of[..] {
        assert!(a + b == 5);
    }
}
/// Not one whole block: its last cell is left out.
pub fn wrong_layout() {
    unsafe {
        let place = alloc(Layout::array::<u32>(3).unwrap());
        dealloc(place, Layout::array::<u32>(2).unwrap());
    }
}
/// What a local owns is not lost when the program ends.
pub fn exits() {
    let all = vec![Tok::new(1)];
    let given = Box::new(2u32);
    drop(given);
    if all.len() == 1 {
        std::process::exit(0);
    }
}
/// What nobody owns is.
pub fn exits_and_loses() {
    std::mem::forget(vec![Tok::new(1)]);
    std::process::exit(0);
}
