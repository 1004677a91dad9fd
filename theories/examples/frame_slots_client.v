(** * A client of an array of slots, whose metadata own memory

Two slots in one block. [round_trip] claims a slot with a box that holds 7 as its metadata,
makes the frame shared, clones it, drops the clone, makes the frame unique again, reads the
box, and resets the frame; [frame_slots_client] does that with each slot, and adds the two
results up.

[round_trip_spec] holds for any share of the lease of the heap, so that the calls need not
know of each other. [frame_slots_client_adequate]: the result is 14; both slots are unused
at the end, and memory holds the ten cells of the array and nothing else. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.lang.lib Require Import new_delete.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_context.
From tally.examples Require Import frame_quick.
From tally.prelude Require Import options.

Definition new_seven : val :=
  λ: [], let: "box" := new [ #1] in "box" <- #7;; "box".
Definition round_trip : val :=
  λ: ["slot"],
    let: "box" := new_seven [] in
    let: "src" := Alloc #1 in
    "src" <- "box";;
    let: "status" := get_from_unused 1 ["slot"; #0; "src"; #false] in
    debug_assert ["status" = #0];;
    Free #1 "src";;
    clone_by_cas ["slot"];;
    frame_drop [drop_box] no_dealloc ["slot"];;
    debug_assert [try_from_shared ["slot"] ];;
    let: "v" := !(!(frame_meta_mut ["slot"])) in
    reset_as_unused [drop_box] ["slot"];;
    "v".
Definition frame_slots_client : expr :=
  let: "slots" := Alloc #10 in
  "slots" +ₗ #3 <- #0;;
  "slots" <- #slot_unused;;
  "slots" +ₗ #8 <- #4096;;
  "slots" +ₗ #5 <- #slot_unused;;
  let: "v" := round_trip ["slots"] in
  let: "w" := round_trip ["slots" +ₗ #5] in
  "v" + "w".

Lemma frame_slots_client_run :
  main_value (run_program choice_reuse [] 2000 frame_slots_client) = Some #14%V.
Proof. by vm_compute. Qed.

Section client.
  Context `{!frameGS Σ}.

  Lemma new_seven_spec :
    {{{ heap_lease (1/2) 0 }}}
      new_seven []
    {{{ (b : loc), RET #b; b ↦ #7 ∗ box_block (1/2) 1 b }}}.
  Proof.
    iIntros (Φ) "Hlease HΦ". wp_rec. wp_apply (new_spec with "Hlease"); [lia|].
    iIntros (b) "(Hlease & H† & Hb)". rewrite (heap_pointsto_vec_singleton b). wp_pures.
    wp_write. wp_pures. iModIntro. iApply "HΦ". iFrame "Hb".
    iSplitL "H†"; iAssumption.
  Qed.

  Lemma round_trip_spec γ (s : loc) pa k :
    {{{ frame_slot box_dict slotN γ s pa ∗ lease γ 1 0 ∗ heap_lease 1 k }}}
      round_trip [ #s]
    {{{ RET #7; lease γ 1 0 ∗ heap_lease 1 k }}}.
  Proof using All.
    iIntros (Φ) "(#I & L & Hlease) HΦ". wp_rec. wp_pures.
    iDestruct "Hlease" as "[Hlease Hboxlease]".
    wp_apply (new_seven_spec with "Hboxlease"). iIntros (box) "[Hbox Hblock]". wp_pures.
    wp_alloc src as "Hsrc" "H†src" with "Hlease".
    rewrite (heap_pointsto_vec_singleton src). wp_pures. wp_write.
    rewrite -(heap_pointsto_vec_singleton src).
    iAssert (meta_own box_dict 0 [ #box]) with "[Hbox Hblock]" as "Hm".
    { rewrite single_own seven_box_own. iFrame. }
    wp_pures. wp_apply (get_from_unused_full_spec box_dict slotN γ s pa 0 src [ #box] false
      with "[$I $Hsrc $Hm $L]").
    iIntros "(Hsrc & (%γm & Hh) & L)". wp_pures. rewrite /debug_assert. wp_pures.
    wp_free with "Hlease". wp_pures.
    (* One clone, on half of the slot's lease. *)
    iDestruct "L" as "[L L']".
    wp_apply (clone_by_cas_spec box_dict slotN with "[$I $Hh $L']").
    iIntros "(Hh & Hh' & L')". iCombine "L L'" as "L". wp_pures.
    wp_apply (frame_drop_other_spec box_dict slotN _ _ _ _ 0 with "[$I $Hh' $L]").
    iIntros "L". wp_pures.
    wp_apply (try_from_shared_full_spec box_dict slotN with "[$I $Hh $L]").
    iIntros (vl) "(%Hvl & Hh & L)". apply single_change in Hvl. simpl in *.
    subst vl. wp_pures.
    wp_apply (read_box_spec with "Hh"). iIntros "Hh".
    wp_pures. wp_apply (reset_as_unused_spec box_dict slotN with "[$I $Hh $L]");
      [iApply box_dict_drop|].
    iIntros "[L Hdead]". rewrite single_dead. iDestruct "Hdead" as "[Hboxlease _]".
    iCombine "Hlease Hboxlease" as "Hlease".
    wp_pures. iModIntro. iApply "HΦ". iFrame.
  Qed.

  Lemma frame_slots_client_spec :
    heap_lease 1 0 -∗
    WP frame_slots_client {{ v, ∃ (l : loc) γ1 γ2, ⌜v = #14⌝ ∗
      frame_slot box_dict slotN γ1 l 0 ∗ frame_slot box_dict slotN γ2 (l +ₗ 5) 4096 ∗
      lease γ1 1 0 ∗ lease γ2 1 0 ∗ heap_lease 1 1 ∗ † l … 10 }}.
  Proof using All.
    iIntros "Hlease". rewrite /frame_slots_client.
    wp_alloc l as "Hl" "H†" with "Hlease". wp_pures.
    rewrite (heap_pointsto_vec_app l 1 (replicate 5 #☠) (replicate 5 #☠)).
    iDestruct "Hl" as "[Hl1 Hl2]".
    iAssert ((l +ₗ 5) ↦∗ replicate 5 #☠)%I with "[Hl2]" as "Hl2"; [iExact "Hl2"|].
    iDestruct (frame_slot_alloc_cells box_dict slotN with "Hl1")
      as (v1 w1 u1) "(Hs & Hpa & _ & Hslot)"; [done|].
    wp_write. wp_write. iMod ("Hslot" $! ⊤ 1%positive with "Hs Hpa") as (γ1) "(_ & #I1 & L1)".
    iDestruct (frame_slot_alloc_cells box_dict slotN with "Hl2")
      as (v2 w2 u2) "(Hs & Hpa & _ & Hslot)"; [done|]. rewrite shift_loc_assoc.
    wp_pures. wp_write. wp_pures. wp_write.
    iMod ("Hslot" $! ⊤ 1%positive with "Hs Hpa") as (γ2) "(_ & #I2 & L2)".
    wp_pures. wp_apply (round_trip_spec with "[$I1 $L1 $Hlease]"). iIntros "[L1 Hlease]".
    wp_pures. wp_apply (round_trip_spec with "[$I2 $L2 $Hlease]"). iIntros "[L2 Hlease]".
    wp_pures. iModIntro. iExists l, γ1, γ2. iSplit; [done|].
    by iFrame "I1 I2 L1 L2 Hlease H†".
  Qed.
End client.

Theorem frame_slots_client_adequate :
  adequate NotStuck frame_slots_client ∅ (λ v σ, v = #14%V ∧ ∃ l : loc,
    slot_unused_in σ l ∧ slot_unused_in σ (l +ₗ 5) ∧
    ∀ l', is_Some (σ !! l') ↔ loc_in_range l 10 l').
Proof.
  assert (adequate NotStuck frame_slots_client ∅ (λ v σ, ∃ f ls,
    (v = #14%V ∧ ∃ l : loc, f = (λ i : nat, l +ₗ 5 * i)%L ∧ ls = [(l, 10%nat)]) ∧
    (∀ i, (i < 2)%nat → slot_unused_in σ (f i)) ∧ only_blocks σ ls)) as [Hresult Hsafe].
  { apply (frames_adequacy frame_stdΣ _ 2 (λ v f ls, v = #14%V ∧ ∃ l : loc,
      f = (λ i : nat, l +ₗ 5 * i)%L ∧ ls = [(l, 10%nat)])).
    iIntros (HΣ) "Hlease". iApply (wp_wand with "[Hlease]").
    { by iApply frame_slots_client_spec. }
    iIntros (v) "(%l & %γ1 & %γ2 & -> & #I1 & #I2 & L1 & L2 & Hlease & H†)".
    iExists box_dict, slotN, (λ i : nat, l +ₗ 5 * i)%L, [γ1; γ2], [(l, 10%nat)]. simpl.
    iSplitR; [iPureIntro; split; [split; [done|by exists l]|done]|].
    rewrite shift_loc_0. iSplitR.
    { iSplit; [by iExists 0%Z|]. iSplit; [by iExists 4096%Z|done]. }
    iFrame "L1 L2 Hlease H†". }
  split; [|done]. intros t2 σ2 v2 Hsteps.
  destruct (Hresult _ _ _ Hsteps) as (f & ls & (-> & l & -> & ->) & Hunused & Hσ).
  split; [done|]. exists l. split_and!.
  - rewrite -(shift_loc_0 l). by apply (Hunused 0%nat); lia.
  - by apply (Hunused 1%nat); lia.
  - by apply only_blocks_singleton.
Qed.
