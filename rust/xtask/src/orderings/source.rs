//! What the crate says: the orderings in its source, held against the rows of the table.

use super::facts::Facts;
use super::steps::{OTHERS, STEPS};
use super::{SLOT, SYNC, TABLE};
use crate::Findings;
use std::collections::BTreeSet;

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
pub(super) fn slot(facts: &Facts, source: &str) -> Findings {
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
pub(super) fn declared_sites(source: &str) -> Findings {
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
pub(super) fn elsewhere(path: &str, source: &str) -> Findings {
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

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;
    use std::fmt::Write as _;

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
    fn a_source_with_the_proved_orderings_is_accepted() {
        assert_eq!(slot(&facts(), &source()), Findings::new());
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
            let findings = slot(&facts, &source.replacen(from, to, 1));
            assert!(findings.iter().any(|f| f.contains(reason)), "{reason}: {findings:?}");
        }
        assert_eq!(elsewhere("a.rs", "cmp::Ordering::Less; // Ordering::SeqCst").len(), 0);
        assert_eq!(elsewhere("a.rs", "x.load(Ordering::SeqCst)").len(), 1);
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
}
