(** * What adequacy says, and what it rests on *)
From tally.lang Require Import adequacy interp_correct.
From tally.prelude Require Import options.

Check lrust_adequacy.
Print Assumptions lrust_adequacy.

(* A run of the interpreter that gets stuck refutes it. *)
Check run_program_stuck_not_adequate.
Print Assumptions run_program_stuck_not_adequate.

(* Whoever gives back the whole lease of the heap leaves nothing in memory. *)
Check lrust_adequacy_leak_free.
Print Assumptions lrust_adequacy_leak_free.
