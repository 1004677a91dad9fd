(** * The shortest client of page frames: metadata that own memory, and nothing leaks

The program that [docs/using.md] goes through, line by line. A slot gets a box as its
metadata, the only pointer to a block that holds 7. The frame is unique, then shared, then
unique again; the box is read, and the reset runs its destructor.

[frame_quick_adequate]: it returns 7. At the end the slot is unused, and memory holds the
five cells of the slot and nothing else. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.lang.lib Require Import new_delete.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_context.
From tally.prelude Require Import options.

Definition drop_box : val := box_drop_in_place 1 drop_nothing.

Definition frame_quick : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #4096;;
  "slot" <- #slot_unused;;
  let: "box" := new [ #1] in
  "box" <- #7;;
  let: "src" := Alloc #1 in
  "src" <- "box";;
  let: "status" := get_from_unused 1 ["slot"; #0; "src"; #true] in
  debug_assert ["status" = #0];;
  Free #1 "src";;
  frame_from_unique ["slot"];;
  debug_assert [try_from_shared ["slot"] ];;
  let: "v" := !(!(frame_meta_mut ["slot"])) in
  reset_as_unused [drop_box] ["slot"];;
  "v".

Lemma frame_quick_run :
  main_value (run_program choice_reuse [] 1000 frame_quick) = Some #7%V.
Proof. by vm_compute. Qed.

Section quick.
  Context `{!frameGS Σ}.
  Definition slotN : namespace := nroot .@ "slot".
  Definition metaN : namespace := nroot .@ "meta".

  (** What is in the box, the box, and the box as metadata. *)
  Definition seven_ty : type Σ := pure_ty (λ v, v = #7)%V.
  Definition seven_box : type Σ := box_ty (1/2) seven_ty.
  Definition box_meta : meta_type Σ :=
    frozen_meta metaN seven_box drop_box
      (λ _, heap_lease (1/2) 0 ∗ ∃ wl, ty_own seven_ty wl)%I.
  Definition box_dict : meta_dict Σ := single_dict box_meta.
  Lemma seven_box_own (l : loc) :
    ty_own seven_box [ #l] ⊣⊢ l ↦ #7 ∗ box_block (1/2) 1 l.
  Proof.
    iSplit.
    - iIntros "(%l' & %wl & %Hl & Hl & (%z & -> & ->) & Hblock)". injection Hl as <-.
      rewrite heap_pointsto_vec_singleton. by iFrame "Hl Hblock".
    - iIntros "[Hl Hblock]". iExists l, [ #7]%V. rewrite heap_pointsto_vec_singleton.
      iSplitR; [done|]. iFrame "Hl". iSplitR "Hblock"; [by iExists _|iExact "Hblock"].
  Qed.
  Lemma box_dict_drop : ⊢ dict_drop_spec box_dict.
  Proof.
    iApply single_dict_drop. iApply (box_drop_in_place_spec True (1/2) seven_ty).
    iApply drop_nothing_spec.
  Qed.

  (** Through the handle to the box, and through the box. *)
  Lemma read_box_spec γ (s l : loc) :
    {{{ unique_frame box_dict γ s 0 [ #l] }}}
      !(!(frame_meta_mut [ #s]))
    {{{ RET #7; unique_frame box_dict γ s 0 [ #l] }}}.
  Proof.
    iIntros (Φ) "Hh HΦ". wp_apply frame_meta_mut_spec; [done|]. iIntros "_".
    iDestruct (unique_frame_meta_acc with "Hh") as "(Hl & Hm & Hh)".
    rewrite single_own seven_box_own heap_pointsto_vec_singleton.
    iDestruct "Hm" as "[Hbox Hblock]". wp_read. wp_read. iApply "HΦ".
    iApply ("Hh" with "[Hl] [Hbox Hblock]").
    - by rewrite heap_pointsto_vec_singleton.
    - rewrite single_own seven_box_own. iFrame.
  Qed.

  Lemma frame_quick_spec :
    heap_lease 1 0 -∗
    WP frame_quick {{ v, ∃ (D : meta_dict Σ) N γ s pa, ⌜v = #7⌝ ∗
      frame_slot D N γ s pa ∗ lease γ 1 0 ∗ heap_lease 1 1 ∗ † s … 5 }}.
  Proof using All.
    iIntros "Hlease". rewrite /frame_quick.
    (* The slot, out of five cells. *)
    wp_alloc s as "Hs" "H†s" with "Hlease". wp_pures.
    iDestruct (frame_slot_alloc_cells box_dict slotN s with "Hs")
      as (v v' u) "(Hs & Hpa & _ & Hslot)"; [done|].
    wp_write. wp_write. iMod ("Hslot" $! ⊤ 1%positive with "Hs Hpa") as (γ) "(_ & #I & L)".
    (* The box, with half of the lease of the heap. *)
    iDestruct "Hlease" as "[Hlease Hboxlease]". wp_pures.
    wp_apply (new_spec with "Hboxlease"); [lia|].
    iIntros (box) "(Hboxlease & H†box & Hbox)". wp_pures.
    rewrite (heap_pointsto_vec_singleton box). wp_write.
    wp_alloc src as "Hsrc" "H†src" with "Hlease".
    rewrite (heap_pointsto_vec_singleton src). wp_pures. wp_write.
    rewrite -(heap_pointsto_vec_singleton src).
    iAssert (meta_own box_dict 0 [ #box]) with "[Hboxlease H†box Hbox]" as "Hm".
    { rewrite single_own seven_box_own. iFrame "Hbox". iSplitL "H†box"; iAssumption. }
    (* Unique: the slot is unused, as the whole lease owes nothing. *)
    wp_pures. wp_apply (get_from_unused_full_spec box_dict slotN γ s 4096 0 src [ #box] true
      with "[$I $Hsrc $Hm $L]").
    iIntros "(Hsrc & Hh & L)". wp_pures. rewrite /debug_assert. wp_pures.
    wp_free with "Hlease". wp_pures.
    (* Shared. *)
    wp_apply (frame_from_unique_spec box_dict slotN with "[$I $Hh $L]").
    iIntros (γm) "[Hh L]". wp_pures.
    (* Unique again: no other drop is owed. *)
    wp_apply (try_from_shared_full_spec box_dict slotN with "[$I $Hh $L]").
    iIntros (vl) "(%Hvl & Hh & L)". apply single_change in Hvl. simpl in Hvl.
    subst vl. simpl. wp_pures.
    wp_apply (read_box_spec with "Hh"). iIntros "Hh".
    (* The reset runs the destructor, which leaves the box's lease of the heap. *)
    wp_pures. wp_apply (reset_as_unused_spec box_dict slotN with "[$I $Hh $L]");
      [iApply box_dict_drop|].
    iIntros "[L Hdead]". rewrite single_dead. iDestruct "Hdead" as "[Hboxlease _]".
    iCombine "Hlease Hboxlease" as "Hlease".
    (* What is out: the slot. *)
    wp_pures. iModIntro. iExists box_dict, slotN, γ, s, 4096%Z.
    iSplit; [done|]. by iFrame "I L Hlease H†s".
  Qed.
End quick.

(** It returns 7; the slot is unused, and the five cells of it are all that is in memory. *)
Theorem frame_quick_adequate :
  adequate NotStuck frame_quick ∅ (λ v σ, ∃ s, v = #7%V ∧ slot_unused_in σ s ∧
    ∀ l, is_Some (σ !! l) ↔ loc_in_range s 5 l).
Proof.
  apply (frame_adequacy frame_stdΣ _ 5 (λ v _, v = #7%V)). intros HΣ.
  apply frame_quick_spec.
Qed.
