//! `cargo xtask orderings`: the table of memory orderings, what the loom tests
//! must find, and a look at the crate's source.
//!
//! What the prover computed and proved leaves it as JSON
//! (`extraction/extract_orderings.v`). From that come `docs/orderings.md` and the
//! expectations of the crate's loom tests, which fail where loom says otherwise in
//! any cell; the extracted explorer is held against the same. Each `Ordering::` in the
//! crate's source names its row, and is what the row says: what is proved, if the row is a
//! step of the protocol. With `--check` nothing is written: each file that would change
//! is a finding.

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
const EXPLORED: &str = "theories/orderings/explored";

/// What the table says of a step of the protocol in words: its name in the JSON and in
/// the crate, the functions of `slot.rs` that take it, and the operation.
const STEPS: [(&str, &[&str], &str); 15] = [
    ("ClaimUnused", &["claim"], "`from_unused`: compare-exchange UNUSED → busy"),
    ("FailedClaim", &["claim"], "`from_unused`: a failed compare-exchange"),
    ("PublishShared", &["publish_shared"], "`Frame::from_unused`: store 1"),
    ("PublishingUnique", &["publish_unique"], "`UniqueFrame::from_unused`: store UNIQUE"),
    ("FirstLoad", &["get_from_in_use"], "`from_in_use`: the first load"),
    ("FailedAcquire", &["get_from_in_use"], "`from_in_use`: a failed compare-exchange"),
    ("AcquireInUse", &["get_from_in_use"], "`from_in_use`: compare-exchange n → n + 1"),
    ("Cloning", &["clone_share"], "`clone`: fetch-add"),
    ("ReleaseShare", &["release_share"], "drop of a `Frame`: fetch-sub"),
    ("LastShareFence", &["release_share"], "drop of the last `Frame`: fence"),
    ("RetiringUnique", &["retire_unique"], "drop of a `UniqueFrame`: store busy"),
    ("StoreUnused", &["mark_unused"], "tear-down: store UNUSED"),
    ("ShareUnique", &["share_unique"], "`Frame::from(UniqueFrame)`: store 1"),
    (
        "TryFromShared",
        &["try_unique"],
        "`UniqueFrame::try_from(Frame)`: compare-exchange 1 → UNIQUE",
    ),
    ("FailedTryFrom", &["try_unique"], "`UniqueFrame::try_from(Frame)`: a failed compare-exchange"),
];

/// The rows that are no steps of the protocol, all `Relaxed`: the functions of `slot.rs`,
/// and what they do. No metadata are accessed on their strength.
const OTHERS: [(&str, &[&str], &str); 7] = [
    (
        "LookingAtCount",
        &["count"],
        "`reference_count`, `Debug` and the like: a load; nothing is concluded from the number",
    ),
    (
        "LookingAtList",
        &["list_id"],
        "`LinkedList::contains`, and assertions that a frame is in no list: a load",
    ),
    ("EnteringList", &["enter_list"], "a `LinkedList`, alone its frames' owner, stores its ID"),
    ("LeavingList", &["leave_list"], "a `LinkedList`, alone its frames' owner, stores 0"),
    ("NumberingLists", &["next_id"], "the next ID of a `LinkedList`, from a counter"),
    ("PretendingCount", &["set_count"], "tests of the crate, by one thread: a store"),
    (
        "StoringUnique",
        &["try_unique_by_load"],
        "the test for uniqueness by a load, for loom only: the store of UNIQUE",
    ),
];

/// What the table says of a step of `Arc` in words.
const ARC: [(&str, &str); 11] = [
    ("DroppingStrong", "drop of an `Arc`: fetch-sub of the strong count"),
    ("DroppingLast", "drop of the last `Arc`: fence"),
    ("Upgrading", "`upgrade`: compare-exchange n → n + 1 of the strong count"),
    ("PublishingCycle", "`new_cyclic`: fetch-add 0 → 1 of the strong count"),
    ("DroppingWeak", "drop of a `Weak`: fetch-sub of the weak count"),
    ("LockingWeak", "`get_mut`: compare-exchange of the weak count, the lock"),
    ("TestingStrong", "`get_mut`: load of the strong count"),
    ("UnlockingWeak", "`get_mut`: store of the weak count, the unlocking"),
    ("CloningStrong", "`clone` of an `Arc`: fetch-add of the strong count"),
    ("Downgrading", "`downgrade`: compare-exchange n → n + 1 of the weak count"),
    ("CloningWeak", "`clone` of a `Weak`: fetch-add of the weak count"),
];

/// The leanest protocol, and the test for uniqueness by a load, as changes.
const LEAN: [&str; 2] = ["ClaimsUnique", "RetiresUnmarked"];
const TESTS_BY_LOAD: &str = "TestsByLoad";

/// The lemmas that the table names besides those of the sites: of the interface,
/// and of what is explored.
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
const COMPUTED: [&str; 6] = [
    "changes_explored",
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
    findings.extend(declared_sites(&read(&root.join(SYNC))?));
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

/// A set of changes to the crate, and the scenarios that race with it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    changes: Vec<String>,
    races: Vec<String>,
}

/// All of the JSON. Scenarios are named as in the loom tests, changes and sites as in
/// the crate.
struct Facts {
    scenarios: Vec<String>,
    /// What the explorer is proved to find, and what it and loom are tested to find.
    explored: Vec<Row>,
    combined: Vec<Row>,
    /// What each step uses: an ordering, or nothing where it is left out.
    uses_crate: BTreeMap<String, Option<String>>,
    uses_lean: BTreeMap<String, Option<String>>,
    /// For each site the lemma that it is needed, and the execution.
    reasons: BTreeMap<String, (String, String)>,
    by_load_execution: String,
    /// Of `Arc`: the ordering of each step, and why it is needed, if it is.
    arc: BTreeMap<String, (String, Option<(String, String)>)>,
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
        let mut reasons = BTreeMap::new();
        for item in term("reasons")?.list()? {
            let (at, reason) = item.pair()?;
            let (lemma, execution) = reason.pair()?;
            reasons.insert(site(at)?, (lemma.name.to_lowercase(), self::execution(execution)?));
        }
        let mut arc = BTreeMap::new();
        for item in term("arc_reasons")?.list()? {
            let (at, rest) = item.pair()?;
            let (used, rest) = rest.pair()?;
            let (lemma, rest) = rest.pair()?;
            let (origin, execution) = rest.pair()?;
            let start = match origin.name.as_str() {
                "New" => "from `new`; ",
                "NewCyclic" => "in `new_cyclic`; ",
                other => return Err(format!("{other} is no origin")),
            };
            let execution = format!("{start}{}", self::execution(execution)?);
            let why = (lemma.name.to_lowercase(), execution);
            arc.insert(at.name.clone(), (ordering(used)?, Some(why)));
        }
        for item in term("arc_free")?.list()? {
            let (at, used) = item.pair()?;
            arc.insert(at.name.clone(), (ordering(used)?, None));
        }
        Ok(Self {
            arc,
            explored: rows(&scenarios, &term("rows_explored")?)?,
            combined: rows(&scenarios, &term("rows_combined")?)?,
            uses_crate: uses(&term("uses_crate")?)?,
            uses_lean: uses(&term("uses_lean")?)?,
            reasons,
            by_load_execution: execution(&term("trace_by_load")?)?,
            scenarios,
        })
    }

    /// What races with exactly these changes, if that is explored.
    fn races(&self, changes: &[&str]) -> Option<&[String]> {
        let row = self.explored.iter().find(|row| row.changes == changes)?;
        Some(&row.races)
    }

    /// The sites whose ordering is required, and the scenarios that race when it is relaxed.
    fn relaxed(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.explored.iter().filter_map(|row| match row.changes.as_slice() {
            [site] if self.reasons.contains_key(site) => Some((site.as_str(), &row.races[..])),
            _ => None,
        })
    }

    fn bearing(&self, step: &str) -> bool {
        self.reasons.contains_key(step)
    }

    /// What the table takes for granted.
    fn check(&self) -> Findings {
        let mut findings = Vec::new();
        for name in self.reasons.keys() {
            match self.races(&[name]) {
                None => findings.push(format!("{name} relaxed is not explored")),
                Some([]) => findings.push(format!("{name} relaxed: the explorer finds no race")),
                Some(_) => {}
            }
            if !STEPS.iter().any(|(step, ..)| step == name) {
                findings.push(format!("{name} has no row in the table"));
            }
        }
        for (name, changes) in [("crate", &[][..]), ("lean", &LEAN[..])] {
            match self.races(changes) {
                None => findings.push(format!("{name} is not explored")),
                Some(races) if !races.is_empty() => {
                    findings.push(format!("{name}: the explorer finds a race in {races:?}"));
                }
                Some(_) => {}
            }
        }
        if self.races(&[TESTS_BY_LOAD]).is_none_or(<[String]>::is_empty) {
            findings.push(format!("{TESTS_BY_LOAD}: the explorer finds no race"));
        }
        for (step, ..) in STEPS {
            let bearing = self.bearing(step);
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
        let steps: BTreeSet<&str> = ARC.iter().map(|step| step.0).collect();
        let said: BTreeSet<&str> = self.arc.keys().map(String::as_str).collect();
        for step in steps.symmetric_difference(&said) {
            findings.push(format!("{step}: the rows of `Arc` are not the steps of the model"));
        }
        for step in self.uses_crate.keys() {
            if !STEPS.iter().any(|(known, ..)| known == step) {
                findings.push(format!("{step} has no row in the table"));
            }
        }
        findings
    }
}

fn rows(scenarios: &[String], term: &Term) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for item in term.list()? {
        let (changes, races) = item.pair()?;
        let changes = changes.list()?.into_iter().map(change).collect::<Result<_, _>>()?;
        let races: Vec<String> = races.list()?.iter().map(|term| snake(&term.name)).collect();
        // In their order, each at most once.
        let mut rest = scenarios.iter();
        if !races.iter().all(|race| rest.any(|scenario| scenario == race)) {
            return Err(format!("{changes:?}: the scenarios are not in order"));
        }
        rows.push(Row { changes, races });
    }
    Ok(rows)
}

/// `Relaxing AtClaimUnused` is what the crate calls `ClaimUnused`, as is `TestsByLoad`.
fn change(term: &Term) -> Result<String, String> {
    match (term.name.as_str(), term.args.as_slice()) {
        ("Relaxing", [at]) => site(at),
        (name, []) => Ok(name.to_owned()),
        (name, _) => Err(format!("{name} is no change")),
    }
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

/// The ordering of a step that is there.
fn ordering(used: &Term) -> Result<String, String> {
    match (used.name.as_str(), used.args.as_slice()) {
        ("Uses", [ordering]) => Ok(ordering.name.clone()),
        (name, _) => Err(format!("{name}, where an ordering is wanted")),
    }
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
    /// From the compiled interface and what is explored.
    fn read(root: &Path) -> Result<Self, String> {
        let mut found = BTreeMap::new();
        for (file, kind, container) in [(INTERFACE, "ax", "orderings_sig"), (EXPLORED, "prf", "")] {
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
        let arc = facts.arc.values().filter_map(|(_, why)| Some(why.as_ref()?.0.as_str()));
        needed
            .chain(arc)
            .chain(THEOREMS)
            .chain(COMPUTED)
            .filter(|name| !self.0.contains_key(*name))
            .map(|name| format!("{name} is no lemma of {INTERFACE}.v or {EXPLORED}.v"))
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

/// Each ordering in `slot.rs` names its row, in a function that the row is about, once, and
/// is the one that is proved there; no row is without its place.
fn slot_source(facts: &Facts, source: &str) -> Findings {
    let rows = || STEPS.iter().chain(&OTHERS);
    let mut findings = Vec::new();
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut function = "";
    for (number, line) in source.lines().enumerate() {
        let place = format!("{SLOT}:{}", number + 1);
        function = method(line).unwrap_or(function);
        let code = code(line);
        if code.contains("fence(") && !code.contains("fence(at(Site::") {
            findings.push(format!("{place}: a fence of no site"));
        }
        if code.matches("Site::").count() != code.matches("Ordering::").count() {
            findings.push(format!("{place}: write `at(Site::…, Ordering::…)`, on one line"));
        }
        for (at, _) in code.match_indices("Ordering::") {
            let ordering = word(&code[at + "Ordering::".len()..]);
            let site = code[..at]
                .rsplit_once("at(Site::")
                .and_then(|(_, name)| name.strip_suffix(", "))
                .filter(|name| word(name) == *name);
            let Some(site) = site else {
                findings.push(format!("{place}: {ordering}, of no site"));
                continue;
            };
            let Some((_, functions, _)) = rows().find(|row| row.0 == site) else {
                findings.push(format!("{place}: {site} has no row in {TABLE}"));
                continue;
            };
            let proved = match facts.uses_crate.get(site) {
                Some(used) => used.as_deref().unwrap_or("none"),
                None => "Relaxed",
            };
            if proved != ordering {
                findings.push(format!("{place}: {site} is {ordering}, its row says {proved}"));
            }
            if !functions.contains(&function) {
                findings.push(format!("{place}: {site} is no row of `{function}`"));
            }
            if !seen.insert((site, function)) {
                findings.push(format!("{place}: {site} a second time"));
            }
        }
    }
    for (site, functions, _) in rows() {
        for function in *functions {
            if !seen.contains(&(*site, *function)) {
                findings.push(format!("{SLOT}: nothing in `{function}` is at {site}"));
            }
        }
    }
    findings
}

/// The sites that the crate declares are the rows.
fn declared_sites(source: &str) -> Findings {
    let rows: BTreeSet<&str> = STEPS.iter().chain(&OTHERS).map(|row| row.0).collect();
    let body = source.split_once("enum Site {").and_then(|(_, rest)| rest.split_once("\n    }"));
    let declared: BTreeSet<&str> = body
        .map_or("", |(body, _)| body)
        .lines()
        .filter_map(|line| code(line).trim().strip_suffix(','))
        .filter(|name| word(name) == *name)
        .collect();
    rows.symmetric_difference(&declared)
        .map(|name| format!("{SYNC}: `Site::{name}` and the rows of {TABLE} do not agree"))
        .collect()
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

/// Each single change has its loom test, each scenario its function.
fn loom_tests(facts: &Facts, source: &str) -> Findings {
    let mut findings = Vec::new();
    for row in &facts.explored {
        if let [change] = row.changes.as_slice() {
            let line = format!("{}: \"{change}\";", snake(change));
            if !source.lines().any(|text| text.trim() == line) {
                findings.push(format!("{LOOM}: no line `{line}` in `mod weakened`"));
            }
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
    let quoted = |names: &[String]| {
        names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!(
        "//! What loom must find, and what the extracted explorer must.\n//!\n\
         //! Generated by `cargo xtask orderings` from `{SOURCE}`. Do not edit.\n\n\
         /// The scenarios, in the explorer's order.\n#[rustfmt::skip]\n\
         pub const SCENARIOS: [&str; {}] = [\n",
        facts.scenarios.len()
    );
    for scenario in &facts.scenarios {
        let _ = writeln!(text, "    {scenario:?},");
    }
    let rows = || facts.explored.iter().chain(&facts.combined);
    let _ = write!(
        text,
        "];\n\n/// Each configuration, a set of changes to the crate, and the scenarios that race with it.\n\
         /// The others pass.\n#[rustfmt::skip]\n\
         pub const CONFIGURATIONS: [(&[&str], &[&str]); {}] = [\n",
        rows().count()
    );
    for row in rows() {
        let (changes, races) = (quoted(&row.changes), quoted(&row.races));
        let _ = writeln!(text, "    (&[{changes}],\n        &[{races}]),");
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
         stands beside the ordering in `{SLOT}`. Every ordering there has one, and is a row of this page.\n\n\
         - *Required*: the lemma gives an execution that has a data race when the ordering is one step weaker (`Relaxed`,\n\
         \x20 or no fence), whatever the other orderings are; for the fence, unless the fetch-sub before it acquires. The\n\
         \x20 executions are listed below.\n\
         - *Sufficient*: with the orderings of this column, no execution of any threads and any length has a race:\n\
         \x20 {}, {}. A configuration of orderings is safe exactly if it has all of them: {}.\n\
         - *Explorer*: in how many of the {total} scenarios the exhaustive search of the Coq development finds a race when\n\
         \x20 the site is relaxed, and that it finds nothing in the others. Computed by the prover, {}, and once\n\
         \x20 more by the same explorer extracted to OCaml (`rust/tally-oracle/tests/orderings.rs`).\n\
         - *Loom*: the test of `{LOOM}` that relaxes the site in the crate's own source, runs all {total} scenarios,\n\
         \x20 and fails unless exactly those race in which the explorer finds a race: *pass* and *fail* of the scenarios, counted.\n\n\
         Nothing here is copied by hand: the verdicts are extracted from Coq, `cargo xtask orderings` makes this page and\n\
         the expectations of the loom tests from them, and compares the orderings in the source, row by row.\n\n\
         ## Orderings that are required\n\n\
         | operation | site | ordering | required | sufficient | explorer: races | loom: fail / pass |\n\
         |---|---|---|---|---|---|---|\n",
        link("required_safe"),
        link("crate_safe"),
        link("safe_iff_required"),
        link("relaxed_at_explored"),
    );
    let none = String::new();
    for (step, _, operation) in STEPS {
        let (Some(races), Some((lemma, _))) = (facts.races(&[step]), facts.reasons.get(step))
        else {
            continue;
        };
        let ordering = facts.uses_crate[step].as_ref().unwrap_or(&none);
        let _ = writeln!(
            text,
            "| {operation} | `{step}` | `{ordering}` | {} | {} | {count} of {total} | \
             `weakened::{}`: {count} / {} |",
            link(lemma),
            link("required_safe"),
            snake(step),
            total - races.len(),
            count = races.len(),
        );
    }

    let _ = write!(
        text,
        "\n## Cell by cell\n\n\
         What happens in a scenario (down) when a site (across) is relaxed: `race`, or a dot where every execution is\n\
         fine. Each cell is what the explorer computes and what the loom test of the site requires. A race is an execution\n\
         of the model; a dot says that no run of the scenario's programs goes wrong, in any order of their steps, where a\n\
         lookup tries its compare-exchange once: {}. With no site relaxed all scenarios are fine: {}\n\
         by search, {} for all clients, and the loom tests of the scenarios' names.\n\n| scenario |",
        link("relaxed_at_explored"),
        link("crate_explored"),
        link("crate_safe"),
    );
    for (site, _) in facts.relaxed() {
        let _ = write!(text, " {site} |");
    }
    text += "\n|---|";
    text += &"---|".repeat(facts.relaxed().count());
    for scenario in &facts.scenarios {
        let _ = write!(text, "\n| `{scenario}` |");
        for (_, races) in facts.relaxed() {
            text += if races.contains(scenario) { " race |" } else { " · |" };
        }
    }

    let _ = write!(
        text,
        "\n\n## Where `Relaxed` suffices\n\n\
         The crate is `Relaxed` here, and is safe: {}; so all loom scenarios run with it. A step that can be left out is\n\
         left out in the leanest protocol: {}, {}.\n\n\
         | operation | site | ordering | required | sufficient | left out in the leanest | loom |\n\
         |---|---|---|---|---|---|---|\n",
        link("crate_safe"),
        link("lean_safe"),
        link("lean_explored"),
    );
    for (step, _, operation) in STEPS {
        if !facts.bearing(step) {
            let ordering = facts.uses_crate[step].as_ref().unwrap_or(&none);
            let (lemma, out) = match facts.uses_lean[step] {
                None => ("crate_safe", "yes"),
                Some(_) => ("lean_safe", "no"),
            };
            let _ = writeln!(
                text,
                "| {operation} | `{step}` | `{ordering}` | no | {} | {out} | all pass |",
                link(lemma)
            );
        }
    }
    text += "\nNo step of the protocol, and not in the model:\n\n\
             | site | ordering | what it is |\n|---|---|---|\n";
    for (site, _, what) in OTHERS {
        let _ = writeln!(text, "| `{site}` | `Relaxed` | {what} |");
    }

    let by_load = facts.races(&[TESTS_BY_LOAD]).unwrap_or_default();
    let original = facts.races(&["TryFromShared"]).unwrap_or_default();
    let _ = write!(
        text,
        "\n## Other protocols\n\n\
         Under loom the crate's source can follow them, too (`Variant` in `{SYNC}`).\n\n\
         | design | theorem | explorer: races in | loom |\n|---|---|---|---|\n\
         | the original kernel's: `try_from` by a relaxed compare-exchange | {} | {} ({}) | \
         `weakened::try_from_shared`: fails in the same |\n\
         | uniqueness tested by a load, here `Acquire`, then a store | {}, whatever the ordering of the load | {} ({}) | \
         `weakened::tests_by_load`: fails in the same |\n\
         | a claim goes straight to UNIQUE; no store of busy before a unique handle's tear-down | {} | none ({}) | \
         `weakened::combinations`: all pass |\n",
        link("original_racy"),
        quoted(original),
        link("original_explored"),
        link("try_unique_cas_needed"),
        quoted(by_load),
        link("test_by_load_explored"),
        link("lean_safe"),
        link("lean_explored"),
    );

    let _ = write!(
        text,
        "\n## Several changes at once\n\n\
         The {} configurations below are run by the extracted explorer and by loom (`weakened::combinations`), all\n\
         scenarios each. A configuration races where one of its changes does alone, and nowhere else; the columns are the\n\
         scenarios, numbered in the order of the table above. The single changes are proved: {}.\n\n| changes |",
        facts.combined.len(),
        link("changes_explored"),
    );
    for number in 1..=total {
        let _ = write!(text, " {number} |");
    }
    let _ = write!(text, "\n|---|{}", "---|".repeat(total));
    for row in &facts.combined {
        let _ = write!(text, "\n| {} |", row.changes.join(", "));
        for scenario in &facts.scenarios {
            text += if row.races.contains(scenario) { " race |" } else { " · |" };
        }
    }

    text += "\n\n## The executions\n\n\
             For each required ordering the execution of its lemma: its last step races when the ordering is missing. The\n\
             numbers are names of handles, the age of the message that a load reads, or the count that is expected.\n\n\
             | relaxed | lemma | execution |\n|---|---|---|\n";
    for (site, _) in facts.relaxed() {
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
         The same for `std`'s `Arc`, with `Weak`, `upgrade`, `new_cyclic` and `get_mut`, theorems only: the orderings below\n\
         that have a lemma, and no others, are required: {}. Today's are safe: {}; rust-lang/rust#51780 is\n\
         {}. The crate has no `Arc`, so nothing is held against loom. What the model leaves out stands in\n\
         `theories/orderings/arc_protocol.v`.\n\n\
         | operation | ordering today | required | execution |\n|---|---|---|---|\n",
        link("arc_safe_iff_required"),
        link("arc_today_safe"),
        link("arc_before_2018_racy"),
    );
    for (step, operation) in ARC {
        let Some((ordering, why)) = facts.arc.get(step) else { continue };
        let (lemma, execution) = match why {
            Some((lemma, execution)) => (link(lemma), execution.as_str()),
            None => (format!("no: {}", link("arc_safe_iff_required")), ""),
        };
        let _ = writeln!(text, "| {operation} | `{ordering}` | {lemma} | {execution} |");
    }
    text
}

fn quoted(names: &[String]) -> String {
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

    /// Two scenarios; all sites are racy in the first one, and in `second` if it is given.
    fn sample(second: &[&str]) -> String {
        let name = |name: &str| constructor(name, &[]);
        let names = |names: &[&str]| list(&names.iter().map(|n| name(n)).collect::<Vec<_>>());
        let sites: Vec<&str> = STEPS
            .iter()
            .map(|step| step.0)
            .filter(|step| {
                let quiet = ["Failed", "Publishing", "First", "Cloning", "Retiring"];
                !quiet.iter().any(|start| step.starts_with(start))
            })
            .collect();
        let both: Vec<&str> = ["OneClaim"].iter().chain(second).copied().collect();
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
        let relaxing = |site: &&str| {
            let changes = list(&[constructor("Relaxing", &[at(site)])]);
            pair(&changes, &names(&both))
        };
        let rows: Vec<String> = [pair(&names(&[]), &names(&[]))]
            .into_iter()
            .chain(sites.iter().map(relaxing))
            .chain([
                pair(&names(&["TestsByLoad"]), &names(&["TwoClaims"])),
                pair(&names(&LEAN), &names(&[])),
            ])
            .collect();
        let combined = [pair(&names(&["TestsByLoad", "ClaimsUnique"]), &names(&["TwoClaims"]))];
        let reasons: Vec<String> =
            sites.iter().map(|site| pair(&at(site), &pair(&name("Why"), &execution))).collect();
        let relaxed = constructor("Uses", &[name("Relaxed")]);
        let arc: Vec<String> = ARC
            .iter()
            .map(|(step, _)| {
                let why = pair(&name("Arc_why"), &pair(&name("NewCyclic"), &execution));
                pair(&name(step), &pair(&relaxed, &why))
            })
            .collect();
        let arc_free: Vec<String> =
            ARC[8..].iter().map(|(step, _)| pair(&name(step), &relaxed)).collect();
        let terms = [
            ("scenarios", list(&[name("OneClaim"), name("TwoClaims")])),
            ("rows_explored", list(&rows)),
            ("rows_combined", list(&combined)),
            ("uses_crate", list(&uses)),
            ("uses_lean", list(&uses)),
            ("reasons", list(&reasons)),
            ("trace_by_load", execution.clone()),
            ("arc_reasons", list(&arc[..8])),
            ("arc_free", list(&arc_free)),
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
        Facts::read(&sample(&[])).unwrap()
    }

    /// A source that has all rows, each in its functions.
    fn source() -> String {
        let facts = facts();
        let mut text = String::new();
        for (site, functions, _) in STEPS.iter().chain(&OTHERS) {
            let used = facts.uses_crate.get(*site).cloned().flatten();
            let ordering = used.unwrap_or_else(|| "Relaxed".to_owned());
            for function in *functions {
                let _ = writeln!(
                    text,
                    "    pub(super) fn {function}<T>(&self) {{\n        \
                     x(at(Site::{site}, Ordering::{ordering})); // Ordering::SeqCst\n    }}"
                );
            }
        }
        text
    }

    #[test]
    fn reads_the_verdicts() {
        let facts = facts();
        assert_eq!(facts.check(), Findings::new());
        assert_eq!(facts.races(&["ClaimUnused"]).unwrap(), ["one_claim"]);
        assert_eq!(facts.races(&["StoringUnique"]), None);
        assert_eq!(facts.relaxed().count(), 8);
        assert_eq!(facts.reasons["TryFromShared"].0, "why");
        assert_eq!(
            facts.by_load_execution,
            "thread 1: ClaimCas, Read (Shared 0); thread 0: Destroy"
        );
        let text = expected(&facts);
        assert!(text.contains("    (&[\"ClaimUnused\"],\n        &[\"one_claim\"]),\n"));
        assert!(
            text.contains("(&[\"TestsByLoad\", \"ClaimsUnique\"],\n        &[\"two_claims\"])")
        );
        assert!(text.contains("CONFIGURATIONS: [(&[&str], &[&str]); 12]"));
    }

    #[test]
    fn refuses_verdicts_that_say_nothing() {
        assert!(Facts::read(&sample(&["TwoClaims"])).is_ok());
        for second in [&["OneClaim"][..], &["NoScenario"], &["TwoClaims", "OneClaim"]] {
            let error = Facts::read(&sample(second)).err().unwrap();
            assert!(error.contains("not in order"), "{error}");
        }
        let find = |facts: &Facts, what: &str| facts.check().iter().any(|f| f.contains(what));
        let mut facts = facts();
        facts.explored[1].races.clear();
        assert!(find(&facts, "ClaimUnused relaxed: the explorer finds no race"));
        facts.explored[0].races.push("one_claim".to_owned());
        assert!(find(&facts, "crate: the explorer finds a race"));
        facts.arc.remove("Upgrading");
        assert!(find(&facts, "Upgrading: the rows of `Arc`"));
        facts.explored.clear();
        assert!(find(&facts, "lean is not explored"));
        assert!(find(&facts, "ClaimUnused relaxed is not explored"));
        assert!(find(&facts, "TestsByLoad: the explorer finds no race"));
        facts.reasons.clear();
        assert!(find(&facts, "stronger than Relaxed, of no site"));
    }

    #[test]
    fn a_source_with_the_proved_orderings_is_accepted() {
        assert_eq!(slot_source(&facts(), &source()), Findings::new());
    }

    #[test]
    fn each_wrong_or_missing_row_is_found() {
        let (facts, source) = (facts(), source());
        let relaxed = "at(Site::Cloning, Ordering::Relaxed)";
        for (from, to, reason) in [
            ("ClaimUnused, Ordering::Acquire", "ClaimUnused, Ordering::Relaxed", "says Acquire"),
            ("ClaimUnused, Ordering::Acquire", "ClaimUnused, Ordering::AcqRel", "says Acquire"),
            ("Cloning, Ordering::Relaxed", "Cloning, Ordering::SeqCst", "says Relaxed"),
            (
                "LookingAtCount, Ordering::Relaxed",
                "LookingAtCount, Ordering::Acquire",
                "says Relaxed",
            ),
            (
                "at(Site::StoreUnused, Ordering::Release)",
                "Ordering::Release",
                "Release, of no site",
            ),
            ("at(Site::StoreUnused, Ordering::Release)", "y", "`mark_unused` is at StoreUnused"),
            (relaxed, "Ordering::Relaxed", "Relaxed, of no site"),
            (relaxed, "y", "`clone_share` is at Cloning"),
            (relaxed, "at(Site::FirstLoad, Ordering::Relaxed)", "no row of `clone_share`"),
            (
                relaxed,
                "at(Site::Cloning, Ordering::Relaxed), at(Site::Cloning, Ordering::Relaxed)",
                "a second time",
            ),
            ("Site::ShareUnique", "Site::PublishShared", "no row of `share_unique`"),
            ("Site::ShareUnique", "Site::Other", "Other has no row"),
            ("fn clone_share", "fn peek", "no row of `peek`"),
            (relaxed, "fence(order)", "a fence of no site"),
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
    fn the_declared_sites_are_the_rows() {
        let mut text = "enum Site {\n".to_owned();
        for (site, ..) in STEPS.iter().chain(&OTHERS) {
            let _ = writeln!(text, "        /// Other,\n        {site},");
        }
        text += "    }\n";
        assert_eq!(declared_sites(&text), Findings::new());
        assert_eq!(declared_sites(&text.replace("        Cloning,\n", "")).len(), 1);
        assert_eq!(declared_sites(&text.replace("Cloning,", "Cloning,\n        More,")).len(), 1);
    }

    #[test]
    fn each_site_and_scenario_has_its_loom_test() {
        let facts = facts();
        let mut text = String::from("fn one_claim() {\nfn two_claims() {\n");
        for row in &facts.explored {
            if let [change] = row.changes.as_slice() {
                let _ = writeln!(text, "    {}: \"{change}\";", snake(change));
            }
        }
        assert_eq!(loom_tests(&facts, &text), Findings::new());
        assert_eq!(loom_tests(&facts, &text.replace("one_claim", "claim")).len(), 1);
        assert_eq!(loom_tests(&facts, &text.replace("\"StoreUnused", "\"Store")).len(), 1);
    }

    #[test]
    fn a_lemma_that_is_not_there_is_found() {
        let all = THEOREMS.iter().chain(&COMPUTED).chain(&["why", "arc_why"]);
        let mut lemmas = Lemmas(all.map(|name| ((*name).to_owned(), (String::new(), 1))).collect());
        assert_eq!(lemmas.missing(&facts()), Findings::new());
        lemmas.0.remove("why");
        assert!(lemmas.missing(&facts())[0].contains("why is no lemma"));
    }
}
