(** * A client of [Rc<[T]>]: slices of a length that is read from memory

<<
  let x: Rc<[u8]> = Rc::from(&src[..n]);   let y = x.clone();   let w = Rc::downgrade(&y);
  drop(Rc::downgrade(&y));   drop(x);   let y = <Rc<[u8; 3]>>::try_from(y).unwrap_err();   drop(y);   drop(w);
  let v = <Rc<[u8]>>::from(&src[..n]);     // copied
  let b = v[1];   drop(v);
  let z: Rc<[u8]> = Rc::from(src);         // a box
  drop(z);
>>

with [n] in a cell. Two is not three, so no array comes out. The program returns the byte [b],
which is 8, and the memory is empty in the end. What clones of the bytes are is not followed.

Key result: [slices_adequate]. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lang.lib Require Import new_delete.
From tally.types Require Import type slice.
From tally.rc Require Import rc rc_context rc_slice.
From tally.prelude Require Import options.

Definition copy_cell : val := λ: ["src"; "dst"], "dst" <- !"src".
Definition slices : expr :=
  let: "n" := Alloc #1 in
  "n" <- #2;;
  let: "src" := Alloc #2 in
  "src" <- #7;;
  "src" +ₗ #1 <- #8;;
  let: "x" := rc_slice_from_clones 1 copy_cell ["src"; !"n"] in
  let: "y" := rc_clone ["x"] in
  let: "w" := rc_downgrade ["y"] in
  weak_slice_drop 1 [rc_downgrade ["y"]; !"n"];;
  rc_slice_drop 1 drop_nothing ["x"; !"n"];;
  let: "none" := rc_slice_into_array 3 ["y"; !"n"] in
  rc_slice_drop 1 drop_nothing ["y"; !"n"];;
  weak_slice_drop 1 ["w"; !"n"];;
  let: "v" := rc_slice_new 1 ["src"; !"n"] in
  let: "b" := !(rc_deref ["v"] +ₗ #1) in
  rc_slice_drop 1 drop_nothing ["v"; !"n"];;
  let: "z" := rc_slice_from_box 1 ["src"; !"n"] in
  rc_slice_drop 1 drop_nothing ["z"; !"n"];;
  Free #1 "n";;
  if: "none" = #0 then "b" else #0.

Section slices.
  Context `{!rcGS Σ}.
  Definition slicesN : namespace := nroot .@ "slices".
  Definition byte_ty : type Σ := int_ty u8.
  Definition slices_so : rc_shared_own rc_pool slicesN eq (slice_ty byte_ty 2) :=
    rc_so_fixed (so_na rc_pool (rc_contentN slicesN) (rc_fixed_content (slice_ty byte_ty 2))).

  Lemma copy_cell_spec T q : ⊢ ty_clone_spec T byte_ty (ty_own byte_ty) q copy_cell.
  Proof.
    iIntros (src dst vl vl') "!> %Φ (%Hlen & HT & Hs & #Hvl & Hd) HΦ".
    iDestruct (ty_size_eq with "Hvl") as %Hvl. destruct vl as [|v []]; [done| |done].
    destruct vl' as [|v' []]; [done| |done].
    iEval (rewrite heap_pointsto_vec_singleton) in "Hs".
    iEval (rewrite heap_pointsto_vec_singleton) in "Hd".
    wp_rec. wp_read. wp_write. iApply ("HΦ" $! [v]). rewrite !heap_pointsto_vec_singleton.
    by iFrame "HT Hs Hd Hvl".
  Qed.
  Lemma byte_drop_spec T : ⊢ ty_drop_spec T byte_ty drop_nothing (ty_own byte_ty).
  Proof. iApply drop_nothing_spec. Qed.

  Lemma slices_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP slices {{ v, ⌜v = #8⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /slices.
    iAssert (ty_own byte_ty [ #7]) as "#H7"; [by iApply int_ty_own_intro|].
    iAssert (ty_own byte_ty [ #8]) as "#H8"; [by iApply int_ty_own_intro|].
    iPoseProof (byte_drop_spec (na_own rc_pool ⊤)) as "#Hglue".
    wp_alloc n as "Hn" "Hn†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease".
    rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hsrc" as "[Hs0 Hs1]". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    iAssert (src ↦∗ [ #7; #8])%I with "[Hs0 Hs1]" as "Hsrc".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    wp_read.
    (* A slice of clones. *)
    wp_apply (rc_slice_from_clones_spec slices_so ⊤ (ty_own byte_ty) copy_cell 1 src [ #7; #8]%V
      with "[$Hlease $Hna $Hsrc]"); [done|by eauto|apply (ty_size_eq byte_ty)| |].
    { iSplitR; [iApply copy_cell_spec|]. iExists [ #7]%V, [ #8]%V. iSplitR; [done|].
      iSplitL "H7"; [done|]. iExists [ #8]%V, []. by iFrame "H8". }
    iIntros (γ i l a) "(%Hγ & Hna & Hrc & Hsrc & Hown)". wp_pures.
    wp_apply (rc_clone_spec slices_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_downgrade_spec slices_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    (* A weak handle of two goes. *)
    wp_apply (rc_downgrade_spec slices_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_read.
    iEval (rewrite -(Qp.div_2 1) (Nat.add_comm (0 + 1)) rc_own_split_weak) in "Hrc".
    iDestruct "Hrc" as "[Hrc Hw]".
    wp_apply (weak_slice_drop_spec slices_so ⊤ _ _ _ 0 with "[$Hna $Hw]"); [done|].
    iIntros "[Hna Hw]". iDestruct (rc_own_split_weak with "[$Hrc $Hw]") as "Hrc".
    iEval (rewrite Qp.div_2) in "Hrc". wp_pures. wp_read.
    (* One of two handles goes. *)
    iEval (rewrite -(Qp.div_2 1) rc_own_split) in "Hrc".
    iDestruct "Hrc" as "[Hx Hy]".
    wp_apply (rc_slice_drop_spec slices_so ⊤ with "[$Hglue $Hna $Hy]"); [done|].
    iIntros "[Hna [(%k & % & _)|[_ Hy]]]"; [lia|].
    iDestruct (rc_dropped_own_live with "Hx Hy") as "Hx". rewrite Qp.div_2. wp_pures. wp_read.
    wp_apply (rc_slice_into_array_spec slices_so 3 with "Hx"). iIntros (v) "[%Hv Hx]".
    assert (v = #0) as -> by done. wp_pures. wp_read.
    (* The last one goes, then the weak one and the block. *)
    wp_apply (rc_slice_drop_spec slices_so ⊤ with "[$Hglue $Hna $Hx]"); [done|].
    iIntros "[Hna [(%k & % & _)|[_ Hx]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hx Hna") as "(Hlast & _ & Hna)"; [done|].
    wp_pures. wp_read.
    wp_apply (weak_slice_drop_last_spec slices_so ⊤ _ _ _ 0 with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". iMod (rc_reclaim with "Hlast Hna") as "[Hlease Hna]"; [done|].
    rewrite Hγ /=. wp_pures. wp_read.
    (* The bytes are copied, and one is read. *)
    iAssert (ty_own (slice_ty byte_ty 2) [ #7; #8])%I as "#Hwl".
    { iExists [ #7]%V, [ #8]%V. iSplitR; [done|].
      iSplitL "H7"; [done|]. iExists [ #8]%V, []. by iFrame "H8". }
    wp_apply (rc_slice_new_spec slices_so src [ #7; #8]%V [ #7; #8]%V with "[$Hlease $Hsrc]");
      [done|done|].
    iIntros (lv γv iv) "(%Hγv & Hrc & Hsrc)". wp_pures.
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (rc_deref_acc with "Hrc") as (q) "[Hb Hrc]".
    iEval (rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton) in "Hb".
    iDestruct "Hb" as "[Hb0 Hb1]". wp_pures. wp_read.
    iDestruct ("Hrc" with "[Hb0 Hb1]") as "Hrc".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    wp_pures. wp_read.
    wp_apply (rc_slice_drop_spec slices_so ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & % & _)|[_ Hx]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hx Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease Hna]"; [done|]. rewrite Hγv /=.
    wp_pures. wp_read.
    (* The box's values move to a block of their own. *)
    iAssert (heap_lease (1 / 2 + 1 / 2) (0 + 2)) with "[Hlease]" as "Hlease"; [by rewrite Qp.div_2|].
    iDestruct (heap_lease_split with "Hlease") as "[Hlease Hbox]".
    wp_apply (rc_slice_from_box_spec slices_so src [ #7; #8]%V [ #7; #8]%V (1 / 2) 0 (1 / 2) 1
      with "[$Hlease $Hsrc Hsrc† $Hbox]"); [done| |].
    { iSplitR; [done|by iRight]. }
    iIntros (l' γ' i') "(%Hγ' & Hrc & Hbox)". wp_pures. wp_read.
    wp_apply (rc_slice_drop_spec slices_so ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & % & _)|[_ Hx]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hx Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease Hna]"; [done|]. rewrite Hγ' /=.
    iDestruct (heap_lease_split with "[$Hlease $Hbox]") as "Hlease". rewrite Qp.div_2 /=.
    wp_pures. rewrite -heap_pointsto_vec_singleton. wp_free with "Hlease". wp_pures.
    by iFrame "Hlease".
  Qed.
End slices.

Theorem slices_adequate : adequate NotStuck slices ∅ (λ v σ, v = #8%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ _ (λ v, v = #8%V)). intros HΣ. apply slices_spec. Qed.
