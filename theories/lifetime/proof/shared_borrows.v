(** * Borrows of one thread, and around one atomic step

Both are a borrow with an index, whose right to be opened lies in an invariant: in a
non-atomic one, from which the thread token takes it, or in an ordinary one. *)
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lifetime.proof Require Import lifetimes borrow borrow_laws.
From tally.prelude Require Import options.

Definition na_bor `{!invGS Σ, !na_invG Σ, !lftG Σ} (κ : lft) (p : na_inv_pool_name)
    (N : namespace) (P : iProp Σ) : iProp Σ :=
  ∃ i, &{κ, i} P ∗ na_inv p N (idx_bor_own i).
Notation "&na{ κ , p , N } P" := (na_bor κ p N P)
  (at level 20, right associativity, format "&na{ κ ,  p ,  N }  P") : bi_scope.
Definition at_bor `{!invGS Σ, !lftG Σ} (κ : lft) (N : namespace) (P : iProp Σ) : iProp Σ :=
  ⌜N ## lftN⌝ ∗ ∃ i, &{κ, i} P ∗ inv N (idx_bor_own i).
Notation "&at{ κ , N } P" := (at_bor κ N P)
  (at level 20, right associativity, format "&at{ κ ,  N }  P") : bi_scope.

Section na.
  Context `{!invGS Σ, !lftG Σ, !na_invG Σ}.
  Implicit Types (κ : lft) (q : Qp) (P Q : iProp Σ) (p : na_inv_pool_name) (N : namespace).

  Global Instance na_bor_persistent κ p N P : Persistent (&na{κ, p, N} P).
  Proof. apply _. Qed.
  Global Instance na_bor_contractive κ p N : Contractive (na_bor κ p N).
  Proof. solve_contractive. Qed.

  Lemma na_bor_iff κ p N P Q : ▷ □ (P ↔ Q) -∗ &na{κ, p, N} P -∗ &na{κ, p, N} Q.
  Proof.
    iIntros "H (%i & I & J)". iExists i. iFrame "J". iApply (idx_bor_iff with "H I").
  Qed.
  Lemma na_bor_shorten κ κ' p N P : κ ⊑ κ' -∗ &na{κ', p, N} P -∗ &na{κ, p, N} P.
  Proof.
    iIntros "H (%i & I & J)". iExists i. iFrame "J". iApply (idx_bor_shorten with "H I").
  Qed.
  Lemma bor_na E κ p N P : ↑lftN ⊆ E → &{κ} P ={E}=∗ &na{κ, p, N} P.
  Proof.
    iIntros (_) "H". iDestruct (bor_unfold_idx_1 with "H") as (i) "[I Hs]".
    iMod (na_inv_alloc p E N (idx_bor_own i) with "[Hs]") as "J"; [by iNext|].
    iModIntro. iExists i. iFrame "I J".
  Qed.
  Lemma na_bor_fake E κ p N P : ↑lftN ⊆ E → [†κ] ={E}=∗ &na{κ, p, N} P.
  Proof.
    iIntros (?) "H". iMod (bor_fake _ _ P with "H") as "H"; [done|]. by iApply bor_na.
  Qed.
  Lemma na_bor_acc E F q κ p N P : ↑lftN ⊆ E → ↑N ⊆ E → ↑N ⊆ F →
    &na{κ, p, N} P -∗ q.[κ] -∗ na_own p F ={E}=∗
    ▷ P ∗ na_own p (F ∖ ↑N) ∗
    (▷ P -∗ na_own p (F ∖ ↑N) ={E}=∗ q.[κ] ∗ na_own p F).
  Proof.
    iIntros (???) "(%i & #I & #J) Hq Hna".
    iMod (na_inv_acc with "J Hna") as "(>Hs & $ & Hclose)"; [done..|].
    iMod (idx_bor_acc with "I Hs Hq") as "[$ Hclose']"; [done|].
    iIntros "!> HP Hna". iMod ("Hclose'" with "HP") as "[Hs $]".
    iApply "Hclose". by iFrame "Hs Hna".
  Qed.
End na.

Section atomic.
  Context `{!invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (P Q : iProp Σ) (N : namespace).

  Global Instance at_bor_persistent κ N P : Persistent (&at{κ, N} P).
  Proof. apply _. Qed.
  Global Instance at_bor_contractive κ N : Contractive (at_bor κ N).
  Proof. solve_contractive. Qed.

  Lemma at_bor_iff κ N P Q : ▷ □ (P ↔ Q) -∗ &at{κ, N} P -∗ &at{κ, N} Q.
  Proof.
    iIntros "H (% & %i & I & J)". iSplit; [done|]. iExists i. iFrame "J".
    iApply (idx_bor_iff with "H I").
  Qed.
  Lemma at_bor_shorten κ κ' N P : κ ⊑ κ' -∗ &at{κ', N} P -∗ &at{κ, N} P.
  Proof.
    iIntros "H (% & %i & I & J)". iSplit; [done|]. iExists i. iFrame "J".
    iApply (idx_bor_shorten with "H I").
  Qed.
  Lemma bor_at E κ N P : N ## lftN → ↑lftN ⊆ E → &{κ} P ={E}=∗ &at{κ, N} P.
  Proof.
    iIntros (? _) "H". iDestruct (bor_unfold_idx_1 with "H") as (i) "[I Hs]".
    iMod (inv_alloc N E (idx_bor_own i) with "[Hs]") as "J"; [by iNext|].
    iModIntro. iSplit; [done|]. iExists i. iFrame "I J".
  Qed.
  Lemma at_bor_fake E κ N P : N ## lftN → ↑lftN ⊆ E → [†κ] ={E}=∗ &at{κ, N} P.
  Proof.
    iIntros (??) "H". iMod (bor_fake _ _ P with "H") as "H"; [done|]. by iApply bor_at.
  Qed.
  Lemma at_bor_acc E q κ N P : ↑lftN ⊆ E → ↑N ⊆ E →
    &at{κ, N} P -∗ q.[κ] ={E, E ∖ ↑N}=∗ ▷ P ∗ (▷ P ={E ∖ ↑N, E}=∗ q.[κ]).
  Proof.
    iIntros (??) "(% & %i & #I & #J) Hq".
    iMod (inv_acc with "J") as "[>Hs Hclose]"; [done|].
    iMod (idx_bor_acc with "I Hs Hq") as "[$ Hclose']"; [set_solver|].
    iIntros "!> HP". iMod ("Hclose'" with "HP") as "[Hs $]". by iApply "Hclose".
  Qed.
End atomic.
