//! Weak handles may remain on the thread.
use tally::UniqueRc;

fn needs_send<T: Send>(_: T) {}

fn main() {
    needs_send(UniqueRc::new(1));
}
