//! Finds certificates. Nobody trusts it: what counts is that the checker accepts them.
//!
//! | part | module |
//! |---|---|
//! | proofs of formulas | [`arith`] |
//! | environments, invariants, certificates of functions | [`infer`] |
//! | formulas and proofs as the checker has them | [`convert`] |

pub mod arith;
mod candidates;
pub mod convert;
mod flow;
pub mod infer;
mod poly;
mod simplex;

#[cfg(test)]
mod tests;
