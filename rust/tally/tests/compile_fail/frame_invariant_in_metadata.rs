//! Metadata that promise less than the slot's type cannot be written by its handle.
use tally::{FrameMeta, FrameSpace, UniqueFrame};

struct Read<F>(F);
impl<F: Send + Sync + 'static> FrameMeta for Read<F> {}

fn forget<S: FrameSpace>(
    unique: UniqueFrame<Read<for<'a> fn(&'a str)>, S>,
) -> UniqueFrame<Read<fn(&'static str)>, S> {
    unique
}

fn main() {}
