(** * Counted handles of two kinds

An element [(r, k, j)] stands for "[k] handles of the first kind and [j] of the
second, which together hold the share [r]", for instance strong and weak handles of
one block. Elements are added componentwise. Some handle there must be: beside [k]
and [j] an element has their sum as a positive number ([handles]), so that a part of
[(r, k, j)] which has all its handles is all of it, share included. The camera is
[frac × nat × nat × positive] with a unit, "no handles", adjoined.

Key results: [handles_included], and the local updates [handles_recount],
[handles_return], [handles_return_all] and [handles_issue].

Source: [counted_frac.v], for one kind. *)
From iris.algebra Require Import frac numbers local_updates.
(* Newer versions of Iris are generic in the step index; this import fixes [nat]. *)
From iris.si_logic Require Import siprop.
From tally.prelude Require Import options.

Definition handlesUR : ucmra :=
  optionUR (prodR fracR (prodR (prodR natR natR) positiveR)).

(** [k + j], where it is not 0. *)
Definition handles_total (k j : nat) : positive := Pos.of_nat (k + j).
Definition handles (r : Qp) (k j : nat) : handlesUR :=
  Some (r, (k, j, handles_total k j)).

Section handles.
  Implicit Types (r : Qp) (k j n w : nat).

  Lemma handles_op r r' k k' j j' :
    0 < k + j → 0 < k' + j' →
    handles (r + r') (k + k') (j + j') = handles r k j ⋅ handles r' k' j'.
  Proof.
    intros ??. rewrite /handles /handles_total -Some_op -!pair_op.
    replace (k + k' + (j + j')) with (k + j + (k' + j')) by lia.
    by rewrite Nat2Pos.inj_add; [|lia..].
  Qed.

  Lemma handles_valid r k j : ✓ handles r k j ↔ (r ≤ 1)%Qp.
  Proof.
    rewrite /handles Some_valid !pair_valid frac_valid. naive_solver.
  Qed.

  (** A part is all of it, or leaves a share and a handle. *)
  Lemma handles_included r q k j n w :
    0 < k + j → 0 < n + w →
    handles r k j ≼ handles q n w →
    (q = r ∧ n = k ∧ w = j) ∨
    ∃ r' k' j', 0 < k' + j' ∧ q = (r + r')%Qp ∧ n = k + k' ∧ w = j + j'.
  Proof.
    intros ?? [[[r' [[k' j'] t]]|] Hz]; apply leibniz_equiv in Hz.
    - right. rewrite /handles /handles_total -Some_op -!pair_op in Hz.
      injection Hz as -> Hk Hj Ht. exists r', k', j'.
      change (k ⋅ k') with (k + k') in *. change (j ⋅ j') with (j + j') in *.
      change (?a ⋅ t) with (a + t)%positive in Ht.
      split; [|done]. apply (f_equal Pos.to_nat) in Ht.
      rewrite Pos2Nat.inj_add !Nat2Pos.id in Ht; [|lia..].
      pose proof (Pos2Nat.is_pos t). lia.
    - left. rewrite right_id_L /handles in Hz. by injection Hz as -> -> ->.
  Qed.

  Lemma handles_recount r q k k' j j' n n' w w' :
    0 < k + j → 0 < k' + j' → 0 < n + w → 0 < n' + w' →
    n' + k = n + k' → w' + j = w + j' →
    (handles q n w, handles r k j) ~l~> (handles q n' w', handles r k' j').
  Proof.
    intros ????? Hj. apply option_local_update, prod_local_update_2, prod_local_update.
    { apply prod_local_update.
      - apply (nat_local_update n k n' k'). lia.
      - apply (nat_local_update w j w' j'). lia. }
    rewrite /= /handles_total. apply local_update_discrete. intros mz _ Heq. split; [done|].
    apply leibniz_equiv in Heq. destruct mz as [t|]; simpl in *.
    - change (?a ⋅ t) with (a + t)%positive in *.
      apply (f_equal Pos.to_nat) in Heq. apply Pos2Nat.inj.
      rewrite Pos2Nat.inj_add !Nat2Pos.id in Heq; [|lia..].
      rewrite Pos2Nat.inj_add Nat2Pos.id; [|lia]. rewrite Nat2Pos.id; [|lia].
      lia.
    - apply Nat2Pos.inj in Heq; [|lia..].
      by replace (n' + w') with (k' + j') by lia.
  Qed.

  Lemma handles_return r r' k k' j j' :
    0 < k + j → 0 < k' + j' →
    (handles (r + r') (k + k') (j + j'), handles r k j) ~l~> (handles r' k' j', None).
  Proof.
    intros ??. rewrite handles_op //.
    apply (cancel_local_update_unit (handles r k j) (handles r' k' j')).
  Qed.

  Lemma handles_return_all r k j :
    (handles r k j, handles r k j) ~l~> (None, None).
  Proof.
    rewrite -{1}(right_id_L None _ (handles r k j)).
    apply (cancel_local_update_unit (handles r k j) None).
  Qed.

  Lemma handles_issue k j : (None, None) ~l~> (handles 1 k j, handles 1 k j).
  Proof.
    apply (alloc_option_local_update
      (A:=prodR fracR (prodR (prodR natR natR) positiveR))). by apply (handles_valid 1 k j).
  Qed.
End handles.
