(** * Client: a box that is leaked, and taken back

<<
  let b = Box::new(3);
  let r: &'static mut i64 = Box::leak(b);
  *r += 1;
  let b = unsafe { Box::from_raw(r) };
  let a = *b;
  drop(b);
  a
>>
[unleak_adequate]: it returns 4, and frees its memory ([box_unleak]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import unleak.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Definition unleak : expr :=
  let: "b" := new [ #1 ] in "b" <- #3;;
  let: "r" := box_leak ["b"] in
  "r" <- !"r" + #1;;
  let: "b" := box_from_raw ["r"] in
  let: "a" := !"b" in
  box_drop 1 ["b"];;
  "a".

Local Notation "'codes'" := (data_code Empty_set).

Section client.
  Context `{!lrustGS Σ, !prophGS codes Σ, !lftG Σ}.

  Local Definition int_ty : raw_type Σ (proph_type int_code) := int_raw.
  Local Instance int_ty_timeless : RawTimeless int_ty.
  Proof using Type. apply int_raw_timeless. Qed.
  Local Lemma acc_int_ty l q a : acc int_ty l q a ⊣⊢ l ↦{q} #(a : Z).
  Proof using Type. apply acc_int. Qed.

  Lemma unleak_spec :
    proph_ctx -∗ heap_lease 1 0 -∗ WP unleak {{ v, ⌜v = #4⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "#Hctx Hk". rewrite /unleak.
    wp_apply (new_spec with "Hk"); [done|]. iIntros (l) "(Hk & H† & Hl)".
    rewrite /= heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    wp_apply (box_leak_keep_spec int_ty l (int_val 3) with "[$Hctx Hl H†]").
    { rewrite box_own_raw acc_int_ty. by iFrame "Hl H†". }
    iIntros (i) "[Hr H†]". wp_pures. iDestruct (lft_tok_static 1) as "Hs".
    iMod (mut_as_ptr with "Hr Hs") as "[Hl Hclose]"; [done|]. rewrite acc_int_ty.
    wp_read. wp_pures. wp_write.
    iMod ("Hclose" $! (int_val 4) with "[Hl]") as "[Hr _]"; [by rewrite acc_int_ty|].
    iMod (box_unleak with "Hctx Hr H†") as "Hb"; [done..|]. rewrite box_own_raw. wp_pures.
    wp_apply (box_from_raw_spec int_ty l (int_val 4) with "Hb").
    rewrite box_own_raw acc_int_ty. iIntros "[Hl H†]". wp_pures. wp_read. wp_pures.
    wp_apply (box_drop_spec int_ty l (int_val 4) 1 0 with "[$Hk Hl H†]").
    { rewrite box_own_raw acc_int_ty. by iFrame "Hl H†". }
    iIntros "Hk". wp_pures. by iFrame "Hk".
  Qed.
End client.

(** The leaked block is freed in the end. *)
Theorem unleak_adequate : adequate NotStuck unleak ∅ (λ v σ, v = #4%V ∧ σ = ∅).
Proof.
  apply (lrust_adequacy_leak_free #[lrustΣ; prophΣ codes; lftΣ] _ (λ v, v = #4%V)).
  iIntros (HΣ) "Hk". iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx".
  iApply (unleak_spec with "Hctx Hk").
Qed.
