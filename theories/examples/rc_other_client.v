(** * Clients that have another handle, and clients that ask whether there is one

- [others] has two strong handles of a block, and asks for all that wants to be alone. All
  of it fails; what would give the content away clones it. In the end one handle is
  left, and [make_mut] returns the very same block.
- [moved] has one strong handle and a weak one. [is_unique] fails; [make_mut] moves the
  content to another block, and the weak handle cannot be upgraded.
- [asked] has a handle with one half of the share, while the other half, that of a handle
  which has been dropped, is not at hand. So it is not known what [is_unique] says. Either
  way the lease of the block comes back, and no second lease was needed.

[*_leak_free]: no execution gets stuck; if one returns, then [true], and no memory is
left. [other_programs_run] computes one execution of each. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.examples Require Import expect rc_contents.
From tally.prelude Require Import options.

(** The clone of an integer is a copy. *)
Definition copy_to : val := λ: ["src"; "dst"], "dst" <- !"src".

Definition others : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  let: "y" := rc_clone ["x"] in
  let: "unique" := rc_is_unique ["x"] in
  let: "mut" := rc_get_mut ["x"] in
  let: "whole" := rc_try_into_unique ["x"] in
  let: "unwrapped" := rc_try_unwrap 1 ["x"; "cell"] in
  let: "z" := rc_make_mut 1 copy_to drop_nothing ["x"] in
  let: "other" := rc_ptr_eq ["z"; "y"] in
  rc_clone ["y"];;
  "cell" <- #0;;
  rc_unwrap_or_clone 1 copy_to drop_nothing ["y"; "cell"];;
  let: "copy" := !"cell" in
  rc_clone ["y"];;
  let: "taken" := rc_into_inner 1 drop_nothing ["y"; "cell"] in
  let: "u" := rc_make_mut 1 copy_to drop_nothing ["y"] in
  let: "stays" := weak_ptr_eq ["u"; "y"] in
  rc_drop 1 drop_nothing ["z"];;
  rc_drop 1 drop_nothing ["u"];;
  Free #1 "cell";;
  expect "mut" 0
  (expect "whole" 0
  (expect "copy" 41
  (if: "unique" then #false else
   if: "unwrapped" then #false else
   if: "taken" then #false else
   if: "other" then #false else "stays"))).

Definition moved : expr :=
  let: "x" := boxed [ #41 ] in
  let: "w" := rc_downgrade ["x"] in
  let: "unique" := rc_is_unique ["x"] in
  let: "y" := rc_make_mut 1 copy_to drop_nothing ["x"] in
  let: "same" := weak_ptr_eq ["y"; "w"] in
  let: "none" := weak_upgrade ["w"] in
  weak_drop 1 ["w"];;
  let: "v" := !(rc_deref ["y"]) in
  rc_drop 1 drop_nothing ["y"];;
  expect "none" 0
  (expect "v" 41 (if: "unique" then #false else if: "same" then #false else #true)).

Definition asked : expr :=
  let: "x" := boxed [ #41 ] in
  rc_clone ["x"];;
  rc_drop 1 drop_nothing ["x"];;
  rc_is_unique ["x"];;
  rc_drop 1 drop_nothing ["x"];;
  #true.

Lemma other_programs_run :
  Forall (λ e, let o := run_program choice_reuse [] 5000 e in
    main_value o = Some #true%V ∧ map_to_list (run_state o) = [])
    [others; moved; asked]%list.
Proof. repeat constructor; by vm_compute. Qed.

Section client.
  Context `{!rcGS Σ}.

  Lemma copy_to_spec F i l :
    ⊢ rc_clone_to_spec int_so F i l [ #41]%V (λ a', a' = [ #41]%V) copy_to.
  Proof using All.
    iIntros (q dst vl Hvl) "!> %Φ (Hna & Hso & Hdst) HΦ".
    destruct vl as [|? [|]]; try done.
    iDestruct "Hso" as "[Hd Hso]". iEval (cbn [fst snd]) in "Hd".
    rewrite !heap_pointsto_vec_singleton. wp_rec. wp_read. wp_write. iModIntro.
    rewrite -(heap_pointsto_vec_singleton (l +ₗ 2)) -(heap_pointsto_vec_singleton dst).
    iApply ("HΦ" $! [ #41]%V [ #41]%V). iSplitL "Hna"; [done|]. iSplitL "Hd Hso".
    { iFrame "Hd Hso". }
    iSplitR; [done|]. iSplitL "Hdst"; [iExact "Hdst"|]. by iApply int_ty_own_intro.
  Qed.

  Lemma others_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP others {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /others.
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease Hspare]".
    iDestruct (heap_lease_halves with "Hspare") as "[Hspare Hblock]".
    iDestruct (heap_lease_halves with "Hspare") as "[Hspare Hspare']".
    wp_apply (rc_new_spec int_so cell [ #41]%V [ #41]%V with "[$Hblock $Hc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures.
    iDestruct (copy_to_spec ⊤ i l) as "#Hclone".
    wp_apply (rc_clone_spec int_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_is_unique_other_spec int_so ⊤ with "[$Hna $Hrc]"); [done|by left|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_get_mut_other_spec int_so ⊤ with "[$Hna $Hrc]"); [done|by left|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_try_into_unique_other_spec int_so ⊤ with "[$Hna $Hrc]"); [done|by left|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_try_unwrap_other_spec int_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_make_mut_other_spec int_so ⊤ with "[$Hclone $Hspare $Hna $Hrc]"); [done|].
    iIntros (γz iz lz az) "(Hna & (%Hγz & %Hne & %Haz) & Hz & Hrc)". cbn in Haz. subst az. wp_pures.
    wp_apply (rc_ptr_eq_spec int_so ⊤ with "[$Hna $Hz $Hrc]"); [done|].
    rewrite bool_decide_eq_false_2 //. iIntros "(Hna & Hz & Hrc)". wp_pures.
    wp_apply (rc_clone_spec int_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures. rewrite (heap_pointsto_vec_singleton cell). wp_write.
    wp_pures. rewrite -(heap_pointsto_vec_singleton cell).
    wp_apply (rc_unwrap_or_clone_other_spec int_so ⊤ with "[$Hclone $Hna $Hrc $Hc]"); [done..|].
    iIntros (a' wl) "(Hna & [%Hwl %Ha'] & Hc & _ & Hrc)". cbn in Ha'. subst a' wl. wp_pures.
    rewrite (heap_pointsto_vec_singleton cell). wp_read. wp_pures.
    wp_apply (rc_clone_spec int_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_into_inner_other_spec int_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    (** The only handle, with the whole share: the block stays. *)
    wp_apply (rc_make_mut_spec int_so ⊤ drop_nothing (ty_own (int_ty i32))
      with "[$Hclone $Hspare' $Hna $Hrc]"); [done|iApply drop_nothing_spec|].
    iIntros (γu iu lu au) "(Hna & %Hγu & Hu & H)".
    iDestruct "H" as "[[(-> & -> & -> & _) Hlast]|[[(_ & _ & %Hj) _]|[(_ & % & _) _]]]";
      [|by specialize (Hj eq_refl); lia|done].
    iMod (rc_reclaim int_so ⊤ with "Hlast Hna") as "[Hblock Hna]"; [done|]. wp_pures.
    iDestruct (rc_own_ref with "Hu") as "[Href Hu]".
    iAssert (rc_ref int_so γu l (1 / 2 + 1 / 2) (1 + 0) (0 + 0)) with "[Href]" as "Href".
    { by rewrite Qp.half_half. }
    rewrite rc_ref_split. iDestruct "Href" as "[Href Href']".
    wp_apply (weak_ptr_eq_spec int_so ⊤ with "[$Hna $Href $Href']"); [done|lia|done|].
    rewrite bool_decide_eq_true_2 //. iIntros "(Hna & Href & Href')".
    iCombine "Href Href'" as "Href".
    iDestruct ("Hu" $! 1%Qp 0 with "Href") as "Hu". wp_pures.
    wp_apply (drop_alone_spec with "[$Hna $Hz]"). iIntros "[Hna Hspare]". wp_pures.
    wp_apply (drop_alone_spec with "[$Hna $Hu]"). iIntros "[Hna Hspare']". wp_pures.
    rewrite Hγ Hγz Hγu /=.
    iDestruct (heap_lease_halves with "[$Hspare $Hspare']") as "Hspare".
    iDestruct (heap_lease_halves with "[$Hspare $Hblock]") as "Hspare".
    iDestruct (heap_lease_halves with "[$Hlease $Hspare]") as "Hlease".
    rewrite -(heap_pointsto_vec_singleton cell). wp_free with "Hlease". wp_pures.
    by iFrame "Hlease".
  Qed.

  Lemma moved_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP moved {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /moved.
    wp_apply (boxed_spec with "Hlease"); [done|].
    iIntros (l γ i) "(%Hγ & Hrc & Hlease)". wp_pures.
    iDestruct (copy_to_spec ⊤ i l) as "#Hclone".
    wp_apply (rc_downgrade_spec int_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_is_unique_other_spec int_so ⊤ with "[$Hna $Hrc]"); [done|right; lia|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_make_mut_spec int_so ⊤ drop_nothing (ty_own (int_ty i32))
      with "[$Hclone $Hlease $Hna $Hrc]"); [done|iApply drop_nothing_spec|].
    iIntros (γy iy ly ay) "(Hna & %Hγy & Hy & H)".
    iDestruct "H" as "[[(_ & _ & _ & %) _]|[[(%Hne & -> & _) Hlast]|[(_ & % & _) _]]]";
      [done| |done].
    iDestruct (rc_last_own_dead with "Hlast") as "#Hdead".
    iAssert (rc_last_own int_so γ l (1 / 2 + 1 / 2) (0 + 1)) with "[Hlast]" as "Hlast".
    { by rewrite Qp.half_half. }
    rewrite rc_last_own_split. iDestruct "Hlast" as "[Hlast Hweak]". wp_pures.
    iDestruct (rc_own_ref with "Hy") as "[Href Hy]".
    wp_apply (weak_ptr_eq_spec int_so ⊤ with "[$Hna $Href $Hweak]"); [done|lia..|].
    rewrite bool_decide_eq_false_2 //. iIntros "(Hna & Href & Hweak)".
    iDestruct ("Hy" with "Href") as "Hy". wp_pures.
    iDestruct (rc_dead_unshared with "Hdead") as "#Hun".
    wp_apply (weak_upgrade_unshared_spec int_so ⊤ with "[$Hna $Hweak $Hun]"); [done|lia|].
    iIntros "(Hna & Hweak & _)". wp_pures.
    wp_apply (weak_drop_spec int_so ⊤ _ _ _ 0 with "[$Hna $Hweak]"); [done|].
    iIntros "[Hna Hweak]". wp_pures.
    iCombine "Hlast Hweak" as "Hlast".
    iMod (rc_reclaim int_so ⊤ with "Hlast Hna") as "[Hblock Hna]"; [done|].
    wp_apply (rc_deref_read_spec with "Hy"). iIntros "Hy". wp_pures.
    wp_apply (drop_alone_spec with "[$Hna $Hy]"). iIntros "[_ Hlease]". wp_pures.
    rewrite Hγ Hγy /=. iDestruct (heap_lease_halves with "[$Hlease $Hblock]") as "Hlease".
    by iFrame "Hlease".
  Qed.

  Lemma asked_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP asked {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /asked.
    wp_apply (boxed_spec with "Hlease"); [done|].
    iIntros (l γ i) "(%Hγ & Hrc & Hlease)". wp_pures.
    wp_apply (rc_clone_spec int_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    iAssert (rc_own int_so γ i l [ #41]%V (1 / 2 + 1 / 2) (1 + 1) (0 + 0)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.half_half. }
    rewrite rc_own_split. iDestruct "Hrc" as "[Hrc Hrc']".
    wp_apply (rc_drop_spec int_so ⊤ drop_nothing (ty_own (int_ty i32)) with "[$Hna $Hrc']");
      [done|iApply drop_nothing_spec|].
    iIntros "[Hna [(%k & % & _)|[_ Hother]]]"; [lia|]. wp_pures.
    (** The share of the other handle is not put to this one. *)
    iAssert (rc_spare_lease None) as "Hnone"; [by rewrite /rc_spare_lease /=|].
    wp_apply (rc_is_unique_spec int_so ⊤ with "[$Hnone $Hna $Hrc]"); [done|].
    iIntros ([]) "[Hna H]"; wp_pures.
    - iDestruct "H" as (γ') "(%Hγ' & Hrc & _)".
      wp_apply (drop_alone_spec with "[$Hna $Hrc]"). iIntros "[_ Hblock]". wp_pures.
      rewrite Hγ' /rc_next_lease /= Hγ /=. iModIntro. iSplitR; [done|]. iApply heap_lease_halves. iFrame.
    - iDestruct "H" as "(_ & _ & Hrc)".
      wp_apply (rc_drop_spec int_so ⊤ drop_nothing (ty_own (int_ty i32)) with "[$Hna $Hrc]");
        [done|iApply drop_nothing_spec|].
      iIntros "[Hna [(%k & % & _)|[_ H]]]"; [lia|]. wp_pures.
      iDestruct (rc_dropped_own_join with "H Hother") as "H". rewrite Qp.half_half.
      iMod (rc_dropped_own_whole int_so ⊤ with "H Hna") as "(Hlast & _ & Hna)"; [done|].
      iMod (rc_reclaim int_so ⊤ with "Hlast Hna") as "[Hblock _]"; [done|]. rewrite Hγ /=.
      iModIntro. iSplitR; [done|]. iApply heap_lease_halves. iFrame.
  Qed.
End client.

Theorem others_leak_free : adequate NotStuck others ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply others_spec. Qed.
Theorem moved_leak_free : adequate NotStuck moved ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply moved_spec. Qed.
Theorem asked_leak_free : adequate NotStuck asked ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply asked_spec. Qed.
