//! A handle is gone once its frame has other metadata.
use tally::{FrameMeta, FrameSpace, UniqueFrame};

fn two<M: FrameMeta, N: FrameMeta, S: FrameSpace>(unique: UniqueFrame<M, S>, new: N) {
    let other = unique.repurpose(new);
    unique.meta();
    drop(other);
}

fn main() {}
