(** * The executable model of page frames: what is true of it

Statements only; [slot_model_proofs.v] has the proofs. The invariant [frame_inv] says of
each slot that its word tells exactly which handles there are ([slot_ok]):

  UNUSED   nobody                        UNIQUE   one unique handle, nobody else
  Busy     one builder or wrecker,       n ≥ 1    n shares: its shared handles and
           nobody else                            the forgotten ones; n ≤ [slot_max]

and metadata is there exactly in the last two. No transition forges a handle or
loses one: the invariant holds at the start and every step keeps it. From it
follows which state each error means ([frame_error_means]), with both directions
where a caller can tell.

[frame_find s h] is what the holder of [h] sees: the kind of his handle and the
slot. [frame_recount i n] is the view of a handle after the word of slot [i]
became [n]. *)
From tally.model Require Import slot_model.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Global Instance frame_handle_eq_dec : EqDecision frame_handle.
Proof. solve_decision. Defined.

(** How many handles are exactly [y]. *)
Definition frame_is (y : frame_handle) (z : option frame_handle) : bool :=
  bool_decide (z = Some y).
Definition frame_count (s : frame_state) (y : frame_handle) : Z :=
  tbl_count (frame_is y) (frame_handles s).

(** [shares], [uniques], [busies]: the handles of each kind on the slot [x]. *)
Inductive slot_ok (shares uniques busies : Z) (x : slot) : Prop :=
  | slot_ok_unused :
      slot_word x = slot_unused → slot_leaked x = 0 → slot_meta x = None →
      shares = 0 → uniques = 0 → busies = 0 → slot_ok shares uniques busies x
  | slot_ok_busy :
      slot_word x = slot_busy → slot_leaked x = 0 → slot_meta x = None →
      shares = 0 → uniques = 0 → busies = 1 → slot_ok shares uniques busies x
  | slot_ok_unique m :
      slot_word x = slot_unique → slot_leaked x = 0 → slot_meta x = Some m →
      word_ok m →
      shares = 0 → uniques = 1 → busies = 0 → slot_ok shares uniques busies x
  | slot_ok_shared m :
      slot_word x = shares + slot_leaked x → 1 ≤ slot_word x ≤ slot_max →
      0 ≤ slot_leaked x → slot_meta x = Some m → word_ok m →
      uniques = 0 → busies = 0 → slot_ok shares uniques busies x.

Definition frame_slot_ok (s : frame_state) (i : word) (x : slot) : Prop :=
  slot_ok (frame_count s (HoldsShared i)) (frame_count s (HoldsUnique i))
          (frame_count s (HoldsBusy i)) x.

Definition frame_inv (s : frame_state) : Prop :=
  (∀ i x, tbl_get (frame_slots s) i = Some x → frame_slot_ok s i x) ∧
  (∀ h y, tbl_get (frame_handles s) h = Some (Some y) →
     ∃ x, tbl_get (frame_slots s) (frame_handle_slot y) = Some x).

Definition frame_find (s : frame_state) (h : word) : option (frame_handle * slot) :=
  match tbl_get (frame_handles s) h with
  | Some (Some y) =>
      match tbl_get (frame_slots s) (frame_handle_slot y) with
      | Some x => Some (y, x)
      | None => None
      end
  | _ => None
  end.
Definition frame_recount (i n : word) (v : frame_handle * slot)
    : frame_handle * slot :=
  (v.1, if frame_handle_slot v.1 =? i
        then Slot n (slot_leaked v.2) (slot_meta v.2) else v.2).

(** The state of slot [i] when an operation on it fails with [e]. *)
Definition frame_error_means (s : frame_state) (i : word) (e : frame_error) : Prop :=
  match e with
  | ErrOutOfBound => tbl_get (frame_slots s) i = None
  | _ =>
      ∃ x, tbl_get (frame_slots s) i = Some x ∧
      match e with
      | ErrInUse => 1 ≤ frame_count s (HoldsShared i) + slot_leaked x
      | ErrUnused =>
          frame_count s (HoldsShared i) + slot_leaked x = 0 ∧
          frame_count s (HoldsUnique i) = 0 ∧ frame_count s (HoldsBusy i) = 0
      | ErrUnique => frame_count s (HoldsUnique i) = 1
      | ErrBusy => frame_count s (HoldsBusy i) = 1
      | ErrOutOfBound => False
      end
  end.

(** The words in an operation are words. *)
Definition frame_op_ok (o : frame_op) : Prop :=
  match o with
  | FrameFromUnused _ i m => word_ok i ∧ word_ok m
  | FramePublish h _ m => word_ok h ∧ word_ok m
  | FrameLeak h n => word_ok h ∧ word_ok n
  | FrameFromInUse w | FrameFromUnique w | FrameTryFromShared w | FrameClone w
  | FrameDrop w | FrameRefCount w | FrameMeta w | FrameReserve w | FrameRelease w
  | FrameVacate w => word_ok w
  end.
(** The handle an operation is about. *)
Definition frame_op_handle (o : frame_op) : option word :=
  match o with
  | FrameFromUnused _ _ _ | FrameFromInUse _ | FrameReserve _ => None
  | FrameFromUnique h | FrameTryFromShared h | FrameClone h | FrameDrop h
  | FrameRefCount h | FrameMeta h | FrameLeak h _ | FramePublish h _ _
  | FrameRelease h | FrameVacate h => Some h
  end.

Module Type slot_model_sig.
  (** ** The invariant *)
  (** The invariant holds at the start. *)
  Parameter slot_init_inv : ∀ n, frame_inv (frame_init n).
  (** Each step keeps it, if the numbers in the operation are words. *)
  Parameter slot_step_inv : ∀ s o,
    frame_op_ok o → frame_inv s → frame_inv (frame_step s o).1.
  (** So does each run of such operations. *)
  Parameter slot_run_inv : ∀ s os,
    Forall frame_op_ok os → frame_inv s → frame_inv (frame_run s os).1.
  (** "Count 1" means "nobody else". *)
  Parameter slot_last_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) →
    slot_word x = 1 ↔
      slot_leaked x = 0 ∧
      ∀ h' y' x', frame_find s h' = Some (y', x') → frame_handle_slot y' = i → h' = h.

  (** ** Getting a handle by address *)
  (** A new handle of kind [k] on an unused slot; other handles see no change. *)
  Parameter slot_from_unused_spec : ∀ s k i m x, frame_inv s →
    tbl_get (frame_slots s) i = Some x → slot_word x = slot_unused →
    ∃ s' h, frame_step s (FrameFromUnused k i m) = (s', FrameHandle h) ∧
      frame_find s h = None ∧
      frame_find s' h = Some (frame_holds k i, frame_built k m) ∧
      (∀ h', h' ≠ h → frame_find s' h' = frame_find s h').
  (** If there is no unused slot [i], the error says what there is; nothing changes. *)
  Parameter slot_from_unused_error_spec : ∀ s k i m, frame_inv s →
    (∀ x, tbl_get (frame_slots s) i = Some x → slot_word x ≠ slot_unused) →
    ∃ e, frame_step s (FrameFromUnused k i m) = (s, FrameFailed e) ∧
      e ≠ ErrUnused ∧ frame_error_means s i e.
  (** Below the maximum: a new share of a slot that is shared; its count is one more. *)
  Parameter slot_from_in_use_spec : ∀ s i x, frame_inv s →
    tbl_get (frame_slots s) i = Some x →
    1 ≤ frame_count s (HoldsShared i) + slot_leaked x → slot_word x < slot_max →
    ∃ s' h, frame_step s (FrameFromInUse i) = (s', FrameHandle h) ∧
      frame_find s h = None ∧
      frame_find s' h =
        Some (HoldsShared i, Slot (slot_word x + 1) (slot_leaked x) (slot_meta x)) ∧
      (∀ h', h' ≠ h →
        frame_find s' h' = frame_recount i (slot_word x + 1) <$> frame_find s h').
  (** If there is no shared slot [i], the error says what there is; nothing changes. *)
  Parameter slot_from_in_use_error_spec : ∀ s i, frame_inv s →
    (∀ x, tbl_get (frame_slots s) i = Some x →
      frame_count s (HoldsShared i) + slot_leaked x = 0) →
    ∃ e, frame_step s (FrameFromInUse i) = (s, FrameFailed e) ∧
      e ≠ ErrInUse ∧ frame_error_means s i e.
  (** It aborts exactly at the maximum of the count. *)
  Parameter slot_from_in_use_abort_spec : ∀ s i, frame_inv s →
    (frame_step s (FrameFromInUse i)).2 = FrameAborted ↔
    ∃ x, tbl_get (frame_slots s) i = Some x ∧ slot_word x = slot_max.

  (** ** Converting *)
  (** The unique handle becomes a share, with count 1; other handles see no change. *)
  Parameter slot_from_unique_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsUnique i, x) →
    ∃ s', frame_step s (FrameFromUnique h) = (s', FrameHandle h) ∧
      frame_find s' h = Some (HoldsShared i, Slot 1 0 (slot_meta x)) ∧
      (∀ h', h' ≠ h → frame_find s' h' = frame_find s h').
  (** A share at count 1 becomes the unique handle; other handles see no change. *)
  Parameter slot_try_from_shared_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x = 1 →
    ∃ s', frame_step s (FrameTryFromShared h) = (s', FrameHandle h) ∧
      frame_find s' h = Some (HoldsUnique i, Slot slot_unique 0 (slot_meta x)) ∧
      (∀ h', h' ≠ h → frame_find s' h' = frame_find s h').
  (** The caller has his share back, and nothing changed. *)
  Parameter slot_try_from_shared_error_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x ≠ 1 →
    frame_step s (FrameTryFromShared h) = (s, FrameHandedBack h).
  (** Back and forth is where it began, in the whole state. *)
  Parameter slot_unique_round_trip_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsUnique i, x) →
    frame_run s [FrameFromUnique h; FrameTryFromShared h] =
      (s, [FrameHandle h; FrameHandle h]).
  (** The same, begun with a share at count 1. *)
  Parameter slot_shared_round_trip_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x = 1 →
    frame_run s [FrameTryFromShared h; FrameFromUnique h] =
      (s, [FrameHandle h; FrameHandle h]).

  (** ** Sharing and dropping *)
  (** Below the maximum: a new share of the slot; its count is one more. *)
  Parameter slot_clone_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x < slot_max →
    ∃ s' h', frame_step s (FrameClone h) = (s', FrameHandle h') ∧
      frame_find s h' = None ∧
      frame_find s' h' =
        Some (HoldsShared i, Slot (slot_word x + 1) (slot_leaked x) (slot_meta x)) ∧
      (∀ k, k ≠ h' →
        frame_find s' k = frame_recount i (slot_word x + 1) <$> frame_find s k).
  (** A clone aborts exactly at the maximum of the count. *)
  Parameter slot_clone_abort_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) →
    (frame_step s (FrameClone h)).2 = FrameAborted ↔ slot_word x = slot_max.
  (** A drop that is not the last takes one off the count. *)
  Parameter slot_drop_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x ≠ 1 →
    ∃ s', frame_step s (FrameDrop h) = (s', FrameDropped []) ∧
      frame_find s' h = None ∧
      (∀ k, k ≠ h →
        frame_find s' k = frame_recount i (slot_word x - 1) <$> frame_find s k).
  (** The last share, or the unique handle: the destructors run, then the slot is
  UNUSED, then the allocator has the page. *)
  Parameter slot_drop_last_spec : ∀ s h y x m, frame_inv s →
    frame_find s h = Some (y, x) → slot_meta x = Some m →
    (slot_word x = 1 ∨ slot_word x = slot_unique) →
    let i := frame_handle_slot y in
    ∃ s', frame_step s (FrameDrop h) =
            (s', FrameDropped [EventOnDrop i m; EventMetaDropped i m;
                               EventUnused i; EventDealloc i]) ∧
      tbl_get (frame_slots s') i = Some slot_fresh ∧
      frame_find s' h = None ∧
      (∀ k, k ≠ h → frame_find s' k = frame_find s k).
  (** The answer is the number of shares, with forgotten ones; nothing changes. *)
  Parameter slot_ref_count_spec : ∀ s h i x, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) →
    frame_step s (FrameRefCount h) =
      (s, FrameCount (frame_count s (HoldsShared i) + slot_leaked x)).
  (** Whoever has a frame, uniquely or not, can read its metadata. *)
  Parameter slot_meta_spec : ∀ s h y x, frame_inv s →
    frame_find s h = Some (y, x) → (∀ i, y ≠ HoldsBusy i) →
    ∃ m, slot_meta x = Some m ∧ frame_step s (FrameMeta h) = (s, FrameMetaIs m).
  (** [n] shares are forgotten: the count is [n] more, if that is within the maximum. *)
  Parameter slot_leak_spec : ∀ s h i x n, frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → 0 ≤ n → slot_word x + n ≤ slot_max →
    ∃ s', frame_step s (FrameLeak h n) = (s', FrameLeaked) ∧
      frame_find s' h =
        Some (HoldsShared i,
              Slot (slot_word x + n) (slot_leaked x + n) (slot_meta x)).

  (** ** The halves, and what others see in between *)
  (** On an unused slot, to reserve and then to publish is [FrameFromUnused]. *)
  Parameter slot_reserve_publish_spec : ∀ s k i m x, frame_inv s →
    tbl_get (frame_slots s) i = Some x → slot_word x = slot_unused →
    ∃ s' h, frame_step s (FrameReserve i) = (s', FrameHandle h) ∧
      frame_step s' (FramePublish h k m) = frame_step s (FrameFromUnused k i m).
  (** To release the last handle and then to vacate ends in the state of [FrameDrop]. *)
  Parameter slot_release_vacate_spec : ∀ s h y x m, frame_inv s →
    frame_find s h = Some (y, x) → slot_meta x = Some m →
    (slot_word x = 1 ∨ slot_word x = slot_unique) →
    let i := frame_handle_slot y in
    ∃ s', frame_step s (FrameRelease h) =
            (s', FrameDropped [EventOnDrop i m; EventMetaDropped i m]) ∧
      (frame_step s' (FrameVacate h)).1 = (frame_step s (FrameDrop h)).1.
  (** While the slot is Busy, nobody gets a handle by its address: [ErrBusy]. *)
  Parameter slot_busy_spec : ∀ s h i x k m, frame_inv s →
    frame_find s h = Some (HoldsBusy i, x) →
    frame_step s (FrameFromUnused k i m) = (s, FrameFailed ErrBusy) ∧
    frame_step s (FrameFromInUse i) = (s, FrameFailed ErrBusy).

  (** ** Bad input *)
  (** A handle that is not live is refused, and nothing changes. *)
  Parameter slot_bad_handle_spec : ∀ s o h, frame_inv s →
    frame_op_handle o = Some h → frame_find s h = None →
    frame_step s o = (s, FrameBadHandle).
End slot_model_sig.
