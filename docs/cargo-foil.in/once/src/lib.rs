use std::cell::UnsafeCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::*};

/// A value that is made once. 0: not yet; 1: it is being made; 2: it is there.
struct Once(AtomicU8, UnsafeCell<u32>);
unsafe impl Sync for Once {}

impl Once {
    fn get(&self, early: bool) -> u32 {
        if self.0.compare_exchange(0, 1, Acquire, Acquire).is_ok() {
            if early {
                self.0.store(2, Release);
            }
            unsafe { *self.1.get() = 5 };
            self.0.store(2, Release);
        }
        while self.0.load(Acquire) != 2 {
            std::hint::spin_loop();
        }
        unsafe { *self.1.get() }
    }
}

fn by_two(early: bool) {
    let once = Arc::new(Once(AtomicU8::new(0), UnsafeCell::new(0)));
    let other = once.clone();
    let thread = std::thread::spawn(move || other.get(early));
    assert!(once.get(early) == 5);
    assert!(thread.join().unwrap() == 5);
}

pub fn too_early() {
    by_two(true);
}

pub fn in_order() {
    by_two(false);
}
