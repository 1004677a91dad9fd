//! Which test samples which theorem. Names are the whole mechanism: a test
//! below a module named like a lemma samples that lemma, as in
//! `rc_clone_spec::count_grows_by_one`. Nothing is typed twice: the lemmas come
//! from the compiled interfaces, the tests from `cargo test -- --list`, and only
//! the exceptions are written down, in `trace/exempt.toml`, each with a reason.

use crate::Findings;
use crate::headlines;
use crate::interface::{self, Statement};
use crate::pages;
use crate::project::{self, read, settle};
use crate::rc_table;
use crate::rows::{Row, rows};
use crate::rustdoc::{self, Documented};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

const TABLE: &str = "docs/theorems.md";
const EXEMPT: &str = "trace/exempt.toml";

/// A test as cargo lists it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Test {
    /// The integration test it belongs to (`rc` of `tests/rc.rs`), or nothing.
    target: String,
    /// Its path, in parts.
    path: Vec<String>,
}

impl Test {
    /// How the table names it.
    pub(crate) fn shown(&self) -> String {
        let path = self.path.join("::");
        if self.target.is_empty() { path } else { format!("{}: {path}", self.target) }
    }
}

/// The tests in the output of `cargo test -- --list` (both streams).
fn tests(output: &str) -> Vec<Test> {
    let mut found = BTreeSet::new();
    let mut target = String::new();
    for line in output.lines().map(str::trim) {
        if let Some(running) = line.strip_prefix("Running ") {
            let file = running.split(' ').find(|word| word.ends_with(".rs")).unwrap_or("");
            let integration = file.strip_prefix("tests/").and_then(|name| name.strip_suffix(".rs"));
            target = integration
                .map_or_else(String::new, |name| name.trim_end_matches("/main").to_owned());
        } else if line.starts_with("Doc-tests") {
            target = "doc".to_owned();
        } else if let Some(path) = line.strip_suffix(": test") {
            // Doc tests have no module path of their own.
            if target != "doc" {
                found.insert(Test {
                    target: target.clone(),
                    path: path.split("::").map(str::to_owned).collect(),
                });
            }
        }
    }
    found.into_iter().collect()
}

/// A reason is a kind and at least three words that say why.
fn has_reason(reason: &str) -> bool {
    reason
        .split_once(": ")
        .is_some_and(|(kind, why)| !kind.trim().is_empty() && why.split_whitespace().count() >= 3)
}

/// Does the test sample the statement? A lemma's name that two subjects use
/// counts only below the subject's own name.
pub(crate) fn samples(test: &Test, statement: &Statement, ambiguous: bool) -> bool {
    let modules = &test.path[..test.path.len() - 1];
    let subject = statement.subject.rsplit('/').next().unwrap_or("");
    modules.contains(&statement.lemma)
        && (!ambiguous || test.target == subject || modules.iter().any(|module| module == subject))
}

/// The module of a test that stands where a lemma's name belongs, if any: right
/// below `tests` in a unit test, at the top of an integration test named like a
/// subject; and, anywhere, what ends like the name of a specification.
fn claimed_lemma<'a>(test: &'a Test, subjects: &BTreeSet<&str>) -> Option<&'a str> {
    let modules = &test.path[..test.path.len() - 1];
    let below_tests =
        modules.iter().position(|module| module == "tests").and_then(|at| modules.get(at + 1));
    let at_top = modules.first().filter(|_| subjects.contains(test.target.as_str()));
    let by_name = modules.iter().find(|module| module.ends_with("_spec"));
    below_tests.or(at_top).or(by_name).map(String::as_str)
}

/// All that can be wrong with the relation, and the table that shows it.
fn relate(statements: &[Statement], tests: &[Test], exemptions: &[Row]) -> (Findings, String) {
    let mut findings = Vec::new();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in statements {
        *uses.entry(&statement.lemma).or_default() += 1;
    }
    // A room between the subject's folder and its file is no subject.
    let subjects: BTreeSet<&str> = statements
        .iter()
        .flat_map(|s| {
            let parts: Vec<&str> = s.subject.split('/').collect();
            [parts[0], parts[parts.len() - 1]]
        })
        .collect();

    for test in tests {
        if let Some(claimed) = claimed_lemma(test, &subjects) {
            if !test.path.iter().any(|part| uses.contains_key(part.as_str())) {
                findings.push(format!(
                    "test {} stands below `{claimed}`, which is no exported lemma",
                    test.shown()
                ));
            }
        }
    }
    for Row { section: subject, name: lemma, said: reason, line } in exemptions {
        if !statements.iter().any(|s| s.subject == *subject && s.lemma == *lemma) {
            findings.push(format!(
                "{EXEMPT}:{line}: {subject} exports no lemma {lemma}: remove the line"
            ));
        }
        if !has_reason(reason) {
            findings
                .push(format!("{EXEMPT}:{line}: say why {lemma} has no test: \"kind: reason\""));
        }
    }

    let mut table = String::from(
        "<!-- Generated by `make docs`; CI compares it. Do not edit. -->\n\
         # The exported theorems\n\n\
         Every statement of the library's interface files (`theories/**/*_sig.v`), with the Rust tests that sample it.\n\
         Each is proved; `make audit` checks that none rests on an axiom. A test *samples* its theorem: it runs the\n\
         crate on some inputs and compares with what the theorem says. A theorem without a test has its reason here.\n",
    );
    let mut sampled = 0;
    let mut current = "";
    for statement in statements {
        let Statement { subject, lemma, path, line } = statement;
        let ambiguous = uses[lemma.as_str()] > 1;
        let found: Vec<&Test> =
            tests.iter().filter(|test| samples(test, statement, ambiguous)).collect();
        let exempt = exemptions.iter().find(|e| e.section == *subject && e.name == *lemma);
        match (found.is_empty(), exempt) {
            (true, None) => findings
                .push(format!("{path}:{line}: {lemma} has neither a Rust test nor an exemption")),
            (false, Some(exemption)) => findings.push(format!(
                "{EXEMPT}:{}: {lemma} has a test by now ({}): remove the line",
                exemption.line,
                found[0].shown()
            )),
            _ => {}
        }
        if subject != current {
            current = subject;
            let _ = write!(
                table,
                "\n## {subject}\n\n| theorem | statement | sampled by |\n|---|---|---|\n"
            );
        }
        sampled += usize::from(!found.is_empty());
        let right = match exempt {
            Some(exemption) if found.is_empty() => {
                format!("– ({})", exemption.said.replace('|', "\\|"))
            }
            _ => found
                .iter()
                .map(|test| format!("`{}`", test.shown()))
                .collect::<Vec<_>>()
                .join("<br>"),
        };
        let _ = writeln!(table, "| `{lemma}` | [{path}:{line}](../{path}#L{line}) | {right} |");
    }
    let _ = write!(table, "\n{} theorems; {sampled} sampled by tests.\n", statements.len());
    (findings, table)
}

/// Names of lemmas in rustdoc's search must be names of lemmas.
fn aliases(documented: &[Documented], lemmas: &BTreeSet<&str>) -> Findings {
    let mut findings = Vec::new();
    for Documented { path, line, aliases, .. } in documented {
        for alias in aliases {
            if alias.ends_with("_spec") && !lemmas.contains(alias.as_str()) {
                findings.push(format!("{path}:{line}: doc alias `{alias}` is no exported lemma"));
            }
        }
    }
    findings
}

/// Reads the lists, relates them to the interfaces, and checks or writes the table.
pub(crate) fn run(root: &Path, lists: &[&str], write: bool) -> Result<Findings, String> {
    let units = project::units(root)?;
    let interfaces = interface::interfaces(root, &units)?;
    let statements = interface::statements(root, &root.join("build/trace"), &interfaces)?;
    let mut all = Vec::new();
    for list in lists {
        all.extend(tests(&read(Path::new(list))?));
    }
    all.sort();
    all.dedup();
    if all.is_empty() {
        return Err("the lists hold no test: give the output of `cargo test -- --list`".to_owned());
    }
    let (mut findings, mut table) =
        relate(&statements, &all, &rows(EXEMPT, &read(&root.join(EXEMPT))?)?);
    let elsewhere = headlines::section(root, &units)?;
    table.push_str(&elsewhere);
    let lemmas: BTreeSet<&str> = statements.iter().map(|s| s.lemma.as_str()).collect();
    let documented = rustdoc::documented(root)?;
    findings.extend(aliases(&documented, &lemmas));
    findings.extend(settle(root, TABLE, &table, write)?);
    findings.extend(rc_table::run(root, &units, &statements, &documented, &all, write)?);
    findings.extend(pages::run(root, &units, &interfaces, &statements, &all, write)?);
    if findings.is_empty() {
        println!(
            "trace: {} theorems, {} tests, each theorem has a test or a reason",
            statements.len(),
            all.len()
        );
    }
    Ok(findings)
}

#[cfg(test)]
mod trace_tests {
    use super::*;

    fn statement(subject: &str, lemma: &str) -> Statement {
        Statement {
            subject: subject.to_owned(),
            lemma: lemma.to_owned(),
            path: format!("theories/{subject}_sig.v"),
            line: 7,
        }
    }
    fn exempt(lemma: &str, reason: &str) -> Row {
        Row { section: "rc".to_owned(), name: lemma.to_owned(), said: reason.to_owned(), line: 3 }
    }
    fn list(output: &str) -> Vec<Test> {
        tests(output)
    }
    const LIST: &str = "     Running unittests src/lib.rs (target/x)\nrc::tests::rc_clone_spec::grows: test\nrc::tests::plain: test\n\
        \n3 tests, 0 benchmarks\n     Running tests/rc.rs (target/y)\nrc_new_spec::starts_at_one: test\n   Doc-tests tally\nsrc/rc.rs - rc::Rc (line 9): test\n";
    fn fault(statements: &[Statement], tests: &[Test], exemptions: &[Row]) -> String {
        relate(statements, tests, exemptions).0.join("\n")
    }

    #[test]
    fn the_list_is_read_with_its_targets() {
        let found = list(LIST);
        let shown: Vec<String> = found.iter().map(Test::shown).collect();
        assert_eq!(
            shown,
            [
                "rc::tests::plain",
                "rc::tests::rc_clone_spec::grows",
                "rc: rc_new_spec::starts_at_one"
            ]
        );
    }

    #[test]
    fn a_complete_relation_passes_and_is_shown() {
        let statements = [
            statement("rc", "rc_clone_spec"),
            statement("rc", "rc_new_spec"),
            statement("rc", "rc_own_ghost"),
        ];
        let (findings, table) = relate(
            &statements,
            &list(LIST),
            &[exempt("rc_own_ghost", "ghost-only: it moves no memory")],
        );
        assert_eq!(findings, Findings::new());
        assert!(table.contains("| `rc_clone_spec` | [theories/rc_sig.v:7](../theories/rc_sig.v#L7) | `rc::tests::rc_clone_spec::grows` |"));
        assert!(table.contains("– (ghost-only: it moves no memory)"));
        assert!(table.contains("3 theorems; 2 sampled by tests."));
    }

    #[test]
    fn an_untested_lemma_is_found() {
        let statements = [
            statement("rc", "rc_clone_spec"),
            statement("rc", "rc_new_spec"),
            statement("rc", "rc_drop_spec"),
        ];
        assert!(fault(&statements, &list(LIST), &[]).contains("rc_drop_spec has neither"));
    }

    #[test]
    fn a_test_of_no_lemma_is_found() {
        let statements = [statement("rc", "rc_clone_spec")];
        assert!(fault(&statements, &list(LIST), &[]).contains("stands below `rc_new_spec`"));
        let unit = list("rc::tests::anything::x: test\nrc::tests::rc_clone_spec::x: test\n");
        assert!(fault(&statements, &unit, &[]).contains("stands below `anything`"));
        let elsewhere = list(
            "     Running tests/other.rs (x)\ngone_spec::x: test\nhelpers::x: test\n     Running unittests src/lib.rs (x)\ntests::rc_clone_spec::x: test\n",
        );
        let faults = fault(&statements, &elsewhere, &[]);
        assert!(faults.contains("gone_spec") && !faults.contains("helpers"));
    }

    #[test]
    fn stale_and_reasonless_exemptions_are_found() {
        let statements = [
            statement("rc", "rc_clone_spec"),
            statement("rc", "rc_new_spec"),
            statement("rc", "ghost"),
        ];
        let with = |exemptions: &[Row]| fault(&statements, &list(LIST), exemptions);
        assert!(with(&[exempt("ghost", "")]).contains("say why"));
        assert!(with(&[exempt("ghost", "ghost-only: no")]).contains("say why"));
        let good = exempt("ghost", "ghost-only: it moves no memory");
        assert_eq!(with(std::slice::from_ref(&good)), "");
        assert!(
            with(&[good.clone(), exempt("gone", "ghost-only: it moves no memory")])
                .contains("exports no lemma gone")
        );
        assert!(
            with(&[good, exempt("rc_new_spec", "ghost-only: it moves no memory")])
                .contains("has a test by now")
        );
    }

    #[test]
    fn a_name_that_two_subjects_use_needs_the_subject() {
        let statements = [statement("rc", "drop_spec"), statement("frame", "drop_spec")];
        let found = list("rc::tests::drop_spec::x: test\n");
        assert!(
            fault(&statements, &found, &[])
                .contains("theories/frame_sig.v:7: drop_spec has neither")
        );
        assert!(!fault(&statements, &found, &[]).contains("theories/rc_sig.v"));
    }

    #[test]
    fn a_stale_alias_is_found() {
        let lemmas = BTreeSet::from(["rc_clone_spec"]);
        let documented = Documented {
            path: "a.rs".to_owned(),
            line: 3,
            name: "Rc::clone".to_owned(),
            aliases: ["rc_clone_spec", "gone_spec", "refcount"].map(str::to_owned).to_vec(),
        };
        let findings = aliases(&[documented], &lemmas);
        assert_eq!(findings, ["a.rs:3: doc alias `gone_spec` is no exported lemma"]);
    }
}
