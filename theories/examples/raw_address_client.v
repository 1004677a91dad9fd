(** * Client of addresses: two places that look alike

<<
  let x = 7;  let y = 7;
  let r = &x;  let s = &y;
  let a = std::ptr::eq(r, s);
  let b = std::ptr::eq(r, r);
  !a && b
>>
[address_adequate]: it returns true. The values are the same and the places are not, and while
both references are alive the comparison tells ([address_equal_ref_spec]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import box.
From tally.prelude Require Import options.

Definition address_client : expr :=
  let: "x" := Alloc #1 in "x" <- #7;;
  let: "y" := Alloc #1 in "y" <- #7;;
  let: "a" := address_equal ["x"; "y"] in
  let: "b" := address_equal ["x"; "x"] in
  Free #1 "x";; Free #1 "y";;
  if: "a" then #false else "b".

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !lftG Σ}.

  Lemma address_client_spec : ⊢ WP address_client {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    rewrite /address_client.
    wp_alloc x as "Hx" "Hx†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    wp_alloc y as "Hy" "Hy†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£'". wp_write. wp_pures.
    rewrite -(acc_int x) -(acc_int y).
    iDestruct (acc_ne with "Hx Hy") as %Hxy; [simpl; lia..|].
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (ptr_to_ref int_raw _ κ with "H£ Hx") as "[#Hr Hback]"; [done|].
    iMod (ptr_to_ref int_raw _ κ with "H£' Hy") as "[#Hs Hback']"; [done|].
    iDestruct "Hκ" as "[Hκ Hκ']".
    wp_apply (address_equal_ref_spec int_raw κ κ _ _ x y with "[$Hr $Hs $Hκ $Hκ']"); [simpl; lia|].
    iIntros (a) "(-> & _ & Hκ & Hκ')". rewrite bool_decide_eq_false_2 //. wp_pures.
    wp_apply (address_equal_ref_spec int_raw κ κ _ _ x x with "[$Hr $Hκ $Hκ']"); [simpl; lia|].
    iIntros (b) "(-> & _ & Hκ & Hκ')". rewrite bool_decide_eq_true_2 //. wp_pures.
    iCombine "Hκ Hκ'" as "Hκ". iMod ("Hend" with "Hκ") as "#H†".
    iMod ("Hback" with "H†") as "Hx". iMod ("Hback'" with "H†") as "Hy". rewrite !acc_int.
    rewrite -(heap_pointsto_vec_singleton x) -(heap_pointsto_vec_singleton y).
    wp_free. wp_pures. wp_free. wp_pures. done.
  Qed.
End client.

(** The comparison tells two places apart. *)
Theorem address_adequate : adequate NotStuck address_client ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; lftΣ]). intros HΣ Huntracked. apply address_client_spec.
Qed.
