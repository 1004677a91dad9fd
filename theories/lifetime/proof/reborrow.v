(** * Full borrows: cutting, putting together, lending on

See [borrow.v] for the model, and [borrow_laws.v] for the form of the laws. *)
From iris.algebra Require Import excl.
From iris.base_logic.lib Require Import own invariants ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lifetime.proof Require Import lifetimes borrow borrow_laws.
From tally.prelude Require Import options.

Section laws.
  Context `{!invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (P Q : iProp Σ) (i : bor_idx).

  Lemma bor_sep E κ P Q : ↑lftN ⊆ E →
    £ 1 -∗ &{κ} (P ∗ Q) ={E}=∗ &{κ} P ∗ &{κ} Q.
  Proof.
    iIntros (?) "H£ H". iDestruct (bor_unfold_idx_1 with "H") as (i) "[#I Hs]".
    pose proof (idxN_lftN i). pose proof lft_userN_lftN.
    iMod (idx_take with "I Hs") as "[(Hheld & [HP HQ] & _ & Hclose)|[#Hdead Hclose]]";
      [set_solver..| |].
    - iMod (bor_create_level (S (idx_level i)) with "HP") as "[$ HP]".
      iMod (bor_create_level (S (idx_level i)) with "HQ") as "[$ HQ]".
      iMod ("Hclose" $! κ with "H£ [] Hheld [HP HQ]") as "_"; [| |done].
      { iApply lft_incl_refl. }
      iIntros "!> #Hdead". iMod ("HP" with "Hdead") as "$". by iApply "HQ".
    - iMod "Hclose" as "_".
      iMod (bor_fake_any _ κ P with "Hdead") as "$". by iApply bor_fake_any.
  Qed.
  Lemma bor_exists {A : Type} `{!Inhabited A} E κ (Φ : A → iProp Σ) : ↑lftN ⊆ E →
    £ 1 -∗ &{κ} (∃ x, Φ x) ={E}=∗ ∃ x, &{κ} Φ x.
  Proof.
    iIntros (?) "H£ H". iDestruct (bor_unfold_idx_1 with "H") as (i) "[#I Hs]".
    pose proof (idxN_lftN i). pose proof lft_userN_lftN.
    iMod (idx_take with "I Hs") as "[(Hheld & (%x & HP) & _ & Hclose)|[#Hdead Hclose]]";
      [set_solver..| |].
    - iMod (bor_create_level (S (idx_level i)) with "HP") as "[HΦ HP]".
      iMod ("Hclose" $! κ with "H£ [] Hheld [HP]") as "_".
      { iApply lft_incl_refl. }
      { iIntros "!> #Hdead". iMod ("HP" with "Hdead") as "HP". iModIntro.
        iNext. by iExists x. }
      iModIntro. by iExists x.
    - iMod "Hclose" as "_". iMod (bor_fake_any _ κ (Φ inhabitant) with "Hdead") as "H".
      iModIntro. by iExists inhabitant.
  Qed.
  Lemma bor_or E κ P Q : ↑lftN ⊆ E → £ 1 -∗ &{κ} (P ∨ Q) ={E}=∗ &{κ} P ∨ &{κ} Q.
  Proof.
    iIntros (?) "H£ HPQ".
    iMod (bor_exists _ _ (λ b : bool, if b then P else Q) with "H£ [HPQ]")
      as ([]) "H"; [done| |by iLeft|by iRight].
    iApply (bor_iff with "[] HPQ"). iIntros "!> !>". iSplit.
    - iIntros "[HP|HQ]"; [by iExists true|by iExists false].
    - iIntros "(%b & H)". destruct b; [by iLeft|by iRight].
  Qed.
  Lemma bor_later E κ P : ↑lftN ⊆ E → £ 2 -∗ &{κ} (▷ P) ={E}=∗ &{κ} P.
  Proof.
    iIntros (?) "[H£ H£'] H". iDestruct (bor_unfold_idx_1 with "H") as (i) "[#I Hs]".
    pose proof (idxN_lftN i). pose proof lft_userN_lftN.
    iMod (idx_take with "I Hs") as "[(Hheld & HP & _ & Hclose)|[#Hdead Hclose]]";
      [set_solver..| |].
    - iMod (lc_fupd_elim_later with "H£ HP") as "HP".
      iMod (bor_create_level (S (idx_level i)) with "HP") as "[$ HP]".
      iMod ("Hclose" $! κ with "H£' [] Hheld [HP]") as "_"; [| |done].
      { iApply lft_incl_refl. }
      iIntros "!> #Hdead". iMod ("HP" with "Hdead") as "HP". iModIntro. by iNext.
    - iMod "Hclose" as "_". by iApply bor_fake_any.
  Qed.
  Lemma bor_persistent E q κ P : Persistent P → ↑lftN ⊆ E →
    &{κ} P -∗ q.[κ] ={E}=∗ ▷ P ∗ &{κ} P ∗ q.[κ].
  Proof.
    iIntros (??) "HP Hq". iMod (bor_acc with "HP Hq") as "[#HP Hclose]"; [done|].
    iMod ("Hclose" with "HP") as "H". iModIntro. iSplitR; [done|]. iFrame "H".
  Qed.
  Lemma bor_persistent_notok E κ P : Persistent P → ↑lftN ⊆ E →
    &{κ} P ={E}=∗ (▷ P ∨ [†κ]) ∗ &{κ} P.
  Proof.
    iIntros (??) "HP".
    iMod (bor_acc_atomic with "HP") as "[[#HP Hclose]|[#Hdead Hclose]]"; [done| |].
    - iMod ("Hclose" with "HP") as "$". iModIntro. by iLeft.
    - iMod "Hclose" as "$". iModIntro. by iRight.
  Qed.

  (** ** Lending on *)
  Local Lemma idx_rebor E κ κ' i P : ↑idxN i ⊆ E → ↑lft_userN ⊆ E →
    £ 1 -∗ κ' ⊑ κ -∗ &{κ, i} P -∗ idx_bor_own i ={E}=∗
    &{κ'} P ∗ ([†κ'] ={levelE (idx_level i)}=∗ idx_bor_own i).
  Proof.
    iIntros (? HE) "H£ #Hin #I Hs".
    iMod (idx_take with "I Hs") as "[(Hheld & HP & _ & Hclose)|[#Hdead Hclose]]";
      [done..| |].
    - iMod (bor_create_level (S (idx_level i)) with "HP") as "[$ HP]".
      iApply ("Hclose" with "H£ Hin Hheld HP").
    - iMod "Hclose" as "Hs".
      iMod (lft_incl_dead_user with "Hin Hdead") as "Hdead'"; [done|].
      iMod (bor_fake_any _ κ' P with "Hdead'") as "$". iIntros "!> _ !>". iFrame "Hs".
  Qed.
  Lemma rebor E κ κ' P : ↑lftN ⊆ E →
    £ 1 -∗ κ' ⊑ κ -∗ &{κ} P ={E}=∗ &{κ'} P ∗ ([†κ'] ={E}=∗ &{κ} P).
  Proof.
    iIntros (?) "H£ Hin H". iDestruct (bor_unfold_idx_1 with "H") as (i) "[#I Hs]".
    pose proof (idxN_lftN i). pose proof lft_userN_lftN.
    iMod (idx_rebor with "H£ Hin I Hs") as "[$ Hback]"; [set_solver..|].
    iIntros "!> Hdead".
    iMod (fupd_mask_mono with "(Hback Hdead)") as "Hs".
    { etrans; [apply levelE_lftN|done]. }
    iModIntro. iApply (bor_fold_idx with "I Hs").
  Qed.
  (** To a higher level, for ever. *)
  Local Lemma idx_raise n E κ i P : ↑idxN i ⊆ E → ↑lft_userN ⊆ E → idx_level i < n →
    £ 1 -∗ &{κ, i} P -∗ idx_bor_own i ={E}=∗
    (∃ i', ⌜idx_level i' = n⌝ ∗ &{κ, i'} P ∗ idx_bor_own i') ∨ ([†κ] ∗ idx_bor_own i).
  Proof.
    iIntros (???) "H£ #I Hs".
    iMod (idx_take with "I Hs") as "[(Hheld & HP & _ & Hclose)|[#Hdead Hclose]]";
      [done..| |].
    - iMod (idx_create n with "HP") as (i') "(%Hi' & #I' & Hs' & HW)".
      iMod ("Hclose" $! κ with "H£ [] Hheld [HW]") as "_".
      { iApply lft_incl_refl. }
      { iIntros "!> Hdead". iApply (fupd_mask_mono with "(HW Hdead)").
        by apply levelE_mono. }
      iModIntro. iLeft. iExists i'. by iFrame "I' Hs'".
    - iMod "Hclose" as "Hs". iModIntro. iRight. by iFrame "Hdead Hs".
  Qed.
  Lemma bor_unnest E κ κ' P : ↑lftN ⊆ E →
    £ 4 -∗ &{κ'} &{κ} P ={E}=∗ &{κ ⊓ κ'} P.
  Proof.
    iIntros (HE) "(H£1 & H£2 & H£3 & H£4) H".
    iDestruct (bor_unfold_idx_1 with "H") as (o) "[#O Ho]".
    pose proof (idxN_lftN o). pose proof (idxN_userN o). pose proof lft_userN_lftN.
    iMod (idx_take with "O Ho") as "[(Hheld & HB & Hclose)|[#Hdead Hclose]]";
      [set_solver..| |]; last first.
    { iMod "Hclose" as "_". iApply bor_fake_any. iApply lft_dead_or. by iRight. }
    iMod (lc_fupd_elim_later with "H£1 HB") as "HB".
    iDestruct (bor_unfold_idx_1 with "HB") as (i) "[#I Hs]".
    iDestruct (idx_held_ne with "Hheld Hs") as %Hne. pose proof (idxN_lftN i).
    iMod (idx_raise (S (idx_level o + idx_level i)) with "H£2 I Hs")
      as "[(%j & %Hj & #J & Hj)|[#Hdead Hs]]"; [set_solver..|lia| |]; last first.
    { iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "Hheld [Hs]") as "_".
      { iApply (bor_fold_idx with "I Hs"). }
      iApply bor_fake_any. iApply lft_dead_or. by iLeft. }
    iDestruct (idx_held_ne with "Hheld Hj") as %Hne'. pose proof (idxN_lftN j).
    iMod (idx_rebor _ κ (κ ⊓ κ') with "H£3 [] J Hj") as "[$ Hback]"; [set_solver..| |].
    { iApply lft_intersect_incl_l. }
    iDestruct "Hclose" as "[_ Hclose]".
    iMod ("Hclose" $! κ' with "H£4 [] Hheld [Hback]") as "_"; [| |done].
    { iApply lft_incl_refl. }
    iIntros "!> Hdead".
    iMod (fupd_mask_mono with "(Hback [Hdead])") as "Hj".
    { apply levelE_mono. lia. }
    { iApply lft_dead_or. by iRight. }
    iModIntro. iApply bi.later_intro. iApply (bor_fold_idx with "J Hj").
  Qed.

  (** ** Putting together

  The inheritance of the new borrow is that of both old ones. It lies in an invariant
  ([join_inv]), between the levels of the old borrows and that of the new one; who comes
  first takes its part and leaves the other. *)
  Local Definition join_inv (c : bor_idx) (γ γ' : gname) (P Q : iProp Σ) : iProp Σ :=
    once c ∨ (own γ (Excl ()) ∗ Q) ∨ (own γ' (Excl ()) ∗ P) ∨
    (own γ (Excl ()) ∗ own γ' (Excl ())).
  Local Lemma join_promise_comm n κ c P Q :
    □ (once c -∗ [†κ] ={levelE n}=∗ ▷ (P ∗ Q)) -∗
    □ (once c -∗ [†κ] ={levelE n}=∗ ▷ (Q ∗ P)).
  Proof.
    iIntros "#H !> Hc Hdead". iMod ("H" with "Hc Hdead") as "[HP HQ]". iModIntro.
    by iFrame "HP HQ".
  Qed.
  Local Lemma join_inv_flip N c γ γ' P Q :
    inv N (join_inv c γ γ' P Q) -∗ inv N (join_inv c γ' γ Q P).
  Proof.
    iIntros "I". iApply (inv_iff with "I"). iIntros "!> !>". rewrite /join_inv.
    iSplit; (iIntros "[H|[H|[H|[H H']]]]"; [by iLeft|iRight; iRight; by iLeft
      |iRight; by iLeft|iRight; iRight; iRight; by iFrame]).
  Qed.
  Local Lemma join_claim n κ c γ γ' P Q : idx_level c = S n →
    inv (levelN n) (join_inv c γ γ' P Q) -∗
    □ (once c -∗ [†κ] ={levelE (S n)}=∗ ▷ (P ∗ Q)) -∗
    own γ (Excl ()) -∗ [†κ] ={levelE n}=∗ ▷ P.
  Proof.
    iIntros (Hc) "#I #HW Hγ #Hdead".
    iMod (inv_acc with "I") as "[H Hclose]"; [by apply levelN_levelE|].
    rewrite /join_inv. iDestruct "H" as "[>Hc|[[>H _]|[[>Hγ' HP]|[>H _]]]]".
    - iMod ("HW" with "Hc Hdead") as "[HP HQ]".
      iMod ("Hclose" with "[Hγ HQ]") as "_"; [|done].
      iRight. iLeft. by iFrame "Hγ HQ".
    - iDestruct (own_valid_2 with "Hγ H") as %[].
    - iMod ("Hclose" with "[Hγ Hγ']") as "_"; [|done].
      iRight. iRight. iRight. by iFrame "Hγ Hγ'".
    - iDestruct (own_valid_2 with "Hγ H") as %[].
  Qed.
  Lemma bor_combine E κ P Q : ↑lftN ⊆ E →
    £ 2 -∗ &{κ} P -∗ &{κ} Q ={E}=∗ &{κ} (P ∗ Q).
  Proof.
    iIntros (HE) "[H£1 H£2] HP HQ".
    iDestruct (bor_unfold_idx_1 with "HP") as (i) "[#I Hi]".
    iDestruct (bor_unfold_idx_1 with "HQ") as (j) "[#J Hj]".
    pose proof (idxN_lftN i). pose proof (idxN_userN i). pose proof (idxN_lftN j).
    pose proof lft_userN_lftN.
    iMod (idx_take with "I Hi") as "[(Hi & HP & Hclose)|[#Hdead Hclose]]";
      [set_solver..| |]; last first.
    { iMod "Hclose" as "_". by iApply bor_fake_any. }
    iDestruct (idx_held_ne with "Hi Hj") as %Hne.
    iMod (idx_take with "J Hj") as "[(Hj & HQ & _ & Hclose')|[#Hdead Hclose']]";
      [set_solver..| |]; last first.
    { iMod "Hclose'" as "_". iDestruct "Hclose" as "[Hclose _]".
      iMod ("Hclose" with "Hi HP") as "_". by iApply bor_fake_any. }
    set (n := S (idx_level i + idx_level j)).
    iMod (raw_alloc _ (S n) κ (P ∗ Q) with "[HP HQ]") as (c) "(%Hc & #C & Hs & Hc)".
    { by iFrame "HP HQ". }
    iMod (own_alloc (Excl ())) as (γ) "Hγ"; [done|].
    iMod (own_alloc (Excl ())) as (γ') "Hγ'"; [done|].
    iMod (inv_alloc (levelN n) _ (join_inv c γ γ' P Q) with "[Hc]") as "#Hjoin".
    { by iLeft. }
    iAssert (□ (once c -∗ [†κ] ={levelE (S n)}=∗ ▷ (P ∗ Q)))%I as "#HW".
    { rewrite -Hc. iIntros "!>". iApply (raw_inherit with "C"). }
    iMod ("Hclose'" $! κ with "H£1 [] Hj [Hγ']") as "_".
    { iApply lft_incl_refl. }
    { iIntros "!> Hdead".
      iApply (fupd_mask_mono (levelE n)); [apply levelE_mono; lia|].
      iApply (join_claim n _ c _ γ with "[] [] Hγ' Hdead"); [done| |].
      - by iApply join_inv_flip.
      - by iApply join_promise_comm. }
    iDestruct "Hclose" as "[_ Hclose]".
    iMod ("Hclose" $! κ with "H£2 [] Hi [Hγ]") as "_".
    { iApply lft_incl_refl. }
    { iIntros "!> Hdead".
      iApply (fupd_mask_mono (levelE n)); [apply levelE_mono; lia|].
      by iApply (join_claim n _ c γ γ' with "Hjoin HW Hγ Hdead"). }
    iModIntro. iApply (bor_fold_idx with "[] Hs"). by iApply raw_idx.
  Qed.
End laws.
