//! Borrowed handles stay on their thread too: they can be cloned.
use tally::Rc;

fn needs_sync<T: Sync>(_: T) {}

fn main() {
    needs_sync(Rc::new(1));
}
