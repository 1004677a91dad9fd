(** * Rules for programs of one's own on a slot

The name under which the rules of [slot_rules_sig.v] are found. They are sealed together
with the specifications of [slot_specs_sig.v], which are about the same handles. *)
From tally.prelude Require Import prelude.
From tally.frame.slot Require Export slot_specs.
From tally.prelude Require Import options.

Module slot_rules := slot_specs.slot_specs.
