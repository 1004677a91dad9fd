(** * A client of a region with the original's owners, and what adequacy says of it

[region_owners_client] boots the banks of [region_client.v] with slots whose storage is
as large as that of the verified ostd, claims page 4 uniquely, resets it as unused
without telling the allocator, claims it again, and drops it.

[region_owners_client_adequate]: it is never stuck, both claims succeed, and at the end
memory holds the words of the owners that boot made, [boot_owners]: each slot unused,
in no list. In the proof the memory is the resource [meta_region_owners] after boot,
page 1 being marked as MMIO, a region from then on, and at the end the owner of page 4 is
looked at again ([region_owner_acc]); the statement does not tell that. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import layout.
From tally.frame.kernel_model Require Import meta_types.
From tally.frame.slot Require Import frame number_dict.
From tally.frame.region Require Import region.
From tally.frame.kernel_model Require Import region_owners.
From tally.examples Require Import expect region_client.
From tally.prelude Require Import options.

(** ** The program *)
Definition storage_glues : list val := [drop_nothing].
Definition region_owners_client : expr :=
  let: "region" := client_header [] in
  let: "slots" := Alloc #132 in
  frame_region_boot 40 ["region"; "slots"];;
  let: "src" := Alloc #40 in
  let: "r1" := frame_region_from_unused 40 ["region"; #16384; #0; "src"; #true] in
  let: "slot" := frame_region_slot_of 40 ["region"; #16384] in
  reset_as_unused storage_glues ["slot"];;
  let: "r2" := frame_region_from_unused 40 ["region"; #16384; #0; "src"; #true] in
  unique_drop storage_glues no_dealloc ["slot"];;
  if: "r1" + "r2" * #10 = #0 then "region" else #0.

Lemma region_owners_client_run :
  returned_loc (run_program choice_reuse [] 5000 region_owners_client) = true.
Proof. by vm_compute. Qed.

(** Page 1 is MMIO. *)
Definition client_mmio : mmio_map := [(4096, 4096)]%Z.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".

  (** Storage of which nothing is known. *)
  Definition storage_meta : meta_type Σ :=
    frozen_meta (nroot .@ "meta") (uninit_ty 40) drop_nothing (ty_own (uninit_ty 40)).
  Local Lemma storage_sizes :
    Forall (λ τ : meta_type Σ, ty_size (mt_ty τ) = 40%nat) [storage_meta].
  Proof. by repeat constructor. Qed.
  Definition storage_dict : meta_dict Σ := MetaDict Σ _ 40 [storage_meta] storage_sizes.

  Local Lemma storage_dict_drop : ⊢ dict_drop_spec storage_dict.
  Proof.
    iIntros "!>" (i τ Hi). destruct i as [|i]; simplify_eq/=. iApply drop_nothing_spec.
  Qed.
  Local Lemma storage_own vl : length vl = 40%nat → ⊢ meta_own storage_dict 0 vl.
  Proof.
    intros Hvl. rewrite (meta_own_intro storage_dict 0 storage_meta) // /=. by iPureIntro.
  Qed.

  Lemma region_owners_client_spec :
    ⊢ WP region_owners_client {{ v, ∃ (D : meta_dict Σ) N R,
        ⌜dict_size D = owner_cells_size ∧ v = #(region_header R) ∧
          region_banks R = client_banks⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) ∗ region_in_list D R }}.
  Proof using All.
    rewrite /region_owners_client. wp_apply client_header_spec; [done|].
    iIntros (header) "Hheader". wp_pures. wp_alloc slots as "Hslots" "_". wp_pures.
    iMod pending_incs_alloc as (γr) "_".
    wp_apply (region_boot_owners_spec client_mmio with "[$Hheader $Hslots]").
    { exact client_layout_ok. }
    { rewrite /meta_end /layout_frames /= /FRAME_METADATA_START /FRAME_METADATA_END
        /META_SLOT_SIZE. lia. }
    { done. }
    iIntros "(Hheader & Hpas & Hos)".
    iMod (region_of_owners storage_dict N ⊤ γr with "Hheader Hpas Hos") as (R)
      "((<- & %Hbase & %HR & _) & #R & L & Hin)"; [done|exact client_layout_ok| |].
    { by repeat constructor. }
    wp_pures. wp_alloc src as "Hsrc" "_". wp_pures.
    wp_apply (frame_region_from_unused_full_spec storage_dict N R 16384 2 0 src _ true
      with "[$R $Hsrc $L]"); [by apply find_page_4|done|by iApply storage_own|].
    iIntros (γ) "(Hsrc & %Hγ & Hh & L)". wp_pures.
    wp_apply (frame_region_slot_of_spec with "R"); [by apply find_page_4|]. iIntros "_".
    wp_pures. iDestruct (region_lookup with "R") as (pa) "(_ & _ & #Hslot)"; [exact Hγ|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [exact Hγ|].
    rewrite count_set_same.
    wp_apply (reset_as_unused_spec storage_dict N with "[$Hslot $Hh $L]").
    { iApply storage_dict_drop. }
    iIntros "[L _]". iDestruct ("Hback" with "L") as "L". wp_pures.
    wp_apply (frame_region_from_unused_full_spec storage_dict N R 16384 2 0 src _ true
      with "[$R $Hsrc $L]"); [by apply find_page_4|done|by iApply storage_own|].
    iIntros (γ') "(Hsrc & %Hγ' & Hh & L)". simplify_eq. wp_pures.
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [exact Hγ|].
    rewrite count_set_same.
    wp_apply (unique_drop_spec storage_dict N with "[$Hslot $Hh $L]").
    { iSplit; [iApply storage_dict_drop|iApply no_dealloc_spec]. }
    iIntros "L". wp_pures.
    (** The owner of page 4 is there again, as boot made it. *)
    iDestruct (region_lookup with "R") as (pa') "(%Hpa & _ & _)"; [exact Hγ|].
    iDestruct (big_sepL_lookup_acc with "Hin") as "[Hi Hin]"; [exact Hγ|].
    iMod (region_owner_acc storage_dict N R client_mmio with "R L Hi")
      as "(_ & Ho & Hclose)"; [done|by rewrite /region_layout HR|exact Hγ|exact Hpa|].
    iMod ("Hclose" with "Ho") as "[L Hi]". iDestruct ("Hin" with "Hi") as "Hin".
    iDestruct ("Hback" with "L") as "L". iModIntro.
    iExists storage_dict, N, R. iFrame "R Hin". iSplitR; [done|].
    iApply (region_lease_ext with "L"). intros i _. rewrite /count_set.
    by repeat case_decide.
  Qed.
End client.

Theorem region_owners_client_adequate :
  adequate NotStuck region_owners_client ∅ (λ v σ, ∃ header base : loc,
    v = #header%V ∧ Forall (owner_in σ) (boot_owners client_mmio base client_banks)).
Proof.
  apply (lrust_adequacy_state region_clientΣ). intros HΣ Hheap.
  iApply wp_wand; [iApply region_owners_client_spec|].
  iIntros (v) "(%D & %N & %R & (%HD & -> & <-) & HR & L & Hin)". iIntros (σ) "Hσ".
  iMod (region_owners_final D N R client_mmio with "HR L Hin Hσ") as "[%Hσ _]"; [done|].
  iApply fupd_mask_intro; [set_solver|]. iIntros "_ !%".
  by exists (region_header R), (region_base R).
Qed.
