//! A unique frame that is lent is not moved out, changed where it is lent to be read, nor
//! exchanged for another.
use tally::{Frame, FrameMeta, FrameSpace, UniqueFrame, UniqueFrameMut, UniqueFrameRef};

fn moved<M: FrameMeta, S: FrameSpace>(lent: UniqueFrameRef<'_, M, S>) -> Frame<M, S> {
    Frame::from(*lent)
}

fn moved_of_mut<M: FrameMeta, S: FrameSpace>(lent: UniqueFrameMut<'_, M, S>) -> Frame<M, S> {
    Frame::from(*lent)
}

fn changed<M: FrameMeta, S: FrameSpace>(mut lent: UniqueFrameRef<'_, M, S>) -> *mut M {
    lent.meta_mut()
}

fn exchanged<M: FrameMeta, S: FrameSpace>(
    mut lent: UniqueFrameMut<'_, M, S>,
    mut owned: UniqueFrame<M, S>,
) {
    std::mem::swap(&mut *lent, &mut owned);
}

fn main() {}
