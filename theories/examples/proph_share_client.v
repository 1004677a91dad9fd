(** * Client of a mutable reference that is shared for a while

<<
  let mut x = 1;
  { let r = &mut x;
    let a = { let s = &*r;  let t = s;  *s + *t };
    *r += a; }
  x
>>
[share_adequate]: it returns 3. While [s] and [t] are alive [r] cannot be written to, and
what they read is what [r] points to. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_share.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Definition share : expr :=
  let: "x" := Alloc #1 in "x" <- #1;;
  let: "r" := "x" in
  let: "a" := !"r" + !"r" in
  "r" <- !"r" + "a";;
  let: "v" := !"x" in
  Free #1 "x";;
  "v".

Local Notation "'codes'" := (data_code Empty_set).

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ}.

  Local Definition int_ty : raw_type Σ (proph_type int_code) := int_raw.
  Local Instance int_ty_timeless : RawTimeless int_ty.
  Proof using Type. apply int_raw_timeless. Qed.
  Local Lemma acc_int_ty l q a : acc int_ty l q a ⊣⊢ l ↦{q} #(a : Z).
  Proof using Type. apply acc_int. Qed.

  Lemma share_spec : proph_ctx -∗ WP share {{ v, ⌜v = #3⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /share.
    wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' #Hend']".
    iMod (ptr_to_mut int_ty _ κ l (int_val 1) with "Hctx [Hl]") as (i) "[Hr Hback]";
      [done..|by rewrite acc_int_ty|].
    iMod (mut_share int_ty _ κ κ' with "H£ Hr Hκ") as "[#Hs Hback']"; [done|].
    (* Two readers. *)
    iDestruct "Hκ'" as "[Hκ1 Hκ2]".
    iMod (ref_to_ptr int_ty with "Hs Hκ1") as (q1) "[Hl1 Hclose1]"; [done|].
    iMod (ref_to_ptr int_ty with "Hs Hκ2") as (q2) "[Hl2 Hclose2]"; [done|].
    rewrite (acc_int_ty l q1) (acc_int_ty l q2). wp_read. wp_read. wp_pures.
    iMod ("Hclose1" with "Hl1") as "Hκ1". iMod ("Hclose2" with "Hl2") as "Hκ2".
    iCombine "Hκ1 Hκ2" as "Hκ'". iMod ("Hend'" with "Hκ'") as "#H†'".
    iMod ("Hback'" with "H†'") as "[Hr Hκ]".
    (* The writer. *)
    iMod (mut_to_ptr int_ty with "Hctx Hr Hκ") as "[Hl Hexpire]"; [done..|].
    rewrite (acc_int_ty l 1). wp_read. wp_pures. wp_write.
    iMod ("Hexpire" $! (int_val 3) with "[Hl]") as "[#Hi Hκ]"; [by rewrite acc_int_ty|].
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (b) "[Hl #Hi']".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|]. rewrite acc_int_ty.
    wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton l). wp_free.
    wp_pures. done.
  Qed.
End client.

(** What was read while it was shared has been added. *)
Theorem share_adequate : adequate NotStuck share ∅ (λ v _, v = #3%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply share_spec.
Qed.
