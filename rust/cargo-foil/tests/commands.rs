//! The commands as a user types them: the examples of `docs/cargo-foil.md`, and input of
//! which nothing comes. `TRYCMD=overwrite cargo test -p cargo-foil` writes what they print.

use cargo_foil::cli::compiler::Compiler;

#[test]
fn what_commands_print() {
    if let Err(error) = Compiler::find() {
        println!("skipped: {error}");
        return;
    }
    let folder = env!("CARGO_TARGET_TMPDIR");
    let cases = trycmd::TestCases::new();
    cases
        .register_bin("cargo", trycmd::schema::Bin::Path(env!("CARGO_BIN_EXE_cargo-foil").into()))
        // Nothing is left beside the examples.
        .env("CARGO_TARGET_DIR", format!("{folder}/target"))
        .env("CARGO_FOIL_CACHE", format!("{folder}/cache"))
        .case("../../docs/cargo-foil.md")
        .case("tests/cmd/*.md");
}
