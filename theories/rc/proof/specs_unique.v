(** * [rc τ]: proofs of the specifications of the only handle

[get_mut], [try_unwrap] and what is made of them, and [UniqueRc]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code rc_refine.
From tally.rc.proof Require Import handle specs_strong specs_weak.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : gname * so_id SO) (l dst : loc) (a wl vl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (s W : Z) (E F : coPset).

  (** The block of an [Rc] that is alone, as memory. *)
  Definition rc_block_open l a (t : Qp * nat) : iProp Σ :=
    ∃ wl, ⌜R a wl⌝ ∗ (l +ₗ 2) ↦∗ wl ∗ ty_own τ wl ∗
    (∀ a' wl', ⌜R a' wl'⌝ -∗ (l +ₗ 2) ↦∗ wl' -∗ ty_own τ wl' ={⊤}=∗
      ∃ γ i, ⌜rc_account γ = t⌝ ∗ is_rc SO γ i l a' 1 1 0).

  Lemma rc_get_mut_spec F γ i l a r q m :
    ↑N ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
      rc_get_mut [ #l ]
    {{{ v, RET v; na_own p F ∗
        ((⌜v = #(l +ₗ 2)⌝ ∗ rc_block_open l a (q, m) ∗ is_last SO γ l r 0) ∨
         (⌜v = #0 ∧ r ≠ 1%Qp⌝ ∗ heap_lease q m ∗ is_rc SO γ i l a r 1 0)) }}}.
  Proof.
    iIntros (HF Φ) "(Hlease & Hna & Hrc) HΦ". wp_rec.
    wp_apply (rc_is_unique_spec with "[$Hlease $Hna $Hrc]"); [by apply countN_subseteq|].
    iIntros ([]) "[Hna Hrc]"; last first.
    { iDestruct "Hrc" as "(% & Hlease & Hrc)". wp_pures. iModIntro. iApply "HΦ".
      iFrame "Hna". iRight. by iFrame. }
    iDestruct "Hrc" as (γ' Hγ') "[Hrc Hlast]".
    iMod (is_rc_unwrap with "Hrc Hna") as "H"; [done|]. rewrite Hγ' /=.
    wp_pure _ credit:"H£". iMod "H" as "(Hlease & Hl & Hw & Hso & Hna)".
    iApply (wp_step_fupd _ _ ∅ _ (▷ rc_content R τ (l, a) ∗ na_own p F)
      with "[Hso Hna]"); [set_solver| |].
    { iApply (so_P1_end SO _ _ ⊤ F with "Hso Hna"); [done|by apply contentN_subseteq]. }
    wp_op. iIntros "!> [Hc Hna]".
    iMod (lc_fupd_elim_later with "H£ Hc") as (wl HR) "(Hd & Hown & H†)".
    iModIntro. iApply "HΦ". iFrame "Hna". iLeft. iSplitR; [done|].
    iFrame "Hlast". iExists wl. iFrame "Hd Hown". iSplitR; [done|].
    iIntros (a' wl' HR') "Hd Hown".
    iApply (is_rc_wrap SO with "Hlease Hl Hw"). iExists wl'. by iFrame.
  Qed.

  (** ** The content moves out *)

  (** Of an [Rc] that is alone, with the counts open. *)
  Lemma rc_move_out_spec F γ i l a dst vl w r j :
    ↑N ⊆ F → length vl = ty_size τ → in_int_range usize (Z.of_nat w + 1) →
    {{{ is_block SO γ l ∗ l ↦ #1 ∗ (l +ₗ 1) ↦ #(Z.of_nat w + 1) ∗
        rc_ghost SO γ l i a 1 w ∗ rc_mine SO γ l i a r 1 j ∗
        na_own p (rc_opened (N:=N) F l) ∗
        (▷ block_inv SO γ l ∗ ▷ phase_inv SO γ l i a ∗ na_own p (rc_opened (N:=N) F l)
          ={⊤}=∗ na_own p F) ∗ dst ↦∗ vl }}}
      rc_move_out (ty_size τ) [ #l; #dst ]
    {{{ wl, RET #☠; ⌜R a wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl ∗ na_own p F ∗
        is_last SO γ l r j }}}.
  Proof.
    iIntros (HF Hvl HW Φ) "(#Hb & Hl & Hw & Hg & Hm & Hna & Hclose & Hdst) HΦ".
    iMod (rc_end_sharing with "Hg Hm") as "(Hp & Hso & Hregs & Hreg & Hh & Hh')".
    rewrite /rc_move_out. wp_pure _ credit:"H£". wp_bind (BinOp _ _ _).
    iApply (wp_step_fupd _ _ ∅ _ (▷ rc_content R τ (l, a) ∗ na_own p (rc_opened (N:=N) F l))
      with "[Hso Hna]"); [set_solver| |].
    { iApply (so_P1_end SO _ _ ⊤ (rc_opened (N:=N) F l) with "Hso Hna"); [done|].
      by apply contentN_opened. }
    wp_op. iIntros "!> [Hc Hna]".
    iMod (lc_fupd_elim_later with "H£ Hc") as (wl HR) "(Hd & Hown & H†)". iModIntro.
    iDestruct (ty_size_eq with "Hown") as %Hlen. cbn -[heap_pointsto_vec].
    wp_apply (memcpy_spec with "[$Hdst $Hd]"); [by rewrite Hvl|by rewrite Hlen|].
    iIntros "[Hdst Hd]". wp_pures.
    wp_apply (rc_dec_count_spec with "Hl"); [done..|]. iIntros "[%H0 Hl]".
    iMod ("Hclose" with "[Hl Hw Hregs Hh $Hp $Hna]") as "Hna".
    { iNext. iApply (unique_close with "[Hl Hw] Hregs Hh"). by iFrame. }
    wp_pures. wp_apply (rc_release_strong_spec SO with "[$Hna $Hb $Hh' $Hreg Hd H†]").
    { by apply countN_subseteq. }
    { iExists wl. by iFrame. }
    iIntros "[Hna Hrest]". iApply "HΦ". by iFrame.
  Qed.

  Lemma rc_try_unwrap_spec F γ i l a r j dst vl :
    ↑N ⊆ F → length vl = ty_size τ →
    {{{ na_own p F ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}
      rc_try_unwrap (ty_size τ) [ #l; #dst ]
    {{{ (b : bool), RET #b; na_own p F ∗
        if b then
          ∃ wl, ⌜R a wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl ∗ is_last SO γ l r j
        else ⌜r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}.
  Proof.
    iIntros (HF Hvl Φ) "(Hna & Hrc & Hdst) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)".
    { by apply countN_subseteq. }
    wp_rec. rewrite /rc_strong_count. wp_pures. wp_read. wp_op.
    case_bool_decide as Hn1; wp_if.
    - assert (n = 1%positive) as -> by lia.
      wp_apply (rc_move_out_spec with "[$Hb $Hl $Hw $Hg $Hm $Hna $Hclose $Hdst]"); [done..|].
      iIntros (wl) "(% & Hdst & Hown & Hna & Hrest)". wp_pures. iModIntro.
      iApply ("HΦ" $! true). iFrame "Hna". iExists wl. by iFrame.
    - iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
      iModIntro. iApply ("HΦ" $! false). iFrame "Hna Hb Hp Hm Hdst". iPureIntro.
      intros Hr. destruct Hk as (_ & _ & Hk). destruct (Hk Hr). subst. done.
  Qed.

  Lemma rc_into_inner_spec F glue D γ i l a r j dst vl :
    ↑N ⊆ F → length vl = ty_size τ →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_rc SO γ i l a r 1 j ∗
        dst ↦∗ vl }}}
      rc_into_inner (ty_size τ) glue [ #l; #dst ]
    {{{ (b : bool), RET #b; na_own p F ∗
        if b then ∃ wl, ⌜R a wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl ∗ is_last SO γ l r j
        else ⌜r ≠ 1%Qp⌝ ∗ dst ↦∗ vl ∗
          rc_receipt SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ D wl) }}}.
  Proof.
    iIntros (HF Hvl Φ) "(#Hglue & Hna & Hrc & Hdst) HΦ". wp_rec.
    wp_apply (rc_try_unwrap_spec with "[$Hna $Hrc $Hdst]"); [done..|].
    iIntros ([]) "[Hna H]"; wp_if.
    - iModIntro. iApply ("HΦ" $! true). iFrame.
    - iDestruct "H" as "(%Hr & Hrc & Hdst)".
      wp_apply (rc_drop_spec with "[$Hglue $Hna $Hrc]"); [done|].
      iIntros "[Hna [(%k' & %Hk & _)|(_ & Hrest)]]"; [lia|]. wp_pures. iModIntro.
      iApply ("HΦ" $! false). by iFrame.
  Qed.

  (** ** Clones of a shared content *)

  (** [clone_to] makes a value out of one that is shared. [C] is what is known of it. *)
  Definition rc_clone_to_spec F i l a (C : list val → Prop) (clone_to : val) : iProp Σ :=
    ∀ q dst vl, ⌜length vl = ty_size τ⌝ -∗
      {{{ na_own p F ∗ so_own SO i.2 (l, a) 1 q ∗ dst ↦∗ vl }}}
        clone_to [ #(l +ₗ 2); #dst ]
      {{{ a' wl, RET #☠; na_own p F ∗ so_own SO i.2 (l, a) 1 q ∗
          ⌜R a' wl ∧ C a'⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl }}}.

  Lemma rc_unwrap_or_clone_spec F glue D C clone_to γ i l a r j dst vl :
    ↑N ⊆ F → length vl = ty_size τ →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ rc_clone_to_spec F i l a C clone_to ∗
        na_own p F ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}
      rc_unwrap_or_clone (ty_size τ) clone_to glue [ #l; #dst ]
    {{{ a' wl, RET #☠; na_own p F ∗ ⌜R a' wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl ∗
        ((⌜a' = a⌝ ∗ is_last SO γ l r j) ∨
         (⌜r ≠ 1%Qp ∧ C a'⌝ ∗ rc_receipt SO γ l r j (∃ wl', ⌜R a wl'⌝ ∗ D wl'))) }}}.
  Proof.
    iIntros (HF Hvl Φ) "(#Hglue & #Hclone & Hna & Hrc & Hdst) HΦ". wp_rec.
    wp_apply (rc_try_unwrap_spec with "[$Hna $Hrc $Hdst]"); [done..|].
    iIntros ([]) "[Hna H]"; wp_if.
    - iDestruct "H" as (wl) "(% & Hdst & Hown & Hrest)". iModIntro.
      iApply ("HΦ" $! a wl). iFrame. iSplitR; [done|]. iLeft. by iFrame.
    - iDestruct "H" as "(%Hr & Hrc & Hdst)".
      iDestruct (is_rc_acc with "Hrc") as (q) "[Hso Hrc]". wp_pures.
      wp_apply ("Hclone" with "[%] [$Hna $Hso $Hdst]"); [done|].
      iIntros (a' wl) "(Hna & Hso & [%HR %HC] & Hdst & Hown)". wp_pures.
      iDestruct ("Hrc" with "Hso") as "Hrc".
      wp_apply (rc_drop_spec with "[$Hglue $Hna $Hrc]"); [done|].
      iIntros "[Hna [(%k' & %Hk & _)|(_ & Hrest)]]"; [lia|].
      iApply ("HΦ" $! a' wl). iFrame "Hna Hdst Hown". iSplitR; [done|]. iRight.
      by iFrame "Hrest".
  Qed.
End specs.
