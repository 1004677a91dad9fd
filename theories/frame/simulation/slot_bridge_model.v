(** * The machine of slots does what the states do

The pure machine of [model/slot_model.v] against the states of [frame_state.v]: the words
of the slots, what the machine answers, and the handles. The transitions of a state are
those of [slot_bridge.v].

- [model_state_step]: an operation that is a transition ([op_transition]) does what the
  transition does to the state, if the count has room for it. Its answer, and the handle
  that it is about, are functions of the state ([state_answer], [state_handle]). Where the
  state does not have the transition, the machine refuses for the reason that the state
  gives ([state_refusal]), and nothing changes;
- [model_overflow_step]: where the count has no room, the machine aborts;
- [state_step_model]: each transition that stays within the maximum is a step of the
  machine.

[slot_bridge_paths.v] has the operations that are several transitions or none.

What breaks where one side changes. A change of [slot_count.v] or of the words that
[slot_model.v] stores breaks [model_state_step] or [model_overflow_step], and so does a
change of an answer, an error or a kind of handle. A change of the states breaks
[model_state_step] or [state_step_model].

Not compared: the metadata, which are values of λRust here and numbers there. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import slot_values.
From tally.lang Require Import notation.
From tally.frame.slot Require Import frame_state slot_specs.
From tally.frame.simulation Require Export slot_bridge.
From tally.model Require Import word table rc_count slot_count slot_model slot_model_sig.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** What the state says *)
(** A count that goes up has room for it. *)
Definition has_room (tr : transition) (st : slot_state) : Prop :=
  match tr, st with
  | (LookUp | Increment), SlotShared n _ => Z.pos n < slot_max
  | _, _ => True
  end.
Global Instance has_room_dec tr st : Decision (has_room tr st).
Proof. destruct tr, st; simpl; apply _. Defined.

(** Why the state does not have the transition, as it is told to the holder of [h]. *)
Definition state_refusal (tr : transition) (h : word) (st : slot_state)
    : option frame_outcome :=
  match tr with
  | Claim => FrameFailed <$> claim_error st
  | LookUp => FrameFailed <$> from_in_use_error st
  | ToUnique => if sole_share st then None else Some (FrameHandedBack h)
  | _ => None
  end.

(** The transitions that make a handle. *)
Definition opens_handle (tr : transition) : bool :=
  match tr with Claim | LookUp | Increment => true | _ => false end.
(** What becomes of the handle. *)
Definition state_handle (tr : transition) (i : word) (st : slot_state)
    : option frame_handle :=
  match tr with
  | Claim | Retire => Some (HoldsBusy i)
  | Publish true | ToUnique => Some (HoldsUnique i)
  | Publish false | LookUp | Increment | ToShared => Some (HoldsShared i)
  | Decrement => if sole_share st then Some (HoldsBusy i) else None
  | Vacate => None
  end.

(** What is told where the metadata goes. *)
Definition destroyed (i : word) (x : slot) : list frame_event :=
  match slot_meta x with Some m => [EventOnDrop i m; EventMetaDropped i m] | None => [] end.
(** The answer of a transition; [h] is the handle that it is about. *)
Definition state_answer (tr : transition) (h i : word) (x : slot) (st : slot_state)
    : frame_outcome :=
  match tr with
  | Decrement => FrameDropped (if sole_share st then destroyed i x else [])
  | Retire => FrameDropped (destroyed i x)
  | Vacate => FrameDropped [EventUnused i; EventDealloc i]
  | _ => FrameHandle h
  end.

(** ** Operations that are transitions *)
(** The transition that an operation is, and the slot whose word it changes. The
operations that are two of these, or many, have none. *)
Definition handle_at (s : frame_state) (h : word) : option frame_handle :=
  match tbl_get (frame_handles s) h with Some (Some y) => Some y | _ => None end.
Definition kind_unique (k : frame_kind) : bool :=
  match k with KindUnique => true | KindShared => false end.
Definition op_transition (s : frame_state) (o : frame_op) : option (transition * word) :=
  match o with
  | FrameReserve i => Some (Claim, i)
  | FramePublish h k _ =>
      match handle_at s h with
      | Some (HoldsBusy i) => Some (Publish (kind_unique k), i)
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

(** The word of a slot stands for a state. *)
Lemma slot_word_state s i x :
  frame_inv s → tbl_get (frame_slots s) i = Some x →
  ∃ st, state_bounded st ∧ slot_word x = state_word st.
Proof.
  intros [Hslots _] Hx. destruct (Hslots _ _ Hx) as [Hw|Hw|? Hw|m _ Hw].
  - by exists SlotUnused.
  - by exists SlotBusy.
  - by exists SlotUnique.
  - exists (SlotShared (Z.to_pos (slot_word x)) (Meta 0 [] 1%positive)).
    rewrite /state_bounded /= Z2Pos.id; [|lia]. split; [|done].
    unfold slot_max, slot_unique in *. lia.
Qed.

(** What an operation that is a transition does: [h] is the handle that it is called with,
[x] the slot before. *)
Definition does (tr : transition) (st : slot_state) (s : frame_state) (i : word) (x : slot)
    (h : word) (r : frame_state * frame_outcome) : Prop :=
  match state_refusal tr h st with
  | Some e => r = (s, e) ∧ ∀ st', ¬ state_step tr st st'
  | None =>
      let y := if opens_handle tr then tbl_len (frame_handles s) else h in
      r.2 = state_answer tr y i x st ∧ handle_at r.1 y = state_handle tr i st ∧
      ∃ st' x', state_step tr st st' ∧ frame_slots r.1 = tbl_set (frame_slots s) i x' ∧
        slot_word x' = state_word st'
  end.

Local Lemma handle_at_push hs slots y :
  handle_at (FrameState slots (tbl_push hs (Some y))) (tbl_len hs) = Some y.
Proof. by rewrite /handle_at /= tbl_get_push_len. Qed.
Local Lemma handle_at_set hs slots h y z :
  tbl_get hs h = Some (Some y) → handle_at (FrameState slots (tbl_set hs h z)) h = z.
Proof. intros Hh. rewrite /handle_at /= (tbl_get_set_same _ _ _ _ Hh). by destruct z. Qed.

Theorem model_state_step s o tr i x st :
  frame_inv s → op_transition s o = Some (tr, i) → tbl_get (frame_slots s) i = Some x →
  state_bounded st → slot_word x = state_word st → has_room tr st →
  does tr st s i x (default 0 (frame_op_handle o)) (frame_step s o).
Proof.
  intros Hs Ho Hx Hb Hw Hroom. destruct (state_of_word st Hb) as (Hbusy&Hunique&Hshared).
  destruct o as [k j m|j|h|h|h|h|h|h|h n|j|h k m|h|h]; simpl in Ho |- *; try done;
    rewrite /handle_at in Ho.
  - (* FromInUse *)
    injection Ho as <- ->. rewrite /does /frame_from_in_use Hx Hw state_from_in_use //=.
    destruct (from_in_use_error st) as [e|] eqn:He; simpl.
    { split; [done|]. intros st' [? _]. congruence. }
    destruct st as [| | |n m]; try done. rewrite decide_True //.
    split; [done|]. split; [apply handle_at_push|]. eexists _, _. by split.
  - (* FromUnique *)
    rewrite /frame_from_unique. destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->. rewrite Hx.
    pose proof (handle_at_word s h (HoldsUnique i) x Hs) as Hy.
    rewrite /handle_at Hh Hw in Hy. rewrite (Hunique (Hy eq_refl Hx)).
    split; [done|]. split; [by apply (handle_at_set _ _ _ _ _ Hh)|].
    exists (SlotShared 1 (Meta 0 [] 1%positive)). eexists. split; [split; [done|by eexists]|].
    by split.
  - (* TryFromShared *)
    rewrite /does /frame_try_from_shared /frame_find_shared.
    destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->. rewrite /= Hx Hw state_try_unique //.
    destruct (sole_share st) eqn:Hsole.
    + split; [done|]. split; [by apply (handle_at_set _ _ _ _ _ Hh)|].
      eexists _, _. split; [by split|]. split; [done|]. by destruct st as [| | |[]].
    + split; [done|]. intros st' [? _]. congruence.
  - (* Clone *)
    rewrite /frame_clone /frame_find_shared.
    destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->. rewrite Hx.
    pose proof (handle_at_word s h (HoldsShared i) x Hs) as Hy.
    rewrite /handle_at Hh in Hy. specialize (Hy eq_refl Hx). rewrite Hw in Hy.
    destruct (Hshared Hy) as (n&m&->). rewrite Hw state_clone decide_True //.
    split; [done|]. split; [apply handle_at_push|].
    eexists _, _. split; [split; [naive_solver|done]|]. by split.
  - (* Reserve *)
    injection Ho as <- ->. rewrite /does /frame_reserve Hx Hw state_claim //=.
    destruct (claim_error st) as [e|] eqn:He; simpl.
    + split; [done|]. intros st' [? _]. congruence.
    + split; [done|]. split; [apply handle_at_push|]. eexists _, _. split; [by split|].
      split; [done|]. by destruct st.
  - (* Publish *)
    rewrite /frame_publish. destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->.
    pose proof (handle_at_word s h (HoldsBusy i) x Hs) as Hy.
    rewrite /handle_at Hh Hw in Hy. rewrite (Hbusy (Hy eq_refl Hx)).
    split; [done|]. split; [rewrite (handle_at_set _ _ _ _ _ Hh); by destruct k|].
    exists (built_state (kind_unique k) 0 [] 1%positive). eexists.
    split; [split; [done|by eexists _, _, _]|]. split; [done|]. by destruct k.
  - (* Release *)
    rewrite /frame_release /frame_let_go.
    destruct (tbl_get (frame_handles s) h) as [[y|]|] eqn:Hh; try done.
    pose proof (handle_at_word s h y x Hs) as Hy. rewrite /handle_at Hh in Hy.
    specialize (Hy eq_refl). destruct y as [j|j|j]; try done; injection Ho as <- ->;
      specialize (Hy Hx); rewrite Hw in Hy; rewrite /= Hx.
    + rewrite (Hunique Hy). rewrite /does /= /destroyed.
      destruct (slot_meta x); (split; [done|]; split; [by apply (handle_at_set _ _ _ _ _ Hh)|];
        eexists _, _; split; [by split|done]).
    + destruct (Hshared Hy) as (n&m&->). rewrite Hw state_drop_count //.
      destruct (decide (n = 1%positive)) as [->|Hn].
      * rewrite /does /= /destroyed. destruct (slot_meta x);
          (split; [done|]; split; [by apply (handle_at_set _ _ _ _ _ Hh)|];
           eexists _, _; split; [split; [by eexists _, _|done]|done]).
      * destruct (shared_not_sole n m) as (Hsole&_&_); [lia|].
        rewrite /does /state_answer /state_handle !Hsole.
        split; [done|]. split; [by apply (handle_at_set _ _ _ _ _ Hh)|].
        eexists _, _. split; [split; [by eexists _, _|done]|]. by split.
  - (* Vacate *)
    rewrite /frame_vacate. destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done.
    injection Ho as <- ->.
    pose proof (handle_at_word s h (HoldsBusy i) x Hs) as Hy.
    rewrite /handle_at Hh Hw in Hy. rewrite (Hbusy (Hy eq_refl Hx)).
    split; [done|]. split; [by apply (handle_at_set _ _ _ _ _ Hh)|].
    eexists _, _. split; [by split|done].
Qed.

(** A count without room is the maximum, and the machine aborts. *)
Theorem model_overflow_step s o tr i x st :
  op_transition s o = Some (tr, i) → tbl_get (frame_slots s) i = Some x →
  state_bounded st → slot_word x = state_word st → ¬ has_room tr st →
  frame_step s o = (s, FrameAborted).
Proof.
  intros Ho Hx Hb Hw Hroom. destruct o as [k j m|j|h|h|h|h|h|h|h n|j|h k m|h|h];
    simpl in Ho |- *; try done; unfold handle_at in Ho;
    try (destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done);
    injection Ho as <- ->; destruct st as [| | |p m']; try by destruct Hroom.
  - rewrite /frame_from_in_use Hx Hw state_from_in_use //. by rewrite decide_False.
  - rewrite /frame_clone /frame_find_shared Hh Hx Hw state_clone. by rewrite decide_False.
Qed.

(** ** Transitions are steps *)
(** No more shares than the maximum. *)
Definition within_max (st : slot_state) : Prop :=
  match st with SlotShared n _ => Z.pos n ≤ slot_max | _ => True end.

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
Lemma state_model_inv st : within_max st → frame_inv (state_model st).
Proof.
  intros Hst. split.
  - intros i x Hx. assert (i = 0) as ->.
    { destruct st; apply tbl_get_range in Hx; simpl in Hx; lia. }
    destruct st as [| | |n m]; injection Hx as <-.
    + by apply slot_ok_unused.
    + by apply slot_ok_busy.
    + by eapply slot_ok_unique.
    + eapply (slot_ok_shared _ _ _ _ 0); simpl; try done; unfold within_max in *; [|lia..].
      unfold frame_count; simpl. lia.
  - intros h y Hy. assert (h = 0) as ->.
    { destruct st; apply tbl_get_range in Hy; simpl in Hy; lia. }
    destruct st; try done; injection Hy as <-; by eexists.
Qed.

(** Each transition of the state that stays within the maximum is a step of the machine. *)
Theorem state_step_model tr st st' :
  state_step tr st st' → within_max st → within_max st' →
  ∃ s o i x x', frame_inv s ∧ op_transition s o = Some (tr, i) ∧
    tbl_get (frame_slots s) i = Some x ∧ slot_word x = state_word st ∧
    tbl_get (frame_slots (frame_step s o).1) i = Some x' ∧ slot_word x' = state_word st'.
Proof.
  intros Hst Hmax Hmax'. pose proof (state_model_inv st Hmax) as Hs.
  assert (∃ x, tbl_get (frame_slots (state_model st)) 0 = Some x ∧ slot_word x = state_word st)
    as (x&Hx&Hw) by (destruct st; by eexists).
  assert (op_transition (state_model st) (transition_op tr) = Some (tr, 0)) as Hop.
  { destruct tr as [|[]| | | | | | |]; simpl in Hst; destruct st; naive_solver. }
  assert (state_bounded st) as Hb.
  { destruct st; simpl in *; try done. unfold slot_max, slot_unique in *. lia. }
  assert (has_room tr st) as Hroom.
  { destruct tr, st as [| | |n m]; try done; destruct Hst as [_ ->]; simpl in *; lia. }
  exists (state_model st), (transition_op tr), 0, x.
  pose proof (model_state_step _ _ _ _ _ st Hs Hop Hx Hb Hw Hroom) as Hdo.
  rewrite /does in Hdo. destruct (state_refusal _ _ _) as [e|].
  - destruct Hdo as [_ Hno]. by destruct (Hno st').
  - destruct Hdo as (_&_&st2&x'&Hst2&Hslots&Hw'). exists x'. do 4 (split; [done|]).
    split; [by rewrite Hslots (tbl_get_set_same _ _ _ _ Hx)|].
    rewrite Hw' -!state_value_word. f_equal.
    assert (word_step tr (state_value st) = Some (state_value st') ∧
      word_step tr (state_value st) = Some (state_value st2)) as [H1 H2].
    { split; apply state_step_value; eauto. }
    congruence.
Qed.
