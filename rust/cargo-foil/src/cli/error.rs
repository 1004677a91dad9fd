//! What goes wrong before there is an answer: what it is, where, and what to do about it.

use super::Outcome;
use std::path::PathBuf;

/// Why a command has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A program that is needed cannot be started.
    #[error("`{program}` cannot be started: {error}")]
    NotStarted {
        /// The program.
        program: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The compiler is another than the one whose output is read here.
    #[error("this is {found}, and cargo-foil reads the output of rustc {needed}.x")]
    Toolchain {
        /// What the compiler says that it is.
        found: String,
        /// The version that is read.
        needed: &'static str,
    },
    /// cargo does not know the project.
    #[error("cargo cannot read the project")]
    Project {
        /// What cargo says.
        words: String,
    },
    /// There is no such package.
    #[error("no package `{asked}` in this project or among its dependencies")]
    NoPackage {
        /// What was asked for.
        asked: String,
        /// Packages with similar names.
        similar: Vec<String>,
    },
    /// Several packages are meant.
    #[error("which package? {why}")]
    WhichPackage {
        /// Why it is not clear.
        why: String,
        /// Those that may be meant.
        candidates: Vec<String>,
    },
    /// There is nothing to compile by that name.
    #[error("the package `{package}` has {what}")]
    NoTarget {
        /// The package.
        package: String,
        /// What it does not have.
        what: String,
        /// What it has.
        candidates: Vec<String>,
    },
    /// The crate does not build.
    #[error("`{what}` does not build")]
    Build {
        /// The package or file.
        what: String,
        /// What the compiler says; empty if it has been shown already.
        words: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {error}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A file that a build has left is no longer there.
    #[error("{path} is gone, and cargo does not make it again", path = path.display())]
    Gone {
        /// The file.
        path: PathBuf,
        /// The folder that all builds are in.
        folder: PathBuf,
    },
    /// What the compiler or rustdoc has written is not of the form that is read here.
    #[error("what the compiler says of `{what}` is not understood: {why}")]
    Unreadable {
        /// The package or file.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// A scenario is not run.
    #[error("{0}")]
    Run(#[from] crate::run::Error),
    /// A function is not translated.
    #[error("`{function}` is not translated: {why}")]
    NotTranslated {
        /// The function.
        function: String,
        /// The first reason.
        why: String,
    },
    /// There is no prover.
    #[error("Coq is not there: `coqc` cannot be started")]
    NoProver,
    /// The library is not installed.
    #[error("Coq does not find the library `tally`: {words}")]
    NoLibrary {
        /// What the prover says.
        words: String,
    },
    /// There is nothing to prove.
    #[error("no proof in {folder} is about such a function", folder = folder.display())]
    NoProof {
        /// Where they would be.
        folder: PathBuf,
    },
    /// The prover does not accept what was generated.
    #[error("Coq does not accept {file}", file = file.display())]
    Prover {
        /// The file.
        file: PathBuf,
        /// What the prover says.
        words: String,
    },
    /// There is no such file.
    #[error("there is no file `{path}`", path = path.display())]
    NoFile {
        /// What was asked for.
        path: PathBuf,
    },
    /// There is no such code.
    #[error("no message has the code `{asked}`")]
    NoCode {
        /// What was asked for.
        asked: String,
        /// Those that there are.
        codes: Vec<String>,
    },
    /// There is no such function.
    #[error("no function `{asked}` in `{package}`")]
    NoFunction {
        /// What was asked for.
        asked: String,
        /// Where it was looked for.
        package: String,
        /// Functions with similar names.
        similar: Vec<String>,
    },
    /// Several functions have the name.
    #[error("which function? `{asked}` is the end of several paths")]
    WhichFunction {
        /// What was asked for.
        asked: String,
        /// Those that may be meant.
        candidates: Vec<String>,
    },
}

impl Error {
    /// A file that cannot be read or written.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { path, error }
    }

    /// How the command ends.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NotStarted { .. }
            | Self::Toolchain { .. }
            | Self::File { .. }
            | Self::Gone { .. }
            | Self::NoProver
            | Self::NoLibrary { .. }
            | Self::Prover { .. }
            | Self::Unreadable { .. } => Outcome::Fault,
            _ => Outcome::Refused,
        }
    }

    /// More about it, and what to do.
    fn notes(&self) -> Vec<String> {
        let listed = |intro: &str, names: &[String]| {
            if names.is_empty() {
                Vec::new()
            } else {
                vec![format!("{intro}: {}", names.join(", "))]
            }
        };
        match self {
            Self::NotStarted { .. } => {
                vec!["help: it comes with Rust; is it on the search path?".to_owned()]
            }
            Self::Toolchain { needed, .. } => vec![
                "note: the form in which the compiler prints functions changes between versions"
                    .to_owned(),
                format!(
                    "help: `rustup toolchain install {needed}.0`, then `cargo +{needed}.0 foil …`"
                ),
            ],
            Self::Project { words } => {
                vec![
                    words.clone(),
                    "help: run it in the folder of a cargo project, or say `--manifest-path PATH`"
                        .to_owned(),
                ]
            }
            Self::NoPackage { similar, .. } => listed("help: there is", similar),
            Self::WhichPackage { candidates, .. } => {
                listed("help: say `-p` and one of", candidates)
            }
            Self::NoTarget { candidates, .. } => listed("help: say `--bin` and one of", candidates),
            Self::Build { words, .. } => {
                let help =
                    "help: cargo-foil looks at programs that the compiler accepts; mend it first";
                [words.clone(), help.to_owned()]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect()
            }
            Self::File { .. } | Self::Run(_) => Vec::new(),
            Self::NotTranslated { function, .. } => {
                vec![format!("help: `cargo foil why {function}` shows all reasons")]
            }
            Self::NoProver | Self::NoLibrary { .. } => vec![
                "help: only `prove` needs them: install Coq 8.16 or newer with Iris (on Debian `apt install coq libcoq-iris`), then `make install` in Tally's repository".to_owned(),
            ],
            Self::NoProof { .. } => vec!["help: `cargo foil new FN` begins one".to_owned()],
            Self::Prover { words, .. } => vec![
                words.clone(),
                "help: if `cargo foil translate` does not mend it, please report it".to_owned(),
            ],
            Self::Gone { folder, .. } => {
                vec![format!("help: remove {} and try again", folder.display())]
            }
            Self::Unreadable { .. } => {
                vec!["help: this is a fault of cargo-foil; please report it with the crate's name and version".to_owned()]
            }
            Self::NoFunction { similar, .. } => {
                let mut notes = listed("help: there is", similar);
                notes.push("help: `cargo foil list` shows all functions".to_owned());
                notes
            }
            Self::NoFile { .. } => Vec::new(),
            Self::NoCode { codes, .. } => listed("help: there are", codes),
            Self::WhichFunction { candidates, .. } => listed("help: it may be", candidates),
        }
    }

    /// Writes it for people, to the standard error.
    pub fn print(&self) {
        use std::io::Write;
        let mut text = format!("error: {self}\n");
        for note in self.notes() {
            text.push_str(note.trim_end());
            text.push('\n');
        }
        // There is nowhere to say that the standard error cannot be written to.
        let _ = anstream::stderr().write_all(text.as_bytes());
    }
}
