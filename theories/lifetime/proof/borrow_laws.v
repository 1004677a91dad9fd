(** * Full borrows: the laws

Each law that changes what is borrowed has the same form: open the borrow, make a new one
on a higher level of what is to be lent now, and leave in the old one the promise that its
content comes back ([idx_take]). When the lifetime is over already there is nothing to do:
every borrow can be had then ([bor_fake]). See [borrow.v] for the model. *)
From iris.algebra Require Import excl.
From iris.base_logic.lib Require Import own invariants ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lifetime.proof Require Import lifetimes borrow.
From tally.prelude Require Import options.

Section laws.
  Context `{!invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (P Q : iProp Σ) (i : bor_idx).

  (** ** Borrows with an index *)
  Lemma idx_bor_iff κ i P Q : ▷ □ (P ↔ Q) -∗ &{κ, i} P -∗ &{κ, i} Q.
  Proof.
    rewrite /idx_bor. iIntros "#HPQ (%κ0 & %P0 & Hin & #Hiff & I)".
    iExists κ0, P0. iFrame "Hin I". iIntros "!> !>". iSplit.
    - iIntros "H". iApply "HPQ". by iApply "Hiff".
    - iIntros "H". iApply "Hiff". by iApply "HPQ".
  Qed.
  Lemma idx_bor_shorten κ κ' i P : κ ⊑ κ' -∗ &{κ', i} P -∗ &{κ, i} P.
  Proof.
    rewrite /idx_bor. iIntros "Hin (%κ0 & %P0 & Hin' & Hiff & I)".
    iExists κ0, P0. iFrame "Hiff I". iApply (lft_incl_trans with "Hin Hin'").
  Qed.

  Lemma later_iff_l P Q : ▷ □ (P ↔ Q) -∗ ▷ P -∗ ▷ Q.
  Proof. iIntros "#H HP !>". by iApply "H". Qed.
  Lemma later_iff_r P Q : ▷ □ (P ↔ Q) -∗ ▷ Q -∗ ▷ P.
  Proof. iIntros "#H HP !>". by iApply "H". Qed.

  (** Opening a borrow without a token; both halves of its state are here meanwhile. *)
  Definition idx_held (i : bor_idx) : iProp Σ := idx_bor_own i ∗ idx_bor_own i.
  Lemma idx_held_ne i i' : idx_held i -∗ idx_bor_own i' -∗ ⌜idxN i ## idxN i'⌝.
  Proof. iIntros "[H1 H2] H'". iApply (in_state_ne with "H1 H2 H'"). Qed.
  Lemma idx_take E κ i P : ↑idxN i ⊆ E → ↑lft_userN ⊆ E →
    &{κ, i} P -∗ idx_bor_own i ={E, E ∖ ↑idxN i}=∗
      (idx_held i ∗ ▷ P ∗
        ((idx_held i -∗ ▷ P ={E ∖ ↑idxN i, E}=∗ idx_bor_own i) ∧
         (∀ κ', £ 1 -∗ κ' ⊑ κ -∗ idx_held i -∗
            ▷ ([†κ'] ={levelE (S (idx_level i))}=∗ ▷ P) ={E ∖ ↑idxN i, E}=∗
            ([†κ'] ={levelE (idx_level i)}=∗ idx_bor_own i)))) ∨
      ([†κ] ∗ (|={E ∖ ↑idxN i, E}=> idx_bor_own i)).
  Proof.
    rewrite /idx_bor. iIntros (? HE) "(%κ0 & %P0 & #Hin & #Hiff & #I) Hs".
    assert (↑lft_userN ⊆ E ∖ ↑idxN i) by (pose proof (idxN_userN i); set_solver).
    iMod (raw_look with "I Hs") as "(Hs & Hs' & [HP|H] & Hclose)"; [done| |]; last first.
    { iRight. simpl. iDestruct "H" as "[#Hdead Honce]".
      iMod (lft_incl_dead_user with "Hin Hdead") as "$"; [done|]. iModIntro.
      iMod ("Hclose" with "Hs' [Honce]") as "_"; [|done]. iRight. by iFrame "Hdead Honce". }
    iModIntro. iLeft. simpl. iDestruct (later_iff_l with "Hiff HP") as "$".
    iFrame "Hs Hs'". iSplit.
    { iIntros "[Hs Hs'] HP". iDestruct (later_iff_r with "Hiff HP") as "HP".
      iMod ("Hclose" with "Hs' [HP]") as "_"; [|done]. by iLeft. }
    iIntros (κ') "H£ #Hin' [Hs Hs'] HW".
    iMod (in_state_update (BorLent κ') with "Hs Hs'") as "[Hs Hs']".
    iMod ("Hclose" with "Hs' [H£ HW]") as "_".
    { iLeft. iNext. simpl. iFrame "H£". iSplitR.
      - iApply (lft_incl_trans with "Hin' Hin").
      - iIntros "Hdead". iMod ("HW" with "Hdead") as "HP". iModIntro.
        by iApply (later_iff_r with "Hiff HP"). }
    iIntros "!> Hdead".
    iMod (raw_look with "I Hs") as "(Hs & Hs' & H & Hclose)"; [by apply idxN_levelE|].
    iMod (in_state_update BorIn with "Hs Hs'") as "[Hs Hs']".
    iDestruct "H" as "[(>H£ & H)|H]".
    - iMod (lc_fupd_elim_later with "H£ H") as "[_ H]".
      iMod (fupd_mask_mono with "(H Hdead)") as "HP"; [by apply levelE_promise|].
      iMod ("Hclose" with "Hs' [HP]") as "_"; [by iLeft|done].
    - iMod ("Hclose" with "Hs' [H]") as "_"; [by iRight|done].
  Qed.

  Lemma idx_bor_acc E q κ i P : ↑lftN ⊆ E →
    &{κ, i} P -∗ idx_bor_own i -∗ q.[κ] ={E}=∗
    ▷ P ∗ (▷ P ={E}=∗ idx_bor_own i ∗ q.[κ]).
  Proof.
    rewrite /idx_bor. iIntros (HE) "(%κ0 & %P0 & #Hin & #Hiff & #I) Hs Hq".
    assert (↑idxN i ⊆ E) by (pose proof (idxN_lftN i); set_solver).
    iMod (lft_incl_acc with "Hin Hq") as (q') "[Hq Hback]"; [done|].
    iMod (raw_look with "I Hs") as "(Hs & Hs' & [HP|H] & Hclose)"; [done| |]; last first.
    { iDestruct "H" as "[Hdead _]". iDestruct (lft_tok_dead with "Hq Hdead") as %[]. }
    iMod (in_state_update (BorOpen q') with "Hs Hs'") as "[Hs Hs']".
    iMod ("Hclose" with "Hs' [Hq]") as "_"; [by iLeft|]. iModIntro.
    iDestruct (later_iff_l with "Hiff HP") as "$". iIntros "HP".
    iDestruct (later_iff_r with "Hiff HP") as "HP".
    iMod (raw_look with "I Hs") as "(Hs & Hs' & [>Hq|[]] & Hclose)"; [done|].
    iMod (in_state_update BorIn with "Hs Hs'") as "[Hs Hs']".
    iMod ("Hclose" with "Hs' [HP]") as "_"; [by iLeft|]. iFrame "Hs". by iApply "Hback".
  Qed.
  Lemma idx_bor_acc_atomic E κ i P : ↑lftN ⊆ E →
    &{κ, i} P -∗ idx_bor_own i ={E, E ∖ ↑lftN}=∗
      (▷ P ∗ (▷ P ={E ∖ ↑lftN, E}=∗ idx_bor_own i)) ∨
      ([†κ] ∗ (|={E ∖ ↑lftN, E}=> idx_bor_own i)).
  Proof.
    iIntros (HE) "#I Hs". pose proof (idxN_lftN i). pose proof lft_userN_lftN.
    iMod (idx_take with "I Hs") as "H"; [set_solver..|].
    iMod (fupd_mask_subseteq (E ∖ ↑lftN)) as "Hmask"; [set_solver|]. iModIntro.
    iDestruct "H" as "[(Hheld & HP & Hclose)|[Hdead Hclose]]".
    - iLeft. iFrame "HP". iIntros "HP". iMod "Hmask" as "_".
      iDestruct "Hclose" as "[Hclose _]". iApply ("Hclose" with "Hheld HP").
    - iRight. iFrame "Hdead". by iMod "Hmask" as "_".
  Qed.

  (** ** Creation *)
  (** A new borrow on a level. *)
  Lemma idx_create n E κ P :
    ▷ P ={E}=∗ ∃ i, ⌜idx_level i = n⌝ ∗ &{κ, i} P ∗ idx_bor_own i ∗
      ([†κ] ={levelE n}=∗ ▷ P).
  Proof.
    iIntros "HP". iMod (raw_alloc E n κ with "HP") as (i) "(<- & #I & Hs & Honce)".
    iModIntro. iExists i. iFrame "Hs". iSplit; [done|]. iSplit; [by iApply raw_idx|].
    iApply (raw_inherit with "I Honce").
  Qed.
  Lemma bor_create_level n E κ P :
    ▷ P ={E}=∗ &{κ} P ∗ ([†κ] ={levelE n}=∗ ▷ P).
  Proof.
    iIntros "HP". iMod (idx_create n with "HP") as (i) "(_ & #I & Hs & $)".
    iModIntro. iApply (bor_fold_idx with "I Hs").
  Qed.
  Lemma bor_create E κ P : ↑lftN ⊆ E → ▷ P ={E}=∗ &{κ} P ∗ ([†κ] ={E}=∗ ▷ P).
  Proof.
    iIntros (?) "HP". iMod (bor_create_level 0 with "HP") as "[$ H]".
    iIntros "!> Hdead". by iMod (fupd_mask_mono with "(H Hdead)") as "$".
  Qed.
  Lemma bor_fake_any E κ P : [†κ] ={E}=∗ &{κ} P.
  Proof.
    iIntros "#Hdead". iMod (ghost_var_alloc BorIn) as (γ) "[H1 H2]".
    iMod (own_alloc (Excl ())) as (γ') "Honce"; [done|].
    iMod (inv_alloc (idxN (BorIdx 0 γ γ')) _ (bor_inv κ (BorIdx 0 γ γ') P)
      with "[Honce H1]") as "I".
    { iExists BorIn. iFrame "H1". iRight. by iFrame "Hdead Honce". }
    iModIntro. iApply (bor_fold_idx _ (BorIdx 0 γ γ') with "[I] H2"). by iApply raw_idx.
  Qed.
  Lemma bor_fake E κ P : ↑lftN ⊆ E → [†κ] ={E}=∗ &{κ} P.
  Proof. intros _. apply bor_fake_any. Qed.

  Lemma bor_iff κ P Q : ▷ □ (P ↔ Q) -∗ &{κ} P -∗ &{κ} Q.
  Proof.
    rewrite /bor. iIntros "Hiff (%i & I & Hs)". iExists i. iFrame "Hs".
    iApply (idx_bor_iff with "Hiff I").
  Qed.
  Lemma bor_shorten κ κ' P : κ ⊑ κ' -∗ &{κ'} P -∗ &{κ} P.
  Proof.
    rewrite /bor. iIntros "Hin (%i & I & Hs)". iExists i. iFrame "Hs".
    iApply (idx_bor_shorten with "Hin I").
  Qed.

  (** ** Access *)
  Lemma bor_acc E q κ P : ↑lftN ⊆ E →
    &{κ} P -∗ q.[κ] ={E}=∗ ▷ P ∗ (▷ P ={E}=∗ &{κ} P ∗ q.[κ]).
  Proof.
    iIntros (?) "H Hq". iDestruct (bor_unfold_idx_1 with "H") as (i) "[#I Hs]".
    iMod (idx_bor_acc with "I Hs Hq") as "[$ Hclose]"; [done|].
    iIntros "!> HP". iMod ("Hclose" with "HP") as "[Hs $]". iModIntro.
    iApply (bor_fold_idx with "I Hs").
  Qed.
  Lemma bor_acc_strong E q κ P : ↑lftN ⊆ E →
    &{κ} P -∗ q.[κ] ={E}=∗
    ▷ P ∗ ∀ Q, £ 1 -∗ ▷ (▷ Q -∗ [†κ] ={↑lft_userN}=∗ ▷ P) -∗ ▷ Q
      ={E}=∗ &{κ} Q ∗ q.[κ].
  Proof.
    iIntros (HE) "H Hq". iDestruct (bor_unfold_idx_1 with "H") as (i) "[I Hs]".
    rewrite /idx_bor. iDestruct "I" as (κ0 P0) "(#Hin & #Hiff & #I)".
    assert (↑idxN i ⊆ E) by (pose proof (idxN_lftN i); set_solver).
    iMod (lft_incl_acc with "Hin Hq") as (q') "[Hq Hback]"; [done|].
    iMod (raw_look with "I Hs") as "(Hs & Hs' & [HP|H] & Hclose)"; [done| |]; last first.
    { iDestruct "H" as "[Hdead _]". iDestruct (lft_tok_dead with "Hq Hdead") as %[]. }
    iMod (in_state_update (BorOpen q') with "Hs Hs'") as "[Hs Hs']".
    iMod ("Hclose" with "Hs' [Hq]") as "_"; [by iLeft|]. iModIntro.
    iDestruct (later_iff_l with "Hiff HP") as "$". iIntros (Q) "H£ Hvs HQ".
    iMod (raw_look with "I Hs") as "(Hs & Hs' & [>Hq|[]] & Hclose)"; [done|].
    iMod (bor_create_level (S (idx_level i)) with "HQ") as "[$ HW]".
    iMod (in_state_update (BorLent κ) with "Hs Hs'") as "[_ Hs']".
    iMod ("Hclose" with "Hs' [H£ HW Hvs]") as "_"; [|by iApply "Hback"].
    iLeft. iNext. simpl. iFrame "H£ Hin". iIntros "#Hdead".
    iMod ("HW" with "Hdead") as "HQ".
    iMod (fupd_mask_mono with "(Hvs HQ Hdead)") as "HP".
    { apply (levelE_userN (S (idx_level i))). }
    iModIntro. by iApply (later_iff_r with "Hiff HP").
  Qed.
  Lemma bor_acc_cons E q κ P : ↑lftN ⊆ E →
    &{κ} P -∗ q.[κ] ={E}=∗
    ▷ P ∗ ∀ Q, £ 1 -∗ ▷ (▷ Q ={↑lft_userN}=∗ ▷ P) -∗ ▷ Q ={E}=∗ &{κ} Q ∗ q.[κ].
  Proof.
    iIntros (?) "HP Hq". iMod (bor_acc_strong with "HP Hq") as "[$ Hclose]"; [done|].
    iIntros "!>" (Q) "H£ Hvs". iApply ("Hclose" with "H£"). iIntros "!> HQ _".
    by iApply "Hvs".
  Qed.
  Lemma bor_acc_atomic E κ P : ↑lftN ⊆ E →
    &{κ} P ={E, E ∖ ↑lftN}=∗
      (▷ P ∗ (▷ P ={E ∖ ↑lftN, E}=∗ &{κ} P)) ∨ ([†κ] ∗ (|={E ∖ ↑lftN, E}=> &{κ} P)).
  Proof.
    iIntros (HE) "H". iDestruct (bor_unfold_idx_1 with "H") as (i) "[#I Hs]".

    iMod (idx_bor_acc_atomic with "I Hs") as "[[HP Hclose]|[Hdead Hclose]]"; [done| |];
      iModIntro.
    - iLeft. iFrame "HP". iIntros "HP". iMod ("Hclose" with "HP") as "Hs". iModIntro.
      iApply (bor_fold_idx with "I Hs").
    - iRight. iFrame "Hdead". iMod "Hclose" as "Hs". iModIntro.
      iApply (bor_fold_idx with "I Hs").
  Qed.
  Lemma bor_acc_atomic_strong E κ P : ↑lftN ⊆ E →
    &{κ} P ={E, E ∖ ↑lftN}=∗
      (▷ P ∗ ∀ Q, £ 1 -∗ ▷ (▷ Q -∗ [†κ] ={↑lft_userN}=∗ ▷ P) -∗ ▷ Q
        ={E ∖ ↑lftN, E}=∗ &{κ} Q) ∨
      ([†κ] ∗ (|={E ∖ ↑lftN, E}=> &{κ} P)).
  Proof.
    iIntros (HE) "H". iDestruct (bor_unfold_idx_1 with "H") as (i) "[#I Hs]".
    pose proof (idxN_lftN i). pose proof lft_userN_lftN.
    iMod (idx_take with "I Hs") as "H"; [set_solver..|].
    iMod (fupd_mask_subseteq (E ∖ ↑lftN)) as "Hmask"; [set_solver|]. iModIntro.
    iDestruct "H" as "[(Hheld & HP & Hclose)|[Hdead Hclose]]".
    - iLeft. iFrame "HP". iIntros (Q) "H£ Hvs HQ". iMod "Hmask" as "_".
      iMod (bor_create_level (S (idx_level i)) with "HQ") as "[$ HW]".
      iDestruct "Hclose" as "[_ Hclose]".
      iMod ("Hclose" $! κ with "H£ [] Hheld [HW Hvs]") as "_"; [| |done].
      { iApply lft_incl_refl. }
      iIntros "!> #Hdead". iMod ("HW" with "Hdead") as "HQ".
      iApply (fupd_mask_mono with "(Hvs HQ Hdead)").
      apply (levelE_userN (S (idx_level i))).
    - iRight. iFrame "Hdead". iMod "Hmask" as "_". iMod "Hclose" as "Hs". iModIntro.
      iApply (bor_fold_idx with "I Hs").
  Qed.
End laws.
