//! Weak handles stay on their thread too.
use tally::Weak;

fn needs_send<T: Send>(_: T) {}

fn main() {
    needs_send(Weak::<u8>::new());
}
