//! What the pages quote must exist. A code block after `<!-- from: PATH -->` must stand in
//! that file as it is, so that the prover has checked it; what a link to a file of the
//! library says in backquotes must be a name in that file; and on a page with
//! `<!-- names: theories -->` every name with an underscore in backquotes must be a name
//! of the library.

use crate::Findings;
use crate::project::{read, walk};
use std::collections::BTreeSet;
use std::path::Path;

const FROM: &str = "<!-- from: ";
const NAMES: &str = "<!-- names: theories -->";

/// The code blocks of `page` with a source: its path, the block, and the block's line.
fn blocks(page: &str) -> Vec<(&str, String, usize)> {
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        let Some(path) = line.strip_prefix(FROM).and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        let Some((number, _)) = lines.next() else { break };
        let block: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| !line.starts_with("```"))
            .collect();
        found.push((path, block.join("\n"), number + 1));
    }
    found
}

/// The links of `page` such as ``[`name`](../theories/x.v)``: name, path, line.
fn links(page: &str) -> Vec<(&str, &str, usize)> {
    let mut found = Vec::new();
    for (number, line) in page.lines().enumerate() {
        for part in line.split("[`").skip(1) {
            let Some((name, rest)) = part.split_once("`](../theories/") else { continue };
            let Some((path, _)) = rest.split_once(')') else { continue };
            let path = path.split('#').next().unwrap_or(path);
            found.push((name, path, number + 1));
        }
    }
    found
}

/// The names with an underscore that `page` has in backquotes, with their lines.
fn names(page: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (number, line) in page.lines().enumerate() {
        in_block ^= line.starts_with("```");
        if in_block {
            continue;
        }
        found.extend(
            line.split('`')
                .skip(1)
                .step_by(2)
                .filter(|name| name.contains('_') && words(name).eq([*name]))
                .map(|name| (name, number + 1)),
        );
    }
    found
}

/// The words of `text`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '\''))
}

/// Is `name` a word of `text`?
fn mentions(text: &str, name: &str) -> bool {
    words(text).any(|word| word == name)
}

/// Checks the pages of `docs/`.
pub(crate) fn check(root: &Path) -> Findings {
    let mut findings = Vec::new();
    let library: Vec<String> = walk(root, "theories", &|path| path.ends_with(".v"))
        .iter()
        .filter_map(|path| read(&root.join(path)).ok())
        .collect();
    let known: BTreeSet<&str> = library.iter().flat_map(|text| words(text)).collect();
    for page in walk(root, "docs", &|path| path.ends_with(".md")) {
        let Ok(text) = read(&root.join(&page)) else { continue };
        for (path, block, line) in blocks(&text) {
            match read(&root.join(path)) {
                Ok(source) if source.contains(&block) => {}
                Ok(_) => findings.push(format!("{page}:{line}: this block is not in {path}")),
                Err(error) => findings.push(format!("{page}:{line}: {error}")),
            }
        }
        if text.contains(NAMES) {
            for (name, line) in names(&text).into_iter().filter(|(name, _)| !known.contains(name)) {
                findings.push(format!("{page}:{line}: there is no {name} in the library"));
            }
        }
        for (name, path, line) in links(&text) {
            let path = format!("theories/{path}");
            match read(&root.join(&path)) {
                Ok(_) if path.ends_with(name) => {}
                Ok(source) if mentions(&source, name) => {}
                Ok(_) => findings.push(format!("{page}:{line}: there is no {name} in {path}")),
                Err(error) => findings.push(format!("{page}:{line}: {error}")),
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_knows_its_source() {
        let page = "x\n<!-- from: a/b.v -->\n```coq\none\ntwo\n```\n```\nthree\n```\n";
        assert_eq!(blocks(page), [("a/b.v", "one\ntwo".to_owned(), 3)]);
    }

    #[test]
    fn names_are_told_from_code_and_prose() {
        let page = "`a_b` and `c` and `x -> y_z`\n```\n`d_e`\n```\n`f_g`\n";
        assert_eq!(names(page), [("a_b", 1), ("f_g", 5)]);
    }

    #[test]
    fn a_link_names_a_word_of_its_file() {
        let page = "see [`a_b`](../theories/x.v#L3) and [`c`](other.md)\n";
        assert_eq!(links(page), [("a_b", "x.v", 1)]);
        assert!(mentions("Lemma a_b : True.", "a_b") && !mentions("Lemma a_bc : True.", "a_b"));
    }
}
