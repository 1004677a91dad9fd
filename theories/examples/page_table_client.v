(** * A client of a page table, and what adequacy says of it

[page_table_client] boots the region of [region_client.v] and maps, in a table of four
entries ([page_table.v]):

<<
  page 1 at entry 0, and what entry 0 maps at entry 1, and that at entry 2;
  page 1 again, as an unused page, at entry 3: refused (InUse);
  page 4 at entry 3; counts page 1 (3) and page 4 (1);
  unmaps entry 1, counts page 1 (2); unmaps entry 0, counts (1); unmaps entry 2;
  looks page 1 up (Unused); unmaps entry 3
>>

and returns the region if the sum of the results in parentheses, weighted by powers of
ten, is right.

[page_table_client_adequate]: it is never stuck, the sum of the results is exact, and
at the end all slots in memory are unused. [page_table_client_run] computes the execution. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame number_dict.
From tally.frame.region Require Import region.
From tally.examples Require Import expect region_client page_table.
From tally.prelude Require Import options.

(** ** The program *)
Definition client_pt_unmap : val := pt_unmap 1 number_glues no_dealloc.
Definition page_table_client : expr :=
  let: "region" := client_region [] in
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "table" := Alloc #4 in
  "table" <- #0;;
  "table" +ₗ #1 <- #0;;
  "table" +ₗ #2 <- #0;;
  "table" +ₗ #3 <- #0;;
  let: "r1" := pt_map 1 ["region"; "table"; #0; #4096; "src"] in
  pt_share 1 ["region"; "table"; #1; #0];;
  pt_share 1 ["region"; "table"; #2; #1];;
  let: "r2" := pt_map 1 ["region"; "table"; #3; #4096; "src"] in
  let: "r3" := pt_map 1 ["region"; "table"; #3; #16384; "src"] in
  let: "c1" := pt_reference_count 1 ["region"; "table"; #2] in
  let: "c2" := pt_reference_count 1 ["region"; "table"; #3] in
  client_pt_unmap ["region"; "table"; #1];;
  let: "c3" := pt_reference_count 1 ["region"; "table"; #0] in
  client_pt_unmap ["region"; "table"; #0];;
  let: "c4" := pt_reference_count 1 ["region"; "table"; #2] in
  client_pt_unmap ["region"; "table"; #2];;
  let: "r4" := frame_region_from_in_use 1 ["region"; #4096] in
  client_pt_unmap ["region"; "table"; #3];;
  if: "r1" + "r2" * #10 + "r3" * #100 + "c1" * #1000 + "c2" * #10000 + "c3" * #100000
      + "c4" * #1000000 + "r4" * #10000000 = #21213010 then "region" else #0.

Lemma page_table_client_run :
  returned_loc (run_program choice_reuse [] 5000 page_table_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".

  Local Ltac no_path := apply paths_in_pt_none; intros [|[|[|[|]]]]; done.
  Local Ltac counted n :=
    match goal with |- context [size (paths_in_pt ?es ?j)] =>
      let H := fresh in
      assert (size (paths_in_pt es j) = n) as H by (by vm_compute); rewrite H; clear H
    end.

  Lemma page_table_client_spec :
    ⊢ WP page_table_client {{ v, ∃ (D : meta_dict Σ) N R,
        ⌜dict_size D = 1%nat ∧ v = #(region_header R) ∧ length (region_names R) = 3%nat⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) }}.
  Proof using All.
    rewrite /page_table_client. iMod pending_incs_alloc as (γr) "_".
    wp_apply (client_region_spec γr); [done|].
    iIntros (R) "((%HR & _ & %Hlen3) & #R & L)". wp_pures.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    wp_alloc table as "Ht" "_".
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc heap_pointsto_vec_nil.
    iDestruct "Ht" as "(H0 & H1 & H2 & H3 & _)".
    wp_write. wp_write. wp_write. wp_write.
    rewrite -(heap_pointsto_vec_singleton src).
    iAssert (page_table number_dict R table (replicate 4 None)) with "[H0 H1 H2 H3 L]" as "P".
    { rewrite page_table_empty /= !heap_pointsto_vec_cons !shift_loc_assoc
        heap_pointsto_vec_nil. iFrame. }
    wp_pures.
    wp_apply (pt_map_spec number_dict N R table _ 0 4096 0 src [ #42 ] with "[$R $P $Hsrc]");
      [done|by apply find_page_1|no_path|by iApply number_own; [lia|]|].
    iIntros "[P Hsrc]". wp_pures.
    wp_apply (pt_share_spec number_dict N R table _ 1 0 0 with "[$R $P]"); [done..|].
    iIntros "P". wp_pures.
    wp_apply (pt_share_spec number_dict N R table _ 2 1 0 with "[$R $P]"); [done..|].
    iIntros "P". wp_pures.
    wp_apply (pt_map_in_use_spec number_dict N R table _ 3 4096 0 src [ #42 ]
      with "[$R $P $Hsrc]"); [by apply find_page_1| |by iApply number_own; [lia|]|].
    { by vm_compute. }
    iIntros "(P & Hsrc & _)". wp_pures.
    wp_apply (pt_map_spec number_dict N R table _ 3 16384 2 src [ #42 ] with "[$R $P $Hsrc]");
      [done|by apply find_page_4|no_path|by iApply number_own; [lia|]|].
    iIntros "[P Hsrc]". wp_pures.
    wp_apply (pt_reference_count_spec number_dict N R table _ 2 0 with "[$R $P]"); [done|].
    iIntros "P". counted 3%nat. wp_pures.
    wp_apply (pt_reference_count_spec number_dict N R table _ 3 2 with "[$R $P]"); [done|].
    iIntros "P". counted 1%nat. wp_pures.
    wp_apply (pt_unmap_spec number_dict N R table _ 1 0 with "[$R $P]"); [done| |].
    { iSplit; [iApply number_dict_drop|iApply number_region_dealloc]. }
    iIntros "P". wp_pures.
    wp_apply (pt_reference_count_spec number_dict N R table _ 0 0 with "[$R $P]"); [done|].
    iIntros "P". counted 2%nat. wp_pures.
    wp_apply (pt_unmap_spec number_dict N R table _ 0 0 with "[$R $P]"); [done| |].
    { iSplit; [iApply number_dict_drop|iApply number_region_dealloc]. }
    iIntros "P". wp_pures.
    wp_apply (pt_reference_count_spec number_dict N R table _ 2 0 with "[$R $P]"); [done|].
    iIntros "P". counted 1%nat. wp_pures.
    wp_apply (pt_unmap_spec number_dict N R table _ 2 0 with "[$R $P]"); [done| |].
    { iSplit; [iApply number_dict_drop|iApply number_region_dealloc]. }
    iIntros "P". wp_pures.
    wp_apply (pt_unused_spec number_dict N R table _ 4096 0 with "[$R $P]");
      [by apply find_page_1|no_path|].
    iIntros "P". wp_pures.
    wp_apply (pt_unmap_spec number_dict N R table _ 3 2 with "[$R $P]"); [done| |].
    { iSplit; [iApply number_dict_drop|iApply number_region_dealloc]. }
    iIntros "P". wp_pures. iExists number_dict, N, R. iFrame "R". iSplitR; [done|].
    by iDestruct (page_table_empty number_dict R table 4 with "P") as "[_ $]".
  Qed.
End client.

Theorem page_table_client_adequate :
  adequate NotStuck page_table_client ∅ (λ v σ, ∃ header base : loc,
    v = #header%V ∧ (σ : state) !! header = Some (RSt 0, #base%V) ∧
    ∀ i : nat, (i < 3)%nat → (σ : state) !! (base +ₗ 5 * i)%L = Some (RSt 0, #slot_unused%V)).
Proof.
  apply (client_region_leak_free region_clientΣ). intros HΣ Hheap. apply page_table_client_spec.
Qed.
