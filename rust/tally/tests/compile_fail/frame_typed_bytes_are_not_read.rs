//! Only frames of plain bytes lend them.
use tally::{Frame, FrameMeta, FrameSpace};

fn read<M: FrameMeta, S: FrameSpace>(frame: Frame<M, S>) {
    frame.reader();
}

fn main() {}
