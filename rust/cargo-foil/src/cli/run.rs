//! `cargo foil run`: a scenario and what happened in it.

mod locals;

use super::compiler::{Compiler, MIR_FLAGS, output};
use super::project::{Crate, Project};
use super::{Error, Format, Outcome, RunArgs, Selection};
use crate::diagnostics::{Diagnostic, Severity, Sources, place};
use crate::run::{Frame, LIBRARY, LIBRARY_NAME, Replay, Report, Scenario, Verdict, Why};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::time::{Duration, Instant};
use tally_mir::mono;
use tally_mir::rustdoc::Docs;
use tally_mir::spans::{self, Span, Spans};

/// How many blocks may be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaks(usize);

impl FromStr for Leaks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.strip_prefix("allow=").map(str::parse)) {
            ("error", _) => Ok(Self(0)),
            (_, Some(Ok(number))) => Ok(Self(number)),
            _ => Err("`error` or `allow=N`".to_owned()),
        }
    }
}

/// Which call of the user's code panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PanicAt {
    /// Each in turn.
    All,
    /// The one with this number, from 1.
    One(u64),
}

impl FromStr for PanicAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.parse()) {
            ("all", _) => Ok(Self::All),
            (_, Ok(number)) if number > 0 => Ok(Self::One(number)),
            _ => Err("a number from 1 on, or `all`".to_owned()),
        }
    }
}

/// What came of the runs that were asked for.
struct Found {
    /// What is said of the last one: the first that is not as it should be, if there is one.
    report: Report,
    /// How that one is made again.
    replay: Option<Replay>,
    /// Which call of the user's code panicked in it.
    panic_at: Option<u64>,
    /// How many such calls were tried.
    panics: u64,
    /// How many runs there were, and how many of them were cut short.
    runs: u64,
    cut: u64,
}

/// What a search says while it goes on.
struct Progress {
    begin: Instant,
    next: Duration,
    before: u64,
}

impl Progress {
    fn say(&mut self, bound: u32, runs: u64, panic_at: Option<u64>) {
        if runs % 64 != 0 || self.begin.elapsed() < self.next {
            return;
        }
        self.next += Duration::from_secs(2);
        let mut text = format!(
            "{} runs after {} s, {bound} preemptions",
            self.before + runs,
            self.begin.elapsed().as_secs()
        );
        if let Some(number) = panic_at {
            text.push_str(&format!(", call {number} panics"));
        }
        let mut to = std::io::stderr();
        // Nobody need be there to read it.
        let _ = if to.is_terminal() { write!(to, "\r{text} ") } else { writeln!(to, "{text}") };
    }

    fn end(&self) {
        if self.next > FIRST && std::io::stderr().is_terminal() {
            let _ = writeln!(std::io::stderr());
        }
    }
}

/// When a search first says how far it is.
const FIRST: Duration = Duration::from_secs(3);

/// The runs that are asked for, until one is not as it should be.
fn runs(scenario: &Scenario, first: Report, args: &RunArgs) -> Result<Found, Error> {
    if let Some(replay) = &args.replay {
        let report = scenario.again(args.steps, replay)?;
        let (replay, panic_at) = (Some(replay.clone()), replay.panic_at);
        return Ok(Found { report, replay, panic_at, panics: 0, runs: 1, cut: 0 });
    }
    let mut progress = Progress { begin: Instant::now(), next: FIRST, before: 0 };
    let (mut calls, mut cut) = (first.user_calls, 0);
    let mut number = match args.panic_at {
        Some(PanicAt::One(number)) => number,
        _ => 0,
    };
    let mut unused = Some(first);
    let mut panics = 0;
    loop {
        let panic_at = (number > 0).then_some(number);
        panics += u64::from(panic_at.is_some());
        let (report, replay) = match args.schedules {
            Some(bound) => {
                let before = progress.before;
                let explored = scenario.explore(
                    args.steps,
                    bound,
                    panic_at,
                    &|report| bearable(report, args.leaks),
                    &mut |bound, runs| progress.say(bound, runs, panic_at),
                )?;
                progress.before = before + explored.runs;
                cut += explored.cut;
                calls = calls.max(explored.user_calls);
                (explored.report, Some(explored.replay))
            }
            None => {
                progress.before += 1;
                let first = unused.take().filter(|_| panic_at.is_none());
                let report = first.unwrap_or_else(|| scenario.run_with(args.steps, panic_at));
                calls = calls.max(report.user_calls);
                (report, None)
            }
        };
        let last = args.panic_at != Some(PanicAt::All) || number >= calls;
        if last || !bearable(&report, args.leaks) {
            progress.end();
            return Ok(Found { report, replay, panic_at, panics, runs: progress.before, cut });
        }
        number += 1;
    }
}

/// Whether a run is as it should be. After a panic that was put in, memory may be left, and a
/// second panic may end the program: what must not be is undefined behaviour.
fn bearable(report: &Report, leaks: Leaks) -> bool {
    match &report.verdict {
        Verdict::Returned | Verdict::Exited(0) => {
            report.panicked.is_some() || report.leaks.len() <= leaks.0
        }
        Verdict::Unwound | Verdict::Aborted | Verdict::Exited(_) | Verdict::Waiting => {
            report.panicked.is_some()
        }
        Verdict::Stuck(_) | Verdict::Refused(_) | Verdict::OutOfSteps => false,
    }
}

/// Crates whose functions are not translated: they are the C library's.
const FOREIGN: [&str; 1] = ["libc"];

/// What is kept of a crate besides its functions.
pub(super) struct Places {
    spans: Spans,
    folders: Vec<PathBuf>,
}

pub(super) fn split(name: &str, of: Crate) -> (mono::Crate, Places) {
    let statics = mono::statics(&of.text);
    let Crate { dump, mut docs, spans, folders, .. } = of;
    if let (Some(root), Some(folder)) = (folders.first(), folders.last()) {
        locals::add(folder, root, !folder.starts_with(root), &mut docs);
    }
    (mono::Crate { name: name.replace('-', "_"), dump, docs, statics }, Places { spans, folders })
}

/// The model of the library, compiled by the user's compiler; it is kept.
pub(super) fn library(compiler: &Compiler, folder: &Path) -> Result<(mono::Crate, Places), Error> {
    let mut hasher = DefaultHasher::new();
    (LIBRARY, &compiler.version).hash(&mut hasher);
    let kept = folder.join(format!("library-{:016x}", hasher.finish()));
    let files =
        |folder: &Path| (folder.join("library.mir"), folder.join(format!("{LIBRARY_NAME}.json")));
    if !kept.exists() {
        // Others may make it at the same time: each in a folder of its own, whole at once.
        let thread = format!("{:?}", std::thread::current().id());
        let number: String = thread.chars().filter(char::is_ascii_digit).collect();
        let own = folder.join(format!("library-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&own).map_err(Error::file(&own))?;
        let (source, (mir, _)) = (own.join("lib.rs"), files(&own));
        std::fs::write(&source, LIBRARY).map_err(Error::file(&source))?;
        let common = ["--edition", "2021", "--crate-type", "lib", "--crate-name", LIBRARY_NAME];
        let mut rustc = Command::new(&compiler.program);
        rustc.args(common).arg("--emit=mir").args(MIR_FLAGS).arg("-o").arg(&mir).arg(&source);
        rustc.env("RUSTC_BOOTSTRAP", "1");
        let mut rustdoc = Command::new("rustdoc");
        rustdoc.args(common).args(["-Zunstable-options", "--output-format", "json"]);
        rustdoc.args(["--document-private-items", "--cap-lints", "allow", "-o"]);
        rustdoc.arg(&own).arg(&source).env("RUSTC_BOOTSTRAP", "1");
        for mut command in [rustc, rustdoc] {
            let output = output(&mut command)?;
            if !output.status.success() {
                return Err(Error::Unreadable {
                    what: "the model of the library".to_owned(),
                    why: String::from_utf8_lossy(&output.stderr).into_owned(),
                });
            }
        }
        if std::fs::rename(&own, &kept).is_err() {
            // Another was faster.
            let _ = std::fs::remove_dir_all(&own);
        }
    }
    let (mir, json) = files(&kept);
    let read = |path: &Path| std::fs::read_to_string(path).map_err(Error::file(path));
    let (text, spans) = spans::split(&read(&mir)?);
    let docs = Docs::read(&read(&json)?)
        .map_err(|why| Error::Unreadable { what: "the model of the library".to_owned(), why })?;
    let of = mono::Crate {
        name: LIBRARY_NAME.to_owned(),
        dump: tally_mir::parse::parse(&text),
        docs,
        statics: mono::statics(&text),
    };
    Ok((of, Places { spans, folders: Vec::new() }))
}

/// The crates of a scenario: the user's, those it is built with, the model of the library.
pub struct Crates {
    /// The user's first, the model of the library last.
    pub crates: Vec<mono::Crate>,
    places: Vec<Places>,
    /// Crates that others are built with: read only if they are needed.
    further: Vec<String>,
}

impl Crates {
    /// Builds and reads them.
    ///
    /// # Errors
    ///
    /// If one does not build, or if what the compiler says is not understood.
    pub fn read(compiler: &Compiler, selection: &Selection) -> Result<Self, Error> {
        let project = Project::find(selection)?.whole();
        let root = project.read(&[])?;
        let name = root.name.clone();
        let (first, places) = split(&name, root);
        let (last, last_places) = library(compiler, project.folder())?;
        let (mut near, further) = project.dependencies()?;
        if project.library_beside() {
            near.push(name);
        }
        let (crates, places) = (vec![first, last], vec![places, last_places]);
        let mut all = Self { crates, places, further };
        all.add(selection, near)?;
        Ok(all)
    }

    fn add(&mut self, selection: &Selection, names: Vec<String>) -> Result<(), Error> {
        for package in names {
            let name = package.split('@').next().unwrap_or_default().to_owned();
            if FOREIGN.contains(&name.as_str()) {
                continue;
            }
            let selection = Selection {
                package: Some(package),
                manifest_path: selection.manifest_path.clone(),
                ..Selection::default()
            };
            let (of, places) = split(&name, Project::find(&selection)?.whole().read(&[])?);
            // The model of the library stays the last.
            let at = self.crates.len() - 1;
            self.crates.insert(at, of);
            self.places.insert(at, places);
        }
        Ok(())
    }
}

fn choose(of: &mono::Crate, asked: Option<&str>) -> Result<String, Error> {
    let known = mono::scenarios(of);
    let listed = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect();
    let Some(asked) = asked else {
        return match &known[..] {
            [one] => Ok(one.clone()),
            _ if known.iter().any(|name| name == "main") => Ok("main".to_owned()),
            _ => Err(Error::WhichFunction { asked: String::new(), candidates: listed(&known) }),
        };
    };
    if known.iter().any(|name| name == asked) {
        return Ok(asked.to_owned());
    }
    let ends: Vec<String> = known
        .iter()
        .filter(|name| {
            let ends = |long: &str, short: &str| {
                long.strip_suffix(short).is_some_and(|of| of.ends_with("::"))
            };
            // The compiler leaves modules out where the name says enough.
            ends(name.as_str(), asked) || ends(asked, name.as_str())
        })
        .cloned()
        .collect();
    match &ends[..] {
        [one] => Ok(one.clone()),
        [] => Err(Error::NoFunction {
            asked: asked.to_owned(),
            package: format!("{}, that takes no arguments", of.name),
            similar: listed(&known),
        }),
        _ => Err(Error::WhichFunction { asked: asked.to_owned(), candidates: listed(&ends) }),
    }
}

pub(super) fn run(args: &RunArgs) -> Result<Outcome, Error> {
    let compiler = Compiler::find()?;
    let mut all = Crates::read(&compiler, &args.selection)?;
    let name = choose(&all.crates[0], args.scenario.as_deref())?;
    let mut scenario = Scenario::new(&all.crates, &name)?;
    let mut found = runs(&scenario, scenario.run(args.steps), args);
    let refused =
        matches!(&found, Ok(Found { report: Report { verdict: Verdict::Refused(_), .. }, .. }));
    // The replay may be of the program with these.
    if (refused || found.is_err()) && !all.further.is_empty() {
        let further = std::mem::take(&mut all.further);
        all.add(&args.selection, further)?;
        scenario = Scenario::new(&all.crates, &name)?;
        found = runs(&scenario, scenario.run(args.steps), args);
    }
    let places = all.places;
    let found = found?;
    let Found { report, panic_at, .. } = &found;
    let folders = places.iter().flat_map(|of| of.folders.clone()).collect();
    let sources = Sources::new(folders);
    let (message, outcome) = whole_message(&name, &found, &places, args);
    let text = match args.output.format {
        Format::Human => message.render(&sources, crate::diagnostics::colours()),
        Format::Json => {
            let mut value = message.json(&sources);
            value["scenario"] = name.as_str().into();
            value["steps"] = report.steps.into();
            value["functions"] = scenario.functions().into();
            value["verdict"] = verdict(report, args.leaks).into();
            value["stack"] = report
                .stack
                .iter()
                .map(|frame| {
                    let mut value = serde_json::json!({
                        "function": frame.function,
                        "cleanup": frame.cleanup,
                        "library": frame.of_library,
                    });
                    if let Some(span) = span(frame, &places) {
                        value["place"] = place(span, &sources);
                    }
                    value
                })
                .collect();
            value["leaks"] = report.leaks.len().into();
            value["runs"] = found.runs.into();
            value["cut"] = found.cut.into();
            value["panic_at"] = (*panic_at).into();
            value["threads"] = report.threads.into();
            value["thread"] = report.thread.into();
            value["replay"] = found.replay.as_ref().map(ToString::to_string).into();
            format!("{value}\n")
        }
    };
    // A reader that has seen enough is no fault.
    let _ = anstream::stdout().write_all(text.as_bytes());
    Ok(outcome)
}

/// The message of the last run, with what is to be said of all of them.
fn whole_message(
    name: &str,
    found: &Found,
    places: &[Places],
    args: &RunArgs,
) -> (Diagnostic, Outcome) {
    let report = &found.report;
    let (mut message, mut outcome) = message(name, report, places, args.leaks);
    let good = bearable(report, args.leaks);
    if let Some(number) = found.panic_at {
        match &report.panicked {
            Some((function, frames)) => {
                let text = format!(
                    "call {number} of the crate's own code, `{function}`, was made to panic:"
                );
                message = message.note(Severity::Note, stack(&text, frames, places));
            }
            None if good && args.panic_at != Some(PanicAt::All) => {
                let title = format!(
                    "`{name}` has no call {number} of the crate's own code: it has {}",
                    report.user_calls
                );
                return (Diagnostic::new(Severity::Error, title), Outcome::Refused);
            }
            None => {}
        }
    }
    let mut said = Vec::new();
    if let (Some(bound), None) = (args.schedules, &args.replay) {
        let (runs, cut) = (found.runs, found.cut);
        said.push(match bound {
            0 => format!("{runs} schedules without preemption"),
            1 => format!("{runs} schedules of at most 1 preemption"),
            _ => format!("{runs} schedules of at most {bound} preemptions"),
        });
        if cut > 0 {
            said.push(format!("{cut} of them cut short where another had been"));
        }
    }
    if good && (found.panics > 0 || args.schedules.is_some() && args.replay.is_none()) {
        let mut title = format!("`{name}` passed");
        let mut of = said.join(", ");
        if found.panics > 0 {
            let panics = match args.panic_at {
                Some(PanicAt::All) => format!(
                    "as it is, and with each of {} calls of the crate's own code made to panic",
                    found.panics
                ),
                _ => "with a call of the crate's own code made to panic".to_owned(),
            };
            of = if of.is_empty() { panics } else { format!("{panics}; {of}") };
        }
        title.push_str(&format!(": {of}"));
        let mut note = "this is said of these runs, and not of all".to_owned();
        if found.panics > 0 {
            note.push_str("; what is left in memory after a panic is not counted");
        }
        message = Diagnostic::new(Severity::Note, title).note(Severity::Note, note);
        outcome = Outcome::Good;
    } else if !said.is_empty() {
        message = message.note(Severity::Note, format!("found after {}", said.join(", ")));
    }
    if !good && report.threads > 1 && !report.switches.is_empty() {
        message = message.note(Severity::Note, schedule(report, places));
    }
    if good && report.threads > 1 && args.schedules.is_none() && args.replay.is_none() {
        let note = "of its threads each went on for as long as it could: `--schedules 2` tries all schedules of at most 2 preemptions";
        message = message.note(Severity::Help, note);
    }
    if let (false, Some(replay), None) = (good, &found.replay, &args.replay) {
        let text = format!("`--replay {replay}` makes this run again");
        message = message.note(Severity::Help, text);
    }
    (message, outcome)
}

/// Who went on when, a line for each.
fn schedule(report: &Report, places: &[Places]) -> String {
    /// So many changes of threads are shown.
    const SHOWN: usize = 24;
    let mut lines = vec!["the schedule:".to_owned()];
    for (thread, frames) in report.started.iter().enumerate().skip(1) {
        if let Some(frame) = of_user(frames, places) {
            lines.push(format!("  thread {thread} is started {}", line(frame, places)));
        }
    }
    let left = report.switches.len().saturating_sub(SHOWN);
    if left > 0 {
        lines.push(format!("  … {left} changes"));
    }
    for change in &report.switches[left..] {
        let place = of_user(&change.place, places)
            .map_or_else(String::new, |frame| format!(", {}", line(frame, places)));
        lines.push(match change.why {
            Why::Access => format!("  thread {} is stopped before an access{place}", change.from),
            Why::Waits => format!("  thread {} waits{place}", change.from),
            Why::Ended => format!("  thread {} ends", change.from),
        });
        if let Some(last) = lines.last_mut() {
            last.push_str(&format!("; thread {} goes on", change.to));
        }
    }
    lines.join("\n")
}

/// The place of a call; of one in a macro of the standard library, what stands nearest.
fn span<'a>(frame: &Frame, places: &'a [Places]) -> Option<&'a Span> {
    let (krate, line) = frame.line?;
    let spans = &places.get(krate)?.spans;
    let own = |span: &&Span| !span.file.starts_with("/rustc/");
    let near = (0..8).flat_map(|by| [line.saturating_add(by), line.saturating_sub(by)]);
    near.filter_map(|line| spans.of_line(line)).find(own).or_else(|| spans.of_line(line))
}

/// The verdict in a word.
fn verdict(report: &Report, leaks: Leaks) -> &'static str {
    match &report.verdict {
        Verdict::Stuck(fault) => fault.words(),
        Verdict::Refused(_) => "refused",
        Verdict::OutOfSteps => "out of steps",
        Verdict::Aborted => "aborted",
        Verdict::Unwound => "unwound",
        Verdict::Waiting => "waits for ever",
        Verdict::Returned | Verdict::Exited(_) if report.leaks.len() > leaks.0 => "leak",
        Verdict::Exited(0) | Verdict::Returned => "passed",
        Verdict::Exited(_) => "exited",
    }
}

/// One line for a call.
fn line(frame: &Frame, places: &[Places]) -> String {
    let mut text = if frame.cleanup {
        format!("in the cleanup of `{}`", frame.function)
    } else {
        format!("in `{}`", frame.function)
    };
    if let Some((block, statement)) = frame.place {
        text.push_str(&format!(", bb{block}[{statement}]"));
    }
    if let Some(span) = span(frame, places).filter(|_| !frame.of_library) {
        text.push_str(&format!(" at {span}"));
    }
    text
}

fn stack(intro: &str, frames: &[Frame], places: &[Places]) -> String {
    let lines: Vec<String> =
        frames.iter().map(|frame| format!("  {}", line(frame, places))).collect();
    format!("{intro}\n{}", lines.join("\n"))
}

/// The innermost call with a place in the user's crates.
fn of_user<'a>(frames: &'a [Frame], places: &[Places]) -> Option<&'a Frame> {
    frames.iter().find(|frame| !frame.of_library && span(frame, places).is_some())
}

fn message(name: &str, report: &Report, places: &[Places], leaks: Leaks) -> (Diagnostic, Outcome) {
    let at = |message: Diagnostic, frames: &[Frame], text: &str, primary: bool| {
        let span = of_user(frames, places).and_then(|frame| span(frame, places));
        if primary { message.at(span, text) } else { message.also(span, text) }
    };
    let steps = format!("{} steps", report.steps);
    match &report.verdict {
        Verdict::Stuck(fault) => {
            let title = format!("`{name}`: {}", fault.words());
            let mut message = Diagnostic::new(Severity::Error, title);
            message = at(message, &report.stack, fault.words(), true);
            if let Some((cells, frames)) = &report.allocated {
                let text = format!("the block of {cells} cells was allocated here");
                message = at(message, frames, &text, false);
            }
            if !report.freed.is_empty() {
                message = at(message, &report.freed, "it was freed here", false);
            }
            if let Some((thread, write, frames)) = &report.other {
                let what = if *write { "writes" } else { "reads" };
                let text = format!("thread {thread} {what} here, and nothing orders the two");
                message = at(message, frames, &text, false);
            }
            for note in &report.notes {
                message = message.note(Severity::Note, note.as_str());
            }
            let inside = match report.threads {
                1 => String::new(),
                _ => format!(" in thread {}", report.thread),
            };
            let intro = format!("after {steps}{inside}, the innermost call first:");
            message = message.note(Severity::Note, stack(&intro, &report.stack, places));
            if let Some((thread, _, frames)) = &report.other {
                let text = stack(&format!("thread {thread}:"), frames, places);
                message = message.note(Severity::Note, text);
            }
            if !report.freed.is_empty() {
                let text = stack("it was freed:", &report.freed, places);
                message = message.note(Severity::Note, text);
            }
            // What came before the free may be what is wrong with it.
            for write in report.writes.iter().filter(|write| !write.is_empty()) {
                let text = stack("before that it was written to:", write, places);
                message = message.note(Severity::Note, text);
            }
            (message, Outcome::Open)
        }
        Verdict::Refused(why) => {
            let title = format!("`{name}` comes to what is not supported: {why}");
            let mut message = Diagnostic::new(Severity::Error, title);
            message = at(message, &report.stack, why, true);
            let text =
                stack(&format!("after {steps}, the innermost call first:"), &report.stack, places);
            (message.note(Severity::Note, text), Outcome::Refused)
        }
        Verdict::OutOfSteps => {
            let title = format!("`{name}` does not end within {steps}");
            let text = stack("it was, the innermost call first:", &report.stack, places);
            let message = Diagnostic::new(Severity::Error, title).note(Severity::Note, text);
            (message.note(Severity::Help, "`--steps N` allows more"), Outcome::Refused)
        }
        Verdict::Aborted => {
            let title = format!("`{name}` ends the program");
            let message = at(Diagnostic::new(Severity::Error, title), &report.stack, "here", true);
            let text =
                stack(&format!("after {steps}, the innermost call first:"), &report.stack, places);
            (message.note(Severity::Note, text), Outcome::Open)
        }
        Verdict::Exited(code) if *code != 0 && report.leaks.len() <= leaks.0 => {
            let title = format!("`{name}` ends the program with the code {code}");
            let message = at(Diagnostic::new(Severity::Error, title), &report.stack, "here", true);
            (message.note(Severity::Note, steps), Outcome::Open)
        }
        Verdict::Waiting => {
            let title =
                format!("`{name}` does not end: all threads wait, and nobody changes anything");
            let mut message = Diagnostic::new(Severity::Error, title);
            for (thread, frames) in &report.waiting {
                message = at(message, frames, &format!("thread {thread} waits here"), true);
            }
            (message.note(Severity::Note, format!("after {steps}")), Outcome::Open)
        }
        Verdict::Unwound => {
            let title = format!("`{name}`: a panic unwinds out of the scenario");
            (Diagnostic::new(Severity::Error, title).note(Severity::Note, steps), Outcome::Open)
        }
        Verdict::Returned | Verdict::Exited(_) => {
            let count = report.leaks.len();
            if count > leaks.0 {
                let title = format!("`{name}`: leak of {count} blocks, {} allowed", leaks.0);
                let mut message = Diagnostic::new(Severity::Error, title);
                for leak in report.leaks.iter().take(8) {
                    let text = format!("{} cells that are never freed", leak.cells);
                    message = at(message, &leak.allocated, &text, true);
                }
                return (message.note(Severity::Note, steps), Outcome::Open);
            }
            let left = match count {
                0 if report.verdict == Verdict::Exited(0) => {
                    "it ends the program with the code 0, and nothing is lost".to_owned()
                }
                0 => "the memory is empty at its end".to_owned(),
                _ => format!("{count} blocks are left, as allowed"),
            };
            let title = format!("`{name}` passed: {left}, after {steps}");
            let note = "this is said of one run, and not of all";
            (Diagnostic::new(Severity::Note, title).note(Severity::Note, note), Outcome::Good)
        }
    }
}
