(** * The executable model of a region of frames: the machine

The frames of [slot_model.v], by physical address. Memory is a sequence of pages of
4096 bytes from address 0; a page is tracked, and then has a slot, or is a hole. Slots
are numbered in the order of the pages that have one. Banks of memory come about when
the region is made, page by page, as a kernel does at boot: [RegionTrack] adds a page
with an unused slot, [RegionSkip] a hole.

A look-up by address ([region_get_slot]) refuses first what is not aligned, then what
no page tracks, be it a hole or behind the last page. Then the operations are those of
the slot. [RegionStartPaddr] is the way back, from a handle to the address.

[region_model_sig.v] says what is true of it.

Source: [get_slot] and [frame_paddr] of asterinas' ostd (mm/frame/meta.rs). Holes are
ours. *)
From tally.model Require Export word_div slot_model.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** [region_end]: the address behind the last page. *)
Record region := Region {
  region_end : word;
  region_pages : table (option word);
  region_starts : table word;
  region_frames : frame_state;
}.

Inductive region_op :=
  | RegionTrack
  | RegionSkip
  | RegionGetSlot (pa : word)
  | RegionFromUnused (kind : frame_kind) (pa : word) (meta : word)
  | RegionFromInUse (pa : word)
  | RegionStartPaddr (handle : word)
  | RegionFrame (op : frame_op).

Inductive region_error := RegionNotAligned | RegionOutOfBound.

Inductive region_outcome :=
  | RegionTracked (slot : word)
  | RegionSkipped
  | RegionFull
  | RegionSlot (slot : word)
  | RegionStart (pa : word)
  | RegionFailed (error : region_error)
  | RegionDid (outcome : frame_outcome).

Definition region_page : word := 4096.

Definition region_init : region :=
  Region 0 tbl_empty tbl_empty (FrameState tbl_empty tbl_empty).

Inductive region_found :=
  | RegionFound (slot : word)
  | RegionRefused (error : region_error).

Definition region_get_slot (s : region) (pa : word) : region_found :=
  if word_eqb (word_rem pa region_page) 0 then
    match tbl_get (region_pages s) (word_div pa region_page) with
    | Some (Some i) => RegionFound i
    | _ => RegionRefused RegionOutOfBound
    end
  else RegionRefused RegionNotAligned.

Definition region_frame (s : region) (o : frame_op) : region * region_outcome :=
  match frame_step (region_frames s) o with
  | (f, r) =>
      (Region (region_end s) (region_pages s) (region_starts s) f, RegionDid r)
  end.

Definition region_track (s : region) : region * region_outcome :=
  match word_checked_add (region_end s) region_page with
  | None => (s, RegionFull)
  | Some e =>
      let i := tbl_len (region_starts s) in
      (Region e (tbl_push (region_pages s) (Some i))
         (tbl_push (region_starts s) (region_end s))
         (FrameState (tbl_push (frame_slots (region_frames s)) slot_fresh)
            (frame_handles (region_frames s))),
       RegionTracked i)
  end.

Definition region_skip (s : region) : region * region_outcome :=
  match word_checked_add (region_end s) region_page with
  | None => (s, RegionFull)
  | Some e =>
      (Region e (tbl_push (region_pages s) None) (region_starts s) (region_frames s),
       RegionSkipped)
  end.

Definition region_start_paddr (s : region) (h : word) : region * region_outcome :=
  match tbl_get (frame_handles (region_frames s)) h with
  | Some (Some y) =>
      match tbl_get (region_starts s) (frame_handle_slot y) with
      | Some pa => (s, RegionStart pa)
      | None => (s, RegionDid FrameBadHandle)
      end
  | _ => (s, RegionDid FrameBadHandle)
  end.

Definition region_step (s : region) (o : region_op) : region * region_outcome :=
  match o with
  | RegionTrack => region_track s
  | RegionSkip => region_skip s
  | RegionGetSlot pa =>
      match region_get_slot s pa with
      | RegionFound i => (s, RegionSlot i)
      | RegionRefused e => (s, RegionFailed e)
      end
  | RegionFromUnused k pa m =>
      match region_get_slot s pa with
      | RegionFound i => region_frame s (FrameFromUnused k i m)
      | RegionRefused e => (s, RegionFailed e)
      end
  | RegionFromInUse pa =>
      match region_get_slot s pa with
      | RegionFound i => region_frame s (FrameFromInUse i)
      | RegionRefused e => (s, RegionFailed e)
      end
  | RegionStartPaddr h => region_start_paddr s h
  | RegionFrame o' => region_frame s o'
  end.

Fixpoint region_run (s : region) (os : list region_op)
    : region * list region_outcome :=
  match os with
  | [] => (s, [])
  | o :: os' =>
      match region_step s o with
      | (s', RegionDid FrameAborted) => (s', [RegionDid FrameAborted])
      | (s', r) => let (s'', rs) := region_run s' os' in (s'', r :: rs)
      end
  end.
