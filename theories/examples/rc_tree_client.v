(** * A family: a parent, a child, and what the child sees of the parent

<<
  let root = build(depth, Weak::new());          // a complete binary tree
  let sum = sum(&root);
  let child = root.left.clone();
  let up = child.parent.upgrade();
  let same = Rc::ptr_eq(&up, &root);
  let strong = Rc::strong_count(&root);  let weak = Rc::weak_count(&root);
  let seen_strong = child.parent.strong_count();
  let strong_child = Rc::strong_count(&child);
  drop(up);  drop(root);
  let none = child.parent.upgrade();
  let gone_strong = child.parent.strong_count();
  let gone_weak = child.parent.weak_count();
  let alone = Rc::strong_count(&child);  let sum_child = sum(&child);
  drop(child);
>>

[depth] is any number from 2 on that is a [u64]; sums are [u64]s, which wrap. While the
root is alive, going up from the child gives the root: the same pointer, with [strong = 2];
its two children make [weak = 2]. The drop of the root frees the other subtree, but neither
the child, which has another handle, nor the memory of the root, as the child has a weak
one. Then going up fails, and the child sees that there is nobody ([gone_strong = 0]). The
drop of the child frees all the rest.

[family_adequate]: no execution gets stuck, whatever it returns all these answers are
exact, and _when it returns the memory is empty_. [family_run] computes one execution. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.logic Require Import marked_share.
From tally.types Require Import type.
From tally.rc Require Import rc rc_steps.
From tally.examples Require Import expect rc_old_statements rc_tree.
From tally.prelude Require Import options.

Definition family (depth : nat) : expr :=
  let: "root" := tree_build [ #depth; weak_new [] ] in
  let: "sum" := tree_sum ["root"] in
  let: "child" := rc_clone [tree_left ["root"] ] in
  let: "parent" := tree_parent ["child"] in
  let: "up" := weak_upgrade ["parent"] in
  let: "same" := rc_ptr_eq ["up"; "root"] in
  let: "strong" := rc_strong_count ["root"] in
  let: "weak" := rc_weak_count ["root"] in
  let: "seen_strong" := weak_strong_count ["parent"] in
  let: "strong_child" := rc_strong_count ["child"] in
  tree_drop ["up"];;
  tree_drop ["root"];;
  let: "none" := weak_upgrade ["parent"] in
  let: "gone_strong" := weak_strong_count ["parent"] in
  let: "gone_weak" := weak_weak_count ["parent"] in
  let: "alone" := rc_strong_count ["child"] in
  let: "sum_child" := tree_sum ["child"] in
  tree_drop ["child"];;
  expect "sum" (int_wrap u64 (2 ^ (depth + 1) - depth - 2))
    (expect "same" 1
    (expect "strong" 2
    (expect "weak" 2
    (expect "seen_strong" 2
    (expect "strong_child" 2
    (expect "none" 0
    (expect "gone_strong" 0
    (expect "gone_weak" 0
    (expect "alone" 1
    (expect "sum_child" (int_wrap u64 (2 ^ depth - depth - 1)) #true)))))))))).

Section client.
  Context `{!lrustGS Σ, !na_invG Σ, !markedG Σ, HrcG : !rcG Σ gname}.
  Local Existing Instance tree_so_rcG.

  Lemma family_spec (d : nat) :
    in_int_range u64 (Z.of_nat (S (S d))) →
    heap_lease 1 0 -∗ WP family (S (S d)) {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros (Hd) "Hlease". iMod na_alloc as (p) "Hna". rewrite /family.
    pose proof (complete_range _ Hd) as Hrange.
    pose proof (total_complete (S (S d))) as Htotal.
    pose proof (total_complete (S d)) as Htotal_child.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease H]".
    wp_apply (weak_new_spec with "[//]"). iIntros "_".
    wp_apply (tree_build_spec p with "[$Hna $Hlease $H]").
    iIntros (v) "(Hna & Hroot & H)". wp_pures.
    (** The two upper levels, and what is below. *)
    assert (∃ t : tree, complete (S d) = Node (S d) t t ∧
      complete (S (S d)) = Node (S (S d)) (complete (S d)) (complete (S d)))
      as (t & Hchild & Hroot) by by eexists.
    rewrite Hroot Hchild in Hrange, Htotal |- *. rewrite Hchild in Htotal_child.
    destruct Hrange as (_ & Hrange & _). cbn [total] in Htotal.
    assert (2 ^ (Z.of_nat (S d) + 1) - Z.of_nat (S d) - 2 =
      2 ^ Z.of_nat (S (S d)) - Z.of_nat (S (S d)) - 1)%Z as Hexpect.
    { replace (Z.of_nat (S (S d))) with (Z.of_nat (S d) + 1)%Z by lia. lia. }
    rewrite Hexpect in Htotal_child.
    wp_apply (tree_sum_spec with "Hroot"); [done|]. iIntros "Hroot".
    cbn [total]. rewrite Htotal. wp_pures.
    (** The root and its left child, which gets a second handle. *)
    rewrite (is_tree_node _ _ _ (Node _ _ _)).
    iDestruct "Hroot" as (l γ i vl vr) "([-> %Hγ] & Hroot & Hleft & Hright)".
    rewrite {1}is_tree_node.
    iDestruct "Hleft" as (lc γc ic vcl vcr) "([-> %Hγc] & Hchild & Hcl & Hcr)".
    wp_apply (tree_left_spec with "Hroot"). iIntros "Hroot".
    wp_apply (rc_clone_spec (tree_so p) ⊤ with "[$Hna $Hchild]"); [done|].
    iIntros "[Hna Hchild]". wp_pures.
    (** From the child to the parent. *)
    wp_apply (tree_parent_spec with "Hchild"). iIntros "Hchild". wp_pures.
    wp_apply (weak_upgrade_rc_spec (tree_so p) ⊤ with "[$Hna $Hroot]"); [done|].
    iIntros "[Hna Hroot]". wp_pures.
    iAssert (rc_own (tree_so p) γ i l _ (1 / 2 + 1 / 2) (1 + 1) (2 + 0)) with "[Hroot]"
      as "Hroot"; [by rewrite Qp.half_half|].
    rewrite rc_own_split. iDestruct "Hroot" as "[Hroot Hup]".
    wp_apply (rc_ptr_eq_spec (tree_so p) ⊤ with "[$Hna $Hup $Hroot]"); [done|].
    iIntros "(Hna & Hup & Hroot)". rewrite bool_decide_eq_true_2 //. wp_pures.
    iCombine "Hroot Hup" as "Hroot". rewrite -rc_own_split Qp.half_half.
    wp_apply (rc_strong_count_spec (tree_so p) ⊤ with "[$Hna $Hroot]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hroot)". rewrite (Hm eq_refl). wp_pures.
    wp_apply (rc_weak_count_spec (tree_so p) ⊤ with "[$Hna $Hroot]"); [done|].
    iIntros (mw) "((_ & _ & %Hmw) & Hna & Hroot)". rewrite (Hmw eq_refl). wp_pures.
    wp_apply (weak_strong_count_rc_spec (tree_so p) ⊤ with "[$Hna $Hroot]"); [done|].
    iIntros (ms) "((_ & _ & %Hms) & Hna & Hroot)". rewrite (Hms eq_refl). wp_pures.
    wp_apply (rc_strong_count_spec (tree_so p) ⊤ with "[$Hna $Hchild]"); [done|].
    iIntros (mc) "((_ & _ & %Hmc) & Hna & Hchild)". rewrite (Hmc eq_refl). wp_pures.
    (** The parent goes, with the other child. *)
    wp_apply (tree_drop_keep_spec p γ i l with "[$Hna $Hroot]").
    iIntros "[Hna Hroot]". wp_pures.
    wp_apply (tree_drop_node_spec p True True
      (is_node p γc ic lc (Z.of_nat (S d)) #l vcl vcr (1 + 1) (ups t + ups t))
      (is_node p γc ic lc (Z.of_nat (S d)) #l vcl vcr 1 (ups t + ups t))
      (is_tree p 1 (Node (Z.of_nat (S d)) t t) (1 / 2 / 2 / 2) #l vr)
      (heap_lease (1 / 2 / 2 / 2) 0) γ i l (Z.of_nat (S (S d))) #0 #lc vr _ 2 1
      with "[] [] [] [$Hna $Hroot $Hchild $Hright]").
    { iIntros "!> %Φ [Hna _] HΦ". iApply (weak_drop_dangling_spec with "[//]").
      iIntros "!> _". iApply "HΦ". by iFrame. }
    { iIntros "!> %Φ (Hna & Hweak & Hc) HΦ". iApply (tree_drop_keep_spec with "[$Hna $Hc]").
      iIntros "!> [Hna Hc]". iApply "HΦ". iFrame. }
    { iApply (tree_drop_spec p (Node _ _ _) _ _ _ (weak_own (tree_so p) γ l (1 / 2)) 1).
      iIntros "!>" (j) "!> %Φ H HΦ". by iApply (weak_drop_spec (tree_so p) ⊤ with "H"). }
    iIntros "(Hna & Hlast & _ & Hchild & Hright)". wp_pures.
    (** The child cannot get at it any more. *)
    wp_apply (weak_upgrade_last_spec (tree_so p) ⊤ with "[$Hna $Hlast]"); [done|lia|].
    iIntros "[Hna Hlast]". wp_pures.
    wp_apply (weak_strong_count_last_spec (tree_so p) ⊤ with "[$Hna $Hlast]"); [done|lia|].
    iIntros "[Hna Hlast]". wp_pures.
    wp_apply (weak_weak_count_last_spec (tree_so p) ⊤ with "[$Hna $Hlast]"); [done|lia|].
    iIntros "[Hna Hlast]". wp_pures.
    wp_apply (rc_strong_count_spec (tree_so p) ⊤ with "[$Hna $Hchild]"); [done|].
    iIntros (m1) "((_ & _ & %Hm1) & Hna & Hchild)". rewrite (Hm1 eq_refl). wp_pures.
    iAssert (is_tree p 1 (Node (Z.of_nat (S d)) t t) (1 / 2 / 2 / 2) #l #lc)
      with "[Hchild Hcl Hcr]" as "Hchild".
    { rewrite is_tree_node. iExists lc, γc, ic, vcl, vcr. by iFrame. }
    wp_apply (tree_sum_spec with "Hchild"); [done|]. iIntros "Hchild".
    rewrite Htotal_child. wp_pures.
    wp_apply (tree_drop_spec p (Node _ _ _) _ _ _ (rc_last_own (tree_so p) γ l 1) 0
      with "[] [$Hna $Hlast $Hchild]").
    { iIntros "!>" (j) "!> %Φ H HΦ". by iApply (weak_drop_last_spec (tree_so p) ⊤ with "H"). }
    iIntros "(Hna & Hlast & Hchild)".
    iMod (rc_reclaim with "Hlast Hna") as "[Hroot Hna]"; [done|]. rewrite Hγ.
    wp_let. do 11 iApply expect_eq. wp_pures. iModIntro. iSplitR; [done|].
    iApply heap_lease_halves. iFrame "H". iApply heap_lease_halves. iFrame "Hroot".
    iApply heap_lease_halves. iFrame.
  Qed.
End client.

Definition rc_treeΣ : gFunctors := #[lrustΣ; na_invΣ; markedΣ; rcΣ gname].

Theorem family_adequate (d : nat) :
  in_int_range u64 (Z.of_nat (S (S d))) →
  adequate NotStuck (family (S (S d))) ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  intros Hd. apply (lrust_adequacy_leak_free rc_treeΣ _ (λ v, v = #true%V)).
  intros HΣ. by apply family_spec.
Qed.

(** One execution, computed: it gets to the end. *)
Lemma family_run :
  let o := run_program choice_reuse [] 20000 (family 3) in
  main_value o = Some #true%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.
