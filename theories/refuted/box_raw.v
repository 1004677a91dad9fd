(** * A box made of permission alone

[Box::from_raw] asks for the whole permission to a value and for the right to give its
memory back ([borrow/box.v]). [law_from_raw] is the rule without the right. It makes a box
of a field, whose drop frees the middle of a block. The client [free_field] does this. It
gets stuck in the verified interpreter ([free_field_stuck]), so that nothing is true of it
([free_field_refuted]), and the rule cannot be had ([no_from_raw]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.borrow Require Import box.
From tally.refuted Require Import main_stuck.
From tally.prelude Require Import options.

(** A pair, of whose second field a box is made. *)
Definition free_field : expr :=
  let: "x" := new [ #2 ] in
  "x" +ₗ #1 <- #7;;
  let: "b" := box_from_raw ["x" +ₗ #1] in
  box_drop 1 ["b"].

Lemma free_field_stuck : main_stuck (run_program choice_fresh [] 1000 free_field) = true.
Proof. by vm_compute. Qed.
(** Nothing is true of it. *)
Theorem free_field_refuted φ : ¬ adequate NotStuck free_field ∅ φ.
Proof. eapply main_stuck_not_adequate, free_field_stuck. Qed.

Section law.
  Context `{!lrustGS Σ}.

  (** A box for the permission to its content. *)
  Definition law_from_raw : Prop := ∀ X (τ : raw_type Σ X) l x,
    {{{ acc τ l 1 x }}} box_from_raw [ #l ] {{{ RET #l; box_own τ l x }}}.

  Local Lemma free_field_spec `{!UntrackedHeap Σ} :
    law_from_raw → ⊢ WP free_field {{ _, True }}.
  Proof.
    iIntros (Hlaw). rewrite /free_field.
    iDestruct (heap_lease_untracked 1 0) as "Hk".
    wp_apply (new_spec with "Hk"); [done|]. iIntros (l) "(_ & _ & Hl)".
    rewrite /= (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton.
    iDestruct "Hl" as "[_ Hl]". wp_pures. wp_write. wp_pures.
    wp_apply (Hlaw _ cell_raw with "[Hl]"); [by rewrite acc_cell|]. iIntros "Hb". wp_pures.
    iDestruct (heap_lease_untracked 1 1) as "Hk'".
    wp_apply (box_drop_spec cell_raw _ _ 1 0 with "[$Hk' $Hb]"). by iIntros "_".
  Qed.
End law.

(** The rule of the note, that asks for the permission only. *)
Theorem no_from_raw : ¬ ∀ `{!lrustGS lrustΣ}, law_from_raw.
Proof.
  intros Hlaw. apply (free_field_refuted (λ _ _, True)).
  apply (lrust_adequacy lrustΣ). intros HΣ Huntracked. by apply free_field_spec.
Qed.
