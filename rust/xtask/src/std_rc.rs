//! `cargo xtask std`: what the crate's `Rc`, `Weak` and `UniqueRc` have of what std's have,
//! and the other way round: traits, functions, and the functions of traits that are not
//! left to what the trait provides. Each difference has its reason, in `trace/std-rc.txt`.
//!
//! Both sides are read from rustdoc's pages, which say all this in one form: those of the
//! crate are made here, those of std come with the toolchain (`rust-docs`). Where they have
//! not come, the list is what it was recorded from. The form is not stable, and std grows:
//! the list is for one compiler, as that of the crate's interface.

use crate::Findings;
use crate::project::read;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const LIST: &str = "trace/std-rc.txt";
const TYPES: [&str; 3] = ["Rc", "Weak", "UniqueRc"];
const HEAD: &str = "\
# What std's Rc, Weak and UniqueRc have, and the crate's: `cargo run -p xtask -- std --write`
# writes the names and keeps the reasons, `ci/api` compares.
# `=` both have it, `-` only std, `+` only the crate; then the reason. Allocators are left out
# of names. A name that ends in `: f` is a function that a trait provides and the type has
# its own of.
";

/// Compares the pages with the list, or writes the list.
pub(crate) fn run(root: &Path, write: bool) -> Result<Findings, String> {
    let ours = of_crate(root)?;
    let list = List::parse(&read(&root.join(LIST)).unwrap_or_default())?;
    let std = match of_std()? {
        Some(std) => std,
        None => {
            println!("std: no pages of std here (`rust-docs`); compared with what {LIST} has");
            list.std()
        }
    };
    if ours.is_empty() || std.is_empty() {
        return Err("rustdoc's pages are not of the form that is read here".to_owned());
    }
    let mut text = HEAD.to_owned();
    let mut findings = Vec::new();
    let (mut same, mut differ) = (0, 0);
    for name in ours.union(&std) {
        let sign = match (std.contains(name), ours.contains(name)) {
            (true, true) => '=',
            (true, false) => '-',
            (false, _) => '+',
        };
        let reason = list.lines.get(name).filter(|(known, _)| *known == sign);
        let reason = reason.map_or("", |(_, reason)| reason.as_str());
        if sign == '=' {
            same += 1;
            let _ = writeln!(text, "= {name}");
        } else {
            differ += 1;
            let _ = writeln!(text, "{sign} {name} | {reason}");
            if reason.is_empty() {
                findings.push(format!("{LIST}: {sign} {name} has no reason"));
            }
        }
    }
    if write {
        fs::write(root.join(LIST), &text).map_err(|error| format!("{LIST}: {error}"))?;
        println!("wrote {LIST}");
    } else if read(&root.join(LIST))? != text {
        findings.push(format!("{LIST} is stale: run `cargo run -p xtask -- std --write`"));
        findings.extend(list.differences(&text)?);
    }
    if findings.is_empty() {
        println!(
            "std: {same} items of Rc, Weak and UniqueRc as in std, {differ} not, with reasons"
        );
    }
    Ok(findings)
}

/// The committed list: for each name, who has it and why.
struct List {
    lines: BTreeMap<String, (char, String)>,
}

impl List {
    fn parse(text: &str) -> Result<Self, String> {
        let mut lines = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut letters = line.chars();
            let sign = letters.next().filter(|sign| matches!(sign, '=' | '-' | '+'));
            let sign = sign.ok_or(format!("{LIST}: not a line of the list: {line}"))?;
            let rest = letters.as_str().trim();
            let (name, reason) = rest.split_once(" | ").unwrap_or((rest, ""));
            let name = name.trim_end_matches(" |").to_owned();
            if lines.insert(name, (sign, reason.to_owned())).is_some() {
                return Err(format!("{LIST}: twice: {line}"));
            }
        }
        Ok(Self { lines })
    }

    /// What std had when the list was written.
    fn std(&self) -> BTreeSet<String> {
        let of_std = self.lines.iter().filter(|(_, (sign, _))| *sign != '+');
        of_std.map(|(name, _)| name.clone()).collect()
    }

    /// The lines that another list has differently.
    fn differences(&self, other: &str) -> Result<Findings, String> {
        let other = Self::parse(other)?;
        let names: BTreeSet<_> = self.lines.keys().chain(other.lines.keys()).collect();
        let sign = |list: &Self, name: &String| list.lines.get(name).map(|(sign, _)| *sign);
        Ok(names
            .into_iter()
            .filter(|name| sign(self, name) != sign(&other, name))
            .map(|name| {
                format!("{name}: listed as {:?}, is {:?}", sign(self, name), sign(&other, name))
            })
            .collect())
    }
}

/// What the crate's types have.
fn of_crate(root: &Path) -> Result<BTreeSet<String>, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("rust/target"), PathBuf::from);
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command
        .current_dir(root.join("rust"))
        .args(["doc", "--locked", "--quiet", "-p", "tally-rc", "--no-deps", "--target-dir"])
        .arg(&target);
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    of_pages(&target.join("doc/tally"), "src/tally/")
}

/// What std's types have; nothing where its pages have not come with the toolchain.
fn of_std() -> Result<Option<BTreeSet<String>>, String> {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    let output = output.map_err(|error| format!("rustc: {error}"))?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let pages = sysroot.join("share/doc/rust/html/std/rc");
    if pages.is_dir() { of_pages(&pages, "src/alloc/rc.rs").map(Some) } else { Ok(None) }
}

fn of_pages(folder: &Path, source: &str) -> Result<BTreeSet<String>, String> {
    let mut all = BTreeSet::new();
    for name in TYPES {
        of_page(&read(&folder.join(format!("struct.{name}.html")))?, name, source, &mut all)?;
    }
    Ok(all)
}

/// What one page says of the type, whose own code is below the path `source`.
fn of_page(page: &str, name: &str, source: &str, all: &mut BTreeSet<String>) -> Result<(), String> {
    // The `impl` that the sections which follow belong to.
    let mut owner = None;
    for section in page.split("<section id=\"").skip(1) {
        let section = section.split("</section>").next().unwrap_or("");
        let (start, _) = section.split_once('>').ok_or("a section without an end")?;
        if start.ends_with("class=\"impl\"") {
            let header = text(after(section, "<h3 class=\"code-header\">")?);
            let header = without_generics(header.strip_prefix("impl").unwrap_or(&header));
            let header = header.split("where").next().unwrap_or("");
            let header =
                header.split("Available on").next().unwrap_or("").trim().replace(", A>", ">");
            owner = mentions(&header, name).then_some(header);
            // Of a type's own functions each has a line.
            all.extend(owner.clone().filter(|header| header.contains(" for ")));
        } else if start.contains("class=\"method") {
            let Some(owner) = &owner else { continue };
            let title = after(section, "<h4 class=\"code-header\">")?;
            let function = text(after(title, "class=\"fn\">")?.split("</a>").next().unwrap_or(""));
            if !start.contains("trait-impl") {
                all.insert(format!("{owner}::{function}"));
            } else if title.contains("#method.") && section.contains(source) {
                all.insert(format!("{owner}: {function}"));
            }
        }
    }
    Ok(())
}

fn after<'a>(text: &'a str, mark: &str) -> Result<&'a str, String> {
    text.split_once(mark).map(|(_, rest)| rest).ok_or(format!("a page has no {mark}"))
}

/// Whether the type is named, by itself: `Rc` is not in `UniqueRc<T>`.
fn mentions(header: &str, name: &str) -> bool {
    header.split(|c: char| !c.is_alphanumeric()).any(|word| word == name)
}

/// What is shown of marked text.
fn text(marked: &str) -> String {
    let mut shown = String::new();
    for part in marked.split('<') {
        shown.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    let shown = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rest behind `<…>` at the start.
fn without_generics(text: &str) -> String {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let rest = if c == '>' { &text[at + 1..] } else { &text[at..] };
            return rest.trim().to_owned();
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read() {
        let page = "<section id=\"impl-Rc\" class=\"impl\"><h3 class=\"code-header\">impl&lt;T, A: B&lt;C&gt;&gt; \
            <a>Rc</a>&lt;T, A&gt;<div class=\"where\">where T: X</div></h3></section>\
            <section id=\"method.new\" class=\"method\"><h4 class=\"code-header\">pub fn <a href=\"#method.new\" \
            class=\"fn\">new</a>(T)</h4></section>\
            <section id=\"impl-Send\" class=\"impl\"><h3 class=\"code-header\">impl&lt;T&gt; !<a>Send</a> for <a>Rc</a>&lt;T&gt;</h3></section>\
            <section id=\"impl-Any\" class=\"impl\"><h3 class=\"code-header\">impl&lt;T&gt; Any for T</h3></section>\
            <section id=\"method.type_id\" class=\"method trait-impl\"><h4 class=\"code-header\">fn <a href=\"x#method.type_id\" class=\"fn\">type_id</a></h4></section>\
            <section id=\"impl-PartialEq\" class=\"impl\"><h3 class=\"code-header\">impl PartialEq for Rc&lt;T&gt;</h3></section>\
            <section id=\"method.eq\" class=\"method trait-impl\"><a href=\"src/mine/a\"></a><h4 class=\"code-header\">fn <a href=\"x#tymethod.eq\" class=\"fn\">eq</a></h4></section>\
            <section id=\"method.ne\" class=\"method trait-impl\"><a href=\"src/mine/a\"></a><h4 class=\"code-header\">fn <a href=\"x#method.ne\" class=\"fn\">ne</a></h4></section>\
            <section id=\"method.lt\" class=\"method trait-impl\"><a href=\"src/core/a\"></a><h4 class=\"code-header\">fn <a href=\"x#method.lt\" class=\"fn\">lt</a></h4></section>";
        let mut all = BTreeSet::new();
        of_page(page, "Rc", "src/mine/", &mut all).unwrap();
        let expected =
            ["!Send for Rc<T>", "PartialEq for Rc<T>", "PartialEq for Rc<T>: ne", "Rc<T>::new"];
        assert_eq!(all, expected.map(str::to_owned).into());
    }

    #[test]
    fn lists_are_read() {
        let list =
            List::parse("# a\n= Rc<T>::new\n- Rc<T>::old | gone\n+ Rc<T>::more | here\n").unwrap();
        assert_eq!(list.std(), ["Rc<T>::new", "Rc<T>::old"].map(str::to_owned).into());
        assert_eq!(
            list.differences("= Rc<T>::new\n= Rc<T>::old\n+ Rc<T>::more | x\n").unwrap().len(),
            1
        );
        assert!(List::parse("= a\n+ a | b\n").is_err() && List::parse("a\n").is_err());
    }
}
