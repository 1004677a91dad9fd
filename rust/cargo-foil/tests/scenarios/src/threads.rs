//! Scenarios with threads.

use std::cell::{Cell, UnsafeCell};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicU32, AtomicUsize, Ordering::*};
use std::sync::{Arc, Mutex};
use std::thread;

/// Counts handles on a box; the count is read and written in two accesses in the one that is
/// wrong.
struct Counted {
    block: *mut (AtomicUsize, Box<u32>),
    in_one: bool,
}
unsafe impl Send for Counted {}
impl Counted {
    fn new(in_one: bool) -> Self {
        Self { block: Box::into_raw(Box::new((AtomicUsize::new(1), Box::new(7)))), in_one }
    }
    fn another(&self) -> Self {
        unsafe { (*self.block).0.fetch_add(1, Relaxed) };
        Self { block: self.block, in_one: self.in_one }
    }
}
impl Drop for Counted {
    fn drop(&mut self) {
        let count = unsafe { &(*self.block).0 };
        let old = if self.in_one {
            count.fetch_sub(1, AcqRel)
        } else {
            let old = count.load(SeqCst);
            count.store(old - 1, SeqCst);
            old
        };
        if old == 1 {
            drop(unsafe { Box::from_raw(self.block) });
        }
    }
}
fn counted(in_one: bool) {
    let first = Counted::new(in_one);
    let second = first.another();
    let other = thread::spawn(move || drop(second));
    drop(first);
    other.join().unwrap();
}
/// A decrement is lost: the block is never freed, or twice.
pub fn lost_update_buggy() {
    counted(false);
}
pub fn lost_update_mended() {
    counted(true);
}

/// A cell that is shared although it must not be.
struct Shared(Cell<u32>);
unsafe impl Sync for Shared {}
pub fn cell_race() {
    let cell = Arc::new(Shared(Cell::new(0)));
    let of_other = cell.clone();
    let other = thread::spawn(move || of_other.0.set(1));
    cell.0.set(2);
    other.join().unwrap();
}
/// What is ordered by the end of a thread is no race.
pub fn cell_joined() {
    let cell = Arc::new(Shared(Cell::new(0)));
    let of_other = cell.clone();
    thread::spawn(move || of_other.0.set(1)).join().unwrap();
    cell.0.set(cell.0.get() + 1);
    assert!(cell.0.get() == 2);
}

/// A value that is made once: who finds the flag does not look for the lock.
struct Once {
    made: AtomicBool,
    lock: AtomicBool,
    value: UnsafeCell<u32>,
}
unsafe impl Sync for Once {}
impl Once {
    const fn new() -> Self {
        let (made, lock) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { made, lock, value: UnsafeCell::new(0) }
    }
    /// `first`: the flag is set before the value is there.
    fn get(&self, first: bool) -> u32 {
        if !self.made.load(Acquire) {
            // It does not say that it waits.
            while self.lock.swap(true, Acquire) {}
            if !self.made.load(Relaxed) {
                if first {
                    self.made.store(true, Release);
                }
                unsafe { *self.value.get() = 5 };
                self.made.store(true, Release);
            }
            self.lock.store(false, Release);
        }
        unsafe { *self.value.get() }
    }
}
fn once(first: bool) {
    let once = Arc::new(Once::new());
    let of_other = once.clone();
    let other = thread::spawn(move || of_other.get(first));
    assert!(once.get(first) == 5);
    assert!(other.join().unwrap() == 5);
}
pub fn double_checked_buggy() {
    once(true);
}
pub fn double_checked_mended() {
    once(false);
}

/// Two locks, taken in two orders.
pub fn two_locks() {
    let locks = Arc::new((Mutex::new(0u32), Mutex::new(0u32)));
    let of_other = locks.clone();
    let other = thread::spawn(move || {
        let first = of_other.1.lock().unwrap();
        let mut second = of_other.0.lock().unwrap();
        *second += *first;
    });
    {
        let first = locks.0.lock().unwrap();
        let mut second = locks.1.lock().unwrap();
        *second += *first;
    }
    other.join().unwrap();
}

/// A lock whose guard goes to another thread; the second one lets go twice.
struct Lock(AtomicU8, UnsafeCell<u32>);
unsafe impl Sync for Lock {}
struct Guard<'a>(&'a Lock);
impl Lock {
    fn lock(&self) -> Guard<'_> {
        while self.0.compare_exchange_weak(0, 1, Acquire, Relaxed).is_err() {
            std::hint::spin_loop();
        }
        Guard(self)
    }
}
impl Guard<'_> {
    fn add(&mut self) {
        unsafe { *self.0.1.get() += 1 };
    }
}
impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.0.store(0, Release);
    }
}
fn guards(twice: bool) -> u32 {
    let lock = Lock(AtomicU8::new(0), UnsafeCell::new(0));
    let of = &lock;
    thread::scope(|scope| {
        let mut guard = of.lock();
        scope.spawn(move || {
            guard.add();
            if twice {
                of.0.store(0, Release);
            }
            guard.add();
        });
        scope.spawn(move || of.lock().add());
    });
    unsafe { *lock.1.get() }
}
pub fn guard_sent() {
    assert!(guards(false) == 3);
}
pub fn guard_let_go_early() {
    assert!(guards(true) == 3);
}

/// It takes a compare-and-swap that may fail for no reason for one that does not.
pub fn weak_exchange() {
    let flag = Arc::new(AtomicU32::new(0));
    let of_other = flag.clone();
    let other = thread::spawn(move || of_other.compare_exchange_weak(0, 1, AcqRel, Relaxed).is_ok());
    assert!(other.join().unwrap());
}

/// All operations, by two threads.
pub fn atomics() {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let other = thread::spawn(|| COUNT.fetch_add(2, SeqCst));
    COUNT.fetch_add(3, SeqCst);
    other.join().unwrap();
    assert!(COUNT.load(SeqCst) == 5);
    assert!(COUNT.swap(12, SeqCst) == 5 && COUNT.fetch_and(10, SeqCst) == 12);
    assert!(COUNT.fetch_or(3, SeqCst) == 8 && COUNT.fetch_xor(1, SeqCst) == 11);
    assert!(COUNT.fetch_max(20, SeqCst) == 10 && COUNT.fetch_min(4, SeqCst) == 20);
    assert!(COUNT.fetch_update(SeqCst, SeqCst, |n| Some(n + 1)).unwrap() == 4);
    assert!(COUNT.compare_exchange(5, 6, SeqCst, SeqCst).unwrap() == 5);
    assert!(COUNT.compare_exchange(5, 7, SeqCst, SeqCst).err().unwrap() == 6);
    let narrow = AtomicU8::new(250);
    assert!(narrow.fetch_add(10, SeqCst) == 250 && narrow.fetch_sub(5, SeqCst) == 4);
    assert!(narrow.into_inner() == 255);
    let (mut one, mut two) = (1u32, 2u32);
    let pointer = AtomicPtr::new(&mut one);
    let old = pointer.swap(&mut two, AcqRel);
    assert!(unsafe { *old == 1 && *pointer.load(Acquire) == 2 });
}

/// A thread that panics, and one that nobody waits for.
pub fn panics_elsewhere() {
    let other = thread::spawn(|| {
        let _kept = Box::new(1u32);
        if true {
            panic!("elsewhere");
        }
    });
    assert!(other.join().is_err());
    drop(thread::spawn(|| Box::new(2u32)));
}

/// As little as two threads can do.
pub fn fork_small() {
    thread::spawn(|| {}).join().unwrap();
}
