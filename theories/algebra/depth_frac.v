(** * The camera of marked shares with a depth

A marked fraction ([marked_frac.v]) that also knows how often it has been cut: an
element has a fraction [q] and a _weight_ [w], both add up, and at most one of the
parts of a sum is marked. Valid are

- the whole, [Depth true 1 1], marked;
- what has less than the whole of both.

Cutting a part in two halves its weight, whatever fractions the two get. So the
weight of a part that has been cut [c - 1] times is [weight c], which is 1/2 to the
power of [c - 1] ([weight_split]): it says the depth of the part in the tree of cuts,
and only the root has depth 1 ([weight_lt]).

Key results: [Depth_op], [Depth_valid], [weight_split], [weight_lt],
[weight_small]. Used in [shared_own_depth.v], and the weights in
[theories/refuted/rc_dealloc.v]. *)
From iris.algebra Require Import cmra frac.
(* Newer versions of Iris are generic in the step index; this import fixes [nat]. *)
From iris.si_logic Require Import siprop.
From tally.prelude Require Import options.

Inductive depth_frac := Depth (marked : bool) (q w : Qp) | DepthBot.
Canonical Structure depth_fracO := leibnizO depth_frac.

Section cmra.
  Local Instance depth_frac_valid_instance : Valid depth_frac := λ x,
    match x with
    | Depth m q w => ((q < 1 ∧ w < 1) ∨ (m = true ∧ q = 1 ∧ w = 1))%Qp
    | DepthBot => False
    end.
  Local Instance depth_frac_pcore_instance : PCore depth_frac := λ _, None.
  Local Instance depth_frac_op_instance : Op depth_frac := λ x y,
    match x, y with
    | Depth m q w, Depth m' q' w' =>
        if m && m' then DepthBot else Depth (m || m') (q + q') (w + w')
    | _, _ => DepthBot
    end.

  Lemma depth_frac_ra_mixin : RAMixin depth_frac.
  Proof.
    split; try apply _; try done.
    - intros [[] q1 w1|] [[] q2 w2|] [[] q3 w3|];
        rewrite /op /depth_frac_op_instance /= ?(assoc_L Qp.add) //.
    - intros [[] q1 w1|] [[] q2 w2|]; rewrite /op /depth_frac_op_instance //=;
        f_equal; apply (comm_L Qp.add).
    - intros [m1 q1 w1|] [m2 q2 w2|];
        rewrite /op /depth_frac_op_instance /valid /depth_frac_valid_instance //=.
      destruct (m1 && m2); [done|]. intros [[Hq Hw]|(_ & Hq & Hw)]; left.
      + split; [etrans; [|exact Hq]|etrans; [|exact Hw]]; apply Qp.lt_add_l.
      + split; [rewrite -Hq|rewrite -Hw]; apply Qp.lt_add_l.
  Qed.
  Canonical Structure depth_fracR := discreteR depth_frac depth_frac_ra_mixin.

  Global Instance depth_frac_cmra_discrete : CmraDiscrete depth_fracR.
  Proof. apply discrete_cmra_discrete. Qed.
End cmra.

Section laws.
  Implicit Types (q w : Qp) (m : bool).

  Lemma Depth_op m q q' w w' :
    Depth m (q + q') (w + w') = Depth m q w ⋅ Depth false q' w'.
  Proof. by destruct m. Qed.
  Lemma Depth_op_r m q q' w w' :
    Depth m (q + q') (w + w') = Depth false q w ⋅ Depth m q' w'.
  Proof. by destruct m. Qed.
  Lemma Depth_marked_valid q q' w w' : ¬ ✓ (Depth true q w ⋅ Depth true q' w').
  Proof. by intros ?. Qed.
  Lemma Depth_valid m q w :
    ✓ Depth m q w ↔ ((q < 1 ∧ w < 1) ∨ (m = true ∧ q = 1 ∧ w = 1))%Qp.
  Proof. done. Qed.
  Lemma Depth_whole_valid : ✓ Depth true 1 1.
  Proof. by right. Qed.
  Lemma Depth_unmarked_valid q w : ✓ Depth false q w → (q < 1)%Qp.
  Proof. by intros [[? _]|[? _]]. Qed.
End laws.

(** ** Weights *)
Definition weight (c : positive) : Qp := 2 / pos_to_Qp (2 ^ c).

Lemma weight_1 : weight 1 = 1%Qp.
Proof. by apply Qp.div_diag. Qed.
Lemma weight_split c : (weight (c + 1) + weight (c + 1))%Qp = weight c.
Proof.
  rewrite /weight Pos.add_1_r Pos.pow_succ_r -pos_to_Qp_mul. apply Qp.div_2_mul.
Qed.
Lemma weight_lt c : c ≠ 1%positive → (weight c < 1)%Qp.
Proof.
  intros Hc. induction c as [|c IH] using Pos.peano_ind; [done|].
  rewrite -Pos.add_1_r. apply Qp.lt_le_trans with (weight c).
  { rewrite -(weight_split c). apply Qp.lt_add_l. }
  destruct (decide (c = 1%positive)) as [->|]; [by rewrite weight_1|].
  apply Qp.lt_le_incl. auto.
Qed.

Lemma weight_inv c : weight (c + 1) = (1 / pos_to_Qp (2 ^ c))%Qp.
Proof.
  rewrite /weight Pos.add_1_r Pos.pow_succ_r -pos_to_Qp_mul.
  by rewrite -{1}(Qp.mul_1_r 2) Qp.div_mul_cancel_l.
Qed.

(** Weights get smaller than anything. *)
Lemma weight_small (δ : Qp) : ∃ c, (weight c < δ)%Qp.
Proof.
  assert (∃ d, 1 ≤ δ * pos_to_Qp d)%Qp as [d Hd].
  { destruct δ as [δ Hpos]. exists (QArith_base.Qden (Qcanon.this δ)).
    rewrite Qp.to_Qc_inj_le /Qcanon.Qcle /=.
    rewrite /Qcanon.Qclt /QArith_base.Qlt /= in Hpos.
    rewrite !Qreduction.Qred_correct /QArith_base.Qle /=. nia. }
  exists (d + 1)%positive. rewrite weight_inv.
  apply (Qp.mul_lt_mono_r _ _ (pos_to_Qp (2 ^ d))). rewrite Qp.mul_div_l.
  eapply Qp.le_lt_trans; [exact Hd|].
  apply Qp.mul_lt_mono_l. rewrite -pos_to_Qp_inj_lt.
  assert (Z.pos d < Z.pos (2 ^ d)%positive)%Z as Hlt; [|exact Hlt].
  rewrite Pos2Z.inj_pow. apply Z.pow_gt_lin_r; lia.
Qed.
