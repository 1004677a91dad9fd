//! rustc's MIR as the data of `theories/mir`: from the crate's own source to λRust.
//!
//! | step | module |
//! |---|---|
//! | the compiler prints the MIR, rustdoc the items | [`compiler`] |
//! | the MIR is read, to a syntax tree | [`parse`](mod@parse), [`ast`] |
//! | where its lines come from | [`spans`] |
//! | functions of values that may be unsized are read at sized ones | `sized` |
//! | the items are read: fields, `impl`s, type parameters | [`rustdoc`] |
//! | paths become functions and types by number, or entries of a table | [`translate`](fn@translate), [`library`], [`model`] |
//! | the program is written as Coq | [`coq`] |
//!
//! What has no meaning there is refused, with the function, the place in it and the
//! reason ([`Refusal`]); so is what needs a function that is refused. Nothing is guessed:
//! a type whose layout is not known, a path that could mean two items, a constant that
//! cannot be read are reasons.
//!
//! What is trusted: that this crate reads and writes what it is given, and that the
//! compiler prints what it compiles.

mod accept;
pub mod ast;
pub mod compiler;
pub mod coq;
pub mod library;
pub mod model;
pub mod mono;
pub mod parse;
pub mod report;
pub mod rustdoc;
mod sized;
pub mod spans;
mod translate;

pub use translate::{Cause, Reason, Refusal, Translation, translate};
