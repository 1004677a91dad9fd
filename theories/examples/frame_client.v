(** * A client of page frames, and what adequacy says of it

[frame_client] makes a slot and lets three threads at it:

<<
  main     claims the unused frame uniquely, with metadata 42; looks it up (Unique);
           writes 7 to the metadata; repurposes the frame to metadata of another type,
           an atomic counter; shares it; tries to claim it again (InUse); clones it;
           counts the shares (2); spawns, giving away a share:
  first        increments the counter in the shared metadata, drops its share;
  second       looks the frame up; if it gets a share of the frame, asks for the type
               of the metadata, increments the counter if it is one, drops the share;
  main     tries to make its share unique, and drops the frame either way;
           waits for both; looks the frame up (Unused); claims it again, shared; drops
           it, and now that is the last share
>>

and returns the slot if the sum of the results in parentheses, weighted by powers of
ten, is right.

[frame_client_adequate]: no interleaving is ever stuck (no assertion of the programs
fails, no access races), the sum of the results is exact, and at the end the word of the
slot in memory says that it is unused: no frame has leaked. The proof uses the sealed
specifications alone. [frame_client_run] computes one execution. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame number_dict frame_adequacy.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

(** ** The program *)
Definition first_thread : val :=
  λ: ["slot"; "flag"],
    Faa u64 (frame_meta ["slot"]) #1;;
    number_drop ["slot"];;
    flag_raise ["flag"].
Definition second_thread : val :=
  λ: ["slot"; "flag"],
    (if: get_from_in_use ["slot"] = #0 then
       (if: frame_meta_is ["slot"; #1] then Faa u64 (frame_meta ["slot"]) #1 else #0);;
       number_drop ["slot"]
     else #☠);;
    flag_raise ["flag"].

Definition frame_client : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #8192;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "flag1" := flag_new [] in
  let: "flag2" := flag_new [] in
  let: "r1" := get_from_unused 1 ["slot"; #0; "src"; #true] in
  let: "r2" := get_from_in_use ["slot"] in
  frame_meta_mut ["slot"] <- #7;;
  frame_repurpose 1 number_glues ["slot"; #1; "src"];;
  frame_from_unique ["slot"];;
  let: "r3" := get_from_unused 1 ["slot"; #0; "src"; #false] in
  frame_clone ["slot"];;
  let: "r4" := reference_count ["slot"] in
  Fork (first_thread ["slot"; "flag1"]);;
  Fork (second_thread ["slot"; "flag2"]);;
  (if: try_from_shared ["slot"] then number_unique_drop ["slot"] else number_drop ["slot"]);;
  flag_wait ["flag1"];;
  flag_wait ["flag2"];;
  let: "r5" := get_from_in_use ["slot"] in
  let: "r6" := get_from_unused 1 ["slot"; #0; "src"; #false] in
  number_drop ["slot"];;
  if: "r1" + "r2" * #10 + "r3" * #100 + "r4" * #1000 + "r5" * #10000 + "r6" * #100000
    = #22130 then "slot" else #0.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Nflag := nroot .@ "flag".

  Local Lemma first_thread_spec γ s pa q m f :
    meta_vtable m = 1%nat →
    frame_slot number_dict N γ s pa -∗ flag Nflag f (lease γ q 0) -∗
    shared_frame number_dict γ s m -∗ lease γ q 1 -∗
    WP first_thread [ #s; #f ] {{ _, True }}.
  Proof.
    iIntros (Hm) "#I #If Hh L". wp_rec.
    wp_apply (counter_incr_spec with "Hh"); [done|]. iIntros (n) "Hh". wp_pures.
    wp_apply (number_drop_spec with "[$I $Hh $L]"). iIntros "L". wp_pures.
    by wp_apply (flag_raise_spec with "[$If $L]").
  Qed.
  Local Lemma second_thread_spec γ s pa q f :
    frame_slot number_dict N γ s pa -∗ flag Nflag f (lease γ q 0) -∗
    lease γ q 0 -∗ WP second_thread [ #s; #f ] {{ _, True }}.
  Proof.
    iIntros "#I #If L". wp_rec.
    wp_apply (get_from_in_use_spec number_dict N with "[$I $L]"). iIntros (e) "Hr".
    destruct e as [e|]; last first.
    - iDestruct "Hr" as (m) "[Hh L]". wp_pures.
      wp_apply (frame_meta_is_spec number_dict γ s m 1 with "Hh"). iIntros "Hh". case_bool_decide; wp_pures.
      + wp_apply (counter_incr_spec with "Hh"); [done|]. iIntros (n) "Hh". wp_pures.
        wp_apply (number_drop_spec with "[$I $Hh $L]"). iIntros "L". wp_pures.
        by wp_apply (flag_raise_spec with "[$If $L]").
      + wp_apply (number_drop_spec with "[$I $Hh $L]"). iIntros "L". wp_pures.
        by wp_apply (flag_raise_spec with "[$If $L]").
    - iDestruct "Hr" as "[_ L]". wp_pures.

      rewrite bool_decide_eq_false_2; [|destruct e; simpl; lia]. wp_pures.
      by wp_apply (flag_raise_spec with "[$If $L]").
  Qed.

  Lemma frame_client_spec :
    ⊢ WP frame_client {{ v, ∃ (s : loc) γ pa,
        ⌜v = #s⌝ ∗ frame_slot number_dict N γ s pa ∗ lease γ 1 0 }}.
  Proof using All.
    rewrite /frame_client /slot_paddr.
    wp_alloc s as "Hs" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_write.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    wp_pures. wp_apply flag_new_spec; [done|]. iIntros (f1) "[Hf1 Ht1]". wp_pures.
    wp_apply flag_new_spec; [done|]. iIntros (f2) "[Hf2 Ht2]". wp_pures.
    iMod pending_incs_alloc as (γr) "Hr". iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    iMod (frame_slot_alloc number_dict N ⊤ γr s 8192 with "Hs [Hs1 Hs4] Hs3") as (γ) "(%Hγ & #I & L)".
    { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    rewrite -Hγ -(heap_pointsto_vec_singleton src). wp_pures.
    wp_apply (get_from_unused_at number_dict N _ γ s 8192%Z 0 src [ #42 ] true
      with "I Hsrc [] L").
    { iApply number_own; [lia|done]. }
    iIntros (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm0) "[L Hh]". wp_pures.
    wp_apply (get_from_in_use_at number_dict N with "I Hh"). iIntros (st ->) "Hh _". wp_pures.
    (** [&mut M] *)
    iDestruct (unique_frame_meta_acc with "Hh") as "(Hl & _ & Hh)".
    rewrite (heap_pointsto_vec_singleton (s +ₗ slot_storage)). wp_rec. wp_pures. wp_write.
    rewrite -(heap_pointsto_vec_singleton (s +ₗ slot_storage)).
    iDestruct ("Hh" with "Hl []") as "Hh"; [iApply number_own; [lia|done]|]. wp_pures.
    wp_apply (frame_repurpose_spec number_dict γ s 0 [ #7 ] 1 src [ #42 ] with "[$Hh $Hsrc]").
    { iSplit; [iApply number_dict_drop|iApply number_own; [lia|done]]. }
    iIntros "(Hh & Hsrc & _)". wp_pures.
    wp_apply (frame_from_unique_spec number_dict N with "[$I $Hh $L]"). iIntros (γm) "[Hh L]".
    wp_pures.
    wp_apply (get_from_unused_at number_dict N _ γ s 8192%Z 0 src [ #42 ] false
      with "I Hsrc [] Hh"); [iApply number_own; [lia|done]|].
    iIntros (st [n ->]) "Hsrc [Hh _]". wp_pures.
    iDestruct (lease_half with "L") as "[L L']".
    wp_apply (frame_clone_spec number_dict N with "[$I $Hh $L' $Hr]"). iIntros "(Hh & Hh' & L' & _)".
    iAssert (lease γ (1/2 + 1/2) (1 + 1)) with "[L L']" as "L".
    { rewrite lease_split. iFrame. }
    rewrite Qp.div_2. wp_pures.
    wp_apply (reference_count_at number_dict N with "I Hh L"). iIntros (k [[_ Hk] _]) "L Hh".
    assert (k = 2%positive) as -> by (simpl in Hk; lia). wp_pures.
    (** Thirds of the lease would do; these are a half and two quarters. *)
    iAssert (lease γ (1/2) 1 ∗ lease γ (1/2) 1)%I with "[L]" as "[L L1]".
    { rewrite -lease_split Qp.div_2. iFrame. }
    iDestruct (lease_half with "L") as "[L L2]".
    iMod (flag_alloc Nflag _ _ (lease γ (1/2) 0) with "Hf1") as "#If1".
    iMod (flag_alloc Nflag _ _ (lease γ (1/2/2) 0) with "Hf2") as "#If2".
    wp_apply (wp_fork with "[Hh' L1]").
    { iNext. iApply (first_thread_spec with "I If1 Hh' L1"). done. }
    iIntros "_". wp_pures. wp_apply (wp_fork with "[L2]").
    { iNext. iApply (second_thread_spec with "I If2 L2"). }
    iIntros "_". wp_pures.
    wp_bind (Case _ _). iApply (wp_wand _ _ _ (λ _, lease γ (1/2/2) 0) with "[Hh L]").
    { wp_apply (try_from_shared_spec number_dict N with "[$I $Hh $L]"). iIntros ([]) "[L Hh]"; wp_pures.
      - iDestruct "Hh" as (vl) "[_ Hh]".
        iApply (number_unique_drop_spec with "[$I $Hh $L]"). by iIntros "!> L".
      - iApply (number_drop_spec with "[$I $Hh $L]"). by iIntros "!> L". }
    iIntros (v) "L". wp_pures.
    wp_apply (flag_wait_spec with "[$If1 $Ht1]"). iIntros "L1". wp_pures.
    wp_apply (flag_wait_spec with "[$If2 $Ht2]"). iIntros "L2". wp_pures.
    iAssert (lease γ (1/2/2 + 1/2/2) 0) with "[L L2]" as "L".
    { rewrite lease_split_handle. iFrame. }
    rewrite Qp.div_2. iAssert (lease γ (1/2 + 1/2) 0) with "[L L1]" as "L".
    { rewrite lease_split_handle. iFrame. }
    rewrite Qp.div_2.
    wp_apply (get_from_in_use_at number_dict N with "I L").
    iIntros (st ->%state_weight_0) "L _". wp_pures.
    wp_apply (get_from_unused_at number_dict N _ γ s 8192%Z 0 src [ #42 ] false
      with "I Hsrc [] L").
    { iApply number_own; [lia|done]. }
    iIntros (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm') "[L Hh]". wp_pures.
    wp_apply (number_drop_spec with "[$I $Hh $L]"). iIntros "L". wp_pures.
    iExists s, γ, 8192%Z. by iFrame "I L".
  Qed.
End client.

Definition frame_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem frame_client_adequate :
  adequate NotStuck frame_client ∅ (λ v σ, ∃ s : loc,
    v = #s%V ∧ (σ : state) !! s = Some (RSt 0, #slot_unused%V)).
Proof.
  apply (slot_leak_free frame_clientΣ _ (λ v s, v = #s%V)). intros HΣ Huntracked.
  iApply wp_wand; [iApply frame_client_spec|].
  iIntros (v) "(%s & %γ & %pa & -> & I & L)".
  iExists number_dict, (nroot .@ "frame"), γ, s, pa. by iFrame.
Qed.

Lemma frame_client_run :
  returned_loc (run_program choice_reuse [] 3000 frame_client) = true.
Proof. by vm_compute. Qed.
