(** * Marked shares: whoever has the mark owns the content

[marked_share γ O q] is a share [q] of the content [O]. All shares are fractions of
one unit, one of them carries a mark ([marked_frac.v]), and the marked one owns
all of [O]. Nobody can tell from the outside which one it is: the definition is a
disjunction. But the full share must be the marked one.

No invariant and no step is involved, so splitting and joining are bare
equivalences ([marked_share_op]), and the full share is equivalent to [O] together
with the token [mark_tok γ] ([marked_share_full]). The price is that a share less
than the whole gives no access to [O].

Key results: [marked_share_op], [marked_share_full], [mark_tok_alloc]. They are
what makes the two laws of the note on [Rc] satisfiable, see [shared_own_laws.v]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.algebra Require Import marked_frac.
From tally.prelude Require Import options.

Class markedG Σ := MarkedG { marked_inG : inG Σ mfracR }.
Local Existing Instance marked_inG.

Definition markedΣ : gFunctors := #[GFunctor mfracR].
Global Instance subG_markedΣ {Σ} : subG markedΣ Σ → markedG Σ.
Proof. solve_inG. Qed.

Local Definition mark_tok_def `{!markedG Σ} (γ : gname) : iProp Σ :=
  own γ (Marked 1).
Local Definition mark_tok_aux : seal (@mark_tok_def). Proof. by eexists. Qed.
Definition mark_tok := mark_tok_aux.(unseal).
Local Definition mark_tok_unseal :
  @mark_tok = @mark_tok_def := mark_tok_aux.(seal_eq).
Global Arguments mark_tok {Σ _} γ.

Local Definition marked_share_def `{!markedG Σ}
    (γ : gname) (O : iProp Σ) (q : Qp) : iProp Σ :=
  own γ (Unmarked q) ∨ own γ (Marked q) ∗ O.
Local Definition marked_share_aux : seal (@marked_share_def). Proof. by eexists. Qed.
Definition marked_share := marked_share_aux.(unseal).
Local Definition marked_share_unseal :
  @marked_share = @marked_share_def := marked_share_aux.(seal_eq).
Global Arguments marked_share {Σ _} γ O q.

Local Ltac unseal :=
  rewrite ?mark_tok_unseal /mark_tok_def ?marked_share_unseal /marked_share_def.

Section marked_share.
  Context `{!markedG Σ}.
  Implicit Types (γ : gname) (O : iProp Σ) (q : Qp).

  Global Instance mark_tok_timeless γ : Timeless (mark_tok γ).
  Proof. unseal. apply _. Qed.
  Global Instance marked_share_timeless γ O q :
    Timeless O → Timeless (marked_share γ O q).
  Proof. unseal. apply _. Qed.
  Global Instance marked_share_ne γ m :
    Proper (dist m ==> (=) ==> dist m) (marked_share γ).
  Proof. unseal. solve_proper. Qed.

  Lemma mark_tok_alloc : ⊢ |==> ∃ γ, mark_tok γ.
  Proof. unseal. by iApply own_alloc. Qed.
  Lemma mark_tok_exclusive γ : mark_tok γ -∗ mark_tok γ -∗ False.
  Proof.
    unseal. iIntros "H H'". by iDestruct (own_valid_2 with "H H'") as %?.
  Qed.

  Lemma marked_share_op γ O q q' :
    marked_share γ O (q + q') ⊣⊢ marked_share γ O q ∗ marked_share γ O q'.
  Proof.
    unseal. iSplit.
    - iIntros "[H|[H HO]]".
      + rewrite Unmarked_op own_op. iDestruct "H" as "[H H']".
        iSplitL "H"; by iLeft.
      + rewrite Marked_op_l own_op. iDestruct "H" as "[H H']".
        iSplitR "H'"; [iRight; by iFrame|by iLeft].
    - iIntros "[[H|[H HO]] [H'|[H' HO']]]"; iCombine "H H'" as "H".
      + by iLeft.
      + rewrite -Marked_op_r. iRight. by iFrame.
      + rewrite -Marked_op_l. iRight. by iFrame.
      + by iDestruct (own_valid with "H") as %?%Marked_Marked_valid.
  Qed.
  Global Instance marked_share_fractional γ O : Fractional (marked_share γ O).
  Proof. intros q q'. apply marked_share_op. Qed.

  Lemma marked_share_full γ O : marked_share γ O 1 ⊣⊢ O ∗ mark_tok γ.
  Proof.
    unseal. iSplit.
    - iIntros "[H|[H $]]"; [|done].
      by iDestruct (own_valid with "H") as %?%Unmarked_valid.
    - iIntros "[HO H]". iRight. iFrame.
  Qed.

  Lemma marked_share_alloc O : O ==∗ ∃ γ, marked_share γ O 1.
  Proof.
    iIntros "HO". iMod mark_tok_alloc as (γ) "H". iModIntro. iExists γ.
    rewrite marked_share_full. iFrame.
  Qed.

  Lemma marked_share_valid γ O q : marked_share γ O q -∗ ⌜(q ≤ 1)%Qp⌝.
  Proof.
    unseal. iIntros "[H|[H _]]".
    - iDestruct (own_valid with "H") as %?%Unmarked_valid.
      iPureIntro. by apply Qp.lt_le_incl.
    - by iDestruct (own_valid with "H") as %?%Marked_valid.
  Qed.
  (** The shares of [γ] never exceed the whole, whatever content they speak of. *)
  Lemma marked_share_valid_2 γ O O' q q' :
    marked_share γ O q -∗ marked_share γ O' q' -∗ ⌜(q + q' ≤ 1)%Qp⌝.
  Proof.
    iIntros "H H'". iApply (marked_share_valid γ True).
    rewrite marked_share_op. unseal.
    iSplitL "H"; [iDestruct "H" as "[H|[H _]]"|iDestruct "H'" as "[H|[H _]]"];
      [by iLeft|iRight; by iFrame|by iLeft|iRight; by iFrame].
  Qed.
End marked_share.

Global Typeclasses Opaque mark_tok marked_share.
