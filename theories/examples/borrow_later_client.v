(** * Example: snapshots in which there may be prophecies

[taken]: the lifetime of a mutable reference is erased ([erased_new_mut_proph]). A closure
that works at every lifetime shares the reference for a while ([mut_share_later]), reads
through it, and ends it. Then the permission is back, to the value that was read, and the
place is freed.

Nothing that the laws say depends on the content being known or timeless. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import erased mut_share.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Local Notation "'codes'" := (data_code Empty_set).

Definition take : val := λ: ["r"],
  let: "s" := "r" in let: "a" := !"s" in let: "b" := !"s" in "a" + "b".
Definition taken : expr :=
  let: "x" := Alloc #1 in "x" <- #7;;
  let: "a" := take ["x"] in
  let: "b" := !"x" in
  Free #1 "x";;
  "a" + "b".

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (l : loc) (v : val).

  Local Definition num_raw : raw_type Σ (proph_type int_code) := int_raw.
  Local Instance num_raw_timeless : RawTimeless num_raw := int_raw_timeless.
  Local Definition num_known_raw : raw_type Σ (proph_val codes (proph_type int_code)) :=
    known_raw num_raw.
  Local Lemma acc_num l q (a : proph_type int_code) :
    acc num_known_raw l q (λ _, a) ⊣⊢ l ↦{q} #(a : Z).
  Proof using Type. rewrite acc_known. exact (acc_int l q a). Qed.

  (** The closure, at each lifetime. *)
  Lemma take_spec l i v κ q :
    proph_ctx -∗
    {{{ (⌜v = #l⌝ ∗ mut_ref κ (acc num_known_raw l 1) i (λ _, int_val 7)) ∗ q.[κ] }}}
      take [v]
    {{{ w, RET w; (⌜w = #14⌝ ∗ ⟨π, fin int_code i π = int_val 7⟩) ∗ q.[κ] }}}.
  Proof using Type.
    iIntros "#Hctx !>" (Φ) "[[-> Hr] Hκ] HΦ". wp_rec. wp_pure _ credit:"H£".
    iMod lft_create as (κ') "[Hκ' #Hend]".
    iMod (mut_share_later _ _ _ κ' with "H£ Hr Hκ") as "[#Hs Hback]"; [done|].
    iMod (ref_to_ptr_later with "Hs Hκ'") as (q') "[Hl Hclose]"; [done|]. rewrite acc_num.
    wp_read. wp_pures. wp_read. wp_pures. iMod ("Hclose" with "Hl") as "Hκ'".
    iMod ("Hend" with "Hκ'") as "#H†". iMod ("Hback" with "H†") as "[Hr Hκ]".
    iMod (mut_drop _ _ _ _ _ _ [] 1 with "Hctx Hr Hκ []") as "(#Hi & _ & Hκ)";
      [done..|apply proph_dep_const|iApply proph_toks_nil|].
    iApply "HΦ". by iFrame "Hκ Hi".
  Qed.
  Lemma taken_spec : proph_ctx -∗ WP taken {{ v, ⌜v = #21⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /taken. wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    iMod (erased_new_mut_proph num_known_raw l (λ _, int_val 7) with "Hctx [Hl]") as (i) "Her".
    { iNext. by rewrite acc_num. }
    wp_apply (erased_destruct _
      (λ w, ⌜w = #14⌝ ∗ ⟨π, fin int_code i π = int_val 7⟩)%I with "[] Her").
    { iIntros (κ q Φ) "!> H HΦ". by wp_apply (take_spec with "Hctx H"). }
    iIntros (a) "[[-> #Hi] (%w & Hl & Hclaim)]".
    rewrite acc_unfold. iDestruct "Hl" as (vl) "[>Hl >(%b & %Hb & Hvl)]".
    iMod (proph_claim_use _ _ _ [] 1 with "Hctx Hclaim []") as "[#Hw _]";
      [done| |iApply proph_toks_nil|].
    { intros π π' _. by rewrite !Hb. }
    iAssert ⟨π, b = int_val 7⟩%I as "#Heq".
    { iApply (proph_obs_mono_2 with "Hi Hw"). intros π Hi Hw. by rewrite Hi Hb in Hw. }
    iMod (proph_obs_pure with "Hctx Heq") as %->; [done|].
    iAssert (l ↦ #7)%I with "[Hl Hvl]" as "Hl".
    { rewrite -acc_int acc_unfold. iExists vl. by iFrame "Hl Hvl". }
    wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton l). wp_free.
    wp_pures. done.
  Qed.
End client.

(** Both reads while it was shared, and the one afterwards. *)
Theorem taken_adequate : adequate NotStuck taken ∅ (λ v _, v = #21%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply taken_spec.
Qed.
