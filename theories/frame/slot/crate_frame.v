(** * The crate's slot, with the frames' handles

The sealed export of the statements in [crate_frame_sig.v]. *)
From tally.prelude Require Import prelude.
From tally.frame.slot Require Export crate_frame_sig slot_specs crate_slot.
From tally.frame.slot.proof Require crate_accesses.
From tally.prelude Require Import options.

Module Export crate_frame : crate_frame_sig.
  Include crate_accesses.
End crate_frame.
