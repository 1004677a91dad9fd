//! Pages for readers who come from elsewhere: tables of what another text or tool has,
//! item by item, with what there is of it here. They are made and not typed.
//!
//! A [`Page`] is made from a file of `trace/`. A row names theorems and says how much of the
//! item they cover: it is full, partial, trivial or refuted. Or it says why there is no
//! theorem: `no: …`, `not modelled: …`, or `not yet: …` for what is still to come. A row is
//! wrong if it says nothing, if its word is none of these, or if it names what does not
//! exist.
//!
//! Of the verified ostd a row also names a definition, its theorems must be exported, and
//! the tests that sample them are shown. The theorems of the other pages may be any closed
//! lemma of the rooms that the page is about, and each row has a sentence.

use crate::Findings;
use crate::coq;
use crate::glob::{self, Entry};
use crate::interface::{Interface, Statement};
use crate::project::{Unit, read, settle};
use crate::rows::{Row, rows};
use crate::trace::{Test, samples};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// What a row of a page has beside its theorems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// A definition before them, the tests that sample them, and a reason where it is not full.
    Definitions,
    /// A sentence.
    Sentences,
}

/// One page.
struct Page {
    title: &'static str,
    /// The first paragraph; the totals are added to it.
    about: &'static str,
    /// What the words of its table mean.
    words: &'static str,
    /// The file of rows, and the page that is made from it.
    source: &'static str,
    table: &'static str,
    /// Where its theorems and definitions may come from: folders and files below
    /// `theories/`, with a `*` for files of which this is the beginning.
    rooms: &'static [&'static str],
    layout: Layout,
}

const PAGES: [Page; 3] = [
    Page {
        title: "The frames of the verified ostd, and the theorems here",
        about: "\
Every function, constant, type and law of two files of [vostd](https://github.com/asterinas/vostd), what each
has become here, and which theorems are about it. Nothing here verifies the original's own source: its programs
are rendered in λRust, where threads interleave, and its types and laws in Coq. A test *samples* its theorem;
where none does, [theorems.md](theorems.md) has the reason.",
        words: "\
*Full*: the theorems say what the original's contract says, or more. *Partial*: what is missing is said.
*Trivial*: nothing is to be proved here, for the reason given. *Refuted*: the original's law is false as it stands.",
        source: "trace/vostd.toml",
        table: "docs/frames.md",
        rooms: &["frame", "model"],
        layout: Layout::Definitions,
    },
    Page {
        title: "Raw pointers and prophetic references: a note, the tools, and the theorems here",
        about: "\
The first part follows a design note of the Prusti project, which lets separation logic for raw pointers meet
prophecies for references: every rule and program of it, in its order. The second part goes through what people use
and trust today: the trusted functions on raw pointers, permissions and lifetimes of two tools,
[Creusot](https://github.com/creusot-rs/creusot) and [Verus](https://github.com/verus-lang/verus), as they were public
in August 2026. The third part has faults that were found in such tools. Nothing here verifies the tools or their
source: a row says which theorem is about the same promise, on λRust and in the logic of this library. On λRust a
pointer is an address; where pointers to one place must be told apart, the theorems are about two small machines that
do (`theories/borrow/lineage.v`).",
        words: "\
*Full*: the theorems say what the item promises, or more. *Partial*: what is missing is said. *Trivial*: nothing is
to be proved here, for the reason given. *Refuted*: it is false as it stands; where a repaired rule is named, it is
proved. *None*: there is nothing to state. *Not modelled*: our machine or logic does not speak of it. *Not yet*: it
could be stated here and is not.",
        source: "trace/borrow.toml",
        table: "docs/borrow.md",
        rooms: &[
            "lifetime",
            "logic/prophecy",
            "borrow",
            "refuted/proph_*",
            "refuted/borrow_cast",
            "refuted/raw_*",
            "refuted/box_raw",
            "refuted/address",
            "examples/proph_*",
            "examples/lifetime_client",
            "examples/raw_*",
            "examples/box_client",
            "examples/lend_*",
            "examples/lft_*",
            "examples/borrow_*",
            "types/sharing",
            "types/lft_*",
            "rc/lft_rc",
            "lang/heap",
            "lang/lang",
            "lang/lib/new_delete",
            "lang/lifting",
        ],
        layout: Layout::Sentences,
    },
    Page {
        title: "Ownership in Flux: the chapter, and the theorems here",
        about: "\
Every definition, rule and program of the chapter on ownership of [Flux's](https://flux-rs.github.io/flux/) book, in
its order, with what there is of it here. The checker is a function in Coq that computes on the compiler's MIR. It is
proved sound: each function with a certificate, of a program that it accepts, satisfies its signature (`check_sound`),
and a call of it with integers and booleans that satisfy what it demands never gets stuck
(`check_safe`). That a program ends is not said. The
checker knows integers, booleans, references to them, and calls by signature. What holds at each block is written by
hand, and a small search in Coq finds the proofs. That a program is rejected is an answer to one certificate, unless
a row says more.",
        words: "\
*Full*: the theorems say what the chapter says, or more. *Partial*: what is missing is said. *Trivial*: nothing is to
be proved here, for the reason given. *Refuted*: false as it stands. *None*: there is nothing to state. *Not yet*: it
could be stated here and is not.",
        source: "trace/refine.toml",
        table: "docs/refine.md",
        rooms: &["refine", "examples/refine_*", "examples/one_house*"],
        layout: Layout::Sentences,
    },
];

/// Words of rows with theorems, and of rows without, as the rows and as the tables have them.
const COVERED: [&str; 4] = ["full", "partial", "trivial", "refuted"];
const WITHOUT: [(&str, &str); 3] =
    [("no: ", "none"), ("not modelled: ", "not modelled"), ("not yet: ", "not yet")];

impl Page {
    /// Is the file at `path` in one of the rooms?
    fn holds(&self, path: &str) -> bool {
        let inner = path.strip_prefix("theories/").unwrap_or(path);
        self.rooms.iter().any(|room| match room.strip_suffix('*') {
            Some(beginning) => inner.starts_with(beginning),
            None => {
                inner.strip_prefix(room).is_some_and(|rest| rest.starts_with('/') || rest == ".v")
            }
        })
    }
}

/// A theorem that a row may name.
struct Known {
    statement: Statement,
    /// Does an interface promise it?
    exported: bool,
    /// Where the prover finds what is not known to be a theorem yet: library and name.
    asked: Option<(String, String)>,
}

/// What is there for the rows of a page.
#[derive(Default)]
struct Here {
    definitions: BTreeSet<String>,
    /// By their names.
    theorems: BTreeMap<String, Vec<Known>>,
    tests: Vec<Test>,
}

impl Here {
    /// The theorem `name`, or `file.name`: the one that is exported, or the only one.
    fn theorem(&self, name: &str) -> Result<&Known, String> {
        let (file, lemma) = name.split_once('.').map_or((None, name), |(f, l)| (Some(f), l));
        let of_file = |known: &&Known| {
            let stem = known.statement.path.rsplit('/').next().unwrap_or("");
            file.is_none_or(|file| stem.strip_suffix(".v") == Some(file))
        };
        let all: Vec<&Known> =
            self.theorems.get(lemma).into_iter().flatten().filter(of_file).collect();
        let exported: Vec<&Known> = all.iter().filter(|known| known.exported).copied().collect();
        match (exported.as_slice(), all.as_slice()) {
            ([one], _) | ([], [one]) => Ok(one),
            ([], []) => Err(format!("there is no theorem {name}")),
            _ => Err(format!("there are several theorems {name}: write FILE.{lemma}")),
        }
    }
}

/// The verdict of a row, `word: why`, if the word is known and the reason is one.
fn verdict(said: &str, layout: Layout) -> Option<(&str, &str)> {
    if said.is_empty() && layout == Layout::Definitions {
        return Some(("full", ""));
    }
    let (word, why) = said.split_once(": ")?;
    (COVERED.contains(&word) && why.split_whitespace().count() >= 3).then_some((word, why))
}

/// A row, taken apart.
enum Parsed<'a> {
    /// A word of [`WITHOUT`], and the reason.
    Without(&'a str, &'a str),
    /// Definitions, theorems, verdict, and what is said beside.
    Covered(&'a str, &'a str, &'a str, &'a str),
}

fn parse(row: &Row, layout: Layout) -> Result<Parsed<'_>, String> {
    let Row { name, said, .. } = row;
    if said.trim().is_empty() {
        return Err(format!("nothing is said of {name}"));
    }
    for (word, shown) in WITHOUT {
        if let Some(reason) = said.strip_prefix(word) {
            if reason.split_whitespace().count() < 3 {
                return Err(format!("say why there is nothing for {name}"));
            }
            return Ok(Parsed::Without(shown, reason));
        }
    }
    let (definitions, rest) = match layout {
        Layout::Definitions => said.split_once(';').unwrap_or((said, "")),
        Layout::Sentences => ("", said.as_str()),
    };
    let (theorems, said) = rest.split_once(';').unwrap_or((rest, ""));
    let Some((word, why)) = verdict(said.trim(), layout) else {
        return Err(match layout {
            Layout::Definitions => format!(
                "{name} is `partial`, `trivial` or `refuted`, with a reason, or nothing: {said}"
            ),
            Layout::Sentences => format!(
                "{name} is `full`, `partial`, `trivial` or `refuted`, with a sentence: {said}"
            ),
        });
    };
    if theorems.trim().is_empty() || layout == Layout::Definitions && definitions.trim().is_empty()
    {
        return Err(format!("{name} has no definition or no theorem"));
    }
    Ok(Parsed::Covered(definitions, theorems, word, why))
}

/// The text of the page, and what is wrong with its rows.
fn table(page: &Page, rows: &[Row], here: &Here) -> (Findings, String) {
    let mut findings = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut table = String::new();
    let (mut part, mut title) = ("", "");
    let head = match page.layout {
        Layout::Definitions => {
            "| there | how much | here | theorems | sampled by |\n|---|---|---|---|---|"
        }
        Layout::Sentences => "| there | how much | theorems | what is said |\n|---|---|---|---|",
    };
    for row in rows {
        let mut wrong =
            |what: String| findings.push(format!("{}:{}: {what}", page.source, row.line));
        if row.section != title {
            title = &row.section;
            // A section `part / title` is one of several of its part.
            let (of, shown) = title.split_once(" / ").unwrap_or(("", title));
            if of != part && !of.is_empty() {
                let _ = write!(table, "\n## {of}\n");
            }
            part = of;
            let level = if of.is_empty() { "##" } else { "###" };
            let _ = write!(table, "\n{level} {shown}\n\n{head}\n");
        }
        let (definitions, theorems, word, why) = match parse(row, page.layout) {
            Ok(Parsed::Covered(definitions, theorems, word, why)) => {
                (definitions, theorems, word, why)
            }
            Ok(Parsed::Without(word, reason)) => {
                *counts.entry(word).or_default() += 1;
                let (name, reason) = (cell(&row.name), cell(reason));
                let _ = match page.layout {
                    Layout::Definitions => {
                        writeln!(table, "| `{name}` | {word} | – ({reason}) | – | – |")
                    }
                    Layout::Sentences => writeln!(table, "| {name} | {word} | – | {reason} |"),
                };
                continue;
            }
            Err(what) => {
                wrong(what);
                continue;
            }
        };
        *counts.entry(word).or_default() += 1;
        for definition in definitions.split_whitespace() {
            if !here.definitions.contains(definition) {
                wrong(format!("there is no {definition}"));
            }
        }
        let (mut links, mut sampled) = (Vec::new(), BTreeSet::new());
        for name in theorems.split_whitespace() {
            match here.theorem(name) {
                Ok(Known { statement, .. }) => {
                    let Statement { lemma, path, line, .. } = statement;
                    links.push(format!("[`{lemma}`](../{path}#L{line})"));
                    sampled.extend(
                        here.tests
                            .iter()
                            .filter(|test| samples(test, statement, false))
                            .map(|test| format!("`{}`", test.shown())),
                    );
                }
                Err(what) => wrong(what),
            }
        }
        let (name, links, why) = (cell(&row.name), links.join(", "), cell(why));
        let _ = match page.layout {
            Layout::Definitions => {
                let quoted: Vec<String> = definitions
                    .split_whitespace()
                    .map(|definition| format!("`{definition}`"))
                    .collect();
                let sampled = if sampled.is_empty() {
                    "–".to_owned()
                } else {
                    sampled.into_iter().collect::<Vec<_>>().join("<br>")
                };
                let how = if why.is_empty() { word.to_owned() } else { format!("{word}: {why}") };
                writeln!(
                    table,
                    "| `{name}` | {how} | {} | {links} | {sampled} |",
                    quoted.join(", ")
                )
            }
            Layout::Sentences => writeln!(table, "| {name} | {word} | {links} | {why} |"),
        };
    }
    let totals = totals(rows.len(), &counts);
    let Page { title, about, words, .. } = page;
    let page = format!(
        "<!-- Generated by `make docs`; CI compares it. Do not edit. -->\n\
         # {title}\n\n{about}\n{totals}\n\n{words}\n{table}\n{totals}\n"
    );
    (findings, page)
}

/// A cell of a table in Markdown.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// How many rows there are of each kind.
fn totals(all: usize, counts: &BTreeMap<&str, usize>) -> String {
    let kinds: Vec<String> = COVERED
        .into_iter()
        .chain(WITHOUT.map(|(_, shown)| shown))
        .filter_map(|kind| Some(format!("{} {kind}", counts.get(kind)?)))
        .collect();
    format!("Of {all} rows: {}.", kinds.join(", "))
}

/// What the compiled files have for a page.
fn look(
    root: &Path,
    page: &Page,
    units: &[Unit],
    interfaces: &[Interface],
    statements: &[Statement],
    tests: &[Test],
) -> Result<Here, String> {
    let mut here = Here::default();
    let mut add = |statement: Statement, exported, asked| {
        let known = Known { statement, exported, asked };
        here.theorems.entry(known.statement.lemma.clone()).or_default().push(known);
    };
    for statement in statements.iter().filter(|statement| page.holds(&statement.path)) {
        add(statement.clone(), true, None);
    }
    for unit in units.iter().filter(|unit| page.holds(&unit.path)) {
        let entries = glob::parse(&read(&unit.product(root, "glob"))?);
        if page.layout == Layout::Definitions {
            here.definitions.extend(
                entries
                    .iter()
                    .filter(|entry| entry.kind != "prf" && entry.kind != "var")
                    .filter_map(|entry| entry.name.rsplit('.').next().map(str::to_owned)),
            );
            continue;
        }
        let types = glob::module_types(&entries);
        let source = read(&root.join(&unit.path))?;
        for entry in entries {
            if !matches!(entry.kind.as_str(), "prf" | "inst") {
                continue;
            }
            let Entry { start, name, .. } = entry;
            let statement = Statement {
                subject: unit.folder().to_owned(),
                lemma: name.rsplit('.').next().unwrap_or("").to_owned(),
                path: unit.path.clone(),
                line: glob::line_of(&source, start),
            };
            if glob::inside(&name, &types) {
                // An instance that an interface promises; its other promises are statements.
                let module = format!("{}.{}", unit.library, name.split('.').next().unwrap_or(""));
                let kept = interfaces
                    .iter()
                    .find(|interface| interface.module_type == module)
                    .and_then(|interface| interface.sealed.as_deref()?.rsplit_once('.'));
                if let Some((library, sealed)) = kept {
                    let asked = (library.to_owned(), format!("{sealed}.{}", statement.lemma));
                    add(statement, true, Some(asked));
                }
            } else {
                add(statement, false, Some((unit.library.clone(), name)));
            }
        }
    }
    if page.layout == Layout::Definitions {
        here.tests = tests.to_vec();
    }
    Ok(here)
}

/// Asks the prover whether what the rows name are theorems, where no interface says so.
fn not_theorems(
    root: &Path,
    work: &Path,
    lemmas: &BTreeSet<(String, String)>,
) -> Result<Findings, String> {
    let libraries: BTreeSet<&str> = lemmas.iter().map(|(library, _)| library.as_str()).collect();
    let mut text: String =
        libraries.iter().map(|library| format!("Require {library}.\n")).collect();
    for (number, (library, name)) in lemmas.iter().enumerate() {
        let _ = writeln!(
            text,
            "Goal True. let t := type of (@{library}.{name}) in let s := type of t in \
             idtac \"@@\" \"{number}\" s. Abort."
        );
    }
    let printed = coq::run(root, &work.join("pages.v"), &text)?;
    let theorems: BTreeSet<&str> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("@@ ")?.strip_suffix(" Prop"))
        .map(str::trim)
        .collect();
    Ok(lemmas
        .iter()
        .enumerate()
        .filter(|(number, _)| !theorems.contains(number.to_string().as_str()))
        .map(|(_, (library, name))| format!("{library}.{name} is no theorem, but a page names it"))
        .collect())
}

/// Makes the pages from what is compiled, exported and tested, and checks or writes them.
pub(crate) fn run(
    root: &Path,
    units: &[Unit],
    interfaces: &[Interface],
    statements: &[Statement],
    tests: &[Test],
    write: bool,
) -> Result<Findings, String> {
    let mut findings = Vec::new();
    let mut lemmas = BTreeSet::new();
    for page in &PAGES {
        let here = look(root, page, units, interfaces, statements, tests)?;
        let rows = rows(page.source, &read(&root.join(page.source))?)?;
        for row in &rows {
            let Ok(Parsed::Covered(_, theorems, ..)) = parse(row, page.layout) else { continue };
            lemmas.extend(
                theorems
                    .split_whitespace()
                    .filter_map(|name| here.theorem(name).ok()?.asked.clone()),
            );
        }
        let (wrong, text) = table(page, &rows, &here);
        findings.extend(wrong);
        findings.extend(settle(root, page.table, &text, write)?);
    }
    findings.extend(not_theorems(root, &root.join("build/trace"), &lemmas)?);
    Ok(findings)
}

#[cfg(test)]
mod pages_tests {
    use super::*;

    fn page(layout: Layout) -> Page {
        Page {
            title: "T",
            about: "About.",
            words: "Words.",
            source: "f",
            table: "t",
            rooms: &["frame", "refuted/proph_*", "refuted/raw"],
            layout,
        }
    }

    fn known(lemma: &str, path: &str, exported: bool) -> Known {
        let statement = Statement {
            subject: "frame".to_owned(),
            lemma: lemma.to_owned(),
            path: path.to_owned(),
            line: 3,
        };
        Known { statement, exported, asked: None }
    }

    fn made(layout: Layout, text: &str) -> (Findings, String) {
        let mut here = Here { definitions: BTreeSet::from(["size".to_owned()]), ..Here::default() };
        for known in [
            known("size_spec", "theories/frame/slot/frame_sig.v", true),
            known("size_spec", "theories/frame/slot/proof/frame.v", false),
            known("twice", "theories/frame/a.v", false),
            known("twice", "theories/frame/b.v", false),
        ] {
            here.theorems.entry(known.statement.lemma.clone()).or_default().push(known);
        }
        table(&page(layout), &rows("f", text).unwrap(), &here)
    }

    fn fault(layout: Layout, said: &str) -> String {
        let (findings, _) = made(layout, &format!("[s]\na = \"{said}\"\n"));
        findings.join("\n")
    }

    #[test]
    fn a_row_names_what_exists() {
        let (findings, table) = made(
            Layout::Definitions,
            "[\"a.rs\"]\n\"A::size\" = \"size; size_spec\"\n\"A::b\" = \"no: not in this one\"\n\
             \"A::c\" = \"size; size_spec; partial: only the size\"\n",
        );
        assert_eq!(findings, Findings::new());
        assert!(table.contains("\n## a.rs\n"), "{table}");
        assert!(
            table.contains("| `A::size` | full | `size` | [`size_spec`](../theories/frame/slot/frame_sig.v#L3) | – |"),
            "{table}"
        );
        assert!(table.contains("| `A::b` | none | – (not in this one) | – | – |"), "{table}");
        assert!(table.contains("| `A::c` | partial: only the size | `size` |"), "{table}");
        // In the first paragraph, and at the end.
        let totals = "Of 3 rows: 1 full, 1 partial, 1 none.\n";
        assert!(table.contains(&format!("About.\n{totals}\nWords.\n")), "{table}");
        assert!(table.ends_with(&format!("\n\n{totals}")), "{table}");
    }

    #[test]
    fn a_row_has_a_sentence() {
        let (findings, table) = made(
            Layout::Sentences,
            "[\"Part / one\"]\n\"`a` or `b | c`\" = \"size_spec a.twice; full: says the size: all of it\"\n\
             b = \"size_spec; refuted: false where it is empty\"\n[\"Part / two\"]\n\
             c = \"not yet: the machine of it\"\n[\"Other / x\"]\nd = \"not modelled: there are no bytes\"\n",
        );
        assert_eq!(findings, Findings::new());
        assert!(table.contains("\n## Part\n\n### one\n\n| there |"), "{table}");
        assert!(
            table.contains("\n\n### two\n") && table.contains("\n## Other\n\n### x\n"),
            "{table}"
        );
        assert_eq!(table.matches("## Part\n").count(), 1);
        assert!(
            table.contains("| `a` or `b \\| c` | full | [`size_spec`](../theories/frame/slot/frame_sig.v#L3), [`twice`](../theories/frame/a.v#L3) | says the size: all of it |"),
            "{table}"
        );
        assert!(table.contains("| c | not yet | – | the machine of it |"), "{table}");
        assert!(
            table.contains("Of 4 rows: 1 full, 1 refuted, 1 not modelled, 1 not yet.\n\nWords."),
            "{table}"
        );
    }

    #[test]
    fn a_theorem_that_is_missing_is_found() {
        for layout in [Layout::Definitions, Layout::Sentences] {
            let before = if layout == Layout::Definitions { "size; " } else { "" };
            let said = |name: &str| format!("{before}{name}; partial: only a part");
            assert!(fault(layout, &said("gone")).starts_with("f:2: there is no theorem gone"));
            assert!(fault(layout, &said("twice")).contains("write FILE.twice"));
            assert!(fault(layout, &said("c.twice")).contains("no theorem c.twice"));
            assert_eq!(fault(layout, &said("b.twice")), "");
            assert!(fault(layout, &said("")).contains("no definition or no theorem"));
        }
        assert!(fault(Layout::Definitions, "gone; size_spec").ends_with(":2: there is no gone"));
        assert!(fault(Layout::Definitions, "size").contains("no definition or no theorem"));
    }

    #[test]
    fn an_empty_row_is_found() {
        for layout in [Layout::Definitions, Layout::Sentences] {
            assert!(fault(layout, "").contains("nothing is said of a"));
            assert!(fault(layout, "  ").contains("nothing is said of a"));
            for word in ["no", "not yet", "not modelled"] {
                assert!(fault(layout, &format!("{word}: why")).contains("say why"));
            }
        }
    }

    #[test]
    fn an_unknown_word_is_found() {
        let definitions = |said: &str| fault(Layout::Definitions, said);
        assert!(definitions("size; size_spec; nearly: all of it").contains("with a reason"));
        assert!(definitions("size; size_spec; partial: why").contains("with a reason"));
        let sentences = |said: &str| fault(Layout::Sentences, said);
        assert!(sentences("size_spec; nearly: all of it").contains("with a sentence"));
        assert!(sentences("size_spec; full: yes").contains("with a sentence"));
        assert!(sentences("size_spec").contains("with a sentence"));
        assert!(sentences("size_spec; not yet: all of it").contains("with a sentence"));
        assert!(sentences("later: all of it").contains("with a sentence"));
    }

    #[test]
    fn a_room_is_a_folder_or_a_file() {
        let holds = |path: &str| page(Layout::Sentences).holds(path);
        assert!(holds("theories/frame/slot/frame_sig.v") && holds("theories/refuted/proph_x.v"));
        assert!(holds("theories/refuted/raw.v") && !holds("theories/refuted/raw_x.v"));
        assert!(!holds("theories/frames/x.v") && !holds("theories/refuted/rc_naive.v"));
    }

    #[test]
    fn the_pages_differ() {
        let tables: BTreeSet<&str> = PAGES.iter().map(|page| page.table).collect();
        let sources: BTreeSet<&str> = PAGES.iter().map(|page| page.source).collect();
        assert_eq!((tables.len(), sources.len()), (PAGES.len(), PAGES.len()));
    }
}
