(** * The executable model of a region of frames: what is true of it

Statements only; [region_model_proofs.v] has the proofs. The invariant [region_inv]: the
table from pages to slots and the table from slots to addresses are inverse to each
other, there is a slot for each, and the frames are as [slot_model_sig.v] says. So
a look-up finds a slot exactly at the address that the slot says is its own. *)
From tally.model Require Import region_model slot_model_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Record region_inv (s : region) : Prop := {
  region_inv_end : region_end s = tbl_len (region_pages s) * region_page;
  region_inv_word : region_end s ≤ word_max;
  region_inv_count : tbl_len (region_starts s) ≤ tbl_len (region_pages s);
  region_inv_slots : tbl_len (region_starts s) = tbl_len (frame_slots (region_frames s));
  region_inv_start : ∀ p i, tbl_get (region_pages s) p = Some (Some i) →
    tbl_get (region_starts s) i = Some (p * region_page);
  region_inv_page : ∀ i pa, tbl_get (region_starts s) i = Some pa →
    ∃ p, pa = p * region_page ∧ tbl_get (region_pages s) p = Some (Some i);
  region_inv_frames : frame_inv (region_frames s);
}.

Definition region_op_ok (o : region_op) : Prop :=
  match o with
  | RegionTrack | RegionSkip => True
  | RegionGetSlot w | RegionFromInUse w | RegionStartPaddr w => word_ok w
  | RegionFromUnused _ pa m => word_ok pa ∧ word_ok m
  | RegionFrame o => frame_op_ok o
  end.
(** The address that an operation looks up. *)
Definition region_op_paddr (o : region_op) : option word :=
  match o with
  | RegionGetSlot pa | RegionFromUnused _ pa _ | RegionFromInUse pa => Some pa
  | _ => None
  end.
(** Slot [i] is the one of the frame at [pa]. *)
Definition region_slot_at (s : region) (i pa : word) : Prop :=
  tbl_get (region_starts s) i = Some pa.
Definition region_with_frames (s : region) (f : frame_state) : region :=
  Region (region_end s) (region_pages s) (region_starts s) f.

Module Type region_model_sig.
  (** ** The invariant *)
  (** The invariant holds at the start. *)
  Parameter region_init_inv : region_inv region_init.
  (** Each step keeps it, if the numbers in the operation are words. *)
  Parameter region_step_inv : ∀ s o,
    region_op_ok o → region_inv s → region_inv (region_step s o).1.
  (** So does each run of such operations. *)
  Parameter region_run_inv : ∀ s os,
    Forall region_op_ok os → region_inv s → region_inv (region_run s os).1.

  (** ** Looking up *)
  (** A look-up finds slot [i] exactly at the address that is its own. *)
  Parameter region_get_slot_spec : ∀ s pa i, region_inv s → word_ok pa →
    region_step s (RegionGetSlot pa) = (s, RegionSlot i) ↔ region_slot_at s i pa.
  (** First of all, whatever else is wrong. *)
  Parameter region_not_aligned_spec : ∀ s o pa, region_op_paddr o = Some pa →
    pa `mod` region_page ≠ 0 → region_step s o = (s, RegionFailed RegionNotAligned).
  (** A hole, or behind the last page. *)
  Parameter region_out_of_bound_spec : ∀ s o pa, region_inv s →
    region_op_paddr o = Some pa → word_ok pa →
    pa `mod` region_page = 0 → (∀ i, ¬ region_slot_at s i pa) →
    region_step s o = (s, RegionFailed RegionOutOfBound).
  (** Slots are equal exactly if their addresses are. *)
  Parameter region_slot_at_inj : ∀ s i j pa pa', region_inv s →
    region_slot_at s i pa → region_slot_at s j pa' → i = j ↔ pa = pa'.

  (** ** Frames, by address *)
  (** [FrameFromUnused] on slot [i], asked for by the slot's address. *)
  Parameter region_from_unused_spec : ∀ s k i pa m, region_inv s → word_ok pa →
    region_slot_at s i pa →
    let (f, r) := frame_step (region_frames s) (FrameFromUnused k i m) in
    region_step s (RegionFromUnused k pa m) = (region_with_frames s f, RegionDid r).
  (** [FrameFromInUse] on slot [i], asked for by the slot's address. *)
  Parameter region_from_in_use_spec : ∀ s i pa, region_inv s → word_ok pa →
    region_slot_at s i pa →
    let (f, r) := frame_step (region_frames s) (FrameFromInUse i) in
    region_step s (RegionFromInUse pa) = (region_with_frames s f, RegionDid r).
  (** The answer is the address of the handle's slot; nothing changes. *)
  Parameter region_start_paddr_spec : ∀ s h y x, region_inv s →
    frame_find (region_frames s) h = Some (y, x) →
    ∃ pa, region_slot_at s (frame_handle_slot y) pa ∧
      region_step s (RegionStartPaddr h) = (s, RegionStart pa).

  (** ** Making the region *)
  (** If it fits: one more page, with a fresh slot; other slots keep their addresses. *)
  Parameter region_track_spec : ∀ s, region_inv s →
    region_end s + region_page ≤ word_max →
    ∃ s' i, region_step s RegionTrack = (s', RegionTracked i) ∧
      region_slot_at s' i (region_end s) ∧
      tbl_get (frame_slots (region_frames s')) i = Some slot_fresh ∧
      region_end s' = region_end s + region_page ∧
      (∀ j pa, region_slot_at s j pa → region_slot_at s' j pa).
  (** If it fits: one more page, a hole; the slots keep their addresses. *)
  Parameter region_skip_spec : ∀ s, region_inv s →
    region_end s + region_page ≤ word_max →
    ∃ s', region_step s RegionSkip = (s', RegionSkipped) ∧
      (∀ j pa, region_slot_at s' j pa ↔ region_slot_at s j pa) ∧
      (∀ j, ¬ region_slot_at s' j (region_end s)) ∧
      region_end s' = region_end s + region_page.
  (** Where no further page fits, the answer is [RegionFull] and nothing changes. *)
  Parameter region_full_spec : ∀ s, word_max < region_end s + region_page →
    region_step s RegionTrack = (s, RegionFull) ∧
    region_step s RegionSkip = (s, RegionFull).
End region_model_sig.
