(** * Through a reference to a reference: proof

[&'κ' mut &'κ mut T] becomes [&'κ' mut T]. The outer reference is resolved to a pair: the
final value of the new reference, and that of the inner one, which is not known yet. What
the inner one points to in the end is still its own affair: when [κ'] is over the inner
reference is back in its place.

Key result: [mut_deref_acc]; it is stated in [mut_borrow_sig.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.borrow Require Import mut_borrow_base.
From tally.borrow.proof Require Import mut_ref.
From tally.prelude Require Import options.

Section mut_deref.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ}.
  Local Instance deref_val_inhabited (A : C) : Inhabited (proph_val C (proph_type A)) :=
    populate (λ _, inhabitant).
  Local Notation "'var' A i" := (ProphVar A i) (at level 10, A at level 9, i at level 9).

  Lemma mut_deref_acc {A P : C} {X : Type} `{!Inhabited X}
      (g : proph_type A → proph_type A → proph_type P) `{!Inj2 (=) (=) (=) g}
      (D : X → iProp Σ) (Φ : X → proph_val C (proph_type A) → iProp Σ) E κ κ' q i v :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    £ 10 -∗ proph_ctx -∗ κ' ⊑ κ -∗
    mut_ref κ' (λ w, ∃ x j u, ⌜w = (λ π, g (u π) (fin A j π))⌝ ∗ D x ∗
      mut_ref κ (Φ x) j u) i v -∗ q.[κ'] ={E}=∗
    ∃ x j u, ⌜v = (λ π, g (u π) (fin A j π))⌝ ∗ ▷ D x ∗
      (▷ D x ={E}=∗ ∃ k, mut_ref κ' (Φ x) k u ∗ q.[κ'] ∗
        ⟨π, fin P i π = g (fin A k π) (fin A j π)⟩).
  Proof.
    iIntros (??) "[H£ [H£1 [H£2 [H£3 H£']]]] #Hctx #Hincl [Hv Hbor] [Hκ1 Hκ2]".
    iDestruct (lc_split 4 2 with "H£'") as "[H£4 H£5]".
    iMod (bor_acc_cons with "Hbor Hκ1") as "[H Hclose]"; [done|].
    iDestruct "H" as (w) "[H >Hw]". iDestruct (val_obs_agree with "Hv Hw") as %<-.
    iDestruct "H" as (x j u) "(>%Hv & HD & >Hvj & Hborj)".
    iMod (lc_fupd_elim_later with "H£ Hborj") as "Hborj".
    iModIntro. iExists x, j, u. iSplitR; [done|]. iFrame "HD". iIntros "HD".
    (* The inner reference is alive, so its token is there. *)
    iMod (lft_incl_acc with "Hincl Hκ2") as (q2) "[Hκ Hκ2]"; [done|].
    iMod (bor_acc with "Hborj Hκ") as "[H Hclosej]"; [done|].
    iDestruct "H" as (w) "[HΦ >Hwj]". iDestruct (val_obs_agree with "Hvj Hwj") as %<-.
    iDestruct (val_obs_tok with "Hvj Hwj") as "(Hvj & Htj & Hwj)".
    iMod (val_obs_alloc _ A u with "Hctx") as (k) "[Hvk Hwk]"; [done|].
    iDestruct (val_obs_tok with "Hvk Hwk") as "(Hvk & Htk & Hwk)".
    iMod (val_obs_preresolve _ (var P i) (λ π, g (fin A k π) (fin A j π)) _ _
      [var A k; var A j] 1 with "Hctx Hv Hw [Htj Htk]")
      as "(#Hobs & (Htk & Htj & _) & Hw)"; [done| |by iFrame|].
    { apply (proph_dep_map2 g (fin A k) (fin A j) [var A k] [var A j]).
      - apply (proph_dep_var (var A k)).
      - apply (proph_dep_var (var A j)). }
    iDestruct ("Hwj" with "Htj") as "Hwj". iDestruct ("Hwk" with "Htk") as "Hwk".
    iMod ("Hclosej" with "[HΦ Hwj]") as "[Hborj Hκ]".
    { iNext. iExists u. iFrame. }
    iMod ("Hκ2" with "Hκ") as "Hκ2".
    (* The outer borrow is one of the inner borrow, and of the inner observer beside the
    controller of the new reference. *)
    iMod ("Hclose" $! (&{κ} (mut_body (Φ x) j) ∗
        ∃ u, val_obs (var A j) u ∗ proph_ctrl (var A k) u)%I
      with "H£1 [HD Hw] [Hborj Hvj Hwk]") as "[Hbor Hκ1]".
    { iIntros "!> [Hborj H]". iDestruct "H" as (u') "[>Hvj >Hwk]". iModIntro. iNext.
      iExists (λ π, g (u' π) (fin A j π)). iSplitR "Hw Hwk".
      - iExists x, j, u'. iSplitR; [done|]. iFrame "HD Hvj Hborj".
      - iApply "Hw". iApply (proph_claim_map2 g with "[Hwk] []").
        + iApply (proph_ctrl_claim with "Hwk").
        + iApply proph_claim_obs. by iApply proph_obs_intro. }
    { iNext. iFrame "Hborj". iExists u. iFrame. }
    iMod (bor_sep with "H£2 Hbor") as "[Hborj Hbor]"; [done|].
    iMod (bor_unnest with "H£4 Hborj") as "Hborj"; [done|].
    iDestruct (bor_shorten κ' with "[] Hborj") as "Hborj".
    { iApply lft_incl_glb; [done|]. iApply lft_incl_refl. }
    iMod (bor_combine with "H£5 Hborj Hbor") as "Hbor"; [done|].
    (* From here on as for a reference that is lent again. *)
    iMod (bor_acc_cons with "Hbor Hκ1") as "[[H H'] Hclose]"; [done|].
    iDestruct "H" as (w) "[HΦ >Hwj]". iDestruct "H'" as (w') "[>Hvj >Hwk]".
    iDestruct (val_obs_agree with "Hvj Hwj") as %->.
    iDestruct (val_obs_agree with "Hvk Hwk") as %<-.
    iMod ("Hclose" $! (mut_body (Φ x) k) with "H£3 [Hvj Hwj] [HΦ Hwk]") as "[Hbor Hκ1]".
    { iIntros "!> H". iDestruct "H" as (w') "[HΦ >Hwk]".
      iMod (val_obs_update (var A j) _ _ w' with "Hvj Hwj") as "[Hvj Hwj]".
      iModIntro. iNext. iSplitL "HΦ Hwj"; iExists w'; iFrame. }
    { iNext. iExists u. iFrame. }
    iModIntro. iExists k. iSplitL "Hvk Hbor"; [by iFrame|].
    iSplitL "Hκ1 Hκ2"; [iSplitL "Hκ1"; [iExact "Hκ1"|iExact "Hκ2"]|]. iExact "Hobs".
  Qed.
End mut_deref.
