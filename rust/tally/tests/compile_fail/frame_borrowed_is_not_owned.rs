//! A borrowed handle cannot be made unique.
use tally::{FrameMeta, FrameRef, FrameSpace, UniqueFrame};

fn own<M: FrameMeta, S: FrameSpace>(frame: FrameRef<'_, M, S>) {
    let _ = UniqueFrame::try_from(*frame);
}

fn main() {}
