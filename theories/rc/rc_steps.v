(** * [rc τ]: what takes a client several statements, in one

- [rc_deref_read_spec]: a read through a handle, where the content is fixed.
- [rc_drop_whole_spec]: the owner of share 1 drops the only strong handle. The destructor
  has run, and what is left is [rc_last_own]. [rc_drop_alone_spec]: there are no weak
  handles either, and the lease of the block comes back.
- [rc_make_mut_alone_spec]: [make_mut] of the only handle, where nothing is to be done.
- [rc_last_own_ref]: [rc_last_own] lends a reference to a [Weak], and a proof that upgrades
  fail. [weak_upgrade_last_spec] and its like are what follows for a read or
  an upgrade after the last strong handle has gone. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import shared_own.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.prelude Require Import options.

(** ** Through a handle to the value *)
Section read.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.
  Context (SO : shared_own (na_own p) (rc_contentN N) (rc_fixed_content τ)).
  Context `{!rcG Σ (so_id SO)}.

  (** The first cell of the content, by any handle; the handle is kept. *)
  Lemma rc_deref_read_spec γ i l v wl r k j :
    {{{ rc_own (rc_so_fixed SO) γ i l (v :: wl) r k j }}}
      !(rc_deref [ #l ])
    {{{ RET v; rc_own (rc_so_fixed SO) γ i l (v :: wl) r k j }}}.
  Proof.
    iIntros (Φ) "Hrc HΦ". wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (rc_deref_acc with "Hrc") as (q) "[Hd Hrc]".
    iEval (rewrite heap_pointsto_vec_cons) in "Hd". iDestruct "Hd" as "[Hd Hwl]". wp_read.
    iModIntro. iApply "HΦ". iApply "Hrc".
    iEval (rewrite heap_pointsto_vec_cons). iFrame.
  Qed.
End read.

(** ** The last strong handle *)
Section last.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l : loc) (a : list val).
  Implicit Types (r : Qp) (j : nat) (F : coPset).

  (** Share 1 and one strong handle: this drop is the last, so the destructor runs. *)
  Lemma rc_drop_whole_spec F glue D γ i l a j :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ rc_own SO γ i l a 1 1 j }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ wl, RET #☠; na_own p F ∗ rc_last_own SO γ l 1 j ∗ ⌜R a wl⌝ ∗ D wl }}}.
  Proof.
    iIntros (HF Φ) "(Hglue & Hna & Hrc) HΦ". iApply wp_fupd.
    wp_apply (rc_drop_spec SO F with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & % & _)|[_ Hdropped]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hdropped Hna") as "(Hlast & (%wl & HR & HD) & Hna)".
    { rewrite /rc_countN. solve_ndisj. }
    iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** The only handle of any kind: the memory is freed, and its lease comes back. *)
  Lemma rc_drop_alone_spec F glue D γ i l a :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ rc_own SO γ i l a 1 1 0 }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ wl, RET #☠; na_own p F ∗ heap_lease (rc_lease_of γ).1 (rc_lease_of γ).2 ∗
        ⌜R a wl⌝ ∗ D wl }}}.
  Proof.
    iIntros (HF Φ) "H HΦ". iApply wp_fupd.
    wp_apply (rc_drop_whole_spec with "H"); [done|].
    iIntros (wl) "(Hna & Hlast & HR & HD)".
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease Hna]".
    { rewrite /rc_countN. solve_ndisj. }
    iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** With share 1 and no weak handle [make_mut] returns the handle as it is. It needs no
  lease, no destructor, and no way to clone. *)
  Lemma rc_make_mut_alone_spec F (clone_to glue : val) γ i l a :
    ↑N ⊆ F →
    {{{ na_own p F ∗ rc_own SO γ i l a 1 1 0 }}}
      rc_make_mut (ty_size τ) clone_to glue [ #l ]
    {{{ RET #l; na_own p F ∗ rc_own SO γ i l a 1 1 0 }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ".
    assert (↑rc_countN N l ⊆ F) as HFl by (rewrite /rc_countN; solve_ndisj).
    wp_rec. wp_apply (rc_strong_count_spec SO F with "[$Hna $Hrc]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hrc)". rewrite (Hm eq_refl). wp_pures.
    wp_apply (rc_weak_count_spec SO F with "[$Hna $Hrc]"); [done|].
    iIntros (m') "((_ & _ & %Hm') & Hna & Hrc)". rewrite (Hm' eq_refl). wp_pures.
    iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** ** After it *)
  (** The weak handles are lent as a reference, with the knowledge that the content is not
  shared: for the statements that end in [_unshared_spec], and for [weak_clone_spec]. *)
  Lemma rc_last_own_ref γ l r j :
    rc_last_own SO γ l r j -∗
    rc_ref SO γ l (r / 2) 0 j ∗ rc_unshared SO γ ∗
    (∀ j', rc_ref SO γ l (r / 2) 0 j' -∗ rc_last_own SO γ l r j').
  Proof.
    iIntros "H". iDestruct (rc_last_own_dead with "H") as "#Hdead".
    iEval (rewrite -{1}(Qp.div_2 r) -{1}(Nat.add_0_l j) rc_last_own_split) in "H".
    iDestruct "H" as "[H $]". iSplitR; [by iApply rc_dead_unshared|]. iIntros (j') "H'".
    iEval (rewrite -(Qp.div_2 r) -(Nat.add_0_l j') rc_last_own_split). iFrame.
  Qed.

  (** The last strong handle has gone, so the upgrade fails. *)
  Lemma weak_upgrade_last_spec F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    {{{ na_own p F ∗ rc_last_own SO γ l r j }}}
      weak_upgrade [ #l ]
    {{{ RET #0; na_own p F ∗ rc_last_own SO γ l r j }}}.
  Proof.
    iIntros (HF Hj Φ) "[Hna H] HΦ". iDestruct (rc_last_own_ref with "H") as "(H & Hun & Hback)".
    wp_apply (weak_upgrade_unshared_spec SO F with "[$Hna $H $Hun]"); [done..|].
    iIntros "(Hna & H & _)". iApply "HΦ". iFrame "Hna". by iApply "Hback".
  Qed.
  (** The strong count that a weak handle reads is 0. *)
  Lemma weak_strong_count_last_spec F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    {{{ na_own p F ∗ rc_last_own SO γ l r j }}}
      weak_strong_count [ #l ]
    {{{ RET #0; na_own p F ∗ rc_last_own SO γ l r j }}}.
  Proof.
    iIntros (HF Hj Φ) "[Hna H] HΦ". iDestruct (rc_last_own_ref with "H") as "(H & Hun & Hback)".
    wp_apply (weak_strong_count_unshared_spec SO F with "[$Hna $H $Hun]"); [done..|].
    iIntros "(Hna & H & _)". iApply "HΦ". iFrame "Hna". by iApply "Hback".
  Qed.
  (** The weak count that a weak handle reads is 0. *)
  Lemma weak_weak_count_last_spec F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    {{{ na_own p F ∗ rc_last_own SO γ l r j }}}
      weak_weak_count [ #l ]
    {{{ RET #0; na_own p F ∗ rc_last_own SO γ l r j }}}.
  Proof.
    iIntros (HF Hj Φ) "[Hna H] HΦ". iDestruct (rc_last_own_ref with "H") as "(H & Hun & Hback)".
    wp_apply (weak_weak_count_unshared_spec SO F with "[$Hna $H $Hun]"); [done..|].
    iIntros "(Hna & H & _)". iApply "HΦ". iFrame "Hna". by iApply "Hback".
  Qed.
End last.
