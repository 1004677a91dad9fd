(** * [rc/inner.rs]: proofs about new blocks

A value moves into a new block over locals of the function, which are in memory, as the
layout depends on the type parameter. The lease has one block more afterwards. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base.
From tally.rc.proof Require Import handle specs_strong inner_counts.
From tally.prelude Require Import options.

Section blocks.
  Context `{!lrustGS Σ}.
  Implicit Types (l src : loc) (wl : list val) (q : Qp) (m : nat) (s : Z) (T : tparam).

  (** The statement of [rc_alloc_block_spec]. *)
  Lemma Block_new_spec T s src wl q m :
    length wl = tp_cells T →
    {{{ heap_lease q m ∗ src ↦∗ wl }}}
      Block_new T [ #s; #src ]
    {{{ l, RET ret_val #l; heap_lease q (S m) ∗
        l ↦ #s ∗ (l +ₗ 1) ↦ #1 ∗ (l +ₗ 2) ↦∗ wl ∗ † l … (2 + tp_cells T) ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (Hlen Φ) "[Hk Hsrc] HΦ". mir_rec.
    mir_new i as "Hi" "Hi†" with "Hk". mir.
    mir_new t as "Ht" "Ht†" with "Hk". mir.
    mir_copy "Ht" "Hsrc". mir.
    iEval (rewrite /= !heap_pointsto_vec_cons shift_loc_assoc) in "Hi".
    iDestruct "Hi" as "(Hi0 & Hi1 & Hi2)".
    mir. mir_copy "Hi2" "Ht". mir.
    mir_new l as "Hl" "Hl†" with "Hk". mir.
    iAssert (i ↦∗ (#s :: #1 :: wl))%I with "[Hi0 Hi1 Hi2]" as "Hi".
    { rewrite !heap_pointsto_vec_cons shift_loc_assoc. by iFrame. }
    mir_copy "Hl" "Hi". mir.
    mir_delete "Hi" "Hi†" with "Hk". mir.
    mir_delete "Ht" "Ht†" with "Hk". mir. iModIntro. iApply "HΦ". iFrame "Hsrc".
    iSplitL "Hk"; [mir_lease "Hk"|].
    rewrite !heap_pointsto_vec_cons shift_loc_assoc. iDestruct "Hl" as "($ & $ & $)".
    iDestruct "Hl†" as "[%|$]". lia.
  Qed.
End blocks.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l src : loc) (a wl : list val) (q : Qp) (m : nat).

  Lemma Share_new_spec T src wl a q m :
    R a wl → tp_cells T = ty_size τ →
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
      Share_new T [ #src ]
    {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗
        src ↦∗ wl }}}.
  Proof.
    iIntros (HR HT Φ) "(Hlease & Hsrc & Hwl) HΦ". iDestruct (ty_size_eq with "Hwl") as %Hlen.
    mir_rec. iApply wp_fupd.
    wp_apply (Block_new_spec with "[$Hlease $Hsrc]"); [by rewrite HT|].
    iIntros (l) "(Hlease & Hl & Hw & Hd & H† & Hsrc)".
    iMod (rc_own_wrap SO with "Hlease Hl Hw [Hd Hwl H†]") as (γ i) "[% Hrc]".
    { iExists wl. rewrite /rc_dealloc -HT. by iFrame. }
    iModIntro. mir. iModIntro. iApply "HΦ". by iFrame.
  Qed.
  Lemma Whole_new_spec T src wl q m :
    tp_cells T = ty_size τ →
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
      Whole_new T [ #src ]
    {{{ l γ, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ unique_rc_own SO γ l wl 1 0 ∗
        src ↦∗ wl }}}.
  Proof.
    iIntros (HT Φ) "(Hlease & Hsrc & Hwl) HΦ". iDestruct (ty_size_eq with "Hwl") as %Hlen.
    mir_rec. iApply wp_fupd.
    wp_apply (Block_new_spec with "[$Hlease $Hsrc]"); [by rewrite HT|].
    iIntros (l) "(Hlease & Hl & Hw & Hd & H† & Hsrc)".
    iMod (unique_rc_alloc SO with "Hlease Hl Hw") as (γ) "(% & Hu & Hlife)".
    iModIntro. mir. iModIntro. iApply "HΦ". rewrite /unique_rc_own /rc_dealloc -HT. by iFrame.
  Qed.
End specs.
