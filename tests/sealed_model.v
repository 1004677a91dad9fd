(** * What a client of the models sees: the statements, not the proofs *)
From tally.model Require Import rc_model_proofs.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(* The interface's names are there, with nothing assumed. *)
Check rc_clone_count_spec.
Check rc_model_step_inv.
Print Assumptions rc_model_run_inv.

(* A helper of the sealed proof is not. *)
Fail Check share_eq.
Fail Check tally.model.rc_model.rc_model.share_eq.
