(** * Fractional borrows

An invariant ([frac_inv]) that holds what is left of the content, [φ qr], and for what is
out, [1 - qr], as much of the token of the lifetime. So nothing is out when the lifetime
is over, and the whole goes back to who lent it. It is made of a full borrow, in which the
right to take the content out of the invariant remains. The invariant is in [lft_userN], so
that an inclusion may rest on a fractional borrow of tokens ([frac_bor_lft_incl]). *)
From iris.algebra Require Import excl frac.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lifetime.proof Require Import lifetimes borrow borrow_laws.
From tally.prelude Require Import options.

Definition fracN : namespace := lft_userN .@ "frac".

Section defs.
  Context `{!invGS Σ, !lftG Σ}.

  Definition frac_inv (κ : lft) (φ : Qp → iProp Σ) (γ γ' : gname) : iProp Σ :=
    (∃ qr : Qp, φ qr ∗ own γ qr ∗
       (⌜qr = 1%Qp⌝ ∨ ∃ qo, ⌜(qr + qo)%Qp = 1%Qp⌝ ∗ qo.[κ])) ∨
    ([†κ] ∗ own γ' (Excl ())).
  Definition frac_bor (κ : lft) (φ : Qp → iProp Σ) : iProp Σ :=
    ∃ κ0 φ0 γ γ', κ ⊑ κ0 ∗ ▷ □ (∀ q, φ0 q ↔ φ q) ∗ inv fracN (frac_inv κ0 φ0 γ γ').
End defs.
Notation "&frac{ κ } φ" := (frac_bor κ φ)
  (at level 20, right associativity, format "&frac{ κ }  φ") : bi_scope.

Section frac.
  Context `{!invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (φ : Qp → iProp Σ).

  Global Instance frac_bor_persistent κ φ : Persistent (&frac{κ} φ).
  Proof. apply _. Qed.
  Global Instance frac_bor_contractive κ n :
    Proper (pointwise_relation Qp (dist_later n) ==> dist n) (frac_bor κ).
  Proof. solve_contractive. Qed.
  Global Instance frac_bor_proper κ :
    Proper (pointwise_relation Qp (≡) ==> (≡)) (frac_bor κ).
  Proof. solve_proper. Qed.

  Local Lemma frac_bor_intro κ φ γ γ' : inv fracN (frac_inv κ φ γ γ') -∗ &frac{κ} φ.
  Proof.
    iIntros "I". iExists κ, φ, γ, γ'. iFrame "I". iSplit; [iApply lft_incl_refl|].
    iIntros "!> !>" (q). by iSplit; iIntros "$".
  Qed.
  Lemma frac_bor_iff κ φ φ' : ▷ □ (∀ q, φ q ↔ φ' q) -∗ &frac{κ} φ -∗ &frac{κ} φ'.
  Proof.
    iIntros "#H (%κ0 & %φ0 & %γ & %γ' & Hin & #Hiff & I)".
    iExists κ0, φ0, γ, γ'. iFrame "Hin I". iIntros "!> !>" (q). iSplit.
    - iIntros "Hq". iApply "H". by iApply "Hiff".
    - iIntros "Hq". iApply "Hiff". by iApply "H".
  Qed.
  Lemma frac_bor_shorten κ κ' φ : κ ⊑ κ' -∗ &frac{κ'} φ -∗ &frac{κ} φ.
  Proof.
    iIntros "Hin (%κ0 & %φ0 & %γ & %γ' & Hin' & Hiff & I)".
    iExists κ0, φ0, γ, γ'. iFrame "Hiff I". iApply (lft_incl_trans with "Hin Hin'").
  Qed.
  Local Lemma frac_bor_fake_any E κ φ : [†κ] ={E}=∗ &frac{κ} φ.
  Proof.
    iIntros "#Hdead". iMod (own_alloc (Excl ())) as (γ') "H"; [done|].
    iMod (inv_alloc fracN _ (frac_inv κ φ γ' γ') with "[H]") as "I".
    { iRight. by iFrame "Hdead H". }
    iModIntro. by iApply frac_bor_intro.
  Qed.
  Lemma frac_bor_fake E κ φ : ↑lftN ⊆ E → [†κ] ={E}=∗ &frac{κ} φ.
  Proof. intros _. apply frac_bor_fake_any. Qed.
  Lemma bor_fracture E κ φ : ↑lftN ⊆ E → £ 1 -∗ &{κ} (φ 1%Qp) ={E}=∗ &frac{κ} φ.
  Proof.
    iIntros (?) "H£ H".
    iMod (bor_acc_atomic_strong with "H") as "[[Hφ Hclose]|[#Hdead Hclose]]"; [done| |].
    - iMod (own_alloc (1%Qp : fracR)) as (γ) "Hγ"; [done|].
      iMod (own_alloc (Excl ())) as (γ') "Hγ'"; [done|].
      iMod (inv_alloc fracN _ (frac_inv κ φ γ γ') with "[Hφ Hγ]") as "#I".
      { iLeft. iExists 1%Qp. iFrame "Hφ Hγ". by iLeft. }
      iMod ("Hclose" $! (own γ' (Excl ())) with "H£ [] [Hγ']") as "_"; [|by iNext|].
      { iIntros "!> >Hγ' #Hdead".
        iMod (inv_acc with "I") as "[H Hclose]"; [apply nclose_subseteq|].
        iDestruct "H" as "[(%qr & Hφ & >Hγ & >[->|(%qo & _ & Ho)])|(_ & >H)]".
        - iMod ("Hclose" with "[Hγ']") as "_"; [|done]. iRight. by iFrame "Hdead Hγ'".
        - iDestruct (lft_tok_dead with "Ho Hdead") as %[].
        - iDestruct (own_valid_2 with "H Hγ'") as %[]. }
      iModIntro. by iApply frac_bor_intro.
    - iMod "Hclose" as "_". by iApply frac_bor_fake_any.
  Qed.

  Lemma frac_bor_acc_user E q κ φ : Fractional φ → ↑lft_userN ⊆ E →
    &frac{κ} φ -∗ q.[κ] ={E}=∗ ∃ q', ▷ φ q' ∗ (▷ φ q' ={E}=∗ q.[κ]).
  Proof.
    iIntros (Hφ HE) "(%κ0 & %φ0 & %γ & %γ' & #Hin & #Hiff & #I) Hq".
    assert (↑fracN ⊆ E) by (etrans; [apply nclose_subseteq|done]).
    iMod (lft_incl_acc_user with "Hin Hq") as (q0) "[Hq Hback]"; [done|].
    iMod (inv_acc with "I") as "[[(%qr & HP & >H & >Hout)|(>Hdead & _)] Hclose]";
      [done| |]; last first.
    { iDestruct (lft_tok_dead with "Hq Hdead") as %[]. }
    destruct (Qp.lower_bound qr q0) as (q' & r & s & -> & ->).
    iAssert (▷ (φ q' ∗ φ0 r))%I with "[HP]" as "[HP1 HP2]".
    { iNext. iDestruct ("Hiff" with "HP") as "HP". rewrite Hφ. iDestruct "HP" as "[$ HP]".
      by iApply "Hiff". }
    iDestruct "H" as "[H1 H2]". iDestruct "Hq" as "[Hq1 Hq2]".
    iMod ("Hclose" with "[HP2 H2 Hq1 Hout]") as "_".
    { iNext. iLeft. iExists r. iFrame "HP2 H2". iRight.
      iDestruct "Hout" as "[%Hr|(%qo & %Hr & Ho)]".
      - iExists q'. iFrame "Hq1". iPureIntro. by rewrite Qp.add_comm.
      - iExists (q' + qo)%Qp. iSplit.
        + iPureIntro. rewrite -Hr. by rewrite (Qp.add_comm q' r) Qp.add_assoc.
        + iSplitL "Hq1"; done. }
    iModIntro. iExists q'. iFrame "HP1". iIntros "HP".
    iMod (inv_acc with "I") as "[[(%qr & HP' & >H & >Hout)|(>Hdead & _)] Hclose]";
      [done| |]; last first.
    { iDestruct (lft_tok_dead with "Hq2 Hdead") as %[]. }
    iDestruct (own_valid_2 with "H1 H") as %Hv%frac_valid.
    iDestruct "Hout" as "[->|(%qo & %Hr & Ho)]".
    { exfalso. rewrite frac_op Qp.add_comm in Hv. by apply Qp.not_add_le_l in Hv. }
    assert (q' ≤ qo)%Qp as Hle.
    { apply (Qp.add_le_mono_r _ _ qr). by rewrite (Qp.add_comm qo) Hr. }
    iAssert (q'.[κ0] ∗ (⌜(q' + qr)%Qp = 1%Qp⌝ ∨
      ∃ qo, ⌜(q' + qr + qo)%Qp = 1%Qp⌝ ∗ qo.[κ0]))%I with "[Ho]" as "[Hq1 Hout]".
    { apply Qp.le_lteq in Hle as [[qd ->]%Qp.lt_sum| ->].
      - iDestruct "Ho" as "[$ Ho]". iRight. iExists qd. iFrame "Ho". iPureIntro.
        rewrite -Hr. by rewrite (Qp.add_comm q' qr) Qp.add_assoc.
      - iFrame "Ho". iLeft. iPureIntro. by rewrite Qp.add_comm. }
    iMod ("Hclose" with "[HP HP' H1 H Hout]") as "_".
    { iNext. iLeft. iExists (q' + qr)%Qp. iSplitL "HP HP'".
      - iApply "Hiff". rewrite Hφ. iFrame "HP". by iApply "Hiff".
      - iFrame "Hout". iCombine "H1 H" as "H". iFrame "H". }
    iApply "Hback". iSplitL "Hq1"; done.
  Qed.
  Lemma frac_bor_acc E q κ φ : Fractional φ → ↑lftN ⊆ E →
    &frac{κ} φ -∗ q.[κ] ={E}=∗ ∃ q', ▷ φ q' ∗ (▷ φ q' ={E}=∗ q.[κ]).
  Proof. intros ??. apply frac_bor_acc_user; [done|]. pose proof lft_userN_lftN. set_solver. Qed.
  Lemma frac_bor_acc_atomic E κ φ : ↑lftN ⊆ E →
    &frac{κ} φ ={E, E ∖ ↑lftN}=∗
      (∃ q, ▷ φ q ∗ (▷ φ q ={E ∖ ↑lftN, E}=∗ True)) ∨
      ([†κ] ∗ (|={E ∖ ↑lftN, E}=> True)).
  Proof.
    iIntros (HE) "(%κ0 & %φ0 & %γ & %γ' & #Hin & #Hiff & #I)".
    assert (↑fracN ⊆ (↑lftN : coPset)).
    { etrans; [apply nclose_subseteq|apply lft_userN_lftN]. }
    iMod (inv_acc with "I") as "[[(%qr & HP & >H & >Hout)|(>#Hdead & >H)] Hclose]";
      [set_solver| |].
    - iMod (fupd_mask_subseteq (E ∖ ↑lftN)) as "Hmask"; [set_solver|]. iModIntro.
      iLeft. iExists qr. iSplitL "HP"; [iNext; by iApply "Hiff"|].
      iIntros "HP". iMod "Hmask" as "_". iApply "Hclose". iLeft. iExists qr.
      iFrame "H Hout". iNext. by iApply "Hiff".
    - iMod ("Hclose" with "[H]") as "_"; [iRight; by iFrame "Hdead H"|].
      iMod (lft_incl_dead with "Hin Hdead") as "Hdead'"; [done|].
      iMod (fupd_mask_subseteq (E ∖ ↑lftN)) as "Hmask"; [set_solver|]. iModIntro.
      iRight. iFrame "Hdead'". by iMod "Hmask" as "_".
  Qed.
  Lemma frac_bor_lft_incl_part κ κ' p : &frac{κ} (λ q, (q * p).[κ']) -∗ κ ⊑ κ'.
  Proof.
    assert (Fractional (λ q, (q * p).[κ'])%I) as Hfrac.
    { intros q q'. by rewrite Qp.mul_add_distr_r lft_tok_fractional. }
    iIntros "#H". iApply lft_incl_intro. iIntros "!>". iSplitL.
    - iIntros (q) "Hq".
      iMod (frac_bor_acc_user _ _ _ _ Hfrac with "H Hq")
        as (q') "[>Hq Hclose]"; [done|].
      iModIntro. iExists (q' * p)%Qp. iFrame "Hq". iIntros "Hq". by iApply "Hclose".
    - iIntros "#Hdead'".
      iDestruct "H" as "(%κ0 & %φ0 & %γ & %γ' & Hin & Hiff & I)".
      iMod (inv_acc with "I") as "[[(%qr & HP & >H & >Hout)|(>#Hdead & >H)] Hclose]";
        [apply nclose_subseteq| |].
      + iAssert (▷ (qr * p).[κ'])%I with "[HP]" as ">Hq"; [iNext; by iApply "Hiff"|].
        iDestruct (lft_tok_dead with "Hq Hdead'") as %[].
      + iMod ("Hclose" with "[H]") as "_"; [iRight; by iFrame "Hdead H"|].
        by iApply (lft_incl_dead_user with "Hin Hdead").
  Qed.
  Lemma frac_bor_lft_incl κ κ' : &frac{κ} (λ q, q.[κ']) -∗ κ ⊑ κ'.
  Proof.
    iIntros "#H". iApply (frac_bor_lft_incl_part κ κ' 1). iApply (frac_bor_iff with "[] H").
    iIntros "!> !>" (q). rewrite Qp.mul_1_r. by iSplit; iIntros "$".
  Qed.
End frac.
