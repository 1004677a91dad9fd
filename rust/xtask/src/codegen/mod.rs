//! `cargo xtask codegen`: turns the executable models, which the prover extracts
//! as JSON, into Rust.
//!
//! Models are first order: words, records, enumerations, options, pairs, tables,
//! lists that are written out, and natural numbers that count a recursion down, which
//! become words. Operations on words and tables become those of `u64` and of vectors
//! ([`native`]); all else is printed as it was written in Coq. Anything that does not fit
//! is an error that names the function.
//!
//! Programs of any other shape go another way ([`functional`]).
//!
//! The types of operations and outcomes also become the oracle's wire format, at both its
//! ends ([`wire`]).
//!
//! With `--check` nothing is written: each file that would change is a finding.

mod ast;
mod emit;
mod functional;
mod names;
mod native;
mod typed;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Where the extraction is kept, and where the Rust goes, from the repository's root.
const SOURCE: &str = "extraction/json/model.json";
const TARGET: &str = "rust/tally-model/src/generated";

/// A generated file: what it is, and what it must hold. What two of them need goes
/// to the one that the others build on, or else to `count.rs`.
struct Module {
    name: &'static str,
    about: &'static str,
    roots: &'static [&'static str],
    builds_on: &'static [&'static str],
}

const MODULES: [Module; 6] = [
    Module {
        name: "words",
        about: "The operations on words, as the models use them (`extraction/word_trace.v`).",
        roots: &["word_step"],
        builds_on: &[],
    },
    Module {
        name: "rc",
        about: "The executable model of `Rc` (`theories/model/rc_model.v`).",
        roots: &["rc_init", "rc_step"],
        builds_on: &[],
    },
    Module {
        name: "frame",
        about: "The executable model of page frames (`theories/model/slot_model.v`).",
        roots: &["frame_init", "frame_step"],
        builds_on: &[],
    },
    Module {
        name: "segment",
        about: "The executable model of segments (`theories/model/segment_model.v`).",
        roots: &["seg_init", "seg_step"],
        builds_on: &["frame"],
    },
    Module {
        name: "list",
        about: "The executable model of lists of frames (`theories/model/frame_list_model.v`).",
        roots: &["fl_init", "fl_step"],
        builds_on: &[],
    },
    Module {
        name: "region",
        about: "The executable model of a region (`theories/model/region_model.v`).",
        roots: &["region_init", "region_step"],
        builds_on: &["frame"],
    },
];

const SHARED: Module = Module {
    name: "count",
    about: "What the models have in common: what an operation makes of a count.",
    roots: &[],
    builds_on: &[],
};

/// Types that Rust has.
const BUILT_IN: [&str; 6] = ["word", "bool", "option", "prod", "list", "table"];

/// Regenerates the Rust models; with `--check`, only says which differ.
pub(crate) fn run(root: &Path, args: &[&str]) -> Result<Vec<String>, String> {
    let check = match args {
        [] => false,
        ["--check"] => true,
        _ => return Err("usage: codegen [--check]".into()),
    };
    let text = std::fs::read_to_string(root.join(SOURCE))
        .map_err(|error| format!("{SOURCE}: {error} (regenerate it with `make extract`)"))?;
    let mut files = files(&text).map_err(|error| format!("{SOURCE}: {error}"))?;
    let read = |path: &str| {
        std::fs::read_to_string(root.join(path))
            .map_err(|error| format!("{path}: {error} (regenerate it with `make extract`)"))
    };
    for (name, text) in functional::files(read)? {
        files.insert(name, rustfmt(&text)?);
    }
    let mut findings = Vec::new();
    for (name, text) in &files {
        let path = root.join(name);
        let current = std::fs::read_to_string(&path).unwrap_or_default();
        if current == *text {
            continue;
        }
        if check {
            findings.push(format!("{name} is not what `cargo xtask codegen` writes"));
        } else {
            let failed = |error| format!("{name}: {error}");
            std::fs::create_dir_all(path.parent().unwrap_or(root)).map_err(failed)?;
            std::fs::write(&path, text).map_err(failed)?;
            println!("wrote {name}");
        }
    }
    let target = root.join(TARGET);
    let entries = std::fs::read_dir(&target).map_err(|error| format!("{TARGET}: {error}"))?;
    for entry in entries.flatten() {
        let name = format!("{TARGET}/{}", entry.file_name().to_string_lossy());
        if !files.contains_key(&name) {
            findings.push(format!("{name} is not a generated file"));
        }
    }
    Ok(findings)
}

/// The files, by their paths.
fn files(text: &str) -> Result<BTreeMap<String, String>, String> {
    let program = ast::Program::read(&crate::json::parse(text)?)?;
    let plan = Plan::new(&program)?;
    let mut files = BTreeMap::new();
    for (name, text) in models(&plan)? {
        files.insert(format!("{TARGET}/{name}"), rustfmt(&text)?);
    }
    files.insert(wire::RUST.to_owned(), rustfmt(&wire::rust(&plan)?)?);
    files.insert(wire::OCAML.to_owned(), wire::ocaml(&program)?);
    Ok(files)
}

/// What goes to which module.
struct Plan<'a> {
    program: &'a ast::Program,
    /// The functions that any module needs, typed.
    bodies: BTreeMap<String, typed::Term>,
    /// The functions and the types that each module needs, directly or not.
    needed: Vec<(BTreeSet<String>, BTreeSet<String>)>,
}

impl<'a> Plan<'a> {
    fn new(program: &'a ast::Program) -> Result<Self, String> {
        let mut bodies = BTreeMap::new();
        let mut needed = Vec::new();
        for module in &MODULES {
            needed.push(reach(program, module.roots, &mut bodies)?);
        }
        Ok(Plan { program, bodies, needed })
    }

    /// The module that has a function or a type.
    fn owner(&self, name: &str) -> Option<&'static str> {
        let needing: Vec<&Module> = MODULES
            .iter()
            .zip(&self.needed)
            .filter(|(_, (functions, types))| functions.contains(name) || types.contains(name))
            .map(|x| x.0)
            .collect();
        // Who builds on another that needs it too takes it from there.
        let mut first = needing
            .iter()
            .filter(|module| !needing.iter().any(|other| module.builds_on.contains(&other.name)));
        match (first.next(), first.next()) {
            (only, None) => only.map(|module| module.name),
            (_, Some(_)) => Some(SHARED.name),
        }
    }
}

/// The models' files, by name, before formatting.
fn models(plan: &Plan<'_>) -> Result<BTreeMap<String, String>, String> {
    let Plan { program, bodies, .. } = plan;
    let modes = emit::modes(program, bodies);
    let owner = |name: &str| plan.owner(name);
    let mut printer = emit::Printer::new(program, &modes);
    let mut files = BTreeMap::new();
    let mut index = header("The generated models, one module each.");
    for module in MODULES.iter().chain([&SHARED]) {
        let mut body = String::new();
        let mut imports: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for name in program.order.iter().filter(|name| owner(name) == Some(module.name)) {
            if BUILT_IN.contains(&name.as_str()) {
                continue;
            }
            let (mut functions, mut types) = (BTreeSet::new(), BTreeSet::new());
            body.push('\n');
            if let Some(term) = bodies.get(name) {
                typed::mentioned(term, &mut functions, &mut BTreeSet::new());
                typed::written(program, term, &mut types);
                signature_types(program, name, &mut types);
                body += &printer.function(name, term)?;
            } else {
                body += &printer.inductive(name)?;
                field_types(program, name, &mut types);
            }
            for name in functions.iter().chain(&types) {
                let Some(owner) = owner(name).filter(|owner| *owner != module.name) else {
                    continue;
                };
                let rust = match bodies.contains_key(name) {
                    true if printer.is_constant(name) => name.to_uppercase(),
                    true => name.clone(),
                    false => names::camel(name),
                };
                if !BUILT_IN.contains(&name.as_str()) {
                    imports.entry(owner).or_default().insert(rust);
                }
            }
        }
        let used = |names: &[&str]| -> BTreeSet<String> {
            let call = |name: &&&str| {
                body.contains(&format!("{name}(")) || body.contains(&format!("{name}<"))
            };
            names.iter().filter(call).map(|name| (*name).to_owned()).collect()
        };
        let (tables, words) = (used(&native::TABLE), used(&native::WORD));
        let imports: String = imports
            .iter()
            .map(|(module, names)| import(&format!("super::{module}"), names))
            .chain([import("crate::table", &tables), import("crate::word", &words)])
            .collect();
        files.insert(format!("{}.rs", module.name), header(module.about) + &imports + &body);
        index += &format!("\npub mod {};", module.name);
    }
    files.insert("mod.rs".into(), index + "\n");
    Ok(files)
}

fn import(module: &str, names: &BTreeSet<String>) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    format!("use {module}::{{{}}};\n", names.join(", "))
}

fn header(about: &str) -> String {
    format!(
        "//! {about}\n//!\n//! Generated by `cargo xtask codegen` from `{SOURCE}`, which is extracted from\n\
         //! the Coq development. Do not edit.\n\n"
    )
}

/// The functions and types that `roots` need; their typed bodies go to `bodies`.
fn reach(
    program: &ast::Program,
    roots: &[&str],
    bodies: &mut BTreeMap<String, typed::Term>,
) -> Result<(BTreeSet<String>, BTreeSet<String>), String> {
    let (mut functions, mut types) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting: Vec<String> = roots.iter().map(|root| (*root).to_owned()).collect();
    while let Some(name) = waiting.pop() {
        if !functions.insert(name.clone()) {
            continue;
        }
        if !program.functions.contains_key(&name) {
            return Err(format!("{name} was not extracted"));
        }
        let body = typed::body(program, &name)?;
        let mut called = BTreeSet::new();
        typed::mentioned(&body, &mut called, &mut types);
        signature_types(program, &name, &mut types);
        waiting.extend(called);
        bodies.insert(name, body);
    }
    let mut waiting: Vec<String> = types.iter().cloned().collect();
    while let Some(name) = waiting.pop() {
        let mut below = BTreeSet::new();
        field_types(program, &name, &mut below);
        waiting.extend(below.into_iter().filter(|name| types.insert(name.clone())));
    }
    Ok((functions, types))
}

fn signature_types(program: &ast::Program, name: &str, types: &mut BTreeSet<String>) {
    let function = &program.functions[name];
    typed::types_of(&typed::normal(&function.result), types);
    function.params.iter().for_each(|(_, ty)| typed::types_of(&typed::normal(ty), types));
}

fn field_types(program: &ast::Program, name: &str, types: &mut BTreeSet<String>) {
    if BUILT_IN.contains(&name) {
        return;
    }
    for (_, fields) in program.inductives.get(name).iter().flat_map(|inductive| &inductive.ctors) {
        fields.iter().for_each(|ty| typed::types_of(&typed::normal(ty), types));
    }
}

/// Formats with the repository's settings.
fn rustfmt(text: &str) -> Result<String, String> {
    let unavailable = |error| format!("rustfmt: {error} (`rustup component add rustfmt`)");
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=100,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(unavailable)?;
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(unavailable)?;
    if let Some(Err(error)) = written {
        return Err(unavailable(error));
    }
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("rustfmt refuses the generated text: {errors}"));
    }
    String::from_utf8(output.stdout).map_err(|_| "rustfmt wrote something other than text".into())
}

#[cfg(test)]
mod tests {
    use super::{Plan, ast, models};
    use std::collections::BTreeMap;

    fn generate(text: &str) -> Result<BTreeMap<String, String>, String> {
        models(&Plan::new(&ast::Program::read(&crate::json::parse(text)?)?)?)
    }

    /// `f : word -> option word := \w. case w + 1 …`, with one hole for the body.
    fn program(body: &str) -> String {
        let word = r#"{"what": "type:glob", "name": "word", "args": []}"#;
        let option = format!(r#"{{"what": "type:glob", "name": "option", "args": [{word}]}}"#);
        let term = |name: &str| {
            format!(
                r#"{{"what": "decl:term", "name": "{name}",
                     "type": {{"what": "type:arrow", "left": {word}, "right": {option}}},
                     "value": {{"what": "expr:lambda", "argnames": ["w"], "body": {body}}}}}"#
            )
        };
        let roots = super::MODULES.iter().flat_map(|module| module.roots);
        let terms = roots.map(|root| term(root)).collect::<Vec<_>>().join(",");
        format!(
            r#"{{"declarations": [
                {{"what": "decl:ind", "name": "option", "argnames": ["A"], "constructors": [
                    {{"name": "Some", "argtypes": [{{"what": "type:var", "name": "A"}}]}},
                    {{"name": "None", "argtypes": []}}]}}, {terms}]}}"#
        )
    }

    fn constructor(name: &str, args: &str) -> String {
        format!(r#"{{"what": "expr:constructor", "name": "{name}", "args": [{args}]}}"#)
    }

    #[test]
    fn prints_a_numeral_at_full_range() {
        let mut digits = constructor("XH", "");
        for _ in 1..64 {
            digits = constructor("XI", &digits);
        }
        let body = constructor("Some", &constructor("Zpos", &digits));
        let files = generate(&program(&body)).unwrap();
        let shared = &files["count.rs"];
        assert!(files["rc.rs"].contains("fn rc_step(w: u64) -> Option<u64>"), "{shared}");
        assert!(files["rc.rs"].contains("Some(0xffff_ffff_ffff_ffff)"));
        let body = constructor("Some", &constructor("Zpos", &constructor("XO", &digits)));
        assert!(generate(&program(&body)).unwrap_err().contains("no word"));
    }

    /// A word that is matched as a counter.
    #[test]
    fn counts_down_by_taking_one_away() {
        let arm = |name: &str, bound: &str, body: &str| {
            format!(
                r#"{{"what": "case", "pat": {{"what": "pat:constructor", "name": "{name}",
                     "argnames": [{bound}]}}, "body": {body}}}"#
            )
        };
        let n = r#"{"what": "expr:rel", "name": "n"}"#;
        let done = arm("O", "", &constructor("None", ""));
        let more = arm("S", r#""n""#, &constructor("Some", n));
        let of = |arms: &str| {
            let w = r#"{"what": "expr:rel", "name": "w"}"#;
            generate(&program(&format!(
                r#"{{"what": "expr:case", "expr": {w}, "cases": [{arms}]}}"#
            )))
        };
        let text = &of(&format!("{done},{more}")).unwrap()["rc.rs"];
        assert!(text.contains("match w.checked_sub(1) {\nNone => None,\nSome(n) => Some(n),\n}"));
        // Anything else would be a number taken apart.
        assert!(of(&more).unwrap_err().contains("not taken apart"));
    }

    #[test]
    fn refuses_what_is_not_a_model() {
        let w = r#"{"what": "expr:rel", "name": "w"}"#;
        for (body, reason) in [
            (r#"{"what": "expr:axiom"}"#.to_owned(), "expr:axiom"),
            (r#"{"what": "expr:global", "name": "gone"}"#.to_owned(), "no function gone"),
            (w.to_owned(), "is wanted"),
            (constructor("Some", &constructor("Zneg", &constructor("XH", ""))), "negative"),
            (constructor("Other", ""), "no constructor Other"),
            (
                format!(
                    r#"{{"what": "expr:case", "expr": {w}, "cases": [{{"pat":
                        {{"what": "pat:constructor", "name": "Z0", "argnames": []}},
                        "body": {w}}}]}}"#
                ),
                "not taken apart",
            ),
        ] {
            let error = generate(&program(&body)).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
        assert!(generate("[]").is_err());
        assert!(generate("{").is_err());
    }
}
