//! A counter that stops at its limit, and a small `Rc` of one's own.

use std::cell::Cell;

pub struct Counter {
    count: Cell<u64>,
    limit: u64,
}

impl Counter {
    /// Counts once more, unless the limit is reached.
    pub fn bump(&self) -> bool {
        let count = self.count.get();
        if count < self.limit {
            self.count.set(count + 1);
            true
        } else {
            false
        }
    }
}

struct Shared<T> {
    count: Cell<u64>,
    value: T,
}

/// A value that several handles share.
pub struct MyRc<T> {
    block: *mut Shared<T>,
}

impl<T> MyRc<T> {
    pub fn new(value: T) -> Self {
        MyRc { block: Box::into_raw(Box::new(Shared { count: Cell::new(1), value })) }
    }

    fn shared(&self) -> &Shared<T> {
        unsafe { &*self.block }
    }

    pub fn get(&self) -> &T {
        &self.shared().value
    }

    /// Another handle.
    pub fn another(&self) -> Self {
        let count = &self.shared().count;
        count.set(count.get() + 1);
        MyRc { block: self.block }
    }

    /// A handle of one's own on a copy, if the value is shared. Wrong: while `clone` runs,
    /// the count is already one less, so that a panic in it drops a handle too many.
    pub fn own_wrong(&mut self)
    where
        T: Clone,
    {
        let count = self.shared().count.get();
        if count > 1 {
            self.shared().count.set(count - 1);
            let copy = self.shared().value.clone();
            let old = std::mem::replace(self, MyRc::new(copy));
            std::mem::forget(old);
        }
    }

    /// The same, in the right order.
    pub fn own(&mut self)
    where
        T: Clone,
    {
        if self.shared().count.get() > 1 {
            let copy = self.shared().value.clone();
            *self = MyRc::new(copy);
        }
    }
}

impl<T> Drop for MyRc<T> {
    fn drop(&mut self) {
        let count = self.shared().count.get();
        if count > 1 {
            self.shared().count.set(count - 1);
        } else {
            drop(unsafe { Box::from_raw(self.block) });
        }
    }
}

pub struct Text(Box<u64>);

impl Clone for Text {
    fn clone(&self) -> Self {
        Text(Box::new(*self.0))
    }
}

/// Scenarios: functions without arguments.
pub fn owned_wrong() {
    let first = MyRc::new(Text(Box::new(1)));
    let mut second = first.another();
    second.own_wrong();
    assert!(*second.get().0 == *first.get().0);
}

pub fn owned() {
    let first = MyRc::new(Text(Box::new(1)));
    let mut second = first.another();
    second.own();
    assert!(*second.get().0 == *first.get().0);
}
