(** * A client of page frames that reads a box through a share

The metadata are a box, the only pointer to a block that holds 7. The frame is claimed
shared, and cloned; both shares read the number, by plain loads, while the other one is
there. Then both are dropped. The last drop runs the box's destructor, and gives the page to
an allocator that uses the lease which the destructor has left.

[frame_kept_adequate]: the numbers that were read add up to 14. At the end the slot is
unused, and memory holds the five cells of the slot and nothing else. *)
From iris.base_logic.lib Require Import own invariants.
From iris.bi Require Import fractional.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.lang.lib Require Import new_delete.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_context.
From tally.examples Require Import frame_quick frame_slots_client.
From tally.prelude Require Import options.

(** The allocator notes the page's address in a block, for which it needs the lease that
the box's destructor has left; checks what it was given; and frees the block. *)
Definition note_page : val :=
  λ: ["pa"; "size"],
    let: "note" := Alloc #1 in
    "note" <- "pa";;
    debug_assert [(!"note" = #4096) ];;
    debug_assert ["size" = #page_size];;
    Free #1 "note".

Definition frame_kept : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #4096;;
  "slot" <- #slot_unused;;
  let: "box" := new_seven [] in
  let: "src" := Alloc #1 in
  "src" <- "box";;
  let: "status" := get_from_unused 1 ["slot"; #0; "src"; #false] in
  debug_assert ["status" = #0];;
  Free #1 "src";;
  let: "other" := clone_by_cas ["slot"] in
  let: "v" := !(!(frame_meta ["other"])) in
  let: "w" := !(!(frame_meta ["slot"])) in
  frame_drop [drop_box] note_page ["other"];;
  frame_drop [drop_box] note_page ["slot"];;
  "v" + "w".

Lemma frame_kept_run :
  main_value (run_program choice_reuse [] 2000 frame_kept) = Some #14%V.
Proof. by vm_compute. Qed.

Section kept.
  Context `{!frameGS Σ}.

  (** The cell of the box, of which a share has a fraction; and the right to free it. *)
  Definition box_cell (vl : list val) (q : Qp) : iProp Σ :=
    ∃ b : loc, ⌜vl = [ #b]⌝ ∗ b ↦{q} #7.
  Definition box_right (vl : list val) : iProp Σ :=
    ∃ b : loc, ⌜vl = [ #b]⌝ ∗ box_block (1/2) 1 b.
  Lemma box_cell_fractional vl : Fractional (box_cell vl).
  Proof.
    intros q q'. iSplit.
    - iIntros "(%b & -> & [Hb Hb'])". iSplitL "Hb"; iExists b; by iSplit.
    - iIntros "[(%b & -> & Hb) (%b' & %Hb & Hb')]". injection Hb as <-. iExists b.
      iSplitR; [done|]. iSplitL "Hb"; iAssumption.
  Qed.
  Lemma seven_box_parts vl : ty_own seven_box vl ⊣⊢ box_cell vl 1 ∗ box_right vl.
  Proof.
    iSplit.
    - iIntros "(%b & %wl & -> & Hb & (%z & -> & ->) & Hblock)".
      rewrite heap_pointsto_vec_singleton. iSplitL "Hb"; iExists b; by iSplit.
    - iIntros "[(%b & -> & Hb) (%b' & %Hb & Hblock)]". injection Hb as <-.
      iExists b, [ #7]%V. rewrite heap_pointsto_vec_singleton. iSplitR; [done|].
      iFrame "Hb". iSplitR "Hblock"; [by iExists _|iExact "Hblock"].
  Qed.
  Definition kept_box_meta : meta_type Σ :=
    kept_meta metaN seven_box drop_box
      (λ _, heap_lease (1/2) 0 ∗ ∃ wl, ty_own seven_ty wl)%I
      box_cell box_right box_cell_fractional seven_box_parts.
  Definition kept_dict : meta_dict Σ := single_dict kept_box_meta.
  Lemma kept_dict_drop : ⊢ dict_drop_spec kept_dict.
  Proof.
    iApply single_dict_drop. iApply (box_drop_in_place_spec True (1/2) seven_ty).
    iApply drop_nothing_spec.
  Qed.

  (** Plain loads, through any share. *)
  Lemma read_shared_spec γ s b γm :
    {{{ shared_frame kept_dict γ s (Meta 0 [ #b] γm) }}}
      !(!(frame_meta [ #s]))
    {{{ RET #7; shared_frame kept_dict γ s (Meta 0 [ #b] γm) }}}.
  Proof.
    iIntros (Φ) "Hh HΦ". wp_apply frame_meta_spec; [done|]. iIntros "_".
    iDestruct (single_shared_meta_acc with "Hh") as (q) "[Hm Hh]".
    iDestruct "Hm" as "(Hl & (%b' & %Hb & Hb) & Hc)". simplify_eq/=.
    rewrite heap_pointsto_vec_singleton. wp_read. wp_read. iApply "HΦ". iApply "Hh".
    rewrite /= /kept_shr heap_pointsto_vec_singleton. iFrame "Hl Hc". iExists _. by iFrame.
  Qed.

  (** It takes the lease of the slot and the lease of the box, and returns both. *)
  Lemma note_page_spec γ :
    ⊢ dealloc_spec kept_dict (λ q, lease γ q 0) 4096 note_page
        (λ _ _ q, lease γ q 0 ∗ heap_lease (1/2) 0)%I.
  Proof.
    iIntros "!>" (i vl q Φ) "!> [L (%τ & %Hτ & Hdead)] HΦ". destruct i as [|i]; simplify_eq/=.
    iDestruct "Hdead" as "[Hlease _]". wp_rec. wp_pures.
    wp_alloc note as "Hn" "H†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. wp_read. rewrite /debug_assert. wp_pures.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hn". wp_free with "Hlease".
    iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Lemma frame_kept_spec :
    heap_lease 1 0 -∗
    WP frame_kept {{ v, ∃ (D : meta_dict Σ) N γ s pa, ⌜v = #14⌝ ∗
      frame_slot D N γ s pa ∗ lease γ 1 0 ∗ heap_lease 1 1 ∗ † s … 5 }}.
  Proof using All.
    iIntros "Hlease". rewrite /frame_kept. iPoseProof kept_dict_drop as "#Hdrop".
    wp_alloc s as "Hs" "H†s" with "Hlease". wp_pures.
    iDestruct (frame_slot_alloc_cells kept_dict slotN s with "Hs")
      as (v v' u) "(Hs & Hpa & _ & Hslot)"; [done|].
    wp_write. wp_write. iMod ("Hslot" $! ⊤ 1%positive with "Hs Hpa") as (γ) "(_ & #I & L)".
    iDestruct "Hlease" as "[Hlease Hboxlease]". wp_pures.
    wp_apply (new_seven_spec with "Hboxlease"). iIntros (b) "[Hb Hblock]". wp_pures.
    wp_alloc src as "Hsrc" "H†src" with "Hlease".
    rewrite (heap_pointsto_vec_singleton src). wp_pures. wp_write.
    rewrite -(heap_pointsto_vec_singleton src).
    iAssert (meta_own kept_dict 0 [ #b]) with "[Hb Hblock]" as "Hm".
    { rewrite single_own seven_box_parts. iSplitL "Hb"; iExists b; by iSplit. }
    (* Shared from the beginning. *)
    wp_pures. wp_apply (get_from_unused_full_spec kept_dict slotN γ s 4096 0 src [ #b] false
      with "[$I $Hsrc $Hm $L]").
    iIntros "(Hsrc & (%γm & Hh) & L)". wp_pures. rewrite /debug_assert. wp_pures.
    wp_free with "Hlease". wp_pures.
    iDestruct "L" as "[L L']".
    wp_apply (clone_by_cas_spec kept_dict slotN with "[$I $Hh $L']").
    iIntros "(Hh & Hh' & L')". iCombine "L L'" as "L". wp_pures.
    (* Both read. *)
    wp_apply (read_shared_spec with "Hh'"). iIntros "Hh'". wp_pures.
    wp_apply (read_shared_spec with "Hh"). iIntros "Hh". wp_pures.
    wp_apply (frame_drop_other_spec kept_dict slotN γ s 4096 1 0
      with "[$I $Hh' $L]").
    iIntros "L". wp_pures.
    (* The last share: the box's lease of the heap comes back. *)
    wp_apply (frame_drop_last_spec kept_dict slotN with "[$Hdrop $I $Hh $L]").
    { iApply note_page_spec. }
    iIntros (vl) "(_ & L & Hboxlease)". iCombine "Hlease Hboxlease" as "Hlease".
    wp_pures. iModIntro. iExists kept_dict, slotN, γ, s, 4096%Z.
    iSplit; [done|]. by iFrame "I L Hlease H†s".
  Qed.
End kept.

(** It returns 14; the slot is unused, and the five cells of it are all that is in memory. *)
Theorem frame_kept_adequate :
  adequate NotStuck frame_kept ∅ (λ v σ, ∃ s, v = #14%V ∧ slot_unused_in σ s ∧
    ∀ l, is_Some (σ !! l) ↔ loc_in_range s 5 l).
Proof.
  apply (frame_adequacy frame_stdΣ _ 5 (λ v _, v = #14%V)). intros HΣ.
  apply frame_kept_spec.
Qed.
