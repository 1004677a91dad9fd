(** * Client of references to the elements of a slice

<<
  let mut xs = [1, 5, 7];
  for r in xs.iter_mut() { *r += 1 }
  xs[0] == 2 && xs[1] == 6 && xs[2] == 8
>>
[elements_adequate]: it returns true. The lender of the list knows its final value, which is
made of those of the three references ([mut_slice_elements], [mut_elements]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_slice.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Definition elements : expr :=
  let: "xs" := Alloc #3 in
  "xs" <- #1;; ("xs" +ₗ #1) <- #5;; ("xs" +ₗ #2) <- #7;;
  add_one ["xs"];; add_one ["xs" +ₗ #1];; add_one ["xs" +ₗ #2];;
  let: "a" := !"xs" in let: "b" := !("xs" +ₗ #1) in let: "c" := !("xs" +ₗ #2) in
  Free #3 "xs";;
  if: "a" = #2 then (if: "b" = #6 then "c" = #8 else #false) else #false.

Local Notation "'codes'" := (data_code Empty_set).
Local Definition ints_code : codes := DataList DataInt.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ}.

  Local Definition num_raw : raw_type Σ (proph_type int_code) := int_raw.
  Local Instance num_raw_timeless : RawTimeless num_raw := int_raw_timeless.
  Local Lemma acc_num l a : acc num_raw l 1 a ⊣⊢ int_at l a.
  Proof using Type. exact (acc_int l 1 a). Qed.
  Local Lemma nums_at l (a b c : proph_type int_code) :
    acc (slice_raw num_raw 3) l 1 [a; b; c] ⊣⊢ l ↦∗ [ #(a : Z); #(b : Z); #(c : Z)]%V.
  Proof using Type.
    rewrite acc_slice /= !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    rewrite !acc_num /int_at shift_loc_0. iSplit.
    - iIntros "(_ & $ & $ & $ & _)".
    - iIntros "($ & $ & $ & _)". done.
  Qed.
  Local Definition nums_acc l (x : proph_type ints_code) : iProp Σ :=
    acc (slice_raw num_raw 3) l 1 (x : list (proph_type int_code)).
  Local Instance nums_acc_timeless l x : Timeless (nums_acc l x).
  Proof using Type. rewrite /nums_acc. apply _. Qed.

  Lemma elements_spec : proph_ctx -∗ WP elements {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /elements.
    wp_alloc l as "Hl" "H†".
    rewrite /= !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    iDestruct "Hl" as "(Hl & Hl1 & Hl2 & _)".
    wp_pure _ credit:"H£1". wp_write. wp_pure _ credit:"H£2". wp_pure _ credit:"H£3".
    wp_pures. wp_write. wp_pure _ credit:"H£4". wp_pure _ credit:"H£5". wp_pures.
    wp_write. wp_pure _ credit:"H£6". wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_known_borrow (A:=ints_code) (nums_acc l) _ κ
      [int_val 1; int_val 5; int_val 7] with "Hctx [Hl Hl1 Hl2]") as (i) "[Hr Hback]";
      [done..| |].
    { rewrite /nums_acc nums_at !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
      by iFrame "Hl Hl1 Hl2". }
    iCombine "H£1 H£2 H£3 H£4 H£5 H£6" as "H£".
    iMod (mut_slice_elements num_raw _ κ 1 3 l [int_val 1; int_val 5; int_val 7] i
      with "H£ Hctx Hr Hκ") as (js) "(Hjs & Hκ & #Hi)"; [done..|].
    iDestruct (big_sepL2_length with "Hjs") as %Hjs.
    destruct js as [|j0 [|j1 [|j2 [|]]]]; try done. iDestruct "Hjs" as "(H0 & H1 & H2 & _)".
    rewrite /= shift_loc_0.
    iDestruct (mut_known_iff _ (int_at l) with "H0") as "H0"; [apply acc_num|].
    iDestruct (mut_known_iff _ (int_at (l +ₗ 1)) with "H1") as "H1"; [apply acc_num|].
    iDestruct (mut_known_iff _ (int_at (l +ₗ 2)) with "H2") as "H2"; [apply acc_num|].
    wp_apply (add_one_spec with "[$Hctx $H0 $Hκ]"). iIntros "[#H0 Hκ]". wp_pures.
    wp_apply (add_one_spec with "[$Hctx $H1 $Hκ]"). iIntros "[#H1 Hκ]". wp_pures.
    wp_apply (add_one_spec with "[$Hctx $H2 $Hκ]"). iIntros "[#H2 Hκ]". wp_pures.
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (x) "[Hl #Hi']".
    iMod (proph_obs_agree _ _ _ ([2; 6; 8] : list Z)%Z with "Hctx Hi' []") as %->; [done| |].
    { iDestruct (proph_obs_and with "H0 H1") as "H01".
      iDestruct (proph_obs_and with "H01 H2") as "H012".
      iApply (proph_obs_mono_2 with "Hi H012"). intros π Hi [[H0 H1] H2].
      by rewrite Hi /= H0 H1 H2. }
    rewrite /nums_acc nums_at !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    iDestruct "Hl" as "(Hl & Hl1 & Hl2 & _)".
    wp_read. wp_pures. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (l ↦∗ [ #2; #6; #8 ]%V)%I with "[Hl Hl1 Hl2]" as "Hl".
    { rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
      by iFrame "Hl Hl1 Hl2". }
    wp_free. wp_pures. done.
  Qed.
End client.

(** Each element is one more. *)
Theorem elements_adequate : adequate NotStuck elements ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply elements_spec.
Qed.
