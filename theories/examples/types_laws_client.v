(** * Example: other laws of types

<<
  let x = (1, 2);
  let r = &x;                        // cut into references to both fields
  let a = r.0;  let b = r.1;
  let c = Cell; let d = *c;          // a place that is shared with what it owns
  drop(Box::new((5, ())));
  a + b + d
>>
[types_laws_adequate]: it returns 12. A value becomes a reference with the whole share
([rt_ref_full]), this one is a permission to its bits ([acc_shared]), and is cut into its fields
([prod_shr_fields]). The box is made where the program says [Alloc] ([box_block_intro]), and
dropped by the destructor of its type ([ty_drop_spec_mono]). *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic Require Import marked_share shared_own_kept.
From tally.types Require Import type sharing rust_type box.
From tally.borrow Require Import raw_access.
From tally.prelude Require Import options.

Definition content_drop : val := prod_drop_in_place 1 drop_nothing drop_nothing.
Definition types_laws : expr :=
  let: "x" := Alloc #2 in "x" <- #1;; "x" +ₗ #1 <- #2;;
  let: "a" := !"x" in let: "b" := !("x" +ₗ #1) in
  Free #2 "x";;
  let: "c" := Alloc #1 in "c" <- #9;;
  let: "d" := !"c" in
  let: "box" := Alloc #1 in "box" <- #5;;
  let: "p" := Alloc #1 in "p" <- "box";;
  box_drop_in_place 1 content_drop ["p"];;
  Free #1 "p";;
  "a" + "b" + "d".

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !markedG Σ}.
  Implicit Types (l : loc) (vl : list val).

  Local Definition two_rt : rust_type (True%I : iProp Σ) := prod_rt (int_rt i64) (int_rt i64).
  Local Definition content_ty : type Σ := prod_ty (int_ty i64) unit_ty.

  Local Lemma content_drop_spec :
    ⊢ ty_drop_spec True (box_ty 1 content_ty) (box_drop_in_place 1 content_drop) (λ _, True).
  Proof using Type.
    iApply (ty_drop_spec_mono _ _ _ (λ _, heap_lease 1 0 ∗ ∃ wl, ∃ vl1 vl2,
      ⌜wl = vl1 ++ vl2⌝ ∗ ty_own (int_ty i64) vl1 ∗ ty_own unit_ty vl2)%I); [by iIntros|].
    iApply (box_drop_in_place_spec True 1 content_ty).
    iApply (prod_drop_in_place_spec True (int_ty i64) unit_ty); iApply drop_nothing_spec.
  Qed.
  (** A place that holds an integer, with what it owns. *)
  Local Definition place_own c vl : iProp Σ := c ↦∗ vl ∗ ty_own (int_ty i64) vl ∗ True.
  Local Definition place_so c : shared_own (λ _, True)%I nroot (place_own c) :=
    so_ref (λ _, True)%I nroot (int_shr i64) (place_own c) (λ vl, vl) (λ _, True)%I (λ _, c)
      (λ vl, reflexivity _).
  Lemma types_laws_spec : ⊢ WP types_laws {{ v, ⌜v = #12⌝ }}.
  Proof using All.
    rewrite /types_laws. iStartProof. wp_alloc l as "Hl" "Hl†".
    rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "Hl" as "[H0 H1]".
    wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    (** A reference to both, as a permission, and cut. *)
    iAssert (l ↦∗ [ #1; #2]%V ∗ rt_own two_rt [ #1; #2]%V)%I with "[H0 H1]" as "H".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame "H0 H1".
      iExists [ #1]%V, [ #2]%V. iSplit; [done|].
      iSplit; by iApply (int_ty_own_intro i64). }
    rewrite rt_ref_full. iDestruct "H" as (a) "[H _]".
    rewrite /rt_ref -(acc_shared (rt_shr two_rt)). iDestruct "H" as "[H H']".
    iCombine "H H'" as "H". rewrite acc_shared.
    iDestruct (prod_shr_fields with "H") as (vl1 vl2) "(%Heq & H & H')".
    iDestruct (ty_shr_full_copy (int_ty i64) (pure_ty_persistent _) () with "H") as "[Hl Hv]".
    iAssert (ty_own (int_ty i64) vl1) with "Hv" as "Hv". rewrite int_ty_own.
    iDestruct "Hv" as (z) "[-> _]". injection Heq as <- <-.
    iDestruct (ty_shr_acc with "H'") as "[Hl' _]".
    rewrite !heap_pointsto_vec_singleton. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (l ↦∗ [ #1; #2]%V)%I with "[Hl Hl']" as "Hl".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame "Hl Hl'". }
    wp_free. wp_pures.
    (** A place that is shared with what it owns. *)
    wp_alloc c as "Hc" "_". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod (so_P1_alloc (place_so c) [ #9]%V ⊤ with "[Hc]") as (i) "Hc".
    { rewrite /place_own heap_pointsto_vec_singleton. iFrame "Hc". iSplit; [|done].
      by iApply (int_ty_own_intro i64). }
    iDestruct (so_ref_acc (λ _, True)%I nroot (int_shr i64) (place_own c) (λ vl, vl)
      (λ _, True)%I (λ _, c) (λ vl, reflexivity _) with "Hc") as "[[Hc _] _]". rewrite heap_pointsto_vec_singleton.
    wp_read. wp_pures.
    (** A box, and its destructor. *)
    wp_alloc b as "Hb" "Hb†". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    wp_alloc p as "Hp" "Hp†". wp_pures. rewrite heap_pointsto_vec_singleton. wp_write.
    iDestruct (box_block_intro 1 1 b with "Hb† []") as "Hblock"; [lia|iApply heap_lease_untracked|].
    iAssert (ty_own content_ty [ #5]%V) as "Hcontent".
    { iExists [ #5]%V, []. iSplit; [done|]. rewrite unit_ty_own. iSplit; [|done].
      by iApply (int_ty_own_intro i64). }
    iDestruct (box_ty_intro 1 content_ty b [ #5]%V with "[Hb] Hcontent Hblock") as "Hbox".
    { by rewrite heap_pointsto_vec_singleton. }
    iPoseProof content_drop_spec as "#Hdrop". rewrite /ty_drop_spec. wp_pures.
    wp_apply ("Hdrop" $! p [ #b]%V with "[$Hbox Hp]").
    { rewrite heap_pointsto_vec_singleton. by iFrame "Hp". }
    iIntros (vl') "(_ & Hp & %Hlen & _)". destruct vl' as [|v [|]]; try done. wp_pures.
    wp_free. wp_pures. done.
  Qed.
End client.

(** Two fields, and the place. *)
Theorem types_laws_adequate : adequate NotStuck types_laws ∅ (λ v _, v = #12%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; markedΣ]). intros HΣ Huntracked. iApply types_laws_spec.
Qed.
