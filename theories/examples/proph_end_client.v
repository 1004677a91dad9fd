(** * A client of prophecies: nothing is decided before the end

<<
  let mut x = 1;
  { let r = &mut x;  add_one(&mut *r);  add_one(r); }
  x == 3
>>

The proof never finds out what is in [x]. When the reborrowed reference has ended, [r]
points to some value, of which there is an observation; when [r] has ended, [x] has some
value, of which there is one, too. Only the value that is returned is observed to be 3, and
[proph_adequate_val] turns this into a fact about executions. The reborrow costs later
credits, so this is adequacy with credits. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_borrow proph_adequacy.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Definition twice : expr :=
  let: "x" := Alloc #1 in "x" <- #1;;
  let: "r" := "x" in
  let: "s" := "r" in
  add_one ["s"];; add_one ["r"];;
  let: "a" := !"x" in
  Free #1 "x";;
  "a".

Local Notation "'codes'" := (data_code Empty_set).

Lemma twice_spec `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ} :
  proph_ctx -∗ WP twice {{ v, ⟨π, v = #3⟩ }}.
Proof.
  iIntros "#Hctx". rewrite /twice.
  wp_alloc x as "Hx" "Hx†". rewrite heap_pointsto_vec_singleton.
  wp_pure _ credit:"H1". wp_pure _ credit:"H2". wp_write.
  wp_pure _ credit:"H3". wp_pure _ credit:"H4". iCombine "H1 H2 H3 H4" as "H£".
  iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' #Hend']".
  iMod (mut_known_borrow (int_at x) _ κ (int_val 1) with "Hctx Hx") as (i) "[Hr Hback]";
    [done..|].
  iMod (mut_known_reborrow _ _ _ (κ' ⊓ κ) 1 with "H£ Hctx [] Hr [Hκ Hκ']")
    as (j) "(Hs & Hκ & Hback')";
    [done..|iApply lft_intersect_incl_r|by rewrite lft_tok_sep; iFrame|].
  wp_smart_apply (add_one_spec with "[$Hctx $Hs $Hκ]"). iIntros "[#Hj Hκ]".
  rewrite lft_tok_sep. iDestruct "Hκ" as "[Hκ' Hκ]".
  iMod ("Hend'" with "Hκ'") as "#H†'".
  iMod ("Hback'" with "[]") as (b) "[Hr #Hb]"; [rewrite lft_dead_or; by iLeft|].
  wp_smart_apply (add_one_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hi Hκ]".
  iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as (c) "[Hx #Hc]".
  rewrite /int_at. wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton x).
  wp_free. wp_pures.
  iDestruct (proph_obs_and with "Hj Hb") as "H1". iDestruct (proph_obs_and with "Hi Hc") as "H2".
  iModIntro. iApply (proph_obs_mono_2 with "H1 H2"). intros π [Hj Hb] [Hi Hc].
  rewrite Hj in Hb. rewrite Hi in Hc. by rewrite -Hc -Hb.
Qed.

Theorem twice_adequate : adequate NotStuck twice ∅ (λ v _, v = #3%V).
Proof.
  apply (proph_adequate_val codes #[lrustΣ; prophΣ codes; lftΣ]). intros ???.
  apply twice_spec.
Qed.
