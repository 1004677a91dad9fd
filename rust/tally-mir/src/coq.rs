//! The program as Coq: its data, and the functions that `tree_compile.v` makes of it.

use crate::model::{
    Adt, Assign, Body, Callee, Constant, Function, Operand, Place, Program, Projection, Relation,
    Rvalue, Shape, Terminator, Ty, Unwind,
};
use std::fmt::{self, Display, Write as _};

/// A list as Coq writes it.
struct List<'a, T>(&'a [T]);

impl<T: Display> Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[")?;
        for (number, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if number == 0 { "" } else { "; " })?;
        }
        write!(f, "]")
    }
}

/// An argument: in brackets if it is more than a word.
struct Arg<T>(T);

impl<T: Display> Display for Arg<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let closed = text.starts_with('[') || text.starts_with('"') || text.starts_with('(');
        if closed || !text.contains([' ', '-']) {
            write!(f, "{text}")
        } else {
            write!(f, "({text})")
        }
    }
}

struct Opt<T>(Option<T>);

impl<T: Display> Display for Opt<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(of) => write!(f, "Some {of}"),
            None => write!(f, "None"),
        }
    }
}

impl Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Int(int) => write!(f, "TInt {}", int.0),
            Ty::Bool => write!(f, "TBool"),
            Ty::Ptr => write!(f, "TPtr"),
            Ty::Fat => write!(f, "TFat"),
            Ty::Param(number) => write!(f, "TParam {number}"),
            Ty::Tuple(items) => write!(f, "TTuple {}", List(items)),
            Ty::LibEnum(of, args) => {
                let variants: Vec<String> = of
                    .variants
                    .iter()
                    .map(|(_, fields)| {
                        let fields: Vec<&Ty> =
                            fields.iter().filter_map(|&number| args.get(number)).collect();
                        List(&fields).to_string()
                    })
                    .collect();
                write!(f, "TEnum {}", List(&variants))
            }
            Ty::Adt(number, args) => write!(f, "TAdt {number} {}", List(args)),
            Ty::Box(of) => write!(f, "TBox {}", Arg(of)),
            Ty::NoDrop(of) => write!(f, "TNoDrop {}", Arg(of)),
        }
    }
}

impl Display for Projection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Projection::Deref(ty) => write!(f, "Deref {}", Arg(ty)),
            Projection::Field(number) => write!(f, "Field {number}"),
            Projection::Variant(number) => write!(f, "Variant {number}"),
        }
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place {} {}", self.local, List(&self.projections))
    }
}

impl Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Constant::Int(int, digits) => write!(f, "CInt {} {}", int.0, Arg(digits)),
            Constant::Bool(value) => write!(f, "CBool {value}"),
            Constant::Opaque(ty) => write!(f, "COpaque {}", Arg(ty)),
            Constant::Variant(ty, number) => write!(f, "CVariant {} {number}", Arg(ty)),
            Constant::Item(number, args) => write!(f, "CItem {number} {}", List(args)),
            Constant::Offset(ty, number) => write!(f, "COffset {} {number}", Arg(ty)),
        }
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Use(place) => write!(f, "Use {}", Arg(place)),
            Operand::Const(constant) => write!(f, "Const {}", Arg(constant)),
        }
    }
}

impl Display for Rvalue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rvalue::Use(operand) => write!(f, "RUse {}", Arg(operand)),
            Rvalue::Ref(place) => write!(f, "RRef {}", Arg(place)),
            Rvalue::Relation(relation, left, right) => {
                let name = match relation {
                    Relation::Eq => "REq",
                    Relation::Ne => "RNe",
                    Relation::Lt => "RLt",
                    Relation::Le => "RLe",
                    Relation::Gt => "RGt",
                    Relation::Ge => "RGe",
                };
                write!(f, "RRel {name} {} {}", Arg(left), Arg(right))
            }
            Rvalue::Arithmetic(int, op, left, right) => {
                write!(f, "RArith {} {} {} {}", int.0, op.0, Arg(left), Arg(right))
            }
            Rvalue::Checked(int, op, left, right) => {
                write!(f, "RChecked {} {} {} {}", int.0, op.0, Arg(left), Arg(right))
            }
            Rvalue::Not(operand) => write!(f, "RNot {}", Arg(operand)),
            Rvalue::Cast(int, operand) => write!(f, "RIntCast {} {}", int.0, Arg(operand)),
            Rvalue::Discriminant(place) => write!(f, "RDiscriminant {}", Arg(place)),
            Rvalue::Aggregate(variant, fields) => {
                write!(f, "RAggregate {} {}", Arg(Opt(*variant)), List(fields))
            }
        }
    }
}

impl Display for Assign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assign {} {}", Arg(&self.0), Arg(&self.1))
    }
}

struct Edge<'a>(&'a Unwind);

impl Display for Edge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unwind::Continue => write!(f, "UwContinue"),
            Unwind::Unreachable => write!(f, "UwUnreachable"),
            Unwind::Terminate => write!(f, "UwTerminate"),
            Unwind::Cleanup(block) => write!(f, "UwCleanup {block}"),
        }
    }
}

impl Display for Callee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Callee::Fn(number, args) => write!(f, "CFn {number} {}", List(args)),
            Callee::Lib(name, args) => write!(f, "CLib \"{name}\" {}", List(args)),
        }
    }
}

impl Display for Terminator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Terminator::Goto(target) => write!(f, "Goto {target}"),
            Terminator::Switch(operand, cases, otherwise) => {
                let cases: Vec<String> = cases
                    .iter()
                    .map(|(value, block)| format!("({}%Z, {block})", Arg(value)))
                    .collect();
                write!(f, "SwitchInt {} {} {}", Arg(operand), List(&cases), Arg(Opt(*otherwise)))
            }
            Terminator::Call(place, callee, arguments, target, unwind) => {
                let (place, callee, target) = (Arg(place), Arg(callee), Arg(Opt(*target)));
                write!(
                    f,
                    "Call {place} {callee} {} {target} {}",
                    List(arguments),
                    Arg(Edge(unwind))
                )
            }
            Terminator::Drop(place, target, unwind) => {
                write!(f, "Drop {} {target} {}", Arg(place), Arg(Edge(unwind)))
            }
            Terminator::Assert(operand, expected, target, unwind) => {
                write!(f, "Assert {} {expected} {target} {}", Arg(operand), Arg(Edge(unwind)))
            }
            Terminator::Return => write!(f, "Return"),
            Terminator::Resume => write!(f, "Resume"),
            Terminator::Terminate => write!(f, "Terminate"),
            Terminator::Unreachable => write!(f, "Unreachable"),
        }
    }
}

impl Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Struct(fields) => write!(f, "Struct {}", List(fields)),
            Shape::Enum(variants) => {
                let variants: Vec<String> =
                    variants.iter().map(|fields| List(fields).to_string()).collect();
                write!(f, "Enum {}", List(&variants))
            }
        }
    }
}

impl Display for Adt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (drop, call) = (Arg(Opt(self.drop)), Arg(Opt(self.call)));
        write!(f, "(* [{}] *) Adt {} {drop} {call}", self.name, Arg(&self.shape))
    }
}

impl Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  Body {} {} [", self.arguments, List(&self.locals))?;
        for (number, (statements, end)) in self.blocks.iter().enumerate() {
            let last = number + 1 == self.blocks.len();
            write!(f, "    (* bb{number} *) ([")?;
            for (place, statement) in statements.iter().enumerate() {
                write!(f, "{}{statement}", if place == 0 { "" } else { ";\n      " })?;
            }
            let blank = if statements.is_empty() { " " } else { "\n      " };
            write!(f, "],{blank}{end}){}", if last { "" } else { ";\n" })?;
        }
        write!(f, "]")
    }
}

/// What begins each generated file.
fn head(title: &str, words: &str, imports: &str) -> String {
    format!("(** * {title}\n\n{words} *)\n{imports}From tally.prelude Require Import options.\n\n")
}

/// The program as data: a file of Coq. `name` is of the crate's file, as `inner`.
pub fn data(program: &Program, name: &str, title: &str) -> String {
    let mut text = head(
        &format!("{title}: its MIR"),
        "Generated by [cargo run -p tally-mir -- --write] from the compiler's MIR. The functions\n\
         that are listed first are called by later ones only.",
        "From stdpp Require Import strings.\nFrom tally.prelude Require Import prelude.\nFrom tally.lang Require Import machine_int.\n\
         From tally.mir Require Import mir.\n",
    );
    let adts: Vec<String> = program.adts.iter().map(Adt::to_string).collect();
    let _ = writeln!(text, "Definition {name}_adts : list adt := [\n  {}].\n", adts.join(";\n  "));
    for function in &program.functions {
        let Function { name, title, body, .. } = function;
        let _ = writeln!(text, "(** [{title}] *)\nDefinition {name}_mir : body :=\n{body}.\n");
    }
    let bodies: Vec<String> =
        program.functions.iter().map(|of| format!("{}_mir", of.name)).collect();
    let _ = writeln!(
        text,
        "Definition {name}_program : program :=\n  Program {name}_adts [\n    {}].\n",
        bodies.join(";\n    ")
    );
    let _ = writeln!(text, "(** The functions' numbers. *)\nModule {name}_fn.");
    for (number, function) in program.functions.iter().enumerate() {
        let _ = writeln!(text, "  Definition {} : nat := {number}.", function.name);
    }
    let _ = writeln!(text, "End {name}_fn.");
    text
}

/// What stays folded in compiled programs: functions of `value.v` and `lib.v`.
const FOLDED: &str = "ret_val unw_val cells_lit no_glue plain tp_cells tp_glue tp_call memcpy new \
    new_delete.delete read_fn write_fn identity_fn pointer_identity uninit_fn replace_fn forget_fn \
    drop_fn drop_in_place_fn wrapping_fn addr_fn without_provenance_fn nonnull_new_fn byte_add_fn \
    byte_sub_fn pointer_eq_fn copy_nonoverlapping_fn box_new_fn box_new_uninit_fn layout_new_fn dealloc_fn \
    branch_fn from_residual_fn map_or_fn call_once_fn abort_fn panic_fn atomic_load_fn atomic_store_fn \
    fetch_add_fn fetch_sub_fn compare_exchange_fn compare_exchange_weak_fn fence_fn is_ok_fn";

/// The program's functions, compiled for proofs: a file of Coq.
pub fn tree(program: &Program, name: &str, title: &str, folder: &str) -> String {
    let mut text = head(
        &format!("{title}: its functions in λRust"),
        "Generated by [cargo run -p tally-mir -- --write]. Each function, and each block that is\n\
         one of its own, is here in normal form, with the functions that it calls folded; a lemma\n\
         says that it is what [tree_compile.v] makes of the MIR.",
        &format!(
            "From tally.lang.lib Require Import memcpy new_delete.\n\
             From tally.mir Require Import tree_compile.\n\
             From tally.{folder} Require Import {name}_mir.\n"
        ),
    );
    let _ = writeln!(text, "Strategy opaque [{FOLDED}].\n");
    let mut folded: Vec<String> = Vec::new();
    for function in &program.functions {
        let Function { name: own, title, params, callees, body } = function;
        let binders: String = params.iter().map(|param| format!(" ({param} : tparam)")).collect();
        let applied: String = params.iter().map(|param| format!(" {param}")).collect();
        let (args, program_name) = (List(params), format!("{name}_program"));
        let _ = writeln!(text, "(** [{title}] *)");
        let callees: Vec<String> = callees
            .iter()
            .map(|&number| {
                let callee = &program.functions[number];
                let args: String = callee.params.iter().map(|param| format!(" {param}")).collect();
                format!("  | {number}, {} => {}{args}\n", List(&callee.params), callee.name)
            })
            .collect();
        let _ = writeln!(
            text,
            "Definition {own}_callees (f : nat) (E : list tparam) : val :=\n  match f, E with\n{}  | _, _ => stuck_val\n  end.",
            callees.concat()
        );
        let made = format!("{program_name} {own}_callees {args} {own}_mir {own}_flow");
        let _ = writeln!(
            text,
            "Definition {own}_flow : flow := Eval vm_compute in flow_of {program_name} {own}_mir."
        );
        let mut done: Vec<String> = Vec::new();
        for block in body.named_blocks() {
            let of = format!("{own}_bb{block}");
            let _ = writeln!(
                text,
                "Definition {of}{binders} : val := Eval lazy in\n  tree_block {made} {} {block}.\nStrategy opaque [{of}].",
                List(&done)
            );
            folded.push(of.clone());
            done.push(format!("({block}, {of}{applied})"));
        }
        let _ = writeln!(
            text,
            "Definition {own}{binders} : val := Eval lazy in\n  tree_fn {made} {}.\nStrategy opaque [{own}].",
            List(&done)
        );
        folded.push(own.clone());
        let _ = writeln!(
            text,
            "Lemma {own}_compiled{binders} :\n  flow_of {program_name} {own}_mir = {own}_flow ∧\n  tree_blocks {made} =\n    {} ∧\n  {own}{applied} = tree_fn {made} (tree_blocks {made}).\nProof. split_and!; [vm_compute; reflexivity|reflexivity..]. Qed.\n",
            List(&done)
        );
    }
    let _ = writeln!(
        text,
        "(** The functions by number. *)\nDefinition {name}_fns (f : nat) (E : list tparam) : val :=\n  match f, E with"
    );
    for (number, function) in program.functions.iter().enumerate() {
        let applied: String = function.params.iter().map(|param| format!(" {param}")).collect();
        let _ = writeln!(
            text,
            "  | {number}, {} => {}{applied}",
            List(&function.params),
            function.name
        );
    }
    let _ = writeln!(text, "  | _, _ => stuck_val\n  end.\n");
    let _ = writeln!(
        text,
        "Strategy transparent [{FOLDED}].\nStrategy transparent [\n  {}].",
        folded.join("\n  ")
    );
    text
}
