//! What stands in for the operations on words and tables. Their definitions in
//! Coq are over unbounded integers and lists; `theories/model/word.v` proves that
//! on words they compute what is said here, and the tests of `tally-model` compare
//! both at the edges.

/// What generated files may need of `crate::table`.
pub(super) const TABLE: [&str; 10] = [
    "Table",
    "tbl_append",
    "tbl_empty",
    "tbl_get",
    "tbl_insert",
    "tbl_len",
    "tbl_make",
    "tbl_push",
    "tbl_remove",
    "tbl_set",
];

/// What generated files may need of `crate::word`.
pub(super) const WORD: [&str; 2] = ["word_div", "word_rem"];

/// How a native operation is written.
pub(super) enum Native {
    /// `left op right`.
    Infix(&'static str),
    /// `first.method(rest)`.
    Method(&'static str),
    /// A function of `crate::table` or `crate::word`, of so many borrowed arguments
    /// first.
    Function(usize),
    /// A function that leaves its only argument as it is.
    Identity,
    /// A constant.
    Constant(&'static str),
}

pub(super) fn find(name: &str) -> Option<Native> {
    Some(match name {
        "word_max" => Native::Constant("u64::MAX"),
        "word_wrapping_add" => Native::Method("wrapping_add"),
        "word_wrapping_sub" => Native::Method("wrapping_sub"),
        "word_checked_add" => Native::Method("checked_add"),
        "word_checked_sub" => Native::Method("checked_sub"),
        "word_eqb" => Native::Infix("=="),
        "word_ltb" => Native::Infix("<"),
        "word_leb" => Native::Infix("<="),
        // Where the divisor is 0, Coq has a result and `u64`'s operators have none.
        "word_div" | "word_rem" => Native::Function(0),
        // A counter is the word it was made of. Extraction numbers the function of the
        // integers apart from that of the positive numbers, which takes no word.
        "to_nat" | "to_nat0" => Native::Identity,
        "tbl_empty" | "tbl_make" | "tbl_set" | "tbl_push" | "tbl_append" | "tbl_insert"
        | "tbl_remove" => Native::Function(0),
        "tbl_len" | "tbl_get" => Native::Function(1),
        _ => return None,
    })
}
