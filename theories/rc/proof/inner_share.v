(** * [rc/inner.rs]: proofs about shares and holds

The triples of [specs_strong.v] and [specs_weak.v], of the crate's own functions. A handle
is behind a reference: [h ↦{q} #l], where Rust has [&self]. Each proof is that of the
hand-written program, with the lines changed that run it.

Functions that do not run user code do not unwind: their results are [ret_val]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base.
From tally.rc.proof Require Import handle specs_counts specs_strong specs_weak inner_counts.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (s W : Z) (F : coPset) (T : tparam).

  (** ** Shares *)
  Lemma Share_clone_spec T h q F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Share_clone T [ #h ]
    {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r (k + 1) j }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & _ & Hna & Hclose)"; [done|].
    mir_rec. mir_call with "Hl"; [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_clone with "Hg Hm") as "[Hg Hm]".
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iNext. iApply (rc_close with "[Hl Hw] Hg"). rewrite Pos2Z.inj_add. by iFrame. }
    mir. iModIntro. iApply "HΦ". iFrame "Hna Hh Hb Hm".
  Qed.

  (** One weak handle more, made by any handle. *)
  Lemma Count_increment_weak_spec F γ l r (k : nat) j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
      Count_increment [ #(l +ₗ 1) ]
    {{{ RET ret_val #☠; na_own p F ∗ rc_ref SO γ l r k (j + 1) }}}.
  Proof.
    iIntros (HF Hkj Φ) "[Hna [#Hb Hreg]] HΦ".
    iMod (ref_open with "Hb Hreg Hna")
      as (st w) "(([%Hs %HW] & Hl & Hw) & Hregs & Hreg & % & Hst & Hna & Hclose)"; [done..|].
    iApply wp_fupd. wp_apply (Count_increment_spec with "Hw"); [done|]. iIntros "[%HW' Hw]".
    iMod (regs_recount _ _ _ (state_strong st) _ (w + 1) _ _ k _ (j + 1) with "Hregs Hreg")
      as "[Hregs Hreg]"; [lia..|].
    assert (state_weak st w + 1 = state_weak st (w + 1))%Z as HWw by (rewrite /state_weak; lia).
    rewrite HWw in HW' |- *.
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
    { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
    iModIntro. iApply "HΦ". by iFrame "Hna Hb Hreg".
  Qed.

  Lemma Share_downgrade_spec T h q F γ i l a r (k : positive) j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Share_downgrade T [ #h ]
    {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k (j + 1) }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & Hrc) HΦ".
    iDestruct (rc_own_ref with "Hrc") as "[Href Hrc]". mir_rec.
    wp_apply (Count_increment_weak_spec with "[$Hna $Href]"); [done|lia|].
    iIntros "[Hna Href]". mir. iModIntro. iApply "HΦ". iFrame "Hna Hh".
    by iApply "Hrc".
  Qed.

  Lemma Share_strong_count_spec T h q F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Share_strong_count T [ #h ]
    {{{ (m : positive), RET ret_val #(Z.pos m);
        ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
        na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)"; [done|].
    mir_rec.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hh Hb Hm". iPureIntro. naive_solver.
  Qed.

  Lemma usize_weak_sub (w : nat) :
    in_int_range usize (Z.of_nat w + 1) →
    bin_op_eval_pure (WrapOp usize SubOp) (Z.of_nat w + 1)%Z 1 = Some (LitInt (Z.of_nat w)) ∧
    bin_op_eval_pure (OverflowOp usize SubOp) (Z.of_nat w + 1)%Z 1 = Some (lit_of_bool false).
  Proof.
    intros HW. assert (Z.of_nat w + 1 - 1 = Z.of_nat w)%Z as Heq by lia.
    assert (in_int_range usize (Z.of_nat w + 1 - 1)).
    { revert HW. rewrite !usize_range. lia. }
    split; [rewrite int_no_wrap_sub // Heq //|by rewrite int_no_overflow_sub].
  Qed.

  Lemma Share_weak_count_spec T h q F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Share_weak_count T [ #h ]
    {{{ (m : nat), RET ret_val #(Z.of_nat m);
        ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
        na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)"; [done|].
    destruct (usize_weak_sub w HW) as [Hsub Hover]. mir_rec.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hh Hb Hm". iPureIntro. naive_solver.
  Qed.

  (** The address of the content. *)
  Lemma Share_value_spec T h q l :
    {{{ h ↦{q} #l }}} Share_value T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Share_as_ptr_spec T h q l :
    {{{ h ↦{q} #l }}} Share_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.

  (** ** Holds *)
  Lemma Hold_NOTHING_spec T :
    {{{ True }}} Hold_NOTHING T [] {{{ RET ret_val #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.

  Lemma Hold_clone_spec T h q F γ l r (k : nat) j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
      Hold_clone T [ #h ]
    {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k (j + 1) }}}.
  Proof.
    iIntros (HF Hkj Φ) "(Hna & Hh & Href) HΦ". mir_rec.
    wp_apply (Count_increment_weak_spec with "[$Hna $Href]"); [done..|].
    iIntros "[Hna Href]". mir. iModIntro. iApply "HΦ". iFrame.
  Qed.
  Lemma Hold_clone_dangling_spec T h q :
    {{{ h ↦{q} #0 }}} Hold_clone T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.

  (** Whether anything is known of what has been shared, [o], or not. *)
  Local Lemma Hold_upgrade_at_spec T h q F o γ l r (k : nat) j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ h ↦{q} #l ∗ (if o is Some x then rc_known SO γ x else True) ∗
        rc_ref SO γ l r k j }}}
      Hold_upgrade T [ #h ]
    {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
        ((⌜v = none_val⌝ ∗ (if o is Some x then rc_dead SO γ else True) ∗ rc_ref SO γ l r k j) ∨
         (∃ i a, ⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
           rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
  Proof.
    iIntros (HF Hpos Φ) "(Hna & Hh & Hknown & #Hb & Hreg) HΦ". wp_rec.
    iMod (ref_open with "Hb Hreg Hna")
      as (st w) "((%HsW & Hl & Hw) & Hregs & Hreg & %Hk & Hst & Hna & Hclose)"; [done..|].
    mir. case_bool_decide as Hs0; mir.
    { iAssert (block_state SO γ l st ∗ (if o is Some x then rc_dead SO γ else True))%I
        with "[Hst Hknown]" as "[Hst Hdead]".
      { destruct o as [x|]; [|by iFrame]. destruct st as [| |]; [| |done].
        - iDestruct "Hst" as "($ & $ & #Hdead)". by iFrame "Hdead".
        - iDestruct "Hst" as "[$ [#Hdead|Hunborn]]"; [by iFrame "Hdead"; iLeft|].
          iDestruct (one_shot_pending_chosen with "Hunborn Hknown") as %[]. }
      iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "Hna".
      { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hna Hh". iLeft. iSplitR; [done|].
      by iFrame "Hdead Hb Hreg". }
    destruct st as [| |n [i a]]; [done..|]. iDestruct "Hst" as "[Hbody _]".
    wp_bind (Count_increment _). iApply wp_fupd.
    wp_apply (Count_increment_spec with "Hl"); [by destruct HsW|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_upgrade with "[$Hregs $Hbody] Hreg") as "(Hg & Hreg & Htok)".
    iMod ("Hclose" with "[$Hna Hl Hw Hg]") as "Hna".
    { iNext. iApply (rc_close with "[Hl Hw] Hg"). rewrite Pos2Z.inj_add. iFrame.
      iPureIntro. by destruct HsW. }
    iModIntro. mir. iModIntro. iApply "HΦ". iFrame "Hna Hh". iRight. iExists i, a.
    iAssert (reg SO γ (r / 2 + r / 2) (1 + k) (0 + j)) with "[Hreg]" as "Hreg".
    { by rewrite Qp.div_2 Nat.add_comm. }
    rewrite /reg reg_tok_op. iDestruct "Hreg" as "[Hreg1 Hreg2]". iSplitR.
    { iPureIntro. split; [done|]. intros Hr. destruct Hk as (_ & _ & _ & Hk).
      by apply Hk. }
    iSplitL "Htok Hreg1"; [|by iFrame "Hb Hreg2"]. iFrame "Hb Hreg1 Htok".
  Qed.
  Lemma Hold_upgrade_ref_spec T h q F γ l r (k : nat) j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
      Hold_upgrade T [ #h ]
    {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
        ((⌜v = none_val⌝ ∗ rc_ref SO γ l r k j) ∨
         (∃ i a, ⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
           rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
  Proof.
    iIntros (HF Hpos Φ) "(Hna & Hh & Href) HΦ".
    wp_apply (Hold_upgrade_at_spec T h q F None with "[$Hna $Hh $Href]"); [done..|].
    iIntros (v) "(Hna & Hh & [(-> & _ & Href)|H])"; iApply "HΦ"; iFrame "Hna Hh"; [iLeft|iRight].
    - by iFrame "Href".
    - done.
  Qed.
  (** Once the content has been shared, a failure is for ever, and a success gives the
  content that is known. *)
  Lemma Hold_upgrade_known_spec T h q F γ i a l r (k : nat) j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_content_known SO γ i a ∗ rc_ref SO γ l r k j }}}
      Hold_upgrade T [ #h ]
    {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
        ((⌜v = none_val⌝ ∗ rc_dead SO γ ∗ rc_ref SO γ l r k j) ∨
         (⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
           rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
  Proof.
    iIntros (HF Hpos Φ) "(Hna & Hh & #Hknown & Href) HΦ".
    wp_apply (Hold_upgrade_at_spec T h q F (Some (i, a)) with "[$Hna $Hh $Href]"); [done..|].
    iIntros (v) "(Hna & Hh & [H|(%i' & %a' & % & Hrc & Href)])"; iApply "HΦ"; iFrame "Hna Hh";
      [by iLeft|iRight].
    iDestruct (rc_own_known with "Hrc") as "#Hknown'".
    iDestruct (rc_content_known_agree with "Hknown Hknown'") as %[<- <-]. by iFrame.
  Qed.
  Lemma Hold_upgrade_spec T h q F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    {{{ na_own p F ∗ h ↦{q} #l ∗ weak_own SO γ l r j }}}
      Hold_upgrade T [ #h ]
    {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
        ((⌜v = none_val⌝ ∗ weak_own SO γ l r j) ∨
         (∃ i a, ⌜v = some_val #l ∧ r ≠ 1%Qp⌝ ∗ rc_own SO γ i l a r 1 j)) }}}.
  Proof.
    iIntros (HF Hj Φ) "(Hna & Hh & Hweak) HΦ".
    wp_apply (Hold_upgrade_ref_spec with "[$Hna $Hh $Hweak]"); [done..|].
    iIntros (v) "(Hna & Hh & H)". iApply "HΦ". iFrame "Hna Hh".
    iDestruct "H" as "[[% H]|(%i & %a & [-> %Hr] & Hrc & Hweak)]"; [iLeft; by iFrame|].
    iRight. iExists i, a. iSplitR.
    { iPureIntro. split; [done|]. intros H1. specialize (Hr H1). lia. }
    iEval (rewrite -(Qp.div_2 r) -(Nat.add_0_l j) rc_own_split_weak). iFrame.
  Qed.
  (** With a strong handle at hand it works. *)
  Lemma Hold_upgrade_rc_spec T h q F γ i l a r (k : positive) j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Hold_upgrade T [ #h ]
    {{{ RET ret_val (some_val #l); na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r (k + 1) j }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & _ & Hna & Hclose)"; [done|].
    mir_rec. mir_call with "Hl"; [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_clone with "Hg Hm") as "[Hg Hm]".
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iNext. iApply (rc_close with "[Hl Hw] Hg"). rewrite Pos2Z.inj_add. by iFrame. }
    mir. iModIntro. iApply "HΦ". iFrame "Hna Hh Hb Hm".
  Qed.
  Lemma Hold_upgrade_dangling_spec T h q :
    {{{ h ↦{q} #0 }}} Hold_upgrade T [ #h ] {{{ RET ret_val none_val; h ↦{q} #0 }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
End specs.
