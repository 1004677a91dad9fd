(** * The metadata of a slot: what is true of it

Statements only; [meta_owners.v] has the proofs. The verified original assumes most
of this. What became of each of its axioms and trusted bodies:

<<
  original                                 here
  axiom_mmio_usage_iff_mmio_paddr          inconsistent: [mmio_usage_axiom_refuted];
                                           instead a conjunct of the region's invariant,
                                           [mmio_marked_boot] … [mmio_unused_disjoint]
  axiom_mmio_paddr_huge_page_closed        degenerate, MMIO would be everything or
                                           nothing: [mmio_huge_axiom_constant];
                                           instead [mmio_huge_page_closed]
  metadata_perms_inverse                   [metadata_perms_inverse]
  inner_perms_from_metadata_roundtrip      with the former inconsistent:
                                           [metadata_roundtrip_axioms_refuted];
                                           instead [inner_perms_from_metadata_round_trip]
  switch_perm_to_inner_perms_from_metadata (trusted body)   [write_metadata_into_storage]
  sync_inner                               forges ownership: [sync_inner_refuted],
                                           [sync_inner_copied_refuted];
                                           instead [take_put_inner]
  take_inner_perms                         [take_put_inner]: what is left is a wand, not
                                           some other permission
  perm_u64_with_value, _identity           [word_with_value], [word_with_identity]
  pptr_usize_with_value, _identity         [cell_with_contents], [cell_with_identity]
  meta_slot_from_perm_ids                  [meta_slot_from_perm_ids]
  meta_slot_eq_by_ids                      [meta_slot_eq_by_ids]
  as_u8 (trusted body)                     [from_u8_as_u8], [as_u8_from_u8]
  to_repr, from_repr, from_borrowed of     functions, with the laws [metadata_from_to_repr],
  Metadata (trusted bodies)                [metadata_to_from_repr], [metadata_to_repr_wf];
                                           in the heap [meta_perm_intro]
>>

That an axiom is called inconsistent means: what it says, of whatever there is in the
places of the functions that it leaves uninterpreted, implies a contradiction. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.model Require Import word slot_count slot_model slot_model_sig.
From tally.frame.kernel_model Require Import meta_types.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Module Type meta_owners_sig.
  (** ** What a page is used for *)
  (** The discriminant of a usage is a byte. *)
  Parameter as_u8_range : ∀ u, 0 ≤ as_u8 u < 256.
  (** Decoding a discriminant gives the usage that it encodes. *)
  Parameter from_u8_as_u8 : ∀ u, from_u8 (as_u8 u) = Some u.
  (** A byte that decodes to a usage is the discriminant of that usage. *)
  Parameter as_u8_from_u8 : ∀ n u, from_u8 n = Some u → as_u8 u = n.
  (** [UsageUnused] is the only usage with the state unused. *)
  Parameter as_state_unused : ∀ u, as_state u = StateUnused ↔ u = UsageUnused.
  (** [UsageFrame] is the only usage with the state untyped. *)
  Parameter as_state_untyped : ∀ u, as_state u = StateUntyped ↔ u = UsageFrame.

  (** ** How a slot stands *)
  (** The words that each status stands for. *)
  Parameter status_of_spec : ∀ w, word_ok w →
    match status_of w with
    | StatusUnused => w = slot_unused
    | StatusUnique => w = slot_unique
    | StatusShared => 1 ≤ w ≤ slot_max
    | StatusOverflow => slot_max < w < slot_unique
    | StatusUnderConstruction => w = slot_busy
    end.
  (** The status of a slot of the executable model tells which handles of it there are;
  leaked shares count as shares. *)
  Parameter status_of_slot : ∀ s i x, frame_inv s →
    tbl_get (frame_slots s) i = Some x →
    match status_of (slot_word x) with
    | StatusUnused =>
        frame_count s (HoldsShared i) + slot_leaked x = 0 ∧
        frame_count s (HoldsUnique i) = 0 ∧ frame_count s (HoldsBusy i) = 0
    | StatusUnique => frame_count s (HoldsUnique i) = 1
    | StatusShared => 1 ≤ frame_count s (HoldsShared i) + slot_leaked x
    | StatusOverflow => False
    | StatusUnderConstruction => frame_count s (HoldsBusy i) = 1
    end.

  (** ** Metadata *)
  (** [get_link] gives the link of storage that holds one, and nothing of other storage. *)
  Parameter get_link_spec : ∀ s link, get_link s = Some link ↔ s = StorageFrameLink link.
  (** [get_node] gives the node of storage that holds one, and nothing of other storage. *)
  Parameter get_node_spec : ∀ s node, get_node s = Some node ↔ s = StoragePtNode node.

  (** ** Owners and their models *)
  (** If an owner satisfies its invariant, its model does, too. *)
  Parameter view_preserves_inv : ∀ o, owner_inv o → model_inv (owner_view o).
  (** The status of an owner that satisfies its invariant is not overflow. *)
  Parameter owner_inv_status : ∀ o, owner_inv o →
    model_status (owner_view o) ≠ StatusOverflow.
  (** Every other status is that of some owner. *)
  Parameter owner_inv_witness : ∀ st, st ≠ StatusOverflow →
    ∃ o, owner_inv o ∧ model_status (owner_view o) = st.

  (** ** Permissions are values *)
  (** A new value for a word: the value is the new one, and the place is the same. *)
  Parameter word_with_value : ∀ p w,
    word_value (word_with p w) = w ∧ word_id (word_with p w) = word_id p.
  (** To give a word the value that it has changes nothing. *)
  Parameter word_with_identity : ∀ p, word_with p (word_value p) = p.
  (** New contents for a cell: the contents are the new ones, and the place is the same. *)
  Parameter cell_with_contents : ∀ V (p : cell_perm V) c,
    cell_contents (cell_with p c) = c ∧ cell_id (cell_with p c) = cell_id p.
  (** To give a cell the contents that it has changes nothing. *)
  Parameter cell_with_identity : ∀ V (p : cell_perm V), cell_with p (cell_contents p) = p.
  (** Permissions are those of the slot that is computed from them. *)
  Parameter meta_slot_from_perm_ids : ∀ p, slot_wf (meta_slot_from_perm p) p.
  (** Permissions are those of one slot at most. *)
  Parameter meta_slot_eq_by_ids : ∀ r1 r2 p, slot_wf r1 p → slot_wf r2 p → r1 = r2.

  (** ** Representation *)
  (** Metadata that is written into a cell can be read back from it. The cell is the same
  one, and is initialised. *)
  Parameter metadata_perms_inverse : ∀ `{RM : Repr M meta_slot_storage P} (m : M) p q,
    let '(p', q') := perm_from_metadata m p q in
    metadata_from_perm p' q' = Some m ∧ cell_id p' = cell_id p ∧ is_init (cell_contents p').
  (** For storage that represents an [M]; of other storage it does not hold. *)
  Parameter inner_perms_from_metadata_round_trip :
    ∀ `{RM : Repr M meta_slot_storage P} p q s,
    cell_contents p = MemInit s → repr_wf s q →
    ∃ m, metadata_from_perm p q = Some m ∧ perm_from_metadata m p q = (p, q).
  (** The representation of metadata reads back as that metadata. *)
  Parameter metadata_from_to_repr : ∀ `{RM : Repr M meta_slot_storage P}
      (md : metadata M) (pq : inner_perms * P),
    let '(r, pq') := to_repr md pq in from_repr r pq' = Some md.
  (** A well-formed representation reads as some metadata, and is its representation. *)
  Parameter metadata_to_from_repr : ∀ `{RM : Repr M meta_slot_storage P}
      (r : meta_slot) (pq : inner_perms * P), metadata_wf r pq →
    ∃ md : metadata M, from_repr r pq = Some md ∧ to_repr md pq = (r, pq).
  (** The representation of metadata is well formed. *)
  Parameter metadata_to_repr_wf : ∀ `{RM : Repr M meta_slot_storage P}
      (md : metadata M) (pq : inner_perms * P),
    let '(r, pq') := to_repr md pq in metadata_wf r pq'.
  (** Storage represents itself; a link and a node, the storage with their tag. *)
  Parameter storage_repr_round_trip : ∀ s : meta_slot_storage,
    to_repr s () = (s, ()) ∧ from_repr s () = Some s.
  (** Storage represents a link exactly if it has the tag of a link. *)
  Parameter link_repr_wf : ∀ s,
    repr_wf (M := stored_link) s () ↔ ∃ link, s = StorageFrameLink link.
  (** Storage represents a node exactly if it has the tag of a node. *)
  Parameter node_repr_wf : ∀ s,
    repr_wf (M := stored_page_table_page_meta) s () ↔ ∃ node, s = StoragePtNode node.

  (** ** In the heap *)
  Section own.
    Context `{!lrustGS Σ}.

    (** Two permissions for one initialised cell agree on its value. *)
    Parameter cell_own_agree : ∀ `{CellValue V} q1 q2 l (v1 v2 : V),
      cell_own q1 (CellPerm l (MemInit v1)) -∗ cell_own q2 (CellPerm l (MemInit v2)) -∗
      ⌜v1 = v2⌝.
    (** Two permissions for one word agree on its value. *)
    Parameter word_own_agree : ∀ q1 q2 l w1 w2,
      word_own q1 (WordPerm l w1) -∗ word_own q2 (WordPerm l w2) -∗ ⌜w1 = w2⌝.
    (** A slot has one set of permissions. *)
    Parameter inner_own_exclusive : ∀ r p1 p2, slot_wf r p1 → slot_wf r p2 →
      inner_own p1 -∗ inner_own p2 -∗ False.
    (** To take the permissions out is to owe them. *)
    Parameter take_put_inner : ∀ o,
      owner_cells o ⊢
      inner_own (owner_perms o) ∗ (∀ p, inner_own p -∗ owner_cells (with_perms o p)).
    (** A write into the storage, whatever was there. *)
    Parameter write_metadata_into_storage : ∀ `{RM : Repr M meta_slot_storage P}
        (p : cell_perm meta_slot_storage) (m : M) (q : P) (src : loc),
      {{{ cell_own 1 p ∗ src ↦∗ encode_storage (to_repr m q).1 }}}
        #(cell_id p) <-{cell_size meta_slot_storage} !#src
      {{{ RET #☠;
          let '(p', q') := perm_from_metadata m p q in
          cell_own 1 p' ∗ ⌜metadata_from_perm p' q' = Some m⌝ ∗
          src ↦∗ encode_storage (to_repr m q).1 }}}.
    (** The permissions of a representation make the permission for a slot with that
    metadata. *)
    Parameter meta_perm_intro : ∀ `{RM : Repr M meta_slot_storage P}
        (md : metadata M) (p : inner_perms) (q : P),
      let '(r, (p', q')) := to_repr md (p, q) in inner_own p' ⊢ meta_perm r md q'.

    (** *** The original's rules, refuted *)
    (** The permission to install is ghost: one that nobody has will do. *)
    Parameter sync_inner_refuted : ∀ o1 o2,
      □ (∀ o p, owner_cells o -∗ owner_cells (with_perms o p)) -∗
      owner_cells o1 -∗ owner_cells o2 -∗ False.
    (** Nor is it sound to install a copy of what somebody has. *)
    Parameter sync_inner_copied_refuted : ∀ o1 o2,
      □ (∀ o p, inner_own p -∗ owner_cells o -∗
           inner_own p ∗ owner_cells (with_perms o p)) -∗
      owner_cells o1 -∗ owner_cells o2 -∗ False.
  End own.

  (** ** The original's axioms, refuted *)
  (** Of whatever is in the place of [is_mmio_paddr]: owners can be made up. *)
  Parameter mmio_usage_axiom_refuted : ∀ (is_mmio : Z → Prop) (frame_of : Z → Z),
    ¬ (∀ o : meta_slot_owner, usage o = UsageMmio ↔ is_mmio (frame_of (self_addr o))).
  (** All pages, or none, are MMIO: [page_size] may be any word at all. *)
  Parameter mmio_huge_axiom_constant : ∀ (is_mmio : Z → Prop),
    (∀ pa size offset, word_ok pa → word_ok size → word_ok offset →
       0 < size → pa `mod` size = 0 → offset < size →
       is_mmio (word_wrapping_add pa offset) ↔ is_mmio pa) →
    ∀ pa, word_ok pa → is_mmio pa ↔ is_mmio 0.
  (** The second axiom is about every permission, also one without contents, as an
  UNUSED slot has; the first says that there is none. *)
  Parameter metadata_roundtrip_axioms_refuted :
    ∀ (PointsTo M : Type) (is_init : PointsTo → Prop)
      (from_perm : PointsTo → M) (to_perm : M → PointsTo → PointsTo),
    (∀ m base, from_perm (to_perm m base) = m ∧ is_init (to_perm m base)) →
    (∀ p, to_perm (from_perm p) p = p) →
    ¬ ∃ p, ¬ is_init p.

  (** ** MMIO *)
  (** After initialisation, and as long as nobody touches MMIO pages' marks. *)
  Parameter mmio_marked_boot : ∀ mm L os,
    (∀ (i : nat) o pa, os !! i = Some o → index_to_frame L i = Some pa →
       usage o = boot_usage mm pa) →
    mmio_marked mm L os.
  (** A new owner of a slot keeps the marks correct, if it is marked as MMIO exactly when
  the old one was. *)
  Parameter mmio_marked_insert : ∀ mm L os (i : nat) o o',
    mmio_marked mm L os → os !! i = Some o →
    (usage o' = UsageMmio ↔ usage o = UsageMmio) →
    mmio_marked mm L (<[i := o']> os).
  (** What the allocator may hand out is not MMIO. *)
  Parameter mmio_unused_disjoint : ∀ mm L os (i : nat) o pa,
    mmio_marked mm L os → os !! i = Some o → index_to_frame L i = Some pa →
    usage o = UsageUnused → is_mmio_paddr mm pa = false.
  (** A huge page is MMIO wholly or not at all, if the ranges are aligned to its
  size or to a multiple of it. *)
  Parameter mmio_huge_page_closed : ∀ mm size big pa offset,
    0 < size → 0 < big → big `mod` size = 0 → mmio_aligned mm big →
    pa `mod` size = 0 → 0 ≤ offset < size →
    is_mmio_paddr mm (pa + offset) = is_mmio_paddr mm pa.
  (** The same for the page sizes of x86-64, if the ranges are aligned to a size that is at
  least that of the page. *)
  Parameter x86_64_mmio_huge_page_closed : ∀ mm big size pa offset,
    big ∈ x86_64_page_sizes → size ∈ x86_64_page_sizes → size ≤ big →
    mmio_aligned mm big → pa `mod` size = 0 → 0 ≤ offset < size →
    is_mmio_paddr mm (pa + offset) = is_mmio_paddr mm pa.
End meta_owners_sig.
