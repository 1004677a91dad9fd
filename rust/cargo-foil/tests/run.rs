//! `cargo foil run` on a crate of scenarios: what is said of each, that the machine does what
//! the extracted interpreter does, and that the compiled program ends in the same way.

use cargo_foil::cli::Selection;
use cargo_foil::cli::compiler::Compiler;
use cargo_foil::cli::run::Crates;
use cargo_foil::run::{End, Fault, Frame, Replay, Report, Scenario, Stuck, Verdict};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crate, in a folder where it may be built; nothing if this is another compiler.
fn crates() -> Option<(Compiler, PathBuf, Crates)> {
    let compiler = Compiler::find().ok()?;
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scenarios");
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let sources = ["lib", "collections", "kinds", "main", "threads"];
    for file in
        sources.map(|name| format!("src/{name}.rs")).iter().chain(["Cargo.toml".into()].iter())
    {
        std::fs::copy(from.join(file), folder.join(file)).unwrap();
    }
    let manifest_path = Some(folder.join("Cargo.toml"));
    let selection = Selection { manifest_path, ..Selection::default() };
    let crates = Crates::read(&compiler, &selection).unwrap_or_else(|error| panic!("{error}"));
    Some((compiler, folder, crates))
}

const FUEL: u64 = 1_000_000;

fn stuck(fault: Fault) -> Verdict {
    Verdict::Stuck(fault)
}

/// What is expected of a scenario: the verdict, how many blocks are left, and a part of the
/// name of a function that the report must have among the calls, or those of the last writes.
fn expected() -> Vec<(&'static str, Verdict, usize, &'static str)> {
    vec![
        ("slab_buggy", stuck(Fault::OutOfBounds), 0, "Slab::remove"),
        ("slab_mended", Verdict::Returned, 0, ""),
        ("shared_buggy", stuck(Fault::UseAfterFree), 0, "cleanup of Shared::own_buggy"),
        ("shared_mended", Verdict::Returned, 0, ""),
        ("lazy_buggy", stuck(Fault::Unreachable), 0, "Lazy::get"),
        ("lazy_mended", Verdict::Returned, 0, ""),
        ("moved_buggy", stuck(Fault::UseAfterFree), 0, "cleanup of each"),
        ("moved_mended", Verdict::Returned, 1, ""),
        ("read_uninitialised", stuck(Fault::Uninitialised), 0, "read_uninitialised"),
        ("free_twice", stuck(Fault::DoubleFree), 0, "free_twice"),
        ("dead_local", stuck(Fault::DeadLocal), 0, "dead_local"),
        ("leak", Verdict::Returned, 2, ""),
        ("drop_goes_on", Verdict::Returned, 0, ""),
        ("panics", Verdict::Unwound, 0, ""),
        ("arithmetic", Verdict::Returned, 0, ""),
        ("slices", Verdict::Returned, 0, ""),
        ("replace_panics", stuck(Fault::DoubleFree), 0, ""),
        ("replace_returns", Verdict::Returned, 0, ""),
        ("transmute_number", Verdict::Returned, 0, ""),
        ("insert_buggy", stuck(Fault::UseAfterFree), 0, "<Tok as Drop>::drop"),
        ("insert_mended", Verdict::Returned, 5, ""),
        ("thin_buggy", stuck(Fault::UseAfterFree), 0, "<Tok as Drop>::drop"),
        ("collections::thin_mended", Verdict::Returned, 0, ""),
        ("collections::small", Verdict::Returned, 0, ""),
        ("collections::numbers", Verdict::Returned, 0, ""),
        ("collections::vectors", Verdict::Returned, 0, ""),
        ("collections::pointers", Verdict::Returned, 0, ""),
        ("wrong_layout", stuck(Fault::BadFree), 0, "wrong_layout"),
        ("exits", Verdict::Exited(0), 0, ""),
        ("exits_and_loses", Verdict::Exited(0), 2, ""),
        ("names", Verdict::Returned, 0, ""),
        ("kinds::counted", Verdict::Returned, 0, ""),
        ("queues", Verdict::Returned, 0, ""),
        ("parts", Verdict::Returned, 0, ""),
        ("arrays", Verdict::Returned, 0, ""),
        ("maybe", Verdict::Returned, 0, ""),
        ("passed_on", Verdict::Returned, 0, ""),
    ]
}

fn names(report: &Report, name: &str) -> bool {
    let named = |frame: &Frame| {
        let cleanup = if frame.cleanup { "cleanup of " } else { "" };
        format!("{cleanup}{}", frame.function).contains(name)
    };
    report.stack.iter().chain(report.writes.iter().flatten()).any(named)
}

/// The end, in the words of the extracted interpreter.
fn words(end: &End) -> String {
    match end {
        End::Finished(_) | End::Value => "AllFinished".to_owned(),
        End::Aborted => "ThreadAborted".to_owned(),
        End::OutOfFuel => "OutOfFuel".to_owned(),
        End::Exited(_) => "ThreadAborted".to_owned(),
        End::Waiting | End::Cut => "no end".to_owned(),
        End::Unsupported(what) => format!("unsupported: {what}"),
        End::Stuck(reason) => {
            let reason = match reason {
                Stuck::UnboundVar => "UnboundVar",
                Stuck::PoisonUsed(_) => "PoisonUsed",
                Stuck::WrongKind(_) => "WrongKind",
                Stuck::Incomparable => "Incomparable",
                Stuck::WrongArity => "WrongArity",
                Stuck::BadCaseIndex => "BadCaseIndex",
                Stuck::OutOfRange => "OutOfRange",
                Stuck::Overflow => "Overflow",
                Stuck::DivisionByZero => "DivisionByZero",
                Stuck::NotAllocated(_) => "NotAllocated",
                Stuck::BadAllocSize => "BadAllocSize",
                Stuck::BadFree(..) => "BadFree",
                Stuck::Race(..) => "DataRace",
            };
            format!("ThreadStuck {reason}")
        }
    }
}

#[test]
fn scenarios_end_as_they_should() {
    let Some((_, folder, crates)) = crates() else { return };
    for (name, verdict, leaks, function) in expected() {
        let scenario = Scenario::new(&crates.crates, name).unwrap();
        let report = scenario.run(FUEL);
        assert_eq!((&report.verdict, report.leaks.len()), (&verdict, leaks), "{name}: {report:?}");
        assert!(names(&report, function) || function.is_empty(), "{name}: {report:?}");
        // The machine and the extracted interpreter: the same end after the same number of
        // steps. That interpreter substitutes, and is a thousand times slower: of long runs
        // it is the beginning.
        let whole = scenario.outcome(FUEL).steps <= 1500;
        let fuel = if whole { FUEL } else { 800 };
        let outcome = scenario.outcome(fuel);
        let reference = scenario.reference(fuel, &[]).unwrap();
        assert_eq!((words(&outcome.end), outcome.steps), reference, "{name}");
    }
    // The compiled program, of those that have a meaning there: the same end, and as many
    // values made and dropped.
    for (name, verdict, ..) in expected() {
        let code = match verdict {
            Verdict::Returned if name != "leak" && name != "insert_mended" => 0,
            Verdict::Unwound => 101,
            _ => continue,
        };
        let report = Scenario::new(&crates.crates, name).unwrap().run(FUEL);
        assert_eq!(compiled(&folder, name), (code, counts(&report)), "{name}");
    }
}

/// How the compiled program ends, and what it has counted.
fn compiled(folder: &Path, name: &str) -> (i32, (i128, i128)) {
    let mut run = Command::new("cargo");
    run.args(["run", "--quiet", "--offline", "--bin", "scenarios", "--", name]);
    run.current_dir(folder).env("CARGO_TARGET_DIR", folder.join("target"));
    let output = run.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.trim().trim_matches(['(', ')']);
    let (made, dropped) = text.split_once(", ").unwrap_or_else(|| panic!("{name}: {text}"));
    (output.status.code().unwrap(), (made.parse().unwrap(), dropped.parse().unwrap()))
}

/// What the run has counted; a static that it does not have is 0.
fn counts(report: &Report) -> (i128, i128) {
    let of = |name: &str| {
        report.statics.iter().find(|(known, _)| known == name).map_or(0, |(_, value)| *value)
    };
    (of("MADE"), of("DROPPED"))
}

/// Scenarios with threads: what the search finds with at most two preemptions, and a part of
/// the name of a function among the calls.
fn with_threads() -> Vec<(&'static str, Verdict, usize, &'static str)> {
    vec![
        ("lost_update_buggy", Verdict::Returned, 2, ""),
        ("lost_update_mended", Verdict::Returned, 0, ""),
        ("cell_race", stuck(Fault::DataRace), 0, "Cell::set"),
        ("cell_joined", Verdict::Returned, 0, ""),
        ("double_checked_buggy", stuck(Fault::DataRace), 0, "Once::get"),
        ("double_checked_mended", Verdict::Returned, 0, ""),
        ("two_locks", Verdict::Waiting, 0, ""),
        ("guard_sent", Verdict::Returned, 0, ""),
        ("guard_let_go_early", stuck(Fault::DataRace), 0, "Guard::add"),
        ("weak_exchange", Verdict::Unwound, 0, ""),
        ("atomics", Verdict::Returned, 0, ""),
        ("panics_elsewhere", Verdict::Returned, 0, ""),
        ("waited_for", Verdict::Returned, 0, ""),
        ("sent", Verdict::Returned, 0, ""),
    ]
}

/// Killed by: a search that finds only the first schedule; one that goes on for ever where a
/// thread spins; accesses that nothing orders and that are no race; a replay that does other
/// things.
#[test]
fn schedules_are_searched() {
    let Some((_, folder, crates)) = crates() else { return };
    for (name, verdict, leaks, function) in with_threads() {
        let scenario = Scenario::new(&crates.crates, name).unwrap();
        let good = |report: &Report| report.verdict == Verdict::Returned && report.leaks.is_empty();
        let found = scenario.explore(FUEL, 2, None, &good, &mut |_, _| {}).unwrap();
        let report = &found.report;
        assert_eq!((&report.verdict, report.leaks.len()), (&verdict, leaks), "{name}: {report:?}");
        assert!(names(report, function) || function.is_empty(), "{name}: {report:?}");
        assert!(found.runs < 20_000, "{name}: {} runs", found.runs);
        let replay = found.replay.to_string().parse().unwrap();
        assert_eq!(scenario.again(FUEL, &replay).as_ref(), Ok(report), "{name}");
        // The extracted interpreter, with the same threads in the same order: the beginning.
        let fuel = 800;
        let (outcome, schedule) = scenario.outcome_of(fuel, &replay.steps);
        let reference = scenario.reference(fuel, &schedule).unwrap();
        assert_eq!((words(&outcome.end), outcome.steps), reference, "{name}");
        if good(report) {
            assert_eq!(compiled(&folder, name), (0, counts(report)), "{name}");
        }
    }
    // A longer one, in which threads change.
    let scenario = Scenario::new(&crates.crates, "fork_small").unwrap();
    let (outcome, schedule) = scenario.outcome_of(FUEL, &[]);
    assert!(schedule.contains(&1), "{outcome:?}");
    let reference = scenario.reference(FUEL, &schedule).unwrap();
    assert_eq!((words(&outcome.end), outcome.steps), reference);
    // Not of this program.
    let other = Replay { program: 1, panic_at: None, steps: Vec::new() };
    assert!(scenario.again(FUEL, &other).is_err());
}

#[test]
fn what_is_refused_is_said() {
    let Some((_, _, crates)) = crates() else { return };
    let scenario = Scenario::new(&crates.crates, "not_supported").unwrap();
    let report = scenario.run(FUEL);
    assert!(matches!(&report.verdict, Verdict::Refused(why) if why.contains("String")));
    assert_eq!(report.stack[0].function, "not_supported");
    // Not taken for another program where the compiler does not say all.
    let report = Scenario::new(&crates.crates, "captured_parts").unwrap().run(FUEL);
    assert!(matches!(&report.verdict, Verdict::Refused(why) if why.contains("captures 2 parts")));
    // A number is not made into one that may not be valid, nor parts into others.
    for name in ["transmute_bool", "transmute_array"] {
        let report = Scenario::new(&crates.crates, name).unwrap().run(FUEL);
        assert!(matches!(report.verdict, Verdict::Refused(_)), "{name}: {report:?}");
    }
    // Of no function, and of one with arguments.
    let error = |name| Scenario::new(&crates.crates, name).err().unwrap().to_string();
    assert!(error("gone").contains("no function"));
    assert!(error("moved").contains("arguments"));
    // One whose drops may panic, each in turn.
    let scenario = Scenario::new(&crates.crates, "drop_goes_on").unwrap();
    let calls = scenario.run(FUEL).user_calls;
    assert!(calls >= 3);
    for number in 1..=calls {
        let report = scenario.run_with(FUEL, Some(number));
        assert!(report.panicked.is_some(), "{number}");
        assert!(!matches!(report.verdict, Verdict::Stuck(_) | Verdict::Refused(_)), "{report:?}");
    }
    assert!(scenario.run_with(FUEL, Some(calls + 1)).panicked.is_none());
    // A closure that owns what it is given: it is dropped twice if the closure panics.
    let scenario = Scenario::new(&crates.crates, "replace_returns").unwrap();
    let report = scenario.run_with(FUEL, Some(1));
    assert_eq!(report.verdict, stuck(Fault::DoubleFree), "{report:?}");
    // One that does not end.
    let scenario = Scenario::new(&crates.crates, "arithmetic").unwrap();
    assert_eq!(scenario.run(100).verdict, Verdict::OutOfSteps);
}
