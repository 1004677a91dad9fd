(** * What [Rc] and [Weak] do to their counts

Functions on machine words, apart from any table of handles: what each operation
makes of the two counts it reads. The verified λRust programs are tied to exactly
these.

A block has two counts. [strong] is the number of shares of the content. [weak]
is the number of [Weak] handles, plus one that all strong handles (or the unique
one) hold together, the implicit one: the block is freed when [weak] gets to 0.

- [rc_clone_count strong]: [strong + 1], wrapped, is stored; if it wrapped to 0 the
  process aborts. Hence a count of 2⁶⁴ − 1 is reached, and never passed. Also
  [Rc::increment_strong_count].
- [rc_drop_count strong]: [strong − 1] is stored; if it is 0 the caller was the
  last. Also [Rc::into_inner] and [Rc::decrement_strong_count].
- [weak_clone_count], [weak_drop_count]: the same for [weak], in [Rc::downgrade],
  [Weak::clone] and [Weak::drop]; the last one frees the block.
- [weak_upgrade_count strong]: nothing is there to upgrade to if [strong] is 0;
  otherwise as [rc_clone_count].
- [rc_count_last strong]: whether [Rc::try_unwrap] takes the content out.
- [rc_counts_unique strong weak]: whether [Rc::get_mut] gives access.
- [rc_make_mut_count strong weak]: what [Rc::make_mut] has to do, and the count of
  the old block that it changes.
- [rc_weak_handles strong weak]: what [weak_count] answers: the implicit one does
  not count, and without a strong handle the answer is 0.

The first four are meant for a count that is not 0: somebody holds a handle.

Source: [alloc/src/rc.rs] of Rust's standard library: [RcInnerPtr::inc_strong],
[dec_strong], [inc_weak], [dec_weak], and the methods named. *)
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

Inductive upgrade_count :=
  | UpgradeNone
  | UpgradeStored (n : word)
  | UpgradeAborted.

(** The content is changed where it lies; or moved to a new block, as nobody but
[Weak]s is left; or cloned, as others have it. *)
Inductive make_mut_count :=
  | MakeMutInPlace
  | MakeMutMoved (weak : word)
  | MakeMutCloned (strong : word).

Definition rc_clone_count (n : word) : clone_count :=
  let n' := word_wrapping_add n 1 in
  if word_eqb n' 0 then CloneAborted else CloneStored n'.

Definition rc_drop_count (n : word) : drop_count :=
  let n' := word_wrapping_sub n 1 in
  if word_eqb n' 0 then DropLast else DropStored n'.

Definition weak_clone_count (n : word) : clone_count := rc_clone_count n.
Definition weak_drop_count (n : word) : drop_count := rc_drop_count n.

Definition weak_upgrade_count (n : word) : upgrade_count :=
  if word_eqb n 0 then UpgradeNone
  else
    match rc_clone_count n with
    | CloneStored n' => UpgradeStored n'
    | CloneAborted => UpgradeAborted
    end.

Definition rc_count_last (strong : word) : bool := word_eqb strong 1.

Definition rc_counts_unique (strong weak : word) : bool :=
  if word_eqb weak 1 then word_eqb strong 1 else false.

Definition rc_make_mut_count (strong weak : word) : make_mut_count :=
  if word_eqb strong 1 then
    if word_eqb weak 1 then MakeMutInPlace
    else MakeMutMoved (word_wrapping_sub weak 1)
  else MakeMutCloned (word_wrapping_sub strong 1).

Definition rc_weak_handles (strong weak : word) : word :=
  if word_eqb strong 0 then 0 else word_wrapping_sub weak 1.
