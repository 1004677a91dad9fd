(** * A cell of [Rc<Rc<u8>>]

<<
  let inner = Rc::new(7);
  let x = Rc::new(inner.clone());  let y = Rc::new(inner);
  let cell = Cell::new(x.clone());
  let through_x = **x;
  let old = cell.replace(y.clone());
  let same = Rc::ptr_eq(&old, &x);
  let strong_x = Rc::strong_count(&x);  let strong_y = Rc::strong_count(&y);
  let shared = Rc::strong_count(&*x);                      // of inner
  drop(old);  drop(x);
  let alone = Rc::strong_count(&*y);                       // of inner
  drop(y);
  let new = cell.into_inner();  let through_cell = **new;
  drop(new);
>>

Two outer [Rc]s hold one handle each of one inner [Rc]; a cell holds a handle of the first
and then one of the second.

[cell_of_rc_rc_adequate]: no execution gets stuck; whatever it returns, the integer that
is read through an outer and the inner [Rc] is 7, [strong_x = 2], [strong_y = 2], the two
outer [Rc]s make [shared = 2] for the inner one, and [alone = 1] once the first is gone;
and _when it returns the memory is empty_. [cell_of_rc_rc_run] computes one execution.

** Who owns what
Here the types say it. The content of an outer [Rc] is of the type [rc_at … (1 / 2)], a
handle of the inner [Rc] with half of its share, and its destructor is that of the type
([rc_at_drop_spec]). The contents are shared through the thread token ([so_na]), with a
namespace for each of the two, so that both are open when the handles of the inner [Rc]
are counted ([outer_acc]).

Neither of the two drops of an outer [Rc] says whether the inner content was destroyed by
it: each leaves an [inner_receipt]. With a handle at hand the first receipt gives its share
to it, whatever it is ([rc_receipt_live]), so that the count is known; with both receipts
together the inner [Rc] is gone for sure ([rc_receipt_whole]), and its lease is settled. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.logic Require Import shared_own marked_share.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

Definition drop_rc_u8 : val := rc_drop_in_place 1 drop_nothing.
Definition drop_rc_rc_u8 : val := rc_drop 1 drop_rc_u8.
Definition new_rc : val :=
  λ: ["value"],
    let: "src" := Alloc #1 in
    "src" <- "value";;
    let: "rc" := rc_new 1 ["src"] in
    Free #1 "src";;
    "rc".
(** A content of one cell, read. *)
Definition rc_read : val :=
  λ: ["rc"], !(rc_deref ["rc"]).
Definition replace : val :=
  λ: ["cell"; "new"], let: "old" := !"cell" in "cell" <- "new";; "old".

Definition cell_of_rc_rc : expr :=
  let: "inner" := new_rc [ #7] in
  let: "x" := new_rc [rc_clone ["inner"] ] in
  let: "y" := new_rc ["inner"] in
  let: "cell" := Alloc #1 in
  "cell" <- rc_clone ["x"];;
  let: "through_x" := rc_read [rc_read ["x"] ] in
  let: "old" := replace ["cell"; rc_clone ["y"] ] in
  let: "same" := rc_ptr_eq ["old"; "x"] in
  let: "strong_x" := rc_strong_count ["x"] in
  let: "strong_y" := rc_strong_count ["y"] in
  let: "shared" := rc_strong_count [rc_read ["x"] ] in
  drop_rc_rc_u8 ["old"];;
  drop_rc_rc_u8 ["x"];;
  let: "alone" := rc_strong_count [rc_read ["y"] ] in
  drop_rc_rc_u8 ["y"];;
  let: "new" := !"cell" in
  Free #1 "cell";;
  let: "through_cell" := rc_read [rc_read ["new"] ] in
  drop_rc_rc_u8 ["new"];;
  expect "through_x" 7
    (expect "same" 1
    (expect "strong_x" 2
    (expect "strong_y" 2
    (expect "shared" 2
    (expect "alone" 1
    (expect "through_cell" 7 #true)))))).

Section nested.
  Context `{!lrustGS Σ, !na_invG Σ, !cinvG Σ, !markedG Σ, HrcG : !rcG Σ gname}.
  Context (p : na_inv_pool_name).
  Implicit Types (γ : rc_name) (l : loc) (v : val) (q r : Qp) (k : positive).

  Lemma new_rc_spec {N} {τ : type Σ} (SO : rc_shared_own p N eq τ) `{!rcG Σ (so_id SO)}
      v q q' :
    ty_size τ = 1 →
    {{{ heap_lease q 0 ∗ heap_lease q' 0 ∗ ty_own τ [v] }}}
      new_rc [v]
    {{{ l γ i, RET #l; ⌜rc_account γ = (q, 0)⌝ ∗ is_rc SO γ i l [v] 1 1 0 ∗
        heap_lease q' 0 }}}.
  Proof.
    iIntros (Hsize Φ) "(Hq & Hq' & Hv) HΦ". wp_rec.
    wp_alloc src as "Hsrc" "Hsrc†" with "Hq'". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    pose proof (rc_new_spec SO src [v] [v] q 0 eq_refl) as Hnew. rewrite Hsize in Hnew.
    wp_apply (Hnew with "[$Hq $Hsrc $Hv]").
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". wp_pures. wp_free with "Hq'". wp_pures.
    iModIntro. iApply "HΦ". by iFrame.
  Qed.

  (** The inner [Rc], of an integer. *)
  Definition innerN : namespace := nroot .@ "inner".
  Definition inner_so : rc_shared_own p innerN eq (int_ty u8) :=
    rc_so_fixed (so_marked (na_own p) (rc_contentN innerN) (rc_fixed_content (int_ty u8))).
  Local Instance inner_so_rcG : rcG Σ (so_id inner_so) := HrcG.

  (** An outer one, whose content is a handle to the inner one with half of its share. *)
  Section outer.
    Context (N : namespace) (γi : rc_name) (ii : gname * so_id inner_so) (li : loc).

    Definition inner_half : iProp Σ := is_rc inner_so γi ii li [ #7]%V (1 / 2) 1 0.
    Definition outer_ty : type Σ := rc_at inner_so γi ii li [ #7]%V (1 / 2).
    Definition outer_so : rc_shared_own p N eq outer_ty :=
      so_na p (rc_contentN N) (rc_content eq outer_ty).
    Local Instance outer_so_rcG : rcG Σ (so_id outer_so) := HrcG.
    (** What the drop of such a handle leaves. *)
    Definition inner_receipt : iProp Σ :=
      rc_receipt inner_so γi li (1 / 2) 0 (∃ wl, ⌜[ #7]%V = wl⌝ ∗ ty_own (int_ty u8) wl).

    (** The inner handle is lent. *)
    Lemma outer_acc F γ i l r k j :
      ↑rc_contentN N ⊆ F →
      is_rc outer_so γ i l [ #li]%V r k j -∗ na_own p F ={⊤}=∗
      (l +ₗ 2) ↦ #li ∗ ▷ inner_half ∗ na_own p (F ∖ ↑rc_contentN N) ∗
      ((l +ₗ 2) ↦ #li -∗ ▷ inner_half -∗ na_own p (F ∖ ↑rc_contentN N) ={⊤}=∗
        is_rc outer_so γ i l [ #li]%V r k j ∗ na_own p F).
    Proof.
      iIntros (HF) "Hrc Hna".
      iMod (rc_content_acc F with "Hrc Hna") as "(Hc & $ & Hclose)"; [done|].
      iDestruct "Hc" as (wl) "(>%Hwl & >Hd & [_ Hin] & >H†)". simpl in Hwl. subst wl.
      rewrite heap_pointsto_vec_singleton. iFrame "Hd Hin".
      iIntros "!> Hd Hin Hna". iApply ("Hclose" with "[Hd Hin H†] Hna"). iNext.
      iExists [ #li]%V. rewrite heap_pointsto_vec_singleton. by iFrame.
    Qed.

    (** Through both to the integer. *)
    Lemma read_through_spec F γ i l r k j :
      ↑rc_contentN N ⊆ F →
      {{{ na_own p F ∗ is_rc outer_so γ i l [ #li]%V r k j }}}
        rc_read [rc_read [ #l] ]
      {{{ RET #7; na_own p F ∗ is_rc outer_so γ i l [ #li]%V r k j }}}.
    Proof.
      iIntros (HF Φ) "[Hna Hrc] HΦ".
      iMod (outer_acc with "Hrc Hna") as "(Hd & Hin & Hna & Hclose)"; [done|].
      wp_rec. wp_apply (rc_deref_spec with "[//]"). iIntros "_". wp_read.
      iApply wp_fupd. wp_rec. wp_apply (rc_deref_spec with "[//]"). iIntros "_".
      iDestruct (rc_deref_acc with "Hin") as (q) "[Hz Hback]".
      rewrite heap_pointsto_vec_singleton. wp_read. iDestruct ("Hback" with "Hz") as "Hin".
      iMod ("Hclose" with "Hd Hin Hna") as "[Hrc Hna]". iModIntro. iApply "HΦ". iFrame.
    Qed.

    (** The last handle goes. *)
    Lemma drop_outer_spec γ i l q m :
      ↑N ⊆ (⊤ : coPset) → rc_account γ = (q, m) →
      {{{ na_own p ⊤ ∗ is_rc outer_so γ i l [ #li]%V 1 1 0 }}}
        drop_rc_rc_u8 [ #l]
      {{{ RET #☠; na_own p ⊤ ∗ heap_lease q m ∗ inner_receipt }}}.
    Proof.
      iIntros (HN Hγ Φ) "H HΦ".
      iPoseProof (rc_at_drop_spec inner_so ⊤ drop_nothing (ty_own (int_ty u8)) γi ii li
        [ #7]%V (1 / 2) with "[]") as "#Hglue"; [done|iApply drop_nothing_spec|].
      iApply wp_fupd. wp_apply (rc_drop_spec outer_so ⊤ with "[$Hglue $H]"); [done|].
      iIntros "[Hna [(%k' & %Hk & _)|[_ Hreceipt]]]"; [lia|].
      iMod (rc_receipt_whole with "Hreceipt Hna") as "(Hlast & Hin & Hna)"; [done|].
      iDestruct "Hin" as (wl) "[_ Hin]".
      iMod (rc_settle with "Hlast Hna") as "[Hq Hna]"; [done|]. rewrite Hγ.
      iModIntro. iApply "HΦ". iFrame.
    Qed.
  End outer.
End nested.

Section client.
  Context `{!lrustGS Σ, !na_invG Σ, !cinvG Σ, !markedG Σ, HrcG : !rcG Σ gname}.
  Local Existing Instances inner_so_rcG outer_so_rcG.

  Lemma cell_of_rc_rc_spec :
    heap_lease 1 0 -∗ WP cell_of_rc_rc {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hlease". iMod na_alloc as (p) "Hna". rewrite /cell_of_rc_rc.
    iDestruct (heap_lease_halves with "Hlease") as "[Hi H]".
    iDestruct (heap_lease_halves with "H") as "[Hx H]".
    iDestruct (heap_lease_halves with "H") as "[Hy H]".
    set (Nx := nroot .@ "x"). set (Ny := nroot .@ "y").
    wp_apply (new_rc_spec p (inner_so p) with "[$Hi $H]"); [done|by iApply int_ty_own_intro|].
    iIntros (li γi ii) "(%Hγi & Hin & H)". wp_pures.
    wp_apply (rc_clone_spec (inner_so p) ⊤ with "[$Hna $Hin]"); [done|].
    iIntros "[Hna Hin]".
    iAssert (is_rc (inner_so p) γi ii li [ #7]%V (1 / 2 + 1 / 2) (1 + 1) (0 + 0))
      with "[Hin]" as "Hin"; [by rewrite Qp.half_half|].
    rewrite is_rc_split. iDestruct "Hin" as "[Hin Hin']".
    wp_apply (new_rc_spec p (outer_so p Nx γi ii li) with "[$Hx $H $Hin]"); [done..|].
    iIntros (lx γx ix) "(%Hγx & Hx & H)". wp_pures.
    wp_apply (new_rc_spec p (outer_so p Ny γi ii li) with "[$Hy $H $Hin']"); [done..|].
    iIntros (ly γy iy) "(%Hγy & Hy & H)". wp_pures.
    wp_alloc cell as "Hcell" "Hcell†" with "H". rewrite heap_pointsto_vec_singleton.
    wp_pures.
    wp_apply (rc_clone_spec (outer_so p Nx γi ii li) ⊤ with "[$Hna $Hx]"); [done|].
    iIntros "[Hna Hx]". wp_write. wp_pures.
    wp_apply (read_through_spec p Nx with "[$Hna $Hx]"); [done|].
    iIntros "[Hna Hx]". wp_pures.
    wp_apply (rc_clone_spec (outer_so p Ny γi ii li) ⊤ with "[$Hna $Hy]"); [done|].
    iIntros "[Hna Hy]". wp_rec. wp_read. wp_pures. wp_write. wp_pures.
    (** The counts of the outer ones. *)
    iAssert (is_rc (outer_so p Nx γi ii li) γx ix lx [ #li]%V (1 / 2 + 1 / 2) (1 + 1) (0 + 0))
      with "[Hx]" as "Hx"; [by rewrite Qp.half_half|].
    rewrite is_rc_split. iDestruct "Hx" as "[Hx Hx']".
    wp_apply (rc_ptr_eq_spec (outer_so p Nx γi ii li) ⊤ with "[$Hna $Hx $Hx']"); [done|].
    iIntros "(Hna & Hx & Hx')". rewrite bool_decide_eq_true_2 //. wp_pures.
    iCombine "Hx Hx'" as "Hx". rewrite -is_rc_split Qp.half_half.
    wp_apply (rc_strong_count_spec (outer_so p Nx γi ii li) ⊤ with "[$Hna $Hx]"); [done|].
    iIntros (m1) "((_ & _ & %Hm1) & Hna & Hx)". rewrite (Hm1 eq_refl). wp_pures.
    wp_apply (rc_strong_count_spec (outer_so p Ny γi ii li) ⊤ with "[$Hna $Hy]"); [done|].
    iIntros (m2) "((_ & _ & %Hm2) & Hna & Hy)". rewrite (Hm2 eq_refl). wp_pures.
    (** That of the inner one, of which both halves are needed. *)
    wp_rec. wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iMod (outer_acc p Nx with "Hx Hna") as "(Hdx & Hin & Hna & Hclosex)"; [done|].
    iMod (outer_acc p Ny with "Hy Hna") as "(Hdy & Hin' & Hna & Hclosey)"; [solve_ndisj|].
    wp_read. iCombine "Hin Hin'" as "Hin". rewrite /inner_half -is_rc_split Qp.half_half.
    wp_apply (rc_strong_count_spec (inner_so p) with "[$Hna $Hin]"); [solve_ndisj|].
    iIntros (m3) "((_ & _ & %Hm3) & Hna & Hin)". rewrite (Hm3 eq_refl).
    iEval (rewrite -Qp.half_half is_rc_split) in "Hin". iDestruct "Hin" as "[Hin Hin']".
    iMod ("Hclosey" with "Hdy Hin' Hna") as "[Hy Hna]".
    iMod ("Hclosex" with "Hdx Hin Hna") as "[Hx Hna]". wp_pures.
    (** The first outer one goes. *)
    wp_apply (rc_drop_keep_spec (outer_so p Nx γi ii li) ⊤ with "[$Hna $Hx]"); [done|].
    iIntros "[Hna Hx]". wp_pures.
    wp_apply (drop_outer_spec p Nx with "[$Hna $Hx]"); [done..|].
    iIntros "(Hna & Hx & Hreceipt)". wp_pures.
    wp_rec. wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iMod (outer_acc p Ny with "Hy Hna") as "(Hdy & Hin & Hna & Hclosey)"; [done|].
    wp_read. rewrite /inner_half.
    iMod (rc_receipt_live with "Hin Hreceipt Hna") as "[Hin Hna]"; [solve_ndisj|].
    rewrite Qp.half_half.
    wp_apply (rc_strong_count_spec (inner_so p) with "[$Hna $Hin]"); [solve_ndisj|].
    iIntros (m4) "((_ & _ & %Hm4) & Hna & Hin)". rewrite (Hm4 eq_refl).
    iEval (rewrite -Qp.half_half is_rc_split_weak) in "Hin".
    iDestruct "Hin" as "[Hin Hshare]".
    iMod ("Hclosey" with "Hdy Hin Hna") as "[Hy Hna]". wp_pures.
    (** The second is in the cell alone. *)
    wp_apply (rc_drop_keep_spec (outer_so p Ny γi ii li) ⊤ with "[$Hna $Hy]"); [done|].
    iIntros "[Hna Hy]". wp_pures. wp_read. wp_pures.
    rewrite -(heap_pointsto_vec_singleton cell). wp_free with "H". wp_pures.
    wp_apply (read_through_spec p Ny with "[$Hna $Hy]"); [done|].
    iIntros "[Hna Hy]". wp_pures.
    wp_apply (drop_outer_spec p Ny with "[$Hna $Hy]"); [done..|].
    iIntros "(Hna & Hy & Hreceipt)".
    iDestruct (rc_receipt_weak with "Hreceipt Hshare") as "Hreceipt".
    rewrite Qp.half_half.
    iMod (rc_receipt_whole with "Hreceipt Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_settle with "Hlast Hna") as "[Hi Hna]"; [done|]. rewrite Hγi.
    wp_let. do 7 iApply expect_eq. wp_pures. iModIntro. iSplitR; [done|].
    iApply heap_lease_halves. iFrame "Hi". iApply heap_lease_halves. iFrame "Hx".
    iApply heap_lease_halves. iFrame.
  Qed.
End client.

Definition rc_nestedΣ : gFunctors := #[lrustΣ; na_invΣ; cinvΣ; markedΣ; rcΣ gname].

Theorem cell_of_rc_rc_adequate :
  adequate NotStuck cell_of_rc_rc ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  apply (lrust_adequacy_leak_free rc_nestedΣ _ (λ v, v = #true%V)).
  intros HΣ. apply cell_of_rc_rc_spec.
Qed.

Lemma cell_of_rc_rc_run :
  let o := run_program choice_reuse [] 5000 cell_of_rc_rc in
  main_value o = Some #true%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.
