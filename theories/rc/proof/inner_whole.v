(** * [rc/inner.rs]: proofs about wholes and raw pointers

[Whole::value], [Whole::downgrade], [Whole::share]; [into_raw] and [from_raw] of shares and
holds. What takes a handle by value has it in memory, for which it wants a lease. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle specs_raw specs_weak_raw specs_unique_rc inner_counts
  inner_share.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h ptr : loc) (a wl : list val).
  Implicit Types (q r : Qp) (j m w : nat) (F : coPset) (T : tparam).

  (** ** Wholes *)
  Lemma Whole_value_spec T h q l :
    {{{ h ↦{q} #l }}} Whole_value T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Whole_value_mut_spec T h q l :
    {{{ h ↦{q} #l }}} Whole_value_mut T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.

  Lemma Whole_downgrade_spec T h q F γ l wl r j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ h ↦{q} #l ∗ unique_rc_own SO γ l wl r j }}}
      Whole_downgrade T [ #h ]
    {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ unique_rc_own SO γ l wl r (j + 1) }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & Hu & Hc) HΦ".
    iDestruct (unique_rc_at_ref with "Hu") as "[Href Hu]". mir_rec.
    wp_apply (Count_increment_weak_spec with "[$Hna $Href]"); [done|lia|].
    iIntros "[Hna Href]". mir. iModIntro. iApply "HΦ". iFrame "Hna Hh Hc". by iApply "Hu".
  Qed.

  (** The whole becomes a share; the weak handles stay. *)
  Lemma Whole_share_spec T F γ l wl a r j q m :
    ↑rc_countN N l ⊆ F → R a wl →
    {{{ heap_lease q m ∗ na_own p F ∗ unique_rc_own SO γ l wl r j }}}
      Whole_share T [ #l ]
    {{{ i, RET ret_val #l; heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 j }}}.
  Proof.
    iIntros (HF HR Φ) "(Hk & Hna & Hu & [Hlive Hunborn] & Hd & Hown & H†) HΦ". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton.
    iMod (unique_open with "Hu Hna")
      as (w) "(([_ %HW] & Hl & Hw) & Hregs & Hbody & Hphase & Hu & Hreg & #Hb & _ & Hna &
        Hclose)"; [done|].
    iMod (rc_share_begin _ _ _ a with "[Hd Hown H†] Hbody Hu Hlive Hunborn Hphase")
      as (i) "[Hbody Htok]".
    { iExists wl. by iFrame. }
    mir. iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hbody]") as "Hna".
    { iNext. iApply (rc_close _ _ _ _ _ 1 with "[Hl Hw] [$Hregs $Hbody]"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hk Hna Hb Hreg Htok".
  Qed.

  (** ** Raw pointers *)
  Lemma Share_into_raw_spec T γ i l a r q m :
    {{{ heap_lease q m ∗ rc_own SO γ i l a r 1 0 }}}
      Share_into_raw T [ #l ]
    {{{ RET ret_val #(l +ₗ 2); heap_lease q m ∗ rc_raw SO γ i (l +ₗ 2) a r }}}.
  Proof.
    iIntros (Φ) "[Hk Hrc] HΦ". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame "Hk". iExists l. by iFrame.
  Qed.
  Lemma Share_from_raw_spec T γ i ptr a r :
    {{{ rc_raw SO γ i ptr a r }}}
      Share_from_raw T [ #ptr ]
    {{{ l, RET ret_val #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ rc_own SO γ i l a r 1 0 }}}.
  Proof.
    iIntros (Φ) "(%l & -> & Hrc) HΦ". mir_rec.
    rewrite shift_loc_assoc shift_loc_0. iModIntro. iApply "HΦ". by iFrame.
  Qed.
  Lemma Hold_into_raw_spec T γ l r q m :
    {{{ heap_lease q m ∗ weak_own SO γ l r 1 }}}
      Hold_into_raw T [ #l ]
    {{{ RET ret_val #(l +ₗ 2); heap_lease q m ∗ weak_raw SO γ (l +ₗ 2) r }}}.
  Proof.
    iIntros (Φ) "[Hk Hweak] HΦ". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame "Hk". iExists l. by iFrame.
  Qed.
  Lemma Hold_from_raw_spec T γ ptr r :
    {{{ weak_raw SO γ ptr r }}}
      Hold_from_raw T [ #ptr ]
    {{{ l, RET ret_val #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ weak_own SO γ l r 1 }}}.
  Proof.
    iIntros (Φ) "(%l & -> & Hweak) HΦ". mir_rec.
    rewrite shift_loc_assoc shift_loc_0. iModIntro. iApply "HΦ". by iFrame.
  Qed.
End specs.
