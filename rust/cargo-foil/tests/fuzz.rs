//! Input that nobody would write: whatever stands in a file, it is read without a panic, and
//! so is whatever the compiler is said to have printed. `PROPTEST_CASES` says how often.

use cargo_foil::checker::lower::lower;
use cargo_foil::signature::read;
use proptest::prelude::*;

/// Parts of Flux's attributes, and of Rust.
const WORDS: &[&str] = &[
    "fn",
    "f",
    "x",
    "n",
    "i32",
    "u8",
    "u128",
    "bool",
    "usize",
    "&",
    "mut",
    "strg",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "<=",
    "==",
    "=>",
    "&&",
    "||",
    "!",
    "+",
    "-",
    "*",
    "/",
    "%",
    ":",
    ";",
    ",",
    "@n",
    "#n",
    "->",
    "ensures",
    "requires",
    "v",
    "0",
    "1",
    "170141183460469231731687303715884105728",
    "99999999999999999999999999999999999999999999",
    "if",
    "else",
    "forall",
    "exists",
    "int",
    "self",
    "Self",
    "T",
    "as",
    "\"a\"",
    "'a",
    ".0",
    "..",
    "true",
    "false",
    "i32::MAX",
    "struct",
    "impl",
    "trusted",
    "invariant",
    "refined_by",
    "é",
];

/// Parts of what the compiler prints.
const LINES: &[&str] = &[
    "fn f(_1: i32) -> i32 {",
    "fn g(_1: &mut u8, _2: bool) -> () {",
    "    let mut _0: i32;",
    "    let mut _0: ();",
    "    let mut _2: (i32, bool);",
    "    let mut _3: bool;",
    "    let mut _4: &mut i32;",
    "    debug x => _1;",
    "    scope 1 {",
    "    }",
    "    bb0: {",
    "    bb1: {",
    "    bb2 (cleanup): {",
    "        _2 = AddWithOverflow(copy _1, const 1_i32);",
    "        _3 = Lt(copy _1, const -2147483648_i32);",
    "        _0 = move (_2.0: i32);",
    "        (*_4) = const 99999999999999999999999999_i32;",
    "        _4 = &mut _0;",
    "        _0 = Div(copy _1, const 0_i32);",
    "        _3 = Not(copy _3);",
    "        assert(!move (_2.1: bool), \"attempt\", copy _1, const 1_i32) -> [success: bb1, unwind continue];",
    "        switchInt(move _3) -> [0: bb2, otherwise: bb9];",
    "        goto -> bb0;",
    "        _0 = f(copy _1) -> [return: bb1, unwind continue];",
    "        return;",
    "        unreachable;",
    "        drop(_4) -> [return: bb1, unwind: bb2];",
    "}",
    "",
];

/// A text made of these.
fn text(of: &'static [&'static str], between: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(of), 0..60)
        .prop_map(move |parts| parts.join(between))
}

proptest! {
    /// Killed by: an index into a text that is not there, a number that is taken to be small.
    #[test]
    fn signatures_are_read_without_a_panic(sig in text(WORDS, " "), name in "sig|spec|sig_|trusted|opts|assoc|refined_by") {
        let _ = read(&format!("#[flux::{name}({sig})]\nfn f(x: i32) -> i32 {{ x }}\n"));
        let _ = read(&format!("#[flux::sig(fn({sig}) -> i32)]\nfn f(x: i32) -> i32 {{ x }}\n"));
        let _ = read(&format!("#![flux::defs {{ {sig} }}]\nfn f() {{}}\n"));
        let _ = read(&sig);
    }

    #[test]
    fn bodies_are_lowered_without_a_panic(mir in text(LINES, "\n"), any in ".{0,40}") {
        let lowered = lower(&mir);
        let _ = lowered.program();
        let head = "fn f(_1: i32) -> i32 {\n    let mut _0: i32;\n    let mut _2: (i32, bool);\n\n    bb0: {\n";
        let _ = lower(&format!("{head}{mir}\n}}\n"));
        let _ = lower(&format!("{head}        {any}\n    }}\n}}\n"));
    }
}
