(** * Raw pointers to memory that is gone

Who reads or writes a place needs permission to it ([borrow/raw_access.v]). Here it is seen
in executions that without it a program gets stuck.

- [dangling_clients] free a pair, and then read or write it, or the field of it to which a
  projection leads. Each gets stuck in the verified interpreter ([dangling_stuck]), so that
  nothing is true of them ([dangling_refuted]).
- The projection itself is no access on this machine, and runs with a dangling pointer
  ([projection_runs]): an address is computed, and it is its use that is an error. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import raw_access.
From tally.refuted Require Import main_stuck.
From tally.prelude Require Import options.

(** ** Executions *)
Definition dangling (rest : expr) : expr :=
  let: "x" := Alloc #2 in
  "x" <- #7;; "x" +ₗ #1 <- #7;;
  Free #2 "x";;
  rest.
Definition read_dangling : expr := dangling !"x".
Definition dangling_clients : list expr := [
  read_dangling;
  dangling ("x" <- #5);
  dangling !(addr_of_fst ["x"]);
  dangling (addr_of_fst ["x"] <- #5);
  dangling !(addr_of_snd 1 ["x"]);
  dangling (addr_of_snd 1 ["x"] <- #5)]%E.

(** Each of them gets stuck. *)
Lemma dangling_stuck :
  Forall (λ e, main_stuck (run_program choice_fresh [] 1000 e) = true) dangling_clients.
Proof. repeat constructor; by vm_compute. Qed.
(** Nothing is true of them. *)
Theorem dangling_refuted e φ : e ∈ dangling_clients → ¬ adequate NotStuck e ∅ φ.
Proof.
  intros He. eapply main_stuck_not_adequate.
  by apply (proj1 (Forall_forall _ _) dangling_stuck).
Qed.
(** The projection alone is no error here. *)
Lemma projection_runs :
  main_value (run_program choice_fresh [] 1000 (dangling (addr_of_snd 1 ["x"];; #3)))
    = Some #3%V.
Proof. by vm_compute. Qed.
