//! The same of its other function.
use tally::{AnyMeta, FrameSpace};

fn ask<M: AnyMeta, S: FrameSpace>() {
    let _ask = M::is_of::<S, _>;
}

fn main() {}
