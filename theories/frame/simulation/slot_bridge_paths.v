(** * The machine of slots does nothing else

[slot_bridge_model.v] says that an operation of the pure machine that is a transition does
what the transition does. This file has the converse: what any operation of the machine
makes of a slot is made of transitions, and of no others than the operation's own.

- [model_step_path]: an operation takes a slot along its own transitions in their order
  ([op_path]), all of them or only the first ones: two for [FrameFromUnused] and
  [FrameDrop], [n] for [FrameLeak _ n], at most one for the others;
- [model_other_step]: the word of a slot that the operation has no transition for stays as
  it is.

That the operations with two transitions are the one and then the other is said in
[slot_model_sig.v] ([slot_reserve_publish_spec], [slot_release_vacate_spec]).

A new operation of the machine, or one that does something in addition, breaks
[model_step_path]. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import slot_values.
From tally.lang Require Import notation.
From tally.frame.slot Require Import frame_state slot_specs.
From tally.frame.simulation Require Export slot_bridge slot_bridge_model.
From tally.model Require Import word table rc_count slot_count slot_model slot_model_sig.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** The transitions of an operation *)
Fixpoint state_path (trs : list transition) (st st' : slot_state) : Prop :=
  match trs with
  | [] => st = st'
  | tr :: trs => ∃ st1, state_step tr st st1 ∧ state_path trs st1 st'
  end.
(** The transitions of an operation, in their order, and the slot they are of. *)
Definition op_path (s : frame_state) (o : frame_op) : option (list transition * word) :=
  match o with
  | FrameFromUnused k i _ => Some ([Claim; Publish (kind_unique k)], i)
  | FrameDrop h =>
      match handle_at s h with
      | Some (HoldsShared i) => Some ([Decrement; Vacate], i)
      | Some (HoldsUnique i) => Some ([Retire; Vacate], i)
      | _ => None
      end
  | FrameLeak h n =>
      match handle_at s h with
      | Some (HoldsShared i) => Some (replicate (Z.to_nat n) Increment, i)
      | _ => None
      end
  | _ =>
      match op_transition s o with
      | Some (tr, i) => Some ([tr], i)
      | None => None
      end
  end.
(** Those of one slot. *)
Definition op_path_at (s : frame_state) (o : frame_op) (i : word) : list transition :=
  match op_path s o with Some (trs, j) => if j =? i then trs else [] | None => [] end.

(** From [st] as far along [trs] as the word [w]. *)
Definition goes_along (trs : list transition) (st : slot_state) (w : word) : Prop :=
  ∃ n st', state_path (take n trs) st st' ∧ w = state_word st'.

Local Lemma goes_nowhere trs st w : w = state_word st → goes_along trs st w.
Proof. intros ->. by exists 0%nat, st. Qed.
Local Lemma goes_all trs st st' w :
  state_path trs st st' → w = state_word st' → goes_along trs st w.
Proof. intros Hp ->. exists (length trs), st'. by rewrite take_ge. Qed.
Local Lemma path_increments k p m :
  ∃ p', state_path (replicate k Increment) (SlotShared p m) (SlotShared p' m) ∧
    Z.pos p' = Z.pos p + Z.of_nat k.
Proof.
  revert p. induction k as [|k IH]; intros p; simpl.
  { exists p. split; [done|lia]. }
  destruct (IH (p + 1)%positive) as (p'&Hp&Heq). exists p'. split; [|lia].
  exists (SlotShared (p + 1) m). split; [split; [by eexists _, _|done]|done].
Qed.

(** The slots after an operation: at most one is another. *)
Local Lemma slot_after s s' i j x x' y :
  tbl_get (frame_slots s) i = Some x → tbl_get (frame_slots s') i = Some x' →
  frame_slots s' = tbl_set (frame_slots s) j y →
  (j = i ∧ x' = y) ∨ (j ≠ i ∧ x' = x).
Proof.
  intros Hx Hx' Hs. rewrite Hs tbl_get_set in Hx'. destruct (Z.eqb_spec i j) as [->|Hne].
  - left. rewrite Hx in Hx'. by injection Hx' as ->.
  - right. split; [by intros ->|]. rewrite Hx in Hx'. by injection Hx' as ->.
Qed.

Local Lemma single_step_effect s o tr j y st :
  frame_inv s → op_transition s o = Some (tr, j) → tbl_get (frame_slots s) j = Some y →
  state_bounded st → slot_word y = state_word st →
  (frame_step s o).1 = s ∨
  ∃ st' y', state_step tr st st' ∧
    frame_slots (frame_step s o).1 = tbl_set (frame_slots s) j y' ∧
    slot_word y' = state_word st'.
Proof.
  intros Hs Ho Hy Hb Hw. destruct (decide (has_room tr st)) as [Hroom|Hroom].
  - pose proof (model_state_step s o tr j y st Hs Ho Hy Hb Hw Hroom) as Hdo.
    rewrite /does in Hdo. destruct (state_refusal _ _ _) as [e|]; [left|right].
    + by destruct Hdo as [-> _].
    + by destruct Hdo as (_&_&?).
  - left. by rewrite (model_overflow_step s o tr j y st Ho Hy Hb Hw Hroom).
Qed.
(** Only claims and look-ups are about a slot without a handle. *)
Local Lemma single_step_no_slot s o tr j :
  frame_inv s → op_transition s o = Some (tr, j) → tbl_get (frame_slots s) j = None →
  (frame_step s o).1 = s.
Proof.
  intros Hs Ho Hy. destruct o as [k l m|l|h|h|h|h|h|h|h n|l|h k m|h|h];
    simpl in Ho |- *; try done; unfold handle_at in Ho;
    try (destruct (tbl_get (frame_handles s) h) as [[z|]|] eqn:Hh; try done;
      destruct (handle_at_slot s h z Hs) as [z' Hz']; [by rewrite /handle_at Hh|];
      destruct z; simplify_eq/=; congruence); injection Ho as <- ->.
  - by rewrite /frame_from_in_use Hy.
  - by rewrite /frame_reserve Hy.
Qed.
Local Lemma single_step_path s o tr j i x x' st :
  frame_inv s → op_transition s o = Some (tr, j) → tbl_get (frame_slots s) i = Some x →
  state_bounded st → slot_word x = state_word st →
  tbl_get (frame_slots (frame_step s o).1) i = Some x' →
  goes_along (if j =? i then [tr] else []) st (slot_word x').
Proof.
  intros Hs Ho Hx Hb Hw Hx'. assert ((frame_step s o).1 = s →
    goes_along (if j =? i then [tr] else []) st (slot_word x')) as Hsame.
  { intros Heq. rewrite Heq Hx in Hx'. injection Hx' as <-. by apply goes_nowhere. }
  destruct (decide (j = i)) as [->|Hne].
  - destruct (single_step_effect s o tr i x st Hs Ho Hx Hb Hw)
      as [?|(st'&y'&Hst&Hset&Hy')]; [by apply Hsame|].
    destruct (slot_after s _ i i x x' y' Hx Hx' Hset) as [[_ ->]|[? _]]; [|done].
    rewrite Z.eqb_refl. apply (goes_all _ _ st'); [|done]. by exists st'.
  - destruct (tbl_get (frame_slots s) j) as [y|] eqn:Hy;
      [|by eapply Hsame, single_step_no_slot].
    destruct (slot_word_state s j y Hs Hy) as (sty&Hby&Hwy).
    destruct (single_step_effect s o tr j y sty Hs Ho Hy Hby Hwy)
      as [?|(st'&y'&_&Hset&_)]; [by apply Hsame|].
    destruct (slot_after s _ i j x x' _ Hx Hx' Hset) as [[? _]|[_ ->]]; [done|].
    by apply goes_nowhere.
Qed.

(** An operation without a transition, and that is not several: nothing changes. *)
Local Lemma no_step_same s o :
  op_transition s o = None → op_path s o = None →
  (frame_step s o).1 = s.
Proof.
  destruct o as [k l m|l|h|h|h|h|h|h|h n|l|h k m|h|h]; simpl; try done;
    rewrite /handle_at; intros Ho Hp.
  - rewrite /frame_from_unique. repeat case_match; naive_solver.
  - rewrite /frame_try_from_shared /frame_find_shared. repeat case_match; naive_solver.
  - rewrite /frame_clone /frame_find_shared. repeat case_match; naive_solver.
  - rewrite /frame_drop /frame_let_go. repeat case_match; naive_solver.
  - rewrite /frame_ref_count /frame_find_shared. repeat case_match; naive_solver.
  - rewrite /frame_meta. repeat case_match; naive_solver.
  - rewrite /frame_leak /frame_find_shared. repeat case_match; naive_solver.
  - rewrite /frame_publish. repeat case_match; naive_solver.
  - rewrite /frame_release /frame_let_go. repeat case_match; naive_solver.
  - rewrite /frame_vacate. repeat case_match; naive_solver.
Qed.

Theorem model_step_path s o i x x' st :
  frame_inv s → frame_op_ok o → tbl_get (frame_slots s) i = Some x →
  state_bounded st → slot_word x = state_word st →
  tbl_get (frame_slots (frame_step s o).1) i = Some x' →
  goes_along (op_path_at s o i) st (slot_word x').
Proof.
  intros Hs Hok Hx Hb Hw Hx'. rewrite /op_path_at.
  destruct (op_transition s o) as [[tr j]|] eqn:Ho.
  { assert (op_path s o = Some ([tr], j)) as ->.
    { destruct o; simpl in Ho |- *; try done; by rewrite ?Ho; simplify_eq. }
    by eapply single_step_path. }
  destruct (op_path s o) as [[trs j]|] eqn:Hp; last first.
  { rewrite no_step_same // Hx in Hx'. injection Hx' as <-. by apply goes_nowhere. }
  destruct (state_of_word st Hb) as (_&Hunique&Hshared).
  assert (∀ r y, (frame_step s o).1 = r → frame_slots r = tbl_set (frame_slots s) j y →
    (j = i → goes_along trs st (slot_word y)) →
    goes_along (if j =? i then trs else []) st (slot_word x')) as Hset.
  { intros r y Hr Hslots Hgo. rewrite Hr in Hx'.
    destruct (slot_after s r i j x x' y Hx Hx' Hslots) as [[-> ->]|[Hne ->]].
    - rewrite Z.eqb_refl. by apply Hgo.
    - by apply goes_nowhere. }
  assert ((frame_step s o).1 = s →
    goes_along (if j =? i then trs else []) st (slot_word x')) as Hsame.
  { intros Heq. rewrite Heq Hx in Hx'. injection Hx' as <-. by apply goes_nowhere. }
  destruct o as [k l m|l|h|h|h|h|h|h|h n|l|h k m|h|h]; simpl in Ho, Hp; try done;
    try (by rewrite Ho in Hp); unfold handle_at in Hp.
  - (* FromUnused *)
    injection Hp as <- <-. revert Hset Hsame. rewrite /= /frame_from_unused /frame_reserve.
    destruct (tbl_get (frame_slots s) l) as [y|] eqn:Hy; [|intros _ Hsame; by apply Hsame].
    destruct (slot_claim (slot_word y)) as [e|] eqn:Hclaim; [intros _ Hsame; by apply Hsame|].
    rewrite /frame_publish /= tbl_get_push_len. intros Hset _.
    eapply Hset; [done|by rewrite /= tbl_set_set|]. intros ->. rewrite Hx in Hy. injection Hy as <-.
    rewrite Hw state_claim // in Hclaim. destruct st; try done.
    apply (goes_all _ _ (built_state (kind_unique k) 0 [] 1%positive)); [|by destruct k].
    exists SlotBusy. split; [done|]. eexists. split; [|done]. split; [done|by eexists _, _, _].
  - (* Drop *)
    revert Hset Hsame. rewrite /= /frame_drop /frame_let_go.
    destruct (tbl_get (frame_handles s) h) as [[y|]|] eqn:Hh; try done.
    assert (handle_at s h = Some y) as Hy by by rewrite /handle_at Hh.
    destruct (handle_at_slot s h y Hs Hy) as [z Hz]. rewrite Hz.
    pose proof (handle_at_word s h y z Hs Hy Hz) as Hword.
    destruct y as [l|l|l]; try done; injection Hp as <- <-; simpl in Hz.
    + intros Hset _. assert (l = i → goes_along [Retire; Vacate] st (slot_word slot_fresh)) as Hgo.
      { intros ->. rewrite Hx in Hz. injection Hz as <-. rewrite Hw in Hword.
        rewrite (Hunique Hword). apply (goes_all _ _ SlotUnused); [|done].
        exists SlotBusy. split; [done|]. by exists SlotUnused. }
      by destruct (slot_meta z); (eapply Hset; [done|by rewrite /= tbl_set_set|]).
    + destruct (slot_drop_count (slot_word z)) as [w|] eqn:Hdrop; intros Hset _.
      * eapply Hset; [done|done|]. intros ->. rewrite Hx in Hz. injection Hz as <-.
        rewrite Hw in Hword, Hdrop. destruct (Hshared Hword) as (n&m&->).
        rewrite state_drop_count // in Hdrop.
        destruct (sole_share _); [done|]. injection Hdrop as <-.
        exists 1%nat. eexists. split; [eexists; split; [|done]|done].
        split; [by eexists _, _|done].
      * assert (l = i → goes_along [Decrement; Vacate] st (slot_word slot_fresh)) as Hgo.
        { intros ->. rewrite Hx in Hz. injection Hz as <-. rewrite Hw in Hword, Hdrop.
          destruct (Hshared Hword) as (n&m&->). rewrite state_drop_count // in Hdrop.
          destruct n as [n|n|]; [done..|]. apply (goes_all _ _ SlotUnused); [|done].
          exists SlotBusy. split; [by split; [eexists _, _|]|]. by exists SlotUnused. }
        by destruct (slot_meta z); (eapply Hset; [done|by rewrite /= tbl_set_set|]).
  - (* Leak *)
    revert Hset Hsame. rewrite /= /frame_leak /frame_find_shared.
    destruct (tbl_get (frame_handles s) h) as [[y|]|] eqn:Hh; try done.
    assert (handle_at s h = Some y) as Hy by by rewrite /handle_at Hh.
    destruct (handle_at_slot s h y Hs Hy) as [z Hz].
    pose proof (handle_at_word s h y z Hs Hy Hz) as Hword.
    destruct y as [l|l|l]; try done; injection Hp as <- <-; simpl in Hz. rewrite Hz.
    destruct (word_checked_add (slot_word z) n) as [w|] eqn:Hadd;
      [|intros _ Hsame; by apply Hsame].
    destruct (word_ltb slot_max w); [intros _ Hsame; by apply Hsame|]. intros Hset _.
    eapply Hset; [done|done|]. intros ->. rewrite Hx in Hz. injection Hz as <-.
    apply word_checked_add_Some in Hadd as [_ ->]. rewrite Hw in Hword |- *.
    destruct (Hshared Hword) as (p&m&->). simpl in Hok. destruct Hok as [_ [Hn _]].
    destruct (path_increments (Z.to_nat n) p m) as (p'&Hpath&Heq).
    apply (goes_all _ _ (SlotShared p' m)); [done|]. simpl. lia.
Qed.

(** The word of a slot that the operation has no transition for stays as it is. *)
Theorem model_other_step s o i x x' :
  frame_inv s → frame_op_ok o → tbl_get (frame_slots s) i = Some x →
  op_path_at s o i = [] → tbl_get (frame_slots (frame_step s o).1) i = Some x' →
  slot_word x' = slot_word x.
Proof.
  intros Hs Hok Hx Hp Hx'. destruct (slot_word_state s i x Hs Hx) as (st&Hb&Hw).
  destruct (model_step_path s o i x x' st Hs Hok Hx Hb Hw Hx') as (n&st'&Hpath&->).
  rewrite Hp take_nil in Hpath. simpl in Hpath. by rewrite -Hpath.
Qed.
(** What is built has the metadata that were given: the words, on which the theorems above
are, do not say so. *)
Lemma frame_built_meta k m : slot_meta (frame_built k m) = Some m.
Proof. by destruct k. Qed.
