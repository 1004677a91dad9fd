(** * Two threads that claim segments that overlap

[segment_race]: one thread claims pages 0 to 2 of a memory of four, and at the same
time the main thread claims pages 1 to 3. Both claim upwards and share pages 1 and 2,
so either both get what they want, one after the other, or one of them fails because of
what the other has: at most one fails, though the theorem does not say so. Whoever
fails gives back what it had claimed so far, and whoever succeeds drops it all. Then pages 0
to 3 are claimed together.

[segment_race_adequate]: whatever the interleaving, nothing is stuck or races, that
last claim succeeds, and at the end all slots are unused: a claim that fails half way
leaves nothing behind. [segment_race_run] computes one execution. *)
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
(** Pages from number [page] on; metadata from there too. *)
Definition claim_and_drop : val :=
  λ: ["base"; "page"; "end"],
    let: "src" := Alloc #1 in
    let: "calls" := Alloc #1 in
    "calls" <- "page";;
    let: "make" := number_calls ["calls"] in
    let: "dst" := Alloc #2 in
    let: "status" :=
      client_claim ["base"; "page" * #page_size; "end"; "make"; "src"; "dst"] in
    (if: "status" = #0 then client_drop_segment ["base"; "dst"] else #☠);;
    "status".
Definition racing_thread : val :=
  λ: ["base"; "flag"], claim_and_drop ["base"; #0; #12288];; flag_raise ["flag"].

Definition segment_race : expr :=
  let: "base" := four_pages [] in
  let: "flag" := flag_new [] in
  Fork (racing_thread ["base"; "flag"]);;
  claim_and_drop ["base"; #1; #16384];;
  flag_wait ["flag"];;
  if: claim_and_drop ["base"; #0; #16384] = #0 then "base" else #0.

Lemma segment_race_run :
  returned_loc (run_program choice_reuse [] 20000 segment_race) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Implicit Types (base : loc) (γs : list slot_names) (q : Qp) (page : nat) (stop : Z).

  Lemma claim_and_drop_spec base page stop γs q :
    pages_fit (page * page_size) (length γs) → γs ≠ [] → (page < 4)%nat →
    stop = (page * page_size + length γs * page_size)%Z → (stop ≤ 16384)%Z →
    {{{ segment_slots number_dict client_frameN base (page * page_size) γs ∗
        leases γs q 0 }}}
      claim_and_drop [ #base; #page; #stop ]
    {{{ (c : Z), RET #c; leases γs q 0 ∗ ⌜q = 1%Qp → c = 0%Z⌝ }}}.
  Proof using All.
    iIntros (Hfit Hne Hpage -> Hstop Φ) "[#I L] HΦ". wp_rec.
    wp_alloc src as "Hsrc" "_". wp_pures.
    wp_alloc calls as "Hcalls" "_". rewrite (heap_pointsto_vec_singleton calls). wp_pures. wp_write.
    wp_pures. wp_rec. wp_pures. rewrite -/(number_make calls).
    wp_alloc dst as "Hdst" "_". wp_pures.
    iAssert (segment_buffer number_dict src) with "[Hsrc]" as "Hsrc".
    { rewrite /segment_buffer. iExists _. by iFrame. }
    iAssert (segment_room dst) with "[Hdst]" as "Hdst".
    { rewrite /segment_room. iExists _, _. by iFrame. }
    iAssert (calls_made calls (page * page_size)) with "[Hcalls]" as "Hcalls".
    { rewrite /calls_made Z.quot_mul // int_wrap_id.
      - iFrame. iPureIntro. rewrite /page_size. lia.
      - assert (0 ≤ Z.of_nat page < 4)%Z as [? ?] by lia. split; [done|].
        by apply Z.lt_le_incl, (Z.lt_trans _ 4). }
    wp_rec. destruct (decide (q = 1%Qp)) as [->|Hq].
    - wp_apply (frame_segment_from_unused_full_spec number_dict client_frameN base 16384
        (page * page_size) γs 0 (number_make calls) src dst no_dealloc (calls_made calls)
        number_of_page with "[$I $Hdst $Hsrc $L $Hcalls]"); [done..| |].
      { iApply number_make_spec. }
      iIntros (ps) "([%Hps _] & H & L & _ & Hsrc)". wp_pures. rewrite -Hps.
      wp_apply (drop_segment_spec with "[$H $L]"). iIntros "[Hdst L]". wp_pures.
      iApply "HΦ". by iFrame.
    - wp_apply (frame_segment_from_unused_spec number_dict client_frameN base 16384
        (page * page_size) γs q 0 (number_make calls) src dst no_dealloc (calls_made calls)
        number_of_page lease_back with "[$I $Hdst $Hsrc $L $Hcalls]"); [done..| |].
      { iSplit; [iApply number_dict_drop|]. iSplit; [iApply any_dealloc_spec|].
        iApply number_make_spec. }
      iIntros (e) "He". destruct e as [e|].
      + iDestruct "He" as "(_ & %ps & %γ & %γs' & %vl & (-> & _) & H & L & _)".
        iDestruct (pages_dropped_back with "H") as "L'". wp_pures.
        rewrite bool_decide_eq_false_2; [|by destruct e]. wp_pures.
        iApply "HΦ". iModIntro. iSplit; [|done]. rewrite /leases big_sepL_app. by iFrame.
      + iDestruct "He" as (ps) "([%Hps _] & H & L & _ & Hsrc)". wp_pures. rewrite -Hps.
        wp_apply (drop_segment_spec with "[$H $L]"). iIntros "[Hdst L]". wp_pures.
        iApply "HΦ". by iFrame.
  Qed.

  Lemma segment_race_spec :
    ⊢ WP segment_race {{ v, ∃ base γs, ⌜v = #base ∧ length γs = 4%nat⌝ ∗
        segment_slots number_dict client_frameN base 0 γs ∗ leases γs 1 0 }}.
  Proof using All.
    rewrite /segment_race. iMod pending_incs_alloc as (γr) "Hr".
    wp_apply (four_pages_spec γr); [done|]. iIntros (base γs) "([%Hlen _] & #I & L)". wp_pures.
    wp_apply flag_new_spec; [done|]. iIntros (flag) "[Hf Ht]". wp_pures.
    destruct γs as [|γ0 [|γ1 [|γ2 [|γ3 [|]]]]]; simplify_eq/=.
    iAssert (segment_slots number_dict client_frameN base 0 [γ0; γ1; γ2] ∗
      segment_slots number_dict client_frameN base 4096 [γ1; γ2; γ3])%I as "#[I0 I1]".
    { rewrite /segment_slots /pages /=. iDestruct "I" as "(#A0 & #A1 & #A2 & #A3 & _)".
      by iFrame "A0 A1 A2 A3". }
    iDestruct "L" as "(L0 & L1 & L2 & L3 & _)".
    iDestruct (lease_half with "L1") as "[L1 L1']".
    iDestruct (lease_half with "L2") as "[L2 L2']".
    iDestruct (lease_half with "L0") as "[L0 L0']".
    iDestruct (lease_half with "L3") as "[L3 L3']".
    iMod (flag_alloc client_flagN _ flag (leases [γ0; γ1; γ2] (1/2) 0) with "Hf") as "#If".
    wp_apply (wp_fork with "[L0 L1 L2]").
    { iNext. wp_rec.
      wp_apply (claim_and_drop_spec base 0 12288 [γ0; γ1; γ2] (1/2) with "[$I0 L0 L1 L2]");
        [done|done|lia|done|done| |].
      { rewrite /leases /=. by iFrame. }
      iIntros (c) "[L _]". wp_pures. wp_apply (flag_raise_spec with "[$If $L]"). done. }
    iIntros "_". wp_pures.
    wp_apply (claim_and_drop_spec base 1 16384 [γ1; γ2; γ3] (1/2) with "[$I1 L1' L2' L3]");
      [done|done|lia|done|done| |].
    { rewrite /leases /=. by iFrame. }
    iIntros (c) "[(L1' & L2' & L3 & _) _]". wp_pures.
    wp_apply (flag_wait_spec with "[$If $Ht]"). iIntros "(L0 & L1 & L2 & _)". wp_pures.
    iDestruct (lease_join with "L0 L0'") as "L0". iDestruct (lease_join with "L1 L1'") as "L1".
    iDestruct (lease_join with "L2 L2'") as "L2". iDestruct (lease_join with "L3 L3'") as "L3".
    wp_apply (claim_and_drop_spec base 0 16384 [γ0; γ1; γ2; γ3] 1 with "[$I L0 L1 L2 L3]");
      [done|done|lia|done|done| |].
    { rewrite /leases /=. by iFrame. }
    iIntros (c') "[L %Hc]". rewrite Hc //. wp_pures. iExists base, [γ0; γ1; γ2; γ3].
    by iFrame "L I".
  Qed.
End client.

Definition segment_raceΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem segment_race_adequate :
  adequate NotStuck segment_race ∅ (λ v σ, ∃ base : loc,
    v = #base%V ∧ slots_unused base σ).
Proof.
  apply (four_pages_leak_free segment_raceΣ). intros HΣ Huntracked. apply segment_race_spec.
Qed.
