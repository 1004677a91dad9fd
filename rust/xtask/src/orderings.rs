//! `cargo xtask orderings`: the table of memory orderings, what the loom tests
//! must find, and a look at the crate's source.
//!
//! What the prover computed and proved leaves it as JSON
//! (`extraction/extract_orderings.v`). From that come `docs/orderings.md` and the
//! expectations of the crate's loom tests, which fail where loom says otherwise in
//! any cell. The orderings in the crate's source must be those of the configuration
//! that is proved safe. With `--check` nothing is written: each file that would
//! change is a finding.

use crate::Findings;
use crate::codegen::json::{self, Json};
use crate::glob;
use crate::project::{read, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
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
const INTERFACE: &str = "theories/orderings/orderings_sig";
const EXPLORER: &str = "theories/orderings/explorer";

/// What the table says of a step in words: its name in the JSON, the function of
/// `slot.rs` that takes it, and the operation.
const STEPS: [(&str, &str, &str); 13] = [
    ("ClaimUnused", "claim", "`from_unused`: compare-exchange UNUSED → busy"),
    ("PublishShared", "publish_shared", "`Frame::from_unused`: store 1"),
    ("PublishingUnique", "publish_unique", "`UniqueFrame::from_unused`: store UNIQUE"),
    ("FirstLoad", "acquire_in_use", "`from_in_use`: the first load"),
    ("FailedAcquire", "acquire_in_use", "`from_in_use`: a failed compare-exchange"),
    ("AcquireInUse", "acquire_in_use", "`from_in_use`: compare-exchange n → n + 1"),
    ("Cloning", "clone_share", "`clone`: fetch-add"),
    ("ReleaseShare", "release_share", "drop of a `Frame`: fetch-sub"),
    ("LastShareFence", "release_share", "drop of the last `Frame`: fence"),
    ("RetiringUnique", "retire_unique", "drop of a `UniqueFrame`: store busy"),
    ("StoreUnused", "tear_down", "tear-down: store UNUSED"),
    ("ShareUnique", "share_unique", "`Frame::from(UniqueFrame)`: store 1"),
    ("TryFromShared", "try_unique", "`UniqueFrame::try_from(Frame)`: compare-exchange 1 → UNIQUE"),
];

/// Functions of `slot.rs` that look at a word and conclude nothing about data, or
/// are for tests.
const ONLY_LOOK: [&str; 3] = ["count", "set_count", "fmt"];

/// The lemmas that the table names besides those of the sites: of the interface,
/// and of the explorer.
const THEOREMS: [&str; 9] = [
    "required_safe",
    "safe_iff_required",
    "crate_safe",
    "lean_safe",
    "try_unique_cas_needed",
    "original_racy",
    "arc_safe_iff_required",
    "arc_today_safe",
    "arc_before_2018_racy",
];
const COMPUTED: [&str; 5] = [
    "relaxed_at_explored",
    "crate_explored",
    "lean_explored",
    "original_explored",
    "test_by_load_explored",
];

/// Writes what is generated, or with `write` false compares it; checks the source.
pub(crate) fn run(root: &Path, write: bool) -> Result<Findings, String> {
    let text = read(&root.join(SOURCE)).map_err(|e| format!("{e} (`make extract` writes it)"))?;
    let facts = Facts::read(&text).map_err(|error| format!("{SOURCE}: {error}"))?;
    let mut findings = facts.check();
    let lemmas = Lemmas::read(root)?;
    findings.extend(lemmas.missing(&facts));
    findings.extend(loom_tests(&facts, &read(&root.join(LOOM))?));
    findings.extend(slot_source(&facts, &read(&root.join(SLOT))?));
    for path in walk(root, CRATE, &|path| path.ends_with(".rs") && path != SLOT && path != SYNC) {
        findings.extend(other_source(&path, &read(&root.join(&path))?));
    }
    if !findings.is_empty() {
        return Ok(findings);
    }
    for (path, text) in [(TABLE, table(&facts, &lemmas)), (EXPECTED, expected(&facts))] {
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

// ---- What the prover says ----

/// A value of Coq: a constructor and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    name: String,
    args: Vec<Term>,
}

impl Term {
    fn read(json: &Json) -> Result<Self, String> {
        match json.text("what")? {
            "expr:lambda" if json.array("argnames")?.is_empty() => Self::read(json.get("body")?),
            "expr:constructor" => Ok(Self {
                name: json.text("name")?.to_owned(),
                args: json.array("args")?.iter().map(Self::read).collect::<Result<_, _>>()?,
            }),
            other => Err(format!("{other} is no value")),
        }
    }

    /// The elements of a list.
    fn list(&self) -> Result<Vec<&Term>, String> {
        let (mut rest, mut items) = (self, Vec::new());
        loop {
            match (rest.name.as_str(), rest.args.as_slice()) {
                ("Nil", []) => return Ok(items),
                ("Cons", [item, tail]) => {
                    items.push(item);
                    rest = tail;
                }
                (name, _) => return Err(format!("{name}, where a list is wanted")),
            }
        }
    }

    fn pair(&self) -> Result<(&Term, &Term), String> {
        match (self.name.as_str(), self.args.as_slice()) {
            ("Pair", [left, right]) => Ok((left, right)),
            (name, _) => Err(format!("{name}, where a pair is wanted")),
        }
    }

    /// As it is read aloud: `Read (Shared 1)`.
    fn shown(&self) -> String {
        let (mut rest, mut number) = (self, 0);
        while let ("S", [below]) = (rest.name.as_str(), rest.args.as_slice()) {
            rest = below;
            number += 1;
        }
        if rest.name == "O" {
            return number.to_string();
        }
        self.args.iter().fold(self.name.clone(), |mut text, arg| {
            let arg = arg.shown();
            let _ =
                if arg.contains(' ') { write!(text, " ({arg})") } else { write!(text, " {arg}") };
            text
        })
    }
}

/// The verdicts of the explorer on the scenarios, in their order: silent, or what
/// it finds.
type Row = Vec<Option<String>>;

/// All of the JSON. Scenarios are named as in the loom tests, sites as in the crate.
struct Facts {
    scenarios: Vec<String>,
    relaxed: Vec<(String, Row)>,
    safe: Vec<(&'static str, Row)>,
    original: Row,
    by_load: Row,
    /// What each step uses: an ordering, or nothing where it is left out.
    uses_crate: BTreeMap<String, Option<String>>,
    uses_lean: BTreeMap<String, Option<String>>,
    /// For each site the lemma that it is needed, and the execution.
    reasons: BTreeMap<String, (String, String)>,
    by_load_execution: String,
}

impl Facts {
    fn read(text: &str) -> Result<Self, String> {
        let json = json::parse(text)?;
        let mut terms = BTreeMap::new();
        for item in json.array("declarations")? {
            if item.text("what")? == "decl:term" {
                terms.insert(item.text("name")?, item.get("value")?);
            }
        }
        let term = |name: &str| {
            let value = terms.get(name).ok_or(format!("{name} was not extracted"))?;
            Term::read(value).map_err(|error| format!("{name}: {error}"))
        };
        let scenarios: Vec<String> =
            term("scenarios")?.list()?.iter().map(|s| snake(&s.name)).collect();
        let row = |name: &str| row(&scenarios, &term(name)?);
        let mut relaxed = Vec::new();
        for item in term("rows_relaxed")?.list()? {
            let (at, verdicts) = item.pair()?;
            relaxed.push((site(at)?, self::row(&scenarios, verdicts)?));
        }
        let mut reasons = BTreeMap::new();
        for item in term("reasons")?.list()? {
            let (at, reason) = item.pair()?;
            let (lemma, execution) = reason.pair()?;
            reasons.insert(site(at)?, (lemma.name.to_lowercase(), self::execution(execution)?));
        }
        Ok(Self {
            relaxed,
            safe: vec![("crate", row("row_crate")?), ("lean", row("row_lean")?)],
            original: row("row_original")?,
            by_load: row("row_by_load")?,
            uses_crate: uses(&term("uses_crate")?)?,
            uses_lean: uses(&term("uses_lean")?)?,
            reasons,
            by_load_execution: execution(&term("trace_by_load")?)?,
            scenarios,
        })
    }

    /// The scenarios that go wrong in a row.
    fn races(&self, row: &Row) -> Vec<&str> {
        let cells = self.scenarios.iter().zip(row);
        cells.filter(|(_, cell)| cell.is_some()).map(|(name, _)| name.as_str()).collect()
    }

    /// The row of a site.
    fn row(&self, site: &str) -> Option<&Row> {
        self.relaxed.iter().find(|(name, _)| name == site).map(|(_, row)| row)
    }

    /// What the table takes for granted.
    fn check(&self) -> Findings {
        let mut findings = Vec::new();
        for (name, row) in &self.relaxed {
            for cell in row.iter().flatten().filter(|cell| *cell != "Race") {
                findings.push(format!("{name} relaxed: the explorer finds {cell}, no race"));
            }
            if self.races(row).is_empty() {
                findings.push(format!("{name} relaxed: the explorer finds no race"));
            }
            if !self.reasons.contains_key(name) {
                findings.push(format!("{name}: no lemma says that its ordering is needed"));
            }
            if !STEPS.iter().any(|(step, ..)| step == name) {
                findings.push(format!("{name} has no row in the table"));
            }
        }
        for (name, row) in &self.safe {
            for scenario in self.races(row) {
                findings.push(format!("{name}: the explorer finds something in {scenario}"));
            }
        }
        for (step, ..) in STEPS {
            let bearing = self.row(step).is_some();
            let (used, lean) = (self.uses_crate.get(step), self.uses_lean.get(step));
            let relaxed = used.is_some_and(|used| used.as_deref() == Some("Relaxed"));
            if used.is_none() || lean.is_none() {
                findings.push(format!("{step} is no step of the proved protocol"));
            } else if bearing && (relaxed || used != lean) {
                findings.push(format!("{step}: not the same ordering in `crate` and in `lean`"));
            } else if !bearing && !relaxed {
                findings.push(format!("{step}: an ordering stronger than Relaxed, of no site"));
            }
        }
        for step in self.uses_crate.keys() {
            if !STEPS.iter().any(|(known, ..)| known == step) {
                findings.push(format!("{step} has no row in the table"));
            }
        }
        findings
    }
}

fn row(scenarios: &[String], term: &Term) -> Result<Row, String> {
    let cells = term.list()?;
    if cells.len() != scenarios.len() {
        return Err("a row without a cell for each scenario".into());
    }
    let read = |(scenario, cell): (&String, &&Term)| {
        let (name, verdict) = cell.pair()?;
        match (verdict.name.as_str(), verdict.args.as_slice()) {
            _ if snake(&name.name) != *scenario => Err("the scenarios are out of order".into()),
            ("Silent", []) => Ok(None),
            ("Wrong", [fault]) => Ok(Some(fault.name.clone())),
            _ => Err(format!("{scenario}: the search did not end")),
        }
    };
    scenarios.iter().zip(&cells).map(read).collect()
}

/// `AtClaimUnused` is what the crate calls `ClaimUnused`.
fn site(term: &Term) -> Result<String, String> {
    let name = term.name.strip_prefix("At").ok_or(format!("{} is no site", term.name))?;
    Ok(name.to_owned())
}

fn uses(term: &Term) -> Result<BTreeMap<String, Option<String>>, String> {
    let mut found = BTreeMap::new();
    for item in term.list()? {
        let (step, used) = item.pair()?;
        let name = match step.args.as_slice() {
            [] => step.name.clone(),
            [at, ..] => site(at)?,
        };
        let used = match (used.name.as_str(), used.args.as_slice()) {
            ("Absent", []) => None,
            ("Uses", [ordering]) => Some(ordering.name.clone()),
            _ => return Err(format!("{name}: not a read-modify-write")),
        };
        found.insert(name, used);
    }
    Ok(found)
}

/// An execution in one line, the steps of a thread together.
fn execution(term: &Term) -> Result<String, String> {
    let (mut text, mut current) = (String::new(), String::new());
    for item in term.list()? {
        let (thread, action) = item.pair()?;
        let (thread, action) = (thread.shown(), action.shown());
        if thread == current {
            let _ = write!(text, ", {action}");
        } else {
            let gap = if text.is_empty() { "" } else { "; " };
            let _ = write!(text, "{gap}thread {thread}: {action}");
            current = thread;
        }
    }
    Ok(text)
}

/// `CloneAndDrop` is what the loom tests call `clone_and_drop`.
fn snake(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// Where the lemmas stand: by name, the file and the line.
struct Lemmas(BTreeMap<String, (String, usize)>);

impl Lemmas {
    /// From the compiled interface and the compiled explorer.
    fn read(root: &Path) -> Result<Self, String> {
        let mut found = BTreeMap::new();
        for (file, kind, container) in [(INTERFACE, "ax", "orderings_sig"), (EXPLORER, "prf", "")] {
            let source = read(&root.join(file).with_extension("v"))?;
            let compiled = read(&root.join(file).with_extension("glob"))
                .map_err(|error| format!("{error} (compile the library with `make proofs`)"))?;
            for entry in glob::parse(&compiled) {
                if entry.kind == kind && entry.container() == container {
                    let before = source.bytes().take(entry.start);
                    let line = 1 + before.filter(|byte| *byte == b'\n').count();
                    let name = entry.name.rsplit('.').next().unwrap_or("").to_owned();
                    found.insert(name, (format!("{file}.v"), line));
                }
            }
        }
        Ok(Self(found))
    }

    /// The lemmas that the table names and that are not there.
    fn missing(&self, facts: &Facts) -> Findings {
        let needed = facts.reasons.values().map(|(lemma, _)| lemma.as_str());
        needed
            .chain(THEOREMS)
            .chain(COMPUTED)
            .filter(|name| !self.0.contains_key(*name))
            .map(|name| format!("{name} is no lemma of {INTERFACE}.v or {EXPLORER}.v"))
            .collect()
    }

    fn link(&self, name: &str) -> String {
        match self.0.get(name) {
            Some((file, line)) => format!("[`{name}`](../{file}#L{line})"),
            None => format!("`{name}`"),
        }
    }
}

// ---- What the crate says ----

/// The code of a line, without a comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or(line)
}

/// The function that a line of `slot.rs` begins, at the depth of a method.
fn method(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("    ").filter(|rest| !rest.starts_with(' '))?;
    let (words, rest) = rest.split_once("fn ")?;
    let qualifiers = ["", "pub", "pub(super)", "pub(crate)", "const", "unsafe"];
    words
        .split_whitespace()
        .all(|word| qualifiers.contains(&word))
        .then(|| rest.split(['(', '<']).next().unwrap_or(""))
}

/// Each ordering in `slot.rs` is the one that is proved; each fence is a site's.
fn slot_source(facts: &Facts, source: &str) -> Findings {
    let mut findings = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut function = "";
    for (number, line) in source.lines().enumerate() {
        let place = format!("{SLOT}:{}", number + 1);
        function = method(line).unwrap_or(function);
        let code = code(line);
        if code.contains("fence(") && !code.contains("fence(at(Site::") {
            findings.push(format!("{place}: a fence of no site"));
        }
        if code.matches("at(Site::").count() != code.matches(", Ordering::").count()
            && code.contains("at(Site::")
        {
            findings.push(format!("{place}: write `at(Site::…, Ordering::…)` on one line"));
        }
        for (at, _) in code.match_indices("Ordering::") {
            let ordering = word(&code[at + "Ordering::".len()..]);
            let site = code[..at]
                .rsplit_once("at(Site::")
                .and_then(|(_, name)| name.strip_suffix(", "))
                .filter(|name| word(name) == *name);
            match site {
                Some(site) => {
                    let proved = facts.uses_crate.get(site).and_then(Option::as_deref);
                    if facts.row(site).is_none() {
                        findings.push(format!("{place}: {site} has no row in {TABLE}"));
                    } else if proved != Some(ordering) {
                        let proved = proved.unwrap_or("none");
                        findings.push(format!("{place}: {site} is {ordering}, proved is {proved}"));
                    }
                    if !STEPS.iter().any(|step| step.0 == site && step.1 == function) {
                        findings.push(format!("{place}: {site} is not a step of `{function}`"));
                    }
                    if !seen.insert(site) {
                        findings.push(format!("{place}: {site} a second time"));
                    }
                }
                None if ordering != "Relaxed" => {
                    findings.push(format!("{place}: {ordering}, of no site"));
                }
                None => {
                    let known = STEPS.iter().any(|step| step.1 == function);
                    if !known && !ONLY_LOOK.contains(&function) {
                        findings.push(format!("{place}: `{function}` has no row in {TABLE}"));
                    }
                }
            }
        }
    }
    for (site, _) in &facts.relaxed {
        if !seen.contains(site.as_str()) {
            findings.push(format!("{SLOT}: nothing is at {site}"));
        }
    }
    findings
}

/// Elsewhere the crate uses no atomics.
fn other_source(path: &str, source: &str) -> Findings {
    let mut findings = Vec::new();
    for (number, line) in source.lines().enumerate() {
        for (at, _) in code(line).match_indices("Ordering::") {
            let ordering = word(&line[at + "Ordering::".len()..]);
            if ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"].contains(&ordering) {
                findings.push(format!("{path}:{}: {ordering}, outside of {SLOT}", number + 1));
            }
        }
    }
    findings
}

/// The identifier at the start.
fn word(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or("")
}

/// Each site has its loom test, each scenario its function.
fn loom_tests(facts: &Facts, source: &str) -> Findings {
    let mut findings = Vec::new();
    for (site, _) in &facts.relaxed {
        let line = format!("{}: \"{site}\";", snake(site));
        if !source.lines().any(|text| text.trim() == line) {
            findings.push(format!("{LOOM}: no line `{line}` in `mod weakened`"));
        }
    }
    for scenario in &facts.scenarios {
        if !source.lines().any(|text| text.trim() == format!("fn {scenario}() {{")) {
            findings.push(format!("{LOOM}: no scenario {scenario}"));
        }
    }
    findings
}

// ---- What is written ----

/// The expectations of the loom tests.
fn expected(facts: &Facts) -> String {
    let list = |text: &mut String, indent: &str, names: &[&str]| {
        for name in names {
            let _ = writeln!(text, "{indent}{name:?},");
        }
    };
    let mut text = format!(
        "//! What loom must find: what the explorer of the Coq development finds.\n//!\n\
         //! Generated by `cargo xtask orderings` from `{SOURCE}`. Do not edit.\n\n\
         /// The scenarios, in the explorer's order.\n#[rustfmt::skip]\n\
         pub const SCENARIOS: [&str; {}] = [\n",
        facts.scenarios.len()
    );
    let names: Vec<&str> = facts.scenarios.iter().map(String::as_str).collect();
    list(&mut text, "    ", &names);
    let _ = write!(
        text,
        "];\n\n/// Each site, and the scenarios that race when it is relaxed. The others pass.\n\
         #[rustfmt::skip]\npub const RACES: [(&str, &[&str]); {}] = [\n",
        facts.relaxed.len()
    );
    for (site, row) in &facts.relaxed {
        let _ = writeln!(text, "    ({site:?}, &[");
        list(&mut text, "        ", &facts.races(row));
        text += "    ]),\n";
    }
    text + "];\n"
}

/// The page.
fn table(facts: &Facts, lemmas: &Lemmas) -> String {
    let link = |name: &str| lemmas.link(name);
    let total = facts.scenarios.len();
    let mut text = format!(
        "<!-- Generated by `make docs`; CI compares it. Do not edit. -->\n\
         # Memory orderings\n\n\
         Which ordering each atomic step on a frame's slot needs, and why. The rows are those of the slot protocol in\n\
         `theories/orderings`, a model of the release/acquire/relaxed fragment of C++20; the column *site* is the `Site::…` that\n\
         stands beside the ordering in `{SLOT}`.\n\n\
         - *Needed*: the lemma gives an execution that has a data race when the ordering is one step weaker (`Relaxed`,\n\
         \x20 or no fence), whatever the other orderings are; for the fence, unless the fetch-sub before it acquires. The\n\
         \x20 executions are listed below.\n\
         - *Sufficient*: with the orderings of this column, no execution of any threads and any length has a race:\n\
         \x20 {}, {}. A configuration of orderings is safe exactly if it has all of them: {}.\n\
         - *Explorer*: in how many of the {total} scenarios the exhaustive search of the Coq development finds a race when\n\
         \x20 the site is relaxed. Computed by the prover: {}.\n\
         - *Loom*: the test of `{LOOM}` that relaxes the site in the crate's own source, runs all {total} scenarios,\n\
         \x20 and fails unless exactly those race in which the explorer finds a race.\n\n\
         Nothing here is copied by hand: the verdicts are extracted from Coq, `cargo xtask orderings` makes this page and\n\
         the expectations of the loom tests from them, and compares the orderings in the source.\n\n\
         ## Orderings that are required\n\n\
         | operation | site | ordering | needed | sufficient | explorer: races | loom: races | agree |\n\
         |---|---|---|---|---|---|---|---|\n",
        link("required_safe"),
        link("crate_safe"),
        link("safe_iff_required"),
        link("relaxed_at_explored"),
    );
    let none = String::new();
    for (step, _, operation) in STEPS {
        let (Some(row), Some((lemma, _))) = (facts.row(step), facts.reasons.get(step)) else {
            continue;
        };
        let ordering = facts.uses_crate[step].as_ref().unwrap_or(&none);
        let _ = writeln!(
            text,
            "| {operation} | `{step}` | `{ordering}` | {} | {} | {count} of {total} | \
             `weakened::{}`: the same {count} | yes, or the test fails |",
            link(lemma),
            link("required_safe"),
            snake(step),
            count = facts.races(row).len(),
        );
    }

    let _ = write!(
        text,
        "\n## Cell by cell\n\n\
         What happens in a scenario (down) when a site (across) is relaxed: `race`, or a dot where every execution is\n\
         fine. Each cell is what the explorer computes and what the loom test of the site requires. A race is an execution\n\
         of the model; a dot is a search that ended without one, and that its order of steps loses no race is not proved:\n\
         there loom is the witness. With no site relaxed all scenarios are fine: {} by search, {} for all clients,\n\
         and the loom tests of the scenarios' names.\n\n| scenario |",
        link("crate_explored"),
        link("crate_safe"),
    );
    for (site, _) in &facts.relaxed {
        let _ = write!(text, " {site} |");
    }
    text += "\n|---|";
    text += &"---|".repeat(facts.relaxed.len());
    for (place, scenario) in facts.scenarios.iter().enumerate() {
        let _ = write!(text, "\n| `{scenario}` |");
        for (_, row) in &facts.relaxed {
            text += if row[place].is_some() { " race |" } else { " · |" };
        }
    }

    let _ = write!(
        text,
        "\n\n## Where `Relaxed` suffices\n\n\
         The crate is `Relaxed` here, and is safe: {}; so all loom scenarios run with it. A step that can be left out is\n\
         left out in the leanest protocol: {}, {}.\n\n\
         | operation | ordering | sufficient | left out in the leanest |\n|---|---|---|---|\n",
        link("crate_safe"),
        link("lean_safe"),
        link("lean_explored"),
    );
    for (step, _, operation) in STEPS {
        if facts.row(step).is_none() {
            let ordering = facts.uses_crate[step].as_ref().unwrap_or(&none);
            let (lemma, out) = match facts.uses_lean[step] {
                None => ("crate_safe", "yes"),
                Some(_) => ("lean_safe", "no"),
            };
            let _ = writeln!(text, "| {operation} | `{ordering}` | {} | {out} |", link(lemma));
        }
    }
    text += "\nThe compare-exchanges of `from_unused` and `try_from` are `Relaxed` on failure in the crate and in the model, \
             without a parameter.\n";

    let _ = write!(
        text,
        "\n## Designs that race\n\n\
         | design | theorem | explorer: races in | loom |\n|---|---|---|---|\n\
         | the original kernel's: `try_from` by a relaxed compare-exchange | {} | {} ({}) | the crate with \
         `TryFromShared` relaxed: `weakened::try_from_shared`, the same |\n\
         | uniqueness tested by a load, here `Acquire`, then a store | {}, whatever the ordering of the load | {} ({}) | not \
         run: the crate has no such code |\n",
        link("original_racy"),
        quoted(&facts.races(&facts.original)),
        link("original_explored"),
        link("try_unique_cas_needed"),
        quoted(&facts.races(&facts.by_load)),
        link("test_by_load_explored"),
    );

    text += "\n## The executions\n\n\
             For each required ordering the execution of its lemma: its last step races when the ordering is missing. The\n\
             numbers are names of handles, the age of the message that a load reads, or the count that is expected.\n\n\
             | relaxed | lemma | execution |\n|---|---|---|\n";
    for (site, _) in &facts.relaxed {
        let (lemma, execution) = &facts.reasons[site];
        let _ = writeln!(text, "| `{site}` | {} | {execution} |", link(lemma));
    }
    let _ = writeln!(
        text,
        "| uniqueness by a load | {} | {} |",
        link("try_unique_cas_needed"),
        facts.by_load_execution
    );
    let _ = write!(
        text,
        "\n## `Arc`\n\n\
         The same for `std`'s `Arc`, theorems only: {}, today's as {}, and rust-lang/rust#51780 as {}. Not held\n\
         against loom.\n",
        link("arc_safe_iff_required"),
        link("arc_today_safe"),
        link("arc_before_2018_racy"),
    );
    text
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constructor(name: &str, args: &[String]) -> String {
        let args = args.join(",");
        format!(r#"{{"what": "expr:constructor", "name": "{name}", "args": [{args}]}}"#)
    }

    fn list(items: &[String]) -> String {
        items
            .iter()
            .rev()
            .fold(constructor("Nil", &[]), |tail, item| constructor("Cons", &[item.clone(), tail]))
    }

    fn pair(left: &str, right: &str) -> String {
        constructor("Pair", &[left.to_owned(), right.to_owned()])
    }

    /// Two scenarios; all sites are racy in the first one.
    fn sample(cell: &str) -> String {
        let name = |name: &str| constructor(name, &[]);
        let race = constructor("Wrong", &[name("Race")]);
        let row = |first: &str, second: &str| {
            list(&[pair(&name("OneClaim"), first), pair(&name("TwoClaims"), second)])
        };
        let quiet = row(&name("Silent"), &name("Silent"));
        let bearing =
            |step: &str| !["ing", "que", "Load", "ire"].iter().any(|end| step.ends_with(end));
        let sites: Vec<&str> = STEPS
            .iter()
            .map(|step| step.0)
            .filter(|step| *step == "ShareUnique" || bearing(step))
            .collect();
        let at = |site: &str| name(&format!("At{site}"));
        let ordering = |step: &str| match step {
            "PublishShared" | "ReleaseShare" | "StoreUnused" | "ShareUnique" => "Release",
            _ if sites.contains(&step) => "Acquire",
            _ => "Relaxed",
        };
        let uses: Vec<String> = STEPS
            .iter()
            .map(|(step, ..)| {
                let used = constructor("Uses", &[name(ordering(step))]);
                let known = sites.contains(step);
                let step = if known { constructor("Bearing", &[at(step)]) } else { name(step) };
                pair(&step, &used)
            })
            .collect();
        let one = constructor("S", &[name("O")]);
        let read = constructor("Read", &[constructor("Shared", &[name("O")])]);
        let execution = list(&[
            pair(&one, &name("ClaimCas")),
            pair(&one, &read),
            pair(&name("O"), &name("Destroy")),
        ]);
        let rows: Vec<String> =
            sites.iter().map(|site| pair(&at(site), &row(&race, cell))).collect();
        let reasons: Vec<String> =
            sites.iter().map(|site| pair(&at(site), &pair(&name("Why"), &execution))).collect();
        let terms = [
            ("scenarios", list(&[name("OneClaim"), name("TwoClaims")])),
            ("rows_relaxed", list(&rows)),
            ("row_crate", quiet.clone()),
            ("row_lean", quiet.clone()),
            ("row_original", quiet.clone()),
            ("row_by_load", quiet),
            ("uses_crate", list(&uses)),
            ("uses_lean", list(&uses)),
            ("reasons", list(&reasons)),
            ("trace_by_load", execution),
        ]
        .map(|(name, value)| {
            format!(
                r#"{{"what": "decl:term", "name": "{name}", "value":
                    {{"what": "expr:lambda", "argnames": [], "body": {value}}}}}"#
            )
        });
        format!(r#"{{"declarations": [{}]}}"#, terms.join(","))
    }

    fn facts() -> Facts {
        Facts::read(&sample(&constructor("Silent", &[]))).unwrap()
    }

    /// A source that has all sites.
    fn source() -> String {
        let facts = facts();
        let mut text = String::new();
        for (step, function, _) in STEPS {
            let ordering = facts.uses_crate[step].clone().unwrap();
            let _ = match facts.row(step) {
                Some(_) => write!(
                    text,
                    "    pub(super) fn {function}(&self) {{\n        x(at(Site::{step}, Ordering::{ordering}));\n    }}\n"
                ),
                None => write!(
                    text,
                    "    fn {function}<T>() {{\n        x(Ordering::{ordering}); // Ordering::SeqCst\n    }}\n"
                ),
            };
        }
        text
    }

    #[test]
    fn reads_the_verdicts() {
        let facts = facts();
        assert_eq!(facts.check(), Findings::new());
        assert_eq!(facts.races(facts.row("ClaimUnused").unwrap()), ["one_claim"]);
        assert_eq!(facts.reasons["TryFromShared"].0, "why");
        assert_eq!(
            facts.by_load_execution,
            "thread 1: ClaimCas, Read (Shared 0); thread 0: Destroy"
        );
        assert!(
            expected(&facts)
                .contains("    (\"ClaimUnused\", &[\n        \"one_claim\",\n    ]),\n")
        );
    }

    #[test]
    fn refuses_verdicts_that_say_nothing() {
        let unfinished = Facts::read(&sample(&constructor("Unfinished", &[])));
        assert!(unfinished.err().unwrap().contains("two_claims: the search did not end"));
        let stray = constructor("Wrong", &[constructor("Stray", &[])]);
        assert!(Facts::read(&sample(&stray)).unwrap().check()[0].contains("finds Stray"));
        let mut facts = facts();
        facts.relaxed[0].1[0] = None;
        assert!(facts.check()[0].contains("finds no race"));
        facts.relaxed.clear();
        assert!(facts.check().iter().any(|f| f.contains("stronger than Relaxed, of no site")));
    }

    #[test]
    fn a_source_with_the_proved_orderings_is_accepted() {
        assert_eq!(slot_source(&facts(), &source()), Findings::new());
    }

    #[test]
    fn each_wrong_ordering_is_found() {
        let (facts, source) = (facts(), source());
        for (from, to, reason) in [
            (
                "ClaimUnused, Ordering::Acquire",
                "ClaimUnused, Ordering::Relaxed",
                "proved is Acquire",
            ),
            (
                "ClaimUnused, Ordering::Acquire",
                "ClaimUnused, Ordering::AcqRel",
                "proved is Acquire",
            ),
            (
                "at(Site::StoreUnused, Ordering::Release)",
                "Ordering::Release",
                "Release, of no site",
            ),
            ("at(Site::StoreUnused, Ordering::Release)", "y", "nothing is at StoreUnused"),
            ("Site::ShareUnique", "Site::PublishShared", "not a step of `share_unique`"),
            ("Site::ShareUnique", "Site::PublishShared", "a second time"),
            ("Site::ShareUnique", "Site::Other", "Other has no row"),
            ("fn clone_share", "fn peek", "`peek` has no row"),
            ("x(Ordering::Relaxed)", "x(Ordering::SeqCst)", "SeqCst, of no site"),
            ("x(Ordering::Relaxed)", "fence(order)", "a fence of no site"),
            ("StoreUnused, Ordering::Release", "StoreUnused, order", "on one line"),
        ] {
            assert!(source.contains(from), "{from}");
            let findings = slot_source(&facts, &source.replacen(from, to, 1));
            assert!(findings.iter().any(|f| f.contains(reason)), "{reason}: {findings:?}");
        }
        assert_eq!(other_source("a.rs", "cmp::Ordering::Less; // Ordering::SeqCst").len(), 0);
        assert_eq!(other_source("a.rs", "x.load(Ordering::SeqCst)").len(), 1);
    }

    #[test]
    fn each_site_and_scenario_has_its_loom_test() {
        let facts = facts();
        let mut text = String::from("fn one_claim() {\nfn two_claims() {\n");
        for (site, _) in &facts.relaxed {
            let _ = writeln!(text, "    {}: \"{site}\";", snake(site));
        }
        assert_eq!(loom_tests(&facts, &text), Findings::new());
        assert_eq!(loom_tests(&facts, &text.replace("one_claim", "claim")).len(), 1);
        assert_eq!(loom_tests(&facts, &text.replace("\"StoreUnused", "\"Store")).len(), 1);
    }

    #[test]
    fn a_lemma_that_is_not_there_is_found() {
        let all = THEOREMS.iter().chain(&COMPUTED).chain(&["why"]);
        let mut lemmas = Lemmas(all.map(|name| ((*name).to_owned(), (String::new(), 1))).collect());
        assert_eq!(lemmas.missing(&facts()), Findings::new());
        lemmas.0.remove("why");
        assert!(lemmas.missing(&facts())[0].contains("why is no lemma"));
    }
}
