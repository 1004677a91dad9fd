//! `cargo foil`: what is said about a crate's functions by programs that are proved in Coq.
//!
//! | part | module |
//! |---|---|
//! | the verified checker of refinements, and MIR as it takes it | [`checker`] |
//! | the command line, the user's cargo and compiler | [`cli`] |
//! | messages with places | [`diagnostics`] |
//! | inputs that refute a signature | [`refute`] |
//! | scenarios, run by the verified semantics | [`run`] |
//! | Flux's signatures | [`signature`] |
//! | the search for proofs | [`finder`] |

pub mod checker;
pub mod cli;
pub mod diagnostics;
pub mod finder;
pub mod refute;
pub mod run;
pub mod signature;
