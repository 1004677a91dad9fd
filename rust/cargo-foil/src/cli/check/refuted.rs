//! What is said of a run that refutes a signature, and the test that fails as it does.

use super::explain::{ARITHMETIC, DEMAND, PROMISE, REACHED, REFUTED, UNWINDS};
use super::verdict::{Judged, Verdict};
use crate::checker::lower::{Lowering, Stop};
use crate::checker::{Kind, Param, Positive, Sig, SigResult};
use crate::diagnostics::{Diagnostic, Severity};
use crate::finder::convert;
use crate::finder::infer::Task;
use crate::refute::exec::{Panic, Values};
use crate::refute::{Cause, Refutation, panics, refute};
use crate::signature::{Exp, Fml, Signature, Var};
use std::fmt::Write as _;

/// What the words are made from.
pub(crate) struct About<'a> {
    /// The function's path.
    pub(crate) path: &'a str,
    /// Its body.
    pub(crate) lowering: &'a Lowering,
    /// Its signature, as it is written.
    pub(crate) written: &'a Signature,
    /// The signatures of all functions, as they are written.
    pub(crate) called: &'a [Option<&'a Signature>],
    /// The paths of functions.
    pub(crate) name: &'a dyn Fn(usize) -> String,
}

/// A run, for readers.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The arguments: `x`, or `*x` for what a reference points to, and the value.
    inputs: Vec<(String, String)>,
    /// What is there when it returns, in the same form; the result is `result`.
    after: Vec<(String, String)>,
    /// What is wrong.
    violates: String,
    /// A test that fails, as Rust; none, where no program of Rust sees the violation.
    replay: Option<String>,
}

impl Run {
    pub(crate) fn json(&self) -> serde_json::Value {
        let object = |of: &[(String, String)]| {
            let pairs = of.iter().map(|(name, value)| {
                let value = value.parse::<i64>().map_or_else(
                    |_| match value.as_str() {
                        "true" => true.into(),
                        "false" => false.into(),
                        other => other.into(),
                    },
                    serde_json::Value::from,
                );
                (name.clone(), value)
            });
            serde_json::Value::Object(pairs.collect())
        };
        serde_json::json!({
            "inputs": object(&self.inputs),
            "after": object(&self.after),
            "violates": self.violates,
            "replay": self.replay,
        })
    }
}

/// The tests of all functions that are refuted.
pub(crate) fn replays(functions: &[Judged]) -> String {
    let mut text = String::new();
    for function in functions.iter().filter(|of| of.verdict == Verdict::Refuted) {
        match function.refutation.as_ref().and_then(|run| run.replay.as_ref()) {
            Some(replay) => {
                let _ = write!(text, "\n{replay}");
            }
            None => {
                let _ = writeln!(
                    text,
                    "\n// `{}`: what is violated is a demand, which no program sees when it runs",
                    function.path
                );
            }
        }
    }
    text
}

fn value(kind: &Kind, value: i128) -> String {
    match kind {
        Kind::Int(_) => value.to_string(),
        Kind::Bool => (value != 0).to_string(),
    }
}

fn list(of: &[(String, String)]) -> String {
    let parts: Vec<String> = of.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    parts.join(", ")
}

impl About<'_> {
    /// The name of an argument, counted from 0.
    fn argument(&self, number: usize) -> String {
        let name = self.lowering.names.get(number + 1).and_then(Clone::clone);
        name.unwrap_or_else(|| format!("argument{}", number + 1))
    }

    fn run(&self, task: &Task<'_>, number: usize, sig: &Sig, found: &Refutation) -> Run {
        let get = |var: &Positive| found.values.get(var).copied().unwrap_or(0);
        let (mut inputs, mut after) = (Vec::new(), Vec::new());
        let returns = matches!(found.cause, Cause::Promise { .. });
        for (number, param) in sig.params.iter().enumerate() {
            let name = self.argument(number);
            match param {
                Param::Val(kind, x) => inputs.push((name, value(kind, get(x)))),
                Param::Shr(kind, x) => inputs.push((format!("*{name}"), value(kind, get(x)))),
                Param::Mut(kind, x, y) => {
                    inputs.push((format!("*{name}"), value(kind, get(x))));
                    if returns {
                        after.push((format!("*{name}"), value(kind, get(y))));
                    }
                }
            }
        }
        if let (SigResult::Val(kind, r), true) = (&sig.result, returns) {
            after.insert(0, ("result".to_owned(), value(kind, get(r))));
        }
        let violates = match &found.cause {
            Cause::Promise { clause } => match self.written.ensures.get(*clause) {
                Some(clause) => format!("the promise `{}` is false", clause.text),
                None => "a promise is false".to_owned(),
            },
            Cause::Panic { site, panic } => {
                let own = self.lowering.blocks.get(site.block).filter(|_| site.function == number);
                let stop = own.and_then(|block| block.stop.as_ref());
                let what = match panic {
                    _ if matches!(stop, Some(Stop::Panic { .. })) => "it panics",
                    Panic::Underflow => "a number goes below zero",
                    Panic::Zero => "it divides by zero",
                    Panic::Overflow => "it overflows or panics",
                    Panic::Other => "it panics",
                };
                if site.function == number {
                    what.to_owned()
                } else {
                    format!("{what}, in `{}`", (self.name)(site.function))
                }
            }
            Cause::Demand { callee, clause, values, .. } => {
                self.demand(task, *callee, *clause, values)
            }
        };
        let sees = match found.cause {
            Cause::Promise { .. } | Cause::Panic { .. } => true,
            // The function itself may look at its argument, as an `assert` does.
            Cause::Demand { .. } => panics(task, number, sig, &found.values),
        };
        let replay = sees.then(|| self.replay(sig, found));
        Run { inputs, after, violates, replay }
    }

    fn demand(&self, task: &Task<'_>, callee: usize, clause: usize, values: &Values) -> String {
        let name = (self.name)(callee);
        let written = self.called.get(callee).copied().flatten();
        let Some(written) = written else { return "an assertion fails".to_owned() };
        let sig = (task.sigs)(callee);
        let given = sig.iter().flat_map(|sig| &sig.params).map(|param| match param {
            Param::Val(kind, x) => value(kind, values.get(x).copied().unwrap_or(0)),
            Param::Mut(kind, x, _) => {
                format!("&mut {}", value(kind, values.get(x).copied().unwrap_or(0)))
            }
            Param::Shr(kind, x) => format!("&{}", value(kind, values.get(x).copied().unwrap_or(0))),
        });
        let given: Vec<String> = given.collect();
        let given = given.join(", ");
        match written.requires.get(clause) {
            Some(clause) => {
                format!("`{name}({given})` is called, and it demands `{}`", clause.text)
            }
            None => format!("`{name}({given})` is called, which it does not allow"),
        }
    }

    /// A test that fails.
    fn replay(&self, sig: &Sig, found: &Refutation) -> String {
        let get = |var: &Positive| found.values.get(var).copied().unwrap_or(0);
        let literal = |kind: &Kind, of: i128| match kind {
            Kind::Int(ty) => format!("{of}_{}", convert::own_int_type(ty).name()),
            Kind::Bool => (of != 0).to_string(),
        };
        let mut text = String::new();
        let name: String =
            self.path.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let _ = writeln!(text, "#[test]\nfn refutes_{}() {{", name.to_lowercase());
        let mut args = Vec::new();
        let mut names: Vec<(Var, String)> = Vec::new();
        for (number, param) in sig.params.iter().enumerate() {
            let local = format!("_{}", number + 1);
            match param {
                Param::Val(kind, x) => args.push(literal(kind, get(x))),
                Param::Shr(kind, x) => args.push(format!("&{}", literal(kind, get(x)))),
                Param::Mut(kind, x, y) => {
                    let _ = writeln!(text, "    let mut {local} = {};", literal(kind, get(x)));
                    args.push(format!("&mut {local}"));
                    names.push((convert::own_var(y), format!("({local} as i128)")));
                }
            }
        }
        if let SigResult::Val(_, r) = &sig.result {
            names.push((convert::own_var(r), "(result as i128)".to_owned()));
        }
        let call = format!("{}({})", self.path, args.join(", "));
        match &found.cause {
            Cause::Promise { clause } => {
                let bind = if matches!(sig.result, SigResult::Unit) { "" } else { "let result = " };
                let _ = writeln!(text, "    {bind}{call};");
                if let Some(formula) = self.written.sig.ensures.get(*clause) {
                    let shown = rust(formula, &|var| {
                        let name = names.iter().find(|(of, _)| *of == var);
                        name.map_or_else(
                            || {
                                format!(
                                    "{}_i128",
                                    found.values.get(&convert::var(var)).copied().unwrap_or(0)
                                )
                            },
                            |(_, name)| name.clone(),
                        )
                    });
                    let _ = writeln!(text, "    assert!({shown});");
                }
            }
            Cause::Panic { .. } | Cause::Demand { .. } => {
                let _ = writeln!(text, "    {call}; // panics");
            }
        }
        text.push_str("}\n");
        text
    }
}

fn rust_exp(of: &Exp, name: &dyn Fn(Var) -> String) -> String {
    let both =
        |a: &Exp, op: &str, b: &Exp| format!("({} {op} {})", rust_exp(a, name), rust_exp(b, name));
    match of {
        Exp::Const(value) => format!("{value}_i128"),
        Exp::Var(var) => name(*var),
        Exp::Add(a, b) => both(a, "+", b),
        Exp::Sub(a, b) => both(a, "-", b),
        Exp::Mul(a, b) => both(a, "*", b),
    }
}

/// A formula as a condition of Rust.
fn rust(of: &Fml, name: &dyn Fn(Var) -> String) -> String {
    let both =
        |a: &Exp, op: &str, b: &Exp| format!("{} {op} {}", rust_exp(a, name), rust_exp(b, name));
    match of {
        Fml::Le(a, b) => both(a, "<=", b),
        Fml::Lt(a, b) => both(a, "<", b),
        Fml::Eq(a, b) => both(a, "==", b),
        Fml::Ne(a, b) => both(a, "!=", b),
        Fml::In(ty, a) => {
            format!("({}..={}).contains(&{})", ty.least(), ty.greatest(), rust_exp(a, name))
        }
        Fml::Out(ty, a) => {
            format!("!({}..={}).contains(&{})", ty.least(), ty.greatest(), rust_exp(a, name))
        }
        Fml::And(f, g) => format!("({}) && ({})", rust(f, name), rust(g, name)),
        Fml::Or(f, g) => format!("({}) || ({})", rust(f, name), rust(g, name)),
    }
}

/// Looks for a run that refutes the signature, and says so at the message that it is about.
pub(crate) fn look(
    task: &Task<'_>,
    number: usize,
    about: &About<'_>,
    messages: &mut Vec<Diagnostic>,
) -> Option<Run> {
    let sig = (task.sigs)(number)?;
    let found = refute(task, number, &sig)?;
    let run = about.run(task, number, &sig, &found);
    let with = if run.inputs.is_empty() {
        format!("`{}()`", about.path)
    } else {
        format!("with {} the function", list(&run.inputs))
    };
    let note = match (&found.cause, run.after.is_empty()) {
        (Cause::Promise { .. }, false) => {
            format!("refuted: {with} returns with {}; {}", list(&run.after), run.violates)
        }
        (Cause::Promise { .. }, true) => format!("refuted: {with} returns; {}", run.violates),
        _ => format!("refuted: {with} fails: {}", run.violates),
    };
    let codes: &[&str] = match &found.cause {
        Cause::Promise { .. } => &[PROMISE],
        Cause::Demand { .. } => &[DEMAND],
        Cause::Panic { .. } => &[ARITHMETIC, REACHED, UNWINDS],
    };
    let is_about = |message: &Diagnostic| message.code.is_some_and(|code| codes.contains(&code));
    let at = messages.iter().position(is_about).unwrap_or(0);
    match messages.get_mut(at) {
        Some(message) => *message = message.clone().note(Severity::Note, note),
        None => messages.push(Diagnostic::new(Severity::Error, note).code(REFUTED)),
    }
    Some(run)
}
