//! One file of Rust, compiled by the user's compiler, with stand-ins for Flux's crates.
//!
//! The compiler takes Flux's attributes as those of a tool. A file may also import them
//! from Flux's crates `flux_rs` and `flux_attrs`; for a file without a project there are
//! small crates of those names, which leave the program as it is.

use super::Error;
use super::compiler::{Compiler, MIR_FLAGS, output};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use tally_mir::spans::{self, Spans};
use tally_mir::{ast::Dump, parse};

/// The edition of a file for which none is said, as for Flux.
pub const EDITION: &str = "2021";

/// What is said to the compiler besides [`MIR_FLAGS`] for checking refinements: bodies as
/// they are written, with borrows and moves, and Flux's attributes.
pub(crate) const CHECK_FLAGS: [&str; 6] = [
    "-Zmir-opt-level=0",
    // Whole paths: what is the library's is seen to be the library's.
    "-Ztrim-diagnostic-paths=no",
    "-Zcrate-attr=feature(register_tool,custom_inner_attributes,stmt_expr_attributes)",
    "-Zcrate-attr=register_tool(flux)",
    "-Zcrate-attr=register_tool(flux_tool)",
    // A tool's name may be that of a crate as well.
    "-Aunused-features",
];

const STANDINS: [(&str, &str, &[&str]); 2] = [
    (
        "flux_attrs",
        include_str!("standins/flux_attrs.rs"),
        &["--crate-type=proc-macro", "--extern=proc_macro"],
    ),
    ("flux_rs", include_str!("standins/flux_rs.rs"), &["--crate-type=rlib", "--extern=flux_attrs"]),
];

/// The crates that a file may name.
pub(crate) fn crates() -> BTreeSet<String> {
    STANDINS.iter().map(|standin| standin.0.to_owned()).collect()
}

/// A file, compiled.
#[derive(Debug)]
pub struct File {
    /// What the compiler prints, without the places.
    pub text: String,
    /// That, read.
    pub dump: Dump,
    /// The places.
    pub spans: Spans,
}

/// The folder of this user for what is made once.
fn cache() -> PathBuf {
    let variable =
        |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("CARGO_FOIL_CACHE")
        .or_else(|| variable("XDG_CACHE_HOME").map(|path| path.join("cargo-foil")))
        .or_else(|| variable("HOME").map(|path| path.join(".cache").join("cargo-foil")))
        .or_else(|| variable("LOCALAPPDATA").map(|path| path.join("cargo-foil")))
        .unwrap_or_else(|| std::env::temp_dir().join(format!("cargo-foil-{}", std::process::id())))
}

/// The folder with the stand-ins for this compiler, which are compiled if they are not there.
pub(crate) fn standins(compiler: &Compiler) -> Result<PathBuf, Error> {
    // Another compiler, or other texts of ours, have another folder.
    let mut key = 0xcbf2_9ce4_8422_2325_u64;
    let texts = STANDINS.iter().flat_map(|standin| standin.1.bytes());
    for byte in compiler.version.bytes().chain(texts) {
        key = (key ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    let cache = cache();
    let folder = cache.join(format!("standins-{key:016x}"));
    if folder.exists() {
        return Ok(folder);
    }
    std::fs::create_dir_all(&cache).map_err(Error::file(&cache))?;
    let made = tempfile::tempdir_in(&cache).map_err(Error::file(&cache))?;
    for (name, text, flags) in STANDINS {
        let source = made.path().join(format!("{name}.rs"));
        std::fs::write(&source, text).map_err(Error::file(&source))?;
        let mut command = Command::new(&compiler.program);
        command.arg("--crate-name").arg(name).arg("--edition=2021").args(flags);
        command.arg("--out-dir").arg(made.path()).arg("-L").arg(made.path()).arg(&source);
        let output = output(&mut command)?;
        if !output.status.success() {
            return Err(Error::Unreadable {
                what: format!("the stand-in for {name}"),
                why: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            });
        }
    }
    // Whoever is first has made it; another's is as good.
    let made = made.keep();
    if let Err(error) = std::fs::rename(&made, &folder) {
        let _ = std::fs::remove_dir_all(&made);
        if !folder.exists() {
            return Err(Error::File { path: folder, error });
        }
    }
    Ok(folder)
}

/// Compiles a file and reads its MIR. Errors of the compiler are shown as it writes them.
///
/// # Errors
///
/// If the file is not there, or does not compile.
pub fn compile(compiler: &Compiler, file: &Path, edition: &str) -> Result<File, Error> {
    match std::fs::File::open(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::NoFile { path: file.to_owned() });
        }
        Err(error) => return Err(Error::File { path: file.to_owned(), error }),
        Ok(_) => {}
    }
    let standins = standins(compiler)?;
    let folder = tempfile::tempdir().map_err(Error::file(std::env::temp_dir()))?;
    let mir = folder.path().join("input.mir");
    let mut emit = std::ffi::OsString::from("--emit=mir=");
    emit.push(&mir);
    let mut command = Command::new(&compiler.program);
    command.args(["--crate-type=rlib", "--crate-name=input", "--edition", edition]).arg(emit);
    command.args(MIR_FLAGS).args(CHECK_FLAGS);
    command.arg("-L").arg(&standins).args(["--extern=flux_rs", "--extern=flux_attrs"]);
    command.arg("--").arg(file);
    command.env("RUSTC_BOOTSTRAP", "1");
    let output = output(&mut command)?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Error::Build { what: file.display().to_string(), words });
    }
    let text = std::fs::read_to_string(&mir).map_err(Error::file(&mir))?;
    let (text, spans) = spans::split(&text);
    Ok(File { dump: parse::parse(&text), text, spans })
}
