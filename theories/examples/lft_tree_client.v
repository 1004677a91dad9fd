(** * A tree with weak handles, with types: a closed program

<<
  let head = Rc::new(Node { value: 0, parent: Weak::new(), left: None, right: None });
  let tree = build(depth, &head);
  let r = &tree;
  let sum = sum(r);
  let up = match r { None => None, Some(node) => node.parent.upgrade() };
  drop(tree);  drop(up);  drop(head);
  sum
>>
[typed_tree_adequate]: no execution gets stuck, and what it returns is a [u64].
[typed_tree_run] computes one execution, after which the memory is empty. The types and what
is proved of [build], [sum] and the destructor are in [lft_tree.v]. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp_correct.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context lft_option.
From tally.examples Require Import rc_tree lft_tree.
From tally.prelude Require Import options.

Definition typed_tree (depth : nat) : expr :=
  let: "depth" := #depth in
  let: "none" := weak_new [] in
  let: "left" := #0 in
  let: "right" := #0 in
  let: "head" := typed_node [ #0; "none"; "left"; "right"] in
  let: "place" := Alloc #1 in
  "place" <- typed_build ["depth"; "head"];;
  let: "r" := "place" in
  let: "sum" := tree_sum [ (!"r") ] in
  let: "tree" := !"r" in
  let: "up" := (if: "tree" = #0 then #0
                else weak_upgrade [ (!(rc_deref ["tree"] +ₗ #1)) ]) in
  tree_drop [ (!"place") ];;
  Free #1 "place";;
  tree_drop ["up"];;
  tree_drop ["head"];;
  "sum".

(** Pure steps, whose credits are kept. *)
Local Ltac earn := repeat (wp_pure _ credit:"H£1"; iCombine "H£ H£1" as "H£").

Section client.
  Context `{!rcGS Σ, !lftG Σ, !rcG Σ lft, !UntrackedHeap Σ}.

  Lemma typed_tree_spec (n : nat) :
    in_int_range u64 (Z.of_nat n) →
    na_own rc_pool ⊤ -∗
    WP typed_tree n {{ v, ⌜∃ z : Z, v = #z ∧ in_int_range u64 z⌝ }}.
  Proof using All.
    iIntros (Hn) "Hna". rewrite /typed_tree. iMod lc_zero as "H£". earn.
    wp_apply weak_new_spec; [done|]. iIntros "_". earn.
    iDestruct (lc_weaken 9 with "H£") as "H£"; [simpl; lia|].
    wp_apply (typed_node_typed rc_pool 0 with "[$H£ $Hna]"); [done| |].
    { iSplitR; [by iLeft|]. iSplitR; by iLeft. }
    iIntros (h) "[Hna Hhead]". iMod lc_zero as "H£". earn.
    wp_alloc c as "Hc" "Hc†". rewrite heap_pointsto_vec_singleton. earn.
    wp_apply (typed_build_typed rc_pool with "[$Hna $Hhead]"); [done|].
    iIntros (v) "(Hna & Hhead & Hv)". wp_write. earn.
    (** The reference. *)
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (bor_create _ κ (c ↦∗: lty_own (tree_lty rc_pool)) with "[Hc Hv]")
      as "[Hbor Hback]"; [done| |].
    { iNext. iExists [v]. rewrite heap_pointsto_vec_singleton. iFrame. }
    iDestruct (lc_weaken 7 with "H£") as "H£"; [simpl; lia|].
    iMod (lty_share (tree_lty rc_pool) ⊤ κ c 1 with "[H£ $Hbor $Hκ]") as "[#Hr Hκ]"; [done| |].
    { iExact "H£". }
    wp_apply (option_rc_shr_read with "[$Hr $Hκ]"). iIntros (u) "[Hu Hκ]".
    wp_apply (tree_sum_typed with "[$Hu $Hκ]"). iIntros (z) "[%Hz Hκ]". wp_pures.
    wp_apply (option_rc_shr_read with "[$Hr $Hκ]"). iIntros (t) "[Ht Hκ]". wp_pures.
    wp_bind (if: _ then _ else _)%E.
    iApply (wp_wand _ _ _ (λ w, lty_own (tree_lty rc_pool) [w] ∗ 1.[κ] ∗ na_own rc_pool ⊤)%I
      with "[Ht Hκ Hna]").
    { iDestruct "Ht" as "[->|(%b & -> & #Hb)]".
      - wp_pures. iFrame "Hκ Hna". by iLeft.
      - iDestruct (rc_at_shr_deref with "Hb") as "#Hnode".
        wp_op. wp_if. wp_apply (rc_deref_spec with "[//]"). iIntros "_". wp_op.
        iDestruct (node_shr with "Hnode") as "(_ & Hup & _)".
        iAssert (lty_shr (weak_lty rc_pool treeN (node rc_pool)) κ (b +ₗ 2 +ₗ 1))
          with "Hup" as "Hup'".
        wp_apply (weak_shr_upgrade_spec rc_pool treeN with "[$Hup' $Hκ $Hna]"); [done|].
        iIntros (w) "(Hw & Hκ & Hna)". iFrame "Hκ Hna". iExact "Hw". }
    iIntros (w) "(Hw & Hκ & Hna)". wp_pures.
    (** It is over, and the tree is back. *)
    iMod ("Hend" with "Hκ") as "H†". iMod ("Hback" with "H†") as "H".
    rewrite /heap_pointsto_pred. iDestruct "H" as (vl) "[>Hc Hv]".
    iAssert (▷ ⌜length vl = 1⌝)%I as "#>%Hlen".
    { iNext. iDestruct (lty_size_eq with "Hv") as %Hlen. iPureIntro. exact Hlen. }
    destruct vl as [|v' [|]]; try done. rewrite heap_pointsto_vec_singleton. wp_read.
    iPoseProof (node_glue_typed rc_pool) as "#Hglue".
    wp_apply (tree_drop_typed with "[$Hglue $Hna $Hv]"). iIntros "Hna". wp_pures.
    rewrite -heap_pointsto_vec_singleton. wp_free. wp_pures.
    wp_apply (tree_drop_typed with "[$Hglue $Hna $Hw]"). iIntros "Hna". wp_pures.
    wp_apply (tree_drop_typed with "[$Hglue $Hna Hhead]"); [iRight; iExact "Hhead"|]. iIntros "_". wp_pures.
    iPureIntro. by exists z.
  Qed.
End client.

(** Whatever the depth: never stuck, and a [u64]. *)
Theorem typed_tree_adequate (n : nat) :
  in_int_range u64 (Z.of_nat n) →
  adequate NotStuck (typed_tree n) ∅ (λ v _, ∃ z : Z, v = #z%V ∧ in_int_range u64 z).
Proof.
  intros Hn.
  apply (rc_adequacy_untracked #[rc_stdΣ; lftΣ; rcΣ lft] _
    (λ v, ∃ z : Z, v = #z%V ∧ in_int_range u64 z)).
  iIntros (HΣ Huntracked) "Hna". iApply (typed_tree_spec with "Hna"); done.
Qed.

(** One execution, computed: it gets to the end, and the memory is empty. *)
Lemma typed_tree_run :
  let o := run_program choice_reuse [] 10000 (typed_tree 3) in
  main_value o = Some #11%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.
