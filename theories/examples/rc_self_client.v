(** * A node with a weak handle on itself, of which the content does not change

[self_node] makes a node of two cells: a weak handle on the node itself, and the address
of three cells outside, in which it is noted what was seen. The content is chosen in the
closure of [new_cyclic], as the address of the node is in it, and it is fixed from then
on ([rc_so_fixed]).

- In the closure the upgrade of the weak handle fails, and the strong count is 0.
- Outside, the handle that is read from the node upgrades, to the node. Then there are
  two strong handles, and one weak one.
- In the destructor, which runs with the last drop and drops the weak handle, the
  upgrade fails again.

[self_node_leak_free]: no execution gets stuck; if one returns, then [true], so that all
of this was so; and no memory is left. [self_node_run] computes one execution. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

(** It notes what the upgrade gave, and drops the handle. *)
Definition node_glue : val :=
  λ: ["x"],
    let: "weak" := !"x" in
    let: "notes" := !("x" +ₗ #1) in
    "notes" <- weak_upgrade ["weak"];;
    weak_drop 2 ["weak"].

Definition self_node : expr :=
  let: "notes" := Alloc #3 in
  "notes" <- #1;;
  let: "init" :=
    λ: ["weak"; "dst"],
      "notes" +ₗ #1 <- weak_upgrade ["weak"];;
      "notes" +ₗ #2 <- weak_strong_count ["weak"];;
      "dst" <- weak_clone ["weak"];;
      "dst" +ₗ #1 <- "notes" in
  let: "x" := rc_new_cyclic 2 ["init"] in
  let: "weak" := !(rc_deref ["x"]) in
  let: "y" := weak_upgrade ["weak"] in
  let: "same" := rc_ptr_eq ["x"; "y"] in
  let: "strong" := rc_strong_count ["y"] in
  let: "count" := rc_weak_count ["y"] in
  rc_drop 2 node_glue ["y"];;
  rc_drop 2 node_glue ["x"];;
  let: "late" := !"notes" in
  let: "early" := !("notes" +ₗ #1) in
  let: "none" := !("notes" +ₗ #2) in
  Free #3 "notes";;
  expect "early" 0
  (expect "none" 0
  (expect "strong" 2
  (expect "count" 1
  (expect "late" 0 "same")))).

Lemma self_node_run :
  let o := run_program choice_reuse [] 5000 self_node in
  main_value o = Some #true%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.

Section client.
  Context `{!rcGS Σ}.

  (** The handle is not owned by the content, but goes with the last strong one. *)
  Program Definition node_ty : type Σ := {|
    ty_size := 2;
    ty_own vl := ⌜length vl = 2⌝%I;
  |}.
  Next Obligation. by iIntros (vl) "%". Qed.

  Let N : namespace := nroot .@ "node".
  Let SO : rc_shared_own rc_pool N eq node_ty :=
    rc_so_fixed (so_na rc_pool (rc_contentN N) (rc_fixed_content node_ty)).

  Lemma self_node_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP self_node {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /self_node.
    wp_alloc f as "Hf" "Hf†" with "Hlease".
    rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil shift_loc_assoc.
    iDestruct "Hf" as "(Hf & Hf1 & Hf2 & _)". wp_pures. wp_write. wp_pures.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease Hblock]".
    wp_apply (rc_new_cyclic_spec SO ⊤ _
      (λ _ l a r j, ⌜a = [ #l; #f]%V ∧ r = 1%Qp ∧ j = 1%nat⌝ ∗
        (f +ₗ 1) ↦ #0 ∗ (f +ₗ 2) ↦ #0)%I with "[$Hblock $Hna Hf1 Hf2]"); [done| |].
    { iIntros (γ l vl [_ Hvl]) "Hna Href Hun Hd". wp_pures.
      wp_apply (weak_upgrade_unshared_spec SO ⊤ with "[$Hna $Href $Hun]"); [done|lia|].
      iIntros "(Hna & Href & Hun)". wp_write. wp_pures.
      wp_apply (weak_strong_count_unshared_spec SO ⊤ with "[$Hna $Href $Hun]");
        [done|lia|].
      iIntros "(Hna & Href & Hun)". wp_write. wp_pures.
      wp_apply (weak_clone_spec SO ⊤ with "[$Hna $Href]"); [done|lia|].
      iIntros "[Hna Href]". destruct vl as [|v1 [|v2 [|]]]; try done.
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      iDestruct "Hd" as "[Hd1 Hd2]". wp_write. wp_pures. wp_write. iModIntro.
      iExists [ #l; #f]%V, [ #l; #f]%V, 1%Qp, 1.
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      iFrame "Hna Href Hun Hd1 Hd2 Hf1 Hf2". done. }
    iIntros (γ i l a r j) "(%Hγ & Hna & Hrc & (-> & -> & ->) & Hf1 & Hf2)". wp_pures.
    (** The content is known, and may be read through any handle. *)
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (rc_deref_acc with "Hrc") as (q) "[Hd Hrc]".
    rewrite heap_pointsto_vec_cons. iDestruct "Hd" as "[Hd1 Hd2]". wp_read.
    iDestruct ("Hrc" with "[Hd1 Hd2]") as "Hrc".
    { rewrite heap_pointsto_vec_cons. iFrame. }
    wp_pures.
    wp_apply (weak_upgrade_rc_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    iAssert (rc_own SO γ i l [ #l; #f]%V (1 / 2 + 1 / 2) (1 + 1) (0 + 1))
      with "[Hrc]" as "Hrc"; [by rewrite Qp.half_half|].
    rewrite rc_own_split. iDestruct "Hrc" as "[Hx Hy]".
    wp_apply (rc_ptr_eq_spec SO ⊤ with "[$Hna $Hx $Hy]"); [done|].
    iIntros "(Hna & Hx & Hy)". rewrite bool_decide_eq_true_2 //.
    iCombine "Hx Hy" as "Hrc". wp_pures.
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hrc)". rewrite (Hm eq_refl). wp_pures.
    wp_apply (rc_weak_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m') "((_ & _ & %Hm') & Hna & Hrc)". rewrite (Hm' eq_refl). wp_pures.
    wp_apply (rc_drop_keep_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    (** The last drop. The destructor knows that the content is gone. *)
    wp_apply (rc_drop_lend_spec SO ⊤ node_glue (f ↦ #1) (λ j', ⌜j' = 0⌝ ∗ f ↦ #0)%I
      with "[$Hna $Hrc $Hf]"); [done| |].
    { iIntros (wl <-) "#Hdead Hf Hna Hweak Hd _". wp_rec.
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      iDestruct "Hd" as "[Hd1 Hd2]". wp_read. wp_pures. wp_read. wp_pures.
      iDestruct (rc_dead_unshared with "Hdead") as "#Hun".
      wp_apply (weak_upgrade_unshared_spec SO ⊤ with "[$Hna $Hweak $Hun]"); [done|lia|].
      iIntros "(Hna & Hweak & _)". wp_write. wp_pures.
      wp_apply (weak_drop_spec SO ⊤ _ _ _ 0 with "[$Hna $Hweak]"); [done|].
      iIntros "[Hna Hweak]". iExists [ #l; #f]%V, 0.
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      by iFrame "Hna Hweak Hd1 Hd2 Hf". }
    iIntros "[Hna [(% & _)|(%j' & Hlast & -> & Hf)]]"; [done|].
    iMod (rc_reclaim SO ⊤ with "Hlast Hna") as "[Hblock _]"; [done|]. rewrite Hγ /=.
    wp_pures. wp_read. wp_pures. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (heap_lease 1 1) with "[Hlease Hblock]" as "Hlease".
    { iApply heap_lease_halves. iFrame. }
    iAssert (f ↦∗ [ #0; #0; #0]%V)%I with "[Hf Hf1 Hf2]" as "Hf".
    { rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil shift_loc_assoc. by iFrame. }
    wp_free with "Hlease". wp_let. do 5 iApply expect_eq. wp_pures. by iFrame "Hlease".
  Qed.
End client.

Theorem self_node_leak_free : adequate NotStuck self_node ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ). intros HΣ. apply self_node_spec.
Qed.
