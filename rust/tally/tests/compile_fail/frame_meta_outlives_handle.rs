//! A reference to the metadata ends with the handle, although slots are static.
use tally::{Frame, FrameMeta, FrameSpace};

fn dangle<M: FrameMeta, S: FrameSpace>(frame: Frame<M, S>) -> &'static M {
    frame.meta()
}

fn main() {}
