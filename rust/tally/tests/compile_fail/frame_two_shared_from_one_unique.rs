//! One unique handle cannot be converted twice.
use tally::{Frame, FrameMeta, FrameSpace, UniqueFrame};

fn two<M: FrameMeta, S: FrameSpace>(unique: UniqueFrame<M, S>) -> [Frame<M, S>; 2] {
    [Frame::from(unique), Frame::from(unique)]
}

fn main() {}
