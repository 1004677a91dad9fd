(** * A client of page frames: every operation, one after the other

[all_ops_client] has a memory of two pages and works at the second one, partly by its
address, partly at its slot:

<<
  refused      an address inside a page (NotAligned), one behind the end (OutOfBound)
  unused       a look-up (Unused)
  unique       claimed; claimed and looked up again (Unique, Unique), also while the
               metadata is lent; into its address and back; size, level, address;
               reset to unused
  shared       claimed; looked up at the slot and by address, cloned in both ways:
               5 shares; not to be made unique; claimed again (InUse); drops of three
  two shares   a drop by its halves
  one share    made unique, dropped; claimed again, and a last drop by its halves, the
               frame being looked at in between (Busy)
>>

It returns [#true] if all the results, and all the counts, were so.
[all_ops_client_adequate]: they are, nothing is stuck or races, and the word in memory says
at the end that the slot is unused. With one thread all results are determined, so this
is about the specifications that pin a result down by what the caller has; in
[frame_client.v] there are others about. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_cases frame_addr frame_raw number_dict
  frame_adequacy.
From tally.examples Require Import expect second_page frame_client frame_old_statements.
From tally.prelude Require Import options.

(** ** The program *)
Definition all_ops_claim (pa : Z) (u : bool) : expr :=
  (frame_from_unused 1 ["base"; #8192; #pa; #0; "src"; #u])%E.
Definition all_ops_claim_slot (u : bool) : expr :=
  (get_from_unused 1 ["slot"; #0; "src"; #u])%E.
Definition all_ops_look_up (pa : Z) : expr :=
  (frame_from_in_use 1 ["base"; #8192; #pa])%E.

(** The answers to whoever looks at a frame that is torn down. *)
Definition all_ops_drop_last : expr :=
  if: dec_ref_count ["slot"] then
    let: "r1" := get_from_in_use ["slot"] in
    let: "r2" := all_ops_claim_slot true in
    drop_last_in_place number_glues ["slot"];;
    "r1" + "r2" * #10
  else #44.

Definition all_ops_shared (rest : expr) : expr := (
  expect (all_ops_claim_slot false) 0 (
  expect (reference_count [frame_borrow ["slot"]]) 1 (
  let: "slot" := frame_from_raw 1 ["base"; frame_into_raw ["slot"]] in
  expect (get_from_in_use ["slot"]) 0 (
  inc_ref_count ["slot"];;
  clone_by_cas ["slot"];;
  expect (all_ops_look_up 4096) 0 (
  expect (reference_count ["slot"]) 5 (
  expect (try_from_shared ["slot"]) 0 (
  expect (all_ops_claim 4096 true) (error_code ErrInUse) (
  number_drop ["slot"];;
  number_drop ["slot"];;
  number_drop ["slot"];;
  reference_count ["slot"];;
  (if: dec_ref_count ["slot"] then drop_last_in_place number_glues ["slot"] else #☠);;
  expect (try_from_shared ["slot"]) 1 (
  number_unique_drop ["slot"];;
  (if: all_ops_look_up 4096 = #0 then number_drop ["slot"] else #☠);;
  rest)))))))))%E.

Definition all_ops_client : expr :=
  let: "base" := second_page [] in
  let: "slot" := "base" +ₗ #5 in
  let: "src" := Alloc #1 in
  "src" <- #42;;
  expect (get_slot_status [ #8192; #4096 ]) 0 (
  expect (all_ops_claim 100 true) not_aligned_code (
  expect (all_ops_claim 8192 true) (error_code ErrOutOfBound) (
  expect (all_ops_look_up 100) not_aligned_code (
  expect (all_ops_look_up 12288) (error_code ErrOutOfBound) (
  expect (all_ops_look_up 4096) (error_code ErrUnused) (
  expect (all_ops_claim 4096 true) 0 (
  expect (all_ops_claim 4096 false) (error_code ErrUnique) (
  expect (all_ops_claim_slot false) (error_code ErrUnique) (
  expect (all_ops_look_up 4096) (error_code ErrUnique) (
  expect (get_from_in_use ["slot"]) (error_code ErrUnique) (
  let: "slot" := frame_from_raw 1 ["base"; frame_into_raw ["slot"]] in
  expect (frame_size ["slot"]) page_size (
  expect (frame_level ["slot"]) 1 (
  expect (frame_start_paddr ["slot"]) 4096 (
  let: "slot" := frame_transmute ["slot"] in
  reset_as_unused number_glues ["slot"];;
  expect (all_ops_look_up 4096) (error_code ErrUnused) (
  all_ops_shared (
  expect (all_ops_claim 4096 false) 0 (
  expect all_ops_drop_last 44 #true))))))))))))))))).

Lemma all_ops_client_run :
  main_value (run_program choice_reuse [] 3000 all_ops_client) = Some #true%V.
Proof. vm_compute. reflexivity. Qed.

(** ** Its proof *)
Section all_ops.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".

  (** A result that was expected, and what follows. *)
  Local Ltac seen := wp_pures; try (rewrite bool_decide_eq_true_2 //; wp_pures).

  Local Lemma own_42 : ⊢ meta_own number_dict 0 [ #42 ].
  Proof. apply number_own; [lia|done]. Qed.

  Local Lemma all_ops_drop_last_spec γ (s src : loc) m q :
    {{{ frame_slot number_dict N γ s 4096 ∗ src ↦∗ [ #42 ] ∗ shared_frame number_dict γ s m ∗
        lease γ q 1 }}}
      if: dec_ref_count [ #s ] then
        let: "r1" := get_from_in_use [ #s ] in
        let: "r2" := get_from_unused 1 [ #s; #0; #src; #true ] in
        drop_last_in_place number_glues [ #s ];;
        "r1" + "r2" * #10
      else #44
    {{{ RET #44; src ↦∗ [ #42 ] ∗ lease γ q 0 }}}.
  Proof using All.
    iIntros (Φ) "(#I & Hsrc & Hh & L) HΦ".
    wp_apply (dec_ref_count_spec number_dict N with "[$I $Hh $L]"). iIntros ([]) "H"; last first.
    { wp_pures. iApply "HΦ". by iFrame. }
    iDestruct "H" as (vl) "(_ & Hh & L)". wp_pures.
    wp_apply (get_from_in_use_busy_spec number_dict N with "[$I $Hh]"). iIntros "Hh". wp_pures.
    wp_apply (get_from_unused_busy_spec number_dict N γ s 4096 0 src [ #42 ] true
      with "[$I $Hsrc $Hh]").
    { iApply own_42. }
    iIntros "(Hsrc & _ & Hh)". wp_pures.
    wp_apply (drop_last_in_place_spec number_dict N
      with "[$I $Hh $L]"); [iApply number_dict_drop|].
    iIntros "[L _]". wp_pures. iApply "HΦ". by iFrame.
  Qed.

  Lemma all_ops_client_spec :
    ⊢ WP all_ops_client {{ v, ∃ (s : loc) γ,
        ⌜v = #true%V⌝ ∗ frame_slot number_dict N γ s 4096 ∗ lease γ 1 0 }}.
  Proof using All.
    rewrite /all_ops_client.
    wp_apply second_page_spec; [done|]. iIntros (base) "Hs". wp_pures.
    assert (base +ₗ 5 = page_slot 1 base 4096)%L as -> by done.
    set (s := page_slot 1 base 4096).
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    iMod pending_incs_alloc as (γr) "Hr". iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    iMod (number_slot_alloc N ⊤ γr s 4096 with "Hs") as (γ) "(%Hγ & #I & L)".
    rewrite -Hγ -(heap_pointsto_vec_singleton src). wp_pures.
    wp_apply (get_slot_status_x86_64_spec 2 4096); [done..|]. iIntros "_". seen.
    wp_apply (frame_from_unused_not_aligned_spec number_dict base src 8192 100 0 true);
      [by vm_compute|done|]. iIntros "_". seen.
    wp_apply (frame_from_unused_out_of_bound_spec number_dict base src 8192 8192 0 true);
      [done..|]. iIntros "_". seen.
    wp_apply (frame_from_in_use_not_aligned_spec number_dict base 8192 100);
      [by vm_compute|done|]. iIntros "_". seen.
    wp_apply (frame_from_in_use_out_of_bound_spec number_dict base 8192 12288);
      [done..|]. iIntros "_". seen.
    wp_apply (frame_from_in_use_unused_spec number_dict N γ base 8192 4096
      with "[$I $L]"); [done..|].
    iIntros "L". seen.
    (** Unique. *)
    wp_apply (frame_from_unused_full_spec number_dict N γ base src 8192 4096 0 [ #42 ] true
      with "[$I $Hsrc $L]"); [done..|iApply own_42|]. iIntros "(Hsrc & Hh & L)". seen.
    wp_apply (frame_from_unused_unique_spec number_dict N γ base src 8192 4096 0 [ #42 ] false
      with "[$I $Hsrc $Hh]"); [done..|iApply own_42|]. iIntros "(Hsrc & _ & Hh)". seen.
    iEval (rewrite unique_frame_eq) in "Hh". iDestruct "Hh" as "[Htok Hm]".
    wp_apply (get_from_unused_token_spec number_dict N γ s 4096 0 src [ #42 ] false
      with "[$I $Hsrc $Htok]"); [iApply own_42|]. iIntros "(Hsrc & _ & Htok)". seen.
    iDestruct (unique_frame_eq with "[$Htok $Hm]") as "Hh".
    wp_apply (frame_from_in_use_unique_spec number_dict N γ base 8192 4096
      with "[$I $Hh]"); [done..|].
    iIntros "Hh". seen.
    iEval (rewrite unique_frame_eq) in "Hh". iDestruct "Hh" as "[Htok Hm]".
    wp_apply (get_from_in_use_token_spec number_dict N with "[$I $Htok]"). iIntros "Htok". seen.
    iDestruct (unique_frame_eq with "[$Htok $Hm]") as "Hh".
    wp_apply (frame_raw_round_trip_spec number_dict N γ base 4096 (HandleUnique _ _)
      with "[$I $Hh]").
    iIntros "Hh". wp_pures.
    wp_apply frame_size_spec; [done|]. iIntros "_". seen.
    wp_apply frame_level_spec; [done|]. iIntros "_". seen.
    wp_apply (frame_start_paddr_spec number_dict N with "I"). iIntros "_". seen.
    wp_apply frame_transmute_spec; [done|]. iIntros "_". wp_pures.
    wp_apply (reset_as_unused_spec number_dict N with "[$I $Hh $L]"); [iApply number_dict_drop|].
    iIntros "[L _]". wp_pures.
    wp_apply (frame_from_in_use_unused_spec number_dict N γ base 8192 4096
      with "[$I $L]"); [done..|].
    iIntros "L". seen.
    (** Shared. *)
    wp_apply (get_from_unused_full_spec number_dict N γ s 4096 0 src [ #42 ] false
      with "[$I $Hsrc $L]").
    { iApply own_42. }
    iIntros "(Hsrc & (%γm & Hh) & L)". seen.
    wp_apply frame_borrow_spec; [done|]. iIntros "_".
    wp_apply (reference_count_exact_spec number_dict N with "[$I $Hh $L]").
    iIntros "[Hh L]". seen.
    wp_apply (frame_raw_round_trip_spec number_dict N γ base 4096 (HandleShared _)
      with "[$I $Hh]").
    iIntros "Hh". wp_pures.
    iDestruct (lease_half with "L") as "[L L']".
    wp_apply (get_from_in_use_shared_spec number_dict N with "[$I $L' $Hh]").
    iIntros "(Hh & L' & H2)".
    seen. iDestruct (lease_half with "L'") as "[L2 L']".
    wp_apply (inc_ref_count_spec number_dict N with "[$I $Hh $L' $Hr]").
    iIntros "(Hh & H3 & L3 & _)".
    wp_pures. iDestruct (lease_half with "L3") as "[L3 L']".
    wp_apply (clone_by_cas_spec number_dict N with "[$I $Hh $L']"). iIntros "(Hh & H4 & L4)".
    wp_pures. iDestruct (lease_half with "L4") as "[L4 L']".
    wp_apply (frame_from_in_use_shared_spec number_dict N γ base 8192 4096
      with "[$I $L' $Hh]"); [done..|].
    iIntros "(Hh & L5 & H5)". seen.
    iAssert (lease γ 1 5) with "[L L2 L3 L4 L5]" as "L".
    { iDestruct (lease_split γ _ _ 1 1 with "[$L4 $L5]") as "L4". rewrite Qp.div_2 /=.
      iDestruct (lease_split γ _ _ 1 2 with "[$L3 $L4]") as "L3". rewrite Qp.div_2 /=.
      iDestruct (lease_split γ _ _ 1 3 with "[$L2 $L3]") as "L2". rewrite Qp.div_2 /=.
      iDestruct (lease_split γ _ _ 1 4 with "[$L $L2]") as "L". by rewrite Qp.div_2 /=. }
    wp_apply (reference_count_exact_spec number_dict N with "[$I $Hh $L]").
    iIntros "[Hh L]". seen.
    wp_apply (try_from_shared_other_spec number_dict N _ _ _ _ _ 3 with "[$I $Hh $L]").
    iIntros "[Hh L]".
    seen.
    wp_apply (frame_from_unused_shared_spec number_dict N γ base src 8192 4096 0 [ #42 ] true
      with "[$I $Hsrc $Hh]"); [done..|iApply own_42|]. iIntros "(Hsrc & _ & Hh)". seen.
    wp_apply (frame_drop_other_spec number_dict N _ _ _ _ 3
      with "[$I $H2 $L]").
    iIntros "L". wp_pures.
    wp_apply (frame_drop_other_spec number_dict N _ _ _ _ 2
      with "[$I $H3 $L]").
    iIntros "L". wp_pures.
    wp_apply (frame_drop_other_spec number_dict N _ _ _ _ 1
      with "[$I $H4 $L]").
    iIntros "L". wp_pures.
    wp_apply (reference_count_spec number_dict N with "[$I $Hh $L]").
    iIntros (n) "(_ & Hh & L)". wp_pures.
    iAssert (lease γ (1/2) 1 ∗ lease γ (1/2) 1)%I with "[L]" as "[L L']".
    { rewrite -lease_split Qp.div_2. iFrame. }
    wp_bind (Case _ _). iApply (wp_wand _ _ _ (λ _, lease γ (1/2) 0) with "[H5 L']").
    { wp_apply (dec_ref_count_spec number_dict N with "[$I $H5 $L']").
      iIntros ([]) "H"; wp_pures; [|done].
      iDestruct "H" as (vl) "(_ & Hh & L)".
      wp_apply (drop_last_in_place_spec number_dict N
        with "[$I $Hh $L]"); [iApply number_dict_drop|].
      by iIntros "[L _]". }
    iIntros (v) "L'". wp_pures.
    iDestruct (lease_split γ _ _ 1 0 with "[$L $L']") as "L". rewrite Qp.div_2 /=.
    wp_apply (try_from_shared_full_spec number_dict N with "[$I $Hh $L]").
    iIntros (vl) "(_ & Hh & L)". seen.
    wp_apply (number_unique_drop_spec N with "[$I $Hh $L]"). iIntros "L". wp_pures.
    wp_bind (Case _ _). iApply (wp_wand _ _ _ (λ _, lease γ 1 0) with "[L]").
    { wp_apply (frame_from_in_use_spec number_dict N γ base 8192 4096 with "[$I $L]"); [done..|].
      iIntros ([e|]) "H".
      - iDestruct "H" as "[_ L]". destruct e; wp_pures;
          try (rewrite bool_decide_eq_false_2; [wp_pures|done]); done.
      - iDestruct "H" as (m) "[Hh L]". wp_pures.
        iApply (number_drop_spec with "[$I $Hh $L]"). by iIntros "!> L". }
    iIntros (v') "L". wp_pures.
    (** Once more. *)
    wp_apply (frame_from_unused_full_spec number_dict N γ base src 8192 4096 0 [ #42 ] false
      with "[$I $Hsrc $L]"); [done..|iApply own_42|]. iIntros "(Hsrc & (%γm' & Hh) & L)". seen.
    wp_apply (all_ops_drop_last_spec with "[$I $Hsrc $Hh $L]"). iIntros "[_ L]". seen.
    iExists s, γ. by iFrame "I L".
  Qed.
End all_ops.

Theorem all_ops_client_adequate :
  adequate NotStuck all_ops_client ∅ (λ v σ, ∃ s : loc,
    v = #true%V ∧ slot_unused_in σ s).
Proof.
  apply (slot_leak_free frame_clientΣ _ (λ v _, v = #true%V)). intros HΣ Huntracked.
  iApply wp_wand; [iApply all_ops_client_spec|]. iIntros (v) "(%s & %γ & -> & I & L)".
  iExists number_dict, (nroot .@ "frame"), γ, s, 4096%Z. by iFrame.
Qed.
