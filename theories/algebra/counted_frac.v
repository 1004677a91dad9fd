(** * Counted fractions

A pair [(q, k)] of a share [q : Qp] and a number [k : positive] stands for "[k]
handles that together hold the share [q] of something". Pairs are added
componentwise, so the camera is [frac × positive] with a unit adjoined:

- [Some (q, k)]: there are [k] handles, holding [q]; valid iff [q ≤ 1];
- [None]: there is no handle.

Nothing bounds [k] from above. That is on purpose: safe Rust may forget handles
without end ([mem::forget]), so the number of handles is not bounded by the size
of the memory. Programs that keep [k] in a machine word must abort on overflow.

Key results: [counted_frac_included] (a part is the whole or leaves a rest in
*both* components), and four local updates: [counted_frac_recount] (change the
number, keep the share), [counted_frac_return] (hand back a part),
[counted_frac_return_all] and [counted_frac_issue] (hand out everything). *)
From iris.algebra Require Import frac numbers local_updates.
(* Newer versions of Iris are generic in the step index; this import fixes [nat]. *)
From iris.si_logic Require Import siprop.
From tally.prelude Require Import options.

Definition counted_fracUR : ucmra := optionUR (prodR fracR positiveR).

Section counted_frac.
  Implicit Types (q : Qp) (k n : positive).

  Lemma counted_frac_op q1 q2 k1 k2 :
    (Some (q1, k1) : counted_fracUR) ⋅ Some (q2, k2) = Some ((q1 + q2)%Qp, (k1 + k2)%positive).
  Proof. done. Qed.

  Lemma counted_frac_valid q k : ✓ (Some (q, k) : counted_fracUR) ↔ (q ≤ 1)%Qp.
  Proof.
    rewrite Some_valid pair_valid frac_valid. split; [by intros [? _]|by intros ?].
  Qed.

  (** A part of [(q, n)] is all of it, or leaves both a share and a handle. *)
  Lemma counted_frac_included q1 k1 q n :
    (Some (q1, k1) : counted_fracUR) ≼ Some (q, n) →
    (q = q1 ∧ n = k1) ∨ ∃ q2 k2, q = (q1 + q2)%Qp ∧ n = (k1 + k2)%positive.
  Proof.
    intros [[[q2 k2]|] Hz].
    - right. exists q2, k2. apply leibniz_equiv in Hz. by injection Hz.
    - left. rewrite right_id in Hz. apply leibniz_equiv in Hz. by injection Hz.
  Qed.

  Lemma counted_frac_recount q1 q k1 k1' n n' :
    (n' + k1 = n + k1')%positive →
    (Some (q, n), Some (q1, k1)) ~l~> (Some (q, n'), Some (q1, k1') : counted_fracUR).
  Proof.
    intros Hn. apply local_update_discrete. intros mz Hv Heq.
    split; [by move: Hv; rewrite !counted_frac_valid|].
    destruct mz as [[[q2 k2]|]|]; apply leibniz_equiv in Heq; simpl in *.
    - rewrite counted_frac_op in Heq. injection Heq as -> ->.
      rewrite counted_frac_op. by replace n' with (k1' + k2)%positive by lia.
    - rewrite right_id_L in Heq. injection Heq as -> ->.
      rewrite right_id_L. by replace n' with k1' by lia.
    - injection Heq as -> ->. by replace n' with k1' by lia.
  Qed.

  Lemma counted_frac_return q1 k1 q2 k2 :
    (Some ((q1 + q2)%Qp, (k1 + k2)%positive), Some (q1, k1)) ~l~>
    (Some (q2, k2), None : counted_fracUR).
  Proof.
    rewrite -counted_frac_op.
    apply (cancel_local_update_unit (Some (q1, k1) : counted_fracUR) (Some (q2, k2))).
  Qed.

  Lemma counted_frac_return_all q k :
    (Some (q, k), Some (q, k)) ~l~> (None, None : counted_fracUR).
  Proof.
    rewrite -{1}(right_id_L None _ (Some (q, k) : counted_fracUR)).
    apply (cancel_local_update_unit (Some (q, k) : counted_fracUR) None).
  Qed.

  Lemma counted_frac_issue k :
    (None, None) ~l~> (Some (1%Qp, k), Some (1%Qp, k) : counted_fracUR).
  Proof.
    apply (alloc_option_local_update (A:=prodR fracR positiveR)).
    by apply (counted_frac_valid 1 k).
  Qed.
End counted_frac.
