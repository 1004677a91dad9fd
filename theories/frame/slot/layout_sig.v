(** * Where frames and their slots are: what is true of it

Statements only; [layout.v] has the proofs. Of every layout that is [layout_ok],
with any number of banks and holes between them:

- each function is defined exactly where there is something ([..._is_Some]);
- there and back again is where one began, both ways ([..._round_trip]);
- so no two frames have one slot ([..._inj]), and no two slots overlap;
- results are aligned, in range, and words: nothing wraps.

Of x86-64: the layout is as required, and the kernel's formulas, computed in
wrapping words, are these functions. *)
From tally.model Require Import word.
From tally.frame.slot Require Import layout_map.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Module Type layout_sig.
  (** ** Where they are defined *)
  (** An address has a number exactly if some bank holds it. *)
  Parameter frame_to_index_is_Some : ∀ L pa,
    is_Some (frame_to_index L pa) ↔ tracked L pa.
  (** A number has a frame exactly if it is at least 0 and below the number of frames. *)
  Parameter index_to_frame_is_Some : ∀ L i, layout_ok L →
    is_Some (index_to_frame L i) ↔ 0 ≤ i < layout_frames L.
  (** An address has a slot exactly if some bank holds it. *)
  Parameter frame_to_meta_is_Some : ∀ L pa, layout_ok L →
    is_Some (frame_to_meta L pa) ↔ tracked L pa.
  (** Slots begin at the addresses in the range of slots that are aligned to their size. *)
  Parameter meta_to_frame_is_Some : ∀ L va, layout_ok L →
    is_Some (meta_to_frame L va) ↔
      meta_base L ≤ va < meta_end L ∧ va `mod` layout_slot L = 0.

  (** ** There and back *)
  (** From the address of a frame to its number and back. *)
  Parameter frame_to_index_round_trip : ∀ L pa i, layout_ok L → page_aligned L pa →
    frame_to_index L pa = Some i → index_to_frame L i = Some pa.
  (** From the number of a frame to its address and back. *)
  Parameter index_to_frame_round_trip : ∀ L i pa, layout_ok L →
    index_to_frame L i = Some pa → frame_to_index L pa = Some i.
  (** From the address of a frame to its slot and back. *)
  Parameter frame_to_meta_round_trip : ∀ L pa va, layout_ok L → page_aligned L pa →
    frame_to_meta L pa = Some va → meta_to_frame L va = Some pa.
  (** From a slot to the address of its frame and back. *)
  Parameter meta_to_frame_round_trip : ∀ L va pa, layout_ok L →
    meta_to_frame L va = Some pa → frame_to_meta L pa = Some va.

  (** ** Different frames have different slots *)
  (** Two frames do not have the same number. *)
  Parameter frame_to_index_inj : ∀ L pa1 pa2 i, layout_ok L →
    page_aligned L pa1 → page_aligned L pa2 →
    frame_to_index L pa1 = Some i → frame_to_index L pa2 = Some i → pa1 = pa2.
  (** Two frames do not have the same slot. *)
  Parameter frame_to_meta_inj : ∀ L pa1 pa2 va, layout_ok L →
    page_aligned L pa1 → page_aligned L pa2 →
    frame_to_meta L pa1 = Some va → frame_to_meta L pa2 = Some va → pa1 = pa2.
  (** Two slots are not of the same frame. *)
  Parameter meta_to_frame_inj : ∀ L va1 va2 pa, layout_ok L →
    meta_to_frame L va1 = Some pa → meta_to_frame L va2 = Some pa → va1 = va2.
  (** The slots do not overlap, and neither do the frames. *)
  Parameter frame_to_meta_disjoint : ∀ L pa1 pa2 va1 va2, layout_ok L →
    page_aligned L pa1 → page_aligned L pa2 → pa1 ≠ pa2 →
    frame_to_meta L pa1 = Some va1 → frame_to_meta L pa2 = Some va2 →
    va1 + layout_slot L ≤ va2 ∨ va2 + layout_slot L ≤ va1.
  (** Frames of different numbers do not overlap. *)
  Parameter index_to_frame_disjoint : ∀ L i1 i2 pa1 pa2, layout_ok L → i1 ≠ i2 →
    index_to_frame L i1 = Some pa1 → index_to_frame L i2 = Some pa2 →
    pa1 + layout_page L ≤ pa2 ∨ pa2 + layout_page L ≤ pa1.

  (** ** Ranges and alignment *)
  (** The number of an address is below the number of frames. *)
  Parameter frame_to_index_range : ∀ L pa i, layout_ok L →
    frame_to_index L pa = Some i → 0 ≤ i < layout_frames L.
  (** A slot is wholly inside the range of slots, and aligned to its size. *)
  Parameter frame_to_meta_range : ∀ L pa va, layout_ok L →
    frame_to_meta L pa = Some va →
    meta_base L ≤ va ∧ va + layout_slot L ≤ meta_end L ∧ va `mod` layout_slot L = 0.
  (** The last byte of the slot is a word too. *)
  Parameter frame_to_meta_word : ∀ L pa va, layout_ok L →
    frame_to_meta L pa = Some va → word_ok va ∧ word_ok (va + layout_slot L - 1).
  (** A frame is aligned; each of its bytes is in a bank, at an address that is a word. *)
  Parameter index_to_frame_range : ∀ L i pa, layout_ok L →
    index_to_frame L i = Some pa →
    page_aligned L pa ∧
    ∀ o, 0 ≤ o < layout_page L → tracked L (pa + o) ∧ word_ok (pa + o).
  (** The frame that holds an address is found from any address inside. *)
  Parameter frame_to_index_inside : ∀ L i pa o, layout_ok L →
    index_to_frame L i = Some pa → 0 ≤ o < layout_page L →
    frame_to_index L (pa + o) = Some i.

  (** ** Banks and holes *)
  (** The slots of a bank are consecutive, after those of the banks before it. *)
  Parameter frame_to_index_bank : ∀ L bs1 b bs2 k, layout_ok L →
    banks L = bs1 ++ b :: bs2 → 0 ≤ k < bank_frames b →
    frame_to_index L (bank_base b + k * layout_page L) = Some (banks_frames bs1 + k).
  (** [NotAligned] is the error exactly of addresses that are not aligned. *)
  Parameter get_slot_not_aligned : ∀ L pa,
    get_slot L pa = inl NotAligned ↔ ¬ page_aligned L pa.
  (** A hole between banks is as far out as what is behind the last one. *)
  Parameter get_slot_out_of_bound : ∀ L pa,
    get_slot L pa = inl OutOfBound ↔ page_aligned L pa ∧ ¬ tracked L pa.
  (** [get_slot] finds slot [i] exactly for the address at which frame [i] begins. *)
  Parameter get_slot_found : ∀ L pa i, layout_ok L →
    get_slot L pa = inr i ↔ index_to_frame L i = Some pa.

  (** ** x86-64 *)
  (** The layout is as required, for memory that the range of slots is large enough for. *)
  Parameter x86_64_layout_ok : ∀ n,
    0 ≤ n → n * PAGE_SIZE ≤ MAX_TRACKED_PADDR → layout_ok (x86_64_layout n).
  (** Memory is one bank, from address 0 on. *)
  Parameter x86_64_tracked : ∀ n pa,
    tracked (x86_64_layout n) pa ↔ 0 ≤ pa < n * PAGE_SIZE.
  (** The slots are inside the kernel's range, from its start on. *)
  Parameter x86_64_meta_range : ∀ n,
    0 ≤ n → n * PAGE_SIZE ≤ MAX_TRACKED_PADDR →
    FRAME_METADATA_START = meta_base (x86_64_layout n) ∧
    meta_end (x86_64_layout n) ≤ FRAME_METADATA_END.
  (** The kernel's formula from addresses to numbers is correct in the bank. *)
  Parameter x86_64_frame_to_index_spec : ∀ n pa, 0 ≤ pa < n * PAGE_SIZE →
    frame_to_index (x86_64_layout n) pa = Some (x86_64_frame_to_index pa).
  (** The kernel's formula from numbers to addresses is correct for the frames there are. *)
  Parameter x86_64_index_to_frame_spec : ∀ n i,
    n * PAGE_SIZE ≤ MAX_TRACKED_PADDR → 0 ≤ i < n →
    index_to_frame (x86_64_layout n) i = Some (x86_64_index_to_frame i).
  (** The kernel's formula from addresses to slots is correct in the bank. *)
  Parameter x86_64_frame_to_meta_spec : ∀ n pa,
    n * PAGE_SIZE ≤ MAX_TRACKED_PADDR → 0 ≤ pa < n * PAGE_SIZE →
    frame_to_meta (x86_64_layout n) pa = Some (x86_64_frame_to_meta pa).
  (** The kernel's formula from slots to addresses is correct for the slots there are. *)
  Parameter x86_64_meta_to_frame_spec : ∀ n va pa,
    n * PAGE_SIZE ≤ MAX_TRACKED_PADDR →
    meta_to_frame (x86_64_layout n) va = Some pa → pa = x86_64_meta_to_frame va.
End layout_sig.
