(** * [rc/inner.rs]: proofs about drops, where the destructor may unwind

[Share::drop] runs the destructor of the content if it was the last share, and drops the
implicit weak handle after it, on either end of the destructor: so the value is gone, the
block is released, and a panic goes on. [Hold::drop] runs no user code and does not unwind.

[drop_last] has a local in memory. What allocates wants a lease, and gives it back. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle specs_strong inner_counts.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (s W : Z) (F : coPset) (T : tparam).

  (** ** Holds *)
  (** Of several handles a weak one goes. *)
  Lemma Hold_drop_ref_spec T h q F γ l r (k : nat) j :
    ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k (j + 1) }}}
      Hold_drop T [ #h ]
    {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
  Proof.
    iIntros (HF HT Φ) "(Hna & Hh & #Hb & Hreg) HΦ".
    iMod (ref_open with "Hb Hreg Hna")
      as (st w) "(([%Hs %HW] & Hl & Hw) & Hregs & Hreg & %Hk & Hst & Hna & Hclose)";
      [done|lia|].
    assert (∃ w', w = w' + 1) as [w' ->] by (exists (w - 1); lia).
    mir_rec. wp_apply (Count_decrement_spec with "Hw"); [done|rewrite /state_weak; lia|].
    iIntros "[%HW' Hw]".
    assert (state_weak st (w' + 1) - 1 = state_weak st w')%Z as HWw by (rewrite /state_weak; lia).
    rewrite HWw. rewrite HWw in HW'. mir. case_bool_decide as HW1; mir.
    - destruct st as [| |n x]; rewrite /state_weak /= in HW1; [|lia..]. simpl in Hk.
      assert (w' = 0) as -> by lia. assert (k = 0 ∧ j = 0) as [-> ->] by lia.
      iDestruct "Hst" as "[_ [Hmem _]]".
      iMod (regs_free_weak with "Hregs Hreg") as "(Hlease & Hreg & Hfreed)".
      iDestruct "Hmem" as (vl) "(%Hlen & Hd & H†)". rewrite /rc_dealloc -HT. iApply wp_fupd.
      wp_apply (Block_free_spec with "[$Hlease $Hl $Hw $Hd $H†]"); [by rewrite HT|].
      iIntros "Hlease". iMod ("Hclose" with "[$Hna Hfreed Hlease]") as "Hna".
      { iNext. iRight. iApply "Hfreed". by iLeft. }
      iModIntro. mir. iModIntro. iApply "HΦ". by iFrame "Hna Hh Hb Hreg".
    - iMod (regs_recount _ _ _ (state_strong st) _ w' _ _ k _ j with "Hregs Hreg")
        as "[Hregs Hreg]"; [done|destruct st; simpl in *; rewrite /state_weak /= in HW1; lia|lia..|].
      iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
      { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
      iModIntro. iApply "HΦ". by iFrame "Hna Hh Hb Hreg".
  Qed.
  Lemma Hold_drop_spec T h q F γ l r j :
    ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
    {{{ na_own p F ∗ h ↦{q} #l ∗ weak_own SO γ l r (j + 1) }}}
      Hold_drop T [ #h ]
    {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ weak_own SO γ l r j }}}.
  Proof. apply Hold_drop_ref_spec. Qed.
  (** It may be the last handle of all; then the memory is freed. *)
  Lemma Hold_drop_last_spec T h q F γ l r j :
    ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r (j + 1) }}}
      Hold_drop T [ #h ]
    {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j }}}.
  Proof.
    iIntros (HF HT Φ) "(Hna & Hh & Hlast) HΦ". rewrite rc_last_own_halves.
    iDestruct "Hlast" as "[Hlast Hweak]".
    wp_apply (Hold_drop_spec with "[$Hna $Hh $Hweak]"); [done..|]. iIntros "(Hna & Hh & Hweak)".
    iApply "HΦ". iFrame "Hna Hh". rewrite (rc_last_own_halves _ _ _ r j). iFrame.
  Qed.
  Lemma Hold_drop_dangling_spec T h q :
    {{{ h ↦{q} #0 }}} Hold_drop T [ #h ] {{{ RET ret_val #☠; h ↦{q} #0 }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.

  (** The strong side goes, and with it the implicit weak handle. *)
  Lemma Hold_drop_implicit_spec T h q F γ l r j :
    ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
    {{{ na_own p F ∗ h ↦{q} #l ∗ unique_rc_at SO γ l r j ∗ rc_dead SO γ ∗
        block_memory (τ:=τ) l }}}
      Hold_drop T [ #h ]
    {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j }}}.
  Proof.
    iIntros (HF HT Φ) "(Hna & Hh & Hu & #Hdead & Hmem) HΦ".
    iMod (unique_open with "Hu Hna")
      as (w) "(([_ %HW] & Hl & Hw) & Hregs & Hbody & _ & Hu & Hreg & #Hb & [% %] & Hna &
        Hclose)"; [done|].
    mir_rec. wp_apply (Count_decrement_spec with "Hw"); [done|lia|].
    iIntros "[%HW' Hw]". rewrite Z.add_simpl_r. rewrite Z.add_simpl_r in HW'.
    mir. case_bool_decide as Hw0; mir.
    - assert (w = 0) as -> by lia. assert (j = 0) as -> by lia.
      iMod (regs_free with "Hregs Hreg") as "(Hlease & Hlast & Hfreed)".
      iDestruct "Hmem" as (vl) "(%Hlen & Hd & H†)". rewrite /rc_dealloc -HT. iApply wp_fupd.
      wp_apply (Block_free_spec with "[$Hlease $Hl $Hw $Hd $H†]"); [by rewrite HT|].
      iIntros "Hlease". iMod ("Hclose" with "[$Hna Hfreed Hlease]") as "Hna".
      { iNext. iRight. iApply "Hfreed". by iLeft. }
      iModIntro. mir. iModIntro. iApply "HΦ". by iFrame "Hna Hh Hb Hlast Hdead".
    - iMod (regs_end with "Hregs Hreg") as "[Hregs Hlast]"; [lia..|].
      iMod (count_body_free with "Hbody Hu") as "Hbody".
      iMod ("Hclose" with "[$Hna Hl Hw Hregs Hbody Hmem]") as "Hna".
      { iNext. iApply (ref_close _ _ _ Idle with "[Hl Hw] Hregs [$Hbody $Hmem $Hdead]").
        rewrite /state_weak /= Z.add_0_r. by iFrame. }
      iModIntro. iApply "HΦ". by iFrame "Hna Hh Hb Hlast Hdead".
  Qed.

  (** One of several handles goes from the ghost state. *)
  Local Lemma rc_ghost_drop_keep γ l i a n w r k j :
    rc_ghost SO γ l i a n w -∗ rc_mine SO γ l i a r (k + 1) j ==∗
    ∃ n', ⌜n = (n' + 1)%positive⌝ ∗ rc_ghost SO γ l i a n' w ∗ rc_mine SO γ l i a r k j.
  Proof.
    iIntros "Hg [Hreg Htok]". iDestruct (rc_ghost_agree with "Hg Hreg") as %(? & _).
    rewrite Pos2Nat.inj_add rc_tok_op. iDestruct "Htok" as "[Htok Htok']".
    iMod (rc_ghost_drop SO (Pos.to_nat k) with "Hg Hreg Htok'") as (n' ->) "[Hg Hreg]"; [lia|].
    iModIntro. iExists n'. by iFrame.
  Qed.

  (** ** Shares *)
  (** One of several shares goes: the destructor does not run, whatever it is. *)
  Lemma Share_drop_keep_spec T h q F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r (k + 1) j }}}
      Share_drop T [ #h ]
    {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)"; [done|].
    mir_rec. wp_apply (Count_decrement_spec with "Hl"); [done..|]. iIntros "[%Hn' Hl]". mir.
    rewrite bool_decide_eq_false_2; [|lia]. mir.
    iMod (rc_ghost_drop_keep with "Hg Hm") as (n' ->) "[Hg Hm]".
    rewrite Pos2Z.inj_add Z.add_simpl_r. rewrite Pos2Z.inj_add Z.add_simpl_r in Hn'.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hh Hb Hm".
  Qed.

  (** The content is destroyed, and then the implicit weak handle goes, on both ends. *)
  Lemma Share_drop_last_spec T h q F (Q U : nat → iProp Σ) γ l r j qk m :
    ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
    {{{ heap_lease qk m ∗ h ↦{q} #l ∗ rc_dead SO γ ∗
        (WP tp_glue T [ #(l +ₗ 2) ] {{ e, ∃ wl' j', ⌜length wl' = ty_size τ⌝ ∗ na_own p F ∗
          unique_rc_at SO γ l r j' ∗ (l +ₗ 2) ↦∗ wl' ∗ rc_dealloc τ l ∗
          ends (λ _, Q j') (U j') e }}) }}}
      Share_drop_last T [ #h ]
    {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗
        ∃ j', rc_last_own SO γ l r j' ∗ ends (λ v, ⌜v = #☠⌝ ∗ Q j') (U j') e }}}.
  Proof.
    iIntros (HF HT Φ) "(Hk & Hh & #Hdead & Hglue) HΦ". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    iApply (wp_wand with "Hglue").
    iIntros (e) "(%wl' & %j' & %Hlen & Hna & Hu & Hd & H† & He)".
    iAssert (∀ Ψ : val → iProp Σ,
      (na_own p F -∗ s ↦ #l -∗ rc_last_own SO γ l r j' -∗ Ψ (ret_val #☠)) -∗
      WP Hold_drop T [ #s ] {{ Ψ }})%I with "[Hna Hu Hd H† Hs]" as "Hdrop".
    { iIntros (Ψ) "HΨ".
      wp_apply (Hold_drop_implicit_spec with "[$Hna $Hs $Hu $Hdead Hd H†]"); [done..| |].
      { iExists wl'. by iFrame. }
      iIntros "(Hna & Hs & Hlast)". iApply ("HΨ" with "Hna Hs Hlast"). }
    mir_ends "He" as "HQ" | "HU"; mir; iApply "Hdrop"; iIntros "Hna Hs Hlast"; mir;
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hs"; wp_free with "Hk"; mir; iModIntro;
      iApply "HΦ"; iFrame "Hk Hna Hh"; iExists j'; iFrame "Hlast".
    - iApply ends_ret. by iFrame.
    - by iApply ends_unw.
  Qed.

  (** The only share of an owner goes. If it is the last, the destructor runs, with what the
  caller gives it, [P]. It knows that its content is not shared any more, and the weak
  handles of the owner are lent to it, as it may drop some. *)
  Lemma Share_drop_lend_spec T h q F (P : iProp Σ) (Q U : nat → iProp Σ) γ i l a r j qk m :
    ↑N ⊆ F → tp_cells T = ty_size τ →
    {{{ heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r 1 j ∗ P ∗
        (∀ wl, ⌜R a wl⌝ -∗ rc_dead SO γ -∗ P -∗ na_own p F -∗ weak_own SO γ l (r / 2) j -∗
          (l +ₗ 2) ↦∗ wl -∗ ty_own τ wl -∗
          WP tp_glue T [ #(l +ₗ 2) ] {{ e, ∃ wl' j', ⌜length wl' = ty_size τ⌝ ∗ na_own p F ∗
            weak_own SO γ l (r / 2) j' ∗ (l +ₗ 2) ↦∗ wl' ∗ ends (λ _, Q j') (U j') e }}) }}}
      Share_drop T [ #h ]
    {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗
        ((⌜e = ret_val #☠ ∧ r ≠ 1%Qp⌝ ∗ weak_own SO γ l r j ∗ P) ∨
         ∃ j', rc_last_own SO γ l r j' ∗ ends (λ v, ⌜v = #☠⌝ ∗ Q j') (U j') e) }}}.
  Proof.
    iIntros (HF HT Φ) "(Hk & Hna & Hh & Hrc & HP & Hglue) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)".
    { by apply countN_subseteq. }
    mir_rec. wp_apply (Count_decrement_spec with "Hl"); [done..|]. iIntros "[%Hn' Hl]".
    destruct (decide (n = 1%positive)) as [->|Hn1].
    - (** The last share: the sharing ends, and all of the content comes out. *)
      iMod (rc_close_unique with "Hb Hl Hw Hg Hm Hna Hclose") as "(Hna & Hu & #Hdead & Hso)"; [done|].
      wp_bind (Rec _ _ _).
      iApply (wp_step_fupd _ _ ∅ _ (▷ rc_content R τ (l, a) ∗ na_own p F)
        with "[Hso Hna]"); [set_solver| |].
      { iApply (so_P1_end SO _ _ F with "Hso Hna"). by apply contentN_subseteq. }
      wp_closure. iIntros "!> [Hcontent Hna] !>". mir. rewrite bool_decide_eq_true_2; [|done]. mir.
      iDestruct "Hcontent" as (wl) "(%HR & Hd & Hwl & H†)".
      iDestruct "Hu" as "(_ & Hu & Hreg)".
      iAssert (reg SO γ (r / 2) 1 0 ∗ reg SO γ (r / 2) 0 j)%I with "[Hreg]"
        as "[Hreg Hreg']"; [by rewrite -reg_tok_op Qp.div_2|].
      wp_apply (Share_drop_last_spec T h q F Q U γ l r j with "[$Hk $Hh $Hdead Hglue HP Hna Hreg Hreg' Hu Hd Hwl H†]").
      { by apply countN_subseteq. }
      { done. }
      { iApply (wp_wand with "[Hglue HP Hna Hreg' Hd Hwl]").
        { iApply ("Hglue" with "[//] Hdead HP Hna [Hreg'] Hd Hwl"). by iFrame "Hb Hreg'". }
        iIntros (e) "(%wl' & %j' & %Hlen & Hna & [_ Hreg'] & Hd & He)". iExists wl', j'.
        iCombine "Hreg Hreg'" as "Hreg". rewrite -reg_tok_op Qp.div_2.
        iFrame "Hna Hd H† He". iSplitR; [done|]. rewrite /unique_rc_at. by iFrame "Hb Hu Hreg". }
      iIntros (e) "(Hk & Hna & Hh & %j' & Hlast & He)".
      iDestruct "He" as "[(%v & -> & -> & HQ)|[-> HU]]"; mir; iModIntro; iApply "HΦ";
        iFrame "Hk Hna Hh"; iRight; iExists j'; iFrame "Hlast".
      + iApply ends_ret. by iFrame.
      + by iApply ends_unw.
    - (** Others remain. *)
      mir. rewrite bool_decide_eq_false_2; [|lia]. mir. iDestruct "Hm" as "[Hreg Htok]".
      iMod (rc_ghost_drop SO 0 with "Hg Hreg Htok") as (n' ->) "[Hg Hreg]"; [lia|].
      rewrite Pos2Z.inj_add Z.add_simpl_r. rewrite Pos2Z.inj_add Z.add_simpl_r in Hn'.
      iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hk Hna Hh". iLeft. iFrame "Hb Hreg HP".
      iPureIntro. split; [done|]. intros ->. destruct Hk as (_ & _ & Hk). destruct (Hk eq_refl). lia.
  Qed.

  (** One share goes. If it was the caller's only one, it may have been the last one; then
  the destructor has run, to one of its ends. *)
  Lemma Share_drop_spec T h q F D U γ i l a r k j qk m :
    ↑N ⊆ F → tp_cells T = ty_size τ →
    {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease qk m ∗ na_own p F ∗
        h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Share_drop T [ #h ]
    {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗
        ((∃ k', ⌜e = ret_val #☠ ∧ k = (k' + 1)%positive⌝ ∗ rc_own SO γ i l a r k' j) ∨
         (⌜e = ret_val #☠ ∧ k = 1%positive ∧ r ≠ 1%Qp⌝ ∗ weak_own SO γ l r j) ∨
         (⌜k = 1%positive⌝ ∗ rc_last_own SO γ l r j ∗
           ∃ wl, ⌜R a wl⌝ ∗ ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e)) }}}.
  Proof.
    iIntros (HF HT Φ) "(#Hglue & Hk & Hna & Hh & Hrc) HΦ".
    destruct (decide (k = 1%positive)) as [->|Hk1]; last first.
    { assert (∃ k', k = (k' + 1)%positive) as [k' ->] by (exists (Pos.pred k); lia).
      wp_apply (Share_drop_keep_spec with "[$Hna $Hh $Hrc]"); [by apply countN_subseteq|].
      iIntros "(Hna & Hh & Hrc)". iApply "HΦ". iFrame "Hk Hna Hh". iLeft. iExists k'. by iFrame. }
    wp_apply (Share_drop_lend_spec T h q F True
      (λ j', ⌜j' = j⌝ ∗ ∃ wl, ⌜R a wl⌝ ∗ D wl)%I (λ j', ⌜j' = j⌝ ∗ ∃ wl, ⌜R a wl⌝ ∗ U wl)%I
      with "[$Hk $Hna $Hh $Hrc]"); [done..| |].
    { iSplitR; [done|]. iIntros (wl) "%HR _ _ Hna Hweak Hd Hwl".
      iApply ("Hglue" with "[$Hna $Hd $Hwl]").
      iIntros "!>" (e wl') "(Hna & Hd & %Hlen & He)". iExists wl', j.
      iFrame "Hna Hweak Hd". iSplitR; [done|]. iApply (ends_mono with "[] He").
      iSplit; [iIntros (v) "H"|iIntros "H"]; (iSplitR; [done|]); iExists wl; by iFrame. }
    iIntros (e) "(Hk & Hna & Hh & H)". iApply "HΦ". iFrame "Hk Hna Hh". iRight.
    iDestruct "H" as "[([-> %Hr] & H & _)|(%j' & H & He)]"; [iLeft; by iFrame|iRight].
    iSplitR; [done|].
    iDestruct "He" as "[(%v & -> & -> & -> & %wl & %HR & HD)|[-> (-> & %wl & %HR & HU)]]";
      iFrame "H"; iExists wl; (iSplitR; [done|]).
    - iApply ends_ret. by iFrame.
    - by iApply ends_unw.
  Qed.
End specs.
