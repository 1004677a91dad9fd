//! The last handle may be dropped on any processor.
use tally::FrameMeta;

struct Meta(*const u8);
impl FrameMeta for Meta {}

fn main() {}
