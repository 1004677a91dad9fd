//! What the codes of messages mean, for `cargo foil check --explain CODE`.

/// A code, its title, and what it means and what to do.
pub(crate) type Entry = (&'static str, &'static str, &'static str);

/// What a function promises is not shown when it returns.
pub(crate) const PROMISE: &str = "F0001";
/// What a function that is called demands is not shown.
pub(crate) const DEMAND: &str = "F0002";
/// An assertion of the compiler's is not shown.
pub(crate) const ARITHMETIC: &str = "F0003";
/// A place that control should not come to may be reached.
pub(crate) const REACHED: &str = "F0004";
/// Two references to one place are given to a call.
pub(crate) const ALIASED: &str = "F0005";
/// No certificate was found, or the checker did not accept it.
pub(crate) const NO_PROOF: &str = "F0006";
/// The function may unwind where its mode says that it does not.
pub(crate) const UNWINDS: &str = "F0007";
/// A function that should fail is proved.
pub(crate) const SHOULD_FAIL: &str = "F0008";
/// Something is not supported.
pub(crate) const UNSUPPORTED: &str = "F0009";
/// A signature is not one.
pub(crate) const SIGNATURE: &str = "F0010";

/// A run violates the signature.
pub(crate) const REFUTED: &str = "F0011";

const ENTRIES: [Entry; 11] = [
    (
        PROMISE,
        "what a function promises is not shown when it returns",
        "The function's signature says something about the result, or about what a mutable
reference points to when the function is done, that does not follow from what is known
when it returns.

    #[flux::sig(fn(x: i32{v: 0 <= v}) -> i32{v: 0 < v})]
    fn f(x: i32) -> i32 {
        x // x may be 0
    }

Demand more of the arguments, promise less, or change the body. If it does hold, more must
be known on the way. Of a loop it is known what holds each time that it begins, its
invariant, which is searched for among simple formulas; it can be written down:

    flux_rs::macros::invariant!(i: int, n: int; i <= n);",
    ),
    (
        DEMAND,
        "what a function that is called demands is not shown",
        "The signature of the function that is called says something about its arguments that
does not follow from what is known at the call.

    #[flux::sig(fn(x: i32{v: 0 < v}) -> i32)]
    fn g(x: i32) -> i32 { x }

    fn f(x: i32) -> i32 {
        g(x) // nothing is known of x
    }

Test the argument before the call, or demand the same of the caller's arguments. A call of
`assert` from the crate `flux_rs` demands that its argument is true.",
    ),
    (
        ARITHMETIC,
        "an operation may overflow, divide by zero, or be out of bounds",
        "The compiler puts a test before the operation, and the function panics if it fails. Which
overflows must be excluded is said by `#[flux::opts(check_overflow = \"…\")]` on the
function or a module around it, or by `--overflow` for all that do not say it: in `strict`
all; in `strict-under`, which is the default, those of unsigned numbers below zero (and so
in `none`, as in Flux). `--overflow panics` lets each of them panic. Divisions by zero must
be excluded always.

    fn f(x: u32) -> u32 {
        x - 1 // x may be 0
    }

Test before, or demand in the signature what excludes it.",
    ),
    (
        REACHED,
        "a place that control should not come to may be reached",
        "A panic that is written in the program, as `unreachable!()` or `assert!(…)`, may happen as
far as is known. A `panic!`, or what is said to be missing, may happen but in the mode `strict`,
if no other macro of the program's stands in the function that may panic.

Demand in the signature what excludes it.",
    ),
    (
        ALIASED,
        "two references to one place are given to a call",
        "Of the arguments of a call, no two may point to one place, also if both are shared
references: what is lent by the call is lent once.

Copy the value into a variable of its own and give a reference to that.",
    ),
    (
        NO_PROOF,
        "no proof was found that the checker accepts",
        "A program searches for a proof, and a verified checker decides. The search has its limits:
nonlinear arithmetic beyond products of two facts, divisions, long case splits.

Nothing is said about whether the signature holds.",
    ),
    (
        UNWINDS,
        "the function may panic where it must not",
        "In the mode `strict` a function does not panic, nor does anything that it calls. Here is a
call or an operation of which that is not known.",
    ),
    (
        SHOULD_FAIL,
        "a function that should fail is proved",
        "The function has the attribute `should_fail`, which says that its signature does not hold.
It is proved. Take the attribute away, or mend what should fail.",
    ),
    (
        UNSUPPORTED,
        "something in the function is not supported",
        "The checker reasons about functions over integers, booleans, references to them, tuples
and calls. What is not supported is named, with its place. Nothing is said of such a
function: neither that it has its signature nor that it does not.

`#[flux::trusted]` takes a signature without looking at the body.",
    ),
    (
        SIGNATURE,
        "a signature cannot be read",
        "The words in the attribute are no signature of this function: a mistake in the language, a
name that stands for nothing, an integer where a truth is expected, another number of
arguments than the function has.",
    ),
    (
        REFUTED,
        "a run violates the signature",
        "There are arguments that the signature allows, and a call with them ends otherwise than
the signature says: a promise is false, a function is called with what it does not take, or
it panics where the mode forbids that. The message says which arguments, and
`cargo foil check --replay` prints a test that fails for the same reason. The run is one of
the verified interpreter, of the program that the proofs are about. If a promise is false, or
the function panics in the mode `strict`, the signature is false of this program, and no
proof of it is accepted.

Where there is neither a proof nor such a run, a function is `unknown`. One reason is that a
caller knows no more of the functions that it calls than their signatures say: what they do
may be right, and their signatures too weak to show it.",
    ),
];

/// What the code means.
pub(crate) fn entry(code: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.0.eq_ignore_ascii_case(code))
}

/// All codes.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    ENTRIES.iter().map(|entry| entry.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_explained_once() {
        let mut known: Vec<&str> = codes().collect();
        known.dedup();
        assert_eq!(known.len(), ENTRIES.len());
        assert!(ENTRIES.is_sorted_by_key(|entry| entry.0));
        assert_eq!(entry("f0009").map(|entry| entry.0), Some(UNSUPPORTED));
        assert!(entry("E0308").is_none());
    }
}
