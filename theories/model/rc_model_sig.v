(** * The executable model of [Rc], [Weak] and [UniqueRc]: what is true of it

Statements only; [rc_model_proofs.v] has the proofs. The invariant [rc_inv]
([rc_invariant.v]) says that both counts are exact, that the content is there
exactly as long as there is a share of it or a unique handle, and that no handle
dangles. It holds at the start and is kept by every step, so it holds in whatever
state a trace ends.

[rc_find s h] is what the holder of [h] sees. Each [..._spec] says what an operation
answers and what every handle sees afterwards: [rc_after s s' h b y] says that box
[b] has become [y], freed if that is [None], and that the handles other than [h] see
this and no other change; [rc_same_but s s' h] that they see none. *)
From tally.model Require Export rc_model rc_invariant.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** The words in an operation are words. *)
Definition rc_op_ok (o : rc_op) : Prop :=
  match o with
  | RcNew p | RcNewCyclic p | RcUniqueNew p | RcSet _ p | RcMakeMut _ p => word_ok p
  | RcLeak _ n => word_ok n
  | _ => True
  end.
(** The handle an operation is about. *)
Definition rc_op_handle (o : rc_op) : option word :=
  match o with
  | RcNew _ | RcNewCyclic _ | RcUniqueNew _ | RcWeakNew => None
  | RcClone h | RcDrop h | RcStrongCount h | RcWeakCount h | RcGet h | RcSet h _
  | RcMakeMut h _ | RcPtrEq h _ | RcTryUnwrap h | RcIntoInner h | RcUnwrapOrClone h
  | RcDowngrade h | RcUpgrade h | RcIntoRaw h | RcFromRaw h | RcIncrement h
  | RcDecrement h | RcUniqueIntoRc h | RcTryIntoUnique h | RcLeak h _ => Some h
  end.
Definition rc_events (r : rc_outcome) : list rc_event :=
  match r with RcChanged es | RcTaken _ es | RcDropped es => es | _ => [] end.

(** A box without its content: what is left if there are still weak handles. *)
Definition box_left (x : rc_box) : option rc_box :=
  if decide (box_weak x = 1) then None else Some (box_hollow x (box_weak x - 1)).

(** The box that a handle sees. *)
Definition rc_seen_box (v : rc_view) : option word :=
  match v with
  | ViewStrong b _ _ | ViewRaw b _ _ | ViewUnique b _ _ | ViewWeak b _ => Some b
  | ViewDangling | ViewClosed => None
  end.
Definition rc_sees_content (v : rc_view) : option word :=
  match v with
  | ViewStrong b _ _ | ViewRaw b _ _ | ViewUnique b _ _ => Some b
  | ViewWeak _ _ | ViewDangling | ViewClosed => None
  end.

Module Type rc_model_sig.
  (** ** The counts alone *)
  (** A clone adds one to the count, or aborts at the maximum. *)
  Parameter rc_clone_count_spec : ∀ n, 0 < n ≤ word_max →
    rc_clone_count n =
      if decide (n = word_max) then CloneAborted else CloneStored (n + 1).
  (** A drop at count 1 is the last; any other takes one off the count. *)
  Parameter rc_drop_count_spec : ∀ n, 0 < n ≤ word_max →
    rc_drop_count n = if decide (n = 1) then DropLast else DropStored (n - 1).
  (** An upgrade fails at count 0, aborts at the maximum, and adds one otherwise. *)
  Parameter weak_upgrade_count_spec : ∀ n, 0 ≤ n ≤ word_max →
    weak_upgrade_count n =
      if decide (n = 0) then UpgradeNone
      else if decide (n = word_max) then UpgradeAborted else UpgradeStored (n + 1).
  (** In place if both counts are 1, moved if only the strong one is, cloned otherwise. *)
  Parameter rc_make_mut_count_spec : ∀ strong weak,
    0 < strong ≤ word_max → 0 < weak ≤ word_max →
    rc_make_mut_count strong weak =
      if decide (strong = 1) then
        if decide (weak = 1) then MakeMutInPlace else MakeMutMoved (weak - 1)
      else MakeMutCloned (strong - 1).
  (** The answer is true exactly if both counts are 1. *)
  Parameter rc_counts_unique_spec : ∀ strong weak,
    rc_counts_unique strong weak = true ↔ strong = 1 ∧ weak = 1.
  (** The answer is 0 at strong count 0, and the weak count less one otherwise. *)
  Parameter rc_weak_handles_spec : ∀ strong weak,
    0 < weak ≤ word_max →
    rc_weak_handles strong weak = if decide (strong = 0) then 0 else weak - 1.

  (** ** The invariant *)
  (** The invariant holds at the start. *)
  Parameter rc_model_init_inv : rc_inv rc_init.
  (** Each step keeps it, if the numbers in the operation are words. *)
  Parameter rc_model_step_inv : ∀ s o,
    rc_op_ok o → rc_inv s → rc_inv (rc_step s o).1.
  (** So does each run of such operations. *)
  Parameter rc_model_run_inv : ∀ s os,
    Forall rc_op_ok os → rc_inv s → rc_inv (rc_run s os).1.
  (** A handle that is not dropped sees its box, and its content if it owns some. *)
  Parameter rc_model_live_spec : ∀ s h k, rc_inv s →
    tbl_get (rc_handles s) h = Some (Some k) →
    rc_find s h ≠ ViewClosed ∧ rc_seen_box (rc_find s h) = rc_points_to (Some k).
  (** "Strong count 1" means "nobody else has the content", and nothing else does. *)
  Parameter rc_model_last_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    box_strong x = 1 ↔
      box_leaked x = 0 ∧ ∀ j, rc_sees_content (rc_find s j) = Some b → j = h.
  (** And with a weak count of 1, nobody else sees the box at all. *)
  Parameter rc_model_alone_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    box_strong x = 1 ∧ box_weak x = 1 ↔
      box_leaked x = 0 ∧ box_weak_leaked x = 0 ∧
      ∀ j, rc_seen_box (rc_find s j) = Some b → j = h.
  (** What is not freed in the end: if all handles were dropped, only boxes with a
  handle that was forgotten. *)
  Parameter rc_model_leaks_spec : ∀ s b, rc_inv s →
    (∀ h, rc_find s h = ViewClosed) →
    b ∈ rc_leaks s ↔ ∃ x, tbl_get (rc_boxes s) b = Some (Some x) ∧
      (box_leaked x ≠ 0 ∨ box_weak_leaked x ≠ 0).
  (** A freed box stays freed: it is not freed a second time. *)
  Parameter rc_model_freed_once_spec : ∀ s o b,
    tbl_get (rc_boxes s) b = Some None →
    tbl_get (rc_boxes (rc_step s o).1) b = Some None ∧
    RcMemoryFreed b ∉ rc_events (rc_step s o).2.

  (** ** New boxes *)
  (** A new box with strong count 1, and a strong handle; other handles see no change. *)
  Parameter rc_model_new_spec : ∀ s p, rc_inv s →
    ∃ s' h b, rc_step s (RcNew p) = (s', RcHandle h) ∧
      rc_find s h = ViewClosed ∧ tbl_get (rc_boxes s) b = None ∧
      rc_find s' h = ViewStrong b (box_fresh 1 p) p ∧ rc_same_but s s' h.
  (** A new box with strong count 0, and a unique handle; other handles see no change. *)
  Parameter rc_model_unique_new_spec : ∀ s p, rc_inv s →
    ∃ s' h b, rc_step s (RcUniqueNew p) = (s', RcHandle h) ∧
      rc_find s h = ViewClosed ∧ tbl_get (rc_boxes s) b = None ∧
      rc_find s' h = ViewUnique b (box_fresh 0 p) p ∧ rc_same_but s s' h.
  (** A new box with a strong and a weak handle; other handles see no change. *)
  Parameter rc_model_new_cyclic_spec : ∀ s p, rc_inv s →
    let x := RcBox 1 2 0 0 (Some p) in
    ∃ s' h w b, rc_step s (RcNewCyclic p) = (s', RcHandles h w) ∧
      rc_find s h = ViewClosed ∧ rc_find s w = ViewClosed ∧
      tbl_get (rc_boxes s) b = None ∧
      rc_find s' h = ViewStrong b x p ∧ rc_find s' w = ViewWeak b x ∧
      ∀ j, j ≠ h → j ≠ w → rc_find s' j = rc_find s j.
  (** A new weak handle without a box; other handles see no change. *)
  Parameter rc_model_weak_new_spec : ∀ s,
    ∃ s' h, rc_step s RcWeakNew = (s', RcHandle h) ∧
      rc_find s h = ViewClosed ∧ rc_find s' h = ViewDangling ∧ rc_same_but s s' h.

  (** ** Shares of the content *)
  (** Below the maximum: a new strong handle on the box; its strong count is one more. *)
  Parameter rc_model_clone_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p → box_strong x < word_max →
    let x' := box_with_strong x (box_strong x + 1) in
    ∃ s' h', rc_step s (RcClone h) = (s', RcHandle h') ∧
      rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewStrong b x' p ∧
      rc_after s s' h' b (Some x').
  (** A clone of a strong handle aborts exactly at the maximum of the strong count. *)
  Parameter rc_model_clone_abort_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    (rc_step s (RcClone h)).2 = RcAborted ↔ box_strong x = word_max.
  (** A drop that is not the last takes one off the strong count. *)
  Parameter rc_model_drop_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p → box_strong x ≠ 1 →
    ∃ s', rc_step s (RcDrop h) = (s', RcDropped []) ∧
      rc_find s' h = ViewClosed ∧
      rc_after s s' h b (Some (box_with_strong x (box_strong x - 1))).
  (** The content is dropped; then, if there are no weak handles, the memory freed. *)
  Parameter rc_model_drop_last_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p → box_strong x = 1 →
    ∃ s', rc_step s (RcDrop h) = (s', RcDropped (rc_dropped p b (box_left x))) ∧
      rc_find s' h = ViewClosed ∧ rc_after s s' h b (box_left x).
  (** The answer is the number of strong handles, with raw and forgotten ones. *)
  Parameter rc_model_strong_count_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    rc_step s (RcStrongCount h) =
      (s, RcCount (rc_strong_handles s b + box_leaked x)).
  (** The answer is the number of weak handles, with forgotten ones. *)
  Parameter rc_model_weak_count_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    rc_step s (RcWeakCount h) =
      (s, RcCount (rc_weak_handles_of s b + box_weak_leaked x)).
  (** A strong or unique handle reads the content; nothing changes. *)
  Parameter rc_model_get_spec : ∀ s h b x p,
    rc_find s h = ViewStrong b x p ∨ rc_find s h = ViewUnique b x p →
    rc_step s (RcGet h) = (s, RcPayload p).
  (** The answer for two strong handles is whether they see the same box. *)
  Parameter rc_model_ptr_eq_spec : ∀ s h h' b b' x x' p p',
    rc_find s h = ViewStrong b x p → rc_find s h' = ViewStrong b' x' p' →
    rc_step s (RcPtrEq h h') = (s, RcTruth (bool_decide (b = b'))).

  (** ** The content of a block with one handle *)
  (** The content is replaced if both counts are 1; otherwise nothing changes. *)
  Parameter rc_model_set_spec : ∀ s h b x p q, rc_inv s →
    rc_find s h = ViewStrong b x p → word_ok q →
    if decide (box_strong x = 1 ∧ box_weak x = 1) then
      let x' := box_with_content x q in
      ∃ s', rc_step s (RcSet h q) = (s', RcChanged []) ∧
        rc_find s' h = ViewStrong b x' q ∧ rc_after s s' h b (Some x')
    else rc_step s (RcSet h q) = (s, RcNone).
  (** A handle that gets a new box leaves the old one to the other strong handles, with one
  less, or to the weak ones, without a content. *)
  Parameter rc_model_make_mut_spec : ∀ s h b x p q, rc_inv s →
    rc_find s h = ViewStrong b x p → word_ok q →
    ∃ s' b' x' es, rc_step s (RcMakeMut h q) = (s', RcChanged es) ∧
      rc_find s' h = ViewStrong b' x' q ∧
      if decide (box_strong x = 1) then
        es = [] ∧
        if decide (box_weak x = 1) then
          b' = b ∧ x' = box_with_content x q ∧ rc_after s s' h b (Some x')
        else
          tbl_get (rc_boxes s) b' = None ∧ x' = box_fresh 1 q ∧
          rc_after s s' h b (Some (box_hollow x (box_weak x - 1)))
      else
        es = [RcPayloadCloned p] ∧
        tbl_get (rc_boxes s) b' = None ∧ x' = box_fresh 1 q ∧
        rc_after s s' h b (Some (box_with_strong x (box_strong x - 1))).
  (** The content is taken out at strong count 1; otherwise the handle is given back. *)
  Parameter rc_model_try_unwrap_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    if decide (box_strong x = 1) then
      ∃ s', rc_step s (RcTryUnwrap h) = (s', RcTaken p (rc_freed b (box_left x))) ∧
        rc_find s' h = ViewClosed ∧ rc_after s s' h b (box_left x)
    else rc_step s (RcTryUnwrap h) = (s, RcHandedBack h).
  (** The handle goes; at strong count 1 the content is taken out. *)
  Parameter rc_model_into_inner_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    ∃ s' r, rc_step s (RcIntoInner h) = (s', r) ∧ rc_find s' h = ViewClosed ∧
      if decide (box_strong x = 1) then
        r = RcTaken p (rc_freed b (box_left x)) ∧ rc_after s s' h b (box_left x)
      else
        r = RcNone ∧
        rc_after s s' h b (Some (box_with_strong x (box_strong x - 1))).
  (** The handle goes; the content is taken out at strong count 1, otherwise cloned. *)
  Parameter rc_model_unwrap_or_clone_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    ∃ s' es, rc_step s (RcUnwrapOrClone h) = (s', RcTaken p es) ∧
      rc_find s' h = ViewClosed ∧
      if decide (box_strong x = 1) then
        es = rc_freed b (box_left x) ∧ rc_after s s' h b (box_left x)
      else
        es = [RcPayloadCloned p] ∧
        rc_after s s' h b (Some (box_with_strong x (box_strong x - 1))).

  (** ** Weak handles *)
  (** Below the maximum: a new weak handle on the box; its weak count is one more. *)
  Parameter rc_model_downgrade_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p ∨ rc_find s h = ViewUnique b x p →
    box_weak x < word_max →
    let x' := box_with_weak x (box_weak x + 1) in
    ∃ s' h', rc_step s (RcDowngrade h) = (s', RcHandle h') ∧
      rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewWeak b x' ∧
      rc_after s s' h' b (Some x').
  (** A downgrade aborts exactly at the maximum of the weak count. *)
  Parameter rc_model_downgrade_abort_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p ∨ rc_find s h = ViewUnique b x p →
    (rc_step s (RcDowngrade h)).2 = RcAborted ↔ box_weak x = word_max.
  (** Below the maximum: a further weak handle on the box; its weak count is one more. *)
  Parameter rc_model_weak_clone_spec : ∀ s h b x, rc_inv s →
    rc_find s h = ViewWeak b x → box_weak x < word_max →
    let x' := box_with_weak x (box_weak x + 1) in
    ∃ s' h', rc_step s (RcClone h) = (s', RcHandle h') ∧
      rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewWeak b x' ∧
      rc_after s s' h' b (Some x').
  (** A drop of a weak handle takes one off the weak count, and frees the box at 1. *)
  Parameter rc_model_weak_drop_spec : ∀ s h b x, rc_inv s →
    rc_find s h = ViewWeak b x →
    let y := if decide (box_weak x = 1) then None
             else Some (box_with_weak x (box_weak x - 1)) in
    ∃ s', rc_step s (RcDrop h) = (s', RcDropped (rc_freed b y)) ∧
      rc_find s' h = ViewClosed ∧ rc_after s s' h b y.
  (** Above 0 and below the maximum: a new strong handle; the strong count is one more. *)
  Parameter rc_model_upgrade_spec : ∀ s h b x, rc_inv s →
    rc_find s h = ViewWeak b x → 0 < box_strong x < word_max →
    let x' := box_with_strong x (box_strong x + 1) in
    ∃ s' h' p, rc_step s (RcUpgrade h) = (s', RcHandle h') ∧
      rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewStrong b x' p ∧
      rc_after s s' h' b (Some x').
  (** An upgrade at strong count 0 answers [RcNone]; nothing changes. *)
  Parameter rc_model_upgrade_none_spec : ∀ s h b x,
    rc_find s h = ViewWeak b x → box_strong x = 0 →
    rc_step s (RcUpgrade h) = (s, RcNone).
  (** An upgrade aborts exactly at the maximum of the strong count. *)
  Parameter rc_model_upgrade_abort_spec : ∀ s h b x, rc_inv s →
    rc_find s h = ViewWeak b x →
    (rc_step s (RcUpgrade h)).2 = RcAborted ↔ box_strong x = word_max.
  (** A weak handle reads the number of strong handles, with raw and forgotten ones. *)
  Parameter rc_model_weak_strong_count_spec : ∀ s h b x, rc_inv s →
    rc_find s h = ViewWeak b x →
    rc_step s (RcStrongCount h) =
      (s, RcCount (rc_strong_handles s b + box_leaked x)).
  (** 0 at strong count 0; otherwise the number of weak handles, with forgotten ones. *)
  Parameter rc_model_weak_weak_count_spec : ∀ s h b x, rc_inv s →
    rc_find s h = ViewWeak b x →
    rc_step s (RcWeakCount h) =
      (s, RcCount (if decide (box_strong x = 0) then 0
                   else rc_weak_handles_of s b + box_weak_leaked x)).
  (** A [Weak] without a box has nothing, and no end of it. *)
  Parameter rc_model_dangling_spec : ∀ s h, rc_find s h = ViewDangling →
    rc_step s (RcUpgrade h) = (s, RcNone) ∧
    rc_step s (RcStrongCount h) = (s, RcCount 0) ∧
    rc_step s (RcWeakCount h) = (s, RcCount 0) ∧
    rc_step s (RcClone h) = rc_step s RcWeakNew ∧
    ∃ s', rc_step s (RcDrop h) = (s', RcDropped []) ∧
      rc_find s' h = ViewClosed ∧ rc_same_but s s' h.

  (** ** Raw pointers *)
  (** A strong handle becomes raw; [from_raw] of it gives the old state back. *)
  Parameter rc_model_into_raw_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    ∃ s', rc_step s (RcIntoRaw h) = (s', RcHandle h) ∧
      rc_find s' h = ViewRaw b x p ∧ rc_same_but s s' h ∧
      rc_step s' (RcFromRaw h) = (s, RcHandle h).
  (** A raw handle becomes a strong one; other handles see no change. *)
  Parameter rc_model_from_raw_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewRaw b x p →
    ∃ s', rc_step s (RcFromRaw h) = (s', RcHandle h) ∧
      rc_find s' h = ViewStrong b x p ∧ rc_same_but s s' h.
  (** Below the maximum: a new raw handle on the box; its strong count is one more. *)
  Parameter rc_model_increment_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewRaw b x p → box_strong x < word_max →
    let x' := box_with_strong x (box_strong x + 1) in
    ∃ s' h', rc_step s (RcIncrement h) = (s', RcHandle h') ∧
      rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewRaw b x' p ∧
      rc_after s s' h' b (Some x').
  (** A decrement is [from_raw], and the drop. *)
  Parameter rc_model_decrement_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewRaw b x p →
    rc_step s (RcDecrement h) = rc_step (rc_step s (RcFromRaw h)).1 (RcDrop h).

  (** ** Unique handles *)
  (** A unique handle replaces the content. *)
  Parameter rc_model_unique_set_spec : ∀ s h b x p q, rc_inv s →
    rc_find s h = ViewUnique b x p → word_ok q →
    let x' := box_with_content x q in
    ∃ s', rc_step s (RcSet h q) = (s', RcChanged []) ∧
      rc_find s' h = ViewUnique b x' q ∧ rc_after s s' h b (Some x').
  (** A unique handle becomes a strong one; the strong count is 1. *)
  Parameter rc_model_unique_into_rc_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewUnique b x p →
    let x' := box_with_strong x 1 in
    ∃ s', rc_step s (RcUniqueIntoRc h) = (s', RcHandle h) ∧
      rc_find s' h = ViewStrong b x' p ∧ rc_after s s' h b (Some x').
  (** The content is dropped; then, at weak count 1, the memory freed. *)
  Parameter rc_model_unique_drop_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewUnique b x p →
    ∃ s', rc_step s (RcDrop h) = (s', RcDropped (rc_dropped p b (box_left x))) ∧
      rc_find s' h = ViewClosed ∧ rc_after s s' h b (box_left x).
  (** A strong handle becomes unique if both counts are 1; otherwise it is given back. *)
  Parameter rc_model_try_into_unique_spec : ∀ s h b x p, rc_inv s →
    rc_find s h = ViewStrong b x p →
    if decide (box_strong x = 1 ∧ box_weak x = 1) then
      let x' := box_with_strong x 0 in
      ∃ s', rc_step s (RcTryIntoUnique h) = (s', RcHandle h) ∧
        rc_find s' h = ViewUnique b x' p ∧ rc_after s s' h b (Some x')
    else rc_step s (RcTryIntoUnique h) = (s, RcHandedBack h).

  (** ** Forgotten handles, and bad input *)
  (** [n] strong handles are forgotten: the strong count is [n] more, if that is a word. *)
  Parameter rc_model_leak_spec : ∀ s h b x p n, rc_inv s →
    rc_find s h = ViewStrong b x p → 0 ≤ n → box_strong x + n ≤ word_max →
    let x' := RcBox (box_strong x + n) (box_weak x) (box_leaked x + n)
                (box_weak_leaked x) (Some p) in
    ∃ s', rc_step s (RcLeak h n) = (s', RcLeaked) ∧
      rc_find s' h = ViewStrong b x' p ∧ rc_after s s' h b (Some x').
  (** [n] weak handles are forgotten: the weak count is [n] more, if that is a word. *)
  Parameter rc_model_weak_leak_spec : ∀ s h b x n, rc_inv s →
    rc_find s h = ViewWeak b x → 0 ≤ n → box_weak x + n ≤ word_max →
    let x' := RcBox (box_strong x) (box_weak x + n) (box_leaked x)
                (box_weak_leaked x + n) (box_content x) in
    ∃ s', rc_step s (RcLeak h n) = (s', RcLeaked) ∧
      rc_find s' h = ViewWeak b x' ∧ rc_after s s' h b (Some x').
  (** A handle that is not live is refused, and nothing changes. *)
  Parameter rc_model_bad_handle_spec : ∀ s o h,
    rc_op_handle o = Some h → rc_find s h = ViewClosed →
    rc_step s o = (s, RcBadHandle).
End rc_model_sig.
