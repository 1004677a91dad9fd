(** * The executable model of [Rc]: what is true of it

Statements only; [count_model.v] has the proofs. The invariant [rc_inv]: a box
that is not freed has a count equal to the number of its handles plus the number
of shares that were forgotten, and every live handle points to such a box. It
holds at the start and is kept by every step, so in whatever state a trace ends,
the count is exact, no handle dangles, and the count is 1 exactly if the handle is
the only one ([rc_model_last_spec]).

[rc_find s h] is what the holder of [h] sees: the name of his box and what it
holds. Each [..._spec] says what an operation answers and what every handle sees
afterwards; [rc_recount b n] is the view of a handle after the count of box [b]
became [n]. *)
From tally.model Require Import count_machine.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** How many handles box [b] has. *)
Definition rc_points_to (b : word) (y : option word) : bool :=
  match y with Some b' => b' =? b | None => false end.
Definition rc_handles_of (s : rc_state) (b : word) : Z :=
  tbl_count (rc_points_to b) (rc_handles s).

Definition rc_box_ok (s : rc_state) (b : word) (x : rc_box) : Prop :=
  box_strong x = rc_handles_of s b + box_leaked x ∧
  1 ≤ box_strong x ≤ word_max ∧ 0 ≤ box_leaked x ∧ word_ok (box_payload x).

Definition rc_inv (s : rc_state) : Prop :=
  (∀ b x, tbl_get (rc_boxes s) b = Some (Some x) → rc_box_ok s b x) ∧
  (∀ h b, tbl_get (rc_handles s) h = Some (Some b) →
     ∃ x, tbl_get (rc_boxes s) b = Some (Some x)).

Definition rc_recount (b n : word) (v : word * rc_box) : word * rc_box :=
  (v.1, if v.1 =? b then RcBox n (box_leaked v.2) (box_payload v.2) else v.2).

(** The words in an operation are words. *)
Definition rc_op_ok (o : rc_op) : Prop :=
  match o with
  | RcNew w | RcClone w | RcDrop w | RcStrongCount w | RcGet w => word_ok w
  | RcLeak h n => word_ok h ∧ word_ok n
  end.
(** The handle an operation is about. *)
Definition rc_op_handle (o : rc_op) : option word :=
  match o with
  | RcNew _ => None
  | RcClone h | RcDrop h | RcStrongCount h | RcGet h | RcLeak h _ => Some h
  end.

Module Type count_model_sig.
  (** ** The count alone *)
  Parameter rc_clone_count_spec : ∀ n, 0 < n ≤ word_max →
    rc_clone_count n =
      if decide (n = word_max) then CloneAborted else CloneStored (n + 1).
  Parameter rc_drop_count_spec : ∀ n, 0 < n ≤ word_max →
    rc_drop_count n = if decide (n = 1) then DropLast else DropStored (n - 1).

  (** ** The invariant *)
  Parameter rc_model_init_inv : rc_inv rc_init.
  Parameter rc_model_step_inv : ∀ s o,
    rc_op_ok o → rc_inv s → rc_inv (rc_step s o).1.
  Parameter rc_model_run_inv : ∀ s os,
    Forall rc_op_ok os → rc_inv s → rc_inv (rc_run s os).1.
  (** A live handle never dangles. *)
  Parameter rc_model_live_spec : ∀ s h b, rc_inv s →
    tbl_get (rc_handles s) h = Some (Some b) →
    ∃ x, rc_find s h = Some (b, x) ∧ rc_box_ok s b x.
  (** "Count 1" means "nobody else", and nothing else does. *)
  Parameter rc_model_last_spec : ∀ s h b x, rc_inv s →
    rc_find s h = Some (b, x) →
    box_strong x = 1 ↔
      box_leaked x = 0 ∧ ∀ h' x', rc_find s h' = Some (b, x') → h' = h.

  (** ** The operations *)
  Parameter rc_model_new_spec : ∀ s p, rc_inv s →
    ∃ s' h b, rc_step s (RcNew p) = (s', RcHandle h) ∧
      rc_find s h = None ∧
      rc_find s' h = Some (b, RcBox 1 0 p) ∧
      (∀ h' x, rc_find s h' ≠ Some (b, x)) ∧
      (∀ h', h' ≠ h → rc_find s' h' = rc_find s h').
  Parameter rc_model_clone_spec : ∀ s h b x, rc_inv s →
    rc_find s h = Some (b, x) → box_strong x < word_max →
    ∃ s' h', rc_step s (RcClone h) = (s', RcHandle h') ∧
      rc_find s h' = None ∧
      rc_find s' h' = Some (rc_recount b (box_strong x + 1) (b, x)) ∧
      (∀ k, k ≠ h' →
        rc_find s' k = rc_recount b (box_strong x + 1) <$> rc_find s k).
  Parameter rc_model_clone_abort_spec : ∀ s h b x, rc_inv s →
    rc_find s h = Some (b, x) →
    (rc_step s (RcClone h)).2 = RcAborted ↔ box_strong x = word_max.
  Parameter rc_model_drop_spec : ∀ s h b x, rc_inv s →
    rc_find s h = Some (b, x) → box_strong x ≠ 1 →
    ∃ s', rc_step s (RcDrop h) = (s', RcDropped []) ∧
      rc_find s' h = None ∧
      (∀ k, k ≠ h →
        rc_find s' k = rc_recount b (box_strong x - 1) <$> rc_find s k).
  (** The payload is dropped, and then the memory freed. *)
  Parameter rc_model_drop_last_spec : ∀ s h b x, rc_inv s →
    rc_find s h = Some (b, x) → box_strong x = 1 →
    ∃ s', rc_step s (RcDrop h) =
            (s', RcDropped [RcPayloadDropped (box_payload x); RcMemoryFreed b]) ∧
      tbl_get (rc_boxes s') b = Some None ∧
      rc_find s' h = None ∧
      (∀ k, k ≠ h → rc_find s' k = rc_find s k).
  Parameter rc_model_strong_count_spec : ∀ s h b x, rc_inv s →
    rc_find s h = Some (b, x) →
    rc_step s (RcStrongCount h) = (s, RcCount (rc_handles_of s b + box_leaked x)).
  Parameter rc_model_get_spec : ∀ s h b x,
    rc_find s h = Some (b, x) →
    rc_step s (RcGet h) = (s, RcPayload (box_payload x)).
  Parameter rc_model_leak_spec : ∀ s h b x n, rc_inv s →
    rc_find s h = Some (b, x) → 0 ≤ n → box_strong x + n ≤ word_max →
    ∃ s', rc_step s (RcLeak h n) = (s', RcLeaked) ∧
      rc_find s' h =
        Some (b, RcBox (box_strong x + n) (box_leaked x + n) (box_payload x)).
  (** A handle that is not live is refused, and nothing changes. *)
  Parameter rc_model_bad_handle_spec : ∀ s o h,
    rc_op_handle o = Some h → rc_find s h = None → rc_step s o = (s, RcBadHandle).
  (** A freed box stays freed: it is not freed a second time. *)
  Parameter rc_model_freed_once_spec : ∀ s o b,
    tbl_get (rc_boxes s) b = Some None →
    tbl_get (rc_boxes (rc_step s o).1) b = Some None ∧
    ∀ es, (rc_step s o).2 = RcDropped es → RcMemoryFreed b ∉ es.
End count_model_sig.
