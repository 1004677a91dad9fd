//! A reference to the metadata does not survive a conversion that lets them change.
use tally::{Frame, FrameMeta, FrameSpace, UniqueFrame};

fn keep<M: FrameMeta, S: FrameSpace>(frame: Frame<M, S>) {
    let meta = frame.meta();
    let unique = UniqueFrame::try_from(frame);
    let _: &M = meta;
    drop(unique);
}

fn main() {}
