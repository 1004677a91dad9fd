(** * Client of variance: an owning pointer to short-lived references

<<
  let s: &'static i64 = Box::leak(Box::new(7));
  let x: Box<&'static i64> = Box::new(s);
  let mut x: Box<&'a i64> = x;                 // covariant
  { let b = 1;  *x = &b;  assert!( **x == 1); }
  drop(x);                                     // 'a is over
>>
[variance_adequate]: it returns 1. The box that was one of ['static] references is weakened,
a reference to a local variable is stored in it, and when the variable is gone the box is
dropped all the same: its memory is freed, and what is in it is not used. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import variance.
From tally.prelude Require Import options.

Definition variance_client : expr :=
  let: "s" := Alloc #1 in "s" <- #7;;
  let: "x" := new [ #1 ] in "x" <- "s";;
  let: "b" := Alloc #1 in "b" <- #1;;
  "x" <- "b";;
  let: "a" := !(!"x") in
  Free #1 "b";;
  box_drop 1 ["x"];;
  "a".

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !lftG Σ}.

  Lemma variance_client_spec : ⊢ WP variance_client {{ v, ⌜v = #1⌝ }}.
  Proof using All.
    rewrite /variance_client.
    wp_alloc s as "Hs" "_". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    iDestruct (heap_lease_untracked 1 0) as "Hk".
    wp_apply (new_spec with "Hk"); [done|]. iIntros (x) "(_ & H† & Hx)".
    rewrite /= heap_pointsto_vec_singleton. wp_pure _ credit:"H£'". wp_write.
    (* A box of a ['static] reference. *)
    iMod (ref_val_new int_raw _ static s 7 with "H£ [Hs]") as "[#Hs _]";
      [done|by rewrite acc_int|].
    iAssert (box_own (ref_raw static int_raw) x (s, 7%Z)) with "[Hx H†]" as "Hx".
    { rewrite box_own_raw ref_acc. by iFrame "Hx Hs H†". }
    wp_pures. wp_alloc b as "Hb" "Hb†". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write.
    (* Weakened. *)
    iMod lft_create as (κ) "[Hκ #Hend]".
    iDestruct (box_sub _ (ref_raw κ int_raw) with "[] Hx") as "Hx".
    { iApply ref_sub. iApply lft_incl_static. }
    iMod (ref_val_new int_raw _ κ b 1 with "H£' [Hb]") as "[#Hb Hback]";
      [done|by rewrite acc_int|].
    rewrite box_own_raw ref_acc. iDestruct "Hx" as "[[Hx _] H†]".
    wp_pures. wp_write. wp_pures. wp_read.
    iMod (ref_val_acc int_raw with "Hb Hκ") as (q) "[Hbl Hclose]"; [done|].
    rewrite (acc_int b q). wp_read. iMod ("Hclose" with "Hbl") as "Hκ".
    (* The variable is gone, and the box is dropped. *)
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as "Hbl".
    rewrite acc_int. wp_pures. rewrite -(heap_pointsto_vec_singleton b). wp_free. wp_pures.
    iDestruct (heap_lease_untracked 1 1) as "Hk'".
    wp_apply (box_drop_dead_spec κ int_raw x (b, 1%Z) 1 0 with "[$H†κ $Hk' Hx H†]").
    { rewrite box_own_raw ref_acc. by iFrame "Hx Hb H†". }
    iIntros "_". wp_pures. done.
  Qed.
End client.

(** The box is dropped after the lifetime of its content. *)
Theorem variance_adequate : adequate NotStuck variance_client ∅ (λ v _, v = #1%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; lftΣ]). intros HΣ Huntracked. apply variance_client_spec.
Qed.
