(** * Segments of page frames: the programs

A segment is a row of pages, each of which it has one share of. It is kept as the
[Range<Paddr>] that it is, in two cells at [ℓ]:

<<
  ℓ          the address of the first page, a usize
  ℓ + 1      the address behind the last page, a usize
>>

The shares themselves are forgotten handles ([frame_into_raw]): nothing but the
addresses is left of them. Whoever takes a page of the segment makes its handle
again ([frame_from_raw]). A segment may be empty: then the addresses are equal, and
there is no page to make a handle of.

Each page is looked up by address in the array of slots at [base], as in
[frame_code.v]; a memory of one bank, from 0 to [max], is meant.

** How the original is rendered
- A segment that is returned by value is written to a destination [dst] of two
  cells, which the caller provides; one that is taken by value is left to the
  caller as two cells without meaning. [frame_segment_split] leaves the front where
  the segment was, and writes the back to a destination.
- [metadata_fn] is a function [make [pa; src]], which writes the metadata for the
  page at [pa] to [src], a buffer that the caller provides. Where a page refuses its
  metadata, the metadata stays there, as a [Result] that gives its argument back.
- [from_unused] keeps the segment that it has so far in [dst], and drops it if a page
  refuses; so what is in the original the unwinding of a local variable is a call
  here. An empty range is an assertion of the original, which aborts here.
- [Option<Frame>] is a pointer, and [#0] is [None].
- [split] and [slice] answer with a status, as the crate does: the original asserts
  instead, and wants [0 < offset < size] of a split.
- Sums and differences of addresses are [usize] operations, proved not to wrap.

[frame_segment_next_back], [frame_segment_get] are the crate's; the rest is in both.

Source: [ostd/src/mm/frame/segment.rs] of asterinas. *)
From tally.lang Require Import notation.
From tally.model Require Import slot_count.
From tally.frame.slot Require Import frame_code.
From tally.prelude Require Import options.

(** ** The two cells *)
Definition segment_end : Z := 1.

Definition write_range : val :=
  λ: ["dst"; "start"; "end"], "dst" <- "start";; "dst" +ₗ #segment_end <- "end".

Definition frame_segment_start_paddr : val := λ: ["seg"], !"seg".
Definition frame_segment_end_paddr : val := λ: ["seg"], !("seg" +ₗ #segment_end).
Definition frame_segment_size : val :=
  λ: ["seg"], frame_segment_end_paddr ["seg"] -⟨usize⟩ frame_segment_start_paddr ["seg"].

(** ** Page by page, upwards *)
Definition pages_drop (n : nat) (glues : list val) (dealloc : val) : val :=
  rec: "loop" ["base"; "pa"; "end"] :=
    if: "pa" < "end" then
      frame_drop glues dealloc [frame_from_raw n ["base"; "pa"]];;
      "loop" ["base"; "pa" +⟨usize⟩ #page_size; "end"]
    else #☠.
Definition pages_clone (n : nat) : val :=
  rec: "loop" ["base"; "pa"; "end"] :=
    if: "pa" < "end" then
      frame_clone [frame_from_raw n ["base"; "pa"]];;
      "loop" ["base"; "pa" +⟨usize⟩ #page_size; "end"]
    else #☠.

Definition frame_segment_drop (n : nat) (glues : list val) (dealloc : val) : val :=
  λ: ["base"; "seg"],
    pages_drop n glues dealloc
      ["base"; frame_segment_start_paddr ["seg"]; frame_segment_end_paddr ["seg"]].

Definition frame_segment_clone (n : nat) : val :=
  λ: ["base"; "seg"; "dst"],
    let: "start" := frame_segment_start_paddr ["seg"] in
    let: "end" := frame_segment_end_paddr ["seg"] in
    pages_clone n ["base"; "start"; "end"];;
    write_range ["dst"; "start"; "end"].

(** ** Claiming *)
(** The pages before [pa] are claimed; [dst] has them. *)
Definition pages_claim (n : nat) (glues : list val) (dealloc : val) : val :=
  rec: "loop" ["base"; "max"; "pa"; "end"; "vtable"; "make"; "src"; "dst"] :=
    if: "pa" < "end" then
      "make" ["pa"; "src"];;
      let: "status" :=
        frame_from_unused n ["base"; "max"; "pa"; "vtable"; "src"; #false] in
      if: "status" = #0 then
        let: "next" := "pa" +⟨usize⟩ #page_size in
        "dst" +ₗ #segment_end <- "next";;
        "loop" ["base"; "max"; "next"; "end"; "vtable"; "make"; "src"; "dst"]
      else
        frame_segment_drop n glues dealloc ["base"; "dst"];;
        "status"
    else #0.

Definition frame_segment_from_unused (n : nat) (glues : list val) (dealloc : val) : val :=
  λ: ["base"; "max"; "start"; "end"; "vtable"; "make"; "src"; "dst"],
    if: BinOp (ArithOp RemOp) "start" #page_size = #0 then
      if: BinOp (ArithOp RemOp) "end" #page_size = #0 then
        if: "max" < "end" then #(error_code ErrOutOfBound)
        else if: "start" < "end" then
          write_range ["dst"; "start"; "start"];;
          pages_claim n glues dealloc
            ["base"; "max"; "start"; "end"; "vtable"; "make"; "src"; "dst"]
        else Abort
      else #not_aligned_code
    else #not_aligned_code.

(** [Segment::from(Frame)] *)
Definition frame_segment_from_frame : val :=
  λ: ["slot"; "dst"],
    let: "pa" := frame_into_raw ["slot"] in
    write_range ["dst"; "pa"; "pa" +⟨usize⟩ #page_size].

(** ** Dividing *)
(** Is there a part from [from] to [to], in bytes, of a segment of [size] bytes?
Not aligned comes first. *)
Definition segment_part_status : val :=
  λ: ["from"; "to"; "size"],
    if: BinOp (ArithOp RemOp) "from" #page_size = #0 then
      if: BinOp (ArithOp RemOp) "to" #page_size = #0 then
        if: "from" ≤ "to" then
          if: "to" ≤ "size" then #0 else #(error_code ErrOutOfBound)
        else #(error_code ErrOutOfBound)
      else #not_aligned_code
    else #not_aligned_code.

Definition frame_segment_split : val :=
  λ: ["seg"; "offset"; "back"],
    let: "status" := segment_part_status [ #0; "offset"; frame_segment_size ["seg"]] in
    if: "status" = #0 then
      let: "at" := frame_segment_start_paddr ["seg"] +⟨usize⟩ "offset" in
      write_range ["back"; "at"; frame_segment_end_paddr ["seg"]];;
      "seg" +ₗ #segment_end <- "at";;
      #0
    else "status".

Definition frame_segment_slice (n : nat) : val :=
  λ: ["base"; "seg"; "from"; "to"; "dst"],
    let: "status" := segment_part_status ["from"; "to"; frame_segment_size ["seg"]] in
    if: "status" = #0 then
      let: "start" := frame_segment_start_paddr ["seg"] +⟨usize⟩ "from" in
      let: "end" := frame_segment_start_paddr ["seg"] +⟨usize⟩ "to" in
      pages_clone n ["base"; "start"; "end"];;
      write_range ["dst"; "start"; "end"];;
      #0
    else "status".

(** ** One frame of it *)
Definition frame_segment_next (n : nat) : val :=
  λ: ["base"; "seg"],
    let: "start" := frame_segment_start_paddr ["seg"] in
    let: "end" := frame_segment_end_paddr ["seg"] in
    if: "start" < "end" then
      let: "frame" := frame_from_raw n ["base"; "start"] in
      "seg" <- "start" +⟨usize⟩ #page_size;;
      debug_assert [frame_segment_start_paddr ["seg"] ≤ "end"];;
      "frame"
    else #0.

Definition frame_segment_next_back (n : nat) : val :=
  λ: ["base"; "seg"],
    let: "start" := frame_segment_start_paddr ["seg"] in
    let: "end" := frame_segment_end_paddr ["seg"] in
    if: "start" < "end" then
      let: "last" := "end" -⟨usize⟩ #page_size in
      "seg" +ₗ #segment_end <- "last";;
      frame_from_raw n ["base"; "last"]
    else #0.

(** A reference to the frame with this number, which is not counted. *)
Definition frame_segment_get (n : nat) : val :=
  λ: ["base"; "seg"; "index"],
    if: "index" < BinOp (ArithOp QuotOp) (frame_segment_size ["seg"]) #page_size then
      frame_from_raw n
        ["base"; frame_segment_start_paddr ["seg"] +⟨usize⟩ "index" *⟨usize⟩ #page_size]
    else #0.

(** ** Giving the shares away as a range of addresses, and back *)
Definition frame_segment_into_raw : val :=
  λ: ["seg"; "range"],
    write_range ["range"; frame_segment_start_paddr ["seg"]; frame_segment_end_paddr ["seg"]].
Definition frame_segment_from_raw : val :=
  λ: ["range"; "seg"],
    write_range ["seg"; !"range"; !("range" +ₗ #segment_end)].
