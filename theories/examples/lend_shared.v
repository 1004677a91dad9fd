(** * Client: [Rc::deref] and [UniqueFrame::meta] as shared references

Both are the cast from a raw pointer to a shared reference ([ptr_to_ref]): the handle has
some share of the content, which is lent for any lifetime. The rest of the handle lies with
the lender, and when the lifetime is over the handle is back, unchanged.

- [rc_deref_lend]: a handle of an [Rc] with a fixed content, whatever other handles there
  are.
- [frame_meta_lend]: the unique handle of a frame. Meanwhile the frame cannot be dropped,
  shared or repurposed.

<<
  let x = Rc::new(41);
  let r: &i64 = &*x;
  let a = *r + *r;                  // two copies of one reference
  drop(x);
  a
>>
[deref_adequate]: it returns 82, and frees its memory.

<<
  let f = UniqueFrame::from_unused(paddr, 42);
  let r = f.meta();
  let a = *r + *r;
  drop(f);
  a
>>
[meta_adequate]: it returns 84. *)
From iris.base_logic.lib Require Import own invariants na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame number_dict frame_adequacy.
From tally.lifetime Require Import lifetime.
From tally.rc Require Import rc rc_context.
From tally.borrow Require Import raw_access.
From tally.prelude Require Import options.

Section deref.
  Context `{!lrustGS Σ, !na_invG Σ, !lftG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.
  Context (SO : shared_own (na_own p) (rc_contentN N) (rc_fixed_content τ)).
  Context `{!rcG Σ (so_id SO)}.

  (** A handle lends its share of the content. *)
  Lemma rc_deref_lend κ γ i l wl r k j :
    {{{ £ 1 ∗ rc_own (rc_so_fixed SO) γ i l wl r k j }}}
      rc_deref [ #l ]
    {{{ q, RET #(l +ₗ 2); shr_ref κ (cells_raw (length wl)) (l +ₗ 2) q wl ∗
        ([†κ] ={⊤}=∗ rc_own (rc_so_fixed SO) γ i l wl r k j) }}}.
  Proof.
    iIntros (Φ) "[H£ Hrc] HΦ". iApply wp_fupd.
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (rc_deref_acc with "Hrc") as (q) "[Hd Hrc]". rewrite -(acc_cells _ _ wl).
    iMod (ptr_to_ref (cells_raw (length wl)) _ κ with "H£ Hd") as "[#Hr Hback]"; [done|].
    iModIntro. iApply "HΦ". iFrame "Hr". iIntros "H†". iMod ("Hback" with "H†") as "Hd".
    iModIntro. by iApply "Hrc".
  Qed.
End deref.

Section meta.
  Context `{!lrustGS Σ, !frameG Σ, !lftG Σ} (D : meta_dict Σ).

  (** The unique handle lends its metadata. *)
  Lemma frame_meta_lend κ γ s i vl :
    {{{ £ 1 ∗ unique_frame D γ s i vl }}}
      frame_meta [ #s ]
    {{{ RET #(s +ₗ slot_storage);
        shr_ref κ (cells_raw (length vl)) (s +ₗ slot_storage) 1 vl ∗
        ([†κ] ={⊤}=∗ unique_frame D γ s i vl) }}}.
  Proof.
    iIntros (Φ) "[H£ Hh] HΦ". iApply wp_fupd. wp_rec. wp_pures.
    iDestruct (unique_frame_meta_acc with "Hh") as "(Hl & Hm & Hh)".
    rewrite -{1}(acc_cells _ _ vl).
    iMod (ptr_to_ref (cells_raw (length vl)) _ κ with "H£ Hl") as "[#Hr Hback]"; [done|].
    iModIntro. iApply "HΦ". iFrame "Hr". iIntros "H†". iMod ("Hback" with "H†") as "Hl".
    rewrite acc_cells. iModIntro. iApply ("Hh" with "Hl Hm").
  Qed.
End meta.

(** One cell through a shared reference. *)
Lemma shr_cell_read `{!lrustGS Σ, !lftG Σ} κ r (l : loc) q v :
  {{{ shr_ref κ (cells_raw 1) l q [v] ∗ r.[κ] }}} !#l {{{ RET v; r.[κ] }}}.
Proof.
  iIntros (Φ) "[#Hr Hκ] HΦ".
  iMod (ref_to_ptr with "Hr Hκ") as (q') "[Hl Hclose]"; [done|].
  rewrite (acc_cells l q' [v]) heap_pointsto_vec_singleton. wp_read.
  iMod ("Hclose" with "Hl") as "Hκ". by iApply "HΦ".
Qed.

(** ** Programs *)
Definition deref_client : expr :=
  let: "cell" := Alloc #1 in "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  let: "r" := rc_deref ["x"] in
  let: "s" := "r" in
  let: "a" := !"r" + !"s" in
  rc_drop 1 drop_nothing ["x"];;
  Free #1 "cell";;
  "a".

Section deref_client.
  Context `{!rcGS Σ, !lftG Σ}.
  Local Definition derefN : namespace := nroot .@ "deref".
  Local Definition int_cell : type Σ := pure_ty (λ v, ∃ z : Z, v = #z).
  Local Definition int_so : rc_shared_own rc_pool derefN eq int_cell :=
    rc_so_fixed (so_na rc_pool (rc_contentN derefN) (rc_fixed_content int_cell)).

  Lemma deref_client_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗
    WP deref_client {{ v, ⌜v = #82⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /deref_client.
    wp_alloc c as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease Hblock]".
    wp_apply (rc_new_spec int_so c [ #41]%V [ #41]%V with "[$Hblock $Hc]"); [done| |].
    { iPureIntro. by exists #41%V; split; [|exists 41%Z]. }
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    wp_apply (rc_deref_lend _ κ with "[$H£ $Hrc]"). iIntros (q) "[#Hr Hback]". wp_pures.
    wp_apply (shr_cell_read with "[$Hr $Hκ]"). iIntros "Hκ".
    wp_apply (shr_cell_read with "[$Hr $Hκ]"). iIntros "Hκ". wp_pures.
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as "Hrc".
    wp_apply (rc_drop_alone_spec int_so ⊤ drop_nothing (ty_own int_cell)
      with "[$Hna $Hrc]"); [done|iApply drop_nothing_spec|].
    iIntros (vl) "(_ & Hblock & _)". rewrite Hγ /=. wp_pures.
    iDestruct (heap_lease_halves with "[$Hlease $Hblock]") as "Hlease".
    wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.
End deref_client.

(** Two copies of the reference read the content. *)
Theorem deref_adequate : adequate NotStuck deref_client ∅ (λ v σ, v = #82%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy #[rc_stdΣ; lftΣ] _ (λ v, v = #82%V)). iIntros (HΣ) "Hna Hlease".
  iApply (deref_client_spec with "Hna Hlease").
Qed.

Definition meta_client : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #8192;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  get_from_unused 1 ["slot"; #0; "src"; #true];;
  let: "r" := frame_meta ["slot"] in
  let: "a" := !"r" + !"r" in
  number_unique_drop ["slot"];;
  "a".

Section meta_client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ, !lftG Σ}.
  Let N := nroot .@ "frame".

  Lemma meta_client_spec : ⊢ WP meta_client {{ v, ⌜v = #84⌝ }}.
  Proof using All.
    rewrite /meta_client /slot_paddr.
    wp_alloc s as "Hs" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)".
    wp_pure _ credit:"H£". wp_pures. wp_write. wp_write.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write. wp_pures.
    iMod pending_incs_alloc as (γr) "Hr".
    iMod (frame_slot_alloc number_dict N ⊤ γr s 8192 with "Hs [Hs1 Hs4] Hs3")
      as (γ) "(%Hγ & #I & L)".
    { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    rewrite -(heap_pointsto_vec_singleton src). wp_pures.
    wp_apply (get_from_unused_at number_dict N _ γ s 8192%Z 0 src [ #42 ] true
      with "I Hsrc [] L").
    { iApply number_own; [lia|done]. }
    iIntros (st ->%state_weight_0) "_ H". iDestruct "H" as (γm) "[L Hh]". wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    wp_apply (frame_meta_lend number_dict κ with "[$H£ $Hh]"). iIntros "[#Href Hback]".
    wp_pures. wp_apply (shr_cell_read with "[$Href $Hκ]"). iIntros "Hκ".
    wp_apply (shr_cell_read with "[$Href $Hκ]"). iIntros "Hκ". wp_pures.
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as "Hh".
    wp_apply (number_unique_drop_spec with "[$I $Hh $L]"). iIntros "_". wp_pures. done.
  Qed.
End meta_client.

(** Two copies of the reference read the metadata. *)
Theorem meta_adequate : adequate NotStuck meta_client ∅ (λ v _, v = #84%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; cinvΣ; frameΣ; lftΣ]). intros HΣ Huntracked.
  apply meta_client_spec.
Qed.
