(** * A region of page frames: the programs

Physical memory that is tracked comes in banks with holes between them
([layout_map.v]). At boot there are a block of raw memory for the slots, which stand
one behind the other, those of the first bank first, and the region's header:

<<
  ℓ            where the slots are; [frame_region_boot] writes it
  ℓ + 1        the number of banks
  ℓ + 2 + 2 k  the address of bank [k]
  ℓ + 3 + 2 k  the number of its frames
>>

[frame_region_boot] makes every slot an unused one, and leaves the storage of the metadata
as it is. After that nobody writes to the header, but everybody reads it, atomically,
as the invariant that has it is open during one step only.

[frame_region_get_slot] looks for the number of the slot of the page at an address. It
returns the number or, negated, the code of an error: what is not aligned is refused
first, then what no bank holds, be it a hole or behind the last bank. Numbers are
added without wrapping; of banks that are as they should be ([layout_ok]) every
address that is computed is a word.

[frame_region_from_raw] is unsafe in the original: that the address is that of a frame is
an assertion, as there.

Source: [init], [get_slot] and [frame_paddr] of asterinas' ostd (mm/frame/meta.rs).
Holes are ours, as in the crate. *)
From tally.lang Require Import notation.
From tally.model Require Import slot_count.
From tally.frame.slot Require Import layout_map frame_code.
From tally.prelude Require Import options.

(** ** The header *)
Definition region_slots : Z := 0.
Definition region_bank_count : Z := 1.
Definition region_bank_table : Z := 2.

Definition bank_cells (b : bank) : list val :=
  [LitV (LitInt (bank_base b)); LitV (LitInt (bank_frames b))].
Definition banks_cells (bs : list bank) : list val := bs ≫= bank_cells.
(** With [v] where the location of the slots is to be. *)
Definition header_cells (v : val) (bs : list bank) : list val :=
  v :: LitV (LitInt (length bs)) :: banks_cells bs.

(** ** Boot *)
Definition slot_init : val :=
  λ: ["slot"; "pa"],
    "slot" +ₗ #slot_in_list <- #0;;
    "slot" +ₗ #slot_paddr <- "pa";;
    "slot" <- #slot_unused.

(** Returns where the next bank's slots begin. *)
Definition bank_boot (n : nat) : val :=
  rec: "loop" ["slot"; "pa"; "frames"] :=
    if: "frames" ≤ #0 then "slot"
    else
      slot_init ["slot"; "pa"];;
      "loop" ["slot" +ₗ #(slot_cells n); "pa" + #page_size; "frames" - #1].

Definition banks_boot (n : nat) : val :=
  rec: "loop" ["table"; "count"; "slot"] :=
    if: "count" ≤ #0 then #☠
    else
      let: "next" := bank_boot n ["slot"; !"table"; !("table" +ₗ #1)] in
      "loop" ["table" +ₗ #2; "count" - #1; "next"].

Definition frame_region_boot (n : nat) : val :=
  λ: ["region"; "slots"],
    "region" +ₗ #region_slots <- "slots";;
    banks_boot n ["region" +ₗ #region_bank_table; !("region" +ₗ #region_bank_count);
                  "slots"].

(** ** Looking up *)
Definition bank_index : val :=
  rec: "loop" ["table"; "count"; "first"; "pa"] :=
    if: "count" ≤ #0 then #(- error_code ErrOutOfBound)
    else
      let: "start" := !ˢᶜ "table" in
      let: "frames" := !ˢᶜ ("table" +ₗ #1) in
      if: (if: "start" ≤ "pa" then "pa" < "start" + "frames" * #page_size else #false) then
        "first" + BinOp (ArithOp QuotOp) ("pa" - "start") #page_size
      else "loop" ["table" +ₗ #2; "count" - #1; "first" + "frames"; "pa"].

Definition frame_region_get_slot : val :=
  λ: ["region"; "pa"],
    if: BinOp (ArithOp RemOp) "pa" #page_size = #0 then
      bank_index ["region" +ₗ #region_bank_table;
                  !ˢᶜ ("region" +ₗ #region_bank_count); #0; "pa"]
    else #(- not_aligned_code).

(** The slot of that number. *)
Definition frame_region_slot_at (n : nat) : val :=
  λ: ["region"; "index"],
    !ˢᶜ ("region" +ₗ #region_slots) +ₗ #(slot_cells n) * "index".

(** The slot of the page at an address that has one. *)
Definition frame_region_slot_of (n : nat) : val :=
  λ: ["region"; "pa"],
    frame_region_slot_at n ["region"; frame_region_get_slot ["region"; "pa"] ].

(** ** Frames, by address *)
Definition frame_region_from_unused (n : nat) : val :=
  λ: ["region"; "pa"; "vtable"; "src"; "as_unique"],
    let: "index" := frame_region_get_slot ["region"; "pa"] in
    if: #0 ≤ "index" then
      get_from_unused n
        [frame_region_slot_at n ["region"; "index"]; "vtable"; "src"; "as_unique"]
    else #0 - "index".

Definition frame_region_from_in_use (n : nat) : val :=
  λ: ["region"; "pa"],
    let: "index" := frame_region_get_slot ["region"; "pa"] in
    if: #0 ≤ "index" then get_from_in_use [frame_region_slot_at n ["region"; "index"]]
    else #0 - "index".

Definition frame_region_from_raw (n : nat) : val :=
  λ: ["region"; "pa"],
    let: "index" := frame_region_get_slot ["region"; "pa"] in
    debug_assert [ #0 ≤ "index"];;
    frame_region_slot_at n ["region"; "index"].
