//! `tally-mir --check` or `--write`: the Coq files that are made from the crate's MIR,
//! compared with what the compiler says today, or written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tally_mir::{compiler, coq, parse, report, rustdoc, translate};

const PACKAGE: &str = "tally-rc";
const LIBRARY: &str = "tally";
/// Which functions of a file of the crate are wanted.
enum Wanted {
    /// All, and these free functions, whose file is not known.
    All(&'static [&'static str]),
    /// Those of one type with these names.
    Of(&'static str, &'static [&'static str]),
}

/// A file of the crate of which Coq files are made.
struct Source {
    file: &'static str,
    wanted: Wanted,
    /// The word that names the Coq files, and the folder that they are in.
    name: &'static str,
    folder: &'static str,
    /// The interfaces with the theorems.
    interfaces: &'static [&'static str],
}

/// What the handles that users see add to `inner.rs`, and a free function.
const HANDLES: &[&str] = &[
    "rc::inner::pinned",
    "rc::strong::Rc::new",
    "rc::strong::Rc::new_uninit",
    "rc::strong::Rc::new_cyclic",
    "rc::strong::Rc::strong_count",
    "rc::strong::Rc::weak_count",
    "rc::strong::Rc::ptr_eq",
    "rc::strong::Rc::get_mut",
    "rc::strong::Rc::downgrade",
    "rc::strong::Rc::try_into_unique",
    "rc::strong::Rc::try_unwrap",
    "rc::strong::Rc::into_inner",
    "rc::strong::Rc::as_ptr",
    "rc::strong::Rc::into_raw",
    "rc::strong::Rc::from_raw",
    "rc::strong::Rc::increment_strong_count",
    "rc::strong::Rc::decrement_strong_count",
    "<rc::strong::Rc as Clone>::clone",
    "<rc::strong::Rc as Deref>::deref",
    "rc::unique::UniqueRc::new",
    "rc::unique::UniqueRc::into_rc",
    "rc::unique::UniqueRc::downgrade",
    "<rc::unique::UniqueRc as Deref>::deref",
    "<rc::unique::UniqueRc as DerefMut>::deref_mut",
    "rc::weak::Weak::new",
    "rc::weak::Weak::upgrade",
    "rc::weak::Weak::strong_count",
    "rc::weak::Weak::weak_count",
    "rc::weak::Weak::ptr_eq",
    "rc::weak::Weak::as_ptr",
    "rc::weak::Weak::into_raw",
    "rc::weak::Weak::from_raw",
    "<rc::weak::Weak as Clone>::clone",
];

const SOURCES: [Source; 2] = [
    Source {
        file: "tally/src/rc/inner.rs",
        wanted: Wanted::All(HANDLES),
        name: "inner",
        folder: "rc/generated",
        interfaces: &["theories/rc/inner_sig.v", "theories/rc/crate_rc_sig.v"],
    },
    // The steps of the protocol: what is done to the words of a slot.
    Source {
        file: "tally/src/frame/slot.rs",
        wanted: Wanted::Of(
            "frame::slot::MetaSlot",
            &[
                "claim_word",
                "publish_shared",
                "publish_unique",
                "get_from_in_use",
                "clone_share",
                "release_share",
                "share_unique",
                "try_unique",
                "retire_unique",
                "count",
                "status",
                "list_id",
                "enter_list",
                "leave_list",
                "mark_unused",
            ],
        ),
        name: "slot",
        folder: "frame/slot/generated",
        interfaces: &[
            "theories/frame/slot/crate_slot_sig.v",
            "theories/frame/slot/crate_frame_sig.v",
        ],
    },
];
const PAGE: &str = "docs/source.md";
/// How a gate ends that cannot run here.
const SKIP: u8 = 77;

fn main() -> ExitCode {
    let write = match std::env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [word] if word == "--check" => false,
        [word] if word == "--write" => true,
        _ => {
            eprintln!("usage: tally-mir --check | --write");
            return ExitCode::from(2);
        }
    };
    match compiler::other_compiler() {
        Ok(None) => {}
        Ok(Some(version)) => {
            eprintln!(
                "tally-mir: SKIPPED: it reads the MIR of {}x, this is {version}",
                compiler::COMPILER
            );
            return ExitCode::from(SKIP);
        }
        Err(error) => {
            eprintln!("tally-mir: {error}");
            return ExitCode::FAILURE;
        }
    }
    match run(write) {
        Ok(stale) if stale.is_empty() => ExitCode::SUCCESS,
        Ok(stale) => {
            for path in stale {
                eprintln!(
                    "{path} is not what the crate's source gives today: `cargo run -p tally-mir -- --write`"
                );
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("tally-mir: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The generated files by their paths.
fn generate(workspace: &Path, root: &Path) -> Result<Vec<(String, String)>, String> {
    let (mir, json) = compiler::print(workspace, PACKAGE, LIBRARY)?;
    let dump = parse::parse(&mir);
    let docs = rustdoc::Docs::read(&json)?.with_sized_handles();
    let mut files = Vec::new();
    let mut theorems = report::Theorems::new();
    for Source { file, wanted, name, folder, interfaces } in SOURCES {
        let made = translate(&dump, &docs, |of, path| match wanted {
            Wanted::All(free) => of == Some(file) || free.contains(&path),
            Wanted::Of(ty, names) => {
                of == Some(file)
                    && path
                        .strip_prefix(ty)
                        .and_then(|rest| rest.strip_prefix("::"))
                        .is_some_and(|function| names.contains(&function))
            }
        });
        if let Wanted::Of(ty, names) = wanted {
            let gone = names.iter().find(|name| {
                !made.functions.iter().any(|(path, _)| *path == format!("{ty}::{name}"))
            });
            if let Some(gone) = gone {
                return Err(format!("{file}: there is no `{ty}::{gone}`"));
            }
        }
        let refused: Vec<String> = made
            .functions
            .iter()
            .filter_map(|(_, result)| Some(result.as_ref().err()?.to_string()))
            .collect();
        if !refused.is_empty() {
            return Err(format!("{file}: refused\n{}", refused.join("\n")));
        }
        // Also those of other files that they call.
        let functions: Vec<(String, String)> = made
            .program
            .functions
            .iter()
            .map(|function| (function.title.clone(), function.name.clone()))
            .collect();
        for interface in interfaces {
            let stated = fs::read_to_string(root.join(interface))
                .map_err(|error| format!("{interface}: {error}"))?;
            for (path, names) in report::theorems(&stated, &functions) {
                let known = theorems.entry(path).or_default();
                for name in names {
                    if !known.contains(&name) {
                        known.push(name);
                    }
                }
            }
        }
        let title = format!("[{}]", file.trim_start_matches("tally/src/"));
        let path = |part: &str| format!("theories/{folder}/{name}_{part}.v");
        files.push((path("mir"), coq::data(&made.program, name, &title)));
        files.push((
            path("tree"),
            coq::tree(&made.program, name, &title, &folder.replace('/', ".")),
        ));
    }
    let all = translate(&dump, &docs, |_, _| true);
    let interfaces = SOURCES.map(|source| source.interfaces).concat();
    files.push((PAGE.to_owned(), report::page(&all, PACKAGE, &interfaces, &theorems)));
    Ok(files)
}

/// Writes the files, or says which are stale.
fn run(write: bool) -> Result<Vec<String>, String> {
    // That of `cargo run`, not of the compiler: what was built in one checkout may run in another.
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    let workspace = PathBuf::from(package).join("..");
    let root = workspace.join("..");
    let mut stale = Vec::new();
    for (path, text) in generate(&workspace, &root)? {
        let place = root.join(&path);
        if fs::read_to_string(&place).is_ok_and(|old| old == text) {
            continue;
        }
        if write {
            fs::write(&place, text).map_err(|error| format!("{path}: {error}"))?;
            println!("wrote {path}");
        } else {
            stale.push(path);
        }
    }
    if !write && stale.is_empty() {
        println!("tally-mir: the Coq files made from the crate's MIR are up to date");
    }
    Ok(stale)
}
