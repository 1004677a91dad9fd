//! The results outside the interfaces that a reader would cite: adequacy, freedom from
//! races, refutations, what closed clients do. The keyword says which they are: such a
//! result is a `Theorem` or a `Corollary`, and a step on the way is a `Lemma`.

use crate::coq;
use crate::project::{Unit, read};
use std::fmt::Write as _;
use std::path::Path;

/// The names of the theorems that `source` declares, with their lines.
fn declared(source: &str) -> Vec<(String, usize)> {
    coq::sentences(source)
        .into_iter()
        .filter_map(|sentence| {
            let mut words = sentence.text.split_whitespace();
            let keyword = words.next()?;
            let name = words.next()?;
            matches!(keyword, "Theorem" | "Corollary").then(|| {
                let end = name.find([':', '(', '{', '`']).unwrap_or(name.len());
                (name[..end].to_owned(), sentence.line)
            })
        })
        .collect()
}

/// The part of `docs/theorems.md` about them.
pub(crate) fn section(root: &Path, units: &[Unit]) -> Result<String, String> {
    let mut text = String::from(
        "\n# Theorems outside the interfaces\n\n\
         What is proved of executions and of the logic as a whole: adequacy, freedom from data races, refutations,\n\
         impossibility results, and what closed client programs do. No Rust test samples these by name.\n",
    );
    let (mut count, mut current) = (0, "");
    for unit in units {
        if unit.stem().ends_with("_sig") || unit.folder().split('/').any(|part| part == "proof") {
            continue;
        }
        for (name, line) in declared(&read(&root.join(&unit.path))?) {
            if current != unit.folder() {
                current = unit.folder();
                let _ = write!(text, "\n## {current}\n\n| theorem | statement |\n|---|---|\n");
            }
            let path = &unit.path;
            let _ = writeln!(text, "| `{name}` | [{path}:{line}](../{path}#L{line}) |");
            count += 1;
        }
    }
    let _ = write!(text, "\n{count} theorems outside the interfaces.\n");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theorem_is_told_from_a_lemma_and_a_comment() {
        let source = "(* Theorem no : True. *)\nLemma step : True.\nProof. done. Qed.\n\n\
            Theorem a_b `{!g Σ} (x : nat) :\n  True.\nProof. done. Qed.\nCorollary c: True.\n";
        assert_eq!(declared(source), [("a_b".to_owned(), 5), ("c".to_owned(), 8)]);
    }
}
