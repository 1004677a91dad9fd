//! `rust/tally/README.md`: the documentation of the crate's root as a page that is
//! read outside rustdoc, made from the `//!` lines of its `lib.rs`.
//!
//! Links to items become plain code, since only rustdoc can resolve them; links to
//! addresses stay. Of examples the lines that rustdoc hides are left out, and
//! headings go one level down, below the title.

use crate::Findings;
use crate::project::read;
use std::path::Path;

const SOURCE: &str = "rust/tally/src/lib.rs";
const TARGET: &str = "rust/tally/README.md";
const HEAD: &str = "\
<!-- Generated from src/lib.rs by `make docs`; CI compares it. Do not edit. -->
# tally

The first page of the crate's documentation; `cargo doc -p tally-rc --open` shows it
with its links, and a search that finds an operation by the name of its lemma.
";

/// The documentation of a file's root: its `//!` lines, without the marks.
fn root_documentation(source: &str) -> Vec<&str> {
    source
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .map(|line| {
            let line = &line["//!".len()..];
            line.strip_prefix(' ').unwrap_or(line)
        })
        .collect()
}

/// A line of an example as rustdoc shows it; nothing where it is hidden.
fn shown(line: &str) -> Option<String> {
    let text = line.trim_start();
    let margin = &line[..line.len() - text.len()];
    match text.strip_prefix('#') {
        Some("") => None,
        Some(rest) if rest.starts_with(' ') => None,
        Some(rest) if rest.starts_with('#') => Some(format!("{margin}{rest}")),
        _ => Some(line.to_owned()),
    }
}

/// The language of an example: what is not named, or is a wish about how rustdoc
/// runs it, is Rust.
fn fence(line: &str) -> String {
    let words = line.trim_start_matches('`');
    let rust = words.split(',').map(str::trim).all(|word| {
        matches!(word, "" | "rust" | "no_run" | "ignore" | "should_panic" | "compile_fail")
            || word.starts_with("edition")
    });
    if rust { "```rust".to_owned() } else { line.to_owned() }
}

/// A line of prose without its links to items: ``[`Rc`]``, ``[`Rc`](rc::Rc)``.
fn without_item_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('[') {
        let (before, link) = rest.split_at(start);
        text.push_str(before);
        let Some(end) = link.find(']') else {
            rest = link;
            break;
        };
        let (label, after) = (&link[1..end], &link[end + 1..]);
        let target = after.strip_prefix('(').and_then(|after| after.split_once(')'));
        let code = label.len() > 1 && label.starts_with('`') && label.ends_with('`');
        match target {
            // An address.
            Some((target, after)) if target.contains("://") => {
                text.push_str(&link[..link.len() - after.len()]);
                rest = after;
            }
            Some((_, after)) => {
                text.push_str(label);
                rest = after;
            }
            None => {
                text.push_str(if code { label } else { &link[..=end] });
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// The page that the file `source` gives.
fn page(source: &str) -> String {
    let mut text = HEAD.to_owned();
    text.push('\n');
    let mut in_example = false;
    for line in root_documentation(source) {
        let line = if line.starts_with("```") {
            in_example = !in_example;
            Some(if in_example { fence(line) } else { line.to_owned() })
        } else if in_example {
            shown(line)
        } else if line.starts_with('#') {
            Some(format!("#{}", without_item_links(line)))
        } else {
            Some(without_item_links(line))
        };
        if let Some(line) = line {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// Writes the page, or with `write` false compares it.
pub(crate) fn run(root: &Path, write: bool) -> Result<Findings, String> {
    let source = read(&root.join(SOURCE))?;
    if root_documentation(&source).is_empty() {
        return Err(format!("{SOURCE} does not begin with its documentation"));
    }
    let page = page(&source);
    let target = root.join(TARGET);
    if write {
        std::fs::write(&target, page).map_err(|error| format!("{}: {error}", target.display()))?;
    } else if read(&target)? != page {
        return Ok(vec![format!("{TARGET} is not what `make docs` writes from {SOURCE}")]);
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod readme_tests {
    use super::*;

    #[test]
    fn a_page_is_read_without_rustdoc() {
        let source = "\
//! Counts.
//!
//! # [`Rc`] and others
//! A [`Weak`]s, [`Frame`](frame::Frame), [std](https://doc.rust-lang.org), `[u8; 4]`, [x
//!
//! ```no_run
//! # hidden();
//!     # hidden();
//! #
//! #[derive(Debug)]
//! ## shown
//! let a = [`x`];
//! # Ok::<(), ()>(())
//! ```
//!
//! ```text
//! plain
//! ```
//! # After
#![no_std]
//! not of the root
";
        let expected = "\
Counts.

## `Rc` and others
A `Weak`s, `Frame`, [std](https://doc.rust-lang.org), `[u8; 4]`, [x

```rust
#[derive(Debug)]
# shown
let a = [`x`];
```

```text
plain
```
## After
";
        assert_eq!(page(source), format!("{HEAD}\n{expected}"));
    }
}
