//! Programs that the types must refuse, with the compiler's reason.
//!
//! The messages were recorded with one compiler, [`RECORDED`], and are compared
//! with that one only; others word them differently. The `compile_fail,E0…`
//! documentation tests ask for the code alone and run with every compiler.
//! `TRYBUILD=overwrite cargo test -p tally-rc --test compile_fail` writes the
//! messages anew; then change [`RECORDED`]. Metadata that do not fit are refused
//! only when code is generated, which this harness does not do; that is a
//! documentation test of `FrameMeta`.

use std::{env, io::Write as _, process::Command};

/// The compiler whose messages the `.stderr` files hold.
const RECORDED: &str = "rustc 1.95.";

/// Requires the programs to be refused, or says that this was skipped.
fn refuses(programs: &str) {
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler).arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&output.stdout);
    if !version.starts_with(RECORDED) && env::var_os("TRYBUILD").is_none() {
        // Not `eprintln`, which the test runner hides where a test passes.
        let version = version.trim();
        let line = format!("\nSKIPPED {programs}: recorded with {RECORDED}x, this is {version}\n");
        let _ = std::io::stderr().write_all(line.as_bytes());
        return;
    }
    trybuild::TestCases::new().compile_fail(programs);
}

/// What the model answers with an error, Rust does not compile.
mod slot_bad_handle_spec {
    #[test]
    fn does_not_compile() {
        super::refuses("tests/compile_fail/frame_*.rs");
    }
}

mod fl_push_error_spec {
    #[test]
    fn does_not_compile() {
        super::refuses("tests/compile_fail/frame_use_after_push.rs");
    }
}

#[cfg(feature = "alloc")]
mod rc_model_bad_handle_spec {
    #[test]
    fn does_not_compile() {
        super::refuses("tests/compile_fail/rc_*.rs");
    }
}

/// What the types refuse of references: a place that is lent is not used, a loan is one, and
/// what is behind it does not get shorter.
mod mut_borrow {
    #[test]
    fn does_not_compile() {
        super::refuses("tests/compile_fail/borrow_*.rs");
    }
}
