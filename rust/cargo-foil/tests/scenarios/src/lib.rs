//! Faults as they are in real crates, each in a buggy and a mended version, and programs
//! that are right.
#![allow(clippy::all)]

mod collections;
pub use collections::*;
pub mod kinds;
pub mod threads;

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

static MADE: AtomicUsize = AtomicUsize::new(0);
static DROPPED: AtomicUsize = AtomicUsize::new(0);
static ARMED: AtomicUsize = AtomicUsize::new(0);

/// An owned value; its clone panics once when it is armed.
pub struct Tok(Box<u32>);
impl Tok {
    fn new(n: u32) -> Tok {
        MADE.fetch_add(1, SeqCst);
        Tok(Box::new(n))
    }
}
impl Clone for Tok {
    fn clone(&self) -> Tok {
        if ARMED.swap(0, SeqCst) == 1 {
            panic!("clone")
        }
        Tok::new(*self.0)
    }
}
impl Drop for Tok {
    fn drop(&mut self) {
        DROPPED.fetch_add(*self.0 as usize, SeqCst);
        if ARMED.load(SeqCst) == *self.0 as usize + 100 {
            ARMED.store(0, SeqCst);
            panic!("drop")
        }
    }
}

fn arm_drop(n: usize) {
    ARMED.store(n + 100, SeqCst)
}
fn disarm() {
    ARMED.store(0, SeqCst)
}

// ----- a slab without Vec that reads one element past the end

pub struct Slab<T> {
    memory: *mut T,
    capacity: usize,
    len: usize,
}
impl<T> Slab<T> {
    fn new(capacity: usize) -> Slab<T> {
        let layout = std::alloc::Layout::array::<T>(capacity).unwrap();
        Slab { memory: unsafe { std::alloc::alloc(layout) as *mut T }, capacity, len: 0 }
    }
    fn push(&mut self, item: T) {
        assert!(self.len < self.capacity);
        unsafe { self.memory.add(self.len).write(item) };
        self.len += 1;
    }
    fn remove(&mut self, at: usize, last: usize) -> T {
        assert!(at < self.len);
        unsafe {
            let item = self.memory.add(at).read();
            let moved = self.memory.add(last).read();
            if last != at {
                self.memory.add(at).write(moved);
            } else {
                std::mem::forget(moved);
            }
            self.len -= 1;
            item
        }
    }
}
impl<T> Drop for Slab<T> {
    fn drop(&mut self) {
        unsafe {
            for at in 0..self.len {
                std::ptr::drop_in_place(self.memory.add(at));
            }
            let layout = std::alloc::Layout::array::<T>(self.capacity).unwrap();
            std::alloc::dealloc(self.memory as *mut u8, layout);
        }
    }
}
fn slab(last: impl Fn(usize) -> usize) {
    let mut slab = Slab::new(2);
    slab.push(Tok::new(1));
    slab.push(Tok::new(2));
    let last = last(slab.len);
    let one = slab.remove(0, last);
    assert_eq!(*one.0, 1);
}
pub fn slab_buggy() {
    slab(|len| len)
}
pub fn slab_mended() {
    slab(|len| len - 1)
}

// ----- a counter whose make_mut gives its share away before it clones

struct Inner<T> {
    count: usize,
    value: T,
}
pub struct Shared<T>(*mut Inner<T>);
impl<T> Shared<T> {
    fn new(value: T) -> Shared<T> {
        Shared(Box::into_raw(Box::new(Inner { count: 1, value })))
    }
}
impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        unsafe { (*self.0).count += 1 };
        Shared(self.0)
    }
}
impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        unsafe {
            (*self.0).count -= 1;
            if (*self.0).count == 0 {
                drop(Box::from_raw(self.0));
            }
        }
    }
}
impl<T: Clone> Shared<T> {
    fn own_buggy(&mut self) {
        unsafe {
            // Given away for as long as the clone takes.
            let share = std::ptr::read(self);
            let new = Shared::new((*share.0).value.clone());
            std::ptr::write(self, new);
        }
    }
    fn own_mended(&mut self) {
        let new = Shared::new(unsafe { (*self.0).value.clone() });
        *self = new;
    }
}
fn shared(own: impl FnOnce(&mut Shared<Tok>)) {
    let first = Shared::new(Tok::new(7));
    let mut second = first.clone();
    ARMED.store(1, SeqCst);
    assert!(catch_unwind(AssertUnwindSafe(|| own(&mut second))).is_err());
    drop(second);
    unsafe { assert_eq!(*(*first.0).value.0, 7) };
}
pub fn shared_buggy() {
    shared(|of| of.own_buggy())
}
pub fn shared_mended() {
    shared(|of| of.own_mended())
}

// ----- a lazy value that thinks that its maker cannot have panicked

pub struct Lazy<T, F> {
    value: std::cell::Cell<Option<T>>,
    maker: std::cell::Cell<Option<F>>,
}
impl<T: Copy, F: FnOnce() -> T> Lazy<T, F> {
    fn new(maker: F) -> Self {
        Lazy { value: std::cell::Cell::new(None), maker: std::cell::Cell::new(Some(maker)) }
    }
    fn get(&self, mended: bool) -> T {
        if let Some(value) = self.value.get() {
            return value;
        }
        let value = match self.maker.take() {
            Some(maker) => maker(),
            None if mended => panic!("it panicked before"),
            None => unsafe { std::hint::unreachable_unchecked() },
        };
        self.value.set(Some(value));
        value
    }
}
fn lazy(mended: bool) {
    let lazy: Lazy<u32, _> = Lazy::new(|| if MADE.load(SeqCst) == 0 { panic!("make") } else { 5 });
    assert!(catch_unwind(AssertUnwindSafe(|| lazy.get(mended))).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| lazy.get(mended))).is_err());
}
pub fn lazy_buggy() {
    lazy(false)
}
pub fn lazy_mended() {
    lazy(true)
}

// ----- items that are moved out one by one, and dropped again when the caller's closure panics

fn each<F: FnMut(Tok)>(items: [Tok; 3], mut f: F, mended: bool) {
    if mended {
        let items = std::mem::ManuallyDrop::new(items);
        for at in 0..3 {
            f(unsafe { std::ptr::read(&items[at]) });
        }
    } else {
        for at in 0..3 {
            f(unsafe { std::ptr::read(&items[at]) });
        }
        std::mem::forget(items);
    }
}
fn moved(mended: bool) {
    let items = [Tok::new(1), Tok::new(2), Tok::new(3)];
    let mut count = 0;
    let done = catch_unwind(AssertUnwindSafe(|| {
        each(
            items,
            |item| {
                count += 1;
                drop(item);
                if count == 2 {
                    panic!("f")
                }
            },
            mended,
        )
    }));
    assert!(done.is_err());
}
pub fn moved_buggy() {
    moved(false)
}
/// The third item is never dropped.
pub fn moved_mended() {
    moved(true)
}

// ----- memory

pub fn read_uninitialised() {
    let layout = std::alloc::Layout::new::<u32>();
    unsafe {
        let place = std::alloc::alloc(layout) as *mut u32;
        if *place == 3 {
            MADE.fetch_add(1, SeqCst);
        }
        std::alloc::dealloc(place as *mut u8, layout);
    }
}
pub fn free_twice() {
    let layout = std::alloc::Layout::new::<u32>();
    unsafe {
        let place = std::alloc::alloc(layout);
        std::alloc::dealloc(place, layout);
        std::alloc::dealloc(place, layout);
    }
}
pub fn dead_local() {
    fn leave() -> *const u32 {
        let local = 3;
        std::hint::black_box(&local)
    }
    let place = leave();
    if unsafe { *place } == 3 {
        MADE.fetch_add(1, SeqCst);
    }
}
pub fn leak() {
    std::mem::forget(Box::new(Tok::new(1)));
}

// ----- programs that are right

/// The drop of one item panics: the others are dropped, and the panic goes on.
pub fn drop_goes_on() {
    let items = [Tok::new(1), Tok::new(2), Tok::new(3)];
    ARMED.store(102, SeqCst);
    let done = catch_unwind(AssertUnwindSafe(|| drop(items)));
    assert!(done.is_err());
    assert!(DROPPED.load(SeqCst) == 6);
}
pub fn panics() {
    let _kept = Tok::new(1);
    let items: &[u32] = &[1, 2, 3];
    let at = MADE.load(SeqCst) + 2;
    assert!(items[at] == 4);
}
pub fn arithmetic() {
    let mut sum = 0i32;
    for n in 0..20u8 {
        sum = sum * 3 - i32::from_n(n);
        sum %= 1000;
    }
    assert_eq!(sum, -90);
    assert_eq!(200u8 as i8, -56);
    assert_eq!(-1i32 as u16, 65535);
    assert_eq!(70000u32 as u16, 4464);
    assert!(catch_unwind(AssertUnwindSafe(|| 255u8 + MADE.load(SeqCst) as u8 + 1)).is_err());
}
trait FromN {
    fn from_n(n: u8) -> Self;
}
impl FromN for i32 {
    fn from_n(n: u8) -> i32 {
        n as i32
    }
}
pub fn slices() {
    let items = [3u32, 1, 2];
    let mut sum = 0;
    for item in &items[1..] {
        sum += *item;
    }
    assert!(sum == 3 && items.len() == 3);
    let mut count = 0;
    let mut iter = items[..2].iter();
    while let Some(item) = iter.next() {
        count += *item;
    }
    assert!(count == 4);
}

/// If `f` panics, it has dropped what is still in its place.
fn replace_buggy<T>(place: &mut T, f: impl FnOnce(T) -> T) {
    unsafe {
        let old = std::ptr::read(place);
        std::ptr::write(place, f(old));
    }
}
/// The call that panics never returns, and what it unwinds through is dropped.
pub fn replace_panics() {
    let mut item = Box::new(1u32);
    let _ = catch_unwind(AssertUnwindSafe(|| replace_buggy(&mut item, |_| panic!())));
}
/// Nothing panics of itself.
pub fn replace_returns() {
    let mut item = Box::new(1u32);
    replace_buggy(&mut item, |old| Box::new(*old + 1));
    assert!(*item == 2);
}

/// The bits stay, the number changes.
pub fn transmute_number() {
    let number: i32 = unsafe { std::mem::transmute(u32::MAX) };
    assert!(number == -1);
}
/// Neither true nor false.
pub fn transmute_bool() {
    let flag: bool = unsafe { std::mem::transmute(3u8) };
    assert!(flag || !flag);
}
pub fn transmute_array() {
    let numbers: [i32; 1] = unsafe { std::mem::transmute([u32::MAX]) };
    assert!(numbers[0] == -1);
}
pub fn not_supported() {
    let text = String::from("a text");
    assert!(text.len() == 6);
}

/// How many were made, and how many dropped.
pub fn counts() -> (usize, usize) {
    (MADE.load(SeqCst), DROPPED.load(SeqCst))
}
/// For the compiled program.
pub fn by_name(name: &str) {
    match name.rsplit("::").next().unwrap_or_default() {
        "slab_mended" => slab_mended(),
        "shared_mended" => shared_mended(),
        "lazy_mended" => lazy_mended(),
        "moved_mended" => moved_mended(),
        "drop_goes_on" => drop_goes_on(),
        "panics" => panics(),
        "arithmetic" => arithmetic(),
        "slices" => slices(),
        "thin_mended" => thin_mended(),
        "small" => small(),
        "numbers" => numbers(),
        "vectors" => vectors(),
        "pointers" => pointers(),
        "transmute_number" => transmute_number(),
        "replace_returns" => replace_returns(),
        "names" => kinds::names(),
        "waited_for" => kinds::waited_for(),
        "sent" => kinds::sent(),
        "counted" => kinds::counted(),
        "queues" => kinds::queues(),
        "parts" => kinds::parts(),
        "arrays" => kinds::arrays(),
        "maybe" => kinds::maybe(),
        "passed_on" => kinds::passed_on(),
        "lost_update_mended" => threads::lost_update_mended(),
        "cell_joined" => threads::cell_joined(),
        "double_checked_mended" => threads::double_checked_mended(),
        "guard_sent" => threads::guard_sent(),
        "weak_exchange" => threads::weak_exchange(),
        "atomics" => threads::atomics(),
        "panics_elsewhere" => threads::panics_elsewhere(),
        other => panic!("no scenario {other}"),
    }
}
