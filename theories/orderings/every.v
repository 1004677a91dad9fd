(** * Computing for every value of an ordering

That an execution races whatever the orderings that it does not depend on are, is a
computation for each of their values. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol.
From tally.prelude Require Import options.

Definition all_orderings : list ordering := [Relaxed; Acquire; Release; AcqRel].
Definition every_ordering (P : ordering → bool) : bool := forallb P all_orderings.
Definition every_bool (P : bool → bool) : bool := P true && P false.

Lemma every_ordering_spec P : every_ordering P = true → ∀ o, P o = true.
Proof.
  unfold every_ordering; simpl. rewrite !andb_true_iff.
  intros (?&?&?&?&_) []; done.
Qed.
Lemma every_bool_spec P : every_bool P = true → ∀ b, P b = true.
Proof. unfold every_bool. rewrite andb_true_iff. intros [??] []; done. Qed.

(** Computes for each value of [x], a variable of the goal. *)
Ltac every x := revert x; first [apply every_ordering_spec|apply every_bool_spec].

Definition races {A} (r : result A) : bool := match r with Bad Race => true | _ => false end.

Lemma races_unless {A} b (r : result A) : b || races r = true → b = false → r = Bad Race.
Proof. intros H ->. revert H. unfold races; simpl. by destruct r as [|[]|]. Qed.

(** If lacking a condition leads to a race, what has no race has the condition. *)
Lemma unless_races {A} (b : bool) (r : result A) :
  (b = false → r = Bad Race) → r ≠ Bad Race → b = true.
Proof. destruct b; [done|]. intros H Hr. by destruct Hr; apply H. Qed.
