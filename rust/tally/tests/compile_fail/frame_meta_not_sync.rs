//! Metadata are read on any processor.
use std::cell::Cell;
use tally::FrameMeta;

struct Meta(Cell<u8>);
impl FrameMeta for Meta {}

fn main() {}
