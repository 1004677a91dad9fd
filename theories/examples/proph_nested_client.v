(** * A client of prophecies: through a reference to a reference

<<
  let mut x = 1;
  { let mut r = &mut x;  let q = &mut r;  add_one(&mut **q); }
  x == 2
>>

The value of [r] is a pair: what [x] is now, and what it will be when [r] ends. [q] is
resolved to a pair whose second half is not known then. It is the prophecy of [r], and
resolved when [r] ends; and so [x], which nobody but [r] has, is 2. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_borrow.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Definition nested : expr :=
  let: "x" := Alloc #1 in "x" <- #1;;
  let: "r" := "x" in
  let: "p" := Alloc #1 in "p" <- "r";;
  let: "q" := "p" in
  add_one [ (!"q") ];;
  Free #1 "p";;
  let: "a" := !"x" in
  Free #1 "x";;
  "a" = #2.

Local Notation "'codes'" := (data_code Empty_set).

Section nested.
  Context `{!lrustGS Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (p l : loc).

  (** A place [p] with a reference for [κ] to an integer. *)
  Definition ref_at κ p (w : proph_val codes (proph_type pair_code)) : iProp Σ :=
    ∃ (l : loc) (j : positive) (u : proph_val codes (proph_type int_code)),
      ⌜w = (λ π, pair_of (u π) (fin int_code j π))⌝ ∗ p ↦ #l ∗
      mut_ref κ (known (int_at l)) j u.

  Lemma nested_spec `{!UntrackedHeap Σ} : proph_ctx -∗ WP nested {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /nested.
    wp_alloc x as "Hx" "Hx†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H1". wp_pure _ credit:"H2". wp_write.
    wp_pure _ credit:"H3". wp_pure _ credit:"H4".
    wp_pure _ credit:"H5". wp_pure _ credit:"H6".
    wp_alloc p as "Hp" "Hp†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H7". wp_pure _ credit:"H8". wp_write.
    wp_pure _ credit:"H9". wp_pure _ credit:"H10".
    wp_pure _ credit:"H11". wp_pure _.
    iCombine "H1 H2 H3 H4 H5 H6 H7 H8 H9 H10" as "H£".
    (* [r] for [κ], and [q] for the shorter [κ' ⊓ κ]. *)
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' #Hend']".
    iMod (mut_known_borrow (int_at x) _ κ (int_val 1) with "Hctx Hx") as (j) "[Hr Hback]";
      [done..|].
    rewrite {1}/mut_known. iDestruct "Hr" as (u) "[%Hu Hr]".
    iMod (mut_borrow _ (κ' ⊓ κ) (ref_at κ p) with "Hctx [Hp Hr]") as (i) "[Hq Hback']";
      [done..| |].
    { iNext. iExists x, j, u. by iFrame. }
    iMod (mut_deref_acc pair_of (λ l : loc, p ↦ #l)%I (λ l : loc, known (int_at l)) _ κ
      (κ' ⊓ κ) 1 i with "H£ Hctx [] Hq [Hκ Hκ']") as (l j' u') "(%Heq & >Hp & Hclose)";
      [done..|iApply lft_intersect_incl_r|by rewrite lft_tok_sep; iFrame|].
    assert (∀ π, u' π = int_val 1 ∧ fin int_code j π = fin int_code j' π) as Hju.
    { intros π. apply (f_equal (λ f, f π)) in Heq. simpl in Heq.
      apply (inj2 pair_of) in Heq as [Hu' Hj]. by rewrite -Hu' Hu. }
    wp_read. iMod ("Hclose" with "[$Hp]") as (k) "(Hk & Hκ & #Hi)".
    wp_apply (add_one_spec _ _ k l (int_val 1) with "[$Hctx Hk $Hκ]").
    { rewrite /mut_known. iExists u'. iFrame "Hk". iPureIntro. intros π. apply Hju. }
    iIntros "[#Hk Hκ]". rewrite lft_tok_sep. iDestruct "Hκ" as "[Hκ' Hκ]".
    (* [q] is over; [r] is back in its place. *)
    iMod ("Hend'" with "Hκ'") as "#H†".
    iMod ("Hback'" with "[]") as (w) "[HΨ Hclaim]"; [rewrite lft_dead_or; by iLeft|].
    iMod (lc_fupd_elim_later with "H11 HΨ") as (l' m v) "(-> & Hp & Hr)".
    iMod (mut_acc_tok with "Hr Hκ") as "(Hl & Htok & Hclose)"; [done|].
    rewrite {1}/known. iDestruct "Hl" as (b) "[>%Hb Hl]".
    iMod (proph_claim_use _ _ _ [ProphVar int_code m] 1 with "Hctx Hclaim [Htok]")
      as "[#Hi' [Htok _]]"; [done| |by iFrame|].
    { apply (proph_dep_map2 pair_of v (fin int_code m) [] [_]); [|apply proph_dep_var].
      intros π π' _. by rewrite !Hb. }
    iMod ("Hclose" with "[Hl] Htok") as "[Hr Hκ]". { rewrite /known. iNext. iExists b. by iFrame. }
    iMod (mut_known_drop (int_at l') _ _ _ m b with "Hctx [Hr] Hκ") as "[#Hm Hκ]"; [done..| |].
    { rewrite /mut_known. iExists v. by iFrame. }
    (* So [r], and then [x], is 2 in the end. *)
    iAssert (⟨π, b = int_val 2 ∧ fin int_code j π = int_val 2⟩)%I as "#H".
    { iDestruct (proph_obs_and with "Hi Hi'") as "H1".
      iDestruct (proph_obs_and with "Hk Hm") as "H2".
      iApply (proph_obs_mono_2 with "H1 H2"). intros π [Hi Hi'] [Hk Hm].
      rewrite Hi in Hi'. apply (inj2 pair_of) in Hi' as [Hkv Hjm].
      rewrite Hk Hb in Hkv. destruct (Hju π) as [_ Hj].
      rewrite Hj Hjm Hm -Hkv. done. }
    iMod ("Hend" with "Hκ") as "#H††".
    iMod ("Hback" with "H††") as (c) "[Hx #Hc]".
    iMod (proph_obs_agree _ (fin int_code j) c (int_val 2) with "Hctx Hc []") as %->; [done| |].
    { iApply (proph_obs_mono with "H"). by intros π [_ ?]. }
    rewrite /int_at. wp_pures. rewrite -(heap_pointsto_vec_singleton p). wp_free.
    wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton x). wp_free.
    wp_pures. done.
  Qed.
End nested.

Theorem nested_adequate : adequate NotStuck nested ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply nested_spec.
Qed.
