//! Making a handle of an address is the caller's promise.
use tally::{Frame, FrameMeta, FrameSpace};

fn make<M: FrameMeta, S: FrameSpace>() -> Frame<M, S> {
    Frame::from_raw(0)
}

fn main() {}
