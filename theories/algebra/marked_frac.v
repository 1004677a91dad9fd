(** * Marked fractions

Shares of a unit of which exactly one carries a mark. An element is a share
[Unmarked q] or a share [Marked q]; adding shares adds the fractions, and a sum is
marked if one of its parts is. Two marks are one too many.

- [✓ Unmarked q ↔ q < 1]: without the mark one cannot have everything;
- [✓ Marked q ↔ q ≤ 1]: with it one can;
- [¬ ✓ (Marked q ⋅ Marked q')]: there is one mark.

So [Marked 1] splits without end, into one marked and many unmarked shares, and
yet whoever has summed up to [1] is known to have the mark. This is what an
ordinary fraction lacks: the mark can stand for something that cannot be split,
and it is found where the full share is. See [marked_share.v] for the use.

Key results: the three facts above, and [Unmarked_op], [Marked_op_l],
[Marked_op_r]. *)
From iris.algebra Require Import cmra frac.
(* Newer versions of Iris are generic in the step index; this import fixes [nat]. *)
From iris.si_logic Require Import siprop.
From tally.prelude Require Import options.

Inductive mfrac := Unmarked (q : Qp) | Marked (q : Qp) | MfracBot.
Canonical Structure mfracO := leibnizO mfrac.

Section mfrac.
  Implicit Types (x y : mfrac) (q : Qp).

  Local Instance mfrac_valid_instance : Valid mfrac := λ x,
    match x with
    | Unmarked q => (q < 1)%Qp
    | Marked q => (q ≤ 1)%Qp
    | MfracBot => False
    end.
  Local Instance mfrac_pcore_instance : PCore mfrac := λ _, None.
  Local Instance mfrac_op_instance : Op mfrac := λ x y,
    match x, y with
    | Unmarked q, Unmarked q' => Unmarked (q + q')
    | Unmarked q, Marked q' | Marked q, Unmarked q' => Marked (q + q')
    | _, _ => MfracBot
    end.

  Lemma mfrac_ra_mixin : RAMixin mfrac.
  Proof.
    split; try apply _; try done.
    - intros [q1|q1|] [q2|q2|] [q3|q3|];
        rewrite /op /mfrac_op_instance /= ?(assoc_L Qp.add) //.
    - intros [q1|q1|] [q2|q2|];
        rewrite /op /mfrac_op_instance //= 1?(comm_L Qp.add) //.
    - intros [q1|q1|] [q2|q2|];
        rewrite /op /mfrac_op_instance /valid /mfrac_valid_instance //= => Hq.
      + etrans; [|exact Hq]. apply Qp.lt_add_l.
      + eapply Qp.lt_le_trans; [|exact Hq]. apply Qp.lt_add_l.
      + etrans; [|exact Hq]. apply Qp.le_add_l.
  Qed.
  Canonical Structure mfracR := discreteR mfrac mfrac_ra_mixin.
  Global Instance mfrac_cmra_discrete : CmraDiscrete mfracR.
  Proof. apply discrete_cmra_discrete. Qed.

  Lemma Unmarked_op q q' : Unmarked (q + q') = Unmarked q ⋅ Unmarked q'.
  Proof. done. Qed.
  Lemma Marked_op_l q q' : Marked (q + q') = Marked q ⋅ Unmarked q'.
  Proof. done. Qed.
  Lemma Marked_op_r q q' : Marked (q + q') = Unmarked q ⋅ Marked q'.
  Proof. done. Qed.

  Lemma Unmarked_valid q : ✓ Unmarked q ↔ (q < 1)%Qp.
  Proof. done. Qed.
  Lemma Marked_valid q : ✓ Marked q ↔ (q ≤ 1)%Qp.
  Proof. done. Qed.
  Lemma Marked_Marked_valid q q' : ✓ (Marked q ⋅ Marked q') ↔ False.
  Proof. done. Qed.

  Global Instance Marked_1_exclusive : Exclusive (Marked 1).
  Proof.
    intros [q|q|]; rewrite -cmra_discrete_valid_iff //.
    rewrite -Marked_op_l Marked_valid. apply Qp.not_add_le_l.
  Qed.
End mfrac.
