(** * The executable model of [Rc]: the machine

Any number of boxes, each with a strong count and a payload, and any number of
handles, each of which points to a box until it is dropped. Boxes and handles
are named by the order in which they were made; names are not used again.

Operations ([rc_op]):
- [RcNew p]: a new box with payload [p] and count 1, and a handle to it;
- [RcClone h]: one more handle to the box of [h]; aborts at a count of 2⁶⁴ − 1;
- [RcDrop h]: [h] is gone; the last one drops the payload, then frees the box;
- [RcStrongCount h], [RcGet h]: the count, the payload;
- [RcLeak h n]: what [n] times "clone [h] and forget the clone" does, which is how
  a count grows beyond the number of handles, and how a test gets near 2⁶⁴.

Each outcome is told ([rc_outcome]); an operation on a handle that is not live is
refused with [RcBadHandle] and changes nothing. [RcAborted] ends the process:
[rc_run] stops there, and the state handed back with it is the one before.

This file holds the machine only, and no proof; [count_model_sig.v] says what is
true of it.

Source: [std::rc::Rc]. *)
From tally.model Require Export word table rc_count.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** [box_leaked] counts the shares that were forgotten. It does not exist at run
time: no operation looks at it. *)
Record rc_box := RcBox {
  box_strong : word;
  box_leaked : word;
  box_payload : word;
}.

(** A box that was freed is [None], and so is a handle that was dropped. *)
Record rc_state := RcState {
  rc_boxes : table (option rc_box);
  rc_handles : table (option word);
}.

Inductive rc_op :=
  | RcNew (payload : word)
  | RcClone (handle : word)
  | RcDrop (handle : word)
  | RcStrongCount (handle : word)
  | RcGet (handle : word)
  | RcLeak (handle : word) (n : word).

Inductive rc_event :=
  | RcPayloadDropped (payload : word)
  | RcMemoryFreed (box : word).

Inductive rc_outcome :=
  | RcHandle (handle : word)
  | RcCount (n : word)
  | RcPayload (payload : word)
  | RcDropped (events : list rc_event)
  | RcLeaked
  | RcBadHandle
  | RcAborted.

Definition rc_init : rc_state := RcState tbl_empty tbl_empty.

(** The box that [h] points to: its name, and what it holds. *)
Definition rc_find (s : rc_state) (h : word) : option (word * rc_box) :=
  match tbl_get (rc_handles s) h with
  | Some (Some b) =>
      match tbl_get (rc_boxes s) b with
      | Some (Some x) => Some (b, x)
      | _ => None
      end
  | _ => None
  end.

Definition rc_set_box (s : rc_state) (b : word) (x : option rc_box) : rc_state :=
  RcState (tbl_set (rc_boxes s) b x) (rc_handles s).
Definition rc_close_handle (s : rc_state) (h : word) : rc_state :=
  RcState (rc_boxes s) (tbl_set (rc_handles s) h None).

Definition rc_new (s : rc_state) (p : word) : rc_state * rc_outcome :=
  let b := tbl_len (rc_boxes s) in
  let h := tbl_len (rc_handles s) in
  (RcState (tbl_push (rc_boxes s) (Some (RcBox 1 0 p)))
           (tbl_push (rc_handles s) (Some b)),
   RcHandle h).

Definition rc_clone (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | None => (s, RcBadHandle)
  | Some (b, x) =>
      match rc_clone_count (box_strong x) with
      | CloneAborted => (s, RcAborted)
      | CloneStored n =>
          let h' := tbl_len (rc_handles s) in
          (RcState
             (tbl_set (rc_boxes s) b (Some (RcBox n (box_leaked x) (box_payload x))))
             (tbl_push (rc_handles s) (Some b)),
           RcHandle h')
      end
  end.

Definition rc_drop (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | None => (s, RcBadHandle)
  | Some (b, x) =>
      match rc_drop_count (box_strong x) with
      | DropStored n =>
          (rc_close_handle
             (rc_set_box s b (Some (RcBox n (box_leaked x) (box_payload x)))) h,
           RcDropped [])
      | DropLast =>
          (rc_close_handle (rc_set_box s b None) h,
           RcDropped [RcPayloadDropped (box_payload x); RcMemoryFreed b])
      end
  end.

Definition rc_strong_count (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | None => (s, RcBadHandle)
  | Some (_, x) => (s, RcCount (box_strong x))
  end.

Definition rc_get (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | None => (s, RcBadHandle)
  | Some (_, x) => (s, RcPayload (box_payload x))
  end.

Definition rc_leak (s : rc_state) (h : word) (n : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | None => (s, RcBadHandle)
  | Some (b, x) =>
      match word_checked_add (box_strong x) n with
      | None => (s, RcAborted)
      | Some strong =>
          (rc_set_box s b
             (Some (RcBox strong (word_wrapping_add (box_leaked x) n) (box_payload x))),
           RcLeaked)
      end
  end.

Definition rc_step (s : rc_state) (o : rc_op) : rc_state * rc_outcome :=
  match o with
  | RcNew p => rc_new s p
  | RcClone h => rc_clone s h
  | RcDrop h => rc_drop s h
  | RcStrongCount h => rc_strong_count s h
  | RcGet h => rc_get s h
  | RcLeak h n => rc_leak s h n
  end.

(** A whole trace: the outcomes in order, up to the abort if there is one. *)
Fixpoint rc_run (s : rc_state) (os : list rc_op) : rc_state * list rc_outcome :=
  match os with
  | [] => (s, [])
  | o :: os' =>
      match rc_step s o with
      | (s', RcAborted) => (s', [RcAborted])
      | (s', r) => let (s'', rs) := rc_run s' os' in (s'', r :: rs)
      end
  end.
