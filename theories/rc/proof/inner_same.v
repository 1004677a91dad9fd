(** * [rc/inner.rs]: proofs about weak handles without user code

Comparison and addresses of weak handles; a share more of a raw pointer; and what is known
where the content is shared, or known not to be. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base.
From tally.rc.proof Require Import handle specs_counts specs_strong specs_weak specs_raw
  specs_weak_raw inner_counts inner_share inner_weak_counts.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (F : coPset) (T : tparam).

  (** ** Comparison *)
  Lemma Hold_is_on_same_block_spec T h h' q q' F γ l r (k j : nat) γ' l' r' (k' j' : nat) :
    ↑N ⊆ F → 0 < k + j → (l ≠ l' → 0 < k' + j') →
    {{{ na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗ rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}
      Hold_is_on_same_block T [ #h; #h' ]
    {{{ RET ret_val #(bool_decide (l = l')); na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
        rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}.
  Proof.
    iIntros (HF Hpos Hpos' Φ) "(Hna & Hh & Hh' & Href & Href') HΦ". mir_rec.
    wp_apply (rc_ref_eq_spec SO with "[$Hna $Href $Href']"); [done..|].
    iIntros "(Hna & Href & Href')". mir. iModIntro. iApply "HΦ". iFrame.
  Qed.
  Lemma Hold_is_on_same_block_dangling_spec T h h' q q' :
    {{{ h ↦{q} #0 ∗ h' ↦{q'} #0 }}}
      Hold_is_on_same_block T [ #h; #h' ]
    {{{ RET ret_val #true; h ↦{q} #0 ∗ h' ↦{q'} #0 }}}.
  Proof.
    iIntros (Φ) "[Hh Hh'] HΦ". mir_rec. iModIntro. iApply "HΦ". iFrame.
  Qed.
  Lemma Hold_is_on_same_block_one_dangling_spec T h h' q q' l (v v' : val) :
    v = #0 ∧ v' = #l ∨ v = #l ∧ v' = #0 →
    {{{ h ↦{q} v ∗ h' ↦{q'} v' }}}
      Hold_is_on_same_block T [ #h; #h' ]
    {{{ RET ret_val #false; h ↦{q} v ∗ h' ↦{q'} v' }}}.
  Proof.
    iIntros (Hv Φ) "[Hh Hh'] HΦ". destruct Hv as [[-> ->]|[-> ->]];
      mir_rec; iModIntro; iApply "HΦ"; iFrame.
  Qed.

  (** ** Addresses *)
  Lemma Hold_as_ptr_spec T h q l :
    {{{ h ↦{q} #l }}} Hold_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Hold_as_ptr_dangling_spec T h q :
    {{{ h ↦{q} #0 }}} Hold_as_ptr T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Hold_into_raw_dangling_spec T q m :
    {{{ heap_lease q m }}} Hold_into_raw T [ #0 ] {{{ RET ret_val #0; heap_lease q m }}}.
  Proof.
    iIntros (Φ) "Hk HΦ". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame "Hk".
  Qed.
  Lemma Hold_from_raw_dangling_spec T :
    {{{ True }}} Hold_from_raw T [ #0 ] {{{ RET ret_val #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.

  (** A token makes another one. *)
  Lemma Share_add_raw_spec T F γ i (ptr : loc) a r q m :
    ↑N ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗ rc_raw SO γ i ptr a r }}}
      Share_add_raw T [ #ptr ]
    {{{ RET ret_val #☠; heap_lease q m ∗ na_own p F ∗
        rc_raw SO γ i ptr a (r / 2) ∗ rc_raw SO γ i ptr a (r / 2) }}}.
  Proof.
    iIntros (HF Φ) "(Hk & Hna & %l & -> & Hrc) HΦ". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    mir_rec. rewrite shift_loc_assoc shift_loc_0.
    wp_apply (Share_clone_spec SO T with "[$Hna $Hs $Hrc]"); [by apply countN_subseteq|].
    iIntros "(Hna & Hs & Hrc)". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iAssert (rc_own SO γ i l a (r / 2 + r / 2) (1 + 1) (0 + 0)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.div_2. }
    iDestruct (rc_own_split with "Hrc") as "[Hrc Hrc']".
    iModIntro. iApply "HΦ". iFrame "Hk Hna". iSplitL "Hrc"; iExists l; by iFrame.
  Qed.

End specs.
