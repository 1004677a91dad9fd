(** * A client of [Rc], and what adequacy says of it

Three closed programs, proved with the sealed specifications alone.

[shared_box] shares a box with an integer among three handles:

<<
  let x = Rc::new(Box::new(41));
  let y = x.clone();  let z = x.clone();
  let three = Rc::strong_count(&x);
  **z += 1;                                  // through the thread token
  drop(z);
  let two = Rc::strong_count(&x);
  drop(y);  let v = **x;  let one = Rc::strong_count(&x);  drop(x);
  three == 3 && two == 2 && one == 1
>>

The destructor of the box runs when the last handle goes, and its memory is freed
by it. [shared_box_adequate]: no execution goes wrong, and the answer is [true], so
the three counts are exact.

[nested] shares a handle: an [Rc] of an [Rc] of an integer, of which the destructor
of the outer content drops the inner handle.

[take_box] takes a box out of an [Rc], as [Rc::try_unwrap] does:

<<
  let x = Rc::new(Box::new(41));
  drop(x.clone());
  if Rc::strong_count(&x) == 1 { let b = x.take(); *b } else { drop(x); 0 }
>>

The clone went away with a share of its own, so that what [x] has is not the whole.
That the count is 1 gives it back, and with it the knowledge that [x] is the last
handle: its destructor has run, and does nothing but give up the box, which is then
read and freed from outside. Were [x] not the last, to do so would be a use after
free for the others; [rc_drop_spec] could not exclude it, and the proof would fail.

No specification is vacuous: [rc_new_spec], [rc_clone_spec], [rc_drop_spec] (both
that others remain and that it is the last) and [rc_strong_count_spec] are used in
the proof of [shared_box_spec], and [shared_box_run] computes one execution, which
gets to the end. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.logic Require Import count_protocol shared_own.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.prelude Require Import options.

(** ** A shared box *)
Definition drop_box_int : val := box_drop_in_place 1 drop_nothing.

Definition shared_box : expr :=
  let: "box" := Alloc #1 in
  "box" <- #41;;
  let: "src" := Alloc #1 in
  "src" <- "box";;
  let: "x" := rc_new 1 ["src"] in
  let: "y" := rc_clone ["x"] in
  let: "z" := rc_clone ["x"] in
  let: "three" := rc_strong_count ["y"] in
  let: "b" := !("z" +ₗ #1) in
  "b" <- !"b" +⟨i32⟩ #1;;
  rc_drop 1 drop_box_int ["z"];;
  let: "two" := rc_strong_count ["x"] in
  rc_drop 1 drop_box_int ["y"];;
  let: "one" := rc_strong_count ["x"] in
  rc_drop 1 drop_box_int ["x"];;
  Free #1 "src";;
  if: "three" = #3 then (if: "two" = #2 then "one" = #1 else #false) else #false.

(** ** A shared handle *)
Definition drop_rc_int : val := rc_drop_in_place 1 drop_nothing.

Definition nested : expr :=
  let: "src" := Alloc #1 in
  "src" <- #7;;
  let: "inner" := rc_new 1 ["src"] in
  let: "inner2" := rc_clone ["inner"] in
  "src" <- "inner2";;
  let: "outer" := rc_new 1 ["src"] in
  let: "outer2" := rc_clone ["outer"] in
  rc_drop 1 drop_rc_int ["outer"];;
  let: "v" := !(!("outer2" +ₗ #1) +ₗ #1) in
  rc_drop 1 drop_rc_int ["outer2"];;
  rc_drop 1 drop_nothing ["inner"];;
  Free #1 "src";;
  "v".

(** ** A box is taken out *)
Definition take_box : expr :=
  let: "box" := Alloc #1 in
  "box" <- #41;;
  let: "src" := Alloc #1 in
  "src" <- "box";;
  let: "x" := rc_new 1 ["src"] in
  let: "y" := rc_clone ["x"] in
  rc_drop 1 drop_nothing ["y"];;
  Free #1 "src";;
  let: "one" := rc_strong_count ["x"] in
  rc_drop 1 drop_nothing ["x"];;
  if: "one" = #1 then
    let: "v" := !"box" in
    Free #1 "box";;
    "v"
  else #0.

(** ** Proofs *)
Section client.
  Context `{!lrustGS Σ, !na_invG Σ, !countG Σ, !cinvG Σ}.

  Lemma shared_box_spec : ⊢ WP shared_box {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iStartProof. iMod na_alloc as (p) "Hna". rewrite /shared_box.
    set (N := nroot .@ "rc").
    set (τ := box_ty (int_ty i32) : type Σ).
    set (SO := so_na p (rc_contentN N) (rc_content τ)).
    iAssert (ty_drop_spec (na_own p ⊤) τ drop_box_int (λ _, ∃ wl, ty_own (int_ty i32) wl))%I
      as "#Hglue".
    { iApply (box_drop_in_place_spec _ (int_ty i32)). iApply drop_nothing_spec. }
    wp_alloc b as "Hb" "Hb†". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures.
    wp_alloc src as "Hsrc" "Hsrc†". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures.
    wp_apply (rc_new_spec SO src [ #b]%V with "[Hsrc Hb Hb†]").
    { rewrite heap_pointsto_vec_singleton. iFrame "Hsrc". iExists b, [ #41]%V.
      iSplitR; [done|]. rewrite heap_pointsto_vec_singleton. iFrame "Hb".
      iSplitR; [by iApply int_ty_own_intro|]. by iRight. }
    iIntros (l γ i) "[Hrc Hsrc]". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (three) "(_ & Hna & [[-> Hrc]|[[_ %Hthree] _]])"; [|done]. wp_pures.
    (** The box is reached through one handle, its content with the thread token. *)
    iDestruct (rc_deref_acc SO with "Hrc") as "[Hd Hrc]".
    rewrite heap_pointsto_vec_singleton. wp_read. wp_pures.
    rewrite -heap_pointsto_vec_singleton. iDestruct ("Hrc" with "Hd") as "Hrc".
    iMod (rc_content_acc ⊤ with "Hrc Hna") as "([Hbox H†] & Hna & Hclose)"; [done|].
    iDestruct "Hbox" as (b' wl) "(>%Heq & >Hb & Hint & Hb†)". injection Heq as <-.
    rewrite (int_ty_own i32 wl). iDestruct "Hint" as (z) ">[%Hwl %Hz]". subst wl.
    rewrite !heap_pointsto_vec_singleton.
    assert (bin_op_eval_pure (WrapOp i32 AddOp) z 1%Z =
      Some (LitInt (int_wrap i32 (z + 1)))) as Hadd.
    { by rewrite /= /arith_eval_at decide_True. }
    wp_read. wp_op. wp_write. wp_pures.
    iMod ("Hclose" with "[Hb Hb† H†] Hna") as "[Hrc Hna]".
    { iFrame "H†". iNext. iExists b, [ #(int_wrap i32 (z + 1))]%V. iFrame "Hb†".
      rewrite heap_pointsto_vec_singleton. iFrame "Hb". iSplitR; [done|].
      iApply int_ty_own_intro. apply int_wrap_in_range. }
    (** Three, two and one handle go. *)
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k2 & %Hk2 & Hrc)|[%Hk2 _]]]"; [|done].
    assert (k2 = 2%positive) as -> by lia. wp_pures.
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (two) "(_ & Hna & [[-> Hrc]|[[_ %Htwo] _]])"; [|done]. wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k1 & %Hk1 & Hrc)|[%Hk1 _]]]"; [|done].
    assert (k1 = 1%positive) as -> by lia. wp_pures.
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (one) "(_ & Hna & [[-> Hrc]|[[_ %Hone] _]])"; [|done]. wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k0 & %Hk0 & Hrc)|[_ [_|%Hq]]]]"; [lia| |done]. wp_pures.
    rewrite -heap_pointsto_vec_singleton. wp_free. by wp_pures.
  Qed.

  Lemma nested_spec : ⊢ WP nested {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    iStartProof. iMod na_alloc as (p) "Hna". rewrite /nested.
    set (N := nroot .@ "inner"). set (N' := nroot .@ "outer").
    set (SO := so_na p (rc_contentN N) (rc_content (int_ty u8))).
    set (SO' := so_na p (rc_contentN N') (rc_content (rc_ty SO))).
    iAssert (ty_drop_spec (na_own p ⊤) (int_ty u8) drop_nothing (ty_own (int_ty u8)))
      as "#Hglue"; [iApply drop_nothing_spec|].
    iAssert (ty_drop_spec (na_own p ⊤) (rc_ty SO) drop_rc_int (λ _, True))%I as "#Hglue'".
    { by iApply (rc_ty_drop_spec SO). }
    wp_alloc src as "Hsrc" "Hsrc†". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec SO src [ #7]%V with "[$Hsrc]"); [by iApply int_ty_own_intro|].
    iIntros (l γ i) "[Hrc Hsrc]". wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]". wp_pures.
    (** One of the two handles goes into the outer [Rc]. *)
    iEval (rewrite -(Qp.div_2 1) is_rc_split) in "Hrc". iDestruct "Hrc" as "[Hrc Hrc2]".
    rewrite heap_pointsto_vec_singleton. wp_write. wp_pures.
    rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec SO' src [ #l]%V with "[$Hsrc Hrc2]").
    { rewrite rc_ty_own. iExists l, γ, i, [ #7]%V, (1 / 2)%Qp. by iFrame "Hrc2". }
    iIntros (l' γ' i') "[Hrc' Hsrc]". wp_pures.
    wp_apply (rc_clone_spec SO' ⊤ with "[$Hna $Hrc']"); [done|].
    iIntros "[Hna Hrc']". wp_pures.
    wp_apply (rc_drop_spec SO' ⊤ with "[$Hglue' $Hna $Hrc']"); [done|].
    iIntros "[Hna [(%k1 & %Hk1 & Hrc')|[%Hk1 _]]]"; [|done].
    assert (k1 = 1%positive) as -> by lia. wp_pures.
    (** Through both to the integer. *)
    iDestruct (rc_deref_acc SO' with "Hrc'") as "[Hd' Hrc']".
    iDestruct (rc_deref_acc SO with "Hrc") as "[Hd Hrc]".
    rewrite !heap_pointsto_vec_singleton. wp_read. wp_pures. wp_read. wp_pures.
    rewrite -!heap_pointsto_vec_singleton.
    iDestruct ("Hrc'" with "Hd'") as "Hrc'". iDestruct ("Hrc" with "Hd") as "Hrc".
    (** The last outer handle takes the inner one with it. *)
    wp_apply (rc_drop_spec SO' ⊤ with "[$Hglue' $Hna $Hrc']"); [done|].
    iIntros "[Hna _]". wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna _]". wp_pures. wp_free. by wp_pures.
  Qed.

  Lemma take_box_spec : ⊢ WP take_box {{ v, ⌜v = #41 ∨ v = #0⌝ }}.
  Proof using All.
    iStartProof. iMod na_alloc as (p) "Hna". rewrite /take_box.
    set (N := nroot .@ "rc").
    set (τ := box_ty (pure_ty (λ v, v = #41)) : type Σ).
    set (SO := so_na p (rc_contentN N) (rc_content τ)).
    iAssert (ty_drop_spec (na_own p ⊤) τ drop_nothing (ty_own τ)) as "#Hglue".
    { iApply drop_nothing_spec. }
    wp_alloc b as "Hb" "Hb†". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures.
    wp_alloc src as "Hsrc" "Hsrc†". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures.
    wp_apply (rc_new_spec SO src [ #b]%V with "[Hsrc Hb Hb†]").
    { rewrite heap_pointsto_vec_singleton. iFrame "Hsrc". iExists b, [ #41]%V.
      iSplitR; [done|]. rewrite heap_pointsto_vec_singleton. iFrame "Hb".
      iSplitR; [by iExists (#41)%V|]. by iRight. }
    iIntros (l γ i) "[Hrc Hsrc]". wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]". wp_pures.
    (** The clone is split off, and dropped with its half of the share. *)
    iEval (rewrite -(Qp.div_2 1) is_rc_split) in "Hrc". iDestruct "Hrc" as "[Hrc Hrc2]".
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc2]"); [done|].
    iIntros "[Hna _]". wp_pures. wp_free. wp_pures.
    (** The count says whether the other half is back. *)
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (one) "(_ & Hna & [[-> Hrc]|[[%Hone _] Hrc]])"; wp_pures.
    - wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
      iIntros "[Hna [(%k0 & %Hk0 & _)|[_ [Hbox|%Hq]]]]"; [lia| |done].
      iDestruct "Hbox" as (b' wl) "(%Heq & Hb & (%v & -> & ->) & Hb†)".
      injection Heq as <-. rewrite heap_pointsto_vec_singleton. wp_pures.
      wp_read. wp_pures. iDestruct "Hb†" as "[%|Hb†]"; [done|].
      rewrite -heap_pointsto_vec_singleton. wp_free. wp_pures. iPureIntro. by left.
    - wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
      iIntros "_". wp_pures. rewrite bool_decide_eq_false_2; [|intros [=]; lia].
      wp_pures. iPureIntro. by right.
  Qed.
End client.

Definition rc_clientΣ : gFunctors := #[lrustΣ; na_invΣ; countΣ; cinvΣ].

Theorem shared_box_adequate : adequate NotStuck shared_box ∅ (λ v _, v = #true%V).
Proof. apply (lrust_adequacy rc_clientΣ). intros HΣ. apply shared_box_spec. Qed.

Theorem nested_adequate : adequate NotStuck nested ∅ (λ v _, v = #7%V).
Proof. apply (lrust_adequacy rc_clientΣ). intros HΣ. apply nested_spec. Qed.

Theorem take_box_adequate :
  adequate NotStuck take_box ∅ (λ v _, v = #41%V ∨ v = #0%V).
Proof. apply (lrust_adequacy rc_clientΣ). intros HΣ. apply take_box_spec. Qed.

(** One execution of each, computed. *)
Lemma shared_box_run :
  main_value (run_program choice_reuse [] 1000 shared_box) = Some #true%V.
Proof. by vm_compute. Qed.
Lemma nested_run :
  main_value (run_program choice_reuse [] 1000 nested) = Some #7%V.
Proof. by vm_compute. Qed.
Lemma take_box_run :
  main_value (run_program choice_reuse [] 1000 take_box) = Some #41%V.
Proof. by vm_compute. Qed.
