//! What is said of a program, with the places that it is about: as text in the compiler's
//! style, and as JSON.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tally_mir::spans::Span;

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is wrong or not shown to be right.
    Error,
    /// Something is not looked at.
    Warning,
    /// Something to know.
    Note,
    /// Something to do.
    Help,
}

impl Severity {
    fn level(self) -> Level<'static> {
        match self {
            Self::Error => Level::ERROR,
            Self::Warning => Level::WARNING,
            Self::Note => Level::NOTE,
            Self::Help => Level::HELP,
        }
    }
}

/// Words at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words; there may be none.
    pub text: String,
    /// Whether the message is about this place, and not only helped by it.
    pub primary: bool,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The code that `--explain` takes, if the message has one.
    pub code: Option<&'static str>,
    /// What it says.
    pub title: String,
    /// The places, the first ones of which count most.
    pub labels: Vec<Label>,
    /// More words, each with how much they matter.
    pub notes: Vec<(Severity, String)>,
}

impl Diagnostic {
    /// A message without a place.
    pub fn new(severity: Severity, title: impl Into<String>) -> Self {
        Self { severity, code: None, title: title.into(), labels: Vec::new(), notes: Vec::new() }
    }

    /// With its code.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    fn label(mut self, span: Option<&Span>, text: impl Into<String>, primary: bool) -> Self {
        let label = span.map(|span| Label { span: span.clone(), text: text.into(), primary });
        self.labels.extend(label);
        self
    }

    /// With the place that it is about, if that is known.
    #[must_use]
    pub fn at(self, span: Option<&Span>, text: impl Into<String>) -> Self {
        self.label(span, text, true)
    }

    /// With a place that helps, if it is known.
    #[must_use]
    pub fn also(self, span: Option<&Span>, text: impl Into<String>) -> Self {
        self.label(span, text, false)
    }

    /// With more words.
    #[must_use]
    pub fn note(mut self, severity: Severity, text: impl Into<String>) -> Self {
        self.notes.push((severity, text.into()));
        self
    }

    /// The message as the compiler would write it, with colours or without.
    pub fn render(&self, sources: &Sources, colours: bool) -> String {
        let mut title = self.severity.level().primary_title(self.title.as_str());
        if let Some(code) = self.code {
            title = title.id(code);
        }
        let mut group = Group::with_title(title);
        // One snippet for each file, in the order in which the files are first named.
        let mut files: Vec<&str> = Vec::new();
        for label in &self.labels {
            if !files.contains(&label.span.file.as_str()) {
                files.push(&label.span.file);
            }
        }
        for file in files {
            let labels = self.labels.iter().filter(|label| label.span.file == file);
            let shown = sources.shown(file);
            match sources.file(file) {
                Some(source) => {
                    let mut snippet = Snippet::source(source.text.clone()).path(shown);
                    for label in labels {
                        let kind = if label.primary {
                            AnnotationKind::Primary
                        } else {
                            AnnotationKind::Context
                        };
                        let mut annotation = kind.span(source.range(&label.span));
                        if !label.text.is_empty() {
                            annotation = annotation.label(label.text.as_str());
                        }
                        snippet = snippet.annotation(annotation);
                    }
                    group = group.element(snippet);
                }
                None => {
                    for label in labels {
                        let (line, column) = label.span.start;
                        let origin = Origin::path(shown.clone())
                            .line(line as usize)
                            .char_column(column as usize);
                        group = group.element(origin);
                        if !label.text.is_empty() {
                            group = group.element(Level::NOTE.message(label.text.as_str()));
                        }
                    }
                }
            }
        }
        for (severity, text) in &self.notes {
            group = group.element(severity.level().message(text.as_str()));
        }
        let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
        let mut text = renderer.render(&[group]).to_string();
        text.push('\n');
        text
    }

    /// The message for programs.
    pub fn json(&self, sources: &Sources) -> serde_json::Value {
        let labels: Vec<serde_json::Value> = self
            .labels
            .iter()
            .map(|label| {
                let mut place = place(&label.span, sources);
                place["label"] = label.text.as_str().into();
                place["primary"] = label.primary.into();
                place
            })
            .collect();
        let notes: Vec<serde_json::Value> = self
            .notes
            .iter()
            .map(|(severity, text)| serde_json::json!({ "severity": severity, "text": text }))
            .collect();
        serde_json::json!({
            "severity": self.severity,
            "code": self.code,
            "message": self.title,
            "spans": labels,
            "notes": notes,
        })
    }
}

/// A place for programs.
pub fn place(span: &Span, sources: &Sources) -> serde_json::Value {
    serde_json::json!({
        "file": sources.shown(&span.file),
        "line_start": span.start.0,
        "column_start": span.start.1,
        "line_end": span.end.0,
        "column_end": span.end.1,
    })
}

/// Whether the standard output shows colours.
pub fn colours() -> bool {
    use anstream::ColorChoice;
    !matches!(anstream::AutoStream::choice(&std::io::stdout()), ColorChoice::Never)
}

#[derive(Debug)]
struct Source {
    text: String,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
}

impl Source {
    fn new(text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, lines }
    }

    /// A place in bytes. One that is outside of the text becomes the nearest that is inside:
    /// the file may have changed since it was compiled.
    fn offset(&self, (line, column): (u32, u32)) -> usize {
        let line = (line as usize).saturating_sub(1);
        let Some(&begin) = self.lines.get(line) else { return self.text.len() };
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let text = self.text.get(begin..end).unwrap_or_default();
        let column = (column as usize).saturating_sub(1);
        begin + text.char_indices().nth(column).map_or(text.len(), |(at, _)| at)
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let (start, end) = (self.offset(span.start), self.offset(span.end));
        start..end.max(start)
    }
}

/// The files that places are in.
#[derive(Debug, Default)]
pub struct Sources {
    /// Where files with relative paths may be.
    folders: Vec<PathBuf>,
    files: RefCell<BTreeMap<String, Option<Rc<Source>>>>,
}

impl Sources {
    /// Files whose paths are relative to one of the folders.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, files: RefCell::default() }
    }

    /// Where the file is.
    pub fn find(&self, file: &str) -> Option<PathBuf> {
        let path = Path::new(file);
        if path.is_absolute() {
            return path.exists().then(|| path.to_owned());
        }
        self.folders.iter().map(|folder| folder.join(path)).find(|path| path.exists())
    }

    fn file(&self, file: &str) -> Option<Rc<Source>> {
        if let Some(known) = self.files.borrow().get(file) {
            return known.clone();
        }
        let text = self.find(file).and_then(|path| std::fs::read_to_string(path).ok());
        let source = text.map(|text| Rc::new(Source::new(text)));
        self.files.borrow_mut().insert(file.to_owned(), source.clone());
        source
    }

    /// The file's name for readers: of the library and of packages from a registry, without
    /// the folder that differs between machines.
    pub fn shown(&self, file: &str) -> String {
        if let Some(rest) = file.strip_prefix("/rustc/") {
            return rest.split_once('/').map_or(file, |(_, path)| path).to_owned();
        }
        if let Some((_, rest)) = file.split_once("/registry/src/") {
            return rest.split_once('/').map_or(file, |(_, path)| path).to_owned();
        }
        file.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: (u32, u32), end: (u32, u32)) -> Span {
        Span { file: "a.rs".to_owned(), start, end }
    }

    fn sources() -> Sources {
        let sources = Sources::new(Vec::new());
        let text = "fn f() {\n    // ä 😀\n    let é = g();\n}\n".to_owned();
        let file = Some(Rc::new(Source::new(text)));
        sources.files.borrow_mut().insert("a.rs".to_owned(), file);
        sources
    }

    /// Killed by: columns in bytes; the place of another line.
    #[test]
    fn a_message_points_at_its_place() {
        let message = Diagnostic::new(Severity::Error, "`f` may be wrong")
            .code("F0001")
            .at(Some(&span((3, 13), (3, 16))), "this call")
            .also(Some(&span((3, 9), (3, 10))), "to here")
            .note(Severity::Help, "say more");
        let text = message.render(&sources(), false);
        let expected = "\
error[F0001]: `f` may be wrong
 --> a.rs:3:13
  |
3 |     let é = g();
  |         -   ^^^ this call
  |         |
  |         to here
  |
  = help: say more
";
        assert_eq!(text, expected);
        let json = message.json(&sources());
        assert_eq!(json["spans"][0]["column_start"], 13);
        assert_eq!(json["code"], "F0001");
    }

    /// Killed by: an index that is out of range.
    #[test]
    fn places_outside_of_the_file_do_no_harm() {
        let places = [((9, 1), (9, 2)), ((3, 90), (3, 99)), ((3, 9), (1, 1)), ((0, 0), (0, 0))];
        for (start, end) in places {
            let message = Diagnostic::new(Severity::Note, "x").at(Some(&span(start, end)), "y");
            assert!(message.render(&sources(), false).contains("a.rs"));
        }
        let gone = Span { file: "gone.rs".to_owned(), start: (3, 4), end: (3, 5) };
        let message = Diagnostic::new(Severity::Note, "x").at(Some(&gone), "y");
        assert!(message.render(&sources(), false).contains("gone.rs:3:4"));
    }

    #[test]
    fn machine_folders_are_not_shown() {
        let sources = Sources::default();
        let shown = |file| sources.shown(file);
        assert_eq!(shown("/rustc/abc/library/core/src/mem.rs"), "library/core/src/mem.rs");
        let of_registry = "/h/.cargo/registry/src/index-1/slab-0.4.9/src/lib.rs";
        assert_eq!(shown(of_registry), "slab-0.4.9/src/lib.rs");
        assert_eq!(shown("src/lib.rs"), "src/lib.rs");
    }
}
