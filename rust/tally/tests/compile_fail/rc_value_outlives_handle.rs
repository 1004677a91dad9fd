//! A reference to the value ends with the handle that it came from.
use tally::Rc;

fn dangle(handle: Rc<u8>) -> &'static u8 {
    &*handle
}

fn main() {}
