//! Rules that need no prover: which files make the library, what each begins
//! with, what none may contain, and which folder imports which.

use crate::Findings;
use crate::coq::{self, Sentence};
use crate::layers;
use crate::project::{Unit, listed_files, read, walk};
use crate::quotes;
use std::collections::BTreeSet;
use std::path::Path;

/// Runs all of them.
pub(crate) fn check(root: &Path) -> Result<Findings, String> {
    let on_disk = walk(root, "theories", &|path| path.ends_with(".v"));
    let units: Vec<Unit> = on_disk.iter().filter_map(|path| Unit::new(path)).collect();
    let mut findings = project_file(&read(&root.join("_CoqProject"))?, &on_disk);
    for unit in &units {
        let source = read(&root.join(&unit.path))?;
        findings.extend(coq_source(unit, &source));
    }
    for path in walk(root, "rust", &|path| path.ends_with(".rs")) {
        if !path.starts_with("rust/xtask/") {
            findings.extend(rust_source(&path, &read(&root.join(&path))?));
        }
    }
    findings.extend(unsafe_code(root)?);
    for path in walk(root, "", &is_text) {
        findings.extend(machine_words(&path, &read(&root.join(&path))?));
    }
    findings.extend(layers::check(root, &units)?);
    findings.extend(quotes::check(root));
    if findings.is_empty() {
        println!("sources: {} files follow the rules", units.len());
    }
    Ok(findings)
}

/// `_CoqProject` must list exactly the `.v` files under `theories/`, each once.
fn project_file(text: &str, on_disk: &[String]) -> Findings {
    let listed = listed_files(text);
    let unique: BTreeSet<&String> = listed.iter().collect();
    let mut findings = Vec::new();
    for path in &unique {
        if !on_disk.contains(path) {
            findings.push(format!("_CoqProject lists {path}, which is not there"));
        }
        if listed.iter().filter(|other| other == path).count() > 1 {
            findings.push(format!("_CoqProject lists {path} twice"));
        }
    }
    for path in on_disk {
        if !unique.contains(path) {
            findings.push(format!("_CoqProject does not list {path}"));
        }
    }
    findings
}

/// Words before a verb that leave it what it is.
const PREFIXES: [&str; 8] = [
    "Polymorphic ",
    "Monomorphic ",
    "Cumulative ",
    "NonCumulative ",
    "Private ",
    "Program ",
    "Time ",
    "Succeed ",
];

/// The sentence without the attributes and words that may stand before its verb.
fn verb(sentence: &str) -> (&str, bool) {
    let mut rest = sentence.trim_start_matches(['-', '+', '*', '{', '}', ' ']);
    let mut local = false;
    loop {
        if let Some(after) = rest.strip_prefix("#[").and_then(|attribute| attribute.split_once(']'))
        {
            local |= ["local", "global", "export"].iter().any(|word| after.0.contains(word));
            rest = after.1.trim_start();
        } else if let Some(after) =
            ["Local ", "Global ", "Export "].iter().find_map(|word| rest.strip_prefix(word))
        {
            local = true;
            rest = after;
        } else if let Some(after) = PREFIXES.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
        } else {
            return (rest, local);
        }
    }
}

/// `Declare Instance` and `Declare Module` are axioms outside a `Module Type`.
fn declares_unproved(body: &str) -> bool {
    ["Declare Instance", "Declare Module"].iter().any(|words| body.starts_with(words))
}

/// The first word of a sentence.
fn head(sentence: &str) -> &str {
    sentence.split([' ', ':', '(', '{']).next().unwrap_or("")
}

/// Follows the opening and closing of sections and modules.
#[derive(Default)]
struct Nesting {
    open: Vec<(String, &'static str)>,
}

impl Nesting {
    fn step(&mut self, sentence: &str) {
        let words: Vec<&str> =
            sentence.split([' ', ':', '(']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            ["Section", name, ..] => self.open.push(((*name).to_owned(), "section")),
            // `Module Type A := B` and `Module A := B` open nothing.
            ["Module", ..] if sentence.contains(":=") => {}
            ["Module", "Type", name, ..] => self.open.push(((*name).to_owned(), "type")),
            ["Module", "Import" | "Export", name, ..] | ["Module", name, ..] => {
                self.open.push(((*name).to_owned(), "module"));
            }
            ["End", name] if self.open.last().is_some_and(|(open, _)| open == name) => {
                self.open.pop();
            }
            _ => {}
        }
    }

    fn within(&self, kind: &str) -> bool {
        self.open.iter().any(|(_, open)| *open == kind)
    }
}

/// The most blanks in a row in a sentence. Brackets, punctuation and scopes between them do
/// not end a row: `(c _ _ _) (_) _%I` has five.
fn blanks(text: &str) -> usize {
    let between = |c: char| c.is_whitespace() || "()[]{},;|&".contains(c);
    let (mut most, mut row) = (0, 0);
    for word in text.split(between).filter(|word| !word.is_empty()) {
        row = if word == "_" || word.starts_with("_%") { row + 1 } else { 0 };
        most = most.max(row);
    }
    most
}

/// The rules for one file of the library.
fn coq_source(unit: &Unit, source: &str) -> Findings {
    let mut findings = Vec::new();
    let mut fault =
        |line: usize, what: String| findings.push(format!("{}:{line}: {what}", unit.path));

    if !source.trim_start().starts_with("(**") {
        fault(
            1,
            "a file begins with a (** … *) header: what it is, its key results, its source"
                .to_owned(),
        );
    }
    let sentences = coq::sentences(source);
    let mut nesting = Nesting::default();
    for Sentence { line, text } in &sentences {
        let (body, local) = verb(text);
        let head = head(body);
        match head {
            "Axiom" | "Axioms" | "Conjecture" | "Conjectures" | "Parameter" | "Parameters"
                if !nesting.within("type") =>
            {
                fault(*line, format!("{head} outside a Module Type assumes what should be proved"));
            }
            "Declare" if !nesting.within("type") && declares_unproved(body) => {
                fault(*line, format!("`{body}` assumes what should be proved"));
            }
            "Primitive" | "Symbol" | "Symbols" | "Load" | "Redirect" => {
                fault(*line, format!("{head} does not belong in a proof"));
            }
            "Admit" => fault(*line, format!("`{body}` leaves something unproved")),
            // The words that a finished proof has none of.
            "Admitted" => fault(*line, "Admitted".to_owned()),
            "Variable" | "Variables" | "Hypothesis" | "Hypotheses" => {
                fault(*line, format!("write Context, not {head}"));
            }
            "Context" if !nesting.within("section") => {
                fault(*line, "Context outside a section is an axiom".to_owned());
            }
            "Unset" | "Set" if body.contains("Checking") => {
                fault(*line, format!("`{body}` switches a check off"))
            }
            "Instance" | "Hint" | "Arguments" if !local => {
                fault(*line, format!("{head} needs Global, Local or #[export]"));
            }
            "Print" | "Check" | "Search" | "About" | "Compute" | "Eval" | "Locate" | "Show" => {
                fault(*line, format!("a left-over {head}"));
            }
            _ => {}
        }
        // Named arguments, a type class or a lemma in between say which is meant.
        if head != "Arguments" && blanks(text) >= 7 {
            fault(*line, format!("a chain of {} underscores", blanks(text)));
        }
        if text.contains("bypass_check") {
            fault(*line, "bypass_check switches a check off".to_owned());
        }
        // Words of tactics: whole words anywhere in the sentence.
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '\'')) {
            if matches!(word, "admit" | "give_up") {
                fault(*line, format!("a left-over {word}"));
            }
        }
        nesting.step(body);
    }

    let requires: Vec<&Sentence> =
        sentences.iter().filter(|s| !coq::required(&s.text).is_empty()).collect();
    let is_options = unit.library == "tally.prelude.options";
    match requires.last() {
        Some(last) if !is_options && last.text != "From tally.prelude Require Import options" => {
            fault(
                last.line,
                "the last import is `From tally.prelude Require Import options.`".to_owned(),
            );
        }
        None => fault(1, "imports nothing, not even tally.prelude.options".to_owned()),
        _ => {}
    }
    findings
}

/// Left-overs in Rust, outside comments.
fn rust_source(path: &str, source: &str) -> Findings {
    let mut findings = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let code = line.split("//").next().unwrap_or(line);
        for word in ["todo!", "unimplemented!", "dbg!"] {
            if code.contains(word) {
                findings.push(format!("{path}:{}: a left-over {word}", number + 1));
            }
        }
        // `trace` counts a test as a sample of its lemma by its name alone.
        if code.contains("#[ignore") {
            findings.push(format!("{path}:{}: an ignored test samples nothing", number + 1));
        }
    }
    findings
}

/// Where `unsafe` code of the crate may be: these files, and what lies in the folder of
/// one. Elsewhere the compiler denies it, but for the attribute that allows it, and
/// that stands at public functions only that pass their caller's promise on.
const CRATE: &str = "rust/tally/src";
const UNSAFE: [&str; 2] = ["rc/inner.rs", "frame/slot.rs"];

/// The crate's root denies `unsafe` code, and it is allowed nowhere else than said.
fn unsafe_code(root: &Path) -> Result<Findings, String> {
    let mut findings = Vec::new();
    let crate_root = format!("{CRATE}/lib.rs");
    let denied = |line: &str| line.starts_with("#![deny(unsafe_code");
    if !read(&root.join(&crate_root))?.lines().any(denied) {
        findings.push(format!("{crate_root}: does not begin with #![deny(unsafe_code, …)]"));
    }
    for file in UNSAFE {
        let path = format!("{CRATE}/{file}");
        if !read(&root.join(&path))?.contains("\n#![allow(unsafe_code") {
            findings.push(format!("{path}: may have unsafe code, and has none: say so no longer"));
        }
    }
    for path in walk(root, CRATE, &|path| path.ends_with(".rs")) {
        let within = |file: &str| {
            let file = format!("{CRATE}/{file}");
            path == file || path.starts_with(&file.replace(".rs", "/"))
        };
        // Tests are no part of the crate.
        if !UNSAFE.into_iter().any(within) && !path.ends_with("/tests.rs") {
            findings.extend(allowed_unsafe(&path, &read(&root.join(&path))?));
        }
    }
    Ok(findings)
}

/// In a file that should have no `unsafe` code: attributes that allow it, but for those
/// of public `unsafe` functions with one `unsafe` block at most.
fn allowed_unsafe(path: &str, source: &str) -> Findings {
    let mut findings = Vec::new();
    let code: Vec<&str> =
        source.lines().map(|line| line.split("//").next().unwrap_or("")).collect();
    for (number, line) in code.iter().enumerate() {
        let attribute = line.trim_start();
        if !attribute.contains("unsafe_code") || attribute.contains("deny(unsafe_code") {
            continue;
        }
        let mut rest = code[number + 1..].iter();
        let declared = rest.by_ref().find(|line| {
            let line = line.trim_start();
            !line.is_empty() && !line.starts_with('#')
        });
        let declared = declared.map_or("", |line| line.trim_start());
        let function = attribute.starts_with("#[allow(")
            && ["pub unsafe fn ", "pub const unsafe fn "].iter().any(|f| declared.starts_with(f));
        let indent = &line[..line.len() - attribute.len()];
        let end = format!("{indent}}}");
        let blocks = rest
            .take_while(|line| **line != end)
            .map(|line| line.matches("unsafe").count())
            .sum::<usize>();
        if !function || blocks > 1 {
            findings.push(format!(
                "{path}:{}: unsafe code belongs to {}; elsewhere a `pub unsafe fn` may hand its \
                 caller's promise on, in one block",
                number + 1,
                UNSAFE.join(" and ")
            ));
        }
    }
    findings
}

/// Files that a reader sees. `Cargo.lock` is cargo's own, and this file holds the words.
fn is_text(path: &str) -> bool {
    let named = ["Makefile", ".gitignore", "_CoqProject", "dune", "dune-project"]
        .iter()
        .any(|name| path.ends_with(name));
    let ending =
        [".v", ".rs", ".md", ".toml", ".opam", ".ml", ".mli", ".c", ".h", ".json", ".cff", ".ref"]
            .iter()
            .any(|ending| path.ends_with(ending));
    (named || ending || path.starts_with("ci/") || path.starts_with(".ci/"))
        && path != "rust/xtask/src/sources.rs"
        && !path.contains(".matrix/")
}

/// Paths of one machine and hosts of package registries do not belong in a file.
fn machine_words(path: &str, source: &str) -> Findings {
    const PATHS: [&str; 5] = ["/root/", "/home/", "/work/", "/Users/", "/tmp/"];
    const HOSTS: [&str; 8] = [
        "deb.debian.org",
        "archive.ubuntu.com",
        "static.crates.io",
        "index.crates.io",
        "pypi.org",
        "registry.npmjs.org",
        "opam.ocaml.org",
        "coq.inria.fr/opam",
    ];
    let mut findings = Vec::new();
    for (number, line) in source.lines().enumerate() {
        for word in PATHS.iter().chain(&HOSTS) {
            let Some(at) = line.find(word) else { continue };
            // `a/tmp/` is a folder of somebody's tree, `/tmp/` one of the machine.
            let before = line[..at].chars().next_back();
            let inner = word.starts_with('/')
                && before.is_some_and(|c| {
                    c.is_alphanumeric() || matches!(c, '.' | '}' | ')' | '_' | '-' | '*')
                });
            if !inner {
                findings.push(format!(
                    "{path}:{}: names {word}, which is not the same on every machine",
                    number + 1
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(body: &str) -> Findings {
        let source = format!("(** A file. *)\nFrom tally.prelude Require Import options.\n{body}");
        coq_source(&Unit::new("theories/a/b.v").unwrap(), &source)
    }
    fn says(body: &str, what: &str) -> bool {
        faults(body).iter().any(|finding| finding.contains(what))
    }

    // The sources in these tests are planted: each has the fault that its rule must find, or
    // the word in a place where it is none.
    #[test]
    fn an_orderly_file_passes() {
        let body = "Section s.\nContext (n : nat).\nLocal Lemma a : n = n. (* no Axiom, no admit *)\nProof. done. Qed.\nEnd s.\n\
            Module Type T. Parameter x : nat. End T.\nModule M : T. Definition x := 0. End M.\n#[export] Instance i : C. Proof. Qed.\n\
            Global Hint Resolve a : core.\n";
        assert_eq!(faults(body), Findings::new());
    }

    #[test]
    fn assumptions_are_found() {
        assert!(says("Axiom a : False.", "Axiom outside"));
        assert!(says("#[global] Axiom a : False.", "Axiom outside"));
        assert!(says("Module Type T. End T.\nParameter a : False.", "Parameter outside"));
        assert!(says("Module M : T. Axiom a : False. End M.", "Axiom outside"));
        assert!(says("Lemma a : False. Proof. Admitted.", "Admitted"));
        assert!(says("Lemma a : False. Proof. - admit.", "admit"));
        assert!(says("Context (a : False).", "outside a section"));
        assert!(says("Section s. Variable a : nat. End s.", "write Context"));
        assert!(says("Section s. End s. Context (a : False).", "outside a section"));
        assert!(says("Polymorphic Axiom a : False.", "Axiom outside"));
        assert!(says("Time Axiom a : False.", "Axiom outside"));
        assert!(says("#[global] Declare Instance i : C.", "Declare Instance"));
        assert!(says("Module Type T. End T.\nDeclare Module m : T.", "Declare Module"));
        assert!(!says("Module Type T. Declare Instance i : C. End T.", "Declare"));
        assert!(!says("Declare Scope s.", "Declare"));
        assert!(says("Program Definition a : False := _. Admit Obligations.", "unproved"));
    }

    #[test]
    fn chains_of_blanks_are_found() {
        assert!(says("Lemma a : b. Proof. apply (c _ _ _ _ _ _ _ d). Qed.", "chain of 7"));
        assert!(says("Lemma a : b. Proof. apply (c _ _ _ _ _ _ _). Qed.", "chain of 7"));
        assert!(!says("Lemma a : b. Proof. apply (c _ _ _ (d _ _ _) _). Qed.", "chain"));
        assert!(says("Lemma a : b. Proof. apply (c _ _ _ _ _ _ (_)). Qed.", "chain of 7"));
        assert!(says("Lemma a : b. Proof. apply ((c _ _ _) _ _ _ _). Qed.", "chain of 7"));
        assert!(says(
            "Lemma a : b. Proof. apply (@c _ _ _\n  _ _%I (* x *) _ _). Qed.",
            "chain of 7"
        ));
        assert!(says("Lemma a : b. Proof. intros [_ _ _ _ _ _ _]. Qed.", "chain of 7"));
        assert!(says("Definition a := c (_, _, _, _, _, _, _).", "chain of 7"));
        assert!(!says("Global Arguments c {_ _ _ _ _ _ _} d.", "chain"));
    }

    #[test]
    fn switched_off_checks_are_found() {
        assert!(says("Unset Guard Checking.", "switches"));
        assert!(says("Local Unset Universe Checking.", "switches"));
        assert!(says("Export Unset Guard Checking.", "switches"));
        assert!(says(
            "#[bypass_check(guard)] Fixpoint f (n : nat) : False := f n.",
            "bypass_check"
        ));
    }

    #[test]
    fn locality_headers_and_leftovers_are_asked_for() {
        assert!(says("Instance i : C. Proof. Qed.", "Instance needs"));
        assert!(says("Hint Resolve a : core.", "Hint needs"));
        assert!(says("Arguments f _ : simpl never.", "Arguments needs"));
        assert!(says("Print nat.", "left-over Print"));
        let unit = Unit::new("theories/a/b.v").unwrap();
        assert!(
            coq_source(&unit, "From tally.prelude Require Import options.\n")[0].contains("header")
        );
        let late = "(** x *)\nFrom tally.prelude Require Import options.\nFrom iris.bi Require Import bi.\n";
        assert!(coq_source(&unit, late)[0].contains("last import"));
    }

    #[test]
    fn the_project_file_lists_exactly_what_is_there() {
        let disk = ["theories/a.v".to_owned(), "theories/b.v".to_owned()];
        assert!(project_file("-Q theories tally\ntheories/a.v\ntheories/b.v\n", &disk).is_empty());
        assert_eq!(project_file("theories/a.v\n", &disk).len(), 1);
        assert_eq!(
            project_file("theories/a.v\ntheories/b.v\ntheories/c.v\ntheories/a.v\n", &disk).len(),
            2
        );
    }

    // Planted, too.
    #[test]
    fn machine_paths_and_left_over_macros_are_found() {
        assert_eq!(machine_words("a.md", "see /root/x and $dir/tmp/y").len(), 1);
        assert_eq!(machine_words("a.md", "deb http://deb.debian.org/x").len(), 1);
        assert_eq!(rust_source("a.rs", "fn f() { todo!() }\n// dbg!(x)\n").len(), 1);
    }

    #[test]
    fn unsafe_code_is_found_outside_its_modules() {
        let faults = |source: &str| allowed_unsafe("a.rs", source).len();
        let passes_on = "impl A {\n    /// It.\n    #[allow(unsafe_code, reason = \"x\")]\n    #[inline]\n    \
            pub unsafe fn f() {\n        // SAFETY: unsafe is the caller's.\n        unsafe { g() }\n    }\n\n    \
            fn h() {}\n}\n";
        assert_eq!(faults(passes_on), 0);
        assert_eq!(faults("#![deny(unsafe_code)]\nfn f() {}\n"), 0);
        assert_eq!(faults("#![allow(unsafe_code, reason = \"x\")]\nfn f() {}\n"), 1);
        assert_eq!(faults(&passes_on.replace("pub unsafe fn", "pub fn")), 1);
        assert_eq!(faults(&passes_on.replace("pub unsafe fn", "pub(super) unsafe fn")), 1);
        assert_eq!(
            faults(&passes_on.replace("unsafe { g() }", "unsafe { g(); unsafe { g() } }")),
            1
        );
        assert_eq!(faults("#[expect(unsafe_code)]\nfn f() { unsafe { g() } }\n"), 1);
        assert_eq!(faults("#![warn(unsafe_code)]\n"), 1);
    }

    #[test]
    fn ignored_tests_are_found() {
        let test = |attribute| format!("#[test]\n{attribute}\nfn clone_spec() {{}}\n");
        assert_eq!(rust_source("a.rs", &test("    #[ignore]")).len(), 1);
        assert_eq!(rust_source("a.rs", &test("#[ignore = \"slow\"]")).len(), 1);
        assert!(rust_source("a.rs", &test("// #[ignore]")).is_empty());
    }
}
