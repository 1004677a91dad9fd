//! Which folder may import which. The table in `ARCHITECTURE.md` is the rule:
//! this module reads it from there, so that the text and the check cannot part.

use crate::Findings;
use crate::coq;
use crate::project::{Unit, read};
use std::collections::BTreeMap;
use std::path::Path;

const BEGIN: &str = "<!-- layers: begin -->";
const END: &str = "<!-- layers: end -->";

/// What one layer may import.
#[derive(Debug, Default, PartialEq, Eq)]
struct Layer {
    /// Layers of Tally, or single files (`lang.machine_int`), besides its own.
    tally: Vec<String>,
    /// Prefixes of libraries from outside.
    outside: Vec<String>,
}

/// The names between backquotes in a cell of the table.
fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The table between the two marks: folder, from Tally, from outside, ….
fn parse(text: &str) -> Result<BTreeMap<String, Layer>, String> {
    let table = text
        .split_once(BEGIN)
        .and_then(|(_, rest)| rest.split_once(END))
        .map(|(table, _)| table)
        .ok_or(format!("ARCHITECTURE.md has no table between {BEGIN} and {END}"))?;
    let mut layers: BTreeMap<String, Layer> = BTreeMap::new();
    for line in table.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        let [folder, tally, outside, ..] = cells[..] else { continue };
        for folder in names(folder) {
            let layer = Layer { tally: names(tally), outside: names(outside) };
            if let Some(unknown) = layer
                .tally
                .iter()
                .find(|name| !layers.keys().any(|known| below(name, known) || below(known, name)))
            {
                return Err(format!(
                    "ARCHITECTURE.md: `{folder}` may import `{unknown}`, which is no layer above it"
                ));
            }
            layers.insert(folder, layer);
        }
    }
    if layers.is_empty() {
        Err("ARCHITECTURE.md: the table of layers is empty".to_owned())
    } else {
        Ok(layers)
    }
}

/// The row of the table for `folder` (`frame.slot.proof`): the most exact one.
fn row<'a>(layers: &'a BTreeMap<String, Layer>, folder: &str) -> Option<(&'a str, &'a Layer)> {
    layers
        .iter()
        .filter(|(name, _)| below(folder, name))
        .max_by_key(|(name, _)| name.len())
        .map(|(name, layer)| (name.as_str(), layer))
}

/// Is `library` the same as `prefix`, or below it?
fn below(library: &str, prefix: &str) -> bool {
    library.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Why `unit` may not import `library`; nothing when it may.
fn objection(layers: &BTreeMap<String, Layer>, unit: &Unit, library: &str) -> Option<String> {
    let Some((own, layer)) = row(layers, &unit.folder().replace('/', ".")) else {
        return Some(format!(
            "theories/{} is no layer of ARCHITECTURE.md: add it to the table",
            unit.folder()
        ));
    };
    let Some(inner) = library.strip_prefix("tally.") else {
        return (!layer.outside.iter().any(|prefix| below(library, prefix))).then(|| {
            format!(
                "`{own}` may not import {library}; from outside it may import {}",
                layer.outside.join(", ")
            )
        });
    };
    let target = inner.split('.').next().unwrap_or(inner);
    if !below(inner, own) && !layer.tally.iter().any(|allowed| below(inner, allowed)) {
        return Some(format!(
            "`{own}` may not import {library}; above it are {}",
            layer.tally.join(", ")
        ));
    }
    // The room of proofs is open to the sealed export of its subject only.
    if inner.split('.').any(|part| part == "proof") {
        let stem = unit.stem();
        if target != unit.layer() {
            return Some(format!(
                "{library} is a proof's inside: import the sealed export of `{target}`"
            ));
        }
        if stem.ends_with("_sig") || stem.ends_with("_code") {
            return Some(format!("{stem} is read without proofs and may not import {library}"));
        }
    }
    None
}

/// Checks every `Require` of `units` against the table.
pub(crate) fn check(root: &Path, units: &[Unit]) -> Result<Findings, String> {
    let layers = parse(&read(&root.join("ARCHITECTURE.md"))?)?;
    let mut findings = Vec::new();
    for unit in units {
        for sentence in coq::sentences(&read(&root.join(&unit.path))?) {
            for library in coq::required(&sentence.text) {
                if let Some(why) = objection(&layers, unit, &library) {
                    findings.push(format!("{}:{}: {why}", unit.path, sentence.line));
                }
            }
        }
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "<!-- layers: begin -->\n| folder | Tally | outside | holds |\n|---|---|---|---|\n\
        | `prelude` | – | `stdpp` `iris.prelude` | x |\n| `lang` | `prelude` | `stdpp` `iris` | x |\n\
        | `model` | `prelude` `lang.machine_int` | `stdpp` | x |\n| `rc` | `prelude` `lang` | `iris` | x |\n\
        | `frame.slot` | `lang` | `iris` | x |\n| `frame.list` | `lang` `frame.slot` | `iris` | x |\n\
        | `examples` | `lang` `rc` `frame` | `iris` | x |\n<!-- layers: end -->\n";

    fn objects(path: &str, library: &str) -> bool {
        objection(&parse(TABLE).unwrap(), &Unit::new(path).unwrap(), library).is_some()
    }

    #[test]
    fn only_layers_above_may_be_imported() {
        assert!(!objects("theories/rc/rc.v", "tally.lang.heap"));
        assert!(!objects("theories/rc/rc.v", "tally.rc.rc_sig"));
        assert!(objects("theories/lang/heap.v", "tally.rc.rc"));
        assert!(objects("theories/new/x.v", "tally.lang.heap"), "an unknown folder is told");
    }

    #[test]
    fn a_single_file_of_a_layer_can_be_opened() {
        assert!(!objects("theories/model/word.v", "tally.lang.machine_int"));
        assert!(objects("theories/model/word.v", "tally.lang.heap"));
    }

    #[test]
    fn a_room_of_a_subject_has_its_own_row() {
        assert!(!objects("theories/frame/list/list.v", "tally.frame.slot.slot"));
        assert!(!objects("theories/frame/slot/proof/x.v", "tally.frame.slot.proof.y"));
        assert!(objects("theories/frame/slot/slot.v", "tally.frame.list.list"));
        assert!(objects("theories/frame/slot/slot_sig.v", "tally.frame.slot.proof.y"));
        assert!(!objects("theories/examples/client.v", "tally.frame.list.list"));
        assert!(objects("theories/frame/x.v", "tally.lang.heap"), "no row of its own");
    }

    #[test]
    fn the_outside_is_limited_too() {
        assert!(objects("theories/model/word.v", "iris.base_logic.lib.own"));
        assert!(objects("theories/lang/heap.v", "Coq.Logic.Classical"));
        assert!(
            objects("theories/prelude/options.v", "iris.prelude_other.x"),
            "a prefix ends at a dot"
        );
        assert!(!objects("theories/prelude/options.v", "iris.prelude.options"));
    }

    #[test]
    fn proofs_are_reached_through_the_sealed_export() {
        assert!(!objects("theories/rc/rc.v", "tally.rc.proof.model"));
        assert!(objects("theories/rc/rc_sig.v", "tally.rc.proof.model"));
        assert!(objects("theories/examples/client.v", "tally.rc.proof.model"));
    }

    #[test]
    fn a_table_out_of_order_is_refused() {
        let text = TABLE.replace("| `prelude` | –", "| `prelude` | `rc`");
        assert!(parse(&text).unwrap_err().contains("no layer above it"));
        assert!(parse("no table").is_err());
    }
}
