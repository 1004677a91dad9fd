(** * Counted shares in the proof mode

What this library counts is an assertion with a share and one or more numbers, and two
of them add up: [P (q + q') (n + n') ⊣⊢ P q n ∗ P q' n']. This file has what the proof
mode needs to do such a step on its own, so that [iDestruct "H" as "[H1 H2]"], [iSplitL]
and [iCombine "H1 H2" as "H"] work on handles and leases:

- [SplitShare q q1 q2], [SplitNat n n1 n2], [SplitHandles n n1 n2] and
  [SplitPos k k1 k2] choose the parts of a share and of a number. A sum is split as it
  is written; another share is halved. Of another number all stays on the left with
  [SplitNat], and one goes to the right with [SplitHandles], if there is one;
  [SplitPos] has no answer for a number of which it is not seen that it is above 1;
- [JoinShare q1 q2 q], [JoinNat n1 n2 n]: the other way. Two equal halves are the
  whole, and 0 adds nothing;
- [JoinsTo P Q R]: [iCombine] makes [R] of [P] and [Q].

An assertion that is counted has one instance each of [IntoSep], [FromSep] and
[JoinsTo]. Those of [lease_own] are here. *)
From iris.bi Require Import bi.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.logic Require Import lease.
From tally.prelude Require Import options.

(** ** Parts of shares and numbers *)
Class SplitShare (q q1 q2 : Qp) : Prop := split_share : q = (q1 + q2)%Qp.
Global Hint Mode SplitShare ! - - : typeclass_instances.
Global Instance split_share_sum q1 q2 : SplitShare (q1 + q2) q1 q2 | 1.
Proof. done. Qed.
Global Instance split_share_half q : SplitShare q (q / 2) (q / 2) | 2.
Proof. by rewrite /SplitShare Qp.div_2. Qed.

Class SplitNat (n n1 n2 : nat) : Prop := split_nat : n = (n1 + n2)%nat.
Global Hint Mode SplitNat ! - - : typeclass_instances.
Global Instance split_nat_sum n1 n2 : SplitNat (n1 + n2) n1 n2 | 1.
Proof. done. Qed.
Global Instance split_nat_left n : SplitNat n n 0 | 2.
Proof. by rewrite /SplitNat Nat.add_0_r. Qed.

Class SplitHandles (n n1 n2 : nat) : Prop := split_handles : n = (n1 + n2)%nat.
Global Hint Mode SplitHandles ! - - : typeclass_instances.
Global Instance split_handles_sum n1 n2 : SplitHandles (n1 + n2) n1 n2 | 1.
Proof. done. Qed.
Global Instance split_handles_succ n : SplitHandles (S n) n 1 | 2.
Proof. by rewrite /SplitHandles Nat.add_1_r. Qed.
Global Instance split_handles_left n : SplitHandles n n 0 | 3.
Proof. by rewrite /SplitHandles Nat.add_0_r. Qed.

Class SplitPos (k k1 k2 : positive) : Prop := split_pos : k = (k1 + k2)%positive.
Global Hint Mode SplitPos ! - - : typeclass_instances.
Global Instance split_pos_sum k1 k2 : SplitPos (k1 + k2) k1 k2 | 1.
Proof. done. Qed.
Global Instance split_pos_even k : SplitPos k~0 k k | 2.
Proof. by rewrite /SplitPos Pos.add_diag. Qed.
Global Instance split_pos_odd k : SplitPos k~1 k~0 1 | 2.
Proof. done. Qed.

Class JoinShare (q1 q2 q : Qp) : Prop := join_share : (q1 + q2)%Qp = q.
Global Hint Mode JoinShare ! ! - : typeclass_instances.
Global Instance join_share_halves q : JoinShare (q / 2) (q / 2) q | 1.
Proof. apply Qp.div_2. Qed.
Global Instance join_share_sum q1 q2 : JoinShare q1 q2 (q1 + q2) | 2.
Proof. done. Qed.

Class JoinNat (n1 n2 n : nat) : Prop := join_nat : (n1 + n2)%nat = n.
Global Hint Mode JoinNat ! ! - : typeclass_instances.
Global Instance join_nat_0_r n : JoinNat n 0 n | 1.
Proof. apply Nat.add_0_r. Qed.
Global Instance join_nat_0_l n : JoinNat 0 n n | 1.
Proof. done. Qed.
Global Instance join_nat_sum n1 n2 : JoinNat n1 n2 (n1 + n2) | 2.
Proof. done. Qed.

(** ** [iCombine] *)
Class JoinsTo {PROP : bi} (P Q R : PROP) : Prop := joins_to : P ∗ Q ⊢ R.
Global Hint Mode JoinsTo + ! ! - : typeclass_instances.
(** What [iCombine] looks for has another name in Iris 4.0, where [CombineSepAs] does not
exist and [FromSep] takes its place. *)
Global Instance joins_to_combine {PROP : bi} (P Q R : PROP) :
  JoinsTo P Q R → ltac:(first [exact (CombineSepAs P Q R)|exact (FromSep R P Q)]).
Proof. intros H. exact H. Qed.

(** ** What an instance is proved by: one equivalence for all three *)
Lemma into_sep_equiv {PROP : bi} (P Q1 Q2 : PROP) : (P ⊣⊢ Q1 ∗ Q2) → IntoSep P Q1 Q2.
Proof. intros H. rewrite /IntoSep H. done. Qed.
Lemma from_sep_equiv {PROP : bi} (P Q1 Q2 : PROP) : (P ⊣⊢ Q1 ∗ Q2) → FromSep P Q1 Q2.
Proof. intros H. rewrite /FromSep H. done. Qed.
Lemma joins_to_equiv {PROP : bi} (P Q1 Q2 : PROP) : (P ⊣⊢ Q1 ∗ Q2) → JoinsTo Q1 Q2 P.
Proof. intros H. rewrite /JoinsTo H. done. Qed.

(** ** Leases *)
Section lease.
  Context `{!leaseG Σ C, !Counter C}.
  Set Default Proof Using "Type*".
  Implicit Types (γ : gname) (q : Qp) (k : C) (b : bool).

  Global Instance lease_own_fractional γ : Fractional (λ q, lease_own γ q ε false).
  Proof. intros q q'. by rewrite -lease_own_op left_id_L. Qed.
  Global Instance lease_own_as_fractional γ q :
    AsFractional (lease_own γ q ε false) (λ q, lease_own γ q ε false) q.
  Proof. split; [done|apply _]. Qed.

  (** The flag stays with the first. *)
  Global Instance into_sep_lease_own_op γ q q1 q2 k1 k2 b :
    SplitShare q q1 q2 →
    IntoSep (lease_own γ q (k1 ⋅ k2) b) (lease_own γ q1 k1 b) (lease_own γ q2 k2 false) | 10.
  Proof. intros ->. by rewrite /IntoSep lease_own_op. Qed.
  Global Instance into_sep_lease_own γ q q1 q2 k b :
    SplitShare q q1 q2 →
    IntoSep (lease_own γ q k b) (lease_own γ q1 k b) (lease_own γ q2 ε false) | 20.
  Proof. intros ->. by rewrite /IntoSep -{1}(right_id_L ε (⋅) k) lease_own_op. Qed.
  Global Instance from_sep_lease_own_op γ q q1 q2 k1 k2 b :
    SplitShare q q1 q2 →
    FromSep (lease_own γ q (k1 ⋅ k2) b) (lease_own γ q1 k1 b) (lease_own γ q2 k2 false) | 10.
  Proof. intros ->. by rewrite /FromSep lease_own_op. Qed.
  Global Instance from_sep_lease_own γ q q1 q2 k b :
    SplitShare q q1 q2 →
    FromSep (lease_own γ q k b) (lease_own γ q1 k b) (lease_own γ q2 ε false) | 20.
  Proof. intros ->. by rewrite /FromSep -lease_own_op right_id_L. Qed.
  Global Instance joins_to_lease_own γ q1 q2 q k1 k2 b :
    JoinShare q1 q2 q →
    JoinsTo (lease_own γ q1 k1 b) (lease_own γ q2 k2 false) (lease_own γ q (k1 ⋅ k2) b).
  Proof. intros <-. by rewrite /JoinsTo lease_own_op. Qed.
End lease.
