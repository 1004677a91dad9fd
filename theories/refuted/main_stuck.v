(** * Programs whose main thread gets stuck

[main_stuck o]: the run [o] of the interpreter ends with the first thread stuck.
[main_stuck_not_adequate]: then nothing is true of the program. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.prelude Require Import options.

Definition main_stuck (o : outcome) : bool :=
  match run_status_of o with ThreadStuck 0 _ => true | _ => false end.
Lemma main_stuck_not_adequate choose schedule fuel e φ :
  main_stuck (run_program choose schedule fuel e) = true → ¬ adequate NotStuck e ∅ φ.
Proof.
  rewrite /main_stuck. destruct (run_status_of _) as [|i reason|i|] eqn:Hstuck; try done.
  destruct i; [|done]. intros _. eapply run_program_stuck_not_adequate, Hstuck.
Qed.
