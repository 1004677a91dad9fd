//! Does the library rest on anything that is not proved?
//!
//! The prover itself lists every constant and inductive type of every compiled
//! file (`Search _ inside`), helper lemmas and generated ones included; all are
//! put into one term, and `Print Assumptions` of that term must answer "Closed
//! under the global context". What a sealed module hides is followed through
//! what it exports; what it merely contains is checked from the `.glob` files.

use crate::Findings;
use crate::coq;
use crate::glob;
use crate::interface;
use crate::project::{self, Unit, read};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const CLOSED: &str = "Closed under the global context";
const MARK: &str = "@@";

/// The theorems of one file, as the compiler recorded them.
#[derive(Debug, Default)]
struct Recorded {
    /// Proved, and not inside a module type.
    proved: Vec<String>,
    /// Assumed outside a module type: never allowed.
    assumed: Vec<String>,
}

fn recorded(text: &str) -> Recorded {
    let entries = glob::parse(text);
    let types = glob::module_types(&entries);
    let mut found = Recorded::default();
    for entry in entries.iter().filter(|entry| !glob::inside(&entry.name, &types)) {
        match entry.kind.as_str() {
            "prf" => found.proved.push(entry.name.clone()),
            "ax" => found.assumed.push(entry.name.clone()),
            _ => {}
        }
    }
    found
}

/// What the prover listed, by library: `(library, names)`.
fn listed(printed: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for line in printed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(library) = line.strip_prefix(MARK) {
            found.push((library.trim().to_owned(), Vec::new()));
        } else if let Some((_, names)) = found.last_mut() {
            names.push(line.to_owned());
        }
    }
    found
}

/// Is the recorded name among those the prover can reach? It prints the
/// shortest name that is not ambiguous, a tail of the full one.
fn reachable(library: &str, name: &str, names: &BTreeSet<&str>) -> bool {
    let full = format!("{library}.{name}");
    let mut tail = full.as_str();
    loop {
        if names.contains(tail) {
            return true;
        }
        match tail.split_once('.') {
            Some((_, rest)) => tail = rest,
            None => return false,
        }
    }
}

fn requires(units: &[Unit]) -> String {
    units.iter().map(|unit| format!("Require {}.\n", unit.library)).collect()
}

/// A file that lists all that the compiled files declare.
fn listing(units: &[Unit]) -> String {
    let mut text = requires(units);
    text.push_str("Set Search Output Name Only.\nRemove Search Blacklist \"Private_\" \"_subproof\" \"_subterm\".\n");
    for unit in units {
        text.push_str(&format!(
            "Goal True. idtac \"{MARK} {0}\". Abort.\nSearch _ inside {0}.\n",
            unit.library
        ));
    }
    text
}

/// One definition per library that mentions every name, and one that mentions
/// all of those; then the sealed modules against their interfaces.
fn everything(units: &[Unit], listed: &[(String, Vec<String>)]) -> String {
    let mut text = requires(units);
    for (number, (_, names)) in listed.iter().enumerate() {
        text.push_str(&format!("Definition audited_{number} : unit :=\n"));
        for name in names {
            text.push_str(&format!("  let _ := @{name} in\n"));
        }
        text.push_str("  tt.\n");
    }
    text.push_str("Definition audited : unit :=\n");
    for number in 0..listed.len() {
        text.push_str(&format!("  let _ := audited_{number} in\n"));
    }
    text.push_str("  tt.\nPrint Assumptions audited.\n");
    text
}

/// Asks of each name by itself what it assumes, to say whose fault it is.
fn culprits(units: &[Unit], listed: &[(String, Vec<String>)]) -> String {
    let mut text = requires(units);
    for name in listed.iter().flat_map(|(_, names)| names) {
        text.push_str(&format!(
            "Goal True. idtac \"{MARK} {name}\". Abort.\nPrint Assumptions {name}.\n"
        ));
    }
    text
}

/// What an audit found out.
struct Outcome {
    findings: Findings,
    summary: String,
}

fn audit(root: &Path, work: &Path) -> Result<Outcome, String> {
    let units = project::units(root)?;
    let mut findings = Vec::new();
    let mut records = Vec::new();
    for unit in &units {
        let compiled = unit.product(root, "vo");
        let age = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
        match (age(&root.join(&unit.path)), age(&compiled)) {
            (Ok(source), Ok(product)) if product >= source => {}
            _ => {
                return Err(format!(
                    "{} is not compiled, or older than its source: run `make proofs` first",
                    unit.path
                ));
            }
        }
        let record = recorded(&read(&unit.product(root, "glob"))?);
        for name in &record.assumed {
            findings.push(format!("{}: {name} is assumed, not proved", unit.path));
        }
        records.push(record);
    }

    let listed = listed(&coq::run(root, &work.join("listing.v"), &listing(&units))?);
    if listed.len() != units.len() {
        return Err(format!("the prover listed {} files of {}", listed.len(), units.len()));
    }
    let (mut proved, mut hidden) = (0, Vec::new());
    for ((unit, record), (_, names)) in units.iter().zip(&records).zip(&listed) {
        let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        for name in &record.proved {
            proved += 1;
            if !reachable(&unit.library, name, &names) {
                // At the top of a file nothing can hide it: the listing is at fault.
                if !name.contains('.') {
                    findings.push(format!("{}: the prover does not list {name}", unit.path));
                }
                hidden.push(format!("{}.{name}", unit.library));
            }
        }
    }

    let printed = coq::run(root, &work.join("everything.v"), &everything(&units, &listed))?;
    let constants: usize = listed.iter().map(|(_, names)| names.len()).sum();
    if printed.trim() != CLOSED {
        let each = coq::run(root, &work.join("culprits.v"), &culprits(&units, &listed))?;
        for block in each.split(MARK).skip(1) {
            let (name, answer) = block.trim().split_once('\n').unwrap_or((block.trim(), ""));
            if answer.trim() != CLOSED {
                findings.push(format!(
                    "{name} rests on {}",
                    answer.split_whitespace().collect::<Vec<_>>().join(" ")
                ));
            }
        }
        if !findings.iter().any(|finding| finding.contains(" rests on ")) {
            findings.push(format!("the library rests on {}", printed.trim()));
        }
    }

    let interfaces = interface::interfaces(root, &units)?;
    let mut seals = requires(&units);
    for interface in &interfaces {
        match &interface.sealed {
            Some(sealed) => seals.push_str(&format!(
                "Module check_{} : {} := {sealed}.\n",
                seals.len(),
                interface.module_type
            )),
            None => findings.push(format!(
                "{} promises what no sealed module beside it proves",
                interface.module_type
            )),
        }
    }
    if let Err(message) = coq::run(root, &work.join("seals.v"), &seals) {
        findings.push(message);
    }
    let statements = interface::statements(root, work, &interfaces)?;

    let axioms = if findings.is_empty() { "no axioms" } else { "NOT CLEAN, see above" };
    let summary = format!(
        "{proved} theorems in {} files, {} of them exported by {} sealed interfaces; {axioms}\n\
         ({constants} constants and types audited by name, {} lemmas inside sealed modules through what these export)\n",
        units.len(),
        statements.len(),
        interfaces.len(),
        hidden.len(),
    );
    Ok(Outcome { findings, summary })
}

/// Audits the library and prints the count.
pub(crate) fn run(root: &Path) -> Result<Findings, String> {
    let work = root.join("build/audit");
    fs::remove_file(work.join("summary")).ok();
    let outcome = audit(root, &work)?;
    print!("{}", outcome.summary);
    fs::create_dir_all(&work)
        .and_then(|()| fs::write(work.join("summary"), &outcome.summary))
        .map_err(|error| format!("{}: {error}", work.display()))?;
    Ok(outcome.findings)
}

/// A small library that the audit must judge: its name, its files, and a word
/// that the findings must hold (nothing: it is clean).
struct Case {
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    caught: Option<&'static str>,
}

/// Axioms and admitted lemmas are planted here on purpose: text for the prover, none of it
/// part of the library.
const CASES: [Case; 11] = [
    Case {
        name: "clean, with sections, modules, an interface and a sealed module",
        files: &[
            ("a_sig", "Module Type a_sig. Parameter n : nat. Parameter p : n = n. End a_sig."),
            (
                "a",
                "Require Import tally.s.a_sig. Section s. Context (k : nat). Lemma top : k = k. Proof. reflexivity. Qed. End s.\n\
                 Module Export a : a_sig. Definition n := 0. Lemma help : n = n. Proof. reflexivity. Qed.\n\
                 Lemma p : n = n. Proof. apply help. Qed. End a.\n\
                 Module F (X : a_sig). Lemma q : X.n = X.n. Proof. apply X.p. Qed. End F.",
            ),
        ],
        caught: None,
    },
    Case {
        name: "an axiom that a lemma uses",
        files: &[("a", "Axiom bad : False. Lemma l : False. Proof. exact bad. Qed.")],
        caught: Some("l rests on"),
    },
    Case {
        name: "an axiom that nothing uses",
        files: &[("a", "Axiom bad : False.")],
        caught: Some("bad is assumed"),
    },
    Case {
        name: "an admitted lemma",
        files: &[("a", "Lemma l : False. Proof. Admitted.")],
        caught: Some("l rests on"),
    },
    Case {
        name: "an admitted lemma that is local, in a section",
        files: &[(
            "a",
            "Section s. Context (n : nat). Local Lemma l : n = 0. Proof. Admitted. End s.",
        )],
        caught: Some("l rests on"),
    },
    Case {
        name: "a context outside every section",
        files: &[("a", "Context (bad : False). Lemma l : False. Proof. exact bad. Qed.")],
        caught: Some("l rests on"),
    },
    Case {
        name: "an axiom hidden in a sealed module",
        files: &[(
            "a",
            "Module Type t. Parameter p : False. End t.\n\
             Module m : t. Axiom bad : False. Lemma p : False. Proof. exact bad. Qed. End m.",
        )],
        caught: Some("m.p rests on"),
    },
    Case {
        name: "an admitted helper hidden in a sealed module",
        files: &[(
            "a",
            "Module Type t. Parameter p : 0 = 1. End t.\n\
             Module m : t. Lemma help : 0 = 1. Proof. Admitted. Lemma p : 0 = 1. Proof. exact help. Qed. End m.",
        )],
        caught: Some("m.p rests on"),
    },
    Case {
        name: "a check switched off",
        files: &[(
            "a",
            "Unset Guard Checking. Fixpoint f (n : nat) : False := f n. Set Guard Checking.",
        )],
        caught: Some("f rests on"),
    },
    Case {
        name: "an interface that nothing seals",
        files: &[("a_sig", "Module Type a_sig. Parameter p : False. End a_sig.")],
        caught: Some("no sealed module"),
    },
    Case {
        name: "a module beside the interface that promises something else",
        files: &[
            ("a_sig", "Module Type a_sig. Parameter p : False. End a_sig."),
            ("a", "Module a. Lemma p : True. Proof. exact I. Qed. End a."),
        ],
        caught: Some("does not compile"),
    },
];

/// Gives the audit small libraries with one thing wrong each; each must be caught.
pub(crate) fn self_test(root: &Path) -> Result<Findings, String> {
    let base = root.join("build/audit-self-test");
    fs::remove_dir_all(&base).ok();
    let mut findings = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let place: PathBuf = base.join(number.to_string());
        let mut listed = String::from("-Q theories tally\n");
        for (file, text) in case.files {
            let path = format!("theories/s/{file}.v");
            listed.push_str(&format!("{path}\n"));
            coq::run(&place, &place.join(&path), text)?;
        }
        fs::write(place.join("_CoqProject"), listed).map_err(|error| error.to_string())?;
        let found = audit(&place, &place.join("work"))?.findings;
        let right = match case.caught {
            None => found.is_empty(),
            Some(word) => found.iter().any(|finding| finding.contains(word)),
        };
        if right {
            println!(
                "  {}: {}",
                if case.caught.is_some() { "caught" } else { "passed" },
                case.name
            );
        } else {
            findings.push(format!("the audit misjudges \"{}\": {found:?}", case.name));
        }
    }
    println!(
        "audit: {} of {} self-tests as they should be",
        CASES.len() - findings.len(),
        CASES.len()
    );
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axioms_of_module_types_are_no_axioms() {
        let text = "modtype 1:1 <> t\nax 2:2 t p\nax 3:3 m bad\nprf 4:4 t q\nprf 5:5 <> l\n";
        let found = recorded(text);
        assert_eq!(found.assumed, ["m.bad"]);
        assert_eq!(found.proved, ["l"]);
    }

    #[test]
    fn a_listing_is_cut_at_its_marks() {
        let found = listed("@@ tally.a.b\nb.x\nm.y\n@@ tally.c\n");
        assert_eq!(
            found,
            [
                ("tally.a.b".to_owned(), vec!["b.x".to_owned(), "m.y".to_owned()]),
                ("tally.c".to_owned(), vec![])
            ]
        );
    }

    #[test]
    fn short_names_are_tails_of_long_ones() {
        let names = BTreeSet::from(["b.x", "m.y"]);
        assert!(reachable("tally.a.b", "x", &names));
        assert!(reachable("tally.a.b", "m.y", &names));
        assert!(!reachable("tally.a.c", "x", &names));
        assert!(!reachable("tally.a.b", "hidden.z", &names));
    }
}
