(** * The executable model of lists of frames: what is true of it

Statements only; [frame_list_model_proofs.v] has the proofs. The invariant [fl_inv]: a list
has a frame exactly once if the frame's slot bears the list's number, and else not at
all; no two lists have one number. So every frame is the caller's, or in one place of
one list, or gone ([fl_frame_place]), and [FlContains] tells the truth
([fl_contains_spec]). *)
From tally.model Require Import frame_list_model.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Definition fl_list_at (s : fl_state) (l : word) (x : frame_list) : Prop :=
  tbl_get (fl_lists s) l = Some (Some x).
(** How often [f] occurs in a list: once or not at all. *)
Definition fl_occurs (f : word) (x : frame_list) : Z := tbl_count (A:=word) (Z.eqb f) (fl_items x).
(** The caller has the frame. *)
Definition fl_held (s : fl_state) (f : word) : Prop :=
  tbl_get (fl_frames s) f = Some (ListFrame true 0).

Record fl_inv (s : fl_state) : Prop := {
  fl_inv_size : tbl_len (fl_frames s) < word_max;
  fl_inv_next : 1 ≤ fl_next_id s ≤ fl_id_max;
  fl_inv_items : ∀ l x f, fl_list_at s l x →
    fl_occurs f x =
      match tbl_get (fl_frames s) f with
      | Some y => Z.b2z (negb (fl_id x =? 0) && (lf_in_list y =? fl_id x))
      | None => 0
      end;
  fl_inv_id : ∀ l x, fl_list_at s l x → 0 ≤ fl_id x < fl_next_id s;
  fl_inv_cursor : ∀ l x, fl_list_at s l x → 0 ≤ fl_cursor x ≤ tbl_len (fl_items x);
  fl_inv_unique : ∀ l l' x x', fl_list_at s l x → fl_list_at s l' x' →
    fl_id x ≠ 0 → fl_id x = fl_id x' → l = l';
  fl_inv_frame : ∀ f y, tbl_get (fl_frames s) f = Some y → lf_in_list y ≠ 0 →
    lf_live y = true ∧ ∃ l x, fl_list_at s l x ∧ fl_id x = lf_in_list y;
}.

(** After an operation on list [l] and frame [f], all else is as it was. *)
Definition fl_others (s s' : fl_state) (l f : word) : Prop :=
  (∀ l', l' ≠ l → tbl_get (fl_lists s') l' = tbl_get (fl_lists s) l') ∧
  (∀ f', f' ≠ f → tbl_get (fl_frames s') f' = tbl_get (fl_frames s) f').
(** The frame [f] was put into list [l], which was [x] and is [x'] now. *)
Definition fl_put_in (s s' : fl_state) (l f : word) (x x' : frame_list) : Prop :=
  fl_list_at s' l x' ∧ tbl_get (fl_frames s') f = Some (ListFrame true (fl_id x')) ∧
  fl_id x' = (if fl_id x =? 0 then fl_next_id s else fl_id x) ∧ fl_others s s' l f.
(** The frame [f] was taken out, and is the caller's again. *)
Definition fl_taken_out (s s' : fl_state) (l f : word) (x x' : frame_list) : Prop :=
  fl_list_at s' l x' ∧ fl_held s' f ∧ fl_id x' = fl_id x ∧ fl_others s s' l f.
(** A number is there for the list. *)
Definition fl_can_number (s : fl_state) (x : frame_list) : Prop :=
  fl_id x = 0 → fl_next_id s < fl_id_max.

Module Type frame_list_model_sig.
  (** ** The invariant *)
  (** The state of [n] frames and no list has the invariant, for [n] below [word_max]. *)
  Parameter fl_init_inv : ∀ n, 0 ≤ n < word_max → fl_inv (fl_init n).
  (** Each step keeps the invariant. *)
  Parameter fl_step_inv : ∀ s o, fl_inv s → fl_inv (fl_step s o).1.
  (** So does each run. *)
  Parameter fl_run_inv : ∀ s os, fl_inv s → fl_inv (fl_run s os).1.
  (** A frame whose slot bears a number is in that list, once, and in no other. *)
  Parameter fl_frame_place : ∀ s f y, fl_inv s →
    tbl_get (fl_frames s) f = Some y → lf_in_list y ≠ 0 →
    ∃ l x, fl_list_at s l x ∧ fl_id x = lf_in_list y ∧ fl_occurs f x = 1 ∧
      ∀ l' x', fl_list_at s l' x' → l' ≠ l → fl_occurs f x' = 0.
  (** A frame that the caller has is in no list. *)
  Parameter fl_held_nowhere : ∀ s f l x, fl_inv s → fl_held s f →
    fl_list_at s l x → fl_occurs f x = 0.

  (** ** Numbers *)
  (** A list that has a number shares it with no other list. *)
  Parameter fl_id_unique : ∀ s l l' x x', fl_inv s → fl_list_at s l x →
    fl_list_at s l' x' → l ≠ l' → fl_id x ≠ 0 → fl_id x ≠ fl_id x'.
  (** What is given out is never given out again. *)
  Parameter fl_next_mono : ∀ s o, fl_inv s →
    fl_next_id s ≤ fl_next_id (fl_step s o).1.
  (** A push at the front aborts exactly if the list needs a number and none is left. *)
  Parameter fl_abort_spec : ∀ s l f x, fl_inv s → fl_list_at s l x → fl_held s f →
    (fl_step s (FlPushFront l f)).2 = FlAborted ↔
    fl_id x = 0 ∧ fl_next_id s = fl_id_max.

  (** ** Putting in *)
  (** If there is a number for the list, the caller's frame is put in as the first. *)
  Parameter fl_push_front_spec : ∀ s l f x, fl_inv s → fl_list_at s l x →
    fl_held s f → fl_can_number s x →
    ∃ s' x', fl_step s (FlPushFront l f) = (s', FlDone) ∧
      fl_put_in s s' l f x x' ∧ fl_items x' = f :: fl_items x.
  (** If there is a number for the list, the caller's frame is put in as the last. *)
  Parameter fl_push_back_spec : ∀ s l f x, fl_inv s → fl_list_at s l x →
    fl_held s f → fl_can_number s x →
    ∃ s' x', fl_step s (FlPushBack l f) = (s', FlDone) ∧
      fl_put_in s s' l f x x' ∧ fl_items x' = fl_items x ++ [f].
  (** The cursor still stands at the same frame, and [f] is right before it. *)
  Parameter fl_cursor_insert_spec : ∀ s l f x, fl_inv s → fl_list_at s l x →
    fl_held s f → fl_can_number s x →
    ∃ s' x', fl_step s (FlCursorInsert l f) = (s', FlDone) ∧
      fl_put_in s s' l f x x' ∧
      fl_items x' = tbl_insert (fl_items x) (fl_cursor x) f ∧
      fl_cursor x' = fl_cursor x + 1 ∧
      tbl_get (fl_items x') (fl_cursor x) = Some f ∧
      tbl_get (fl_items x') (fl_cursor x') = tbl_get (fl_items x) (fl_cursor x).
  (** Only what the caller has can be put in. *)
  Parameter fl_push_error_spec : ∀ s l f x e, fl_inv s → fl_list_at s l x →
    ¬ fl_held s f → fl_insert s l f e = (s, FlBadFrame).

  (** ** Taking out *)
  (** The first frame is taken out, and is the answer. *)
  Parameter fl_pop_front_spec : ∀ s l f rest x, fl_inv s → fl_list_at s l x →
    fl_items x = f :: rest →
    ∃ s' x', fl_step s (FlPopFront l) = (s', FlFrame f) ∧
      fl_taken_out s s' l f x x' ∧ fl_items x' = rest.
  (** The last frame is taken out, and is the answer. *)
  Parameter fl_pop_back_spec : ∀ s l f rest x, fl_inv s → fl_list_at s l x →
    fl_items x = rest ++ [f] →
    ∃ s' x', fl_step s (FlPopBack l) = (s', FlFrame f) ∧
      fl_taken_out s s' l f x x' ∧ fl_items x' = rest.
  (** The cursor stands at the next frame then. *)
  Parameter fl_cursor_take_spec : ∀ s l f x, fl_inv s → fl_list_at s l x →
    tbl_get (fl_items x) (fl_cursor x) = Some f →
    ∃ s' x', fl_step s (FlCursorTake l) = (s', FlFrame f) ∧
      fl_taken_out s s' l f x x' ∧
      fl_items x' = tbl_remove (fl_items x) (fl_cursor x) ∧
      fl_cursor x' = fl_cursor x ∧
      tbl_get (fl_items x') (fl_cursor x') = tbl_get (fl_items x) (fl_cursor x + 1).
  (** To take a frame out of an empty list answers [FlNone] and changes nothing. *)
  Parameter fl_empty_spec : ∀ s l x, fl_inv s → fl_list_at s l x →
    fl_items x = [] →
    fl_step s (FlPopFront l) = (s, FlNone) ∧ fl_step s (FlPopBack l) = (s, FlNone) ∧
    fl_step s (FlCursorTake l) = (s, FlNone).

  (** ** Looking *)
  (** The answer is true exactly if the frame is in the list; nothing changes. *)
  Parameter fl_contains_spec : ∀ s l f x, fl_inv s → fl_list_at s l x →
    ∃ b, fl_step s (FlContains l f) = (s, FlBool b) ∧
      (b = true ↔ ∃ i, tbl_get (fl_items x) i = Some f).
  (** The answer is the frame at the cursor, if there is one; nothing changes. *)
  Parameter fl_cursor_current_spec : ∀ s l x, fl_list_at s l x →
    fl_step s (FlCursorCurrent l) =
      (s, match tbl_get (fl_items x) (fl_cursor x) with
          | Some f => FlFrame f
          | None => FlNone
          end).
  (** From behind the last to the first, and round. *)
  Parameter fl_cursor_next_spec : ∀ s l x, fl_inv s → fl_list_at s l x →
    fl_step s (FlCursorNext l) =
      (fl_put s l (FrameList (fl_id x) (fl_items x)
         (if fl_cursor x =? tbl_len (fl_items x) then 0 else fl_cursor x + 1)), FlDone).
  (** From the first to behind the last, and round. *)
  Parameter fl_cursor_prev_spec : ∀ s l x, fl_inv s → fl_list_at s l x →
    fl_step s (FlCursorPrev l) =
      (fl_put s l (FrameList (fl_id x) (fl_items x)
         (if fl_cursor x =? 0 then tbl_len (fl_items x) else fl_cursor x - 1)), FlDone).

  (** ** Dropping *)
  (** Its frames are gone, in order; no other frame is touched. *)
  Parameter fl_drop_spec : ∀ s l x, fl_inv s → fl_list_at s l x →
    ∃ s', fl_step s (FlDrop l) = (s', FlDropped (fl_items x)) ∧
      tbl_get (fl_lists s') l = Some None ∧
      (∀ f, fl_occurs f x = 1 → tbl_get (fl_frames s') f = Some (ListFrame false 0)) ∧
      (∀ f, fl_occurs f x = 0 → tbl_get (fl_frames s') f = tbl_get (fl_frames s) f) ∧
      (∀ l', l' ≠ l → tbl_get (fl_lists s') l' = tbl_get (fl_lists s) l').
End frame_list_model_sig.
