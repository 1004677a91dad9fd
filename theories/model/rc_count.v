(** * What [Rc] does to its count

Two functions on one machine word, apart from any table of handles: what
[Rc::clone] and [Rc::drop] make of the strong count they read. The verified
λRust program is tied to exactly these.

- [rc_clone_count n]: the wrapped sum [n + 1] is stored; if it wrapped to 0 the
  process aborts. Hence a count of 2⁶⁴ − 1 is reached, and never passed.
- [rc_drop_count n]: [n − 1] is stored; if it is 0 the caller was the last.

Both are meant for a count that is not 0: somebody holds a handle.

Source: [RcInnerPtr::inc_strong] and [dec_strong] in Rust's standard library. *)
From tally.model Require Import word.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive clone_count :=
  | CloneStored (n : word)
  | CloneAborted.

Inductive drop_count :=
  | DropStored (n : word)
  | DropLast.

Definition rc_clone_count (n : word) : clone_count :=
  let n' := word_wrapping_add n 1 in
  if word_eqb n' 0 then CloneAborted else CloneStored n'.

Definition rc_drop_count (n : word) : drop_count :=
  let n' := word_wrapping_sub n 1 in
  if word_eqb n' 0 then DropLast else DropStored n'.
