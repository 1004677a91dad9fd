//! The wire format between Rust and the oracle, both ends of it.
//!
//! What a type looks like in bytes follows from its declaration: a constructor is its place
//! among the others (1 byte), then its arguments. A word has 8 bytes, a truth value 1, and
//! a list begins with its length (4). Rust writes operations and reads outcomes, OCaml the
//! other way round. How single numbers are read and written is not generated
//! (`rust/tally-oracle/src/wire.rs`, `ml/octets.ml`).

use super::ast::{Program, Ty};
use super::emit::Printer;
use super::{BUILT_IN, Plan, SOURCE, names, typed};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The Rust end and the OCaml end, from the repository's root.
pub(super) const RUST: &str = "rust/tally-oracle/src/wire/generated.rs";
pub(super) const OCAML: &str = "rust/tally-oracle/ml/wire.ml";

/// What Rust writes and OCaml reads.
const OPERATIONS: [&str; 7] =
    ["word_op", "rc_op", "frame_op", "seg_op", "fl_op", "region_op", "change"];
/// What OCaml writes and Rust reads.
const OUTCOMES: [&str; 11] = [
    "word_answer",
    "rc_outcome",
    "rc_run_outcome",
    "frame_outcome",
    "frame_run_outcome",
    "seg_outcome",
    "segment_run_outcome",
    "fl_outcome",
    "list_run_outcome",
    "region_outcome",
    "explorer_answer",
];
/// Those that are of the extracted module `Explorer`, where the others are of `Model`.
const EXPLORER: [&str; 2] = ["change", "explorer_answer"];

/// How an argument of a constructor is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Field {
    Word,
    Bool,
    List(Box<Field>),
    Inductive(String),
}

impl Field {
    fn new(program: &Program, ty: &Ty) -> Result<Self, String> {
        let Ty::Con(name, args) = typed::normal(ty) else {
            return Err(format!("{ty:?} has no wire format"));
        };
        Ok(match (name.as_str(), args.as_slice()) {
            ("word", []) => Field::Word,
            ("bool", []) => Field::Bool,
            ("list" | "table", [item]) => Field::List(Box::new(Field::new(program, item)?)),
            (name, []) if !BUILT_IN.contains(&name) && program.inductives.contains_key(name) => {
                Field::Inductive(name.to_owned())
            }
            _ => return Err(format!("{name} has no wire format")),
        })
    }

    /// The inductive type in it, if there is one.
    fn inductive(&self) -> Option<&str> {
        match self {
            Field::Word | Field::Bool => None,
            Field::List(item) => item.inductive(),
            Field::Inductive(name) => Some(name),
        }
    }

    /// What OCaml calls the function that reads or writes it, after `get_` or `put_`.
    fn ocaml(&self, verb: &str) -> String {
        match self {
            Field::Word => format!("{verb}_word"),
            Field::Bool => format!("{verb}_bool"),
            Field::List(item) => format!("{verb}_list {}", item.ocaml(verb)),
            Field::Inductive(name) => format!("{verb}_{name}"),
        }
    }
}

/// An inductive type: its constructors, with how their arguments are written.
type Constructors<'a> = Vec<(&'a str, Vec<Field>)>;

fn constructors<'a>(program: &'a Program, name: &str) -> Result<Constructors<'a>, String> {
    let inductive =
        program.inductives.get(name).ok_or_else(|| format!("{name} was not extracted"))?;
    if inductive.ctors.len() > 256 {
        return Err(format!("{name} has more constructors than a byte can tell"));
    }
    let fields = |types: &[Ty]| -> Result<Vec<Field>, String> {
        types.iter().map(|ty| Field::new(program, ty)).collect()
    };
    inductive
        .ctors
        .iter()
        .map(|(ctor, types)| Ok((ctor.as_str(), fields(types)?)))
        .collect::<Result<_, String>>()
        .map_err(|error| format!("{name}: {error}"))
}

/// The types that `roots` are made of, each after those that it is made of.
fn made_of<'a>(program: &'a Program, roots: &[&str]) -> Result<Vec<&'a str>, String> {
    let mut needed: BTreeSet<String> = BTreeSet::new();
    let mut waiting: Vec<String> = roots.iter().map(|root| (*root).to_owned()).collect();
    while let Some(name) = waiting.pop() {
        if needed.insert(name.clone()) {
            for (_, fields) in constructors(program, &name)? {
                waiting.extend(fields.iter().filter_map(Field::inductive).map(str::to_owned));
            }
        }
    }
    let mut ordered = Vec::new();
    // The order of declaration is one of dependency.
    for name in program.order.iter().map(String::as_str).filter(|name| needed.contains(*name)) {
        for (_, fields) in constructors(program, name)? {
            if fields.iter().filter_map(Field::inductive).any(|below| !ordered.contains(&below)) {
                return Err(format!("{name}: a recursive type has no wire format"));
            }
        }
        ordered.push(name);
    }
    Ok(ordered)
}

/// The fewest bytes that a value has.
fn least(program: &Program, name: &str) -> Result<usize, String> {
    fn of(program: &Program, field: &Field) -> Result<usize, String> {
        Ok(match field {
            Field::Word => 8,
            Field::Bool => 1,
            Field::List(_) => 4,
            Field::Inductive(name) => least(program, name)?,
        })
    }
    let mut fewest = usize::MAX;
    for (_, fields) in constructors(program, name)? {
        let sizes: Result<Vec<_>, String> = fields.iter().map(|field| of(program, field)).collect();
        fewest = fewest.min(1 + sizes?.iter().sum::<usize>());
    }
    Ok(fewest)
}

/// The names of a constructor's arguments.
fn arguments(fields: &[Field]) -> Vec<String> {
    (0..fields.len()).map(|place| format!("x{place}")).collect()
}

/// The Rust end, before formatting.
pub(super) fn rust(plan: &Plan<'_>) -> Result<String, String> {
    let program = plan.program;
    let (operations, outcomes) = (made_of(program, &OPERATIONS)?, made_of(program, &OUTCOMES)?);
    let modes = BTreeMap::new();
    let printer = Printer::new(program, &modes);
    let mut imports: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut declared = String::new();
    for name in operations.iter().chain(&outcomes) {
        match plan.owner(name) {
            Some(owner) => _ = imports.entry(owner).or_default().insert(names::camel(name)),
            // No model has it: it is of the programs' runs, or of the explorer.
            None => {
                declared += &format!("\n{}", printer.inductive(name)?.replace(" of the model", ""));
            }
        }
    }
    let mut text = format!(
        "//! The bytes of operations and outcomes, of which `ml/wire.ml` is the other end; and the\n\
         //! types of those that are not in `tally_model`: what the runs of programs give, and what\n\
         //! the explorer is asked and answers.\n//!\n//! Generated by `cargo xtask codegen` from `{SOURCE}`. Do not edit.\n\n\
         use super::{{Get, Put, Reader, Writer}};\nuse crate::OracleError;\n"
    );
    for (module, names) in &imports {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let _ = writeln!(text, "use tally_model::{module}::{{{}}};", names.join(", "));
    }
    text += &declared;
    for name in operations {
        let rust = names::camel(name);
        let mut arms = String::new();
        for (tag, (ctor, fields)) in constructors(program, name)?.iter().enumerate() {
            let variant = format!("{rust}::{}", printer.variant(ctor));
            let names = arguments(fields);
            let bound =
                if names.is_empty() { String::new() } else { format!("({})", names.join(", ")) };
            let puts: String = names.iter().map(|name| format!("{name}.put(to);")).collect();
            let _ = writeln!(arms, "{variant}{bound} => {{ to.tag({tag}); {puts} }}");
        }
        let _ = write!(
            text,
            "\nimpl Put for {rust} {{\nfn put(&self, to: &mut Writer) {{\n\
             match self {{\n{arms}}}\n}}\n}}\n"
        );
    }
    for name in outcomes {
        let rust = names::camel(name);
        let mut arms = String::new();
        for (tag, (ctor, fields)) in constructors(program, name)?.iter().enumerate() {
            let variant = format!("{rust}::{}", printer.variant(ctor));
            let gets = vec!["Get::get(from)?"; fields.len()].join(", ");
            let made = if gets.is_empty() { variant } else { format!("{variant}({gets})") };
            let _ = writeln!(arms, "{tag} => {made},");
        }
        let _ = write!(
            text,
            "\nimpl Get for {rust} {{\n\
             fn get(from: &mut Reader<'_>) -> Result<Self, OracleError> {{\n\
             Ok(match from.tag()? {{\n{arms}_ => return Err(OracleError::BadResponse),\n}})\n}}\n}}\n"
        );
    }
    Ok(text)
}

/// The OCaml end.
pub(super) fn ocaml(program: &Program) -> Result<String, String> {
    let mut text = format!(
        "(* The bytes of operations and outcomes: src/wire/generated.rs is the other end.\n\n   \
         Generated by `cargo xtask codegen` from\n   {SOURCE}. Do not edit. *)\n\n\
         open Model\nopen Octets\n"
    );
    let explorer = made_of(program, &EXPLORER)?;
    let module = |name: &str| if explorer.contains(&name) { "Explorer." } else { "" };
    for name in made_of(program, &OPERATIONS)? {
        let module = module(name);
        let _ = writeln!(text, "\nlet get_{name} r =\n  match get_tag r with");
        for (tag, (ctor, fields)) in constructors(program, name)?.iter().enumerate() {
            let names = arguments(fields);
            let _ = match names.as_slice() {
                [] => writeln!(text, "  | {tag} -> {module}{ctor}"),
                [_] => writeln!(text, "  | {tag} -> {module}{ctor} ({} r)", fields[0].ocaml("get")),
                _ => {
                    // OCaml does not say in which order arguments are computed.
                    let lets: String = names
                        .iter()
                        .zip(fields)
                        .map(|(name, field)| {
                            format!("    let {name} = {} r in\n", field.ocaml("get"))
                        })
                        .collect();
                    let made = names.join(", ");
                    writeln!(text, "  | {tag} ->\n{lets}    {module}{ctor} ({made})")
                }
            };
        }
        text += "  | _ -> unknown r\n";
    }
    for name in OPERATIONS {
        let _ = writeln!(text, "\nlet least_{name} = {}", least(program, name)?);
    }
    for name in made_of(program, &OUTCOMES)? {
        let module = module(name);
        let _ = writeln!(text, "\nlet put_{name} b = function");
        for (tag, (ctor, fields)) in constructors(program, name)?.iter().enumerate() {
            let names = arguments(fields);
            let bound = match names.as_slice() {
                [] => String::new(),
                [one] => format!(" {one}"),
                _ => format!(" ({})", names.join(", ")),
            };
            let puts: String = names
                .iter()
                .zip(fields)
                .map(|(name, field)| format!("; {} b {name}", field.ocaml("put")))
                .collect();
            let _ = writeln!(text, "  | {module}{ctor}{bound} -> put_tag b {tag}{puts}");
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `one := A | B (w : word) (l : list two)`, `two := C (t : bool) | D (w : word)`.
    fn program(two: &str) -> Program {
        let con = |name: &str, args: &str| {
            format!(r#"{{"what": "type:glob", "name": "{name}", "args": [{args}]}}"#)
        };
        let ind = |name: &str, ctors: &[(&str, Vec<String>)]| {
            let ctors: Vec<String> = ctors
                .iter()
                .map(|(ctor, types)| {
                    format!(r#"{{"name": "{ctor}", "argtypes": [{}]}}"#, types.join(","))
                })
                .collect();
            let ctors = ctors.join(",");
            format!(
                r#"{{"what": "decl:ind", "name": "{name}", "argnames": [], "constructors": [{ctors}]}}"#
            )
        };
        let list = con("list", &con("two", ""));
        let text = [
            ind("two", &[("C", vec![con("bool", "")]), ("D", vec![con(two, "")])]),
            ind("one", &[("A", vec![]), ("B", vec![con("word", ""), list])]),
        ]
        .join(",");
        let text = format!(r#"{{"declarations": [{text}]}}"#);
        Program::read(&crate::json::parse(&text).unwrap()).unwrap()
    }

    #[test]
    fn a_type_comes_after_what_it_is_made_of() {
        let program = program("word");
        assert_eq!(made_of(&program, &["one"]).unwrap(), ["two", "one"]);
        assert_eq!((least(&program, "one"), least(&program, "two")), (Ok(1), Ok(2)));
        let one = constructors(&program, "one").unwrap();
        assert_eq!(one[1].1[1].ocaml("put"), "put_list put_two");
    }

    #[test]
    fn what_has_no_wire_format_is_an_error() {
        for (wrong, reason) in [("option", "two: option has no"), ("prod", "two: prod has no")] {
            let error = made_of(&program(wrong), &["one"]).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
        assert!(made_of(&program("two"), &["one"]).unwrap_err().contains("two: a recursive"));
        assert!(made_of(&program("word"), &["gone"]).unwrap_err().contains("was not extracted"));
    }
}
