(** * Types that are shared for a lifetime: pointers and cells

- [box_lty r τ]: a block with a value, and the right to free it ([type.v]).
- [shr_lty α τ], [&'α T]: it can be copied.
- [mut_lty α τ], [&'α mut T]: a full borrow.
- [cell_lty p N τ], [Cell<T>]: a reference to one shares the value among all who show the
  token of the thread [p], one at a time ([cell_shr_acc]).

The pointers are contractive ([box_lty_contractive], …): recursive types go through them.

** Sharing what is behind a pointer
A reference to a pointer can be copied, and what it points to is a full borrow, of which there
is one. So the borrow lies in an invariant, and whoever comes first shares it
([shr_delayed]). What this costs is paid by whoever uses the reference: it cannot be a part of
the cost of the pointer, which does not depend on the pointee. *)
From iris.algebra Require Import ofe.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.types Require Export lft_type.
From tally.prelude Require Import options.

Definition shrN : namespace := nroot .@ "shr".

Section delayed.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (τ υ : lty Σ) (κ α : lft) (l : loc) (q : Qp) (E F : coPset).

  Definition shr_delayed τ κ l : iProp Σ :=
    □ ∀ F q, ⌜↑lftN ∪ ↑shrN ⊆ F⌝ -∗ £ (S (lty_cost τ)) -∗ q.[κ] ={F}=∗
      lty_shr τ κ l ∗ q.[κ].
  Global Instance shr_delayed_persistent τ κ l : Persistent (shr_delayed τ κ l) := _.
  Global Instance shr_delayed_ne n :
    Proper (dist n ==> eq ==> eq ==> dist n) (shr_delayed : ltyO Σ → lft → loc → iProp Σ).
  Proof.
    intros τ τ' Hτ κ ? <- l ? <-. destruct (Hτ) as (_ & Hc & _). rewrite /shr_delayed Hc.
    by repeat (f_equiv || intros ?).
  Qed.
  Lemma shr_delay τ E κ l : &{κ} (l ↦∗: lty_own τ) ={E}=∗ shr_delayed τ κ l.
  Proof.
    iIntros "Hbor".
    iMod (inv_alloc shrN _ (&{κ} (l ↦∗: lty_own τ) ∨ lty_shr τ κ l)%I with "[Hbor]") as "#I";
      [by iLeft|].
    iIntros "!> !>" (F q HF) "[H£ H£'] Hq".
    iMod (inv_acc with "I") as "[H Hclose]"; [set_solver|].
    iMod (lc_fupd_elim_later with "H£ H") as "[Hbor|#H]".
    - iMod (lty_share with "[$H£' $Hbor $Hq]") as "[#H $]"; [|iFrame "H"].
      { assert (↑lftN ## (↑shrN : coPset)) by solve_ndisj. set_solver. }
      iApply "Hclose". by iRight.
    - iFrame "H Hq". iApply "Hclose". by iRight.
  Qed.
  Lemma shr_delayed_mono τ κ κ' l : κ' ⊑ κ -∗ shr_delayed τ κ l -∗ shr_delayed τ κ' l.
  Proof.
    iIntros "#Hincl #H !>" (F q HF) "H£ Hq".
    iMod (lft_incl_acc with "Hincl Hq") as (q') "[Hq Hback]"; [set_solver|].
    iMod ("H" with "[//] H£ Hq") as "[Hl Hq]". iMod ("Hback" with "Hq") as "$".
    iModIntro. by iApply (lty_shr_mono with "[$Hincl $Hl]").
  Qed.
End delayed.
Global Typeclasses Opaque shr_delayed.

(** ** A pointer, of which is known what is behind it *)
Section pointer.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (τ υ : lty Σ) (κ α : lft) (l b : loc) (q : Qp) (E F : coPset).

  Definition ptr_own (P : loc → iProp Σ) (vl : list val) : iProp Σ :=
    ∃ b : loc, ⌜vl = [ #b]⌝ ∗ P b.
  Definition ptr_shr (P : loc → iProp Σ) κ l : iProp Σ :=
    ∃ b : loc, &frac{κ} (λ q, l ↦{q} #b) ∗ ▷ P b.
  Lemma ptr_cells P l : l ↦∗: ptr_own P ⊣⊢ ∃ b, l ↦ #b ∗ P b.
  Proof.
    rewrite /heap_pointsto_pred /ptr_own. iSplit.
    - iIntros "(%vl & Hl & %b & -> & H)". iExists b.
      rewrite heap_pointsto_vec_singleton. iFrame.
    - iIntros "(%b & Hl & H)". iExists [ #b]%V. rewrite heap_pointsto_vec_singleton.
      iSplitL "Hl"; [done|]. iExists b. by iFrame.
  Qed.
  Lemma ptr_bor P E κ l :
    ↑lftN ⊆ E →
    £ 3 -∗ &{κ} (l ↦∗: ptr_own P) ={E}=∗ ∃ b, &frac{κ} (λ q, l ↦{q} #b) ∗ &{κ} (P b).
  Proof.
    iIntros (HE) "(H£1 & H£2 & H£3) Hbor". rewrite ptr_cells.
    iMod (bor_exists with "H£1 Hbor") as (b) "Hbor"; [done|].
    iMod (bor_sep with "H£2 Hbor") as "[Hl HP]"; [done|].
    iMod (bor_fracture _ _ (λ q, l ↦{q} #b)%I with "H£3 Hl") as "Hl"; [done|].
    iModIntro. iExists b. iFrame.
  Qed.
  (** The pointer is read through a reference to it. *)
  Lemma ptr_shr_read P κ l q :
    {{{ ptr_shr P κ l ∗ q.[κ] }}} !#l {{{ b, RET #b; P b ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "[(%b & #Hl & HP) Hq] HΦ".
    iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hb Hclose]"; [done|].
    wp_read. iMod ("Hclose" with "Hb") as "Hq". iApply "HΦ". by iFrame.
  Qed.

  (** ** [Box<T>] *)
  Definition box_cells r τ b : iProp Σ :=
    ▷ (b ↦∗: lty_own τ) ∗ ▷ box_block r (lty_size τ) b.
  Program Definition box_lty (r : Qp) τ : lty Σ := {|
    lty_size := 1;
    lty_cost := 6;
    lty_own := ptr_own (box_cells r τ);
    lty_shr κ l := ptr_shr (shr_delayed τ κ) κ l;
  |}.
  Next Obligation. by iIntros (r τ vl) "(%b & -> & _)". Qed.
  Next Obligation.
    iIntros (r τ E κ l q HE) "(H£ & Hbor & $)".
    iAssert (£ (3 + (1 + 2))) with "H£" as "[H£1 [H£2 H£3]]".
    iMod (ptr_bor with "H£1 Hbor") as (b) "[Hl Hbor]"; [done|].
    iMod (bor_sep with "H£2 Hbor") as "[Hbor _]"; [done|].
    iMod (bor_later with "H£3 Hbor") as "Hbor"; [done|].
    iMod (shr_delay with "Hbor") as "Hbor". iModIntro. iExists b. by iFrame.
  Qed.
  Next Obligation.
    iIntros (r τ κ κ' l) "[#Hincl (%b & Hl & H)]". iExists b.
    iSplitL "Hl"; [by iApply (frac_bor_shorten with "Hincl Hl")|]. iNext.
    by iApply (shr_delayed_mono with "Hincl H").
  Qed.
  Global Instance box_lty_contractive r : Contractive (box_lty r : ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' Hτ. split_and!; [done|done| |].
    - intros vl. rewrite /= /ptr_own /box_cells. apply bi.exist_ne=> b. f_equiv.
      f_equiv; f_contractive; [by repeat (f_equiv || intros ?)|].
      destruct Hτ as (-> & _). done.
    - intros κ l. rewrite /= /ptr_shr. apply bi.exist_ne=> b. f_equiv. f_contractive.
      by apply shr_delayed_ne.
  Qed.

  (** ** [&'α T] *)
  Program Definition shr_lty α τ : lty Σ :=
    simple_lty 1 (ptr_own (λ b, ▷ lty_shr τ α b)%I) _ _.
  Next Obligation. by iIntros (α τ vl) "(%b & -> & _)". Qed.
  Global Instance shr_lty_contractive α : Contractive (shr_lty α : ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' Hτ. split_and!; [done|done| |].
    - intros vl. rewrite /= /ptr_own. apply bi.exist_ne=> b. f_equiv. f_contractive.
      by apply lty_shr_ne.
    - intros κ l. rewrite /= /ptr_own. apply bi.exist_ne=> vl. f_equiv. f_equiv.
      apply bi.exist_ne=> b. f_equiv. f_contractive. by apply lty_shr_ne.
  Qed.
  (** Through a reference to a reference: one for the shorter lifetime of the two. *)
  Lemma shr_shr_read α τ κ l q :
    {{{ lty_shr (shr_lty α τ) κ l ∗ q.[κ] }}}
      !#l
    {{{ b, RET #b; ▷ lty_shr τ α b ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "[(%vl & #Hl & Hown) Hq] HΦ".
    iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hb Hclose]"; [done|].
    iDestruct "Hown" as (b) "[>-> Hown]". rewrite heap_pointsto_vec_singleton.
    wp_read. iMod ("Hclose" with "Hb") as "Hq". iApply "HΦ". by iFrame.
  Qed.

  (** ** [&'α mut T] *)
  Program Definition mut_lty α τ : lty Σ := {|
    lty_size := 1;
    lty_cost := 7;
    lty_own := ptr_own (λ b, &{α} (b ↦∗: lty_own τ))%I;
    lty_shr κ l := ptr_shr (shr_delayed τ (α ⊓ κ)) κ l;
  |}.
  Next Obligation. by iIntros (α τ vl) "(%b & -> & _)". Qed.
  Next Obligation.
    iIntros (α τ E κ l q HE) "(H£ & Hbor & $)".
    iAssert (£ (3 + 4)) with "H£" as "[H£1 H£2]".
    iMod (ptr_bor with "H£1 Hbor") as (b) "[Hl Hbor]"; [done|].
    iMod (bor_unnest with "H£2 Hbor") as "Hbor"; [done|].
    iMod (shr_delay with "Hbor") as "Hbor". iModIntro. iExists b. by iFrame.
  Qed.
  Next Obligation.
    iIntros (α τ κ κ' l) "[#Hincl (%b & Hl & H)]". iExists b.
    iSplitL "Hl"; [by iApply (frac_bor_shorten with "Hincl Hl")|]. iNext.
    iApply (shr_delayed_mono with "[] H"). iApply lft_intersect_mono; [|done].
    iApply lft_incl_refl.
  Qed.
  Global Instance mut_lty_contractive α : Contractive (mut_lty α : ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' Hτ. split_and!; [done|done| |].
    - intros vl. rewrite /= /ptr_own. apply bi.exist_ne=> b. f_equiv. f_contractive.
      by repeat (f_equiv || intros ?).
    - intros κ l. rewrite /= /ptr_shr. apply bi.exist_ne=> b. f_equiv. f_contractive.
      by apply shr_delayed_ne.
  Qed.
  (** The place that a mutable reference points to, as long as it is not given back. *)
  Lemma mut_own_acc α τ E b q :
    ↑lftN ⊆ E →
    lty_own (mut_lty α τ) [ #b] -∗ q.[α] ={E}=∗
    ▷ (b ↦∗: lty_own τ) ∗
      (▷ (b ↦∗: lty_own τ) ={E}=∗ lty_own (mut_lty α τ) [ #b] ∗ q.[α]).
  Proof.
    iIntros (HE) "(%b' & %Heq & Hbor) Hq". assert (b' = b) as -> by by simplify_eq.
    iMod (bor_acc with "Hbor Hq") as "[$ Hclose]"; [done|]. iIntros "!> H".
    iMod ("Hclose" with "H") as "[Hbor $]". iModIntro. iExists b. by iFrame.
  Qed.
End pointer.

(** ** [Cell<T>] *)
Section cell.
  Context `{!lrustGS Σ, !lftG Σ, !na_invG Σ} (p : na_inv_pool_name) (N : namespace).
  Implicit Types (τ : lty Σ) (κ : lft) (l : loc) (q : Qp) (E F : coPset).

  Program Definition cell_lty τ : lty Σ := {|
    lty_size := lty_size τ;
    lty_cost := 0;
    lty_own := lty_own τ;
    lty_shr κ l := (&na{κ, p, N} (l ↦∗: lty_own τ))%I;
  |}.
  Next Obligation. iIntros (τ vl). apply lty_size_eq. Qed.
  Next Obligation. iIntros (τ E κ l q HE) "(_ & Hbor & $)". by iApply bor_na. Qed.
  Next Obligation. iIntros (τ κ κ' l) "[Hincl H]". iApply (na_bor_shorten with "Hincl H"). Qed.
  Global Instance cell_lty_ne : NonExpansive (cell_lty : ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' Hτ. destruct (Hτ) as (Hs & _ & Ho & _).
    split_and!; [exact Hs|done|exact Ho|]. intros κ l. rewrite /=.
    f_equiv. f_equiv. intros vl. apply Ho.
  Qed.
  (** All of the cell, for a while. *)
  Lemma cell_shr_acc τ E F κ l q :
    ↑lftN ⊆ E → ↑N ⊆ E → ↑N ⊆ F →
    lty_shr (cell_lty τ) κ l -∗ q.[κ] -∗ na_own p F ={E}=∗
    ▷ (l ↦∗: lty_own τ) ∗ na_own p (F ∖ ↑N) ∗
      (▷ (l ↦∗: lty_own τ) -∗ na_own p (F ∖ ↑N) ={E}=∗ q.[κ] ∗ na_own p F).
  Proof. iIntros (???) "H Hq Hna". by iApply (na_bor_acc with "H Hq Hna"). Qed.
End cell.
