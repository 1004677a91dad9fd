//! The lemmas that the table names, and where they stand.

use super::facts::Facts;
use crate::Findings;
use crate::glob;
use crate::project::read;
use std::collections::BTreeMap;
use std::path::Path;

const INTERFACE: &str = "theories/orderings/orderings_sig";
const EXPLORED: &str = "theories/orderings/explored";

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

/// Where the lemmas stand: by name, the file and the line.
pub(super) struct Lemmas(BTreeMap<String, (String, usize)>);

impl Lemmas {
    /// From the compiled interface and what is explored.
    pub(super) fn read(root: &Path) -> Result<Self, String> {
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
    pub(super) fn missing(&self, facts: &Facts) -> Findings {
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

    pub(super) fn link(&self, name: &str) -> String {
        match self.0.get(name) {
            Some((file, line)) => format!("[`{name}`](../{file}#L{line})"),
            None => format!("`{name}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;

    #[test]
    fn a_lemma_that_is_not_there_is_found() {
        let all = THEOREMS.iter().chain(&COMPUTED).chain(&["why", "arc_why"]);
        let mut lemmas = Lemmas(all.map(|name| ((*name).to_owned(), (String::new(), 1))).collect());
        assert_eq!(lemmas.missing(&facts()), Findings::new());
        lemmas.0.remove("why");
        assert!(lemmas.missing(&facts())[0].contains("why is no lemma"));
    }
}
