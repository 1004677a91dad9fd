//! A counter that may be shared.

use std::cell::Cell;

/// Counts up to a limit.
pub struct Counter {
    count: Cell<usize>,
    limit: usize,
}

impl Counter {
    /// Counts one; `false` if the limit is reached.
    pub fn count(&self) -> bool {
        let count = self.count.get();
        if count < self.limit {
            self.count.set(count + 1);
        }
        count < self.limit
    }

    /// What is left, as a share of the limit.
    pub fn left(&self) -> f64 {
        (self.limit - self.count.get()) as f64 / self.limit as f64
    }

    /// Whether more than half is left.
    pub fn is_fresh(&self) -> bool {
        self.left() > 0.5
    }
}
