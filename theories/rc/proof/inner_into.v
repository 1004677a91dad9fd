(** * [rc/inner.rs]: [Share::into_whole]

The only handle of any kind becomes a whole: the strong count becomes 0, and the block has a
new name. [value_mut] and [take] of a handle that is not the only one are here, too. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle specs_strong inner_counts inner_share inner_sole
  inner_room.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (F : coPset) (T : tparam).

  Lemma Share_value_mut_other_spec T h q F γ i l a r k j :
    ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Share_value_mut T [ #h ]
    {{{ RET ret_val none_val; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Hother Φ) "H HΦ". mir_rec.
    wp_apply (Share_is_alone_other_spec SO T with "H"); [done..|]. iIntros "H". mir.
    iModIntro. by iApply "HΦ".
  Qed.

  Lemma Share_into_whole_spec T F γ i l a r o q m :
    ↑N ⊆ F →
    {{{ heap_lease q m ∗ rc_spare_lease o ∗ na_own p F ∗ rc_own SO γ i l a r 1 0 }}}
      Share_into_whole T [ #l ]
    {{{ v, RET ret_val v; heap_lease q m ∗ na_own p F ∗
        ((∃ γ' wl, ⌜v = pack_val [ #0; #l]%V ∧ R a wl ∧ rc_lease_of γ' = rc_next_lease γ o⌝ ∗
           unique_rc_own SO γ' l wl 1 0 ∗ rc_old_name SO γ l r o) ∨
         (⌜v = pack_val [ #1; #l]%V ∧ r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗ rc_own SO γ i l a r 1 0)) }}}.
  Proof.
    iIntros (HF Φ) "(Hk & Hspare & Hna & Hrc) HΦ". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_alloc u as "Hu" "Hu†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_apply (Share_is_alone_spec SO T with "[$Hspare $Hna $Hs $Hrc]"); [by apply countN_subseteq|].
    iIntros ([]) "(Hna & Hs & Hrc)"; last first.
    { iDestruct "Hrc" as "(% & Hspare & Hrc)". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hu". wp_free with "Hk". mir.
      iModIntro. iApply "HΦ".
      iFrame "Hk Hna". iRight. by iFrame. }
    iDestruct "Hrc" as (γ' Hγ') "[Hrc Hold]".
    wp_pure _ credit:"H£1". wp_pure _ credit:"H£2". wp_rec. wp_pure _ credit:"H£3".
    iMod (rc_own_apart SO with "H£1 H£2 H£3 Hrc Hna") as "(Hlease & Hl & Hw & Hcontent & Hna)";
      [done|]. rewrite Hγ'. destruct (rc_next_lease γ o) as [q' m'] eqn:Hnext.
    iDestruct "Hcontent" as (wl) "(%HR & Hd & Hwl & H†)". mir.
    iMod (unique_rc_alloc SO with "Hlease Hl Hw") as (γ2) "(%Hγ2 & Hu' & Hlife)".
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hu". wp_free with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame "Hk Hna". iLeft. iExists γ2, wl.
    iSplitR; [by rewrite Hγ2|]. rewrite /unique_rc_own. iFrame.
  Qed.
  (** If the caller owns another handle, of any kind, it gets its handle back. *)
  Lemma Share_into_whole_other_spec T F γ i l a r k j q m :
    ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
    {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r k j }}}
      Share_into_whole T [ #l ]
    {{{ RET ret_val (pack_val [ #1; #l]%V); heap_lease q m ∗ na_own p F ∗
        rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Hother Φ) "(Hk & Hna & Hrc) HΦ". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_alloc u as "Hu" "Hu†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_apply (Share_is_alone_other_spec SO T with "[$Hna $Hs $Hrc]"); [done..|].
    iIntros "(Hna & Hs & Hrc)". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hu". wp_free with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame.
  Qed.
End specs.
