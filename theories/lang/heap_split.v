(** * λRust: leases of the memory in the proof mode

[iDestruct "H" as "[H1 H2]"] splits [heap_lease q n], and [iCombine] puts two leases
together ([split.v]): a sum as it is written, otherwise the share is halved and the
blocks stay with the first part. With no block on it a lease is fractional.

[heap_lease_take] takes a part of a given size, with the rest under a name: for a type
or a specification that asks for a fraction of its own. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.lang Require Import proofmode.
From tally.logic Require Export split.
From tally.prelude Require Import options.

Section lease.
  Context `{!lrustGS Σ}.
  Implicit Types (q : Qp) (n : nat).

  Global Instance heap_lease_fractional : Fractional (λ q, heap_lease q 0).
  Proof. intros q q'. apply (heap_lease_split q q' 0 0). Qed.
  Global Instance heap_lease_as_fractional q :
    AsFractional (heap_lease q 0) (λ q, heap_lease q 0) q.
  Proof. split; [done|apply _]. Qed.

  (** The part [q1], with [n1] of the blocks; the rest is some [q2]. Later [iCombine] puts
  [q2] and [q1] together, and the equation makes it the former lease. *)
  Lemma heap_lease_take q1 n1 q n :
    (q1 < q)%Qp → n1 ≤ n →
    heap_lease q n -∗
    ∃ q2, ⌜(q2 + q1)%Qp = q⌝ ∗ heap_lease q2 (n - n1) ∗ heap_lease q1 n1.
  Proof.
    iIntros ([q2 ->]%Qp.lt_sum Hn) "Hlease". iExists q2. iSplitR; [by rewrite Qp.add_comm|].
    rewrite -heap_lease_split Qp.add_comm. replace (n - n1 + n1) with n by lia. done.
  Qed.

  Global Instance into_sep_heap_lease q q1 q2 n n1 n2 :
    SplitShare q q1 q2 → SplitNat n n1 n2 →
    IntoSep (heap_lease q n) (heap_lease q1 n1) (heap_lease q2 n2) | 10.
  Proof. intros -> ->. apply into_sep_equiv, heap_lease_split. Qed.
  Global Instance from_sep_heap_lease q q1 q2 n n1 n2 :
    SplitShare q q1 q2 → SplitNat n n1 n2 →
    FromSep (heap_lease q n) (heap_lease q1 n1) (heap_lease q2 n2) | 10.
  Proof. intros -> ->. apply from_sep_equiv, heap_lease_split. Qed.
  Global Instance joins_to_heap_lease q1 q2 q n1 n2 n :
    JoinShare q1 q2 q → JoinNat n1 n2 n →
    JoinsTo (heap_lease q1 n1) (heap_lease q2 n2) (heap_lease q n) | 10.
  Proof. intros <- <-. apply joins_to_equiv, heap_lease_split. Qed.
End lease.
