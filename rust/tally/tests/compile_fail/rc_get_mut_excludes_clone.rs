//! While the value is borrowed to be changed there are no other handles.
use tally::Rc;

fn main() {
    let mut handle = Rc::new(1);
    let value = Rc::get_mut(&mut handle).unwrap();
    let other = handle.clone();
    *value = 2;
    drop(other);
}
