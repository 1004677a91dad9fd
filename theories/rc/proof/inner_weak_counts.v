(** * [rc/inner.rs]: proofs about the counts that a hold reads

Both functions have locals in memory, for which they want a lease. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle inner_counts inner_share.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (l h : loc).
  Implicit Types (q r : Qp) (j m w : nat) (F : coPset) (T : tparam).

  (** With share 1 the result is at most [k]. *)
  Lemma Hold_strong_count_spec T h q F γ l r (k : nat) j qk mk :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
      Hold_strong_count T [ #h ]
    {{{ (m : nat), RET ret_val #(Z.of_nat m);
        ⌜in_int_range usize (Z.of_nat m) ∧ (m = 0 ∨ k ≤ m) ∧
          (r = 1%Qp → (m = 0 ∨ m = k) ∧ 0 < k)⌝ ∗
        heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
  Proof.
    iIntros (HF Hkj Φ) "(Hk & Hna & Hh & #Hb & Hreg) HΦ".
    iMod (ref_open with "Hb Hreg Hna")
      as (st w) "((%HsW & Hl & Hw) & Hregs & Hreg & %Hk & Hst & Hna & Hclose)"; [done..|].
    assert (∃ m : nat, state_word st = Z.of_nat m ∧ (m = 0 ∨ m = state_strong st))
      as (m & Hst & Hm).
    { destruct st as [| |n ?]; simpl; [exists 0; lia..|exists (Pos.to_nat n); lia]. }
    mir_rec. mir_new o as "Ho" "Ho†" with "Hk". mir.
    mir_new e as "He" "He†" with "Hk".
    iEval (rewrite /= heap_pointsto_vec_singleton) in "Ho". mir.
    mir_delete "He" "He†" with "Hk". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Ho". mir_delete "Ho" "Ho†" with "Hk". mir.
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
    { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
    rewrite Hst in HsW |- *.
    iModIntro. iApply "HΦ". iFrame "Hna Hh Hb Hreg". iSplitR.
    { iPureIntro. destruct Hk as (_ & Hk & _ & Hr). split_and!; [by destruct HsW|lia|].
      intros Hr1. destruct (Hr Hr1) as (? & ? & ?). lia. }
    mir_lease "Hk".
  Qed.
  Lemma Hold_strong_count_dangling_spec T h q :
    {{{ h ↦{q} #0 }}} Hold_strong_count T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.

  (** 0 where the content is not shared. *)
  Lemma Hold_weak_count_spec T h q F γ l r (k : nat) j qk mk :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
      Hold_weak_count T [ #h ]
    {{{ (m : nat), RET ret_val #(Z.of_nat m);
        ⌜(m = 0 ∨ j ≤ m) ∧ (r = 1%Qp → (m = 0 ∨ m = j) ∧ 0 < k)⌝ ∗
        heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
  Proof.
    iIntros (HF Hkj Φ) "(Hk & Hna & Hh & #Hb & Hreg) HΦ".
    iMod (ref_open with "Hb Hreg Hna")
      as (st w) "((%HsW & Hl & Hw) & Hregs & Hreg & %Hk & Hst & Hna & Hclose)"; [done..|].
    mir_rec. wp_alloc s as "Hs" "Hs†" with "Hk".
    iEval (rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton) in "Hs".
    iDestruct "Hs" as "[Hs Hs1]". mir.
    iAssert (∀ v v', s ↦ v -∗ (s +ₗ 1) ↦ v' -∗ s ↦∗ [v; v'])%I as "Hback".
    { iIntros (v v') "H H'". rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    destruct (decide (state_word st = 0%Z)) as [Hs0|Hs0].
    - rewrite bool_decide_eq_true_2; [|lia]. mir.
      iDestruct ("Hback" with "Hs Hs1") as "Hs". wp_free with "Hk". mir.
      iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
      { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
      iModIntro. iApply ("HΦ" $! 0). iFrame "Hk Hna Hh Hb Hreg". iPureIntro. naive_solver.
    - destruct st as [| |n x]; [done..|]. simpl in Hk.
      destruct (usize_weak_sub w (proj2 HsW)) as [Hsub Hover].
      rewrite bool_decide_eq_false_2; [|simpl; lia]. mir.
      iDestruct ("Hback" with "Hs Hs1") as "Hs". wp_free with "Hk". mir.
      iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
      { iNext. iApply (ref_close _ _ _ (Shared n x) with "[Hl Hw] Hregs Hst"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hk Hna Hh Hb Hreg". iPureIntro.
      destruct Hk as (? & ? & ? & Hk). split; [lia|]. intros Hr. destruct (Hk Hr). lia.
  Qed.
  Lemma Hold_weak_count_dangling_spec T h q qk mk :
    {{{ heap_lease qk mk ∗ h ↦{q} #0 }}}
      Hold_weak_count T [ #h ]
    {{{ RET ret_val #0; heap_lease qk mk ∗ h ↦{q} #0 }}}.
  Proof.
    iIntros (Φ) "[Hk Hh] HΦ". mir_rec. wp_alloc s as "Hs" "Hs†" with "Hk".
    iEval (rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton) in "Hs".
    iDestruct "Hs" as "[Hs Hs1]". mir.
    iAssert (∀ v v', s ↦ v -∗ (s +ₗ 1) ↦ v' -∗ s ↦∗ [v; v'])%I as "Hback".
    { iIntros (v v') "H H'". rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    iDestruct ("Hback" with "Hs Hs1") as "Hs". wp_free with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame.
  Qed.
End specs.
