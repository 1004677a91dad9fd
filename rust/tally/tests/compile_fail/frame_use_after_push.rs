//! A frame in a list is the list's.
use tally::{FrameMeta, FrameSpace, Link, LinkedList, UniqueFrame};

fn two<M: FrameMeta, S: FrameSpace>(mut list: LinkedList<M, S>, frame: UniqueFrame<Link<M>, S>) {
    list.push_back(frame);
    frame.meta();
}

fn main() {}
