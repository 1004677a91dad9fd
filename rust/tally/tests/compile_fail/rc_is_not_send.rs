//! Handles stay on their thread.
use tally::Rc;

fn needs_send<T: Send>(_: T) {}

fn main() {
    needs_send(Rc::new(1));
}
