(** * A snapshot of what is in a shared cell

A shared reference to a cell has no value but its address ([borrow/shared_cell.v]).
[law_cell_snapshot] says that the content has one as well: that it is known, from the
reference, what each read gives. [cell_changes] reads a cell, writes it, and reads it again,
all through one reference. Two reads differ ([cell_changes_runs]), and so there is no such
value ([no_cell_snapshot]). *)
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import shared_cell.
From tally.prelude Require Import options.

Definition cell_changes : expr :=
  let: "c" := Alloc #1 in "c" <- #1;;
  let: "a" := !"c" in
  "c" <- #2;;
  let: "b" := !"c" in
  "a" = "b".
(** The two reads differ. *)
Lemma cell_changes_runs :
  main_value (run_program choice_fresh [] 1000 cell_changes) = Some #false%V.
Proof. by vm_compute. Qed.

Section law.
  Context `{!lrustGS Σ, !na_invG Σ, !lftG Σ}.

  (** An integer. *)
  Definition is_int (v : val) : Prop := ∃ z : Z, v = #z.
  (** From a reference it is known what each read gives. *)
  Definition law_cell_snapshot : Prop := ∀ κ p N l,
    cell_ref κ p N is_int l ={⊤}=∗
    ∃ z : Z, □ ∀ q, {{{ q.[κ] ∗ na_own p ⊤ }}} !#l {{{ RET #z; q.[κ] ∗ na_own p ⊤ }}}.

  Local Lemma cell_changes_spec `{!UntrackedHeap Σ} :
    law_cell_snapshot → ⊢ WP cell_changes {{ v, ⌜v = #true⌝ }}.
  Proof.
    iIntros (Hlaw). rewrite /cell_changes.
    wp_alloc l as "Hl" "_". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod (na_alloc (Σ:=Σ)) as (p) "Hna". iMod lft_create as (κ) "[Hκ _]".
    iMod (cell_share ⊤ κ p nroot is_int with "Hl") as "[#Hc _]"; [done|by exists 1%Z|].
    iMod (Hlaw with "Hc") as (z) "#Hread".
    wp_apply ("Hread" with "[$Hκ $Hna]"). iIntros "[Hκ Hna]". wp_pures.
    wp_apply (cell_set_spec with "[$Hc $Hκ $Hna]"); [done|by exists 2%Z|].
    iIntros "[Hκ Hna]". wp_pures.
    wp_apply ("Hread" with "[$Hκ $Hna]"). iIntros "_". wp_pures.
    by rewrite bool_decide_eq_true_2.
  Qed.
End law.

(** A read of a shared cell has no value that is known before. *)
Theorem no_cell_snapshot Σ `{!lrustGpreS Σ, !na_invG Σ, !lftG Σ} :
  ¬ ∀ `{!lrustGS Σ}, law_cell_snapshot (Σ:=Σ).
Proof.
  intros Hlaw.
  apply (run_program_value_refutes _ _ _ _ NotStuck (λ v, v = #true%V) _ cell_changes_runs);
    [done|].
  apply (lrust_adequacy Σ). intros HΣ Huntracked. by apply cell_changes_spec.
Qed.
