(** * Clients of the only handle: raw pointers, [get_mut], [UniqueRc], [new_cyclic]

Closed programs, proved with the sealed specifications alone: none gets stuck, and if
it returns, then [true], and the memory is empty. In [raw], [unique] and [dangling]
the answer is the outcome of comparisons of what the operations returned; the others
return [true] in any case.

- [raw] changes the content by [get_mut], which succeeds, as its proof shows, goes
  through a raw pointer and a second reference that it stands for, and takes the content
  out with [into_inner], which succeeds, as its proof shows: the share of the second
  reference has come back. What it returns is whether the count was more than 1 while
  there were two; that it was 2 is in the proof.
- [unique] makes a [UniqueRc] and a weak handle, which does not upgrade; then an [Rc],
  of which the weak handle has the counts, 1 and 1, and to which it upgrades; then a
  [UniqueRc] again.
- [dangling] does to a weak handle without a block all that can be done to one.
- [cyclic] keeps a clone of the weak handle that [new_cyclic] lends. It upgrades when
  the content is there.
- [made_mut] makes a content its own when others look at it: weak handles, then a
  strong one, of which the content is cloned.

[*_run] compute one execution of each, which gets to the end. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.prelude Require Import options.

Definition raw : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  let: "mut" := rc_get_mut ["x"] in
  "mut" <- #7;;
  let: "ptr" := rc_into_raw ["x"] in
  rc_increment_strong_count ["ptr"];;
  let: "y" := rc_from_raw ["ptr"] in
  let: "two" := rc_strong_count ["y"] in
  rc_decrement_strong_count 1 drop_nothing ["ptr"];;
  let: "out" := rc_into_inner 1 drop_nothing ["y"; "cell"] in
  Free #1 "cell";;
  #1 < "two".

Definition unique : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #41;;
  let: "u" := unique_rc_new 1 ["cell"] in
  unique_rc_deref ["u"] <- #42;;
  let: "w" := unique_rc_downgrade ["u"] in
  let: "early" := weak_upgrade ["w"] in
  let: "x" := unique_rc_into_rc ["u"] in
  let: "strong" := weak_strong_count ["w"] in
  let: "weak" := weak_weak_count ["w"] in
  let: "y" := weak_upgrade ["w"] in
  rc_drop 1 drop_nothing ["y"];;
  weak_drop 1 ["w"];;
  let: "v" := rc_try_into_unique ["x"] in
  let: "z" := unique_rc_into_rc ["v"] in
  rc_try_unwrap 1 ["z"; "cell"];;
  Free #1 "cell";;
  if: "early" = #0 then
    if: "strong" = #1 then "weak" = #1 else #false
  else #false.

Definition dangling : expr :=
  let: "w" := weak_new [] in
  let: "v" := weak_clone ["w"] in
  let: "none" := weak_upgrade ["v"] in
  let: "strong" := weak_strong_count ["v"] in
  let: "weak" := weak_weak_count ["w"] in
  weak_drop 1 ["v"];;
  weak_drop 1 ["w"];;
  if: "none" = #0 then
    if: "strong" = #0 then "weak" = #0 else #false
  else #false.

Definition cyclic : expr :=
  let: "cell" := Alloc #1 in
  let: "init" :=
    λ: ["weak"; "dst"], "cell" <- weak_clone ["weak"];; "dst" <- #5 in
  let: "x" := rc_new_cyclic 1 ["init"] in
  let: "w" := !"cell" in
  let: "y" := weak_upgrade ["w"] in
  rc_drop 1 drop_nothing ["y"];;
  rc_drop 1 drop_nothing ["x"];;
  weak_drop 1 ["w"];;
  Free #1 "cell";;
  #true.

(** The clone of an integer is a copy. *)
Definition copy_to : val := λ: ["src"; "dst"], "dst" <- !"src".

Definition made_mut : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  let: "w" := rc_downgrade ["x"] in
  let: "y" := rc_make_mut 1 copy_to drop_nothing ["x"] in
  weak_drop 1 ["w"];;
  rc_clone ["y"];;
  let: "z" := rc_make_mut 1 copy_to drop_nothing ["y"] in
  rc_unwrap_or_clone 1 copy_to drop_nothing ["y"; "cell"];;
  rc_drop 1 drop_nothing ["z"];;
  Free #1 "cell";;
  #true.

Lemma programs_run :
  Forall (λ e, let o := run_program choice_reuse [] 5000 e in
    main_value o = Some #true%V ∧ map_to_list (run_state o) = [])
    [raw; unique; dangling; cyclic; made_mut]%list.
Proof. repeat constructor; by vm_compute. Qed.

(** Values whose cell may change while they are shared. *)
Definition any_value (a wl : list val) : Prop := True.

Section client.
  Context `{!rcGS Σ}.

  Let τ : type Σ := int_ty i32.
  Let N : namespace := nroot .@ "rc".
  Let SO : rc_shared_own rc_pool N any_value τ :=
    so_na rc_pool (rc_contentN N) (rc_content any_value τ).

  Local Lemma glue_spec :
    ⊢ ty_drop_spec (na_own rc_pool ⊤) τ drop_nothing (ty_own τ).
  Proof. iApply drop_nothing_spec. Qed.

  Lemma raw_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP raw {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /raw.
    iDestruct glue_spec as "#Hglue".
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iEval (rewrite heap_lease_halves) in "Hlease". iDestruct "Hlease" as "[Hlease Hlease1]".
    wp_apply (rc_new_spec SO cell [ #41]%V [] with "[$Hlease1 $Hc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures.
    iAssert (rc_spare_lease None) as "Hnone"; [by rewrite /rc_spare_lease /=|].
    wp_apply (rc_get_mut_spec SO ⊤ with "[$Hnone $Hna $Hrc]"); [done|].
    iIntros (v) "[Hna [(-> & Hopen & _)|[[_ %] _]]]"; [|done]. wp_pures.
    iDestruct "Hopen" as (wl) "(_ & Hd & Hint & Hclose)".
    iDestruct (int_ty_own with "Hint") as (z) "[-> _]".
    rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_write.
    iMod ("Hclose" $! [] [ #7]%V with "[//] [Hd] []") as (γ' i') "[%Hγ' Hrc]".
    { by rewrite heap_pointsto_vec_singleton. }
    { by iApply int_ty_own_intro. }
    wp_pures. wp_apply (rc_into_raw_spec with "Hrc"). iIntros "Hraw". wp_pures.
    wp_apply (rc_increment_strong_count_spec SO ⊤ with "[$Hna $Hraw]"); [done|].
    iIntros "(Hna & Hraw & Hraw')". wp_pures.
    wp_apply (rc_from_raw_spec with "Hraw"). iIntros (l') "[%Hl Hrc]". wp_pures.
    iDestruct "Hraw'" as (l1) "[%Hl1 Hrc']".
    assert (l1 = l') as ->.
    { rewrite Hl in Hl1. destruct l1, l'. injection Hl1 as ??. f_equal; [done|lia]. }
    iCombine "Hrc Hrc'" as "Hrc".
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hrc)". rewrite (Hm eq_refl). wp_pures.
    iAssert (rc_own SO γ' i' l' [] (1 / 2 + 1 / 2) (1 + 1) (0 + 0)) with "[Hrc]"
      as "Hrc"; [by rewrite Qp.half_half|].
    rewrite rc_own_split. iDestruct "Hrc" as "[Hrc Hrc']".
    wp_apply (rc_decrement_strong_count_spec SO ⊤ with "[$Hglue $Hna Hrc']"); [done| |].
    { iExists l'. by iFrame "Hrc'". }
    iIntros (l2) "(%Hl2 & Hna & Hdropped)". assert (l2 = l') as ->.
    { rewrite Hl in Hl2. destruct l2, l'. injection Hl2 as ??. f_equal; [done|lia]. }
    iDestruct (rc_dropped_own_live with "Hrc Hdropped") as "Hrc".
    rewrite Qp.half_half. wp_pures.
    wp_apply (rc_into_inner_spec SO ⊤ with "[$Hglue $Hna $Hrc $Hc]"); [done..|].
    iIntros ([]) "[Hna Hout]"; [|by iDestruct "Hout" as "[% _]"].
    iDestruct "Hout" as (wl) "(_ & Hc & Hint & Hlast)".
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease1 _]"; [done|].
    rewrite Hγ' /rc_next_lease /= Hγ /=.
    iDestruct (heap_lease_halves with "[$Hlease $Hlease1]") as "Hlease".
    iDestruct (int_ty_own with "Hint") as (z') "[-> _]". wp_pures.
    wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.

  Lemma unique_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP unique {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /unique.
    iDestruct glue_spec as "#Hglue".
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iEval (rewrite heap_lease_halves) in "Hlease". iDestruct "Hlease" as "[Hlease Hlease1]".
    wp_apply (unique_rc_new_spec SO cell [ #41]%V with "[$Hlease1 $Hc]");
      [by iApply int_ty_own_intro|].
    iIntros (l γ) "(%Hγ & Hu & Hc)". wp_pures.
    wp_apply (unique_rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (unique_rc_own_acc with "Hu") as "(Hd & Hint & Hu)".
    rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_write.
    iDestruct ("Hu" $! [ #42]%V with "[Hd] []") as "Hu".
    { by rewrite heap_pointsto_vec_singleton. }
    { by iApply int_ty_own_intro. }
    wp_pures.
    wp_apply (unique_rc_downgrade_spec SO ⊤ with "[$Hna $Hu]"); [done|].
    iIntros "[Hna Hu]". wp_pures.
    iDestruct (unique_rc_own_unshared with "Hu") as "(Href & Hun & Hu)".
    wp_apply (weak_upgrade_unshared_spec SO ⊤ with "[$Hna $Href $Hun]"); [done|lia|].
    iIntros "(Hna & Href & Hun)". iDestruct ("Hu" with "Href Hun") as "Hu". wp_pures.
    wp_apply (unique_rc_into_rc_spec SO ⊤ _ _ _ [] with "[$Hna $Hu]"); [done..|].
    iIntros (i) "[Hna Hrc]". wp_pures.
    wp_apply (weak_strong_count_rc_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hrc)". rewrite (Hm eq_refl). wp_pures.
    wp_apply (weak_weak_count_rc_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m') "((_ & _ & %Hm') & Hna & Hrc)". rewrite (Hm' eq_refl). wp_pures.
    wp_apply (weak_upgrade_rc_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & %Hk & Hrc)|[%Hk _]]]"; [|done].
    assert (k = 1%positive) as -> by lia. wp_pures.
    iDestruct (rc_own_ref with "Hrc") as "[Href Hrc]".
    wp_apply (weak_drop_ref_spec SO ⊤ _ _ _ _ 0 with "[$Hna $Href]"); [done|].
    iIntros "[Hna Href]". iDestruct ("Hrc" with "Href") as "Hrc". wp_pures.
    iAssert (rc_spare_lease None) as "Hnone"; [by rewrite /rc_spare_lease /=|].
    wp_apply (rc_try_into_unique_spec SO ⊤ with "[$Hnone $Hna $Hrc]"); [done|].
    iIntros (v) "[Hna [(%γ' & %wl & (-> & _ & %Hγ') & Hu & _)|[[_ %] _]]]"; [|done]. wp_pures.
    wp_apply (unique_rc_into_rc_spec SO ⊤ _ _ _ [] with "[$Hna $Hu]"); [done..|].
    iIntros (i') "[Hna Hrc]". wp_pures.
    wp_apply (rc_try_unwrap_spec SO ⊤ with "[$Hna $Hrc $Hc]"); [done..|].
    iIntros ([]) "[Hna H]"; [|by iDestruct "H" as "[% _]"].
    iDestruct "H" as (wl') "(_ & Hc & Hint2 & Hlast)".
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease1 _]"; [done|].
    rewrite Hγ' /rc_next_lease /= Hγ /=.
    iDestruct (heap_lease_halves with "[$Hlease $Hlease1]") as "Hlease".
    iDestruct (int_ty_own with "Hint2") as (z) "[-> _]". wp_pures.
    wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.

  Lemma dangling_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP dangling {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "_ Hlease". rewrite /dangling.
    wp_apply (weak_new_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_clone_dangling_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_upgrade_dangling_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_strong_count_dangling_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_weak_count_dangling_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_drop_dangling_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_drop_dangling_spec with "[//]"). iIntros "_". wp_pures.
    by iFrame "Hlease".
  Qed.

  Lemma cyclic_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP cyclic {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /cyclic.
    iDestruct glue_spec as "#Hglue".
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_apply (rc_new_cyclic_spec SO ⊤ _
      (λ _ l _ r j, ⌜r = 1%Qp ∧ j = 1%nat⌝ ∗ cell ↦ #l)%I with "[$Hlease $Hna Hc]");
      [done| |].
    { iIntros (γ l vl [_ Hvl]) "Hna Href Hun Hd". wp_pures.
      wp_apply (weak_clone_spec SO ⊤ with "[$Hna $Href]"); [done|lia|].
      iIntros "[Hna Href]". wp_write. wp_pures. destruct vl as [|? [|]]; try done.
      rewrite heap_pointsto_vec_singleton. wp_write. iModIntro.
      iExists [], [ #5]%V, 1%Qp, 1%nat. rewrite heap_pointsto_vec_singleton.
      iFrame "Hna Href Hun Hd Hc".
      repeat (iSplitR; [first [iPureIntro; exact I|by iApply int_ty_own_intro]|]). done. }
    iIntros (γ i l a r j) "(%Hγ & Hna & Hrc & [-> ->] & Hc)". wp_pures. wp_read. wp_pures.
    wp_apply (weak_upgrade_rc_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & %Hk & Hrc)|[%Hk _]]]"; [|done].
    assert (k = 1%positive) as -> by lia. wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & %Hk2 & _)|[_ Hdropped]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hdropped Hna") as "(Hlast & _ & Hna)"; [done|]. wp_pures.
    wp_apply (weak_drop_last_spec SO ⊤ _ _ _ 0 with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". iMod (rc_reclaim with "Hlast Hna") as "[Hlease _]"; [done|].
    rewrite Hγ. wp_pures. rewrite -heap_pointsto_vec_singleton. wp_free with "Hlease".
    wp_pures. by iFrame "Hlease".
  Qed.

  (** A copy of the integer, which is reached with the thread token. *)
  Lemma copy_to_spec i l a :
    ⊢ rc_clone_to_spec SO ⊤ i l a (λ a', a' = []) copy_to.
  Proof using All.
    iIntros (q dst vl Hvl) "!> %Φ (Hna & Hso & Hdst) HΦ". destruct vl as [|? [|]]; try done.
    iMod (so_na_acc with "Hso Hna") as "(Hc & Hna & Hclose)"; [done..|].
    iDestruct "Hc" as (wl) "(_ & >Hd & Hint & H†)".
    rewrite (int_ty_own i32 wl). iDestruct "Hint" as (z) ">[%Hwl %Hz]". subst wl.
    iEval (cbn [fst]) in "Hd". rewrite !heap_pointsto_vec_singleton.
    iApply wp_fupd. wp_rec. wp_read. wp_write.
    iMod ("Hclose" with "[Hd H†] Hna") as "[Hso Hna]".
    { iNext. iExists [ #z]%V. iSplitR; [iPureIntro; exact I|]. iSplitL "Hd".
      { by rewrite heap_pointsto_vec_singleton. }
      iFrame "H†". by iApply int_ty_own_intro. }
    iModIntro. iApply ("HΦ" $! [] [ #z]%V). rewrite heap_pointsto_vec_singleton.
    iSplitL "Hna"; [done|]. iSplitL "Hso"; [done|]. iSplitR; [by iPureIntro|].
    iSplitL "Hdst"; [done|]. by iApply int_ty_own_intro.
  Qed.

  (** What is left of the old handle, wherever its content went. *)
  Local Lemma old_share γ l r j φ φ' (P : iProp Σ) :
    (⌜φ⌝ ∗ rc_last_own SO γ l r j) ∨ (⌜φ'⌝ ∗ rc_dropped_own SO γ l r j P) -∗
    rc_dropped_own SO γ l r j True.
  Proof.
    iIntros "[[_ H]|[_ [H|[H _]]]]"; [iRight; by iFrame|by iLeft|iRight; by iFrame].
  Qed.

  Local Lemma old_share_of_made γ l r j φ1 φ2 φ3 φ φ' (P : iProp Σ) :
    (⌜φ1 ∧ φ2 ∧ φ3 ∧ j = 0⌝ ∗ rc_last_own SO γ l r 0) ∨
    (⌜φ⌝ ∗ rc_last_own SO γ l r j) ∨ (⌜φ'⌝ ∗ rc_dropped_own SO γ l r j P) -∗
    rc_dropped_own SO γ l r j True.
  Proof.
    iIntros "[[(_ & _ & _ & ->) H]|H]"; [iRight; by iFrame|by iApply old_share].
  Qed.

  Lemma made_mut_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP made_mut {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /made_mut.
    iDestruct glue_spec as "#Hglue".
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iEval (rewrite heap_lease_halves) in "Hlease". iDestruct "Hlease" as "[Hlease Hlease1]".
    iEval (rewrite heap_lease_halves) in "Hlease". iDestruct "Hlease" as "[Hlease Hlease2]".
    wp_apply (rc_new_spec SO cell [ #41]%V [] with "[$Hlease1 $Hc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures.
    wp_apply (rc_downgrade_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    (** The weak handle is kept apart. *)
    iAssert (rc_own SO γ i l [] (1 / 2 + 1 / 2) 1 (0 + 1)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.half_half. }
    rewrite rc_own_split_weak. iDestruct "Hrc" as "[Hrc Hweak]".
    iDestruct (copy_to_spec i l []) as "Hclone".
    wp_apply (rc_make_mut_spec SO ⊤ with "[$Hglue $Hclone $Hlease2 $Hna $Hrc]");
      [done|].
    iIntros (γ1 i1 l1 a1) "(Hna & %Hγ1 & Hrc & Hold)". wp_pures.
    wp_apply (weak_drop_spec SO ⊤ _ _ _ 0 with "[$Hna $Hweak]"); [done|].
    iIntros "[Hna Hweak]". iDestruct (old_share_of_made with "Hold") as "Hold".
    iDestruct (rc_dropped_own_weak with "Hold Hweak") as "Hold". rewrite Qp.half_half.
    iMod (rc_dropped_own_whole with "Hold Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease1 Hna]"; [done|]. rewrite Hγ. wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]".
    wp_pures.
    iAssert (rc_own SO γ1 i1 l1 a1 (1 / 2 + 1 / 2) (1 + 1) (0 + 0)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.half_half. }
    rewrite rc_own_split. iDestruct "Hrc" as "[Hrc Hrc']".
    iDestruct (copy_to_spec i1 l1 a1) as "Hclone1".
    wp_apply (rc_make_mut_spec SO ⊤ with "[$Hglue $Hclone1 $Hlease1 $Hna $Hrc]");
      [done|].
    iIntros (γ2 i2 l2 a2) "(Hna & %Hγ2 & Hrc & Hold)". wp_pures.
    wp_apply (rc_unwrap_or_clone_spec SO ⊤ with "[$Hglue $Hclone1 $Hna $Hrc' $Hc]");
      [done..|].
    iIntros (a' wl) "(Hna & _ & Hc & Hint & Hold')".
    iDestruct (old_share_of_made with "Hold") as "Hold".
    iDestruct (old_share with "Hold'") as "Hold'".
    iDestruct (rc_dropped_own_join with "Hold Hold'") as "Hold". rewrite Qp.half_half.
    iMod (rc_dropped_own_whole with "Hold Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease2 Hna]"; [done|]. rewrite Hγ1.
    iDestruct (int_ty_own with "Hint") as (z) "[-> _]". wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & %Hk & _)|[_ Hdropped]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hdropped Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease1 _]"; [done|]. rewrite Hγ2 /=.
    iDestruct (heap_lease_halves with "[$Hlease $Hlease2]") as "Hlease".
    iDestruct (heap_lease_halves with "[$Hlease $Hlease1]") as "Hlease". wp_pures.
    wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.
End client.

Theorem raw_adequate :
  adequate NotStuck raw ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply raw_spec. Qed.
Theorem unique_adequate :
  adequate NotStuck unique ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply unique_spec. Qed.
Theorem dangling_adequate :
  adequate NotStuck dangling ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply dangling_spec. Qed.
Theorem cyclic_adequate :
  adequate NotStuck cyclic ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply cyclic_spec. Qed.
Theorem made_mut_adequate :
  adequate NotStuck made_mut ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply made_mut_spec. Qed.
