(** * Client of references to the elements of a list

<<
  let mut xs = [1, 5, 7];
  for r in xs.iter_mut() { *r += 1 }
  xs[0] == 2 && xs[1] == 6 && xs[2] == 8
>>
[elements_adequate]: it returns true. The lender of the list knows its final value, which is
made of those of the three references ([mut_elements]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_elements.
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
Local Definition ints_nil : proph_type ints_code := [].
Local Definition ints_cons (a : proph_type int_code) (x : proph_type ints_code) :
    proph_type ints_code := @cons Z a x.
Local Instance ints_cons_inj : Inj2 (=) (=) (=) ints_cons.
Proof. intros a x a' x' Hax. by injection Hax. Qed.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ}.

  (** The cells from [l + k] on. *)
  Local Definition cell_at (l : loc) (k : nat) (a : proph_type int_code) : iProp Σ :=
    int_at (l +ₗ k) a.
  Local Definition cells_at (l : loc) (k : nat) (x : proph_type ints_code) : iProp Σ :=
    [∗ list] n ↦ a ∈ (x : list Z), cell_at l (k + n) a.
  Local Instance cells_at_timeless l k x : Timeless (cells_at l k x).
  Proof using Type. rewrite /cells_at /cell_at. apply _. Qed.
  Local Lemma cells_at_cons l k a x :
    cells_at l k (ints_cons a x) ⊣⊢ cell_at l k a ∗ cells_at l (S k) x.
  Proof using Type.
    rewrite /cells_at /ints_cons big_sepL_cons Nat.add_0_r. f_equiv.
    apply big_sepL_proper. intros n b _. by rewrite Nat.add_succ_comm.
  Qed.

  Lemma elements_spec : proph_ctx -∗ WP elements {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /elements.
    wp_alloc l as "Hl" "H†".
    rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    rewrite shift_loc_assoc. iDestruct "Hl" as "(Hl & Hl1 & Hl2)".
    wp_pure _ credit:"H£1". wp_write. wp_pure _ credit:"H£2". wp_pure _ credit:"H£3".
    wp_pures. wp_write. wp_pure _ credit:"H£4". wp_pure _ credit:"H£5". wp_pures.
    wp_write. wp_pure _ credit:"H£6". wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_known_borrow (cells_at l 0) _ κ
      (list_val (L:=ints_code) ints_nil ints_cons [int_val 1; int_val 5; int_val 7])
      with "Hctx [Hl Hl1 Hl2]") as (i) "[Hr Hback]"; [done..| |].
    { rewrite /cells_at /cell_at /int_at /= shift_loc_0. by iFrame. }
    iCombine "H£1 H£2 H£3 H£4 H£5 H£6" as "H£".
    iMod (mut_elements ints_nil ints_cons (cell_at l) (cells_at l) (cells_at_cons l) ⊤ κ 1
      [int_val 1; int_val 5; int_val 7] 0 i with "H£ Hctx Hr Hκ")
      as (js) "(Hjs & Hκ & #Hi)"; [done..|].
    iDestruct (big_sepL2_length with "Hjs") as %Hjs.
    destruct js as [|j0 [|j1 [|j2 [|]]]]; try done. iDestruct "Hjs" as "(H0 & H1 & H2 & _)".
    rewrite /cell_at. rewrite {1}shift_loc_0.
    wp_apply (add_one_spec with "[$Hctx $H0 $Hκ]"). iIntros "[#H0 Hκ]". wp_pures.
    wp_apply (add_one_spec with "[$Hctx $H1 $Hκ]"). iIntros "[#H1 Hκ]". wp_pures.
    wp_apply (add_one_spec with "[$Hctx $H2 $Hκ]"). iIntros "[#H2 Hκ]". wp_pures.
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (x) "[Hl #Hi']".
    iMod (proph_obs_agree _ (fin ints_code i) x
      (list_val (L:=ints_code) ints_nil ints_cons [int_val 2; int_val 6; int_val 8])
      with "Hctx Hi' []") as %->; [done| |].
    { iDestruct (proph_obs_and with "H0 H1") as "H01".
      iDestruct (proph_obs_and with "H01 H2") as "H012".
      iApply (proph_obs_mono_2 with "Hi H012"). intros π Hi [[H0 H1] H2].
      by rewrite Hi /= H0 H1 H2. }
    rewrite /cells_at /cell_at /int_at /= shift_loc_0. iDestruct "Hl" as "(Hl & Hl1 & Hl2 & _)".
    wp_read. wp_pures. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (l ↦∗ [ #2; #6; #8 ]%V)%I with "[Hl Hl1 Hl2]" as "Hl".
    { rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      rewrite shift_loc_assoc. by iFrame. }
    wp_free. wp_pures. done.
  Qed.
End client.

(** Each element is one more. *)
Theorem elements_adequate : adequate NotStuck elements ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply elements_spec.
Qed.
