//! What the prover says: the values that were extracted as JSON, and what the table takes
//! for granted of them.

use super::steps::{ARC, LEAN, STEPS, TESTS_BY_LOAD};
use crate::Findings;
use crate::json::{self, Json, Members};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A value of Coq: a constructor and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    name: String,
    args: Vec<Term>,
}

impl Term {
    fn read(json: &Json) -> Result<Self, String> {
        match json.text("what")? {
            "expr:lambda" if json.array("argnames")?.is_empty() => Self::read(json.member("body")?),
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
pub(super) struct Row {
    pub(super) changes: Vec<String>,
    pub(super) races: Vec<String>,
}

/// All of the JSON. Scenarios are named as in the loom tests, changes and sites as in
/// the crate.
pub(super) struct Facts {
    pub(super) scenarios: Vec<String>,
    /// What the explorer is proved to find, and what it and loom are tested to find.
    pub(super) explored: Vec<Row>,
    pub(super) combined: Vec<Row>,
    /// What each step uses: an ordering, or nothing where it is left out.
    pub(super) uses_crate: BTreeMap<String, Option<String>>,
    pub(super) uses_lean: BTreeMap<String, Option<String>>,
    /// For each site the lemma that it is needed, and the execution.
    pub(super) reasons: BTreeMap<String, (String, String)>,
    pub(super) by_load_execution: String,
    /// Of `Arc`: the ordering of each step, and why it is needed, if it is.
    pub(super) arc: BTreeMap<String, (String, Option<(String, String)>)>,
}

impl Facts {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let json = json::parse(text)?;
        let mut terms = BTreeMap::new();
        for item in json.array("declarations")? {
            if item.text("what")? == "decl:term" {
                terms.insert(item.text("name")?, item.member("value")?);
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
    pub(super) fn races(&self, changes: &[&str]) -> Option<&[String]> {
        let row = self.explored.iter().find(|row| row.changes == changes)?;
        Some(&row.races)
    }

    /// The sites whose ordering is required, and the scenarios that race when it is relaxed.
    pub(super) fn relaxed(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.explored.iter().filter_map(|row| match row.changes.as_slice() {
            [site] if self.reasons.contains_key(site) => Some((site.as_str(), &row.races[..])),
            _ => None,
        })
    }

    pub(super) fn bearing(&self, step: &str) -> bool {
        self.reasons.contains_key(step)
    }

    /// What the table takes for granted.
    pub(super) fn check(&self) -> Findings {
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
pub(super) fn snake(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::expected;
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

    pub(in super::super) fn facts() -> Facts {
        Facts::read(&sample(&[])).unwrap()
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
        let text = expected::file(&facts);
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
}
