//! `cargo foil check`: does each function have the signature that is written at it?

use super::compiler::Compiler;
use super::{CheckArgs, Error, Outcome, file};

pub(super) fn run(args: &CheckArgs) -> Result<Outcome, Error> {
    let compiler = Compiler::find()?;
    let Some(path) = &args.file else { return Ok(Outcome::Good) };
    let file = file::compile(&compiler, path, &args.edition)?;
    println!("{} bodies, {} unread", file.dump.bodies.len(), file.dump.unreadable.len());
    Ok(Outcome::Good)
}
