//! `cargo foil run`: a scenario, run as the verified semantics says.
//!
//! A scenario is a function without arguments. It is translated with all that it needs
//! ([`tally_mir::mono`]), compiled block by block by what the prover extracts ([`evaluator`]),
//! and run by a machine for λRust that the tests compare with the extracted interpreter.
//! What comes out is said of that one run: a scenario passes, it is not safe by that.
//!
//! | step | module |
//! |---|---|
//! | what the standard library does, as Rust | `library.txt` |
//! | the program as data of the prover | `encode` |
//! | the extracted compilation and interpreter, evaluated | [`evaluator`], `generated` |
//! | the compiled program, with places | `code` |
//! | the run | `machine` |
//! | what happened, in words | [`Report`] |

mod code;
mod encode;
pub mod evaluator;
mod machine;
mod report;

pub use code::Place;
pub use machine::{End, Kind, Loc, Stuck};
pub use report::{Fault, Frame, Leak, Report, Verdict};

use code::{Code, Instance};
use evaluator::{Program as Evaluator, Value};
use machine::{Machine, Reuse};
use tally_mir::mono::{self, Crate, Mono};

/// The source of the model of the library.
pub const LIBRARY: &str = include_str!("library.txt");
/// The name of that crate.
pub const LIBRARY_NAME: &str = "foil_library";
/// What the prover has extracted.
pub(crate) const INTERPRETER: &str = include_str!("generated/interpreter.txt");

/// Why a scenario is not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It cannot be translated at all.
    #[error("{0}")]
    Scenario(String),
    /// It has something that the data of the prover have no place for.
    #[error("the program has {0}, which the semantics here does not have")]
    Data(String),
    /// The extracted program went wrong.
    #[error(transparent)]
    Evaluator(#[from] evaluator::Error),
    /// The compiled program is of another form than is read here.
    #[error("{0}")]
    Compiled(String),
    /// There is no thread for it.
    #[error("no thread could be started: {0}")]
    Thread(String),
}

/// A scenario that is ready to run.
pub struct Scenario {
    mono: Mono,
    code: Code,
    /// Which instances are code of the user that others call: methods of traits, closures.
    user: Vec<bool>,
}

/// What a run has come to, for those who compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The end.
    pub end: End,
    /// After how many steps.
    pub steps: u64,
}

/// Runs the work where calls may nest deeply.
pub(crate) fn on_a_large_stack<R: Send>(work: impl FnOnce() -> R + Send) -> Result<R, Error> {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(evaluator::STACK);
        let thread =
            builder.spawn_scoped(scope, work).map_err(|error| Error::Thread(error.to_string()))?;
        thread.join().map_err(|_| Error::Thread("it has ended early".to_owned()))
    })
}

fn arguments(evaluator: &mut Evaluator, mono: &Mono) -> Result<Vec<Value>, Error> {
    let program = encode::Encoder(evaluator).program(&mono.program).map_err(Error::Data)?;
    let statics = mono.statics.iter().map(|&number| Value::Nat(number as u64)).collect();
    let statics = evaluator.list(statics);
    Ok(vec![program, statics, Value::Nat(mono.main as u64)])
}

impl Scenario {
    /// Translates and compiles a function of the first crate; the last is the model of the
    /// library.
    ///
    /// # Errors
    ///
    /// If there is no such function, or if it takes arguments.
    pub fn new(crates: &[Crate], name: &str) -> Result<Self, Error> {
        let mono = mono::translate(crates, name).map_err(Error::Scenario)?;
        let (mono, code) = on_a_large_stack(move || {
            let mut evaluator = Evaluator::read(INTERPRETER)?;
            let args = arguments(&mut evaluator, &mono)?;
            let pair = evaluator.call("scenario_program", args)?;
            let code = Code::new(&evaluator, &mono.program, &pair).map_err(Error::Compiled);
            code.map(|code| (mono, code))
        })??;
        let user = code.instances.iter().map(|of| match of {
            Instance::Fn(number) => {
                let title = &mono.program.functions[*number].title;
                mono.origins[*number].krate == 0
                    && (title.starts_with('<') || title.contains("{closure"))
            }
            _ => false,
        });
        let user = user.collect();
        Ok(Self { mono, code, user })
    }

    /// Runs it for at most so many steps.
    pub fn run(&self, fuel: u64) -> Report {
        self.run_with(fuel, None)
    }

    /// Runs it so that one call of the user's code, counted from 1, panics instead of doing
    /// what it does. The user's code is methods of traits and closures of the first crate.
    pub fn run_with(&self, fuel: u64, panic_at: Option<u64>) -> Report {
        let mut machine = Machine::new(&self.code, Reuse::Never, &self.user);
        machine.panic_at = panic_at;
        let end = machine.run(fuel);
        report::report(&self.mono, &self.code, &machine, end)
    }

    /// Runs it with blocks put where the extracted interpreter puts them.
    pub fn outcome(&self, fuel: u64) -> Outcome {
        let mut machine = Machine::new(&self.code, Reuse::Lowest, &[]);
        let end = machine.run(fuel);
        Outcome { end, steps: machine.steps }
    }

    /// How many functions were translated for it.
    pub fn functions(&self) -> usize {
        self.mono.program.functions.len()
    }

    /// How the extracted interpreter says that it ends: its status, by the constructor's
    /// name and that of the reason, and the number of steps.
    ///
    /// # Errors
    ///
    /// If the evaluation goes wrong.
    pub fn reference(&self, fuel: u64) -> Result<(String, u64), Error> {
        let mono = &self.mono;
        on_a_large_stack(move || {
            let mut evaluator = Evaluator::read(INTERPRETER)?;
            let mut args = arguments(&mut evaluator, mono)?;
            let digits = evaluator.positive(u128::from(fuel.max(1)));
            args.push(evaluator.data("Npos", vec![digits]));
            let outcome = evaluator.call("scenario_run", args)?;
            Ok(reference_outcome(&evaluator, &outcome))
        })?
    }
}

fn reference_outcome(evaluator: &Evaluator, outcome: &Value) -> (String, u64) {
    let name = |value: &Value| match value {
        Value::Data(ctor, _) | Value::Plain(ctor) => evaluator.ctor_name(*ctor).to_owned(),
        _ => String::new(),
    };
    let Value::Data(_, parts) = outcome else { return (String::new(), 0) };
    let status = match &parts[0] {
        Value::Data(ctor, args) if evaluator.ctor_name(*ctor) == "ThreadStuck" => {
            format!("ThreadStuck {}", args.last().map(name).unwrap_or_default())
        }
        other => name(other),
    };
    let mut steps = 0;
    if let Value::Data(_, digits) = &parts[1] {
        let (mut at, mut bit) = (digits[0].clone(), 0);
        loop {
            let (one, rest) = match &at {
                Value::Data(ctor, rest) => {
                    (evaluator.ctor_name(*ctor) == "XI", Some(rest[0].clone()))
                }
                _ => (true, None),
            };
            if bit < 64 {
                steps |= u64::from(one) << bit;
            }
            bit += 1;
            match rest {
                Some(rest) => at = rest,
                None => break,
            }
        }
    }
    (status, steps)
}
