(** * The crate's slot: what statements and proofs both speak of

In memory a [MetaSlot] of [frame/slot.rs] has eight cells: five of storage, the word that
tells its state, the glue, the word that names its list. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import notation.
From tally.model Require Import word slot_count.
From tally.mir Require Import value.
From tally.prelude Require Import options.

(** Where the words are in it. *)
Definition crate_word : Z := 5.
Definition crate_list : Z := 7.

(** The number of an error in the crate's enumeration. *)
Definition crate_error (e : frame_error) : Z :=
  match e with
  | ErrOutOfBound => 1 | ErrInUse => 2 | ErrUnused => 3 | ErrBusy => 4 | ErrUnique => 5
  end.
Definition ok_unit : val := ret_val (pack_val [ #0; #☠]).
Definition err_of (e : frame_error) : val := ret_val (pack_val [ #1; #(crate_error e)]).
(** The answer of a look-up. *)
Definition look_up_of (r : option frame_error) : val :=
  match r with None => ok_unit | Some e => err_of e end.
(** What a word says, in the crate's enumeration of statuses: unused, unique, shared so many
times, busy, and what is none of these. *)
Definition crate_status (w : Z) : val :=
  if word_eqb w slot_unused then pack_val [ #0; #☠]
  else if word_eqb w slot_unique then pack_val [ #1; #☠]
  else if word_eqb w slot_busy then pack_val [ #3; #☠]
  else if word_leb w slot_max then pack_val [ #2; #w]
  else pack_val [ #4; #☠].
