//! Functions at types that are not known: a small crate, compiled here.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use tally_mir::model::{Callee, Terminator};
use tally_mir::{compiler, mono, parse::parse, rustdoc::Docs};

const SOURCE: &str = "
pub trait Shape {
    const SIDES: usize;
    type Part: Copy;
    fn part(&self) -> Self::Part;
    fn doubled(&self) -> usize { Self::SIDES * 2 }
}
pub fn twice<T: Clone>(x: &T) -> (T, T) { (x.clone(), x.clone()) }
pub fn apply<F: FnOnce(A) -> R, A, R>(f: F, a: A) -> R { f(a) }
pub fn both<S: Shape>(s: &S) -> (S::Part, usize) { (s.part(), S::SIDES) }
pub fn length<T, const N: usize>(_x: &[T; N]) -> usize { N }
pub fn look<T: ?Sized>(_x: &T) -> usize { 1 }
pub fn dynamic(x: &dyn Fn()) { x() }
pub fn calls_dynamic(x: &dyn Fn()) { dynamic(x) }
";

fn read(folder: &Path, name: &str, source: &str) -> Result<mono::Crate, Box<dyn Error>> {
    let (file, mir) = (folder.join(format!("{name}.rs")), folder.join(format!("{name}.mir")));
    std::fs::write(&file, source)?;
    let common = ["--edition", "2021", "--crate-type", "lib", "--crate-name", name];
    let mut rustc = Command::new("rustc");
    rustc.args(common).args(["--emit=mir", "-C", "debug-assertions=off"]);
    rustc.args(["-C", "overflow-checks=on", "-o"]).arg(&mir).arg(&file);
    let mut rustdoc = Command::new("rustdoc");
    rustdoc.args(common).args(["-Zunstable-options", "--output-format", "json"]);
    rustdoc.args(["--document-private-items", "-o"]).arg(folder).arg(&file);
    for mut command in [rustc, rustdoc] {
        let output = command.env("RUSTC_BOOTSTRAP", "1").output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
    }
    let text = std::fs::read_to_string(&mir)?;
    let docs = Docs::read(&std::fs::read_to_string(folder.join(format!("{name}.json")))?)?;
    let statics = mono::statics(&text);
    Ok(mono::Crate { name: name.to_owned(), dump: parse(&text), docs, statics })
}

/// Killed by: taking a trait's own body for one of a parameter's methods; a dictionary's function
/// of other types than the call's; a length that is a number; a caller that counts although what
/// it calls is refused; `?Sized` that is not said.
#[test]
fn generic_functions_are_translated_for_all_types() -> Result<(), Box<dyn Error>> {
    if let Some(version) = compiler::other_compiler()? {
        println!("skipped: not made for {version}");
        return Ok(());
    }
    let folder = std::env::temp_dir().join(format!("tally-mir-general-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let crates = [
        read(&folder, "shapes", SOURCE)?,
        read(&folder, "model", "pub mod foil { pub fn nothing() {} }")?,
    ];
    std::fs::remove_dir_all(&folder)?;
    let made = mono::general(&crates);
    let found = |name: &str| {
        let body = crates[0].dump.bodies.iter().find(|body| body.path.to_string() == name);
        body.and_then(|body| made.functions.get(&body.line)).ok_or(format!("no {name}"))
    };
    for name in ["twice", "apply", "both", "length", "look", "Shape::doubled"] {
        let causes = &found(name)?.causes;
        assert!(causes.is_empty(), "{name}: {causes:?}");
    }
    let dictionary =
        |name: &str| -> Result<Vec<String>, String> { Ok(found(name)?.callees.clone()) };
    assert_eq!(dictionary("twice")?, ["<T as Clone>::clone"]);
    assert_eq!(dictionary("apply")?, ["call F by value"]);
    assert_eq!(dictionary("both")?, ["<S as Shape>::part", "<S as Shape>::SIDES"]);
    assert_eq!(dictionary("length")?, ["N"]);
    assert_eq!(dictionary("Shape::doubled")?, ["<Self as Shape>::SIDES"]);
    assert!(found("look")?.sized && !found("twice")?.sized);
    // What is refused, by itself and through what it calls.
    assert!(!found("dynamic")?.own && !found("dynamic")?.causes.is_empty());
    assert!(found("calls_dynamic")?.own && !found("calls_dynamic")?.causes.is_empty());
    // The program that is written has no call of what it leaves out.
    let program = made.accepted();
    assert!(program.functions.len() > 6);
    for (number, function) in program.functions.iter().enumerate() {
        assert_eq!(program.not_accepted(number), [], "{}", function.title);
        for (_, end) in &function.body.blocks {
            if let Terminator::Call(_, Callee::Fn(callee, _), ..) = end {
                assert!(*callee < program.functions.len(), "{}", function.title);
            }
        }
    }
    Ok(())
}
