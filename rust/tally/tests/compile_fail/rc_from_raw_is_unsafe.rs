//! What takes a pointer on trust is unsafe.
use tally::Rc;

fn main() {
    let _ = Rc::from_raw(Rc::into_raw(Rc::new(1)));
}
