//! `cargo xtask orderings`: the table of memory orderings, what the loom tests
//! must find, and a look at the crate's source.
//!
//! What the prover computed and proved leaves it as JSON
//! (`extraction/extract_orderings.v`), which [`facts`] reads; [`lemmas`] finds the lemmas
//! that go with it. From that come `docs/orderings.md` ([`page`], with the words of
//! [`steps`]) and the expectations of the crate's loom tests ([`expected`]), which fail
//! where loom says otherwise in any cell; the extracted explorer is held against the same.
//! Each `Ordering::` in the crate's source names its row, and is what the row says: what is
//! proved, if the row is a step of the protocol ([`source`]). With `--check` nothing is
//! written: each file that would change is a finding.

mod expected;
mod facts;
mod lemmas;
mod page;
mod source;
mod steps;

use crate::Findings;
use crate::project::{read, walk};
use facts::Facts;
use lemmas::Lemmas;
use std::fs;
use std::path::Path;

const SOURCE: &str = "extraction/json/orderings.json";
const TABLE: &str = "docs/orderings.md";
const EXPECTED: &str = "rust/tally/tests/loom/expected.rs";
const LOOM: &str = "rust/tally/tests/loom.rs";
const CRATE: &str = "rust/tally/src";
const SLOT: &str = "rust/tally/src/frame/slot.rs";
/// `at` itself, which names orderings without using them.
const SYNC: &str = "rust/tally/src/sync.rs";

/// Writes what is generated, or with `write` false compares it; checks the source.
pub(crate) fn run(root: &Path, write: bool) -> Result<Findings, String> {
    let text = read(&root.join(SOURCE)).map_err(|e| format!("{e} (`make extract` writes it)"))?;
    let facts = Facts::read(&text).map_err(|error| format!("{SOURCE}: {error}"))?;
    let mut findings = facts.check();
    let lemmas = Lemmas::read(root)?;
    findings.extend(lemmas.missing(&facts));
    findings.extend(expected::loom_tests(&facts, &read(&root.join(LOOM))?));
    findings.extend(source::slot(&facts, &read(&root.join(SLOT))?));
    findings.extend(source::declared_sites(&read(&root.join(SYNC))?));
    for path in walk(root, CRATE, &|path| path.ends_with(".rs") && path != SLOT && path != SYNC) {
        findings.extend(source::elsewhere(&path, &read(&root.join(&path))?));
    }
    if !findings.is_empty() {
        return Ok(findings);
    }
    for (path, text) in [(TABLE, page::page(&facts, &lemmas)), (EXPECTED, expected::file(&facts))] {
        let target = root.join(path);
        if fs::read_to_string(&target).unwrap_or_default() == text {
        } else if write {
            let failed = |error| format!("{path}: {error}");
            fs::create_dir_all(target.parent().unwrap_or(root)).map_err(failed)?;
            fs::write(&target, text).map_err(failed)?;
            println!("wrote {path}");
        } else {
            findings.push(format!("{path} is not what `cargo xtask orderings --write` writes"));
        }
    }
    if findings.is_empty() {
        println!("orderings: {TABLE}, the loom tests and {SLOT} say what is proved");
    }
    Ok(findings)
}
