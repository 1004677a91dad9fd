//! The value is read only: other handles may be reading it.
use tally::Rc;

fn main() {
    let mut handle = Rc::new(1);
    *handle = 2;
}
