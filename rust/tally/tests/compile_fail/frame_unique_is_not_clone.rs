//! There is one unique handle.
use tally::{FrameMeta, FrameSpace, UniqueFrame};

fn two<M: FrameMeta, S: FrameSpace>(unique: UniqueFrame<M, S>) -> UniqueFrame<M, S> {
    unique.clone()
}

fn main() {}
