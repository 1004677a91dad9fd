(** * A client of segments: refusals, empty segments, and drops that are the last or not

[segment_all_ops_client] has the memory of four pages of [segment_client.v] (numbered from
0), and one thread, so that all results are determined:

<<
  unique    page 2 is claimed as a unique frame; claims pages 0 to 3 (Unique: the claims
            of 0 and 1 are undone); makes the frame shared, and a segment a of it
  numbers   the first address, the end, and the size of a; a frame behind its end (none);
            slices and splits of a, not aligned (NotAligned) or too large (OutOfBound);
            a is as it was
  empty     splits a at its end: b is empty; the first and the last frame of b (none);
            turns b into a range of addresses and back; its size (0); drops it
  shared    clones a as b; drops b (not the last), then a (the last): page 2 is Unused
  mixed     claims pages 0 to 3 as a, takes the slice b = 1..1; drops a: pages 0, 2
            and 3 are Unused, the count of page 1 is 1; drops b: page 1 is Unused
>>

It returns where the slots are if all results were so.
[segment_all_ops_client_adequate]: they are, nothing is stuck or races, and at the end the
word of each slot says that it is unused. Together with [segment_client.v] and
[segment_race.v] this reaches the specifications of all operations of segments, except
that of a claim of no pages, from which there is no return. [segment_all_ops_client_run] computes one execution. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import number_dict.
From tally.frame.segment Require Import segment.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect segment_client_parts segment_client.
From tally.prelude Require Import options.

(** ** The programs *)
Definition all_ops_look_up : val :=
  λ: ["base"; "pa"], frame_from_in_use 1 ["base"; #16384; "pa"].

Definition all_ops_numbers : val :=
  λ: ["base"; "a"; "b"], (
    expect (frame_segment_start_paddr ["a"]) 8192 (
    expect (frame_segment_end_paddr ["a"]) 12288 (
    expect (frame_segment_size ["a"]) 4096 (
    expect (frame_segment_get 1 ["base"; "a"; #1]) 0 (
    expect (frame_segment_slice 1 ["base"; "a"; #0; #100; "b"]) not_aligned_code (
    expect (frame_segment_slice 1 ["base"; "a"; #0; #8192; "b"])
      (error_code ErrOutOfBound) (
    expect (frame_segment_split ["a"; #100; "b"]) not_aligned_code (
    expect (frame_segment_split ["a"; #8192; "b"]) (error_code ErrOutOfBound)
      #true))))))))%E.

Definition all_ops_empty : val :=
  λ: ["base"; "a"; "b"; "range"], (
    expect (frame_segment_split ["a"; #4096; "b"]) 0 (
    expect (frame_segment_next 1 ["base"; "b"]) 0 (
    expect (frame_segment_next_back 1 ["base"; "b"]) 0 (
    frame_segment_into_raw ["b"; "range"];;
    frame_segment_from_raw ["range"; "b"];;
    expect (frame_segment_size ["b"]) 0 (
    client_drop_segment ["base"; "b"];;
    #true)))))%E.

Definition all_ops_shared : val :=
  λ: ["base"; "a"; "b"], (
    frame_segment_clone 1 ["base"; "a"; "b"];;
    client_drop_segment ["base"; "b"];;
    client_drop_segment ["base"; "a"];;
    expect (all_ops_look_up ["base"; #8192]) (error_code ErrUnused) #true)%E.

Definition all_ops_mixed : val :=
  λ: ["base"; "a"; "b"], (
    expect (frame_segment_slice 1 ["base"; "a"; #4096; #8192; "b"]) 0 (
    client_drop_segment ["base"; "a"];;
    expect (all_ops_look_up ["base"; #0]) (error_code ErrUnused) (
    expect (all_ops_look_up ["base"; #8192]) (error_code ErrUnused) (
    expect (all_ops_look_up ["base"; #12288]) (error_code ErrUnused) (
    expect (reference_count [frame_segment_get 1 ["base"; "b"; #0]]) 1 (
    client_drop_segment ["base"; "b"];;
    expect (all_ops_look_up ["base"; #4096]) (error_code ErrUnused) #true))))))%E.

Definition segment_all_ops_client : expr := (
  let: "base" := four_pages [] in
  let: "src" := cell_with [ #7 ] in
  let: "calls" := cell_with [ #0 ] in
  let: "make" := number_calls ["calls"] in
  let: "range" := Alloc #2 in
  let: "a" := Alloc #2 in
  let: "b" := Alloc #2 in
  expect (frame_from_unused 1 ["base"; #16384; #8192; #0; "src"; #true]) 0 (
  expect (client_claim ["base"; #0; #16384; "make"; "src"; "a"]) (error_code ErrUnique) (
  frame_segment_from_frame [frame_from_unique [slot_at 1 ["base"; #8192]]; "a"];;
  if: all_ops_numbers ["base"; "a"; "b"] then
  if: all_ops_empty ["base"; "a"; "b"; "range"] then
  if: all_ops_shared ["base"; "a"; "b"] then
  "calls" <- #0;;
  expect (client_claim ["base"; #0; #16384; "make"; "src"; "a"]) 0 (
  if: all_ops_mixed ["base"; "a"; "b"] then "base"
  else #false) else #false else #false else #false)))%E.

Lemma segment_all_ops_client_run :
  returned_loc (run_program choice_reuse [] 20000 segment_all_ops_client) = true.
Proof. by vm_compute. Qed.

(** ** The proofs *)
Section all_ops.
  Context `{!lrustGS Σ, !cinvG Σ, !frameG Σ}.
  Implicit Types (base a b range : loc) (p : segment_page).

  (** A result that was expected, and what follows. *)
  Local Ltac seen := wp_pures; try (rewrite bool_decide_eq_true_2 //; wp_pures).

  Local Lemma all_ops_look_up_spec γ base (pa : Z) :
    (pa `rem` page_size = 0)%Z → (pa < 16384)%Z →
    {{{ frame_slot number_dict client_frameN γ (page_slot 1 base pa) pa ∗ lease γ 1 0 }}}
      all_ops_look_up [ #base; #pa ]
    {{{ RET #(error_code ErrUnused); lease γ 1 0 }}}.
  Proof.
    iIntros (Hpa Hlt Φ) "[#I L] HΦ". wp_rec.
    iApply frame_from_in_use_at. rewrite page_status_slot //.
    iApply (get_from_in_use_at number_dict client_frameN with "I L").
    iIntros "!> !>" (st ->%state_weight_0) "L _". by iApply "HΦ".
  Qed.

  Local Lemma all_ops_numbers_spec base a b p :
    {{{ frame_segment number_dict client_frameN base a 8192 [p] }}}
      all_ops_numbers [ #base; #a; #b ]
    {{{ RET #true; frame_segment number_dict client_frameN base a 8192 [p] }}}.
  Proof.
    iIntros (Φ) "H HΦ". wp_rec.
    wp_apply (frame_segment_start_paddr_spec number_dict client_frameN with "H"). iIntros "H". seen.
    wp_apply (frame_segment_end_paddr_spec number_dict client_frameN with "H"). iIntros "H". seen.
    wp_apply (frame_segment_size_spec number_dict client_frameN with "H"). iIntros "H". seen.
    wp_apply (frame_segment_get_none_spec number_dict client_frameN with "H"); [done|]. iIntros "H". seen.
    wp_apply (frame_segment_slice_not_aligned_spec number_dict client_frameN with "H"); [by right|].
    iIntros "H". seen.
    wp_apply (frame_segment_slice_out_of_bound_spec number_dict client_frameN with "H"); [done|done|by right|].
    iIntros "H". seen.
    wp_apply (frame_segment_split_not_aligned_spec number_dict client_frameN with "H"); [done|].
    iIntros "H". seen.
    wp_apply (frame_segment_split_out_of_bound_spec number_dict client_frameN with "H"); [done|by right|].
    iIntros "H". seen. by iApply "HΦ".
  Qed.

  Local Lemma all_ops_empty_spec base a b range p :
    {{{ frame_segment number_dict client_frameN base a 8192 [p] ∗ segment_room b ∗ segment_room range }}}
      all_ops_empty [ #base; #a; #b; #range ]
    {{{ RET #true; frame_segment number_dict client_frameN base a 8192 [p] ∗ segment_room b }}}.
  Proof.
    iIntros (Φ) "(H & Hb & Hrange) HΦ". wp_rec.
    wp_apply (frame_segment_split_spec number_dict client_frameN base a 8192 [p] [] with "[$H $Hb]").
    iIntros "[H Hb]". seen.
    wp_apply (frame_segment_next_empty_spec number_dict client_frameN with "Hb"). iIntros "Hb". seen.
    wp_apply (frame_segment_next_back_empty_spec number_dict client_frameN with "Hb"). iIntros "Hb". seen.
    wp_apply (frame_segment_into_raw_spec number_dict client_frameN with "[$Hb $Hrange]").
    iIntros "(Hb & %Hfit & Hrange & _)". wp_pures.
    wp_apply (frame_segment_from_raw_empty_spec number_dict client_frameN base with "[$Hrange $Hb]"); [done|].
    iIntros "[_ Hb]". wp_pures.
    wp_apply (frame_segment_size_spec number_dict client_frameN with "Hb"). iIntros "Hb". seen.
    wp_apply (frame_segment_drop_empty_spec number_dict client_frameN with "Hb"). iIntros "Hb". wp_pures.
    iApply "HΦ". iFrame "H". by iExists _, _.
  Qed.

  (** Whoever drops the last share of each page with an entry 0 gets its lease back. *)
  Local Lemma all_ops_drop_full_spec base l start ps ks :
    {{{ frame_segment number_dict client_frameN base l start ps ∗ counted_leases ps.*1 1 (S <$> ks) }}}
      client_drop_segment [ #base; #l ]
    {{{ RET #☠; segment_room l ∗ counted_leases ps.*1 1 ks }}}.
  Proof.
    iIntros (Φ) "[H L] HΦ".
    iApply (frame_segment_drop_full_spec number_dict client_frameN _ _ _ _ _ _ lease_back with "[$H $L]").
    { iSplit; [iApply number_dict_drop|iApply any_dealloc_spec]. }
    iIntros "!> [Hl H]". iApply "HΦ". iFrame "Hl".
    rewrite /counted_leases big_sepL2_fmap_l. iApply (big_sepL2_impl with "H").
    iIntros "!>" (k p [|c] _ _) "H"; [|done]. by iDestruct "H" as (vl) "[_ H]".
  Qed.

  Local Lemma all_ops_shared_spec base a b p :
    {{{ frame_slot number_dict client_frameN p.1 (page_slot 1 base 8192) 8192 ∗
        frame_segment number_dict client_frameN base a 8192 [p] ∗ segment_room b ∗ lease p.1 1 1 ∗
        pending_incs (slot_pending_name p.1) 1 }}}
      all_ops_shared [ #base; #a; #b ]
    {{{ RET #true; segment_room a ∗ segment_room b ∗ lease p.1 1 0 ∗
        pending_incs (slot_pending_name p.1) 1 }}}.
  Proof.
    iIntros (Φ) "(#I & H & Hb & L & Hr) HΦ". wp_rec.
    wp_apply (frame_segment_clone_spec number_dict client_frameN base a 8192 [p] 1 [1]%nat
      with "[$H $Hr $Hb L]"); [by repeat constructor|by rewrite /counted_leases /=; iFrame|].
    iIntros "(H & Hb & L & Hr)". wp_pures.
    wp_apply (frame_segment_drop_other_spec number_dict client_frameN base b 8192 [p] 1 [0]%nat
      with "[$Hb $L]"); [iApply number_dict_drop|]. iIntros "[Hb L]". wp_pures.
    wp_apply (all_ops_drop_full_spec base a 8192 [p] [0]%nat with "[$H $L]").
    iIntros "[Ha [L _]]". wp_pures.
    wp_apply (all_ops_look_up_spec p.1 with "[$I $L]"); [done..|]. iIntros "L". seen.
    iApply "HΦ". by iFrame.
  Qed.

  Local Lemma all_ops_mixed_spec base a b p0 p1 p2 p3 :
    let γs := [p0.1; p1.1; p2.1; p3.1] in
    {{{ segment_slots number_dict client_frameN base 0 γs ∗ frame_segment number_dict client_frameN base a 0 [p0; p1; p2; p3] ∗
        segment_room b ∗ leases γs 1 1 ∗ pending_incs (slot_pending_name p1.1) 1 }}}
      all_ops_mixed [ #base; #a; #b ]
    {{{ RET #true; leases γs 1 0 }}}.
  Proof.
    iIntros (γs Φ) "(#I & H & Hb & (L0 & L1 & L2 & L3 & _) & Hr) HΦ". wp_rec.
    rewrite /segment_slots /pages /=. iDestruct "I" as "(I0 & I1 & I2 & I3 & _)".
    wp_apply (frame_segment_slice_spec number_dict client_frameN base a 0 [p0] [p1] [p2; p3] 1 [1]%nat
      with "[$H $Hr $Hb L1]"); [by repeat constructor|by rewrite /counted_leases /=; iFrame|].
    iIntros "(H & Hb & [L1 _] & _)". seen.
    wp_apply (all_ops_drop_full_spec base a 0 [p0; p1; p2; p3] [0; 1; 0; 0]%nat
      with "[$H L0 L1 L2 L3]"); [by rewrite /counted_leases /=; iFrame|].
    iIntros "(_ & L0 & L1 & L2 & L3 & _)". wp_pures.
    wp_apply (all_ops_look_up_spec p0.1 with "[$I0 $L0]"); [done..|]. iIntros "L0". seen.
    wp_apply (all_ops_look_up_spec p2.1 with "[$I2 $L2]"); [done..|]. iIntros "L2". seen.
    wp_apply (all_ops_look_up_spec p3.1 with "[$I3 $L3]"); [done..|]. iIntros "L3". seen.
    wp_apply (frame_segment_count_spec number_dict client_frameN base b _ [p1] [1]%nat 0 1 p1
      with "[$Hb L1]"); [done|done|by rewrite /counted_leases /=; iFrame|].
    iIntros "[Hb L1]". seen.
    wp_apply (all_ops_drop_full_spec base b _ [p1] [0]%nat with "[$Hb $L1]").
    iIntros "(_ & L1 & _)". wp_pures.
    wp_apply (all_ops_look_up_spec p1.1 with "[$I1 $L1]"); [done..|]. iIntros "L1". seen.
    iApply "HΦ". rewrite /leases /=. by iFrame.
  Qed.
End all_ops.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Local Ltac seen := wp_pures; try (rewrite bool_decide_eq_true_2 //; wp_pures).

  Lemma segment_all_ops_client_spec :
    ⊢ WP segment_all_ops_client {{ v, ∃ (base : loc) (γs : list slot_names),
        ⌜v = #base ∧ length γs = 4%nat⌝ ∗ segment_slots number_dict client_frameN base 0 γs ∗
        leases γs 1 0 }}.
  Proof using All.
    rewrite /segment_all_ops_client. iMod pending_incs_alloc as (γr) "Hr".
    iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    wp_apply (four_pages_spec γr); [done|]. iIntros (base γs) "([%Hlen %Hγr] & #I & L)".
    wp_pures. wp_apply cell_with_spec; [done|]. iIntros (src) "Hsrc". wp_pures.
    wp_apply cell_with_spec; [done|]. iIntros (calls) "Hcalls".
    wp_pures. wp_rec. wp_pures. rewrite -/(number_make calls).
    wp_alloc range as "Hrange" "_". wp_pures.
    wp_alloc a as "Ha" "_". wp_pures. wp_alloc b as "Hb" "_". wp_pures.
    iAssert (segment_room a ∗ segment_room b ∗ segment_room range)%I
      with "[Ha Hb Hrange]" as "(Ha & Hb & Hrange)".
    { rewrite /segment_room. iSplitL "Ha"; [by iExists _, _; iFrame|].
      iSplitL "Hb"; by iExists _, _; iFrame. }
    destruct γs as [|γ0 [|γ1 [|γ2 [|γ3 [|]]]]]; simplify_eq/=.
    apply Forall_cons in Hγr as [_ [Hγ1 [Hγ2 _]%Forall_cons]%Forall_cons].
    iDestruct "L" as "(L0 & L1 & L2 & L3 & _)".
    iDestruct (segment_slots_3 with "I") as "[I3 I2]".
    (** Unique. *)
    wp_apply (frame_from_unused_at 1 base src 16384%Z 8192%Z 0 true).
    iApply (get_from_unused_at number_dict client_frameN _ _ _ _ 0 src [ #7 ] true
      with "I2 [Hsrc] [] L2").
    { by rewrite heap_pointsto_vec_singleton. }
    { by iApply number_own; [lia|]. }
    iIntros "!>" (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm2) "[L2 H2]". seen.
    wp_rec. wp_apply (frame_segment_from_unused_unique_spec number_dict client_frameN base 16384 0
      [γ0; γ1] γ2 1 0 (number_make calls) src a no_dealloc (calls_made calls)
      number_of_page lease_back with "[$H2 $I3 $Ha Hsrc Hcalls L0 L1]"); [done..| |].
    { iSplitR; [iApply number_dict_drop|]. iSplitR; [iApply any_dealloc_spec|].
      iSplitR; [iApply number_make_spec|]. rewrite /leases /=. iFrame "L0 L1".
      iSplitL "Hcalls"; [by iFrame|]. iExists _. by iFrame. }
    iIntros (ps vl) "((%Hps & _ & %Hvl) & H & H2 & [_ Hcalls] & Hsrc & _ & Ha)". seen.
    iDestruct (pages_released_back with "H") as "L". rewrite Hps.
    iDestruct "L" as "(L0 & L1 & _)".
    wp_apply slot_at_spec; [done|]. iIntros "_".
    wp_apply (frame_from_unique_spec number_dict client_frameN with "[$I2 $H2 $L2]").
    iIntros (γm) "[H2 L2]".
    wp_apply (frame_segment_from_frame_spec number_dict client_frameN base 8192
      with "[$I2 $H2 $Ha]"); [done|].
    iIntros "H". wp_pures.
    (** One page. *)
    wp_apply (all_ops_numbers_spec with "H"). iIntros "H". wp_pures.
    wp_apply (all_ops_empty_spec with "[$H $Hb $Hrange]"). iIntros "[H Hb]". wp_pures.
    iEval (rewrite -Hγ2) in "Hr".
    wp_apply (all_ops_shared_spec base a b (γ2, _) with "[$H $Hb $L2 $Hr $I2]").
    iIntros "(Ha & Hb & L2 & Hr)". iEval (rewrite /= Hγ2 -Hγ1) in "Hr".
    wp_pures. wp_write. wp_pures.
    (** Four pages. *)
    wp_rec. wp_apply (frame_segment_from_unused_full_spec number_dict client_frameN base 16384 0
      [γ0; γ1; γ2; γ3] 0 (number_make calls) src a no_dealloc (calls_made calls)
      number_of_page with "[$I $Ha Hsrc L0 L1 L2 L3 Hcalls]"); [done..| |].
    { iSplitR; [iApply number_make_spec|]. rewrite /leases /=. iFrame "L0 L1 L2 L3".
      iSplitL "Hcalls"; [by iFrame|]. iExists _. iFrame "Hsrc". by rewrite Hvl. }
    iIntros (ps') "([%Hps' _] & H & L & _)". seen.
    destruct ps' as [|[g0 m0] [|[g1 m1] [|[g2 m2] [|[g3 m3] [|]]]]]; simplify_eq/=.
    wp_apply (all_ops_mixed_spec base a b (γ0, m0) (γ1, m1) (γ2, m2) (γ3, m3)
      with "[H Hb L Hr]").
    { iSplitR; [iExact "I"|]. iSplitL "H"; [iExact "H"|]. iSplitL "Hb"; [iExact "Hb"|].
      iSplitL "L"; [iExact "L"|iExact "Hr"]. }
    iIntros "L". wp_pures. iExists base, [γ0; γ1; γ2; γ3]. by iFrame "I L".
  Qed.
End client.

Theorem segment_all_ops_client_adequate :
  adequate NotStuck segment_all_ops_client ∅ (λ v σ, ∃ base : loc,
    v = #base%V ∧ slots_unused base σ).
Proof.
  apply (four_pages_leak_free segment_clientΣ). intros HΣ Huntracked. apply segment_all_ops_client_spec.
Qed.
