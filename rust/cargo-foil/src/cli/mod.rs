//! The command line: what is asked for, and how a command ends.

mod check;
pub mod compiler;
mod error;
pub mod file;
mod list;
mod overview;
pub mod project;
mod proofs;
pub mod run;
mod why;

pub use error::Error;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ends, as its exit code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything that was asked for is as it should be.
    Good = 0,
    /// Something is open.
    Open = 1,
    /// Something is refused: not supported, not there, or not a program that builds.
    Refused = 2,
    /// The tool or what it needs is at fault.
    Fault = 3,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(outcome as u8)
    }
}

/// How answers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object on each line, for programs.
    Json,
}

#[derive(Parser, Debug)]
#[command(
    name = "cargo foil",
    bin_name = "cargo foil",
    version,
    about = "Looks at the unsafe code and the refinements of a crate by programs that are proved in Coq",
    after_help = "Exit codes: 0 all is good; 1 something is open; 2 something is refused \
                  (not supported, not there, does not build); 3 the tool or what it needs is at fault.",
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: ListArgs,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Which functions of a crate are translated to the language of the proofs, and why
    /// others are not
    List(ListArgs),
    /// Why a function is not translated
    Why(WhyArgs),
    /// Whether each function has the refinement signature that is written at it
    Check(CheckArgs),
    /// Write a crate's functions as files of Coq, to foil/generated
    Translate(TranslateArgs),
    /// Begin a proof about a function: a file that Coq accepts, in foil
    New(NewArgs),
    /// Say what is proved, and what is open (needs Coq and the library)
    Prove(ProveArgs),
    /// Run a scenario, a function without arguments, step by step as the language of the proofs
    /// does
    Run(RunArgs),
}

/// Which package, and how it is built.
#[derive(Args, Clone, Debug, Default)]
pub struct Selection {
    /// The package: a member of the workspace or a dependency
    #[arg(short, long, value_name = "CRATE[@VERSION]")]
    pub package: Option<String>,
    /// The binary of the package, instead of its library
    #[arg(long, value_name = "NAME")]
    pub bin: Option<String>,
    /// The project's `Cargo.toml`; otherwise that of this folder or the nearest above
    #[arg(long, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,
    /// Features to switch on, with commas between them
    #[arg(short = 'F', long, value_name = "FEATURES", value_delimiter = ',')]
    pub features: Vec<String>,
    /// Switch all features on
    #[arg(long)]
    pub all_features: bool,
    /// Leave the default features off
    #[arg(long)]
    pub no_default_features: bool,
}

#[derive(Args, Clone, Copy, Debug)]
struct Output {
    /// How the answer is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Args, Debug)]
struct ListArgs {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
    /// Parts of functions' paths; without any, all functions
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
}

#[derive(Args, Debug)]
struct WhyArgs {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
    /// The function's path, or its end
    #[arg(value_name = "FN")]
    function: String,
    /// Show the body as the compiler prints it
    #[arg(long)]
    mir: bool,
}

/// Which overflows must be excluded; all others may panic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Overflow {
    /// None.
    Panics,
    /// That of an unsigned number below zero.
    #[default]
    StrictUnder,
    /// All.
    Strict,
}

#[derive(Args, Debug)]
struct CheckArgs {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
    /// A file of Rust; without one, the package
    #[arg(value_name = "FILE.rs", conflicts_with_all = ["package", "bin", "manifest_path"])]
    file: Option<PathBuf>,
    /// The edition of the file
    #[arg(long, value_name = "EDITION", default_value = file::EDITION)]
    edition: String,
    /// Which overflows functions must exclude that do not say it themselves
    #[arg(long, value_enum, default_value_t, value_name = "MODE")]
    overflow: Overflow,
    /// Print a test for each function that is refuted, which fails
    #[arg(long)]
    replay: bool,
    /// What a message's code means
    #[arg(long, value_name = "CODE", conflicts_with_all = ["file", "package", "bin", "manifest_path"])]
    explain: Option<String>,
}

#[derive(Args, Debug)]
struct TranslateArgs {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
}

#[derive(Args, Debug)]
struct NewArgs {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
    /// The function's path, or its end
    #[arg(value_name = "FN")]
    function: String,
}

#[derive(Args, Debug)]
struct ProveArgs {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
    /// Parts of functions' paths; without any, all that a file is about
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
}

#[derive(Args, Debug)]
struct RunArgs {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
    /// How many blocks of memory may be left at the end: `error` for none, or `allow=N`
    #[arg(long, default_value = "error", value_name = "error|allow=N")]
    leaks: run::Leaks,
    /// Have one call of the user's code panic at its end, a method of a trait or a closure of
    /// the crate: the N-th, or each in turn
    #[arg(long, value_name = "N|all")]
    panic_at: Option<run::PanicAt>,
    /// Try all schedules of at most so many preemptions: changes of threads where the one that
    /// runs could go on
    #[arg(long, value_name = "BOUND")]
    schedules: Option<u32>,
    /// Make one run again, whose name another has printed
    #[arg(long, value_name = "ID", conflicts_with_all = ["panic_at", "schedules"])]
    replay: Option<crate::run::Replay>,
    /// After how many steps to give up
    #[arg(long, default_value_t = 20_000_000, value_name = "N")]
    steps: u64,
    /// The function's path; without it, `main` of a binary, or the only one there is
    #[arg(value_name = "SCENARIO")]
    scenario: Option<String>,
}

/// Runs the command that the arguments ask for; the first is the program's name, and
/// `cargo` puts `foil` behind it.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|word| word == "foil") {
        arguments.remove(1);
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // The command line's own words; help and version are no errors.
            let _ = error.print();
            let outcome = if error.use_stderr() { Outcome::Refused } else { Outcome::Good };
            return outcome.into();
        }
    };
    match run(cli) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            error.print();
            error.outcome().into()
        }
    }
}

fn run(cli: Cli) -> Result<Outcome, Error> {
    match cli.command {
        None => list::run(&cli.list),
        Some(Command::List(args)) => list::run(&args),
        Some(Command::Why(args)) => why::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Run(args)) => run::run(&args),
        Some(Command::Translate(args)) => proofs::translate(&args),
        Some(Command::New(args)) => proofs::new(&args),
        Some(Command::Prove(args)) => proofs::prove(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    /// Killed by: taking a pattern for a command, or the word `list` for a pattern.
    #[test]
    fn without_a_command_it_lists() {
        let cli = Cli::try_parse_from(["cargo-foil", "-p", "slab", "insert"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.list.patterns, ["insert"]);
        let cli = Cli::try_parse_from(["cargo-foil", "list", "insert"]).unwrap();
        assert!(matches!(cli.command, Some(Command::List(_))));
    }
}
