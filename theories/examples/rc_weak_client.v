(** * Clients of weak handles: observers, raw pointers, a [UniqueRc] that is dropped

Closed programs, proved with the sealed specifications alone. Two have for their content
a pointer to a flag, which the destructor sets ([set_flag]), so that what they return
also says when the destructor has run, and that it ran.

- [observer] looks twice through a weak handle ([peek]): at a content that is there, and
  when it is gone. In between the handle is a raw pointer, which alone keeps the block.
  The second look must find nothing. So may the first, which [weak_upgrade_spec] does not
  rule out; if it finds the flag, then not set.
- [unique_watched] drops a [UniqueRc] that has two weak handles.
- [nowhere] does with weak handles that have no block what can be done with raw pointers,
  and compares them with one that has a block.

None gets stuck, each returns [true], the outcome of comparisons of what the operations
gave, and then no memory is left ([*_leak_free]). [weak_programs_run] computes one
execution of each. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.examples Require Import rc_old_statements rc_contents.
From tally.prelude Require Import options.

(** ** The programs *)

(** The flag of the content, seen through a weak handle; -1 where there is none. *)
Definition peek : val :=
  λ: ["weak"],
    let: "x" := weak_upgrade ["weak"] in
    if: "x" = #0 then #(-1)
    else
      let: "flag" := !(rc_deref ["x"]) in
      let: "seen" := !"flag" in
      rc_drop 1 set_flag ["x"];;
      "seen".

Definition observer : expr :=
  let: "flag" := Alloc #1 in
  "flag" <- #0;;
  let: "cell" := Alloc #1 in
  "cell" <- "flag";;
  let: "x" := rc_new 1 ["cell"] in
  let: "w" := rc_downgrade ["x"] in
  let: "early" := peek ["w"] in
  let: "ptr" := weak_into_raw ["w"] in
  rc_drop 1 set_flag ["x"];;
  let: "v" := weak_from_raw ["ptr"] in
  let: "dropped" := !"flag" in
  let: "late" := peek ["v"] in
  let: "strong" := weak_strong_count ["v"] in
  let: "weak" := weak_weak_count ["v"] in
  weak_drop 1 ["v"];;
  Free #1 "cell";;
  Free #1 "flag";;
  if: "dropped" = #1 then
    if: "late" = #(-1) then
      if: "strong" = #0 then
        if: "weak" = #0 then
          if: "early" = #0 then #true else "early" = #(-1)
        else #false
      else #false
    else #false
  else #false.

Definition unique_watched : expr :=
  let: "flag" := Alloc #1 in
  "flag" <- #0;;
  let: "cell" := Alloc #1 in
  "cell" <- "flag";;
  let: "u" := unique_rc_new 1 ["cell"] in
  let: "w" := unique_rc_downgrade ["u"] in
  let: "v" := unique_rc_downgrade ["u"] in
  unique_rc_drop 1 set_flag ["u"];;
  let: "dropped" := !"flag" in
  let: "none" := weak_upgrade ["w"] in
  let: "same" := weak_ptr_eq ["v"; "w"] in
  weak_drop 1 ["w"];;
  weak_drop 1 ["v"];;
  Free #1 "cell";;
  Free #1 "flag";;
  if: "dropped" = #1 then
    if: "none" = #0 then "same" else #false
  else #false.

Definition nowhere : expr :=
  let: "w" := weak_new [] in
  let: "at" := weak_as_ptr ["w"] in
  let: "v" := weak_from_raw [weak_into_raw ["w"] ] in
  let: "same" := weak_ptr_eq ["v"; weak_new [] ] in
  let: "cell" := Alloc #1 in
  "cell" <- #7;;
  let: "x" := rc_new 1 ["cell"] in
  let: "y" := rc_downgrade ["x"] in
  let: "self" := weak_ptr_eq ["y"; "y"] in
  let: "left" := weak_ptr_eq ["v"; "y"] in
  let: "right" := weak_ptr_eq ["y"; "v"] in
  let: "seen" := !(weak_as_ptr ["y"]) in
  rc_drop 1 drop_nothing ["x"];;
  weak_drop 1 ["y"];;
  weak_drop 1 ["v"];;
  Free #1 "cell";;
  if: "at" = #0 then
    if: "same" then
      if: "self" then
        if: "left" then #false
        else if: "right" then #false
        else "seen" = #7
      else #false
    else #false
  else #false.

Lemma weak_programs_run :
  Forall (λ e, let o := run_program choice_reuse [] 5000 e in
    main_value o = Some #true%V ∧ map_to_list (run_state o) = [])
    [observer; unique_watched; nowhere]%list.
Proof. repeat constructor; by vm_compute. Qed.

(** ** The proofs *)
Local Lemma content_inj (l l' : loc) : (l +ₗ 2 = l' +ₗ 2)%L → l = l'.
Proof. destruct l, l'. intros [= -> ?]. f_equal. lia. Qed.

(** Contents that may be whatever they like. *)
Local Definition anything (a wl : list val) : Prop := True.

Section client.
  Context `{!rcGS Σ}.

  Let N : namespace := nroot .@ "rc".
  Let SO (R : list val → list val → Prop) (τ : type Σ) : rc_shared_own rc_pool N R τ :=
    so_na rc_pool (rc_contentN N) (rc_content R τ).

  (** What the destructor leaves. *)
  Local Definition gone (f : loc) : iProp Σ := ∃ wl, ⌜anything [] wl⌝ ∗ f ↦ #1.
  Let SOf f := SO anything (flag_ty f).

  Lemma peek_last_spec f γ l r j :
    0 < j →
    {{{ na_own rc_pool ⊤ ∗ rc_last_own (SOf f) γ l r j }}}
      peek [ #l ]
    {{{ RET #(-1); na_own rc_pool ⊤ ∗ rc_last_own (SOf f) γ l r j }}}.
  Proof using All.
    iIntros (Hj Φ) "H HΦ". wp_rec.
    wp_apply (weak_upgrade_last_spec (SOf f) ⊤ with "H"); [done..|].
    iIntros "H". wp_pures. iModIntro. by iApply "HΦ".
  Qed.
  Lemma peek_spec f γ l r j :
    0 < j →
    {{{ na_own rc_pool ⊤ ∗ rc_dropped_own (SOf f) γ l r j (gone f) }}}
      peek [ #l ]
    {{{ (z : Z), RET #z; ⌜z = 0 ∨ z = (-1)%Z⌝ ∗
        na_own rc_pool ⊤ ∗ rc_dropped_own (SOf f) γ l r j (gone f) }}}.
  Proof using All.
    iIntros (Hj Φ) "[Hna [Hweak|[Hlast HP]]] HΦ"; last first.
    { wp_apply (peek_last_spec with "[$Hna $Hlast]"); [done|].
      iIntros "[Hna Hlast]". iApply "HΦ". iFrame "Hna". iSplitR; [by auto|].
      iRight. by iFrame. }
    wp_rec.
    wp_apply (weak_upgrade_spec (SOf f) ⊤ with "[$Hna $Hweak]"); [done..|].
    iIntros (v) "[Hna [[-> Hweak]|(%i & %a & [-> _] & Hrc)]]"; wp_pures.
    { iModIntro. iApply "HΦ". iFrame "Hna". iSplitR; [by auto|]. by iLeft. }
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iMod (rc_content_acc ⊤ with "Hrc Hna") as "(Hc & Hna & Hclose)"; [done|].
    iDestruct "Hc" as (wl) "(_ & >Hd & Hown & H†)". rewrite flag_ty_own.
    iDestruct "Hown" as ">[-> Hf]". iEval (cbn [fst]) in "Hd".
    rewrite heap_pointsto_vec_singleton. wp_read. wp_pures. wp_read.
    iMod ("Hclose" with "[Hd H† Hf] Hna") as "[Hrc Hna]".
    { iNext. iExists [ #f]%V. rewrite heap_pointsto_vec_singleton flag_ty_own.
      iSplitR; [by iPureIntro|]. by iFrame. }
    wp_pures. wp_apply (rc_drop_spec (SOf f) ⊤ set_flag (λ _, f ↦ #1)%I with "[$Hna $Hrc]");
      [done|iApply set_flag_spec|].
    iIntros "[Hna [(%k' & %Hk & _)|[_ Hdropped]]]"; [lia|].
    wp_pures. iModIntro. iApply "HΦ". iFrame "Hna". iSplitR; [by auto|]. done.
  Qed.

  Lemma observer_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP observer {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /observer.
    wp_alloc f as "Hf" "Hf†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct "Hlease" as "[Hlease Hblock]".
    wp_apply (rc_new_spec (SOf f) cell [ #f]%V [] with "[$Hblock $Hc Hf]");
      [done|by iFrame "Hf"|].
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures.
    wp_apply (rc_downgrade_spec (SOf f) ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    iDestruct "Hrc" as "[Hrc Hweak]".
    wp_apply (peek_spec f γ l (1 / 2) 1 with "[$Hna Hweak]"); [lia|by iLeft|].
    iIntros (z) "(%Hz & Hna & Hdropped)". wp_pures.
    iDestruct "Hdropped" as "[Hdropped Hweak]".
    wp_apply (weak_into_raw_spec with "Hweak"). iIntros "Hraw". wp_pures.
    wp_apply (rc_drop_spec (SOf f) ⊤ set_flag (λ _, f ↦ #1)%I with "[$Hna $Hrc]");
      [done|iApply set_flag_spec|].
    iIntros "[Hna [(%k' & %Hk & _)|[_ Hdropped']]]"; [lia|]. wp_pures.
    wp_apply (weak_from_raw_spec with "Hraw"). iIntros (l') "[%Hl Hweak]".
    apply content_inj in Hl as <-. wp_pures.
    (** All shares are together: the content is gone, and was destroyed. *)
    iCombine "Hdropped Hweak" as "Hdropped". iCombine "Hdropped' Hdropped" as "Hdropped".
    iMod (rc_dropped_own_whole (SOf f) ⊤ with "Hdropped Hna") as "(Hlast & Hf & Hna)"; [done|].
    iDestruct "Hf" as (wl) "[_ Hf]". wp_read. wp_pures.
    wp_apply (peek_last_spec with "[$Hna $Hlast]"); [lia|]. iIntros "[Hna Hlast]". wp_pures.
    wp_apply (weak_strong_count_last_spec (SOf f) ⊤ with "[$Hna $Hlast]"); [done|lia|].
    iIntros "[Hna Hlast]". wp_pures.
    wp_apply (weak_weak_count_last_spec (SOf f) ⊤ with "[$Hna $Hlast]"); [done|lia|].
    iIntros "[Hna Hlast]". wp_pures.
    wp_apply (weak_drop_last_spec (SOf f) ⊤ _ _ _ 0 with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". wp_pures.
    iMod (rc_reclaim (SOf f) ⊤ with "Hlast Hna") as "[Hblock Hna]"; [done|].
    rewrite Hγ /=.
    iCombine "Hlease Hblock" as "Hlease".
    wp_free with "Hlease". wp_pures.
    rewrite -(heap_pointsto_vec_singleton f). wp_free with "Hlease". wp_pures.
    destruct Hz as [-> | ->]; wp_pures; by iFrame.
  Qed.

  Lemma unique_watched_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP unique_watched {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /unique_watched.
    wp_alloc f as "Hf" "Hf†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct "Hlease" as "[Hlease Hblock]".
    wp_apply (unique_rc_new_spec (SOf f) cell [ #f]%V with "[$Hblock $Hc Hf]").
    { by iFrame "Hf". }
    iIntros (l γ) "(%Hγ & Hu & Hc)". wp_pures.
    wp_apply (unique_rc_downgrade_spec (SOf f) ⊤ with "[$Hna $Hu]"); [done|].
    iIntros "[Hna Hu]". wp_pures.
    wp_apply (unique_rc_downgrade_spec (SOf f) ⊤ with "[$Hna $Hu]"); [done|].
    iIntros "[Hna Hu]". wp_pures.
    wp_apply (unique_rc_drop_spec (SOf f) ⊤ set_flag (λ _, f ↦ #1)%I with "[$Hna $Hu]");
      [done|iApply set_flag_spec|].
    iIntros "(Hna & Hlast & Hf)". wp_pures. wp_read. wp_pures.
    wp_apply (weak_upgrade_last_spec (SOf f) ⊤ with "[$Hna $Hlast]"); [done|lia|].
    iIntros "[Hna Hlast]". wp_pures.
    (** The two handles apart. *)
    iDestruct "Hlast" as "[[Hlast Hv] Hw]".
    wp_apply (weak_ptr_eq_spec (SOf f) ⊤ with "[$Hna $Hv $Hw]"); [done|lia..|].
    rewrite bool_decide_eq_true_2 //. iIntros "(Hna & Hv & Hw)". wp_pures.
    wp_apply (weak_drop_spec (SOf f) ⊤ _ _ _ 0 with "[$Hna $Hw]"); [done|].
    iIntros "[Hna Hw]". wp_pures.
    iCombine "Hlast Hv" as "Hlast".
    wp_apply (weak_drop_last_spec (SOf f) ⊤ _ _ _ 0 with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". wp_pures.
    iCombine "Hlast Hw" as "Hlast".
    iMod (rc_reclaim (SOf f) ⊤ with "Hlast Hna") as "[Hblock Hna]"; [done|].
    rewrite Hγ /=.
    iCombine "Hlease Hblock" as "Hlease".
    wp_free with "Hlease". wp_pures.
    rewrite -(heap_pointsto_vec_singleton f). wp_free with "Hlease". wp_pures. by iFrame.
  Qed.

  Lemma nowhere_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP nowhere {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /nowhere.
    pose (SOi := SO eq (int_ty i32)).
    wp_apply (weak_new_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_as_ptr_dangling_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_into_raw_dangling_spec with "[//]"). iIntros "_".
    wp_apply (weak_from_raw_dangling_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (weak_new_spec with "[//]"). iIntros "_".
    wp_apply (weak_ptr_eq_dangling_spec with "[//]"). iIntros "_". wp_pures.
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct "Hlease" as "[Hlease Hblock]".
    wp_apply (rc_new_spec SOi cell [ #7]%V [ #7]%V with "[$Hblock $Hc]"); [done| |].
    { by iApply int_ty_own_intro. }
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures.
    wp_apply (rc_downgrade_spec SOi ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    iDestruct "Hrc" as "[Hrc Hy]".
    (** With itself: one of two borrows has the count, the other nothing but a share. *)
    iDestruct "Hy" as "[Hy' Hy]".
    wp_apply (weak_ptr_eq_spec SOi ⊤ with "[$Hna $Hy $Hy']"); [done|lia|done|].
    rewrite bool_decide_eq_true_2 //. iIntros "(Hna & Hy & Hy')". wp_pures.
    wp_apply (weak_ptr_eq_one_dangling_spec l with "[//]"); [by left|]. iIntros "_". wp_pures.
    wp_apply (weak_ptr_eq_one_dangling_spec l with "[//]"); [by right|]. iIntros "_". wp_pures.
    wp_apply (weak_as_ptr_spec with "[//]"). iIntros "_".
    (** The address is that of the content, which the strong handle keeps. *)
    iMod (rc_content_acc ⊤ with "Hrc Hna") as "(Hcontent & Hna & Hclose)"; [done|].
    iDestruct "Hcontent" as (wl) "(>%Hwl & >Hd & Hown & H†)". cbn [fst snd] in Hwl. subst wl.
    iEval (cbn [fst]) in "Hd". rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_read.
    iMod ("Hclose" with "[Hd H† Hown] Hna") as "[Hrc Hna]".
    { iNext. iExists [ #7]%V. rewrite heap_pointsto_vec_singleton.
      iSplitR; [by iPureIntro|]. by iFrame. }
    wp_pures.
    wp_apply (rc_drop_spec SOi ⊤ drop_nothing (ty_own (int_ty i32)) with "[$Hna $Hrc]");
      [done|iApply drop_nothing_spec|].
    iIntros "[Hna [(%k' & %Hk & _)|[_ Hdropped]]]"; [lia|]. wp_pures.
    iCombine "Hy Hy'" as "Hy".
    wp_apply (weak_drop_spec SOi ⊤ _ _ _ 0 with "[$Hna $Hy]"); [done|].
    iIntros "[Hna Hy]". wp_pures.
    wp_apply (weak_drop_dangling_spec with "[//]"). iIntros "_". wp_pures.
    iCombine "Hdropped Hy" as "Hdropped".
    iMod (rc_dropped_own_whole SOi ⊤ with "Hdropped Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim SOi ⊤ with "Hlast Hna") as "[Hblock Hna]"; [done|]. rewrite Hγ /=.
    iCombine "Hlease Hblock" as "Hlease".
    wp_free with "Hlease". wp_pures. by iFrame.
  Qed.

End client.

Theorem observer_leak_free : adequate NotStuck observer ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply observer_spec. Qed.
Theorem unique_watched_leak_free :
  adequate NotStuck unique_watched ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ). intros HΣ. apply unique_watched_spec.
Qed.
Theorem nowhere_leak_free : adequate NotStuck nowhere ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply nowhere_spec. Qed.
