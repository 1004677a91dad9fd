(** * One slot protocol, stated three times

The protocol of a slot is stated as an execution with memory orderings
([orderings/slot_protocol.v]), as a pure machine ([model/slot_model.v], which rests on
[model/slot_count.v]) and as the states that the verified programs go through
([frame_state.v]). This file ties the three. The transitions of the protocol and of the
state are proved equal in both directions. A step of the pure machine is proved to have the
effect on the word that the transition has; what it answers is not compared, nor are its
operations that are no transition. The programs are tied by the names of [frame_state.v]
only.

The middle is [state_step]: what the specifications of the programs do to the state of a
slot, by the names of the transitions in [orderings/slot_values.v].

- [protocol_state_step], [state_step_protocol]: a step of an execution of the protocol
  is a transition of the state, and each transition of the state is a step of an execution
  of the crate's configuration;
- [model_state_step], [state_step_model]: a step of the pure machine does to the word of
  its slot what the transition does to the state, is refused where there is no
  transition, or aborts at the maximum; and each transition below the maximum is a step
  of the machine.

The protocol's counts have no maximum, so that overflow is not compared with it. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol slot_configs slot_values soundness.
From tally.lang Require Import notation.
From tally.frame.slot Require Import frame_state slot_specs.
From tally.model Require Import word table rc_count slot_count slot_model slot_model_sig.
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
  | ToShared => st = SlotUnique ∧ ∃ m, st' = SlotShared 1 m
  | Retire => st = SlotUnique ∧ st' = SlotBusy
  | Vacate => st = SlotBusy ∧ st' = SlotUnused
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

(** ** The pure machine *)
(** The transition that an operation is, and the slot whose word it changes. The
operations that are two of these have none ([slot_reserve_publish_spec],
[slot_release_vacate_spec]). *)
Definition handle_at (s : frame_state) (h : word) : option frame_handle :=
  match tbl_get (frame_handles s) h with Some (Some y) => Some y | _ => None end.
Definition op_transition (s : frame_state) (o : frame_op) : option (transition * word) :=
  match o with
  | FrameReserve i => Some (Claim, i)
  | FramePublish h k _ =>
      match handle_at s h with
      | Some (HoldsBusy i) => Some (Publish (if k is KindUnique then true else false), i)
      | _ => None
      end
  | FrameFromInUse i => Some (LookUp, i)
  | FrameClone h =>
      match handle_at s h with Some (HoldsShared i) => Some (Increment, i) | _ => None end
  | FrameRelease h =>
      match handle_at s h with
      | Some (HoldsShared i) => Some (Decrement, i)
      | Some (HoldsUnique i) => Some (Retire, i)
      | _ => None
      end
  | FrameTryFromShared h =>
      match handle_at s h with Some (HoldsShared i) => Some (ToUnique, i) | _ => None end
  | FrameFromUnique h =>
      match handle_at s h with Some (HoldsUnique i) => Some (ToShared, i) | _ => None end
  | FrameVacate h =>
      match handle_at s h with Some (HoldsBusy i) => Some (Vacate, i) | _ => None end
  | _ => None
  end.

(** What the kind of a handle tells of the slot's word. *)
Lemma handle_at_word s h y x :
  frame_inv s → handle_at s h = Some y →
  tbl_get (frame_slots s) (frame_handle_slot y) = Some x →
  match y with
  | HoldsUnique _ => slot_word x = slot_unique
  | HoldsShared _ => 1 ≤ slot_word x ≤ slot_max
  | HoldsBusy _ => slot_word x = slot_busy
  end.
Proof.
  rewrite /handle_at. intros [Hslots _] Hh Hx.
  assert (tbl_get (frame_handles s) h = Some (Some y)) as Hy by by repeat case_match; simplify_eq.
  assert (1 ≤ frame_count s y) as Hc.
  { pose proof (tbl_count_get (frame_is y) _ _ _ Hy) as H.
    rewrite /frame_is bool_decide_eq_true_2 // in H. }
  pose proof (Hslots _ _ Hx) as Hok.
  destruct y; simpl in *; inversion Hok; rewrite ?H; first [done|lia].
Qed.
Lemma handle_at_slot s h y :
  frame_inv s → handle_at s h = Some y →
  ∃ x, tbl_get (frame_slots s) (frame_handle_slot y) = Some x.
Proof.
  rewrite /handle_at. intros [_ Hh] Hy. apply (Hh h). by repeat case_match; simplify_eq.
Qed.

(** The word tells the state. *)
Lemma state_of_word st :
  state_bounded st →
  (state_word st = slot_busy → st = SlotBusy) ∧
  (state_word st = slot_unique → st = SlotUnique) ∧
  (1 ≤ state_word st ≤ slot_max → ∃ n m, st = SlotShared n m).
Proof.
  rewrite /state_bounded. destruct st as [| | |n m]; simpl;
    unfold slot_unused, slot_unique, slot_max, slot_busy.
  1-3: split; [intros ?; first [done|lia]|split; intros ?; first [done|lia]].
  - intros ?. split; [lia|]. split; [lia|]. intros _. by exists n, m.
Qed.

(** Of a slot: what an operation that is a transition does. *)
Definition does (tr : transition) (st : slot_state) (s : frame_state) (i : word) (x : slot)
    (r : frame_state * frame_outcome) : Prop :=
  (∃ st' x', state_step tr st st' ∧ tbl_get (frame_slots r.1) i = Some x' ∧
    slot_word x' = state_word st') ∨
  (r.1 = s ∧ ∀ st', ¬ state_step tr st st') ∨
  (r = (s, FrameAborted) ∧ slot_word x = slot_max).

Lemma does_set tr st s i x r st' x' t :
  tbl_get (frame_slots s) i = Some x → frame_slots r.1 = tbl_set (frame_slots s) i x' →
  state_step tr st st' → slot_word x' = state_word st' → does tr st s i t r.
Proof.
  intros Hx Hr Hst Hx'. left. exists st', x'. split; [done|]. split; [|done].
  rewrite Hr. by eapply tbl_get_set_same.
Qed.

(** Each operation of the machine that is a transition does what the transition says,
or is refused because there is none, or aborts at the maximum. *)
Theorem model_state_step s o tr i x st :
  frame_inv s → op_transition s o = Some (tr, i) → tbl_get (frame_slots s) i = Some x →
  state_bounded st → slot_word x = state_word st →
  does tr st s i x (frame_step s o).
Proof.
  intros Hs Ho Hx Hb Hw. destruct (state_of_word st Hb) as (Hbusy&Hunique&Hshared).
  assert (slot_max ≤ slot_word x → slot_word x < slot_unique → slot_word x = slot_max) as Hmax.
  { intros ??. destruct (proj1 Hs _ _ Hx);
      unfold slot_unused, slot_unique, slot_busy, slot_max in *; lia. }
  destruct o as [k j m|j|h|h|h|h|h|h|h n|j|h k m|h|h]; simpl in Ho |- *; try done;
    rewrite /handle_at in Ho.
  - (* FromInUse *)
    injection Ho as <- ->. rewrite /frame_from_in_use Hx Hw state_from_in_use //.
    destruct (from_in_use_error st) as [e|] eqn:He.
    { right; left. split; [done|]. intros st' [? _]. congruence. }
    destruct (decide (state_word st < slot_max)) as [Hlt|Hge].
    + eapply does_set; [done|done|by split|done].
    + do 2 right. split; [done|]. apply Hmax; [lia|]. rewrite Hw.
      destruct st; done.
  - (* FromUnique *)
    rewrite /frame_from_unique. destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->. rewrite Hx.
    pose proof (handle_at_word s h (HoldsUnique i) x Hs) as Hy.
    rewrite /handle_at Hh Hw in Hy. rewrite (Hunique (Hy eq_refl Hx)).
    eapply (does_set _ _ _ _ _ _ (SlotShared 1 (Meta 0 [] 1%positive))); [done|done| |done].
    split; [done|by eexists].
  - (* TryFromShared *)
    rewrite /frame_try_from_shared /frame_find_shared.
    destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->. rewrite Hx Hw state_try_unique //.
    destruct (sole_share st) eqn:Hsole.
    + eapply does_set; [done|done|by split|]. by destruct st as [| | |[]].
    + right; left. split; [done|]. intros st' [? _]. congruence.
  - (* Clone *)
    rewrite /frame_clone /frame_find_shared.
    destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->. rewrite Hx.
    pose proof (handle_at_word s h (HoldsShared i) x Hs) as Hy.
    rewrite /handle_at Hh in Hy. specialize (Hy eq_refl Hx). rewrite Hw in Hy.
    destruct (Hshared Hy) as (n&m&->). rewrite Hw state_clone.
    destruct (decide (Z.pos n < slot_max)) as [Hlt|Hge].
    + eapply does_set; [done|done|split; [naive_solver|done]|done].
    + do 2 right. split; [done|]. rewrite Hw. simpl in Hy |- *. lia.
  - (* Reserve *)
    injection Ho as <- ->. rewrite /frame_reserve Hx Hw state_claim //.
    destruct (claim_error st) as [e|] eqn:He.
    + right; left. split; [done|]. intros st' [? _]. congruence.
    + eapply does_set; [done|done|by split|]. by destruct st.
  - (* Publish *)
    rewrite /frame_publish. destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->.
    pose proof (handle_at_word s h (HoldsBusy i) x Hs) as Hy.
    rewrite /handle_at Hh Hw in Hy. rewrite (Hbusy (Hy eq_refl Hx)).
    eapply (does_set _ _ _ _ _ _
      (built_state (if k is KindUnique then true else false) 0 [] 1%positive)); [done..| |].
    + split; [done|]. naive_solver.
    + by destruct k.
  - (* Release *)
    rewrite /frame_release /frame_let_go.
    destruct (tbl_get (frame_handles s) h) as [[y|]|] eqn:Hh; try done.
    pose proof (handle_at_word s h y x Hs) as Hy. rewrite /handle_at Hh in Hy.
    specialize (Hy eq_refl). destruct y as [j|j|j]; try done; injection Ho as <- ->;
      specialize (Hy Hx); rewrite Hw in Hy; rewrite /= Hx.
    + rewrite (Hunique Hy).
      destruct (slot_meta x); (eapply does_set; [done|done|by split|done]).
    + destruct (Hshared Hy) as (n&m&->). rewrite Hw state_drop_count //.
      destruct (sole_share (SlotShared n m)) eqn:Hsole.
      * destruct (slot_meta x);
          (eapply does_set; [done|done|split; [naive_solver|done]|by destruct n]).
      * eapply does_set; [done|done|split; [naive_solver|done]|done].
  - (* Vacate *)
    rewrite /frame_vacate. destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->.
    pose proof (handle_at_word s h (HoldsBusy i) x Hs) as Hy.
    rewrite /handle_at Hh Hw in Hy. rewrite (Hbusy (Hy eq_refl Hx)).
    eapply does_set; [done|done|by split|done].
Qed.

(** A machine of one slot in a given state. *)
Definition state_model (st : slot_state) : frame_state :=
  match st with
  | SlotUnused => FrameState [slot_fresh] []
  | SlotBusy => FrameState [Slot slot_busy 0 None] [Some (HoldsBusy 0)]
  | SlotUnique => FrameState [Slot slot_unique 0 (Some 0)] [Some (HoldsUnique 0)]
  | SlotShared n _ =>
      FrameState [Slot (Z.pos n) (Z.pos n - 1) (Some 0)] [Some (HoldsShared 0)]
  end.
Definition transition_op (tr : transition) : frame_op :=
  match tr with
  | Claim => FrameReserve 0
  | Publish u => FramePublish 0 (if u then KindUnique else KindShared) 0
  | LookUp => FrameFromInUse 0
  | Increment => FrameClone 0
  | Decrement | Retire => FrameRelease 0
  | ToUnique => FrameTryFromShared 0
  | ToShared => FrameFromUnique 0
  | Vacate => FrameVacate 0
  end.
Definition below_max (st : slot_state) : Prop :=
  match st with SlotShared n _ => Z.pos n < slot_max | _ => True end.

Lemma state_model_inv st : below_max st → frame_inv (state_model st).
Proof.
  intros Hst. split.
  - intros i x Hx. assert (i = 0) as ->.
    { destruct st; apply tbl_get_range in Hx; simpl in Hx; lia. }
    destruct st as [| | |n m]; injection Hx as <-.
    + by apply slot_ok_unused.
    + by apply slot_ok_busy.
    + by eapply slot_ok_unique.
    + eapply (slot_ok_shared _ _ _ _ 0); simpl; try done; unfold below_max in *; [|lia..].
      unfold frame_count; simpl. lia.
  - intros h y Hy. assert (h = 0) as ->.
    { destruct st; apply tbl_get_range in Hy; simpl in Hy; lia. }
    destruct st; try done; injection Hy as <-; by eexists.
Qed.

(** Each transition of the state below the maximum is a step of the machine. *)
Theorem state_step_model tr st st' :
  state_step tr st st' → below_max st →
  ∃ s o i x x', frame_inv s ∧ op_transition s o = Some (tr, i) ∧
    tbl_get (frame_slots s) i = Some x ∧ slot_word x = state_word st ∧
    tbl_get (frame_slots (frame_step s o).1) i = Some x' ∧ slot_word x' = state_word st'.
Proof.
  intros Hst Hmax. pose proof (state_model_inv st Hmax) as Hs.
  assert (∃ x, tbl_get (frame_slots (state_model st)) 0 = Some x ∧ slot_word x = state_word st)
    as (x&Hx&Hw) by (destruct st; by eexists).
  assert (op_transition (state_model st) (transition_op tr) = Some (tr, 0)) as Hop.
  { destruct tr as [|[]| | | | | | |]; simpl in Hst; destruct st; naive_solver. }
  assert (state_bounded st) as Hb.
  { destruct st; simpl in *; try done. unfold slot_max, slot_unique in *. lia. }
  exists (state_model st), (transition_op tr), 0, x.
  destruct (model_state_step _ _ _ _ _ st Hs Hop Hx Hb Hw)
    as [(st2&x'&Hst2&Hx'&Hw')|[[_ Hno]|[_ Hm]]].
  - exists x'. do 5 (split; [done|]). rewrite Hw' -!state_value_word. f_equal.
    assert (word_step tr (state_value st) = Some (state_value st') ∧
      word_step tr (state_value st) = Some (state_value st2)) as [H1 H2].
    { split; apply state_step_value; eauto. }
    congruence.
  - by destruct (Hno st').
  - exfalso. rewrite Hw in Hm. destruct st; simpl in *; try done. lia.
Qed.
