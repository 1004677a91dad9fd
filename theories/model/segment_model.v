(** * The executable model of segments: the machine

Frames in a row, held by one handle. Memory is pages from address 0, without holes
(for those see [region_model.v]); page [i] begins at address [4096 · i]. A page is a slot
of [slot_model.v], and all that is done to a page is a step of that machine
([frame_step]). A handle of this machine holds one share of each page of a range: one page
([SegFrame]), those from [lo] until before [hi] ([SegRange]), or the same range given away
as addresses ([SegForgotten], what [into_raw] leaves behind). A range with [lo = hi] is
empty: it owns nothing.

The share of one page of a range has no name of its own. For the step on that page the
machine of slots is given one handle, 0, which stands for the share ([seg_lend]).

[SegFromUnused] claims the pages one by one, upwards; if one refuses, those claimed
are dropped again, upwards, and the state is what it was. Page [lo + k] gets the
metadata [meta + k], which stands for the closure that the kernel calls. [SegSplit]
makes two of one handle, [SegSlice] one more share of a part (in bytes from the start
of the segment), [SegClone] of the whole. [SegNext] and [SegNextBack] take one frame
off an end. [SegDrop] drops the shares, upwards; what it tells is in the order in which
it happens.

What is done to pages in a row is one function with a counter ([seg_apply]); all else
is without recursion.

[segment_model_sig.v] says what is true of it.

Source: [Segment] of asterinas' ostd (mm/frame/segment.rs). There the [start < end] of
[from_unused] is an assertion; here it is the error [SegEmpty]. *)
From tally.model Require Export word_div table_edit slot_model.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive seg_handle :=
  | SegFrame (page : word)
  | SegRange (lo : word) (hi : word)
  | SegForgotten (lo : word) (hi : word).

Record seg_state := SegState {
  seg_pages : table slot;
  seg_handles : table (option seg_handle);
}.

Inductive seg_op :=
  | SegFromUnused (start : word) (stop : word) (meta : word)
  | SegFromInUse (page : word)
  | SegSplit (handle : word) (offset : word)
  | SegSlice (handle : word) (from : word) (to : word)
  | SegClone (handle : word)
  | SegNext (handle : word)
  | SegNextBack (handle : word)
  | SegIntoRaw (handle : word)
  | SegFromRaw (handle : word)
  | SegDrop (handle : word).

Inductive seg_error :=
  | SegNotAligned
  | SegEmpty
  | SegOutOfBound
  | SegPageRefused (page : word) (error : frame_error).

Inductive seg_outcome :=
  | SegHandle (handle : word)
  | SegTwo (left : word) (right : word)
  | SegNone
  | SegRaw (start : word) (stop : word)
  | SegDropped (events : table frame_event)
  | SegFailed (error : seg_error)
  | SegBadHandle
  | SegWrongHandle
  | SegAborted.

Definition seg_page_size : word := 4096.
Definition seg_init (n : word) : seg_state :=
  SegState (tbl_make n slot_fresh) tbl_empty.

(** ** One page *)
Inductive seg_act :=
  | ActClaim (meta : word)
  | ActShare
  | ActUnshare.

(** The machine of slots, with one handle, 0: a share of page [i]. *)
Definition seg_lend (t : table slot) (i : word) : frame_state :=
  FrameState t (tbl_push tbl_empty (Some (HoldsShared i))).

(** The step on page [i], which is [k] pages after the first. *)
Definition seg_page_step (a : seg_act) (k i : word) (t : table slot)
    : frame_state * frame_outcome :=
  match a with
  | ActClaim m =>
      frame_step (FrameState t tbl_empty)
        (FrameFromUnused KindShared i (word_wrapping_add m k))
  | ActShare => frame_step (seg_lend t i) (FrameClone 0)
  | ActUnshare => frame_step (seg_lend t i) (FrameDrop 0)
  end.

(** ** Pages in a row *)
(** What stopped it, and what happened until then: a page refused, and why. *)
Inductive seg_stop :=
  | StopDone (told : table frame_event)
  | StopRefused (k : word) (error : frame_error)
  | StopAborted.

(** [n] pages from [lo + k] on; [told] is what was told of those before. *)
Fixpoint seg_apply (n : nat) (a : seg_act) (lo k : word) (t : table slot)
    (told : table frame_event) : table slot * seg_stop :=
  match n with
  | O => (t, StopDone told)
  | S n' =>
      let next := word_wrapping_add k 1 in
      match seg_page_step a k (word_wrapping_add lo k) t with
      | (f, FrameHandle _) => seg_apply n' a lo next (frame_slots f) told
      | (f, FrameDropped events) =>
          seg_apply n' a lo next (frame_slots f) (tbl_append told events)
      | (f, FrameFailed e) => (frame_slots f, StopRefused k e)
      | (f, FrameAborted) => (frame_slots f, StopAborted)
      | (f, _) => (frame_slots f, StopRefused k ErrOutOfBound)
      end
  end.

Definition seg_size (lo hi : word) : nat := Z.to_nat (word_wrapping_sub hi lo).

(** ** Operations *)
Definition seg_open (t : table slot) (hs : table (option seg_handle))
    (y : seg_handle) : seg_state * seg_outcome :=
  (SegState t (tbl_push hs (Some y)), SegHandle (tbl_len hs)).

Definition seg_is_aligned (w : word) : bool :=
  word_eqb (word_rem w seg_page_size) 0.

Definition seg_from_unused (s : seg_state) (start stop m : word)
    : seg_state * seg_outcome :=
  if seg_is_aligned start then
    if seg_is_aligned stop then
      if word_ltb start stop then
        let lo := word_div start seg_page_size in
        let hi := word_div stop seg_page_size in
        if word_leb hi (tbl_len (seg_pages s)) then
          match seg_apply (seg_size lo hi) (ActClaim m) lo 0 (seg_pages s) tbl_empty with
          | (t, StopDone _) => seg_open t (seg_handles s) (SegRange lo hi)
          | (t, StopAborted) => (s, SegAborted)
          | (t, StopRefused k e) =>
              match seg_apply (Z.to_nat k) ActUnshare lo 0 t tbl_empty with
              | (t', _) =>
                  (SegState t' (seg_handles s),
                   SegFailed (SegPageRefused (word_wrapping_add lo k) e))
              end
          end
        else (s, SegFailed SegOutOfBound)
      else (s, SegFailed SegEmpty)
    else (s, SegFailed SegNotAligned)
  else (s, SegFailed SegNotAligned).

Definition seg_from_in_use (s : seg_state) (i : word) : seg_state * seg_outcome :=
  match frame_step (FrameState (seg_pages s) tbl_empty) (FrameFromInUse i) with
  | (f, FrameHandle _) => seg_open (frame_slots f) (seg_handles s) (SegFrame i)
  | (_, FrameAborted) => (s, SegAborted)
  | (_, FrameFailed ErrOutOfBound) => (s, SegFailed SegOutOfBound)
  | (_, FrameFailed e) => (s, SegFailed (SegPageRefused i e))
  | (_, _) => (s, SegBadHandle)
  end.

(** The range of a handle that is a segment. *)
Inductive seg_found :=
  | FoundRange (lo : word) (hi : word)
  | FoundNot (r : seg_outcome).
Definition seg_find (s : seg_state) (h : word) : seg_found :=
  match tbl_get (seg_handles s) h with
  | Some (Some (SegRange lo hi)) => FoundRange lo hi
  | Some (Some _) => FoundNot SegWrongHandle
  | _ => FoundNot SegBadHandle
  end.
Definition seg_put (s : seg_state) (h : word) (y : option seg_handle) : seg_state :=
  SegState (seg_pages s) (tbl_set (seg_handles s) h y).

Definition seg_split (s : seg_state) (h off : word) : seg_state * seg_outcome :=
  match seg_find s h with
  | FoundNot r => (s, r)
  | FoundRange lo hi =>
      if seg_is_aligned off then
        let k := word_div off seg_page_size in
        if word_leb k (word_wrapping_sub hi lo) then
          let mid := word_wrapping_add lo k in
          (SegState (seg_pages s)
             (tbl_push (tbl_set (seg_handles s) h (Some (SegRange lo mid)))
                (Some (SegRange mid hi))),
           SegTwo h (tbl_len (seg_handles s)))
        else (s, SegFailed SegOutOfBound)
      else (s, SegFailed SegNotAligned)
  end.

(** One share more of [lo] until before [hi]. *)
Definition seg_share (s : seg_state) (lo hi : word) : seg_state * seg_outcome :=
  match seg_apply (seg_size lo hi) ActShare lo 0 (seg_pages s) tbl_empty with
  | (t, StopDone _) => seg_open t (seg_handles s) (SegRange lo hi)
  | (_, StopRefused _ _) => (s, SegBadHandle)
  | (_, StopAborted) => (s, SegAborted)
  end.

Definition seg_slice (s : seg_state) (h from to : word) : seg_state * seg_outcome :=
  match seg_find s h with
  | FoundNot r => (s, r)
  | FoundRange lo hi =>
      if seg_is_aligned from then
        if seg_is_aligned to then
          let j := word_div from seg_page_size in
          let k := word_div to seg_page_size in
          if word_leb j k then
            if word_leb k (word_wrapping_sub hi lo) then
              seg_share s (word_wrapping_add lo j) (word_wrapping_add lo k)
            else (s, SegFailed SegOutOfBound)
          else (s, SegFailed SegOutOfBound)
        else (s, SegFailed SegNotAligned)
      else (s, SegFailed SegNotAligned)
  end.

Definition seg_clone (s : seg_state) (h : word) : seg_state * seg_outcome :=
  match seg_find s h with
  | FoundNot r => (s, r)
  | FoundRange lo hi => seg_share s lo hi
  end.

Definition seg_next (s : seg_state) (h : word) : seg_state * seg_outcome :=
  match seg_find s h with
  | FoundNot r => (s, r)
  | FoundRange lo hi =>
      if word_eqb lo hi then (s, SegNone)
      else
        seg_open (seg_pages s)
          (tbl_set (seg_handles s) h (Some (SegRange (word_wrapping_add lo 1) hi)))
          (SegFrame lo)
  end.
Definition seg_next_back (s : seg_state) (h : word) : seg_state * seg_outcome :=
  match seg_find s h with
  | FoundNot r => (s, r)
  | FoundRange lo hi =>
      if word_eqb lo hi then (s, SegNone)
      else
        let last := word_wrapping_sub hi 1 in
        seg_open (seg_pages s)
          (tbl_set (seg_handles s) h (Some (SegRange lo last)))
          (SegFrame last)
  end.

Definition seg_into_raw (s : seg_state) (h : word) : seg_state * seg_outcome :=
  match seg_find s h with
  | FoundNot r => (s, r)
  | FoundRange lo hi => (seg_put s h (Some (SegForgotten lo hi)), SegRaw lo hi)
  end.
Definition seg_from_raw (s : seg_state) (h : word) : seg_state * seg_outcome :=
  match tbl_get (seg_handles s) h with
  | Some (Some (SegForgotten lo hi)) =>
      (seg_put s h (Some (SegRange lo hi)), SegHandle h)
  | Some (Some _) => (s, SegWrongHandle)
  | _ => (s, SegBadHandle)
  end.

Definition seg_unshare (s : seg_state) (h lo hi : word) : seg_state * seg_outcome :=
  match seg_apply (seg_size lo hi) ActUnshare lo 0 (seg_pages s) tbl_empty with
  | (t, StopDone told) =>
      (SegState t (tbl_set (seg_handles s) h None), SegDropped told)
  | (_, StopRefused _ _) => (s, SegBadHandle)
  | (_, StopAborted) => (s, SegAborted)
  end.
Definition seg_drop (s : seg_state) (h : word) : seg_state * seg_outcome :=
  match tbl_get (seg_handles s) h with
  | Some (Some (SegRange lo hi)) => seg_unshare s h lo hi
  | Some (Some (SegFrame i)) => seg_unshare s h i (word_wrapping_add i 1)
  | Some (Some (SegForgotten _ _)) => (s, SegWrongHandle)
  | _ => (s, SegBadHandle)
  end.

Definition seg_step (s : seg_state) (o : seg_op) : seg_state * seg_outcome :=
  match o with
  | SegFromUnused start stop m => seg_from_unused s start stop m
  | SegFromInUse i => seg_from_in_use s i
  | SegSplit h off => seg_split s h off
  | SegSlice h from to => seg_slice s h from to
  | SegClone h => seg_clone s h
  | SegNext h => seg_next s h
  | SegNextBack h => seg_next_back s h
  | SegIntoRaw h => seg_into_raw s h
  | SegFromRaw h => seg_from_raw s h
  | SegDrop h => seg_drop s h
  end.

Fixpoint seg_run (s : seg_state) (os : list seg_op) : seg_state * list seg_outcome :=
  match os with
  | [] => (s, [])
  | o :: os' =>
      match seg_step s o with
      | (s', SegAborted) => (s', [SegAborted])
      | (s', r) => let (s'', rs) := seg_run s' os' in (s'', r :: rs)
      end
  end.
