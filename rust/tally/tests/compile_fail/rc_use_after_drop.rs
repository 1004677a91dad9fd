//! A dropped handle is gone.
use tally::Rc;

fn main() {
    let handle = Rc::new(1);
    drop(handle);
    let _: i32 = *handle;
}
