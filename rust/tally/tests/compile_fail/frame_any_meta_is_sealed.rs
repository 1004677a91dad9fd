//! Which metadata handles may have is this crate's to say.
use tally::{AnyMeta, FrameMeta};

trait Mine: FrameMeta {}
impl AnyMeta for dyn Mine {}

fn main() {}
