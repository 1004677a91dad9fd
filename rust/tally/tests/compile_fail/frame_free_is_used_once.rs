//! A frame without metadata gets some once, and is not made by anybody.
use tally::{FrameMeta, FrameSpace, FreeFrame, UniqueFrame};

fn twice<M: FrameMeta, S: FrameSpace>(free: FreeFrame<S>, one: M, two: M) -> [UniqueFrame<M, S>; 2] {
    [free.into_unique(one), free.into_unique(two)]
}

fn cloned<S: FrameSpace>(free: &FreeFrame<S>) -> FreeFrame<S> {
    free.clone()
}

fn main() {}
