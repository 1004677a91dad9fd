//! The bytes of shared frames are read only.
use tally::{Frame, FrameSpace, UntypedMeta};

fn write<M: UntypedMeta, S: FrameSpace>(mut frame: Frame<M, S>) {
    frame.writer();
}

fn main() {}
