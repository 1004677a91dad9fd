(** * Mutable references: definition and proofs

What is lent is the content together with the controller of the present value; the
reference has the observer. So the present value changes only while the reference is used,
and the lender, when the lifetime is over, has the last value with a claim that it is the
one that was foretold.

Key results: [mut_acc_tok], [mut_reborrow], [mut_split]; they are stated in
[mut_borrow_sig.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.borrow Require Import mut_borrow_base.
From tally.prelude Require Import options.

Section mut_ref.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (i j : positive) (E : coPset) (ζs : list (proph_var C)).

  Local Instance val_inhabited (A : C) : Inhabited (proph_val C (proph_type A)) :=
    populate (λ _, inhabitant).
  Local Notation "'var' A i" := (ProphVar A i) (at level 10, A at level 9, i at level 9).

  Section one.
    Context {A : C}.
    Implicit Types (Φ : proph_val C (proph_type A) → iProp Σ)
      (v w : proph_val C (proph_type A)).

    Definition mut_body Φ i : iProp Σ := ∃ w, Φ w ∗ proph_ctrl (var A i) w.
    Definition mut_ref κ Φ i v : iProp Σ := val_obs (var A i) v ∗ &{κ} (mut_body Φ i).

    Lemma mut_borrow E κ Φ v :
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      proph_ctx -∗ ▷ Φ v ={E}=∗
      ∃ i, mut_ref κ Φ i v ∗
        ([†κ] ={E}=∗ ∃ w, ▷ Φ w ∗ proph_claim (fin A i) w).
    Proof.
      iIntros (??) "#Hctx HΦ".
      iMod (val_obs_alloc _ A v with "Hctx") as (i) "[Hv Hw]"; [done|].
      iMod (bor_create _ κ (mut_body Φ i) with "[HΦ Hw]") as "[Hbor Hback]"; [done| |].
      { iNext. iExists v. iFrame. }
      iModIntro. iExists i. iFrame "Hv Hbor". iIntros "H†".
      iMod ("Hback" with "H†") as (w) "[HΦ >Hw]". iModIntro. iExists w. iFrame "HΦ".
      iApply (proph_ctrl_claim with "Hw").
    Qed.

    Local Lemma mut_open E κ q Φ i v :
      ↑lftN ⊆ E →
      mut_ref κ Φ i v -∗ q.[κ] ={E}=∗
      ▷ Φ v ∗ val_obs (var A i) v ∗ proph_ctrl (var A i) v ∗
      (∀ w, ▷ Φ w -∗ proph_ctrl (var A i) w ={E}=∗ &{κ} (mut_body Φ i) ∗ q.[κ]).
    Proof.
      iIntros (?) "[Hv Hbor] Hκ".
      iMod (bor_acc with "Hbor Hκ") as "[H Hclose]"; [done|].
      iDestruct "H" as (w) "[HΦ >Hw]". iDestruct (val_obs_agree with "Hv Hw") as %<-.
      iModIntro. iFrame "HΦ Hv Hw". iIntros (w) "HΦ Hw". iApply "Hclose". iNext.
      iExists w. iFrame.
    Qed.

    Lemma mut_acc_tok E κ q Φ i v :
      ↑lftN ⊆ E →
      mut_ref κ Φ i v -∗ q.[κ] ={E}=∗
      ▷ Φ v ∗ proph_tok 1 (var A i) ∗
      (∀ w, ▷ Φ w -∗ proph_tok 1 (var A i) ={E}=∗ mut_ref κ Φ i w ∗ q.[κ]).
    Proof.
      iIntros (?) "Hr Hκ".
      iMod (mut_open with "Hr Hκ") as "($ & Hv & Hw & Hclose)"; [done|].
      iDestruct (val_obs_tok with "Hv Hw") as "(Hv & $ & Hw)".
      iIntros "!>" (w) "HΦ Htok". iDestruct ("Hw" with "Htok") as "Hw".
      iMod (val_obs_update (var A i) _ _ w with "Hv Hw") as "[$ Hw]".
      iApply ("Hclose" with "HΦ Hw").
    Qed.

    Lemma mut_drop_acc E κ q Φ i v :
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      proph_ctx -∗ mut_ref κ Φ i v -∗ q.[κ] ={E}=∗
      ▷ Φ v ∗
      (∀ w ζs q', ⌜proph_dep w ζs⌝ -∗ ▷ Φ w -∗ proph_toks q' ζs ={E}=∗
        ⟨π, fin A i π = w π⟩ ∗ proph_toks q' ζs ∗ q.[κ]).
    Proof.
      iIntros (??) "#Hctx Hr Hκ".
      iMod (mut_open with "Hr Hκ") as "($ & Hv & Hw & Hclose)"; [done|].
      iIntros "!>" (w ζs q' ?) "HΦ Hζs".
      iMod (val_obs_update (var A i) _ _ w with "Hv Hw") as "[Hv Hw]".
      iMod (val_obs_resolve with "Hctx Hv Hw Hζs") as "(Hobs & $ & Hw)"; [done..|].
      iMod ("Hclose" with "HΦ Hw") as "[_ $]". iModIntro. iExact "Hobs".
    Qed.

    Lemma mut_shorten κ κ' Φ i v : κ' ⊑ κ -∗ mut_ref κ Φ i v -∗ mut_ref κ' Φ i v.
    Proof.
      iIntros "Hincl [$ Hbor]". iApply (bor_shorten with "Hincl Hbor").
    Qed.

    Lemma mut_iff κ Φ Φ' i v :
      ▷ □ (∀ w, Φ w ↔ Φ' w) -∗ mut_ref κ Φ i v -∗ mut_ref κ Φ' i v.
    Proof.
      iIntros "#Hiff [$ Hbor]". iApply (bor_iff with "[] Hbor").
      iIntros "!> !>". iSplit; iIntros "(%w & HΦ & Hw)"; iExists w; iFrame "Hw";
        by iApply "Hiff".
    Qed.

    Lemma mut_reborrow (I : proph_val C (proph_type A) → Prop) E κ κ' q Φ i v :
      ↑lftN ⊆ E → ↑prophN ⊆ E → (∀ w, Φ w ⊢ ⌜I w⌝) →
      £ 4 -∗ proph_ctx -∗ κ' ⊑ κ -∗ mut_ref κ Φ i v -∗ q.[κ'] ={E}=∗
      ∃ j, mut_ref κ' Φ j v ∗ q.[κ'] ∗
        ([†κ'] ={E}=∗ ∃ w, ⌜I w⌝ ∗ mut_ref κ Φ i w ∗ proph_claim (fin A j) w).
    Proof.
      iIntros (?? HI) "[H£1 [H£2 H£]] #Hctx #Hincl Hr Hκ'".
      (* What is known of the present value. *)
      iMod (lft_incl_acc with "Hincl Hκ'") as (q') "[Hκ Hκ']"; [done|].
      iMod (mut_open with "Hr Hκ") as "(HΦ & Hv & Hw & Hclose)"; [done|].
      iAssert (▷ ⌜I v⌝)%I as "#>%Hv". { iNext. by iApply HI. }
      iMod ("Hclose" with "HΦ Hw") as "[Hbor Hκ]". iMod ("Hκ'" with "Hκ") as "Hκ'".
      iMod (rebor with "H£1 Hincl Hbor") as "[Hbor Hback]"; [done|].
      (* The observer of the parent is lent too, beside the controller of the child. *)
      iMod (val_obs_alloc _ A v with "Hctx") as (j) "[Hvj Hwj]"; [done|].
      iMod (bor_create _ κ' (∃ w, ⌜I w⌝ ∗ val_obs (var A i) w ∗ proph_ctrl (var A j) w)
        with "[Hv Hwj]") as "[Hbor' Hback']"; [done| |].
      { iNext. iExists v. by iFrame. }
      iMod (bor_combine with "H£ Hbor Hbor'") as "Hbor"; [done|].
      iMod (bor_acc_cons with "Hbor Hκ'") as "[[H H'] Hclose]"; [done|].
      iDestruct "H" as (w) "[HΦ >Hw]". iDestruct "H'" as (w') "(_ & >Hv & >Hwj)".
      iDestruct (val_obs_agree with "Hv Hw") as %->.
      iDestruct (val_obs_agree with "Hvj Hwj") as %<-.
      iMod ("Hclose" $! (mut_body Φ j) with "H£2 [Hv Hw] [HΦ Hwj]") as "[Hbor Hκ']".
      { iIntros "!> H". iDestruct "H" as (w') "[HΦ >Hwj]".
        iMod (val_obs_update (var A i) _ _ w' with "Hv Hw") as "[Hv Hw]".
        iModIntro. iNext. iDestruct (HI with "HΦ") as %HIw.
        iSplitL "HΦ Hw"; iExists w'; by iFrame. }
      { iNext. iExists v. iFrame. }
      iModIntro. iExists j. iFrame "Hvj Hbor Hκ'". iIntros "#H†".
      iMod ("Hback" with "H†") as "Hbor".
      iMod ("Hback'" with "H†") as (w') "(>%Hw' & >Hv & >Hwj)".
      iModIntro. iExists w'. iSplitR; [done|]. iFrame "Hv Hbor".
      iApply (proph_ctrl_claim with "Hwj").
    Qed.
  End one.

  (** ** References to parts of what a reference points to *)

  Lemma mut_map {A B : C} (f : proph_type B → proph_type A) `{!Inj (=) (=) f}
      (Φ : proph_val C (proph_type A) → iProp Σ) (Ψ : proph_val C (proph_type B) → iProp Σ)
      E κ q i u :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    (∀ w, Φ (λ π, f (w π)) ⊣⊢ Ψ w) →
    £ 1 -∗ proph_ctx -∗ mut_ref κ Φ i (λ π, f (u π)) -∗ q.[κ] ={E}=∗
    ∃ j, mut_ref κ Ψ j u ∗ q.[κ] ∗ ⟨π, fin A i π = f (fin B j π)⟩.
  Proof.
    iIntros (?? HΦ) "H£ #Hctx [Hv Hbor] Hκ".
    iMod (bor_acc_cons with "Hbor Hκ") as "[H Hclose]"; [done|].
    iDestruct "H" as (w) "[HΦ >Hw]". iDestruct (val_obs_agree with "Hv Hw") as %<-.
    rewrite HΦ. iMod (val_obs_alloc _ B u with "Hctx") as (j) "[Hvj Hwj]"; [done|].
    iDestruct (val_obs_tok with "Hvj Hwj") as "(Hvj & Htj & Hwj)".
    iMod (val_obs_preresolve _ (var A i) (λ π, f (fin B j π)) _ _ [var B j] 1
      with "Hctx Hv Hw [Htj]") as "(Hobs & [Htj _] & Hw)"; [done| |by iFrame|].
    { apply (proph_dep_map f), (proph_dep_var (var B j)). }
    iMod ("Hclose" $! (mut_body Ψ j) with "H£ [Hw] [HΦ Hwj Htj]") as "[Hbor Hκ]".
    { iIntros "!> H". iDestruct "H" as (w) "[HΨ >Hwj]". iModIntro. iNext.
      iExists (λ π, f (w π)). rewrite HΦ. iFrame "HΨ". iApply "Hw".
      iApply (proph_claim_map f). iApply (proph_ctrl_claim with "Hwj"). }
    { iNext. iExists u. iFrame "HΦ". iApply ("Hwj" with "Htj"). }
    iModIntro. iExists j. iFrame "Hvj Hbor Hκ". iExact "Hobs".
  Qed.

  Lemma mut_split {A B B' : C} (f : proph_type B → proph_type B' → proph_type A)
      `{!Inj2 (=) (=) (=) f} (Φ : proph_val C (proph_type A) → iProp Σ)
      (Ψ : proph_val C (proph_type B) → iProp Σ) (Ψ' : proph_val C (proph_type B') → iProp Σ)
      E κ q i u u' :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    (∀ w w', Φ (λ π, f (w π) (w' π)) ⊣⊢ Ψ w ∗ Ψ' w') →
    £ 2 -∗ proph_ctx -∗ mut_ref κ Φ i (λ π, f (u π) (u' π)) -∗ q.[κ] ={E}=∗
    ∃ j j', mut_ref κ Ψ j u ∗ mut_ref κ Ψ' j' u' ∗ q.[κ] ∗
      ⟨π, fin A i π = f (fin B j π) (fin B' j' π)⟩.
  Proof.
    iIntros (?? HΦ) "[H£ H£'] #Hctx [Hv Hbor] Hκ".
    iMod (bor_acc_cons with "Hbor Hκ") as "[H Hclose]"; [done|].
    iDestruct "H" as (w) "[HΦ >Hw]". iDestruct (val_obs_agree with "Hv Hw") as %<-.
    rewrite HΦ. iDestruct "HΦ" as "[HΨ HΨ']".
    iMod (val_obs_alloc _ B u with "Hctx") as (j) "[Hvj Hwj]"; [done|].
    iMod (val_obs_alloc _ B' u' with "Hctx") as (j') "[Hvj' Hwj']"; [done|].
    iDestruct (val_obs_tok with "Hvj Hwj") as "(Hvj & Htj & Hwj)".
    iDestruct (val_obs_tok with "Hvj' Hwj'") as "(Hvj' & Htj' & Hwj')".
    iMod (val_obs_preresolve _ (var A i) (λ π, f (fin B j π) (fin B' j' π)) _ _
      [var B j; var B' j'] 1 with "Hctx Hv Hw [Htj Htj']")
      as "(Hobs & (Htj & Htj' & _) & Hw)"; [done| |by iFrame|].
    { apply (proph_dep_map2 f (fin B j) (fin B' j') [var B j] [var B' j']).
      - apply (proph_dep_var (var B j)).
      - apply (proph_dep_var (var B' j')). }
    iMod ("Hclose" $! (mut_body Ψ j ∗ mut_body Ψ' j')%I
      with "H£ [Hw] [HΨ HΨ' Hwj Hwj' Htj Htj']") as "[Hbor Hκ]".
    { iIntros "!> [H H']". iDestruct "H" as (w) "[HΨ >Hwj]".
      iDestruct "H'" as (w') "[HΨ' >Hwj']". iModIntro. iNext.
      iExists (λ π, f (w π) (w' π)). rewrite HΦ. iFrame "HΨ HΨ'". iApply "Hw".
      iApply (proph_claim_map2 f with "[Hwj] [Hwj']");
        [iApply (proph_ctrl_claim with "Hwj")|iApply (proph_ctrl_claim with "Hwj'")]. }
    { iNext. iSplitL "HΨ Hwj Htj".
      - iExists u. iFrame "HΨ". iApply ("Hwj" with "Htj").
      - iExists u'. iFrame "HΨ'". iApply ("Hwj'" with "Htj'"). }
    iMod (bor_sep with "H£' Hbor") as "[Hbor Hbor']"; [done|].
    iModIntro. iExists j, j'. iFrame "Hvj Hbor Hvj' Hbor' Hκ". iExact "Hobs".
  Qed.
End mut_ref.
