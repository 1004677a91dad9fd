(** * [rc τ]: the thread token as an access discipline

What [access.v] says of the counts of a block: the part of the thread token that belongs to
the block is the right to have its counts in hand, for whoever owns a handle on it, of
whatever kind ([rc_counts_access]). As in all disciplines, [Tells] gives what the caller's
resource implies about the state: [rc_counts_tells] for a strong handle, and
[rc_counts_evidence] for any handle with any evidence beside it. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Export access.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.prelude Require Import options.

Section access.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l : loc) (a : list val).
  Implicit Types (r : Qp) (j : nat).

  Lemma rc_counts_access γ l r (k j : nat) Ev :
    0 < k + j →
    (Ev -∗ rc_ref SO γ l r k j ∗ (rc_ref SO γ l r k j -∗ Ev)) →
    na_own p (↑rc_countN N l) -∗
    access ⊤ ⊤ (λ s, rc_counts SO γ l s.1 s.2) Ev (na_own p (↑rc_countN N l)).
  Proof.
    iIntros (Hkj HEv) "Hna". iApply (access_token with "Hna").
    - iIntros "HEv Hna". iDestruct (HEv with "HEv") as "[Href HEv]".
      iMod (rc_counts_open with "Href Hna") as (st w) "[Hcounts Href]"; [done|].
      iModIntro. iExists (st, w). iFrame "Hcounts". by iApply "HEv".
    - iIntros ([st w]) "Hcounts". iApply (rc_counts_close with "Hcounts").
  Qed.
  (** A strong handle knows that its content is shared, and how. *)
  Lemma rc_counts_tells γ i l a r k j :
    rc_own SO γ i l a r k j -∗ na_own p (↑rc_countN N l) ={⊤}=∗
    ∃ n w, ⌜(k ≤ n)%positive ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j)⌝ ∗
      rc_counts SO γ l (Shared n (i, a)) w ∗ rc_own SO γ i l a r k j.
  Proof.
    iIntros "Hrc Hna".
    iDestruct (rc_counts_access γ l r (Pos.to_nat k) j (rc_own SO γ i l a r k j) with "Hna")
      as "Hacc"; [lia| |].
    { iIntros "Hrc". iDestruct (rc_own_ref with "Hrc") as "[$ Hrc]". iIntros "Href".
      by iApply "Hrc". }
    iMod (access_tells with "Hacc Hrc") as ([st w]) "(%Htells & Hrc & Hcounts & _)".
    { iIntros (s) "Hcounts Hrc". iDestruct (tells_rc_own SO with "Hcounts Hrc") as %Hs.
      iPureIntro. exact Hs. }
    destruct Htells as (n & Hst & Hn). simpl in Hst, Hn. subst st. iModIntro.
    iExists n, w. by iFrame "Hcounts Hrc".
  Qed.
  (** A handle of whatever kind, and what is found by the search to be implied by [X]. *)
  Lemma rc_counts_evidence γ l r (k j : nat) X P :
    0 < k + j → Tells (λ s, rc_counts SO γ l s.1 s.2) X P →
    rc_ref SO γ l r k j -∗ X -∗ na_own p (↑rc_countN N l) ={⊤}=∗
    ∃ st w, ⌜k ≤ rc_handles_of st ∧ j ≤ w ∧ P (st, w)⌝ ∗
      rc_counts SO γ l st w ∗ rc_ref SO γ l r k j ∗ X.
  Proof.
    iIntros (Hkj HX) "Href HX Hna". iCombine "Href HX" as "HEv".
    iDestruct (rc_counts_access γ l r k j (rc_ref SO γ l r k j ∗ X) with "Hna")
      as "Hacc"; [done|iIntros "[$ $] $"|].
    iMod (access_tells with "Hacc HEv") as ([st w]) "(%Htells & [Href HX] & Hcounts & _)".
    { iIntros (s) "Hcounts [Href HX]". iDestruct (tells_rc_ref SO with "Hcounts Href") as %Hs.
      iDestruct (HX with "Hcounts HX") as %HP. iPureIntro. exact (conj Hs HP). }
    destruct Htells as [(Hk & Hj & _) HP]. iModIntro. iExists st, w. by iFrame.
  Qed.
End access.
