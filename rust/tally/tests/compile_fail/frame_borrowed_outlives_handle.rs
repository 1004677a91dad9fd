//! A borrowed handle does not outlive the one that lends it.
use tally::{Frame, FrameMeta, FrameSpace};

fn late<M: FrameMeta, S: FrameSpace>(frame: Frame<M, S>) {
    let borrowed = frame.borrow();
    drop(frame);
    borrowed.meta();
}

fn main() {}
