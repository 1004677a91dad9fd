(** * Semantic types that are shared for a lifetime

A type here says, in a record [lty Σ],

<<
  size      lty_size           how many cells
  own       lty_own vl         what one owns with the value that is stored as [vl]
  share     lty_shr κ l        what a reference [&'κ T] to the place at [l] gives; it can be copied
  cost      lty_cost           how many later credits it takes to share a value
>>

[lty_share] is the law that ties them: whoever has a full borrow of a place with a value can
share it. [lty_shr_mono]: a reference for a lifetime is one for every shorter lifetime.
The types of [sharing.v] know no lifetimes: there a reference is a fraction. [lty_ty] gives
the type without sharing, for which destructors are specified ([type.v]).

** Recursive types
Types are an OFE ([ltyO]), and complete: so a contractive function of types has a fixpoint,
[lty_fix F], which is equal to [F (lty_fix F)]. Size and cost must not depend on the
argument; and what is owned and shared may mention the argument below a later only. Where a
pointer stands between, that is so: a pointer keeps its pointee below a later, and knows no
more than that it is, later, equivalent to the type that it says ([lty_eqv]). Pairs and
sums are non-expansive ([lft_compound.v]).

The instance here is [simple_lty], for types whose ownership can be copied: integers,
booleans, memory without a value.

Key results: [lty_fix_unfold], [simple_lty], [simple_shr_acc].

Source: the types of RustBelt (Jung, Jourdan, Krebbers, Dreyer, POPL 2018), [typing/type.v] of
lambda-rust; there a pointer is shared by an update that takes a step, here by credits. *)
From iris.algebra Require Import ofe.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lifetime Require Export lifetime.
From tally.types Require Import type.
From tally.prelude Require Import options.

Record lty Σ `{!lrustGS Σ, !lftG Σ} := LftType {
  lty_size : nat;
  lty_cost : nat;
  lty_own : list val → iProp Σ;
  lty_shr : lft → loc → iProp Σ;
  lty_size_eq vl : lty_own vl ⊢ ⌜length vl = lty_size⌝;
  lty_shr_persistent κ l : Persistent (lty_shr κ l);
  lty_share E κ l q : ↑lftN ⊆ E →
    £ lty_cost ∗ &{κ} (l ↦∗: lty_own) ∗ q.[κ] ⊢ |={E}=> lty_shr κ l ∗ q.[κ];
  lty_shr_mono κ κ' l : κ' ⊑ κ ∗ lty_shr κ l ⊢ lty_shr κ' l;
}.
Global Arguments LftType {Σ _ _} lty_size lty_cost lty_own lty_shr _ _ _ _.
Global Arguments lty_size {Σ _ _} _.
Global Arguments lty_cost {Σ _ _} _.
Global Arguments lty_own {Σ _ _} _ _.
Global Arguments lty_shr {Σ _ _} _ _ _.
Global Arguments lty_size_eq {Σ _ _} _ _.
Global Arguments lty_share {Σ _ _} _ _ _ _ _ _.
Global Arguments lty_shr_mono {Σ _ _} _ _ _ _.
Global Arguments lty_shr_persistent {Σ _ _} _ _ _.
Global Existing Instance lty_shr_persistent.

(** ** The OFE of types *)
Section ofe.
  Context `{!lrustGS Σ, !lftG Σ}.

  Local Instance lty_equiv : Equiv (lty Σ) := λ τ1 τ2,
    lty_size τ1 = lty_size τ2 ∧ lty_cost τ1 = lty_cost τ2 ∧
    (∀ vl, lty_own τ1 vl ≡ lty_own τ2 vl) ∧ (∀ κ l, lty_shr τ1 κ l ≡ lty_shr τ2 κ l).
  Local Instance lty_dist : Dist (lty Σ) := λ n τ1 τ2,
    lty_size τ1 = lty_size τ2 ∧ lty_cost τ1 = lty_cost τ2 ∧
    (∀ vl, lty_own τ1 vl ≡{n}≡ lty_own τ2 vl) ∧
    (∀ κ l, lty_shr τ1 κ l ≡{n}≡ lty_shr τ2 κ l).

  (** A type without its laws. *)
  Local Definition rawO : ofe :=
    prodO (prodO natO natO) (prodO (list val -d> iPropO Σ) (lft -d> loc -d> iPropO Σ)).
  Local Definition raw_laws (x : rawO) : Prop :=
    (∀ vl, x.2.1 vl ⊢ ⌜length vl = x.1.1⌝) ∧
    (∀ κ l, Persistent (x.2.2 κ l)) ∧
    (∀ E κ l q, ↑lftN ⊆ E →
      £ (x.1.2) ∗ &{κ} (l ↦∗: x.2.1) ∗ q.[κ] ⊢ |={E}=> x.2.2 κ l ∗ q.[κ]) ∧
    (∀ κ κ' l, κ' ⊑ κ ∗ x.2.2 κ l ⊢ x.2.2 κ' l).
  Local Definition lty_unpack (τ : lty Σ) : rawO :=
    ((lty_size τ, lty_cost τ), (lty_own τ, lty_shr τ)).
  Local Definition lty_pack (x : rawO) (H : raw_laws x) : lty Σ :=
    LftType x.1.1 x.1.2 x.2.1 x.2.2 (proj1 H) (proj1 (proj2 H))
      (proj1 (proj2 (proj2 H))) (proj2 (proj2 (proj2 H))).

  Definition lty_ofe_mixin : OfeMixin (lty Σ).
  Proof.
    apply (iso_ofe_mixin lty_unpack).
    - intros τ1 τ2. split.
      + intros (Hs & Hc & Ho & Hr). split; [by split|]. split; [exact Ho|exact Hr].
      + intros [[Hs Hc] [Ho Hr]]. split_and!; [exact Hs|exact Hc|exact Ho|exact Hr].
    - intros n τ1 τ2. split.
      + intros (Hs & Hc & Ho & Hr). split; [by split|]. split; [exact Ho|exact Hr].
      + intros [[Hs Hc] [Ho Hr]]. split_and!; [exact Hs|exact Hc|exact Ho|exact Hr].
  Qed.
  Canonical Structure ltyO : ofe := Ofe (lty Σ) lty_ofe_mixin.

  Global Instance lty_own_ne n : Proper (dist n ==> eq ==> dist n) (lty_own (Σ:=Σ)).
  Proof. intros τ1 τ2 (_ & _ & Ho & _) vl ? <-. apply Ho. Qed.
  Global Instance lty_shr_ne n : Proper (dist n ==> eq ==> eq ==> dist n) (lty_shr (Σ:=Σ)).
  Proof. intros τ1 τ2 (_ & _ & _ & Hr) κ ? <- l ? <-. apply Hr. Qed.
  Global Instance lty_own_proper : Proper ((≡) ==> eq ==> (≡)) (lty_own (Σ:=Σ)).
  Proof. intros τ1 τ2 (_ & _ & Ho & _) vl ? <-. apply Ho. Qed.
  Global Instance lty_shr_proper : Proper ((≡) ==> eq ==> eq ==> (≡)) (lty_shr (Σ:=Σ)).
  Proof. intros τ1 τ2 (_ & _ & _ & Hr) κ ? <- l ? <-. apply Hr. Qed.

  Local Lemma raw_laws_limit : LimitPreserving raw_laws.
  Proof.
    assert (∀ n (x y : rawO), x ≡{n}≡ y → x.1.1 = y.1.1 ∧ x.1.2 = y.1.2) as Hnat.
    { intros n x y [[Hs Hc] _]. by split. }
    apply limit_preserving_and; [|apply limit_preserving_and; [|apply limit_preserving_and]].
    - apply limit_preserving_forall=> vl. apply bi.limit_preserving_entails.
      + intros n x y [_ [Ho _]]. apply Ho.
      + intros n x y Hxy. by destruct (Hnat _ _ _ Hxy) as [-> _].
    - apply limit_preserving_forall=> κ. apply limit_preserving_forall=> l.
      apply bi.limit_preserving_Persistent. intros n x y [_ [_ Hr]]. apply Hr.
    - apply limit_preserving_forall=> E. apply limit_preserving_forall=> κ.
      apply limit_preserving_forall=> l. apply limit_preserving_forall=> q.
      apply limit_preserving_forall=> HE. apply bi.limit_preserving_entails.
      + intros n x y Hxy. destruct (Hnat _ _ _ Hxy) as [_ ->]. destruct Hxy as [_ [Ho _]].
        rewrite /heap_pointsto_pred. repeat (f_equiv || apply Ho).
      + intros n x y [_ [_ Hr]]. f_equiv. f_equiv. apply Hr.
    - apply limit_preserving_forall=> κ. apply limit_preserving_forall=> κ'.
      apply limit_preserving_forall=> l. apply bi.limit_preserving_entails.
      + intros n x y [_ [_ Hr]]. f_equiv. apply Hr.
      + intros n x y [_ [_ Hr]]. apply Hr.
  Qed.
  Global Instance lty_cofe : Cofe ltyO.
  Proof.
    apply (iso_cofe_subtype' raw_laws lty_pack lty_unpack).
    - intros τ. exact (conj (lty_size_eq τ) (conj (lty_shr_persistent τ)
        (conj (lty_share τ) (lty_shr_mono τ)))).
    - intros n τ1 τ2. split.
      + intros (Hs & Hc & Ho & Hr). split; [by split|]. split; [exact Ho|exact Hr].
      + intros [[Hs Hc] [Ho Hr]]. split_and!; [exact Hs|exact Hc|exact Ho|exact Hr].
    - intros [[??][??]] H. done.
    - exact raw_laws_limit.
  Qed.
End ofe.
Global Arguments ltyO Σ {_ _}.

(** ** Types that are equivalent, and recursive types *)
Section types.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (τ υ : lty Σ) (κ : lft) (l : loc) (vl : list val) (q : Qp) (E : coPset).

  (** The type without sharing. *)
  Definition lty_ty τ : type Σ := SemType (lty_size τ) (lty_own τ) (lty_size_eq τ).

  (** What a pointer knows of its pointee, below a later. *)
  Definition lty_eqv τ υ : iProp Σ :=
    ⌜lty_size τ = lty_size υ ∧ lty_cost τ = lty_cost υ⌝ ∗
    □ ((∀ vl, lty_own τ vl ↔ lty_own υ vl) ∧ (∀ κ l, lty_shr τ κ l ↔ lty_shr υ κ l)).
  Global Instance lty_eqv_persistent τ υ : Persistent (lty_eqv τ υ) := _.
  Global Instance lty_eqv_ne τ n : Proper (dist n ==> dist n) (lty_eqv τ).
  Proof.
    intros υ1 υ2 Hυ. rewrite /lty_eqv. destruct (Hυ) as (-> & -> & _ & _).
    repeat (f_equiv || exact Hυ || intros ?).
  Qed.
  Global Instance lty_eqv_later_contractive τ : Contractive (λ υ : ltyO Σ, ▷ lty_eqv τ υ)%I.
  Proof. solve_contractive. Qed.
  Lemma lty_eqv_refl τ : ⊢ lty_eqv τ τ.
  Proof. iSplit; [done|]. iIntros "!>". iSplit; iIntros "*"; by iSplit; iIntros "$". Qed.
  Lemma lty_eqv_sym τ υ : lty_eqv τ υ -∗ lty_eqv υ τ.
  Proof.
    iIntros "[[%Hs %Hc] #H]". iSplit; [done|]. iIntros "!>". iSplit.
    - iIntros (vl). iDestruct "H" as "[H _]". iDestruct ("H" $! vl) as "[H1 H2]".
      by iSplit.
    - iIntros (κ l). iDestruct "H" as "[_ H]". iDestruct ("H" $! κ l) as "[H1 H2]".
      by iSplit.
  Qed.
  Lemma lty_eqv_own τ υ vl : lty_eqv τ υ -∗ lty_own τ vl -∗ lty_own υ vl.
  Proof. iIntros "[_ #[H _]] Hvl". by iApply "H". Qed.
  Lemma lty_eqv_shr τ υ κ l : lty_eqv τ υ -∗ lty_shr τ κ l -∗ lty_shr υ κ l.
  Proof. iIntros "[_ #[_ H]] Hl". by iApply "H". Qed.
  Lemma lty_eqv_size τ υ : lty_eqv τ υ -∗ ⌜lty_size τ = lty_size υ⌝.
  Proof. by iIntros "[[% _] _]". Qed.
  Lemma lty_equiv_eqv τ υ : τ ≡ υ → ⊢ lty_eqv τ υ.
  Proof.
    intros (Hs & Hc & Ho & Hr). iSplit; [done|]. iIntros "!>". iSplit.
    - iIntros (vl). rewrite Ho. by iSplit; iIntros "$".
    - iIntros (κ l). rewrite Hr. by iSplit; iIntros "$".
  Qed.
  (** A destructor of one is one of the other. *)
  Lemma lty_eqv_drop T τ υ glue D :
    lty_eqv τ υ -∗ ty_drop_spec T (lty_ty υ) glue D -∗ ty_drop_spec T (lty_ty τ) glue D.
  Proof.
    iIntros "#Heqv #H". rewrite {2}/ty_drop_spec. iIntros (l vl) "!> %Φ (HT & Hl & Hvl) HΦ".
    iDestruct (lty_eqv_own with "Heqv Hvl") as "Hvl".
    iDestruct (lty_eqv_size with "Heqv") as %Hs. iApply ("H" with "[$HT $Hl $Hvl]").
    iIntros "!>" (vl') "(HT & Hl & %Hlen & HD)". iApply "HΦ". iFrame. iPureIntro.
    by rewrite /= Hs.
  Qed.

  (** ** Types whose ownership can be copied
  A reference to one has a part of the cells, and all of the ownership. *)
  Program Definition simple_lty (n : nat) (own : list val → iProp Σ)
      (Hn : ∀ vl, own vl ⊢ ⌜length vl = n⌝) (Hown : ∀ vl, Persistent (own vl)) : lty Σ := {|
    lty_size := n;
    lty_cost := 2;
    lty_own := own;
    lty_shr κ l := (∃ vl, &frac{κ} (λ q, l ↦∗{q} vl) ∗ ▷ own vl)%I;
  |}.
  Next Obligation. done. Qed.
  Next Obligation.
    iIntros (n own Hn Hown E κ l q HE) "((H£ & H£' & _) & Hbor & Hq)".
    iMod (bor_exists with "H£ Hbor") as (vl) "Hbor"; [done|].
    iMod (bor_acc with "Hbor Hq") as "[[Hl #Hvl] Hclose]"; [done|].
    iMod ("Hclose" with "[$Hl $Hvl]") as "[Hbor $]".
    iMod (bor_fracture _ _ (λ q, l ↦∗{q} vl)%I with "H£' [Hbor]") as "Hfrac"; [done| |].
    { iApply (bor_iff with "[] Hbor"). iIntros "!> !>".
      iSplit; [by iIntros "[$ _]"|by iIntros "$"]. }
    iModIntro. iExists vl. by iFrame "Hfrac Hvl".
  Qed.
  Next Obligation.
    iIntros (n own Hn Hown κ κ' l) "[#Hincl (%vl & H & Hvl)]". iExists vl. iFrame "Hvl".
    iApply (frac_bor_shorten with "Hincl H").
  Qed.

  (** The cells are at hand for a while. *)
  Lemma simple_shr_acc n own Hn Hown E κ l q :
    ↑lftN ⊆ E →
    lty_shr (simple_lty n own Hn Hown) κ l -∗ q.[κ] ={E}=∗
    ∃ q' vl, l ↦∗{q'} vl ∗ ▷ own vl ∗ (l ↦∗{q'} vl ={E}=∗ q.[κ]).
  Proof.
    iIntros (HE) "(%vl & #Hfrac & #Hvl) Hq".
    iMod (frac_bor_acc with "Hfrac Hq") as (q') "[>Hl Hclose]"; [done|].
    iModIntro. iExists q', vl. iFrame "Hl Hvl". iIntros "Hl". by iApply "Hclose".
  Qed.

  Program Definition uninit_lty (n : nat) : lty Σ :=
    simple_lty n (ty_own (uninit_ty n)) _ _.
  Next Obligation. intros n vl. apply ty_size_eq. Qed.
  Program Definition int_lty (t : int_type) : lty Σ := simple_lty 1 (ty_own (int_ty t)) _ _.
  Next Obligation. intros t vl. apply (ty_size_eq (int_ty t)). Qed.
  Program Definition bool_lty : lty Σ := simple_lty 1 (ty_own bool_ty) _ _.
  Next Obligation. intros vl. apply (ty_size_eq bool_ty). Qed.
  Global Instance lty_inhabited : Inhabited (lty Σ) := populate (uninit_lty 0).

  (** Reading an integer through a reference. *)
  Lemma int_shr_read t κ l q :
    {{{ lty_shr (int_lty t) κ l ∗ q.[κ] }}}
      !#l
    {{{ (z : Z), RET #z; ⌜in_int_range t z⌝ ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "[Hl Hq] HΦ".
    iMod (simple_shr_acc with "Hl Hq") as (q' vl) "(Hl & Hvl & Hclose)"; [done|].
    iAssert (▷ ∃ z : Z, ⌜vl = [ #z] ∧ in_int_range t z⌝)%I with "[Hvl]" as (z) ">[-> %Hz]".
    { iNext. by rewrite int_ty_own. }
    rewrite heap_pointsto_vec_singleton. wp_read. iMod ("Hclose" with "Hl") as "Hq".
    iApply "HΦ". by iFrame.
  Qed.
End types.
Global Typeclasses Opaque lty_eqv.

(** ** Recursive types *)
Section fix_lty.
  Context `{!lrustGS Σ, !lftG Σ}.
  Context (F : ltyO Σ → ltyO Σ) `{!Contractive F}.

  Definition lty_fix : lty Σ := fixpoint F.
  Lemma lty_fix_unfold : (lty_fix : ltyO Σ) ≡ F lty_fix.
  Proof. apply (fixpoint_unfold F). Qed.
  Lemma lty_fix_eqv : ⊢ lty_eqv lty_fix (F lty_fix).
  Proof. apply lty_equiv_eqv, lty_fix_unfold. Qed.
End fix_lty.
