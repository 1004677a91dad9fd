(** * [rc/inner.rs]: [Share::leave_weak_handles]

The content of the only strong handle moves to a new block; the weak handles keep the old
one. Nothing here unwinds. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle specs_strong inner_counts inner_share inner_drop
  inner_room.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h : loc) (a wl : list val).
  Implicit Types (q r : Qp) (j m w : nat) (F : coPset) (T : tparam).

  (** The sharing of a content ends, for two later credits. *)
  Local Lemma so_end_now F i l a :
    ↑rc_contentN N ⊆ F →
    £ 1 -∗ £ 1 -∗ so_own SO i (l, a) 1 1 -∗ na_own p F ={⊤}=∗
    rc_content R τ (l, a) ∗ na_own p F.
  Proof.
    iIntros (HF) "H£1 H£2 Hso Hna".
    iMod (so_P1_end SO _ _ F with "Hso Hna") as "H"; [done|].
    iMod (lc_fupd_elim_later with "H£1 H") as "H". iMod "H" as "[Hcontent $]".
    by iMod (lc_fupd_elim_later with "H£2 Hcontent") as "$".
  Qed.

  (** With the counts open, whose strong one is 1. *)
  Lemma Share_leave_weak_handles_opened T h F γ i l a r j w q m qk mk :
    ↑N ⊆ F → tp_cells T = ty_size τ → in_int_range usize (Z.of_nat w + 1) →
    {{{ heap_lease q m ∗ heap_lease qk mk ∗ h ↦ #l ∗ is_block SO γ l ∗
        l ↦ #1 ∗ (l +ₗ 1) ↦ #(Z.of_nat w + 1) ∗
        ▷ rc_ghost SO γ l i a 1 w ∗ rc_mine SO γ l i a r 1 j ∗
        na_own p (rc_opened (N:=N) F l) ∗
        (▷ block_inv SO γ l ∗ na_own p (rc_opened (N:=N) F l) ={⊤}=∗ na_own p F) }}}
      Share_leave_weak_handles T [ #h ]
    {{{ γ' i' l', RET ret_val #☠; heap_lease qk mk ∗ na_own p F ∗ h ↦ #l' ∗
        ⌜rc_lease_of γ' = (q, m)⌝ ∗ rc_own SO γ' i' l' a 1 1 0 ∗ rc_last_own SO γ l r j }}}.
  Proof.
    iIntros (HF HT HW Φ) "(Hlease & Hk & Hh & #Hb & Hl & Hw & Hg & Hm & Hna & Hclose) HΦ".
    mir_rec. wp_apply (Block_new_uninit_spec with "Hlease").
    iIntros (l') "(Hlease & Hl' & Hw' & Hd' & H†')".
    iMod (rc_end_sharing with "Hg Hm") as "(Hso & Hregs & Hreg & Hbody & Hun & #Hdead)".
    wp_pure _ credit:"H£1". wp_pure _ credit:"H£2".
    iMod (so_end_now with "H£1 H£2 Hso Hna") as "[Hcontent Hna]"; [by apply contentN_opened|].
    iDestruct "Hcontent" as (wl) "(%HR & Hd & Hwl & H†)".
    iDestruct (ty_size_eq with "Hwl") as %Hlen. mir. rewrite Z.mul_1_l.
    mir_copy "Hd'" "Hd". mir.
    iMod ("Hclose" with "[Hl Hw Hregs Hbody $Hna]") as "Hna".
    { iNext. iApply (unique_close with "[Hl Hw] Hregs Hbody [Hdead]"); [by iFrame|by iLeft]. }
    mir_new b as "Hb'" "Hb†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_apply (Hold_drop_implicit_spec SO T with "[$Hna $Hb' $Hb $Hun $Hreg $Hdead Hd H†]").
    { by apply countN_subseteq. }
    { done. }
    { iExists wl. by iFrame. }
    iIntros "(Hna & Hb' & Hlast)". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hb'". mir_delete "Hb'" "Hb†" with "Hk". mir.
    iMod (rc_own_wrap SO _ l' a with "Hlease Hl' Hw' [Hd' Hwl H†']") as (γ' i') "[%Hγ' Hrc]".
    { iExists wl. rewrite /rc_dealloc -HT. by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hh Hrc Hlast". iSplitL "Hk"; [mir_lease "Hk"|done].
  Qed.

  (** The owner of all handles has the only strong one. *)
  Lemma Share_leave_weak_handles_spec T h F γ i l a j q m qk mk :
    ↑N ⊆ F → tp_cells T = ty_size τ →
    {{{ heap_lease q m ∗ heap_lease qk mk ∗ na_own p F ∗ h ↦ #l ∗ rc_own SO γ i l a 1 1 j }}}
      Share_leave_weak_handles T [ #h ]
    {{{ γ' i' l', RET ret_val #☠; heap_lease qk mk ∗ na_own p F ∗ h ↦ #l' ∗
        ⌜rc_lease_of γ' = (q, m)⌝ ∗ rc_own SO γ' i' l' a 1 1 0 ∗ rc_last_own SO γ l 1 j }}}.
  Proof.
    iIntros (HF HT Φ) "(Hlease & Hk & Hna & Hh & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & (_ & _ & %Hr) & Hna & Hclose)".
    { by apply countN_subseteq. }
    destruct (Hr eq_refl) as [-> ->].
    iApply (Share_leave_weak_handles_opened with "[$Hlease $Hk $Hh $Hb $Hl $Hw $Hg $Hm $Hna $Hclose]");
      done.
  Qed.
End specs.
