//! What the compiler and rustdoc say of a package of the workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler whose MIR is read here; others print it otherwise.
pub const COMPILER: &str = "rustc 1.95.";

/// The compiler that is here, if it is not [that one](COMPILER).
///
/// # Errors
///
/// If there is none.
pub fn other_compiler() -> Result<Option<String>, String> {
    let output = Command::new("rustc").arg("--version").output();
    let version = output.map_err(|error| format!("rustc: {error}"))?.stdout;
    let version = String::from_utf8_lossy(&version).trim().to_owned();
    Ok(if version.starts_with(COMPILER) { None } else { Some(version) })
}

fn cargo(workspace: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(workspace);
    command
}

fn run(mut command: Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}:\n{}", String::from_utf8_lossy(&output.stderr)))
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The MIR of a package's library, which has that name, and rustdoc's JSON of it.
///
/// The MIR is that of a build without debug assertions, which would put checks of
/// alignment and of null into it, and with overflow checks, so that overflow is a panic.
///
/// # Errors
///
/// If the compiler or rustdoc fail.
pub fn print(workspace: &Path, package: &str, library: &str) -> Result<(String, String), String> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace.join("target"), PathBuf::from)
        .join("mir");
    let options = ["--locked", "--quiet", "-p", package, "--lib", "--target-dir"];
    let mut rustc = cargo(workspace);
    rustc.arg("rustc").args(options).arg(&target);
    rustc.args(["--", "--emit=mir", "-C", "debug-assertions=off", "-C", "overflow-checks=on"]);
    run(rustc)?;
    let mut rustdoc = cargo(workspace);
    rustdoc.arg("rustdoc").args(options).arg(&target);
    rustdoc.args(["--", "-Zunstable-options", "--output-format", "json"]);
    rustdoc.args(["--document-private-items", "--cap-lints", "allow"]);
    // The form of the documentation is not stable, and so are the words that ask for it.
    rustdoc.env("RUSTC_BOOTSTRAP", "1");
    run(rustdoc)?;
    let mir = newest(&target.join("debug/deps"), &format!("{library}-"))?;
    Ok((read(&mir)?, read(&target.join(format!("doc/{library}.json")))?))
}

/// The `.mir` file that was written last: an earlier compiler has left another.
fn newest(folder: &Path, prefix: &str) -> Result<PathBuf, String> {
    let failed = |error| format!("{}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.is_some_and(|name| name.starts_with(prefix) && name.ends_with(".mir")) {
            let written = fs::metadata(&path).and_then(|of| of.modified()).map_err(failed)?;
            found.push((written, path));
        }
    }
    found
        .into_iter()
        .max()
        .map(|(_, path)| path)
        .ok_or_else(|| format!("no MIR in {}", folder.display()))
}
