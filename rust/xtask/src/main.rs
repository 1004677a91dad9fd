//! The repository's own checks. `xtask help` lists them; the scripts in `ci/`
//! call them, so that a person rarely has to.
//!
//! Every check prints all that is wrong, not the first thing, and ends with a
//! code that is not 0 when something is.

mod api;
mod audit;
mod codegen;
mod coq;
mod flux_cases;
mod glob;
mod headlines;
mod interface;
mod json;
mod layers;
mod orderings;
mod pages;
mod project;
mod quotes;
mod rc_table;
mod readme;
mod rows;
mod run_code;
mod rustdoc;
mod sources;
mod std_rc;
mod trace;

use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
usage: cargo xtask COMMAND

  sources                  rules that need no prover: file list, headers, leftovers, layers
  audit [--self-test]      every lemma of the compiled library is closed under the global context
  api --write|--check      the crate's public interface, and whether what a release has
                           promised is there; --release writes what is promised from now on;
                           --self-test: changes of a small crate are noticed;
                           --compiler: whether the listings were made with the one here
  codegen [--check]        the Rust of the pure models and the oracle's wire format, at both
                           ends, from the extracted JSON
  flux-cases CHECKOUT [FILE…]  what `cargo foil check` says of Flux's own tests, from a
                           checkout of Flux, beside what the annotations in them say
  orderings --write|--check  the table of memory orderings and what the loom tests expect,
                           from the extracted JSON; the crate's source must follow it
  readme --write|--check   the crate's README.md, from the documentation of its lib.rs
  std --write|--check      what Rc, Weak and UniqueRc have of what std's have, with the reason of
                           each difference (trace/std-rc.txt)
  trace [--write] LIST…    each exported lemma has a Rust test or a reason not to; LIST holds
                           the output of `cargo test -- --list`; --write regenerates the
                           tables (docs/theorems.md, rc.md, challenge26.md, frames.md, borrow.md, refine.md)
";

/// What a check ends with: one line for each thing that is wrong.
type Findings = Vec<String>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let root = repository_root();
    let outcome = match words.as_slice() {
        ["sources"] => sources::check(&root),
        ["audit"] => audit::run(&root),
        ["audit", "--self-test"] => audit::self_test(&root),
        ["trace", "--write", lists @ ..] => trace::run(&root, lists, true),
        ["trace", lists @ ..] => trace::run(&root, lists, false),
        ["api", "--check"] => api::run(&root, api::Mode::Check),
        ["api", "--write"] => api::run(&root, api::Mode::Write),
        ["api", "--release"] => api::run(&root, api::Mode::Release),
        ["api", "--self-test"] => api::self_test(),
        ["api", "--compiler"] => api::compiler(),
        ["codegen", options @ ..] => codegen::run(&root, options).and_then(|mut findings| {
            findings.extend(run_code::run(&root, options)?);
            Ok(findings)
        }),
        ["flux-cases", words @ ..] => flux_cases::run(&root, words),
        ["orderings", "--write"] => orderings::run(&root, true),
        ["orderings", "--check"] => orderings::run(&root, false),
        ["readme", "--write"] => readme::run(&root, true),
        ["readme", "--check"] => readme::run(&root, false),
        ["std", "--write"] => std_rc::run(&root, true),
        ["std", "--check"] => std_rc::run(&root, false),
        ["help"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(findings) if findings.is_empty() => ExitCode::SUCCESS,
        Ok(findings) => {
            for finding in &findings {
                eprintln!("error: {finding}");
            }
            eprintln!("{}: {} found", words[0], findings.len());
            ExitCode::FAILURE
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The folder that holds `_CoqProject`, two above this package.
fn repository_root() -> PathBuf {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.pop();
    path.pop();
    path
}
