(** * A client that keeps the counts in hand while handles come and go

[in_hand] clones, downgrades, upgrades and drops, and asks for the counts in between, with
the counts of the block in hand all the time. So each answer is the one that follows from
the state before: three strong handles and a weak one, then one strong handle. The content
has a note ([rc_contents.v]), which the destructor writes. It is read once while the counts
are in hand, after two drops which were not the last, and once after the last drop.

After the last drop only a weak handle is left. The counts are taken again, this time with
what is known of the name as evidence ([rc_unshared]): the upgrade fails and both counts are 0.

[in_hand_leak_free]: no execution gets stuck; if one returns, then [true], and no memory is
left. [in_hand_run] computes one execution. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_access rc_context.
From tally.examples Require Import expect rc_contents.
From tally.prelude Require Import options.

Definition in_hand : expr :=
  let: "note" := Alloc #1 in
  "note" <- #0;;
  let: "x" := noted (rc_new 2) ["note"] in
  let: "y" := rc_clone ["x"] in
  let: "w" := rc_downgrade ["x"] in
  let: "u" := weak_upgrade ["w"] in
  let: "strong" := rc_strong_count ["y"] in
  let: "weak" := rc_weak_count ["y"] in
  rc_drop 2 note_glue ["u"];;
  rc_drop 2 note_glue ["y"];;
  let: "left" := weak_strong_count ["w"] in
  let: "early" := !"note" in
  rc_drop 2 note_glue ["x"];;
  let: "late" := !"note" in
  let: "none" := weak_upgrade ["w"] in
  let: "zero" := weak_strong_count ["w"] in
  let: "nought" := weak_weak_count ["w"] in
  weak_drop 2 ["w"];;
  Free #1 "note";;
  expect "strong" 3
  (expect "weak" 1
  (expect "left" 1
  (expect "early" 0
  (expect "late" 7
  (expect "none" 0
  (expect "zero" 0
  (expect "nought" 0 #true))))))).

Lemma in_hand_run :
  let o := run_program choice_reuse [] 5000 in_hand in
  main_value o = Some #true%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.

Section client.
  Context `{!rcGS Σ}.

  (** The thread token, with the part that belongs to a block apart. *)
  Local Lemma count_token (l : loc) :
    na_own rc_pool ⊤ ⊣⊢
    na_own rc_pool (↑rc_countN intN l) ∗ na_own rc_pool (⊤ ∖ ↑rc_countN intN l).
  Proof.
    rewrite -na_own_union; [|set_solver].
    by rewrite -(union_difference_L (↑rc_countN intN l) ⊤).
  Qed.

  Lemma in_hand_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP in_hand {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /in_hand.
    wp_alloc f as "Hf" "Hf†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    wp_apply (noted_rc_spec with "[$Hlease $Hf]").
    iIntros (l γ i) "(%Hγ & Hrc & Hlease)". wp_pures.
    iEval (rewrite (count_token l)) in "Hna". iDestruct "Hna" as "[Hc Hna]".
    iMod (rc_counts_tells (noted_so f) with "Hrc Hc")
      as (n w) "((_ & _ & %Hn) & Hcounts & Hrc)".
    destruct (Hn eq_refl) as [-> ->].
    wp_apply (rc_clone_at (noted_so f) with "[$Hcounts $Hrc]").
    iIntros "[Hcounts Hrc]". wp_pures.
    wp_apply (rc_downgrade_at (noted_so f) with "[$Hcounts $Hrc]").
    iIntros "[Hcounts Hrc]". wp_pures. iDestruct (rc_own_ref with "Hrc") as "[Href Hrc]".
    wp_apply (weak_upgrade_at (noted_so f) with "[$Hcounts $Href]").
    iIntros "(Hcounts & Hu & Href)". iDestruct ("Hrc" with "Href") as "Hrc". simpl. wp_pures.
    wp_apply (rc_strong_count_at with "Hcounts"). iIntros "Hcounts". simpl. wp_pures.
    wp_apply (rc_weak_count_at with "Hcounts"). iIntros "Hcounts". wp_pures.
    wp_apply (rc_drop_at (noted_so f) note_glue with "[$Hcounts $Hu]"); [done|].
    iIntros "[Hcounts Hu]". wp_pures. iDestruct "Hrc" as "[Hx Hy]".
    wp_apply (rc_drop_at (noted_so f) note_glue with "[$Hcounts $Hy]"); [done|].
    iIntros "[Hcounts Hy]". wp_pures.
    wp_apply (weak_strong_count_at with "Hcounts"). iIntros "Hcounts". simpl. wp_pures.
    (** The counts are still in hand, and the token of contents is not part of them. *)
    wp_apply (noted_note_spec with "[$Hna $Hx]").
    { rewrite /rc_contentN /rc_countN. solve_ndisj. }
    iIntros "[Hna Hx]". wp_pures.
    iMod (rc_counts_close with "Hcounts") as "Hc".
    iAssert (na_own rc_pool ⊤) with "[Hc Hna]" as "Hna".
    { iEval (rewrite (count_token l)). iFrame. }
    iCombine "Hx Hy" as "Hx". iCombine "Hx Hu" as "Hx".
    wp_apply (rc_drop_spec (noted_so f) ⊤ note_glue (λ _, f ↦ #7)%I with "[$Hna $Hx]");
      [done|iApply note_glue_spec|].
    iIntros "[Hna [(%k & % & _)|[_ Hdropped]]]"; [lia|]. wp_pures.
    iMod (rc_dropped_own_whole (noted_so f) ⊤ with "Hdropped Hna")
      as "(Hlast & (%wl & _ & Hf) & Hna)"; [done|].
    wp_read. wp_pures.
    (** A weak handle and a fact: there is nothing any more. *)
    iDestruct (rc_last_own_dead with "Hlast") as "#Hdead".
    iDestruct (rc_dead_unshared with "Hdead") as "#Hun".
    iDestruct "Hlast" as "[Hlast Hw]".
    iEval (rewrite (count_token l)) in "Hna". iDestruct "Hna" as "[Hc Hna]".
    iMod (rc_counts_evidence (noted_so f) with "Hw Hun Hc")
      as (st w) "((_ & _ & %Hst) & Hcounts & Hw & _)"; [lia|]. simpl in Hst.
    wp_apply (weak_upgrade_at (noted_so f) with "[$Hcounts $Hw]"). iIntros "H".
    assert (rc_upgrade_of st l = #0) as -> by by destruct st.
    iAssert (rc_counts (noted_so f) γ l st w ∗ rc_ref (noted_so f) γ l (1 / 2) 0 1)%I
      with "[H]" as "[Hcounts Hw]"; [by destruct st|]. wp_pures.
    wp_apply (weak_strong_count_at with "Hcounts"). iIntros "Hcounts". rewrite Hst. wp_pures.
    wp_apply (weak_weak_count_at with "Hcounts"). iIntros "Hcounts".
    assert (rc_weak_of st w = 0%Z) as -> by by destruct st. wp_pures.
    iMod (rc_counts_close with "Hcounts") as "Hc".
    iAssert (na_own rc_pool ⊤) with "[Hc Hna]" as "Hna".
    { iEval (rewrite (count_token l)). iFrame. }
    iAssert (rc_last_own (noted_so f) γ l 1 (0 + 1)) with "[Hlast Hw]" as "Hlast".
    { iEval (rewrite -Qp.half_half rc_last_own_split). iFrame. }
    wp_apply (weak_drop_last_spec (noted_so f) ⊤ with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". wp_pures.
    iMod (rc_reclaim with "Hlast Hna") as "[Hblock _]"; [done|]. rewrite Hγ /=.
    iDestruct (heap_lease_halves with "[$Hlease $Hblock]") as "Hlease".
    rewrite -heap_pointsto_vec_singleton. wp_free with "Hlease". wp_let.
    do 8 iApply expect_eq. wp_pures. by iFrame "Hlease".
  Qed.
End client.

Theorem in_hand_leak_free : adequate NotStuck in_hand ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply in_hand_spec. Qed.
