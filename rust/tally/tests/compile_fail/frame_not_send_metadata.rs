//! The last handle may be dropped on any processor.
use std::rc::Rc;
use tally::FrameMeta;

struct Meta(Rc<u8>);
impl FrameMeta for Meta {}

fn main() {}
