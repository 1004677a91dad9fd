//! Compiles the extracted models with OCaml and links them, where OCaml is there.
//!
//! Sets `cfg(have_ocaml)` on success. Without `ocamlfind`, `ocamlopt`, zarith or gmp
//! the crate still builds, and every call answers that the oracle is not available;
//! with `TALLY_REQUIRE_ORACLE=1` that is an error here. Where they are there, sources
//! that do not compile are an error in any case.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const INSTALL: &str = "install ocaml-findlib, ocaml-nox, libzarith-ocaml-dev and libgmp-dev \
                       (or `opam install zarith`)";

/// Why there is no oracle.
enum Failure {
    /// Something is not installed.
    Missing(String),
    /// Something of ours does not compile.
    Broken(String),
}

/// For steps that only ours can make fail.
impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Failure::Broken(reason)
    }
}

fn main() -> ExitCode {
    println!("cargo::rustc-check-cfg=cfg(have_ocaml)");
    println!("cargo::rerun-if-env-changed=TALLY_REQUIRE_ORACLE");
    println!("cargo::rerun-if-env-changed=PATH");
    let required = std::env::var("TALLY_REQUIRE_ORACLE").is_ok_and(|value| value == "1");
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Broken(reason)) => {
            println!("cargo::error=the OCaml oracle does not compile: {reason}");
            ExitCode::FAILURE
        }
        Err(Failure::Missing(reason)) if required => {
            println!("cargo::error=no OCaml oracle: {reason}; {INSTALL}");
            ExitCode::FAILURE
        }
        Err(Failure::Missing(reason)) => {
            // A file that is never there: look again each time.
            println!("cargo::rerun-if-changed=ocaml-was-missing");
            println!("cargo::warning=built without the OCaml oracle: {reason}; {INSTALL}");
            ExitCode::SUCCESS
        }
    }
}

fn build() -> Result<(), Failure> {
    let here = PathBuf::from(env("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env("OUT_DIR")?);
    let zarith = output(Command::new("ocamlfind").args(["query", "zarith"]));
    let zarith = zarith.map_err(Failure::Missing)?;
    let include = output(Command::new("ocamlfind").args(["ocamlopt", "-where"]));
    let include = include.map_err(Failure::Missing)?;
    probe(&zarith, &out).map_err(Failure::Missing)?;

    // OCaml writes beside its sources.
    let extracted = here.join("../../extraction/ocaml");
    let modules = ["model.mli", "model.ml", "explorer.mli", "explorer.ml"];
    let ours = ["octets.ml", "wire.ml", "glue.ml"];
    let sources = modules.map(|module| extracted.join(module));
    for source in sources.into_iter().chain(ours.map(|module| here.join("ml").join(module))) {
        println!("cargo::rerun-if-changed={}", source.display());
        let name = source.file_name().ok_or_else(|| "a source without a name".to_owned())?;
        std::fs::copy(&source, out.join(name))
            .map_err(|error| format!("{}: {error}", source.display()))?;
    }
    println!("cargo::rerun-if-changed={}", here.join("c/shim.c").display());

    // The extracted code has unused definitions; ours is compiled with warnings.
    let compile = |args: &[&str]| {
        let mut command = Command::new("ocamlfind");
        output(command.arg("ocamlopt").args(["-package", "zarith"]).args(args).current_dir(&out))
    };
    compile(&[&["-w", "-a", "-c"], &modules[..]].concat())?;
    compile(&[&["-w", "+a-4-40-41-42-44-70", "-warn-error", "+a", "-c"], &ours[..]].concat())?;
    compile(&[
        "-noautolink",
        "-linkpkg",
        "-output-complete-obj",
        "-o",
        "models.o",
        "model.cmx",
        "explorer.cmx",
        "octets.cmx",
        "wire.cmx",
        "glue.cmx",
    ])?;

    cc::Build::new()
        .file(here.join("c/shim.c"))
        .include(&include)
        .object(out.join("models.o"))
        .warnings_into_errors(true)
        .try_compile("tally_oracle_shim")
        .map_err(|error| format!("the C shim: {error}"))?;
    // `-noautolink` keeps OCaml from naming these itself.
    println!("cargo::rustc-link-search=native={zarith}");
    println!("cargo::rustc-link-lib=static=zarith");
    for library in ["gmp", "m", "dl"] {
        println!("cargo::rustc-link-lib={library}");
    }
    println!("cargo::rustc-cfg=have_ocaml");
    Ok(())
}

/// Whether what the linker will be asked for is there. To find out now that gmp has
/// no headers and no link name is to build without the oracle; later would be too late.
fn probe(zarith: &str, out: &Path) -> Result<(), String> {
    if !Path::new(zarith).join("libzarith.a").exists() {
        return Err(format!("{zarith} has no libzarith.a"));
    }
    let probe = out.join("probe.c");
    std::fs::write(&probe, "int main(void) { return 0; }\n")
        .map_err(|error| format!("{}: {error}", probe.display()))?;
    let mut compiler = cc::Build::new().get_compiler().to_command();
    output(compiler.arg(&probe).arg("-lgmp").arg("-o").arg(out.join("probe")))
        .map_err(|_| "the C compiler does not find gmp".to_owned())?;
    Ok(())
}

fn env(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| format!("cargo did not set {name}"))
}

/// What a command writes, or why it did not.
fn output(command: &mut Command) -> Result<String, String> {
    let name = format!("{command:?}").replace('"', "");
    let output = command
        .output()
        .map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{name}` failed: {}", errors.trim().replace('\n', " ")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
