//! Programs of any shape, from their extraction to Rust: data types, polymorphism,
//! functions that take functions. Numbers, lists and texts become those of a run-time
//! library of the crate that gets the file ([`File::uses`]); all else is printed as it
//! was written in Coq. Anything that does not fit is an error that names the function.

mod print;
mod syntax;

use std::collections::{BTreeMap, BTreeSet};

/// A program that is extracted, and where it goes.
pub(super) struct Unit {
    /// The extraction, from the repository's root.
    source: &'static str,
    /// What the items belong to.
    of: &'static str,
    /// Functions whose Rust is written by hand: Coq's name and Rust's.
    natives: &'static [(&'static str, &'static str)],
    /// Types that are called otherwise in Rust.
    type_names: &'static [(&'static str, &'static str)],
    /// The same for constructors, before what they have in common is left out.
    variant_names: &'static [(&'static str, &'static str)],
    /// The files, each with what it needs of those before it left out.
    files: &'static [File],
}

struct File {
    path: &'static str,
    about: &'static str,
    uses: &'static str,
    roots: &'static [&'static str],
    /// Whether what is written by hand elsewhere is printed as Coq has it.
    without_natives: bool,
}

/// The checker of refinements. Extraction numbers names that occur twice, so a native
/// function might be another than is meant: a test compares each with what Coq has under
/// that name, which `reference.rs` holds.
const CHECKER: Unit = Unit {
    source: "extraction/json/check.json",
    of: "the checker",
    natives: &[
        // Numbers that count.
        ("add", "nat_add"),
        ("sub", "nat_sub"),
        ("sub2", "nat_sub"),
        ("eqb1", "nat_eqb"),
        ("leb1", "nat_leb"),
        ("ltb0", "nat_ltb"),
        ("max2", "nat_max"),
        ("div0", "nat_div"),
        ("modulo", "nat_rem"),
        // Positive numbers.
        ("succ1", "positive_succ"),
        ("add1", "positive_add"),
        ("pred", "positive_pred"),
        ("sub0", "positive_sub"),
        ("mul", "positive_mul"),
        ("compare0", "positive_compare"),
        ("max0", "positive_max"),
        ("eqb", "positive_eqb"),
        ("leb", "positive_leb"),
        ("eq_dec", "positive_eqb"),
        ("eq_dec1", "positive_eqb"),
        ("pos_sub", "positive_minus"),
        // Integers.
        ("add2", "z_add"),
        ("opp", "z_opp"),
        ("sub1", "z_sub"),
        ("mul0", "z_mul"),
        ("pow", "z_pow"),
        ("leb0", "z_leb"),
        ("ltb", "z_ltb"),
        ("gtb", "z_gtb"),
        ("eqb0", "z_eqb"),
        ("zeq_bool", "z_eqb"),
        ("max1", "z_max"),
        ("abs", "z_abs"),
        ("div_eucl", "z_div_eucl"),
        ("div", "z_div"),
        ("gcd0", "z_gcd"),
        // Texts.
        ("string_eq_dec", "text_eqb"),
        ("local_name", "local_name"),
        // Answers of comparisons.
        ("bool_decide", "same_bool_value"),
    ],
    type_names: &[
        ("sig0", "Sig"),
        ("result", "SigResult"),
        ("op1", "PolRel"),
        ("comparison", "Comparison"),
        ("psatz", "Psatz"),
        ("zArithProof", "ArithProof"),
        ("n", "Natural"),
        ("pExpr", "PolExpr"),
        ("op2", "FormulaOp"),
        ("term", "Terminator"),
    ],
    variant_names: &[("Strict0", "Strict"), ("IntTypeIs", "IntType")],
    files: &[
        File {
            path: "rust/cargo-foil/src/checker/generated.rs",
            about: "The checker of refinements (`theories/refine/check.v`) and its data.",
            uses: "use super::runtime::*;\nuse std::sync::Arc;\n",
            roots: &["check_program"],
            without_natives: false,
        },
        File {
            path: "rust/cargo-foil/src/checker/chapter.rs",
            about: "The examples of the chapter (`theories/examples/refine_chapter.v`), with Coq's answers.",
            uses: "use super::generated::*;\nuse super::runtime::*;\nuse std::sync::Arc;\n",
            roots: &["chapter_program", "chapter_functions", "chapter_examples"],
            without_natives: false,
        },
        File {
            path: "rust/cargo-foil/src/checker/reference.rs",
            about: "What Coq has in the place of the functions that are written by hand.",
            uses: "use super::generated::*;\nuse super::runtime::*;\n",
            roots: &[
                "add",
                "sub",
                "sub2",
                "eqb1",
                "leb1",
                "ltb0",
                "max2",
                "succ1",
                "add1",
                "pred",
                "sub0",
                "mul",
                "compare0",
                "max0",
                "eqb",
                "leb",
                "eq_dec",
                "eq_dec1",
                "pos_sub",
                "add2",
                "opp",
                "sub1",
                "mul0",
                "pow",
                "leb0",
                "ltb",
                "gtb",
                "eqb0",
                "zeq_bool",
                "max1",
                "abs",
                "div_eucl",
                "div",
                "gcd0",
                "bool_decide",
            ],
            without_natives: true,
        },
    ],
};

/// The generated files, by their paths, before formatting.
pub(super) fn files(
    read: impl Fn(&str) -> Result<String, String>,
) -> Result<BTreeMap<String, String>, String> {
    let unit = &CHECKER;
    let named = |error: String| format!("{}: {error}", unit.source);
    let json = crate::json::parse(&read(unit.source)?).map_err(named)?;
    let program = syntax::Program::read(&json).map_err(named)?;
    unit.print(&program).map_err(named)
}

impl Unit {
    fn print(&self, program: &syntax::Program) -> Result<BTreeMap<String, String>, String> {
        let mut done = BTreeSet::new();
        let mut files = BTreeMap::new();
        for file in self.files {
            let natives = if file.without_natives { &[] } else { self.natives };
            let printer = print::Printer { program, unit: self, natives };
            let needed = Self::reach(program, file.roots, natives)?;
            let mut text = format!(
                "//! {}\n//!\n//! Generated by `cargo xtask codegen` from `{}`, which is extracted from\n\
                 //! the Coq development. Do not edit.\n\n{}",
                file.about, self.source, file.uses
            );
            for name in &program.order {
                if !needed.contains(name) || !done.insert(name.clone()) {
                    continue;
                }
                text.push('\n');
                text += &if program.inductives.contains_key(name) {
                    printer.inductive(name)
                } else {
                    printer.function(name)
                }
                .map_err(|error| format!("in {name}: {error}"))?;
            }
            files.insert(file.path.to_owned(), text);
        }
        Ok(files)
    }

    /// The functions and types that the roots need, without those that Rust has.
    fn reach(
        program: &syntax::Program,
        roots: &[&str],
        natives: &[(&str, &str)],
    ) -> Result<BTreeSet<String>, String> {
        let native = |name: &str| natives.iter().any(|(coq, _)| *coq == name);
        let mut needed = BTreeSet::new();
        let mut types = BTreeSet::new();
        let mut waiting: Vec<String> = roots.iter().map(|root| (*root).to_owned()).collect();
        while let Some(name) = waiting.pop() {
            if native(&name) || !needed.insert(name.clone()) {
                continue;
            }
            let function =
                program.functions.get(&name).ok_or_else(|| format!("{name} was not extracted"))?;
            let mut called = BTreeSet::new();
            syntax::mentioned(&function.body, &mut called);
            syntax::constructed(program, &function.body, &mut types);
            syntax::types_of(&function.result, &mut types);
            function.params.iter().for_each(|(_, ty)| syntax::types_of(ty, &mut types));
            waiting.extend(called);
        }
        let mut waiting: Vec<String> = types.into_iter().collect();
        while let Some(name) = waiting.pop() {
            if !print::declared(&name) || !needed.insert(name.clone()) {
                continue;
            }
            let inductive =
                program.inductives.get(&name).ok_or_else(|| format!("no type {name}"))?;
            let mut below = BTreeSet::new();
            for (_, fields) in &inductive.ctors {
                fields.iter().for_each(|ty| syntax::types_of(ty, &mut below));
            }
            waiting.extend(below);
        }
        Ok(needed)
    }
}
