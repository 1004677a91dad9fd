//! What is borrowed from a handle ends with the borrow of the handle, although slots are
//! static: no function gives more than it was lent.
use tally::{
    CursorMut, Frame, FrameMeta, FrameReader, FrameRef, FrameSpace, FrameWriter, LinkedList,
    Segment, TearDown, UniqueFrame, UniqueFrameMut, UniqueFrameRef, UniqueSegment, UntypedMeta,
    frame::Iter,
};

fn shared_meta<'a, M: FrameMeta, S: FrameSpace>(frame: &Frame<M, S>) -> &'a M {
    frame.meta()
}

fn any_meta<'a, S: FrameSpace>(frame: &Frame<dyn FrameMeta, S>) -> &'a dyn FrameMeta {
    frame.meta()
}

fn lent<'a, M: FrameMeta, S: FrameSpace>(frame: &Frame<M, S>) -> FrameRef<'a, M, S> {
    frame.borrow()
}

fn through_lent<'a, M: FrameMeta, S: FrameSpace>(frame: &FrameRef<'a, M, S>) -> &'a Frame<M, S> {
    frame
}

fn shared_reader<'a, M: UntypedMeta, S: FrameSpace>(frame: &Frame<M, S>) -> FrameReader<'a> {
    frame.reader().unwrap()
}

fn unique_meta<'a, M: FrameMeta, S: FrameSpace>(frame: &UniqueFrame<M, S>) -> &'a M {
    frame.meta()
}

fn unique_meta_mut<'a, M: FrameMeta, S: FrameSpace>(frame: &mut UniqueFrame<M, S>) -> &'a mut M {
    frame.meta_mut()
}

fn unique_reader<'a, M: UntypedMeta, S: FrameSpace>(frame: &UniqueFrame<M, S>) -> FrameReader<'a> {
    frame.reader().unwrap()
}

fn writer<'a, M: UntypedMeta, S: FrameSpace>(frame: &mut UniqueFrame<M, S>) -> FrameWriter<'a> {
    frame.writer().unwrap()
}

fn torn_down<'a>(frame: &TearDown<'_>) -> FrameReader<'a> {
    frame.reader().unwrap()
}

/// Not even as long as the tear-down itself, which may be lent for less.
fn torn_down_for_longer<'a>(frame: &TearDown<'a>) -> FrameReader<'a> {
    frame.reader().unwrap()
}

fn of_segment<'a, M: FrameMeta, S: FrameSpace>(segment: &Segment<M, S>) -> FrameRef<'a, M, S> {
    segment.get(0).unwrap()
}

fn each_of_segment<'a, M: FrameMeta, S: FrameSpace>(segment: &Segment<M, S>) -> FrameRef<'a, M, S> {
    segment.frames().next().unwrap()
}

fn readers<'a, M: UntypedMeta, S: FrameSpace>(segment: &Segment<M, S>) -> FrameReader<'a> {
    segment.readers().next().unwrap()
}

fn unique_lent<'a, M: FrameMeta, S: FrameSpace>(
    segment: &UniqueSegment<M, S>,
) -> UniqueFrameRef<'a, M, S> {
    segment.get(0).unwrap()
}

fn unique_each<'a, M: FrameMeta, S: FrameSpace>(
    segment: &UniqueSegment<M, S>,
) -> UniqueFrameRef<'a, M, S> {
    segment.frames().next().unwrap()
}

fn unique_lent_mut<'a, M: FrameMeta, S: FrameSpace>(
    segment: &mut UniqueSegment<M, S>,
) -> UniqueFrameMut<'a, M, S> {
    segment.get_mut(0).unwrap()
}

fn unique_each_mut<'a, M: FrameMeta, S: FrameSpace>(
    segment: &mut UniqueSegment<M, S>,
) -> UniqueFrameMut<'a, M, S> {
    segment.frames_mut().next().unwrap()
}

fn unique_readers<'a, M: UntypedMeta, S: FrameSpace>(
    segment: &UniqueSegment<M, S>,
) -> FrameReader<'a> {
    segment.readers().next().unwrap()
}

fn writers<'a, M: UntypedMeta, S: FrameSpace>(
    segment: &mut UniqueSegment<M, S>,
) -> FrameWriter<'a> {
    segment.writers().next().unwrap()
}

fn through_unique_lent<'a, M: FrameMeta, S: FrameSpace>(
    lent: &UniqueFrameRef<'a, M, S>,
) -> &'a UniqueFrame<M, S> {
    lent
}

fn through_unique_lent_mut<'a, M: FrameMeta, S: FrameSpace>(
    lent: &UniqueFrameMut<'a, M, S>,
) -> &'a UniqueFrame<M, S> {
    lent
}

fn lent_meta_mut<'a, M: FrameMeta, S: FrameSpace>(
    lent: &mut UniqueFrameMut<'a, M, S>,
) -> &'a mut M {
    lent.meta_mut()
}

fn lent_writer<'a, M: UntypedMeta, S: FrameSpace>(
    lent: &mut UniqueFrameMut<'a, M, S>,
) -> FrameWriter<'a> {
    lent.writer().unwrap()
}

fn front<'a, M: FrameMeta, S: FrameSpace>(list: &LinkedList<M, S>) -> &'a M {
    list.front().unwrap()
}

fn back<'a, M: FrameMeta, S: FrameSpace>(list: &LinkedList<M, S>) -> &'a M {
    list.back().unwrap()
}

fn each<'a, M: FrameMeta, S: FrameSpace>(list: &LinkedList<M, S>) -> Iter<'a, M, S> {
    list.iter()
}

fn at_front<'a, M: FrameMeta, S: FrameSpace>(list: &mut LinkedList<M, S>) -> CursorMut<'a, M, S> {
    list.cursor_front_mut()
}

fn at_back<'a, M: FrameMeta, S: FrameSpace>(list: &mut LinkedList<M, S>) -> CursorMut<'a, M, S> {
    list.cursor_back_mut()
}

fn at<'a, M: FrameMeta, S: FrameSpace>(list: &mut LinkedList<M, S>) -> CursorMut<'a, M, S> {
    list.cursor_mut_at(0).unwrap()
}

fn here<'a, M: FrameMeta, S: FrameSpace>(cursor: &mut CursorMut<'a, M, S>) -> &'a mut M {
    cursor.current_meta().unwrap()
}

fn list<'a, M: FrameMeta, S: FrameSpace>(cursor: &CursorMut<'a, M, S>) -> &'a LinkedList<M, S> {
    cursor.as_list()
}

fn main() {}
