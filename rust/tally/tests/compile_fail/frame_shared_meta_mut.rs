//! Shared metadata are not changed.
use tally::{Frame, FrameMeta, FrameSpace};

fn change<M: FrameMeta, S: FrameSpace>(mut frame: Frame<M, S>) {
    frame.meta_mut();
}

fn main() {}
