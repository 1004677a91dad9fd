(** * [rc τ]: proofs of the specifications of weak handles

Most are about [rc_ref γ l r k j], handles of any kind: a weak handle is one of it,
and so is what a strong handle, or a [UniqueRc], lends to one who asks for a reference
to a [Weak]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code rc_refine.
From tally.rc.proof Require Import handle specs_strong.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : gname * so_id SO) (l : loc) (a wl : list val).
  Implicit Types (q r : Qp) (n : positive) (k j w : nat) (s W : Z) (E F : coPset).

  (** One weak handle more, made by any handle. *)
  Lemma rc_inc_weak_spec F γ l r k j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
      rc_inc_count [ #(l +ₗ 1) ]
    {{{ RET #☠; na_own p F ∗ rc_ref SO γ l r k (j + 1) }}}.
  Proof.
    iIntros (HF Hkj Φ) "[Hna [#Hb Hreg]] HΦ".
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "(([%Hs %HW] & Hl & Hw) & Hregs & Hreg & % & Hst & Hna & Hclose)"; [done..|].
    iApply wp_fupd. wp_apply (rc_inc_count_spec with "Hw"); [done|]. iIntros "[%HW' Hw]".
    iMod (regs_recount _ _ _ n _ (w + 1) _ _ k _ (j + 1) with "Hregs Hreg")
      as "[Hregs Hreg]"; [lia..|].
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
    { iNext. iApply (ref_close with "[Hl Hw] Hregs [Hst]"); [by iFrame|].
      iDestruct "Hst" as "[(%x & [Hh %] & Hx)|(% & H)]".
      - iLeft. iExists x. iFrame "Hh Hx". iPureIntro. lia.
      - iRight. iFrame "H". iPureIntro. lia. }
    iModIntro. iApply "HΦ". by iFrame "Hna Hb Hreg".
  Qed.

  Lemma rc_downgrade_spec F γ i l a r (k : positive) j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
      rc_downgrade [ #l ]
    {{{ RET #l; na_own p F ∗ is_rc SO γ i l a r k (j + 1) }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ". iDestruct (is_rc_ref with "Hrc") as "[Href Hrc]".
    wp_rec. wp_smart_apply (rc_inc_weak_spec with "[$Hna $Href]"); [done|lia|].
    iIntros "[Hna Href]". wp_pures. iModIntro. iApply "HΦ". iFrame "Hna".
    by iApply "Hrc".
  Qed.

  Lemma weak_new_spec :
    {{{ True }}} weak_new [] {{{ RET #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. iModIntro. by iApply "HΦ". Qed.

  Lemma weak_clone_spec F γ l r k j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
      weak_clone [ #l ]
    {{{ RET #l; na_own p F ∗ rc_ref SO γ l r k (j + 1) }}}.
  Proof.
    iIntros (HF Hkj Φ) "[Hna Href] HΦ". wp_rec. wp_op. wp_if.
    wp_smart_apply (rc_inc_weak_spec with "[$Hna $Href]"); [done..|].
    iIntros "[Hna Href]". wp_pures. iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** Of several handles a weak one goes. *)
  Lemma weak_drop_ref_spec F γ l r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ rc_ref SO γ l r k (j + 1) }}}
      weak_drop (ty_size τ) [ #l ]
    {{{ RET #☠; na_own p F ∗ rc_ref SO γ l r k j }}}.
  Proof.
    iIntros (HF Φ) "[Hna [#Hb Hreg]] HΦ". wp_rec. wp_op. wp_if. wp_rec. wp_op.
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "(([%Hs %HW] & Hl & Hw) & Hregs & Hreg & %Hk & Hst & Hna & Hclose)";
      [done|lia|].
    assert (∃ w', w = w' + 1) as [w' ->] by (exists (w - 1); lia).
    iAssert (▷ ⌜(W = Z.of_nat w' + 2)%Z ∧ 0 < n ∨ (W = Z.of_nat w' + 1)%Z ∧ n = 0⌝)%I
      as "#>%HWw".
    { iNext. iDestruct "Hst" as "[(%x & [_ %] & _)|(% & _)]"; iPureIntro; lia. }
    wp_smart_apply (rc_dec_count_spec with "Hw"); [done|lia|]. iIntros "[%HW' Hw]".
    case_bool_decide as HW1; wp_if.
    - iDestruct "Hst" as "[(%x & [_ %] & _)|([-> [-> %]] & Hmem)]"; [lia|].
      assert (w' = 0) as -> by lia. assert (k = 0 ∧ j = 0) as [-> ->] by lia.
      iMod (regs_free_weak with "Hregs Hreg") as "(Hlease & Hreg & Hfreed)".
      iDestruct "Hmem" as (vl) "(%Hlen & Hd & H†)". iApply wp_fupd.
      wp_apply (wp_free _ _ _ (#0 :: #(W - 1) :: vl) with "[$Hlease Hl Hw Hd H†]").
      { by rewrite /= Hlen. }
      { rewrite !heap_pointsto_vec_cons shift_loc_assoc /= Hlen. iFrame. }
      iIntros "Hlease". iMod ("Hclose" with "[$Hna Hfreed Hlease]") as "Hna".
      { iNext. iRight. iApply "Hfreed". by iLeft. }
      iModIntro. iApply "HΦ". by iFrame "Hna Hb Hreg".
    - iMod (regs_recount _ _ _ n _ w' _ _ k _ j with "Hregs Hreg") as "[Hregs Hreg]"; [lia..|].
      iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
      { iNext. iApply (ref_close with "[Hl Hw] Hregs [Hst]"); [by iFrame|].
        iDestruct "Hst" as "[(%x & [Hh %] & Hx)|(% & H)]".
        - iLeft. iExists x. iFrame "Hh Hx". iPureIntro. lia.
        - iRight. iFrame "H". iPureIntro. lia. }
      iModIntro. iApply "HΦ". by iFrame "Hna Hb Hreg".
  Qed.

  Lemma weak_drop_spec F γ l r j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_weak SO γ l r (j + 1) }}}
      weak_drop (ty_size τ) [ #l ]
    {{{ RET #☠; na_own p F ∗ is_weak SO γ l r j }}}.
  Proof. apply weak_drop_ref_spec. Qed.

  (** It may be the last handle of all; then the memory is freed. *)
  Lemma weak_drop_last_spec F γ l r j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_last SO γ l r (j + 1) }}}
      weak_drop (ty_size τ) [ #l ]
    {{{ RET #☠; na_own p F ∗ is_last SO γ l r j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hlast] HΦ".
    rewrite is_last_halves.
    iDestruct "Hlast" as "[Hlast Hweak]".
    wp_apply (weak_drop_spec with "[$Hna $Hweak]"); [done|]. iIntros "[Hna Hweak]".
    iApply "HΦ". iFrame "Hna". rewrite (is_last_halves _ _ _ r j). iFrame.
  Qed.

  (** ** Upgrade *)

  (** With an [Rc] at hand it works. *)
  Lemma weak_upgrade_rc_spec F γ i l a r (k : positive) j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
      weak_upgrade [ #l ]
    {{{ RET #l; na_own p F ∗ is_rc SO γ i l a r (k + 1) j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & _ & Hna & Hclose)"; [done|].
    wp_rec. wp_op. wp_if. wp_read. wp_op. wp_if.
    wp_smart_apply (rc_inc_count_spec with "Hl"); [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_clone with "Hg Hm") as "[Hg Hm]".
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg").
      rewrite Pos2Z.inj_add. by iFrame. }
    wp_pures. iModIntro. iApply "HΦ". iFrame "Hna Hb Hp Hm".
  Qed.

  Lemma weak_upgrade_ref_spec F γ l r k j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
      weak_upgrade [ #l ]
    {{{ v, RET v; na_own p F ∗
        ((⌜v = #0⌝ ∗ rc_ref SO γ l r k j) ∨
         (∃ i a, ⌜v = #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
           is_rc SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
  Proof.
    iIntros (HF Hpos Φ) "[Hna [#Hb Hreg]] HΦ". wp_rec. wp_op. wp_if.
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "((%HsW & Hl & Hw) & Hregs & Hreg & %Hk & Hst & Hna & Hclose)"; [done..|].
    wp_read. wp_op. case_bool_decide as Hs0; wp_if.
    { iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
      { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hna". iLeft. iSplitR; [done|]. by iFrame "Hb Hreg". }
    iDestruct (block_state_shared with "Hst")
      as (i a n') "((-> & -> & ->) & Hh & #Hp & Hres)"; [done|].
    iMod (na_inv_acc with "Hp Hna") as "(Hin & Hna & Hclose')"; [done|solve_ndisj|].
    wp_bind (rc_inc_count _). iApply wp_fupd.
    wp_apply (rc_inc_count_spec with "Hl"); [by destruct HsW|]. iIntros "[%Hn' Hl]".
    iDestruct "Hres" as (q) "[Htok HP]".
    iDestruct "Hin" as "[(%n1 & Hh' & Hsh)|Hdead]"; last first.
    { iDestruct (count_dead_tok_false with "Hdead Htok") as %[]. }
    iDestruct (rc_half_agree with "Hh Hh'") as %[[= <-] _].
    iMod (rc_ghost_upgrade _ _ _ _ _ n' w with "[Hregs Hh Hh' Hsh Htok HP] Hreg")
      as "(Hg & Hreg & Htok)".
    { iFrame "Hregs Hh Hh' Hsh". iExists q. iFrame "Htok HP". }
    iDestruct (rc_close with "Hp [Hl Hw] Hg") as "[Hbi Hpi]".
    { rewrite Pos2Z.inj_add. iFrame. iPureIntro. by destruct HsW. }
    iMod ("Hclose'" with "[$Hpi $Hna]") as "Hna".
    iMod ("Hclose" with "[$Hbi $Hna]") as "Hna".
    iModIntro. wp_pures. iModIntro. iApply "HΦ". iFrame "Hna". iRight. iExists i, a.
    iAssert (reg SO γ (r / 2 + r / 2) (1 + k) (0 + j)) with "[Hreg]" as "Hreg".
    { by rewrite Qp.div_2 Nat.add_comm. }
    rewrite /reg reg_tok_op. iDestruct "Hreg" as "[Hreg1 Hreg2]". iSplitR.
    { iPureIntro. split; [done|]. intros Hr. destruct Hk as (_ & _ & _ & Hk).
      by apply Hk. }
    iSplitL "Htok Hreg1"; [|by iFrame "Hb Hreg2"]. iFrame "Hb Hp Hreg1 Htok".
  Qed.

  Lemma weak_upgrade_spec F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    {{{ na_own p F ∗ is_weak SO γ l r j }}}
      weak_upgrade [ #l ]
    {{{ v, RET v; na_own p F ∗
        ((⌜v = #0⌝ ∗ is_weak SO γ l r j) ∨
         (∃ i a, ⌜v = #l ∧ r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 j)) }}}.
  Proof.
    iIntros (HF Hj Φ) "[Hna Hweak] HΦ".
    wp_apply (weak_upgrade_ref_spec with "[$Hna $Hweak]"); [done..|].
    iIntros (v) "[Hna H]". iApply "HΦ". iFrame "Hna".
    iDestruct "H" as "[[% H]|(%i & %a & [-> %Hr] & Hrc & Hweak)]"; [iLeft; by iFrame|].
    iRight. iExists i, a. iSplitR.
    { iPureIntro. split; [done|]. intros H1. specialize (Hr H1). lia. }
    iEval (rewrite -(Qp.div_2 r) -(Nat.add_0_l j) is_rc_split_weak). iFrame.
  Qed.
  (** The content is gone for sure. *)
  Lemma weak_upgrade_last_spec F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    {{{ na_own p F ∗ is_last SO γ l r j }}}
      weak_upgrade [ #l ]
    {{{ RET #0; na_own p F ∗ is_last SO γ l r j }}}.
  Proof.
    iIntros (HF Hj Φ) "[Hna Hlast] HΦ".
    rewrite is_last_halves.
    iDestruct "Hlast" as "[[_ Hlast] [#Hb Hreg]]". wp_rec. wp_op. wp_if.
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "((%HsW & Hl & Hw) & Hregs & Hreg & % & Hst & Hna & Hclose)"; [done..|].
    iDestruct (regs_ended_agree with "Hregs Hlast") as %(-> & _).
    iAssert (▷ ⌜s = 0%Z⌝)%I as "#>->".
    { iNext. iDestruct "Hst" as "[(%x & [_ %] & _)|(% & _)]"; iPureIntro; lia. }
    wp_read. wp_op. wp_if.
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
    { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna".
    by iFrame "Hb Hlast Hreg".
  Qed.

  (** ** Counts *)
  Lemma weak_strong_count_spec F γ l r k j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
      weak_strong_count [ #l ]
    {{{ (m : nat), RET #(Z.of_nat m);
        ⌜in_int_range usize (Z.of_nat m) ∧ (r = 1%Qp → m ≤ k)⌝ ∗
        na_own p F ∗ rc_ref SO γ l r k j }}}.
  Proof.
    iIntros (HF Hkj Φ) "[Hna [#Hb Hreg]] HΦ". wp_rec. wp_op. wp_if.
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "((%HsW & Hl & Hw) & Hregs & Hreg & %Hk & Hst & Hna & Hclose)"; [done..|].
    wp_read.
    iAssert ⌜∃ m : nat, s = Z.of_nat m ∧ m ≤ n⌝%I as %(m & -> & Hm).
    { iDestruct "Hst" as "[(%x & [_ [_ [_ %Hs]]] & _)|([-> _] & _)]"; iPureIntro.
      - destruct Hs as [[-> _]| ->]; [exists 0; lia|by exists n].
      - exists 0. lia. }
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
    { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hb Hreg". iPureIntro.
    split; [by destruct HsW|]. intros Hr. destruct Hk as (_ & _ & _ & Hk).
    destruct (Hk Hr). lia.
  Qed.

  (** 0 where the content is not shared. *)
  Lemma weak_weak_count_spec F γ l r k j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
      weak_weak_count [ #l ]
    {{{ (m : nat), RET #(Z.of_nat m);
        ⌜(m = 0 ∨ j ≤ m) ∧ (r = 1%Qp → m = 0 ∨ m = j ∧ 0 < k)⌝ ∗
        na_own p F ∗ rc_ref SO γ l r k j }}}.
  Proof.
    iIntros (HF Hkj Φ) "[Hna [#Hb Hreg]] HΦ". wp_rec. wp_op. wp_if.
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "((%HsW & Hl & Hw) & Hregs & Hreg & %Hk & Hst & Hna & Hclose)"; [done..|].
    wp_read. wp_op. case_bool_decide as Hs0; wp_if.
    - iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
      { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
      iModIntro. iApply ("HΦ" $! 0). iFrame "Hna Hb Hreg". iPureIntro. naive_solver.
    - iAssert ⌜W = (Z.of_nat w + 1)%Z ∧ 0 < n⌝%I as %[-> Hn].
      { iDestruct "Hst" as "[(%x & [_ %] & _)|([% _] & _)]"; iPureIntro; [lia|done]. }
      pose proof (usize_weak_handles w (proj2 HsW)) as Hsub.
      wp_op. wp_read. wp_op.
      iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
      { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hna Hb Hreg". iPureIntro.
      destruct Hk as (? & ? & ? & Hk). split; [lia|]. intros Hr. destruct (Hk Hr). lia.
  Qed.
End specs.
