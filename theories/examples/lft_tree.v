(** * A tree whose nodes have weak handles, with types

The sum and the destructor are those of [rc_tree.v]; here nothing is said of them but what
their types say.

<<
  struct Node {
    value: u64, parent: Weak<Node>,
    left: Option<Rc<Node>>, right: Option<Rc<Node>>,
  }

  fn build(depth: u64, head: &Rc<Node>) -> Option<Rc<Node>> {
    if depth == 0 { return None }
    let left = build(depth - 1, head);  let right = build(depth - 1, head);
    Some(Rc::new(Node { value: depth, parent: Rc::downgrade(head), left, right }))
  }
>>
The nodes have one parent, which is there before them. (In [rc_tree.v] a node is the parent
of its children, which takes a [UniqueRc]; for this there is no type here.)

Key results: [node_of_contractive], [tree_sum_typed], [typed_build_typed], [node_glue_typed].
The closed program is in [lft_tree_client.v]. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc lft_option.
From tally.examples Require Import rc_tree.
From tally.prelude Require Import options.

Definition typed_node : val :=
  λ: ["value"; "parent"; "left"; "right"],
    let: "src" := Alloc #4 in
    "src" <- "value";;
    "src" +ₗ #1 <- "parent";;
    "src" +ₗ #2 <- "left";;
    "src" +ₗ #3 <- "right";;
    let: "tree" := rc_new 4 ["src"] in
    Free #4 "src";;
    "tree".
Definition typed_build : val :=
  rec: "build" ["depth"; "head"] :=
    if: "depth" = #0 then #0
    else
      let: "left" := "build" ["depth" - #1; "head"] in
      let: "right" := "build" ["depth" - #1; "head"] in
      let: "parent" := rc_downgrade ["head"] in
      typed_node ["depth"; "parent"; "left"; "right"].
(** Pure steps, whose credits are kept. *)
Local Ltac earn := repeat (wp_pure _ credit:"H£1"; iCombine "H£ H£1" as "H£").

Section tree.
  Context `{!lrustGS Σ, !lftG Σ, !na_invG Σ, HU : !UntrackedHeap Σ, HrcG : !rcG Σ lft}.
  Context (p : na_inv_pool_name).
  Implicit Types (l b : loc) (v w : val) (z : Z) (q : Qp) (κ : lft).

  Definition treeN : namespace := nroot .@ "typed_tree".
  Definition tree_of (τ : lty Σ) : lty Σ := option_rc_lty p treeN τ.
  Definition node_of (τ : ltyO Σ) : ltyO Σ :=
    pair_lty (int_lty u64)
      (pair_lty (weak_lty p treeN τ) (pair_lty (tree_of τ) (tree_of τ))).
  Global Instance node_of_contractive : Contractive node_of.
  Proof.
    intros n τ τ' Hτ. apply pair_lty_ne; [done|].
    apply pair_lty_ne; [by apply weak_lty_contractive|].
    apply pair_lty_ne; by apply option_rc_lty_contractive.
  Qed.
  Definition node : lty Σ := lty_fix node_of.
  Definition tree_lty : lty Σ := tree_of node.
  Definition up_lty : lty Σ := weak_lty p treeN node.

  Lemma node_size : lty_size node = 4.
  Proof. destruct (lty_fix_unfold node_of) as (Hs & _). exact Hs. Qed.
  Lemma node_cost : lty_cost node = 24.
  Proof. destruct (lty_fix_unfold node_of) as (_ & Hc & _). exact Hc. Qed.
  Lemma node_own z u v w :
    in_int_range u64 z →
    lty_own up_lty [u] -∗ lty_own tree_lty [v] -∗ lty_own tree_lty [w] -∗
    lty_own node [ #z; u; v; w].
  Proof.
    iIntros (Hz) "Hu Hv Hw". iApply (lty_eqv_own with "[] [-]").
    { iApply lty_eqv_sym. iApply (lty_fix_eqv node_of). }
    iExists [ #z]%V, [u; v; w]. iSplit; [done|].
    iSplitR; [by iApply int_ty_own_intro|].
    iExists [u], [v; w]. iSplit; [done|]. iFrame "Hu".
    iExists [v], [w]. iSplit; [done|]. iFrame "Hv Hw".
  Qed.
  Lemma one_own (τ : lty Σ) vl :
    lty_size τ = 1 → lty_own τ vl -∗ ∃ v, ⌜vl = [v]⌝ ∗ lty_own τ [v].
  Proof.
    iIntros (Hs) "H". iDestruct (lty_size_eq with "H") as %Hlen. rewrite Hs in Hlen.
    destruct vl as [|v [|]]; try done. iExists v. by iFrame "H".
  Qed.
  Lemma node_own_inv vl :
    lty_own node vl -∗ ∃ z u v w, ⌜vl = [ #z; u; v; w]%V⌝ ∗
      lty_own up_lty [u] ∗ lty_own tree_lty [v] ∗ lty_own tree_lty [w].
  Proof.
    iIntros "H". iDestruct (lty_eqv_own with "[] H") as "H".
    { iApply (lty_fix_eqv node_of). }
    iDestruct "H" as (vl1 vl2) "(-> & H1 & %vl3 & %vl4 & -> & H2 & %vl5 & %vl6 & -> & H3 & H4)".
    iAssert (ty_own (int_ty u64) vl1) with "H1" as "H1". rewrite int_ty_own.
    iDestruct "H1" as (z) "[-> _]".
    iDestruct (one_own with "H2") as (u) "[-> H2]"; [done|].
    iDestruct (one_own with "H3") as (v) "[-> H3]"; [done|].
    iDestruct (one_own with "H4") as (w) "[-> H4]"; [done|].
    iExists z, u, v, w. by iFrame "H2 H3 H4".
  Qed.
  (** A reference to a node is one to each field. *)
  Lemma node_shr κ l :
    lty_shr node κ l -∗ lty_shr (int_lty u64) κ l ∗ lty_shr up_lty κ (l +ₗ 1) ∗
      lty_shr tree_lty κ (l +ₗ 2) ∗ lty_shr tree_lty κ (l +ₗ 3).
  Proof.
    iIntros "H". iDestruct (lty_eqv_shr with "[] H") as "H".
    { iApply (lty_fix_eqv node_of). }
    iDestruct "H" as "($ & $ & H3 & H4)".
    iEval (rewrite !shift_loc_assoc) in "H3". iEval (rewrite !shift_loc_assoc) in "H4".
    iSplitL "H3"; [iExact "H3"|iExact "H4"].
  Qed.

  (** ** References *)
  Definition tree_shr κ v : iProp Σ := option_rc_shr p treeN node κ v.
  Lemma sum_step (a b : Z) :
    in_int_range u64 a → in_int_range u64 b →
    bin_op_eval_pure (WrapOp u64 AddOp) a b = Some (LitInt (int_wrap u64 (a + b))).
  Proof. intros Ha Hb. rewrite /= /arith_eval_at decide_True //=. Qed.
  Lemma tree_sum_typed κ q v :
    {{{ tree_shr κ v ∗ q.[κ] }}}
      tree_sum [v]
    {{{ z, RET #z; ⌜in_int_range u64 z⌝ ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "[Hv Hq] HΦ". iLöb as "IH" forall (v Φ).
    iDestruct "Hv" as "[->|(%b & -> & #Hb)]".
    { wp_rec. wp_pures. iApply "HΦ". by iFrame "Hq". }
    iDestruct (rc_at_shr_deref with "Hb") as "#Hnode".
    wp_rec. wp_op. wp_if. wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (node_shr with "Hnode") as "[Hval _]".
    wp_apply (int_shr_read with "[$Hval $Hq]"). iIntros (z) "[%Hz Hq]".
    wp_bind (tree_left _). wp_rec. wp_apply (rc_deref_spec with "[//]"). iIntros "_". wp_op.
    iDestruct (node_shr with "Hnode") as "(_ & _ & Hleft & _)".
    wp_apply (option_rc_shr_read with "[$Hleft $Hq]"). iIntros (vl) "[Hvl Hq]".
    wp_apply ("IH" with "Hvl Hq"). iIntros (s) "[%Hs Hq]".
    wp_bind (tree_right _). wp_rec. wp_apply (rc_deref_spec with "[//]"). iIntros "_". wp_op.
    iDestruct (node_shr with "Hnode") as "(_ & _ & _ & Hright)".
    wp_apply (option_rc_shr_read with "[$Hright $Hq]"). iIntros (vr) "[Hvr Hq]".
    wp_apply ("IH" with "Hvr Hq"). iIntros (s') "[%Hs' Hq]".
    pose proof (sum_step s s' Hs Hs') as Hadd. wp_op.
    pose proof (sum_step z _ Hz (int_wrap_in_range u64 (s + s'))) as Hadd'. wp_op.
    iModIntro. iApply "HΦ". iFrame "Hq". iPureIntro. apply int_wrap_in_range.
  Qed.

  (** ** Nodes and trees in hand *)
  Lemma typed_node_typed z u v w :
    in_int_range u64 z →
    {{{ £ 9 ∗ na_own p ⊤ ∗ lty_own up_lty [u] ∗ lty_own tree_lty [v] ∗ lty_own tree_lty [w] }}}
      typed_node [ #z; u; v; w]
    {{{ b, RET #b; na_own p ⊤ ∗ lty_own (rc_lty p treeN node) [ #b] }}}.
  Proof using HU.
    iIntros (Hz Φ) "(H£ & Hna & Hu & Hv & Hw) HΦ". rewrite /typed_node. earn.
    wp_alloc src as "Hsrc" "Hsrc†".
    rewrite /= !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    iDestruct "Hsrc" as "(H0 & H1 & H2 & H3 & _)".
    earn. wp_write. earn. wp_write. earn. wp_write. earn. wp_write. earn.
    iDestruct (lc_weaken 24 with "H£") as "H£"; [simpl; lia|].
    iDestruct (node_own with "Hu Hv Hw") as "Hnode"; [exact Hz|].
    pose proof (rc_lty_new_spec p treeN node ⊤ src [ #z; u; v; w]%V 1 0) as Hnew.
    rewrite node_size node_cost in Hnew.
    wp_apply (Hnew with "[H£ Hna H0 H1 H2 H3 Hnode]"); [done| |].
    { iFrame "Hna Hnode". iSplitL "H£"; [iExact "H£"|].
      iSplitR; [iApply heap_lease_untracked|].
      rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc. by iFrame. }
    iIntros (b) "(Hb & Hna & Hsrc)". wp_pures. wp_free. wp_pures.
    iApply "HΦ". by iFrame "Hna Hb".
  Qed.
  Lemma typed_build_typed (n : nat) b :
    in_int_range u64 (Z.of_nat n) →
    {{{ na_own p ⊤ ∗ lty_own (rc_lty p treeN node) [ #b] }}}
      typed_build [ #n; #b]
    {{{ v, RET v; na_own p ⊤ ∗ lty_own (rc_lty p treeN node) [ #b] ∗ lty_own tree_lty [v] }}}.
  Proof using HU.
    induction n as [|n IH]; iIntros (Hn Φ) "[Hna Hb] HΦ".
    { wp_rec. wp_pures. iApply "HΦ". iFrame "Hna Hb". by iLeft. }
    assert (in_int_range u64 (Z.of_nat n)) as Hn'.
    { change (0 ≤ Z.of_nat (S n) ≤ int_max u64)%Z in Hn.
      change (0 ≤ Z.of_nat n ≤ int_max u64)%Z. lia. }
    assert (Z.of_nat (S n) - 1 = Z.of_nat n)%Z as Hpred by lia.
    wp_rec. iMod lc_zero as "H£". earn.
    rewrite Hpred. wp_apply (IH with "[$Hna $Hb]"); [done|]. iIntros (v) "(Hna & Hb & Hv)".
    earn. rewrite Hpred. wp_apply (IH with "[$Hna $Hb]"); [done|].
    iIntros (w) "(Hna & Hb & Hw)". earn.
    wp_apply (rc_lty_downgrade_spec p treeN node ⊤ b with "[$Hna $Hb]"); [done|].
    iIntros "(Hna & Hb & Hu)". earn.
    iDestruct (lc_weaken 9 with "H£") as "H£"; [simpl; lia|].
    wp_apply (typed_node_typed (Z.of_nat (S n)) with "[$H£ $Hna $Hu $Hv $Hw]"); [done|].
    iIntros (c) "[Hna Hc]". iApply "HΦ". iFrame "Hna Hb". by iRight.
  Qed.

  (** The destructor of a tree, if that of a node is one. *)
  Lemma tree_drop_typed v :
    {{{ ty_drop_spec (na_own p ⊤) (lty_ty node) node_glue (λ _, True) ∗
        na_own p ⊤ ∗ lty_own tree_lty [v] }}}
      tree_drop [v]
    {{{ RET #☠; na_own p ⊤ }}}.
  Proof.
    pose proof (option_rc_lty_drop_spec p treeN node ⊤ node_glue (λ _, True)%I v) as Hdrop.
    rewrite node_size in Hdrop. by apply Hdrop.
  Qed.
  Lemma node_glue_typed :
    ⊢ ty_drop_spec (na_own p ⊤) (lty_ty node) node_glue (λ _, True).
  Proof.
    iLöb as "IH". iEval (rewrite /ty_drop_spec).
    iIntros (l vl) "!> %Φ (Hna & Hl & Hvl) HΦ".
    iDestruct (node_own_inv with "Hvl") as (z u v w) "(-> & Hu & Hv & Hw)".
    rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    iDestruct "Hl" as "(H0 & H1 & H2 & H3 & _)".
    wp_rec. wp_pures. wp_read. wp_pure _ credit:"H£". wp_pures.
    pose proof (weak_lty_drop_spec p treeN node ⊤ u) as Hweak. rewrite node_size in Hweak.
    wp_apply (Hweak with "[$H£ $Hna $Hu]"); [done|]. iIntros "Hna". wp_pures. wp_read. wp_let.
    wp_apply (tree_drop_typed with "[$IH $Hna $Hv]"). iIntros "Hna". wp_pures. wp_read. wp_let.
    wp_apply (tree_drop_typed with "[$IH $Hna $Hw]"). iIntros "Hna".
    iApply ("HΦ" $! [ #z; u; v; w]%V).
    rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    iFrame "Hna H0 H1 H2 H3". iPureIntro. by rewrite /= node_size.
  Qed.
End tree.
