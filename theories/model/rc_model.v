(** * The executable model of [Rc], [Weak] and [UniqueRc]: the machine

Any number of boxes, each with two counts and a content, and any number of
handles, each of which points to a box until it is dropped. Boxes and handles are
named by the order in which they were made; names are not used again. A handle is
strong ([Rc]), weak ([Weak], which may point nowhere), unique ([UniqueRc]) or raw
(a pointer that stands for one [Rc]).

What the operations ([rc_op]) do is what Rust's of the same names do; [RcSet] is
"[get_mut], and store there", and so [RcMakeMut]; [RcDrop] is the drop of the
handle's type; [RcLeak h n] is what [n] times "clone [h] and forget the clone" does,
which is how a count grows beyond the number of handles, and how a test gets near
2⁶⁴. [RcIncrement] makes a raw pointer of its own for the share that it adds, so
that each share is given back once. [RcNewCyclic] keeps a clone of the [Weak] that
its closure is lent. A handle that is turned into one of another kind keeps its
name.

Each outcome is told ([rc_outcome]), with the destructors that ran, the clones that
were made and the memory that was freed, in order ([rc_event]). An operation on a
handle that is not live is refused with [RcBadHandle], one on a handle of the wrong
kind with [RcWrongHandle], and changes nothing. [RcAborted] ends the process:
[rc_run] stops there, and the state handed back with it is the one before.

This file holds the machine only, and no proof; [rc_model_sig.v] says what is true
of it.

Source: [std::rc] and its methods; [try_into_unique] is the crate's. *)
From tally.model Require Export rc_state.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive rc_op :=
  | RcNew (payload : word)
  | RcClone (handle : word)
  | RcDrop (handle : word)
  | RcStrongCount (handle : word)
  | RcWeakCount (handle : word)
  | RcGet (handle : word)
  | RcSet (handle : word) (payload : word)
  | RcMakeMut (handle : word) (payload : word)
  | RcPtrEq (handle : word) (other : word)
  | RcTryUnwrap (handle : word)
  | RcIntoInner (handle : word)
  | RcUnwrapOrClone (handle : word)
  | RcDowngrade (handle : word)
  | RcUpgrade (handle : word)
  | RcWeakNew
  | RcIntoRaw (handle : word)
  | RcFromRaw (handle : word)
  | RcIncrement (handle : word)
  | RcDecrement (handle : word)
  | RcNewCyclic (payload : word)
  | RcUniqueNew (payload : word)
  | RcUniqueIntoRc (handle : word)
  | RcTryIntoUnique (handle : word)
  | RcLeak (handle : word) (n : word).

Inductive rc_event :=
  | RcPayloadCloned (payload : word)
  | RcPayloadDropped (payload : word)
  | RcMemoryFreed (box : word).

Inductive rc_outcome :=
  | RcHandle (handle : word)
  | RcHandles (strong : word) (weak : word)
  | RcHandedBack (handle : word)
  | RcNone
  | RcCount (n : word)
  | RcTruth (b : bool)
  | RcPayload (payload : word)
  | RcChanged (events : list rc_event)
  | RcTaken (payload : word) (events : list rc_event)
  | RcDropped (events : list rc_event)
  | RcLeaked
  | RcBadHandle
  | RcWrongHandle
  | RcAborted.

(** ** What is told of the end of a content [p] in box [b], which becomes [y] *)
Definition rc_freed (b : word) (y : option rc_box) : list rc_event :=
  match y with Some _ => [] | None => [RcMemoryFreed b] end.
Definition rc_dropped (p b : word) (y : option rc_box) : list rc_event :=
  match y with
  | Some _ => [RcPayloadDropped p]
  | None => [RcPayloadDropped p; RcMemoryFreed b]
  end.

(** ** The operations *)
Definition rc_new (s : rc_state) (p : word) : rc_state * rc_outcome :=
  let b := tbl_len (rc_boxes s) in
  let h := tbl_len (rc_handles s) in
  (rc_push_handle (rc_push_box s (box_fresh 1 p)) (HandleStrong b), RcHandle h).

Definition rc_unique_new (s : rc_state) (p : word) : rc_state * rc_outcome :=
  let b := tbl_len (rc_boxes s) in
  let h := tbl_len (rc_handles s) in
  (rc_push_handle (rc_push_box s (box_fresh 0 p)) (HandleUnique b), RcHandle h).

Definition rc_new_cyclic (s : rc_state) (p : word) : rc_state * rc_outcome :=
  let b := tbl_len (rc_boxes s) in
  let h := tbl_len (rc_handles s) in
  let s' :=
    rc_push_handle (rc_push_box s (RcBox 1 2 0 0 (Some p))) (HandleStrong b) in
  let w := tbl_len (rc_handles s') in
  (rc_push_handle s' (HandleWeak b), RcHandles h w).

Definition rc_weak_new (s : rc_state) : rc_state * rc_outcome :=
  let h := tbl_len (rc_handles s) in
  (rc_push_handle s HandleDangling, RcHandle h).

(** One more share of the content, for the new handle [k]. *)
Definition rc_share (s : rc_state) (b : word) (x : rc_box) (k : rc_handle)
    : rc_state * rc_outcome :=
  match rc_clone_count (box_strong x) with
  | CloneAborted => (s, RcAborted)
  | CloneStored n =>
      let h := tbl_len (rc_handles s) in
      (rc_extend s b (Some (box_with_strong x n)) k, RcHandle h)
  end.
(** One more weak handle. *)
Definition rc_watch (s : rc_state) (b : word) (x : rc_box) : rc_state * rc_outcome :=
  match weak_clone_count (box_weak x) with
  | CloneAborted => (s, RcAborted)
  | CloneStored n =>
      let h := tbl_len (rc_handles s) in
      (rc_extend s b (Some (box_with_weak x n)) (HandleWeak b), RcHandle h)
  end.
(** A share of the content is given back. *)
Definition rc_unshare (s : rc_state) (h b : word) (x : rc_box) (p : word)
    : rc_state * rc_outcome :=
  match rc_drop_count (box_strong x) with
  | DropStored n =>
      (rc_update s b (Some (box_with_strong x n)) h None, RcDropped [])
  | DropLast =>
      let y := box_end x in
      (rc_update s b y h None, RcDropped (rc_dropped p b y))
  end.
(** The content is taken out by its only owner. *)
Definition rc_take (s : rc_state) (h b : word) (x : rc_box) (p : word)
    : rc_state * rc_outcome :=
  let y := box_end x in
  (rc_update s b y h None, RcTaken p (rc_freed b y)).

Definition rc_clone (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x _ => rc_share s b x (HandleStrong b)
  | ViewWeak b x => rc_watch s b x
  | ViewDangling => rc_weak_new s
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_drop (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x p => rc_unshare s h b x p
  | ViewUnique b x p =>
      let y := box_end x in
      (rc_update s b y h None, RcDropped (rc_dropped p b y))
  | ViewWeak b x =>
      match weak_drop_count (box_weak x) with
      | DropStored n =>
          (rc_update s b (Some (box_with_weak x n)) h None, RcDropped [])
      | DropLast => (rc_update s b None h None, RcDropped [RcMemoryFreed b])
      end
  | ViewDangling => (rc_set_handle s h None, RcDropped [])
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_strong_count (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong _ x _ => (s, RcCount (box_strong x))
  | ViewWeak _ x => (s, RcCount (box_strong x))
  | ViewDangling => (s, RcCount 0)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_weak_count (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong _ x _ => (s, RcCount (rc_weak_handles (box_strong x) (box_weak x)))
  | ViewWeak _ x => (s, RcCount (rc_weak_handles (box_strong x) (box_weak x)))
  | ViewDangling => (s, RcCount 0)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_get (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong _ _ p => (s, RcPayload p)
  | ViewUnique _ _ p => (s, RcPayload p)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_set (s : rc_state) (h : word) (q : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x _ =>
      if rc_counts_unique (box_strong x) (box_weak x)
      then (rc_set_box s b (Some (box_with_content x q)), RcChanged [])
      else (s, RcNone)
  | ViewUnique b x _ =>
      (rc_set_box s b (Some (box_with_content x q)), RcChanged [])
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

(** The old box of [h] becomes [y], and [h] points to a new one with content [q]. *)
Definition rc_move (s : rc_state) (h b : word) (y : option rc_box) (q : word)
    : rc_state :=
  let b' := tbl_len (rc_boxes s) in
  rc_set_handle (rc_push_box (rc_update s b y h None) (box_fresh 1 q))
    h (Some (HandleStrong b')).

Definition rc_make_mut (s : rc_state) (h : word) (q : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x p =>
      match rc_make_mut_count (box_strong x) (box_weak x) with
      | MakeMutInPlace =>
          (rc_set_box s b (Some (box_with_content x q)), RcChanged [])
      | MakeMutMoved w => (rc_move s h b (Some (box_hollow x w)) q, RcChanged [])
      | MakeMutCloned n =>
          (rc_move s h b (Some (box_with_strong x n)) q,
           RcChanged [RcPayloadCloned p])
      end
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_ptr_eq (s : rc_state) (h h' : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b _ _ =>
      match rc_find s h' with
      | ViewStrong b' _ _ => (s, RcTruth (word_eqb b b'))
      | ViewClosed => (s, RcBadHandle)
      | _ => (s, RcWrongHandle)
      end
  | ViewWeak b _ =>
      match rc_find s h' with
      | ViewWeak b' _ => (s, RcTruth (word_eqb b b'))
      | ViewDangling => (s, RcTruth false)
      | ViewClosed => (s, RcBadHandle)
      | _ => (s, RcWrongHandle)
      end
  | ViewDangling =>
      match rc_find s h' with
      | ViewWeak _ _ => (s, RcTruth false)
      | ViewDangling => (s, RcTruth true)
      | ViewClosed => (s, RcBadHandle)
      | _ => (s, RcWrongHandle)
      end
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_try_unwrap (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x p =>
      if rc_count_last (box_strong x) then rc_take s h b x p else (s, RcHandedBack h)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_into_inner (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x p =>
      match rc_drop_count (box_strong x) with
      | DropStored n => (rc_update s b (Some (box_with_strong x n)) h None, RcNone)
      | DropLast => rc_take s h b x p
      end
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_unwrap_or_clone (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x p =>
      match rc_drop_count (box_strong x) with
      | DropStored n =>
          (rc_update s b (Some (box_with_strong x n)) h None,
           RcTaken p [RcPayloadCloned p])
      | DropLast => rc_take s h b x p
      end
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_downgrade (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x _ => rc_watch s b x
  | ViewUnique b x _ => rc_watch s b x
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_upgrade (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewWeak b x =>
      match weak_upgrade_count (box_strong x) with
      | UpgradeNone => (s, RcNone)
      | UpgradeAborted => (s, RcAborted)
      | UpgradeStored n =>
          let h' := tbl_len (rc_handles s) in
          (rc_extend s b (Some (box_with_strong x n)) (HandleStrong b), RcHandle h')
      end
  | ViewDangling => (s, RcNone)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_into_raw (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b _ _ => (rc_set_handle s h (Some (HandleRaw b)), RcHandle h)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.
Definition rc_from_raw (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewRaw b _ _ => (rc_set_handle s h (Some (HandleStrong b)), RcHandle h)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.
Definition rc_increment (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewRaw b x _ => rc_share s b x (HandleRaw b)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.
Definition rc_decrement (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewRaw b x p => rc_unshare s h b x p
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_unique_into_rc (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewUnique b x _ =>
      (rc_update s b (Some (box_with_strong x 1)) h (Some (HandleStrong b)),
       RcHandle h)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.
Definition rc_try_into_unique (s : rc_state) (h : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x _ =>
      if rc_counts_unique (box_strong x) (box_weak x)
      then (rc_update s b (Some (box_with_strong x 0)) h (Some (HandleUnique b)),
            RcHandle h)
      else (s, RcHandedBack h)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_leak (s : rc_state) (h : word) (n : word) : rc_state * rc_outcome :=
  match rc_find s h with
  | ViewStrong b x _ =>
      match word_checked_add (box_strong x) n with
      | None => (s, RcAborted)
      | Some strong =>
          (rc_set_box s b
             (Some (RcBox strong (box_weak x) (word_wrapping_add (box_leaked x) n)
                      (box_weak_leaked x) (box_content x))),
           RcLeaked)
      end
  | ViewWeak b x =>
      match word_checked_add (box_weak x) n with
      | None => (s, RcAborted)
      | Some weak =>
          (rc_set_box s b
             (Some (RcBox (box_strong x) weak (box_leaked x)
                      (word_wrapping_add (box_weak_leaked x) n) (box_content x))),
           RcLeaked)
      end
  | ViewDangling => (s, RcLeaked)
  | ViewClosed => (s, RcBadHandle)
  | _ => (s, RcWrongHandle)
  end.

Definition rc_step (s : rc_state) (o : rc_op) : rc_state * rc_outcome :=
  match o with
  | RcNew p => rc_new s p
  | RcClone h => rc_clone s h
  | RcDrop h => rc_drop s h
  | RcStrongCount h => rc_strong_count s h
  | RcWeakCount h => rc_weak_count s h
  | RcGet h => rc_get s h
  | RcSet h q => rc_set s h q
  | RcMakeMut h q => rc_make_mut s h q
  | RcPtrEq h h' => rc_ptr_eq s h h'
  | RcTryUnwrap h => rc_try_unwrap s h
  | RcIntoInner h => rc_into_inner s h
  | RcUnwrapOrClone h => rc_unwrap_or_clone s h
  | RcDowngrade h => rc_downgrade s h
  | RcUpgrade h => rc_upgrade s h
  | RcWeakNew => rc_weak_new s
  | RcIntoRaw h => rc_into_raw s h
  | RcFromRaw h => rc_from_raw s h
  | RcIncrement h => rc_increment s h
  | RcDecrement h => rc_decrement s h
  | RcNewCyclic p => rc_new_cyclic s p
  | RcUniqueNew p => rc_unique_new s p
  | RcUniqueIntoRc h => rc_unique_into_rc s h
  | RcTryIntoUnique h => rc_try_into_unique s h
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

(** The names of the boxes that are not freed, from name [b] on. *)
Fixpoint rc_unfreed (b : word) (boxes : table (option rc_box)) : list word :=
  match boxes with
  | [] => []
  | Some _ :: boxes' => b :: rc_unfreed (Z.succ b) boxes'
  | None :: boxes' => rc_unfreed (Z.succ b) boxes'
  end.
Definition rc_leaks (s : rc_state) : list word := rc_unfreed 0 (rc_boxes s).
(** What a test compares: the outcomes, and what was not freed in the end. *)
Definition rc_report (os : list rc_op) : list rc_outcome * list word :=
  let (s, rs) := rc_run rc_init os in (rs, rc_leaks s).
