//! The compiler of the user: which it is, and how it is asked for MIR.

use super::Error;
use std::process::Command;

/// The version whose output is read here, without its last part.
pub const VERSION: &str = "1.95";

/// What the compiler says of itself.
#[derive(Clone, Debug)]
pub struct Compiler {
    /// The program: that of `RUSTC`, or `rustc`.
    pub program: std::ffi::OsString,
    /// One line, as `rustc 1.95.0 (59807616e 2026-04-14)`.
    pub version: String,
}

impl Compiler {
    /// The compiler that cargo would use here.
    ///
    /// # Errors
    ///
    /// If there is none, or if it is another than the one whose output is read.
    pub fn find() -> Result<Self, Error> {
        let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let mut command = Command::new(&program);
        command.arg("--version");
        let output = output(&mut command)?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let number = version.strip_prefix("rustc ").unwrap_or_default();
        let known = number
            .strip_prefix(VERSION)
            .is_some_and(|rest| rest.starts_with('.') && !number.contains("nightly"));
        if known {
            Ok(Self { program, version })
        } else {
            let found = if version.is_empty() {
                "no rustc that says its version".to_owned()
            } else {
                version
            };
            Err(Error::Toolchain { found, needed: VERSION })
        }
    }
}

/// Runs a program to its end.
pub(crate) fn output(command: &mut Command) -> Result<std::process::Output, Error> {
    command.output().map_err(|error| Error::NotStarted {
        program: command.get_program().to_string_lossy().into_owned(),
        error,
    })
}

/// What the compiler is told so that the text of its MIR is that of the program that is
/// reasoned about: overflow is a panic, and the checks are left out that it adds to find
/// undefined behaviour (of alignment, of null). Each line says where it comes from.
pub(crate) const MIR_FLAGS: [&str; 7] = [
    "-C",
    "debug-assertions=off",
    "-C",
    "overflow-checks=on",
    "-Zmir-include-spans=on",
    "--cap-lints",
    "allow",
];
