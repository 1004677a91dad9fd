(** * One slot protocol, stated three times

The protocol of a slot is stated as an execution with memory orderings
([orderings/slot_protocol.v]), as a pure machine ([model/slot_model.v], which rests on
[model/slot_count.v]) and as the states that the verified programs go through
([frame_state.v]). Two files tie the three: this one the first and the last,
[slot_bridge_model.v] the last two.

The middle is [state_step]: what the specifications of the programs do to the state of a
slot, by the names of the transitions in [orderings/slot_values.v].

- [protocol_state_step], [state_step_protocol]: a step of an execution of the protocol
  that touches the word is a transition of the state, and each transition of the state is a
  step of an execution of the crate's configuration;
- [protocol_other_step]: the other steps leave the word as it is.

What breaks where one of the three changes: a step of the protocol that does something else
to the word breaks [step_word] and [word_step_reached] in [slot_values.v]; the transitions
there and the states of [frame_state.v] are compared by [state_step_value]. The programs are
tied by the names of [frame_state.v], which their specifications use ([slot_specs_sig.v]).

The protocol's counts have no maximum, so that overflow is not compared with it. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol slot_configs slot_values soundness.
From tally.lang Require Import notation.
From tally.frame.slot Require Import frame_state slot_specs.
From tally.model Require Import word slot_count.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Transitions of the state *)
Definition state_step (tr : transition) (st st' : slot_state) : Prop :=
  match tr with
  | Claim => claim_error st = None ∧ st' = claimed_state st
  | Publish u => st = SlotBusy ∧ ∃ i vl γm, st' = built_state u i vl γm
  | LookUp => from_in_use_error st = None ∧ st' = from_in_use_state st
  | Increment => (∃ n m, st = SlotShared n m) ∧ st' = from_in_use_state st
  | Decrement => (∃ n m, st = SlotShared n m) ∧ st' = dropped_state st
  | ToUnique => sole_share st = true ∧ st' = tried_state st
  | ToShared => st = SlotUnique ∧ ∃ m, st' = to_shared_state m st
  | Retire => st = SlotUnique ∧ st' = retired_state st
  | Vacate => st = SlotBusy ∧ st' = vacated_state st
  end.

(** ** Values of the protocol's word *)
Definition state_value (st : slot_state) : slot_protocol.word :=
  match st with
  | SlotUnused => UNUSED
  | SlotBusy => BUSY
  | SlotUnique => UNIQUE
  | SlotShared n _ => COUNT (Pos.to_nat n)
  end.
Definition value_word (v : slot_protocol.word) : Z :=
  match v with UNUSED => slot_unused | UNIQUE => slot_unique | COUNT n => Z.of_nat n end.

Lemma state_value_word st : value_word (state_value st) = state_word st.
Proof. destruct st; try done. apply positive_nat_Z. Qed.

Local Lemma to_nat_S n : ∃ k, Pos.to_nat n = S k ∧ (n = 1%positive ↔ k = O).
Proof. exists (pred (Pos.to_nat n)). lia. Qed.

Local Lemma dropped_state_other n m :
  n ≠ 1%positive → dropped_state (SlotShared n m) = SlotShared (n - 1) m.
Proof. by destruct n. Qed.

(** The transitions of the state are those of the word. *)
Lemma state_step_value tr st v :
  word_step tr (state_value st) = Some v ↔ ∃ st', state_step tr st st' ∧ state_value st' = v.
Proof.
  split.
  - destruct st as [| | |n m].
    { destruct tr; simpl; [|done..]. intros [= <-]. by exists SlotBusy. }
    { destruct tr as [|u| | | | | | |]; simpl; try done; intros [= <-].
      - exists (built_state u 0 [] 1%positive). split; [naive_solver|by destruct u].
      - by exists SlotUnused. }
    { destruct tr; simpl; try done; intros [= <-].
      - exists (SlotShared 1 (Meta 0 [] 1%positive)). split; [naive_solver|done].
      - by exists SlotBusy. }
    destruct (to_nat_S n) as (k&Hk&H1). rewrite /= Hk. destruct tr; simpl; try done.
    + intros [= <-]. exists (SlotShared (n + 1) m). split; [done|]. rewrite /= Pos2Nat.inj_add Hk.
      f_equal. lia.
    + intros [= <-]. exists (SlotShared (n + 1) m). split; [naive_solver|].
      rewrite /= Pos2Nat.inj_add Hk. f_equal. lia.
    + intros [= <-]. exists (dropped_state (SlotShared n m)). split; [naive_solver|].
      destruct (decide (n = 1%positive)) as [->|Hn]; [by rewrite (proj1 H1)|].
      rewrite dropped_state_other //= Pos2Nat.inj_sub; [|lia]. f_equal. lia.
    + destruct k as [|k]; [|done]. rewrite (proj2 H1) //. intros [= <-].
      by exists SlotUnique.
  - intros (st'&Hst&<-). destruct tr as [|u| | | | | | |]; simpl in Hst.
    + destruct st; naive_solver.
    + destruct Hst as (->&i&vl&γm&->). by destruct u.
    + destruct Hst as [He ->]. destruct st as [| | |n m]; try done. destruct (to_nat_S n) as (k&Hk&_).
      rewrite /= Pos2Nat.inj_add Hk. do 2 f_equal. lia.
    + destruct Hst as [(n&m&->) ->]. destruct (to_nat_S n) as (k&Hk&_).
      rewrite /= Pos2Nat.inj_add Hk. do 2 f_equal. lia.
    + destruct Hst as [(n&m&->) ->]. destruct (to_nat_S n) as (k&Hk&H1). rewrite /= Hk.
      destruct (decide (n = 1%positive)) as [->|Hn]; [by rewrite (proj1 H1)|].
      rewrite -/(dropped_state (SlotShared n m)) dropped_state_other //= Pos2Nat.inj_sub; [|lia].
      do 2 f_equal. lia.
    + destruct Hst as [Hst ->]. destruct st as [| | |[]]; done.
    + by destruct Hst as (->&m&->).
    + by destruct Hst as (->&->).
    + by destruct Hst as (->&->).
Qed.

(** ** The protocol with orderings *)
(** Each step of the protocol that touches the word is a transition of the state. *)
Theorem protocol_state_step o t a σ σ' tr st :
  required o → stepwise o → reachable o σ →
  slot_protocol.step o t a σ = Done σ' → action_transition a = Some tr →
  state_value st = last_value (slot_protocol.mem σ) →
  ∃ st', state_step tr st st' ∧ state_value st' = last_value (slot_protocol.mem σ').
Proof.
  intros Ho Hs Hr Hstep Ha Hst. apply state_step_value. rewrite Hst.
  pose proof (step_word o Ho Hs t a σ σ' Hr Hstep) as H. by rewrite /follows Ha in H.
Qed.
(** The other steps leave the word as it is. *)
Theorem protocol_other_step o t a σ σ' :
  required o → stepwise o → reachable o σ →
  slot_protocol.step o t a σ = Done σ' → action_transition a = None →
  last_value (slot_protocol.mem σ') = last_value (slot_protocol.mem σ).
Proof.
  intros Ho Hs Hr Hstep Ha. pose proof (step_word o Ho Hs t a σ σ' Hr Hstep) as H.
  by rewrite /follows Ha in H.
Qed.
(** Each transition of the state is a step of the crate's protocol. *)
Theorem state_step_protocol tr st st' :
  state_step tr st st' →
  ∃ σ t a σ', reachable crate σ ∧ last_value (slot_protocol.mem σ) = state_value st ∧
    action_transition a = Some tr ∧ slot_protocol.step crate t a σ = Done σ' ∧
    last_value (slot_protocol.mem σ') = state_value st'.
Proof.
  intros Hst. apply word_step_reached. apply state_step_value. by exists st'.
Qed.
