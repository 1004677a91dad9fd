(** * A region of page frames, as the verified ostd has it: the interface

There the whole region is one exclusive resource, [MetaRegionOwners]: for each slot its
owner, a [MetaSlotOwner] with permissions for the four fields of the slot
([meta_types.v]). Here a region is a fact for everybody, and what is exclusive is the
lease. This file ties the two. [meta_region_owners base mm os] is that resource, with
its invariant [region_owners_inv], for slots whose storage is the original's.

- The boot program makes it of raw memory ([region_boot_owners_spec]), with the owners
  [boot_owners]: unused, holding nothing, in no list, marked as the MMIO map [mm] says.
  The mark is a ghost tag, for any [mm] that one likes: no program reads it.
- Of any such resource whose slots are all unused a region can be made, with its whole
  lease ([region_of_owners]).
- Back: whoever has the whole lease of a slot, with nothing owed, and its in-list cell,
  has the slot's owner, unused, for as long as the slot's invariant is open
  ([region_owner_acc]).
- Likewise whoever has the unique handle of a frame, with a value of the original's storage
  as its metadata, has the slot's owner, unique ([region_unique_owner_acc]).
- At the end, with the whole lease of the region, memory holds the words of
  [boot_owners] again ([region_owners_final]).

So an owner is what one has of a slot that nobody else uses. There is none of a shared
slot here: what the metadata is shared as is up to its type, and the original's ban of
counts above the maximum does not hold while a clone is to abort. But at any moment the
word of every slot is that of a state ([region_words]).

[region_unique_owner_acc] and [region_words] are laws that no closed program uses.

Source: [MetaRegionOwners] of the verified ostd (vostd,
specs/mm/frame/meta_region_owners.rs).

Statements only; [region_owners.v] has them sealed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import layout_map.
From tally.frame.kernel_model Require Import page_usage meta_types.
From tally.frame.slot Require Import frame.
From tally.frame.region Require Import region.
From tally.prelude Require Import options.

(** ** The resource *)
(** The cells of metadata in the original's storage. *)
Definition owner_cells_size : nat := cell_size meta_slot_storage.
Definition owner_slot (base : loc) (i : nat) : loc :=
  base +ₗ slot_cells owner_cells_size * Z.of_nat i.

Record region_owners_inv (mm : mmio_map) (bs : list bank) (os : list meta_slot_owner) :
    Prop := {
  region_owners_length : Z.of_nat (length os) = layout_frames (banked_layout bs);
  region_owners_inv_owner : ∀ i o, os !! i = Some o → owner_inv o;
  region_owners_addr : ∀ i o, os !! i = Some o →
    index_to_meta (banked_layout bs) (Z.of_nat i) = Some (self_addr o);
  region_owners_mmio : mmio_marked mm (banked_layout bs) os;
}.

(** The owner of slot [i], of the page at [pa], after boot. *)
Definition boot_owner (mm : mmio_map) (base : loc) (i : nat) (pa : Z) : meta_slot_owner :=
  let s := owner_slot base i in
  MetaSlotOwner
    (InnerPerms (CellPerm (s +ₗ slot_storage) MemUninit) (WordPerm s slot_unused)
      (CellPerm (s +ₗ slot_vtable) MemUninit) (WordPerm (s +ₗ slot_in_list) 0))
    (FRAME_METADATA_START + Z.of_nat i * META_SLOT_SIZE) (boot_usage mm pa) ∅.
Definition boot_owners (mm : mmio_map) (base : loc) (bs : list bank) : list meta_slot_owner :=
  imap (λ i pa, boot_owner mm base i pa) (banks_paddrs bs).

(** The owner of slot [i] under a unique handle, with the vtable [t], the metadata [x], and
[w] for the list it is in; what it is used for and where it is mapped are ghosts there,
too. *)
Definition unique_owner (base : loc) (i t : nat) (x : meta_slot_storage) (w : word)
    (u : page_usage) (paths : gset tree_path) : meta_slot_owner :=
  let s := owner_slot base i in
  MetaSlotOwner
    (InnerPerms (CellPerm (s +ₗ slot_storage) (MemInit x)) (WordPerm s slot_unique)
      (CellPerm (s +ₗ slot_vtable) (MemInit (Z.of_nat t)))
      (WordPerm (s +ₗ slot_in_list) w))
    (FRAME_METADATA_START + Z.of_nat i * META_SLOT_SIZE) u paths.

(** What the owner says of memory that can be read off it without the contents. *)
Definition owner_in (σ : state) (o : meta_slot_owner) : Prop :=
  let p := owner_perms o in
  σ !! word_id (perm_ref_count p) = Some (RSt 0, LitV (LitInt (owner_count o))) ∧
  σ !! word_id (perm_in_list p) = Some (RSt 0, LitV (LitInt (owner_in_list o))).

Section owners.
  Context `{!lrustGS Σ}.

  Definition meta_region_owners (base : loc) (mm : mmio_map) (bs : list bank)
      (os : list meta_slot_owner) : iProp Σ :=
    ⌜region_owners_inv mm bs os⌝ ∗
    [∗ list] i ↦ o ∈ os, ⌜owner_wf (meta_slot_at (owner_slot base i)) o⌝ ∗ owner_cells o.
  (** The addresses of the pages, which the original computes from those of the slots. *)
  Definition region_paddrs (base : loc) (bs : list bank) : iProp Σ :=
    [∗ list] i ↦ pa ∈ banks_paddrs bs,
      (owner_slot base i +ₗ slot_paddr) ↦ LitV (LitInt pa).
End owners.

Module Type region_owners_sig.
  (** The owners after boot satisfy the region's invariant. *)
  Parameter boot_owners_inv : ∀ mm base bs,
    layout_ok (banked_layout bs) → (meta_end (banked_layout bs) ≤ FRAME_METADATA_END)%Z →
    region_owners_inv mm bs (boot_owners mm base bs).

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (R : frame_region) (γ : slot_names) (i : nat) (header base : loc).
    Implicit Types (bs : list bank) (mm : mmio_map) (vl : list val).

    (** The boot program makes the owners after boot, and the cells with the addresses of
    the pages, of raw memory. *)
    Parameter region_boot_owners_spec : ∀ mm header base bs v vl,
      layout_ok (banked_layout bs) → (meta_end (banked_layout bs) ≤ FRAME_METADATA_END)%Z →
      Z.of_nat (length vl) =
        (slot_cells owner_cells_size * layout_frames (banked_layout bs))%Z →
      {{{ header ↦∗ header_cells v bs ∗ base ↦∗ vl }}}
        frame_region_boot owner_cells_size [ #header; #base ]
      {{{ RET #☠; header ↦∗ header_cells #base bs ∗ region_paddrs base bs ∗
          meta_region_owners base mm bs (boot_owners mm base bs) }}}.
    (** Owners that are all unused make a region, with its whole lease, nothing owed on it,
    and its in-list cells. *)
    Parameter region_of_owners : ∀ E γr mm header base bs os,
      dict_size D = owner_cells_size → layout_ok (banked_layout bs) →
      Forall (λ o, owner_count o = slot_unused) os →
      header ↦∗ header_cells #base bs -∗ region_paddrs base bs -∗
      meta_region_owners base mm bs os ={E}=∗
      ∃ R, ⌜region_header R = header ∧ region_base R = base ∧ region_banks R = bs ∧
            region_pending R = γr⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) ∗ region_in_list D R.
    (** The whole lease of a slot, with nothing owed, and its in-list cell give the slot's
    owner, unused, for as long as the invariant is open. *)
    Parameter region_owner_acc : ∀ R mm i γ pa,
      dict_size D = owner_cells_size →
      (meta_end (region_layout R) ≤ FRAME_METADATA_END)%Z →
      region_names R !! i = Some γ →
      index_to_frame (region_layout R) (Z.of_nat i) = Some pa →
      is_region D N R -∗ lease γ 1 0 -∗
      (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ #0 ={⊤,⊤ ∖ ↑N}=∗
      let o := boot_owner mm (region_base R) i pa in
      ⌜owner_inv o⌝ ∗ owner_cells o ∗
      (owner_cells o ={⊤ ∖ ↑N,⊤}=∗
        lease γ 1 0 ∗ (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ #0).
    (** The unique handle of a frame and its in-list cell give the slot's owner, unique, for
    as long as the invariant is open. *)
    Parameter region_unique_owner_acc : ∀ R i γ t x w u paths,
      dict_size D = owner_cells_size →
      (meta_end (region_layout R) ≤ FRAME_METADATA_END)%Z →
      region_names R !! i = Some γ → word_ok w →
      is_region D N R -∗
      unique_frame D γ (region_slot (dict_size D) R i) t (encode_storage x) -∗
      (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ #w ={⊤,⊤ ∖ ↑N}=∗
      let o := unique_owner (region_base R) i t x w u paths in
      ⌜owner_inv o⌝ ∗ owner_cells o ∗
      (owner_cells o ={⊤ ∖ ↑N,⊤}=∗
        unique_frame D γ (region_slot (dict_size D) R i) t (encode_storage x) ∗
        (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ #w).
    (** With the whole lease of the region, and nothing owed on it, memory holds the counts
    and the in-list words of the owners after boot. *)
    Parameter region_owners_final : ∀ R mm σ,
      dict_size D = owner_cells_size →
      is_region D N R -∗ region_lease R 1 (λ _, 0%nat) -∗ region_in_list D R -∗
      heap_ctx σ ={⊤}=∗
      ⌜Forall (owner_in σ) (boot_owners mm (region_base R) (region_banks R))⌝ ∗ heap_ctx σ.
    (** Whatever the leases are, and whoever has them. *)
    Parameter region_words : ∀ R σ,
      is_region D N R -∗ heap_ctx σ ={⊤}=∗
      ⌜∀ i, (i < length (region_names R))%nat → ∃ st, state_bounded st ∧
        σ !! region_slot (dict_size D) R i = Some (RSt 0, LitV (LitInt (state_word st)))⌝ ∗
      heap_ctx σ.
  End laws.
End region_owners_sig.
