//! What became of a crate's functions, as readers want to know it: with places in the
//! source, and with the reasons of the functions that a refused one needs.

use super::compiler::Compiler;
use super::project::{Crate, Project};
use super::{Error, Selection, run};
use std::collections::{BTreeMap, BTreeSet};
use tally_mir::spans::Span;
use tally_mir::{mono, translate};

/// A reason of a function that is refused.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    /// Where, if a line of the function is the reason.
    pub(crate) span: Option<Span>,
    /// What it is, for readers.
    pub(crate) words: String,
    /// The function that is the reason, by its number in the overview.
    pub(crate) callee: Option<usize>,
}

/// A function.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    /// Its path.
    pub(crate) path: String,
    /// The line of the dump where it begins.
    pub(crate) line: u32,
    /// Where it is in the source.
    pub(crate) span: Option<Span>,
    /// Whether it is translated by itself, whatever becomes of what it calls.
    pub(crate) own: bool,
    /// Whether that is for parameters of sized types only, where they may be unsized.
    pub(crate) sized: bool,
    /// Whether `translate` writes it.
    pub(crate) for_proofs: bool,
    /// The paths of those that it calls, or why it is refused.
    pub(crate) state: Result<Vec<String>, Vec<Cause>>,
}

/// All functions of a crate, in the order in which the compiler prints them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overview {
    pub(crate) functions: Vec<Function>,
}

/// What stands in the way of functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Obstacle {
    /// What it is.
    pub(crate) words: String,
    /// How many functions it alone stands in the way of.
    pub(crate) alone: usize,
    /// How many functions it stands in the way of.
    pub(crate) all: usize,
}

impl Overview {
    /// Builds and reads a crate, with what it is built with and the model of the library.
    ///
    /// # Errors
    ///
    /// If it does not build, or if what the compiler says is not understood.
    pub(crate) fn read(selection: &Selection) -> Result<(Crate, Self), Error> {
        let compiler = Compiler::find()?;
        let project = Project::find(selection)?;
        let package = project.read(&[])?;
        let (library, _) = run::library(&compiler, project.folder())?;
        let (own, _) = run::split(&package.name, package.clone());
        let mut crates = vec![own];
        for name in project.dependencies()?.0 {
            let selection = Selection {
                package: Some(name.clone()),
                manifest_path: selection.manifest_path.clone(),
                ..Selection::default()
            };
            // What needs one that is not read is refused.
            let Ok(of) = Project::find(&selection).and_then(|of| of.read(&[])) else { continue };
            crates.push(run::split(name.split('@').next().unwrap_or_default(), of).0);
        }
        crates.push(library);
        let overview = Self::of(&package, &crates);
        Ok((package, overview))
    }

    fn of(package: &Crate, crates: &[mono::Crate]) -> Self {
        let made = translate(&package.dump, &package.docs, |_, _| true);
        let general = mono::general(crates);
        let numbers: BTreeMap<u32, usize> =
            made.lines.iter().enumerate().map(|(number, &line)| (line, number)).collect();
        let mut ends: Vec<u32> = made.lines.clone();
        ends.sort_unstable();
        let mut functions = Vec::new();
        for ((path, result), &line) in made.functions.iter().zip(&made.lines) {
            let found = general.functions.get(&line);
            let of_proofs = result.as_ref().ok().and_then(|&number| {
                let callees = &made.program.functions.get(number)?.callees;
                let names = callees.iter().filter_map(|&callee| {
                    made.program.functions.get(callee).map(|of| of.title.clone())
                });
                Some(names.collect::<Vec<String>>())
            });
            let state = match (of_proofs, found) {
                (Some(callees), _) => Ok(callees),
                (None, Some(found)) if found.causes.is_empty() => Ok(found.callees.clone()),
                (None, Some(found)) => Err(found
                    .causes
                    .iter()
                    .map(|cause| {
                        let span =
                            cause.place.and_then(|(_, line)| package.spans.of_line(line)).cloned();
                        let callee = cause.callee.and_then(|line| numbers.get(&line).copied());
                        let words = match callee {
                            Some(callee) => {
                                format!("needs `{}`, which is refused", made.functions[callee].0)
                            }
                            None => cause.words.clone(),
                        };
                        Cause { span, words, callee }
                    })
                    .collect()),
                (None, None) => {
                    let refusal = result.as_ref().err();
                    let words = refusal.map_or_else(String::new, |of| of.reason.to_string());
                    Err(vec![Cause { span: None, words, callee: None }])
                }
            };
            let end = ends.iter().copied().find(|&end| end > line).unwrap_or(u32::MAX);
            let span = place(package, line, end);
            let own = state.is_ok() || found.is_some_and(|of| of.own);
            let sized = result.is_err() && found.is_some_and(|of| of.sized);
            functions.push(Function {
                path: path.clone(),
                line,
                span,
                own,
                sized,
                for_proofs: result.is_ok(),
                state,
            });
        }
        Self { functions }
    }

    /// What a refused function is refused for in the end, by itself or through others.
    pub(crate) fn roots(&self, number: usize) -> BTreeSet<String> {
        let mut roots = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut next = vec![number];
        while let Some(number) = next.pop() {
            let Some(function) = self.functions.get(number) else { continue };
            if !seen.insert(number) {
                continue;
            }
            for cause in function.state.as_ref().err().into_iter().flatten() {
                match cause.callee {
                    Some(callee) => next.push(callee),
                    None => {
                        roots.insert(without_arguments(&cause.words));
                    }
                }
            }
        }
        roots
    }

    /// What to support next: most functions first that nothing else stands in the way of.
    pub(crate) fn obstacles(&self, of: &[usize]) -> Vec<Obstacle> {
        let mut found: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for &number in of {
            let roots = self.roots(number);
            for root in &roots {
                let count = found.entry(root.clone()).or_default();
                count.0 += usize::from(roots.len() == 1);
                count.1 += 1;
            }
        }
        let mut obstacles: Vec<Obstacle> =
            found.into_iter().map(|(words, (alone, all))| Obstacle { words, alone, all }).collect();
        obstacles.sort_by(|one, other| {
            (other.alone, other.all, &one.words).cmp(&(one.alone, one.all, &other.words))
        });
        obstacles
    }

    /// The refused functions that a refused one needs, each before those that need it; the
    /// last is the function itself.
    pub(crate) fn callees_first(&self, number: usize) -> Vec<usize> {
        let mut order = Vec::new();
        let mut seen = BTreeSet::from([number]);
        // A function, and how many of its causes have been followed.
        let mut path = vec![(number, 0)];
        while let Some((number, followed)) = path.last_mut() {
            let causes = self.functions.get(*number).and_then(|of| of.state.as_ref().err());
            match causes.and_then(|causes| causes.get(*followed)) {
                Some(cause) => {
                    *followed += 1;
                    if let Some(callee) = cause.callee {
                        if seen.insert(callee) {
                            path.push((callee, 0));
                        }
                    }
                }
                None => {
                    order.push(*number);
                    path.pop();
                }
            }
        }
        order
    }
}

/// Where the function with this body is: from the first place to the last that its lines
/// come from, in the file of the first.
fn place(package: &Crate, line: u32, end: u32) -> Option<Span> {
    let mut found: Option<Span> = None;
    for span in package.spans.between(line, end) {
        match &mut found {
            None => found = Some(span.clone()),
            Some(found) if found.file == span.file => {
                found.start = found.start.min(span.start);
                found.end = found.end.max(span.end);
            }
            Some(_) => {}
        }
    }
    found
}

/// A reason without the type arguments in it, so that the same one is counted once:
/// `calls NonNull::as_ref`, whatever it points to.
fn without_arguments(words: &str) -> String {
    let mut short = String::new();
    let mut depth = 0_usize;
    let mut before = ' ';
    for c in words.chars() {
        match c {
            '<' if depth > 0 || before.is_alphanumeric() || before == '_' => depth += 1,
            '>' if depth > 0 && before != '-' => depth -= 1,
            _ if depth == 0 => short.push(c),
            _ => {}
        }
        before = c;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(path: &str, state: Result<Vec<String>, Vec<Cause>>) -> Function {
        Function {
            path: path.to_owned(),
            line: 0,
            span: None,
            own: false,
            sized: false,
            for_proofs: false,
            state,
        }
    }

    fn cause(words: &str, callee: Option<usize>) -> Cause {
        Cause { span: None, words: words.to_owned(), callee }
    }

    /// `a` needs `b` and `c`, which need each other; `b` calls `x`, `d` calls `x` and `y`.
    fn overview() -> Overview {
        Overview {
            functions: vec![
                function("a", Err(vec![cause("needs b", Some(1)), cause("needs c", Some(2))])),
                function("b", Err(vec![cause("needs c", Some(2)), cause("calls `x<u8>`", None)])),
                function("c", Err(vec![cause("needs b", Some(1))])),
                function("d", Err(vec![cause("calls `x`", None), cause("calls `y`", None)])),
                function("e", Ok(Vec::new())),
            ],
        }
    }

    /// Killed by: following a circle for ever; the caller before the callee.
    #[test]
    fn callees_come_first() {
        assert_eq!(overview().callees_first(0), [2, 1, 0]);
        assert_eq!(overview().callees_first(3), [3]);
    }

    /// Killed by: counting what a function needs as a reason of its own; counting `x<u8>`
    /// and `x` as two.
    #[test]
    fn obstacles_are_counted_through_callees() {
        let found = overview().obstacles(&[0, 1, 2, 3, 4]);
        let obstacle = |words: &str, alone, all| Obstacle { words: words.to_owned(), alone, all };
        assert_eq!(found, [obstacle("calls `x`", 3, 4), obstacle("calls `y`", 0, 1)]);
    }

    #[test]
    fn arguments_go_and_self_types_stay() {
        assert_eq!(without_arguments("calls `A<B<u8>, fn() -> C>::d<E>`"), "calls `A::d`");
        assert_eq!(without_arguments("calls `<T as Clone>::clone`"), "calls `<T as Clone>::clone`");
        assert_eq!(without_arguments("usize as *u8 (X)"), "usize as *u8 (X)");
    }
}
