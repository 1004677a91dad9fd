(** * [rc τ]: what its interface is about

The names that the statements of [rc_sig.v] mention: the content of a block as a
resource that can be shared ([rc_content], [rc_shared_own]), the ghost state
([rcG]), and the namespaces.

** Contents
The content is shared through any instance of [shared_own] ([shared_own_sig.v]) of
the assertion [rc_content R τ (l, a)]: there is a value of [τ] in the block at [l],
and the right to free the block. The annotation [a] says what all handles know of the
value: [R a wl] holds of the cells [wl].

- With [R := eq] the cells are known and do not change while they are shared.
  [rc_so_fixed] makes such an instance out of one for what the value owns: each
  handle has a fraction of the points-to.
- With [R := λ _ _, True], or anything that is true of all values that the cells may
  take, they may change in place, as those of a [Cell] do. The instance is then one
  with access to the whole, such as [so_na]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own ghost_var na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Export count_protocol handle_register shared_own_sig.
From tally.types Require Import type.
From tally.prelude Require Import options.

(** ** Ghost state *)

(** What a block is named by, and what a sharing of its content is. The content of a
block can be shared, be unique again, and be shared again. The account is the lease of
the memory that the block was made with, and which is owed for it. *)
Record rc_name := RcName {
  rc_state_name : gname;
  rc_register_name : gname;
  rc_account : Qp * nat;
}.
Definition rc_sharing (I : Type) : Type := gname * I * list val.

(** [I] is the type of the identities of the shared ownership, [so_id SO]. *)
Class rcG Σ (I : Type) := RcG {
  rc_countG : countG Σ;
  rc_registerG : registerG Σ;
  rc_stateG : ghost_varG Σ (Z * option (rc_sharing I));
}.
#[export] Existing Instances rc_countG rc_registerG rc_stateG.

Definition rcΣ (I : Type) : gFunctors :=
  #[countΣ; registerΣ; ghost_varΣ (Z * option (rc_sharing I))].
Global Instance subG_rcΣ {Σ I} : subG (rcΣ I) Σ → rcG Σ I.
Proof. solve_inG. Qed.

(** ** Namespaces: of the counts at [l], of the contents *)
Definition rc_countN (N : namespace) (l : loc) : namespace := N .@ "count" .@ l.
Definition rc_contentN (N : namespace) : namespace := N .@ "content".

(** ** The content *)
Section content.
  Context `{!lrustGS Σ}.

  Definition rc_dealloc (τ : type Σ) (l : loc) : iProp Σ := † l … (2 + ty_size τ).

  (** The right side of the note's P1. *)
  Definition rc_content (R : list val → list val → Prop) (τ : type Σ)
      (x : loc * list val) : iProp Σ :=
    ∃ wl, ⌜R x.2 wl⌝ ∗ (x.1 +ₗ 2) ↦∗ wl ∗ ty_own τ wl ∗ rc_dealloc τ x.1.

  Context `{!na_invG Σ}.

  Definition rc_shared_own (p : na_inv_pool_name) (N : namespace)
      (R : list val → list val → Prop) (τ : type Σ) : Type :=
    shared_own (na_own p) (rc_contentN N) (rc_content R τ).

  (** What a value owns beside its cells. *)
  Definition rc_fixed_content (τ : type Σ) (x : loc * list val) : iProp Σ :=
    ty_own τ x.2 ∗ rc_dealloc τ x.1.

  Program Definition rc_so_fixed {p N τ}
      (SO : shared_own (na_own p) (rc_contentN N) (rc_fixed_content τ))
      : rc_shared_own p N eq τ := {|
    so_id := so_id SO;
    so_own i x c q := ((x.1 +ₗ 2) ↦∗{q} x.2 ∗ so_own SO i x c q)%I;
  |}.
  Next Obligation.
    intros p N τ SO i x c q q'.
    rewrite /= (so_P2 SO). iSplit.
    - iIntros "[[$ $] [$ $]]".
    - iIntros "[[H $] [H' $]]". iCombine "H H'" as "$".
  Qed.
  Next Obligation.
    intros p N τ SO i x c c' q. by rewrite /= (so_phantom SO i x c c' q).
  Qed.
  Next Obligation.
    iIntros (p N τ SO x E) "(%wl & <- & $ & Hwl & H†)".
    iMod (so_P1_alloc SO x with "[$Hwl $H†]") as (i) "H". iModIntro. by iExists i.
  Qed.
  Next Obligation.
    iIntros (p N τ SO i x E F ??) "[Hx H] HT".
    iMod (so_P1_end SO with "H HT") as "H"; [done..|]. iModIntro. iNext.
    iMod "H" as "[[Hown H†] $]". iModIntro. iNext. iExists x.2. by iFrame.
  Qed.
End content.
