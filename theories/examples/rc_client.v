(** * Clients of [Rc] and [Weak], and what adequacy says of them

Closed programs, proved with the sealed specifications alone. They never get stuck;
[observed] returns nothing but [true], so the counts that it reads are exact; and when
they return the memory is empty: every block was freed.

[observed] has strong and weak handles to an integer that changes in place:

<<
  let x = Rc::new(Cell::new(41));  let y = x.clone();
  let w = Rc::downgrade(&x);       let v = w.clone();
  y.set(y.get() + 1);
  let strong = Rc::strong_count(&x);  let weak = Rc::weak_count(&y);
  let same = Rc::ptr_eq(&x, &y);
  drop(y);  let u = w.upgrade();  drop(x);  drop(u);
  let none = v.upgrade();  drop(w);  drop(v);
  strong == 2 && weak == 2 && same && none.is_none()
>>

[nested] has an [Rc] of an [Rc] of an integer, with contents that are fixed: the value
that is read through both is known to be 7. The destructor of the outer content drops
an inner handle, and leaves its share: with that of the other inner handle, the
inner block is known to be freed, without it being known which of the two was the last.
The other operations have their clients in [rc_unique_client.v].

[*_run] compute one execution of each program, which gets to the end. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.prelude Require Import options.

Definition observed : expr :=
  let: "src" := Alloc #1 in
  "src" <- #41;;
  let: "x" := rc_new 1 ["src"] in
  let: "y" := rc_clone ["x"] in
  let: "w" := rc_downgrade ["x"] in
  let: "v" := weak_clone ["w"] in
  let: "ptr" := rc_deref ["y"] in
  "ptr" <- !"ptr" +⟨i32⟩ #1;;
  let: "strong" := rc_strong_count ["x"] in
  let: "weak" := rc_weak_count ["y"] in
  let: "same" := rc_ptr_eq ["x"; "y"] in
  rc_drop 1 drop_nothing ["y"];;
  let: "u" := weak_upgrade ["w"] in
  rc_drop 1 drop_nothing ["x"];;
  rc_drop 1 drop_nothing ["u"];;
  let: "none" := weak_upgrade ["v"] in
  weak_drop 1 ["w"];;
  weak_drop 1 ["v"];;
  Free #1 "src";;
  if: "strong" = #2 then
    if: "weak" = #2 then
      if: "same" then "none" = #0 else #false
    else #false
  else #false.

Definition drop_rc_int : val := rc_drop_in_place 1 drop_nothing.

Definition nested : expr :=
  let: "src" := Alloc #1 in
  "src" <- #7;;
  let: "inner" := rc_new 1 ["src"] in
  "src" <- rc_clone ["inner"];;
  let: "outer" := rc_new 1 ["src"] in
  let: "outer2" := rc_clone ["outer"] in
  rc_drop 1 drop_rc_int ["outer"];;
  let: "shared" := !(rc_deref ["outer2"]) in
  let: "v" := !(rc_deref ["shared"]) in
  rc_drop 1 drop_rc_int ["outer2"];;
  rc_drop 1 drop_nothing ["inner"];;
  Free #1 "src";;
  "v".

(** Values whose cell may change while they are shared. *)
Definition any_value (a wl : list val) : Prop := True.

Section client.
  Context `{!rcGS Σ}.

  Lemma observed_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP observed {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /observed.
    set (N := nroot .@ "rc").
    set (τ := int_ty i32 : type Σ).
    set (SO := so_na rc_pool (rc_contentN N) (rc_content any_value τ)).
    assert (∀ l, ↑rc_countN N l ⊆ (⊤ : coPset)) as HN by done.
    iAssert (ty_drop_spec (na_own rc_pool ⊤) τ drop_nothing (ty_own τ)) as "#Hglue".
    { iApply drop_nothing_spec. }
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec SO src [ #41]%V [] with "[$Hlease $Hsrc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_downgrade_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    iDestruct (rc_own_ref with "Hrc") as "[Href Hrc]".
    wp_apply (weak_clone_spec SO ⊤ with "[$Hna $Href]"); [done|lia|]. iIntros "[Hna Href]".
    iDestruct ("Hrc" with "Href") as "Hrc". wp_pures.
    (** The content is reached through one handle, with the thread token. *)
    wp_apply (rc_deref_spec with "[//]"). iIntros "_". wp_pures.
    iMod (rc_content_acc ⊤ with "Hrc Hna") as "(Hc & Hna & Hclose)"; [done|].
    iDestruct "Hc" as (wl) "(_ & >Hd & Hint & H†)".
    iEval (cbn [fst]) in "Hd". rewrite (int_ty_own i32 wl). iDestruct "Hint" as (z) ">[%Hwl %Hz]". subst wl.
    iEval (rewrite heap_pointsto_vec_singleton) in "Hd".
    assert (bin_op_eval_pure (WrapOp i32 AddOp) z 1%Z =
      Some (LitInt (int_wrap i32 (z + 1)))) as Hadd.
    { by rewrite /= /arith_eval_at decide_True. }
    wp_read. wp_op. wp_write.
    iMod ("Hclose" with "[Hd H†] Hna") as "[Hrc Hna]".
    { iNext. iExists [ #(int_wrap i32 (z + 1))]%V.
      iSplitR; [iPureIntro; exact I|]. iSplitL "Hd".
      { rewrite heap_pointsto_vec_singleton. iFrame "Hd". }
      iFrame "H†".
      iApply int_ty_own_intro. apply int_wrap_in_range. }
    wp_pures.
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hrc)". rewrite (Hm eq_refl). wp_pures.
    wp_apply (rc_weak_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m') "((_ & _ & %Hm') & Hna & Hrc)". rewrite (Hm' eq_refl). wp_pures.
    (** Two handles, compared. *)
    iDestruct "Hrc" as "[Hx Hy]".
    wp_apply (rc_ptr_eq_spec SO ⊤ with "[$Hna $Hx $Hy]"); [done|].
    iIntros "(Hna & Hx & Hy)". rewrite bool_decide_eq_true_2 //.
    iCombine "Hx Hy" as "Hrc". wp_pures.
    (** Handles go; the last takes the content with it. *)
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k1 & %Hk1 & Hrc)|[%Hk1 _]]]"; [|done].
    assert (k1 = 1%positive) as -> by lia. wp_pures.
    wp_apply (weak_upgrade_rc_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k2 & %Hk2 & Hrc)|[%Hk2 _]]]"; [|done].
    assert (k2 = 1%positive) as -> by lia. wp_pures.
    wp_apply (rc_drop_whole_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros (wl') "(Hna & Hlast & _)". wp_pures.
    wp_apply (weak_upgrade_last_spec SO ⊤ with "[$Hna $Hlast]"); [done|lia|].
    iIntros "[Hna Hlast]". wp_pures.
    wp_apply (weak_drop_last_spec SO ⊤ _ _ _ 1 with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". wp_pures.
    wp_apply (weak_drop_last_spec SO ⊤ _ _ _ 0 with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". iMod (rc_reclaim with "Hlast Hna") as "[Hlease _]"; [done|].
    rewrite Hγ. wp_pures. wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.

  Lemma nested_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP nested {{ v, ⌜v = #7⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /nested.
    set (N := nroot .@ "inner"). set (N' := nroot .@ "outer").
    set (τ := int_ty u8 : type Σ).
    set (SO := rc_so_fixed (so_na rc_pool (rc_contentN N) (rc_fixed_content τ))).
    iAssert (ty_drop_spec (na_own rc_pool ⊤) τ drop_nothing (ty_own τ)) as "#Hglue".
    { iApply drop_nothing_spec. }
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct "Hlease" as "[Hlease Hlease']".
    wp_apply (rc_new_spec SO src [ #7]%V [ #7]%V with "[$Hlease' $Hsrc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]".
    (** One of the two handles goes into the outer [Rc]. *)
    iDestruct "Hrc" as "[Hrc Hrc2]".
    set (τ' := rc_at SO γ i l [ #7]%V (1 / 2)).
    set (SO' := rc_so_fixed (so_na rc_pool (rc_contentN N') (rc_fixed_content τ'))).
    iDestruct (rc_at_drop_spec SO ⊤ _ _ γ i l [ #7]%V (1 / 2) with "Hglue") as "#Hglue'".
    { done. }
    rewrite heap_pointsto_vec_singleton. wp_write. wp_pures.
    rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec SO' src [ #l]%V [ #l]%V with "[$Hlease $Hsrc $Hrc2]"); [done..|].
    iIntros (l' γ' i') "(%Hγ' & Hrc' & Hsrc)". wp_pures.
    wp_apply (rc_clone_spec SO' ⊤ with "[$Hna $Hrc']"); [done|].
    iIntros "[Hna Hrc']". wp_pures.
    wp_apply (rc_drop_spec SO' ⊤ with "[$Hglue' $Hna $Hrc']"); [done|].
    iIntros "[Hna [(%k1 & %Hk1 & Hrc')|[%Hk1 _]]]"; [|done].
    assert (k1 = 1%positive) as -> by lia. wp_pures.
    (** Through both to the integer. *)
    wp_apply (rc_deref_read_spec with "Hrc'"). iIntros "Hrc'". wp_pures.
    wp_apply (rc_deref_read_spec with "Hrc"). iIntros "Hrc". wp_pures.
    (** The last outer handle takes the inner one with it. *)
    wp_apply (rc_drop_alone_spec SO' ⊤ with "[$Hglue' $Hna $Hrc']"); [done|].
    iIntros (wl') "(Hna & Hlease & _ & Hdropped)". wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k3 & %Hk3 & _)|[_ Hdropped2]]]"; [lia|].
    (** One of the two shares is that of the last inner handle. *)
    iCombine "Hdropped Hdropped2" as "Hdropped".
    iMod (rc_dropped_own_whole with "Hdropped Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease' _]"; [done|]. rewrite Hγ Hγ' /=.
    iCombine "Hlease Hlease'" as "Hlease".
    wp_pures. wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.
End client.

Theorem observed_adequate :
  adequate NotStuck observed ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #true%V)). intros HΣ. apply observed_spec.
Qed.

(** One execution of each, computed: its answer, and that no memory is left. *)
Lemma observed_run :
  let o := run_program choice_reuse [] 2000 observed in
  main_value o = Some #true%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.

Theorem nested_adequate :
  adequate NotStuck nested ∅ (λ v σ, v = #7%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #7%V)). intros HΣ. apply nested_spec.
Qed.
Lemma nested_run :
  let o := run_program choice_reuse [] 2000 nested in
  main_value o = Some #7%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.
