(** * [rc/inner.rs]: proofs about comparison and the only handle

[Share::is_of_same_value], [Share::is_alone], [Share::value_mut], and [Whole::drop], whose
destructor may unwind. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle specs_strong specs_unique inner_counts inner_share
  inner_drop.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (F : coPset) (T : tparam).

  (** Both are live, so that the comparison is defined. *)
  Lemma Share_is_of_same_value_spec T h h' q q' F γ i l a r k j γ' i' l' a' r' k' j' :
    ↑N ⊆ F →
    {{{ na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
        rc_own SO γ i l a r k j ∗ rc_own SO γ' i' l' a' r' k' j' }}}
      Share_is_of_same_value T [ #h; #h' ]
    {{{ RET ret_val #(bool_decide (l = l')); na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
        rc_own SO γ i l a r k j ∗ rc_own SO γ' i' l' a' r' k' j' }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & Hh' & Hrc & Hrc') HΦ". mir_rec. iApply wp_fupd.
    destruct (decide (l = l')) as [<-|Hne].
    - iMod (rc_open with "Hrc Hna")
        as (n w) "((%Hn & Hl & Hw) & Hg & Hm & #Hb & _ & Hna & Hclose)".
      { by apply countN_subseteq. }
      iDestruct "Hl" as "[Hl Hl']". mir. wp_apply (wp_eq_loc with "[$Hl $Hl']").
      iIntros "[Hl Hl']". iCombine "Hl Hl'" as "Hl". mir.
      iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hna Hh Hh' Hb Hm Hrc'".
    - iMod (rc_open with "Hrc Hna")
        as (n w) "((%Hn & Hl & Hw) & Hg & Hm & #Hb & _ & Hna & Hclose)".
      { by apply countN_subseteq. }
      iMod (rc_open with "Hrc' Hna")
        as (n' w') "((%Hn' & Hl' & Hw') & Hg' & Hm' & #Hb' & _ & Hna & Hclose')".
      { rewrite /rc_opened /rc_countN. solve_ndisj. }
      mir. wp_apply (wp_eq_loc with "[$Hl $Hl']"). iIntros "[Hl Hl']". mir.
      iMod ("Hclose'" with "[Hl' Hw' Hg' $Hna]") as "Hna".
      { iNext. iApply (rc_close with "[Hl' Hw'] Hg'"). by iFrame. }
      iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hna Hh Hh' Hb Hm Hb' Hm'".
  Qed.

  (** It reads both counts. If the answer is yes, this handle is the only one: it gets a new
  name with share 1, and the old name is over. If the caller owns share 1, the answer is yes. *)
  Lemma Share_is_alone_spec T h q F γ i l a r o :
    ↑rc_countN N l ⊆ F →
    {{{ rc_spare_lease o ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r 1 0 }}}
      Share_is_alone T [ #h ]
    {{{ (b : bool), RET ret_val #b; na_own p F ∗ h ↦{q} #l ∗
        if b then
          ∃ γ', ⌜rc_lease_of γ' = rc_next_lease γ o⌝ ∗ rc_own SO γ' i l a 1 1 0 ∗
            rc_old_name SO γ l r o
        else ⌜r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗ rc_own SO γ i l a r 1 0 }}}.
  Proof.
    iIntros (HF Φ) "(Hspare & Hna & Hh & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)"; [done|].
    destruct (usize_weak_sub w HW) as [Hsub Hover]. mir_rec. mir_rec.
    case_bool_decide as Hw0; mir; [mir_rec; case_bool_decide as Hn1|].
    { assert (w = 0) as -> by lia. assert (n = 1%positive) as -> by lia.
      iMod (rc_own_rename with "Hb Hl Hw Hg Hm Hspare") as "(Hbi & Hold & Hrc)"; [done|].
      iMod ("Hclose" with "[$Hbi $Hna]") as "Hna".
      iModIntro. iApply ("HΦ" $! true). iFrame "Hna Hh". iDestruct "Hrc" as (γ') "[% Hrc]".
      iExists γ'. by iFrame "Hrc Hold". }
    all: iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna";
      [iNext; iApply (rc_close with "[Hl Hw] Hg"); by iFrame|].
    all: iModIntro; iApply ("HΦ" $! false); iFrame "Hspare Hna Hh Hb Hm"; iPureIntro.
    all: destruct Hk as (_ & _ & Hk); intros Hr; destruct (Hk Hr); subst; done.
  Qed.
  (** There is another handle, of whatever kind. *)
  Lemma Share_is_alone_other_spec T h q F γ i l a r k j :
    ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
    {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
      Share_is_alone T [ #h ]
    {{{ RET ret_val #false; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Hother Φ) "(Hna & Hh & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)"; [done|].
    destruct (usize_weak_sub w HW) as [Hsub Hover]. mir_rec. mir_rec.
    case_bool_decide as Hw0; mir; [mir_rec; case_bool_decide as Hn1|].
    { exfalso. destruct Hk as (? & ? & _). destruct Hother; [|lia].
      assert (n = 1%positive) as -> by lia. lia. }
    all: iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna";
      [iNext; iApply (rc_close with "[Hl Hw] Hg"); by iFrame|].
    all: iModIntro; iApply "HΦ"; iFrame "Hna Hh Hb Hm".
  Qed.

  (** The address of the content, which the caller then owns, or nothing. With share 1 it
  is the address. *)
  Lemma Share_value_mut_spec T h q F γ i l a r o :
    ↑N ⊆ F →
    {{{ rc_spare_lease o ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r 1 0 }}}
      Share_value_mut T [ #h ]
    {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
        ((⌜v = some_val #(l +ₗ 2)⌝ ∗ rc_block_open SO l a (rc_next_lease γ o) ∗
           rc_old_name SO γ l r o) ∨
         (⌜v = none_val ∧ r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗ rc_own SO γ i l a r 1 0)) }}}.
  Proof.
    iIntros (HF Φ) "(Hspare & Hna & Hh & Hrc) HΦ". mir_rec.
    wp_apply (Share_is_alone_spec with "[$Hspare $Hna $Hh $Hrc]"); [by apply countN_subseteq|].
    iIntros ([]) "(Hna & Hh & Hrc)"; last first.
    { iDestruct "Hrc" as "(% & Hspare & Hrc)". mir. iModIntro. iApply "HΦ".
      iFrame "Hna Hh". iRight. by iFrame. }
    iDestruct "Hrc" as (γ' Hγ') "[Hrc Hlast]".
    iMod (rc_own_unwrap with "Hrc Hna") as "H"; [done|]. rewrite Hγ'.
    destruct (rc_next_lease γ o) as [q' m].
    wp_pure _ credit:"H£". iMod "H" as "(Hlease & Hl & Hw & Hso & Hna)".
    wp_bind (Rec _ _ _).
    iApply (wp_step_fupd _ _ ∅ _ (▷ rc_content R τ (l, a) ∗ na_own p F)
      with "[Hso Hna]"); [set_solver| |].
    { iApply (so_P1_end SO _ _ F with "Hso Hna"). by apply contentN_subseteq. }
    wp_closure. iIntros "!> [Hc Hna]".
    iMod (lc_fupd_elim_later with "H£ Hc") as (wl HR) "(Hd & Hown & H†)".
    iModIntro. mir. iModIntro. iApply "HΦ". iFrame "Hna Hh". iLeft. iSplitR; [done|].
    iFrame "Hlast". iExists wl. iFrame "Hd Hown". iSplitR; [done|].
    iIntros (a' wl' HR') "Hd Hown".
    iApply (rc_own_wrap SO with "Hlease Hl Hw"). iExists wl'. by iFrame.
  Qed.

  (** ** The whole *)
  Lemma Whole_drop_spec T h q F D U γ l wl r j qk m :
    ↑N ⊆ F → tp_cells T = ty_size τ →
    {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease qk m ∗ na_own p F ∗
        h ↦{q} #l ∗ unique_rc_own SO γ l wl r j }}}
      Whole_drop T [ #h ]
    {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j ∗
        ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e }}}.
  Proof.
    iIntros (HF HT Φ) "(#Hglue & Hk & Hna & Hh & Hu & [Hlive _] & Hd & Hwl & H†) HΦ".
    iMod (one_shot_choose with "Hlive") as "#Hdead". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_apply ("Hglue" with "[$Hna $Hd $Hwl]"). iIntros (e vl') "(Hna & Hd & %Hlen & He)".
    iAssert (∀ Ψ : val → iProp Σ,
      (na_own p F -∗ s ↦ #l -∗ rc_last_own SO γ l r j -∗ Ψ (ret_val #☠)) -∗
      WP Hold_drop T [ #s ] {{ Ψ }})%I with "[Hna Hu Hd H† Hs]" as "Hdrop".
    { iIntros (Ψ) "HΨ".
      wp_apply (Hold_drop_implicit_spec with "[$Hna $Hs $Hu $Hdead Hd H†]");
        [by apply countN_subseteq|done| |].
      { iExists vl'. by iFrame. }
      iIntros "(Hna & Hs & Hlast)". iApply ("HΨ" with "Hna Hs Hlast"). }
    mir_ends "He" as "HQ" | "HU"; mir; iApply "Hdrop"; iIntros "Hna Hs Hlast"; mir;
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hs"; wp_free with "Hk"; mir; iModIntro;
      iApply "HΦ"; iFrame "Hk Hna Hh Hlast".
    - iApply ends_ret. by iFrame.
    - by iApply ends_unw.
  Qed.
End specs.
