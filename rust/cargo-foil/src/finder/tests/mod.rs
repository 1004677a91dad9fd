//! Certificates that are found, before the checker.

mod arithmetic;
mod chapter;
mod files;
