(** * The two laws of the note, and its remark that c = 1 means q = 1

The note on [Rc] lets the laws P1 and P2 go with the remark that the count is 1
exactly when the share is 1: then the one handle has everything. [shared_own_laws.v]
shows when P1 and P2 have a model. In the models there, [c] means nothing. This file
has one in which the remark is true as well, [P1_P2_depth_sat]:

<<
  shared_own c q  ⊢  ⌜c = 1 ↔ q = 1⌝
>>

And it shows what [c] is then. P2 turns [c] into [c + 1] _and_ [c + 1]. Whatever it
counts, it is something that both parts of a cut have one more of than what was cut:
their depth in the tree of cuts. It is not the number of handles:

<<
        1                 after two clones of the same handle there are
      ╱   ╲               three handles; their depths are 3, 3 and 2
     2     2
    ╱ ╲
   3   3
>>

For the depths to add up to something, a part at depth [c] weighs 1/2 to the power
of [c - 1]: the weights of the leaves of the tree make 1, and the root is the only
part that weighs 1 ([depth_frac.v]). A number that is stored in one cell for all to
see cannot be this: [depth_not_shared] has two handles of one content that are at
different depths. The count that [Rc] stores, and the protocol that speaks about it
([count_protocol.v]), add the two parts' counts instead.

Source: the remark is in the note on [Rc]. *)
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.algebra Require Import depth_frac.
From tally.refuted Require Import shared_own_laws.
From tally.prelude Require Import options.

Class depthG Σ := DepthG { depth_inG : inG Σ depth_fracR }.
Local Existing Instance depth_inG.

Definition depthΣ : gFunctors := #[GFunctor depth_fracR].
Global Instance subG_depthΣ {Σ} : subG depthΣ Σ → depthG Σ.
Proof. solve_inG. Qed.

Section depth.
  Context `{!depthG Σ}.
  Implicit Types (γ : gname) (O : iProp Σ) (c : positive) (q : Qp).

  (** The token that goes with the right to deallocate. *)
  Definition depth_tok γ : iProp Σ := own γ (Depth true 1 1).
  (** A part at depth [c]; the marked one has the content. *)
  Definition depth_share γ O c q : iProp Σ :=
    own γ (Depth false q (weight c)) ∨ own γ (Depth true q (weight c)) ∗ O.

  Lemma depth_tok_alloc : ⊢ |==> ∃ γ, depth_tok γ.
  Proof. iApply own_alloc. apply Depth_whole_valid. Qed.

  Lemma depth_share_P1 γ O : law_P1 (depth_share γ O) O (depth_tok γ).
  Proof.
    rewrite /law_P1 /depth_share /depth_tok weight_1. iSplit.
    - iIntros "[H|[$ $]]".
      by iDestruct (own_valid with "H") as %?%Depth_unmarked_valid.
    - iIntros "[HO H]". iRight. iFrame.
  Qed.

  Lemma depth_share_P2 γ O : law_P2 (depth_share γ O).
  Proof.
    intros c q q' _. rewrite /depth_share. iSplit.
    - iIntros "[H|[H HO]]"; rewrite -(weight_split c) Depth_op own_op;
        iDestruct "H" as "[H H']".
      + iSplitL "H"; by iLeft.
      + iSplitR "H'"; [iRight; by iFrame|by iLeft].
    - rewrite -(weight_split c).
      iIntros "[[H|[H HO]] [H'|[H' HO']]]"; iCombine "H H'" as "H".
      + iLeft. by rewrite Depth_op.
      + iRight. rewrite Depth_op_r. iFrame.
      + iRight. rewrite Depth_op. iFrame.
      + by iDestruct (own_valid with "H") as %?%Depth_marked_valid.
  Qed.

  (** The remark of the note. *)
  Lemma depth_share_1 γ O c q : depth_share γ O c q ⊢ ⌜c = 1%positive ↔ q = 1%Qp⌝.
  Proof.
    assert (∀ m, ✓ Depth m q (weight c) → c = 1%positive ↔ q = 1%Qp) as Hvalid.
    { intros m [[Hq Hw]|(_ & Hq & Hw)]%Depth_valid.
      - split; intros ->; exfalso; [rewrite weight_1 in Hw|];
          by eapply (irreflexivity Qp.lt).
      - split; [done|]. intros _. destruct (decide (c = 1%positive)) as [|Hc]; [done|].
        apply weight_lt in Hc. rewrite Hw in Hc. by apply (irreflexivity Qp.lt) in Hc. }
    iIntros "[H|[H _]]"; iDestruct (own_valid with "H") as %H; iPureIntro; by eapply Hvalid.
  Qed.

  (** A part is cut in two halves. *)
  Lemma depth_share_half γ O c q :
    (q ≤ 1)%Qp →
    depth_share γ O c q ⊢
    depth_share γ O (c + 1) (q / 2) ∗ depth_share γ O (c + 1) (q / 2).
  Proof. intros Hq. rewrite -{1}(Qp.div_2 q) depth_share_P2 ?Qp.div_2 //. Qed.

  (** Parts at different depths are there at the same time, so no one number that
  all can see is the depth. *)
  Lemma depth_not_shared O :
    O ==∗ ∃ γ, depth_share γ O 2 (1/2) ∗ depth_share γ O 3 (1/4) ∗ depth_share γ O 3 (1/4).
  Proof.
    iIntros "HO". iMod depth_tok_alloc as (γ) "H". iModIntro. iExists γ.
    iAssert (depth_share γ O 1 1) with "[HO H]" as "H".
    { rewrite (depth_share_P1 γ O). iFrame. }
    iDestruct (depth_share_half with "H") as "[$ H]"; [done|].
    iDestruct (depth_share_half with "H") as "[H H']".
    { apply Qp.lt_le_incl, Qp.lt_sum. exists (1/2)%Qp. by rewrite Qp.half_half. }
    assert (1/2/2 = 1/4)%Qp as -> by by apply (bool_decide_unpack _).
    iFrame.
  Qed.
End depth.

Theorem P1_P2_depth_sat `{!depthG Σ} :
  ∃ Dealloc : gname → iProp Σ, (⊢ |==> ∃ γ, Dealloc γ) ∧
    ∀ γ (O : iProp Σ), ∃ S : positive → Qp → iProp Σ,
      law_P1 S O (Dealloc γ) ∧ law_P2 S ∧
      ∀ c q, S c q ⊢ ⌜c = 1%positive ↔ q = 1%Qp⌝.
Proof.
  exists depth_tok. split; [apply depth_tok_alloc|]. intros γ O.
  exists (depth_share γ O).
  split_and!; [apply depth_share_P1|apply depth_share_P2|apply depth_share_1].
Qed.
