(** * The executable model of segments: what is true of it

Statements only; [segment_model_proofs.v] has the proofs. The invariant [seg_inv]: the word
of each page is exactly the number of handles whose range has the page, and metadata
is there exactly while somebody has it; ranges are in bounds. So no operation forges
or loses a share of a page, an empty segment has none and gives none back, and a claim
that fails half way changes nothing.

What is true of one page is said in the words of [slot_model_sig.v] ([slot_ok]): a page of
a segment is a slot that is unused or shared, without forgotten shares. With one shared
handle for each share ([seg_frames]), the pages are a state of the machine of slots, and
have its invariant ([seg_frames_inv]). *)
From tally.model Require Import segment_model.
From tally.model Require Export slot_model_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** The handle has a share of page [i]. *)
Definition seg_has (i : word) (z : option seg_handle) : bool :=
  match z with
  | Some (SegFrame j) => j =? i
  | Some (SegRange lo hi) | Some (SegForgotten lo hi) => (lo <=? i) && (i <? hi)
  | None => false
  end.
(** How many shares of page [i] there are. *)
Definition seg_shares (s : seg_state) (i : word) : Z :=
  tbl_count (seg_has i) (seg_handles s).

Definition seg_page_ok (shares : Z) (x : slot) : Prop :=
  slot_ok shares 0 0 x ∧ slot_leaked x = 0.
Definition seg_handle_ok (n : Z) (y : seg_handle) : Prop :=
  match y with
  | SegFrame i => 0 ≤ i < n
  | SegRange lo hi | SegForgotten lo hi => 0 ≤ lo ≤ hi ∧ hi ≤ n
  end.
Record seg_inv (s : seg_state) : Prop := {
  seg_inv_size : tbl_len (seg_pages s) * seg_page_size ≤ word_max;
  seg_inv_page : ∀ i x, tbl_get (seg_pages s) i = Some x → seg_page_ok (seg_shares s i) x;
  seg_inv_handle : ∀ h y, tbl_get (seg_handles s) h = Some (Some y) →
    seg_handle_ok (tbl_len (seg_pages s)) y;
}.

(** The words in an operation are words. *)
Definition seg_op_ok (o : seg_op) : Prop :=
  match o with
  | SegFromUnused start stop m => word_ok start ∧ word_ok stop ∧ word_ok m
  | SegSplit h off => word_ok h ∧ word_ok off
  | SegSlice h from to => word_ok h ∧ word_ok from ∧ word_ok to
  | SegFromInUse w | SegClone w | SegNext w | SegNextBack w | SegIntoRaw w
  | SegFromRaw w | SegDrop w => word_ok w
  end.
(** The word of a page. *)
Definition seg_word_at (s : seg_state) (i : word) : option word :=
  slot_word <$> tbl_get (seg_pages s) i.
Definition seg_handle_at (s : seg_state) (h : word) : option seg_handle :=
  match tbl_get (seg_handles s) h with Some (Some y) => Some y | _ => None end.

(** The pages that a handle has a share of. *)
Definition seg_handle_pages (z : option seg_handle) : list word :=
  match z with
  | Some (SegFrame i) => [i]
  | Some (SegRange lo hi) | Some (SegForgotten lo hi) => seqZ lo (hi - lo)
  | None => []
  end.
(** The pages as a state of the machine of slots: a shared handle for each share. *)
Definition seg_frames (s : seg_state) : frame_state :=
  FrameState (seg_pages s)
    ((λ i, Some (HoldsShared i)) <$> (seg_handles s ≫= seg_handle_pages)).

(** What is told when the last share of page [i] goes. *)
Definition seg_told (s : seg_state) (i : word) : list frame_event :=
  match tbl_get (seg_pages s) i with
  | Some (Slot w _ (Some m)) =>
      if w =? 1
      then [EventOnDrop i m; EventMetaDropped i m; EventUnused i; EventDealloc i]
      else []
  | _ => []
  end.

Module Type segment_model_sig.
  (** ** The invariant *)
  (** The state of [n] unused pages has the invariant, if their size in bytes is a word. *)
  Parameter seg_init_inv : ∀ n,
    0 ≤ n → n * seg_page_size ≤ word_max → seg_inv (seg_init n).
  (** Each step keeps it, if the numbers in the operation are words. *)
  Parameter seg_step_inv : ∀ s o, seg_op_ok o → seg_inv s → seg_inv (seg_step s o).1.
  (** So does each run of such operations. *)
  Parameter seg_run_inv : ∀ s os,
    Forall seg_op_ok os → seg_inv s → seg_inv (seg_run s os).1.
  (** A page of which there are [n] shares is unused, or has the count [n] and metadata. *)
  Parameter seg_page_cases : ∀ n x, seg_page_ok n x →
    (x = slot_fresh ∧ n = 0) ∨
    (1 ≤ n ≤ slot_max ∧ ∃ m, word_ok m ∧ x = Slot n 0 (Some m)).
  (** With a shared handle for each share the pages have the invariant of the machine of
  slots. *)
  Parameter seg_frames_inv : ∀ s, seg_inv s → frame_inv (seg_frames s).

  (** ** Claiming *)
  (** A new handle on unused pages, with count 1 each; no other page changes. *)
  Parameter seg_from_unused_spec : ∀ s lo hi m, seg_inv s →
    0 ≤ lo < hi → hi ≤ tbl_len (seg_pages s) →
    (∀ i, lo ≤ i < hi → tbl_get (seg_pages s) i = Some slot_fresh) →
    ∃ s' h, seg_step s (SegFromUnused (lo * seg_page_size) (hi * seg_page_size) m) =
        (s', SegHandle h) ∧
      seg_handle_at s h = None ∧ seg_handle_at s' h = Some (SegRange lo hi) ∧
      (∀ i, lo ≤ i < hi →
        tbl_get (seg_pages s') i = Some (Slot 1 0 (Some (word_wrapping_add m (i - lo))))) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get (seg_pages s') i = tbl_get (seg_pages s) i).
  (** The first page that is not unused is told, and nothing has changed. *)
  Parameter seg_from_unused_error_spec : ∀ s lo hi m k x, seg_inv s →
    0 ≤ lo < hi → hi ≤ tbl_len (seg_pages s) → lo ≤ k < hi →
    (∀ i, lo ≤ i < k → tbl_get (seg_pages s) i = Some slot_fresh) →
    tbl_get (seg_pages s) k = Some x → x ≠ slot_fresh →
    seg_step s (SegFromUnused (lo * seg_page_size) (hi * seg_page_size) m) =
      (s, SegFailed (SegPageRefused k ErrInUse)).
  (** In this order. *)
  Parameter seg_from_unused_not_aligned_spec : ∀ s start stop m,
    start `mod` seg_page_size ≠ 0 ∨ stop `mod` seg_page_size ≠ 0 →
    seg_step s (SegFromUnused start stop m) = (s, SegFailed SegNotAligned).
  (** An aligned range without a page is refused; nothing changes. *)
  Parameter seg_from_unused_empty_spec : ∀ s start stop m,
    start `mod` seg_page_size = 0 → stop `mod` seg_page_size = 0 → stop ≤ start →
    seg_step s (SegFromUnused start stop m) = (s, SegFailed SegEmpty).
  (** An aligned range that ends behind the last page is refused; nothing changes. *)
  Parameter seg_from_unused_out_of_bound_spec : ∀ s start stop m,
    start `mod` seg_page_size = 0 → stop `mod` seg_page_size = 0 → start < stop →
    tbl_len (seg_pages s) * seg_page_size < stop →
    seg_step s (SegFromUnused start stop m) = (s, SegFailed SegOutOfBound).

  (** ** Dividing, without touching a page *)
  (** [h] keeps the first [k] pages, and a new handle has the others. *)
  Parameter seg_split_spec : ∀ s h lo hi k, seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) → 0 ≤ k ≤ hi - lo →
    ∃ s' h', seg_step s (SegSplit h (k * seg_page_size)) = (s', SegTwo h h') ∧
      h' ≠ h ∧ seg_handle_at s h' = None ∧
      seg_handle_at s' h = Some (SegRange lo (lo + k)) ∧
      seg_handle_at s' h' = Some (SegRange (lo + k) hi) ∧
      seg_pages s' = seg_pages s.
  (** The first page gets a handle of its own, and [h] keeps the others. *)
  Parameter seg_next_spec : ∀ s h lo hi, seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) → lo < hi →
    ∃ s' h', seg_step s (SegNext h) = (s', SegHandle h') ∧ h' ≠ h ∧
      seg_handle_at s h' = None ∧
      seg_handle_at s' h = Some (SegRange (lo + 1) hi) ∧
      seg_handle_at s' h' = Some (SegFrame lo) ∧ seg_pages s' = seg_pages s.
  (** The last page gets a handle of its own, and [h] keeps the others. *)
  Parameter seg_next_back_spec : ∀ s h lo hi, seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) → lo < hi →
    ∃ s' h', seg_step s (SegNextBack h) = (s', SegHandle h') ∧ h' ≠ h ∧
      seg_handle_at s h' = None ∧
      seg_handle_at s' h = Some (SegRange lo (hi - 1)) ∧
      seg_handle_at s' h' = Some (SegFrame (hi - 1)) ∧ seg_pages s' = seg_pages s.

  (** ** Sharing *)
  (** Below the maximum: a new handle on a part of the pages; their counts are one more. *)
  Parameter seg_slice_spec : ∀ s h lo hi j k, seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) → 0 ≤ j ≤ k → k ≤ hi - lo →
    (∀ i, lo + j ≤ i < lo + k → seg_shares s i < slot_max) →
    ∃ s' h', seg_step s (SegSlice h (j * seg_page_size) (k * seg_page_size)) =
        (s', SegHandle h') ∧
      seg_handle_at s h' = None ∧
      seg_handle_at s' h' = Some (SegRange (lo + j) (lo + k)) ∧
      (∀ i, lo + j ≤ i < lo + k →
        seg_word_at s' i = Some (seg_shares s i + 1)) ∧
      (∀ i, ¬ lo + j ≤ i < lo + k → seg_word_at s' i = seg_word_at s i).
  (** Below the maximum: a new handle on the same pages; their counts are one more. *)
  Parameter seg_clone_spec : ∀ s h lo hi, seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) →
    (∀ i, lo ≤ i < hi → seg_shares s i < slot_max) →
    ∃ s' h', seg_step s (SegClone h) = (s', SegHandle h') ∧
      seg_handle_at s h' = None ∧ seg_handle_at s' h' = Some (SegRange lo hi) ∧
      (∀ i, lo ≤ i < hi → seg_word_at s' i = Some (seg_shares s i + 1)) ∧
      (∀ i, ¬ lo ≤ i < hi → seg_word_at s' i = seg_word_at s i).

  (** ** Giving away, and back *)
  (** [SegIntoRaw] and then [SegFromRaw] give the old state back. *)
  Parameter seg_raw_round_trip_spec : ∀ s h lo hi, seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) →
    seg_run s [SegIntoRaw h; SegFromRaw h] = (s, [SegRaw lo hi; SegHandle h]).
  (** Whatever is not a forgotten segment is refused; nothing changes. *)
  Parameter seg_from_raw_spec : ∀ s h,
    (∀ lo hi, seg_handle_at s h ≠ Some (SegForgotten lo hi)) →
    seg_step s (SegFromRaw h) = (s, SegWrongHandle) ∨
    seg_step s (SegFromRaw h) = (s, SegBadHandle).
  (** The count of each page is one less; after the last share the page is unused. *)
  Parameter seg_drop_spec : ∀ s h lo hi, seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) →
    ∃ s', seg_step s (SegDrop h) =
        (s', SegDropped (concat (seg_told s <$> seqZ lo (hi - lo)))) ∧
      seg_handle_at s' h = None ∧
      (∀ i, lo ≤ i < hi → seg_shares s i = 1 → tbl_get (seg_pages s') i = Some slot_fresh) ∧
      (∀ i, lo ≤ i < hi → seg_shares s i ≠ 1 →
        seg_word_at s' i = Some (seg_shares s i - 1)) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get (seg_pages s') i = tbl_get (seg_pages s) i).

  (** ** Empty segments *)
  (** They own no page, so that dropping one gives none back and tells nothing. *)
  Parameter seg_empty_spec : ∀ s h lo, seg_handle_at s h = Some (SegRange lo lo) →
    (∀ i, seg_has i (Some (SegRange lo lo)) = false) ∧
    seg_step s (SegNext h) = (s, SegNone) ∧
    seg_step s (SegNextBack h) = (s, SegNone) ∧
    seg_step s (SegDrop h) = (seg_put s h None, SegDropped tbl_empty).
End segment_model_sig.
