(** * [rc τ]: the thread token as an access discipline

What [access.v] says of the counts of a block: the part of the thread token that belongs to
the block is the right to have its counts in hand, for whoever owns a handle on it, of
whatever kind. As in all disciplines, [Tells] gives what the caller's resource implies about
the state ([rc_counts_tells]). *)
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

  Lemma rc_counts_access γ l r (k j : nat) :
    0 < k + j →
    na_own p (↑rc_countN N l) -∗
    access ⊤ ⊤ (λ s, rc_counts SO γ l s.1 s.2) (rc_ref SO γ l r k j)
      (na_own p (↑rc_countN N l)).
  Proof.
    iIntros (Hkj) "Hna Href".
    iMod (rc_counts_open with "Href Hna") as (st w) "[Hcounts Href]"; [done|].
    iModIntro. iExists (st, w). iFrame "Href Hcounts". iIntros ([st' w']) "Hcounts".
    iApply (rc_counts_close with "Hcounts").
  Qed.
  (** A strong handle knows that its content is shared, and how. *)
  Lemma rc_counts_tells γ i l a r k j :
    rc_own SO γ i l a r k j -∗ na_own p (↑rc_countN N l) ={⊤}=∗
    ∃ n w, ⌜(k ≤ n)%positive ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j)⌝ ∗
      rc_counts SO γ l (Shared n (i, a)) w ∗ rc_own SO γ i l a r k j.
  Proof.
    iIntros "Hrc Hna". iDestruct (rc_own_ref with "Hrc") as "[Href Hrc]".
    iMod (rc_counts_open with "Href Hna") as (st w) "[Hcounts Href]"; [lia|].
    iDestruct ("Hrc" with "Href") as "Hrc".
    iDestruct (tells_rc_own SO γ i l a r k j (st, w) with "Hcounts Hrc") as %(n & Hst & Hn).
    simpl in Hst, Hn. subst st. iModIntro. iExists n, w. by iFrame "Hcounts Hrc".
  Qed.
End access.
