//! A cursor lends metadata, not the links of frames in the list.
use tally::{CursorMut, FrameMeta, FrameSpace, Link};

fn link<'a, M: FrameMeta, S: FrameSpace>(cursor: &'a mut CursorMut<'_, M, S>) -> &'a mut Link<M> {
    cursor.current_meta().unwrap()
}

fn main() {}
