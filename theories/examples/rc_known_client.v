(** * Weak handles that know the content, and that know its end

Whoever has a weak handle alone does not know whether there are strong ones. In [peek] he
tries. What he can know without any handle is what the content is, if it has been shared
([rc_content_known]), and that it is not shared any more ([rc_dead]): both are persistent.

- [peek] gives the integer in the content, or 0. As the content is known, so is the integer
  ([peek_spec]).
- [again] peeks once more if the content was gone. It is gone for ever: the first failure
  gives [rc_dead] ([again_spec]).
- [gone] is for somebody else who has been told so: its upgrade fails, and both counts are
  0 ([gone_spec]).

[known] is a whole program of this: two owners of one weak handle each, one of the only
strong one. When the strong one has gone, both of the others know that.

[known_leak_free]: no execution of it gets stuck; if one returns, then [true], and no
memory is left. [known_run] computes one execution. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.examples Require Import rc_contents.
From tally.prelude Require Import options.

Definition peek : val :=
  λ: ["weak"],
    let: "y" := weak_upgrade ["weak"] in
    if: "y" = #0 then #0
    else
      let: "v" := !(rc_deref ["y"]) in
      rc_drop 1 drop_nothing ["y"];;
      "v".

Definition again : val :=
  λ: ["weak"],
    let: "v" := peek ["weak"] in
    if: "v" = #0 then
      let: "w" := peek ["weak"] in "w" = #0
    else "v" = #41.

Definition gone : val :=
  λ: ["weak"],
    let: "y" := weak_upgrade ["weak"] in
    let: "strong" := weak_strong_count ["weak"] in
    let: "count" := weak_weak_count ["weak"] in
    if: "y" = #0 then
      if: "strong" = #0 then "count" = #0 else #false
    else #false.

Definition known : expr :=
  let: "x" := boxed [ #41 ] in
  let: "u" := rc_downgrade ["x"] in
  let: "v" := weak_clone ["u"] in
  let: "seen" := again ["u"] in
  rc_drop 1 drop_nothing ["x"];;
  let: "late" := again ["v"] in
  let: "gone_u" := gone ["u"] in
  let: "gone_v" := gone ["v"] in
  weak_drop 1 ["u"];;
  weak_drop 1 ["v"];;
  if: "seen" then if: "late" then if: "gone_u" then "gone_v" else #false else #false
  else #false.

Lemma known_run :
  let o := run_program choice_reuse [] 5000 known in
  main_value o = Some #true%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.

Section client.
  Context `{!rcGS Σ}.

  (** What the destructor leaves is of no interest. *)
  Let dropped γ l r j : iProp Σ :=
    rc_dropped_own int_so γ l r j (∃ wl, ⌜[ #41]%V = wl⌝ ∗ ty_own (int_ty i32) wl).

  Lemma peek_spec γ i l r :
    {{{ na_own rc_pool ⊤ ∗ rc_content_known int_so γ i [ #41]%V ∗ weak_own int_so γ l r 1 }}}
      peek [ #l ]
    {{{ (z : Z), RET #z; na_own rc_pool ⊤ ∗
        ((⌜z = 0⌝ ∗ rc_dead int_so γ ∗ weak_own int_so γ l r 1) ∨
         (⌜z = 41⌝ ∗ dropped γ l r 1)) }}}.
  Proof using All.
    iIntros (Φ) "(Hna & #Hknown & Hweak) HΦ". wp_rec.
    wp_apply (weak_upgrade_known_spec int_so ⊤ with "[$Hna $Hknown $Hweak]"); [done|lia|].
    iIntros (v) "[Hna [(-> & #Hdead & Hweak)|([-> _] & Hrc & Hweak)]]"; wp_pures.
    { iModIntro. iApply ("HΦ" $! 0). iFrame "Hna". iLeft. by iFrame "Hdead Hweak". }
    wp_apply (rc_deref_read_spec with "Hrc"). iIntros "Hrc". wp_pures.
    wp_apply (rc_drop_spec int_so ⊤ drop_nothing (ty_own (int_ty i32)) with "[$Hna $Hrc]");
      [done|iApply drop_nothing_spec|].
    iIntros "[Hna [(%k & % & _)|[_ Hdropped]]]"; [lia|]. wp_pures. iModIntro.
    iApply ("HΦ" $! 41). iFrame "Hna". iRight. iSplitR; [done|].
    iDestruct (rc_dropped_own_weak with "Hdropped Hweak") as "H". by rewrite Qp.div_2.
  Qed.

  Lemma again_spec γ i l r :
    {{{ na_own rc_pool ⊤ ∗ rc_content_known int_so γ i [ #41]%V ∗ weak_own int_so γ l r 1 }}}
      again [ #l ]
    {{{ RET #true; na_own rc_pool ⊤ ∗ dropped γ l r 1 }}}.
  Proof using All.
    iIntros (Φ) "(Hna & #Hknown & Hweak) HΦ". wp_rec.
    wp_apply (peek_spec with "[$Hna $Hknown $Hweak]").
    iIntros (z) "[Hna [(-> & #Hdead & Hweak)|[-> Hdropped]]]"; wp_pures; last first.
    { iModIntro. iApply "HΦ". iFrame. }
    wp_rec. iDestruct (rc_dead_unshared with "Hdead") as "#Hun".
    wp_apply (weak_upgrade_unshared_spec int_so ⊤ with "[$Hna $Hweak $Hun]"); [done|lia|].
    iIntros "(Hna & Hweak & _)". wp_pures. iModIntro. iApply "HΦ". iFrame "Hna". by iLeft.
  Qed.

  Lemma gone_spec γ l r :
    {{{ na_own rc_pool ⊤ ∗ rc_dead int_so γ ∗ weak_own int_so γ l r 1 }}}
      gone [ #l ]
    {{{ RET #true; na_own rc_pool ⊤ ∗ weak_own int_so γ l r 1 }}}.
  Proof using All.
    iIntros (Φ) "(Hna & #Hdead & Hweak) HΦ". wp_rec.
    iDestruct (rc_dead_unshared with "Hdead") as "#Hun".
    wp_apply (weak_upgrade_unshared_spec int_so ⊤ with "[$Hna $Hweak $Hun]"); [done|lia|].
    iIntros "(Hna & Hweak & _)". wp_pures.
    wp_apply (weak_strong_count_unshared_spec int_so ⊤ with "[$Hna $Hweak $Hun]");
      [done|lia|].
    iIntros "(Hna & Hweak & _)". wp_pures.
    wp_apply (weak_weak_count_unshared_spec int_so ⊤ with "[$Hna $Hweak $Hun]");
      [done|lia|].
    iIntros "(Hna & Hweak & _)". wp_pures. iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** A share that was lent comes back while there is a strong handle, and afterwards. *)
  Lemma known_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP known {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /known.
    wp_apply (boxed_spec with "Hlease"); [done|].
    iIntros (l γ i) "(%Hγ & Hrc & Hlease)". wp_pures.
    iDestruct (rc_own_known with "Hrc") as "#Hknown".
    wp_apply (rc_downgrade_spec int_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures. iDestruct (rc_own_ref with "Hrc") as "[Href Hrc]".
    wp_apply (weak_clone_spec int_so ⊤ with "[$Hna $Href]"); [done|lia|].
    iIntros "[Hna Href]". iDestruct ("Hrc" with "Href") as "Hrc". wp_pures.
    (** Three owners. *)
    iAssert (rc_own int_so γ i l [ #41]%V (1 / 2 + (1 / 2 / 2 + 1 / 2 / 2)) 1 (0 + (1 + 1)))
      with "[Hrc]" as "Hrc".
    { by rewrite Qp.div_2 Qp.half_half. }
    rewrite rc_own_split_weak weak_own_split. iDestruct "Hrc" as "(Hrc & Hu & Hv)".
    wp_apply (again_spec with "[$Hna $Hknown $Hu]"). iIntros "[Hna Hu]". wp_pures.
    wp_apply (rc_drop_spec int_so ⊤ drop_nothing (ty_own (int_ty i32)) with "[$Hna $Hrc]");
      [done|iApply drop_nothing_spec|].
    iIntros "[Hna [(%k & % & _)|[_ Hx]]]"; [lia|]. wp_pures.
    wp_apply (again_spec with "[$Hna $Hknown $Hv]"). iIntros "[Hna Hv]". wp_pures.
    (** All shares are together for a moment, in which it is seen that the content is gone. *)
    iDestruct (rc_dropped_own_join with "Hu Hv") as "Huv".
    iDestruct (rc_dropped_own_join with "Hx Huv") as "H". rewrite Qp.div_2 Qp.half_half.
    iMod (rc_dropped_own_whole int_so ⊤ with "H Hna") as "(Hlast & _ & Hna)"; [done|].
    iDestruct (rc_last_own_dead with "Hlast") as "#Hdead".
    iEval (rewrite -Qp.half_half -{2}(Qp.div_2 (1 / 2))) in "Hlast".
    iAssert (rc_last_own int_so γ l (1 / 2) 0 ∗
      weak_own int_so γ l (1 / 2 / 2) 1 ∗ weak_own int_so γ l (1 / 2 / 2) 1)%I
      with "[Hlast]" as "(Hlast & Hu & Hv)".
    { by rewrite -weak_own_split -rc_last_own_split. }
    wp_apply (gone_spec with "[$Hna $Hdead $Hu]"). iIntros "[Hna Hu]". wp_pures.
    wp_apply (gone_spec with "[$Hna $Hdead $Hv]"). iIntros "[Hna Hv]". wp_pures.
    wp_apply (weak_drop_spec int_so ⊤ _ _ _ 0 with "[$Hna $Hu]"); [done|].
    iIntros "[Hna Hu]". wp_pures.
    wp_apply (weak_drop_spec int_so ⊤ _ _ _ 0 with "[$Hna $Hv]"); [done|].
    iIntros "[Hna Hv]". wp_pures.
    iCombine "Hlast Hu Hv" as "Hlast".
    iMod (rc_reclaim int_so ⊤ with "Hlast Hna") as "[Hblock _]"; [done|]. rewrite Hγ /=.
    iModIntro. iSplitR; [done|]. iApply heap_lease_halves. iFrame.
  Qed.
End client.

Theorem known_leak_free : adequate NotStuck known ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply known_spec. Qed.
