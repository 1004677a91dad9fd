(** * Clients of those who own: the only handle, the closure of [new_cyclic], destructors

Closed programs, proved with the sealed specifications alone.

- [alone] writes to the content of the only handle, before it asks [is_unique], and after,
  through [make_mut], which has nothing to clone.
- [cyclic_counts] asks for both counts in the closure of [new_cyclic], and tries to
  upgrade the weak handle which the closure is lent. Both are 0, and the upgrade fails.
- [in_place] drops handles where they lie in memory, as the destructors of the types
  [unique_rc], [rc] and [weak] do. The content is a pointer to a flag, which its
  destructor sets: it has run when the [UniqueRc] is gone.

None gets stuck, and each returns [true], the outcome of comparisons of what the
operations gave. When [alone] returns no memory is left ([alone_owner_leak_free]). In the
execution that [owner_programs_run] computes that holds of [cyclic_counts], too;
[in_place] loses the flag, as the type [rc] does not say whose it is. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.examples Require Import rc_contents.
From tally.prelude Require Import options.

(** ** The programs *)
(** Never called: no function at all. *)
Definition no_clone : val := #☠.
Definition alone : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  rc_deref ["x"] <- #42;;
  let: "unique" := rc_is_unique ["x"] in
  let: "ptr" := rc_deref [rc_make_mut 1 no_clone drop_nothing ["x"] ] in
  "ptr" <- !"ptr" +⟨i32⟩ #1;;
  rc_try_unwrap 1 ["x"; "cell"];;
  let: "v" := !"cell" in
  Free #1 "cell";;
  if: "unique" then "v" = #43 else #false.

Definition cyclic_counts : expr :=
  let: "cell" := Alloc #3 in
  let: "init" :=
    λ: ["weak"; "dst"],
      "cell" <- weak_strong_count ["weak"];;
      "cell" +ₗ #1 <- weak_weak_count ["weak"];;
      "cell" +ₗ #2 <- weak_upgrade ["weak"];;
      "dst" <- #5 in
  let: "x" := rc_new_cyclic 1 ["init"] in
  rc_drop 1 drop_nothing ["x"];;
  let: "strong" := !"cell" in
  let: "weak" := !("cell" +ₗ #1) in
  let: "early" := !("cell" +ₗ #2) in
  Free #3 "cell";;
  if: "weak" = #0 then if: "strong" = #0 then "early" = #0 else #false else #false.

Definition in_place : expr :=
  let: "flag" := Alloc #1 in
  "flag" <- #0;;
  let: "cell" := Alloc #1 in
  "cell" <- "flag";;
  let: "u" := unique_rc_new 1 ["cell"] in
  "cell" <- "u";;
  unique_rc_drop_in_place 1 set_flag ["cell"];;
  let: "dropped" := !"flag" in
  "flag" <- #0;;
  "cell" <- "flag";;
  let: "x" := rc_new 1 ["cell"] in
  "cell" <- rc_downgrade ["x"];;
  weak_drop_in_place 1 ["cell"];;
  "cell" <- "x";;
  rc_drop_in_place 1 set_flag ["cell"];;
  "cell" <- weak_new [];;
  weak_drop_in_place 1 ["cell"];;
  Free #1 "cell";;
  "dropped" = #1.

Lemma owner_programs_run :
  Forall (λ e, let o := run_program choice_reuse [] 5000 e in
    main_value o = Some #true%V ∧ map_to_list (run_state o) = [])
    [alone; cyclic_counts]%list ∧
  main_value (run_program choice_reuse [] 5000 in_place) = Some #true%V.
Proof. split; [repeat constructor; by vm_compute|by vm_compute]. Qed.

(** ** The proofs *)

(** Contents that may be whatever they like. *)
Local Definition anything (a wl : list val) : Prop := True.

Section client.
  Context `{!rcGS Σ}.

  Let N : namespace := nroot .@ "rc".
  Let SO (R : list val → list val → Prop) (τ : type Σ) :
      rc_shared_own rc_pool N R τ :=
    so_na rc_pool (rc_contentN N) (rc_content R τ).

  Lemma alone_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP alone {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /alone /rc_deref.
    pose (SOi := SO eq (int_ty i32)).
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease Hblock]".
    wp_apply (rc_new_spec SOi cell [ #41]%V [ #41]%V with "[$Hblock $Hc]"); [done| |].
    { by iApply int_ty_own_intro. }
    iIntros (l γ i) "(%Hγ & Hrc & Hc)".
    wp_pure credit:"H£". wp_pure credit:"H£'". wp_pure credit:"H£''".
    (** The whole share: the content is taken out and given back as another. *)
    iCombine "H£ H£' H£''" as "H£".
    iMod (rc_unique_acc SOi ⊤ with "Hrc Hna H£") as "[Hopen Hna]"; [done|].
    iDestruct "Hopen" as (wl <-) "(Hd & _ & Hclose)".
    wp_pures. rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_write.
    iMod ("Hclose" $! [ #42]%V [ #42]%V with "[//] [Hd] []") as (γ1 i1 Hγ1) "Hrc".
    { by rewrite heap_pointsto_vec_singleton. }
    { by iApply int_ty_own_intro. }
    wp_pures.
    iAssert (rc_spare_lease None) as "Hnone"; [by rewrite /rc_spare_lease /=|].
    wp_apply (rc_is_unique_spec SOi ⊤ with "[$Hnone $Hna $Hrc]"); [done|].
    iIntros ([]) "[Hna H]"; [|by iDestruct "H" as "[% _]"].
    iDestruct "H" as (γ2) "(%Hγ2 & Hrc & _)". wp_pures.
    wp_apply (rc_make_mut_alone_spec SOi ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]".
    wp_pure credit:"H£". wp_pure credit:"H£'". wp_pure credit:"H£''".
    iCombine "H£ H£' H£''" as "H£".
    iMod (rc_unique_acc SOi ⊤ with "Hrc Hna H£") as "[Hopen Hna]"; [done|].
    iDestruct "Hopen" as (wl <-) "(Hd & _ & Hclose)".
    wp_pures. rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_read. wp_op. wp_write.
    iMod ("Hclose" $! [ #43]%V [ #43]%V with "[//] [Hd] []") as (γ3 i3 Hγ3) "Hrc".
    { by rewrite heap_pointsto_vec_singleton. }
    { by iApply int_ty_own_intro. }
    wp_pures.
    wp_apply (rc_try_unwrap_spec SOi ⊤ with "[$Hna $Hrc $Hc]"); [done..|].
    iIntros ([]) "[Hna H]"; [|by iDestruct "H" as "[% _]"].
    iDestruct "H" as (wl <-) "(Hc & _ & Hlast)".
    iMod (rc_reclaim SOi ⊤ with "Hlast Hna") as "[Hblock Hna]"; [done|].
    rewrite Hγ3 Hγ2 /rc_next_lease /= Hγ1 Hγ /=. wp_pures. rewrite heap_pointsto_vec_singleton.
    wp_read. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iAssert (heap_lease 1 1) with "[Hlease Hblock]" as "Hlease".
    { iApply heap_lease_halves. iFrame. }
    wp_free with "Hlease". wp_pures. by iFrame.
  Qed.

  (** ** In an untracked heap *)
  Context `{!UntrackedHeap Σ}.

  Lemma cyclic_counts_spec : na_own rc_pool ⊤ -∗ WP cyclic_counts {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "Hna". rewrite /cyclic_counts.
    pose (SOi := SO anything (int_ty i32)).
    wp_alloc cell as "Hc" "Hc†".
    rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil shift_loc_assoc.
    iDestruct "Hc" as "(Hs & Hw & Hy & _)". wp_pures.
    wp_apply (rc_new_cyclic_spec SOi ⊤ _ (λ _ _ _ _ _,
      cell ↦ #0 ∗ (cell +ₗ 1) ↦ #0 ∗ (cell +ₗ 2) ↦ #0)%I 1 0 with "[$Hna Hs Hw Hy]"); [done| |].
    { iSplitR; [by iApply heap_lease_untracked|].
      iIntros (γ l vl [_ Hvl]) "Hna Href Hun Hd". wp_pures.
      wp_apply (weak_strong_count_unshared_spec SOi ⊤ with "[$Hna $Href $Hun]"); [done|lia|].
      iIntros "(Hna & Href & Hun)". wp_write. wp_pures.
      wp_apply (weak_weak_count_unshared_spec SOi ⊤ with "[$Hna $Href $Hun]"); [done|lia|].
      iIntros "(Hna & Href & Hun)". wp_write. wp_pures.
      wp_apply (weak_upgrade_unshared_spec SOi ⊤ with "[$Hna $Href $Hun]"); [done|lia|].
      iIntros "(Hna & Href & Hun)". wp_write. wp_pures.
      destruct vl as [|? [|]]; try done. rewrite heap_pointsto_vec_singleton. wp_write.
      iModIntro. iExists [], [ #5]%V, 1%Qp, 0. rewrite heap_pointsto_vec_singleton.
      iSplitL "Hna"; [done|]. iSplitL "Href"; [done|]. iSplitL "Hun"; [done|].
      iSplitL "Hd"; [done|]. iSplitR; [iPureIntro; exact I|].
      iSplitR; [by iApply int_ty_own_intro|]. by iFrame "Hs Hw Hy". }
    iIntros (γ i l a r j) "(_ & Hna & Hrc & Hs & Hw & Hy)". wp_pures.
    wp_apply (rc_drop_spec SOi ⊤ drop_nothing (ty_own (int_ty i32)) with "[$Hna $Hrc]");
      [done|iApply drop_nothing_spec|].
    iIntros "_". wp_pures. wp_read. wp_pures. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (cell ↦∗ [ #0; #0; #0]%V)%I with "[Hs Hw Hy]" as "Hc".
    { rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil shift_loc_assoc. by iFrame. }
    wp_free. by wp_pures.
  Qed.

  Let SOf f := SO anything (flag_ty f).

  Lemma in_place_spec : na_own rc_pool ⊤ -∗ WP in_place {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "Hna". rewrite /in_place.
    wp_alloc f as "Hf" "_". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    wp_alloc cell as "Hc" "Hc†". rewrite (heap_pointsto_vec_singleton cell).
    wp_pures. wp_write. wp_pures. rewrite -(heap_pointsto_vec_singleton cell).
    wp_apply (unique_rc_new_spec (SOf f) cell [ #f]%V 1 0 with "[$Hc Hf]").
    { iSplitR; [by iApply heap_lease_untracked|]. by iFrame "Hf". }
    iIntros (l γ) "(_ & Hu & Hc)". rewrite (heap_pointsto_vec_singleton cell).
    wp_pures. wp_write. wp_pures. rewrite -(heap_pointsto_vec_singleton cell).
    iDestruct (set_flag_spec f) as "#Hglue".
    iDestruct (unique_rc_ty_drop_spec (SOf f) ⊤ with "Hglue") as "#Hdrop"; [done|].
    wp_apply ("Hdrop" with "[$Hna $Hc Hu]").
    { iExists l, γ, [ #f]%V, 1%Qp. by iFrame "Hu". }
    iIntros (vl) "(Hna & Hc & %Hvl & (%l1 & %γ1 & %wl & %r1 & _ & _ & Hf))". destruct vl as [|? [|]]; try done.
    rewrite (heap_pointsto_vec_singleton cell). wp_pures. wp_read. wp_pures. wp_write. wp_pures.
    wp_write. wp_pures. rewrite -(heap_pointsto_vec_singleton cell).
    wp_apply (rc_new_spec (SOf f) cell [ #f]%V [] 1 0 with "[$Hc Hf]"); [done| |].
    { iSplitR; [by iApply heap_lease_untracked|]. by iFrame "Hf". }
    iIntros (l' γ' i) "(_ & Hrc & Hc)". wp_pures.
    wp_apply (rc_downgrade_spec (SOf f) ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". rewrite (heap_pointsto_vec_singleton cell). wp_write. wp_pures.
    iAssert (rc_own (SOf f) γ' i l' [] (1 / 2 + 1 / 2) 1 (0 + 1)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.half_half. }
    rewrite rc_own_split_weak -(heap_pointsto_vec_singleton cell). iDestruct "Hrc" as "[Hrc Hweak]".
    iDestruct (weak_at_drop_spec (SOf f) ⊤ γ' l' (1 / 2)) as "#Hweak_at"; [done|].
    wp_apply ("Hweak_at" with "[$Hna $Hc Hweak]"); [by iFrame "Hweak"|].
    iIntros (vl) "(Hna & Hc & %Hvl' & Hweak)". wp_pures.
    iCombine "Hrc Hweak" as "Hrc".
    destruct vl as [|? [|]]; try done. rewrite (heap_pointsto_vec_singleton cell).
    wp_write. wp_pures. rewrite -(heap_pointsto_vec_singleton cell).
    iDestruct (rc_ty_drop_spec (SOf f) ⊤ with "Hglue") as "#Hrc_drop"; [done|].
    wp_apply ("Hrc_drop" with "[$Hna $Hc Hrc]").
    { iExists l', γ', i, [], 1%Qp. by iFrame "Hrc". }
    iIntros (vl) "(Hna & Hc & %Hvl'' & _)". wp_pures.
    wp_apply (weak_new_spec with "[//]"). iIntros "_".
    destruct vl as [|? [|]]; try done. rewrite (heap_pointsto_vec_singleton cell).
    wp_write. wp_pures. rewrite -(heap_pointsto_vec_singleton cell).
    iDestruct (weak_ty_drop_spec (SOf f) ⊤) as "#Hweak_ty"; [done|].
    wp_apply ("Hweak_ty" with "[$Hna $Hc]"); [by iLeft|].
    iIntros (vl) "(Hna & Hc & %Hvl3 & _)". wp_pures.
    destruct vl as [|? [|]]; try done. wp_free. by wp_pures.
  Qed.
End client.

Theorem alone_owner_leak_free : adequate NotStuck alone ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply alone_spec. Qed.
Theorem cyclic_counts_adequate : adequate NotStuck cyclic_counts ∅ (λ v _, v = #true%V).
Proof.
  apply (rc_adequacy_untracked rc_stdΣ). intros HΣ Huntracked. apply cyclic_counts_spec.
Qed.
Theorem in_place_adequate : adequate NotStuck in_place ∅ (λ v _, v = #true%V).
Proof. apply (rc_adequacy_untracked rc_stdΣ). intros HΣ Huntracked. apply in_place_spec. Qed.
