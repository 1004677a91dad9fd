(** * Page frames: what a step does to the number of drops that are owed

[Weighs next P k k']: where the state goes from [st] to [next st], with [P st], a lease
on which [k] drops are owed becomes one on which [k' st] are. This is arithmetic on
[state_weight], one small instance for each step of the protocol; that leases pay for
steps follows from it ([pays_lease], in [frame_sig.v]). *)
From tally.prelude Require Import prelude.
From tally.logic Require Import evidence.
From tally.frame.slot Require Import frame_state.
From tally.prelude Require Import options.

Class Weighs (next : slot_state → slot_state) (P : slot_state → Prop)
    (k : nat) (k' : slot_state → nat) : Prop :=
  weighs st : P st → state_weight st + k' st = state_weight (next st) + k.
Global Hint Mode Weighs ! ! ! - : typeclass_instances.

Section weighs.
  Implicit Types (P : slot_state → Prop) (k : nat) (m : meta) (st : slot_state).

  Global Instance weighs_id P k : Weighs (λ st, st) P k (λ _, k).
  Proof. by intros st _. Qed.
  Global Instance weighs_claim P k :
    Weighs claimed_state P k (λ st, match st with SlotUnused => S k | _ => k end).
  Proof. by intros []. Qed.
  Global Instance weighs_build u i vl γm P k :
    Within P (λ st, st = SlotBusy) → Weighs (λ _, built_state u i vl γm) P k (λ _, k).
  Proof. intros HP st Hst. rewrite (HP st Hst). by destruct u. Qed.
  Global Instance weighs_from_in_use P k :
    Weighs from_in_use_state P k (λ st, match st with SlotShared _ _ => S k | _ => k end).
  Proof. intros [] _; simpl; [done..|]. rewrite Pos2Nat.inj_add. lia. Qed.
  Global Instance weighs_try P k : Weighs tried_state P k (λ _, k).
  Proof. by intros [| | |[] m]. Qed.
  Global Instance weighs_share m P k : Weighs (to_shared_state m) P k (λ _, k).
  Proof. by intros []. Qed.
  Global Instance weighs_retire P k : Weighs retired_state P k (λ _, k).
  Proof. by intros []. Qed.

  (** A drop is paid back: at once, or, by the last share, when the slot is unused. *)
  Lemma weighs_drop P k :
    Within P (λ st, ∃ n m, st = SlotShared n m) →
    Weighs dropped_state P (S k) (λ st, if sole_share st then S k else k).
  Proof.
    intros HP st Hst. apply HP in Hst as (n & m & ->).
    destruct (decide (n = 1%positive)) as [->|Hn]; [done|].
    destruct (shared_not_sole n m) as (-> & -> & _); simpl; lia.
  Qed.
  Lemma weighs_vacate k : Weighs vacated_state (λ st, st = SlotBusy) (S k) (λ _, k).
  Proof. by intros st ->. Qed.
End weighs.
(** These two match the number up to computation. *)
Global Hint Extern 0 (Weighs dropped_state _ _ _) =>
  apply weighs_drop : typeclass_instances.
Global Hint Extern 0 (Weighs vacated_state _ _ _) =>
  apply weighs_vacate : typeclass_instances.
