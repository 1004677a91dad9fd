(** * Clients of the Rust types: what their destructors leave

[typed] makes handles of all kinds, puts each into a cell, and drops it there, as generic
code does, by the destructor of its type.

- [typed_leak_free]: with the types of handles that are known ([rc_at_rt], [weak_at_rt]) or
  alone ([rc_sole_rt], [unique_sole_rt]). Their destructors give back shares and leases,
  so that no memory is left.
- [typed_adequate]: the same program, with [rc_rt], [weak_rt] and [unique_rc_rt], of which
  it is known only that they are handles. It never gets stuck, and returns [true].
- [compound_leak_free]: a tuple of [int_rt], [bool_rt], [unit_rt] and [uninit_rt], made by
  [prod_rt], is dropped in place. [box_rt] has its client in [rc_two_refs.v].

[types_run] computes one execution of each. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import rust_type.
From tally.rc Require Import rc rc_types rc_context.
From tally.prelude Require Import options.

Local Definition drop_rc : val := rc_drop_in_place 1 drop_nothing.
Local Definition drop_weak : val := weak_drop_in_place 1.
Local Definition drop_unique : val := unique_rc_drop_in_place 1 drop_nothing.

Definition typed : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #5;;
  let: "x" := rc_new 1 ["cell"] in
  let: "y" := rc_clone ["x"] in
  let: "w" := rc_downgrade ["x"] in
  "cell" <- "y";;
  drop_rc ["cell"];;
  "cell" <- "w";;
  drop_weak ["cell"];;
  "cell" <- "x";;
  drop_rc ["cell"];;
  "cell" <- #6;;
  let: "u" := unique_rc_new 1 ["cell"] in
  "cell" <- "u";;
  drop_unique ["cell"];;
  Free #1 "cell";;
  #true.

Local Definition drop_tuple : val :=
  prod_drop_in_place 1 drop_nothing (prod_drop_in_place 1 drop_nothing
    (prod_drop_in_place 0 drop_nothing drop_nothing)).

Definition compound : expr :=
  let: "cell" := Alloc #3 in
  "cell" <- #5;;
  "cell" +ₗ #1 <- #true;;
  drop_tuple ["cell"];;
  Free #3 "cell";;
  #true.

Lemma types_run :
  Forall (λ e, let o := run_program choice_reuse [] 2000 e in
    main_value o = Some #true%V ∧ map_to_list (run_state o) = []) [typed; compound]%list.
Proof. repeat constructor; by vm_compute. Qed.

Local Definition anything (a wl : list val) : Prop := True.

Section client.
  Context `{!rcGS Σ}.

  Let N : namespace := nroot .@ "rc".
  Let τ : rust_type (na_own rc_pool ⊤) := int_rt i32.
  Let SO : rc_shared_own rc_pool N anything (rt_ty τ) :=
    so_na rc_pool (rc_contentN N) (rc_content anything (rt_ty τ)).
  Local Lemma HN : ↑N ⊆ (⊤ : coPset).
  Proof. done. Qed.

  (** A value, dropped in place by the destructor of its type; in one cell. *)
  Local Lemma drop_value_spec (σ : rust_type (na_own rc_pool ⊤)) (glue : val) (l : loc) vl :
    rt_glue σ = glue →
    {{{ na_own rc_pool ⊤ ∗ l ↦∗ vl ∗ rt_own σ vl }}}
      glue [ #l ]
    {{{ vl', RET #☠; na_own rc_pool ⊤ ∗ l ↦∗ vl' ∗ ⌜length vl' = rt_size σ⌝ ∗
        rt_effect σ vl }}}.
  Proof. intros <-. apply rt_drop_in_place_spec. Qed.
  Local Lemma drop_cell_spec (σ : rust_type (na_own rc_pool ⊤)) (glue : val) (cell : loc) (v : val) :
    rt_glue σ = glue →
    {{{ na_own rc_pool ⊤ ∗ cell ↦ v ∗ rt_own σ [v] }}}
      glue [ #cell ]
    {{{ v', RET #☠; na_own rc_pool ⊤ ∗ cell ↦ v' ∗ rt_effect σ [v] }}}.
  Proof.
    iIntros (Hglue Φ) "(Hna & Hc & Hown) HΦ". iDestruct (ty_size_eq with "Hown") as %Hsize.
    rewrite -heap_pointsto_vec_singleton.
    iApply (drop_value_spec σ with "[$Hna $Hc $Hown]"); [done|].
    iIntros "!>" (vl) "(Hna & Hc & %Hvl & Heff)". rewrite /rt_size -Hsize in Hvl.
    destruct vl as [|v' [|]]; try done. rewrite heap_pointsto_vec_singleton.
    iApply "HΦ". iFrame.
  Qed.

  (** A second strong handle and a weak one; the second is written to the cell. *)
  Local Ltac three_handles :=
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]; iIntros "[Hna Hrc]"; wp_pures;
    wp_apply (rc_downgrade_spec SO ⊤ with "[$Hna $Hrc]"); [done|]; iIntros "[Hna Hrc]";
    wp_pures; iDestruct "Hrc" as "[Hx [Hy Hw]]"; wp_write; wp_pures.

  Lemma typed_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP typed {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /typed.
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. iDestruct "Hlease" as "[Hlease Hblock]".
    rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec SO cell [ #5]%V [] with "[$Hblock $Hc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures. rewrite heap_pointsto_vec_singleton.
    three_handles.
    wp_apply (drop_cell_spec (rc_at_rt HN τ SO γ i l [] (1 / 2 / 2)) drop_rc
      with "[$Hna $Hc $Hy]"); [done..|].
    iIntros (v1) "(Hna & Hc & Hy)". wp_pures. wp_write. wp_pures.
    wp_apply (drop_cell_spec (weak_at_rt HN τ SO γ l (1 / 2 / 2)) drop_weak
      with "[$Hna $Hc $Hw]"); [done..|].
    iIntros (v2) "(Hna & Hc & Hw)". wp_pures. wp_write. wp_pures.
    (** What was dropped goes to the handle that is left, which is alone then. *)
    iDestruct (rc_dropped_own_live with "Hx Hy") as "Hx".
    iCombine "Hx Hw" as "Hx".
    rewrite -Qp.add_assoc Qp.div_2 Qp.half_half.
    wp_apply (drop_cell_spec (rc_sole_rt HN τ SO (1 / 2, 0)%Qp) drop_rc
      with "[$Hna $Hc Hx]"); [done| |].
    { iExists l, γ, i, []. by iFrame "Hx". }
    iIntros (v3) "(Hna & Hc & Hblock & _)". wp_pures. wp_write. wp_pures.
    rewrite -heap_pointsto_vec_singleton.
    wp_apply (unique_rc_new_spec SO cell [ #6]%V with "[$Hblock $Hc]");
      [by iApply int_ty_own_intro|].
    iIntros (l' γ') "(%Hγ' & Hu & Hc)". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    wp_apply (drop_cell_spec (unique_sole_rt HN τ SO (1 / 2, 0)%Qp) drop_unique
      with "[$Hna $Hc Hu]"); [done| |].
    { iExists l', γ', [ #6]%V. by iFrame "Hu". }
    iIntros (v4) "(Hna & Hc & Hblock & _)". iCombine "Hlease Hblock" as "Hlease". wp_pures.
    rewrite -heap_pointsto_vec_singleton. wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.

  (** The same with what is known of any handle. *)
  Lemma typed_any_spec `{!UntrackedHeap Σ} :
    na_own rc_pool ⊤ -∗ WP typed {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "Hna". rewrite /typed.
    wp_alloc cell as "Hc" "Hc†". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iPoseProof (heap_lease_untracked 1 0) as "#Hblock".
    wp_apply (rc_new_spec SO cell [ #5]%V [] with "[$Hblock $Hc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures. rewrite heap_pointsto_vec_singleton.
    three_handles.
    wp_apply (drop_cell_spec (rc_rt HN τ SO) drop_rc
      with "[$Hna $Hc Hy]"); [done| |].
    { iExists l, γ, i, [], _. by iFrame "Hy". }
    iIntros (v1) "(Hna & Hc & _)". wp_pures. wp_write. wp_pures.
    wp_apply (drop_cell_spec (weak_rt HN τ SO) drop_weak
      with "[$Hna $Hc Hw]"); [done| |].
    { iRight. iExists l, γ, _. by iFrame "Hw". }
    iIntros (v2) "(Hna & Hc & _)". wp_pures. wp_write. wp_pures.
    wp_apply (drop_cell_spec (rc_rt HN τ SO) drop_rc
      with "[$Hna $Hc Hx]"); [done| |].
    { iExists l, γ, i, [], _. by iFrame "Hx". }
    iIntros (v3) "(Hna & Hc & _)". wp_pures. wp_write. wp_pures.
    rewrite -heap_pointsto_vec_singleton.
    wp_apply (unique_rc_new_spec SO cell [ #6]%V with "[$Hblock $Hc]");
      [by iApply int_ty_own_intro|].
    iIntros (l' γ') "(%Hγ' & Hu & Hc)". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    wp_apply (drop_cell_spec (unique_rc_rt HN τ SO) drop_unique
      with "[$Hna $Hc Hu]"); [done| |].
    { iExists l', γ', [ #6]%V, _. by iFrame "Hu". }
    (** The content was destroyed for sure, and it is known of which block. *)
    iIntros (v4) "(Hna & Hc & %l1 & %γ1 & %wl & %r & %Hl1 & _ & _)".
    assert (l1 = l') as -> by congruence. wp_pures.
    rewrite -heap_pointsto_vec_singleton. wp_free. by wp_pures.
  Qed.

  Lemma compound_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP compound {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /compound.
    wp_alloc cell as "Hc" "Hc†" with "Hlease".
    rewrite !heap_pointsto_vec_cons. iDestruct "Hc" as "(Hc0 & Hc1 & Hc2)". wp_pures.
    wp_write. wp_pures. wp_write. wp_pures.
    set (σ := prod_rt (int_rt i32) (prod_rt bool_rt (prod_rt unit_rt (uninit_rt 1)))
      : rust_type (na_own rc_pool ⊤)).
    wp_apply (drop_value_spec σ drop_tuple cell [ #5; #true; #☠ ]%V
      with "[$Hna Hc0 Hc1 Hc2]"); [done| |].
    { rewrite !heap_pointsto_vec_cons. iFrame.
      iExists [ #5]%V, [ #true; #☠ ]%V. iSplitR; [done|].
      iSplitR; [by iApply int_ty_own_intro|].
      iExists [ #true]%V, [ #☠ ]%V. iSplitR; [done|]. iSplitR.
      { iApply bool_ty_own. by iExists true. }
      iExists [], [ #☠ ]%V. iSplitR; [done|]. by iSplit. }
    iIntros (vl) "(Hna & Hc & %Hvl & _)".
    destruct vl as [|v0 [|v1 [|v2 [|]]]]; try done. wp_pures.
    wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.
End client.

Theorem typed_leak_free : adequate NotStuck typed ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply typed_spec. Qed.
Theorem typed_adequate : adequate NotStuck typed ∅ (λ v _, v = #true%V).
Proof. apply (rc_adequacy_untracked rc_stdΣ). intros HΣ Huntracked. apply typed_any_spec. Qed.
Theorem compound_leak_free : adequate NotStuck compound ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply compound_spec. Qed.
