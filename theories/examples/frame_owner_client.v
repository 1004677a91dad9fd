(** * A client of page frames whose metadata own memory

[frame_owner_client] has a static slot and puts metadata of two types into it, one
after the other:

<<
  a box     the only pointer to a block, which holds 7: claimed uniquely; read through
            the box (7); shared; made unique; read through the box (7); reset, which
            runs the destructor, which frees the block;
  a note    a pointer to a cell that says 0, and the destructor writes 1 there: claimed,
            shared; cloned; both shares are dropped; the cell is read (1) and freed
>>

and returns the slot if the results in parentheses are right.

[frame_owner_client_adequate]: nothing is stuck, so that nothing is freed twice and
nothing freed is used; the results are exact; the slot is unused at the end; and memory
holds nothing but the five cells of the slot: what the metadata owned has come
back, the share of the lease of the heap that was in the box too.

That the destructor has run is seen through what it leaves, [meta_dead]. A reset gives
that to its caller. A drop gives it to the allocator, with the lease of the frame; this
allocator hands both on to whoever drops ([no_dealloc_keep_spec]), and so the client can
read and free the cell of the note. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.lang.lib Require Import new_delete.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_cases number_dict single_dict frame_adequacy.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

(** ** The program *)
Definition drop_box : val := box_drop_in_place 1 drop_nothing.
Definition drop_note : val := λ: ["x"], !"x" <- #1.
Definition owner_glues : list val := [drop_box; drop_note].
Definition owner_drop : val := frame_drop owner_glues no_dealloc.

Definition frame_owner_client : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #4096;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  let: "box" := Alloc #1 in
  "box" <- #7;;
  "src" <- "box";;
  let: "r1" := get_from_unused 1 ["slot"; #0; "src"; #true] in
  let: "r2" := !(!(frame_meta_mut ["slot"])) in
  frame_from_unique ["slot"];;
  let: "unique" := try_from_shared ["slot"] in
  let: "r3" := !(!(frame_meta ["slot"])) in
  reset_as_unused owner_glues ["slot"];;
  let: "note" := Alloc #1 in
  "note" <- #0;;
  "src" <- "note";;
  let: "r4" := get_from_unused 1 ["slot"; #1; "src"; #false] in
  clone_by_cas ["slot"];;
  owner_drop ["slot"];;
  owner_drop ["slot"];;
  let: "r5" := !"note" in
  Free #1 "note";;
  Free #1 "src";;
  if: "unique" then
    (if: "r1" + "r2" * #10 + "r3" * #100 + "r4" * #1000 + "r5" * #10000 = #10770
     then "slot" else #0)
  else #0.

Lemma frame_owner_client_run :
  returned_loc (run_program choice_reuse [] 3000 frame_owner_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Nmeta := nroot .@ "meta".

  (** Boxes that hold 7, out on half the lease of the heap; their destructor leaves that. *)
  Definition seven_ty : type Σ := pure_ty (λ v, v = #7)%V.
  Definition box_meta : meta_type Σ :=
    frozen_meta Nmeta (box_ty (1/2) seven_ty) drop_box
      (λ _, heap_lease (1/2) 0 ∗ ∃ wl, ty_own seven_ty wl)%I.

  (** A pointer to a cell that says 0, and 1 when the destructor has run. *)
  Definition note_own (vl : list val) : iProp Σ := ∃ l : loc, ⌜vl = [ #l]%V⌝ ∗ l ↦ #0.
  Local Lemma note_size vl : note_own vl ⊢ ⌜length vl = 1%nat⌝.
  Proof. by iIntros "(%l & -> & _)". Qed.
  Definition note_ty : type Σ := SemType 1 note_own note_size.
  Definition note_dead (vl : list val) : iProp Σ := ∃ l : loc, ⌜vl = [ #l]%V⌝ ∗ l ↦ #1.
  Definition note_meta : meta_type Σ := frozen_meta Nmeta note_ty drop_note note_dead.

  Local Lemma owner_sizes :
    Forall (λ τ : meta_type Σ, ty_size (mt_ty τ) = 1%nat) [box_meta; note_meta].
  Proof. by repeat constructor. Qed.
  Definition owner_dict : meta_dict Σ := MetaDict Σ _ 1 [box_meta; note_meta] owner_sizes.

  Lemma drop_note_spec : ⊢ ty_drop_spec True note_ty drop_note note_dead.
  Proof.
    iIntros (l vl) "!> %Φ (_ & Hl & %c & -> & Hc) HΦ".
    rewrite heap_pointsto_vec_singleton. wp_rec. wp_read. wp_write.
    iModIntro. iApply ("HΦ" $! [ #c]%V). rewrite heap_pointsto_vec_singleton.
    iSplitR; [done|]. iSplitL "Hl"; [done|]. iSplitR; [done|]. iExists c. by iFrame.
  Qed.
  Lemma owner_dict_drop : ⊢ dict_drop_spec owner_dict.
  Proof.
    iIntros "!>" (i τ Hi). destruct i as [|[|i]]; simplify_eq/=.
    - iApply (box_drop_in_place_spec True (1/2) seven_ty). iApply drop_nothing_spec.
    - iApply drop_note_spec.
  Qed.
  Local Lemma box_own (l : loc) :
    meta_own owner_dict 0 [ #l] ⊣⊢ l ↦ #7 ∗ († l … 1) ∗ heap_lease (1/2) 1.
  Proof.
    rewrite (meta_own_intro owner_dict 0 box_meta) //. iSplit.
    - iIntros "(%l' & %wl & %Hl & Hl & (%v & -> & ->) & [%|H†] & Hlease)"; [done|].
      injection Hl as <-. rewrite heap_pointsto_vec_singleton. by iFrame "Hl H† Hlease".
    - iIntros "(Hl & H† & Hlease)". iExists l, [ #7]%V. rewrite heap_pointsto_vec_singleton.
      iSplitR; [done|]. iFrame "Hl". iSplitR; [by iExists _|].
      iSplitL "H†"; [by iRight|done].
  Qed.
  (** The content of the box of a unique handle *)
  Local Lemma read_box_spec γ (s l : loc) :
    {{{ unique_frame owner_dict γ s 0 [ #l] }}}
      !(! #(s +ₗ slot_storage))
    {{{ RET #7; unique_frame owner_dict γ s 0 [ #l] }}}.
  Proof.
    iIntros (Φ) "Hh HΦ". iDestruct (unique_frame_meta_acc with "Hh") as "(Hl & Hm & Hh)".
    rewrite (heap_pointsto_vec_singleton (s +ₗ slot_storage)) box_own.
    iDestruct "Hm" as "(Hbox & Hm)". wp_read. wp_read. iApply "HΦ".
    rewrite -(heap_pointsto_vec_singleton (s +ₗ slot_storage)).
    iApply ("Hh" with "Hl"). rewrite box_own. by iFrame.
  Qed.

  Lemma frame_owner_client_spec :
    heap_lease 1 0 -∗
    WP frame_owner_client {{ v, ∃ (s : loc) γ, ⌜v = #s⌝ ∗
      frame_slot owner_dict N γ s 4096 ∗ lease γ 1 0 ∗ heap_lease 1 1 ∗ † s … 5 }}.
  Proof using All.
    iIntros "Hlease". rewrite /frame_owner_client /slot_paddr.
    wp_alloc s as "Hs" "H†s" with "Hlease".
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_write.
    iMod (frame_slot_alloc owner_dict N ⊤ 1%positive s 4096 with "Hs [Hs1 Hs4] Hs3")
      as (γ) "(_ & #I & L)".
    { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    wp_alloc src as "Hsrc" "H†src" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures.
    wp_alloc box as "Hbox" "H†box" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_write.
    iAssert (heap_lease (1/2) 2 ∗ heap_lease (1/2) 1)%I with "[Hlease]" as "[Hlease Hboxlease]".
    { rewrite -heap_lease_split Qp.div_2. iExact "Hlease". }
    (** The box, unique *)
    rewrite -(heap_pointsto_vec_singleton src).
    iAssert (meta_own owner_dict 0 [ #box]) with "[Hbox H†box Hboxlease]" as "Hm".
    { rewrite box_own. iFrame. }
    wp_pures. wp_apply (get_from_unused_full_spec owner_dict N γ s 4096 0 src [ #box ] true
      with "[$I $Hsrc $L $Hm]").
    iIntros "(Hsrc & Hh & L)". wp_pures.
    wp_apply frame_meta_mut_spec; [done|]. iIntros "_".
    wp_apply (read_box_spec with "Hh"). iIntros "Hh". wp_pures.
    (** Shared, and unique again *)
    wp_apply (frame_from_unique_spec owner_dict N with "[$I $Hh $L]").
    iIntros (γm) "[Hh L]". wp_pures.
    wp_apply (try_from_shared_full_spec owner_dict N with "[$I $Hh $L]").
    iIntros (vl) "((%τ & %Hτ & %Hvl) & Hh & L)". injection Hτ as <-.
    change (vl = [ #box]%V) in Hvl. subst vl. iEval (simpl) in "Hh". wp_pures.
    wp_apply frame_meta_spec; [done|]. iIntros "_".
    wp_apply (read_box_spec with "Hh"). iIntros "Hh". wp_pures.
    wp_apply (reset_as_unused_spec owner_dict N with "[$I $Hh $L]");
      [iApply owner_dict_drop|].
    iIntros "[L Hdead]". rewrite (meta_dead_intro owner_dict 0 box_meta) //.
    iDestruct "Hdead" as "[Hboxlease _]".
    iDestruct (heap_lease_split (1/2) (1/2) 2 0 with "[$Hlease $Hboxlease]") as "Hlease".
    rewrite Qp.div_2 /=. wp_pures.
    (** The note, shared *)
    wp_alloc note as "Hnote" "H†note" with "Hlease".
    rewrite (heap_pointsto_vec_singleton note) (heap_pointsto_vec_singleton src).
    wp_pures. wp_write. wp_write. rewrite -(heap_pointsto_vec_singleton src). wp_pures.
    wp_apply (get_from_unused_full_spec owner_dict N γ s 4096 1 src [ #note ] false
      with "[$I $Hsrc $L Hnote]").
    { iApply (meta_own_intro owner_dict 1 note_meta); [done|]. iExists note. by iFrame. }
    iIntros "(Hsrc & (%γm' & Hh) & L)". wp_pures.
    iDestruct (lease_half with "L") as "[L L']".
    wp_apply (clone_by_cas_spec owner_dict N with "[$I $Hh $L']"). iIntros "(Hh & Hh' & L')".
    iAssert (lease γ (1/2 + 1/2) (1 + 1)) with "[L L']" as "L".
    { rewrite lease_split. iFrame. }
    rewrite Qp.div_2. wp_pures.
    wp_apply (frame_drop_other_spec owner_dict N _ _ _ _ 0 with "[$I $Hh' $L]").
    iIntros "L". wp_pures.
    wp_apply (frame_drop_last_spec owner_dict N _ _ _ _ no_dealloc
      (λ i vl q, lease γ q 0 ∗ meta_dead owner_dict i vl)%I with "[$I $Hh $L]").
    { iSplit; [iApply owner_dict_drop|iApply no_dealloc_keep_spec]. }
    iIntros (vl) "[(%τ & %Hτ & %Hvl) [L Hdead]]". injection Hτ as <-.
    change (vl = [ #note]%V) in Hvl. subst vl. iEval (simpl) in "Hdead".
    rewrite (meta_dead_intro owner_dict 1 note_meta) //.
    iDestruct "Hdead" as (c) "[%Hc Hnote]". injection Hc as <-.
    wp_pures. wp_read. wp_pures.
    (** Everything but the slot is freed. *)
    rewrite -(heap_pointsto_vec_singleton note). wp_free with "Hlease". wp_pures.
    wp_free with "Hlease". wp_pures.
    iModIntro. iExists s, γ. by iFrame "I L Hlease H†s".
  Qed.
End client.

Definition frame_owner_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

(** At the end the slot is unused, and its five cells are all that is in memory. *)
Theorem frame_owner_client_adequate :
  adequate NotStuck frame_owner_client ∅ (λ v σ, ∃ s : loc,
    v = #s%V ∧ slot_unused_in σ s ∧ ∀ l, is_Some (σ !! l) ↔ loc_in_range s 5 l).
Proof.
  apply (slot_leak_free_tracked frame_owner_clientΣ _ 5 (λ v s, v = #s%V)).
  iIntros (HΣ) "Hlease". iApply (wp_wand with "[Hlease]").
  - by iApply frame_owner_client_spec.
  - iIntros (v) "(%s & %γ & -> & #I & L & Hlease & H†)".
    iExists owner_dict, (nroot .@ "frame"), γ, s, 4096%Z. by iFrame "I L Hlease H†".
Qed.
