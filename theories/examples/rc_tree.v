(** * A tree whose nodes know their parents

<<
  struct Node {
    value: u64, parent: Weak<Node>,
    left: Option<Rc<Node>>, right: Option<Rc<Node>>,
  }

  fn build(depth: u64, parent: Weak<Node>) -> Rc<Node> {
    let mut tree = UniqueRc::new(Node { value: depth, parent, left: None, right: None });
    if depth > 1 {
      tree.left = Some(build(depth - 1, UniqueRc::downgrade(&tree)));
      tree.right = Some(build(depth - 1, UniqueRc::downgrade(&tree)));
    }
    UniqueRc::into_rc(tree)
  }
>>

A node is unique while its children are made, which already get their weak handles to it;
then it is shared. [build], [sum] and the destructor are recursive programs. The children
of a node drop their weak handles to it _in its destructor_.

** Who owns what
As in [rc_list.v] the content of a node is four words that do not change while they are
shared, and what the words mean is not in the type. [is_tree k t q parent v] holds all
handles to the nodes of a tree: [k] strong ones to the root and one to each other node;
and with the strong ones to a node the weak ones that its children have. So what the node
[v] has of its [parent] is with the owner of the parent, and both counts of each node are
known: the weak one is the number of its children.

When the last handle of a node goes its weak ones are still there. [rc_drop_lend_spec]
lends them to the destructor; with them the children are dropped ([tree_drop_spec]), and
what comes back is that there are none left. Then the lease of the node's memory is
given back.

Key results: [tree_build_spec], [tree_sum_spec], [tree_drop_spec], and
[tree_drop_node_spec] for a node whose children may stay. Client: [rc_tree_client.v]. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import shared_own marked_share.
From tally.types Require Import type.
From tally.rc Require Import rc rc_option.
From tally.prelude Require Import options.

(** ** Programs *)
Definition tree_build : val :=
  rec: "build" ["depth"; "parent"] :=
    let: "src" := Alloc #4 in
    "src" <- "depth";;
    "src" +ₗ #1 <- "parent";;
    "src" +ₗ #2 <- #0;;
    "src" +ₗ #3 <- #0;;
    let: "tree" := unique_rc_new 4 ["src"] in
    Free #4 "src";;
    (if: "depth" ≤ #1 then #☠
     else
       let: "node" := unique_rc_deref ["tree"] in
       "node" +ₗ #2 <- "build" ["depth" - #1; unique_rc_downgrade ["tree"] ];;
       "node" +ₗ #3 <- "build" ["depth" - #1; unique_rc_downgrade ["tree"] ]);;
    unique_rc_into_rc ["tree"].
Definition tree_parent : val :=
  λ: ["tree"], !(rc_deref ["tree"] +ₗ #1).
Definition tree_left : val :=
  λ: ["tree"], !(rc_deref ["tree"] +ₗ #2).
Definition tree_right : val :=
  λ: ["tree"], !(rc_deref ["tree"] +ₗ #3).
Definition tree_sum : val :=
  rec: "sum" ["tree"] :=
    if: "tree" = #0 then #0
    else
      !(rc_deref ["tree"]) +⟨u64⟩
        ("sum" [tree_left ["tree"] ] +⟨u64⟩ "sum" [tree_right ["tree"] ]).
(** The destructor of a node drops its fields, … *)
Definition node_glue : val :=
  rec: "drop" ["node"] :=
    let: "parent" := !("node" +ₗ #1) in
    weak_drop 4 ["parent"];;
    let: "left" := !("node" +ₗ #2) in
    (option_rc_drop_expr 4 "drop") ["left"];;
    let: "right" := !("node" +ₗ #3) in
    (option_rc_drop_expr 4 "drop") ["right"].
(** … and that of a tree. *)
Definition tree_drop : val := option_rc_drop 4 node_glue.

Inductive tree := Leaf | Node (z : Z) (tl tr : tree).
Fixpoint complete (depth : nat) : tree :=
  match depth with
  | 0 => Leaf
  | S d => Node (Z.of_nat depth) (complete d) (complete d)
  end.
Fixpoint total (t : tree) : Z :=
  match t with Leaf => 0 | Node z tl tr => z + (total tl + total tr) end.
Fixpoint tree_Forall (P : Z → Prop) (t : tree) : Prop :=
  match t with
  | Leaf => True
  | Node z tl tr => P z ∧ tree_Forall P tl ∧ tree_Forall P tr
  end.
(** How many handles to its parent the root has. *)
Definition ups (t : tree) : nat := match t with Leaf => 0 | Node _ _ _ => 1 end.

Lemma total_complete depth : total (complete depth) = (2 ^ (depth + 1) - depth - 2)%Z.
Proof.
  induction depth as [|d IH]; [done|]. cbn [complete total]. rewrite IH.
  replace (Z.of_nat (S d)) with (Z.of_nat d + 1)%Z by lia.
  rewrite (Z.pow_add_r 2 (Z.of_nat d + 1) 1); lia.
Qed.
Lemma complete_range depth :
  in_int_range u64 (Z.of_nat depth) → tree_Forall (in_int_range u64) (complete depth).
Proof.
  induction depth as [|d IH]; [done|]. intros Hd. split; [done|]. split; apply IH.
  all: change (0 ≤ Z.of_nat (S d) ≤ int_max u64)%Z in Hd.
  all: change (0 ≤ Z.of_nat d ≤ int_max u64)%Z; lia.
Qed.

Section tree.
  Context `{!lrustGS Σ, !na_invG Σ, !markedG Σ, HrcG : !rcG Σ gname}.
  Context (p : na_inv_pool_name).
  Implicit Types (l : loc) (v vl vr parent : val) (z : Z) (t : tree) (q : Qp) (k : positive).
  Implicit Types (j : nat).

  Definition treeN : namespace := nroot .@ "tree".
  Definition tree_so : rc_shared_own p treeN eq (uninit_ty 4) :=
    rc_so_fixed (so_marked (na_own p) (rc_contentN treeN) (rc_fixed_content (uninit_ty 4))).
  Local Instance tree_so_rcG : rcG Σ (so_id tree_so) := HrcG.

  Definition is_node γ i l z parent vl vr k j : iProp Σ :=
    rc_own tree_so γ i l [ #z; parent; vl; vr]%V 1 k j.
  (** All handles to the nodes of a tree: [k] strong ones to its root, one to each of the
  others, and to each the weak ones that its children have. *)
  Fixpoint is_tree k t q parent v : iProp Σ :=
    match t with
    | Leaf => ⌜v = #0⌝ ∗ heap_lease q 0
    | Node z tl tr => ∃ l γ i vl vr, ⌜v = #l ∧ rc_lease_of γ = ((q / 2)%Qp, 0)⌝ ∗
        is_node γ i l z parent vl vr k (ups tr + ups tl) ∗
        is_tree 1 tl (q / 2 / 2) #l vl ∗ is_tree 1 tr (q / 2 / 2) #l vr
    end%I.

  Lemma is_tree_node k z tl tr q parent v :
    is_tree k (Node z tl tr) q parent v ⊣⊢
    ∃ l γ i vl vr, ⌜v = #l ∧ rc_lease_of γ = ((q / 2)%Qp, 0)⌝ ∗
      is_node γ i l z parent vl vr k (ups tr + ups tl) ∗
      is_tree 1 tl (q / 2 / 2) #l vl ∗ is_tree 1 tr (q / 2 / 2) #l vr.
  Proof. done. Qed.

  Lemma pointsto_4 l q v1 v2 v3 v4 :
    l ↦∗{q} [v1; v2; v3; v4] ⊣⊢
    l ↦{q} v1 ∗ (l +ₗ 1) ↦{q} v2 ∗ (l +ₗ 2) ↦{q} v3 ∗ (l +ₗ 3) ↦{q} v4.
  Proof.
    rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil right_id.
    by rewrite !shift_loc_assoc.
  Qed.

  (** A node that is being made. *)
  Lemma unique_node_acc γ l wl r j :
    unique_rc_own tree_so γ l wl r j -∗
    (l +ₗ 2) ↦∗ wl ∗ (∀ wl', ⌜length wl' = 4⌝ -∗ (l +ₗ 2) ↦∗ wl' -∗
      unique_rc_own tree_so γ l wl' r j).
  Proof.
    iIntros "H". iDestruct (unique_rc_own_acc with "H") as "($ & _ & Hback)".
    iIntros (wl' Hlen) "Hl". by iApply ("Hback" with "Hl").
  Qed.
  Lemma tree_build_spec (d : nat) parent q q' :
    {{{ na_own p ⊤ ∗ heap_lease q 0 ∗ heap_lease q' 0 }}}
      tree_build [ #(S d); parent]
    {{{ v, RET v; na_own p ⊤ ∗ is_tree 1 (complete (S d)) q parent v ∗ heap_lease q' 0 }}}.
  Proof.
    iIntros (Φ) "(Hna & Hq & Hq') HΦ". iInduction d as [|d] "IH" forall (parent q Φ); wp_rec.
    all: wp_alloc src as "Hsrc" "Hsrc†" with "Hq'"; wp_pures.
    all: iEval (rewrite /= pointsto_4) in "Hsrc"; iDestruct "Hsrc" as "(H1 & H2 & H3 & H4)".
    all: wp_write; wp_pures; wp_write; wp_pures; wp_write; wp_pures; wp_write; wp_pures.
    all: iDestruct (heap_lease_halves with "Hq") as "[Hq Hc]".
    all: iDestruct (heap_lease_halves with "Hc") as "[Hl Hr]".
    all: wp_apply (unique_rc_new_spec tree_so src [ _; _; _; _] with "[$Hq H1 H2 H3 H4]").
    all: try (rewrite pointsto_4; by iFrame).
    all: iIntros (l γ) "(%Hγ & Hu & Hsrc)"; wp_pures; wp_free with "Hq'"; wp_pures.
    - wp_apply (unique_rc_into_rc_spec tree_so ⊤ with "[$Hna $Hu]"); [done..|].
      iIntros (i) "[Hna Hrc]". iApply "HΦ". iFrame "Hna Hq'".
      iExists l, γ, i, #0, #0. by iFrame.
    - rewrite bool_decide_eq_false_2; [|lia]. wp_pures.
      wp_apply (unique_rc_deref_spec with "[//]"). iIntros "_". wp_pures.
      assert (Z.of_nat (S (S d)) - 1 = Z.of_nat (S d))%Z as -> by lia.
      wp_apply (unique_rc_downgrade_spec tree_so ⊤ with "[$Hna $Hu]"); [done|].
      iIntros "[Hna Hu]". wp_apply ("IH" with "Hna Hl Hq'"). iIntros (vl) "(Hna & Hl & Hq')".
      iDestruct (unique_node_acc with "Hu") as "[Hn Hback]". rewrite pointsto_4.
      iDestruct "Hn" as "(H1 & H2 & H3 & H4)". wp_write.
      iDestruct ("Hback" $! [ _; _; _; _] with "[//] [H1 H2 H3 H4]") as "Hu".
      { rewrite pointsto_4. iFrame. }
      wp_pures. assert (Z.of_nat (S (S d)) - 1 = Z.of_nat (S d))%Z as -> by lia.
      wp_apply (unique_rc_downgrade_spec tree_so ⊤ with "[$Hna $Hu]"); [done|].
      iIntros "[Hna Hu]". wp_apply ("IH" with "Hna Hr Hq'"). iIntros (vr) "(Hna & Hr & Hq')".
      iDestruct (unique_node_acc with "Hu") as "[Hn Hback]". rewrite pointsto_4.
      iDestruct "Hn" as "(H1 & H2 & H3 & H4)". wp_write.
      iDestruct ("Hback" $! [ _; _; _; _] with "[//] [H1 H2 H3 H4]") as "Hu".
      { rewrite pointsto_4. iFrame. }
      wp_pures. wp_apply (unique_rc_into_rc_spec tree_so ⊤ with "[$Hna $Hu]"); [done..|].
      iIntros (i) "[Hna Hrc]". iApply "HΦ". iFrame "Hna Hq'".
      iExists l, γ, i, vl, vr. by iFrame.
  Qed.

  (** ** The fields are read through any handle *)
  Lemma node_acc γ i l z parent vl vr k j :
    is_node γ i l z parent vl vr k j -∗ ∃ q, (l +ₗ 2) ↦∗{q} [ #z; parent; vl; vr] ∗
      ((l +ₗ 2) ↦∗{q} [ #z; parent; vl; vr] -∗ is_node γ i l z parent vl vr k j).
  Proof. apply rc_deref_acc. Qed.
  Local Lemma node_field_spec (n : nat) γ i l z parent vl vr k j v :
    [ #z; parent; vl; vr]%V !! n = Some v →
    {{{ is_node γ i l z parent vl vr k j }}}
      !(rc_deref [ #l] +ₗ #n)
    {{{ RET v; is_node γ i l z parent vl vr k j }}}.
  Proof.
    iIntros (Hv Φ) "H HΦ". wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (node_acc with "H") as (q) "[Hl Hback]". rewrite pointsto_4.
    iDestruct "Hl" as "(H1 & H2 & H3 & H4)". wp_pures.
    destruct n as [|[|[|[|]]]]; simplify_eq/=; rewrite ?shift_loc_0; wp_read;
      iApply "HΦ"; iApply "Hback"; by iFrame.
  Qed.
  Lemma tree_parent_spec γ i l z parent vl vr k j :
    {{{ is_node γ i l z parent vl vr k j }}}
      tree_parent [ #l]
    {{{ RET parent; is_node γ i l z parent vl vr k j }}}.
  Proof. iIntros (Φ) "H HΦ". wp_rec. by iApply (node_field_spec 1 with "H"). Qed.
  Lemma tree_left_spec γ i l z parent vl vr k j :
    {{{ is_node γ i l z parent vl vr k j }}}
      tree_left [ #l]
    {{{ RET vl; is_node γ i l z parent vl vr k j }}}.
  Proof. iIntros (Φ) "H HΦ". wp_rec. by iApply (node_field_spec 2 with "H"). Qed.
  Lemma tree_right_spec γ i l z parent vl vr k j :
    {{{ is_node γ i l z parent vl vr k j }}}
      tree_right [ #l]
    {{{ RET vr; is_node γ i l z parent vl vr k j }}}.
  Proof. iIntros (Φ) "H HΦ". wp_rec. by iApply (node_field_spec 3 with "H"). Qed.

  Lemma u64_add_wrap (z1 z2 : Z) :
    in_int_range u64 z1 →
    bin_op_eval_pure (WrapOp u64 AddOp) z1 (int_wrap u64 z2) =
    Some (LitInt (int_wrap u64 (z1 + z2))).
  Proof.
    intros Hz. rewrite /= /arith_eval_at decide_True //=; [by rewrite int_wrap_add_wrap_r|].
    split; [done|]. apply int_wrap_in_range.
  Qed.
  Lemma u64_wrap_add_wrap (z1 z2 : Z) :
    bin_op_eval_pure (WrapOp u64 AddOp) (int_wrap u64 z1) (int_wrap u64 z2) =
    Some (LitInt (int_wrap u64 (z1 + z2))).
  Proof.
    rewrite u64_add_wrap; [|apply int_wrap_in_range].
    by rewrite Z.add_comm int_wrap_add_wrap_r Z.add_comm.
  Qed.
  Lemma tree_sum_spec k t q parent v :
    tree_Forall (in_int_range u64) t →
    {{{ is_tree k t q parent v }}}
      tree_sum [v]
    {{{ RET #(int_wrap u64 (total t)); is_tree k t q parent v }}}.
  Proof.
    revert k q parent v. induction t as [|z tl IHl tr IHr]; iIntros (k q parent v Ht Φ) "H HΦ".
    { iDestruct "H" as "[-> H]". wp_rec. wp_pures. iModIntro. iApply "HΦ". by iFrame. }
    iDestruct "H" as (l γ i vl vr) "([-> %Hγ] & Hn & Hl & Hr)". destruct Ht as (Hz & Htl & Htr).
    wp_rec. wp_op. wp_if. wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (node_acc with "Hn") as (q') "[Hc Hback]". rewrite pointsto_4.
    iDestruct "Hc" as "(H1 & H2 & H3 & H4)". wp_read.
    iAssert (is_node γ i l z parent vl vr k _) with "[H1 H2 H3 H4 Hback]" as "Hn".
    { iApply "Hback". iFrame. }
    wp_apply (tree_left_spec with "Hn"). iIntros "Hn".
    wp_apply (IHl with "Hl"); [done|]. iIntros "Hl".
    wp_apply (tree_right_spec with "Hn"). iIntros "Hn".
    wp_apply (IHr with "Hr"); [done|]. iIntros "Hr".
    pose proof (u64_wrap_add_wrap (total tl) (total tr)). wp_op.
    pose proof (u64_add_wrap z (total tl + total tr) Hz). wp_op.
    iModIntro. iApply "HΦ". iExists l, γ, i, vl, vr. by iFrame "Hn Hl Hr".
  Qed.

  (** ** Drops *)

  (** The node with its last handle: its fields go, while the weak handles that its
  children have, all of them in hand, are lent to them. *)
  Lemma tree_drop_node_spec (P P' Q Q' S S' : iProp Σ) γ i l z parent vl vr j j1 j2 :
    {{{ na_own p ⊤ ∗ P }}} weak_drop 4 [parent] {{{ RET #☠; na_own p ⊤ ∗ P' }}} -∗
    {{{ na_own p ⊤ ∗ weak_own tree_so γ l (1 / 2) j ∗ Q }}}
      tree_drop [vl]
    {{{ RET #☠; na_own p ⊤ ∗ weak_own tree_so γ l (1 / 2) j1 ∗ Q' }}} -∗
    {{{ na_own p ⊤ ∗ weak_own tree_so γ l (1 / 2) j1 ∗ S }}}
      tree_drop [vr]
    {{{ RET #☠; na_own p ⊤ ∗ weak_own tree_so γ l (1 / 2) j2 ∗ S' }}} -∗
    {{{ na_own p ⊤ ∗ is_node γ i l z parent vl vr 1 j ∗ P ∗ Q ∗ S }}}
      tree_drop [ #l]
    {{{ RET #☠; na_own p ⊤ ∗ rc_last_own tree_so γ l 1 j2 ∗ P' ∗ Q' ∗ S' }}}.
  Proof.
    iIntros "#Hparent #Hleft #Hright !> %Φ (Hna & Hnode & HP & HQ & HS) HΦ".
    iApply option_rc_drop_some. iNext.
    wp_apply (rc_drop_lend_spec tree_so ⊤ _ (P ∗ Q ∗ S)%I (λ j', ⌜j' = j2⌝ ∗ P' ∗ Q' ∗ S')%I
      with "[$Hna $Hnode $HP $HQ $HS]"); [done| |].
    { iIntros (wl <-) "_ (HP & HQ & HS) Hna Hweak Hl _". wp_rec. rewrite pointsto_4.
      iDestruct "Hl" as "(H1 & H2 & H3 & H4)". wp_pures. wp_read. wp_let.
      wp_apply ("Hparent" with "[$Hna $HP]"). iIntros "[Hna HP]". wp_pures. wp_read. wp_let.
      wp_apply ("Hleft" with "[$Hna $Hweak $HQ]"). iIntros "(Hna & Hweak & HQ)".
      wp_pures. wp_read. wp_let.
      wp_apply ("Hright" with "[$Hna $Hweak $HS]"). iIntros "(Hna & Hweak & HS)".
      iExists [ #z; parent; vl; vr]%V, j2. rewrite pointsto_4. by iFrame. }
    iIntros "[Hna [(% & _)|(%j' & Hlast & -> & HP & HQ & HS)]]"; [done|].
    iApply "HΦ". iFrame.
  Qed.

  (** A tree goes, and with it the handle that its root has to the parent: [P j] is what
  stands for [j] handles to the parent. *)
  Lemma tree_drop_spec t q parent v (P : nat → iProp Σ) j :
    □ (∀ j, {{{ na_own p ⊤ ∗ P (j + 1) }}}
      weak_drop 4 [parent] {{{ RET #☠; na_own p ⊤ ∗ P j }}}) -∗
    {{{ na_own p ⊤ ∗ P (j + ups t) ∗ is_tree 1 t q parent v }}}
      tree_drop [v]
    {{{ RET #☠; na_own p ⊤ ∗ P j ∗ heap_lease q 0 }}}.
  Proof.
    revert q parent v P j. induction t as [|z tl IHl tr IHr]; iIntros (q parent v P j);
      iIntros "#Hparent !> %Φ (Hna & HP & H) HΦ".
    { iDestruct "H" as "[-> H]". iApply option_rc_drop_none. iNext. iApply "HΦ".
      rewrite Nat.add_0_r. iFrame. }
    iDestruct "H" as (l γ i vl vr) "([-> %Hγ] & Hn & Hl & Hr)". iApply wp_fupd.
    iAssert (□ ∀ j, {{{ na_own p ⊤ ∗ weak_own tree_so γ l (1 / 2) (j + 1) }}}
      weak_drop 4 [ #l] {{{ RET #☠; na_own p ⊤ ∗ weak_own tree_so γ l (1 / 2) j }}})%I
      as "#Hweak".
    { iIntros "!>" (j') "!> %Ψ H HΨ". by iApply (weak_drop_spec tree_so ⊤ with "H"). }
    wp_apply (tree_drop_node_spec (P (j + 1)) (P j)
      (is_tree 1 tl (q / 2 / 2) #l vl) (heap_lease (q / 2 / 2) 0)
      (is_tree 1 tr (q / 2 / 2) #l vr) (heap_lease (q / 2 / 2) 0)
      γ i l _ _ _ _ _ (ups tr) 0 with "[] [] [] [$Hna $Hn $HP $Hl $Hr]").
    { iApply "Hparent". }
    { iApply (IHl _ _ _ (weak_own tree_so γ l (1 / 2)) (ups tr) with "Hweak"). }
    { iApply (IHr _ _ _ (weak_own tree_so γ l (1 / 2)) 0 with "Hweak"). }
    iIntros "(Hna & Hlast & HP & Hl & Hr)".
    iMod (rc_reclaim with "Hlast Hna") as "[Hq Hna]"; [done|]. rewrite Hγ.
    iModIntro. iApply "HΦ". iFrame "Hna HP". rewrite (heap_lease_halves q). iFrame "Hq".
    rewrite (heap_lease_halves (q / 2)). iFrame.
  Qed.
  (** Of several handles one goes, and nothing with it. *)
  Lemma tree_drop_keep_spec γ i l z parent vl vr k j :
    {{{ na_own p ⊤ ∗ is_node γ i l z parent vl vr (k + 1) j }}}
      tree_drop [ #l]
    {{{ RET #☠; na_own p ⊤ ∗ is_node γ i l z parent vl vr k j }}}.
  Proof.
    iIntros (Φ) "H HΦ". iApply option_rc_drop_some. iNext.
    by iApply (rc_drop_keep_spec tree_so ⊤ with "H").
  Qed.
End tree.

