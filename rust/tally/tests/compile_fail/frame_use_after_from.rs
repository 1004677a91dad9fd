//! A unique handle is gone once it was made shareable.
use tally::{Frame, FrameMeta, FrameSpace, UniqueFrame};

fn two<M: FrameMeta, S: FrameSpace>(mut unique: UniqueFrame<M, S>) {
    let frame = Frame::from(unique);
    unique.meta_mut();
    drop(frame);
}

fn main() {}
