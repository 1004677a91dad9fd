//! What stands in for the operations on words and tables. Their definitions in
//! Coq are over unbounded integers and lists; `theories/model/word.v` proves that
//! on words they compute what is said here, and the tests of `tally-model` compare
//! both at the edges.

/// What generated files may need of `crate::table`.
pub(super) const TABLE: [&str; 7] =
    ["Table", "tbl_empty", "tbl_get", "tbl_len", "tbl_make", "tbl_push", "tbl_set"];

/// How a native operation is written.
pub(super) enum Native {
    /// `left op right`.
    Infix(&'static str),
    /// `first.method(rest)`.
    Method(&'static str),
    /// A function of `crate::table`, of so many borrowed arguments first.
    Table(usize),
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
        "tbl_empty" | "tbl_make" | "tbl_set" | "tbl_push" => Native::Table(0),
        "tbl_len" | "tbl_get" => Native::Table(1),
        _ => return None,
    })
}
