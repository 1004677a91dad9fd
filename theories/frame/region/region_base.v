(** * A region of page frames: what it is

[is_region D N R]: the slots of the region [R] follow the protocol, each that of its own
page, and the header tells where they are. It is a fact for everybody.

[region_lease R q k]: the pointwise sum of leases. It is the fraction [q] of the lease
of every slot, with [k i] drops owed on the one of slot [i]. Whoever has the whole
of it, with nothing owed, knows that all slots are unused.

Source: [MetaRegionOwners] of the verified ostd (vostd,
specs/mm/frame/meta_region_owners.rs), which is one exclusive resource there. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export layout.
From tally.frame.region Require Export region_code.
From tally.frame.slot Require Export frame.
From tally.prelude Require Import options.

Record frame_region := FrameRegion {
  region_header : loc;
  region_base : loc;
  region_banks : list bank;
  (** The ghost names of the slots, and of the tokens of those that increment. *)
  region_names : list slot_names;
  region_pending : gname;
}.

(** Banks of pages of 4096 bytes, each with a slot of 64. *)
Definition banked_layout (bs : list bank) : layout :=
  Layout PAGE_SIZE META_SLOT_SIZE FRAME_METADATA_START bs.
Definition region_layout (R : frame_region) : layout := banked_layout (region_banks R).
(** Where slot [i] is, if each has [n] cells of metadata. *)
Definition region_slot (n : nat) (R : frame_region) (i : nat) : loc :=
  region_base R +ₗ slot_cells n * i.

(** The addresses of the pages, in the order of their slots *)
Definition bank_paddrs (start : Z) (m : nat) : list Z :=
  (λ j : nat, start + j * page_size)%Z <$> seq 0 m.
Definition banks_paddrs (bs : list bank) : list Z :=
  bs ≫= λ b, bank_paddrs (bank_base b) (Z.to_nat (bank_frames b)).

(** What the programs return for an address that has no slot. *)
Definition address_code (e : address_error) : Z :=
  match e with NotAligned => not_aligned_code | OutOfBound => error_code ErrOutOfBound end.

Definition region_wf (R : frame_region) : Prop :=
  layout_ok (region_layout R) ∧
  Z.of_nat (length (region_names R)) = layout_frames (region_layout R) ∧
  Forall (λ γ, slot_pending_name γ = region_pending R) (region_names R).

(** Counts, one for each slot. *)
Definition count_set (k : nat → nat) (i x : nat) : nat → nat :=
  λ j, if decide (j = i) then x else k j.
Lemma count_set_same k i x : count_set k i x i = x.
Proof. rewrite /count_set decide_True //. Qed.
Lemma count_set_other k i j x : j ≠ i → count_set k i x j = k j.
Proof. intros ?. rewrite /count_set decide_False //. Qed.

(** All slots of [R] are unused in the memory [σ]. *)
Definition region_unused_in (n : nat) (R : frame_region) (σ : state) : Prop :=
  σ !! region_header R = Some (RSt 0, LitV (LitLoc (region_base R))) ∧
  ∀ i, (i < length (region_names R))%nat →
    σ !! region_slot n R i = Some (RSt 0, LitV (LitInt slot_unused)).

Section region.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (R : frame_region) (q : Qp) (k : nat → nat).

  Definition region_header_inv R : iProp Σ :=
    inv N (region_header R ↦∗
      header_cells (LitV (LitLoc (region_base R))) (region_banks R)).
  Definition is_region R : iProp Σ :=
    ⌜region_wf R⌝ ∗ region_header_inv R ∗
    [∗ list] i ↦ γ ∈ region_names R,
      ∃ pa, ⌜index_to_frame (region_layout R) (Z.of_nat i) = Some pa⌝ ∗
        frame_slot D N γ (region_slot (dict_size D) R i) pa.
  Global Instance is_region_persistent R : Persistent (is_region R).
  Proof. apply _. Qed.

  Definition region_lease R q k : iProp Σ :=
    [∗ list] i ↦ γ ∈ region_names R, lease γ q (k i).
  Global Instance region_lease_timeless R q k : Timeless (region_lease R q k).
  Proof. apply _. Qed.

  (** An allocator that leaves the lease of the page it gets back to whoever dropped. *)
  Definition region_dealloc_spec R (dealloc : val) : iProp Σ :=
    □ ∀ i γ pa, ⌜region_names R !! i = Some γ⌝ -∗
      dealloc_spec D (λ q, lease γ q 0) pa dealloc (λ _ _ q, lease γ q 0).
  Global Instance region_dealloc_spec_persistent R dealloc :
    Persistent (region_dealloc_spec R dealloc).
  Proof. apply _. Qed.

  (** The cells that say in which list a frame is: in none. *)
  Definition region_in_list R : iProp Σ :=
    [∗ list] i ↦ _ ∈ region_names R,
      (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ LitV (LitInt 0).
End region.
