//! Reading Coq source without a prover, and running the prover.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A sentence of a Coq file, without comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// The line it starts on, from 1.
    pub(crate) line: usize,
    /// Its words with single blanks between them, without the final full stop.
    pub(crate) text: String,
}

/// The source with comments and the inside of strings blanked out; line breaks
/// stay, so that positions can be told.
pub(crate) fn blank_comments(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    let (mut depth, mut in_string) = (0usize, false);
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if in_string {
            in_string = c != '"';
            out.push(if c == '\n' || (c == '"' && depth == 0) { c } else { ' ' });
        } else if c == '"' {
            in_string = true;
            out.push(if depth == 0 { c } else { ' ' });
        } else if c == '(' && next == Some('*') {
            chars.next();
            depth += 1;
            out.push_str("  ");
        } else if depth > 0 && c == '*' && next == Some(')') {
            chars.next();
            depth -= 1;
            out.push_str("  ");
        } else {
            out.push(if depth == 0 || c == '\n' { c } else { ' ' });
        }
    }
    out
}

/// The sentences of a file: what ends in a full stop before a blank. Bullets
/// and braces stay glued to what follows them, which no check here minds.
pub(crate) fn sentences(source: &str) -> Vec<Sentence> {
    let blanked = blank_comments(source);
    let mut found = Vec::new();
    let mut text = String::new();
    let (mut line, mut first_line, mut in_string) = (1, 1, false);
    let mut chars = blanked.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = c == '.' && !in_string && chars.peek().is_none_or(|next| next.is_whitespace());
        if text.is_empty() && !c.is_whitespace() {
            first_line = line;
        }
        if c == '"' {
            in_string = !in_string;
        }
        if c == '\n' {
            line += 1;
        }
        if ends {
            found.push(Sentence {
                line: first_line,
                text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            });
            text.clear();
        } else if !text.is_empty() || !c.is_whitespace() {
            text.push(c);
        }
    }
    found
}

/// The libraries that a sentence asks for, in full: `From a Require Import b c`
/// gives `a.b` and `a.c`. Nothing when it is no `Require`.
pub(crate) fn required(sentence: &str) -> Vec<String> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let (prefix, rest) = match words.as_slice() {
        ["From", prefix, "Require", rest @ ..] => (format!("{prefix}."), rest),
        ["Require", rest @ ..] => (String::new(), rest),
        _ => return Vec::new(),
    };
    let names = match rest {
        ["Import" | "Export", names @ ..] => names,
        names => names,
    };
    names
        .iter()
        .filter(|name| !name.starts_with(['-', '(']))
        .map(|name| format!("{prefix}{name}"))
        .collect()
}

/// Compiles a generated file and gives what the prover printed; an error holds
/// the prover's own message.
pub(crate) fn run(root: &Path, file: &Path, text: &str) -> Result<String, String> {
    let folder = file.parent().ok_or("a generated file needs a folder")?;
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    let coqc = std::env::var("COQC").unwrap_or_else(|_| "coqc".to_owned());
    let output = Command::new(&coqc)
        .current_dir(root)
        .args(["-q", "-w", "none", "-Q", "theories", "tally"])
        .arg(file)
        .output()
        .map_err(|error| format!("{coqc} does not start ({error}): run `make deps`"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "{} does not compile:\n{}",
            file.display(),
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The words are planted where they mean nothing.
    #[test]
    fn comments_and_strings_hide_their_words() {
        let source =
            "(** Axiom (* nested *) \"*)\" *)\nLemma a : \"Admitted. x\" = b.c. Proof. done. Qed.";
        let found = sentences(source);
        let texts: Vec<&str> = found.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(texts.len(), 4);
        assert!(texts[0].starts_with("Lemma a : \"") && texts[0].ends_with("= b.c"));
        assert!(!texts[0].contains("Admitted"));
        assert_eq!(&texts[1..], ["Proof", "done", "Qed"]);
        assert_eq!(found[0].line, 2);
    }

    #[test]
    fn requires_are_read_in_full() {
        assert_eq!(
            required("From iris.bi Require Import fractional lib.atomic"),
            ["iris.bi.fractional", "iris.bi.lib.atomic"]
        );
        assert_eq!(required("Require Export tally.rc.rc"), ["tally.rc.rc"]);
        assert!(required("Lemma Require_me : True").is_empty());
    }
}
