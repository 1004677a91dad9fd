//! Frames of a unique segment that are lent to be changed are lent to nobody else.
use tally::{FrameMeta, FrameSpace, Segment, UniqueFrameMut, UniqueSegment, UntypedMeta};

fn twice<M: FrameMeta, S: FrameSpace>(mut segment: UniqueSegment<M, S>) {
    let one = segment.get_mut(0);
    let two = segment.get_mut(0);
    drop((one, two));
}

fn read_and_written<M: UntypedMeta, S: FrameSpace>(mut segment: UniqueSegment<M, S>) {
    let reader = segment.readers().next();
    let writer = segment.writers().next();
    drop((reader, writer));
}

fn shared_while_written<M: UntypedMeta, S: FrameSpace>(mut segment: UniqueSegment<M, S>) {
    let writer = segment.writers().next();
    let shared = Segment::from(segment);
    drop((shared, writer));
}

fn changed_where_it_is_read<M: FrameMeta, S: FrameSpace>(segment: &UniqueSegment<M, S>) {
    segment.get_mut(0);
}

fn twice_of_one<'a, M: FrameMeta, S: FrameSpace>(mut frame: UniqueFrameMut<'a, M, S>) {
    let one = frame.meta_mut();
    let two = UniqueFrameMut::into_meta_mut(frame);
    drop((one, two));
}

fn main() {}
