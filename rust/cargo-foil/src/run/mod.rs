//! `cargo foil run`: a scenario, run as the verified semantics says.
//!
//! A scenario is a function without arguments. It is translated with all that it needs
//! ([`tally_mir::mono`]), compiled block by block by what the prover extracts ([`evaluator`]),
//! and run by a machine for λRust that the tests compare with the extracted interpreter.
//! What comes out is said of that one run: a scenario passes, it is not safe by that.
//!
//! | step | module |
//! |---|---|
//! | what the standard library does, as Rust | `library.txt`, `threads.txt`, `shared.txt`, `more.txt` |
//! | the program as data of the prover | `encode` |
//! | the extracted compilation and interpreter, evaluated | [`evaluator`], `generated` |
//! | the compiled program, with places | `code` |
//! | the run | `machine`, with `threads`, `clocks`, `number` |
//! | all schedules | `search` |
//! | what happened, in words | [`Report`] |

mod clocks;
mod code;
mod encode;
pub mod evaluator;
mod machine;
mod number;
mod report;
mod search;
mod threads;

pub use code::Place;
pub use machine::{End, Kind, Loc, Stuck};
pub use report::{Fault, Frame, Leak, Report, Switched, Verdict};
pub use search::{Replay, Step};
pub use threads::Why;

use code::{Code, Hint, Instance};
use evaluator::{Program as Evaluator, Value};
use machine::{Machine, Reuse};
use search::{Again, Search};
use tally_mir::mono::{self, Crate, Mono};

/// The source of the model of the library.
pub const LIBRARY: &str = concat!(
    include_str!("library.txt"),
    include_str!("threads.txt"),
    include_str!("shared.txt"),
    include_str!("more.txt")
);
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
    /// A run cannot be made again.
    #[error("{0}")]
    Replay(String),
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
    /// A hash of the program.
    checksum: u16,
}

/// What came of runs of a scenario with all schedules up to a bound.
#[derive(Clone, Debug)]
pub struct Explored {
    /// What is said of the last one: it is the first that is not as it should be, if there is
    /// one.
    pub report: Report,
    /// How it is made again.
    pub replay: Replay,
    /// How many runs there were with that bound, and how many of them were cut short where
    /// another had been.
    pub runs: u64,
    /// How many of them were cut short.
    pub cut: u64,
    /// The most calls of the user's code in a run.
    pub user_calls: u64,
    /// How many steps all runs had.
    pub steps: u64,
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
        let (mono, mut code) = on_a_large_stack(move || {
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
        for (&fun, &instance) in &code.instance_of {
            let Some(&Instance::Fn(number)) = code.instances.get(instance as usize) else {
                continue;
            };
            let hint = Hint::named(&mono.program.functions[number].title);
            if let Some(hint) = hint.filter(|_| mono.origins[number].of_library) {
                code.hints.insert(fun, hint);
            }
        }
        let checksum = search::checksum(&format!("{:?}", mono.program));
        Ok(Self { mono, code, user, checksum })
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

    /// Makes one run again.
    ///
    /// # Errors
    ///
    /// If it is of another program, or of this one as it was.
    pub fn again(&self, fuel: u64, replay: &Replay) -> Result<Report, Error> {
        let other = || {
            let program = "`--replay` is for the program as it was, and the program is another";
            Err(Error::Replay(format!("{program} ({replay})")))
        };
        if replay.program != self.checksum {
            return other();
        }
        let mut machine = Machine::new(&self.code, Reuse::Never, &self.user);
        machine.panic_at = replay.panic_at;
        let mut again = Again::new(&replay.steps);
        let end = machine.run_chosen(fuel, &mut again);
        if again.lost || !again.is_done() {
            return other();
        }
        // Once more where the other side of a race is to be named.
        if let End::Stuck(Stuck::Race(at, _)) = end {
            machine = Machine::new(&self.code, Reuse::Never, &self.user);
            machine.panic_at = replay.panic_at;
            machine.watched = Some(at);
            machine.run_chosen(fuel, &mut Again::new(&replay.steps));
        }
        Ok(report::report(&self.mono, &self.code, &machine, end))
    }

    /// Runs it with all schedules up to so many preemptions, until one is not as it should be.
    ///
    /// # Errors
    ///
    /// If the machine does not do the same again.
    pub fn explore(
        &self,
        fuel: u64,
        bound: u32,
        panic_at: Option<u64>,
        bearable: &dyn Fn(&Report) -> bool,
        progress: &mut dyn FnMut(u32, u64),
    ) -> Result<Explored, Error> {
        let (mut user_calls, mut steps) = (0, 0);
        let replay = |steps| Replay { program: self.checksum, panic_at, steps };
        let most = bound;
        for bound in 0..=most {
            let mut search = Search::new(bound);
            let (mut runs, mut cut) = (0, 0);
            let found = loop {
                let mut machine = Machine::new(&self.code, Reuse::Never, &self.user);
                machine.panic_at = panic_at;
                machine.record = false;
                let end = machine.run_chosen(fuel, &mut search);
                runs += 1;
                steps += machine.steps;
                user_calls = user_calls.max(machine.user_calls);
                if end == End::Cut {
                    cut += 1;
                } else {
                    let report = report::report(&self.mono, &self.code, &machine, end);
                    if !bearable(&report) {
                        break true;
                    }
                }
                if !search.next() {
                    break false;
                }
                progress(bound, runs);
            };
            if found || bound == most {
                let replay = replay(if found { search.differences() } else { Vec::new() });
                let report = self.again(fuel, &replay)?;
                return Ok(Explored { report, replay, runs, cut, user_calls, steps });
            }
        }
        Err(Error::Replay("there is no schedule".to_owned()))
    }

    /// Runs it with blocks put where the extracted interpreter puts them.
    pub fn outcome(&self, fuel: u64) -> Outcome {
        self.outcome_of(fuel, &[]).0
    }

    /// The same for one schedule; and the thread of each step.
    pub fn outcome_of(&self, fuel: u64, steps: &[(u32, Step)]) -> (Outcome, Vec<u32>) {
        let mut machine = Machine::new(&self.code, Reuse::Lowest, &[]);
        machine.schedule = Some(Vec::new());
        let end = machine.run_chosen(fuel, &mut Again::new(steps));
        (Outcome { end, steps: machine.steps }, machine.schedule.unwrap_or_default())
    }

    /// How many functions were translated for it.
    pub fn functions(&self) -> usize {
        self.mono.program.functions.len()
    }

    /// How the extracted interpreter says that it ends: its status, by the constructor's
    /// name and that of the reason, and the number of steps. It steps the threads as listed.
    ///
    /// # Errors
    ///
    /// If the evaluation goes wrong.
    pub fn reference(&self, fuel: u64, schedule: &[u32]) -> Result<(String, u64), Error> {
        let mono = &self.mono;
        on_a_large_stack(move || {
            let mut evaluator = Evaluator::read(INTERPRETER)?;
            let mut args = arguments(&mut evaluator, mono)?;
            let threads = schedule.iter().map(|&thread| Value::Nat(u64::from(thread))).collect();
            args.push(evaluator.list(threads));
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
