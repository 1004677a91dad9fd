(** * [rc τ]: proofs about addresses: deref, comparison, raw pointers *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code.
From tally.rc.proof Require Import handle specs_strong.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : gname * so_id SO) (l : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j w : nat) (s W : Z) (E F : coPset).

  Lemma rc_deref_spec l :
    {{{ True }}} rc_deref [ #l ] {{{ RET #(l +ₗ 2); True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.

  (** Both are live, so that the comparison is defined. *)
  Lemma rc_ptr_eq_spec F γ i l a r k j γ' i' l' a' r' k' j' :
    ↑N ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r k j ∗ is_rc SO γ' i' l' a' r' k' j' }}}
      rc_ptr_eq [ #l; #l' ]
    {{{ RET #(bool_decide (l = l')); na_own p F ∗
        is_rc SO γ i l a r k j ∗ is_rc SO γ' i' l' a' r' k' j' }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hrc & Hrc') HΦ". wp_rec. iApply wp_fupd.
    destruct (decide (l = l')) as [<-|Hne].
    - iMod (rc_open with "Hrc Hna")
        as (n w) "((%Hn & Hl & Hw) & Hg & Hm & #Hb & #Hp & _ & Hna & Hclose)".
      { by apply countN_subseteq. }
      iDestruct "Hl" as "[Hl Hl']". wp_apply (wp_eq_loc with "[$Hl $Hl']").
      iIntros "[Hl Hl']". iCombine "Hl Hl'" as "Hl".
      iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hna Hb Hp Hm Hrc'".
    - iMod (rc_open with "Hrc Hna")
        as (n w) "((%Hn & Hl & Hw) & Hg & Hm & #Hb & #Hp & _ & Hna & Hclose)".
      { by apply countN_subseteq. }
      iMod (rc_open with "Hrc' Hna")
        as (n' w') "((%Hn' & Hl' & Hw') & Hg' & Hm' & #Hb' & #Hp' & _ & Hna & Hclose')".
      { rewrite /rc_opened /rc_countN. solve_ndisj. }
      wp_apply (wp_eq_loc with "[$Hl $Hl']"). iIntros "[Hl Hl']".
      iMod ("Hclose'" with "[Hl' Hw' Hg' $Hna]") as "Hna".
      { iApply bi.later_sep. iNext. iApply (rc_close with "Hp' [Hl' Hw'] Hg'"). by iFrame. }
      iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hna Hb Hp Hm Hb' Hp' Hm'".
  Qed.

  (** ** Raw pointers *)

  (** What the address of the content stands for, after [into_raw]. *)
  Definition rc_raw γ i (ptr : loc) a r : iProp Σ :=
    ∃ l, ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_rc SO γ i l a r 1 0.

  Lemma rc_raw_exclusive γ i ptr a i' ptr' a' r :
    rc_raw γ i ptr a 1 -∗ rc_raw γ i' ptr' a' r -∗ False.
  Proof.
    iIntros "(%l & _ & H) (%l' & _ & H')". iApply (is_rc_exclusive with "H H'").
  Qed.
  Lemma rc_raw_valid_2 γ i ptr a r r' :
    rc_raw γ i ptr a r -∗ rc_raw γ i ptr a r' -∗ ⌜(r + r' ≤ 1)%Qp⌝.
  Proof.
    iIntros "(%l & -> & H) (%l' & %Hl & H')". assert (l = l') as <- by (destruct l, l'; injection Hl as -> ?; f_equal; lia).
    iApply (is_rc_valid SO γ i l a _ (1 + 1) 0). iApply (is_rc_split _ _ _ _ _ _ _ _ _ 0 0).
    iFrame.
  Qed.

  Lemma rc_into_raw_spec γ i l a r :
    {{{ is_rc SO γ i l a r 1 0 }}}
      rc_into_raw [ #l ]
    {{{ RET #(l +ₗ 2); rc_raw γ i (l +ₗ 2) a r }}}.
  Proof.
    iIntros (Φ) "Hrc HΦ". wp_rec. wp_pures. iModIntro. iApply "HΦ".
    iExists l. by iFrame.
  Qed.
  Lemma rc_from_raw_spec γ i ptr a r :
    {{{ rc_raw γ i ptr a r }}}
      rc_from_raw [ #ptr ]
    {{{ l, RET #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_rc SO γ i l a r 1 0 }}}.
  Proof.
    iIntros (Φ) "(%l & -> & Hrc) HΦ". wp_rec. wp_pures.
    rewrite shift_loc_assoc shift_loc_0. iModIntro. iApply "HΦ". by iFrame.
  Qed.

  (** A token makes another one … *)
  Lemma rc_increment_strong_count_spec F γ i ptr a r :
    ↑N ⊆ F →
    {{{ na_own p F ∗ rc_raw γ i ptr a r }}}
      rc_increment_strong_count [ #ptr ]
    {{{ RET #☠; na_own p F ∗ rc_raw γ i ptr a (r / 2) ∗ rc_raw γ i ptr a (r / 2) }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hraw] HΦ". wp_rec. wp_apply (rc_from_raw_spec with "Hraw").
    iIntros (l) "[-> Hrc]".
    wp_apply (rc_clone_spec with "[$Hna $Hrc]"); [by apply countN_subseteq|].
    iIntros "[Hna Hrc]". wp_pures. iModIntro. iApply "HΦ". iFrame "Hna".
    iEval (rewrite -{1}(Qp.div_2 r) (is_rc_split _ _ _ _ _ _ _ _ _ 0 0)) in "Hrc".
    iDestruct "Hrc" as "[H1 H2]". iSplitL "H1"; iExists l; by iFrame.
  Qed.
  (** … and goes like a handle. *)
  Lemma rc_decrement_strong_count_spec F glue D γ i ptr a r :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ rc_raw γ i ptr a r }}}
      rc_decrement_strong_count (ty_size τ) glue [ #ptr ]
    {{{ l, RET #☠; ⌜ptr = (l +ₗ 2)%L⌝ ∗ na_own p F ∗
        rc_receipt SO γ l r 0 (∃ wl, ⌜R a wl⌝ ∗ D wl) }}}.
  Proof.
    iIntros (HF Φ) "(#Hglue & Hna & Hraw) HΦ". wp_rec.
    wp_apply (rc_from_raw_spec with "Hraw"). iIntros (l) "[-> Hrc]".
    wp_apply (rc_drop_spec with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k' & %Hk & _)|(_ & H)]]"; [lia|]. iApply ("HΦ" $! l). by iFrame.
  Qed.
End specs.
