//! `cargo foil`: what is said about a crate's functions by programs that are proved in Coq.
