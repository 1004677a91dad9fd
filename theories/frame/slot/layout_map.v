(** * Where frames and their slots are

Physical memory that is tracked comes in banks: a base address and a number of
frames. Between banks are holes, which have no slots. The slots of all banks stand
in one array from [meta_base]: those of the first bank, then those of the second,
and so on. So there are three names of a frame, and functions between them:

      address  ⇄  index  ⇄  address of its slot
      [frame_to_index]  [index_to_meta]       and, composed,  [frame_to_meta]
      [index_to_frame]  [meta_to_index]                       [meta_to_frame]

Each answers [None] where there is nothing: no frame at that address, no slot of
that number, no slot that begins at that address. [frame_to_index] is about any
address inside a frame, [get_slot] only about the first; it says what is wrong in
the kernel's order, [NotAligned] first.

[layout_ok]: banks are aligned, disjoint, in no particular order and within the
words; slots too. [x86_64_layout n] is the kernel's own: [n] frames from address
0, 64 bytes of metadata for each 4096, from 0xffff_e000_0000_0000; below it are
the kernel's formulas, as it computes them in machine words.

[layout_sig.v] says what is true of these.

Source: asterinas' ostd (mm/frame/meta.rs, [mapping]); the verified ostd (vostd,
specs/mm/frame/mapping.rs), where the whole of physical memory is one bank. *)
From tally.model Require Import word.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Record bank := Bank {
  bank_base : Z;
  bank_frames : Z;
}.

Record layout := Layout {
  layout_page : Z;
  layout_slot : Z;
  meta_base : Z;
  banks : list bank;
}.

Definition bank_end (page : Z) (b : bank) : Z := bank_base b + bank_frames b * page.
Definition in_bank (page : Z) (b : bank) (pa : Z) : bool :=
  (bank_base b <=? pa) && (pa <? bank_end page b).

Fixpoint banks_frames (bs : list bank) : Z :=
  match bs with [] => 0 | b :: bs' => bank_frames b + banks_frames bs' end.
Fixpoint banks_index (page : Z) (bs : list bank) (pa : Z) : option Z :=
  match bs with
  | [] => None
  | b :: bs' =>
      if in_bank page b pa then Some ((pa - bank_base b) / page)
      else Z.add (bank_frames b) <$> banks_index page bs' pa
  end.
Fixpoint banks_frame (page : Z) (bs : list bank) (i : Z) : option Z :=
  match bs with
  | [] => None
  | b :: bs' =>
      if (0 <=? i) && (i <? bank_frames b) then Some (bank_base b + i * page)
      else banks_frame page bs' (i - bank_frames b)
  end.

(** The number of frames, which is the number of slots. *)
Definition layout_frames (L : layout) : Z := banks_frames (banks L).
Definition meta_end (L : layout) : Z := meta_base L + layout_frames L * layout_slot L.

(** Some bank holds the address. *)
Definition tracked (L : layout) (pa : Z) : Prop :=
  Exists (λ b, bank_base b ≤ pa < bank_end (layout_page L) b) (banks L).
Definition page_aligned (L : layout) (pa : Z) : Prop := pa `mod` layout_page L = 0.

Definition frame_to_index (L : layout) (pa : Z) : option Z :=
  banks_index (layout_page L) (banks L) pa.
Definition index_to_frame (L : layout) (i : Z) : option Z :=
  banks_frame (layout_page L) (banks L) i.
Definition index_to_meta (L : layout) (i : Z) : option Z :=
  if (0 <=? i) && (i <? layout_frames L) then Some (meta_base L + i * layout_slot L)
  else None.
Definition meta_to_index (L : layout) (va : Z) : option Z :=
  if (meta_base L <=? va) && (va <? meta_end L)
     && ((va - meta_base L) `mod` layout_slot L =? 0)
  then Some ((va - meta_base L) / layout_slot L) else None.
Definition frame_to_meta (L : layout) (pa : Z) : option Z :=
  i ← frame_to_index L pa; index_to_meta L i.
Definition meta_to_frame (L : layout) (va : Z) : option Z :=
  i ← meta_to_index L va; index_to_frame L i.

Inductive address_error := NotAligned | OutOfBound.
(** The number of the slot of the frame that begins at [pa]. *)
Definition get_slot (L : layout) (pa : Z) : address_error + Z :=
  if negb (pa `mod` layout_page L =? 0) then inl NotAligned
  else match frame_to_index L pa with
       | Some i => inr i
       | None => inl OutOfBound
       end.

(** ** What a layout must satisfy *)
Definition bank_ok (page : Z) (b : bank) : Prop :=
  0 ≤ bank_base b ∧ 0 ≤ bank_frames b ∧ bank_base b `mod` page = 0 ∧
  bank_end page b ≤ word_max.
Definition bank_disjoint (page : Z) (b1 b2 : bank) : Prop :=
  bank_end page b1 ≤ bank_base b2 ∨ bank_end page b2 ≤ bank_base b1.
Fixpoint banks_ok (page : Z) (bs : list bank) : Prop :=
  match bs with
  | [] => True
  | b :: bs' => bank_ok page b ∧ Forall (bank_disjoint page b) bs' ∧ banks_ok page bs'
  end.
Record layout_ok (L : layout) : Prop := {
  layout_page_pos : 0 < layout_page L;
  layout_slot_pos : 0 < layout_slot L;
  layout_meta_base : 0 ≤ meta_base L;
  layout_meta_aligned : meta_base L `mod` layout_slot L = 0;
  layout_meta_end : meta_end L ≤ word_max;
  layout_banks : banks_ok (layout_page L) (banks L);
}.

(** ** x86-64 *)
Definition PAGE_SIZE : Z := 4096.
Definition META_SLOT_SIZE : Z := 64.
(** FRAME_METADATA_RANGE: 0xffff_e000_0000_0000 to 0xffff_e100_0000_0000. *)
Definition FRAME_METADATA_START : Z := 18446708889337462784.
Definition FRAME_METADATA_END : Z := 18446709988849090560.
(** The bytes of physical memory for which the range has slots: 2⁴⁶. *)
Definition MAX_TRACKED_PADDR : Z := 70368744177664.

Definition x86_64_layout (frames : Z) : layout :=
  Layout PAGE_SIZE META_SLOT_SIZE FRAME_METADATA_START [Bank 0 frames].

(** As the kernel computes, in wrapping machine words. *)
Definition x86_64_frame_to_index (pa : Z) : Z := pa / PAGE_SIZE.
Definition x86_64_index_to_frame (i : Z) : Z := word_wrap (i * PAGE_SIZE).
Definition x86_64_frame_to_meta (pa : Z) : Z :=
  word_wrapping_add FRAME_METADATA_START (word_wrap (pa / PAGE_SIZE * META_SLOT_SIZE)).
Definition x86_64_meta_to_frame (va : Z) : Z :=
  word_wrap (word_wrapping_sub va FRAME_METADATA_START / META_SLOT_SIZE * PAGE_SIZE).
