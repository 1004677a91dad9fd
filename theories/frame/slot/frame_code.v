(** * Page frames: the programs

Each page frame has a slot of metadata, and a handle of a frame is the location [ℓ]
of its slot, a block of [4 + n] cells:

<<
  ℓ          the word that tells the slot's state, a u64, accessed atomically only
  ℓ + 1      the vtable: which type the metadata is of
  ℓ + 2      the list that the frame is in; no program of this file touches it
  ℓ + 3      the physical address of the page, which never changes
  ℓ + 4 …    the storage of the metadata, n cells
>>

The word is [slot_unused] (2⁶⁴ − 1), [slot_unique] (2⁶⁴ − 2), 0 while the metadata
is being built or torn down, or the number of shares. What a program makes of the
word that it reads is the pure model [model/slot_count.v]: see [frame_refine.v].

Everything but the word and the address is accessed non-atomically, so a protocol
that let two threads at the metadata would be stuck on the data race.

** How the original is rendered
- [Result<_, GetFrameError>] is a status: 0 for success, else [error_code]. The frame
  that success gives is the slot asked for. [try_from_shared] returns whether it
  succeeded: the handle is the same pointer either way, of another type.
- A [debug_assert!] that fails is a stuck program ([debug_assert]).
- [fetch_sub(1)] is a fetch-and-add of 2⁶⁴ − 1, which wraps.
- Atomic accesses are sequentially consistent here; which weaker orderings are
  enough is the subject of [theories/orderings].
- λRust's locations have no addresses to compute with, so that the address of the
  page, which the original computes from that of the slot, is in the slot. The way
  back is computed ([slot_at]).
- A vtable is an index into the list [glues] of destructors, known when the program
  is made. The destructor of a type stands for its [on_drop] followed by
  [drop_in_place].
- [dealloc] is the frame allocator's entry point; it gets the address of the page and
  the size of it.

[clone_by_cas] is not in the original: it increments by compare-and-swap, so that
the count never passes its maximum.

Source: [ostd/src/mm/frame/] of asterinas ([meta.rs], [mod.rs], [unique.rs],
[frame_ref.rs]), and [unique.rs] of the verified ostd (vostd). *)
From tally.lang Require Import notation.
From tally.lang.lib Require Import memcpy.
From tally.model Require Import word rc_count slot_count.
From tally.prelude Require Import options.

(** ** Constants *)
Definition page_size : Z := 4096.
Definition slot_vtable : Z := 1.
Definition slot_in_list : Z := 2.
Definition slot_paddr : Z := 3.
Definition slot_storage : Z := 4.
Definition slot_cells (n : nat) : Z := 4 + n.

Definition error_code (e : frame_error) : Z :=
  match e with
  | ErrInUse => 1 | ErrUnused => 2 | ErrUnique => 3 | ErrBusy => 4 | ErrOutOfBound => 5
  end.
Definition not_aligned_code : Z := 6.
Definition status_code (r : option frame_error) : Z :=
  match r with None => 0 | Some e => error_code e end.

Definition debug_assert : val := λ: ["b"], if: "b" then #☠ else App #☠ [].

(** ** Metadata *)
Definition write_meta (n : nat) : val :=
  λ: ["slot"; "vtable"; "src"],
    "slot" +ₗ #slot_vtable <- "vtable";;
    "slot" +ₗ #slot_storage <-{n} !"src".

(** The destructor of the type that the vtable tells. *)
Definition vtable_drop (glues : list val) : val :=
  λ: ["vtable"; "storage"],
    Case "vtable" ((λ glue : val, App (Val glue) [Var "storage"]) <$> glues).

Definition drop_meta_in_place (glues : list val) : val :=
  λ: ["slot"],
    let: "vtable" := !("slot" +ₗ #slot_vtable) in
    vtable_drop glues ["vtable"; "slot" +ₗ #slot_storage].

Definition drop_last_in_place (glues : list val) : val :=
  λ: ["slot"],
    debug_assert [ !ˢᶜ "slot" = #0];;
    drop_meta_in_place glues ["slot"];;
    "slot" <-ˢᶜ #slot_unused.

(** [meta] and [meta_mut]: where the metadata is. *)
Definition frame_meta : val := λ: ["slot"], "slot" +ₗ #slot_storage.
Definition frame_meta_mut : val := λ: ["slot"], "slot" +ₗ #slot_storage.
(** Is the metadata of the type with this vtable? What a downcast asks. *)
Definition frame_meta_is : val :=
  λ: ["slot"; "vtable"], !("slot" +ₗ #slot_vtable) = "vtable".

Definition frame_start_paddr : val := λ: ["slot"], !ˢᶜ ("slot" +ₗ #slot_paddr).
Definition frame_size : val := λ: ["slot"], #page_size.
Definition frame_level : val := λ: ["slot"], #1.

(** ** Getting a handle *)
(** The attempt to take an unused slot, and the status of it. *)
Definition claim_unused : val :=
  λ: ["slot"],
    let: "found" := Cas CasFetch "slot" #slot_unused #0 in
    if: "found" = #slot_unused then #0
    else if: "found" = #slot_unique then #(error_code ErrUnique)
    else if: "found" = #0 then #(error_code ErrBusy)
    else #(error_code ErrInUse).

(** The metadata is moved out of [src]. *)
Definition get_from_unused (n : nat) : val :=
  λ: ["slot"; "vtable"; "src"; "as_unique"],
    let: "status" := claim_unused ["slot"] in
    if: "status" = #0 then
      write_meta n ["slot"; "vtable"; "src"];;
      (if: "as_unique" then "slot" <-ˢᶜ #slot_unique else "slot" <-ˢᶜ #1);;
      #0
    else "status".

Definition get_from_in_use : val :=
  rec: "loop" ["slot"] :=
    let: "count" := !ˢᶜ "slot" in
    if: "count" = #slot_unused then #(error_code ErrUnused)
    else if: "count" = #slot_unique then #(error_code ErrUnique)
    else if: "count" = #0 then #(error_code ErrBusy)
    else if: #slot_max ≤ "count" then Abort
    else if: Cas CasWeak "slot" "count" ("count" +⟨u64⟩ #1) then #0
    else "loop" ["slot"].

(** ** Shares *)
Definition inc_ref_count : val :=
  λ: ["slot"],
    let: "last" := Faa u64 "slot" #1 in
    debug_assert [if: "last" = #0 then #false else ~ ("last" = #slot_unused)];;
    if: #slot_max ≤ "last" then Abort else #☠.

Definition frame_clone : val := λ: ["slot"], inc_ref_count ["slot"];; "slot".

Definition clone_by_cas : val :=
  rec: "loop" ["slot"] :=
    let: "count" := !ˢᶜ "slot" in
    if: #slot_max ≤ "count" then Abort
    else if: Cas CasWeak "slot" "count" ("count" +⟨u64⟩ #1) then "slot"
    else "loop" ["slot"].

(** Returns whether it was the last share. *)
Definition dec_ref_count : val :=
  λ: ["slot"],
    let: "last" := Faa u64 "slot" #word_max in
    debug_assert [if: "last" = #0 then #false else ~ ("last" = #slot_unused)];;
    "last" = #1.

Definition frame_drop (glues : list val) (dealloc : val) : val :=
  λ: ["slot"],
    if: dec_ref_count ["slot"] then
      drop_last_in_place glues ["slot"];;
      dealloc [frame_start_paddr ["slot"]; #page_size]
    else #☠.

Definition reference_count : val := λ: ["slot"], !ˢᶜ "slot".

(** A reference that is not counted, for as long as the handle is borrowed. *)
Definition frame_borrow : val := λ: ["slot"], "slot".

(** ** Unique handles *)
Definition frame_transmute : val := λ: ["slot"], "slot".

Definition frame_repurpose (n : nat) (glues : list val) : val :=
  λ: ["slot"; "vtable"; "src"],
    drop_meta_in_place glues ["slot"];;
    write_meta n ["slot"; "vtable"; "src"];;
    frame_transmute ["slot"].

Definition reset_as_unused (glues : list val) : val :=
  λ: ["slot"],
    "slot" <-ˢᶜ #0;;
    drop_last_in_place glues ["slot"].

Definition unique_drop (glues : list val) (dealloc : val) : val :=
  λ: ["slot"],
    "slot" <-ˢᶜ #0;;
    drop_last_in_place glues ["slot"];;
    dealloc [frame_start_paddr ["slot"]; #page_size].

Definition frame_from_unique : val := λ: ["slot"], "slot" <-ˢᶜ #1;; "slot".

Definition try_from_shared : val :=
  λ: ["slot"],
    if: Cas CasStrong "slot" #1 #slot_unique then #true else #false.

(** ** Addresses *)
(** The slot of the page at [pa], in the array of slots at [base]. *)
Definition slot_at (n : nat) : val :=
  λ: ["base"; "pa"],
    "base" +ₗ #(slot_cells n) * BinOp (ArithOp QuotOp) "pa" #page_size.

(** The status of looking for the slot of the page at [pa], of a memory of one bank,
from 0 to [max]: there are no holes below [max]. *)
Definition get_slot_status : val :=
  λ: ["max"; "pa"],
    if: BinOp (ArithOp RemOp) "pa" #page_size = #0 then
      if: "max" ≤ "pa" then #(error_code ErrOutOfBound) else #0
    else #not_aligned_code.

Definition frame_from_unused (n : nat) : val :=
  λ: ["base"; "max"; "pa"; "vtable"; "src"; "as_unique"],
    let: "status" := get_slot_status ["max"; "pa"] in
    if: "status" = #0 then
      get_from_unused n [slot_at n ["base"; "pa"]; "vtable"; "src"; "as_unique"]
    else "status".

Definition frame_from_in_use (n : nat) : val :=
  λ: ["base"; "max"; "pa"],
    let: "status" := get_slot_status ["max"; "pa"] in
    if: "status" = #0 then get_from_in_use [slot_at n ["base"; "pa"]] else "status".

(** Forgets the handle; [frame_from_raw] makes it again. *)
Definition frame_into_raw : val := λ: ["slot"], frame_start_paddr ["slot"].
Definition frame_from_raw (n : nat) : val :=
  λ: ["base"; "pa"], slot_at n ["base"; "pa"].
