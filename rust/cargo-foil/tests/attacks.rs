//! Programs that are written to have `cargo foil check` call a wrong function proved, and
//! what it says of them. Each file of `attacks/files`, and the first file of each package of
//! `attacks/packages`, says what is tried, and in lines that begin with `//~` what is said
//! of each function: the verdict, and the message if it is refused.
//! `ATTACKS=overwrite cargo test -p cargo-foil --test attacks` writes these lines; to be read.

use cargo_foil::cli::compiler::Compiler;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Nothing that is tried may take longer.
const LIMIT: Duration = Duration::from_secs(30);

fn attacks() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks")
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.collect();
    found.sort();
    found
}

/// What is said of each function, one a line; or that it takes too long.
fn said(folder: &Path, words: &[&str]) -> String {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("attacks/target");
    let out = tempfile::NamedTempFile::new().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-foil"))
        .args(["foil", "check", "--format", "json"])
        .args(words)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .stdout(Stdio::from(out.reopen().unwrap()))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if began.elapsed() > LIMIT {
            child.kill().unwrap();
            child.wait().unwrap();
            return "it takes too long\n".to_owned();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut lines = String::new();
    for line in std::fs::read_to_string(out.path()).unwrap().lines() {
        let one: serde_json::Value = serde_json::from_str(line).unwrap();
        if one["kind"] != "function" {
            continue;
        }
        let (path, verdict) = (one["path"].as_str().unwrap(), one["verdict"].as_str().unwrap());
        let message = &one["messages"][0];
        let refused = ["not supported", "bad signature"].contains(&verdict);
        let what = match message["message"].as_str() {
            Some(what) if refused => {
                assert!(message["spans"][0]["line_start"].is_u64(), "{line}");
                what
            }
            _ => verdict,
        };
        writeln!(lines, "{path}: {what}").unwrap();
    }
    lines
}

/// Compares what is said with what the file has, or writes it there.
fn compare(file: &Path, said: &str, wrong: &mut Vec<String>) {
    let text = std::fs::read_to_string(file).unwrap();
    let expected = |line: &&str| line.starts_with("//~ ");
    let there: String =
        text.lines().filter(expected).map(|line| format!("{}\n", &line[4..])).collect();
    if there == said {
        return;
    }
    if std::env::var_os("ATTACKS").is_some_and(|word| word == "overwrite") {
        let (head, rest): (Vec<&str>, Vec<&str>) = {
            let lines = text.lines().filter(|line| !expected(line)).collect::<Vec<_>>();
            let head = lines.iter().take_while(|line| line.starts_with("//!")).count();
            (lines[..head].to_vec(), lines[head..].to_vec())
        };
        let marked = said.lines().map(|line| format!("//~ {line}"));
        let all = head.into_iter().map(str::to_owned).chain(marked);
        let all: Vec<String> = all.chain(rest.into_iter().map(str::to_owned)).collect();
        std::fs::write(file, all.join("\n") + "\n").unwrap();
        return;
    }
    wrong.push(format!("{}: expected\n{there}and it says\n{said}", file.display()));
}

#[test]
fn what_is_said_of_attacks() {
    if let Err(error) = Compiler::find() {
        println!("skipped: {error}");
        return;
    }
    let mut wrong = Vec::new();
    for file in names(&attacks().join("files")) {
        if file.extension().is_some_and(|of| of == "rs") {
            let name = file.file_name().unwrap().to_str().unwrap();
            compare(&file, &said(file.parent().unwrap(), &[name]), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for path in names(from) {
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

#[test]
fn what_is_said_of_packages() {
    if let Err(error) = Compiler::find() {
        println!("skipped: {error}");
        return;
    }
    let mut wrong = Vec::new();
    for folder in names(&attacks().join("packages")) {
        // Cargo writes beside the manifests.
        let copied = tempfile::tempdir().unwrap();
        copy(&folder, copied.path());
        let first = ["src/lib.rs", "src/main.rs"].map(|name| folder.join("user").join(name));
        let file = first.iter().find(|path| path.exists()).unwrap();
        compare(file, &said(&copied.path().join("user"), &[]), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
