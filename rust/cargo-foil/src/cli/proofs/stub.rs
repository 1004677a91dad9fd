//! `cargo foil new`: a file for a proof about one function.

use super::super::{Error, Format, NewArgs, Outcome, TranslateArgs};
use super::Made;
use std::io::Write as _;
use std::path::Path;
use tally_mir::model::{Function, Ty};

/// An example with all its files, which stands beside what is new.
const EXAMPLE: [(&str, &str); 4] = [
    ("README.md", include_str!("../../../../../docs/foil-tutorial.in/counter/foil/README.md")),
    (
        "Counter_bump.v",
        include_str!("../../../../../docs/foil-tutorial.in/counter/foil/Counter_bump.v"),
    ),
    (
        "generated/counter_mir.v",
        include_str!("../../../../../docs/foil-tutorial.in/counter/foil/generated/counter_mir.v"),
    ),
    (
        "generated/counter_tree.v",
        include_str!("../../../../../docs/foil-tutorial.in/counter/foil/generated/counter_tree.v"),
    ),
];

const PROJECT: &str = "-Q generated foil.generated\n-Q . foil\n";

/// Writes a file that is not there.
fn write(path: &Path, text: &str) -> Result<bool, Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(Error::file(path)).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Error::file(path)(error)),
    }
}

/// Whether the layout depends on a parameter.
fn is_generic(ty: &Ty) -> bool {
    match ty {
        Ty::Param(_) => true,
        Ty::Tuple(of) | Ty::Adt(_, of) | Ty::LibEnum(_, of) => of.iter().any(is_generic),
        Ty::NoDrop(of) => is_generic(of),
        _ => false,
    }
}

/// A type in the words of one who writes a specification.
fn words(ty: &Ty) -> String {
    match ty {
        Ty::Int(int) => format!("a number, {}", int.0),
        Ty::Bool => "#true or #false".to_owned(),
        Ty::Ptr | Ty::Box(_) => "an address, #l".to_owned(),
        Ty::Fat => "an address and a number of items".to_owned(),
        ty if is_generic(ty) => "the address of a value whose type has a parameter".to_owned(),
        Ty::Tuple(of) if of.is_empty() => "nothing, #☠".to_owned(),
        _ => "a value of several cells".to_owned(),
    }
}

fn stub(made: &Made, function: &Function) -> String {
    let Function { name, title, params, body, .. } = function;
    let out = body.locals.first().is_some_and(is_generic);
    let mut lines = Vec::new();
    let mut args = Vec::new();
    if out {
        lines.push("- [out]: where the result goes, an address".to_owned());
        args.push("out".to_owned());
    }
    for at in 1..=body.arguments {
        let ty = body.locals.get(at).map(words).unwrap_or_default();
        lines.push(format!("- [x{at}]: {ty}"));
        args.push(format!("x{at}"));
    }
    let result = body.locals.first().map(words).unwrap_or_default();
    lines.push(format!("- [v], what it returns: {result}"));
    let binders: String = params.iter().map(|param| format!(" ({param} : tparam)")).collect();
    let applied: String = params.iter().map(|param| format!(" {param}")).collect();
    let values = match &args[..] {
        [] => String::new(),
        args => format!(" ({} : val)", args.join(" ")),
    };
    let word = &made.word;
    format!(
        "(** * [{title}]: what it does\n\n{}\n\n\
         Before the function stands what it needs, behind it what it leaves: [ends Q U r] says that\n\
         it has returned [v] and [Q v] holds, or that it has unwound and [U] holds. Of one that\n\
         never unwinds write [RET ret_val v] instead, as in [example/Counter_bump.v]. *)\n\
         From iris.proofmode Require Import proofmode.\n\
         From tally.prelude Require Import prelude.\n\
         From tally.lang Require Import proofmode adequacy.\n\
         From tally.mir Require Import mirmode.\n\
         From foil.generated Require Import {word}_tree.\n\
         From tally.prelude Require Import options.\n\n\
         Section {name}_proof.\n  Context `{{!lrustGS Σ}}.\n\n  \
         Lemma {name}_spec{binders}{values} :\n    {{{{{{ True }}}}}}\n      {name}{applied} [ {} ]\n    \
         {{{{{{ r, RET r; ends (λ v, True)%I True%I r }}}}}}.\n  Proof.\n    \
         iIntros (Φ) \"_ HΦ\".\n  (* [mir_rec.] runs it; when nothing is open, write [Qed.] *)\n  Abort.\n\
         End {name}_proof.\n",
        lines.join("\n"),
        args.join("; "),
    )
}

/// A scenario to begin with, for `cargo foil run`.
fn scenario(function: &Function) -> String {
    let Function { name, title, .. } = function;
    let name = name.to_lowercase();
    format!(
        "//! A scenario for `{title}`: put it where the crate finds it, call the function, and run\n\
         //! `cargo foil run {name}_scenario --panic-at all`.\n\n\
         pub fn {name}_scenario() {{\n    // Make what it needs, call it, assert what it returns.\n}}\n"
    )
}

pub(crate) fn new(args: &NewArgs) -> Result<Outcome, Error> {
    let made = Made::read(&args.selection)?;
    let function = made.function(&args.function)?;
    let folder = &made.folder;
    let quiet = TranslateArgs { selection: args.selection.clone(), output: args.output };
    if !folder.join(format!("generated/{}_tree.v", made.word)).exists() {
        super::translate(&quiet)?;
    }
    let mut lines = Vec::new();
    let proof = format!("{}.v", function.name);
    let mut files = vec![
        ("_CoqProject".to_owned(), PROJECT.to_owned()),
        (proof, stub(&made, function)),
        (format!("{}_scenario.rs", function.name), scenario(function)),
    ];
    files.extend(EXAMPLE.map(|(name, text)| (format!("example/{name}"), text.to_owned())));
    for (name, text) in files {
        let new = write(&folder.join(&name), &text)?;
        lines.push((name, new));
    }
    let text = match args.output.format {
        Format::Human => lines
            .iter()
            .map(|(name, new)| {
                let word = if *new { "wrote" } else { "kept " };
                format!("{word} foil/{name}\n")
            })
            .collect(),
        Format::Json => {
            let files: Vec<_> = lines
                .iter()
                .map(
                    |(name, new)| serde_json::json!({ "file": format!("foil/{name}"), "new": new }),
                )
                .collect();
            format!("{}\n", serde_json::json!({ "function": function.title, "files": files }))
        }
    };
    let _ = anstream::stdout().write_all(text.as_bytes());
    Ok(Outcome::Good)
}
