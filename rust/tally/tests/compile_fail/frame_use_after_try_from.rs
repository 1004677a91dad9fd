//! A shared handle is gone once it was made unique.
use tally::{Frame, FrameMeta, FrameSpace, UniqueFrame};

fn two<M: FrameMeta, S: FrameSpace>(frame: Frame<M, S>) {
    let unique = UniqueFrame::try_from(frame);
    frame.meta();
    drop(unique);
}

fn main() {}
