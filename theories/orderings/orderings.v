(** * Memory orderings: the sealed export

See [orderings_sig] for the statements; proved in [soundness], [necessity],
[arc_soundness] and [arc_necessity]. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Export machine slot_protocol slot_configs slot_traces.
From tally.orderings Require Export arc_protocol arc_traces.
From tally.orderings Require Import orderings_sig.
From tally.orderings Require necessity soundness arc_necessity arc_soundness.
From tally.prelude Require Import options.

Module Export orderings : orderings_sig.
  Include soundness.
  Include necessity.
  Include arc_soundness.
  Include arc_necessity.
End orderings.
