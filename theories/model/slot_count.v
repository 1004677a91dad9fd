(** * What a frame does to its slot's word

Each page frame has a slot, and each slot a word that tells its state:

  2⁶⁴ − 1  [slot_unused]   nobody has the frame
  2⁶⁴ − 2  [slot_unique]   one unique handle has it
  0        [slot_busy]     somebody is building its metadata, or tearing it down
  n ≤ 2⁶³ − 1              [n] shares are out ([slot_max] is the greatest such [n])

Like [rc_count.v], this file holds what each operation makes of the one word it
reads, apart from tables of slots and handles:

- [slot_claim]: may [from_unused] have the slot? If not, why;
- [slot_from_in_use]: what a look-up by address ([from_in_use]) makes of the word;
- [slot_clone_count], [slot_drop_count]: one share more, one less;
- [slot_try_unique]: does the share that converts hold the only one?

Source: the frame metadata of asterinas' ostd (mm/frame/meta.rs, unique.rs). *)
From tally.model Require Import word rc_count.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Definition slot_unused : word := 18446744073709551615.
Definition slot_unique : word := 18446744073709551614.
Definition slot_max : word := 9223372036854775807.
Definition slot_busy : word := 0.

Inductive frame_error :=
  | ErrInUse
  | ErrUnused
  | ErrUnique
  | ErrBusy
  | ErrOutOfBound.

(** [None] where the claim succeeds. Never [ErrUnused]. *)
Definition slot_claim (w : word) : option frame_error :=
  if word_eqb w slot_unused then None
  else if word_eqb w slot_unique then Some ErrUnique
  else if word_eqb w slot_busy then Some ErrBusy
  else Some ErrInUse.

Inductive acquire_count :=
  | FromInUseStored (n : word)
  | FromInUseAborted
  | FromInUseFailed (e : frame_error).

(** Never [ErrInUse]: a frame in use is what is looked for. *)
Definition slot_from_in_use (w : word) : acquire_count :=
  if word_eqb w slot_unused then FromInUseFailed ErrUnused
  else if word_eqb w slot_unique then FromInUseFailed ErrUnique
  else if word_eqb w slot_busy then FromInUseFailed ErrBusy
  else if word_leb slot_max w then FromInUseAborted
  else FromInUseStored (word_wrapping_add w 1).

Definition slot_clone_count (w : word) : clone_count :=
  if word_leb slot_max w then CloneAborted
  else CloneStored (word_wrapping_add w 1).

Definition slot_drop_count (w : word) : drop_count :=
  if word_eqb w 1 then DropLast else DropStored (word_wrapping_sub w 1).

Definition slot_try_unique (w : word) : bool := word_eqb w 1.
