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
From tally.frame.slot Require Import frame.
From tally.prelude Require Import options.

(** ** The program *)
Definition wait_for : val :=
  rec: "wait" ["flag"] := if: !ˢᶜ "flag" = #1 then #☠ else "wait" ["flag"].

(** The allocator of this client has nothing to do. *)
Definition client_dealloc : val := λ: ["pa"; "size"], #☠.
Definition client_glues : list val := [drop_nothing; drop_nothing].
Definition client_drop : val := frame_drop client_glues client_dealloc.
Definition client_unique_drop : val := unique_drop client_glues client_dealloc.

Definition first_thread : val :=
  λ: ["slot"; "flag"],
    Faa u64 (frame_meta ["slot"]) #1;;
    client_drop ["slot"];;
    "flag" <-ˢᶜ #1.
Definition second_thread : val :=
  λ: ["slot"; "flag"],
    (if: get_from_in_use ["slot"] = #0 then
       (if: frame_meta_is ["slot"; #1] then Faa u64 (frame_meta ["slot"]) #1 else #0);;
       client_drop ["slot"]
     else #☠);;
    "flag" <-ˢᶜ #1.

Definition frame_client : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #8192;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "flag1" := Alloc #2 in
  "flag1" <- #0;;
  let: "flag2" := Alloc #2 in
  "flag2" <- #0;;
  let: "r1" := get_from_unused 1 ["slot"; #0; "src"; #true] in
  let: "r2" := get_from_in_use ["slot"] in
  frame_meta_mut ["slot"] <- #7;;
  frame_repurpose 1 client_glues ["slot"; #1; "src"];;
  frame_from_unique ["slot"];;
  let: "r3" := get_from_unused 1 ["slot"; #0; "src"; #false] in
  frame_clone ["slot"];;
  let: "r4" := reference_count ["slot"] in
  Fork (first_thread ["slot"; "flag1"]);;
  Fork (second_thread ["slot"; "flag2"]);;
  (if: try_from_shared ["slot"] then client_unique_drop ["slot"] else client_drop ["slot"]);;
  wait_for ["flag1"];;
  wait_for ["flag2"];;
  let: "r5" := get_from_in_use ["slot"] in
  let: "r6" := get_from_unused 1 ["slot"; #0; "src"; #false] in
  client_drop ["slot"];;
  if: "r1" + "r2" * #10 + "r3" * #100 + "r4" * #1000 + "r5" * #10000 + "r6" * #100000
    = #22130 then "slot" else #0.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Nmeta := nroot .@ "meta".
  Let Nflag := nroot .@ "flag".

  (** Numbers that do not change while they are shared, and atomic counters. *)
  Definition number_meta : meta_type Σ :=
    frozen_meta Nmeta (int_ty u64) drop_nothing (ty_own (int_ty u64)).
  Definition counter_meta : meta_type Σ :=
    locked_meta Nmeta (int_ty u64) drop_nothing (ty_own (int_ty u64)).
  Local Lemma client_sizes :
    Forall (λ τ : meta_type Σ, ty_size (mt_ty τ) = 1%nat) [number_meta; counter_meta].
  Proof. by repeat constructor. Qed.
  Definition client_dict : meta_dict Σ :=
    MetaDict Σ _ 1 [number_meta; counter_meta] client_sizes.

  Lemma client_dict_drop : ⊢ dict_drop_spec client_dict.
  Proof.
    iIntros "!>" (i τ Hi). destruct i as [|[|i]]; simplify_eq/=; iApply drop_nothing_spec.
  Qed.
  Lemma client_dealloc_spec γ pa :
    ⊢ dealloc_spec client_dict (λ q, lease γ q 0) pa client_dealloc (λ _ _ q, lease γ q 0).
  Proof.
    iIntros "!>" (i vl q Φ) "!> [L _] HΦ". wp_rec. iModIntro. by iApply "HΦ".
  Qed.
  Lemma number_own i (z : Z) :
    (i < 2)%nat → in_int_range u64 z → ⊢ meta_own client_dict i [ #z ].
  Proof.
    intros Hi Hz. destruct (lookup_lt_is_Some_2 (dict_types client_dict) i) as [τ Hτ]; [done|].
    rewrite (meta_own_intro client_dict i τ) //.
    destruct i as [|[|i]]; simplify_eq/=; by iApply int_ty_own_intro.
  Qed.

  (** An increment of the metadata by whoever has a share: the type's protocol. *)
  Local Lemma counter_incr_spec γ s m :
    meta_vtable m = 1%nat →
    {{{ shared_frame client_dict γ s m }}}
      Faa u64 (frame_meta [ #s ]) #1
    {{{ (n : Z), RET #n; shared_frame client_dict γ s m }}}.
  Proof.
    iIntros (Hm Φ) "Hh HΦ". wp_rec. wp_pures.
    iDestruct (shared_frame_meta_acc with "Hh") as (τ q) "(%Hτ & Hm & Hback)".
    rewrite Hm in Hτ. injection Hτ as <-. iDestruct "Hm" as "[Hq #Hc]".
    iMod (cinv_acc with "Hc Hq") as "(H & Hq & Hclose)"; [done|].
    iDestruct "H" as (vl) "[>Hl Hvl]". rewrite (int_ty_own u64 vl).
    iDestruct "Hvl" as (z) ">[-> %Hz]". rewrite heap_pointsto_vec_singleton.
    wp_faa. iMod ("Hclose" with "[Hl]") as "_".
    { iNext. iExists [ #(int_wrap u64 (z + 1)) ]%V. rewrite heap_pointsto_vec_singleton.
      iFrame "Hl". iApply int_ty_own_intro. apply int_wrap_in_range. }
    iModIntro. iApply "HΦ". iApply "Hback". by iFrame "Hq Hc".
  Qed.

  (** A thread that ends raises its flag, and what it leaves can be taken once: the
  cell after the flag is the token for that. *)
  Definition flag_inv (l : loc) (P : iProp Σ) : iProp Σ :=
    ∃ b : bool, l ↦ #b ∗ if b then P ∨ (l +ₗ 1) ↦ #☠ else True.
  Local Lemma flag_raise l P :
    inv Nflag (flag_inv l P) -∗ P -∗ WP #l <-ˢᶜ #1 {{ _, True }}.
  Proof.
    iIntros "#I HP". iInv "I" as (b) "[>Hl _]". wp_write. iModIntro.
    iSplit; [|done]. iNext. iExists true. iFrame "Hl". by iLeft.
  Qed.
  Local Lemma wait_for_spec l P :
    {{{ inv Nflag (flag_inv l P) ∗ (l +ₗ 1) ↦ #☠ }}} wait_for [ #l ] {{{ RET #☠; P }}}.
  Proof.
    iIntros (Φ) "[#I Htok] HΦ". iLöb as "IH". wp_rec. wp_bind (!ˢᶜ _)%E.
    iInv "I" as (b) "[>Hl HP]". wp_read. destruct b.
    - iDestruct "HP" as "[HP|Htok']"; last first.
      { by iDestruct (heap_pointsto_exclusive with "Htok Htok'") as %[]. }
      iModIntro. iSplitL "Hl Htok".
      { iNext. iExists true. iFrame "Hl". by iRight. }
      wp_pures. by iApply "HΦ".
    - iModIntro. iSplitL "Hl"; [iNext; iExists false; by iFrame|].
      wp_pures. iApply ("IH" with "Htok HΦ").
  Qed.

  Lemma client_drop_spec γ s pa q m :
    {{{ frame_slot client_dict N γ s pa ∗ shared_frame client_dict γ s m ∗ lease γ q 1 }}}
      client_drop [ #s ]
    {{{ RET #☠; lease γ q 0 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (frame_drop_spec client_dict N with "[$I $Hh $L]").
    { iSplit; [iApply client_dict_drop|iApply client_dealloc_spec]. }
    iIntros "!> [L|(%vl & _ & L)]"; by iApply "HΦ".
  Qed.

  Local Lemma first_thread_spec γ s pa q m flag :
    meta_vtable m = 1%nat →
    frame_slot client_dict N γ s pa -∗ inv Nflag (flag_inv flag (lease γ q 0)) -∗
    shared_frame client_dict γ s m -∗ lease γ q 1 -∗
    WP first_thread [ #s; #flag ] {{ _, True }}.
  Proof.
    iIntros (Hm) "#I #If Hh L". wp_rec.
    wp_apply (counter_incr_spec with "Hh"); [done|]. iIntros (n) "Hh". wp_pures.
    wp_apply (client_drop_spec with "[$I $Hh $L]"). iIntros "L". wp_pures.
    iApply (flag_raise with "If L").
  Qed.
  Local Lemma second_thread_spec γ s pa q flag :
    frame_slot client_dict N γ s pa -∗ inv Nflag (flag_inv flag (lease γ q 0)) -∗
    lease γ q 0 -∗ WP second_thread [ #s; #flag ] {{ _, True }}.
  Proof.
    iIntros "#I #If L". wp_rec.
    wp_apply (get_from_in_use_spec client_dict N with "[$I $L]"). iIntros (e) "Hr".
    destruct e as [e|]; last first.
    - iDestruct "Hr" as (m) "[Hh L]". wp_pures.
      wp_apply (frame_meta_is_spec client_dict γ s m 1 with "Hh"). iIntros "Hh". case_bool_decide; wp_pures.
      + wp_apply (counter_incr_spec with "Hh"); [done|]. iIntros (n) "Hh". wp_pures.
        wp_apply (client_drop_spec with "[$I $Hh $L]"). iIntros "L". wp_pures.
        iApply (flag_raise with "If L").
      + wp_apply (client_drop_spec with "[$I $Hh $L]"). iIntros "L". wp_pures.
        iApply (flag_raise with "If L").
    - iDestruct "Hr" as "[_ L]". wp_pures.

      rewrite bool_decide_eq_false_2; [|destruct e; simpl; lia]. wp_pures.
      iApply (flag_raise with "If L").
  Qed.

  Lemma frame_client_spec :
    ⊢ WP frame_client {{ v, ∃ (s : loc) γ pa,
        ⌜v = #s⌝ ∗ frame_slot client_dict N γ s pa ∗ lease γ 1 0 }}.
  Proof using All.
    rewrite /frame_client /slot_paddr.
    wp_alloc s as "Hs" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_write.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    wp_alloc f1 as "Hf1" "_". rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hf1" as "[Hf1 Ht1]". wp_write.
    wp_alloc f2 as "Hf2" "_". rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hf2" as "[Hf2 Ht2]". wp_write.
    iMod pending_incs_alloc as (γr) "Hr". iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    iMod (frame_slot_alloc client_dict N ⊤ γr s 8192 with "Hs [Hs1 Hs4] Hs3") as (γ) "(%Hγ & #I & L)".
    { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    rewrite -Hγ -(heap_pointsto_vec_singleton src). wp_pures.
    wp_apply (get_from_unused_at client_dict N _ γ s 8192%Z 0 src [ #42 ] true
      with "I Hsrc [] L").
    { iApply number_own; [lia|done]. }
    iIntros (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm0) "[L Hh]". wp_pures.
    wp_apply (get_from_in_use_at client_dict N with "I Hh"). iIntros (st ->) "Hh _". wp_pures.
    (** [&mut M] *)
    iDestruct (unique_frame_meta_acc with "Hh") as "(Hl & _ & Hh)".
    rewrite (heap_pointsto_vec_singleton (s +ₗ slot_storage)). wp_rec. wp_pures. wp_write.
    rewrite -(heap_pointsto_vec_singleton (s +ₗ slot_storage)).
    iDestruct ("Hh" with "Hl []") as "Hh"; [iApply number_own; [lia|done]|]. wp_pures.
    wp_apply (frame_repurpose_spec client_dict γ s 0 [ #7 ] 1 src [ #42 ] with "[$Hh $Hsrc]").
    { iSplit; [iApply client_dict_drop|iApply number_own; [lia|done]]. }
    iIntros "(Hh & Hsrc & _)". wp_pures.
    wp_apply (frame_from_unique_spec client_dict N with "[$I $Hh $L]"). iIntros (γm) "[Hh L]".
    wp_pures.
    wp_apply (get_from_unused_at client_dict N _ γ s 8192%Z 0 src [ #42 ] false
      with "I Hsrc [] Hh"); [iApply number_own; [lia|done]|].
    iIntros (st [n ->]) "Hsrc [Hh _]". wp_pures.
    iDestruct (lease_half with "L") as "[L L']".
    wp_apply (frame_clone_spec client_dict N with "[$I $Hh $L' $Hr]"). iIntros "(Hh & Hh' & L' & _)".
    iAssert (lease γ (1/2 + 1/2) (1 + 1)) with "[L L']" as "L".
    { rewrite lease_split. iFrame. }
    rewrite Qp.div_2. wp_pures.
    wp_apply (reference_count_at client_dict N with "I Hh L"). iIntros (k [[_ Hk] _]) "L Hh".
    assert (k = 2%positive) as -> by (simpl in Hk; lia). wp_pures.
    (** Thirds of the lease would do; these are a half and two quarters. *)
    iAssert (lease γ (1/2) 1 ∗ lease γ (1/2) 1)%I with "[L]" as "[L L1]".
    { rewrite -lease_split Qp.div_2. iFrame. }
    iDestruct (lease_half with "L") as "[L L2]".
    iMod (inv_alloc Nflag _ (flag_inv f1 (lease γ (1/2) 0)) with "[Hf1]") as "#If1".
    { iNext. iExists false. by iFrame. }
    iMod (inv_alloc Nflag _ (flag_inv f2 (lease γ (1/2/2) 0)) with "[Hf2]") as "#If2".
    { iNext. iExists false. by iFrame. }
    wp_apply (wp_fork with "[Hh' L1]").
    { iNext. iApply (first_thread_spec with "I If1 Hh' L1"). done. }
    iIntros "_". wp_pures. wp_apply (wp_fork with "[L2]").
    { iNext. iApply (second_thread_spec with "I If2 L2"). }
    iIntros "_". wp_pures.
    wp_bind (Case _ _). iApply (wp_wand _ _ _ (λ _, lease γ (1/2/2) 0) with "[Hh L]").
    { wp_apply (try_from_shared_spec client_dict N with "[$I $Hh $L]"). iIntros ([]) "[L Hh]"; wp_pures.
      - iDestruct "Hh" as (vl) "[_ Hh]".
        iApply (unique_drop_spec client_dict N _ _ _ _ _ _ _ (λ _ _ q, lease γ q 0)
          with "[$I $Hh $L]"); [|by iIntros "!> L"].
        iSplit; [iApply client_dict_drop|iApply client_dealloc_spec].
      - iApply (client_drop_spec with "[$I $Hh $L]"). by iIntros "!> L". }
    iIntros (v) "L". wp_pures.
    wp_apply (wait_for_spec with "[$If1 $Ht1]"). iIntros "L1". wp_pures.
    wp_apply (wait_for_spec with "[$If2 $Ht2]"). iIntros "L2". wp_pures.
    iAssert (lease γ (1/2/2 + 1/2/2) 0) with "[L L2]" as "L".
    { rewrite lease_split_handle. iFrame. }
    rewrite Qp.div_2. iAssert (lease γ (1/2 + 1/2) 0) with "[L L1]" as "L".
    { rewrite lease_split_handle. iFrame. }
    rewrite Qp.div_2.
    wp_apply (get_from_in_use_at client_dict N with "I L").
    iIntros (st ->%state_weight_0) "L _". wp_pures.
    wp_apply (get_from_unused_at client_dict N _ γ s 8192%Z 0 src [ #42 ] false
      with "I Hsrc [] L").
    { iApply number_own; [lia|done]. }
    iIntros (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm') "[L Hh]". wp_pures.
    wp_apply (client_drop_spec with "[$I $Hh $L]"). iIntros "L". wp_pures.
    iExists s, γ, 8192%Z. by iFrame "I L".
  Qed.
End client.

Definition frame_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem frame_client_adequate :
  adequate NotStuck frame_client ∅ (λ v σ, ∃ s : loc,
    v = #s%V ∧ (σ : state) !! s = Some (RSt 0, #slot_unused%V)).
Proof.
  apply (lrust_adequacy_state frame_clientΣ). intros HΣ Huntracked.
  iApply wp_wand; [iApply frame_client_spec|].
  iIntros (v) "(%s & %γ & %pa & -> & #I & L)". iIntros (σ) "Hσ".
  iMod (frame_slot_closed with "I L") as "[Hs _]"; [done|].
  iDestruct (heap_read_1 with "Hσ Hs") as %Hs.
  iApply fupd_mask_intro; [set_solver|]. iIntros "_". iPureIntro. by exists s.
Qed.

Lemma frame_client_run :
  match main_value (run_program choice_reuse [] 3000 frame_client) with
  | Some (LitV (LitLoc _)) => true
  | _ => false
  end = true.
Proof. by vm_compute. Qed.
