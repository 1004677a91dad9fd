//! `cargo foil run`: a scenario, run as the verified semantics says.

mod code;
mod encode;
pub mod evaluator;
mod machine;

pub use code::Place;
