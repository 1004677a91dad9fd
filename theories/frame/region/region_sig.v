(** * A region of page frames: the interface

What is true of the programs of [region_code.v]; statements only, [region.v] has them
sealed. [region_base.v] says what a region and its lease are.

- [frame_region_boot_spec]: of raw memory the boot program makes a region, with its whole
  lease and nothing owed on it.
- [frame_region_get_slot_spec]: the look-up program computes [get_slot] of
  [layout_map.v], for any number of banks: not aligned first, then out of bound, which
  holes are too.
- [frame_region_from_unused_at_spec], [frame_region_from_in_use_at_spec]: an address that
  has no slot is refused; at one that has, the programs do what [get_from_unused] and
  [get_from_in_use] do at the slot.
  So every specification of those, also a logically atomic one, is one by address. The
  others are stated with the lease of the region, in which counts are kept by slot.
- [frame_region_into_raw_spec], [frame_region_from_raw_spec]: a handle is given away as
  an address for a token, and the token is given back for the handle
  ([frame_raw_sig.v]). So the address of one handle makes one handle. A program that only
  needs the slot of an address has [frame_region_slot_of], which gives no handle.
- [region_leak_free]: whoever ends with the whole lease at 0 has left every slot unused
  in memory.

The look-up is that of the executable model of [model/region_model.v]: see
[region_refine.v]. What happens at the slot is tied to the model in [frame_refine.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import layout_map.
From tally.frame.slot Require Export frame_raw.
From tally.frame.region Require Export region_code region_base.
From tally.prelude Require Import options.

Module Type region_sig.
  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (R : frame_region) (pa : Z) (i j : nat) (γ : slot_names) (u : bool).
    Implicit Types (q : Qp) (k : nat → nat) (n : nat) (m : meta) (src header base : loc).
    Implicit Types (dealloc : val) (vl : list val) (bs : list bank) (Φ : val → iProp Σ).
    Implicit Types (h : handle_kind).

    (** ** The region and its lease *)
    (** The layout of a region is sound, and each of its slots has names. *)
    Parameter is_region_wf : ∀ R,
      is_region D N R -∗ ⌜region_wf R⌝.
    (** Leases of a region are split and joined; shares add up, and counts slot by slot. *)
    Parameter region_lease_split : ∀ R q1 q2 k1 k2,
      region_lease R (q1 + q2) (λ i, k1 i + k2 i)%nat ⊣⊢
      region_lease R q1 k1 ∗ region_lease R q2 k2.
    (** Only the counts of slots of the region matter. *)
    Parameter region_lease_ext : ∀ R q k k',
      (∀ i, (i < length (region_names R))%nat → k i = k' i) →
      region_lease R q k ⊣⊢ region_lease R q k'.
    (** The lease of one slot, with any count, back into that of the region. *)
    Parameter region_lease_acc : ∀ R q k i γ,
      region_names R !! i = Some γ →
      region_lease R q k -∗
      lease γ q (k i) ∗ (∀ x, lease γ q x -∗ region_lease R q (count_set k i x)).
    (** Slot [i] of the region follows the protocol for the page of number [i]. *)
    Parameter region_lookup : ∀ R i γ,
      region_names R !! i = Some γ →
      is_region D N R -∗
      ∃ pa, ⌜index_to_frame (region_layout R) (Z.of_nat i) = Some pa⌝ ∗
        ⌜slot_pending_name γ = region_pending R⌝ ∗
        frame_slot D N γ (region_slot (dict_size D) R i) pa.
    (** The slot that [get_slot] finds for an address follows the protocol for the page
    there. *)
    Parameter region_found : ∀ R pa i,
      get_slot (region_layout R) pa = inr (Z.of_nat i) →
      is_region D N R -∗
      ∃ γ, ⌜region_names R !! i = Some γ⌝ ∗ ⌜slot_pending_name γ = region_pending R⌝ ∗
        frame_slot D N γ (region_slot (dict_size D) R i) pa.

    (** ** Boot *)
    (** Raw memory becomes a region of unused slots, with its whole lease. What the cells
    of the storage hold does not matter. [region_in_list] is for clients that make lists. *)
    Parameter frame_region_boot_spec : ∀ γr header base bs v vl,
      layout_ok (banked_layout bs) →
      Z.of_nat (length vl) = (slot_cells (dict_size D) * layout_frames (banked_layout bs))%Z →
      {{{ header ↦∗ header_cells v bs ∗ base ↦∗ vl }}}
        frame_region_boot (dict_size D) [ #header; #base ]
      {{{ R, RET #☠;
          ⌜region_header R = header ∧ region_base R = base ∧ region_banks R = bs ∧
            region_pending R = γr⌝ ∗
          is_region D N R ∗ region_lease R 1 (λ _, 0%nat) ∗ region_in_list D R }}}.

    (** ** Looking up *)
    (** The program is [get_slot]: holes are out of bound. *)
    Parameter frame_region_get_slot_spec : ∀ R pa,
      {{{ is_region D N R }}}
        frame_region_get_slot [ #(region_header R); #pa ]
      {{{ RET #(match get_slot (region_layout R) pa with
                | inl e => - address_code e
                | inr i => i
                end); True }}}.
    (** The location of slot [i], from the header. *)
    Parameter frame_region_slot_at_spec : ∀ R i,
      {{{ is_region D N R }}}
        frame_region_slot_at (dict_size D) [ #(region_header R); #i ]
      {{{ RET #(region_slot (dict_size D) R i); True }}}.

    (** ** Frames, by address *)
    (** An address that has no slot is refused, and no slot is touched. What is done at an
    address that has one is what is done at the slot, whatever that is, also logically
    atomically. *)
    Parameter frame_region_from_unused_at_spec : ∀ R pa (r : address_error + nat) i src u Φ,
      get_slot (region_layout R) pa =
        match r with inl e => inl e | inr j => inr (Z.of_nat j) end →
      is_region D N R -∗
      ▷ match r with
        | inl e => Φ #(address_code e)
        | inr j => WP get_from_unused (dict_size D)
            [ #(region_slot (dict_size D) R j); #i; #src; #u ] {{ Φ }}
        end -∗
      WP frame_region_from_unused (dict_size D) [ #(region_header R); #pa; #i; #src; #u ]
        {{ Φ }}.
    (** The same for a look-up of a frame that is in use. *)
    Parameter frame_region_from_in_use_at_spec : ∀ R pa (r : address_error + nat) Φ,
      get_slot (region_layout R) pa =
        match r with inl e => inl e | inr j => inr (Z.of_nat j) end →
      is_region D N R -∗
      ▷ match r with
        | inl e => Φ #(address_code e)
        | inr j => WP get_from_in_use [ #(region_slot (dict_size D) R j) ] {{ Φ }}
        end -∗
      WP frame_region_from_in_use (dict_size D) [ #(region_header R); #pa ] {{ Φ }}.
    (** With a lease of the region. *)
    Parameter frame_region_from_unused_spec : ∀ R pa j i src vl u q k,
      get_slot (region_layout R) pa = inr (Z.of_nat j) →
      {{{ is_region D N R ∗ src ↦∗ vl ∗ meta_own D i vl ∗ region_lease R q k }}}
        frame_region_from_unused (dict_size D) [ #(region_header R); #pa; #i; #src; #u ]
      {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
          match e with
          | None => ∃ γ, ⌜region_names R !! j = Some γ⌝ ∗
              (let s := region_slot (dict_size D) R j in
               if u then unique_frame D γ s i vl
               else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗
              region_lease R q (count_set k j (S (k j)))
          | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
              meta_own D i vl ∗ region_lease R q k
          end }}}.
    (** The look-up with a lease of the region: with the handle, one drop more is owed on
    that slot. *)
    Parameter frame_region_from_in_use_spec : ∀ R pa j q k,
      get_slot (region_layout R) pa = inr (Z.of_nat j) →
      {{{ is_region D N R ∗ region_lease R q k }}}
        frame_region_from_in_use (dict_size D) [ #(region_header R); #pa ]
      {{{ (e : option frame_error), RET #(status_code e);
          match e with
          | None => ∃ γ m, ⌜region_names R !! j = Some γ⌝ ∗
              shared_frame D γ (region_slot (dict_size D) R j) m ∗
              region_lease R q (count_set k j (S (k j)))
          | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ region_lease R q k
          end }}}.

    (** ** Handles, counted on the lease of the region *)
    (** One share more; one drop more is owed on the slot. *)
    Parameter frame_region_clone_spec : ∀ R j γ m q k,
      region_names R !! j = Some γ →
      let s := region_slot (dict_size D) R j in
      {{{ is_region D N R ∗ shared_frame D γ s m ∗ region_lease R q k ∗
          pending_incs (region_pending R) 1 }}}
        frame_clone [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗
          region_lease R q (count_set k j (S (k j))) ∗ pending_incs (region_pending R) 1 }}}.
    (** One share less, the last one perhaps; one drop less is owed on the slot. *)
    Parameter frame_region_drop_spec : ∀ R j γ m q k n dealloc,
      region_names R !! j = Some γ → k j = S n →
      let s := region_slot (dict_size D) R j in
      {{{ dict_drop_spec D ∗ region_dealloc_spec D R dealloc ∗
          is_region D N R ∗ shared_frame D γ s m ∗ region_lease R q k }}}
        frame_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; region_lease R q (count_set k j n) }}}.
    (** Exactly. *)
    Parameter frame_region_reference_count_spec : ∀ R j γ m k,
      region_names R !! j = Some γ →
      let s := region_slot (dict_size D) R j in
      {{{ is_region D N R ∗ shared_frame D γ s m ∗ region_lease R 1 k }}}
        reference_count [ #s ]
      {{{ RET #(Z.of_nat (k j)); shared_frame D γ s m ∗ region_lease R 1 k }}}.

    (** ** Giving a handle away as an address, and back *)
    (** The handle becomes a token. The address is returned, and its slot is found again. *)
    Parameter frame_region_into_raw_spec : ∀ R j γ h,
      region_names R !! j = Some γ →
      let s := region_slot (dict_size D) R j in
      {{{ is_region D N R ∗ frame_handle D γ s h }}}
        frame_into_raw [ #s ]
      {{{ pa, RET #pa; ⌜get_slot (region_layout R) pa = inr (Z.of_nat j)⌝ ∗
          frame_raw D γ s pa h }}}.
    (** The token becomes the handle again, and the slot of the address is returned. *)
    Parameter frame_region_from_raw_spec : ∀ R pa j γ h,
      get_slot (region_layout R) pa = inr (Z.of_nat j) →
      let s := region_slot (dict_size D) R j in
      {{{ is_region D N R ∗ frame_raw D γ s pa h }}}
        frame_region_from_raw (dict_size D) [ #(region_header R); #pa ]
      {{{ RET #s; frame_handle D γ s h }}}.
    (** The frame is borrowed through its address, by one borrower at a time: while the
    handle is lent, the token is away. *)
    Parameter frame_region_ref_from_raw_spec : ∀ R pa j γ h,
      get_slot (region_layout R) pa = inr (Z.of_nat j) →
      let s := region_slot (dict_size D) R j in
      {{{ is_region D N R ∗ frame_raw D γ s pa h }}}
        frame_region_from_raw (dict_size D) [ #(region_header R); #pa ]
      {{{ RET #s; frame_handle D γ s h ∗
          (frame_handle D γ s h -∗ frame_raw D γ s pa h) }}}.
    (** From the handle to the address and back: the same slot, and the same handle. *)
    Parameter frame_region_raw_round_trip_spec : ∀ R j γ h,
      region_names R !! j = Some γ →
      let s := region_slot (dict_size D) R j in
      {{{ is_region D N R ∗ frame_handle D γ s h }}}
        frame_region_from_raw (dict_size D) [ #(region_header R); frame_into_raw [ #s ] ]
      {{{ RET #s; frame_handle D γ s h }}}.

    (** ** Leaks *)
    (** What memory holds when nothing is owed on the whole lease. *)
    Parameter region_unused : ∀ R σ,
      is_region D N R -∗ region_lease R 1 (λ _, 0%nat) -∗ heap_ctx σ ={⊤}=∗
      ⌜region_unused_in (dict_size D) R σ⌝ ∗ region_lease R 1 (λ _, 0%nat) ∗ heap_ctx σ.
  End laws.

  (** By adequacy: whoever ends with the whole lease of a region, and owes nothing on it,
  has left every slot unused in memory. *)
  Parameter region_leak_free : ∀ Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) (n : nat)
    (φ : val → frame_region → Prop),
    (∀ `{!lrustGS Σ, !UntrackedHeap Σ},
      ⊢ WP e {{ v, ∃ (D : meta_dict Σ) N R, ⌜dict_size D = n ∧ φ v R⌝ ∗
          is_region D N R ∗ region_lease R 1 (λ _, 0%nat) }}) →
    adequate NotStuck e ∅ (λ v σ, ∃ R, φ v R ∧ region_unused_in n R σ).
End region_sig.
