(** * The executable model of segments: the machine

Frames in a row, held by one handle. Memory is pages from address 0, without holes
(for those see [region_model.v]); page [i] begins at address [4096 · i]. A page has
a word as in [slot_count.v] and, while it is in use, metadata. A handle holds one share
of each page of a range: one page ([SegFrame]), those from [lo] until before [hi]
([SegRange]), or the same range given away as addresses ([SegForgotten], what
[into_raw] leaves behind). A range with [lo = hi] is empty: it owns nothing.

[SegFromUnused] claims the pages one by one, upwards; if one refuses, those claimed
are dropped again, upwards, and the state is what it was. Page [lo + k] gets the
metadata [meta + k], which stands for the closure that the kernel calls. [SegSplit]
makes two of one handle, [SegSlice] one more share of a part (in bytes from the start
of the segment), [SegClone] of the whole. [SegNext] and [SegNextBack] take one frame
off an end. [SegDrop] drops the shares, upwards; what it tells is in the order in which
it happens.

What is done to a page in a row is one function with a counter ([seg_apply]); all else
is without recursion.

[segment_model_sig.v] says what is true of it.

Source: [Segment] of asterinas' ostd (mm/frame/segment.rs). There the [start < end] of
[from_unused] is an assertion; here it is the error [SegEmpty]. *)
From tally.model Require Export word_div table rc_count slot_count slot_model.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Record seg_page := SegPage {
  seg_word : word;
  seg_meta : option word;
}.

Inductive seg_handle :=
  | SegFrame (page : word)
  | SegRange (lo : word) (hi : word)
  | SegForgotten (lo : word) (hi : word).

Record seg_state := SegState {
  seg_pages : table seg_page;
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
Definition seg_fresh : seg_page := SegPage slot_unused None.
Definition seg_init (n : word) : seg_state :=
  SegState (tbl_make n seg_fresh) tbl_empty.

(** ** One page *)
Inductive seg_act :=
  | ActClaim (meta : word)
  | ActShare
  | ActUnshare.

Inductive seg_became :=
  | PageBecomes (x : seg_page)
  | PageRefuses (error : frame_error)
  | PageAborts.

(** [k] pages after the first. *)
Definition seg_act_page (a : seg_act) (k : word) (x : seg_page) : seg_became :=
  match a with
  | ActClaim m =>
      match slot_claim (seg_word x) with
      | Some e => PageRefuses e
      | None => PageBecomes (SegPage 1 (Some (word_wrapping_add m k)))
      end
  | ActShare =>
      match slot_clone_count (seg_word x) with
      | CloneStored n => PageBecomes (SegPage n (seg_meta x))
      | CloneAborted => PageAborts
      end
  | ActUnshare =>
      match slot_drop_count (seg_word x) with
      | DropStored n => PageBecomes (SegPage n (seg_meta x))
      | DropLast => PageBecomes seg_fresh
      end
  end.

(** ** Pages in a row *)
(** What stopped it: a page, and why. *)
Inductive seg_stop :=
  | StopDone
  | StopRefused (k : word) (error : frame_error)
  | StopAborted.

(** [n] pages from [lo + k] on. *)
Fixpoint seg_apply (n : nat) (a : seg_act) (lo k : word) (t : table seg_page)
    : table seg_page * seg_stop :=
  match n with
  | O => (t, StopDone)
  | S n' =>
      let i := word_wrapping_add lo k in
      match tbl_get t i with
      | None => (t, StopRefused k ErrOutOfBound)
      | Some x =>
          match seg_act_page a k x with
          | PageBecomes y =>
              seg_apply n' a lo (word_wrapping_add k 1) (tbl_set t i y)
          | PageRefuses e => (t, StopRefused k e)
          | PageAborts => (t, StopAborted)
          end
      end
  end.

(** What dropping a share of each tells. *)
Fixpoint seg_tell (n : nat) (lo k : word) (t : table seg_page)
    (told : table frame_event) : table frame_event :=
  match n with
  | O => told
  | S n' =>
      let i := word_wrapping_add lo k in
      let next := word_wrapping_add k 1 in
      match tbl_get t i with
      | None => seg_tell n' lo next t told
      | Some x =>
          match slot_drop_count (seg_word x), seg_meta x with
          | DropLast, Some m =>
              seg_tell n' lo next t
                (tbl_push (tbl_push (tbl_push (tbl_push told (EventOnDrop i m))
                   (EventMetaDropped i m)) (EventUnused i)) (EventDealloc i))
          | _, _ => seg_tell n' lo next t told
          end
      end
  end.

Definition seg_size (lo hi : word) : nat := Z.to_nat (word_wrapping_sub hi lo).

(** ** Operations *)
Definition seg_open (t : table seg_page) (hs : table (option seg_handle))
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
          match seg_apply (seg_size lo hi) (ActClaim m) lo 0 (seg_pages s) with
          | (t, StopDone) => seg_open t (seg_handles s) (SegRange lo hi)
          | (t, StopAborted) => (s, SegAborted)
          | (t, StopRefused k e) =>
              match seg_apply (Z.to_nat k) ActUnshare lo 0 t with
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
  match tbl_get (seg_pages s) i with
  | None => (s, SegFailed SegOutOfBound)
  | Some x =>
      match slot_from_in_use (seg_word x) with
      | FromInUseFailed e => (s, SegFailed (SegPageRefused i e))
      | FromInUseAborted => (s, SegAborted)
      | FromInUseStored n =>
          seg_open (tbl_set (seg_pages s) i (SegPage n (seg_meta x))) (seg_handles s)
            (SegFrame i)
      end
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
  match seg_apply (seg_size lo hi) ActShare lo 0 (seg_pages s) with
  | (t, StopDone) => seg_open t (seg_handles s) (SegRange lo hi)
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
  match seg_apply (seg_size lo hi) ActUnshare lo 0 (seg_pages s) with
  | (t, _) =>
      (SegState t (tbl_set (seg_handles s) h None),
       SegDropped (seg_tell (seg_size lo hi) lo 0 (seg_pages s) tbl_empty))
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
