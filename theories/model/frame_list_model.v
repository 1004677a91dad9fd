(** * The executable model of lists of frames: the machine

Lists whose links are in the metadata of the frames themselves. A frame is in one list
at most, and its slot says in which: [lf_in_list] is 0, or the list's number. Numbers
are given out from 1, to a list when the first frame is put in, and never again; when
they run out ([fl_id_max]) the process aborts. So "is this frame in that list" is one
comparison ([FlContains]).

To put a frame in is to give its unique handle away, to take it out is to get it back:
a frame is the caller's ([lf_in_list = 0]), a list's, or gone ([lf_live = false]), torn
down when a list that had it was dropped.

A list has a cursor, which stands at a frame, or behind the last one, which is also
before the first. Taking the frame at the cursor leaves it at the next one; inserting
before it leaves it where it is. To push or pop at an end puts the cursor
behind the last frame: in Rust the borrow has ended.

Which frames a list has, and in which order, is a table here, and a chain of pointers
in the kernel.

[frame_list_model_sig.v] says what is true of it.

Source: [LinkedList] and [CursorMut] of asterinas' ostd (mm/frame/linked_list.rs). *)
From tally.model Require Export word table_edit slot_count.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Record list_frame := ListFrame {
  lf_live : bool;
  lf_in_list : word;
}.

(** [fl_id]: 0 as long as nothing was ever put in. *)
Record frame_list := FrameList {
  fl_id : word;
  fl_items : table word;
  fl_cursor : word;
}.

Record fl_state := FlState {
  fl_frames : table list_frame;
  fl_lists : table (option frame_list);
  fl_next_id : word;
}.

Inductive fl_op :=
  | FlNew
  | FlPushFront (l : word) (frame : word)
  | FlPushBack (l : word) (frame : word)
  | FlPopFront (l : word)
  | FlPopBack (l : word)
  | FlContains (l : word) (frame : word)
  | FlSize (l : word)
  | FlId (l : word)
  | FlDrop (l : word)
  | FlCursorFront (l : word)
  | FlCursorBack (l : word)
  | FlCursorNext (l : word)
  | FlCursorPrev (l : word)
  | FlCursorCurrent (l : word)
  | FlCursorTake (l : word)
  | FlCursorInsert (l : word) (frame : word).

Inductive fl_outcome :=
  | FlList (l : word)
  | FlDone
  | FlFrame (frame : word)
  | FlNone
  | FlBool (b : bool)
  | FlNumber (n : word)
  | FlDropped (frames : table word)
  | FlBadList
  | FlBadFrame
  | FlAborted.

(** The number after the last one that is given out, 2⁶⁴ − 2: the counter of numbers
stays there. *)
Definition fl_id_max : word := 18446744073709551615.

(** [n] frames, of each of which the caller has the unique handle. *)
Definition fl_init (n : word) : fl_state :=
  FlState (tbl_make n (ListFrame true 0)) tbl_empty 1.

Inductive fl_found :=
  | FlFound (x : frame_list)
  | FlMissing.
Definition fl_find (s : fl_state) (l : word) : fl_found :=
  match tbl_get (fl_lists s) l with
  | Some (Some x) => FlFound x
  | _ => FlMissing
  end.
Definition fl_put (s : fl_state) (l : word) (x : frame_list) : fl_state :=
  FlState (fl_frames s) (tbl_set (fl_lists s) l (Some x)) (fl_next_id s).

(** The number of a list, a new one if it has none, and which will be next. *)
Inductive fl_numbered :=
  | FlNumbered (id : word) (next : word)
  | FlNoNumber.
Definition fl_number (s : fl_state) (x : frame_list) : fl_numbered :=
  if word_eqb (fl_id x) 0 then
    if word_eqb (fl_next_id s) fl_id_max then FlNoNumber
    else FlNumbered (fl_next_id s) (word_wrapping_add (fl_next_id s) 1)
  else FlNumbered (fl_id x) (fl_next_id s).

Inductive fl_end := AtFront | AtBack | AtCursor.

(** Puts frame [f] in, at an end or before the cursor. *)
Definition fl_insert (s : fl_state) (l f : word) (at_end : fl_end)
    : fl_state * fl_outcome :=
  match fl_find s l with
  | FlMissing => (s, FlBadList)
  | FlFound x =>
      match tbl_get (fl_frames s) f with
      | Some y =>
          if lf_live y then
            if word_eqb (lf_in_list y) 0 then
              match fl_number s x with
              | FlNoNumber => (s, FlAborted)
              | FlNumbered id next =>
                  let len := tbl_len (fl_items x) in
                  let at_ :=
                    match at_end with
                    | AtFront => 0
                    | AtBack => len
                    | AtCursor => fl_cursor x
                    end in
                  let cursor :=
                    match at_end with
                    | AtCursor => word_wrapping_add (fl_cursor x) 1
                    | _ => word_wrapping_add len 1
                    end in
                  (FlState (tbl_set (fl_frames s) f (ListFrame true id))
                     (tbl_set (fl_lists s) l
                        (Some (FrameList id (tbl_insert (fl_items x) at_ f) cursor)))
                     next,
                   FlDone)
              end
            else (s, FlBadFrame)
          else (s, FlBadFrame)
      | None => (s, FlBadFrame)
      end
  end.

(** Takes a frame out; [FlNone] where there is none. *)
Definition fl_take (s : fl_state) (l : word) (at_end : fl_end)
    : fl_state * fl_outcome :=
  match fl_find s l with
  | FlMissing => (s, FlBadList)
  | FlFound x =>
      let len := tbl_len (fl_items x) in
      let at_ :=
        match at_end with
        | AtFront => 0
        | AtBack => word_wrapping_sub len 1
        | AtCursor => fl_cursor x
        end in
      match tbl_get (fl_items x) at_ with
      | None => (s, FlNone)
      | Some f =>
          let cursor :=
            match at_end with
            | AtCursor => fl_cursor x
            | _ => word_wrapping_sub len 1
            end in
          (FlState (tbl_set (fl_frames s) f (ListFrame true 0))
             (tbl_set (fl_lists s) l
                (Some (FrameList (fl_id x) (tbl_remove (fl_items x) at_) cursor)))
             (fl_next_id s),
           FlFrame f)
      end
  end.

Definition fl_contains (s : fl_state) (l f : word) : fl_state * fl_outcome :=
  match fl_find s l with
  | FlMissing => (s, FlBadList)
  | FlFound x =>
      match tbl_get (fl_frames s) f with
      | None => (s, FlBool false)
      | Some y =>
          (s, FlBool (if word_eqb (fl_id x) 0 then false
                      else word_eqb (lf_in_list y) (fl_id x)))
      end
  end.

(** Tears down the [n] frames from place [k] on. *)
Fixpoint fl_release (n : nat) (k : word) (items : table word) (t : table list_frame)
    : table list_frame :=
  match n with
  | O => t
  | S n' =>
      match tbl_get items k with
      | None => t
      | Some f =>
          fl_release n' (word_wrapping_add k 1) items (tbl_set t f (ListFrame false 0))
      end
  end.
Definition fl_drop (s : fl_state) (l : word) : fl_state * fl_outcome :=
  match fl_find s l with
  | FlMissing => (s, FlBadList)
  | FlFound x =>
      (FlState (fl_release (Z.to_nat (tbl_len (fl_items x))) 0 (fl_items x) (fl_frames s))
         (tbl_set (fl_lists s) l None) (fl_next_id s),
       FlDropped (fl_items x))
  end.

Inductive fl_move := ToFront | ToBack | ToNext | ToPrev.
Definition fl_moved (m : fl_move) (len cursor : word) : word :=
  match m with
  | ToFront => 0
  | ToBack => if word_eqb len 0 then 0 else word_wrapping_sub len 1
  | ToNext => if word_leb len cursor then 0 else word_wrapping_add cursor 1
  | ToPrev => if word_eqb cursor 0 then len else word_wrapping_sub cursor 1
  end.
Definition fl_cursor_move (s : fl_state) (l : word) (m : fl_move)
    : fl_state * fl_outcome :=
  match fl_find s l with
  | FlMissing => (s, FlBadList)
  | FlFound x =>
      (fl_put s l
         (FrameList (fl_id x) (fl_items x)
            (fl_moved m (tbl_len (fl_items x)) (fl_cursor x))),
       FlDone)
  end.
Definition fl_cursor_current (s : fl_state) (l : word) : fl_state * fl_outcome :=
  match fl_find s l with
  | FlMissing => (s, FlBadList)
  | FlFound x =>
      match tbl_get (fl_items x) (fl_cursor x) with
      | Some f => (s, FlFrame f)
      | None => (s, FlNone)
      end
  end.

Definition fl_step (s : fl_state) (o : fl_op) : fl_state * fl_outcome :=
  match o with
  | FlNew =>
      (FlState (fl_frames s) (tbl_push (fl_lists s) (Some (FrameList 0 tbl_empty 0)))
         (fl_next_id s),
       FlList (tbl_len (fl_lists s)))
  | FlPushFront l f => fl_insert s l f AtFront
  | FlPushBack l f => fl_insert s l f AtBack
  | FlPopFront l => fl_take s l AtFront
  | FlPopBack l => fl_take s l AtBack
  | FlContains l f => fl_contains s l f
  | FlSize l =>
      match fl_find s l with
      | FlFound x => (s, FlNumber (tbl_len (fl_items x)))
      | FlMissing => (s, FlBadList)
      end
  | FlId l =>
      match fl_find s l with
      | FlFound x => (s, FlNumber (fl_id x))
      | FlMissing => (s, FlBadList)
      end
  | FlDrop l => fl_drop s l
  | FlCursorFront l => fl_cursor_move s l ToFront
  | FlCursorBack l => fl_cursor_move s l ToBack
  | FlCursorNext l => fl_cursor_move s l ToNext
  | FlCursorPrev l => fl_cursor_move s l ToPrev
  | FlCursorCurrent l => fl_cursor_current s l
  | FlCursorTake l => fl_take s l AtCursor
  | FlCursorInsert l f => fl_insert s l f AtCursor
  end.

Fixpoint fl_run (s : fl_state) (os : list fl_op) : fl_state * list fl_outcome :=
  match os with
  | [] => (s, [])
  | o :: os' =>
      match fl_step s o with
      | (s', FlAborted) => (s', [FlAborted])
      | (s', r) => let (s'', rs) := fl_run s' os' in (s'', r :: rs)
      end
  end.
