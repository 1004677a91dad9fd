//! `cargo foil translate`, `new`, `prove` on the tutorial's crate: that its committed files are
//! what the commands write, that nothing of the user's is overwritten, and what is said of
//! proofs, with a script in the prover's place. The tutorial's proofs are compiled by
//! `ci/install-test`.

use cargo_foil::cli::compiler::Compiler;
use std::path::{Path, PathBuf};
use std::process::Command;

fn tutorial() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/foil-tutorial.in/counter")
}

/// A copy of the tutorial's crate, without its proofs.
struct Copy {
    folder: PathBuf,
    /// What stands for the search path.
    path: PathBuf,
}

/// What a command says, and its exit code.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    errors: String,
}

impl Copy {
    /// In a folder of its own; nothing if this is another compiler.
    fn new(name: &str) -> Option<Self> {
        if let Err(error) = Compiler::find() {
            println!("skipped: {error}");
            return None;
        }
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("proofs").join(name);
        if all.exists() {
            std::fs::remove_dir_all(&all).unwrap();
        }
        let copy = Self { folder: all.join("counter"), path: all.join("bin") };
        std::fs::create_dir_all(copy.folder.join("src")).unwrap();
        for file in ["Cargo.toml", "Cargo.lock", "src/lib.rs"] {
            std::fs::copy(tutorial().join(file), copy.folder.join(file)).unwrap();
        }
        // Rust alone, so that it does not matter whether a prover is installed.
        std::fs::create_dir_all(&copy.path).unwrap();
        let said = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
        let root = PathBuf::from(String::from_utf8(said.stdout).unwrap().trim());
        for program in ["cargo", "rustc", "rustdoc"] {
            let to = copy.path.join(program);
            std::os::unix::fs::symlink(root.join("bin").join(program), to).unwrap();
        }
        Some(copy)
    }

    fn foil(&self, words: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-foil"));
        command.args(words).current_dir(&self.folder).env("PATH", &self.path);
        command.env("CARGO", self.path.join("cargo")).env_remove("RUSTC");
        command.env("CARGO_TARGET_DIR", self.folder.join("target"));
        let output = command.output().unwrap();
        Said {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn read(&self, file: &str) -> String {
        let path = self.folder.join(file);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.folder.join(file), text).unwrap();
    }

    /// The crate's source, with one place changed.
    fn change(&self, from: &str, to: &str) {
        let text = std::fs::read_to_string(tutorial().join("src/lib.rs")).unwrap();
        assert!(text.contains(from), "{from}");
        self.write("src/lib.rs", &text.replacen(from, to, 1));
    }

    /// The tutorial's proofs, beside generated files.
    fn proofs(&self) {
        for file in ["Counter_bump.v", "MyRc_drop.v"] {
            let text = std::fs::read_to_string(tutorial().join("foil").join(file)).unwrap();
            self.write(&format!("foil/{file}"), &text);
        }
    }

    /// A script for the prover.
    fn prover(&self, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let file = self.path.join("coqc");
        std::fs::write(&file, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Accepts every file, and says of each theorem that it is closed; in a file with the line
/// `Abort.` there is none, in one with `Axiom` each rests on it. An error is one of the file.
const PROVER: &str = r#"
for file; do :; done
case $file in
--print-version) echo "8.16 4.14"; exit 0 ;;
generated/* | */generated/*) : >"${file%.v}.vo"; exit 0 ;;
*foil_question.v) ;;
*) if grep -q Nonsense "$file"; then echo "Error: no such thing" >&2; exit 1; fi; exit 0 ;;
esac
if grep -q "Show" "$file"; then echo "1 goal"; exit 0; fi
sed -n 's/^Print Assumptions \(.*\)\.\(.*\)\.$/\1 \2/p' "$file" | while read -r file theorem; do
  if grep -qx "Abort\." "$file.v"; then echo "Error: no $theorem" >&2; exit 1; fi
  if grep -q "Axiom" "$file.v"; then echo "Axioms: $theorem"; else echo "Closed under the global context"; fi
done
"#;

/// Killed by: a change of the translation without `cargo foil translate` in
/// `docs/foil-tutorial.in/counter`.
#[test]
fn the_tutorial_has_what_translate_writes() {
    let Some(copy) = Copy::new("translate") else { return };
    let said = copy.foil(&["translate"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for file in ["foil/generated/counter_mir.v", "foil/generated/counter_tree.v"] {
        assert!(said.out.contains(file), "{said:?}");
        let committed = std::fs::read_to_string(tutorial().join(file)).unwrap();
        assert!(committed == copy.read(file), "{file}: run `cargo foil translate` there");
    }
    assert!(said.out.contains("wrote ") && said.out.contains("6 functions"), "{said:?}");
    // What is the same stays; what has been changed by hand does not.
    copy.write("foil/generated/counter_tree.v", "(* mine *)");
    let said = copy.foil(&["translate", "--format", "json"]);
    assert!(said.out.contains(r#""written":["foil/generated/counter_tree.v"]"#), "{said:?}");
    assert!(!copy.read("foil/generated/counter_tree.v").contains("mine"));
    let said = copy.foil(&["translate"]);
    assert!(said.out.starts_with("nothing has changed"), "{said:?}");
    // There is nothing that is not the two files.
    let files = std::fs::read_dir(copy.folder.join("foil/generated")).unwrap();
    assert_eq!(files.count(), 2);
}

/// Killed by: a file that is written though it is there; an example that lacks one.
#[test]
fn nothing_is_written_twice() {
    let Some(copy) = Copy::new("new") else { return };
    let said = copy.foil(&["new", "bump"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let wrote = |said: &Said| -> Vec<String> {
        said.out
            .lines()
            .filter_map(|of| of.strip_prefix("wrote foil/"))
            .map(str::to_owned)
            .collect()
    };
    let files = [
        "_CoqProject",
        "Counter_bump.v",
        "Counter_bump_scenario.rs",
        "example/README.md",
        "example/Counter_bump.v",
        "example/generated/counter_mir.v",
        "example/generated/counter_tree.v",
    ];
    assert!(wrote(&said).ends_with(&files.map(str::to_owned)), "{said:?}");
    assert_eq!(copy.read("foil/_CoqProject"), {
        std::fs::read_to_string(tutorial().join("foil/_CoqProject")).unwrap()
    });
    let stub = copy.read("foil/Counter_bump.v");
    for line in [
        "- [x1]: an address, #l\n",
        "- [v], what it returns: #true or #false\n",
        "From foil.generated Require Import counter_tree.\n",
        "  Lemma Counter_bump_spec (x1 : val) :\n",
        "      Counter_bump [ x1 ]\n",
        "  Abort.\n",
    ] {
        assert!(stub.contains(line), "{line}{stub}");
    }
    // Each file is the user's now.
    for file in files {
        copy.write(&format!("foil/{file}"), "(* mine *)");
    }
    std::fs::remove_file(copy.folder.join("foil/example/README.md")).unwrap();
    let generated = copy.read("foil/generated/counter_mir.v");
    let said = copy.foil(&["new", "Counter::bump"]);
    assert_eq!((said.code, wrote(&said)), (Some(0), vec!["example/README.md".to_owned()]));
    for file in files.iter().filter(|file| **file != "example/README.md") {
        assert_eq!(copy.read(&format!("foil/{file}")), "(* mine *)", "{file}");
        assert!(said.out.contains(&format!("kept  foil/{file}\n")), "{said:?}");
    }
    // Generated files are not written either: other proofs may be about them.
    copy.change("count + 1", "count + 2");
    assert_eq!(copy.foil(&["new", "MyRc::get"]).code, Some(0));
    assert_eq!(generated, copy.read("foil/generated/counter_mir.v"));
    assert!(copy.read("foil/MyRc_get.v").contains("Lemma MyRc_get_spec (T : tparam) (x1 : val)"));
    // Of what is not there or not translated.
    let said = copy.foil(&["new", "bumps"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.errors.contains("no function `bumps`"), "{said:?}");
    let said = copy.foil(&["new", "own_wrong"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.errors.contains("is not translated"), "{said:?}");
}

/// Killed by: *proved* of a file that is not accepted, that is given up, that assumes
/// something, that has no such lemma.
#[test]
fn only_what_is_closed_is_proved() {
    let Some(copy) = Copy::new("prove") else { return };
    let prove = || copy.foil(&["prove"]);
    copy.prover(PROVER);
    let said = prove();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.errors.contains("no proof in"), "{said:?}");
    assert_eq!(copy.foil(&["translate"]).code, Some(0));
    copy.proofs();
    let said = prove();
    assert_eq!((said.code, said.out.as_str()), (Some(0), "\
proved  Counter::bump  (`Counter_bump_spec` in foil/Counter_bump.v)
    and bump_client_spec, bump_client_adequate
    trusted: the translation, the language's rules, and of the library: Cell::get, Cell::set
proved  <MyRc as Drop>::drop  (`MyRc_drop_spec` in foil/MyRc_drop.v)
    and MyRc_another_spec, MyRc_drop_last_spec, rc_client_spec, rc_client_adequate
    trusted: the translation, the language's rules, and of the library: Box::from_raw, Cell::get, Cell::set, mem::drop
"));
    let text = copy.read("foil/Counter_bump.v");
    let good = "foil/Counter_bump.v)\n";
    for (changed, why) in [
        (format!("{text}Nonsense."), "    Error: no such thing\n"),
        (format!("{text}Abort.\n"), "    1 goal\n"),
        (format!("Axiom a : False.\n{text}"), "    Axioms: "),
        (text.replace("Counter_bump_spec", "another"), "    there is no lemma `Counter_bump_spec`"),
    ] {
        copy.write("foil/Counter_bump.v", &changed);
        let said = copy.foil(&["prove", "bump"]);
        assert_eq!(said.code, Some(1), "{why}: {said:?}");
        let begin = format!("open    Counter::bump  ({good}{why}");
        assert!(said.out.starts_with(&begin), "{begin}: {said:?}");
        assert!(!said.out.contains("proved"), "{said:?}");
    }
}

/// Killed by: a comparison that leaves out a callee, the types, or the numbers.
#[test]
fn a_proof_about_what_was_is_stale() {
    let Some(copy) = Copy::new("stale") else { return };
    copy.prover(PROVER);
    assert_eq!(copy.foil(&["translate"]).code, Some(0));
    copy.proofs();
    let states = || -> Vec<String> {
        let said = copy.foil(&["prove"]);
        let of = |line: &str| line.split_whitespace().next().map(str::to_owned);
        let states: Vec<String> =
            said.out.lines().filter(|line| !line.starts_with(' ')).filter_map(of).collect();
        assert_eq!(said.code, Some(i32::from(states != ["proved", "proved"])), "{said:?}");
        states
    };
    assert_eq!(states(), ["proved", "proved"]);
    // What does not matter.
    copy.change("pub struct Counter", "// A comment.\npub struct Counter");
    assert_eq!(states(), ["proved", "proved"]);
    // The function itself.
    copy.change("self.count.set(count + 1)", "self.count.set(count + 2)");
    assert_eq!(states(), ["stale", "proved"]);
    // One that it calls.
    copy.change(
        "unsafe { &*self.block }",
        "let all = unsafe { &*self.block };\n        all.count.get();\n        all",
    );
    assert_eq!(states(), ["proved", "stale"]);
    // A type, of which no body says what it is made of.
    copy.change("    limit: u64,\n", "    limit: u64,\n    more: u64,\n");
    assert_eq!(states(), ["stale", "proved"]);
    copy.change("    value: T,\n", "    value: T,\n    more: u64,\n");
    copy.write(
        "src/lib.rs",
        &copy.read("src/lib.rs").replace("new(1), value }", "new(1), value, more: 0 }"),
    );
    assert_eq!(states(), ["proved", "stale"]);
    // The type is another's: what was number 0 stands behind it.
    copy.change(
        "pub struct Counter {",
        "pub struct Other(Cell<u32>);\nimpl Other {\n    pub fn get(&self) -> u32 { self.0.get() }\n}\npub struct Counter {",
    );
    assert_eq!(states(), ["stale", "stale"]);
    // And now it is what was proved.
    assert_eq!(copy.foil(&["translate"]).code, Some(0));
    assert_eq!(states(), ["proved", "proved"]);
}

/// Killed by: an error of the system, or nothing, where the prover or the library is missing.
#[test]
fn a_missing_prover_is_named() {
    let Some(copy) = Copy::new("missing") else { return };
    assert_eq!(copy.foil(&["translate"]).code, Some(0));
    copy.proofs();
    let said = copy.foil(&["prove"]);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    assert!(
        said.errors.starts_with("error: Coq is not there: `coqc` cannot be started\n"),
        "{said:?}"
    );
    assert!(said.errors.contains("help: only `prove` needs"), "{said:?}");
    // The prover without the library.
    copy.prover(
        "case $1 in --print-version) exit 0 ;; esac\necho 'Cannot find a physical path' >&2\nexit 1\n",
    );
    let said = copy.foil(&["prove"]);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    assert!(
        said.errors.starts_with("error: Coq does not find the library `tally`: Cannot find"),
        "{said:?}"
    );
    // One that accepts nothing that was generated.
    copy.prover(&PROVER.replace(": >\"${file%.v}.vo\"; exit 0", "echo broken >&2; exit 1"));
    let said = copy.foil(&["prove"]);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    assert!(
        said.errors.contains("Coq does not accept") && said.errors.contains("broken"),
        "{said:?}"
    );
}
