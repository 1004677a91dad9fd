(** * The executable model of page frames: the machine

A fixed number of slots, one per page, and any number of handles. A slot holds
its word ([slot_count.v]) and, while the frame is in use, its metadata. A handle
is unique, shared, or the right of whoever builds or tears down a slot.

  UNUSED →reserve→ 0 (Busy) →publish→ UNIQUE or 1
  n → n + 1          clone, look-up          UNIQUE → 1    [From<UniqueFrame>]
  n → n − 1          drop                    1 → UNIQUE    [TryFrom<Frame>]
  1 or UNIQUE →drop→ 0 (Busy) → UNUSED, then the page goes to the allocator

The operations of the crate are [FrameFromUnused] (reserve, then publish),
[FrameFromInUse], [FrameFromUnique], [FrameTryFromShared], [FrameClone],
[FrameDrop], [FrameRefCount] and [FrameMeta]. The two halves of a construction
([FrameReserve], [FramePublish]) and of the last drop ([FrameRelease],
[FrameVacate]) are operations of their own, because what lies between them is seen
by others, as Busy: by other CPUs, and by a destructor that looks at its own frame.
[FrameLeak h n] is what [n] times "clone [h] and forget the clone" does.

A conversion keeps the name of its handle: the value is consumed and comes back
as another type. A handle that is not live, or is of another type than the
operation wants, is refused, and nothing changes ([FrameBadHandle],
[FrameWrongHandle]; in Rust neither program would compile). [FrameAborted] ends the
process: [frame_run] stops there, and the state handed back is the one before.

A slot is the record of one page, and a frame is a handle on the page. So [slot_…] is about
one record or its word, and [frame_…] about handles, or about the machine: [frame_clone] is
an operation on a handle, [slot_clone_count] ([slot_count.v]) what it makes of the word.

This file holds the machine only, and no proof; [slot_model_sig.v] says what is
true of it.

Source: the frames of asterinas' ostd (mm/frame/mod.rs, meta.rs, unique.rs). *)
From tally.model Require Export word table rc_count slot_count.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** [slot_leaked] counts the shares that were forgotten. It does not exist at run
time: no operation looks at it. *)
Record slot := Slot {
  slot_word : word;
  slot_leaked : word;
  slot_meta : option word;
}.

Inductive frame_kind := KindUnique | KindShared.

Inductive frame_handle :=
  | HoldsUnique (slot : word)
  | HoldsShared (slot : word)
  | HoldsBusy (slot : word).

Record frame_state := FrameState {
  frame_slots : table slot;
  frame_handles : table (option frame_handle);
}.

Inductive frame_op :=
  | FrameFromUnused (kind : frame_kind) (slot : word) (meta : word)
  | FrameFromInUse (slot : word)
  | FrameFromUnique (handle : word)
  | FrameTryFromShared (handle : word)
  | FrameClone (handle : word)
  | FrameDrop (handle : word)
  | FrameRefCount (handle : word)
  | FrameMeta (handle : word)
  | FrameLeak (handle : word) (n : word)
  | FrameReserve (slot : word)
  | FramePublish (handle : word) (kind : frame_kind) (meta : word)
  | FrameRelease (handle : word)
  | FrameVacate (handle : word).

(** In the order in which they happen: [on_drop] runs, then the metadata's own
destructor, both while the slot is Busy; then the slot is UNUSED; then, and only
then, the allocator has the page. *)
Inductive frame_event :=
  | EventOnDrop (slot : word) (meta : word)
  | EventMetaDropped (slot : word) (meta : word)
  | EventUnused (slot : word)
  | EventDealloc (slot : word).

Inductive frame_outcome :=
  | FrameHandle (handle : word)
  | FrameHandedBack (handle : word)
  | FrameCount (n : word)
  | FrameMetaIs (meta : word)
  | FrameDropped (events : list frame_event)
  | FrameLeaked
  | FrameFailed (error : frame_error)
  | FrameBadHandle
  | FrameWrongHandle
  | FrameAborted.

Definition slot_fresh : slot := Slot slot_unused 0 None.

(** [n] unused slots, and no handle. *)
Definition frame_init (n : word) : frame_state :=
  FrameState (tbl_make n slot_fresh) tbl_empty.

Definition frame_set_slot (s : frame_state) (i : word) (x : slot) : frame_state :=
  FrameState (tbl_set (frame_slots s) i x) (frame_handles s).
Definition frame_set_handle
    (s : frame_state) (h : word) (x : option frame_handle) : frame_state :=
  FrameState (frame_slots s) (tbl_set (frame_handles s) h x).

(** A new handle, whose name is told. *)
Definition frame_open
    (s : frame_state) (i : word) (x : slot) (y : frame_handle)
    : frame_state * frame_outcome :=
  let h := tbl_len (frame_handles s) in
  (FrameState (tbl_set (frame_slots s) i x) (tbl_push (frame_handles s) (Some y)),
   FrameHandle h).

Definition frame_reserve (s : frame_state) (i : word) : frame_state * frame_outcome :=
  match tbl_get (frame_slots s) i with
  | None => (s, FrameFailed ErrOutOfBound)
  | Some x =>
      match slot_claim (slot_word x) with
      | Some e => (s, FrameFailed e)
      | None => frame_open s i (Slot slot_busy 0 None) (HoldsBusy i)
      end
  end.

Definition frame_built (k : frame_kind) (m : word) : slot :=
  match k with
  | KindUnique => Slot slot_unique 0 (Some m)
  | KindShared => Slot 1 0 (Some m)
  end.
Definition frame_holds (k : frame_kind) (i : word) : frame_handle :=
  match k with
  | KindUnique => HoldsUnique i
  | KindShared => HoldsShared i
  end.

Definition frame_publish (s : frame_state) (h : word) (k : frame_kind) (m : word)
    : frame_state * frame_outcome :=
  match tbl_get (frame_handles s) h with
  | Some (Some (HoldsBusy i)) =>
      (frame_set_handle (frame_set_slot s i (frame_built k m)) h
         (Some (frame_holds k i)),
       FrameHandle h)
  | Some (Some _) => (s, FrameWrongHandle)
  | _ => (s, FrameBadHandle)
  end.

Definition frame_from_unused (s : frame_state) (k : frame_kind) (i m : word)
    : frame_state * frame_outcome :=
  match frame_reserve s i with
  | (s', FrameHandle h) => frame_publish s' h k m
  | (s', r) => (s', r)
  end.

Definition frame_from_in_use (s : frame_state) (i : word)
    : frame_state * frame_outcome :=
  match tbl_get (frame_slots s) i with
  | None => (s, FrameFailed ErrOutOfBound)
  | Some x =>
      match slot_from_in_use (slot_word x) with
      | FromInUseFailed e => (s, FrameFailed e)
      | FromInUseAborted => (s, FrameAborted)
      | FromInUseStored n =>
          frame_open s i (Slot n (slot_leaked x) (slot_meta x)) (HoldsShared i)
      end
  end.

Definition frame_from_unique (s : frame_state) (h : word)
    : frame_state * frame_outcome :=
  match tbl_get (frame_handles s) h with
  | Some (Some (HoldsUnique i)) =>
      match tbl_get (frame_slots s) i with
      | Some x =>
          (frame_set_handle (frame_set_slot s i (Slot 1 0 (slot_meta x))) h
             (Some (HoldsShared i)),
           FrameHandle h)
      | None => (s, FrameBadHandle)
      end
  | Some (Some _) => (s, FrameWrongHandle)
  | _ => (s, FrameBadHandle)
  end.

(** The slot of a shared handle. *)
Inductive shared_slot :=
  | SharedSlot (i : word) (x : slot)
  | SharedRefused (r : frame_outcome).

Definition frame_find_shared (s : frame_state) (h : word) : shared_slot :=
  match tbl_get (frame_handles s) h with
  | Some (Some (HoldsShared i)) =>
      match tbl_get (frame_slots s) i with
      | Some x => SharedSlot i x
      | None => SharedRefused FrameBadHandle
      end
  | Some (Some _) => SharedRefused FrameWrongHandle
  | _ => SharedRefused FrameBadHandle
  end.

Definition frame_try_from_shared (s : frame_state) (h : word)
    : frame_state * frame_outcome :=
  match frame_find_shared s h with
  | SharedRefused r => (s, r)
  | SharedSlot i x =>
      if slot_try_unique (slot_word x) then
        (frame_set_handle (frame_set_slot s i (Slot slot_unique 0 (slot_meta x))) h
           (Some (HoldsUnique i)),
         FrameHandle h)
      else (s, FrameHandedBack h)
  end.

Definition frame_clone (s : frame_state) (h : word) : frame_state * frame_outcome :=
  match frame_find_shared s h with
  | SharedRefused r => (s, r)
  | SharedSlot i x =>
      match slot_clone_count (slot_word x) with
      | CloneAborted => (s, FrameAborted)
      | CloneStored n =>
          frame_open s i (Slot n (slot_leaked x) (slot_meta x)) (HoldsShared i)
      end
  end.

Definition frame_ref_count (s : frame_state) (h : word)
    : frame_state * frame_outcome :=
  match frame_find_shared s h with
  | SharedRefused r => (s, r)
  | SharedSlot _ x => (s, FrameCount (slot_word x))
  end.

Definition frame_leak (s : frame_state) (h n : word) : frame_state * frame_outcome :=
  match frame_find_shared s h with
  | SharedRefused r => (s, r)
  | SharedSlot i x =>
      match word_checked_add (slot_word x) n with
      | None => (s, FrameAborted)
      | Some w =>
          if word_ltb slot_max w then (s, FrameAborted)
          else
            (frame_set_slot s i
               (Slot w (word_wrapping_add (slot_leaked x) n) (slot_meta x)),
             FrameLeaked)
      end
  end.

(** The slot that a handle of any kind stands for. *)
Definition frame_handle_slot (y : frame_handle) : word :=
  match y with HoldsUnique i | HoldsShared i | HoldsBusy i => i end.

Definition frame_meta (s : frame_state) (h : word) : frame_state * frame_outcome :=
  match tbl_get (frame_handles s) h with
  | Some (Some y) =>
      match tbl_get (frame_slots s) (frame_handle_slot y) with
      | Some x =>
          match slot_meta x with
          | Some m => (s, FrameMetaIs m)
          | None => (s, FrameWrongHandle)
          end
      | None => (s, FrameBadHandle)
      end
  | _ => (s, FrameBadHandle)
  end.

(** What the first half of a drop did: one share less, or the last one is gone and
the slot is to be vacated, or nothing. *)
Inductive released :=
  | ReleasedShare
  | ReleasedLast (i : word) (m : option word)
  | ReleaseRefused (r : frame_outcome).

Definition frame_let_go (s : frame_state) (h : word) : frame_state * released :=
  match tbl_get (frame_handles s) h with
  | Some (Some y) =>
      match tbl_get (frame_slots s) (frame_handle_slot y) with
      | None => (s, ReleaseRefused FrameBadHandle)
      | Some x =>
          match y with
          | HoldsBusy _ => (s, ReleaseRefused FrameWrongHandle)
          | HoldsUnique i =>
              (frame_set_handle (frame_set_slot s i (Slot slot_busy 0 None)) h
                 (Some (HoldsBusy i)),
               ReleasedLast i (slot_meta x))
          | HoldsShared i =>
              match slot_drop_count (slot_word x) with
              | DropStored n =>
                  (frame_set_handle
                     (frame_set_slot s i (Slot n (slot_leaked x) (slot_meta x)))
                     h None,
                   ReleasedShare)
              | DropLast =>
                  (frame_set_handle (frame_set_slot s i (Slot slot_busy 0 None)) h
                     (Some (HoldsBusy i)),
                   ReleasedLast i (slot_meta x))
              end
          end
      end
  | _ => (s, ReleaseRefused FrameBadHandle)
  end.

Definition frame_give_back (s : frame_state) (h i : word) : frame_state :=
  frame_set_handle (frame_set_slot s i slot_fresh) h None.

(** If it was the last, [h] is now the right to vacate. *)
Definition frame_release (s : frame_state) (h : word) : frame_state * frame_outcome :=
  match frame_let_go s h with
  | (s', ReleasedShare) => (s', FrameDropped [])
  | (s', ReleasedLast i (Some m)) =>
      (s', FrameDropped [EventOnDrop i m; EventMetaDropped i m])
  | (s', ReleasedLast i None) => (s', FrameDropped [])
  | (s', ReleaseRefused r) => (s', r)
  end.

(** The second half: the slot is UNUSED, and the allocator has the page. *)
Definition frame_vacate (s : frame_state) (h : word) : frame_state * frame_outcome :=
  match tbl_get (frame_handles s) h with
  | Some (Some (HoldsBusy i)) =>
      (frame_give_back s h i, FrameDropped [EventUnused i; EventDealloc i])
  | Some (Some _) => (s, FrameWrongHandle)
  | _ => (s, FrameBadHandle)
  end.

Definition frame_drop (s : frame_state) (h : word) : frame_state * frame_outcome :=
  match frame_let_go s h with
  | (s', ReleasedShare) => (s', FrameDropped [])
  | (s', ReleasedLast i (Some m)) =>
      (frame_give_back s' h i,
       FrameDropped [EventOnDrop i m; EventMetaDropped i m; EventUnused i;
                     EventDealloc i])
  | (s', ReleasedLast i None) =>
      (frame_give_back s' h i, FrameDropped [EventUnused i; EventDealloc i])
  | (s', ReleaseRefused r) => (s', r)
  end.

Definition frame_step (s : frame_state) (o : frame_op) : frame_state * frame_outcome :=
  match o with
  | FrameFromUnused k i m => frame_from_unused s k i m
  | FrameFromInUse i => frame_from_in_use s i
  | FrameFromUnique h => frame_from_unique s h
  | FrameTryFromShared h => frame_try_from_shared s h
  | FrameClone h => frame_clone s h
  | FrameDrop h => frame_drop s h
  | FrameRefCount h => frame_ref_count s h
  | FrameMeta h => frame_meta s h
  | FrameLeak h n => frame_leak s h n
  | FrameReserve i => frame_reserve s i
  | FramePublish h k m => frame_publish s h k m
  | FrameRelease h => frame_release s h
  | FrameVacate h => frame_vacate s h
  end.

Fixpoint frame_run (s : frame_state) (os : list frame_op)
    : frame_state * list frame_outcome :=
  match os with
  | [] => (s, [])
  | o :: os' =>
      match frame_step s o with
      | (s', FrameAborted) => (s', [FrameAborted])
      | (s', r) => let (s'', rs) := frame_run s' os' in (s'', r :: rs)
      end
  end.
