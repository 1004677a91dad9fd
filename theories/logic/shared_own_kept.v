(** * A fifth model of shared ownership: a part is shared, a part is kept

[so_frac] of [shared_own.v] wants the content to be fractional altogether. Few
contents are: the right to deallocate a block is not, and cannot be made so. But
what is _read_ through a shared reference is fractional as a rule, and the rest is
wanted only by whoever gets the content back. So let the content be

<<
  Φ x  ⊣⊢  ∃ a, Ψ a x 1 ∗ K a x
>>

with [Ψ a x] fractional and [K a x] of any kind. A share is a fraction of [Ψ], and a
marked share ([marked_share.v]) of [K]: it lies with whichever handle has the mark,
and comes out when all are together. [a] is what the two parts must agree on, such
as where the pointers inside of the content go to; it is part of the identity.

Any share gives its fraction of [Ψ] at once and for as long as one likes, with no
mask, no thread token and no step: this is what several overlapping [&T] need
([so_kept_own]). P1 and P2 hold literally, up to the mark ([so_kept_full]).

Key results: [so_kept], [so_kept_own], [so_kept_full]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.logic Require Export shared_own_sig.
From tally.logic Require Import marked_share.
From tally.prelude Require Import options.

Section kept.
  Context `{!invGS_gen hlc Σ, !markedG Σ} (T : coPset → iProp Σ) (N : namespace).
  Context {X A : Type} (Φ : X → iProp Σ).
  Context (Ψ : A → X → Qp → iProp Σ) (K : A → X → iProp Σ).
  Context (HΦ : ∀ x, Φ x ⊣⊢ ∃ a, Ψ a x 1%Qp ∗ K a x).
  Context (HΨ : ∀ a x, Fractional (Ψ a x)).

  Program Definition so_kept : shared_own T N Φ := {|
    so_id := gname * A;
    so_own i x c q := (Ψ i.2 x q ∗ marked_share i.1 (K i.2 x) q)%I;
  |}.
  Next Obligation.
    intros [γ a] x c q q'. rewrite /= (HΨ a x q q') marked_share_op. iSplit.
    - by iIntros "[[$ $] [$ $]]".
    - by iIntros "[[$ $] [$ $]]".
  Qed.
  Next Obligation. done. Qed.
  Next Obligation.
    iIntros (x E) "H". rewrite HΦ. iDestruct "H" as (a) "[HΨ HK]".
    iMod (marked_share_alloc with "HK") as (γ) "HK". iModIntro. iExists (γ, a).
    by iFrame.
  Qed.
  Next Obligation.
    iIntros ([γ a] x F ?) "[H HK] $". rewrite /= HΦ marked_share_full.
    iDestruct "HK" as "[HK _]". iApply step_fupd_intro; [set_solver|]. iNext.
    iExists a. iFrame.
  Qed.

  Global Instance so_kept_bounded : SharedOwnBounded so_kept.
  Proof.
    iIntros ([γ a] x x' c c' q q') "[_ H] [_ H']".
    iApply (marked_share_valid_2 with "H H'").
  Qed.

  (** A share has its fraction of what is shared, there is nothing to open. *)
  Lemma so_kept_own i x c q :
    so_own so_kept i x c q ⊣⊢ Ψ i.2 x q ∗ marked_share i.1 (K i.2 x) q.
  Proof. done. Qed.
  Lemma so_kept_acc i x c q :
    so_own so_kept i x c q -∗ Ψ i.2 x q ∗ (Ψ i.2 x q -∗ so_own so_kept i x c q).
  Proof. rewrite so_kept_own. by iIntros "[$ $] $". Qed.
  (** P1 literally, up to the mark, which [so_P1_alloc] makes out of nothing. *)
  Lemma so_kept_full i x c :
    so_own so_kept i x c 1 ⊣⊢ Ψ i.2 x 1 ∗ K i.2 x ∗ mark_tok i.1.
  Proof. by rewrite so_kept_own marked_share_full. Qed.
End kept.
