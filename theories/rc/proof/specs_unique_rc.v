(** * [rc τ]: proofs of the specifications of [UniqueRc], [new_cyclic] and [make_mut] *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code rc_refine.
From tally.rc.proof Require Import handle specs_strong specs_weak specs_unique.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : gname * so_id SO) (l dst : loc) (a wl vl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (s W : Z) (E F : coPset).

  (** The content is there to be read and written. *)
  Lemma is_unique_rc_acc γ l wl r j :
    is_unique_rc SO γ l wl r j -∗
    (l +ₗ 2) ↦∗ wl ∗ ty_own τ wl ∗
    (∀ wl', (l +ₗ 2) ↦∗ wl' -∗ ty_own τ wl' -∗ is_unique_rc SO γ l wl' r j).
  Proof. iIntros "($ & $ & $ & $)". iIntros (wl') "$ $". Qed.

  (** It can lend a reference to a weak handle. *)
  Lemma unique_rc_at_ref γ l r j :
    unique_rc_at SO γ l r j -∗
    rc_ref SO γ l r 1 j ∗ (∀ r' j', rc_ref SO γ l r' 1 j' -∗ unique_rc_at SO γ l r' j').
  Proof.
    iIntros "(#Hb & Hh & Hreg)". iSplitL "Hreg"; [by iFrame "Hb Hreg"|].
    iIntros (r' j') "[_ Hreg]". rewrite /unique_rc_at. by iFrame "Hb Hh Hreg".
  Qed.

  Lemma unique_rc_new_spec (src : loc) wl q m :
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
      unique_rc_new (ty_size τ) [ #src ]
    {{{ l γ, RET #l; ⌜rc_account γ = (q, m)⌝ ∗ is_unique_rc SO γ l wl 1 0 ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (Φ) "(Hlease & Hsrc & Hwl) HΦ". iDestruct (ty_size_eq with "Hwl") as %Hlen.
    wp_rec. iApply wp_fupd. wp_apply (rc_alloc_block_spec with "[$Hlease $Hsrc]"); [done|].
    iIntros (l) "(Hlease & Hl & Hw & Hd & H† & Hsrc)".
    iMod (unique_rc_alloc SO with "Hlease Hl Hw") as (γ) "[% Hu]".
    iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Lemma unique_rc_deref_spec l :
    {{{ True }}} unique_rc_deref [ #l ] {{{ RET #(l +ₗ 2); True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.

  Lemma unique_rc_downgrade_spec F γ l wl r j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_unique_rc SO γ l wl r j }}}
      unique_rc_downgrade [ #l ]
    {{{ RET #l; na_own p F ∗ is_unique_rc SO γ l wl r (j + 1) }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hu & Hc) HΦ".
    iDestruct (unique_rc_at_ref with "Hu") as "[Href Hu]".
    wp_rec. wp_smart_apply (rc_inc_weak_spec with "[$Hna $Href]"); [done|lia|].
    iIntros "[Hna Href]". wp_pures. iModIntro. iApply "HΦ". iFrame "Hna Hc".
    by iApply "Hu".
  Qed.

  (** The content is there, and gets shared. *)
  Lemma unique_rc_share_spec F γ l a r j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ unique_rc_at SO γ l r j ∗ rc_content R τ (l, a) }}}
      #l <- #1
    {{{ RET #☠; na_own p F ∗ ∃ i, is_rc SO γ i l a r 1 j }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hu & Hc) HΦ".
    iMod (unique_open with "Hu Hna")
      as (w) "(([_ %HW] & Hl & Hw) & Hregs & Hh & Hh' & Hreg & #Hb & _ & Hna & Hclose)";
      [done|].
    iMod (phase_alloc with "Hc Hh Hh'") as (i) "(Hh & #Hp & Hres & Htok)".
    iApply wp_fupd. wp_write.
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hh Hres]") as "Hna".
    { iNext. iLeft. iExists 1%Z, _, 1, w. iFrame "Hl Hw Hregs". iSplitR; [done|]. iLeft.
      iExists (Some (i, a)). iFrame "Hh Hp Hres". iPureIntro. naive_solver. }
    iModIntro. iApply "HΦ". iFrame "Hna". iExists i. iFrame "Hb Hp Hreg Htok".
  Qed.

  Lemma unique_rc_into_rc_spec F γ l wl a r j :
    ↑rc_countN N l ⊆ F → R a wl →
    {{{ na_own p F ∗ is_unique_rc SO γ l wl r j }}}
      unique_rc_into_rc [ #l ]
    {{{ i, RET #l; na_own p F ∗ is_rc SO γ i l a r 1 j }}}.
  Proof.
    iIntros (HF HR Φ) "(Hna & Hu & Hd & Hown & H†) HΦ". wp_rec.
    wp_apply (unique_rc_share_spec with "[$Hna $Hu Hd Hown H†]"); [done|iExists wl; by iFrame|].
    iIntros "[Hna [%i Hrc]]". wp_pures. iModIntro. iApply "HΦ". iFrame.
  Qed.

  Lemma unique_rc_drop_spec F glue D γ l wl r j :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_unique_rc SO γ l wl r j }}}
      unique_rc_drop (ty_size τ) glue [ #l ]
    {{{ RET #☠; na_own p F ∗ is_last SO γ l r j ∗ D wl }}}.
  Proof.
    iIntros (HF Φ) "(#Hglue & Hna & Hu & Hd & Hown & H†) HΦ". wp_rec. wp_pures.
    wp_apply ("Hglue" with "[$Hna $Hd $Hown]"). iIntros (wl') "(Hna & Hd & %Hlen & HD)".
    wp_pures. wp_apply (rc_release_strong_spec with "[$Hna $Hu Hd H†]").
    { by apply countN_subseteq. }
    { iExists wl'. by iFrame. }
    iIntros "[Hna Hrest]". iApply "HΦ". iFrame.
  Qed.

  (** From shared to unique, if it is the only handle of any kind. *)
  Lemma rc_try_into_unique_spec F γ i l a r q m :
    ↑N ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
      rc_try_into_unique [ #l ]
    {{{ v, RET v; na_own p F ∗
        ((∃ γ' wl, ⌜v = #l ∧ R a wl ∧ rc_account γ' = (q, m)⌝ ∗
           is_unique_rc SO γ' l wl 1 0 ∗ is_last SO γ l r 0) ∨
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
    wp_bind (Write _ _ _).
    iApply (wp_step_fupd _ _ ∅ _ (▷ rc_content R τ (l, a) ∗ na_own p F)
      with "[Hso Hna]"); [set_solver| |].
    { iApply (so_P1_end SO _ _ ⊤ F with "Hso Hna"); [done|by apply contentN_subseteq]. }
    wp_write. iIntros "!> [Hc Hna]".
    iMod (lc_fupd_elim_later with "H£ Hc") as (wl HR) "(Hd & Hown & H†)". iModIntro.
    iMod (unique_rc_alloc SO with "Hlease Hl Hw") as (γ2) "[% Hu]".
    wp_pures. iModIntro. iApply "HΦ". iFrame "Hna". iLeft. iExists γ2, wl.
    iSplitR; [done|]. iFrame.
  Qed.

  (** [init] gets the cells of the content to fill, and a reference to a weak handle
  from which it may make others; some share of the block must be left. *)
  Lemma rc_new_cyclic_spec F a (init : val) (Q : rc_name → loc → Qp → nat → iProp Σ) q m :
    ↑N ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗
        (∀ γ l vl, ⌜rc_account γ = (q, m) ∧ length vl = ty_size τ⌝ -∗
          na_own p F -∗ rc_ref SO γ l 1 1 0 -∗ (l +ₗ 2) ↦∗ vl -∗
          WP init [ #l; #(l +ₗ 2) ] {{ _, ∃ wl r j, na_own p F ∗ rc_ref SO γ l r 1 j ∗
            (l +ₗ 2) ↦∗ wl ∗ ⌜R a wl⌝ ∗ ty_own τ wl ∗ Q γ l r j }}) }}}
      rc_new_cyclic (ty_size τ) [init]
    {{{ γ i l r j, RET #l; ⌜rc_account γ = (q, m)⌝ ∗ na_own p F ∗
        is_rc SO γ i l a r 1 j ∗ Q γ l r j }}}.
  Proof.
    iIntros (HF Φ) "(Hlease & Hna & Hinit) HΦ". wp_rec.
    wp_alloc l as "Hl" "H†" with "Hlease".
    rewrite Nat2Z.id /= !heap_pointsto_vec_cons shift_loc_assoc.
    iDestruct "Hl" as "(Hc & Hw & Hd)". wp_pures. wp_write. wp_pures. wp_write.
    iMod (unique_rc_alloc SO with "Hlease Hc Hw") as (γ) "[%Hγ Hu]".
    iDestruct (unique_rc_at_ref with "Hu") as "[Href Hu]". wp_pures.
    wp_bind (init _). iApply (wp_wand with "[Hinit Hna Href Hd]").
    { iApply ("Hinit" with "[%] Hna Href Hd"). by rewrite list_length_replicate. }
    iIntros (v) "(%wl & %r & %j & Hna & Href & Hd & %HR & Hown & HQ)". wp_pures.
    iDestruct ("Hu" with "Href") as "Hu". wp_bind (Write _ _ _).
    iApply (unique_rc_share_spec with "[$Hna $Hu Hd Hown H†]").
    { by apply countN_subseteq. }
    { iExists wl. by iFrame. }
    iIntros "!> [Hna [%i Hrc]]". wp_pures. iModIntro. iApply "HΦ". by iFrame.
  Qed.

  (** A handle whose content is its own alone. The old handle's weak handles keep the
  old block; without any, and if it is alone, the block is the same. *)
  Lemma rc_make_mut_spec F glue D C clone_to γ i l a r j q m :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ rc_clone_to_spec SO F i l a C clone_to ∗
        heap_lease q m ∗ na_own p F ∗ is_rc SO γ i l a r 1 j }}}
      rc_make_mut (ty_size τ) clone_to glue [ #l ]
    {{{ γ' i' l' a', RET #l'; na_own p F ∗
        ⌜rc_account γ' = (q, m)⌝ ∗ is_rc SO γ' i' l' a' 1 1 0 ∗
        ((⌜a' = a⌝ ∗ is_last SO γ l r j) ∨
         (⌜r ≠ 1%Qp ∧ C a'⌝ ∗ rc_receipt SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ D wl))) }}}.
  Proof.
    iIntros (HF Φ) "(#Hglue & #Hclone & Hlease & Hna & Hrc) HΦ". wp_rec.
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)".
    { by apply countN_subseteq. }
    rewrite /rc_strong_count. wp_pures. wp_read. wp_op. case_bool_decide as Hn1; wp_if.
    - assert (n = 1%positive) as -> by lia. pose proof (usize_weak_handles w HW) as Hsub.
      rewrite /rc_weak_count. wp_pures. wp_read. wp_op. wp_op.
      case_bool_decide as Hw0; wp_if.
      + assert (w = 0) as -> by lia. assert (j = 0) as -> by lia.
        iMod (is_rc_rename with "Hp Hl Hw Hg Hm Hlease") as "(Hbi & Hpi & Hlast & Hrc)";
          [done|].
        iMod ("Hclose" with "[$Hbi $Hpi $Hna]") as "Hna".
        iModIntro. iDestruct "Hrc" as (γ') "[% Hrc]". iApply ("HΦ" $! γ' i l a).
        iFrame "Hna Hrc". iSplitR; [done|]. iLeft. by iFrame "Hb Hlast".
      + wp_alloc l' as "Hl'" "H†" with "Hlease".
        rewrite Nat2Z.id /= !heap_pointsto_vec_cons shift_loc_assoc.
        iDestruct "Hl'" as "(Hc' & Hw' & Hd')". wp_pures. wp_write. wp_pures. wp_write.
        wp_pures.
        wp_apply (rc_move_out_spec with "[$Hb $Hl $Hw $Hg $Hm $Hna $Hclose $Hd']");
          [done|by rewrite list_length_replicate|done|].
        iIntros (wl) "(%HR & Hd' & Hown & Hna & Hrest)". wp_pures.
        iMod (is_rc_wrap SO with "Hlease Hc' Hw' [Hd' Hown H†]") as (γ' i') "[% Hrc']".
        { iExists wl. by iFrame. }
        iModIntro. iApply ("HΦ" $! γ' i' l' a). iFrame "Hna Hrc'". iSplitR; [done|].
        iLeft. by iFrame.
    - iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
      iAssert (is_rc SO γ i l a r 1 j) with "[Hm]" as "Hrc"; [iFrame "Hb Hp Hm"|].
      wp_alloc l' as "Hl'" "H†" with "Hlease".
      rewrite Nat2Z.id /= !heap_pointsto_vec_cons shift_loc_assoc.
      iDestruct "Hl'" as "(Hc' & Hw' & Hd')". wp_pures. wp_write. wp_pures. wp_write.
      iDestruct (is_rc_acc with "Hrc") as (q') "[Hso Hrc]". wp_pures.
      wp_apply ("Hclone" with "[%] [$Hna $Hso $Hd']"); [by rewrite list_length_replicate|].
      iIntros (a' wl) "(Hna & Hso & [%HR %HC] & Hd' & Hown)".
      iDestruct ("Hrc" with "Hso") as "Hrc". wp_pures.
      wp_apply (rc_drop_spec with "[$Hglue $Hna $Hrc]"); [done|].
      iIntros "[Hna [(%k' & %Hk' & _)|(_ & Hrest)]]"; [lia|]. wp_pures.
      iMod (is_rc_wrap SO with "Hlease Hc' Hw' [Hd' Hown H†]") as (γ' i') "[% Hrc']".
      { iExists wl. by iFrame. }
      iModIntro. iApply ("HΦ" $! γ' i' l' a'). iFrame "Hna Hrc'". iSplitR; [done|].
      iRight. iFrame "Hrest". iPureIntro. split; [|done]. intros Hr.
      destruct Hk as (_ & _ & Hk). destruct (Hk Hr). subst. done.
  Qed.
End specs.
