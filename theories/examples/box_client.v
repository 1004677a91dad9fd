(** * Client of boxes: raw and back, leaked, and compared by address

<<
  let b = Box::new(3);
  let p = Box::into_raw(b);
  unsafe { *p = 5 };
  let b = unsafe { Box::from_raw(p) };
  let a = *b;
  drop(b);

  let c: &'static mut i64 = Box::leak(Box::new(a));
  *c += 1;

  let y = 1;
  let r = &y;
  *c == 6 && std::ptr::eq(r, r)
>>
[box_client_adequate]: it returns true. The leaked block is never freed; what is in it can
be used for ever, by the token of [static], which everybody has. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import box.
From tally.prelude Require Import options.

Local Notation "'codes'" := (data_code Empty_set).
Local Definition int_code : codes := DataInt.
Local Definition int_of (z : Z) : proph_type int_code := z.

Definition box_int : val := λ: ["v"], let: "b" := new [ #1 ] in "b" <- "v";; "b".
Definition box_client : expr :=
  let: "b" := box_int [ #3 ] in
  let: "p" := box_into_raw ["b"] in
  "p" <- #5;;
  let: "b" := box_from_raw ["p"] in
  let: "a" := !"b" in
  box_drop 1 ["b"];;
  let: "c" := box_int ["a"] in
  let: "c" := box_leak ["c"] in
  "c" <- !"c" + #1;;
  let: "y" := box_int [ #1 ] in
  if: address_equal ["y"; "y"] then !"c" = #6 else #false.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ}.

  Local Definition int_ty : raw_type Σ (proph_type int_code) := int_raw.
  Local Instance int_ty_timeless : RawTimeless int_ty.
  Proof using Type. apply int_raw_timeless. Qed.
  Local Instance int_ty_agree : RawAgree int_ty.
  Proof using Type. apply int_raw_agree. Qed.
  Local Lemma acc_int_ty l q (z : Z) : acc int_ty l q (int_of z) ⊣⊢ l ↦{q} #z.
  Proof using Type. apply acc_int. Qed.

  Lemma box_int_spec (z : Z) :
    {{{ True }}} box_int [ #z ] {{{ l, RET #l; box_own int_ty l (int_of z) }}}.
  Proof using UntrackedHeap0.
    iIntros (Φ) "_ HΦ". wp_rec. iDestruct (heap_lease_untracked 1 0) as "Hk".
    wp_apply (new_spec with "Hk"); [done|]. iIntros (l) "(_ & H† & Hl)".
    rewrite /= heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures. iApply "HΦ".
    rewrite box_own_raw acc_int_ty. by iFrame.
  Qed.

  Lemma box_client_spec : proph_ctx -∗ WP box_client {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /box_client.
    wp_apply (box_int_spec with "[//]"). iIntros (b) "Hb". wp_pures.
    (* Raw and back. *)
    wp_apply (box_into_raw_spec with "Hb"). iIntros "[Hb H†]".
    rewrite acc_int_ty. wp_pures. wp_write. wp_pures.
    wp_apply (box_from_raw_spec int_ty b (int_of 5) with "[$H† Hb]").
    { by rewrite acc_int_ty. }
    rewrite box_own_raw acc_int_ty. iIntros "[Hb H†]". wp_pures. wp_read. wp_pures.
    iDestruct (heap_lease_untracked 1 1) as "Hk".
    wp_apply (box_drop_spec int_ty b (int_of 5) 1 0 with "[$Hk Hb H†]").
    { rewrite box_own_raw acc_int_ty. by iFrame. }
    iIntros "_". wp_pures.
    (* Leaked. *)
    wp_apply (box_int_spec with "[//]"). iIntros (c) "Hc". wp_pures.
    wp_apply (box_leak_spec with "[$Hctx $Hc]"). iIntros (i) "Hc". wp_pures.
    iDestruct (lft_tok_static 1) as "Hs".
    iMod (mut_as_ptr with "Hc Hs") as "[Hc Hclose]"; [done|]. rewrite acc_int_ty.
    wp_read. wp_pures. wp_write.
    iMod ("Hclose" $! (int_of 6) with "[Hc]") as "[Hc _]"; [by rewrite acc_int_ty|].
    wp_pure _ credit:"H£". wp_pures.
    (* Compared. *)
    wp_apply (box_int_spec with "[//]"). iIntros (y) "Hy".
    rewrite box_own_raw. iDestruct "Hy" as "[Hy _]".
    iMod (ptr_to_ref int_ty _ static with "H£ Hy") as "[#Hy _]"; [done|].
    wp_pures.
    wp_apply (address_equal_ref_spec int_ty with "[$Hy $Hs]"); [simpl; lia|].
    iIntros (b') "(-> & _ & _)". rewrite bool_decide_eq_true_2 //. wp_pures.
    iMod (mut_as_ptr with "Hc Hs") as "[Hc _]"; [done|]. rewrite acc_int_ty.
    wp_read. wp_pures. done.
  Qed.
End client.

Theorem box_client_adequate : adequate NotStuck box_client ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply box_client_spec.
Qed.
