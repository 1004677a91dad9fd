// What all the drivers begin with: a value whose drops are counted, which panics on demand.
#![allow(dead_code, unused)]
use std::panic::{catch_unwind, AssertUnwindSafe as Aus};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering::SeqCst};

/// While it is set, the next clone panics.
static ARMED: AtomicBool = AtomicBool::new(false);
/// The drop of the value with this number panics.
static BOMB: AtomicU32 = AtomicU32::new(u32::MAX);
struct Tok(Box<u32>);
impl Tok {
    fn new(n: u32) -> Tok {
        Tok(Box::new(n))
    }
}
impl Clone for Tok {
    fn clone(&self) -> Tok {
        if ARMED.swap(false, SeqCst) {
            panic!("clone")
        }
        Tok::new(*self.0)
    }
}
impl Drop for Tok {
    fn drop(&mut self) {
        if *self.0 == BOMB.load(SeqCst) {
            BOMB.store(u32::MAX, SeqCst);
            panic!("drop")
        }
    }
}
fn quiet() {
    std::panic::set_hook(Box::new(|_| ()))
}
