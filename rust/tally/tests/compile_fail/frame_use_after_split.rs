//! A segment is gone once it was split.
use tally::{FrameMeta, FrameSpace, Segment};

fn three<M: FrameMeta, S: FrameSpace>(segment: Segment<M, S>) {
    let halves = segment.split(0);
    segment.size();
    drop(halves);
}

fn main() {}
