(** * Types that are shared for a lifetime: pairs, arrays, sums, [Option] of a pointer

- [pair_lty τ υ]: one value after the other; a reference to it is one to each
  ([pair_shr_fields]). [array_lty n τ] is made of pairs, [array_shr_elem] has its elements.
- [sum_lty τ υ]: a tag, 0 or 1, and a value of [τ] or [υ], in as many cells as the larger of
  the two takes.
- [option_lty τ], for a type of one cell, such as a pointer: its value, or [#0], as in Rust,
  where [None] takes no room of its own.

All are non-expansive: a recursive type may go through them, as long as a pointer stands
between ([lft_pointer.v]). *)
From iris.algebra Require Import ofe.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.types Require Export lft_type.
From tally.prelude Require Import options.

Section pair.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (τ υ : lty Σ) (κ : lft) (l : loc) (vl : list val) (q : Qp).

  Definition pair_own τ υ vl : iProp Σ :=
    ∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗ lty_own τ vl1 ∗ lty_own υ vl2.
  Lemma pair_cells τ υ l :
    l ↦∗: pair_own τ υ ⊣⊢ (l ↦∗: lty_own τ) ∗ (l +ₗ lty_size τ) ↦∗: lty_own υ.
  Proof.
    rewrite /heap_pointsto_pred /pair_own. iSplit.
    - iIntros "(%vl & Hl & %vl1 & %vl2 & -> & H1 & H2)".
      iDestruct (lty_size_eq with "H1") as %Hlen. rewrite heap_pointsto_vec_app Hlen.
      iDestruct "Hl" as "[Hl1 Hl2]". iSplitL "Hl1 H1"; [iExists vl1|iExists vl2]; iFrame.
    - iIntros "[(%vl1 & Hl1 & H1) (%vl2 & Hl2 & H2)]".
      iDestruct (lty_size_eq with "H1") as %Hlen. iExists (vl1 ++ vl2).
      rewrite heap_pointsto_vec_app Hlen. iFrame "Hl1 Hl2". iExists vl1, vl2. by iFrame.
  Qed.
  Program Definition pair_lty τ υ : lty Σ := {|
    lty_size := lty_size τ + lty_size υ;
    lty_cost := S (lty_cost τ + lty_cost υ);
    lty_own := pair_own τ υ;
    lty_shr κ l := (lty_shr τ κ l ∗ lty_shr υ κ (l +ₗ lty_size τ))%I;
  |}.
  Next Obligation.
    iIntros (τ υ vl) "(%vl1 & %vl2 & -> & H1 & H2)".
    iDestruct (lty_size_eq with "H1") as %<-. iDestruct (lty_size_eq with "H2") as %<-.
    iPureIntro. apply list_length_app.
  Qed.
  Next Obligation.
    iIntros (τ υ E κ l q HE) "([H£ [H£1 H£2]] & Hbor & Hq)". rewrite pair_cells.
    iMod (bor_sep with "H£ Hbor") as "[H1 H2]"; [done|].
    iMod (lty_share τ with "[$H£1 $H1 $Hq]") as "[$ Hq]"; [done|].
    iApply (lty_share υ with "[$H£2 $H2 $Hq]"). done.
  Qed.
  Next Obligation.
    iIntros (τ υ κ κ' l) "[#Hincl [H1 H2]]".
    iSplitL "H1"; [by iApply (lty_shr_mono with "[$Hincl $H1]")|].
    by iApply (lty_shr_mono with "[$Hincl $H2]").
  Qed.
  Lemma pair_shr_fields τ υ κ l :
    lty_shr (pair_lty τ υ) κ l ⊣⊢ lty_shr τ κ l ∗ lty_shr υ κ (l +ₗ lty_size τ).
  Proof. done. Qed.
  Global Instance pair_lty_ne : NonExpansive2 (pair_lty : ltyO Σ → ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' (Hs & Hc & Ho & Hr) υ υ' (Hs' & Hc' & Ho' & Hr').
    split_and!; [by rewrite /= Hs Hs'|by rewrite /= Hc Hc'| |].
    - intros vl. rewrite /= /pair_own. by repeat f_equiv.
    - intros κ l. rewrite /= Hs. f_equiv; [apply Hr|apply Hr'].
  Qed.

  (** [n] values in a row. *)
  Fixpoint array_lty n τ : lty Σ :=
    match n with 0 => uninit_lty 0 | S n => pair_lty τ (array_lty n τ) end.
  Global Instance array_lty_ne n : NonExpansive (array_lty n : ltyO Σ → ltyO Σ).
  Proof. intros m τ τ' Hτ. induction n as [|n IH]; [done|]. by apply pair_lty_ne. Qed.
  Lemma array_shr_elem n τ κ l (i : nat) :
    i < n → lty_shr (array_lty n τ) κ l -∗ lty_shr τ κ (l +ₗ (i * lty_size τ)%nat).
  Proof.
    revert l i. induction n as [|n IH]; intros l i Hi; [lia|]. iIntros "[H1 H2]".
    destruct i as [|i]; [by rewrite /= shift_loc_0|].
    iDestruct (IH _ i with "H2") as "H"; [lia|].
    rewrite shift_loc_assoc. by rewrite -Nat2Z.inj_add.
  Qed.
End pair.

Section sum.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (τ υ : lty Σ) (κ : lft) (l : loc) (vl : list val) (q : Qp) (b : bool).

  Definition sum_tag b : val := #(if b then 1 else 0)%Z.
  Definition sum_case τ υ b : lty Σ := if b then υ else τ.
  Definition sum_own τ υ vl : iProp Σ :=
    ∃ b vl' pad, ⌜vl = sum_tag b :: vl' ++ pad ∧
        length (vl' ++ pad) = lty_size τ `max` lty_size υ⌝ ∗
      lty_own (sum_case τ υ b) vl'.
  Definition sum_rest τ υ b l : iProp Σ :=
    ∃ pad, ⌜(lty_size (sum_case τ υ b) + length pad = lty_size τ `max` lty_size υ)%nat⌝ ∗
      (l +ₗ lty_size (sum_case τ υ b)) ↦∗ pad.
  Lemma sum_cells τ υ l :
    l ↦∗: sum_own τ υ ⊣⊢ ∃ b, l ↦ sum_tag b ∗
      ((l +ₗ 1) ↦∗: lty_own (sum_case τ υ b)) ∗ sum_rest τ υ b (l +ₗ 1).
  Proof.
    rewrite /heap_pointsto_pred /sum_own /sum_rest. iSplit.
    - iIntros "(%vl & Hl & %b & %vl' & %pad & [-> %Hlen] & H)". iExists b.
      iDestruct (lty_size_eq with "H") as %Hlen'.
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_app Hlen'.
      iDestruct "Hl" as "($ & Hl1 & Hl2)". iSplitL "Hl1 H"; [iExists vl'; iFrame|].
      iExists pad. iFrame. iPureIntro. by rewrite -Hlen' -list_length_app.
    - iIntros "(%b & Hl & (%vl' & Hl1 & H) & %pad & %Hlen & Hl2)".
      iDestruct (lty_size_eq with "H") as %Hlen'. iExists (sum_tag b :: vl' ++ pad).
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_app Hlen'. iFrame "Hl Hl1 Hl2".
      iExists b, vl', pad. iFrame. iPureIntro. split; [done|].
      by rewrite list_length_app Hlen'.
  Qed.
  Program Definition sum_lty τ υ : lty Σ := {|
    lty_size := S (lty_size τ `max` lty_size υ);
    lty_cost := 4 + (lty_cost τ + lty_cost υ);
    lty_own := sum_own τ υ;
    lty_shr κ l := (∃ b, &frac{κ} (λ q, l ↦{q} sum_tag b) ∗
      lty_shr (sum_case τ υ b) κ (l +ₗ 1))%I;
  |}.
  Next Obligation. iIntros (τ υ vl) "(%b & %vl' & %pad & [-> %Hlen] & _)". by rewrite /= Hlen. Qed.
  Next Obligation.
    iIntros (τ υ E κ l q HE) "([(H£1 & H£2 & H£3 & H£4) [H£5 H£6]] & Hbor & Hq)".
    rewrite sum_cells. iMod (bor_exists with "H£1 Hbor") as (b) "Hbor"; [done|].
    iMod (bor_sep with "H£2 Hbor") as "[Htag Hbor]"; [done|].
    iMod (bor_sep with "H£3 Hbor") as "[Hval _]"; [done|].
    iMod (bor_fracture _ _ (λ q, l ↦{q} sum_tag b)%I with "H£4 Htag") as "#Htag"; [done|].
    iAssert (£ (lty_cost (sum_case τ υ b))) with "[H£5 H£6]" as "H£"; [by destruct b|].
    iMod (lty_share with "[$H£ $Hval $Hq]") as "[#Hval $]"; [done|].
    iModIntro. iExists b. by iFrame "Htag Hval".
  Qed.
  Next Obligation.
    iIntros (τ υ κ κ' l) "[#Hincl (%b & Htag & Hval)]". iExists b.
    iSplitL "Htag"; [by iApply (frac_bor_shorten with "Hincl Htag")|].
    by iApply (lty_shr_mono with "[$Hincl $Hval]").
  Qed.
  Global Instance sum_lty_ne : NonExpansive2 (sum_lty : ltyO Σ → ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' (Hs & Hc & Ho & Hr) υ υ' (Hs' & Hc' & Ho' & Hr').
    split_and!; [by rewrite /= Hs Hs'|by rewrite /= Hc Hc'| |].
    - intros vl. rewrite /= /sum_own Hs Hs'.
      apply bi.exist_ne=> b. apply bi.exist_ne=> vl'. apply bi.exist_ne=> pad. f_equiv.
      destruct b; [apply Ho'|apply Ho].
    - intros κ l. rewrite /=. apply bi.exist_ne=> b. f_equiv.
      destruct b; [apply Hr'|apply Hr].
  Qed.

  (** The tag is read, and says which of the two it is. *)
  Lemma sum_shr_read τ υ κ l q :
    {{{ lty_shr (sum_lty τ υ) κ l ∗ q.[κ] }}}
      !#l
    {{{ b, RET (sum_tag b); lty_shr (sum_case τ υ b) κ (l +ₗ 1) ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "[(%b & #Htag & #Hval) Hq] HΦ".
    iMod (frac_bor_acc with "Htag Hq") as (q') "[>Hl Hclose]"; [done|].
    wp_read. iMod ("Hclose" with "Hl") as "Hq". iApply "HΦ". by iFrame.
  Qed.

  (** ** [Option] of one cell that is never [#0]

  That [τ] takes one cell and is never [#0] is not asked; otherwise this is not [Option]. *)
  Program Definition option_lty τ : lty Σ := {|
    lty_size := lty_size τ;
    lty_cost := S (1 `max` lty_cost τ);
    lty_own vl := (⌜vl = [ #0]%V ∧ lty_size τ = 1⌝ ∨ lty_own τ vl)%I;
    lty_shr κ l := (&frac{κ} (λ q, l ↦{q} #0) ∨ lty_shr τ κ l)%I;
  |}.
  Next Obligation. iIntros (τ vl) "[[-> %Hs]|H]"; [by rewrite Hs|by iApply lty_size_eq]. Qed.
  Next Obligation.
    iIntros (τ E κ l q HE) "([H£1 H£2] & Hbor & Hq)".
    iMod (bor_or _ _ (l ↦ #0 ∗ ⌜lty_size τ = 1⌝) (l ↦∗: lty_own τ) with "H£1 [Hbor]")
      as "[Hbor|Hbor]"; [done| | |].
    - iApply (bor_iff with "[] Hbor"). iIntros "!> !>". rewrite /heap_pointsto_pred. iSplit.
      + iIntros "(%vl & Hl & [[-> %Hs]|H])".
        * iLeft. rewrite heap_pointsto_vec_singleton. by iFrame.
        * iRight. iExists vl. iFrame.
      + iIntros "[[Hl %Hs]|(%vl & Hl & H)]".
        * iExists [ #0]%V. rewrite heap_pointsto_vec_singleton. iFrame. by iLeft.
        * iExists vl. iFrame.
    - iDestruct (lc_weaken 1 with "H£2") as "H£2"; [lia|].
      iMod (bor_acc with "Hbor Hq") as "[[Hl >%Hs] Hclose]"; [done|].
      iMod ("Hclose" with "[$Hl //]") as "[Hbor $]".
      iMod (bor_fracture _ _ (λ q, l ↦{q} #0)%I with "H£2 [Hbor]") as "Hl"; [done| |by iLeft].
      iApply (bor_iff with "[] Hbor"). iIntros "!> !>".
      by iSplit; [iIntros "[$ _]"|iIntros "$"].
    - iDestruct (lc_weaken (lty_cost τ) with "H£2") as "H£2"; [lia|].
      iMod (lty_share with "[$H£2 $Hbor $Hq]") as "[H $]"; [done|]. by iRight.
  Qed.
  Next Obligation.
    iIntros (τ κ κ' l) "[#Hincl [H|H]]".
    - iLeft. by iApply (frac_bor_shorten with "Hincl H").
    - iRight. by iApply (lty_shr_mono with "[$Hincl $H]").
  Qed.
  Global Instance option_lty_ne : NonExpansive (option_lty : ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' (Hs & Hc & Ho & Hr). split_and!; [done|by rewrite /= Hc| |].
    - intros vl. rewrite /= Hs. f_equiv. apply Ho.
    - intros κ l. rewrite /=. f_equiv. apply Hr.
  Qed.
End sum.
