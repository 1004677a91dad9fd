(** * The verified programs of segments, driven by the operations of the model

Beside [frame_trace.v], of which it has the memory, the two types of metadata, their
destructors and the allocator: each operation of the model of segments runs a program of
[segment_code.v]. A segment is two cells with a range of addresses, which the driver
allocates, and frees once the segment is gone. The metadata of page [k] after the first
are number [meta + k] in the model; here they are made by a function that the program
calls with each address. They are all of the type of the first.

The programs abort where a range to claim is empty, as the original does; the model has
an error for it. There the driver answers for the program. *)
From stdpp Require Import gmap.
From tally.lang Require Import notation interp.
From tally.model Require Import segment_model.
From tally.frame.segment Require segment_code.
Require Import frame_trace.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive segment_run_outcome :=
  | SegmentRun (r : seg_outcome)
  | SegmentProgramStuck
  | SegmentProgramOutOfFuel.

(** Of a handle: what it holds, and the location of its slot or of its two cells. *)
Record segment_memory := SegmentMemory {
  sm_frames : frame_memory;
  sm_handles : table (option (seg_handle * loc));
}.

Definition segment_fuel : N := 100000.

Section driver.
  Context (m : segment_memory).
  Let fm : frame_memory := sm_frames m.
  Let base : loc := fm_base fm.
  Let limit : Z := frame_code.page_size * fm_slots fm.
  Let slot_loc (i : word) : loc := (base +ₗ cells_per_slot * i)%L.

  (** For the range from [start] on; the first number is [number]. *)
  Definition make_metas (start number : word) (vtable : nat) : val :=
    λ: ["pa"; "src"],
      let: "k" := BinOp (ArithOp QuotOp) ("pa" - #start) #frame_code.page_size in
      "src" +ₗ #(number_cell vtable) <- #number +⟨u64⟩ "k";;
      "src" +ₗ #(slot_cell vtable) <- BinOp (ArithOp QuotOp) "pa" #frame_code.page_size.

  Definition segment_finish (e : expr)
      (ok : val → state → segment_memory * segment_run_outcome)
      : segment_memory * segment_run_outcome :=
    let o := run (follow choice_reuse) ([], 0%nat) segment_fuel
               [(#(LitLoc (fm_log fm)) <- #1;; e)%E] (fm_state fm) in
    match run_status_of o with
    | AllFinished =>
        match main_value o with
        | Some v => ok v (run_state o)
        | None => (m, SegmentProgramStuck)
        end
    | ThreadAborted _ => (m, SegmentRun SegAborted)
    | ThreadStuck _ _ => (m, SegmentProgramStuck)
    | OutOfFuel => (m, SegmentProgramOutOfFuel)
    end.

  Definition with_segment_state (σ : state) : segment_memory :=
    SegmentMemory (with_frame_state fm σ) (sm_handles m).
  Definition with_segment (m' : segment_memory) (h : word)
      (y : option (seg_handle * loc)) : segment_memory :=
    SegmentMemory (sm_frames m') (tbl_set (sm_handles m') h y).
  Definition segment_opened (m' : segment_memory) (y : seg_handle) (l : loc)
      : segment_memory * segment_run_outcome :=
    (SegmentMemory (sm_frames m') (tbl_push (sm_handles m') (Some (y, l))),
     SegmentRun (SegHandle (tbl_len (sm_handles m')))).

  (** The range in the two cells at [l]; [None] if it is none of whole pages. *)
  Definition range_at (m' : segment_memory) (l : loc) : option (word * word) :=
    let start := frame_read_int (fm_state (sm_frames m')) l in
    let stop := frame_read_int (fm_state (sm_frames m')) (l +ₗ 1)%L in
    if (start `mod` frame_code.page_size =? 0) && (stop `mod` frame_code.page_size =? 0)
    then Some (start `div` frame_code.page_size, stop `div` frame_code.page_size)
    else None.

  Definition segment_refused (page : word) (code : Z) : option seg_error :=
    match code with
    | 1 => Some (SegPageRefused page ErrInUse)
    | 2 => Some (SegPageRefused page ErrUnused)
    | 3 => Some (SegPageRefused page ErrUnique)
    | 4 => Some (SegPageRefused page ErrBusy)
    | 5 => Some SegOutOfBound
    | 6 => Some SegNotAligned
    | _ => None
    end.

  Definition segment_memory_step (o : seg_op) : segment_memory * segment_run_outcome :=
    let bad := (m, SegmentRun SegBadHandle) in
    let wrong := (m, SegmentRun SegWrongHandle) in
    let stuck := (m, SegmentProgramStuck) in
    let program (e : expr) k :=
      segment_finish e (λ v σ, k v (with_segment_state σ)) in
    let on h (k : seg_handle → loc → segment_memory * segment_run_outcome) :=
      match tbl_get (sm_handles m) h with
      | Some (Some (y, l)) => k y l
      | _ => bad
      end in
    let on_range h (k : loc → segment_memory * segment_run_outcome) :=
      on h (λ y l, match y with SegRange _ _ => k l | _ => wrong end) in
    let failed page v m' :=
      match v with
      | LitV (LitInt code) =>
          match segment_refused page code with
          | Some e => (m', SegmentRun (SegFailed e))
          | None => stuck
          end
      | _ => stuck
      end in
    (* A new segment, at [l]. *)
    let opened l m' :=
      match range_at m' l with
      | Some (lo, hi) => segment_opened m' (SegRange lo hi) l
      | None => stuck
      end in
    (* Segment [h], which has changed. *)
    let changed h l m' (k : segment_memory → segment_memory * segment_run_outcome) :=
      match range_at m' l with
      | Some (lo, hi) => k (with_segment m' h (Some (SegRange lo hi, l)))
      | None => stuck
      end in
    let dropped h m' :=
      (with_segment m' h None,
       SegmentRun (SegDropped (frame_log_events (sm_frames m') (fm_state (sm_frames m'))))) in
    (* One frame off an end, of which the program gave the slot. *)
    let one h f (page : word → word → word) :=
      on_range h (λ l,
        program (App (Val f) [ #(LitLoc base); #(LitLoc l)])%E (λ v m',
          match v, range_at m l with
          | LitV (LitInt 0), _ => (m', SegmentRun SegNone)
          | LitV (LitLoc slot), Some (lo, hi) =>
              if bool_decide (slot = slot_loc (page lo hi)) then
                changed h l m' (λ m2, segment_opened m2 (SegFrame (page lo hi)) slot)
              else stuck
          | _, _ => stuck
          end)) in
    match o with
    | SegFromUnused start stop number =>
        if seg_is_aligned start && seg_is_aligned stop && word_leb stop start
        then (m, SegmentRun (SegFailed SegEmpty))
        else
          let vtable := vtable_of number in
          program (let: "dst" := Alloc #2 in
                   let: "src" := Alloc #2 in
                   let: "status" := segment_code.frame_segment_from_unused meta_cells
                       (glues fm slot_by_tree) (allocator fm slot_by_tree)
                     [ #(LitLoc base); #limit; #start; #stop; #vtable;
                       Val (make_metas start number vtable); "src"; "dst"] in
                   Free #2 "src";;
                   if: "status" = #0 then "dst"
                   else #(LitLoc (fm_log fm)) <- "dst";; "status")%E
            (λ v m',
              match v with
              | LitV (LitLoc l) => opened l m'
              | _ =>
                  (* The page that refused is the end of what was claimed. *)
                  match fm_state (sm_frames m') !! fm_log fm with
                  | Some (_, LitV (LitLoc l)) =>
                      failed (frame_read_int (fm_state (sm_frames m')) (l +ₗ 1)%L
                                `div` frame_code.page_size) v m'
                  | _ => stuck
                  end
              end)
    | SegFromInUse i =>
        program (from_in_use slot_by_tree [ #(LitLoc base); #limit; #(frame_code.page_size * i)])%E
          (λ v m',
            match v with
            | LitV (LitInt 0) => segment_opened m' (SegFrame i) (slot_loc i)
            | _ => failed i v m'
            end)
    | SegSplit h off =>
        on_range h (λ l,
          program (let: "back" := Alloc #2 in
                   let: "status" := segment_code.frame_segment_split
                     [ #(LitLoc l); #off; "back"] in
                   if: "status" = #0 then "back" else Free #2 "back";; "status")%E
            (λ v m',
              match v with
              | LitV (LitLoc back) =>
                  changed h l m' (λ m2,
                    match opened back m2 with
                    | (m3, SegmentRun (SegHandle h')) => (m3, SegmentRun (SegTwo h h'))
                    | _ => stuck
                    end)
              | _ => failed 0 v m'
              end))
    | SegSlice h from to =>
        on_range h (λ l,
          program (let: "dst" := Alloc #2 in
                   let: "status" := segment_code.frame_segment_slice meta_cells
                     [ #(LitLoc base); #(LitLoc l); #from; #to; "dst"] in
                   if: "status" = #0 then "dst" else Free #2 "dst";; "status")%E
            (λ v m',
              match v with LitV (LitLoc dst) => opened dst m' | _ => failed 0 v m' end))
    | SegClone h =>
        on_range h (λ l,
          program (let: "dst" := Alloc #2 in
                   segment_code.frame_segment_clone meta_cells
                     [ #(LitLoc base); #(LitLoc l); "dst"];;
                   "dst")%E
            (λ v m', match v with LitV (LitLoc dst) => opened dst m' | _ => stuck end))
    | SegNext h =>
        one h (segment_code.frame_segment_next meta_cells) (λ lo _, lo)
    | SegNextBack h =>
        one h (segment_code.frame_segment_next_back meta_cells) (λ _ hi, hi - 1)
    | SegIntoRaw h =>
        on_range h (λ l,
          program (let: "range" := Alloc #2 in
                   segment_code.frame_segment_into_raw [ #(LitLoc l); "range"];;
                   Free #2 #(LitLoc l);;
                   "range")%E
            (λ v m',
              match v with
              | LitV (LitLoc range) =>
                  match range_at m' range with
                  | Some (lo, hi) =>
                      (with_segment m' h (Some (SegForgotten lo hi, range)),
                       SegmentRun (SegRaw lo hi))
                  | None => stuck
                  end
              | _ => stuck
              end))
    | SegFromRaw h =>
        on h (λ y l,
          match y with
          | SegForgotten _ _ =>
              program (let: "seg" := Alloc #2 in
                       segment_code.frame_segment_from_raw [ #(LitLoc l); "seg"];;
                       Free #2 #(LitLoc l);;
                       "seg")%E
                (λ v m',
                  match v with
                  | LitV (LitLoc seg) =>
                      changed h seg m' (λ m2, (m2, SegmentRun (SegHandle h)))
                  | _ => stuck
                  end)
          | _ => wrong
          end)
    | SegDrop h =>
        on h (λ y l,
          match y with
          | SegFrame _ =>
              program (frame_code.frame_drop (glues fm slot_by_tree) (allocator fm slot_by_tree) [ #(LitLoc l)])%E
                (λ _ m', dropped h m')
          | SegRange _ _ =>
              program (segment_code.frame_segment_drop meta_cells (glues fm slot_by_tree) (allocator fm slot_by_tree)
                         [ #(LitLoc base); #(LitLoc l)];;
                       Free #2 #(LitLoc l))%E
                (λ _ m', dropped h m')
          | SegForgotten _ _ => wrong
          end)
    end.
End driver.

Fixpoint segment_memory_run (m : segment_memory) (os : list seg_op)
    : list segment_run_outcome * list word :=
  match os with
  | [] => ([], frame_memory_words (sm_frames m))
  | o :: os' =>
      match segment_memory_step m o with
      | (_, SegmentRun SegAborted) =>
          ([SegmentRun SegAborted], frame_memory_words (sm_frames m))
      | (_, SegmentProgramStuck) => ([SegmentProgramStuck], [])
      | (_, SegmentProgramOutOfFuel) => ([SegmentProgramOutOfFuel], [])
      | (m', r) => let (rs, ws) := segment_memory_run m' os' in (r :: rs, ws)
      end
  end.

(** A whole trace, from [n] unused pages: the outcomes, and the words at the end. *)
Definition segment_program_report (n : word) (os : list seg_op)
    : list segment_run_outcome * list word :=
  match frame_memory_init n with
  | Some m => segment_memory_run (SegmentMemory m tbl_empty) os
  | None => ([SegmentProgramStuck], [])
  end.
Definition segment_report (n : word) (os : list seg_op) : list seg_outcome * list word :=
  let (s, rs) := seg_run (seg_init n) os in (rs, slot_word <$> seg_pages s).

(** The driver drives: every operation, and the programs answer what the model does. *)
Definition segment_example : list seg_op :=
  let p := seg_page_size in
  [SegFromUnused 0 (3 * p) 7; SegFromUnused p (4 * p) 1; SegFromUnused (2 * p) (5 * p) 1;
   SegFromUnused 1 p 1; SegFromUnused p p 1; SegSplit 0 p; SegSplit 0 (2 * p);
   SegSlice 1 p (2 * p); SegSlice 1 p 1; SegClone 1; SegNext 3; SegNextBack 3; SegNext 3;
   SegIntoRaw 1; SegFromRaw 1; SegFromInUse 2; SegFromInUse 3; SegDrop 1; SegDrop 2;
   SegDrop 4; SegDrop 5; SegFromUnused (2 * p) (4 * p) 6; SegDrop 6;
   SegFromUnused (2 * p) (4 * p) 6; SegDrop 0; SegDrop 0; SegDrop 7].
Example segment_program_report_example :
  segment_program_report 4 segment_example =
    (let (rs, ws) := segment_report 4 segment_example in (map SegmentRun rs, ws)).
Proof. by vm_compute. Qed.
