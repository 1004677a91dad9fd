(** * Page frames: the states of a slot

[slot_state] is what a slot's word stands for ([state_word]): unused, busy (its
metadata is being built or torn down), held by a unique handle, or by [n] shares of
the metadata [m]. The names that follow say what the operations make of a state, and
which error a state is the reason for.

The programs look at the word only. That they see in it what the state says, if the
shares are fewer than the sentinels ([state_bounded]), is in [slot_specs_sig.v]:
[state_claim], [state_from_in_use] and the others.

How many increments may be on their way to an abort without a sentinel being reached:
[pending_max].

Source: the frame metadata of asterinas' ostd (mm/frame/meta.rs). *)
From iris.base_logic.lib Require Import own.
From tally.prelude Require Import prelude.
From tally.lang Require Import notation.
From tally.model Require Import word rc_count slot_count.
From tally.prelude Require Import options.

(** Which metadata is shared: the vtable, the value when it was shared, and a ghost
name of the type's choice. *)
Record meta := Meta {
  meta_vtable : nat;
  meta_vals : list val;
  meta_name : gname;
}.
Canonical Structure metaO := leibnizO meta.

Inductive slot_state :=
  | SlotUnused
  | SlotBusy
  | SlotUnique
  | SlotShared (n : positive) (m : meta).
Global Instance slot_state_inhabited : Inhabited slot_state := populate SlotUnused.

Definition state_word (st : slot_state) : Z :=
  match st with
  | SlotUnused => slot_unused
  | SlotBusy => slot_busy
  | SlotUnique => slot_unique
  | SlotShared n _ => Z.pos n
  end.

(** Drops that are still to come. *)
Definition state_weight (st : slot_state) : nat :=
  match st with
  | SlotUnused => 0
  | SlotBusy | SlotUnique => 1
  | SlotShared n _ => Pos.to_nat n
  end.

Lemma state_weight_0 st : state_weight st = 0%nat → st = SlotUnused.
Proof. destruct st; simpl; [done|done|done|lia]. Qed.

(** What the constructors of metadata leave, unique or shared. *)
Definition built_state (u : bool) (i : nat) (vl : list val) (γm : gname) : slot_state :=
  if u then SlotUnique else SlotShared 1 (Meta i vl γm).

(** Fewer shares than the sentinels: the word tells the state. *)
Definition state_bounded (st : slot_state) : Prop :=
  match st with SlotShared n _ => (Z.pos n < slot_unique)%Z | _ => True end.

(** ** What the operations make of a state *)
Definition claim_error (st : slot_state) : option frame_error :=
  match st with
  | SlotUnused => None
  | SlotBusy => Some ErrBusy
  | SlotUnique => Some ErrUnique
  | SlotShared _ _ => Some ErrInUse
  end.
Definition claimed_state (st : slot_state) : slot_state :=
  match st with SlotUnused => SlotBusy | _ => st end.
Definition from_in_use_state (st : slot_state) : slot_state :=
  match st with SlotShared n m => SlotShared (n + 1) m | _ => st end.
Definition from_in_use_error (st : slot_state) : option frame_error :=
  match st with
  | SlotUnused => Some ErrUnused
  | SlotBusy => Some ErrBusy
  | SlotUnique => Some ErrUnique
  | SlotShared _ _ => None
  end.
Definition tried_state (st : slot_state) : slot_state :=
  match st with SlotShared 1 _ => SlotUnique | _ => st end.
Definition sole_share (st : slot_state) : bool :=
  match st with SlotShared 1 _ => true | _ => false end.

Definition dropped_state (st : slot_state) : slot_state :=
  match st with
  | SlotShared 1 _ => SlotBusy
  | SlotShared n m => SlotShared (n - 1) m
  | _ => st
  end.
(** A unique handle becomes the first share, of [m]. *)
Definition to_shared_state (m : meta) (st : slot_state) : slot_state :=
  match st with SlotUnique => SlotShared 1 m | _ => st end.
(** The first half of the drop of a unique handle. *)
Definition retired_state (st : slot_state) : slot_state :=
  match st with SlotUnique => SlotBusy | _ => st end.
(** The end of a tear-down. *)
Definition vacated_state (st : slot_state) : slot_state :=
  match st with SlotBusy => SlotUnused | _ => st end.
Lemma shared_not_sole n m :
  (1 < n)%positive →
  sole_share (SlotShared n m) = false ∧
  dropped_state (SlotShared n m) = SlotShared (n - 1) m ∧
  tried_state (SlotShared n m) = SlotShared n m.
Proof. by destruct n; [| |lia]. Qed.

(** ** Overflow *)
(** The most increments that may be between their fetch-and-add and the abort that
follows when the count was at its maximum, for the word to stay below the sentinels:
2⁶³ − 2. *)
Definition pending_max : positive := 9223372036854775806.

(** The word after [n] increments of which none has got to its abort yet. *)
Definition slot_racing (n : positive) (w : word) : word :=
  Pos.iter (λ w, word_wrapping_add w 1) w n.
Lemma slot_racing_add n w :
  (0 ≤ w)%Z → (w + Z.pos n ≤ word_max)%Z → slot_racing n w = (w + Z.pos n)%Z.
Proof.
  rewrite /slot_racing. induction n as [|n IH] using Pos.peano_ind=> ??.
  - by rewrite /= word_wrapping_add_small; [|lia].
  - rewrite Pos.iter_succ IH; [|lia..]. rewrite word_wrapping_add_small; lia.
Qed.
(** With one increment more than [pending_max], the word that says that all shares are out
says in the end that the frame has a unique handle; and every one of them is
to abort. The execution in which this happens is in [frame_overflow.v]. *)
Lemma pending_max_tight :
  (slot_racing pending_max slot_max < slot_unique)%Z ∧
  slot_racing (pending_max + 1) slot_max = slot_unique.
Proof. split; by rewrite slot_racing_add. Qed.
Lemma pending_inc_aborts w : (slot_max ≤ w)%Z → slot_clone_count w = CloneAborted.
Proof. rewrite /slot_clone_count. by case: (word_leb_spec slot_max w). Qed.
