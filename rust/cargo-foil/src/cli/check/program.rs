//! The functions of a program: each body in the MIR with the item in the source that it is
//! made from.
//!
//! MIR has no attributes, so that what is written at a function is found by its place. The
//! type of the result stands behind the function's name, and no other function's name stands
//! between the two; the names must agree as well.

use crate::diagnostics::Sources;
use crate::signature::{self, Item, Problem, Source};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tally_mir::ast::{self, Dump, Name};
use tally_mir::spans::{Span, Spans};

/// A file with what is written in it.
pub(crate) struct FileRead {
    pub(crate) text: String,
    pub(crate) source: Result<Source, Problem>,
    /// Whether it is the file that the program begins with. Of another one it is not known
    /// what the paths in it are behind.
    pub(crate) is_root: bool,
    /// Modules in other files that were not found.
    pub(crate) lost: Vec<(signature::Span, String)>,
}

/// The files that a module may be in, which is declared in this file.
fn module_files(declaring: &Path, module: &signature::Module) -> Vec<PathBuf> {
    let folder = declaring.parent().unwrap_or(Path::new(""));
    if let Some(file) = &module.file {
        return vec![folder.join(file)];
    }
    let stem = declaring.file_stem().map(PathBuf::from).unwrap_or_default();
    let mut found = Vec::new();
    for folder in [folder.to_owned(), folder.join(stem)] {
        let path: PathBuf = module.path.iter().collect();
        found.push(folder.join(&path).with_extension("rs"));
        found.push(folder.join(&path).join("mod.rs"));
    }
    found
}

/// A function with a body.
pub(crate) struct Function<'a> {
    /// Its number among the bodies of the dump.
    pub(crate) body: usize,
    /// Its path, for readers.
    pub(crate) path: String,
    /// The file that it is in; empty if that is not known.
    pub(crate) file: String,
    /// What is written at it; none, if no function is written there, as for those that
    /// macros and `derive` make.
    pub(crate) item: Option<&'a Item>,
    /// Where its name is, or else where its result's type is.
    pub(crate) span: Option<Span>,
    /// From the first line of its attributes to the last of its body.
    pub(crate) lines: (u32, u32),
}

/// A place in a file, as places in MIR are.
pub(crate) fn span(file: &str, of: signature::Span) -> Span {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Span {
        file: file.to_owned(),
        start: (number(of.start.0), number(of.start.1)),
        end: (number(of.end.0), number(of.end.1)),
    }
}

/// The files of the program, read: that which it begins with, those of its modules, and
/// those that bodies are in.
pub(crate) fn files(
    dump: &Dump,
    spans: &Spans,
    text: &str,
    sources: &Sources,
    root: &Path,
) -> BTreeMap<String, FileRead> {
    let anchors = Anchors::of(dump, spans, text);
    let mut names: Vec<String> =
        anchors.of_body.iter().flatten().map(|anchor| anchor.file.clone()).collect();
    names.sort();
    names.dedup();
    let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    };
    names.insert(0, root.display().to_string());
    let mut files: BTreeMap<String, FileRead> = BTreeMap::new();
    let mut read: BTreeMap<PathBuf, String> = BTreeMap::new();
    while let Some(name) = names.pop() {
        // What the compiler's own library has is no part of the program.
        if name.starts_with("/rustc/") || name.contains("/registry/src/") {
            continue;
        }
        let Some(path) = sources.find(&name) else { continue };
        // The compiler's names come first, as places are those of them.
        let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
        if files.contains_key(&name) || read.contains_key(&whole) {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let source = match path.parent() {
            Some(folder) => signature::read_in(&text, folder),
            None => signature::read(&text),
        };
        let mut lost = Vec::new();
        for module in source.iter().flat_map(|source| &source.modules) {
            let found: Vec<PathBuf> =
                module_files(&path, module).into_iter().filter(|path| path.exists()).collect();
            if found.is_empty() {
                let what =
                    format!("the module `{}`, whose file is not found", module.path.join("::"));
                lost.push((module.span, what));
            }
            names.splice(0..0, found.iter().map(|path| path.display().to_string()));
        }
        read.insert(whole, name.clone());
        let is_root = same(&path, root);
        files.insert(name, FileRead { text, source, is_root, lost });
    }
    files
}

/// For each body, the place of its result's type, and of all of it.
struct Anchors {
    of_body: Vec<Option<Span>>,
    whole: Vec<Option<Span>>,
}

impl Anchors {
    fn of(dump: &Dump, spans: &Spans, text: &str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let (mut of_body, mut whole) = (Vec::new(), Vec::new());
        for body in &dump.bodies {
            let begin = body.line as usize;
            let mut anchor = None;
            let mut all: Option<Span> = None;
            for (line, text) in (body.line..).zip(lines.iter().skip(begin.saturating_sub(1))) {
                let span = spans.of_line(line);
                let is_result = text.trim_start().starts_with("let mut _0:")
                    || text.trim_start().starts_with("let _0:");
                if is_result {
                    anchor = span.cloned();
                }
                match (&mut all, span) {
                    (None, Some(span)) => all = Some(span.clone()),
                    (Some(all), Some(span)) if all.file == span.file => {
                        all.start = all.start.min(span.start);
                        all.end = all.end.max(span.end);
                    }
                    _ => {}
                }
                if *text == "}" {
                    break;
                }
            }
            of_body.push(anchor);
            whole.push(all);
        }
        Self { of_body, whole }
    }
}

/// Whether the body is a function of its own: no closure, constant, or part of another.
fn is_function(body: &ast::Body) -> bool {
    body.kind == ast::Kind::Fn
        && !body.for_constants
        && body
            .path
            .segments
            .iter()
            .all(|segment| !matches!(segment.name, Name::Promoted(_) | Name::Nameless(_)))
}

/// The item that the body is made from.
fn item<'a>(body: &ast::Body, anchor: &Span, source: &'a Source) -> Option<&'a Item> {
    let place = (anchor.start.0 as usize, anchor.start.1 as usize);
    let before = source.items.iter().filter(|item| item.span.start < place);
    let item = before.max_by_key(|item| item.span.start)?;
    let last = body.path.segments.last()?;
    let same = matches!(&last.name, Name::Ident(name) if Some(name) == item.path.last());
    // What `derive` makes begins where the word is, behind functions before it.
    let within = body.path.segments.iter().all(|segment| match &segment.name {
        Name::ImplAt(at) => (at.line as usize, at.column as usize) < item.span.start,
        _ => true,
    });
    // Behind the beginning of its body the function is another one, which was not read.
    (same && within && place <= item.body).then_some(item)
}

/// The functions, in the order of their places.
pub(crate) fn functions<'a>(
    dump: &Dump,
    spans: &Spans,
    text: &str,
    files: &'a BTreeMap<String, FileRead>,
) -> Vec<Function<'a>> {
    let anchors = Anchors::of(dump, spans, text);
    let mut found = Vec::new();
    for (number, body) in dump.bodies.iter().enumerate() {
        if !is_function(body) {
            continue;
        }
        let anchor = anchors.of_body[number].as_ref();
        let source = anchor.and_then(|anchor| files.get(&anchor.file)?.source.as_ref().ok());
        let item = anchor.zip(source).and_then(|(anchor, source)| item(body, anchor, source));
        let file = anchor.map(|anchor| anchor.file.clone()).unwrap_or_default();
        let path = item.map_or_else(|| body.path.to_string(), |item| item.path.join("::"));
        let name = item.map(|item| span(&file, item.span)).or_else(|| anchor.cloned());
        let mut lines = anchors.whole[number]
            .as_ref()
            .or(anchor)
            .map_or((0, 0), |whole| (whole.start.0, whole.end.0));
        if let Some(item) = item {
            let marks = [item.attribute, item.trusted, item.ignored, item.should_fail];
            for mark in marks.into_iter().flatten().chain([item.span]) {
                let mark = span(&file, mark);
                // An attribute of a module is none of the function's lines.
                if mark.start.0 <= lines.0 && lines.0 - mark.start.0 < 200 {
                    lines.0 = mark.start.0;
                }
            }
        }
        found.push(Function { body: number, path, file, item, span: name, lines });
    }
    found.sort_by(|one, other| {
        let place = |of: &Function<'_>| of.span.as_ref().map(|span| span.start);
        (&one.file, place(one), one.body).cmp(&(&other.file, place(other), other.body))
    });
    found
}
