(** * A client of segments, and what adequacy says of it

[segment_client] makes a memory of four pages and lets three threads at a segment of
it (pages are numbered from 0; the results are in parentheses):

<<
  main     claims pages 0.0 to 2 (NotAligned), 0 to 4 (OutOfBound); claims page 2 as a
           frame; claims pages 0 to 3 (InUse: the claims of 0 and 1 are undone);
           drops the frame; claims pages 0 to 3 as segment a (success); takes the first
           frame off; clones a = 1..3 as b; counts page 2 (2); splits a = 1..3 into
           a = 1..1 and c = 2..3 (success); takes the slice d = 2..2 of c (success);
           counts page 2 (3) and reads its metadata (2: the closure's third call);
           turns b into a range of addresses; spawns, giving away the range and c:
  first        makes a segment of the range, drops its first frame (1), then the rest (2, 3)
  second       drops the last frame of c (3), then the rest (2)
  main     drops d (2), a (1) and the frame (0); waits for both;
           claims pages 0 to 3 again (success), and drops them: now each is the last
>>

and returns where the slots are if the sum of the results, weighted by powers of ten, is
right.

[segment_client_adequate]: no interleaving is ever stuck (no assertion fails, nothing
races, in particular not on metadata), the sum of the results is exact, and at the end
the word of each slot says that it is unused. The proof uses the sealed specifications alone.
[segment_client_run] computes one execution. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import number_dict.
From tally.frame.segment Require Import segment.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect segment_client_parts.
From tally.prelude Require Import options.

(** ** The program *)
Definition segment_client : expr :=
  let: "base" := four_pages [] in
  let: "src" := cell_with [ #7 ] in
  let: "calls" := cell_with [ #0 ] in
  let: "make" := number_calls ["calls"] in
  let: "a" := Alloc #2 in
  let: "b" := Alloc #2 in
  let: "c" := Alloc #2 in
  let: "d" := Alloc #2 in
  let: "range" := Alloc #2 in
  let: "flag1" := flag_new [] in
  let: "flag2" := flag_new [] in
  let: "refused" := try_claims ["base"; "make"; "src"; "a"] in
  "calls" <- #0;;
  let: "claimed" := client_claim ["base"; #0; #16384; "make"; "src"; "a"] in
  let: "frame" := frame_segment_next 1 ["base"; "a"] in
  let: "divided" := divide ["base"; "a"; "b"; "c"; "d"] in
  frame_segment_into_raw ["b"; "range"];;
  Fork (first_thread ["base"; "range"; "b"; "flag1"]);;
  Fork (second_thread ["base"; "c"; "flag2"]);;
  client_drop_segment ["base"; "d"];;
  client_drop_segment ["base"; "a"];;
  number_drop ["frame"];;
  flag_wait ["flag1"];;
  flag_wait ["flag2"];;
  "calls" <- #0;;
  let: "again" := client_claim ["base"; #0; #16384; "make"; "src"; "a"] in
  client_drop_segment ["base"; "a"];;
  if: "refused" + "claimed" * #10000 + "again" * #100000 + "divided" * #1000000
    = #23002001056 then "base" else #0.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.

  Lemma segment_client_spec :
    ⊢ WP segment_client {{ v, ∃ (base : loc) (γs : list slot_names),
        ⌜v = #base ∧ length γs = 4%nat⌝ ∗ segment_slots number_dict client_frameN base 0 γs ∗
        leases γs 1 0 }}.
  Proof using All.
    rewrite /segment_client. iMod pending_incs_alloc as (γr) "Hr".
    iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    wp_apply (four_pages_spec γr); [done|]. iIntros (base γs) "([%Hlen %Hγr] & #I & L)".
    wp_pures. wp_apply cell_with_spec; [done|]. iIntros (src) "Hsrc". wp_pures.
    wp_apply cell_with_spec; [done|]. iIntros (calls) "Hcalls".
    wp_pures. wp_rec. wp_pures. rewrite -/(number_make calls).
    wp_alloc a as "Ha" "_". wp_pures. wp_alloc b as "Hb" "_". wp_pures.
    wp_alloc c as "Hc" "_". wp_pures. wp_alloc d as "Hd" "_". wp_pures.
    wp_alloc range as "Hrange" "_". wp_pures.
    iAssert (segment_room a ∗ segment_room b ∗ segment_room c ∗ segment_room d ∗
      segment_room range)%I with "[Ha Hb Hc Hd Hrange]" as "(Ha & Hb & Hc & Hd & Hrange)".
    { rewrite /segment_room. iSplitL "Ha"; [by iExists _, _; iFrame|].
      iSplitL "Hb"; [by iExists _, _; iFrame|]. iSplitL "Hc"; [by iExists _, _; iFrame|].
      iSplitL "Hd"; by iExists _, _; iFrame. }
    wp_apply flag_new_spec; [done|]. iIntros (f1) "[Hf1 Ht1]". wp_pures.
    wp_apply flag_new_spec; [done|]. iIntros (f2) "[Hf2 Ht2]". wp_pures.
    destruct γs as [|γ0 [|γ1 [|γ2 [|γ3 [|]]]]]; simplify_eq/=.
    wp_apply (try_claims_spec with "[$I $L $Hcalls $Hsrc $Ha]").
    iIntros "(L & (%v & Hcalls) & Hsrc & Ha)". wp_pures. wp_write. wp_pures.
    wp_rec. wp_apply (frame_segment_from_unused_full_spec number_dict client_frameN base 16384 0
      [γ0; γ1; γ2; γ3] 0 (number_make calls) src a no_dealloc (calls_made calls)
      number_of_page with "[$I $Ha $Hsrc $L Hcalls]"); [done..| |].
    { iSplitR; [iApply number_make_spec|]. by iFrame. }
    iIntros (ps) "([%Hps %Hmade] & H & L & [_ Hcalls] & Hsrc)".
    destruct ps as [|[g0 m0] [|[g1 m1] [|[g2 m2] [|[g3 m3] [|]]]]]; simplify_eq/=.
    destruct (Hmade 2%nat _ eq_refl) as [Hi2 Hm2]. clear Hmade. simpl in Hi2, Hm2.
    iDestruct "L" as "(L0 & L1 & L2 & L3 & _)". wp_pures.
    wp_apply (frame_segment_next_spec number_dict client_frameN with "H"). iIntros "[Hp0 H]". wp_pures.
    wp_apply (divide_spec base a b c d (γ1, m1) (γ2, m2) (γ3, m3) γr 2
      with "[$H $Hr $Hb $Hc $Hd L1 L2 L3]"); [by decompose_Forall; repeat constructor|done..| |].
    { rewrite /leases /=. by iFrame. }
    iIntros "(Ha & Hb & Hc & Hd & L1 & L2 & L3)". wp_pures.
    wp_apply (frame_segment_into_raw_spec number_dict client_frameN base b 4096 with "[$Hb $Hrange]").
    iIntros "(Hb & _ & Hrange & Hshares)". wp_pures.
    (** Each handle gets a part of its page's lease. *)
    iDestruct (lease_take with "L1") as "[L1 Lf1]".
    iDestruct (lease_take with "L2") as "[L2 Lf2]".
    iDestruct (lease_take with "L2") as "[L2 Ls2]".
    iDestruct (lease_take with "L3") as "[Lf3 Ls3]".
    iMod (flag_alloc client_flagN _ f1 (leases [γ1; γ2; γ3] (1/2) 0) with "Hf1") as "#If1".
    iMod (flag_alloc client_flagN _ f2 (lease γ2 (1/2/2) 0 ∗ lease γ3 (1/2) 0) with "Hf2") as "#If2".
    wp_apply (wp_fork with "[Hrange Hshares Hb Lf1 Lf2 Lf3]").
    { iNext. iApply (first_thread_spec base range b f1 (γ1, m1) (γ2, m2) (γ3, m3) with "If1 Hrange Hshares Hb"). rewrite /leases /=.
      by iFrame. }
    iIntros "_". wp_pures. wp_apply (wp_fork with "[Hc Ls2 Ls3]").
    { iNext. iApply (second_thread_spec base c f2 (γ2, m2) (γ3, m3) with "If2 Hc Ls2 Ls3"). }
    iIntros "_". wp_pures.
    wp_apply (drop_segment_spec _ _ _ [(γ2, m2)] with "[$Hd L2]"); [by rewrite /leases /=; iFrame|].
    iIntros "[Hd [L2 _]]". wp_pures.
    wp_apply (drop_segment_spec _ _ _ [(γ1, m1)] with "[$Ha L1]"); [by rewrite /leases /=; iFrame|].
    iIntros "[Ha [L1 _]]". wp_pures.
    wp_apply (drop_page_spec with "[$Hp0 $L0]"). iIntros "L0". wp_pures.
    wp_apply (flag_wait_spec with "[$If1 $Ht1]"). iIntros "(Lf1 & Lf2 & Lf3 & _)". wp_pures.
    wp_apply (flag_wait_spec with "[$If2 $Ht2]"). iIntros "[Ls2 Ls3]". wp_pures.
    iDestruct (lease_join with "L1 Lf1") as "L1".
    iDestruct (lease_join with "L2 Ls2") as "L2". iDestruct (lease_join with "L2 Lf2") as "L2".
    iDestruct (lease_join with "Lf3 Ls3") as "L3".
    wp_write. wp_pures.
    wp_rec. wp_apply (frame_segment_from_unused_full_spec number_dict client_frameN base 16384 0
      [γ0; γ1; γ2; γ3] 0 (number_make calls) src a no_dealloc (calls_made calls)
      number_of_page with "[$I $Ha $Hsrc L0 L1 L2 L3 Hcalls]"); [done..| |].
    { iSplitR; [iApply number_make_spec|]. rewrite /leases /=. by iFrame. }
    iIntros (ps) "([%Hps _] & H & L & _ & Hsrc)". wp_pures. rewrite -Hps.
    wp_apply (drop_segment_spec with "[$H $L]"). iIntros "[Ha L]". wp_pures.
    iExists base, ps.*1. rewrite {3}Hps. iFrame "L". rewrite Hps. by iFrame "I".
  Qed.
End client.

Definition segment_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem segment_client_adequate :
  adequate NotStuck segment_client ∅ (λ v σ, ∃ base : loc,
    v = #base%V ∧ slots_unused base σ).
Proof.
  apply (four_pages_leak_free segment_clientΣ). intros HΣ Huntracked. apply segment_client_spec.
Qed.

Lemma segment_client_run :
  returned_loc (run_program choice_reuse [] 20000 segment_client) = true.
Proof. by vm_compute. Qed.
