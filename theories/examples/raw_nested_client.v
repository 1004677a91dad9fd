(** * Client of shared references to shared references

<<
  let x = 7;
  let r = &x;
  let s = &r;
  let t = s;
  **s + **t
>>
[nested_ref_adequate]: it returns 14. Afterwards both places are the client's again, and are
freed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import nested_ref.
From tally.prelude Require Import options.

Definition nested_ref : expr :=
  let: "x" := Alloc #1 in "x" <- #7;;
  let: "r" := Alloc #1 in "r" <- "x";;
  let: "s" := "r" in
  let: "t" := "s" in
  let: "a" := !(!"s") + !(!"t") in
  Free #1 "r";; Free #1 "x";;
  "a".

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !lftG Σ}.

  Lemma nested_ref_spec : ⊢ WP nested_ref {{ v, ⌜v = #14⌝ }}.
  Proof using All.
    rewrite /nested_ref.
    wp_alloc x as "Hx" "Hx†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    wp_alloc l as "Hl" "Hl†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£'". wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' #Hend']".
    iMod (ref_val_new int_raw _ κ x 7 with "H£ [Hx]") as "[#Hr Hback]";
      [done|by rewrite acc_int|].
    iMod (nested_ref_new int_raw _ κ κ' with "H£' Hl Hr") as "[#Hs Hback']"; [done|].
    wp_apply (nested_deref_spec with "[$Hs $Hκ $Hκ']"). iIntros "[Hκ Hκ']".
    wp_apply (nested_deref_spec with "[$Hs $Hκ $Hκ']"). iIntros "[Hκ Hκ']". wp_pures.
    iMod ("Hend'" with "Hκ'") as "#H†'". iMod ("Hback'" with "H†'") as "Hl".
    rewrite -(heap_pointsto_vec_singleton l). wp_free. wp_pures.
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as "Hx". rewrite acc_int.
    rewrite -(heap_pointsto_vec_singleton x). wp_free. wp_pures. done.
  Qed.
End client.

(** What is read through both references. *)
Theorem nested_ref_adequate : adequate NotStuck nested_ref ∅ (λ v _, v = #14%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; lftΣ]). intros HΣ Huntracked. apply nested_ref_spec.
Qed.
