(** * [rc/inner.rs]: proofs about operations with the counts in hand

The [_at] forms of [specs_counts.v], of the crate's own functions, and what follows of them
where a strong handle is at hand, or where the content is known not to be shared. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base.
From tally.rc.proof Require Import handle specs_counts specs_strong specs_weak inner_counts
  inner_share.
From tally.prelude Require Import options.

(** What [upgrade] answers in a state. *)
Definition hold_upgrade_of {I : Type} (st : rc_state I) (l : loc) : val :=
  match st with Shared _ _ => some_val #l | _ => none_val end.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (F : coPset) (T : tparam).
  Implicit Types (st : rc_state (so_id SO)).

  Lemma Share_strong_count_at T h q γ l st w :
    {{{ h ↦{q} #l ∗ rc_counts SO γ l st w }}}
      Share_strong_count T [ #h ]
    {{{ RET ret_val #(rc_strong_of st); h ↦{q} #l ∗ rc_counts SO γ l st w }}}.
  Proof.
    iIntros (Φ) "[Hh (Hb & (% & Hl & Hw) & Hrest)] HΦ". mir_rec. iModIntro.
    iApply "HΦ". iFrame "Hh". rewrite /rc_counts /block_cells. by iFrame.
  Qed.
  Lemma Share_weak_count_at T h q γ l n x w :
    {{{ h ↦{q} #l ∗ rc_counts SO γ l (Shared n x) w }}}
      Share_weak_count T [ #h ]
    {{{ RET ret_val #(Z.of_nat w); h ↦{q} #l ∗ rc_counts SO γ l (Shared n x) w }}}.
  Proof.
    iIntros (Φ) "[Hh (Hb & ([%Hn %HW] & Hl & Hw) & Hrest)] HΦ".
    destruct (usize_weak_sub w HW) as [Hsub Hover].
    iEval (rewrite /state_weak /=) in "Hw". mir_rec. iModIntro.
    iApply "HΦ". iFrame "Hh". rewrite /rc_counts /block_cells. by iFrame.
  Qed.
  Lemma Share_clone_at T h q γ l i a n w r k j :
    {{{ h ↦{q} #l ∗ rc_counts SO γ l (Shared n (i, a)) w ∗ rc_own SO γ i l a r k j }}}
      Share_clone T [ #h ]
    {{{ RET ret_val #l; h ↦{q} #l ∗
        rc_counts SO γ l (Shared (n + 1) (i, a)) w ∗ rc_own SO γ i l a r (k + 1) j }}}.
  Proof.
    iIntros (Φ) "(Hh & (#Hb & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hclose) & (_ & Hm)) HΦ".
    iDestruct (specs_counts.counts_strip with "Hst") as "[Hbody _]".
    mir_rec. wp_apply (Count_increment_spec with "Hl"); [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_clone with "[$Hregs $Hbody] Hm") as "[[Hregs Hbody] Hm]".
    mir. iModIntro. iApply "HΦ". iFrame "Hh". iSplitR "Hm"; [|by iFrame "Hb Hm"].
    iApply (specs_counts.rc_counts_make _ _ _ (Shared (n + 1) (i, a)) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); [|by iFrame].
    rewrite /block_cells /= Pos2Z.inj_add. by iFrame.
  Qed.
  Lemma Share_downgrade_at T h q γ l i a n x w r k j :
    {{{ h ↦{q} #l ∗ rc_counts SO γ l (Shared n x) w ∗ rc_own SO γ i l a r k j }}}
      Share_downgrade T [ #h ]
    {{{ RET ret_val #l; h ↦{q} #l ∗
        rc_counts SO γ l (Shared n x) (w + 1) ∗ rc_own SO γ i l a r k (j + 1) }}}.
  Proof.
    iIntros (Φ) "(Hh & (#Hb & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hclose) & (_ & Hreg & Htok)) HΦ".
    iDestruct (specs_counts.counts_strip with "Hst") as "[Hbody _]".
    mir_rec. wp_apply (Count_increment_spec with "Hw"); [done|]. iIntros "[%HW' Hw]".
    iMod (regs_recount _ _ (Pos.to_nat n) (Pos.to_nat n) w (w + 1) _
      (Pos.to_nat k) (Pos.to_nat k) j (j + 1) with "Hregs Hreg") as "[Hregs Hreg]"; [lia..|].
    mir. iModIntro. iApply "HΦ". iFrame "Hh". iSplitR "Hreg Htok"; [|by iFrame "Hb Hreg Htok"].
    iApply (specs_counts.rc_counts_make _ _ _ (Shared n x) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); [|by iFrame].
    assert (state_weak (Shared n x) (w + 1) = state_weak (Shared n x) w + 1)%Z as ->.
    { rewrite /state_weak. lia. }
    by iFrame.
  Qed.
  Lemma Hold_upgrade_at T h q γ l st w r (k j : nat) :
    {{{ h ↦{q} #l ∗ rc_counts SO γ l st w ∗ rc_ref SO γ l r k j }}}
      Hold_upgrade T [ #h ]
    {{{ RET ret_val (hold_upgrade_of st l); h ↦{q} #l ∗
        match st with
        | Shared n (i, a) => rc_counts SO γ l (Shared (n + 1) (i, a)) w ∗
            rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j
        | _ => rc_counts SO γ l st w ∗ rc_ref SO γ l r k j
        end }}}.
  Proof.
    iIntros (Φ) "(Hh & (#Hb & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hclose) & (_ & Hreg)) HΦ".
    iDestruct (specs_counts.counts_strip with "Hst") as "Hst".
    destruct st as [|t|n [i a]]; simpl; mir_rec.
    { iModIntro. iApply "HΦ". iFrame "Hh". iSplitR "Hreg"; [|by iFrame "Hb Hreg"].
      iApply (specs_counts.rc_counts_make _ _ _ Idle with "Hb [Hl Hw] Hregs Hst Hclose"). by iFrame. }
    { iModIntro. iApply "HΦ". iFrame "Hh". iSplitR "Hreg"; [|by iFrame "Hb Hreg"].
      iApply (specs_counts.rc_counts_make _ _ _ (Exclusive t) with "Hb [Hl Hw] Hregs Hst Hclose"). by iFrame. }
    iDestruct "Hst" as "[Hbody _]".
    wp_apply (Count_increment_spec with "Hl"); [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_upgrade with "[$Hregs $Hbody] Hreg") as "([Hregs Hbody] & Hreg & Htok)".
    mir. iModIntro. iApply "HΦ". iFrame "Hh".
    iAssert (reg SO γ (r / 2 + r / 2) (1 + k) (0 + j)) with "[Hreg]" as "Hreg".
    { by rewrite Qp.div_2 Nat.add_comm. }
    rewrite /reg reg_tok_op. iDestruct "Hreg" as "[Hreg1 Hreg2]".
    iSplitR "Htok Hreg1 Hreg2".
    { iApply (specs_counts.rc_counts_make _ _ _ (Shared (n + 1) (i, a)) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); [|by iFrame].
      rewrite /block_cells /= Pos2Z.inj_add. by iFrame. }
    iSplitR "Hreg2"; [by iFrame "Hb Hreg1 Htok"|by iFrame "Hb Hreg2"].
  Qed.
  (** A handle that is not the last one goes: the destructor does not run. *)
  Lemma Share_drop_at T h q γ l i a n w r j :
    n ≠ 1%positive →
    {{{ h ↦{q} #l ∗ rc_counts SO γ l (Shared n (i, a)) w ∗ rc_own SO γ i l a r 1 j }}}
      Share_drop T [ #h ]
    {{{ RET ret_val #☠; h ↦{q} #l ∗
        rc_counts SO γ l (Shared (Pos.pred n) (i, a)) w ∗ weak_own SO γ l r j }}}.
  Proof.
    iIntros (Hn1 Φ) "(Hh & (#Hb & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hclose) & (_ & Hreg & Htok)) HΦ".
    iDestruct (specs_counts.counts_strip with "Hst") as "[Hbody _]". simpl in Hn.
    mir_rec. wp_apply (Count_decrement_spec with "Hl"); [done..|]. iIntros "[%Hn' Hl]". mir.
    rewrite bool_decide_eq_false_2; [|simpl; lia]. mir.
    iMod (rc_ghost_drop SO 0 with "[$Hregs $Hbody] Hreg Htok")
      as (n' ->) "[[Hregs Hbody] Hreg]"; [done|].
    rewrite Pos.add_1_r Pos.pred_succ. iModIntro. iApply "HΦ". iFrame "Hh".
    iSplitR "Hreg"; [|by iFrame "Hb Hreg"].
    assert (Z.pos (n' + 1) - 1 = Z.pos n')%Z as Heq by lia. rewrite /= Heq in Hn'.
    iEval (rewrite /= -Pos.add_1_r Heq) in "Hl".
    iApply (specs_counts.rc_counts_make _ _ _ (Shared n' (i, a)) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); by iFrame.
  Qed.

  (** ** The counts of weak handles *)
  Lemma Hold_strong_count_at T h q γ l st w qk mk :
    {{{ heap_lease qk mk ∗ h ↦{q} #l ∗ rc_counts SO γ l st w }}}
      Hold_strong_count T [ #h ]
    {{{ RET ret_val #(rc_strong_of st); heap_lease qk mk ∗ h ↦{q} #l ∗ rc_counts SO γ l st w }}}.
  Proof.
    iIntros (Φ) "(Hk & Hh & (Hb & (% & Hl & Hw) & Hrest)) HΦ".
    mir_rec. mir_new o as "Ho" "Ho†" with "Hk". mir.
    mir_new e as "He" "He†" with "Hk".
    iEval (rewrite /= heap_pointsto_vec_singleton) in "Ho". mir.
    mir_delete "He" "He†" with "Hk". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Ho". mir_delete "Ho" "Ho†" with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame "Hh". iSplitL "Hk"; [mir_lease "Hk"|].
    rewrite /rc_counts /block_cells. by iFrame.
  Qed.
  Lemma Hold_weak_count_at T h q γ l st w qk mk :
    {{{ heap_lease qk mk ∗ h ↦{q} #l ∗ rc_counts SO γ l st w }}}
      Hold_weak_count T [ #h ]
    {{{ RET ret_val #(rc_weak_of st w); heap_lease qk mk ∗ h ↦{q} #l ∗ rc_counts SO γ l st w }}}.
  Proof.
    iIntros (Φ) "(Hk & Hh & (Hb & ([%Hn %HW] & Hl & Hw) & Hrest)) HΦ".
    mir_rec. wp_alloc s as "Hs" "Hs†" with "Hk".
    iEval (rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton) in "Hs".
    iDestruct "Hs" as "[Hs Hs1]". mir.
    iAssert (∀ v v', s ↦ v -∗ (s +ₗ 1) ↦ v' -∗ s ↦∗ [v; v'])%I as "Hback".
    { iIntros (v v') "H H'". rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    destruct (decide (state_word st = 0%Z)) as [Hs0|Hs0].
    - rewrite bool_decide_eq_true_2; [|lia]. mir.
      iDestruct ("Hback" with "Hs Hs1") as "Hs". wp_free with "Hk". mir. iModIntro.
      assert (rc_weak_of st w = 0%Z) as <- by by destruct st.
      iApply "HΦ". iFrame "Hk Hh". rewrite /rc_counts /block_cells. by iFrame.
    - destruct st as [| |n x]; [done..|].
      destruct (usize_weak_sub w HW) as [Hsub Hover].
      iEval (rewrite /state_weak /=) in "Hw".
      rewrite bool_decide_eq_false_2; [|simpl; lia]. mir.
      iDestruct ("Hback" with "Hs Hs1") as "Hs". wp_free with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hk Hh". rewrite /rc_counts /block_cells. by iFrame.
  Qed.

  (** ** With a strong handle at hand *)
  Lemma Hold_strong_count_rc_spec T h q F γ i l a r (k : positive) j qk mk :
    ↑rc_countN N l ⊆ F →
    {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Hold_strong_count T [ #h ]
    {{{ (m : positive), RET ret_val #(Z.pos m);
        ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
        heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "(Hk & Hna & Hh & Hrc) HΦ". iApply wp_fupd.
    iMod (rc_own_counts SO F with "Hrc Hna") as (n w) "([% %] & % & Hrc & Hcounts & Hclose)"; [done|].
    wp_apply (Hold_strong_count_at T with "[$Hk $Hh $Hcounts]"). iIntros "(Hk & Hh & Hcounts)".
    iMod ("Hclose" with "Hcounts") as "Hna". iModIntro. iApply ("HΦ" $! n). iFrame. naive_solver.
  Qed.
  Lemma Hold_weak_count_rc_spec T h q F γ i l a r (k : positive) j qk mk :
    ↑rc_countN N l ⊆ F →
    {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Hold_weak_count T [ #h ]
    {{{ (m : nat), RET ret_val #(Z.of_nat m);
        ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
        heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "(Hk & Hna & Hh & Hrc) HΦ". iApply wp_fupd.
    iMod (rc_own_counts SO F with "Hrc Hna") as (n w) "([% %] & % & Hrc & Hcounts & Hclose)"; [done|].
    wp_apply (Hold_weak_count_at T with "[$Hk $Hh $Hcounts]"). iIntros "(Hk & Hh & Hcounts)".
    iMod ("Hclose" with "Hcounts") as "Hna". iModIntro. iApply ("HΦ" $! w). iFrame. naive_solver.
  Qed.

  (** ** The content is not shared *)
  Lemma Hold_upgrade_unshared_spec T h q F γ l r (k : nat) j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
      Hold_upgrade T [ #h ]
    {{{ RET ret_val none_val; na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
        rc_unshared SO γ }}}.
  Proof.
    iIntros (HF Hkj Φ) "(Hna & Hh & Href & Hun) HΦ". iApply wp_fupd.
    iMod (rc_ref_counts SO F with "Href Hun Hna")
      as (st w) "(_ & _ & %Hst & Href & Hun & Hcounts & Hclose)"; [done..|].
    wp_apply (Hold_upgrade_at T with "[$Hh $Hcounts $Href]"). iIntros "[Hh H]".
    destruct st as [| |n x]; simpl; [..|done].
    all: iDestruct "H" as "[Hcounts Href]"; iMod ("Hclose" with "Hcounts") as "Hna".
    all: iModIntro; iApply "HΦ"; iFrame.
  Qed.
  Lemma Hold_strong_count_unshared_spec T h q F γ l r (k : nat) j qk mk :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
      Hold_strong_count T [ #h ]
    {{{ RET ret_val #0; heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
        rc_unshared SO γ }}}.
  Proof.
    iIntros (HF Hkj Φ) "(Hk & Hna & Hh & Href & Hun) HΦ". iApply wp_fupd.
    iMod (rc_ref_counts SO F with "Href Hun Hna")
      as (st w) "(_ & _ & %Hst & Href & Hun & Hcounts & Hclose)"; [done..|].
    wp_apply (Hold_strong_count_at T with "[$Hk $Hh $Hcounts]"). iIntros "(Hk & Hh & Hcounts)".
    simpl in Hst. iMod ("Hclose" with "Hcounts") as "Hna". rewrite Hst. iModIntro.
    iApply "HΦ". iFrame.
  Qed.
  Lemma Hold_weak_count_unshared_spec T h q F γ l r (k : nat) j qk mk :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
      Hold_weak_count T [ #h ]
    {{{ RET ret_val #0; heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
        rc_unshared SO γ }}}.
  Proof.
    iIntros (HF Hkj Φ) "(Hk & Hna & Hh & Href & Hun) HΦ". iApply wp_fupd.
    iMod (rc_ref_counts SO F with "Href Hun Hna")
      as (st w) "(_ & _ & %Hst & Href & Hun & Hcounts & Hclose)"; [done..|].
    wp_apply (Hold_weak_count_at T with "[$Hk $Hh $Hcounts]"). iIntros "(Hk & Hh & Hcounts)".
    assert (rc_weak_of st w = 0%Z) as -> by by destruct st.
    iMod ("Hclose" with "Hcounts") as "Hna". iModIntro. iApply "HΦ". iFrame.
  Qed.
End specs.
