//! `cargo foil translate`, `new`, `prove`: a crate's functions in Coq, and proofs about them.
//!
//! All is in the folder `foil` beside the package's `Cargo.toml`: in `foil/generated` what
//! `translate` writes and overwrites, in `foil` itself what is the user's, which no command
//! writes twice.

mod coq;
mod fresh;
mod stale;
mod stub;
mod verdicts;

pub(super) use fresh::translate;
pub(super) use stub::new;
pub(super) use verdicts::prove;

use super::compiler::Compiler;
use super::project::Project;
use super::{Error, Selection};
use std::path::PathBuf;
use tally_mir::model::{Callee, Function, Program, Terminator};
use tally_mir::{Refusal, coq as text};

/// A package's functions, as they are today.
struct Made {
    /// The package's name, as a word of Coq.
    word: String,
    /// The folder `foil`.
    folder: PathBuf,
    program: Program,
    functions: Vec<(String, Result<usize, Refusal>)>,
}

impl Made {
    fn read(selection: &Selection) -> Result<Self, Error> {
        Compiler::find()?;
        let project = Project::find(selection)?;
        let folder = project.root().join("foil");
        let package = project.read(&[])?;
        let made = tally_mir::translate(&package.dump, &package.docs, |_, _| true);
        let word = package.name.replace('-', "_");
        Ok(Self { word, folder, program: made.program, functions: made.functions })
    }

    /// The generated files, by their names in `foil/generated`.
    fn files(&self) -> [(String, String); 2] {
        let Self { word, program, .. } = self;
        let title = format!("[{word}]");
        let own = |text: String| {
            text.replace("[cargo run -p tally-mir -- --write]", "[cargo foil translate]")
                .replace("From tally.foil.generated Require", "From foil.generated Require")
        };
        [
            (format!("{word}_mir.v"), own(text::data(program, word, &title))),
            (format!("{word}_tree.v"), own(text::tree(program, word, &title, "foil.generated"))),
        ]
    }

    /// The translated function that is asked for by its path or its end.
    fn function(&self, asked: &str) -> Result<&Function, Error> {
        let ends = |path: &str| {
            path == asked || path.strip_suffix(asked).is_some_and(|of| of.ends_with("::"))
        };
        let found: Vec<_> = self.functions.iter().filter(|(path, _)| ends(path)).collect();
        let exact: Vec<_> = found.iter().copied().filter(|(path, _)| path == asked).collect();
        let found = if exact.is_empty() { found } else { exact };
        match found[..] {
            [(_, Ok(number))] => Ok(&self.program.functions[*number]),
            [(path, Err(refusal))] => Err(Error::NotTranslated {
                function: path.clone(),
                why: refusal.reason.to_string(),
            }),
            [] => Err(Error::NoFunction {
                asked: asked.to_owned(),
                package: self.word.clone(),
                similar: self
                    .functions
                    .iter()
                    .filter(|(path, _)| path.contains(asked))
                    .take(8)
                    .map(|(path, _)| format!("`{path}`"))
                    .collect(),
            }),
            _ => Err(Error::WhichFunction {
                asked: asked.to_owned(),
                candidates: found.iter().map(|(path, _)| format!("`{path}`")).collect(),
            }),
        }
    }

    /// A function's number and those that it calls, with all that these call.
    fn reached(&self, name: &str) -> Vec<usize> {
        let first = self.program.functions.iter().position(|of| of.name == name);
        let mut found: Vec<usize> = first.into_iter().collect();
        let mut at = 0;
        while let Some(&number) = found.get(at) {
            for &callee in &self.program.functions[number].callees {
                if !found.contains(&callee) {
                    found.push(callee);
                }
            }
            at += 1;
        }
        found
    }

    /// The functions of the library that a function rests on.
    fn library(&self, name: &str) -> Vec<&'static str> {
        let mut names: Vec<&str> = Vec::new();
        for number in self.reached(name) {
            for (_, end) in &self.program.functions[number].body.blocks {
                if let Terminator::Call(_, Callee::Lib(name, _), ..) = end {
                    if !names.contains(name) {
                        names.push(name);
                    }
                }
            }
        }
        names.sort_unstable();
        names
    }
}
