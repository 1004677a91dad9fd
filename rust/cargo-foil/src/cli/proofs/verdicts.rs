//! `cargo foil prove`: what is proved, what is open, what is about a function that was.

use super::super::{Error, Format, Outcome, ProveArgs};
use super::Made;
use super::coq::Coq;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What the prover says of a theorem that rests on no axiom.
const CLOSED: &str = "Closed under the global context";

/// What is said of a function.
enum State {
    Proved,
    /// What is left to show, or why the file is not accepted.
    Open(String),
    /// The function is another now.
    Stale,
}

struct Answer {
    path: String,
    name: String,
    state: State,
    /// Further theorems of the file that are proved.
    more: Vec<String>,
    library: Vec<&'static str>,
}

/// Whether what is compiled of a file is younger than it.
fn is_compiled(file: &Path) -> bool {
    let time = |path: &Path| std::fs::metadata(path).and_then(|of| of.modified()).ok();
    match (time(file), time(&file.with_extension("vo"))) {
        (Some(text), Some(object)) => object >= text,
        _ => false,
    }
}

/// The names of what is stated in a file.
fn theorems(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines() {
        let line = line.trim_start();
        let rest = line.strip_prefix("Lemma ").or_else(|| line.strip_prefix("Theorem "));
        if let Some(rest) = rest {
            let name: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || "_'".contains(*c)).collect();
            names.push(name);
        }
    }
    names
}

/// The first lines of what the prover says.
fn shortened(text: &str, lines: usize) -> String {
    text.lines().take(lines).map(|line| format!("    {line}\n")).collect()
}

/// What the file leaves open of a lemma: its goals where the proof is given up.
fn goals(coq: &Coq<'_>, text: &str) -> Result<String, Error> {
    let mut shown = String::new();
    for line in text.lines() {
        // The user's file may give a proof up; it is then open, and never called proved.
        if matches!(line.trim(), "Abort." | "Admitted.") {
            shown.push_str("  all: idtac. Show.\n");
        }
        shown.push_str(line);
        shown.push('\n');
    }
    let said = coq.ask(&shown)?;
    Ok(if said.good { said.text } else { said.errors })
}

fn answer(made: &Made, coq: &Coq<'_>, path: &str, name: &str, old: &str) -> Result<Answer, Error> {
    let file = made.folder.join(format!("{name}.v"));
    let text = std::fs::read_to_string(&file).map_err(Error::file(&file))?;
    let library = made.library(name);
    let mut answer = Answer {
        path: path.to_owned(),
        name: name.to_owned(),
        state: State::Stale,
        more: Vec::new(),
        library,
    };
    if super::stale::stale(made, old, name) {
        return Ok(answer);
    }
    let said = coq.compile(&file)?;
    if !said.good {
        answer.state = State::Open(shortened(&said.errors, 12));
        return Ok(answer);
    }
    let spec = format!("{name}_spec");
    let mut open = None;
    let theorems = theorems(&text);
    // All at once, since the prover takes long to begin; one by one only if something is open.
    let mut all = format!("From foil Require {name}.\n");
    for theorem in &theorems {
        let _ = writeln!(all, "Print Assumptions {name}.{theorem}.");
    }
    let said = coq.ask(&all)?;
    let closed = |line: &str| line.trim() == CLOSED;
    if said.good && theorems.contains(&spec) && said.text.lines().all(closed) {
        answer.state = State::Proved;
        answer.more = theorems.into_iter().filter(|of| *of != spec).collect();
        return Ok(answer);
    }
    for theorem in theorems {
        let question = format!("From foil Require {name}.\nPrint Assumptions {name}.{theorem}.\n");
        let said = coq.ask(&question)?;
        let closed = said.good && said.text.trim() == CLOSED;
        match (closed, theorem == spec) {
            (true, true) => answer.state = State::Proved,
            (true, false) => answer.more.push(theorem),
            (false, _) if said.good => open = Some(shortened(&said.text, 12)),
            (false, _) => open = Some(shortened(&goals(coq, &text)?, 40)),
        }
    }
    if let Some(open) = open {
        answer.state = State::Open(open);
    } else if !matches!(answer.state, State::Proved) {
        answer.state = State::Open(format!("    there is no lemma `{spec}` in the file\n"));
    }
    Ok(answer)
}

pub(crate) fn prove(args: &ProveArgs) -> Result<Outcome, Error> {
    let made = Made::read(&args.selection)?;
    let generated: Vec<(PathBuf, String)> = made
        .files()
        .into_iter()
        .map(|(name, text)| (made.folder.join("generated").join(name), text))
        .collect();
    let wanted: Vec<(&str, &str)> = made
        .functions
        .iter()
        .filter_map(|(path, of)| {
            let name = made.program.functions[*of.as_ref().ok()?].name.as_str();
            Some((path.as_str(), name))
        })
        .filter(|(path, name)| {
            made.folder.join(format!("{name}.v")).exists()
                && (args.patterns.is_empty()
                    || args.patterns.iter().any(|of| path.contains(of.as_str())))
        })
        .collect();
    if wanted.is_empty() {
        return Err(Error::NoProof { folder: made.folder.clone() });
    }
    let old = std::fs::read_to_string(&generated[0].0).map_err(Error::file(&generated[0].0))?;
    let coq = Coq::find(&made.folder)?;
    for (file, _) in &generated {
        if !is_compiled(file) {
            let said = coq.compile(file)?;
            if !said.good {
                return Err(Error::Prover { file: file.clone(), words: said.errors });
            }
        }
    }
    let mut outcome = Outcome::Good;
    for (path, name) in wanted {
        let answer = answer(&made, &coq, path, name, &old)?;
        if !matches!(answer.state, State::Proved) {
            outcome = Outcome::Open;
        }
        let text = match args.output.format {
            Format::Human => human(&answer),
            Format::Json => json(&answer),
        };
        let _ = anstream::stdout().write_all(text.as_bytes());
    }
    Ok(outcome)
}

fn human(answer: &Answer) -> String {
    let Answer { path, name, state, more, library } = answer;
    let mut text = String::new();
    let _ = match state {
        State::Proved => writeln!(text, "proved  {path}  (`{name}_spec` in foil/{name}.v)"),
        State::Open(why) => write!(text, "open    {path}  (foil/{name}.v)\n{why}"),
        State::Stale => writeln!(
            text,
            "stale   {path}  (foil/{name}.v): the source has changed; `cargo foil translate`, then prove again"
        ),
    };
    if matches!(state, State::Proved) {
        if !more.is_empty() {
            let _ = writeln!(text, "    and {}", more.join(", "));
        }
        let of = if library.is_empty() { "nothing".to_owned() } else { library.join(", ") };
        let _ = writeln!(
            text,
            "    trusted: the translation, the language's rules, and of the library: {of}"
        );
    }
    text
}

fn json(answer: &Answer) -> String {
    let (state, why) = match &answer.state {
        State::Proved => ("proved", ""),
        State::Open(why) => ("open", why.as_str()),
        State::Stale => ("stale", ""),
    };
    let value = serde_json::json!({
        "function": answer.path,
        "file": format!("foil/{}.v", answer.name),
        "state": state,
        "open": why,
        "theorems": answer.more,
        "library": answer.library,
    });
    format!("{value}\n")
}
