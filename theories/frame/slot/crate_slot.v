(** * The crate's slot, verified

The sealed export of the statements in [crate_slot_sig.v]. *)
From tally.prelude Require Import prelude.
From tally.frame.slot Require Export crate_slot_sig.
From tally.frame.slot.proof Require crate_words crate_lookup.
From tally.prelude Require Import options.

Module Export crate_slot : crate_slot_sig.
  Include crate_words.
  Include crate_lookup.
End crate_slot.
