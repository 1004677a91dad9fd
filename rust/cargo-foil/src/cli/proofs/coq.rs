//! The prover.

use super::super::Error;
use std::path::Path;
use std::process::Command;

/// What it says, and whether it accepts the file.
pub(super) struct Said {
    pub(super) good: bool,
    pub(super) text: String,
    pub(super) errors: String,
}

pub(super) struct Coq<'a> {
    folder: &'a Path,
}

impl<'a> Coq<'a> {
    /// The prover and the library, if they are there.
    pub(super) fn find(folder: &'a Path) -> Result<Self, Error> {
        let mut command = Command::new("coqc");
        let version = command.arg("--print-version").output();
        if !version.is_ok_and(|output| output.status.success()) {
            return Err(Error::NoProver);
        }
        let coq = Self { folder };
        let said = coq.ask("From tally.mir Require mirmode.\n")?;
        if !said.good {
            let words = said.errors.lines().last().unwrap_or_default().to_owned();
            return Err(Error::NoLibrary { words });
        }
        Ok(coq)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("coqc");
        command.current_dir(self.folder).args(["-q", "-w", "none"]);
        command.args(["-Q", "generated", "foil.generated", "-Q", ".", "foil"]);
        command
    }

    /// Compiles a file.
    pub(super) fn compile(&self, file: &Path) -> Result<Said, Error> {
        let mut command = self.command();
        command.arg(file);
        run(&mut command)
    }

    /// Compiles a text that is kept nowhere.
    pub(super) fn ask(&self, text: &str) -> Result<Said, Error> {
        let folder = tempfile::tempdir().map_err(Error::file(std::env::temp_dir()))?;
        let file = folder.path().join("foil_question.v");
        std::fs::write(&file, text).map_err(Error::file(&file))?;
        // The folder may not be there yet.
        let mut command = if self.folder.is_dir() { self.command() } else { plain() };
        command.arg(&file);
        run(&mut command)
    }
}

fn plain() -> Command {
    let mut command = Command::new("coqc");
    command.args(["-q", "-w", "none"]);
    command
}

fn run(command: &mut Command) -> Result<Said, Error> {
    let output = super::super::compiler::output(command)?;
    Ok(Said {
        good: output.status.success(),
        text: String::from_utf8_lossy(&output.stdout).into_owned(),
        errors: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}
