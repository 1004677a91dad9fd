(** * A page table that keeps frames, with exact reference counts

A page table of one level: a block of entries, each of which is 0 or an address of a
page with the lowest bit set, as hardware has it. To map a page is to store a share of
its frame there, as a raw address, which needs no count of its own
([frame_into_raw]); to unmap it is to make the handle again and drop it
([frame_region_from_raw]). An operation on a page that stays mapped borrows the handle.

[page_table R table es] is a table whose entries map the slots in [es], with the token of
the raw frame for each entry ([entry_raw]), together with the whole lease of the region, on which as many drops are owed for each slot as it has
paths in the table, [paths_in_pt]. So with a page table in hand

- the reference count of a page is the number of its paths, exactly
  ([pt_reference_count_spec]);
- unmapping the last path drops the page, which is unused then ([pt_unmap_spec],
  [pt_unused_spec]); as long as there is a path it cannot be claimed
  ([pt_map_in_use_spec]);
- a table that maps nothing is the whole lease with nothing owed ([page_table_empty]).

A closed program that does all this is in [page_table_client.v].

Source: [paths_in_pt] of [MetaSlotOwner] of the verified ostd (vostd,
specs/mm/frame/meta_owners.rs), which counts references of a data frame by it. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.kernel_model Require Import meta_types.
From tally.frame.slot Require Import frame_raw.
From tally.frame.region Require Import region.
From tally.prelude Require Import options.

(** ** The programs *)
(** The slot of the page that entry [i] maps, from its address. *)
Definition pt_slot (n : nat) : val :=
  λ: ["region"; "table"; "i"],
    frame_region_from_raw n ["region"; !("table" +ₗ "i") - #1].
Definition pt_set : val :=
  λ: ["table"; "i"; "slot"],
    let: "old" := !("table" +ₗ "i") in
    debug_assert ["old" = #0];;
    "table" +ₗ "i" <- frame_into_raw ["slot"] + #1.

(** Takes the unused page at [pa], with the metadata in [src]; returns the status. *)
Definition pt_map (n : nat) : val :=
  λ: ["region"; "table"; "i"; "pa"; "src"],
    let: "status" := frame_region_from_unused n ["region"; "pa"; #0; "src"; #false] in
    (if: "status" = #0 then
       pt_set ["table"; "i"; frame_region_slot_of n ["region"; "pa"] ]
     else #☠);;
    "status".
(** Maps at [i] what [from] maps. *)
Definition pt_share (n : nat) : val :=
  λ: ["region"; "table"; "i"; "from"],
    pt_set ["table"; "i"; clone_by_cas [pt_slot n ["region"; "table"; "from"] ] ].
Definition pt_unmap (n : nat) (glues : list val) (dealloc : val) : val :=
  λ: ["region"; "table"; "i"],
    let: "slot" := pt_slot n ["region"; "table"; "i"] in
    "table" +ₗ "i" <- #0;;
    frame_drop glues dealloc ["slot"].
Definition pt_reference_count (n : nat) : val :=
  λ: ["region"; "table"; "i"], reference_count [pt_slot n ["region"; "table"; "i"] ].

(** ** Paths *)
(** Which slot each entry maps. *)
Definition pt_entries : Type := list (option nat).
Definition entry_path (i : nat) : tree_path := [Z.of_nat i].
Fixpoint paths_from (x : nat) (es : pt_entries) (j : nat) : gset tree_path :=
  match es with
  | [] => ∅
  | e :: es' => (if decide (e = Some j) then {[ entry_path x ]} else ∅) ∪ paths_from (S x) es' j
  end.
(** Where slot [j] is mapped, and how often. *)
Definition paths_in_pt (es : pt_entries) (j : nat) : gset tree_path := paths_from 0 es j.
Definition pt_counts (es : pt_entries) (j : nat) : nat := size (paths_in_pt es j).

Local Instance entry_path_inj : Inj (=) (=) entry_path.
Proof. intros i i' [= Hi]. lia. Qed.
Local Lemma insert_lookup_same {A} (l : list A) i x :
  (i < length l)%nat → <[i := x]> l !! i = Some x.
Proof.
  revert i. induction l as [|y l IH]; intros [|i] Hi; simpl in *; [lia..|done|].
  apply IH. lia.
Qed.

Local Lemma elem_of_paths_from x es j p :
  p ∈ paths_from x es j ↔ ∃ i, p = entry_path (x + i) ∧ es !! i = Some (Some j).
Proof.
  revert x. induction es as [|e es IH]; intros x; simpl.
  { split; [set_solver|naive_solver]. }
  rewrite elem_of_union IH. split.
  - intros [He|(i & -> & Hi)].
    + exists 0%nat. case_decide; [|set_solver]. rewrite Nat.add_0_r. set_solver.
    + exists (S i). by rewrite Nat.add_succ_r.
  - intros ([|i] & -> & Hi); simplify_eq/=.
    + left. rewrite decide_True // Nat.add_0_r. set_solver.
    + right. exists i. by rewrite Nat.add_succ_r.
Qed.
Lemma elem_of_paths_in_pt es j p :
  p ∈ paths_in_pt es j ↔ ∃ i, p = entry_path i ∧ es !! i = Some (Some j).
Proof. apply (elem_of_paths_from 0). Qed.
Lemma paths_in_pt_none es j :
  (∀ i, es !! i ≠ Some (Some j)) → paths_in_pt es j = ∅.
Proof.
  intros Hno. apply set_eq=> p. rewrite elem_of_paths_in_pt.
  split; [|set_solver]. by intros (i & _ & ?%Hno).
Qed.
Lemma paths_in_pt_insert es i e j p :
  (i < length es)%nat →
  p ∈ paths_in_pt (<[i := e]> es) j ↔
    p = entry_path i ∧ e = Some j ∨ p ≠ entry_path i ∧ p ∈ paths_in_pt es j.
Proof.
  intros Hi. rewrite !elem_of_paths_in_pt. split.
  - intros (i' & -> & Hi'). destruct (decide (i' = i)) as [->|Hne].
    + left. split; [done|]. rewrite insert_lookup_same // in Hi'. congruence.
    + right. split; [by intros ?%(inj _)|]. exists i'. split; [done|].
      by rewrite list_lookup_insert_ne in Hi'.
  - intros [[-> ->]|(Hne & i' & -> & Hi')].
    + exists i. by rewrite insert_lookup_same.
    + exists i'. split; [done|]. rewrite list_lookup_insert_ne; [done|congruence].
Qed.
Lemma pt_counts_map es i j :
  es !! i = Some None →
  ∀ x, pt_counts (<[i := Some j]> es) x = count_set (pt_counts es) j (S (pt_counts es j)) x.
Proof.
  intros Hi x. pose proof (lookup_lt_Some _ _ _ Hi) as Hlt.
  assert (entry_path i ∉ paths_in_pt es x) as Hno.
  { intros (i' & ->%(inj _) & Hi')%elem_of_paths_in_pt. congruence. }
  rewrite /count_set /pt_counts. case_decide as Hx.
  - subst x. rewrite -Nat.add_1_l -(size_singleton (C := gset tree_path) (entry_path i)).
    rewrite -size_union; [|set_solver]. f_equal. apply set_eq=> p.
    rewrite paths_in_pt_insert //. set_solver.
  - f_equal. apply set_eq=> p. rewrite paths_in_pt_insert //. set_solver.
Qed.
Lemma pt_counts_unmap es i j :
  es !! i = Some (Some j) →
  ∃ n, pt_counts es j = S n ∧
    ∀ x, pt_counts (<[i := None]> es) x = count_set (pt_counts es) j n x.
Proof.
  intros Hi. pose proof (lookup_lt_Some _ _ _ Hi) as Hlt.
  assert (entry_path i ∈ paths_in_pt es j) as Hin.
  { apply elem_of_paths_in_pt. by exists i. }
  exists (size (paths_in_pt (<[i := None]> es) j)). split.
  - rewrite -Nat.add_1_l /pt_counts -(size_singleton (C := gset tree_path) (entry_path i)).
    rewrite -size_union.
    + f_equal. apply set_eq=> p. rewrite elem_of_union elem_of_singleton paths_in_pt_insert //.
      destruct (decide (p = entry_path i)); set_solver.
    + intros p Hp%elem_of_singleton. rewrite paths_in_pt_insert //. set_solver.
  - intros x. rewrite /count_set. case_decide as Hx; [by subst x|]. rewrite /pt_counts.
    f_equal. apply set_eq=> p. rewrite paths_in_pt_insert //.
    split; [set_solver|]. intros Hp. right. split; [|done]. intros ->.
    apply elem_of_paths_in_pt in Hp as (i' & ->%(inj _) & Hi'). congruence.
Qed.

(** ** Their specifications *)
Section page_table.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (R : frame_region) (table src : loc) (es : pt_entries) (i j : nat).
  Implicit Types (γ : slot_names) (pa : Z) (vl : list val).

  (** The address of the page with slot [j]. *)
  Definition entry_paddr R j : Z :=
    default 0%Z (index_to_frame (region_layout R) (Z.of_nat j)).
  Definition entry_cell R (e : option nat) : val :=
    match e with
    | None => #0
    | Some j => #(entry_paddr R j + 1)
    end.
  (** The share that an entry keeps, given away as the address in it. *)
  Definition entry_raw R (e : option nat) : iProp Σ :=
    match e with
    | None => True
    | Some j => ∃ γ m, ⌜region_names R !! j = Some γ⌝ ∗
        frame_raw D γ (region_slot (dict_size D) R j) (entry_paddr R j) (HandleShared m)
    end.
  Definition page_table R table es : iProp Σ :=
    table ↦∗ (entry_cell R <$> es) ∗ ([∗ list] e ∈ es, entry_raw R e) ∗
    region_lease R 1 (pt_counts es).

  Lemma page_table_empty R table n :
    page_table R table (replicate n None) ⊣⊢
    table ↦∗ replicate n #0 ∗ region_lease R 1 (λ _, 0%nat).
  Proof.
    rewrite /page_table fmap_replicate.
    rewrite (region_lease_ext _ _ (pt_counts (replicate n None)) (λ _, 0%nat)).
    2: { intros j _. rewrite /pt_counts.
      rewrite paths_in_pt_none ?size_empty //. by intros i [? _]%lookup_replicate. }
    iSplit; [iIntros "($ & _ & $)"|iIntros "[$ $]"].
    iInduction n as [|n] "IH"; [done|]. simpl. by iSplit.
  Qed.

  Local Lemma found R γ j :
    region_names R !! j = Some γ →
    is_region D N R -∗
      ⌜get_slot (region_layout R) (entry_paddr R j) = inr (Z.of_nat j)⌝ ∗
      frame_slot D N γ (region_slot (dict_size D) R j) (entry_paddr R j).
  Proof.
    iIntros (Hγ) "#HR". iDestruct (is_region_wf with "HR") as %(Hok & _ & _).
    iDestruct (region_lookup with "HR") as (pa) "(%Hpa & _ & #Hslot)"; [done|].
    rewrite /entry_paddr Hpa /=. iFrame "Hslot". iPureIntro. by apply get_slot_found.
  Qed.

  (** The handle is borrowed. *)
  Local Lemma pt_slot_spec R table es i j γ m :
    es !! i = Some (Some j) → region_names R !! j = Some γ →
    let s := region_slot (dict_size D) R j in
    {{{ is_region D N R ∗ table ↦∗ (entry_cell R <$> es) ∗
        frame_raw D γ s (entry_paddr R j) (HandleShared m) }}}
      pt_slot (dict_size D) [ #(region_header R); #table; #i ]
    {{{ RET #s; table ↦∗ (entry_cell R <$> es) ∗ shared_frame D γ s m ∗
        (shared_frame D γ s m -∗ frame_raw D γ s (entry_paddr R j) (HandleShared m)) }}}.
  Proof.
    iIntros (Hi Hγ s Φ) "(#HR & Ht & Hraw) HΦ".
    iDestruct (found with "HR") as "[%Hpa _]"; [done|].
    assert ((entry_cell R <$> es) !! i = Some #(entry_paddr R j + 1)%V) as Hcell.
    { by rewrite list_lookup_fmap Hi. }
    iDestruct (heap_pointsto_vec_lookup_acc with "Ht") as "[Hi Hback]"; [exact Hcell|].
    wp_rec. wp_pures. wp_read. wp_pures. rewrite Z.add_simpl_r.
    wp_apply (frame_region_ref_from_raw_spec with "[$HR $Hraw]"); [done|].
    iIntros "Hraw". iApply "HΦ". iDestruct ("Hback" with "Hi") as "H".
    rewrite list_insert_id //. iFrame "H Hraw".
  Qed.
  (** The handle is given away. *)
  Local Lemma pt_set_spec R table es i j γ m :
    es !! i = Some None → region_names R !! j = Some γ →
    let s := region_slot (dict_size D) R j in
    {{{ is_region D N R ∗ table ↦∗ (entry_cell R <$> es) ∗ shared_frame D γ s m }}}
      pt_set [ #table; #i; #s ]
    {{{ RET #☠; table ↦∗ (entry_cell R <$> <[i := Some j]> es) ∗
        frame_raw D γ s (entry_paddr R j) (HandleShared m) }}}.
  Proof.
    iIntros (Hi Hγ s Φ) "(#HR & Ht & Hh) HΦ".
    iDestruct (found with "HR") as "[_ #Hslot]"; [done|].
    iDestruct (heap_pointsto_vec_lookup_acc _ _ _ i (entry_cell R None) with "Ht")
      as "[Hi Hback]"; [by rewrite list_lookup_fmap Hi|].
    wp_rec. wp_pures. wp_read. wp_pures. wp_rec. wp_pures.
    wp_apply (frame_into_raw_spec D N γ s _ (HandleShared m) with "[$Hslot $Hh]").
    iIntros "Hraw". wp_write. iApply "HΦ". iFrame "Hraw".
    rewrite list_fmap_insert. iApply ("Hback" with "Hi").
  Qed.

  (** One entry, and a way back with another one. *)
  Local Lemma entry_acc R es i e :
    es !! i = Some e →
    ([∗ list] e ∈ es, entry_raw R e) -∗
    entry_raw R e ∗
    (∀ e', entry_raw R e' -∗ [∗ list] e ∈ <[i := e']> es, entry_raw R e).
  Proof.
    iIntros (Hi) "H". iDestruct (big_sepL_insert_acc with "H") as "[$ Hback]"; [done|].
    iIntros (e') "H". iApply ("Hback" with "H").
  Qed.

  Lemma pt_map_spec R table es i pa j src vl :
    es !! i = Some None → get_slot (region_layout R) pa = inr (Z.of_nat j) →
    paths_in_pt es j = ∅ →
    {{{ is_region D N R ∗ page_table R table es ∗ src ↦∗ vl ∗ meta_own D 0 vl }}}
      pt_map (dict_size D) [ #(region_header R); #table; #i; #pa; #src ]
    {{{ RET #0; page_table R table (<[i := Some j]> es) ∗ src ↦∗ vl }}}.
  Proof.
    iIntros (Hi Hpa Hno Φ) "(#HR & (Ht & Hes & L) & Hsrc & Hm) HΦ". wp_rec.
    assert (pt_counts es j = 0%nat) as H0 by by rewrite /pt_counts Hno size_empty.
    wp_apply (frame_region_from_unused_full_spec D N R pa j 0 src vl false
      with "[$HR $Hsrc $Hm $L]"); [done..|].
    iIntros (γ) "(Hsrc & %Hγ & (%γm & Hh) & L)". wp_pures.
    wp_apply (frame_region_slot_of_spec with "HR"); [done|]. iIntros "_".
    wp_apply (pt_set_spec with "[$HR $Ht $Hh]"); [done..|]. iIntros "[Ht Hraw]". wp_pures.
    iApply "HΦ". iFrame "Hsrc Ht".
    iDestruct (entry_acc with "Hes") as "[_ Hes]"; [done|].
    iSplitL "Hes Hraw"; [iApply "Hes"; iExists γ, _; by iFrame|].
    iApply (region_lease_ext with "L"). intros x _. by rewrite pt_counts_map // H0.
  Qed.
  (** A page that is mapped somewhere cannot be taken again. *)
  Lemma pt_map_in_use_spec R table es i pa j src vl :
    get_slot (region_layout R) pa = inr (Z.of_nat j) → paths_in_pt es j ≠ ∅ →
    {{{ is_region D N R ∗ page_table R table es ∗ src ↦∗ vl ∗ meta_own D 0 vl }}}
      pt_map (dict_size D) [ #(region_header R); #table; #i; #pa; #src ]
    {{{ RET #(error_code ErrInUse); page_table R table es ∗ src ↦∗ vl ∗ meta_own D 0 vl }}}.
  Proof.
    iIntros (Hpa [p (i' & -> & Hi')%elem_of_paths_in_pt]%set_choose_L Φ)
      "(#HR & (Ht & Hes & L) & Hsrc & Hm) HΦ". wp_rec.
    iDestruct (entry_acc _ _ _ _ Hi' with "Hes") as "[(%γ & %m & %Hγ & Hraw) Hes]".
    iDestruct (region_found with "HR") as (γ' Hγ') "[_ #Hslot]"; [exact Hpa|]. simplify_eq.
    (** The token of the raw frame is evidence that the page is in use. *)
    wp_apply (frame_region_from_unused_at_spec D N R pa (inr j) 0 src false with "HR"); [done|].
    iApply (get_from_unused_at D N with "Hslot Hsrc Hm Hraw").
    iIntros "!>" (st [n ->]) "Hsrc [Hraw Hm]". wp_pures. iApply "HΦ".
    iFrame "Ht L Hsrc Hm".
    iDestruct ("Hes" $! (Some j) with "[Hraw]") as "Hes"; [iExists γ, m; by iFrame|].
    by rewrite list_insert_id.
  Qed.
  Lemma pt_share_spec R table es i i' j :
    es !! i = Some None → es !! i' = Some (Some j) →
    {{{ is_region D N R ∗ page_table R table es }}}
      pt_share (dict_size D) [ #(region_header R); #table; #i; #i' ]
    {{{ RET #☠; page_table R table (<[i := Some j]> es) }}}.
  Proof.
    iIntros (Hi Hi' Φ) "(#HR & Ht & Hes & L) HΦ". wp_rec.
    iDestruct (entry_acc _ _ _ _ Hi' with "Hes") as "[(%γ & %m & %Hγ & Hraw) Hes]".
    wp_apply (pt_slot_spec with "[$HR $Ht $Hraw]"); [done..|]. iIntros "(Ht & Hh & Hraw)".
    iDestruct (found with "HR") as "[_ #Hslot]"; [done|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [done|].
    iDestruct (lease_half with "L") as "[L L']".
    wp_apply (clone_by_cas_at D N with "Hslot Hh L'"). iIntros (n _) "L' Hh Hh'".
    iDestruct ("Hraw" with "Hh") as "Hraw".
    iDestruct ("Hes" $! (Some j) with "[Hraw]") as "Hes"; [iExists γ, m; by iFrame|].
    rewrite (list_insert_id _ _ _ Hi').
    iDestruct (entry_acc _ _ _ _ Hi with "Hes") as "[_ Hes]".
    wp_apply (pt_set_spec with "[$HR $Ht $Hh']"); [done..|]. iIntros "[Ht Hraw]".
    iApply "HΦ". iFrame "Ht".
    iSplitL "Hes Hraw"; [iApply "Hes"; iExists γ, m; by iFrame|].
    iAssert (lease γ (1 / 2 + 1 / 2) (1 + pt_counts es j)) with "[L L']" as "L".
    { rewrite lease_split. iFrame. }
    rewrite Qp.div_2. iApply (region_lease_ext with "(Hback L)").
    intros x _. by rewrite pt_counts_map.
  Qed.
  (** Exactly the number of paths. *)
  Lemma pt_reference_count_spec R table es i j :
    es !! i = Some (Some j) →
    {{{ is_region D N R ∗ page_table R table es }}}
      pt_reference_count (dict_size D) [ #(region_header R); #table; #i ]
    {{{ RET #(Z.of_nat (size (paths_in_pt es j))); page_table R table es }}}.
  Proof.
    iIntros (Hi Φ) "(#HR & Ht & Hes & L) HΦ". wp_rec.
    iDestruct (entry_acc _ _ _ _ Hi with "Hes") as "[(%γ & %m & %Hγ & Hraw) Hes]".
    wp_apply (pt_slot_spec with "[$HR $Ht $Hraw]"); [done..|]. iIntros "(Ht & Hh & Hraw)".
    wp_apply (frame_region_reference_count_spec D N with "[$HR $Hh $L]"); [done|].
    iIntros "[Hh L]". iApply "HΦ". iFrame "Ht L". iDestruct ("Hraw" with "Hh") as "Hraw".
    iDestruct ("Hes" $! (Some j) with "[Hraw]") as "Hes"; [iExists γ, m; by iFrame|].
    by rewrite list_insert_id.
  Qed.
  Lemma pt_unmap_spec R table es i j dealloc :
    es !! i = Some (Some j) →
    {{{ dict_drop_spec D ∗ region_dealloc_spec D R dealloc ∗
        is_region D N R ∗ page_table R table es }}}
      pt_unmap (dict_size D) (dict_glues D) dealloc [ #(region_header R); #table; #i ]
    {{{ RET #☠; page_table R table (<[i := None]> es) }}}.
  Proof.
    iIntros (Hi Φ) "(#HD & #Hdealloc & #HR & Ht & Hes & L) HΦ". wp_rec.
    iDestruct (entry_acc _ _ _ _ Hi with "Hes") as "[(%γ & %m & %Hγ & Hraw) Hes]".
    iDestruct ("Hes" $! None with "[//]") as "Hes".
    wp_apply (pt_slot_spec with "[$HR $Ht $Hraw]"); [done..|].
    iIntros "(Ht & Hh & _)". wp_pures.
    iDestruct (heap_pointsto_vec_lookup_acc _ _ _ i (entry_cell R (Some j)) with "Ht")
      as "[Hi Ht]"; [by rewrite list_lookup_fmap Hi|].
    wp_write. iDestruct ("Ht" with "Hi") as "Ht". wp_pures.
    destruct (pt_counts_unmap es i j Hi) as (n & Hn & Hcounts).
    wp_apply (frame_region_drop_spec D N R j γ m 1 _ n with "[$HD $Hdealloc $HR $Hh $L]");
      [done..|]. iIntros "L". iApply "HΦ". rewrite /page_table list_fmap_insert. iFrame "Ht Hes".
    iApply (region_lease_ext with "L"). intros x _. by rewrite Hcounts.
  Qed.
  (** No path, no use. *)
  Lemma pt_unused_spec R table es pa j :
    get_slot (region_layout R) pa = inr (Z.of_nat j) → paths_in_pt es j = ∅ →
    {{{ is_region D N R ∗ page_table R table es }}}
      frame_region_from_in_use (dict_size D) [ #(region_header R); #pa ]
    {{{ RET #(error_code ErrUnused); page_table R table es }}}.
  Proof.
    iIntros (Hpa Hno Φ) "(#HR & Ht & Hes & L) HΦ".
    wp_apply (frame_region_from_in_use_unused_spec D N with "[$HR $L]"); [done| |].
    { by rewrite /pt_counts Hno size_empty. }
    iIntros "L". iApply "HΦ". iFrame.
  Qed.
End page_table.
