(** * A contract of reading whose post-condition is false

Creusot's contract of [read_volatile] ensures false: after the read everything may be
concluded. It serves one trusted function of the tool.

[no_read_false]: a read of a place has no such specification, though it has the whole
permission to it. A program that reads, and applies what is no function afterwards, would be
verified; it gets stuck ([read_then_stuck]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.borrow Require Import raw_access.
From tally.refuted Require Import main_stuck.
From tally.prelude Require Import options.

Definition read_then : expr :=
  let: "x" := Alloc #1 in "x" <- #1;; !"x";; App #☠ [].
(** The read returns, and what comes then is no function. *)
Lemma read_then_stuck : main_stuck (run_program choice_fresh [] 1000 read_then) = true.
Proof. by vm_compute. Qed.

(** A read with the whole permission, after which everything holds. *)
Definition law_read_false `{!lrustGS Σ} : Prop :=
  ∀ l v, {{{ acc cell_raw l 1 v }}} !#l {{{ w, RET w; False }}}.
(** There is no such read. *)
Theorem no_read_false : ¬ ∀ `{!lrustGS lrustΣ}, law_read_false.
Proof.
  intros Hlaw. eapply (main_stuck_not_adequate _ _ _ read_then (λ _ _, True)), (lrust_adequacy lrustΣ);
    [exact read_then_stuck|].
  intros HΣ Huntracked. rewrite /read_then. iStartProof. wp_alloc l as "Hl" "H†".
  rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
  wp_apply (Hlaw HΣ l with "[Hl]"); [by rewrite acc_cell|]. by iIntros (w) "[]".
Qed.
