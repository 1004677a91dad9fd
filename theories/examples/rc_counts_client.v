(** * A client of the counts in hand: a count that was read is good for the next step

[set_alone] reads the strong count and the weak one, and if they are 1 and 0, writes
through what [Rc::get_mut] returns without looking whether that is null:

<<
  fn set_alone(x: &mut Rc<i32>, v: i32) -> bool {
      if Rc::strong_count(x) == 1 && Rc::weak_count(x) == 0 {
          *Rc::get_mut(x).unwrap_unchecked() = v;  true
      } else { false }
  }
>>

Its proof opens the counts once ([rc_counts_tells]) and keeps them over both reads; the
handle that it is given need not be known to be all there are. [alone] calls it twice, with
a second handle and without, and returns whether the answers were no and yes. It never
gets stuck, it returns [true], and the memory is empty then; [alone_run] computes one
execution. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_access rc_context.
From tally.prelude Require Import options.

Definition set_alone : val :=
  λ: ["x"; "v"],
    let: "strong" := rc_strong_count ["x"] in
    if: "strong" = #1 then
      let: "weak" := rc_weak_count ["x"] in
      if: "weak" = #0 then
        let: "mut" := rc_get_mut ["x"] in
        "mut" <- "v";;
        #true
      else #false
    else #false.

Definition alone : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  let: "y" := rc_clone ["x"] in
  let: "no" := set_alone ["x"; #7] in
  rc_drop 1 drop_nothing ["y"];;
  let: "yes" := set_alone ["x"; #8] in
  rc_drop 1 drop_nothing ["x"];;
  Free #1 "cell";;
  if: "no" then #false else "yes".

Lemma alone_run :
  let o := run_program choice_reuse [] 2000 alone in
  main_value o = Some #true%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.

Local Definition anything (a wl : list val) : Prop := True.

Section client.
  Context `{!rcGS Σ}.

  Let N : namespace := nroot .@ "rc".
  Let SO : rc_shared_own rc_pool N anything (int_ty i32 : type Σ) :=
    so_na rc_pool (rc_contentN N) (rc_content anything (int_ty i32)).

  Lemma set_alone_spec γ (i : gname) l r k j z q m :
    in_int_range i32 z →
    {{{ na_own rc_pool ⊤ ∗ rc_own SO γ i l [] r k j ∗ heap_lease q m }}}
      set_alone [ #l; #z ]
    {{{ (b : bool), RET #b; na_own rc_pool ⊤ ∗
        if b then ⌜k = 1%positive ∧ j = 0⌝ ∗
          ∃ γ' (i' : gname), ⌜rc_lease_of γ' = ((q / 2)%Qp, m)⌝ ∗
            rc_own SO γ' i' l [] 1 1 0 ∗ rc_last_own SO γ l r 0 ∗ heap_lease (q / 2) 0
        else ⌜r = 1%Qp → ¬ (k = 1%positive ∧ j = 0)⌝ ∗
          rc_own SO γ i l [] r k j ∗ heap_lease q m }}}.
  Proof using All.
    iIntros (Hz Φ) "(Hna & Hrc & Hlease) HΦ".
    iDestruct (na_own_acc (↑rc_countN N l) ⊤ with "Hna") as "[Hc Hna]"; [done|].
    iMod (rc_counts_tells with "Hrc Hc") as (n w) "((%Hk & %Hj & %Hr) & Hcounts & Hrc)".
    wp_rec. wp_apply (rc_strong_count_at with "Hcounts"). iIntros "Hcounts".
    rewrite /=. wp_pures. case_bool_decide as Hn; wp_if; last first.
    { iMod (rc_counts_close with "Hcounts") as "Hc". iDestruct ("Hna" with "Hc") as "Hna".
      iModIntro. iApply ("HΦ" $! false). iFrame "Hna Hrc Hlease". iPureIntro.
      intros Hr1 [-> _]. destruct (Hr Hr1) as [-> _]. done. }
    assert (n = 1%positive) as -> by lia. assert (k = 1%positive) as -> by lia.
    wp_apply (rc_weak_count_at with "Hcounts"). iIntros "Hcounts".
    wp_pures. case_bool_decide as Hw; [wp_pure _ credit:"H£"|wp_if]; last first.
    { iMod (rc_counts_close with "Hcounts") as "Hc". iDestruct ("Hna" with "Hc") as "Hna".
      iModIntro. iApply ("HΦ" $! false). iFrame "Hna Hrc Hlease". iPureIntro.
      intros Hr1 [_ ->]. destruct (Hr Hr1) as [_ ->]. done. }
    assert (w = 0) as -> by lia. assert (j = 0) as -> by lia.
    (** Alone, with certainty: the counts are still in hand. *)
    iDestruct "Hlease" as "[Hlease Hlease']".
    iMod (rc_counts_sole SO γ i l [] r with "Hcounts Hrc Hlease' H£")
      as (γ' Hγ') "(Hrc & Hlast & Hc)".
    iDestruct ("Hna" with "Hc") as "Hna".
    wp_apply (rc_get_mut_spec SO ⊤ _ _ _ _ _ (Some ((q / 2)%Qp, m)) with "[Hlease Hna Hrc]");
      [done|by iSplitL "Hlease"; [iExact "Hlease"|iFrame]|].
    iIntros (v) "[Hna [(-> & Hopen & Hlast')|[[_ %] _]]]"; [|done]. simpl.
    iMod (rc_reclaim with "Hlast' Hna") as "[Hlease Hna]"; [done|]. rewrite Hγ'. wp_pures.
    iDestruct "Hopen" as (wl) "(_ & Hd & Hint & Hclose)".
    iDestruct (int_ty_own with "Hint") as (z') "[-> _]".
    rewrite heap_pointsto_vec_singleton. wp_write.
    iMod ("Hclose" $! [] [ #z]%V with "[//] [Hd] []") as (γ2 i2) "[%Hγ2 Hrc]".
    { by rewrite heap_pointsto_vec_singleton. }
    { by iApply int_ty_own_intro. }
    wp_pures. iModIntro. iApply ("HΦ" $! true). iFrame "Hna". iSplitR; [done|].
    iExists γ2, i2. by iFrame "Hrc Hlast Hlease".
  Qed.

  Lemma alone_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP alone {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /alone.
    iAssert (ty_drop_spec (na_own rc_pool ⊤) (int_ty i32) drop_nothing (ty_own (int_ty i32)))
      as "#Hglue"; [iApply drop_nothing_spec|].
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct "Hlease" as "[Hlease Hblock]".
    wp_apply (rc_new_spec SO cell [ #41]%V [] with "[$Hblock $Hc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]". wp_pures.
    wp_apply (set_alone_spec with "[$Hna $Hrc $Hlease]"); [done|].
    iIntros ([]) "[Hna H]"; [by iDestruct "H" as "[[% _] _]"|].
    iDestruct "H" as "(_ & Hrc & Hlease)". wp_pures.
    wp_apply (rc_drop_keep_spec SO ⊤ drop_nothing with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (set_alone_spec with "[$Hna $Hrc $Hlease]"); [done|].
    iIntros ([]) "[Hna H]"; [|by iDestruct "H" as "[%Hno _]"; destruct Hno].
    iDestruct "H" as "(_ & %γ' & %i' & %Hγ' & Hrc & Hlast & Hlease)".
    iMod (rc_reclaim with "Hlast Hna") as "[Hblock Hna]"; [done|]. rewrite Hγ. wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k' & %Hk & _)|[_ Hdropped]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hdropped Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease' _]"; [done|]. rewrite Hγ' /=.
    iCombine "Hlease' Hlease" as "Hlease". iCombine "Hlease Hblock" as "Hlease". wp_pures.
    wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.
End client.

Theorem alone_leak_free : adequate NotStuck alone ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply alone_spec. Qed.
