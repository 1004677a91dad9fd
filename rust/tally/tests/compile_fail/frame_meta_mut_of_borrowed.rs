//! Metadata are changed through an exclusive borrow of the handle only.
use tally::{FrameMeta, FrameSpace, UniqueFrame};

fn change<M: FrameMeta, S: FrameSpace>(unique: &UniqueFrame<M, S>) {
    unique.meta_mut();
}

fn main() {}
