(** * Types made of types: a pair of an [Rc<Rc<u8>>] and an [Rc<Box<i32>>]

<<
  let outer = Rc::new(Rc::new(7u8));
  let pair = (outer.clone(), Rc::new(Box::new(41)));
  let before = Rc::strong_count(&outer);
  drop(pair);
  let after = Rc::strong_count(&outer);
  drop(outer);
  before == 2 && after == 1
>>

What the program calls to drop the pair is the destructor of its type, which is made
from those of its parts ([rust_type]): that of the first [Rc] only decrements a count,
that of the second is the last, runs the destructor of the box, and frees. Then the
last handle of the first goes, whose content is a handle, the last one again.

The handles in the pair are typed with their names and shares ([rc_at]), so that the
destructor of the pair gives their receipts. The share of the first goes to the handle
that is left ([rc_receipt_live]): that is why [after] is known to be 1.

[compound_adequate]: no execution gets stuck; if one returns, then [true], and it leaves
the memory empty: both boxes and all three blocks have been freed. *)
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
  let: "before" := rc_strong_count ["outer"] in
  let: "pair" := Alloc #2 in
  "pair" <- "outer2";;
  "pair" +ₗ #1 <- "other";;
  drop_pair ["pair"];;
  Free #2 "pair";;
  let: "after" := rc_strong_count ["outer"] in
  rc_drop 1 drop_rc_u8 ["outer"];;
  if: "before" = #2 then "after" = #1 else #false.

Section types.
  Context `{!lrustGS Σ, !na_invG Σ, !cinvG Σ, HrcG : !rcG Σ gname} (p : na_inv_pool_name).

  (** A shared ownership with access through the thread token, for any type. *)
  Definition share_na N (τ : rust_type (na_own p ⊤)) : rc_shared_own p N eq (rt_ty τ) :=
    so_na p (rc_contentN N) (rc_content eq (rt_ty τ)).
  Global Instance share_na_rcG N τ : rcG Σ (so_id (share_na N τ)) := HrcG.
  Definition rc_of (N : namespace) (τ : rust_type (na_own p ⊤)) (γ : rc_name)
      (i : gname * gname) (l : loc) (a : list val) (r : Qp) : rust_type (na_own p ⊤) :=
    rc_at_rt (N:=N) (F:=⊤) (top_subseteq _) τ (share_na N τ) γ i l a r.

  Definition innerN : namespace := nroot .@ "inner".
  Definition outerN : namespace := nroot .@ "outer".
  Definition otherN : namespace := nroot .@ "other".
  Definition rc_u8 γ i l : rust_type (na_own p ⊤) :=
    rc_of innerN (int_rt u8) γ i l [ #7]%V 1.
  Definition box_i32 (q : Qp) : rust_type (na_own p ⊤) := box_rt q (int_rt i32).

  (** What the program calls is the destructor of the type. *)
  Lemma drop_pair_glue γ γ2 γ3 i i2 i3 l l2 l3 a2 a3 r2 r3 q :
    rt_glue (prod_rt (rc_of outerN (rc_u8 γ i l) γ2 i2 l2 a2 r2)
      (rc_of otherN (box_i32 q) γ3 i3 l3 a3 r3)) = drop_pair.
  Proof. done. Qed.
End types.

Section client.
  Context `{!lrustGS Σ, !na_invG Σ, !cinvG Σ, !rcG Σ gname}.

  Lemma compound_spec :
    heap_lease 1 0 -∗ WP compound {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hlease". iMod na_alloc as (p) "Hna". rewrite /compound.
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iEval (rewrite heap_lease_halves) in "Hlease". iDestruct "Hlease" as "[Hlease Hlease1]".
    wp_apply (rc_new_spec (share_na p innerN (int_rt u8)) src [ #7]%V [ #7]%V
      with "[$Hlease1 $Hsrc]"); [done|by iApply int_ty_own_intro|].
    iIntros (l1 γ1 i1) "(%Hγ1 & Hinner & Hsrc)". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iEval (rewrite heap_lease_halves) in "Hlease". iDestruct "Hlease" as "[Hlease Hlease2]".
    set (τ := rc_u8 p γ1 i1 l1).
    wp_apply (rc_new_spec (share_na p outerN τ) src [ #l1]%V [ #l1]%V
      with "[$Hlease2 $Hsrc $Hinner]"); [done..|].
    iIntros (l2 γ2 i2) "(%Hγ2 & Houter & Hsrc)". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_alloc b as "Hb" "Hb†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    rewrite -(heap_pointsto_vec_singleton src).
    (** One of the two blocks that are out is that of the box. *)
    iAssert (heap_lease (1 / 2 / 2 / 2) 1 ∗ heap_lease (1 / 2 / 2 / 2) 1)%I with "[Hlease]"
      as "[Hlease Hlease3]"; [by rewrite -heap_lease_split Qp.div_2|].
    iEval (rewrite heap_lease_halves) in "Hlease". iDestruct "Hlease" as "[Hlease Hlease4]".
    set (τ' := box_i32 p (1 / 2 / 2 / 2)).
    wp_apply (rc_new_spec (share_na p otherN τ') src [ #b]%V [ #b]%V
      with "[$Hlease4 $Hsrc Hb Hb† Hlease3]"); [done| |].
    { iExists b, [ #41]%V. iSplitR; [done|]. rewrite heap_pointsto_vec_singleton.
      iFrame "Hb". iSplitR; [by iApply int_ty_own_intro|]. iFrame "Hlease3". by iRight. }
    iIntros (l3 γ3 i3) "(%Hγ3 & Hother & Hsrc)". wp_pures. wp_free with "Hlease". wp_pures.
    wp_apply (rc_clone_spec (share_na p outerN τ) ⊤ with "[$Hna $Houter]"); [done|].
    iIntros "[Hna Houter]". wp_pures.
    wp_apply (rc_strong_count_spec (share_na p outerN τ) ⊤ with "[$Hna $Houter]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Houter)". rewrite (Hm eq_refl). wp_pures.
    iAssert (is_rc (share_na p outerN τ) γ2 i2 l2 [ #l1]%V
      (1 / 2 + 1 / 2) (1 + 1) (0 + 0)) with "[Houter]" as "Houter".
    { by rewrite Qp.half_half. }
    rewrite is_rc_split. iDestruct "Houter" as "[Houter Houter2]".
    (** The pair, and its destructor. *)
    wp_alloc pr as "Hp" "Hp†" with "Hlease".
    rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hp" as "[Hp1 Hp2]". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    set (τ2 := rc_of p outerN τ γ2 i2 l2 [ #l1]%V (1 / 2)).
    set (τ3 := rc_of p otherN τ' γ3 i3 l3 [ #b]%V 1).
    rewrite -(drop_pair_glue p γ1 γ2 γ3 i1 i2 i3 l1 l2 l3 [ #l1]%V [ #b]%V (1 / 2) 1
      (1 / 2 / 2 / 2)).
    wp_apply (rt_drop_in_place_spec (prod_rt τ2 τ3) pr [ #l2; #l3]%V
      with "[$Hna Hp1 Hp2 Houter2 Hother]").
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame "Hp1 Hp2".
      iExists [ #l2]%V, [ #l3]%V. by iFrame "Houter2 Hother". }
    iIntros (vl) "(Hna & Hp & %Hlen & %vl1 & %vl2 & _ & Hreceipt2 & Hreceipt3)". wp_pures.
    change (length vl = 2) in Hlen. destruct vl as [|v1 [|v2 []]]; simplify_eq/=.
    wp_free with "Hlease". wp_pures.
    (** The other block is gone, and the box with it. *)
    iMod (rc_receipt_whole with "Hreceipt3 Hna")
      as "(Hlast3 & (%wl3 & _ & Hbox) & Hna)"; [done|].
    iMod (rc_settle with "Hlast3 Hna") as "[Hlease4 Hna]"; [done|]. rewrite Hγ3.
    iDestruct "Hbox" as "[Hlease3 _]".
    iDestruct (heap_lease_halves with "[$Hlease $Hlease4]") as "Hlease".
    iDestruct (heap_lease_halves with "[$Hlease $Hlease3]") as "Hlease".
    (** The first handle of the pair was not the last of its block. *)
    iMod (rc_receipt_live with "Houter Hreceipt2 Hna") as "[Houter Hna]"; [done|].
    rewrite Qp.half_half.
    wp_apply (rc_strong_count_spec (share_na p outerN τ) ⊤ with "[$Hna $Houter]"); [done|].
    iIntros (m') "((_ & _ & %Hm') & Hna & Houter)". rewrite (Hm' eq_refl). wp_pures.
    (** Now the last handle goes, and the inner one with it. *)
    wp_apply (rc_drop_spec (share_na p outerN τ) ⊤ (rt_glue τ)
      with "[$Hna $Houter]"); [done|iApply rt_drop|].
    iIntros "[Hna [(%k & %Hk & _)|[_ Hreceipt2]]]"; [lia|].
    iMod (rc_receipt_whole with "Hreceipt2 Hna")
      as "(Hlast2 & (%wl2 & _ & Hreceipt1) & Hna)"; [done|].
    iMod (rc_settle with "Hlast2 Hna") as "[Hlease2 Hna]"; [done|]. rewrite Hγ2.
    iMod (rc_receipt_whole with "Hreceipt1 Hna") as "(Hlast1 & _ & Hna)"; [done|].
    iMod (rc_settle with "Hlast1 Hna") as "[Hlease1 Hna]"; [done|]. rewrite Hγ1.
    iDestruct (heap_lease_halves with "[$Hlease $Hlease2]") as "Hlease".
    iDestruct (heap_lease_halves with "[$Hlease $Hlease1]") as "Hlease".
    wp_pures. by iFrame "Hlease".
  Qed.
End client.

Definition rc_compoundΣ : gFunctors := #[lrustΣ; na_invΣ; cinvΣ; rcΣ gname].

Theorem compound_adequate :
  adequate NotStuck compound ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  apply (lrust_adequacy_leak_free rc_compoundΣ _ (λ v, v = #true%V)). intros HΣ.
  apply compound_spec.
Qed.

(** Two executions, computed: they get to the end. *)
Lemma compound_run :
  Forall (λ choose, let o := run_program choose [] 1000 compound in
      main_value o = Some #true%V ∧ size (run_state o) = 0)
    [choice_fresh; choice_reuse].
Proof. repeat constructor; by vm_compute. Qed.
