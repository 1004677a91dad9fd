(** * Types made of types: a pair of an [Rc<Rc<u8>>] and an [Rc<Box<i32>>]

<<
  let outer = Rc::new(Rc::new(7u8));
  let pair = (outer.clone(), Rc::new(Box::new(41)));
  drop(pair);
  drop(outer);
>>

What the program calls to drop the pair is the destructor of its type, which is made
from those of its parts ([rust_type]): that of the first [Rc] only decrements a count,
that of the second is the last, runs the destructor of the box, and frees. Then the
last handle of the first goes, whose content is a handle, the last one again.

[compound_adequate]: no execution gets stuck. [compound_run_no_leak]: executed, with
two ways to allocate, the memory is empty at the end. That is a computation and not a
theorem about all executions. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.logic Require Import shared_own.
From tally.types Require Import rust_type.
From tally.rc Require Import rc rc_types.
From tally.prelude Require Import options.

Definition drop_rc_u8 : val := rc_drop_in_place 1 drop_nothing.
Definition drop_rc_rc : val := rc_drop_in_place 1 drop_rc_u8.
Definition drop_rc_box : val := rc_drop_in_place 1 (box_drop_in_place 1 drop_nothing).
Definition drop_pair : val := prod_drop_in_place 1 drop_rc_rc drop_rc_box.

Definition compound : expr :=
  let: "src" := Alloc #1 in
  "src" <- #7;;
  let: "inner" := rc_new 1 ["src"] in
  "src" <- "inner";;
  let: "outer" := rc_new 1 ["src"] in
  let: "box" := Alloc #1 in
  "box" <- #41;;
  "src" <- "box";;
  let: "other" := rc_new 1 ["src"] in
  Free #1 "src";;
  let: "outer2" := rc_clone ["outer"] in
  let: "pair" := Alloc #2 in
  "pair" <- "outer2";;
  "pair" +ₗ #1 <- "other";;
  drop_pair ["pair"];;
  Free #2 "pair";;
  rc_drop 1 drop_rc_u8 ["outer"].

Section types.
  Context `{!lrustGS Σ, !na_invG Σ, !cinvG Σ, HrcG : !rcG Σ gname} (p : na_inv_pool_name).

  (** A shared ownership with access through the thread token, for any type. *)
  Definition share_na N (τ : rust_type (na_own p ⊤)) : rc_shared_own p N eq (rt_ty τ) :=
    so_na p (rc_contentN N) (rc_content eq (rt_ty τ)).
  Global Instance share_na_rcG N τ : rcG Σ (so_id (share_na N τ)) := HrcG.
  Definition rc_of (N : namespace) (τ : rust_type (na_own p ⊤)) : rust_type (na_own p ⊤) :=
    rc_rt (N:=N) (F:=⊤) (top_subseteq _) τ (share_na N τ).

  Definition rc_u8 : rust_type (na_own p ⊤) := rc_of (nroot .@ "inner") (int_rt u8).
  Definition rc_rc_u8 : rust_type (na_own p ⊤) := rc_of (nroot .@ "outer") rc_u8.
  Definition box_i32 : rust_type (na_own p ⊤) := box_rt (int_rt i32).
  Definition rc_box_i32 : rust_type (na_own p ⊤) := rc_of (nroot .@ "other") box_i32.
  Definition pair : rust_type (na_own p ⊤) := prod_rt rc_rc_u8 rc_box_i32.

  (** What the program calls is the destructor of the type. *)
  Lemma drop_pair_glue : rt_glue pair = drop_pair.
  Proof. done. Qed.
End types.

Section client.
  Context `{!lrustGS Σ, !na_invG Σ, !cinvG Σ, !rcG Σ gname}.

  Lemma compound_spec : ⊢ WP compound {{ _, True }}.
  Proof using All.
    iStartProof. iMod na_alloc as (p) "Hna". rewrite /compound.
    wp_alloc src as "Hsrc" "Hsrc†". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec (share_na p (nroot .@ "inner") (int_rt u8)) src [ #7]%V [ #7]%V
      with "[$Hsrc]"); [done|by iApply int_ty_own_intro|].
    iIntros (l1 γ1 i1) "[Hinner Hsrc]". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec (share_na p (nroot .@ "outer") (rc_u8 p)) src [ #l1]%V [ #l1]%V
      with "[$Hsrc Hinner]"); [done| |].
    { iExists l1, γ1, i1, [ #7]%V, 1%Qp. by iFrame "Hinner". }
    iIntros (l2 γ2 i2) "[Houter Hsrc]". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_alloc b as "Hb" "Hb†". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. wp_write. wp_pures. rewrite -(heap_pointsto_vec_singleton src).
    wp_apply (rc_new_spec (share_na p (nroot .@ "other") (box_i32 p)) src [ #b]%V [ #b]%V
      with "[$Hsrc Hb Hb†]"); [done| |].
    { iExists b, [ #41]%V. iSplitR; [done|]. rewrite heap_pointsto_vec_singleton.
      iFrame "Hb". iSplitR; [by iApply int_ty_own_intro|]. by iRight. }
    iIntros (l3 γ3 i3) "[Hother Hsrc]". wp_pures. wp_free. wp_pures.
    wp_apply (rc_clone_spec (share_na p (nroot .@ "outer") (rc_u8 p)) ⊤
      with "[$Hna $Houter]"); [done|]. iIntros "[Hna Houter]". wp_pures.
    iAssert (is_rc (share_na p (nroot .@ "outer") (rc_u8 p)) γ2 i2 l2 [ #l1]%V
      (1 / 2 + 1 / 2) (1 + 1) (0 + 0)) with "[Houter]" as "Houter".
    { by rewrite Qp.half_half. }
    rewrite is_rc_split. iDestruct "Houter" as "[Houter Houter2]".
    (** The pair, and its destructor. *)
    wp_alloc pr as "Hp" "Hp†".
    rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hp" as "[Hp1 Hp2]". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    rewrite -(drop_pair_glue p).
    wp_apply (rt_drop_in_place_spec (pair p) pr [ #l2; #l3]%V
      with "[$Hna Hp1 Hp2 Houter2 Hother]").
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame "Hp1 Hp2".
      iExists [ #l2]%V, [ #l3]%V. iSplitR; [done|]. iSplitL "Houter2".
      - iExists l2, γ2, i2, [ #l1]%V, (1 / 2)%Qp. by iFrame "Houter2".
      - iExists l3, γ3, i3, [ #b]%V, 1%Qp. by iFrame "Hother". }
    iIntros (vl) "(Hna & Hp & %Hlen & _)". wp_pures.
    change (length vl = 2) in Hlen. destruct vl as [|v1 [|v2 []]]; simplify_eq/=.
    wp_free. wp_pures.
    (** The last handle of the other. *)
    wp_apply (rc_drop_spec (share_na p (nroot .@ "outer") (rc_u8 p)) ⊤ (rt_glue (rc_u8 p))
      with "[$Hna $Houter]"); [done|iApply rt_drop|]. by iIntros "_".
  Qed.
End client.

Definition rc_compoundΣ : gFunctors := #[lrustΣ; na_invΣ; cinvΣ; rcΣ gname].

Theorem compound_adequate : adequate NotStuck compound ∅ (λ _ _, True).
Proof. apply (lrust_adequacy rc_compoundΣ _ (λ _, True)). intros HΣ. iApply compound_spec. Qed.

Lemma compound_run_no_leak :
  Forall (λ choose, let o := run_program choose [] 1000 compound in
      main_value o = Some #☠%V ∧ size (run_state o) = 0)
    [choice_fresh; choice_reuse].
Proof. repeat constructor; by vm_compute. Qed.
