(** * The metadata of a slot: types, ownership, representation

A slot ([meta_slot]) is four places in memory: the storage of the metadata, the
word, the vtable pointer and the list that the frame is in. To have a place is to
have a permission, a pure record of where it is and what is in it: a [word_perm]
for an atomic word, a [cell_perm V] for a cell that holds a [V] or nothing yet
([mem_contents V]). What the record stands for in the heap is [cell_own] and
[word_own]: the cells of λRust, with the encoding of the value ([CellValue]). As the
value is an argument of ↦ and a slot a record of locations, the "updaters" and the
"inverse casts" of the original are plain functions here.

[inner_perms] are the four permissions, [meta_slot_owner] is them with the slot's
address, what the page is used for, and where in page tables the frame is mapped;
[owner_inv] is its invariant (of the sequential original), [owner_view] its model, [model_inv] the invariant of
that.

[Repr M R P]: values of [M] are stored as values of [R], with permissions [P]. The
laws are part of the class. The original's [from_repr] is total; here it is partial,
as storage that holds nothing, or a value of another type, represents no [M].
[Metadata M] is represented by a slot and its permissions whenever [M] is
represented by the storage ([metadata_repr]). The permissions of [M] itself, for
which the original has no place, stand beside those of the slot.

MMIO: a map of the machine is a list of ranges of physical addresses
([is_mmio_paddr]).

Laws: in [meta_owners_sig.v].

Source: the verified ostd (vostd), specs/mm/frame/meta_owners.rs; its [Repr] is in
vstd_extra/cast_ptr.rs. Ours: encodings, ownership, the map of MMIO. *)
From stdpp Require Import vector.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.frame.slot Require Import frame_code.
From tally.frame.slot Require Export layout_map.
From tally.frame.kernel_model Require Export page_usage.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Permissions *)
Inductive mem_contents (V : Type) := MemUninit | MemInit (v : V).
Global Arguments MemUninit {V}.
Global Arguments MemInit {V} v.

Definition is_init {V} (c : mem_contents V) : Prop :=
  match c with MemInit _ => True | MemUninit => False end.
Definition is_uninit {V} (c : mem_contents V) : Prop := c = MemUninit.

Record cell_perm (V : Type) := CellPerm {
  cell_id : loc;
  cell_contents : mem_contents V;
}.
Global Arguments CellPerm {V} cell_id cell_contents.
Global Arguments cell_id {V} _.
Global Arguments cell_contents {V} _.
Record word_perm := WordPerm {
  word_id : loc;
  word_value : word;
}.

(** [perm_u64_with], [pptr_usize_with]: another value in the same place. *)
Definition word_with (p : word_perm) (w : word) : word_perm := WordPerm (word_id p) w.
Definition cell_with {V} (p : cell_perm V) (c : mem_contents V) : cell_perm V :=
  CellPerm (cell_id p) c.

(** ** Metadata *)
(** The links of a frame that is in a list: addresses of slots. *)
Record stored_link := StoredLink {
  link_next : option Z;
  link_prev : option Z;
}.
(** The metadata of a page table's page: its cells, and its level. *)
Record stored_page_table_page_meta := StoredPageTablePageMeta {
  nr_children : loc;
  stray : loc;
  level : Z;
  lock : loc;
}.
Definition storage_bytes : nat := 39.
Inductive meta_slot_storage :=
  | StorageEmpty (bytes : vec Z storage_bytes)
  | StorageUntyped
  | StorageFrameLink (link : stored_link)
  | StoragePtNode (node : stored_page_table_page_meta).

Definition get_link (s : meta_slot_storage) : option stored_link :=
  match s with StorageFrameLink link => Some link | _ => None end.
Definition get_node (s : meta_slot_storage) : option stored_page_table_page_meta :=
  match s with StoragePtNode node => Some node | _ => None end.

(** ** Slots and their owners *)
Record meta_slot := MetaSlot {
  meta_storage : loc;
  meta_ref_count : loc;
  meta_vtable_ptr : loc;
  meta_in_list : loc;
}.
(** The slot of the programs in [frame_code.v]. *)
Definition meta_slot_at (l : loc) : meta_slot :=
  MetaSlot (l +ₗ slot_storage) l (l +ₗ slot_vtable) (l +ₗ slot_in_list).

(** [MetadataInnerPerms]. *)
Record inner_perms := InnerPerms {
  perm_storage : cell_perm meta_slot_storage;
  perm_ref_count : word_perm;
  perm_vtable_ptr : cell_perm Z;
  perm_in_list : word_perm;
}.
(** [OwnerOf for MetaSlot]: these are the permissions of that slot. *)
Definition slot_wf (r : meta_slot) (p : inner_perms) : Prop :=
  cell_id (perm_storage p) = meta_storage r ∧
  word_id (perm_ref_count p) = meta_ref_count r ∧
  cell_id (perm_vtable_ptr p) = meta_vtable_ptr r ∧
  word_id (perm_in_list p) = meta_in_list r.
Definition meta_slot_from_perm (p : inner_perms) : meta_slot :=
  MetaSlot (cell_id (perm_storage p)) (word_id (perm_ref_count p))
    (cell_id (perm_vtable_ptr p)) (word_id (perm_in_list p)).

(** A path in the tree of page tables: the index in each table on the way. *)
Definition tree_path : Type := list Z.
Record meta_slot_owner := MetaSlotOwner {
  owner_perms : inner_perms;
  self_addr : Z;
  usage : page_usage;
  paths_in_pt : gset tree_path;
}.
Definition owner_count (o : meta_slot_owner) : word :=
  word_value (perm_ref_count (owner_perms o)).
Definition owner_in_list (o : meta_slot_owner) : word :=
  word_value (perm_in_list (owner_perms o)).
Definition owner_storage (o : meta_slot_owner) : mem_contents meta_slot_storage :=
  cell_contents (perm_storage (owner_perms o)).
Definition owner_vtable (o : meta_slot_owner) : mem_contents Z :=
  cell_contents (perm_vtable_ptr (owner_perms o)).
Definition owner_wf (r : meta_slot) (o : meta_slot_owner) : Prop :=
  slot_wf r (owner_perms o).
Definition with_perms (o : meta_slot_owner) (p : inner_perms) : meta_slot_owner :=
  MetaSlotOwner p (self_addr o) (usage o) (paths_in_pt o).
Definition with_usage (o : meta_slot_owner) (u : page_usage) : meta_slot_owner :=
  MetaSlotOwner (owner_perms o) (self_addr o) u (paths_in_pt o).

(** The invariant of the original, which is sequential: [owner_inv_overflow] does not
hold while a concurrent clone that is to abort has incremented already. What holds
under every interleaving is in [frame_sig.v]. A [gset] is finite, as the original
demands of the paths; that the word is one is the type [u64] there. *)
Record owner_inv (o : meta_slot_owner) : Prop := {
  owner_inv_word : word_ok (owner_count o);
  owner_inv_unused : owner_count o = slot_unused →
    is_uninit (owner_storage o) ∧ is_uninit (owner_vtable o) ∧ owner_in_list o = 0 ∧
    (usage o ≠ UsageMmio → paths_in_pt o = ∅);
  owner_inv_unique : owner_count o = slot_unique →
    is_init (owner_vtable o) ∧ is_init (owner_storage o);
  owner_inv_shared : 0 < owner_count o ≤ slot_max →
    is_init (owner_vtable o) ∧ is_init (owner_storage o) ∧ owner_in_list o = 0;
  owner_inv_overflow : ¬ slot_max < owner_count o < slot_unique;
  owner_inv_busy : owner_count o = 0 → owner_in_list o = 0;
  owner_inv_addr : FRAME_METADATA_START ≤ self_addr o < FRAME_METADATA_END;
  owner_inv_aligned : self_addr o `mod` META_SLOT_SIZE = 0;
}.

Record meta_slot_model := MetaSlotModel {
  model_status : meta_slot_status;
  model_storage : mem_contents meta_slot_storage;
  model_ref_count : word;
  model_vtable_ptr : mem_contents Z;
  model_in_list : word;
  model_self_addr : Z;
  model_usage : page_usage;
}.
Definition model_inv (m : meta_slot_model) : Prop :=
  let n := model_ref_count m in
  if word_eqb n slot_unused then is_uninit (model_vtable_ptr m) ∧ model_in_list m = 0
  else if word_eqb n slot_unique then is_init (model_vtable_ptr m)
  else if word_eqb n 0 then model_in_list m = 0
  else if word_leb n slot_max then is_init (model_vtable_ptr m)
  else False.
Definition owner_view (o : meta_slot_owner) : meta_slot_model :=
  MetaSlotModel (status_of (owner_count o)) (owner_storage o) (owner_count o)
    (owner_vtable o) (owner_in_list o) (self_addr o) (usage o).

(** ** Representation *)
Class Repr (M R P : Type) := {
  repr_wf : R → P → Prop;
  to_repr : M → P → R * P;
  from_repr : R → P → option M;
  from_to_repr_law m p : from_repr (to_repr m p).1 (to_repr m p).2 = Some m;
  to_from_repr_law r p : repr_wf r p →
    ∃ m, from_repr r p = Some m ∧ to_repr m p = (r, p);
  to_repr_wf_law m p : repr_wf (to_repr m p).1 (to_repr m p).2;
}.

(** Storage is its own metadata: what stands in for [dyn AnyFrameMeta]. *)
Global Program Instance storage_repr : Repr meta_slot_storage meta_slot_storage unit := {
  repr_wf _ _ := True;
  to_repr s p := (s, p);
  from_repr s _ := Some s;
}.
Next Obligation. done. Qed.
Next Obligation. intros r p _. by exists r. Qed.
Next Obligation. done. Qed.
Global Program Instance link_repr : Repr stored_link meta_slot_storage unit := {
  repr_wf s _ := is_Some (get_link s);
  to_repr link p := (StorageFrameLink link, p);
  from_repr s _ := get_link s;
}.
Next Obligation. done. Qed.
Next Obligation. intros [] p [x ?]; simplify_eq/=. by exists x. Qed.
Next Obligation. by eexists. Qed.
Global Program Instance node_repr :
    Repr stored_page_table_page_meta meta_slot_storage unit := {
  repr_wf s _ := is_Some (get_node s);
  to_repr node p := (StoragePtNode node, p);
  from_repr s _ := get_node s;
}.
Next Obligation. done. Qed.
Next Obligation. intros [] p [x ?]; simplify_eq/=. by exists x. Qed.
Next Obligation. by eexists. Qed.

Record metadata (M : Type) := Metadata {
  md_metadata : M;
  md_ref_count : word;
  md_vtable_ptr : mem_contents Z;
  md_in_list : word;
}.
Global Arguments Metadata {M} md_metadata md_ref_count md_vtable_ptr md_in_list.
Global Arguments md_metadata {M} _.
Global Arguments md_ref_count {M} _.
Global Arguments md_vtable_ptr {M} _.
Global Arguments md_in_list {M} _.

Section metadata_repr.
  Context {M P : Type} {RM : Repr M meta_slot_storage P}.

  (** [metadata_from_inner_perms]: what the storage holds, as an [M]. *)
  Definition metadata_from_perm (p : cell_perm meta_slot_storage) (q : P) : option M :=
    match cell_contents p with
    | MemInit s => from_repr s q
    | MemUninit => None
    end.
  (** [inner_perms_from_metadata], and what becomes of the permissions of [M]. *)
  Definition perm_from_metadata (m : M) (p : cell_perm meta_slot_storage) (q : P)
      : cell_perm meta_slot_storage * P :=
    let '(s, q') := to_repr m q in (cell_with p (MemInit s), q').

  Definition metadata_wf (r : meta_slot) (pq : inner_perms * P) : Prop :=
    slot_wf r pq.1 ∧
    ∃ s, cell_contents (perm_storage pq.1) = MemInit s ∧ repr_wf s pq.2.
  Definition metadata_to_repr (md : metadata M) (pq : inner_perms * P)
      : meta_slot * (inner_perms * P) :=
    let '(p, q) := pq in
    let '(ps, q') := perm_from_metadata (md_metadata md) (perm_storage p) q in
    let p' := InnerPerms ps
      (word_with (perm_ref_count p) (md_ref_count md))
      (cell_with (perm_vtable_ptr p) (md_vtable_ptr md))
      (word_with (perm_in_list p) (md_in_list md)) in
    (meta_slot_from_perm p', (p', q')).
  Definition metadata_from_repr (r : meta_slot) (pq : inner_perms * P)
      : option (metadata M) :=
    m ← metadata_from_perm (perm_storage pq.1) pq.2;
    Some (Metadata m (word_value (perm_ref_count pq.1))
      (cell_contents (perm_vtable_ptr pq.1)) (word_value (perm_in_list pq.1))).

  Global Program Instance metadata_repr :
      Repr (metadata M) meta_slot (inner_perms * P) := {
    repr_wf := metadata_wf;
    to_repr := metadata_to_repr;
    from_repr := metadata_from_repr;
  }.
  Next Obligation.
    intros [m n v i] [p q]. rewrite /metadata_to_repr /perm_from_metadata /=.
    pose proof (from_to_repr_law m q) as Hm. destruct (to_repr m q) as [s q']; simpl in *.
    by rewrite /metadata_from_repr /metadata_from_perm /= Hm.
  Qed.
  Next Obligation.
    intros [rs rc rv ri] [[[ls c] [lc n] [lv v] [li i]] q] ((?&?&?&?)&s&?&Hs).
    simplify_eq/=. destruct (to_from_repr_law _ _ Hs) as (m&Hm&Ht).
    exists (Metadata m n v i).
    by rewrite /metadata_from_repr /metadata_from_perm /= Hm
      /metadata_to_repr /perm_from_metadata /= Ht.
  Qed.
  Next Obligation.
    intros [m n v i] [p q]. rewrite /metadata_to_repr /perm_from_metadata /=.
    pose proof (to_repr_wf_law m q) as Hm. destruct (to_repr m q) as [s q']; simpl in *.
    split; [done|]. by exists s.
  Qed.
End metadata_repr.

(** ** In the heap *)
(** Values of [V] are kept in [cell_size V] cells. *)
Class CellValue (V : Type) := {
  cell_size : nat;
  cell_encode : V → list val;
  cell_encode_length v : length (cell_encode v) = cell_size;
  cell_encode_inj : Inj (=) (=) cell_encode;
}.
Global Arguments cell_size V {_}.
Local Existing Instance cell_encode_inj.

Definition encode_int (z : Z) : val := LitV (LitInt z).
Definition encode_loc (l : loc) : val := LitV (LitLoc l).
Definition encode_option (x : option Z) : list val :=
  match x with
  | None => [encode_int 0; LitV LitPoison]
  | Some z => [encode_int 1; encode_int z]
  end.
Global Program Instance word_cell : CellValue Z := {
  cell_size := 1;
  cell_encode z := [encode_int z];
}.
Next Obligation. done. Qed.
Next Obligation. by intros x y [= ->]. Qed.

(** A tag, then the fields, then cells that hold nothing. *)
Definition encode_storage (s : meta_slot_storage) : list val :=
  match s with
  | StorageEmpty bytes => encode_int 0 :: (encode_int <$> vec_to_list bytes)
  | StorageUntyped => encode_int 1 :: replicate 39 (LitV LitPoison)
  | StorageFrameLink link =>
      encode_int 2 :: (encode_option (link_next link) ++ encode_option (link_prev link))
        ++ replicate 35 (LitV LitPoison)
  | StoragePtNode node =>
      encode_int 3 :: encode_loc (nr_children node) :: encode_loc (stray node) ::
        encode_int (level node) :: encode_loc (lock node) ::
        replicate 35 (LitV LitPoison)
  end.
Global Program Instance storage_cell : CellValue meta_slot_storage := {
  cell_size := 40;
  cell_encode := encode_storage;
}.
Next Obligation.
  intros [bytes| |[[] []]|node]; [|done..].
  rewrite /= list_length_fmap.
  by first [rewrite vec_to_list_length|rewrite length_vec_to_list].
Qed.
Next Obligation.
  assert (Inj (=) (=) encode_int) as Hinj by by intros x y [= ->].
  intros [b| |[n p]|[]] [b'| |[n' p']|[]] Heq; simplify_eq/=; try done.
  - f_equal. by apply vec_to_list_inj2.
  - destruct n, p, n', p'; by simplify_eq/=.
Qed.

Section own.
  Context `{!lrustGS Σ}.

  Definition cell_own `{CellValue V} (q : Qp) (p : cell_perm V) : iProp Σ :=
    match cell_contents p with
    | MemInit v => cell_id p ↦∗{q} cell_encode v
    | MemUninit => ∃ vl, ⌜length vl = cell_size V⌝ ∗ cell_id p ↦∗{q} vl
    end.
  Definition word_own (q : Qp) (p : word_perm) : iProp Σ :=
    ⌜word_ok (word_value p)⌝ ∗ word_id p ↦{q} LitV (LitInt (word_value p)).
  Definition inner_own (p : inner_perms) : iProp Σ :=
    cell_own 1 (perm_storage p) ∗ word_own 1 (perm_ref_count p) ∗
    cell_own 1 (perm_vtable_ptr p) ∗ word_own 1 (perm_in_list p).
  (** The heap cells of an owner, apart from its invariant, and with it. *)
  Definition owner_cells (o : meta_slot_owner) : iProp Σ := inner_own (owner_perms o).
  Definition owner_own (o : meta_slot_owner) : iProp Σ := owner_cells o ∗ ⌜owner_inv o⌝.
  (** [MetaPerm M]: the slot [r] holds the metadata [md]; [q] is what [M] itself has. *)
  Definition meta_perm `{Repr M meta_slot_storage P}
      (r : meta_slot) (md : metadata M) (q : P) : iProp Σ :=
    ∃ p, ⌜metadata_wf r (p, q) ∧ metadata_from_repr r (p, q) = Some md⌝ ∗ inner_own p.
End own.

(** ** MMIO *)
(** Base address and length, in bytes. *)
Definition mmio_map : Type := list (Z * Z).
Definition is_mmio_paddr (mm : mmio_map) (pa : Z) : bool :=
  existsb (λ r, (r.1 <=? pa) && (pa <? r.1 + r.2)) mm.
Definition mmio_aligned (mm : mmio_map) (size : Z) : Prop :=
  Forall (λ r, r.1 `mod` size = 0 ∧ r.2 `mod` size = 0) mm.
(** Huge pages, at the sizes of x86-64: 4 KiB, 2 MiB, 1 GiB. *)
Definition x86_64_page_sizes : list Z := [4096; 2097152; 1073741824].

(** The slots of MMIO pages, and no others, are marked as such. A conjunct of the
region's invariant, in the place of an axiom. *)
Definition mmio_marked (mm : mmio_map) (L : layout) (os : list meta_slot_owner) : Prop :=
  ∀ (i : nat) o pa, os !! i = Some o → index_to_frame L i = Some pa →
    usage o = UsageMmio ↔ is_mmio_paddr mm pa = true.
(** What initialisation marks a frame with. *)
Definition boot_usage (mm : mmio_map) (pa : Z) : page_usage :=
  if is_mmio_paddr mm pa then UsageMmio else UsageUnused.
