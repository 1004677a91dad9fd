//! What `AnyMeta` has for this crate's own use cannot be called by others.
use tally::AnyMeta;

fn cast<M: AnyMeta>(word: *mut ()) -> *mut M {
    M::at(word, || unreachable!())
}

fn main() {}
