(** * The executable model of [Rc], [Weak] and [UniqueRc]: its state

Boxes with two counts and a content, handles of five kinds, and how a state is
looked at and changed. The machine ([rc_model.v]) is made of these.

A handle is strong ([Rc]), weak ([Weak], which may point nowhere), unique
([UniqueRc]) or raw (a pointer that stands for one [Rc]). [rc_find s h] is what the
holder of [h] sees.

Source: [RcInner] of [alloc/src/rc.rs] in Rust's standard library. *)
From tally.model Require Export word table rc_count.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** [box_leaked] and [box_weak_leaked] count what was forgotten. They do not exist
at run time: no operation looks at them. The content is [None] after it was dropped
or moved out. *)
Record rc_box := RcBox {
  box_strong : word;
  box_weak : word;
  box_leaked : word;
  box_weak_leaked : word;
  box_content : option word;
}.

Inductive rc_handle :=
  | HandleStrong (box : word)
  | HandleRaw (box : word)
  | HandleUnique (box : word)
  | HandleWeak (box : word)
  | HandleDangling.

(** A box that was freed is [None], and so is a handle that was dropped. *)
Record rc_state := RcState {
  rc_boxes : table (option rc_box);
  rc_handles : table (option rc_handle);
}.

Definition rc_init : rc_state := RcState tbl_empty tbl_empty.

(** ** What the holder of a handle sees: its kind, the name of the box, what the box
holds, and the content if there must be one. *)
Inductive rc_view :=
  | ViewClosed
  | ViewDangling
  | ViewStrong (box : word) (x : rc_box) (p : word)
  | ViewRaw (box : word) (x : rc_box) (p : word)
  | ViewUnique (box : word) (x : rc_box) (p : word)
  | ViewWeak (box : word) (x : rc_box).

Definition rc_open_box (boxes : table (option rc_box)) (b : word) : option rc_box :=
  match tbl_get boxes b with Some (Some x) => Some x | _ => None end.
Definition rc_open_content (boxes : table (option rc_box)) (b : word)
    : option (rc_box * word) :=
  match rc_open_box boxes b with
  | Some x => match box_content x with Some p => Some (x, p) | None => None end
  | None => None
  end.
Definition rc_view_of (boxes : table (option rc_box)) (k : option rc_handle)
    : rc_view :=
  match k with
  | None => ViewClosed
  | Some HandleDangling => ViewDangling
  | Some (HandleStrong b) =>
      match rc_open_content boxes b with
      | Some (x, p) => ViewStrong b x p
      | None => ViewClosed
      end
  | Some (HandleRaw b) =>
      match rc_open_content boxes b with
      | Some (x, p) => ViewRaw b x p
      | None => ViewClosed
      end
  | Some (HandleUnique b) =>
      match rc_open_content boxes b with
      | Some (x, p) => ViewUnique b x p
      | None => ViewClosed
      end
  | Some (HandleWeak b) =>
      match rc_open_box boxes b with
      | Some x => ViewWeak b x
      | None => ViewClosed
      end
  end.
Definition rc_find (s : rc_state) (h : word) : rc_view :=
  match tbl_get (rc_handles s) h with
  | Some k => rc_view_of (rc_boxes s) k
  | None => ViewClosed
  end.

(** ** Changes of a box *)
Definition box_with_strong (x : rc_box) (n : word) : rc_box :=
  RcBox n (box_weak x) (box_leaked x) (box_weak_leaked x) (box_content x).
Definition box_with_weak (x : rc_box) (n : word) : rc_box :=
  RcBox (box_strong x) n (box_leaked x) (box_weak_leaked x) (box_content x).
Definition box_with_content (x : rc_box) (p : word) : rc_box :=
  RcBox (box_strong x) (box_weak x) (box_leaked x) (box_weak_leaked x) (Some p).
(** The last [Rc] with content [p], or the [UniqueRc]. *)
Definition box_fresh (strong : word) (p : word) : rc_box :=
  RcBox strong 1 0 0 (Some p).
(** The content is gone: what becomes of the box when the weak count is [weak]. *)
Definition box_hollow (x : rc_box) (weak : word) : rc_box :=
  RcBox 0 weak (box_leaked x) (box_weak_leaked x) None.
(** The content goes, and the implicit weak handle with it. *)
Definition box_end (x : rc_box) : option rc_box :=
  match weak_drop_count (box_weak x) with
  | DropStored w => Some (box_hollow x w)
  | DropLast => None
  end.

(** ** Changes of a state: the box becomes [y], and the handle [k] *)
Definition rc_update (s : rc_state) (b : word) (y : option rc_box)
    (h : word) (k : option rc_handle) : rc_state :=
  RcState (tbl_set (rc_boxes s) b y) (tbl_set (rc_handles s) h k).
(** A further handle [k]. *)
Definition rc_extend (s : rc_state) (b : word) (y : option rc_box) (k : rc_handle)
    : rc_state :=
  RcState (tbl_set (rc_boxes s) b y) (tbl_push (rc_handles s) (Some k)).
Definition rc_set_box (s : rc_state) (b : word) (y : option rc_box) : rc_state :=
  RcState (tbl_set (rc_boxes s) b y) (rc_handles s).
Definition rc_set_handle (s : rc_state) (h : word) (k : option rc_handle) : rc_state :=
  RcState (rc_boxes s) (tbl_set (rc_handles s) h k).
Definition rc_push_handle (s : rc_state) (k : rc_handle) : rc_state :=
  RcState (rc_boxes s) (tbl_push (rc_handles s) (Some k)).
Definition rc_push_box (s : rc_state) (x : rc_box) : rc_state :=
  RcState (tbl_push (rc_boxes s) (Some x)) (rc_handles s).
